"""A title that alone names the measure, and phases of one that stand under it."""

from __future__ import annotations

import pytest

from kkbpk_geo.intake import Intake, read_table

METHODS = ["IUD", "MOW", "PIL", "JUMLAH"]


def read(*rows: list[object]) -> Intake:
    return read_table([list(map(str, row)) for row in rows], province="Lampung")


def figures(table: Intake, measure: str) -> list[object]:
    """The figures of a measure, None where there is none."""
    if measure not in table.data:
        return []
    column = table.data[measure].astype(object)
    return list(column.where(column.notna(), None))


def told(table: Intake) -> set[str]:
    return {found.code for found in table.findings if found.severity == "error"}


def test_methods_under_a_title_of_new_acceptors_are_those_of_new_acceptors():
    table = read(
        ["PESERTA KB BARU MENURUT METODE KONTRASEPSI BULAN NOVEMBER TAHUN 2025"],
        ["KABUPATEN", *METHODS],
        ["Mesuji", 10, 5, 100, 115],
        ["Pesawaran", 20, 6, 200, 226],
    )
    assert figures(table, "new_users") == [115, 226]
    assert figures(table, "new_users_iud") == [10, 20]
    assert figures(table, "new_users_female_sterilisation") == [5, 6]
    assert not any(name.startswith("users") for name in table.data)
    assert set(table.data["period"]) == {"2025-11"}


def test_a_storey_that_says_menurut_metode_is_its_measure():
    table = read(
        ["NOVEMBER 2025"],
        ["KABUPATEN", "PB MENURUT METODE", "", ""],
        ["", "IUD", "PIL", "JML"],
        ["Mesuji", 10, 100, 110],
    )
    assert figures(table, "new_users_pill") == [100]
    assert figures(table, "new_users") == [110]


def test_jumlah_under_a_title_is_used_only_if_the_methods_add_up_to_it():
    head = ["PESERTA KB AKTIF MENURUT METODE TAHUN 2024"], ["KABUPATEN", *METHODS]
    table = read(*head, ["Mesuji", 10, 5, 100, 116], ["Pesawaran", 20, 6, 200, 227])
    assert "storeys_never_add_up" in told(table)
    assert figures(table, "users") == [None, None]


@pytest.mark.parametrize(
    "title",
    [
        "TARGET PESERTA KB BARU MENURUT METODE TAHUN 2026",
        "PESERTA KB BARU YANG DICABUT MENURUT METODE TAHUN 2025",
        "PERSEDIAAN ALOKON PESERTA KB BARU TAHUN 2025",
    ],
)
def test_a_title_that_says_more_than_the_measure_gives_no_figure(title: str):
    table = read([title], ["KABUPATEN", *METHODS], ["Mesuji", 10, 5, 100, 115])
    assert not [name for name in table.data if "users" in name]
    assert told(table)


def test_a_stock_named_beside_the_title_gives_no_figure():
    table = read(
        ["STOK ALOKON"],
        ["PESERTA KB BARU TAHUN 2025"],
        ["KABUPATEN", *METHODS],
        ["Mesuji", 10, 5, 100, 115],
    )
    assert not [name for name in table.data if "users" in name]


@pytest.mark.parametrize("beside", ["PUS", "ENTAH APA"])
def test_jumlah_beside_what_is_no_part_of_the_title_is_not_used(beside: str):
    title = ["PESERTA KB AKTIF TAHUN 2024"]
    table = read(title, ["KABUPATEN", beside, "JUMLAH"], ["Mesuji", 900, 500])
    assert figures(table, "users") == []


def test_jumlah_beside_a_single_method_is_not_used():
    title = ["PESERTA KB AKTIF TAHUN 2024"]
    table = read(title, ["KABUPATEN", "IUD", "JUMLAH"], ["Mesuji", 90, 500])
    assert figures(table, "users") == []


def test_jumlah_alone_under_a_title_is_the_measure():
    title = ["JUMLAH PESERTA KB AKTIF KABUPATEN/KOTA TAHUN 2024"]
    table = read(title, ["KABUPATEN", "JUMLAH"], ["Mesuji", 25000])
    assert figures(table, "users") == [25000]


def test_what_overlaps_with_methods_is_no_part_of_their_sum():
    table = read(
        ["PESERTA KB AKTIF TAHUN 2024"],
        ["KABUPATEN", "IUD", "MOW", "MKJP", "PIL", "JUMLAH"],
        ["Mesuji", 100, 50, 150, 900, 1050],
    )
    assert figures(table, "users") == [1050]
    assert figures(table, "users_long_acting") == [150]


# --- TARGET and REALISASI, BULAN LALU and BULAN INI -----------------------------------


@pytest.mark.parametrize("realised", ["REALISASI", "PENCAPAIAN", "CAPAIAN", "HASIL"])
def test_what_was_realised_is_the_figure_and_the_target_is_none(realised: str):
    table = read(
        ["LAPORAN BULAN NOVEMBER 2025"],
        ["KABUPATEN", "PESERTA KB AKTIF", "", ""],
        ["", "TARGET", realised, "%"],
        ["Mesuji", 30000, 24000, 80],
    )
    assert figures(table, "users") == [24000]
    assert told(table) == set()


def test_the_target_of_new_acceptors_is_its_own_measure():
    table = read(
        ["LAPORAN TAHUN 2025"],
        ["KABUPATEN", "PB", ""],
        ["", "PPM", "PENCAPAIAN"],
        ["Mesuji", 1000, 900],
    )
    assert figures(table, "new_users_target") == [1000]
    assert figures(table, "new_users") == [900]


def test_realised_figures_of_two_kinds_are_none():
    table = read(
        ["LAPORAN TAHUN 2025"],
        ["KABUPATEN", "PB", "", ""],
        ["", "PPM", "REALISASI", "HASIL"],
        ["Mesuji", 1000, 900, 800],
    )
    assert figures(table, "new_users") in ([], [None])
    assert told(table)


def test_target_and_realisation_may_stand_alone_under_their_title():
    table = read(
        ["TARGET DAN REALISASI PESERTA KB AKTIF BULAN NOVEMBER 2025"],
        ["KABUPATEN", "TARGET", "REALISASI", "%"],
        ["Mesuji", 30000, 24000, 80],
    )
    assert figures(table, "users") == [24000]


@pytest.mark.parametrize("title", ["PESERTA KB BARU ", ""])
def test_this_month_is_the_figure_and_other_times_are_not_added(title: str):
    over = ["", ""] if title else ["PESERTA KB BARU", ""]
    rows: list[list[object]] = [
        [f"{title}BULAN NOVEMBER 2025"],
        ["KABUPATEN", "BULAN LALU", "BULAN INI", "S.D. BULAN INI"],
        ["Mesuji", 1000, 900, 1900],
    ]
    if not title:
        rows.insert(1, ["KABUPATEN", *over, ""])
        rows[2] = ["", *rows[2][1:]]
    table = read(*rows)
    assert figures(table, "new_users") == [900]
    assert list(table.data["period"]) == ["2025-11"]


@pytest.mark.parametrize("stated", ["TAHUN 2025", "S.D. NOVEMBER 2025"])
def test_the_figure_of_this_month_is_not_that_of_a_longer_time(stated: str):
    table = read(
        [f"PESERTA KB BARU {stated}"],
        ["KABUPATEN", "BULAN LALU", "BULAN INI"],
        ["Mesuji", 1000, 900],
    )
    assert told(table) == {"month_not_stated"}
    assert figures(table, "new_users") == [None]


def test_under_a_title_of_target_and_realisation_a_method_is_neither():
    table = read(
        ["TARGET DAN REALISASI PESERTA KB BARU TAHUN 2025"],
        ["KABUPATEN", "IUD", "PIL"],
        ["Mesuji", 10, 100],
    )
    assert not [name for name in table.data if "users" in name]


def test_this_month_under_a_title_of_a_target_is_no_result():
    table = read(
        ["TARGET PESERTA KB BARU BULAN NOVEMBER 2025"],
        ["KABUPATEN", "BULAN LALU", "BULAN INI"],
        ["Mesuji", 10, 100],
    )
    assert "new_users" not in table.data


def test_a_target_beside_methods_is_no_part_of_their_sum():
    table = read(
        ["PESERTA KB BARU TAHUN 2025"],
        ["KABUPATEN", "PPM PB", "IUD", "PIL", "JUMLAH"],
        ["Mesuji", 500, 10, 100, 110],
    )
    assert figures(table, "new_users") == [110]
    assert figures(table, "new_users_target") == [500]


def test_a_heading_that_only_repeats_the_title_is_not_its_measure():
    table = read(
        ["KELUARGA BERISIKO STUNTING TAHUN 2025"],
        ["KABUPATEN", "KELUARGA STUNTING"],
        ["Mesuji", 40],
    )
    assert "families_at_stunting_risk" not in table.data


# --- months and years side by side ----------------------------------------------------


def test_months_under_a_title_are_the_months_of_its_measure():
    table = read(
        ["JUMLAH PUS PER BULAN TAHUN 2025"],
        ["KABUPATEN", "JAN", "FEB", "MAR"],
        ["Mesuji", 40000, 40100, 40200],
    )
    assert figures(table, "couples") == [40000, 40100, 40200]
    assert list(table.data["period"]) == ["2025-01", "2025-02", "2025-03"]
    assert told(table) == set()


def test_the_sum_of_months_is_no_month_more():
    table = read(
        ["PESERTA KB BARU PER BULAN TAHUN 2025"],
        ["KABUPATEN", "JAN", "FEB", "JUMLAH"],
        ["Mesuji", 10, 20, 30],
    )
    assert figures(table, "new_users") == [10, 20]


def test_years_under_a_title_that_names_their_span_are_dated_by_themselves():
    table = read(
        ["JUMLAH PUS TAHUN 2022-2024"],
        ["KABUPATEN", "2022", "2023", "2024"],
        ["Mesuji", 40000, 40100, 40200],
    )
    assert list(table.data["period"]) == ["2022", "2023", "2024"]
    assert told(table) == set()


def test_months_under_a_title_that_says_more_are_not_the_measure():
    table = read(
        ["JUMLAH PUS YANG MENIKAH DINI PER BULAN TAHUN 2025"],
        ["KABUPATEN", "JAN", "FEB"],
        ["Mesuji", 40, 41],
    )
    assert "couples" not in table.data
    assert told(table)


def test_a_word_behind_desa_may_say_which_couples_are_meant():
    table = read(
        ["JUMLAH PUS DESA TERTINGGAL PER BULAN TAHUN 2025"],
        ["KABUPATEN", "JAN", "FEB"],
        ["Mesuji", 40, 41],
    )
    assert "couples" not in table.data


def test_the_name_of_a_place_in_a_title_is_no_word_more():
    table = read(
        ["JUMLAH PUS DI PROVINSI LAMPUNG PER BULAN TAHUN 2025"],
        ["KABUPATEN", "JAN", "FEB"],
        ["Mesuji", 40000, 40100],
    )
    assert figures(table, "couples") == [40000, 40100]


# --- families at risk -----------------------------------------------------------------


def test_families_at_risk_and_not_at_risk_need_no_word_family_under_their_title():
    table = read(
        ["KELUARGA BERISIKO STUNTING TAHUN 2024"],
        ["KABUPATEN", "BERISIKO STUNTING", "TIDAK BERISIKO", "JUMLAH"],
        ["Mesuji", 3000, 6000, 9000],
    )
    assert figures(table, "families_at_stunting_risk") == [3000]
    assert figures(table, "families_not_at_stunting_risk") == [6000]


def test_families_not_at_risk_under_those_at_risk_are_no_part_of_them():
    table = read(
        ["TAHUN 2024"],
        ["KABUPATEN", "KELUARGA SASARAN", "KELUARGA BERISIKO STUNTING", ""],
        ["", "", "BERISIKO", "TIDAK BERISIKO"],
        ["Mesuji", 9000, 3000, 6000],
    )
    assert figures(table, "families_at_stunting_risk") == [3000]
    assert figures(table, "families_not_at_stunting_risk") == [6000]
