"""The values of a workbook, sheet by sheet.

Why: the reader of values is fast and made by others; it may end in a panic, take all
memory or never end. This module is what runs where that does no harm.

In:     the bytes of a workbook, and which sheets are wanted. Out: a grid per sheet.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.io.reading.grid import Cell, Grid, check_size, make_grid
from kkbpk_geo.io.reading.nature import PASSWORD
from kkbpk_geo.io.reading.text import whole_lines

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

# Rows of a hidden sheet that show whether it holds a table; letterheads are shorter.
PEEKED_ROWS = 60
PEEKED_COLUMNS = 1_000  # no table of an office is so wide
CUT_OFF = "a record of it is cut off"
_AGAIN = "Open it in a spreadsheet program and save it again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which sheets are asked for: one by name, hidden ones by name, or a look at all.

    ``peek``: whether hidden sheets that nobody names are looked into. ``large``: sheets
    beyond the limits, and what is said of each: they are refused where they are asked
    for, and never loaded.
    """

    sheet: str | None = None
    hidden: Collection[str] = ()
    peek: bool = False
    large: Mapping[str, str] = field(default_factory=dict)


def damaged(name: str, why: object) -> IntakeError:
    """Say what is wrong with a workbook, and the way out."""
    return IntakeError(f"{name}: damaged workbook ({why}). {_AGAIN}")


def read_values(name: str, data: bytes, wanted: Wanted) -> list[Grid]:
    """Return the sheets that are wanted.

    Raises
    ------
    IntakeError
        If it cannot be read, is protected, or a sheet is absent or beyond a limit.
    """
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
        raise damaged(name, CUT_OFF) from None


def _sheets(book: CalamineWorkbook, name: str, wanted: Wanted) -> list[Grid]:
    names = _sheet_names(book, name, wanted.sheet)
    for each in names:
        if each in wanted.large:
            raise IntakeError(wanted.large[each], finding="file_too_large")
    grids = [_load_sheet(book, name, each) for each in names]
    if wanted.sheet is not None:
        return grids
    for each in book.sheet_names:
        if each in names or each in wanted.large:
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
