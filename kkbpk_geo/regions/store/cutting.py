"""Rings cut into arcs, so that a border between two regions is kept once.

In:     the polygons of each level of one province, coarse levels first, on a grid.
Out:    per level the arcs that it needs and no level above has, and its rings as lists
        of arcs.
Method: a junction is a vertex where other than two edges meet, or where a ring begins.
        Between two junctions runs an arc; both regions walk the same edges, so the
        smallest number of an edge on it tells that two arcs are one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from kkbpk_geo.base.errors import BoundaryError
from kkbpk_geo.regions.store.columns import Numbers, offsets, spans

# A place on the grid as one number: both parts stay below 2**31 (180 degrees by 1e7).
_BITS = 32


@dataclass(frozen=True, slots=True)
class Arcs:
    """Arcs that a level has and no level above it.

    Attributes
    ----------
    lengths, x, y : Numbers
        Vertices of each arc, and where they lie on the grid.
    """

    lengths: Numbers
    x: Numbers
    y: Numbers


@dataclass(frozen=True, slots=True)
class Outlines:
    """The rings of one level as lists of arcs, and the arcs that come with it.

    Attributes
    ----------
    parts, rings, arcs : Numbers
        Parts of each unit, rings of each part, arcs of each ring.
    uses : Numbers
        The arcs of the rings: twice the number, and one more where it is walked
        backwards. Numbers go on from level to level.
    new : Arcs
    """

    parts: Numbers
    rings: Numbers
    arcs: Numbers
    uses: Numbers
    new: Arcs


@dataclass(frozen=True, slots=True)
class _Rings:
    """All rings of one level, taken apart."""

    parts: Numbers
    rings: Numbers
    points: Numbers
    xy: Numbers


def cut(
    levels: Sequence[Any], finest: Sequence[Any], per_degree: int
) -> list[Outlines]:
    """Cut the polygons of all levels of a province at their junctions.

    Parameters
    ----------
    levels : one array of polygons per level
        Coarse levels first.
    finest : one array of bool per level
        Which polygons were not dissolved from others.
    per_degree : int
        Steps of the grid in a degree.

    Raises
    ------
    BoundaryError
        If an edge is none of the finest polygons: then it was not dissolved from them.
    """
    taken = [_take_apart(polygons, per_degree) for polygons in levels]
    xy = np.concatenate([each.xy for each in taken])
    points = np.concatenate([each.points for each in taken])
    begins = offsets(points)[:-1]
    ring_of = np.repeat(np.arange(len(points)), points)

    nodes = np.unique((xy[:, 0] << _BITS) + xy[:, 1], return_inverse=True)[1]
    ends = begins + points - 1
    at = np.delete(np.arange(len(xy)), ends)
    here, there = nodes[at], nodes[at + 1]
    n_nodes = int(nodes.max()) + 1
    names = np.minimum(here, there) * n_nodes + np.maximum(here, there)
    edges, edge = np.unique(names, return_inverse=True)
    pairs = zip(taken, finest, strict=True)
    own = np.concatenate([_of_units(each, which) for each, which in pairs])
    if len(np.unique(names[own[at]])) != len(edges):
        msg = "a border of a level has an edge that its units have not."
        raise BoundaryError(msg)

    degree = np.bincount(edges // n_nodes, minlength=n_nodes)
    degree += np.bincount(edges % n_nodes, minlength=n_nodes)
    junction = degree != 2  # noqa: PLR2004 (an edge that arrives and one that leaves)
    junction[nodes[begins]] = True

    heads = np.flatnonzero(junction[here])
    number, firsts = _numbered(np.minimum.reduceat(edge, heads))
    first = heads[firsts[number]]
    # Two vertices tell the way: of a closed arc the first is the same both ways.
    backwards = (here[heads] != here[first]) | (there[heads] != there[first])
    lengths = np.diff(heads, append=len(at))[firsts] + 1
    uses_per_ring = np.bincount(ring_of[at[heads]], minlength=len(points))

    places = spans(at[heads[firsts]], lengths)
    return _by_level(taken, uses_per_ring, 2 * number + backwards, lengths, xy[places])


def _take_apart(polygons: Any, per_degree: int) -> _Rings:  # noqa: ANN401
    parts, unit_of = shapely.get_parts(polygons, return_index=True)
    rings, part_of = shapely.get_rings(parts, return_index=True)
    xy, ring_of = shapely.get_coordinates(rings, return_index=True)
    return _Rings(
        parts=np.bincount(unit_of, minlength=len(polygons)),
        rings=np.bincount(part_of, minlength=len(parts)),
        points=np.bincount(ring_of, minlength=len(rings)),
        xy=np.rint(xy * per_degree).astype(np.int64),
    )


def _of_units(level: _Rings, which: Any) -> Any:  # noqa: ANN401
    """Say of each vertex of a level whether its unit is one of those."""
    by_ring = np.repeat(np.repeat(which, level.parts), level.rings)
    return np.repeat(by_ring, level.points)


def _numbered(keys: Numbers) -> tuple[Numbers, Numbers]:
    """Give keys numbers in the order they are met in, and say where each is first."""
    _, firsts, inverse = np.unique(keys, return_index=True, return_inverse=True)
    order = np.argsort(firsts)
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    return number[inverse], firsts[order]


def _by_level(
    taken: list[_Rings], arcs: Numbers, uses: Numbers, lengths: Numbers, xy: Numbers
) -> list[Outlines]:
    """Give each level its rings, and the arcs that are first met in it."""
    found, ring, use, known, vertex = [], 0, 0, 0, 0
    for level in taken:
        own_arcs = arcs[ring : ring + len(level.points)]
        ring += len(own_arcs)
        own_uses = uses[use : use + int(own_arcs.sum())]
        use += len(own_uses)
        met = max(known, int(own_uses.max(initial=0) // 2) + 1)
        own_lengths = lengths[known:met]
        known = met
        own_xy = xy[vertex : vertex + int(own_lengths.sum())]
        vertex += len(own_xy)
        found.append(
            Outlines(
                parts=level.parts,
                rings=level.rings,
                arcs=own_arcs,
                uses=own_uses,
                new=Arcs(own_lengths, own_xy[:, 0], own_xy[:, 1]),
            )
        )
    return found
