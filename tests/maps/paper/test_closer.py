"""The sheet of the country: closer looks below the land, islets without a dark line."""

import numpy as np
import pandas as pd
import pytest
from shapely import MultiPolygon, Polygon, box

from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.page.far import Bounds
from kkbpk_geo.maps.paper.closer import LOOKS, closer_looks, view_above
from kkbpk_geo.maps.paper.ground import _drawn, _large_parts, is_wide
from kkbpk_geo.maps.paper.sheet import PrintOptions, lay_out
from kkbpk_geo.maps.paper.static import draw_figure
from kkbpk_geo.regions.boundaries import load_boundaries

# Sabang and Merauke, at either end of the country; Jakarta; Surabaya; Batam.
CODES = ["11.72", "93.01", "31.71", "35.78", "21.71"]


@pytest.fixture(scope="module")
def country():
    frame = load_boundaries("Indonesia").loc[CODES]
    table = pd.DataFrame({"air": range(5)}, index=frame.index)
    return describe_map(frame, table)


@pytest.fixture(scope="module")
def provinces():
    frame = load_boundaries("Indonesia", level="provinsi")
    return describe_map(frame, pd.DataFrame({"air": range(38)}, index=frame.index))


def words_of(figure):
    return {text.get_text() for axes in figure.axes for text in axes.texts}


def test_a_map_is_of_the_country_from_25_degrees_on():
    assert not is_wide(Bounds(100, -5, 125, 5))
    assert is_wide(Bounds(100, -5, 125.1, 5))


def test_a_region_is_named_in_one_closer_look(country):
    looks = {one.key: one for one in closer_looks(country, lay_out(PrintOptions()))}
    names = country.boundaries["name"].tolist()
    named = {key: [names[i] for i in sorted(one.regions)] for key, one in looks.items()}
    assert named == {
        "riau": ["Kota Batam"],
        "jakarta": ["Kota Administrasi Jakarta Pusat"],
        "java": ["Kota Surabaya"],
    }


def test_closer_looks_stand_in_a_row_below_the_land(country):
    sheet = lay_out(PrintOptions())
    looks = closer_looks(country, sheet)
    assert len({(one.box.bottom, one.box.height) for one in looks}) == 1
    rights = [one.box.left + one.box.width for one in looks]
    lefts = [one.box.left for one in looks[1:]]
    assert all(right < left for right, left in zip(rights, lefts, strict=False))
    assert rights[-1] <= sheet.map.left + sheet.map.width
    whole = Bounds(*country.boundaries.total_bounds.tolist())
    land = whole.high * sheet.scale_of(whole)
    top = looks[0].box.bottom + looks[0].box.height
    assert top < sheet.map.bottom + sheet.map.height - land
    view = view_above(whole, sheet)
    assert (view.north, view.west) == (whole.north, whole.west)
    assert view.south < whole.south


def test_the_sheet_says_what_is_drawn_larger_and_how_much(provinces):
    words = words_of(draw_figure(provinces, layout=PrintOptions(names=False)))
    assert any(text.startswith("Jawa, Madura, Bali (") for text in words)
    assert any(text.startswith("Kepulauan Riau (") for text in words)
    assert "Letak di Indonesia" not in words


def test_far_off_leaves_the_frames_out(provinces):
    plain = PrintOptions(far=False, names=False)
    words = words_of(draw_figure(provinces, layout=plain))
    assert not any(text.startswith("Jawa, Madura") for text in words)


def test_a_province_has_no_closer_looks():
    frame = load_boundaries("Lampung")
    lampung = describe_map(frame, frame, indicators=["area_km2"])
    assert closer_looks(lampung, lay_out(PrintOptions())) == ()
    assert "Letak di Indonesia" in words_of(draw_figure(lampung))


def test_islets_have_no_dark_line_around_them():
    land = MultiPolygon([box(0, 0, 3, 3), box(5, 0, 6, 1)])
    assert _large_parts(land, 1.0).equals(box(0, 0, 3, 3))
    assert _large_parts(land, 0.0) is land
    assert _large_parts(land, 99.0).is_empty


def test_lines_of_the_country_are_coarser_than_500_metres():
    # Half of 0.1 x 0.0003 degrees is the square of 430 m, of 0.1 x 0.0005 of 560 m.
    low, high = (100.05, -0.0003), (101.05, -0.0005)
    bumps = [(100, 0), low, (100.1, 0), (101, 0), high, (101.1, 0), (130, 0), (130, 5)]
    shapes = np.array([Polygon(bumps)])
    kept = list(_drawn(shapes, None)[0].exterior.coords)
    assert low not in kept
    assert high in kept
    near = np.array([Polygon([(x / 2, y) for x, y in bumps])])
    assert _drawn(near, None)[0].equals(near[0]), "a map of 15 degrees keeps its lines"


def test_every_closer_look_lies_in_the_country():
    for bounds in LOOKS.values():
        assert 95 < bounds.west < bounds.east < 141.1
        assert -11 < bounds.south < bounds.north < 6
