"""Text files: any encoding, any separator, lines that were put into quotes as a whole.

In:     the bytes of a text file. Out: one grid.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from types import MappingProxyType

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.io.reading import grid as limits
from kkbpk_geo.io.reading.grid import Cell, Grid, make_grid

SEPARATORS = ";\t|,"
_CSV_LETTERS = 131_072  # of a field, beyond which Python's reader suspects a fault
# Zeros that a bad copy leaves in a text; what has more of them is something else.
_FEW_ZEROS, _SHARE_OF_ZEROS = 1, 0.02
_MARKS: Mapping[bytes, str] = MappingProxyType(
    {  # that of UTF-32 begins as that of UTF-16 does, and is asked for first
        b"\xff\xfe\0\0": "utf-32",
        b"\0\0\xfe\xff": "utf-32",
        b"\xff\xfe": "utf-16",
        b"\xfe\xff": "utf-16",
    }
)
_ZEROS_LOOKED = 400  # bytes from the beginning that show which bytes are zero
# Which bytes of four are often zero -> how the text is encoded.
_ZEROS: Mapping[tuple[bool, ...], str] = MappingProxyType(
    {
        (False, True, False, True): "utf-16-le",
        (True, False, True, False): "utf-16-be",
        (False, True, True, True): "utf-32-le",
        (True, True, True, False): "utf-32-be",
    }
)
_SNIFFED_LINES = 60  # enough to outvote a letterhead
_FEW_LINES = 2  # a header and a row
_MOSTLY = 0.5  # of the filled rows: then whole lines stand in one cell


def decode(data: bytes) -> str:
    """Decode text of unstated encoding: byte order mark, zeros, UTF-8, Windows-1252."""
    if encoding := _wide_encoding(data):
        return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            return data.decode("latin-1")


def _wide_encoding(data: bytes) -> str | None:
    """Return UTF-16 or UTF-32, by the mark of a text or by where its zeros stand."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return encoding
    head = data[:_ZEROS_LOOKED]
    # Latin letters fill one byte of each unit, and leave zeros in the others.
    often = [head[i::4].count(0) > len(head) // 8 for i in range(4)]
    return _ZEROS.get(tuple(often))


def load_text(name: str, text: str) -> Grid:
    """Read decoded text as a table.

    Raises
    ------
    IntakeError
        If it is no text, or beyond a limit.
    """
    told = []
    zeros = text.count("\0")
    if zeros > _FEW_ZEROS and zeros > _SHARE_OF_ZEROS * len(text):
        msg = f"{name}: neither text nor a workbook. Save it as CSV or XLSX."
        raise IntakeError(msg)
    if zeros:
        text = text.replace("\0", "")
        told.append("zero_bytes")
    rows = _fields(text, find_separator(text))
    _check_limits(name, rows)
    inside = whole_lines(rows)
    if inside is None:
        return make_grid(_handed_on(rows), file=name, texts=True, notes=told)
    _check_limits(name, inside)
    notes = [*told, "lines_in_quotes"]
    return make_grid(_handed_on(inside), file=name, notes=notes)


def _check_limits(name: str, rows: Sequence[Sequence[Cell]]) -> None:
    """Refuse rows that would fill the memory once they are padded to one width."""
    if len(rows) > limits.MAX_ROWS:
        msg = (
            f"{name}: {len(rows)} rows, more than the limit of {limits.MAX_ROWS}. "
            "Split it by year or province."
        )
        raise IntakeError(msg)
    width = max(map(len, rows), default=0)
    if width > limits.MAX_WIDTH:
        at = next(i for i, row in enumerate(rows, 1) if len(row) == width)
        msg = (
            f"{name}: {width} columns in row {at}, more than the limit of "
            f"{limits.MAX_WIDTH}. Save the table with a line for each row, and ; "
            "between its columns."
        )
        raise IntakeError(msg)
    limits.check_size(name, len(rows), width)


def _fields(text: str, separator: str) -> list[list[str]]:
    try:
        return _read(text, separator)
    except csv.Error:  # a very long cell, or a quotation mark that nobody closed
        pass
    with _any_length(text):
        try:
            rows = _read(text, separator)
        except csv.Error:
            return _read(text, separator, quotes=False)
        if any(map(_ran_away, chain.from_iterable(rows))):
            return _read(text, separator, quotes=False)
        return rows


def _read(text: str, separator: str, *, quotes: bool = True) -> list[list[str]]:
    lines = _lines(text)
    if quotes:
        rows = csv.reader(lines, delimiter=separator, strict=True)
    else:
        rows = csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE)
    one = _Shared()
    return [list(map(one.__getitem__, row)) for row in rows]


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text; a StringIO would hold four bytes for each letter."""
    if "\r" in text:
        # Any line end is one: old programs of the Mac end lines with CR alone.
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    start, stop = 0, text.find("\n") + 1
    while stop:
        yield text[start:stop]
        start, stop = stop, text.find("\n", stop) + 1
    if start < len(text):
        yield text[start:]


class _Shared(dict[str, str]):
    """Gives cells that say the same one string, and forgets when it knows many."""

    def __missing__(self, cell: str) -> str:
        if len(self) >= limits.REMEMBERED:
            self.clear()
        self[cell] = cell
        return cell


def _handed_on(rows: list[list[Cell]]) -> Iterator[list[Cell]]:
    """Yield rows and let go of each: they are never held twice."""
    rows.reverse()
    while rows:
        yield rows.pop()


def _ran_away(field: str) -> bool:
    """Whether a quotation mark that nobody closed took in the lines after it."""
    return len(field) > _CSV_LETTERS and "\n" in field


@contextmanager
def _any_length(text: str) -> Iterator[None]:
    """Read fields of any length; the limit is one of all who read CSV in Python."""
    before = csv.field_size_limit(max(len(text), _CSV_LETTERS))
    try:
        yield
    finally:
        csv.field_size_limit(before)


def whole_lines(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]] | None:
    """Split lines that stand in one cell each into their fields; None where none do.

    So a file looks that was opened with all its values in the first column, and saved
    again. Most rows must be such lines, and agree on how many fields they have.
    """
    head = list(filter(_is_filled, rows[:_SNIFFED_LINES]))
    if sum(map(_is_alone, head)) <= _MOSTLY * len(head):
        return None
    filled = {i: row for i, row in enumerate(rows) if _is_filled(row)}
    lines = {i: row[0] for i, row in filled.items() if _is_alone(row)}
    if len(lines) < _FEW_LINES or len(lines) <= _MOSTLY * len(filled):
        return None
    separator = find_separator("\n".join(lines.values()))
    parts = {i: _one_line(line, separator) for i, line in lines.items()}
    if not _are_records(list(parts.values()), len(filled)):
        return None
    return [parts.get(i, list(row)) for i, row in enumerate(rows)]


def _are_records(parts: Sequence[Sequence[str]], filled: int) -> bool:
    """Whether lines are records: most are of one width, and hold figures.

    A list of notes with a comma here and there has no width that most lines share, and
    one of addresses no figures below its header.
    """
    several = [len(fields) for fields in parts if len(fields) > 1]
    width = max(several, key=several.count, default=0)
    records = [fields for fields in parts if len(fields) == width > 0]
    figures = sum(map(_holds_figure, records))
    return len(records) > _MOSTLY * filled and figures >= _MOSTLY * (len(records) - 1)


def _is_filled(row: Sequence[Cell]) -> bool:
    return any(cell != "" for cell in row)


def _is_alone(row: Sequence[Cell]) -> bool:
    """Whether the first cell of a row is a text, and its only one."""
    return isinstance(row[0], str) and not any(cell != "" for cell in row[1:])


def _holds_figure(fields: Sequence[str]) -> bool:
    return any(field.strip()[:1].isdigit() for field in fields)


def _one_line(line: str, separator: str) -> list[Cell]:
    rows = _fields(line, separator)
    return list(rows[0]) if rows else []


def find_separator(text: str) -> str:
    """Return the separator that gives most lines the same number of fields (> 1)."""
    # The first lines tell; a file without line breaks is not searched as a whole.
    head = text[:200_000].splitlines()[:_SNIFFED_LINES]
    if len(head) and head[0].lower().startswith("sep=") and len(head[0]) > len("sep="):
        return head[0][4]
    best, best_score = ";", (0, 0)
    for separator in SEPARATORS:
        try:
            rows = [row for row in csv.reader(head, delimiter=separator) if any(row)]
        except csv.Error:
            continue
        widths = [len(row) for row in rows if len(row) > 1]
        if widths:
            width = max(set(widths), key=lambda w: (widths.count(w), w))
            score = (widths.count(width), width)
            if score > best_score:
                best, best_score = separator, score
    return best
