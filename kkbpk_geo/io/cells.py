"""A cell as text, and whether it is blank.

In:     cells as readers give them.
Out:    text without stray blanks; numbers read one by one; frames as plain rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import pandas as pd

from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.catalogue.headings import missing_marks, words
from kkbpk_geo.io.reading.grid import Cell

T = TypeVar("T")


def is_blank(cell: Cell) -> bool:
    """Whether a cell says nothing: empty, a dash, ``n/a``."""
    return isinstance(cell, str) and cell.casefold() in missing_marks()


def is_nil(cell: Cell) -> bool:
    """Whether a cell says that there are none: ``NIHIL``, ``Nihil.``, ``NIHIL *)``."""
    return isinstance(cell, str) and fold_words(cell) in words("nihil")


def read_each(cells: Iterable[Cell], reader: Callable[[Cell], T]) -> list[T]:
    """Read cells one distinct value at a time."""
    every = list(cells)
    known = _Read(reader)
    if set(map(type, every)) == {str}:
        return [known[cell] for cell in every]
    # 1, 1.0 and True are equal, and told apart by their type.
    return [known[cell.__class__, cell] for cell in every]


class _Read(dict[str | tuple[type, Cell], T]):
    """What was read from each text, or from each type and cell."""

    def __init__(self, reader: Callable[[Cell], T]) -> None:
        super().__init__()
        self._reader = reader

    def __missing__(self, key: str | tuple[type, Cell]) -> T:
        self[key] = found = self._reader(key if isinstance(key, str) else key[1])
        return found


def as_records(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    """Return the rows as ``to_dict("records")`` of pandas 3 does, in less of its time.

    Columns become lists at once; pandas asks each cell what it is. ``pd.NA`` is None.

    Examples
    --------
    >>> as_records(pd.DataFrame({"code": ["18.01"], "target": [12]}))
    [{'code': '18.01', 'target': 12}]
    """
    names = list(frame.columns)
    rows = zip(*(_cells_of(frame[name]) for name in names), strict=True)
    return [dict(zip(names, row, strict=True)) for row in rows]


def _cells_of(column: pd.Series[Any]) -> Iterable[object]:
    """Return the cells of a column; each is looked at only where one is missing."""
    cells = column.to_numpy(dtype=object).tolist()
    return map(_or_none, cells) if column.hasnans else cells


def _or_none(cell: object) -> object:
    return None if cell is pd.NA else cell


_TEXT: Any = "str" if int(pd.__version__.partition(".")[0]) >= 3 else object  # noqa: PLR2004


def text_column(values: Iterable[object]) -> pd.Series[str]:
    """Return a text column; empty text and None are missing."""
    return pd.Series([value or None for value in values], dtype=_TEXT)


def kept_text(cells: Iterable[Cell]) -> pd.Series[str]:
    """Return cells as text as they stand; blank is missing."""
    return text_column(read_each(cells, as_text))
