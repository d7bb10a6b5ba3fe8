"""What a change is made of: ranks with intervals, and the parts of each region.

In:     one indicator's numerators, denominators and values, earlier and later, of the
        regions that have both.
Out:    rank changes with intervals; the total's change split over regions.
Method: - Ranks: counts are redrawn, binomial where the numerator is part of the
          denominator, else Poisson, and ranked anew; small denominators thus have wide
          intervals. Registered counts are complete, so this is noise of small numbers,
          not of sampling.
        - Decomposition of a ratio R = sum(s r), s the share of the denominator:
          change = sum of mean(s) dr (the region's own rate) + (mean(r) - mean(R)) ds
          (it grew or shrank), Kitagawa (1955), J. Am. Stat. Assoc. 50:1168,
          doi:10.1080/01621459.1955.10501299. It adds up exactly. Of a count: each
          region's change in per cent of the earlier total.
"""

from __future__ import annotations

import numpy as np

from kkbpk_geo.analysis.ranks import rank_rows
from kkbpk_geo.catalogue.indicators import Direction

# The 5 % at either end of an interval are then 50 draws.
DRAWS = 1000
_INTERVAL = (0.05, 0.95)
# What is known of a region: the columns of the arrays below.
NUMBERS = (
    "numerator_earlier", "denominator_earlier", "earlier",
    "numerator_later", "denominator_later", "later",
)  # fmt: skip
RANKS = (
    "rank_earlier", "rank_earlier_low", "rank_earlier_high",
    "rank_later", "rank_later_low", "rank_later_high",
    "rank_change", "rank_change_low", "rank_change_high",
)  # fmt: skip
EFFECTS = ("own_effect", "shift_effect", "effect")


def rank_changes(numbers: np.ndarray, direction: Direction, *, seed: int) -> np.ndarray:
    """Rank regions earlier and later, with 5-95 % intervals.

    Parameters
    ----------
    numbers : ndarray, n regions x 6
        :data:`NUMBERS`; denominators are missing for counts.
    direction : {"better", "worse", "context"}
        What a high value means. Rank 1 is the most in need of attention, in context
        the highest.
    seed : int

    Returns
    -------
    ndarray, n x 9: :data:`RANKS`
        ``rank_change`` is places gained: further from need, in context nearer to the
        highest. All missing where a numerator is: a rank without its interval is not
        given.
    """
    out = np.full((len(numbers), len(RANKS)), np.nan)
    if not len(numbers) or not (numbers[:, [0, 3]] >= 0).all():
        return out
    rng = np.random.default_rng(seed)
    plain, drawn = [], []
    for top, bottom, value in (numbers[:, :3].T, numbers[:, 3:].T):
        plain.append(rank_rows(value[None, :], direction)[0])
        drawn.append(rank_rows(_redraw(top, bottom, rng), direction))
    # Away from 1 is away from need; where 1 is only the highest, it is a fall.
    gain = -1 if direction == "context" else 1
    plain.append(gain * (plain[1] - plain[0]))
    drawn.append(gain * (drawn[1] - drawn[0]))
    for i, (cells, many) in enumerate(zip(plain, drawn, strict=True)):
        # A rank that was drawn, not one between two.
        ends = np.quantile(many, _INTERVAL, axis=0, method="inverted_cdf")
        out[:, 3 * i] = cells
        out[:, 3 * i + 1 : 3 * i + 3] = ends.T
    return out


def _redraw(
    top: np.ndarray, bottom: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Draw the counts behind a column anew; of a ratio, divide them again."""
    shape = (DRAWS, len(top))
    if np.isnan(bottom).any():
        return rng.poisson(top, shape).astype(float)
    if (top <= bottom).all():
        # Each of the people counts or does not; a denominator may be a mean of months.
        whole = np.round(bottom).astype(np.int64)
        return np.asarray(rng.binomial(whole, top / bottom, shape) / bottom)
    return np.asarray(rng.poisson(top, shape) / bottom)


def decompose_change(numbers: np.ndarray, factor: float) -> np.ndarray:
    """Split the change of the total over regions.

    Parameters
    ----------
    numbers : ndarray, n regions x 6
        As for :func:`rank_changes`.
    factor : float
        Of the indicator: value = factor * numerator / denominator.

    Returns
    -------
    ndarray, n x 3: :data:`EFFECTS`
        Of a ratio, in its unit: what the region's own change gives, what its growing or
        shrinking gives, and both; the last sums to the change of the ratio of sums. Of
        a count only the last, in per cent of the earlier total; it sums to the growth
        of the total. Missing where the earlier total is 0.
    """
    out = np.full((len(numbers), len(EFFECTS)), np.nan)
    n0, d0, _, n1, d1, _ = numbers.T
    if not len(numbers) or np.isnan([n0, n1]).any():
        return out
    if np.isnan([d0, d1]).any():
        if n0.sum() > 0:
            out[:, 2] = 100 * (n1 - n0) / n0.sum()
        return out
    r0, r1, s0, s1 = n0 / d0, n1 / d1, d0 / d0.sum(), d1 / d1.sum()
    # Neither year is the base: both count half, so no part is left unexplained.
    middle = (n0.sum() / d0.sum() + n1.sum() / d1.sum()) / 2
    out[:, 0] = factor * (s0 + s1) / 2 * (r1 - r0)
    out[:, 1] = factor * ((r0 + r1) / 2 - middle) * (s1 - s0)
    out[:, 2] = out[:, 0] + out[:, 1]
    return out
