from __future__ import annotations

import html
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkbpk_geo.base.escaping import for_html, for_script, for_sheet

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "${7*7}",
    "`${alert(1)}`",
    "</script><script>alert(1)</script>",
    "C:\\xyz",
    "'\"&",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_shows_as_itself_and_holds_no_active_sign(text):
    safe = for_html(text)
    assert html.unescape(safe) == text
    assert not set(safe) & set("<>\"'`$\\{")


def test_for_html_takes_any_value():
    assert for_html(18.5) == "18.5"
    assert for_html(None) == "None"


@given(st.text())
def test_whatever_is_written_a_browser_reads_back(text):
    text = text.replace("\r", "")  # HTML itself folds carriage returns
    assert html.unescape(for_html(text)) == text or "&" in text
    assert not set(for_html(text)) & set("<>\"'`$\\{")


def test_script_data_is_compact_and_keeps_the_order_of_its_keys():
    assert for_script({"b": 1, "a": [0.1, None, True]}) == '{"b":1,"a":[0.1,null,true]}'


def test_script_data_keeps_indonesian_and_other_letters_readable():
    assert for_script("≥ 5 kelompok") == '"≥ 5 kelompok"'


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(-1e9, 1e9),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(JSON)
def test_script_data_reads_back_equal_and_cannot_end_its_element(value):
    text = for_script(value)
    assert json.loads(text) == value
    assert not set(text) & {"<", ">", "&", "\u2028", "\u2029"}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_a_number_that_is_not_finite_is_refused_not_written_as_nan(value):
    with pytest.raises(ValueError, match="Out of range float values are not JSON"):
        for_script({"a": value})


@pytest.mark.parametrize(
    "text", ["=HYPERLINK(1)", "+A1", "-A1", "@SUM(A1)", "\t=1", "\n=1", "\r=1"]
)
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert for_sheet(text) == "'" + text


@pytest.mark.parametrize(
    "value", ["-5", "+3,5 %", "-1.234,5", "Metro", "", 5, -5, None, True]
)
def test_numbers_and_plain_text_stay_as_they_are(value):
    assert for_sheet(value) is value
