"""Headers and headings: storeys, titles, and what a bare YANG ADA counts."""

from __future__ import annotations

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kkbpk_geo as kg
from kkbpk_geo.intake.cells.values import content_of
from kkbpk_geo.intake.kinds.choosing import recognise
from kkbpk_geo.intake.recognise.headers import find_header
from kkbpk_geo.io.grids import load_grids

TWO_STOREYS = [
    ["LAPORAN PEMBINAAN KELOMPOK BKB"],
    ["BULAN NOVEMBER 2015"],
    [],
    ["No", "Kabupaten/Kota", "Jumlah Kelompok", "", "", "Hadir", "Kader", ""],
    ["", "", "Ada", "Lapor", "%", "", "Ada", "Dilatih"],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
    ["1", "Mesuji", "30", "20", "66,7", "250", "60", "30"],
]


def look(rows, **options):
    grid = load_grids(rows)[0]
    header = find_header(grid)
    below = list(zip(*grid.rows[header.stop :], strict=True)) or [()] * grid.width
    return recognise(header, [content_of(column) for column in below], **options)


def fields(rows, **options):
    known = look(rows, **options)
    return {c.printed: c.target or c.role for c in known.columns}


def whys(rows, **options):
    return {c.printed: c.why for c in look(rows, **options).columns if c.why}


# --- where the header is --------------------------------------------------------------


def test_titles_stand_above_and_parents_are_joined():
    header = find_header(load_grids(TWO_STOREYS)[0])
    assert header.titles == ("LAPORAN PEMBINAAN KELOMPOK BKB", "BULAN NOVEMBER 2015")
    assert (header.start, header.stop, header.column_numbers) == (3, 5, True)
    assert header.paths[2:5] == (
        ("Jumlah Kelompok", "Ada"),
        ("Jumlah Kelompok", "Lapor"),
        ("Jumlah Kelompok", "%"),
    )
    assert header.paths[5] == ("Hadir",)


def test_merged_cells_of_three_storeys_are_followed(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["No", "Kab/Kota", "BKR", None, None, "BKL"])
    sheet.append([None, None, "Jumlah", None, "Anggota", "Anggota"])
    sheet.append([None, None, "Ada", "Lapor", None, None])
    for cells in ("A1:A3", "B1:B3", "C1:E1", "C2:D2", "E2:E3", "F2:F3"):
        sheet.merge_cells(cells)
    sheet.append([1, "Mesuji", 10, 8, 100, 50])
    book.save(tmp_path / "a.xlsx")
    header = find_header(load_grids(tmp_path / "a.xlsx")[0])
    assert header.paths == (
        ("No",),
        ("Kab/Kota",),
        ("BKR", "Jumlah", "Ada"),
        ("BKR", "Jumlah", "Lapor"),
        ("BKR", "Anggota"),
        ("BKL", "Anggota"),
    )


def test_a_first_row_of_names_is_data_not_header():
    header = find_header(load_grids([["KABUPATEN", "ADA"], ["Mesuji", "-"]])[0])
    assert header.stop == 1


def test_a_title_written_as_key_and_value_is_a_title():
    rows = [["PROVINSI", "LAMPUNG"], ["KABUPATEN", "YANG ADA"], ["Mesuji", "1"]]
    header = find_header(load_grids(rows)[0])
    assert (header.titles, header.stop) == (("PROVINSI LAMPUNG",), 2)


def test_a_line_of_month_and_year_is_a_title_not_a_storey():
    rows = [["BULAN", "NOVEMBER", "TAHUN", "2025"], ["DESA", "PUS", "PA", "MKJP"]]
    header = find_header(load_grids([*rows, ["Motu", "1", "1", "1"]])[0])
    assert header.titles == ("BULAN NOVEMBER TAHUN 2025",)


def test_without_a_known_heading_the_first_full_row_of_text_is_the_header():
    header = find_header(load_grids([["Judul"], ["a", "b"], ["x", "1"]])[0])
    assert header.paths == (("a",), ("b",))


def test_a_sheet_of_numbers_has_no_header():
    header = find_header(load_grids([[1, 2], [3, 4]])[0])
    assert (header.stop, header.paths) == (0, ((), ()))


@given(st.lists(st.sampled_from(["LAPORAN", "TAHUN 2025", ""]), max_size=8))
def test_lines_above_a_header_do_not_change_what_is_found(titles):
    plain = find_header(load_grids(TWO_STOREYS[3:])[0])
    moved = find_header(load_grids([*[[t] for t in titles], *TWO_STOREYS[3:]])[0])
    assert moved.paths == plain.paths
    assert moved.start == len(titles)


# --- what the columns are -------------------------------------------------------------


def test_an_old_recap_is_recognised_by_its_headings_and_title():
    known = look(TWO_STOREYS)
    assert (known.kind, known.group) == ("bkb_report", "bkb")
    assert [c.target or c.role for c in known.columns] == [
        "ignore",
        "kabkota",
        "bkb_groups",
        "bkb_groups_reporting",
        "percent",
        "bkb_attending",
        "bkb_cadres",
        "bkb_cadres_trained",
    ]


@pytest.mark.parametrize(
    ("hints", "group"),
    [
        (("BKL", "laporan"), "bkl"),
        (("Sheet1", "data_uppks_2025"), "uppka"),
        (("Sheet1", "bkb dan bkr"), ""),
    ],
)
def test_bare_headings_take_the_group_from_sheet_or_file_if_it_is_one(hints, group):
    rows = [["KABUPATEN", "YANG ADA", "YANG LAPOR"], ["Mesuji", "2", "1"]]
    assert look(rows, hints=hints).group == group


def test_bare_headings_without_a_group_are_kept_and_told():
    rows = [["KABUPATEN", "YANG ADA"], ["Mesuji", "2"]]
    assert whys(rows) == {"YANG ADA": "group_unknown"}
    assert fields(rows, kind="bkr_report")["YANG ADA"] == "bkr_groups"


def test_a_heading_of_one_group_only_says_whose_the_bare_ones_are():
    rows = [["KABUPATEN", "YANG ADA", "MATERI ORANG TUA HEBAT"], ["Mesuji", "2", "1"]]
    assert fields(rows)["YANG ADA"] == "bkb_groups"


def test_a_village_report_has_its_groups_above_or_below_the_measure():
    rows = [
        ["Desa", "JUMLAH YANG ADA", "", "", "BKB", ""],
        ["", "PPKBD", "BKB", "UPPKS", "Anggota Kelompok", "Anggota Berstatus PUS"],
        ["Sukamaju", "1", "2", "3", "40", "30"],
    ]
    assert list(fields(rows).values()) == [
        "desa",
        "village_volunteers",
        "bkb_groups",
        "uppka_groups",
        "bkb_members",
        "bkb_member_couples",
    ]


def test_kel_is_kelompok_beside_members_and_kelurahan_beside_kecamatan():
    groups = [["Kelompok", "Jumlah Kel.", "Anggota"], ["BKB", "2", "30"]]
    places = [["Kec.", "Kel.", "PUS"], ["Baras", "Motu", "30"]]
    alone = [["Kabupaten", "Jumlah Kel."], ["Mesuji", "30"]]
    assert fields(groups)["Jumlah Kel."] == "groups"
    assert fields(places)["Kel."] == "desa"
    assert whys(alone) == {"Jumlah Kel.": "column_ambiguous"}


def test_kkb_is_kampung_kb_in_villages_and_a_clinic_before_pemerintah():
    villages = [["DESA", "JUMLAH_KKB"], ["Motu", "1"]]
    clinics = [["KABUPATEN", "KKB Pemerintah", "JUMLAH KKB"], ["Mesuji", "1", "2"]]
    assert fields(villages)["JUMLAH_KKB"] == "kampung_kb_groups"
    assert fields(clinics)["KKB Pemerintah"] == "facilities_clinic"
    assert whys(clinics) == {"JUMLAH KKB": "column_ambiguous"}


def test_pus_is_of_the_members_where_a_group_is_named_and_of_all_elsewhere():
    assert (
        fields([["DESA", "PUS BKB"], ["Motu", "1"]])["PUS BKB"] == "bkb_member_couples"
    )
    assert fields([["DESA", "PUS"], ["Motu", "1"]])["PUS"] == "couples"
    both = [["DESA", "ANGGOTA BKB", "PUS"], ["Motu", "1", "1"]]
    assert whys(both) == {"PUS": "column_ambiguous"}


def test_methods_of_new_users_are_not_methods_of_users():
    rows = [["PENCAPAIAN PB MENURUT METODE"], ["KABUPATEN", "IUD"], ["Mesuji", "1"]]
    assert fields(rows)["IUD"] == "new_users_iud"
    assert fields(rows[1:])["IUD"] == "users_iud"


def test_puskesmas_counts_or_names_as_its_cells_say():
    counted = [["KABUPATEN", "PUSKESMAS"], ["Mesuji", "9"]]
    named = [["KABUPATEN", "PUSKESMAS"], ["Mesuji", "PUSKESMAS WIRALAGA"]]
    assert fields(counted)["PUSKESMAS"] == "facilities_health_centre"
    assert look(named).kind == "facilities"


@pytest.mark.parametrize(
    ("group", "word", "column"),
    [
        ("BKB", "PARIPURNA", "bkb_groups_top_stratum"),
        ("UPPKA", "MANDIRI", "uppka_groups_top_stratum"),
        ("KAMPUNG KB", "MANDIRI", "kampung_kb_groups_stratum_mandiri"),
        ("BKB", "DASAR", "bkb_groups_stratum_dasar"),
    ],
)
def test_the_top_stratum_is_another_word_in_each_group(group, word, column):
    heading = f"{group} {word}"
    assert fields([["DESA", heading], ["Motu", "1"]])[heading] == column


@pytest.mark.parametrize(
    ("others", "kind"),
    [
        ({"JENIS": "BKB"}, "groups"),
        ({"JENIS": "RSUD", "BUJUR": "105,2", "LINTANG": "-5,1"}, "facilities"),
        ({"BUJUR": "105,2", "LINTANG": "-5,1"}, "facilities"),
        ({"STOK": "Cukup"}, "facilities"),
    ],
)
def test_a_bare_name_is_of_what_the_other_columns_are_about(others, kind):
    rows = [["KABUPATEN", "NAMA", *others], ["Mesuji", "Mawar", *others.values()]]
    assert look(rows).kind == kind


def test_a_bare_name_is_of_a_region_alone_and_of_a_person_beside_one():
    assert fields([["NAMA", "PUS"], ["Mesuji", "5"]])["NAMA"] == "kabkota"
    beside = [["KABUPATEN", "NAMA", "PUS"], ["Mesuji", "Contoh", "5"]]
    assert fields(beside)["NAMA"] == "drop"


def test_a_heading_above_that_is_refined_below_may_be_left_out():
    rows = [["DESA", "PESERTA KB AKTIF", ""], ["", "IUD", "PIL"], ["Motu", "1", "2"]]
    assert list(fields(rows).values()) == ["desa", "users_iud", "users_pill"]


def test_a_title_inside_the_header_changes_nothing():
    rows = [
        ["DESA", "HASIL PEMBINAAN BKB", ""],
        ["", "YANG ADA", "ANGGOTA"],
        ["Motu", "1", "2"],
    ]
    assert list(fields(rows).values()) == ["desa", "bkb_groups", "bkb_members"]


def test_a_thing_unknown_above_is_not_a_title():
    rows = [["DESA", "Posyandu", ""], ["", "YANG ADA", "%"], ["Motu", "1", "2"]]
    assert fields(rows, kind="bkb_report")["Posyandu > YANG ADA"] == "unknown"


def test_parts_of_the_network_add_up_to_one_column_unless_it_stands_there():
    rows = [["KABUPATEN", "KKB Pemerintah", "KKB Swasta"], ["Mesuji", "1", "2"]]
    assert [c.added for c in look(rows).columns] == [False, True, True]
    whole = [[*rows[0], "KLINIK"], [*rows[1], "3"]]
    assert fields(whole)["KLINIK"] == "facilities_clinic"
    assert fields(whole)["KKB Swasta"] == "keep"


def test_an_unknown_heading_under_a_known_parent_is_not_the_parent():
    rows = [["DESA", "Kader", ""], ["", "Ada", "Sakit"], ["Motu", "1", "1"]]
    assert fields(rows, kind="bkb_report")["Kader > Sakit"] == "unknown"


def test_the_same_heading_twice_is_not_counted_at_all():
    rows = [["DESA", "PUS", "PUS"], ["Motu", "1", "2"]]
    assert whys(rows) == {"PUS": "column_ambiguous"}


def test_two_headings_for_one_thing_count_once():
    rows = [["DESA", "PA", "PESERTA KB AKTIF"], ["Motu", "1", "2"]]
    assert fields(rows)["PA"] == "users"
    assert whys(rows) == {"PESERTA KB AKTIF": "column_twice"}


def test_the_librarys_own_column_names_are_headings():
    rows = [["region_code", "bkb_groups", "period"], ["18.10", "1", "2025"]]
    assert list(fields(rows).values()) == ["code_kemendagri", "bkb_groups", "period"]


@given(st.permutations(range(8)))
def test_the_order_of_columns_changes_nothing(order):
    rows = [
        ["KABUPATEN", "PA", "PIL", "KONDOM", "IUD", "KB MODERN", "BULAN", "NO"],
        ["Mesuji", "1", "2", "3", "4", "5", "MEI", "1"],
    ]
    turned = [[row[i] for i in order] for row in rows]
    assert fields(turned) == fields(rows)


@pytest.mark.parametrize(
    "head",
    [
        [["KABUPATEN", "PUS 2024", "PUS 2025"]],
        [["KABUPATEN", "PUS", "PUS"], ["", "2024", "2025"]],
        [["KABUPATEN", "PUS JANUARI 2025", "PUS FEBRUARI 2025"]],
    ],
)
def test_couples_with_a_year_or_a_month_in_their_heading_are_counted(head):
    rows = [["Mesuji", 50000, 51000], ["Tanggamus", 120000, 121000]]
    data = kg.read_table([*head, *rows], province="Lampung").data
    assert data["couples"].tolist() == [50000, 51000, 120000, 121000]


def test_a_period_over_its_month_and_year_is_when():
    rows = [["lokasi/kabupaten", "periode/bulan", "periode/tahun", "data/jumlah_bkb"]]
    rows += [["Mesuji", "11", "2025", "5"], ["Tanggamus", "12", "2025", "8"]]
    intake = kg.read_table(rows, province="Lampung")
    assert intake.data["period"].tolist() == ["2025-11", "2025-12"]
    assert intake.findings == ()


def test_a_sum_below_a_measure_is_the_measure_where_it_is_none_of_its_own():
    over = ["PESERTA KB AKTIF METODE MODERN"] * 3
    rows = [["KABUPATEN", *over], ["", "PIL", "SUNTIK", "JUMLAH"]]
    rows += [["Mesuji", 100, 200, 300], ["Tanggamus", 300, 100, 400]]
    intake = kg.read_table(rows, year=2025, province="Lampung")
    assert intake.data["users_modern"].tolist() == [300, 400]
    assert [f for f in intake.findings if f.severity == "error"] == []
