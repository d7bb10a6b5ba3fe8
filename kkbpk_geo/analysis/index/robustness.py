"""How far ranks move when the choices behind an index move.

Why: every index rests on choices that could have been others. A rank that changes when
they do must not be read as a fact, so each rank carries its interval.

In:     an :class:`designs.IndexDesign`.
Out:    :class:`Robustness`: rank intervals, chances, and which choice moves ranks most.
Method: Saisana, Saltelli & Tarantola (2005), J. R. Stat. Soc. A 168:307,
        doi:10.1111/j.1467-985X.2005.00350.x: draw the choices at random, rank anew,
        and report the ranks and their mean shift from the reference.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import pandas as pd

from kkbpk_geo.analysis.frames import item_name
from kkbpk_geo.analysis.index.aggregating import aggregate_values
from kkbpk_geo.analysis.index.designs import (
    DRAWN_MEANS,
    IndexDesign,
    Spec,
    every_spec,
    scored_regions,
)
from kkbpk_geo.analysis.index.hierarchy import INDEX, MEANS, Mean
from kkbpk_geo.analysis.paper import INK, ROW, SOFT, as_plain, paper, write_legend
from kkbpk_geo.analysis.ranks import rank_rows
from kkbpk_geo.analysis.wording import with_names
from kkbpk_geo.base.errors import IndicatorError
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.look.colours import NEITHER
from kkbpk_geo.base.results import Result
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    from matplotlib.figure import Figure


Factor = Literal["weights", "normalise", "aggregate", "leave_out"]
FACTORS: tuple[Factor, ...] = get_args(Factor)


_RANKS = ("rank", "rank_median", "rank_low", "rank_high")
_INTERVAL = (0.5, 0.05, 0.95)  # median, low, high
_ALONE = 1000  # draws that show what the weights do by themselves
_OUT = 0.5  # share of draws in which one indicator is left out


@dataclass(frozen=True, slots=True, eq=False, repr=False, kw_only=True)
class Robustness(Result):
    """Ranks under many designs.

    Attributes
    ----------
    table : DataFrame, index region_code
        ``rank`` (reference; 1 is the lowest score, most in need of attention),
        ``rank_median, rank_low, rank_high`` (5-95 % of the draws), ``p_top, p_bottom``
        (share of draws in the first and last ``top`` ranks), ``shift`` (mean of |rank -
        reference|).
    drivers : DataFrame, one row per single change
        ``change`` (factor), ``to``, ``mean_shift``: mean of |rank - reference| over the
        regions where only this changes.
    mean_shift : float
        Mean of ``shift`` over the regions, in ranks.
    draws, seed, top : int
    spread : float
        Weights were drawn between w (1 - spread) and w (1 + spread).
    vary : tuple of str
        What was drawn.
    means : tuple of str
        Kinds of mean among the draws, the design's own included.
    scale : (low, high) or None
        What min-max or goalposts run from and to where a mean needs values above 0 and
        the design's own scale reaches 0; None where no draw needs it.
    """

    table: pd.DataFrame
    drivers: pd.DataFrame
    mean_shift: float
    draws: int
    seed: int
    top: int
    spread: float
    vary: tuple[Factor, ...]
    means: tuple[Mean, ...]
    scale: tuple[float, float] | None

    def summary(self, language: Language = "id") -> str:
        """Say how far ranks move with other weights and ways to count."""
        return label("robust_summary", language).format(
            draws=format_number(self.draws, 0, language),
            shift=format_number(self.mean_shift, 1, language),
        )

    def method(self, language: Language = "id") -> str:
        """Say what was drawn, and which of the choices moves ranks most."""
        spread = format_number(100 * self.spread, 0, language)
        varied = [label(f"robust_{factor}", language) for factor in self.vary]
        text = label("robust_method", language).format(
            draws=format_number(self.draws, 0, language),
            vary=", ".join(varied).format(spread=spread, means=self._means(language)),
        )
        if len(self.drivers) and self.drivers["mean_shift"].max() > 0:
            most = self.drivers.iloc[int(self.drivers["mean_shift"].argmax())]
            text += " " + label("robust_driver", language).format(
                what=self._change(most, language),
                shift=format_number(most["mean_shift"], 1, language),
            )
        return text

    def _means(self, language: Language) -> str:
        """Name the means that were drawn, and the scale of those that need one."""
        named = [label(f"index_{kind}", language) for kind in self.means]
        said = "/".join(named)
        if self.scale is None:
            return said
        return f"{said}, {scale_words(self.scale, language)}"

    def _change(self, row: pd.Series[float], language: Language) -> str:
        change, to = str(row["change"]), str(row["to"])
        if change == "leave_out":
            to = item_name(to, language)
        elif to:
            to = label(f"index_{to}", language)
        return label(f"robust_change_{change}", language).format(to=to)

    def shown(self) -> pd.DataFrame:
        """Return the table with names."""
        return with_names(self.table)

    def picture(self, language: Language = "id") -> Figure:
        """Draw each region's rank with its interval."""
        return draw_rank_intervals(self.table, language)


def scale_words(scale: tuple[float, float], language: Language = "id") -> str:
    """Write the scale that indicators were brought onto."""
    low, high = (f"{end:g}" for end in scale)
    return label("index_scale", language).format(low=low, high=high)


def assess_ranks(  # noqa: PLR0913 (each is one thing that may be drawn otherwise)
    design: IndexDesign,
    *,
    n: int = 10_000,
    seed: int = 18,
    top: int = 3,
    spread: float = 0.25,
    vary: Collection[Factor] = FACTORS,
    means: Collection[Mean] = DRAWN_MEANS,
) -> Robustness:
    """Draw designs at random and rank the regions under each.

    Parameters
    ----------
    design : IndexDesign
    n, seed : int
        Number of draws; the same seed gives the same draws.
    top : int
        For the chance to be among the first, or last, ``top``.
    spread : float in [0, 1)
        Each weight is multiplied by a number drawn between 1 - spread and 1 + spread.
    vary : collection of {"weights", "normalise", "aggregate", "leave_out"}
        ``normalise``: the design's method, min-max, z-score or rank; ``aggregate``: the
        design's means or one of ``means``; of the pairs that are defined, each is
        equally likely (a geometric mean of z-scores is not; min-max then runs from 1 to
        100). ``leave_out``: in half of the draws one indicator, each equally likely, is
        left out.
    means : collection of {"arithmetic", "geometric", "harmonic"}
        Arithmetic and geometric unless stated, as COINr draws: a harmonic mean of
        min-max values sends a region with one lowest value to the end.

    Raises
    ------
    IndicatorError
        If ``n`` or ``top`` is below 1, ``spread`` outside [0, 1), or a factor or a mean
        is unknown.
    """
    factors = _check(n, top, spread, vary)
    _check_means(means)
    tree = design.tree
    specs = list(every_spec(design, factors, means))
    reference = _ranks(design, specs[0], tree.weights())
    scored = ~np.isnan(reference[0])
    rng = np.random.default_rng(seed)
    chosen = rng.integers(len(specs), size=n)
    weights = np.repeat(tree.weights(), n, axis=0)
    factor = rng.uniform(1 - spread, 1 + spread, weights.shape)
    # All numbers are drawn whether they are used or not: another choice of what varies
    # then changes nothing else.
    keep = rng.random(n) < _OUT
    out = np.where(keep, -1, rng.integers(len(tree.leaves), size=n))
    if "weights" in factors:
        weights *= factor
    alone = weights[:_ALONE].copy()
    if "leave_out" in factors and len(tree.leaves) > 1:
        drawn = np.flatnonzero(out >= 0)
        weights[drawn, out[drawn]] = 0
    ranks = np.full((n, len(scored)), np.nan)
    for i, spec in enumerate(specs):
        here = np.flatnonzero(chosen == i)
        if here.size:
            ranks[here] = _ranks(design, spec, weights[here])
    table = _table(reference[0], ranks, design.values.index, top)
    # All that are rescaled run over the same scale.
    rescaled = (spec.rescaled for spec in specs if spec.rescaled)
    return Robustness(
        table=table,
        drivers=_drivers(design, specs, factors, alone),
        mean_shift=float(table["shift"].mean()) if scored.any() else float("nan"),
        draws=n,
        seed=seed,
        top=top,
        spread=spread,
        vary=factors,
        means=_kinds_drawn(specs),
        scale=next(rescaled, None),
    )


def _kinds_drawn(specs: list[Spec]) -> tuple[Mean, ...]:
    kinds = {kind for spec in specs for kind in spec.means.values()}
    return tuple(kind for kind in MEANS if kind in kinds)


def _ranks(design: IndexDesign, spec: Spec, weights: np.ndarray) -> np.ndarray:
    """Rank, draws x regions, those that the design itself scores."""
    scored = scored_regions(design)
    ranks = np.full((len(weights), len(scored)), np.nan)
    if scored.any():
        nodes = aggregate_values(
            design.tree, spec.values[scored], weights, means=spec.means
        )
        # A score is better when higher, whatever its indicators are.
        ranks[:, scored] = rank_rows(nodes[INDEX], "better")
    return ranks


def _table(
    reference: np.ndarray, ranks: np.ndarray, index: pd.Index, top: int
) -> pd.DataFrame:
    known, scored = np.isfinite(ranks), np.isfinite(reference)
    drawn = np.maximum(known.sum(axis=0), 1)
    cuts = np.full((len(_INTERVAL), len(index)), np.nan)
    if scored.any():
        # quantile is much the faster one, and what there is where nothing is missing.
        take = np.quantile if known[:, scored].all() else np.nanquantile
        cuts[:, scored] = take(
            ranks[:, scored], _INTERVAL, axis=0, method="inverted_cdf"
        )
    columns = dict(zip(_RANKS, (reference, *cuts), strict=True))
    table = pd.DataFrame(columns, index=index).astype("Float64").astype("Int64")
    shift = np.where(known, np.abs(ranks - reference), 0)
    last = scored.sum() - top
    for name, draws in (
        ("p_top", ranks <= top), ("p_bottom", ranks > last), ("shift", shift),
    ):  # fmt: skip
        table[name] = np.where(scored, draws.sum(axis=0) / drawn, np.nan)
    return table


def _drivers(
    design: IndexDesign,
    specs: list[Spec],
    factors: tuple[Factor, ...],
    drawn: np.ndarray,
) -> pd.DataFrame:
    """Change one thing at a time; ``drawn`` are weights."""
    tree, own, one = design.tree, specs[0], design.tree.weights()
    reference = _ranks(design, own, one)
    rows = []

    def add(change: str, to: str, spec: Spec, weights: np.ndarray) -> None:
        moved = np.abs(_ranks(design, spec, weights) - reference)
        if np.isfinite(moved).any():
            rows.append((change, to, float(np.nanmean(moved))))

    if "weights" in factors:
        add("weights", "", own, drawn)
    for spec in specs[1:]:
        if not spec.mean:
            add("normalise", spec.method, spec, one)
        elif spec.method == own.method:
            add("aggregate", spec.mean, spec, one)
    if "leave_out" in factors and len(tree.leaves) > 1:
        for i, leaf in enumerate(tree.leaves):
            without = one.copy()
            without[:, i] = 0
            # With every other weight at 0 nothing would be left to rank by.
            if without[:, : len(tree.leaves)].any():
                add("leave_out", leaf, own, without)
    return pd.DataFrame(rows, columns=["change", "to", "mean_shift"])


def _check_means(means: Collection[Mean]) -> None:
    if strange := sorted(set(means) - set(MEANS)):
        msg = f"robustness: means name {strange}; known: {', '.join(MEANS)}."
        raise IndicatorError(msg)


def _check(
    n: int, top: int, spread: float, vary: Collection[Factor]
) -> tuple[Factor, ...]:
    for name, value in (("n", n), ("top", top)):
        if value < 1:
            msg = f"robustness: {name} is {value}; expected 1 or more."
            raise IndicatorError(msg)
    if not 0 <= spread < 1:
        msg = f"robustness: spread is {spread}; expected a share from 0 to below 1."
        raise IndicatorError(msg)
    if strange := sorted(set(vary) - set(FACTORS)):
        msg = f"robustness: vary names {strange}; known: {', '.join(FACTORS)}."
        raise IndicatorError(msg)
    return tuple(factor for factor in FACTORS if factor in vary)


_LEAST_HEIGHT = 3.2  # inches
_FEW = 60  # above it, names would be unreadable


def draw_rank_intervals(table: pd.DataFrame, language: Language = "id") -> Figure:
    """Draw rank, median and 5-95 % interval of every region, those in need on top.

    Parameters
    ----------
    table : DataFrame, index region_code
        ``rank, rank_median, rank_low, rank_high``.
    """
    known = table.dropna(subset=["rank"]).sort_values("rank", kind="stable")
    axis = label("rank_axis", language).format(rule=label("rank_rule", language))
    figure, axes = paper(label("ranks_title", language), axis, "", language)
    figure.set_figheight(max(_LEAST_HEIGHT, 1.4 + ROW * min(len(known), _FEW)))
    at = list(range(len(known)))
    rank, median, low, high = known[list(_RANKS)].to_numpy(float).T
    axes.hlines(
        at, low, high, color=NEITHER, linewidth=5, alpha=0.5,
        label=label("ranks_interval", language),
    )  # fmt: skip
    axes.plot(
        median, at, "|", color=SOFT, markersize=10, markeredgewidth=2,
        label=label("ranks_median", language),
    )  # fmt: skip
    axes.plot(
        rank, at, "o", color=INK, markersize=5,
        label=label("ranks_reference", language),
    )  # fmt: skip
    if len(known) <= _FEW:
        axes.set_yticks(at, [as_plain(place_name(code)) for code in known.index])
    else:
        axes.set_yticks([])  # a number there would be taken for a rank
    axes.invert_yaxis()
    write_legend(figure)
    return figure
