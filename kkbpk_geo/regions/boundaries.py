"""Boundaries to join to and to draw: shipped ones, or a layer an office has.

Why: everything later stands on polygons that carry the right code, fit together and
say where they come from. Both roads end in the same frame with the same promises.

In:     a province and a level, or the path of a layer.
Out:    GeoDataFrame in EPSG:4326, indexed by region_code; licence and source in .attrs.
"""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from kkbpk_geo.base.crs import GEOGRAPHIC, require_geographic
from kkbpk_geo.base.errors import BoundaryError
from kkbpk_geo.regions.codes import CodeSystem
from kkbpk_geo.regions.coverage import COLUMNS, finish
from kkbpk_geo.regions.files import boundary_file
from kkbpk_geo.regions.register import (
    NATION,
    Region,
    find_province,
    is_nation,
    region,
    require_level,
)
from kkbpk_geo.regions.shipped import SHIPPED, shipped_districts

if TYPE_CHECKING:
    import geopandas as gpd


def load_boundaries(
    province: str = "Lampung",
    *,
    level: str = "kabkota",
    path: str | Path | None = None,
    layer: str | None = None,
    code_system: CodeSystem | None = None,
) -> gpd.GeoDataFrame:
    """Load the regions of one province as a clean coverage.

    Parameters
    ----------
    province : str
        Name, recorded alias or code. With ``level="provinsi"`` and no path, the
        outline of that province.
    level : {"kabkota", "provinsi", "kecamatan", "desa"}
        Shipped: kabkota and provinsi. The others need a ``path``.
    path : path, optional
        GeoJSON, GeoPackage, Shapefile (also zipped) or GeoParquet. Code and name
        columns are found by their headings (``boundary_columns.toml``).
    layer : str, optional
        Which layer of a file that holds several.
    code_system : {"kemendagri", "bps"}, optional
        Whose codes the file carries, where neither heading nor names tell.

    Returns
    -------
    GeoDataFrame, one row per region, Polygon or MultiPolygon, EPSG:4326
        Index ``region_code`` (dotted Kemendagri code, sorted, unique). Columns ``name``
        (without "Kabupaten"; a kota keeps its kind), ``kind``, ``parent_code``,
        ``area_km2`` (float64, measured in EPSG:6933) and ``geometry``. Valid, no
        overlaps, shared edges identical. ``.attrs``: ``source, licence, year,
        attribution, level, province_code, province_name`` and ``repairs``: dicts with
        ``what`` (key ``region_repair_<what>`` of the labels), ``region_code``, ``km2``
        and ``note``. Of a ``path`` the licence is "not stated" and the year None;
        ``notes`` says in both languages what an owner should know, and ``held`` (code
        -> code of the district that holds its land) names districts that an older
        edition does not have: their outline is the shipped one, and a map draws them
        as not in this layer.

    Raises
    ------
    RegionError
        For an unknown province or level.
    BoundaryError
        If the file cannot be read, has no usable polygons, columns or codes, or cannot
        be repaired without guessing; or if nothing is shipped for the level.

    Examples
    --------
    >>> load_boundaries("Lampung").loc["18.12", "name"]
    'Tulang Bawang Barat'
    """
    place = NATION if is_nation(province) else find_province(province)
    tier = require_level(level)
    if path is not None:
        from kkbpk_geo.regions.foreign.layers import load_layer

        given: object = path
        if not isinstance(given, str | PathLike):
            msg = (
                f"path is a {type(path).__name__}; expected the path of a layer. A "
                "GeoDataFrame with region codes as its index and a column 'name' is "
                "drawn as it is; else save it first: .to_file('batas.gpkg')."
            )
            raise BoundaryError(msg)
        return load_layer(Path(path), place, tier, layer=layer, code_system=code_system)
    if tier not in ("kabkota", "provinsi"):
        msg = (
            f"no boundaries of level {tier!r} are shipped; give path= a layer of "
            f"{tier}. Tables and rankings need none: regions_frame() gives the names."
        )
        raise BoundaryError(msg)
    if tier == "provinsi":
        return _dissolved(shipped_districts(place), place)
    return finish(shipped_districts(place), place, tier, {**SHIPPED, "repairs": []})


def _dissolved(frame: gpd.GeoDataFrame, place: Region) -> gpd.GeoDataFrame:
    import geopandas as gpd
    import pandas as pd
    import shapely

    from kkbpk_geo.regions.coverage import area_km2

    codes = sorted(set(frame["parent_code"]))
    outlines = [
        shapely.coverage_union_all(
            frame.geometry[frame["parent_code"] == code].to_numpy()
        )
        for code in codes
    ]
    whole = gpd.GeoDataFrame(
        {
            "name": [region(code).name for code in codes],
            "kind": "Provinsi",
            "parent_code": "",
            "area_km2": area_km2(outlines),
        },
        geometry=outlines,
        index=pd.Index(codes),
        crs=GEOGRAPHIC,
    )
    return finish(whole, place, "provinsi", {**SHIPPED, "repairs": []})


def load_context(
    boundaries: gpd.GeoDataFrame, *, margin_deg: float = 1.0
) -> gpd.GeoDataFrame:
    """Load the land around: districts of other places, to be drawn in grey.

    Parameters
    ----------
    boundaries : GeoDataFrame, EPSG:4326
        From :func:`load_boundaries`, of any level.
    margin_deg : float, degrees
        How far around the bounds; polygons are cut off there.

    Returns
    -------
    GeoDataFrame, EPSG:4326
        Columns as in :func:`load_boundaries`; ``area_km2`` is that of the whole
        district. Districts of ``boundaries``, and those they lie in, are not in it.

    Raises
    ------
    CrsError
        If ``boundaries`` is not in EPSG:4326.
    """
    import geopandas as gpd

    require_geographic(boundaries, "boundaries")
    bounds = boundaries.total_bounds
    window = (*(bounds[:2] - margin_deg), *(bounds[2:] + margin_deg))
    frame = gpd.read_parquet(
        boundary_file("indonesia_kabkota.parquet"), bbox=window
    ).set_index("region_code")
    # A kecamatan of the map hides its district, a district itself, a province its own.
    drawn = {str(code)[: len("18.10")] for code in boundaries.index}
    frame = frame[~(frame.index.isin(drawn) | frame["parent_code"].isin(drawn))].copy()
    # Cut off, for the whole of Java would make every page heavier.
    frame.geometry = frame.geometry.clip_by_rect(*window)
    frame = frame[frame.geom_type.isin(["Polygon", "MultiPolygon"]) & ~frame.is_empty]
    frame = frame.sort_index()[COLUMNS]
    frame.attrs = {**SHIPPED, "level": "kabkota"}
    return frame
