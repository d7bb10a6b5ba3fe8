"""Permutation tests of Moran's I: seeded, vectorised, in blocks of bounded memory.

In:     deviations from the mean, row-standardised weights, a seed.
Out:    two-sided p-values in (0, 1]: twice the smaller tail, the observed value counted
        as one of the permutations.
Method: global: all values change places; local: region i keeps its value and the
        others change places among themselves (conditional permutation), Anselin (1995),
        Geogr. Anal. 27:93, doi:10.1111/j.1538-4632.1995.tb00338.x.
"""

from __future__ import annotations

from math import comb

import numpy as np

from kkbpk_geo.analysis.weights import Floats, Weights

_BLOCK = 2_000_000  # numbers held at once
_EXACT = 1e-12  # sums in another order differ by less


def moran(z: Floats, weights: Weights) -> float:
    """Moran's I = (n/S₀) z'Wz / z'z; NaN where every region is an island."""
    linked = float((weights.count > 0).sum())  # S₀ of row-standardised weights
    if linked == 0:
        return float("nan")
    return float(len(z) / linked * (z @ weights.lag(z)) / (z @ z))


def global_p(z: Floats, weights: Weights, *, permutations: int, seed: int) -> float:
    """Two-sided p-value of Moran's I when all values change places."""
    rng = np.random.default_rng([seed, 0])
    seen = z @ weights.lag(z)
    slack = _EXACT * (z @ z)
    above = below = 0
    for rows in _blocks(permutations, len(z)):
        drawn = rng.permuted(np.tile(z, (rows, 1)), axis=1)
        value = (drawn * weights.lag(drawn)).sum(axis=1)
        above += int((value >= seen - slack).sum())
        below += int((value <= seen + slack).sum())
    return float(_two_sided(above, below, permutations))


def local_p(z: Floats, weights: Weights, *, permutations: int, seed: int) -> Floats:
    """Two-sided p-value of each region's local value; NaN for an island."""
    rng = np.random.default_rng([seed, 1])
    n, width = len(z), weights.at.shape[1]
    seen = weights.lag(z)
    slack = _EXACT * np.abs(z).max()
    above, below = np.zeros(n), np.zeros(n)
    for rows in _blocks(permutations, n):
        # Positions among the n - 1 others, the same for every region.
        drawn = rng.random((rows, n - 1)).argsort(axis=1)[:, :width].T
        for i, k in enumerate(weights.count):
            if k == 0:
                continue
            own = drawn[:k]
            lag = z[own + (own >= i)].mean(axis=0)
            above[i] += (lag >= seen[i] - slack).sum()
            below[i] += (lag <= seen[i] + slack).sum()
    p = _two_sided(above, below, permutations)
    return np.where(weights.count > 0, p, np.nan)


def smallest_p(weights: Weights) -> Floats:
    """Smallest two-sided p-value that a region's number of neighbours allows.

    With k of n - 1 others as neighbours there are C(n - 1, k) different lags.
    """
    n = len(weights.count)
    ways = [float(min(comb(n - 1, int(k)), 10**15)) for k in weights.count]
    return np.where(weights.count > 0, np.minimum(1, 2 / np.array(ways)), np.nan)


def _two_sided(
    above: Floats | int, below: Floats | int, permutations: int
) -> Floats | float:
    tail = (np.minimum(above, below) + 1) / (permutations + 1)
    return np.minimum(1.0, 2 * tail)


def _blocks(permutations: int, n: int) -> list[int]:
    size = max(1, _BLOCK // n)
    full, rest = divmod(permutations, size)
    return [size] * full + ([rest] if rest else [])
