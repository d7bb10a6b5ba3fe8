"""The paper that the pictures of an analysis are drawn on.

In:     words. Out: a Figure with one set of axes, quiet lines, numbers as the reader
        writes them, and names of points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kkbpk_geo.base.formats import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Annotation
    from matplotlib.transforms import Bbox, BboxBase


INK, SOFT, GRID = "#1d2a33", "#51606b", "#d9dee1"
# Up to so many points each has its name; beyond, only those that stand out.
FEW_NAMES = 20
# Inches for a region's row: two lines of the 8-point names fit.
ROW = 0.26
_INCH = 72  # points
_POINT = 7  # pixels around a point that no name covers
# Places of a name: so far from its point, and in rings a line further out each; those
# of the first ring are beside the point.
_GAP, _RINGS, _BESIDE = 4, 16, 8
_LINES = 1  # points between two names
_SWAP = str.maketrans(",.", ".,")


def paper(title: str, x: str, y: str, language: Language) -> tuple[Figure, Axes]:
    """Return a figure and its axes with title and axis words."""
    from matplotlib.figure import Figure

    def tick(value: float, _: object) -> str:
        text = f"{value:,.6g}"
        return text.translate(_SWAP) if language == "id" else text

    figure = Figure(figsize=(7.2, 6), dpi=150, facecolor="white", layout="constrained")
    axes = figure.add_subplot()
    axes.set_title(title, loc="left", color=INK, fontsize=12, fontweight="bold")
    axes.set_xlabel(x, color=SOFT)
    axes.set_ylabel(y, color=SOFT)
    axes.tick_params(colors=SOFT)
    axes.xaxis.set_major_formatter(tick)
    axes.yaxis.set_major_formatter(tick)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(color=GRID, linewidth=0.6)
    axes.set_axisbelow(True)
    return figure, axes


_MOST_NAMES = 60  # of 7 points; with more of them no point would be seen


def logarithmic(axes: Axes) -> None:
    """Make the x axis logarithmic, with ticks at 1, 2 and 5."""
    from matplotlib.ticker import LogLocator, NullLocator

    tick = axes.xaxis.get_major_formatter()
    axes.set_xscale("log")
    axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(tick)


def write_names(axes: Axes, places: Iterable[tuple[str, float, float]]) -> None:
    """Write names beside points, each where it lies on no point and no other name.

    The legend has to stand before: how large the axes are decides what lies where. Of
    more points than a picture has room to name none is named: the table names all.
    """
    named = list(places)
    if len(named) > _MOST_NAMES:
        return
    axes.figure.draw_without_rendering()  # type: ignore[union-attr]
    points = axes.transData.transform([(x, y) for _, x, y in named] or [(0, 0)])
    taken = [_around(x, y, _POINT, _POINT) for x, y in points.tolist()]
    for name, x, y in named:
        text = axes.annotate(
            as_plain(name), (x, y), xytext=(0, 0), textcoords="offset points",
            ha="center", va="center", fontsize=7, color=INK,
        )  # fmt: skip
        taken.append(_settle(text, axes, taken))


def _settle(text: Annotation, axes: Axes, taken: list[Bbox]) -> Bbox:
    """Move a name to the nearest place that is free, and return where it lies."""
    box = text.get_window_extent()
    unit = axes.figure.dpi / _INCH
    wide, high = box.width / unit, box.height / unit
    shifts = list(_shifts(wide, high))
    boxes = [box.translated(dx * unit, dy * unit) for dx, dy in shifts]
    covered = [_covered(each, axes.bbox, taken) for each in boxes]
    # Where there is no free place at all, the one that hides the least.
    best = min(range(len(shifts)), key=covered.__getitem__)
    dx, dy = shifts[best]
    text.set_position((dx, dy))
    if best >= _BESIDE:
        # To the side of the name that is nearest to its point.
        end = (_nearest(dx, wide / 2), _nearest(dy, high / 2))
        line = {"arrowstyle": "-", "color": SOFT, "linewidth": 0.5, "shrinkA": 0}
        axes.annotate(
            "", text.xy, xytext=end, textcoords="offset points", arrowprops=line
        )
    return boxes[best]


def _nearest(middle: float, half: float) -> float:
    """Return the number nearest to 0 that lies within so much of the middle."""
    return max(middle - half, min(0.0, middle + half))


def _shifts(wide: float, high: float) -> Iterator[tuple[float, float]]:
    """Yield where a name may stand, from its point, in points: the nearest first."""
    for ring in range(_RINGS):
        away = _GAP + ring * (high + _LINES)
        right, up = away + wide / 2, away + high / 2
        yield from ((right, 0), (-right, 0), (0, up), (0, -up))
        yield from ((right, up), (-right, up), (right, -up), (-right, -up))


def _covered(box: Bbox, inside: BboxBase, taken: Iterable[Bbox]) -> float:
    """Return how much of a place is taken, or lies outside of the axes."""
    from matplotlib.transforms import Bbox

    area = box.width * box.height
    within = Bbox.intersection(box, inside)
    outside = area - (within.width * within.height if within else 0)
    shared = (Bbox.intersection(box, each) for each in taken)
    return outside + sum(each.width * each.height for each in shared if each)


def _around(x: float, y: float, wide: float, high: float) -> Bbox:
    from matplotlib.transforms import Bbox

    return Bbox.from_extents(x - wide, y - high, x + wide, y + high)


def as_plain(text: str) -> str:
    """Return a text that is drawn as it is: matplotlib reads ``$`` as mathematics."""
    return text.replace("$", r"\$")


def write_legend(figure: Figure, columns: int = 3) -> None:
    """Put the legend under the picture, where it hides nothing."""
    figure.legend(frameon=False, fontsize=8, ncols=columns, loc="outside lower center")
