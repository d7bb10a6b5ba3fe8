"""The outlines of districts that come with the library.

Why: they are drawn where an office has none, and they say where a district lies to
whoever judges a layer that an office hands over.

In:     boundaries/indonesia.kgeo (made by build.py beside it). Out: frames of any place
        whose districts they are, in EPSG:4326; what their drawing gets wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.errors import BoundaryError
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.words import LANGUAGES
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.regions.codes import Level
from kkbpk_geo.regions.files import boundary_file
from kkbpk_geo.regions.register import Region, region, regions_of
from kkbpk_geo.regions.store.reading import Store, open_store

if TYPE_CHECKING:
    import geopandas as gpd

SHIPPED_FILE = "indonesia.kgeo"
# Land of the first that is drawn as part of the second: about 270 km² of upland around
# 103.74 E, 4.87 S, kecamatan Lemong. SOURCES.md has the areas.
_DRAWN_ELSEWHERE = ("18.13", "18.04")


def shipped_store() -> Store:
    """Return the store of the shipped districts, opened."""
    return open_store(boundary_file(SHIPPED_FILE))


def shipped_districts(place: Region, level: Level = "kabkota") -> gpd.GeoDataFrame:
    """Return the districts of a place, or what they are dissolved to, by code.

    Raises
    ------
    BoundaryError
        If the shipped file lacks one that the register has.
    """
    frame = shipped_store().load(level, place.code)
    # A register that was made anew and boundaries that were not: say so here.
    expected = {unit.code for unit in regions_of(level, place.code)}
    if absent := sorted(expected - set(frame.index)):
        msg = (
            f"{SHIPPED_FILE} has no polygon for {absent} of {place.name}; "
            "run boundaries/build.py."
        )
        raise BoundaryError(msg)
    return frame


def notes_of_shipped(areas: dict[str, float]) -> Iterator[dict[str, Any]]:
    """Say in every language what the shipped drawing of some districts gets wrong.

    Parameters
    ----------
    areas : dict of str to float
        km² of the districts as they are drawn, by code.
    """
    there = [code for code in _DRAWN_ELSEWHERE if code in areas]
    if not there:
        return

    official = [region(code).area_km2 or 0.0 for code in there]
    drawn = [areas[code] for code in there]

    def say(language: Language) -> str:
        return label("region_note_upland", language).format(
            drawn=_numbers(drawn, language), official=_numbers(official, language)
        )

    said: dict[str, Any] = {language: say(language) for language in LANGUAGES}
    yield said | {"codes": _DRAWN_ELSEWHERE}


def _numbers(km2: list[float], language: Language) -> str:
    return " / ".join(format_number(area, 0, language) for area in km2)
