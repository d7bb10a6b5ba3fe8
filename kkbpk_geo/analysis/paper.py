"""The paper that the pictures of an analysis are drawn on.

In:     words. Out: a Figure with one set of axes, quiet lines, numbers as the reader
        writes them, and names of points.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kkbpk_geo.base.formats import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


INK, SOFT, GRID = "#1d2a33", "#51606b", "#d9dee1"
# Up to so many points each has its name; beyond, only those that stand out.
FEW_NAMES = 20
# Inches for a region's row: two lines of the 8-point names fit.
ROW = 0.26
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


def logarithmic(axes: Axes) -> None:
    """Make the x axis logarithmic, with ticks at 1, 2 and 5."""
    from matplotlib.ticker import LogLocator, NullLocator

    tick = axes.xaxis.get_major_formatter()
    axes.set_xscale("log")
    axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(tick)


def write_names(axes: Axes, places: Iterable[tuple[str, float, float]]) -> None:
    """Write names beside points, on the side that has room."""
    low, high = axes.get_xlim()
    is_log = axes.get_xscale() == "log"
    # The middle that the eye sees: on a logarithmic axis the geometric mean.
    middle = (low * high) ** 0.5 if is_log else (low + high) / 2
    for name, x, y in places:
        side, shift = ("right", -5) if x > middle else ("left", 5)
        axes.annotate(
            as_plain(name),
            (x, y),
            xytext=(shift, 4),
            textcoords="offset points",
            ha=side,
            fontsize=7,
            color=INK,
        )


def as_plain(text: str) -> str:
    """Return a text that is drawn as it is: matplotlib reads ``$`` as mathematics."""
    return text.replace("$", r"\$")


def write_legend(figure: Figure, columns: int = 3) -> None:
    """Put the legend under the picture, where it hides nothing."""
    figure.legend(frameon=False, fontsize=8, ncols=columns, loc="outside lower center")
