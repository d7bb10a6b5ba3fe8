"""Old Excel workbooks (.xls): error cells, formulas without result, what is hidden.

Why: the records of a sheet say what its values do not.

In:     the stream ``Workbook`` of a compound file. Out: sheet name -> Unseen.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from kkbpk_geo.io.reading.grid import Unseen, error_text

STREAMS = ("Workbook", "WORKBOOK", "Book", "BOOK")
_SHEET, _END, _PASSWORD = 0x85, 0x0A, 0x2F
_EMPTY_TEXT, _FAILED = 3, 2  # what a formula's result is, where it is no number
_ON_LOAD = 0x02  # the flag of a formula that waits to be computed
_ALWAYS = 0x03  # as some writers put it; Excel sets the first bit for NOW() and RAND()


def needs_password(stream: bytes) -> bool:
    """Whether the records of a workbook are encrypted."""
    return any(kind == _PASSWORD for kind, _ in _records(stream, 0))


def scan_old_excel(stream: bytes) -> dict[str, Unseen]:
    """Return what the values of each sheet do not show."""
    found = {}
    for kind, body in _records(stream, 0):
        if kind == _SHEET:
            (start,) = struct.unpack_from("<I", body)
            found[_sheet_name(body)] = _scan(stream, start)
    return found


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of a part of a workbook, to its end."""
    size = len(stream)
    while at + 4 <= size:
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        if kind == _END:
            return
        at += 4 + length


def _sheet_name(body: bytes) -> str:
    length, wide = body[6], body[7]
    if len(body) == 7 + length:  # before Excel 97: no mark of how wide a letter is
        return body[7:].decode("cp1252", "replace")
    if wide & 1:
        return body[8 : 8 + 2 * length].decode("utf-16-le", "replace")
    return body[8 : 8 + length].decode("latin-1")


def _scan(stream: bytes, start: int) -> Unseen:
    found = Unseen()
    for kind, body in _records(stream, start):
        reader = _READERS.get(kind)
        if reader is not None:
            reader(found, body)
    return found


def _boolean_or_error(found: Unseen, body: bytes) -> None:
    row, column, _, value, is_error = struct.unpack_from("<HHHBB", body)
    if is_error:
        found.error(row, column, error_text(value))


def _formula(found: Unseen, body: bytes) -> None:
    row, column, _, result, flags = struct.unpack_from("<HHH8sH", body)
    if result[6:] == b"\xff\xff":
        if result[0] == _FAILED:
            found.error(row, column, error_text(result[2]))
        elif result[0] == _EMPTY_TEXT and flags & _ALWAYS:
            found.unstored(row, column, "")
    elif flags & _ON_LOAD and result == bytes(8):
        # Writers that compute nothing store 0 and ask for it to be computed later.
        found.unstored(row, column, "")


def _row(found: Unseen, body: bytes) -> None:
    row, _, _, _, _, _, flags = struct.unpack_from("<7H", body)
    if flags & 0x20:
        found.rows.add(row)


def _columns(found: Unseen, body: bytes) -> None:
    first, last, width, _, flags = struct.unpack_from("<5H", body)
    if flags & 1 or not width:
        found.columns.update(range(first, min(last, 255) + 1))


_READERS: Mapping[int, Callable[[Unseen, bytes], None]] = MappingProxyType(
    {0x0205: _boolean_or_error, 0x0006: _formula, 0x0208: _row, 0x007D: _columns}
)
