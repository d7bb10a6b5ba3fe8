"""A project file may hold anything: it is followed, or refused in a sentence."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kkbpk_geo.base.errors import KkbpkGeoError, ProjectError
from kkbpk_geo.pipeline.project import CHOICES
from kkbpk_geo.pipeline.project_files import (
    find_files,
    find_tables,
    without_outputs,
)
from kkbpk_geo.pipeline.project_reading import read_project

TABLE = "KABUPATEN;JUMLAH BKB;BULAN\nMesuji;5;MEI\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kantor")
    (folder / "t.csv").write_text(TABLE, encoding="utf-8")
    return folder


def refusal(folder, text):
    path = folder / "p.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ProjectError) as caught:
        read_project(path)
    return str(caught.value)


TABLES = '[masukan]\ntabel = ["t.csv"]\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[masukan]\ntabel = [["t.csv"]]\n',
            "p.toml [masukan] tabel, entry 1 is ['t.csv']; expected a text in quotes.",
        ),
        (
            TABLES + '[keluaran]\nfolder = "a\\u0000b"\n',
            "p.toml [keluaran] folder is 'a\\x00b'; expected the name of a folder in "
            "quotes.",
        ),
        (
            TABLES + "[standar]\nunmet_need = 1e308\n",
            "p.toml [standar] unmet_need is 1e+308; expected a number, or false to "
            "leave it out, at most 1e+12.",
        ),
        (
            TABLES + f"[bobot]\nkit = 0x{'f' * 5000}\n",
            "p.toml [bobot] kit is int …; expected a number, at most 1e+12.",
        ),
        (
            TABLES + f'tahun = 2025\nbulan = "{"9" * 5000}"\n',
            f"p.toml [masukan] bulan is '{'9' * 59}…; expected a month such as "
            "'November' or 11.",
        ),
        (
            "a = " + "[" * 100_000,
            "p.toml: not valid TOML: brackets within brackets, or a number of "
            "thousands of digits. Compare it with: kkbpk-geo init",
        ),
        (
            f"a = {'1' * 5000}",
            "p.toml: not valid TOML: brackets within brackets, or a number of "
            "thousands of digits. Compare it with: kkbpk-geo init",
        ),
        (
            TABLES + f"[standar.{'a.' * 2000}b]\nc = 1\n",
            "p.toml: sections within sections, hundreds deep; expected one.",
        ),
    ],
)
def test_a_wrong_thing_is_refused_in_one_sentence(folder, text, message):
    assert refusal(folder, text) == message


def test_the_largest_number_is_below_a_million_million(folder):
    path = folder / "p.toml"
    path.write_text(TABLES + "[bobot]\nkit = 999999999999\n", encoding="utf-8")
    assert read_project(path).weights == {"kit": 999999999999}
    assert "at most" in refusal(folder, TABLES + "[bobot]\nkit = 1000000000000\n")


LONG = ["a" * 5000, "a/" * 5000, "*" * 2000 + "b", "*/" * 300 + "b"]


@pytest.mark.parametrize("name", ["a**b", "**", "t\0.csv", "*\0", "[", "", *LONG])
def test_a_name_of_no_file_matches_none(folder, name):
    with pytest.raises(ProjectError, match=r"^no file matches "):
        find_files(name, folder)


def test_of_a_folder_every_table_in_it_and_below_is_taken_in_order(tmp_path):
    inside = ("b.CSV", "a.xlsx", "metro/c.ods", "metro/x.fods")
    beside = ("~$a.xlsx", ".b.csv", ".git/d.csv", "catatan.txt", "peta.html")
    for name in (*inside, *beside):
        path = tmp_path / "masuk" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    wanted = [tmp_path / "masuk" / name for name in sorted(inside)]
    assert find_files("masuk", tmp_path) == wanted
    assert find_files(f"{tmp_path}/masuk/") == wanted
    # Named twice, a table still counts once.
    assert find_tables(["masuk", "masuk/*.xlsx"], tmp_path) == tuple(wanted)


def test_a_folder_without_a_table_is_refused_and_says_what_tables_are_called(tmp_path):
    (tmp_path / "catatan.txt").touch()
    with pytest.raises(ProjectError) as caught:
        find_files(str(tmp_path))
    assert str(caught.value) == (
        f"{tmp_path} holds no table; expected files that end in .csv, .xlsx, .xlsm, "
        ".xlsb, .xls, .ods, .fods."
    )


def test_a_folder_is_no_project_file(folder):
    with pytest.raises(ProjectError) as caught:
        read_project(folder)
    assert str(caught.value) == (
        f"{folder}: cannot be read (it is a folder). Name a project file; kkbpk-geo "
        "init writes one."
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_rights_is_told_as_such(tmp_path):
    locked = tmp_path / "terkunci"
    locked.mkdir(mode=0)
    with pytest.raises(ProjectError, match=r"cannot be opened \(Permission denied\)"):
        find_files("terkunci/t.csv", tmp_path)


def test_a_file_without_rights_is_told_as_such(tmp_path, monkeypatch):
    def refuse(*_args, **_options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "stat", refuse)
    with pytest.raises(ProjectError) as caught:
        find_files("t.csv", tmp_path, "p.toml [masukan] tabel")
    assert str(caught.value) == (
        f"p.toml [masukan] tabel: {tmp_path / 't.csv'}: cannot be opened (Permission "
        "denied). Check rights and folder."
    )


NAMES = ["data[1].csv", "data [final].csv", "-a.csv", "a*b.csv", "a\nb.csv", "l\udce9"]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_exists_goes_before_the_pattern_of_its_name(tmp_path, name):
    path = tmp_path / name
    path.write_text(TABLE, encoding="utf-8")
    (tmp_path / "data1.csv").write_text(TABLE, encoding="utf-8")
    assert find_files(name, tmp_path) == [path]


# --- what the last run wrote --------------------------------------------------------

WRITTEN = {
    "indikator.csv": "\ufeffperiod;region_code;indicator;numerator;denominator",
    "kesenjangan.csv": "\ufeffperiod,region_code,service,need,supply,gap,surplus",
    "skor.csv": "\ufeffregion_code;score;rank;rank_low;rank_high",
    "tidak-ditempatkan.csv": "\ufeffsource_file;reason",
}


def test_results_in_the_folder_of_the_tables_are_left_out(tmp_path):
    for name, heading in WRITTEN.items():
        (tmp_path / name).write_text(f"{heading}\n", encoding="utf-8")
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    path = tmp_path / "p.toml"
    text = '[masukan]\ntabel = ["*.csv"]\n[keluaran]\nfolder = "."\n'
    path.write_text(text, encoding="utf-8")
    assert [table.name for table in read_project(path).tables] == ["t.csv"]
    # Elsewhere results are somebody's files.
    path.write_text(text.replace('"."', '"hasil"'), encoding="utf-8")
    assert len(read_project(path).tables) == 5


def test_a_table_of_the_office_is_read_though_it_is_called_as_a_result(tmp_path):
    path = tmp_path / "skor.csv"
    path.write_text(TABLE, encoding="utf-8")
    assert without_outputs([path], tmp_path, ["*.csv"]) == (path,)


def test_who_names_a_result_means_it(tmp_path):
    path = tmp_path / "skor.csv"
    path.write_text(WRITTEN["skor.csv"], encoding="utf-8")
    assert without_outputs([path], tmp_path, ["skor.csv"]) == (path,)
    assert without_outputs([path], tmp_path, ["*.csv"]) == ()


# --- whatever stands there ----------------------------------------------------------

PATHS = st.text("at.csv*?[]!/\\~:-\0\n é", max_size=12) | st.sampled_from(LONG)
VALUES = st.recursive(
    st.booleans()
    | st.integers(-(10**6), 10**20)
    | st.floats()
    | PATHS
    | st.sampled_from(["t.csv", "2025", "Lampung", "en", "1e308", "Mei"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("ab:", min_size=1, max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = st.sampled_from([choice.option.key for choice in CHOICES])


def toml(value):
    """A value as TOML writes it."""
    if isinstance(value, dict):
        pairs = [f"{json.dumps(key)} = {toml(entry)}" for key, entry in value.items()]
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, float):
        return repr(value)
    return json.dumps(value)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(said=st.dictionaries(KEYS, VALUES, max_size=5), above=st.booleans())
def test_no_types_paths_or_sizes_end_in_a_fault_of_ours(folder, said, above):
    lines = [f"{key} = {toml(value)}" for key, value in said.items()]
    if above:
        lines.insert(0, 'masukan.tabel = ["t.csv"]')
    path = folder / "p.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    try:
        project = read_project(path)
    except KkbpkGeoError as err:
        assert str(err)  # noqa: PT017
    else:
        assert project.tables
