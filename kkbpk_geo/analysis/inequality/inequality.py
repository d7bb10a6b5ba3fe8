"""How unequal regions are, in every common measure, each with a sentence.

Why: a mean of 70 % can be fifteen districts at 70 or half of them at 95 and half at 45;
the plans for the two have nothing in common.

In:     an indicator and the population behind it, per region.
Out:    :class:`Inequality`.
Method: definitions in ``measures``; population-weighted where WHO's are; 95 % intervals
        in ``intervals``.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from kkbpk_geo.analysis.inequality.intervals import Ends, intervals
from kkbpk_geo.analysis.inequality.measures import (
    MEASURES,
    Measure,
    Setting,
    decompose,
    measure_all,
    ridits,
)
from kkbpk_geo.analysis.inequality.words import sentences
from kkbpk_geo.analysis.paper import INK, SOFT, paper, write_legend
from kkbpk_geo.analysis.weights import (
    Floats,
    complete,
    counts,
    numbers,
    refuse,
    side_by_side,
)
from kkbpk_geo.analysis.wording import shown, with_left_out, with_unit
from kkbpk_geo.base.errors import IndicatorError
from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.look.colours import NEITHER
from kkbpk_geo.base.results import Result
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    from matplotlib.figure import Figure


# Not the catalogue's: where higher is neither, no region is the best.
Direction = Literal["better", "worse"]


@dataclass(frozen=True, slots=True, eq=False, repr=False, kw_only=True)
class Inequality(Result):
    """Measures of inequality between regions, and what they are made of.

    Attributes
    ----------
    table : DataFrame, index measure
        ``value``; ``who_value`` as WHO's toolkit prints it, ``who_scale`` times the
        value (Theil and MLD x 1000, RCI x 100); ``kind`` absolute or relative;
        ``weighted``, ``ordered``; ``no_inequality`` its value if all were equal;
        ``reason`` why there is no value, else empty. With standard errors also ``low,
        high``, the ends of the 95 % interval.
    regions : DataFrame, index region_code
        ``value, population, population_share, ridit, from_mean, from_best,
        ratio_to_mean``; missing for regions left out. The work map can draw it.
    curves : DataFrame
        ``curve`` (``lorenz``; with an order also ``concentration``), ``region_code``,
        ``population_share`` and ``value_share`` added up from the lowest. Empty where
        a value is negative or all are 0.
    decomposition, groups : DataFrame or None
        As :func:`measures.decompose`.
    mean : float
        Population-weighted mean.
    direction : {"better", "worse"}
        What a high value means.
    by_order : bool
        Whether the ranking is a stated one; else the indicator ranks itself.
    reference : str
        Code of the region that mdrw and mdru compare with; empty without one.
    """

    table: pd.DataFrame
    regions: pd.DataFrame
    curves: pd.DataFrame
    decomposition: pd.DataFrame | None
    groups: pd.DataFrame | None
    mean: float
    direction: Direction
    by_order: bool
    reference: str = ""

    def __getitem__(self, measure: str) -> float:
        """Return the value of one measure, such as ``result["gini"]``."""
        return float(self.table["value"].loc[measure])

    @property
    def left_out(self) -> tuple[Hashable, ...]:
        """Regions that lack one of the numbers."""
        return tuple(self.regions.index[self.regions["population_share"].isna()])

    def explain(self, language: Language = "id") -> pd.DataFrame:
        """Return ``name``, ``value`` as text and ``sentence`` of each measure.

        With standard errors also ``interval``, the 95 % interval as text.
        """
        judged = self.regions.dropna(subset=["population_share"])
        return sentences(
            self.table,
            judged,
            direction=self.direction,
            by_order=self.by_order,
            reference=self.reference,
            language=language,
        )

    def said(
        self, language: Language = "id", *, unit: str = "", digits: int | None = None
    ) -> tuple[str, ...]:
        """Say how far the regions lie apart, between whom, and around what mean.

        Parameters
        ----------
        language : {"id", "en"}
        unit : str
            Of the values; a difference of ``%`` is in points.
        digits : int, optional
            Decimals; without them three significant digits.
        """

        def one(value: float, of: str = unit) -> str:
            if digits is None:
                return shown(value, language)
            return with_unit(value, of, digits, language)

        points = label("change_points", language).strip() if unit == "%" else unit
        judged = self.regions["value"].where(self.regions["population_share"].notna())
        said = [
            label("inequality_summary", language).format(
                n=int(judged.notna().sum()),
                difference=one(float(judged.max() - judged.min()), points),
                low=one(judged.min()),
                low_name=place_name(judged.idxmin()),
                high=one(judged.max()),
                high_name=place_name(judged.idxmax()),
            ),
            label("inequality_typical", language).format(
                distance=one(self["bgsd"], points), mean=one(self.mean)
            ),
        ]
        if self.decomposition is not None:
            share = float(self.decomposition["between_share"].loc["bgv"])
            text = label("inequality_between", language)
            said.append(text.format(share=shown(100 * share, language)))
        return (*said[:-1], with_left_out(said[-1], self.left_out, language))

    def summary(self, language: Language = "id") -> str:
        """Say how far the regions lie apart, between whom, and around what mean."""
        return " ".join(self.said(language))

    def method(self, language: Language = "id") -> str:
        """Name the measures behind the words and their source."""
        return label("inequality_method", language).format(
            sd=shown(self["bgsd"], language),
            cov=shown(self["cov"], language),
            gini=shown(self["gini"], language),
        )

    def picture(self, language: Language = "id") -> Figure:
        """Draw the Lorenz curve and, with an order, the concentration curve.

        Raises
        ------
        IndicatorError
            If there is no curve: a value is negative, or all are 0.
        """
        return draw_lorenz(self, language)

    def shown(self) -> pd.DataFrame:
        """Return each measure with its sentence."""
        return self.explain()


def measure_inequality(  # noqa: PLR0913 (each is one thing that a measure may need)
    values: pd.Series[float],
    population: pd.Series[float],
    *,
    order: pd.Series[float] | None = None,
    groups: pd.Series[str] | None = None,
    reference: str | None = None,
    errors: pd.Series[float] | None = None,
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
        advantaged: income, distance (negative), urban share. Adds WHO's difference and
        ratio between its two ends. Without it the indicator ranks itself: RCI is then
        the Gini, and SII the spread.
    groups : Series of text, index region_code, optional
        Kota or kabupaten, old or new: to split inequality between and within.
    reference : str, optional
        Code or name of a region that all are compared with: adds MDRW and MDRU.
    errors : Series, index region_code, optional
        Standard errors of the values, from 0 up, of a survey say: adds 95 % intervals.
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
        If a number is infinite, a population or a standard error negative, a standard
        error missing where there is a value, or a value outside 0-upper.
    IndicatorError
        For another direction, or a reference that is not measured.

    Examples
    --------
    Two districts of the same size, at 45 and 95 per cent.

    >>> codes = ["18.01", "18.02"]
    >>> values, people = pd.Series([45, 95], codes), pd.Series([100, 100], codes)
    >>> found = measure_inequality(values, people)
    >>> found["difference"], found["mdmw"], round(found["gini"], 3)
    (50.0, 25.0, 0.179)

    Five districts from the poorest to the richest: the ends differ by less than the
    extremes.

    >>> codes = ["18.01", "18.02", "18.03", "18.04", "18.05"]
    >>> values = pd.Series([20, 60, 40, 50, 30], codes)
    >>> people, wealth = pd.Series(100, codes), pd.Series(range(5), codes)
    >>> found = measure_inequality(values, people, order=wealth)
    >>> found["order_difference"], found["order_ratio"], found["difference"]
    (10.0, 1.5, 40.0)

    Notes
    -----
    With p shares of the population, μ = Σpy and X the ridit: ACI = Σp(2X-1)y; RCI =
    ACI/μ; SII and RII from the weighted least-squares line on X; BGV = Σp(y-μ)²; COV =
    100√BGV/μ; MDB, MDM, MDR mean |y - best|, |y - μ|, |y - reference|, weighted (W) or
    not (U); IDIS = 100 MDM/μ; PAR = aim - μ, PAF = 100 PAR/μ, where the aim is the best
    region, or with an order the most advantaged, and never a deterioration. Difference
    and ratio are max - min, max / min; along an order they are most minus, over, least
    advantaged, and the other way round where lower is better.
    """
    if direction not in ("better", "worse"):
        msg = f"direction is {direction!r}; expected 'better' or 'worse'."
        raise IndicatorError(msg)
    beside = side_by_side(
        {"values": values, "population": population},
        {"order": order, "groups": groups, "errors": errors},
    )
    given = numbers(beside["values"], "values")
    people = counts(beside["population"], "population")
    frame = _complete(given, people, beside.get("order"), beside.get("groups"))
    y = frame["value"].to_numpy(float)
    p = (frame["population"] / frame["population"].sum()).to_numpy(float)
    # Without a stated order the indicator ranks itself.
    rank = frame.get("order", frame["value"]).to_numpy(float)
    if upper is not None:
        _refuse_beyond(frame["value"].rename("values"), upper)
    at = None if reference is None else _position(frame.index, reference)
    setting = Setting(
        p=p,
        x=ridits(p, rank),
        better=direction == "better",
        by_order=order is not None,
        reference=at,
        upper=upper,
    )
    found = measure_all(y, setting)
    table = _table(found, y)
    if errors is not None:
        own = _errors(beside["errors"], frame.index)
        _add_intervals(table, intervals(y, own, setting))
    split, within = None, None
    if groups is not None:
        split, within = decompose(y, p, frame["group"])
    regions = _regions(y, setting).set_axis(frame.index).reindex(given.index)
    regions.insert(0, "value", given)
    regions.insert(1, "population", people)
    return Inequality(
        table=table,
        regions=regions,
        curves=_curves(frame, y, p),
        decomposition=split,
        groups=within,
        mean=float(p @ y),
        direction=direction,
        by_order=order is not None,
        reference="" if at is None else str(frame.index[at]),
    )


def _refuse_beyond(values: pd.Series[float], upper: float) -> None:
    """Refuse values that are below 0, or above the largest possible."""
    y = values.to_numpy(float)
    refuse(
        values,
        (y < 0) | (y > upper) | (upper <= 0),
        expected=f"a number from 0 to {upper:g}, the largest possible",
        remedy="Correct it, or leave upper out.",
    )


def _complete(
    values: pd.Series[float],
    people: pd.Series[float],
    order: pd.Series[float] | None,
    groups: pd.Series[str] | None,
) -> pd.DataFrame:
    """Return the regions that have all their numbers, in the order of their codes."""
    columns: dict[str, pd.Series[Any]] = {
        "value": values,
        # Nobody there: the region weighs nothing and has no place in the ranking.
        "population": people.where(people > 0),
    }
    if order is not None:
        columns["order"] = numbers(order, "order")
    if groups is not None:
        columns["group"] = groups
    return complete(columns, least=2, purpose="a measure of inequality")


def _position(codes: pd.Index, reference: str) -> int:
    """Return where the reference stands among the regions that are measured."""
    places = {place_name(code): at for at, code in enumerate(codes)}
    places |= {str(code): at for at, code in enumerate(codes)}
    if reference not in places:
        known = ", ".join(map(str, codes))
        msg = (
            f"reference is {reference!r}, which is no region with all its numbers; "
            f"there is {known}."
        )
        raise IndicatorError(msg)
    return places[reference]


def _errors(errors: pd.Series[float], codes: pd.Index) -> Floats:
    """Return the standard errors of the regions that are measured."""
    own = counts(errors, "errors").reindex(codes)
    refuse(
        own,
        own.isna().to_numpy(bool),
        expected="the standard error of its value, from 0 up",
        remedy="Complete them, or leave errors out: there are then no intervals.",
    )
    return np.asarray(own, dtype=np.float64)


def _add_intervals(table: pd.DataFrame, found: dict[str, Ends]) -> None:
    """Put the ends of each interval behind the value."""
    ends = [found[str(key)] for key in table.index]
    table.insert(1, "low", [low for low, _ in ends])
    table.insert(2, "high", [high for _, high in ends])


def _regions(y: Floats, setting: Setting) -> pd.DataFrame:
    mean = float(setting.p @ y)
    return pd.DataFrame(
        {
            "population_share": setting.p,
            "ridit": setting.x,
            "from_mean": y - mean,
            "from_best": y - setting.best(y),
            "ratio_to_mean": y / mean if mean > 0 else np.nan,
        }
    )


def _table(found: dict[str, float], y: Floats) -> pd.DataFrame:
    rows = [_row(m, found[m.key], y) for m in MEASURES.values() if m.key in found]
    return pd.DataFrame(rows).set_index("measure")


def _row(measure: Measure, value: float, y: Floats) -> dict[str, object]:
    return {
        "measure": measure.key,
        "value": value,
        "who_value": value * measure.who_scale,
        "who_scale": measure.who_scale,
        "kind": measure.kind,
        "weighted": measure.weighted,
        "ordered": measure.ordered,
        "no_inequality": measure.none,
        "reason": _reason(measure.key, y) if np.isnan(value) else "",
    }


def _reason(measure: str, y: Floats) -> str:
    """Key of the reason why a measure has no value."""
    if measure in ("ratio", "theil", "mld", "gini") and y.min() < 0:
        return "negative"
    if measure in ("ratio", "mld") and y.min() == 0:
        return "zero"
    if measure == "order_ratio":
        return "end"
    if measure in ("sii", "rii", "sii_logit", "rii_logit"):
        return "line"
    return "mean"


def _curves(frame: pd.DataFrame, y: Floats, p: Floats) -> pd.DataFrame:
    """Cumulated shares; regions of one rank are one step, whoever comes first."""
    columns = ["curve", "region_code", "population_share", "value_share"]
    total = float(p @ y)
    if y.min() < 0 or not total > 0:
        return pd.DataFrame(columns=columns)
    ranks = {"lorenz": y}
    if "order" in frame:
        ranks["concentration"] = frame["order"].to_numpy(float)
    parts = []
    for name, rank in ranks.items():
        _, level = np.unique(rank, return_inverse=True)
        codes = pd.Series(frame.index.map(str)).groupby(level).agg(", ".join)
        part = {
            "curve": name,
            # A curve starts at nobody.
            "region_code": ["", *codes],
            "population_share": _steps(level, p),
            "value_share": _steps(level, p * y / total),
        }
        parts.append(pd.DataFrame(part))
    return pd.concat(parts, ignore_index=True)


def _steps(level: npt.NDArray[np.intp], share: Floats) -> Floats:
    return np.concatenate(([0.0], np.cumsum(np.bincount(level, share))))


# Neither is better or worse than the other: no colour of the map.
_LINES = {"lorenz": (INK, "-"), "concentration": (SOFT, "--")}


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
    axes.plot([0, 100], [0, 100], color=NEITHER, linewidth=1, label=even)
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
