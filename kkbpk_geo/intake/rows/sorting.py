"""Which rows below a header are data, and what the others are.

Why: sums, repeated headers, notes and signatures stand among the data; added up they
double a province. Every row is either used or listed with its reason.

In:     the cells below a header, what the columns are, the numbers read from them.
Out:    a reason per row ("" = data), and the subtotals among rows of several levels.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache, partial
from typing import TYPE_CHECKING

import numpy as np

from kkbpk_geo.base.formats import month_number
from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.catalogue.headings import words
from kkbpk_geo.intake.cells.numbers import Numbers
from kkbpk_geo.intake.cells.periods import DATES
from kkbpk_geo.intake.frames import DEPTH, PLACES
from kkbpk_geo.intake.recognise.columns import Recognised
from kkbpk_geo.intake.rows.labels import ACTIVITIES, LABELS, rows_called
from kkbpk_geo.io import is_blank, is_no_value, read_each
from kkbpk_geo.regions import fold_name, is_register_name, split_kind, stated_kind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Cells = NDArray[np.object_]
    Flags = NDArray[np.bool_]
    Reasons = NDArray[np.object_]

# "Bandar Lampung, 5 Desember 2012": where and when a table was signed.
_PLACE_AND_DATE = re.compile(r"[^\d,]+,\s*\d{0,2}\s*([A-Za-z]+)\s+\d{4}")
_LONGEST_NAME = 4  # words, of a village: "Sumber Agung Jaya Timur"
_FEW = 2  # one cell, one heading or one level alone proves nothing
_LIST_NAMES = ("group_name", "facility_name", "training", *ACTIVITIES, "indicator")


def classify_rows(
    cells: Cells,
    known: Recognised,
    numbers: Mapping[int, Numbers],
    *,
    column_numbers: bool = False,
    province: str = "",
) -> Reasons:
    """Say for each row why it is not data; ``""`` for data.

    Parameters
    ----------
    cells : array of object, n rows x m columns
    known : Recognised
    numbers : mapping position of a column -> what was read from it (n entries each)
    column_numbers : bool
        Whether the first row only numbers the columns.
    province : str
        Code of the province whose names of places are names; "" if not known.
    """
    reasons = np.full(len(cells), "", dtype=object)
    filled = cells != ""
    count = filled.sum(axis=1)
    sums, asides = rows_called(cells, known, province)
    sums &= ~_heads_kind(cells, known, numbers)
    reasons[sums] = "total_row"
    reasons[asides] = "not_a_place"
    reasons[_repeated_headers(cells, known)] = "repeated_header"
    reasons[count == 0] = "blank"
    if column_numbers and len(reasons):
        reasons[0] = "column_numbers"
    _mark_notes(reasons, cells, known, numbers, province)
    return reasons


def _heads_kind(
    cells: Cells, known: Recognised, numbers: Mapping[int, Numbers]
) -> Flags:
    """Flag rows that only say Kabupaten or Kota, above the rows of that kind.

    With figures such a row is the sum of its district: it is none without.
    """
    flags = np.zeros(len(cells), dtype=bool)
    for column in known.of_role("kabkota"):
        said = read_each(cells[:, column.position], _states_kind)
        flags |= np.array(said, dtype=bool)
    for read in numbers.values():
        flags &= np.isnan(read.values)
    return flags


def _states_kind(cell: object) -> bool:
    return isinstance(cell, str) and bool(stated_kind(cell))


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
    province: str,
) -> None:
    """Mark what stands under a table: sources, remarks, signatures."""
    valued = _valued(cells, known, numbers)
    last = int(np.flatnonzero(valued)[-1]) if valued.any() else -1
    places = {c.position for c in known.columns if c.role in (*LABELS, *DATES)}
    signed = False
    for i in np.flatnonzero(~valued).tolist():
        if reasons[i] not in ("", "total_row"):
            continue
        texts = {j: as_text(cell) for j, cell in enumerate(cells[i]) if cell != ""}
        below = i > last >= 0
        place = partial(_is_place, texts, known, province, below=below)
        if is_note(next(iter(texts.values()))) and not place():
            reasons[i] = "note"
        elif below:
            # From a signature on, all that follows belongs to it.
            signed = signed or any(map(begins_signature, texts.values()))
            # A line or two away from the names of places is a remark, not a region.
            remark = len(texts) <= _FEW and not places & set(texts)
            if signed or remark:
                reasons[i] = "note"


def _is_place(
    texts: Mapping[int, str], known: Recognised, province: str, *, below: bool
) -> bool:
    """Whether a line that begins like a note is a row: the village Sumber Agung.

    A name stands in a column of places, is short and has no colon. Below the last
    figure it needs a witness: the register, or another place beside it.
    """
    places = {c.position for c in known.columns if c.role in PLACES}
    at, text = next(iter(texts.items()))
    if at not in places or ":" in text or len(text.split()) > _LONGEST_NAME:
        return False
    if len(places & set(texts)) > 1 or is_register_name(text, province):
        return True
    return not below and not text.startswith("*")


def _valued(cells: Cells, known: Recognised, numbers: Mapping[int, Numbers]) -> Flags:
    """Flag rows that say something: a figure, a dash for one, or what a list names."""
    valued = np.zeros(len(cells), dtype=bool)
    for position, read in numbers.items():
        missing = np.isnan(read.values)
        valued |= ~missing
        for i in np.flatnonzero(missing & (cells[:, position] != "")).tolist():
            cell = cells[i, position]  # a dash is an answer; an error was to be one
            valued[i] |= is_blank(cell) or is_no_value(cell)
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


@lru_cache(maxsize=10_000)
def _same_name(text: str) -> str:
    """Return what names are compared by: "Kec. Natar" is the Natar of its villages."""
    kind, rest = split_kind(text)
    return rest if kind == "Kecamatan" else fold_name(text)


def find_subtotals(
    texts: Mapping[str, Sequence[str]],
    codes: Sequence[str | None],
    levels: Sequence[str],
    periods: Sequence[str | None],
    usable: Flags,
) -> Flags:
    """Flag rows of a coarser level whose finer rows stand beside them.

    A row KABUPATEN X without kecamatan, among rows of the kecamatan of X, says again
    what they say. A row whose parts are not there is data.
    """
    flags = np.zeros(len(usable), dtype=bool)
    here = [i for i in np.flatnonzero(usable).tolist() if levels[i]]
    if len({levels[i] for i in here}) < _FEW:  # rows of one level: none is above
        return flags
    blank = [""] * len(usable)
    columns = [list(map(_same_name, texts.get(role, blank))) for role in PLACES]
    # "Kab. Pringsewu" is the Pringsewu of its kecamatan: the code says so.
    district = PLACES.index("kabkota")
    known = zip(codes, columns[district], strict=True)
    columns[district] = [code or name for code, name in known]
    above = list(zip(*columns, strict=True))
    parts: set[tuple[str | None, ...]] = set()
    for i in here:
        for level in range(DEPTH[levels[i]]):  # every level above has this part
            parts.add((periods[i], str(level), *above[i][: level + 1]))
    for i in here:
        own = DEPTH[levels[i]]
        flags[i] = (periods[i], str(own), *above[i][: own + 1]) in parts
    return flags
