"""Sheets of a division's workbook: where columns are, what cells say, what is wrong.

In:     grids of a workbook that people have filled in.
Out:    values, or an error that names file, sheet, row, column, value and remedy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path, PurePosixPath
from string import digits
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile

from kkbpk_geo.base.errors import CellError, PlanError
from kkbpk_geo.base.escaping import for_sheet
from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.io.amounts import MOST_RUPIAH, read_rupiah
from kkbpk_geo.io.grids import Grid
from kkbpk_geo.io.privacy import is_about_a_person

AS_WRITTEN = (
    "The cell is not one to change: put it back, or start from the workbook that was "
    "written."
)
_WHOLE = "a whole number from 0 up"


def both(key: str) -> set[str]:
    """Return a label in both languages, folded."""
    return {fold_words(label(key, "id")), fold_words(label(key, "en"))}


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """One table of a workbook.

    Attributes
    ----------
    grid : Grid
    head : int
        Row of the headings, from 0.
    columns : mapping key -> position
    """

    grid: Grid
    head: int
    columns: Mapping[str, int]

    @property
    def place(self) -> str:
        """File and sheet, for an error."""
        return f"{self.grid.file}, sheet {self.grid.sheet!r}"

    def heading(self, key: str) -> str:
        """Return the heading of a column, as it is written."""
        return as_text(self.grid.rows[self.head][self.columns[key]])

    def at(self, row: int, key: str) -> str:
        """Say where a cell is."""
        return f"{self.place}, row {row + 1}, column {self.heading(key)!r}"

    def rows(self) -> Iterable[int]:
        """Return the rows below the headings in which something is written."""
        for row in range(self.head + 1, len(self.grid.rows)):
            if any(cell != "" for cell in self.grid.rows[row]):
                yield row

    def cell(self, row: int, key: str) -> Any:  # noqa: ANN401
        """Return a cell, ``""`` where it is empty."""
        return self.grid.rows[row][self.columns[key]]

    def text(self, row: int, key: str) -> str:
        """Return a cell as the text that was written.

        Raises
        ------
        CellError
            If it holds a number that belongs to a person.
        """
        cell = self.cell(row, key)
        if key != "codes" and is_about_a_person(cell):
            raise self.error(
                row, key, "no numbers of persons", "Name an office or a reason only."
            )
        return plain(cell)

    def whole(self, row: int, key: str, *, least: int | None = None) -> int | None:
        """Return a whole number; None where nothing is written and that is allowed.

        Parameters
        ----------
        least : int, optional
            Then the cell must hold a number, and this is the least.

        Raises
        ------
        CellError
            If it holds something else.
        """
        cell = self.cell(row, key)
        remedy = AS_WRITTEN if key.startswith("was_") else ""
        if cell == "" and least is None:
            return None
        found = read_rupiah(cell)
        if isinstance(cell, int | float) and cell >= MOST_RUPIAH:
            most = f"a number below {MOST_RUPIAH:,}"
            raise self.error(row, key, most, remedy or "Correct the cell.")
        if found.value is None or found.value < (least or 0):
            if least is None:
                expected = f"{_WHOLE}, or nothing"
                raise self.error(
                    row, key, expected, remedy or "Correct it, or empty the cell."
                )
            expected = _WHOLE.replace("0", str(least))
            raise self.error(row, key, expected, remedy or "Write the number.")
        return found.value

    def fraction(self, row: int, key: str) -> Fraction:
        """Return an exact number above 0, or 0 for a weight.

        Raises
        ------
        CellError
            If it holds no such number.
        """
        cell = as_text(self.cell(row, key)).replace(",", ".")
        try:
            found = Fraction(cell)
        except (ValueError, ZeroDivisionError):
            found = Fraction(-1)
        open_cell = key == "priority"
        if found < 0 or (open_cell and not found):
            raise self.error(
                row, key,
                "a number above 0" if open_cell else "an exact number from 0 up",
                "Write 1, or 2 for twice the share." if open_cell else AS_WRITTEN,
            )  # fmt: skip
        return found

    def error(self, row: int, key: str, expected: str, remedy: str) -> CellError:
        """Return the error about a cell, as the person sees it."""
        cell = self.cell(row, key)
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        elif isinstance(cell, date):
            cell = as_text(cell)
        return CellError(
            self.place,
            row + 1,
            self.heading(key),
            cell,
            expected=expected,
            remedy=remedy,
        )


def find_sheet(grid: Grid, keys: Sequence[str], anchors: Sequence[str]) -> Sheet | None:
    """Find a table by its headings; None if the sheet has no row with the anchors.

    Raises
    ------
    PlanError
        If the row is there, but one of its headings is not.
    """
    heads = {word: key for key in keys for word in both(f"division_{key}")}
    for row, cells in enumerate(grid.rows):
        words = [heads.get(fold_words(as_text(cell))) for cell in cells]
        columns = {key: words.index(key) for key in keys if key in words}
        if not set(anchors) <= set(columns):
            continue
        absent = [label(f"division_{key}") for key in keys if key not in columns]
        if absent:
            msg = (
                f"{grid.file}, sheet {grid.sheet!r}: row {row + 1} has no heading "
                f"{absent}. Put it back, or start from the workbook that was written."
            )
            raise PlanError(msg)
        return Sheet(grid, row, columns)
    return None


def plain(cell: object) -> str:
    """Return text as it was before it was made inert for a sheet."""
    text = as_text(cell)
    bare = text.removeprefix("'")
    return bare if text != bare and for_sheet(bare) == text else text


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
