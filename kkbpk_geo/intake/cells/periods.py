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

from kkbpk_geo.base.formats import month_number
from kkbpk_geo.intake.cells.titles import Said
from kkbpk_geo.io import Cell, as_text, is_blank, read_each

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_ISO = re.compile(r"((?:19|20)\d\d)[-/.](\d{1,2})(?:[-/.]\d{1,2}.*)?")
_REVERSED = re.compile(r"(\d{1,2})[-/.]((?:19|20)\d\d)")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Periods:
    """Periods of n rows.

    ``periods``: ``2025-11``, ``2025`` or None per row. ``unreadable``: positions whose
    time could not be read, and the role of the cell that could not.
    ``no_year``: positions with a month and no year. ``disagrees``: (what the source
    says, what was passed), where they differ.
    """

    periods: list[str | None]
    unreadable: dict[int, str]
    no_year: list[int]
    disagrees: tuple[str, str] | None = None


def read_periods(
    cells: Mapping[str, Sequence[Cell]],
    n: int,
    *,
    year: int | None,
    month: int | None,
    said: Said,
    keep_year: bool = False,
) -> Periods:
    """Give each row its period.

    A readable month or year of the row's own stands. Where a row has none, what was
    passed is used, then what titles and names say.

    Parameters
    ----------
    cells : dict
        ``month``, ``year``, ``period`` -> n cells, those that the sheet has.
    n : int
        Number of rows.
    year, month : int, optional
        What the caller passed.
    said : Said
        What title lines, sheet and file name say.
    keep_year : bool
        Whether a row whose month cannot be read still is of its year. A count without
        its month is of no use; a line of a plan is a line of that year's plan.
    """
    months: list[int | None] = [None] * n
    years: list[int | None] = [None] * n
    unreadable: dict[int, str] = {}
    for role in ("period", "month", "year"):
        if role not in cells:
            continue
        dates = read_each(cells[role], _read_year if role == "year" else _read_date)
        for i, (y, m, fine) in enumerate(dates):
            years[i] = y if y is not None else years[i]
            months[i] = m if m is not None else months[i]
            if not fine:
                unreadable[i] = role
    own_months = {m for m in months if m is not None}
    own_years = {y for y in years if y is not None}
    disagrees = _disagreement(own_months, own_years, year, month, said)
    fill_month = month or (said.month if "month" not in cells else None)
    fill_year = year or said.year
    periods: list[str | None] = []
    no_year = []
    for i in range(n):
        m = months[i] or (None if i in unreadable else fill_month)
        y = years[i] or fill_year
        if i in unreadable:
            kept = keep_year and unreadable[i] != "year" and y is not None
            periods.append(str(y) if kept else None)
        elif m is not None and y is None:
            no_year.append(i)
            periods.append(None)
        else:
            periods.append(None if y is None else f"{y}-{m:02d}" if m else str(y))
    return Periods(
        periods=periods,
        unreadable=dict(sorted(unreadable.items())),
        no_year=no_year,
        disagrees=disagrees,
    )


def _disagreement(
    months: set[int],
    years: set[int],
    year: int | None,
    month: int | None,
    said: Said,
) -> tuple[str, str] | None:
    """Compare what is passed with the rows, else with the titles."""
    own = (
        next(iter(years)) if len(years) == 1 else said.year if not years else None,
        next(iter(months)) if len(months) == 1 else said.month if not months else None,
    )
    given = (year, month)
    if any(a and b and a != b for a, b in zip(own, given, strict=True)):
        return _show(*own), _show(*given)
    return None


def _show(year: int | None, month: int | None) -> str:
    return "-".join(
        part for part in (str(year or ""), f"{month:02d}" if month else "") if part
    )


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
        return (int(found[1]), int(found[2]), 1 <= int(found[2]) <= 12)  # noqa: PLR2004
    if found := _REVERSED.fullmatch(text):
        return (int(found[2]), int(found[1]), 1 <= int(found[1]) <= 12)  # noqa: PLR2004
    years = set(_YEAR.findall(text))
    rest = _YEAR.sub("", text)
    month = month_number(re.sub(r"(?i)\b(bulan|tahun)\b", "", rest))
    year = int(years.pop()) if len(years) == 1 else None
    if month is None and re.search(r"\w", re.sub(r"(?i)\b(bulan|tahun)\b", "", rest)):
        return None, None, False
    return year, month, year is not None or month is not None
