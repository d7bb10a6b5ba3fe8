"""One map on a sheet: the map, its legend, the worst five, the words around.

In:     a described map, one of its layers, a period. Out: a figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.maps.content.layers import Layer, period_words
from kkbpk_geo.maps.describe import MapDescription
from kkbpk_geo.maps.paper.furniture import (
    INSET,
    draw_foot,
    draw_head,
    draw_inset,
    draw_scale,
    free_corner,
    in_country,
)
from kkbpk_geo.maps.paper.ground import Fill, draw_graticule, draw_ground, fills_of
from kkbpk_geo.maps.paper.letters import Letter, fitted
from kkbpk_geo.maps.paper.names import draw_names
from kkbpk_geo.maps.paper.panels import (
    Corner,
    axes_legend,
    draw_legend,
    draw_reading,
    draw_worst,
    legend_size,
)
from kkbpk_geo.maps.paper.sheet import (
    Box,
    PrintOptions,
    Sheet,
    blank,
    lay_out,
    paper,
    placed_axes,
)
from kkbpk_geo.maps.paper.style import ALERT, INK

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_NAME_SIZE, _SMALL_NAME = 7.6, 5.0
_IN_AXES = 6.0
_MIDDLE = 0.5
_CORNERS: dict[tuple[bool, bool], Corner] = {  # (low, left)
    (True, True): "lower left",
    (True, False): "lower right",
    (False, True): "upper left",
    (False, False): "upper right",
}
_MANY = 60  # regions: smaller names


def draw_page(
    description: MapDescription, layer: Layer, period: str, layout: PrintOptions
) -> Figure:
    """Draw one layer in one period on a sheet."""
    cells, language = layer.cells[period], description.options.language
    figure, sheet, panels = open_sheet(description, layout)
    words = (
        layer.said("label", language),
        subtitle(description, layer, period),
    )
    unit = sheet.unit
    unnamed = draw_map(
        placed_axes(figure, sheet, sheet.map),
        description,
        fills_of(layer, cells),
        layout,
        unit,
    )
    first, *others = panels
    table, notes = (others[0], others[1]) if others else (first, first)
    y = draw_legend(first, layer, cells, language, unit)
    if notes is first:
        y = draw_reading(first, layer, cells, language, (y, unit))
    else:
        draw_reading(notes, layer, cells, language, (0.0, unit))
    if layout.table:
        start = y if table is first else 0.0
        space = (start, table.get_ylim()[0], unit)
        draw_worst(table, description, layer, cells, space)
    close_sheet(figure, sheet, description, layout, (words, unnamed))
    return figure


def draw_into(
    axes: Axes,
    description: MapDescription,
    layer: Layer,
    period: str,
    layout: PrintOptions,
) -> Figure:
    """Draw one layer into axes of the caller's own."""
    cells, language = layer.cells[period], description.options.language
    draw_ground(axes, description, fills_of(layer, cells))
    if layout.graticule:
        draw_graticule(axes, language)
    box, scale = axes.get_window_extent(), axes.figure.dpi / 72
    wide, high = legend_size(layer, cells, language)
    size = (wide * scale / box.width, high * scale / box.height)
    shapes = description.boundaries.geometry.to_numpy()
    left, bottom = free_corner(axes, shapes, size)
    corner = _CORNERS[bottom < _MIDDLE, left < _MIDDLE]
    axes_legend(axes, layer, cells, language, corner)
    x, y = box.x0 + left * box.width, box.y0 + bottom * box.height
    taken = [(x, y, x + wide * scale, y + high * scale)]
    taken.append(draw_scale(axes, shapes, language, 0.8, taken))
    if layout.names:
        draw_names(axes, description, size=_IN_AXES, taken=taken)
    title = _joined(layer.said("label", language), time_words(layer, period, language))
    title, letter = fitted(title, Letter(size=10, bold=True), box.width / scale)
    axes.set_title(title, size=letter.size, weight="bold", color=INK, parse_math=False)
    if description.options.sample:
        axes.text(
            0.5, 0.985, label("map_page_sample", language), transform=axes.transAxes,
            ha="center", va="top", size=8, weight="bold", color="white",
            bbox={"facecolor": ALERT, "edgecolor": "none", "pad": 3}, zorder=10,
        )  # fmt: skip
    figure: Figure = axes.figure  # type: ignore[assignment]
    return figure


def draw_map(
    axes: Axes,
    description: MapDescription,
    fills: Sequence[Fill],
    layout: PrintOptions,
    unit: float,
) -> int:
    """Draw the map with its scale and names; return how many names did not fit."""
    language = description.options.language
    draw_ground(axes, description, fills, unit)
    if layout.graticule:
        draw_graticule(axes, language, unit)
    shapes = description.boundaries.geometry.to_numpy()
    taken = draw_scale(axes, shapes, language, unit)
    if not layout.names:
        return 0
    size = _SMALL_NAME if len(shapes) > _MANY else _NAME_SIZE
    return draw_names(axes, description, size=size * unit, taken=[taken])


def open_sheet(
    description: MapDescription, layout: PrintOptions
) -> tuple[Figure, Sheet, list[Axes]]:
    """Return an empty sheet and its papers, the inset drawn and its room taken off."""
    sheet = lay_out(layout)
    figure = blank(sheet)
    boxes = list(sheet.panels)
    if layout.inset and in_country(description):
        left, bottom, width, height = boxes[-1]
        high = width * INSET
        inset = placed_axes(figure, sheet, Box(left, bottom, width, high))
        draw_inset(inset, description, sheet.unit)
        gap = 12 * sheet.unit
        boxes[-1] = Box(left, bottom + high + gap, width, height - high - gap)
    return figure, sheet, [paper(figure, sheet, box) for box in boxes]


def close_sheet(
    figure: Figure,
    sheet: Sheet,
    description: MapDescription,
    layout: PrintOptions,
    what: tuple[tuple[str, str], int],
) -> None:
    """Write head and foot; ``what`` is (title, subtitle) and names that did not fit."""
    language = description.options.language
    words, unnamed = what
    ribbon = label("map_page_sample", language) if description.options.sample else ""
    draw_head(figure, sheet, words, ribbon)
    # A print has no list to look a name up in: it says how many are not on it.
    lost = label("map_print_unnamed", language).format(n=unnamed) if unnamed else ""
    draw_foot(figure, sheet, description, layout, (lost,))


def time_words(layer: Layer | None, period: str, language: Language) -> str:
    """Say of what time numbers are: of the period, or of the layer's own time."""
    own = layer.said("when", language) if layer else ""
    return own or period_words(period)[language]


def subtitle(description: MapDescription, layer: Layer | None, when: str) -> str:
    """Join what the map is, when, and the unit of its numbers."""
    language = description.options.language
    return _joined(
        description.title[language],
        description.subtitle[language],
        time_words(layer, when, language),
        layer.said("unit", language) if layer else "",
    )


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
