"""Every method gives what its formula says, and refuses what it cannot do."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkbpk_geo.analysis.index.normalising import (
    Normalisation,
    as_normalisation,
    is_constant,
    normalise_columns,
)
from kkbpk_geo.base.errors import IndicatorError

COLUMN = pd.DataFrame({"x": [10.0, 20.0, np.nan, 50.0]}, index=["a", "b", "c", "d"])
GAP = np.nan


def normalised(how, *, better=True, frame=COLUMN):
    return normalise_columns(frame, {"x": better}, as_normalisation(how))["x"].tolist()


@pytest.mark.parametrize(
    ("how", "better", "expected"),
    [
        ("minmax", True, [0, 25, GAP, 100]),
        ("minmax", False, [100, 75, GAP, 0]),
        (Normalisation(scale=(1, 100)), True, [1, 25.75, GAP, 100]),
        (Normalisation(scale=(1, 100)), False, [100, 75.25, GAP, 1]),
        # mean 80/3, squares 16.67, 6.67, 23.33 around it, n - 1 = 2
        ("rank", True, [1, 2, GAP, 3]),
        ("rank", False, [3, 2, GAP, 1]),
        (
            Normalisation(method="goalposts", bounds={"x": (0, 40)}),
            True,
            [25, 50, GAP, 100],
        ),
        (
            Normalisation(method="goalposts", bounds={"x": (0, 40)}),
            False,
            [75, 50, GAP, 0],
        ),
        (Normalisation(method="target", targets={"x": 40}), True, [0.25, 0.5, GAP, 1]),
        (Normalisation(method="target", targets={"x": 20}), False, [1, 1, GAP, 0.4]),
        (
            Normalisation(method="target_span", targets={"x": 30}),
            True,
            [0, 0.5, GAP, 1],
        ),
        (
            Normalisation(method="target_span", targets={"x": 30}),
            False,
            [1, 1, GAP, 0],
        ),
    ],
)
def test_each_method_gives_what_can_be_worked_out_by_hand(how, better, expected):
    np.testing.assert_allclose(normalised(how, better=better), expected)


def test_the_z_score_is_pandas_own_with_n_minus_one():
    x = COLUMN["x"]
    np.testing.assert_allclose(normalised("zscore"), (x - x.mean()) / x.std())
    ten = Normalisation(method="zscore", scale=(100, 110))
    np.testing.assert_allclose(normalised(ten), 100 + 10 * (x - x.mean()) / x.std())


def test_tied_ranks_share_the_lowest():
    frame = pd.DataFrame({"x": [5.0, 7.0, 7.0, 9.0]})
    assert normalised("rank", frame=frame) == [1, 2, 2, 4]


def test_the_province_is_placed_on_the_scale_of_its_districts():
    province = pd.DataFrame({"x": [30.0]}, index=["18"])
    got = normalise_columns(
        province, {"x": True}, as_normalisation("minmax"), measured_by=COLUMN
    )
    assert got.loc["18", "x"] == 50


@pytest.mark.parametrize(
    ("method", "span"),
    [
        ("minmax", (0, 100)), ("goalposts", (0, 100)), ("zscore", (0, 1)),
        ("rank", (0, 1)), ("target", (0, 1)), ("target_span", (0, 1)),
    ],
)  # fmt: skip
def test_a_scale_is_a_hundred_for_what_has_two_ends_and_one_for_the_others(
    method, span
):
    assert as_normalisation(method).span == span
    assert Normalisation(method=method, scale=(5, 6)).span == (5, 6)
    with pytest.raises(IndicatorError, match=r"^scale is \(2, 2\); expected"):
        as_normalisation(Normalisation(method=method, scale=(2, 2)))
    with pytest.raises(IndicatorError, match=r"^scale is \(0, inf\); expected"):
        as_normalisation(Normalisation(method=method, scale=(0, float("inf"))))


@pytest.mark.parametrize(
    ("how", "better", "expected"),
    [
        # districts of 10, 20 and 50; the province at 5, 20, 60 and missing
        ("minmax", True, [-12.5, 25, 125, GAP]),
        ("minmax", False, [112.5, 75, -25, GAP]),
        ("rank", True, [1, 2, 4, GAP]),
        ("rank", False, [4, 2, 1, GAP]),
        (Normalisation(method="target_span", targets={"x": 30}), True,
         [-0.25, 0.5, 1, GAP]),
        (Normalisation(method="target_span", targets={"x": 30}), False,
         [1, 1, -0.5, GAP]),
        (Normalisation(method="target", targets={"x": 40}, scale=(0, 10)), True,
         [1.25, 5, 10, GAP]),
    ],
)  # fmt: skip
def test_other_rows_are_placed_on_the_scale_of_those_that_set_it(how, better, expected):
    other = pd.DataFrame({"x": [5.0, 20, 60, np.nan]}, index=list("pqrs"))
    got = normalise_columns(
        other, {"x": better}, as_normalisation(how), measured_by=COLUMN
    )
    np.testing.assert_allclose(got["x"], expected)
    assert got.index.tolist() == list("pqrs")


def test_the_z_score_of_a_lower_is_better_column_is_turned_round():
    frame = pd.DataFrame({"x": [1.0, 2.0, 3.0]})  # mean 2, s 1
    assert normalised("zscore", frame=frame) == [-1, 0, 1]
    assert normalised("zscore", frame=frame, better=False) == [1, 0, -1]


def test_columns_are_normalised_each_for_itself():
    frame = pd.DataFrame({"x": [0.0, 10], "y": [3.0, 1]}, index=["a", "b"])
    got = normalise_columns(frame, {"x": True, "y": False}, as_normalisation("minmax"))
    assert got.to_dict("list") == {"x": [0, 100], "y": [0, 100]}
    assert is_constant(frame.assign(z=[1, 1]))
    assert is_constant(frame.assign(z=[1, np.nan]))
    assert not is_constant(frame)


def test_a_reached_target_of_zero_is_reached():
    how = Normalisation(method="target", targets={"x": 2})
    frame = pd.DataFrame({"x": [0.0, 2.0, 4.0]})
    assert normalised(how, better=False, frame=frame) == [1, 1, 0.5]


@pytest.mark.parametrize(
    ("how", "values", "message"),
    [
        (
            "minmax",
            [3.0, 3.0, np.nan],
            "column 'x' is 3 in all 2 regions that have it, so 'minmax' cannot tell "
            "them apart; leave it out or use fixed goalposts.",
        ),
        (
            "zscore",
            [np.nan, np.nan],
            "column 'x' has no values at all; leave it out of the index.",
        ),
        (
            "goalposts",
            [1.0, 2.0],
            "goalposts: 'x' has no bounds; give (low, high) in its own unit.",
        ),
        (
            Normalisation(method="goalposts", bounds={"x": (5, 5)}),
            [1.0, 2.0],
            "bounds of 'x' are (5, 5); expected (low, high), low below high.",
        ),
        (
            Normalisation(bounds={"y": (0, 5)}),
            [1.0, 2.0],
            "bounds name ['y'], which are no columns; known: ['x'].",
        ),
        (
            "target",
            [1.0, 2.0],
            "target of 'x' is None; expected a number in its own unit.",
        ),
        (
            Normalisation(method="target", targets={"x": 3}),
            [-1.0, 2.0],
            "target method, 'x': target 3, smallest value -1; expected a target above "
            "0 and values from 0 up. Use 'target_span' for values below zero.",
        ),
        (
            Normalisation(method="target_span", targets={"x": 1}),
            [1.0, 2.0],
            "target of 'x' is 1; expected a value above the worst region, 1.",
        ),
        (
            Normalisation(method="goalposts", bounds={"x": (0, float("inf"))}),
            [1.0, 2.0],
            "bounds of 'x' are (0, inf); expected (low, high), low below high.",
        ),
        (
            Normalisation(method="target", targets={"x": float("nan")}),
            [1.0, 2.0],
            "target of 'x' is nan; expected a number in its own unit.",
        ),
        (
            Normalisation(method="target", targets={"x": 0}),
            [0.0, 2.0],
            "target method, 'x': target 0, smallest value 0; expected a target above "
            "0 and values from 0 up. Use 'target_span' for values below zero.",
        ),
        (
            Normalisation(method="target", targets={"x": 3, "z": 1, "y": 1}),
            [1.0, 2.0],
            "targets name ['y', 'z'], which are no columns; known: ['x'].",
        ),
        (
            "rank",
            [4.5, 4.5],
            "column 'x' is 4.5 in all 2 regions that have it, so 'rank' cannot tell "
            "them apart; leave it out or use fixed goalposts.",
        ),
        (
            "minimax",
            [1.0, 2.0],
            "normalise is 'minimax'; expected one of minmax, goalposts, zscore, rank, "
            "target, target_span.",
        ),
        (
            Normalisation(scale=(100, 0)),
            [1.0, 2.0],
            "scale is (100, 0); expected (low, high) with low below high.",
        ),
    ],
)
def test_what_cannot_be_normalised_is_refused_with_the_reason(how, values, message):
    with pytest.raises(IndicatorError) as caught:
        normalised(how, frame=pd.DataFrame({"x": values}))
    assert str(caught.value) == message


def test_a_target_below_the_worst_region_is_refused_where_lower_is_better():
    how = Normalisation(method="target_span", targets={"x": 2})
    with pytest.raises(IndicatorError) as caught:
        normalised(how, better=False, frame=pd.DataFrame({"x": [1.0, 2.0]}))
    assert str(caught.value) == (
        "target of 'x' is 2; expected a value below the worst region, 2."
    )


columns = st.lists(st.integers(-1000, 1000), min_size=2, max_size=12).filter(
    lambda x: len(set(x)) > 1
)


@given(columns, st.booleans(), st.integers(1, 50), st.integers(-500, 500))
def test_another_unit_changes_neither_minmax_nor_z_score_nor_rank(x, better, a, b):
    frame = pd.DataFrame({"x": x}, dtype=float)
    for how in ("minmax", "zscore", "rank"):
        np.testing.assert_allclose(
            normalised(how, better=better, frame=a * frame + b),
            normalised(how, better=better, frame=frame),
            atol=1e-9,
        )


@given(columns, st.booleans())
def test_ranks_survive_any_rising_transformation(x, better):
    frame = pd.DataFrame({"x": x}, dtype=float)
    assert normalised("rank", better=better, frame=frame**3) == normalised(
        "rank", better=better, frame=frame
    )
