"""A project with workbooks that came back: to the next map, and the trail."""

import csv
from datetime import date

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.cli.commands import app
from kkbpk_geo.findings import write_findings
from kkbpk_geo.pipeline import Project, read_all, run
from kkbpk_geo.pipeline.files.feedback import write_audit
from kkbpk_geo.pipeline.outputs import run_project, write_outputs

HEAD = "KABUPATEN;BULAN;JUMLAH BKB;YANG LAPOR\n"
ROWS = "Mesuji;MEI;20;12\nPringsewuu;MEI;40;30\nMetro;MEI;10;15\nTanggamus;MEI;8;8\n"
TOLD = "2 sel dibetulkan menurut 1 buku kerja."


def read(project):
    return read_all(project, lambda *_: None, 1)


def answer(book, answers):
    """Fill in a workbook as a district does, whatever sheet a line stands on."""
    asked = [label(f"correction_{key}") for key in ("fixed", "by", "date", "row")]
    workbook = load_workbook(book)
    filled = 0
    for sheet in workbook:
        at = {}
        for cells in sheet.iter_rows():
            words = [cell.value for cell in cells]
            if set(asked) <= set(words):
                at = {word: words.index(word) for word in asked}
            elif at and cells[at[asked[3]]].value in answers:
                said = (answers[cells[at[asked[3]]].value], "Kabid KB")
                for word, value in zip(asked, (*said, date(2025, 6, 3)), strict=False):
                    cells[at[word]].value = value
                filled += 1
    workbook.save(book)
    return filled


@pytest.fixture
def project(tmp_path):
    """One file with two faults, and the workbook of its findings, filled in."""
    table = tmp_path / "bkb.csv"
    table.write_text(HEAD + ROWS, encoding="utf-8")
    asked = Project(tables=(table,), year=2025, folder=tmp_path / "hasil")
    book = tmp_path / "koreksi" / "temuan.xlsx"
    write_findings(read(asked), book, sources=[table])
    assert answer(book, {3: "Pringsewu", 4: 5}) == 2
    return Project(
        tables=(table,), year=2025, folder=tmp_path / "hasil", corrections=(book,)
    )


def test_the_next_run_has_the_right_number_and_says_what_was_mended(project):
    done = run(project)
    counts = done.joined.at()
    assert counts.loc["18.10", "bkb_groups"] == 40
    assert counts.loc["18.72", "bkb_groups_reporting"] == 5
    assert [f.severity for f in done.findings] == ["info", "info"]
    assert TOLD in done.summary()
    assert "Cells corrected by workbooks of districts (1): 2." in done.summary("en")


def test_the_files_of_a_run_hold_the_trail_and_the_sheet_of_the_district(project):
    done = write_outputs(run(project))
    trail = next(path for path in done.files if path.name == "koreksi.csv")
    lines = trail.read_text(encoding="utf-8-sig").splitlines()
    rows = list(csv.DictReader(lines, delimiter=";"))
    shown = ("state", "by", "date", "from", "to", "file", "row", "column", "workbook")
    assert [[row[key] for key in shown] for row in rows] == [
        ["corrected", "Kabid KB", "2025-06-03", "15", "5", "bkb.csv", "4",
         "YANG LAPOR", "temuan.xlsx"],
        ["corrected", "Kabid KB", "2025-06-03", "Pringsewuu", "Pringsewu", "bkb.csv",
         "3", "KABUPATEN", "temuan.xlsx"],
    ]  # fmt: skip
    folder = trail.parent
    page = (folder / "peta-kerja.html").read_text(encoding="utf-8")
    assert "dibetulkan menurut buku kerja temuan" in page
    assert TOLD.removesuffix(".") in page
    index = (folder / "index.html").read_text(encoding="utf-8")
    assert TOLD in index
    assert 'href="koreksi.csv"' in index
    # The same input, the same bytes.
    before = trail.read_bytes()
    write_outputs(run(project))
    assert trail.read_bytes() == before


def test_without_corrections_nothing_of_them_is_written(project, tmp_path):
    plain = Project(tables=project.tables, year=2025, folder=tmp_path / "tanpa")
    done = write_outputs(run(plain))
    assert "koreksi.csv" not in {path.name for path in done.files}
    assert done.corrections == ()
    assert write_audit(read(plain), tmp_path) == []


@pytest.mark.usefixtures("project")
def test_a_project_file_names_the_folder_in_which_they_arrive(tmp_path):
    # The results beside the tables, and a pattern that takes everything.
    (tmp_path / "peta-kerja.toml").write_text(
        '[masukan]\ntabel = ["**/*.csv", "**/*.xlsx"]\ntahun = 2025\n'
        'koreksi = ["koreksi/*.xlsx"]\n[keluaran]\nfolder = "."\n',
        encoding="utf-8",
    )
    for _ in range(2):  # the second run finds what the first wrote
        done = run_project(tmp_path / "peta-kerja.toml")
        names = {path.name for path in done.project.tables}
        assert "bkb.csv" in names
        assert not names & {"koreksi.csv", "indikator.csv"}
        assert TOLD in done.summary()
    assert "koreksi.csv" in {path.name for path in done.unchanged}
    # The district corrects its correction: all that is made of it is made again.
    assert answer(tmp_path / "koreksi" / "temuan.xlsx", {4: 6}) == 1
    done = run_project(tmp_path / "peta-kerja.toml")
    assert {"koreksi.csv", "peta-kerja.html"} <= {path.name for path in done.again}
    assert done.joined.at().loc["18.72", "bkb_groups_reporting"] == 6


def test_what_is_about_a_file_that_is_not_read_is_told_and_in_the_trail(
    project, tmp_path
):
    other = tmp_path / "lain.csv"
    other.write_text(HEAD + "Mesuji;MEI;20;12\n", encoding="utf-8")
    checked = read(Project(tables=(other,), year=2025, corrections=project.corrections))
    assert [f.code for f in checked.findings] == ["correction_no_file"] * 2
    assert [x.state for x in checked.corrections] == ["correction_no_file"] * 2


def test_a_file_that_cannot_be_read_leaves_its_corrections_told(project, tmp_path):
    project.tables[0].unlink()
    other = tmp_path / "lain.csv"
    other.write_text(HEAD + "Mesuji;MEI;20;12\n", encoding="utf-8")
    tables = (other, *project.tables)
    checked = read(Project(tables=tables, year=2025, corrections=project.corrections))
    told = {f.code for f in checked.findings}
    assert {"file_unread", "correction_no_file"} <= told


@pytest.mark.parametrize(
    ("command", "text"),
    [
        ("index", "KABUPATEN;PUS;UNMET NEED;PA\nMesuji;100;12;50\nMetro;100;8;70\n"),
        ("analyse", "KABUPATEN;PUS;UNMET NEED;PA\nMesuji;100;12;50\nMetro;100;8;70\n"),
        ("presence", "KABUPATEN;KECAMATAN;DESA;JUMLAH BKB;BULAN\n"
         "PRINGSEWU;GADING REJO;WONODADI;1;MEI\n"),
    ],
)  # fmt: skip
def test_every_command_that_uses_corrections_leaves_their_trail(
    project, tmp_path, command, text
):
    table = tmp_path / "lain.csv"
    table.write_text(text, encoding="utf-8")
    asked = [str(table), "--year", "2025", "--koreksi", str(project.corrections[0])]
    done = CliRunner().invoke(app, [command, *asked, "-o", str(tmp_path / "di")])
    assert "2 pembetulan tidak dapat dipakai" in done.output
    assert (tmp_path / "di" / "koreksi.csv").is_file()
