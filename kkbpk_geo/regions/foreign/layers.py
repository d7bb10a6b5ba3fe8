"""A boundary layer as an office has it, made into what the library promises.

Why: layers come as four formats, with any heading, sometimes without a coordinate
system, with both sorts of codes, with overlaps. What can be mended is mended and told;
what would have to be guessed is refused.

In:     a path. Out: a clean coverage of one province, with its repairs in .attrs. Only
        rows of that province are judged; what is wrong elsewhere is told in a note.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.crs import GEOGRAPHIC
from kkbpk_geo.base.errors import BoundaryError
from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.words import LANGUAGES
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.regions.codes import CodeSystem, Level
from kkbpk_geo.regions.coverage import (
    Repair,
    area_km2,
    clean_coverage,
    finish,
    polygons_only,
)
from kkbpk_geo.regions.foreign.editions import Edition, part_edition
from kkbpk_geo.regions.foreign.matching import Matched, match_rows
from kkbpk_geo.regions.foreign.opening import read_layer
from kkbpk_geo.regions.lookup import describe
from kkbpk_geo.regions.register import (
    Region,
    region,
    regions_of,
)
from kkbpk_geo.regions.shipped import shipped_districts

if TYPE_CHECKING:
    import geopandas as gpd

# Degrees around a province within which a row may still be its own: about 50 km.
_NEAR = 0.5
# No angle is larger; a metre of a projection nearly always is.
_MOST_DEGREES = 360.0
_LONGITUDES, _LATITUDES = (94.0, 142.0), (-12.0, 7.0)  # Indonesia
# Share of the smaller part from which two rows of one code are one region drawn twice;
# islands of one region that merely touch share less.
_SAME_GROUND = 0.01


def load_layer(
    path: Path,
    place: Region,
    level: Level,
    *,
    layer: str | None = None,
    code_system: CodeSystem | None = None,
) -> gpd.GeoDataFrame:
    """Load one province from a file; see :func:`load_boundaries` for the promises.

    Raises
    ------
    BoundaryError
        Names the file, the row as the file counts it, and what to do.
    """
    whole = read_layer(path, layer, level)
    matched = match_rows(
        whole,
        place,
        level,
        code_system=code_system,
        file=path.name,
        far=lambda rows: _far_from(whole, rows, place),
    )
    own = whole[matched.codes.notna()]
    _refuse_shapeless(own, len(whole), path.name)
    frame, repairs = in_degrees(own, path.name)
    repairs += matched.repairs
    codes = matched.codes.dropna()
    merged = _merge_parts(list(frame.geometry), list(codes), path.name, repairs)
    wanted = [u.code for u in regions_of(level, place.code)]
    if level == "provinsi":
        wanted = [place.code]
    absent = [code for code in wanted if code not in merged]
    order = sorted(merged)
    polygons, mended = clean_coverage([merged[c] for c in order], order)
    notes = list(_notes_elsewhere(whole, matched, path.name))
    edition = Edition(dict(zip(order, polygons, strict=True)))
    if absent and level == "kabkota":
        edition = part_edition(edition.polygons, absent, place)
        notes += edition.notes(path.name)
    repairs += [Repair("missing_region", code, 0.0, describe(code)) for code in absent]
    found = _frame(edition.polygons, place, level, path.name, repairs + mended)
    found.attrs |= {"notes": notes, "held": edition.held}
    return found


def _far_from(frame: gpd.GeoDataFrame, rows: list[int], place: Region) -> Any:  # noqa: ANN401
    """Say of rows whether they lie away from the districts of the province."""
    import numpy as np

    shapes = frame.iloc[rows].geometry
    bounds = shapes.bounds
    if frame.crs is not None and not _has_degrees(frame):
        bounds = shapes.to_crs(GEOGRAPHIC).bounds
    elif _are_metres(bounds.to_numpy().ravel()):
        return np.zeros(len(rows), dtype=bool)  # no degrees: nothing can be told
    west, south, east, north = shipped_districts(place).total_bounds
    apart = (bounds["maxx"] < west - _NEAR) | (bounds["minx"] > east + _NEAR)
    apart |= (bounds["maxy"] < south - _NEAR) | (bounds["miny"] > north + _NEAR)
    # Without a polygon and a name a row is no region of this province either.
    return (apart | bounds.isna().any(axis=1)).to_numpy()


def _notes_elsewhere(
    frame: gpd.GeoDataFrame, matched: Matched, file: str
) -> Iterator[dict[str, str]]:
    """Say in one line what is wrong with rows of other provinces, if anything is."""
    import shapely

    shapes = frame[matched.elsewhere].geometry
    none = shapes.isna() | shapes.is_empty
    crossed = int((~shapely.is_valid(list(shapes[~none]))).sum())
    counts = {
        "shapeless": int(none.sum()),
        "odd": len(matched.odd),
        "invalid": crossed,
    }
    faults = {what: n for what, n in counts.items() if n}
    if not faults:
        return

    def say(language: Language) -> str:
        parts = [
            label(f"region_elsewhere_{what}", language).format(n=n)
            for what, n in faults.items()
        ]
        template = label("region_note_elsewhere", language)
        return template.format(file=file, faults=", ".join(parts))

    yield {language: say(language) for language in LANGUAGES}


def _frame(
    polygons: Mapping[str, Any],
    place: Region,
    level: Level,
    file: str,
    repairs: list[Repair],
) -> gpd.GeoDataFrame:
    import geopandas as gpd
    import pandas as pd

    codes = sorted(polygons)
    shapes = [polygons[code] for code in codes]
    columns = ("name", "kind", "parent_code")
    stated = attrgetter(*columns)
    facts = pd.DataFrame([stated(region(code)) for code in codes], columns=columns)
    frame = gpd.GeoDataFrame(
        facts.assign(area_km2=area_km2(shapes)).set_axis(codes),
        geometry=shapes,
        crs=GEOGRAPHIC,
    )
    attrs: dict[Hashable, Any] = {
        "source": file,
        "licence": "not stated",
        "year": None,
        "attribution": "",
        "repairs": [repair.as_dict() for repair in repairs],
    }
    return finish(frame, place, level, attrs)


def in_degrees(
    frame: gpd.GeoDataFrame, file: str
) -> tuple[gpd.GeoDataFrame, list[Repair]]:
    """Bring the layer to EPSG:4326, or say why that cannot be done."""
    repairs = []
    if frame.crs is None:
        if not in_indonesia(frame.total_bounds):
            metres = _are_metres(frame.total_bounds)
            unit = ", but metres (UTM, by their size)" if metres else ""
            msg = (
                f"{file}: states no coordinate system, and its coordinates "
                f"{_bounds(frame)} are not degrees in Indonesia{unit}"
                f"{_swapped(frame.total_bounds)}. Add the .prj, or save it again with "
                "its coordinate system."
            )
            raise BoundaryError(msg)
        frame = frame.set_crs(GEOGRAPHIC)
        repairs.append(Repair("crs_assumed", note=_bounds(frame)))
    # Kept for the error: afterwards the frame says degrees whatever it was.
    stated = str(frame.crs)
    if _has_degrees(frame) and _are_metres(frame.total_bounds):
        msg = (
            f"{file}: its coordinates {_bounds(frame)} are metres (UTM, by their "
            f"size), but the file is taken as degrees ({stated[:40]}). A GeoJSON is "
            "always degrees: save it again as EPSG:4326, or as GeoPackage or "
            "Shapefile with its coordinate system."
        )
        raise BoundaryError(msg)
    frame = frame.to_crs(GEOGRAPHIC)
    if not in_indonesia(frame.total_bounds):
        msg = (
            f"{file}: lies at {_bounds(frame)} (degrees, from {stated[:40]}), outside "
            f"Indonesia{_swapped(frame.total_bounds)}. Check the coordinate system."
        )
        raise BoundaryError(msg)
    return frame, repairs


def in_indonesia(bounds: Iterable[float]) -> bool:
    """Whether west, south, east, north are degrees in Indonesia."""
    west, south, east, north = bounds
    return bool(
        _LONGITUDES[0] <= west
        and east <= _LONGITUDES[1]
        and _LATITUDES[0] <= south
        and north <= _LATITUDES[1]
    )


def _has_degrees(frame: gpd.GeoDataFrame) -> bool:
    """Whether the stated coordinate system counts in degrees."""
    return frame.crs is not None and bool(frame.crs.is_geographic)


def _are_metres(bounds: Iterable[float]) -> bool:
    """Whether numbers are far too large for degrees: the metres of a projection."""
    return any(abs(value) > _MOST_DEGREES for value in bounds)


def _swapped(bounds: Iterable[float]) -> str:
    west, south, east, north = bounds
    if in_indonesia((south, west, north, east)):
        return "; longitude and latitude seem to be swapped"
    return ""


def _bounds(frame: gpd.GeoDataFrame) -> str:
    return "[" + ", ".join(f"{value:.2f}" for value in frame.total_bounds) + "]"


def _refuse_shapeless(frame: gpd.GeoDataFrame, n: int, file: str) -> None:
    """Refuse rows of the province without an area: none, empty, points, lines."""
    # A collection may hold a polygon; what else is in it goes when it is mended.
    kinds = frame.geom_type
    bad = frame.geometry.isna() | frame.geometry.is_empty
    bad |= ~kinds.isin(["Polygon", "MultiPolygon", "GeometryCollection"])
    if not bad.any():
        return
    kinds = kinds.where(~frame.geometry.isna(), "nothing")
    rows = [f"row {i + 1} ({kinds[i]})" for i in frame.index[bad][:5]]
    msg = (
        f"{file}: {int(bad.sum())} of {n} rows have no polygon: "
        f"{', '.join(rows)}. Give them one or delete them."
    )
    raise BoundaryError(msg)


def _merge_parts(
    polygons: list[Any], codes: list[str], file: str, repairs: list[Repair]
) -> dict[str, Any]:
    """Merge rows of one code; refuse them where they cover the same ground."""
    import shapely

    groups: dict[str, list[Any]] = {}
    for code, polygon in zip(codes, polygons, strict=True):
        whole = polygon
        # A part that crosses itself cannot be merged; one alone is mended later.
        if not shapely.is_valid(polygon) and len(codes) != len(set(codes)):
            whole = polygons_only(shapely.make_valid(polygon))
        groups.setdefault(code, []).append(whole)
    merged = {}
    for code, parts in groups.items():
        if len(parts) == 1:
            merged[code] = parts[0]
            continue
        whole = shapely.union_all(parts)
        # What the parts have more than their union lies under two of them.
        twice = sum(map(shapely.area, parts)) - shapely.area(whole)
        if twice > _SAME_GROUND * min(map(shapely.area, parts)):
            msg = (
                f"{file}: {len(parts)} rows are {describe(code)} and cover the same "
                "ground. Keep one of them, or correct the code of the others."
            )
            raise BoundaryError(msg)
        merged[code] = whole
        repairs.append(Repair("parts_merged", code, note=f"{len(parts)} rows"))
    return merged
