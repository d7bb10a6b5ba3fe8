"""Targets and supplies from the command line: divided, revised, counted, refused."""

from typing import get_args

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from kkbpk_geo.base.errors import ProjectError
from kkbpk_geo.catalogue.supplies import supply_items
from kkbpk_geo.cli.commands import app
from kkbpk_geo.cli.targets import Rounding
from kkbpk_geo.plan import Method
from kkbpk_geo.regions.register import children

RUN = CliRunner()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("targets")


@pytest.fixture(autouse=True)
def _here(folder, monkeypatch):
    monkeypatch.chdir(folder)


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


@pytest.fixture
def gaps(folder):
    """A table of 100 couples per district: a gap of 1 each, of 86 in Mesuji."""
    units = children("18")
    rows = [f"{u.name};100;{8 if u.code != '18.11' else 93}" for u in units]
    text = "KABUPATEN;PUS;UNMET NEED\n" + "\n".join(rows) + "\n"
    (folder / "semua.csv").write_text(text, encoding="utf-8")
    return ["plan", "apportion", "semua.csv", "--year", "2025"]


def test_a_division_goes_to_the_meeting_and_comes_back(folder, gaps):
    made = ["--service", "unmet_need", "--total", "100", "--meeting", "Rakorda"]
    got = RUN.invoke(app, [*gaps, *made, "--by", "gap", "-o", "pembagian.xlsx"])
    assert got.exit_code == 0, got.output

    back = ["plan", "apportion", "--from", "pembagian.xlsx", "-o", "pembagian-2.xlsx"]
    got = RUN.invoke(app, back)
    assert got.exit_code == 0, got.output
    assert "Tidak ada yang berubah; angka tetap seperti semula." in got.output

    book = load_workbook(folder / "pembagian.xlsx")
    sheet = book["unmet_need"]
    row = next(r[0].row for r in sheet.iter_rows() if r[0].value == "18.11")
    sheet[f"I{row}"], sheet[f"J{row}"] = 72, "menunggu tenaga"
    book.save(folder / "pembagian.xlsx")
    got = RUN.invoke(app, back)
    assert got.exit_code == 0, got.output
    # 28 are left for 14 districts with a gap of 1 each
    assert "  unmet_need, Mesuji: 86 → 72 (diputuskan: menunggu tenaga)" in got.output
    assert "  unmet_need, Kota Metro: 1 → 2 (menyesuaikan)" in got.output
    assert "15 perubahan, dicatat sebagai langkah 1:" in got.output
    got = RUN.invoke(app, back[:4])
    assert "Belum disimpan: ulangi dengan -o" in got.output


def test_a_budget_is_written_as_people_write_it(folder, gaps):
    more = ["--service", "unmet_need", "--total", "100", "--unit-cost", "10.000"]
    got = RUN.invoke(app, [*gaps, *more, "--budget", "Rp 500.000", "-o", "uang.csv"])
    assert got.exit_code == 0, got.output
    assert "unmet_need: 50 dari 100 dapat dibagi; 50 belum terpenuhi." in got.output
    assert "Rp 500.000 membiayai penuh 0 dari 1 kebutuhan; sisa Rp 0." in got.output
    rows = (folder / "uang.csv").read_text(encoding="utf-8-sig").splitlines()
    assert sum(int(row.split(";")[-1]) for row in rows[1:]) == 500_000


ONE = ["--service", "unmet_need", "--total", "9"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ["--service", "a", "--service", "b", "--total", "1"],
            "2 --service and 1 --total; give one --total for each --service, in the "
            "same order.",
        ),
        (
            [*ONE, "--batch", "1", "--batch", "2"],
            "2 --batch for 1 --service; give one for all, or one for each, in the same "
            "order.",
        ),
        (
            [*ONE, "--unit-cost", "1", "--unit-cost", "2"],
            "2 --unit-cost for 1 --service; give one for all, or one for each, in the "
            "same order.",
        ),
        (
            [*ONE, "--lock", "18.01"],
            "--lock is '18.01'; expected a district's code and a whole number, such as "
            "18.01=0, each district once.",
        ),
        (
            [*ONE, "--budget", "banyak"],
            "--budget is 'banyak'; expected a whole number from 0 up, such as 10000 or "
            "10.000.",
        ),
        (
            [*ONE, "--decided-by", "Rakorda"],
            "--decided-by goes with --from; give a new workbook its --meeting instead.",
        ),
        (
            ["--from", "pembagian.xlsx", "--budget", "5"],
            "--from reads everything from the workbook, so tables, --budget cannot "
            "stand beside it. Change the workbook's yellow cells instead.",
        ),
    ],
)
def test_options_that_do_not_fit_are_refused_in_one_sentence(gaps, options, said):
    got = RUN.invoke(app, [*gaps[:3], *options])
    assert isinstance(got.exception, ProjectError)
    assert str(got.exception) == said


def test_without_tables_and_without_a_workbook_there_is_nothing_to_divide():
    got = RUN.invoke(app, ["plan", "apportion", *ONE])
    assert str(got.exception) == (
        "no tables to divide by; name the offices' files, or give a workbook that was "
        "filled in with --from."
    )


@pytest.fixture
def kits(folder):
    """Ten groups in every district; one of them has told its kits."""
    (folder / "inventaris.csv").write_text(
        "KABUPATEN;SARANA;BAIK;RUSAK RINGAN;RUSAK BERAT\n"
        "Lampung Selatan;BKB Kit;5;2;1\n",
        encoding="utf-8",
    )
    rows = [f"{unit.name};10;10" for unit in children("18")]
    text = "KABUPATEN;JUMLAH DESA;BKB JUMLAH KELOMPOK\n" + "\n".join(rows) + "\n"
    (folder / "bkb.csv").write_text(text, encoding="utf-8")
    (folder / "harga.csv").write_text("Sarana;Harga\nBKB Kit;999\n", encoding="utf-8")
    return ["plan", "supplies", "inventaris.csv", "--data", "bkb.csv", "--year", "2025"]


def test_supplies_are_counted_and_bought_by_the_prices_of_the_office(folder, kits):
    more = ["--prices", "harga.csv", "--price", "bkb_kit=Rp 1.000"]
    more += ["--repair-price", "bkb_kit=100", "--budget", "2.200", "-o", "sarana"]
    got = RUN.invoke(app, [*kits, *more])
    assert got.exit_code == 0, got.output
    assert "2 dibeli dan 2 diperbaiki dengan Rp 2.200" in got.output
    assert "Lampung Selatan: kurang jumlah 2, kurang mutu 3" in got.output
    assert {p.name for p in (folder / "sarana").iterdir()} == {
        "kesenjangan-sarana.csv", "pengadaan.csv", "belum-dihitung.csv", "sarana.xlsx",
    }  # fmt: skip


def test_a_price_of_nothing_known_is_refused(kits):
    got = RUN.invoke(app, [*kits, "--price", "kursi=5"])
    assert str(got.exception) == (
        "--price is 'kursi=5'; expected an item and whole rupiah, such as "
        f"bkb_kit=2500000. Items: {', '.join(supply_items())}."
    )


def test_the_ways_to_round_are_those_that_a_division_knows():
    words, _ = get_args(Rounding)
    assert get_args(words) == get_args(Method)
