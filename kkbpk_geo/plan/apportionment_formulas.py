"""Formulas in a workbook whose result is not stored: they would read as empty.

Why: a planner types ``=20+5``. A spreadsheet program stores the formula and 25; other
programs store the formula only, and a reader sees nothing. A decision must not vanish.

In:     an .xlsx that reading has already accepted (its size is bounded), and the tables
        that are read from it. Out: nothing, or an error that names the cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from string import digits
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile

from kkbpk_geo.plan.apportionment_cells import Sheet

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LETTERS = 26


def refuse_unstored(path: Path, sheets: Iterable[Sheet]) -> None:
    """Refuse a formula whose result is not stored, in the columns that are read.

    Parameters
    ----------
    path : Path
        Other files than .xlsx are passed over: they always store results.
    sheets : iterable of Sheet

    Raises
    ------
    CellError
        Names file, sheet, row, column and remedy.
    """
    read = {
        (sheet.grid.sheet, position): (sheet, key)
        for sheet in sheets
        for key, position in sheet.columns.items()
    }
    for name, row, column in unstored_formulas(path):
        if (name, column) in read:
            sheet, key = read[name, column]
            raise sheet.error(
                row, key, "a formula with its result stored",
                "Open the workbook in a spreadsheet program and save it, or type the "
                "number.",
            )  # fmt: skip


def unstored_formulas(path: Path) -> list[tuple[str, int, int]]:
    """Return sheet, row and column, from 0, of every formula without a result."""
    try:
        with ZipFile(path) as book:
            return list(_unstored(book))
    except (BadZipFile, KeyError, ValueError, ET.ParseError):
        return []  # no workbook of this kind; reading has said what there is to say


def _unstored(book: ZipFile) -> Iterator[tuple[str, int, int]]:
    """Yield (sheet, row, column), from 0, of every formula without a result."""
    links = {
        link.get("Id"): str(link.get("Target"))
        for link in ET.fromstring(book.read("xl/_rels/workbook.xml.rels"))
    }
    for sheet in ET.fromstring(book.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
        target = links[sheet.get(_LINK)]
        inside = PurePosixPath("xl") / target if target[0] != "/" else target[1:]
        with book.open(str(inside)) as content:
            for _, cell in ET.iterparse(content):
                if cell.tag == f"{_MAIN}c":
                    if _lacks_result(cell):
                        yield str(sheet.get("name")), *_place(str(cell.get("r")))
                    cell.clear()


def _lacks_result(cell: ET.Element) -> bool:
    """Whether a formula stores nothing; an empty text (``t="str"``) is a result."""
    value = cell.find(f"{_MAIN}v")
    stored = value is not None and (bool(value.text) or cell.get("t") == "str")
    return cell.find(f"{_MAIN}f") is not None and not stored


def _place(reference: str) -> tuple[int, int]:
    """Return row and column, from 0, of a reference such as ``I7``."""
    letters = reference.rstrip(digits)
    column = 0
    for letter in letters:
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return int(reference[len(letters) :]) - 1, column - 1
