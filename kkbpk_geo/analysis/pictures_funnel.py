"""The funnel: rates against denominators, and how far chance alone would scatter them.

In:     a Funnel. Out: a matplotlib Figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kkbpk_geo.analysis.frames import place_name
from kkbpk_geo.analysis.pictures_paper import (
    FEW_NAMES,
    HIGH,
    INK,
    LOW,
    PLAIN,
    logarithmic,
    paper,
    write_legend,
    write_names,
)
from kkbpk_geo.analysis.wording import shown
from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.labels import label

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from kkbpk_geo.analysis.funnel import Funnel

_DRAWN = (
    ("higher", HIGH, "^"),
    ("lower", LOW, "v"),
    ("as_expected", PLAIN, "o"),
)
_WIDE = 20  # largest over smallest denominator from which the axis is logarithmic


def draw_funnel(funnel: Funnel, language: Language = "id") -> Figure:
    """Draw rates, the rate compared with, and the 95 and 99.8 % limits."""
    judged = funnel.table[funnel.table["p"].notna()]
    figure, axes = paper(
        label("funnel_title", language),
        label("funnel_x", language),
        label("funnel_y", language),
        language,
    )
    people = judged["population"].to_numpy(float)
    wide = people.max() > _WIDE * people.min()
    span = np.linspace if not wide else np.geomspace
    along = span(max(people.min() * 0.8, 1), people.max() * 1.1, 200)
    for name, alpha, dash in (("95", 0.05, "--"), ("998", 0.002, "-")):
        low, high = funnel.limits(along, alpha)
        words = label(f"funnel_limit_{name}", language)
        axes.plot(along, 100 * low, color=INK, linewidth=0.8, linestyle=dash)
        axes.plot(
            along, 100 * high, color=INK, linewidth=0.8, linestyle=dash, label=words
        )
    axes.axhline(
        100 * funnel.target,
        color=INK,
        linewidth=1.2,
        label=label("funnel_target", language).format(
            target=shown(100 * funnel.target, language)
        ),
    )
    for verdict, colour, marker in _DRAWN:
        own = judged[judged["verdict"] == verdict]
        if own.empty:
            continue
        axes.scatter(
            own["population"],
            100 * own["rate"],
            c=colour,
            marker=marker,
            s=32,
            zorder=3,
            label=label(f"verdict_{verdict}", language),
        )
    if wide:
        logarithmic(axes)
    rates = 100 * judged["rate"]
    room = max(0.15 * float(rates.max() - rates.min()), 1e-3)
    low, high = (100 * edge for edge in funnel.limits(people, 0.002))
    axes.set_ylim(
        max(min(rates.min(), np.median(low)) - room, 0),
        min(max(rates.max(), np.median(high)) + room, 100),
    )
    few = len(judged) <= FEW_NAMES
    told = judged if few else judged[judged["verdict"] != "as_expected"]
    write_names(
        axes,
        [
            (place_name(code), row["population"], 100 * row["rate"])
            for code, row in told.iterrows()
        ],
    )
    write_legend(figure)
    return figure
