"""From cells to typed columns: the frame that the rest of the library works on.

In:     the cells of the rows in use, what each column is.
Out:    pandas columns, and the findings that only typing them can show.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kkbpk_geo.base.text import as_text
from kkbpk_geo.intake.cells.numbers import (
    AMBIGUOUS,
    OK,
    UNREADABLE,
    Numbers,
    as_measure,
)
from kkbpk_geo.intake.recognise.columns import Column
from kkbpk_geo.io import Cell, is_no_value

if TYPE_CHECKING:
    from numpy.typing import NDArray


def add_up(parts: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Add columns up; a row whose parts are all missing stays missing."""
    if len(parts) == 1:
        return parts[0]
    stacked = np.vstack(parts)
    missing = np.isnan(stacked).all(axis=0)
    sums: NDArray[np.float64] = np.where(missing, np.nan, np.nansum(stacked, axis=0))
    return sums


def measure_columns(
    columns: Sequence[Column], numbers: Mapping[int, Numbers], rows: NDArray[np.int_]
) -> dict[str, pd.Series[Any]]:
    """Return the measures by catalogue column, for the rows in use."""
    parts: dict[str, list[NDArray[np.float64]]] = {}
    for column in columns:
        values = numbers[column.position].values[rows]
        parts.setdefault(column.target, []).append(values)
    return {name: as_measure(add_up(each)) for name, each in parts.items()}


def lost_columns(
    columns: Sequence[Column], taken: Collection[str], n: int
) -> dict[str, pd.Series[Any]]:
    """Return the measures that are missing because their column gives no figure."""
    names = {column.lost: None for column in columns if column.lost}
    nothing = np.full(n, np.nan)
    return {name: as_measure(nothing) for name in names if name not in taken}


def number_findings(
    column: Column, cells: Sequence[Cell], numbers: Numbers, rows: NDArray[np.int_]
) -> list[tuple[str, int, str, str, int]]:
    """Return what is odd about a column's numbers: code, row, value, expected, count.

    Only rows in use are looked at. Numbers stored as text are told once per column.
    """
    found: list[tuple[str, int, str, str, int]] = []
    faults = numbers.faults[rows]
    for i in rows[faults != OK].tolist():
        text = as_text(cells[i])
        if is_no_value(text):  # an error, a formula: told once, with its remedy
            continue
        if numbers.faults[i] == UNREADABLE:
            found.append(("number_unreadable", i, text, "", 1))
        elif numbers.faults[i] == AMBIGUOUS:
            digits = text.replace(".", "").replace(",", "")
            both = f"{digits} / {text.replace(',', '.')}"
            found.append(("number_ambiguous", i, text, both, 1))
    stored = rows[numbers.from_text[rows]]
    if column.role == "measure" and len(stored):
        first = int(stored[0])
        found.append(("number_as_text", first, as_text(cells[first]), "", len(stored)))
    return found
