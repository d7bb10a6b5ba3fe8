"""What groups work with, and in which condition it can be.

In:     supplies.toml. Out: read-only mappings, and the key that a text stands for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TypeVar

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.headings import fold
from kkbpk_geo.catalogue.programme import groups, is_column
from kkbpk_geo.catalogue.reading import build, read_toml

_FILE = "supplies.toml"
E = TypeVar("E")


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyItem:
    """Something a group needs; need = ceil(value x base)."""

    key: str
    id: str
    en: str
    kind: str
    group: str
    unit: str
    base: str
    document: str
    value: float = 1.0
    official: bool = False
    aliases: tuple[str, ...] = ()

    def name(self, language: Language = "id") -> str:
        """Return the label a reader sees."""
        return self.en if language == "en" else self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A state of repair."""

    key: str
    id: str
    en: str
    usable: bool = False
    repairable: bool = False
    aliases: tuple[str, ...] = ()

    def name(self, language: Language = "id") -> str:
        """Return the label a reader sees."""
        return self.en if language == "en" else self.id


@cache
def supply_items() -> Mapping[str, SupplyItem]:
    """Every item, in file order.

    Raises
    ------
    CatalogueError
        For an unknown group or column; names the item.
    """
    found = _entries(SupplyItem, "item")
    for key, item in found.items():
        if item.group not in groups() or not is_column(item.base):
            msg = (
                f"{_FILE} [item.{key}]: group {item.group!r} or base {item.base!r} is "
                "not in the catalogue."
            )
            raise CatalogueError(msg)
    return found


@cache
def conditions() -> Mapping[str, Condition]:
    """Every condition: best first, last the one that nobody stated."""
    return _entries(Condition, "condition")


def item_of(text: str) -> str:
    """Return the item that a text names, ``""`` if none does."""
    return text if text in supply_items() else _keys("item").get(fold(text), "")


def condition_of(text: str) -> str:
    """Return the condition that a text names, ``""`` if none does."""
    return text if text in conditions() else _keys("condition").get(fold(text), "")


@cache
def price_headings() -> Mapping[str, str]:
    """Return the headings of a sheet of prices, folded, and what they stand for."""
    entries = read_toml(_FILE)["price_heading"]
    return MappingProxyType(
        {fold(text): key for key, texts in entries.items() for text in texts}
    )


def is_price(heading: str) -> bool:
    """Whether a heading seems to be about a price and is no sum of prices."""
    words = read_toml(_FILE)["price_word"]
    said = set(re.findall(r"[a-z]+", fold(heading)))
    return bool(said & set(words["money"])) and not said & set(words["sum"])


def _entries(kind: type[E], table: str) -> Mapping[str, E]:
    entries = read_toml(_FILE)[table].items()
    return MappingProxyType(
        {
            key: build(kind, entry, file=f"{_FILE} {table}", key=key)
            for key, entry in entries
        }
    )


@cache
def _keys(table: str) -> Mapping[str, str]:
    entries: Mapping[str, SupplyItem] | Mapping[str, Condition]
    entries = supply_items() if table == "item" else conditions()
    found: dict[str, str] = {}
    for key, entry in entries.items():
        for text in dict.fromkeys((entry.id, entry.en, *entry.aliases)):
            other = found.setdefault(fold(text), key)
            if other != key:
                msg = f"{_FILE}: {text!r} means both {other!r} and {key!r}; keep one."
                raise CatalogueError(msg)
    return MappingProxyType(found)
