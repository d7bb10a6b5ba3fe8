"""Damaged files: read with every row accounted for, or refused in words.

How many are tried: KKBPK_FUZZ (the suite tries few; ``make fuzz`` tries 2,000).
"""

import os

import pytest
from fuzz.corpus import files
from fuzz_many import judged, mutant

import kkbpk_geo as kg

TRIED = int(os.environ.get("KKBPK_FUZZ", "120"))
START = 7_000_000


@pytest.mark.parametrize("name", sorted(files()))
def test_the_files_that_are_damaged_are_whole_to_begin_with(name, tmp_path):
    path = tmp_path / name
    path.write_bytes(files()[name])
    table = kg.read_table(path, province="Lampung")
    assert table.rows_in >= 2
    assert not [f for f in table.findings if f.severity == "error"]


def test_a_damaged_file_is_read_or_refused_in_words_and_no_row_is_lost():
    verdicts = judged(START, START + TRIED)
    assert len(verdicts) == TRIED
    assert [verdict for verdict in verdicts if verdict[3]] == []


def test_a_number_makes_the_same_damaged_file_again():
    assert mutant(5) == mutant(5)
    assert mutant(5) != mutant(6)
