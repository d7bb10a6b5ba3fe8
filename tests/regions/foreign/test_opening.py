"""A layer calls nobody and opens no file but itself, whatever it is called."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import suppress

import pytest
from making_layers import layer_of

from kkbpk_geo.base.errors import BoundaryError
from kkbpk_geo.regions.boundaries import load_boundaries

BOX = [[105.0, -5.0], [105.1, -5.0], [105.1, -4.9], [105.0, -4.9], [105.0, -5.0]]
FEATURE = {
    "type": "Feature",
    "properties": {"kode": "18"},
    "geometry": {"type": "Polygon", "coordinates": [BOX]},
}


def virtual(source):
    layer = f'<OGRVRTLayer name="a"><SrcDataSource>{source}</SrcDataSource>'
    return f"<OGRVRTDataSource>{layer}</OGRVRTLayer></OGRVRTDataSource>"


def load(path, **options):
    return load_boundaries("Lampung", level="provinsi", path=path, **options)


# What stands before the virtual layer: what a kind of file begins with, or nearly.
DISGUISES = {
    "plain": b"",
    "blanks": b" \n\t",
    "mark": b"\xef\xbb\xbf",
    "brace": b"{",
    "brace-and-key": b'{"type": "FeatureCollection", "features": []}',
    "sqlite": b"SQLite format 3",
    "shape": b"\0\0\x27\x0a",
    "fgb": b"fgb\x03fgb\x01",
    "parquet": b"PAR1",
}
KINDS = ["geojson", "json", "topojson", "gpkg", "shp", "fgb", "parquet"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("packed", [False, True])
def test_a_virtual_layer_calls_nobody(listener, tmp_path, kind, disguise, packed):
    address, asked = listener
    path = tmp_path / f"batas.{kind}"
    text = virtual(f"/vsicurl/{address}/a.geojson").encode()
    path.write_bytes(DISGUISES[disguise] + text)
    if packed:
        with zipfile.ZipFile(tmp_path / "batas.zip", "w") as file:
            file.write(path, path.name)
        path = tmp_path / "batas.zip"
    with pytest.raises(BoundaryError, match=r"^batas"):
        load(path)
    assert asked == []


def test_a_virtual_layer_opens_no_other_file(tmp_path):
    layer_of("Lampung").to_file(tmp_path / "lain.gpkg")
    path = tmp_path / "batas.geojson"
    path.write_text(virtual(tmp_path / "lain.gpkg"))
    with pytest.raises(BoundaryError) as err:
        load_boundaries(path=path)
    assert str(err.value) == (
        "batas.geojson: cannot be read as a map layer: by its first letters it is not "
        "a GeoJSON, as its name says. Open it in a GIS and save it as GeoPackage."
    )


@pytest.mark.parametrize(
    "system",
    [
        '"crs": {"type": "link", "properties": {"href": "URL", "type": "proj4"}}',
        '"crs": {"type": "url", "properties": {"url": "URL"}}',
        '"CRS": {"Type": "LINK", "properties": {"href": "URL"}}',
        '"\\u0063rs": {"type": "\\u006cink", "properties": {"href": "URL"}}',
        '"crs": {"type": "link", "properties": {"href": "URL"}}, "crs": {}',
    ],
)
@pytest.mark.parametrize("where", ["whole", "geometry"])
def test_an_address_as_coordinate_system_is_not_fetched(
    listener, tmp_path, system, where
):
    address, asked = listener
    text = json.dumps({"type": "FeatureCollection", "features": [FEATURE]})
    before = '"features"' if where == "whole" else '"coordinates"'
    said = system.replace("URL", f"{address}/crs")
    path = tmp_path / "batas.geojson"
    path.write_text(text.replace(before, f"{said}, {before}"))
    with pytest.raises(BoundaryError) as err:
        load(path)
    assert str(err.value) == (
        "batas.geojson: names an address as its coordinate system; nothing is fetched. "
        "A GeoJSON is always degrees: delete its member 'crs'."
    )
    assert asked == []


def test_an_address_in_lenient_json_is_not_fetched(listener, tmp_path):
    address, asked = listener
    path = tmp_path / "batas.geojson"
    crs = f"'crs': {{'type': 'link', 'properties': {{'href': '{address}/crs'}}}}"
    path.write_text(f"{{'type': 'FeatureCollection', {crs}, 'features': []}}")
    with pytest.raises(BoundaryError, match=r"^batas\.geojson: cannot be read"):
        load(path)
    assert asked == []


@pytest.mark.parametrize("name", ["NAME", "+proj=longlat +nadgrids=NAME"])
def test_a_named_coordinate_system_that_is_an_address_calls_nobody(
    listener, tmp_path, name
):
    address, asked = listener
    system = {"type": "name", "properties": {"name": name.replace("NAME", address)}}
    layer = {"type": "FeatureCollection", "crs": system, "features": [FEATURE]}
    path = tmp_path / "batas.geojson"
    path.write_text(json.dumps(layer))
    with suppress(BoundaryError):  # whether it is read is another question
        load(path)
    assert asked == []


def test_a_column_called_url_is_no_address(tmp_path):
    feature = FEATURE | {"properties": {"kode": "18", "url": "link", "type": "url"}}
    path = tmp_path / "batas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    assert list(load(path).index) == ["18"]


def test_the_prj_of_a_shapefile_calls_nobody(listener, tmp_path):
    address, asked = listener
    layer_of("Lampung").to_file(tmp_path / "batas.shp")
    (tmp_path / "batas.prj").write_text(f"{address}/a.prj")
    assert len(load_boundaries(path=tmp_path / "batas.shp")) == 15
    assert asked == []


@pytest.mark.parametrize(
    "made", ["CREATE VIRTUAL TABLE", "create/**/virtual -- using rtree\n table"]
)
def test_a_virtual_table_of_a_geopackage_is_refused(listener, tmp_path, made):
    address, asked = listener
    path = tmp_path / "batas.gpkg"
    layer_of("Lampung").to_file(path)
    sql = f"{made} luar USING VirtualOGR('/vsicurl/{address}/a.geojson')"
    with sqlite3.connect(path) as opened:
        opened.execute("PRAGMA writable_schema = 1")
        entry = ("table", "luar", "luar", 0, sql)
        opened.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", entry)
    opened.close()
    with pytest.raises(BoundaryError) as err:
        load_boundaries(path=path)
    assert str(err.value).startswith("batas.gpkg: ")
    assert asked == []


def test_the_path_of_a_zip_or_address_is_no_way_around(listener):
    address, asked = listener
    for path in (f"/vsicurl/{address}/a.geojson", f"{address}/a.geojson"):
        with pytest.raises(BoundaryError, match=r"no such file\.$"):
            load(path)
    assert asked == []


NAMES = ["a!b.geojson", "zip+a.gpkg", "batas [1].shp", "a#b?c.geojson", "-a.fgb"]


@pytest.mark.parametrize("name", NAMES)
def test_a_layer_is_read_whatever_its_name(tmp_path, name):
    layer_of("Lampung").to_file(tmp_path / f"plain.{name.rpartition('.')[2]}")
    for part in tmp_path.glob("plain.*"):
        part.rename(tmp_path / f"{name.rpartition('.')[0]}{part.suffix}")
    assert len(load_boundaries(path=tmp_path / name)) == 15


def test_a_layer_may_be_asked_for_by_the_name_of_its_file(tmp_path):
    path = tmp_path / "batas.shp"
    layer_of("Lampung").to_file(path)
    assert len(load_boundaries(path=path, layer="batas")) == 15
    with pytest.raises(BoundaryError, match=r"no layer 'lain'; it holds \['batas'\]"):
        load_boundaries(path=path, layer="lain")


def test_what_a_gis_has_not_yet_put_into_a_geopackage_is_read(tmp_path):
    path = tmp_path / "batas.gpkg"
    layer_of("Lampung").to_file(path)
    opened = sqlite3.connect(path)
    opened.execute("PRAGMA journal_mode = WAL")
    # They call functions that only a GIS has.
    triggers = opened.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (trigger,) in triggers.fetchall():
        opened.execute(f'DROP TRIGGER "{trigger}"')
    # What is changed lies in a file beside it as long as the GIS is open.
    opened.execute("DELETE FROM batas WHERE kode = '18.72'")
    opened.commit()
    assert path.with_name("batas.gpkg-wal").stat().st_size > 0
    found = load_boundaries(path=path)
    opened.close()
    assert "18.72" in [each["region_code"] for each in found.attrs["repairs"]]


def test_a_layer_beyond_the_largest_size_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("kkbpk_geo.regions.foreign.opening._MOST_BYTES", 10)
    path = tmp_path / "a.geojson"
    path.write_text("{" + " " * 10)
    with pytest.raises(BoundaryError) as err:
        load(path)
    assert str(err.value) == "a.geojson: holds more than 10 bytes; refused."
