"""The main land of a map and its islands far off; every number of the rule counts."""

import numpy as np
import pytest
import shapely
from shapely import MultiPolygon, box

from kkbpk_geo.maps.page.far import (
    ABOUT,
    LITTLE,
    MOST_FRAMES,
    MOST_LAND,
    ONE_FRAME,
    TOGETHER,
    Bounds,
    _groups,
    read_scene,
)

# A square of 100 km at the equator; the sides of all the land are about as long.
LAND = box(120, -0.5, 121, 0.5)


def islet(lon, lat, side=0.02):
    """Return a square that makes no difference to the land as a whole."""
    return box(lon, lat, lon + side, lat + side)


def far_of(*shapes):
    return [(one.regions, one.way) for one in read_scene(shapes).far]


def test_land_without_islands_is_shown_as_it_is():
    scene = read_scene([LAND, box(121, -0.5, 122, 0.5)])
    assert scene.whole == scene.main == Bounds(120, -0.5, 122, 0.5)
    assert scene.far == ()


def test_an_islet_far_off_is_no_part_of_the_main_land():
    scene = read_scene([LAND, islet(124, 0)])
    assert scene.whole.east == pytest.approx(124.02)
    assert scene.main == Bounds(120, -0.5, 121, 0.5)
    (one,) = scene.far
    assert (one.regions, one.homes, one.way) == ((1,), (1,), "east")
    # Three degrees of sea.
    assert one.km == pytest.approx(3 * 111.32, rel=0.001)
    # A rock is shown with the sea around it.
    assert one.bounds == pytest.approx((123.975, -0.025, 124.045, 0.045))


@pytest.mark.parametrize(
    ("east", "north", "way"),
    [
        (3, 0, "east"),
        (3, 3, "north_east"),
        (0, 3, "north"),
        (-3, 3, "north_west"),
        (-3, 0, "west"),
        (-3, -3, "south_west"),
        (0, -3, "south"),
        (3, -3, "south_east"),
    ],
)
def test_islands_lie_to_one_of_eight_sides(east, north, way):
    assert far_of(LAND, islet(120.49 + east, -0.01 + north)) == [((1,), way)]


def test_a_region_with_most_of_its_land_at_home_is_only_a_guest_out_there():
    land = MultiPolygon([LAND, islet(124, 0)])
    (one,) = read_scene([land]).far
    assert (one.regions, one.homes) == ((0,), ())


def test_an_island_about_the_main_land_belongs_to_it():
    assert ABOUT == 0.1
    assert far_of(LAND, islet(121.099, 0)) == []
    # More than a tenth away, and more than a twentieth to add.
    assert far_of(LAND, islet(121.17, 0)) == [((1,), "east")]


def test_what_is_reached_by_small_steps_belongs_to_the_main_land():
    assert TOGETHER == 0.15
    # A square of all the land has a side of one degree: steps of 0,14 and of 0,16.
    near = [islet(121.14 + i * 0.16, 0) for i in range(5)]
    assert far_of(LAND, *near) == []
    apart = [islet(121.17 + i * 0.19, 0) for i in range(5)]
    assert len(read_scene([LAND, *apart]).far) == 1


def test_what_hardly_makes_the_map_larger_stays_on_it():
    assert LITTLE == 0.05
    # Land of 4 by 0.25 degrees: islands 0.15 apart are groups, 0.4 is about the land.
    land, about = box(120, 0, 124, 0.25), box(124.3, 0, 124.9, 0.02)
    # The map is 4.9 degrees long: 5.12 is 1.045 times that, 5.22 is 1.065 times.
    assert far_of(land, about, islet(125.1, 0)) == []
    assert far_of(land, about, islet(125.2, 0)) == [((2,), "east")]
    # As wide as before, and three times as high.
    assert far_of(land, islet(122, 0.7)) == [((1,), "north")]


def test_a_province_of_islands_has_no_main_land():
    assert pytest.approx(1 / 3) == MOST_LAND
    small, large = box(124, 0, 124.7, 0.7), box(124, 0, 124.72, 0.72)
    # 0,49 of 1,49 square degrees, and 0,52 of 1,52.
    assert len(read_scene([LAND, small]).far) == 1
    assert read_scene([LAND, large]).far == ()


def test_islands_near_each_other_share_a_frame():
    assert ONE_FRAME == 0.2
    assert len(read_scene([LAND, islet(124, 0), islet(124.2, 0)]).far) == 1
    assert len(read_scene([LAND, islet(124, 0), islet(124.24, 0)]).far) == 2


def test_there_are_at_most_three_frames_and_the_nearest_are_put_together():
    assert MOST_FRAMES == 3
    sides = [islet(124, 0), islet(120.5, 3), islet(117, 0), islet(124, 1)]
    scene = read_scene([LAND, *sides])
    assert [one.regions for one in scene.far] == [(2,), (1, 4), (3,)]


def test_the_same_shapes_in_any_order_are_the_same_scene():
    shapes = [LAND, islet(124, 0), islet(120.5, 3), islet(117, 0), islet(124, 1)]
    turned = read_scene(shapes[::-1])
    assert turned.main == read_scene(shapes).main
    assert [one.bounds for one in turned.far] == [
        one.bounds for one in read_scene(shapes).far
    ]


@pytest.mark.parametrize("shapes", [[], [None], [MultiPolygon()]])
def test_a_map_without_land_has_nothing_far(shapes):
    assert read_scene(np.array(shapes, dtype=object)).far == ()


def test_many_islands_are_read_at_once():
    rng = np.random.default_rng(7)
    places = rng.uniform((116, -4), (128, 4), (2_000, 2))
    scene = read_scene([LAND, *(islet(x, y, 0.001) for x, y in places)])
    assert len(scene.far) <= MOST_FRAMES


def test_islets_inside_the_box_of_an_island_are_grouped_as_all_pairs_would_be():
    rng = np.random.default_rng(18)
    corners = rng.uniform(0, 10, (60, 2))
    sides = rng.choice([0.05, 0.1, 2.0], (60, 2))
    boxes = shapely.box(*corners.T, *(corners + sides).T)
    near = shapely.distance(boxes[:, None], boxes[None, :]) <= 0.5
    for _ in range(60):
        near = near @ near
    wanted = {tuple(np.flatnonzero(row).tolist()) for row in near}
    found = _groups(boxes, 0.5)
    assert {tuple(one.tolist()) for one in found} == wanted
    assert len(wanted) > 3
