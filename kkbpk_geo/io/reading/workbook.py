"""Workbooks of every format: values, and what the values do not show.

Why: the reader of values is fast, and knows neither errors nor what is hidden; a second
look into the file, as short as its format allows, gives the rest.

In:     the bytes of a workbook. Out: a grid per sheet.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias
from xml.etree.ElementTree import ParseError

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.io.reading.compound import SIGNATURE, Compound
from kkbpk_geo.io.reading.excel import scan_excel
from kkbpk_geo.io.reading.grid import Cell, Grid, Unseen, check_size, make_grid
from kkbpk_geo.io.reading.nature import PASSWORD, compound_nature, packed_nature
from kkbpk_geo.io.reading.old_excel import STREAMS, needs_password, scan_old_excel
from kkbpk_geo.io.reading.opendocument import scan_opendocument
from kkbpk_geo.io.reading.text import whole_lines

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

PACKED = b"PK\x03\x04"
MAX_EXPANDED_BYTES = 1_000_000_000
MAX_EXPANSION = 200  # times the packed size; office files stay below 50
# Rows of a hidden sheet that show whether it holds a table; letterheads are shorter.
PEEKED_ROWS = 60
PEEKED_COLUMNS = 1_000  # no table of an office is so wide
_CUT_OFF = "a record of it is cut off"
_AGAIN = "Open it in a spreadsheet program and save it again."

Seen: TypeAlias = Mapping[str, Unseen]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which sheets are asked for: one by name, hidden ones by name, or a look at all.

    ``peek``: whether hidden sheets that nobody names are looked into.
    """

    sheet: str | None = None
    hidden: Collection[str] = ()
    peek: bool = False


def is_workbook(data: bytes) -> bool:
    """Whether a file begins as workbooks do: packed, or a compound file."""
    return data[:4] == PACKED or data[:8] == SIGNATURE


def load_workbook(name: str, data: bytes, wanted: Wanted) -> list[Grid]:
    """Read the sheets of a workbook.

    Raises
    ------
    IntakeError
        If it is damaged, protected, no workbook, beyond a limit, or has no such sheet.
    """
    packed = data[:4] == PACKED
    unseen = _look_packed(name, data) if packed else _look_compound(name, data)
    grids = _values(name, data, wanted)
    return [_with_unseen(grid, unseen.get(grid.sheet)) for grid in grids]


# --- the second look ------------------------------------------------------------------


def _look_packed(name: str, data: bytes) -> Seen:
    """Check a packed workbook, and return what its values do not show."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_expansion(name, len(data), archive)
            told = packed_nature(name, archive)
            unseen = {} if told else _scan(archive)
    except zipfile.BadZipFile as err:
        msg = f"{name}: damaged workbook ({err}). Open it and save it again."
        raise IntakeError(msg) from err
    except (zlib.error, EOFError) as err:
        raise _damaged(name, "a part of it is cut off") from err
    if told:
        raise IntakeError(told)
    return unseen


def _scan(archive: zipfile.ZipFile) -> Seen:
    try:
        if "content.xml" in archive.namelist():
            return scan_opendocument(archive)
        return scan_excel(archive)
    except (KeyError, ValueError, IndexError, struct.error, ParseError):
        return {}  # of another make: the reader of values says whether it is damaged


def _check_expansion(name: str, packed: int, archive: zipfile.ZipFile) -> None:
    size = sum(info.file_size for info in archive.infolist())
    if size > MAX_EXPANDED_BYTES or size > MAX_EXPANSION * max(packed, 100_000):
        msg = (
            f"{name}: unpacks to {size / 1e6:.0f} MB from {packed / 1e6:.1f} MB, "
            f"more than the limit of {MAX_EXPANDED_BYTES / 1e6:.0f} MB or "
            f"{MAX_EXPANSION} times. Save only the table as CSV."
        )
        raise IntakeError(msg)


def _look_compound(name: str, data: bytes) -> Seen:
    """Check an old workbook, and return what its values do not show."""
    try:
        box = Compound(data)
    except IntakeError as err:
        raise _damaged(name, err) from err
    if told := compound_nature(name, box.names):
        raise IntakeError(told)
    try:
        box.check()
        stream = next((box.read(each) for each in STREAMS if each in box.names), b"")
        locked = needs_password(stream)
        unseen = {} if locked else scan_old_excel(stream)
    except IntakeError as err:
        raise _damaged(name, err) from err
    except (IndexError, struct.error) as err:
        raise _damaged(name, _CUT_OFF) from err
    if locked:
        msg = f"{name}: {PASSWORD}"
        raise IntakeError(msg)
    return unseen


def _damaged(name: str, why: object) -> IntakeError:
    return IntakeError(f"{name}: damaged workbook ({why}). {_AGAIN}")


def _with_unseen(grid: Grid, unseen: Unseen | None) -> Grid:
    """Write the texts of cells without a value where they stand."""
    if unseen is None or grid.peeked:
        return grid
    rows, odd_cells = grid.rows, unseen.odd
    # Values end where the last of them stands; below it there may be such cells only.
    height = max([len(rows), *(odd.row + 1 for odd in odd_cells)])
    width = max([grid.width, *(odd.column + 1 for odd in odd_cells)])
    check_size(f"{grid.file}, sheet {grid.sheet!r}", height, width)
    if width > grid.width:
        for row in rows:
            row.extend([""] * (width - len(row)))
    rows += [[""] * width for _ in range(height - len(rows))]
    for odd in odd_cells:
        rows[odd.row][odd.column] = odd.text
    return replace(grid, **unseen.of_grid())


# --- values ---------------------------------------------------------------------------


def _values(name: str, data: bytes, wanted: Wanted) -> list[Grid]:
    import python_calamine as calamine

    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return _sheets(book, name, wanted)
    except calamine.PasswordError as err:
        msg = f"{name}: {PASSWORD}"
        raise IntakeError(msg) from err
    except calamine.CalamineError as err:
        msg = f"{name}: not a workbook that can be read ({err}). Save it as XLSX."
        raise IntakeError(msg) from err
    except BaseException as err:
        # A record that is too short ends the reader in a panic, which is no Exception.
        if type(err).__name__ != "PanicException":
            raise
        raise _damaged(name, _CUT_OFF) from None


def _sheets(book: CalamineWorkbook, name: str, wanted: Wanted) -> list[Grid]:
    names = _sheet_names(book, name, wanted.sheet)
    grids = [_load_sheet(book, name, each) for each in names]
    if wanted.sheet is not None:
        return grids
    for each in book.sheet_names:
        if each in names:
            continue
        if each in wanted.hidden:
            grids.append(replace(_load_sheet(book, name, each), hidden=True))
        elif wanted.peek:
            grids += _peek(book, name, each)
    return grids


def _sheet_names(book: CalamineWorkbook, name: str, sheet: str | None) -> list[str]:
    if sheet is not None:
        if sheet not in book.sheet_names:
            msg = f"{name}: no sheet {sheet!r}; it has {', '.join(book.sheet_names)}."
            raise IntakeError(msg)
        return [sheet]
    shown = [
        each.name
        for each in book.sheets_metadata
        if "WorkSheet" in str(each.typ) and str(each.visible).endswith(".Visible")
    ]
    return shown or list(book.sheet_names)


def _load_sheet(book: CalamineWorkbook, name: str, sheet: str) -> Grid:
    found = book.get_sheet_by_name(sheet)
    end = found.end or (0, 0)
    check_size(f"{name}, sheet {sheet!r}", end[0] + 1, end[1] + 1)
    merged = found.merged_cell_ranges or ()
    body: Sequence[Sequence[Cell]] = found.to_python(skip_empty_area=False)
    inside = whole_lines(body)
    if inside is not None:
        return make_grid(inside, file=name, sheet=sheet, notes=["lines_in_one_cell"])
    return make_grid(body, file=name, sheet=sheet, typed=True, merged=merged)


def _peek(book: CalamineWorkbook, name: str, sheet: str) -> list[Grid]:
    """Return the first rows of a hidden sheet, if it is one of cells."""
    kinds = {each.name: str(each.typ) for each in book.sheets_metadata}
    if "WorkSheet" not in kinds.get(sheet, ""):
        return []
    found = book.get_sheet_by_name(sheet)
    if (found.end or (0, 0))[1] >= PEEKED_COLUMNS:
        return []
    body = found.to_python(skip_empty_area=False, nrows=PEEKED_ROWS)
    grid = make_grid(body, file=name, sheet=sheet, typed=True)
    return [replace(grid, hidden=True, peeked=True)]
