"""95 % intervals of measures of inequality, from the standard errors of the values.

Why: a survey's difference of ten points between two districts may be noise. Registered
counts are complete and have no such error: then there is no interval to give.

In:     values, their standard errors, a :class:`measures.Setting`.
Out:    (low, high) of every measure that has an interval.
Method: as WHO's set, after Ahn et al. (2018), JCO Clin. Cancer Inform. 2:1,
        doi:10.1200/CCI.18.00031. Regions are independent; a measure is as uncertain as
        its slopes times their errors (the delta method), ratios on the scale of
        logarithms. BGV: variance of a quadratic form of normal values. Mean differences
        and indices of disparity have kinks where a region meets the point: they are
        simulated, 2.5th to 97.5th percentile.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kkbpk_geo.analysis.inequality.measures import (
    Setting,
    mean_differences,
    measure_all,
)
from kkbpk_geo.analysis.weights import Floats

# Of a normal curve, 95 % lies within so many standard deviations of the middle.
_REACH = 1.959963984540054
_ENDS = (0.025, 0.975)
_DRAWS = 1000
_SEED = 18
# Values move by so much of the largest, to see how the measures move.
_STEP = 1e-6
# Slopes that differ by a smaller share of the steepest differ by curvature alone.
_NOISE = 1e-4
# No interval of a ratio reaches below 0; on the scale of logarithms it cannot.
_RATIOS = ("ratio", "order_ratio", "rii", "rii_logit")

Ends = tuple[float, float]


def intervals(y: Floats, errors: Floats, setting: Setting) -> dict[str, Ends]:
    """Return the 95 % interval of each measure; NaN where it has none.

    Parameters
    ----------
    y : ndarray, n regions
    errors : ndarray, n regions
        Standard errors of the values.
    setting : Setting
    """
    error = _errors(y, errors, setting)
    error["bgv"] = _error_of_bgv(y, errors, setting)
    out = {}
    for key, value in measure_all(y, setting).items():
        reach = _REACH * float(error[key])
        if key not in _RATIOS:
            out[key] = (value - reach, value + reach)
            continue
        times = float(np.exp(reach / value)) if value > 0 else np.nan
        out[key] = (value / times, value * times)
    return out | _simulated(y, errors, setting)


def _errors(y: Floats, errors: Floats, setting: Setting) -> pd.Series[float]:
    """Return the standard error of each measure by the delta method; NaN for none."""
    # Where all values are 0 any step will do.
    step = _STEP * (float(np.abs(y).max()) or 1.0)
    here = pd.Series(measure_all(y, setting))
    moves = step * np.eye(len(y))
    above = pd.DataFrame([measure_all(y + move, setting) for move in moves])
    below = pd.DataFrame([measure_all(y - move, setting) for move in moves])
    right, left = (above - here) / step, (here - below) / step
    slopes = (right + left) / 2
    steepest = slopes.abs().max()
    # On a kink (two regions share the highest value) it rises one way and falls the
    # other: no normal curve fits.
    uneven = (right - left).abs()
    kink = (uneven > (right.abs() + left.abs()) / 2) & (uneven > _NOISE * steepest)
    squares = slopes.mul(errors, axis=0) ** 2
    # What does not move at all stands at its limit, as a risk of 0 does.
    return squares.sum().pow(0.5).where(~kink.any() & (steepest > 0))


def _error_of_bgv(y: Floats, errors: Floats, setting: Setting) -> float:
    """Return the standard error of y'Ay for normal y: 4 y'ASAy + 2 tr(ASAS)."""
    p, spread = setting.p, np.diag(errors**2)
    # BGV = Σpy² - (Σpy)² is this quadratic form.
    form = np.diag(p) - np.outer(p, p)
    along = form @ y
    within = form @ spread
    square = 4 * along @ spread @ along + 2 * np.trace(within @ within)
    return float(np.sqrt(square))


def _simulated(y: Floats, errors: Floats, setting: Setting) -> dict[str, Ends]:
    """Draw the values anew, and take the middle 95 % of each mean difference."""
    rng = np.random.default_rng(_SEED)
    drawn = mean_differences(rng.normal(y, errors, (_DRAWS, len(y))), setting)
    out = {}
    for key, many in drawn.items():
        low, high = np.quantile(many, _ENDS)
        out[key] = (float(low), float(high))
    return out
