"""A GeoPackage with everything: layers, points, figures, words, meanings, styles.

Why: one file that opens in QGIS as the map that people know, and in any other GIS with
columns that say what they are.

In:     tables of a described map.
Out:    bytes of a GeoPackage 1.3; the same each time.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from kkbpk_geo.maps.gis.styles import style_of

if TYPE_CHECKING:
    from kkbpk_geo.base.formats import Language
    from kkbpk_geo.maps.gis.frames import Table

# A GeoPackage says when it changed; ours says what it was made from, in its words.
STAMP = "2000-01-01T00:00:00.000Z"
# Meanings of columns: extension "schema" of the standard (OGC 12-128r18, F.9).
_MEANINGS = """
CREATE TABLE gpkg_data_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT,
  description TEXT, mime_type TEXT, constraint_name TEXT,
  CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name));
CREATE TABLE gpkg_data_column_constraints (
  constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT,
  min NUMERIC, min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN,
  description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
"""
_EXTENSION = (
    "gpkg_schema", "http://www.geopackage.org/spec121/#extension_schema", "read-write",
)  # fmt: skip
# Styles of a layer, as QGIS looks for them.
_STYLES = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT(256),
  f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),
  styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN,
  description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME);
"""
_LONGEST_NAME = 26  # of a style, before a number that keeps it apart from others


def geopackage_bytes(tables: Sequence[Table], language: Language) -> bytes:
    """Return a GeoPackage of tables, in their order.

    Parameters
    ----------
    tables : sequence of Table
        Layers with a geometry, and tables without.
    language : {"id", "en"}
        Of the legends.
    """
    import pyogrio

    kept = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": STAMP})
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "peta.gpkg"
            for table in tables:
                pyogrio.write_dataframe(
                    table.frame, path, layer=table.name, driver="GPKG",
                    layer_options={"IDENTIFIER": table.title, "ASPATIAL_VARIANT":
                    "GPKG_ATTRIBUTES"},
                )  # fmt: skip
            _explain(path, tables, language)
            return path.read_bytes()
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": kept})


def _explain(path: Path, tables: Iterable[Table], language: Language) -> None:
    """Put meanings and styles into the file."""
    with closing(sqlite3.connect(path)) as file, file:
        file.executescript(_MEANINGS + _STYLES)
        for name in ("gpkg_data_columns", "gpkg_data_column_constraints"):
            file.execute(
                "INSERT INTO gpkg_extensions VALUES (?, NULL, ?, ?, ?)",
                (name, *_EXTENSION),
            )
        file.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, "
            "description, last_change) "
            "VALUES ('layer_styles', 'attributes', 'layer_styles', '', ?)",
            (STAMP,),
        )
        for table in tables:
            _explain_table(file, table, language)


def _explain_table(file: sqlite3.Connection, table: Table, language: Language) -> None:
    meanings = [(table.name, column, words) for column, words in table.columns.items()]
    file.executemany(
        "INSERT INTO gpkg_data_columns (table_name, column_name, title) "
        "VALUES (?, ?, ?)",
        meanings,
    )
    for place, (column, layer) in enumerate(table.fields.items()):
        file.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
            "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, "
            "description, owner, ui, update_time) "
            "VALUES ('', '', ?, 'geom', ?, ?, '', ?, ?, '', NULL, ?)",
            (
                table.name, _name_of(column, place), style_of(layer, column, language),
                place == 0, layer.said("label", language), STAMP,
            ),
        )  # fmt: skip


def _name_of(column: str, place: int) -> str:
    """Return the name of a style, of at most the 30 letters that QGIS gives it."""
    if len(column) <= _LONGEST_NAME:
        return column
    return f"{column[:_LONGEST_NAME]}_{place:03d}"
