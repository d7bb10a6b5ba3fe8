"""What of a province the map shows large, and which islands lie far off.

Why: ten islets in the sea made Sulawesi Barat a quarter of its own sheet. They are
drawn beside the map in frames of their own, with how far they are and which way.

In:     polygons in degrees (EPSG:4326). Out: :class:`Scene`.
Rules:  land that lies together is one group; the largest is the main land, and what
        lies about it belongs to it. The rest is far, where it is little land.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar, get_args

from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.labels import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt

    from kkbpk_geo.maps.page.shapes import Shapes

    Members = npt.NDArray[np.int64]  # numbers of parts

Way = Literal[
    "east", "north_east", "north", "north_west", "west", "south_west", "south",
    "south_east",
]  # fmt: skip
T = TypeVar("T")
WAYS: tuple[Way, ...] = get_args(Way)
# Islands belong together where the sea between them is narrower than that share of the
# side of a square as large as all the land: one sees them as one group.
TOGETHER = 0.15
# What is within that share of the longer side of the main land lies about it.
ABOUT = 0.1
# What makes the map of the main land by no more than that wider or higher stays on it.
LITTLE = 0.05
# Islands far off stand in one frame where they are as near to each other as that share
# of the longer side of the main land.
ONE_FRAME = 0.2
# With more land than that out at sea the province is an archipelago, and none is main.
MOST_LAND = 1 / 3
MOST_FRAMES = 3  # more would leave no room for the map
# A map larger by less is not worth turning the sheet, or moving islands.
WORTH = 1.2
_MARGIN = 0.08  # of the longer side of far islands, around them
_LEAST_SIDE = 0.05  # degrees: a rock alone is shown with the sea around it
_KM = 111.32  # a degree at the equator (WGS 84)


class Bounds(NamedTuple):
    """Degrees."""

    west: float
    south: float
    east: float
    north: float

    @property
    def wide(self) -> float:
        """East to west, in degrees of latitude: true in the middle."""
        middle = math.radians((self.south + self.north) / 2)
        return (self.east - self.west) * math.cos(middle)

    @property
    def high(self) -> float:
        """North to south."""
        return self.north - self.south

    @property
    def side(self) -> float:
        """The longer side."""
        return max(self.wide, self.high)

    def grown(self, by: float) -> Bounds:
        """Return bounds with a margin of ``by`` degrees."""
        return Bounds(self.west - by, self.south - by, self.east + by, self.north + by)

    def at_least(self, wide: float, high: float) -> Bounds:
        """Return bounds around the same middle, at least so wide and high."""
        stretch = self.wide / max(self.east - self.west, 1e-9)
        more = max(0.0, wide - self.wide) / stretch / 2
        up = max(0.0, high - self.high) / 2
        return Bounds(
            self.west - more, self.south - up, self.east + more, self.north + up
        )

    def joined(self, other: Bounds) -> Bounds:
        """Return bounds that hold both."""
        return Bounds(
            min(self.west, other.west), min(self.south, other.south),
            max(self.east, other.east), max(self.north, other.north),
        )  # fmt: skip

    def meets(self, other: Bounds) -> bool:
        """Say whether both share a point."""
        across = self.west <= other.east and other.west <= self.east
        return across and self.south <= other.north and other.south <= self.north

    def holds(self, other: Bounds) -> bool:
        """Say whether bounds that hold the other, too, are hardly larger."""
        both, most = self.joined(other), 1 + LITTLE
        return both.wide <= most * self.wide and both.high <= most * self.high

    def gap(self, other: Bounds) -> float:
        """Return the distance between two bounds, 0 where they meet."""
        middle = math.radians((self.south + self.north) / 2)
        across = max(0.0, other.west - self.east, self.west - other.east)
        up = max(0.0, other.south - self.north, self.south - other.north)
        return math.hypot(across * math.cos(middle), up)


_NOWHERE = Bounds(0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Far:
    """Islands far off: their frame, whose they are, how far and which way.

    Attributes
    ----------
    bounds : Bounds
        With a margin.
    regions : tuple of int
        That have land there, in map order.
    homes : tuple of int
        Those of them whose largest land lies there: their names stand there, too.
    km : float
        Of sea between them and the main land.
    way : Way
        From the main land.
    """

    bounds: Bounds
    regions: tuple[int, ...]
    homes: tuple[int, ...]
    km: float
    way: Way


@dataclass(frozen=True, slots=True)
class Scene:
    """All of a map; its main land; what lies far off, nothing where all is near."""

    whole: Bounds
    main: Bounds
    far: tuple[Far, ...] = ()


def read_scene(shapes: Shapes) -> Scene:
    """Tell the main land of a map from islands far off.

    Examples
    --------
    >>> from shapely import box
    >>> land, islet = box(118, -3, 119, -1), box(116, -3, 116.01, -2.99)
    >>> scene = read_scene([land, islet])
    >>> scene.main
    Bounds(west=118.0, south=-3.0, east=119.0, north=-1.0)
    >>> [(one.regions, round(one.km), one.way) for one in scene.far]
    [((1,), 221, 'west')]
    """
    import numpy as np
    import shapely

    parts, owners = shapely.get_parts(np.asarray(shapes), return_index=True)
    if not len(parts):
        return Scene(_NOWHERE, _NOWHERE)
    areas = shapely.area(parts)
    whole = Bounds(*shapely.total_bounds(parts).tolist())
    plain = Scene(whole, whole)
    total = float(areas.sum())
    if not total > 0:
        return plain
    groups = _groups(parts, TOGETHER * math.sqrt(total))
    bounds = [Bounds(*shapely.total_bounds(parts[one]).tolist()) for one in groups]
    land = [float(areas[one].sum()) for one in groups]
    # The first of equals: on every machine the same.
    main, away = _about(bounds, land.index(max(land)))
    if not away or sum(land[i] for i in away) > MOST_LAND * total:
        return plain
    frames = _frames([(bounds[i], groups[i]) for i in away], ONE_FRAME * main.side)
    # The first part of a region in order of size; stable: of equals the first.
    order = np.argsort(-areas, kind="stable")
    _, first = np.unique(owners[order], return_index=True)
    largest = set(order[first].tolist())
    far = []
    for box, members in frames:
        here = _numbers(owners[members])
        home = _numbers(owners[[i for i in members.tolist() if i in largest]])
        far.append(_far(box, (here, home), main))
    return Scene(whole, main, tuple(far))


def worth_most(tried: Sequence[tuple[T, float]]) -> T:
    """Return the first of what was tried unless a later one is larger by a fifth."""
    best, scale = tried[0]
    for one, found in tried[1:]:
        if found >= WORTH * scale:
            best, scale = one, found
    return best


def where_words(islands: Far, language: Language) -> str:
    """Say how far islands are and which way: ``kira-kira 330 km di timur laut``."""
    # Two digits: between frames, not between shores.
    km = format_number(float(f"{islands.km:.2g}"), 0, language)
    way = label(f"map_print_way_{islands.way}", language)
    return label("map_print_far", language).format(km=km, way=way)


def _groups(parts: Shapes, apart: float) -> list[Members]:
    """Return which parts lie together, as lists of their numbers."""
    import numpy as np
    import shapely

    # Boxes are quick, and an island that reaches into a bay belongs there.
    boxes: Shapes = np.asarray(shapely.box(*shapely.bounds(parts).T))
    number = np.arange(len(parts))
    inner, outer = shapely.STRtree(boxes).query(boxes, predicate="within")
    sizes = shapely.area(boxes)
    smaller = (sizes[inner] < sizes[outer]) | (
        (sizes[inner] == sizes[outer]) & (inner > outer)
    )
    inner, outer = inner[smaller], outer[smaller]
    # What is near a box is near the box around it: of a country's thousands of islets
    # only those in no other box are held against each other.
    free = np.setdiff1d(number, inner)
    one, other = shapely.STRtree(boxes[free]).query(
        boxes[free], predicate="dwithin", distance=apart
    )
    one = np.concatenate([free[one], inner, outer])
    other = np.concatenate([free[other], outer, inner])
    root = number
    while True:
        lower = root.copy()
        np.minimum.at(lower, one, root[other])
        if (lower == root).all():
            break
        root = lower
    return [np.flatnonzero(root == label) for label in np.unique(root)]


def _about(bounds: list[Bounds], first: int) -> tuple[Bounds, list[int]]:
    """Return the main land with what lies about it, and the numbers of the rest."""
    main = bounds[first]
    near = main.grown(ABOUT * main.side)
    away = list(range(len(bounds)))
    while True:
        # What the map of the main land would show is no longer far.
        joined = [i for i in away if _belongs(bounds[i], main, near)]
        if not joined:
            return main, away
        main = reduce(Bounds.joined, [bounds[i] for i in joined], main)
        away = [i for i in away if i not in joined]


def _belongs(box: Bounds, main: Bounds, near: Bounds) -> bool:
    return box.meets(near) or box.meets(main) or main.holds(box)


def _frames(
    far: list[tuple[Bounds, Members]], near: float
) -> list[tuple[Bounds, Members]]:
    """Put far groups into at most three frames, those near each other together."""
    import numpy as np
    import shapely

    boxes = np.array([shapely.box(*box) for box, _ in far])
    frames = []
    for group in _groups(boxes, near):
        box = reduce(Bounds.joined, [far[i][0] for i in group])
        frames.append((box, np.concatenate([far[i][1] for i in group])))
    while len(frames) > MOST_FRAMES:
        pairs = combinations(range(len(frames)), 2)
        a, b = min(pairs, key=lambda at: _side_of_both(frames[at[0]], frames[at[1]]))
        box = frames[a][0].joined(frames[b][0])
        members = np.concatenate([frames[a][1], frames[b][1]])
        frames = [one for i, one in enumerate(frames) if i not in (a, b)]
        frames.append((box, members))
    # From north to south, as they are read.
    return sorted(frames, key=lambda frame: (-frame[0].north, frame[0].west))


def _side_of_both(one: tuple[Bounds, Members], other: tuple[Bounds, Members]) -> float:
    return one[0].joined(other[0]).side


def _numbers(owners: Members) -> tuple[int, ...]:
    return tuple(sorted(set(owners.tolist())))


def _far(
    box: Bounds, whose: tuple[tuple[int, ...], tuple[int, ...]], main: Bounds
) -> Far:
    stretch = math.cos(math.radians((main.south + main.north) / 2))
    east = (box.west + box.east - main.west - main.east) * stretch
    north = box.south + box.north - main.south - main.north
    turn = math.atan2(north, east) / (2 * math.pi)
    return Far(
        bounds=box.grown(max(_MARGIN * box.side, _LEAST_SIDE / 2)),
        regions=whose[0],
        homes=whose[1],
        km=_KM * main.gap(box),
        way=WAYS[round(turn * len(WAYS)) % len(WAYS)],
    )
