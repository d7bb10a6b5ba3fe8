"""What a row calls itself: a sum, something else that is no place, or a place.

Why: JLH, a sum sign and Pringsewu Total say "I am a sum" as plainly as JUMLAH does, and
stand wherever a row is named: in the place, in the number, in a column without heading.

In:     the cells below a header, what the columns are. Out: flags, one per row.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING

import numpy as np

from kkbpk_geo.intake.cells.periods import DATES
from kkbpk_geo.intake.cells.places import CODES
from kkbpk_geo.intake.frames import PLACES
from kkbpk_geo.intake.recognise.columns import UNKNOWN, Column, Recognised
from kkbpk_geo.io import read_each
from kkbpk_geo.regions import is_aside, is_register_name, is_total, province_code

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Cells = NDArray[np.object_]
    Flags = NDArray[np.bool_]

# Where a row says what it is: where others say what they are about. BULAN = JUMLAH is
# the year below its months.
LABELS = (*PLACES, *CODES, "ignore", "kind", *DATES)
ACTIVITIES = ("activity", "sub_activity", "item")
# Columns of names: words that begin like a sum may be what the row is called.
_NAMES = ("group_name", "facility_name", *ACTIVITIES, "programme")
_LONGEST_TOTAL = 3  # words; "Jumlah kader yang dilatih" is an activity
# Columns that nobody knows may hold the names of rows, or a remark about them.
_UNSURE = (UNKNOWN, "keep", "registration")


def rows_called(
    cells: Cells, known: Recognised, province: str = ""
) -> tuple[Flags, Flags]:
    """Flag rows that call themselves a sum, and those that are about other rows.

    ``province``: code of the one whose kecamatan and villages keep their names.
    """
    sums = np.zeros(len(cells), dtype=bool)
    asides = sums.copy()
    for column in known.columns:
        if not _may_name(column):
            continue
        said = read_each(cells[:, column.position], partial(_says, province=province))
        words = np.array(said, dtype=np.int16)
        if words.any():
            named = _counts(np.abs(words), cells, column, known)
            sums |= named & (words > 0)
            asides |= named & (words < 0)
    return sums & ~asides, asides


def _may_name(column: Column) -> bool:
    return column.role in LABELS or column.what in (*_NAMES, *_UNSURE)


def _says(cell: object, *, province: str) -> int:
    """Return how many words say that a row is a sum; below zero, that it is no place.

    0 where they say neither. The exact name of a place is its name.
    """
    if not isinstance(cell, str):
        return 0
    if is_aside(cell):
        return 0 if is_register_name(cell, province) else -len(cell.split())
    return len(cell.split()) if names_a_total(cell, province) else 0


def _counts(
    words: NDArray[np.int16], cells: Cells, column: Column, known: Recognised
) -> Flags:
    """Flag where the word names the row, not something that the row is about."""
    named: Flags = words > 0
    if column.role in LABELS or (column.role == UNKNOWN and not column.printed):
        return named
    if column.what in _NAMES:
        return named & (words <= _LONGEST_TOTAL)
    return named & _is_label(cells, column, known)


def _is_label(cells: Cells, column: Column, known: Recognised) -> Flags:
    """Flag rows of which a cell is the first that says anything.

    A remark "jumlah sudah benar" stands behind the places of its row; a label stands
    before them, or instead of them.
    """
    naming = (*PLACES, *CODES)
    before = [
        c.position
        for c in known.columns
        if c.role in naming or (c.position < column.position and c.role != "ignore")
    ]
    empty: Flags = (cells[:, before] == "").all(axis=1)
    return empty


@lru_cache(maxsize=1 << 15)
def names_a_total(text: str, province: str = "") -> bool:
    """Whether a text is a word for a sum and not the exact name of a place."""
    total = is_total(text) or _names_all_of(text)
    return total and not is_register_name(text, province)


def _names_all_of(text: str) -> bool:
    """Whether a text is "Se-" before a province or district: Se-Jawa Tengah."""
    se, _, name = text.replace("-", " ").strip().partition(" ")
    if se.casefold() != "se" or not name.strip():
        return False
    return bool(province_code(name.strip())) or is_register_name(name)
