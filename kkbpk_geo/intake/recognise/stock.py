"""Headings of an inventory: which column counts which thing in which condition.

Why: offices list supplies in rows (item, condition, quantity), with a column for each
condition, or with a block of columns for each item. Each column of figures is one of an
item and a condition, as far as its headings say them; the row says the rest.

In:     the paths of headings over the columns of a sheet, and what each column holds.
Out:    :class:`Stock` per column of figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kkbpk_geo.base.text import fold_words
from kkbpk_geo.catalogue.headings import words
from kkbpk_geo.catalogue.supplies import condition_of, item_of

UNSTATED = "unstated"
_FEWEST = 2  # conditions or items side by side; one alone may be a remark


@dataclass(frozen=True, slots=True)
class Stock:
    """What a column counts; ``""`` is left to the row. No condition: all of them."""

    item: str = ""
    condition: str = ""

    def covers(self, other: Stock) -> bool:
        """Whether the other is a part of what this one counts."""
        return self.item in ("", other.item) and not self.condition


@lru_cache(maxsize=4096)
def read_stock(path: tuple[str, ...]) -> Stock | None:
    """Read a path of headings; None where it says anything else.

    Examples
    --------
    >>> read_stock(("BKB Kit", "Rusak Berat (RB)"))
    Stock(item='bkb_kit', condition='major')
    >>> read_stock(("KONDISI", "Baik"))
    Stock(item='', condition='good')
    >>> read_stock(("Jumlah",)), read_stock(("BULAN",))
    (Stock(item='', condition=''), None)
    """
    named = {"item": "", "condition": ""}
    counted = False
    for part in path:
        tokens = set(fold_words(part).split())
        counted |= bool(tokens & words("stock_quantity"))
        key, kind = _named(part)
        if kind and named[kind] in ("", key):
            named[kind] = key
        elif tokens - words("stock_quantity") - words("stock_over"):
            return None  # a second item, or a word that is about something else
    if not any(named.values()) and not counted:
        return None
    return Stock(**named)


@lru_cache(maxsize=8192)
def _named(part: str) -> tuple[str, str]:
    """Return the key of the condition or item that a heading names, and which it is."""
    before, _, bracket = part.partition("(")
    for text in (part, before, bracket.rstrip(") ")):
        for each in _stripped(text):
            if (key := condition_of(each)) and key != UNSTATED:
                return key, "condition"
            if key := item_of(each):
                return key, "item"
    return "", ""


def _stripped(text: str) -> tuple[str, str, str]:
    """Return a heading as it is, without words of counting, and without KONDISI too."""
    counts, around = words("stock_quantity"), words("stock_over")
    kit = [token for token in fold_words(text).split() if token not in counts]
    bare = [token for token in kit if token not in around]
    return text, " ".join(kit), " ".join(bare)


def is_stock_row(cells: Sequence[str]) -> bool:
    """Whether a row of headings sets conditions, or items, side by side."""
    named = {_named(cell) for cell in cells if cell}
    kinds = [kind for _, kind in named]
    return max(kinds.count("condition"), kinds.count("item")) >= _FEWEST


def names_stock(cell: str) -> bool:
    """Whether a heading names a condition, an item or a quantity."""
    return bool(cell) and read_stock((cell,)) is not None


def find_stock(
    paths: Sequence[tuple[str, ...]],
    contents: Sequence[str],
    roles: Mapping[int, str],
    *,
    given: bool,
) -> dict[int, tuple[str, Stock]]:
    """Say which columns of a sheet are an inventory; none where it is none.

    Parameters
    ----------
    paths : n paths of headings
    contents : n words of what each column holds
    roles : mapping position -> role
        What the catalogue of headings makes of the columns.
    given : bool
        Whether the caller says that it is an inventory.

    Returns
    -------
    dict position -> ("item" or "quantity", Stock)
    """
    named = _items(contents, roles)
    read = {i: s for i, path in enumerate(paths) if (s := read_stock(path))}
    counted = {i: stock for i, stock in read.items() if i not in named}
    if not given and not (named and counted) and not _has_blocks(counted.values()):
        return {}
    found = {i: ("quantity", stock) for i, stock in counted.items()}
    return found | {i: ("item", Stock()) for i in named}


def _items(contents: Sequence[str], roles: Mapping[int, str]) -> list[int]:
    """Return the column of items, if any: where no heading says it, the cells do."""
    items = [i for i, role in roles.items() if role == "item"]
    items = items or [i for i, content in enumerate(contents) if content == "items"]
    return items[:1]


def _has_blocks(stocks: Iterable[Stock]) -> bool:
    """Whether columns name both item and condition; one alone may be a remark."""
    return len({s for s in stocks if s.item and s.condition}) >= _FEWEST
