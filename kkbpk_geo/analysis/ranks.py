"""Ranks with ties, row by row: 1 is the most in need of attention.

Why: on one page 1 was the best and on the next the neediest. On every map, sheet, list,
index and figure 1 is the most in need; where no side is the good one, the highest.

In:     an array of values, and what a high one means.
Out:    an array of ranks, 1 first.
"""

from __future__ import annotations

import numpy as np

from kkbpk_geo.catalogue.indicators import Direction

# The same score added up in another order differs by less.
_TIE = 1e-9


def rank_rows(values: np.ndarray, direction: Direction) -> np.ndarray:
    """Rank each row; ties share the lowest rank, NaN has none.

    Parameters
    ----------
    values : ndarray, rows x regions
    direction : {"better", "worse", "context"}
        What a high value means: where it is better, the lowest has rank 1.

    Examples
    --------
    >>> rank_rows(np.array([[3.0, 1.0, 2.0]]), "better").tolist()
    [[3.0, 1.0, 2.0]]
    """
    scores = -values if direction == "better" else values
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
