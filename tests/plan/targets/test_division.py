"""Several targets at once: exact under every limit, and every change on record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkbpk_geo.base.errors import (
    EmptyDataError,
    InfeasibleError,
    PersonError,
    PlanError,
)
from kkbpk_geo.plan.targets.budget import BudgetItem
from kkbpk_geo.plan.targets.divide import override
from kkbpk_geo.plan.targets.division import divide_targets
from kkbpk_geo.plan.targets.revision import Revision, override_division, revise_division
from kkbpk_geo.plan.targets.weights import mix_weights

THREE = {"18.01": 6, "18.02": 3, "18.03": 1}


def item(key="kit", total=10, weights=THREE, **more):
    return BudgetItem(key=key, total=total, weights=weights, **more)


def values(division, key="kit"):
    return division.results[key].values.tolist()


def test_without_a_budget_every_target_is_divided_in_full():
    got = divide_targets([item(), item("book", 20, unit_cost=5)])
    assert values(got) == [6, 3, 1]
    assert values(got, "book") == [12, 6, 2]
    assert got.overview.loc["book"].tolist() == [20, 20, 0, 5, 100]
    assert got.table["value"].sum() == 30
    assert got.table["cost"].sum() == got.cost == 100


def test_a_budget_funds_equal_shares_and_says_what_is_not_met():
    # half of 10 x 100 + 20 x 50; the halves are 5 and 10
    got = divide_targets(
        [item(unit_cost=100), item("book", 20, unit_cost=50)], budget=1000
    )
    assert got.overview["divided"].tolist() == [5, 10]
    assert got.summary("en").split("\n")[-3:] == [
        "kit: 5 of 10 can be divided; 5 not met.",
        "book: 10 of 20 can be divided; 10 not met.",
        "A budget of Rp 1,000 pays 0 of 2 needs in full; Rp 0 left.",
    ]


def test_a_budget_needs_the_price_of_every_item():
    with pytest.raises(PlanError) as caught:
        divide_targets([item()], budget=1)
    assert str(caught.value) == (
        "kit: there is a budget, but no unit cost. Give the rupiah for one, 0 if it "
        "costs nothing."
    )


def test_nothing_and_the_same_thing_twice_are_refused():
    with pytest.raises(EmptyDataError, match="there is no item to fund"):
        divide_targets([])
    with pytest.raises(PlanError) as caught:
        divide_targets([item(), item()])
    assert str(caught.value) == "items ['kit'] stand more than once; keep one of each."


def test_an_infeasible_target_says_whose_limit_and_by_how_much():
    with pytest.raises(InfeasibleError) as caught:
        divide_targets([item("book"), item(floors={"18.03": 5}, caps={"18.03": 2})])
    assert str(caught.value) == (
        "kit: region 18.03 has a floor of 5, 3 above its cap of 2. Lower the floor or "
        "raise the cap."
    )
    error = caught.value
    assert (error.item, error.region, error.limit, error.excess) == (
        "kit", "18.03", "floors", 3,
    )  # fmt: skip


def test_an_unknown_service_has_no_explanation():
    with pytest.raises(PlanError) as caught:
        divide_targets([item()]).explain("book", "18.01")
    assert str(caught.value) == "service 'book' is not divided here: ['kit']."


def test_an_override_is_what_override_does_and_is_on_record():
    before = divide_targets([item()])
    got = override_division(
        before, {("kit", "18.03"): 4}, reason="baru", decided_by="Rakorda"
    )
    single = override(
        before.results["kit"], {"18.03": 4}, reason={"18.03": "baru"},
        decided_by="Rakorda",
    )  # fmt: skip
    # 6 are left for weights 6 and 3
    assert values(got) == [4, 2, 4] == single.values.tolist()
    assert got.results["kit"].log.values.tolist() == single.log.values.tolist()
    assert got.log.values.tolist() == [
        [1, "kit", "18.01", "reapportioned", 6, 4, "", "Rakorda"],
        [1, "kit", "18.02", "reapportioned", 3, 2, "", "Rakorda"],
        [1, "kit", "18.03", "override", 1, 4, "baru", "Rakorda"],
    ]
    assert "1 cells changed by a planner" in got.summary("en")
    assert "cells changed" not in before.summary("en")


def test_overriding_and_then_releasing_gives_the_first_values():
    before = divide_targets([item(unit_cost=3), item("book", unit_cost=1)], budget=30)
    there = override_division(before, {("kit", "18.02"): 5})
    back = override_division(there, {("kit", "18.02"): None})
    assert values(there) != values(before)
    assert back.table.equals(before.table)
    assert back.log["step"].tolist()[-1] == 2
    assert back.log["kind"].isin(["released"]).sum() == 1


def test_settings_and_limits_that_change_are_on_record_with_what_they_were():
    before = divide_targets([item(unit_cost=2)], meeting="Rakorda")
    revision = Revision(
        items=(item(total=12, unit_cost=3, floors={"18.03": 2}, batch=2, priority=2),),
        budget=36,
        method="sainte_lague",
        meeting="Rakorda",
        reasons={("kit", "18.03"): "terpencil", ("kit", "18.02"): "tetap"},
    )
    got = revise_division(before, revision)
    lines = [tuple(line) for line in got.log.drop(columns=["step"]).to_numpy()]
    assert lines == [
        ("", "", "method", "largest_remainder", "sainte_lague", "", "Rakorda"),
        ("", "", "budget", None, 36, "", "Rakorda"),
        ("kit", "", "total", 10, 12, "", "Rakorda"),
        ("kit", "", "batch", 1, 2, "", "Rakorda"),
        ("kit", "", "unit_cost", 2, 3, "", "Rakorda"),
        ("kit", "", "priority", 1, 2, "", "Rakorda"),
        ("kit", "18.03", "floor", None, 2, "terpencil", "Rakorda"),
        ("kit", "18.02", "reapportioned", 3, 4, "", "Rakorda"),
        ("kit", "18.03", "reapportioned", 1, 2, "", "Rakorda"),
        ("kit", "18.02", "note", 4, 4, "tetap", "Rakorda"),
    ]
    assert values(got) == [6, 4, 2]


def test_a_revision_that_changes_nothing_adds_no_line():
    before = override_division(divide_targets([item()]), {("kit", "18.01"): 1})
    same = Revision(
        items=tuple(before.items.values()), budget=None, method=before.method
    )
    got = revise_division(before, same)
    assert got.table.equals(before.table)
    assert got.log.equals(before.log)


def test_targets_are_revised_by_saying_what_is_to_change():
    before = divide_targets([item(caps={"18.01": 5}), item("book", 20)], meeting="R")
    assert values(before) == [5, 4, 1]
    got = before.revise(
        totals={"kit": 12}, floors={("kit", "18.03"): 4}, caps={("kit", "18.01"): None},
        reason="jauh",
    )  # fmt: skip
    # 8 are left for weights 6 and 3: 5.33 and 2.67
    assert values(got) == [5, 3, 4]
    assert values(got, "book") == values(before, "book")
    assert [tuple(line) for line in got.log.to_numpy()] == [
        (1, "kit", "", "total", 10, 12, "", "R"),
        (1, "kit", "18.03", "floor", None, 4, "jauh", "R"),
        (1, "kit", "18.01", "cap", 5, None, "jauh", "R"),
        (1, "kit", "18.02", "reapportioned", 4, 3, "", "R"),
        (1, "kit", "18.03", "reapportioned", 1, 4, "", "R"),
    ]
    assert before.log.empty


def test_what_a_revision_does_not_name_stays_as_it_is():
    before = divide_targets([item(unit_cost=10)], budget=50, method="sainte_lague")
    got = before.revise(budget=80, decided_by="Rakorda")
    assert (got.budget, got.method, got.meeting) == (80, "sainte_lague", "")
    # 8 by 6, 3 and 1: one by one 1st, 2nd, 1st, 1st, 2nd, 1st, 3rd (6/9, 3/5 < 1), 1st
    assert values(got) == [5, 2, 1]
    assert got.log["kind"].tolist()[0] == "budget"
    again = got.revise(method="largest_remainder")
    assert (again.budget, again.method) == (80, "largest_remainder")
    assert again.log["step"].tolist()[-1] == 2


def test_targets_override_as_the_function_does():
    before = divide_targets([item()])
    got = before.override({("kit", "18.03"): 4}, reason="baru", decided_by="R")
    same = override_division(
        before, {("kit", "18.03"): 4}, reason="baru", decided_by="R"
    )
    assert got.table.equals(same.table)
    assert got.log.equals(same.log)


def test_a_total_of_what_is_not_divided_and_other_services_are_refused():
    before = divide_targets([item()])
    with pytest.raises(PlanError) as caught:
        before.revise(totals={"book": 1})
    assert str(caught.value) == (
        "totals name 'book', which is not divided here: ['kit']."
    )
    other = Revision(items=(item("book"),), budget=None, method="sainte_lague")
    with pytest.raises(PlanError) as caught:
        before.revise(other)
    assert str(caught.value) == (
        "the revision is of ['book'], but ['kit'] are divided; a total of 0 leaves a "
        "service out."
    )


def test_rupiah_beside_an_item_without_a_price_stay_exact():
    # 3 x (2**55 + 1): a float would end in …904
    large = item("large", 2**55 + 1, {"18.01": 1}, unit_cost=3)
    got = divide_targets([item(), large])
    assert got.cost == 108_086_391_056_891_907
    assert got.table["cost"].tolist()[-1] == 108_086_391_056_891_907


@pytest.mark.parametrize("change", ["18.01", ("kit", "18.01", 3)])
def test_a_change_names_a_service_and_a_region(change):
    with pytest.raises(PlanError) as caught:
        override_division(divide_targets([item()]), {change: 1})
    assert str(caught.value) == (
        f"change names {change!r}; expected (service, region_code), such as ('kit', "
        "'18.01')."
    )


@pytest.mark.parametrize("change", [("book", "18.01"), ("kit", "18.09")])
def test_a_change_of_what_is_not_there_is_refused(change):
    with pytest.raises(PlanError) as caught:
        override_division(divide_targets([item()]), {change: 1})
    assert str(caught.value) == (
        f"change names {change[0]!r} in region {change[1]!r}, which is not divided "
        "here."
    )


def test_numbers_of_persons_do_not_come_onto_the_record():
    before = divide_targets([item()])
    with pytest.raises(PersonError) as caught:
        override_division(before, {("kit", "18.01"): 1}, decided_by="081234567890")
    assert str(caught.value) == (
        "decided_by holds a number of a person; give the name of an office, a meeting "
        "or a reason only."
    )
    with pytest.raises(PersonError, match=r"^a reason holds a number of a person"):
        override_division(before, {("kit", "18.01"): 1}, reason="hub. 081234567890")
    with pytest.raises(PersonError, match=r"^meeting holds a number of a person"):
        divide_targets([item()], meeting="081234567890")


counts = st.integers(0, 40)
codes = [f"18.{i:02}" for i in range(1, 6)]


@given(
    st.lists(st.integers(1, 50), min_size=5, max_size=5),
    st.lists(st.integers(0, 9), min_size=5, max_size=5).filter(any),
    st.dictionaries(st.sampled_from(codes), counts),
    st.dictionaries(st.sampled_from(codes), counts),
    st.integers(1, 7),
    st.none() | st.integers(0, 3000),
)
def test_every_mix_of_limits_adds_up_or_is_refused(need, last, floors, caps, by, money):
    weights = mix_weights(
        {
            "need": dict(zip(codes, need, strict=True)),
            "last": dict(zip(codes, last, strict=True)),
        },
        shares={"need": by, "last": 1},
    )
    items = [
        item("a", 60, weights, floors=floors, unit_cost=10),
        item("b", 90, weights, caps=caps, unit_cost=20, batch=3),
    ]
    try:
        got = divide_targets(items, budget=money)
    except InfeasibleError:
        return
    table = got.overview
    assert (table["divided"] + table["short"] == table["wanted"]).all()
    if money is None:
        assert (table["short"] == 0).all()
    else:
        assert got.cost <= money
    for key in ("a", "b"):
        result = got.results[key].table
        assert result["value"].sum() == table.at[key, "divided"]
        assert (result["value"] >= result["floor"].fillna(0)).all()
        assert (result["value"] <= result["cap"].fillna(10**6)).all()


@given(st.sampled_from(codes), st.integers(0, 30))
def test_a_lock_released_leaves_no_trace_in_the_values(code, number):
    before = divide_targets([item("a", 30, dict(zip(codes, range(1, 6), strict=True)))])
    there = override_division(before, {("a", code): number})
    assert there.results["a"].values[code] == number
    assert there.results["a"].values.sum() == 30
    assert override_division(there, {("a", code): None}).table.equals(before.table)
