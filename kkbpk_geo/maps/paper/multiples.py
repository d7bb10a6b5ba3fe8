"""Small multiples on a sheet: one map per period, or one per indicator.

In:     a described map; one layer and its periods, or layers and one period.
Out:    a figure. One indicator in several periods has one legend, for its classes are
        common to all periods; several indicators have one legend each.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.periods import format_period
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.maps.content.layers import Cells, Layer, period_words
from kkbpk_geo.maps.describe import MapDescription
from kkbpk_geo.maps.paper.figure import blank, paper, placed_axes
from kkbpk_geo.maps.paper.ground import draw_ground, fills_of
from kkbpk_geo.maps.paper.letters import Letter, fitted, plain, width_of, write
from kkbpk_geo.maps.paper.names import Looks, draw_names
from kkbpk_geo.maps.paper.pages import close_sheet, subtitle, wanted_figures
from kkbpk_geo.maps.paper.panels import draw_swatch, legend_rows
from kkbpk_geo.maps.paper.sheet import Box, PrintOptions, Sheet, lay_out

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST = 24  # maps on a sheet: two years of months; smaller ones show nothing
_HEAD, _LEGEND, _GAP = 28.0, 46.0, 12.0  # points: above a map, below it, between
_LEADERS_FROM = 330.0  # points: narrower ones have no names beside their regions
_NAMES_FROM = 250.0  # points: below this width a small map has no names


def draw_multiples(
    description: MapDescription,
    layers: Sequence[Layer],
    periods: Sequence[str],
    layout: PrintOptions,
) -> Figure:
    """Draw one map per layer, or per period of the only layer.

    Raises
    ------
    MapError
        If there are several of both, or more than 24 maps.
    """
    if len(layers) > 1 and len(periods) > 1:
        msg = (
            f"there are {len(layers)} indicators and {len(periods)} periods; expected "
            "one of one of them. Draw a sheet per indicator."
        )
        raise MapError(msg)
    pairs = [(layer, period) for layer in layers for period in periods]
    if len(pairs) > MOST:
        msg = (
            f"there are {len(pairs)} maps for one sheet; expected at most {MOST}. Draw "
            "several sheets."
        )
        raise MapError(msg)
    sheet = lay_out(layout)
    figure = blank(sheet)
    shared, unit = len(layers) == 1, sheet.unit
    below = (0.0 if shared else _LEGEND) * unit
    foot = (_LEGEND * unit) if shared else 0.0
    low = sheet.foot.bottom + sheet.foot.height
    strip = Box(sheet.foot.left, low, sheet.foot.width, foot)
    high = sheet.head.bottom - low - foot - 4 * unit
    area = Box(sheet.foot.left, low + foot + 4 * unit, sheet.foot.width, high)
    places = _grid(area, len(pairs), _aspect(description), (unit, below))
    unnamed = 0
    for pair, place in zip(pairs, places, strict=True):
        lost = _draw_one(figure, sheet, description, pair, (place, below, shared))
        # The most that one map lacks; summed, regions would count twice.
        unnamed = max(unnamed, lost)
    language = description.options.language
    if shared:
        cells = _together([layers[0].cells[period] for period in periods])
        _draw_strip(paper(figure, sheet, strip), layers[0], cells, language, unit)
    words = _words(description, layers, periods)
    close_sheet(figure, sheet, description, layout, (words, unnamed))
    return figure


def _words(
    description: MapDescription, layers: Sequence[Layer], periods: Sequence[str]
) -> tuple[str, str]:
    language = description.options.language
    if len(layers) == 1:
        span = label("map_print_all_periods", language).format(
            first=format_period(periods[0], language),
            last=format_period(periods[-1], language),
        )
        title = layers[0].said("label", language)
        said = [
            subtitle(description, None, ""),
            span,
            layers[0].said("unit", language),
            label("map_print_shared", language),
        ]
    else:
        title = description.title[language]
        said = [
            description.subtitle[language],
            label("map_print_indicators", language).format(n=len(layers)),
            period_words(periods[0])[language],
        ]
    return title, " · ".join(filter(None, said))


def _aspect(description: MapDescription) -> float:
    west, south, east, north = description.boundaries.total_bounds.tolist()
    wide = (east - west) * math.cos(math.radians((south + north) / 2))
    # A map far from square gets a place that is not: its names need the room.
    return min(2.5, max(0.5, wide / max(north - south, 1e-9)))


def _grid(area: Box, n: int, aspect: float, sizes: tuple[float, float]) -> list[Box]:
    """Return ``n`` places for maps, in rows, as large as they can be."""
    unit, below = sizes
    head, gap = _HEAD * unit, _GAP * unit

    def place(columns: int) -> tuple[float, float, float]:
        rows = math.ceil(n / columns)
        width = (area.width - gap * (columns - 1)) / columns
        height = (area.height - gap * (rows - 1)) / rows - head - below
        return min(width / aspect, height), width, height

    # The largest maps; of equals the fewest columns.
    columns = max(range(1, n + 1), key=lambda c: (round(place(c)[0], 3), -c))
    _, width, height = place(columns)
    found = []
    for i in range(n):
        row, column = divmod(i, columns)
        top = area.bottom + area.height - row * (height + head + below + gap)
        left = area.left + column * (width + gap)
        found.append(Box(left, top - head - height, width, height))
    return found


def _draw_one(
    figure: Figure,
    sheet: Sheet,
    description: MapDescription,
    what: tuple[Layer, str],
    where: tuple[Box, float, bool],
) -> int:
    (layer, period), (place, below, shared) = what, where
    unit, language = sheet.unit, description.options.language
    cells = layer.cells[period]
    axes = placed_axes(figure, sheet, place)
    fills = fills_of(layer, cells)
    draw_ground(axes, description, fills, 0.7 * unit)
    unnamed = 0
    if place.width >= _NAMES_FROM * unit:
        leaders = place.width >= _LEADERS_FROM * unit
        figures = wanted_figures(description, [layer], period)
        unnamed = draw_names(
            axes,
            description,
            size=5.5 * unit,
            looks=Looks(fills, figures),
            leaders=leaders,
        )
    head = Box(place.left, place.bottom + place.height, place.width, _HEAD * unit)
    words = paper(figure, sheet, head)
    when = period_words(period)[language] or label("map_page_no_period", language)
    title = when if shared else layer.said("label", language)
    line, letter = fitted(title, Letter(size=9 * unit, bold=True), place.width)
    y = write(words, [line], 2 * unit, letter)
    said = layer.said("unit", language)
    if cells.province is not None:
        number = format_number(cells.province, layer.classes.digits, language)
        said = f"{description.whole[language]}: {number} {said}"
    line, letter = fitted(said, plain(7 * unit), place.width)
    write(words, [line], y, letter)
    if not shared:
        low = Box(place.left, place.bottom - below, place.width, below)
        _draw_strip(paper(figure, sheet, low), layer, cells, language, 0.78 * unit)
    return unnamed


def _draw_strip(
    axes: Axes, layer: Layer, cells: Cells, language: Language, unit: float
) -> None:
    """Draw a legend that runs to the right, and breaks where it must."""
    letter, width = Letter(size=8 * unit), axes.get_xlim()[1]
    x, y = 0.0, 6 * unit
    pooled = len(cells.values) > len(cells.denominators)  # of several periods
    for fill, text, n in legend_rows(layer, cells, language):
        said = text if pooled else f"{text} ({n})"
        wide = 23 * unit + width_of(said, letter) + 12 * unit
        if x and x + wide - 12 * unit > width:
            x, y = 0.0, y + 14 * unit
        draw_swatch(axes, fill, (x, y), unit, 0.8)
        line, own = fitted(said, letter, width - x - 23 * unit)
        write(axes, [line], y, own, x=x + 23 * unit)
        x += wide


def _together(cells: Sequence[Cells]) -> Cells:
    """Put the cells of several periods behind each other, for one legend."""
    statuses = tuple(chain.from_iterable(one.status for one in cells))
    return Cells(
        values=tuple(chain.from_iterable(one.values for one in cells)),
        status=statuses,
        numerators=(),
        denominators=(),
        province=None,
    )
