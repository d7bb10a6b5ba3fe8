"""The cells of a sheet: what columns are, no word about persons, figures as numbers.

In:     a grid and its header. Out: an open sheet, with numbers once they are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kkbpk_geo.intake.cells.numbers import Numbers, read_numbers
from kkbpk_geo.intake.cells.periods import DATES
from kkbpk_geo.intake.cells.values import content_of
from kkbpk_geo.intake.kinds.choosing import recognise
from kkbpk_geo.intake.kinds.presence import read_answers
from kkbpk_geo.intake.open_sheet import OpenSheet
from kkbpk_geo.intake.recognise.columns import Column
from kkbpk_geo.intake.recognise.headers import Header
from kkbpk_geo.intake.recognise.phases import MEASURES
from kkbpk_geo.intake.recognise.subject import look_around
from kkbpk_geo.intake.steps.stated import Options
from kkbpk_geo.io import Cell, Grid, without_persons

_COUNTED = ("measure", "quantity")
_NUMERIC = (*_COUNTED, "percent", "latitude", "longitude")
# Columns of figures are searched for persons once they are numbers: see read_figures.
_FIGURES = frozenset([*_NUMERIC, *DATES, *MEASURES])
_MOST_PERSONAL = 1e14  # a NIK has 16 digits, a NIP 18; no count has 15


def open_grid(
    grid: Grid, header: Header, hints: Sequence[str], options: Options
) -> OpenSheet:
    """Recognise a sheet; nothing of its rows is read yet."""
    body = grid.rows[header.stop :]
    cells = np.empty((len(body), grid.width), dtype=object)
    cells[:] = body if body else cells
    columns = [cells[:, j] for j in range(grid.width)]
    contents = [content_of(column) for column in columns]
    around = look_around(header.titles, hints, header.paths, columns)
    return OpenSheet(
        grid=grid,
        known=recognise(
            header,
            contents,
            hints=hints,
            kind=options.kind,
            around=around,
            cells=cells,
        ),
        cells=cells,
        numbers={},
        reasons=np.empty(0, dtype=object),
        first=grid.top + header.stop + 1,
    )


def drop_persons(sheet: OpenSheet) -> OpenSheet:
    """Take out columns and cells about persons; count them in a finding."""
    cells, columns = sheet.cells.copy(), list(sheet.known.columns)
    told = []
    for column in sheet.known.columns:
        if column.role in _FIGURES:
            continue
        kept, count = _impersonal(column, sheet.column(column))
        if count:
            told.append(sheet.find("personal_data_dropped", None, column, count=count))
            cells[:, column.position] = "" if kept is None else kept
        if kept is None:
            columns[column.position] = replace(column, role="drop", why="")
    known = replace(sheet.known, columns=tuple(columns))
    return replace(sheet, cells=cells, known=known).told(told)


def _impersonal(column: Column, cells: list[Cell]) -> tuple[list[Cell] | None, int]:
    """Return the cells that are about no person, None for none; and how many are."""
    if column.role == "drop":
        return None, sum(cell != "" for cell in cells)
    return without_persons(cells)


def read_figures(sheet: OpenSheet) -> OpenSheet:
    """Read the columns of figures; identity numbers are blanked and counted."""
    cells = sheet.cells.copy()
    numbers: dict[int, Numbers] = {}
    told = []
    for column in sheet.known.of_role(*_NUMERIC):
        at = column.position
        if column.answered:
            numbers[at], more = read_answers(sheet, column)
            told += more
            continue
        read = read_numbers(cells[:, at], counts=column.role in _COUNTED)
        if _shown_as_percent(sheet, column):
            read = replace(read, percent=True)
        with np.errstate(invalid="ignore"):
            personal = np.abs(read.values) >= _MOST_PERSONAL
        if personal.any():
            cells[personal, at] = ""
            read = replace(read, values=np.where(personal, np.nan, read.values))
            count = int(personal.sum())
            told.append(sheet.find("personal_data_dropped", None, column, count=count))
        numbers[at] = read
    return replace(sheet, cells=cells, numbers=numbers).told(told)


def _shown_as_percent(sheet: OpenSheet, column: Column) -> bool:
    """Whether most filled cells of a column show as per cent in their workbook."""
    grid = sheet.grid
    if not grid.percents:
        return False
    at = column.position + grid.left
    filled = np.flatnonzero(sheet.cells[:, column.position] != "") + sheet.first - 1
    shown = sum((row, at) in grid.percents for row in filled.tolist())
    return shown > len(filled) / 2
