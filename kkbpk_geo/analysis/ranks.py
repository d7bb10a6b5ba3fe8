"""Ranks with ties, row by row.

In:     an array of scores.
Out:    an array of ranks, 1 first.
"""

from __future__ import annotations

import numpy as np

# The same score added up in another order differs by less.
_TIE = 1e-9


def rank_rows(scores: np.ndarray) -> np.ndarray:
    """Rank each row, 1 for the highest; ties share the lowest rank, NaN has none."""
    order = np.argsort(-scores, axis=1, kind="stable")  # NaN goes last
    ordered = np.take_along_axis(scores, order, axis=1)
    fresh = np.ones(scores.shape, dtype=bool)
    fresh[:, 1:] = ordered[:, :-1] - ordered[:, 1:] > _TIE
    place = np.arange(1, scores.shape[1] + 1)
    first = np.maximum.accumulate(np.where(fresh, place, 0), axis=1)
    ranks = np.empty(scores.shape)
    np.put_along_axis(ranks, order, first.astype(float), axis=1)
    ranks[np.isnan(scores)] = np.nan
    return ranks
