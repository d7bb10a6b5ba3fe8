"""A layer of villages, kecamatan or districts with codes, as a source for building.

Why: agencies and offices have outlines of their own, of any edition and under any
heading. Here only codes decide: below the district names repeat, and a nation cannot be
asked name by name. Whose codes they are must be told by the heading, by the dots, by
the names beside them or by the caller; it is never guessed.

In:     a file of polygons. Out: its finest level, and its rows by province.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.errors import BoundaryError
from kkbpk_geo.catalogue.reading import read_as
from kkbpk_geo.regions.building.rows import Fault, Rows
from kkbpk_geo.regions.codes import (
    WIDTHS,
    CodeSystem,
    Level,
    depth_of,
    dotted,
    province_part,
)
from kkbpk_geo.regions.coverage import polygons_only
from kkbpk_geo.regions.foreign.layers import in_degrees
from kkbpk_geo.regions.foreign.opening import read_layer
from kkbpk_geo.regions.names import fold_name
from kkbpk_geo.regions.readings import read_code
from kkbpk_geo.regions.register import has_region, region
from kkbpk_geo.regions.resolving import cell_text

if TYPE_CHECKING:
    import geopandas as gpd

# Levels that a layer may be of, the finest first: it is built from the finest it has.
_FINEST_FIRST: tuple[Level, ...] = ("desa", "kecamatan", "kabkota")
# Share of the filled cells of a column that must look like codes of a level; lakes and
# disputed ground have none.
_MOSTLY = 0.9
# Share of names that must be those of the register's codes, where only they can tell
# whose codes they are; spellings differ, but not in half of the names.
_AGREE = 0.5
_DOTTED = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,2}(?:\.\d{1,4})?")
# Digits without dots: Kemendagri's by level; the statistics office has a digit more for
# a kecamatan, and writes ID before them.
_UNDOTTED: dict[Level, tuple[int, ...]] = {
    "kabkota": (4,),
    "kecamatan": (6, 7),
    "desa": (10,),
}
_BPS_SIGN = re.compile(r"ID(?=\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class LayerSource:
    """A layer as a source: rows of one level, by province."""

    level: Level
    by_province: dict[str, Rows]

    @property
    def provinces(self) -> tuple[str, ...]:
        """Codes of the provinces that it has."""
        return tuple(sorted(self.by_province))

    def rows(self, province: str) -> Rows:
        """Return the rows of one province."""
        return self.by_province[province]

    def other(self, _layer: str, _code: str) -> None:
        """Return nothing: a layer has no other one beside it."""
        return


def open_layer(
    path: Path, layer: str | None = None, code_system: CodeSystem | None = None
) -> LayerSource:
    """Read a layer with codes.

    Raises
    ------
    BoundaryError
        If it cannot be read, lies elsewhere, has no codes, or codes that the register
        cannot tell.
    """
    frame, _ = in_degrees(read_layer(path, layer), path.name)
    level, column, stated = _finest(frame, path.name)
    texts = [cell_text(cell).strip() for cell in frame[column]]
    names = _names(frame, level)
    system = code_system or stated or _tell(texts, names, level)
    if system is None:
        msg = (
            f"{path.name}: whose codes column {column!r} holds (such as "
            f"{_example(texts)!r}) cannot be told: they have no dots, and the names "
            "beside them do not tell. Give code_system='kemendagri' or 'bps' "
            "(--code-system)."
        )
        raise BoundaryError(msg)
    read = _of_kemendagri if system == "kemendagri" else _of_bps
    codes = [read(text, level) for text in texts]
    if not any(codes):
        msg = (
            f"{path.name}: the codes of column {column!r} (such as "
            f"{_example(texts)!r}) are the statistics office's, of level {level}; the "
            "register has theirs for kabupaten and kota only. Use a layer or a column "
            "with Kemendagri codes."
        )
        raise BoundaryError(msg)
    return LayerSource(level, _by_province(frame, codes, names, texts))


def _finest(frame: gpd.GeoDataFrame, file: str) -> tuple[Level, str, CodeSystem | None]:
    """Return the finest level with a column of codes, the column, whose they are."""
    headings = {fold_name(str(c)): str(c) for c in frame.columns if c != "geometry"}
    for level in _FINEST_FIRST:
        for heading, system in _headings(level):
            column = headings.get(fold_name(heading))
            if column is not None and _holds_codes(frame[column], level):
                return level, column, system
    msg = (
        f"{file}: no column of codes of desa, kecamatan or kabupaten is known among "
        f"{list(headings.values())[:20]}. Rename one to 'kode': dotted Kemendagri "
        "codes such as 18.01.04.2001."
    )
    raise BoundaryError(msg)


def _headings(level: Level) -> Iterator[tuple[str, CodeSystem | None]]:
    """Yield the headings that a column of codes may have, the surest first."""
    known = read_as(dict[str, tuple[str, ...]], "boundary_columns.toml", level)
    roles: tuple[tuple[str, CodeSystem | None], ...] = (
        ("code_kemendagri", "kemendagri"),
        ("code", None),
        ("code_bps", "bps"),
    )
    for role, system in roles:
        for heading in known.get(role, ()):
            yield heading, system


def _holds_codes(cells: Any, level: Level) -> bool:  # noqa: ANN401
    """Whether nearly all filled cells look like codes of a level."""
    texts = [cell_text(cell).strip() for cell in cells]
    filled = [text for text in texts if text]
    fitting = sum(_looks_like(text, level) for text in filled)
    return bool(filled) and fitting >= _MOSTLY * len(filled)


def _looks_like(text: str, level: Level) -> bool:
    if "." in text:
        fits = _DOTTED.fullmatch(text) is not None
        return fits and text.count(".") == depth_of(level)
    digits = _BPS_SIGN.sub("", text)
    return digits.isascii() and digits.isdigit() and len(digits) in _UNDOTTED[level]


def _names(frame: gpd.GeoDataFrame, level: Level) -> list[str]:
    known = read_as(dict[str, tuple[str, ...]], "boundary_columns.toml", level)
    headings = {fold_name(str(c)): str(c) for c in frame.columns if c != "geometry"}
    for heading in known["name"]:
        column = headings.get(fold_name(heading))
        if column is not None:
            return [cell_text(cell).strip() for cell in frame[column]]
    return [""] * len(frame)


def _tell(texts: list[str], names: list[str], level: Level) -> CodeSystem | None:
    """Tell whose codes these are: by dots, sign, length or names; or not at all."""
    filled = [text for text in texts if _looks_like(text, level)]
    if all("." in text for text in filled):
        return "kemendagri"
    seven = level == "kecamatan" and all(len(x) == _UNDOTTED[level][1] for x in filled)
    if seven or all(_BPS_SIGN.match(text) for text in filled):
        return "bps"
    best: tuple[float, CodeSystem | None] = (_AGREE, None)
    readers: dict[CodeSystem, Callable[[str, Level], str]] = {
        "kemendagri": _of_kemendagri,
        "bps": _of_bps,
    }
    for system, read in readers.items():
        codes = [read(text, level) for text in texts]
        named = list(zip(codes, names, strict=True))
        agree = sum(_is_named(code, name) for code, name in named) / max(len(filled), 1)
        if agree > best[0]:
            best = agree, system
    return best[1]


def _is_named(code: str, name: str) -> bool:
    """Whether a name is the register's of a code, with or without its kind."""
    if not name or not has_region(code):
        return False
    unit = region(code)
    forms = {unit.name, unit.bare, f"{unit.kind} {unit.bare}"}
    return fold_name(name) in set(map(fold_name, forms))


def _of_kemendagri(text: str, level: Level) -> str:
    """Return a dotted code; "" for what is none of the level."""
    if not _looks_like(text, level):
        return ""
    if "." in text:
        parts = zip(text.split("."), WIDTHS, strict=False)
        return ".".join(part.zfill(width) for part, width in parts)
    digits = _BPS_SIGN.sub("", text)
    return dotted(digits) if len(digits) == _UNDOTTED[level][0] else ""


def _of_bps(text: str, level: Level) -> str:
    """Return the dotted code of a BPS code where the register knows it, else ""."""
    found = read_code(text, level, system="bps")
    return (found.code if found else None) or ""


def _example(texts: list[str]) -> str:
    return next(filter(None, texts), "")


def _by_province(
    frame: gpd.GeoDataFrame, codes: list[str], names: list[str], texts: list[str]
) -> dict[str, Rows]:
    """Sort rows by province; what has no code stands with the first one's faults."""
    found: dict[str, Rows] = {}
    shapes = list(frame.geometry)
    first = province_part(min(filter(None, codes)))
    for i, (code, shape) in enumerate(zip(codes, shapes, strict=True)):
        rows = found.setdefault(province_part(code) or first, Rows())
        rows.n_read += 1
        where = str(i + 1)
        polygon = _ground_of(shape)
        if not code:
            rows.faults.append(Fault("no_code", texts[i][:20], names[i], where))
        elif polygon is None:
            rows.faults.append(Fault("empty", code, names[i], where))
        else:
            rows.codes.append(code)
            rows.names.append(names[i])
            rows.polygons.append(polygon)
    return found


def _ground_of(shape: Any) -> Any:  # noqa: ANN401
    """Return the polygons of a shape; None where it has none."""
    import shapely

    if shape is None or shape.is_empty:
        return None
    flat = shapely.force_2d(shape)
    if flat.geom_type == "GeometryCollection":
        flat = polygons_only(flat)
    fits = flat.geom_type in ("Polygon", "MultiPolygon") and not flat.is_empty
    return flat if fits else None
