"""The shipped boundaries: clean coverages with the right codes and their sources."""

from __future__ import annotations

import csv
import hashlib
import json
import re

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely.geometry import box

from kkbpk_geo.base.errors import BoundaryError, CrsError, RegionError
from kkbpk_geo.regions import shipped, write_store
from kkbpk_geo.regions.adjacency import neighbours
from kkbpk_geo.regions.boundaries import load_boundaries, load_context
from kkbpk_geo.regions.coverage import area_km2
from kkbpk_geo.regions.files import boundary_file
from kkbpk_geo.regions.register import regions_of

PROVINCES = [unit.code for unit in regions_of("provinsi")]


@pytest.fixture(scope="module")
def lampung():
    return load_boundaries("Lampung")


@pytest.fixture(scope="module")
def indonesia():
    return shipped.shipped_store().load("kabkota")


def assert_clean(frame):
    """Valid, fitting together, no overlap; indexed and ordered as promised."""
    polygons = np.asarray(frame.geometry)
    assert shapely.is_valid(polygons).all()
    assert shapely.coverage_is_valid(polygons)
    union = shapely.union_all(polygons)
    assert shapely.area(polygons).sum() == pytest.approx(union.area, rel=1e-6)
    assert frame.index.name == "region_code"
    assert frame.index.is_unique
    assert frame.index.is_monotonic_increasing
    assert list(frame.columns) == [
        *("name", "kind", "parent_code", "area_km2", "geometry")
    ]
    assert frame.crs.to_epsg() == 4326


def test_lampung_has_its_fifteen_districts_as_a_clean_coverage(lampung):
    assert_clean(lampung)
    assert list(lampung.index) == [u.code for u in regions_of("kabkota", "18")]
    assert lampung.loc["18.12", "name"] == "Tulang Bawang Barat"
    assert lampung.loc["18.71", "name"] == "Kota Bandar Lampung"
    assert set(lampung["kind"]) == {"Kabupaten", "Kota"}
    assert lampung["name"].is_unique


def test_the_frame_says_where_it_comes_from(lampung):
    attrs = lampung.attrs
    assert attrs["licence"] == "CC BY 3.0 IGO"
    assert attrs["year"] == 2020
    assert "geoBoundaries" in attrs["source"]
    assert "geoBoundaries" in attrs["attribution"]
    assert (attrs["province_code"], attrs["province_name"]) == ("18", "Lampung")
    assert attrs["level"] == "kabkota"
    assert attrs["repairs"] == []


@pytest.mark.parametrize("code", PROVINCES)
def test_every_province_is_a_clean_coverage_of_all_its_districts(code):
    frame = load_boundaries(code)
    assert_clean(frame)
    assert list(frame.index) == [unit.code for unit in regions_of("kabkota", code)]
    names = {unit.code: unit.name for unit in regions_of("kabkota", code)}
    assert frame["name"].to_dict() == names


def test_all_514_districts_together_are_one_coverage(indonesia):
    assert len(indonesia) == 514
    assert shapely.coverage_is_valid(np.asarray(indonesia.geometry))


def test_lampung_is_the_same_in_both_files(lampung, indonesia):
    text = boundary_file("lampung_kabkota.geojson").read_text("utf-8")
    features = json.loads(text)["features"]
    facts = {f["properties"]["region_code"]: f["properties"] for f in features}
    shapes = [shapely.geometry.shape(f["geometry"]) for f in features]
    for found in (lampung, indonesia.loc[lampung.index]):
        # To the last digit, ring by ring.
        assert list(found.geometry.to_wkb()) == [shapely.to_wkb(x) for x in shapes]
        for column in ("name", "kind", "parent_code", "area_km2"):
            assert found[column].to_dict() == {c: f[column] for c, f in facts.items()}


def test_areas_are_those_of_the_polygons_in_an_equal_area_projection(lampung):
    assert lampung["area_km2"].to_numpy() == pytest.approx(
        area_km2(lampung.geometry), abs=1e-3
    )
    flat = lampung.to_crs("EPSG:6933").area.to_numpy() / 1e6
    assert lampung["area_km2"].to_numpy() == pytest.approx(flat, abs=1e-3)


def test_areas_stay_near_the_official_ones(lampung):
    official = {unit.code: unit.area_km2 for unit in regions_of("kabkota", "18")}
    ratio = lampung["area_km2"] / lampung.index.map(official)
    assert ratio.between(0.9, 1.16).all()  # Lampung Barat is 15 % too large
    assert lampung["area_km2"].sum() == pytest.approx(33_570.758, rel=0.002)


def test_the_only_holes_of_the_whole_country_are_lakes_and_one_strait(indonesia):
    union = shapely.union_all(np.asarray(indonesia.geometry))
    holes = shapely.MultiPolygon(
        [shapely.Polygon(ring) for part in union.geoms for ring in part.interiors]
    )
    with boundary_file("uncoded.csv").open(encoding="utf-8", newline="") as file:
        places = [
            shapely.Point(float(row["longitude"]), float(row["latitude"]))
            for row in csv.DictReader(file)
        ]
    strait = shapely.Point(104.092, 1.063)
    for hole in holes.geoms:
        assert any(hole.covers(point) for point in (*places, strait)), hole.centroid


def test_coordinates_are_rounded_for_a_readable_diff(lampung):
    points = shapely.get_coordinates(lampung.geometry)
    assert (points == np.round(points, 6)).all()
    lines = boundary_file("lampung_kabkota.geojson").read_text("utf-8").splitlines()
    assert len(lines) == 17  # a head, one line per district, a foot


def test_a_province_can_be_loaded_as_one_outline(lampung):
    outline = load_boundaries("Lampung", level="provinsi")
    assert list(outline.index) == ["18"]
    assert outline.loc["18", "area_km2"] == pytest.approx(lampung["area_km2"].sum())
    assert outline.attrs["licence"] == "CC BY 3.0 IGO"


# --- neighbours and context --------------------------------------------------------


def test_neighbours_of_lampung_are_as_on_the_map(lampung):
    found = neighbours(lampung)
    assert found["18.71"] == ("18.01", "18.09")
    assert found["18.13"] == ("18.04", "18.06")
    assert found["18.72"] == ("18.01", "18.02", "18.07")
    assert set(found) == set(lampung.index)


def test_neighbourhood_is_mutual_and_never_with_oneself(lampung):
    found = neighbours(lampung)
    for code, others in found.items():
        assert code not in others
        assert all(code in found[other] for other in others)


def test_corners_count_and_islands_have_no_neighbour():
    squares = [box(0, 0, 1, 1), box(1, 1, 2, 2), box(5, 5, 6, 6)]
    frame = gpd.GeoDataFrame(geometry=squares, index=["a", "b", "c"], crs=4326)
    assert neighbours(frame) == {"a": ("b",), "b": ("a",), "c": ()}


def test_neighbours_in_metres_are_refused(lampung):
    with pytest.raises(CrsError, match=r"boundaries is in EPSG:32748; expected"):
        neighbours(lampung.to_crs("EPSG:32748"))


def test_context_is_the_land_around_without_the_province(lampung):
    around = load_context(lampung)
    assert "16.02" in around.index  # Ogan Komering Ilir, to the north
    assert not set(around.index) & set(lampung.index)
    west, south, east, north = lampung.total_bounds
    left, low, right, high = around.total_bounds
    assert left >= west - 1
    assert low >= south - 1
    assert right <= east + 1
    assert high <= north + 1
    assert around.attrs["licence"] == "CC BY 3.0 IGO"


def test_context_of_an_outline_has_none_of_its_districts(lampung):
    around = load_context(load_boundaries("Lampung", level="provinsi"))
    assert not set(around.index) & set(lampung.index)


# --- refusals ----------------------------------------------------------------------


def test_an_unknown_province_is_refused_with_suggestions():
    with pytest.raises(RegionError) as err:
        load_boundaries("Sumatra Selatan")
    assert str(err.value).startswith(
        "no place is called 'Sumatra Selatan'. Did you mean 16 Sumatera Selatan"
    )


def test_a_district_missing_from_the_shipped_file_is_an_error(monkeypatch, tmp_path):
    path = tmp_path / "indonesia.kgeo"
    units = shipped.shipped_store().load("kabkota", "76").geometry.drop("76.01")
    write_store(path, units, names={}, provenance={}, per_degree=10**6)
    monkeypatch.setattr(shipped, "boundary_file", lambda _: path)
    with pytest.raises(BoundaryError) as err:
        load_boundaries("Sulawesi Barat")
    assert str(err.value) == (
        "indonesia.kgeo has no polygon for ['76.01'] of Sulawesi Barat; "
        "run boundaries/build.py."
    )


# --- sources -----------------------------------------------------------------------


def test_the_files_are_those_that_sources_md_describes():
    text = boundary_file("SOURCES.md").read_text("utf-8")
    recorded = dict(re.findall(r"\| `(\S+)` \| [^|]+ \| `([0-9a-f]{64})` \|", text))
    assert set(recorded) == {
        *("indonesia.kgeo", "lampung_kabkota.geojson", "uncoded.csv"),
        *("kecamatan.csv", "register.csv", "villages.zip"),
    }
    for name, digest in recorded.items():
        found = hashlib.sha256(boundary_file(name).read_bytes()).hexdigest()
        assert found == digest, f"{name} was changed by hand or not described"


def test_sources_md_names_licence_year_and_the_area_of_every_district(lampung):
    text = boundary_file("SOURCES.md").read_text("utf-8")
    for word in ("CC BY 3.0 IGO", "2020", "MIT", "Attribution"):
        assert word in text
    for code, km2 in lampung["area_km2"].items():
        assert re.search(rf"\| {code} \| .* \| {km2:,.1f} \|", text)


def test_the_geojson_is_plain_and_complete():
    text = boundary_file("lampung_kabkota.geojson").read_text("utf-8")
    features = json.loads(text)["features"]
    assert [f["properties"]["region_code"] for f in features] == [
        unit.code for unit in regions_of("kabkota", "18")
    ]
