"""Tables of several provinces: each row in the one that it, or its sheet, states."""

import pandas as pd
import pytest

from kkbpk_geo.intake.reading import read_table

PROVINCES = [
    ["PROVINSI", "PUS", "PA"],
    ["Aceh", "900", "500"],
    ["Lampung", "140", "90"],
]


def codes(rows, **more):
    return read_table(rows, year=2025, **more).data["region_code"].tolist()


def told(rows, **more):
    found = read_table(rows, year=2025, **more).findings
    return {one.code: one for one in found}


def test_a_table_of_provinces_is_about_provinces():
    table = read_table(PROVINCES, year=2025)
    assert table.data["region_code"].tolist() == ["11", "18"]
    assert table.data["level"].tolist() == ["provinsi", "provinsi"]
    assert "region_not_stated" not in {one.code for one in table.findings}


def test_provinces_may_stand_under_any_word_for_a_place():
    rows = [
        ["WILAYAH", "PUS", "PA"],
        ["DKI Jakarta", "5", "3"],
        ["Papua", "6", "2"],
        ["INDONESIA", "11", "5"],
    ]
    assert codes(rows) == ["31", "91"]


def test_one_province_among_its_districts_stays_their_sum():
    rows = [
        ["WILAYAH", "PUS", "PA"],
        ["Lampung", "9", "7"],
        ["Mesuji", "4", "3"],
        ["Pringsewu", "5", "4"],
    ]
    assert codes(rows) == ["18.11", "18.10"]


def test_half_of_the_names_being_provinces_is_not_enough():
    rows = [
        ["WILAYAH", "PUS", "PA"],
        ["Lampung", "9", "7"],
        ["Mesuji", "9", "7"],
        ["Banten", "4", "3"],
        ["Pandeglang", "4", "3"],
    ]
    assert "18" not in codes(rows)


def test_a_code_that_is_of_another_province_than_the_name_decides_nothing():
    rows = [["KODE", "PROVINSI", "PUS"], ["11", "Aceh", "9"], ["12", "Lampung", "5"]]
    table = read_table(rows, year=2025)
    assert table.data["region_code"].tolist()[0] == "11"
    assert pd.isna(table.data["region_code"].tolist()[1])
    assert told(rows)["region_code_name_disagree"].value == "12 Lampung"


def test_a_title_names_the_district_of_rows_of_one_province_only():
    title = ["LAPORAN KABUPATEN PRINGSEWU"]
    one = [title, ["PROVINSI", "PUS", "PA"], ["Lampung", "9", "7"]]
    assert codes(one) == ["18.10"]
    both = [title, *PROVINCES]
    assert codes(both) == ["11", "18"]


@pytest.mark.parametrize(
    ("name", "code"),
    [("kalimantan selatan.csv", "63.03"), ("data jabar 2025.csv", "32.79")],
)
def test_the_name_of_a_file_may_be_that_of_its_province(tmp_path, name, code):
    # Kabupaten Banjar and Kota Banjar lie in two provinces.
    path = tmp_path / name
    path.write_text("KABUPATEN;PUS;PA\nBanjar;9;7\n", encoding="utf-8")
    assert codes(path, province="Indonesia") == [code]


def test_a_name_of_two_provinces_is_refused_with_both():
    rows = [["KABUPATEN", "PUS", "PA"], ["Banjar", "9", "7"], ["Mesuji", "4", "3"]]
    found = told(rows, province="Indonesia")["region_ambiguous"]
    assert set(found.candidates) == {"32.79", "63.03"}


def test_a_column_of_provinces_tells_districts_of_one_name_apart():
    rows = [
        ["PROVINSI", "KABUPATEN", "PUS"],
        ["KALIMANTAN SELATAN", "BANJAR", "9"],
        ["JAWA BARAT", "KOTA BANJAR", "7"],
        ["PAPUA", "MERAUKE", "5"],
    ]
    # Merauke is of Papua Selatan since 2022.
    assert codes(rows, province="Indonesia") == ["63.03", "32.79", "93.01"]
