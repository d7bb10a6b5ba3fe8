"""How large a packed workbook says it is, looked at in a stream before it is loaded.

Why: one value in the last cell of a sheet makes a reader ask for the memory of all the
cells before it: 550 GB for a file of 5 kB. Repeats, blanks and merged cells of a few
bytes do the same.

In:     the bytes of a workbook.
Out:    the sheets beyond the limits, and what the others need; or IntakeError.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from typing import IO
from xml.etree.ElementTree import ParseError

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.io.reading import grid as limits
from kkbpk_geo.io.reading.apart.values import damaged
from kkbpk_geo.io.reading.excel import sheet_parts

MAX_EXPANDED_BYTES = 1_000_000_000
MAX_EXPANSION = 200  # times the packed size; office files stay below 50
MAX_MERGED = 100_000  # ranges of a sheet; one for each village of the country and more
MAX_BLANKS = 10_000_000  # letters that a document writes as a count of blanks
_CHUNK = 1 << 20
_LETTERS = 26

# Longer numbers and columns are beyond every limit by their beginning.
_COLUMN = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{1,8})")
_ROW = re.compile(rb"\sr\s*=\s*[\"'][A-Za-z]*(\d{1,15})")


class _Tags:
    """The tags of a sheet; what states no place stands after what was before it."""

    def __init__(self, prefix: bytes) -> None:
        row, cell = prefix + rb"row(?=[\s/>])", prefix + rb"c(?=[\s/>])"
        unplaced = rb"(?![^>]*\sr\s*=)"
        self.row_begins = re.compile(row)
        self.row_in_turn = re.compile(row + unplaced)
        self.cell_in_turn = re.compile(cell + unplaced)
        self.merged = re.compile(prefix + rb"mergeCell\s")


# Most sheets name their tags without a prefix, and are searched in half the time.
_PLAIN, _PREFIXED = _Tags(rb"<"), _Tags(rb"<(?:\w+:)?")
_IS_PREFIXED = re.compile(rb":(?:row|c|mergeCell)[\s/>]")

_BLANKS = re.compile(rb"\btext:c\s*=\s*[\"'](\d{1,15})")
_TABLE_TAG = re.compile(
    rb"<(/?)table:(table-row|table-cell|covered-table-cell|table)(?=[\s/>])([^>]*)>(</table:)?"
)
_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated\s*=\s*[\"'](\d{1,15})")
_NAME = re.compile(rb"table:name\s*=\s*\"([^\"]*)")


@dataclass(slots=True)
class Bounds:
    """What a workbook says of its size.

    ``large``: sheets beyond the limits, and what is said of each; ``cells``: how many
    the others span; ``size``: bytes, unpacked.
    """

    name: str
    size: int
    large: dict[str, str] = field(default_factory=dict)
    cells: int = 0

    def add(self, sheet: str, rows: int, width: int) -> None:
        """Take the extent of a sheet in."""
        if limits.is_beyond(rows, width):
            where = f"{self.name}, sheet {sheet!r}"
            self.large[sheet] = limits.size_refusal(where, rows, width)
        else:
            self.cells += rows * width


@contextmanager
def opened(name: str, data: bytes) -> Iterator[zipfile.ZipFile]:
    """Open a packed workbook that does not unpack without end.

    Raises
    ------
    IntakeError
        If it does, or is damaged.
    """
    archive = _directory(name, data)
    _check_expansion(name, len(data), archive)
    try:
        with archive:
            yield archive
    # A part packed in a way that is nobody's is refused when it is opened.
    except (zipfile.BadZipFile, NotImplementedError) as err:
        raise damaged(name, err) from err
    except (zlib.error, EOFError) as err:
        raise damaged(name, "a part of it is cut off") from err


def _directory(name: str, data: bytes) -> zipfile.ZipFile:
    """Read what a packed workbook says of its parts, and refuse what cannot be."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OverflowError, struct.error) as err:
        raise damaged(name, err) from err
    if any(info.header_offset < 0 for info in archive.infolist()):
        raise damaged(name, "a part of it begins before the file")
    return archive


def _check_expansion(name: str, packed: int, archive: zipfile.ZipFile) -> None:
    size = sum(info.file_size for info in archive.infolist())
    if size > MAX_EXPANDED_BYTES or size > MAX_EXPANSION * max(packed, 100_000):
        msg = (
            f"{name}: unpacks to {size / 1e6:.0f} MB from {packed / 1e6:.1f} MB, "
            f"more than the limit of {MAX_EXPANDED_BYTES / 1e6:.0f} MB or "
            f"{MAX_EXPANSION} times. Save only the table as CSV."
        )
        raise IntakeError(msg)


def look(name: str, data: bytes) -> Bounds:
    """Return how large a packed workbook says it is.

    Raises
    ------
    IntakeError
        If it is damaged, or beyond a limit that holds for all of it.
    """
    with opened(name, data) as archive:
        found = Bounds(name, sum(info.file_size for info in archive.infolist()))
        if any(info.flag_bits & 1 for info in archive.infolist()):
            return found  # locked by a password, which is told later
        if "content.xml" in archive.namelist():
            with archive.open("content.xml") as stream:
                _look_opendocument(stream, found)
            return found
        for part, sheet in _parts(archive).items():
            with archive.open(part) as stream:
                found.add(sheet, *_extent(f"{name}, sheet {sheet!r}", stream))
    return found


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return part -> sheet; a part that the workbook does not name, by its own name."""
    inside = [each for each in archive.namelist() if _is_sheet(each)]
    parts = dict(zip(inside, inside, strict=True))
    try:
        return parts | sheet_parts(archive)
    except (KeyError, ValueError, IndexError, ParseError):
        return parts


def _is_sheet(part: str) -> bool:
    low = part.replace("\\", "/").lower()
    return low.startswith("xl/worksheets/") and low.endswith(".xml")


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield a stream in parts that begin with a tag and cut none."""
    rest = b""
    while block := stream.read(_CHUNK):
        whole = rest + block
        at = whole.rfind(b"<")
        # Text without a tag can be passed over; a tag is never so long.
        yield whole[:at] if at > 0 else whole
        rest = whole[at:] if at > 0 else b""
    yield rest


def _extent(where: str, stream: IO[bytes]) -> tuple[int, int]:
    """Return rows and columns up to the last cell of a sheet of Excel."""
    last_row = last_column = rows_in_turn = merged = 0
    widest = running = 0  # cells in turn: most in a row, and in the present one
    for chunk in _chunks(stream):
        last_row = max(last_row, *map(int, set(_ROW.findall(chunk))), 0)
        columns = map(_column_number, set(_COLUMN.findall(chunk)))
        last_column = max(last_column, *columns, 0)
        tags = _PREFIXED if _IS_PREFIXED.search(chunk) else _PLAIN
        rows_in_turn += len(tags.row_in_turn.findall(chunk))
        merged += len(tags.merged.findall(chunk))
        if tags.cell_in_turn.search(chunk):
            for i, row in enumerate(tags.row_begins.split(chunk)):
                running = (0 if i else running) + len(tags.cell_in_turn.findall(row))
                widest = max(widest, running)
    if merged > MAX_MERGED:
        msg = (
            f"{where}: {merged} merged ranges, more than the limit of {MAX_MERGED}. "
            "Save the table as CSV."
        )
        raise IntakeError(msg)
    return last_row + rows_in_turn, last_column + widest


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS + letter - ord("A") + 1
    return number


@dataclass(slots=True)
class _Table:
    """The extent of a table of an OpenDocument while its tags pass."""

    name: str = ""
    rows: int = 0
    width: int = 0
    blank: int = 0  # rows that wait for one that is filled
    repeated: int = 0  # times the present row stands there; 0 between rows
    at: int = 0
    filled: int = 0  # columns of the present row up to the last that is filled

    def end_row(self) -> None:
        """Count a row, if one is open."""
        if self.filled:
            self.rows += self.blank + self.repeated
            self.width, self.blank = max(self.width, self.filled), 0
        else:
            self.blank += self.repeated
        self.repeated = self.at = self.filled = 0

    def tag(self, what: bytes, said: bytes, *, is_empty: bool) -> None:
        """Take a row or a cell in."""
        found = _REPEATED.search(said)
        count = max(int(found[1]), 1) if found else 1
        if what == b"table-row":
            self.end_row()
            self.repeated = count
            return
        self.at += count
        if not is_empty or b"value-type" in said or b"formula" in said:
            self.filled = self.at


def _look_opendocument(stream: IO[bytes], found: Bounds) -> None:
    blanks = 0
    table = _Table()
    for chunk in _chunks(stream):
        blanks += sum(map(int, _BLANKS.findall(chunk)))
        for match in _TABLE_TAG.finditer(chunk):
            ends, what, said, ended = match.groups()
            if what == b"table":
                table.end_row()
                found.add(table.name, table.rows, table.width)
                title = _NAME.search(said)
                known = title[1].decode("utf-8", "replace") if title else table.name
                table = _Table(unescape(known))
            elif not ends:
                closed = said.endswith(b"/") or ended is not None
                table.tag(what, said, is_empty=closed)
    if blanks > MAX_BLANKS:
        msg = (
            f"{found.name}: {blanks} blanks one after the other, more than the limit "
            f"of {MAX_BLANKS}. Open it in a spreadsheet program, empty the cells of "
            "blanks and save it again."
        )
        raise IntakeError(msg)
