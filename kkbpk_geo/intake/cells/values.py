"""What a column holds: numbers, text, kinds of group or facility, yes or no.

In:     the cells of one column, white space folded. Out: a word, or typed values.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import islice
from types import MappingProxyType
from typing import Literal

from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.catalogue.headings import phrase, words
from kkbpk_geo.catalogue.programme import facility_kinds, groups
from kkbpk_geo.catalogue.supplies import item_of
from kkbpk_geo.io import Cell, is_blank, is_nil, is_no_value

Content = Literal["number", "text", "kinds", "facilities", "items", "answers", "blank"]


MOSTLY = 0.6  # of the filled cells; the rest are remarks and slips
_LOOKED_AT = 300  # cells; more do not change what a column is
_NUMERIC = re.compile(r"[-+(]*\d[\d\s.,]*(e[+-]?\d+)?\)?\s*%?\*?", re.IGNORECASE)
# "100 : 25", "1/30": an office's figure, though none that can be counted.
RATIO = re.compile(r"\d[\d.,]*\s*[:/]\s*\d[\d.,]*")
_TICKS = frozenset("✓✔√")


def content_of(cells: Iterable[Cell]) -> Content:
    """Say what most of a column's filled cells are.

    ``"kinds"`` are kinds of group, ``"facilities"`` kinds of facility, ``"items"``
    supplies of groups, ``"answers"`` whether there is one: Ada, Tidak ada, a tick.
    """
    seen = Counter(islice((cell for cell in cells if cell != ""), _LOOKED_AT))
    filled = {cell: count for cell, count in seen.items() if not _says_nothing(cell)}
    if not filled:
        return "blank"
    most = MOSTLY * sum(filled.values())
    # NIHIL is a zero, and answers a question only among other answers.
    if _count(filled, says_presence) >= most and not all(map(is_nil, filled)):
        return "answers"
    if _count(filled, _is_number) >= most:
        return "number"
    texts = [(as_text(cell), count) for cell, count in filled.items()]
    if sum(count for text, count in texts if item_of(text)) >= most:
        return "items"
    return _kinds_of(texts, most)


def _says_nothing(cell: Cell) -> bool:
    return is_blank(cell) or is_no_value(cell)


def _count(filled: Mapping[Cell, int], holds: Callable[[Cell], bool]) -> int:
    return sum(count for cell, count in filled.items() if holds(cell))


def _kinds_of(texts: Iterable[tuple[str, int]], most: float) -> Content:
    """Say which kinds most of the texts name, if any; groups before facilities."""
    kinds = [(kind_of(text), count) for text, count in texts]
    of_groups = sum(count for kind, count in kinds if is_group(kind))
    of_any = sum(count for kind, count in kinds if kind)
    if of_any < most:
        return "text"
    return "kinds" if of_groups * 2 >= of_any else "facilities"


def _is_number(cell: Cell) -> bool:
    if isinstance(cell, (int, float)) or is_nil(cell):
        return True
    text = as_text(cell)
    return bool(_NUMERIC.fullmatch(text) or RATIO.fullmatch(text))


@cache
def _kinds() -> Mapping[str, str]:
    """Spelling -> kind; what names a facility and a group is a group."""
    found: dict[str, str] = {}
    for key, facility in facility_kinds().items():
        for alias in (facility.id, *facility.aliases):
            found[phrase(alias)] = key
    for key, group in groups().items():
        for alias in (group.short, group.id, *group.aliases):
            found[phrase(alias)] = key
    return MappingProxyType(found)


@cache
def kind_of(text: str) -> str:
    """Return the group or facility kind that a cell names, ``""`` if none.

    ``"UPPKS"`` -> ``uppka``; ``"Dokter Praktek Swasta (DPS)"`` -> ``doctor``.
    """
    whole = phrase(text)
    if whole in _kinds():
        return _kinds()[whole]
    before, _, bracket = text.partition("(")
    for part in (before, bracket.rstrip(") ")):
        if part and phrase(part) in _kinds():
            return _kinds()[phrase(part)]
    parts = whole.split()
    # Its first two or three words: "Klinik KB Pemerintah". One alone says too little.
    for size in range(min(3, len(parts)), 1, -1):
        if " ".join(parts[:size]) in _kinds():
            return _kinds()[" ".join(parts[:size])]
    return ""


@cache
def kind_of_name(text: str) -> str:
    """Return the facility kind that a facility's own name begins with, or ``""``."""
    parts = phrase(text).split()
    # No kind has more words than "RS Tipe D Pratama".
    for size in range(min(4, len(parts)), 0, -1):
        key = _kinds().get(" ".join(parts[:size]), "")
        if key in facility_kinds() and key != "other":
            return key
    return ""


def is_group(kind: str) -> bool:
    """Whether a kind is one of the group kinds (and not of the facility kinds)."""
    return kind in groups()


def yes_or_no(cell: Cell) -> bool | None:
    """Read ``Ya``/``Tidak`` and their like; None where it is neither."""
    if isinstance(cell, bool):
        return cell
    return True if cell in _TICKS else _either(cell, "yes", "no")


def says_presence(cell: Cell) -> bool:
    """Whether a cell answers, in words or with a tick, if there is something."""
    if isinstance(cell, bool) or cell in _TICKS:
        return True
    return isinstance(cell, str) and fold_words(cell) in words("presence")


def is_short(cell: Cell) -> bool | None:
    """Read ``Kurang``/``Cukup`` and their like: whether supplies are short."""
    return _either(cell, "short", "enough")


def _either(cell: Cell, true: str, false: str) -> bool | None:
    word = fold_words(as_text(cell)).partition(" ")[0]
    if word in words(false):
        return False
    return True if word in words(true) else None
