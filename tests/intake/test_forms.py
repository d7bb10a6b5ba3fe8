"""Forms of all eras: every column's figure comes out, or what becomes of it is told.

Headings are those that offices print; figures are invented.
"""

from __future__ import annotations

import pytest

import kkbpk_geo as kg

PLACES = ("Mesuji", "Pringsewu", "Kota Metro")


def read(storeys, figures, *, title=""):
    """Read a table of three places: storeys of headings, then the figures of each.

    The second place has twice the figures of the first, the third three times.
    """
    head, *below = storeys
    lines = [["Kabupaten/Kota", *head], *(["", *line] for line in below)]
    for times, place in enumerate(PLACES, 1):
        lines.append([place, *(times * figure for figure in figures)])
    if title:
        lines.insert(0, [title, *[""] * len(head)])
    return kg.read_table(lines, province="Lampung", year=2018)


def first(intake, *columns):
    """Return the figures of the first place."""
    row = intake.data.set_index("region_code").loc["18.11"]
    return [int(row[column]) for column in columns]


def told(intake):
    return {(finding.code, finding.column) for finding in intake.findings}


def test_field_report_of_a_district_with_storeys():
    top = ["PPKBD", "", "SUB PPKBD", "", "BKB", "", "PIK REMAJA/MAHASISWA", ""]
    low = ["YANG ADA", "YANG LAPOR"] * 4
    intake = read([top, low], [105, 100, 400, 390, 150, 140, 60, 55])
    assert first(
        intake, "village_volunteers", "village_volunteers_reporting",
        "sub_village_volunteers", "sub_village_volunteers_reporting", "bkb_groups",
        "bkb_groups_reporting", "pik_r_groups", "pik_r_groups_reporting",
    ) == [105, 100, 400, 390, 150, 140, 60, 55]  # fmt: skip


def test_couples_who_do_not_use_are_parted_by_their_reason():
    head = ["JUMLAH PUS", "PUS BUKAN PESERTA KB", "HAMIL", "IAS", "IAT", "TIAL"]
    intake = read([head], [40_000, 10_000, 1_500, 3_500, 2_600, 2_400])
    assert first(
        intake, "couples", "couples_not_using", "couples_pregnant",
        "couples_want_soon", "couples_want_later", "couples_want_no_more",
    ) == [40_000, 10_000, 1_500, 3_500, 2_600, 2_400]  # fmt: skip


def test_reasons_under_their_heading_are_the_same():
    top = ["PUS", "PUS BUKAN PESERTA KB", "", "", "", ""]
    low = ["", "HAMIL", "IAS", "IAT", "TIAL", "JUMLAH"]
    intake = read([top, low], [40_000, 1_500, 3_500, 2_600, 2_400, 10_000])
    assert first(intake, "couples", "couples_pregnant", "couples_want_soon") == [
        40_000, 1_500, 3_500,
    ]  # fmt: skip
    assert first(intake, "couples_not_using", "couples_want_later") == [10_000, 2_600]


def test_active_users_by_method_with_their_sum():
    top = ["PESERTA KB AKTIF", *[""] * 7]
    low = ["IUD", "MOW", "MOP", "KDM", "IMP", "STK", "PIL", "JUMLAH"]
    intake = read([top, low], [2000, 500, 100, 900, 4000, 12000, 8000, 27500])
    assert first(
        intake, "users_iud", "users_female_sterilisation", "users_male_sterilisation",
        "users_condom", "users_implant", "users_injection", "users_pill", "users",
    ) == [2000, 500, 100, 900, 4000, 12000, 8000, 27500]  # fmt: skip


def test_new_users_by_method_are_no_active_users():
    head = ["PB IUD", "PB MOW", "PB MOP", "PB KONDOM", "PB IMPLAN", "PB SUNTIK",
            "PB PIL", "JUMLAH PB"]  # fmt: skip
    intake = read([head], [20, 5, 1, 9, 40, 120, 80, 275])
    assert first(
        intake, "new_users_iud", "new_users_female_sterilisation",
        "new_users_male_sterilisation", "new_users_condom", "new_users_implant",
        "new_users_injection", "new_users_pill", "new_users",
    ) == [20, 5, 1, 9, 40, 120, 80, 275]  # fmt: skip
    assert not any(column.startswith("users") for column in intake.data)


def test_service_report_of_a_district():
    head = ["KKB PEMERINTAH", "KKB SWASTA", "DPS", "BPS"]
    intake = read([head], [12, 4, 6, 30])
    assert first(
        intake, "facilities_clinic", "facilities_doctor", "facilities_midwife"
    ) == [16, 6, 30]


def test_cadres_and_kits_of_groups():
    top = ["KADER BKB", "", "SARANA", ""]
    low = ["ADA", "DILATIH", "BKB KIT", "KKA"]
    intake = read([top, low], [600, 300, 90, 4000],
                  title="TABEL 7B KADER DAN SARANA DALAM BKB")  # fmt: skip
    assert first(
        intake, "bkb_cadres", "bkb_cadres_trained", "bkb_groups_with_kit",
        "bkb_development_cards",
    ) == [600, 300, 90, 4000]  # fmt: skip


def test_sub_volunteers_stand_under_the_headings_of_volunteers():
    rows = [["JUMLAH PPKBD"]], [105]
    plain = read(*rows, title="TABEL 3 PPKBD")
    sub = read([["JUMLAH PPKBD"]], [405], title="TABEL 4 SUB PPKBD")
    assert first(plain, "village_volunteers") == [105]
    assert first(sub, "sub_village_volunteers") == [405]
    assert "village_volunteers" not in sub.data


def test_both_volunteers_side_by_side_keep_their_columns():
    intake = read([["PPKBD", "SUB PPKBD"]], [105, 405], title="PPKBD DAN SUB PPKBD")
    assert first(intake, "village_volunteers", "sub_village_volunteers") == [105, 405]


def test_officers_of_two_kinds_and_their_sum():
    head = ["Jumlah PKB", "Jumlah PLKB", "Jumlah PKB Non PNS", "Total"]
    intake = read([head], [12, 5, 3, 20])
    assert first(
        intake, "officers_pkb", "officers_plkb", "officers_contract", "officers"
    ) == [12, 5, 3, 20]


@pytest.mark.parametrize("heading", ["PKB", "PLKB", "PKB/PLKB", "Jumlah PKB"])
def test_officers_of_one_kind_are_the_officers(heading):
    assert first(read([[heading]], [17]), "officers") == [17]


def test_the_table_of_plkb_repeats_the_heading_of_pkb():
    intake = read([["Jumlah PKB"]], [5], title="TABEL 2C PLKB")
    assert first(intake, "officers_plkb") == [5]
    assert "officers" not in intake.data


def test_places_of_service_in_poor_areas_are_not_all_there_are():
    title = "TABEL 15A TEMPAT PELAYANAN KB DI WILAYAH MISKIN PERKOTAAN"
    head = ["Jumlah Tempat Pelayanan KB", "Jumlah PUS"]
    intake = read([head], [7, 40_000], title=title)
    assert "facilities" not in intake.data


def test_risk_of_stunting_adds_up_and_couples_at_risk_are_not_all_couples():
    head = [
        "Jumlah Keluarga", "Jumlah Keluarga Sasaran",
        "Total Keluarga Berisiko Stunting", "Keluarga Tidak Berisiko",
        "Peringkat Kesejahteraan 1",
        "Peringkat Kesejahteraan 2", "Peringkat Kesejahteraan 3",
        "Peringkat Kesejahteraan 4", "Peringkat Kesejahteraan Lebih dari 4",
        "Pasangan Usia Subur (PUS)", "Terlalu Muda", "Jumlah Unik PUS 4 Terlalu",
    ]  # fmt: skip
    values = [60_000, 30_000, 12_000, 18_000, 5_000, 3_000, 2_000, 1_500, 500,
              9_000, 300, 4_000]  # fmt: skip
    intake = read([head], values)
    assert first(
        intake, "families", "families_targeted", "families_at_stunting_risk",
        "families_not_at_stunting_risk", "families_at_stunting_risk_rank_1",
        "families_at_stunting_risk_rank_above_4", "couples_too_young",
        "couples_four_too",
    ) == [60_000, 30_000, 12_000, 18_000, 5_000, 500, 300, 4_000]  # fmt: skip
    assert "couples" not in intake.data
    assert not any(code == "parts_do_not_add_up" for code, _ in told(intake))
    wrong = read([head], [*values[:3], 17_000, *values[4:]])
    assert any(code == "parts_do_not_add_up" for code, _ in told(wrong))


def test_staff_of_places_of_service_are_added_without_the_office():
    top = ["Jumlah Tenaga Pada Tempat Pelayanan KB", "", "", ""]
    low = ["Dokter Umum", "Bidan", "Perawat", "Administrasi"]
    intake = read([top, low], [5, 50, 20, 9])
    assert first(intake, "staff") == [75]


def test_consents_signed_are_no_users():
    top = ["Jumlah Peserta KB Baru Yang Diberi Informed Consent Berdasarkan Metode "
           "Kontrasepsi", "", ""]  # fmt: skip
    intake = read([top, ["IUD", "Implan", "Jumlah"]], [20, 40, 60])
    assert not any("users" in column for column in intake.data)


def test_a_ratio_printed_as_two_numbers_is_no_number():
    lines = [["Kabupaten/Kota", "Jumlah PKB", "Rasio Terhadap Desa"]]
    lines += [[place, 4 + at, "100 : 25"] for at, place in enumerate(PLACES)]
    intake = kg.read_table(lines, province="Lampung", year=2018)
    assert first(intake, "officers") == [4]
    assert not {"percent"} & set(intake.data)


def test_staff_by_kind_are_kept_as_text_not_read_as_officers():
    top = ["Jumlah PKB", "PKB Berdasarkan Jenis Kelamin", ""]
    low = ["", "Laki-Laki", "Perempuan"]
    assert first(read([top, low], [17, 9, 8]), "officers") == [17]


def test_headings_in_two_languages():
    intake = read([["Jumlah Penduduk / Population"]], [230_000])
    assert first(intake, "population") == [230_000]


def test_kampung_kb_and_rumah_dataku_are_counted_as_what_they_are():
    head = ["JUMLAH DESA/KELURAHAN", "JUMLAH KAMPUNG KB", "JUMLAH RUMAH DATAKU"]
    intake = read([head], [105, 40, 12])
    assert first(intake, "villages", "kampung_kb_groups", "rumah_dataku_groups") == [
        105, 40, 12,
    ]  # fmt: skip


def test_an_export_of_dhis2_is_read_by_its_own_headings():
    rows = [["organisationunitname", "periodname", "dataname", "value"]]
    for place, times in (("Mesuji", 1), ("Pringsewu", 2)):
        rows.append([place, "November 2025", "Jumlah PUS", 48_000 * times])
        rows.append([place, "November 2025", "Peserta KB Aktif", 36_000 * times])
    intake = kg.read_table(rows, province="Lampung")
    assert first(intake, "couples", "users") == [48_000, 36_000]


@pytest.mark.parametrize(
    ("place", "sum_of"), [("Label Baris", "Jumlah dari"), ("Row Labels", "Sum of")]
)
def test_a_pasted_pivot_is_read_without_its_grand_total(place, sum_of):
    rows = [[place, f"{sum_of} PUS", f"{sum_of} PESERTA KB AKTIF"]]
    rows += [["Mesuji", 48_000, 36_000], ["Pringsewu", 80_000, 60_000]]
    rows += [["Grand Total", 128_000, 96_000]]
    intake = kg.read_table(rows, province="Lampung", year=2025)
    assert first(intake, "couples", "users") == [48_000, 36_000]
    assert len(intake.data) == 2


def by_period(intake, measure):
    """A figure of Mesuji in each period."""
    here = intake.data[intake.data["kabkota"] == "Mesuji"].set_index("period")
    return {period: int(here[measure][period]) for period in here.index}


@pytest.mark.parametrize(
    ("corner", "abreast", "place", "total"),
    [
        ("Sum of PUS", "Column Labels", "Row Labels", "Grand Total"),
        ("Jumlah dari PUS", "Label Kolom", "Label Baris", "Total Keseluruhan"),
        ("SUM of PUS", "Tahun", "Kabupaten/Kota", "Grand Total"),
        ("Sum - PUS", "TAHUN", "KABUPATEN", "Total Result"),
    ],
)
def test_a_pivot_with_years_abreast_gives_one_period_a_column(
    corner, abreast, place, total
):
    rows = [[corner, abreast, "", ""], [place, 2023, 2024, total]]
    rows += [["Mesuji", 48_000, 49_000, 97_000], ["Pringsewu", 80_000, 81_000, 161_000]]
    rows += [[total, 128_000, 130_000, 258_000]]
    intake = kg.read_table(rows, province="Lampung")
    assert by_period(intake, "couples") == {"2023": 48_000, "2024": 49_000}
    assert len(intake.data) == 4
    assert [f for f in intake.findings if f.severity == "error"] == []


def test_a_pivot_with_months_abreast_gives_one_period_a_column():
    rows = [["Jumlah dari PUS", "Label Kolom", ""]]
    rows += [["Label Baris", "Januari 2025", "Februari 2025"]]
    rows += [["Mesuji", 48_000, 49_000], ["Pringsewu", 80_000, 81_000]]
    intake = kg.read_table(rows, province="Lampung")
    assert by_period(intake, "couples") == {"2025-01": 48_000, "2025-02": 49_000}


QUARTERLY = {  # couples of Mesuji
    "2024-01": 48_001, "2024-02": 48_002, "2025-01": 48_003, "2025-02": 48_004,
}  # fmt: skip


@pytest.mark.parametrize(
    ("corner", "fields", "place", "total"),
    [
        ("Sum of PUS", ["Column Labels"], "Row Labels", "Total"),
        ("SUM of PUS", ["Tahun", "Bulan"], "Kabupaten/Kota", "Total"),
        ("Sum - PUS", ["TAHUN", "BULAN"], "KABUPATEN", "Result"),
    ],
)
def test_a_pivot_with_months_under_years_gives_one_period_a_column(
    corner, fields, place, total
):
    mesuji, others = list(QUARTERLY.values()), [80_001, 80_002, 80_003, 80_004]
    rows = [
        [corner, *fields, *[""] * (7 - len(fields))],
        ["", 2024, "", f"2024 {total}", 2025, "", f"2025 {total}", "Grand Total"],
        [place, "Jan", "Feb", "", "Jan", "Feb", "", ""],
    ]
    for name, (a, b, c, d) in (("Mesuji", mesuji), ("Pringsewu", others)):
        rows.append([name, a, b, a + b, c, d, c + d, a + b + c + d])
    intake = kg.read_table(rows, province="Lampung")
    assert by_period(intake, "couples") == QUARTERLY
    assert len(intake.data) == 8
    assert [f for f in intake.findings if f.severity != "info"] == []


def test_a_pivot_of_which_a_storey_names_no_time_is_told():
    rows = [["Sum of PUS", "Tahun", "Warna", "", ""], ["", 2024, "", 2025, ""]]
    rows += [["Kabupaten", "biru", "ungu", "biru", "ungu"]]
    rows += [["Mesuji", 1, 2, 3, 4], ["Pringsewu", 2, 3, 4, 5]]
    intake = kg.read_table(rows, province="Lampung")
    assert "couples" not in intake.data or intake.data["couples"].isna().all()
    assert any(f.severity == "error" for f in intake.findings)


def test_a_pivot_of_two_measures_over_years_leaves_its_totals_out():
    rows = [
        ["", "Column Labels", "", "", "", "", ""],
        ["", 2023, "", 2024, "", "Total Sum of PUS", "Total Sum of PA"],
        ["Row Labels", "Sum of PUS", "Sum of PA", "Sum of PUS", "Sum of PA", "", ""],
        ["Mesuji", 48_000, 36_000, 49_000, 37_000, 97_000, 73_000],
        ["Pringsewu", 80_000, 60_000, 81_000, 61_000, 161_000, 121_000],
    ]
    intake = kg.read_table(rows, province="Lampung")
    assert by_period(intake, "couples") == {"2023": 48_000, "2024": 49_000}
    assert by_period(intake, "users") == {"2023": 36_000, "2024": 37_000}


@pytest.mark.parametrize("corner", ["Average of PA", "Hitungan dari PESERTA KB AKTIF"])
def test_a_pivot_that_counts_rows_or_takes_means_gives_no_figure(corner):
    rows = [[corner, "Label Kolom", "", ""], ["Label Baris", "IUD", "PIL", "SUNTIK"]]
    rows += [["Mesuji", 10, 20, 30], ["Pringsewu", 20, 30, 40]]
    intake = kg.read_table(rows, province="Lampung", year=2025)
    measures = {name for name in intake.data if name.startswith("users")}
    assert not measures or intake.data[list(measures)].isna().all(axis=None)
    assert any(f.severity == "error" for f in intake.findings)


def test_what_a_pivot_adds_up_over_methods_is_what_its_corner_says():
    rows = [["Sum of PESERTA KB BARU", "Column Labels", "", ""]]
    rows += [["Row Labels", "IUD", "PIL", "Grand Total"], ["Mesuji", 10, 20, 30]]
    rows += [["Pringsewu", 20, 30, 50]]
    intake = kg.read_table(rows, province="Lampung", year=2025)
    assert first(intake, "new_users_iud", "new_users_pill") == [10, 20]
    assert first(intake, "new_users") == [30]


def test_a_list_of_facilities_with_staff_and_kits_is_one_of_facilities():
    rows = [
        ["DAFTAR FASKES KB (K/0/KB) KABUPATEN MESUJI TAHUN 2025", *[""] * 5],
        ["KECAMATAN", "NAMA FASKES KB", "JENIS FASKES KB", "BIDAN", "IUD KIT",
         "STATUS BPJS"],
        ["Mesuji", "Puskesmas Satu", "PUSKESMAS", 5, 2, "YA"],
        ["Mesuji", "PMB Dua", "PRAKTIK BIDAN", 1, 0, "TIDAK"],
    ]  # fmt: skip
    intake = kg.read_table(rows, province="Lampung")
    assert intake.kind == "facilities"
    assert intake.data["kind"].tolist() == ["health_centre", "midwife"]
    assert [f.code for f in intake.findings if f.severity != "info"] == []


@pytest.mark.parametrize(
    "over",
    ["JUMLAH TEMPAT PELAYANAN KB SWASTA KERJASAMA DENGAN BPJS KESEHATAN",
     "JUMLAH TEMPAT PELAYANAN KB PEMERINTAH TIDAK KERJASAMA DENAN BPJS KESEHATAN"],
)  # fmt: skip
def test_facilities_by_their_contract_are_kept_and_no_count_of_clinics(over):
    rows = [["KABUPATEN", "JUMLAH FASKES KB", over, ""]]
    rows += [["", "", "FKTP > Klinik Pratama", "Puskesmas"], ["Mesuji", 30, 5, 10]]
    intake = kg.read_table(rows, province="Lampung", year=2025)
    assert first(intake, "facilities") == [30]
    assert not {"facilities_clinic", "facilities_health_centre"} & set(intake.data)
    assert [f.code for f in intake.findings if f.severity == "error"] == []


@pytest.mark.parametrize("over", ["PESERTA KB BARU", "PESERTA KB AKTIF", "STOK KONDOM"])
def test_users_and_supplies_at_places_of_service_are_no_places(over):
    rows = [[f"{over} MENURUT TEMPAT PELAYANAN 2025", "", ""]]
    rows += [["KABUPATEN", "PUSKESMAS", "PMB"], ["Mesuji", 20, 3]]
    intake = kg.read_table(rows, province="Lampung")
    assert not [name for name in intake.data if name.startswith("facilities")]
    assert any(f.code == "kind_unclear" for f in intake.findings)


def test_places_of_service_beside_their_number_are_places():
    rows = [["TEMPAT PELAYANAN DAN PESERTA KB BARU 2025", "", "", ""]]
    rows += [["KABUPATEN", "JUMLAH FASKES KB", "PUSKESMAS", "PMB"]]
    rows += [["Mesuji", 23, 20, 3]]
    intake = kg.read_table(rows, province="Lampung")
    assert first(intake, "facilities_health_centre", "facilities_midwife") == [20, 3]
