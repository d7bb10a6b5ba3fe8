"""Pictures for planning: need against service, results against what is due.

In:     Quadrants; an Achievement. Out: a matplotlib Figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kkbpk_geo.analysis.frames import item_name, place_name
from kkbpk_geo.analysis.pictures_paper import (
    FEW_NAMES,
    HIGH,
    INK,
    LOW,
    PLAIN,
    SOFT,
    paper,
    write_names,
)
from kkbpk_geo.analysis.quadrants import KINDS
from kkbpk_geo.base.formats import Language, format_period
from kkbpk_geo.catalogue.labels import label

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from kkbpk_geo.analysis.achievement_result import Achievement
    from kkbpk_geo.analysis.quadrants import Quadrants

_LOOKS = {
    "build": (HIGH, "^"),
    "activate": ("#c98a1b", "s"),
    "prepare": (PLAIN, "o"),
    "keep": (LOW, "D"),
}
_BARS = {
    "reached": LOW,
    "on_track": LOW,
    "near": "#c98a1b",
    "behind": HIGH,
    "no_target": PLAIN,
}
_ROW = 0.26


def draw_quadrants(quadrants: Quadrants, language: Language = "id") -> Figure:
    """Draw need (up) against service (right), with both lines."""
    table, need, service = quadrants.table, quadrants.need, quadrants.service
    across, up = (
        f"{item_name(line.column, language)}: {line.words(language, whole=False)}"
        for line in (service, need)
    )
    figure, axes = paper(label("quadrant_title", language), across, up, language)
    for kind in KINDS.values():
        own = table[table["kind"] == kind]
        colour, marker = _LOOKS[kind]
        axes.scatter(
            own["service"], own["need"], c=colour, marker=marker, s=38, zorder=3,
            label=f"{label(f'quadrant_{kind}', language)} ({len(own)})",
        )  # fmt: skip
    axes.axvline(service.value, color=INK, linewidth=1)
    axes.axhline(need.value, color=INK, linewidth=1)
    axes.margins(0.12)
    known = table[table["kind"] != ""]
    if len(known) <= FEW_NAMES:
        write_names(
            axes,
            [
                (place_name(code), float(row["service"]), float(row["need"]))
                for code, row in known.iterrows()
            ],
        )
    figure.legend(loc="outside lower center", ncols=2, fontsize=8, frameon=False)
    return figure


def draw_achievement(found: Achievement, language: Language = "id") -> Figure:
    """Draw a bar per district, most behind first, and what is due by now."""
    table = found.districts.dropna(subset=["achievement"])
    due = 100 * table["prorata_target"] / table["target"]
    order = (table["achievement"] / due).sort_values(ascending=False, kind="stable")
    table, due = table.loc[order.index], due.loc[order.index]
    title = label("achieve_title", language).format(
        through=format_period(found.through, language)
    )
    figure, axes = paper(title, label("achieve_axis", language), "", language)
    figure.set_figheight(max(3.2, 1.6 + _ROW * len(table)))
    at = list(range(len(table)))
    axes.barh(
        at, table["achievement"].to_numpy(), height=0.62,
        color=[_BARS[s] for s in table["status"]],
    )  # fmt: skip
    axes.plot(
        due.to_numpy(), at, "|", color=INK, markersize=13, markeredgewidth=2,
        label=label("achieve_due", language),
    )  # fmt: skip
    axes.axvline(100, color=SOFT, linewidth=1)
    axes.set_yticks(at, [place_name(c).replace("$", r"\$") for c in table.index])
    figure.legend(loc="outside lower center", fontsize=8, frameon=False)
    return figure
