"""Coordinate reference systems: which are used for what, and how to refuse others.

Also whether shapes lie where degrees can: every function that takes boundaries asks
here, so that page, print, points and neighbours give the same answer.

In:     a GeoDataFrame and the name the caller knows it by. Out: nothing, or CrsError;
        the regions that have no shape.
Facts:  boundaries travel in EPSG:4326 (degrees); areas are measured in EPSG:6933
        (equal-area cylindrical, metres); distances in the UTM zone of the place.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.errors import BoundaryError, CrsError

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

GEOGRAPHIC = "EPSG:4326"
EQUAL_AREA = "EPSG:6933"
LAMPUNG_METRIC = "EPSG:32748"
AREAS = ("Polygon", "MultiPolygon")
_POLE, _ROUND = 90, 180  # degrees: as far as latitudes and longitudes go


def require_geographic(frame: gpd.GeoDataFrame | gpd.GeoSeries, name: str) -> None:
    """Refuse a frame that is not in EPSG:4326.

    Raises
    ------
    CrsError
        Names the frame, its CRS and the call that mends it.
    """
    if not hasattr(frame, "crs"):
        msg = (
            f"{name} is a {type(frame).__name__}; expected a GeoDataFrame in "
            "EPSG:4326, as load_boundaries gives it."
        )
        raise CrsError(msg)
    if frame.crs is None:
        msg = f"{name} has no CRS; say which it is with .set_crs(...) first."
        raise CrsError(msg)
    if frame.crs.to_epsg() != 4326:  # noqa: PLR2004
        found = frame.crs.to_string()
        msg = f"{name} is in {found}; expected EPSG:4326. Call .to_crs('EPSG:4326')."
        raise CrsError(msg)


def require_degrees(frame: gpd.GeoDataFrame, name: str) -> None:
    """Refuse shapes in EPSG:4326 whose coordinates are no degrees of the globe.

    Raises
    ------
    CrsError
        As :func:`require_geographic`; names the first region whose latitude and
        longitude are swapped, or whose coordinates are metres or no numbers.
    """
    require_geographic(frame, name)
    known = frame.geometry[~shapeless(frame)]
    corners: Any = known.bounds
    corners = corners.itertuples(index=False, name=None)
    for code, bounds in zip(known.index, corners, strict=True):
        fault = _fault(*map(float, bounds))
        if fault:
            where = ", ".join(f"{number:.2f}" for number in bounds)
            msg = f"{name}: region {code} lies at [{where}]; {fault}"
            raise CrsError(msg)


def _fault(west: float, south: float, east: float, north: float) -> str:
    """Say what is wrong with bounds that no degrees have; nothing where they may be."""
    ends = (west, south, east, north)
    if not all(map(math.isfinite, ends)):
        return "these are no numbers. Draw the region anew or drop it."
    if max(map(abs, (south, north))) <= _POLE:
        across = max(map(abs, (west, east)))
        if across <= _ROUND:
            return ""
    elif max(map(abs, ends)) <= _ROUND:
        return (
            "a latitude is beyond 90, so longitude and latitude seem to be swapped. "
            "Save the layer again as longitude, latitude, or swap them with "
            "shapely.transform(shape, lambda xy: xy[:, ::-1])."
        )
    return (
        "these are metres and no degrees, whatever its CRS says. State the CRS it has "
        "with .set_crs(..., allow_override=True), then call .to_crs('EPSG:4326')."
    )


def require_codes(frame: pd.DataFrame, name: str) -> None:
    """Refuse row numbers in the place of region codes.

    Raises
    ------
    BoundaryError
        Names the call that mends it.
    """
    if frame.index.inferred_type != "integer":
        return
    column = "region_code"
    there = column in getattr(frame, "columns", ())
    msg = (
        f"{name} has row numbers as its index"
        f"{f' and codes in the column {column!r}' if there else ''}. Call "
        f".set_index({column!r}) first."
    )
    raise BoundaryError(msg)


def shapeless(frame: gpd.GeoDataFrame) -> pd.Series[bool]:
    """Return which rows have no shape: none, or an empty one."""
    return frame.geometry.isna() | frame.geometry.is_empty


def require_shapes(frame: gpd.GeoDataFrame, name: str) -> None:
    """Refuse boundaries of which a region has no shape, or two.

    Raises
    ------
    CrsError
        As :func:`require_degrees`.
    BoundaryError
        Names the regions; also where a shape is no area.
    """
    require_degrees(frame, name)
    require_codes(frame, name)
    twice = frame.index[frame.index.duplicated()].unique().tolist()
    if twice:
        msg = f"{name} has codes more than once: {twice}. Dissolve them first."
        raise BoundaryError(msg)
    kinds = frame.geometry.geom_type
    odd = ~kinds.isin(AREAS) & ~shapeless(frame)
    if odd.any():
        code, kind = next(iter(kinds[odd].items()))
        msg = f"{name}: region {code} is a {kind}; expected a Polygon or MultiPolygon."
        raise BoundaryError(msg)
    lacking = frame.index[shapeless(frame)].tolist()
    if lacking:
        codes = ", ".join(map(str, lacking))
        msg = (
            f"{name} has no shape for {codes}. Give them one, or leave them out with "
            ".drop(...)."
        )
        raise BoundaryError(msg)


def utm_zone(longitude: float, latitude: float) -> str:
    """Return the EPSG code of the WGS 84 UTM zone that holds a point (degrees)."""
    # Sixty zones of six degrees, counted eastward from 180 degrees west.
    zone = math.floor((longitude + 180) / 6) % 60 + 1
    return f"EPSG:{(32600 if latitude >= 0 else 32700) + zone}"
