"""Lists of persons: who is one, who is listed twice, what is never kept."""

from __future__ import annotations

import pytest

import kkbpk_geo as kg

HEAD = ["KABUPATEN", "NAMA FASKES", "NAMA BIDAN", "PELATIHAN", "PERIODE"]


def read(rows, **options):
    return kg.read_table(rows, province="Lampung", **options)


def told(intake, severity="error"):
    return [f.code for f in intake.findings if f.severity == severity]


def test_persons_with_the_same_words_are_as_many_as_they_are_in_each_month():
    rows = [HEAD]
    for month in ("2025-10", "2025-11"):
        rows += [["Mesuji", "PKM A", f"Bidan {n}", "IUD", month] for n in range(5)]
    intake = read(rows)
    sums = intake.data.groupby("period")[["staff", "staff_trained", "facilities"]].sum()
    assert sums.to_numpy().tolist() == [[5, 5, 1], [5, 5, 1]]
    assert told(intake) == []
    joined = kg.join_regions(kg.load_boundaries("Lampung"), [intake])
    assert joined.at("2025-10").loc["18.11", "staff"] == 5
    assert joined.at("2025-11").loc["18.11", "facilities"] == 1


def test_two_officers_of_one_kecamatan_are_two_and_their_list_counts_once(tmp_path):
    rows = ["DAFTAR PKB/PLKB KABUPATEN MESUJI 2025", "NAMA PKB;NIP;JABATAN;KECAMATAN"]
    rows += ["A;1;PKB;Mesuji", "B;2;PKB;Way Serdang", "C;3;PKB;Way Serdang"]
    tables = []
    for name in ("pkb.csv", "salinan.csv"):
        (tmp_path / name).write_text("\n".join(rows), encoding="utf-8")
        tables.append(read(tmp_path / name))
    boundaries = kg.load_boundaries("Lampung")
    for both in (tables[:1], tables):
        joined = kg.join_regions(boundaries, both)
        assert joined.at("2025").loc["18.11", "officers"] == 3


def test_rows_whose_names_were_taken_out_before_are_persons_all_the_same():
    rows = [HEAD, *[["Mesuji", "PKM A", "", "IUD", "2025-11"]] * 4]
    intake = read(rows)
    assert intake.data["staff"].sum() == 4
    assert told(intake) == []


def test_a_row_that_stands_twice_in_every_cell_is_one_person_and_told():
    row = ["Mesuji", "PKM A", "Contoh Satu", "IUD", "2025-11"]
    intake = read([HEAD, row, row, ["Mesuji", "PKM A", "Contoh Dua", "", "2025-11"]])
    assert intake.data["staff"].sum() == 2
    assert intake.listed["reason"].tolist() == ["repeated"]
    (finding,) = [f for f in intake.findings if f.code == "person_twice"]
    assert (finding.row, finding.count, finding.severity) == (3, 1, "warning")


def test_the_number_of_the_row_does_not_make_two_persons_of_one():
    rows = [["NO", *HEAD]]
    rows += [[str(n), "Mesuji", "PKM A", "Contoh", "IUD", "2025-11"] for n in (1, 2)]
    assert read(rows).data["staff"].sum() == 1


@pytest.mark.parametrize(
    ("numbers", "persons"),
    [
        (("1801010101010001", "1801010101010001"), 1),
        (("1801010101010001", "1801010101010002"), 2),
        (("123", "123"), 2),  # an office's own number proves nothing
    ],
)
def test_an_identity_number_tells_who_is_the_same_whatever_else_differs(
    numbers, persons
):
    rows = [["KABUPATEN", "NAMA FASKES", "NAMA BIDAN", "NIK", "PELATIHAN"]]
    trainings = ("Belum Terlatih", "IUD")
    for number, training in zip(numbers, trainings, strict=True):
        rows.append(["Mesuji", "PKM A", "Contoh", number, training])
    intake = read(rows, year=2025)
    assert intake.data["staff"].sum() == persons
    assert intake.data["staff_trained"].sum() == 1  # trained, in whichever row it says
    assert not intake.data.astype(str).isin(numbers).any(axis=None)


def test_the_same_person_in_two_facilities_is_there_in_both():
    rows = [["KABUPATEN", "NAMA FASKES", "NAMA BIDAN", "NIK", "PELATIHAN"]]
    for place in ("PKM A", "PKM B"):
        rows.append(["Mesuji", place, "Contoh", "1801010101010001", "IUD"])
    intake = read(rows, year=2025)
    assert intake.data[["staff", "facilities"]].sum().tolist() == [2, 2]


def test_a_facility_without_a_person_counts_no_person():
    rows = [HEAD, ["Mesuji", "PKM A", "", "", "2025-11"]]
    rows += [["Mesuji", "PKM B", f"Contoh {n}", "IUD", "2025-11"] for n in range(3)]
    intake = read(rows)
    assert intake.data["staff"].tolist() == [0, 1, 1, 1]
    assert intake.data["staff_trained"].tolist() == [0, 1, 1, 1]
    assert intake.data["facilities"].tolist() == [1, 1, 0, 0]
    assert "row_without_person" in told(intake, "warning")


def test_an_officer_without_a_name_is_no_officer():
    rows = [["DAFTAR PKB 2025", "", ""], ["KABUPATEN", "NAMA PKB", "DESA BINAAN"]]
    rows += [["Mesuji", "Satu", "A"], ["Mesuji", "", "B"], ["Mesuji", "Dua", "C"]]
    intake = read(rows)
    assert intake.data["officers"].sum() == 2
    assert intake.listed["reason"].tolist() == ["no_person"]


def test_a_facility_that_stands_once_with_its_midwife_is_an_entry_of_facilities():
    rows = [["KABUPATEN", "NAMA FASKES", "NAMA BIDAN"]]
    rows += [["Mesuji", "PMB Satu", "Satu"], ["Mesuji", "PMB Dua", "Dua"]]
    assert read(rows, year=2025).kind == "facilities"
    several = [*rows, ["Mesuji", "PMB Dua", "Tiga"]]
    intake = read(several, year=2025)
    assert intake.kind == "staff"
    assert intake.data[["staff", "facilities"]].sum().tolist() == [3, 2]


def test_facilities_of_one_name_in_two_villages_are_two():
    rows = [["KABUPATEN", "DESA", "NAMA FASKES", "NAMA BIDAN", "PELATIHAN"]]
    rows += [
        ["Mesuji", "A", "Poskesdes", "Satu", ""],
        ["Mesuji", "B", "Poskesdes", "Dua", ""],
    ]
    rows += [["Mesuji", "B", "POSKESDES", "Tiga", ""]]
    assert read(rows, year=2025).data["facilities"].tolist() == [1, 1, 0]


def test_a_registration_number_goes_before_the_name():
    rows = [["KABUPATEN", "NO REGISTRASI", "NAMA FASKES", "NAMA BIDAN", "PELATIHAN"]]
    rows += [
        ["Mesuji", "K1", "Klinik A", "Satu", ""],
        ["Mesuji", "K1", "Klinik Aa", "Dua", ""],
    ]
    rows += [["Mesuji", "", "Klinik C", "Tiga", ""]]
    assert read(rows, year=2025).data["facilities"].tolist() == [1, 0, 1]


@pytest.mark.parametrize(
    ("title", "heading", "measure"),
    [
        ("DAFTAR PPKBD", "NAMA PPKBD", "village_volunteers"),
        ("DAFTAR PPKBD", "NAMA", "village_volunteers"),
        ("DAFTAR SUB PPKBD", "NAMA LENGKAP", "sub_village_volunteers"),
        ("DAFTAR PKB/PLKB", "NAMA", "officers"),
        ("DATA PETUGAS", "NAMA PKB", "officers"),
        ("DAFTAR KADER BKB", "NAMA KADER", "bkb_cadres"),
    ],
)
def test_persons_count_in_the_measure_that_title_or_heading_name(
    title, heading, measure
):
    rows = [[f"{title} 2025", "", "", ""], ["NO", "KABUPATEN", "DESA", heading]]
    rows += [["1", "Mesuji", "Brabasan", "Satu"], ["2", "Mesuji", "Wiralaga", "Dua"]]
    intake = read(rows)
    assert intake.kind == "persons"
    assert intake.data[measure].tolist() == [1, 1]
    assert "Satu" not in intake.data.to_string() + intake.listed.to_string()
    joined = kg.join_regions(kg.load_boundaries("Lampung"), [intake])
    assert joined.at().loc["18.11", measure] == 2


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("DAFTAR PPKBD DAN SUB PPKBD", "NAMA"),
        ("DAFTAR HADIR", "NAMA"),
        ("DAFTAR KADER", "NAMA KADER"),
    ],
)
def test_persons_of_no_certain_kind_count_in_no_measure(title, heading):
    rows = [[f"{title} 2025", "", "", ""], ["NO", "KABUPATEN", "DESA", heading]]
    rows += [["1", "Mesuji", "Brabasan", "Satu"], ["2", "Mesuji", "Brabasan", "Dua"]]
    intake = read(rows)
    assert intake.kind == "unknown"
    assert told(intake) == ["table_unknown"]


def test_the_training_of_cadres_makes_them_no_service_staff():
    rows = [["KABUPATEN", "DESA", "NAMA KADER", "PELATIHAN"]]
    rows += [["Mesuji", "Brabasan", "Satu", "Sudah"], ["Mesuji", "Brabasan", "Dua", ""]]
    assert "staff" not in read(rows, year=2025).data


def test_a_recap_that_names_its_officer_is_no_list_of_officers():
    rows = [["KABUPATEN", "NAMA PKB", "JUMLAH PUS"], ["Mesuji", "Contoh", "9"]]
    intake = read(rows, year=2025)
    assert (intake.kind, intake.data["couples"].tolist()) == ("couples", [9])
