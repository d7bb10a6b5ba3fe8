"""The outlines of districts that come with the library.

Why: they are drawn where an office has none, and they say where a district lies to
whoever judges a layer that an office hands over.

In:     boundaries/ (made by its build.py). Out: frames of one province, in EPSG:4326.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.crs import GEOGRAPHIC
from kkbpk_geo.base.errors import BoundaryError
from kkbpk_geo.regions.files import boundary_file
from kkbpk_geo.regions.register import Region, regions_of

if TYPE_CHECKING:
    import geopandas as gpd

_LAMPUNG = "18"
SHIPPED: dict[Hashable, Any] = {
    "source": "geoBoundaries gbOpen IDN ADM2 (BPS, OCHA), cleaned and coded",
    "licence": "CC BY 3.0 IGO",
    "year": 2020,
    "attribution": "geoBoundaries gbOpen IDN ADM2 (BPS/OCHA 2020), CC BY 3.0 IGO",
}


def shipped_districts(place: Region) -> gpd.GeoDataFrame:
    """Return the districts of a province, indexed by code."""
    return _from_geojson() if place.code == _LAMPUNG else _from_parquet(place)


def _from_geojson() -> gpd.GeoDataFrame:
    """Read Lampung's 15 without a driver: it is the frame most people ask for."""
    import json

    import geopandas as gpd
    import shapely

    text = boundary_file("lampung_kabkota.geojson").read_text(encoding="utf-8")
    features = json.loads(text)["features"]
    polygons = [shapely.geometry.shape(each["geometry"]) for each in features]
    facts = [each["properties"] for each in features]
    frame = gpd.GeoDataFrame(facts, geometry=polygons, crs=GEOGRAPHIC)
    return frame.set_index("region_code")


def _from_parquet(place: Region) -> gpd.GeoDataFrame:
    import geopandas as gpd

    frame = gpd.read_parquet(
        boundary_file("indonesia_kabkota.parquet"),
        filters=[("parent_code", "==", place.code)] if place.code else None,
    ).set_index("region_code")
    # A register that was made anew and boundaries that were not: say so here.
    expected = {unit.code for unit in regions_of("kabkota", place.code)}
    if absent := sorted(expected - set(frame.index)):
        msg = (
            f"indonesia_kabkota.parquet has no polygon for {absent} of {place.name}; "
            "run boundaries/build.py."
        )
        raise BoundaryError(msg)
    return frame
