"""What the parts of a workbook say that its values do not."""

from __future__ import annotations

import struct
import zipfile

import openpyxl
import pytest
import xlsxwriter

from kkbpk_geo.io.grids import load_grids
from kkbpk_geo.io.reading.grid import OddCell

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def workbook(path, sheet, *, computes="", prefix=""):
    """A workbook whose one sheet, Data, is this XML."""
    x = prefix
    space = f'xmlns{":" + x[:-1] if x else ""}="{MAIN}"'
    main = (
        f'<{x}workbook {space} xmlns:r="{LINK}"><{x}sheets>'
        f'<{x}sheet name="Data" sheetId="1" r:id="rId1"/></{x}sheets>'
        f"<{x}calcPr {computes}/></{x}workbook>"
    )
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-'
            'package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main'
            '+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
            f'ContentType="{KIND}.worksheet+xml"/></Types>'
        ),
        "_rels/.rels": links("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": main,
        "xl/_rels/workbook.xml.rels": links("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": (
            f"<{x}worksheet {space}>{sheet}</{x}worksheet>"
        ),
    }  # fmt: skip
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    (grid,) = load_grids(path)
    return grid


def links(kind, target):
    return (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{LINK}/{kind}" Target="{target}"/></Relationships>'
    )


def rows(*lines):
    numbered = enumerate(lines, 1)
    inside = "".join(f'<row r="{i}">{line}</row>' for i, line in numbered)
    return f"<sheetData>{inside}</sheetData>"


VALUE = '<c r="A1"><v>1</v></c>'


def test_an_error_is_a_text_and_known_even_below_the_last_value(tmp_path):
    sheet = rows(VALUE, '<c r="C2" t="e"><f>B9/0</f><v>#DIV/0!</v></c>')
    grid = workbook(tmp_path / "a.xlsx", sheet)
    assert grid.rows == [[1, "", ""], ["", "", "#DIV/0!"]]
    assert grid.odd_cells == (OddCell(1, 2, "error", "#DIV/0!"),)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('<c r="A2"><f>B2+5</f></c>', "=B2+5"),
        ('<c r="A2"><f>B2&amp;"x"</f><v></v></c>', '=B2&"x"'),
        ('<c r="A2"><f>B2</f>\n<v />\n</c>', "=B2"),
        ('<c r="A2"><f t="shared" si="0"/></c>', "=…"),  # the text stands in the first
        ('<c r="A2"><f t="shared" si="0"/><v>7</v></c>', 7),
        ('<c r="A2"><f>B2</f><v>7</v></c>', 7),
        ('<c r="A2"><f>B2</f><v>0</v></c>', 0),
        ('<c r="A2" t="str"><f>B2</f><v></v></c>', ""),  # an empty text is a result
        ('<c r="A2" t="str"><f>B2</f></c>', "=B2"),
        ("<c r='A2' t='e'><v>#N/A</v></c>", "#N/A"),
        ('<c r="A2"><v/></c>', ""),
    ],
)
def test_a_cell_holds_its_result_or_the_formula_that_has_none(tmp_path, cell, shown):
    sheet = rows(VALUE, cell, '<c r="A3"><v>3</v></c>')
    grid = workbook(tmp_path / "a.xlsx", sheet)
    assert grid.rows == [[1], [shown], [3]]
    assert bool(grid.odd_cells) == (str(shown)[:1] in ("=", "#"))


ZEROS = rows('<c r="A1"><f>B1</f><v>0</v></c>', '<c r="A2"><f>B2</f><v>0</v></c>')
ONE = rows('<c r="A1"><f>B1</f><v>0</v></c>', '<c r="A2"><f>B2</f><v>4</v></c>')


@pytest.mark.parametrize(
    ("sheet", "computes", "shown"),
    [
        # Programs that compute nothing store 0 for every formula, and say so.
        (ZEROS, 'fullCalcOnLoad="1"', [["=B1"], ["=B2"]]),
        (ZEROS, 'calcId="191029"', [[0], [0]]),
        (ONE, 'fullCalcOnLoad="1"', [[0], [4]]),  # somebody did compute
    ],
)
def test_a_zero_of_a_program_that_computes_nothing_is_no_result(
    tmp_path, sheet, computes, shown
):
    assert workbook(tmp_path / "a.xlsx", sheet, computes=computes).rows == shown


def test_what_xlsxwriter_stores_for_a_formula_is_no_result(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["A", "B"])
        sheet.write_row(1, 0, [2, "=A2*3"])
    (grid,) = load_grids(tmp_path / "a.xlsx")
    assert grid.rows == [["A", "B"], [2, "=A2*3"]]


def test_cells_without_a_reference_and_with_a_prefix_are_found(tmp_path):
    sheet = (
        "<x:sheetData><x:row><x:c><x:v>1</x:v></x:c></x:row>"
        '<x:row><x:c><x:v>2</x:v></x:c><x:c t="e"><x:v>#REF!</x:v></x:c></x:row>'
        "</x:sheetData>"
    )
    grid = workbook(tmp_path / "a.xlsx", sheet, prefix="x:")
    assert grid.odd_cells == (OddCell(1, 1, "error", "#REF!"),)


def test_words_that_look_like_the_mark_of_an_error_are_words(tmp_path):
    sheet = rows(f'{VALUE}<c r="B1" t="inlineStr"><is><t>t="e"</t></is></c>')
    assert workbook(tmp_path / "a.xlsx", sheet).rows == [[1, 't="e"']]


def test_hidden_rows_and_columns_are_known(tmp_path):
    book = openpyxl.Workbook()
    for i in range(6):
        book.active.append([i, i, i, i])
    for row in (2, 3):
        book.active.row_dimensions[row].hidden = True
    book.active.column_dimensions["C"].hidden = True
    book.active.column_dimensions["A"].width = 30
    book.save(tmp_path / "a.xlsx")
    (grid,) = load_grids(tmp_path / "a.xlsx")
    assert grid.hidden_rows == {1, 2}
    assert grid.hidden_columns == {2}


def test_of_a_hidden_sheet_only_the_first_rows_are_looked_at(tmp_path):
    book = openpyxl.Workbook()
    hidden = book.create_sheet("Lama")
    hidden.sheet_state = "hidden"
    for i in range(100):
        hidden.append([i, "=A1"])
    book.save(tmp_path / "a.xlsx")
    _, peeked = load_grids(tmp_path / "a.xlsx", peek=True)
    assert (len(peeked.rows), peeked.hidden, peeked.peeked) == (60, True, True)
    (whole,) = load_grids(tmp_path / "a.xlsx", sheet="Lama")
    assert (len(whole.rows), len(whole.odd_cells)) == (100, 100)


def test_a_row_and_a_column_without_height_and_width_are_hidden(tmp_path):
    sheet = (
        '<cols><col min="1" max="2" width="0" customWidth="1"/></cols><sheetData>'
        f'<row r="1">{VALUE}</row><row r="2" ht="0" customHeight="1"><c r="C2">'
        "<v>2</v></c></row></sheetData>"
    )
    grid = workbook(tmp_path / "a.xlsx", sheet)
    assert (grid.hidden_rows, grid.hidden_columns) == ({1}, {0, 1})


# --- binary workbooks -----------------------------------------------------------------


def piece(kind, body=b""):
    head = bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
    return head + bytes([len(body)]) + body


def wide(words):
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")


def row_head(row, *, hidden=False):
    flags = bytes([0, 0x10 if hidden else 0, 0])
    return piece(0, struct.pack("<IIH", row, 0, 300) + flags + struct.pack("<I", 0))


def place(column):
    return struct.pack("<II", column, 0)


def test_errors_and_what_is_hidden_in_a_binary_workbook_are_known(tmp_path):
    columns = struct.pack("<4IH", 1, 1, 2304, 0, 1)
    sheet = b"".join(
        [
            piece(129), piece(148, struct.pack("<4I", 0, 2, 0, 1)),
            piece(390), piece(60, columns), piece(391), piece(145),
            row_head(0), piece(5, place(0) + struct.pack("<d", 1.0)),
            row_head(1, hidden=True), piece(5, place(0) + struct.pack("<d", 2.0)),
            row_head(2), piece(3, place(1) + b"\x17"),
            piece(146), piece(130),
        ]
    )  # fmt: skip
    bundle = struct.pack("<II", 0, 1) + wide("rId1") + wide("Data")
    main = piece(131) + piece(143) + piece(156, bundle) + piece(144) + piece(132)
    with zipfile.ZipFile(tmp_path / "a.xlsb", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", links("officeDocument", "xl/workbook.bin"))
        archive.writestr("xl/workbook.bin", main)
        inside = links("worksheet", "worksheets/sheet1.bin")
        archive.writestr("xl/_rels/workbook.bin.rels", inside)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    (grid,) = load_grids(tmp_path / "a.xlsb")
    assert grid.rows == [[1, ""], [2, ""], ["", "#REF!"]]
    assert (grid.hidden_rows, grid.hidden_columns) == ({1}, {1})
