"""What titles, sheets and files say of time: a period by proof, or none and told."""

from __future__ import annotations

import pytest

from kkbpk_geo.base.periods import period_of
from kkbpk_geo.intake.cells.stated import find_period


def title(text):
    said = find_period([text, "", ""])
    return said.year and str(period_of(said.year, said.part))


def name(text):
    said = find_period(["", "", text])
    return said.year and str(period_of(said.year, said.part))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("LAPORAN BULAN NOVEMBER 2025", "2025-11"),
        ("BULAN : NOVEMBER\nTAHUN : 2025", "2025-11"),
        ("KABUPATEN PRINGSEWU, NOVEMBER 2025", "2025-11"),
        ("PERIODE 11/2025", "2025-11"),
        ("Periode: 202511", "2025-11"),
        ("DES. 2025", "2025-12"),
        ("REPORT AUG 2025", "2025-08"),
        ("Laporan Bulan : 11 Tahun : 2025", "2025-11"),
        ("BULAN 1 S.D. 11 TAHUN 2025", "2025-01..2025-11"),
        ("Periode : 1 November 2025 s.d. 30 November 2025", "2025-11"),
        ("Periode : 01-01-2025 s/d 31-03-2025", "2025-01..2025-03"),
        ("TRIWULAN III TAHUN 2025", "2025-Q3"),
        ("TW III (JULI - SEPTEMBER) 2025", "2025-Q3"),
        ("LAPORAN 2025Q3", "2025-Q3"),
        ("SEMESTER II 2024", "2024-S2"),
        ("SEMESTER II 2024\nBULAN OKTOBER", "2024-10"),
        ("BULAN JANUARI S.D. MARET 2025", "2025-01..2025-03"),
        ("SAMPAI DENGAN BULAN NOVEMBER 2025", "2025-01..2025-11"),
        ("s/d Nov 2025", "2025-01..2025-11"),
        ("s.d. 30 November 2025", "2025-01..2025-11"),
        ("OKTOBER 2024 S.D. MARET 2025", "2024-10..2025-03"),
        ("Keadaan 5 November 2025", "2025-11"),
        ("Keadaan pada tanggal 5 November 2025", "2025-11"),
        ("Keadaan PUS di kabupaten 5 November 2025", None),
        ("Per 31 Desember 2024", "2024-12"),
        ("DATA 31 DESEMBER 2024", "2024-12"),
        ("DATA 28 FEBRUARI 2025", "2025-02"),
        ("TAHUN 2025", "2025"),
    ],
)
def test_a_title_says_its_period_in_any_usual_spelling(text, period):
    assert title(text) == period


@pytest.mark.parametrize(
    "noise",
    [
        "Dicetak: 5 Januari 2026",
        "Tanggal cetak: 05-01-2026 10:22:31",
        "Tanggal unduh 1 Des 2024 pukul 10.30",
        "Diunduh 03/02/2024 09:15",
        "Dicetak oleh: admin, pada hari Senin 5 Januari 2026",
        "Dicetak Januari 2026",
        "Dicetak oleh admin SIGA pada bulan Januari 2026",
        "5 Januari 2026 (dicetak dari SIGA)",
        "Print date: 2026-01-05",
        "Downloaded on 2026-01-05T10:22",
        "Rabu, 7 Januari 2026",
        "7 Januari 2026 10:22 WIB",
        "Update terakhir 5 Januari 2026",
        "Metro, 5 Januari 2026",
        "Perda Nomor 2 Tahun 2014",
        "Peraturan BKKBN 6 Tahun 2020",
        "K/0/BKB/20",
        "Rek.F/I/Dal/2013",
        "10:12:31",
        "PENDIDIKAN S1 DAN S2",
    ],
)
def test_printing_laws_editions_clocks_and_signatures_are_no_period(noise):
    assert title(f"DATA BKB\n{noise}") is None
    assert find_period([f"DATA BKB\n{noise}", "", ""]).part is None
    whole = find_period([f"BULAN NOVEMBER 2025\n{noise}\n", "", ""])
    assert (title(f"BULAN NOVEMBER 2025\n{noise}"), whole.years) == ("2025-11", ())
    assert title(f"TAHUN 2025\n{noise}") == "2025"


def test_a_time_behind_a_printing_word_counts_where_the_line_says_what_it_is_of():
    assert title("Diunduh 5 Januari 2026 untuk periode November 2025") == "2025-11"
    assert title("UPDATE DATA BKB BULAN NOVEMBER 2025") == "2025-11"


@pytest.mark.parametrize(
    ("text", "unclear"),
    [
        ("OKTOBER DAN NOVEMBER 2025", ("oktober", "november 2025")),
        ("DESEMBER 2025 (S.D. DESEMBER 2025)", ("desember 2025", "s.d. desember 2025")),
    ],
)
def test_several_months_are_none_of_them_and_are_kept_to_be_told(text, unclear):
    said = find_period([text, "", ""])
    assert (said.year, said.part, said.unclear) == (2025, None, unclear)


def test_a_date_that_says_not_what_it_is_of_is_kept_to_be_told():
    said = find_period(["DATA BKB 5 Januari 2026", "", ""])
    assert (said.year, said.part, said.unclear) == (None, None, ("5 januari 2026",))


@pytest.mark.parametrize("text", ["Tahun 2024-2025", "TA 2025, REALISASI 2024"])
def test_two_years_are_none_of_them_and_are_kept_to_be_told(text):
    said = find_period([text, "", ""])
    assert (said.year, said.years) == (None, (2024, 2025))
    # A name may say which of the two, but no third one.
    assert find_period([text, "", "bkb_2025"]).year == 2025
    assert find_period([text, "", "bkb_2023"]).year is None


def test_a_month_beside_its_year_wins_over_another_year():
    said = find_period(["SENSUS 2020, KEADAAN DESEMBER 2025", "", ""])
    assert (said.year, said.part.first, said.years) == (2025, 12, (2020, 2025))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("bkb 2025 12 kabupaten", "2025"),
        ("bkb_2025_12_kabupaten", "2025"),
        ("bkb 2025-12 kecamatan", "2025"),
        ("bkb 2025 11 siga", "2025"),  # any word may be what is counted
        ("bkb 2025 11", "2025-11"),
        ("BKB_2025_11_lampung", "2025-11"),
        ("bkb_2025-11", "2025-11"),
        ("bkb_nov25", "2025-11"),
        ("Nov 25", "2025-11"),
        ("bkb okt 12 kecamatan", None),
        ("bkb_tw3_2025", "2025-Q3"),
        ("data_sem2_2024", "2024-S2"),
        ("bkb_sd_november_2025", "2025-01..2025-11"),
        ("export_20260105", None),
        ("laporan 05-11-2025", None),
        ("PUS2025", "2025"),
        ("Sheet1", None),
        ("NOV 2025", "2025-11"),
        ("3", None),
        ("S1", None),
        ("Q2", None),
    ],
)
def test_a_name_says_its_period_and_nothing_that_it_counts(text, period):
    assert name(text) == period


def test_a_weaker_witness_adds_but_never_contradicts():
    assert find_period(["BULAN NOVEMBER", "", "bkb 2025"]).year == 2025
    for sheet in ("NOVEMBER", "NOV", "Bulan 11"):
        assert find_period(["TAHUN 2025", sheet, ""]).part.first == 11
    for sheet in ("11", "S1", "Sheet11"):
        assert find_period(["TAHUN 2025", sheet, ""]).part is None
    # The file was saved in January; the figures are of 2025.
    later = find_period(["TAHUN 2025", "", "export 2026-01"])
    assert (later.year, later.part) == (2025, None)
    other = find_period(["BULAN NOVEMBER", "", "bkb oktober 2025"])
    assert (other.year, other.part.first) == (None, 11)


def test_titles_of_the_tables_above_are_read_as_titles_and_not_as_names():
    # Two figures behind a month are a year only at the end of a name.
    above = find_period(["", "KEGIATAN MEI 12", "Sheet1", "rekap"])
    assert (above.year, above.part.first) == (None, 5)
    assert find_period(["", "", "Sheet1", "kegiatan mei 12"]).year == 2012


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("KONDISI 31 DESEMBER 2024 (dicetak 2 Jan 2026)", "2024-12"),
        ("DATA PUS PER 15 NOVEMBER 2025, diunduh 5 Januari 2026", "2025-11"),
        ("DATA PUS dicetak per 5 Januari 2026", None),  # the day of printing
        ("DATA PUS 31 Desember 2025 (tanggal cetak)", None),  # may be that day, too
    ],
)
def test_a_date_of_the_figures_stands_before_that_of_printing(text, period):
    assert title(text) == period


def test_a_month_in_roman_numerals_stands_in_a_title_not_in_the_number_of_a_letter():
    said = find_period(["DATA PUS PERIODE XI/2025", "", ""])
    assert (said.year, said.part.first, said.part.last) == (2025, 11, 11)
    assert find_period(["Surat 440/123/XI/2025", "", ""]).part is None
