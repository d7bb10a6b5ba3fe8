"""The cells of a sheet: what columns are, figures as numbers.

In:     a grid and its header. Out: an open sheet, with numbers once they are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kkbpk_geo.intake.cells.numbers import Numbers, read_numbers
from kkbpk_geo.intake.cells.titles import find_province_code
from kkbpk_geo.intake.cells.values import content_of
from kkbpk_geo.intake.kinds.choosing import recognise
from kkbpk_geo.intake.kinds.presence import read_answers
from kkbpk_geo.intake.open_sheet import OpenSheet
from kkbpk_geo.intake.recognise.columns import Column
from kkbpk_geo.intake.recognise.headers import Header
from kkbpk_geo.intake.recognise.subject import look_around
from kkbpk_geo.intake.steps.stated import Options
from kkbpk_geo.io import LEAST_CONTACT, LEAST_IDENTITY, Grid

_COUNTED = ("measure", "quantity")
_NUMERIC = (*_COUNTED, "percent", "latitude", "longitude")


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
        province=options.province or find_province_code(header.titles),
    )


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
        least = LEAST_CONTACT if column.role in _COUNTED else LEAST_IDENTITY
        with np.errstate(invalid="ignore"):
            personal = np.abs(read.values) >= least
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
