"""OpenDocument sheets: flat ones are read, and packed ones looked into."""

from __future__ import annotations

import datetime
import zipfile

import pandas as pd
import pytest

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.io.grids import load_grids
from kkbpk_geo.io.reading import grid as limits
from kkbpk_geo.io.reading.grid import OddCell

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)
CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:1"'


def document(sheets, root="document-content", styles=""):
    return (
        f'<?xml version="1.0"?>\n<office:{root} {SPACES} {CALC}>{styles}<office:body>'
        f"<office:spreadsheet>{sheets}</office:spreadsheet></office:body>"
        f"</office:{root}>"
    )


def table(*rows, columns="", name="Data", style="ta1"):
    inside = "".join(rows)
    head = f'<table:table table:name="{name}" table:style-name="{style}">'
    return f"{head}{columns}{inside}</table:table>"


def row(*cells, more=""):
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def cell(shown="", more=""):
    text = f"<text:p>{shown}</text:p>" if shown else ""
    return f"<table:table-cell{more}>{text}</table:table-cell>"


def number(value, more=""):
    stated = f' office:value-type="float" office:value="{value}"{more}'
    return cell(str(value), stated)


def text(words):
    return cell(words, ' office:value-type="string"')


def packed(folder, content, manifest=""):
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(folder / "a.ods", "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
    (grid,) = load_grids(folder / "a.ods")
    return grid


def flat(folder, content):
    (folder / "a.fods").write_text(content, "utf-8")
    (grid,) = load_grids(folder / "a.fods")
    return grid


def read(how, folder, *rows, **more):
    if how is packed:
        return packed(folder, document(table(*rows, **more)))
    return flat(folder, document(table(*rows, **more), "document"))


both = pytest.mark.parametrize("how", [packed, flat])
STRING = ' table:formula="of:=1/[.B2]" office:value-type="string"'
FAILED = f'{STRING} office:string-value="" calcext:value-type="error"'
# As LibreOffice once wrote them: an error that stores 0.
ZERO = ' table:formula="of:=[.B9]" office:value-type="float" office:value="0"'


@both
@pytest.mark.parametrize(
    ("odd", "what", "shown"),
    [
        (cell("#DIV/0!", FAILED), "error", "#DIV/0!"),
        (cell("#REF!", ZERO), "error", "#REF!"),
        (cell("Err:502", FAILED), "error", "Err:502"),
        (cell("", ' table:formula="of:=[.B2]+1"'), "unstored", "=[.B2]+1"),
    ],
)
def test_a_cell_without_a_value_is_a_text_and_known(how, tmp_path, odd, what, shown):
    grid = read(how, tmp_path, row(text("PUS"), number(1)), row(odd))
    assert grid.rows == [["PUS", 1], [shown, ""]]
    assert grid.odd_cells == (OddCell(1, 0, what, shown),)


@both
def test_a_formula_with_its_result_is_its_result(how, tmp_path):
    summed = number(7, ' table:formula="of:=3+4"')
    empty = cell("", STRING)
    grid = read(how, tmp_path, row(text("A"), text("B")), row(summed, empty))
    assert (grid.rows, grid.odd_cells) == ([["A", "B"], [7, ""]], ())


@both
@pytest.mark.parametrize("how_hidden", ["collapse", "filter"])
def test_hidden_rows_and_columns_are_known(how, tmp_path, how_hidden):
    seen = f' table:visibility="{how_hidden}"'
    columns = (
        '<table:table-column table:number-columns-repeated="2"/>'
        f'<table:table-column{seen} table:number-columns-repeated="2"/>'
    )
    hidden = row(number(3), more=seen)
    grid = read(how, tmp_path, row(number(1)), row(number(2)), hidden, columns=columns)
    assert (grid.hidden_rows, grid.hidden_columns) == ({2}, {2, 3})


def test_a_flat_document_is_read_as_a_packed_one(tmp_path):
    day = ' office:value-type="date" office:date-value="2025-11-03"'
    yes = ' office:value-type="boolean" office:boolean-value="true"'
    rows = [
        row(text("A<text:s/>b"), cell("3 Nov", day), cell("TRUE", yes)),
        row(cell("", ' table:number-columns-repeated="2"'), number(2.5)),
        row(cell(), more=' table:number-rows-repeated="2"'),
        row(number(4, ' table:number-columns-repeated="3"')),
        row(cell("", ' table:number-columns-repeated="16384"'),
            more=' table:number-rows-repeated="1048570"'),
    ]  # fmt: skip
    grid = flat(tmp_path, document(table(*rows), "document"))
    blank = ["", "", ""]
    first = ["A b", datetime.datetime(2025, 11, 3), True]
    assert grid.rows == [first, ["", "", 2.5], blank, blank, [4, 4, 4]]
    assert (grid.typed, grid.sheet) == (True, "Data")


def test_spans_and_comments_of_a_flat_document_are_no_text(tmp_path):
    note = "<office:annotation><text:p>catatan</text:p></office:annotation>"
    wide = ' table:number-columns-spanned="2" table:number-rows-spanned="1"'
    head = f"<table:table-cell{wide}>{note}<text:p>PUS</text:p></table:table-cell>"
    covered = "<table:covered-table-cell/>"
    grid = flat(tmp_path, document(table(row(head, covered)), "document"))
    assert (grid.rows, grid.merged) == ([["PUS"]], (((0, 0), (0, 1)),))


def test_hidden_sheets_of_a_flat_document_are_left_out(tmp_path):
    styles = (
        '<office:automatic-styles><style:style style:name="ta2"><style:table-properties'
        ' table:display="false"/></style:style></office:automatic-styles>'
    )
    sheets = table(row(number(1))) + table(row(number(2)), name="Lama", style="ta2")
    grid = flat(tmp_path, document(sheets, "document", styles))
    assert (grid.sheet, grid.rows) == ("Data", [[1]])
    looked = load_grids(tmp_path / "a.fods", peek=True)
    assert [each.hidden for each in looked] == [False, True]


def test_a_flat_document_beyond_the_limits_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_ROWS", 3)
    many = document(
        table(row(number(1), more=' table:number-rows-repeated="4"')), "document"
    )
    with pytest.raises(
        IntakeError, match=r"^a\.fods, sheet 'Data': 4 rows and 4 cells"
    ):
        flat(tmp_path, many)


def test_entities_are_refused_and_nothing_outside_is_asked(tmp_path):
    content = document(table(row(text("&a;"))), "document").replace(
        "\n", '\n<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>', 1
    )
    with pytest.raises(IntakeError) as error:
        flat(tmp_path, content)
    assert str(error.value) == (
        "a.fods: a workbook in XML that is damaged (it declares entities). Open it in "
        "a spreadsheet program and save it as XLSX."
    )


def test_a_packed_document_with_a_password_is_said_to_have_one(tmp_path):
    with pytest.raises(IntakeError, match="protected by a password"):
        packed(tmp_path, b"\x01\x02", "<manifest:encryption-data/>")


def test_what_pandas_writes_is_looked_into_without_harm(tmp_path):
    frame = pd.DataFrame({"A": [1, 2.5], "B": ["x", "#N/A"]})
    frame.to_excel(tmp_path / "a.ods", index=False, engine="odf")
    (grid,) = load_grids(tmp_path / "a.ods")
    assert grid.rows == [["A", "B"], [1, "x"], [2.5, "#N/A"]]


def test_cells_in_per_cent_are_known_by_their_type_in_repeats_as_well(tmp_path):
    percent = cell("100%", ' office:value-type="percentage" office:value="1"')
    twice = cell(
        "100%",
        ' office:value-type="percentage" office:value="1"'
        ' table:number-columns-repeated="2"',
    )
    rows = row(number(1), percent), row(twice, more=' table:number-rows-repeated="2"')
    packed(tmp_path, document(table(*rows)))
    (grid,) = load_grids(tmp_path / "a.ods")
    assert grid.rows == [[1, 1], [1, 1], [1, 1]]
    assert grid.percents == {(0, 1), (1, 0), (1, 1), (2, 0), (2, 1)}
