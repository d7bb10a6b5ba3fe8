"""Neighbours: a mapping, a table of 0 and 1, or what libpysal has."""

from types import SimpleNamespace

import pandas as pd
import pytest

from kkbpk_geo.base.errors import JoinError
from kkbpk_geo.joining.given.neighbours import as_neighbours

BESIDE = {"a": ("b",), "b": ("a", "c"), "c": ("b",)}


def table():
    rows = [[0, 1, 0], [1, 0, 0.5], [0, 1, 0]]
    return pd.DataFrame(rows, list("abc"), list("abc"))


def test_a_table_of_weights_says_who_is_beside_whom():
    assert as_neighbours(table()) == BESIDE


def test_nobody_is_their_own_neighbour_whatever_a_table_says():
    loops = table()
    loops.loc["a", "a"] = 1
    assert as_neighbours(loops) == BESIDE


def test_a_weights_object_is_asked_for_its_neighbours():
    assert as_neighbours(SimpleNamespace(neighbors=BESIDE)) == BESIDE


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (table().drop(columns="c"), r"rows and columns differ in \['c'\]"),
        ({**BESIDE, "a": ("x",)}, r"neighbours of 'a' names \['x'\]"),
        ([("a", "b")], "neighbours is a list; expected a mapping"),
    ],
)
def test_what_is_no_neighbourhood_is_refused(given, says):
    with pytest.raises(JoinError, match=says):
        as_neighbours(given)


def test_pairs_and_a_table_of_another_library_are_neighbours():
    want = {"a": ("b",), "b": ("a", "c"), "c": ("b",)}
    pairs = pd.DataFrame({"focal": ["a", "c"], "neighbor": ["b", "b"]})
    assert as_neighbours(pairs) == want
    assert as_neighbours(pd.Series({"a": ["b"], "b": ["a"]})) == {
        "a": ["b"],
        "b": ["a"],
    }
    square = pd.DataFrame(
        [["a", 0, 1, 0], ["b", 1, 0, 1], ["c", 0, 1, 0]], columns=["code", *"abc"]
    )
    assert as_neighbours(square) == want


def test_an_island_of_a_graph_has_no_neighbour_but_an_entry():
    pairs = pd.MultiIndex.from_tuples([("a", "b"), ("b", "a"), ("c", "c")])
    found = as_neighbours(pd.Series([1, 1, 0], pairs))
    assert found == {"a": ("b",), "b": ("a",), "c": ()}
