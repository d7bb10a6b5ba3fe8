"""Which rows below a header are data, and what the others are.

Why: sums, repeated headers, notes and signatures stand among the data; added up they
double a province. Every row is either used or listed with its reason.

In:     the cells below a header, what the columns are, the numbers read from them.
Out:    a reason per row ("" = data), and the subtotals among rows of several levels.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from kkbpk_geo.base.formats import month_number
from kkbpk_geo.base.text import as_text
from kkbpk_geo.catalogue.headings import fold, words
from kkbpk_geo.intake.cells.numbers import Numbers
from kkbpk_geo.intake.cells.periods import DATES
from kkbpk_geo.intake.cells.places import CODES, PLACES
from kkbpk_geo.intake.recognise.columns import UNKNOWN, Recognised
from kkbpk_geo.io import is_blank, read_each
from kkbpk_geo.regions import is_total

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Cells = NDArray[np.object_]
    Flags = NDArray[np.bool_]
    Reasons = NDArray[np.object_]

_LABELS = (*PLACES, *CODES, "ignore", "kind")
_AVERAGE = re.compile(r"rata|rerata", re.IGNORECASE)
# "Bandar Lampung, 5 Desember 2012": where and when a table was signed.
_PLACE_AND_DATE = re.compile(r"[^\d,]+,\s*\d{0,2}\s*([A-Za-z]+)\s+\d{4}")
_FEW = 2
_ACTIVITY = ("activity", "sub_activity", "item")
_LIST_NAMES = ("group_name", "facility_name", "training", *_ACTIVITY, "indicator")
_LONGEST_TOTAL = 3  # words; "Jumlah kader yang dilatih" is an activity


def classify_rows(
    cells: Cells,
    known: Recognised,
    numbers: Mapping[int, Numbers],
    *,
    column_numbers: bool = False,
) -> Reasons:
    """Say for each row why it is not data; ``""`` for data.

    Parameters
    ----------
    cells : array of object, n rows x m columns
    known : Recognised
    numbers : mapping position of a column -> what was read from it (n entries each)
    column_numbers : bool
        Whether the first row only numbers the columns.
    """
    reasons = np.full(len(cells), "", dtype=object)
    filled = cells != ""
    count = filled.sum(axis=1)
    reasons[total_rows(cells, known)] = "total_row"
    reasons[_repeated_headers(cells, known)] = "repeated_header"
    reasons[count == 0] = "blank"
    if column_numbers and len(reasons):
        reasons[0] = "column_numbers"
    _mark_notes(reasons, cells, known, numbers)
    return reasons


def total_rows(cells: Cells, known: Recognised) -> Flags:
    """Flag rows that name themselves a sum or a mean: ``JUMLAH``, ``Rata-rata``."""
    flags = np.zeros(len(cells), dtype=bool)
    for column in known.columns:
        if column.role in _LABELS or (column.role == UNKNOWN and not column.printed):
            texts = cells[:, column.position]
            flags |= np.array(read_each(texts, _names_a_total), dtype=bool)
        elif column.role in (*_ACTIVITY, "programme"):
            texts = cells[:, column.position]
            flags |= np.array(read_each(texts, _is_only_a_total), dtype=bool)
    return flags


def _names_a_total(cell: object) -> bool:
    return isinstance(cell, str) and is_total(cell)


def _is_only_a_total(cell: object) -> bool:
    return _names_a_total(cell) and len(str(cell).split()) <= _LONGEST_TOTAL


def is_average(label: str) -> bool:
    """Whether a total row is a mean, which no sum can confirm."""
    return bool(_AVERAGE.match(label))


def _repeated_headers(cells: Cells, known: Recognised) -> Flags:
    same = np.zeros(len(cells), dtype=int)
    for column in known.columns:
        leaf = column.printed.rpartition(" > ")[2]
        if leaf:
            same += cells[:, column.position] == leaf
    printed = sum(bool(column.printed) for column in known.columns)
    return same >= max(_FEW, printed / 2)


def _mark_notes(
    reasons: Reasons,
    cells: Cells,
    known: Recognised,
    numbers: Mapping[int, Numbers],
) -> None:
    """Mark what stands under a table: sources, remarks, signatures."""
    valued = np.zeros(len(cells), dtype=bool)
    for position, read in numbers.items():
        missing = np.isnan(read.values)
        valued |= ~missing
        for i in np.flatnonzero(missing & (cells[:, position] != "")).tolist():
            valued[i] |= is_blank(cells[i, position])  # a dash is an answer
    names = [
        c.position for c in known.columns if c.role.partition(":")[0] in _LIST_NAMES
    ]
    for position in names:
        valued |= (cells[:, position] != "") & ((cells != "").sum(axis=1) > _FEW)
    last = int(np.flatnonzero(valued)[-1]) if valued.any() else -1
    places = {c.position for c in known.columns if c.role in (*_LABELS, *DATES)}
    signed = False
    for i in range(len(cells)):
        if valued[i] or reasons[i] not in ("", "total_row"):
            continue
        texts = [(j, as_text(cell)) for j, cell in enumerate(cells[i]) if cell != ""]
        first = texts[0][1]
        if is_note(first):
            reasons[i] = "note"
        elif i > last >= 0:
            signed = signed or any(_begins_signature(text) for _, text in texts)
            elsewhere = all(j not in places for j, _ in texts)
            if signed or (len(texts) <= _FEW and elsewhere):
                reasons[i] = "note"


def is_note(text: str) -> bool:
    """Whether a line says something about the table: ``Sumber: ...``, ``*) ...``."""
    folded = fold(text)
    return text.startswith("*") or any(
        folded == word or folded.startswith(f"{word} ") for word in words("notes")
    )


def _begins_signature(text: str) -> bool:
    """Whether a line is a place and date, or an office that signs."""
    if (dated := _PLACE_AND_DATE.fullmatch(text)) and month_number(dated[1]):
        return True
    folded = fold(text)
    return any(
        folded == word or folded.startswith(f"{word} ") for word in words("signature")
    )


def find_subtotals(
    texts: Mapping[str, Sequence[str]],
    levels: Sequence[str],
    periods: Sequence[str | None],
    usable: Flags,
) -> Flags:
    """Flag rows of a coarser level whose finer rows stand beside them.

    A row KABUPATEN X without kecamatan, among rows of the kecamatan of X, says again
    what they say. A row whose parts are not there is data.
    """
    depth = {level: i for i, level in enumerate(PLACES)}
    flags = np.zeros(len(usable), dtype=bool)
    here = [i for i in range(len(usable)) if usable[i] and levels[i]]
    if len({levels[i] for i in here}) < _FEW:
        return flags
    parts: set[tuple[str | None, ...]] = set()
    above = [
        tuple(fold(texts[role][i]) if role in texts else "" for role in PLACES)
        for i in range(len(usable))
    ]
    for i in here:
        own = depth[levels[i]]
        for level in range(own):  # every level above the row's own has this part
            parts.add((periods[i], str(level), *above[i][: level + 1]))
    for i in here:
        own = depth[levels[i]]
        flags[i] = (periods[i], str(own), *above[i][: own + 1]) in parts
    return flags
