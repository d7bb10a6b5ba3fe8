"""Lines that stand in one cell each are split; other texts stay as they are."""

from __future__ import annotations

import io
import random

import openpyxl
import pytest

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.base.formats import month_number
from kkbpk_geo.intake import read_table
from kkbpk_geo.io import is_about_a_person
from kkbpk_geo.io.grids import load_grids
from kkbpk_geo.io.reading import text
from kkbpk_geo.io.reading.grid import MAX_LETTERS, MAX_WIDTH

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


# --- what texts may hold --------------------------------------------------------------


def test_an_old_mac_ends_its_lines_with_a_carriage_return(tmp_path):
    assert load(tmp_path, "\r".join(LINES)).rows == ROWS


@pytest.mark.parametrize("mark", [True, False])
@pytest.mark.parametrize("width", ["16-le", "16-be", "32-le", "32-be"])
def test_wide_texts_are_read_with_their_mark_and_without(tmp_path, width, mark):
    whole = "\n".join(LINES).encode(f"utf-{width}")
    start = "\ufeff".encode(f"utf-{width}") if mark else b""
    (tmp_path / "a.csv").write_bytes(start + whole)
    assert load_grids(tmp_path / "a.csv")[0].rows == ROWS


def test_a_zero_byte_is_dropped_and_told(tmp_path):
    grid = load(tmp_path, "\n".join(LINES).replace("Metro", "Me\0tro"))
    assert (grid.rows, grid.notes) == (ROWS, ("zero_bytes",))
    (tmp_path / "a.csv").write_text("KABUPATEN;JUMLAH BKB\nMe\0suji;5\n")
    kinds = [each.code for each in read_table(tmp_path / "a.csv", year=2025).findings]
    assert kinds == ["zero_bytes"]


def test_a_text_of_many_zero_bytes_is_no_text(tmp_path):
    letters = "KAB;PUS\n" + "Mesuji;1\n" * 10  # 98 letters: two zeros are 2 per cent
    assert load(tmp_path, letters + "\0" * 2).notes == ("zero_bytes",)
    with pytest.raises(IntakeError, match="neither text nor a workbook"):
        load(tmp_path, letters + "\0" * 3)


def test_a_cell_longer_than_any_of_excel_is_cut_and_told(tmp_path):
    longest = "x" * MAX_LETTERS
    grid = load(tmp_path, f"KAB;PUS;NOTE\nMesuji;1;{longest}\n")
    assert (grid.rows[1][2], grid.notes) == (longest, ())
    for cell in (f"{longest}y", longest * 5, f'"{longest * 5};b"'):
        grid = load(tmp_path, f"KAB;PUS;NOTE\nMesuji;1;{cell}\nMetro;2;z\n")
        assert grid.rows[1:] == [["Mesuji", "1", longest], ["Metro", "2", "z"]]
        assert grid.notes == ("cell_cut",)
    assert MAX_LETTERS == 32_767


def test_a_cut_cell_is_told_of_its_file(tmp_path):
    (tmp_path / "a.csv").write_text(
        "KABUPATEN;JUMLAH BKB;NOTE\nMesuji;5;" + "x" * 40_000
    )
    kinds = [each.code for each in read_table(tmp_path / "a.csv", year=2025).findings]
    assert "cell_cut" in kinds


def test_a_quotation_mark_does_not_take_in_the_lines_up_to_a_far_one(tmp_path):
    rows = "Mesuji;1;2\n" * 20_000
    grid = load(tmp_path, f'KAB;PUS;"PA\n{rows}Metro;2;3"\n')
    assert len(grid.rows) == 20_002
    assert grid.rows[-1] == ["Metro", "2", '3"']


def test_the_limit_of_who_else_reads_csv_stays_as_it_was(tmp_path):
    before = text.csv.field_size_limit()
    load(tmp_path, "KAB;PUS\nMesuji;" + "x" * 140_000)
    assert text.csv.field_size_limit() == before == text._CSV_LETTERS


def test_a_text_wider_than_any_sheet_is_refused(tmp_path):
    assert load(tmp_path, ";".join("1" * MAX_WIDTH)).width == MAX_WIDTH == 16_384
    with pytest.raises(IntakeError) as error:
        load(tmp_path, "KAB;PUS\n" + ";".join("1" * 200_000) + "\na;b" * 200)
    assert str(error.value) == (
        "a.csv: 200000 columns in row 2, more than the limit of 16384. Save the table "
        "with a line for each row, and ; between its columns."
    )


def test_rows_that_grow_when_they_are_padded_are_refused(tmp_path):
    long, wide = "1\n" * 3_000, ";".join("1" * 10_001)
    with pytest.raises(IntakeError, match=r"3001 rows and 30013001 cells"):
        load(tmp_path, f"{long}{wide}\n")


@pytest.mark.parametrize("digits", ["9" * 5_000, "1" * 3, "13", "0", "000", ""])
def test_digits_that_are_no_month_are_none(digits):
    assert month_number(digits) is None


def test_zeros_before_a_month_are_nothing():
    assert (month_number("0" * 5_000 + "11"), month_number("07")) == (11, 7)


def test_a_long_note_is_searched_for_persons_in_time_that_grows_as_it_does():
    """Looking from each letter to the end of a note would take minutes for these."""
    for note in ("a" * 500_000, "1" * 500_000, "a-" * 250_000, "@a" * 250_000):
        assert not is_about_a_person(note)
    assert is_about_a_person("a" * 500_000 + "@dinas.go.id")


# --- without a second copy ------------------------------------------------------------


def test_lines_end_as_python_ends_them():
    rng = random.Random(1)
    for _ in range(500):
        said = "".join(rng.choices(["a", "b;", "\n", "\r", "\r\n", "\u2028"], k=9))
        assert list(text._lines(said)) == list(io.StringIO(said, newline=None)), said


def test_cells_that_say_the_same_are_one_string():
    rows = text._read("LAMPUNG UTARA;1\nLAMPUNG UTARA;2\n", ";")
    assert rows[0][0] is rows[1][0]
    grid = text.load_text("a.csv", "KAB;N\nLAMPUNG UTARA;1\nLAMPUNG UTARA;2\n")
    assert grid.rows[1][0] is grid.rows[2][0]


def test_what_is_remembered_is_bounded_and_nothing_changes(monkeypatch):
    said = "".join(f"K{n % 7};  x  {n % 3};{n}\n" for n in range(40))
    before = text.load_text("a.csv", said).rows
    monkeypatch.setattr(text.limits, "REMEMBERED", 2)
    assert text.load_text("a.csv", said).rows == before
    one = text._Shared()
    assert [one[cell] for cell in "abcab"] == [*"abcab"]
    assert len(one) <= 2
