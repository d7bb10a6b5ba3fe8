"""Any source as grids of cells: separators, encodings, workbooks, stated limits.

Why: offices send what they have. Nothing is interpreted here; a cell keeps its text
(white space folded) or the number or date that the workbook stores.

In:     a path, a DataFrame, or a list (of rows, of records, of sources).
Out:    :class:`Grid`, one per sheet; or IntakeError with the limit and the remedy.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.base.missing import is_missing

if TYPE_CHECKING:
    import pandas as pd
    from python_calamine import CalamineWorkbook

Cell: TypeAlias = Any  # str, int, float, bool, date; "" for an empty cell
Source: TypeAlias = "str | Path | pd.DataFrame | Sequence[Any]"

MAX_BYTES = 100_000_000
MAX_EXPANDED_BYTES = 1_000_000_000
MAX_EXPANSION = 200  # times the packed size; office files stay below 50
MAX_ROWS = 1_100_000
MAX_CELLS = 30_000_000
SEPARATORS = ";\t|,"
_SNIFFED_LINES = 60  # enough to outvote a letterhead


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Grid:
    """One sheet as it stands, rows padded to one width.

    ``rows[0]`` is row 1 of the sheet, or ``top`` rows further down where the grid is
    a part of it. ``typed``: whether cells carry types of their
    own (a workbook), so that a number stored as text is worth telling. ``merged``:
    merged ranges ``((row, column), (row, column))``, from 0, inclusive. ``hidden``:
    whether the workbook hides the sheet.
    """

    rows: list[list[Cell]]
    file: str
    sheet: str = ""
    typed: bool = False
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    hidden: bool = False
    top: int = 0

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.rows[0]) if self.rows else 0

    def part(self, top: int, bottom: int, left: int, right: int) -> Grid:
        """Return rows ``top`` to ``bottom`` and columns ``left`` to ``right``.

        Whatever the grid knows by position moves with its cells, and what is cut by
        an edge ends there; rows keep the number that they have in the sheet.

        Parameters
        ----------
        top, left : int, from 0, the first row and column of the part
        bottom, right : int, the first row and column behind it
        """
        merged = []
        for (first, start), (last, stop) in self.merged:
            inside = top <= first < bottom and left <= start < right
            if inside:  # the text of a range stands in its first cell
                end = (min(last, bottom - 1) - top, min(stop, right - 1) - left)
                merged.append(((first - top, start - left), end))
        return replace(
            self,
            rows=[row[left:right] for row in self.rows[top:bottom]],
            merged=tuple(merged),
            top=self.top + top,
        )


class _Cleaned(dict[str, str]):
    """Cells with white space folded, remembered because cells repeat."""

    def __missing__(self, text: str) -> str:
        self[text] = clean = " ".join(text.split())
        return clean

    def row(self, cells: Iterable[Cell]) -> list[Cell]:
        """Return a row with its texts folded, and "" for what is missing."""
        row = list(cells)
        for i, cell in enumerate(row):
            if type(cell) is str:
                row[i] = self[cell]
            elif is_missing(cell):
                row[i] = ""
        return row


def load_grids(
    source: Source, *, sheet: str | None = None, hidden: Collection[str] = ()
) -> list[Grid]:
    """Return the sheets of one source as grids.

    Parameters
    ----------
    source : path, DataFrame, list of rows, of mappings, or of grids
        Grids, which were loaded before, are returned as they are.
    sheet : str, optional
        One sheet of a workbook by name; every visible sheet otherwise.
    hidden : collection of str, optional
        Names of sheets that are loaded where the workbook hides them, too.

    Raises
    ------
    IntakeError
        If the source cannot be opened, is beyond a limit, or has no such sheet.
    """
    if isinstance(source, (str, Path)):
        return _load_file(Path(source), sheet, hidden)
    if hasattr(source, "columns"):
        return [_from_frame(cast("pd.DataFrame", source))]
    rows = list(source)
    if rows and all(isinstance(row, Grid) for row in rows):
        return rows
    if rows and all(isinstance(row, Mapping) for row in rows):
        keys = list(dict.fromkeys(chain.from_iterable(rows)))
        body = [list(map(row.get, keys, repeat(""))) for row in rows]
        return [_grid([keys, *body], file="list", typed=_has_numbers(body))]
    if all(isinstance(row, (list, tuple)) for row in rows):
        return [_grid(rows, file="list", typed=_has_numbers(rows))]
    found = type(rows[0]).__name__
    msg = (
        f"list: its items are of type {found}; expected paths, DataFrames, mappings "
        "or lists of cells, all of one type."
    )
    raise IntakeError(msg)


def _grid(
    rows: Iterable[Sequence[Cell]],
    *,
    file: str,
    sheet: str = "",
    typed: bool = False,
    merged: Iterable[Any] = (),
) -> Grid:
    clean = _Cleaned()
    kept = [clean.row(row) for row in rows]
    while kept and all(cell == "" for cell in kept[-1]):
        kept.pop()
    width = max(map(len, kept), default=0)
    for row in kept:
        row.extend([""] * (width - len(row)))
    return Grid(rows=kept, file=file, sheet=sheet, typed=typed, merged=tuple(merged))


def _has_numbers(rows: Iterable[Iterable[Cell]]) -> bool:
    return any(isinstance(cell, (int, float)) for row in rows for cell in row)


# --- frames ---------------------------------------------------------------------------


def _from_frame(frame: pd.DataFrame) -> Grid:
    """Return a frame as a grid; its columns (of several levels too) are the header."""
    import pandas as pd

    named = [name for name in frame.index.names if name is not None]
    if named:
        keep = [name for name in named if name not in frame.columns]
        frame = frame.reset_index(level=keep) if keep else frame
    if isinstance(frame.columns, pd.MultiIndex):
        levels = [list(level) for level in zip(*frame.columns, strict=True)]
    else:
        levels = [list(frame.columns)]
    if frame.columns.equals(pd.RangeIndex(frame.shape[1])):
        levels = []  # nobody named the columns: the header is among the rows
    header = [list(map(_column_name, level)) for level in levels]
    body = frame.astype(object).where(frame.notna(), "").to_numpy().tolist()
    return _grid([*header, *body], file="DataFrame", typed=_has_numbers(body[:200]))


def _column_name(name: object) -> str:
    text = str(name)
    return "" if text.startswith("Unnamed:") or text == "nan" else text


# --- files ----------------------------------------------------------------------------


def _load_file(path: Path, sheet: str | None, hidden: Collection[str]) -> list[Grid]:
    try:
        size = path.stat().st_size
        if not path.is_file():
            msg = f"{path.name}: not a file. Give a CSV, XLSX, XLS or ODS file."
            raise IntakeError(msg)
        if size > MAX_BYTES:
            msg = (
                f"{path.name}: {size / 1e6:.0f} MB, more than the limit of "
                f"{MAX_BYTES / 1e6:.0f} MB. Split it, or save only the table as CSV."
            )
            raise IntakeError(msg)
        data = path.read_bytes()
    except OSError as err:
        msg = f"{path.name}: cannot be opened ({err.strerror}). Check path and rights."
        raise IntakeError(msg) from err
    if data[:4] == b"PK\x03\x04":
        _check_expansion(path.name, data)
        return _load_workbook(path.name, data, sheet, hidden)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return _load_workbook(path.name, data, sheet, hidden)
    head = data[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"%pdf")):
        kind = "a PDF" if head.startswith(b"%pdf") else "a web page"
        msg = (
            f"{path.name}: this is {kind}, not a sheet, whatever its name says. "
            "Open it in a spreadsheet program and save it as XLSX."
        )
        raise IntakeError(msg)
    if sheet is not None:
        msg = f"{path.name}: text files have no sheets; leave sheet={sheet!r} out."
        raise IntakeError(msg)
    return [_load_text(path.name, data)]


def _check_expansion(name: str, data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(info.file_size for info in archive.infolist())
    except zipfile.BadZipFile as err:
        msg = f"{name}: damaged workbook ({err}). Open it and save it again."
        raise IntakeError(msg) from err
    if size > MAX_EXPANDED_BYTES or size > MAX_EXPANSION * max(len(data), 100_000):
        msg = (
            f"{name}: unpacks to {size / 1e6:.0f} MB from {len(data) / 1e6:.1f} MB, "
            f"more than the limit of {MAX_EXPANDED_BYTES / 1e6:.0f} MB or "
            f"{MAX_EXPANSION} times. Save only the table as CSV."
        )
        raise IntakeError(msg)


def _load_workbook(
    name: str, data: bytes, sheet: str | None, hidden: Collection[str]
) -> list[Grid]:
    import python_calamine as calamine

    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            names = _sheet_names(book, name, sheet)
            grids = [_load_sheet(book, name, each) for each in names]
            if sheet is None:
                more = [n for n in book.sheet_names if n not in names]
                wanted = [n for n in more if n in hidden]
                loaded = [_load_sheet(book, name, each) for each in wanted]
                grids += [replace(grid, hidden=True) for grid in loaded]
            return grids
    except calamine.PasswordError as err:
        msg = f"{name}: protected by a password. Save a copy without one."
        raise IntakeError(msg) from err
    except calamine.CalamineError as err:
        msg = f"{name}: not a workbook that can be read ({err}). Save it as XLSX."
        raise IntakeError(msg) from err


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
    rows, cells = end[0] + 1, (end[0] + 1) * (end[1] + 1)
    if rows > MAX_ROWS or cells > MAX_CELLS:
        msg = (
            f"{name}, sheet {sheet!r}: {rows} rows and {cells} cells; the limits are "
            f"{MAX_ROWS} and {MAX_CELLS}. Delete what is not the table, or save it "
            "as CSV."
        )
        raise IntakeError(msg)
    merged = getattr(found, "merged_cell_ranges", None) or ()
    body = found.to_python(skip_empty_area=False)
    return _grid(body, file=name, sheet=sheet, typed=True, merged=merged)


# --- text -----------------------------------------------------------------------------


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


def _load_text(name: str, data: bytes) -> Grid:
    text = decode(data)
    if "\0" in text:
        msg = f"{name}: neither text nor a workbook. Save it as CSV or XLSX."
        raise IntakeError(msg)
    separator = find_separator(text)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=separator, strict=True))
    except csv.Error:  # a quotation mark that nobody closed
        lines = io.StringIO(text)
        rows = list(csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE))
    if len(rows) > MAX_ROWS:
        msg = (
            f"{name}: {len(rows)} rows, more than the limit of {MAX_ROWS}. "
            "Split it by year or province."
        )
        raise IntakeError(msg)
    return _grid(rows, file=name)


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
