"""Rows of headings anywhere in a sheet, found without reading every cell.

Why: a second table begins with a second header, hundreds of rows below the first. What
makes a row one: no figure, the heading of a place, and headings beside it.

In:     the rows of a grid. Out: :class:`Row`, in sheet order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from kkbpk_geo.base.text import as_text
from kkbpk_geo.catalogue.headings import headings, spellings_of
from kkbpk_geo.intake.recognise.headers import known_fields
from kkbpk_geo.io import Cell, is_blank

# What a row of a table is called by; one of them heads every table of an office.
PLACE_FIELDS = frozenset(
    ["provinsi", "kabkota", "kecamatan", "desa", "group_name", "facility_name"]
)
_FEW = 2  # headings: one known word alone proves nothing
_NUMERIC = re.compile(r"[-+(]*\d[\d\s.,]*\)?\s*%?")
_FIRST_WORD = re.compile(r"[^A-Za-z]*([A-Za-z]+)")
_BELOW = 4  # rows under a header in which its first figure stands: storeys, numbers
_LONGEST = 60  # characters; the heading of a place is short


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of headings: where it is, and whether it may be something else."""

    at: int
    doubtful: bool = False


def find_rows(rows: Sequence[Sequence[Cell]]) -> list[Row]:
    """Return the rows that head a table; of a header in storeys the first such row."""
    found: list[Row] = []
    for at in _likely(rows):
        row = _judge(rows, at)
        if row is None:
            continue
        if found and not _has_data(rows, found[-1].at + 1, at):
            continue  # another storey of the same header
        found.append(row)
    return found


def _likely(rows: Sequence[Sequence[Cell]]) -> list[int]:
    """Return the rows with the heading of a place, by the distinct texts of columns."""
    likely: set[int] = set()
    for column in zip(*rows, strict=True):
        wanted = {
            text for text in set(column) if _may_head(text) and heads_places(text)
        }
        if wanted:
            likely.update(i for i, cell in enumerate(column) if cell in wanted)
    return sorted(likely)


def _may_head(cell: object) -> bool:
    """Whether a text begins as the heading of a place does: few names do."""
    if not isinstance(cell, str) or not cell or len(cell) > _LONGEST:
        return False
    word = _FIRST_WORD.match(cell)
    return word is not None and word[1].casefold() in _first_words()


@cache
def _first_words() -> frozenset[str]:
    """Return the words with which headings of places begin, in every spelling."""
    lines = [
        each for each in headings() if each.field.partition(":")[0] in PLACE_FIELDS
    ]
    first = {each.phrase.split()[0] for each in lines}
    return frozenset(first | spellings_of(first) | {"jumlah"})


def heads_places(text: str) -> bool:
    """Whether a text is the heading of a place, a group or a facility: KABUPATEN."""
    fields = {field.partition(":")[0] for field in known_fields(text)}
    return bool(fields) and fields <= PLACE_FIELDS


def known_cells(cells: Iterable[str]) -> list[frozenset[str]]:
    """Return the fields that each text can stand for."""
    return [known_fields(cell) for cell in cells]


def has_number(row: Iterable[Cell]) -> bool:
    """Whether a cell of a row is a figure."""
    return any(_is_figure(cell) for cell in row)


def _is_figure(cell: Cell) -> bool:
    if isinstance(cell, str):
        return bool(cell) and bool(_NUMERIC.fullmatch(cell))
    return isinstance(cell, (int, float))


def _judge(rows: Sequence[Sequence[Cell]], at: int) -> Row | None:
    """Say whether a row heads a table; None where it does not."""
    row = [as_text(cell) for cell in rows[at]]
    filled = [j for j, cell in enumerate(row) if not is_blank(cell)]
    if len(filled) < _FEW or has_number(row[j] for j in filled):
        return None
    known = sum(map(bool, known_cells(row[j] for j in filled)))
    over = _over_figures(rows, at, filled)
    # More than half of its texts are headings, or half of them and figures below.
    if known >= _FEW and (
        known * 2 > len(filled) or (known * 2 == len(filled) and over)
    ):
        return Row(at=at)
    # Texts nobody knows beside KABUPATEN, over columns of figures: perhaps a header.
    return Row(at=at, doubtful=True) if over >= _FEW else None


def _over_figures(
    rows: Sequence[Sequence[Cell]], at: int, filled: Sequence[int]
) -> int:
    """Count the texts of a row that stand over figures."""
    below = rows[at + 1 : at + 1 + _BELOW]
    return sum(any(_is_figure(row[j]) for row in below) for j in filled)


def _has_data(rows: Sequence[Sequence[Cell]], start: int, stop: int) -> bool:
    """Whether a row of data stands there: a figure, or texts that are no headings."""
    for row in rows[start:stop]:
        if has_number(row):
            return True
        filled = [as_text(cell) for cell in row if cell != ""]
        known = sum(map(bool, known_cells(filled)))
        if len(filled) > _FEW and known * 2 <= len(filled):
            return True
    return False
