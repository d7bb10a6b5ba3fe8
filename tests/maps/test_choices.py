"""Words that choose: each is checked when it is said, and the right ones are listed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from kkbpk_geo import MapIndicator, MapOptions, PrintOptions
from kkbpk_geo.base.errors import MapError
from kkbpk_geo.maps import describe_map, draw_static_map, draw_work_map


@pytest.mark.parametrize(
    ("field", "given", "right"),
    [
        ("direction", "higher", "better, worse, context"),
        ("direction", 1, "better, worse, context"),
        ("direction", None, "better, worse, context"),
        ("ranking", "worst", "best, largest, priority"),
        ("method", "quantiles", "quantile, equal, jenks, std, fixed, standard"),
        ("k", "5", "1 to 7 classes"),
        ("k", 8, "1 to 7 classes"),
        ("digits", 1.5, "whole number"),
        ("digits", True, "whole number"),
        ("label", 2025, "'2025'"),
        ("label", {"en": 5}, "'id'"),
        ("unit", {"ina": "%"}, "'id'"),
        ("standard_value", "80", "a number"),
        ("breaks", "10", "numbers"),
        ("breaks", ("10", "20"), "numbers"),
    ],
)
def test_a_word_of_an_indicator_that_is_no_choice_is_refused(field, given, right):
    with pytest.raises(MapError) as told:
        MapIndicator(key="air", **{field: given})
    assert str(told.value).startswith(f"{field} is {given!r}; expected ")
    assert right in str(told.value)


@pytest.mark.parametrize(
    ("field", "given", "right"),
    [
        ("title", 2025, "'2025'"),
        ("source", None, "text"),
        ("language", "in", "'id' or 'en'"),
        ("method", "natural_breaks", "jenks"),
        ("basemap", "google", "'osm'"),
        ("sample", "no", "True or False"),
        ("max_vertices", 0, "at least 1"),
        ("limit", -1, "at least 0"),
        ("k", 0, "1 to 7"),
        ("context", "Lampung", "load_context"),
        ("detail", "kecamatan", "MapDetail("),
        ("assets", "plugin.js", "a dict"),
    ],
)
def test_a_word_of_the_options_that_is_no_choice_is_refused(field, given, right):
    with pytest.raises(MapError) as told:
        MapOptions(**{field: given})
    assert str(told.value).startswith(f"{field} is ")
    assert right in str(told.value)


@pytest.mark.parametrize(
    ("field", "given", "right"),
    [
        ("page", "a4", "'A4' or 'A3'"),
        ("orientation", "tegak", "one of auto, landscape, portrait"),
        ("table", "no", "True or False"),
        ("date", 2025, "a text"),
        ("axes", np.zeros(2), "matplotlib Axes"),
    ],
)
def test_a_word_of_a_print_that_is_no_choice_is_refused(field, given, right):
    with pytest.raises(MapError) as told:
        PrintOptions(**{field: given})
    assert str(told.value).startswith(f"{field} is ")
    assert right in str(told.value)


def test_breaks_may_be_an_array():
    assert MapIndicator(key="air", breaks=np.array([10, 20])).breaks == (10.0, 20.0)


def test_options_may_be_a_dict_of_their_fields(strip, wide):
    said = describe_map(strip, wide, options={"title": "Air", "language": "en"})
    assert said.title == {"id": "Air", "en": "Air"}
    assert said.options.language == "en"
    page = draw_work_map(strip, wide, options={"title": "Judul sendiri"}).page
    assert "<title>Judul sendiri</title>" in page
    figure = draw_static_map(strip, wide, indicator="air", layout={"page": "A3"})
    assert figure.get_size_inches().round(1).tolist() == [16.5, 11.7]


def test_a_key_that_is_no_option_gets_the_list_of_those_that_are(strip, wide):
    with pytest.raises(MapError, match=r"options has 'judul'.*it has title, subtitle"):
        describe_map(strip, wide, options={"judul": "Air"})
    with pytest.raises(MapError, match=r"layout has 'size'.*it has page, orientation"):
        draw_static_map(strip, wide, indicator="air", layout={"size": "A3"})


@pytest.mark.parametrize("given", ["A3", 3, ["A3"]])
def test_options_of_another_kind_are_refused_with_their_class(strip, wide, given):
    with pytest.raises(MapError, match=r"expected PrintOptions, such as PrintOptions"):
        draw_static_map(strip, wide, indicator="air", layout=given)
    with pytest.raises(MapError, match=r"expected MapOptions, such as MapOptions"):
        describe_map(strip, wide, options=given)


def _keys(strip, wide, given):
    layers = describe_map(strip, wide, indicators=given).layers
    return [layer.indicator.key for layer in layers]


def test_indicators_are_named_in_any_way_that_has_an_order(strip, wide):
    keys = list(map(str, wide.columns))
    assert len(keys) > 1
    for given in (
        wide.columns, pd.Series(keys), np.array(keys), tuple(keys), iter(keys),
        dict.fromkeys(keys, "Kata"), [MapIndicator(key=key) for key in keys],
        [{"key": key} for key in keys],
    ):  # fmt: skip
        assert _keys(strip, wide, given) == keys, type(given)
    assert _keys(strip, wide, "air") == ["air"]
    assert _keys(strip, wide, MapIndicator(key="air")) == ["air"]


def test_a_dict_of_indicators_gives_their_words(strip, wide):
    given = {
        "air": "Air bersih",
        wide.columns[1]: {"id": "Lain", "en": "Other"},
    }
    first, second = describe_map(strip, wide, indicators=given).layers
    assert first.said("label", "en") == "Air bersih"
    assert second.said("label", "en") == "Other"
    whole = {"air": MapIndicator(key="air", unit="%", direction="worse")}
    (only,) = describe_map(strip, wide, indicators=whole).layers
    assert (only.said("unit", "id"), only.indicator.direction) == ("%", "worse")


@pytest.mark.parametrize(
    ("given", "remedy"),
    [
        ({"air", "other"}, "a list of names"),
        (1.5, "a list of names"),
        ({"air": 5}, r"MapIndicator\(key='air'"),
        ({"air": MapIndicator(key="lain")}, "both places"),
        ([{"key": "air", "name": "Air"}], "it has key, label"),
    ],
)
def test_indicators_said_in_no_such_way_are_refused(strip, wide, given, remedy):
    with pytest.raises(MapError, match=remedy):
        describe_map(strip, wide, indicators=given)


def test_a_print_takes_names_as_the_page_does(strip, wide):
    figure = draw_static_map(strip, wide, indicator=wide.columns[:1])
    said = draw_static_map(strip, wide, indicator={"air": "Kata sendiri"})
    assert figure.axes
    texts = [text.get_text() for axes in said.axes for text in axes.texts]
    assert any(
        "Kata sendiri" in text for text in texts + [t.get_text() for t in said.texts]
    )
