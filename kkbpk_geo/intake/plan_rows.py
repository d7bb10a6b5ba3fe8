"""Rows of a work plan: merged cells filled, dates told from quarters, totals checked.

Why: plans are made to be printed. A programme stands once over ten rows, a quarter in
the column of dates, and a sum below that somebody will add to the lines again.

Layer:  3 (intake).
In:     an :class:`~kkbpk_geo.intake.opened.OpenSheet` of a plan; its data.
Out:    cells ready to be read, findings with the region of their row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from kkbpk_geo.intake.assembling import text_column
from kkbpk_geo.intake.headers import as_text
from kkbpk_geo.intake.headings import PLACES
from kkbpk_geo.intake.model import Finding
from kkbpk_geo.intake.opened import OpenSheet
from kkbpk_geo.intake.plan_values import heading_scale, read_quarter, read_rupiah
from kkbpk_geo.intake.sheets import Cell
from kkbpk_geo.intake.values import is_blank

if TYPE_CHECKING:
    import pandas as pd

NUMERIC = frozenset(["target", "budget", "realised", "spent"])
_MERGED = frozenset(
    [*PLACES, "programme", "activity", "sub_activity", "indicator", "year", "fund",
     "responsible"]
)  # fmt: skip
_DATES = ("period", "month", "year")


def prepare_plan(sheet: OpenSheet) -> None:
    """Fill merged cells of text, and the province where a row names no district."""
    filled = 0
    columns = sheet.known.columns
    for (top, left), (bottom, right) in sheet.grid.merged:
        first = top - (sheet.first - 1)
        if first < 0 or bottom == top or left != right or left >= len(columns):
            continue
        if columns[left].role in _MERGED:
            last = bottom - (sheet.first - 1)
            sheet.cells[first + 1 : last + 1, left] = sheet.cells[first, left]
            filled += bottom - top
    if filled:
        sheet.tell("plan_cells_merged", None, None, count=filled)
    by_role = {column.role: column.position for column in columns}
    if {"provinsi", "kabkota"} <= set(by_role):
        district = sheet.cells[:, by_role["kabkota"]]
        blank = np.array([is_blank(cell) for cell in district], dtype=bool)
        district[blank] = sheet.cells[blank, by_role["provinsi"]]


def plan_dates(sheet: OpenSheet) -> dict[str, list[Cell]]:
    """Return the cells of dates without their quarters, for whoever reads dates."""
    cells = {}
    for column in sheet.known.of_role(*_DATES, "quarter"):
        bare = column.role == "quarter"
        read = [read_quarter(cell, bare=bare) for cell in sheet.column(column)]
        rest = [
            cell if not bare and each.rest == as_text(cell) else each.rest
            for cell, each in zip(sheet.column(column), read, strict=True)
        ]
        rest = [text if q.fine else "" for text, q in zip(rest, read, strict=True)]
        if not bare:
            cells[column.role] = rest
        elif "period" not in {c.role for c in sheet.known.columns}:
            cells["period"] = rest
    return cells


def place_findings(found: Sequence[Finding], data: pd.DataFrame) -> list[Finding]:
    """Give findings about single rows the region of their row."""
    regions = {
        (str(sheet), int(row)): str(code)
        for sheet, row, code in zip(
            data["source_sheet"].fillna(""), data["source_row"], data["region_code"],
            strict=True,
        )
        if isinstance(code, str)
    }  # fmt: skip
    return [
        replace(f, region=regions.get((f.sheet, f.row), ""))
        if f.row is not None and not f.region
        else f
        for f in found
    ]


def with_province(data: pd.DataFrame) -> pd.Series[str]:
    """Return region codes; a row that names the province gets the province's."""
    from kkbpk_geo.regions.register import province_code

    if "kabkota" not in data:
        return data["region_code"]
    codes = [
        code if isinstance(code, str) else
        (province_code(name) or "") if isinstance(name, str) else ""
        for code, name in zip(data["region_code"], data["kabkota"], strict=True)
    ]  # fmt: skip
    return text_column(codes)


def check_plan_totals(sheet: OpenSheet) -> None:
    """Compare printed sums of money with the lines above them, to the rupiah.

    A total may be of the lines since the last total, or of all lines.
    """
    totals = np.flatnonzero(sheet.reasons == "total_row").tolist()
    for column in sheet.known.of_role("budget", "spent"):
        scale = heading_scale(column.printed)
        cells = sheet.column(column)
        amounts = [read_rupiah(cell, scale).value for cell in cells]
        previous = -1
        for row in totals:
            data = np.flatnonzero(sheet.reasons[:row] == "").tolist()
            sums = [
                sum(amounts[i] or 0 for i in data if i > start)
                for start in (previous, -1)
            ]
            previous = row
            printed = amounts[row]
            if printed is not None and printed not in sums:
                sheet.tell(
                    "total_disagrees", row, column, value=as_text(cells[row]),
                    expected=f"{sums[-1]:,}".replace(",", "."),
                )  # fmt: skip
