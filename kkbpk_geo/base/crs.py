"""Coordinate reference systems: which are used for what, and how to refuse others.

In:     a GeoDataFrame and the name the caller knows it by. Out: nothing, or CrsError.
Facts:  boundaries travel in EPSG:4326 (degrees); areas are measured in EPSG:6933
        (equal-area cylindrical, metres); distances in the UTM zone of the place.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from kkbpk_geo.base.errors import CrsError

if TYPE_CHECKING:
    import geopandas as gpd

GEOGRAPHIC = "EPSG:4326"
EQUAL_AREA = "EPSG:6933"
LAMPUNG_METRIC = "EPSG:32748"


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


def utm_zone(longitude: float, latitude: float) -> str:
    """Return the EPSG code of the WGS 84 UTM zone that holds a point (degrees)."""
    # Sixty zones of six degrees, counted eastward from 180 degrees west.
    zone = math.floor((longitude + 180) / 6) % 60 + 1
    return f"EPSG:{(32600 if latitude >= 0 else 32700) + zone}"
