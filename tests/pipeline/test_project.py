"""The project file: checked, with errors that name section, key and value."""

from pathlib import Path
from typing import get_args

import pytest
from making_stores import villages

from kkbpk_geo.base.errors import ProjectError
from kkbpk_geo.maps.content import classes
from kkbpk_geo.pipeline.project import CHOICES, Project
from kkbpk_geo.pipeline.project_files import find_tables
from kkbpk_geo.pipeline.project_reading import read_project, starter
from kkbpk_geo.regions import write_store


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


def test_an_empty_value_says_nothing_where_nothing_can_be_meant(tmp_path):
    blank = (
        'bulan = ""\nbatas = ""\nsistem_kode = ""\nindikator = []\n'
        '[rencana]\nprovinsi = ""\nkabkota = []\ndasar = ""\n'
        '[keluaran]\nfolder = ""\ncetak = ""\n[peta]\npeta_dasar = ""\n'
    )
    project = read_project(write(tmp_path, TABLES + blank))
    assert project == Project(tables=(tmp_path / "a.csv",), folder=tmp_path)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('[peta]\ntingkat = ""', "one of ['provinsi', 'kabkota', 'kecamatan', 'desa']"),
        ('[peta]\nbahasa = ""', "one of ['id', 'en']"),
        ('[peta]\nkelas = ""', "a whole number from 1 to 7"),
        ('[peta]\ncontoh = ""', "true or false"),
    ],
)
def test_an_empty_value_is_a_fault_elsewhere(tmp_path, line, expected):
    key = line.split()[1]
    with pytest.raises(ProjectError) as caught:
        read_project(write(tmp_path, f"{TABLES}{line}\n"))
    assert str(caught.value) == (
        f"peta-kerja.toml [peta] {key} is ''; expected {expected}."
    )


def test_one_side_of_the_plans_may_not_be_an_empty_list(tmp_path):
    plans = '[rencana]\nprovinsi = "a.csv"\nkabkota = []\n'
    with pytest.raises(ProjectError) as caught:
        read_project(write(tmp_path, TABLES + plans))
    assert str(caught.value) == (
        "peta-kerja.toml [rencana]: the plan of the districts is not named. Comparing "
        "needs the province's and the districts' plans."
    )


def test_the_file_that_init_writes_is_a_valid_project(tmp_path):
    (tmp_path / "b.xlsx").write_text("x", encoding="utf-8")
    project = read_project(write(tmp_path, starter()))
    assert project.title == "Peta kerja KKBPK Provinsi Lampung"
    assert [p.name for p in project.tables] == ["a.csv", "b.xlsx"]


@pytest.mark.parametrize(
    ("files", "named"),
    [
        (["a.csv"], '["*.csv"]'),
        (["b.ods", "A.XLSX", "~$c.xls", "foto.png"], '["*.XLSX", "*.ods"]'),
        ([], '["*.csv", "*.xlsx"]'),
    ],
)
def test_the_starter_names_the_kinds_of_tables_that_are_there(tmp_path, files, named):
    for name in files:
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert f"\ntabel = {named}  #" in starter(tmp_path)


def test_every_commented_line_of_the_starter_is_valid_too(tmp_path):
    (tmp_path / "b.xlsx").write_text("x", encoding="utf-8")
    for name in ("provinsi.xlsx", "dasar.xlsx", "kabkota/a.xlsx", "kabkota/b.xlsx"):
        path = tmp_path / "rencana" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    (tmp_path / "koreksi").mkdir()
    for name in ("batas-lampung.kgeo", "kecamatan.geojson", "koreksi/mesuji.xlsx"):
        (tmp_path / name).write_text("x", encoding="utf-8")
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
    assert [p.name for p in project.corrections] == ["mesuji.xlsx"]
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
            "peta-kerja.toml: unknown section [petta]; known: ['masukan', 'peta', "
            "'keluaran', 'privasi', 'standar', 'bobot', 'rencana']. "
            "Did you mean [peta]?",
        ),
        (
            '[peta]\njdul = "x"\n',
            "peta-kerja.toml [peta]: unknown key 'jdul'; known: ['provinsi', "
            "'tingkat', 'sampai', 'judul', 'bahasa', 'nilai', 'peta_dasar', "
            "'hanya_peta', 'kelas', 'metode', 'sumber', 'contoh']. "
            "Did you mean 'judul'?",
        ),
        (
            TABLES + 'tahun = "2025"\n',
            "peta-kerja.toml [masukan] tahun is '2025'; expected a whole number "
            "from 1970 to 2100.",
        ),
        (
            TABLES + "tahun = true\n",
            "peta-kerja.toml [masukan] tahun is True; expected a whole number "
            "from 1970 to 2100.",
        ),
        (
            TABLES + 'tahun = 2025\nbulan = "Novembar"\n',
            "peta-kerja.toml [masukan] bulan is 'Novembar'; expected a month such as "
            "'November' or 11.",
        ),
        (
            TABLES + '[peta]\ntingkat = "dusun"\n',
            "peta-kerja.toml [peta] tingkat is 'dusun'; expected one of ['provinsi', "
            "'kabkota', 'kecamatan', 'desa'].",
        ),
        (
            TABLES + "[standar]\nkit = true\n",
            "peta-kerja.toml [standar] kit is True; expected a number, or false to "
            "leave it out.",
        ),
        (
            TABLES + "[bobot]\nkit = false\n",
            "peta-kerja.toml [bobot] kit is False; expected a number.",
        ),
        (
            '[masukan]\ntabel = ["*.ods"]\n',
            "peta-kerja.toml [masukan] tabel: no file matches '*.ods' in {folder}/.",
        ),
        (
            "[masukan]\ntabel = [3]\n",
            "peta-kerja.toml [masukan] tabel, entry 1 is 3; expected a text in quotes.",
        ),
        (
            TABLES + 'indikator = ["unmet_need", 2]\n',
            "peta-kerja.toml [masukan] indikator, entry 2 is 2; expected a text in "
            "quotes.",
        ),
        (
            TABLES + 'indikator = "unmet_need"\n',
            "peta-kerja.toml [masukan] indikator is 'unmet_need'; expected a list of "
            "texts in quotes.",
        ),
        (
            TABLES + "[peta]\nkelas = 8\n",
            "peta-kerja.toml [peta] kelas is 8; expected a whole number from 1 to 7.",
        ),
        (
            TABLES + "tahun = 1969\n",
            "peta-kerja.toml [masukan] tahun is 1969; expected a whole number from "
            "1970 to 2100.",
        ),
        (
            TABLES + "bulan = 11\n",
            "peta-kerja.toml [masukan] bulan needs [masukan] tahun, because the "
            "exports name months without years.",
        ),
        (
            TABLES + "[standar]\nkit = nan\n",
            "peta-kerja.toml [standar] kit is nan; expected a number, or false to "
            "leave it out.",
        ),
        (
            TABLES + '[bobot]\n"kit:bkb" = 1\nkit = { bkb = 2 }\n',
            "peta-kerja.toml [bobot] gives 'kit:bkb' twice; give it once.",
        ),
        (
            "masukan = 3\n",
            "peta-kerja.toml: masukan is 3; expected a section: the line [masukan], "
            "and its keys below it.",
        ),
        (
            "[[masukan]]\n",
            "peta-kerja.toml: [[masukan]] is a list of sections; expected [masukan].",
        ),
        (
            'judul = "x"\n' + TABLES,
            "peta-kerja.toml: judul stands outside of any section; expected under "
            "[peta].",
        ),
        (
            'jdl = "x"\n' + TABLES,
            "peta-kerja.toml: jdl stands outside of any section; expected one of the "
            "sections ['masukan', 'peta', 'keluaran', 'privasi', 'standar', 'bobot', "
            "'rencana'].",
        ),
        (
            TABLES + "[keluaran]\ntahun = 2025\n",
            "peta-kerja.toml [keluaran]: unknown key 'tahun'; known: ['folder', "
            "'cetak', 'keberadaan', 'analisis']. It belongs under [masukan] or "
            "[rencana].",
        ),
        (
            TABLES + 'batas = "tidak-ada.geojson"\n',
            "peta-kerja.toml [masukan] batas: no file matches 'tidak-ada.geojson' in "
            "{folder}/.",
        ),
        (
            TABLES + f'[peta]\njudul = ["{"x" * 70}"]\n',
            f"peta-kerja.toml [peta] judul is ['{'x' * 58}…; expected a text in "
            "quotes.",
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


def test_every_fault_of_a_file_is_told_at_once_a_line_for_each(tmp_path):
    text = (
        '[masukan]\ntabel = [3, "*.ods", "*.txt"]\nindikator = [1, 2]\ntahn = 2025\n'
        '[peta]\ntingkat = "dusun"\nkelas = 0\n[bobot]\nkit = "2"\n[rencana]\n'
        'kabkota = ["x.csv"]\n[petta]\n'
    )
    with pytest.raises(ProjectError) as caught:
        read_project(write(tmp_path, text))
    lines = str(caught.value).splitlines()
    assert lines[0] == "peta-kerja.toml has 10 faults:"
    begin = "peta-kerja.toml"
    known = "['tabel', 'tahun', 'bulan', 'periode', 'batas', 'batas_kecamatan', "
    sections = (
        "['masukan', 'peta', 'keluaran', 'privasi', 'standar', 'bobot', 'rencana']"
    )
    assert lines[1:] == [
        f"{begin} [masukan]: unknown key 'tahn'; known: {known}'sistem_kode', "
        "'versi', 'laporan', 'koreksi', 'indikator']. Did you mean 'tahun'?",
        f"{begin}: unknown section [petta]; known: {sections}. Did you mean [peta]?",
        f"{begin} [masukan] tabel, entry 1 is 3; expected a text in quotes.",
        f"{begin} [peta] tingkat is 'dusun'; expected one of ['provinsi', 'kabkota', "
        "'kecamatan', 'desa'].",
        f"{begin} [masukan] indikator, entry 1 is 1; expected a text in quotes.",
        f"{begin} [masukan] indikator, entry 2 is 2; expected a text in quotes.",
        f"{begin} [peta] kelas is 0; expected a whole number from 1 to 7.",
        f"{begin} [bobot] kit is '2'; expected a number.",
        f"{begin} [rencana] kabkota: no file matches 'x.csv' in {tmp_path.name}/.",
        f"{begin} [rencana]: the plan of the province is not named. Comparing needs "
        "the province's and the districts' plans.",
    ]


def test_each_pattern_that_matches_nothing_is_told(tmp_path):
    path = write(tmp_path, '[masukan]\ntabel = ["*.ods", "*.csv", "b.csv"]\n')
    with pytest.raises(ProjectError) as caught:
        read_project(path)
    at = "peta-kerja.toml [masukan] tabel: no file matches"
    assert str(caught.value).splitlines() == [
        "peta-kerja.toml has 2 faults:",
        f"{at} '*.ods' in {tmp_path.name}/.",
        f"{at} 'b.csv' in {tmp_path.name}/.",
    ]


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


def test_a_pattern_takes_nothing_that_is_hidden(tmp_path):
    for name in ("a.csv", ".kkbpk-geo.json", ".b.csv"):
        (tmp_path / name).touch()
    assert find_tables(["*"], tmp_path) == (tmp_path / "a.csv",)
    assert find_tables([".b.csv"], tmp_path) == (tmp_path / ".b.csv",)


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path):
    for name in ("pus [1].csv", "pus 1.csv"):
        (tmp_path / name).touch()
    assert find_tables(["pus [1].csv"], tmp_path) == (tmp_path / "pus [1].csv",)


def test_a_pattern_of_another_folder_is_expanded_too(tmp_path):
    (tmp_path / "a.csv").touch()
    assert find_tables([f"{tmp_path}/*.csv"], Path()) == (tmp_path / "a.csv",)
    with pytest.raises(ProjectError) as caught:
        find_tables([f"{tmp_path}/*.ods"], Path())
    assert str(caught.value) == f"no file matches {f'{tmp_path}/*.ods'!r}."


def test_what_is_no_pattern_at_all_matches_nothing(tmp_path):
    with pytest.raises(ProjectError, match=r"no file matches 'a\*\*b' in "):
        find_tables(["a**b"], tmp_path)


def test_the_years_that_may_be_said_are_those_that_a_table_may_have():
    from kkbpk_geo.intake.reading import FIRST_YEAR, LAST_YEAR

    bounds = {
        (choice.option.least, choice.option.most)
        for choice in CHOICES
        if choice.field.endswith("year")
    }
    assert bounds == {(FIRST_YEAR, LAST_YEAR)}


def test_absolute_names_are_taken_as_they_are(tmp_path):
    (tmp_path / "a.csv").touch()
    assert find_tables([str(tmp_path / "a.csv")], Path(), "x") == (tmp_path / "a.csv",)


def test_a_project_file_may_ask_for_every_method_that_needs_no_breaks_of_its_own():
    (choice,) = [choice for choice in CHOICES if choice.field == "method"]
    assert set(choice.words) == set(get_args(classes.Method)) - {"fixed"}


# --- boundaries beside the project file --------------------------------------------


def store_in(folder, name="batas.kgeo"):
    path = folder / name
    write_store(path, villages(), names={}, provenance={})
    return path


def test_of_several_stores_the_one_of_the_province_is_taken(tmp_path, monkeypatch):
    monkeypatch.delenv("KKBPK_BOUNDARIES")
    path = tmp_path / "a-banten.kgeo"
    lebak = villages().rename({"18.10.01.2001": "36.02.01.2001"})[["36.02.01.2001"]]
    write_store(path, lebak, names={}, provenance={})
    lampung = store_in(tmp_path, "lampung.kgeo")
    assert project_in(tmp_path) == lampung
    assert project_in(tmp_path, '[peta]\nprovinsi = "Banten"') == path
    # What is no province is refused where its regions are loaded.
    assert project_in(tmp_path, '[peta]\nprovinsi = "Atlantis"') == lampung


def project_in(folder, batas=""):
    (folder / "a.csv").write_text("x", encoding="utf-8")
    text = f'[masukan]\ntabel = ["a.csv"]\ntahun = 2025\n{batas}\n'
    return read_project(write(folder, text)).boundaries


def test_a_store_beside_the_project_file_is_its_boundaries(tmp_path, monkeypatch):
    monkeypatch.delenv("KKBPK_BOUNDARIES")
    assert project_in(tmp_path) is None
    beside = store_in(tmp_path)
    assert project_in(tmp_path) == beside
    named = store_in(tmp_path / "..", f"{tmp_path.name}.kgeo")
    assert project_in(tmp_path, f'batas = "../{named.name}"').samefile(named)
    assert project_in(tmp_path, 'batas = "bawaan"') == Path("bawaan")
    monkeypatch.setenv("KKBPK_BOUNDARIES", str(named))
    assert project_in(tmp_path).samefile(named)
