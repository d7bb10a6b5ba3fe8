"""Months that nobody reported, told apart from months in which nothing happened.

Why: exports hold a row per village for months to come, blank or full of zeros. Read as
zero they make a province collapse; "not reported" is another thing.

In:     the measures and periods of one table. Out: rows taken as not reported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kkbpk_geo.base.periods import Period
from kkbpk_geo.catalogue.programme import groups

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]

# Measures of what was done in a month; the others say what exists.
_ACTIVITY = re.compile(
    r"(groups_reporting|topic_|meetings|attending|children_|elderly_attending).*"
)
_FEW = 2  # one blank row is a gap; two and more are a month


def is_activity(column: str) -> bool:
    """Whether a measure counts what was done in a month, not what exists."""
    for group in groups():
        rest = column.removeprefix(f"{group}_")
        if rest != column:
            return bool(_ACTIVITY.fullmatch(rest))
    return False


@dataclass(frozen=True, slots=True, eq=False)
class Silence:
    """Rows of which some columns are no answer: a month, of all or of one region."""

    period: str
    region: str
    rows: Flags
    columns: list[str]


def find_silence(data: pd.DataFrame, measures: list[str]) -> list[Silence]:
    """Find blocks of rows that were not reported.

    Parameters
    ----------
    data : DataFrame, n rows
        With ``period``, ``region_code`` and the measures.
    measures : list of str

    Returns
    -------
    list of Silence
        A month whose figures are all blank, for all or for one region; and a month
        in which nobody reported and nothing was done in any row of the table: its
        zeros are no answer.
    """
    if not measures or len(data) < _FEW:
        return []
    import pandas as pd

    figures = _Figures(data, measures)
    found: list[Silence] = []
    codes, periods = pd.factorize(figures.periods)
    for code, period in enumerate(periods):
        found += figures.silent(str(period), codes == code)
    return found


class _Figures:
    """Which rows of a table say nothing, or nothing but zeros."""

    def __init__(self, data: pd.DataFrame, measures: list[str]) -> None:
        values = data[measures].to_numpy(dtype=float, na_value=np.nan)
        zero = np.nan_to_num(values) == 0
        activity = [i for i, name in enumerate(measures) if is_activity(name)]
        self.measures = measures
        self.activity = [measures[i] for i in activity]
        self.blank = np.isnan(values).all(axis=1)
        self.none = zero.all(axis=1)
        # A table without any activity is idle where all of it is zero.
        self.idle = zero[:, activity].all(axis=1) if activity else self.none
        self.periods = data["period"].fillna("").to_numpy(dtype=object)
        self.regions = data["region_code"].fillna("").to_numpy(dtype=object)

    def silent(self, period: str, here: Flags) -> list[Silence]:
        """Return what was not reported in one period, of the rows ``here``."""
        if here.sum() < _FEW:
            return []
        if self.blank[here].all():
            return [Silence(period, "", here, self.measures)]
        timed = bool(period) and not Period.parse(period).is_year
        if timed and self.idle[here].all():  # a month; years have quiet ones
            all_none = self.none[here].all()
            columns = self.measures if all_none else self.activity
            return [Silence(period, "", here, columns)]
        return self._silent_regions(period, here)

    def _silent_regions(self, period: str, here: Flags) -> list[Silence]:
        found = []
        for region in dict.fromkeys(self.regions[here & self.blank]):
            rows = here & (self.regions == region)
            if region and self.blank[rows].all():
                found.append(Silence(period, str(region), rows, self.measures))
        return found
