"""Workbooks of every format: values, and what the values do not show.

Why: the reader of values is fast, and knows neither errors nor what is hidden; a second
look into the file, as short as its format allows, gives the rest.

In:     the bytes of a workbook. Out: a grid per sheet.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias
from xml.etree.ElementTree import ParseError

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.io.reading.apart.bounds import look, opened
from kkbpk_geo.io.reading.apart.calling import read_apart
from kkbpk_geo.io.reading.apart.values import CUT_OFF, Wanted, damaged, read_values
from kkbpk_geo.io.reading.compound import SIGNATURE, Compound
from kkbpk_geo.io.reading.excel import scan_excel
from kkbpk_geo.io.reading.grid import Grid, Unseen, check_size
from kkbpk_geo.io.reading.nature import PASSWORD, compound_nature, packed_nature
from kkbpk_geo.io.reading.old_excel import STREAMS, needs_password, scan_old_excel
from kkbpk_geo.io.reading.opendocument import scan_opendocument

PACKED = b"PK\x03\x04"

Seen: TypeAlias = Mapping[str, Unseen]


def is_workbook(data: bytes) -> bool:
    """Whether a file begins as workbooks do: packed, or a compound file."""
    return data[:4] == PACKED or data[:8] == SIGNATURE


def read_workbook(name: str, data: bytes, wanted: Wanted) -> list[Grid]:
    """Look how large a workbook is, then read it where it can do no harm.

    Raises
    ------
    IntakeError
        As :func:`load_workbook`; or if the process that read it ended over it.
    """
    size, cells = len(data), 0
    if data[:4] == PACKED:
        found = look(name, data)
        size, cells = found.size, found.cells
        wanted = replace(wanted, large=found.large)
    grids = read_apart(name, data, wanted, size=size, cells=cells)
    return load_workbook(name, data, wanted) if grids is None else grids


def load_workbook(name: str, data: bytes, wanted: Wanted) -> list[Grid]:
    """Read the sheets of a workbook that was looked at before.

    Raises
    ------
    IntakeError
        If it is damaged, protected, no workbook, beyond a limit, or has no such sheet.
    """
    packed = data[:4] == PACKED
    unseen = _look_packed(name, data) if packed else _look_compound(name, data)
    grids = read_values(name, data, wanted)
    return [_with_unseen(grid, unseen.get(grid.sheet)) for grid in grids]


# --- the second look ------------------------------------------------------------------


def _look_packed(name: str, data: bytes) -> Seen:
    """Check a packed workbook, and return what its values do not show."""
    with opened(name, data) as archive:
        told = packed_nature(name, archive)
        unseen = {} if told else _scan(archive)
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


def _look_compound(name: str, data: bytes) -> Seen:
    """Check an old workbook, and return what its values do not show."""
    try:
        box = Compound(data)
    except IntakeError as err:
        raise damaged(name, err) from err
    if told := compound_nature(name, box.names):
        raise IntakeError(told)
    try:
        box.check()
        stream = next((box.read(each) for each in STREAMS if each in box.names), b"")
        locked = needs_password(stream)
        unseen = {} if locked else scan_old_excel(stream)
    except IntakeError as err:
        raise damaged(name, err) from err
    except (IndexError, struct.error) as err:
        raise damaged(name, CUT_OFF) from err
    if locked:
        msg = f"{name}: {PASSWORD}"
        raise IntakeError(msg)
    return unseen


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
