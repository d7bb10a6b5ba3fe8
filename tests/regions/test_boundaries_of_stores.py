"""Boundaries of every level and place, from what is shipped and from a store."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from making_stores import PROVENANCE, villages

from kkbpk_geo.base.errors import BoundaryError, RegionError
from kkbpk_geo.regions import load_boundaries, load_context, regions_of, write_store
from kkbpk_geo.regions.store import finding


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """No store but those that a test makes."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.delenv("KKBPK_BOUNDARIES", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(finding, "user_folder", lambda: folder)
    return folder


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "batas.kgeo"
    names = {"76.04.91": "Tapango"}
    write_store(path, villages(), names=names, provenance=PROVENANCE)
    return path


# --- what is shipped ---------------------------------------------------------------


def test_all_provinces_are_dissolved_from_their_districts():
    provinces = load_boundaries("Indonesia", level="provinsi")
    districts = load_boundaries("Indonesia")
    assert list(provinces.index) == [u.code for u in regions_of("provinsi")]
    assert len(districts) == 514
    km2 = districts.groupby("parent_code")["area_km2"].sum()
    assert provinces["area_km2"].to_numpy() == pytest.approx(km2.to_numpy(), abs=0.3)
    shapes = np.asarray(provinces.geometry)
    assert shapely.coverage_is_valid(shapes)
    assert shapely.is_valid(shapes).all()
    own = districts.geometry[districts["parent_code"] == "18"]
    assert provinces.geometry["18"].equals(shapely.union_all(np.asarray(own)))


def test_the_nation_says_that_it_is_one():
    attrs = load_boundaries("Indonesia", level="provinsi").attrs
    assert (attrs["province_code"], attrs["province_name"]) == ("", "Indonesia")
    assert attrs["level"] == "provinsi"
    assert attrs["levels"] == ("kabkota",)
    assert attrs["licence"] == "CC BY 3.0 IGO"


def test_a_district_can_be_loaded_as_its_own_outline():
    frame = load_boundaries("Kota Metro")
    assert list(frame.index) == ["18.72"]
    assert frame.attrs["province_name"] == "Kota Metro"


def test_several_places_make_one_frame_without_what_stands_twice():
    frame = load_boundaries(["Pringsewu", "18.72", "Sulawesi Barat", "Mamuju"])
    west = [unit.code for unit in regions_of("kabkota", "76")]
    assert list(frame.index) == ["18.10", "18.72", *west]
    assert frame.crs.to_epsg() == 4326
    assert frame.attrs["province_code"] == ""
    assert frame.attrs["province_name"] == "Pringsewu, Kota Metro, Sulawesi Barat"
    assert len(load_boundaries(["Lampung", "Indonesia"], level="provinsi")) == 38


def test_several_places_keep_their_notes_once():
    assert len(load_boundaries(["18.04", "18.13"]).attrs["map_notes"]) == 2
    assert len(load_boundaries(["Lampung", "Jambi"]).attrs["map_notes"]) == 1
    assert load_boundaries(["Jambi", "Bengkulu"]).attrs["map_notes"] == []


def test_the_shipped_outlines_say_what_they_draw_elsewhere():
    (note,) = load_boundaries("Lampung").attrs["map_notes"]
    assert note["codes"] == ("18.13", "18.04")
    assert note["id"] == (
        "Dataran tinggi Pesisir Barat (270 km²) tergambar di Lampung Barat; di peta "
        "2.694 / 2.425, resmi 2.937 / 2.110 km²."
    )
    assert "drawn 2,694 / 2,425, official 2,937 / 2,110 km²" in note["en"]
    (alone,) = load_boundaries("Pesisir Barat").attrs["map_notes"]
    assert "di peta 2.694, resmi 2.937 km²" in alone["id"]
    assert load_boundaries("Jambi").attrs["map_notes"] == []
    assert "map_notes" not in load_boundaries("Lampung", level="provinsi").attrs


def test_a_level_without_outlines_says_how_to_build_them_and_where_to_put_them():
    with pytest.raises(BoundaryError) as err:
        load_boundaries("Lampung", level="kecamatan")
    text = str(err.value)
    assert text.startswith(
        "Outlines of level kecamatan for Lampung do not come with this package. Build "
        "them once with: kkbpk-geo boundaries build --source"
    )
    assert "kkbpk-geo" in text
    assert "--boundaries, boundaries= or KKBPK_BOUNDARIES." in text
    assert "\n" not in text


@pytest.mark.parametrize(
    ("region", "level", "words"),
    [
        ("Kota Metro", "provinsi", "18.72 Kota Metro is no place that provinsi lie"),
        ("18.10.01", "kabkota", "is no place that kabkota lie in; give level='kecam"),
        ([], "kabkota", "region is an empty list"),
    ],
)
def test_a_level_above_the_place_is_refused(region, level, words):
    with pytest.raises(RegionError) as err:
        load_boundaries(region, level=level)
    assert words in str(err.value)


# --- a store -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("region", "level", "codes"),
    [
        ("Pringsewu", "kecamatan", ["18.10.01", "18.10.02"]),
        ("Lampung", "kabkota", ["18.10", "18.12", "18.72"]),
        ("18.12.01", "desa", ["18.12.01.2001", "18.12.01.2002"]),
        (["Pringsewu", "76"], "kecamatan", ["18.10.01", "18.10.02", "76.04.91"]),
    ],
)
def test_any_level_of_a_store_is_loaded(store, region, level, codes):
    frame = load_boundaries(region, level=level, boundaries=store)
    assert list(frame.index) == codes
    assert frame.attrs["attribution"] == "petak buatan (MIT), diolah"
    assert frame.attrs["commit"] == "0123abc"
    assert frame.attrs["map_notes"] == PROVENANCE["notes"]


def test_a_store_may_be_given_as_a_path_and_a_layer_as_boundaries(store, tmp_path):
    frame = load_boundaries("Lampung", path=store)
    assert list(frame.index) == ["18.10", "18.12", "18.72"]
    layer = tmp_path / "a.geojson"
    shipped = load_boundaries("Lampung")
    gpd.GeoDataFrame(shipped.drop(columns="area_km2")).reset_index().rename(
        columns={"region_code": "kode", "name": "nama"}
    ).to_file(layer)
    assert len(load_boundaries("Lampung", boundaries=layer)) == 15
    assert load_boundaries("Pringsewu", path=layer).index.to_list() == ["18.10"]


def test_a_folder_with_a_dot_in_its_name_holds_stores_too(tmp_path):
    folder = tmp_path / "peta.2026"
    folder.mkdir()
    write_store(folder / "a.kgeo", villages(), names={}, provenance=PROVENANCE)
    found = load_boundaries("Pringsewu", level="kecamatan", boundaries=folder)
    assert list(found.index) == ["18.10.01", "18.10.02"]


def test_a_store_that_is_found_is_used_for_districts_too(home):
    write_store(home / "a.kgeo", villages(), names={}, provenance=PROVENANCE)
    frame = load_boundaries("Lampung")
    assert len(frame) == 3
    assert frame.attrs["licence"] == "MIT"
    assert "18.01" in {entry["region_code"] for entry in frame.attrs["repairs"]}
    assert len(load_boundaries("Lampung", boundaries="bawaan")) == 15
    assert list(load_boundaries("Lampung", level="provinsi").index) == ["18"]


def test_a_store_that_is_found_and_lacks_the_place_leaves_it_to_the_shipped(home):
    write_store(home / "a.kgeo", villages(), names={}, provenance=PROVENANCE)
    assert load_boundaries("Jambi").attrs["year"] == 2020
    assert len(load_boundaries("Indonesia", level="provinsi")) == 38
    with pytest.raises(BoundaryError) as err:
        load_boundaries("Sulawesi Barat", level="desa")
    assert ", and a.kgeo holds only: provinsi, kabkota, kecamatan. Build" in str(
        err.value
    )


def test_a_store_that_is_named_and_lacks_the_place_is_an_error(store):
    with pytest.raises(BoundaryError, match=r"batas\.kgeo has no kabkota of Jambi"):
        load_boundaries("Jambi", boundaries=store)


def test_regions_that_a_store_lacks_are_told(store):
    frame = load_boundaries("Pringsewu", level="kecamatan", boundaries=store)
    lacking = {entry["region_code"] for entry in frame.attrs["repairs"]}
    assert len(lacking) == len(regions_of("kecamatan", "18.10")) - 2
    assert {entry["what"] for entry in frame.attrs["repairs"]} == {"missing_region"}
    (note,) = frame.attrs["notes"]
    assert note["id"].startswith(
        "batas.kgeo: 7 kecamatan tidak punya poligon di simpanan ini dan tidak "
        "digambar: 18.10.03 "
    )
    assert "…" not in note["id"]
    (note,) = load_boundaries("Lampung", boundaries=store).attrs["notes"]
    # Twelve of fifteen districts: all are named, and one more would not be.
    assert "…" not in note["en"]
    assert "12 kabkota have no outline in this store" in note["en"]
    (note,) = load_boundaries("Lampung", level="kecamatan", boundaries=store).attrs[
        "notes"
    ]
    assert note["en"].endswith(" ….")
    assert note["en"].count(", ") == 11


def test_several_places_of_several_sources_name_all_of_them(home):
    write_store(home / "a.kgeo", villages(), names={}, provenance=PROVENANCE)
    attrs = load_boundaries(["Lampung", "Jambi"]).attrs
    assert attrs["licence"] == "CC BY 3.0 IGO; MIT"
    assert attrs["attribution"].endswith("CC BY 3.0 IGO; petak buatan (MIT), diolah")
    assert attrs["levels"] == ()
    assert not {"store", "commit", "date"} & set(attrs)
    alike = load_boundaries(["Pringsewu", "Kota Metro"]).attrs
    assert (alike["licence"], alike["commit"]) == ("MIT", "0123abc")
    assert alike["levels"] == ("kecamatan", "desa")


def test_land_around_is_the_shipped_one_where_the_store_is_no_longer_there(home):
    write_store(home / "a.kgeo", villages(), names={}, provenance=PROVENANCE)
    frame = load_boundaries("Lampung")
    (home / "a.kgeo").unlink()
    assert "16.02" in load_context(frame).index


def test_a_place_in_the_sea_has_no_land_around(strip_at_sea):
    around = load_context(strip_at_sea)
    assert len(around) == 0
    assert list(around.columns) == [
        *("name", "kind", "parent_code", "area_km2", "geometry")
    ]


@pytest.fixture
def strip_at_sea():
    return gpd.GeoDataFrame(geometry=[shapely.box(80, -20, 81, -19)], crs=4326)


def test_land_around_is_of_the_same_store_where_it_has_the_neighbours(home):
    whole = load_boundaries("Indonesia").geometry
    path = home / "a.kgeo"
    write_store(path, whole, names={}, provenance=PROVENANCE, per_degree=10**6)
    around = load_context(load_boundaries("Lampung"))
    assert "16.02" in around.index
    assert around.attrs["licence"] == "MIT"
    # Of a province alone: the land around is the shipped one.
    write_store(path, villages(), names={}, provenance=PROVENANCE)
    around = load_context(load_boundaries("Lampung", level="kecamatan"))
    assert "16.02" in around.index
    assert around.attrs["licence"] == "CC BY 3.0 IGO"


def test_what_is_no_path_is_refused():
    with pytest.raises(BoundaryError, match=r"boundaries is a DataFrame; expected"):
        load_boundaries("Lampung", boundaries=pd.DataFrame())
