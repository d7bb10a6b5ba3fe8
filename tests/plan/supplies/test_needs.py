"""Supplies: absent and broken are two needs, unknown is none, and kits stay whole."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kkbpk_geo.base.errors import CellError, EmptyDataError, PlanError
from kkbpk_geo.catalogue.supplies import condition_of, conditions, item_of, supply_items
from kkbpk_geo.intake.reading import read_table
from kkbpk_geo.plan.supplies.buying import plan_procurement
from kkbpk_geo.plan.supplies.inventory import (
    inventory_of,
    read_inventory,
    reported_kits,
)
from kkbpk_geo.plan.supplies.needs import count_supplies

WEST, EAST, NORTH = "18.01", "18.02", "18.03"


def stock(*rows):
    columns = ["region_code", "item", "baik", "rusak ringan", "rusak berat"]
    return pd.DataFrame(rows, columns=columns)


def groups(**columns):
    index = pd.Index([WEST, EAST, NORTH], name="region_code")
    return pd.DataFrame(columns, index=index).astype("Int64")


TWO = stock([WEST, "BKB Kit", 5, 2, 1], [EAST, "Kit BKB", 4, 0, 0])
TEN = groups(bkb_groups=[10, 3, 8])


# The catalogue.


def test_every_item_belongs_to_a_group_and_says_where_its_ratio_comes_from():
    assert {item.group for item in supply_items().values()} == {"bkb", "bkr", "bkl"}
    assert all(item.document and item.unit for item in supply_items().values())
    assert list(conditions()) == ["good", "minor", "major", "unstated"]


@pytest.mark.parametrize(
    ("text", "key"),
    [("Kit BKB", "bkb_kit"), ("KKA", "kka"), ("genre_kit", "genre_kit"), ("Kursi", "")],
)
def test_an_item_is_known_by_any_recorded_spelling(text, key):
    assert item_of(text) == key


@pytest.mark.parametrize(
    ("text", "key"), [("RR", "minor"), ("Rusak Berat", "major"), ("baru", "")]
)
def test_a_condition_is_known_by_any_recorded_spelling(text, key):
    assert condition_of(text) == key


# The inventory.


def test_conditions_may_stand_in_columns_or_in_rows():
    in_rows = pd.DataFrame(
        {
            "region_code": [WEST, WEST, WEST, EAST],
            "item": ["bkb_kit", "BKB Kit", "APE BKB", "bkb_kit"],
            "condition": ["good", "RR", "rusak berat", "baik"],
            "quantity": [5, 2, 1, 4],
        }
    )
    got = read_inventory(in_rows)
    wide = read_inventory(TWO)
    zero = wide["quantity"] > 0
    pd.testing.assert_frame_equal(got, wide[zero].reset_index(drop=True))


def test_rows_of_the_same_thing_add_up_and_one_unknown_makes_the_sum_unknown():
    twice = stock([WEST, "BKB Kit", 5, 0, None], [WEST, "Kit BKB", 1, 0, 3])
    got = read_inventory(twice).set_index("condition")["quantity"]
    assert got["good"] == 6
    assert pd.isna(got["major"])


@pytest.mark.parametrize(
    ("frame", "text"),
    [
        (
            stock([WEST, "BKB Kit", 1, 0, 0], [WEST, "Kursi", 1, 0, 0]),
            "inventory: row 1, column 'item' is 'Kursi'; expected one of BKB Kit, ",
        ),
        (
            pd.DataFrame(
                {"region_code": [WEST], "item": ["BKB Kit"], "condition": ["baru"],
                 "quantity": [1]}
            ),
            "inventory: row 0, column 'condition' is 'baru'; expected one of baik, "
            "rusak ringan, rusak berat, kondisi tidak disebut. Use such a spelling, or "
            "add it to supplies.toml.",
        ),
        (
            stock([WEST, "BKB Kit", 1.5, 0, 0]),
            "inventory: row 0, column 'quantity' is 1.5; expected a whole number from "
            "0 up, or nothing. Correct the cell.",
        ),
    ],
)  # fmt: skip
def test_a_cell_that_says_nothing_known_is_named(frame, text):
    with pytest.raises(CellError) as caught:
        read_inventory(frame)
    assert str(caught.value).startswith(text)


def test_an_inventory_without_conditions_is_refused():
    with pytest.raises(PlanError) as caught:
        read_inventory(pd.DataFrame({"region_code": [WEST], "item": ["BKB Kit"]}))
    assert str(caught.value) == (
        "the inventory has no column ['condition', 'quantity']; expected region_code, "
        "item, and condition with quantity, or one column per condition (baik, rusak "
        "ringan, rusak berat)."
    )


def test_groups_that_report_a_kit_are_an_inventory_without_conditions():
    values = groups(bkb_groups=[5, 5, 5], bkb_groups_with_kit=[2, None, 0])
    got = reported_kits(values)
    assert got.values.tolist() == [
        [WEST, "bkb_kit", "unstated", 2],
        [NORTH, "bkb_kit", "unstated", 0],
    ]
    table = count_supplies(got, values).table.set_index("region_code")
    assert table.loc[[WEST, NORTH], "buy"].tolist() == [3, 5]
    assert table.loc[EAST, "status"] == "no_inventory"


# Gaps.


def test_need_is_met_repaired_replaced_or_not_there():
    got = count_supplies(TWO, TEN).table.set_index("region_code")
    # 10 groups, 5 good, 2 to repair, 1 to replace, so 2 were never there
    assert got.loc[
        WEST, ["need", "met", "repair", "replace", "quantity_gap", "quality_gap", "buy"]
    ].tolist() == [10, 5, 2, 1, 2, 3, 3]
    assert got.loc[WEST, "coverage"] == 0.5
    # 3 groups, 4 good: one to spare
    assert got.loc[EAST, ["met", "buy", "repair", "surplus"]].tolist() == [3, 0, 0, 1]


def test_a_region_without_inventory_is_unknown_not_empty_handed():
    got = count_supplies(TWO, TEN)
    table = got.table.set_index("region_code")
    assert table.loc[NORTH, "status"] == "no_inventory"
    assert table.loc[NORTH, ["total", "buy", "repair"]].isna().all()
    assert table.loc[NORTH, "need"] == 8
    assert "Lampung Utara" in got.summary()


def test_the_province_needs_what_its_districts_need_and_a_spare_kit_helps_nobody():
    got = count_supplies(TWO, TEN)
    row = got.table.set_index("region_code").loc["18"]
    assert row["status"] == "partial"
    assert row[["need", "buy", "repair", "surplus"]].tolist() == [13, 3, 2, 1]


def test_an_unstated_condition_counts_as_usable_and_stays_visible():
    only = pd.DataFrame({"region_code": [WEST], "item": ["BKB Kit"], "jumlah": [7]})
    got = count_supplies(only, TEN).table.set_index("region_code")
    assert got.loc[WEST, ["unstated", "met", "quantity_gap"]].tolist() == [7, 7, 3]


def test_a_missing_measure_is_no_need_of_zero():
    got = count_supplies(TWO, groups(bkb_groups=[None, 3, 8])).table
    row = got.set_index("region_code").loc[WEST]
    assert row["status"] == "no_base"
    assert pd.isna(row["need"])
    assert pd.isna(row["buy"])
    assert row["good"] == 5


def test_the_user_says_how_many_a_group_needs():
    got = count_supplies(TWO, TEN, needs={"bkb_kit": 0.25}).table
    assert got["need"].tolist() == [3, 1, 2, 4]  # rounded up; the province's known only
    got = count_supplies(TWO, groups(bkb_groups=[1, 1, 1]), needs={"bkl_kit": 1})
    assert got.table.loc[got.table["item"] == "bkl_kit", "status"].tolist() == [
        "no_inventory", "no_inventory", "no_inventory", "missing",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("needs", "error", "text"),
    [
        ({"chair": 1}, PlanError, "needs name 'chair', which is no item; known: ["),
        (
            {"bkb_kit": -1}, PlanError,
            "need of 'bkb_kit' is -1; expected a number from 0 up.",
        ),
        (
            {"bkb_kit": None}, EmptyDataError,
            "there is nothing to count: no item, or no region.",
        ),
    ],
)  # fmt: skip
def test_needs_that_are_none_are_refused(needs, error, text):
    with pytest.raises(error) as caught:
        count_supplies(TWO, TEN, needs=needs)
    assert str(caught.value).startswith(text)


def test_an_inventory_of_an_unknown_region_is_refused():
    with pytest.raises(PlanError) as caught:
        count_supplies(stock(["18.09", "BKB Kit", 1, 0, 0]), TEN)
    assert str(caught.value) == (
        "the inventory names regions ['18.09'], which the measures do not have; check "
        "the codes."
    )


def test_a_region_reads_what_it_lacks_in_countable_things():
    got = count_supplies(TWO, TEN)
    assert got.to_do(WEST) == ["BKB Kit: beli 3, perbaiki 2 kit"]
    assert got.to_do(EAST, "en") == []
    assert got.wide("quality_gap").loc[WEST, "bkb_kit"] == 3
    with pytest.raises(PlanError, match="supplies have no column 'x'; there are"):
        got.wide("x")
    assert "<table" in got._repr_html_()


# Buying.


def lacking():
    kits = stock(
        [WEST, "BKB Kit", 0, 0, 0], [EAST, "BKB Kit", 0, 0, 0],
        [NORTH, "BKB Kit", 0, 1, 0],
        [WEST, "Lansia Kit", 0, 0, 0], [EAST, "Lansia Kit", 1, 0, 0],
    )  # fmt: skip
    return count_supplies(
        kits, groups(bkb_groups=[6, 3, 2], bkl_groups=[4, 1, 1])
    )  # BKB: buy 6, 3, 1 and repair 1; BKL: buy 4, 0, unknown


def test_without_a_budget_everything_with_a_price_is_bought():
    got = plan_procurement(lacking(), {"bkb_kit": 100, "bkl_kit": 50})
    assert got.table["funded"].sum() == 14
    assert got.table["cost"].sum() == 10 * 100 + 4 * 50
    assert got.unpriced[["action", "item", "wanted"]].values.tolist() == [
        ["repair", "bkb_kit", 1]
    ]
    assert got.unknown.values.tolist() == [["bkl_kit", NORTH, "no_inventory"]]
    assert got.summary("en") == (
        "14 bought and 0 repaired for Rp 1,200. No price for: BKB Kit (repair). Cannot "
        "be counted yet: 1 cells (item by region), see their list."
    )


def test_a_budget_buys_the_same_share_of_every_gap_in_whole_kits():
    got = plan_procurement(lacking(), {"bkb_kit": 100, "bkl_kit": 50}, budget=600)
    funded = got.table.set_index(["item", "region_code"])["funded"]
    # 5 by 6 : 3 : 1 is 3, 1.5, 0.5; the larger gap wins the tie
    assert funded["bkb_kit"].tolist() == [3, 2, 0]
    assert funded["bkl_kit"].tolist() == [2]
    assert got.split.leftover == 0


def test_a_repair_has_its_own_price():
    got = plan_procurement(
        lacking(), {"bkb_kit": 100}, repair_prices={"bkb_kit": 10}, budget=10**6
    )
    repairs = got.table[got.table["action"] == "repair"]
    assert repairs[["region_code", "funded", "cost"]].values.tolist() == [
        [NORTH, 1, 10]
    ]


def test_kits_in_fives_round_the_wanted_up():
    got = plan_procurement(lacking(), {"bkb_kit": 100}, batch=5)
    assert got.table["funded"].tolist() == [5, 5, 0]
    assert got.table["wanted"].tolist() == [6, 3, 1]


@pytest.mark.parametrize(
    ("prices", "more", "error", "text"),
    [
        (
            {"chair": 1}, {}, PlanError,
            "prices name ['chair'], which the supplies do not have: "
            "['bkb_kit', 'bkl_kit'].",
        ),
        (
            {}, {}, EmptyDataError,
            "nothing to buy or repair: nothing that is lacking has a price.",
        ),
        (
            {"bkb_kit": 1.5}, {}, PlanError,
            "price of bkb_kit is 1.5; expected a whole number from 0 up.",
        ),
        (
            {"bkb_kit": 1}, {"batch": {"chair": 2}}, PlanError,
            "batch name ['chair'], which the supplies do not have: "
            "['bkb_kit', 'bkl_kit'].",
        ),
    ],
)  # fmt: skip
def test_prices_that_fit_nothing_are_refused(prices, more, error, text):
    with pytest.raises(error) as caught:
        plan_procurement(lacking(), prices, **more)
    assert str(caught.value) == text


# Laws.

count = st.none() | st.integers(0, 20)


@settings(max_examples=25)
@given(
    st.lists(st.tuples(count, count, count), min_size=3, max_size=3),
    st.lists(count, min_size=3, max_size=3),
    st.integers(0, 5000),
)
def test_every_need_is_accounted_for_and_nobody_gets_more_than_is_missing(
    kits, bkb, budget
):
    codes = [WEST, EAST, NORTH]
    rows = [[code, "bkb_kit", *cells] for code, cells in zip(codes, kits, strict=True)]
    got = count_supplies(stock(*rows), groups(bkb_groups=bkb))
    known = got.table[got.table["buy"].notna()]
    parts = known["met"] + known["quality_gap"] + known["quantity_gap"]
    assert (parts == known["need"]).all()
    for name in ("met", "repair", "replace", "quantity_gap", "surplus"):
        assert (known[name] >= 0).all()
    own = known[known["region_code"] != "18"]
    assert own["buy"].sum() == known.loc[known["region_code"] == "18", "buy"].sum()
    if not (own["buy"] > 0).any():
        return
    bought = plan_procurement(got, {"bkb_kit": 100}, budget=budget)
    assert (bought.table["funded"] <= bought.table["wanted"]).all()
    assert bought.table["cost"].sum() + bought.split.leftover == budget


# Inventory sheets.


HEADS = ["KABUPATEN/KOTA", "KECAMATAN", "NAMA BARANG", "BAIK", "RUSAK RINGAN"]


def sheet(*rows, heads=HEADS, **options):
    return read_table([heads, *rows], province="18", **options)


def test_an_inventory_sheet_goes_straight_into_the_count():
    west = sheet(["Lampung Selatan", "Kalianda", "BKB Kit", 4, 2],
                 ["Lampung Selatan", "Natar", "BKB Kit", 1, 0])  # fmt: skip
    east = sheet(["Lampung Tengah", "", "BKB Kit", 4, 0])
    got = inventory_of([west, east])
    assert got.values.tolist() == [
        [WEST, "bkb_kit", "good", 5], [WEST, "bkb_kit", "minor", 2],
        [EAST, "bkb_kit", "good", 4], [EAST, "bkb_kit", "minor", 0],
    ]  # fmt: skip
    table = count_supplies(got, TEN).table.set_index("region_code")
    assert table.loc[WEST, ["met", "repair", "buy"]].tolist() == [5, 2, 3]


@pytest.mark.parametrize(
    "unclear",
    [
        ["Lampung Selatan", "Natar", "BKB Kit", -1, 0],
        ["Lampung Selatan", "Kalianda", "BKB Kit", 9, 0],
    ],
)
def test_an_unclear_row_makes_its_stock_unknown_not_smaller(unclear):
    west = sheet(["Lampung Selatan", "Kalianda", "BKB Kit", 4, 2], unclear,
                 ["Lampung Tengah", "", "BKB Kit", 4, 0])  # fmt: skip
    table = count_supplies(inventory_of(west), TEN).table.set_index("region_code")
    assert table.loc[WEST, "status"] == "missing"
    assert pd.isna(table.loc[WEST, "buy"])
    assert table.loc[EAST, "buy"] == 0


def test_a_row_that_only_repeats_another_changes_nothing():
    row = ["Lampung Selatan", "Kalianda", "BKB Kit", 4, 2]
    assert inventory_of(sheet(row, row)).equals(inventory_of(sheet(row)))


def test_a_row_without_a_region_is_told_by_the_reader_and_not_counted():
    table = sheet(["Lampung Selatan", "", "KKA", 4, 2], ["Entah", "", "KKA", 9, 9])
    assert inventory_of(table)["quantity"].tolist() == [4, 2]
    assert "region_unknown" in [found.code for found in table.findings]


def test_one_period_counts_and_it_must_be_said_which():
    heads = ["KABUPATEN", "TAHUN", "BARANG", "JUMLAH"]
    two = sheet(
        ["Lampung Selatan", 2025, "KKA", 4], ["Lampung Selatan", 2026, "KKA", 9],
        ["Lampung Selatan", 2025, "KKA", 5], heads=heads,
    )  # fmt: skip
    assert inventory_of(two, period="2026")["quantity"].tolist() == [9]
    assert inventory_of(two, period="2025")["quantity"].isna().tolist() == [True]
    with pytest.raises(PlanError) as caught:
        inventory_of(two)
    assert str(caught.value) == (
        "the inventory is of several periods: 2025, 2026. Say which one counts with "
        "period=, or give the files of one."
    )
    with pytest.raises(PlanError) as caught:
        inventory_of(two, period="2024")
    assert str(caught.value) == (
        "the inventory has no period '2024'; it has 2025, 2026."
    )


def test_the_same_thing_in_two_tables_is_refused_with_both_places():
    row = ["Lampung Selatan", "", "BKB Kit", 4, 2]
    frame = pd.DataFrame([row], columns=HEADS)
    with pytest.raises(PlanError) as caught:
        inventory_of([sheet(row), read_table(frame, province="18")])
    assert str(caught.value) == (
        "BKB Kit of Lampung Selatan is counted in two tables: list, row 2 and "
        "DataFrame, row 2. Give one of them, or tell the places apart in a column "
        "KECAMATAN."
    )


def test_sheets_that_are_no_inventory_are_refused_with_what_they_are():
    with pytest.raises(PlanError) as caught:
        inventory_of(read_table([["KABUPATEN", "PUS"], ["Mesuji", 5]], province="18"))
    assert str(caught.value) == (
        "no inventory was recognised, only: couples. It needs the headings NAMA "
        "SARANA, KONDISI and JUMLAH; see kkbpk-geo template inventory."
    )
    with pytest.raises(PlanError, match=r"^no inventory was recognised, only: –\."):
        inventory_of([])


def test_what_nobody_knows_is_said_and_is_not_nothing():
    kits = stock(
        [WEST, "BKB Kit", 5, 20, 0], [EAST, "BKB Kit", None, 0, 0],
        [WEST, "GenRe Kit", 1, 0, 0],
    )  # fmt: skip
    without = count_supplies(kits, groups(bkb_groups=[None, None, None]))
    assert without.summary("en") == (
        "2 kinds of supplies in 3 regions: an unknown number to buy, an unknown number "
        "to repair. No inventory from: Lampung Utara. Need unknown: BKB Kit, GenRe "
        "Kit; minor damage on record there: 20. Stock unknown: Lampung Tengah (BKB "
        "Kit)."
    )
    some = count_supplies(kits, groups(bkb_groups=[30, 10, 10]))
    assert some.summary("en") == (
        "2 kinds of supplies in 3 regions: 5 to buy, 20 to repair. No inventory from: "
        "Lampung Utara. Need unknown: Lampung Selatan (GenRe Kit); minor damage on "
        "record there: 0. Stock unknown: Lampung Tengah (BKB Kit)."
    )
