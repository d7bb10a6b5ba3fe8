"""Which rows under and above the headings belong to the header; what stands over what.

Why: a file saved as text has lost its merged cells, and half of a header is a false
figure: the first part stands for the whole. A row of texts without any number, over
figures, is a storey, whether or not anyone knows its words.

In:     the first rows of a sheet as text.
Out:    whether a row is a storey; the path of headings over each column, and columns
        under which a storey is blank that its neighbours have.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kkbpk_geo.base.formats import YEAR_PATTERN
from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.catalogue.headings import is_personal, phrase, words
from kkbpk_geo.intake.recognise.meanings import IDENTIFYING, known_fields
from kkbpk_geo.intake.recognise.spelling import is_in_thousands, says_sum
from kkbpk_geo.io import Cell, Grid, is_blank, is_nil, is_no_value

Row = Sequence[str]

# Half of what stands under a heading and more: figures with a few remarks among them.
MOSTLY_FIGURES = 0.5
_FIGURE = re.compile(r"[-+(]*\d[\d\s.,]*\)?\s*%?\*?")
_YEAR = re.compile(YEAR_PATTERN)
_COLUMN_NUMBER = re.compile(r"[-(\[]?\s*(\d{1,3})\s*[)\].]*\s*(?:[=(:].*)?")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Fewer than three numbers or letters in a row may be data.
_FEWEST_NUMBERED = 3


def heading_text(cell: Cell) -> str:
    """Return the text of a cell; a formula is no text, whatever words stand in it."""
    return "" if is_no_value(cell) else as_text(cell)


def is_figure(cell: str) -> bool:
    """Whether a cell is a number, or what stands for one: a dash, NIHIL."""
    if is_unit(cell):  # "(000)" is no figure
        return False
    return bool(_FIGURE.fullmatch(cell)) or is_blank(cell) or is_nil(cell)


def numbers_columns(row: Row) -> bool:
    """Whether a row reads 1, 2, 3 … or A, B, C … (gaps over merged columns allowed).

    Spreadsheets store ``(1)`` as -1, and a computed column says ``3=1+2``.
    """
    filled = [cell for cell in row if cell]
    if len(filled) < _FEWEST_NUMBERED:
        return False
    letters = "".join(cell.strip("().").casefold() for cell in filled)
    if letters == _LETTERS[: len(filled)]:
        return True
    found = [_COLUMN_NUMBER.fullmatch(cell) for cell in filled]
    numbers = [int(each[1]) for each in found if each]
    if len(numbers) < len(filled):
        return False
    return numbers[0] in (0, 1) and all(b - a == 1 for a, b in pairwise(numbers))


def identifies(text: str) -> bool:
    """Whether a heading can only stand over names, codes or dates."""
    fields = known_fields(text)
    return bool(fields) and fields <= IDENTIFYING


def is_storey(above: Sequence[Row], row: Row, below: Sequence[Row]) -> bool:
    """Whether a row of texts under a header is one storey more, and no row of data.

    Parameters
    ----------
    above : the rows of the header so far
    row : the row in question
    below : rows under it
    """
    over = [_last(column) for column in zip(*above, strict=True)]
    # A dash or an x is no word, but no proof of data either.
    changed = [
        i for i, cell in enumerate(row) if cell != over[i] and not is_blank(cell)
    ]
    body = _from_first_figure(below)
    if not changed or any(_is_data(over[i], row[i]) for i in changed):
        return False
    if _has_figures([row[i] for i in changed]) and not _nowhere(over, row, body):
        return False
    return any(_holds_figures(i, body) for i in changed)


def _nowhere(over: Row, row: Row, body: Sequence[Row]) -> bool:
    """Whether a row with texts for figures names no place where the rows below do.

    ``1``, ``2`` and JUMLAH are classes and their sum: no row of data says JUMLAH in a
    column of figures.
    """
    columns = [i for i, heading in enumerate(over) if identifies(heading)]
    placed = any(each[i] for each in body for i in columns)
    if not placed or any(row[i] for i in columns):
        return False
    return any(
        cell and not is_figure(cell) and _holds_figures(i, body)
        for i, cell in enumerate(row)
    )


def _has_figures(cells: Row) -> bool:
    """Whether there are numbers; years beside texts or other years are headings."""
    figures = {cell for cell in cells if is_figure(cell)}
    if len(figures) < len(set(cells)) or years_abreast(cells):
        return not all(map(_YEAR.fullmatch, figures))
    return bool(figures)


def years_abreast(row: Row) -> set[str]:
    """Return the years of a row that sets several side by side: no figures then."""
    years = {cell for cell in row if _YEAR.fullmatch(cell)}
    return years if len(years) > 1 else set()


def _from_first_figure(below: Sequence[Row]) -> Sequence[Row]:
    """Return the rows from the first that has a figure: others are storeys, too."""
    for k, row in enumerate(below):
        if any(_FIGURE.fullmatch(cell) and not is_unit(cell) for cell in row):
            return below[k:]
    return below


def _last(column: Sequence[str]) -> str:
    return next((text for text in reversed(column) if text), "")


def _is_data(heading: str, text: str) -> bool:
    """Whether a text stands under a heading over names, and does not continue it."""
    fields = known_fields(heading)
    # Under NO a line KAB. PRINGSEWU heads the rows below it.
    named = bool(fields) and fields <= {*IDENTIFYING, "drop", "keep", "ignore"}
    if not named and not is_personal(heading):
        return False
    if says_sum(text):  # a total row
        return True
    # KABUPATEN/ over KOTA, NAMA over KECAMATAN: one heading in two rows.
    return not known_fields(f"{heading} {text}") and not known_fields(text)


def _holds_figures(column: int, below: Sequence[Row]) -> bool:
    cells = [row[column] for row in below if row[column]]
    figures = sum(map(is_figure, cells))
    return bool(cells) and figures >= MOSTLY_FIGURES * len(cells)


def is_over(row: Row, below: Row, grid: Grid, at: int) -> bool:
    """Whether a row above the headings stands over some of them, and is no title.

    None of its words need be known; a line that names a time, a place, an office or
    the table itself is a title.
    """
    filled = [i for i, cell in enumerate(row) if cell]
    if not filled or filled[0] == 0 or not all(below[i] for i in filled):
        return False
    if any(_is_title(row[i]) for i in filled):
        return False
    spans = [right - left for (top, left), (_, right) in grid.merged if top == at]
    # A text over all columns is a title, and so is one that nothing holds in its place.
    return len(filled) > 1 or any(0 < span < grid.width - 1 for span in spans)


def _is_title(text: str) -> bool:
    tokens = fold_words(text).split()
    if set(tokens) & words("title") or ":" in text:
        return True
    starts = {" ".join(tokens[:size]) for size in (1, 2)}
    return bool(starts & words("title_first")) or any(map(str.isdigit, tokens))


# --- what stands over each column -----------------------------------------------------


def fill_storeys(rows: Sequence[Row], grid: Grid, at: Sequence[int]) -> list[list[str]]:
    """Write each heading over all columns that it is about.

    Parameters
    ----------
    rows : the storeys, outermost first
    grid : Grid
    at : the row of the sheet of each storey
    """
    filled = [list(row) for row in rows]
    _fill_merged(filled, grid, at)
    held = _merged_down(grid, at)
    for k, row in enumerate(filled[:-1]):
        alone = {i for j, i in held if j == k}
        if k:  # a heading ends where the one above it ends
            upper = filled[k - 1]
            alone |= {c for c in range(len(row) - 1) if upper[c] != upper[c + 1]}
        _fill_right(row, filled[k + 1 :], alone)
    # A dash for a name names nothing: its column is a part that nobody named.
    for row in filled:
        for i, cell in enumerate(row):
            row[i] = "" if is_blank(cell) else cell
    return filled


def _fill_merged(filled: list[list[str]], grid: Grid, at: Sequence[int]) -> None:
    """Write the text of a merged range into each of its cells."""
    for (top, left), (bottom, right) in grid.merged:
        if right >= grid.width or bottom < at[0] or top > at[-1]:
            continue
        text = heading_text(grid.rows[top][left])
        for k, row in enumerate(at):
            if top <= row <= bottom:
                filled[k][left : right + 1] = [text] * (right - left + 1)


def _merged_down(grid: Grid, at: Sequence[int]) -> set[tuple[int, int]]:
    """Return storey and column of cells that a workbook merges down to the last."""
    return {
        (k, column)
        for (top, left), (bottom, right) in grid.merged
        for column in range(left, right + 1)
        for k, row in enumerate(at)
        if top <= row and bottom >= at[-1]
    }


def _fill_right(row: list[str], lower: list[list[str]], held: set[int]) -> None:
    """Write a heading over the blanks to its right, as far as headings stand below.

    A file saved as text has lost its merged cells; this is what they looked like. A
    heading over names or numbers of rows is not over figures beside it, and one that a
    workbook merges down stands alone.
    """
    below = [any(column) for column in zip(*lower, strict=True)]
    for c in range(1, len(row)):
        if row[c] or not below[c] or c - 1 in held:
            continue
        if below[c - 1] or not _stands_alone(row[c - 1]):
            row[c] = row[c - 1]


def _stands_alone(text: str) -> bool:
    return not text or known_fields(text) <= {*IDENTIFYING, "ignore", "drop", "keep"}


def path_of(column: Sequence[str]) -> tuple[str, ...]:
    """Return the headings of one column without blanks and repetitions."""
    path: list[str] = []
    for text in column:
        if text and path[-1:] != [text]:
            path.append(text)
    return tuple(path)


def blank_parts(filled: Sequence[Row]) -> frozenset[int]:
    """Return columns whose storey is blank where their neighbours under it have one.

    ``PESERTA KB AKTIF`` over a blank, ``SWASTA`` and ``JUMLAH``: nobody says which part
    the first column is; it is not the whole.
    """
    found: set[int] = set()
    for upper, lower in pairwise(filled):
        for c, text in enumerate(lower):
            if text or not upper[c]:
                continue
            beside = [j for j in (c - 1, c + 1) if 0 <= j < len(lower)]
            found |= {c for j in beside if upper[j] == upper[c] and _is_part(lower[j])}
    return frozenset(found)


def _is_part(text: str) -> bool:
    """Whether a heading below names a part, not a share or the unit of the whole."""
    return bool(text) and phrase(text) != "persen" and not is_unit(text)


def is_unit(text: str) -> bool:
    """Whether a heading is only the unit of what stands above it: ``(orang)``."""
    folded = fold_words(text)
    return folded in words("units") or is_in_thousands(text)
