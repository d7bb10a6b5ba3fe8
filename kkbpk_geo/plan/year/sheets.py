"""The year of a region on sheets of A4, to be printed and pinned up.

Why: a sheet leaves the pile it was printed in. Each says of itself what it is, where
and of when, has its key, and can be read at arm's length.

In:     a Continuity.
Out:    matplotlib Figures, each exactly a sheet of A4 across; the same for the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from kkbpk_geo.base.formats import MONTHS, Language, format_number
from kkbpk_geo.catalogue.labels import label, mark_words
from kkbpk_geo.plan.lines.words import QUARTERS
from kkbpk_geo.plan.year.gantt import (
    BAR_LOOKS,
    BROKEN,
    GRID,
    INK,
    SIGNS,
    SOFT,
    bar_spans,
    gantt_title,
    gantt_works,
    named_rows,
)
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from kkbpk_geo.plan.year.continuity import Continuity

# All in millimetres, from the upper left corner of the paper.
_WIDTH, _HEIGHT = 297.0, 210.0
_LEFT, _RIGHT = 14.0, 283.0
_TITLE, _WHERE, _KEY, _HEADS = 19.0, 26.0, 34.0, 46.0
_FOOT = 201.0
_NAMES = 84.0  # what the names of works take
_INCH = 25.4
ROWS = 22  # on a sheet, between heads and foot
# A row takes two lines of a name, and air. Where there are few rows, they are larger:
# as many of them, their height, points and letters of a name (7 points are the least).
_LARGE = (14, 10.5, 10, 34)
_SMALL = (ROWS, 6.7, 8, 42)
_LINES = 2  # of a name; it is cut after them


def draw_gantts(
    continuity: Continuity, region_code: str | None = None, language: Language = "id"
) -> Iterator[Figure]:
    """Draw a region's year on as many sheets of A4 as it takes, each with its number.

    Raises
    ------
    PlanError
        If the region has no line in the plan.

    Examples
    --------
    >>> from kkbpk_geo.plan import check_continuity, make_plan
    >>> line = {"region_code": "18.10", "year": 2026, "activity_text": "Rakor"}
    >>> plan = make_plan([{**line, "months": (month,)} for month in (3, 9)])
    >>> [sheet] = draw_gantts(check_continuity(plan), "18.10")
    >>> [round(72 * inches) for inches in sheet.get_size_inches()]
    [842, 595]
    """
    works = gantt_works(continuity, region_code)
    rows = named_rows(works, language, placed=not region_code)
    title = gantt_title(continuity, region_code, language)
    months = MONTHS[language]
    where = label("plan_page_where", language).format(
        province=place_name(works[0].region_code[:2]),
        first=months[0],
        last=months[-1],
        year=continuity.year,
        works=format_number(len(works), 0, language),
    )
    mark = mark_words(continuity.marks, language)
    scale = _LARGE if len(rows) <= _LARGE[0] else _SMALL
    starts = range(0, len(rows), ROWS)
    for number, start in enumerate(starts, 1):
        figure = _sheet(title, where, mark, f"{number} / {len(starts)}")
        _draw_key(figure, language)
        _draw_rows(figure, rows[start : start + ROWS], scale, language)
        yield figure


def _sheet(title: str, where: str, mark: str, number: str) -> Figure:
    """Return an empty sheet that says what it is."""
    from matplotlib.figure import Figure

    size = (_WIDTH / _INCH, _HEIGHT / _INCH)
    figure = Figure(figsize=size, dpi=150, facecolor="white")
    _write(figure, _LEFT, _TITLE, title, INK, size=15, weight="bold")
    _write(figure, _LEFT, _WHERE, where, SOFT, size=10.5)
    _write(figure, _RIGHT, _TITLE, mark, BROKEN, size=10.5, weight="bold", ha="right")
    _write(figure, _RIGHT, _FOOT, number, SOFT, size=9, ha="right")
    return figure


def _write(
    figure: Figure,
    x: float,
    y: float,
    text: str,
    colour: str,
    **look: object,
) -> None:
    """Write a text with its base line at a place of the paper."""
    at = x / _WIDTH, 1 - y / _HEIGHT
    # A dollar sign would begin a formula.
    figure.text(*at, text.replace("$", r"\$"), color=colour, **look)  # type: ignore[arg-type]


def _draw_key(figure: Figure, language: Language) -> None:
    from matplotlib.patches import Patch

    handles = [
        Patch(label=label(f"plan_gantt_{kind}", language), **BAR_LOOKS[kind])
        for kind in SIGNS
    ]
    figure.legend(
        handles=handles, loc="center left", ncols=len(handles), frameon=False,
        fontsize=9, bbox_to_anchor=(_LEFT / _WIDTH, 1 - _KEY / _HEIGHT),
        borderpad=0, borderaxespad=0, handlelength=1.6, columnspacing=1.6,
        labelcolor=INK,
    )  # fmt: skip


def _draw_rows(
    figure: Figure,
    rows: Sequence[tuple[str, Sequence[str]]],
    scale: tuple[int, float, int, int],
    language: Language,
) -> None:
    """Draw works as bars below the months; all sheets of a region on one scale."""
    _, row, points, letters = scale
    left, height = _LEFT + _NAMES, len(rows) * row
    box = (
        left / _WIDTH,
        1 - (_HEADS + height) / _HEIGHT,
        (_RIGHT - left) / _WIDTH,
        height / _HEIGHT,
    )
    axes = figure.add_axes(box)
    for y, (_, cells) in enumerate(rows):
        for kind, start, length in bar_spans(list(cells)):
            axes.barh(
                y, length, left=start, height=0.62, linewidth=0.8, **BAR_LOOKS[kind]
            )
    axes.set_xlim(0, 12)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.spines[:].set_visible(False)
    names = [_fitting(name, letters).replace("$", r"\$") for name, _ in rows]
    axes.set_yticks(range(len(rows)), names, ha="left", color=INK, size=points)
    axes.tick_params(axis="y", length=0, pad=_NAMES * 72 / _INCH)
    _draw_months(axes, len(rows), language)


def _draw_months(axes: Axes, rows: int, language: Language) -> None:
    """Name months and quarters, and rule them."""
    axes.xaxis.tick_top()
    short = [name[:3] for name in MONTHS[language]]
    middles = [month + 0.5 for month in range(len(short))]
    axes.set_xticks(middles, short, size=9, color=INK)
    axes.tick_params(axis="x", length=0, pad=2)
    said = label("plan_quarter", language)
    for n, roman in enumerate(QUARTERS, 1):
        axes.annotate(
            said.format(roman=roman, n=n), (3 * n - 1.5, 1),
            xycoords=("data", "axes fraction"), xytext=(0, 16),
            textcoords="offset points", ha="center", size=9, weight="bold", color=INK,
        )  # fmt: skip
    for edge in range(len(short) + 1):
        quarter = edge % 3 == 0
        axes.axvline(edge, color=SOFT if quarter else GRID, linewidth=0.6, zorder=0)
    for row in range(rows + 1):
        # The rules go on below the names, so that the eye keeps its line.
        left = -12 * _NAMES / (_RIGHT - _LEFT - _NAMES)
        axes.plot(
            [left, 12], [row - 0.5] * 2, color=GRID, linewidth=0.5, zorder=0,
            clip_on=False,
        )  # fmt: skip


def _fitting(name: str, letters: int) -> str:
    """Break a name over the lines that a row has; cut what is longer still."""
    lines = wrap(name, letters, max_lines=_LINES, placeholder="…")
    return "\n".join(lines)
