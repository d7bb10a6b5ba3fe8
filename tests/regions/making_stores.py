"""Small stores for tests: villages on a grid, made up, on true codes of Lampung."""

from __future__ import annotations

import geopandas as gpd
from shapely.geometry import MultiPolygon, Polygon, box

STEP = 0.1  # degrees: the side of a village
PROVENANCE = {
    "source": "petak buatan",
    "licence": "MIT",
    "attribution": "petak buatan (MIT), diolah",
    "commit": "0123abc",
    "date": "2026-01-31",
    "year": 2025,
    "notes": [{"id": "Catatan.", "en": "A note."}],
}


def square(column, row, at=(105.0, -5.0)):
    west, south = at[0] + column * STEP, at[1] + row * STEP
    corners = (west, south, west + STEP, south + STEP)
    return box(*(round(corner, 4) for corner in corners))


def villages():
    """Eight villages in four columns; the outer kabupaten, an island, a hole.

    18.10.01 has the villages 2001 and 2002 (columns 0, 1 of row 0), 18.10.02 those of
    row 1; 18.12.01 has columns 2 and 3 of row 0. 18.12.02 has one village, which is a
    ring around 18.72.01.1001 and has an island. 76.04.91 lies far away.
    """
    # With a vertex wherever a neighbour has one.
    west = [(105.2, -4.9), (105.2, -4.8), (105.2, -4.7)]
    ring = Polygon([*west, (105.4, -4.7), (105.4, -4.9), (105.3, -4.9)])
    inner = box(105.25, -4.85, 105.3, -4.8)
    island = box(105.5, -4.9, 105.55, -4.85)
    around = Polygon(ring.exterior, [inner.exterior.coords])
    units = {
        "18.10.01.2001": square(0, 0),
        "18.10.01.2002": square(1, 0),
        "18.10.02.2001": square(0, 1),
        "18.10.02.2002": square(1, 1),
        "18.12.01.2001": square(2, 0),
        "18.12.01.2002": square(3, 0),
        "18.12.02.2001": MultiPolygon([around, island]),
        "18.72.01.1001": inner,
        "76.04.91": square(0, 0, (119.0, -3.0)),
    }
    return gpd.GeoSeries(units, crs="EPSG:4326")
