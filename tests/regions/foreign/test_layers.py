"""Layers as offices hand them over: four formats, any heading, every fault."""

from __future__ import annotations

import zipfile

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from making_layers import load, whats
from shapely.geometry import box

from kkbpk_geo.base.errors import BoundaryError
from kkbpk_geo.regions.boundaries import load_boundaries
from kkbpk_geo.regions.register import children, regions_of
from kkbpk_geo.regions.shipped import shipped_store


@pytest.fixture(scope="module")
def indonesia():
    return shipped_store().load("kabkota").reset_index()


# --- formats and coordinate systems ------------------------------------------------


@pytest.mark.parametrize("name", ["a.geojson", "a.gpkg", "a.shp", "a.parquet", "a.fgb"])
def test_every_format_gives_the_same_regions(lampung, tmp_path, name):
    found = load(lampung, tmp_path, name)
    shipped = load_boundaries("Lampung")
    pd.testing.assert_frame_equal(
        found.drop(columns=["geometry", "area_km2"]),
        shipped.drop(columns=["geometry", "area_km2"]),
        check_dtype=False,
        check_index_type=False,
    )
    assert found.geom_equals(shipped).all()
    assert found.attrs["repairs"] == []
    assert found.attrs["source"] == name
    assert found.attrs["licence"] == "not stated"


def test_a_zipped_shapefile_is_read_wherever_it_lies_inside(lampung, tmp_path):
    lampung.to_file(tmp_path / "batas.shp", engine="pyogrio")
    packed = tmp_path / "batas.zip"
    with zipfile.ZipFile(packed, "w") as file:
        for part in tmp_path.glob("batas.*"):
            if part != packed:
                file.write(part, f"peta/{part.name}")
    assert len(load_boundaries("Lampung", path=packed)) == 15


def test_metres_are_turned_into_degrees(lampung, tmp_path):
    found = load(lampung.to_crs("EPSG:32748"), tmp_path, "utm.gpkg")
    shipped = load_boundaries("Lampung")
    assert found.crs.to_epsg() == 4326
    assert found["area_km2"].to_numpy() == pytest.approx(
        shipped["area_km2"].to_numpy(), rel=1e-5
    )


def test_degrees_without_a_stated_system_are_taken_as_such_and_told(lampung, tmp_path):
    found = load(lampung.set_crs(None, allow_override=True), tmp_path, "a.shp")
    assert found.attrs["repairs"] == [
        {
            "what": "crs_assumed",
            "region_code": "",
            "km2": 0.0,
            "note": "[103.57, -6.17, 106.11, -3.72]",
        }
    ]


def test_metres_without_a_stated_system_are_refused(lampung, tmp_path):
    metres = lampung.to_crs("EPSG:32748").set_crs(None, allow_override=True)
    with pytest.raises(
        BoundaryError, match=r"^a\.shp: states no coordinate system, an"
    ):
        load(metres, tmp_path, "a.shp")


def test_swapped_coordinates_are_refused_by_name(lampung, tmp_path):
    swapped = lampung.copy()
    swapped.geometry = shapely.transform(
        np.asarray(lampung.geometry), lambda points: points[:, ::-1]
    )
    with pytest.raises(BoundaryError) as err:
        load(swapped, tmp_path)
    assert str(err.value) == (
        "layer.geojson: lies at [-6.17, 103.57, -3.72, 106.11] (degrees, from "
        "EPSG:4326), outside Indonesia; longitude and latitude seem to be swapped. "
        "Check the coordinate system."
    )
    with pytest.raises(BoundaryError, match=r"longitude and latitude seem to be swap"):
        load(swapped.set_crs(None, allow_override=True), tmp_path, "a.shp")


# --- rows --------------------------------------------------------------------------


def test_one_province_is_taken_from_a_national_layer(indonesia, tmp_path):
    frame = indonesia[["name", "geometry"]]
    found = load(frame, tmp_path, province="Jawa Barat")
    assert list(found.index) == [unit.code for unit in regions_of("kabkota", "32")]
    assert "other_province" in whats(found)


def test_a_layer_of_another_province_is_refused(lampung, tmp_path):
    with pytest.raises(BoundaryError) as err:
        load(lampung, tmp_path, province="Jambi")
    assert str(err.value) == (
        "layer.geojson: no row is a kabkota of Jambi; 15 of 15 rows lie in other "
        "provinces, the first row is nama 'Lampung Selatan', kode '18.01'. Check "
        "province= and level=."
    )


def test_a_region_without_a_polygon_is_told(lampung, tmp_path):
    found = load(lampung.iloc[1:], tmp_path)
    assert len(found) == 14
    assert found.attrs["repairs"] == [
        {
            "what": "missing_region",
            "region_code": "18.01",
            "km2": 0.0,
            "note": "18.01 Lampung Selatan",
        }
    ]


def test_a_lake_is_left_out_and_told(lampung, tmp_path):
    lake = gpd.GeoDataFrame(
        {"kode": [None], "nama": ["Danau Ranau"]},
        geometry=[box(103.9, -4.9, 103.95, -4.85)],
        crs=4326,
    )
    found = load(pd.concat([lampung, lake]), tmp_path)
    assert len(found) == 15
    (told,) = found.attrs["repairs"]
    assert told["what"] == "left_out"
    assert told["note"] == "row 16: nama 'Danau Ranau', kode ''"


def test_parts_of_one_region_are_merged_and_told(lampung, tmp_path):
    found = load(lampung.explode(), tmp_path)
    assert found.geom_equals(load_boundaries("Lampung")).all()
    assert whats(found) == ["parts_merged"]


def test_a_code_twice_on_the_same_ground_is_refused(lampung, tmp_path):
    with pytest.raises(BoundaryError) as err:
        load(pd.concat([lampung, lampung.iloc[:1]]), tmp_path)
    assert str(err.value) == (
        "layer.geojson: 2 rows are 18.01 Lampung Selatan and cover the same ground. "
        "Keep one of them, or correct the code of the others."
    )


@pytest.mark.parametrize("what", ["Point", "nothing"])
def test_a_row_without_a_polygon_is_refused_and_named(lampung, tmp_path, what):
    frame = lampung.copy()
    shape = shapely.Point(105, -5) if what == "Point" else None
    frame.loc[2, "geometry"] = shape
    with pytest.raises(BoundaryError) as err:
        load(frame, tmp_path)
    assert str(err.value) == (
        f"layer.geojson: 1 of 15 rows have no polygon: row 3 ({what}). Give them one "
        "or delete them."
    )


# --- files -------------------------------------------------------------------------


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(BoundaryError) as err:
        load_boundaries(path=tmp_path / "batas.shp")
    assert str(err.value) == f"{tmp_path / 'batas.shp'}: no such file."


def test_another_kind_of_file_is_refused(tmp_path):
    (tmp_path / "batas.dwg").write_bytes(b"x")
    with pytest.raises(BoundaryError) as err:
        load_boundaries(path=tmp_path / "batas.dwg")
    assert str(err.value) == (
        "batas.dwg: a layer of kind '.dwg' is not read; expected GeoJSON, GeoPackage "
        "(.gpkg), Shapefile (.shp, or zipped) or GeoParquet."
    )


@pytest.mark.parametrize("name", ["a.geojson", "a.zip", "a.parquet", "a.shp", "a.gpkg"])
def test_a_broken_file_is_refused_with_the_way_out(tmp_path, name):
    (tmp_path / name).write_bytes(b'{"type": "Fea')
    with pytest.raises(BoundaryError, match=rf"^{name}: cannot be read as a map layer"):
        load_boundaries(path=tmp_path / name)


def test_a_file_without_rows_is_refused(tmp_path):
    path = tmp_path / "a.geojson"
    path.write_text('{"type": "FeatureCollection", "features": []}')
    with pytest.raises(BoundaryError) as err:
        load_boundaries(path=path)
    assert str(err.value) == "a.geojson: holds no polygons; expected one per region."


def test_of_several_layers_one_must_be_named(lampung, tmp_path):
    path = tmp_path / "two.gpkg"
    lampung.to_file(path, layer="batas")
    lampung.to_file(path, layer="lama")
    with pytest.raises(BoundaryError) as err:
        load_boundaries(path=path)
    assert str(err.value) == (
        "two.gpkg: holds 2 map layers ['batas', 'lama']; name one with layer=."
    )
    assert len(load_boundaries(path=path, layer="lama")) == 15
    with pytest.raises(BoundaryError) as err:
        load_boundaries(path=path, layer="baru")
    assert str(err.value) == (
        "two.gpkg: has no layer 'baru'; it holds ['batas', 'lama']."
    )


def test_a_zip_without_a_layer_is_refused(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("baca.txt", "x")
    with pytest.raises(BoundaryError) as err:
        load_boundaries(path=path)
    assert str(err.value) == (
        "a.zip: holds 0 map layers []; expected one, or name one with layer=."
    )


def test_a_zip_that_unpacks_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("kkbpk_geo.regions.foreign.opening._MOST_BYTES", 10)
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("a.geojson", "x" * 11)
    with pytest.raises(BoundaryError) as err:
        load_boundaries(path=path)
    assert str(err.value) == "a.zip: unpacks to more than 10 bytes; refused."


# --- real layers -------------------------------------------------------------------


def assert_clean(frame):
    polygons = np.asarray(frame.geometry)
    assert shapely.is_valid(polygons).all()
    assert shapely.coverage_is_valid(polygons)
    union = shapely.union_all(polygons)
    assert shapely.area(polygons).sum() == pytest.approx(union.area, rel=1e-6)
    assert sum(len(part.interiors) for part in union.geoms) == 0


@pytest.mark.real
def test_the_real_district_layer_becomes_a_clean_coverage(shared_data):
    path = shared_data / "wilayah_boundaries" / "lampung_kabkota.geojson"
    found = load_boundaries("Lampung", path=path)
    assert_clean(found)
    assert list(found.index) == [unit.code for unit in children("18")]
    repairs = pd.DataFrame(found.attrs["repairs"])
    assert (repairs["what"] == "invalid_geometry").sum() == 4
    overlap = repairs.loc[repairs["what"] == "overlap", "km2"].sum()
    assert overlap == pytest.approx(44.25, abs=0.1)


@pytest.mark.real
def test_the_real_kecamatan_layer_becomes_a_clean_coverage(shared_data):
    path = shared_data / "wilayah_boundaries" / "lampung_kecamatan.geojson"
    found = load_boundaries("Lampung", level="kecamatan", path=path)
    assert_clean(found)
    assert list(found.index) == [unit.code for unit in children("18", "kecamatan")]
    repairs = pd.DataFrame(found.attrs["repairs"])
    assert (repairs["what"] == "invalid_geometry").sum() == 11
    assert set(found["parent_code"]) == {unit.code for unit in children("18")}
    assert set(found["kind"]) == {"Kecamatan"}
