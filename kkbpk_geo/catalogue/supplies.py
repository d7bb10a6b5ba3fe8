"""What groups work with, and in which condition it can be.

In:     supplies.toml. Out: read-only mappings, and the key that a text stands for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Literal

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.base.text import fold_words
from kkbpk_geo.catalogue.named import Spelled, Spellings
from kkbpk_geo.catalogue.programme import groups, is_column
from kkbpk_geo.catalogue.reading import Place, build_all, read_as, refer

_FILE = "supplies.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyItem(Spelled):
    """Something a group needs; need = ceil(value x base)."""

    kind: Literal["kit", "book", "card", "media"]
    group: str
    unit: str
    base: str
    document: str
    value: float = 1.0
    official: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition(Spelled):
    """A state of repair."""

    usable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceWords:
    """Words of headings about money, and those that make it a sum."""

    money: tuple[str, ...]
    sum: tuple[str, ...]


Price = Literal["item", "price", "repair"]


@cache
def supply_items() -> Mapping[str, SupplyItem]:
    """Every item, in file order.

    Raises
    ------
    CatalogueError
        For an unknown group or column; names the item.
    """
    found = build_all(SupplyItem, _FILE, "item")
    for key, item in found.items():
        place = Place(_FILE, f"item.{key}")
        refer(place.at("group"), item.group, groups(), "groups.toml")
        # The need is counted from this column; without it nothing would be lacking.
        if not is_column(item.base):
            msg = f"{place.at('base')}: {item.base!r} is no column of the catalogue."
            raise CatalogueError(msg)
    return found


@cache
def conditions() -> Mapping[str, Condition]:
    """Every condition: best first, last the one that nobody stated."""
    return build_all(Condition, _FILE, "condition")


@cache
def _item_spellings() -> Spellings:
    return Spellings(supply_items(), _FILE, fold_words)


@cache
def _condition_spellings() -> Spellings:
    return Spellings(conditions(), _FILE, fold_words)


@lru_cache(maxsize=8192)
def item_of(text: str) -> str:
    """Return the item that a text names, ``""`` if none does."""
    return _item_spellings().key_of(text)


def condition_of(text: str) -> str:
    """Return the condition that a text names, ``""`` if none does."""
    return _condition_spellings().key_of(text)


@cache
def price_headings() -> Mapping[str, str]:
    """Return the headings of a sheet of prices, folded, and what they stand for."""
    found: dict[str, str] = {}
    entries = read_as(dict[Price, tuple[str, ...]], _FILE, "price_heading")
    for key, texts in entries.items():
        found.update((fold_words(text), key) for text in texts)
    return MappingProxyType(found)


@cache
def _price_words() -> PriceWords:
    return read_as(PriceWords, _FILE, "price_word")


def is_price(heading: str) -> bool:
    """Whether a heading seems to be about a price and is no sum of prices."""
    words = _price_words()
    # Letters only: "harga2" and "biaya 2026" are about money too.
    said = set(re.findall(r"[a-z]+", fold_words(heading)))
    return not said.isdisjoint(words.money) and said.isdisjoint(words.sum)
