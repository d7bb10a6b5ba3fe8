"""Excel 2003 XML ("SpreadsheetML"), as report servers export it under the name .xls.

In:     the bytes of such a file. Out: grids.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree import ElementTree as ET

from kkbpk_geo.io.reading.grid import (
    MAX_ROWS,
    MAX_WIDTH,
    Cell,
    Grid,
    Merged,
    Unseen,
    check_size,
    make_grid,
)
from kkbpk_geo.io.reading.markup import attributes, events, local

NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"


def load_spreadsheetml(name: str, data: bytes) -> list[Grid]:
    """Return the sheets of a workbook in Excel 2003 XML.

    Raises
    ------
    IntakeError
        If one is beyond the limits.
    """
    return [sheet.grid(name) for sheet in _sheets(name, data)]


@dataclass(slots=True)
class _Sheet:
    """A sheet while it is read; all places are from 0."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    column: int = 0
    merged: list[Merged] = field(default_factory=list)
    covered: dict[int, int] = field(default_factory=dict)  # column -> last row
    unseen: Unseen = field(default_factory=Unseen)
    hidden: bool = False

    def grid(self, file: str) -> Grid:
        made = make_grid(
            self.rows, file=file, sheet=self.name, typed=True, merged=self.merged
        )
        return replace(made, hidden=self.hidden, **self.unseen.of_grid())

    def add_columns(self, said: dict[str, str]) -> None:
        first = _index(said, self.column)
        self.column = first + _number(said, "Span") + 1
        if said.get("Hidden") == "1":
            last = min(self.column, MAX_WIDTH)
            self.unseen.columns.update(range(first, last))

    def add_row(self, file: str, row: ET.Element) -> None:
        said = attributes(row)
        at = min(_index(said, len(self.rows)), MAX_ROWS)
        self.rows += [[] for _ in range(at - len(self.rows))]
        if said.get("Hidden") == "1":
            self.unseen.rows.update(range(at, at + _number(said, "Span") + 1))
        cells: list[Cell] = []
        for each in row:
            if local(each.tag) == "Cell":
                self._add_cell(cells, at, each)
        check_size(f"{file}, sheet {self.name!r}", at + 1, len(cells))
        self.rows.append(cells)

    def _add_cell(self, cells: list[Cell], row: int, each: ET.Element) -> None:
        said = attributes(each)
        column = len(cells)
        while self.covered.get(column, -1) >= row:  # below a cell that is merged down
            column += 1
        column = min(_index(said, column), MAX_WIDTH)
        across, down = _number(said, "MergeAcross"), _number(said, "MergeDown")
        cells += [""] * (column - len(cells))
        cells.append(self._value(row, column, each, said))
        if across or down:
            self.merged.append(((row, column), (row + down, column + across)))
            covered = range(column, min(column + across, MAX_WIDTH) + 1)
            self.covered.update(dict.fromkeys(covered, row + down))
        cells += [""] * min(across, MAX_WIDTH)

    def _value(
        self, row: int, column: int, each: ET.Element, said: dict[str, str]
    ) -> Cell:
        data = next((part for part in each if local(part.tag) == "Data"), None)
        text = "" if data is None else "".join(data.itertext())
        kind = "" if data is None else attributes(data).get("Type", "")
        if kind == "Error":
            self.unseen.error(row, column, text)
            return self.unseen.odd[-1].text
        if said.get("Formula") and not text and kind != "String":
            self.unseen.unstored(row, column, said["Formula"])
            return self.unseen.odd[-1].text
        return _typed(kind, text)


def _sheets(file: str, data: bytes) -> Iterator[_Sheet]:
    sheet: _Sheet | None = None
    for event, name, element in events(data):
        if event == "start":
            if name == "Worksheet":
                sheet = _Sheet(attributes(element).get("Name", ""))
        elif sheet is None:
            continue
        elif name == "Column":
            sheet.add_columns(attributes(element))
        elif name == "Row":
            sheet.add_row(file, element)
            element.clear()
        elif name == "Visible":  # of the options of a sheet; said where it is hidden
            sheet.hidden = (element.text or "").startswith("SheetHidden")
        elif name == "Worksheet":
            yield sheet
            sheet = None


def _index(said: dict[str, str], otherwise: int) -> int:
    """Return where a row, column or cell stands, from 0; the next one if unsaid."""
    stated = _number(said, "Index")
    return max(stated - 1, otherwise) if stated else otherwise


def _number(said: dict[str, str], key: str) -> int:
    text = said.get(key, "")
    return int(text) if text.isdecimal() else 0


def _typed(kind: str, text: str) -> Cell:
    try:
        if kind == "Number":
            number = float(text)
            return int(number) if number.is_integer() else number
        if kind == "DateTime":
            return datetime.datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        return text
    return text == "1" if kind == "Boolean" else text
