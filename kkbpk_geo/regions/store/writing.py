"""A store written: units in, every level of them out, in one file.

In:     a clean coverage of the finest units, their names, where they come from.
Out:    a file of suffix ``.kgeo``; the same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.crs import require_shapes
from kkbpk_geo.base.errors import BoundaryError
from kkbpk_geo.regions.codes import LEVELS, depth_of, province_part
from kkbpk_geo.regions.coverage import area_km2
from kkbpk_geo.regions.register import place_name
from kkbpk_geo.regions.store.cutting import cut
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


def _sections(
    codes: Any,  # noqa: ANN401
    polygons: Any,  # noqa: ANN401
    names: Mapping[str, str],
    areas: Mapping[str, float],
    per_degree: int,
) -> list[Section]:
    """Join the units of a province to every level, and cut all of them together."""
    import numpy as np
    import shapely

    own_areas = np.array([areas[code] for code in codes])
    level_codes: list[list[str]] = []
    level_areas, shapes, finest = [], [], []
    for depth in range(len(LEVELS)):
        within = [".".join(code.split(".")[: depth + 1]) for code in codes]
        deep = [code.count(".") >= depth for code in codes]
        found, group = np.unique(np.array(within)[deep], return_inverse=True)
        if not len(found):
            continue
        members = [np.flatnonzero(deep)[group == i] for i in range(len(found))]
        level_codes.append(found.tolist())
        level_areas.append([own_areas[rows].sum() for rows in members])
        shapes.append(np.array([_joined(polygons[rows]) for rows in members]))
        finest.append(np.isin(found, codes))
    for of_level, these in zip(shapes, level_codes, strict=True):
        valid = shapely.is_valid(of_level)
        if not valid.all():
            _refuse("joined from its units is not valid", np.array(these)[~valid])
    rows = zip(level_codes, level_areas, cut(shapes, finest, per_degree), strict=True)
    return [
        Section(
            codes=tuple(these),
            names=tuple(_name(code, names) for code in these),
            areas=np.rint(np.array(km2) * PER_KM2).astype(np.int64),
            outlines=outlines,
        )
        for these, km2, outlines in rows
    ]


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
        if len(parts) <= depth_of("provinsi") + 1 or len(parts) > len(LEVELS):
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
