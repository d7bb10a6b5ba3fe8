"""What stands beside the map on paper: legend with counts, province, the worst five.

In:     papers (axes in points, y downwards) and a layer. Out: marks on them; each
        function takes ``y`` and returns where the next may begin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.catalogue.statuses import USUAL_LIMIT, reasons, worded
from kkbpk_geo.maps.content.layers import Cells, Layer
from kkbpk_geo.maps.paper.ground import Fill, fills_of, no_value
from kkbpk_geo.maps.paper.letters import (
    LEADING,
    Letter,
    fitted,
    plain,
    printable,
    shortened,
    width_of,
    wrapped,
    write,
)
from kkbpk_geo.maps.paper.style import EDGE, INK, RULE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from kkbpk_geo.maps.describe import MapDescription

Corner = Literal["upper left", "upper right", "lower left", "lower right"]
WORST = 5
_ROW = 16.5  # points between two lines of the legend
_SWATCH = (24.0, 11.0)
_SHRINK = (1.0, 0.9, 0.8, 0.7)  # of letters, where many kinds are listed
_IN_AXES = 7.0  # size of letters in axes of the caller's own


def legend_rows(
    layer: Layer, cells: Cells, language: Language
) -> list[tuple[Fill, str, int]]:
    """Return fill, words and count of each class, the darkest first, then no value.

    Kinds without an order stand in the order in which they were given.
    """
    classes = layer.classes
    texts, counts = classes.labels(language), classes.counts(cells.values)
    rows = list(zip(map(Fill, classes.colours), texts, counts, strict=True))
    context = layer.indicator.direction == "context"
    # The darkest class first, as attention is wanted; a scale reads from the top.
    if layer.indicator.direction != "better" and not (classes.names and context):
        rows.reverse()
    return rows + absent_rows(cells.status, language, layer.limit)


def absent_rows(
    status: tuple[str, ...], language: Language, limit: int = USUAL_LIMIT
) -> list[tuple[Fill, str, int]]:
    """Return the legend lines of regions without a value, by reason."""
    return [
        (no_value(why.key), worded(why, limit).name(language), status.count(why.key))
        for why in reasons()
        if why.key in status
    ]


def draw_legend(
    axes: Axes, layer: Layer, cells: Cells, language: Language, unit: float
) -> float:
    """Draw the legend at the top of a paper: unit, classes, counts, how to read it."""
    width = axes.get_xlim()[1]
    small, letter = plain(7.5 * unit), Letter(size=9.5 * unit)
    heading = layer.said("unit", language) or layer.said("label", language)
    count = label("map_print_regions", language)
    room = width - width_of(count, small) - 8 * unit
    write(axes, [count], 0, small, x=width, ha="right")
    y = write(axes, wrapped(heading, small, room, lines=2), 0, small) + 3 * unit
    for fill, text, n in legend_rows(layer, cells, language):
        draw_swatch(axes, fill, (0, y), unit)
        number = format_number(n, 0, language)
        write(axes, [number], y + 0.6 * unit, letter, x=width, ha="right")
        x = (_SWATCH[0] + 8) * unit
        line, own = fitted(
            text, letter, width - x - width_of(number, letter) - 6 * unit
        )
        write(axes, [line], y + 0.6 * unit, own, x=x)
        y += _ROW * unit
    return y + 2 * unit


def draw_reading(
    axes: Axes,
    description: MapDescription,
    layer: Layer,
    cells: Cells,
    place: tuple[float, float],
) -> float:
    """Write the whole's value, the standard, and how classes are made, below y."""
    y, unit = place
    language = description.options.language
    width = axes.get_xlim()[1]
    small = plain(7.5 * unit)
    if cells.province is not None:
        number = format_number(cells.province, layer.classes.digits, language)
        text = f"{description.whole[language]}: {number}"
        line = f"{text} {layer.said('unit', language)}".strip()
        bold = Letter(size=9.5 * unit, bold=True)
        y = write(axes, wrapped(line, bold, width, lines=1), y, bold) + 2 * unit
    for text in _reading(layer, language):
        lines = wrapped(f"{text.rstrip('.')}.", small, width, lines=4)
        y = write(axes, lines, y, small) + 1.5 * unit
    return y + 4 * unit


def _reading(layer: Layer, language: Language) -> list[str]:
    """Say the standard, what is dark, what high means, and how classes are made."""
    direction, kinds = layer.indicator.direction, bool(layer.classes.names)
    standard, formula = (layer.said(x, language) for x in ("standard", "formula"))
    said = []
    if standard:
        said.append(f"{label('map_page_standard', language)} {standard}")
    rule = "attention"
    if direction == "context":
        rule = "kinds" if kinds else "context"
    said.append(label(f"map_page_rule_{rule}", language))
    if kinds and formula:
        # Kinds are a rule's; which, stands on the sheet. Others say it on the page.
        said.append(formula[:1].upper() + formula[1:])
    elif direction != "context" and not kinds:
        said.append(label(f"map_page_{direction}", language).capitalize())
    method = label(f"map_page_method_{layer.classes.method}", language)
    return [*said, f"{label('map_page_classes', language)}: {method}"]


def worst_regions(layer: Layer, cells: Cells, n: int = WORST) -> tuple[list[int], int]:
    """Return the positions of the ``n`` regions that need most attention.

    Largest first where higher is worse, or neither; smallest first where higher is
    better; equal ones in map order. Second: how many more are equal to the last.
    """
    sign = 1 if layer.indicator.direction == "better" else -1
    known = [(sign * v, i) for i, v in enumerate(cells.values) if v is not None]
    known.sort()
    order, rest = known[:n], known[n:]
    tied = sum(value == order[-1][0] for value, _ in rest)
    return [i for _, i in order], tied


def draw_worst(
    axes: Axes,
    description: MapDescription,
    layer: Layer,
    cells: Cells,
    space: tuple[float, float, float],
) -> float:
    """List the five regions that need most attention between two heights.

    ``space`` is (from, to, unit); numerator and denominator are shown where there is
    room for them.
    """
    if layer.classes.names:
        return draw_members(axes, description, layer, cells, space)
    y, bottom, unit = space
    language, width = description.options.language, axes.get_xlim()[1]
    context = layer.indicator.direction == "context"
    title = label("map_print_highest" if context else "map_print_attention", language)
    y = rule(axes, title, y, unit)
    order, tied = worst_regions(layer, cells)
    small, letter = plain(7 * unit), Letter(size=9 * unit)
    if not order:
        return write(axes, [label("map_print_none", language)], y, small)
    # Five of fifteen equal regions would look like the worst five.
    if layer.classes.k == 1 and len(order) > 1:
        return write(axes, [label("map_print_equal", language)], y, small)
    full, short = 23.5 * unit, 14 * unit
    # Numerator and denominator need a second line for each region.
    roomy = bottom - y >= full * len(order) + 9 * unit
    order = order[: max(1, int((bottom - y) / (full if roomy else short)))]
    names = [printable(name) for name in description.boundaries["name"]]
    for place, i in enumerate(order, 1):
        value = cells.values[i]
        # A region that is listed has a value, so it has a class.
        at = layer.classes.index(value) or 0
        draw_swatch(axes, Fill(layer.classes.colours[at]), (12 * unit, y), unit, 0.75)
        write(axes, [str(place)], y, letter)
        text = format_number(value, layer.classes.digits, language)
        write(axes, [text], y, Letter(size=9 * unit, bold=True), x=width, ha="right")
        x = 36 * unit
        room = width - x - width_of(text, Letter(size=9 * unit, bold=True)) - 6 * unit
        name, own = fitted(names[i], letter, room)
        write(axes, [name], y, own, x=x)
        if roomy and (parts := _parts(layer, cells, i, language)):
            write(axes, [shortened(parts, small, width - x)], y + 11 * unit, small, x=x)
        y += full if roomy else short
    if tied and y + 9 * unit <= bottom:
        text = label("map_print_tied", language).format(n=tied)
        y = write(axes, wrapped(text, small, width, lines=1), y, small)
    return y


def draw_members(
    axes: Axes,
    description: MapDescription,
    layer: Layer,
    cells: Cells,
    space: tuple[float, float, float],
) -> float:
    """List who is of which kind, kind by kind, between two heights.

    Letters shrink until all kinds fit; names that still find no room become ``…``, and
    kinds that find none are counted.
    """
    y, bottom, unit = space
    language, width = description.options.language, axes.get_xlim()[1]
    y = rule(axes, label("map_page_kinds", language), y, unit)
    names = [printable(name) for name in description.boundaries["name"]]
    fills = fills_of(layer, cells)
    members_of: dict[Fill, list[str]] = {}
    for name, fill in zip(names, fills, strict=True):
        members_of.setdefault(fill, []).append(name)
    rows = legend_rows(layer, cells, language)
    listed = [(fill, text, members_of[fill]) for fill, text, n in rows if n]
    for share in _SHRINK:
        small = Letter(size=8 * unit * share)
        leading, head = LEADING * small.size, 14 * unit * share
        lines = [wrapped(", ".join(members), small, width) for _, _, members in listed]
        # Lines that are left when every kind has its heading.
        spare = int((bottom - y - head * len(listed)) / leading)
        if sum(map(len, lines)) <= spare:
            break
    most = max(1, spare // max(len(listed), 1))
    for place, (fill, text, members) in enumerate(listed):
        if y + head + leading > bottom:
            more = label("map_print_more", language).format(n=len(listed) - place)
            return write(axes, [more], y, small)
        draw_swatch(axes, fill, (0, y), unit * share, 0.75)
        bold = Letter(size=8.5 * unit * share, bold=True)
        line, own = fitted(text, bold, width - 26 * unit)
        write(axes, [line], y, own, x=26 * unit)
        few = sum(map(len, lines)) <= spare
        shown = wrapped(", ".join(members), small, width, lines=99 if few else most)
        y = write(axes, shown, y + head - 2 * unit * share, small) + 2 * unit * share
    return y


def rule(axes: Axes, title: str, y: float, unit: float) -> float:
    """Draw a line across a paper and a heading below it."""
    width = axes.get_xlim()[1]
    if y:
        axes.plot([0, width], [y, y], color=RULE, lw=0.7 * unit)
        y += 5 * unit
    bold = Letter(size=9.5 * unit, bold=True)
    text, letter = fitted(title, bold, width)
    return write(axes, [text], y, letter) + 4 * unit


def draw_swatch(
    axes: Axes, fill: Fill, at: tuple[float, float], unit: float, share: float = 1.0
) -> None:
    """Draw a small field in a fill; ``at`` is its upper left corner."""
    from matplotlib.patches import Rectangle

    axes.add_patch(
        Rectangle(
            at, share * _SWATCH[0] * unit, share * _SWATCH[1] * unit,
            facecolor=fill.colour, hatch=fill.hatch or None, edgecolor=EDGE,
            lw=0.6 * unit, clip_on=False,
        )
    )  # fmt: skip


def legend_size(layer: Layer, cells: Cells, language: Language) -> tuple[float, float]:
    """Return about how large :func:`axes_legend` is, in points."""
    rows = legend_rows(layer, cells, language)
    letter = Letter(size=_IN_AXES)
    heading = printable(layer.said("unit", language))
    texts = [heading, *(f"{text}  ({n})     " for _, text, n in rows)]
    wide = max(width_of(text, letter) for text in texts) + 26
    # 26 and 10: the field before the words and the frame, as matplotlib draws them.
    return wide, 10.5 * (len(rows) + bool(heading)) + 10


def axes_legend(
    axes: Axes, layer: Layer, cells: Cells, language: Language, corner: Corner
) -> None:
    """Draw the legend in a corner (``upper left``) of axes of the caller's own."""
    from matplotlib.patches import Patch

    handles = [
        Patch(
            facecolor=fill.colour, hatch=fill.hatch or None, edgecolor=EDGE, lw=0.6,
            label=f"{printable(text)}  ({n})",
        )
        for fill, text, n in legend_rows(layer, cells, language)
    ]  # fmt: skip
    unit = printable(layer.said("unit", language))
    legend = axes.legend(
        handles=handles, title=unit or None, fontsize=_IN_AXES, loc=corner,
        title_fontsize=_IN_AXES, alignment="left", frameon=True, framealpha=0.9,
        edgecolor=RULE, labelcolor=INK,
    )  # fmt: skip
    legend.set_zorder(9)
    for text in (*legend.get_texts(), legend.get_title()):
        text.set_parse_math(False)


def _parts(layer: Layer, cells: Cells, i: int, language: Language) -> str:
    """Say numerator and denominator: ``49 dari 64``, or ``41.049 / 14`` of a rate."""
    part, whole = cells.numerators[i], cells.denominators[i]
    if part is None or whole is None:
        return ""
    # "49 of 64" is true of a share only; a rate has other units above and below.
    share = layer.said("unit", language) == "%"
    words = label("map_print_of", language) if share else "{part} / {whole}"
    return words.format(part=_amount(part, language), whole=_amount(whole, language))


def _amount(number: float, language: Language) -> str:
    return format_number(number, 0 if float(number).is_integer() else 1, language)
