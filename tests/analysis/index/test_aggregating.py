"""A small tree worked out by hand, and the law that its slopes explain every step."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkbpk_geo.analysis.index.aggregating import aggregate_values, not_positive, slopes
from kkbpk_geo.analysis.index.composite import Aggregation, composite_index
from kkbpk_geo.analysis.index.designs import every_spec, scored_regions
from kkbpk_geo.analysis.index.hierarchy import MEANS, budget_weights, build_hierarchy
from kkbpk_geo.analysis.index.normalising import Normalisation
from kkbpk_geo.analysis.index.robustness import FACTORS, assess_ranks
from kkbpk_geo.base.errors import IndicatorError

GAP = np.nan
LEAVES = ("a", "b", "c")


def tree(means=("geometric", "arithmetic"), weights=None):
    """Index of c (1) and D (2); D of a (3) and b (1)."""
    inside = {"a": "D", "b": "D"}
    return build_hierarchy(LEAVES, inside, weights or {"a": 3, "D": 2}, means)


def values(*rows):
    return np.array(rows, dtype=float)


# The tree.


def test_weights_are_shares_among_siblings_and_multiply_along_the_way():
    got = tree()
    assert got.children == {"D": ("a", "b"), "index": ("c", "D")}
    assert got.shares == {"a": 0.75, "b": 0.25, "c": 1 / 3, "D": 2 / 3}
    assert got.effective() == pytest.approx({"a": 1 / 2, "b": 1 / 6, "c": 1 / 3})
    assert got.names == ("a", "b", "c", "D")
    assert got.dimensions == ("D",)
    assert got.parent == {"a": "D", "b": "D", "c": "index", "D": "index"}
    np.testing.assert_allclose(got.weights(), [[0.75, 0.25, 1 / 3, 2 / 3]])


def test_means_are_given_by_level_from_the_lowest():
    inside = {"a": "D", "b": "D", "D": "E", "c": "F", "F": "index"}
    got = build_hierarchy(LEAVES, inside, None, ("geometric", "harmonic", "arithmetic"))
    # D and F hold indicators, E holds D, and the index is above all.
    assert got.means == {
        "D": "geometric", "F": "geometric", "E": "harmonic", "index": "arithmetic",
    }  # fmt: skip
    assert list(got.children) == ["D", "F", "E", "index"]
    assert got.children["index"] == ("F", "E")
    assert set(build_hierarchy(LEAVES, inside, {}, "harmonic").means.values()) == {
        "harmonic"
    }
    assert build_hierarchy(("a",), None, None, ("geometric",)).means == {
        "index": "geometric"
    }


@pytest.mark.parametrize(
    ("leaves", "inside", "weights", "means", "text"),
    [
        (
            ("index", "b"), None, None, "arithmetic",
            "dimensions: ['index'] cannot name a dimension or an indicator of its own; "
            "'index' is the index itself, and an indicator holds no others.",
        ),
        (
            LEAVES, {"z": "D", "y": "D"}, None, "arithmetic",
            "dimensions name ['y', 'z'], which are neither columns nor dimensions; "
            "known: ['D', 'a', 'b', 'c'].",
        ),
        (
            LEAVES, {"a": "D", "D": "D"}, None, "arithmetic",
            "dimensions: D in D goes in a circle.",
        ),
        (
            LEAVES, None, {"a": True}, "arithmetic",
            "weight of 'a' is True; expected a number from 0 up.",
        ),
        (
            LEAVES, None, {"b": float("inf")}, "arithmetic",
            "weight of 'b' is inf; expected a number from 0 up.",
        ),
        (
            LEAVES, None, {"a": 0, "b": 0, "c": 0}, "arithmetic",
            "all weights within 'index' are zero: ['a', 'b', 'c']; give at least one "
            "of them a weight above 0.",
        ),
        (
            LEAVES, {"a": "D"}, None, ("arithmetic", "mean"),
            "aggregate is 'mean'; expected one of arithmetic, geometric, harmonic.",
        ),
        (
            LEAVES, {"a": "D"}, None, ("arithmetic",),
            "aggregate names 1 means for 2 levels; give one for each level, the lowest "
            "first, or a single one for all.",
        ),
    ],
)  # fmt: skip
def test_a_tree_that_is_none_is_refused(leaves, inside, weights, means, text):
    with pytest.raises(IndicatorError) as caught:
        build_hierarchy(leaves, inside, weights, means)
    assert str(caught.value) == text


def test_points_must_be_a_budget_of_everybody():
    one = pd.DataFrame({"a": [2.5, 5], "b": [7.5, 5.0000001]}, index=["x", "y"])
    assert budget_weights(one) == pytest.approx({"a": 0.375, "b": 0.625})
    for rows, text in (
        (
            {"a": [60, -1], "b": [40, 101]},
            "points: row y, column 'a' is -1; expected points from 0 up, 0 for none.",
        ),
        (
            {"a": [60, 60], "b": [40, 41]},
            "points: row y sums to 101; expected the budget of the first row, 100, "
            "above 0.",
        ),
        (
            {"a": [0, 0], "b": [0, 0]},
            "points: row x sums to 0; expected the budget of the first row, 0, above "
            "0.",
        ),
    ):
        with pytest.raises(IndicatorError) as caught:
            budget_weights(pd.DataFrame(rows, index=["x", "y"]))
        assert str(caught.value) == text


# Means.


@pytest.mark.parametrize(
    ("means", "inside", "index"),
    [
        # D of 1 and 16 by 3 : 1, then the index of 9 and D by 1 : 2
        (("geometric", "arithmetic"), 2, 13 / 3),
        (("geometric", "harmonic"), 2, 2.7),
        (("arithmetic", "geometric"), 4.75, 9 ** (1 / 3) * 4.75 ** (2 / 3)),
        (("harmonic", "arithmetic"), 64 / 49, 3 + 128 / 147),
    ],
)
def test_dimensions_are_means_and_the_index_is_the_mean_of_these(means, inside, index):
    here = tree(means)
    got = aggregate_values(here, values([1, 16, 9]), here.weights())
    assert list(got) == ["D", "index"]
    np.testing.assert_allclose(got["D"], [[inside]])
    np.testing.assert_allclose(got["index"], [[index]])


def test_what_is_missing_is_left_out_down_to_the_share_that_must_be_there():
    here = tree()
    cells = values([GAP, 16, 9], [1, GAP, 9], [GAP, GAP, 9], [1, 16, GAP], [GAP] * 3)
    got = aggregate_values(here, cells, here.weights())
    np.testing.assert_allclose(got["D"], [[16, 1, GAP, 2, GAP]])
    # 9 by 1 and D by 2; the third is c alone, the fourth D alone
    np.testing.assert_allclose(got["index"], [[41 / 3, 11 / 3, 9, 2, GAP]])
    for share, inside, index in (
        (0.25, [16, 1, GAP, 2, GAP], [41 / 3, 11 / 3, 9, 2, GAP]),
        (0.26, [GAP, 1, GAP, 2, GAP], [9, 11 / 3, 9, 2, GAP]),
        (1 / 3, [GAP, 1, GAP, 2, GAP], [9, 11 / 3, 9, 2, GAP]),
        (0.34, [GAP, 1, GAP, 2, GAP], [GAP, 11 / 3, GAP, 2, GAP]),
        (0.67, [GAP, 1, GAP, 2, GAP], [GAP, 11 / 3, GAP, GAP, GAP]),
        (1, [GAP, GAP, GAP, 2, GAP], [GAP] * 5),
    ):
        got = aggregate_values(here, cells, here.weights(), min_share=share)
        np.testing.assert_allclose(got["D"], [inside])
        np.testing.assert_allclose(got["index"], [index])


def test_every_draw_has_its_own_weights_and_zero_is_no_part():
    here = tree()
    draws = values(
        [0.75, 0.25, 1 / 3, 2 / 3],
        [6, 2, 1, 2],  # the same proportions
        [0, 0, 1, 2],  # nothing of D: only c is left
        [0, 5, 1, 1],  # D is b
        [3, 1, 0, 2],  # only D
    )
    got = aggregate_values(here, values([1, 16, 9]), draws, min_share=1)
    np.testing.assert_allclose(got["index"].T, [[13 / 3, 13 / 3, 9, 12.5, 2]])
    np.testing.assert_allclose(got["D"].T, [[2, 2, GAP, 16, 2]])
    other = dict.fromkeys(here.children, "arithmetic")
    got = aggregate_values(here, values([1, 16, 9]), draws[:1], means=other)
    np.testing.assert_allclose(got["index"], [[3 + 4.75 * 2 / 3]])


def test_the_first_value_that_a_mean_cannot_take_is_named():
    here = tree(("harmonic", "geometric"))

    def first(means, *rows):
        cells = values(*rows)
        with np.errstate(all="ignore"):
            nodes = aggregate_values(here, cells, here.weights(), means=means)
        return not_positive(here, cells, nodes, means)

    assert first(here.means, [1, 2, 3], [1, 2, 3]) is None
    assert first(here.means, [1, 2, 3], [1, 0, 3]) == ("D", "b", 1)
    assert first(here.means, [1, 2, 3], [1, 2, -1]) == ("index", "c", 1)
    assert first(here.means, [GAP, 2, 3], [1, GAP, 3]) is None
    low = {"D": "arithmetic", "index": "geometric"}
    assert first(low, [1, 1, 1], [-3, 1, 5]) == ("index", "D", 1)
    assert first(low, [-1, 9, 1]) is None  # D itself is above 0
    assert first(dict.fromkeys(low, "arithmetic"), [-1, -1, -1]) is None


# Slopes.


def test_a_slope_at_one_point_is_the_derivative():
    here = tree()
    cells = values([1, 16, 9])
    nodes = aggregate_values(here, cells, here.weights())
    got = slopes(here, cells, cells, (nodes, nodes))
    # d D / d a = 3/4 x 2 / 1, d D / d b = 1/4 x 2 / 16, each times 2/3
    np.testing.assert_allclose(got, [[1, 1 / 48, 1 / 3]])


positive = st.floats(0.1, 100)
points = st.lists(
    st.tuples(positive, positive, st.booleans()), min_size=3, max_size=3
).filter(lambda cells: not all(missing for _, _, missing in cells))
kinds = st.sampled_from(MEANS)


@given(points, kinds, kinds)
def test_slopes_explain_a_step_between_two_points_exactly(cells, low, high):
    here = tree((low, high))
    start, end = (
        values([GAP if missing else pair[side] for *pair, missing in cells])
        for side in (0, 1)
    )
    nodes = [aggregate_values(here, cells, here.weights()) for cells in (start, end)]
    got = np.nansum(slopes(here, start, end, tuple(nodes)) * (end - start))
    step = nodes[1]["index"][0, 0] - nodes[0]["index"][0, 0]
    np.testing.assert_allclose(got, step, atol=1e-9, rtol=1e-7)


# Designs.

FLAT = pd.DataFrame({"a": [0, 5, 10], "b": [3, 2, 1]}, index=list("xyz"))


def design(frame=FLAT, **choices):
    ups = dict.fromkeys(frame, "better")
    return composite_index(frame, directions=ups, **choices).design


@pytest.mark.parametrize(
    ("choices", "vary", "tried"),
    [
        ({}, (), ["minmax "]),
        ({}, ("normalise",), ["minmax ", "zscore ", "rank "]),
        ({}, ("aggregate",), ["minmax ", "minmax geometric"]),
        # z-scores have values below 0, so they have no other mean
        (
            {}, FACTORS,
            ["minmax ", "minmax geometric", "zscore ", "rank ", "rank geometric"],
        ),
        (
            {"normalise": "rank", "aggregate": "geometric"}, FACTORS,
            ["rank ", "rank arithmetic", "minmax ", "minmax arithmetic",
             "zscore arithmetic"],
        ),
        ({"frame": FLAT[["a"]]}, FACTORS, ["minmax ", "zscore ", "rank "]),
    ],
)  # fmt: skip
def test_every_pair_that_is_defined_is_tried_the_own_one_first(choices, vary, tried):
    got = list(every_spec(design(**choices), vary))
    assert [f"{spec.method} {spec.mean}" for spec in got] == tried


def test_a_mean_that_needs_values_above_zero_gets_them_from_one_to_a_hundred():
    own, geometric, harmonic = every_spec(design(), ("aggregate",), MEANS)
    np.testing.assert_allclose(own.values, [[0, 100], [50, 50], [100, 0]])
    for spec in (geometric, harmonic):
        np.testing.assert_allclose(spec.values, [[1, 100], [50.5, 50.5], [100, 1]])
        assert spec.rescaled == (1, 100)
    assert own.rescaled is None
    assert own.means == {"index": "arithmetic"}
    assert harmonic.means == {"index": "harmonic"}
    positive_ = Normalisation(scale=(2, 4))
    kept = list(every_spec(design(normalise=positive_), ("aggregate",)))[1]
    np.testing.assert_allclose(kept.values, [[2, 4], [3, 3], [4, 2]])
    assert kept.rescaled is None


def test_a_region_is_scored_by_what_it_has_and_not_by_its_values():
    frame = pd.DataFrame(
        {"a": [1, 2, GAP, GAP], "b": [2, 1, 5, GAP], "c": [1, GAP, GAP, 9]},
        index=list("wxyz"),
    )
    part = Aggregation(min_share=2 / 3)
    assert scored_regions(design(frame, aggregate=part)).tolist() == [
        True, True, False, False,
    ]  # fmt: skip


# Draws, against chances worked out by hand.

# p is better by a (3 of 5), q by b and c: 60 to 40, so q is more in need.
TWO = pd.DataFrame({"a": [1, 0], "b": [0, 1], "c": [0, 1]}, index=["p", "q"])


def drawn(**more):
    made = composite_index(
        TWO, directions=dict.fromkeys(TWO, 1), weights={"a": 3}
    ).design
    return assess_ranks(made, **more)


def test_one_indicator_is_left_out_in_half_of_the_draws_each_as_often():
    # p is most in need where a is left out: half of the draws, one of three.
    got = drawn(n=20_000, top=1, vary=("leave_out",))
    table = got.table
    assert table["p_top"].tolist() == pytest.approx([1 / 6, 5 / 6], abs=0.01)
    assert table["p_bottom"].tolist() == pytest.approx([5 / 6, 1 / 6], abs=0.01)
    assert table[["rank", "rank_low", "rank_median", "rank_high"]].values.tolist() == [
        [2, 1, 2, 2], [1, 1, 1, 2],
    ]  # fmt: skip
    assert table["shift"].tolist() == pytest.approx([1 / 6, 1 / 6], abs=0.01)
    assert got.mean_shift == pytest.approx(1 / 6, abs=0.01)
    assert got.drivers.values.tolist() == [
        ["leave_out", "a", 1], ["leave_out", "b", 0], ["leave_out", "c", 0],
    ]  # fmt: skip
    assert (got.draws, got.seed, got.top, got.vary) == (20_000, 18, 1, ("leave_out",))


@pytest.mark.parametrize(
    ("spread", "chance"),
    # p needs most where 3 u < v + w, all even between 1 - s and 1 + s. P(v + w > t)
    # is (2 + 2 s - t) ** 2 / (8 s ** 2) from 2 on, 1 minus the like of it before; over
    # all 3 u that makes 1/144 with s = 1/4 and 25/144 with s = 1/2. With s = 1/5, the
    # least of 3 u is the most of v + w.
    [(0.25, 1 / 144), (0.5, 25 / 144), (0.2, 0)],
)
def test_weights_are_drawn_within_their_spread_and_all_parts_of_it(spread, chance):
    got = drawn(n=40_000, top=1, spread=spread, vary=("weights",))
    assert got.table["p_top"]["p"] == pytest.approx(chance, rel=0.2, abs=0)
    assert got.spread == spread
    (alone,) = got.drivers.values.tolist()
    assert alone[:2] == ["weights", ""]
    # of the first thousand draws only
    assert alone[2] == pytest.approx(chance, abs=0.04)


def test_each_normalisation_is_drawn_as_often_as_the_others():
    # Min-max: x 50, y 50, z 54.5. Z-scores: y is lowest, then x, then z. Ranks: 2 each.
    frame = pd.DataFrame({"a": [10, 0, 1], "b": [0, 9, 8.9]}, index=list("xyz"))
    got = assess_ranks(design(frame), n=8_000, top=1, vary=("normalise",))
    assert got.table["rank"].tolist() == [1, 1, 3]
    assert got.table["p_top"].tolist() == pytest.approx([2 / 3, 1, 1 / 3], abs=0.02)
    assert got.drivers.values.tolist() == [
        ["normalise", "zscore", pytest.approx(1 / 3)],
        ["normalise", "rank", pytest.approx(2 / 3)],
    ]
