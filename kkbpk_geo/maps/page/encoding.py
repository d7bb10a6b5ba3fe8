"""Shapes and points as short text for a page, without losing what neighbours share.

Why: a page with 229 shapes must open from a stick; and edges that are the same for two
districts must stay the same, or the map shows cracks. So coordinates become whole
numbers (1e-4 degrees, eleven metres), an edge shared by two shapes is stored once, and
the numbers are written as differences in a 64-letter alphabet.

In:     polygons in degrees (EPSG:4326), points, names. Out: plain strings and lists;
        ``decode.js`` reads them back.
Method: arcs as in TopoJSON (shared lines cut where shapes part); numbers as variable-
        length quantities, five bits a letter, sign in the last bit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shapely import Polygon
    from shapely.geometry.base import BaseGeometry

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
PER_DEGREE = 10_000  # 11 m: about a pixel at the closest zoom of the page
NOTHING = "."
_MORE = 32  # the sixth bit of a letter: more letters of this number follow
_DECIMALS = 6  # beyond them a number is noise

Vertex = tuple[int, int]
Ring = list[Vertex]
_LEAST_RING = 3  # vertices: fewer enclose nothing
_ONE_UNIT = 0xFFFF  # above it a letter is a pair of UTF-16 units


def encode_numbers(numbers: Iterable[int]) -> str:
    """Write whole numbers as text; small ones, of either sign, take one letter."""
    out: list[str] = []
    for number in numbers:
        # Zigzag: the sign in the last bit keeps small negative numbers short.
        rest = number << 1 if number >= 0 else (-number << 1) - 1
        while rest >= _MORE:
            out.append(ALPHABET[rest % _MORE + _MORE])
            rest //= _MORE
        out.append(ALPHABET[rest])
    return "".join(out)


def encode_row(values: Sequence[float | None]) -> str:
    """Write a column of numbers: how many decimals, then each as a whole number.

    A missing one is a dot; trailing decimals that no value has are not written.
    """
    digits = _decimals([value for value in values if value is not None])
    cells = [ALPHABET[digits]]
    for value in values:
        whole = None if value is None else round(value * 10**digits)
        cells.append(NOTHING if whole is None else encode_numbers([whole]))
    return "".join(cells)


def _decimals(values: Sequence[float]) -> int:
    digits = 0
    while digits < _DECIMALS and any(round(v, digits) != v for v in values):
        digits += 1
    return digits


def encode_runs(numbers: Iterable[int]) -> str:
    """Write whole numbers that repeat: each with how often it stands in a row."""
    runs = ((number, len(list(run))) for number, run in groupby(numbers))
    return encode_numbers(chain.from_iterable(runs))


def encode_names(names: Sequence[str]) -> list[str]:
    """Write each name as (letters shared with the one before, the rest).

    The first character counts the shared letters in :data:`ALPHABET`; sorted names
    become short. A name is one line. Letters are UTF-16 units, as a browser counts
    them, and a pair is never split.
    """
    found, before = [], ""
    for name in (" ".join(name.splitlines()) for name in names):
        same = 0
        for a, b in zip(before, name, strict=False):
            if a != b or ord(a) > _ONE_UNIT or same == len(ALPHABET) - 1:
                break
            same += 1
        found.append(ALPHABET[same] + name[same:])
        before = name
    return found


def encode_coverage(
    shapes: Sequence[BaseGeometry | None], per_degree: int = PER_DEGREE
) -> dict[str, Any]:
    """Write polygons so that a line shared by two of them is stored once.

    Parameters
    ----------
    shapes : sequence of Polygon, MultiPolygon or None
        Degrees, EPSG:4326; a clean coverage for the lines to be shared.
    per_degree : int
        Whole steps in a degree.

    Returns
    -------
    dict
        ``per_degree``; ``arcs`` (for each arc: number of vertices, then differences to
        the vertex before); ``shapes`` (per shape: polygons, per polygon: rings, per
        ring: arcs, then each arc's number, ``-1 - number`` where it runs backwards).
    """
    (found,) = encode_levels([shapes], per_degree)
    return found


def encode_levels(
    levels: Sequence[Sequence[BaseGeometry | None]], per_degree: int = PER_DEGREE
) -> list[dict[str, Any]]:
    """Write several levels of polygons; a line that they share is stored once, too.

    Parameters
    ----------
    levels : sequence of sequence of Polygon, MultiPolygon or None
        Degrees, EPSG:4326.
    per_degree : int
        Whole steps in a degree.

    Returns
    -------
    list of dict
        As :func:`encode_coverage`, one a level. ``arcs`` has what the levels before do
        not have, and the numbers in ``shapes`` count theirs first.
    """
    drawn = [[_parts(shape, per_degree) for shape in shapes] for shapes in levels]
    every = chain.from_iterable(drawn)
    junctions = _junctions(chain.from_iterable(chain.from_iterable(every)))
    known: dict[tuple[Vertex, ...], int] = {}
    found = []
    for shapes in drawn:
        before = len(known)
        numbers = list(_shape_numbers(shapes, junctions, known))
        found.append(
            {
                "per_degree": per_degree,
                "arcs": encode_numbers(_arc_numbers(islice(known, before, None))),
                "shapes": encode_numbers(numbers),
            }
        )
    return found


def _shape_numbers(
    drawn: Iterable[list[list[Ring]]],
    junctions: set[Vertex],
    known: dict[tuple[Vertex, ...], int],
) -> Iterator[int]:
    """Yield polygons as numbers of arcs; new arcs are put among the known."""
    for parts in drawn:
        yield len(parts)
        for part in parts:
            yield len(part)
            for ring in part:
                arcs = [_number(arc, known) for arc in _cut(ring, junctions)]
                yield from (len(arcs), *arcs)


def _parts(shape: BaseGeometry | None, per_degree: int) -> list[list[Ring]]:
    """Return the rings of each polygon of a shape; one that vanishes is left out."""
    if shape is None or shape.is_empty:
        return []
    found = [_rings(part, per_degree) for part in getattr(shape, "geoms", [shape])]
    return list(filter(None, found))


def _rings(polygon: Any, per_degree: int) -> list[Ring]:  # noqa: ANN401
    """Return the rings of a polygon in whole steps; one that vanishes is left out."""
    import shapely

    found = []
    for line in (polygon.exterior, *polygon.interiors):
        steps = (shapely.get_coordinates(line) * per_degree).round().astype(int)
        ring: Ring = []
        for x, y in steps.tolist():
            if not ring or ring[-1] != (x, y):
                ring.append((x, y))
        # The vertex that closes a ring is not stored: a reader closes it.
        if ring and ring[0] == ring[-1]:
            ring.pop()
        if len(ring) >= _LEAST_RING:
            found.append(ring)
        elif line is polygon.exterior:
            return []
    return found


def _junctions(rings: Iterable[Ring]) -> set[Vertex]:
    """Vertices where lines part: not the same two neighbours in every ring."""
    beside: dict[Vertex, frozenset[Vertex]] = {}
    found: set[Vertex] = set()
    for ring in rings:
        for i, vertex in enumerate(ring):
            pair = frozenset((ring[i - 1], ring[(i + 1) % len(ring)]))
            if beside.setdefault(vertex, pair) != pair:
                found.add(vertex)
    return found


def _cut(ring: Ring, junctions: set[Vertex]) -> list[tuple[Vertex, ...]]:
    """Cut a closed ring at its junctions; without one, start at its least vertex."""
    # An island has no junction: any start would do, the least is always the same.
    cuts = [i for i, vertex in enumerate(ring) if vertex in junctions]
    if not cuts:
        cuts = [ring.index(min(ring))]
    ends = [*cuts[1:], cuts[0] + len(ring)]
    twice = ring + ring[: cuts[0] + 1]  # the last arc runs over the seam of the ring
    return [tuple(twice[a : b + 1]) for a, b in zip(cuts, ends, strict=True)]


def _number(arc: tuple[Vertex, ...], known: dict[tuple[Vertex, ...], int]) -> int:
    if (back := known.get(arc[::-1])) is not None:
        return -1 - back
    return known.setdefault(arc, len(known))


def _arc_numbers(arcs: Iterable[tuple[Vertex, ...]]) -> Iterable[int]:
    x = y = 0
    for arc in arcs:
        yield len(arc)
        for there in arc:
            yield there[0] - x
            yield there[1] - y
            x, y = there


def decode_numbers(text: str) -> list[int]:
    """Read whole numbers back; the inverse of :func:`encode_numbers`."""
    out: list[int] = []
    number, weight = 0, 1
    for letter in text:
        rest = ALPHABET.index(letter)
        number += (rest % _MORE) * weight
        weight *= _MORE
        if rest < _MORE:
            out.append(number >> 1 if number % 2 == 0 else -(number + 1 >> 1))
            number, weight = 0, 1
    return out


def decode_coverage(coverage: Mapping[str, Any]) -> list[BaseGeometry]:
    """Read polygons back, in degrees; the inverse of :func:`encode_coverage`."""
    import shapely

    step = coverage["per_degree"]
    numbers = iter(decode_numbers(coverage["arcs"]))
    arcs: list[list[tuple[float, float]]] = []
    x = y = 0
    for count in numbers:
        arc = []
        for _ in range(count):
            x, y = x + next(numbers), y + next(numbers)
            arc.append((x / step, y / step))
        arcs.append(arc)
    rest = iter(decode_numbers(coverage["shapes"]))

    def ring() -> list[tuple[float, float]]:
        line: list[tuple[float, float]] = []
        for _ in range(next(rest)):
            at = next(rest)
            arc = arcs[at] if at >= 0 else arcs[-1 - at][::-1]
            line += arc[1:] if line else arc
        return line

    def polygon() -> Polygon:
        outer, *holes = [ring() for _ in range(next(rest))]
        return shapely.Polygon(outer, holes)

    shapes: list[BaseGeometry] = []
    for count in rest:
        parts = [polygon() for _ in range(count)]
        shapes.append(parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts))
    return shapes
