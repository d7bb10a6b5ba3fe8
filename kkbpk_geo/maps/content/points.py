"""Facilities and groups as points of a map: sorted, placed, none silently lost.

In:     a frame with ``kind, name, longitude, latitude`` (degrees, EPSG:4326), where
        known ``region_code`` and ``placement``.
Out:    :class:`PointKind` per kind, and how many rows have no usable coordinates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.maps.content.signs import Sign, sign_of

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

NEEDED = ("kind", "longitude", "latitude")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class PointKind:
    """All points of one kind, sorted by region and name; tuples of equal length.

    ``regions`` holds positions in the map's regions, -1 for none; ``within`` those in
    the regions of the level below, empty where the map has none; ``placement`` is
    ``ok``, ``outside`` (in no region) or ``other_region`` (not in the stated one).
    """

    sign: Sign
    names: tuple[str, ...]
    longitudes: tuple[float, ...]
    latitudes: tuple[float, ...]
    regions: tuple[int, ...]
    within: tuple[int, ...]
    placement: tuple[str, ...]


def read_points(
    points: pd.DataFrame,
    boundaries: gpd.GeoDataFrame,
    below: gpd.GeoDataFrame | None = None,
) -> tuple[tuple[PointKind, ...], int]:
    """Return the points by kind, and the number of rows without usable coordinates.

    Raises
    ------
    MapError
        If a needed column is absent, or a coordinate is text.
    """
    import numpy as np

    if absent := [c for c in NEEDED if c not in points]:
        msg = (
            f"points has no column {', '.join(absent)}; expected kind, name, longitude,"
            f" latitude; it has {', '.join(map(str, points.columns)) or 'none'}."
        )
        raise MapError(msg)
    x, y = _degrees(points, "longitude"), _degrees(points, "latitude")
    usable = (np.abs(x) <= 180) & (np.abs(y) <= 90)  # noqa: PLR2004
    kept = points[usable]
    x, y = x[usable], y[usable]
    located = _locate(x, y, boundaries)
    within = None if below is None else _locate(x, y, below).tolist()
    codes = list(boundaries.index)
    place = {code: i for i, code in enumerate(codes)}
    stated = [place.get(c, -1) for c in _texts(kept, "region_code")]
    regions = [s if s >= 0 else int(f) for s, f in zip(stated, located, strict=True)]
    placement = _placement(kept, stated, located)
    kinds, names = _texts(kept, "kind"), _texts(kept, "name")
    order = sorted(
        range(len(kept)),
        key=lambda i: (
            regions[i],
            within[i] if within else 0,
            names[i],
            float(x[i]),
            float(y[i]),
        ),
    )
    found = []
    for kind in _in_order(kinds):
        rows = [i for i in order if kinds[i] == kind]
        found.append(
            PointKind(
                sign=sign_of(kind),
                names=tuple(names[i] for i in rows),
                longitudes=tuple(float(x[i]) for i in rows),
                latitudes=tuple(float(y[i]) for i in rows),
                regions=tuple(regions[i] for i in rows),
                within=tuple(within[i] for i in rows) if within else (),
                placement=tuple(placement[i] for i in rows),
            )
        )
    return tuple(found), int((~usable).sum())


def _degrees(points: pd.DataFrame, axis: str) -> npt.NDArray[np.float64]:
    import numpy as np

    for row, cell in points[axis].items():
        if isinstance(cell, str):
            msg = (
                f"points: row {row}, column {axis!r} is {cell!r}; expected degrees as "
                "a number. Read the sheet with read_table, or convert the column first."
            )
            raise MapError(msg)
    return points[axis].to_numpy(dtype=np.float64, na_value=np.nan)


def _locate(
    x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], boundaries: gpd.GeoDataFrame
) -> npt.NDArray[np.int64]:
    """Position of the region that holds each point; -1 for none, lowest on an edge."""
    import numpy as np
    import shapely

    found = np.full(len(x), -1, dtype=np.int64)
    if len(x):
        tree = shapely.STRtree(boundaries.geometry.to_numpy())
        which, region = tree.query(shapely.points(x, y), predicate="intersects")
        for point, at in sorted(
            zip(which.tolist(), region.tolist(), strict=True), reverse=True
        ):
            found[point] = at
    return found


def _placement(
    frame: pd.DataFrame, stated: Sequence[int], located: npt.NDArray[np.int64]
) -> list[str]:
    if "placement" in frame:
        return [text or "ok" for text in _texts(frame, "placement")]
    return [
        "outside" if at < 0 else "other_region" if 0 <= said != at else "ok"
        for said, at in zip(stated, located.tolist(), strict=True)
    ]


def _texts(frame: pd.DataFrame, column: str) -> list[str]:
    if column not in frame:
        return [""] * len(frame)
    cells = frame[column].astype(object)
    missing = cells.isna()
    return [
        "" if gone else str(cell) for cell, gone in zip(cells, missing, strict=True)
    ]


def _in_order(kinds: Sequence[str]) -> list[str]:
    """Catalogue order first, then what the catalogue does not know, by name."""
    from kkbpk_geo.catalogue.programme import facility_kinds, groups

    known: list[Any] = [*facility_kinds(), *groups()]
    rank = {kind: i for i, kind in enumerate(known)}
    return sorted(set(kinds), key=lambda kind: (rank.get(kind, len(rank)), kind))
