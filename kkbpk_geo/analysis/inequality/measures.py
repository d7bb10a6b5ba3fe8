"""The measures of inequality between regions, as WHO defines them.

Why: one number for "how unequal" does not exist; absolute and relative ones may move in
opposite directions. So all of the common ones, each by its published formula.

In:     values y of n regions, none missing; a :class:`Setting`: population shares p, a
        ranking, who is compared with whom.
Out:    each measure's value, or NaN; what lies between and within groups of regions.
Source: Schlotheuber & Hosseinpoor (2022), Int. J. Environ. Res. Public Health 19:3697,
        doi:10.3390/ijerph19063697; WHO Health Equity Assessment Toolkit, technical
        notes. Gini and Lorenz: Lerman & Yitzhaki (1989), J. Econometrics 42:43.
        Groups: Theil and mean log deviation are additively decomposable, Shorrocks
        (1980), Econometrica 48:613, doi:10.2307/1913126; so is the variance. The Gini
        is not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kkbpk_geo.analysis.weights import Floats

# Newton's method takes a few steps where there is a fit; this ends what has none.
_STEPS = 100
_CLOSE = 1e-12


@dataclass(frozen=True, slots=True)
class Measure:
    """What kind of number a measure is.

    Attributes
    ----------
    key : str
    kind : {"absolute", "relative"}
        In units of the indicator (or their square), or without unit.
    weighted : bool
        Whether a region counts by its population.
    ordered : bool
        Whether it needs a ranking of the regions.
    none : float
        Its value where there is no inequality.
    who_scale : float
        What WHO's toolkit multiplies it by when printing.
    """

    key: str
    kind: str
    weighted: bool = True
    ordered: bool = False
    none: float = 0.0
    who_scale: float = 1.0


MEASURES = {
    m.key: m
    for m in (
        Measure("difference", "absolute", weighted=False),
        Measure("ratio", "relative", weighted=False, none=1.0),
        Measure("order_difference", "absolute", weighted=False, ordered=True),
        Measure("order_ratio", "relative", weighted=False, ordered=True, none=1.0),
        Measure("sii", "absolute", ordered=True),
        Measure("rii", "relative", ordered=True, none=1.0),
        Measure("sii_logit", "absolute", ordered=True),
        Measure("rii_logit", "relative", ordered=True, none=1.0),
        Measure("aci", "absolute", ordered=True),
        Measure("rci", "relative", ordered=True, who_scale=100.0),
        Measure("bgv", "absolute"),
        Measure("bgsd", "absolute"),
        Measure("cov", "relative"),
        Measure("mdbw", "absolute"),
        Measure("mdbu", "absolute", weighted=False),
        Measure("mdrw", "absolute"),
        Measure("mdru", "absolute", weighted=False),
        Measure("mdmw", "absolute"),
        Measure("mdmu", "absolute", weighted=False),
        Measure("idisw", "relative"),
        Measure("idisu", "relative", weighted=False),
        Measure("theil", "relative", who_scale=1000.0),
        Measure("mld", "relative", who_scale=1000.0),
        Measure("gini", "relative"),
        Measure("par", "absolute"),
        Measure("paf", "relative"),
    )
}


def ridits(p: Floats, rank: Floats) -> Floats:
    """Middle of each region's place in the population, 0 (lowest rank) to 1.

    Regions of equal rank share the middle of all their people.
    """
    _, group = np.unique(rank, return_inverse=True)
    size = np.bincount(group, weights=p)
    # All people of equal rank stand in the middle of their part of the line.
    middle = np.cumsum(size) - size / 2
    return np.asarray(middle[group])


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Setting:
    """All that the measures need beside the values; arrays of n regions.

    Attributes
    ----------
    p : ndarray
        Shares of the population.
    x : ndarray
        Ridits of the ranking.
    better : bool
        Whether a high value is good.
    by_order : bool
        Whether the ranking is a stated one; else the values rank themselves.
    reference : int or None
        Position of the region that all are compared with, if there is one.
    upper : float or None
        The largest value possible, if there is one.
    """

    p: Floats
    x: Floats
    better: bool
    by_order: bool
    reference: int | None
    upper: float | None

    def best(self, y: Floats) -> Floats:
        """Return the best value, of each row of values."""
        return np.asarray(y.max(axis=-1) if self.better else y.min(axis=-1))

    def ends(self, y: Floats) -> tuple[float, float]:
        """Return the values of the most and of the least advantaged region.

        Regions of one rank are one group of people: their weighted mean.
        """
        top, bottom = self.x == self.x.max(), self.x == self.x.min()
        return (
            float(np.average(y[top], weights=self.p[top])),
            float(np.average(y[bottom], weights=self.p[bottom])),
        )

    def within_reach(self, y: Floats) -> float:
        """Return the value that attributable risk refers to: never a deterioration."""
        mean = float(self.p @ y)
        if np.ptp(y) == 0:
            # All equal: the mean itself, not a rounding error away from it.
            return mean
        aim = self.ends(y)[0] if self.by_order else float(self.best(y))
        return max(aim, mean) if self.better else min(aim, mean)


def measure_all(y: Floats, setting: Setting) -> dict[str, float]:
    """Compute every measure that the setting allows; NaN where it is undefined."""
    found = _simple(y, setting) | _ranked(y, setting)
    if setting.by_order:
        found |= _along(y, setting)
    return found


def _simple(y: Floats, setting: Setting) -> dict[str, float]:
    """Compute the measures that need no ranking.

    Percentages (cov, idisw, idisu, paf) are 0-100.
    """
    p = setting.p
    mean = float(p @ y)
    bgv = float(p @ (y - mean) ** 2)
    positive = mean if mean > 0 else np.nan
    par = setting.within_reach(y) - mean
    out = {
        "difference": float(np.ptp(y)),
        "ratio": float(y.max() / y.min()) if y.min() > 0 else np.nan,
        "bgv": bgv,
        "bgsd": float(np.sqrt(bgv)),
        "cov": 100 * float(np.sqrt(bgv)) / positive,
        "theil": np.nan,
        "mld": np.nan,
        "gini": np.nan,
        "par": par,
        "paf": 100 * par / positive,
    }
    for key, value in mean_differences(y, setting).items():
        out[key] = float(value)
    if y.min() >= 0 and mean > 0:
        out["theil"] = theil(y, p)
        out["gini"] = float(p @ ((2 * ridits(p, y) - 1) * y)) / mean
        out["mld"] = mld(y, p)
    return out


def mean_differences(y: Floats, setting: Setting) -> dict[str, Floats]:
    """Compute how far regions are from a point, on average; of each row of values.

    From the best, the mean, and the reference region if there is one; ``w`` weighted by
    people, ``u`` not. The indices of disparity are those from the mean, in per cent.
    """
    mean = y @ setting.p
    points = {"mdb": setting.best(y), "mdm": np.asarray(mean)}
    if setting.reference is not None:
        points["mdr"] = y[..., setting.reference]
    out: dict[str, Floats] = {}
    for name, point in points.items():
        away = np.abs(y - point[..., None])
        out[f"{name}w"] = np.asarray(away @ setting.p)
        out[f"{name}u"] = np.asarray(away.mean(axis=-1))
    positive = np.where(mean > 0, mean, np.nan)
    for weighing in "wu":
        out[f"idis{weighing}"] = 100 * out[f"mdm{weighing}"] / positive
    return out


def _along(y: Floats, setting: Setting) -> dict[str, float]:
    """Compare both ends of a stated order, the one that should be higher first."""
    first, second = setting.ends(y)
    if not setting.better:
        first, second = second, first
    ratio = first / second if first >= 0 and second > 0 else np.nan
    return {"order_difference": first - second, "order_ratio": ratio}


def theil(y: Floats, p: Floats) -> float:
    """Return Σ p r ln r with r = y/mean; a value of 0 adds 0."""
    r = y / (p @ y)
    return float(p @ (r * np.log(np.where(r > 0, r, 1.0))))


def mld(y: Floats, p: Floats) -> float:
    """Return -Σ p ln r with r = y/mean; NaN if a value is 0."""
    if y.min() <= 0:
        return float("nan")
    return float(-(p @ np.log(y / (p @ y))))


def _ranked(y: Floats, setting: Setting) -> dict[str, float]:
    """Compute the measures along a ranking.

    SII and RII by weighted linear regression on x; with ``upper`` also by a weighted
    logistic one, which keeps the line between 0 and it.
    """
    p, x, upper = setting.p, setting.x, setting.upper
    mean = float(p @ y)
    aci = float(p @ ((2 * x - 1) * y))
    out = {"aci": aci, "rci": aci / mean if mean > 0 else np.nan}
    low, high = _line(y, p, x)
    out["sii"], out["rii"] = high - low, high / low if low > 0 else np.nan
    if upper is not None:
        low, high = _curve(y / upper, p, x)
        out["sii_logit"] = upper * (high - low)
        out["rii_logit"] = high / low if low > 0 else np.nan
    return out


def _line(y: Floats, p: Floats, x: Floats) -> tuple[float, float]:
    """Return the weighted least-squares line at rank 0 and 1; NaN if all ranks tie."""
    centred = x - p @ x
    spread = float(p @ centred**2)
    if spread <= _CLOSE:
        return float("nan"), float("nan")
    slope = float(p @ (centred * (y - p @ y))) / spread
    start = float(p @ y) - slope * float(p @ x)
    return start, start + slope


def _curve(share: Floats, p: Floats, x: Floats) -> tuple[float, float]:
    """Return the fractional logistic curve at rank 0 and 1; NaN if it has no fit.

    Papke & Wooldridge (1996), J. Appl. Econom. 11:619; Newton's method.
    """
    from scipy.special import expit

    # A constant, and the rank: what the curve has at 0, and how steep it is.
    design = np.stack([np.ones_like(x), x], axis=1)
    if float(p @ (x - p @ x) ** 2) <= _CLOSE or not 0 < p @ share < 1:
        return float("nan"), float("nan")
    mean = float(p @ share)
    beta = np.array([np.log(mean / (1 - mean)), 0.0])
    for _ in range(_STEPS):
        fitted = expit(design @ beta)
        information = (design.T * (p * fitted * (1 - fitted))) @ design
        # The curve has become a step: no finite fit.
        if np.linalg.det(information) <= _CLOSE**2:
            break
        step = np.linalg.solve(information, design.T @ (p * (share - fitted)))
        beta += step
        if np.abs(step).max() < _CLOSE * (1 + np.abs(beta).max()):
            return float(expit(beta[0])), float(expit(beta.sum()))
    return float("nan"), float("nan")


def decompose(
    y: Floats, p: Floats, groups: pd.Series[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split bgv, theil and mld into what lies between and within groups.

    If kota and kabupaten differ, the answer is another one than if kabupaten differ
    among themselves.

    Returns
    -------
    DataFrame, index measure
        ``total, between, within, between_share``; between + within = total.
    DataFrame, index group, in the order of their names
        ``regions, population_share, mean, bgv, theil, mld`` within the group.
    """
    rows = {}
    for name in sorted(set(groups), key=str):
        own = (groups == name).to_numpy()
        rows[name] = _within(y[own], p[own])
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("group")
    table["regions"] = table["regions"].astype(int)
    shares, means = table["population_share"].to_numpy(), table["mean"].to_numpy()
    whole = float(p @ y)
    between = float(shares @ (means - whole) ** 2)
    parts = {"bgv": (between, float(shares @ table["bgv"].to_numpy()))}
    if y.min() >= 0 and whole > 0:
        held = shares * means / whole  # each group's share of the indicator's total
        # A group of zeros holds nothing of the total: nothing within it counts.
        inside = np.where(means > 0, table["theil"].to_numpy(), 0.0)
        parts["theil"] = (theil(means, shares), held @ inside)
        parts["mld"] = (mld(means, shares), shares @ table["mld"].to_numpy())
    found = pd.DataFrame(parts, index=["between", "within"]).T
    found = found.reindex(["bgv", "theil", "mld"]).rename_axis("measure")
    total = found["between"] + found["within"]
    found.insert(0, "total", total)
    found["between_share"] = (found["between"] / total).where(total > 0)
    return found, table


def _within(y: Floats, p: Floats) -> dict[str, float]:
    """Return size, mean and inequality of one group."""
    share = float(p.sum())
    inner = p / share
    mean = float(inner @ y)
    found = {
        "regions": len(y),
        "population_share": share,
        "mean": mean,
        "bgv": float(inner @ (y - mean) ** 2),
        "theil": np.nan,
        "mld": np.nan,
    }
    # Logarithms of shares of a total: there must be one, and no part below 0.
    if y.min() >= 0 and mean > 0:
        found |= {"theil": theil(y, inner), "mld": mld(y, inner)}
    return found
