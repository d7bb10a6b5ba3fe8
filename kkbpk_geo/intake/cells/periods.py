"""The period of each row: from columns, arguments, titles; never guessed.

Why: New SIGA exports name a month in capitals and no year. A month without a year is
not a period, and the year of today is not the year of a report.

In:     the cells of month, year and period columns; what was passed; what titles say.
Out:    :class:`Periods`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kkbpk_geo.base.formats import YEAR_PATTERN, month_number
from kkbpk_geo.base.text import as_text
from kkbpk_geo.intake.cells.titles import Said
from kkbpk_geo.io import Cell, is_blank, read_each

# Roles of columns that say when; what a later one says goes before an earlier one.
DATES = ("period", "month", "year")
_YEAR = re.compile(rf"(?<!\d)({YEAR_PATTERN})(?!\d)")
_ISO = re.compile(rf"({YEAR_PATTERN})[-/.](\d{{1,2}})(?:[-/.]\d{{1,2}}.*)?")
_AROUND = re.compile(r"(?i)\b(bulan|tahun)\b")
_REVERSED = re.compile(rf"(\d{{1,2}})[-/.]({YEAR_PATTERN})")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Periods:
    """Periods of n rows.

    ``periods``: ``2025-11``, ``2025`` or None per row. ``unreadable``: positions whose
    time could not be read, and the role of the cell that could not.
    ``no_year``: positions with a month and no year. ``no_month``: positions whose month
    is blank in a table by month. ``disagrees``: (what the source says, what was
    passed), where they differ.
    """

    periods: list[str | None]
    unreadable: dict[int, str]
    no_year: list[int]
    no_month: list[int]
    disagrees: tuple[str, str] | None = None


@dataclass(slots=True, eq=False)
class _Times:
    """What the cells of n rows say of their own.

    ``silent``: whether the row has cells for a month, and all of them are blank.
    """

    months: list[int | None]
    years: list[int | None]
    unreadable: dict[int, str]
    silent: list[bool]


def read_periods(
    cells: Mapping[str, Sequence[Cell]],
    counted: Sequence[bool],
    *,
    year: int | None,
    month: int | None,
    said: Said,
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
    year, month : int, optional
        What the caller passed.
    said : Said
        What title lines, sheet and file name say.
    of_plan : bool
        Whether rows are lines of a plan. A count without its month is of no use; a line
        of a plan without a month, or with one that cannot be read, is a line of that
        year's plan.
    """
    own = _own_times(cells, len(counted))
    # A title says no month where a column does: it may be that of printing.
    fill_month = month or (None if "month" in cells else said.month)
    fill_silent, no_month = fill_month, set[int]()
    if not of_plan:
        fill_silent, no_month = _silent_months(own, month or said.month, counted)
    filled = _filled(own, year or said.year, fill_month, fill_silent)
    periods: list[str | None] = []
    no_year = []
    for i, (y, m) in enumerate(filled):
        if i in own.unreadable:
            # The year of a line stands where only its month cannot be read.
            kept = of_plan and own.unreadable[i] != "year"
            periods.append(_period(y, None) if kept else None)
        elif i in no_month:
            periods.append(None)
        else:
            periods.append(_period(y, m))
            if m is not None and y is None:
                no_year.append(i)
    return Periods(
        periods=periods,
        unreadable=dict(sorted(own.unreadable.items())),
        no_year=no_year,
        no_month=sorted(no_month),
        disagrees=_disagreement(own, year, month, said),
    )


def _filled(
    own: _Times, year: int | None, month: int | None, silent_month: int | None
) -> list[tuple[int | None, int | None]]:
    """Return year and month of each row: its own, else those of the whole sheet."""
    out = []
    for y, m, silent in zip(own.years, own.months, own.silent, strict=True):
        fill = silent_month if silent else month
        out.append((y or year, m or fill))
    return out


def _own_times(cells: Mapping[str, Sequence[Cell]], n: int) -> _Times:
    """Read the cells of each row; a month column goes before a period column."""
    months: list[int | None] = [None] * n
    years: list[int | None] = [None] * n
    unreadable: dict[int, str] = {}
    for role in [role for role in DATES if role in cells]:
        dates = read_each(cells[role], _read_year if role == "year" else _read_date)
        for i, (y, m, fine) in enumerate(dates):
            years[i] = years[i] if y is None else y
            months[i] = months[i] if m is None else m
            if not fine:
                unreadable[i] = role
    return _Times(months, years, unreadable, _silent(cells, n))


def _silent(cells: Mapping[str, Sequence[Cell]], n: int) -> list[bool]:
    """Return whether each row has cells for a month, and all of them are blank."""
    stated = [cells[role] for role in ("period", "month") if role in cells]
    if not stated:
        return [False] * n
    return [all(map(is_blank, row)) for row in zip(*stated, strict=True)]


def _silent_months(
    own: _Times, stated: int | None, counted: Sequence[bool]
) -> tuple[int | None, set[int]]:
    """Return the month of rows whose month is blank, or else those rows.

    A month that the caller or the title states for the whole sheet is theirs only where
    no row says another: beside other months a blank is a month nobody wrote down. Where
    nobody says any month, the table is of its year.
    """
    used = [i for i, is_data in enumerate(counted) if is_data]
    months = {own.months[i] for i in used} - {None}
    # What stands there and cannot be read is a month too, and not the stated one.
    odd = any(own.unreadable.get(i) in ("period", "month") for i in used)
    if not odd and months <= {stated}:
        return stated, set()
    return None, {i for i in used if own.silent[i] and i not in own.unreadable}


def _period(year: int | None, month: int | None) -> str | None:
    if year is None:
        return None
    return f"{year}-{month:02d}" if month else str(year)


def _disagreement(
    times: _Times, year: int | None, month: int | None, said: Said
) -> tuple[str, str] | None:
    """Compare what is passed with the rows, else with the titles."""
    own = _only(times.years, said.year), _only(times.months, said.month)
    given = (year, month)
    if any(a and b and a != b for a, b in zip(own, given, strict=True)):
        return _show(*own), _show(*given)
    return None


def _only(values: Sequence[int | None], otherwise: int | None) -> int | None:
    """Return the one value there is; None of several, ``otherwise`` of none."""
    known = {value for value in values if value is not None}
    if len(known) > 1:
        return None
    return known.pop() if known else otherwise


def _show(year: int | None, month: int | None) -> str:
    parts = (str(year or ""), f"{month:02d}" if month else "")
    return "-".join(part for part in parts if part)


def _read_year(cell: Cell) -> tuple[int | None, int | None, bool]:
    found = set(_YEAR.findall(as_text(cell)))
    if len(found) == 1:
        return int(found.pop()), None, True
    return None, None, is_blank(cell)


def _read_date(cell: Cell) -> tuple[int | None, int | None, bool]:
    """Read ``NOVEMBER``, ``Nov 2025``, ``2025-11``, ``11``, ``2025`` or a date."""
    if isinstance(cell, (datetime.date, datetime.datetime)):
        return cell.year, cell.month, True
    text = as_text(cell)
    if is_blank(cell):
        return None, None, True
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[2]), _is_month(found[2])
    if found := _REVERSED.fullmatch(text):
        return int(found[2]), int(found[1]), _is_month(found[1])
    years = set(_YEAR.findall(text))
    rest = _AROUND.sub("", _YEAR.sub("", text))
    month = month_number(rest)
    year = int(years.pop()) if len(years) == 1 else None
    if month is None and re.search(r"\w", rest):  # words that are no month
        return None, None, False
    return year, month, year is not None or month is not None


def _is_month(digits: str) -> bool:
    return 1 <= int(digits) <= 12  # noqa: PLR2004
