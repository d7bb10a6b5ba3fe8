from __future__ import annotations

import csv
import html
import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkbpk_geo.base.escaping import (
    for_csv,
    for_html,
    for_script,
    for_sheet,
    seen,
    seen_in_line,
)

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
    assert html.unescape(for_html(text)) == seen(text) or "&" in text
    assert not set(for_html(text)) & set("<>\"'`$\\{")


def test_script_data_is_compact_and_keeps_the_order_of_its_keys():
    assert for_script({"b": 1, "a": [0.1, None, True]}) == '{"b":1,"a":[0.1,null,true]}'


def test_script_data_keeps_indonesian_and_other_letters_readable():
    assert for_script("≥ 5 kelompok") == '"≥ 5 kelompok"'


def seen_within(value):
    """The same data, and in its texts and keys nothing that acts unseen."""
    if isinstance(value, str):
        return seen(value)
    if isinstance(value, list):
        return [seen_within(entry) for entry in value]
    if isinstance(value, dict):
        return {seen(key): seen_within(entry) for key, entry in value.items()}
    return value


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(-1e9, 1e9),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(JSON)
def test_script_data_reads_back_equal_and_cannot_end_its_element(value):
    text = for_script(value)
    assert json.loads(text) == seen_within(value)
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


# --- what acts unseen --------------------------------------------------------------

# First and last of each range, by what they are.
UNSEEN = {
    "control": "\x00\x08\x0b\x0c\x0e\x1b\x1f",
    "delete and C1": "\x7f\x80\x9b\x9f",
    "direction": "\u202a\u202e\u2066\u2069",
    "half a letter": "\ud800\udce9\udfff",
}
NEIGHBOURS = "\t\n\r ~\xa0\u2029\u202f\u2065\u206a\ud7ff\ue000é≥"


@pytest.mark.parametrize("letters", UNSEEN.values(), ids=UNSEEN)
def test_what_acts_unseen_is_replaced_wherever_text_goes(letters):
    text, shown = f"a{letters}b", f"a{len(letters) * '�'}b"
    assert seen(text) == shown
    assert for_html(text) == shown
    assert for_script([text, {text: 1}]) == f'["{shown}",{{"{shown}":1}}]'
    assert for_sheet(text) == for_csv(text) == shown


def test_other_letters_stay_as_they_are():
    assert seen(NEIGHBOURS) == NEIGHBOURS
    assert json.loads(for_script(NEIGHBOURS)) == NEIGHBOURS


def test_a_name_stays_on_one_line():
    assert seen_in_line("a\nb\r\tc\x1b[2J") == "a�b��c�[2J"


WRITTEN = [r"\b", r"C:\u001b", r"\\u001b", "\\\n\\f", r"\u202e"]


@pytest.mark.parametrize("text", WRITTEN)
def test_what_is_only_written_as_an_escape_is_text(text):
    assert json.loads(for_script(text)) == text


# --- text files under another separator --------------------------------------------

# How a field may begin: with no sign, with a number, with a dash alone.
INERT = re.compile(
    r"[^=+@-]|[+-]?\d[\d.,]*\s*%?\s*($|[;,\t\r\n\"])|-\s*($|[;,\t\r\n\"])"
)


def fields(row, *, written, read):
    """The fields of a row written with one separator and read by another."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=written).writerow(map(for_csv, row))
    lines = csv.reader(io.StringIO(buffer.getvalue(), newline=""), delimiter=read)
    return [field.strip() for line in lines for field in line]


ROWS = st.lists(st.text("=+-@;,\t\r\n \"'1a"), min_size=1, max_size=3)


@pytest.mark.parametrize("written", [";", ","])
@pytest.mark.parametrize("read", [";", ",", "\t"])
@given(row=ROWS)
def test_no_field_begins_a_formula_under_any_separator(written, read, row):
    for field in filter(None, fields(row, written=written, read=read)):
        assert INERT.match(field), field


@pytest.mark.parametrize(
    ("text", "inert"),
    [
        ("Antah,=HYPERLINK(1)", "Antah,'=HYPERLINK(1)"),
        ("a; +b", "a; '+b"),
        ("a\t@b", "a\t'@b"),
        ("a\n-b", "a\n'-b"),
        (" =1+1", " '=1+1"),
        ("=1,=2", "'=1,'=2"),
        ("a, - b", "a, '- b"),
        ('a,"=1', "a,\"'=1"),
    ],
)
def test_what_follows_a_separator_gets_an_apostrophe(text, inert):
    assert for_csv(text) == inert


PLAIN = ["Rp 1.000,-", "1,5;-2", "a, -3,5 %", "a, b", "-5", "a=b", "a;-;b", "a@b.id"]


@pytest.mark.parametrize("text", PLAIN)
def test_amounts_numbers_and_dashes_are_no_formulas(text):
    assert for_csv(text) == text


RUNS = ["\n", " ", ';"', "-1", "a,-", "-1 "]


@pytest.mark.parametrize("run", RUNS)
def test_a_long_cell_takes_no_longer_than_its_length(run):
    # Blanks scanned anew from each of them would take minutes.
    assert for_csv(f"a{run * 300_000}x").startswith("a")


def test_a_workbook_has_cells_and_no_separators():
    assert for_sheet("a; =b") == "a; =b"
