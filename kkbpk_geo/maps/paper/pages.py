"""One map on a sheet, with what a map on paper needs around it.

Title, legend, the worst five; scale and north, where in Indonesia, source.

In:     a described map, one of its layers, a period. Out: a figure.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.maps.content.catalogue_words import boundary_words
from kkbpk_geo.maps.content.layers import Layer, period_words
from kkbpk_geo.maps.describe import MapDescription
from kkbpk_geo.maps.page.encoding import decode_coverage
from kkbpk_geo.maps.page.far import Bounds, read_scene, where_words
from kkbpk_geo.maps.page.outline import indonesia
from kkbpk_geo.maps.paper.closer import (
    closer_looks,
    draw_look,
    mark_looks,
    view_above,
)
from kkbpk_geo.maps.paper.figure import blank, paper, placed_axes
from kkbpk_geo.maps.paper.ground import (
    draw_graticule,
    draw_ground,
    fills_of,
    is_wide,
    outline,
)
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
from kkbpk_geo.maps.paper.names import (
    Looks,
    Rectangle,
    draw_names,
    figures_of,
    overlap,
)
from kkbpk_geo.maps.paper.panels import (
    Corner,
    axes_legend,
    draw_legend,
    draw_reading,
    draw_worst,
    legend_size,
)
from kkbpk_geo.maps.paper.sheet import Box, Frame, PrintOptions, Sheet, lay_out
from kkbpk_geo.maps.paper.style import ACCENT, ALERT, INK, LAND, RULE, SEA, SOFT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from kkbpk_geo.maps.page.far import Far
    from kkbpk_geo.maps.page.shapes import Shapes

_KM_PER_DEGREE = 111.32  # of longitude at the equator (WGS 84)
_COARSE, _LEAST = 0.05, 0.004  # degrees, square degrees: an inset is a thumbnail
_COUNTRY = (94.5, -11.3, 141.5, 6.4)  # bounds of Indonesia, degrees
_SOURCE = 1.5  # lines that the source of the numbers may take
_PARTS = 4  # of the scale bar
_LEAST_TITLE = 0.72  # a title smaller than this share goes on two lines
INSET = (_COUNTRY[3] - _COUNTRY[1]) / (_COUNTRY[2] - _COUNTRY[0])  # height / width
# Points on A4; the small one where there are more than _MANY regions.
_NAME_SIZE, _SMALL_NAME = 7.6, 5.0
_IN_AXES = 6.0
_FAR_LINES, _UNDER_FAR = 3, 27.0  # of words below islands far off, and their points
_SAME_SCALE = 0.95  # of that of the map: less is said
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
    looks = Looks(fills_of(layer, cells), wanted_figures(description, [layer], period))
    unnamed = draw_map(figure, sheet, description, looks, layout)
    first, *others = panels
    table, notes = (others[0], others[1]) if others else (first, first)
    y = draw_legend(first, layer, cells, language, unit)
    if notes is first:
        y = draw_reading(first, description, layer, cells, (y, unit))
    else:
        draw_reading(notes, description, layer, cells, (0.0, unit))
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
    fills = fills_of(layer, cells)
    draw_ground(axes, description, fills)
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
        figures = wanted_figures(description, [layer], period)
        looks = Looks(fills, figures)
        draw_names(axes, description, size=_IN_AXES, looks=looks, taken=taken)
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
    figure: Figure,
    sheet: Sheet,
    description: MapDescription,
    looks: Looks,
    layout: PrintOptions,
) -> int:
    """Draw the map with its scale and names; return how many names did not fit."""
    language, unit = description.options.language, sheet.unit
    axes = placed_axes(figure, sheet, sheet.map)
    main = sheet.shown
    views = (main, main) if main else None
    closer = closer_looks(description, sheet) if layout.far else ()
    if closer:
        whole = Bounds(*description.boundaries.total_bounds.tolist())
        views = (whole, view_above(whole, sheet))
    draw_ground(axes, description, looks.fills, unit, views)
    if layout.graticule:
        draw_graticule(axes, language, unit)
    shapes = description.boundaries.geometry.to_numpy()
    mark_looks(axes, closer, unit)
    framed = [_on_sheet(figure, sheet, look.box) for look in closer]
    taken = [*framed, draw_scale(axes, shapes, language, unit, framed)]
    size = (_SMALL_NAME if len(shapes) > _MANY else _NAME_SIZE) * unit
    places = [_draw_far(figure, sheet, one, description, looks) for one in sheet.far]
    places += [draw_look(figure, sheet, one, description, looks) for one in closer]
    if not layout.names:
        return 0
    homes: list[Collection[int]] = [frame.islands.homes for frame in sheet.far]
    # Few regions are named on the map, with lines; then larger pictures have no names.
    if len(shapes) > _MANY:
        homes += [look.regions for look in closer]
    away = replace(looks, hidden=set(chain.from_iterable(homes)))
    unnamed = draw_names(axes, description, size=size, looks=away, taken=taken)
    for place, home in zip(places, homes, strict=False):
        own = replace(looks, hidden=set(range(len(shapes))).difference(home))
        unnamed += draw_names(place, description, size=size, looks=own)
    return unnamed


def _on_sheet(figure: Figure, sheet: Sheet, box: Box) -> Rectangle:
    """Return a box of the sheet in pixels, with the words that stand below it."""
    across, up = figure.bbox.width / sheet.width, figure.bbox.height / sheet.height
    return (
        box.left * across, sheet.map.bottom * up,
        (box.left + box.width) * across, (box.bottom + box.height) * up,
    )  # fmt: skip


def _draw_far(
    figure: Figure,
    sheet: Sheet,
    frame: Frame,
    description: MapDescription,
    looks: Looks,
) -> Axes:
    """Draw islands far off in a frame, say where they lie, and return their axes."""
    unit, islands = sheet.unit, frame.islands
    left, bottom, width, height = frame.box
    under = _UNDER_FAR * unit
    box = Box(left, bottom + under, width, height - under)
    scale = sheet.scale_of(sheet.shown or islands.bounds)
    view = islands.bounds.at_least(box.width / scale, box.height / scale)
    axes = placed_axes(figure, sheet, box)
    draw_ground(axes, description, looks.fills, 0.7 * unit, (islands.bounds, view))
    share = min(box.width / view.wide, box.height / view.high) / scale
    small = plain(6.5 * unit)
    words = paper(figure, sheet, Box(left, bottom, width, under))
    text = _far_words(description, islands, share)
    lines = wrapped(text, small, width, lines=_FAR_LINES)
    write(words, lines, 1.5 * unit, small)
    return axes


def _far_words(description: MapDescription, islands: Far, share: float) -> str:
    """Say whose islands are in a frame, and where; ``share`` of the map's scale.

    Regions that are named on the islands are not named again.
    """
    language = description.options.language
    names = description.boundaries["name"]
    guests = [i for i in islands.regions if i not in islands.homes]
    whose = ", ".join(str(names.iloc[i]) for i in guests)
    where = where_words(islands, language)
    if share < _SAME_SCALE:
        number = format_number(share, 1, language)
        where += label("map_print_far_scale", language).format(share=number)
    return f"{whose}: {where}" if whose else where


def wanted_figures(
    description: MapDescription, layers: Sequence[Layer], period: str
) -> tuple[str, ...]:
    """Return the figures under the names, where the options ask for them."""
    if not description.options.values:
        return ()
    return figures_of(layers, period, description.options.language)


def open_sheet(
    description: MapDescription, layout: PrintOptions
) -> tuple[Figure, Sheet, list[Axes]]:
    """Return an empty sheet and its papers, the inset drawn and its room taken off."""
    sheet = lay_out(layout, read_scene(description.boundaries.geometry.to_numpy()))
    figure = blank(sheet)
    boxes = list(sheet.panels)
    whole = Bounds(*description.boundaries.total_bounds.tolist())
    # Where in Indonesia all of Indonesia lies, nobody asks.
    if layout.inset and in_country(description) and not is_wide(whole):
        # The inset stands below the last panel, beside the map or under it.
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
    key = "unsaid" if description.options.values else "unnamed"
    lost = label(f"map_print_{key}", language).format(n=unnamed) if unnamed else ""
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
    return " · ".join(filter(None, parts))


def draw_head(
    figure: Figure, sheet: Sheet, words: tuple[str, str], ribbon: str
) -> None:
    """Write title and subtitle, and mark a sample."""
    axes = paper(figure, sheet, sheet.head)
    unit, width = sheet.unit, sheet.head.width
    if ribbon:
        letter = Letter(size=11 * unit, colour="white", bold=True)
        wide = width_of(ribbon, letter) + 16 * unit
        axes.text(
            width - wide / 2 + 3.5 * unit, 13 * unit, ribbon, size=letter.size,
            color="white", weight="bold", ha="center", va="center", parse_math=False,
            bbox={"facecolor": ALERT, "edgecolor": "none", "pad": 4.5 * unit},
        )  # fmt: skip
        width -= wide + 12 * unit
    big = Letter(size=20 * unit, bold=True)
    title, letter = fitted(words[0], big, width)
    if letter.size >= _LEAST_TITLE * big.size:
        write(axes, [title], 4 * unit, letter)
    else:
        # Two lines of that size stand where one of the full size would.
        letter = big.of(0.62 * big.size)
        lines = wrapped(words[0], letter, width, lines=2)
        write(axes, lines, (12 if len(lines) == 1 else 0) * unit, letter)
    text, letter = fitted(words[1], plain(10.5 * unit), sheet.head.width)
    write(axes, [text], 31 * unit, letter)


def draw_foot(
    figure: Figure,
    sheet: Sheet,
    description: MapDescription,
    layout: PrintOptions,
    more: tuple[str, ...] = (),
) -> None:
    """Write where numbers and boundaries come from, when, and what is not drawn."""
    language = description.options.language
    axes = paper(figure, sheet, sheet.foot)
    unit, width = sheet.unit, sheet.foot.width
    axes.plot([0, width], [2 * unit] * 2, color=RULE, lw=0.7 * unit)
    date = layout.date or description.options.date
    small = plain(7 * unit)
    if date:
        made = printable(f"{label('map_page_made', language)}: {date}")
        write(axes, [made], 7 * unit, small, x=width, ha="right")
        width -= width_of(made, small) + 16 * unit
    numbers = printable(description.source[language] or _sources(description, language))
    # Sources can be many; boundaries, date and what is missing must stay.
    numbers = shortened(numbers, small, _SOURCE * width)
    said = [boundary_words(description.boundaries.attrs)[language]]
    if numbers:
        said.insert(0, f"{label('map_page_numbers', language)}: {numbers}.")
    if description.options.sample:
        said.append(label("map_page_sample_long", language))
    said += [note[language] for note in description.notes]
    sentences = [text.removesuffix(".") + "." for text in (*said, *more) if text]
    text = " ".join(sentences)
    write(axes, wrapped(text, small, width, lines=3), 7 * unit, small)


def draw_scale(
    axes: Axes,
    shapes: Shapes,
    language: Language,
    unit: float,
    taken: Sequence[Rectangle] = (),
) -> Rectangle:
    """Draw scale bar and arrow in the emptiest corner; return where, in pixels."""
    box, scale = axes.get_window_extent(), axes.figure.dpi / 72
    wide, high = 128 * unit * scale / box.width, 44 * unit * scale / box.height
    west, east = axes.get_xlim()
    south, north = axes.get_ylim()
    left, bottom = free_corner(axes, shapes, (wide, high), taken)
    # True in the middle of the map; a province is small enough for one bar.
    per_degree = _KM_PER_DEGREE * math.cos(math.radians((south + north) / 2))
    room = (east - west) * per_degree * wide * 0.62
    # The bar is the longest round number of kilometres that its room holds.
    power = 10 ** math.floor(math.log10(room))
    # Lengths of which the half is read easily too: the bar has three numbers.
    length = max(step * power for step in (1, 2, 4, 5) if step * power <= room)
    share = length / per_degree / (east - west)
    # In a corner to the right, bar and arrow stand at the right edge of their room.
    free = 0.0 if left < 0.5 else 0.9 * wide - share - 0.26 * wide  # noqa: PLR2004
    x, y = left + 0.06 * wide + free, bottom + 0.24 * high
    thick = 0.1 * high
    for part in range(_PARTS):
        colour = "white" if part % 2 else INK
        place = (x + part * share / _PARTS, y, share / _PARTS, thick)
        axes.add_patch(_bar(place, axes, colour, unit))
    words: dict[str, Any] = {
        "transform": axes.transAxes, "size": 7 * unit, "color": INK, "va": "bottom",
        "parse_math": False, "zorder": 8,
    }  # fmt: skip
    half = 0 if length >= 2 else 1  # decimals: half of one kilometre needs one  # noqa: PLR2004
    for at, digits, suffix in ((0.0, 0, ""), (0.5, half, ""), (1.0, 0, " km")):
        text = format_number(length * at, digits, language) + suffix
        axes.text(x + at * share, y + 1.6 * thick, text, ha="center", **words)
    _draw_north(axes, (x + share + 0.22 * wide, y, high), language, unit)
    return _in_pixels(axes, (left, bottom, left + wide, bottom + high))


def draw_inset(place: Axes, description: MapDescription, unit: float) -> None:
    """Show where in Indonesia the map lies, in axes of its own."""
    from matplotlib.patches import PathPatch, Rectangle

    bounds = description.boundaries.total_bounds.tolist()
    place.set(xlim=_COUNTRY[::2], ylim=_COUNTRY[1::2], xticks=[], yticks=[])
    place.set_facecolor(SEA)
    for spine in place.spines.values():
        spine.set_color(RULE)
        spine.set_linewidth(0.7 * unit)
    for shapes, colour in (
        (decode_coverage(indonesia()), LAND),
        (_thumbnail(description.boundaries.geometry.to_numpy()), ACCENT),
    ):
        place.add_artist(
            PathPatch(outline(*shapes), facecolor=colour, edgecolor="none")
        )
    margin = 0.4
    place.add_patch(
        Rectangle(
            (bounds[0] - margin, bounds[1] - margin),
            bounds[2] - bounds[0] + 2 * margin,
            bounds[3] - bounds[1] + 2 * margin,
            fill=False, edgecolor=INK, lw=0.8 * unit,
        )
    )  # fmt: skip
    place.text(
        0.02, 0.05, label("map_print_where", description.options.language),
        transform=place.transAxes, size=6.5 * unit, color=SOFT, parse_math=False,
    )  # fmt: skip


def in_country(description: MapDescription) -> bool:
    """Say whether the map lies in Indonesia."""
    west, south, east, north = description.boundaries.total_bounds.tolist()
    return (
        _COUNTRY[0] <= west < east <= _COUNTRY[2]
        and _COUNTRY[1] <= south < north <= _COUNTRY[3]
    )


def _thumbnail(shapes: Any) -> list[Any]:  # noqa: ANN401
    """Merge shapes coarsely and leave out what would be a speck."""
    import shapely

    # Borders inside the province are noise on a thumbnail.
    merged = shapely.coverage_union_all(shapely.coverage_simplify(shapes, _COARSE))
    parts = shapely.get_parts(merged)
    large = parts[shapely.area(parts) > _LEAST]
    return list(large if len(large) else parts[:1])


def _sources(description: MapDescription, language: Language) -> str:
    found = dict.fromkeys(
        layer.said("source", language) for layer in description.layers
    )
    return ", ".join(filter(None, found))


def free_corner(
    axes: Axes,
    shapes: Shapes,
    size: tuple[float, float],
    taken: Sequence[Rectangle] = (),
) -> tuple[float, float]:
    """Return the corner (axes fraction) where nothing stands and few regions lie."""
    import shapely

    wide, high = size
    right, top = 0.985 - wide, 0.985 - high
    # The first of equals is taken: below right, where a reader looks for a scale.
    corners = ((right, 0.015), (0.015, 0.015), (right, top), (0.015, top))
    west, east = axes.get_xlim()
    south, north = axes.get_ylim()

    def covered(corner: tuple[float, float]) -> tuple[bool, float]:
        x, y = corner
        place = _in_pixels(axes, (x, y, x + wide, y + high))
        full = any(overlap(place, other) for other in taken)
        window = shapely.box(
            west + x * (east - west),
            south + y * (north - south),
            west + (x + wide) * (east - west),
            south + (y + high) * (north - south),
        )
        area = float(shapely.area(shapely.intersection(shapes, window)).sum())
        # Rounded: the last digits differ between machines, the corner must not.
        return full, round(area, 6)

    return min(corners, key=covered)


def _in_pixels(axes: Axes, place: Rectangle) -> Rectangle:
    """Turn a rectangle in fractions of the axes into pixels."""
    box = axes.get_window_extent()
    left, bottom, right, top = place
    return (
        box.x0 + left * box.width,
        box.y0 + bottom * box.height,
        box.x0 + right * box.width,
        box.y0 + top * box.height,
    )


def _bar(
    place: tuple[float, float, float, float], axes: Axes, colour: str, unit: float
) -> Any:  # noqa: ANN401
    from matplotlib.patches import Rectangle

    x, y, width, height = place
    return Rectangle(
        (x, y), width, height, transform=axes.transAxes, facecolor=colour,
        edgecolor=INK, lw=0.6 * unit, zorder=8,
    )  # fmt: skip


def _draw_north(
    axes: Axes, place: tuple[float, float, float], language: Language, unit: float
) -> None:
    """Draw an arrow to the north, half dark, half light."""
    from matplotlib.patches import Polygon

    x, y, high = place
    box = axes.get_window_extent()
    half = 0.17 * high * box.height / box.width
    tip, notch = y + 0.5 * high, y + 0.08 * high
    for side, colour in ((-1, INK), (1, "white")):
        axes.add_patch(
            Polygon(
                [(x, tip), (x + side * half, y), (x, notch)], transform=axes.transAxes,
                facecolor=colour, edgecolor=INK, lw=0.6 * unit, zorder=8,
            )
        )  # fmt: skip
    axes.text(
        x, tip + 0.02 * high, label("map_print_north", language), size=8 * unit,
        transform=axes.transAxes, color=INK, weight="bold", ha="center", va="bottom",
        parse_math=False, zorder=8,
    )  # fmt: skip
