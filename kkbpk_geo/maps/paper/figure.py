"""The figure of a print: one that Jupyter shows without pyplot, and axes on it.

In:     a :class:`Sheet` and its boxes. Out: :class:`PrintFigure`, axes.
"""

from __future__ import annotations

from io import BytesIO

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kkbpk_geo.maps.paper.sheet import Box, Sheet
from kkbpk_geo.maps.paper.style import own_settings

_ON_SCREEN = 100  # dots per inch


class PrintFigure(Figure):
    """A matplotlib figure; ``save_figure`` saves it the same each time."""

    def _repr_png_(self) -> bytes:
        """Return the sheet as a picture, for a notebook."""
        buffer = BytesIO()
        with own_settings():
            self.savefig(
                buffer, format="png", dpi=_ON_SCREEN, metadata={"Software": None}
            )
        return buffer.getvalue()


def blank(sheet: Sheet) -> Figure:
    """Return an empty figure of the size of the sheet."""
    size = (sheet.width / 72, sheet.height / 72)  # a point is 1/72 inch
    return PrintFigure(figsize=size, dpi=150, facecolor="white")


def placed_axes(figure: Figure, sheet: Sheet, box: Box) -> Axes:
    """Return axes that fill a box of the sheet."""
    return figure.add_axes(
        (
            box.left / sheet.width,
            box.bottom / sheet.height,
            box.width / sheet.width,
            box.height / sheet.height,
        )
    )


def paper(figure: Figure, sheet: Sheet, box: Box) -> Axes:
    """Return bare axes for words in a box: points, y grows downwards."""
    axes = placed_axes(figure, sheet, box)
    axes.set_axis_off()
    axes.set_xlim(0, box.width)
    axes.set_ylim(box.height, 0)
    return axes
