"""Means of indicators, dimension by dimension, for one set of weights or thousands.

In:     a :class:`hierarchy.Hierarchy`, normalised values, rows of weights.
Out:    the value of every dimension and of the index; what each indicator adds.
Method: weighted means of what is present, OECD/JRC Handbook (2008), step 6: arithmetic
        sum(w y), geometric prod(y ** w), harmonic 1 / sum(w / y). All three are
        homogeneous of degree 1, so by Euler's theorem value times slope, summed over
        the indicators, is the index itself; over a step between two points, the
        slopes of the secants give the difference exactly.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from kkbpk_geo.analysis.index.hierarchy import INDEX, Hierarchy, Mean


def aggregate_values(
    tree: Hierarchy,
    values: np.ndarray,
    weights: np.ndarray,
    *,
    means: Mapping[str, Mean] | None = None,
    min_share: float = 0.0,
) -> dict[str, np.ndarray]:
    """Compute every dimension and the index.

    Parameters
    ----------
    tree : Hierarchy
    values : ndarray, regions x indicators
        Normalised; NaN is missing.
    weights : ndarray, draws x names
        In the order of ``tree.names``; need not sum to 1. A node whose weights are all
        0 in a draw takes no part in it.
    means : mapping node -> mean, optional
        Instead of the tree's.
    min_share : float
        A node is missing where less than this share of its weight is present.

    Returns
    -------
    dict node -> ndarray, draws x regions
        Values of 0 or less in a geometric or harmonic mean give NaN; ask
        :func:`not_positive` first.
    """
    kinds = tree.means if means is None else means
    place = {name: i for i, name in enumerate(tree.names)}
    found: dict[str, np.ndarray] = {}
    alive: dict[str, np.ndarray] = {}
    with np.errstate(divide="ignore", invalid="ignore"):
        for node, here in tree.children.items():
            leaves = [place[name] for name in here if name not in found]
            inner = [name for name in here if name in found]
            weight = weights[:, leaves]
            part = _forward(kinds[node], values[:, leaves])
            present = ~np.isnan(values[:, leaves])
            top = weight @ np.where(present, part, 0).T
            held = weight @ present.T
            total = weight.sum(axis=1, keepdims=True)
            for name in inner:
                own = weights[:, [place[name]]] * alive[name]
                part = _forward(kinds[node], found[name])
                present = ~np.isnan(found[name])
                top += np.where(present, own * part, 0)
                held += own * present
                total = total + own
            # Shares of 1/3 add up to a little less than 1 now and then.
            enough = (held > 0) & (held >= min_share * total - 1e-12)
            found[node] = np.where(enough, _back(kinds[node], top / held), np.nan)
            # A node left out as a whole must not count as one that is missing.
            alive[node] = total > 0
    return found


def _forward(kind: Mean, y: np.ndarray) -> np.ndarray:
    if kind == "arithmetic":
        return y
    return np.log(y) if kind == "geometric" else 1 / y


def _back(kind: Mean, y: np.ndarray) -> np.ndarray:
    if kind == "arithmetic":
        return y
    return np.exp(y) if kind == "geometric" else 1 / y


def not_positive(
    tree: Hierarchy,
    values: np.ndarray,
    nodes: Mapping[str, np.ndarray],
    means: Mapping[str, Mean],
) -> tuple[str, str, int] | None:
    """Return (node, child, row) of the first value that its mean cannot take."""
    cells = _columns(tree, values, nodes)
    for node, here in tree.children.items():
        if means[node] == "arithmetic":
            continue
        for name in here:
            bad = np.flatnonzero(cells[name] <= 0)
            if bad.size:
                return node, name, int(bad[0])
    return None


def _columns(
    tree: Hierarchy, values: np.ndarray, nodes: Mapping[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """Return the values of every indicator and node, under the first weights."""
    leaves = {leaf: values[:, i] for i, leaf in enumerate(tree.leaves)}
    return leaves | {node: rows[0] for node, rows in nodes.items()}


def slopes(
    tree: Hierarchy,
    start: np.ndarray,
    end: np.ndarray,
    nodes: tuple[Mapping[str, np.ndarray], Mapping[str, np.ndarray]],
) -> np.ndarray:
    """Return the slope of the index in each indicator between two points.

    Parameters
    ----------
    tree : Hierarchy
    start, end : ndarray, regions x indicators
        Missing in the same places.
    nodes : pair of dict node -> ndarray, 1 x regions
        What :func:`aggregate_values` makes of them with the tree's own weights.

    Returns
    -------
    ndarray, regions x indicators
        ``nansum(slopes * (end - start))`` of a region is exactly the difference of its
        index. Where start and end are the same, the derivative, and then
        ``nansum(slopes * end)`` is the index.
    """
    first, last = _columns(tree, start, nodes[0]), _columns(tree, end, nodes[1])
    slope = {INDEX: np.ones(len(start))}
    # From the index down: a slope is the parent's, times the part in it.
    for node in reversed(tree.children):
        here, kind = tree.children[node], tree.means[node]
        share = np.array([[tree.shares[name]] for name in here])
        a = np.array([first[name] for name in here])
        b = np.array([last[name] for name in here])
        # A weight that is missing in a region is scaled up over those present.
        share = np.where(np.isnan(a), 0, share)
        with np.errstate(divide="ignore", invalid="ignore"):
            bend = _secant(kind, a, b) / _secant(kind, first[node], last[node])
            rows = share / share.sum(axis=0) * bend
        for name, row in zip(here, rows, strict=True):
            slope[name] = slope[node] * row
    return np.array([slope[leaf] for leaf in tree.leaves]).T


def _secant(kind: Mean, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return (f(a) - f(b)) / (a - b) of the function that the mean averages."""
    if kind == "arithmetic":
        return np.ones_like(a)
    if kind == "harmonic":
        return np.asarray(1 / (a * b))
    step = a - b
    return np.asarray(np.where(step == 0, 1 / a, np.log1p(step / b) / step))
