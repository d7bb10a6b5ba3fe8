"""A coverage is cleaned, and what each polygon has before and after is compared."""

import numpy as np
import pytest
import shapely
from making_villages import CELL, cells, shape

from kkbpk_geo.regions.building import cleaning
from kkbpk_geo.regions.building.cleaning import clean

METRE = 1 / 111_320 / CELL  # in cells


def shares(polygons):
    """Areas in cells."""
    return (shapely.area(polygons) / CELL**2).round(3).tolist()


def test_ground_claimed_twice_goes_to_the_longest_border():
    # The second reaches a quarter of a cell into the first one, all along its side.
    found = clean([cells(0, 0, 1, 1), cells(0.75, 0, 2, 1)])
    assert shapely.coverage_is_valid(found.polygons)
    assert sum(shares(found.polygons)) == pytest.approx(2)
    assert found.lost == found.covered == found.grown == ()


@pytest.mark.parametrize(("metres", "open_ground"), [(100, 0), (125, 1)])
def test_a_crack_of_110_metres_is_closed_and_a_wider_one_is_ground(metres, open_ground):
    half = metres * METRE / 2
    slit = cells(1 - half, 0.5, 1 + half, 1.5)
    found = clean([cells(0, 0, 1, 2) - slit, cells(1, 0, 2, 2) - slit])
    ground = shapely.coverage_union_all(found.polygons)
    assert len(ground.interiors) == open_ground


@pytest.mark.parametrize(
    ("level", "metres", "open_ground"),
    [("kecamatan", 1050, 0), ("kabkota", 1050, 0), ("kecamatan", 1200, 1)],
)
def test_coarse_layers_have_wider_cracks(level, metres, open_ground):
    half = metres * METRE / 2
    slit = cells(1 - half, 0.5, 1 + half, 1.5)
    coarse = [cells(0, 0, 1, 2) - slit, cells(1, 0, 2, 2) - slit]
    ground = shapely.coverage_union_all(clean(coarse, level=level).polygons)
    assert len(ground.interiors) == open_ground


def test_a_bay_is_no_crack_however_narrow():
    bay = cells(0.99, 1, 1.01, 2)  # 44 metres, open to the north
    found = clean([cells(0, 0, 1, 2) - bay, cells(1, 0, 2, 2) - bay])
    assert sum(shares(found.polygons)) == pytest.approx(4 - 0.02, abs=0.001)


def test_an_outline_that_crosses_itself_is_mended_and_told():
    bow = shape((0, 0), (1, 1), (1, 0), (0, 1))
    found = clean([bow, cells(1, 0, 2, 1)])
    assert found.invalid == (0,)
    # Two triangles of a quarter each; nothing of the middle is made up.
    assert shares(found.polygons) == [0.5, 1]


def test_what_is_drawn_on_others_ground_is_told_and_no_other_distance_tried(
    monkeypatch,
):
    tried = []
    plain = shapely.coverage_clean

    def watched(*given, **options):
        tried.append(options["snapping_distance"])
        return plain(*given, **options)

    monkeypatch.setattr(shapely, "coverage_clean", watched)
    found = clean([cells(0, 0, 3, 3), cells(1, 1, 1.5, 1.5)])
    assert found.covered == (1,)
    assert found.lost == ()
    assert tried == [1e-4]


def losing(first):
    """Return a cleaning that loses its first polygon at the given distances."""
    plain = shapely.coverage_clean

    def clean_and_lose(polygons, **options):
        found = plain(polygons, **options)
        if options["snapping_distance"] in first:
            found[0] = shapely.Polygon()
        return found

    return clean_and_lose


@pytest.mark.parametrize(
    ("first", "kept", "lost"),
    [
        ((), 1e-4, ()),
        ((1e-4,), 1.2e-4, ()),
        ((1e-4, 1.2e-4), 0.8e-4, ()),
        ((1e-4, 1.2e-4, 0.8e-4), 1e-4, (0,)),
    ],
)
def test_what_vanishes_in_silence_is_tried_at_another_distance(
    monkeypatch, first, kept, lost
):
    monkeypatch.setattr(shapely, "coverage_clean", losing(first))
    found = clean([cells(0, 0, 1, 1), cells(5, 5, 6, 6)])
    assert (found.snapping, found.lost) == (kept, lost)
    assert found.covered == ()


def test_joining_begins_at_another_distance():
    assert cleaning.SNAPPING == (1e-4, 1.2e-4, 0.8e-4)
    assert cleaning.JOINING == (1.1e-4, 1.3e-4, 0.9e-4)


@pytest.mark.parametrize(("share", "lost"), [(0.51, ()), (0.49, (0,))])
def test_less_than_half_of_its_ground_is_lost(monkeypatch, share, lost):
    given = [cells(0, 0, 1, 1), cells(5, 5, 6, 6)]
    after = np.array([cells(0, 0, share, 1), given[1]], dtype=object)
    monkeypatch.setattr(shapely, "coverage_clean", lambda *_, **__: after)
    assert clean(given).lost == lost


@pytest.mark.parametrize(("share", "grown"), [(1.99, ()), (2.01, (0,))])
def test_a_neighbour_that_became_twice_as_large_is_told(monkeypatch, share, grown):
    given = [cells(0, 0, 1, 1), cells(5, 5, 6, 6)]
    after = np.array([cells(0, 0, share, 1), given[1]], dtype=object)
    monkeypatch.setattr(shapely, "coverage_clean", lambda *_, **__: after)
    assert clean(given).grown == grown


def test_coordinates_are_rounded_to_a_metre_before_they_are_cleaned():
    found = clean([cells(0, 0, 1, 1)])
    assert cleaning.DECIMALS == 5
    points = shapely.get_coordinates(found.given)
    assert (points == points.round(5)).all()
