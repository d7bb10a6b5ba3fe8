"""Ground that no region covers: given by a rule, or left open and told.

Why: a hole in a coverage may be a lake, a lagoon, or a piece of land that its source
forgot. Which, only a rule can say; what no rule names stays a hole.

In:     units by code, and the rules. Out: units with what was given; what stays open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from kkbpk_geo.regions.building.rules import Hole, Island, Patch, Place
from kkbpk_geo.regions.coverage import area_km2

if TYPE_CHECKING:
    import numpy as np

# How far a hole may lie from the point of its rule: points have two decimals.
_NEAR = 0.02
# By how much its size may differ from the rule's before it is another hole.
_ALIKE = 0.25
# km²: what is smaller is no hole but what rounding leaves between two villages.
_WORTH_TELLING = 1e-4


@dataclass(frozen=True, slots=True, eq=False)
class Opening:
    """A hole: its ground without the islands in it, and its size."""

    ground: Any
    km2: float

    @property
    def place(self) -> tuple[float, float]:
        """A point in it: latitude, longitude."""
        point = self.ground.representative_point()
        return round(point.y, 3), round(point.x, 3)


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """Ground that a rule gave to a unit, or could not (``code`` is empty)."""

    rule: Place
    code: str = ""
    km2: float = 0.0


def openings(units: np.ndarray) -> list[Opening]:
    """Return the holes of a coverage, the largest first.

    Parameters
    ----------
    units : array of n polygons, degrees
        A coverage: shared edges are the same.
    """
    import shapely

    outline = shapely.get_parts(shapely.coverage_union_all(units))
    bored = outline[shapely.get_num_interior_rings(outline) > 0]
    tree = shapely.STRtree(outline)
    found = []
    for ring in chain.from_iterable(part.interiors for part in bored):
        hole = shapely.Polygon(ring)
        inside = outline[tree.query(hole, predicate="contains")]
        ground = _without_islands(hole, inside)
        found.append(Opening(ground, float(area_km2([ground])[0])))
    found = [each for each in found if each.km2 > _WORTH_TELLING]
    return sorted(found, key=lambda each: (-each.km2, each.place))


def _without_islands(hole: Any, islands: np.ndarray) -> Any:  # noqa: ANN401
    """Cut islands out of a hole: filled with their ring alone it would cover them."""
    import shapely

    if not len(islands):
        return hole
    rings = shapely.get_exterior_ring(islands)
    # Where an island has a lake with an islet, the islet is the island's matter.
    outer = shapely.union_all(shapely.polygons(rings))
    cut = [part.exterior for part in shapely.get_parts(outer)]
    ground = shapely.Polygon(hole.exterior, cut)
    return ground if ground.is_valid else shapely.difference(hole, outer)


def named_hole(opening: Opening, holes: Sequence[Hole]) -> Hole | None:
    """Return the rule that says what a hole is; None if there is none."""
    return next((rule for rule in holes if _fits(opening, rule)), None)


def _fits(opening: Opening, rule: Place) -> bool:
    """Whether a hole is the one that a rule means: by place and by size."""
    import shapely

    near = shapely.distance(opening.ground, shapely.Point(rule.lon, rule.lat))
    return bool(near <= _NEAR) and abs(opening.km2 - rule.km2) <= _ALIKE * rule.km2


def fill(
    units: np.ndarray, codes: Sequence[str], patches: Sequence[Patch]
) -> tuple[np.ndarray, list[Given]]:
    """Give holes to units by the rules.

    Returns
    -------
    array of n polygons, and what came of each rule whose kecamatan is there.
    """
    import shapely

    wanted = [rule for rule in patches if _inside(rule.code, codes)]
    if not wanted:
        return units, []
    filled = units.copy()
    told = []
    holes = openings(units)
    for rule in wanted:
        hole = next((each for each in holes if _fits(each, rule)), None)
        if hole is None:
            told.append(Given(rule))
            continue
        mine = _inside(rule.code, codes)
        borders = shapely.length(shapely.intersection(filled[mine], hole.ground))
        taker = mine[int(borders.argmax())]
        # As a coverage: the edges are the same, so no point of them is made anew.
        filled[taker] = shapely.coverage_union_all([filled[taker], hole.ground])
        told.append(Given(rule, codes[taker], hole.km2))
    return filled, told


def _inside(code: str, codes: Sequence[str]) -> list[int]:
    """Return the positions of units that are a region, or lie in it."""
    return [i for i, each in enumerate(codes) if f"{each}.".startswith(f"{code}.")]


# Reads the polygon of a region in another layer of the source; None if it has none.
OtherLayer = Callable[[str, str], Any]


def add_islands(
    units: np.ndarray,
    codes: Sequence[str],
    islands: Sequence[Island],
    other: OtherLayer,
) -> tuple[np.ndarray, list[Given]]:
    """Add islands that the layer lacks, out of another layer of the source.

    Returns
    -------
    array of n polygons, and what came of each rule whose kecamatan is there.
    """
    import shapely

    whole, told = units.copy(), []
    tree = shapely.STRtree(units)
    for rule in islands:
        mine = _inside(rule.code, codes)
        if not mine:
            continue
        parts = shapely.get_parts(other(rule.layer, rule.code))
        point = shapely.Point(rule.lon, rule.lat)
        found = [Opening(each, float(area_km2([each])[0])) for each in parts]
        fitting = [each for each in found if _fits(each, rule)]
        # A source that was mended has the island; then nothing may be laid over it.
        if not fitting or len(tree.query(fitting[0].ground, predicate="intersects")):
            told.append(Given(rule))
            continue
        island = fitting[0]
        taker = mine[int(shapely.distance(units[mine], point).argmin())]
        together = [*shapely.get_parts(whole[taker]), island.ground]
        whole[taker] = shapely.MultiPolygon(together)
        told.append(Given(rule, codes[taker], island.km2))
    return whole, told
