"""OpenDocument sheets: flat files (.fods) read, packed ones (.ods) searched.

Why: errors and formulas without result look empty in the values of an .ods, or as 0.

In:     the XML of a document. Out: grids of a flat file; sheet name -> Unseen.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from kkbpk_geo.io.reading.grid import (
    MAX_ROWS,
    MAX_WIDTH,
    Cell,
    Grid,
    Merged,
    Unseen,
    check_size,
    is_error,
    make_grid,
)
from kkbpk_geo.io.reading.markup import attributes, events, local

if TYPE_CHECKING:
    from zipfile import ZipFile

# Where one of these stands, the document is looked into: formulas whose element says
# no type of result, errors, hidden rows and columns.
_WORTH_A_LOOK = re.compile(
    rb'value-type="(?:error|percentage)"|visibility="(?:collapse|filter)"|>#[A-Z/0]+[!?]<'
    rb"|>Err:\d{3}<|>#N/A<"
)
_FORMULA_CELL = re.compile(rb"<table:table-cell\b[^>]*\btable:formula=[^>]*>")
_NAMESPACE = "urn:oasis:names:tc:opendocument"
_HIDDEN = ("collapse", "filter")
_NUMBERS = ("float", "currency", "percentage")


def is_flat(text: str) -> bool:
    """Whether XML is an OpenDocument spreadsheet in one file."""
    return _NAMESPACE in text and "<office:spreadsheet" in text


def scan_opendocument(book: ZipFile) -> dict[str, Unseen]:
    """Return what the values of each sheet do not show."""
    data = book.read("content.xml")
    unstored = any(b"value-type=" not in tag[0] for tag in _FORMULA_CELL.finditer(data))
    if not unstored and not _WORTH_A_LOOK.search(data):
        return {}
    return {sheet.name: sheet.unseen for sheet in _sheets("", data, keep=False)}


def load_flat(name: str, data: bytes) -> list[Grid]:
    """Return the sheets of a flat file.

    Raises
    ------
    IntakeError
        If one is beyond the limits.
    """
    return [sheet.grid(name) for sheet in _sheets(name, data, keep=True)]


@dataclass(slots=True)
class _Sheet:
    """A sheet while it is read; all places are from 0."""

    name: str
    keep: bool
    hidden: bool = False
    rows: list[list[Cell]] = field(default_factory=list)
    row: int = 0
    blank: int = 0  # rows that wait for one that is filled
    column: int = 0
    merged: list[Merged] = field(default_factory=list)
    unseen: Unseen = field(default_factory=Unseen)

    def grid(self, file: str) -> Grid:
        made = make_grid(
            self.rows, file=file, sheet=self.name, typed=True, merged=self.merged
        )
        return replace(made, hidden=self.hidden, **self.unseen.of_grid())

    def add_columns(self, column: dict[str, str]) -> None:
        count = _count(column, "number-columns-repeated")
        if column.get("visibility") in _HIDDEN:
            last = min(self.column + count, MAX_WIDTH)
            self.unseen.columns.update(range(self.column, last))
        self.column += count

    def add_row(self, file: str, row: ET.Element) -> None:
        said = attributes(row)
        count = _count(said, "number-rows-repeated")
        cells = self._cells(row)
        if not cells:  # a million blank ones end a sheet
            self.row, self.blank = self.row + count, self.blank + count
            return
        if said.get("visibility") in _HIDDEN:
            self.unseen.rows.update(range(self.row, self.row + count))
        shown = [column for at, column in self.unseen.percents if at == self.row]
        for again in range(self.row + 1, self.row + count):
            self.unseen.percents.update((again, column) for column in shown)
        if self.keep:
            check_size(f"{file}, sheet {self.name!r}", self.row + count, len(cells))
            self.rows += [[] for _ in range(self.blank)]
            self.rows += [list(cells) for _ in range(count)]
        self.row, self.blank = self.row + count, 0

    def _cells(self, row: ET.Element) -> list[Cell]:
        """Return the cells of a row up to the last that is filled."""
        cells: list[Cell] = []
        gap = 0
        for each in row:
            if local(each.tag) not in ("table-cell", "covered-table-cell"):
                continue
            said = attributes(each)
            count = _count(said, "number-columns-repeated")
            cell = self._cell(each, said, len(cells) + gap)
            if cell == "":
                gap = min(gap + count, MAX_WIDTH)
                continue
            cells += [""] * gap + [cell] * min(count, MAX_WIDTH)
            gap = 0
        return cells

    def _cell(self, each: ET.Element, said: dict[str, str], column: int) -> Cell:
        across = _count(said, "number-columns-spanned")
        down = _count(said, "number-rows-spanned")
        if across > 1 or down > 1:
            last = self.row + down - 1, column + across - 1
            self.merged.append(((self.row, column), last))
        shown = _shown(each)
        formula = said.get("formula")
        if is_error(shown) and formula is not None:
            self.unseen.error(self.row, column, shown)
            return shown
        if formula is not None and "value-type" not in said and not shown:
            self.unseen.unstored(self.row, column, formula.partition("=")[2])
            return self.unseen.odd[-1].text
        if said.get("value-type") == "percentage":
            across = _count(said, "number-columns-repeated")
            places = range(column, min(column + across, MAX_WIDTH))
            self.unseen.percents.update((self.row, place) for place in places)
        return _value(said, shown)


def _sheets(file: str, data: bytes, *, keep: bool) -> Iterator[_Sheet]:
    sheet: _Sheet | None = None
    styles = _Styles()
    inner = 0  # tables within a table: in its cells and charts
    for event, name, element in events(data):
        if sheet is None:
            if event == "start":
                sheet = styles.sheet(name, element, keep=keep)
        elif name == "table" and (event == "start" or inner):
            inner += 1 if event == "start" else -1
        elif event == "end" and not inner:
            _add(sheet, file, name, element)
            if name == "table":
                yield sheet
                sheet = None


@dataclass(slots=True)
class _Styles:
    """The styles of tables that do not show, which stand before the tables."""

    last: str = ""
    unshown: set[str] = field(default_factory=set)

    def sheet(self, name: str, element: ET.Element, *, keep: bool) -> _Sheet | None:
        """Note a style; return the sheet that an element begins."""
        if name not in ("style", "table-properties", "table"):
            return None
        said = attributes(element)
        if name == "style":
            self.last = said.get("name", "")
        elif name == "table-properties" and said.get("display") == "false":
            self.unshown.add(self.last)
        if name != "table":
            return None
        hidden = said.get("style-name", "") in self.unshown
        return _Sheet(said.get("name", ""), keep=keep, hidden=hidden)


def _add(sheet: _Sheet, file: str, name: str, element: ET.Element) -> None:
    """Add columns or a row to a sheet; what was read is let go."""
    if name == "table-column":
        sheet.add_columns(attributes(element))
    elif name == "table-row":
        sheet.add_row(file, element)
        element.clear()
    elif name == "table":
        element.clear()


def _count(said: dict[str, str], key: str) -> int:
    text = said.get(key, "1")
    return min(max(int(text), 1), MAX_ROWS) if text.isdecimal() else 1


def _shown(cell: ET.Element) -> str:
    """Return the text of a cell, without that of its comment."""
    lines = [each for each in cell if local(each.tag) == "p"]
    return " ".join("".join(_texts(line)) for line in lines)


def _texts(element: ET.Element) -> Iterator[str]:
    """Yield the texts of a paragraph; several blanks and tabs are elements there."""
    if local(element.tag) in ("s", "tab", "line-break"):
        yield " "
    if local(element.tag) == "annotation":
        return
    yield element.text or ""
    for each in element:
        yield from _texts(each)
        yield each.tail or ""


def _value(said: dict[str, str], shown: str) -> Cell:
    kind = said.get("value-type")
    if kind in _NUMBERS and said.get("value"):
        number = float(said["value"])
        return int(number) if number.is_integer() else number
    if kind == "boolean":
        return said.get("boolean-value") == "true"
    if kind == "date" and (day := said.get("date-value")):
        return _date(day)
    return said.get("string-value") or shown


def _date(text: str) -> Cell:
    try:
        return datetime.datetime.fromisoformat(text)
    except ValueError:
        return text
