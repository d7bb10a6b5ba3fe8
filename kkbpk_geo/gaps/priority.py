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

import numpy as np
import pandas as pd

from kkbpk_geo.base.errors import IndicatorError
from kkbpk_geo.gaps.scoring import SCORE_COLUMNS, GapScores

PRIORITIES = ("not", "possible", "sure")
# The first five of fifteen districts; no document sets a share.
TOP = 1 / 3
_SCORE, _, _LOW, _HIGH, _ = SCORE_COLUMNS


def classify_priority(
    scores: GapScores | pd.DataFrame, *, share: float = TOP
) -> pd.Series:
    """Say for each region whether it is among the regions with the largest gaps.

    Parameters
    ----------
    scores : GapScores, or DataFrame, index region_code
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

    Examples
    --------
    >>> scores = pd.DataFrame(
    ...     {"score": [0.9, 0.5, 0.4], "rank_low": [1, 1, 2], "rank_high": [1, 3, 3]},
    ...     index=["18.01", "18.02", "18.03"],
    ... )
    >>> classify_priority(scores).tolist()
    ['sure', 'possible', 'not']
    """
    if not 0 < share <= 1:
        msg = f"share is {share!r}; expected a number above 0, up to 1."
        raise IndicatorError(msg)
    given: object = scores.scores if isinstance(scores, GapScores) else scores
    if not isinstance(given, pd.DataFrame):
        msg = f"scores is a {type(given).__name__}; expected GapScores or its scores."
        raise IndicatorError(msg)
    scores = given
    needed = [_SCORE, _LOW, _HIGH]
    absent = sorted(set(needed) - set(scores.columns))
    if absent:
        msg = f"scores has no column {', '.join(absent)}; give GapScores.scores."
        raise IndicatorError(msg)
    # A third of 15 is 5 places, not the 6 that 1 / 3 x 15 = 5.000...1 would give.
    places = ceil(share * int(scores[_SCORE].notna().sum()) - 1e-9)
    known = scores[needed].notna().all(axis=1).to_numpy()
    ends = scores.loc[known, [_LOW, _HIGH]].to_numpy(float)
    # No end of the interval among the first places, the better one, or both.
    codes = np.full(len(scores), -1)
    codes[known] = (ends <= places).sum(axis=1)
    dtype = pd.CategoricalDtype(list(PRIORITIES), ordered=True)
    kinds = pd.Categorical.from_codes(codes, dtype=dtype)
    return pd.Series(kinds, index=scores.index, name="priority")
