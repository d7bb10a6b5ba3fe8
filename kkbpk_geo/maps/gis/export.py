"""Write a described map for a GIS; the ending of the file says in which form.

In:     a description and a path.
Out:    ``.gpkg``, ``.geojson`` or ``.parquet``.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.io import require_arrow, spoken, write_file
from kkbpk_geo.maps.gis.frames import (
    Table,
    level_tables,
    points_table,
    values_table,
    words_table,
)

if TYPE_CHECKING:
    from kkbpk_geo.maps.describe import MapDescription

ENDINGS = (".gpkg", ".geojson", ".parquet")


def export_map(description: MapDescription, path: str | Path) -> Path:
    """Write the layers of a map for a GIS.

    Parameters
    ----------
    description : MapDescription
        From :func:`kkbpk_geo.maps.describe_map`.
    path : str or Path
        ``.gpkg``: a layer of every level of the map (its newest period: value,
        numerator, denominator and state of each indicator; the words of a column are
        its title), ``titik`` with the facilities and groups, ``nilai`` with every
        figure of every period, ``keterangan`` with sources and licence, and a style of
        QGIS for each indicator in the classes and colours of the map.
        ``.geojson`` (RFC 7946) and ``.parquet`` (GeoParquet; needs pyarrow): the first
        level alone.

    Returns
    -------
    Path
        The file written; the same map gives the same bytes. EPSG:4326.

    Raises
    ------
    MapError
        If the path has another ending, or the map has no outlines.

    Examples
    --------
    >>> import geopandas as gpd
    >>> import kkbpk_geo as kg
    >>> from tempfile import TemporaryDirectory
    >>> from kkbpk_geo.maps import describe_map, export_map
    >>> lampung = kg.load_boundaries("Lampung")
    >>> described = describe_map(lampung, {code: 1.0 for code in lampung.index})
    >>> with TemporaryDirectory() as folder:
    ...     path = export_map(described, f"{folder}/hasil.gpkg")
    ...     regions = gpd.read_file(path, layer="kabkota")
    >>> len(regions)
    15
    """
    path = Path(path)
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise MapError(label("gis_ending", spoken()).format(path=path))
    levels = level_tables(description)
    if ending == ".gpkg":
        return write_file(path, _geopackage(description, levels))
    if ending == ".geojson":
        return write_file(path, _geojson(levels[0]))
    require_arrow("GeoParquet")
    buffer = io.BytesIO()
    levels[0].frame.to_parquet(buffer, index=False)
    return write_file(path, buffer.getvalue())


def _geopackage(description: MapDescription, levels: list[Table]) -> bytes:
    from kkbpk_geo.maps.gis.geopackage import geopackage_bytes

    points = points_table(description)
    tables = [*levels, *([] if points is None else [points])]
    tables += [values_table(description), words_table(description)]
    return geopackage_bytes(tables, description.options.language)


def _geojson(table: Table) -> bytes:
    import pyogrio

    into = io.BytesIO()
    pyogrio.write_dataframe(
        table.frame, into, driver="GeoJSON", layer=table.name,
        layer_options={"RFC7946": "YES", "DESCRIPTION": table.title},
    )  # fmt: skip
    return into.getvalue()
