"""The rows of the public set of village outlines, read as its clone holds them.

Why: the set is a folder of SQL texts, one row a line, 340 MB of them. It comes from
elsewhere: what is read of it is bounded, nothing of it is run or unpacked, and a row
that is no outline is told, never guessed at.

In:     a folder or a zip of the clone. Out: its files by layer; rows with polygons.
"""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any

from kkbpk_geo.base.errors import BoundaryError
from kkbpk_geo.regions.codes import province_part
from kkbpk_geo.regions.foreign.layers import in_indonesia

if TYPE_CHECKING:
    import numpy as np

# The layer of the set that is built from; rules may take an island of "kec".
VILLAGES = "kel"
_FILE = re.compile(
    r"(?:.*/)?db/(?P<layer>kel|kec)/(?:\d\d/)?"
    r"wilayah_boundaries_(?:kel|kec)_(?P<province>\d\d)(?:\.\d\d)?\.sql"
)
# code, name, two numbers, rings: ('18.01.04.2001','Branti Raya',-5.2,105.1,'[[[…]]]'),
_ROW = re.compile(
    rb"\s*\(\s*'(?P<code>[^']*)'\s*,\s*(?:'(?P<name>(?:[^'\\]|''|\\.)*)'|NULL)\s*,"
    rb"[^,']*,[^,']*,\s*(?:'(?P<path>[^']*)'|NULL)\s*\)\s*[,;]?\s*"
)
_CODE = re.compile(r"\d\d\.\d\d\.\d\d(?:\.\d{4})?")
_UPDATED = re.compile(rb"updated_at:\s*(\d{4}-\d\d-\d\d)")
_COMMIT = re.compile(r"[0-9a-f]{40}")
# The set of 2026 has 514 + 38 files, 357 MB, and its longest row 0.7 MB: ten times that
# is no longer this set.
_MOST_FILES = 5_000
_MOST_BYTES = 4_000_000_000
_LONGEST_ROW = 8_000_000
_HEAD_LINES = 60  # remarks before the rows: 36 lines of licence
_FEWEST_POINTS = 4  # of a closed ring


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that gives no outline, or not all: ``what`` is a key of the labels."""

    what: str
    code: str = ""
    name: str = ""
    where: str = ""


@dataclass(slots=True, eq=False)
class Rows:
    """What was read of one province: parallel lists, and what is wrong with others."""

    codes: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    polygons: list[Any] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    n_read: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Clone:
    """The files of a clone, by layer and province, not yet read.

    Attributes
    ----------
    path : Path
        Folder or zip.
    files : mapping layer -> mapping province code -> names
    commit : str
        Of the state that was cloned, where it tells; else empty.
    """

    path: Path
    files: dict[str, dict[str, list[str]]]
    commit: str = ""

    @property
    def provinces(self) -> tuple[str, ...]:
        """Codes of the provinces whose villages are there."""
        return tuple(sorted(self.files.get(VILLAGES, {})))

    def read(self, layer: str, province: str) -> Rows:
        """Read the outlines of one province.

        Raises
        ------
        BoundaryError
            If a file cannot be read, or is larger than any of this set.
        """
        rows = Rows()
        for name, number, line in self._lines(layer, province):
            if line.lstrip().startswith(b"("):
                rows.n_read += 1
                _take(line, f"{PurePosixPath(name).name}, {number}", province, rows)
        if not rows.n_read:
            msg = (
                f"{self.path.name}: the files of province {province} in db/{layer} "
                "hold no rows of outlines. Fetch the set again."
            )
            raise BoundaryError(msg)
        return rows

    def updated(self, province: str) -> str:
        """Return the latest date at the head of a province's village files, or ""."""
        dates = [""]
        for name in self.files[VILLAGES].get(province, ()):
            head = b"".join(islice(self._read(name), _HEAD_LINES))
            dates += [each.decode("ascii") for each in _UPDATED.findall(head)]
        return max(dates)

    def _lines(self, layer: str, province: str) -> Iterator[tuple[str, int, bytes]]:
        for name in self.files.get(layer, {}).get(province, ()):
            for number, line in enumerate(self._read(name), 1):
                yield name, number, line

    def _read(self, name: str) -> Iterator[bytes]:
        """Yield the lines of a file; none is longer, nor all together, than allowed."""
        if self.path.is_dir():
            with (self.path / name).open("rb") as file:
                yield from _bounded(file, name)
            return
        try:
            with zipfile.ZipFile(self.path) as packed, packed.open(name) as file:
                yield from _bounded(file, name)
        # What is locked is a RuntimeError, an unknown packing a NotImplementedError.
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as err:
            msg = (
                f"{self.path.name}: {name} in it cannot be unpacked ({err}). Fetch the "
                "set again."
            )
            raise BoundaryError(msg) from err


def open_clone(path: Path) -> Clone | None:
    """Return the clone in a folder or zip; None where there is none of its files.

    Raises
    ------
    BoundaryError
        If it holds more than the set does, or cannot be opened.
    """
    root = path.parent if path.is_dir() and path.name == "db" else path
    list_files = _files_in_folder if path.is_dir() else _files_in_zip
    files: dict[str, dict[str, list[str]]] = {}
    total = n = 0
    for name, size in sorted(list_files(root)):
        if parts := _FILE.fullmatch(name):
            total, n = total + size, n + 1
            of_layer = files.setdefault(parts["layer"], {})
            of_layer.setdefault(parts["province"], []).append(name)
    if n > _MOST_FILES or total > _MOST_BYTES:
        msg = (
            f"{path.name}: {n:,} files of {total:,} bytes; the set has at most "
            f"{_MOST_FILES:,} files of {_MOST_BYTES:,} bytes. Refused."
        )
        raise BoundaryError(msg)
    return Clone(root, files, _commit(root)) if VILLAGES in files else None


def _files_in_folder(root: Path) -> Iterator[tuple[str, int]]:
    """Yield the SQL files below a folder; links that lead out of it are not its own."""
    real = root.resolve()
    for file in islice((root / "db").glob("**/*.sql"), _MOST_FILES + 1):
        if file.is_file() and file.resolve().is_relative_to(real):
            yield file.relative_to(root).as_posix(), file.stat().st_size


def _files_in_zip(root: Path) -> Iterator[tuple[str, int]]:
    try:
        with zipfile.ZipFile(root) as packed:
            for entry in packed.infolist():
                yield entry.filename, entry.file_size
    except zipfile.BadZipFile as err:
        msg = f"{root.name}: cannot be opened as a zip ({err}). Fetch it again."
        raise BoundaryError(msg) from err


def _commit(root: Path) -> str:
    """Return the commit of a clone, or that which a zip made by git names; or ""."""
    text = ""
    if root.is_dir():
        with suppress(OSError, UnicodeDecodeError):
            text = _head(root / ".git")
    else:
        with zipfile.ZipFile(root) as packed:
            text = packed.comment[:40].decode("ascii", "replace")
    return text if _COMMIT.fullmatch(text) else ""


def _head(git: Path) -> str:
    """Return what HEAD of a git directory points at; "" where it is packed away."""
    text = _beginning(git / "HEAD")
    if not text.startswith("ref: "):
        return text
    name = PurePosixPath(text.removeprefix("ref: "))
    if ".." in name.parts or name.is_absolute():
        return ""
    loose = git / name
    if loose.is_file():
        return _beginning(loose)
    packed = (git / "packed-refs").read_text("ascii")
    line = rf"([0-9a-f]{{40}}) {re.escape(str(name))}$"
    found = re.search(line, packed, re.MULTILINE)
    return found[1] if found else ""


def _beginning(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(200).decode("ascii").strip()


def _bounded(file: IO[bytes], name: str) -> Iterator[bytes]:
    """Yield lines; what a zip says of its sizes is not believed."""
    total = 0
    while line := file.readline(_LONGEST_ROW):
        total += len(line)
        if len(line) == _LONGEST_ROW or total > _MOST_BYTES:
            msg = (
                f"{name}: holds a row or rows longer than this set has "
                f"({_LONGEST_ROW:,} bytes a row). Refused."
            )
            raise BoundaryError(msg)
        yield line


def _take(line: bytes, where: str, province: str, rows: Rows) -> None:
    """Put the outline of a row to the others, or say what is wrong with it."""
    row = _ROW.fullmatch(line)
    if row is None:
        rows.faults.append(Fault("unreadable", where=where))
        return
    code, name = row["code"].decode("ascii", "replace"), _name(row["name"])
    if not _CODE.fullmatch(code) or province_part(code) != province:
        rows.faults.append(Fault("no_code", code[:20], name, where))
        return
    polygon, fault = _polygon(row["path"] or b"")
    if fault:
        rows.faults.append(Fault(fault, code, name, where))
    if polygon is not None:
        rows.codes.append(code)
        rows.names.append(name)
        rows.polygons.append(polygon)


def _name(text: bytes | None) -> str:
    """Return a name as it was before SQL quoted it."""
    plain = (text or b"").decode("utf-8", "replace")
    return re.sub(r"''|\\(.)", lambda quoted: quoted[1] or "'", plain)


def _polygon(text: bytes) -> tuple[Any, str]:
    """Return the polygon of ``[[[lat, lng], …], …]`` and what is wrong with it."""
    import shapely

    if not text.strip():
        return None, "empty"
    try:
        found = json.loads(text, parse_constant=_refuse_constant)
        several = _depth(found) == 4  # noqa: PLR2004 (of a multipolygon)
        polygons = found if several else [found]
        shells = [_rings(each) for each in polygons]
    except (ValueError, TypeError, RecursionError, IndexError, OverflowError):
        return None, "unreadable"
    made = [_with_holes(rings) for rings in shells]
    parts = [each for each in made if each is not None]
    # A ring of three points bounds nothing; what else the row has stays.
    dropped = any(ring is None for ring in chain.from_iterable(shells))
    if not parts:
        return None, "too_few_points"
    polygon = parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
    if not in_indonesia(polygon.bounds):
        return None, "elsewhere"
    return polygon, "ring_dropped" if dropped else ""


def _refuse_constant(text: str) -> None:
    """Refuse NaN and Infinity, which JSON has not."""
    raise BoundaryError(text)


def _depth(found: Any) -> int:  # noqa: ANN401
    """Count the lists around the first number."""
    depth = 0
    while isinstance(found, list):
        depth, found = depth + 1, found[0]
    return depth


def _rings(found: Sequence[Any]) -> list[np.ndarray | None]:
    """Return the rings of a polygon, longitude first; None for one that is none."""
    import numpy as np

    rings: list[np.ndarray | None] = []
    for each in found:
        points = np.array(each, dtype=float)
        if points.ndim != 2 or points.shape[1] != 2:  # noqa: PLR2004 (pairs)
            msg = "a ring is a list of pairs"
            raise BoundaryError(msg)
        distinct = len(points) + (not np.array_equal(points[0], points[-1]))
        # The set is written latitude first.
        rings.append(points[:, ::-1] if distinct >= _FEWEST_POINTS else None)
    return rings


def _with_holes(rings: Sequence[np.ndarray | None]) -> Any:  # noqa: ANN401
    import shapely

    if not rings or rings[0] is None:
        return None
    inner = [ring for ring in rings[1:] if ring is not None]
    return shapely.Polygon(rings[0], inner)
