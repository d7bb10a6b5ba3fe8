"""A row per sex, method, age or indicator: brought to one row per place and period."""

from __future__ import annotations

import random

import pandas as pd
import pytest

import kkbpk_geo as kg

HEAD = ["KABUPATEN", "JENIS KELAMIN", "JUMLAH PENDUDUK", "TAHUN"]


def read(rows, **options):
    return kg.read_table(rows, province="Lampung", **options)


def told(intake, severity="error"):
    return [f.code for f in intake.findings if f.severity == severity]


def people(intake):
    data = intake.data
    if "population" not in data:
        return {}
    known = data.dropna(subset=["population"])
    return dict(zip(known["region_code"], known["population"].astype(int), strict=True))


# --- sexes ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("male", "female"),
    [("L", "P"), ("Laki-laki", "Perempuan"), ("PRIA", "WANITA"), ("Lk", "Pr")],
)
def test_women_and_men_are_added_also_where_they_are_as_many(male, female):
    rows = [HEAD, ["Mesuji", male, 512, 2025], ["Mesuji", female, 512, 2025]]
    intake = read(rows)
    assert people(intake) == {"18.11": 1024}
    assert intake.listed["reason"].tolist() == ["part_of_row"]
    assert told(intake) == []


@pytest.mark.parametrize(
    "both", ["L+P", "L/P", "Jumlah", "TOTAL", "Laki-laki + Perempuan"]
)
def test_the_row_of_both_sexes_is_taken_and_never_added(both):
    rows = [HEAD]
    for place, men, women in (("Mesuji", 5, 6), ("Metro", 7, 8)):
        rows += [
            [place, "L", men, 2025],
            [place, "P", women, 2025],
            [place, both, men + women, 2025],
        ]
    assert people(read(rows)) == {"18.11": 11, "18.72": 15}


def test_a_total_that_its_parts_do_not_add_up_to_is_no_figure():
    rows = [
        HEAD,
        *(
            ["Mesuji", "L", 5, 2025],
            ["Mesuji", "P", 6, 2025],
            ["Mesuji", "L+P", 12, 2025],
        ),
        *(["Metro", "L", 5, 2025], ["Metro", "P", 6, 2025], ["Metro", "L+P", 11, 2025]),
    ]
    intake = read(rows)
    assert people(intake) == {"18.72": 11}
    (finding,) = [f for f in intake.findings if f.code == "long_total_disagrees"]
    assert (finding.row, finding.column) == (2, "JUMLAH PENDUDUK")
    assert (finding.value, finding.expected) == ("12", "11")
    assert "unusable" in intake.listed["reason"].tolist()


def test_one_sex_alone_is_no_figure():
    rows = [
        HEAD,
        ["Mesuji", "L", 5, 2025],
        ["Mesuji", "P", 6, 2025],
        ["Metro", "L", 5, 2025],
    ]
    intake = read(rows)
    assert people(intake) == {"18.11": 11}
    assert told(intake) == ["long_part_missing"]


def test_a_table_of_women_only_is_not_one_of_people():
    intake = read([HEAD, ["Mesuji", "P", 5, 2025], ["Metro", "P", 6, 2025]])
    assert people(intake) == {}
    assert told(intake) == ["long_table_unclear"]


def test_a_place_that_stands_once_over_its_parts_is_that_of_all():
    rows = [HEAD, ["Mesuji", "L", 5, 2025], ["", "P", 6, 2025]]
    rows += [["Metro", "L", 7, 2025], ["", "P", 8, 2025], ["JUMLAH", "", 26, 2025]]
    intake = read(rows)
    assert people(intake) == {"18.11": 11, "18.72": 15}
    assert told(intake) == []


def test_printed_sums_of_one_sex_are_not_held_against_all():
    rows = [HEAD, ["Mesuji", "L", 5, 2025], ["Mesuji", "P", 6, 2025]]
    rows += [["Metro", "L", 7, 2025], ["Metro", "P", 8, 2025]]
    rows += [["JUMLAH", "L", 12, 2025], ["JUMLAH", "P", 14, 2025]]
    intake = read(rows)
    assert people(intake) == {"18.11": 11, "18.72": 15}
    assert told(intake) == []


def test_months_are_kept_apart():
    head = ["KABUPATEN", "JENIS KELAMIN", "JUMLAH PENDUDUK", "PERIODE"]
    rows = [head]
    for month in ("2025-10", "2025-11"):
        rows += [["Mesuji", "L", 5, month], ["Mesuji", "P", 6, month]]
    intake = read(rows)
    assert intake.data["population"].tolist() == [11, 11]
    assert intake.data["period"].tolist() == ["2025-10", "2025-11"]


# --- other parts ----------------------------------------------------------------------


def ages(*parts):
    rows = [["KABUPATEN", "KELOMPOK UMUR", "JUMLAH PENDUDUK", "TAHUN"]]
    return rows + [[k, age, n, 2025] for k in ("Mesuji", "Metro") for age, n in parts]


def test_ages_without_a_total_are_not_added_and_the_column_is_named():
    intake = read(ages(("0-14", 3), ("15-64", 4), ("65+", 5)))
    assert people(intake) == {}
    (finding,) = [f for f in intake.findings if f.severity == "error"]
    assert finding.code == "long_table_unclear"
    assert finding.column == "KELOMPOK UMUR"
    assert finding.value == "0-14, 15-64, 65+"


def test_ages_with_a_total_that_agrees_give_the_total():
    parts = (("0-14", 3), ("15-64", 4), ("65+", 5), ("Jumlah", 12))
    assert people(read(ages(*parts))) == {"18.11": 12, "18.72": 12}


def test_two_kinds_of_parts_are_added_one_after_the_other():
    rows = [["KABUPATEN", "JK", "KELOMPOK UMUR", "JUMLAH PENDUDUK", "TAHUN"]]
    for sex in "LP":
        for age, n in (("0-14", 3), ("15+", 4), ("Jumlah", 7)):
            rows += [[place, sex, age, n, 2025] for place in ("Mesuji", "Metro")]
    assert people(read(rows)) == {"18.11": 14, "18.72": 14}


def test_parts_of_a_village_add_up_to_it():
    rows = [
        ["DATA KABUPATEN PRINGSEWU", "", "", ""],
        ["DESA", "RT", "JUMLAH PENDUDUK", "TAHUN"],
        ["Wonodadi", "1", 5, 2025],
        ["Wonodadi", "2", 5, 2025],
        ["Podomoro", "1", 7, 2025],
    ]
    assert read(rows).data["population"].tolist() == [10, 7]


def test_a_fact_said_again_beside_each_of_several_things_is_no_sum():
    rows = [["KABUPATEN", "DESA", "JENIS", "JUMLAH PENDUDUK", "TAHUN"]]
    rows += [["Mesuji", "A", "satu", 5, 2025], ["Mesuji", "A", "dua", 5, 2025]]
    rows += [["Mesuji", "B", "satu", 7, 2025], ["Mesuji", "B", "dua", 7, 2025]]
    assert "long_table_added" not in told(read(rows), "info")


# --- methods and indicators -----------------------------------------------------------

METHODS = ["IUD", "MOW", "MOP", "Implan", "Suntik", "Pil", "Kondom"]
TARGETS = [
    "users_iud", "users_female_sterilisation", "users_male_sterilisation",
    "users_implant", "users_injection", "users_pill", "users_condom",
]  # fmt: skip


@pytest.mark.parametrize("heading", ["PESERTA KB AKTIF", "JUMLAH", "NILAI"])
def test_methods_in_rows_become_columns(heading):
    rows = [["KABUPATEN", "METODE", heading, "PERIODE"]]
    for place, start in (("Mesuji", 1), ("Metro", 11)):
        rows += [[place, m, start + i, "2025-11"] for i, m in enumerate(METHODS)]
    intake = read(rows)
    assert intake.kind == "contraception"
    assert intake.data[TARGETS].to_numpy().tolist() == [
        [1, 2, 3, 4, 5, 6, 7],
        [11, 12, 13, 14, 15, 16, 17],
    ]
    assert "users" not in intake.data
    assert told(intake) == []


@pytest.mark.parametrize(("total", "found"), [(30, [30, 30]), (27, [pd.NA, pd.NA])])
def test_a_total_of_methods_is_used_unless_it_is_below_their_sum(total, found):
    rows = [["KABUPATEN", "METODE", "PESERTA KB AKTIF", "PERIODE"]]
    for place in ("Mesuji", "Metro"):
        rows += [[place, m, 1 + i, "2025-11"] for i, m in enumerate(METHODS)]
        rows.append([place, "Jumlah", total, "2025-11"])
    intake = read(rows)
    assert [str(x) for x in intake.data["users"]] == [str(x) for x in found]
    assert ("long_total_disagrees" in told(intake)) is (total == 27)


def test_methods_of_new_users_are_not_those_of_active_users():
    rows = [["KABUPATEN", "METODE", "PESERTA KB BARU", "PERIODE"]]
    for place in ("Mesuji", "Metro"):
        rows += [[place, m, 1 + i, "2025-11"] for i, m in enumerate(METHODS)]
    intake = read(rows)
    assert not set(TARGETS) & set(intake.data)
    new = [target.replace("users_", "new_users_") for target in TARGETS]
    assert intake.data[new].to_numpy().tolist() == [[*range(1, len(new) + 1)]] * 2
    assert told(intake) == []


def test_indicators_in_rows_become_columns_and_unknown_ones_are_told():
    rows = [["KABUPATEN", "INDIKATOR", "SATUAN", "NILAI", "TAHUN"]]
    for place in ("Mesuji", "Metro"):
        rows += [
            [place, "Jumlah PUS", "pasang", 90, 2025],
            [place, "Peserta KB Aktif", "orang", 60, 2025],
            [place, "Unmet Need", "%", 11, 2025],
            [place, "BKB", "kelompok", 4, 2025],
            [place, "Sesuatu", "buah", 8, 2025],
        ]
    intake = read(rows)
    found = intake.data[["couples", "users", "bkb_groups"]].to_numpy().tolist()
    assert found == [[90, 60, 4], [90, 60, 4]]
    assert "couples_unmet_need" not in intake.data
    (finding,) = [f for f in intake.findings if f.code == "long_values_unknown"]
    assert finding.value == "Unmet Need, Sesuatu"


def test_a_row_that_stands_twice_and_differs_is_no_figure():
    rows = [["KABUPATEN", "INDIKATOR", "NILAI", "TAHUN"]]
    for place in [f"18.{n:02d}" for n in range(1, 14)]:
        rows += [[place, "PUS", 90, 2025], [place, "Peserta KB Aktif", 60, 2025]]
    rows += [["18.01", "PUS", 91, 2025]]
    intake = read(rows)
    assert intake.data["couples"].isna().sum() == 1
    assert told(intake) == ["long_row_contradicts"]


# --- laws -----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(10))
def test_a_table_cut_in_sexes_has_the_figures_of_the_whole(seed):
    draw = random.Random(seed)
    villages = [f"Desa {n}" for n in range(draw.randint(2, 9))]
    whole = {name: (draw.randint(0, 5), draw.randint(0, 5)) for name in villages}
    with_total = draw.random() < 0.5
    rows = []
    for name, (men, women) in whole.items():
        rows += [["Mesuji", name, "L", men], ["Mesuji", name, "P", women]]
        if with_total:
            rows.append(["Mesuji", name, "L+P", men + women])
    draw.shuffle(rows)
    head = ["KABUPATEN", "DESA", "JENIS KELAMIN", "JUMLAH PENDUDUK"]
    intake = read([head, *rows], year=2025)
    found = dict(zip(intake.data["desa"], intake.data["population"], strict=True))
    assert found == {name: sum(parts) for name, parts in whole.items()}
    used = len(intake.data) + len(intake.listed)
    assert used == len(rows)


def test_a_table_without_repeats_comes_back_as_it_is():
    rows = [["KABUPATEN", "KETERANGAN", "JUMLAH PUS"]]
    rows += [["Mesuji", "baik", 5], ["Metro", "baik", 6], ["Tanggamus", "cukup", 7]]
    intake = read(rows, year=2025)
    assert intake.data["couples"].tolist() == [5, 6, 7]
    assert "KETERANGAN" in intake.data


def test_remarks_that_are_other_in_every_row_tell_no_parts_apart():
    rows = [["KABUPATEN", "KET", "JUMLAH PUS"]]
    for place in ("Mesuji", "Metro", "Tanggamus"):
        rows += [[place, f"catatan {len(rows)}", 5], [place, f"nota {len(rows)}", 6]]
    intake = read(rows, year=2025)
    assert "long_table_unclear" not in told(intake)
    assert "rows_contradict" in told(intake)


def test_single_years_of_age_are_parts_that_nobody_adds():
    rows = [["KABUPATEN", "DESA", "UMUR", "JUMLAH PENDUDUK"]]
    rows += [["Mesuji", "A", str(age), "7"] for age in range(100)]
    intake = read(rows, year=2025)
    assert people(intake) == {}
    assert told(intake) == ["long_table_unclear"]


@pytest.mark.parametrize(("total", "couples"), [(2300, [1500, 800]), (1800, None)])
def test_puskesmas_are_added_where_the_printed_total_proves_it(total, couples):
    rows = [["KABUPATEN", "KECAMATAN", "PUSKESMAS", "PUS"]]
    rows += [["Pringsewu", "Pringsewu", "Pringsewu", 1000]]
    rows += [["Pringsewu", "Pringsewu", "Rejosari", 500]]
    rows += [["Pringsewu", "Sukoharjo", "Sukoharjo", 500]]
    rows += [["Pringsewu", "Sukoharjo", "Sukoharjo II", 300]]
    rows += [["JUMLAH", "", "", total]]
    intake = kg.read_table(rows, year=2025, province="Lampung")
    if couples is None:
        assert "couples" not in intake.data
        assert "long_table_unclear" in [f.code for f in intake.findings]
    else:
        assert intake.data["couples"].tolist() == couples


@pytest.mark.parametrize(
    ("heading", "text", "used"),
    [("KATEGORI", "P", False), ("GOLONGAN", "Perempuan", False), ("STATUS", "L", True)],
)
def test_one_sex_under_any_heading_is_not_all_people(heading, text, used):
    rows = [["Mesuji", text, 120_000], ["Pringsewu", text, 220_000]]
    head = ["KABUPATEN", heading, "PENDUDUK"]
    intake = kg.read_table([head, *rows], province="Lampung", year=2025)
    assert (
        "population" in intake.data and intake.data["population"].notna().any()
    ) == used


@pytest.mark.parametrize(
    "head",
    [
        ["organisationunitname", "periodname", "dataname", "Value"],
        ["Organisation unit", "Period", "Data", "Value"],
    ],
)
def test_a_row_per_indicator_of_dhis2_is_a_column_each(head):
    rows = [["Mesuji", "November 2025", "Peserta KB Aktif", 24000]]
    rows += [["Mesuji", "November 2025", "Pasangan Usia Subur", 40000]]
    intake = read([head, *rows])
    data = intake.data
    assert data[["users", "couples"]].to_numpy().tolist() == [[24000, 40000]]
    assert data["period"].tolist() == ["2025-11"]
    assert told(intake) == []
