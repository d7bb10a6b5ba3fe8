"""Text files: any encoding, any separator, lines that were put into quotes as a whole.

In:     the bytes of a text file. Out: one grid.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.io.reading import grid as limits
from kkbpk_geo.io.reading.grid import Cell, Grid, make_grid

SEPARATORS = ";\t|,"
_SNIFFED_LINES = 60  # enough to outvote a letterhead
_FEW_LINES = 2  # a header and a row
_MOSTLY = 0.5  # of the filled rows: then whole lines stand in one cell


def decode(data: bytes) -> str:
    """Decode text of unstated encoding: byte order mark, UTF-8, else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    # UTF-16 without its mark: every other byte of Latin text is zero, half of them do.
    if data[1:400:2].count(0) > len(data[:400]) // 4:
        return data.decode("utf-16-le", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            return data.decode("latin-1")


def load_text(name: str, text: str) -> Grid:
    """Read decoded text as a table.

    Raises
    ------
    IntakeError
        If it is no text, or longer than the limit.
    """
    if "\0" in text:
        msg = f"{name}: neither text nor a workbook. Save it as CSV or XLSX."
        raise IntakeError(msg)
    rows = _fields(text, find_separator(text))
    if len(rows) > limits.MAX_ROWS:
        msg = (
            f"{name}: {len(rows)} rows, more than the limit of {limits.MAX_ROWS}. "
            "Split it by year or province."
        )
        raise IntakeError(msg)
    inside = whole_lines(rows)
    if inside is not None:
        return make_grid(inside, file=name, notes=["lines_in_quotes"])
    return make_grid(rows, file=name)


def _fields(text: str, separator: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text), delimiter=separator, strict=True))
    except csv.Error:  # a quotation mark that nobody closed
        lines = io.StringIO(text)
        return list(csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE))


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
