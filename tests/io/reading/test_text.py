"""Lines that stand in one cell each are split; other texts stay as they are."""

from __future__ import annotations

import openpyxl
import pytest

from kkbpk_geo.io.grids import load_grids
from kkbpk_geo.io.reading import text

LINES = ["KAB;PUS;PA", "Mesuji;1.234;7", "Metro;20;8"]
ROWS = [["KAB", "PUS", "PA"], ["Mesuji", "1.234", "7"], ["Metro", "20", "8"]]


def load(folder, content):
    (folder / "a.csv").write_bytes(content.encode())
    (grid,) = load_grids(folder / "a.csv")
    return grid


def quoted(line):
    return '"' + line.replace('"', '""') + '"'


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("padding", ["", ";;", ",,"])
def test_whole_lines_in_quotes_are_split(tmp_path, separator, padding):
    lines = [quoted(line.replace(";", separator)) + padding for line in LINES]
    grid = load(tmp_path, "\ufeff" + "\r\n".join(lines))
    assert [row[:3] for row in grid.rows] == ROWS
    assert grid.notes == ("lines_in_quotes",)


def test_fields_in_quotes_within_lines_in_quotes_keep_their_separators(tmp_path):
    lines = ['"KAB","PUS"', '"Mesuji, Lampung","1,5"', '"Metro","2"']
    grid = load(tmp_path, "\n".join(map(quoted, lines)))
    assert grid.rows == [["KAB", "PUS"], ["Mesuji, Lampung", "1,5"], ["Metro", "2"]]


def test_a_title_and_a_header_without_quotes_stay(tmp_path):
    lines = ["NOVEMBER 2025", LINES[0], *map(quoted, LINES[1:] * 3)]
    grid = load(tmp_path, "\n".join(lines))
    assert grid.rows == [["NOVEMBER 2025", "", ""], ROWS[0], *ROWS[1:] * 3]


def test_lines_in_the_first_column_of_a_workbook_are_split(tmp_path):
    book = openpyxl.Workbook()
    for line in LINES:
        book.active.append([line])
    book.save(tmp_path / "a.xlsx")
    (grid,) = load_grids(tmp_path / "a.xlsx")
    assert (grid.rows, grid.typed) == (ROWS, False)
    assert grid.notes == ("lines_in_one_cell",)


@pytest.mark.parametrize(
    "lines",
    [
        ["ALAMAT", "Natar, Lampung Selatan", "Metro, Lampung"],  # no figures
        ["CATATAN", "Ada 5, kurang 2", "Baik", "Cukup"],  # most are no records
        ["KAB", "Mesuji", "Metro"],
    ],
)
def test_a_column_of_texts_is_not_split(tmp_path, lines):
    grid = load(tmp_path, "\n".join(map(quoted, lines)))
    assert (grid.rows, grid.notes) == ([[line] for line in lines], ())


def test_a_table_with_other_columns_is_not_split(tmp_path):
    lines = ['"KAB;1";PUS', '"Mesuji;2";1', '"Metro;3";2']
    assert load(tmp_path, "\n".join(lines)).rows[1] == ["Mesuji;2", "1"]


def test_what_counts_as_most_lines_is_more_than_half(tmp_path):
    half = [*map(quoted, LINES), "a;b", "c;d", "e;f"]
    assert load(tmp_path, "\n".join(half)).notes == ()
    most = [*map(quoted, LINES), "a;b", "c;d"]
    assert load(tmp_path, "\n".join(most)).notes == ("lines_in_quotes",)
    assert (text._MOSTLY, text._FEW_LINES) == (0.5, 2)


def test_a_code_that_an_export_wrote_as_a_formula_is_its_text(tmp_path):
    grid = load(tmp_path, 'KODE;PUS\n"=""18.10""";5\n')
    assert grid.rows[1] == ["18.10", "5"]
