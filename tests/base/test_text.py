"""A cell as text, whatever it is stored as."""

import datetime
import doctest
import random
from difflib import SequenceMatcher, get_close_matches
from itertools import product

import numpy as np
import pandas as pd
import pytest

from kkbpk_geo.base import text
from kkbpk_geo.base.text import (
    as_text,
    bare_letters,
    close_matches,
    first_alike,
    fold_entry,
    fold_words,
    is_alike,
    ratio,
)


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


# --- alike ----------------------------------------------------------------------------


def names(rng, count, letters="abcd ", longest=12):
    """Texts of few letters: many are nearly alike, and many runs of letters repeat."""
    made = []
    for _ in range(count):
        text = "".join(rng.choices(letters, k=rng.randint(0, longest)))
        made += [text, text[:3] + "z" + text[4:]]
    return list(dict.fromkeys(made))


def difflibs(one, other):
    return SequenceMatcher(None, one, other).ratio()


@pytest.mark.parametrize("letters", ["ab", "abcd ", "aeiou klmnrst"])
def test_the_ratio_is_that_of_difflib_to_the_last_digit(letters):
    some = names(random.Random(1), 30, letters, 30)
    for one, other in product(some, some):
        wanted = difflibs(one, other)
        assert ratio(one, other) == wanted, (one, other)
        for least in (0.6, 0.84, wanted, wanted + 1e-12):
            assert is_alike(one, other, least) == (wanted >= least), (one, other)


def test_of_a_long_text_frequent_letters_are_left_out_as_difflib_does():
    rng = random.Random(2)
    for length in (199, 200, 201, 260):
        one = "".join(rng.choices("ab", k=length))
        other = "".join(rng.choices("abc", k=length))
        assert ratio(one, other) == difflibs(one, other)
        assert is_alike(one, other, 0.3) == (difflibs(one, other) >= 0.3)


def test_close_matches_are_those_of_difflib_in_its_order():
    rng = random.Random(3)
    known = names(rng, 60, "abc ", 9)
    for word in names(rng, 60, "abc ", 9):
        for most, least in ((1, 0.6), (3, 0.6), (6, 0.4), (2, 0.84)):
            wanted = get_close_matches(word, known, most, least)
            assert close_matches(word, known, most=most, least=least) == wanted


def test_the_first_alike_is_the_first_before_it_in_whatever_block_it_stands():
    # More than the 256 rows that are held at a time.
    texts = names(random.Random(4), 200, "abcdef ", 14)
    wanted = []
    for at, name in enumerate(texts):
        before = [i for i in range(at) if difflibs(name, texts[i]) >= 0.84]
        wanted += [(at, before[0])] if before else []
    assert len(texts) > 256
    assert list(first_alike(texts, 0.84)) == wanted


def test_texts_that_are_set_apart_are_not_compared_and_others_are_with_all():
    texts = ["lomba kader di a", "lomba kader di b", "lomba kadr di a", "lomba kader d"]
    assert [at for at, _ in first_alike(texts, 0.84)] == [1, 2, 3]
    assert list(first_alike(texts, 0.84, ["a", "b", "a", ""])) == [(2, 0), (3, 0)]
    # What says nothing is compared with what stands before it, whatever that says.
    assert list(first_alike(texts[:2], 0.84, ["", "b"])) == [(1, 0)]
    assert list(first_alike(texts[:2], 0.84, ["a", ""])) == [(1, 0)]


def test_a_pair_that_is_just_alike_enough_is_found():
    # 2 x 21 of 50 letters: 0.84, which single precision writes as 0.83999997.
    one, other = "a" * 21 + "bcde", "a" * 21 + "fghi"
    assert ratio(one, other) == 0.84
    assert list(first_alike([one, other], 0.84)) == [(1, 0)]
    assert close_matches(one, [other], most=1, least=0.84) == [other]
