"""Where the names beside points may stand: on no point, line or other name.

Why: a name that lies on another one, or that a line strikes through, is read wrongly.
The pictures of notebooks and those of the page place their names by the same rule.

In:     points, the size of each name, what is taken already, the room that there is.
Out:    a place for each name, and whether it stands away from its point.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

# Left, top, right, bottom; which end is up is all the same to a rule of overlaps.
Box = tuple[float, float, float, float]

# Places of a name: so far from its point, and in rings a line further out each; those
# of the first ring are beside the point.
_GAP, _RINGS = 4, 16
_EIGHT = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
_BETWEEN = (
    (1, 0.5), (-1, 0.5), (1, -0.5), (-1, -0.5),
    (0.5, 1), (-0.5, 1), (0.5, -1), (-0.5, -1),
)  # fmt: skip
_LINES = 1  # between two names
_STEP = 4  # along a line that leads to a name
_NEAR = 60  # about the width of a name
_CROSSING = 4  # rings that a name is put further out for, to strike through nothing


@dataclass(frozen=True, slots=True)
class Place:
    """Where the middle of a name stands, from its point.

    Attributes
    ----------
    dx, dy : float
    beside : bool
        Next to its point; else it needs a line that leads to it.
    free : bool
        Hides nothing; else there was no room, and the name is better left to a table.
    """

    dx: float
    dy: float
    beside: bool
    free: bool = True


def place_names(
    points: Sequence[tuple[float, float]],
    sizes: Sequence[tuple[float, float]],
    *,
    taken: Sequence[Box],
    room: Box,
    lines: Sequence[Box] = (),
    unit: float = 1.0,
) -> list[Place]:
    """Place names one after the other, each at the nearest free place.

    Parameters
    ----------
    points : sequence of (x, y)
    sizes : sequence of (width, height)
        Of each name.
    taken : sequence of boxes
        What no name may cover: the marks of all points, words.
    room : box
        No name leaves it.
    lines : sequence of boxes
        What no name may cover either; only what leads to a name may cross them.
    unit : float
        How many units of the points a typographic point is.

    Examples
    --------
    Two points so near that the second name goes to the other side.

    >>> marks = [(46, 46, 54, 54), (56, 46, 64, 54)]
    >>> found = place_names([(50, 50), (60, 50)], [(30, 10)] * 2, taken=marks,
    ...                     room=(0, 0, 100, 100))
    >>> [(place.dx, place.dy) for place in found]
    [(-19.0, 0.0), (19.0, 0.0)]
    """
    field = _Field(list(taken), [], lines, room, unit)
    places: dict[int, Place] = {}
    # Those that stand alone first: they have their place, and crowds look for theirs.
    for at in sorted(range(len(points)), key=_company(points, unit)):
        places[at] = field.place(points[at], sizes[at])
    return [places[at] for at in range(len(points))]


def _company(
    points: Sequence[tuple[float, float]], unit: float
) -> Callable[[int], int]:
    """Return how many points lie near one of them."""

    def near(at: int) -> int:
        x, y = points[at]
        box = around((x, y), _NEAR * unit, _NEAR * unit / 2)
        return sum(_holds(box, other) for other in points)

    return near


@dataclass(frozen=True, slots=True)
class _Field:
    """What is taken: marks, words and names; and, less strictly, what leads to names.

    A name on another one is worse than one on a thin line that leads elsewhere; and a
    long way to a name is worth a crossing or two.
    """

    taken: list[Box]
    leads: list[Box]
    lines: Sequence[Box]
    room: Box
    unit: float

    def place(self, point: tuple[float, float], size: tuple[float, float]) -> Place:
        """Take the nearest free place; without one, none."""
        (x, y), (wide, high) = point, size
        least, found = (float("inf"), 0), (Place(0, 0, beside=True), (x, y, x, y))
        for ring, dx, dy in _shifts(wide, high, self.unit):
            box = around((x + dx, y + dy), wide / 2, high / 2)
            beside = not ring
            # Nothing further out can be better.
            if not least[0] and ring >= least[1]:
                break
            covered = _covered(box, self.room, [*self.taken, *self.lines])
            if covered > least[0]:
                continue
            cost = ring + _CROSSING * self._crossed(point, box, beside)
            if (covered, cost) < least:
                least, found = (covered, cost), (Place(dx, dy, beside), box)
        place, box = found
        if least[0]:
            return replace(place, free=False)
        self.taken.append(box)
        if not place.beside:
            self.leads.extend(_lead(point, box, self.unit))
        return place

    def _crossed(self, point: tuple[float, float], box: Box, beside: bool) -> int:
        """Count what a name and the line to it would strike through."""
        hits = sum(shared(box, each) > 0 for each in self.leads)
        if beside:
            return hits
        others = [each for each in self.taken if not _holds(each, point)]
        others += self.leads
        # What lies beside the whole of the way need not be tried at each step of it.
        (x, y), (left, top, right, bottom) = point, box
        half = _LINES * self.unit
        way = (
            min(x, left) - half, min(y, top) - half,
            max(x, right) + half, max(y, bottom) + half,
        )  # fmt: skip
        others = [each for each in others if shared(way, each) > 0]
        for spot in _lead(point, box, self.unit):
            hits += any(shared(spot, each) for each in others)
        return hits


def _holds(box: Box, point: tuple[float, float]) -> bool:
    (x, y), (left, top, right, bottom) = point, box
    return left <= x <= right and top <= y <= bottom


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


def _shifts(
    wide: float, high: float, unit: float
) -> Iterator[tuple[int, float, float]]:
    """Yield ring and place of a name, from its point: the nearest first."""
    for ring in range(_RINGS):
        away = _GAP * unit + ring * (high + _LINES * unit)
        right, up = away + wide / 2, away + high / 2
        # A ring further out has room between the eight places of the first.
        around_it = _EIGHT + _BETWEEN if ring else _EIGHT
        yield from ((ring, right * x, up * y) for x, y in around_it)
