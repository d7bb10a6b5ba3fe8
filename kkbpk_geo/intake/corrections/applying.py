"""Corrections written into the grids of a source, before anything is recognised.

Why: every proof then runs on what the district says, and the files of the office stay
as they are. A correction is for one very place: what stands there now must be what the
finding was about, or it is told and left alone.

In:     grids, corrections of this file, the digest of the file.
Out:    grids with corrected cells; each correction with its state.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from kkbpk_geo.base.text import as_text
from kkbpk_geo.findings import LONGEST
from kkbpk_geo.intake.cells.numbers import read_numbers
from kkbpk_geo.intake.cells.persons import is_titled
from kkbpk_geo.intake.corrections.places import SheetPlaces
from kkbpk_geo.intake.corrections.showing import CUT, cut, shown
from kkbpk_geo.intake.model import Correction
from kkbpk_geo.io import MASK, Cell, Grid, is_about_a_person

# Told once of all rows that say the same: the answer is for each of them.
OF_ALL_ALIKE = frozenset(
    ["region_unknown", "region_ambiguous", "place_not_in_register"]
)
PLUS = " + "  # between the headings of columns that a proof adds up
CELLS = " | "  # between the cells of a row that is shown
# Figures, dates, nothing: they stand by chance in next month's file as well.
_COMMON = re.compile(r"[\d\s.,:/%+-]*")
_CODE = re.compile(r"\d\d\.\d\d")  # of a kabupaten/kota, which a program may round


@dataclass(frozen=True, slots=True, eq=False)
class Corrected:
    """Grids as they are read, and what became of each correction.

    ``emptied``: sheet and row that was taken out -> the headings of its filled cells.
    """

    grids: list[Grid]
    lines: tuple[Correction, ...]
    emptied: Mapping[tuple[str, int], Sequence[str]] = field(default_factory=dict)


class _At(NamedTuple):
    """A correction with its place in a grid; ``column`` is -1 for a whole row."""

    line: Correction
    row: int
    column: int


def apply_to(
    grids: Sequence[Grid], lines: Iterable[Correction], digest: str
) -> Corrected:
    """Write corrections into grids.

    Parameters
    ----------
    grids : sequence of Grid
        The visible sheets of a source; they stay as they are.
    lines : iterable of Correction
        About this file.
    digest : str
        SHA-256 of the file; empty where it is not known.
    """
    by_sheet: defaultdict[str, list[Correction]] = defaultdict(list)
    for line in lines:
        by_sheet[line.sheet].append(line)
    made, told = [], []
    emptied: dict[tuple[str, int], Sequence[str]] = {}
    for grid in grids:
        corrected, states = _apply_to_sheet(grid, by_sheet.pop(grid.sheet, []), digest)
        made.append(corrected)
        told += states
        out = [line.row or 0 for line in states if line.state == "row_removed"]
        places = SheetPlaces(grid)
        emptied |= {(grid.sheet, row): places.filled(row - 1) for row in out}
    gone = [line for lines in by_sheet.values() for line in lines]
    told += [replace(line, state="correction_no_place") for line in gone]
    told.sort(key=lambda line: (line.book, line.book_sheet, line.book_row))
    return Corrected(made, tuple(told), emptied)


def _apply_to_sheet(
    grid: Grid, lines: Sequence[Correction], digest: str
) -> tuple[Grid, list[Correction]]:
    if not lines:
        return grid, []
    sheet = SheetPlaces(grid)
    found = [_judge(sheet, line, digest) for line in lines]
    told = [each for each in found if isinstance(each, Correction)]
    placed = [each for each in found if isinstance(each, _At)]
    agreed, refused = _agreed(placed, digest)
    cells, more = [], []
    for at in agreed:
        settled = _settle(sheet, at)
        if isinstance(settled, Correction):
            more.append(settled)
        else:
            cells += settled
    told += [*refused, *more, *(at.line for at in cells)]
    return _written(grid, cells), told


# --- whether a correction is for what stands there ------------------------------------


def _judge(sheet: SheetPlaces, line: Correction, digest: str) -> _At | Correction:
    """Find the place of a correction, or say why it is not used."""
    row = None if line.row is None else sheet.row(line.row)
    if refused := _refusal(line, row):
        return replace(line, state=refused)
    at = row or 0
    exact = bool(digest) and line.digest == digest
    if line.action == "row" and (exact or not line.column):
        return _judge_row(sheet, line, at, exact=exact)
    columns = sheet.columns(at, line.column)
    if len(columns) > 1:  # the same heading twice: what stands there tells them apart
        columns = [i for i in columns if _stands(sheet.grid.rows[at][i], line)]
    if len(columns) != 1:
        return replace(line, state=_without_column(sheet, line, at))
    cell = sheet.grid.rows[at][columns[0]]
    sure = exact or _proves(cell, line, another=bool(digest and line.digest))
    return _judge_cell(sheet, line, at, columns[0], sure=sure)


def _without_column(sheet: SheetPlaces, line: Correction, row: int) -> str:
    """Say why a heading is of no column: it may be those of a sum, which all stand."""
    parts = line.column.split(PLUS)
    added = len(parts) > 1 and all(sheet.columns(row, part) for part in parts)
    return "correction_no_cell" if added else "correction_no_place"


def _refusal(line: Correction, row: int | None) -> str:
    """Say why a correction can be of no cell of its sheet; "" where it can."""
    if line.row is None or (line.action != "row" and not line.column):
        return "correction_no_cell"
    if row is None:
        return "correction_done" if line.action == "row" else "correction_no_place"
    return "correction_unread" if line.action == "unread" else ""


def _judge_row(
    sheet: SheetPlaces, line: Correction, row: int, *, exact: bool
) -> _At | Correction:
    """Judge a whole row: without a column only the same file proves that it is it."""
    cells = sheet.grid.rows[row]
    filled = [at for at, cell in enumerate(cells) if cell != ""]
    was = CELLS.join(shown(cells[at], sheet.heading(row, at)) for at in filled)
    line = replace(line, was=cut(was))
    if not was:
        return replace(line, state="correction_done")
    if not exact:
        return replace(line, state="correction_changed")
    return _At(line, row, -1)


def _judge_cell(
    sheet: SheetPlaces, line: Correction, row: int, column: int, *, sure: bool
) -> _At | Correction:
    cell = sheet.grid.rows[row][column]
    line = replace(line, was=shown(cell, line.column))
    if line.action == "cell" and _is_same(cell, line.value):
        return replace(line, state="correction_done")
    if not sure:
        return replace(line, state="correction_changed")
    return _At(line, row, -1 if line.action == "row" else column)


def _proves(cell: Cell, line: Correction, *, another: bool) -> bool:
    """Whether what stands in a cell proves that it is the one that was meant.

    In another edition of its file the row may be of another month or village: a figure
    stands there by chance, and what else is in the row nobody saw.
    """
    chance = line.action == "row" or bool(_COMMON.fullmatch(line.written))
    return _stands(cell, line) and not (another and chance)


def _stands(cell: Cell, line: Correction) -> bool:
    """Whether a cell still holds what the finding quoted."""
    written = line.written
    if MASK in written:  # what was masked may be anything
        return False
    text = " ".join(as_text(cell).split())
    if written.endswith(CUT) and len(written) == LONGEST:
        return text.startswith(written.removesuffix(CUT))
    return _is_same(text, written)


def _is_same(one: Cell, other: Cell) -> bool:
    """Whether two cells hold the same, as a number or letter by letter."""
    if as_text(one) == as_text(other):
        return True
    numbers = [_number(cell) for cell in (one, other)]
    return numbers[0] is not None and numbers[0] == numbers[1]


def _number(cell: Cell) -> float | None:
    """Return a number that is stored, or written in plain digits; no code is one."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return float(cell)
    text = as_text(cell).strip()
    plain = text.isascii() and text.isdigit() and text[:1] != "0"
    return float(text) if plain else None


# --- two corrections of one place -----------------------------------------------------


def _agreed(placed: Sequence[_At], digest: str) -> tuple[list[_At], list[Correction]]:
    """Return one correction a place; where two of them differ none is used."""
    rows: defaultdict[int, list[_At]] = defaultdict(list)
    for at in placed:
        rows[at.row].append(at)
    agreed: list[_At] = []
    refused: list[Correction] = []
    for here in rows.values():
        whole = any(at.column < 0 for at in here)
        places: defaultdict[int, list[_At]] = defaultdict(list)
        for at in here:
            # A row that is taken out takes its cells along.
            places[-1 if whole else at.column].append(at)
        for same in places.values():
            ours = _of_this_file(same, digest)
            used, told = _one_of(ours)
            agreed += used
            refused += told
            others = [at.line for at in same if at not in ours]
            refused += [replace(x, state="correction_other_file") for x in others]
    return agreed, refused


def _of_this_file(same: list[_At], digest: str) -> list[_At]:
    """Return what was said of this edition of the file; of all where nothing was."""
    known = [at for at in same if digest and at.line.digest == digest]
    return known or same


def _one_of(same: Sequence[_At]) -> tuple[list[_At], list[Correction]]:
    first = same[0].line
    if all(_asks_same(first, at.line) for at in same):
        repeated = [replace(at.line, state="correction_repeated") for at in same[1:]]
        return [same[0]], repeated
    return [], [replace(at.line, state="correction_contradicts") for at in same]


def _asks_same(one: Correction, other: Correction) -> bool:
    return one.action == other.action and _is_same(one.value, other.value)


# --- what is written ------------------------------------------------------------------


def _settle(sheet: SheetPlaces, at: _At) -> list[_At] | Correction:
    """Return the cells that a correction writes, or say why it is not used."""
    line, row, column = at
    if column < 0:
        if sheet.names_rows_below(row):
            return replace(line, state="correction_names_rows")
        return [_At(replace(line, state="row_removed"), row, column)]
    text = as_text(line.value)
    if is_about_a_person(line.value) or is_titled(text):
        return replace(line, state="correction_person", value=MASK)
    numbers = sheet.holds_numbers(row, column)
    value = _as_stored(sheet, at) if numbers else line.value
    if value is None:
        return replace(line, state="correction_not_number")
    if not numbers and not sheet.grid.typed:
        value = text  # in a text file a code is a text
    line = replace(line, value=value, state="corrected")
    rows = [row]
    if line.about in OF_ALL_ALIKE:
        rows = sheet.alike(row, column)
    first = sheet.grid.top + 1
    return [_At(replace(line, row=i + first), i, column) for i in rows]


def _as_stored(sheet: SheetPlaces, at: _At) -> Cell | None:
    """Return a figure as its column holds them; None where it is none.

    Read with its column, which tells thousands from decimals.
    """
    value = at.line.value
    body = sheet.body(at.row, at.column)
    here = at.row - sheet.first(at.row, at.column)
    others = [cell for i, cell in enumerate(body) if i != here and cell != ""]
    if value == "":
        return value
    if isinstance(value, int | float):
        return _as_number(value, others)
    if not isinstance(value, str):
        return None  # a date: 1-2 was meant
    figures = read_numbers(others).values
    counts = all(x.is_integer() for x in figures.tolist() if x == x)  # noqa: PLR0124  NaN
    body[here] = value
    read = read_numbers(body, counts=counts)
    if read.faults[here]:
        return None
    stored = sum(isinstance(cell, int | float) for cell in others)
    number = float(read.values[here])
    if stored * 2 <= len(others) or number != number:  # noqa: PLR0124
        return value
    return int(number) if number.is_integer() else number


def _as_number(value: float, others: Sequence[Cell]) -> Cell:
    """Return a number without ``.0``; 18.1 as 18.10 in a column of codes."""
    codes = sum(bool(_CODE.fullmatch(as_text(cell))) for cell in others)
    texts = sum(isinstance(cell, str) for cell in others)
    if codes and codes * 2 > len(others) and texts * 2 > len(others):
        return f"{value:05.2f}"
    whole = isinstance(value, float) and value.is_integer()
    return int(value) if whole else value


def _written(grid: Grid, cells: Sequence[_At]) -> Grid:
    """Return a grid with these cells; the one that was given stays as it is."""
    if not cells:
        return grid
    rows = list(grid.rows)
    changed = set(_emptied(grid, cells))
    for _, row, column in cells:
        rows[row] = list(rows[row]) if column >= 0 else [""] * grid.width
    for line, row, column in cells:
        if column >= 0:
            rows[row][column] = line.value
            changed.add((row, column))
    # What showed an error there shows none any more.
    odd = [each for each in grid.odd_cells if (each.row, each.column) not in changed]
    return replace(grid, rows=rows, odd_cells=tuple(odd))


def _emptied(grid: Grid, cells: Sequence[_At]) -> Iterator[tuple[int, int]]:
    """Return the cells of the rows that are taken out."""
    for _, row, column in cells:
        if column < 0:
            yield from ((row, at) for at in range(grid.width))
