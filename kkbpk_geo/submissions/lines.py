"""The grid in a terminal: a row per district, a letter per table; no colour needed.

Why: who checks a folder asks first what is missing. It must be read in eighty columns,
in a log, and aloud.

In:     a :class:`~kkbpk_geo.submissions.cells.CellGrid`, how wide the terminal is.
Out:    lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import ascii_uppercase
from textwrap import wrap

from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.submissions.cells import STATES, CellGrid
from kkbpk_geo.submissions.words import (
    in_order,
    lacks,
    of_period,
    say_grid,
    table_word,
)

# Of a state in one letter: told apart without colour, and on any keyboard.
LETTERS = {
    "sent": "v", "absent": "-", "two_versions": "2", "unknown_name": "?",
    "refused": "x",
}  # fmt: skip
_WIDE = 80  # columns of a terminal that does not say
_MOST_ROWS = 40  # districts that fit on a screen; of more only exceptions
_MOST_LACKS = 12
_GAP = 1  # blank columns between heads


def grid_lines(
    grid: CellGrid, language: Language = "id", *, width: int = _WIDE
) -> list[str]:
    """Say who has sent what in lines of at most ``width`` letters, if names allow.

    Parameters
    ----------
    grid : SubmissionGrid
    language : {"id", "en"}
    width : int

    Returns
    -------
    list of str
        The answer; the newest month as a grid; other periods counted; exceptions.

    Examples
    --------
    >>> import kkbpk_geo as kg
    >>> from kkbpk_geo.submissions import submission_grid
    >>> rows = [["KABUPATEN", "JUMLAH BKB", "BULAN"], ["Mesuji", 4, "MEI 2025"]]
    >>> grid = submission_grid([kg.read_table(rows)])
    >>> [line for line in grid_lines(grid) if "Mesuji" in line]
    ['Mesuji              v   1/1']
    """
    lines = [line for said in say_grid(grid, language) for line in wrap(said, width)]
    if grid.cells:
        lines += ["", *_newest(grid, language, width)]
        lines += _others(grid, language)
    return [*lines, *_lacks(grid, language, width)]


def _newest(grid: CellGrid, language: Language, width: int) -> Iterator[str]:
    period = grid.newest
    kinds = grid.expected[period]
    left = max(map(len, _names(grid, period)))
    heads = [table_word(kind, language) for kind in kinds]
    share = len(f"{len(kinds)}/{len(kinds)}")
    whole = left + sum(len(head) + _GAP for head in heads) + 1 + share
    yield _title(period, language)
    # Names that do not fit become letters, and a line says which is which.
    if whole > width:
        pairs = list(zip(ascii_uppercase, heads, strict=False))
        yield from _wrapped([f"{letter} {head}" for letter, head in pairs], width)
        heads = [letter for letter, _ in pairs]
    yield _row("", heads, "", left, heads)
    yield from _rows(grid, period, heads, left, language)
    signs = [f"{LETTERS[s]} {label(f'submission_sign_{s}', language)}" for s in STATES]
    yield from _wrapped(signs, width)


def _title(period: str, language: Language) -> str:
    period = of_period(period, language)
    return label("submission_grid", language).format(period=period)


def _names(grid: CellGrid, period: str) -> list[str]:
    strays = [f'"{stray.written}"' for stray in grid.loose(period)]
    return [*grid.regions.values(), *(name for name in strays if len(name) < _WIDE)]


def _rows(
    grid: CellGrid, period: str, heads: Sequence[str], left: int, language: Language
) -> Iterator[str]:
    kinds = grid.expected[period]
    quiet = 0
    for code, name in grid.there(period).items():
        row = grid.row(code, period)
        sent = sum(cell.state == "sent" for cell in row.values())
        if sent == len(row) and len(grid.regions) > _MOST_ROWS:
            quiet += 1
            continue
        marks = [LETTERS[cell.state] for cell in row.values()]
        yield _row(name, marks, f"{sent}/{len(row)}", left, heads)
    if quiet:
        yield label("submission_quiet", language).format(
            n=format_number(quiet, 0, language)
        )
    for stray in grid.loose(period):
        mark = {stray.table: LETTERS[stray.state]}
        marks = [mark.get(kind, " ") for kind in kinds]
        if any(mark.strip() for mark in marks):
            yield _row(f'"{stray.written}"', marks, "", left, heads).rstrip()


def _row(
    name: str, marks: Sequence[str], share: str, left: int, heads: Sequence[str]
) -> str:
    cells = (f"{' ' * _GAP}{m:<{len(h)}}" for m, h in zip(marks, heads, strict=True))
    return f"{name:<{left}}{''.join(cells)} {share}".rstrip()


def _wrapped(parts: Sequence[str], width: int) -> Iterator[str]:
    """Put parts side by side, as many as fit."""
    line = ""
    for part in parts:
        longer = f"{line}, {part}" if line else part
        if line and len(longer) > width:
            yield line
            longer = part
        line = longer
    yield line


def _others(grid: CellGrid, language: Language) -> list[str]:
    """Count the other periods, a line each."""
    found = []
    for period in in_order(grid)[1:]:
        sent, every = grid.count(period)
        title = _title(period, language)
        share = label("submission_share", language).format(
            n=format_number(sent, 0, language), all=format_number(every, 0, language)
        )
        found.append(f"{title}: {share}")
    return found


def _lacks(grid: CellGrid, language: Language, width: int) -> list[str]:
    every = lacks(grid, language)
    if not every:
        return []
    lines = ["", label("submission_calls", language)]
    for one in every[:_MOST_LACKS]:
        lines += wrap(
            f"- {one.sentence}", width, initial_indent="  ", subsequent_indent="    "
        )
    if len(every) > _MOST_LACKS:
        more = label("submission_more", language)
        over = format_number(len(every) - _MOST_LACKS, 0, language)
        lines.append(f"  {more.format(n=over)}")
    return lines
