"""Rows whose cells stand one column too far are told, and never taken for totals."""

from __future__ import annotations

import pytest

import kkbpk_geo as kg
from kkbpk_geo.intake.reading import read_table

PLACES = ["PROVINSI", "KABUPATEN", "KECAMATAN", "DESA", "BKB YANG ADA", "KETERANGAN"]
CLEAN = ["Lampung", "Pringsewu", "Gading Rejo", "Wonodadi", 4, ""]
ROWS = [
    pytest.param(
        ["INDONESIA", "Lampung", "Mesuji", "Mesuji Timur", "Talang Batu", 3],
        ("row_moved_right", "Mesuji", "KABUPATEN", "18.11"), id="INDONESIA first",
    ),
    pytest.param(
        ["", "Lampung", "Mesuji", "Mesuji Timur", "Talang Batu", 3],
        ("row_moved_right", "Mesuji", "KABUPATEN", "18.11"), id="a blank first",
    ),
    pytest.param(
        ["Mesuji", "Mesuji Timur", "Talang Batu", 3, "", ""],
        ("row_moved_left", "Mesuji", "KABUPATEN", ""), id="the province is missing",
    ),
]  # fmt: skip


def read(rows):
    return read_table(rows, province="Lampung", year=2025)


@pytest.mark.parametrize(("row", "told"), ROWS)
def test_a_moved_row_is_an_error_that_names_the_column_it_belongs_to(row, told):
    table = read([PLACES, CLEAN, row])
    errors = [f for f in table.findings if f.severity == "error"]
    assert [(f.code, f.value, f.expected, f.region) for f in errors] == [told]
    assert [(f.row, f.column) for f in errors] == [(3, "")]
    assert list(table.listed["reason"]) == ["moved"]
    assert list(table.data["source_row"]) == [2]


def test_a_facility_that_was_moved_is_no_total():
    heads = ["PROVINSI", "KABUPATEN", "KECAMATAN", "NAMA FASKES"]
    rows = [["Lampung", "Mesuji", "Mesuji Timur", "Puskesmas A"]]
    moved = ["Nasional", "Lampung", "Mesuji", "Mesuji Timur"]
    table = read([heads, *rows, moved])
    assert list(table.listed["reason"]) == ["moved"]


def test_a_name_of_a_place_where_a_figure_belongs_shows_a_moved_row():
    heads = ["KABUPATEN", "KECAMATAN", "BKB YANG ADA", "KETERANGAN"]
    table = read([heads, ["Mesuji", "Tanjung Raya", 4, ""],
                  ["", "Mesuji", "Mesuji Timur", 7]])  # fmt: skip
    told = [(f.code, f.row, f.value, f.expected) for f in table.findings]
    assert told == [("row_moved_right", 3, "Mesuji Timur", "KECAMATAN")]


def test_a_row_number_that_is_missing_moves_the_names_to_the_left():
    heads = ["NO", "KABUPATEN", "KECAMATAN", "BKB YANG ADA"]
    table = read([heads, [1, "Mesuji", "Tanjung Raya", 4],
                  ["Mesuji", "Mesuji Timur", 7, ""]])  # fmt: skip
    assert [(f.code, f.row) for f in table.findings] == [("row_moved_left", 3)]


@pytest.mark.parametrize(
    "row",
    [
        ["Lampung", "Lampung", "", "", 9, ""],  # the province among its districts
        ["INDONESIA", "", "", "", 9, ""],
        ["Lampung", "", "", "", 9, ""],
    ],
)
def test_a_row_of_the_province_or_the_nation_is_a_total(row):
    table = read([PLACES, CLEAN, row])
    assert list(table.listed["reason"]) == ["total_row"]


def test_a_district_and_its_province_may_share_a_name():
    rows = [["PROVINSI", "KABUPATEN", "KECAMATAN", "BKB YANG ADA"]]
    rows += [["Gorontalo", "Gorontalo", "Limboto", 4]]
    table = read_table(rows, province="Gorontalo", year=2025)
    assert list(table.listed["reason"]) == []


def test_a_moved_village_names_its_district_whose_figure_is_then_not_whole():
    rows = [
        ["KABUPATEN", "KECAMATAN", "DESA", "JUMLAH BKB", ""],
        ["Lampung Selatan", "Natar", "Hajimena", 3, ""],
        ["", "Lampung Selatan", "Natar", "Sidosari", 4],
        ["Mesuji", "Mesuji", "Wira Bangun", 5, ""],
    ]
    table = kg.read_table(rows, province="Lampung", year=2025)
    moved = [f for f in table.findings if f.code == "row_moved_right"]
    assert [(f.row, f.region) for f in moved] == [(3, "18.01")]
    joined = kg.join_regions(kg.load_boundaries("Lampung"), [table])
    assert joined.status_at().loc[["18.01", "18.11"], "bkb_groups"].tolist() == [
        "unusable",
        "ok",
    ]


def test_a_moved_kota_is_moved_and_no_total():
    rows = [
        ["NO", "KABUPATEN/KOTA", "JUMLAH BKB", ""],
        [1, "Mesuji", 3, ""],
        [2, "Pringsewu", 5, ""],
        [3, "Tanggamus", 6, ""],
        ["INDONESIA", 4, "Kota Bandar Lampung", 4],
    ]
    table = read(rows)
    assert [f.code for f in table.findings] == ["row_moved_right"]
    assert table.listed["reason"].tolist() == ["moved"]
