"""Where a change is no change of the world: another source.

Why: in one city the users of 2022 are 47 % fewer than those of 2021, because the book
took them from another source. Nobody stopped using anything.

In:     the pairs of :mod:`kkbpk_geo.analysis.change.periods`, and all rows before them.
Out:    :func:`find_shifts`, the rows whose counts moved as no count does in a year.
        (What may be compared across eras, the crosswalk of the catalogue says.)
Rule:   a count of people, couples or groups that changes by more than :data:`SHIFT` in
        one year, apart from its neighbours and unlike its own past, is told as a series
        that may be broken. Its figures stay: only who has the books can say.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

import numpy as np
import pandas as pd

from kkbpk_geo.base.periods import Period, read_period
from kkbpk_geo.catalogue.forms.eras import columns_of
from kkbpk_geo.catalogue.indicators import indicators

# So many times as large, or as small, after a year. Users of contraception, couples and
# groups move by a few per cent. Where the break is known (Statistik Sektoral Kota
# Bandar Lampung 2021 and 2022) the twenty kecamatan fell to 0.32-0.78 of the year
# before, half of them below 0.53: 1 / 1.9.
SHIFT = 1.5
# Smaller counts move as far by themselves: three groups may be six a year later.
LEAST = 100
# Fewer neighbours do not say what is usual.
FEWEST_NEIGHBOURS = 3
# What was done in a time, and who reported it, may rise and fall as far.
FLOWS = ("new_users*", "*meetings*", "*attending*", "*reporting*", "*topic_*")
_PARTS = ("numerator", "denominator")


def find_shifts(
    pairs: pd.DataFrame, rows: pd.DataFrame, earlier: str, later: str
) -> pd.Series[bool]:
    """Return which pairs moved by more than a year can move them.

    Parameters
    ----------
    pairs : DataFrame
        ``region_code, indicator``, and both parts ``_earlier`` and ``_later``; the row
        of the province is not among them.
    rows : DataFrame
        ``period, region_code, indicator, numerator, denominator`` of all periods.
    """
    found = pd.Series(False, pairs.index)
    if not _a_year_apart(earlier, later):
        return found
    for key, own in pairs.groupby("indicator", sort=False):
        past = rows[rows["indicator"] == key]
        for part, columns in zip(_PARTS, _stocks(str(key)), strict=True):
            if columns:
                before, now = own[f"{part}_earlier"], own[f"{part}_later"]
                moved = _stands_out(before, now)
                restless = own["region_code"].map(_restless(past, part, earlier))
                found.loc[own.index] |= moved & ~restless.fillna(False).astype(bool)
    return found


def _a_year_apart(earlier: str, later: str) -> bool:
    """Whether two periods are the same part of two years that follow each other."""
    one, two = read_period(earlier), read_period(later)
    return one is not None and two is not None and _year_after(one) == two


def _year_after(period: Period) -> Period:
    (year, month), (last, until) = period.begins, period.ends
    return Period((year + 1, month), (last + 1, until), period.running)


def _stocks(indicator: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the measures of both parts; none of a part that holds a flow."""
    if indicator in indicators():
        entry = indicators()[indicator]
        parts = tuple(entry.numerator), tuple(entry.denominator)
    else:
        parts = columns_of(indicator), ()
    top, bottom = map(_without_flows, parts)
    return top, bottom


def _without_flows(columns: tuple[str, ...]) -> tuple[str, ...]:
    return () if any(map(_is_flow, columns)) else columns


def _is_flow(column: str) -> bool:
    return any(fnmatchcase(column, flow) for flow in FLOWS)


def _stands_out(before: pd.Series[float], now: pd.Series[float]) -> pd.Series[bool]:
    """Return which counts moved by more than the shift, seen from their neighbours."""
    ratio = (now / before.where(before > 0)).astype(float)
    large = np.maximum(before, now) >= LEAST
    usual = pd.Series([_usual(ratio.drop(at)) for at in ratio.index], ratio.index)
    # Where the neighbours moved as far, the source of all of them has changed.
    moved = _is_far(ratio / usual) | _is_far(usual)
    return (moved & large & ratio.notna()).astype(bool)


def _is_far(ratio: pd.Series[float]) -> pd.Series[bool]:
    return (ratio >= SHIFT) | (ratio <= 1 / SHIFT)


def _usual(ratios: pd.Series[float]) -> float:
    """Return what the neighbours do in the same year; 1 where they are too few."""
    known = ratios.dropna()
    return float(known.median()) if len(known) >= FEWEST_NEIGHBOURS else 1.0


def _restless(past: pd.DataFrame, part: str, until: str) -> dict[str, bool]:
    """Return by region whether its counts moved as far in a year before."""
    wide = past.pivot(index="region_code", columns="period", values=part)
    moved = pd.Series(False, wide.index)
    for period in wide.columns:
        read = read_period(period)
        after = str(_year_after(read)) if read else ""
        if after in wide.columns and _ends(after) <= _ends(until):
            ratio = wide[after] / wide[period].where(wide[period] > 0)
            moved |= _is_far(ratio)
    return {str(code): bool(value) for code, value in moved.items()}


def _ends(period: str) -> tuple[int, int]:
    read = read_period(period)
    return read.ends if read else (0, 0)
