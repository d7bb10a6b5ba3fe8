"""Names of regions on paper: inside where they fit, else beside, with a line.

Why: a name across a border names the wrong district; a missing name is a missing
district. What fits nowhere is counted, and the sheet says so. Letters on a region are
dark or white, whichever is read on its fill; around them is that fill, so that they are
read where they cross a border, too.

In:     axes with the map on them, shapes, names, and the figure under each where one is
        wanted. Out: names on the axes, and how many did not fit.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, pairwise, starmap
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.maps.content.palettes import LIGHT, ink_on
from kkbpk_geo.maps.page.shapes import label_places
from kkbpk_geo.maps.paper.ground import Fill
from kkbpk_geo.maps.paper.letters import Letter, printable, width_of, wrapped
from kkbpk_geo.maps.paper.style import INK

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from kkbpk_geo.maps.content.layers import Layer
    from kkbpk_geo.maps.describe import MapDescription

Rectangle = tuple[float, float, float, float]  # left, bottom, right, top in pixels

_INSIDE, _MOSTLY = 0.97, 0.7  # share of a name within its region
_SIZES = (1.0, 0.9, 0.8)  # a fifth smaller at most: one map, one size of letters
_SHIFTS = (0.0, -0.35, 0.35, -0.7, 0.7)  # off the anchor, in sizes, nearest first
_BETTER = 0.02  # share: a later place must be better by more than rounding
_ANGLES, _REACH = 24, 14  # leader lines: directions, and steps outwards
_FEW = 45  # regions: more names than that get no leader lines
_LONGEST = 3  # lines of a name
_COVERED = 8.0  # a name on other regions costs as much as a line so long
_APART = 0.5  # between a name beside its region and any other, in sizes
_SPACING = 1.15  # between the lines of a name
_SHORTEST = 1.3  # leader line, in sizes of the letters
_WIDEST = 13.0  # in sizes of its letters
# Stroke around letters, in their sizes: enough to part them from a border that they
# cross; the lines of a hatch, which are as dark as letters, need more.
_HALO, _HALO_ON_HATCH = 0.24, 0.4
_PLAIN = Fill(LIGHT)  # what a name beside its region is written for


@dataclass(frozen=True, slots=True, kw_only=True)
class _Name:
    """One name as it stands: its lines, their middle, and its region's anchor."""

    lines: tuple[str, ...]
    letter: Letter
    middle: tuple[float, float]
    anchor: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Looks:
    """How regions look where their names stand.

    Attributes
    ----------
    fills : sequence of Fill
        Of each region; without, names are dark.
    figures : sequence of str
        What stands under each name; a name whose figure does not fit stands without.
    hidden : collection of int
        Regions whose names stand elsewhere.
    """

    fills: Sequence[Fill] = ()
    figures: Sequence[str] = ()
    hidden: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class _Said:
    """What shall stand for one region: its name, and perhaps a figure below it."""

    name: str
    figure: str = ""


_UNSEEN = Looks()


def draw_names(
    axes: Axes,
    description: MapDescription,
    *,
    size: float,
    looks: Looks = _UNSEEN,
    taken: Sequence[Rectangle] = (),
    leaders: bool = True,
) -> int:
    """Write every name; return how many fit nowhere, or without their figure only.

    Parameters
    ----------
    size : float
        Points; smaller by up to a fifth where that makes a name fit.
    looks : Looks
        Fills of the regions, and figures under their names.
    taken : rectangles in pixels
        Where no name may stand.
    leaders : bool
        Put names that do not fit beside their region.
    """
    frame = description.boundaries
    names = [printable(name) for name in frame["name"]]
    below = looks.figures or [""] * len(names)
    said = list(starmap(_Said, zip(names, below, strict=True)))
    inks = looks.fills or [_PLAIN] * len(names)
    few = leaders and len(names) <= _FEW
    board = _Board(axes, frame.geometry.to_numpy(), size, list(taken), leaders=few)
    outside = []
    for i in board.order:
        if not names[i] or i in looks.hidden:
            continue
        if found := board.inside(i, said[i]):
            board.put(found, inks[i])
        else:
            outside.append(i)
    lost = 0
    for i in outside:
        bare = _Said(names[i])
        found = board.beside(i, said[i])
        # A name alone is better than none; its figure stands in the table.
        lost += found is None
        if found is None and said[i].figure:
            found = board.inside(i, bare) or board.beside(i, bare)
        if found:
            board.put(found, _PLAIN if found.anchor else inks[i])
    return lost


class _Board:
    """Axes with shapes on them, in pixels, and the names that stand there already."""

    def __init__(
        self,
        axes: Axes,
        polygons: Any,  # noqa: ANN401
        size: float,
        used: list[Rectangle],
        *,
        leaders: bool,
    ) -> None:
        import shapely

        self.axes, self.used, self.leaders = axes, used, leaders
        self.size = (size, axes.figure.dpi / 72)
        self.lines: list[Any] = []
        to_pixels = axes.transData.transform
        self.shapes = shapely.transform(polygons, to_pixels)
        shapely.prepare(self.shapes)
        places = label_places(polygons)
        spots = to_pixels([place[:2] for place in places]).tolist()
        self.anchors = list(map(tuple, spots))
        # The roomiest regions first: their names stand inside and take nobody's place.
        rooms = [-place[2] * place[3] for place in places]
        self.order = sorted(range(len(rooms)), key=lambda i: (rooms[i], i))

    def inside(self, i: int, said: _Said) -> _Name | None:
        """Return where a name fits in its region."""
        return _inside(said, self.shapes[i], self.anchors[i], self.size, self.used)

    def beside(self, i: int, said: _Said) -> _Name | None:
        """Return where a name fits beside its region, with a line to it."""
        if not self.leaders:
            return None
        where = (self.shapes, self.used, self.lines, _window(self.axes))
        return _beside((said, self.anchors[i], self.size), where)

    def put(self, name: _Name, fill: Fill) -> None:
        """Write a name, and keep others off it."""
        scale = self.size[1]
        _write(self.axes, name, scale, fill)
        self.used.append(_rectangle(name, scale))
        if name.anchor is not None:
            self.lines.append(_leader(name, scale))


def figures_of(
    layers: Sequence[Layer], period: str, language: Language
) -> tuple[str, ...]:
    """Return what stands under each name: its number, or those of two indicators.

    Nothing where one is missing, which the hatch says, or is a kind, which its colour
    says.
    """
    rows = [_figures(layer, period, language) for layer in layers]
    return tuple(map(_joined, zip(*rows, strict=True)))


def _joined(texts: Sequence[str]) -> str:
    return " · ".join(texts) if all(texts) else ""


def _figures(layer: Layer, period: str, language: Language) -> list[str]:
    values = layer.cells[period].values
    return [_figure(layer, value, language) for value in values]


def _figure(layer: Layer, value: float | None, language: Language) -> str:
    if value is None or layer.classes.names:
        return ""
    return format_number(value, layer.classes.digits, language)


def overlap(a: Rectangle, b: Rectangle) -> bool:
    """Say whether two rectangles share more than an edge."""
    across = max(a[0], b[0]) < min(a[2], b[2])
    return across and max(a[1], b[1]) < min(a[3], b[3])


def _inside(
    said: _Said,
    shape: Any,  # noqa: ANN401
    anchor: tuple[float, float],
    size: tuple[float, float],
    used: Sequence[Rectangle],
) -> _Name | None:
    """Try fewer lines and larger letters first; accept the first that fits well."""
    import shapely

    best: tuple[float, _Name] | None = None
    points, scale = size
    # A region smaller than most of its smallest name holds none: of 514, most.
    small = Letter(size=points * min(_SIZES), bold=True)
    rooms = [
        shapely.box(*_rectangle(_Name(lines=form, letter=small, middle=anchor), scale))
        for form in _forms(said, small)
    ]
    if shapely.area(shape) < _MOSTLY * min(map(shapely.area, rooms)):
        return None
    for share in _SIZES:
        letter = Letter(size=points * share, bold=True)
        for lines in _forms(said, letter):
            for shift in _SHIFTS:
                middle = (anchor[0], anchor[1] + shift * points * scale)
                tried = _Name(lines=lines, letter=letter, middle=middle)
                box = _rectangle(tried, scale)
                if any(overlap(box, other) for other in used):
                    continue
                whole = shapely.box(*box)
                within = float(shapely.area(shapely.intersection(whole, shape)))
                within /= float(shapely.area(whole))
                if within >= _INSIDE:
                    return tried
                if best is None or within > best[0] + _BETTER:
                    best = (within, tried)
    return best[1] if best and best[0] >= _MOSTLY else None


def _beside(
    what: tuple[_Said, tuple[float, float], tuple[float, float]],
    where: tuple[Any, Sequence[Rectangle], Sequence[Any], Rectangle],
) -> _Name | None:
    """Find the place nearest to the region that covers no name and little map."""
    import shapely

    said, anchor, (points, scale) = what
    shapes, used, lines, window = where
    letter = Letter(size=points, bold=True)
    forms = tuple(_forms(said, letter))[:2]
    best: tuple[float, _Name] | None = None
    for form, x, y in _around(forms, anchor, points * scale):
        tried = _Name(lines=form, letter=letter, middle=(x, y), anchor=anchor)
        box = _rectangle(tried, scale)
        length = _distance(tried, box, scale) / (points * scale)
        # A place costs at least its distance: no farther one can be the best.
        if length < _SHORTEST or (best is not None and length >= best[0]):
            continue
        apart = _APART * points * scale  # two names too near read as one
        wider = (box[0] - apart, box[1] - apart, box[2] + apart, box[3] + apart)
        if not _within(box, window) or any(overlap(wider, other) for other in used):
            continue
        line = _leader(tried, scale)
        crossed = chain(lines, starmap(shapely.box, used))
        if any(shapely.intersects(line, other) for other in crossed):
            continue
        whole = shapely.box(*box)
        covered = float(shapely.area(shapely.intersection(whole, shapes)).sum())
        cost = length + _COVERED * covered / float(shapely.area(whole))
        if best is None or cost < best[0]:
            best = (cost, tried)
    return best[1] if best else None


def _around(
    forms: Sequence[tuple[str, ...]], anchor: tuple[float, float], step: float
) -> Iterator[tuple[tuple[str, ...], float, float]]:
    for form in forms:
        for ring in range(2, _REACH):
            # Steps of less than a line; wider than high, because names are.
            away = ring * step * 0.8
            for turn in range(_ANGLES):
                angle = 2 * math.pi * turn / _ANGLES
                yield (
                    form,
                    anchor[0] + 1.6 * away * math.cos(angle),
                    anchor[1] + away * math.sin(angle),
                )


def _forms(said: _Said, letter: Letter) -> Iterator[tuple[str, ...]]:
    """Yield the forms of a name, each with the figure below it."""
    below = (said.figure,) if said.figure else ()
    for form in _forms_of_name(said.name, letter):
        yield (*form, *below)


def _forms_of_name(name: str, letter: Letter) -> Iterator[tuple[str, ...]]:
    """Yield the name on one line, then broken between words as evenly as it can be."""
    most = _WIDEST * letter.size
    words = name.split()
    whole = width_of(name, letter)
    longest = max(width_of(word, letter) for word in words)
    if whole > _LONGEST * most or longest > most:
        yield wrapped(name, letter, most, lines=_LONGEST)
        return
    if whole <= most:
        yield (name,)
    for n in range(2, min(_LONGEST, len(words)) + 1):
        breaks = combinations(range(1, len(words)), n - 1)
        forms = [_broken(words, cuts) for cuts in breaks]
        yield min(forms, key=lambda form: max(width_of(x, letter) for x in form))


def _broken(words: Sequence[str], cuts: Sequence[int]) -> tuple[str, ...]:
    ends = pairwise((0, *cuts, len(words)))
    return tuple(" ".join(words[start:end]) for start, end in ends)


def _rectangle(name: _Name, scale: float) -> Rectangle:
    size = name.letter.size * scale
    half = scale * max(width_of(line, name.letter) for line in name.lines) / 2
    # A little room on either side: two names that touch are read as one.
    half += 0.15 * size
    high = size * (_SPACING * (len(name.lines) - 1) + 1.05) / 2
    x, y = name.middle
    return (x - half, y - high, x + half, y + high)


def _leader(name: _Name, scale: float) -> Any:  # noqa: ANN401
    """Return the line from the region to the nearest edge of its name."""
    import shapely

    x, y = name.anchor or name.middle
    end = _edge(name, _rectangle(name, scale))
    # A point short of the name, so that the line does not touch its letters.
    back = 1 - scale / max(math.hypot(end[0] - x, end[1] - y), scale)
    return shapely.linestrings(
        [(x, y), (x + back * (end[0] - x), y + back * (end[1] - y))]
    )


def _edge(name: _Name, box: Rectangle) -> tuple[float, float]:
    """Return the point of a name's rectangle that is nearest to its region."""
    x, y = name.anchor or name.middle
    left, bottom, right, top = box
    return (min(max(x, left), right), min(max(y, bottom), top))


def _distance(name: _Name, box: Rectangle, scale: float) -> float:
    """Return the length of the line that :func:`_leader` draws."""
    x, y = name.anchor or name.middle
    end = _edge(name, box)
    return max(math.hypot(end[0] - x, end[1] - y) - scale, 0.0)


def _window(axes: Axes) -> Rectangle:
    box = axes.get_window_extent()
    # The frame of the map is a line too: no name touches it.
    inner = 0.008 * box.width
    return (box.x0 + inner, box.y0 + inner, box.x1 - inner, box.y1 - inner)


def _within(box: Rectangle, window: Rectangle) -> bool:
    left, bottom, right, top = window
    across = left <= box[0] and box[2] <= right
    return across and bottom <= box[1] and box[3] <= top


def _write(axes: Axes, name: _Name, scale: float, fill: Fill) -> None:
    import shapely
    from matplotlib.patheffects import withStroke

    size = name.letter.size
    to_data = axes.transData.inverted().transform
    wide = _HALO_ON_HATCH if fill.hatch else _HALO
    halo = [withStroke(linewidth=wide * size, foreground=fill.colour)]
    if name.anchor is not None:
        ends = to_data(shapely.get_coordinates(_leader(name, scale)))
        axes.plot(
            ends[:, 0], ends[:, 1], color=INK, lw=0.09 * size, zorder=6,
            path_effects=[withStroke(linewidth=0.25 * size, foreground=LIGHT)],
            marker="o", markevery=[0], markersize=0.38 * size, markeredgewidth=0,
        )  # fmt: skip
    x, y = to_data(name.middle)
    axes.text(
        x, y, "\n".join(name.lines), size=size, color=ink_on(fill.colour),
        weight="bold", ha="center", va="center", linespacing=_SPACING / 1.15,
        parse_math=False, path_effects=halo, zorder=7,
    )  # fmt: skip
