"""A cell as text, whatever it is stored as."""

import datetime
import doctest

import numpy as np
import pandas as pd
import pytest

from kkbpk_geo.base import text
from kkbpk_geo.base.text import as_text, bare_letters, fold_entry, fold_words


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


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("JUMLAH_BKB", "jumlah bkb"),
        ("Kelurahan /\nDesa", "kelurahan desa"),
        ("STATUS BER-KB", "status ber kb"),
        ("% Lapor", "persen lapor"),
        ("> 2019", "lebih 2019"),
        ("Métode\u00a0KB", "metode kb"),
        ("∑ PUS", "jumlah pus"),
    ],
)
def test_folding_leaves_letters_digits_and_single_spaces(printed, folded):
    assert fold_words(printed) == folded


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("18.01", "18.01"),  # the dot tells it from 1801
        ("Way\nKanan ", "waykanan"),
        ("Nusa_Penida (2)", "nusapenida2"),
        ("Kép. Sula", "kep.sula"),
    ],
)
def test_entries_are_the_same_however_they_are_spaced(typed, folded):
    assert fold_entry(typed) == folded


def test_bare_letters_lose_case_and_accents_and_nothing_else():
    assert bare_letters("Ünïcode & (ÀÇ) 2") == "unicode & (ac) 2"
    assert bare_letters("ASCII & (AC) 2") == "ascii & (ac) 2"


def test_the_examples_are_true():
    assert doctest.testmod(text).failed == 0
