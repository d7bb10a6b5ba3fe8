"""Ranks under many designs: seeded, within bounds, and honest about what moves them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kkbpk_geo.analysis.index.composite import composite_index
from kkbpk_geo.analysis.index.normalising import Normalisation
from kkbpk_geo.analysis.index.robustness import FACTORS, draw_rank_intervals
from kkbpk_geo.analysis.ranks import rank_rows
from kkbpk_geo.base.errors import IndicatorError

# x is best at everything, z worst; y and w trade a against b.
FOUR = pd.DataFrame(
    {"a": [10, 8, 1, 0], "b": [10, 2, 9, 0], "c": [10, 5, 5, 0]}, index=list("xywz")
)


def index_of(frame=FOUR, **choices):
    return composite_index(frame, directions=dict.fromkeys(frame, 1), **choices)


def test_a_region_that_is_worst_at_everything_is_first_in_need_in_every_draw():
    got = index_of().robustness(n=500).table
    assert got.loc["z", ["rank_low", "rank_median", "rank_high"]].tolist() == [1, 1, 1]
    assert got.loc["x", ["rank_low", "rank_median", "rank_high"]].tolist() == [4, 4, 4]
    assert got.loc["x", "shift"] == 0


def test_regions_that_trade_one_indicator_for_another_change_places():
    got = index_of().robustness(n=500, top=2).table
    for code in "yw":
        assert got.loc[code, ["rank_low", "rank_high"]].tolist() == [2, 3]
        assert 0 < got.loc[code, "p_top"] < 1
    assert got["p_top"].sum() == pytest.approx(2, abs=0.2)  # ties share a place


def test_the_chance_of_the_last_places_mirrors_that_of_the_first():
    got = index_of().robustness(n=500, top=1).table
    assert got["p_top"].tolist() == [0, 0, 0, 1]
    assert got["p_bottom"].tolist() == [1, 0, 0, 0]


def test_nothing_varied_is_the_reference_itself():
    got = index_of().robustness(n=50, vary=())
    table = got.table
    for column in ("rank_low", "rank_median", "rank_high"):
        assert table[column].tolist() == table["rank"].tolist()
    assert got.mean_shift == 0
    assert got.drivers.empty


def test_no_spread_makes_weights_no_choice():
    assert index_of().robustness(n=50, spread=0, vary=("weights",)).mean_shift == 0


def test_the_same_seed_gives_the_same_draws_and_another_one_others():
    index = index_of()
    one, two = (index.robustness(n=300, seed=5).table for _ in range(2))
    pd.testing.assert_frame_equal(one, two)
    assert not one.equals(index.robustness(n=300, seed=6).table)


def test_leaving_out_an_indicator_is_ranking_without_it():
    index = index_of(weights={"a": 5})
    drivers = index.robustness(n=10).drivers
    without = drivers[drivers["change"] == "leave_out"].set_index("to")["mean_shift"]
    ranked = index_of(FOUR[["b", "c"]]).table["rank"]
    by_hand = (ranked - index.table["rank"]).abs().mean()
    assert without["a"] == pytest.approx(by_hand)
    assert by_hand > 0


def test_every_other_choice_that_is_defined_is_tried_alone():
    drivers = index_of().certainty.drivers
    tried = set(drivers[["change", "to"]].itertuples(index=False, name=None))
    assert tried == {
        ("weights", ""),
        ("normalise", "zscore"),
        ("normalise", "rank"),
        ("aggregate", "geometric"),
        ("leave_out", "a"),
        ("leave_out", "b"),
        ("leave_out", "c"),
    }


def test_a_whole_dimension_left_out_takes_no_part_and_breaks_no_threshold():
    index = index_of(dimensions={"a": "D", "b": "E", "c": "E"})
    table = index.robustness(n=200, vary=("leave_out",)).table
    assert table["rank_median"].notna().all()


def test_regions_without_a_score_have_no_rank_and_hold_no_place():
    frame = FOUR.astype(float)
    frame.loc["v"] = [99.0, np.nan, np.nan]
    table = index_of(frame).table
    assert table.loc["v", ["rank", "rank_low", "rank_high", "p_top"]].isna().all()
    assert table.loc["z", "rank_low"] == 1
    assert table.loc["x", "rank_high"] == 4


def test_a_harmonic_mean_is_drawn_on_request_only():
    # m is lowest at one thing and good at all else; l is middling everywhere.
    frame = pd.DataFrame(
        {"a": [0, 30, 100, 20], "b": [90, 40, 100, 0], "c": [90, 40, 100, 0]},
        index=list("mlhz"),
    )
    index = index_of(frame)
    usual = index.certainty
    assert usual.means == ("arithmetic", "geometric")
    every = index.robustness(means=("arithmetic", "geometric", "harmonic"))
    assert every.means == ("arithmetic", "geometric", "harmonic")
    tried = set(every.drivers["to"]) - set(usual.drivers["to"])
    assert tried == {"harmonic"}
    # The lowest value weighs the mean down: more draws put m among the neediest.
    assert (
        index.robustness(top=1).table.loc["m", "p_top"]
        < (index.robustness(top=1, means=every.means).table.loc["m", "p_top"])
    )


def test_an_index_of_harmonic_means_is_drawn_with_them():
    scale = Normalisation(scale=(1, 100))
    got = index_of(normalise=scale, aggregate="harmonic").certainty
    assert got.means == ("arithmetic", "geometric", "harmonic")
    assert got.scale is None  # the index itself runs from 1


def test_the_scale_of_a_geometric_mean_is_said():
    got = index_of().certainty
    assert got.scale == (1, 100)
    assert "jenis rata-rata: aritmetik/geometrik, skala 1–100" in got.method()
    assert "kind of mean: arithmetic/geometric, scale 1–100" in got.method("en")
    alone = index_of().robustness(n=10, means=("arithmetic",))
    assert alone.scale is None
    assert "jenis rata-rata: aritmetik, tanpa" in alone.method()


def test_goalposts_with_a_constant_column_are_compared_with_nothing_that_needs_spread():
    posts = Normalisation(method="goalposts", bounds={"a": (0, 10), "b": (0, 10)})
    frame = pd.DataFrame({"a": [5, 5], "b": [1, 2]}, index=["p", "q"])
    drivers = index_of(frame, normalise=posts).certainty.drivers
    assert "normalise" not in set(drivers["change"])


def test_one_indicator_alone_moves_under_no_choice_of_weight():
    table = index_of(FOUR[["a"]]).table
    assert (table["rank_low"] == table["rank_high"]).all()


def test_the_summary_says_what_was_drawn_and_what_moves_ranks_most():
    index = index_of(
        FOUR.rename(columns={"a": "unmet_need"}), weights={"unmet_need": 5}
    )
    plain = index.robustness(n=1200).summary()
    assert plain.startswith(
        "Bila bobot dan cara hitungnya dipilih lain (1.200 uji), urutan satu wilayah "
        "bergeser rata-rata "
    )
    text = index.robustness(n=1200).method()
    assert text.startswith(
        "Urutan diuji pada 1.200 rancangan acak (bobot ±25 %, cara normalisasi, jenis "
        "rata-rata: aritmetik/geometrik, skala 1–100, tanpa satu indikator); "
        "rentangnya 5–95\u00a0%."
    )
    assert (
        "Yang paling menggeser: tanpa Kebutuhan ber-KB tak terpenuhi (unmet need) ("
        in text
    )
    assert "over 1,200 random designs" in index.robustness(n=1200).method("en")
    assert "<table" in index.certainty._repr_html_()


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"n": 0}, "robustness: n is 0; expected 1 or more."),
        ({"top": 0}, "robustness: top is 0; expected 1 or more."),
        (
            {"spread": 1},
            "robustness: spread is 1; expected a share from 0 to below 1.",
        ),
        (
            {"vary": ("weight",)},
            f"robustness: vary names ['weight']; known: {', '.join(FACTORS)}.",
        ),
        (
            {"means": ("median",)},
            "robustness: means name ['median']; known: arithmetic, geometric, "
            "harmonic.",
        ),
    ],
)
def test_impossible_draws_are_refused(choices, message):
    index = index_of()
    with pytest.raises(IndicatorError) as caught:
        index.robustness(**choices)
    assert str(caught.value) == message


def test_the_picture_has_a_dot_for_every_ranked_region():
    figure = index_of().picture()
    axes = figure.axes[0]
    assert [t.get_text() for t in axes.get_yticklabels()] == ["z", "y", "w", "x"]
    assert axes.get_xlabel() == "Urutan (1 = paling perlu perhatian)"


@given(
    st.lists(
        st.lists(st.none() | st.integers(0, 5), min_size=4, max_size=4),
        min_size=1,
        max_size=5,
    )
)
def test_ranks_are_those_of_pandas(rows):
    scores = pd.DataFrame(rows, dtype=float)
    cells = scores.to_numpy()
    lowest = scores.rank(axis=1, ascending=True, method="min")
    np.testing.assert_array_equal(rank_rows(cells, "better"), lowest)
    for direction in ("worse", "context"):
        highest = scores.rank(axis=1, ascending=False, method="min")
        np.testing.assert_array_equal(rank_rows(cells, direction), highest)


def test_scores_that_differ_by_rounding_only_are_tied():
    got = rank_rows(np.array([[0.3, 0.1 + 0.2, 0.300001, 0.2]]), "worse")
    assert got.tolist() == [[2, 2, 1, 4]]


@settings(max_examples=15)
@given(
    st.lists(st.tuples(*[st.integers(0, 20)] * 3), min_size=2, max_size=8).filter(
        lambda rows: all(len(set(column)) > 1 for column in zip(*rows, strict=True))
    ),
    st.integers(0, 99),
)
def test_intervals_are_ordered_ranks_and_chances_are_shares(rows, seed):
    frame = pd.DataFrame(rows, columns=list("abc"))
    got = index_of(frame).robustness(n=60, seed=seed, top=2).table
    ranks = got[["rank_low", "rank_median", "rank_high"]].to_numpy(float)
    assert (np.diff(ranks, axis=1) >= 0).all()
    assert ((ranks >= 1) & (ranks <= len(frame))).all()
    assert got[["p_top", "p_bottom"]].stack().between(0, 1).all()


@pytest.mark.parametrize(("count", "named"), [(60, 60), (61, 0)])
def test_a_picture_of_many_ranks_names_no_row_and_numbers_none(count, named):
    ranks = np.arange(1, count + 1)
    table = pd.DataFrame(
        dict.fromkeys(["rank", "rank_median", "rank_low", "rank_high"], ranks),
        index=[f"r{rank:02}" for rank in ranks],
    )
    axes = draw_rank_intervals(table).axes[0]
    assert len(axes.get_yticklabels()) == named
