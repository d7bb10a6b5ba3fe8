"""One sheet read: recognised, typed, placed, checked; every row used or listed.

In:     a :class:`~kkbpk_geo.intake.sheets.Grid` and what the caller passed.
Out:    one :class:`~kkbpk_geo.intake.model.Intake`; several where the rows of a sheet
        are about several kinds of group (each kind is a table of its own).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

import numpy as np

from kkbpk_geo.base.marks import Marks, mark_frame
from kkbpk_geo.base.text import as_text
from kkbpk_geo.intake.cells.numbers import Numbers, read_numbers
from kkbpk_geo.intake.cells.periods import DATES, Periods, read_periods
from kkbpk_geo.intake.cells.places import CODES, PLACES, Places, Scope, read_places
from kkbpk_geo.intake.cells.titles import (
    Said,
    find_district_code,
    find_marks,
    find_period,
    find_province_code,
    first_row,
)
from kkbpk_geo.intake.cells.values import content_of
from kkbpk_geo.intake.inventories.rows import item_texts, prepare_inventory
from kkbpk_geo.intake.model import Intake
from kkbpk_geo.intake.open_sheet import OpenSheet
from kkbpk_geo.intake.plans.rows import NUMERIC as PLAN_NUMERIC
from kkbpk_geo.intake.plans.rows import check_plan_totals, plan_dates, prepare_plan
from kkbpk_geo.intake.recognise.headers import find_header
from kkbpk_geo.intake.recognise.headings import Column, recognise
from kkbpk_geo.intake.rows.sorting import classify_rows, find_subtotals
from kkbpk_geo.intake.rows.totals import Printed, check_percentages, check_totals
from kkbpk_geo.intake.table import make_tables
from kkbpk_geo.io import Grid, without_persons
from kkbpk_geo.regions import CodeSystem

_NUMERIC = ("measure", "quantity", "percent", "latitude", "longitude")
_MOST_PERSONAL = 1e14


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
    header = find_header(grid)
    body = grid.rows[header.stop :]
    cells = np.empty((len(body), grid.width), dtype=object)
    cells[:] = body if body else cells
    hints = (grid.sheet, PurePath(grid.file).stem)
    contents = [content_of(cells[:, j]) for j in range(grid.width)]
    known = recognise(header, contents, hints=hints, kind=options.kind)
    sheet = OpenSheet(
        grid=grid, known=known, cells=cells, numbers={}, findings=[],
        reasons=np.empty(0, dtype=object), first=header.stop + 1,
    )  # fmt: skip
    _drop_persons(sheet)
    if sheet.known.kind == "plan":
        prepare_plan(sheet)
    elif sheet.known.kind == "inventory":
        prepare_inventory(sheet)
    for column in known.columns:
        if column.role in _NUMERIC:
            counts = column.role in ("measure", "quantity")
            sheet.numbers[column.position] = _read(sheet, column, counts=counts)
    sheet.reasons = classify_rows(
        cells, known, sheet.numbers, column_numbers=header.column_numbers
    )
    texts = (" \n".join(header.titles), *hints)
    places = _place(sheet, texts, options)
    periods = _date(sheet, texts, options, places)
    _list_subtotals(sheet, places, periods)
    _check_printed(sheet, places, periods)
    if sheet.known.kind == "plan":
        check_plan_totals(sheet)
    headings = (part for path in header.paths for part in path)
    # A cover sheet has no header: what it says stands in its first row.
    marks = find_marks(grid, [*header.titles, *headings, *first_row(grid)])
    return [_with_marks(table, marks) for table in make_tables(sheet, places, periods)]


def _with_marks(table: Intake, marks: Marks) -> Intake:
    """Let a table, and the frame of its rows, carry the marks of its sheet."""
    mark_frame(table.data, marks)
    return replace(table, marks=marks)


# --- steps ----------------------------------------------------------------------------


def _drop_persons(sheet: OpenSheet) -> None:
    """Take out columns and cells about persons; count them in a finding."""
    for column in sheet.known.columns:
        cells = sheet.column(column)
        if column.role == "drop":
            count = sum(cell != "" for cell in cells)
            sheet.cells[:, column.position] = ""
        elif column.role in (*_NUMERIC, *DATES, *PLAN_NUMERIC):
            continue
        else:
            kept, count = without_persons(cells)
            sheet.cells[:, column.position] = "" if kept is None else kept
            if kept is None:
                sheet.replace_column(replace(column, role="drop", why=""))
        if count:
            sheet.tell("personal_data_dropped", None, column, count=count)


def _read(sheet: OpenSheet, column: Column, *, counts: bool) -> Numbers:
    """Read a column as numbers; what is an identity number is blanked and counted."""
    read = read_numbers(sheet.cells[:, column.position], counts=counts)
    with np.errstate(invalid="ignore"):
        personal = np.abs(read.values) >= _MOST_PERSONAL
    if personal.any():
        sheet.cells[personal, column.position] = ""
        read = replace(read, values=np.where(personal, np.nan, read.values))
        count = int(personal.sum())
        sheet.tell("personal_data_dropped", None, column, count=count)
    return read


def _place(sheet: OpenSheet, texts: Sequence[str], options: Options) -> Places:
    cells = sheet.roles(*PLACES, *CODES)
    usable = sheet.reasons == ""
    province = options.province or find_province_code(texts)
    district = ""
    if not {"kabkota", *CODES} & set(cells) and usable.any():
        district = find_district_code(texts, province)
    places = read_places(
        cells,
        usable,
        scope=Scope(province=province, district=district),
        code_system=options.code_system,
        is_list=sheet.is_list and sheet.known.kind != "inventory",
    )
    by_role = {column.role: column for column in sheet.known.columns}
    for fault in places.faults:
        column = by_role.get(fault.role) or by_role.get("kabkota")
        sheet.tell(
            fault.code, fault.row, column, value=fault.value,
            expected=fault.expected, region=fault.value, count=fault.count,
        )  # fmt: skip
    if places.filled:
        sheet.tell("place_filled_down", None, None, count=places.filled)
    return places


def _date(
    sheet: OpenSheet, texts: Sequence[str], options: Options, places: Places
) -> Periods:
    cells = sheet.roles(*DATES)
    said = find_period(texts)
    of_plan = sheet.known.kind == "plan"
    if of_plan:  # a month in a title is no month of its lines
        cells, said = plan_dates(sheet), Said(year=said.year)
    used = sheet.reasons == ""
    # The row of the province among its districts is a total, and has no month to state.
    districts = used & ~places.totals
    counted = districts if districts.any() else used
    periods = read_periods(
        cells, counted.tolist(), year=options.year, month=options.month, said=said,
        of_plan=of_plan,
    )  # fmt: skip
    columns = sheet.known.of_role(*DATES, "quarter")
    column = columns[0] if columns else None
    for i, role in periods.unreadable.items():
        if not used[i]:
            continue
        there = next((c for c in columns if c.role == role), column)
        text = as_text(sheet.column(there)[i]) if there else ""
        if role == "year":
            sheet.tell("year_unreadable", i, there, value=text, expected="2025, 2026")
        elif of_plan and role == "period":
            expected = "TW I … TW IV, JANUARI … DESEMBER"
            sheet.tell("plan_time_unreadable", i, there, value=text, expected=expected)
        else:
            expected = "JANUARI … DESEMBER"
            sheet.tell("month_unreadable", i, there, value=text, expected=expected)
    for i in periods.no_month:
        there = next((c for c in columns if c.role in ("month", "period")), column)
        sheet.tell("month_missing", i, there, region=places.codes[i] or "")
    lost = [i for i in periods.no_year if used[i]]
    if lost:
        months = cells.get("month", [""] * len(used))
        sheet.tell(
            "year_missing", lost[0], column, value=as_text(months[lost[0]]),
            expected="TAHUN", count=len(lost),
        )  # fmt: skip
    if periods.disagrees:
        own, given = periods.disagrees
        code = "period_disagrees" if column else "period_disagrees_title"
        sheet.tell(code, None, column, value=own, expected=given)
    return periods


def _list_subtotals(sheet: OpenSheet, places: Places, periods: Periods) -> None:
    """List rows that say again what finer rows, or all other rows, say."""
    things = item_texts(sheet)
    if sheet.is_list and sheet.known.kind != "inventory":
        return
    usable = sheet.reasons == ""
    if (usable & ~places.totals).any():
        sheet.reasons[usable & places.totals] = "total_row"
        usable = sheet.reasons == ""
    times = [f"{p} {item}" for p, item in zip(periods.periods, things, strict=True)]
    subtotals = find_subtotals(places.texts, places.levels, times, usable)
    sheet.reasons[subtotals] = "total_row"


def _check_printed(sheet: OpenSheet, places: Places, periods: Periods) -> None:
    n = len(sheet.cells)
    parents = places.texts.get("kabkota", [""] * n)
    labels = [
        next((as_text(cell) for cell in row if isinstance(cell, str) and cell), "")
        for row in sheet.cells
    ]
    for role in PLACES[:2]:
        for i, text in enumerate(places.texts.get(role, [""] * n)):
            labels[i] = text or labels[i]
    printed = Printed(
        known=sheet.known,
        numbers=sheet.numbers,
        labels=labels,
        parents=parents,
        regions=[code or "" for code in places.codes],
        periods=periods.periods,
        things=item_texts(sheet),
        file=sheet.grid.file,
        sheet=sheet.grid.sheet,
        first=sheet.first,
    )
    data, totals = sheet.reasons == "", sheet.reasons == "total_row"
    sheet.findings += check_percentages(printed, data | totals)
    sheet.findings += check_totals(printed, data, totals)
