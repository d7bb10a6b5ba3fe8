"""A row that equals the sum of others is a total, if that is no accident."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kkbpk_geo.intake.reading import read_table
from kkbpk_geo.regions.register import children, regions_of

HEADS = ["DESA", "BKB YANG ADA", "BKB YANG LAPOR"]
# The villages of Pringsewu are known; where no district is stated, none can be.
LISTED, UNLISTED = ["DATA KABUPATEN PRINGSEWU"], ["DATA WILAYAH BINAAN"]


def read(title, *rows, heads=HEADS, **options):
    province = "Lampung" if title is LISTED else "Sulawesi Barat"
    rows = [title, heads, *rows]
    return read_table(rows, **{"province": province, "year": 2025, **options})


def told(table, *codes):
    return [(f.code, f.row, f.value) for f in table.findings if f.code in codes]


def reasons(table):
    return dict(zip(table.listed["source_row"], table.listed["reason"], strict=True))


def test_a_name_that_nobody_can_look_up_is_a_total_where_its_figures_are_a_sum():
    table = read(UNLISTED, ["A", 4, 1], ["B", 6, 3], ["C", 5, 6], ["Wilayah", 15, 10])
    assert reasons(table) == {6: "total_row"}
    (found,) = [f for f in table.findings if f.code == "total_by_figures"]
    assert (found.row, found.value, found.count, found.severity) == (
        6, "Wilayah", 3, "warning",
    )  # fmt: skip
    assert found.expected == "BKB YANG ADA = 15; BKB YANG LAPOR = 10"


@pytest.mark.parametrize(
    ("figures", "becomes"),
    [
        ([3, 2, 5], ""),  # of two small numbers the third is often the sum
        ([4, 5, 9], ""),
        ([5, 5, 10], "equals_a_sum"),
        ([50, 49, 99], "equals_a_sum"),
        ([50, 50, 100], "total_by_figures"),
    ],
)
def test_small_figures_prove_less_than_large_ones(figures, becomes):
    rows = [[name, figure] for name, figure in zip("ABC", figures, strict=True)]
    table = read(UNLISTED, *rows, heads=HEADS[:2])
    codes = ("total_by_figures", "equals_a_sum", "may_be_total")
    assert [code for code, *_ in told(table, *codes)] == ([becomes] if becomes else [])
    assert len(table.data) == (2 if becomes == "total_by_figures" else 3)


@pytest.mark.parametrize(
    ("figures", "becomes"),
    [
        ([4, 5, 9], "place_not_in_register"),
        ([5, 5, 10], "may_be_total"),
        ([15, 14, 29], "may_be_total"),
        ([15, 15, 30], "total_by_figures"),
    ],
)
def test_a_name_that_the_register_does_not_have_needs_less(figures, becomes):
    names = ["Ambarawa", "Wonodadi", "Wilayah Kita"]
    rows = [[name, figure] for name, figure in zip(names, figures, strict=True)]
    table = read(LISTED, *rows, heads=HEADS[:2])
    codes = (
        "total_by_figures",
        "equals_a_sum",
        "may_be_total",
        "place_not_in_register",
    )
    assert [code for code, *_ in told(table, *codes)] == [becomes]
    assert len(table.data) == (3 if becomes == "place_not_in_register" else 2)


def test_a_village_of_the_register_stays_one_though_it_equals_a_sum():
    rows = [["Ambarawa", 40, 10], ["Wonodadi", 30, 21], ["Podomoro", 70, 31]]
    table = read(LISTED, *rows)
    assert len(table.data) == 3
    assert told(table, "equals_a_sum") == [("equals_a_sum", 5, "Podomoro")]


@pytest.mark.parametrize(("last", "used"), [(29, 3), (30, 2)])
def test_kecamatan_pringsewu_is_a_place_unless_it_equals_all_others(last, used):
    heads = ["KECAMATAN", "BKB YANG ADA"]
    rows = [["Ambarawa", 15], ["Sukoharjo", last - 15], ["Pringsewu", last]]
    table = read(LISTED, *rows, heads=heads)
    assert len(table.data) == used
    doubted = [("may_be_total", 5, "Pringsewu")] if used == 2 else []
    assert told(table, "may_be_total") == doubted


def test_kecamatan_pringsewu_in_kabupaten_pringsewu_is_data():
    heads = ["KABUPATEN", "KECAMATAN", "BKB YANG ADA"]
    rows = [["Pringsewu", "Pringsewu", 15], ["Pringsewu", "Ambarawa", 40]]
    table = read(LISTED, *rows, heads=heads)
    assert len(table.data) == 2
    assert table.findings == ()


@pytest.mark.parametrize("code", ["18.72", "18.71"])
def test_kecamatan_called_like_their_city_are_data(code):
    names = [unit.name for unit in children(code)]
    city = {"18.72": "Kota Metro", "18.71": "Kota Bandar Lampung"}[code]
    rows = [[city, name, 7 + 3 * i] for i, name in enumerate(names)]
    table = read(LISTED, *rows, heads=["KABUPATEN", "KECAMATAN", "BKB YANG ADA"])
    assert len(table.data) == len(names)
    assert table.findings == ()


def test_every_village_of_lampung_called_as_its_kecamatan_is_data():
    same = []
    for unit in regions_of("desa", "18"):
        kecamatan = next(k for k in children(unit.code[:5]) if k.code == unit.code[:8])
        if kecamatan.name == unit.name:
            same.append((unit, kecamatan))
    assert len(same) > 50
    names = {u.code: u.name for u in regions_of("kabkota", "18")}
    rows = [[names[u.code[:5]], k.name, u.name, 11] for u, k in same]
    heads = ["KABUPATEN", "KECAMATAN", "DESA", "BKB YANG ADA"]
    table = read(LISTED, *rows, heads=heads)
    assert len(table.data) == len(same)
    assert told(table, "may_be_total", "total_by_figures") == []


def test_the_name_of_the_district_in_a_table_of_its_villages_is_its_sum():
    table = read(LISTED, ["Ambarawa", 4, 2], ["Wonodadi", 6, 3], ["PRINGSEWU", 10, 5])
    assert reasons(table) == {5: "total_row"}


def test_the_name_of_the_district_that_is_not_its_sum_is_not_used_and_told():
    table = read(LISTED, ["Ambarawa", 4, 2], ["Wonodadi", 6, 3], ["PRINGSEWU", 11, 5])
    assert reasons(table) == {5: "may_be_total"}
    assert told(table, "may_be_total") == [("may_be_total", 5, "PRINGSEWU")]


@pytest.mark.parametrize(("last", "used"), [(101, 3), (99, 4)])
def test_where_no_district_is_stated_the_kecamatans_name_is_doubted_near_the_sum(
    last, used
):
    rows = [["Zzk", "A", 40, 4], ["Zzk", "B", 30, 1], ["Zzk", "C", 40, 4]]
    heads = ["KECAMATAN", *HEADS]
    table = read(UNLISTED, *rows, ["Zzk", "Zzk", last - 1, 9], heads=heads)
    # 110 and 9 are the sums; a tenth less than 110 is 99.
    assert len(table.data) == (3 if last - 1 >= 99 else 4)
    assert used == len(table.data)


def test_a_row_without_a_name_that_equals_the_others_is_their_sum():
    heads = ["KABUPATEN", "BKB YANG ADA"]
    table = read(LISTED, ["Mesuji", 8], ["Tanggamus", 4], ["", 12], heads=heads)
    assert reasons(table) == {5: "total_row"}
    assert [f.code for f in table.findings] == ["total_by_figures"]


def test_sections_without_a_column_have_their_sums_found_each():
    rows = [["A", 41, 17], ["B", 30, 22], ["S1", 71, 39]]
    rows += [["C", 13, 11], ["D", 52, 36], ["S2", 65, 47], ["S", 136, 86]]
    table = read(UNLISTED, *rows)
    assert [*reasons(table)] == [5, 8, 9]


def test_sums_of_kecamatan_and_district_are_found_by_their_figures():
    heads = ["KECAMATAN", *HEADS]
    rows = [["K", "A", 41, 17], ["K", "B", 30, 22], ["K", "x", 71, 39]]
    rows += [["L", "C", 13, 11], ["L", "D", 52, 36], ["L", "y", 65, 47]]
    table = read(UNLISTED, *rows, ["", "z", 136, 86], heads=heads)
    assert [*reasons(table)] == [5, 8, 9]


def test_rows_of_different_months_do_not_add_up():
    heads = ["KABUPATEN", "BKB YANG ADA", "BULAN"]
    rows = [["Mesuji", 60, "JANUARI"], ["Mesuji", 50, "FEBRUARI"]]
    table = read(LISTED, *rows, ["Mesuji", 110, "MARET"], heads=heads)
    assert len(table.data) == 3
    assert table.findings == ()


def test_two_equal_rows_are_no_sum():
    table = read(UNLISTED, ["A", 400, 200], ["B", 400, 200])
    assert len(table.data) == 2


# --- laws -----------------------------------------------------------------------------

VILLAGES = [unit.name for unit in children("18.10", "desa")]
LABELS = st.sampled_from(["PRINGSEWU", "Kab. Pringsewu", "Lampung", "", "-"]) | st.text(
    alphabet="abcdefghijklmnopqrstuvwxyz ∑*)12", max_size=14
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.integers(10, 5000), min_size=2, max_size=6),
    LABELS,
    st.sampled_from(["last", "first"]),
)
def test_a_total_under_any_label_changes_no_figure_or_is_told(figures, label, where):
    rows = [[name, n] for name, n in zip(VILLAGES[3:], figures, strict=False)]
    total = [label, sum(figures)]
    rows = [*rows, total] if where == "last" else [total, *rows]
    table = read(LISTED, *rows, heads=HEADS[:2])
    row = len(rows) + 2 if where == "last" else 3
    loud = {f.row for f in table.findings if f.severity in ("error", "warning")}
    # Or the whole column is refused: too many groups for so few villages.
    errors = [f for f in table.findings if f.severity == "error"]
    refused = any(f.row is None and f.column.startswith(HEADS[1]) for f in errors)
    assert refused or row in loud or table.data["bkb_groups"].sum() == sum(figures)
