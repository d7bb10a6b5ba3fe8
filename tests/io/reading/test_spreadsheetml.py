"""Excel 2003 XML, as report servers write it."""

from __future__ import annotations

import datetime

import pytest

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.io.grids import load_grids
from kkbpk_geo.io.reading.grid import OddCell

SPACE = "urn:schemas-microsoft-com:office:spreadsheet"


def book(*sheets):
    return (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        f'<Workbook xmlns="{SPACE}" xmlns:ss="{SPACE}">{"".join(sheets)}</Workbook>'
    )


def sheet(inside, name="Data", options=""):
    return (
        f'<Worksheet ss:Name="{name}"><Table>{inside}</Table>'
        f"<WorksheetOptions>{options}</WorksheetOptions></Worksheet>"
    )


def row(*cells, more=""):
    return f"<Row{more}>{''.join(cells)}</Row>"


def cell(text="", kind="String", more=""):
    data = f'<Data ss:Type="{kind}">{text}</Data>' if text else ""
    return f"<Cell{more}>{data}</Cell>"


def load(folder, content, **options):
    (folder / "a.xls").write_bytes(
        content if isinstance(content, bytes) else content.encode()
    )
    return load_grids(folder / "a.xls", **options)


def test_cells_keep_their_types_and_places(tmp_path):
    rows = [
        row(cell("PUS"), cell("1.5", "Number", ' ss:Index="3"')),
        row(cell("2025-11-03T00:00:00.000", "DateTime"), cell("1", "Boolean"),
            cell("7", "Number"), more=' ss:Index="3"'),
    ]  # fmt: skip
    (grid,) = load(tmp_path, book(sheet("".join(rows))))
    assert grid.rows == [["PUS", "", 1.5], ["", "", ""],
                         [datetime.datetime(2025, 11, 3), True, 7]]  # fmt: skip
    assert (grid.typed, grid.sheet) == (True, "Data")


def test_merged_cells_leave_room_below_and_beside(tmp_path):
    rows = [
        row(cell("KAB", more=' ss:MergeDown="1"'),
            cell("PUS", more=' ss:MergeAcross="1"')),
        row(cell("L"), cell("P")),
    ]  # fmt: skip
    (grid,) = load(tmp_path, book(sheet("".join(rows))))
    assert grid.rows == [["KAB", "PUS", ""], ["", "L", "P"]]
    assert grid.merged == (((0, 0), (1, 0)), ((0, 1), (0, 2)))


def test_errors_formulas_and_what_is_hidden_are_known(tmp_path):
    columns = '<Column/><Column ss:Index="3" ss:Span="1" ss:Hidden="1"/>'
    rows = [
        row(cell("#REF!", "Error", ' ss:Formula="=R9C1"')),
        row(cell(more=' ss:Formula="=RC[1]+1"'), more=' ss:Hidden="1"'),
        row(cell("5", "Number", ' ss:Formula="=2+3"')),
    ]
    (grid,) = load(tmp_path, book(sheet(columns + "".join(rows))))
    assert grid.rows == [["#REF!"], ["=RC[1]+1"], [5]]
    assert grid.odd_cells == (
        OddCell(0, 0, "error", "#REF!"), OddCell(1, 0, "unstored", "=RC[1]+1")
    )  # fmt: skip
    assert (grid.hidden_rows, grid.hidden_columns) == ({1}, {2, 3})


def test_hidden_sheets_are_left_out(tmp_path):
    hidden = sheet(row(cell("y")), "Lama", "<Visible>SheetHidden</Visible>")
    content = book(sheet(row(cell("x"))), hidden)
    assert [grid.sheet for grid in load(tmp_path, content)] == ["Data"]
    assert load(tmp_path, content, sheet="Lama")[0].rows == [["y"]]
    with pytest.raises(IntakeError, match=r"no sheet 'Baru'; it has Data, Lama\."):
        load(tmp_path, content, sheet="Baru")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_any_encoding_is_read(tmp_path, encoding):
    content = book(sheet(row(cell("Café")))).encode(encoding)
    assert load(tmp_path, content)[0].rows == [["Café"]]


def test_blank_lines_before_the_declaration_do_no_harm(tmp_path):
    assert load(tmp_path, "\n\n" + book(sheet(row(cell("x")))))[0].rows == [["x"]]


def test_damaged_xml_is_told(tmp_path):
    with pytest.raises(
        IntakeError, match=r"^a\.xls: a workbook in XML that is damaged"
    ):
        load(tmp_path, book(sheet(row(cell("A & B")))))
