"""What may be divided: every number is read exactly, every refusal says by how much."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from kkbpk_geo.base.errors import InfeasibleError, PlanError
from kkbpk_geo.base.missing import is_missing
from kkbpk_geo.plan.targets.numbers import (
    MOST,
    Limits,
    check_each,
    check_sums,
    exact,
    float_of,
    read_limit,
    read_regions,
    read_weights,
    scale,
    whole,
)

BIG = 2**63 - 1


@pytest.mark.parametrize(
    ("value", "fraction"),
    [
        (0.1, Fraction(1, 10)),
        (1e-3, Fraction(1, 1000)),
        (2.5e20, Fraction(25 * 10**19)),
        (np.float64(0.3), Fraction(3, 10)),
        (np.float32(0.5), Fraction(1, 2)),
        (np.int64(7), Fraction(7)),
        (7, Fraction(7)),
        (Decimal("0.07"), Fraction(7, 100)),
        (Fraction(1, 3), Fraction(1, 3)),
        ("12.5", Fraction(25, 2)),
    ],
)
def test_a_number_is_the_fraction_that_its_decimal_text_says(value, fraction):
    found = exact(value)
    assert found == fraction
    assert type(found) is Fraction


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), "x"])
def test_what_is_endless_or_no_number_is_no_fraction(value):
    with pytest.raises(ValueError, match=r"Invalid literal|could not convert"):
        exact(value)


def test_a_fraction_beyond_decimals_is_infinite_in_a_table():
    assert float_of(Fraction(1, 4)) == 0.25
    assert float_of(Fraction(10) ** 400) == float("inf")


@pytest.mark.parametrize("value", [None, float("nan"), pd.NA, pd.NaT])
def test_a_cell_that_says_nothing_is_missing(value):
    assert is_missing(value)


@pytest.mark.parametrize("value", [0, 0.0, "", "x", False, Fraction()])
def test_a_zero_or_a_text_says_something(value):
    assert not is_missing(value)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (0, 0), (BIG, BIG), (3.0, 3), (np.int32(4), 4), (Decimal("5.00"), 5),
        (Fraction(12, 2), 6), ("8", 8),
    ],
)  # fmt: skip
def test_a_whole_number_may_come_in_any_type(value, number):
    found = whole(value, "total")
    assert found == number
    assert type(found) is int


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (-1, "floor is -1; expected a whole number from 0 up."),
        (-0.5, "floor is -0.5; expected a whole number from 0 up."),
        (5.5, "floor is 5.5; expected a whole number from 0 up."),
        (False, "floor is False; expected a whole number from 0 up."),
        (None, "floor is None; expected a whole number from 0 up."),
        ("x", "floor is 'x'; expected a whole number from 0 up."),
        (
            BIG + 1,
            "floor is 9223372036854775808; a table holds whole numbers up to "
            "9223372036854775807.",
        ),
        (
            1e30,
            "floor is 1e+30; a table holds whole numbers up to 9223372036854775807.",
        ),
    ],
)
def test_what_is_no_whole_number_that_a_table_holds_is_refused(value, text):
    with pytest.raises(PlanError) as caught:
        whole(value, "floor")
    assert str(caught.value) == text
    assert MOST == BIG


def test_regions_stand_by_code_numbers_before_texts():
    assert read_regions({"18.02": 5, "18.01": 6}) == (["18.01", "18.02"], [6, 5])
    assert read_regions({"b": 1, 10: 2, 9: 3, "a": 4}) == (
        [9, 10, "a", "b"],
        [3, 2, 4, 1],
    )
    assert read_regions((4, 5)) == ([0, 1], [4, 5])
    assert read_regions(np.array([4, 5]))[0] == [0, 1]
    assert read_regions(pd.Series([4, 5], ["18.02", "18.01"])) == (
        ["18.01", "18.02"], [5, 4],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (np.ones((2, 2)), "ndarray"), ("18.01", "str"), (b"18", "bytes"),
        ({"18.01"}, "set"), (None, "NoneType"),
    ],
)  # fmt: skip
def test_weights_that_name_no_region_are_refused_by_their_type(given, kind):
    with pytest.raises(PlanError) as caught:
        read_regions(given)
    assert str(caught.value) == (
        f"weights are a {kind}; expected a mapping or a Series by region code, or a "
        "list."
    )


@pytest.mark.parametrize("code", [18.1, True, None, ("18", "01")])
def test_a_region_code_is_text_or_a_whole_number(code):
    with pytest.raises(PlanError, match=r"^weights have the region code .*; codes are"):
        read_regions({code: 1})


def test_only_a_locked_region_may_lack_its_weight():
    found = read_weights(["a", "b", "c"], [0.5, None, 0], (None, 3, 0))
    assert found == [Fraction(1, 2), None, 0]
    for raw in (float("nan"), pd.NA):
        assert read_weights(["a"], [raw], (0,)) == [None]
    for raw in (True, -0.1, "x", float("inf")):
        with pytest.raises(PlanError) as caught:
            read_weights(["a"], [raw], (5,))
        assert str(caught.value) == (
            f"weight of region a is {raw!r}; expected a number from 0 up."
        )


def test_weights_become_whole_numbers_in_the_same_proportion():
    assert scale([Fraction(1, 2), None, Fraction(2, 3), Fraction(0)]) == [3, 0, 4, 0]
    assert scale([Fraction(5), Fraction(10)]) == [5, 10]
    assert scale([None]) == [0]


def test_a_limit_is_read_from_whatever_a_planner_has():
    codes = ["a", "b", "c"]
    nothing = (None, None, None)
    assert read_limit(None, codes, "caps") == nothing
    assert read_limit({}, codes, "caps") == nothing
    assert read_limit(4, codes, "caps") == (4, 4, 4)
    assert read_limit({"c": 4.0, "a": None, "b": pd.NA}, codes, "caps") == (
        None,
        None,
        4,
    )
    assert read_limit(pd.Series({"b": 0}), codes, "caps") == (None, 0, None)
    # A list has the regions 0, 1, 2, so its codes are those numbers.
    assert read_limit([1, None, 3], [0, 1, 2], "caps") == (1, None, 3)
    with pytest.raises(PlanError) as caught:
        read_limit({"a": -1}, codes, "caps")
    assert str(caught.value) == (
        "caps: region a is -1; expected a whole number from 0 up."
    )
    with pytest.raises(PlanError) as caught:
        read_limit({"z": 1, "y": 1, "a": 2}, codes, "caps")
    assert str(caught.value) == (
        "caps name ['y', 'z'], which have no weight; check the codes."
    )
    with pytest.raises(PlanError, match=r"^caps is 0\.5; expected a whole number"):
        read_limit(0.5, codes, "caps")
    for given in ([1, 2, 3, 4], [1, 2]):
        with pytest.raises(PlanError, match=f"^caps are a list of {len(given)} for 3"):
            read_limit(given, codes, "caps")


def limits(floors=None, caps=None, locked=None, batch=1):
    """Limits of as many regions as the longest list; others have none."""
    given = [floors, caps, locked]
    n = max(len(x) for x in given if x)
    filled = [tuple(x) if x else (None,) * n for x in given]
    return Limits(floors=filled[0], caps=filled[1], locked=filled[2], batch=batch)


@pytest.mark.parametrize(
    "more",
    [
        {"floors": [5], "locked": [5], "caps": [5]},  # all the same
        {"floors": [6], "caps": [10], "batch": 5},  # 10 lies between
        {"floors": [None], "caps": [0]},
        {"floors": [3], "caps": [3]},
        {"floors": [4], "caps": [9], "locked": [7], "batch": 5},  # locks need no batch
        {"floors": [0], "caps": [4], "batch": 5},  # nothing is a multiple, too
    ],
)
def test_limits_that_just_fit_each_other_are_taken(more):
    assert check_each(["18.01"], limits(**more)) is None


@pytest.mark.parametrize(
    ("more", "limit", "excess"),
    [
        ({"floors": [9, 5], "locked": [9, 4]}, "locked", 1),
        ({"caps": [9, 5], "locked": [9, 8]}, "locked", 3),
        ({"floors": [1, 7], "caps": [1, 5]}, "floors", 2),
        ({"floors": [5, 6], "caps": [5, 9], "batch": 5}, "floors", 1),
    ],
)
def test_the_region_whose_limits_contradict_each_other_is_named(more, limit, excess):
    with pytest.raises(InfeasibleError) as caught:
        check_each(["18.01", "18.02"], limits(**more))
    error = caught.value
    assert (error.region, error.limit, error.excess) == ("18.02", limit, excess)


@pytest.mark.parametrize(
    ("total", "weights", "more", "found"),
    [
        # 100 - 7 held = 93: nine batches of 10, and 3 that make none
        (100, [1, 1], {"locked": [7, None], "batch": 10}, (9, 3)),
        (7, [1], {"locked": [7]}, (0, 0)),
        # floors of 11 and 10 need two batches and one: exactly 30
        (30, [1, 1], {"floors": [11, 10], "batch": 10}, (3, 0)),
        # caps of 19 and 20 take one batch and two: exactly 30
        (30, [1, 1], {"caps": [19, 20], "batch": 10}, (3, 0)),
        # without weight, no more than the floor: 2 + cap 3
        (5, [0, 1], {"floors": [2, None], "caps": [9, 3]}, (5, 0)),
        (0, [0], {"caps": [0]}, (0, 0)),
        # a rest that makes no batch needs no region to take it
        (9, [1], {"locked": [5], "batch": 5}, (0, 4)),
    ],
)
def test_what_is_free_to_divide_is_counted_in_batches(total, weights, more, found):
    assert check_sums(total, weights, limits(**more)) == found


@pytest.mark.parametrize(
    ("total", "weights", "more", "limit", "excess"),
    [
        (6, [1, 1], {"locked": [7, None]}, "locked", 1),
        (10, [1], {"locked": [5], "batch": 5}, "locked", 5),
        (29, [1, 1], {"floors": [11, 10], "batch": 10}, "floors", 10),
        (40, [1, 1], {"caps": [19, 20], "batch": 10}, "caps", 10),
        (6, [0, 1], {"floors": [2, None], "caps": [9, 3]}, "caps", 1),
        (50, [0, 0], {"floors": [11, None], "batch": 10}, "weights", 30),
        # a locked region's weight takes nothing
        (9, [0, 5], {"locked": [None, 4]}, "weights", 5),
    ],
)
def test_what_cannot_be_divided_says_which_limit_and_by_how_much(
    total, weights, more, limit, excess
):
    with pytest.raises(InfeasibleError) as caught:
        check_sums(total, weights, limits(**more))
    assert (caught.value.limit, caught.value.excess) == (limit, excess)
