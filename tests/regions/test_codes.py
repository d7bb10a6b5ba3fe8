"""What a dotted code says by itself."""

import doctest

import pytest

from kkbpk_geo.regions import codes
from kkbpk_geo.regions.codes import (
    LEVELS,
    depth_of,
    dotted,
    level_of,
    parent_of,
    province_part,
)

LINE = ("18", "18.10", "18.10.01", "18.10.01.2001")


def test_a_code_tells_its_level_by_its_dots():
    assert tuple(map(level_of, LINE)) == LEVELS
    assert [depth_of(level) for level in LEVELS] == [0, 1, 2, 3]


def test_each_code_lies_in_the_one_before_it_and_all_in_the_province():
    assert tuple(map(parent_of, LINE)) == ("", *LINE[:-1])
    assert set(map(province_part, LINE)) == {"18"}


@pytest.mark.parametrize("code", LINE)
def test_dots_are_put_back_where_they_were(code):
    assert dotted(code.replace(".", "")) == code


def test_the_examples_are_true():
    assert doctest.testmod(codes).failed == 0
