"""BKB, PIL and STUNTING mean what is said around them: groups, users, families."""

from __future__ import annotations

import pytest

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.catalogue import headings as catalogue
from kkbpk_geo.catalogue.headings import as_said, find_said
from kkbpk_geo.intake.reading import read_table

METHODS = ["KABUPATEN", "IUD", "PIL", "BULAN"]
STOCK = [METHODS, ["Tanggamus", 190, 5, "NOVEMBER"]]


def read(rows, **more):
    return read_table(rows, province="Lampung", year=2025, **more)


def told(table, code):
    return [f for f in table.findings if f.code == code]


def workbook(tmp_path, file, rows, sheet="Sheet1"):
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / file)
    return tmp_path / file


# --- stock is no users ----------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        "PERSEDIAAN ALAT DAN OBAT KONTRASEPSI",
        "STOK ALOKON GUDANG KABUPATEN",
        "SISA ALKON AKHIR BULAN",
        "LAPORAN PENERIMAAN DAN PENGELUARAN",
        "KEBUTUHAN ALAT KONTRASEPSI 2026",
        "ALAT DAN OBAT KONTRASEPSI",
        "PESERTA KB AKTIF DAN SISA STOK",
    ],
)
def test_methods_under_a_title_of_supplies_are_no_users(title):
    table = read([[title], *STOCK])
    assert not [name for name in table.data if name.startswith("users")]
    assert [f.column for f in told(table, "kind_unclear")] == ["IUD", "PIL"]
    assert {f.severity for f in told(table, "kind_unclear")} == {"error"}


def test_the_finding_names_the_word_and_the_heading_that_would_be_clear():
    first = told(read([["PERSEDIAAN"], *STOCK]), "kind_unclear")[0]
    assert (first.value, first.expected) == ("PERSEDIAAN", "PESERTA KB AKTIF IUD")
    said = [["PERSEDIAAN"], ["KABUPATEN", first.expected], ["Tanggamus", 190]]
    assert read(said).data["users_iud"].tolist() == [190]


@pytest.mark.parametrize(
    ("file", "sheet", "word"),
    [("stok.xlsx", "Sheet1", "STOK"), ("a.xlsx", "Sisa", "SISA")],
)
def test_names_of_file_and_sheet_say_it_like_a_title(tmp_path, file, sheet, word):
    table = read(workbook(tmp_path, file, STOCK, sheet))
    assert [f.value for f in told(table, "kind_unclear")] == [word, word]


def test_the_name_of_a_file_tells_new_users_from_active_ones(tmp_path):
    table = read(workbook(tmp_path, "pb_november.xlsx", STOCK))
    assert [f.column for f in told(table, "kind_unclear")] == ["IUD", "PIL"]


def test_a_column_beside_or_a_unit_below_says_it_too():
    beside = [["KABUPATEN", "STOK AWAL", "PIL"], ["Tanggamus", 3, 5]]
    unit = [["KABUPATEN", "PIL", "SATUAN"], ["Tanggamus", 5, "blister"]]
    bracket = [["KABUPATEN", "PIL", "IUD (buah)"], ["Tanggamus", 5, 6]]
    for rows, column in ((beside, "PIL"), (unit, "PIL"), (bracket, "IUD (buah)")):
        assert [f.column for f in told(read(rows), "kind_unclear")] == [column]


def test_users_beside_tell_that_methods_are_theirs_though_stock_stands_there_too():
    rows = [["KABUPATEN", "PA", "PIL", "STOK AWAL"], ["Tanggamus", 70000, 9000, 3]]
    assert read(rows).data["users_pill"].tolist() == [9000]


def test_a_title_over_all_headings_counts_as_a_title():
    rows = [
        ["KABUPATEN", "REKAP PERSEDIAAN ALOKON", ""],
        ["", "IUD", "PIL"],
        ["Tanggamus", 190, 5],
    ]
    table = read(rows)
    assert not [name for name in table.data if name.startswith("users")]


@pytest.mark.parametrize(
    "title",
    [
        "PESERTA KB AKTIF MENURUT METODE",
        "MIX KONTRASEPSI",
        "DINAS PENGENDALIAN PENDUDUK DAN KELUARGA BERENCANA",
        "DISTRIBUSI PESERTA KB AKTIF MENURUT ALAT KONTRASEPSI",
    ],
)
def test_titles_of_users_change_nothing(title):
    assert read([[title], *STOCK]).data["users_iud"].tolist() == [190]


@pytest.mark.parametrize(
    "title",
    ["KB PASCA PERSALINAN", "GANTI CARA", "PPM PA", "PPM PB MENURUT METODE"],
)
def test_new_changed_and_planned_users_are_no_active_users(title):
    table = read([[title], *STOCK])
    assert "users_iud" not in table.data
    assert told(table, "kind_unclear")


def test_methods_of_new_acceptors_are_counted_as_theirs():
    table = read([["PENCAPAIAN PB MENURUT METODE"], *STOCK])
    assert "users_iud" not in table.data
    assert table.data["new_users_iud"].tolist() == [190]


def test_a_target_beside_the_users_does_not_take_their_methods():
    rows = [["CAPAIAN PA TERHADAP PPM"], ["KABUPATEN", "PA", "PIL"], ["Mesuji", 9, 3]]
    assert read(rows).data["users_pill"].tolist() == [3]


# --- families are no groups -----------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        "KELUARGA YANG IKUT POKTAN",
        "JUMLAH KADER POKTAN",
        "ANGGOTA KELOMPOK KEGIATAN",
        "SASARAN TRIBINA",
        "JUMLAH KIT YANG DITERIMA",
    ],
)
def test_groups_under_a_title_of_people_or_things_are_no_groups(title):
    rows = [[title], ["KABUPATEN", "BKB", "BKR"], ["Pringsewu", 90, 70]]
    table = read(rows)
    assert "bkb_groups" not in table.data
    found = told(table, "kind_unclear")
    assert [f.expected for f in found] == ["JUMLAH KELOMPOK BKB", "JUMLAH KELOMPOK BKR"]


@pytest.mark.parametrize(
    "title",
    [
        "REKAP KELOMPOK KEGIATAN",
        "DINAS PEMBERDAYAAN KELUARGA DAN KELUARGA BERENCANA",
        "KELOMPOK BINA KELUARGA BALITA",
    ],
)
def test_names_of_offices_and_groups_are_no_families(title):
    rows = [[title], ["KABUPATEN", "BKB", "BKR"], ["Pringsewu", 90, 70]]
    assert read(rows).data["bkb_groups"].tolist() == [90]


def test_groups_beside_their_members_are_groups_whatever_the_title():
    rows = [["ANGGOTA BKB"], ["KABUPATEN", "BKB", "ANGGOTA"], ["Mesuji", 90, 900]]
    assert read(rows).data["bkb_groups"].tolist() == [90]
    assert read(rows).data["bkb_members"].tolist() == [900]


def test_groups_beside_those_of_them_that_have_a_kit_are_groups():
    rows = [["DATA BKB KIT"], ["KABUPATEN", "JUMLAH BKB", "BKB MEMILIKI BKB KIT"]]
    table = read([*rows, ["Tanggamus", 31, 12]])
    assert not told(table, "kind_unclear")
    assert table.data["bkb_groups"].tolist() == [31]
    assert table.data["bkb_groups_with_kit"].tolist() == [12]


def test_groups_beside_families_with_children_are_no_groups():
    rows = [["KABUPATEN", "Memiliki Balita", "BKB"], ["Pringsewu", 748, 79]]
    table = read(rows)
    assert "bkb_groups" not in table.data
    assert [f.value for f in told(table, "kind_unclear")] == ["PUNYA BALITA"]


def test_a_row_per_kampung_kb_counts_them_and_not_their_people():
    rows = [
        ["Kampung KB", "KABUPATEN", "DESA", "PUS", "Penduduk", "BKB"],
        ["Mawar", "Pringsewu", "Wonodadi", 1510, 7156, 79],
        ["Melati", "Pringsewu", "Pringsewu Barat", 2225, 10296, 234],
    ]
    table = read(rows)
    assert table.kind == "groups"
    assert table.data["kind"].tolist() == ["kampung_kb", "kampung_kb"]
    assert not {"couples", "population", "bkb_groups", "groups"} & set(table.data)
    names = [f.column for f in told(table, "measure_not_of_group")]
    assert names == ["PUS", "Penduduk", "BKB"]


def test_members_of_another_group_are_not_those_of_the_kampung_kb():
    rows = [
        ["NAMA KAMPUNG KB", "KABUPATEN", "ANGGOTA BKB"],
        ["Mawar", "Mesuji", 40],
    ]
    table = read(rows)
    assert "members" not in table.data
    assert [f.column for f in told(table, "measure_not_of_group")] == ["ANGGOTA BKB"]


def test_people_under_a_title_of_kampung_kb_are_not_those_of_the_district():
    rows = [["PROFIL KAMPUNG KB"], ["KABUPATEN", "PUS", "PENDUDUK"], ["Mesuji", 8, 9]]
    table = read(rows)
    assert not {"couples", "population"} & set(table.data)
    assert [f.value for f in told(table, "kind_unclear")] == ["KAMPUNG KB"] * 2
    counted = [
        ["KAMPUNG KB DAN PUS"],
        ["KABUPATEN", "JUMLAH KAMPUNG KB", "PUS"],
        ["Mesuji", 9, 40000],
    ]
    assert read(counted).data["couples"].tolist() == [40000]


# --- children are no families ---------------------------------------------------------


def test_stunting_alone_or_of_children_is_not_a_risk_of_families():
    bare = [["KABUPATEN", "Stunting"], ["Pringsewu", 47]]
    weighed = [["KRS"], ["KABUPATEN", "Ditimbang", "Stunting"], ["Pringsewu", 214, 47]]
    for rows in (bare, weighed):
        table = read(rows)
        assert "families_at_stunting_risk" not in table.data
        assert told(table, "kind_unclear")[0].expected == "KELUARGA BERISIKO STUNTING"
    families = [["VERVAL KRS"], ["KABUPATEN", "STUNTING"], ["Pringsewu", 47]]
    assert read(families).data["families_at_stunting_risk"].tolist() == [47]


def test_cards_of_children_weighed_at_the_posyandu_are_not_those_of_bkb():
    rows = [["POSYANDU"], ["KABUPATEN", "KMS"], ["Pringsewu", 47]]
    assert "bkb_children_with_kms" not in read(rows).data
    assert read([["BKB"], *rows[1:]]).data["bkb_children_with_kms"].tolist() == [47]


def test_all_families_or_youths_are_not_told_by_a_sheet_about_one_group():
    for heading in ("JUMLAH KELUARGA", "REMAJA"):
        rows = [["DATA BKR"], ["KABUPATEN", "YANG ADA", heading], ["Mesuji", 90, 70]]
        assert not {"families", "adolescents"} & set(read(rows).data)
        assert [f.column for f in told(read(rows), "kind_unclear")] == [heading]


def test_a_class_of_places_of_service_is_one_only_beside_another():
    alone = [["IMUNISASI"], ["KABUPATEN", "LENGKAP"], ["Pringsewu", 9000]]
    assert "facilities_complete" not in read(alone).data
    both = [["KABUPATEN", "SEDERHANA", "LENGKAP"], ["Pringsewu", 9, 4]]
    assert read(both).data["facilities_complete"].tolist() == [4]


# --- how it is said -------------------------------------------------------------------


def test_texts_are_compared_by_whole_words_in_one_spelling():
    assert find_said(as_said("SISA PIL (blister)"), "stock") == "blister"
    assert find_said(as_said("KK yang memiliki balita"), "having") == "punya balita"
    assert find_said(as_said("Sisakan"), "stock") == ""
    assert find_said(as_said("DINAS KELUARGA BERENCANA"), "participants") == ""


def test_a_subject_or_condition_that_does_not_exist_is_refused_by_name():
    for term, said in (("named:nothing", "about_nothing"), ("when:nothing", "when:")):
        broken = catalogue.Line(
            heading="X", table=term, field="couples", note="", source=""
        )
        with pytest.raises(CatalogueError, match=said):
            catalogue._build(broken)


def test_a_shared_condition_stands_for_its_alternatives():
    shared = {"small": ("a", "b+c")}
    assert catalogue._spell("number+when:small", shared) == ["number+a", "number+b+c"]
    assert catalogue._spell("number", shared) == ["number"]


@pytest.mark.parametrize(
    ("title", "heading", "field"),
    [
        ("PUS DENGAN ISTRI USIA 15-19 TAHUN 2025", "PUS", "couples"),
        ("PESERTA KB PRIA 2025", "PESERTA KB AKTIF", "users"),
        ("PENDUDUK MISKIN 2025", "JUMLAH PENDUDUK", "population"),
        ("DESA YANG BELUM MEMILIKI BKB 2025", "BKB", "bkb_groups"),
        ("FASKES KB YANG TIDAK LAPOR 2025", "FASKES KB", "facilities"),
    ],
)
def test_a_title_about_some_or_about_what_is_lacking_is_not_about_all(
    title, heading, field
):
    body = [["Mesuji", 900], ["Metro", 800]]
    intake = read_table([[title], ["KABUPATEN", heading], *body], province="Lampung")
    assert field not in intake.data
    assert "kind_unclear" in [f.code for f in intake.findings]
    clean = [["DATA KB 2025"], ["KABUPATEN", heading], *body]
    assert field in read_table(clean, province="Lampung").data


def test_a_sheet_of_the_people_meant_holds_users_and_no_plan_of_them():
    from kkbpk_geo.io import Grid

    rows = [["KABUPATEN", "PUS", "PESERTA KB", "MKJP"], ["Mesuji", 40000, 26000, 4000]]
    sheets = {}
    for name in ("sasaran", "sasaran peserta kb"):
        grid = Grid(rows=[list(row) for row in rows], file="x.xlsx", sheet=name)
        table = read_table([grid], year=2025, province="Lampung")
        sheets[name] = "users" in table.data
    assert sheets == {"sasaran": True, "sasaran peserta kb": False}


# --- what is to be, and what is -------------------------------------------------------

FIGURES = [["KABUPATEN", "PUS", "PESERTA KB AKTIF"], ["Mesuji", 48_000, 36_000]]


@pytest.mark.parametrize(
    "title",
    ["TARGET KB TAHUN 2025", "PPM PESERTA KB TAHUN 2025", "PROYEKSI KB TAHUN 2025"],
)
def test_figures_under_a_title_of_targets_are_no_results(title):
    table = read([[title, "", ""], *FIGURES])
    assert not {"couples", "users"} & set(table.data)
    assert [f.column for f in told(table, "kind_unclear")] == FIGURES[0][1:]
    assert told(table, "kind_unclear")[0].expected == "REALISASI PUS"


@pytest.mark.parametrize(
    "title",
    ["TARGET DAN REALISASI KB TAHUN 2025", "PENCAPAIAN TARGET KB TAHUN 2025",
     "CAPAIAN TERHADAP PPM TAHUN 2025", "SASARAN KB TAHUN 2025"],
)  # fmt: skip
def test_figures_under_a_title_of_results_too_are_used(title):
    table = read([[title, "", ""], *FIGURES])
    assert table.data[["couples", "users"]].to_numpy().tolist() == [[48_000, 36_000]]


def test_people_are_foreseen_by_the_statistics_office_and_counted():
    rows = [["PROYEKSI PENDUDUK TAHUN 2025", ""], ["KABUPATEN", "PENDUDUK"]]
    table = read([*rows, ["Mesuji", 230_000]])
    assert table.data["population"].tolist() == [230_000]


def test_a_heading_of_results_stands_against_a_title_of_targets():
    rows = [["TARGET KB TAHUN 2025", "", ""], ["KABUPATEN", "PESERTA KB AKTIF", ""]]
    table = read([*rows, ["", "TARGET", "REALISASI"], ["Mesuji", 40_000, 36_000]])
    assert table.data["users"].tolist() == [36_000]
