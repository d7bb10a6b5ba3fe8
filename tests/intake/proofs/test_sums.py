"""How much the agreement of a row with a sum proves."""

from __future__ import annotations

import numpy as np
import pytest

from kkbpk_geo.intake.proofs.sums import edge_sums, is_nearly_sum, running_sums

NAN = np.nan


def edges(values, groups=None):
    values = np.array(values, dtype=float)
    groups = np.zeros(len(values), int) if groups is None else np.array(groups)
    found = edge_sums(values, np.arange(len(values)), groups)
    return [(each.row, each.count, each.strength) for each in found]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([[4], [6], [10]], [(2, 2, 10)]),
        ([[10], [4], [6]], [(0, 2, 10)]),
        ([[4, 1], [6, 3], [10, 4]], [(2, 2, 40)]),
        # A column that is half of another, or their sum, proves nothing more.
        ([[4, 2], [6, 3], [10, 5]], [(2, 2, 10)]),
        ([[4, 1, 5], [6, 3, 9], [10, 4, 14]], [(2, 2, 140)]),
        ([[4, 1], [6, 3], [10, NAN]], [(2, 2, 10)]),
        ([[4, 1], [6, 3], [10, 5]], []),
        ([[4], [6.4], [10]], [(2, 2, 10)]),
        ([[4], [6.6], [10]], []),
        ([[0], [0], [0]], []),
        ([[7], [0], [7]], []),  # a copy of one row is no sum
        ([[7], [7]], []),
        ([[4_000], [6_000], [10_000]], [(2, 2, 1_000)]),
    ],
)
def test_a_sum_is_weighed_by_its_independent_columns(values, found):
    assert edges(values) == found


def test_each_group_has_a_first_and_a_last_row():
    values = [[4], [9], [6], [3], [10], [12], [1]]
    assert edges(values, [0, 1, 0, 1, 0, 1, 0]) == [(5, 2, 12.0)]


def test_a_running_sum_is_found_anywhere_in_its_group():
    values = np.array([[4.0], [6.0], [10.0], [7.0]])
    found = running_sums(values, np.arange(4), np.zeros(4, int))
    assert [(each.row, each.edge) for each in found] == [(2, False)]


@pytest.mark.parametrize(
    ("figures", "near"),
    [([90, 9], True), ([110, 11], True), ([89, 10], False), ([112, 10], False),
     ([NAN, 10], True), ([0, 0], False)],
)  # fmt: skip
def test_a_total_that_misses_a_row_is_off_by_a_tenth_at_most(figures, near):
    values = np.array([[40, 4], [60, 6], figures], dtype=float)
    assert is_nearly_sum(values, 2, np.array([0, 1])) is near
