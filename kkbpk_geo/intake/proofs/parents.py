"""Rows that state the name of what their neighbours lie in: Kab. Pringsewu.

Why: such a row sums its neighbours, in the column of villages as well as before it.

In:     an open sheet, what its rows say about their places.
Out:    flags; what a row calls itself, and its figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from kkbpk_geo.intake.frames import DEPTH, PLACES
from kkbpk_geo.intake.open_sheet import OpenSheet
from kkbpk_geo.intake.proofs.standing import Named, Names, states_coarser
from kkbpk_geo.intake.recognise.columns import Column
from kkbpk_geo.regions import province_part, split_kind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]


def label_of(sheet: OpenSheet, named: Named, row: int) -> str:
    """Return what a row calls itself: its finest place, else its first text."""
    return named.name or _first_text(sheet, row)


def _first_text(sheet: OpenSheet, row: int) -> str:
    """Return the first cell with letters; a row number says nothing."""
    texts = (cell for cell in sheet.cells[row] if isinstance(cell, str))
    return next((text for text in texts if any(map(str.isalpha, text))), "")


def figures_of(sheet: OpenSheet) -> tuple[list[Column], Floats]:
    """Return the columns that count something, and their figures, rows x columns."""
    columns = [c for c in sheet.known.of_role("measure", "quantity") if not c.why]
    values = [sheet.numbers[c.position].values for c in columns]
    if not values:
        return [], np.empty((len(sheet.cells), 0))
    return columns, np.column_stack(values)


def rows_of_parents(sheet: OpenSheet, names: Names) -> Flags:
    """Flag rows that state the kind and name of what their neighbours lie in.

    "Kab. Pringsewu" among kecamatan, "Kec. Gading Rejo" below or above villages. Where
    all rows state the coarser kind the heading is wrong, and they are data.
    """
    flags = np.zeros(len(sheet.cells), dtype=bool)
    finest = max((DEPTH.get(each.level, -1) for each in names.distinct), default=-1)
    _, values = figures_of(sheet)
    if finest < DEPTH["kecamatan"] or not values.size:
        return flags
    stated = [_states(each, PLACES[finest]) for each in names.distinct]
    levels = np.array(stated, dtype=object)[names.index]
    rows = np.flatnonzero(sheet.used & ~np.isnan(values).all(axis=1))
    for i in rows[names.among({e for e in names.distinct if not e.name})[rows]]:
        # A label in a column that is none of places: NO = "Kab. Pringsewu".
        levels[i] = states_coarser(
            _first_text(sheet, i), PLACES[finest], sheet.province
        )
    kept = _with_parts(levels[rows].tolist())
    flags[rows[kept]] = True
    return flags


def _states(named: Named, finest: str) -> str:
    """Return the level that a name states, where its column is of another."""
    if named.level == "kabkota" and not named.district and finest != "kabkota":
        kind, _ = split_kind(named.name)  # KABUPATEN = "Kec. Natar": its subtotal
        return "kecamatan" if kind == "Kecamatan" else ""
    return states_coarser(named.name, named.level, province_part(named.district))


def _with_parts(levels: Sequence[str]) -> list[int]:
    """Return positions of stated levels beside which rows stand that they may sum.

    The sums of a kecamatan, its district and its province may follow each other; two
    of one level in a row are no sums of what stands beside them.
    """
    if all(levels):
        return []
    kept: list[int] = []
    for level, run in groupby(enumerate(levels), key=lambda each: bool(each[1])):
        members = list(run)
        if level and len({stated for _, stated in members}) == len(members):
            kept += [at for at, _ in members]
    return kept
