"""Regions whose row was sent, but whose name or code nobody could be sure of.

Why: an office that reported under a vague name would be shown as "not reported". Its
row says which regions it may be about; those that no other row speaks of are "not
recognised".

In:     rows without a region, with the codes that they may mean. Out: cells of a map.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

# (period, code of a region of the map)
Cells = frozenset[tuple[str, str]]


def refused_cells(data: pd.DataFrame, codes: Iterable[str]) -> Cells:
    """Return the cells that rows without a region may be about.

    Parameters
    ----------
    data : DataFrame
        Rows of one table with ``code`` (missing where none was found), ``period`` and,
        where any row was refused, ``region_candidates``.
    codes : iterable of str
        Regions of the map; of a finer map all regions inside a candidate are meant.
    """
    if "region_candidates" not in data.columns:
        return frozenset()
    lost = data["code"].isna() & data["region_candidates"].notna()
    lost &= data["reason"] != "period_unknown"
    rows = data.loc[lost, ["period", "region_candidates"]].drop_duplicates()
    on_map = list(codes)
    found: set[tuple[str, str]] = set()
    for period, candidates in rows.itertuples(index=False, name=None):
        for candidate in str(candidates).split():
            inside = f"{candidate}."
            here = [c for c in on_map if c == candidate or c.startswith(inside)]
            found.update((str(period), code) for code in here)
    return frozenset(found)


def are_refused(refused: Cells, index: pd.MultiIndex) -> np.ndarray:
    """Flag the cells of a result that are refused: in their period, year, or any."""
    flags = [
        not refused.isdisjoint({(period, code), (period[:4], code), ("", code)})
        for period, code in index
    ]
    return np.array(flags, dtype=bool)
