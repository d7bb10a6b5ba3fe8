"""Any source becomes a grid, or an error that says what to do."""

from __future__ import annotations

import zipfile
from io import BytesIO

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.io import grids as sheets
from kkbpk_geo.io.grids import load_grids
from kkbpk_geo.io.reading import grid as limits
from kkbpk_geo.io.reading.text import find_separator

ROWS = [["KABUPATEN", "YANG ADA"], ["Mesuji", "1"], ["Café", "2"]]


def write(path, data):
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"],  # -le: without its mark
)
def test_text_of_any_separator_and_encoding_is_read(tmp_path, separator, encoding):
    text = "\r\n".join(separator.join(row) for row in ROWS)
    path = write(tmp_path / "data.csv", text.encode(encoding))
    assert load_grids(path)[0].rows == ROWS


def test_spaces_that_do_not_break_and_line_breaks_inside_quotes_are_folded(tmp_path):
    path = write(tmp_path / "a.csv", b'DESA;ADA\n"RAMBU-\nRAMBU";1\n A\xa0 B ;2\n')
    assert load_grids(path)[0].rows[1:] == [["RAMBU- RAMBU", "1"], ["A B", "2"]]


def test_a_quotation_mark_that_nobody_closed_does_not_swallow_the_file(tmp_path):
    path = write(tmp_path / "a.csv", b'DESA;ADA\n"Suka;1\nMaju;2\n')
    assert [row[1] for row in load_grids(path)[0].rows] == ["ADA", "1", "2"]


def test_decimal_commas_do_not_make_a_comma_the_separator():
    assert find_separator("KAB;PERSEN\nMesuji;1,5\nMetro;2,5\n") == ";"


def test_a_line_that_states_the_separator_is_believed():
    assert find_separator("sep=|\nA;B|C\n") == "|"


@given(st.lists(st.lists(st.sampled_from(["a", "1", ""]), max_size=4), max_size=6))
def test_rows_are_padded_to_one_width_and_only_blank_ends_are_cut(rows):
    rows = [*rows, ["end"]]
    (grid,) = load_grids(rows)
    assert len(grid.rows) == len(rows)
    assert {len(row) for row in grid.rows} == {grid.width}
    for row, padded in zip(rows, grid.rows, strict=True):
        assert padded[: len(row)] == row


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_workbooks_keep_the_types_of_cells(tmp_path, suffix):
    path = tmp_path / f"a.{suffix}"
    engine = {"ods": "odf", "xlsx": "openpyxl"}[suffix]
    pd.DataFrame({"A": [1, 2.5], "B": ["x", None]}).to_excel(
        path, index=False, engine=engine
    )
    (grid,) = load_grids(path)
    assert grid.rows == [["A", "B"], [1, "x"], [2.5, ""]]
    assert grid.typed


def test_every_visible_sheet_is_read_or_the_one_that_is_named(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Satu"
    book.create_sheet("Dua")
    book.create_sheet("Rahasia").sheet_state = "hidden"
    for sheet in book:
        sheet.append([sheet.title])
    book.save(tmp_path / "a.xlsx")
    names = [grid.sheet for grid in load_grids(tmp_path / "a.xlsx")]
    assert names == ["Satu", "Dua"]
    (hidden,) = load_grids(tmp_path / "a.xlsx", sheet="Rahasia")
    assert hidden.rows == [["Rahasia"]]


def test_rows_keep_their_numbers_below_empty_ones(tmp_path):
    book = openpyxl.Workbook()
    book.active["B3"] = "x"
    book.save(tmp_path / "a.xlsx")
    assert load_grids(tmp_path / "a.xlsx")[0].rows == [["", ""], ["", ""], ["", "x"]]


def test_columns_of_a_frame_are_its_header_and_unnamed_ones_are_blank():
    frame = pd.DataFrame([[1, None]], columns=["A", "Unnamed: 1"])
    assert load_grids(frame)[0].rows == [["A", ""], [1, ""]]


def test_levels_of_columns_are_rows_of_the_header():
    columns = pd.MultiIndex.from_tuples([("BKB", "Ada"), ("BKB", "Lapor")])
    grid = load_grids(pd.DataFrame([[2, 1]], columns=columns))[0]
    assert grid.rows == [["BKB", "BKB"], ["Ada", "Lapor"], [2, 1]]


def test_a_named_index_is_a_column():
    frame = pd.DataFrame({"PUS": [5]}, index=pd.Index(["18.10"], name="region_code"))
    assert load_grids(frame)[0].rows == [["region_code", "PUS"], ["18.10", 5]]


def test_records_may_have_different_keys():
    grid = load_grids([{"A": 1}, {"B": 2}])[0]
    assert grid.rows == [["A", "B"], [1, ""], ["", 2]]


# --- refusals -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        (
            "a.xls",
            b"<html><table>",
            "a.xls: this is a web page, not a sheet, whatever its name says. "
            "Open it in a spreadsheet program and save it as XLSX.",
        ),
        (
            "a.csv",
            b"%PDF-1.7",
            "a.csv: this is a PDF, not a sheet, whatever its name says. "
            "Ask for the workbook (XLSX) or CSV that it was made from.",
        ),
        (
            "a.xlsx",
            b"PK\x03\x04junk",
            "a.xlsx: damaged workbook (File is not a zip file). "
            "Open it in a spreadsheet program and save it again.",
        ),
        (
            "a.csv",
            b"\x01\x00\x02abc\x00\xff",
            "a.csv: neither text nor a workbook. Save it as CSV or XLSX.",
        ),
    ],
)
def test_what_is_no_sheet_is_refused_with_the_way_out(tmp_path, name, data, message):
    with pytest.raises(IntakeError) as error:
        load_grids(write(tmp_path / name, data))
    assert str(error.value) == message


def test_an_absent_file_is_named_without_its_folder(tmp_path):
    with pytest.raises(IntakeError) as error:
        load_grids(tmp_path / "a.csv")
    assert str(error.value) == (
        "a.csv: cannot be opened (No such file or directory). Check path and rights."
    )


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(IntakeError, match=r"not a file\. Give a CSV, XLSX, XLS or ODS"):
        load_grids(tmp_path)


def test_an_absent_sheet_is_answered_with_those_there_are(tmp_path):
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    with pytest.raises(IntakeError) as error:
        load_grids(tmp_path / "a.xlsx", sheet="Dua")
    assert str(error.value) == "a.xlsx: no sheet 'Dua'; it has Sheet."


def test_a_text_file_has_no_sheets(tmp_path):
    path = write(tmp_path / "a.csv", b"A;B\n1;2\n")
    with pytest.raises(IntakeError) as error:
        load_grids(path, sheet="Satu")
    assert (
        str(error.value) == "a.csv: text files have no sheets; leave sheet='Satu' out."
    )


def test_a_list_of_something_else_is_refused():
    with pytest.raises(IntakeError) as error:
        load_grids([1, 2])
    assert str(error.value) == (
        "list: its items are of type int; expected paths, DataFrames, mappings "
        "or lists of cells, all of one type."
    )


def test_an_open_file_is_read_no_further_than_its_limit(monkeypatch):
    class Endless:
        name = "tanpa-akhir.csv"

        def read(self, most=-1):
            assert 0 < most < 1000, "it would be read to its end, which it has not"
            return b"a;b\n" * most

    monkeypatch.setattr(sheets, "MAX_BYTES", 100)
    with pytest.raises(IntakeError, match=r"^tanpa-akhir\.csv: 0 MB, more than the"):
        load_grids(Endless())


def test_what_comes_in_pieces_is_read_to_its_end():
    class Pipe(BytesIO):
        def read(self, most=-1):
            return super().read(min(most, 3))

    (grid,) = load_grids(Pipe(b"desa;kelompok\nNatar;4\nMerak Batin;5\n"))
    assert grid.rows[-1] == ["Merak Batin", "5"]


def test_a_file_beyond_the_limit_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "MAX_BYTES", 2_000_000)
    path = write(tmp_path / "a.csv", b"a;b\n" * 750_000)
    with pytest.raises(IntakeError) as error:
        load_grids(path)
    assert str(error.value) == (
        "a.csv: 3 MB, more than the limit of 2 MB. "
        "Split it, or save only the table as CSV."
    )


def test_a_workbook_that_unpacks_without_end_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    with pytest.raises(IntakeError) as error:
        load_grids(path)
    assert str(error.value) == (
        "a.xlsx: unpacks to 60 MB from 0.1 MB, more than the limit of 1000 MB or "
        "200 times. Save only the table as CSV."
    )


def test_too_many_rows_or_cells_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_ROWS", 2)
    text = write(tmp_path / "a.csv", b"A;B\n1;2\n3;4\n")
    with pytest.raises(IntakeError) as error:
        load_grids(text)
    assert str(error.value) == (
        "a.csv: 3 rows, more than the limit of 2. Split it by year or province."
    )
    pd.DataFrame({"A": [1, 2]}).to_excel(tmp_path / "a.xlsx", index=False)
    with pytest.raises(IntakeError) as error:
        load_grids(tmp_path / "a.xlsx")
    assert str(error.value) == (
        "a.xlsx, sheet 'Sheet1': 3 rows and 3 cells; the limits are 2 and 30000000. "
        "Delete what is not the table, or save it as CSV."
    )


def test_a_workbook_that_is_no_workbook_inside_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("readme.txt", "nothing")
    with pytest.raises(IntakeError) as error:
        load_grids(tmp_path / "a.xlsx")
    assert str(error.value) == (
        "a.xlsx: this is a packed archive (ZIP) of readme.txt, not a sheet, whatever "
        "its name says. Unpack it and give the file that is inside."
    )
