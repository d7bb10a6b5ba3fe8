"""Boundaries built from a source on this computer, and written for every office.

Why: the outlines of kecamatan and villages are not shipped, since their source does not
say where they come from; whoever has it builds from it what maps need.

In:     a clone, its zip, or a layer with codes. Out: a store of every level, and a
        report of what was done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from os import PathLike
from pathlib import Path
from time import monotonic
from typing import Any, NoReturn

from kkbpk_geo.base.errors import BoundaryError
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.io import note_read, together, write_text
from kkbpk_geo.pipeline.borders.report import report_page, report_text
from kkbpk_geo.regions import (
    NATION,
    SUFFIX,
    BuiltBoundaries,
    CodeSystem,
    Region,
    build_units,
    find_area,
    find_province,
    judge,
    known_rules,
    open_source,
    place_name,
    provenance_of,
    region,
    write_store,
)

# The province whose villages stay where all of Indonesia is built: as elsewhere.
_USUAL = "Lampung"


def build_boundaries(  # noqa: PLR0913 (each is one thing to say of a source)
    source: str | Path,
    *,
    province: str = "",
    villages: Sequence[str] | None = None,
    layer: str | None = None,
    code_system: CodeSystem | None = None,
    licence: str = "",
    credit: str = "",
    progress: Callable[[str, int, int], None] | None = None,
    language: Language = "id",
) -> BuiltBoundaries:
    """Build one nested coverage of every level from the outlines of the finest regions.

    Parameters
    ----------
    source : path
        A clone of github.com/cahyadsn/wilayah_boundaries (its folder or its zip), or
        any layer of villages, kecamatan or districts with codes: GeoPackage, GeoJSON,
        Shapefile, GeoParquet.
    province : str
        Name or code of a province, or ``"Indonesia"``; empty: what the source holds.
    villages : sequence of str, optional
        Provinces whose villages are kept, or ``["Indonesia"]`` for all; elsewhere they
        are joined to their kecamatan. By default those of the province that is built,
        and of Indonesia Lampung's.
    layer : str, optional
        Which layer of a file that holds several.
    code_system : {"kemendagri", "bps"}, optional
        Whose codes a layer carries, where neither heading nor names tell.
    licence, credit : str
        Of a layer, as its owner says; written into the store and under every map.
    progress : callable, optional
        Told a sentence, steps done and steps in all.
    language : {"id", "en"}
        Of those sentences.

    Returns
    -------
    BuiltBoundaries
        ``units`` (the outlines), ``table`` (areas per district against the official
        ones), ``missing``, ``unknown``, ``changes``, ``ground``, ``provenance``. With
        :func:`kkbpk_geo.pipeline.write_boundaries` it becomes a store and a report.

    Raises
    ------
    BoundaryError
        If the source cannot be read or has no codes that the register knows, or what
        comes out would not be valid on every level.
    RegionError
        For an unknown province.

    Examples
    --------
    >>> build_boundaries("wilayah_boundaries")  # doctest: +SKIP
    <BuiltBoundaries: Boundaries of Indonesia built: 38 provinces, 514 districts, …>
    """
    given: object = source
    if not isinstance(given, str | PathLike):
        msg = (
            f"source is a {type(given).__name__}; expected the path of a clone, of "
            "its zip, or of a map layer."
        )
        raise BoundaryError(msg)
    path = Path(source)
    opened = open_source(path, layer=layer, code_system=code_system)
    if path.is_file():
        note_read(path)
    place, provinces = _wanted(province, opened.provinces, path.name)
    rules = known_rules()
    built = build_units(
        opened,
        provinces,
        keep=_kept(villages, provinces, path.name),
        rules=rules,
        tell=_teller(progress, language),
    )
    provenance = provenance_of(opened, path, provinces, licence=licence, credit=credit)
    return judge(built, place, opened.level, rules=rules, provenance=provenance)


def _wanted(
    province: str, held: tuple[str, ...], file: str
) -> tuple[Region, tuple[str, ...]]:
    """Return what is built, and the codes of its provinces."""
    if not province:
        return (region(held[0]) if len(held) == 1 else NATION), held
    place = find_area(province)
    if place == NATION:
        return place, held
    # Of a name that a province and a kabupaten carry the province is meant.
    place = find_province(province) if "." in place.code else place
    if place.code not in held:
        _refuse_absent(place, held, file)
    return place, (place.code,)


def _refuse_absent(place: Region, held: tuple[str, ...], file: str) -> NoReturn:
    names = ", ".join(map(place_name, held))
    msg = f"{file}: has no outlines of {place.name}; it holds {names}."
    raise BoundaryError(msg)


def _kept(
    villages: Sequence[str] | None, provinces: tuple[str, ...], file: str
) -> frozenset[str]:
    """Return the provinces whose villages stay."""
    if villages is None:
        alone = len(provinces) == 1
        return frozenset(provinces if alone else [find_province(_USUAL).code])
    if isinstance(villages, str):
        villages = [villages]
    if any(find_area(name) == NATION for name in villages):
        return frozenset(provinces)
    places = list(map(find_province, villages))
    for place in places:
        if place.code not in provinces:
            _refuse_absent(place, provinces, file)
    return frozenset(place.code for place in places)


def _teller(
    progress: Callable[[str, int, int], None] | None, language: Language
) -> Callable[[Any], None]:
    """Turn the steps of a building into sentences with a rate."""
    begun = monotonic()

    def tell(step: Any) -> None:  # noqa: ANN401
        if progress is None:
            return
        place = place_name(step.place)
        words = label(f"built_step_{step.what}", language).format(place=place)
        if step.units:
            rate = step.units / max(monotonic() - begun, 1e-3)
            words = label("built_step_rate", language).format(
                what=words,
                units=format_number(step.units, 0, language),
                rate=format_number(rate, 0, language),
            )
        progress(words, step.done, step.total)

    return tell


def require_store_name(out: Path) -> None:
    """Refuse a name that no store has: asked before a building of many minutes.

    Raises
    ------
    BoundaryError
        If its suffix is another.
    """
    if out.suffix.casefold() != SUFFIX:
        msg = (
            f"{out.name}: a store of boundaries ends in {SUFFIX}; give "
            f"-o {out.stem}{SUFFIX}."
        )
        raise BoundaryError(msg)


def write_boundaries(
    built: BuiltBoundaries, out: str | Path | None = None, language: Language = "id"
) -> list[Path]:
    """Write a store, and beside it the report as a page and as a text.

    Parameters
    ----------
    built : BuiltBoundaries
    out : path, optional
        Of the store; by default ``batas-<region>.kgeo``.
    language : {"id", "en"}
        Of the report.

    Raises
    ------
    BoundaryError
        If ``out`` has another suffix.
    OutputError
        If a file cannot be written; then none of the three is.
    """
    name = "-".join(built.region.name.casefold().split())
    target = Path(out) if out is not None else Path(f"batas-{name}{SUFFIX}")
    require_store_name(target)
    report = target.with_name(f"{target.stem}-laporan")
    with together():
        write_store(
            target,
            built.units,
            names=built.names,
            provenance=built.provenance,
            areas={str(code): float(km2) for code, km2 in built.areas.items()},
        )
        page = write_text(
            report.with_name(f"{report.name}.html"),
            report_page(built, target.name, language),
        )
        text = write_text(
            report.with_name(f"{report.name}.txt"),
            report_text(built, target.name, language),
        )
    return [target, page, text]
