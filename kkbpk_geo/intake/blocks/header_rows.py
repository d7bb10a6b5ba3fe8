"""Rows of headings anywhere in a sheet, found without reading every cell.

Why: a second table begins with a second header, hundreds of rows below the first. What
makes a row one: no figure, the heading of a place, and headings beside it.

In:     the rows of a grid. Out: :class:`Row`, in sheet order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from kkbpk_geo.base.formats import YEAR_PATTERN
from kkbpk_geo.base.text import as_text
from kkbpk_geo.catalogue.headings import headings, spellings_of
from kkbpk_geo.intake.recognise.meanings import NUMERIC, known_fields
from kkbpk_geo.io import Cell, is_blank

# What a row of a table is called by; one of them heads every table of an office.
PLACE_FIELDS = frozenset(
    ["provinsi", "kabkota", "kecamatan", "desa", "group_name", "facility_name"]
)
_FEW = 2  # headings: one known word alone proves nothing
_BELOW = 4  # rows under a header in which its first figure stands: storeys, numbers
_YEAR = re.compile(YEAR_PATTERN)
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
        if found and not _has_data(rows, found[-1], at):
            if not found[-1].doubtful:
                continue  # another storey of the same header
            found.pop()  # KABUPATEN : PRINGSEWU over the first header
        found.append(row)
    return found


def _likely(rows: Sequence[Sequence[Cell]]) -> list[int]:
    """Return the rows with the heading of a place, by the distinct texts of columns."""
    likely: set[int] = set()
    begins = _beginnings().match
    for column in zip(*rows, strict=True):
        texts = [t for t in set(column) if isinstance(t, str) and begins(t)]
        for text in texts:
            if len(text) <= _LONGEST and heads_places(text):
                likely.update(_where(column, text))
    return sorted(likely)


def _where(column: tuple[Cell, ...], text: str) -> Iterator[int]:
    """Yield the rows of a text; a header stands in few of many thousands."""
    at = -1
    with suppress(ValueError):  # index says so that there is no further one
        while True:
            at = column.index(text, at + 1)
            yield at


@cache
def _beginnings() -> re.Pattern[str]:
    """Return what begins as the heading of a place does, in any spelling: few names."""
    first = {"jumlah"}
    for line in headings():
        if line.field.partition(":")[0] in PLACE_FIELDS:
            first.add(line.phrase.split()[0])
    words = sorted(map(re.escape, first | spellings_of(first)))
    return re.compile(rf"[^A-Za-z]*(?:{'|'.join(words)})(?![a-z])", re.IGNORECASE)


def heads_places(text: str) -> bool:
    """Whether a text is the heading of a place, a group or a facility: KABUPATEN."""
    fields = {field.partition(":")[0] for field in known_fields(text)}
    return bool(fields) and fields <= PLACE_FIELDS


def count_known(cells: Iterable[str]) -> int:
    """Count the texts that are headings somebody knows."""
    return sum(map(bool, map(known_fields, cells)))


def has_number(row: Iterable[Cell]) -> bool:
    """Whether a cell of a row is a figure."""
    return any(_is_figure(cell) for cell in row)


def _is_figure(cell: Cell) -> bool:
    if isinstance(cell, str):
        return bool(cell) and bool(NUMERIC.fullmatch(cell))
    return isinstance(cell, (int, float))


def _judge(rows: Sequence[Sequence[Cell]], at: int) -> Row | None:
    """Say whether a row heads a table; None where it does not."""
    row = [as_text(cell) for cell in rows[at]]
    filled = [j for j, cell in enumerate(row) if any(map(str.isalnum, cell))]
    if len(filled) < _FEW or has_number(row[j] for j in filled):
        return None
    known = count_known(row[j] for j in filled)
    over = _over_figures(rows, at, filled)
    # More than half of its texts are headings, or half of them and figures below.
    most = known * 2 > len(filled) or (known * 2 == len(filled) and over > 0)
    if known >= _FEW and most:
        return Row(at=at)
    # Texts nobody knows beside KABUPATEN, over columns of figures: perhaps a header.
    return Row(at=at, doubtful=True) if over >= _FEW else None


def _over_figures(
    rows: Sequence[Sequence[Cell]], at: int, filled: Sequence[int]
) -> int:
    """Count the texts of a row that stand over figures."""
    over: set[int] = set()
    for row in rows[at + 1 : at + 1 + _BELOW]:
        over.update(j for j in filled if _is_figure(row[j]))
    return len(over)


def _has_data(rows: Sequence[Sequence[Cell]], upper: Row, stop: int) -> bool:
    """Whether data stand below a row: a figure, or texts under sure headings."""
    for row in rows[upper.at + 1 : stop]:
        filled = [as_text(cell) for cell in row if not is_blank(cell)]
        if any(_is_figure(cell) and not _YEAR.fullmatch(cell) for cell in filled):
            return True
        known = count_known(filled)
        if not upper.doubtful and len(filled) > _FEW and known * 2 <= len(filled):
            return True
    return False
