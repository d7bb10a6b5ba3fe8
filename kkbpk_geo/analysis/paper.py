"""The paper that the pictures of an analysis are drawn on.

In:     words. Out: a Figure with one set of axes, quiet lines, numbers as the reader
        writes them, and names of points.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kkbpk_geo.analysis.placing import Box, around, lead_end, place_names
from kkbpk_geo.base.formats import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Annotation


INK, SOFT, GRID = "#1d2a33", "#51606b", "#d9dee1"
# Up to so many points each has its name; beyond, only those that stand out.
FEW_NAMES = 20
# Inches for a region's row: two lines of the 8-point names fit.
ROW = 0.26
_INCH = 72  # points
_POINT = 7  # pixels around a point that no name covers
_LINE = 2  # pixels to either side of a line that no name covers
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


def write_names(
    axes: Axes,
    places: Iterable[tuple[str, float, float]],
    *,
    lines: Iterable[tuple[str, float]] = (),
) -> None:
    """Write names beside points, each where it lies on no point, line or other name.

    The legend has to stand before: how large the axes are decides what lies where. Of
    more points than a picture has room to name none is named, and no name that has no
    place of its own: the table names all.

    Parameters
    ----------
    axes : Axes
    places : iterable of (name, x, y)
    lines : iterable of ("x" or "y", value)
        Straight lines through the whole picture, at a value of that axis.
    """
    named = list(places)
    if not named or len(named) > _MOST_NAMES:
        return
    axes.figure.draw_without_rendering()  # type: ignore[union-attr]
    points = axes.transData.transform([(x, y) for _, x, y in named]).tolist()
    texts = [
        axes.annotate(
            as_plain(name), (x, y), xytext=(0, 0), textcoords="offset points",
            ha="center", va="center", fontsize=7, color=INK,
        )
        for name, x, y in named
    ]  # fmt: skip
    boxes = [text.get_window_extent() for text in texts]
    unit = axes.figure.dpi / _INCH
    sizes = [(box.width, box.height) for box in boxes]
    marks = [around((x, y), _POINT, _POINT) for x, y in points]
    across = [_along(axes, axis, value) for axis, value in lines]
    found = place_names(
        points, sizes, taken=marks, lines=across, room=_room(axes), unit=unit
    )
    for text, box, place in zip(texts, boxes, found, strict=True):
        if not place.free:
            text.remove()
            continue
        middle = place.dx / unit, place.dy / unit
        text.set_position(middle)
        if not place.beside:
            own = around(middle, box.width / unit / 2, box.height / unit / 2)
            _lead(axes, text, lead_end((0, 0), own))


def _lead(axes: Axes, text: Annotation, end: tuple[float, float]) -> None:
    """Draw the line from a name to its point."""
    line = {"arrowstyle": "-", "color": SOFT, "linewidth": 0.5, "shrinkA": 0}
    axes.annotate("", text.xy, xytext=end, textcoords="offset points", arrowprops=line)


def _room(axes: Axes) -> Box:
    """Return the box that the axes fill, in pixels."""
    box = axes.bbox
    return box.x0, box.y0, box.x1, box.y1


def _along(axes: Axes, axis: str, value: float) -> Box:
    """Return the box of a straight line through the whole picture."""
    left, bottom, right, top = _room(axes)
    x, y = axes.transData.transform((value, value)).tolist()
    if axis == "x":
        return x - _LINE, bottom, x + _LINE, top
    return left, y - _LINE, right, y + _LINE


def as_plain(text: str) -> str:
    """Return a text that is drawn as it is: matplotlib reads ``$`` as mathematics."""
    return text.replace("$", r"\$")


def write_legend(figure: Figure, columns: int = 3) -> None:
    """Put the legend under the picture, where it hides nothing."""
    figure.legend(frameon=False, fontsize=8, ncols=columns, loc="outside lower center")
