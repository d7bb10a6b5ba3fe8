"""A workbook that ends its reader is a sentence; the next one is read all the same."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

import kkbpk_geo
from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.io.grids import load_grids
from kkbpk_geo.io.reading.apart import calling
from kkbpk_geo.io.reading.apart.values import Wanted

ROWS = [["KAB", "PUS"], ["Mesuji", 5]]
SAYS_READY = "import pickle, sys; pickle.dump('ready', sys.stdout.buffer); "
FAR = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<sheetData><c r="A1"><v>1</v></c><c r="{}"><v>1</v></c></sheetData></worksheet>'
)


@pytest.fixture
def reader(monkeypatch):
    """A reader of the test's own, ended with it."""
    own = calling._Reader()
    monkeypatch.setattr(calling, "_READER", own)
    yield own
    own.end()


def workbook(far=""):
    """Return a workbook; one whose sheet has a value in a far cell, on demand."""
    book, whole = openpyxl.Workbook(), io.BytesIO()
    for row in ROWS:
        book.active.append(row)
    book.save(whole)
    if not far:
        return whole.getvalue()
    other = io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            is_sheet = name == "xl/worksheets/sheet1.xml"
            new.writestr(name, FAR.format(far) if is_sheet else old.read(name))
    return other.getvalue()


def ask(data, *, size=10_000, cells=0):
    grids = calling.read_apart("a.xlsx", data, Wanted(), size=size, cells=cells)
    return [grid.rows for grid in grids]


@pytest.mark.usefixtures("reader")
def test_a_reader_without_memory_is_a_sentence_and_the_next_file_is_read(capfd):
    with pytest.raises(IntakeError) as error:
        ask(workbook(far="XFD1048576"))
    assert str(error.value) == (
        "a.xlsx: damaged workbook, or one of a make that nobody knows: reading it "
        "broke off, or took more than 2000 MB or 30 seconds. Open it in a spreadsheet "
        "program and save it again as XLSX; if it does not open, ask for a whole copy."
    )
    assert error.value.finding == "file_stops_reader"
    assert ask(workbook()) == [ROWS]
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("reader")
def test_what_a_reader_prints_in_a_panic_reaches_no_terminal(capfd):
    with pytest.raises(IntakeError, match="damaged workbook"):
        ask(workbook(far="A4294967295"))
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("reader")
def test_a_reader_that_never_ends_is_ended(monkeypatch):
    monkeypatch.setattr(calling, "LEAST_SECONDS", 1)
    sleeps = SAYS_READY + "sys.stdout.flush(); import time; time.sleep(60)"
    monkeypatch.setattr(calling, "_PROGRAM", sleeps)
    with pytest.raises(IntakeError, match="or 1 seconds"):
        ask(workbook(), size=0)


def test_memory_and_time_follow_from_what_a_workbook_says_of_itself(monkeypatch):
    asked = []

    def ended(request):
        asked.append(request)
        return calling.Reply(stopped=True)

    monkeypatch.setattr(calling._READER, "ask", ended)
    for size, cells in [(0, 0), (10_000_000, 2_000_000), (10**9, 3 * 10**7)]:
        with pytest.raises(IntakeError):
            ask(b"", size=size, cells=cells)
    assert [(each.memory, each.seconds) for each in asked] == [
        (2_000_000_000, 30),
        (2_500_000_000, 60),
        (8_000_000_000, 3_030),
    ]


def test_one_process_reads_all_small_files_and_none_is_kept_after_a_large_one(reader):
    ask(workbook())
    first = reader._process
    ask(workbook(), size=50_000_000)
    assert reader._process is first
    assert first.poll() is None
    ask(workbook(), size=50_000_001)
    assert (reader._process, first.poll() is not None) == (None, True)


def test_a_process_that_somebody_ended_is_replaced(reader):
    ask(workbook())
    reader._process.kill()
    reader._process.wait()
    assert ask(workbook()) == [ROWS]


def test_a_process_that_was_forked_off_starts_a_reader_of_its_own(reader):
    ask(workbook())
    parents, reader._owner = reader._process, os.getpid() + 1
    assert ask(workbook()) == [ROWS]
    assert reader._process is not parents
    assert parents.poll() is None
    parents.kill()
    parents.communicate()


def test_who_stops_the_work_leaves_no_reply_for_the_next_file(reader, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(calling, "_exchange", stop)
        with pytest.raises(KeyboardInterrupt):
            ask(workbook())
    assert reader._process is None
    assert ask(workbook()) == [ROWS]


@pytest.mark.parametrize("name", ["", "/opt/qgis", "/nowhere/python3"])
def test_within_another_program_a_workbook_is_read_all_the_same(
    tmp_path, reader, monkeypatch, name
):
    monkeypatch.setattr(sys, "executable", name)
    (tmp_path / "a.xlsx").write_bytes(workbook())
    assert load_grids(tmp_path / "a.xlsx")[0].rows == ROWS
    assert reader._process is None


def test_where_no_process_can_start_a_workbook_is_read_all_the_same(
    tmp_path, reader, monkeypatch
):
    monkeypatch.setattr(calling, "_PROGRAM", "raise SystemExit(1)")
    (tmp_path / "a.xlsx").write_bytes(workbook())
    assert load_grids(tmp_path / "a.xlsx")[0].rows == ROWS
    assert reader._process is None


def test_a_script_needs_no_guard_and_the_modules_beside_it_are_not_taken(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(workbook())
    (tmp_path / "struct.py").write_text("raise ValueError('not this one')\n")
    root = str(Path(kkbpk_geo.__file__).parent.parent)
    lines = [
        "import sys",
        "sys.path[0] = sys.argv[1]",
        "from kkbpk_geo.io import load_grids",
        "from kkbpk_geo.io.reading.apart import calling",
        "print(load_grids('a.xlsx')[0].rows, calling._READER._process is not None)",
    ]
    (tmp_path / "s.py").write_text("\n".join(lines))
    done = subprocess.run(
        [sys.executable, "-W", "error", "s.py", root],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == (
        "[['KAB', 'PUS'], ['Mesuji', 5.0]] True\n",
        "",
    )
