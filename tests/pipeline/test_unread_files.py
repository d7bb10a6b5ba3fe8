"""A file that cannot be read is listed, and never stops the others."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.cli.commands import app
from kkbpk_geo.findings import finding_text, remedy_text
from kkbpk_geo.pipeline import Project, read_all


def sheet(folder, name, text="KABUPATEN;JUMLAH BKB\nMesuji;5\n"):
    (folder / name).write_text(text)
    return folder / name


def damaged(folder, name="rusak.xlsx"):
    (folder / name).write_bytes(b"PK\x03\x04junk")
    return folder / name


def read(*paths):
    project = Project(tables=paths, year=2025)
    return read_all(project, lambda *_: None, len(paths) + 1)


def test_a_damaged_file_is_an_error_and_the_others_go_on(tmp_path):
    bad = damaged(tmp_path)
    lower = "KABUPATEN;JUMLAH BKR\nMesuji;5\n"
    checked = read(sheet(tmp_path, "a.csv"), bad, sheet(tmp_path, "b.csv", lower))
    assert [each.source for each in checked.intakes] == ["a.csv", "b.csv"]
    (told,) = checked.findings
    assert (told.code, told.severity, told.file) == ("file_unread", "error", bad.name)
    assert finding_text(told, "id") == (
        "rusak.xlsx: Berkas ini tidak dapat dibaca; tidak ada isinya yang dipakai. "
        "Sebabnya: damaged workbook (File is not a zip file). Open it in a "
        "spreadsheet program and save it again."
    )
    assert remedy_text(told, "en").startswith("Mend the file as the reason says")


def test_where_no_file_can_be_read_every_reason_is_said(tmp_path):
    bad, empty = damaged(tmp_path), sheet(tmp_path, "kosong.csv", "")
    with pytest.raises(IntakeError) as error:
        read(bad, empty)
    first, second = str(error.value).splitlines()
    assert first.startswith("rusak.xlsx: damaged workbook")
    assert second.startswith("kosong.csv: empty")


def test_check_and_run_say_by_their_exit_code_that_a_file_is_missing(tmp_path):
    good, bad = sheet(tmp_path, "a.csv"), damaged(tmp_path)
    result = CliRunner().invoke(app, ["check", str(good), str(bad), "--year", "2025"])
    assert result.exit_code == 1
    assert "[kesalahan] rusak.xlsx: Berkas ini tidak dapat dibaca" in result.output
    assert "a.csv: Laporan kelompok BKB; 1 baris data" in result.output
    project = tmp_path / "p.toml"
    project.write_text('[masukan]\ntabel = ["a.csv", "rusak.xlsx"]\ntahun = 2025\n')
    result = CliRunner().invoke(app, ["run", str(project)])
    assert result.exit_code == 1
    assert "[kesalahan] rusak.xlsx: Berkas ini tidak dapat dibaca" in result.output
    assert list(tmp_path.rglob("peta-kerja.html"))
