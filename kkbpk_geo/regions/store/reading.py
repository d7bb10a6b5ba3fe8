"""A store opened: what it holds is told at once, outlines are read when asked for.

In:     a file of suffix ``.kgeo``, which may come from anywhere.
Out:    frames of any level inside any region, as :func:`load_boundaries` promises them.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import attrgetter
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any

from kkbpk_geo.base.crs import GEOGRAPHIC
from kkbpk_geo.base.errors import BoundaryError
from kkbpk_geo.base.results import OneLine
from kkbpk_geo.base.words import LANGUAGES
from kkbpk_geo.regions.codes import (
    LEVELS,
    Level,
    depth_of,
    kind_below,
    level_of,
    parent_of,
    province_part,
)
from kkbpk_geo.regions.register import NATION, place_name, regions_of
from kkbpk_geo.regions.store.columns import REMEDY, refuse_damaged
from kkbpk_geo.regions.store.layout import (
    HEAD,
    MARK,
    MOST_TABLE,
    PER_KM2,
    VERSION,
    Place,
    Section,
    unpack_arcs,
    unpack_section,
    unpack_table,
    unsqueeze,
)
from kkbpk_geo.regions.store.linking import MOST_RINGS, MOST_VERTICES, fits, link

if TYPE_CHECKING:
    import geopandas as gpd

# A rule of codes: a kota counts from 71.
_FIRST_KOTA = 71
# What a frame of boundaries always says about itself, be it that nothing is known.
STATED = ("source", "licence", "year", "attribution")
_STATE = ("commit", "date")
# What is shown with a map is a line or two.
_MOST_TEXT = 2000
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]+")
# All of Indonesia's villages, unpacked, take twenty million bytes.
_MOST_AT_ONCE = 64_000_000


def open_store(path: str | PathLike[str]) -> Store:
    """Open a store of boundaries; its outlines are not read yet.

    Raises
    ------
    BoundaryError
        If there is none, it is not one, it is cut or damaged, or of a newer version.
    """
    file = Path(path)
    name = file.name
    try:
        with file.open("rb") as opened:
            size = file.stat().st_size
            head = opened.read(HEAD.size)
            if len(head) < HEAD.size or not head.startswith(MARK):
                msg = (
                    f"{name} is no store of boundaries: its first bytes are others. "
                    "Expected a file made by: kkbpk-geo boundaries build."
                )
                raise BoundaryError(msg)
            _, version, packed, raw = HEAD.unpack(head)
            _refuse_version(name, version)
            if raw > MOST_TABLE or packed > MOST_TABLE:
                refuse_damaged(name)
            table = unsqueeze(opened.read(packed), raw, name)
    except OSError as err:
        msg = f"{path}: cannot be read ({err.strerror or err}); expected a store."
        raise BoundaryError(msg) from err
    provenance, per_degree, places = unpack_table(table, HEAD.size + packed, name)
    if not places or not 1 <= per_degree <= 10**7:
        refuse_damaged(name)
    end = places[-1].begin + places[-1].packed
    if size != end:
        msg = f"{name} is cut: it has {size:,} bytes, expected {end:,}. {REMEDY}"
        raise BoundaryError(msg)
    return Store(
        path=file,
        provenance=MappingProxyType(_shown(provenance)),
        per_degree=per_degree,
        places=tuple(places),
    )


def _refuse_version(name: str, version: int) -> None:
    if version > VERSION:
        msg = (
            f"{name} is of version {version}; this program reads stores up to version "
            f"{VERSION}. Update it: pip install -U kkbpk-geo."
        )
        raise BoundaryError(msg)


def _notes(stated: Any) -> list[dict[str, str]]:  # noqa: ANN401
    """Return notes in every language; one that is written in none is no note."""
    each = stated if isinstance(stated, list) else [stated]
    told = [note for note in each if isinstance(note, dict)]
    return [note for note in told if set(LANGUAGES) <= set(note)]


def _shown(value: Any) -> Any:  # noqa: ANN401
    """Return provenance as short plain texts: it is shown, and may say anything."""
    if isinstance(value, dict):
        return {str(key)[:40]: _shown(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_shown(each) for each in value[:20]]
    if isinstance(value, str):
        return _CONTROL.sub(" ", value)[:_MOST_TEXT].strip()
    return value if isinstance(value, int | float) else None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Store(OneLine):
    """A store of boundaries, opened.

    Attributes
    ----------
    path : Path
    provenance : mapping
        What the builder wrote: ``source, licence, attribution, commit, date, year,
        notes``.
    per_degree : int
        Steps of its grid in a degree.
    places : tuple of Place
        Its sections.
    """

    path: Path
    provenance: Mapping[str, Any]
    per_degree: int
    places: tuple[Place, ...]

    @property
    def provinces(self) -> tuple[str, ...]:
        """Codes of the provinces that it holds, whole or in part."""
        return tuple(dict.fromkeys(place.province for place in self.places))

    def levels(self, code: str = "") -> tuple[Level, ...]:
        """Return the levels that it holds of the provinces that a region lies in.

        Parameters
        ----------
        code : str
            Dotted code of any level; "" for all that it holds.
        """
        own = {place.level for place in self._sections_of(code)}
        return tuple(level for level in LEVELS if level in own)

    def holds(self, level: Level, code: str = "") -> bool:
        """Whether it holds a level of a region; of all Indonesia, of each province."""
        asked = [province_part(code)]
        if not code:
            asked = [unit.code for unit in regions_of("provinsi")]
        return all(level in self.levels(province) for province in asked)

    def load(self, level: Level, within: str = "") -> gpd.GeoDataFrame:
        """Read the outlines of a level inside a region, or those of the region itself.

        Returns
        -------
        GeoDataFrame
            As :func:`load_boundaries` promises it; ``.attrs`` hold the provenance.

        Raises
        ------
        BoundaryError
            If it holds none, or is damaged.
        """
        import geopandas as gpd
        import numpy as np

        codes: list[str] = []
        names: list[str] = []
        areas, shapes = [], []
        for section, own, polygons in self._read(level, within):
            rows = own.tolist()
            codes += [section.codes[i] for i in rows]
            names += [section.names[i] for i in rows]
            areas.append(section.areas[own])
            shapes.append(polygons)
        if not codes:
            self._refuse_absent(level, within)
        frame = gpd.GeoDataFrame(
            {
                "name": names,
                "kind": _kinds(level, codes),
                "parent_code": list(map(parent_of, codes)),
                "area_km2": np.concatenate(areas) / PER_KM2,
            },
            geometry=np.concatenate(shapes),
            index=codes,
            crs=GEOGRAPHIC,
        )
        frame.index.name = "region_code"
        frame.attrs = self._attrs(level, within)
        return frame

    def _attrs(self, level: Level, within: str) -> dict[Hashable, Any]:
        held = self.levels(within)
        below = tuple(each for each in held if depth_of(each) > depth_of(level))
        # Only what is known by name: a frame's other attributes are no file's to set.
        stated: dict[Hashable, Any] = {}
        for key in (*STATED, *_STATE):
            stated[key] = self.provenance.get(key)
        return stated | {
            "level": level,
            "province_code": within,
            "province_name": place_name(within) if within else NATION.name,
            "levels": below,
            "store": str(self.path),
            "map_notes": _notes(self.provenance.get("notes")),
            "repairs": [],
        }

    def near(self, bounds: tuple[float, float, float, float]) -> tuple[str, ...]:
        """Return the provinces whose bounds meet others: west, south, east, north."""
        west, south, east, north = bounds
        found = {}
        for place in self.places:
            left, low, right, high = place.bounds
            if left <= east and west <= right and low <= north and south <= high:
                found[place.province] = place
        return tuple(found)

    def _sections_of(self, code: str) -> Iterator[Place]:
        province = province_part(code)
        return (p for p in self.places if province in ("", p.province))

    def _read(self, level: Level, within: str) -> Iterator[tuple[Section, Any, Any]]:
        """Yield each province's section, which of its units, and their outlines."""
        import shapely

        upper = LEVELS[: depth_of(level) + 1]
        wanted = [p for p in self._sections_of(within) if p.level in upper]
        if sum(place.raw for place in wanted) > _MOST_AT_ONCE:
            refuse_damaged(self.path.name)
        left, rings = MOST_VERTICES, 0
        with self.path.open("rb") as opened:
            for province, places in groupby(wanted, attrgetter("province")):
                *above, last = places
                # A province may end above the level that is asked for.
                if last.level != level:
                    continue
                where = f"{self.path.name} (province {province})"
                arcs = [unpack_arcs(_raw(opened, p, where), where) for p in above]
                section = unpack_section(_raw(opened, last, where), where)
                if not _belong(section.codes, last):
                    refuse_damaged(where)
                own = _inside(section.codes, within)
                if not len(own):
                    continue
                outlines = section.outlines
                rings += len(outlines.arcs)
                if rings > MOST_RINGS:
                    refuse_damaged(where)
                arcs.append(outlines.new)
                polygons = None
                if fits(arcs, outlines):
                    polygons = link(arcs, outlines, own, self.per_degree, left)
                if polygons is None:
                    refuse_damaged(where)
                left -= int(shapely.get_num_coordinates(polygons).sum())
                yield section, own, polygons

    def _refuse_absent(self, level: Level, within: str) -> None:
        there = ", ".join(self.levels(within)) or "none"
        place = place_name(within) if within else NATION.name
        msg = (
            f"{self.path.name} has no {level} of {place}; of its "
            f"province it holds: {there}. Build a store that has them: kkbpk-geo "
            "boundaries build."
        )
        raise BoundaryError(msg)


def _raw(opened: IO[bytes], place: Place, where: str) -> bytes:
    opened.seek(place.begin)
    return unsqueeze(opened.read(place.packed), place.raw, where)


def _belong(codes: tuple[str, ...], place: Place) -> bool:
    """Whether codes are of the level and province of a section, in order, each once."""
    depth, inside = depth_of(place.level), f"{place.province}."
    own = all(c.count(".") == depth and f"{c}.".startswith(inside) for c in codes)
    return own and all(before < after for before, after in pairwise(codes))


def _inside(codes: tuple[str, ...], within: str) -> Any:  # noqa: ANN401
    """Return which codes are a region, or lie in it."""
    import numpy as np

    if within.count(".") == 0:
        return np.arange(len(codes))
    inside = f"{within}."
    found = [i for i, c in enumerate(codes) if c == within or c.startswith(inside)]
    return np.array(found, dtype=np.int64)


def _kinds(level: Level, codes: list[str]) -> list[str]:
    """Return what regions of one level are called; of two levels it is one word."""
    if level in ("provinsi", "kecamatan"):
        return [kind_of(codes[0])] * len(codes)
    return list(map(kind_of, codes))


def kind_of(code: str) -> str:
    """Return what a region is called by its code alone.

    Examples
    --------
    >>> [kind_of(code) for code in ("18", "18.71", "18.71.01", "18.71.01.1001")]
    ['Provinsi', 'Kota', 'Kecamatan', 'Kelurahan']
    """
    level = level_of(code)
    if level == "provinsi":
        return "Provinsi"
    if level == "kabkota":
        last = code.rpartition(".")[2]
        return "Kota" if last.isdigit() and int(last) >= _FIRST_KOTA else "Kabupaten"
    return kind_below(code)
