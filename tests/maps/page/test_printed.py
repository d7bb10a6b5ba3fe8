"""Which way the page's paper lies, and which islands it frames."""

import re
from pathlib import Path

import pytest
from shapely import MultiPolygon, box

from kkbpk_geo.maps.page import printed
from kkbpk_geo.maps.page.printed import FLAT, FLAT_FRAMED, UPRIGHT, printed_sheet

LAND = box(120, -0.5, 121, 0.5)


def test_a_usual_map_prints_plainly():
    assert printed_sheet([LAND]) == {}
    assert printed_sheet([box(120, 0, 125, 1)]) == {}


# The map has 568 by 600 pixels or 736 by 480; upright 450 by 780 or 282 by 900.
@pytest.mark.parametrize(
    ("wide", "upright"),
    [
        (0.64, False),  # 450 / 0.64 = 703, 1.17 times 600
        (0.62, True),  # 450 / 0.62 = 726, 1.21 times 600
        (0.2, True),  # 900, 1.5 times 600
    ],
)
def test_a_tall_map_stands_upright_where_that_is_a_fifth_larger(wide, upright):
    found = printed_sheet([box(120, 0, 120 + wide, 1)])
    assert bool(found) == upright
    if upright:
        sheet = found["paper"]
        assert sheet["upright"] is True
        assert sheet["far"] == []


def test_islands_that_the_screen_leaves_out_stand_in_frames():
    # Less than half a hundredth of the land: to see them on the screen one moves it.
    land = MultiPolygon([LAND, box(124, 0, 124.05, 0.05)])
    found = printed_sheet([land])["paper"]
    assert found["main"] == [120, -0.5, 121, 0.5]
    assert found["upright"] is False
    (islands,) = found["far"]
    assert islands["regions"] == [0]
    assert islands["where"] == {
        "id": "kira-kira 330 km di timur",
        "en": "about 330 km to the east",
    }


def test_a_region_far_off_is_framed_where_the_map_is_a_fifth_larger_for_it():
    # 4.1 degrees would be 1; the strip of the frames takes the map to 468 pixels.
    assert printed_sheet([LAND, box(124, 0, 124.1, 0.1)])["paper"]["far"]
    # A map of 1.35 degrees has 480 pixels for one: 468 are no more.
    assert printed_sheet([LAND, box(121.25, 0, 121.35, 0.1)]) == {}


def test_a_tall_map_with_islands_far_off_stands_upright_with_frames():
    tall = box(120, -1.5, 120.8, 1.5)
    found = printed_sheet([tall, box(124, 0, 124.1, 0.1)])["paper"]
    assert found["upright"] is True
    assert len(found["far"]) == 1


def test_the_sizes_are_those_that_the_styles_give():
    folder = Path(printed.__file__).parent / "assets"
    names = ("workmap.css", "isles.css")
    styles = "".join((folder / name).read_text(encoding="utf-8") for name in names)

    def view(selector):
        rule = re.search(re.escape(selector) + r" \{([^}]*)\}", styles)[1]
        return {k: int(v) for k, v in re.findall(r"([\w-]+): (\d+)px", rule)}

    flat = view(".kg-printing .kg-view")
    framed = flat | view(".kg-printing.kg-isles .kg-view")
    upright = flat | view(".kg-printing.kg-upright .kg-view")
    legend = 120  # below the map, of five classes
    for one, sizes in ((flat, FLAT), (framed, FLAT_FRAMED), (upright, UPRIGHT)):
        wide, high = one["width"], one["height"]
        assert sizes == ((wide - one["--aside"], high), (wide, high - legend))
