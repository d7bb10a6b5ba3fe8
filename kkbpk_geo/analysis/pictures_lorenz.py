"""The Lorenz curve: which share of the people has which share of the total.

In:     an Inequality. Out: a matplotlib Figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kkbpk_geo.analysis.pictures_paper import HIGH, LOW, PLAIN, paper, write_legend
from kkbpk_geo.analysis.wording import shown
from kkbpk_geo.base.errors import IndicatorError
from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.labels import label

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from kkbpk_geo.analysis.inequality import Inequality

_LINES = {"lorenz": (LOW, "-"), "concentration": (HIGH, "--")}


def draw_lorenz(inequality: Inequality, language: Language = "id") -> Figure:
    """Draw the curves against the line of equality.

    Raises
    ------
    IndicatorError
        If there is no curve: a value is negative, or all are 0.
    """
    curves = inequality.curves
    if curves.empty:
        msg = (
            "there is no Lorenz curve: a value is negative or all are 0; it needs "
            "shares of a total."
        )
        raise IndicatorError(msg)
    figure, axes = paper(
        label("lorenz_title", language).format(
            gini=shown(inequality["gini"], language)
        ),
        label("lorenz_x", language),
        label("lorenz_y", language),
        language,
    )
    even = label("lorenz_equal", language)
    axes.plot([0, 100], [0, 100], color=PLAIN, linewidth=1, label=even)
    for name, curve in curves.groupby("curve", sort=False):
        colour, dash = _LINES[str(name)]
        axes.plot(
            100 * curve["population_share"],
            100 * curve["value_share"],
            color=colour,
            linestyle=dash,
            marker="o",
            markersize=3,
            label=label(f"lorenz_{name}", language),
        )
    axes.set_aspect("equal")
    axes.set_xlim(0, 100)
    axes.set_ylim(0, 100)
    write_legend(figure)
    return figure
