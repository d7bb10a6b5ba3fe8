"""One row of a sheet as several lines: a line for each period side by side.

In:     the periods of the rows, the times of the columns.
Out:    the period of each line as text; findings about sums beside periods.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from kkbpk_geo.base.formats import month_number
from kkbpk_geo.base.periods import HALF, MONTH, QUARTER, YEAR
from kkbpk_geo.base.text import as_text
from kkbpk_geo.intake.cells.numbers import ROUNDING, read_numbers
from kkbpk_geo.intake.recognise.phases import Phase

if TYPE_CHECKING:
    from kkbpk_geo.findings import Finding
    from kkbpk_geo.intake.open_sheet import OpenSheet
    from kkbpk_geo.intake.recognise.columns import Column

_MONTHLY = re.compile(r"\d{4}-(\d\d)")
# Quarters and half-years as text: 2025-Q3, 2025-S2.
_LETTERS = {QUARTER: "Q", HALF: "S"}


def phases_of(columns: Sequence[Column]) -> list[Phase]:
    """Return the times of the columns that count, each once, in sheet order."""
    timed = [column.phase for column in columns if column.counts and column.phase]
    return list(dict.fromkeys(timed))


def line_period(phase: Phase, own: str | None, month: int | None) -> str | None:
    """Return the period of a line; None where nobody says its year.

    Parameters
    ----------
    phase : Phase
        The time of the column.
    own : str or None
        The period of the row, or of the whole sheet; a column says its time better.
    month : int or None
        The month that the row names where the columns are years.
    """
    year = str(phase.year) if phase.year else (own or "")[:4]
    if not year:
        return None
    if phase.size == YEAR:
        return f"{year}-{month:02d}" if month else year
    if phase.size == MONTH:
        return f"{year}-{phase.first:02d}"
    letter = _LETTERS[phase.size]
    return f"{year}-{letter}{(phase.first - 1) // phase.size + 1}"


def is_of_period(column: Column, period: str) -> bool:
    """Whether the figures of a column are, or may be, of a period."""
    if column.phase is None:
        return True
    found = _MONTHLY.fullmatch(period)
    month = int(found[1]) if found else None
    return line_period(column.phase, period, month) == period


def row_months(sheet: OpenSheet) -> list[int | None]:
    """Return the month that a column of months names in each row."""
    columns = sheet.known.of_role("month")
    if not columns:
        return [None] * len(sheet.cells)
    return [month_number(as_text(cell)) for cell in sheet.column(columns[0])]


def check_series(sheet: OpenSheet) -> Iterator[Finding]:
    """Compare a sum or a mean beside periods with them; neither is used."""
    for column in sheet.known.of_role("ignore"):
        if not column.parts:
            continue
        shown = read_numbers(sheet.cells[:, column.position]).values
        series = np.vstack([sheet.numbers[at].values for at in column.parts])
        told = sheet.used & ~np.isnan(shown) & ~np.isnan(series).any(axis=0)
        likely = (series.sum(axis=0), series.mean(axis=0), series[-1])
        with np.errstate(invalid="ignore"):
            off = np.min([np.abs(shown - each) for each in likely], axis=0)
            wrong = told & (off > ROUNDING)
        for i in np.flatnonzero(wrong).tolist():
            yield sheet.find(
                "series_sum_disagrees", i, column,
                value=f"{shown[i]:.10g}", expected=f"{likely[0][i]:.10g}",
            )  # fmt: skip
