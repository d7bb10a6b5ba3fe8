"""Do high and low values lie next to each other, and where.

Why: the eye sees clusters on every map. A hot spot is only one here if neighbours are
more alike than values dealt out at random would be, over all regions asked at once;
and a region with too few neighbours to tell says so.

In:     values per region and neighbours; for rates, events and population.
Out:    :class:`Clusters`.
Method: Moran's I and local Moran (Anselin 1995, doi:10.1111/j.1538-4632.1995.tb00338.x)
        with row-standardised weights and conditional permutation; rates by Assunção &
        Reis (1999), Stat. Med. 18:2147; false-discovery rate by Benjamini & Hochberg.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from math import comb
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
import pandas as pd

from kkbpk_geo.analysis.frames import check_direction
from kkbpk_geo.analysis.paper import (
    FEW_NAMES,
    INK,
    paper,
    write_legend,
    write_names,
)
from kkbpk_geo.analysis.rates import with_population
from kkbpk_geo.analysis.weights import (
    Floats,
    Neighbours,
    Weights,
    complete,
    fdr,
    numbers,
    refuse_no_share,
    row_weights,
    side_by_side,
)
from kkbpk_geo.analysis.wording import listed, shown, shown_p, with_left_out
from kkbpk_geo.base.errors import IndicatorError
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.look.colours import cluster_colours
from kkbpk_geo.base.results import Result
from kkbpk_geo.catalogue.indicators import Direction
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    from matplotlib.figure import Figure


# Numbers held at once: 16 MB, whatever the number of regions.
_BLOCK = 2_000_000
# Sums in another order differ by less: a draw as large as what is seen counts as such.
_EXACT = 1e-12


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
    # A draw that gives the same order again must count as being as large.
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
    # Beyond 10**15 ways it makes no difference, and comb outgrows a float.
    ways = [float(min(comb(n - 1, int(k)), 10**15)) for k in weights.count]
    return np.where(weights.count > 0, np.minimum(1, 2 / np.array(ways)), np.nan)


def _two_sided(
    above: Floats | int, below: Floats | int, permutations: int
) -> Floats | float:
    # What is seen is one of the ways it could be: + 1 above and below (Anselin 1995).
    tail = (np.minimum(above, below) + 1) / (permutations + 1)
    return np.minimum(1.0, 2 * tail)


def _blocks(permutations: int, n: int) -> list[int]:
    size = max(1, _BLOCK // n)
    full, rest = divmod(permutations, size)
    return [size] * full + ([rest] if rest else [])


Correction = Literal["fdr", "none"]
CLASSES = (
    "high_high",
    "low_low",
    "high_low",
    "low_high",
    "not_significant",
    "too_few_neighbours",
    "island",
    "missing",
)
# With three regions each has all others as neighbours or none: no pattern to find.
LEAST = 4
# Below it the summary says that only strong patterns can be told from chance.
FEW = 30
# From so many on its summary says that they are enough: the 229 kecamatan of Lampung,
# not the districts of any one province, of which there are 38 at most.
MANY = 100
# With fewer permutations no p-value could be below 0.02.
_FEWEST = 99
_ALPHA = 0.05
_HOT = {
    "high_high": 1, "low_low": -1, "high_low": 0, "low_high": 0, "not_significant": 0,
}  # fmt: skip
_PATTERNS = tuple(_HOT)[:4]
_UNTOLD = ("too_few_neighbours", "island")


@dataclass(frozen=True, slots=True, eq=False, repr=False, kw_only=True)
class Clusters(Result):
    """Moran's I, and the part each region has in it.

    Attributes
    ----------
    table : DataFrame, index as ``values``
        ``value`` (for rates: standardised); ``z`` deviation from the mean in standard
        deviations; ``lag`` mean z of the neighbours; ``local_i`` = z x lag;
        ``neighbours`` how many have a value; ``p`` two-sided; ``p_fdr`` adjusted;
        ``smallest_p`` that so many neighbours allow; ``cluster`` one of ``CLASSES``;
        ``hot`` for the map: 1 hot, -1 cold, 0 neither, missing where not judged.
    moran : float
        Moran's I; positive: neighbours are alike.
    expected : float
        What chance gives, -1/(n-1).
    p : float
        Two-sided p-value of ``moran``.
    permutations, seed : int
    rates : bool
        Whether values are rates standardised for their denominators.
    direction : {"better", "worse", "context"}
        What a high value means: the picture's colours.
    """

    table: pd.DataFrame
    moran: float
    expected: float
    p: float
    permutations: int
    seed: int
    rates: bool
    direction: Direction = "context"

    @property
    def n(self) -> int:
        """Number of regions with a value."""
        return int(self.table["z"].notna().sum())

    @property
    def islands(self) -> tuple[Hashable, ...]:
        """Regions with a value but no neighbour that has one."""
        return tuple(self.table.index[self.table["cluster"] == "island"])

    @property
    def left_out(self) -> tuple[Hashable, ...]:
        """Regions without a value; weights were built without them."""
        return tuple(self.table.index[self.table["z"].isna()])

    def classes(
        self, *, alpha: float = _ALPHA, correction: Correction = "fdr"
    ) -> pd.Series[str]:
        """Judge again with another significance level, or without the correction.

        Raises
        ------
        IndicatorError
            If ``alpha`` is not between 0 and 1, or the correction is not known.
        """
        refuse_no_share("alpha", alpha)
        if correction not in get_args(Correction):
            msg = f"correction is {correction!r}; expected 'fdr' or 'none'."
            raise IndicatorError(msg)
        return _classes(self.table, alpha, correction)

    @property
    def pattern(self) -> str:
        """What the regions are: ``alike``, ``unlike`` or no more than ``chance``."""
        if self.p > _ALPHA:
            return "chance"
        return "alike" if self.moran > self.expected else "unlike"

    def said(self, language: Language = "id") -> tuple[str, ...]:
        """Say whether there is a pattern, where, and how far to trust it."""
        head = label(f"clusters_{self.pattern}", language).format(n=self.n)
        found = self._lists(_PATTERNS, language)
        parts = [head, *(found or [label("clusters_nowhere", language)])]
        parts += self._lists(_UNTOLD, language)
        if self.n < FEW:
            parts.append(label("clusters_few", language).format(n=self.n))
        elif self.n >= MANY:
            n = format_number(self.n, 0, language)
            parts.append(label("clusters_many", language).format(n=n))
        return (*parts[:-1], with_left_out(parts[-1], self.left_out, language))

    def summary(self, language: Language = "id") -> str:
        """Say whether there is a pattern, where, and how far to trust it."""
        return " ".join(self.said(language))

    def method(self, language: Language = "id") -> str:
        """Name the formula, its numbers and its source."""
        return label("clusters_method", language).format(
            moran=shown(self.moran, language),
            n=self.n,
            p=shown_p(self.p, language),
            permutations=format_number(self.permutations, 0, language),
        )

    def _lists(self, classes: tuple[str, ...], language: Language) -> list[str]:
        """Name the regions of each class that has any."""
        cluster = self.table["cluster"]
        said = []
        for name in classes:
            codes = cluster.index[cluster == name]
            if len(codes):
                word = label(f"cluster_{name}", language)
                said.append(f"{word}: {listed(codes, language)}.")
        return said

    def picture(self, language: Language = "id") -> Figure:
        """Draw the Moran scatter: each region against the mean of its neighbours."""
        return draw_moran(self, language)


def find_clusters(
    values: pd.Series[float],
    neighbours: Neighbours,
    *,
    population: pd.Series[float] | None = None,
    permutations: int = 9_999,
    seed: int = 18,
    direction: Direction = "context",
) -> Clusters:
    """Find where neighbours are more alike, or less, than chance would have them.

    Parameters
    ----------
    values : Series, index region_code
        Any indicator; where ``population`` is given, counts of events. The row of the
        province, if there, is set apart.
    neighbours : mapping region_code -> codes
        As ``kkbpk_geo.neighbours(boundaries)`` gives them. Regions without a value are
        taken out of it first.
    population : Series, index region_code, optional
        Denominators. Rates are then standardised for the noise of small ones.
    permutations : int
        How often values are dealt out anew; p-values cannot be below 2/(n + 1).
    seed : int
        The same seed gives the same p-values, whatever the order of the rows.
    direction : {"better", "worse", "context"}
        What a high value means; in the picture what needs attention is warm and what is
        well is blue, as on the map.

    Returns
    -------
    Clusters
        Classes at 5 %, false-discovery rate controlled over the regions judged.

    Raises
    ------
    EmptyDataError
        If fewer than four regions have a value.
    IndicatorError
        If all values are equal, or ``permutations`` is below 99; for another direction.
    CellError
        If a value is infinite, or a count negative.
    JoinError
        If ``neighbours`` lacks a region.

    Examples
    --------
    Eight districts along a road, four low ones and then four high ones.

    >>> codes = [f"18.0{i}" for i in range(1, 9)]
    >>> beside = {c: codes[max(i - 1, 0) : i] + codes[i + 1 : i + 2]
    ...           for i, c in enumerate(codes)}
    >>> found = find_clusters(pd.Series([1, 2, 1, 2, 8, 9, 8, 9], codes), beside)
    >>> round(found.moran, 2), found.p < 0.05
    (0.75, True)

    Notes
    -----
    I = (n/S₀) z'Wz/z'z over all n regions with a value; an island has a weight of 0.
    Local values are zᵢ Σⱼwᵢⱼzⱼ/m₂ with m₂ = Σz²/n. For rates r = e/P, b = Σe/ΣP and
    a = ΣP(r-b)²/ΣP - b/mean(P): (r-b)/√(a + b/P), or √(b/P) where that is negative.
    With 15 regions only strong patterns can be told from chance: exploratory.
    """
    if permutations < _FEWEST:
        msg = f"permutations is {permutations!r}; expected at least {_FEWEST}."
        raise IndicatorError(msg)
    check_direction(direction)
    given = side_by_side(
        {"values": values}, {"population": population}, neighbours=neighbours
    )
    known, everyone = _values(given["values"], given.get("population"))
    judged = known.to_numpy()
    # Relative to the values: rounding must not look like a pattern.
    if np.ptp(judged) <= 1e-12 * np.abs(judged).max():
        msg = (
            f"all {len(judged)} values are {judged[0]:g}; clusters need values that "
            "differ."
        )
        raise IndicatorError(msg)
    z = judged - judged.mean()
    z /= np.sqrt((z**2).mean())
    weights = row_weights(list(known.index), neighbours)
    lag = np.where(weights.count > 0, weights.lag(z), np.nan)
    result = pd.DataFrame(
        {
            "value": judged,
            "z": z,
            "lag": lag,
            "local_i": z * lag,
            "neighbours": weights.count,
            "p": local_p(z, weights, permutations=permutations, seed=seed),
            "smallest_p": smallest_p(weights),
        },
        index=known.index,
    ).reindex(everyone)
    result["neighbours"] = result["neighbours"].astype("Int64")
    # A region that no pattern could make significant is not asked: it would only make
    # the correction harder on the others.
    testable = (result["smallest_p"] <= _ALPHA).to_numpy()
    p_fdr = fdr(np.where(testable, result["p"], np.nan))
    result.insert(6, "p_fdr", p_fdr)
    result["cluster"] = _classes(result, _ALPHA, "fdr")
    result["hot"] = result["cluster"].map(_HOT).astype("Int64")
    return Clusters(
        table=result,
        moran=moran(z, weights),
        expected=-1 / (len(z) - 1),
        p=global_p(z, weights, permutations=permutations, seed=seed),
        permutations=permutations,
        seed=seed,
        rates=population is not None,
        direction=direction,
    )


def _values(
    values: pd.Series[float], population: pd.Series[float] | None
) -> tuple[pd.Series[float], pd.Index[str]]:
    """Values to judge, in code order, and the index of everything asked about."""
    if population is None:
        given = numbers(values, "values")
        frame = complete(
            {"values": given}, least=LEAST, purpose="a pattern between neighbours"
        )
        return frame["values"], given.index
    given_rates, frame = with_population(values, population, least=LEAST)
    e, p = frame["events"].to_numpy(), frame["population"].to_numpy()
    return pd.Series(standardised_rates(e, p), index=frame.index), given_rates.index


def standardised_rates(e: Floats, p: Floats) -> Floats:
    """Rates as deviations from their mean, in units of what each may scatter.

    Assunção & Reis (1999), Stat. Med. 18:2147,
    doi:10.1002/(SICI)1097-0258(19990830)18:16<2147::AID-SIM179>3.0.CO;2-I.
    """
    b = e.sum() / p.sum()
    if b == 0:
        return np.zeros(len(e))
    a = (p * (e / p - b) ** 2).sum() / p.sum() - b / p.mean()
    variance = a + b / p
    # As Assunção & Reis have it: where the estimate is no variance, chance alone.
    variance = np.where(variance <= 0, b / p, variance)
    return np.asarray((e / p - b) / np.sqrt(variance))


def _classes(table: pd.DataFrame, alpha: float, correction: str) -> pd.Series[str]:
    testable = table["smallest_p"] <= alpha
    if correction == "fdr":
        p = pd.Series(fdr(table["p"].where(testable).to_numpy()), index=table.index)
    else:
        p = table["p"]
    own = np.where(table["z"] > 0, "high_", "low_").astype(object)
    side = own + np.where(table["lag"] > 0, "high", "low")
    # At the mean itself a region lies on neither side.
    told = (p <= alpha) & (table["z"] != 0) & (table["lag"] != 0)
    out = np.select(
        [table["z"].isna(), table["lag"].isna(), ~testable, told],
        ["missing", "island", "too_few_neighbours", side],
        "not_significant",
    )
    return pd.Series(out, index=table.index, dtype=object, name="cluster")


# A dark rim keeps the pale kinds of the map visible on white paper; crosses have none.
_DRAWN: dict[str, dict[str, Any]] = {
    "high_high": {"marker": "^", "edgecolors": INK},
    "low_low": {"marker": "v", "edgecolors": INK},
    "high_low": {"marker": "D", "edgecolors": INK},
    "low_high": {"marker": "D", "edgecolors": INK},
    "not_significant": {"marker": "o", "edgecolors": INK},
    "too_few_neighbours": {"marker": "x"},
}


def draw_moran(clusters: Clusters, language: Language = "id") -> Figure:
    """Draw every region that has neighbours; name those that stand out."""
    figure, axes = paper(
        label("clusters_title", language),
        label("clusters_x", language),
        label("clusters_y", language),
        language,
    )
    table, colours = clusters.table, cluster_colours(clusters.direction)
    axes.axhline(0, color=INK, linewidth=0.8)
    axes.axvline(0, color=INK, linewidth=0.8)
    for name, look in _DRAWN.items():
        own = table[table["cluster"] == name]
        if len(own):
            axes.scatter(
                own["z"], own["lag"], c=colours[name], s=28, zorder=3, linewidths=0.8,
                label=label(f"cluster_{name}", language), **look,
            )  # fmt: skip
    ends = np.array(axes.get_xlim())
    axes.plot(ends, clusters.moran * ends, color=INK, linestyle="--", linewidth=1)
    axes.set_xlim(*ends)
    drawn = table[table["lag"].notna()]
    few = len(drawn) <= FEW_NAMES
    told = drawn if few else drawn[drawn["cluster"].isin(_PATTERNS)]
    names = map(place_name, told.index)
    write_legend(figure)
    zero = (("x", 0.0), ("y", 0.0))
    write_names(axes, zip(names, told["z"], told["lag"], strict=True), lines=zero)
    return figure
