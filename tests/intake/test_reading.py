"""Reading a table: rows, places, periods, totals, persons; nothing lost or guessed."""

from __future__ import annotations

from collections import Counter
from io import BytesIO, StringIO

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkbpk_geo.base.errors import IntakeError, RegionError
from kkbpk_geo.base.formats import MONTHS, format_number
from kkbpk_geo.findings.words import finding_text, remedy_text
from kkbpk_geo.intake.reading import read_table

LAMPUNG = {"Mesuji": "18.11", "Pringsewu": "18.10", "Kota Metro": "18.72"}


def read(rows, **options):
    return read_table(rows, **{"province": "Lampung", **options})


def codes(table):
    return Counter(found.code for found in table.findings)


def told(table, code):
    return [
        (f.row, f.column, f.value, f.expected) for f in table.findings if f.code == code
    ]


def test_a_sheet_becomes_a_table_with_codes_periods_and_whole_numbers():
    table = read(
        [
            ["KABUPATEN", "YANG ADA", "YANG LAPOR", "KKA", "BULAN"],
            ["MESUJI", "1.234", "-", "5", "NOVEMBER"],
            ["Kab. Pringsewu", "20", "20", "5", "Nopember"],
        ],
        year=2025,
    )
    assert table.kind == "bkb_report"
    assert list(table.data["region_code"]) == ["18.11", "18.10"]
    assert set(table.data["period"]) == {"2025-11"}
    assert list(table.data["source_row"]) == [2, 3]
    assert table.data["bkb_groups"].tolist() == [1234, 20]
    assert table.data["bkb_groups_reporting"].isna().tolist() == [True, False]
    assert str(table.data["bkb_groups"].dtype) == "Int64"
    assert table.headings["YANG ADA"] == "bkb_groups"


# --- rows -----------------------------------------------------------------------------


def test_rows_that_are_not_data_are_listed_with_their_reason():
    table = read(
        [
            ["No", "KABUPATEN", "PUS"],
            ["(1)", "(2)", "(3)"],
            ["1", "Mesuji", "10"],
            [],
            ["No", "KABUPATEN", "PUS"],
            ["2", "Pringsewu", "20"],
            ["", "JUMLAH", "30"],
            ["Sumber: F/I/Dal"],
        ]
    )
    assert list(table.data["source_row"]) == [3, 6]
    assert list(
        zip(table.listed["source_row"], table.listed["reason"], strict=True)
    ) == [
        (2, "column_numbers"),
        (4, "blank"),
        (5, "repeated_header"),
        (7, "total_row"),
        (8, "note"),
    ]
    assert table.rows_in == 7
    assert "total_disagrees" not in codes(table)


def test_signatures_under_a_table_are_listed_without_their_text():
    table = read(
        [
            ["KABUPATEN", "PUS", "PA"],
            ["Mesuji", "10", "5"],
            ["Catatan: data sementara", "", ""],
            ["", "", "Mesuji, 5 Desember 2025"],
            ["", "", "Kepala Bidang"],
            ["", "", "Orang Contoh"],
        ]
    )
    assert list(table.listed["reason"]) == ["note"] * 4
    assert table.listed["KABUPATEN"].tolist()[0] == "Catatan: data sementara"
    assert table.listed[["KABUPATEN", "PUS", "PA"]].iloc[1:].isna().all(axis=None)
    assert "number_unreadable" not in codes(table)


def test_a_last_row_without_figures_is_a_district_not_a_note():
    table = read([["No", "KABUPATEN", "PUS"], ["1", "Mesuji", "1"], ["2", "Metro", ""]])
    assert list(table.data["region_code"]) == ["18.11", "18.72"]


def test_a_total_that_disagrees_is_told_and_never_used():
    table = read(
        [["KABUPATEN", "PUS", "PA"], ["Mesuji", "10", "5"], ["Metro", "20", "5"],
         ["LAMPUNG", "31", "10"]]
    )  # fmt: skip
    assert told(table, "total_disagrees") == [(4, "PUS", "31", "30")]
    assert table.data["couples"].sum() == 30


def test_subtotals_are_checked_against_their_own_block():
    table = read(
        [
            ["KABUPATEN", "KECAMATAN", "PUS"],
            ["Mesuji", "Mesuji", "1"],
            ["Mesuji", "Tanjung Raya", "2"],
            ["Mesuji", "JUMLAH", "3"],
            ["Metro", "Metro Pusat", "4"],
            ["Metro", "JUMLAH", "5"],
            ["TOTAL", "", "7"],
            ["RATA-RATA", "", "2"],
        ]
    )
    assert told(table, "total_disagrees") == [(6, "PUS", "5", "4")]
    assert len(table.data) == 3


def test_a_district_row_above_its_own_parts_is_a_subtotal_and_alone_is_data():
    table = read(
        [
            ["KABUPATEN", "KECAMATAN", "PUS"],
            ["Mesuji", "", "3"],
            ["Mesuji", "Tanjung Raya", "2"],
            ["Mesuji", "Way Serdang", "1"],
            ["Metro", "", "9"],
        ]
    )
    assert list(table.data["source_row"]) == [3, 4, 5]
    assert list(table.listed["reason"]) == ["total_row"]


def test_a_printed_percentage_is_recomputed_told_and_ignored():
    table = read(
        [
            ["KABUPATEN", "BKB ADA", "BKB LAPOR", "%"],
            ["Mesuji", "457", "282", "66,98"],
            ["Metro", "10", "9", "90"],
            ["Pringsewu", "3", "2", "67"],  # rounded, not wrong
        ]
    )
    assert told(table, "printed_percent_wrong") == [(2, "%", "66.98", "61.71")]
    assert table.headings["%"] == "ignored"
    assert "%" not in table.data


def test_percentages_stored_as_fractions_are_understood():
    frame = pd.DataFrame(
        {"KABUPATEN": ["Mesuji", "Metro"], "BKB ADA": [4, 5], "BKB LAPOR": [3, 4],
         "%": [0.75, 0.9]}
    )  # fmt: skip
    table = read(frame)
    assert told(table, "printed_percent_wrong") == [(3, "%", "90.00", "80.00")]


# --- places ---------------------------------------------------------------------------


def test_unknown_and_ambiguous_regions_keep_their_rows_and_get_no_code():
    table = read(
        [
            ["KODE", "KABUPATEN", "PUS"],
            ["", "Lampung Tenggara", "1"],
            ["18.1", "", "1"],
            ["18.05", "Tulang Bawang Barat", "1"],
            ["1801", "Lampung Selatan", "1"],  # the name decides what the code cannot
        ]
    )
    assert table.data["region_code"].isna().tolist() == [True, True, True, False]
    assert table.data["region_code"].iloc[3] == "18.01"
    assert codes(table) == {
        "region_unknown": 1, "region_ambiguous": 1, "region_code_name_disagree": 1,
    }  # fmt: skip
    assert "18.02 Lampung Tengah" in told(table, "region_unknown")[0][3]


@pytest.mark.parametrize(
    ("system", "code"), [("bps", "18.04"), ("kemendagri", "18.01")]
)
def test_a_stated_code_system_decides_an_undotted_code(system, code):
    table = read([["KODE", "PUS"], ["1801", "5"]], code_system=system)
    assert list(table.data["region_code"]) == [code]


def test_the_province_of_a_row_is_its_own():
    table = read_table(
        [["PROVINSI", "KABUPATEN", "PUS"], ["SULAWESI BARAT", "MAMUJU UTARA", "1"]],
        province="Lampung",
    )
    assert list(table.data["region_code"]) == ["76.01"]


def test_titles_give_district_and_period_where_rows_do_not():
    table = read_table(
        [
            ["REKAPITULASI BKB KABUPATEN TULANG BAWANG BARAT PROVINSI LAMPUNG"],
            ["BULAN MARET TAHUN 2024"],
            ["KECAMATAN", "TIYUH", "YANG ADA"],
            ["Tumijajar", "Margo Mulyo", "2"],
        ]
    )
    assert list(table.data["region_code"]) == ["18.12"]
    assert list(table.data["period"]) == ["2024-03"]
    assert list(table.data["level"]) == ["desa"]


def test_subdistricts_alone_lead_to_their_district_if_the_name_is_unique():
    table = read([["KECAMATAN", "PUS"], ["Ambarawa", "5"], ["Way Serdang", "6"]])
    assert list(table.data["region_code"]) == ["18.10", "18.11"]


def test_a_table_that_names_no_district_says_so():
    table = read([["DESA", "PUS"], ["Sukamaju", "5"]])
    assert table.data["region_code"].isna().all()
    assert codes(table) == {"region_not_stated": 1}


def test_merged_names_are_filled_down_and_told():
    table = read(
        [["KABUPATEN", "KECAMATAN", "PUS"], ["Mesuji", "Mesuji", "1"],
         ["", "Tanjung Raya", "2"], ["", "Way Serdang", "3"]]
    )  # fmt: skip
    assert list(table.data["region_code"]) == ["18.11"] * 3
    assert [f.count for f in table.findings if f.code == "place_filled_down"] == [2]


def test_fewer_than_a_third_of_blank_names_is_no_merged_cell():
    rows = [["KABUPATEN", "KECAMATAN", "PUS"], ["Mesuji", "Mesuji", "1"],
            ["", "Tanjung Raya", "2"], ["Mesuji", "Way Serdang", "3"]]  # fmt: skip
    one_of_three = read(rows)
    assert list(one_of_three.data["region_code"]) == ["18.11"] * 3
    one_of_four = read([*rows, ["Mesuji", "Panca Jaya", "4"]])
    assert one_of_four.data["region_code"].isna().tolist() == [
        False, True, False, False,
    ]  # fmt: skip
    assert told(one_of_four, "region_not_stated") == [(3, "KABUPATEN", "", "")]
    assert "place_filled_down" not in codes(one_of_four)


# --- periods --------------------------------------------------------------------------


def test_a_month_without_a_year_is_no_period_and_is_told():
    table = read([["KABUPATEN", "PUS", "BULAN"], ["Mesuji", "1", "MEI"]])
    assert table.data["period"].isna().all()
    assert told(table, "year_missing") == [(2, "BULAN", "MEI", "TAHUN")]


@pytest.mark.parametrize(
    ("cell", "period"),
    [
        ("NOVEMBER", "2025-11"),
        ("Nov", "2025-11"),
        ("11", "2025-11"),
        ("Nopember 2024", "2024-11"),
        ("2024-03", "2024-03"),
        (pd.Timestamp("2024-03-01"), "2024-03"),
        ("", "2025"),
    ],
)
def test_months_are_read_as_they_are_written(cell, period):
    table = read([["KABUPATEN", "PUS", "BULAN"], ["Mesuji", 1, cell]], year=2025)
    assert list(table.data["period"]) == [period]


def test_a_month_that_cannot_be_read_is_told_and_stays_missing():
    table = read(
        [["KABUPATEN", "PUS", "BULAN"], ["Mesuji", "1", "MUSIM PANEN"]],
        year=2025,
        month=3,
    )
    assert table.data["period"].isna().all()
    assert told(table, "period_unreadable")[0][:3] == (2, "BULAN", "MUSIM PANEN")


BLANK_MONTH = [
    ["KABUPATEN", "PUS", "BULAN"],
    ["Mesuji", "3", "OKTOBER"],
    ["Metro", "4", "OKTOBER"],
    ["Mesuji", "5", "NOVEMBER"],
    ["Metro", "9", ""],
]


def test_a_blank_month_among_months_is_neither_the_year_nor_a_month():
    table = read(BLANK_MONTH, year=2025)
    assert table.data["period"].fillna("").tolist() == [
        "2025-10", "2025-10", "2025-11", "",
    ]  # fmt: skip
    (found,) = table.findings
    assert (found.code, found.row, found.region) == ("month_missing", 5, "18.72")
    assert finding_text(found) == (
        "list, baris 5: Bulan pada kolom BULAN kosong, padahal baris lain menyebut "
        "bulannya. Baris ini tidak dihitung untuk bulan mana pun, dan bukan angka "
        "setahun."
    )
    assert remedy_text(found, "en") == (
        "Fill in the month in every row, also in rows below a merged cell."
    )


@pytest.mark.parametrize("more", [{"month": 11}, {"month": None}])
@pytest.mark.parametrize("role", ["BULAN", "PERIODE"])
def test_a_stated_month_does_not_fill_a_blank_beside_another_month(role, more):
    title, rows = ["LAPORAN BULAN NOVEMBER 2025"], [row[:] for row in BLANK_MONTH]
    rows[0][2] = role
    table = read([title, *rows], year=2025, **more)
    assert pd.isna(table.data["period"].iloc[3])
    assert [f.row for f in table.findings if f.code == "month_missing"] == [6]


@pytest.mark.parametrize("month", ["NOVEMBER", ""])
@pytest.mark.parametrize(
    ("title", "more"), [("LAPORAN", {"month": 11}), ("LAPORAN BULAN NOVEMBER", {})]
)
def test_the_one_month_of_a_sheet_fills_its_blank_months(title, more, month):
    rows = [[title], BLANK_MONTH[0], ["Mesuji", "3", month], ["Metro", "4", ""]]
    table = read(rows, year=2025, **more)
    assert list(table.data["period"]) == ["2025-11", "2025-11"]
    assert codes(table) == {}


def test_a_table_whose_months_are_all_blank_is_of_its_year():
    rows = [BLANK_MONTH[0], ["Mesuji", "3", ""], ["Metro", "4", "-"]]
    table = read(rows, year=2025)
    assert list(table.data["period"]) == ["2025", "2025"]
    assert codes(table) == {}


def test_a_blank_beside_a_month_that_cannot_be_read_is_not_the_year():
    rows = [BLANK_MONTH[0], ["Mesuji", "3", "MUSIM PANEN"], ["Metro", "4", ""]]
    table = read(rows, year=2025, month=3)
    assert table.data["period"].isna().all()
    assert codes(table) == {"period_unreadable": 1, "month_missing": 1}


def test_totals_and_signatures_need_no_month():
    rows = [
        *BLANK_MONTH[:4],
        ["LAMPUNG", "12", ""],
        ["JUMLAH", "12", ""],
        ["", "", "Mesuji, 5 Desember 2025"],
    ]
    assert "month_missing" not in codes(read(rows, year=2025))


def test_a_year_written_where_months_stand_is_the_year():
    rows = [["KABUPATEN", "PUS", "PERIODE"], ["Mesuji", "3", "2025-10"],
            ["Mesuji", "9", "2025"]]  # fmt: skip
    assert list(read(rows).data["period"]) == ["2025-10", "2025"]


def test_what_is_passed_beats_the_title_and_the_difference_is_told():
    rows = [["LAPORAN BULAN MEI 2024"], ["KABUPATEN", "PUS"], ["Mesuji", "1"]]
    table = read(rows, year=2025, month="juni")
    assert list(table.data["period"]) == ["2025-06"]
    expected = [(None, "", "2024-05", "2025-06")]
    assert told(table, "period_disagrees_title") == expected
    (found,) = [f for f in table.findings if f.code == "period_disagrees_title"]
    assert finding_text(found) == (
        "list: Periode tidak sama: judul, nama lembar atau nama berkas menyebut "
        "2024-05, sedangkan yang diberikan 2025-06; yang diberikan dipakai."
    )


def test_the_year_of_a_law_in_the_title_is_not_the_year_of_the_report():
    rows = [
        ["Menurut Peraturan BKKBN 6 Tahun 2020"],
        ["KABUPATEN", "PUS"],
        ["Mesuji", "1"],
    ]
    assert read(rows).data["period"].isna().all()


def test_months_nobody_reported_are_missing_not_zero():
    rows = [["KABUPATEN", "BKB ADA", "BKB LAPOR", "BKB HADIR", "BULAN"]]
    rows += [[name, "5", "5", "50", "MEI"] for name in LAMPUNG]
    rows += [[name, "5", "0", "0", "JUNI"] for name in LAMPUNG]
    rows += [[name, "", "", "", "JULI"] for name in LAMPUNG]
    table = read(rows, year=2025)
    june = table.data[table.data["period"] == "2025-06"]
    assert june["bkb_groups"].sum() == 15
    assert june[["bkb_groups_reporting", "bkb_attending"]].isna().all(axis=None)
    assert table.data["not_reported"].tolist() == [False] * 3 + [True] * 6
    silent = [f for f in table.findings if f.code == "block_not_reported"]
    assert [(f.value, f.count) for f in silent] == [("2025-06", 3), ("2025-07", 3)]


def test_one_silent_district_is_told_and_a_true_zero_stays():
    rows = [["KABUPATEN", "BKB ADA", "BKB LAPOR", "BULAN"], ["Mesuji", "5", "0", "MEI"],
            ["Metro", "5", "5", "MEI"], ["Pringsewu", "", "", "MEI"]]  # fmt: skip
    table = read(rows, year=2025)
    assert table.data["bkb_groups_reporting"].tolist()[:2] == [0, 5]
    silent = [f for f in table.findings if f.code == "block_not_reported"]
    assert [(f.region, f.row) for f in silent] == [("18.10", 4)]


# --- persons --------------------------------------------------------------------------


def test_data_about_persons_is_dropped_counted_and_never_shown():
    table = read(
        [
            ["KABUPATEN", "NAMA FASKES", "NAMA BIDAN", "NIK BIDAN", "NO HP", "LAIN"],
            ["Mesuji", "Klinik A", "Contoh Satu", "7.601015e+15", "0812", "baik"],
            ["Metro", "Klinik B", "Contoh Dua", "1801010101010001", "", "08123456789"],
            ["Metro", "Klinik C", "", "", "", "hubungi kantor"],
        ]
    )
    dropped = {f.column: f.count for f in table.findings if "dropped" in f.code}
    assert dropped == {"NAMA BIDAN": 2, "NIK BIDAN": 2, "NO HP": 1, "LAIN": 3}
    shown = table.data.to_csv() + table.listed.to_csv() + repr(table.findings)
    for secret in ("Contoh", "7.601", "18010101", "0812"):
        assert secret not in shown
    # What LAIN holds nobody knows; in a list that is enough not to keep it.
    assert "LAIN" not in table.data
    assert told(table, "column_dropped_unknown") == [(None, "LAIN", "", "")]


def test_identity_numbers_among_figures_are_taken_out():
    table = read([["KABUPATEN", "PUS"], ["Mesuji", 1801010101010001], ["Metro", 5]])
    assert table.data["couples"].isna().tolist() == [True, False]
    assert codes(table)["personal_data_dropped"] == 1


def test_a_list_of_staff_is_counted_without_its_people():
    table = read(
        [
            ["KABUPATEN", "NAMA FASKES", "NO REGISTRASI", "NAMA BIDAN", "PELATIHAN"],
            ["Mesuji", "Klinik A", "K1", "Contoh Satu", "CTU, ABPK"],
            ["Mesuji", "Klinik A", "K1", "Contoh Dua", "Belum Terlatih"],
            ["Metro", "Klinik B", "K2", "Contoh Tiga", ""],
        ]
    )
    assert table.kind == "staff"
    sums = table.data[["staff", "staff_trained", "facilities"]].sum()
    assert sums.tolist() == [3, 1, 2]
    assert table.data["staff_trained"].isna().tolist() == [False, False, True]


# --- lists ----------------------------------------------------------------------------


def test_a_list_of_groups_is_read():
    table = read(
        [
            ["nama_kelompok", "jenis", "kabupaten", "anggota", "lapor", "punya kit",
             "lintang", "bujur"],
            ["Mawar", "UPPKS", "Mesuji", "30", "Ya", "Tidak", "-4,05", "105,4"],
            ["Melati", "Arisan", "Metro", "", "mungkin", "", "", ""],
        ]
    )  # fmt: skip
    assert table.kind == "groups"
    first = table.data.iloc[0]
    assert (first["name"], first["kind"], first["members"]) == ("Mawar", "uppka", 30)
    assert (first["latitude"], first["longitude"]) == (-4.05, 105.4)
    assert (bool(first["reporting"]), bool(first["has_kit"])) == (True, False)
    assert table.data[["kind", "reporting", "has_kit"]].iloc[1].isna().all()
    assert told(table, "kind_unknown")[0][:3] == (3, "jenis", "Arisan")
    assert told(table, "answer_unreadable") == [(3, "lapor", "mungkin", "Ya, Tidak")]


def test_coordinates_that_cannot_be_are_missing_and_told():
    table = read(
        [
            ["KABUPATEN", "NAMA PUSKESMAS", "LATITUDE", "LONGITUDE", "STOK"],
            ["Mesuji", "A", "-4.05", "105.4", "Cukup"],
            ["Mesuji", "B", "105.4", "-4.05", "Kurang"],
            ["Mesuji", "C", "0", "0", ""],
            ["Mesuji", "D", "-40.5", "105.4", "cukup"],
        ]
    )
    assert table.kind == "facilities"
    assert set(table.data["kind"]) == {"health_centre"}
    assert table.data["latitude"].notna().tolist() == [True, False, False, False]
    assert table.data["low_stock"].astype(object).tolist()[:2] == [False, True]
    assert codes(table) == {
        "coordinates_swapped": 1, "coordinates_missing": 1, "coordinates_outside": 1,
    }  # fmt: skip


def test_the_kind_of_a_facility_is_in_its_word_else_in_its_name():
    table = read(
        [
            ["KABUPATEN", "NAMA FASKES", "JENIS FASKES"],
            ["Mesuji", "Melati", "PMB"],
            ["Mesuji", "RSUD Ragab", ""],
            ["Mesuji", "Klinik Sehat", "Apotek"],
        ]
    )
    assert list(table.data["kind"]) == ["midwife", "hospital", "other"]


# --- several tables -------------------------------------------------------------------


def test_kinds_in_the_rows_are_tables_of_their_own():
    rows = [
        ["KABUPATEN", "JUMLAH DESA/KELURAHAN", "JENIS POKTAN", "YANG ADA"],
        ["Mesuji", "105", "BKB", "10"],
        ["Mesuji", "105", "UPPKS", "20"],
        ["Metro", "22", "BKB", "5"],
        ["Metro", "22", "Arisan", "9"],
    ]
    table = read(rows)
    assert [part.kind for part in table.parts] == [
        "bkb_report",
        "uppka_report",
        "unknown",
    ]
    assert table.data["bkb_groups"].sum() == 15
    assert table.data["uppka_groups"].sum() == 20
    assert table.data["villages"].sum() == 127
    assert table.rows_in == 4
    assert codes(table) == {"kind_unknown": 1}


FORM = [["KABUPATEN", "PUS"], ["Mesuji", 48_000], ["Pringsewu", 80_000]]


@pytest.mark.parametrize(
    ("title", "shown"),
    [("CONTOH FORMAT LAPORAN PUS 2025", True), ("Lampiran: contoh pengisian", True),
     ("DESA PERCONTOHAN 2025", False), ("PUS DESA CONTOH 2025", False)],
)  # fmt: skip
def test_a_form_that_is_only_shown_is_told_and_marked_as_sample_data(title, shown):
    table = read([[title, ""], *FORM], year=2025)
    assert table.marks.sample is shown
    assert codes(table)["example_form"] == shown
    assert table.data["couples"].tolist() == [48_000, 80_000]


def test_an_example_beside_the_report_is_set_aside_and_marks_nothing(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Laporan"
    shown = book.create_sheet("Contoh Pengisian")
    for sheet in (book.active, shown):
        for row in FORM:
            sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    table = read(tmp_path / "a.xlsx", year=2025)
    assert table.data["couples"].tolist() == [48_000, 80_000]
    assert table.listed["reason"].tolist() == ["example"] * 2
    assert codes(table)["example_sheet"] == 1
    assert not table.marks.sample


def test_a_workbook_gives_one_part_per_sheet_and_lists_what_is_no_table(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "BKB"
    book.active.append(["KABUPATEN", "YANG ADA"])
    book.active.append(["Mesuji", 5])
    book.create_sheet("PUS").append(["KABUPATEN", "PUS"])
    book["PUS"].append(["Metro", "7"])
    book.create_sheet("Acara").append(["Rapat", "Tempat"])
    book["Acara"].append(["Pleno", "Aula"])
    book.create_sheet("Petunjuk").append(["Isi", "Cara"])
    book["Petunjuk"].append(["Kolom", "Bebas"])
    book.save(tmp_path / "a.xlsx")
    table = read(tmp_path / "a.xlsx")
    assert (table.kind, [part.kind for part in table.parts]) == (
        "mixed", ["bkb_report", "couples"],
    )  # fmt: skip
    assert list(table.data["source_sheet"]) == ["BKB", "PUS"]
    assert codes(table) == {"sheet_skipped": 1, "number_as_text": 1}
    assert set(table.listed["source_sheet"]) == {"Acara", "Petunjuk"}
    assert len(table.listed) == 2
    assert read(tmp_path / "a.xlsx", sheet="PUS").kind == "couples"


def test_a_list_of_sources_is_read_one_by_one(tmp_path):
    path = tmp_path / "pus.csv"
    path.write_text("KABUPATEN;PUS\nMesuji;5\n", encoding="utf-8")
    table = read([path, pd.DataFrame({"KABUPATEN": ["Metro"], "PA": [3]})])
    assert [part.kind for part in table.tables()] == ["couples", "contraception"]
    assert list(table.data["source_file"]) == ["pus.csv", "DataFrame"]


def test_columns_that_add_up_are_added_and_missing_only_if_all_are():
    rows = [["KABUPATEN", "KKB Pemerintah", "KKB Swasta"], ["Mesuji", "1", "2"]]
    table = read([*rows, ["Metro", "", "4"], ["Pringsewu", "", ""]])
    assert table.data["facilities_clinic"].tolist()[:2] == [3, 4]
    assert table.data["facilities_clinic"].isna().tolist() == [False, False, True]


def test_numbers_that_can_be_read_in_two_ways_are_missing_and_told():
    table = read(
        [
            ["KABUPATEN", "PUS"],
            ["Mesuji", "2.041"],
            ["Metro", "91.24"],
            ["Lamteng", "1 k"],
        ]
    )
    # 91.24 can be read, but is no count of couples.
    assert table.data["couples"].isna().tolist() == [True, True, True]
    assert told(table, "fractional_count") == [(3, "PUS", "91.24", "0, 1, 2, …")]
    assert told(table, "number_ambiguous") == [(2, "PUS", "2.041", "2041 / 2.041")]
    assert told(table, "number_unreadable") == [(4, "PUS", "1 k", "")]


def test_an_unknown_table_is_kept_as_text_and_told():
    table = read([["Acara", "Tempat"], ["Rapat", "Aula"]])
    assert table.kind == "unknown"
    assert table.data[["Acara", "Tempat"]].iloc[0].tolist() == ["Rapat", "Aula"]
    assert codes(table) == {"table_unknown": 1, "region_not_stated": 1}


def test_an_unknown_column_is_kept_as_text_and_told():
    table = read([["KABUPATEN", "PUS", "Warna"], ["Mesuji", "5", "biru"]])
    assert list(table.data["Warna"]) == ["biru"]
    assert told(table, "column_unknown") == [(None, "Warna", "", "")]


@pytest.mark.parametrize(
    ("cells", "example"),
    [
        ((105000, 152000), "105000"),
        (("25 orang", "31 orang"), "25 orang"),
        (("Ada", "Tidak ada"), "Ada"),
        (("081234567", "081234568"), "…"),  # may be a telephone number
    ],
)
def test_figures_under_an_unknown_heading_are_warned_of(cells, example):
    rows = [["Mesuji", 42000, cells[0]], ["Pringsewu", 75000, cells[1]]]
    table = read([["KABUPATEN", "PUS", "CAPAIAN PA"], *rows])
    found = [f for f in table.findings if f.column == "CAPAIAN PA"]
    expected = ("column_of_figures_unknown", "warning", example, 2)
    assert [(f.code, f.severity, f.value, f.count) for f in found] == [expected]


def test_words_and_codes_under_an_unknown_heading_are_only_mentioned():
    rows = [["Mesuji", 42000, "A12"], ["Pringsewu", 75000, "9 dari A"]]
    table = read([["KABUPATEN", "PUS", "Lokasi"], *rows])
    assert codes(table) == {"column_unknown": 1}


# --- refusals -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"year": 25}, "year is 25; expected 1970 to 2100, such as 2025."),
        (
            {"month": "TW1"},
            "month is 'TW1'; expected 1 to 12 or a name such as 'november'.",
        ),
        ({"code_system": "x"}, "code_system is 'x'; expected 'kemendagri' or 'bps'."),
    ],
)
def test_arguments_that_cannot_be_are_refused(options, message):
    with pytest.raises(IntakeError) as error:
        read([["KABUPATEN", "PUS"], ["Mesuji", "5"]], **options)
    assert str(error.value) == message


def test_an_unknown_kind_is_answered_with_those_there_are():
    with pytest.raises(
        IntakeError, match=r"^kind is 'bkbx'; expected one of plan, inventory, staff"
    ):
        read([["KABUPATEN", "PUS"], ["Mesuji", "5"]], kind="bkbx")


def test_an_unknown_province_is_refused():
    with pytest.raises(RegionError):
        read([["KABUPATEN", "PUS"], ["Mesuji", "5"]], province="Lampong")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ([], "list: empty; give at least one path, DataFrame or row."),
        ([[]], "list: empty; expected a header row and rows under it."),
        (pd.DataFrame(), "DataFrame: empty; expected a header row and rows under it."),
    ],
)
def test_nothing_is_refused(source, message):
    with pytest.raises(IntakeError) as error:
        read(source)
    assert str(error.value) == message


# --- laws -----------------------------------------------------------------------------

names = st.sampled_from([*LAMPUNG, "JUMLAH", "Atlantis", "", "Sumber: x", "KABUPATEN"])
cells = st.sampled_from(["", "-", "0", "7", "1.234", "abc", "12,5", "2.041"])
sheets = st.lists(st.tuples(names, cells, cells), max_size=12)


@given(sheets)
def test_no_row_is_lost_or_used_twice(rows):
    # A first row of texts would be a storey of the header, and is told as such.
    first = last = ["Mesuji", "1", "1"]
    table = read([["KABUPATEN", "PUS", "PA"], first, *map(list, rows), last])
    used, listed = list(table.data["source_row"]), list(table.listed["source_row"])
    assert sorted(used + listed) == list(range(2, len(rows) + 4))
    assert set(table.listed["reason"]) <= {
        "total_row",
        "may_be_total",
        "blank",
        "repeated_header",
        "note",
    }


@given(
    st.lists(
        st.tuples(st.sampled_from(list(LAMPUNG)), st.integers(0, 10**7)), min_size=1
    ),
    st.permutations(range(3)),
    st.integers(0, 5),
)
def test_notation_order_of_columns_and_titles_above_change_nothing(rows, order, titles):
    sheet = [["KABUPATEN", "PUS", "BULAN"]]
    sheet += [
        [name, format_number(number), MONTHS["id"][i % 12]]
        for i, (name, number) in enumerate(rows)
    ]
    turned = [["LAPORAN"]] * titles + [[row[i] for i in order] for row in sheet]
    plain, moved = read(sheet, year=2025).data, read(turned, year=2025).data
    assert plain["couples"].tolist() == [number for _, number in rows]
    for column in ("couples", "region_code", "period"):
        assert moved[column].tolist() == plain[column].tolist()
    assert (moved["source_row"] - plain["source_row"]).unique().tolist() == [titles]


@given(sheets)
def test_the_same_sheet_gives_the_same_table(rows):
    sheet = [["KABUPATEN", "PUS", "PA"], *map(list, rows)]
    first, second = read(sheet), read(sheet)
    pd.testing.assert_frame_equal(first.data, second.data)
    assert first.findings == second.findings


def test_a_place_and_date_under_a_table_is_a_note_not_a_district():
    under = read_table(
        [["Kabupaten/Kota", "PUS"], ["Kota Metro", 5], ["Metro, 5 Mei 2012", ""]],
        year=2012,
    )
    assert under.data["couples"].tolist() == [5]
    assert under.listed["reason"].tolist() == ["note"]


def test_figures_carried_to_the_next_page_are_no_place_and_no_wrong_total():
    rows = [["DATA BKB KABUPATEN MESUJI 2025", ""], ["KECAMATAN", "BKB YANG ADA"]]
    rows += [["Mesuji", 5], ["Way Serdang", 2], ["Jumlah dipindahkan", 7]]
    rows += [["Pindahan", 7], ["Tanjung Raya", 3], ["JUMLAH", 10]]
    intake = read_table(rows, province="Lampung")
    assert intake.data["bkb_groups"].tolist() == [5, 2, 3]
    assert {f.code for f in intake.findings} == {"total_row_dropped"}


def test_reports_mixed_of_numbers_and_words_are_told_and_answers_are_not():
    def codes(*cells):
        rows = [["KABUPATEN", "BKB YANG ADA", "BKB YANG LAPOR"]]
        names = ["Mesuji", "Tanggamus", "Pringsewu"]
        rows += [[name, 20, cell] for name, cell in zip(names, cells, strict=True)]
        found = read_table(rows, year=2025, province="Lampung").findings
        return [f.code for f in found if f.severity == "error"]

    assert codes(10, "kurang", "abc") == ["reports_unclear"]
    assert codes("sudah", "belum", "sudah") == []
    assert codes(10, 12, 9) == []


# --- opened files, other libraries, dates ---------------------------------------------


def test_an_open_file_is_read_from_its_beginning_and_by_its_name(tmp_path):
    path = tmp_path / "pus.csv"
    path.write_text("KABUPATEN;PUS\nMesuji;900\n", encoding="utf-8")
    want = read_table(path, year=2025).data["couples"].tolist()
    with path.open("rb") as opened:
        opened.read()  # as an upload is, that was looked at before
        table = read_table(opened, year=2025)
    assert (table.source, table.data["couples"].tolist()) == ("pus.csv", want)
    data = path.read_bytes()
    for nameless in (data, BytesIO(data), StringIO(data.decode())):
        assert read_table(nameless, year=2025).source == "file"


@pytest.mark.parametrize("given", [b"", BytesIO(), StringIO()])
def test_an_empty_upload_is_told_so(given):
    with pytest.raises(IntakeError, match="file: empty; expected a header row"):
        read_table(given)


def test_a_closed_file_is_refused_in_words(tmp_path):
    path = tmp_path / "pus.csv"
    path.write_text("a;b", encoding="utf-8")
    with path.open("rb") as opened:
        pass
    with pytest.raises(IntakeError, match=r"pus\.csv: cannot be read"):
        read_table(opened)


ROWS = [["KABUPATEN", "PUS"], ["Mesuji", 900]]


@pytest.mark.parametrize(
    ("said", "period"),
    [
        ({"year": pd.Timestamp("2025-03-01")}, "2025"),
        ({"year": pd.Period("2025", "Y"), "month": 3}, "2025-03"),
        ({"month": pd.Timestamp("2025-03-31")}, "2025-03"),
        ({"month": "2025-03"}, "2025-03"),
        ({"month": pd.Period("2025-03"), "year": 2025}, "2025-03"),
    ],
)
def test_a_date_says_the_year_and_the_month_of_rows_that_name_none(said, period):
    assert read_table(ROWS, **said).data["period"].tolist() == [period]


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"month": "2025-03", "year": 2024}, "month is '2025-03', and year is 2024"),
        ({"month": pd.Period("2025", "Y")}, "month is Period.*expected 1 to 12"),
        ({"month": [3], "year": 2025}, r"month is \[3\]; expected 1 to 12"),
    ],
)
def test_a_month_of_another_year_and_what_is_no_month_are_refused(said, says):
    with pytest.raises(IntakeError, match=says):
        read_table(ROWS, **said)
