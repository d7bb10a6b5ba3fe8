"""What a name, a code and a kind mean together, row by row of a table."""

from __future__ import annotations

import numpy as np
import pytest

import kkbpk_geo as kg
from kkbpk_geo.findings import finding_text
from kkbpk_geo.intake.cells.districts import PlaceFault


def read(*rows, head=("KABUPATEN", "JUMLAH BKB"), province="Jawa Timur"):
    return kg.read_table(
        [list(head), *map(list, rows)], year=2025, month=11, province=province
    )


def codes(table):
    found = table.data["region_code"]
    return [code if isinstance(code, str) else None for code in found]


def told(table):
    return [finding.code for finding in table.findings]


WITH_CODE = ("KODE WILAYAH", "KABUPATEN", "JUMLAH BKB")


def test_the_kota_beside_it_makes_a_bare_name_the_kabupaten_and_that_is_told_once():
    table = read(
        ("Blitar", 3),
        ("Kota Blitar", 4),
        ("Kediri", 5),
        ("Kota Kediri", 6),
        ("Batu", 1),
    )
    assert codes(table) == ["35.05", "35.72", "35.06", "35.71", "35.79"]
    (finding,) = table.findings
    assert (finding.code, finding.severity, finding.count) == (
        "bare_name_is_kabupaten", "info", 2,
    )  # fmt: skip
    assert finding_text(finding).endswith("untuk kota: Blitar, Kediri (2 baris).")


def test_where_no_kota_is_marked_a_bare_name_is_refused_with_what_it_may_be():
    table = read(("Blitar", 3), ("Pacitan", 4))
    assert codes(table) == [None, "35.01"]
    assert table.data["region_candidates"][0] == "35.05 35.72"
    (finding,) = table.findings
    assert finding.code == "region_ambiguous"
    assert finding.candidates == ("35.05", "35.72")


def test_a_bare_name_beside_a_marked_kabupaten_is_not_taken_for_the_kota():
    assert codes(read(("Blitar", 3), ("Kab. Blitar", 4))) == [None, "35.05"]


def test_a_clean_table_says_nothing_of_candidates():
    assert "region_candidates" not in read(("Pacitan", 3)).data


def test_the_title_tells_which_of_the_two_a_sheet_is_about():
    rows = [["LAPORAN KABUPATEN BLITAR"], ["KABUPATEN", "JUMLAH BKB"], ["Blitar", 3]]
    table = kg.read_table(rows, year=2025, month=11, province="Jawa Timur")
    assert codes(table) == ["35.05"]
    rows[0] = ["LAPORAN KOTA BLITAR"]
    table = kg.read_table(rows, year=2025, month=11, province="Jawa Timur")
    assert codes(table) == ["35.72"]


@pytest.mark.parametrize("heading", [
    "KODE WILAYAH", "kode_kabupaten_kota", "KODE KAB/KOTA", "kd_kab", "KD KABUPATEN",
    "id_kabkota", "Kode Kabkot", "kode_kab",
])  # fmt: skip
@pytest.mark.parametrize("pair", [("35.05", "35.72"), ("3505", "3572")])
def test_a_code_tells_kabupaten_and_kota_apart(heading, pair):
    head = (heading, "KABUPATEN", "JUMLAH BKB")
    table = read((pair[0], "Blitar", 3), (pair[1], "Blitar", 4), head=head)
    assert codes(table) == ["35.05", "35.72"]
    assert told(table) == []


def test_a_code_goes_before_what_the_column_shows():
    table = read(("3572", "Blitar", 3), ("", "Kota Kediri", 4), head=WITH_CODE)
    assert codes(table)[0] == "35.72"


def test_a_code_that_is_none_of_a_names_districts_contradicts_it():
    table = read(("35.71", "Blitar", 3), head=WITH_CODE)
    assert codes(table) == [None]
    (finding,) = table.findings
    assert finding.code == "region_code_name_disagree"
    assert finding.candidates == ("35.71", "35.05", "35.72")


def test_a_code_whose_two_readings_are_known_contradicts_another_name():
    head = ("KODE", "KABUPATEN", "JUMLAH BKB")
    table = read(("1801", "Mesuji", 3), head=head, province="Lampung")
    assert codes(table) == [None]
    assert table.findings[0].candidates == ("18.01", "18.04", "18.11")


def test_an_unknown_name_keeps_what_it_resembles():
    table = read(("Pringsewuu", 3), ("Mesuji", 3), province="Lampung")
    assert "18.10" in table.data["region_candidates"][0].split()


def test_a_region_under_its_former_province_is_used_and_told_once():
    head = ("PROVINSI", "KABUPATEN", "JUMLAH BKB")
    table = read(
        ("PAPUA", "MERAUKE", 3), ("PAPUA", "ASMAT", 4), ("PAPUA", "KEEROM", 5),
        head=head, province=None,
    )  # fmt: skip
    assert codes(table) == ["93.01", "93.04", "91.11"]
    (finding,) = table.findings
    assert (finding.code, finding.severity, finding.count) == (
        "region_moved",
        "info",
        2,
    )
    assert (finding.value, finding.expected) == ("MERAUKE, ASMAT", "Papua Selatan (93)")


def test_both_reasons_are_told_of_a_bare_name_under_a_former_province():
    head = ("PROVINSI", "KABUPATEN", "JUMLAH BKB")
    rows = ("PAPUA BARAT", "SORONG", 3), ("PAPUA BARAT", "KOTA SORONG", 4)
    table = read(*rows, head=head, province=None)
    assert codes(table) == ["96.01", "96.71"]
    assert sorted(told(table)) == ["bare_name_is_kabupaten", "region_moved"]


def test_a_former_code_is_a_witness_of_the_present_name():
    head = ("PROVINSI", "KODE", "KABUPATEN", "JUMLAH BKB")
    rows = ("PAPUA", "91.01", "MERAUKE", 3), ("PAPUA", "9118", "ASMAT", 3)
    assert codes(read(*rows, head=head, province=None)) == ["93.01", "93.04"]


def test_with_a_column_of_provinces_gorontalo_beside_its_kota_is_the_kabupaten():
    head = ("PROVINSI", "KABUPATEN", "JUMLAH BKB")
    rows = ("GORONTALO", "GORONTALO", 3), ("GORONTALO", "KOTA GORONTALO", 4)
    assert codes(read(*rows, head=head, province=None)) == ["75.01", "75.71"]
    rows = ("GORONTALO", 3), ("KOTA GORONTALO", 4)  # or it is the province's total
    assert codes(read(*rows, province="Gorontalo")) == [None, "75.71"]


def test_many_names_are_counted_after_the_sixth():
    kota = (
        "Blitar",
        "Kediri",
        "Malang",
        "Madiun",
        "Pasuruan",
        "Mojokerto",
        "Probolinggo",
    )
    rows = [row for name in kota for row in ((name, 1), (f"Kota {name}", 2))]
    (finding,) = read(*rows).findings
    assert finding.value.endswith("Mojokerto (+1)")
    assert finding.count == 7


def test_a_fault_is_told_of_the_rows_in_use_only():
    fault = PlaceFault(
        code="region_unknown", role="kabkota", values={0: "Aa", 2: "Aa", 5: "Bb"}
    )
    used = np.array([False, True, True, True, True, True])
    assert fault.among(used).values == {2: "Aa", 5: "Bb"}
    assert fault.among(used).value == "Aa, Bb"
    assert fault.among(~used).value == "Aa"
    assert fault.among(np.zeros(6, dtype=bool)) is None
