"""How unequal regions are, in every common measure, each with a sentence.

Why: a mean of 70 % can be fifteen districts at 70 or half of them at 95 and half at 45;
the plans for the two have nothing in common.

In:     an indicator and the population behind it, per region.
Out:    :class:`Inequality`.
Method: definitions in ``inequality_measures``; population-weighted where WHO's are.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from kkbpk_geo.analysis.inequality.groups import decompose
from kkbpk_geo.analysis.inequality.measures import MEASURES, ranked, ridits, simple
from kkbpk_geo.analysis.inequality.words import sentences
from kkbpk_geo.analysis.paper import HIGH, LOW, PLAIN, paper, write_legend
from kkbpk_geo.analysis.weights import Floats, complete, counts, numbers, refuse
from kkbpk_geo.analysis.wording import shown, with_left_out
from kkbpk_geo.base.errors import IndicatorError
from kkbpk_geo.base.escaping import for_html
from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    from matplotlib.figure import Figure


# Not the catalogue's: where higher is neither, no region is the best.
Direction = Literal["better", "worse"]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Inequality:
    """Measures of inequality between regions, and what they are made of.

    Attributes
    ----------
    table : DataFrame, index measure
        ``value``; ``who_value`` as WHO's toolkit prints it, ``who_scale`` times the
        value (Theil and MLD x 1000, RCI x 100); ``kind`` absolute or relative;
        ``weighted``, ``ordered``; ``no_inequality`` its value if all were equal;
        ``reason`` why there is no value, else empty.
    regions : DataFrame, index region_code
        ``value, population, population_share, ridit, from_mean, from_best,
        ratio_to_mean``; missing for regions left out. The work map can draw it.
    curves : DataFrame
        ``curve`` (``lorenz``; with an order also ``concentration``), ``region_code``,
        ``population_share`` and ``value_share`` added up from the lowest. Empty where
        a value is negative or all are 0.
    decomposition, groups : DataFrame or None
        As :func:`kkbpk_geo.analysis.inequality_groups.decompose`.
    mean : float
        Population-weighted mean.
    direction : {"better", "worse"}
        What a high value means.
    by_order : bool
        Whether the ranking is a stated one; else the indicator ranks itself.
    """

    table: pd.DataFrame
    regions: pd.DataFrame
    curves: pd.DataFrame
    decomposition: pd.DataFrame | None
    groups: pd.DataFrame | None
    mean: float
    direction: Direction
    by_order: bool

    def __getitem__(self, measure: str) -> float:
        """Return the value of one measure, such as ``result["gini"]``."""
        return float(self.table["value"].loc[measure])

    @property
    def left_out(self) -> tuple[Hashable, ...]:
        """Regions that lack one of the numbers."""
        return tuple(self.regions.index[self.regions["population_share"].isna()])

    def explain(self, language: Language = "id") -> pd.DataFrame:
        """Return ``name``, ``value`` as text and ``sentence`` of each measure."""
        judged = self.regions.dropna(subset=["population_share"])
        return sentences(
            self.table,
            judged,
            direction=self.direction,
            by_order=self.by_order,
            language=language,
        )

    def summary(self, language: Language = "id") -> str:
        """Say in one paragraph how unequal the regions are, and between whom."""
        judged = self.regions["value"].where(self.regions["population_share"].notna())
        text = label("inequality_summary", language).format(
            n=int(judged.notna().sum()),
            mean=shown(self.mean, language),
            low=shown(judged.min(), language),
            low_name=place_name(judged.idxmin()),
            high=shown(judged.max(), language),
            high_name=place_name(judged.idxmax()),
            cov=shown(self["cov"], language),
            gini=shown(self["gini"], language),
        )
        if self.decomposition is not None:
            share = float(self.decomposition["between_share"].loc["bgv"])
            text += " " + label("inequality_between", language).format(
                share=shown(100 * share, language)
            )
        return with_left_out(text, self.left_out, language)

    def picture(self, language: Language = "id") -> Figure:
        """Draw the Lorenz curve and, with an order, the concentration curve.

        Raises
        ------
        IndicatorError
            If there is no curve: a value is negative, or all are 0.
        """
        return draw_lorenz(self, language)

    def _repr_html_(self) -> str:
        head = f"<p>{for_html(self.summary())}</p>"
        return head + self.explain().to_html(escape=True)


def measure_inequality(
    values: pd.Series[float],
    population: pd.Series[float],
    *,
    order: pd.Series[float] | None = None,
    groups: pd.Series[str] | None = None,
    direction: Direction = "better",
    upper: float | None = None,
) -> Inequality:
    """Measure the inequality of an indicator between regions.

    Parameters
    ----------
    values : Series, index region_code
        The indicator. The row of the province, if there, is set apart.
    population : Series, index region_code
        Whom it is about (its denominators), from 0 up.
    order : Series, index region_code, optional
        What ranks the regions from the most disadvantaged (lowest) to the most
        advantaged: income, distance (negative), urban share. Without it the indicator
        ranks itself: RCI is then the Gini, and SII the spread.
    groups : Series of text, index region_code, optional
        Kota or kabupaten, old or new: to split inequality between and within.
    direction : {"better", "worse"}
        What a high value means; decides which region is the best.
    upper : float, optional
        Largest value possible (100 for a per cent): adds SII and RII by logistic
        regression, WHO's own choice for such indicators.

    Returns
    -------
    Inequality

    Raises
    ------
    EmptyDataError
        If fewer than two regions have all their numbers.
    CellError
        If a number is infinite, a population negative, or a value outside 0-upper.
    IndicatorError
        For another direction.

    Notes
    -----
    With p shares of the population, μ = Σpy and X the ridit: ACI = Σp(2X-1)y; RCI =
    ACI/μ; SII and RII from the weighted least-squares line on X; BGV = Σp(y-μ)²; COV =
    100√BGV/μ; MDB, MDM mean |y - best|, |y - μ|, weighted (W) or not (U); IDIS =
    100 MDM/μ; PAR = reference - μ, PAF = 100 PAR/μ, where the reference is the best
    region, or with an order the most advantaged, and never a deterioration.
    """
    if direction not in ("better", "worse"):
        msg = f"direction is {direction!r}; expected 'better' or 'worse'."
        raise IndicatorError(msg)
    given = numbers(values, "values")
    people = counts(population, "population")
    columns: dict[str, pd.Series[Any]] = {
        "value": given,
        "population": people.where(people > 0),
    }
    if order is not None:
        columns["order"] = numbers(order, "order")
    if groups is not None:
        columns["group"] = groups
    frame = complete(columns, least=2, purpose="a measure of inequality")
    y = frame["value"].to_numpy(float)
    p = (frame["population"] / frame["population"].sum()).to_numpy(float)
    rank = y if order is None else frame["order"].to_numpy(float)
    x = ridits(p, rank)
    if upper is not None:
        refuse(
            frame["value"].rename("values"),
            (y < 0) | (y > upper) | (upper <= 0),
            expected=f"a number from 0 to {upper:g}, the largest possible",
            remedy="Correct it, or leave upper out.",
        )
    best = float(y.max() if direction == "better" else y.min())
    reference = best
    if order is not None:
        top = rank == rank.max()
        reference = float(np.average(y[top], weights=p[top]))
    mean = float(p @ y)
    # All equal: the reference is the mean itself, not a rounding error away from it.
    clip = max if direction == "better" else min
    reference = mean if np.ptp(y) == 0 else clip(reference, mean)
    found = simple(y, p, best=best, reference=reference) | ranked(y, p, x, upper=upper)
    parts = decompose(y, p, frame["group"]) if groups is not None else (None, None)
    regions = pd.DataFrame(
        {
            "population_share": p,
            "ridit": x,
            "from_mean": y - mean,
            "from_best": y - best,
            "ratio_to_mean": y / mean if mean > 0 else np.nan,
        },
        index=frame.index,
    ).reindex(given.index)
    regions.insert(0, "value", given)
    regions.insert(1, "population", people)
    return Inequality(
        table=_table(found, y),
        regions=regions,
        curves=_curves(frame, y, p, rank if order is not None else None),
        decomposition=parts[0],
        groups=parts[1],
        mean=mean,
        direction=direction,
        by_order=order is not None,
    )


def _table(found: dict[str, float], y: Floats) -> pd.DataFrame:
    kept = [m for m in MEASURES.values() if m.key in found]
    value = [found[m.key] for m in kept]
    return pd.DataFrame(
        {
            "value": value,
            "who_value": [found[m.key] * m.who_scale for m in kept],
            "who_scale": [m.who_scale for m in kept],
            "kind": [m.kind for m in kept],
            "weighted": [m.weighted for m in kept],
            "ordered": [m.ordered for m in kept],
            "no_inequality": [m.none for m in kept],
            "reason": [
                _reason(m.key, y) if np.isnan(v) else ""
                for m, v in zip(kept, value, strict=True)
            ],
        },
        index=pd.Index([m.key for m in kept], name="measure"),
    )


def _reason(measure: str, y: Floats) -> str:
    """Key of the reason why a measure has no value."""
    if measure in ("ratio", "theil", "mld", "gini") and y.min() < 0:
        return "negative"
    if measure in ("ratio", "mld") and y.min() == 0:
        return "zero"
    if measure in ("sii", "rii", "sii_logit", "rii_logit"):
        return "line"
    return "mean"


def _curves(
    frame: pd.DataFrame, y: Floats, p: Floats, order: Floats | None
) -> pd.DataFrame:
    """Cumulated shares; regions of one rank are one step, whoever comes first."""
    columns = ["curve", "region_code", "population_share", "value_share"]
    if y.min() < 0 or not p @ y > 0:
        return pd.DataFrame(columns=columns)
    parts = []
    for name, rank in (("lorenz", y), ("concentration", order)):
        if rank is None:
            continue
        levels, level = np.unique(rank, return_inverse=True)
        parts.append(
            pd.DataFrame(
                {
                    "curve": name,
                    "region_code": [
                        ", ".join(map(str, frame.index[level == i]))
                        for i in range(-1, len(levels))
                    ],
                    "population_share": _steps(level, p),
                    "value_share": _steps(level, p * y / (p @ y)),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)[columns]


def _steps(level: npt.NDArray[np.intp], share: Floats) -> Floats:
    return np.concatenate(([0.0], np.cumsum(np.bincount(level, share))))


_LINES = {"lorenz": (LOW, "-"), "concentration": (HIGH, "--")}


def draw_lorenz(inequality: Inequality, language: Language = "id") -> Figure:
    """Draw the curves against the line of equality.

    Raises
    ------
    IndicatorError
        If there is no curve: a value is negative, or all are 0.
    """
    curves = inequality.curves
    if curves.empty:
        msg = (
            "there is no Lorenz curve: a value is negative or all are 0; it needs "
            "shares of a total."
        )
        raise IndicatorError(msg)
    figure, axes = paper(
        label("lorenz_title", language).format(
            gini=shown(inequality["gini"], language)
        ),
        label("lorenz_x", language),
        label("lorenz_y", language),
        language,
    )
    even = label("lorenz_equal", language)
    axes.plot([0, 100], [0, 100], color=PLAIN, linewidth=1, label=even)
    for name, curve in curves.groupby("curve", sort=False):
        colour, dash = _LINES[str(name)]
        axes.plot(
            100 * curve["population_share"],
            100 * curve["value_share"],
            color=colour,
            linestyle=dash,
            marker="o",
            markersize=3,
            label=label(f"lorenz_{name}", language),
        )
    axes.set_aspect("equal")
    axes.set_xlim(0, 100)
    axes.set_ylim(0, 100)
    write_legend(figure)
    return figure
