"""Shapes for drawing: lighter where they must be, and where each name goes.

In:     polygons in degrees (EPSG:4326). Out: polygons for drawing only (never for
        measuring), places for names, the land around the map.
"""

from __future__ import annotations

import math
from itertools import accumulate, pairwise, repeat, takewhile
from operator import mul
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.crs import require_degrees

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    import numpy as np
    import numpy.typing as npt

    Shapes = npt.NDArray[np.object_]

AROUND = 2.0  # degrees of neighbouring land on each side, at most
_COARSE = 0.004  # degrees: the land around is only a backdrop
_LEAST_AREA = 2e-5  # square degrees, about a quarter of a square kilometre
_SQUEEZE = 0.45  # names are wider than high: look for room in shapes squeezed so
_START = 1e-4  # degrees, eleven metres: finer lines the page does not keep
_GROWTH = 1.6  # from one tolerance to the next: no simpler than it must be
_COARSEST = 0.1  # of the side of a usual shape: a corner of a hundredth of it
# Of a level below one part is on the screen at a time: it may have so many times the
# vertices of the map, and is still drawn as quickly. Lampung has 15 districts.
_PARTS = 16
_FILLS = 1e-6  # of the area of a region: its children have all of its ground


def for_drawing(shapes: Shapes, max_vertices: int) -> Shapes:
    """Simplify as a coverage until there are at most ``max_vertices`` vertices.

    Neighbours keep the same line, so no crack opens; a coverage that is small enough
    is returned as it is. Where so few vertices would leave no shape to see, there are
    more: lines are at most as coarse as a tenth of a usual shape.
    """
    import shapely

    there = ~shapely.is_missing(shapes)

    def simplified(tolerance: float) -> Shapes:
        found = shapes.copy()
        found[there] = shapely.coverage_simplify(shapes[there], tolerance)
        return found

    if _vertices(shapes) <= max_vertices:
        return shapes
    steps = _tolerances(shapes)
    # The coarsest first: what does not fit even so needs no search. Of the others the
    # finest that fits: a coarser one never has more vertices.
    found = simplified(steps[-1])
    low, high = 0, len(steps) - 1
    if _vertices(found) > max_vertices:
        low = high
    while low < high:
        middle = (low + high) // 2
        tried = simplified(steps[middle])
        if _vertices(tried) <= max_vertices:
            found, high = tried, middle
        else:
            low = middle + 1
    return found


def nested_for_drawing(
    levels: Sequence[gpd.GeoDataFrame], max_vertices: int
) -> list[Shapes]:
    """Simplify levels, coarse to fine: a region keeps the lines of its children.

    Where the children of a level do not fill its regions (an own layer, say), it is
    simplified by itself.

    Parameters
    ----------
    levels : sequence of GeoDataFrame
        Each but the first with ``parent_code``, a region of the one before.
    """
    most = _PARTS * max_vertices
    found = [for_drawing(levels[-1].geometry.to_numpy(), most)]
    for upper, lower in reversed(list(pairwise(levels))):
        places = positions_of_parents(upper, lower)
        shapes = upper.geometry.to_numpy()
        fine = lower.geometry.to_numpy()
        if _fill(shapes, fine, places):
            found.insert(0, joined_by_parent(found[0], places, len(shapes)))
        else:
            found.insert(0, for_drawing(shapes, most))
    return found


def positions_of_parents(
    upper: gpd.GeoDataFrame, lower: gpd.GeoDataFrame
) -> npt.NDArray[np.int64]:
    """Return where the parent of each region stands in the level above; -1: nowhere."""
    import numpy as np
    import pandas as pd

    above = pd.Index(list(map(str, lower["parent_code"])))
    return np.asarray(upper.index.get_indexer(above), dtype=np.int64)


def joined_by_parent(shapes: Shapes, parents: npt.NDArray[np.int64], n: int) -> Shapes:
    """Return the ground that the shapes of each of ``n`` parents have together."""
    import numpy as np
    import shapely

    # Of a clean coverage the lines between are dropped, which is exact and quick.
    is_clean = shapely.coverage_is_valid(shapes)

    def join(parts: Shapes) -> Any:  # noqa: ANN401
        return (
            shapely.coverage_union_all(parts) if is_clean else shapely.union_all(parts)
        )

    found = np.empty(n, dtype=object)
    found[:] = [join(shapes[parents == parent]) for parent in range(n)]
    return found


def _fill(shapes: Shapes, fine: Shapes, parents: npt.NDArray[np.int64]) -> bool:
    """Whether every shape is as large as its children together."""
    import numpy as np
    import shapely

    inside = parents >= 0
    sums = np.bincount(
        parents[inside], weights=shapely.area(fine[inside]), minlength=len(shapes)
    )
    areas = shapely.area(shapes)
    return bool(np.all(np.abs(sums - areas) <= _FILLS * areas))


def _vertices(shapes: Shapes) -> int:
    import shapely

    return int(shapely.get_num_coordinates(shapes).sum())


def _tolerances(shapes: Shapes) -> list[float]:
    """Return how coarse lines may be, finest first, in degrees."""
    import shapely

    areas = shapely.area(shapes)
    drawn = areas[areas > 0]  # a shape that is absent or empty says nothing of size
    side = math.sqrt(drawn.mean()) if len(drawn) else 0.0
    grown = accumulate(repeat(_GROWTH), mul, initial=_START)
    coarsest = max(side * _COARSEST, _START)
    return list(takewhile(lambda step: step <= coarsest, grown))


def label_places(shapes: Shapes) -> list[list[float]]:
    """Return where each name fits best: ``[lon, lat, half width, half height]``.

    The centre of the largest ellipse (wider than high) that fits in the largest part.
    """
    import shapely

    found = []
    for shape in shapes:
        parts = shapely.get_parts(shape)
        if not len(parts):
            found.append([0.0, 0.0, 0.0, 0.0])
            continue
        part = parts[shapely.area(parts).argmax()]
        squeezed = shapely.transform(part, _squeeze)
        # A tolerance that grows with the shape: an island takes as long as a district.
        size = max(shapely.length(squeezed), 1e-9)
        line = shapely.maximum_inscribed_circle(squeezed, tolerance=size / 2000)
        x, y = shapely.get_coordinates(line)[0].tolist()
        radius = float(shapely.length(line))
        place = (x / _SQUEEZE, y, radius / _SQUEEZE, radius)
        found.append([round(value, 4) for value in place])
    return found


def extent(shapes: Shapes, share: float = 0.995) -> tuple[float, float, float, float]:
    """Return ``(west, south, east, north)`` of the parts that hold most of the area.

    The largest parts that together have ``share`` of the area, and the largest part of
    each shape: a far tiny island does not shrink the view, a small kota stays in it.
    """
    import numpy as np
    import shapely

    parts, owner = shapely.get_parts(shapes, return_index=True)
    areas = shapely.area(parts)
    # Stable: of equal parts the first is kept, on every machine.
    order = np.argsort(-areas, kind="stable")
    before = np.cumsum(areas[order]) - areas[order]
    kept = set(order[before < share * areas.sum()].tolist())
    _, largest = np.unique(owner[order], return_index=True)
    kept |= set(order[largest].tolist())
    west, south, east, north = shapely.total_bounds(parts[sorted(kept)]).tolist()
    return west, south, east, north


def land_around(
    context: gpd.GeoDataFrame | None,
    bounds: npt.NDArray[np.float64],
    *,
    tolerance: float = _COARSE,
    least: float = _LEAST_AREA,
) -> list[Any]:
    """Return the neighbouring land near the map, coarse; empty without ``context``."""
    import shapely

    if context is None or context.empty:
        return []
    require_degrees(context, "context")
    window = window_of(context, bounds)
    near = context.geometry.to_numpy()
    near = shapely.coverage_simplify(near, tolerance)
    # Cut before parting: an island at the edge counts with what is seen of it.
    near = shapely.clip_by_rect(shapely.make_valid(near), *window)
    land = shapely.get_parts(near)
    land = land[shapely.get_type_id(land) == shapely.GeometryType.POLYGON]
    return list(land[shapely.area(land) > least])


def window_of(
    context: gpd.GeoDataFrame | None, bounds: npt.NDArray[np.float64]
) -> list[float]:
    """Return ``[west, south, east, north]`` inside which ``context`` is drawn."""
    west, south, east, north = bounds.tolist()
    window = [west - AROUND, south - AROUND, east + AROUND, north + AROUND]
    if context is None or context.empty:
        return window
    left, bottom, right, top = context.total_bounds.tolist()
    near = (max(window[0], left), max(window[1], bottom))
    far = (min(window[2], right), min(window[3], top))
    return [round(x, 4) for x in (*near, *far)]


def _squeeze(
    coordinates: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    import numpy as np

    squeezed: npt.NDArray[np.float64] = coordinates * np.array([_SQUEEZE, 1.0])
    return squeezed
