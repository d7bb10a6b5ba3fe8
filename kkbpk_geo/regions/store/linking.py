"""Arcs linked into rings again, and rings into polygons.

In:     the arcs of a level and of those above it, and the rings of the level.
Out:    one polygon per unit, as it was before it was cut.
Rule:   everything is counted before it is allocated, for a file may be hostile.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from kkbpk_geo.regions.store.columns import Numbers, offsets, same_counts, spans
from kkbpk_geo.regions.store.cutting import Arcs, Outlines

# All villages of Indonesia, borders not simplified, have nine million vertices, and
# with all islands some 110,000 rings.
MOST_VERTICES = 12_000_000
MOST_RINGS = 400_000
# A triangle, closed.
_LEAST_RING = 4
_ROUND = 180  # degrees: as far as longitudes go

_Polygons = np.ndarray[Any, np.dtype[np.object_]]


def fits(arcs: Sequence[Arcs], own: Outlines) -> bool:
    """Whether arcs and rings are what they should be: counts and numbers in range."""
    for each in arcs:
        if not same_counts([each.lengths, each.x]) or len(each.x) != len(each.y):
            return False
        if int(each.lengths.min(initial=2)) < 2:  # noqa: PLR2004 (an edge has two ends)
            return False
    counts = [own.parts, own.rings, own.arcs]
    if min(int(each.min(initial=1)) for each in counts) < 1:
        return False
    low, high = int(own.uses.min(initial=0)), int(own.uses.max(initial=0))
    n_arcs = sum(len(each.lengths) for each in arcs)
    in_range = low >= 0 and high // 2 < n_arcs
    return in_range and same_counts([*counts, own.uses])


def link(
    arcs: Sequence[Arcs],
    own: Outlines,
    chosen: Numbers,
    per_degree: int,
    most: int,
) -> _Polygons | None:
    """Link the chosen units of a level; None if their rings are none.

    Parameters
    ----------
    arcs : sequence of Arcs
        Of the levels above, from the coarsest on, and of the level itself.
    own : Outlines
        The level; it fits the arcs (:func:`fits`).
    chosen : Numbers
        Which units, ascending.
    per_degree : int
        Steps of the grid in a degree.
    most : int
        Vertices that they may have.
    """
    parts = own.parts[chosen]
    part = spans(offsets(own.parts)[chosen], parts)
    rings = own.rings[part]
    ring = spans(offsets(own.rings)[part], rings)
    n_arcs = own.arcs[ring]
    uses = own.uses[spans(offsets(own.arcs)[ring], n_arcs)]

    arc, backwards = uses >> 1, (uses & 1).astype(bool)
    lengths = np.concatenate([each.lengths for each in arcs])
    begins = offsets(lengths)[arc]
    # An arc ends where the next one begins; only the last of a ring keeps its end.
    last = offsets(n_arcs)[1:] - 1
    counts = lengths[arc] - 1
    counts[last] += 1
    if int(counts.sum()) > most:
        return None
    starts = np.where(backwards, begins + lengths[arc] - 1, begins)
    places = spans(starts, counts, np.where(backwards, -1, 1))

    # Degrees before they are laid out: each vertex stands in two rings.
    grid = np.empty((int(lengths.sum()), 2))
    grid[:, 0] = np.concatenate([each.x for each in arcs])
    grid[:, 1] = np.concatenate([each.y for each in arcs])
    grid /= per_degree
    xy = grid.take(places, axis=0)
    ring_ends = offsets(counts)[offsets(n_arcs)]
    if not _closed(xy, ring_ends) or np.abs(grid).max(initial=0) > _ROUND:
        return None
    found: _Polygons = _polygons(xy, ring_ends, offsets(rings), parts)
    return found


def _closed(xy: Any, ring_ends: Numbers) -> bool:  # noqa: ANN401
    if int(np.diff(ring_ends).min(initial=_LEAST_RING)) < _LEAST_RING:
        return False
    return bool((xy[ring_ends[:-1]] == xy[ring_ends[1:] - 1]).all())


def _polygons(xy: Any, ring_ends: Numbers, part_ends: Numbers, parts: Numbers) -> Any:  # noqa: ANN401
    polygons = shapely.from_ragged_array(
        shapely.GeometryType.POLYGON, xy, (ring_ends, part_ends)
    )
    begins = offsets(parts)
    found: _Polygons = polygons[begins[:-1]]
    many = parts > 1
    if many.any():
        counts = parts[many]
        found[many] = shapely.multipolygons(
            polygons[spans(begins[:-1][many], counts)],
            indices=np.repeat(np.arange(len(counts)), counts),
        )
    return found
