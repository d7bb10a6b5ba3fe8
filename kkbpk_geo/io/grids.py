"""Any source as grids of cells: paths, open files, frames, lists; stated limits.

Why: offices send what they have, under any name. Nothing is interpreted here; a cell
keeps its text (white space folded) or the number or date that the workbook stores.

In:     a path, an open file, a frame, or a list (of rows, of records, of sources).
Out:    :class:`Grid`, one per sheet; or IntakeError with the limit and the remedy.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain, repeat
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeAlias, cast
from xml.etree.ElementTree import ParseError

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.base.escaping import seen_in_line
from kkbpk_geo.io.command import note_read
from kkbpk_geo.io.foreign import as_pandas
from kkbpk_geo.io.reading.apart.values import Wanted
from kkbpk_geo.io.reading.grid import Cell, Grid, make_grid
from kkbpk_geo.io.reading.markup import declares_entities
from kkbpk_geo.io.reading.nature import plain_nature, sentence, text_nature
from kkbpk_geo.io.reading.opendocument import is_flat, load_flat
from kkbpk_geo.io.reading.spreadsheetml import NAMESPACE, load_spreadsheetml
from kkbpk_geo.io.reading.text import decode, load_text
from kkbpk_geo.io.reading.web import is_archive, is_page, load_archive, load_page
from kkbpk_geo.io.reading.workbook import is_workbook, read_workbook

if TYPE_CHECKING:
    import pandas as pd

# Frames of other libraries are what the type checker knows least about.
Source: TypeAlias = "str | Path | bytes | IO[Any] | pd.DataFrame | Sequence[Any]"

MAX_BYTES = 100_000_000
_XML_HEAD = 10_000  # characters; both kinds of XML name themselves at the beginning


def load_grids(
    source: Source,
    *,
    sheet: str | None = None,
    hidden: Collection[str] = (),
    peek: bool = False,
) -> list[Grid]:
    """Return the sheets of one source as grids.

    Parameters
    ----------
    source : path, open file, bytes, frame, list of rows, of mappings, or of grids
        A frame may be of pandas, polars, pyarrow …; grids, which were loaded before,
        are returned as they are.
    sheet : str, optional
        One sheet of a workbook by name; every visible sheet otherwise.
    hidden : collection of str, optional
        Names of sheets that are loaded where the workbook hides them, too.
    peek : bool
        Whether the first rows of all other hidden sheets are loaded.

    Raises
    ------
    IntakeError
        If the source cannot be opened, is beyond a limit, or has no such sheet.
    """
    wanted = Wanted(sheet=sheet, hidden=hidden, peek=peek)
    if isinstance(source, (str, Path)):
        note_read(source)
        path = Path(source)
        return _load_bytes(seen_in_line(path.name), _read(path), wanted)
    if is_open_file(source):
        name, data = _read_open(source)
        return _load_bytes(name, data, wanted)
    source = as_pandas(source, "source")
    if hasattr(source, "columns"):
        return [_from_frame(cast("pd.DataFrame", source))]
    if isinstance(source, Mapping) or not isinstance(source, Iterable):
        msg = (
            f"source is a {type(source).__name__}; expected a path, an open file, a "
            "DataFrame, or a list of rows. Make a frame of it: pd.DataFrame(...)."
        )
        raise IntakeError(msg)
    rows = list(source)
    if rows and all(isinstance(row, Grid) for row in rows):
        return rows
    if rows and all(isinstance(row, Mapping) for row in rows):
        keys = list(dict.fromkeys(chain.from_iterable(rows)))
        body = [list(map(row.get, keys, repeat(""))) for row in rows]
        return [make_grid([keys, *body], file="list", typed=_has_numbers(body))]
    if all(isinstance(row, (list, tuple)) for row in rows):
        return [make_grid(rows, file="list", typed=_has_numbers(rows))]
    found = type(rows[0]).__name__
    msg = (
        f"list: its items are of type {found}; expected paths, DataFrames, mappings "
        "or lists of cells, all of one type."
    )
    raise IntakeError(msg)


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
    return make_grid([*header, *body], file="DataFrame", typed=_has_numbers(body[:200]))


def _column_name(name: object) -> str:
    text = str(name)
    return "" if text.startswith("Unnamed:") or text == "nan" else text


# --- files ----------------------------------------------------------------------------


def is_open_file(source: object) -> bool:
    """Whether it is a file that somebody opened or uploaded, or the bytes of one.

    Examples
    --------
    >>> from io import BytesIO
    >>> is_open_file(BytesIO(b"a;b")), is_open_file("berkas.csv")
    (True, False)
    """
    if isinstance(source, bytes | bytearray | memoryview):
        return True
    return callable(getattr(source, "read", None)) and not hasattr(source, "columns")


def name_of(source: object) -> str:
    """Return what an open file is called; ``"file"`` where it does not say."""
    name = getattr(source, "name", None)
    # Files of the system that have no name have a number.
    return seen_in_line(Path(name).name) if isinstance(name, str) else "file"


def _read_open(source: Any) -> tuple[str, bytes]:  # noqa: ANN401
    """Return the name and all bytes of an open file, wherever it was read to."""
    name = name_of(source)
    data: Any = None
    if not hasattr(source, "read"):
        data = bytes(source)
    else:
        try:
            if getattr(source, "seekable", bool)():
                source.seek(0)
            data = _read_on(source)
        except (OSError, ValueError) as err:
            msg = f"{name}: cannot be read ({err}). Open it in binary mode, 'rb'."
            raise IntakeError(msg) from err
    if isinstance(data, str):
        data = data.encode()
    if not data:
        msg = f"{name}: empty; expected a header row and rows under it."
        raise IntakeError(msg)
    _check_size(name, len(data))
    return name, data


def _read_on(source: Any) -> Any:  # noqa: ANN401
    """Read an open file to its end; of one without an end one more than may be.

    A pipe or a socket hands over what has come so far, and not all that is asked for.
    """
    parts, left = [], MAX_BYTES + 1
    while left > 0 and (part := source.read(left)):
        parts.append(part)
        left -= len(part)
    return parts[0][:0].join(parts) if parts else None


def _load_bytes(name: str, data: bytes, wanted: Wanted) -> list[Grid]:
    if is_workbook(data):
        return read_workbook(name, data, wanted)
    if told := plain_nature(name, data):
        raise IntakeError(told)
    text = decode(data)
    grids = _several(name, data, text)
    del data  # as large as the text itself
    if grids is None:
        if wanted.sheet is not None:
            msg = (
                f"{name}: text files have no sheets; leave sheet={wanted.sheet!r} out."
            )
            raise IntakeError(msg)
        if told := text_nature(name, text):
            raise IntakeError(told)
        return [load_text(name, text)]
    return _chosen(name, grids, wanted)


def _read(path: Path) -> bytes:
    name = seen_in_line(path.name)
    try:
        size = path.stat().st_size
        if not path.is_file():
            msg = f"{name}: not a file. Give a CSV, XLSX, XLS or ODS file."
            raise IntakeError(msg)
        _check_size(name, size)
        return path.read_bytes()
    except OSError as err:
        msg = f"{name}: cannot be opened ({err.strerror}). Check path and rights."
        raise IntakeError(msg) from err


def _check_size(name: str, size: int) -> None:
    if size > MAX_BYTES:
        msg = (
            f"{name}: {size / 1e6:.0f} MB, more than the limit of "
            f"{MAX_BYTES / 1e6:.0f} MB. Split it, or save only the table as CSV."
        )
        raise IntakeError(msg)


def _several(name: str, data: bytes, text: str) -> list[Grid] | None:
    """Return the tables of a page or of a workbook in XML; None where it is neither."""
    head = text[:_XML_HEAD]
    is_excel = NAMESPACE in head and "<html" not in head.lower()
    if (is_excel or is_flat(text)) and declares_entities(data):
        raise _damaged(name, "it declares entities")
    try:
        if is_excel:
            return load_spreadsheetml(name, data)
        if is_flat(text):
            return load_flat(name, data)
    except IntakeError:
        raise  # beyond a limit; it is a ValueError, too
    except (ParseError, ValueError) as err:
        raise _damaged(name, err) from err
    if is_archive(text):
        grids = load_archive(name, data)
    elif is_page(text):
        grids = load_page(name, text)
    else:
        return None
    if not any(grid.width for grid in grids):
        msg = sentence(
            name,
            "a web page",
            "Open it in a spreadsheet program and save it as XLSX.",
        )
        raise IntakeError(msg)
    return grids


def _damaged(name: str, why: object) -> IntakeError:
    msg = (
        f"{name}: a workbook in XML that is damaged ({why}). Open it in a "
        "spreadsheet program and save it as XLSX."
    )
    return IntakeError(msg)


def _chosen(name: str, grids: list[Grid], wanted: Wanted) -> list[Grid]:
    """Return the sheets that are asked for, of a file that holds several."""
    if wanted.sheet is not None:
        chosen = [grid for grid in grids if grid.sheet == wanted.sheet]
        if not chosen:
            has = ", ".join(grid.sheet for grid in grids)
            msg = f"{name}: no sheet {wanted.sheet!r}; it has {has}."
            raise IntakeError(msg)
        return chosen
    shown = [grid for grid in grids if not grid.hidden]
    hidden = [grid for grid in grids if grid.hidden]
    kept = [grid for grid in hidden if wanted.peek or grid.sheet in wanted.hidden]
    return [*(shown or hidden), *(kept if shown else [])]
