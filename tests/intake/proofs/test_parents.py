"""A row that states the kind of what its neighbours lie in is their sum."""

from __future__ import annotations

import pytest

from kkbpk_geo.intake.proofs.standing import states_coarser
from kkbpk_geo.intake.reading import read_table

HEADS = ["DESA", "BKB YANG ADA"]


def read(*rows, heads=HEADS, title="DATA KABUPATEN MAJENE"):
    options = {"province": "Sulawesi Barat", "year": 2025}
    return read_table([[title], heads, *rows], **options)


def listed(table):
    return dict(zip(table.listed["source_row"], table.listed["reason"], strict=True))


@pytest.mark.parametrize(
    ("name", "level", "stated"),
    [
        ("Kab. Majene", "desa", "kabkota"),
        ("Kabupaten Majene", "kecamatan", "kabkota"),
        ("Prov. Sulawesi Barat", "kecamatan", "provinsi"),
        ("Kec. Banggae", "desa", "kecamatan"),
        ("Kota Palopo", "kecamatan", "kabkota"),
        ("Kec. Banggae", "kecamatan", ""),
        ("Kota Agung", "kecamatan", ""),
        ("Kota Jawa", "desa", ""),
        ("Desa Banggae", "desa", ""),
        ("Majene", "desa", ""),
        ("Kab. Majene", "kabkota", ""),
    ],
)
def test_a_name_may_state_a_coarser_level_than_its_column(name, level, stated):
    assert states_coarser(name, level) == stated


def test_sums_of_kecamatan_district_and_province_follow_each_other():
    sums = [["Kec. X", 15], ["Kab. Majene", 15], ["Prov. Sulawesi Barat", 15]]
    table = read(["Bonde", 8], ["Adolang", 7], *sums)
    assert listed(table) == dict.fromkeys([5, 6, 7], "total_row")
    assert [f.code for f in table.findings] == ["total_row_dropped"] * 3
    assert [f.value for f in table.findings] == [name for name, _ in sums]


def test_a_sum_above_its_villages_is_checked_against_them():
    table = read(["Kec. X", 15], ["A", 8], ["B", 7], ["Kec. Y", 6], ["C", 5])
    assert listed(table) == {3: "total_row", 6: "total_row"}
    wrong = [f for f in table.findings if f.code == "total_disagrees"]
    assert [(f.row, f.value, f.expected) for f in wrong] == [(6, "6", "5")]


def test_where_all_rows_state_their_kecamatan_they_are_the_data():
    table = read(["Kec. X", 8], ["Kec. Y", 7])
    assert len(table.data) == 2


def test_two_rows_of_one_level_in_a_row_are_no_sums():
    table = read(["A", 40], ["Kec. X", 8], ["Kec. Y", 7])
    assert len(table.data) == 3


def test_a_label_before_the_places_names_the_row():
    heads = ["NO", "KECAMATAN", "BKB YANG ADA"]
    rows = [[1, "Banggae", 8], [2, "Pamboang", 7]]
    table = read(*rows, ["Kab. Majene", "", 16], heads=heads)
    assert listed(table) == {5: "total_row"}
    assert {f.code for f in table.findings} == {"total_row_dropped", "total_disagrees"}


def test_a_subtotal_in_the_column_of_districts_is_one():
    heads = ["KABUPATEN", "KECAMATAN", "BKB YANG ADA"]
    rows = [["Majene", "Banggae", 8], ["Majene", "Pamboang", 7], ["Kec. Z", "", 16]]
    table = read(*rows, heads=heads)
    assert listed(table) == {5: "total_row"}
    assert "region_unknown" not in {f.code for f in table.findings}
