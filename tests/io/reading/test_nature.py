"""What is no sheet is named in one true sentence, with the way out."""

from __future__ import annotations

import zipfile

import pytest

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.io.grids import load_grids


def refusal(path):
    with pytest.raises(IntakeError) as error:
        load_grids(path)
    return str(error.value)


ASK = "Ask for the workbook (XLSX) or CSV that it was made from."
SAVE = "Open it in a spreadsheet program and save it as XLSX."
COPY = "Copy the table into a workbook and save that as XLSX."
UNPACK = "Unpack it and give the file that is inside."


@pytest.mark.parametrize(
    ("data", "what", "remedy"),
    [
        (b"%PDF-1.7\n", "a PDF", ASK),
        (b"\n\n%PDF-1.7\n", "a PDF", ASK),
        (b"{\\rtf1 PUS}", "a text document (RTF)", COPY),
        (b"\x89PNG\r\n\x1a\n", "a picture (PNG)", ASK),
        (b"\xff\xd8\xff\xe0", "a picture (JPEG)", ASK),
        (b"GIF89a", "a picture (GIF)", ASK),
        (b"II*\0", "a picture (TIFF)", ASK),
        (b"BM\x00\x01\0\0", "a picture (BMP)", ASK),
        (b"RIFF\0\0\0\0WEBP", "a picture (WebP)", ASK),
        (b"\0\0\0\x18ftypheic", "a picture (HEIC)", ASK),
        (b"Rar!\x1a\x07", "a packed archive (RAR)", UNPACK),
        (b"7z\xbc\xaf\x27\x1c", "a packed archive (7z)", UNPACK),
        (b"\x1f\x8b\x08", "a packed file (gzip)", UNPACK),
        (b"\x09\x04\x06\0", "a workbook of Excel 4", SAVE),
        (b'{"url": "https://x/y"}', "a link to an online sheet",
         "Open it and download it as XLSX."),
        (b'[{"PUS": 1}]', "a JSON file", "Export the table as CSV or XLSX."),
        (b"<?xml version='1.0'?><data/>", "an XML file of another kind", SAVE),
    ],
)  # fmt: skip
def test_a_file_is_named_by_what_it_is(tmp_path, data, what, remedy):
    (tmp_path / "a.xlsx").write_bytes(data)
    assert refusal(tmp_path / "a.xlsx") == (
        f"a.xlsx: this is {what}, not a sheet, whatever its name says. {remedy}"
    )


@pytest.mark.parametrize(
    ("parts", "what", "remedy"),
    [
        (["word/document.xml"], "a Word document (.docx)", COPY),
        (["ppt/presentation.xml"], "a presentation (.pptx)", COPY),
        (["Index/Document.iwa"], "a sheet of Apple Numbers", "Export it as XLSX."),
        (["d/", "d/a.csv", "b.csv", "c", "e"],
         "a packed archive (ZIP) of d/a.csv, b.csv, c", UNPACK),
    ],
)  # fmt: skip
def test_a_packed_file_is_named_by_what_is_in_it(tmp_path, parts, what, remedy):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        for part in parts:
            archive.writestr(part, "")
    assert refusal(tmp_path / "a.xlsx") == (
        f"a.xlsx: this is {what}, not a sheet, whatever its name says. {remedy}"
    )


def test_a_text_document_of_another_office_is_named(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<x/>")
    assert "this is a text document (.odt), not a sheet" in refusal(tmp_path / "a.ods")


def test_a_packed_file_with_a_password_is_said_to_have_one(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "")
    whole = bytearray(path.read_bytes())
    whole[whole.rindex(b"PK\x01\x02") + 8] |= 1  # the flag of an encrypted part
    path.write_bytes(whole)
    assert "it is protected by a password" in refusal(path)


def test_the_mark_of_an_open_workbook_is_no_workbook(tmp_path):
    (tmp_path / "~$data.xlsx").write_bytes(b"\x06Budi" + bytes(160))
    assert refusal(tmp_path / "~$data.xlsx").startswith(
        "~$data.xlsx: this is the mark of a workbook that is open, not a sheet"
    )


@pytest.mark.parametrize("data", [b"BMX;PUS\nMetro;1\n", b"KAB;{PUS}\nMetro;1\n"])
def test_a_text_that_begins_like_something_else_is_a_table(tmp_path, data):
    (tmp_path / "a.csv").write_bytes(data)
    (grid,) = load_grids(tmp_path / "a.csv")
    assert grid.rows[1] == ["Metro", "1"]


def test_a_workbook_that_was_cut_off_is_told(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", "x" * 5000)
    whole = (tmp_path / "a.xlsx").read_bytes()
    (tmp_path / "a.xlsx").write_bytes(whole[:3000])
    assert refusal(tmp_path / "a.xlsx") == (
        "a.xlsx: damaged workbook (File is not a zip file). Open it in a spreadsheet "
        "program and save it again."
    )
