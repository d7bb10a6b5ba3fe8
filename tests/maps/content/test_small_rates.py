"""Rates of a few in 100,000: every digit is kept, and the unit says per how many."""

from __future__ import annotations

import pandas as pd
import pytest

from kkbpk_geo import MapIndicator
from kkbpk_geo.maps import describe_map, draw_static_map, draw_work_map
from kkbpk_geo.maps.content.layers import per_of


@pytest.mark.parametrize(
    ("values", "per"),
    [
        ([1.2e-5, 2.6e-5], 100_000),
        ([-2.6e-5, 0], 100_000),
        ([3e-6], 100_000),
        ([3e-9], 1_000_000_000),
        ([0.0005, 0.0001], 10_000),
        ([0.0049, 1e-5], 1_000),
        ([0.005, 1e-5], 1),
        ([0, 0], 1),
        ([], 1),
        ([None, 1e-4], 10_000),
        ([12.0, 1e-9], 1),
    ],
)
def test_a_rate_is_worded_per_the_least_number_that_makes_it_one(values, per):
    assert per_of(values) == per


def test_a_percent_is_a_share_of_a_hundred_already():
    # 0.004 % are 4 in 100,000.
    assert per_of([0.004], whole=100) == 100_000
    assert per_of([0.004]) == 1_000


def _layer(strip, indicator=None, values=(1.2e-5, 1.3e-5, 2.6e-5)):
    table = pd.DataFrame({"rate": list(values)}, index=strip.index)
    asked = [indicator] if indicator else None
    return describe_map(strip, table, indicators=asked).layer("rate")


def test_small_rates_keep_their_digits_and_the_unit_says_so(strip):
    layer = _layer(strip)
    assert layer.cells[""].values == (1.2, 1.3, 2.6)
    assert layer.classes.k == 3
    assert layer.said("unit", "id") == "per 100.000"
    assert layer.said("unit", "en") == "per 100,000"


@pytest.mark.parametrize(
    ("unit", "said", "first"),
    [
        ("kasus", "kasus per 100.000", 1.2),
        # One in a hundred is a percent: 0.000012 % are 0.12 of a million.
        ("%", "per 100.000", 0.012),
        ("kasus per orang", "kasus per orang, dikalikan 100.000", 1.2),
        ("kasus/orang", "kasus/orang, dikalikan 100.000", 1.2),
    ],
)
def test_a_unit_stays_true_of_the_number_beside_it(strip, unit, said, first):
    layer = _layer(strip, MapIndicator(key="rate", unit=unit))
    assert layer.said("unit", "id") == said
    assert layer.cells[""].values[0] == pytest.approx(first)


def test_the_standard_the_breaks_and_the_factor_are_per_as_many(strip):
    given = MapIndicator(
        key="rate", direction="worse", standard_value=2e-5, breaks=(1.25e-5,),
        factor=1.0,
    )  # fmt: skip
    layer = _layer(strip, given)
    assert layer.indicator.standard_value == pytest.approx(2.0)
    assert layer.indicator.factor == 100_000
    assert layer.classes.breaks == pytest.approx((1.25,))
    assert layer.classes.counts(layer.cells[""].values) == (1, 2)


def test_digits_that_a_caller_asks_for_are_not_changed(strip):
    layer = _layer(strip, MapIndicator(key="rate", digits=6))
    assert layer.cells[""].values == (1.2e-5, 1.3e-5, 2.6e-5)
    assert layer.said("unit", "id") == ""


def test_the_page_and_the_print_show_small_rates_alike(strip):
    table = pd.DataFrame({"rate": [1.2e-5, 1.3e-5, 2.6e-5]}, index=strip.index)
    assert "per 100.000" in draw_work_map(strip, table).page
    figure = draw_static_map(strip, table, indicator="rate")
    drawn = [text.get_text() for axes in figure.axes for text in axes.texts]
    assert any("per 100.000" in text for text in drawn)
    assert any("2,6" in text for text in drawn)
