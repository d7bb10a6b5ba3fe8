"""What stands where in a store, and how much of it is believed.

Layout: a head of fixed length (mark, version, length of the table, packed and not);
        the table (JSON): provenance, grid, and the sections in their order; then the
        sections, one per province and level, each packed by zlib on its own. A level is
        read with those above it in its province, and no other.
In:     what is to be kept, or bytes. Out: bytes, or what they hold, or a refusal.
Rule:   nothing is unpacked beyond the length that was said, and no length is believed
        beyond a limit: a store may come from anywhere.
"""

from __future__ import annotations

import json
import struct
import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np

from kkbpk_geo.regions.codes import LEVELS, Level, level_of
from kkbpk_geo.regions.store.columns import (
    Numbers,
    Reader,
    pack_numbers,
    pack_steps,
    refuse_damaged,
)
from kkbpk_geo.regions.store.cutting import Arcs, Outlines

# As of a picture: a copy made as text, or with other line ends, no longer begins so.
MARK = b"\x89KGEO\r\n\x1a\n"
VERSION = 1
HEAD = struct.Struct("<9sHII")
# Of the table of a store of all Indonesia some 60,000; provenance may be long.
MOST_TABLE = 4_000_000
# The largest section that is known, all villages of Jawa Timur, has two million; of
# borders that are not simplified four.
MOST_SECTION = 8_000_000
# Columns of a section about its units, before those of its arcs.
_BEFORE_ARCS = 6
# Areas are kept in thousandths of a square kilometre: 0.1 hectare.
PER_KM2 = 1000


@dataclass(frozen=True, slots=True)
class Section:
    """One level of one province, unpacked.

    Attributes
    ----------
    codes, names : tuple of str
        Of the units, in the order of their codes.
    areas : Numbers
        In thousandths of a square kilometre.
    outlines : Outlines
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    areas: Numbers
    outlines: Outlines

    @property
    def level(self) -> Level:
        """Level of its units."""
        return level_of(self.codes[0])


@dataclass(frozen=True, slots=True)
class Place:
    """Where a section stands: of what, from which byte, how long, packed and not.

    Attributes
    ----------
    bounds : tuple of float
        West, south, east, north of the province, in degrees.
    """

    province: str
    level: Level
    begin: int
    packed: int
    raw: int
    bounds: tuple[float, float, float, float]


def squeeze(raw: bytes) -> bytes:
    """Pack bytes as small as zlib can."""
    return zlib.compress(raw, 9)


def unsqueeze(packed: bytes, raw: int, what: str) -> bytes:
    """Unpack bytes that are said to be so many; never more than that.

    Raises
    ------
    BoundaryError
        If they are not.
    """
    opened = zlib.decompressobj()
    try:
        # One more than was said tells that there would be more.
        found = opened.decompress(packed, raw + 1)
    except zlib.error:
        found = b""
    if len(found) != raw or not opened.eof or opened.unused_data:
        refuse_damaged(what)
    return found


def pack_section(section: Section) -> bytes:
    """Return the bytes of a section, not yet squeezed."""
    text = "\n".join([*section.codes, *section.names]).encode()
    own = section.outlines
    columns = [
        pack_numbers(_letters(text)),
        pack_numbers(section.areas),
        pack_numbers(own.parts),
        pack_numbers(own.rings),
        pack_numbers(own.arcs),
        pack_steps(own.uses),
        pack_numbers(own.new.lengths),
        *map(_pack_line, (own.new.x, own.new.y)),
    ]
    return b"".join(columns)


def unpack_section(raw: bytes, what: str) -> Section:
    """Read a section from its bytes; what its numbers mean is not judged.

    Raises
    ------
    BoundaryError
        If the bytes are not those of a section.
    """
    reader = Reader(raw, what)
    text = reader.letters().decode("utf-8", "replace")
    areas = reader.numbers()
    words = text.split("\n")
    n = len(areas)
    parts, rings, arcs = reader.numbers(), reader.numbers(), reader.numbers()
    uses = reader.steps()
    new = _arcs(reader)
    if len(words) != 2 * n or len(parts) != n or not n:
        refuse_damaged(what)
    outlines = Outlines(parts, rings, arcs, uses, new)
    return Section(tuple(words[:n]), tuple(words[n:]), areas, outlines)


def unpack_arcs(raw: bytes, what: str) -> Arcs:
    """Read from a section only the arcs, which the levels below need as well.

    Raises
    ------
    BoundaryError
        If the bytes are not those of a section.
    """
    reader = Reader(raw, what)
    reader.skip(_BEFORE_ARCS)
    return _arcs(reader)


def _arcs(reader: Reader) -> Arcs:
    lengths = reader.numbers()
    x, y = _line(reader), _line(reader)
    reader.finish()
    return Arcs(lengths, x, y)


def _letters(text: bytes) -> Numbers:
    return np.frombuffer(text, np.uint8).astype(np.int64)


def _pack_line(numbers: Numbers) -> bytes:
    """Pack places on the grid: the first apart, so that the steps stay small."""
    return pack_steps(numbers[:1]) + pack_steps(numbers - numbers[:1])


def _line(reader: Reader) -> Numbers:
    first, rest = reader.steps(), reader.steps()
    # An empty section has no first place; more than one is none of ours.
    return rest + first[0] if len(first) == 1 else rest


def pack_table(
    provenance: dict[str, Any], per_degree: int, places: list[Place]
) -> bytes:
    """Return the table of a store as bytes."""
    rows = [[p.province, p.level, p.packed, p.raw, *p.bounds] for p in places]
    table = {"per_degree": per_degree, "provenance": provenance, "sections": rows}
    text = json.dumps(table, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def unpack_table(
    raw: bytes, begin: int, what: str
) -> tuple[dict[str, Any], int, list[Place]]:
    """Read the table of a store; ``begin`` is where the first section stands.

    Raises
    ------
    BoundaryError
        If it is not one.
    """
    try:
        found = _read_table(json.loads(raw), begin, what)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        refuse_damaged(what)
    return found


def _read_table(
    table: Any,  # noqa: ANN401
    begin: int,
    what: str,
) -> tuple[dict[str, Any], int, list[Place]]:
    per_degree, provenance = int(table["per_degree"]), dict(table["provenance"])
    places = []
    for province, level, packed, size, *bounds in table["sections"]:
        known = level in LEVELS and packed > 0 and 0 < size <= MOST_SECTION
        if not known:
            refuse_damaged(what)
        west, south, east, north = map(float, bounds)
        box = (west, south, east, north)
        place = Place(str(province), level, begin, int(packed), int(size), box)
        places.append(place)
        begin += place.packed
    return provenance, per_degree, places
