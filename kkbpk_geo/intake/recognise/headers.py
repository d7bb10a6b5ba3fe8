"""Where the header of a sheet is: one to three rows, merged or not, titles above.

Why: a file made by hand begins with a letterhead, has its headings in two storeys, and
numbers its columns ``(1) (2) (3)`` before the first figure.

In:     a :class:`~kkbpk_geo.intake.sheets.Grid`.
Out:    :class:`Header`: title lines, the path of headings over each column, where the
        rows begin.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kkbpk_geo.base.formats import YEAR_PATTERN
from kkbpk_geo.base.text import as_text
from kkbpk_geo.catalogue.headings import find_headings, groups_in, is_personal, phrase
from kkbpk_geo.catalogue.programme import is_column
from kkbpk_geo.intake.recognise.phases import is_phase_row, names_time
from kkbpk_geo.intake.recognise.stock import is_stock_row, names_stock
from kkbpk_geo.io import Cell, Grid, is_no_value

SEARCHED_ROWS = 40  # letterheads and notes above a table are shorter than this
MOST_HEADER_ROWS = 3  # more storeys have not been seen; data would be taken for them
LONGEST_HEADING = 120  # characters; what is longer is a sentence
# Fields over names, codes and dates: what stands below them is data, not a heading.
_IDENTIFYING = frozenset(
    ["provinsi", "kabkota", "kecamatan", "desa", "code", "code_kabkota",
     "code_kemendagri", "code_bps", "month", "year", "period", "kind", "name",
     "group_name", "facility_name", "item"]
)  # fmt: skip
_NUMERIC = re.compile(r"[-+(]*\d[\d\s.,]*\)?\s*%?")
_YEAR = re.compile(YEAR_PATTERN)
_COLUMN_NUMBER = re.compile(r"[(\[]?\s*(\d{1,3})\s*(=.*)?[)\]]?\.?")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Header:
    """The header of one sheet.

    ``paths[i]``: headings over column i, outermost first; empty where there is none.
    ``start, stop``: header rows from 0; ``stop`` is the first row below.
    ``column_numbers``: whether the first row below only numbers the columns.
    """

    titles: tuple[str, ...]
    paths: tuple[tuple[str, ...], ...]
    start: int
    stop: int
    column_numbers: bool = False


@lru_cache(maxsize=8192)
def known_fields(text: str) -> frozenset[str]:
    """Fields a heading can stand for, whatever stands around it; empty if unknown."""
    if not text or len(text) > LONGEST_HEADING:
        return frozenset()
    if is_column(text.casefold()):
        return frozenset({text.casefold()})
    words = phrase(text)
    found = find_headings(words)
    if not found and (named := groups_in(text)):  # BKB by itself: how many there are
        rest = " ".join(word for word in words.split() if word not in named)
        found = find_headings(rest)
        if rest in ("", "jumlah"):
            return frozenset({"groups"})
    fields = {heading.field for heading in found}
    if "persen" in words.split():
        fields.add("percent")
    if not fields and is_personal(text):
        fields.add("drop")
    return frozenset(fields)


def find_header(grid: Grid) -> Header:
    """Find the header of a sheet; where nothing is known, the first full row of text.

    A sheet without any row of text gets empty paths and ``stop`` 0.
    """
    head = [list(map(_heading, row)) for row in grid.rows[:SEARCHED_ROWS]]
    known = [sum(map(_is_known, row)) for row in head]
    hits = [max(n, _side_by_side(row)) for n, row in zip(known, head, strict=True)]
    best = _best_row(head, known, hits)
    if best < 0:
        return Header(titles=(), paths=((),) * grid.width, start=0, stop=0)
    start, stop = _storeys(head, hits, best)
    lines = [" ".join(filter(None, row)) for row in head[:start]]
    return Header(
        titles=tuple(line for line in lines if line),
        paths=_paths(head[start:stop], grid, start),
        start=start,
        stop=stop,
        column_numbers=stop < len(head) and _numbers_columns(head[stop]),
    )


def _heading(cell: Cell) -> str:
    """Return the text of a cell; a formula is no text, whatever words stand in it."""
    return "" if is_no_value(cell) else as_text(cell)


def _best_row(head: list[list[str]], known: list[int], hits: list[int]) -> int:
    """Return the row with most known headings, the first of several; -1 for none.

    A row that only sets times or conditions abreast is the storey below a header.
    """
    scores = [n * bool(own) for n, own in zip(hits, known, strict=True)]
    best = scores.index(max(scores)) if scores else -1
    return best if best >= 0 and scores[best] else _first_row_of_text(head)


def _storeys(head: list[list[str]], hits: list[int], best: int) -> tuple[int, int]:
    """Return where the header that contains a row begins, and the row under it."""
    start, stop = best, best + 1
    while start and stop - start < MOST_HEADER_ROWS and _is_above(head, hits, start):
        start -= 1
    most = min(len(head), start + MOST_HEADER_ROWS)
    while stop < most and _is_below(head, hits, stop):
        stop += 1
    return start, stop


def _side_by_side(row: list[str]) -> int:
    """Count the headings of a row that sets times, conditions or items abreast."""
    times, stock = is_phase_row(row), is_stock_row(row)
    if not times and not stock:
        return 0
    return sum(
        _is_known(cell) or (times and names_time(cell)) or (stock and names_stock(cell))
        for cell in row
    )


def _is_known(cell: str) -> bool:
    return bool(known_fields(cell)) and not _is_number(cell)


def _first_row_of_text(head: list[list[str]]) -> int:
    for i, row in enumerate(head):
        cells = [cell for cell in row if cell]
        if len(cells) > 1 and not any(map(_is_number, cells)):
            return i
    return -1


def _is_number(cell: str) -> bool:
    return bool(_NUMERIC.fullmatch(cell)) and not _YEAR.fullmatch(cell)


def _is_above(head: list[list[str]], hits: list[int], start: int) -> bool:
    """Whether the row above the header belongs to it (and is no title)."""
    row = head[start - 1]
    filled = [i for i, cell in enumerate(row) if cell]
    if not filled or any(_NUMERIC.fullmatch(row[i]) for i in filled):
        return False
    if filled == [0]:  # one text at the left edge is a title
        return False
    below = head[start]
    if any(_identifies(row[i]) and not below[i] for i in filled):
        return any(below[i] for i in filled)  # a place over a blank, a parent beside it
    # Half of its texts are headings, or more; of two texts both.
    known, least = hits[start - 1], len(filled) / 2
    return known > least or (known > 1 and known == least)


def _is_below(head: list[list[str]], hits: list[int], stop: int) -> bool:
    """Whether the row under the header belongs to it (and is no data)."""
    above, row = head[stop - 1], head[stop]
    filled = [i for i, cell in enumerate(row) if cell]
    # Fewer headings than half of its texts: data that happen to hold a known word.
    if not filled or hits[stop] == 0 or hits[stop] * 2 < len(filled):
        return False
    if any(_is_number(row[i]) for i in filled):
        return False
    changed = [i for i in filled if row[i] != above[i]]
    if not changed:  # the header again
        return False
    if is_phase_row(row) or is_stock_row(row):  # BULAN over Januari, Februari ...
        return True
    return not any(_identifies(above[i]) for i in changed)


def _identifies(text: str) -> bool:
    """Whether a heading can only stand over names, codes or dates."""
    fields = known_fields(text)
    return bool(fields) and fields <= _IDENTIFYING


def _paths(
    rows: list[list[str]], grid: Grid, start: int
) -> tuple[tuple[str, ...], ...]:
    """Return the headings over each column, outermost first."""
    filled = [list(row) for row in rows]
    _fill_merged(filled, grid, start)
    for i, row in enumerate(filled[:-1]):
        _fill_right(row, filled[i + 1 :])
    return tuple(_path(column) for column in zip(*filled, strict=True))


def _fill_merged(filled: list[list[str]], grid: Grid, start: int) -> None:
    """Write the text of a merged range into each of its cells."""
    stop = start + len(filled)
    for (top, left), (bottom, right) in grid.merged:
        if bottom < start or top >= stop or right >= grid.width:
            continue
        text = _heading(grid.rows[top][left])
        for i in range(max(top, start), min(bottom + 1, stop)):
            filled[i - start][left : right + 1] = [text] * (right - left + 1)


def _fill_right(row: list[str], lower: list[list[str]]) -> None:
    """Write a heading over the blanks to its right, as far as headings stand below.

    A file saved as text has lost its merged cells; this is what they looked like.
    """
    below = [any(column) for column in zip(*lower, strict=True)]
    for c in range(1, len(row)):
        if not row[c] and below[c] and below[c - 1]:
            row[c] = row[c - 1]


def _path(column: tuple[str, ...]) -> tuple[str, ...]:
    """Return the headings of one column without blanks and repetitions."""
    path: list[str] = []
    for text in column:
        if text and path[-1:] != [text]:
            path.append(text)
    return tuple(path)


def _numbers_columns(row: list[str]) -> bool:
    """Whether a row reads 1, 2, 3 ... (gaps where columns are merged are allowed)."""
    found = [_COLUMN_NUMBER.fullmatch(cell) for cell in row if cell]
    numbers = [int(each[1]) for each in found if each]
    # Fewer than three numbers may be data.
    if len(found) < 3 or len(numbers) < len(found):  # noqa: PLR2004
        return False
    steps = [b - a for a, b in pairwise(numbers)]
    return numbers[0] in (0, 1) and all(step == 1 for step in steps)
