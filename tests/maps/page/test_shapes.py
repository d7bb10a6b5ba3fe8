"""Shapes for drawing: no heavier than asked for, never without their shape."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from kkbpk_geo.maps.page import shapes as drawing
from kkbpk_geo.maps.page.shapes import (
    extent,
    for_drawing,
    joined_by_parent,
    nested_for_drawing,
    positions_of_parents,
)

WAVES = 0.0004 * np.sin(np.arange(200))  # a shore of 200 vertices, 40 metres high


def shore(west, side=1.0):
    """A square with a wavy shore on its upper side."""
    x = np.linspace(west, west + side, 200)
    upper = np.column_stack([x, side + WAVES * side])
    return shapely.Polygon([(west, 0.0), *upper, (west + side, 0.0)])


def vertices(shapes):
    return int(shapely.get_num_coordinates(shapes).sum())


def coarse(side):
    """Two neighbours, of which no line is simple enough for eight vertices."""
    teeth = [
        (x * side, side * (1 + 0.3 * (i % 2))) for i, x in enumerate(np.r_[0:1:9j])
    ]
    ground = [(side, 0.0), (0.0, 0.0)]
    return np.array([shapely.Polygon([*teeth, *ground])])


def one_by_one(shapes, most):
    """As it would be done by hand: one tolerance after the other, from the finest."""
    tolerance, found = 1e-4, shapes
    while vertices(found) > most:
        found = shapely.coverage_simplify(shapes, tolerance)
        tolerance *= 1.6
    return found


@pytest.mark.parametrize("most", [399, 300, 150, 60, 30, 14])
def test_shapes_are_as_fine_as_the_number_of_vertices_allows(most):
    shapes = np.array([shore(0.0), shore(1.0)])
    found = for_drawing(shapes, most)
    assert vertices(found) <= most
    assert shapely.equals_exact(found, one_by_one(shapes, most)).all()


def test_a_search_for_the_right_tolerance_tries_few_of_them(monkeypatch):
    tried = []
    simplify = shapely.coverage_simplify

    def counted(shapes, tolerance):
        tried.append(tolerance)
        return simplify(shapes, tolerance)

    monkeypatch.setattr(shapely, "coverage_simplify", counted)
    for_drawing(np.array([shore(0.0), shore(1.0)]), 30)
    assert len(tried) <= 5  # of 15
    tried.clear()
    for_drawing(np.array([shore(0.0), shore(1.0)]), 5)
    assert len(tried) == 1  # what no tolerance makes light enough is asked for once


@pytest.mark.parametrize("side", [0.01, 1.0, 10.0])
def test_a_shape_keeps_its_corners_however_few_vertices_are_asked_for(side):
    """Teeth of 0.3 by a quarter: each is 3.75 hundredths of a square, and stays."""
    shapes = coarse(side)
    assert vertices(for_drawing(shapes, 5)) == vertices(shapes) == 12


def test_a_corner_of_less_than_a_hundredth_of_a_shape_may_go(monkeypatch):
    shapes = coarse(1.0)
    monkeypatch.setattr(drawing, "_COARSEST", 0.5)
    assert vertices(for_drawing(shapes, 5)) < 12


def test_shapes_that_are_absent_or_empty_do_not_make_the_others_coarser():
    shapes = np.array([coarse(1.0)[0], None, *[shapely.Polygon()] * 1000])
    assert vertices(for_drawing(shapes, 5)) == 12


def test_the_view_holds_the_largest_part_of_every_shape_and_no_far_islet():
    land = shapely.box(0, 0, 4, 4)
    islet, town = shapely.box(9, 9, 9.001, 9.001), shapely.box(5, 5, 5.01, 5.01)
    shapes = np.array([land, shapely.MultiPolygon([islet, town])])
    assert extent(shapes) == (0.0, 0.0, 5.01, 5.01)


def frame_of(shapes, parents=None):
    codes = list(shapes)
    above = parents or [code.rpartition(".")[0] for code in codes]
    return gpd.GeoDataFrame(
        {"parent_code": above}, geometry=list(shapes.values()), index=codes, crs=4326
    )


def waving(west):
    """Two regions side by side with a shore, under one parent."""
    return {f"1.{i}": shore(west + i) for i in range(2)}


def test_a_region_is_drawn_with_the_lines_of_what_is_in_it():
    fine = frame_of(waving(0))
    whole = frame_of({"1": shapely.union_all(fine.geometry.to_numpy())}, [""])
    upper, lower = nested_for_drawing([whole, fine], 2)
    # 16 times two vertices for what is below, and the region is their union.
    assert 16 < vertices(lower) <= 32 < vertices(fine.geometry.to_numpy())
    assert upper[0].equals(shapely.union_all(lower))


def test_a_region_that_its_parts_do_not_fill_keeps_its_own_shape():
    fine = frame_of(waving(0))
    whole = frame_of({"1": shapely.box(0, 0, 2, 1.5)}, [""])
    (upper,), _ = nested_for_drawing([whole, fine], 1000)
    assert upper.equals(shapely.box(0, 0, 2, 1.5))


@pytest.mark.parametrize(("more", "is_filled"), [(1e-7, True), (1e-5, False)])
def test_parts_fill_a_region_to_a_millionth_of_its_area(more, is_filled):
    fine = frame_of({"1.1": shapely.box(0, 0, 1, 1), "1.2": shapely.box(1, 0, 2, 1)})
    own = shapely.box(0, 0, 2, 1 + more)
    whole = frame_of({"1": own}, [""])
    (upper,), _ = nested_for_drawing([whole, fine], 1000)
    assert upper.equals(own) != is_filled


def test_parts_that_overlap_are_joined_all_the_same():
    both = np.array([shapely.box(0, 0, 2, 1), shapely.box(1, 0, 3, 1)])
    (found,) = joined_by_parent(both, np.array([0, 0]), 1)
    assert found.equals(shapely.box(0, 0, 3, 1))


def test_a_parent_that_is_nowhere_is_told_by_minus_one():
    upper = frame_of({"1": shapely.box(0, 0, 1, 1)}, [""])
    lower = frame_of({"1.1": shapely.box(0, 0, 1, 1), "2.1": shapely.box(1, 0, 2, 1)})
    assert positions_of_parents(upper, lower).tolist() == [0, -1]
