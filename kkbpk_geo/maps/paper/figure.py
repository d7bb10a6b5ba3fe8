"""The figure of a print: a matplotlib figure that Jupyter shows without pyplot.

In:     nothing. Out: :class:`PrintFigure`.
"""

from __future__ import annotations

from io import BytesIO

from matplotlib.figure import Figure

from kkbpk_geo.maps.paper.style import own_settings

_ON_SCREEN = 100  # dots per inch


class PrintFigure(Figure):
    """A matplotlib figure; save it with :func:`kkbpk_geo.maps.static.save_figure`."""

    def _repr_png_(self) -> bytes:
        """Return the sheet as a picture, for a notebook."""
        buffer = BytesIO()
        with own_settings():
            self.savefig(
                buffer, format="png", dpi=_ON_SCREEN, metadata={"Software": None}
            )
        return buffer.getvalue()
