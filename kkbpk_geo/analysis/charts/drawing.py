"""What the pictures of the analysis page are made of, ready to be laid out.

Why: rows of bars in HTML keep their letters at the size of the page, on a phone and on
paper, and no two of their names can meet; the other language costs nothing. Only where
two numbers stand against each other a drawing is needed, and its names are placed.

In:     positions in units of the numbers. Out: rows, a strip or a plot, all of it text
        and per cents, for ``templates/charts.html``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kkbpk_geo.analysis.placing import Box, around, lead_end, place_names
from kkbpk_geo.analysis.wording import with_minus
from kkbpk_geo.base.formats import Language, format_number

# More rows than these are no picture any more; the file has them all.
MOST_ROWS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A line of what signs mean: the sign's class, and words."""

    sign: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A region's row: what is written, and where its signs stand, in per cent.

    Attributes
    ----------
    place, name, value : str
    sign : str
        Class of the dot: what it means.
    at : str
        Of the dot.
    band : str
        Class of the band: a range, or a way.
    start, wide : str
        Of the band; empty without one.
    """

    place: str
    name: str
    value: str
    sign: str
    at: str
    band: str = ""
    start: str = ""
    wide: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Regions as rows, those in need on top."""

    heads: tuple[str, str, str]
    ends: tuple[str, str]
    bars: Sequence[Bar]
    line: str = ""
    key: Sequence[Key] = ()
    note: str = ""
    kind: str = "rows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A region on a strip."""

    at: str
    name: str
    sign: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """All regions on one line, with the names of both ends."""

    dots: Sequence[Dot]
    low: str
    high: str
    line: str
    key: Sequence[Key] = ()
    kind: str = "strip"


@dataclass(frozen=True, slots=True)
class Point:
    """A region in a plot, in units of its numbers."""

    name: str
    x: float
    y: float
    sign: str


@dataclass(frozen=True, slots=True)
class Text:
    """Words in a plot, around their middle."""

    x: str
    y: str
    text: str
    sign: str


@dataclass(frozen=True, slots=True)
class Mark:
    """The sign of a point."""

    path: str
    sign: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """Two numbers of each region against each other."""

    alt: str
    across: str
    up: str
    marks: Sequence[Mark]
    names: Sequence[Text]
    ticks: Sequence[Text]
    cuts: Sequence[str]
    leads: Sequence[str]
    key: Sequence[Key] = ()
    size: str = ""
    kind: str = "plot"


@dataclass(frozen=True, slots=True)
class Scale:
    """From numbers to a place between two ends."""

    low: float
    high: float

    def share(self, value: float) -> float:
        """Return where a value lies, 0 to 1; in the middle where all are the same."""
        span = self.high - self.low
        return (value - self.low) / span if span > 0 else 0.5

    def percent(self, value: float) -> str:
        """Return where a value lies, as CSS takes it; beyond an end, that end."""
        return f"{100 * min(max(self.share(value), 0), 1):.2f}%"

    def width(self, low: float, high: float) -> str:
        """Return how wide a range is, as CSS takes it."""
        ends = [min(max(self.share(value), 0), 1) for value in (low, high)]
        return f"{100 * (ends[1] - ends[0]):.2f}%"


def scale_of(values: Iterable[float], room: float = 0.0) -> Scale:
    """Return the scale of all finite values, with so much room at either end.

    Examples
    --------
    >>> scale_of([10.0, 20.0], room=0.1)
    Scale(low=9.0, high=21.0)
    """
    known = [float(value) for value in values if math.isfinite(value)]
    if not known:
        return Scale(0.0, 1.0)
    low, high = min(known), max(known)
    more = room * ((high - low) or 1.0)
    return Scale(low - more, high + more)


# The drawing of a plot in its own units: as wide as a column of a printed page, so that
# its letters keep their size there.
WIDE, HIGH = 480.0, 340.0
# Beyond so many points more room is needed for the names of those that stand out.
TALL, _MANY = 560.0, 20
# That a plot has room for; a crowd of hundreds of points leaves room for few.
_MOST_NAMES, _CROWD, _OF_CROWD = 40, 150, 12
_LEFT, _RIGHT, _TOP, _BOTTOM = 40.0, 8.0, 8.0, 24.0
LETTER = 12.0  # height of the letters of names
_LINE_HEIGHT = 1.2
_POINT = 5.5  # around a point
_CUT = 1.5  # to either side of a line
# Width of a letter, in heights of it: of a plain face, rather too wide than too narrow.
_NARROW, _BROAD = "iljtfrI.,'()| -", "mwMW"
_WIDTHS = (0.34, 0.56, 0.7, 0.9)
_BESIDE = 6.0  # from an axis to its numbers
_STEPS = (1, 2, 5, 10)
_TICKS = 5

_SHAPES = {
    "triangle": ((0, -1.1), (1, 0.8), (-1, 0.8)),
    "square": ((-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)),
    "diamond": ((0, -1.1), (1.1, 0), (0, 1.1), (-1.1, 0)),
    "ring": tuple(
        (round(math.cos(k * math.pi / 6), 2), round(math.sin(k * math.pi / 6), 2))
        for k in range(12)
    ),
}
# Each meaning has a shape beside its colour.
SIGNS = {
    "needy": "triangle", "between": "square", "even": "ring", "well": "diamond",
    "less": "triangle", "more": "diamond",
}  # fmt: skip


def letters_wide(text: str, height: float = LETTER) -> float:
    """Return how wide a text is at most, in the units of its height.

    Examples
    --------
    >>> letters_wide("mi", 10.0)
    12.4
    """
    narrow, usual, capital, broad = _WIDTHS
    total = 0.0
    for letter in text:
        width = capital if letter.isupper() else usual
        if letter in _NARROW:
            width = narrow
        elif letter in _BROAD:
            width = broad
        total += width
    return round(total * height, 3)


def make_plot(  # noqa: PLR0913 (each is one thing that is drawn)
    points: Sequence[Point],
    *,
    named: Iterable[str],
    cut: tuple[float, float],
    corners: Sequence[tuple[bool, bool, str]] = (),
    digits: tuple[int, int] = (0, 0),
    words: tuple[str, str, str],
    key: Sequence[Key] = (),
    language: Language,
) -> Plot:
    """Lay out a plot: marks, ticks, both lines, and names that cover none of them.

    Parameters
    ----------
    points : sequence of Point
    named : iterable of str
        Names that are written; of many, those furthest from where the lines cross.
    cut : (x, y)
        Where the two lines are.
    corners : sequence of (right, top, words)
    digits : (across, up)
        Decimals of the ticks at least.
    words : (alt, across, up)
    key : sequence of Key
    language : {"id", "en"}
    """
    across = scale_of([*(point.x for point in points), cut[0]], 0.08)
    up = scale_of([*(point.y for point in points), cut[1]], 0.08)
    high = TALL if len(points) > _MANY else HIGH
    room = (_LEFT, _TOP, WIDE - _RIGHT, high - _BOTTOM)
    at = [_spot(across, up, (point.x, point.y), room) for point in points]
    x, y = _spot(across, up, cut, room)
    taken = [around(spot, _POINT, _POINT) for spot in at]
    lines = [(x - _CUT, room[1], x + _CUT, room[3]),
             (room[0], y - _CUT, room[2], y + _CUT)]  # fmt: skip
    titles = [_corner(*corner, room) for corner in corners]
    taken += [box for _, box in titles]
    wanted = set(named)
    marks = [_mark(*each) for each in zip(points, at, strict=True)]
    told = []
    for point, spot in zip(points, at, strict=True):
        if point.name in wanted:
            told.append((point, spot))
    # Of hundreds most have no room, and to look for it takes minutes.
    most = _OF_CROWD if len(points) > _CROWD else _MOST_NAMES
    if len(told) > most:
        told.sort(key=lambda each: math.dist(each[1], (x, y)), reverse=True)
    names, leads = _names(told[:most], taken, lines, room)
    names += [text for text, _ in titles]
    alt, below, beside = words
    return Plot(
        alt=alt,
        across=below,
        up=beside,
        marks=marks,
        names=names,
        ticks=_ticks((across, up), digits, room, language),
        cuts=[f"M{x:.1f} {room[1]:.1f}V{room[3]:.1f}",
              f"M{room[0]:.1f} {y:.1f}H{room[2]:.1f}"],
        leads=leads,
        key=key,
        size=f"0 0 {WIDE:g} {high:g}",
    )  # fmt: skip


def _spot(
    across: Scale, up: Scale, numbers: tuple[float, float], room: Box
) -> tuple[float, float]:
    """Return where numbers stand in the drawing."""
    left, top, right, bottom = room
    x, y = across.share(numbers[0]), up.share(numbers[1])
    return left + x * (right - left), bottom - y * (bottom - top)


def _mark(point: Point, spot: tuple[float, float]) -> Mark:
    size = _POINT - 0.5
    ends = [
        f"{spot[0] + size * dx:.1f} {spot[1] + size * dy:.1f}"
        for dx, dy in _SHAPES[SIGNS[point.sign]]
    ]
    return Mark(f"M{'L'.join(ends)}Z", point.sign, point.name)


def _corner(right: bool, top: bool, words: str, room: Box) -> tuple[Text, Box]:
    """Write the name of a quarter into its outer corner."""
    wide, high = letters_wide(words), LETTER * _LINE_HEIGHT
    x = room[2] - wide / 2 - 4 if right else room[0] + wide / 2 + 4
    y = room[1] + high / 2 if top else room[3] - high / 2
    box = around((x, y), wide / 2, high / 2)
    return Text(f"{x:.1f}", f"{y:.1f}", words, "corner"), box


def _names(
    told: Sequence[tuple[Point, tuple[float, float]]],
    taken: Sequence[Box],
    lines: Sequence[Box],
    room: Box,
) -> tuple[list[Text], list[str]]:
    """Write the names, each with a line where it stands away from its point."""
    high = LETTER * _LINE_HEIGHT
    sizes = [(letters_wide(point.name), high) for point, _ in told]
    spots = [spot for _, spot in told]
    names, leads = [], []
    # A gap of four of them clears the mark of the name's own point.
    unit = _POINT / 3.5
    places = place_names(spots, sizes, taken=taken, lines=lines, room=room, unit=unit)
    for (point, (x, y)), (wide, _), place in zip(told, sizes, places, strict=True):
        if not place.free:
            continue
        middle = x + place.dx, y + place.dy
        names.append(Text(f"{middle[0]:.1f}", f"{middle[1]:.1f}", point.name, "name"))
        if not place.beside:
            end = lead_end((x, y), around(middle, wide / 2, high / 2))
            leads.append(f"M{x:.1f} {y:.1f}L{end[0]:.1f} {end[1]:.1f}")
    return names, leads


def _ticks(
    scales: tuple[Scale, Scale], digits: tuple[int, int], room: Box, language: Language
) -> list[Text]:
    """Write round numbers along both axes."""
    across, up = scales
    out = []
    for value in round_numbers(across.low, across.high):
        x, y = _spot(across, up, (value, up.low), room)
        words = _tick(value, digits[0], language)
        out.append(Text(f"{x:.1f}", f"{y + _BOTTOM / 2:.1f}", words, "across"))
    for value in round_numbers(up.low, up.high):
        x, y = _spot(across, up, (across.low, value), room)
        words = _tick(value, digits[1], language)
        out.append(Text(f"{x - _BESIDE:.1f}", f"{y:.1f}", words, "up"))
    return out


def _tick(value: float, digits: int, language: Language) -> str:
    return with_minus(format_number(value, max(digits, _decimals(value)), language))


def _decimals(value: float) -> int:
    """Return how many decimals a round number has; two at the most."""
    return next((n for n in (0, 1) if round(value, n) == value), 2)


def round_numbers(low: float, high: float) -> list[float]:
    """Return about five round numbers between two ends.

    Examples
    --------
    >>> round_numbers(5.7, 11.2)
    [6.0, 8.0, 10.0]
    """
    rough = (high - low) / _TICKS
    if rough <= 0:
        return [low]
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(s * unit for s in _STEPS if s * unit >= rough)
    first, last = math.ceil(low / step), math.floor(high / step)
    return [round(step * k, 10) for k in range(first, last + 1)]
