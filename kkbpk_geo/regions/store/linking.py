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
from kkbpk_geo.regions.store.cutting import Outlines

# All villages of Indonesia, borders not simplified, have nine million vertices.
MOST_VERTICES = 20_000_000
# A triangle, closed.
_LEAST_RING = 4
_ROUND = 180  # degrees: as far as longitudes go

_Polygons = np.ndarray[Any, np.dtype[np.object_]]


def fits(levels: Sequence[Outlines]) -> bool:
    """Whether the levels are what they should be: every count and number in range."""
    n_arcs = 0
    for level in levels:
        n_arcs += len(level.lengths)
        if not same_counts([level.parts, level.rings, level.arcs, level.uses]):
            return False
        if not same_counts([level.lengths, level.x]) or len(level.x) != len(level.y):
            return False
        counts = (level.parts, level.rings, level.arcs)
        if any(int(each.min(initial=1)) < 1 for each in counts):
            return False
        if int(level.lengths.min(initial=2)) < 2:  # noqa: PLR2004 (an edge has two ends)
            return False
        low, high = int(level.uses.min(initial=0)), int(level.uses.max(initial=0))
        if low < 0 or high // 2 >= max(n_arcs, 1):
            return False
    return True


def link(
    levels: Sequence[Outlines], chosen: Numbers, per_degree: int
) -> _Polygons | None:
    """Link the chosen units of the last of the levels; None if their rings are none.

    Parameters
    ----------
    levels : sequence of Outlines
        From the coarsest on; they fit (:func:`fits`).
    chosen : Numbers
        Which units, ascending.
    per_degree : int
        Steps of the grid in a degree.
    """
    own = levels[-1]
    parts = own.parts[chosen]
    part = spans(offsets(own.parts)[chosen], parts)
    rings = own.rings[part]
    ring = spans(offsets(own.rings)[part], rings)
    arcs = own.arcs[ring]
    uses = own.uses[spans(offsets(own.arcs)[ring], arcs)]

    arc, backwards = uses >> 1, (uses & 1).astype(bool)
    lengths = np.concatenate([each.lengths for each in levels])
    begins = offsets(lengths)[arc]
    # An arc ends where the next one begins; only the last of a ring keeps its end.
    last = offsets(arcs)[1:] - 1
    counts = lengths[arc] - 1
    counts[last] += 1
    if int(counts.sum()) > MOST_VERTICES:
        return None
    starts = np.where(backwards, begins + lengths[arc] - 1, begins)
    places = spans(starts, counts, np.where(backwards, -1, 1))

    x = np.concatenate([each.x for each in levels])
    y = np.concatenate([each.y for each in levels])
    xy = np.stack([x, y], axis=1)[places] / per_degree
    ring_ends = offsets(counts)[offsets(arcs)]
    if not _closed(xy, ring_ends) or np.abs(xy).max(initial=0) > _ROUND:
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
