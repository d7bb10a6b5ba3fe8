"""Rates on small denominators, drawn towards the mean by as much as chance explains.

Why: in a district with few couples one case more or less makes it the best or the worst
of the province; a ranking of raw rates is then a ranking of small denominators.

In:     events and population per region; for the spatial variant, neighbours.
Out:    :class:`SmoothedRates`.
Method: empirical Bayes by moments: of rare events Marshall (1991), J. R. Stat. Soc. C
        40:283, doi:10.2307/2347593; of a part of a whole Martuzzi & Elliott (1996),
        Stat. Med. 15:1867.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kkbpk_geo.analysis.weights import (
    Floats,
    Neighbours,
    Weights,
    complete,
    counts,
    refuse,
    row_weights,
    side_by_side,
)
from kkbpk_geo.analysis.wording import listed, shown, with_left_out
from kkbpk_geo.base.errors import IndicatorError
from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.results import Result
from kkbpk_geo.catalogue.labels import label

# From about a tenth on, b/P overstates what chance scatters: 1 - b is left out of it.
_RARE = 0.1


@dataclass(frozen=True, slots=True, eq=False, repr=False, kw_only=True)
class SmoothedRates(Result):
    """Raw and smoothed rates.

    Attributes
    ----------
    table : DataFrame, index as ``events``
        ``events, population``; ``rate`` raw, ``smoothed``, ``centre`` (the mean it was
        drawn to), all times ``per``; ``weight`` in [0, 1], the share of the raw rate
        that stays; ``status``: ``ok``, ``island`` (spatial, no neighbour: unchanged),
        ``missing``, ``no_population``.
    mean : float
        Sum of events over sum of population, times ``per``.
    variance : float
        Estimated variance between regions beyond chance, times ``per`` squared; 0 if
        chance explains all of it. NaN for the spatial variant: each region has its own.
    spatial, binomial : bool
    per : float
    """

    table: pd.DataFrame
    mean: float
    variance: float
    spatial: bool
    binomial: bool
    per: float

    @property
    def left_out(self) -> tuple[Hashable, ...]:
        """Regions without a smoothed rate."""
        return tuple(self.table.index[self.table["smoothed"].isna()])

    def method(self, language: Language = "id") -> str:
        """Name the formula and its source."""
        return label("rates_method", language)

    def summary(self, language: Language = "id") -> str:
        """Say what was smoothed towards what, and which region changed most."""
        judged = self.table.dropna(subset=["smoothed"])
        key = "rates_summary_spatial" if self.spatial else "rates_summary_global"
        text = label(key, language).format(
            n=len(judged), mean=shown(self.mean, language)
        )
        if not self.binomial and self.mean > _RARE * self.per:
            text += " " + label("rates_large", language)
        if self.variance == 0:
            text += " " + label("rates_all_chance", language)
        moved = (judged["smoothed"] - judged["rate"]).abs().to_numpy()
        most = judged.iloc[[int(moved.argmax())]]
        if self.variance != 0 and moved.max() > 0:
            rate, smoothed, people = most[["rate", "smoothed", "population"]].iloc[0]
            text += " " + label("rates_most_changed", language).format(
                name=listed(most.index, language),
                rate=shown(rate, language),
                smoothed=shown(smoothed, language),
                population=shown(people, language),
            )
        return with_left_out(text, self.left_out, language)


def smooth_rates(
    events: pd.Series[float],
    population: pd.Series[float],
    *,
    neighbours: Neighbours | None = None,
    per: float = 1.0,
    binomial: bool = False,
) -> SmoothedRates:
    """Smooth rates by empirical Bayes, towards the province or the neighbourhood.

    Parameters
    ----------
    events : Series, index region_code
        Numerators, from 0 up. The row of the province, if there, is set apart.
    population : Series, index region_code
        Denominators of the same regions.
    neighbours : mapping region_code -> codes, optional
        Given: each rate is drawn to the rate of its neighbourhood (itself included).
    per : float
        Unit of the rates: 100 for a per cent, 1000 for a rate per thousand.
    binomial : bool
        The events are a part of the population and not rare (use of contraception):
        after Martuzzi & Elliott instead of Marshall, whose b/P is for rare events and
        smooths a rate of 70 % three times too much.

    Returns
    -------
    SmoothedRates
        Missing stays missing; a region without population has no rate.

    Raises
    ------
    EmptyDataError
        If fewer than two regions have events and a population.
    CellError
        If a number is negative or infinite; if ``binomial``, events above population.
    IndicatorError
        If ``per`` is not above 0.
    JoinError
        If ``neighbours`` lacks a region.

    Examples
    --------
    >>> codes = ["18.01", "18.02", "18.03"]
    >>> events = pd.Series([1, 50, 150], codes)
    >>> people = pd.Series([4, 500, 1000], codes)
    >>> smooth_rates(events, people, per=100).table["smoothed"].round(1).tolist()
    [13.5, 11.5, 14.5]

    Notes
    -----
    With rates r = e/P, b = Σe/ΣP and s² = ΣP(r-b)²/ΣP: a = max(0, s² - b/mean(P)),
    w = a/(a + b/P), smoothed = w r + (1-w) b. If ``binomial``, a share r of P people
    scatters about its own true share; of the whole b(1-b) only the part that does not
    lie between regions is chance: a = max(0, (mean(P) s² - b(1-b)) / (mean(P) - 1)),
    w = a/(a + (b(1-b) - a)/P). In the spatial variant the sums run over the region and
    its neighbours.
    """
    if not (np.isfinite(per) and per > 0):
        msg = f"per is {per!r}; expected a number above 0, such as 100 or 1000."
        raise IndicatorError(msg)
    beside = side_by_side(
        {"events": events, "population": population}, neighbours=neighbours
    )
    given, frame = with_population(**beside, least=2)
    e, p = frame["events"].to_numpy(), frame["population"].to_numpy()
    rate = e / p
    if binomial:
        _refuse_above_population(frame)
    if neighbours is None:
        centre, variance = between(e, p, binomial=binomial)
        centres, between_regions = np.full(len(e), centre), np.full(len(e), variance)
    else:
        weights = row_weights(list(frame.index), neighbours)
        centres, between_regions = _windows(e, p, weights, binomial=binomial)
        # Without neighbours there is nothing to be drawn to: the rate stays.
        given.loc[frame.index[weights.count == 0], "status"] = "island"
        variance = np.nan
    spread = centres
    if binomial:
        # What already lies between regions cannot be chance within them as well.
        spread = centres * (1 - centres) - between_regions
    total = between_regions + spread / p
    # No event anywhere: every rate is 0, and so is its mean.
    weight = np.divide(between_regions, total, out=np.zeros(len(e)), where=total > 0)
    if neighbours is not None:
        weight[weights.count == 0] = 1.0
    smoothed = weight * rate + (1 - weight) * centres
    new = pd.DataFrame(
        {
            "rate": rate * per,
            "smoothed": smoothed * per,
            "centre": centres * per,
            "weight": weight,
        },
        index=frame.index,
    )
    table = given.join(new)
    return SmoothedRates(
        table=table[[*table.columns.drop("status"), "status"]],
        mean=float(e.sum() / p.sum() * per),
        variance=float(variance * per**2),
        spatial=neighbours is not None,
        binomial=binomial,
        per=float(per),
    )


def _refuse_above_population(frame: pd.DataFrame) -> None:
    """Refuse events that are more than the people: they are no part of them."""
    refuse(
        frame["events"],
        (frame["events"] > frame["population"]).to_numpy(),
        expected="at most the population of the region",
        remedy="Leave binomial out where events are no part of the population.",
    )


def with_population(
    events: pd.Series[float], population: pd.Series[float], *, least: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Check numerators and denominators.

    Returns
    -------
    given : DataFrame, index as ``events``
        ``events, population`` as they are; ``status``: ``ok``, ``missing`` or
        ``no_population``.
    complete : DataFrame, in code order
        ``events, population`` of the regions that have both.
    """
    beside = side_by_side({"events": events, "population": population})
    top, bottom = (counts(each, name) for name, each in beside.items())
    given = pd.DataFrame({"events": top, "population": bottom}, index=top.index)
    nobody = given["population"] == 0
    frame = complete(
        {"events": top, "population": given["population"].where(~nobody)},
        least=least,
        purpose="a comparison of rates",
    )
    given["status"] = "missing"
    given.loc[nobody, "status"] = "no_population"
    given.loc[frame.index, "status"] = "ok"
    return given, frame


def between(e: Floats, p: Floats, *, binomial: bool = False) -> tuple[float, float]:
    """Mean rate and variance between regions beyond chance (b and a of the Notes)."""
    b = float(e.sum() / p.sum())
    spread = float((p * (e / p - b) ** 2).sum() / p.sum())
    size = float(p.mean())
    if not binomial:
        beyond = spread - b / size
    elif size > 1:
        beyond = (size * spread - b * (1 - b)) / (size - 1)
    else:
        # One person a region: a share of 0 or 1 says nothing about the region.
        beyond = 0.0
    # Regions more alike than chance would have them: all that is left is chance.
    return b, max(0.0, beyond)


def _windows(
    e: Floats, p: Floats, weights: Weights, *, binomial: bool
) -> tuple[Floats, Floats]:
    """Mean and variance within each region's neighbourhood, itself included."""
    pairs = []
    for i, (row, k) in enumerate(zip(weights.at, weights.count, strict=True)):
        # Marshall counts the region itself among its neighbourhood.
        own = np.append(row[:k], i)
        pairs.append(between(e[own], p[own], binomial=binomial))
    found = np.array(pairs)
    return found[:, 0], found[:, 1]
