"""Kinds instead of numbers: priority classes, types of region."""

import re
from itertools import pairwise

import pandas as pd
import pytest

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.maps.content.bivariate import pair_layers
from kkbpk_geo.maps.content.classes import classify_kinds
from kkbpk_geo.maps.content.modes import modes_of
from kkbpk_geo.maps.content.options import MapIndicator, MapOptions
from kkbpk_geo.maps.content.palettes import KINDS, kinds_for, lightness
from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.page.payload import page_data
from kkbpk_geo.maps.paper.panels import legend_rows
from kkbpk_geo.maps.paper.sheet import PrintOptions
from kkbpk_geo.maps.paper.static import draw_static_map

STEPS = MapIndicator(
    key="kelas",
    label="Kelas",
    direction="worse",
    kinds={
        "rendah": {"id": "Rendah", "en": "Low"},
        "sedang": {"id": "Sedang", "en": "Middle"},
        "tinggi": {"id": "Tinggi", "en": "High"},
    },
)


def whole(text):
    return f"^{re.escape(text)}$"


@pytest.fixture
def typed(strip):
    """West and east are harbours, the middle has no type; nobody is a farm."""
    types = pd.Categorical(["pelabuhan", None, "pelabuhan"], ["kebun", "pelabuhan"])
    return pd.DataFrame({"tipe": types, "air": [1, 2, 3]}, index=strip.index)


def test_a_column_of_kinds_is_a_layer_with_a_colour_each(strip, typed):
    layer = describe_map(strip, typed).layer("tipe")
    assert layer.classes.method == "kinds"
    assert layer.classes.labels("id") == ("kebun", "pelabuhan")
    assert layer.classes.counts(layer.cells[""].values) == (0, 2)
    assert layer.cells[""].values == (1, None, 1)
    assert layer.cells[""].status == ("ok", "missing", "ok")
    assert layer.cells[""].province is None
    assert list(modes_of(layer)) == ["value"]


def test_steps_are_dark_where_attention_is_needed(strip):
    table = pd.DataFrame({"kelas": ["tinggi", "rendah", None]}, index=strip.index)
    layer = describe_map(strip, table, indicators=[STEPS]).layer()
    assert layer.cells[""].values == (2, 0, None)
    light = [lightness(colour) for colour in layer.classes.colours]
    assert light == sorted(light, reverse=True)
    rows = legend_rows(layer, layer.cells[""], "en")
    assert [(text, n) for _, text, n in rows] == [
        ("High", 1), ("Middle", 0), ("Low", 1), ("no data", 1),
    ]  # fmt: skip


def test_a_tidy_table_holds_kinds_in_its_values(strip):
    table = pd.DataFrame(
        {
            "region_code": [*strip.index, *strip.index],
            "indicator": ["kelas"] * 3 + ["air"] * 3,
            "value": ["sedang", "tinggi", None, 1, 2, 3],
        }
    )
    air = MapIndicator(key="air", label="Air")
    found = describe_map(strip, table, indicators=[STEPS, air])
    assert found.layer("kelas").cells[""].values == (1, 2, None)
    assert found.layer("air").cells[""].values == (1, 2, 3)


def test_kinds_without_order_keep_theirs_in_the_legend(strip, typed):
    layer = describe_map(strip, typed).layer("tipe")
    rows = legend_rows(layer, layer.cells[""], "id")
    assert [text for _, text, _ in rows] == ["kebun", "pelabuhan", "tidak ada data"]


def test_the_page_gets_words_and_no_terciles(strip, typed):
    page = page_data(describe_map(strip, typed))
    kinds, air = page["levels"][0]["layers"]
    assert [page["pool"][at] for at in kinds["kinds"]] == ["kebun", "pelabuhan"]
    assert "thirds" not in kinds
    assert "kinds" not in air


def test_colours_of_kinds_differ_in_grey_print():
    light = [lightness(colour) for colour in KINDS]
    steps = [b - a for a, b in pairwise(light)]
    assert min(steps) > 0.05
    assert all(len(set(kinds_for(k, "context"))) == k for k in range(1, 9))


def test_a_kind_that_was_not_announced_is_refused_with_its_place(strip):
    table = pd.DataFrame({"kelas": ["tinggi", "gawat", None]}, index=strip.index)
    text = (
        "table: region 18.02, column 'kelas' is 'gawat'; expected one of "
        "['rendah', 'sedang', 'tinggi']."
    )
    with pytest.raises(MapError, match=whole(text)):
        describe_map(strip, table, indicators=[STEPS])


def test_text_in_a_tidy_table_is_refused_with_its_place(strip):
    table = pd.DataFrame(
        {"region_code": strip.index, "indicator": "air", "value": [1, "dua", 3]}
    )
    text = (
        "table: region 18.02, indicator 'air' is 'dua'; expected a number. Read the "
        "sheet with read_table, convert the column first, or, for a column of kinds, "
        "give it the type 'category'."
    )
    with pytest.raises(MapError, match=whole(text)):
        describe_map(strip, table)


def test_too_many_kinds_are_refused_when_asked_for_and_left_out_when_not(strip):
    many = pd.Categorical(["a", "b", "c"], list("abcdefghij"))
    table = pd.DataFrame({"tipe": many, "air": [1, 2, 3]}, index=strip.index)
    assert [x.indicator.key for x in describe_map(strip, table).layers] == ["air"]
    text = (
        "there are 10 kinds ('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', …); expected at "
        "most 8, more cannot be told apart. Join kinds first."
    )
    with pytest.raises(MapError, match=whole(text)):
        describe_map(strip, table, indicators=["tipe"])
    with pytest.raises(MapError, match="expected at most 7"):
        classify_kinds([(c, c) for c in "abcdefgh"], "worse")


def test_yes_and_no_with_gaps_are_kinds_and_a_blank_is_missing(strip):
    table = pd.DataFrame(
        {
            "ya": pd.Series([True, False, None], dtype=object, index=strip.index),
            "tipe": pd.Categorical(["", "kebun", " "]),
        },
        index=strip.index,
    )
    found = describe_map(strip, table, indicators=["ya", "tipe"])
    assert found.layer("ya").classes.labels("en") == ("no", "yes")
    assert found.layer("ya").cells[""].values == (1, 0, None)
    assert found.layer("tipe").classes.labels("id") == ("kebun",)
    assert found.layer("tipe").cells[""].status == ("missing", "ok", "missing")


def test_a_print_lists_every_kind_or_says_how_many_more(strip):
    from kkbpk_geo.maps.paper.figure import PrintFigure, paper
    from kkbpk_geo.maps.paper.panels import draw_members
    from kkbpk_geo.maps.paper.sheet import lay_out
    from kkbpk_geo.maps.paper.style import own_settings

    table = pd.DataFrame({"tipe": pd.Categorical(list("abc"))}, index=strip.index)
    found = describe_map(strip, table)
    layer = found.layer()

    def said(bottom):
        sheet = lay_out(PrintOptions())
        axes = paper(PrintFigure(), sheet, sheet.panels[0])
        draw_members(axes, found, layer, layer.cells[""], (0.0, bottom, 1.0))
        return [text.get_text() for text in axes.texts]

    with own_settings():
        assert said(300)[1:] == ["a", "Barat", "b", "Tengah", "c", "Kota Timur"]
        assert said(60)[1:] == ["a", "Barat", "b", "Tengah", "… dan 1 kelas lagi"]


def test_kinds_are_not_read_together_with_numbers(strip, typed):
    found = describe_map(strip, typed)
    text = (
        "indicator 'tipe' holds kinds; two indicators are read together by how high "
        "their numbers are. Choose one with numbers."
    )
    with pytest.raises(MapError, match=whole(text)):
        pair_layers(found.layer("air"), found.layer("tipe"))


@pytest.mark.parametrize("orientation", ["landscape", "portrait"])
def test_the_print_lists_who_is_of_which_kind(strip, typed, orientation):
    figure = draw_static_map(
        strip,
        typed,
        indicator="tipe",
        options=MapOptions(language="id"),
        layout=PrintOptions(orientation=orientation, names=False),
    )
    said = [text.get_text() for axes in figure.axes for text in axes.texts]
    assert "Barat, Kota Timur" in said
    assert "Tengah" in said, "it has no type"
    assert said.count("pelabuhan") == 2, "in the legend and above its regions"
    assert said.count("kebun") == 1, "nobody is one"
