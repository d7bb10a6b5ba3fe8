"""A row that contradicts the register is not used; an unknown name is told."""

from __future__ import annotations

import pytest

from kkbpk_geo.findings.words import finding_text
from kkbpk_geo.intake.reading import read_table

HEADS = ["KABUPATEN", "KECAMATAN", "DESA", "BKB YANG ADA"]


def read(*rows, heads=HEADS, **options):
    options = {"province": "Lampung", "year": 2025, **options}
    return read_table([heads, *rows], **options)


def told(table):
    return [(f.code, f.row, f.value, f.expected, f.count) for f in table.findings]


def test_a_kecamatan_of_another_district_is_not_used_and_both_are_named():
    table = read(
        ["Pringsewu", "Ambarawa", "Ambarawa", 4],
        ["Pringsewu", "Natar", "Hajimena", 5],
        ["Pringsewu", "Natar", "Natar", 6],
    )
    assert list(table.listed["reason"]) == ["other_district", "other_district"]
    found = [f for f in table.findings if f.code == "kecamatan_elsewhere"]
    assert [(f.row, f.count, f.region) for f in found] == [(3, 2, "18.10")]
    assert "Natar, Pringsewu" in finding_text(found[0], "id")
    assert "Natar, Lampung Selatan (18.01.04)" in finding_text(found[0], "id")
    assert {f.severity for f in found} == {"error"}


def test_lists_are_held_against_the_register_too():
    heads = ["KABUPATEN", "KECAMATAN", "NAMA FASKES"]
    table = read(["Pringsewu", "Natar", "Puskesmas A"], heads=heads)
    assert list(table.listed["reason"]) == ["other_district"]


@pytest.mark.parametrize(
    ("year", "used"),
    [(2008, 1), (2009, 1), (2010, 0)],  # Pringsewu was founded in 2009
)
def test_a_kecamatan_stood_in_the_old_district_until_the_new_one_was_founded(
    year, used
):
    heads = ["KABUPATEN", "KECAMATAN", "BKB YANG ADA"]
    table = read(["Tanggamus", "Sukoharjo", 4], heads=heads, year=year)
    assert len(table.data) == used


def test_a_village_of_another_kecamatan_is_used_and_told_once():
    table = read(
        ["Pringsewu", "Ambarawa", "Wonodadi", 4],
        ["Pringsewu", "Ambarawa", "Ambarawa", 4],
        ["Pringsewu", "Ambarawa", "Mataram", 4],
    )
    assert len(table.data) == 3
    (found,) = told(table)
    assert found == (
        "village_elsewhere", 2, "Wonodadi, Ambarawa",
        "Wonodadi, Gading Rejo (18.10.02.2007)", 2,
    )  # fmt: skip


def test_names_that_the_register_does_not_have_are_told_in_one_warning():
    table = read(
        ["Pringsewu", "Ambarawa", "Ambarawe", 40],
        ["Pringsewu", "Ambarawa", "Zzyx", 17],
        ["Pringsewu", "Ambarawa", "Ambarawe", 5],
        ["Pringsewu", "Ambarawa Raya", "Ambarawa", 4],
    )
    assert len(table.data) == 4
    found = {f.column: f for f in table.findings if f.code == "place_not_in_register"}
    assert [(f.row, f.count) for f in found.values()] == [(5, 1), (2, 3)]
    assert found["DESA"].value == "Ambarawe, Zzyx"
    assert "Ambarawa" in found["DESA"].expected
    assert found["KECAMATAN"].value == "Ambarawa Raya"


def test_of_many_unknown_names_five_are_quoted():
    rows = [["Pringsewu", "Ambarawa", f"Zz{x}", 10 + 7 * i]
            for i, x in enumerate("abcdef")]  # fmt: skip
    table = read(*rows)
    (found,) = [f for f in table.findings if f.code == "place_not_in_register"]
    assert found.value == "Zza, Zzb, Zzc, Zzd, Zze, …"
    assert found.count == 6


def test_names_of_other_provinces_are_held_against_their_own_register():
    heads = ["KABUPATEN", "KECAMATAN", "BKB YANG ADA"]
    rows = [["Majene", "Banggae", 4], ["Majene", "Natar", 17]]
    table = read(*rows, heads=heads, province="Sulawesi Barat")
    assert len(table.data) == 2
    (found,) = table.findings
    assert (found.code, found.value, found.row) == ("place_not_in_register", "Natar", 3)


def test_a_kecamatan_of_another_district_is_listed_in_every_province():
    # Wonomulyo is in Polewali Mandar (76.04), not in Majene.
    heads = ["KABUPATEN", "KECAMATAN", "BKB YANG ADA"]
    rows = [["Majene", "Banggae", 4], ["Majene", "Wonomulyo", 17]]
    table = read(*rows, heads=heads, province="Sulawesi Barat")
    assert len(table.data) == 1
    (found,) = table.findings
    assert (found.code, found.value) == ("kecamatan_elsewhere", "Wonomulyo, Majene")


def test_where_no_district_is_known_nothing_is_said_of_names_in_it():
    rows = [["Natar", 4], ["Anything", 17]]
    table = read(*rows, heads=["DESA", "BKB YANG ADA"], province="Sulawesi Barat")
    assert {f.code for f in table.findings} == {"region_not_stated"}


def test_a_word_for_a_sum_is_a_village_where_the_province_has_one_called_so():
    # Sasaran is a kelurahan of Minahasa (71.02) and a target everywhere else.
    heads = ["KABUPATEN", "KECAMATAN", "DESA", "BKB YANG ADA"]
    there = ["Minahasa", "Tondano Utara", "Sasaran", 4]
    table = read(there, heads=heads, province="Sulawesi Utara")
    assert (len(table.data), len(table.listed)) == (1, 0)
    here = ["Pringsewu", "Ambarawa", "Sasaran", 4]
    table = read(here, heads=heads, province="Lampung")
    assert (len(table.data), len(table.listed)) == (0, 1)


def test_villages_with_their_codes_need_no_name_of_the_register():
    heads = ["KABUPATEN", "KECAMATAN", "KODE", "DESA", "BKB YANG ADA"]
    rows = [["Pringsewu", "Ambarawa", "2001", "Desa Baru", 4]]
    rows += [["Pringsewu", "Ambarawa", "2002", "Desa Lain", 4]]
    table = read(*rows, heads=heads)
    assert table.findings == ()
