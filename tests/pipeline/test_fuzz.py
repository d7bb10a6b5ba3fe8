"""Damaged files: read with every row accounted for, or refused in words.

How many are tried: KKBPK_FUZZ (the suite tries few; ``make fuzz`` tries 2,000).
"""

import os
import subprocess
import sys

import pytest
from fuzz.corpus import (
    BESIDE,
    BESIDE_TEXT,
    LAYER_PROVINCE,
    LAYERS,
    PROJECT,
    SHEETS,
    files,
)
from fuzz_many import HERE, judged, mutant

import kkbpk_geo as kg
from kkbpk_geo.pipeline import read_project

TRIED = int(os.environ.get("KKBPK_FUZZ", "120"))
START = 7_000_000


BOOKS = [f"{name}.{form}" for name in SHEETS for form in ("csv", "xlsx", "ods", "xls")]
# Prints what the corpus holds: a second process makes the same.
SUMS = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from fuzz.corpus import files
for name, data in sorted(files().items()):
    print(name, hashlib.sha256(data).hexdigest())
"""


@pytest.mark.parametrize("name", BOOKS)
def test_the_files_that_are_damaged_are_whole_to_begin_with(name, tmp_path):
    path = tmp_path / name
    path.write_bytes(files()[name])
    table = kg.read_table(path, province="Lampung")
    assert table.rows_in >= 2
    assert not [f for f in table.findings if f.severity == "error"]


@pytest.mark.parametrize("suffix", LAYERS)
def test_the_layers_that_are_damaged_are_whole_to_begin_with(suffix, tmp_path):
    path = tmp_path / f"batas{suffix}"
    path.write_bytes(files()[path.name])
    assert len(kg.load_boundaries(LAYER_PROVINCE, path=path)) == 5


def test_the_project_that_is_damaged_is_whole_to_begin_with(tmp_path):
    (tmp_path / PROJECT).write_bytes(files()[PROJECT])
    for name in BESIDE:
        (tmp_path / name).write_text(BESIDE_TEXT)
    assert read_project(tmp_path / PROJECT).year == 2025


def test_every_file_of_the_corpus_has_a_test_of_its_being_whole():
    assert {*BOOKS, *(f"batas{one}" for one in LAYERS), PROJECT} == set(files())


def test_another_process_makes_the_same_corpus():
    command = [sys.executable, "-c", SUMS, str(HERE)]
    sums = [subprocess.check_output(command) for _ in range(2)]
    assert sums[0] == sums[1]


def test_a_damaged_file_is_read_or_refused_in_words_and_no_row_is_lost():
    verdicts = judged(START, START + TRIED)
    assert len(verdicts) == TRIED
    assert [verdict for verdict in verdicts if verdict[3]] == []


def test_a_number_makes_the_same_damaged_file_again():
    assert mutant(5) == mutant(5)
    assert mutant(5) != mutant(6)
