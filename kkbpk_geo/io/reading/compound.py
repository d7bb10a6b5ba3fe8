"""Compound files (OLE2), the box that old and protected office files come in.

Why: it says whether a file is an old workbook, a document, or locked by a password; and
a chain of sectors that runs in a circle must be found before anybody follows it.

In:     the bytes of a file. Out: its streams by name.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from kkbpk_geo.base.errors import IntakeError

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_FREE = 0xFFFFFFFA  # from here on a number is a mark, not a sector
_LISTED = 109  # sectors of the table that the header lists by itself
_ENTRY = 128
_STREAM, _ROOT = 2, 5
_OFTEN = 4  # times: the table, the check, the reading, and one to spare

_CIRCLE = "its chain of sectors runs in a circle"


class Compound:
    """The streams of a compound file.

    Raises
    ------
    IntakeError
        If a chain of sectors leaves the file or runs in a circle.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER or data[:8] != SIGNATURE:
            msg = "its header is cut off"
            raise IntakeError(msg)
        self._data = data
        sector, mini = struct.unpack_from("<HH", data, 30)
        if sector not in (9, 12) or mini != 6:  # noqa: PLR2004  the sizes there are
            msg = "its header is damaged"
            raise IntakeError(msg)
        self._size = 1 << sector
        self._mini_size = 1 << mini
        # A sector belongs to one chain; what is followed more often goes in circles.
        self._left = _OFTEN * (len(data) // self._mini_size + 1)
        (directory,) = struct.unpack_from("<I", data, 48)
        (self._least,) = struct.unpack_from("<I", data, 56)
        (mini_table,) = struct.unpack_from("<I", data, 60)
        self._table = self._words(self._table_sectors())
        self._mini_table = self._words(self._chain(mini_table))
        self._entries = dict(self._directory(directory))
        self._small = b""
        for kind, first, size in self._entries.values():
            if kind == _ROOT:
                self._small = self._sectors_of(first)[:size]

    @property
    def names(self) -> frozenset[str]:
        """The names of its streams."""
        return frozenset(
            name for name, entry in self._entries.items() if entry[0] == _STREAM
        )

    def read(self, name: str) -> bytes:
        """Return the bytes of a stream."""
        _, first, size = self._entries[name]
        if size >= self._least:
            return self._sectors_of(first)[:size]
        parts = []
        for each in self._follow(first, self._mini_table):
            parts.append(self._small[each * 64 : each * 64 + self._mini_size])
        return b"".join(parts)[:size]

    def check(self) -> None:
        """Follow every stream once.

        Raises
        ------
        IntakeError
        """
        for name in self.names:
            self.read(name)

    def _table_sectors(self) -> Iterator[int]:
        listed = struct.unpack_from(f"<{_LISTED}I", self._data, 76)
        yield from (each for each in listed if each < _FREE)
        (following,) = struct.unpack_from("<I", self._data, 68)
        seen = set()
        while following < _FREE:
            if following in seen:
                raise IntakeError(_CIRCLE)
            seen.add(following)
            words = struct.unpack(f"<{self._size // 4}I", self._sector(following))
            yield from (each for each in words[:-1] if each < _FREE)
            following = words[-1]

    def _sector(self, number: int) -> bytes:
        self._step()
        start = (number + 1) * self._size
        found = self._data[start : start + self._size]
        if not found:
            msg = "a part of it is cut off"
            raise IntakeError(msg)
        return found.ljust(self._size, b"\0")  # the last may be shorter

    def _words(self, sectors: Iterator[int]) -> tuple[int, ...]:
        whole = b"".join(map(self._sector, sectors))
        return struct.unpack(f"<{len(whole) // 4}I", whole)

    def _chain(self, first: int) -> Iterator[int]:
        return self._follow(first, self._table)

    def _follow(self, first: int, table: tuple[int, ...]) -> Iterator[int]:
        """Yield the sectors of a chain; each may stand in it once."""
        steps = 0
        while first < _FREE:
            if first >= len(table):
                msg = "a part of it is cut off"
                raise IntakeError(msg)
            steps += 1
            self._step()
            if steps > len(table):
                raise IntakeError(_CIRCLE)
            yield first
            first = table[first]

    def _step(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise IntakeError(_CIRCLE)

    def _sectors_of(self, first: int) -> bytes:
        return b"".join(map(self._sector, self._chain(first)))

    def _directory(self, first: int) -> Iterator[tuple[str, tuple[int, int, int]]]:
        whole = self._sectors_of(first)
        sectors = list(self._chain(first))
        if sectors and (max(sectors) + 2) * self._size > len(self._data):
            msg = "its directory is cut off"
            raise IntakeError(msg)
        for at in range(0, len(whole) - _ENTRY + 1, _ENTRY):
            entry = whole[at : at + _ENTRY]
            (length,) = struct.unpack_from("<H", entry, 64)
            name = entry[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<II", entry, 116)
            if entry[66]:
                yield name, (entry[66], start, size)
