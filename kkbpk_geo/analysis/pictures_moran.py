"""The Moran scatter: each region against the mean of its neighbours.

In:     Clusters. Out: a matplotlib Figure; the slope of its line is Moran's I where
        there is no island.
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
    paper,
    write_legend,
    write_names,
)
from kkbpk_geo.analysis.wording import shown
from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.labels import label

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from kkbpk_geo.analysis.clusters import Clusters

_DRAWN = (
    ("high_high", HIGH, "^"),
    ("low_low", LOW, "v"),
    ("high_low", HIGH, "D"),
    ("low_high", LOW, "D"),
    ("not_significant", PLAIN, "o"),
    ("too_few_neighbours", PLAIN, "x"),
)


def draw_moran(clusters: Clusters, language: Language = "id") -> Figure:
    """Draw every region that has neighbours; name those that stand out."""
    figure, axes = paper(
        label("clusters_title", language).format(moran=shown(clusters.moran, language)),
        label("clusters_x", language),
        label("clusters_y", language),
        language,
    )
    table = clusters.table
    axes.axhline(0, color=INK, linewidth=0.8)
    axes.axvline(0, color=INK, linewidth=0.8)
    for name, colour, marker in _DRAWN:
        own = table[table["cluster"] == name]
        if len(own):
            axes.scatter(
                own["z"],
                own["lag"],
                c=colour,
                marker=marker,
                s=28,
                zorder=3,
                label=label(f"cluster_{name}", language),
            )
    ends = np.array(axes.get_xlim())
    axes.plot(ends, clusters.moran * ends, color=INK, linestyle="--", linewidth=1)
    axes.set_xlim(*ends)
    drawn = table[table["lag"].notna()]
    standing_out = drawn["cluster"].isin([name for name, _, _ in _DRAWN[:4]])
    told = drawn if len(drawn) <= FEW_NAMES else drawn[standing_out]
    write_names(
        axes,
        [(place_name(code), row["z"], row["lag"]) for code, row in told.iterrows()],
    )
    write_legend(figure)
    return figure
