"""What a change is made of, worked out by hand."""

import numpy as np
import pytest

from kkbpk_geo.analysis.change.effects import decompose_change, rank_changes

NONE = np.nan


def test_the_change_of_a_ratio_is_split_into_own_and_shift():
    # 100 of 300 become 110 of 200: from 1/3 to 0.55, middle 0.441667. Shares of the
    # denominator go from 1/3 and 2/3 to a half each, rates from 0.2, 0.4 to 0.3, 0.8.
    numbers = np.array([[20, 100, 20, 30, 100, 30], [80, 200, 40, 80, 100, 80]], float)
    own, shift, both = decompose_change(numbers, 100).T
    assert own == pytest.approx([100 * 5 / 12 * 0.1, 100 * 7 / 12 * 0.4])
    assert shift == pytest.approx(
        [100 * (0.25 - 0.441667) / 6, -100 * (0.6 - 0.441667) / 6], abs=1e-4
    )
    assert both.sum() == pytest.approx(55 - 100 / 3)


def test_the_change_of_a_count_is_its_part_in_the_growth_of_the_total():
    numbers = np.array([[10, NONE, 10, 20, NONE, 20], [30, NONE, 30, 30, NONE, 30]])
    own, shift, both = decompose_change(numbers, 1).T
    assert np.isnan([own, shift]).all()
    assert both.tolist() == [25, 0]


def test_places_gained_are_certain_where_chance_cannot_turn_them():
    numbers = np.array([[9e6, NONE, 9e6, 10, NONE, 10], [10, NONE, 10, 9e6, NONE, 9e6]])
    got = rank_changes(numbers, "better", seed=18)
    # The first falls from far above to rank 1, most in need: one place lost.
    assert got.tolist() == [[2, 2, 2, 1, 1, 1, -1, -1, -1], [1, 1, 1, 2, 2, 2, 1, 1, 1]]
    assert rank_changes(numbers, "worse", seed=18).tolist() == [
        [1, 1, 1, 2, 2, 2, 1, 1, 1],
        [2, 2, 2, 1, 1, 1, -1, -1, -1],
    ]


def test_where_neither_side_is_good_rank_1_is_the_highest_and_gains_go_towards_it():
    numbers = np.array([[9e6, NONE, 9e6, 10, NONE, 10], [10, NONE, 10, 9e6, NONE, 9e6]])
    got = rank_changes(numbers, "context", seed=18)
    assert got.tolist() == [[1, 1, 1, 2, 2, 2, -1, -1, -1], [2, 2, 2, 1, 1, 1, 1, 1, 1]]


def test_a_region_without_a_numerator_leaves_nobody_a_rank():
    numbers = np.array([[NONE, NONE, 9, 10, NONE, 10], [10, NONE, 10, 9, NONE, 9]])
    assert np.isnan(rank_changes(numbers, "better", seed=18)).all()
