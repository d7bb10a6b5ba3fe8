"""Items divided together are understood exactly, and each limit stands by region."""

from fractions import Fraction

import pytest

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.plan.targets.budget import BudgetItem
from kkbpk_geo.plan.targets.making import divide_items, limits_of

TWO = {"18.01": 6, "18.02": 4}
METHOD = "largest_remainder"


def test_without_a_budget_each_total_is_divided_in_full():
    items = [
        BudgetItem(key="kit", total=10, weights=TWO),
        BudgetItem(key="book", total=5, weights=TWO),
    ]
    _, results = divide_items(items, None, METHOD)
    assert results["kit"].values.tolist() == [6, 4]
    assert results["book"].values.tolist() == [3, 2]


def test_with_a_budget_as_much_is_divided_as_it_pays():
    items = [BudgetItem(key="kit", total=10, weights=TWO, unit_cost=100)]
    _, results = divide_items(items, 500, METHOD)
    assert results["kit"].values.tolist() == [3, 2]


def test_items_come_back_with_exact_weights_and_limits_by_region():
    items = [BudgetItem(key="kit", total=10, weights=TWO, floors=1, caps={"18.01": 5})]
    settled, results = divide_items(items, None, METHOD)
    assert settled["kit"].weights.to_dict() == {
        "18.01": Fraction(6),
        "18.02": Fraction(4),
    }
    assert settled["kit"].floors == {"18.01": 1, "18.02": 1}
    assert settled["kit"].caps == {"18.01": 5}
    asked = results["kit"].asked
    assert limits_of(asked, "caps") == {"18.01": 5, "18.02": None}


def test_what_cannot_be_divided_is_refused_with_its_key_in_front():
    items = [BudgetItem(key="kit", total=-1, weights=TWO)]
    with pytest.raises(PlanError, match=r"^kit: "):
        divide_items(items, None, METHOD)
