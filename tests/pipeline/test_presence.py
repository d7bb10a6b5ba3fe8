"""The presence matrix by the command, and as one of the files of a project."""

from __future__ import annotations

import csv

import pytest
from typer.testing import CliRunner

from kkbpk_geo.cli.commands import app
from kkbpk_geo.pipeline import read_project, run, write_outputs
from kkbpk_geo.pipeline.presence import PRESENCE_FILES

HEADS = ["PROVINSI", "KABUPATEN", "KECAMATAN", "KELURAHAN",
         "JUMLAH BKB", "JUMLAH BKR", "JUMLAH BKL", "JUMLAH UPPKA", "JUMLAH PIK-R",
         "BULAN"]  # fmt: skip
PLACE = ["LAMPUNG", "PRINGSEWU", "GADING REJO"]
ROWS = [
    [*PLACE, "WONODADI", 1, 1, 1, 1, 1, "OKTOBER"],
    [*PLACE, "TEGALSARI", 1, 0, 0, 0, 0, "OKTOBER"],
    [*PLACE, "WONODADI", 1, 1, 1, 1, 1, "NOVEMBER"],
    [*PLACE, "TEGALSARI", 0, 0, 0, 0, 0, "NOVEMBER"],
]


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "rekap.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows([HEADS, *ROWS])
    return path


def presence(*arguments):
    return CliRunner().invoke(app, ["presence", *map(str, arguments)])


def test_the_command_writes_page_and_workbook_and_says_the_answer(table, tmp_path):
    out = tmp_path / "hasil"
    done = presence(table, "--year", 2025, "-o", out)
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in out.iterdir()) == sorted(PRESENCE_FILES)
    assert "November 2025" in done.output
    assert "1 dari 2.651 desa/kelurahan tidak memiliki satu pun" in done.output
    assert "Pringsewu: 1 dari 131 desa tanpa satu pun" in done.output


@pytest.mark.parametrize("flags", [["--month", "oktober"], ["--period", "2025-10"]])
def test_the_command_shows_the_month_that_is_asked_for(table, tmp_path, flags):
    done = presence(table, "--year", 2025, *flags, "-o", tmp_path / "hasil")
    assert "Oktober 2025" in done.output
    assert "0 dari 2.651 desa/kelurahan tidak memiliki satu pun" in done.output


def test_the_same_tables_give_the_same_bytes(table, tmp_path):
    for name in ("a", "b"):
        presence(table, "--year", 2025, "-o", tmp_path / name, "--language", "en")
    for file in PRESENCE_FILES:
        one, two = ((tmp_path / name / file).read_bytes() for name in ("a", "b"))
        assert one == two


def test_tables_without_villages_end_in_a_sentence(tmp_path):
    path = tmp_path / "kabupaten.csv"
    path.write_text("KABUPATEN;PUS\nPRINGSEWU;100\nMESUJI;200\n", encoding="utf-8")
    done = presence(path, "--year", 2025, "-o", tmp_path / "hasil")
    assert done.exit_code != 0
    assert "a row for each village" in str(done.exception)
    assert not (tmp_path / "hasil").exists()


def project(folder, asked):
    path = folder / "peta-kerja.toml"
    path.write_text(
        '[masukan]\ntabel = ["rekap.csv"]\ntahun = 2025\n'
        f"[keluaran]\nkeberadaan = {asked}\n",
        encoding="utf-8",
    )
    return run(read_project(path))


@pytest.mark.usefixtures("table")
def test_a_project_that_asks_for_it_has_the_matrix_among_its_files(tmp_path):
    done = write_outputs(project(tmp_path, "true"))
    assert set(PRESENCE_FILES) <= {path.name for path in done.files}
    assert done.presence.period == "2025-11"


@pytest.mark.usefixtures("table")
def test_a_project_that_does_not_ask_has_none(tmp_path):
    assert project(tmp_path, "false").presence is None


def test_where_no_table_names_villages_the_run_goes_on_and_says_so(tmp_path):
    text = "KABUPATEN;PUS;PESERTA KB AKTIF\nPRINGSEWU;100;60\nMESUJI;200;90\n"
    (tmp_path / "rekap.csv").write_text(text, encoding="utf-8")
    done = project(tmp_path, "true")
    assert done.presence is None
    assert "presence_nothing" in {found.code for found in done.findings}
