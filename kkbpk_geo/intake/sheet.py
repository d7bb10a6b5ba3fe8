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
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from kkbpk_geo.base.marks import Marks, mark_frame
from kkbpk_geo.base.text import as_text
from kkbpk_geo.catalogue.findings import finding_kinds
from kkbpk_geo.findings import Finding
from kkbpk_geo.intake.blocks.tables import Block
from kkbpk_geo.intake.blocks.titles import about
from kkbpk_geo.intake.cells.districts import PlaceFault
from kkbpk_geo.intake.cells.editions import find_edition
from kkbpk_geo.intake.cells.numbers import Numbers, read_numbers
from kkbpk_geo.intake.cells.periods import DATES, Periods, read_periods
from kkbpk_geo.intake.cells.places import (
    CODES,
    KIND,
    KOTA,
    Places,
    Scope,
    read_places,
)
from kkbpk_geo.intake.cells.stated import Said, find_period
from kkbpk_geo.intake.cells.stated_kinds import kind_column
from kkbpk_geo.intake.cells.titles import (
    find_district_code,
    find_marks,
    find_province_code,
    find_subdistrict,
    first_row,
)
from kkbpk_geo.intake.cells.values import content_of
from kkbpk_geo.intake.frames import PLACES
from kkbpk_geo.intake.kinds.choosing import kind_named, meaning_of, recognise
from kkbpk_geo.intake.kinds.kind import Kind, Times
from kkbpk_geo.intake.kinds.presence import read_answers
from kkbpk_geo.intake.model import Edition, Intake
from kkbpk_geo.intake.open_sheet import OpenSheet
from kkbpk_geo.intake.own_output import is_own_output, own_output
from kkbpk_geo.intake.proofs.figures import judge_figures
from kkbpk_geo.intake.proofs.parents import rows_of_parents
from kkbpk_geo.intake.proofs.register import check_register
from kkbpk_geo.intake.proofs.standing import name_rows
from kkbpk_geo.intake.proofs.sums import Sum
from kkbpk_geo.intake.recognise.columns import UNKNOWN, Column
from kkbpk_geo.intake.recognise.headers import Header, find_header
from kkbpk_geo.intake.recognise.phases import MEASURES
from kkbpk_geo.intake.recognise.subject import look_around
from kkbpk_geo.intake.rows.moved import moved_rows
from kkbpk_geo.intake.rows.shares import without_shares
from kkbpk_geo.intake.rows.sorting import classify_rows, find_subtotals
from kkbpk_geo.intake.rows.storey_sums import check_parts
from kkbpk_geo.intake.rows.totals import (
    Printed,
    check_percentages,
    check_totals,
    tell_asides,
)
from kkbpk_geo.intake.rows.unseen import hidden_rows, tell_unseen
from kkbpk_geo.intake.table import make_tables
from kkbpk_geo.io import Cell, Grid, is_no_value, without_persons
from kkbpk_geo.regions import CodeSystem

if TYPE_CHECKING:
    from kkbpk_geo.intake.open_sheet import Cells, Flags

Texts: TypeAlias = Sequence[str]  # title, titles above, sheet, file: best first
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


def read_grid(block: Block, options: Options) -> list[Intake]:
    """Read one table of a sheet."""
    grid = block.grid
    if is_own_output(grid):
        return [own_output(grid)]
    header = find_header(grid)
    hints = (grid.sheet, PurePath(grid.file).stem)
    sheet = _open(grid, header, block.group_hints(hints), options)
    kind = kind_named(sheet.known.kind)
    sheet = _read_numbers(kind.prepare(_without_persons(kind.identify(sheet))))
    reasons = classify_rows(
        sheet.cells, sheet.known, sheet.numbers, column_numbers=header.column_numbers
    )
    sheet = _without_moved(kind.sections(replace(sheet, reasons=reasons)))
    sheet = without_shares(sheet)
    texts = (" \n".join(header.titles), " \n".join(block.above), *hints)
    own = about(header.titles)
    near = texts[:1] + hints if "kabkota" in own else texts
    # A title that says the year and no month is of the whole year.
    dated = texts[:1] + hints if "year" in own else texts
    places = _place(sheet, kind, (texts, near), options)
    sheet = sheet.listing(dict.fromkeys(np.flatnonzero(places.sections), "note"))
    names = name_rows(places)
    if kind.rows_are_places:
        sheet = _as_totals(sheet, rows_of_parents(sheet, names))
    times = kind.times(sheet, find_period(dated))
    periods = _date(sheet, times, places, options)
    meaning = partial(meaning_of, header, hints=block.group_hints(hints))
    sheet = kind.unfold(sheet, places, periods, meaning)
    keys = _times_and_things(sheet, kind, periods)
    sheet = _without_subtotals(sheet, kind, places, keys)
    by_figures: dict[int, Sum] = {}
    if kind.rows_are_places:
        sheet, by_figures = judge_figures(sheet, places, names, keys)
    sheet = check_register(
        sheet, names, periods.periods, places_only=kind.rows_are_places
    )
    told = places
    if _is_moot(sheet, places):
        told = _place(sheet, kind, (texts, near), options)
    sheet = sheet.told(_tell_places(sheet, told))
    sheet = sheet.told(_tell_periods(sheet, times, periods, places))
    printed = _printed(sheet, kind, places, periods)
    totals = sheet.reasons == "total_row"
    sheet = sheet.told(
        [
            *check_percentages(printed, sheet.used | totals),
            *check_totals(printed, sheet.used, totals, by_figures),
            *tell_asides(printed, sheet.reasons == "not_a_place"),
            *kind.check_sums(sheet),
        ]
    )
    headings = (part for path in header.paths for part in path)
    # A cover sheet has no header: what it says stands in its first row.
    marks = find_marks(grid, [*header.titles, *headings, *first_row(grid)])
    sheet = sheet.told(tell_unseen(sheet, header, places.codes))
    sheet = check_parts(sheet, [code or "" for code in places.codes])
    tables = make_tables(kind, sheet, places, periods)
    hidden = hidden_rows(sheet)
    edition = find_edition((*header.titles, *hints))
    stated = [_as_stated(table, marks, edition) for table in tables]
    return [replace(table, hidden_rows=hidden) for table in stated]


def holds_table(grid: Grid) -> bool:
    """Whether a sheet holds a table of a kind that is known; it is not read."""
    sheet = _open(grid, find_header(grid), (), Options())
    return sheet.known.kind != UNKNOWN and bool(len(sheet.cells))


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
    columns = [cells[:, j] for j in range(grid.width)]
    contents = [content_of(column) for column in columns]
    around = look_around(header.titles, hints, header.paths, columns)
    return OpenSheet(
        grid=grid,
        known=recognise(
            header,
            contents,
            hints=hints,
            kind=options.kind,
            around=around,
            cells=cells,
        ),
        cells=cells,
        numbers={},
        reasons=np.empty(0, dtype=object),
        first=grid.top + header.stop + 1,
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
        if column.answered:
            numbers[at], more = read_answers(sheet, column)
            told += more
            continue
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
    sheet: OpenSheet, kind: Kind, texts: tuple[Texts, Texts], options: Options
) -> Places:
    """Read the places of rows; ``texts``: where a province, and a district is named."""
    cells = sheet.roles(*PLACES, *CODES, KOTA)
    province = options.province or find_province_code(texts[0])
    if "desa" in cells and "kecamatan" not in cells and texts[0][0]:
        named = find_subdistrict(texts[0][0], province)
        cells |= {"kecamatan": [named] * len(sheet.cells)} if named else {}
    district = ""
    # A title names the district of rows only where no column could.
    if not {"kabkota", *CODES} & set(cells) and sheet.used.any():
        district = find_district_code(texts[1], province)
    if "kabkota" in cells:
        plain = map(sheet.column, sheet.known.of_role(UNKNOWN, "keep"))
        if column := kind_column(list(plain), sheet.used):
            cells[KIND] = list(column)

    def read(titled: str) -> Places:
        return read_places(
            cells,
            sheet.used,
            scope=Scope(province=province, district=district, titled=titled),
            code_system=options.code_system,
            is_list=kind.stands_alone,
        )

    places = read("")
    # Titles are asked only where a name is vague: they cost more than names.
    vague = any(fault.code == "region_ambiguous" for fault in places.faults)
    titled = find_district_code(texts[1], province) if vague else ""
    return read(titled) if titled else places


def _without_moved(sheet: OpenSheet) -> OpenSheet:
    """List rows whose cells stand under the heading beside their own, and tell each."""
    moved = moved_rows(sheet.cells, sheet.known)
    found = [each for each in moved if sheet.reasons[each.row] in ("", "total_row")]
    told = [
        sheet.find(
            f"row_moved_{each.way}", each.row, None,
            value=each.value, expected=each.right.printed, region=each.district,
        )
        for each in found
    ]  # fmt: skip
    return sheet.listing({each.row: "moved" for each in found}).told(told)


def _is_moot(sheet: OpenSheet, places: Places) -> bool:
    """Whether a fault of places is that of a row that turned out to be no place."""
    return any(not sheet.used[fault.row] for fault in places.faults)


def _tell_places(sheet: OpenSheet, places: Places) -> Iterator[Finding]:
    by_role = {column.role: column for column in sheet.known.columns}
    for fault in places.faults:
        if is_no_value(fault.value):  # told with the other cells of its kind
            continue
        column = by_role.get(fault.role) or by_role.get("kabkota")
        yield sheet.find(
            fault.code, fault.row, column, value=fault.value,
            expected=fault.expected, region=_region_of(fault), count=fault.count,
            candidates=fault.candidates,
        )  # fmt: skip
    if places.filled:
        yield sheet.find("place_filled_down", None, None, count=places.filled)


def _region_of(fault: PlaceFault) -> str:
    """Return the region of a fault as written; what is told of many has none."""
    told_of_many = finding_kinds()[fault.code].severity == "info"
    return "" if told_of_many else fault.value


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
    yield from _tell_unreadable(sheet, times, periods, columns)
    contrary = [i for i in periods.contrary if used[i]]
    if contrary:
        shown = [as_text(sheet.cells[contrary[0], c.position]) for c in columns]
        yield sheet.find(
            "period_contrary", contrary[0], column, count=len(contrary),
            value=" / ".join(filter(None, shown)),
        )  # fmt: skip
    monthly = _first(columns, "month", "period", "part")
    for i in filter(used.__getitem__, periods.no_month):
        yield sheet.find("month_missing", i, monthly, region=places.codes[i] or "")
    if lost := [i for i in periods.no_year if used[i]]:
        yield sheet.find(
            "year_missing", lost[0], column, value=_text_of(times, lost[0]),
            expected="TAHUN", count=len(lost),
        )  # fmt: skip
    yield from _tell_titles(sheet, times.said, periods)
    if periods.disagrees:
        own, given = periods.disagrees
        code = "period_disagrees" if column else "period_disagrees_title"
        yield sheet.find(code, None, column, value=own, expected=given)


def _first(columns: Sequence[Column], *roles: str) -> Column | None:
    """Return the first column of one of the roles, else the first of all."""
    fallback = columns[0] if columns else None
    return next((c for c in columns if c.role in roles), fallback)


def _text_of(times: Times, row: int) -> str:
    """Return what the cells of a row say of its month."""
    cells = (times.cells[role][row] for role in DATES if role in times.cells)
    return next(filter(None, map(as_text, cells)), "")


def _tell_unreadable(
    sheet: OpenSheet, times: Times, periods: Periods, columns: Sequence[Column]
) -> Iterator[Finding]:
    """Tell each text that is no time once, at the first row that has it."""
    rows: dict[tuple[str, str], list[int]] = {}
    for i, role in periods.unreadable.items():
        if sheet.used[i]:
            column = _first(columns, role)
            cell = sheet.cells[i, column.position] if column else ""
            if not is_no_value(cell):  # told with the other cells of its kind
                rows.setdefault((role, as_text(cell)), []).append(i)
    for (role, text), where in rows.items():
        code, expected = times.unreadable[role]
        yield sheet.find(
            code, where[0], _first(columns, role), value=text, expected=expected,
            count=len(where),
        )  # fmt: skip


def _tell_titles(sheet: OpenSheet, said: Said, periods: Periods) -> Iterator[Finding]:
    """Tell what titles and names say of time in more than one way, where it counts."""
    used = sheet.used
    undated = [i for i in periods.undated if used[i]]
    if said.years and undated:
        lost = any(periods.periods[i] is None for i in undated)
        code = "period_two_years_lost" if lost else "period_two_years"
        years = ", ".join(map(str, said.years))
        yield sheet.find(code, None, None, value=years, expected=str(said.year or "–"))
    elif said.unclear and undated:
        taken = str(said.year) if said.year else "–"
        texts = "; ".join(said.unclear)
        yield sheet.find("period_unclear", None, None, value=texts, expected=taken)


# --- sums -----------------------------------------------------------------------------


def _without_subtotals(
    sheet: OpenSheet, kind: Kind, places: Places, times: Sequence[str]
) -> OpenSheet:
    """List rows that say again what finer rows, or all other rows, say."""
    if kind.stands_alone:
        return sheet
    # A row of the province is a total among districts; alone it is data.
    if (sheet.used & ~places.totals).any():
        sheet = _as_totals(sheet, sheet.used & places.totals)
    subtotals = find_subtotals(
        places.texts, places.codes, places.levels, times, sheet.used
    )
    return _as_totals(sheet, subtotals)


def _times_and_things(sheet: OpenSheet, kind: Kind, periods: Periods) -> list[str]:
    """Return when and about what each row is: only rows alike in both add up."""
    things = kind.things(sheet)
    pairs = zip(periods.periods, things, strict=True)
    return [f"{period or ''} {item}" for period, item in pairs]


def _as_totals(sheet: OpenSheet, rows: Flags) -> OpenSheet:
    return sheet.listing(dict.fromkeys(np.flatnonzero(rows).tolist(), "total_row"))


def _printed(sheet: OpenSheet, kind: Kind, places: Places, periods: Periods) -> Printed:
    """Return the figures of a sheet with what each row calls itself."""
    n = len(sheet.cells)
    blank = [""] * n
    labels = list(blank)
    for i in np.flatnonzero(~sheet.used).tolist():  # only of these is it told
        named = [texts[i] for texts in reversed(places.texts.values()) if texts[i]]
        labels[i] = named[0] if named else _first_text(sheet.cells[i])
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
