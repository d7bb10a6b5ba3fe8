"""Polygons that fit together: mended, without overlaps, with identical shared edges.

Why: layers handed over by offices overlap and leave cracks. Points then fall into two
districts or none, neighbours are missed, and areas do not add up.

In:     polygons in degrees. Out: the same number of polygons, as a valid coverage, and
        what was changed, where, by how many km².
Method: make_valid, then ``shapely.coverage_clean`` (GEOS CoverageCleaner). Ground
        claimed twice goes to the polygon with the longest border there; where that
        would leave a polygon without any ground, to the smaller one.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.crs import EQUAL_AREA, GEOGRAPHIC
from kkbpk_geo.base.errors import BoundaryError
from kkbpk_geo.regions.codes import Level, level_of, province_part
from kkbpk_geo.regions.register import (
    NATION,
    Region,
    has_region,
    region,
    regions_of,
)

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np
    import pandas as pd


GAP_WIDTH = 0.01
"""Gaps narrower than this (degrees, about 1.1 km) are cracks; wider ones are holes."""
DECIMALS = 6
"""Coordinates are kept to this many decimals of a degree, about 0.1 m."""
# 100 m2: less is what rounding coordinates moves.
_WORTH_TELLING_KM2 = 1e-4
# Rounding can undo a cleaning, so they take turns; what never settles is refused.
_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Repair:
    """One change: ``what`` is a key ``region_repair_<what>`` of the label catalogue."""

    what: str
    region_code: str = ""
    km2: float = 0.0
    note: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, for ``.attrs``."""
        return {
            "what": self.what,
            "region_code": self.region_code,
            "km2": round(self.km2, 4),
            "note": self.note,
        }


def area_km2(polygons: Any) -> np.ndarray[Any, np.dtype[np.float64]]:  # noqa: ANN401
    """Area of polygons given in EPSG:4326, in km², measured in EPSG:6933.

    Parameters
    ----------
    polygons : array of n polygons, degrees
    """
    import numpy as np
    import shapely
    from pyproj import Transformer

    turn = Transformer.from_crs(GEOGRAPHIC, EQUAL_AREA, always_xy=True)
    flat = shapely.transform(
        np.asarray(polygons, dtype=object),
        lambda xy: np.column_stack(turn.transform(xy[:, 0], xy[:, 1])),
    )
    areas: np.ndarray[Any, np.dtype[np.float64]] = shapely.area(flat) / 1e6
    return areas


def polygons_only(geometry: Any) -> Any:  # noqa: ANN401
    """Return the polygonal part of what make_valid returns; lines and points go."""
    import shapely

    parts = [
        part
        for part in shapely.get_parts(shapely.get_parts(geometry))
        if part.geom_type == "Polygon"
    ]
    return shapely.union_all(parts) if len(parts) != 1 else parts[0]


def clean_coverage(
    polygons: Sequence[Any], codes: Sequence[str], *, gap_width: float = GAP_WIDTH
) -> tuple[list[Any], list[Repair]]:
    """Turn polygons into a valid coverage and say what that changed.

    Parameters
    ----------
    polygons : n Polygon or MultiPolygon, degrees (EPSG:4326)
    codes : n str
        For the reports.
    gap_width : float, degrees
        Gaps narrower than this are given to the neighbour with the longest border.

    Returns
    -------
    list of n polygons, list of Repair
        Coordinates rounded to ``DECIMALS``; the same input gives the same polygons.

    Raises
    ------
    BoundaryError
        If a polygon vanishes, or no valid coverage comes out.
    """
    import numpy as np
    import shapely

    given = np.asarray(polygons, dtype=object)
    repairs: list[Repair] = []
    valid = given.copy()
    for i in np.flatnonzero(~shapely.is_valid(given)):
        valid[i] = polygons_only(shapely.make_valid(given[i]))
        change = float(area_km2([valid[i]])[0] - area_km2([given[i]])[0])
        why = str(shapely.is_valid_reason(given[i]))
        repairs.append(Repair("invalid_geometry", codes[int(i)], abs(change), why))
    _refuse_vanished(valid, codes)
    # Rounded before it is cleaned, so that rounding cannot open cracks again.
    rough = shapely.transform(valid, lambda xy: np.round(xy, DECIMALS))
    rough = np.array([_mended(p) for p in rough], dtype=object)
    cleaned = _settle(rough, gap_width, "longest_border")
    if shapely.is_empty(cleaned).any():  # a city whose surroundings have no hole for it
        cleaned = _settle(rough, gap_width, "min_area")
    _refuse_vanished(cleaned, codes)
    repairs += _overlaps(valid, codes)
    repairs += _gaps(valid, cleaned, codes)
    for ring, km2 in holes(cleaned):
        if km2 > _WORTH_TELLING_KM2:
            repairs.append(Repair("hole_left", "", km2, _where(ring)))
    return list(cleaned), repairs


def _mended(polygon: Any) -> Any:  # noqa: ANN401
    import shapely

    if shapely.is_valid(polygon):
        return polygon
    return polygons_only(shapely.make_valid(polygon))


def _settle(polygons: Any, gap_width: float, strategy: str) -> Any:  # noqa: ANN401
    """Clean and round in turn, until rounding leaves a valid coverage."""
    import numpy as np
    import shapely

    for _ in range(_ROUNDS):
        cleaned = shapely.coverage_clean(  # type: ignore[attr-defined]
            polygons, gap_width=gap_width, merge_strategy=strategy
        )
        polygons = shapely.transform(cleaned, lambda xy: np.round(xy, DECIMALS))
        polygons = np.array([_mended(p) for p in polygons], dtype=object)
        if shapely.coverage_is_valid(polygons):
            # The same order of points, whatever order the cleaner met them in.
            return shapely.normalize(polygons)
    msg = (
        "the polygons cannot be made to fit together: five rounds of cleaning left "
        "edges that do not match. Check the layer in a GIS for crossing borders."
    )
    raise BoundaryError(msg)


def _refuse_vanished(polygons: Any, codes: Sequence[str]) -> None:  # noqa: ANN401
    import shapely

    gone = [
        code
        for code, polygon in zip(codes, polygons, strict=True)
        if shapely.is_empty(polygon) or shapely.area(polygon) == 0
    ]
    if gone:
        msg = (
            f"{len(gone)} polygon(s) have no area left after mending: {gone[:5]}; "
            "they lie under others or are only lines. Check the layer in a GIS."
        )
        raise BoundaryError(msg)


def _overlaps(polygons: Any, codes: Sequence[str]) -> list[Repair]:  # noqa: ANN401
    import shapely

    tree = shapely.STRtree(polygons)
    left, right = tree.query(polygons, predicate="intersects")
    repairs = []
    for i, j in zip(left, right, strict=True):
        if i >= j:  # each pair is found from both sides
            continue
        km2 = _ground(shapely.intersection(polygons[i], polygons[j]))
        if km2 > _WORTH_TELLING_KM2:
            repairs.append(Repair("overlap", codes[i], km2, f"with {codes[j]}"))
    return repairs


def _gaps(before: Any, after: Any, codes: Sequence[str]) -> list[Repair]:  # noqa: ANN401
    import shapely

    ground = shapely.union_all(before)
    repairs = []
    for code, polygon in zip(codes, after, strict=True):
        km2 = _ground(shapely.difference(polygon, ground))
        if km2 > _WORTH_TELLING_KM2:
            repairs.append(Repair("gap", code, km2))
    return repairs


def _ground(geometry: Any) -> float:  # noqa: ANN401
    """Return the km² of the polygonal part of an overlay."""
    import shapely

    part = polygons_only(geometry)
    return 0.0 if shapely.is_empty(part) else float(area_km2([part])[0])


def holes(polygons: Any) -> list[tuple[Any, float]]:  # noqa: ANN401
    """Return the holes of the union, each with its km², the largest first."""
    import shapely

    parts = shapely.get_parts(shapely.union_all(polygons))
    inner = chain.from_iterable(part.interiors for part in parts)
    rings = [shapely.Polygon(ring) for ring in inner]
    if not rings:
        return []
    sizes = area_km2(rings).tolist()
    return sorted(zip(rings, sizes, strict=True), key=lambda pair: -pair[1])


def _where(polygon: Any) -> str:  # noqa: ANN401
    point = polygon.representative_point()
    return f"near {point.y:.3f}, {point.x:.3f} (latitude, longitude)"


def area_of(boundaries: pd.DataFrame) -> Region:
    """Return the place that a map is of, under whose code its sums stand.

    What :func:`finish` wrote, if all regions lie in it; several places that were asked
    for by their names, unless they are all of a province; else their province, or
    Indonesia where they are of several: a frame keeps its attributes when rows are
    taken out of it.
    """
    attrs = boundaries.attrs
    codes = list(map(str, boundaries.index))
    code, name = (str(attrs.get(f"province_{x}") or "") for x in ("code", "name"))
    if code and all(f"{each}.".startswith(f"{code}.") for each in codes):
        if name:
            return Region(code=code, name=name, kind="")
        return _area(code)
    # Several places were asked for: their sum is no province's, nor the nation's.
    several = attrs.get("province_code") == "" and name not in ("", NATION.name)
    provinces = {province_part(each) for each in codes}
    alone = len(provinces) == 1
    if several and not (alone and _is_whole(codes)):
        return Region(code="", name=name, kind="")
    if alone:
        return _area(provinces.pop())
    known = all(map(has_region, provinces))
    return NATION if known else Region(code="", name="", kind="")


def _area(code: str) -> Region:
    """Return the region of a code, or one that has no other name."""
    return region(code) if has_region(code) else Region(code=code, name=code, kind="")


def _is_whole(codes: Sequence[str]) -> bool:
    """Whether codes of one level and province are all that the register has of it."""
    known = regions_of(level_of(codes[0]), province_part(codes[0]))
    return {unit.code for unit in known} <= set(codes)


COLUMNS = ["name", "kind", "parent_code", "area_km2", "geometry"]


def finish(
    frame: gpd.GeoDataFrame, place: Region, level: Level, attrs: dict[Hashable, Any]
) -> gpd.GeoDataFrame:
    """Put columns, order and attributes as :func:`load_boundaries` promises them."""
    frame = frame.sort_index()[COLUMNS]
    frame.index.name = "region_code"
    frame.attrs = {
        **attrs,
        "level": level,
        "province_code": place.code,
        "province_name": place.name,
    }
    return frame
