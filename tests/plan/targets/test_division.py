"""Several targets at once: exact under every limit, and every change on record."""

from fractions import Fraction

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
from kkbpk_geo.plan.targets.division import (
    Revision,
    divide_targets,
    override_division,
    revise_division,
)
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


def test_a_division_keeps_what_was_asked_with_limits_by_region():
    weights = mix_weights({"need": THREE, "gap": THREE}, shares={"need": 3, "gap": 1})
    got = divide_targets(
        [item(weights=weights, floors=1, caps={"18.01": 5}, locked={"18.03": 2}),
         item("book", weights={**THREE, "18.02": None}, locked={"18.02": 4})],
        meeting="Rakorda", note="SIGA 2026-05",
    )  # fmt: skip
    kit, book = got.items["kit"], got.items["book"]
    assert kit.floors == {"18.01": 1, "18.02": 1, "18.03": 1}
    assert (kit.caps, kit.locked) == ({"18.01": 5}, {"18.03": 2})
    assert kit.weights.to_dict() == {
        "18.01": Fraction(6, 10), "18.02": Fraction(3, 10), "18.03": Fraction(1, 10),
    }  # fmt: skip
    assert kit.weights.attrs["shares"] == {
        "need": Fraction(3, 4),
        "gap": Fraction(1, 4),
    }
    assert (book.floors, book.caps, book.locked) == ({}, {}, {"18.02": 4})
    assert book.weights.to_dict() == {"18.01": 6, "18.02": None, "18.03": 1}
    # 8 by 6 and 3 with a cap of 5; 6 by 6 and 1 are 5.1 and 0.9
    assert (values(got), values(got, "book")) == ([5, 3, 2], [5, 4, 1])
    assert (got.meeting, got.note, got.budget, got.method) == (
        "Rakorda", "SIGA 2026-05", None, "largest_remainder",
    )  # fmt: skip
    assert got.log.empty
    assert list(got.log) == [
        "step", "service", "region_code", "kind", "was", "became", "reason",
        "decided_by",
    ]  # fmt: skip


def test_each_service_has_its_rows_and_a_cost_only_where_there_is_a_price():
    got = divide_targets([item(), item("book", 20, unit_cost=5)])
    table = got.table.astype(object)
    assert table.where(table.notna(), None).to_numpy().tolist() == [
        ["kit", "18.01", 6, None], ["kit", "18.02", 3, None], ["kit", "18.03", 1, None],
        ["book", "18.01", 12, 60], ["book", "18.02", 6, 30], ["book", "18.03", 2, 10],
    ]  # fmt: skip
    assert list(table) == ["service", "region_code", "value", "cost"]
    overview = got.overview.astype(object)
    assert overview.where(overview.notna(), None).to_dict("index") == {
        "kit": {
            "wanted": 10,
            "divided": 10,
            "short": 0,
            "unit_cost": None,
            "cost": None,
        },
        "book": {"wanted": 20, "divided": 20, "short": 0, "unit_cost": 5, "cost": 100},
    }
    assert overview.index.name == "service"
    assert got.quantity("book", "18.02") == 6


def test_a_leftover_of_batches_is_a_short_wish_without_a_budget():
    got = divide_targets([item(total=107, batch=10)])
    assert got.overview.loc["kit"].tolist()[:3] == [107, 100, 7]


def test_one_target_is_told_without_its_key_and_several_with_it():
    alone = divide_targets([item()])
    assert alone.summary("en").startswith("10 divided among 3 regions by weight")
    assert alone.summary() == alone.summary("id")
    assert (alone.meeting, alone.note) == ("", "")
    assert alone.summary().startswith("10 dibagi habis ke 3 wilayah menurut bobot")
    two = divide_targets([item(), item("book", 20)]).summary("en").split("\n")
    assert [line.split(" divided")[0] for line in two] == ["kit: 10", "book: 20"]
    paid = divide_targets(
        [item(unit_cost=100), item("book", 0, unit_cost=1)], budget=1500
    )
    assert paid.summary().split("\n")[-1] == (
        "Anggaran Rp 1.500 membiayai penuh 2 dari 2 kebutuhan; sisa Rp 500."
    )
    assert len(paid.summary().split("\n")) == 3, "nothing is short, nothing is told"
    assert alone.explain("kit", "18.01") == "Lampung Selatan: 6 = 6 menurut bobot"
    assert alone.explain("kit", "18.01", "en") == "Lampung Selatan: 6 = 6 by weight"


def test_a_division_shows_itself_with_text_escaped():
    shown = divide_targets([item("<b>"), item("c")])._repr_html_()
    assert "<b>" not in shown
    assert shown.startswith("<p>&lt;b&gt;: 10 dibagi habis")
    assert "<th>&lt;b&gt;</th>" in shown


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        (
            item(weights=[6, 3, 1]),
            "kit: weights are a list; a division needs BudgetItems with region codes, "
            "as a mapping or a Series has them.",
        ),
        (
            5,
            "5: weights are a NoneType; a division needs BudgetItems with region "
            "codes, as a mapping or a Series has them.",
        ),
        (
            item(unit_cost=1.5),
            "kit: unit_cost is 1.5; expected a whole number from 0 up.",
        ),
        (
            item(unit_cost=-1),
            "kit: unit_cost is -1; expected a whole number from 0 up.",
        ),
    ],
)
def test_an_item_that_cannot_be_divided_is_refused_by_name(wrong, text):
    with pytest.raises(PlanError) as caught:
        divide_targets([wrong])
    assert str(caught.value) == text


def test_a_budget_is_whole_rupiah():
    with pytest.raises(PlanError) as caught:
        divide_targets([item(unit_cost=1)], budget=1.5)
    assert str(caught.value) == "budget is 1.5; expected a whole number from 0 up."
    got = divide_targets([item(unit_cost=1)], budget=4.0, method="sainte_lague")
    assert (got.budget, got.cost, got.method) == (4, 4, "sainte_lague")
    # 4 by 6, 3, 1: the priorities are 6, 3, 2 and 1.2
    assert values(got) == [3, 1, 0]


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


def test_a_log_goes_on_from_step_to_step_and_every_result_has_its_own_lines():
    before = divide_targets([item(), item("book")], note="dasar", meeting="Pra")
    one = override_division(before, {("kit", "18.03"): 4}, decided_by="A")
    two = override_division(
        one, {("book", "18.02"): 4, ("kit", "18.03"): None}, reason="b", decided_by="B"
    )
    # 6 of book are left for 6 and 1: 5.1 and 0.9
    assert values(two, "book") == [5, 4, 1]
    assert two.log.to_numpy().tolist() == [
        [1, "kit", "18.01", "reapportioned", 6, 4, "", "A"],
        [1, "kit", "18.02", "reapportioned", 3, 2, "", "A"],
        [1, "kit", "18.03", "override", 1, 4, "", "A"],
        [2, "kit", "18.01", "reapportioned", 4, 6, "", "B"],
        [2, "kit", "18.02", "reapportioned", 2, 3, "", "B"],
        [2, "kit", "18.03", "released", 4, 1, "b", "B"],
        [2, "book", "18.01", "reapportioned", 6, 5, "", "B"],
        [2, "book", "18.02", "override", 3, 4, "b", "B"],
    ]
    assert two.results["book"].log["region_code"].tolist() == ["18.01", "18.02"]
    assert two.results["book"].log.index.tolist() == [0, 1]
    assert two.results["kit"].log["step"].tolist() == [1, 1, 1, 2, 2, 2]
    assert (two.note, two.meeting) == ("dasar", "Pra")
    assert len(before.log) == 0, "the one before is not touched"
    kept = before.with_log(two.log)
    assert kept.log is two.log
    assert kept.results["book"].log.equals(two.results["book"].log)
    assert kept.results["kit"].values.equals(before.results["kit"].values)


def test_a_limit_that_is_lifted_is_on_record_as_nothing():
    before = divide_targets([item(floors={"18.03": 3, "18.02": 1}, caps={"18.01": 5})])
    assert values(before) == [5, 2, 3]  # 7 by 6 and 3: 4.7 and 2.3
    got = revise_division(
        before,
        Revision(
            items=(item(floors={"18.02": 1}, caps={"18.01": 4, "18.03": 9}),),
            budget=None, method="largest_remainder",
            reasons={("kit", "18.01"): "x", ("book", "18.02"): "bukan ini"},
        ),
        decided_by="Bupati",
    )  # fmt: skip
    # 18.01 at its cap; 6 by 3 and 1 are 4.5 and 1.5: the larger weight first
    assert values(got) == [4, 5, 1]
    assert got.log.drop(columns="step").to_numpy().tolist() == [
        ["kit", "18.03", "floor", 3, None, "", "Bupati"],
        ["kit", "18.01", "cap", 5, 4, "x", "Bupati"],
        ["kit", "18.03", "cap", None, 9, "", "Bupati"],
        ["kit", "18.01", "reapportioned", 5, 4, "", "Bupati"],
        ["kit", "18.02", "reapportioned", 2, 5, "", "Bupati"],
        ["kit", "18.03", "reapportioned", 3, 1, "", "Bupati"],
    ]


def test_a_meeting_decides_where_nobody_else_is_named():
    before = divide_targets([item()], meeting="Pra")
    revision = Revision(
        items=(item(total=20),),
        budget=None,
        method="largest_remainder",
        meeting="Rapat",
    )
    assert revise_division(before, revision).log["decided_by"].unique() == ["Rapat"]
    named = revise_division(before, revision, decided_by="Dinas")
    assert named.log["decided_by"].unique() == ["Dinas"]
    assert named.meeting == "Rapat"


@pytest.mark.parametrize("change", ["18.01", ("kit",), ("kit", "18.01", "x"), 5])
def test_a_change_is_of_a_service_and_a_region(change):
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
