"""Where the names beside points may stand: on no point, line or other name.

Why: a name that lies on another one, or that a line strikes through, is read wrongly.
The pictures of notebooks and those of the page place their names by the same rule.

In:     points, the size of each name, what is taken already, the room that there is.
Out:    a place for each name, and whether it stands away from its point.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Left, top, right, bottom; which end is up is all the same to a rule of overlaps.
Box = tuple[float, float, float, float]

# Places of a name: so far from its point, and in rings a line further out each; those
# of the first ring are beside the point.
_GAP, _RINGS, _BESIDE = 4, 16, 8
_LINES = 1  # between two names
_STEP = 4  # along a line that leads to a name


@dataclass(frozen=True, slots=True)
class Place:
    """Where the middle of a name stands, from its point.

    Attributes
    ----------
    dx, dy : float
    beside : bool
        Next to its point; else it needs a line that leads to it.
    """

    dx: float
    dy: float
    beside: bool


def place_names(
    points: Sequence[tuple[float, float]],
    sizes: Sequence[tuple[float, float]],
    *,
    taken: Sequence[Box],
    room: Box,
    unit: float = 1.0,
) -> list[Place]:
    """Place names one after the other, each at the nearest free place.

    Parameters
    ----------
    points : sequence of (x, y)
    sizes : sequence of (width, height)
        Of each name.
    taken : sequence of boxes
        What no name may cover: the marks of all points, lines.
    room : box
        No name leaves it.
    unit : float
        How many units of the points a typographic point is.

    Examples
    --------
    Two points so near that the second name goes to the other side.

    >>> marks = [(46, 46, 54, 54), (56, 46, 64, 54)]
    >>> found = place_names([(50, 50), (60, 50)], [(30, 10)] * 2, taken=marks,
    ...                     room=(0, 0, 100, 100))
    >>> [(place.dx, place.dy) for place in found]
    [(-19.0, 0), (19.0, 0)]
    """
    full, places = list(taken), []
    for point, size in zip(points, sizes, strict=True):
        place, box = _nearest(point, size, full, room, unit)
        places.append(place)
        full.append(box)
        if not place.beside:
            full += _lead(point, box, unit)
    return places


def _nearest(
    point: tuple[float, float],
    size: tuple[float, float],
    taken: Sequence[Box],
    room: Box,
    unit: float,
) -> tuple[Place, Box]:
    """Return the nearest free place; without one, that which hides the least."""
    (x, y), (wide, high) = point, size
    least, found = float("inf"), (Place(0, 0, beside=True), (x, y, x, y))
    for at, (dx, dy) in enumerate(_shifts(wide, high, unit)):
        middle = x + dx, y + dy
        box = around(middle, wide / 2, high / 2)
        covered = _covered(box, room, taken)
        if at >= _BESIDE and covered < least:
            covered += _crossed(point, box, taken, unit)
        if covered < least:
            least, found = covered, (Place(dx, dy, at < _BESIDE), box)
        if not covered:
            break
    return found


def lead_end(point: tuple[float, float], box: Box) -> tuple[float, float]:
    """Return the side of a name that is nearest to its point.

    Examples
    --------
    >>> lead_end((0, 5), (10, 0, 20, 10))
    (10, 5)
    """
    (x, y), (left, top, right, bottom) = point, box
    return min(max(x, left), right), min(max(y, top), bottom)


def _lead(point: tuple[float, float], box: Box, unit: float) -> list[Box]:
    """Return the line from a point to its name as a chain of small boxes."""
    (x, y), (to_x, to_y) = point, lead_end(point, box)
    long = max(abs(to_x - x), abs(to_y - y))
    steps = max(int(long / (_STEP * unit)), 1)
    half = _LINES * unit / 2
    # Neither the point nor the name: both have boxes of their own.
    shares = (step / steps for step in range(1, steps))
    return [
        around((x + share * (to_x - x), y + share * (to_y - y)), half, half)
        for share in shares
    ]


def _crossed(
    point: tuple[float, float], box: Box, taken: Sequence[Box], unit: float
) -> float:
    """Return how much the line to a name would strike through, each time alike."""
    (x, y), hits = point, 0
    others = [
        each
        for each in taken
        if not (each[0] <= x <= each[2] and each[1] <= y <= each[3])
    ]
    for spot in _lead(point, box, unit):
        hits += any(shared(spot, each) for each in others)
    return hits * (_STEP * unit) ** 2


def around(middle: tuple[float, float], wide: float, high: float) -> Box:
    """Return the box around a point, so far to each side."""
    x, y = middle
    return x - wide, y - high, x + wide, y + high


def shared(one: Box, other: Box) -> float:
    """Return how large an area two boxes share.

    Examples
    --------
    >>> shared((0, 0, 10, 10), (5, 5, 20, 20)), shared((0, 0, 1, 1), (1, 0, 2, 1))
    (25, 0)
    """
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0


def _covered(box: Box, room: Box, taken: Sequence[Box]) -> float:
    """Return how much of a place is taken, or lies outside of the room."""
    area = (box[2] - box[0]) * (box[3] - box[1])
    outside = area - shared(box, room)
    # What is left of adding and taking away is no overlap.
    beyond = outside if outside > area * 1e-9 else 0.0
    return beyond + sum(shared(box, each) for each in taken)


def _shifts(wide: float, high: float, unit: float) -> Iterator[tuple[float, float]]:
    """Yield where a name may stand, from its point: the nearest first."""
    for ring in range(_RINGS):
        away = _GAP * unit + ring * (high + _LINES * unit)
        right, up = away + wide / 2, away + high / 2
        yield from ((right, 0), (-right, 0), (0, up), (0, -up))
        yield from ((right, up), (-right, up), (right, -up), (-right, -up))
