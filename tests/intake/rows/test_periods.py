"""Years, months and quarters side by side: one period a column, none mixed."""

from __future__ import annotations

import pytest

from kkbpk_geo.intake.reading import read_table


def read(*rows, **options):
    return read_table(list(rows), **{"province": "Lampung", **options})


def lines(table, *columns):
    names = ["region_code", "period", *(columns or ["couples"])]
    frame = table.data[names].astype(object)
    return [tuple(row) for row in frame.where(frame.notna(), None).to_numpy().tolist()]


def told(table):
    return [(f.code, f.row, f.column) for f in table.findings if f.severity != "info"]


@pytest.mark.parametrize(
    "header",
    [
        [["KABUPATEN", "JUMLAH PUS", ""], ["", 2022, 2023]],
        [["KABUPATEN", "JUMLAH PUS", "JUMLAH PUS"], ["", "2022", "2023*)"]],
        [["KABUPATEN", "PUS", ""], ["", "TAHUN", ""], ["", "2022", "2023"]],
        [["KABUPATEN", "PUS 2022", "PUS 2023"]],
        [["KABUPATEN", "PUS TAHUN 2022", "PUS (2023)"]],
        [["KABUPATEN", "2022", "2023"], ["", "PUS", "PUS"]],
    ],
)
def test_each_year_is_a_period_of_its_own_and_a_row_is_counted_once(header):
    table = read(*header, ["Mesuji", 10, 11], ["Pringsewu", 20, 21])
    assert lines(table) == [
        ("18.11", "2022", 10), ("18.11", "2023", 11),
        ("18.10", "2022", 20), ("18.10", "2023", 21),
    ]  # fmt: skip
    assert table.rows_in == 2
    assert told(table) == []


def test_months_take_the_year_of_the_sheet_and_their_sum_is_checked_and_not_used():
    table = read(
        ["KABUPATEN", "PUS", "", "", "JUMLAH DESA"], ["", "JAN", "FEB", "JUMLAH", ""],
        ["Mesuji", 1, 2, 3, 9], ["Pringsewu", 4, 5, 10, 8], year=2025,
    )  # fmt: skip
    assert lines(table, "couples", "villages") == [
        ("18.11", "2025", None, 9), ("18.11", "2025-01", 1, None),
        ("18.11", "2025-02", 2, None), ("18.10", "2025", None, 8),
        ("18.10", "2025-01", 4, None), ("18.10", "2025-02", 5, None),
    ]  # fmt: skip
    assert told(table) == [("series_sum_disagrees", 4, "PUS > JUMLAH")]


@pytest.mark.parametrize("shown", [3, 2, 2.5])  # sum, last, mean (2) or rounded up
def test_a_sum_a_mean_or_the_last_of_the_periods_is_right_beside_them(shown):
    table = read(["KABUPATEN", "PUS", "", ""], ["", "2022", "2023", "JUMLAH"],
                 ["Mesuji", 1, 2, shown])  # fmt: skip
    assert told(table) == []


def test_months_without_any_year_are_told_once_and_give_no_figure():
    table = read(["KABUPATEN", "PUS", ""], ["", "JAN", "FEB"], ["Mesuji", 1, 2])
    assert lines(table) == [("18.11", None, None)]
    assert told(table) == [("year_missing", None, "PUS > JAN")]


def test_months_down_and_years_across_meet_in_a_month_of_a_year():
    table = read(["KABUPATEN", "BULAN", "PUS", ""], ["", "", "2022", "2023"],
                 ["Mesuji", "JANUARI", 1, 2], ["Mesuji", "MEI", 3, 4])  # fmt: skip
    assert lines(table) == [
        ("18.11", "2022-01", 1), ("18.11", "2023-01", 2),
        ("18.11", "2022-05", 3), ("18.11", "2023-05", 4),
    ]  # fmt: skip
    assert told(table) == []


def test_quarters_and_half_years_have_names_of_their_own():
    table = read(["KABUPATEN", "PUS TW I", "PUS TW IV", "PUS SEMESTER II"],
                 ["Mesuji", 1, 2, 3], year=2025)  # fmt: skip
    assert lines(table) == [
        ("18.11", "2025-Q1", 1), ("18.11", "2025-Q4", 2), ("18.11", "2025-S2", 3),
    ]  # fmt: skip


def test_a_target_of_one_year_and_a_result_of_another_are_never_one_series():
    table = read(["KABUPATEN", "PUS", ""], ["", "TARGET 2025", "REALISASI 2024"],
                 ["Mesuji", 1, 2])  # fmt: skip
    assert lines(table) == [("18.11", "2024", 2)]
    assert told(table) == []
    table = read(["KABUPATEN", "SASARAN PB 2025", "PB 2024"], ["Mesuji", 10, 2])
    assert lines(table, "new_users_target", "new_users") == [
        ("18.11", "2025", 10, None), ("18.11", "2024", None, 2),
    ]  # fmt: skip


def test_a_measure_without_a_year_beside_years_is_told_and_not_used():
    table = read(["KABUPATEN", "PUS", "PUS 2022", "PUS 2023"], ["Mesuji", 9, 1, 2])
    assert lines(table) == [("18.11", "2022", 1), ("18.11", "2023", 2)]
    assert told(table) == [("column_ambiguous", None, "PUS")]


def test_two_columns_of_one_year_are_told_and_neither_is_used():
    table = read(["KABUPATEN", "PUS 2022", "PUS TAHUN 2022", "PUS 2023"],
                 ["Mesuji", 9, 1, 2])  # fmt: skip
    assert lines(table) == [("18.11", "2023", 2)]
    assert [code for code, _, _ in told(table)] == ["column_ambiguous"] * 2


def test_sums_of_each_year_are_checked_with_the_parts_of_their_year():
    table = read(
        ["KABUPATEN", "PUS", "", "", "", "", ""], ["", "2022", "", "", "2023", "", ""],
        ["", "aa", "bb", "JUMLAH", "aa", "bb", "JUMLAH"],
        *[[name, 1, 2, 3, 4, 5, 9] for name in ("Pringsewu", "Tanggamus")],
        ["Mesuji", 1, 2, 3, 4, 5, 8],
    )  # fmt: skip
    assert lines(table)[-2:] == [("18.11", "2022", 3), ("18.11", "2023", None)]
    assert told(table) == [("storeys_do_not_add_up", 6, "PUS > 2023 > JUMLAH")]


def test_a_fault_of_one_year_names_the_column_of_that_year():
    table = read(["KABUPATEN", "PUS 2022", "PUS 2023"], ["Mesuji", -1, 40000],
                 ["Pringsewu", 70000, 75000])  # fmt: skip
    assert lines(table)[:2] == [("18.11", "2022", None), ("18.11", "2023", 40000)]
    assert told(table) == [("negative_count", 2, "PUS 2022")]


def test_a_list_of_groups_has_no_series():
    table = read(["KABUPATEN", "NAMA KELOMPOK BKB", "JUMLAH ANGGOTA 2022",
                  "JUMLAH ANGGOTA 2023"], ["Mesuji", "Melati", 5, 6])  # fmt: skip
    assert "members" not in table.data
    assert len(table.data) == 1
