"""Polygons made to fit together; what that changed is told with its km²."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Polygon, box

from kkbpk_geo.base.errors import BoundaryError
from kkbpk_geo.regions.coverage import area_km2, clean_coverage, holes

WEST, EAST = box(105.0, -5.1, 105.1, -5.0), box(105.1, -5.1, 105.2, -5.0)
# At the equator a square of 0.1 degrees has about 123 km²: 11.13 km by 11.05 km.


def test_polygons_that_fit_are_left_alone():
    polygons, repairs = clean_coverage([WEST, EAST], ["a", "b"])
    assert repairs == []
    assert [p.equals(q) for p, q in zip(polygons, (WEST, EAST), strict=True)] == [
        True,
        True,
    ]


def test_areas_are_measured_in_km2_not_degrees():
    assert area_km2([box(105, 0, 105.1, 0.1)])[0] == pytest.approx(123.1, abs=0.2)


def test_an_overlap_is_given_to_one_side_and_told():
    wide = box(105.0, -5.1, 105.12, -5.0)
    polygons, repairs = clean_coverage([wide, EAST], ["a", "b"])
    assert shapely.coverage_is_valid(np.array(polygons))
    (told,) = repairs
    assert (told.what, told.region_code, told.note) == ("overlap", "a", "with b")
    assert told.km2 == pytest.approx(123.1 * 0.2, rel=0.01)
    assert sum(area_km2(polygons)) == pytest.approx(2 * 123.1, rel=0.01)


def frame_with_hole(side):
    """Two halves of a square around a square hole of the given side (degrees)."""
    hole = box(105.1 - side / 2, -5.05 - side / 2, 105.1 + side / 2, -5.05 + side / 2)
    return [WEST - hole, EAST - hole]


def test_a_narrow_gap_is_closed_and_told():
    polygons, repairs = clean_coverage(frame_with_hole(0.004), ["a", "b"])
    assert {r.what for r in repairs} == {"gap"}
    assert sum(r.km2 for r in repairs) == pytest.approx(123.1 * 0.0016, rel=0.02)
    assert holes(polygons) == []


def test_a_wide_hole_stays_and_is_told():
    polygons, repairs = clean_coverage(frame_with_hole(0.04), ["a", "b"])
    (told,) = repairs
    assert (told.what, told.region_code) == ("hole_left", "")
    assert told.note == "near -5.050, 105.100 (latitude, longitude)"
    assert len(holes(polygons)) == 1


def test_an_invalid_polygon_is_mended_and_told():
    bow = Polygon([(105, -5.1), (105.1, -5), (105.1, -5.1), (105, -5)])
    polygons, repairs = clean_coverage([bow], ["a"])
    assert polygons[0].is_valid
    assert repairs[0].what == "invalid_geometry"
    assert repairs[0].note.startswith("Self-intersection")


def test_a_city_inside_a_district_without_a_hole_for_it_keeps_its_ground():
    city = box(105.02, -5.08, 105.04, -5.06)
    polygons, repairs = clean_coverage([WEST, city], ["a", "b"])
    assert polygons[1].equals(city)
    assert polygons[0].equals(WEST - city)
    assert [(r.what, r.note) for r in repairs] == [("overlap", "with b")]


def test_a_polygon_that_stands_twice_is_refused():
    inner = box(105.02, -5.08, 105.04, -5.06)
    with pytest.raises(BoundaryError) as err:
        clean_coverage([WEST, inner, inner], ["a", "b", "c"])
    assert str(err.value) == (
        "1 polygon(s) have no area left after mending: ['c']; they lie under others "
        "or are only lines. Check the layer in a GIS."
    )


def test_a_line_is_no_polygon():
    flat = Polygon([(105, -5), (105.1, -5), (105, -5)])
    with pytest.raises(BoundaryError, match=r"no area left after mending: \['a'\]"):
        clean_coverage([flat], ["a"])


def test_polygons_that_never_settle_are_refused(monkeypatch):
    monkeypatch.setattr(shapely, "coverage_is_valid", lambda _: False)
    with pytest.raises(BoundaryError) as err:
        clean_coverage([WEST, EAST], ["a", "b"])
    assert str(err.value) == (
        "the polygons cannot be made to fit together: five rounds of cleaning left "
        "edges that do not match. Check the layer in a GIS for crossing borders."
    )


@given(
    st.lists(
        st.tuples(*[st.integers(0, 20)] * 2, *[st.integers(3, 9)] * 2),
        min_size=1,
        max_size=6,
        unique=True,
    )
)
def test_law_any_heap_of_boxes_becomes_a_coverage_of_the_same_ground(places):
    boxes = [
        box(105 + x / 20, -5 + y / 20, 105 + (x + w) / 20, -5 + (y + h) / 20)
        for x, y, w, h in places
    ]
    codes = [str(i) for i in range(len(boxes))]
    try:
        polygons, _ = clean_coverage(boxes, codes, gap_width=0)
    except BoundaryError:
        return  # a box lay wholly under others
    assert shapely.coverage_is_valid(np.array(polygons))
    before, after = shapely.union_all(boxes), shapely.union_all(polygons)
    assert after.area == pytest.approx(before.area, rel=1e-6)
    assert shapely.area(polygons).sum() == pytest.approx(after.area, rel=1e-6)
    again, repairs = clean_coverage(polygons, codes, gap_width=0)
    assert [r for r in repairs if r.what != "hole_left"] == []
    assert all(a.equals(b) for a, b in zip(again, polygons, strict=True))
