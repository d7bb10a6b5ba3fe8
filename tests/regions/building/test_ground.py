"""Ground that no village covers is given by a rule, or stays open and is told."""

import numpy as np
import pytest
import shapely
from making_villages import CELL, EAST, SOUTH, cells

from kkbpk_geo.regions.building.ground import add_islands, fill, named_hole, openings
from kkbpk_geo.regions.building.rules import Hole, Island, Patch
from kkbpk_geo.regions.coverage import area_km2

WORDS = {"id": "karena", "en": "because", "source": "daftar"}
KM2 = float(area_km2([cells(0, 0, 1, 1)])[0])
# A hole of one cell, two from the corner.
AT = {"lat": SOUTH + 1.5 * CELL, "lon": EAST + 1.5 * CELL}


def around():
    """Return two regions with a hole of one cell between them, mostly of the first."""
    hole = cells(1, 1, 2, 2)
    return np.array([cells(0, 0, 3, 1.5) - hole, cells(0, 1.5, 3, 3) - hole])


CODES = ["18.72.01", "18.72.02"]


def patch(code, km2=KM2, **more):
    return Patch(key="x", km2=km2, code=code, **{**AT, **WORDS, **more})


def test_a_hole_is_found_without_the_island_in_it():
    with_island = [*around(), cells(1.25, 1.25, 1.75, 1.75)]
    (found,) = openings(np.array(with_island))
    assert found.km2 == pytest.approx(0.75 * KM2, rel=1e-3)


def test_a_coverage_without_a_hole_has_none():
    assert openings(np.array([cells(0, 0, 1, 1), cells(1, 0, 2, 1)])) == []


def test_holes_come_the_largest_first_and_crumbs_are_none():
    crumb = cells(4, 4, 4.001, 4.001)
    units = [cells(0, 0, 9, 9) - cells(1, 1, 2, 2) - cells(5, 5, 8, 8) - crumb]
    sizes = [round(each.km2 / KM2) for each in openings(np.array(units))]
    assert sizes == [9, 1]


def test_a_patch_goes_to_the_kecamatan_of_its_rule():
    units, (given,) = fill(around(), CODES, [patch("18.72.02")])
    assert (given.code, given.km2) == ("18.72.02", pytest.approx(KM2, rel=1e-3))
    assert openings(units) == []
    assert shapely.coverage_is_valid(units)
    assert shapely.area(units[1]) / CELL**2 == pytest.approx(5)


def test_among_villages_the_longest_border_takes_it():
    hole = cells(1, 1, 2, 2)
    codes = ["18.72.01.1001", "18.72.01.1002"]
    units = np.array([cells(0, 0, 3, 1.75) - hole, cells(0, 1.75, 3, 3) - hole])
    _, (given,) = fill(units, codes, [patch("18.72.01")])
    assert given.code == "18.72.01.1001"


@pytest.mark.parametrize(("share", "code"), [(0.81, "18.72.01"), (0.79, "")])
def test_a_hole_of_another_size_is_another_hole(share, code):
    # A quarter of the rule's size is allowed: 1 / 0.8 is the limit.
    _, (given,) = fill(around(), CODES, [patch("18.72.01", km2=share * KM2)])
    assert given.code == code


@pytest.mark.parametrize(("degrees", "code"), [(0.019, "18.72.01"), (0.021, "")])
def test_a_hole_two_kilometres_off_is_another_hole(degrees, code):
    beside = EAST + CELL - degrees
    _, (given,) = fill(around(), CODES, [patch("18.72.01", lon=beside)])
    assert given.code == code


def test_a_rule_of_a_region_that_is_not_built_says_nothing():
    assert fill(around(), CODES, [patch("94.01.15")])[1] == []


def test_an_island_in_a_hole_is_not_laid_over():
    island = cells(1.25, 1.25, 1.75, 1.75)
    units, (given,) = fill(
        np.array([*around(), island]),
        [*CODES, "18.72.03"],
        [patch("18.72.01", km2=0.75 * KM2)],
    )
    assert given.code == "18.72.01"
    assert shapely.coverage_is_valid(units)
    assert shapely.is_valid(units).all()
    assert units[2].equals(island)


ISLAND = Island(
    key="i",
    lat=SOUTH + 5.5 * CELL,
    lon=EAST + 5.5 * CELL,
    km2=KM2,
    code="18.72.02",
    layer="kec",
    **WORDS,
)


def test_an_island_comes_from_the_other_layer():
    other = shapely.union_all([cells(0, 0, 3, 3), cells(5, 5, 6, 6)])
    units, (given,) = add_islands(around(), CODES, [ISLAND], lambda *_: other)
    assert (given.code, given.km2) == ("18.72.02", pytest.approx(KM2, rel=1e-3))
    assert shapely.get_num_geometries(units).tolist() == [1, 2]


@pytest.mark.parametrize(
    "other", [None, cells(0, 0, 3, 3), cells(5, 5, 8, 8)], ids=["none", "no", "large"]
)
def test_without_that_island_nothing_is_added(other):
    units, (given,) = add_islands(around(), CODES, [ISLAND], lambda *_: other)
    assert given.code == ""
    assert shapely.equals(units, around()).all()


def test_an_island_that_the_layer_has_by_now_is_not_laid_over():
    there = np.array([around()[0], cells(5, 5, 6, 6)])
    _, (given,) = add_islands(there, CODES, [ISLAND], lambda *_: cells(5, 5, 6, 6))
    assert given.code == ""


def test_a_hole_that_stays_has_the_name_of_its_rule():
    lake = Hole(key="danau", km2=KM2, **AT, **WORDS)
    (opening,) = openings(around())
    assert named_hole(opening, [lake]) is lake
    assert named_hole(opening, []) is None
