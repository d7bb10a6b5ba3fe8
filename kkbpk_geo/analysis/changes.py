"""What changed between two columns of numbers: ranks with intervals, and its sources.

Layer:  7 (analysis).
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
import pandas as pd

from kkbpk_geo.analysis.robustness import rank_rows

DRAWS = 2000
_INTERVAL = (0.05, 0.95)
RANK_COLUMNS = tuple(
    f"rank_{what}{end}"
    for what in ("earlier", "later", "change")
    for end in ("", "_low", "_high")
)


def rank_changes(both: pd.DataFrame, higher_is_better: bool, seed: int) -> pd.DataFrame:
    """Rank regions earlier and later, with 5-95 % intervals.

    Parameters
    ----------
    both : DataFrame, index region_code
        ``numerator_earlier, denominator_earlier, earlier`` and the same ``later``;
        denominators are missing for counts.
    higher_is_better : bool
        Rank 1 is the best.
    seed : int

    Returns
    -------
    DataFrame, Int64, columns :data:`RANK_COLUMNS`
        ``rank_change`` is places gained. All missing where numerators are: a rank
        without its interval is not given.
    """
    counts = both[["numerator_earlier", "numerator_later"]].to_numpy(float)
    empty = pd.DataFrame(index=both.index, columns=list(RANK_COLUMNS), dtype="Int64")
    if both.empty or not (counts >= 0).all():
        return empty
    rng = np.random.default_rng(seed)
    up = 1.0 if higher_is_better else -1.0
    plain, drawn = {}, {}
    for when in ("earlier", "later"):
        plain[when] = rank_rows(up * both[[when]].to_numpy(float).T)[0]
        top, bottom = (
            both[f"{part}_{when}"].to_numpy(float)
            for part in ("numerator", "denominator")
        )
        drawn[when] = rank_rows(up * _redraw(top, bottom, rng))
    plain["change"] = plain["earlier"] - plain["later"]
    drawn["change"] = drawn["earlier"] - drawn["later"]
    out = {}
    for what, cells in plain.items():
        low, high = np.quantile(drawn[what], _INTERVAL, axis=0, method="inverted_cdf")
        for end, row in (("", cells), ("_low", low), ("_high", high)):
            out[f"rank_{what}{end}"] = row
    return pd.DataFrame(out, index=both.index).astype("Int64")


def _redraw(
    top: np.ndarray, bottom: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    shape = (DRAWS, len(top))
    if np.isnan(bottom).all():
        return rng.poisson(top, shape).astype(float)
    part = (top <= bottom).all()
    with np.errstate(invalid="ignore", divide="ignore"):
        drawn = (
            rng.binomial(np.round(bottom).astype(np.int64), np.clip(top / bottom, 0, 1),
                         shape)
            if part
            else rng.poisson(top, shape)
        )  # fmt: skip
        return np.asarray(drawn / bottom)


def decompose_change(both: pd.DataFrame, factor: float) -> pd.DataFrame:
    """Split the change of the total over regions.

    Parameters
    ----------
    both : DataFrame
        As for :func:`rank_changes`.
    factor : float
        Of the indicator: value = factor * numerator / denominator.

    Returns
    -------
    DataFrame, same index: ``own_effect, shift_effect, effect``
        Of a ratio, in its unit: what the region's own change gives, what its growing or
        shrinking gives, and both; ``effect`` sums to the change of the ratio of sums.
        Of a count: only ``effect``, in per cent of the earlier total; it sums to the
        growth of the total. Missing where the earlier total is 0.
    """
    names = ["own_effect", "shift_effect", "effect"]
    n0, n1, d0, d1 = (
        both[f"{part}_{when}"].to_numpy(float)
        for part in ("numerator", "denominator")
        for when in ("earlier", "later")
    )
    out = pd.DataFrame(np.nan, index=both.index, columns=names)
    if both.empty or np.isnan([n0, n1]).any():
        return out
    if np.isnan([d0, d1]).all():
        if n0.sum() > 0:
            out["effect"] = 100 * (n1 - n0) / n0.sum()
        return out
    r0, r1, s0, s1 = n0 / d0, n1 / d1, d0 / d0.sum(), d1 / d1.sum()
    middle = (n0.sum() / d0.sum() + n1.sum() / d1.sum()) / 2
    out["own_effect"] = factor * (s0 + s1) / 2 * (r1 - r0)
    out["shift_effect"] = factor * ((r0 + r1) / 2 - middle) * (s1 - s0)
    out["effect"] = out["own_effect"] + out["shift_effect"]
    return out
