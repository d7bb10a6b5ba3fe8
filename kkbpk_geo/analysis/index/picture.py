"""Ranks as they are: a dot where the index puts a region, a line where it could be.

In:     a table of ranks with their intervals; a comparison of two periods.
Out:    a matplotlib Figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from kkbpk_geo.analysis.frames import province_of
from kkbpk_geo.analysis.paper import HIGH, INK, LOW, PLAIN, paper
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_ROW = 0.26  # inches per region
_LEAST_HEIGHT = 3.2
_FEW = 60  # above it, names would be unreadable


def draw_rank_intervals(table: pd.DataFrame, language: Language = "id") -> Figure:
    """Draw rank, median and 5-95 % interval of every region that has one.

    Parameters
    ----------
    table : DataFrame, index region_code
        ``rank, rank_median, rank_low, rank_high``.
    """
    known = table.dropna(subset=["rank"]).sort_values("rank", kind="stable")
    figure, axes = paper(
        label("ranks_title", language), label("analysis_rank", language), "", language
    )
    figure.set_figheight(max(_LEAST_HEIGHT, 1.4 + _ROW * min(len(known), _FEW)))
    at = list(range(len(known)))
    low, high = (known[c].to_numpy(float) for c in ("rank_low", "rank_high"))
    axes.hlines(
        at, low, high, color=LOW, linewidth=5, alpha=0.35,
        label=label("ranks_interval", language),
    )  # fmt: skip
    axes.plot(
        known["rank_median"].to_numpy(float), at, "|", color=LOW, markersize=10,
        markeredgewidth=2, label=label("ranks_median", language),
    )  # fmt: skip
    axes.plot(
        known["rank"].to_numpy(float), at, "o", color=INK, markersize=5,
        label=label("ranks_reference", language),
    )  # fmt: skip
    if len(known) <= _FEW:
        names = [place_name(c).replace("$", r"\$") for c in known.index]
        axes.set_yticks(at, names)
    axes.invert_yaxis()
    figure.legend(loc="outside lower center", ncols=3, fontsize=8, frameon=False)
    return figure


def draw_slopes(
    table: pd.DataFrame,
    words: tuple[str, str, str, int],
    language: Language = "id",
) -> Figure:
    """Draw one line per region from the earlier to the later value.

    Parameters
    ----------
    table : DataFrame, index region_code
        ``earlier, later``, and ``better``: whether the change is for the better
        (missing where neither).
    words : (title, earlier period, later period, digits)
    """
    title, before, after, digits = words
    known = table.dropna(subset=["earlier", "later"])
    figure, axes = paper(title, "", "", language)
    figure.set_figheight(max(_LEAST_HEIGHT + 1.5, 1.4 + _ROW * len(known)))
    colours = {True: LOW, False: HIGH}
    province = province_of(known.index) if len(known) else ""
    for code, row in known.iterrows():
        axes.plot(
            [0, 1], [row["earlier"], row["later"]], "-o", markersize=4,
            linewidth=3.2 if code == province else 1.4,
            color=PLAIN if pd.isna(row["better"]) else colours[bool(row["better"])],
        )  # fmt: skip
    span = [*known["earlier"], *known["later"]]
    gap = (max(span) - min(span) or 1) / max(1.25 * len(known), 8) if span else 1
    for column, x, side in (("earlier", 0, "right"), ("later", 1, "left")):
        for code, y, place in _spread(known[column].astype(float), gap):
            number = format_number(y, digits, language)
            axes.annotate(
                f"{place_name(code)} {number}".replace("$", r"\$"),
                (x, y), (x + (-0.04 if x == 0 else 0.04), place), ha=side,
                va="center", fontsize=8, color=INK,
            )  # fmt: skip
    axes.set_xlim(-0.75, 1.75)
    axes.set_xticks([0, 1], [before, after])
    axes.set_yticks([])
    axes.spines[["left"]].set_visible(False)
    axes.grid(visible=False)
    return figure


def _spread(values: pd.Series[float], gap: float) -> list[tuple[object, float, float]]:
    """Place labels in order, at least ``gap`` apart, near their values."""
    ordered = values.sort_values(kind="stable")
    places: list[float] = []
    for y in ordered:
        places.append(max(y, places[-1] + gap) if places else y)
    drift = sum(p - y for p, y in zip(places, ordered, strict=True)) / max(
        len(places), 1
    )
    return [
        (code, float(y), place - drift)
        for (code, y), place in zip(ordered.items(), places, strict=True)
    ]
