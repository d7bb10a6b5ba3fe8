"""The print map: one indicator on paper, in the classes and colours of the page.

Layer:  8 (maps). Imports matplotlib without pyplot: nothing global is touched.
In:     what :func:`kkbpk_geo.maps.describe.describe_map` takes, and which indicator.
Out:    a matplotlib ``Figure``; :func:`save_figure` saves it as PNG, SVG or PDF and
        writes the same bytes each time.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.base.formats import Language, format_number, format_period
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.maps.describe import MapDescription, describe_map
from kkbpk_geo.maps.layers import Cells, Layer
from kkbpk_geo.maps.options import MapIndicator, MapOptions, both
from kkbpk_geo.maps.shapes import label_places, land_around

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.path import Path as Outline

INK, SOFT, EDGE, LAND, SEA = "#1d2a33", "#51606b", "#46525b", "#d9d8d2", "#edf2f4"
HATCHES = {
    "missing": "////",
    "not_reported": "xxxx",
    "not_yet_founded": "....",
    "no_denominator": "----",
    "not_finite": "||||",
}
FORMATS = (".png", ".svg", ".pdf")
_A4 = (11.69, 8.27)  # inches, landscape
_OFFSETS = ((0, 0), (-44, 6), (44, 6), (-36, 22), (36, 22), (-36, -22), (36, -22))
_KM_PER_DEGREE = 111.32


def draw_static_map(
    boundaries: gpd.GeoDataFrame,
    table: pd.DataFrame,
    *,
    indicator: str | MapIndicator,
    period: str | None = None,
    options: MapOptions | None = None,
) -> Figure:
    """Draw one indicator for print, A4 landscape.

    Parameters
    ----------
    boundaries, table, options
        As in :func:`kkbpk_geo.maps.describe.describe_map`.
    indicator : str or MapIndicator
        Which one.
    period : str, optional
        Which period, such as ``"2025-11"``; the newest unless asked.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    MapError
        As ``describe_map``, or if there is no such period.
    """
    description = describe_map(
        boundaries, table, indicators=[indicator], options=options
    )
    return draw_figure(description, period=period)


def draw_figure(
    description: MapDescription, key: str = "", *, period: str | None = None
) -> Figure:
    """Draw one layer of a described map; the first and newest unless asked."""
    from matplotlib.figure import Figure

    layer = description.layer(key)
    period = description.periods[-1] if period is None else period
    if period not in layer.cells:
        msg = f"the map has no period {period!r}; it has {list(layer.cells)}."
        raise MapError(msg)
    figure = Figure(figsize=_A4, dpi=150, facecolor="white")
    axes = figure.add_axes((0.03, 0.09, 0.66, 0.79))
    _draw_regions(axes, description, layer, layer.cells[period])
    _draw_names(axes, description)
    _draw_scale(axes)
    _draw_words(figure, description, layer, period)
    _draw_legend(figure, layer, layer.cells[period], description.options.language)
    return figure


def save_figure(figure: Figure, path: str | Path) -> Path:
    """Save a figure as PNG, SVG or PDF, without clocks and random ids in it.

    Raises
    ------
    MapError
        If the name does not end in ``.png``, ``.svg`` or ``.pdf``.
    """
    import matplotlib as mpl

    target = Path(path)
    kind = target.suffix.lower()
    if kind not in FORMATS:
        msg = f"{target.name}: a map is saved as {', '.join(FORMATS)}; found {kind!r}."
        raise MapError(msg)
    undated = {
        ".png": {"Software": None},
        ".svg": {"Date": None, "Creator": None},
        ".pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    }
    fixed = {"svg.hashsalt": "kkbpk_geo", "pdf.fonttype": 42}
    with mpl.rc_context(fixed):  # type: ignore[arg-type]
        figure.savefig(target, metadata=undated[kind])
    return target


def _draw_regions(
    axes: Axes, description: MapDescription, layer: Layer, cells: Cells
) -> None:
    from matplotlib.patches import PathPatch

    frame, context = description.boundaries, description.options.context
    west, south, east, north = (float(b) for b in frame.total_bounds)
    for land in land_around(context, frame.total_bounds):
        axes.add_patch(
            PathPatch(_outline(land), facecolor=LAND, edgecolor="white", lw=0.6)
        )
    for shape, value, status in zip(
        frame.geometry, cells.values, cells.status, strict=True
    ):
        at = layer.classes.index(value)
        style: dict[str, Any] = (
            {"facecolor": "white", "hatch": HATCHES.get(status, HATCHES["missing"])}
            if at is None
            else {"facecolor": layer.classes.colours[at]}
        )
        axes.add_patch(PathPatch(_outline(shape), edgecolor=EDGE, lw=0.7, **style))
    _frame(axes, (west, south, east, north))
    axes.set_facecolor(SEA)
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_color("#b5c1c9")


def _frame(axes: Axes, bounds: tuple[float, float, float, float]) -> None:
    """Fill the axes: bounds and a margin in the middle, one scale both ways."""
    west, south, east, north = bounds
    stretch = 1 / math.cos(math.radians((south + north) / 2))
    box = axes.get_window_extent()
    wide = 1.08 * max(east - west, (north - south) * stretch * box.width / box.height)
    high = wide / stretch * box.height / box.width
    middle = ((west + east) / 2, (south + north) / 2)
    axes.set_xlim(middle[0] - wide / 2, middle[0] + wide / 2)
    axes.set_ylim(middle[1] - high / 2, middle[1] + high / 2)
    axes.set_autoscale_on(False)


def _outline(shape: Any) -> Outline:  # noqa: ANN401
    """Return a polygon with its holes as one path."""
    import shapely
    from matplotlib.path import Path as Outline

    rings = [
        Outline(shapely.get_coordinates(ring), closed=True)
        for part in shapely.get_parts(shape)
        for ring in (part.exterior, *part.interiors)
    ]
    return Outline.make_compound_path(*rings)


def _draw_names(axes: Axes, description: MapDescription) -> None:
    from matplotlib.patheffects import withStroke

    places = label_places(description.boundaries.geometry.to_numpy())
    rooms = sorted(
        zip(places, description.boundaries["name"], strict=True),
        key=lambda one: -one[0][2] * one[0][3],
    )
    taken: list[Any] = []
    for (x, y, _, _), name in rooms:
        for offset in _OFFSETS:
            text = axes.annotate(
                _wrapped(str(name)),
                (x, y),
                offset,
                textcoords="offset points",
                ha="center",
                va="center",
                fontsize=7,
                color=INK,
                fontweight="bold",
                linespacing=0.95,
                parse_math=False,
                path_effects=[withStroke(linewidth=2.2, foreground="white")],
                arrowprops={"arrowstyle": "-", "lw": 0.7} if any(offset) else None,
            )
            box = text.get_window_extent()
            if not any(box.overlaps(other) for other in taken):
                taken.append(box)
                break
            text.remove()


def _wrapped(name: str) -> str:
    import textwrap

    return textwrap.fill(name, 14, max_lines=3, placeholder=" …")


def _draw_scale(axes: Axes) -> None:
    """Scale bar, bottom right, and an arrow to the north."""
    west, east = axes.get_xlim()
    south, north = axes.get_ylim()
    per_degree = _KM_PER_DEGREE * math.cos(math.radians((south + north) / 2))
    room = (east - west) * per_degree / 5
    power = 10 ** math.floor(math.log10(room))
    length = max(step * power for step in (1, 2, 5) if step * power <= room)
    right, y = east - 0.03 * (east - west), south + 0.03 * (north - south)
    left = right - length / per_degree
    axes.plot([left, right], [y, y], color=INK, lw=2, solid_capstyle="butt")
    axes.annotate(
        f"{length:g} km", ((left + right) / 2, y), (0, 4), textcoords="offset points",
        ha="center", fontsize=8, color=INK,
    )  # fmt: skip
    axes.annotate(
        "U", (0.965, 0.965), (0.965, 0.905), xycoords="axes fraction", ha="center",
        va="center", fontsize=9, fontweight="bold", color=INK,
        arrowprops={"arrowstyle": "-|>", "color": INK},
    )  # fmt: skip


def _draw_words(
    figure: Figure, description: MapDescription, layer: Layer, period: str
) -> None:
    options = description.options
    language = options.language
    indicator = layer.indicator
    when = format_period(period, language) if period else ""
    unit = both(indicator.unit)[language]
    lines = (
        (0.945, 17, INK, "bold", both(indicator.label)[language]),
        (0.91, 10.5, SOFT, "normal", " · ".join(
            x for x in (description.title[language], when, unit) if x)),
    )  # fmt: skip
    for y, size, colour, weight, text in lines:
        figure.text(
            0.03, y, text, size=size, color=colour, weight=weight, parse_math=False
        )
    attrs = description.boundaries.attrs
    numbers = description.source[language] or both(indicator.source)[language]
    parts = (
        f"{label('map_page_numbers', language)}: {numbers}" if numbers else "",
        str(attrs.get("attribution") or attrs.get("source") or ""),
        f"{label('map_page_made', language)}: {options.date}" if options.date else "",
    )
    figure.text(
        0.03, 0.05, " · ".join(p for p in parts if p), size=7.5, color=SOFT,
        parse_math=False, wrap=True, va="top",
    )  # fmt: skip
    if options.sample:
        figure.text(
            0.36, 0.855, label("map_page_sample", language), size=12, weight="bold",
            color="white", ha="center",
            bbox={"facecolor": "#b3261e", "edgecolor": "none", "pad": 5},
        )  # fmt: skip


def _draw_legend(
    figure: Figure, layer: Layer, cells: Cells, language: Language
) -> None:
    from matplotlib.patches import Patch

    classes = layer.classes
    rows = list(
        zip(
            classes.colours,
            classes.labels(language),
            classes.counts(cells.values),
            strict=True,
        )
    )
    if layer.indicator.direction != "better":
        rows.reverse()
    entries = [
        Patch(facecolor=colour, edgecolor=EDGE, lw=0.6, label=f"{text}   ({n})")
        for colour, text, n in rows
    ]
    for status, hatch in HATCHES.items():
        if n := cells.status.count(status):
            text = f"{label(f'map_page_{status}', language)}   ({n})"
            entries.append(
                Patch(
                    facecolor="white", edgecolor=EDGE, lw=0.6, hatch=hatch, label=text
                )
            )
    unit = both(layer.indicator.unit)[language]
    legend = figure.legend(
        handles=entries, loc="upper left", bbox_to_anchor=(0.7, 0.885), frameon=False,
        title=unit, alignment="left", fontsize=9.5, handleheight=1.3, handlelength=2.2,
    )  # fmt: skip
    legend.get_title().set_fontsize(9.5)
    context = layer.indicator.direction == "context"
    notes = [
        label(
            "map_page_rule_context" if context else "map_page_rule_attention", language
        ),
        label(f"map_page_{layer.indicator.direction}", language),
        f"{label('map_page_classes', language)}: "
        f"{label(f'map_page_method_{classes.method}', language)}",
    ]
    if cells.province is not None:
        number = format_number(cells.province, classes.digits, language)
        notes.insert(0, f"{label('map_page_province', language)}: {number} {unit}")
    height = 0.885 - 0.047 - 0.034 * len(entries)
    for i, note in enumerate(notes):
        figure.text(
            0.708, height - 0.03 * i, note, size=8.5, color=SOFT, va="top",
            parse_math=False,
        )  # fmt: skip
