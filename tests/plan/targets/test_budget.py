"""One budget, several wishes: equal shares of what is wanted, every rupiah counted."""

from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkbpk_geo.base.errors import EmptyDataError, InfeasibleError, PlanError
from kkbpk_geo.plan.targets.budget import BudgetItem
from kkbpk_geo.plan.targets.division import apportion_budget

EVEN = {"18.01": 1, "18.02": 1}


def item(key="kit", total=10, unit_cost=100, weights=EVEN, **more):
    return BudgetItem(
        key=key, total=total, unit_cost=unit_cost, weights=weights, **more
    )


def test_enough_money_pays_everything_and_says_what_is_left():
    got = apportion_budget(2000, [item(), item("book", 4, 50)])
    assert got.overview["divided"].tolist() == [10, 4]
    assert got.overview["short"].tolist() == [0, 0]
    assert got.leftover == 800
    assert got.table["cost"].sum() == 1200
    rich = apportion_budget(3000, [item(), item("book", 4, 50)])
    assert rich.summary("en").splitlines()[-1] == (
        "A budget of Rp 3,000 pays 2 of 2 needs in full; Rp 1,800 left."
    )
    assert rich.summary().endswith("sisa Rp 1.800.")


def test_short_money_pays_the_same_share_of_every_wish():
    # all of it costs 1,000 + 1,000; with half the money, half of each
    got = apportion_budget(1000, [item(), item("book", 100, 10)])
    assert got.overview["divided"].tolist() == [5, 50]
    assert got.shares.tolist() == [0.5, 0.5]
    assert got.leftover == 0


def test_what_whole_units_leave_over_goes_to_the_least_funded_that_it_can_pay():
    # 1,050: shares 0.525 are 5 kits (0.5) and 52 books (0.52); 30 are left, no kit can
    # be paid of them, 3 books can
    got = apportion_budget(1050, [item(), item("book", 100, 10)])
    assert got.overview["divided"].tolist() == [5, 55]
    assert got.leftover == 0


def test_what_is_left_goes_to_the_smallest_share_not_to_the_first_item():
    # 1,195: shares 0.5975 are 59 books (0.59) and 5 kits (0.50); 105 are left, and the
    # kits have the smaller share: one more kit leaves 5, of which nothing can be paid
    got = apportion_budget(1195, [item("book", 100, 10), item()])
    assert got.overview["divided"].tolist() == [59, 6]
    assert got.leftover == 5


def test_twice_the_priority_is_twice_the_share():
    got = apportion_budget(900, [item(priority=2), item("book", 100, 10)])
    assert got.overview["divided"].tolist() == [6, 30]


def test_a_priority_stops_at_what_is_wanted():
    got = apportion_budget(1500, [item(priority=9), item("book", 100, 10)])
    assert got.overview["divided"].tolist() == [10, 50]


def test_floors_and_locks_are_paid_first():
    got = apportion_budget(
        700, [item(floors={"18.01": 4}, locked={"18.02": 2}), item("book", 100, 10)]
    )
    assert got.results["kit"].values.tolist() == [4, 2]
    assert got.overview.loc["book", "divided"] == 10
    with pytest.raises(InfeasibleError) as caught:
        apportion_budget(500, [item(floors={"18.01": 4}, locked={"18.02": 2})])
    assert str(caught.value) == (
        "floors and locked values cost 600 rupiah, 100 more than the budget of 500. "
        "Lower floors or raise the budget."
    )
    assert (caught.value.limit, caught.value.excess) == ("budget", 100)


def test_kits_are_bought_in_whole_batches():
    got = apportion_budget(730, [item(total=20, unit_cost=30, batch=5)])
    assert got.overview.loc["kit", "divided"] == 20
    got = apportion_budget(590, [item(total=20, unit_cost=30, batch=5)])
    assert got.results["kit"].values.tolist() == [10, 5]
    assert got.leftover == 590 - 450


def test_what_costs_nothing_is_given_in_full():
    assert apportion_budget(0, [item(unit_cost=0)]).overview.loc["kit", "divided"] == 10


def test_a_summary_and_a_reason_for_every_value():
    got = apportion_budget(1000, [item(), item("book", 200, 10)])
    assert got.summary("en").split("\n")[-3:] == [
        "kit: 3 of 10 can be divided; 7 not met.",
        "book: 70 of 200 can be divided; 130 not met.",
        "A budget of Rp 1,000 pays 0 of 2 needs in full; Rp 0 left.",
    ]
    assert got.explain("kit", "18.01", "en") == "Lampung Selatan: 2 = 2 by weight"
    with pytest.raises(PlanError, match=r"service 'x' is not divided here: "):
        got.explain("x", "18.01")
    assert "<table" in got._repr_html_()


def test_the_tables_of_a_budget_account_for_every_item_and_region():
    # Both at the share s cost 1,000 s + 1,000 s; with 1,150, s is 0.575: 5 kits, and
    # two batches of 25 books. 150 stay: books (0.5 like kits) want more units, so one
    # batch of 250 would be theirs, but it is too dear; one kit more, and 50 stay.
    got = apportion_budget(
        1150,
        [item(weights={"18.02": 2, "18.01": 3}), item("book", 100, 10, batch=25),
         item("none", 0, 7)],
    )  # fmt: skip
    assert got.overview.to_dict("index") == {
        "kit": {"wanted": 10, "divided": 6, "short": 4, "unit_cost": 100, "cost": 600},
        "book": {
            "wanted": 100,
            "divided": 50,
            "short": 50,
            "unit_cost": 10,
            "cost": 500,
        },
        "none": {"wanted": 0, "divided": 0, "short": 0, "unit_cost": 7, "cost": 0},
    }
    assert got.shares.tolist() == pytest.approx([0.6, 0.5, float("nan")], nan_ok=True)
    assert got.overview.index.name == "service"
    assert (got.budget, got.leftover) == (1150, 50)
    assert list(got.table) == ["service", "region_code", "value", "cost"]
    assert got.table.values.tolist() == [
        ["kit", "18.01", 4, 400],  # 6 by 3 and 2: 3.6 and 2.4
        ["kit", "18.02", 2, 200],
        ["book", "18.01", 25, 250],
        ["book", "18.02", 25, 250],
        ["none", "18.01", 0, 0],
        ["none", "18.02", 0, 0],
    ]
    assert list(got.results) == ["kit", "book", "none"]
    assert (
        got.summary()
        .split("\n")[-1]
        .startswith("Anggaran Rp 1.150 membiayai penuh 1 dari 3")
    )


def test_a_last_batch_goes_to_the_larger_wish_and_then_to_the_first_key():
    alone = {"18.01": 1}
    small, large = (item(k, n, 10, alone) for k, n in (("a", 10), ("b", 20)))
    assert apportion_budget(10, [small, large]).overview["divided"].tolist() == [0, 1]
    twins = [item(k, 10, 10, alone) for k in ("z", "y")]
    assert apportion_budget(10, twins).overview["divided"].tolist() == [0, 1]


def test_what_is_there_already_counts_towards_the_common_share():
    # 8 kits are locked or floors (800); 800 are left. Books catch up first: at the
    # share of 0.8 they cost 800 of their 1,000, and nothing is left for a ninth kit.
    kit = item(floors={"18.01": 3}, locked={"18.02": 5})
    got = apportion_budget(1600, [kit, item("book", 100, 10)])
    assert got.overview["divided"].tolist() == [8, 80]
    # 200 more are a ninth kit and ten books: 0.9 of both.
    got = apportion_budget(1800, [kit, item("book", 100, 10)])
    assert got.overview["divided"].tolist() == [9, 90]
    # A floor of 3 in batches of 4 is one batch, the lock of 5 is none.
    whole = item(floors={"18.01": 3}, locked={"18.02": 5}, batch=4)
    got = apportion_budget(900, [whole])
    assert got.results["kit"].values.tolist() == [4, 5]
    with pytest.raises(InfeasibleError) as caught:
        apportion_budget(899, [whole])
    assert (caught.value.limit, caught.value.excess) == ("budget", 1)


def test_the_item_whose_limits_fail_is_named_with_its_region():
    bad = item("book", floors={"18.02": 4}, caps={"18.02": 2})
    with pytest.raises(InfeasibleError) as caught:
        apportion_budget(10**6, [item(), bad])
    error = caught.value
    assert (error.item, error.region, error.limit, error.excess) == (
        "book", "18.02", "floors", 2,
    )  # fmt: skip


@pytest.mark.parametrize("budget", [-1, 0.5, None, True])
def test_a_budget_that_is_no_whole_number_is_refused(budget):
    with pytest.raises(PlanError) as caught:
        apportion_budget(budget, [item()])
    assert str(caught.value) == (
        f"budget is {budget!r}; expected a whole number from 0 up."
    )


def test_regions_are_divided_by_the_method_asked_for():
    # 8 by 107, 10 and 10: 7, 1, 0 by largest remainder, 6, 1, 1 by Sainte-Laguë
    kit = item(total=8, weights={"18.01": 107, "18.02": 10, "18.03": 10})
    for method, values in (
        ("largest_remainder", [7, 1, 0]),
        ("sainte_lague", [6, 1, 1]),
    ):
        got = apportion_budget(800, [kit], method=method)
        assert got.results["kit"].values.tolist() == values


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ([], "there is no item to fund; give at least one."),
        ([item(), item()], "items ['kit'] stand more than once; keep one of each."),
        ([item(priority=0)], "kit: priority is 0; expected a number above 0."),
        ([item(priority=True)], "kit: priority is True; expected a number above 0."),
        ([item(priority="x")], "kit: priority is 'x'; expected a number above 0."),
        (
            [item(unit_cost=None)],
            "kit: there is a budget, but no unit cost. Give the rupiah for one, 0 if "
            "it costs nothing.",
        ),
        (
            [item("b"), item("a"), item("b"), item("a"), item("c")],
            "items ['a', 'b'] stand more than once; keep one of each.",
        ),
        (
            [item(unit_cost=1.5)],
            "kit: unit_cost is 1.5; expected a whole number from 0 up.",
        ),
        ([item(batch=0)], "kit: batch is 0; expected a whole number from 1 up."),
        (
            [item(weights={})],
            "kit: weights name no region; a total needs at least one to go to.",
        ),
        (
            [item(caps=2)],
            "kit: the caps leave room for 4, 6 less than the 10 of 10 that are free to "
            "divide. Raise caps or lower the total.",
        ),
    ],
)
def test_an_item_that_cannot_be_is_refused_by_name(items, text):
    with pytest.raises((PlanError, EmptyDataError)) as caught:
        apportion_budget(1000, items)
    assert str(caught.value) == text


wishes = st.lists(
    st.tuples(
        st.integers(0, 300), st.integers(0, 60), st.sampled_from([1, 5]),
        st.integers(1, 3),
    ),
    min_size=1,
    max_size=5,
)  # fmt: skip


@given(st.integers(0, 20_000), wishes)
def test_every_rupiah_is_accounted_for_and_nothing_affordable_is_left(budget, rows):
    items = [
        item(f"item{i}", total, cost, batch=batch, priority=priority)
        for i, (total, cost, batch, priority) in enumerate(rows)
    ]
    got = apportion_budget(budget, items)
    assert got.table["cost"].sum() + got.leftover == budget
    assert got.leftover >= 0
    for each in items:
        funded = int(got.overview.loc[each.key, "divided"])
        assert funded == got.results[each.key].values.sum()
        assert 0 <= funded <= each.total
        more = funded + each.batch
        assert more > each.total or each.unit_cost * each.batch > got.leftover


@given(st.integers(0, 20_000), wishes)
def test_everybody_gets_at_least_the_whole_batches_of_the_common_share(budget, rows):
    items = [
        item(f"item{i}", total, cost, batch=batch)
        for i, (total, cost, batch, _) in enumerate(rows)
    ]
    cost = sum(each.total * each.unit_cost for each in items)
    share = min(Fraction(budget, cost), Fraction(1)) if cost else Fraction(1)
    got = apportion_budget(budget, items).overview
    for each in items:
        batches = share * each.total / each.batch
        assert got.loc[each.key, "divided"] >= floor(batches) * each.batch
