"""Where in Indonesia the map lies: the outline of the country, heavily simplified.

Why: an inset says at a glance which part of the country a map shows, and the land far
around the map must not end at a straight edge. Dissolving 514 districts for every page
would cost more than the page; so the outline is a small file, and a test makes it
again from the boundaries that are shipped.

In:     ``assets/indonesia.json``, written by
        :func:`kkbpk_geo.maps.page.encoding.encode_coverage`. Source: the shipped
        boundaries (geoBoundaries gbOpen IDN ADM2, CC BY 3.0 IGO).
Out:    that coverage.
To make it again: ``python -m kkbpk_geo.maps.page.outline``.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from kkbpk_geo.io import write_text
from kkbpk_geo.maps.page.encoding import encode_coverage

PER_DEGREE = 20  # 5.5 km: the inset is as large as a stamp
FRAME = (94.7, -11.3, 141.3, 6.3)  # degrees: west, south, east, north of the country
_LEAST = 0.04  # square degrees, about 500 km²: smaller islands are not drawn
_TOLERANCE = 0.06  # degrees, about 7 km
_FILE = "indonesia.json"


@cache
def indonesia() -> dict[str, Any]:
    """Return the outline as an encoded coverage, about 3 kB."""
    text = (files("kkbpk_geo.maps.page") / "assets" / _FILE).read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def derive() -> dict[str, Any]:
    """Make the outline from the shipped boundaries."""
    import shapely

    from kkbpk_geo.regions import shipped_store

    shapes = shipped_store().load("kabkota").geometry.to_numpy()
    land = shapely.get_parts(
        shapely.coverage_union_all(shapely.coverage_simplify(shapes, _TOLERANCE))
    )
    outer = [shapely.Polygon(x.exterior) for x in land if x.area > _LEAST]
    return encode_coverage(list(shapely.simplify(outer, _TOLERANCE)), PER_DEGREE)


if __name__ == "__main__":
    target = Path(__file__).with_name("assets") / _FILE
    write_text(target, json.dumps(derive()) + "\n")
