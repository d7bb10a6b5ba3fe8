"""A cell as text, and texts made comparable: one way for each meaning of "the same".

Why: people write one thing in many ways. What counts as the same differs: headings are
compared word by word, the entries of a list letter by letter (names of regions have
their own vocabulary: ``regions.names.fold_name``). All begin with :func:`bare_letters`.

In:     what a sheet or a frame holds. Out: its text; the key it is compared by.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kkbpk_geo.base.missing import is_missing

# From here on a float no longer tells whole numbers apart, so its digits say nothing.
_EXACT = 1e16
# Signs that offices write for words: "PUS < 20 th", "∑ kelompok", "KB & KS".
_SIGNS = str.maketrans(
    {"%": " persen ", "<": " kurang ", ">": " lebih ", "∑": " jumlah ", "&": " dan "}
)
_BETWEEN_WORDS = re.compile(r"[^0-9a-z]+")
# Dots stay: 18.1 and 181 are two codes.
_OUTSIDE_ENTRY = re.compile(r"[^\w.]+|_")


def as_text(cell: object) -> str:
    """Return a cell as text; a whole number without ``.0``, a date as ISO.

    What is missing is an empty text.

    Examples
    --------
    >>> [as_text(x) for x in ("18.1", 18.0, 18.1, None, float("nan"))]
    ['18.1', '18', '18.1', '', '']
    """
    if isinstance(cell, str):
        return cell
    if is_missing(cell):
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT:
        return str(int(cell))
    return str(cell)


def bare_letters(text: str) -> str:
    """Return a text in small letters without accents, its other signs as they are.

    Examples
    --------
    >>> bare_letters("Kép. SULA & Co")
    'kep. sula & co'
    """
    if text.isascii():  # nothing to take off, and by far the most texts
        return text.casefold()
    apart = unicodedata.normalize("NFKD", text)
    return "".join(ch for ch in apart if not unicodedata.combining(ch)).casefold()


@lru_cache(maxsize=8192)
def fold_words(text: str) -> str:
    """Return the words of a text, as headings and answers are compared.

    Examples
    --------
    >>> fold_words("JUMLAH_BKB (%)"), fold_words("Kép. Sula & Co")
    ('jumlah bkb persen', 'kep sula dan co')
    """
    letters = bare_letters(text.translate(_SIGNS))
    return _BETWEEN_WORDS.sub(" ", letters).strip()


@lru_cache(maxsize=100_000)
def fold_entry(text: str) -> str:
    """Return letters, digits and dots of an entry: the same however it is spaced.

    Examples
    --------
    >>> fold_entry("Kép. Sula & Co"), fold_entry("18.01"), fold_entry("Way_Kanan 1")
    ('kep.sulaco', '18.01', 'waykanan1')
    """
    return _OUTSIDE_ENTRY.sub("", bare_letters(text))
