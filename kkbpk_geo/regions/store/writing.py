"""A store written: units in, every level of them out, in one file.

In:     a clean coverage of the finest units, their names, where they come from.
Out:    a file of suffix ``.kgeo``; the same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.crs import require_shapes
from kkbpk_geo.base.errors import BoundaryError
from kkbpk_geo.regions.codes import LEVELS, province_part
from kkbpk_geo.regions.coverage import area_km2
from kkbpk_geo.regions.register import place_name
from kkbpk_geo.regions.store.cutting import Outlines, cut
from kkbpk_geo.regions.store.layout import (
    HEAD,
    MARK,
    PER_KM2,
    VERSION,
    Place,
    Section,
    pack_section,
    pack_table,
    squeeze,
)

if TYPE_CHECKING:
    import geopandas as gpd

PER_DEGREE = 20_000
"""Steps of the grid in a degree: 5e-5 degrees, 5.6 m."""
# How far a vertex may lie beside the grid, in steps: what dividing by it rounds off.
_BESIDE = 1e-3


def write_store(
    path: str | PathLike[str],
    units: gpd.GeoSeries,
    *,
    names: Mapping[str, str],
    provenance: Mapping[str, Any],
    areas: Mapping[str, float] | None = None,
    per_degree: int = PER_DEGREE,
) -> None:
    """Write outlines of the finest units, and of every level above, into one file.

    Parameters
    ----------
    path : path
        Where to write; the suffix is ``.kgeo`` by custom.
    units : GeoSeries, n rows, polygons, EPSG:4326
        Indexed by dotted code: desa where they are known, else kecamatan, else kabkota.
        One valid coverage on the grid. Levels above are joined from these outlines.
    names : mapping of str to str
        Names by code of every level; the register's own name goes before.
    provenance : mapping
        ``source, licence, attribution, commit, date, year, notes``: texts and numbers,
        or texts by language. Shown with every map.
    areas : mapping of str to float, optional
        km² by code of the units, where outlines were simplified; else the outlines are
        measured. A region's area is the sum of its units'.
    per_degree : int
        Steps of the grid in a degree.

    Raises
    ------
    BoundaryError
        If the units are no valid coverage on the grid, or a code stands inside another.
    """
    from kkbpk_geo.io import write_file

    content = pack_store(
        units, names=names, provenance=provenance, areas=areas, per_degree=per_degree
    )
    write_file(Path(path), content)


def pack_store(
    units: gpd.GeoSeries,
    *,
    names: Mapping[str, str],
    provenance: Mapping[str, Any],
    areas: Mapping[str, float] | None = None,
    per_degree: int = PER_DEGREE,
) -> bytes:
    """Return the bytes of a store; see :func:`write_store`."""
    import geopandas as gpd
    import numpy as np
    import shapely

    require_shapes(gpd.GeoDataFrame(geometry=units), "units")
    named = dict(zip(map(str, units.index), units.array, strict=True))
    order = sorted(map(str, units.index))
    _refuse_nested(order)
    codes = np.array(order)
    polygons = np.array([named[code] for code in order])
    # The same rings whatever order they came in, and no edge without a length.
    polygons = shapely.normalize(shapely.remove_repeated_points(polygons))
    _refuse_unfit(polygons, codes, per_degree)
    if areas is not None and (unknown := set(order) - set(areas)):
        _refuse("has no area in areas=", sorted(unknown))
    if areas is None:
        areas = dict(zip(order, area_km2(polygons).tolist(), strict=True))

    places: list[Place] = []
    packed: list[bytes] = []
    owners = list(map(province_part, order))
    for province, group in groupby(range(len(order)), owners.__getitem__):
        rows = list(group)
        bounds = _tuple(shapely.total_bounds(polygons[rows]))
        for section in _sections(codes[rows], polygons[rows], names, areas, per_degree):
            raw = pack_section(section)
            packed.append(squeeze(raw))
            size = len(packed[-1])
            places.append(Place(province, section.level, 0, size, len(raw), bounds))
    table = pack_table(dict(provenance), per_degree, places)
    squeezed = squeeze(table)
    head = HEAD.pack(MARK, VERSION, len(squeezed), len(table))
    return b"".join([head, squeezed, *packed])


def _tuple(bounds: Any) -> tuple[float, float, float, float]:  # noqa: ANN401
    west, south, east, north = bounds.tolist()
    return west, south, east, north


@dataclass(frozen=True, slots=True)
class _Joined:
    """The units of a province joined to one level, in the order of their codes."""

    codes: list[str]
    km2: list[float]
    polygons: Any
    finest: Any


def _sections(
    codes: Any,  # noqa: ANN401
    polygons: Any,  # noqa: ANN401
    names: Mapping[str, str],
    areas: Mapping[str, float],
    per_degree: int,
) -> list[Section]:
    """Join the units of a province to every level, and cut all of them together."""
    import numpy as np

    own = np.array([areas[code] for code in codes])
    deepest = max(code.count(".") for code in codes)
    levels = [_level(codes, polygons, own, depth) for depth in range(deepest + 1)]
    shapes = [level.polygons for level in levels]
    outlines = cut(shapes, [level.finest for level in levels], per_degree)
    pairs = zip(levels, outlines, strict=True)
    return [_section(level, lines, names) for level, lines in pairs]


def _section(level: _Joined, outlines: Outlines, names: Mapping[str, str]) -> Section:
    import numpy as np

    return Section(
        codes=tuple(level.codes),
        names=tuple(_name(code, names) for code in level.codes),
        areas=np.rint(np.array(level.km2) * PER_KM2).astype(np.int64),
        outlines=outlines,
    )


def _level(codes: Any, polygons: Any, areas: Any, depth: int) -> _Joined:  # noqa: ANN401
    """Join units to the level of a depth; a unit above it has no part in it."""
    import numpy as np
    import shapely

    deep = np.array([code.count(".") >= depth for code in codes])
    above = [".".join(code.split(".")[: depth + 1]) for code in codes[deep]]
    found, group = np.unique(above, return_inverse=True)
    members = [np.flatnonzero(deep)[group == i] for i in range(len(found))]
    joined = np.array([_joined(polygons[rows]) for rows in members])
    valid = shapely.is_valid(joined)
    if not valid.all():
        _refuse("joined from its units is not valid", found[~valid])
    km2 = [areas[rows].sum() for rows in members]
    return _Joined(found.tolist(), km2, joined, np.isin(found, codes))


def _joined(polygons: Any) -> Any:  # noqa: ANN401
    import shapely

    if len(polygons) == 1:
        return polygons[0]
    return shapely.normalize(shapely.coverage_union_all(polygons))


def _name(code: str, names: Mapping[str, str]) -> str:
    """Return the register's name, else the one given, on one line."""
    known = place_name(code)
    found = names.get(code, code) if known == code else known
    return " ".join(found.split())


def _refuse_nested(codes: list[str]) -> None:
    """Refuse codes that stand twice, or in another: their ground would count twice."""
    known: set[str] = set()
    for code in codes:
        parts = code.split(".")
        above = {".".join(parts[:i]) for i in range(1, len(parts) + 1)}
        if known & above:
            _refuse("stands twice, or inside another unit", [code])
        known.add(code)
        if not 1 < len(parts) <= len(LEVELS):
            _refuse("is no code of a kabkota, kecamatan or desa", [code])


def _refuse_unfit(polygons: Any, codes: Any, per_degree: int) -> None:  # noqa: ANN401
    """Refuse what a store could not give back as it came."""
    import numpy as np
    import shapely

    valid = shapely.is_valid(polygons)
    if not valid.all():
        _refuse("is no valid polygon", codes[~valid])
    xy, owner = shapely.get_coordinates(polygons, return_index=True)
    steps = xy * per_degree
    beside = (np.abs(steps - np.rint(steps)) > _BESIDE).any(axis=1)
    if beside.any():
        _refuse(f"lies beside the grid of 1/{per_degree} degree", codes[owner[beside]])
    if not shapely.coverage_is_valid(polygons):
        edges = shapely.coverage_invalid_edges(polygons)
        _refuse("does not fit to its neighbours", codes[~shapely.is_empty(edges)])


def _refuse(what: str, codes: Any) -> None:  # noqa: ANN401
    named = list(dict.fromkeys(map(str, codes)))
    msg = (
        f"a store holds one valid coverage; {len(named)} unit(s) of which each {what}: "
        f"{', '.join(named[:5])}. Clean the units and put them on the grid first."
    )
    raise BoundaryError(msg)
