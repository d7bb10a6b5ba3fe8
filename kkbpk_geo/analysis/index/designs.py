"""What an index is made from, and what it could have been made from.

In:     numbers, directions, a tree, a normalisation.
Out:    :class:`IndexDesign`; every other pair of normalisation and mean that is defined
        for these numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from kkbpk_geo.analysis.index.aggregating import aggregate_values, not_positive
from kkbpk_geo.analysis.index.hierarchy import INDEX, MEANS, Hierarchy, Mean
from kkbpk_geo.analysis.index.normalising import (
    Method,
    Normalisation,
    is_constant,
    normalise_columns,
)

# Those that need nothing but the numbers; goalposts and targets would have to be given.
_OTHERS: tuple[Method, ...] = ("minmax", "zscore", "rank")
# A geometric mean needs values above 0; the worst region gets 1 of 100.
_POSITIVE = (1.0, 100.0)
# As COINr draws. A harmonic mean of values that reach down to 1 sends a region with one
# lowest value to the bottom, whatever else it has: on request only.
DRAWN_MEANS: tuple[Mean, ...] = ("arithmetic", "geometric")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class IndexDesign:
    """Everything an index is made from.

    Attributes
    ----------
    values : DataFrame, one row per region, one column per indicator, own units
    higher_is_better : mapping indicator -> bool
    how : Normalisation
    tree : Hierarchy
    min_share : float
    """

    values: pd.DataFrame
    higher_is_better: Mapping[str, bool]
    how: Normalisation
    tree: Hierarchy
    min_share: float


def scored_regions(design: IndexDesign) -> np.ndarray:
    """Return which regions have enough indicators for a score, by presence alone."""
    tree, cells = design.tree, design.values.to_numpy()
    # The same regions are ranked under every design, or ranks could not be compared.
    ones = np.where(np.isnan(cells), np.nan, 1.0)
    nodes = aggregate_values(tree, ones, tree.weights(), min_share=design.min_share)
    return np.asarray(~np.isnan(nodes[INDEX][0]))


@dataclass(frozen=True, slots=True, eq=False)
class Spec:
    """One way to normalise and to join."""

    method: str
    mean: str  # empty: the design's own
    values: np.ndarray
    means: Mapping[str, Mean]
    rescaled: tuple[float, float] | None  # onto a scale of its own, above 0


def every_spec(
    design: IndexDesign,
    vary: Collection[str],
    drawn: Collection[Mean] = DRAWN_MEANS,
) -> Iterator[Spec]:
    """Yield every pair of method and means that is defined; the design's own first.

    Parameters
    ----------
    design : IndexDesign
    vary : collection of {"normalise", "aggregate", …}
    drawn : collection of {"arithmetic", "geometric", "harmonic"}
        Means to draw beside the design's own, where ``aggregate`` varies.
    """
    hows = [design.how]
    if "normalise" in vary and not is_constant(design.values):
        hows += [Normalisation(method=m) for m in _OTHERS if m != design.how.method]
    own = dict(design.tree.means)
    kinds: list[tuple[str, dict[str, Mean]]] = [("", own)]
    if "aggregate" in vary and len(design.tree.leaves) > 1:
        for kind in MEANS:
            if kind not in drawn:
                continue
            # One kind on all levels: mixtures would make most draws hard to tell apart.
            same = dict.fromkeys(own, kind)
            if same != own:
                kinds.append((kind, same))
    for how in hows:
        for mean, means in kinds:
            spec = _spec(design, how, mean, means)
            if spec is not None:
                yield spec


def _spec(
    design: IndexDesign, how: Normalisation, mean: str, means: dict[str, Mean]
) -> Spec | None:
    tries = [how]
    if how.method in ("minmax", "goalposts") and how.span[0] <= 0:
        tries.append(replace(how, scale=_POSITIVE))
    tree = design.tree
    for one in tries:
        found = normalise_columns(design.values, design.higher_is_better, one)
        cells = found.to_numpy()
        with np.errstate(all="ignore"):
            nodes = aggregate_values(tree, cells, tree.weights(), means=means)
        if not not_positive(tree, cells, nodes, means):
            rescaled = None if one is how else one.span
            return Spec(how.method, mean, cells, means, rescaled)
    return None
