"""A workbook that comes back: its tables by their headings, its cells by their types.

Why: people move columns, insert rows and type over what was computed. What is read is
found by its heading; what cannot be used is refused where it stands, as a person sees
it, with what was expected and what to do.

In:     a workbook that people have filled in, bounded as every source is.
Out:    values, or an error that names file, sheet, row, column, value and remedy.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from kkbpk_geo.base.errors import CellError, PlanError
from kkbpk_geo.base.escaping import for_sheet, seen_in_line
from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.io.amounts import MOST_RUPIAH, read_rupiah
from kkbpk_geo.io.grids import Source, load_grids
from kkbpk_geo.io.privacy import is_about_a_person
from kkbpk_geo.io.reading.grid import Cell, Grid

AS_WRITTEN = (
    "The cell is not one to change: put it back, or start from the workbook that was "
    "written."
)
_WHOLE = "a whole number from"


def both(key: str) -> set[str]:
    """Return a label in both languages, folded."""
    return {fold_words(label(key, "id")), fold_words(label(key, "en"))}


def headings(prefix: str, keys: Iterable[str]) -> dict[str, str]:
    """Return the key of each heading, folded, in both languages."""
    return {word: key for key in keys for word in both(f"{prefix}{key}")}


def plain(cell: object) -> str:
    """Return text as it was before it was made inert for a sheet."""
    text = as_text(cell)
    bare = text.removeprefix("'")
    return bare if text != bare and for_sheet(bare) == text else text


@dataclass(frozen=True, slots=True, eq=False)
class FormTable:
    """One table of a workbook that came back; rows are counted from 0.

    Attributes
    ----------
    grid : Grid
    head : int
        Row of the headings.
    columns : mapping key -> position
    kept : collection of str
        Keys of the columns that nobody is asked to change.
    """

    grid: Grid
    head: int
    columns: Mapping[str, int]
    kept: Collection[str] = ()

    @property
    def place(self) -> str:
        """File and sheet, for an error."""
        file, sheet = self.grid.file, self.grid.sheet
        return f"{file}, sheet {sheet!r}" if sheet else file

    def require(self, keys: Iterable[str], prefix: str) -> None:
        """Refuse a table that lacks a heading; ``prefix`` is that of its labels.

        Raises
        ------
        PlanError
        """
        absent = [label(f"{prefix}{key}") for key in keys if key not in self.columns]
        if absent:
            msg = (
                f"{self.place}: row {self.head + 1} has no heading {absent}. Put it "
                "back, or start from the workbook that was written."
            )
            raise PlanError(msg)

    def heading(self, key: str) -> str:
        """Return the heading of a column, as it is written."""
        return as_text(self.grid.rows[self.head][self.columns[key]])

    def at(self, row: int, key: str) -> str:
        """Say where a cell is."""
        return f"{self.place}, row {row + 1}, column {self.heading(key)!r}"

    def rows(self) -> Iterator[int]:
        """Return the rows below the headings in which something is written."""
        for row in range(self.head + 1, len(self.grid.rows)):
            if any(cell != "" for cell in self.grid.rows[row]):
                yield row

    def cell(self, row: int, key: str) -> Cell:
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
        if is_about_a_person(cell):
            remedy = "Name an office or a reason only."
            raise self.error(row, key, "no numbers of persons", remedy)
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
        if cell == "" and least is None:
            return None
        if isinstance(cell, int | float) and cell >= MOST_RUPIAH:
            most = f"a number below {MOST_RUPIAH:,}"
            raise self.error(row, key, most, self._remedy(key, "Correct the cell."))
        found = read_rupiah(cell).value
        if found is not None and found >= (least or 0):
            return found
        if least is None:
            remedy = self._remedy(key, "Correct it, or empty the cell.")
            raise self.error(row, key, f"{_WHOLE} 0 up, or nothing", remedy)
        remedy = self._remedy(key, "Write the number.")
        raise self.error(row, key, f"{_WHOLE} {least} up", remedy)

    def _remedy(self, key: str, usual: str) -> str:
        return AS_WRITTEN if key in self.kept else usual

    def fraction(self, row: int, key: str, *, remedy: str = "") -> Fraction:
        """Return an exact number from 0 up; above 0 where a person writes it.

        Parameters
        ----------
        remedy : str
            What the person is to write; without it the cell is not one to change.

        Raises
        ------
        CellError
            If it holds no such number.
        """
        found = _fraction(self.cell(row, key))
        if found is None or (remedy and not found):
            expected = "an exact number from 0 up"
            if remedy:
                expected = "a number above 0"
            raise self.error(row, key, expected, remedy or AS_WRITTEN)
        return found

    def choice(
        self, row: int, key: str, words: Mapping[str, str], expected: str, remedy: str
    ) -> str:
        """Return what the word of a cell stands for.

        Parameters
        ----------
        words : mapping folded word -> what it stands for

        Raises
        ------
        CellError
            If it is none of the words.
        """
        found = words.get(fold_words(self.text(row, key)))
        if found is None:
            raise self.error(row, key, expected, remedy)
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


def _fraction(cell: Cell) -> Fraction | None:
    try:
        found = Fraction(as_text(cell).replace(",", "."))
    except (ValueError, ZeroDivisionError):
        return None
    return found if found >= 0 else None


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A workbook that came back, or a table in memory.

    Attributes
    ----------
    name : str
        Of the file, for an error; empty for a table in memory.
    path : Path or None
    grids : list of Grid
        Its visible sheets, or the one that was asked for.
    """

    name: str
    path: Path | None
    grids: list[Grid]

    @classmethod
    def read(cls, source: Source, *, sheet: str | None = None) -> Form:
        """Open a workbook, within the limits of every source.

        Raises
        ------
        IntakeError
            If it cannot be opened, is beyond a limit, or has no such sheet.
        """
        path = Path(source) if isinstance(source, (str, Path)) else None
        grids = load_grids(source, sheet=sheet)
        return cls(seen_in_line(path.name) if path else "", path, grids)

    def tables(
        self,
        heads: Mapping[str, str],
        anchors: Iterable[str],
        kept: Collection[str] = (),
    ) -> Iterator[FormTable]:
        """Find the sheets' tables by their headings, one a sheet.

        Parameters
        ----------
        heads : mapping folded heading -> key
            A heading that stands twice is read where it stands first.
        anchors : iterable of str
            Keys that stand in the row of headings for sure; what lacks them is no
            such table.
        kept : collection of str
            Keys of the columns that nobody is asked to change.
        """
        wanted = set(anchors)
        for grid in self.grids:
            for row, cells in enumerate(grid.rows):
                columns: dict[str, int] = {}
                for position, cell in enumerate(cells):
                    key = heads.get(fold_words(as_text(cell)))
                    if key is not None:
                        columns.setdefault(key, position)
                if wanted <= set(columns):
                    yield FormTable(grid, row, columns, kept)
                    break

    def unstored(
        self, tables: Iterable[FormTable]
    ) -> Iterator[tuple[FormTable, int, str]]:
        """Find formulas whose results are not stored, in the columns that are read."""
        for table in tables:
            read = {position: key for key, position in table.columns.items()}
            for odd in table.grid.odd_cells:
                if odd.what == "unstored" and odd.column in read:
                    yield table, odd.row, read[odd.column]

    def refuse_unstored(self, tables: Iterable[FormTable]) -> None:
        """Refuse a formula whose result is not stored, in the columns that are read.

        Raises
        ------
        CellError
            Names file, sheet, row, column and remedy.
        """
        for table, row, key in self.unstored(tables):
            raise table.error(
                row, key, "a formula with its result stored",
                "Open the workbook in a spreadsheet program and save it, or type the "
                "number.",
            )  # fmt: skip
