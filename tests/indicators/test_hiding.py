"""Small counts stay hidden from whoever can add and subtract."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kkbpk_geo.indicators.hiding import Hiding, hide

LIMIT = 5
MEASURES = 4  # three parts and their whole


def total_of(*cells):
    return dict.fromkeys(cells, 1)


def test_counts_of_one_to_four_are_small_and_others_are_not():
    found = hide([0, 1, 4, 5, 60], [], LIMIT)
    assert found.small == {1, 2}
    assert found.others == set()


def test_of_a_known_total_the_smallest_other_count_is_hidden_too():
    # 2 = 49 - 30 - 17 would be read off; 17 is the smaller loss.
    assert hide([2, 30, 17], [total_of(0, 1, 2)], LIMIT).others == {2}


def test_work_grows_with_the_number_of_parts_and_not_with_their_square():
    # A table of villages is many kecamatan: none has to be looked at for another.
    def steps(parts):
        small = [[2, 7, 30, 55], [40, 3, 20, 60], [12, 33, 1, 70]]
        values, sums = [], []
        for part in range(parts):
            first = 12 * part
            values += [value for row in small for value in row]
            sums += [total_of(*(first + 4 * r + c for c in range(4))) for r in range(3)]
            sums += [total_of(*(first + 4 * r + c for r in range(3))) for c in range(4)]
        found = Counting(values, sums, LIMIT)
        found.complete()
        assert len(found.others) == parts * 3
        return found.looked

    assert steps(20) == 10 * steps(2)


class Counting(Hiding):
    """Hiding that counts how often it looks which cells of a sum are hidden."""

    looked = 0

    def hidden_in(self, number):
        self.looked += 1
        return super().hidden_in(number)


def test_two_small_counts_protect_each_other():
    assert hide([2, 3, 17], [total_of(0, 1, 2)], LIMIT).others == set()


@pytest.mark.parametrize("pair", [(1, 1), (4, 4)])
def test_two_small_counts_at_the_end_of_their_range_do_not(pair):
    # Two counts from 1 to 4 that add up to 2, or to 8, can only be these.
    assert hide([*pair, 17], [total_of(0, 1, 2)], LIMIT).others == {2}


def test_a_count_at_the_limit_does_not_protect_a_one():
    # 6 in all, one of them 1 to 4 and the other 5 or more, are 1 and 5; 10 in all may
    # be 1 and 9 or 2 and 8.
    assert hide([1, 5, 9], [total_of(0, 1, 2)], LIMIT).others == {2}


def test_a_zero_is_hidden_only_where_nothing_else_is_left():
    assert hide([2, 0, 30], [total_of(0, 1, 2)], LIMIT).others == {2}
    assert hide([2, 0], [total_of(0, 1)], LIMIT).others == {1}


def test_a_part_is_not_left_over_when_the_other_parts_are_taken_from_the_whole():
    found = hide([2, 30, 32], [{0: 1, 1: 1, 2: -1}], LIMIT)
    assert found.others == {1}


def test_a_count_that_endangers_no_other_sum_is_preferred():
    # 0 needs 1 or 2; with the smaller 1, its own total would need a further one.
    sums = [total_of(0, 1, 2), total_of(1, 3)]
    assert hide([2, 10, 11, 12], sums, LIMIT).others == {2}


def test_wholes_are_shown_as_long_as_parts_will_do():
    # Users 90 = modern 88 + traditional 2; modern 88 = pill 60 + implant 28. Without
    # storeys all users, in no sum above, would be as good a choice as those of a part.
    users, modern, traditional, pill, implant = range(5)
    sums = [
        {modern: 1, traditional: 1, users: -1},
        {pill: 1, implant: 1, modern: -1},
    ]
    assert hide([90, 88, 2, 60, 28], sums, LIMIT).others == {modern, implant}


def test_what_is_hidden_beside_a_small_count_is_protected_as_well():
    sums = [total_of(0, 1), total_of(1, 2, 3)]
    assert hide([2, 10, 40, 30], sums, LIMIT).others == {1, 3}


def test_sums_that_only_together_give_a_count_away_are_seen():
    # Each sum has two hidden counts, but (a+b) + (a+c) - (b+c) = 2a.
    sums = [total_of(0, 1), total_of(0, 2), total_of(1, 2, 3)]
    found = hide([2, 3, 2, 40], sums, LIMIT)
    assert found.others == {3}


def test_a_count_that_is_in_no_sum_needs_no_company():
    assert hide([3, 40], [], LIMIT).hidden == {0}


@st.composite
def tables(draw):
    """Regions in families of two or more; parts and their whole; their known sums."""
    sizes = draw(st.lists(st.integers(2, 4), min_size=1, max_size=3))
    count = st.one_of(st.integers(0, 7), st.integers(0, 60))
    values, sums, first = [], [], 0
    for _ in range(sum(sizes)):
        parts = [draw(count) for _ in range(MEASURES - 1)]
        at = len(values)
        values += [*parts, sum(parts)]
        sums.append({at: 1, at + 1: 1, at + 2: 1, at + 3: -1})
    for size in sizes:
        regions = range(first, first + size)
        sums += [
            total_of(*(r * MEASURES + m for r in regions)) for m in range(MEASURES)
        ]
        first += size
    return values, sums, draw(st.sampled_from([3, 5, 10]))


def solved_exactly(hidden, sums):
    """Which hidden cells follow from the sums: by elimination in fractions."""
    order = sorted(hidden)
    rows = [[Fraction(each.get(cell, 0)) for cell in order] for each in sums]
    pivots = []
    for column in range(len(order)):
        top = len(pivots)
        swap = next((i for i in range(top, len(rows)) if rows[i][column]), None)
        if swap is None:
            continue
        rows[top], rows[swap] = rows[swap], rows[top]
        rows[top] = [x / rows[top][column] for x in rows[top]]
        for i, row in enumerate(rows):
            if i != top and row[column]:
                factor = row[column]
                rows[i] = [a - factor * b for a, b in zip(row, rows[top], strict=True)]
        pivots.append(column)
    alone = [row for row in rows if sum(map(bool, row)) == 1]
    return {order[row.index(next(filter(bool, row)))] for row in alone}


@settings(max_examples=150, deadline=None)
@given(tables())
def test_no_hidden_count_is_alone_in_a_known_sum(table):
    values, sums, limit = table
    found = hide(values, sums, limit)
    for each in sums:
        assert len(found.hidden & set(each)) != 1


@settings(max_examples=150, deadline=None)
@given(tables())
def test_no_hidden_count_follows_from_all_sums_together(table):
    values, sums, limit = table
    found = hide(values, sums, limit)
    assert solved_exactly(found.hidden, sums) == set()


@settings(max_examples=150, deadline=None)
@given(tables())
def test_no_sum_leaves_a_small_count_only_one_number_it_could_be(table):
    values, sums, limit = table
    found = hide(values, sums, limit)
    for each in sums:
        hidden = found.hidden & set(each)
        if hidden == set(each):
            continue  # nothing is left to hide; who knows the method may know more
        known = sum(each[c] * values[c] for c in hidden)
        for cell in hidden & found.small:
            fits = [
                x
                for x in range(1, limit)
                if could_be(known - each[cell] * x, hidden - {cell}, each, found)
            ]
            assert len(fits) > 1


def could_be(rest, others, signs, found):
    """Whether the other hidden counts can make up the rest of a sum."""
    low = high = 0
    for cell in others:
        least, most = 1, found.limit - 1
        if cell in found.others:
            # Neither small nor 0 where more than 0 was there.
            least, most = (found.limit, 10**6) if found.values[cell] else (0, 0)
        if signs[cell] < 0:
            least, most = -most, -least
        low, high = low + least, high + most
    return low <= rest <= high


@given(tables())
@settings(max_examples=30, deadline=None)
def test_small_counts_are_hidden_all_and_the_same_ones_each_time(table):
    values, sums, limit = table
    one, two = hide(values, sums, limit), hide(values, sums, limit)
    assert one.small == {i for i, x in enumerate(values) if 1 <= x < limit}
    assert (one.small, one.others) == (two.small, two.others)
    assert not one.small & one.others
