"""Indonesian numbers: per column, with evidence, or not at all."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkbpk_geo.base.formats import format_number
from kkbpk_geo.intake.cells.numbers import (
    AMBIGUOUS,
    OK,
    UNREADABLE,
    as_measure,
    read_numbers,
)


def values(cells, **options):
    read = read_numbers(cells, **options)
    return [None if math.isnan(x) else x for x in read.values]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["2.041", "2,041", "2.237"], [2041, 2041, 2237]),  # people: whole numbers
        (["1.234,5", "2.041"], [1234.5, 2041]),  # the first proves the comma
        (["1,234.5", "2,041"], [1234.5, 2041]),  # the first proves the point
        (["91,24 %", "100 %"], [91.24, 100]),
        (["100.00", "0.00"], [100, 0]),
        (["0,125"], [0.125]),
        (["1.234.567"], [1234567]),
        (["1 234", "5.000,-", "−5", "7*"], [1234, 5000, -5, 7]),
        (["-", "–", "", "n/a", "x", "..."], [None] * 6),
        ([5.0, 7, "8"], [5, 7, 8]),
    ],
)
def test_a_column_of_counts_is_read_as_indonesians_write_it(cells, expected):
    read = read_numbers(cells)
    assert values(cells) == expected
    assert set(read.faults) == {OK}


def test_three_digits_behind_a_proven_decimal_mark_stay_unread():
    read = read_numbers(["91.24", "2.041", "2,041"])
    assert values(["91.24", "2.041", "2,041"]) == [91.24, None, 2041]
    assert list(read.faults) == [OK, AMBIGUOUS, OK]


@pytest.mark.parametrize(
    "text",
    [
        "12 klp",
        "#REF!",
        "1.23.4",
        "1,2,3",
        "(5)",
        "12*)",
        "12 org",
        "1:20",
        "1.234.56",
        ".5",
    ],
)
def test_what_is_no_number_is_missing_and_told(text):
    read = read_numbers(["1", text])
    assert list(read.faults) == [OK, UNREADABLE]
    assert math.isnan(read.values[1])


@pytest.mark.parametrize("text", ["NIHIL", "nihil", "Nihil.", "NIHIL *)", "nol"])
def test_nihil_is_a_zero_that_was_counted_and_no_number_stored_as_text(text):
    read = read_numbers(["1", text])
    assert (read.values.tolist(), read.faults.tolist()) == ([1, 0], [OK, OK])
    assert read.from_text.tolist() == [True, False]
    assert math.isnan(read_numbers(["1", text], counts=False).values[1])


@pytest.mark.parametrize("text", ["TAD", "n/a", "-", "…", "", "tad"])
def test_a_mark_for_no_data_is_missing_and_no_fault(text):
    read = read_numbers(["1", text])
    assert math.isnan(read.values[1])
    assert list(read.faults) == [OK, OK]


def test_truth_values_and_dates_are_no_numbers():
    assert list(read_numbers([True, np.datetime64("2025-01-01"), 1]).faults) == [
        1,
        1,
        0,
    ]


def test_coordinates_and_percentages_are_decimals():
    assert values(["-5,429", "105.261", "5"], counts=False) == [-5.429, 105.261, 5]


def test_a_stored_number_is_never_reinterpreted():
    read = read_numbers([1.234, "1.234"])
    assert list(read.values) == [1.234, 1234]
    assert list(read.from_text) == [False, True]


def test_printed_decimals_and_percent_signs_are_kept():
    read = read_numbers(["96,7 %", "50 %"], counts=False)
    assert (list(read.digits), read.percent) == ([1, 0], True)


def test_whole_numbers_are_int64_fractions_float64_missing_stays():
    whole = as_measure(np.array([1.0, np.nan]))
    part = as_measure(np.array([1.5, np.nan]))
    assert (str(whole.dtype), str(part.dtype)) == ("Int64", "Float64")
    assert whole.isna().tolist() == part.isna().tolist() == [False, True]


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=30))
def test_formatting_and_reading_whole_numbers_is_the_identity(numbers):
    for language in ("id", "en"):
        cells = [format_number(n, 0, language) for n in numbers]
        assert values(cells) == numbers


@given(
    st.lists(st.integers(0, 10**7), min_size=1, max_size=20),
    st.sampled_from(["id", "en"]),
)
def test_two_decimals_round_trip_in_either_notation(hundredths, language):
    numbers = [n / 100 for n in hundredths]
    cells = [format_number(n, 2, language) for n in numbers]
    assert values(cells, counts=False) == numbers


@given(st.lists(st.text(max_size=12), max_size=20))
def test_any_text_is_a_number_missing_or_told(cells):
    cells = [" ".join(cell.split()) for cell in cells]
    read = read_numbers(cells)
    assert len(read.values) == len(read.faults) == len(cells)
    assert np.isnan(read.values[read.faults != OK]).all()


@pytest.mark.parametrize("cell", ["Rp 5.000,-", "rp5000", "Rp. 5.000", "- Rp 5"])
def test_an_amount_of_money_counts_nobody(cell):
    assert read_numbers([cell, "12"]).faults.tolist() == [1, 0]
    assert read_numbers([cell, "12"], counts=False).faults.tolist() == [0, 0]
