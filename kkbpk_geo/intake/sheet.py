"""One sheet read: recognised, typed, placed, checked; every row used or listed.

Why: a row that is lost on the way is a village that a map leaves white. Each step takes
a sheet and hands on a new one; what differs by kind of table, the kind answers.

In:     a :class:`~kkbpk_geo.io.grids.Grid` and what the caller passed.
Out:    one :class:`~kkbpk_geo.intake.model.Intake`; several where the rows of a sheet
        are about several kinds of group (each kind is a table of its own).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

import numpy as np

from kkbpk_geo.base.marks import Marks, mark_frame
from kkbpk_geo.base.text import as_text
from kkbpk_geo.findings import Finding
from kkbpk_geo.intake.cells.editions import find_edition
from kkbpk_geo.intake.cells.numbers import Numbers, read_numbers
from kkbpk_geo.intake.cells.periods import DATES, Periods, read_periods
from kkbpk_geo.intake.cells.places import CODES, Places, Scope, read_places
from kkbpk_geo.intake.cells.titles import (
    find_district_code,
    find_marks,
    find_period,
    find_province_code,
    first_row,
)
from kkbpk_geo.intake.cells.values import content_of
from kkbpk_geo.intake.frames import PLACES
from kkbpk_geo.intake.kinds.choosing import kind_named, recognise
from kkbpk_geo.intake.kinds.kind import Kind, Times
from kkbpk_geo.intake.model import Edition, Intake
from kkbpk_geo.intake.open_sheet import OpenSheet
from kkbpk_geo.intake.own_output import is_own_output, own_output
from kkbpk_geo.intake.recognise.columns import Column
from kkbpk_geo.intake.recognise.headers import Header, find_header
from kkbpk_geo.intake.recognise.phases import MEASURES
from kkbpk_geo.intake.rows.sorting import classify_rows, find_subtotals
from kkbpk_geo.intake.rows.totals import Printed, check_percentages, check_totals
from kkbpk_geo.intake.table import make_tables
from kkbpk_geo.io import Cell, Grid, without_persons
from kkbpk_geo.regions import CodeSystem

if TYPE_CHECKING:
    from kkbpk_geo.intake.open_sheet import Cells, Flags

_COUNTED = ("measure", "quantity")
_NUMERIC = (*_COUNTED, "percent", "latitude", "longitude")
# Columns of figures are searched for persons once they are numbers: see _read_number.
_FIGURES = frozenset([*_NUMERIC, *DATES, *MEASURES])
_MOST_PERSONAL = 1e14  # a NIK has 16 digits, a NIP 18; no count has 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the caller of :func:`read_table` passed, checked."""

    kind: str | None = None
    year: int | None = None
    month: int | None = None
    code_system: CodeSystem | None = None
    province: str = ""


def read_grid(grid: Grid, options: Options) -> list[Intake]:
    """Read one sheet."""
    if is_own_output(grid):
        return [own_output(grid)]
    header = find_header(grid)
    hints = (grid.sheet, PurePath(grid.file).stem)
    sheet = _open(grid, header, hints, options)
    kind = kind_named(sheet.known.kind)
    sheet = _read_numbers(kind.prepare(_without_persons(sheet)))
    reasons = classify_rows(
        sheet.cells, sheet.known, sheet.numbers, column_numbers=header.column_numbers
    )
    sheet = replace(sheet, reasons=reasons)
    texts = (" \n".join(header.titles), *hints)
    places = _place(sheet, kind, texts, options)
    sheet = sheet.told(_tell_places(sheet, places))
    times = kind.times(sheet, find_period(texts))
    periods = _date(sheet, times, places, options)
    sheet = sheet.told(_tell_periods(sheet, times, periods, places))
    sheet = _without_subtotals(sheet, kind, places, periods)
    printed = _printed(sheet, kind, places, periods)
    totals = sheet.reasons == "total_row"
    sheet = sheet.told(
        [
            *check_percentages(printed, sheet.used | totals),
            *check_totals(printed, sheet.used, totals),
            *kind.check_sums(sheet),
        ]
    )
    headings = (part for path in header.paths for part in path)
    # A cover sheet has no header: what it says stands in its first row.
    marks = find_marks(grid, [*header.titles, *headings, *first_row(grid)])
    edition = find_edition((*header.titles, *hints))
    tables = make_tables(kind, sheet, places, periods)
    return [_as_stated(table, marks, edition) for table in tables]


def _as_stated(table: Intake, marks: Marks, edition: Edition) -> Intake:
    """Let a table carry what its sheet says of itself; its frame the marks as well."""
    mark_frame(table.data, marks)
    return replace(table, marks=marks, edition=edition)


# --- cells ----------------------------------------------------------------------------


def _open(
    grid: Grid, header: Header, hints: Sequence[str], options: Options
) -> OpenSheet:
    """Recognise a sheet; nothing of its rows is read yet."""
    body = grid.rows[header.stop :]
    cells = np.empty((len(body), grid.width), dtype=object)
    cells[:] = body if body else cells
    contents = [content_of(cells[:, j]) for j in range(grid.width)]
    return OpenSheet(
        grid=grid,
        known=recognise(header, contents, hints=hints, kind=options.kind),
        cells=cells,
        numbers={},
        reasons=np.empty(0, dtype=object),
        first=header.stop + 1,
    )


def _without_persons(sheet: OpenSheet) -> OpenSheet:
    """Take out columns and cells about persons; count them in a finding."""
    cells, columns = sheet.cells.copy(), list(sheet.known.columns)
    told = []
    for column in sheet.known.columns:
        if column.role in _FIGURES:
            continue
        kept, count = _impersonal(column, sheet.column(column))
        if count:
            told.append(sheet.find("personal_data_dropped", None, column, count=count))
            cells[:, column.position] = "" if kept is None else kept
        if kept is None:
            columns[column.position] = replace(column, role="drop", why="")
    known = replace(sheet.known, columns=tuple(columns))
    return replace(sheet, cells=cells, known=known).told(told)


def _impersonal(column: Column, cells: list[Cell]) -> tuple[list[Cell] | None, int]:
    """Return the cells that are about no person, None for none; and how many are."""
    if column.role == "drop":
        return None, sum(cell != "" for cell in cells)
    return without_persons(cells)


def _read_numbers(sheet: OpenSheet) -> OpenSheet:
    """Read the columns of figures; identity numbers are blanked and counted."""
    cells = sheet.cells.copy()
    numbers: dict[int, Numbers] = {}
    told = []
    for column in sheet.known.of_role(*_NUMERIC):
        at = column.position
        read = read_numbers(cells[:, at], counts=column.role in _COUNTED)
        with np.errstate(invalid="ignore"):
            personal = np.abs(read.values) >= _MOST_PERSONAL
        if personal.any():
            cells[personal, at] = ""
            read = replace(read, values=np.where(personal, np.nan, read.values))
            count = int(personal.sum())
            told.append(sheet.find("personal_data_dropped", None, column, count=count))
        numbers[at] = read
    return replace(sheet, cells=cells, numbers=numbers).told(told)


# --- places ---------------------------------------------------------------------------


def _place(
    sheet: OpenSheet, kind: Kind, texts: Sequence[str], options: Options
) -> Places:
    cells = sheet.roles(*PLACES, *CODES)
    province = options.province or find_province_code(texts)
    district = ""
    # A title names the district of rows only where no column could.
    if not {"kabkota", *CODES} & set(cells) and sheet.used.any():
        district = find_district_code(texts, province)
    return read_places(
        cells,
        sheet.used,
        scope=Scope(province=province, district=district),
        code_system=options.code_system,
        is_list=kind.stands_alone,
    )


def _tell_places(sheet: OpenSheet, places: Places) -> Iterator[Finding]:
    by_role = {column.role: column for column in sheet.known.columns}
    for fault in places.faults:
        column = by_role.get(fault.role) or by_role.get("kabkota")
        yield sheet.find(
            fault.code, fault.row, column, value=fault.value,
            expected=fault.expected, region=fault.value, count=fault.count,
        )  # fmt: skip
    if places.filled:
        yield sheet.find("place_filled_down", None, None, count=places.filled)


# --- periods --------------------------------------------------------------------------


def _date(sheet: OpenSheet, times: Times, places: Places, options: Options) -> Periods:
    # The row of the province among its districts is a total, and has no month to state.
    districts = sheet.used & ~places.totals
    counted = districts if districts.any() else sheet.used
    return read_periods(
        times.cells, counted.tolist(), year=options.year, month=options.month,
        said=times.said, of_plan=times.of_plan,
    )  # fmt: skip


def _tell_periods(
    sheet: OpenSheet, times: Times, periods: Periods, places: Places
) -> Iterator[Finding]:
    used, columns = sheet.used, sheet.known.of_role(*DATES, "quarter")
    column = columns[0] if columns else None
    for i, role in periods.unreadable.items():
        if used[i]:
            yield _tell_unreadable(sheet, times, _first(columns, role), i, role)
    monthly = _first(columns, "month", "period")
    for i in periods.no_month:
        yield sheet.find("month_missing", i, monthly, region=places.codes[i] or "")
    if lost := [i for i in periods.no_year if used[i]]:
        months = times.cells.get("month", [""] * len(used))
        yield sheet.find(
            "year_missing", lost[0], column, value=as_text(months[lost[0]]),
            expected="TAHUN", count=len(lost),
        )  # fmt: skip
    if periods.disagrees:
        own, given = periods.disagrees
        code = "period_disagrees" if column else "period_disagrees_title"
        yield sheet.find(code, None, column, value=own, expected=given)


def _first(columns: Sequence[Column], *roles: str) -> Column | None:
    """Return the first column of one of the roles, else the first of all."""
    fallback = columns[0] if columns else None
    return next((c for c in columns if c.role in roles), fallback)


def _tell_unreadable(
    sheet: OpenSheet, times: Times, column: Column | None, row: int, role: str
) -> Finding:
    text = as_text(sheet.cells[row, column.position]) if column else ""
    code, expected = times.unreadable[role]
    return sheet.find(code, row, column, value=text, expected=expected)


# --- sums -----------------------------------------------------------------------------


def _without_subtotals(
    sheet: OpenSheet, kind: Kind, places: Places, periods: Periods
) -> OpenSheet:
    """List rows that say again what finer rows, or all other rows, say."""
    if kind.stands_alone:
        return sheet
    # A row of the province is a total among districts; alone it is data.
    if (sheet.used & ~places.totals).any():
        sheet = _as_totals(sheet, sheet.used & places.totals)
    things = kind.things(sheet)
    times = [f"{p} {item}" for p, item in zip(periods.periods, things, strict=True)]
    subtotals = find_subtotals(places.texts, places.levels, times, sheet.used)
    return _as_totals(sheet, subtotals)


def _as_totals(sheet: OpenSheet, rows: Flags) -> OpenSheet:
    return sheet.listing(dict.fromkeys(np.flatnonzero(rows).tolist(), "total_row"))


def _printed(sheet: OpenSheet, kind: Kind, places: Places, periods: Periods) -> Printed:
    """Return the figures of a sheet with what each row calls itself."""
    n = len(sheet.cells)
    blank = [""] * n
    named = [places.texts.get(role, blank) for role in reversed(PLACES[:2])]
    firsts = [_first_text(row) for row in sheet.cells]
    labels = [next(filter(None, each), "") for each in zip(*named, firsts, strict=True)]
    return Printed(
        known=sheet.known,
        numbers=sheet.numbers,
        labels=labels,
        parents=places.texts.get("kabkota", blank),
        regions=[code or "" for code in places.codes],
        periods=periods.periods,
        things=kind.things(sheet),
        file=sheet.grid.file,
        sheet=sheet.grid.sheet,
        first=sheet.first,
    )


def _first_text(cells: Cells) -> str:
    return next((cell for cell in cells if isinstance(cell, str) and cell), "")
