"""Funnels: exact tails by hand, limits that agree with them, and honest verdicts."""

import math
import re
from math import comb

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkbpk_geo.analysis.funnel import judge_rates
from kkbpk_geo.base.errors import CellError, EmptyDataError, IndicatorError

CODES = ["18.01", "18.02", "18.03", "18.04"]


def series(*values, codes=CODES):
    return pd.Series(values, index=pd.Index(codes[: len(values)], name="region_code"))


def tails(k, n, p):
    """Two-sided binomial p-value from the definition."""
    chance = [comb(n, j) * p**j * (1 - p) ** (n - j) for j in range(n + 1)]
    return min(1.0, 2 * min(sum(chance[: k + 1]), sum(chance[k:])))


def test_none_and_all_of_ten_differ_from_half_by_more_than_chance():
    got = judge_rates(series(0, 5, 10), series(10, 10, 10))
    assert got.target == 0.5
    assert got.table["p"].tolist() == pytest.approx([2 / 1024, 1, 2 / 1024])
    # three questions at once: the two smallest p times 3/2
    assert got.table["p_fdr"].tolist() == pytest.approx([3 / 1024, 1, 3 / 1024])
    assert got.table["verdict"].tolist() == ["lower", "as_expected", "higher"]
    assert got.table["beyond"].tolist() == [-1, 0, 1]


def test_the_summary_names_who_differs_and_says_how_sure():
    got = judge_rates(series(0, 5, 10), series(10, 10, 10))
    assert got.summary().startswith(
        "Jelas lebih rendah dari 50,0\u00a0%: 1 dari 3 wilayah: Lampung Selatan. Jelas "
        "lebih tinggi dari 50,0\u00a0%: 1 dari 3 wilayah: Lampung Utara. Selebihnya "
        "(1) tidak dapat dibedakan dari kebetulan: Lampung Tengah."
    )
    assert "tingkat penemuan keliru 5\u00a0%" in got.method()
    quiet = judge_rates(series(4, 5, 6), series(10, 10, 10)).summary("en")
    assert quiet.startswith("No region is clearly lower than 50.0%, of 3 judged.")


@pytest.mark.parametrize(
    ("direction", "first", "second"),
    [
        (
            "better",
            "1 dari 3 wilayah, lebih rendah dari",
            "lebih tinggi (1): Lampung U",
        ),
        ("worse", "1 dari 3 wilayah, lebih tinggi dari", "lebih rendah (1): Lampung S"),
    ],
)
def test_who_needs_attention_is_named_before_who_is_well(direction, first, second):
    got = judge_rates(series(0, 5, 10), series(10, 10, 10), direction=direction)
    needy, well, _ = got.said()[:3]
    assert needy.startswith(f"Jelas perlu perhatian: {first} 50,0\u00a0%: ")
    assert well.startswith(f"Jelas lebih baik, {second}")


def test_the_furthest_is_named_first():
    got = judge_rates(series(20, 5, 50), series(100, 100, 100), target=0.5)
    assert got.of("lower") == ("18.02", "18.01")


def test_a_last_place_is_not_a_difference():
    got = judge_rates(series(3, 5, 7), series(10, 10, 10))
    assert set(got.table["verdict"]) == {"as_expected"}


def test_fifteen_questions_need_more_than_one_in_twenty():
    codes = [f"18.{i:02d}" for i in range(1, 16)]
    events = pd.Series([50] * 14 + [61], index=codes)
    people = pd.Series(100, index=codes)
    got = judge_rates(events, people, target=0.5)
    assert got.table.loc["18.15", "p"] < 0.05
    assert got.table.loc["18.15", "p_fdr"] > 0.05
    assert got.table.loc["18.15", "verdict"] == "as_expected"


def test_a_stated_target_takes_the_place_of_the_province():
    got = judge_rates(series(5, 6), series(10, 10), target=0.9)
    assert got.target == 0.9
    assert got.table["p"].tolist() == pytest.approx(
        [tails(5, 10, 0.9), tails(6, 10, 0.9)]
    )


def test_missing_and_no_population_have_no_verdict():
    got = judge_rates(series(5, None, 0, 6), series(10, 10, 0, 10))
    assert got.table["verdict"].tolist() == [
        "as_expected", "missing", "no_population", "as_expected",
    ]  # fmt: skip
    assert got.left_out == ("18.02", "18.03")
    assert got.table["beyond"].isna().tolist() == [False, True, True, False]


def test_the_row_of_the_province_is_set_apart():
    codes = ["18", *CODES]
    got = judge_rates(
        series(15, 0, 5, 10, codes=codes), series(30, 10, 10, 10, codes=codes)
    )
    assert list(got.table.index) == CODES[:3]


def test_rates_that_are_all_nothing_or_all_equal_differ_from_nobody():
    got = judge_rates(series(0, 0), series(10, 20))
    assert got.table["p"].tolist() == [1, 1]
    assert got.table[["low_95", "high_95"]].to_numpy().tolist() == [[0, 0], [0, 0]]


def test_large_denominators_make_everything_different_and_it_warns():
    events = series(60_000, 66_000, 70_000, 74_000)
    people = series(*[100_000] * 4)
    plain = judge_rates(events, people)
    assert set(plain.table["verdict"]) == {"lower", "higher"}
    assert "Hati-hati: beda antarwilayah" in plain.summary()
    assert "Ragam antarwilayah" in plain.method()
    wide = judge_rates(events, people, widen=True)
    assert set(wide.table["verdict"]) == {"as_expected"}
    assert "Batasnya dilebarkan karena" in wide.summary()
    assert wide.table.loc["18.01", "low_95"] < plain.table.loc["18.01", "low_95"]


def test_nothing_is_widened_where_regions_scatter_less_than_chance():
    got = judge_rates(series(50, 50, 51), series(100, 100, 100), widen=True)
    assert not got.widened
    assert got.overdispersion < 1


def refused(error, text):
    return pytest.raises(error, match=f"^{re.escape(text)}$")


def test_what_cannot_be_judged_is_refused():
    text = (
        "events: row 18.02, column 'events' is 12.0; expected at most the population "
        "of the region. A funnel is for a part of a whole; for other ratios use "
        "smooth_rates."
    )
    with refused(CellError, text):
        judge_rates(series(5, 12), series(10, 10))
    text = (
        "a comparison of rates needs at least 2 regions with all their numbers; there "
        "are 0."
    )
    with refused(EmptyDataError, text):
        judge_rates(series(5, math.nan), series(0, 10))
    with refused(IndicatorError, "alpha is 5; expected a number between 0 and 1."):
        judge_rates(series(5, 6), series(10, 10), alpha=5)
    with refused(IndicatorError, "target is 70; expected a number between 0 and 1."):
        judge_rates(series(5, 6), series(10, 10), target=70)


def test_the_picture_shows_every_judged_region_limits_and_words():
    figure = judge_rates(series(0, 5, 10, None), series(10, 10, 300, 10)).picture()
    (axes,) = figure.axes
    assert sum(len(dots.get_offsets()) for dots in axes.collections) == 3
    assert len(axes.lines) == 5  # two pairs of limits and the rate compared with
    assert axes.get_xscale() == "log"
    assert "batas 95\u00a0%" in [
        text.get_text() for text in figure.legends[0].get_texts()
    ]


def test_the_page_of_a_notebook_shows_summary_and_table():
    page = judge_rates(series(0, 5, 10), series(10, 10, 10))._repr_html_()
    assert page.startswith("<p>Jelas lebih rendah dari 50,0")
    assert "<table" in page


districts = st.integers(1, 60).flatmap(
    lambda n: st.tuples(st.integers(0, n), st.just(n))
)


@given(st.lists(districts, min_size=2, max_size=10), st.randoms())
def test_funnel_laws(table, random):
    codes = [f"18.{i:02d}" for i in range(1, len(table) + 1)]
    events = pd.Series([k for k, _ in table], index=codes)
    people = pd.Series([n for _, n in table], index=codes)
    got = judge_rates(events, people)
    frame = got.table
    for k, n, p in zip(events, people, frame["p"], strict=True):
        assert p == pytest.approx(tails(k, n, got.target), abs=1e-9)
    for name, alpha in (("95", 0.05), ("998", 0.002)):
        outside = (frame["rate"] < frame[f"low_{name}"] - 1e-9) | (
            frame["rate"] > frame[f"high_{name}"] + 1e-9
        )
        assert (frame["p"][outside] <= alpha + 1e-9).all()  # limits and p agree
        inside = (frame["rate"] > frame[f"low_{name}"] + 1e-9) & (
            frame["rate"] < frame[f"high_{name}"] - 1e-9
        )
        assert (frame["p"][inside] >= alpha - 1e-9).all()
    assert (frame["p_fdr"] >= frame["p"] - 1e-12).all()
    order = random.sample(codes, len(codes))
    other = judge_rates(events[order], people).table.loc[codes]
    np.testing.assert_array_equal(other["verdict"], frame["verdict"])


def test_a_direction_that_is_none_is_refused():
    events, people = pd.Series([1, 2], ["a", "b"]), pd.Series([10, 10], ["a", "b"])
    text = "direction is 'up'; expected one of better, worse, context"
    with pytest.raises(IndicatorError, match=text):
        judge_rates(events, people, direction="up")


def test_the_words_under_the_funnel_lie_on_the_paper():
    codes = ["18.01", "18.02", "18.03", "18.04"]
    events = pd.Series([500, 500, 900, 100], codes)
    people = pd.Series([1000] * 4, codes)
    figure = judge_rates(events, people, direction="better").picture()
    figure.canvas.draw()
    (words,) = figure.legends
    box = words.get_window_extent()
    assert box.x0 >= 0
    assert box.x1 <= figure.bbox.width
