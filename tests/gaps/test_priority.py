"""Who is surely first, who may be: read from the interval of the rank."""

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkbpk_geo.base.errors import IndicatorError
from kkbpk_geo.gaps.priority import PRIORITIES, classify_priority


def scores(*rows):
    """Rows of (low, high); None where there is no score."""
    known = [row or (None, None) for row in rows]
    return pd.DataFrame(
        {
            "score": [None if row is None else 0.5 for row in rows],
            "rank_low": pd.array([low for low, _ in known], dtype="Int64"),
            "rank_high": pd.array([high for _, high in known], dtype="Int64"),
        },
        index=pd.Index([f"18.{i:02}" for i in range(len(rows))], name="region_code"),
    )


def test_six_regions_have_two_first_places():
    table = scores((1, 2), (1, 3), (2, 4), (3, 5), (5, 6), None, (6, 6))
    found = classify_priority(table)
    assert found.astype(object).where(found.notna(), None).tolist() == [
        "sure", "possible", "possible", "not", "not", None, "not",
    ]  # fmt: skip
    assert found.name == "priority"
    assert found.cat.ordered
    assert tuple(found.cat.categories) == PRIORITIES


def test_a_third_of_seven_is_three_places():
    table = scores((3, 3), (4, 4), *[(5, 5)] * 5)
    assert classify_priority(table).tolist() == ["sure", *["not"] * 6]
    assert classify_priority(table, share=1).tolist() == ["sure"] * 7


def test_a_third_of_ten_is_four_places():
    found = classify_priority(scores((4, 4), (5, 5), *[(9, 9)] * 8))
    assert found.tolist() == ["sure", *["not"] * 9]


def test_no_scores_give_no_class():
    assert classify_priority(scores(None, None)).isna().all()


def test_a_score_without_its_interval_has_no_class_and_every_class_stays_a_category():
    table = scores((1, 1), (1, 1), (1, 1))
    table.loc["18.01", "rank_low"] = pd.NA
    table.loc["18.02", "rank_high"] = pd.NA
    found = classify_priority(table)  # one place of three
    assert found.isna().to_dict() == {"18.00": False, "18.01": True, "18.02": True}
    assert found["18.00"] == "sure"
    assert found.cat.categories.tolist() == ["not", "possible", "sure"]


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 5)), min_size=1))
def test_a_narrower_interval_never_makes_a_sure_class_unsure(pairs):
    wide = scores(*[(low, low + more) for low, more in pairs])
    narrow = scores(*[(low, low + more // 2) for low, more in pairs])
    a, b = classify_priority(wide).cat.codes, classify_priority(narrow).cat.codes
    assert (b >= a).all(), "its lower end is the same, so it can only rise"


@pytest.mark.parametrize("share", [0, -1, 1.5, float("nan")])
def test_a_share_that_is_none_is_refused(share):
    text = f"share is {share!r}; expected a number above 0, up to 1."
    with pytest.raises(IndicatorError, match=f"^{re.escape(text)}$"):
        classify_priority(scores((1, 1)), share=share)


def test_scores_without_their_intervals_are_refused():
    table = scores((1, 1)).drop(columns=["rank_high", "rank_low"])
    text = "scores has no column rank_high, rank_low; give GapScores.scores."
    with pytest.raises(IndicatorError, match=f"^{re.escape(text)}$"):
        classify_priority(table)
