"""Periods as values: one text form a time, any spelling, one order."""

from __future__ import annotations

import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkbpk_geo.base.errors import PeriodError
from kkbpk_geo.base.formats import MONTHS, ROMAN
from kkbpk_geo.base.periods import (
    EXPECTED,
    Part,
    Period,
    canonical,
    canonical_each,
    families,
    format_period,
    order_periods,
    period_of,
    read_period,
    read_when,
    year_of,
)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2025", "2025"),
        ("TAHUN 2025", "2025"),
        ("T.A. 2025", "2025"),
        ("Januari - Desember 2025", "2025"),
        ("2025-9", "2025-09"),
        ("202511", "2025-11"),
        ("2025/11", "2025-11"),
        ("11/2025", "2025-11"),
        ("2025/11/01", "2025-11"),
        ("2025-11-01 00:00:00", "2025-11"),
        ("30/11/2025", "2025-11"),
        ("20251130", "2025-11"),
        ("Nov-25", "2025-11"),
        ("Nov '25", "2025-11"),
        ("Nov 2025", "2025-11"),
        ("NOPEMBER 2025", "2025-11"),
        ("per 30 November 2025", "2025-11"),
        ("bulan 11 tahun 2025", "2025-11"),
        ("Oct 2025", "2025-10"),
        ("TW III 2025", "2025-Q3"),
        ("TWIII/2025", "2025-Q3"),
        ("Triwulan ke-3 2025", "2025-Q3"),
        ("Triwulan ketiga 2025", "2025-Q3"),
        ("Q3 2025", "2025-Q3"),
        ("2025Q3", "2025-Q3"),
        ("April s.d. Juni 2025", "2025-Q2"),
        ("TW III (Juli - September) 2025", "2025-Q3"),
        ("TW III, September 2025", "2025-09"),
        ("Sem 2 2024", "2024-S2"),
        ("Semester II 2024", "2024-S2"),
        ("SMT 1/2025", "2025-S1"),
        ("2025S1", "2025-S1"),
        ("Januari s.d. Maret 2025", "2025-01..2025-03"),
        ("Jan-Mar 2025", "2025-01..2025-03"),
        ("s.d. November 2025", "2025-01..2025-11"),
        ("S/D NOV 2025", "2025-01..2025-11"),
        ("sampai dengan bulan November 2025", "2025-01..2025-11"),
        ("s.d. TW III 2025", "2025-01..2025-09"),
        ("TW I - III 2025", "2025-01..2025-09"),
        ("s.d. Desember 2025", "2025-01..2025-12"),
        ("bulan 1 s.d. 11 tahun 2025", "2025-01..2025-11"),
        ("1 November 2025 s.d. 30 November 2025", "2025-11"),
        ("01/11/2025 - 30/11/2025", "2025-11"),
        ("2025-01-01 s/d 2025-03-31", "2025-01..2025-03"),
        ("01-01-2025 sampai dengan 31-12-2025", "2025"),
        ("Februari - April 2025", "2025-02..2025-04"),
        ("Oktober 2024 - Maret 2025", "2024-10..2025-03"),
        (202511, "2025-11"),
        (2025.0, "2025"),
        (datetime.date(2025, 11, 30), "2025-11"),
        (pd.Timestamp("2025-11-30"), "2025-11"),
        (pd.Period("2025Q3"), "2025-Q3"),
    ],
)
def test_a_time_is_read_in_any_usual_spelling(text, period):
    assert str(read_period(text)) == period == canonical(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        float("nan"),
        pd.NaT,
        "baseline",
        "2024-2025",
        "2024/2025",
        "2025-13",
        "12/31/2025",
        "2025W12",
        "01/11/2025 - 15/11/2025",  # half a month
        "02/11/2025 - 30/11/2025",
        "30/11/2025 - 01/11/2025",
        "31/11/2025 - 30/12/2025",
        "2025April",  # twelve months, to DHIS2
        "Maret dan Mei 2025",
        "TW V 2025",
        "Semester III 2025",
        "s.d. 2025",
        "November",
        "13",
        "Nov-98",
        "10 kelompok tahun 2025",
    ],
)
def test_what_is_no_whole_time_is_none_not_a_guess(text):
    assert read_period(text) is None


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("NOVEMBER", Part(11, 11)),
        ("11", Part(11, 11)),
        ("11 - November", Part(11, 11)),
        ("November 11", Part(11, 11)),
        ("Triwulan 3", Part(7, 9)),
        ("SMT I", Part(1, 6)),
        ("s/d Nov", Part(1, 11, running=True)),
        ("Januari - Maret", Part(1, 3, running=True)),
    ],
)
def test_months_of_a_year_that_is_not_said_are_kept_apart(text, part):
    assert read_when(text).part == part
    assert read_when(text).year is None
    assert read_when(text).period is None


def test_two_figures_are_a_year_beside_a_month_up_to_2049():
    assert str(read_period("Nov-49")) == "2049-11"
    assert read_period("Nov-50") is None


@pytest.mark.parametrize(
    ("text", "indonesian", "english"),
    [
        ("2025", "2025", "2025"),
        ("2025-10", "Oktober 2025", "October 2025"),
        ("2024-S2", "Semester II 2024", "Half-year II 2024"),
        ("2025-Q3", "Triwulan III 2025", "Quarter III 2025"),
        ("2025-01..2025-11", "s.d. November 2025", "up to November 2025"),
        ("2025-02..2025-04", "Februari–April 2025", "February–April 2025"),
        ("2024-10..2025-03", "Oktober 2024–Maret 2025", "October 2024–March 2025"),
        (None, "–", "–"),
        ("baseline", "baseline", "baseline"),
    ],
)
def test_a_period_is_written_for_a_reader(text, indonesian, english):
    assert format_period(text) == indonesian
    assert format_period(text, "en") == english


months = st.integers(1, 12)
ends = st.tuples(st.integers(2000, 2049), months)
plain = st.tuples(ends, ends).map(sorted).map(lambda pair: Period(*pair))
running = st.tuples(st.integers(2000, 2049), months).map(
    lambda end: Period((end[0], 1), end, running=True)
)
times = plain | running


def spellings(period: Period) -> list[str]:
    """Return other ways to write a period, in words and figures."""
    year, part = period.begins[0], period.part
    found = [str(period), period.label("id"), period.label("en")]
    if period.month:
        name = MONTHS["id"][period.month - 1]
        found += [f"{name[:3]}-{year % 100:02d}", f"{year}{period.month:02d}",
                  f"{year}-{period.month}", f"{period.month}/{year}"]  # fmt: skip
    if part and "-Q" in str(period):
        found += [f"TW {ROMAN[part.last // 3 - 1]} {year}", f"{year}Q{part.last // 3}"]
    return found


@given(times)
def test_every_spelling_of_a_period_is_read_back_as_it(period):
    for text in spellings(period):
        assert Period.parse(text) == period, text


@given(st.lists(times, min_size=1, max_size=12, unique=True), st.randoms())
def test_any_shuffled_list_in_any_spelling_sorts_by_begin_and_end(periods, random):
    texts = [random.choice(spellings(period)) for period in periods]
    random.shuffle(texts)
    found = order_periods(map(canonical, texts))
    # Running sums and plain spans of the same months: the plain one first.
    expected = sorted(periods, key=lambda p: (p.begins, p.ends, p.running))
    assert found == [str(period) for period in expected]


@given(times)
def test_a_period_covers_its_own_months_unless_it_is_a_running_sum(period):
    first = Period(period.begins, period.begins)
    assert period.covers(first) == (not period.running)
    assert not Period((1990, 1), (1990, 12)).covers(period)


@pytest.mark.parametrize(
    "texts",
    [
        ["2025-9", "2025-10"],
        ["9", "10"],
        ["Oktober", "November"],
        ["Oktober 2025", "November 2025"],
        ["TW II 2025", "TW III 2025"],
        ["", "2024", "2025"],
        ["0", "1", "20"],
        ["baseline"],
    ],
)
def test_periods_are_ordered_in_time_not_as_text(texts):
    assert order_periods(reversed(texts)) == texts


def test_a_word_that_is_no_time_is_refused_by_name_where_an_order_is_needed():
    with pytest.raises(PeriodError) as error:
        order_periods(["baseline", "2025"])
    assert str(error.value) == (
        f"period 'baseline' cannot be read; expected such as {EXPECTED}."
    )


@pytest.mark.parametrize(
    ("begins", "ends", "running"),
    [((2025, 0), (2025, 1), False), ((2025, 2), (2025, 1), False),
     ((2025, 2), (2025, 3), True)],
)  # fmt: skip
def test_what_is_no_span_of_months_is_no_period(begins, ends, running):
    with pytest.raises(PeriodError):
        Period(begins, ends, running)


def test_an_odd_span_from_january_on_is_a_running_sum_however_it_was_made():
    assert Period((2025, 1), (2025, 11)) == Period.parse("s.d. November 2025")
    assert not Period((2025, 1), (2025, 6)).running
    assert Period((2025, 1), (2025, 6)) != Period.parse("s.d. Juni 2025")


def test_a_year_has_no_part_and_gives_its_months_back():
    assert Period.parse("2025").part is None
    assert period_of(2025, None) == Period((2025, 1), (2025, 12))
    assert period_of(2024, Part(10, 15)) == Period((2024, 10), (2025, 3))
    assert [year_of(p) for p in ("2025-Q3", "2025", "2024-10..2025-03", "")] == [
        "2025", "2025", "", "",
    ]  # fmt: skip


def test_only_periods_of_one_family_are_compared():
    texts = ["2025-01..2025-11", "2025", "2025-11", "2025-Q3", "2025-S1", "baseline"]
    assert families(texts) == [-1, 0, 0, 3, 6, 0]


def test_a_column_of_periods_is_written_in_one_way():
    column = ["2025-9", None, "Nov 2025", float("nan"), 2025]
    assert canonical_each(column) == ["2025-09", "", "2025-11", "", "2025"]


@pytest.mark.parametrize(
    ("text", "period"),
    [("XI/2025", "2025-11"), ("v / 2025", "2025-05"), ("XII/2024", "2024-12"),
     ("III/2025", None), ("XIII/2025", None)],
)  # fmt: skip
def test_a_month_in_roman_numerals_is_read_where_it_can_be_no_quarter(text, period):
    read = read_period(text)
    assert (None if read is None else str(read)) == period


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (pd.Period("2025-11", "M"), "2025-11"),
        (pd.Period("2025Q3", "Q"), "2025-Q3"),
        (pd.Period("2025", "Y"), "2025"),
        (pd.Period("2025-11-03", "D"), "2025-11"),
        # Pandas writes 2025 of the year that ends in June 2025 as well.
        (pd.Period("2025", "Y-JUN"), "2024-07..2025-06"),
        (pd.Timestamp("2025-11-30 23:00", tz="Asia/Jakarta"), "2025-11"),
        (np.datetime64("2025-11-03T10:00:00.000000000"), "2025-11"),
        (Period.parse("2025-Q3"), "2025-Q3"),
        (Period.parse("2024-10..2025-03"), "2024-10..2025-03"),
    ],
)
def test_times_of_pandas_and_numpy_are_periods(given, text):
    assert canonical(given) == text


def test_a_week_is_no_span_of_whole_months():
    assert read_period(pd.Period("2025-11-03", "W")) is None
