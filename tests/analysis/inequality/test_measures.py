"""Each formula at numbers that can be worked out on paper."""

import math

import numpy as np
import pandas as pd
import pytest

from kkbpk_geo.analysis.inequality.measures import decompose, mld, ridits, theil

EVEN = np.array([0.5, 0.5])


def test_equal_ranks_share_the_middle_of_their_people():
    people = np.array([0.2, 0.3, 0.5])
    assert ridits(people, np.array([7, 7, 9])).tolist() == [0.25, 0.25, 0.75]


def test_theil_and_mld_of_one_and_three():
    # Mean 2: shares of it 0.5 and 1.5.
    y = np.array([1.0, 3.0])
    assert theil(y, EVEN) == pytest.approx(
        0.5 * (0.5 * math.log(0.5) + 1.5 * math.log(1.5))
    )
    assert mld(y, EVEN) == pytest.approx(-0.5 * math.log(0.5 * 1.5))


def test_a_zero_adds_nothing_to_theil_and_leaves_mld_undefined():
    y = np.array([0.0, 2.0])
    assert theil(y, EVEN) == pytest.approx(math.log(2))
    assert math.isnan(mld(y, EVEN))


def test_groups_that_are_even_within_differ_only_between():
    groups = pd.Series(["kab", "kab", "kota"])
    parts, within = decompose(
        np.array([2.0, 2.0, 8.0]), np.array([0.25, 0.25, 0.5]), groups
    )
    # Mean 5: both groups are 3 away from it.
    assert parts.loc["bgv"].tolist() == [9, 9, 0, 1]
    assert within["regions"].to_dict() == {"kab": 2, "kota": 1}
    assert within["mean"].to_dict() == {"kab": 2, "kota": 8}


def test_a_group_of_zeros_holds_nothing_of_the_total():
    groups = pd.Series(["a", "b", "b"])
    parts, _ = decompose(np.array([0.0, 1.0, 3.0]), np.array([0.5, 0.25, 0.25]), groups)
    inner = theil(np.array([1.0, 3.0]), EVEN)
    assert parts.loc["theil", "within"] == pytest.approx(inner)
    assert parts.loc["theil", "between"] == pytest.approx(math.log(2))
