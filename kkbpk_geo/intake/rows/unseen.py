"""Cells that only look empty, and what a workbook hides: each is told.

Why: a reader of values takes ``#REF!`` and a formula that nobody computed for blanks, a
district with one for a district that did not report; and who looks at a filtered sheet
does not see the rows that are counted.

In:     an open sheet with its rows sorted, its header, the region of each row.
Out:    findings; the rows in use that are hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from kkbpk_geo.findings import Finding
from kkbpk_geo.intake.open_sheet import OpenSheet
from kkbpk_geo.intake.recognise.columns import UNKNOWN, Column
from kkbpk_geo.intake.recognise.headers import Header
from kkbpk_geo.io import is_error, is_no_value, is_unstored, read_each

if TYPE_CHECKING:
    from kkbpk_geo.intake.open_sheet import Flags

# More errors in one column have one cause; a reader is told once, with the rows.
MOST_CELLS = 20
# Columns of which no figure is made: printed percentages are computed again.
_ASIDE = frozenset(["percent", "keep", "ignore", "drop", UNKNOWN])
_LETTERS = 26


def tell_unseen(
    sheet: OpenSheet, header: Header, regions: Sequence[str | None]
) -> list[Finding]:
    """Return what is to be said about a sheet besides its values."""
    found = [sheet.find(note, None, None) for note in sheet.grid.notes]
    found += _headings(sheet, header)
    for column in sheet.known.columns:
        if column.role != "drop":
            found += _cells(sheet, column, regions)
    return [*found, *_hidden(sheet)]


def hidden_rows(sheet: OpenSheet) -> frozenset[tuple[str, str, int]]:
    """Return file, sheet and row of each row in use that the workbook hides."""
    grid = sheet.grid
    return frozenset((grid.file, grid.sheet, row) for row in _hidden_in_use(sheet))


def without_shared(sheet: OpenSheet, regions: Sequence[str | None]) -> OpenSheet:
    """Take out figures in merged cells that belong to several districts at once.

    Nobody knows which part of them each district has; within one district the sum is
    the same wherever the figure stands.
    """
    numbers, told = dict(sheet.numbers), []
    for position, first, last in sheet.merged_down():
        rows = [i for i in range(first, last + 1) if sheet.used[i]]
        column = sheet.known.columns[position]
        read = numbers.get(position)
        shared = len({regions[i] for i in rows}) > 1
        if column.role != "measure" or column.why or read is None or not shared:
            continue
        if np.isnan(read.values[first]):
            continue
        text = str(sheet.cells[first, position])
        values = read.values.copy()
        values[first] = np.nan
        numbers[position] = replace(read, values=values)
        span = ranges(sheet.first + i for i in rows)
        for i in rows:
            told.append(
                sheet.find(
                    "figure_shared", i, column, value=text, expected=span,
                    region=regions[i] or "",
                )
            )  # fmt: skip
    return replace(sheet, numbers=numbers).told(told)


# --- cells without a value ------------------------------------------------------------


def _cells(
    sheet: OpenSheet, column: Column, regions: Sequence[str | None]
) -> Iterator[Finding]:
    cells = sheet.cells[:, column.position]
    # Asked of distinct cells first: most columns have none.
    if not any(map(is_no_value, set(cells.tolist()))):
        return
    errors = np.array(read_each(cells, is_error), dtype=bool)
    unstored = np.array(read_each(cells, is_unstored), dtype=bool)
    totals = sheet.reasons == "total_row"
    counts = sheet.used & (column.role not in _ASIDE and not column.why)
    aside = (errors | unstored) & (sheet.used | totals) & ~counts
    yield from _errors(sheet, column, errors & counts, regions)
    yield from _rows_of(sheet, "formula_unstored", column, unstored & counts)
    yield from _rows_of(sheet, "cell_error_aside", column, aside)


def _errors(
    sheet: OpenSheet, column: Column, here: Flags, regions: Sequence[str | None]
) -> Iterator[Finding]:
    """Tell of each cell; of very many once."""
    rows = np.flatnonzero(here).tolist()
    if len(rows) > MOST_CELLS:
        yield from _rows_of(sheet, "cell_errors", column, here)
        return
    for i in rows:
        text = str(sheet.cells[i, column.position])
        region = regions[i] or ""
        yield sheet.find("cell_error", i, column, value=text, region=region)


def _rows_of(
    sheet: OpenSheet, code: str, column: Column, here: Flags
) -> Iterator[Finding]:
    """Tell once of a column, with its rows."""
    rows = np.flatnonzero(here).tolist()
    if not rows:
        return
    row = rows[0] if len(rows) == 1 else None
    text = str(sheet.cells[rows[0], column.position])
    places = ranges(sheet.first + i for i in rows)
    yield sheet.find(code, row, column, value=text, expected=places, count=len(rows))


def _headings(sheet: OpenSheet, header: Header) -> Iterator[Finding]:
    """Tell of headings and titles that are an error, or a formula without result."""
    above = sheet.grid.rows[: header.stop]
    for i, cells in enumerate(above):
        code = "title_no_value" if i < header.start else "heading_no_value"
        for cell in filter(is_no_value, cells):
            yield sheet.find(code, i - header.stop, None, value=cell)


# --- what is hidden -------------------------------------------------------------------


def _hidden_in_use(sheet: OpenSheet) -> list[int]:
    """Return the rows in use, as a person counts them, that are hidden."""
    if not sheet.grid.hidden_rows:
        return []
    rows = [sheet.first + i for i in sheet.rows.tolist()]
    return [row for row in rows if row - 1 in sheet.grid.hidden_rows]


def _hidden(sheet: OpenSheet) -> Iterator[Finding]:
    if rows := _hidden_in_use(sheet):
        yield sheet.find("rows_hidden", None, None, value=ranges(rows), count=len(rows))
    columns = [c for c in sheet.known.columns if _is_hidden(sheet, c)]
    if columns:
        left = sheet.grid.left
        named = [f"{_letters(left + c.position)} ({c.printed})" for c in columns]
        yield sheet.find(
            "columns_hidden", None, None, value=", ".join(named), count=len(named)
        )


def _is_hidden(sheet: OpenSheet, column: Column) -> bool:
    """Whether a column is hidden, and what it holds is used."""
    hidden = sheet.grid.left + column.position in sheet.grid.hidden_columns
    return hidden and column.role not in _ASIDE and not column.why


def ranges(rows: Iterable[int]) -> str:
    """Return rows in short: ``3, 5–9``."""
    runs = groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0])
    parts = []
    for _, run in runs:
        numbers = [number for _, number in run]
        last = f"–{numbers[-1]}" if len(numbers) > 1 else ""
        parts.append(f"{numbers[0]}{last}")
    return ", ".join(parts)


def _letters(position: int) -> str:
    """Return what a spreadsheet program calls a column: ``C``, ``AB``."""
    name, number = "", position + 1
    while number:
        number, rest = divmod(number - 1, _LETTERS)
        name = chr(ord("A") + rest) + name
    return name
