"""Priority classes: who is surely among the first, who may be, who is not.

Why: a plan names the districts that come first; but with fifteen districts and
weights that can be argued about, "the first five" is no fact. What is sure is kept
apart from what may be.

In:     scores with rank intervals. Out: an ordered class per region.
Method: as P(top k) of Saisana, Saltelli & Tarantola (2005), J. R. Stat. Soc. A 168:307,
        doi:10.1111/j.1467-985X.2005.00350.x, read from the 5-95 % interval of the rank.
"""

from __future__ import annotations

from math import ceil

import pandas as pd

from kkbpk_geo.base.errors import IndicatorError

PRIORITIES = ("not", "possible", "sure")
TOP = 1 / 3


def classify_priority(scores: pd.DataFrame, *, share: float = TOP) -> pd.Series:
    """Say for each region whether it is among the regions with the largest gaps.

    Parameters
    ----------
    scores : DataFrame, index region_code
        ``score``, and ``rank_low, rank_high`` (5-95 %), as in ``GapScores.scores``.
    share : float, above 0 up to 1
        Which part of the scored regions comes first; ``ceil(share * n)`` places.

    Returns
    -------
    Series, index region_code, ordered category ``not < possible < sure``
        ``sure``: the whole interval lies in these places; ``possible``: part of it;
        ``not``: none of it. Missing where there is no score.

    Raises
    ------
    IndicatorError
        If ``share`` is out of range, or a column is absent.
    """
    if not 0 < share <= 1:
        msg = f"share is {share!r}; expected a number above 0, up to 1."
        raise IndicatorError(msg)
    absent = sorted({"score", "rank_low", "rank_high"} - set(scores.columns))
    if absent:
        msg = f"scores has no column {', '.join(absent)}; give GapScores.scores."
        raise IndicatorError(msg)
    places = ceil(share * int(scores["score"].notna().sum()) - 1e-9)
    kinds: list[str | None] = []
    for score, low, high in zip(
        *(scores[c].tolist() for c in ("score", "rank_low", "rank_high")), strict=True
    ):
        if pd.isna(score) or pd.isna(low) or pd.isna(high):
            kinds.append(None)
        else:
            kinds.append(PRIORITIES[int(low <= places) + int(high <= places)])
    dtype = pd.CategoricalDtype(list(PRIORITIES), ordered=True)
    return pd.Series(kinds, index=scores.index, dtype=dtype, name="priority")
