"""Where a correction belongs in a sheet as it is now: its row, its column.

Why: the program names a column by its heading as printed and a row as the office counts
it. What is not found exactly once is not guessed.

In:     the grid of a whole sheet, row and heading as a finding said them.
Out:    positions of cells, from 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.intake.blocks.header_rows import heads_places
from kkbpk_geo.intake.blocks.tables import find_blocks
from kkbpk_geo.intake.cells.values import content_of
from kkbpk_geo.intake.corrections.showing import CUT, STOREY
from kkbpk_geo.intake.recognise.columns import AS_TEXT
from kkbpk_geo.intake.recognise.headers import SEARCHED_ROWS, Header, find_header
from kkbpk_geo.io import Cell, Grid, is_blank


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a sheet: its header, its first row and the row behind it, from 0."""

    header: Header
    left: int
    first: int
    stop: int

    def columns(self, heading: str) -> list[int]:
        """Return the positions in the sheet of the columns with this heading."""
        return [
            self.left + at
            for at, path in enumerate(self.header.paths)
            if path and _is_same(STOREY.join(path), heading)
        ]

    def places(self) -> list[int]:
        """Return the positions of the columns that name places."""
        return [
            self.left + at
            for at, path in enumerate(self.header.paths)
            if path and heads_places(path[-1])
        ]


class SheetPlaces:
    """The tables of a sheet, found when they are first asked for."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid

    @cached_property
    def tables(self) -> Sequence[Table]:
        """Its tables, in sheet order."""
        found = []
        for block in find_blocks(self.grid):
            part = block.grid
            header = find_header(part)
            top = part.top - self.grid.top
            first, stop = top + header.stop, top + len(part.rows)
            found.append(Table(header, part.left - self.grid.left, first, stop))
        return found

    def row(self, number: int) -> int | None:
        """Return the position of a row as the person counts it; None if it is gone."""
        at = number - 1 - self.grid.top
        return at if 0 <= at < len(self.grid.rows) else None

    def columns(self, row: int, heading: str) -> list[int]:
        """Return the columns that a heading may mean over a row."""
        heading = heading.removesuffix(AS_TEXT)
        here = [table for table in self.tables if table.first <= row < table.stop]
        found = [at for table in here for at in table.columns(heading)]
        return found or self._printed_above(row, heading)

    def _printed_above(self, row: int, heading: str) -> list[int]:
        """Return the columns over which the last storey of a heading is printed.

        For sheets whose header is found in another way: forms of plans, long tables.
        """
        wanted = heading.rpartition(STOREY)[2]
        found: set[int] = set()
        for cells in self.grid.rows[: min(row, SEARCHED_ROWS)]:
            same = (at for at, x in enumerate(cells) if _is_same(as_text(x), wanted))
            found.update(same)
        return sorted(found)

    def body(self, row: int, column: int) -> list[Cell]:
        """Return the cells of a column in the table of a row; those below it, if none.

        Its first cell is that of :meth:`first`.
        """
        first = self.first(row, column)
        table = self._table(row, column)
        stop = table.stop if table else len(self.grid.rows)
        return [cells[column] for cells in self.grid.rows[first:stop]]

    def first(self, row: int, column: int) -> int:
        """Return the first row of the table that a cell is of."""
        table = self._table(row, column)
        return table.first if table else row

    def holds_numbers(self, row: int, column: int) -> bool:
        """Whether numbers stand in the column of a cell."""
        return content_of(self.body(row, column)) == "number"

    def heading(self, row: int, column: int) -> str:
        """Return the heading over a cell; empty where there is none."""
        table = self._table(row, column)
        return STOREY.join(table.header.paths[column - table.left]) if table else ""

    def names_rows_below(self, row: int) -> bool:
        """Whether a row names the place of rows below it, which leave it blank."""
        rows = self.grid.rows
        for table in self.tables:
            if not table.first <= row < table.stop - 1:
                continue
            below = rows[row + 1]
            filled = any(cell != "" for cell in below)
            named = [rows[row][at] != "" == below[at] for at in table.places()]
            if filled and any(named):
                return True
        spans = [(top, bottom) for (top, _), (bottom, _) in self.grid.merged]
        return any(top == row < bottom for top, bottom in spans)

    def filled(self, row: int) -> list[str]:
        """Return the headings of the cells of a row in which something stands."""
        return [
            STOREY.join(path)
            for table in self.tables
            if table.first <= row < table.stop
            for at, path in enumerate(table.header.paths)
            if path and not is_blank(self.grid.rows[row][table.left + at])
        ]

    def alike(self, row: int, column: int) -> list[int]:
        """Return the rows of its table that say the same here, its own too.

        What stands over a name (its province, its kecamatan) is the same as well: two
        kecamatan may have villages of one name.
        """
        table = self._table(row, column)
        places = table.places() if table else []
        asked = [*(at for at in places if at < column), column]
        first = self.first(row, column)
        stop = first + len(self.body(row, column))

        def said(at: int) -> list[Cell]:
            return [self.grid.rows[at][position] for position in asked]

        here = said(row)
        return [at for at in range(first, stop) if said(at) == here]

    def _table(self, row: int, column: int) -> Table | None:
        for table in self.tables:
            width = len(table.header.paths)
            over = table.left <= column < table.left + width
            if over and table.first <= row < table.stop:
                return table
        return None


def _is_same(printed: str, heading: str) -> bool:
    """Whether a heading is the one that a finding named; a long one was cut."""
    if heading.endswith(CUT):
        return bool(printed) and printed.startswith(heading.removesuffix(CUT))
    return bool(heading) and fold_words(printed) == fold_words(heading)
