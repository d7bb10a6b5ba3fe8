"""What the docstrings of the door show is what a reader gets."""

import doctest

import pytest

from kkbpk_geo.maps import describe
from kkbpk_geo.maps.content import options
from kkbpk_geo.maps.page import workmap
from kkbpk_geo.maps.paper import static


@pytest.mark.parametrize("module", [options, describe, workmap, static])
def test_the_examples_of_maps_run_as_they_are_written(module):
    failed, tried = doctest.testmod(module)
    assert tried
    assert not failed
