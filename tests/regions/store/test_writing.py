"""What a store takes, and that it gives it back as it came."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from making_stores import PROVENANCE, square, villages
from shapely.geometry import MultiPolygon, Polygon, box

from kkbpk_geo.base.errors import BoundaryError, CrsError
from kkbpk_geo.regions import open_store, write_store
from kkbpk_geo.regions.coverage import area_km2
from kkbpk_geo.regions.store.cutting import cut
from kkbpk_geo.regions.store.writing import pack_store

NAMES = {"18.10.01": "Kecamatan lain", "76.04.91": "Wonomulyo  \n Baru"}


@pytest.fixture
def stored(tmp_path):
    path = tmp_path / "batas.kgeo"
    write_store(path, villages(), names=NAMES, provenance=PROVENANCE)
    return open_store(path)


def wkb(polygons):
    return [shapely.to_wkb(each) for each in np.asarray(polygons)]


def test_the_finest_units_come_back_to_the_last_digit(stored):
    given = villages().drop("76.04.91")
    found = stored.load("desa", "18")
    assert list(found.index) == list(given.index)
    assert wkb(found.geometry) == wkb(shapely.normalize(np.asarray(given)))


@pytest.mark.parametrize("level", ["provinsi", "kabkota", "kecamatan"])
def test_a_level_above_is_what_its_units_are_joined_to(stored, level):
    found = stored.load(level, "18")
    for code, polygon in found.geometry.items():
        inside = [x for c, x in villages().items() if f"{c}.".startswith(f"{code}.")]
        assert polygon.equals(shapely.union_all(inside)), code
    assert shapely.is_valid(np.asarray(found.geometry)).all()
    assert shapely.coverage_is_valid(np.asarray(found.geometry))


def test_a_hole_with_a_city_in_it_and_an_island_are_kept(stored):
    found = stored.load("kabkota", "18")
    around = found.geometry["18.12"]
    assert len(around.geoms) == 2
    assert sum(len(part.interiors) for part in around.geoms) == 1
    assert found.geometry["18.72"].equals(box(105.25, -4.85, 105.3, -4.8))
    units = np.asarray(villages().drop("76.04.91"))
    whole = stored.load("provinsi", "18").geometry["18"]
    assert whole.area == pytest.approx(shapely.area(units).sum(), rel=1e-12)


def test_a_unit_that_is_no_village_stands_in_its_own_level_and_those_above(stored):
    assert list(stored.load("kecamatan", "76").index) == ["76.04.91"]
    assert list(stored.load("kabkota", "76").index) == ["76.04"]
    assert "76.04.91" not in stored.load("desa").index


def test_a_unit_without_villages_stands_beside_villages_of_its_province(tmp_path):
    units = villages()
    units["18.12.03"] = square(3, 5)
    units = gpd.GeoSeries(units, crs="EPSG:4326")  # older ones lose it
    path = tmp_path / "a.kgeo"
    write_store(path, units, names={}, provenance={})
    store = open_store(path)
    assert "18.12.03" in store.load("kecamatan", "18").index
    assert len(store.load("desa", "18")) == 8


def test_names_are_those_of_the_register_else_those_given_else_the_code(stored):
    kecamatan = stored.load("kecamatan")
    assert kecamatan.loc["18.10.01", "name"] == "Pringsewu"
    assert kecamatan.loc["76.04.91", "name"] == "Wonomulyo Baru"
    assert stored.load("kabkota").loc["18.72", "name"] == "Kota Metro"


def test_an_area_is_measured_and_that_of_a_region_is_the_sum_of_its_units(stored):
    units = villages()
    measured = dict(zip(units.index, area_km2(np.asarray(units)), strict=True))
    found = stored.load("desa", "18")["area_km2"]
    assert found.to_dict() == {c: round(measured[c], 3) for c in found.index}
    whole = sum(km2 for code, km2 in measured.items() if code.startswith("18.10"))
    assert stored.load("kabkota").loc["18.10", "area_km2"] == round(whole, 3)


def test_areas_that_are_given_are_kept_to_a_tenth_of_a_hectare(tmp_path):
    units = villages()
    areas = dict.fromkeys(units.index, 1.23456)
    path = tmp_path / "a.kgeo"
    write_store(path, units, names={}, provenance={}, areas=areas)
    found = open_store(path).load("kabkota")["area_km2"].to_dict()
    assert found == {"18.10": 4.938, "18.12": 3.704, "18.72": 1.235, "76.04": 1.235}


def test_the_same_units_in_another_order_make_the_same_bytes():
    units = villages()
    other = gpd.GeoSeries(units[::-1].map(lambda p: p.reverse()), crs="EPSG:4326")
    first = pack_store(units, names={}, provenance=PROVENANCE)
    upside = dict(reversed(PROVENANCE.items()))
    assert pack_store(other, names={}, provenance=upside) == first


def test_a_border_is_kept_once():
    pair = [box(0, 0, 1, 1), box(1, 0, 2, 1)]
    levels = [np.array([shapely.union_all(pair)]), np.array(pair)]
    whole, halves = cut(levels, [np.zeros(1, bool), np.ones(2, bool)], 10)
    # Around both, from where the border meets it and where the ring begins: three
    # arcs of eight edges' ends; then the one between them.
    assert whole.new.lengths.sum() == 6 + len(whole.new.lengths)
    assert halves.new.lengths.tolist() == [2]
    assert sorted(halves.uses // 2)[-2:] == [len(whole.new.lengths)] * 2


def test_a_level_that_was_not_joined_from_its_units_is_refused():
    levels = [np.array([box(0, 0, 2, 1)]), np.array([box(0, 0, 1, 1)])]
    with pytest.raises(BoundaryError, match="has an edge that its units have not"):
        cut(levels, [np.zeros(1, bool), np.ones(1, bool)], 10)


# --- refusals ----------------------------------------------------------------------


def refused(units, **more):
    with pytest.raises(BoundaryError) as err:
        pack_store(gpd.GeoSeries(units, crs=4326), names={}, provenance={}, **more)
    return str(err.value)


def test_units_beside_the_grid_are_refused():
    text = refused({"18.10.01": box(105, -5, 105.00002, -4)})
    assert text == (
        "a store holds one valid coverage; 1 unit(s) of which each lies beside the "
        "grid of 1/20000 degree: 18.10.01. Clean the units and put them on the grid "
        "first."
    )
    pack_store(
        gpd.GeoSeries({"18.10.01": box(105, -5, 105.00002, -4)}, crs=4326),
        names={}, provenance={}, per_degree=100_000,
    )  # fmt: skip


def test_units_that_overlap_are_refused():
    text = refused({"18.01": box(105, -5, 106, -4), "18.02": box(105.5, -5, 107, -4)})
    assert "does not fit to its neighbours: 18.01, 18.02." in text


def test_a_unit_that_crosses_itself_is_refused():
    bow = Polygon([(105, -5), (106, -4), (106, -5), (105, -4)])
    assert "is no valid polygon: 18.01." in refused({"18.01": bow})


def test_a_unit_that_covers_an_island_of_another_is_refused():
    outer = box(105, -5, 106, -4)
    hole, island = box(105.2, -4.8, 105.8, -4.2), box(105.4, -4.6, 105.6, -4.4)
    ring = Polygon(outer.exterior, [hole.exterior.coords])
    text = refused({"18.01.01": MultiPolygon([ring, island]), "18.01.02": hole})
    assert "does not fit to its neighbours: 18.01.01." in text


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (["18.10", "18.10.01"], "stands twice, or inside another unit: 18.10.01"),
        (["18", "76.04"], "is no code of a kabkota, kecamatan or desa: 18"),
        (["18.10.01.2001.1"], "is no code of a kabkota, kecamatan or desa"),
    ],
)
def test_codes_that_cannot_stand_together_are_refused(codes, words):
    places = [square(i, 0) for i in range(len(codes))]
    assert words in refused(dict(zip(codes, places, strict=True)))


def test_a_code_that_stands_twice_is_refused():
    twice = gpd.GeoSeries([square(0, 0), square(1, 0)], index=["18.10"] * 2, crs=4326)
    with pytest.raises(BoundaryError):
        pack_store(twice, names={}, provenance={})


def test_units_in_metres_are_refused():
    with pytest.raises(CrsError, match="units is in EPSG:32748"):
        pack_store(villages().to_crs(32748), names={}, provenance={})


def test_a_unit_without_an_area_where_areas_are_given_is_refused():
    units = {"18.10": square(0, 0), "18.12": square(1, 0)}
    assert "has no area in areas=: 18.12" in refused(units, areas={"18.10": 3.0})
