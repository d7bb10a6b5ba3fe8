"""The tables of one sheet: under each other, beside each other, or one on many pages.

Why: an office puts BKB over BKR, or two districts side by side, and prints the headings
again on every page. Read as one table, figures of the one stand for the other.

In:     a grid. Out: :class:`Block`, one per table, in sheet order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.intake.blocks.header_rows import (
    Row,
    find_rows,
    heads_places,
)
from kkbpk_geo.intake.blocks.titles import (
    about,
    begins_page,
    differs,
    title_start,
)
from kkbpk_geo.intake.cells.values import content_of
from kkbpk_geo.intake.recognise.headers import SEARCHED_ROWS, Header, find_header
from kkbpk_geo.intake.recognise.meanings import known_fields
from kkbpk_geo.io import Grid, is_blank

_FEW = 2  # of one column alone nobody makes a table
_LOOKED_AT = 400  # rows; more do not change what a column holds


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Block:
    """One table of a sheet, and what stands elsewhere on the sheet that is about it.

    Attributes
    ----------
    grid : Grid
        Its titles, its header, its rows.
    above : tuple of str
        Titles of the first table; what its own titles do not say, these may.
    naming : tuple of str
        Those of them that may name its group: they stand over all tables.
    hinted : bool
        Whether the names of sheet and file may name its group.
    doubt : int or None
        Row of the sheet (from 1) at which it begins, where it is not sure what it is.
    titles : tuple of str
        Its own titles, where it is not the first table.
    """

    grid: Grid
    above: tuple[str, ...] = ()
    naming: tuple[str, ...] = ()
    hinted: bool = True
    doubt: int | None = None
    titles: tuple[str, ...] = ()

    def group_hints(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return what may name its group besides its titles; ``names``: sheet, file."""
        return (*self.naming, *names) if self.hinted else self.naming


def find_blocks(grid: Grid) -> list[Block]:
    """Return the tables of a sheet; a sheet with one table is one block, whole."""
    pieces = _stacked(grid)
    found: list[Block] = []
    for piece in pieces:
        beside = _side_by_side(piece)
        if len(beside) > 1:  # each may hold several, under each other
            beside = [below for block in beside for below in _below(block)]
        found += beside
    return found


def _below(block: Block) -> list[Block]:
    """Return the tables under each other in one of several that stand abreast."""
    first, *others = _stacked(block.grid)
    kept = replace(block, grid=first.grid, doubt=block.doubt or first.doubt)
    lower = [replace(other, above=(*other.above, *block.above)) for other in others]
    return [kept, *lower]


# --- under each other -----------------------------------------------------------------


def _stacked(grid: Grid) -> list[Block]:
    rows = find_rows(grid.rows)
    if len(rows) < _FEW:
        return [Block(grid=grid)]
    others = rows[1:]
    cut = _Cutting(grid, stop=others[0].at)
    stops = [*(row.at for row in others[1:]), len(grid.rows)]
    for row, stop in zip(others, stops, strict=True):
        cut.at(row, stop)
    return cut.blocks()


class _Cutting:
    """A sheet on the way down: where its tables begin, and what each is called."""

    def __init__(self, grid: Grid, stop: int) -> None:
        self.grid = grid
        self.starts = [0]
        self.made: list[Block] = []
        self.first = _header(grid, 0, stop)
        self.header = self.first  # of the table that the rows belong to
        self.pending = Block(grid=grid)

    def at(self, row: Row, stop: int) -> None:
        """Decide what a row of headings further down begins."""
        top = title_start(self.grid.rows, row.at, self.starts[-1] + 1)
        header = _header(self.grid, top, stop)
        new = [t for t in header.titles if not begins_page(t)]
        same = _same_headings(header, self.header)
        known = {fold_words(title) for title in self.header.titles}
        fresh = [title for title in new if fold_words(title) not in known]
        if same and not self._begins(fresh, top, row.at, stop):
            return
        doubt = row.doubtful or (same and not differs(fresh, self.header.titles))
        self._cut(top, header, same=same)
        if doubt:
            self.pending = replace(self.pending, doubt=self.grid.top + row.at + 1)

    def _begins(self, fresh: Sequence[str], top: int, at: int, stop: int) -> bool:
        """Whether headings that stand there already begin another table."""
        if not fresh:
            return False  # the next page
        if differs(fresh, self.header.titles):
            return True
        # A title that says nothing known, and the same places again: another table.
        upper = self._places(self.starts[-1] + self.header.stop, top)
        return bool(upper & self._places(at + 1, stop))

    def _places(self, start: int, stop: int) -> set[str]:
        """Return the texts that stand under the headings of places."""
        columns = [
            j
            for j, path in enumerate(self.header.paths)
            if path and heads_places(path[-1])
        ]
        found = set()
        for row in self.grid.rows[start:stop]:
            found.add(" / ".join(fold_words(as_text(row[j])) for j in columns))
        return {text for text in found if text.strip(" /")}

    def _cut(self, top: int, header: Header, *, same: bool) -> None:
        self._close(top)
        self.starts.append(top)
        self.header = header
        own, titles = header.titles, self.first.titles
        shared = titles[: -len(own)] if own and len(titles) > len(own) else ()
        # The same headings for another month or place: what they count is the same.
        inherits = same and bool(about(own)) and "group" not in about(own)
        if inherits:
            shared = titles
        self.pending = Block(
            grid=self.grid,
            above=titles,
            naming=tuple(reversed(shared)),
            hinted=inherits,
            titles=own,
        )

    def _close(self, bottom: int) -> None:
        part = self.grid.part(self.starts[-1], bottom, 0, self.grid.width)
        self.made.append(replace(self.pending, grid=part))

    def blocks(self) -> list[Block]:
        """Return the tables; the sheet itself where nothing was cut."""
        if len(self.starts) == 1:
            return [Block(grid=self.grid)]
        self._close(len(self.grid.rows))
        return self.made


def _header(grid: Grid, top: int, stop: int) -> Header:
    return find_header(grid.part(top, min(stop, top + SEARCHED_ROWS), 0, grid.width))


def _same_headings(one: Header, other: Header) -> bool:
    """Whether two headers say the same over the same columns, at least by half."""
    mine = [fold_words(" ".join(path)) for path in one.paths]
    theirs = [fold_words(" ".join(path)) for path in other.paths]
    both = sum(a == b != "" for a, b in zip(mine, theirs, strict=True))
    apart = sum(a != b for a, b in zip(mine, theirs, strict=True))
    return both >= _FEW and apart == 0


# --- beside each other ----------------------------------------------------------------


def _side_by_side(block: Block) -> list[Block]:
    """Cut where the headings begin again with a place to the right."""
    grid = block.grid
    header = find_header(grid)
    starts = _table_columns(grid, header)
    if len(starts) < _FEW:
        return [block]
    ends = [*starts[1:], grid.width]
    height = len(grid.rows)
    parts = [grid.part(0, height, *each) for each in zip(starts, ends, strict=True)]
    first, *others = parts
    titles = find_header(first).titles
    found = [replace(block, grid=first)]
    for part in others:
        own = find_header(part).titles
        shared = () if own else titles
        if len(titles) > len(own) > 0:
            shared = titles[: -len(own)]
        found.append(
            replace(
                block, grid=part, above=(*titles, *block.above),
                naming=(*reversed(shared), *block.naming), hinted=not own,
            )
        )  # fmt: skip
    return found


def _table_columns(grid: Grid, header: Header) -> list[int]:
    """Return the columns in which the tables of a header begin: 0 first."""
    starts = [0]
    said: set[str] = set()  # headings of places of the table so far
    figures = False  # whether it has another column than places
    for j, path in enumerate(header.paths):
        if not path:
            continue
        if not _holds_places(grid, header, j):
            figures = figures or not _numbers_rows(path)
            continue
        edge = _left_edge(grid, header, j, starts[-1])
        again = fold_words(path[-1]) in said or _is_empty(grid, header, edge - 1)
        if figures and said and again:
            starts.append(edge)
            said, figures = set(), False
        said.add(fold_words(path[-1]))
    # Places without any figure beside them are no table of their own.
    return starts if figures else starts[:-1] or [0]


def _holds_places(grid: Grid, header: Header, column: int) -> bool:
    if not heads_places(header.paths[column][-1]):
        return False
    cells = [row[column] for row in grid.rows[header.stop :][:_LOOKED_AT]]
    return content_of(cells) not in ("number", "blank")


def _numbers_rows(path: Sequence[str]) -> bool:
    return "ignore" in known_fields(path[-1])


def _left_edge(grid: Grid, header: Header, column: int, least: int) -> int:
    """Return where a table whose place stands in a column begins: at its number."""
    while column - 1 > least:
        path = header.paths[column - 1]
        if _is_empty(grid, header, column - 1):
            break
        if path and not _numbers_rows(path) and not heads_places(path[-1]):
            break
        column -= 1
    return column


def _is_empty(grid: Grid, header: Header, column: int) -> bool:
    """Whether nothing stands in a column from the header on."""
    return column > 0 and all(
        is_blank(row[column]) for row in grid.rows[header.start :]
    )
