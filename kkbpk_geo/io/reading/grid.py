"""One sheet as it stands, and the limits of what is read.

Why: a cell that shows ``#REF!``, and a formula whose result nobody stored, look empty to
whoever reads values only. A grid keeps them as the texts that they are.

In:     rows of cells. Out: :class:`Grid`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.base.missing import is_missing

Cell: TypeAlias = Any  # str, int, float, bool, date; "" for an empty cell
Merged: TypeAlias = tuple[tuple[int, int], tuple[int, int]]

MAX_ROWS = 1_100_000
MAX_CELLS = 30_000_000
MAX_WIDTH = 16_384  # columns of the widest sheet that a spreadsheet program writes

# What spreadsheet programs show where a formula failed; Err:502 is LibreOffice's.
_ERROR = re.compile(
    r"#(?:REF|DIV/0|VALUE|NUM|NAME|NULL)[!?]|#N/A(?: N/A)?|#SPILL!|#CALC!|Err:\d{3}",
    re.IGNORECASE,
)
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

    ``rows[0]`` is row 1 of the sheet. ``typed``: whether cells carry types of their
    own (a workbook), so that a number stored as text is worth telling. ``merged``:
    merged ranges ``((row, column), (row, column))``, from 0, inclusive. ``hidden``:
    whether the workbook hides the sheet. ``odd_cells``: what shows an error, or is a
    formula without a stored result; ``rows`` holds its text there (``#REF!``, ``=B2``).
    ``hidden_rows``, ``hidden_columns``: from 0. ``notes``: findings that the file as
    such deserves.
    """

    rows: list[list[Cell]]
    file: str
    sheet: str = ""
    typed: bool = False
    merged: tuple[Merged, ...] = ()
    hidden: bool = False
    odd_cells: tuple[OddCell, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.rows[0]) if self.rows else 0


def is_error(cell: Cell) -> bool:
    """Whether a cell shows that its formula failed: ``#REF!``, ``#DIV/0!``."""
    return isinstance(cell, str) and bool(_ERROR.fullmatch(cell))


def is_unstored(cell: Cell) -> bool:
    """Whether a cell is a formula whose result is not there."""
    return isinstance(cell, str) and bool(_FORMULA.fullmatch(cell))


def is_no_value(cell: Cell) -> bool:
    """Whether a cell shows an error, or a formula instead of its result."""
    return is_error(cell) or is_unstored(cell)


class _Cleaned(dict[str, str]):
    """Cells with white space folded, remembered because cells repeat."""

    def __missing__(self, text: str) -> str:
        clean = " ".join(text.split())
        if clean.startswith('="') and (constant := _CONSTANT.fullmatch(clean)):
            clean = constant[1].strip()
        self[text] = clean
        return clean

    def row(self, cells: Iterable[Cell]) -> list[Cell]:
        """Return a row with its texts folded, and "" for what is missing."""
        row = list(cells)
        for i, cell in enumerate(row):
            if type(cell) is str:
                row[i] = self[cell]
            elif is_missing(cell):
                row[i] = ""
        return row


def make_grid(  # noqa: PLR0913 (what a file knows of one sheet)
    rows: Iterable[Sequence[Cell]],
    *,
    file: str,
    sheet: str = "",
    typed: bool = False,
    merged: Iterable[Any] = (),
    notes: Iterable[str] = (),
) -> Grid:
    """Return rows as a grid: texts folded, padded to one width, blank ends cut."""
    clean = _Cleaned()
    kept = [clean.row(row) for row in rows]
    while kept and all(cell == "" for cell in kept[-1]):
        kept.pop()
    width = max(map(len, kept), default=0)
    for row in kept:
        row.extend([""] * (width - len(row)))
    return Grid(
        rows=kept, file=file, sheet=sheet, typed=typed, merged=tuple(merged),
        notes=tuple(notes),
    )  # fmt: skip


def check_size(where: str, rows: int, width: int) -> None:
    """Refuse a sheet beyond the limits.

    Raises
    ------
    IntakeError
    """
    cells = rows * width
    if rows > MAX_ROWS or cells > MAX_CELLS:
        msg = (
            f"{where}: {rows} rows and {cells} cells; the limits are "
            f"{MAX_ROWS} and {MAX_CELLS}. Delete what is not the table, or save it "
            "as CSV."
        )
        raise IntakeError(msg)
