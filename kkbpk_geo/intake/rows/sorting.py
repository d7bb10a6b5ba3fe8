"""Which rows below a header are data, and what the others are.

Why: sums, repeated headers, notes and signatures stand among the data; added up they
double a province. Every row is either used or listed with its reason.

In:     the cells below a header, what the columns are, the numbers read from them.
Out:    a reason per row ("" = data), and the subtotals among rows of several levels.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from kkbpk_geo.base.formats import month_number
from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.catalogue.headings import words
from kkbpk_geo.intake.cells.numbers import Numbers
from kkbpk_geo.intake.cells.periods import DATES
from kkbpk_geo.intake.cells.places import CODES
from kkbpk_geo.intake.frames import PLACES
from kkbpk_geo.intake.recognise.columns import UNKNOWN, Recognised
from kkbpk_geo.io import is_blank, read_each
from kkbpk_geo.regions import is_total

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Cells = NDArray[np.object_]
    Flags = NDArray[np.bool_]
    Reasons = NDArray[np.object_]

# Where a row says that it is a sum: where others say what they are about.
_LABELS = (*PLACES, *CODES, "ignore", "kind")
_AVERAGE = re.compile(r"rata|rerata", re.IGNORECASE)
# "Bandar Lampung, 5 Desember 2012": where and when a table was signed.
_PLACE_AND_DATE = re.compile(r"[^\d,]+,\s*\d{0,2}\s*([A-Za-z]+)\s+\d{4}")
_FEW = 2  # one cell, one heading or one level alone proves nothing
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
    """Flag rows that say again what the headings say, at least half of them."""
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
    valued = _valued(cells, known, numbers)
    last = int(np.flatnonzero(valued)[-1]) if valued.any() else -1
    places = {c.position for c in known.columns if c.role in (*_LABELS, *DATES)}
    signed = False
    for i in np.flatnonzero(~valued).tolist():
        if reasons[i] not in ("", "total_row"):
            continue
        texts = {j: as_text(cell) for j, cell in enumerate(cells[i]) if cell != ""}
        below = i > last >= 0
        if is_note(next(iter(texts.values()))):
            reasons[i] = "note"
        elif below:
            # From a signature on, all that follows belongs to it.
            signed = signed or any(map(begins_signature, texts.values()))
            # A line or two away from the names of places is a remark, not a region.
            remark = len(texts) <= _FEW and not places & set(texts)
            if signed or remark:
                reasons[i] = "note"


def _valued(cells: Cells, known: Recognised, numbers: Mapping[int, Numbers]) -> Flags:
    """Flag rows that say something: a figure, a dash for one, or what a list names."""
    valued = np.zeros(len(cells), dtype=bool)
    for position, read in numbers.items():
        missing = np.isnan(read.values)
        valued |= ~missing
        for i in np.flatnonzero(missing & (cells[:, position] != "")).tolist():
            valued[i] |= is_blank(cells[i, position])  # a dash is an answer
    filled = cells != ""
    # A name by itself may be that of who signs; with two cells beside it it is a row.
    full = filled.sum(axis=1) > _FEW
    for column in known.columns:
        if column.what in _LIST_NAMES:
            valued |= filled[:, column.position] & full
    return valued


def is_note(text: str) -> bool:
    """Whether a line says something about the table: ``Sumber: ...``, ``*) ...``."""
    return text.startswith("*") or _begins_with(text, words("notes"))


def begins_signature(text: str) -> bool:
    """Whether a line is a place and date, or an office that signs."""
    dated = _PLACE_AND_DATE.fullmatch(text)
    if dated and month_number(dated[1]):
        return True
    return _begins_with(text, words("signature"))


def _begins_with(text: str, names: Collection[str]) -> bool:
    folded = f"{fold_words(text)} "
    return any(folded.startswith(f"{name} ") for name in names)


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
    here = [i for i in np.flatnonzero(usable).tolist() if levels[i]]
    if len({levels[i] for i in here}) < _FEW:  # rows of one level: none is above
        return flags
    blank = [""] * len(usable)
    columns = [map(fold_words, texts.get(role, blank)) for role in PLACES]
    above = list(zip(*columns, strict=True))
    parts: set[tuple[str | None, ...]] = set()
    for i in here:
        for level in range(depth[levels[i]]):  # every level above has this part
            parts.add((periods[i], str(level), *above[i][: level + 1]))
    for i in here:
        own = depth[levels[i]]
        flags[i] = (periods[i], str(own), *above[i][: own + 1]) in parts
    return flags
