"""What is too large is known before it is loaded, by a look at what the file says."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.io.grids import load_grids
from kkbpk_geo.io.reading import grid as limits
from kkbpk_geo.io.reading.apart import bounds

SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{}</sheetData>{}</worksheet>"
)
TABLE = (
    '<row r="1"><c r="A1" t="str"><v>KAB</v></c><c r="B1" t="str"><v>PUS</v></c></row>'
    '<row r="2"><c r="A2" t="str"><v>Mesuji</v></c><c r="B2"><v>5</v></c></row>'
)
ROWS = [["KAB", "PUS"], ["Mesuji", 5]]


def packed(parts):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return whole.getvalue()


def excel(*sheets, states=(), tail=""):
    """Return a workbook of sheets, each the XML of its rows; some are hidden."""
    book, whole = openpyxl.Workbook(), io.BytesIO()
    for i in range(len(sheets)):
        sheet = book.create_sheet(f"S{i}")
        sheet.sheet_state = "hidden" if i in states else "visible"
    del book["Sheet"]
    book.save(whole)
    with zipfile.ZipFile(whole) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for i, rows in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{i}.xml"] = SHEET.format(rows, tail)
    return packed(parts)


def opendocument(rows):
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:'
        'office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="S &amp; T">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    return packed(
        {"mimetype": mime, "content.xml": content, "META-INF/manifest.xml": "<m/>"}
    )


def cell(text, said=""):
    return (
        f'<table:table-cell office:value-type="string" {said}><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def row(cells, said=""):
    return f"<table:table-row {said}>{cells}</table:table-row>"


def load(folder, data, name="a.xlsx", **how):
    (folder / name).write_bytes(data)
    return load_grids(folder / name, **how)


def extent(rows):
    return bounds._extent("a", io.BytesIO(rows.encode()))


# --- Excel ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "stray",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<x:row r="3"><x:c r="xfd1048576"><x:v>1</x:v></x:c></x:row>',
        "<row r = '3'><c t='n' r = 'XFD1048576'><v>1</v></c></row>",
    ],
)
def test_a_value_in_the_last_cell_is_told_with_the_limit_and_the_remedy(
    tmp_path, stray
):
    with pytest.raises(IntakeError) as error:
        load(tmp_path, excel(TABLE + stray))
    assert str(error.value) == (
        "a.xlsx, sheet 'S0': 1048576 rows and 17179869184 cells; the limits are "
        "1100000 and 30000000. Delete what is not the table, or save it as CSV."
    )
    assert error.value.finding == "file_too_large"


@pytest.mark.parametrize("place", ["A4294967295", "A" + "9" * 5_000, "Z" * 4_000 + "1"])
def test_a_cell_beyond_the_grid_of_excel_is_refused(tmp_path, place):
    with pytest.raises(IntakeError) as error:
        load(tmp_path, excel(f'{TABLE}<row><c r="{place}"><v>1</v></c></row>'))
    assert error.value.finding == "file_too_large"


def test_a_hidden_sheet_beyond_the_limits_is_not_loaded_and_harms_nobody(tmp_path):
    stray = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    data = excel(TABLE, stray, states=[1])
    (grid,) = load(tmp_path, data, peek=True)
    assert grid.rows == ROWS
    with pytest.raises(IntakeError, match="sheet 'S1': 1048576 rows"):
        load(tmp_path, data, sheet="S1")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (TABLE, (2, 2)),
        ('<row r="7"><c r="AB9"/></row>', (9, 28)),
        ("<row><c/><c/></row><row><c/></row>", (2, 2)),
        ('<row r="5"/><row><c r="B5"/><c/></row>', (6, 3)),
        ("", (0, 0)),
    ],
)
def test_the_last_cell_is_found_whether_cells_say_their_place_or_not(rows, expected):
    assert extent(rows) == expected


def test_a_place_is_found_wherever_a_part_of_the_stream_ends(monkeypatch):
    rows = TABLE + '<row r="12345"><c r="XF12345" t="n"><v>1</v></c></row>'
    for size in (50, 64, 97, 131):
        monkeypatch.setattr(bounds, "_CHUNK", size)
        assert extent(rows + "x" * 300) == (12_345, 630)


def test_cells_without_a_place_are_counted_over_the_parts_of_a_stream(monkeypatch):
    monkeypatch.setattr(bounds, "_CHUNK", 64)
    assert extent("<row>" + "<c/>" * 100 + "</row><row><c/></row>") == (2, 100)


def test_columns_have_a_limit_of_their_own():
    assert not limits.is_beyond(2, 16_384)
    assert limits.is_beyond(2, 16_385)
    assert limits.is_beyond(1_100_001, 1)
    assert limits.is_beyond(3_001, 10_000)
    assert not limits.is_beyond(3_000, 10_000)


def test_merged_ranges_have_a_limit(tmp_path):
    many = '<mergeCell ref="A1:A1"/>' * (bounds.MAX_MERGED + 1)
    with pytest.raises(IntakeError) as error:
        load(tmp_path, excel(TABLE, tail=f"<mergeCells>{many}</mergeCells>"))
    assert str(error.value) == (
        "a.xlsx, sheet 'S0': 100001 merged ranges, more than the limit of 100000. Save "
        "the table as CSV."
    )


def test_a_sheet_that_the_workbook_does_not_name_is_looked_at_too():
    parts = {"xl/worksheets/sheet9.xml": SHEET.format('<c r="XFD1048576"/>', "")}
    found = bounds.look("a.xlsx", packed(parts))
    assert list(found.large) == ["xl/worksheets/sheet9.xml"]


def test_what_the_other_sheets_span_is_counted():
    assert bounds.look("a.xlsx", excel(TABLE, TABLE)).cells == 8


# --- OpenDocument ---------------------------------------------------------------------


def test_blanks_that_are_written_as_a_number_have_a_limit(tmp_path):
    few = row(cell("KAB") + cell('a<text:s text:c="100"/>b'))
    assert load(tmp_path, opendocument(few), "a.ods")[0].rows == [["KAB", "a b"]]
    many = row(cell('<text:s text:c="5000001"/>') * 2)
    with pytest.raises(IntakeError) as error:
        load(tmp_path, opendocument(many), "a.ods")
    assert str(error.value) == (
        "a.ods: 10000002 blanks one after the other, more than the limit of 10000000. "
        "Open it in a spreadsheet program, empty the cells of blanks and save it again."
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (row(cell("x", 'table:number-columns-repeated="2000000000"')), "1 rows and 2"),
        (
            row(cell("x"), 'table:number-rows-repeated="2000000000"'),
            "2000000000 rows and 2000000000 cells",
        ),
        (
            row(
                '<table:table-cell table:number-columns-repeated="99999"/>' + cell("x")
            ),
            "1 rows and 100000 cells",
        ),
        (
            row("<table:table-cell/>", 'table:number-rows-repeated="2000000"')
            + row(cell("x")),
            "2000001 rows and 2000001 cells",
        ),
    ],
)
def test_repeats_of_cells_and_rows_are_counted_before_they_are_written_out(
    tmp_path, rows, said
):
    with pytest.raises(IntakeError) as error:
        load(tmp_path, opendocument(rows), "a.ods")
    assert str(error.value).startswith(f"a.ods, sheet 'S & T': {said}")


def test_blank_repeats_at_the_ends_are_nothing(tmp_path):
    ends = '<table:table-cell table:number-columns-repeated="16382"/>'
    below = row(ends, 'table:number-rows-repeated="1048574"')
    columns = '<table:table-column table:number-columns-repeated="16384"/>'
    rows = columns + row(cell("KAB") + cell("PUS") + ends) + below
    assert bounds.look("a.ods", opendocument(rows)).cells == 2
    assert load(tmp_path, opendocument(rows), "a.ods")[0].rows == [["KAB", "PUS"]]


def test_a_directory_that_names_a_place_before_the_file_is_damage(tmp_path):
    whole = opendocument(row(cell("KAB") + cell("PUS")))
    # The last record says where the directory begins: 16 bytes after its mark.
    at = whole.rindex(b"PK\x05\x06") + 16
    begins = int.from_bytes(whole[at : at + 4], "little") + 500
    broken = whole[:at] + begins.to_bytes(4, "little") + whole[at + 4 :]
    with pytest.raises(IntakeError, match=r"a\.ods: damaged workbook"):
        load(tmp_path, broken, "a.ods")
