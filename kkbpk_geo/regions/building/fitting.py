"""Units on a grid, simplified together, and proved: the last steps of a building.

Why: outlines are rounded before they are simplified, for rounding afterwards breaks
what fits together. Every level is made by joining the one below, so that levels nest;
none is simplified by itself. What comes out is tested on every level, in degrees and in
metres: a coverage may be valid while one of its polygons is not.

In:     a coverage of units. Out: the same on a grid, with fewer points.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kkbpk_geo.base.crs import EQUAL_AREA, GEOGRAPHIC
from kkbpk_geo.base.errors import BoundaryError
from kkbpk_geo.regions.building.cleaning import SNAPPING, clean, make_valid
from kkbpk_geo.regions.codes import LEVELS, Level, depth_of, level_of

if TYPE_CHECKING:
    import numpy as np

# Points per degree: 5.6 m. Half of that costs a fifth more bytes and nothing is seen of
# it; twice as much breaks six of 9,696 units in place of one.
GRID = 20_000
# Metres: on a sheet of A3 it cannot be told from none; at 100 islands lose a corner.
TOLERANCE_M = 50
METRES_PER_DEGREE = 111_320
# Rounding can undo a cleaning; what does not settle in three rounds never does.
_ROUNDS = 3
# Share of a parent's area by which its children may differ from it: what adding up
# floating numbers leaves, and far below the smallest village.
NESTING = 1e-9
_SHOWN = 5
# Degrees: a five-hundredth of the grid, and far above what floating numbers leave.
_ALL_BUT_MET = 1e-7


def on_grid(units: np.ndarray, codes: Sequence[str]) -> np.ndarray:
    """Round a coverage to the grid so that it stays one.

    Raises
    ------
    BoundaryError
        If it cannot be made to fit.
    """
    import numpy as np
    import shapely

    for _ in range(_ROUNDS):
        rounded = shapely.transform(units, lambda xy: np.round(xy * GRID) / GRID)
        units = make_valid(rounded)
        if shapely.coverage_is_valid(units):
            return units
        units = clean(units, snapping=SNAPPING).polygons
    wrong = _wrong(units, codes)
    msg = (
        f"the outlines of {', '.join(wrong[:_SHOWN])} cannot be made to fit their "
        "neighbours on the grid. Check them in a GIS for borders that cross."
    )
    raise BoundaryError(msg)


def simplified(units: np.ndarray) -> np.ndarray:
    """Simplify a coverage: points go, none is moved, shared edges stay shared."""
    import shapely

    tolerance = TOLERANCE_M / METRES_PER_DEGREE
    return shapely.normalize(shapely.coverage_simplify(units, tolerance))


def join_up(
    units: np.ndarray, codes: Sequence[str], level: Level
) -> tuple[np.ndarray, list[str]]:
    """Join units to the regions of a level that they lie in.

    Returns
    -------
    array of polygons, and their codes in order; units above the level are not in it.
    """
    import numpy as np
    import shapely

    depth = depth_of(level)
    groups: dict[str, list[int]] = {}
    for i, code in enumerate(codes):
        parts = code.split(".")
        if len(parts) > depth:
            groups.setdefault(".".join(parts[: depth + 1]), []).append(i)
    order = sorted(groups)
    joined = np.empty(len(order), dtype=object)
    for at, code in enumerate(order):
        members = units[groups[code]]
        # A region of one unit is that unit, whatever order its points are in.
        alone = len(members) == 1
        joined[at] = members[0] if alone else shapely.coverage_union_all(members)
    return joined, order


class _UnsoundError(BoundaryError):
    """A level is not valid; ``codes`` are its regions that are not."""

    codes: tuple[str, ...] = ()


def settle(
    units: np.ndarray, codes: Sequence[str]
) -> tuple[np.ndarray, dict[Level, list[str]]]:
    """Prove a coverage; what is not sound is cut where its edges all but meet.

    A point may lie so close to another's edge that degrees keep them apart and metres
    do not: an islet along a shore that was simplified. There the edge gets the point.

    Returns
    -------
    array of n polygons, and the codes of every level.

    Raises
    ------
    BoundaryError
        As :func:`prove`.
    """
    for _ in range(_ROUNDS):
        try:
            return units, prove(units, codes)
        except _UnsoundError as err:
            units = _with_points_on_edges(units, codes, err.codes)
    return units, prove(units, codes)


def _with_points_on_edges(
    units: np.ndarray, codes: Sequence[str], wrong: Sequence[str]
) -> np.ndarray:
    import numpy as np
    import shapely

    inside = tuple(f"{code}." for code in wrong)
    bad = [i for i, code in enumerate(codes) if f"{code}.".startswith(inside)]
    near = shapely.STRtree(units).query(units[bad], predicate="intersects")[1]
    places = np.unique(near)
    cut = shapely.coverage_clean(  # type: ignore[attr-defined]
        units[places], gap_width=0, snapping_distance=_ALL_BUT_MET
    )
    fit = units.copy()
    fit[places] = shapely.transform(cut, lambda xy: np.round(xy * GRID) / GRID)
    return shapely.normalize(fit)


def prove(units: np.ndarray, codes: Sequence[str]) -> dict[Level, list[str]]:
    """Test every level, in degrees and in metres; return its codes.

    Raises
    ------
    BoundaryError
        If a polygon is invalid or empty, a level overlaps, or children and parent do
        not have the same ground; names the regions.
    """
    import numpy as np
    import shapely
    from pyproj import Transformer

    turn = Transformer.from_crs(GEOGRAPHIC, EQUAL_AREA, always_xy=True)
    finest = max(depth_of(level_of(code)) for code in codes)
    held: dict[Level, list[str]] = {}
    below: tuple[np.ndarray, list[str]] | None = None
    for level in reversed(LEVELS[: finest + 1]):
        polygons, order = join_up(units, codes, level)
        metres = shapely.transform(
            polygons, lambda xy: np.column_stack(turn.transform(xy[:, 0], xy[:, 1]))
        )
        for shapes, where in ((polygons, "degrees"), (metres, "metres")):
            if not _is_sound(shapes):
                _refuse(level, where, _wrong(shapes, order))
        if below is not None:
            _refuse_unnested(polygons, order, below)
        below = polygons, order
        held[level] = order
    return dict(reversed(held.items()))


def _is_sound(polygons: np.ndarray) -> bool:
    """Whether polygons are valid, each by itself and all as a coverage."""
    import shapely

    alone = shapely.is_valid(polygons) & ~shapely.is_empty(polygons)
    return bool(alone.all()) and bool(shapely.coverage_is_valid(polygons))


def _wrong(polygons: np.ndarray, codes: Sequence[str]) -> list[str]:
    """Return the codes of polygons that are empty, invalid, or overlap another."""
    import shapely

    bad = ~shapely.is_valid(polygons) | shapely.is_empty(polygons)
    if not bad.any():
        bad = ~shapely.is_empty(shapely.coverage_invalid_edges(polygons))
    return [code for code, is_bad in zip(codes, bad, strict=True) if is_bad]


def _refuse(level: Level, where: str, wrong: Sequence[str]) -> None:
    msg = (
        f"the outlines of level {level} are not valid in {where}: "
        f"{', '.join(wrong[:_SHOWN])}. Check these in a GIS; nothing was written."
    )
    err = _UnsoundError(msg)
    err.codes = tuple(wrong)
    raise err


def _refuse_unnested(
    parents: np.ndarray, codes: Sequence[str], below: tuple[np.ndarray, list[str]]
) -> None:
    """Refuse parents that have not the ground of their children."""
    import shapely

    sums = dict.fromkeys(codes, 0.0)
    for code, area in zip(below[1], shapely.area(below[0]).tolist(), strict=True):
        sums[code.rpartition(".")[0]] += area
    for code, area in zip(codes, shapely.area(parents).tolist(), strict=True):
        if sums[code] and abs(sums[code] - area) > NESTING * area:
            share = sums[code] / area
            msg = (
                f"the regions inside {code} do not add up to it ({share:.9f} of its "
                "ground). Nothing was written."
            )
            raise BoundaryError(msg)
