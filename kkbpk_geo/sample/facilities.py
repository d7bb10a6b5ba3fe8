"""Invented facilities with coordinates strictly inside their districts.

In:     the districts of the sample, the boundaries, a seed.
Out:    a :class:`Table` with one row per facility, longitude and latitude in degrees.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from kkbpk_geo.sample.districts import PROVINCE, YEAR, District, districts
from kkbpk_geo.sample.tables import Cell, Row, Table

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

HEADINGS = (
    "NO", "KABUPATEN/KOTA", "NAMA FASKES", "JENIS", "LATITUDE", "LONGITUDE",
    "STOK ALOKON",
)  # fmt: skip
MARGIN = 0.004  # degrees, about 450 m: inside also where the map draws a simpler line


def facility_table(seed: int) -> Table:
    """Build the list of facilities of the whole province."""
    from kkbpk_geo.regions import load_boundaries

    boundaries = load_boundaries(PROVINCE)
    rows: list[Row] = []
    numbers: dict[str, int] = {}
    for district in districts(seed):
        rng = random.Random(f"{seed}:faskes:{district.region.code}")
        outline = boundaries.geometry[district.region.code]
        for kind, count in _counts(district).items():
            for _ in range(count):
                numbers[kind] = numbers.get(kind, 0) + 1
                longitude, latitude = point_inside(outline, rng)
                short = rng.random() > 0.75 + 0.2 * district.strength
                rows.append(
                    [
                        len(rows) + 1,
                        _spell(district, rng),
                        f"{kind} Contoh {numbers[kind]}",
                        kind,
                        latitude,
                        longitude,
                        "Kurang" if short else "Cukup",
                    ]
                )
    return Table(
        f"contoh_faskes_{YEAR}.xlsx", "Daftar tempat pelayanan KB", HEADINGS, rows
    )


def point_inside(outline: BaseGeometry, rng: random.Random) -> tuple[float, float]:
    """Draw a point (degrees) that lies inside an outline, off its edge.

    Where a shape is too thin for the margin, being inside is enough.
    """
    from shapely import contains_xy, prepare

    prepare(outline)
    west, south, east, north = outline.bounds
    for attempt in range(4000):
        x = round(rng.uniform(west, east), 5)
        y = round(rng.uniform(south, north), 5)
        m = MARGIN if attempt < 2000 else 0
        around = ((x, y), (x - m, y), (x + m, y), (x, y - m), (x, y + m))
        if all(contains_xy(outline, *spot) for spot in around):
            return x, y
    spot = outline.representative_point()
    return spot.x, spot.y


def _counts(district: District) -> dict[str, int]:
    """How many of each kind; weaker districts have fewer of what can be added."""
    people, strength = district.population, district.strength
    kecamatan = len(district.kecamatan)
    return {
        "Rumah Sakit": max(1, round(people / 330_000)),
        "Puskesmas": round(kecamatan * (0.9 + 0.4 * strength)),
        "Klinik": round(people / 75_000 * strength),
        "Praktik Bidan": round(people / 40_000 * strength),
        "Balai Penyuluhan KB": round(kecamatan * min(1.0, 0.15 + 0.85 * strength)),
    }


def _spell(district: District, rng: random.Random) -> Cell:
    """Write a name as one of the spellings met in hand-kept sheets."""
    bare, kota = district.region.bare, district.region.kind == "Kota"
    return rng.choice(
        [
            district.region.name,
            district.heading,
            f"Kota {bare}" if kota else f"Kab. {bare}",
            f"KOTA {bare.upper()}" if kota else f"KABUPATEN {bare.upper()}",
        ]
    )
