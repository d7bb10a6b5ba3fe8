"""Boundaries to join to and to draw: shipped, built, or a layer an office has.

Why: everything later stands on polygons that carry the right code, fit together and
say where they come from. All roads end in the same frame with the same promises.

In:     a place of any level, or several; a level; a store or the path of a layer.
Out:    GeoDataFrame in EPSG:4326, indexed by region_code; licence and source in .attrs.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from itertools import chain
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.crs import require_geographic
from kkbpk_geo.base.errors import BoundaryError, RegionError
from kkbpk_geo.catalogue.labels import both_labels, label
from kkbpk_geo.io import spoken
from kkbpk_geo.regions.codes import LEVELS, CodeSystem, Level, depth_of, province_part
from kkbpk_geo.regions.coverage import COLUMNS, Repair, finish
from kkbpk_geo.regions.lookup import describe
from kkbpk_geo.regions.register import NATION, Region, regions_of, require_level
from kkbpk_geo.regions.resolving import find_area
from kkbpk_geo.regions.shipped import (
    notes_of_shipped,
    shipped_districts,
    shipped_store,
)
from kkbpk_geo.regions.store.finding import find_store, user_folder
from kkbpk_geo.regions.store.marks import SUFFIX
from kkbpk_geo.regions.store.reading import STATED, Store, open_store

if TYPE_CHECKING:
    import geopandas as gpd

# Regions without an outline that a note names: Lampung has eleven such villages.
_SHOWN = 12
_SHIPPED_LEVELS = ("provinsi", "kabkota")


def load_boundaries(
    region: str | Sequence[str] = "Lampung",
    *,
    level: str = "kabkota",
    boundaries: str | Path | None = None,
    path: str | Path | None = None,
    layer: str | None = None,
    code_system: CodeSystem | None = None,
) -> gpd.GeoDataFrame:
    """Load the regions of a place as a clean coverage.

    Parameters
    ----------
    region : str or sequence of str
        ``"Indonesia"``, or name, recorded alias or code of a province, a kabupaten or
        kota, a kecamatan; or several of them.
    level : {"kabkota", "provinsi", "kecamatan", "desa"}
        Level of the regions; that of the place itself gives its own outline. Shipped:
        kabkota and provinsi. The others need a store, or a layer.
    boundaries : path, optional
        A store of boundaries (``.kgeo``, built by :func:`build_boundaries`), or
        ``"bawaan"`` for the shipped outlines. If not given it is looked for: in the
        variable ``KKBPK_BOUNDARIES`` and in the user's data folder. A layer is taken
        as ``path``.
    path : path, optional
        A layer of one province: GeoJSON, GeoPackage, Shapefile (also zipped) or
        GeoParquet. Code and name columns are found by their headings
        (``boundary_columns.toml``). It goes before any store.
    layer : str, optional
        Which layer of a file that holds several.
    code_system : {"kemendagri", "bps"}, optional
        Whose codes the file carries, where neither heading nor names tell.

    Returns
    -------
    GeoDataFrame, one row per region, Polygon or MultiPolygon, EPSG:4326
        Index ``region_code`` (dotted Kemendagri code, sorted, unique). Columns ``name``
        (without "Kabupaten"; a kota keeps its kind), ``kind``, ``parent_code``,
        ``area_km2`` (float64, measured in EPSG:6933) and ``geometry``. Valid, no
        overlaps, shared edges identical. ``.attrs``: ``source, licence, year,
        attribution, level``; ``province_code, province_name`` (of the place that was
        asked for: "" and Indonesia for all of it, "" and all names for several);
        ``levels`` that can be loaded below; ``store``, the file it was read from,
        ``commit`` and ``date`` of what that was built from; ``map_notes``, in both
        languages, which a map shows; and ``repairs``: dicts with
        ``what`` (key ``region_repair_<what>`` of the labels), ``region_code``, ``km2``
        and ``note``. Of a ``path`` the licence is "not stated" and the year None;
        ``notes`` says in both languages what an owner should know, and ``held`` (code
        -> code of the district that holds its land) names districts that an older
        edition does not have: their outline is the shipped one, and a map draws them
        as not in this layer.

    Raises
    ------
    RegionError
        For an unknown place or level, or a level above that of the place.
    BoundaryError
        If the file cannot be read, has no usable polygons, columns or codes, or cannot
        be repaired without guessing; or if there are no outlines of the level: says how
        to build them and where to put them.

    Examples
    --------
    >>> load_boundaries("Lampung").loc["18.12", "name"]
    'Tulang Bawang Barat'
    >>> len(load_boundaries("Indonesia", level="provinsi"))
    38
    >>> list(load_boundaries(["Pringsewu", "Kota Metro"]).index)
    ['18.10', '18.72']
    """
    tier = require_level(level)
    places = _places(region, tier)
    store, own = _told_apart(boundaries, path)
    frames = []
    for place in places:
        if own is None:
            frames.append(_from_store(place, tier, store))
        else:
            frames.append(_from_layer(own, place, tier, layer, code_system))
    return frames[0] if len(frames) == 1 else _together(frames, places)


def _places(asked: object, level: Level) -> list[Region]:
    """Return the places that are asked for, none of them inside another.

    Raises
    ------
    RegionError
        If one is none, or lies below the level.
    """
    named: list[object] = [asked]
    if isinstance(asked, Sequence) and not isinstance(asked, str | bytes):
        named = list(asked)
    if not named:
        msg = "region is an empty list; expected the names or codes of places."
        raise RegionError(msg)
    found = {place.code: place for place in map(find_area, named)}
    for place in found.values():
        if place.code and depth_of(place.level) > depth_of(level):
            msg = (
                f"{describe(place.code)} is no place that {level} lie in; give "
                f"level={place.level!r} or one below it."
            )
            raise RegionError(msg)
    if NATION.code in found:
        return [NATION]
    inside = {c for c in found for d in found if c.startswith(f"{d}.")}
    return [found[code] for code in sorted(set(found) - inside)]


def _told_apart(
    boundaries: object, path: object
) -> tuple[str | PathLike[str] | None, Path | None]:
    """Return a store that is named and a layer that is; each may be given as either.

    Raises
    ------
    BoundaryError
        If one is no path.
    """
    store: str | PathLike[str] | None = None
    own: Path | None = None
    for name, given in (("boundaries", boundaries), ("path", path)):
        if given is None:
            continue
        if not isinstance(given, str | PathLike):
            msg = (
                f"{name} is a {type(given).__name__}; expected the path of a layer. A "
                "GeoDataFrame with region codes as its index and a column 'name' is "
                "drawn as it is; else save it first: .to_file('batas.gpkg')."
            )
            raise BoundaryError(msg)
        if _is_layer(Path(given)):
            own = Path(given)
        else:
            store = given
    return store, own


def _is_layer(given: Path) -> bool:
    # A folder holds stores, whatever dots are in its name.
    return given.suffix.casefold() not in ("", SUFFIX) and not given.is_dir()


def _from_store(
    place: Region, level: Level, given: str | PathLike[str] | None
) -> gpd.GeoDataFrame:
    """Load from the store that is named or found, else from what is shipped."""
    path = find_store(given, region=place.code)
    store = None if path is None else open_store(path)
    if store is not None and (given is not None or store.holds(level, place.code)):
        return _of_store(store, place, level)
    if level not in _SHIPPED_LEVELS:
        raise BoundaryError(_no_outlines(place, level, store))
    frame = shipped_districts(place, level)
    areas = dict(zip(frame.index, frame["area_km2"], strict=True))
    kept = (*STATED, "levels")
    attrs: dict[Hashable, Any] = {key: frame.attrs[key] for key in kept}
    attrs["repairs"] = []
    if level == "kabkota":
        attrs["map_notes"] = list(notes_of_shipped(areas))
    return finish(frame, place, level, attrs)


def _of_store(store: Store, place: Region, level: Level) -> gpd.GeoDataFrame:
    frame = store.load(level, place.code)
    known = {unit.code for unit in regions_of(level, place.code)}
    absent = sorted(known - set(frame.index))
    missing = [Repair("missing_region", code, 0.0, describe(code)) for code in absent]
    attrs = frame.attrs | {"repairs": [repair.as_dict() for repair in missing]}
    if absent:
        attrs["notes"] = [_note_of_absent(absent, level, store.path.name)]
    return finish(frame, place, level, attrs)


def _note_of_absent(absent: Sequence[str], level: Level, file: str) -> dict[str, str]:
    """Name the regions that the register has and a store has not."""
    names = ", ".join(describe(code) for code in absent[:_SHOWN])
    if len(absent) > _SHOWN:
        names += " …"
    template = both_labels("region_note_absent")
    return {
        language: text.format(file=file, n=len(absent), level=level, names=names)
        for language, text in template.items()
    }


def _no_outlines(place: Region, level: Level, store: Store | None) -> str:
    """Say how to build outlines of a level, and where to put a store of them."""
    held = ""
    if store is not None:
        levels = ", ".join(store.levels(place.code)) or "-"
        held = label("region_store_holds", spoken()).format(
            file=store.path.name, levels=levels
        )
    return label("region_no_outlines", spoken()).format(
        level=level, place=place.name, held=held, folder=user_folder()
    )


def _from_layer(
    path: Path,
    place: Region,
    level: Level,
    layer: str | None,
    code_system: CodeSystem | None,
) -> gpd.GeoDataFrame:
    from kkbpk_geo.regions.foreign.layers import load_layer
    from kkbpk_geo.regions.register import region as of_code

    if place == NATION:
        msg = (
            f"{path.name}: a layer is judged province by province; name the province, "
            "or make a store of the layer, which holds all of them: kkbpk-geo "
            "boundaries build --source."
        )
        raise BoundaryError(msg)
    if place.code.count(".") == 0:
        return load_layer(path, place, level, layer=layer, code_system=code_system)
    # A layer is judged by province; of a smaller place only its own rows are kept.
    above = of_code(province_part(place.code))
    whole = load_layer(path, above, level, layer=layer, code_system=code_system)
    inside = [f"{code}.".startswith(f"{place.code}.") for code in whole.index]
    if not any(inside):
        msg = f"{path.name}: holds no {level} of {place.name}."
        raise BoundaryError(msg)
    return finish(whole[inside], place, level, dict(whole.attrs))


def _together(frames: list[gpd.GeoDataFrame], places: list[Region]) -> gpd.GeoDataFrame:
    """Put the regions of several places into one frame."""
    import geopandas as gpd
    import pandas as pd

    attrs = _attrs_together([frame.attrs for frame in frames])
    attrs["province_code"] = NATION.code
    attrs["province_name"] = ", ".join(place.name for place in places)
    bare = [frame.copy(deep=False) for frame in frames]
    for frame in bare:
        frame.attrs = {}
    both = gpd.GeoDataFrame(pd.concat(bare), crs=frames[0].crs).sort_index()
    both.attrs = attrs
    return both


def _attrs_together(each: list[dict[Hashable, Any]]) -> dict[Hashable, Any]:
    """Put together what frames say: every source, every note once."""
    attrs = dict(each[0])
    for key in ("repairs", "notes", "map_notes"):
        if any(key in one for one in each):
            attrs[key] = _once(one.get(key, []) for one in each)
    for one in each[1:]:
        if "held" in one:
            attrs["held"] = attrs.get("held", {}) | one["held"]
    for key in STATED:
        attrs[key] = _stated_by([one.get(key) for one in each])
    # Only what all of them hold can be gone down to.
    held = set.intersection(*(set(one.get("levels", ())) for one in each))
    attrs["levels"] = tuple(level for level in LEVELS if level in held)
    if len({one.get("store") for one in each}) > 1:
        for key in ("store", "commit", "date"):
            attrs.pop(key, None)
    return attrs


def _stated_by(each: list[Any]) -> Any:  # noqa: ANN401
    """Return what sources state: of one as it is, of several as one text."""
    stated = _once([one] for one in each if one)
    if len(stated) > 1:
        return "; ".join(map(str, stated))
    return stated[0] if stated else None


def _once(lists: Iterable[list[Any]]) -> list[Any]:
    """Return the entries of all lists, each once, in order."""
    found: list[Any] = []
    for entry in chain.from_iterable(lists):
        if entry not in found:
            found.append(entry)
    return found


def load_context(
    boundaries: gpd.GeoDataFrame, *, margin_deg: float = 1.0
) -> gpd.GeoDataFrame:
    """Load the land around: districts of other places, to be drawn in grey.

    Parameters
    ----------
    boundaries : GeoDataFrame, EPSG:4326
        From :func:`load_boundaries`, of any level.
    margin_deg : float, degrees
        How far around the bounds; polygons are cut off there.

    Returns
    -------
    GeoDataFrame, EPSG:4326
        Columns as in :func:`load_boundaries`; ``area_km2`` is that of the whole
        district. Districts of ``boundaries``, and those they lie in, are not in it.

    Raises
    ------
    CrsError
        If ``boundaries`` is not in EPSG:4326.
    """
    import pandas as pd

    require_geographic(boundaries, "boundaries")
    bounds = boundaries.total_bounds
    window = (*(bounds[:2] - margin_deg), *(bounds[2:] + margin_deg))
    store = _store_of(boundaries, window)
    near = [store.load("kabkota", code) for code in store.near(window)]
    stated: dict[Hashable, Any] = {key: store.provenance.get(key) for key in STATED}
    for each in near:
        each.attrs = {}
    if not near:  # a place in no land that is known
        near = [store.load("kabkota", store.provinces[0]).iloc[:0]]
    frame = pd.concat(near)
    # A kecamatan of the map hides its district, a district itself, a province its own.
    drawn = {str(code)[: len("18.10")] for code in boundaries.index}
    frame = frame[~(frame.index.isin(drawn) | frame["parent_code"].isin(drawn))].copy()
    # Cut off, for the whole of Java would make every page heavier.
    frame.geometry = frame.geometry.clip_by_rect(*window)
    frame = frame[frame.geom_type.isin(["Polygon", "MultiPolygon"]) & ~frame.is_empty]
    frame = frame.sort_index()[COLUMNS]
    stated["level"] = "kabkota"
    frame.attrs = stated
    return frame


def _store_of(boundaries: gpd.GeoDataFrame, window: Any) -> Store:  # noqa: ANN401
    """Return the store the boundaries are of, if it has the land around, else ours.

    Borders of two sources do not meet: a sliver would stay between map and land.
    """
    shipped = shipped_store()
    own = boundaries.attrs.get("store")
    # A frame may have come from another computer, without its store.
    if own is None or not Path(own).is_file():
        return shipped
    store = open_store(own)
    around = set(shipped.near(window))
    return store if around <= set(store.provinces) else shipped
