"""Commands broken at a random point: no file is cut, and what is left says what it is.

How many are tried: KKBPK_BREAKS (the suite tries few; ``make breaks`` tries 100).
"""

import os

import pytest
from breaks.breaking import Ended, Results, judge, lot_of, prepare
from breaks.office import COMMANDS
from breaks_many import tried

from kkbpk_geo.io.saving import MARKER

TRIED = int(os.environ.get("KKBPK_BREAKS", "8"))
START = 7_000_000
OLD = {"a": b"old", "b": b"old"}
NEW = {"a": b"new", "b": b"new"}
MIXED = {"a": b"new", "b": b"old"}
SAID = "kkbpk-geo: no.\n"
STOPPED = "kkbpk-geo: dihentikan / stopped; the old files are whole\n"


@pytest.mark.skipif(os.name != "posix", reason="there are no such signals")
def test_a_broken_command_leaves_whole_files_and_says_how_it_ended():
    done = tried(range(START, START + TRIED), ["score"])
    assert len(done) == TRIED
    assert [words for *_, words in done if words] == []


def test_a_number_makes_the_same_break_again():
    names = sorted(COMMANDS)
    assert lot_of(5, names) == lot_of(5, names)
    assert lot_of(5, names) != lot_of(6, names)


def test_a_command_that_writes_nothing_cannot_be_prepared(tmp_path, monkeypatch):
    monkeypatch.setitem(COMMANDS, "score", COMMANDS["score"]._replace(words=("so",)))
    with pytest.raises(RuntimeError, match="score"):
        prepare("score", tmp_path)


@pytest.mark.parametrize(
    ("way", "code", "said", "files", "wrong"),
    [
        ("full", 2, SAID, OLD, ""),
        ("full", 0, "", NEW, ""),
        ("kill", -9, "", OLD, ""),
        ("kill", -9, "", {**MIXED, MARKER: b"note"}, ""),
        ("int", 130, STOPPED, OLD, ""),
        ("int", 130, STOPPED, NEW, "code 130"),
        ("full", 0, "", OLD, "ended well without its files"),
        ("full", 2, SAID, NEW, "code 2"),
        ("full", 2, SAID * 2, OLD, "not one sentence"),
        ("full", 2, "", OLD, "not one sentence"),
        ("full", 2, "Traceback\n", OLD, "said: Traceback"),
        ("kill", -9, "", MIXED, "old and new stand side by side"),
        ("kill", -9, "", {"a": b"ne", "b": b"old"}, "cut: ['a']"),
        ("kill", -9, "", {"a": b"new"}, "cut: []; lost: ['b']"),
        ("kill", -15, "", OLD, "code -15"),
    ],
)
def test_what_is_wrong_is_seen(tmp_path, way, code, said, files, wrong):
    results = Results(tmp_path, OLD, NEW, touches=1, seconds=1.0)
    found = judge(Ended(code, said, files, []), results, way)
    assert found.startswith(wrong)
    assert bool(found) == bool(wrong)
