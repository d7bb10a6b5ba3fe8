"""Closer looks: parts of a map of the whole country, drawn larger in frames below it.

Why: on a sheet of the country Kota Yogyakarta is a dot, and the hundred and nineteen
districts of Java are a strip that no name fits on. Beside so wide a land paper is free.

In:     a described map, its sheet. Out: frames, and axes to write names in.
Rule:   a map nearly as wide as the country has its land at the top, and the looks in
        one row below it, as high as their widths allow; none where that were too low.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kkbpk_geo.base.formats import format_number
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.maps.page.far import Bounds
from kkbpk_geo.maps.page.shapes import label_places
from kkbpk_geo.maps.paper.figure import paper, placed_axes
from kkbpk_geo.maps.paper.ground import draw_ground, is_wide
from kkbpk_geo.maps.paper.letters import plain, wrapped, write
from kkbpk_geo.maps.paper.sheet import Box, Sheet
from kkbpk_geo.maps.paper.style import EDGE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from kkbpk_geo.base.formats import Language
    from kkbpk_geo.maps.describe import MapDescription
    from kkbpk_geo.maps.paper.names import Looks

# Key of the label (map_print_closer_KEY) -> bounds in degrees, widest last: where many
# districts are small. A region is named in the first that its name's place lies in.
LOOKS = {
    "riau": Bounds(103.1, -1.05, 105.0, 1.35),
    "jakarta": Bounds(106.2, -7.0, 107.6, -5.85),
    "java": Bounds(104.95, -8.95, 115.8, -5.7),
}
_GAP = 8.0  # points between frames, and to the edge of the map
_UNDER = 14.0  # points of words below a frame
_EDGE = 0.1  # of a look's longer side
_LEAST_HIGH = 60.0  # points: a lower frame shows no more than the map does


class Look(NamedTuple):
    """A frame: its place on the sheet, what it shows, the regions named in it."""

    key: str
    box: Box
    bounds: Bounds
    regions: frozenset[int]


def closer_looks(description: MapDescription, sheet: Sheet) -> tuple[Look, ...]:
    """Return the frames of a map of the whole country; none of any other map.

    Examples
    --------
    >>> from kkbpk_geo import load_boundaries
    >>> from kkbpk_geo.maps.describe import describe_map
    >>> from kkbpk_geo.maps.paper.sheet import PrintOptions, lay_out
    >>> lampung = load_boundaries("Lampung")
    >>> described = describe_map(lampung, lampung, indicators=["area_km2"])
    >>> closer_looks(described, lay_out(PrintOptions()))
    ()
    """
    shapes = description.boundaries.geometry.to_numpy()
    whole = Bounds(*description.boundaries.total_bounds.tolist())
    if sheet.far or not is_wide(whole):
        return ()
    gap, under = _GAP * sheet.unit, _UNDER * sheet.unit
    room = sheet.map.width - (len(LOOKS) + 1) * gap
    high = room / sum(bounds.wide / bounds.high for bounds in LOOKS.values())
    free = sheet.map.height - whole.high * sheet.scale_of(whole)
    high = min(high, free - under - 2 * gap)
    if high < _LEAST_HIGH * sheet.unit:
        return ()
    places = [(lon, lat) for lon, lat, *_ in label_places(shapes)]
    taken: set[int] = set()
    looks = []
    left = sheet.map.left + gap
    for key, bounds in LOOKS.items():
        here = {i for i, place in enumerate(places) if _holds(bounds, *place)}
        wide = high * bounds.wide / bounds.high
        box = Box(left, sheet.map.bottom + gap + under, wide, high)
        looks.append(Look(key, box, bounds, frozenset(here - taken)))
        taken |= here
        left += wide + gap
    return tuple(looks)


def view_above(whole: Bounds, sheet: Sheet) -> Bounds:
    """Return what the map shows where its land stands at the top."""
    free = sheet.map.height / sheet.scale_of(whole) - whole.high
    return Bounds(whole.west, whole.south - max(free, 0.0), whole.east, whole.north)


def draw_look(
    figure: Figure, sheet: Sheet, look: Look, description: MapDescription, looks: Looks
) -> Axes:
    """Draw a part larger, say what it is and how much larger; return its axes."""
    unit, language = sheet.unit, description.options.language
    axes = placed_axes(figure, sheet, look.box)
    axes.set_zorder(5)
    # Land goes on to the edge of the frame.
    around = look.bounds.grown(_EDGE * look.bounds.side)
    draw_ground(axes, description, looks.fills, 0.7 * unit, (around, look.bounds))
    box = look.box
    under = _UNDER * unit
    words = paper(figure, sheet, Box(box.left, box.bottom - under, box.width, under))
    words.set_zorder(5)
    whole = Bounds(*description.boundaries.total_bounds.tolist())
    times = box.width / look.bounds.wide / sheet.scale_of(whole)
    small = plain(6.5 * unit)
    text = _words(look.key, times, language)
    write(words, wrapped(text, small, box.width, lines=1), 1.5 * unit, small)
    return axes


def mark_looks(axes: Axes, looks: tuple[Look, ...], unit: float) -> None:
    """Show on the map itself what the frames show."""
    from matplotlib.patches import Rectangle

    for _, _, (west, south, east, north), _ in looks:
        edge = {"fill": False, "edgecolor": EDGE, "lw": 0.5 * unit, "zorder": 6}
        axes.add_artist(Rectangle((west, south), east - west, north - south, **edge))


def _words(key: str, times: float, language: Language) -> str:
    said = label(f"map_print_closer_{key}", language)
    return f"{said} ({format_number(times, 1, language)} ×)"


def _holds(bounds: Bounds, lon: float, lat: float) -> bool:
    inside = bounds.west <= lon <= bounds.east
    return inside and bounds.south <= lat <= bounds.north
