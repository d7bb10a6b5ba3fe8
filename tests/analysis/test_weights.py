"""Neighbours as weights, complete rows, and p-values for many tests, by hand."""

import numpy as np
import pandas as pd
import pytest

from kkbpk_geo.analysis.weights import (
    complete,
    counts,
    fdr,
    numbers,
    refuse,
    row_weights,
    side_by_side,
)
from kkbpk_geo.base.errors import (
    CellError,
    EmptyDataError,
    IndicatorError,
    JoinError,
    RegionError,
)

GAP = np.nan


def test_weights_are_one_over_the_number_of_neighbours_that_are_here():
    got = row_weights(
        ["a", "b", "c", "d"],
        {"a": ("b", "c", "b", "z"), "b": ["a"], "c": (), "d": {"a", "b", "c"}, "z": ()},
    )
    # b stands twice in a's list, z has no value: two neighbours.
    assert got.count.tolist() == [2, 1, 0, 3]
    np.testing.assert_allclose(
        got.weight, [[1 / 2, 1 / 2, 0], [1, 0, 0], [0, 0, 0], [1 / 3] * 3]
    )
    assert got.at[:3].tolist() == [[1, 2, 0], [0, 0, 0], [0, 0, 0]]
    assert sorted(got.at[3]) == [0, 1, 2]
    np.testing.assert_allclose(got.lag(np.array([3.0, 6, 9, 12])), [7.5, 3, 0, 6])
    np.testing.assert_allclose(
        got.lag(np.array([[3.0, 6, 9, 12], [1, 0, 0, 0]])),
        [[7.5, 3, 0, 6], [0, 1, 0, 1 / 3]],
    )


def test_islands_alone_have_no_weights_at_all():
    got = row_weights(["a", "b"], {"a": (), "b": ("z",), "z": ()})
    assert got.at.shape == got.weight.shape == (2, 0)
    assert got.lag(np.array([1.0, 2.0])).tolist() == [0, 0]
    assert row_weights([], {}).count.tolist() == []


@pytest.mark.parametrize(
    ("neighbours", "text"),
    [
        (
            {"b": ()},
            "neighbours has no entry for ['a', 'c']; compute it on the boundaries of "
            "the same level with kkbpk_geo.neighbours(boundaries).",
        ),
        (
            {"a": ("b", "a"), "b": (), "c": ()},
            "neighbours of 'a' are ['b', 'a']; expected a tuple of the codes of other "
            "regions.",
        ),
        (
            {"a": (), "b": "c", "c": ()},
            "neighbours of 'b' are 'c'; expected a tuple of the codes of other "
            "regions.",
        ),
    ],
)
def test_neighbours_that_are_none_are_refused(neighbours, text):
    with pytest.raises(JoinError) as caught:
        row_weights(["a", "b", "c"], neighbours)
    assert str(caught.value) == text


def test_a_series_is_read_without_the_row_of_the_province():
    given = pd.Series({"18": 9, "18.01": 1, "18.02": None})
    got = numbers(given, "births")
    assert got.index.tolist() == ["18.01", "18.02"]
    assert got.tolist() == pytest.approx([1, GAP], nan_ok=True)
    assert got.name == "births"
    assert numbers(given.drop("18"), "births").index.tolist() == ["18.01", "18.02"]


def test_a_count_below_zero_is_refused_with_its_region():
    assert counts(pd.Series({"a": 0, "b": 2}), "births").tolist() == [0, 2]
    with pytest.raises(CellError) as caught:
        counts(pd.Series({"a": 1, "b": -2, "c": -3}), "births")
    assert str(caught.value) == (
        "births: row b, column 'births' is -2.0; expected a number from 0 up. Leave it "
        "empty if it is not known."
    )
    fine = pd.Series({"a": 1.0}, name="x")
    assert refuse(fine, np.array([False]), expected="e", remedy="r") is None


def test_complete_rows_stand_in_the_order_of_their_codes_as_text():
    columns = {
        "x": pd.Series({"18.02": 2, "18.10": 3, "18.01": 1, "18.03": None}),
        "y": pd.Series({"18.10": 30, "18.01": 10, "18.02": 20, "18.03": 5, "18.09": 1}),
    }
    got = complete(columns, least=3, purpose="a test")
    assert got.index.tolist() == ["18.01", "18.02", "18.10"]
    assert got.to_numpy().tolist() == [[1, 10], [2, 20], [3, 30]]
    by_number = complete({"x": pd.Series({9: 2, 10: 1})}, least=1, purpose="")
    assert by_number.index.tolist() == [10, 9]
    with pytest.raises(EmptyDataError) as caught:
        complete(columns, least=4, purpose="Moran's I")
    assert str(caught.value) == (
        "Moran's I needs at least 4 regions with all their numbers; there are 3."
    )
    with pytest.raises(EmptyDataError, match=r"; there is 1\.$"):
        complete({"x": pd.Series({"a": 1})}, least=2, purpose="It")
    twice = pd.Series([1, 2, 3, 4], ["b", "a", "b", "a"])
    with pytest.raises(IndicatorError) as caught:
        complete({"x": columns["x"], "z": twice}, least=1, purpose="It")
    assert str(caught.value) == (
        "z: region ['b', 'a'] stands more than once; keep one."
    )


@pytest.mark.parametrize(
    ("p", "adjusted"),
    [
        # in order .005 x 4/1, .01 x 4/2, .03 x 4/3, .04 x 4/4
        ([0.01, 0.04, 0.03, 0.005], [0.02, 0.04, 0.04, 0.02]),
        # .02 x 3/1 = .06, .04 x 3/2 = .06, .045 x 3/3: the last is least for all
        ([0.02, 0.04, 0.045], [0.045, 0.045, 0.045]),
        # a missing one is none of the tests: .01 x 2/1, .5 x 2/2
        ([0.5, GAP, 0.01], [0.5, GAP, 0.02]),
        ([1, 1], [1, 1]),
        ([0.9, 0.8], [0.9, 0.9]),
        ([GAP], [GAP]),
        ([], []),
    ],
)
def test_the_false_discovery_rate_is_that_of_benjamini_and_hochberg(p, adjusted):
    got = fdr(np.array(p, dtype=float))
    np.testing.assert_allclose(got, adjusted)


def test_names_are_codes_where_another_column_is_by_code():
    people = {"18.11": 90, "18.10": 80}
    found = side_by_side({"events": {"Mesuji": 5, "Pringsewu": 6}, "people": people})
    assert found["events"].to_dict() == {"18.11": 5, "18.10": 6}
    # Among themselves names may be anything.
    alone = side_by_side({"events": {"Mesuji": 5}, "people": {"Mesuji": 9}})
    assert alone["events"].to_dict() == {"Mesuji": 5}


def test_numbers_of_other_regions_than_the_first_are_refused_with_both_labels():
    with pytest.raises(
        RegionError, match=r"begins with 0, that of events with '18\.11'"
    ):
        side_by_side({"events": {"18.11": 5}, "people": pd.Series([90])})


def test_what_is_optional_may_be_left_out_and_lists_are_as_the_neighbours_are():
    beside = {"18.11": ("18.10",), "18.10": ("18.11",)}
    found = side_by_side({"values": [5, 6]}, {"more": None}, neighbours=beside)
    assert {name: one.to_dict() for name, one in found.items()} == {
        "values": {"18.11": 5, "18.10": 6}
    }


def test_neighbours_by_name_serve_regions_by_code():
    beside = {"Mesuji": ("Pringsewu",), "Pringsewu": ("Mesuji",)}
    assert row_weights(["18.10", "18.11"], beside).count.tolist() == [1, 1]
