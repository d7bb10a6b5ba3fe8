"""A boundary file opened, and nothing else: no address called, no other file read.

Why: the library that reads map layers goes by content, not by name. A text that is
called ``.geojson`` may be a virtual layer that fetches an address or opens another
file of the disk, and a GeoJSON may name an address as its coordinate system. What a
file is, is therefore known by its first bytes before that library sees it, and what
it sees is a copy under a plain name, with only the parts that belong to it beside it.

In:     a path, also of a zip. Out: the rows of one layer; or a sentence.
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import tempfile
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any

from kkbpk_geo.base.errors import BoundaryError, MissingExtraError
from kkbpk_geo.io import require_arrow

if TYPE_CHECKING:
    import geopandas as gpd

_PARQUET = (".parquet", ".geoparquet")
_JSON = (".geojson", ".json", ".topojson")
_VECTOR = (*_JSON, ".gpkg", ".shp", ".fgb")
# What belongs to a file and is read with it.
_PARTS = {".shp": (".shx", ".dbf", ".prj", ".cpg")}
# A GeoPackage that is open in a GIS keeps what is new in a second file.
_APPENDED = {".gpkg": ("-wal",)}
# How a file of a kind begins, and what it is then. The zero bytes are part of the test:
# no text that goes on with something else passes for one of these.
_BEGINNINGS = {
    ".gpkg": (re.compile(rb"SQLite format 3\0"), "a GeoPackage"),
    ".shp": (re.compile(rb"\0\0\x27\x0a\0"), "a Shapefile"),
    ".fgb": (re.compile(rb"fgb\x03fgb[\0-\x0f].{3}\0", re.DOTALL), "a FlatGeobuf"),
    **dict.fromkeys(_JSON, (re.compile(rb"(?:\xef\xbb\xbf)?\s*\{"), "a GeoJSON")),
    **dict.fromkeys(_PARQUET, (re.compile(rb"PAR1"), "a GeoParquet")),
}
_BEGINNING = 1024  # bytes: blanks may come before the first brace
# A ring of three points is no reason to read nothing: its row has no polygon then.
_READING: dict[str, Any] = {"engine": "pyogrio", "on_invalid": "ignore"}
# Of a layer, unpacked: far above any layer of a province, far below a full disk.
_MOST_BYTES = 1_000_000_000
# A coordinate system that is an address is called so. Written with escapes it might
# hide, and single quotes are read as well.
_MAY_NAME_ADDRESS = re.compile(rb"""["'](?:link|url)["']|\\u00""", re.IGNORECASE)
_ADDRESSES = ("link", "url")
_TOPOLOGY = re.compile(rb'"type"\s*:\s*"Topology"')
# Tables that are made by a program; an index of places is the only one a layer needs.
_VIRTUAL = re.compile(r"\s*create\s+virtual\b(?!.*\busing\s+\W?rtree\b)", re.I | re.S)
_SQL_REMARK = re.compile(r"/\*.*?\*/|--[^\n]*", re.DOTALL)


def read_layer(path: Path, layer: str | None, level: str = "") -> gpd.GeoDataFrame:
    """Read one layer of a file: that of a name, or the only one.

    Of several that nobody chose from, the one that is called as the level is taken: so
    the maps that we write for a GIS are called.

    Raises
    ------
    BoundaryError
        If the file is absent, too large, or not what its name says, or cannot be read.
    MissingExtraError
        If it is a GeoParquet and pyarrow is not installed.
    """
    import geopandas as gpd

    if not path.is_file():
        msg = f"{path}: no such file."
        raise BoundaryError(msg)
    suffix = path.suffix.casefold()
    if suffix not in (*_PARQUET, *_VECTOR, ".zip"):
        msg = (
            f"{path.name}: a layer of kind {suffix!r} is not read; expected GeoJSON, "
            "GeoPackage (.gpkg), Shapefile (.shp, or zipped) or GeoParquet."
        )
        raise BoundaryError(msg)
    try:
        with warnings.catch_warnings():
            # A ring that does not close is told with its row, or is of elsewhere.
            warnings.simplefilter("ignore", RuntimeWarning)
            frame = _open(path, layer, level)
    except (BoundaryError, MissingExtraError):
        raise
    except Exception as err:
        msg = (
            f"{path.name}: cannot be read as a map layer ({type(err).__name__}: "
            f"{err}). Open it in a GIS and save it as GeoPackage."
        )
        raise BoundaryError(msg) from err
    if not isinstance(frame, gpd.GeoDataFrame) or frame.empty:
        msg = f"{path.name}: holds no polygons; expected one per region."
        raise BoundaryError(msg)
    return frame.reset_index(drop=True)


def _open(path: Path, layer: str | None, level: str) -> Any:  # noqa: ANN401
    # It may be no GeoDataFrame.
    import geopandas as gpd

    with tempfile.TemporaryDirectory(prefix="kkbpk-geo-") as folder:
        packed = path.suffix.casefold() == ".zip"
        take = _taken_from_zip if packed else _taken_from_folder
        copy = take(path, layer, Path(folder))
        _refuse_other_kinds(copy, path.name)
        if copy.suffix in _PARQUET:
            require_arrow(f"{path.name} is a GeoParquet, which")
            return gpd.read_parquet(copy)
        source = _named_for_driver(copy)
        # In a zip the name chose the file; within it there is one layer.
        asked = None if packed and copy.suffix != ".gpkg" else layer
        name = _pick_layer(source, path, asked, level)
        return gpd.read_file(source, layer=name, **_READING)


def _taken_from_folder(path: Path, _layer: str | None, into: Path) -> Path:
    """Copy a file and its parts under the plain name ``layer``."""
    suffix = path.suffix.casefold()
    copy = into / f"layer{suffix}"
    parts = {path: copy}
    for part in path.parent.glob("*"):
        own = part.suffix.casefold()
        if part.stem == path.stem and own in _PARTS.get(suffix, ()):
            parts[part] = copy.with_suffix(own)
    for end in _APPENDED.get(suffix, ()):
        parts[path.with_name(path.name + end)] = into / (copy.name + end)
    there = {part: place for part, place in parts.items() if part.is_file()}
    _refuse_large((part.stat().st_size for part in there), f"{path.name}: holds")
    for part, place in there.items():
        with part.open("rb") as source:
            _copy(source, place)
    return copy


def _taken_from_zip(path: Path, layer: str | None, into: Path) -> Path:
    """Unpack the one layer of a zip, and its parts, under the plain name ``layer``."""
    with zipfile.ZipFile(path) as packed:
        # Before anything is unpacked: a small zip can hold more than a disk does.
        sizes = (entry.file_size for entry in packed.infolist())
        _refuse_large(sizes, f"{path.name}: unpacks to")
        name = _layer_in_zip(packed.namelist(), layer, path.name)
        chosen = PurePosixPath(name)
        suffix = chosen.suffix.casefold()
        copy = into / f"layer{suffix}"
        with packed.open(name) as source:
            _copy(source, copy)
        for each in packed.namelist():
            part = PurePosixPath(each)
            own = part.suffix.casefold()
            is_part = part.with_suffix("") == chosen.with_suffix("")
            if is_part and own in _PARTS.get(suffix, ()):
                with packed.open(each) as source:
                    _copy(source, copy.with_suffix(own))
    return copy


def _copy(source: IO[bytes], place: Path) -> None:
    with place.open("wb") as target:
        shutil.copyfileobj(source, target)


def _refuse_large(sizes: Iterable[int], what: str) -> None:
    if sum(sizes) > _MOST_BYTES:
        msg = f"{what} more than {_MOST_BYTES:,} bytes; refused."
        raise BoundaryError(msg)


def _layer_in_zip(names: list[str], layer: str | None, file: str) -> str:
    found = [name for name in names if name.casefold().endswith(_VECTOR)]
    if layer is not None:
        found = [name for name in found if Path(name).stem == layer]
    if len(found) != 1:
        asked = f" called {layer!r}" if layer else ", or name one with layer="
        msg = f"{file}: holds {len(found)} map layers {found}; expected one{asked}."
        raise BoundaryError(msg)
    return found[0]


def _refuse_other_kinds(copy: Path, file: str) -> None:
    """Refuse what does not begin as its name says, or would reach outside."""
    pattern, what = _BEGINNINGS[copy.suffix]
    with copy.open("rb") as source:
        beginning = source.read(_BEGINNING)
    if not pattern.match(beginning):
        msg = (
            f"{file}: cannot be read as a map layer: by its first letters it is not "
            f"{what}, as its name says. Open it in a GIS and save it as GeoPackage."
        )
        raise BoundaryError(msg)
    if copy.suffix in _JSON:
        _refuse_addresses(copy, file)
    if copy.suffix == ".gpkg":
        _refuse_virtual_tables(copy, file)


def _refuse_addresses(copy: Path, file: str) -> None:
    """Refuse a GeoJSON whose coordinate system is to be fetched from an address."""
    text = copy.read_bytes()
    # Nearly every file ends here, and is not taken apart twice.
    if not _MAY_NAME_ADDRESS.search(text):
        return
    found: list[str] = []

    def look(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found.extend(_addresses_in(pairs))
        return dict(pairs)

    try:
        json.loads(text, object_pairs_hook=look)
    except RecursionError:
        msg = f"{file}: cannot be read as a map layer: brackets within brackets."
        raise BoundaryError(msg) from None
    if found:
        msg = (
            f"{file}: names an address as its coordinate system; nothing is fetched. "
            "A GeoJSON is always degrees: delete its member 'crs'."
        )
        raise BoundaryError(msg)


def _addresses_in(pairs: list[tuple[str, Any]]) -> Iterator[str]:
    """Yield the kinds of coordinate systems of an object that are addresses.

    Every pair counts: the same key may stand twice.
    """
    for key, value in pairs:
        if key.casefold() == "crs" and isinstance(value, dict):
            for name, kind in value.items():
                if name.casefold() == "type" and str(kind).casefold() in _ADDRESSES:
                    yield str(kind)


def _refuse_virtual_tables(copy: Path, file: str) -> None:
    """Refuse a GeoPackage that holds tables which a program makes, from anywhere."""
    with closing(sqlite3.connect(copy)) as opened:
        entries = opened.execute("SELECT name, sql FROM sqlite_master").fetchall()
    for name, sql in entries:
        if _VIRTUAL.match(_SQL_REMARK.sub(" ", str(sql))):
            msg = (
                f"{file}: table {name!r} is a virtual one, which may reach outside of "
                "the file. Open it in a GIS and save the layer as a new GeoPackage."
            )
            raise BoundaryError(msg)


def _named_for_driver(copy: Path) -> str:
    """Return the name under which only the driver that is meant opens a file.

    The drivers of the binary kinds know their files by their first bytes, which were
    looked at; a text is anything, so its driver is named.
    """
    if copy.suffix not in _JSON:
        return str(copy)
    with copy.open("rb") as source:
        topology = _TOPOLOGY.search(source.read(_BEGINNING))
    return f"{'TopoJSON' if topology else 'GeoJSON'}:{copy}"


def _pick_layer(source: str, path: Path, layer: str | None, level: str) -> str:
    import pyogrio

    layers = [str(name) for name, kind in pyogrio.list_layers(source) if kind]
    known = {name: name for name in layers}
    # Elsewhere a layer may be called as its file is, and the copy has another name.
    if len(layers) == 1 and path.suffix.casefold() != ".gpkg":
        known = {path.stem: layers[0], layers[0]: layers[0]}
    file = path.name
    if layer is not None and layer not in known:
        msg = f"{file}: has no layer {layer!r}; it holds {list(known)[: len(layers)]}."
        raise BoundaryError(msg)
    if layer is None and len(layers) > 1 and level in layers:
        return level
    if layer is None and len(layers) != 1:
        msg = f"{file}: holds {len(layers)} map layers {layers}; name one with layer=."
        raise BoundaryError(msg)
    return layers[0] if layer is None else known[layer]
