"""Which region differs from the province by more than chance.

Why: a league table always has a last place. A funnel says who is outside what counting
alone would scatter, and keeps the number of false alarms in hand when it asks fifteen
times.

In:     events and population per region, optionally a target rate.
Out:    :class:`Funnel`.
Method: exact binomial limits and two-sided p-values (twice the smaller tail), after
        Spiegelhalter (2005), Stat. Med. 24:1185, doi:10.1002/sim.1970; verdicts
        at a false-discovery rate, Benjamini & Hochberg (1995).
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kkbpk_geo.analysis.frames import check_direction
from kkbpk_geo.analysis.paper import (
    FEW_NAMES,
    INK,
    logarithmic,
    paper,
    write_legend,
    write_names,
)
from kkbpk_geo.analysis.rates import with_population
from kkbpk_geo.analysis.weights import Floats, fdr, refuse, refuse_no_share
from kkbpk_geo.analysis.wording import listed, shown, with_left_out, with_unit
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.look.colours import NEITHER, side_colours
from kkbpk_geo.base.results import Result
from kkbpk_geo.catalogue.indicators import Direction
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    from matplotlib.figure import Figure


# Two and three standard deviations of a normal curve, Spiegelhalter (2005).
LEVELS = {"95": 0.05, "998": 0.002}
# Tenths at either end are pulled in: they may be the very regions that stand out.
_WINSOR = 0.1
# Twice the variance that chance gives: no longer a few regions, but all of them.
_MUCH = 2.0


@dataclass(frozen=True, slots=True, eq=False, repr=False, kw_only=True)
class Funnel(Result):
    """Rates against what chance alone would scatter.

    Attributes
    ----------
    table : DataFrame, index as ``events``
        ``events, population, rate`` (0-1); ``z``; ``p`` two-sided; ``p_fdr`` adjusted;
        ``low_95, high_95, low_998, high_998`` limits (0-1) at the region's own
        population; ``verdict``: ``higher``, ``lower``, ``as_expected``, or why there is
        none: ``missing``, ``no_population``; ``beyond`` 1, -1, 0 for the map.
    target : float
        The rate compared with (0-1): the one given, or all events over all people.
    alpha : float
        False-discovery rate of the verdicts.
    overdispersion : float
        Variance of z; 1 is what chance gives.
    widened : bool
        Whether limits and p-values allow for it.
    direction : {"better", "worse", "context"}
        What a high rate means: the picture's colours.
    """

    table: pd.DataFrame
    target: float
    alpha: float
    overdispersion: float
    widened: bool
    direction: Direction = "context"

    @property
    def left_out(self) -> tuple[Hashable, ...]:
        """Regions without a verdict."""
        return tuple(self.table.index[self.table["p"].isna()])

    def of(self, verdict: str) -> tuple[Hashable, ...]:
        """Return the regions of a verdict, furthest from the rate compared with first.

        Parameters
        ----------
        verdict : {"higher", "lower", "as_expected"}
        """
        own = self.table[self.table["verdict"] == verdict]
        away = (own["rate"] - self.target).abs()
        return tuple(away.sort_values(ascending=False, kind="stable").index)

    def said(self, language: Language = "id") -> tuple[str, ...]:
        """Name the regions that clearly differ, those in need of attention first."""
        low_first = self.direction != "worse"
        sides = ("lower", "higher") if low_first else ("higher", "lower")
        keys = ("funnel_needy", "funnel_well")
        if self.direction == "context":
            keys = ("funnel_context", "funnel_context")
        said = [self._side(*pair, language) for pair in zip(keys, sides, strict=True)]
        rest = self.of("as_expected")
        if rest:
            text = label("funnel_rest", language)
            said.append(text.format(n=len(rest), regions=listed(rest, language)))
        if self.overdispersion > _MUCH:
            key = "funnel_widened" if self.widened else "funnel_overdispersed"
            said.append(label(key, language))
        told = [sentence for sentence in said if sentence]
        return (*told[:-1], with_left_out(told[-1], self.left_out, language))

    def _side(self, key: str, verdict: str, language: Language) -> str:
        """Name the regions of one side; that nobody is in need is said, too."""
        codes = self.of(verdict)
        if not codes and key == "funnel_well":
            return ""
        return label(key if codes else "funnel_needy_none", language).format(
            n=len(codes),
            all=int(self.table["p"].notna().sum()),
            side=label(f"funnel_{verdict}", language),
            target=with_unit(100 * self.target, "%", 1, language),
            regions=listed(codes, language),
        )

    def summary(self, language: Language = "id") -> str:
        """Name the regions that clearly differ, those in need of attention first."""
        return " ".join(self.said(language))

    def method(self, language: Language = "id") -> str:
        """Name the formula, its level and its source."""
        percent = 100 * self.alpha
        return label("funnel_method", language).format(
            alpha=format_number(percent, 1 if percent % 1 > 0 else 0, language),
            times=shown(self.overdispersion, language),
        )

    def picture(self, language: Language = "id") -> Figure:
        """Draw the funnel: rate against population, with both limits."""
        return draw_funnel(self, language)

    def limits(self, population: Floats, alpha: float) -> tuple[Floats, Floats]:
        """Return the lower and upper limit (0-1) at these populations."""
        widen = np.sqrt(self.overdispersion) if self.widened else 0.0
        return _limits(population, self.target, alpha, widen)


def judge_rates(
    events: pd.Series[float],
    population: pd.Series[float],
    *,
    target: float | None = None,
    alpha: float = 0.05,
    widen: bool = False,
    direction: Direction = "context",
) -> Funnel:
    """Say which regions differ from the province, or a target, by more than chance.

    Parameters
    ----------
    events : Series, index region_code
        Part of the population that counts (reporting groups, users), from 0 up. The
        row of the province, if there, is set apart.
    population : Series, index region_code
        All of which it is a part.
    target : float, optional
        Rate to compare with, 0 to 1; by default all events over all people.
    alpha : float
        False-discovery rate: the share of wrong verdicts to expect among those given.
    widen : bool
        Allow for overdispersion: limits and p-values are widened by the spread that
        the regions have beyond chance (winsorised, normal limits). With large
        denominators everything differs from everything; this asks who stands out.
    direction : {"better", "worse", "context"}
        What a high rate means; in the picture the bad side is warm and the good one
        blue, as on the map.

    Returns
    -------
    Funnel

    Raises
    ------
    EmptyDataError
        If fewer than two regions have events and a population.
    CellError
        If a number is negative or infinite, or events exceed the population.
    IndicatorError
        If ``alpha`` or ``target`` is not between 0 and 1; for another direction.

    Examples
    --------
    Half of a hundred is far from the rest; half of four is nothing unusual.

    >>> codes = ["18.01", "18.02", "18.03", "18.04"]
    >>> events = pd.Series([20, 21, 50, 2], codes)
    >>> people = pd.Series([100, 100, 100, 4], codes)
    >>> judge_rates(events, people, target=0.2).table["verdict"].tolist()
    ['as_expected', 'as_expected', 'higher', 'as_expected']

    Notes
    -----
    A region is part of the province it is compared with; with few regions that hides
    differences rather than making them up. Counts of independent people are assumed:
    groups of one village share their fate, so real limits are wider.
    """
    refuse_no_share("alpha", alpha)
    check_direction(direction)
    if target is not None:
        refuse_no_share("target", target)
    given, frame = with_population(events, population, least=2)
    e, n = frame["events"].to_numpy(), frame["population"].to_numpy()
    refuse(
        frame["events"],
        e > n,
        expected="at most the population of the region",
        remedy="A funnel is for a part of a whole; for other ratios use smooth_rates.",
    )
    centre = float(e.sum() / n.sum()) if target is None else float(target)
    error = np.sqrt(centre * (1 - centre) / n)
    z = np.divide(e / n - centre, error, out=np.zeros(len(e)), where=error > 0)
    spread = _overdispersion(z)
    widened = widen and spread > 1
    p = _normal_tails(z / np.sqrt(spread)) if widened else _tails(e, n, centre)
    widening = float(np.sqrt(spread)) if widened else 0.0
    result = pd.DataFrame({"rate": e / n, "z": z, "p": p}, index=frame.index)
    result["p_fdr"] = fdr(p)
    for name, level in LEVELS.items():
        low, high = _limits(n, centre, level, widening)
        result[f"low_{name}"], result[f"high_{name}"] = low, high
    # Asked of fifteen regions at 5 %, chance alone would accuse one every other time.
    differs = result["p_fdr"] <= alpha
    result["beyond"] = np.where(differs, np.sign(z), 0)
    table = given.join(result)
    words = {1.0: "higher", -1.0: "lower", 0.0: "as_expected"}
    # Where nothing was judged, the status says why.
    table["verdict"] = table["beyond"].map(words).fillna(table.pop("status"))
    table["beyond"] = table["beyond"].astype("Int64")
    return Funnel(
        table=table,
        target=centre,
        alpha=alpha,
        overdispersion=spread,
        widened=widened,
        direction=direction,
    )


def _tails(e: Floats, n: Floats, p: float) -> Floats:
    """Two-sided exact binomial p-value: twice the smaller tail, at most 1."""
    from scipy.special import betainc

    # The tails are incomplete beta functions, which also take parts of an event; at
    # 0 events and at all of them one tail is certain, and betainc has no value.
    some, not_all = e > 0, e < n
    at_least = betainc(np.where(some, e, 1.0), n - e + 1, p)
    at_least = np.where(some, at_least, 1.0)
    at_most = betainc(np.where(not_all, n - e, 1.0), e + 1, 1 - p)
    at_most = np.where(not_all, at_most, 1.0)
    return np.asarray(np.minimum(1.0, 2 * np.minimum(at_least, at_most)))


def _normal_tails(z: Floats) -> Floats:
    from scipy.special import ndtr

    return np.asarray(2 * ndtr(-np.abs(z)))


def _overdispersion(z: Floats) -> float:
    """Mean of z² after pulling in the outer tenths (Spiegelhalter 2005, section 4)."""
    inner = np.clip(z, np.quantile(z, _WINSOR), np.quantile(z, 1 - _WINSOR))
    return float((inner**2).mean())


def _limits(n: Floats, p: float, alpha: float, widen: float) -> tuple[Floats, Floats]:
    """Lower and upper limit of the rate: outside is where the p-value is below alpha.

    ``widen`` above 0 gives normal limits times it. Exact limits interpolate between
    whole numbers of events.
    """
    from scipy.special import bdtrik, ndtri

    # Exact limits cannot be stretched beyond 0 and all; normal ones can, and are cut.
    if widen > 0:
        reach = -ndtri(alpha / 2) * widen * np.sqrt(p * (1 - p) / n)
        return np.clip(p - reach, 0, 1), np.clip(p + reach, 0, 1)
    # A target of nothing, or of all, leaves chance no room.
    if p in (0.0, 1.0):
        return np.full(n.shape, p), np.full(n.shape, p)
    with np.errstate(invalid="ignore"):
        low = bdtrik(alpha / 2, n, p)
        high = bdtrik(1 - alpha / 2, n, p) + 1
    # Not even 0 events would be too few.
    none_below = (1 - p) ** n > alpha / 2
    low = np.where(none_below | np.isnan(low), 0.0, low)
    high = np.where(np.isnan(high), n, high)
    return np.clip(low / n, 0, 1), np.clip(high / n, 0, 1)


_MARKERS = {"higher": "^", "lower": "v", "as_expected": "o"}
# Largest over smallest denominator from which the axis is logarithmic: on a plain one
# the small regions, whose limits are the point of the picture, would be one heap.
_WIDE = 20
_DASHES = {"95": "--", "998": "-"}


def _verdict_words(verdict: str, direction: Direction, language: Language) -> str:
    """Say a verdict, and whether it is the good side; context has none."""
    text = label(f"verdict_{verdict}", language)
    if direction == "context" or verdict == "as_expected":
        return text
    good = (verdict == "higher") == (direction == "better")
    side = label("verdict_good" if good else "verdict_attention", language)
    return f"{text}: {side}"


def draw_funnel(funnel: Funnel, language: Language = "id") -> Figure:
    """Draw rates, the rate compared with, and the 95 and 99.8 % limits."""
    judged = funnel.table[funnel.table["p"].notna()]
    figure, axes = paper(
        label("funnel_title", language),
        label("funnel_x", language),
        label("funnel_y", language),
        language,
    )
    people = judged["population"].to_numpy(float)
    wide = people.max() > _WIDE * people.min()
    span = np.geomspace if wide else np.linspace
    along = span(max(people.min() * 0.8, 1), people.max() * 1.1, 200)
    for name, alpha in LEVELS.items():
        low, high = funnel.limits(along, alpha)
        words = label(f"funnel_limit_{name}", language)
        dash = _DASHES[name]
        axes.plot(along, 100 * low, dash, color=INK, linewidth=0.8)
        axes.plot(along, 100 * high, dash, color=INK, linewidth=0.8, label=words)
    target = with_unit(100 * funnel.target, "%", 1, language)
    words = label("funnel_target", language).format(target=target)
    axes.axhline(100 * funnel.target, color=INK, linewidth=1.2, label=words)
    above, below = side_colours(funnel.direction)
    colours = {"higher": above, "lower": below, "as_expected": NEITHER}
    for verdict, colour in colours.items():
        own = judged[judged["verdict"] == verdict]
        if len(own):
            axes.scatter(
                own["population"], 100 * own["rate"], c=colour,
                marker=_MARKERS[verdict], s=32, zorder=3,
                label=_verdict_words(verdict, funnel.direction, language),
            )  # fmt: skip
    if wide:
        logarithmic(axes)
    # The limits at the smallest region would leave the rates a thin band: those at the
    # middle region are enough.
    rates = 100 * judged["rate"]
    room = max(0.15 * float(rates.max() - rates.min()), 1e-3)
    edges = funnel.limits(people, LEVELS["998"])
    least, most = (100 * float(np.median(edge)) for edge in edges)
    bottom, top = min(rates.min(), least) - room, max(rates.max(), most) + room
    axes.set_ylim(max(bottom, 0), min(top, 100))
    few = len(judged) <= FEW_NAMES
    told = judged if few else judged[judged["verdict"] != "as_expected"]
    names = map(place_name, told.index)
    places = zip(names, told["population"], 100 * told["rate"], strict=True)
    # The words of a verdict and its side are too long for three columns.
    write_legend(figure, columns=2)
    write_names(axes, places, lines=(("y", 100 * funnel.target),))
    return figure
