"""An older edition of boundaries: districts that were split off since have no polygon.

Why: drawn as it stands, Lampung Barat of 2010 has twice its land, and the figures of a
district lie on ground that is another's. The shipped outlines say where each district
lies; what lies under the polygon of another is cut out of it and told.

In:     polygons by code, the districts of the province without one.
Out:    polygons of both, and which district held whose land.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.words import LANGUAGES
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.regions.coverage import area_km2, clean_coverage, polygons_only
from kkbpk_geo.regions.register import Region, region
from kkbpk_geo.regions.shipped import shipped_districts

# Share of a district's shipped land that must lie under the polygon of another before
# that one is said to hold it. A district that merely is not drawn leaves its land bare;
# editions differ along borders by up to a third of a small district, not by half.
_HELD = 0.5
# Times its known area from which a polygon is "much larger": the shipped areas are off
# by up to 15 %, and the smallest of the two faults of Lampung's editions is 2.1.
_GROWN = 1.25


@dataclass(frozen=True, slots=True, eq=False)
class Edition:
    """Polygons by code; ``held``: district without a polygon -> district with its land.

    ``grown``: how many times its known area a holder was drawn, where that is much.
    """

    polygons: Mapping[str, Any]
    held: dict[str, str] = field(default_factory=dict)
    grown: dict[str, float] = field(default_factory=dict)

    def notes(self, file: str) -> list[dict[str, str]]:
        """Say of each holder whose land it has, in both languages."""
        found: list[dict[str, str]] = []
        for holder in dict.fromkeys(self.held.values()):
            inside = [code for code, of in self.held.items() if of == holder]
            found.append({x: self._say(holder, inside, file, x) for x in LANGUAGES})
        return found

    def _say(
        self, holder: str, inside: Sequence[str], file: str, language: Language
    ) -> str:
        times = self.grown.get(holder)
        key = "region_note_holds_grown" if times else "region_note_holds"
        return label(key, language).format(
            file=file,
            holder=region(holder).name,
            inside=", ".join(region(code).name for code in inside),
            times=format_number(times or 0.0, 1, language),
        )


def part_edition(
    polygons: Mapping[str, Any], absent: Sequence[str], place: Region
) -> Edition:
    """Cut the land of districts without a polygon out of those that hold it.

    Parameters
    ----------
    polygons : mapping code -> polygon, degrees
    absent : codes of the province that have none
    place : Region
        The province.

    Returns
    -------
    Edition
        With the polygons as they are, where nobody holds the land of the absent.
    """
    known = shipped_districts(place).geometry
    parted = dict(polygons)
    held: dict[str, str] = {}
    for code in absent:
        land = known[code]
        shares = {c: _share(land, polygon) for c, polygon in polygons.items()}
        holder = max(shares, key=lambda c: shares[c])
        if shares[holder] < _HELD:
            continue
        part = polygons_only(land.intersection(parted[holder]))
        rest = polygons_only(parted[holder].difference(land))
        # Of a polygon that is all another's land nothing would be left to draw.
        if rest.is_empty or part.is_empty:
            continue
        parted[holder], parted[code] = rest, part
        held[code] = holder
    if not held:
        return Edition(polygons)
    order = sorted(parted)
    shapes, _ = clean_coverage([parted[code] for code in order], order)
    grown = _grown(polygons, set(held.values()), known)
    return Edition(dict(zip(order, shapes, strict=True)), held, grown)


def _share(land: Any, polygon: Any) -> float:  # noqa: ANN401
    """Return the share of a district's land that lies under a polygon."""
    return float(land.intersection(polygon).area / land.area)


def _grown(
    polygons: Mapping[str, Any],
    holders: set[str],
    known: Any,  # noqa: ANN401
) -> dict[str, float]:
    """Return how many times too large holders are drawn, those that are much."""
    found = {}
    for code in sorted(holders):
        drawn, real = area_km2([polygons[code], known[code]])
        if drawn >= _GROWN * real:
            found[code] = float(drawn / real)
    return found
