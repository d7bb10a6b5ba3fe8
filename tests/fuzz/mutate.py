"""One file made into a damaged one, by lot.

In:     the bytes of a file, a :class:`random.Random`.
Out:    other bytes. A workbook is damaged in one of its parts and packed again as often
        as in its packed bytes: the first gets past the unpacking, the second does not.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from random import Random

# What turns up in files that were made, sent and mended by hand.
TOKENS = (
    b"\0", b"\r", b"\r\n", b"\n\n\n", b"\t", b";", b",", b'"', b"'", b"\xef\xbb\xbf",
    b"\xff\xfe", b"\xa0", b"\xe2\x80\xae", b"\x1b[2J", b"=1+1", b"-1", b"1e999",
    b"#REF!", b"NIHIL", b"NaN", b"Infinity", b"12,5", b"1.234.567", b"9" * 400,
    b"JUMLAH", b"KABUPATEN", b"2025-13", b"</", b"<", b">", b"&amp;", b"&", b"%s{0}",
    b'r="XFD1048576"', b'repeated="99999999"', b"18.01", b"x" * 5000,
)  # fmt: skip
_MOST = 4  # changes in one file: more and nothing is left to read
_DATE = (2025, 1, 1, 0, 0, 0)


def mutate(data: bytes, lot: Random) -> bytes:
    """Return a file with one to four changes."""
    if zipfile.is_zipfile(io.BytesIO(data)) and lot.random() < 0.5:
        return _in_a_part(data, lot)
    return _changed(data, lot)


def _changed(data: bytes, lot: Random) -> bytes:
    for _ in range(lot.randint(1, _MOST)):
        data = lot.choice(CHANGES)(data, lot)
    return data


def _in_a_part(data: bytes, lot: Random) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        names = old.namelist()
        hit = lot.choice(names)
        for name in names:
            body = old.read(name)
            if name == hit:
                body = _changed(body, lot)
            new.writestr(zipfile.ZipInfo(name, _DATE), body)
    return buffer.getvalue()


def _flip(data: bytes, lot: Random) -> bytes:
    if not data:
        return data
    at = lot.randrange(len(data))
    return data[:at] + bytes([lot.randrange(256)]) + data[at + 1 :]


def _cut(data: bytes, lot: Random) -> bytes:
    first, last = sorted(lot.randrange(len(data) + 1) for _ in range(2))
    return data[:first] + data[last:] if lot.random() < 0.5 else data[:last]


def _double(data: bytes, lot: Random) -> bytes:
    first, last = sorted(lot.randrange(len(data) + 1) for _ in range(2))
    return data[:last] + data[first:last] + data[last:]


def _put(data: bytes, lot: Random) -> bytes:
    at = lot.randrange(len(data) + 1)
    return data[:at] + lot.choice(TOKENS) + data[at:]


def _swap_lines(data: bytes, lot: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    lot.shuffle(lines)
    return b"".join(lines)


def _replace(data: bytes, lot: Random) -> bytes:
    return data.replace(lot.choice(TOKENS[1:10]), lot.choice(TOKENS))


CHANGES: tuple[Callable[[bytes, Random], bytes], ...] = (
    _flip, _flip, _cut, _double, _put, _put, _swap_lines, _replace,
)  # fmt: skip
