"""What stands under a table is a note; a village called Sumber Agung is a row."""

from __future__ import annotations

import pytest

from kkbpk_geo.intake.reading import read_table

HEADS = ["KABUPATEN", "KECAMATAN", "DESA", "BKB YANG ADA"]
FIRST = ["Pringsewu", "Ambarawa", "Ambarawa", 4]


def reasons(*rows, heads=HEADS):
    table = read_table([heads, *rows], province="Lampung", year=2025)
    return dict(zip(table.listed["source_row"], table.listed["reason"], strict=True))


@pytest.mark.parametrize("name", ["Sumber Agung", "SUMBER BANDUNG", "Sumber Hadi"])
def test_a_village_called_like_a_source_is_a_row(name):
    heads = ["DESA", "BKB YANG ADA"]
    assert reasons([name, ""], ["Ambarawa", 4], heads=heads) == {}
    assert reasons(["Ambarawa", 4], [name, ""], heads=heads) == {}


def test_a_village_of_no_register_is_a_row_where_a_place_stands_beside_it():
    heads = ["DESA", "KECAMATAN", "BKB YANG ADA"]
    last = ["Sumber Rejeki", "Ambarawa", ""]
    assert reasons(["Ambarawa", "Ambarawa", 4], last, heads=heads) == {}


@pytest.mark.parametrize(
    "note",
    ["Sumber: BKKBN", "Sumber Data BKKBN Lampung", "Keterangan: sementara",
     "Catatan dari petugas di kecamatan", "*) sementara", "Sumber BPS"],
)  # fmt: skip
def test_a_line_about_the_table_is_a_note(note):
    assert reasons(FIRST, [note, "", "", ""]) == {3: "note"}


def test_a_colon_makes_a_note_above_the_last_figure_too():
    assert reasons(["Sumber: BKKBN", "", "", ""], FIRST) == {2: "note"}


def test_a_long_line_above_the_last_figure_is_a_note():
    assert reasons(["Sumber data dari semua petugas", "", "", ""], FIRST) == {2: "note"}


def test_a_kecamatan_with_its_kind_is_the_sum_of_its_villages():
    rows = [["Pringsewu", "Kec. Ambarawa", "", 4], FIRST]
    assert reasons(*rows) == {2: "total_row"}
