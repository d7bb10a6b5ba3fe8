"""Work plans: one activity, place and time a line.

Why: plans are made to be printed. A programme stands once over ten rows, a quarter in
the column of dates, four quarters side by side, and a sum below that somebody will add
to the lines again.

In:     an open sheet of a plan. Out: its lines, as :mod:`kkbpk_geo.intake.kinds.plans`
        reads them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kkbpk_geo.base.text import as_text
from kkbpk_geo.intake.cells.periods import DATES
from kkbpk_geo.intake.cells.stated import Said
from kkbpk_geo.intake.frames import PLACES
from kkbpk_geo.intake.kinds.kind import LIST_ROLES, STOCK_ROLES, Kind, Lines, Times
from kkbpk_geo.intake.kinds.plans.checks import check_plan
from kkbpk_geo.intake.kinds.plans.columns import plan_columns
from kkbpk_geo.intake.kinds.plans.sums import check_totals
from kkbpk_geo.intake.kinds.plans.times import Quarter, bare_time, read_quarter
from kkbpk_geo.intake.kinds.plans.wide import (
    find_merged,
    line_periods,
    plan_lines,
    tell_lines,
)
from kkbpk_geo.intake.open_sheet import fill_merged
from kkbpk_geo.intake.recognise.columns import UNKNOWN, Column, paths_of, roles_of
from kkbpk_geo.intake.recognise.phases import MEASURES, find_phases
from kkbpk_geo.intake.rows.kept import unused_columns
from kkbpk_geo.intake.rows.places import place_findings, with_province
from kkbpk_geo.io import Cell, is_blank, read_each, text_column

if TYPE_CHECKING:
    from kkbpk_geo.findings import Finding
    from kkbpk_geo.intake.open_sheet import Cells, OpenSheet
    from kkbpk_geo.intake.recognise.headers import Header

# One of these headings, and a sheet is a plan.
_OF_PLANS = frozenset(["activity", "sub_activity", "indicator"])
# What stands once over several lines; a merged figure would be counted in each.
_MERGED = frozenset(
    [*PLACES, "programme", "activity", "sub_activity", "indicator", "year", "fund",
     "responsible"]
)  # fmt: skip
_UNCLEAR = "TW / bulan"  # what no reader of dates takes for one
_LAST_QUARTER = 4
_MONTHS = "JANUARI … DESEMBER"
_UNREADABLE = MappingProxyType(
    {
        "year": ("year_unreadable", "2025, 2026"),
        "month": ("month_unreadable", _MONTHS),
        "period": ("plan_time_unreadable", f"TW I … TW IV, {_MONTHS}"),
    }
)


class Plan(Kind):
    """One activity, place and time a line; a row may be several lines."""

    counts = False
    foreign = LIST_ROLES | STOCK_ROLES
    stands_alone = True

    def settle(
        self,
        columns: Sequence[Column],
        header: Header,
        contents: Sequence[str],
        *,
        given: bool,
    ) -> list[Column] | None:
        """Give the phases that stand side by side their measure and time."""
        if not given and not roles_of(columns) & _OF_PLANS:
            return None
        plain = {c.position: c.role for c in columns if c.role in MEASURES}
        paths = paths_of(header.paths, columns, (UNKNOWN, *MEASURES))
        settled = list(columns)
        for i, (measure, phase) in find_phases(paths, contents, plain).items():
            settled[i] = replace(columns[i], role=measure, phase=phase, why="")
        return settled

    def prepare(self, sheet: OpenSheet) -> OpenSheet:
        """Fill merged cells of text, and the province where no district is named."""
        cells = sheet.cells.copy()
        told = find_merged(sheet, cells)
        if filled := fill_merged(sheet, cells, _MERGED):
            told.append(sheet.find("plan_cells_merged", None, None, count=filled))
        _fill_province(sheet, cells)
        return replace(sheet, cells=cells).told(told)

    def times(self, sheet: OpenSheet, said: Said) -> Times:
        """Return the dates of lines; a month in a title is no month of theirs."""
        return Times(
            cells=_dates(sheet),
            said=Said(year=said.year),
            of_plan=True,
            unreadable=_UNREADABLE,
        )

    def check_sums(self, sheet: OpenSheet) -> list[Finding]:
        """Compare printed sums of money with the lines above them."""
        return check_totals(sheet)

    def lines(self, sheet: OpenSheet, head: pd.DataFrame) -> list[Lines]:
        """Return the lines; a row that states nothing for any time is listed."""
        columns = sheet.known.columns
        laid = plan_lines(sheet, columns)
        data = head.iloc[laid.rows].reset_index(drop=True)
        times, odd_times = line_periods(sheet, laid, data["period"].fillna(""))
        data["period"] = text_column(times)
        data["region_code"] = with_province(data)
        found, told = plan_columns(sheet, laid)
        told = [
            *unused_columns(sheet), *tell_lines(sheet, laid), *odd_times, *told,
        ]  # fmt: skip
        lines = Lines(
            key=sheet.known.kind,
            sheet=sheet.listing(dict.fromkeys(laid.empty, "no_phase")).told(told),
            data=pd.concat([data, pd.DataFrame(found, index=data.index)], axis=1),
            rows=laid.rows,
            columns=columns,
        )
        return [lines]

    def check(self, lines: Lines) -> list[Finding]:
        """Return the findings of reading, with their region, and those of the lines."""
        placed = place_findings(lines.sheet.findings, lines.data)
        return [*placed, *check_plan(lines.data)]


PLAN = Plan()


def _fill_province(sheet: OpenSheet, cells: Cells) -> None:
    """Write the province where a row names no district: it is a line of its own."""
    at = {column.role: column.position for column in sheet.known.columns}
    if {"provinsi", "kabkota"} <= set(at):
        district = cells[:, at["kabkota"]]
        blank = np.array([is_blank(cell) for cell in district], dtype=bool)
        district[blank] = cells[blank, at["provinsi"]]


def _dates(sheet: OpenSheet) -> Mapping[str, list[Cell]]:
    """Return the cells of dates without their quarters, for whoever reads dates."""
    found: dict[str, list[Cell]] = {}
    for column in sheet.known.of_role(*DATES):
        cells = sheet.column(column)
        rest = [_without_quarter(cell, read_quarter(cell)) for cell in cells]
        found[column.role] = _asked(rest) if column.role == "period" else rest
    quarters = sheet.known.of_role("quarter")
    if quarters and "period" not in found:  # what a quarter leaves over is a date
        cells = sheet.column(quarters[-1])
        found["period"] = read_each(cells, _beside_quarter)
    return found


def _without_quarter(cell: Cell, read: Quarter) -> Cell:
    """Return a cell that names no quarter as it is; else what is left of it."""
    if not read.fine:
        return ""
    return cell if read.rest == as_text(cell) else read.rest


def _beside_quarter(cell: Cell) -> str:
    read = read_quarter(cell, bare=True)
    return read.rest if read.fine else ""


def _asked(cells: list[Cell]) -> list[Cell]:
    """Make a bare 1 to 4 unreadable where no month above 4 stands in its column.

    It is a quarter or a month, and nothing says which.
    """
    if max(map(bare_time, cells), default=0) > _LAST_QUARTER:
        return cells
    return read_each(cells, lambda cell: _UNCLEAR if bare_time(cell) else cell)
