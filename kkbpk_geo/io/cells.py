"""A cell as text, and whether it is blank.

In:     cells as readers give them.
Out:    text without stray blanks; numbers read one by one.
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
    known: dict[object, T] = {}
    out = []
    for cell in cells:
        key = (cell.__class__, cell)
        if key not in known:
            known[key] = reader(cell)
        out.append(known[key])
    return out


_TEXT: Any = "str" if int(pd.__version__.partition(".")[0]) >= 3 else object  # noqa: PLR2004


def text_column(values: Iterable[object]) -> pd.Series[str]:
    """Return a text column; empty text and None are missing."""
    return pd.Series([value or None for value in values], dtype=_TEXT)


def kept_text(cells: Iterable[Cell]) -> pd.Series[str]:
    """Return cells as text as they stand; blank is missing."""
    return text_column(read_each(cells, as_text))
