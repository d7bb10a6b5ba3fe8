"""The workbook of findings as it comes back: what a district wrote beside each place.

Why: it was sorted, filtered, cut and saved by three programs on its way. A line is
known by its key and by nothing else; who answers is an office, never a person.

In:     one workbook.
Out:    a :class:`~kkbpk_geo.intake.model.Correction` for each line that was filled in;
        findings about the lines, and about a workbook that is none of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.catalogue.headings import words
from kkbpk_geo.findings import (
    ASKED,
    CORRECTION,
    CORRECTION_COLUMNS,
    KEY,
    Finding,
    Place,
    finding,
)
from kkbpk_geo.intake.cells.persons import office_of, remark_of
from kkbpk_geo.intake.model import Correction
from kkbpk_geo.io import Cell, Form, FormTable, headings, is_no_value, plain

_SHEET_ROW = 1  # rows of a grid count from 0, those of a sheet from 1
_DAY = 10  # letters of a date as ISO; a spreadsheet adds the hour


@dataclass(slots=True)
class Returned:
    """What one workbook says; ``found``: what is to be told about it."""

    name: str
    lines: list[Correction] = field(default_factory=list)
    found: list[Finding] = field(default_factory=list)


def read_returned(path: Path, name: str = "") -> Returned:
    """Read one workbook.

    Parameters
    ----------
    path : Path
    name : str
        As it is to be called, where its own name is not enough.

    Raises
    ------
    IntakeError
        If it cannot be opened, or is beyond a limit.
    """
    form = Form.read(path)
    book = Returned(name or form.name)
    heads = headings(CORRECTION, CORRECTION_COLUMNS)
    tables = list(form.tables(heads, (KEY, "fixed")))
    if not tables:
        book.found.append(finding("correction_no_key", file=book.name))
    for table in tables:
        _read_sheet(book, table)
    return book


def _read_sheet(book: Returned, table: FormTable) -> None:
    """Read the lines of one sheet, and tell what is the same for many of them once."""
    keyless: list[int] = []
    unsigned: list[int] = []
    masked: list[int] = []
    for row in table.rows():
        said = {key: _cell(table, row, key) for key in ASKED}
        if _says_nothing(said["fixed"]):
            continue
        place = Place.from_key(as_text(table.cell(row, KEY)))
        if place is None:
            keyless.append(row)
            continue
        line = _line(book.name, table, row, place, said)
        book.lines.append(line)
        if not (line.by and line.date):
            unsigned.append(row)
        if _was_masked(line, said):
            masked.append(row)
    for code, rows in (
        ("correction_key_lost", keyless),
        ("correction_unsigned", unsigned),
        ("correction_masked", masked),
    ):
        if rows:
            row = rows[0] + _SHEET_ROW
            found = finding(
                code,
                file=book.name,
                sheet=table.grid.sheet,
                row=row,
                count=len(rows),
            )
            book.found.append(found)


def _cell(table: FormTable, row: int, key: str) -> Cell:
    """Return a cell; ``""`` where somebody took out its column."""
    if key not in table.columns:
        return ""
    cell = table.cell(row, key)
    return plain(cell).strip() if isinstance(cell, str) else cell


def _says_nothing(cell: Cell) -> bool:
    """Whether nothing is written, or that nothing changes."""
    text = as_text(cell).strip()
    return not text or fold_words(text) in words("correction_unchanged") | {""}


def _line(
    book: str, table: FormTable, row: int, place: Place, said: Mapping[str, Cell]
) -> Correction:
    line = Correction(
        file=place.file,
        sheet=place.sheet,
        row=place.row,
        column=place.column,
        written=place.value,
        digest=place.digest,
        about=place.code,
        value=said["fixed"],
        by=office_of(as_text(said["by"])),
        date=_day(said["date"]),
        note=remark_of(as_text(said["note"])),
        book=book,
        book_sheet=table.grid.sheet,
        book_row=row + _SHEET_ROW,
    )
    asked = fold_words(as_text(said["fixed"]))
    if asked in words("correction_remove"):
        return replace(line, action="row", value="")
    if asked in words("correction_blank"):
        return replace(line, value="")
    if isinstance(line.value, bool) or is_no_value(line.value):
        return replace(line, action="unread", value=as_text(line.value))
    return line


def _day(cell: Cell) -> str:
    """Return a day as ISO where a program stored one, else as it was written."""
    text = as_text(cell)
    return text[:_DAY] if hasattr(cell, "year") else remark_of(text)


def _was_masked(line: Correction, said: Mapping[str, Cell]) -> bool:
    told = (line.by, line.note)
    return told != (as_text(said["by"]), as_text(said["note"]))
