"""Numbers packed into columns and read again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kkbpk_geo.base.errors import BoundaryError
from kkbpk_geo.regions.store.columns import (
    Reader,
    offsets,
    pack_numbers,
    pack_steps,
    spans,
)

ANY = st.integers(0, 400)


@given(arrays(np.int64, ANY, elements=st.integers(0, 2**32 - 1)))
def test_numbers_come_back(numbers):
    reader = Reader(pack_numbers(numbers), "x")
    assert (reader.numbers() == numbers).all()
    reader.finish()


@given(arrays(np.int64, ANY, elements=st.integers(-(2**29), 2**29)))
def test_steps_come_back(numbers):
    assert (Reader(pack_steps(numbers), "x").steps() == numbers).all()


@pytest.mark.parametrize(
    ("largest", "width"),
    [(0xFF, 1), (0x100, 2), (0xFFFF, 2), (0x10000, 4), (0xFFFFFFFF, 4)],
)
def test_a_number_takes_as_many_bytes_as_the_largest_needs(largest, width):
    packed = pack_numbers(np.array([0, largest]))
    assert len(packed) == 5 + 2 * width


@pytest.mark.parametrize("number", [-1, 2**32])
def test_what_does_not_fit_is_refused(number):
    with pytest.raises(BoundaryError, match="expected 0 to"):
        pack_numbers(np.array([1, number]))


def test_a_step_back_is_as_small_as_a_step_ahead():
    assert len(pack_steps(np.array([100, 0, 100, 0]))) == 5 + 4


@pytest.mark.parametrize("n", range(12))
def test_a_column_that_is_cut_is_refused(n):
    packed = pack_numbers(np.arange(7))
    assert len(packed) == 12
    with pytest.raises(BoundaryError, match=r"^batas\.kgeo is damaged\. Copy"):
        Reader(packed[:n], "batas.kgeo").numbers()


def test_a_column_that_promises_four_thousand_million_numbers_allocates_nothing():
    with pytest.raises(BoundaryError, match="damaged"):
        Reader(b"\xff\xff\xff\xff\x01abc", "x").numbers()


def test_a_width_that_is_none_is_refused():
    with pytest.raises(BoundaryError, match="damaged"):
        Reader(b"\x01\0\0\0\x03abc", "x").numbers()


def test_bytes_that_are_left_over_are_refused():
    reader = Reader(pack_numbers(np.arange(3)) + b"x", "x")
    reader.numbers()
    with pytest.raises(BoundaryError, match="damaged"):
        reader.finish()


def test_offsets_say_where_each_group_begins_and_the_last_one_ends():
    assert offsets(np.array([2, 0, 3])).tolist() == [0, 2, 2, 5]


def test_spans_run_forwards_and_backwards_and_may_be_empty():
    found = spans(np.array([5, 7, 9]), np.array([2, 0, 3]), np.array([1, 1, -1]))
    assert found.tolist() == [5, 6, 9, 8, 7]
