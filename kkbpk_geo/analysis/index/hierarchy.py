"""The tree of an index: indicators within dimensions within the index.

In:     who belongs to whom, weights as stated, the kind of mean of each level.
Out:    :class:`Hierarchy`, checked; weights are shares among siblings, so each level
        adds up to 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd

from kkbpk_geo.analysis.frames import read_numbers
from kkbpk_geo.base.errors import IndicatorError

Mean = Literal["arithmetic", "geometric", "harmonic"]
MEANS: tuple[Mean, ...] = get_args(Mean)
INDEX = "index"
# Points such as 33.33 are meant to sum to 100 and do so to a few decimals only.
_BUDGET_SLACK = 1e-6


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Hierarchy:
    """A tree of indicators.

    Attributes
    ----------
    leaves : tuple of str
        Indicators.
    children : mapping node -> names
        Dimensions, lowest first; the last node is ``"index"``.
    means : mapping node -> kind of mean
    shares : mapping name -> weight among its siblings
        Of every indicator and dimension; they sum to 1 within a node.
    """

    leaves: tuple[str, ...]
    children: dict[str, tuple[str, ...]]
    means: dict[str, Mean]
    shares: dict[str, float]

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Every node but the index."""
        return tuple(self.children)[:-1]

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that has a weight: indicators, then dimensions."""
        return (*self.leaves, *self.dimensions)

    @property
    def parent(self) -> dict[str, str]:
        """Parent of every name."""
        return {c: node for node, here in self.children.items() for c in here}

    def weights(self) -> np.ndarray:
        """Return the weights as one row in the order of ``names``."""
        return np.array([[self.shares[name] for name in self.names]])

    def effective(self) -> dict[str, float]:
        """Return each indicator's weight in the index; they sum to 1."""
        parent, found = self.parent, {}
        for leaf in self.leaves:
            share, name = 1.0, leaf
            while name != INDEX:
                share *= self.shares[name]
                name = parent[name]
            found[leaf] = share
        return found


def build_hierarchy(
    leaves: tuple[str, ...],
    dimensions: Mapping[str, str] | None,
    weights: Mapping[str, float] | None,
    means: Mean | tuple[Mean, ...],
) -> Hierarchy:
    """Check and build the tree; see :func:`composite.composite_index`.

    Raises
    ------
    IndicatorError
        For a name that is neither indicator nor dimension, a dimension inside itself,
        a weight that is no number from 0 up, a node whose weights are all 0, or an
        unknown mean.
    """
    parent = dict(dimensions or {})
    inner = [name for name in dict.fromkeys(parent.values()) if name != INDEX]
    known = {*leaves, *inner}
    if wrong := sorted({INDEX} & known | set(leaves) & set(inner)):
        msg = (
            f"dimensions: {wrong} cannot name a dimension or an indicator of its own; "
            f"{INDEX!r} is the index itself, and an indicator holds no others."
        )
        raise IndicatorError(msg)
    for given, what in ((parent, "dimensions"), (weights or {}, "weights")):
        if strange := sorted(set(given) - known):
            msg = (
                f"{what} name {strange}, which are neither columns nor dimensions; "
                f"known: {sorted(known)}."
            )
            raise IndicatorError(msg)
    for name in inner:
        _refuse_circle(name, parent)
    depth = {node: _depth(node, parent) for node in inner}
    # Lowest first: a dimension is computed before what it stands in.
    order = [*sorted(inner, key=depth.__getitem__), INDEX]
    depth[INDEX] = 1 + max([depth[n] for n in inner], default=0)
    children: dict[str, list[str]] = {node: [] for node in order}
    for name in (*leaves, *order[:-1]):
        children[_parent(name, parent)].append(name)
    return Hierarchy(
        leaves=leaves,
        children={node: tuple(here) for node, here in children.items()},
        means=_means(means, depth),
        shares=_shares(children, weights or {}),
    )


def _parent(name: str, parent: Mapping[str, str]) -> str:
    return "" if name == INDEX else parent.get(name, INDEX)


def _refuse_circle(name: str, parent: Mapping[str, str]) -> None:
    path = [name]
    while path[-1] != INDEX:
        above = _parent(path[-1], parent)
        if above in path:
            msg = f"dimensions: {' in '.join([*path, above])} goes in a circle."
            raise IndicatorError(msg)
        path.append(above)


def _depth(node: str, parent: Mapping[str, str]) -> int:
    """Return the level of a node: 1 where it holds only indicators."""
    below = [n for n, above in parent.items() if above == node]
    inner = set(parent.values())
    return 1 + max((_depth(n, parent) for n in below if n in inner), default=0)


def _means(given: Mean | tuple[Mean, ...], depth: Mapping[str, int]) -> dict[str, Mean]:
    levels = max(depth.values())
    # One name for all levels, or one for each.
    kinds = (given,) * levels if isinstance(given, str) else tuple(given)
    if wrong := [kind for kind in kinds if kind not in MEANS]:
        msg = f"aggregate is {wrong[0]!r}; expected one of {', '.join(MEANS)}."
        raise IndicatorError(msg)
    if len(kinds) != levels:
        msg = (
            f"aggregate names {len(kinds)} means for {levels} levels; give one for "
            "each level, the lowest first, or a single one for all."
        )
        raise IndicatorError(msg)
    return {node: kinds[level - 1] for node, level in depth.items()}


def _shares(
    children: Mapping[str, list[str]], weights: Mapping[str, float]
) -> dict[str, float]:
    for name, value in weights.items():
        if isinstance(value, bool) or not value >= 0 or np.isinf(value):
            msg = f"weight of {name!r} is {value!r}; expected a number from 0 up."
            raise IndicatorError(msg)
    found: dict[str, float] = {}
    for node, here in children.items():
        own = {name: float(weights.get(name, 1)) for name in here}
        total = sum(own.values())
        if not total > 0:
            msg = (
                f"all weights within {node!r} are zero: {here}; give at least one of "
                "them a weight above 0."
            )
            raise IndicatorError(msg)
        found |= {name: weight / total for name, weight in own.items()}
    return found


def budget_weights(points: pd.DataFrame) -> dict[str, float]:
    """Return weights from budget allocation: several people share out equal points.

    Parameters
    ----------
    points : DataFrame, one row per person, one column per indicator or dimension
        Every row sums to the same budget, such as 100. Rows need no names.

    Returns
    -------
    dict column -> mean share of the budget; they sum to 1

    Raises
    ------
    EmptyDataError, CellError
        If there are no points, or a cell is no number.
    IndicatorError
        If a cell is blank or negative, or a row sums to another budget than the first.

    Examples
    --------
    >>> budget_weights(pd.DataFrame({"need": [60, 40], "supply": [40, 60]}))
    {'need': 0.5, 'supply': 0.5}
    """
    given = read_numbers(points, "points")
    cells = given.to_numpy()
    if not (cells >= 0).all():
        row, column = (int(i) for i in np.argwhere(~(cells >= 0))[0])
        msg = (
            f"points: row {given.index[row]}, column {given.columns[column]!r} is "
            f"{cells[row, column]:g}; expected points from 0 up, 0 for none."
        )
        raise IndicatorError(msg)
    budget = cells.sum(axis=1)
    wrong = np.flatnonzero(np.abs(budget - budget[0]) > _BUDGET_SLACK)
    if wrong.size or not budget[0] > 0:
        at = int(wrong[0]) if wrong.size else 0
        msg = (
            f"points: row {given.index[at]} sums to {budget[at]:g}; expected the "
            f"budget of the first row, {budget[0]:g}, above 0."
        )
        raise IndicatorError(msg)
    shares = (cells / budget[0]).mean(axis=0).tolist()
    return dict(zip(map(str, given.columns), shares, strict=True))
