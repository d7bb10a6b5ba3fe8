"""Villages that nobody lives in: squares on a grid, as the public set writes them.

A cell is 0.02 degrees wide, 2.2 km; the first one has its corner at 105 E, 5 S. Codes
are those of Kota Metro, whose kecamatan 18.72.01 and 18.72.02 have such villages.
"""

from __future__ import annotations

import json

from shapely import Polygon, box

CELL = 0.02
EAST, SOUTH = 105.0, -5.0
HEAD = (
    "/*\nupdated_at: 2026-08-20 22:22:26\n*/\nINSERT INTO wilayah_boundaries VALUES\n"
)
# Two kecamatan side by side, each of two villages one above the other.
FOUR = {
    "18.72.01.1001": (0, 0, 1, 1),
    "18.72.01.1002": (0, 1, 1, 2),
    "18.72.02.1001": (1, 0, 2, 1),
    "18.72.02.1002": (1, 1, 2, 2),
}


def cells(west, south, east, north):
    """Return a rectangle of cells."""
    return box(
        EAST + west * CELL,
        SOUTH + south * CELL,
        EAST + east * CELL,
        SOUTH + north * CELL,
    )


def shape(*corners):
    """Return a polygon by its corners, in cells."""
    return Polygon([(EAST + x * CELL, SOUTH + y * CELL) for x, y in corners])


def path_of(polygon):
    """Write a polygon as the set does: latitude first."""
    parts = list(getattr(polygon, "geoms", [polygon]))
    rings = [
        [[[y, x] for x, y in ring.coords] for ring in (part.exterior, *part.interiors)]
        for part in parts
    ]
    return json.dumps(rings[0] if len(rings) == 1 else rings)


def row(code, path, name="Desa"):
    """Return one row of the set."""
    return f"\t('{code}','{name}',-5.0,105.0,'{path}'),\n"


def write_clone(folder, rows, *, layer="kel", province="18"):
    """Write rows (text, or polygons by code) as the files of a clone."""
    text = rows
    if not isinstance(rows, str):
        text = "".join(row(code, path_of(polygon)) for code, polygon in rows.items())
    own = folder / "db" / layer / (province if layer == "kel" else "")
    own.mkdir(parents=True, exist_ok=True)
    number = f"{province}.72" if layer == "kel" else province
    file = own / f"wilayah_boundaries_{layer}_{number}.sql"
    file.write_text(HEAD + text, encoding="utf-8")
    return folder


def four():
    """Return the four villages as polygons."""
    return {code: cells(*at) for code, at in FOUR.items()}
