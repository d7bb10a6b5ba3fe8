"""The year as small matrices: a table each, district by month; only exceptions stand.

Why: a year of nine tables is 1,620 cells; the eye finds the dozen that are outlined.

In:     a :class:`~kkbpk_geo.submissions.cells.CellGrid`. Out: paths to draw.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.submissions.cells import STATES, CellGrid, is_month
from kkbpk_geo.submissions.words import period_word, table_word

# Pixels: of a cell, of the letters above, of the names beside; names end before cells.
CELL, TOP, LEFT, GAP = 13, 16, 132, 6
MONTHS = 12
# State -> the stroke in its box, of a cell whose corner is (x, y): one stroke, two
# bars, a ring, a cross.
_STROKES = {
    "absent": "M{a} {d}L{d2} {a2}",
    "two_versions": "M{b} {a2}v7M{c} {a2}v7",
    "unknown_name": "M{a} {m}a3 3 0 1 0 6 0a3 3 0 1 0-6 0",
    "refused": "M{a} {a2}l6 6m0-6l-6 6",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """One table: heads above, names beside, paths by state.

    Attributes
    ----------
    caption : str
    names : sequence of (y, name)
    heads : sequence of (x, letters)
    boxes : str
        Outlines of exceptions, refused ones apart in ``dark``.
    marks, crosses : str
        What stands in them.
    field, lines : str
        All cells, and what is between them.
    width, height : int
    """

    caption: str
    names: Sequence[tuple[int, str]]
    heads: Sequence[tuple[int, str]]
    boxes: str
    dark: str
    marks: str
    crosses: str
    field: str
    lines: str
    width: int
    height: int


def matrices(grid: CellGrid, language: Language, most: int) -> tuple[list[Matrix], int]:
    """Return a matrix for each table, and how many districts are not drawn.

    ``most``: up to so many districts all are drawn; else those with an exception.
    """
    codes = list(grid.regions)
    if not grid.cells:
        return [], 0
    if len(codes) > most:
        late = {key[0] for key, cell in grid.cells.items() if cell.state != "sent"}
        codes = [code for code in codes if code in late]
    # Tables by the year stand behind those by the month.
    kinds = sorted(grid.tables, key=lambda kind: kind not in grid.expected[grid.newest])
    drawn = [_matrix(grid, kind, codes, language) for kind in kinds]
    return drawn, len(grid.regions) - len(codes)


def _matrix(
    grid: CellGrid, kind: str, codes: Sequence[str], language: Language
) -> Matrix:
    periods = [p for p in grid.periods if kind in grid.expected[p]]
    counts = [grid.count_table(kind, period) for period in periods]
    sent = sum(number for number, _ in counts)
    every = sum(number for _, number in counts)
    caption = label("submission_caption", language).format(
        table=table_word(kind, language),
        n=format_number(sent, 0, language),
        all=format_number(every, 0, language),
    )
    rows = [(_middle(row), grid.regions[code]) for row, code in enumerate(codes)]
    lefts = [LEFT + at * CELL for at in range(len(periods))]
    heads = [
        (left + CELL // 2, _letter(period, language))
        for left, period in zip(lefts, periods, strict=True)
    ]
    spots = _spots(grid, kind, codes, periods)
    dark = spots.pop("refused", [])
    spots.pop("sent", None)
    return Matrix(
        caption=caption,
        names=rows,
        heads=heads,
        boxes="".join(_box(spot) for each in spots.values() for spot in each),
        dark="".join(map(_box, dark)),
        marks=_strokes(spots),
        crosses=_strokes({"refused": dark}),
        field=f"M{LEFT} {TOP}h{len(periods) * CELL}v{len(codes) * CELL}H{LEFT}z",
        lines=_lines(len(periods), len(codes)),
        # As wide as a year: a table by the year is one column, in the same scale.
        width=LEFT + max(len(periods), MONTHS) * CELL,
        height=TOP + len(codes) * CELL,
    )


def _spots(
    grid: CellGrid, kind: str, codes: Sequence[str], periods: Sequence[str]
) -> dict[str, list[tuple[int, int]]]:
    """Return the corners of the cells by state, in the order of the states."""
    found: dict[str, list[tuple[int, int]]] = {}
    for row, code in enumerate(codes):
        for column, period in enumerate(periods):
            cell = grid.cell(code, kind, period)
            # A district that was founded later is quiet.
            state = cell.state if cell else "sent"
            corner = (LEFT + column * CELL, TOP + row * CELL)
            found.setdefault(state, []).append(corner)
    return {state: found[state] for state in STATES if state in found}


def _strokes(spots: Mapping[str, Sequence[tuple[int, int]]]) -> str:
    return "".join(_stroke(s, spot) for s, each in spots.items() for spot in each)


def sign(state: str) -> str:
    """Return what stands in a box at the corner; of what was sent, nothing."""
    return _stroke(state, (0, 0)) if state in _STROKES else ""


def _middle(row: int) -> int:
    return TOP + row * CELL + 10  # the line that letters stand on


def _letter(period: str, language: Language) -> str:
    """Return the first letter of a month; of a year its last two digits."""
    if not period:
        return "–"
    if is_month(period):
        return period_word(period, language)[0]
    return period[2:4]


def _box(spot: tuple[int, int]) -> str:
    x, y = spot
    return f"M{x + 1} {y + 1}h11v11h-11z"


def _stroke(state: str, spot: tuple[int, int]) -> str:
    x, y = spot
    return _STROKES[state].format(
        a=x + 3, a2=y + 3, b=x + 5, c=x + 8, d=y + 10, d2=x + 10, m=y + 6
    )


BOX = _box((0, 0))
NAMES_END = LEFT - GAP


def _lines(columns: int, rows: int) -> str:
    right, bottom = columns * CELL, rows * CELL
    down = [f"M{LEFT + at * CELL} {TOP}v{bottom}" for at in range(columns + 1)]
    across = [f"M{LEFT} {TOP + at * CELL}h{right}" for at in range(rows + 1)]
    return "".join((*down, *across))
