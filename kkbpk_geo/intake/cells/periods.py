"""The period of each row: from columns, arguments, titles; never guessed.

Why: New SIGA exports name a month in capitals and no year. A month without a year is
not a period, and the year of today is not the year of a report.

In:     the cells of month, year and period columns; what was passed; what titles say.
Out:    :class:`Periods`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple, TypeVar

from kkbpk_geo.base.formats import YEAR_PATTERN
from kkbpk_geo.base.periods import Part, Period, When, period_of, read_when
from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.intake.cells.stated import Said
from kkbpk_geo.io import Cell, is_blank, read_each

_Value = TypeVar("_Value")
# Roles of columns that say when; what an earlier one says goes before a later one.
# ``part`` is a column TRIWULAN or SEMESTER of figures; a plan's quarter is its own.
DATES = ("period", "month", "year", "part")
_PARTS = ("period", "month", "part")  # those that may state months
_BARE = re.compile(r"iv|i{1,3}|[1-4]", re.IGNORECASE)
_YEAR = re.compile(rf"(?<!\d)({YEAR_PATTERN})(?!\d)")
# Excel counts days since 1899-12-30. A number is a date only where it is the first of a
# month of these years: no month, year or YYYYMM looks like that.
_FIRST_DAY, _SERIAL_YEARS = datetime.date(1899, 12, 30), range(2000, 2051)
_SERIAL = re.compile(r"[345]\d{4}")
_NOTHING = When()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Periods:
    """Periods of n rows.

    ``periods``: the text form of a period, or None per row. ``unreadable``: positions
    whose time could not be read, and the role of the cell that could not.
    ``contrary``: positions whose cells state different times.
    ``no_year``: positions with a month and no year. ``no_month``: positions whose month
    is blank in a table by month. ``undated``: positions that neither their cells nor
    the caller give a year. ``disagrees``: (what the source says, what was passed),
    where they differ.
    """

    periods: list[str | None]
    unreadable: dict[int, str]
    no_year: list[int]
    no_month: list[int]
    contrary: list[int] = field(default_factory=list)
    undated: list[int] = field(default_factory=list)
    disagrees: tuple[str, str] | None = None


@dataclass(slots=True, eq=False)
class _Times:
    """What the cells of n rows say of their own.

    ``silent``: whether the row has cells for a month, and all of them are blank.
    """

    parts: list[Part | None]
    years: list[int | None]
    unreadable: dict[int, str]
    contrary: set[int]
    silent: list[bool]


def read_periods(
    cells: Mapping[str, Sequence[Cell]],
    counted: Sequence[bool],
    *,
    said: Said,
    passed: When = _NOTHING,
    whole: Period | None = None,
    of_plan: bool = False,
) -> Periods:
    """Give each row its period.

    A readable month or year of the row's own stands. Where a row has none, what was
    passed is used, then what titles and names say. A row with a blank month among rows
    that state theirs is of no period: it is neither the year nor another row's month.

    Parameters
    ----------
    cells : dict
        ``month``, ``year``, ``period`` -> n cells, those that the sheet has.
    counted : n of bool
        Which rows are data: a total or a note may leave its month blank.
    said : Said
        What title lines, sheet and file name say.
    passed : When
        The year and month that the caller passed.
    whole : Period, optional
        What the caller passed for tables that say no time. Its year is also that of a
        month without one; its months are those of no year that a table states.
    of_plan : bool
        Whether rows are lines of a plan. A count without its month is of no use; a line
        of a plan without a month, or with one that cannot be read, is a line of that
        year's plan. A plan knows months and years; its quarters are read elsewhere.
    """
    own = _own_times(cells, len(counted), of_plan=of_plan)
    if not of_plan:
        own = _as_running(own, said, counted)
    year, given = passed.year, passed.part
    if whole is not None:
        year, given = _of_mute_tables(whole, passed, own, said)
    # A title says no month where a column does: it may be that of printing.
    fill = given or (None if {"month", "part"} & set(cells) else said.part)
    fill_silent, no_month = fill, set[int]()
    if not of_plan:
        fill_silent, no_month = _silent_months(own, given or said.part, counted)
    filled = _filled(own, year or said.year, fill, fill_silent)
    lost = no_month | own.contrary
    periods, no_year = _dated(filled, own.unreadable, lost, of_plan=of_plan)
    undated = [i for i, own_year in enumerate(own.years) if own_year is None]
    return Periods(
        periods=periods,
        unreadable=dict(sorted(own.unreadable.items())),
        no_year=no_year,
        no_month=sorted(no_month),
        contrary=sorted(own.contrary - own.unreadable.keys()),
        undated=[] if year else undated,
        disagrees=_disagreement(own, passed, said),
    )


def _of_mute_tables(
    whole: Period, passed: When, own: _Times, said: Said
) -> tuple[int | None, Part | None]:
    """Return the year and months that are meant only where a table says none."""
    year = passed.year or said.year or whole.year
    dated = said.year or said.part or any(own.years)
    return year, passed.part or (None if dated else whole.part)


def _dated(
    filled: Sequence[tuple[int | None, Part | None]],
    unreadable: Mapping[int, str],
    lost: Collection[int],
    *,
    of_plan: bool,
) -> tuple[list[str | None], list[int]]:
    """Return the period of each row, and the rows that have months and no year."""
    # Rows of a sheet say the same few times over and over.
    known = {said: _period(*said) for said in set(filled)}
    periods = list(map(known.__getitem__, filled))
    for i in lost:
        periods[i] = None
    for i, odd in unreadable.items():
        # The year of a line stands where only its month cannot be read.
        kept = of_plan and odd != "year"
        periods[i] = _period(filled[i][0] if kept else None, None)
    undated = {said for said in known if said[0] is None and said[1] is not None}
    no_year = _rows_among(filled, undated)
    return periods, [i for i in no_year if i not in lost and i not in unreadable]


def _as_running(own: _Times, said: Said, counted: Sequence[bool]) -> _Times:
    """Let a title "s.d. November" say what a column says as NOVEMBER in every row.

    Where rows are of several months, the title says which months the sheet covers.
    """
    if said.part is None or not said.part.running:
        return own
    last = Part(said.part.last, said.part.last)
    used = [i for i, is_data in enumerate(counted) if is_data]
    if {own.parts[i] for i in used} - {None} != {last}:
        return own
    runs = {last: said.part}
    return replace(own, parts=[part and runs.get(part, part) for part in own.parts])


def _filled(
    own: _Times, year: int | None, part: Part | None, silent_part: Part | None
) -> list[tuple[int | None, Part | None]]:
    """Return year and months of each row: its own, else those of the whole sheet."""
    fills = map({True: silent_part, False: part}.__getitem__, own.silent)
    stated = zip(own.years, own.parts, fills, strict=True)
    return [(own_year or year, own_part or fill) for own_year, own_part, fill in stated]


def _own_times(cells: Mapping[str, Sequence[Cell]], n: int, *, of_plan: bool) -> _Times:
    """Read the cells of each row; a period column goes before that of a month."""
    roles = [role for role in DATES if role in cells]
    times = _Times([None] * n, [None] * n, {}, set(), _silent(cells, n))
    if not roles:
        return times
    read = []
    for role in roles:
        read.append(
            read_each(cells[role], _read_year if role == "year" else _read_date)
        )
    # Rows of a sheet say the same few times over and over.
    rows = list(zip(*read, strict=True))
    known = {row: _together(roles, row, of_plan=of_plan) for row in set(rows)}
    times.years = [known[row].year for row in rows]
    times.parts = [known[row].part for row in rows]
    doubtful = {row for row, said in known.items() if said.odd or said.contrary}
    for i in _rows_among(rows, doubtful):
        if odd := known[rows[i]].odd:
            times.unreadable[i] = odd
        if known[rows[i]].contrary:
            times.contrary.add(i)
    return times


def _rows_among(rows: Sequence[_Value], some: Collection[_Value]) -> list[int]:
    """Return the positions of rows that say one of some things, mostly of none."""
    if not some:
        return []
    return [i for i, row in enumerate(rows) if row in some]


class _Row(NamedTuple):
    """What the cells of one row come to; ``odd``: the role that cannot be read."""

    year: int | None
    part: Part | None
    odd: str
    contrary: bool


def _together(
    roles: Sequence[str], row: Sequence[When | None], *, of_plan: bool
) -> _Row:
    """Put what the cells of a row say beside each other."""
    year, part, odd, contrary = None, None, "", False
    for role, said in zip(roles, row, strict=True):
        if said is None or (of_plan and not _is_of_plan(said)):
            odd = role
            continue
        contrary |= bool(year and said.year and year != said.year)
        year = year or said.year
        if part is None or (said.part and part.covers(said.part)):
            part = said.part or part  # TW III beside September is September
        elif said.part and said.part != part:
            contrary |= not said.part.covers(part)
    return _Row(year, part, odd, contrary)


def _is_of_plan(said: When) -> bool:
    return said.part is None or (
        said.part.first == said.part.last and not said.part.running
    )


def _silent(cells: Mapping[str, Sequence[Cell]], n: int) -> list[bool]:
    """Return whether each row has cells for a month, and all of them are blank."""
    stated = [read_each(cells[role], is_blank) for role in _PARTS if role in cells]
    if not stated:
        return [False] * n
    return list(map(all, zip(*stated, strict=True)))


def _silent_months(
    own: _Times, stated: Part | None, counted: Sequence[bool]
) -> tuple[Part | None, set[int]]:
    """Return the months of rows whose month is blank, or else those rows.

    A month that the caller or the title states for the whole sheet is theirs only where
    no row says another: beside other months a blank is a month nobody wrote down. Where
    nobody says any month, the table is of its year.
    """
    used = [i for i, is_data in enumerate(counted) if is_data]
    parts = {own.parts[i] for i in used} - {None}
    # What stands there and cannot be read is a month too, and not the stated one.
    odd = any(counted[i] for i, role in own.unreadable.items() if role in _PARTS)
    if not odd and parts <= {stated}:
        return stated, set()
    return None, {i for i in used if own.silent[i] and i not in own.unreadable}


@lru_cache(maxsize=1024)
def _period(year: int | None, part: Part | None) -> str | None:
    return None if year is None else str(period_of(year, part))


def _disagreement(times: _Times, given: When, said: Said) -> tuple[str, str] | None:
    """Compare what is passed with the rows, else with the titles."""
    own = When(_only(times.years, said.year), _only(times.parts, said.part))
    pairs = ((own.year, given.year), (own.part, given.part))
    if any(a and b and a != b for a, b in pairs):
        return _show(own), _show(given)
    return None


def _only(values: Sequence[_Value | None], otherwise: _Value | None) -> _Value | None:
    """Return the one value there is; None of several, ``otherwise`` of none."""
    known = {value for value in values if value is not None}
    if len(known) > 1:
        return None
    return known.pop() if known else otherwise


def _show(said: When) -> str:
    """Write a time that may lack its year: ``2025-11``, ``11``, ``Q3``."""
    if said.part is None:
        return str(said.year or "")
    # The year 2000 stands in for the one that is not said, and is taken off again.
    text = str(period_of(said.year or 2000, said.part))
    return text if said.year else text.replace("2000-", "")


def numbered_parts(heading: str, cells: Sequence[Cell]) -> list[Cell]:
    """Write the bare numbers of a column TRIWULAN or SEMESTER as what they are.

    Examples
    --------
    >>> numbered_parts("TRIWULAN", ["II", 3, "TW I", "-"])
    ['tw II', 'tw 3', 'TW I', '-']
    """
    unit = "smt" if "semester" in fold_words(heading) else "tw"

    def named(cell: Cell) -> Cell:
        text = as_text(cell).strip()
        return f"{unit} {text}" if _BARE.fullmatch(text) else cell

    return read_each(cells, named)


def _read_year(cell: Cell) -> When | None:
    if is_blank(cell):
        return _NOTHING
    if (said := _read_date(cell)) and said.year is not None:
        return said
    found = set(_YEAR.findall(as_text(cell)))
    return When(int(found.pop())) if len(found) == 1 else None


def _read_date(cell: Cell) -> When | None:
    """Read ``NOVEMBER``, ``TW III 2025``, ``202511``, a date; None where it is none."""
    if is_blank(cell):
        return _NOTHING
    said = read_when(cell)
    return _of_serial(as_text(cell)) if said is None else said


def _of_serial(text: str) -> When | None:
    """Read the number under which Excel keeps the first day of a month."""
    if not _SERIAL.fullmatch(text):
        return None
    date = _FIRST_DAY + datetime.timedelta(days=int(text))
    if date.day != 1 or date.year not in _SERIAL_YEARS:
        return None
    return When(date.year, Part(date.month, date.month), day=True)
