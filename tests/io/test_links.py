"""A workbook or a page with links is read, and nobody is called."""

from __future__ import annotations

import contextlib
import zipfile

import pytest

from kkbpk_geo.base.errors import KkbpkGeoError
from kkbpk_geo.io import load_grids

ROW = "<td>KABUPATEN</td><td>JUMLAH BKB</td></tr><tr><td>Mesuji</td><td>5</td>"
PARTS = {
    "page.html": (
        '<html><head><link rel="stylesheet" href="URL/a.css"><base href="URL/">'
        '<script src="URL/a.js"></script></head><body><img src="URL/a.png">'
        f'<iframe src="URL/a"></iframe><table background="URL/b"><tr>{ROW}</tr>'
        "</table></body></html>"
    ),
    "entity.xml": (
        '<?xml version="1.0"?><!DOCTYPE a SYSTEM "URL/a.dtd" [<!ENTITY x SYSTEM '
        '"URL/a.txt">]><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
        "<Worksheet><Table><Row><Cell><Data>&x;</Data></Cell></Row></Table>"
        "</Worksheet></Workbook>"
    ),
    "linked.csv": '=WEBSERVICE("URL/a");=HYPERLINK("URL/b")\nMesuji;5\n',
    "flat.fods": (
        '<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:'
        'opendocument:xmlns:office:1.0" xmlns:xlink="http://www.w3.org/1999/xlink">'
        '<office:body><office:spreadsheet><a xlink:href="URL/a"/></office:spreadsheet>'
        "</office:body></office:document>"
    ),
}
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheetData><row r="1"><c r="A1"><f>[1]Sheet1!A1</f><v>5</v></c></row></sheetData>'
    '<drawing r:id="rId1"/></worksheet>'
)
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships">BODY</Relationships>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.mark.parametrize("name", PARTS)
def test_a_text_with_links_calls_nobody(listener, tmp_path, name):
    address, asked = listener
    path = tmp_path / name
    path.write_text(PARTS[name].replace("URL", address), encoding="utf-8")
    with contextlib.suppress(KkbpkGeoError):  # that it is refused is right as well
        load_grids(path)
    assert asked == []


def relation(number, kind, target):
    where = (
        f'Target="{target}" TargetMode="External"'
        if "//" in target
        else (f'Target="{target}"')
    )
    return f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" {where}/>'


def test_a_workbook_with_links_calls_nobody(listener, tmp_path):
    address, asked = listener
    book = (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        f'xmlns:r="{OFFICE}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets>'
        '<externalReferences><externalReference r:id="rId2"/></externalReferences>'
        "</workbook>"
    )
    outside = relation(1, "externalLinkPath", f"{address}/b.xlsx")
    books = relation(1, "worksheet", "worksheets/sheet1.xml") + relation(
        2, "attachedTemplate", f"{address}/t.xlsx"
    )
    pictures = relation(1, "image", f"{address}/a.png")
    files = {
        "_rels/.rels": RELS.replace("BODY", relation(1, "officeDocument", "xl/w.xml")),
        "xl/w.xml": book,
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": RELS.replace("BODY", books),
        "xl/_rels/w.xml.rels": RELS.replace("BODY", books),
        "xl/worksheets/sheet1.xml": SHEET,
        "xl/worksheets/_rels/sheet1.xml.rels": RELS.replace("BODY", pictures),
        "xl/externalLinks/_rels/externalLink1.xml.rels": RELS.replace("BODY", outside),
    }
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    [grid] = load_grids(path)
    assert grid.rows[0][0] == 5
    assert asked == []
