"""Units are put on the grid, simplified together, and proved on every level."""

import numpy as np
import pytest
import shapely
from making_villages import CELL, EAST, SOUTH, cells, four

from kkbpk_geo.base.errors import BoundaryError
from kkbpk_geo.regions.building import fitting
from kkbpk_geo.regions.building.fitting import (
    join_up,
    on_grid,
    prove,
    settle,
    simplified,
)

CODES = sorted(four())
UNITS = np.array([four()[code] for code in CODES])


def test_every_point_comes_to_stand_on_the_grid():
    moved = shapely.transform(UNITS, lambda xy: xy + 1.3e-5)
    points = shapely.get_coordinates(on_grid(moved, CODES)) * 20_000
    assert fitting.GRID == 20_000
    assert np.abs(points - points.round()).max() < 1e-6


def test_the_grid_is_of_a_five_hundred_thousandth_of_ten_degrees():
    # Half a step or less is rounded away, more is a step.
    near, far = (cells(0, 0, 1, 1), cells(0, 0, 1, 1))
    near = shapely.transform(near, lambda xy: xy + 2.4e-5)
    far = shapely.transform(far, lambda xy: xy + 2.6e-5)
    west = [float(on_grid(np.array([x]), ["a"])[0].bounds[0]) for x in (near, far)]
    assert west == pytest.approx([EAST, EAST + 5e-5], abs=1e-9)


def test_what_two_share_stays_shared_when_points_go():
    # In the middle of a border of 2.2 km a point off the line; with its neighbours it
    # makes a triangle, whose area is held against 50 x 50 metres.
    def pair(bend):
        middle = (EAST + CELL + bend, SOUTH + CELL / 2)
        low, high = (EAST + CELL, SOUTH), (EAST + CELL, SOUTH + CELL)
        left = [(EAST, SOUTH), low, middle, high, (EAST, SOUTH + CELL)]
        right = [high, middle, low, (EAST + 2 * CELL, SOUTH)]
        right.append((EAST + 2 * CELL, SOUTH + CELL))
        return np.array([shapely.Polygon(left), shapely.Polygon(right)])

    # 2,226 m x 2.1 m / 2 is 48 squared, 2.4 m make 52.
    small, large = simplified(pair(1.9e-5)), simplified(pair(2.2e-5))
    assert shapely.get_num_coordinates(small).tolist() == [5, 5]
    assert shapely.get_num_coordinates(large).tolist() == [6, 6]
    assert shapely.coverage_is_valid(large)
    assert fitting.TOLERANCE_M == 50


@pytest.mark.parametrize(
    ("level", "codes"),
    [
        ("provinsi", ["18"]),
        ("kabkota", ["18.72"]),
        ("kecamatan", ["18.72.01", "18.72.02"]),
        ("desa", CODES),
    ],
)
def test_a_level_is_joined_of_the_units_that_lie_in_it(level, codes):
    polygons, order = join_up(UNITS, CODES, level)
    assert order == codes
    assert shapely.area(polygons).sum() / CELL**2 == pytest.approx(4)


def test_units_above_a_level_are_not_in_it():
    polygons, order = join_up(UNITS, [*CODES[:3], "18.72.03"], "desa")
    assert order == CODES[:3]
    assert len(polygons) == 3


def test_every_level_is_proved_and_told_with_its_codes():
    held = prove(UNITS, CODES)
    assert list(held) == ["provinsi", "kabkota", "kecamatan", "desa"]
    assert held["kecamatan"] == ["18.72.01", "18.72.02"]


@pytest.mark.parametrize(
    ("last", "said"),
    [
        (cells(0.5, 1, 2, 2), "level desa are not valid in degrees: 18.72.01.1002"),
        (shapely.Polygon(), "level desa are not valid in degrees: 18.72.02.1002"),
        (
            shapely.Polygon([(105, -5), (106, -4), (106, -5), (105, -4)]),
            "level desa are not valid in degrees: 18.72.02.1002",
        ),
    ],
    ids=["overlap", "empty", "crossed"],
)
def test_what_is_not_sound_is_refused_by_its_codes(last, said):
    with pytest.raises(BoundaryError, match=said):
        prove(np.array([*UNITS[:3], last]), CODES)


def test_a_ring_that_covers_an_island_is_found_two_levels_up():
    # As two polygons they are a coverage; joined they are nested shells.
    hole = cells(0, 0, 3, 3) - cells(1, 1, 2, 2)
    units = np.array([hole, cells(1.25, 1.25, 1.75, 1.75)])
    prove(units, CODES[:2])
    shells = shapely.MultiPolygon([cells(0, 0, 3, 3), cells(1.25, 1.25, 1.75, 1.75)])
    with pytest.raises(BoundaryError, match="not valid in degrees"):
        prove(np.array([shells, cells(5, 5, 6, 6)]), CODES[:2])


def test_children_that_do_not_add_up_to_their_parent_are_refused(monkeypatch):
    plain = shapely.coverage_union_all
    # A thousand-millionth of a degree is a ten-millionth of the parent's ground.
    monkeypatch.setattr(
        shapely, "coverage_union_all", lambda of: plain(of).buffer(1e-9, quad_segs=1)
    )
    with pytest.raises(BoundaryError, match="do not add up to it"):
        prove(UNITS[:2], CODES[:2])
    assert fitting.NESTING == 1e-9


def test_an_islet_along_a_simplified_shore_gets_a_point_of_it():
    # Degrees keep the edge and the corner on it apart, metres do not.
    shore = [(135.4961, -0.8177), (135.4965, -0.8169), (135.5061, -0.8169)]
    land = shapely.Polygon([*shore, (135.5061, -0.8377)])
    islet = [(135.4959, -0.8177), (135.4963, -0.8173), (135.4961, -0.8177)]
    unit = shapely.MultiPolygon([land, shapely.Polygon(islet)])
    codes = ["91.19.04"]
    with pytest.raises(BoundaryError, match=r"in metres: 91\.19\.04"):
        prove(np.array([unit]), codes)
    fit, held = settle(np.array([unit]), codes)
    assert held["kecamatan"] == codes
    assert fit[0].area == pytest.approx(unit.area)
    points = shapely.get_coordinates(fit) * 20_000
    assert np.abs(points - points.round()).max() < 1e-6


def test_what_cannot_be_settled_is_refused():
    with pytest.raises(BoundaryError):
        settle(np.array([*UNITS[:3], shapely.Polygon()]), CODES)


def test_what_never_fits_on_the_grid_is_refused_by_name(monkeypatch):
    monkeypatch.setattr(fitting, "_ROUNDS", 0)
    crossing = np.array([cells(0, 0, 1, 1), cells(0.5, 0, 2, 1)])
    with pytest.raises(BoundaryError, match=r"outlines of 18\.72\.01\.1001"):
        on_grid(crossing, CODES[:2])


def test_what_overlaps_after_rounding_is_cleaned_again():
    crossing = np.array([cells(0, 0, 1, 1), cells(0.75, 0, 2, 1)])
    assert shapely.coverage_is_valid(on_grid(crossing, CODES[:2]))
