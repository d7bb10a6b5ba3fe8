"""The map itself on paper: land, regions in their colours, lines of the globe.

In:     axes, a described map, one :class:`Fill` per region. Out: marks on the axes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.catalogue.statuses import statuses
from kkbpk_geo.maps.content.layers import Cells, Layer
from kkbpk_geo.maps.content.palettes import LIGHT
from kkbpk_geo.maps.describe import MapDescription
from kkbpk_geo.maps.page.far import Bounds
from kkbpk_geo.maps.page.shapes import for_drawing, land_around
from kkbpk_geo.maps.paper.style import BORDER, EDGE, LAND, RULE, SEA, SOFT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.path import Path as Outline

    from kkbpk_geo.maps.page.shapes import Shapes

_STEPS = (600, 300, 120, 60, 30, 15, 10, 5, 2, 1)  # minutes of arc between two lines
_FEWEST_LINES = 3
_MOST_VERTICES = 60_000  # a printed line shows more than a screen does
_ROOM = 1.06  # of the bounds: no region touches the frame
_MANY = 60  # regions: thinner lines between them
# Degrees from west to east beyond which a map is of the country: no province, nor
# Sumatra (13), nor all of Papua (11) is so wide. 500 m on it are a thirtieth of a mm.
_WIDE = 25.0
_COARSE, _FINER = 500 / 111_320, 150 / 111_320  # degrees: of the country, of a look
_WIDE_COAST, _WIDE_BORDER = 0.35, 0.25  # points
_STROKED = 3.0  # points: the side of the smallest part that has a dark line around it


@dataclass(frozen=True, slots=True)
class Fill:
    """How one region is filled: a colour, or white with a hatch."""

    colour: str
    hatch: str = ""


def fills_of(layer: Layer, cells: Cells) -> tuple[Fill, ...]:
    """Return the fill of each region: the colour of its class, or why it has none."""
    colours = layer.classes.colours
    found = []
    for value, status in zip(cells.values, cells.status, strict=True):
        at = layer.classes.index(value)
        found.append(no_value(status) if at is None else Fill(colours[at]))
    return tuple(found)


def no_value(status: str) -> Fill:
    """Return the fill of a region without a value."""
    return Fill(LIGHT, statuses()[status].print)


def draw_ground(
    axes: Axes,
    description: MapDescription,
    fills: Sequence[Fill],
    unit: float = 1.0,
    views: tuple[Bounds, Bounds] | None = None,
) -> None:
    """Draw the land around and every region, and frame the map.

    With ``views`` only the land in the first, in axes that show the second.
    """
    import shapely
    from matplotlib.patches import PathPatch

    frame, context = description.boundaries, description.options.context
    axes.set_facecolor(SEA)
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_color(RULE)
        spine.set_linewidth(0.8 * unit)
    if land := land_around(context, frame.total_bounds):
        style = {"facecolor": LAND, "edgecolor": "white", "lw": 0.5 * unit}
        axes.add_artist(PathPatch(outline(*land), **style, zorder=1))
    west, south, east, north = views[1] if views else frame.total_bounds.tolist()
    _look_at(axes, (west, south, east, north))
    shapes = _drawn(frame.geometry.to_numpy(), views)
    # Borders of 229 kecamatan as thick as those of 15 districts would be the map.
    thin = (0.4 if len(frame) > _MANY else 0.8) * unit
    coast, wide = 0.9 * unit, is_wide(Bounds(*frame.total_bounds.tolist()))
    least = 0.0
    if wide:
        coast, thin = _WIDE_COAST * unit, _WIDE_BORDER * unit
        least = (_STROKED * unit / _points_per_degree(axes)) ** 2
    for shape, fill in zip(shapes, fills, strict=True):
        if shapely.is_empty(shape):
            continue
        look: dict[str, Any] = {
            "facecolor": fill.colour, "hatch": fill.hatch or None, "lw": thin,
            "joinstyle": "round",
        }  # fmt: skip
        if wide:
            # Islets in their own colour: with a dark line around it each is a blot.
            plain = PathPatch(outline(shape), edgecolor=fill.colour, **look, zorder=3)
            axes.add_artist(plain)
            shape = _large_parts(shape, least)  # noqa: PLW2901
        if not shapely.is_empty(shape):
            region = PathPatch(outline(shape), edgecolor=BORDER, **look, zorder=3)
            axes.add_artist(region)
    land = _large_parts(shapely.union_all(shapes), least)
    if not shapely.is_empty(land):
        line = {"fill": False, "edgecolor": EDGE, "lw": coast, "joinstyle": "round"}
        axes.add_artist(PathPatch(outline(land), **line, zorder=4))


def is_wide(bounds: Bounds) -> bool:
    """Say whether a map is of the whole country, or nearly so.

    Examples
    --------
    >>> is_wide(Bounds(95, -11, 141, 6)), is_wide(Bounds(103, -6, 106, -3))
    (True, False)
    """
    return bounds.east - bounds.west > _WIDE


def _drawn(shapes: Shapes, views: tuple[Bounds, Bounds] | None) -> Shapes:
    """Return shapes as they are drawn: coarser for a country, cut to what is seen."""
    import shapely

    if is_wide(Bounds(*shapely.total_bounds(shapes).tolist())):
        across = views is None or is_wide(views[0])
        if not across and views is not None:
            shapes = np.where(
                shapely.intersects(shapes, shapely.box(*views[0])),
                shapes,
                shapely.Polygon(),
            )
        shapes = shapely.coverage_simplify(shapes, _COARSE if across else _FINER)
    shapes = for_drawing(shapes, _MOST_VERTICES)
    if views is not None:
        # Land of another frame is drawn there, and not cut off at the edge of this.
        shapes = shapely.clip_by_rect(shapes, *views[0])
    return shapes


def _points_per_degree(axes: Axes) -> float:
    west, east = axes.get_xlim()
    return axes.get_window_extent().width * 72 / axes.figure.dpi / (east - west)


def _large_parts(shape: Any, least: float) -> Any:  # noqa: ANN401
    """Return the parts of an area that are larger; all where nothing is too small."""
    import shapely

    if not least:
        return shape
    parts = shapely.get_parts(shape)
    large = parts[shapely.area(parts) > least]
    return shapely.MultiPolygon([one for one in large if one.geom_type == "Polygon"])


def draw_graticule(axes: Axes, language: Language, unit: float = 1.0) -> None:
    """Draw lines of longitude and latitude behind the regions, named at the edge."""
    spans = (axes.get_xlim(), axes.get_ylim())
    step = _STEPS[-1]
    for wider in _STEPS:
        if min(_between(*span, wider) for span in spans) >= _FEWEST_LINES:
            step = wider
            break
    thin: dict[str, Any] = {"color": RULE, "lw": 0.5 * unit, "zorder": 2, "alpha": 0.8}
    small: dict[str, Any] = {"size": 6.5 * unit, "color": SOFT, "parse_math": False}
    for x in _lines(*spans[0], step):
        axes.axvline(x, **thin)
        axes.annotate(
            _degrees(x, ("east", "west"), language), (x, 0), (0, -3 * unit),
            xycoords=("data", "axes fraction"), textcoords="offset points",
            ha="center", va="top", **small,
        )  # fmt: skip
    for y in _lines(*spans[1], step):
        axes.axhline(y, **thin)
        axes.annotate(
            _degrees(y, ("north", "south"), language), (0, y), (-3 * unit, 0),
            xycoords=("axes fraction", "data"), textcoords="offset points",
            ha="right", va="center", rotation=90, **small,
        )  # fmt: skip


def outline(*shapes: Any) -> Outline:  # noqa: ANN401
    """Return polygons with their holes as one path."""
    import shapely
    from matplotlib.path import Path as Outline

    rings = [
        Outline(shapely.get_coordinates(ring), closed=True)
        for part in shapely.get_parts(shapes)
        if part.geom_type == "Polygon"
        for ring in (part.exterior, *part.interiors)
    ]
    return Outline.make_compound_path(*rings)


def _look_at(axes: Axes, bounds: tuple[float, float, float, float]) -> None:
    """Fill the axes: bounds and a margin in the middle, one scale both ways."""
    west, south, east, north = bounds
    # Degrees of longitude shrink away from the equator; true in the middle.
    stretch = 1 / math.cos(math.radians((south + north) / 2))
    box = axes.get_window_extent()
    shape = box.width / box.height
    wide = _ROOM * max(east - west, (north - south) * stretch * shape, 1e-6)
    high = wide / stretch / shape
    middle = ((west + east) / 2, (south + north) / 2)
    axes.set_xlim(middle[0] - wide / 2, middle[0] + wide / 2)
    axes.set_ylim(middle[1] - high / 2, middle[1] + high / 2)
    axes.set_autoscale_on(False)


def _between(low: float, high: float, step: int) -> int:
    return math.floor(high * 60 / step) - math.ceil(low * 60 / step) + 1


def _lines(low: float, high: float, step: int) -> Iterator[float]:
    """Degrees of the lines between two edges, not too close to either."""
    # A line so near the frame is read as the frame, and its name hangs over.
    edge = 0.02 * (high - low)
    first = math.ceil(low * 60 / step)
    for i in range(_between(low, high, step)):
        at = (first + i) * step / 60
        if low + edge < at < high - edge:
            yield at


def _degrees(value: float, sides: tuple[str, str], language: Language) -> str:
    minutes = round(abs(value) * 60)
    whole, rest = divmod(minutes, 60)
    text = f"{whole}°{rest:02}′" if rest else f"{whole}°"
    if not minutes:
        return text
    return f"{text} {label(f'map_print_{sides[value < 0]}_of', language)}"
