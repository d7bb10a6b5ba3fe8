"""The project file: checked, with errors that name section, key and value."""

from pathlib import Path
from typing import get_args

import pytest

from kkbpk_geo.base.errors import ProjectError
from kkbpk_geo.maps.content import classes
from kkbpk_geo.pipeline import project
from kkbpk_geo.pipeline.project import read_project, starter
from kkbpk_geo.pipeline.project_files import find_tables


def write(folder, text):
    (folder / "a.csv").write_text("x", encoding="utf-8")
    path = folder / "peta-kerja.toml"
    path.write_text(text, encoding="utf-8")
    return path


TABLES = '[masukan]\ntabel = ["*.csv"]\n'


def test_what_is_not_said_has_a_sensible_default(tmp_path):
    project = read_project(write(tmp_path, TABLES))
    assert project.tables == (tmp_path / "a.csv",)
    assert project.province == "Lampung"
    assert project.folder == tmp_path / "hasil"
    assert project.period is None


def test_the_file_that_init_writes_is_a_valid_project(tmp_path):
    (tmp_path / "b.xlsx").write_text("x", encoding="utf-8")
    project = read_project(write(tmp_path, starter()))
    assert project.title == "Peta kerja KKBPK Provinsi Lampung"
    assert [p.name for p in project.tables] == ["a.csv", "b.xlsx"]


def test_every_commented_line_of_the_starter_is_valid_too(tmp_path):
    (tmp_path / "b.xlsx").write_text("x", encoding="utf-8")
    for name in ("provinsi.xlsx", "dasar.xlsx", "kabkota/a.xlsx", "kabkota/b.xlsx"):
        path = tmp_path / "rencana" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    lines = [
        line.removeprefix("# ") if " = " in line and line.startswith("# ") else line
        for line in starter().splitlines()
    ]
    project = read_project(write(tmp_path, "\n".join(lines)))
    assert project.period == "2025-11"
    assert project.code_system == "kemendagri"
    assert project.standards["kit"] is None
    assert project.standards["unmet_need"] == 0.093
    assert project.sample is True
    plans = project.plans
    assert plans.province == tmp_path / "rencana" / "provinsi.xlsx"
    assert [p.name for p in plans.districts] == ["a.xlsx", "b.xlsx"]
    assert plans.base == tmp_path / "rencana" / "dasar.xlsx"
    assert (plans.year, plans.meeting) == (2026, "Rakorda 2026")


def test_a_standard_of_one_group_can_be_written_as_a_table(tmp_path):
    project = read_project(write(tmp_path, TABLES + "[standar.kit]\nbkb = 0.5\n"))
    assert project.standards == {"kit:bkb": 0.5}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[petta]\n",
            "peta-kerja.toml: unknown section [petta]; known: ['peta', 'masukan', "
            "'rencana', 'keluaran', 'standar', 'bobot']. Did you mean [peta]?",
        ),
        (
            '[peta]\njdul = "x"\n',
            "peta-kerja.toml [peta]: unknown key 'jdul'; known: ['judul', 'provinsi', "
            "'tingkat', 'bahasa', 'kelas', 'metode', 'contoh', 'sumber', "
            "'peta_dasar']. Did you mean "
            "'judul'?",
        ),
        (
            TABLES + 'tahun = "2025"\n',
            "peta-kerja.toml [masukan] tahun is '2025'; expected a whole number.",
        ),
        (
            TABLES + "tahun = true\n",
            "peta-kerja.toml [masukan] tahun is True; expected a whole number.",
        ),
        (
            TABLES + 'bulan = "Novembar"\n',
            "peta-kerja.toml [masukan] bulan is 'Novembar'; expected a month such as "
            "'November' or 11.",
        ),
        (
            TABLES + '[peta]\ntingkat = "dusun"\n',
            "peta-kerja.toml [peta] tingkat is 'dusun'; expected one of ['provinsi', "
            "'kabkota', 'kecamatan'].",
        ),
        (
            TABLES + "[standar]\nkit = true\n",
            "peta-kerja.toml [standar] kit is True; expected a number.",
        ),
        (
            TABLES + "[bobot]\nkit = false\n",
            "peta-kerja.toml [bobot] kit is False; expected a number.",
        ),
        (
            '[masukan]\ntabel = ["*.ods"]\n',
            "peta-kerja.toml: no file matches '*.ods' in {folder}/.",
        ),
        (
            "",
            "peta-kerja.toml: no tables. Name them under [masukan], e.g. tabel = "
            '["*.csv"].',
        ),
    ],
)
def test_a_wrong_entry_is_refused_in_one_sentence(tmp_path, text, message):
    with pytest.raises(ProjectError) as caught:
        read_project(write(tmp_path, text))
    assert str(caught.value) == message.replace("{folder}", tmp_path.name)


def test_a_missing_file_says_how_to_get_one(tmp_path):
    with pytest.raises(
        ProjectError, match=r"no such file. Write one with: kkbpk-geo i"
    ):
        read_project(tmp_path / "x.toml")


def test_text_that_is_no_toml_is_refused_with_its_place(tmp_path):
    with pytest.raises(ProjectError, match=r"not valid TOML: .*line 1"):
        read_project(write(tmp_path, "[peta\n"))


def test_a_pattern_finds_each_file_once_and_no_lock_files(tmp_path):
    for name in ("b.csv", "a.csv", "~$a.csv"):
        (tmp_path / name).touch()
    assert find_tables(["*.csv", "a.csv"], tmp_path, "x") == (
        tmp_path / "a.csv",
        tmp_path / "b.csv",
    )


def test_absolute_names_are_taken_as_they_are(tmp_path):
    (tmp_path / "a.csv").touch()
    assert find_tables([str(tmp_path / "a.csv")], Path(), "x") == (tmp_path / "a.csv",)


def test_a_project_file_may_ask_for_every_method_that_needs_no_breaks_of_its_own():
    assert set(get_args(project.Method)) == set(get_args(classes.Method)) - {"fixed"}
