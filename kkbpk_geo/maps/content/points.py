"""Facilities and groups as points of a map: sorted, placed, none silently lost.

Why: the page, its legend and the print map must show a Puskesmas the same way. The
sign of a facility stands in facilities.toml; groups are discs with a letter.

In:     a frame with ``kind, name, longitude, latitude`` (degrees, EPSG:4326), where
        known ``region_code`` and ``placement``.
Out:    :class:`PointKind` per kind with its :class:`Sign`, and how many rows have no
        usable coordinates.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from kkbpk_geo.base.errors import JoinError, MapError
from kkbpk_geo.catalogue.programme import facility_kinds, groups
from kkbpk_geo.joining import AXES, read_given_points

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

# How a point lies to the region that its row states.
PLACED, OUTSIDE, ELSEWHERE = "ok", "outside", "other_region"
# The first letter of the short name, but where two groups share it: BKB, BKR, BKL.
_LETTERS = {
    "bkb": "B",
    "bkr": "R",
    "bkl": "L",
    "uppka": "U",
    "pik_r": "P",
    "kampung_kb": "K",
    "rumah_dataku": "D",
}
# All dark enough for a white letter; the letter, not the colour, tells groups apart.
_COLOURS = (
    "#7a3e9d", "#00695c", "#8a5a00", "#a3264b", "#1f4e9c", "#33691e", "#4e4e6a",
)  # fmt: skip
_GREY = "#5A5A5A"  # of a kind that the catalogue does not know


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """What stands for a kind of point on every map; told apart without colour too."""

    kind: str
    id: str
    en: str
    shape: str
    colour: str
    letter: str = ""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class PointKind:
    """All points of one kind, sorted by region and name; tuples of equal length.

    ``regions`` holds positions in the map's regions, -1 for none; ``nested`` those in
    the regions of each level below, empty where the map has none; ``placement`` is
    ``ok``, ``outside`` (in no region) or ``other_region`` (not in the stated one).
    """

    sign: Sign
    names: tuple[str, ...]
    longitudes: tuple[float, ...]
    latitudes: tuple[float, ...]
    regions: tuple[int, ...]
    nested: tuple[tuple[int, ...], ...]
    placement: tuple[str, ...]


class _Point(NamedTuple):
    """One row; points stand in the order of the first five."""

    region: int
    nested: tuple[int, ...]
    name: str
    longitude: float
    latitude: float
    kind: str
    placement: str


def sign_of(kind: str) -> Sign:
    """Return the sign of a kind; one the catalogue does not know is a grey disc."""
    facilities, known = facility_kinds(), groups()
    if kind in facilities:
        f = facilities[kind]
        return Sign(kind=kind, id=f.id, en=f.en, shape=f.shape, colour=f.colour)
    if kind not in known:
        return Sign(kind=kind, id=kind, en=kind, shape="circle", colour=_GREY)
    group = known[kind]
    at = list(known).index(kind) % len(_COLOURS)
    long = "" if group.short == group.id else f" ({group.id})"
    return Sign(
        kind=kind,
        id=group.short + long,
        en=f"{group.short} ({group.en})",
        shape="circle",
        colour=_COLOURS[at],
        letter=_LETTERS.get(kind, group.short[:1]),
    )


def read_points(
    points: Any,  # noqa: ANN401
    boundaries: gpd.GeoDataFrame,
    below: Sequence[gpd.GeoDataFrame] = (),
) -> tuple[tuple[PointKind, ...], int]:
    """Return the points by kind, and the number of rows without usable coordinates.

    Parameters
    ----------
    points : DataFrame, GeoDataFrame, list of mappings, PointJoin or Intake
        As :func:`kkbpk_geo.join_points` takes them, with a ``kind`` and a ``name``.
    boundaries : GeoDataFrame, EPSG:4326, index region_code
    below : sequence of GeoDataFrame
        Regions of the levels below that of the map.

    Returns
    -------
    (tuple of PointKind, int)

    Raises
    ------
    MapError
        If a needed column is absent, or a coordinate is text.
    """
    import numpy as np

    points = _given(points, boundaries)
    x, y = (points[axis].to_numpy(np.float64, na_value=np.nan) for axis in AXES)
    # What is not on the globe is no place: metres, or a digit too many.
    usable = (np.abs(x) <= 180) & (np.abs(y) <= 90)  # noqa: PLR2004
    x, y = x[usable], y[usable]
    rows = _rows(points[usable], x, y, boundaries)
    located = [_locate(x, y, finer).tolist() for finer in below]
    if located:
        nested = zip(rows, zip(*located, strict=True), strict=True)
        rows = [row._replace(nested=at) for row, at in nested]
    rows.sort(key=lambda row: row[:5])
    found = []
    for kind in _in_order({row.kind for row in rows}):
        own = [row for row in rows if row.kind == kind]
        found.append(_as_kind(kind, own))
    return tuple(found), int((~usable).sum())


def _rows(
    frame: pd.DataFrame,
    x: npt.NDArray[np.float64],
    y: npt.NDArray[np.float64],
    boundaries: gpd.GeoDataFrame,
) -> list[_Point]:
    """Return the points one by one; a stated region counts more than the coordinate."""
    place = {code: i for i, code in enumerate(boundaries.index)}
    columns = zip(
        _texts(frame, "kind"),
        _texts(frame, "name"),
        _texts(frame, "region_code"),
        _texts(frame, "placement"),
        x.tolist(),
        y.tolist(),
        _locate(x, y, boundaries).tolist(),
        strict=True,
    )
    checked = "placement" in frame
    found = []
    for kind, name, code, given, lon, lat, located in columns:
        stated = place.get(code, -1)
        region = stated if stated >= 0 else located
        how = (given or PLACED) if checked else _placement(stated, located)
        found.append(_Point(region, (), name, lon, lat, kind, how))
    return found


def _placement(stated: int, located: int) -> str:
    """Say how a point lies; both are positions of regions, -1 for none."""
    if located < 0:
        return OUTSIDE
    return PLACED if stated in (-1, located) else ELSEWHERE


def _as_kind(kind: str, rows: Sequence[_Point]) -> PointKind:
    regions, nested, names, lons, lats, _, placement = zip(*rows, strict=True)
    return PointKind(
        sign=sign_of(kind),
        names=names,
        longitudes=lons,
        latitudes=lats,
        regions=regions,
        nested=tuple(zip(*nested, strict=True)),
        placement=placement,
    )


def _given(points: Any, boundaries: gpd.GeoDataFrame) -> pd.DataFrame:  # noqa: ANN401
    """Return points under our names, each of a kind."""
    names = dict(zip(boundaries.index, boundaries["name"], strict=True))
    province = str(boundaries.attrs.get("province_code", ""))
    try:
        frame = read_given_points(points, names, province)
    except JoinError as err:
        raise MapError(str(err)) from None
    if "kind" not in frame:
        msg = (
            "points has no column kind; expected what each of them is (a key or a name "
            f"of facilities.toml: PKM, RSUD); it has {', '.join(map(str, frame))}. Add "
            "it: points.assign(kind='health_centre')."
        )
        raise MapError(msg)
    return frame


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
        pairs = zip(which.tolist(), region.tolist(), strict=True)
        # The lowest region is written last, so that it stays.
        for point, at in sorted(pairs, reverse=True):
            found[point] = at
    return found


def _texts(frame: pd.DataFrame, column: str) -> list[str]:
    if column not in frame:
        return [""] * len(frame)
    cells = frame[column].astype(object)
    return list(map(str, cells.where(cells.notna(), "")))


def _in_order(kinds: Iterable[str]) -> list[str]:
    """Catalogue order first, then what the catalogue does not know, by name."""
    known = [str(kind) for kind in (*facility_kinds(), *groups())]
    rank = {kind: i for i, kind in enumerate(known)}
    return sorted(kinds, key=lambda kind: (rank.get(kind, len(rank)), kind))
