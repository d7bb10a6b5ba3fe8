"""Gap scores: between nothing and all, with intervals, and missing where unknown."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kkbpk_geo.base.errors import EmptyDataError, IndicatorError
from kkbpk_geo.gaps.scoring import score_gaps
from kkbpk_geo.joining.model import Joined

CODES = ["18.01", "18.02", "18.03"]


def joined(columns):
    index = pd.MultiIndex.from_product(
        [["2025-11"], CODES], names=["period", "region_code"]
    )
    values = pd.DataFrame(columns, index=index).astype("Int64")
    return Joined(
        values=values,
        status=values.notna().replace({True: "ok", False: "missing"}).astype(object),
        unplaced=pd.DataFrame(),
        ledger=pd.DataFrame(),
        conflicts=pd.DataFrame(),
        silent=pd.DataFrame(),
        sources={},
        names={"18.01": "Barat", "18.02": "Tengah", "18.03": "Timur"},
        level="kabkota",
        province_code="18",
        province_name="Lampung",
    )


TWO = {
    "villages": [10, 10, 10],
    "officers": [5, 0, None],
    "village_volunteers": [10, 5, 10],
}


def test_the_score_is_the_mean_share_that_is_lacking():
    scores = score_gaps(joined(TWO)).scores
    assert scores.loc["18.01", "score"] == 0
    assert scores.loc["18.02", "score"] == pytest.approx((1 + 0.5) / 2)


def test_a_region_that_lacks_too_much_has_no_score():
    scores = score_gaps(joined(TWO)).scores
    assert np.isnan(scores.loc["18.03", "score"])
    assert scores.loc["18.03", "missing_share"] == pytest.approx(0.5)
    assert pd.isna(scores.loc["18.03", "rank"])


def test_the_largest_gap_ranks_first_and_every_rank_has_its_interval():
    scores = score_gaps(joined(TWO)).scores.dropna()
    assert scores["rank"].to_dict() == {"18.01": 2, "18.02": 1}
    assert (scores["rank_low"] <= scores["rank"]).all()
    assert (scores["rank"] <= scores["rank_high"]).all()


@pytest.mark.parametrize(
    ("volunteers", "high"),
    [
        # Lacks 1 and 0 against 0 and 0.8: the second is ahead where w1 < 0.8 w2. Of
        # weights drawn from 0.5 to 1.5 that are 31 %; from 0.9 to 1.1 none would be.
        (2, 2),
        # Against 0 and 0.3: w1 < 0.3 w2 needs weights that differ more than 1.5 / 0.5.
        (7, 1),
    ],
)
def test_the_rank_interval_is_of_weights_from_half_to_one_and_a_half(volunteers, high):
    table = {
        "villages": [10, 10, 10],
        "officers": [0, 5, 5],
        "village_volunteers": [10, volunteers, 10],
    }
    scores = score_gaps(joined(table)).scores
    assert scores.loc["18.01", ["rank", "rank_low", "rank_high"]].tolist() == [
        1, 1, high,
    ]  # fmt: skip
    assert scores.loc["18.03", ["rank_low", "rank_high"]].tolist() == [3, 3]


def test_an_interval_is_widened_down_to_a_rank_that_no_draw_gives():
    # All three score 0.5 and rank first; under any other weights the first, which lacks
    # half of both, stands between the two that lack all of one.
    table = {
        "villages": [20, 20, 20],
        "officers": [5, 0, 10],
        "village_volunteers": [10, 20, 0],
    }
    first = score_gaps(joined(table)).scores.loc["18.01"]
    assert first[["score", "rank", "rank_low", "rank_high"]].tolist() == [0.5, 1, 1, 2]


def test_an_interval_is_widened_up_to_a_rank_that_hardly_any_draw_gives():
    # 0.5 against 0.502 and 0.502: third, but only while the weights differ by less than
    # 0.8 %; in all other draws one of the two falls behind it.
    table = {
        "villages": [1000, 1000, 1000],
        "officers": [250, 0, 498],
        "village_volunteers": [500, 996, 0],
    }
    first = score_gaps(joined(table)).scores.loc["18.01"]
    assert first[["score", "rank", "rank_low", "rank_high"]].tolist() == [0.5, 3, 2, 3]


def test_five_group_kinds_of_one_standard_weigh_as_one():
    table = {"villages": [10, 10, 10], "officers": [5, 5, 5]}
    for group in ("bkb", "bkr", "bkl", "uppka", "pik_r"):
        table[f"{group}_groups"] = [0, 10, 10]
        table[f"{group}_groups_reporting"] = [0, 10, 10]
    weights = score_gaps(joined(table)).weights
    assert weights["officers"] == pytest.approx(1 / 3)
    assert weights["reporting:bkb"] == pytest.approx(1 / 15)


def test_the_parts_explain_the_score():
    got = score_gaps(joined(TWO))
    parts = got.parts.dropna().sum(axis=1)
    np.testing.assert_allclose(parts, got.scores["score"].dropna())


def test_what_to_do_is_said_in_countable_things():
    got = score_gaps(joined(TWO))
    assert got.to_do("18.02") == ["tempatkan 5 PKB/PLKB", "angkat 5 PPKBD"]
    assert got.to_do("18.02", "en")[0] == "assign 5 field officers"
    assert got.to_do("18.01") == []


def test_the_summary_names_the_worst_with_its_interval():
    assert score_gaps(joined(TWO)).summary() == (
        "2 dari 3 wilayah dinilai atas 2 layanan. Kesenjangan terbesar: "
        "Tengah (skor 0,75; peringkat 1–1); Barat (skor 0,00; peringkat 2–2)."
    )


def test_a_weight_moves_the_score():
    got = score_gaps(joined(TWO), weights={"officers": 3})
    assert got.scores.loc["18.02", "score"] == pytest.approx((3 * 1 + 0.5) / 4)


def test_wrong_weights_are_refused():
    with pytest.raises(IndicatorError, match="weights name 'ofisers'"):
        score_gaps(joined(TWO), weights={"ofisers": 1})
    with pytest.raises(IndicatorError, match="weight of 'officers' is -1"):
        score_gaps(joined(TWO), weights={"officers": -1})
    with pytest.raises(IndicatorError, match="all weights are zero"):
        score_gaps(joined(TWO), weights={"officers": 0, "village_volunteers": 0})


def test_nothing_to_score_is_an_error_not_an_empty_map():
    with pytest.raises(EmptyDataError, match="no standard can be scored"):
        score_gaps(joined({"population": [1, 2, 3]}))


numbers = st.lists(st.none() | st.integers(0, 30), min_size=3, max_size=3)


@given(numbers, numbers, st.permutations(range(3)))
@settings(max_examples=40, deadline=None)
def test_score_laws(officers, volunteers, order):
    def score(rows):
        table = {
            "villages": [10] * 3,
            "officers": [officers[i] for i in rows],
            "village_volunteers": [volunteers[i] for i in rows],
        }
        return score_gaps(joined(table)).scores["score"].to_numpy()

    if all(x is None for x in officers + volunteers):
        with pytest.raises(EmptyDataError):
            score(range(3))
        return
    got = score(range(3))
    known = got[~np.isnan(got)]
    assert ((known >= 0) & (known <= 1)).all()  # a gap is a share
    np.testing.assert_allclose(score(order), got[list(order)])  # order is nothing
