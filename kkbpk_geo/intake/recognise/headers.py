"""Where the header of a sheet is: one storey or several, merged or not, titles above.

Why: a file made by hand begins with a letterhead, has its headings in two storeys, and
numbers its columns ``(1) (2) (3)`` before the first figure.

In:     a :class:`~kkbpk_geo.io.reading.grid.Grid`.
Out:    :class:`Header`: title lines, the path of headings over each column, where the
        rows begin.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from kkbpk_geo.base.formats import YEAR_PATTERN
from kkbpk_geo.intake.recognise.meanings import NUMERIC, known_fields
from kkbpk_geo.intake.recognise.phases import Phase, is_phase_row, names_time
from kkbpk_geo.intake.recognise.spelling import says_sum, straighten_pivot
from kkbpk_geo.intake.recognise.stock import is_stock_row, names_stock
from kkbpk_geo.intake.recognise.storeys import (
    blank_parts,
    fill_storeys,
    heading_text,
    identifies,
    is_over,
    is_storey,
    numbers_columns,
    path_of,
    years_abreast,
)
from kkbpk_geo.io import Grid

SEARCHED_ROWS = 40  # letterheads and notes above a table are shorter than this
# Storeys of headings: three have been seen, and a row of units under them. Under a row
# of figures there is none; the limit stops a table that has no figures at all.
MOST_HEADER_ROWS = 5
_YEAR = re.compile(YEAR_PATTERN)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Header:
    """The header of one sheet.

    ``paths[i]``: headings over column i, outermost first; empty where there is none.
    ``start, stop``: header rows from 0; ``stop`` is the first row below.
    ``column_numbers``: whether the first row below only numbers the columns.
    ``unclear``: columns whose last storey is blank beside others that have one.
    ``timed``: the times that were taken out of headings, by column.
    """

    titles: tuple[str, ...]
    paths: tuple[tuple[str, ...], ...]
    start: int
    stop: int
    column_numbers: bool = False
    unclear: frozenset[int] = frozenset()
    timed: Mapping[int, Phase] = field(default_factory=dict)


def find_header(grid: Grid) -> Header:
    """Find the header of a sheet; where nothing is known, the first full row of text.

    A sheet without any row of text gets empty paths and ``stop`` 0.
    """
    top = [list(map(heading_text, row)) for row in grid.rows[:SEARCHED_ROWS]]
    head = straighten_pivot(top)
    known = [sum(map(_is_known, row)) for row in head]
    hits = [max(n, _side_by_side(row)) for n, row in zip(known, head, strict=True)]
    best = _best_row(head, known, hits)
    if best < 0:
        return Header(titles=(), paths=((),) * grid.width, start=0, stop=0)
    at = _storeys(head, hits, best, grid)
    start, stop = at[0], at[-1] + 1
    lines = [" ".join(filter(None, row)) for row in head[:start]]
    filled = fill_storeys([head[i] for i in at], grid, at)
    paths = tuple(path_of(column) for column in zip(*filled, strict=True))
    return Header(
        titles=tuple(line for line in lines if line),
        paths=paths,
        start=start,
        stop=stop,
        column_numbers=stop < len(head) and numbers_columns(head[stop]),
        unclear=blank_parts(filled),
    )


def _best_row(head: list[list[str]], known: list[int], hits: list[int]) -> int:
    """Return the row with most known headings, the first of several; -1 for none.

    A row that only sets times or conditions abreast is the storey below a header.
    """
    scores = [n * bool(own) for n, own in zip(hits, known, strict=True)]
    best = scores.index(max(scores)) if scores else -1
    return best if best >= 0 and scores[best] else _first_row_of_text(head)


def _storeys(
    head: list[list[str]], hits: list[int], best: int, grid: Grid
) -> list[int]:
    """Return the rows of the header around a row; numbers of columns are none."""
    at = list(range(_top(head, best), best + 1))
    while at[0] and len(at) < MOST_HEADER_ROWS and _is_above(head, hits, at[0], grid):
        at.insert(0, at[0] - 1)
    row = best + 1
    while row < len(head) and len(at) < MOST_HEADER_ROWS:
        if numbers_columns(head[row]) and row + 1 < len(head):
            row += 1  # (1) (2) (3) may stand between two storeys
        if not _is_below(head, hits, at, row):
            break
        at.append(row)
        row += 1
    return at


def _top(head: list[list[str]], best: int) -> int:
    """Return the row above in which a place is headed, with nothing under it so far.

    WILAYAH beside PESERTA KB AKTIF, and two rows below it the methods: all rows between
    are storeys, whatever their words.
    """
    for top in range(best - 1, max(best - MOST_HEADER_ROWS, -1), -1):
        row, below = head[top], head[top + 1 : best + 1]
        filled = [i for i, cell in enumerate(row) if cell]
        if any(NUMERIC.fullmatch(row[i]) for i in filled) or not filled:
            return best
        under = [any(column) for column in zip(*below, strict=True)]
        alone = [i for i in filled if not under[i]]
        if len(filled) > len(alone) and any(identifies(row[i]) for i in alone):
            return top
    return best


def _side_by_side(row: list[str]) -> int:
    """Count the headings of a row that sets times, conditions or items abreast."""
    times, stock = is_phase_row(row), is_stock_row(row)
    if not times and not stock:
        return 0
    return sum(
        _is_known(cell) or (times and names_time(cell)) or (stock and names_stock(cell))
        for cell in row
    )


def _is_known(cell: str) -> bool:
    return bool(known_fields(cell)) and not _is_number(cell)


def _first_row_of_text(head: list[list[str]]) -> int:
    for i, row in enumerate(head):
        cells = [cell for cell in row if cell]
        if len(cells) > 1 and not any(map(_is_number, cells)):
            return i
    return -1


def _is_number(cell: str) -> bool:
    return bool(NUMERIC.fullmatch(cell)) and not _YEAR.fullmatch(cell)


def _is_above(head: list[list[str]], hits: list[int], start: int, grid: Grid) -> bool:
    """Whether the row above the header belongs to it (and is no title)."""
    row = head[start - 1]
    filled = [i for i, cell in enumerate(row) if cell]
    years = years_abreast(row)
    figures = [row[i] for i in filled if NUMERIC.fullmatch(row[i])]
    if not filled or not years.issuperset(figures):
        return False
    if filled == [0]:  # one text at the left edge is a title
        return False
    if years and _are_times_and_sums(row, years):
        return True
    below = head[start]
    if _heads_place(row, below):  # a place over a blank, a parent beside it
        return any(below[i] for i in filled)
    # Half of its texts are headings, or more; of two texts both.
    known, least = hits[start - 1], len(filled) / 2
    if known > least or (known > 1 and known == least):
        return True
    return is_over(row, below, grid, start - 1)


def _heads_place(row: list[str], below: list[str]) -> bool:
    """Whether a place is headed in a row, over a blank of the next."""
    cells = zip(row, below, strict=True)
    return any(cell and not under and identifies(cell) for cell, under in cells)


def _are_times_and_sums(row: list[str], years: set[str]) -> bool:
    """Whether a row has nothing but years and sums: 2023, 2024, JUMLAH."""
    # A pivot says 2023 Total behind the months of 2023.
    return all(map(partial(_is_time_or_sum, years=years), row))


def _is_time_or_sum(cell: str, years: set[str]) -> bool:
    rest = " ".join(word for word in cell.split() if word not in years)
    return not rest or says_sum(rest)


def _is_below(head: list[list[str]], hits: list[int], at: list[int], row: int) -> bool:
    """Whether a row under the header belongs to it (and is no data)."""
    above = [head[i] for i in at]
    if is_storey(above, head[row], head[row + 1 :]):
        return True
    return _names_parts(above[-1], head[row], hits[row])


def _names_parts(over: list[str], cells: list[str], hits: int) -> bool:
    """Whether half of the texts of a row, or more, are headings that refine others."""
    filled = [i for i, cell in enumerate(cells) if cell]
    # Fewer headings than half of its texts: data that happen to hold a known word.
    if not filled or hits == 0 or hits * 2 < len(filled):
        return False
    if any(_is_number(cells[i]) for i in filled):
        return False
    changed = [i for i in filled if cells[i] != over[i]]
    if not changed:  # the header again
        return False
    if is_phase_row(cells) or is_stock_row(cells):  # BULAN over Januari, Februari ...
        return True
    return not any(identifies(over[i]) for i in changed)
