"""A cell as text, whatever it is stored as."""

import datetime
import doctest

import numpy as np
import pandas as pd
import pytest

from kkbpk_geo.base import text
from kkbpk_geo.base.text import as_text


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("18.10", "18.10"),
        ("", ""),
        (18.0, "18"),
        (np.float64(18), "18"),
        (18.1, "18.1"),
        (1e15, "1000000000000000"),
        (1e16, "1e+16"),
        (datetime.date(2025, 11, 1), "2025-11-01"),
        (True, "True"),
        (None, ""),
        (float("nan"), ""),
        (pd.NA, ""),
        (pd.NaT, ""),
    ],
)
def test_a_cell_is_written_as_a_person_would_read_it(cell, said):
    assert as_text(cell) == said


def test_the_examples_are_true():
    assert doctest.testmod(text).failed == 0
