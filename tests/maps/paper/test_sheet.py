"""Which way the paper lies, and where islands far off stand; shapes made up by hand."""

from itertools import combinations

import geopandas as gpd
import pandas as pd
import pytest
from drawn import regions_of, words_of
from shapely import MultiPolygon, Polygon, box

from kkbpk_geo.maps.content.options import MapOptions
from kkbpk_geo.maps.page.far import WORTH, Bounds, Scene, read_scene
from kkbpk_geo.maps.paper.sheet import PrintOptions, lay_out
from kkbpk_geo.maps.paper.static import draw_static_map


def scene_of(wide, high):
    """Land about the equator, so wide and high in degrees."""
    bounds = Bounds(120, -high / 2, 120 + wide, high / 2)
    return Scene(bounds, bounds)


def kind_of(sheet):
    """Say which way a sheet lies, and how many panels it has."""
    way = "portrait" if sheet.height > sheet.width else "landscape"
    return way, len(sheet.panels)


# Points for the map on A4: across 547 × 433, upright with words below it 523 × 459,
# upright with words beside it 301 × 679.
@pytest.mark.parametrize(
    ("wide", "high", "kind"),
    [
        (3, 1, ("landscape", 1)),
        (1, 1, ("landscape", 1)),
        (0.59, 1, ("landscape", 1)),  # 301 / 0.59 = 510, 1.18 times 433
        (0.57, 1, ("portrait", 1)),  # 301 / 0.57 = 528, 1.22 times 433
        (0.3, 1, ("portrait", 1)),
    ],
)
def test_a_tall_province_stands_upright_where_that_is_a_fifth_larger(wide, high, kind):
    assert WORTH == 1.2
    assert kind_of(lay_out(PrintOptions(), scene_of(wide, high))) == kind


def test_what_a_caller_says_about_the_paper_is_done():
    tall, flat = scene_of(0.3, 1), scene_of(3, 1)
    across, upright = (PrintOptions(orientation=o) for o in ("landscape", "portrait"))
    assert kind_of(lay_out(across, tall)) == ("landscape", 1)
    assert kind_of(lay_out(upright, flat)) == ("portrait", 3)
    assert kind_of(lay_out(upright, tall)) == ("portrait", 1)
    assert kind_of(lay_out(PrintOptions())) == ("landscape", 1)
    assert kind_of(lay_out(upright)) == ("portrait", 3)


def test_a_larger_page_is_the_same_sheet_enlarged():
    for scene in (scene_of(0.3, 1), read_scene(ISLANDS)):
        small, large = (lay_out(PrintOptions(page=p), scene) for p in ("A4", "A3"))
        assert large.map == pytest.approx(small.map.times(2**0.5))
        frames = zip(large.far, small.far, strict=True)
        for one, other in frames:
            assert one.box == pytest.approx(other.box.times(2**0.5))


LAND = MultiPolygon([box(120, -0.5, 121, 0.5), box(123, 0.2, 123.05, 0.25)])
EAST = Polygon([(121, -0.5), (121.5, 0), (121, 0.5)])
ISLANDS = [LAND, EAST, box(117, -2, 117.1, -1.9)]


def islands():
    """Two regions on one land, an islet of the first in the east, a third far off."""
    return gpd.GeoDataFrame(
        {"name": ["Darat", "Timur", "Pulau Jauh"]},
        geometry=ISLANDS,
        index=pd.Index(["18.01", "18.02", "18.03"], name="region_code"),
        crs="EPSG:4326",
    )


def test_islands_far_off_stand_in_frames_where_the_map_is_a_fifth_larger_for_it():
    sheet = lay_out(PrintOptions(), read_scene(ISLANDS))
    assert sheet.shown == Bounds(120, -0.5, 121.5, 0.5)
    assert [frame.islands.regions for frame in sheet.far] == [(0,), (2,)]
    near = [box(120, -0.5, 123, 0.5), box(123.4, 0, 123.5, 0.1)]
    assert read_scene(near).far != ()
    # A map 3.5 degrees wide that would be one of 3, less the room for the frame.
    assert lay_out(PrintOptions(), read_scene(near)).far == ()


def test_a_caller_may_want_every_island_in_its_place():
    sheet = lay_out(PrintOptions(far=False), read_scene(ISLANDS))
    assert (sheet.far, sheet.shown) == ((), None)


SHAPES = {
    "flat": [box(120, -0.3, 122, 0.3), box(126, 3, 126.1, 3.1)],
    "square": ISLANDS,
    "tall": [box(120, -2, 121, 2), box(114, 1, 114.1, 1.1)],
    "three": [*ISLANDS, box(120.5, 4, 120.6, 4.1)],
}


@pytest.mark.parametrize("orientation", ["auto", "landscape", "portrait"])
@pytest.mark.parametrize("name", SHAPES)
def test_nothing_on_a_sheet_stands_on_anything_else(name, orientation):
    layout = PrintOptions(orientation=orientation)
    sheet = lay_out(layout, read_scene(SHAPES[name]))
    assert sheet.far
    frames = [frame.box for frame in sheet.far]
    boxes = [sheet.head, sheet.map, *sheet.panels, *frames]
    for one in boxes:
        assert one.left >= 29
        assert one.left + one.width <= sheet.width - 29
        assert one.bottom >= sheet.foot.bottom + sheet.foot.height - 1e-6
        assert one.bottom + one.height <= sheet.height - 29
    for one, other in combinations(boxes, 2):
        across = min(one.left + one.width, other.left + other.width)
        up = min(one.bottom + one.height, other.bottom + other.height)
        apart = (
            across <= max(one.left, other.left) + 1e-6
            or up <= max(one.bottom, other.bottom) + 1e-6
        )
        assert apart, (one, other)


def drawn(frame, *, language="id", **asked):
    options = MapOptions(language=language, values=True)
    table = pd.DataFrame({"air": [10.0, 20.0, 30.0]}, index=frame.index)
    layout = PrintOptions(**asked)
    return draw_static_map(
        frame, table, indicator="air", options=options, layout=layout
    )


def test_each_region_is_named_once_where_its_land_is():
    figure = drawn(islands())
    maps = [axes for axes in figure.axes if regions_of(axes)]
    assert len(maps) == 3
    named = [
        sorted(text.get_text() for text in axes.texts if text.get_zorder() == 7)
        for axes in maps
    ]
    assert named == [["Darat\n10", "Timur\n20"], [], ["Pulau\nJauh\n30"]]
    # Every region is drawn once in all, the first also where its islet is.
    assert [len(regions_of(axes)) for axes in maps] == [2, 1, 1]


def test_words_below_a_frame_say_whose_islands_they_are_and_where():
    words = words_of(drawn(islands()))
    # 1.5 degrees of sea to the east; 2.9 to the west and 1.4 to the south, so 3.2.
    assert "Darat: kira-kira 170 km di timur" in " ".join(words)
    assert "kira-kira 360 km di barat daya" in " ".join(words)
    english = " ".join(words_of(drawn(islands(), language="en")))
    assert "Darat: about 170 km to the east" in english


def test_islands_in_their_place_are_named_on_the_one_map():
    figure = drawn(islands(), far=False)
    (axes,) = [axes for axes in figure.axes if regions_of(axes)]
    assert len(regions_of(axes)) == 3
    assert not any("km di" in word for word in words_of(figure))


def test_a_frame_smaller_than_its_islands_says_its_scale():
    chain = MultiPolygon([box(124 + i / 5, 0, 124.05 + i / 5, 0.05) for i in range(12)])
    frame = islands().assign(geometry=[LAND, ISLANDS[1], chain])
    said = " ".join(words_of(drawn(frame)))
    assert "kali peta" in said
    assert "kali peta" not in " ".join(words_of(drawn(islands())))
