"""One column of codes and one of names that hold places of all levels."""

from __future__ import annotations

import pytest

from kkbpk_geo.intake import Intake, read_table
from kkbpk_geo.intake.cells.levels import spread_names

HEAD = ["KODE", "NAMA WILAYAH", "JUMLAH PUS", "TAHUN"]


def read(*rows: list[object]) -> Intake:
    return read_table([list(map(str, row)) for row in rows], province="Lampung")


def by_district(table: Intake) -> dict[str, int]:
    sums = table.data.groupby("region_code")["couples"].sum()
    return {str(code): int(value) for code, value in sums.items()}


def told(table: Intake) -> list[str]:
    return [found.code for found in table.findings if found.severity == "error"]


def test_a_place_is_not_added_to_those_it_lies_in():
    table = read(
        HEAD,
        ["18", "LAMPUNG", 300, 2024],
        ["18.01", "LAMPUNG SELATAN", 100, 2024],
        ["18.01.04", "NATAR", 100, 2024],
        ["18.01.04.2001", "HAJIMENA", 60, 2024],
        ["18.01.04.2002", "SIDOSARI", 40, 2024],
        ["18.02", "LAMPUNG TENGAH", 200, 2024],
    )
    assert by_district(table) == {"18.01": 100, "18.02": 200}
    assert list(table.data["level"]) == ["desa", "desa", "kabkota"]
    villages = table.data["village_code"].fillna("")
    assert list(villages) == ["18.01.04.2001", "18.01.04.2002", ""]
    assert told(table) == []
    assert list(table.listed["reason"]) == ["total_row"] * 3


def test_a_parent_that_is_not_the_sum_of_its_places_is_told():
    table = read(
        HEAD,
        ["18.01", "LAMPUNG SELATAN", 90, 2024],
        ["18.01.04", "NATAR", 60, 2024],
        ["18.01.05", "TANJUNG BINTANG", 40, 2024],
    )
    assert by_district(table) == {"18.01": 100}
    assert told(table) == ["total_disagrees"]


@pytest.mark.parametrize("heading", ["KABUPATEN", "KABUPATEN/KOTA"])
def test_codes_of_villages_beside_names_of_districts_leave_the_names(heading: str):
    table = read(
        ["KODE", heading, "JUMLAH PUS", "TAHUN"],
        ["18.01.04.2001", "LAMPUNG SELATAN", 100, 2024],
        ["18.01.04.2002", "LAMPUNG SELATAN", 30, 2024],
    )
    assert by_district(table) == {"18.01": 130}
    assert "desa" not in table.data
    assert told(table) == []


def test_codes_of_bps_have_seven_digits_for_a_kecamatan():
    names = spread_names(
        ["1803", "1803060"], ["Lampung Selatan", "Natar"], [True, True]
    )
    assert names == {"kabkota": ["Lampung Selatan"] * 2, "kecamatan": ["", "Natar"]}


def test_a_code_stored_as_a_number_is_that_of_a_district():
    names = spread_names([18.1, "18.10.01"], ["Pringsewu", "Pringsewu"], [True, True])
    assert names["kecamatan"] == ["", "Pringsewu"]


@pytest.mark.parametrize("code", ["18.01.4", "", "A12", "18.01.04.20019"])
def test_a_code_of_no_level_leaves_the_name_of_its_row_where_it_stands(code: str):
    names = spread_names(["18.01.04", code], ["Natar", "Apa"], [True, True])
    assert names == {"kabkota": ["", "Apa"], "kecamatan": ["Natar", ""]}


def test_numbers_of_offices_are_no_codes_of_kecamatan():
    names = ["Lampung Selatan", "Mesuji"]
    assert spread_names(["180101", "180102"], names, [True, True]) == {}


def test_codes_of_districts_alone_need_no_spreading():
    codes, names = ["18", "18.01"], ["Lampung", "Lampung Selatan"]
    assert spread_names(codes, names, [True, True]) == {}


def test_rows_that_are_no_data_do_not_stand_in_the_way():
    names = spread_names(["18.01.04", ""], ["Natar", "JUMLAH"], [True, False])
    assert names["kecamatan"] == ["Natar", ""]
