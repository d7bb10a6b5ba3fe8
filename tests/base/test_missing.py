"""What says nothing, and the number of what says one."""

import doctest

import numpy as np
import pandas as pd
import pytest

from kkbpk_geo.base import missing
from kkbpk_geo.base.missing import as_float, as_int, is_missing

NOTHING = [None, float("nan"), np.nan, np.float32("nan"), pd.NaT, pd.NA]


@pytest.mark.parametrize("cell", NOTHING)
def test_every_way_of_saying_nothing_is_missing(cell):
    assert is_missing(cell)
    assert as_float(cell) is None
    assert as_int(cell) is None


@pytest.mark.parametrize("cell", ["", "nan", 0, 0.0, False, float("inf"), [], ()])
def test_what_is_empty_zero_or_endless_is_not_missing(cell):
    assert not is_missing(cell)


@pytest.mark.parametrize("cell", [3, 3.0, np.int64(3), np.float64(3), np.int8(3)])
def test_a_number_is_read_whatever_kind_of_number_a_frame_holds(cell):
    assert (as_float(cell), as_int(cell)) == (3.0, 3)
    assert (type(as_float(cell)), type(as_int(cell))) == (float, int)


def test_a_number_beyond_every_float_stays_whole():
    assert as_int(2**63 + 1) == 2**63 + 1


@pytest.mark.parametrize("cell", ["3", "", "x", [3]])
def test_a_text_is_no_number(cell):
    assert (as_float(cell), as_int(cell)) == (None, None)


def test_an_array_is_no_cell():
    with pytest.raises(ValueError, match="ambiguous"):
        is_missing(np.array([1, 2]))


def test_the_examples_are_true():
    assert doctest.testmod(missing).failed == 0
