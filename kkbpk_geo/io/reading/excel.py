"""Excel workbooks (.xlsx, .xlsm, .xlsb): errors, unstored formulas, what is hidden.

Why: the values of a workbook do not tell an error, or a formula that nobody computed,
from a cell that is empty, nor 100 % from 1. The sheets are searched as bytes, and
looked into only where something of the kind stands: that costs a tenth of reading.

In:     the archive of a workbook. Out: sheet name -> Unseen.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from html import unescape
from posixpath import join, normpath
from typing import TYPE_CHECKING

from kkbpk_geo.io.reading.grid import MAX_WIDTH, Unseen, error_text
from kkbpk_geo.io.reading.markup import elements

if TYPE_CHECKING:
    from zipfile import ZipFile

_PREFIX = rb"(?:\w+:)?"
_ERROR_CELL = re.compile(rb"<%bc\b[^>]*\bt=[\"']e[\"'][^>]*>" % _PREFIX)
# What follows a formula: no value or an empty one, then the end of the cell. Each
# pattern begins with the bytes that are rare, and is looked for only where they are.
_EMPTY = rb"\s*(?:<%bv\s*/>|<%bv>\s*</%bv>)?\s*</%bc>" % ((_PREFIX,) * 4)
_WITHOUT_RESULT = (re.compile(rb"f>" + _EMPTY), re.compile(rb"/>" + _EMPTY))
_ZERO_RESULT = re.compile(rb"[f/]>\s*<%bv>0</%bv>\s*</%bc>" % ((_PREFIX,) * 3))
_OTHER_RESULT = re.compile(rb"[f/]>\s*<%bv>(?!0<)[^<]" % _PREFIX)
_FORMULA_TAG = re.compile(rb"<%bf\b" % _PREFIX)
_VALUE_TAG = re.compile(rb"<%bv\s*/?>" % _PREFIX)
_CELL = re.compile(rb"<%bc(?:\s[^>]*)?>" % _PREFIX)
_ROW = re.compile(rb"<%brow\b[^>]*>" % _PREFIX)
_HIDDEN_ROW = re.compile(
    rb"<%brow\b[^>]*\b(?:hidden=[\"'](?:1|true)|ht=[\"']0[\"'])[^>]*>" % _PREFIX
)
_COLUMN = re.compile(rb"<%bcol\b[^>]*>" % _PREFIX)
_VALUE = re.compile(rb"<%bv>([^<]*)</" % _PREFIX)
_FORMULA = re.compile(rb"<%bf\b[^>]*>([^<]*)</" % _PREFIX)
_STYLE = re.compile(rb"<%bxf\b[^>]*>" % _PREFIX)
_ATTRIBUTE = re.compile(rb"\b([\w:]+)\s*=\s*[\"']([^\"']*)[\"']")
_LETTERS = 26
# Of the formats that Excel knows by number: 0% and 0.00%.
_PERCENT_FORMATS = frozenset(["9", "10"])


def scan_excel(book: ZipFile) -> dict[str, Unseen]:
    """Return what the values of each sheet do not show."""
    names = {name.replace("\\", "/").lower(): name for name in book.namelist()}
    if "xl/workbook.bin" in names:
        return dict(_scan_binary(book, names))
    main = book.read(names["xl/workbook.xml"])
    links = _links(book.read(names["xl/_rels/workbook.xml.rels"]))
    waits = _computes_on_load(main)
    inside = names.get("xl/styles.xml")
    percent = _percent_styles(book.read(inside)) if inside else ()
    found = {}
    for sheet in elements(main, "sheet"):
        inside = names.get(links.get(sheet.get("id", ""), ""))
        if inside is not None:
            data = book.read(inside)
            unseen = found[sheet.get("name", "")] = _scan(data, waits=waits)
            _find_percents(data, percent, unseen)
    return found


def sheet_parts(book: ZipFile) -> dict[str, str]:
    """Return part -> name of its sheet, of a workbook in XML.

    Raises
    ------
    KeyError, ValueError, ParseError
        If the workbook is of another make, or damaged.
    """
    names = {name.replace("\\", "/").lower(): name for name in book.namelist()}
    links = _links(book.read(names["xl/_rels/workbook.xml.rels"]))
    sheets = elements(book.read(names["xl/workbook.xml"]), "sheet")
    inside = {names.get(links.get(each.get("id", ""), "")): each for each in sheets}
    return {part: each.get("name", "") for part, each in inside.items() if part}


def _percent_styles(data: bytes) -> list[int]:
    """Return the styles of cells whose numbers show as per cent."""
    formats = set(_PERCENT_FORMATS)
    for each in elements(data, "numFmt"):
        if "%" in each.get("formatCode", ""):
            formats.add(each.get("numFmtId", ""))
    start, end = data.find(b"cellXfs"), data.rfind(b"cellXfs")
    used = [_attributes(tag[0]) for tag in _STYLE.finditer(data, max(start, 0), end)]
    return [i for i, style in enumerate(used) if style.get("numFmtId") in formats]


def _find_percents(data: bytes, styles: Sequence[int], found: Unseen) -> None:
    """Note the cells of these styles; most workbooks have none of them."""
    if not styles:
        return
    numbers = b"|".join(str(style).encode() for style in styles)
    cell = rb"<%bc\b[^>]*\bs=[\"'](?:%b)[\"'][^>]*(?<!/)>" % (_PREFIX, numbers)
    for each in re.finditer(cell, data):
        found.percents.add(_place(data, each.start()))


def _links(data: bytes) -> dict[str, str]:
    """Return id -> name of a part, in small letters."""
    return {
        link.get("Id", ""): normpath(join("/xl", link.get("Target", ""))).lower()[1:]
        for link in elements(data, "Relationship")
    }


def _computes_on_load(main: bytes) -> bool:
    """Whether the workbook says that what it stores is to be computed anew.

    Programs that write formulas and compute none say so, and store 0 for each.
    """
    said = [each.get("fullCalcOnLoad") for each in elements(main, "calcPr")]
    return any(each in ("1", "true") for each in said)


def _scan(data: bytes, *, waits: bool) -> Unseen:
    found = Unseen()
    if b't="e"' in data or b"t='e'" in data:
        for error in _ERROR_CELL.finditer(data):
            value = _VALUE.search(data, error.end(), _end_of_cell(data, error.end()))
            text = value[1].decode() if value else ""
            found.error(*_place(data, error.start()), text)
    if b"<f" in data or b":f" in data:
        _find_unstored(data, found, waits=waits)
    if b"hidden=" in data or b'ht="0"' in data:
        for row in _HIDDEN_ROW.finditer(data):
            found.rows.add(_row_number(data, row.start()))
    for column in _COLUMN.finditer(data[: _head(data)]):
        found.columns.update(_hidden_columns(_attributes(column[0])))
    return found


def _find_unstored(data: bytes, found: Unseen, *, waits: bool) -> None:
    cells = {_start_of_cell(data, end): end for end in _ends(data, waits=waits)}
    for start, end in cells.items():
        if not _FORMULA_TAG.search(data, start, end):
            continue
        tag = _attributes(data[start : data.index(b">", start)])
        if tag.get("t") == "str" and _VALUE_TAG.search(data, start, end):
            continue  # an empty text is a result
        text = _FORMULA.search(data, start, end)
        formula = unescape(text[1].decode("utf-8", "replace")) if text else ""
        found.unstored(*_place(data, start), formula)


def _ends(data: bytes, *, waits: bool) -> Iterator[int]:
    """Yield where each cell ends that may be a formula without a result."""
    for pattern in _WITHOUT_RESULT:
        for match in pattern.finditer(data):
            yield match.end()
    # One result that is not 0 shows that somebody did compute this sheet.
    if waits and not _any_result(data):
        for match in _ZERO_RESULT.finditer(data):
            yield match.end()


def _any_result(data: bytes) -> bool:
    for match in _OTHER_RESULT.finditer(data):
        start = _start_of_cell(data, match.end())
        if _FORMULA_TAG.search(data, start, match.end()):
            return True
    return False


def _head(data: bytes) -> int:
    """Return where the rows begin; the columns are described before."""
    at = data.find(b"sheetData")
    return len(data) if at < 0 else at


def _end_of_cell(data: bytes, at: int) -> int:
    found = _CELL.search(data, at)
    return found.start() if found else len(data)


def _start_of_cell(data: bytes, end: int) -> int:
    """Return where the cell begins that ends here."""
    at = end
    while at >= 0:
        at = data.rfind(b"<", 0, at)
        if _CELL.match(data, at):
            return at
    return 0  # it ends and does not begin: the sheet is damaged


def _attributes(tag: bytes) -> dict[str, str]:
    found = _ATTRIBUTE.findall(tag)
    return {key.decode(): value.decode("utf-8", "replace") for key, value in found}


def _place(data: bytes, at: int) -> tuple[int, int]:
    """Return row and column, from 0, of the cell that begins here."""
    tag = _attributes(data[at : data.index(b">", at)])
    reference = tag.get("r", "")
    letters = reference.rstrip("0123456789")
    if letters and letters != reference:
        column = 0
        for letter in letters.upper():
            column = column * _LETTERS + ord(letter) - ord("A") + 1
        return int(reference[len(letters) :]) - 1, column - 1
    start = max(data.rfind(b"<row", 0, at), data.rfind(b":row", 0, at) - 1)
    before = len(_CELL.findall(data, start, at))  # cells without a place stand in turn
    return _row_number(data, max(start, 0)), before


def _row_number(data: bytes, at: int) -> int:
    row = _ROW.search(data, at)
    number = _attributes(row[0]).get("r") if row else None
    if number is not None:
        return int(number) - 1
    return len(_ROW.findall(data, 0, at))


def _hidden_columns(column: dict[str, str]) -> range:
    if column.get("hidden") not in ("1", "true") and column.get("width") != "0":
        return range(0)
    first, last = int(column.get("min", 1)), int(column.get("max", 0))
    return range(first - 1, min(last, MAX_WIDTH))


# --- binary workbooks -----------------------------------------------------------------

_SHEET_REF, _ROW_HEAD, _COLUMNS = 156, 0, 60
_ERROR_VALUE, _ERROR_RESULT = 3, 11


def _scan_binary(book: ZipFile, names: dict[str, str]) -> Iterator[tuple[str, Unseen]]:
    links = _links(book.read(names["xl/_rels/workbook.bin.rels"]))
    for kind, body in _records(book.read(names["xl/workbook.bin"])):
        if kind == _SHEET_REF:
            link, end = _wide_text(body, 8)
            sheet, _ = _wide_text(body, end)
            if links.get(link) in names:
                yield sheet, _scan_records(book.read(names[links[link]]))


def _wide_text(body: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", body, at)
    end = at + 4 + 2 * length
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield kind and body of each record; both numbers are of seven bits a byte."""
    at = 0
    while at < len(data):
        kind, at = data[at], at + 1
        if kind & 0x80:
            kind, at = (kind & 0x7F) | (data[at] << 7), at + 1
        length = shift = 0
        while True:
            byte, at = data[at], at + 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield kind, data[at : at + length]
        at += length


def _scan_records(data: bytes) -> Unseen:
    found, row = Unseen(), 0
    for kind, body in _records(data):
        if kind == _ROW_HEAD:
            (row,) = struct.unpack_from("<I", body)
            if body[11] & 0x10:
                found.rows.add(row)
        elif kind in (_ERROR_VALUE, _ERROR_RESULT):
            (column,) = struct.unpack_from("<I", body)
            found.error(row, column, error_text(body[8]))
        elif kind == _COLUMNS:
            first, last, _, _, flags = struct.unpack_from("<4IH", body)
            if flags & 1:
                found.columns.update(range(first, min(last, MAX_WIDTH - 1) + 1))
    return found
