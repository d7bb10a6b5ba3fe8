"""Names stand in their region, or beside it with a line; none on another name."""

import itertools

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from rough_shapes import make_rough
from shapely.geometry import box

from kkbpk_geo.maps.content.options import MapOptions
from kkbpk_geo.maps.content.palettes import INK, LIGHT
from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.paper.ground import Fill, draw_graticule, draw_ground, no_value
from kkbpk_geo.maps.paper.letters import (
    Letter,
    fitted,
    printable,
    shortened,
    width_of,
    wrapped,
)
from kkbpk_geo.maps.paper.names import Looks, draw_names, overlap
from kkbpk_geo.maps.paper.style import own_settings


def drawn(frame, **asked):
    """Draw names on a sheet of 6 by 6 inches; return axes and how many are lost."""
    described = describe_map(
        frame, pd.DataFrame({"x": range(len(frame))}, index=frame.index)
    )
    axes = Figure(figsize=(6, 6), dpi=100).add_axes((0, 0, 1, 1))
    with own_settings():
        draw_ground(axes, described, [no_value("missing")] * len(frame))
        lost = draw_names(axes, described, size=8, **asked)
    return axes, lost


def named(*squares):
    """Make a frame of (name, left, bottom, size in degrees)."""
    return gpd.GeoDataFrame(
        {"name": [name for name, *_ in squares]},
        geometry=[box(x, y, x + size, y + size) for _, x, y, size in squares],
        index=pd.Index([f"18.{i:02}" for i in range(len(squares))], name="region_code"),
        crs="EPSG:4326",
    )


def test_a_name_that_fits_stands_inside_and_a_small_one_beside_with_a_line():
    axes, lost = drawn(named(("Luas", 105, -5, 1), ("Kota Kecil", 106, -5, 0.02)))
    inside, beside = axes.texts
    assert (inside.get_text(), beside.get_text()) == ("Luas", "Kota Kecil")
    x, y = inside.get_position()
    assert 105 < x < 106
    assert -5 < y < -4
    (line,) = axes.lines
    begin = line.get_xydata()[0]
    assert begin == pytest.approx((106.01, -4.99), abs=0.01)
    assert lost == 0


def test_long_names_break_between_words_only():
    axes, _ = drawn(named(("Tulang Bawang Barat", 105, -5, 0.2), ("B", 105, -4, 1)))
    text = next(t.get_text() for t in axes.texts if "Bawang" in t.get_text())
    assert text.split() == ["Tulang", "Bawang", "Barat"]


def test_without_lines_what_does_not_fit_is_counted():
    frame = named(("Luas", 105, -5, 1), ("Kota Kecil", 106, -5, 0.02))
    axes, lost = drawn(frame, leaders=False)
    assert lost == 1
    assert len(axes.texts) == 1


@pytest.mark.parametrize("n", [12, 30, 229])
def test_no_name_stands_on_another_and_none_is_silently_lost(n):
    frame = make_rough(n)
    axes, lost = drawn(frame)
    boxes = [text.get_window_extent().extents for text in axes.texts]
    assert len(boxes) + lost == n
    shrunk = [(x0 + 1, y0 + 1, x1 - 1, y1 - 1) for x0, y0, x1, y1 in boxes]
    for a, b in itertools.combinations(shrunk, 2):
        assert not overlap(a, b)


@settings(max_examples=25)
@given(st.text(max_size=80), st.floats(20, 300), st.integers(1, 4))
def test_lines_are_never_wider_than_they_may_be(text, width, lines):
    letter = Letter(size=8)
    found = wrapped(text, letter, width, lines=lines)
    assert len(found) <= lines
    assert all(width_of(line, letter) <= width * 1.001 for line in found)
    if len(found) < lines:
        kept = "".join(found).replace(" ", "")
        assert kept == printable(text).replace(" ", "")


def test_a_line_that_is_too_long_shrinks_first_and_is_cut_then():
    letter = Letter(size=10)
    full = width_of("Lampung Selatan", letter)
    assert fitted("Lampung Selatan", letter, full) == ("Lampung Selatan", letter)
    text, smaller = fitted("Lampung Selatan", letter, 0.8 * full)
    assert text == "Lampung Selatan"
    assert smaller.size == pytest.approx(8)
    text, smaller = fitted("Lampung Selatan", letter, 0.4 * full)
    assert text.endswith("…")
    assert smaller.size == pytest.approx(6)
    assert shortened("abc", letter, 100) == "abc"


def test_characters_the_font_lacks_become_a_box_and_no_line_breaks_remain():
    assert printable("a\n\t b") == "a b"
    assert printable("日本 x") == "□□ x"
    assert printable("a\x00b") == "ab"


@pytest.mark.parametrize(
    ("west", "size", "words"),
    [
        (104.2, 1.0, "104°30′ BT"),
        (105.0, 0.05, "105°01′ BT"),
        (-1.0, 1.0, "0°30′ BB"),
    ],
)
def test_lines_of_the_globe_are_named_in_degrees_and_minutes(west, size, words):
    frame = named(("A", west, -1, size))
    described = describe_map(
        frame,
        pd.DataFrame({"x": [1.0]}, index=frame.index),
        options=MapOptions(language="id"),
    )
    axes = Figure(figsize=(6, 6)).add_axes((0.1, 0.1, 0.8, 0.8))
    draw_ground(axes, described, [no_value("missing")])
    draw_graticule(axes, "id")
    texts = [t.get_text() for t in axes.texts]
    assert words in texts


DARK, PALE, HATCHED = Fill("#75220f"), Fill("#fff0c9"), no_value("missing")


def written(frame, looks, **asked):
    """Draw names on fills; return the texts by what they say."""
    described = describe_map(
        frame, pd.DataFrame({"x": range(len(frame))}, index=frame.index)
    )
    axes = Figure(figsize=(6, 6), dpi=100).add_axes((0, 0, 1, 1))
    with own_settings():
        draw_ground(axes, described, looks.fills)
        lost = draw_names(axes, described, size=8, looks=looks, **asked)
    return {text.get_text(): text for text in axes.texts}, lost


def around(text):
    """The stroke around letters: its colour, and its width in sizes of them."""
    (stroke,) = [
        vars(effect)["_gc"]
        for effect in text.get_path_effects()
        if "_gc" in vars(effect)
    ]
    return stroke["foreground"], stroke["linewidth"] / text.get_size()


def test_a_name_is_white_on_dark_dark_on_pale_and_its_halo_is_what_it_lies_on():
    frame = named(("Gelap", 105, -5, 1), ("Pucat", 106, -5, 1), ("Kosong", 107, -5, 1))
    texts, _ = written(frame, Looks((DARK, PALE, HATCHED)))
    inks = {name: text.get_color() for name, text in texts.items()}
    assert inks == {"Gelap": LIGHT, "Pucat": INK, "Kosong": INK}
    assert around(texts["Gelap"]) == (DARK.colour, pytest.approx(0.24))
    assert around(texts["Pucat"]) == (PALE.colour, pytest.approx(0.24))
    # The lines of a hatch are as dark as letters.
    assert around(texts["Kosong"]) == (LIGHT, pytest.approx(0.4))


def test_a_name_beside_its_region_is_dark_whatever_the_region_is():
    frame = named(("Luas", 105, -5, 1), ("Kota Kecil", 106, -5, 0.02))
    texts, _ = written(frame, Looks((PALE, DARK)))
    assert texts["Kota Kecil"].get_color() == INK
    assert around(texts["Kota Kecil"])[0] == LIGHT


def test_a_figure_stands_under_its_name_and_no_name_is_lost_for_it():
    # A whole degree holds both; beside a fiftieth of one both stand together.
    frame = named(("Luas", 105, -5, 1), ("Kota Kecil", 106, -5, 0.02))
    texts, lost = written(frame, Looks((PALE, PALE), ("53,2", "7,1")))
    assert sorted(texts) == ["Kota\nKecil\n7,1", "Luas\n53,2"]
    assert lost == 0


def test_a_figure_that_fits_nowhere_is_counted_and_its_name_stands_alone():
    frame = named(("Luas", 105, -5, 1), ("B", 106, -5, 0.05))
    figures = ("53,2", "1.234.567.890")
    texts, lost = written(frame, Looks((PALE, PALE), figures), leaders=False)
    assert sorted(texts) == ["B", "Luas\n53,2"]
    assert lost == 1
