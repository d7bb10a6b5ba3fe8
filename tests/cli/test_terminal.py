"""Nothing printed acts on a terminal, and a file is read whatever it is called."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

TABLE = "KABUPATEN;JUMLAH BKB;BULAN\nMesuji;5;MEI\n"
UNSEEN = [*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, *range(0x80, 0xA0)]
TURNING = [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]


def call(folder, *words, **options):
    """The command in a process of its own: what it printed, and its exit code."""
    done = subprocess.run(
        [sys.executable, "-m", "kkbpk_geo", *words],
        cwd=folder,
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        **options,
    )
    said = (done.stdout + done.stderr).decode("utf-8").replace("\r\n", "\n")
    return said, done.returncode


def acts(text):
    return set(map(ord, text)) & {*UNSEEN, *TURNING}


EVIL = "Mesu\x1b[2Jji\x9b1m\u202eX\x07"


def test_a_name_that_is_asked_for_writes_nothing_to_the_terminal(tmp_path):
    said, code = call(tmp_path, "regions", EVIL)
    assert code == 1
    assert said.startswith("Mesu�[2Jji�1m�X�: tidak dikenal")
    assert not acts(said)


def test_a_cell_and_a_file_name_write_nothing_to_the_terminal(tmp_path):
    table = TABLE + f'"{EVIL}";x;MEI\n'
    (tmp_path / f"{EVIL}.csv").write_text(table, encoding="utf-8")
    said, code = call(tmp_path, "check", "--year", "2025", f"{EVIL}.csv")
    assert code == 1
    assert "�[2Jji�1m�X�.csv" in said
    assert not acts(said)


def test_an_error_writes_nothing_to_the_terminal(tmp_path):
    (tmp_path / f"{EVIL}.toml").mkdir()
    said, code = call(tmp_path, "init", "-o", f"{EVIL}.toml")
    assert code == 2
    assert said.startswith("kkbpk-geo: Mesu�[2J")
    assert not acts(said)


NAMES = [
    *("data[1].csv", "data [final].csv", "--help.csv", "a\nb.csv", "\u202ea.csv"),
    pytest.param("l\udce9.csv", marks=pytest.mark.skipif(os.name == "nt", reason="")),
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("command", ["check -o temuan.html", "map -o peta.html"])
def test_a_file_is_read_whatever_it_is_called(tmp_path, name, command):
    (tmp_path / name).write_text(TABLE, encoding="utf-8")
    said, code = call(tmp_path, *command.split(), "--year", "2025", "--", name)
    assert (code, acts(said)) == (0, set())
    for page in tmp_path.glob("*.html"):
        assert not acts(page.read_text(encoding="utf-8")) & {0x1B, *TURNING}


@pytest.mark.skipif(os.name == "nt", reason="no such system calls")
def test_without_a_place_for_errors_the_exit_code_says_what_happened(tmp_path):
    command = f"{sys.executable} -m kkbpk_geo check nothing.csv"
    for closed in ("2>&-", "2>&- >&-"):
        done = subprocess.run(
            f"{command} {closed}", shell=True, cwd=tmp_path, check=False
        )
        assert done.returncode == 2


@pytest.mark.parametrize("closed", [None, "closed"])
def test_an_error_needs_no_window(tmp_path, monkeypatch, closed):
    from kkbpk_geo.cli import run

    stream = None
    if closed:
        stream = (tmp_path / "x").open("w", encoding="utf-8")
        stream.close()
    monkeypatch.setattr(sys, "argv", ["kkbpk-geo", "check", "nothing.csv"])
    monkeypatch.setattr(sys, "stderr", stream)
    with pytest.raises(SystemExit) as end:
        run()
    assert end.value.code == 2


@pytest.mark.parametrize(
    "words", ["init -o tiada/p.toml", "init -o berkas/p.toml", "demo -o berkas"]
)
def test_a_place_that_cannot_be_written_to_is_told_as_such(tmp_path, words):
    (tmp_path / "berkas").write_text("x", encoding="utf-8")
    said, code = call(tmp_path, *words.split())
    made = tmp_path / "tiada" / "p.toml"
    assert code == (0 if made.exists() else 2)
    assert "should not have happened" not in said
    if code:
        assert said.startswith(f"kkbpk-geo: {words.split()[2].split('/')[0]}")


def test_the_starter_runs_where_only_text_files_stand(tmp_path):
    (tmp_path / "bkb.csv").write_text(TABLE, encoding="utf-8")
    assert call(tmp_path, "init")[1] == 0
    said, code = call(tmp_path, "run")
    assert code in (0, 1)
    assert "bkb.csv: " in said
    assert (tmp_path / "hasil" / "peta-kerja.html").is_file()


def test_the_starter_of_an_empty_folder_says_what_is_missing(tmp_path):
    call(tmp_path, "init")
    said, code = call(tmp_path, "run")
    assert code == 2
    assert "no file matches '*.csv'" in said
