"""Lines between rows that name the region, month or group of the rows below."""

from __future__ import annotations

import pytest

import kkbpk_geo as kg


def read(rows, **options):
    return kg.read_table(rows, province="Lampung", **options)


def told(intake, severity="error"):
    return [f.code for f in intake.findings if f.severity == severity]


@pytest.mark.parametrize(
    "lines",
    [
        ("I. KABUPATEN PRINGSEWU", "II. KABUPATEN MESUJI"),
        ("KAB. PRINGSEWU", "KAB. MESUJI"),
        ("A) Kabupaten Pringsewu", "B) Kabupaten Mesuji"),
    ],
)
@pytest.mark.parametrize("column", [0, 1])
def test_a_section_names_the_kabupaten_of_its_kecamatan(lines, column):
    def section(text):
        return ["", text, ""] if column else [text, "", ""]

    intake = read(
        [
            ["DATA BKB 2025", "", ""],
            ["NO", "KECAMATAN", "YANG ADA"],
            section(lines[0]),
            ["1", "Gading Rejo", "5"],
            ["2", "Pringsewu", "6"],
            section(lines[1]),
            ["1", "Way Serdang", "7"],
        ]
    )
    assert intake.data["region_code"].tolist() == ["18.10", "18.10", "18.11"]
    assert intake.listed["reason"].tolist() == ["section_row"] * 2
    assert told(intake) == []
    assert told(intake, "info") == ["section_rows"]


def test_the_number_of_a_section_may_stand_in_its_own_cell():
    intake = read(
        [
            ["DATA BKB KABUPATEN PRINGSEWU 2025", "", ""],
            ["NO", "DESA", "YANG ADA"],
            ["I", "KECAMATAN GADING REJO", ""],
            ["1", "Wonodadi", "5"],
            ["II", "KECAMATAN PRINGSEWU", ""],
            ["1", "Podomoro", "7"],
        ]
    )
    assert intake.data["kecamatan"].tolist() == ["Gading Rejo", "Pringsewu"]
    assert intake.data["region_code"].tolist() == ["18.10"] * 2


def test_a_kecamatan_ends_where_the_next_kabupaten_begins():
    intake = read(
        [
            ["DATA BKB 2025", "", ""],
            ["NO", "DESA", "YANG ADA"],
            ["", "KABUPATEN PRINGSEWU", ""],
            ["", "KECAMATAN GADING REJO", ""],
            ["1", "Wonodadi", "5"],
            ["", "KABUPATEN MESUJI", ""],
            ["1", "Brabasan", "7"],
        ]
    )
    assert intake.data["region_code"].tolist() == ["18.10", "18.11"]
    assert intake.data["kecamatan"].isna().tolist() == [False, True]


def test_a_section_may_name_a_kabupaten_and_its_kecamatan_in_short_words():
    intake = read(
        [
            ["DATA BKB 2025", "", ""],
            ["NO", "DESA", "YANG ADA"],
            ["", "KAB. PRINGSEWU KEC. GADING REJO", ""],
            ["1", "Wonodadi", "5"],
            ["", "KODYA METRO KEC. METRO PUSAT", ""],
            ["1", "Imopuro", "7"],
        ]
    )
    assert intake.data["region_code"].tolist() == ["18.10", "18.72"]
    assert intake.data["kecamatan"].tolist() == ["Gading Rejo", "Metro Pusat"]


def test_a_line_of_a_month_dates_the_rows_below_it():
    rows = [["DATA BKB 2025", ""], ["KABUPATEN", "YANG ADA"]]
    for month in ("BULAN OKTOBER", "November 2025"):
        rows += [[month, ""], ["Mesuji", "5"], ["Tanggamus", "6"]]
    periods = read(rows).data["period"].tolist()
    assert periods == ["2025-10", "2025-10", "2025-11", "2025-11"]


def test_a_line_of_a_group_says_what_the_rows_below_it_count():
    rows = [["DATA POKTAN 2025", ""], ["KABUPATEN", "YANG ADA"]]
    for group, value in (("A. KELOMPOK BKB", 5), ("B. KELOMPOK BKR", 9)):
        rows += [[group, ""], ["Mesuji", str(value)], ["Metro", str(value + 1)]]
    bkb, bkr = read(rows).tables()
    assert bkb.data["bkb_groups"].tolist() == [5, 6]
    assert bkr.data["bkr_groups"].tolist() == [9, 10]


def test_a_line_of_another_group_than_the_title_ends_what_can_be_read():
    rows = [
        ["DATA BKB 2025", ""],
        ["KABUPATEN", "YANG ADA"],
        ["Mesuji", "5"],
        ["B. KELOMPOK BKR", ""],
        ["Mesuji", "9"],
    ]
    intake = read(rows)
    assert intake.data["bkb_groups"].tolist() == [5]
    assert intake.listed["reason"].tolist() == ["other_table"] * 2
    (finding,) = [f for f in intake.findings if f.code == "table_below_unread"]
    assert (finding.row, finding.severity) == (4, "error")


def test_a_district_without_figures_is_no_section():
    intake = read(
        [["KABUPATEN", "JUMLAH PUS"], ["Kabupaten Mesuji", ""], ["Kota Metro", "5"]],
        year=2025,
    )
    assert intake.data["region_code"].tolist() == ["18.11", "18.72"]
    assert intake.data["couples"].isna().tolist() == [True, False]


def test_a_line_with_figures_is_no_section():
    intake = read(
        [
            ["DATA BKB 2025", "", ""],
            ["NO", "KECAMATAN", "YANG ADA"],
            ["", "KABUPATEN PRINGSEWU", "11"],
            ["1", "Gading Rejo", "5"],
            ["2", "Pringsewu", "6"],
        ]
    )
    assert "section_row" not in intake.listed.get("reason", [])


def test_a_section_that_carries_the_sum_of_its_rows_is_a_total_and_names_them():
    intake = read(
        [
            ["DATA BKB 2025", "", ""],
            ["NO", "KECAMATAN", "YANG ADA"],
            ["I", "KABUPATEN PRINGSEWU", "11"],
            ["1", "Gading Rejo", "5"],
            ["2", "Pringsewu", "6"],
            ["II", "KABUPATEN MESUJI", "7"],
            ["1", "Way Serdang", "7"],
        ]
    )
    assert intake.data["bkb_groups"].tolist() == [5, 6, 7]
    assert intake.data["region_code"].tolist() == ["18.10", "18.10", "18.11"]
    assert intake.listed["reason"].tolist() == ["total_row"] * 2
    assert told(intake) == []


def test_a_sum_below_its_rows_names_nothing_above_the_next_ones():
    intake = read(
        [
            ["DATA BKB 2025", "", ""],
            ["NO", "KECAMATAN", "YANG ADA"],
            ["1", "Gading Rejo", "5"],
            ["", "KABUPATEN PRINGSEWU", "5"],
            ["1", "Way Serdang", "7"],
        ]
    )
    assert "section_rows" not in told(intake, "info")


def test_a_title_names_the_kecamatan_of_its_villages():
    rows = [["DATA BKB KABUPATEN PRINGSEWU 2025", ""]]
    for place, village in (("GADING REJO", "Wonodadi"), ("PRINGSEWU", "Podomoro")):
        rows += [[f"KECAMATAN {place}", ""], ["DESA", "YANG ADA"], [village, "5"]]
    names = [part.data["kecamatan"].tolist() for part in read(rows).tables()]
    assert names == [["Gading Rejo"], ["Pringsewu"]]


def test_titles_repeated_on_a_page_are_no_rows():
    rows = [["DATA BKB KAB. PRINGSEWU 2025", ""], ["KECAMATAN", "YANG ADA"]]
    page = [*rows, ["Gading Rejo", "5"]]
    again = [["", ""], ["Halaman 2", ""], *rows, ["Ambarawa", "6"]]
    intake = read([*page, *again])
    assert intake.data["bkb_groups"].tolist() == [5, 6]
    assert set(intake.listed["reason"]) == {"blank", "repeated_header"}


@pytest.mark.parametrize(
    ("level", "names"),
    [
        ("KECAMATAN", ["Kota Agung", "Kota Agung Barat", "Wonosobo"]),
        ("DESA/KELURAHAN", ["Kota Baru", "Kebon Jeruk", "Sawah Lama"]),
    ],
)
def test_a_place_that_is_called_kota_is_a_row_and_heads_no_section(level, names):
    above = {"KECAMATAN": ["Tanggamus"], "DESA/KELURAHAN": ["Bandar Lampung", "TKT"]}
    heads = ["KABUPATEN", "KECAMATAN"][: len(above[level])]
    rows = [[*heads, level, "JUMLAH BKB"]]
    rows += [[*above[level], name, 3] for name in names]
    table = kg.read_table(rows, province="Lampung", year=2025)
    assert table.data["bkb_groups"].tolist() == [3, 3, 3]
    assert table.listed.empty
