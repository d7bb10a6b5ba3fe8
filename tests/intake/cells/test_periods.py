"""The period of each row: its own cells, then what was passed, then the titles."""

from __future__ import annotations

import datetime

import pandas as pd
import pytest

import kkbpk_geo as kg
from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.base.periods import EXPECTED
from kkbpk_geo.findings.words import finding_text


def read(rows, **more):
    return kg.read_table(rows, province="Lampung", **more)


def periods(table):
    return table.data["period"].fillna("").tolist()


def codes(table):
    return [found.code for found in table.findings]


@pytest.mark.parametrize("role", ["PERIODE", "BULAN", "TAHUN"])
@pytest.mark.parametrize(
    ("cell", "period"),
    [
        ("Sem 2 2024", "2024-S2"),
        ("TW III 2025", "2025-Q3"),
        ("202511", "2025-11"),
        (202511, "2025-11"),
        ("2025Q3", "2025-Q3"),
        ("Nov-25", "2025-11"),
        ("2025-9", "2025-09"),
        ("s.d. November 2025", "2025-01..2025-11"),
        ("Januari s.d. Maret 2025", "2025-01..2025-03"),
        (datetime.datetime(2025, 11, 30), "2025-11"),
        (45962, "2025-11"),  # how Excel keeps 1 November 2025
        (36526, "2000-01"),
    ],
)
def test_columns_of_time_state_any_kind_of_period(role, cell, period):
    table = read([["KABUPATEN", "PUS", role], ["Mesuji", 5, cell], ["Metro", 6, cell]])
    assert periods(table) == [period] * 2
    assert codes(table) == []


@pytest.mark.parametrize(
    ("title", "month", "period"),
    [
        ("REKAP PUS", None, "2025-Q3"),
        ("REKAP PUS", "MEI", "2025-05"),
        ("REKAP PUS BULAN MEI", None, "2025-05"),
        ("REKAP PUS TAHUN 2024", None, "2024"),
        ("REKAP PUS TAHUN 2024", "MEI", "2024-05"),
    ],
)
def test_a_period_stated_for_mute_tables_never_contradicts_what_a_table_says(
    title, month, period
):
    more = [month] if month else []
    head = ["KABUPATEN", "PUS", *(["BULAN"] if month else [])]
    table = read([[title], head, ["Mesuji", 5, *more]], period="TW III 2025")
    assert periods(table) == [period]
    assert not [code for code in codes(table) if code.startswith("period")]


@pytest.mark.parametrize(
    ("stated", "fault"),
    [
        ({"period": "Mei"}, "expected a period such as"),
        ({"period": "2024-11..2025-02"}, "expected a period such as"),
        ({"period": "2025-11", "year": 2024}, "the year 2024 was stated; say one"),
        ({"period": "2025-11", "month": 3}, "a month as well was stated; say one"),
    ],
)
def test_a_period_that_is_none_or_stated_twice_is_refused(stated, fault):
    with pytest.raises(IntakeError, match=fault):
        read([["KABUPATEN", "PUS"], ["Mesuji", 5]], **stated)


def test_a_quarter_takes_its_year_from_another_column_or_the_caller():
    rows = [["KABUPATEN", "PUS", "BULAN"], ["Mesuji", "5", "TRIWULAN I"]]
    assert periods(read(rows, year=2025)) == ["2025-Q1"]
    rows = [["KABUPATEN", "PUS", "PERIODE", "TAHUN"], ["Mesuji", "5", "SMT II", "2024"]]
    assert periods(read(rows)) == ["2024-S2"]


@pytest.mark.parametrize(
    ("heading", "cells", "ends"),
    [
        ("TRIWULAN", ["I", "II"], ["2025-Q1", "2025-Q2"]),
        ("TW", [1, 2], ["2025-Q1", "2025-Q2"]),
        ("Semester", ["1", "II"], ["2025-S1", "2025-S2"]),
        ("TRIWULAN", ["TW I", "Triwulan III"], ["2025-Q1", "2025-Q3"]),
    ],
)
def test_a_column_of_quarters_or_half_years_tells_its_rows_apart(heading, cells, ends):
    rows = [["KABUPATEN", "PUS", heading, "TAHUN"]]
    rows += [["Mesuji", 5, cell, 2025] for cell in cells]
    table = read(rows)
    assert periods(table) == ends
    assert codes(table) == []


def test_a_month_beside_a_column_of_quarters_is_the_month():
    rows = [["KABUPATEN", "PUS", "TRIWULAN", "BULAN", "TAHUN"]]
    rows += [["Mesuji", "5", "I", month, "2025"] for month in ("Jan", "Feb", "Juli")]
    table = read(rows)
    assert periods(table) == ["2025-01", "2025-02", ""]
    assert codes(table) == ["period_contrary"]


@pytest.mark.parametrize(
    "cell", ["45963", "36495", "55153", "99999", "Minggu ke-2", "2024-2025"]
)
def test_what_is_no_period_is_told_once_with_what_was_expected(cell):
    rows = [["KABUPATEN", "PUS", "PERIODE"]]
    rows += [[place, "5", cell] for place in ("Mesuji", "Metro", "Tanggamus")]
    table = read(rows, year=2025)
    assert periods(table) == [""] * 3
    (found,) = table.findings
    assert (found.code, found.row, found.count) == ("period_unreadable", 2, 3)
    assert finding_text(found) == (
        f'list, baris 2: Waktu "{cell}" pada kolom PERIODE tidak terbaca; yang '
        f"diharapkan misalnya {EXPECTED}. (2 lagi seperti ini)"
    )


def test_cells_of_one_row_that_contradict_are_no_period_and_are_told():
    rows = [
        ["KABUPATEN", "PUS", "PERIODE", "TAHUN"],
        ["Mesuji", "5", "Nov 2024", "2025"],
        ["Metro", "6", "Nov 2025", "2025"],
        ["Tanggamus", "7", "Okt 2024", "2025"],
    ]
    table = read(rows)
    assert periods(table) == ["", "2025-11", ""]
    (found,) = table.findings
    assert (found.code, found.row, found.count, found.value) == (
        "period_contrary", 2, 2, "Nov 2024 / 2025",
    )  # fmt: skip


def test_a_month_beside_its_quarter_is_the_month():
    rows = [["KABUPATEN", "PUS", "PERIODE", "BULAN"],
            ["Mesuji", "5", "TW III 2025", "September"],
            ["Metro", "5", "TW III 2025", "Oktober"]]  # fmt: skip
    assert periods(read(rows)) == ["2025-09", ""]


def titled(title, **more):
    return read([[title], ["KABUPATEN", "PUS"], ["Mesuji", 5], ["Metro", 6]], **more)


def test_two_years_in_a_title_without_a_stated_one_are_an_error():
    table = titled("DATA PUS TAHUN 2024-2025")
    assert periods(table) == ["", ""]
    (found,) = table.findings
    assert (found.code, found.severity) == ("period_two_years_lost", "error")
    assert finding_text(found, "en") == (
        "list: The title, the name of the sheet or of the file states several years: "
        "2024, 2025. Which is the year of the report cannot be told."
    )


def test_two_years_in_a_title_are_a_warning_where_a_month_is_beside_one():
    table = titled("SENSUS 2020, KEADAAN DESEMBER 2025")
    assert periods(table) == ["2025-12"] * 2
    (found,) = table.findings
    assert (found.code, found.severity, found.expected) == (
        "period_two_years", "warning", "2025",
    )  # fmt: skip


def test_two_years_in_a_title_need_no_word_where_the_year_is_stated_elsewhere():
    assert codes(titled("TAHUN 2024-2025", year=2025)) == []
    rows = [["TAHUN 2024-2025"], ["KABUPATEN", "PUS", "TAHUN"], ["Mesuji", 5, 2025]]
    assert codes(read(rows)) == []
    assert codes(titled("TAHUN 2025\nDicetak: 5 Januari 2026")) == []


def test_a_table_without_a_period_tells_what_could_have_been_one():
    table = titled("DATA PUS 5 Januari 2026")
    assert periods(table) == ["", ""]
    (found,) = table.findings
    assert (found.code, found.severity, found.value, found.expected) == (
        "period_unclear", "warning", "5 januari 2026", "–",
    )  # fmt: skip
    assert codes(titled("DATA PUS")) == []


def test_the_clock_of_printing_is_no_month():
    table = titled("DATA PUS  Tanggal cetak: 05-01-2026 10:22:31", year=2025)
    assert periods(table) == ["2025", "2025"]
    assert codes(table) == []


def test_the_stated_month_that_a_quarter_contradicts_is_told():
    table = titled("TRIWULAN III 2025", year=2025, month=11)
    assert periods(table) == ["2025-11"] * 2
    (found,) = table.findings
    assert (found.code, found.value, found.expected) == (
        "period_disagrees_title", "2025-Q3", "2025-11",
    )  # fmt: skip


def test_running_sums_and_months_of_one_sheet_stay_apart():
    rows = [["KABUPATEN", "PUS", "BULAN"], ["Mesuji", 5, "November"],
            ["Mesuji", 50, "s.d. November"]]  # fmt: skip
    assert periods(read(rows, year=2025)) == ["2025-11", "2025-01..2025-11"]


@pytest.mark.parametrize(
    ("months", "ends"),
    [
        (["November", "November"], ["2025-01..2025-11"] * 2),
        (["Oktober", "November"], ["2025-10", "2025-11"]),
        (["Oktober", "Oktober"], ["2025-10"] * 2),
    ],
)
def test_a_title_that_runs_to_the_only_month_of_its_rows_makes_them_run(months, ends):
    rows = [["HASIL S.D. NOVEMBER 2025"], ["KABUPATEN", "PUS", "BULAN"]]
    rows += [["Mesuji", 5, months[0]], ["Metro", 6, months[1]]]
    assert periods(read(rows)) == ends


def test_a_frame_whose_periods_are_texts_is_read_the_same():
    frame = pd.DataFrame({"KABUPATEN": ["Mesuji"] * 2, "PUS": [5, 6],
                          "PERIODE": ["2025-9", "2025-10"]})  # fmt: skip
    assert periods(read(frame)) == ["2025-09", "2025-10"]
