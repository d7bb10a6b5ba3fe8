"""Rows of a work plan: merged cells filled, dates told from quarters, totals checked.

Why: plans are made to be printed. A programme stands once over ten rows, a quarter in
the column of dates, and a sum below that somebody will add to the lines again.

In:     an :class:`~kkbpk_geo.intake.opened.OpenSheet` of a plan; its data.
Out:    cells ready to be read, findings with the region of their row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from kkbpk_geo.base.text import as_text
from kkbpk_geo.findings import Finding
from kkbpk_geo.intake.cells.numbers import OK, read_numbers
from kkbpk_geo.intake.cells.periods import DATES
from kkbpk_geo.intake.cells.places import PLACES
from kkbpk_geo.intake.open_sheet import OpenSheet
from kkbpk_geo.intake.plans.times import (
    bare_time,
    heading_scale,
    read_quarter,
    split_target,
)
from kkbpk_geo.intake.plans.wide import Sum, refuse_merged
from kkbpk_geo.io import Cell, is_blank, read_rupiah, text_column

if TYPE_CHECKING:
    import pandas as pd

MONEY = ("budget", "spent")
NUMERIC = frozenset(["target", "budget", "realised", "spent"])
_MERGED = frozenset(
    [*PLACES, "programme", "activity", "sub_activity", "indicator", "year", "fund",
     "responsible"]
)  # fmt: skip
_UNCLEAR = "TW / bulan"  # what no reader of dates takes for one


def prepare_plan(sheet: OpenSheet) -> None:
    """Fill merged cells of text, and the province where a row names no district."""
    filled = 0
    columns = sheet.known.columns
    refuse_merged(sheet)
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
    for column in sheet.known.of_role(*DATES, "quarter"):
        bare = column.role == "quarter"
        read = [read_quarter(cell, bare=bare) for cell in sheet.column(column)]
        rest = [
            cell if not bare and each.rest == as_text(cell) else each.rest
            for cell, each in zip(sheet.column(column), read, strict=True)
        ]
        rest = [text if q.fine else "" for text, q in zip(rest, read, strict=True)]
        if column.role == "period":
            rest = _asked(rest)
        if not bare:
            cells[column.role] = rest
        elif "period" not in {c.role for c in sheet.known.columns}:
            cells["period"] = rest
    return cells


def _asked(cells: list[Cell]) -> list[Cell]:
    """Make a bare 1 to 4 unreadable where no month above 4 stands in its column.

    It is a quarter or a month, and nothing says which.
    """
    if max(map(bare_time, cells), default=0) > 4:  # noqa: PLR2004
        return cells
    return [_UNCLEAR if bare_time(cell) else cell for cell in cells]


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
    from kkbpk_geo.regions import province_code

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
    for column in sheet.known.of_role(*MONEY):
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


def check_sum(sheet: OpenSheet, each: Sum, found: Mapping[str, pd.Series[Any]]) -> bool:
    """Compare a figure over several phases with the lines that it says again.

    Percentages are not added: the highest or the last of them is that of the whole.

    Parameters
    ----------
    sheet : OpenSheet
    each : Sum
    found : mapping measure -> n values, and ``unit``; of the lines

    Returns
    -------
    bool
        Whether it says nothing that the lines do not.
    """
    import pandas as pd

    column, cell = each.column, sheet.cells[each.row, each.column.position]
    parts = [found[column.role].iloc[i] for i in each.lines]
    if any(pd.isna(part) for part in parts):
        return False  # a phase that could not be read is told by itself
    exact = [Fraction(str(part)) for part in parts]
    printed = _printed_sum(sheet, each)
    if printed is None:
        return False
    added, highest = sum(exact, Fraction(0)), max(exact)
    share = "percent" in {found["unit"].iloc[i] for i in each.lines}
    share = share and column.role not in MONEY
    expected = highest if share else added
    if printed == expected or (share and printed == exact[-1]):
        return True
    whole = expected.denominator == 1
    text = str(int(expected)) if whole else str(float(expected))
    if column.role in MONEY:
        text = f"{int(expected):,}".replace(",", ".")
    sheet.tell(
        "plan_sum_disagrees", each.row, column, value=as_text(cell), expected=text
    )
    return False


def _printed_sum(sheet: OpenSheet, each: Sum) -> Fraction | None:
    """Read a figure over several phases; None, and told, where it cannot be."""
    column, cell = each.column, sheet.cells[each.row, each.column.position]
    code, expected = "number_unreadable", ""
    if column.role in MONEY:
        amount = read_rupiah(cell, heading_scale(column.printed))
        if amount.value is not None:
            return Fraction(amount.value)
        code, expected = amount.fault or "rupiah_unreadable", "Rp 1.250.000"
    else:
        numbers = read_numbers([split_target(cell)[0]])
        if numbers.faults[0] == OK:
            return Fraction(str(float(numbers.values[0])))
    sheet.tell(code, each.row, column, value=as_text(cell), expected=expected)
    return None
