"""Columns of whole numbers as few bytes, and back, with numpy alone.

Why: a border is many small steps. As differences, without a sign, in bytes of one
weight side by side they are mostly zeros, which zlib packs to nearly nothing.

In:     whole numbers of 64 bits. Out: bytes; and the numbers again, or a refusal
        before anything is allocated that the bytes do not hold.
"""

from __future__ import annotations

import struct
from itertools import pairwise
from typing import Any, NoReturn

import numpy as np

from kkbpk_geo.base.errors import BoundaryError

Numbers = np.ndarray[Any, np.dtype[np.int64]]

REMEDY = "Copy the file again, or build it again: kkbpk-geo boundaries build."
# How many numbers follow, and of how many bytes each is.
_COLUMN = struct.Struct("<IB")
_WIDTHS = (1, 2, 4)
# Largest number of a width, without a sign.
_LARGEST = {1: 0xFF, 2: 0xFFFF, 4: 0xFFFFFFFF}


def refuse_damaged(what: str) -> NoReturn:
    """Refuse a file, or a part of it, that does not hold what it says.

    Raises
    ------
    BoundaryError
    """
    msg = f"{what} is damaged. {REMEDY}"
    raise BoundaryError(msg)


def pack_numbers(numbers: Numbers) -> bytes:
    """Pack numbers from 0 on: as many bytes each as the largest needs, low ones first.

    Raises
    ------
    BoundaryError
        If one is below 0 or has more than 32 bits.
    """
    largest = int(numbers.max(initial=0))
    fitting = [width for width in _WIDTHS if largest <= _LARGEST[width]]
    if not fitting or int(numbers.min(initial=0)) < 0:
        msg = f"numbers from {numbers.min()} to {largest}; expected 0 to 2**32 - 1."
        raise BoundaryError(msg)
    width = fitting[0]
    planes = numbers.astype("<u4").view(np.uint8).reshape(-1, 4)[:, :width]
    return _COLUMN.pack(len(numbers), width) + planes.T.tobytes()


def pack_steps(numbers: Numbers) -> bytes:
    """Pack numbers as the steps between them; small steps either way stay small."""
    steps = np.diff(numbers, prepend=0)
    return pack_numbers((steps << 1) ^ (steps >> 63))


class Reader:
    """Takes columns off bytes, one after another.

    Parameters
    ----------
    raw : bytes
    what : str
        File and place, in the words of a refusal.
    """

    def __init__(self, raw: bytes, what: str) -> None:
        self._raw = raw
        self._at = 0
        self._what = what

    def numbers(self) -> Numbers:
        """Return the next column.

        Raises
        ------
        BoundaryError
            If the bytes do not hold what the column says that it holds.
        """
        return self._unsigned().astype(np.int64)

    def steps(self) -> Numbers:
        """Return the next column, which was packed as steps."""
        folded = self._unsigned()
        # Half the width of what is summed: most of the time of reading goes here.
        steps = (folded >> 1).astype(np.int32)
        steps ^= -(folded & 1).astype(np.int32)
        found: Numbers = np.cumsum(steps, dtype=np.int64)
        return found

    def _unsigned(self) -> np.ndarray[Any, Any]:
        """Return the next column as it is, its bytes put together again."""
        n, width, begin = self._column()
        planes = np.frombuffer(self._raw, np.uint8, n * width, begin)
        together = np.empty((n, width), dtype=np.uint8)
        for weight in range(width):
            together[:, weight] = planes[weight * n : (weight + 1) * n]
        return together.reshape(-1).view(f"<u{width}")

    def letters(self) -> bytes:
        """Return the next column, which is text.

        Raises
        ------
        BoundaryError
            As :meth:`numbers`; or if its letters take more than a byte each.
        """
        n, width, begin = self._column()
        if width != 1:
            refuse_damaged(self._what)
        return self._raw[begin : begin + n]

    def skip(self, columns: int) -> None:
        """Pass over columns that nobody asked for."""
        for _ in range(columns):
            self._column()

    def _column(self) -> tuple[int, int, int]:
        """Step over a column; return how many numbers, how wide, from which byte."""
        if len(self._raw) - self._at < _COLUMN.size:
            refuse_damaged(self._what)
        n, width = _COLUMN.unpack_from(self._raw, self._at)
        begin = self._at + _COLUMN.size
        self._at = begin + n * width
        if width not in _WIDTHS or self._at > len(self._raw):
            refuse_damaged(self._what)
        return n, width, begin

    def finish(self) -> None:
        """Refuse what is left over: then it was not what it seemed."""
        if self._at != len(self._raw):
            refuse_damaged(self._what)


def offsets(counts: Numbers) -> Numbers:
    """Return where each of several groups begins, and where the last one ends."""
    found = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=found[1:])
    return found


def spans(starts: Numbers, counts: Numbers, way: Numbers | int = 1) -> Numbers:
    """Return the places of several runs, one run after another.

    Parameters
    ----------
    starts, counts : n numbers
        Where each run begins, and how long it is.
    way : n numbers or 1
        1 for a run forwards, -1 for one backwards.

    Examples
    --------
    >>> spans(np.array([5, 9]), np.array([2, 3]), np.array([1, -1])).tolist()
    [5, 6, 9, 8, 7]
    """
    ways = np.broadcast_to(way, counts.shape)
    there = counts > 0
    starts, counts, ways = starts[there], counts[there], ways[there]
    # Steps, and their sum: half the passes of repeating starts and counting up.
    steps = np.repeat(ways, counts)
    begins = offsets(counts)[:-1]
    ends = starts + ways * (counts - 1)
    steps[begins] = starts - np.append(0, ends[:-1])
    found: Numbers = np.cumsum(steps)
    return found


def same_counts(groups: list[Numbers]) -> bool:
    """Whether each column counts the entries of the next one."""
    return all(int(upper.sum()) == len(lower) for upper, lower in pairwise(groups))
