"""Two indicators on one sheet: nine colours, a square legend, the corners in words.

In:     a described map, two layers read together, a period. Out: a figure.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.maps.content.bivariate import COLOURS, CORNERS, LEVELS, Bivariate, Cell
from kkbpk_geo.maps.content.palettes import ink_on
from kkbpk_geo.maps.describe import MapDescription
from kkbpk_geo.maps.paper.ground import Fill, no_value
from kkbpk_geo.maps.paper.letters import (
    Letter,
    fitted,
    plain,
    printable,
    shortened,
    width_of,
    wrapped,
    write,
)
from kkbpk_geo.maps.paper.names import Looks
from kkbpk_geo.maps.paper.pages import (
    close_sheet,
    draw_map,
    open_sheet,
    subtitle,
    wanted_figures,
)
from kkbpk_geo.maps.paper.panels import absent_rows, draw_swatch, rule
from kkbpk_geo.maps.paper.sheet import PrintOptions
from kkbpk_geo.maps.paper.style import EDGE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def draw_pair(
    description: MapDescription, pair: Bivariate, period: str, layout: PrintOptions
) -> Figure:
    """Draw two indicators of one period together on a sheet."""
    language = description.options.language
    cells, status = pair.cells(period), pair.status(period)
    fills = list(map(_fill, cells, status))
    figure, sheet, panels = open_sheet(description, layout)
    unit = sheet.unit
    looks = Looks(fills, wanted_figures(description, pair.layers, period))
    unnamed = draw_map(figure, sheet, description, looks, layout)
    first, second = panels[0], panels[min(1, len(panels) - 1)]
    y = _draw_square(first, pair, cells, language, unit)
    first_layer, _ = pair.layers
    for fill, text, n in absent_rows(status, language, first_layer.limit):
        draw_swatch(first, fill, (0, y), unit, 0.8)
        line, letter = fitted(f"{text} ({n})", Letter(size=8 * unit), 160 * unit)
        write(first, [line], y, letter, x=28 * unit)
        y += 14 * unit
    start = y + 6 * unit if first is second else 0.0
    y = _draw_corners(second, description, pair, cells, (start, unit))
    notes = panels[-1]
    at = y + 4 * unit if notes is second else 0.0
    said = [label("map_pair_classes", language)]
    names = [layer.said("label", language) for layer in pair.layers]
    for name, layer in zip(names, pair.layers, strict=True):
        measure = layer.said("unit", language)
        said.append(f"{name}: {measure}." if measure else "")
    small = plain(7.2 * unit)
    width, bottom = notes.get_xlim()[1], notes.get_ylim()[0]
    for text in said:
        if at + 10 * unit < bottom:
            at = write(notes, wrapped(text, small, width, lines=2), at, small)
    title = label("map_pair_title", language).format(first=names[0], second=names[1])
    words = (title, subtitle(description, None, period))
    close_sheet(figure, sheet, description, layout, (words, unnamed))
    return figure


def _fill(cell: Cell | None, why: str = "") -> Fill:
    if cell is None:
        return no_value(why)
    first, second = cell
    return Fill(COLOURS[second][first])


def _draw_square(
    axes: Axes,
    pair: Bivariate,
    cells: tuple[Cell | None, ...],
    language: Language,
    unit: float,
) -> float:
    """Draw the nine colours with their counts, and name both axes."""
    from matplotlib.patches import Rectangle

    width = axes.get_xlim()[1]
    # As large as the panel allows, with room for words to the left, above and below.
    side = min(
        33 * unit,
        (width - 62 * unit) / LEVELS,
        (axes.get_ylim()[0] - 72 * unit) / LEVELS,
    )
    left = 60 * unit
    # Axes are named beside the square, as in a graph: words on it would hide counts.
    small, bold = plain(7 * unit), Letter(size=7.5 * unit, bold=True)
    across, up = (layer.said("label", language) for layer in pair.layers)
    line, letter = fitted(up, bold, width)
    y = write(axes, [line], 0, letter)
    top = write(axes, [f"↑ {pair.axis(1, language)}"], y, small) + 4 * unit
    for b, a in product(range(LEVELS), repeat=2):
        colour = COLOURS[b][a]
        x, y = left + a * side, top + (LEVELS - 1 - b) * side
        field = Rectangle((x, y), side, side, facecolor=colour, edgecolor=EDGE)
        field.set_linewidth(0.5 * unit)
        axes.add_patch(field)
        axes.text(
            x + side / 2, y + side / 2, str(cells.count((a, b))),
            size=8.5 * unit, ha="center", va="center", parse_math=False,
            color=ink_on(colour),
        )  # fmt: skip
    for level, text in enumerate(_ticks(pair, 0, language)):
        line, letter = fitted(text, small, side + 14 * unit)
        at = left + (level + 0.5) * side
        # Every second one a line lower: neighbours are wider than their fields.
        below = top + LEVELS * side + (2 + 8 * (level % 2)) * unit
        write(axes, [line], below, letter, x=at, ha="center")
    for level, text in enumerate(_ticks(pair, 1, language)):
        middle = top + (LEVELS - 0.5 - level) * side
        line, letter = fitted(text, small, left - 5 * unit)
        write(axes, [line], middle - 4 * unit, letter, x=left - 4 * unit, ha="right")
    y = top + LEVELS * side + 21 * unit
    line, letter = fitted(across, bold, width)
    y = write(axes, [line], y, letter, x=width, ha="right")
    way = f"{pair.axis(0, language)} →"
    return write(axes, [way], y, small, x=width, ha="right") + 6 * unit


def _with_word(
    pair: Bivariate,
    what: tuple[int, int],
    letter: Letter,
    width: float,
    language: Language,
) -> str:
    """Return ``indicator: high`` on one line; it is the indicator that is cut."""
    which, level = what
    word = f": {pair.word(which, level, language)}"
    name = printable(pair.layers[which].said("label", language))
    return shortened(name, letter, width - width_of(word, letter)) + word


def _ticks(pair: Bivariate, which: int, language: Language) -> tuple[str, ...]:
    texts = pair.ticks(which, language)
    return texts if len(texts) == LEVELS else ()


def _draw_corners(
    axes: Axes,
    description: MapDescription,
    pair: Bivariate,
    cells: tuple[Cell | None, ...],
    place: tuple[float, float],
) -> float:
    """Say in words what the four corners mean, and which regions lie there."""
    y, unit = place
    language, width = description.options.language, axes.get_xlim()[1]
    names = [printable(name) for name in description.boundaries["name"]]
    y = rule(axes, label("map_print_corners", language), y, unit)
    bold, small = Letter(size=7.5 * unit, bold=True), plain(7.2 * unit)
    x, bottom = 24 * unit, axes.get_ylim()[0]
    for corner in CORNERS:
        if y + 20 * unit > bottom:
            break
        draw_swatch(axes, _fill(corner), (0, y), unit, 0.75)
        for which in (0, 1):
            line = _with_word(pair, (which, corner[which]), bold, width - x, language)
            y = write(axes, [line], y, bold, x=x)
        here = ", ".join(n for n, c in zip(names, cells, strict=True) if c == corner)
        here = here or label("map_print_nobody", language)
        y = write(axes, wrapped(here, small, width - x, lines=2), y, small, x=x)
        y += 4 * unit
    return y
