"""One sheet as it stands, and the limits of what is read.

Why: a cell that shows ``#REF!``, and a formula whose result nobody stored, look empty
to whoever reads values only. A grid keeps them as the texts that they are.

In:     rows of cells. Out: :class:`Grid`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple, TypeAlias, TypedDict

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.base.missing import is_missing

Cell: TypeAlias = Any  # str, int, float, bool, date; "" for an empty cell
Merged: TypeAlias = tuple[tuple[int, int], tuple[int, int]]

MAX_ROWS = 1_100_000
MAX_CELLS = 30_000_000
MAX_LETTERS = 32_767  # of a cell; the most that Excel holds
# Distinct cells that are kept in mind while a file is read: what repeats is among them,
# and a column of a million names does not fill the memory.
REMEMBERED = 65_536
MAX_WIDTH = 16_384  # columns of the widest sheet that a spreadsheet program writes

# What spreadsheet programs show where a formula failed; Err:502 is LibreOffice's.
_ERROR = re.compile(
    r"#(?:REF|DIV/0|VALUE|NUM|NAME|NULL)[!?]|#N/A(?: N/A)?|#SPILL!|#CALC!|Err:\d{3}",
    re.IGNORECASE,
)
# Number of an error, as binary formats store it -> what a program shows for it.
ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
# A formula as a text; "=" alone, or a line of them, is a mark of somebody's own.
_FORMULA = re.compile(r"=\s*[^=\s].*")
_CONSTANT = re.compile(r'="([^"]*)"')  # ="18.10": how exports keep a code as text


class OddCell(NamedTuple):
    """A cell of a workbook, from 0, that holds no value where it looks as if it did."""

    row: int
    column: int
    what: Literal["error", "unstored"]
    text: str = ""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Grid:
    """One sheet as it stands, rows padded to one width.

    ``rows[0]`` is row 1 of the sheet, or ``top`` rows further down where the grid is a
    part of it, that begins ``left`` columns from its edge. ``typed``: whether cells
    carry types of their own (a workbook), so that a number stored as text is worth
    telling. ``merged``: merged ranges ``((row, column), (row, column))``, from 0,
    inclusive. ``hidden``: whether the workbook hides the sheet; ``peeked``: whether
    only its first rows are here. ``odd_cells``: what shows an error, or is a formula
    without a stored result; ``rows`` holds its text there (``#REF!``, ``=B2``).
    ``hidden_rows``, ``hidden_columns``: from 0, counted from the edge of the sheet also
    in a part of it, as ``odd_cells`` are. ``percents``: likewise row and column of the
    numbers that the sheet shows as per cent (1 as 100 %). ``notes``: findings that the
    file as such deserves.
    """

    rows: list[list[Cell]]
    file: str
    sheet: str = ""
    typed: bool = False
    merged: tuple[Merged, ...] = ()
    hidden: bool = False
    peeked: bool = False
    odd_cells: tuple[OddCell, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    percents: frozenset[tuple[int, int]] = frozenset()
    notes: tuple[str, ...] = ()
    top: int = 0
    left: int = 0

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.rows[0]) if self.rows else 0

    def part(self, top: int, bottom: int, left: int, right: int) -> Grid:
        """Return rows ``top`` to ``bottom`` and columns ``left`` to ``right``.

        Merged ranges move with their cells, and what is cut by an edge ends there;
        rows keep the number that they have in the sheet. What the file as such deserves
        (``notes``) is told of its first part.

        Parameters
        ----------
        top, left : int, from 0, the first row and column of the part
        bottom, right : int, the first row and column behind it
        """
        first_part = not (top or left)
        merged = []
        for (first, start), (last, stop) in self.merged:
            inside = top <= first < bottom and left <= start < right
            if inside:  # the text of a range stands in its first cell
                end = (min(last, bottom - 1) - top, min(stop, right - 1) - left)
                merged.append(((first - top, start - left), end))
        rows = [row[left:right] for row in self.rows[top:bottom]]
        return replace(
            self,
            rows=rows,
            merged=tuple(merged),
            notes=self.notes if first_part else (),
            top=self.top + top,
            left=self.left + left,
        )


class OfGrid(TypedDict):
    """The fields of a grid that a sheet's :class:`Unseen` fills."""

    odd_cells: tuple[OddCell, ...]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    percents: frozenset[tuple[int, int]]


@dataclass(slots=True)
class Unseen:
    """Cells without a value, or in per cent, and what is hidden, of a sheet; from 0."""

    odd: list[OddCell] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    percents: set[tuple[int, int]] = field(default_factory=set)

    def error(self, row: int, column: int, text: str) -> None:
        """Note a cell that shows an error."""
        self.odd.append(OddCell(row, column, "error", text or "#VALUE!"))

    def unstored(self, row: int, column: int, formula: str) -> None:
        """Note a formula without a result; one that is shared may have no text."""
        text = " ".join(formula.split()).removeprefix("=")
        self.odd.append(OddCell(row, column, "unstored", f"={text or '…'}"))

    def of_grid(self) -> OfGrid:
        """Return it as fields of a grid."""
        return OfGrid(
            odd_cells=tuple(sorted(self.odd)),
            hidden_rows=frozenset(self.rows),
            hidden_columns=frozenset(self.columns),
            percents=frozenset(self.percents),
        )


def error_text(code: int) -> str:
    """Return what a spreadsheet program shows for the number of an error."""
    return ERRORS.get(code, "#VALUE!")


def is_error(cell: Cell) -> bool:
    """Whether a cell shows that its formula failed: ``#REF!``, ``#DIV/0!``."""
    if not isinstance(cell, str) or cell[:1] not in "#Ee":
        return False
    return bool(_ERROR.fullmatch(cell))


def is_unstored(cell: Cell) -> bool:
    """Whether a cell is a formula whose result is not there."""
    if not isinstance(cell, str) or cell[:1] != "=":
        return False
    return bool(_FORMULA.fullmatch(cell))


def is_no_value(cell: Cell) -> bool:
    """Whether a cell shows an error, or a formula instead of its result."""
    return is_error(cell) or is_unstored(cell)


class _Cleaned(dict[str, str]):
    """Cells with white space folded, remembered because cells repeat.

    A cell longer than any that a spreadsheet program holds is cut.
    """

    cut = False

    def __missing__(self, text: str) -> str:
        clean = " ".join(text.split())
        if len(clean) > MAX_LETTERS:
            clean, self.cut = clean[:MAX_LETTERS], True
        if clean.startswith('="') and (constant := _CONSTANT.fullmatch(clean)):
            clean = constant[1].strip()
        if clean == text:
            clean = text  # one string, not two that are equal
        if len(self) >= REMEMBERED:
            self.clear()
        self[text] = clean
        return clean

    def row(self, cells: Iterable[Cell]) -> list[Cell]:
        """Return a row with its texts folded, and "" for what is missing."""
        row = list(cells)
        if set(map(type, row)) == {str}:  # all rows of a text file
            return list(map(self.__getitem__, row))
        for i, cell in enumerate(row):
            kind = type(cell)
            if kind is str:
                row[i] = self[cell]
            elif kind is int:  # most figures; asking costs more than all the rest
                continue
            elif kind is float:
                if cell != cell:  # noqa: PLR0124  NaN
                    row[i] = ""
            elif is_missing(cell):
                row[i] = ""
        return row


def make_grid(  # noqa: PLR0913 (what is known of rows before they are read)
    rows: Iterable[Sequence[Cell]],
    *,
    file: str,
    sheet: str = "",
    typed: bool = False,
    texts: bool = False,
    merged: Iterable[Any] = (),
    notes: Iterable[str] = (),
) -> Grid:
    """Return rows as a grid: texts folded, padded to one width, blank ends cut.

    ``texts``: whether all cells are known to be texts, and need not be asked.
    """
    clean = _Cleaned()
    if texts:
        kept = [list(map(clean.__getitem__, row)) for row in rows]
    else:
        kept = [clean.row(row) for row in rows]
    while kept and all(cell == "" for cell in kept[-1]):
        kept.pop()
    width = max(map(len, kept), default=0)
    for row in kept:
        if len(row) < width:
            row.extend([""] * (width - len(row)))
    told = (*notes, "cell_cut") if clean.cut else tuple(notes)
    return Grid(
        rows=kept, file=file, sheet=sheet, typed=typed, merged=tuple(merged),
        notes=told,
    )  # fmt: skip


def is_beyond(rows: int, width: int) -> bool:
    """Whether a sheet of this extent is beyond the limits."""
    return rows > MAX_ROWS or rows * width > MAX_CELLS or width > MAX_WIDTH


def size_refusal(where: str, rows: int, width: int) -> str:
    """Say that a sheet is beyond the limits, and what to do."""
    return (
        f"{where}: {rows} rows and {rows * width} cells; the limits are "
        f"{MAX_ROWS} and {MAX_CELLS}. Delete what is not the table, or save it "
        "as CSV."
    )


def check_size(where: str, rows: int, width: int) -> None:
    """Refuse a sheet beyond the limits.

    Raises
    ------
    IntakeError
    """
    if is_beyond(rows, width):
        msg = size_refusal(where, rows, width)
        raise IntakeError(msg, finding="file_too_large")
