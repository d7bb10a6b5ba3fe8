"""Stopped, full, locked, overwritten: what was there stays, and a sentence says so."""

import os
import signal
import subprocess
import sys

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from kkbpk_geo.cli.commands import app

RUN = CliRunner()
SHEET = (
    "PROVINSI;KABUPATEN;KECAMATAN;KELURAHAN;PUS;UNMET NEED;BULAN\n"
    "LAMPUNG;PRINGSEWU;PRINGSEWU;PODOMORO;100;10;OKTOBER\n"
    "LAMPUNG;MESUJI;MESUJI;WIRALAGA I;200;30;OKTOBER\n"
)
PROJECT = (
    '[masukan]\ntabel = ["pus.csv"]\ntahun = 2025\n\n[keluaran]\nfolder = "hasil"\n'
)
POSIX = pytest.mark.skipif(os.name != "posix", reason="there is no such signal")
# The n-th file that is brought to the disk gets a signal instead.
BROKEN = """
import os, sys
number, sent, seen, real = int(sys.argv[1]), int(sys.argv[2]), [0], os.fsync
def fsync(file):
    seen[0] += 1
    if seen[0] == number:
        os.kill(os.getpid(), sent)
    real(file)
os.fsync = fsync
sys.argv = ["kkbpk-geo", "run", "peta-kerja.toml"]
from kkbpk_geo.cli import run
run()
"""


@pytest.fixture
def office(tmp_path, monkeypatch):
    """A folder with an export, a project, and last month's results."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pus.csv").write_text(SHEET, encoding="utf-8")
    (tmp_path / "peta-kerja.toml").write_text(PROJECT, encoding="utf-8")
    assert RUN.invoke(app, ["run"]).exit_code == 0
    (tmp_path / "pus.csv").write_text(SHEET.replace("200", "300"), encoding="utf-8")
    return tmp_path


def results(office):
    found = [path for path in (office / "hasil").rglob("*") if path.is_file()]
    return {path.relative_to(office).as_posix(): path.read_bytes() for path in found}


def python(*words, **more):
    return subprocess.run(
        [sys.executable, *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        **more,
    )


@POSIX
@pytest.mark.parametrize("number", [1, 4])
def test_a_run_that_is_killed_leaves_last_months_set(office, number):
    before = results(office)
    got = python("-c", BROKEN, number, int(signal.SIGKILL))
    assert got.returncode == -signal.SIGKILL
    after = results(office)
    assert {name: after[name] for name in before} == before


@POSIX
def test_a_run_that_is_interrupted_says_so_and_leaves_last_months_set(office):
    before = results(office)
    got = python("-c", BROKEN, 3, int(signal.SIGINT))
    assert got.returncode == 130
    assert got.stderr == (
        "kkbpk-geo: dihentikan; berkas lama tetap utuh / stopped; the old files are "
        "whole\n"
    )
    assert results(office) == before


@POSIX
def test_a_run_that_is_interrupted_after_its_files_says_where_they_stand(office):
    before = results(office)
    # Every file of the set was brought to the disk; the folder comes after them.
    got = python("-c", BROKEN, len(before) + 1, int(signal.SIGINT))
    assert got.returncode == 130
    assert got.stderr == (
        "kkbpk-geo: dihentikan; yang baru sudah utuh / stopped; whole and new: "
        f"{office / 'hasil'}, {office / 'hasil' / 'analisis'}\n"
    )
    after = results(office)
    assert after.keys() == before.keys()
    assert after != before


@POSIX
def test_a_file_that_may_not_be_that_large_leaves_last_months_set(office):
    import resource

    before = results(office)

    def limit():
        # Less than the page of a map has, more than every table.
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    got = python("-m", "kkbpk_geo", "run", preexec_fn=limit)
    assert got.returncode == 2
    assert got.stderr.startswith("kkbpk-geo: hasil/peta-kerja.html: tidak dapat")
    assert "lebih besar daripada yang diizinkan sistem" in got.stderr
    assert got.stderr.count("\n") == 1
    assert results(office) == before


@POSIX
def test_a_reader_that_has_enough_is_no_fault():
    got = subprocess.run(
        f"{sys.executable} -m kkbpk_geo regions --level desa; echo $? >&2",
        shell=True,
        stdout=_closed_pipe(),
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert got.stderr == "0\n"


def _closed_pipe():
    read, write = os.pipe()
    os.close(read)
    return write


@POSIX
@pytest.mark.usefixtures("office")
def test_a_command_without_standard_error_ends_as_it_would():
    for said, code in (("run", 0), ("run tiada.toml", 2)):
        words = f"{sys.executable} -m kkbpk_geo {said} 2>&-"
        got = subprocess.run(words, shell=True, capture_output=True, check=False)
        assert got.returncode == code


def test_an_input_is_not_what_is_written(office):
    (office / "skor.csv").write_text(SHEET, encoding="utf-8")
    got = python("-m", "kkbpk_geo", "score", "skor.csv", "--year", "2025", "-o", ".")
    assert got.returncode == 2
    assert got.stderr == (
        "kkbpk-geo: skor.csv: dibaca oleh perintah ini, maka tidak ditimpa. Pindahkan "
        "berkas itu, atau pilih tempat lain untuk hasilnya (-o; [keluaran] folder).\n"
    )
    assert (office / "skor.csv").read_text(encoding="utf-8") == SHEET


@pytest.mark.parametrize("more", [[], ["--force"]])
def test_a_checked_workbook_does_not_become_its_findings(office, more):
    RUN.invoke(app, ["template", "groups", "-o", "a.xlsx"])
    before = (office / "a.xlsx").read_bytes()
    RUN.invoke(app, ["check", "a.xlsx", "--year", "2025", "-o", "a.xlsx", *more])
    assert (office / "a.xlsx").read_bytes() == before


def test_results_among_the_tables_are_results_again(office):
    text = PROJECT.replace('"pus.csv"', '"*.csv"').replace('"hasil"', '"."')
    (office / "peta-kerja.toml").write_text(text, encoding="utf-8")
    assert RUN.invoke(app, ["run"]).exit_code == 0
    before = (office / "indikator.csv").read_bytes()
    got = RUN.invoke(app, ["run"])
    assert got.exit_code == 0, got.output
    assert (office / "indikator.csv").read_bytes() == before


def test_a_template_that_was_filled_in_is_kept_and_said(office):
    for _ in range(2):
        got = RUN.invoke(app, ["template", "targets", "-o", "s.xlsx"])
        assert "Sudah diisi" not in got.output
    book = load_workbook("s.xlsx")
    book.worksheets[0]["H9"] = 7
    book.save("s.xlsx")
    filled = (office / "s.xlsx").read_bytes()
    got = RUN.invoke(app, ["template", "targets", "-o", "s.xlsx"])
    assert "Sudah diisi: s.xlsx; yang lama disimpan sebagai s-isian.xlsx" in got.output
    assert (office / "s-isian.xlsx").read_bytes() == filled


def test_who_means_it_replaces_a_filled_template(office):
    RUN.invoke(app, ["template", "targets", "-o", "s.xlsx"])
    blank = (office / "s.xlsx").read_bytes()
    (office / "s.xlsx").write_bytes(b"filled")
    got = RUN.invoke(app, ["template", "targets", "-o", "s.xlsx", "--force"])
    assert "Sudah diisi" not in got.output
    assert (office / "s.xlsx").read_bytes() == blank
    assert not (office / "s-isian.xlsx").exists()
