"""The commands about plans, on the sample of three plans with planted differences."""

import pytest
from typer.testing import CliRunner

from kkbpk_geo.cli.commands import app
from kkbpk_geo.regions.register import children
from kkbpk_geo.sample.plans import write_sample_plans

RUN = CliRunner()
THREE = [
    "--base", "contoh_rencana_dasar.xlsx",
    "--of-province", "contoh_rencana_provinsi.xlsx",
    "--of-districts", "contoh_rencana_kabkota.csv",
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("plans")
    write_sample_plans(place)
    return place


@pytest.fixture(autouse=True)
def _here(folder, monkeypatch):
    monkeypatch.chdir(folder)


def test_a_plan_is_checked_and_its_calendar_drawn(folder):
    plan = "contoh_rencana_provinsi.xlsx"
    got = RUN.invoke(app, ["plan", "check", plan, "--owner", "province", "-o", "cek"])
    assert got.exit_code == 0, got.output
    assert "tidak memuat rencana untuk 1 kabupaten/kota: Mesuji" in got.output
    assert {p.name for p in (folder / "cek").iterdir()} == {
        "temuan.xlsx", "kesinambungan.csv", "celah-kegiatan.csv", "pemantauan.csv",
        "kalender.png",
    }  # fmt: skip


def test_plans_are_compared_then_merged_by_decisions(folder):
    got = RUN.invoke(app, ["plan", "align", *THREE, "-o", "rapat"])
    assert got.exit_code == 0, got.output
    assert "280 dari 293 baris rencana sudah selaras" in got.output
    page = (folder / "rapat" / "peta-sinkronisasi.html").read_text(encoding="utf-8")
    assert "Baris yang selaras" in page

    book = "rapat/rapat-rencana.xlsx"
    decide = ["--decisions", book, "--by", "Rakorda", "--accept", "changed_district"]
    got = RUN.invoke(app, ["plan", "resolve", *THREE, *decide, "-o", "hasil"])
    assert got.exit_code == 0, got.output
    assert "menurut aturan: 2" in got.output
    assert (folder / "hasil" / "jejak-keputusan.xlsx").stat().st_size > 0


def test_a_target_is_not_divided_where_districts_say_nothing(folder):
    rows = ["PRINGSEWU;100;50", "MESUJI;100;25", "METRO;100;100"]
    text = "KABUPATEN;PUS;UNMET NEED\n" + "\n".join(rows) + "\n"
    (folder / "pus.csv").write_text(text, encoding="utf-8")
    arguments = ["--service", "unmet_need", "--total", "10"]
    got = RUN.invoke(
        app, ["plan", "apportion", "pus.csv", "--year", "2025", *arguments]
    )
    # Districts that say nothing have no number to divide by: that is said, not guessed.
    assert got.exit_code != 0
    assert "18.01" in str(got.exception)


def test_a_target_is_divided_by_gap_with_its_reasons(folder):
    units = children("18")
    # 100 couples each: at most 7 may remain, so 8 is a gap of 1 and 93 one of 86.
    rows = [f"{u.name};100;{8 if u.code != '18.11' else 93}" for u in units]
    text = "KABUPATEN;PUS;UNMET NEED\n" + "\n".join(rows) + "\n"
    (folder / "semua.csv").write_text(text, encoding="utf-8")
    arguments = ["--service", "unmet_need", "--total", "100", "-o", "bagi.csv"]
    got = RUN.invoke(
        app, ["plan", "apportion", "semua.csv", "--year", "2025", *arguments]
    )
    assert got.exit_code == 0, got.output
    assert "  Mesuji: 86 = 86 menurut kesenjangan" in got.output
    assert "  Kota Metro: 1 = 1 menurut kesenjangan" in got.output
    assert (folder / "bagi.csv").stat().st_size > 0
