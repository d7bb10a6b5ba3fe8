from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkbpk_geo.base.formats import MONTHS, format_number, month_number


@pytest.mark.parametrize(
    ("value", "digits", "indonesian", "english"),
    [
        (1234.5, 1, "1.234,5", "1,234.5"),
        (0, 0, "0", "0"),
        (-1234567, 0, "-1.234.567", "-1,234,567"),
        (0.005, 2, "0,01", "0.01"),
        (-0.004, 2, "0,00", "0.00"),
        (99.999, 1, "100,0", "100.0"),
    ],
)
def test_numbers_are_written_as_each_language_writes_them(
    value, digits, indonesian, english
):
    assert format_number(value, digits) == indonesian
    assert format_number(value, digits, "en") == english


@pytest.mark.parametrize("value", [None, float("nan"), float("inf")])
def test_a_missing_number_is_a_dash_not_a_zero(value):
    assert format_number(value, 1) == "–"


@given(st.floats(-1e9, 1e9), st.integers(0, 6))
def test_both_languages_say_the_same_number(value, digits):
    english = format_number(value, digits, "en")
    indonesian = format_number(value, digits, "id")
    assert indonesian.translate(str.maketrans(",.", ".,")) == english
    assert abs(float(english.replace(",", "")) - value) <= 0.6 * 10**-digits


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("number", range(1, 13))
def test_every_month_is_read_back_in_any_case_and_abbreviated(language, number):
    name = MONTHS[language][number - 1]
    for text in (name, name.upper(), name.lower(), name[:3], f" {name}. ", number):
        assert month_number(text) == number, text


@pytest.mark.parametrize(
    ("text", "number"),
    [("Pebruari", 2), ("NOPEMBER", 11), ("Agt", 8), ("08", 8), ("11.0", 11), (7.0, 7)],
)
def test_the_spellings_of_the_offices_are_read(text, number):
    assert month_number(text) == number


@pytest.mark.parametrize("text", ["", "0", "13", "BULAN", "triwulan", None, "2025"])
def test_what_is_no_month_is_none_not_a_guess(text):
    assert month_number(text) is None
