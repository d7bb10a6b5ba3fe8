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
    IndexDesign,
    Spec,
    every_spec,
    scored_regions,
)
from kkbpk_geo.analysis.index.hierarchy import INDEX
from kkbpk_geo.analysis.ranks import rank_rows
from kkbpk_geo.base.errors import IndicatorError
from kkbpk_geo.base.escaping import for_html
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    from matplotlib.figure import Figure


Factor = Literal["weights", "normalise", "aggregate", "leave_out"]
FACTORS: tuple[Factor, ...] = get_args(Factor)


_INTERVAL = (0.05, 0.5, 0.95)
_ALONE = 1000  # draws that show what the weights do by themselves


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Robustness:
    """Ranks under many designs.

    Attributes
    ----------
    table : DataFrame, index region_code
        ``rank`` (reference; 1 is the highest score), ``rank_median, rank_low,
        rank_high`` (5-95 % of the draws), ``p_top, p_bottom`` (share of draws in the
        first and last ``top`` ranks), ``shift`` (mean of |rank - reference|).
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
    """

    table: pd.DataFrame
    drivers: pd.DataFrame
    mean_shift: float
    draws: int
    seed: int
    top: int
    spread: float
    vary: tuple[Factor, ...]

    def summary(self, language: Language = "id") -> str:
        """Say how far ranks move, what moves them most, and who stays in place."""
        text = label("robust_summary", language).format(
            draws=format_number(self.draws, 0, language),
            vary=", ".join(
                label(f"robust_{factor}", language).format(
                    spread=format_number(100 * self.spread, 0, language)
                )
                for factor in self.vary
            ),
            shift=format_number(self.mean_shift, 1, language),
        )
        if len(self.drivers) and self.drivers["mean_shift"].max() > 0:
            most = self.drivers.iloc[int(self.drivers["mean_shift"].argmax())]
            text += " " + label("robust_driver", language).format(
                what=self._change(most, language),
                shift=format_number(most["mean_shift"], 1, language),
            )
        return text

    def _change(self, row: pd.Series[float], language: Language) -> str:
        change, to = str(row["change"]), str(row["to"])
        if change == "leave_out":
            to = item_name(to, language)
        elif to:
            to = label(f"index_{to}", language)
        return label(f"robust_change_{change}", language).format(to=to)

    def _repr_html_(self) -> str:
        frame = self.table.copy()
        frame.insert(0, "name", [place_name(code) for code in frame.index])
        return f"<p>{for_html(self.summary())}</p>" + frame.to_html(escape=True)

    def picture(self, language: Language = "id") -> Figure:
        """Draw each region's rank with its interval."""
        from kkbpk_geo.analysis.index.picture import draw_rank_intervals

        return draw_rank_intervals(self.table, language)


def assess_ranks(
    design: IndexDesign,
    *,
    n: int = 10_000,
    seed: int = 18,
    top: int = 3,
    spread: float = 0.25,
    vary: Collection[Factor] = FACTORS,
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
        design's means or all arithmetic, geometric or harmonic; of the pairs that are
        defined, each is equally likely (a geometric mean of z-scores is not; min-max
        then runs from 1 to 100). ``leave_out``: in half of the draws one indicator,
        each equally likely, is left out.

    Raises
    ------
    IndicatorError
        If ``n`` or ``top`` is below 1, ``spread`` outside [0, 1), or a factor unknown.
    """
    factors = _check(n, top, spread, vary)
    tree = design.tree
    specs = list(every_spec(design, factors))
    reference = _ranks(design, specs[0], tree.weights())
    scored = ~np.isnan(reference[0])
    rng = np.random.default_rng(seed)
    chosen = rng.integers(len(specs), size=n)
    weights = np.repeat(tree.weights(), n, axis=0)
    factor = rng.uniform(1 - spread, 1 + spread, weights.shape)
    out = np.where(rng.random(n) < 0.5, -1, rng.integers(len(tree.leaves), size=n))  # noqa: PLR2004
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
    return Robustness(
        table=table,
        drivers=_drivers(design, specs, factors, alone),
        mean_shift=float(table["shift"].mean()) if scored.any() else float("nan"),
        draws=n,
        seed=seed,
        top=top,
        spread=spread,
        vary=factors,
    )


def _ranks(design: IndexDesign, spec: Spec, weights: np.ndarray) -> np.ndarray:
    """Rank, draws x regions, those that the design itself scores."""
    scored = scored_regions(design)
    ranks = np.full((len(weights), len(scored)), np.nan)
    if scored.any():
        nodes = aggregate_values(
            design.tree, spec.values[scored], weights, means=spec.means
        )
        ranks[:, scored] = rank_rows(nodes[INDEX])
    return ranks


def _table(
    reference: np.ndarray, ranks: np.ndarray, index: pd.Index, top: int
) -> pd.DataFrame:
    known = np.isfinite(ranks)
    drawn = np.maximum(known.sum(axis=0), 1)
    scored = np.isfinite(reference)
    cut = {q: np.full(len(index), np.nan) for q in _INTERVAL}
    take = np.nanquantile if not known[:, scored].all() else np.quantile
    if scored.any():
        found = take(ranks[:, scored], _INTERVAL, axis=0, method="inverted_cdf")
        for q, row in zip(_INTERVAL, found, strict=True):
            cut[q][scored] = row
    last = scored.sum() - top
    shift = np.where(known, np.abs(ranks - reference), 0).sum(axis=0) / drawn

    def whole(x: np.ndarray) -> pd.Series[int]:
        return pd.Series(pd.array(x, dtype="Float64"), index=index).astype("Int64")

    def share(x: np.ndarray) -> np.ndarray:
        return np.where(scored, x.sum(axis=0) / drawn, np.nan)

    return pd.DataFrame(
        {
            "rank": whole(reference),
            "rank_median": whole(cut[0.5]),
            "rank_low": whole(cut[0.05]),
            "rank_high": whole(cut[0.95]),
            "p_top": share(ranks <= top),
            "p_bottom": share(ranks > last),
            "shift": np.where(scored, shift, np.nan),
        },
        index=index,
    )


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
            if without[:, : len(tree.leaves)].any():
                add("leave_out", leaf, own, without)
    return pd.DataFrame(rows, columns=["change", "to", "mean_shift"])


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
