"""Months that nobody reported, told apart from months in which nothing happened.

Why: exports hold a row per village for months to come, blank or full of zeros. Read as
zero they make a province collapse; "not reported" is another thing.

In:     the measures and periods of one table. Out: rows taken as not reported.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from kkbpk_geo.catalogue.programme import groups

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]

_ACTIVITY = re.compile(
    r"(groups_reporting|topic_|meetings|attending|children_|elderly_attending).*"
)
_FEW = 2


def is_activity(column: str) -> bool:
    """Whether a measure counts what was done in a month, not what exists."""
    for group in groups():
        rest = column.removeprefix(f"{group}_")
        if rest != column:
            return bool(_ACTIVITY.fullmatch(rest))
    return False


def find_silence(
    data: pd.DataFrame, measures: list[str]
) -> list[tuple[str, str, Flags, list[str]]]:
    """Find blocks of rows that were not reported.

    Parameters
    ----------
    data : DataFrame, n rows
        With ``period``, ``region_code`` and the measures.
    measures : list of str

    Returns
    -------
    list of (period, region or "", rows, columns that are no answer)
        A month whose figures are all blank, for all or for one region; and a month
        in which nobody reported and nothing was done in any row of the table: its
        zeros are no answer.
    """
    found: list[tuple[str, str, Flags, list[str]]] = []
    if not measures or len(data) < _FEW:
        return found
    values = data[measures].to_numpy(dtype=float, na_value=np.nan)
    blank = np.isnan(values).all(axis=1)
    none = blank | (np.nan_to_num(values) == 0).all(axis=1)
    activity = [name for name in measures if is_activity(name)]
    acts = [measures.index(name) for name in activity]
    idle = (np.nan_to_num(values[:, acts]) == 0).all(axis=1) if acts else none
    periods = data["period"].fillna("").to_numpy(dtype=object)
    regions = data["region_code"].fillna("").to_numpy(dtype=object)
    for period in dict.fromkeys(periods):
        here = periods == period
        if here.sum() < _FEW:
            continue
        if blank[here].all():
            found.append((str(period), "", here, measures))
        elif "-" in str(period) and idle[here].all():
            columns = measures if none[here].all() else activity
            found.append((str(period), "", here, columns))
        else:
            for region in dict.fromkeys(regions[here & blank]):
                rows = here & (regions == region)
                if region and blank[rows].all():
                    found.append((str(period), str(region), rows, measures))
    return found
