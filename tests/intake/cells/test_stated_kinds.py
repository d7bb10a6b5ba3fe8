"""Kabupaten or kota, said beside the names: by a line above, a column, a heading."""

from __future__ import annotations

import pytest

import kkbpk_geo as kg


def read(*rows):
    given = [list(row) for row in rows]
    return kg.read_table(given, year=2025, month=11, province="Jawa Timur")


def codes(table):
    found = table.data["region_code"]
    return [code if isinstance(code, str) else None for code in found]


@pytest.mark.parametrize("words", [("Kabupaten", "Kota"), ("Regency", "Municipality"),
                                   ("KABUPATEN :", "KOTA :")])  # fmt: skip
def test_a_line_above_states_the_kind_of_the_rows_below(words):
    table = read(
        ("KABUPATEN/KOTA", "JUMLAH BKB"),
        (words[0], ""), ("Blitar", 3), ("Pacitan", 4),
        (words[1], ""), ("Blitar", 5), ("Batu", 6),
    )  # fmt: skip
    assert codes(table) == ["35.05", "35.01", "35.72", "35.79"]
    assert table.findings == ()
    assert list(table.listed["source_row"]) == [2, 5]


def test_a_column_of_kinds_states_the_kind():
    table = read(
        ("TIPE", "KABUPATEN/KOTA", "JUMLAH BKB"),
        ("Kota", "Blitar", 3), ("Kabupaten", "Blitar", 4),
    )  # fmt: skip
    assert codes(table) == ["35.72", "35.05"]


def test_a_column_that_says_anything_else_states_no_kind():
    table = read(
        ("TIPE", "KABUPATEN/KOTA", "JUMLAH BKB"),
        ("Kota", "Blitar", 3), ("kecil", "Pacitan", 4),
    )  # fmt: skip
    assert codes(table) == [None, "35.01"]


def test_a_column_of_kota_beside_one_of_kabupaten_names_its_own_rows():
    table = read(
        ("KABUPATEN", "KOTA", "JUMLAH BKB"),
        ("Blitar", "", 3), ("Kediri", "", 4), ("", "Blitar", 5), ("", "Kota Kediri", 6),
    )  # fmt: skip
    assert codes(table) == ["35.05", "35.06", "35.72", "35.71"]
    assert list(table.data["kabkota"]) == [
        "Blitar", "Kediri", "Kota Blitar", "Kota Kediri",
    ]  # fmt: skip


def test_a_kota_is_not_filled_with_the_kabupaten_above_it():
    table = read(
        ("KABUPATEN", "KOTA", "KECAMATAN", "JUMLAH BKB"),
        ("Pacitan", "", "Arjosari", 3), ("", "", "Kebonagung", 4),
        ("", "Batu", "Bumiaji", 5),
    )  # fmt: skip
    assert codes(table) == ["35.01", "35.01", "35.79"]


def test_a_column_kota_of_other_towns_is_none():
    table = read(
        ("KABUPATEN", "KOTA", "JUMLAH BKB"),
        ("Pacitan", "Pacitan", 3), ("Jember", "Patrang", 4),
    )  # fmt: skip
    assert codes(table) == ["35.01", "35.09"]


def test_a_line_kabupaten_with_figures_is_a_sum_and_no_line_above():
    table = read(
        ("KABUPATEN/KOTA", "JUMLAH BKB"),
        ("Pacitan", 3), ("Jember", 4), ("Kabupaten", 7),
    )  # fmt: skip
    assert codes(table) == ["35.01", "35.09"]
    assert table.listed["reason"].tolist() == ["total_row"]


def test_a_kind_said_above_counts_where_another_row_turns_out_to_be_no_place():
    table = read(
        ("KABUPATEN/KOTA", "JUMLAH PUS"),
        ("Kabupaten", ""), ("Blitar", 3), ("Pacitan", 4),
        ("Kota", ""), ("Blitar", 5), ("Wilayah Timur", 12),
    )  # fmt: skip
    assert codes(table) == ["35.05", "35.01", "35.72"]
    assert [finding.code for finding in table.findings] == ["may_be_total"]
