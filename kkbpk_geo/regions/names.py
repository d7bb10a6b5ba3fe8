"""Names as people write them, made comparable; nothing is guessed here.

Why: ``KAB. LAMPUNG  SELATAN``, ``Lampung-Selatan`` and ``Kabupaten Lampung Selatan``
are one name; ``Kota Bandung`` and ``Kabupaten Bandung`` are two.

In:     text. Out: folded keys, and the words that mark kinds, totals and blanks.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kkbpk_geo.base.text import bare_letters
from kkbpk_geo.catalogue.reading import read_as

_WORD = re.compile(r"[a-z0-9]+")
_FOOTNOTE = re.compile(r"(?<=[a-z])\d+$")
# The one short form that official names themselves use: "Kep. Sula".
_WHOLE_WORDS = {"kep": "kepulauan"}


# As many as the names of work in three plans of a province: each is asked for by
# several steps in turn, and a smaller store would hold none of them long enough.
@lru_cache(maxsize=1 << 15)
def split_words(text: str) -> tuple[str, ...]:
    """Split into lower-case words without accents or punctuation."""
    words = _WORD.findall(bare_letters(text).replace("&", " dan "))
    return tuple(_WHOLE_WORDS.get(word, word) for word in words)


# A mark of a footnote behind a name. A number without a bracket is none: the village
# Sidoharjo 2 is called so.
_MARK = re.compile(r"\s*(?:\(?\d{1,2}\)|[¹²³⁴⁵⁶⁷⁸⁹]+)\s*$")


def without_mark(text: str) -> str:
    """Return a name without the mark of a footnote behind it.

    Examples
    --------
    >>> without_mark("Kota Batu 1)"), without_mark("Metro ³"), without_mark("Mesuji 2")
    ('Kota Batu', 'Metro', 'Mesuji 2')
    """
    return _MARK.sub("", text)


@lru_cache(maxsize=10_000)
def fold_name(text: str) -> str:
    """Return the key under which a name is compared: words, joined without spaces.

    Examples
    --------
    >>> fold_name("Tulang-Bawang  Barat")
    'tulangbawangbarat'
    >>> fold_name("Kep. Siau")
    'kepulauansiau'
    """
    return "".join(split_words(text))


@cache
def _words(table: str, key: str) -> frozenset[str]:
    lists = read_as(dict[str, tuple[str, ...]], "region_words.toml", table)
    return frozenset(map(fold_name, lists[key]))


@lru_cache(maxsize=1 << 15)
def is_total(text: str) -> bool:
    """Whether a value names a row that sums other rows, whatever the region.

    Examples
    --------
    >>> [is_total(x) for x in ("JUMLAH :", "∑", "Pringsewu Total", "Metro")]
    [True, True, True, False]
    """
    return _is_called(text, "total")


@lru_cache(maxsize=1 << 15)
def is_aside(text: str) -> bool:
    """Whether a value names a row about other rows that is no sum: a target, a mean.

    Examples
    --------
    >>> [is_aside(x) for x in ("TARGET 2025", "Rata-rata *)", "% capaian", "JUMLAH")]
    [True, True, True, False]
    """
    return _is_called(text, "aside")


def _is_called(text: str, what: str) -> bool:
    """Whether a value is one of the words of a kind of row, or begins or ends so."""
    if bare_letters(text).lstrip()[:1] in _signs(what):
        return True
    said = split_words(text)
    if _is_among(said, what):
        return True
    # "JUMLAH1)" carries a footnote; "Rata2" is a word.
    unmarked = tuple(_FOOTNOTE.sub("", word) for word in said)
    return unmarked != said and _is_among(unmarked, what)


def _is_among(words: tuple[str, ...], what: str) -> bool:
    if not words:
        return False
    if "".join(words) in _words("rows", what):
        return True
    first = _words("rows", f"{what}_first")
    begins = words[0] in first or "".join(words[:2]) in first
    return begins or words[-1] in _words("rows", f"{what}_last")


@cache
def _signs(what: str) -> frozenset[str]:
    lists = read_as(dict[str, tuple[str, ...]], "region_words.toml", "rows")
    return frozenset(map(bare_letters, lists[f"{what}_signs"]))


def is_blank(text: str) -> bool:
    """Whether a value says nothing: empty, a dash, an error cell."""
    key = fold_name(text)
    return not key or key in _words("rows", "blank")


def kind_words(kind: str) -> frozenset[str]:
    """Return the folded words that state a kind: kabupaten, kab ..."""
    return _words("kinds", kind)


def stated_kind(text: str) -> str:
    """Return the kind that a text is nothing but a word for; "" for other texts.

    Examples
    --------
    >>> stated_kind("KOTA :"), stated_kind("Regency"), stated_kind("Kota Metro")
    ('Kota', 'Kabupaten', '')
    """
    key = fold_name(text)
    for kind in ("Kabupaten", "Kota"):
        if key in kind_words(kind) or key in _words("kinds_abroad", kind):
            return kind
    return ""


def decorate(key: str, kind: str) -> set[str]:
    """Every folded form of a name that states its kind, before or after the name.

    Examples
    --------
    >>> sorted(decorate("metro", "Kelurahan"))
    ['kelmetro', 'kelurahanmetro', 'metrokel', 'metrokelurahan']
    """
    words = _words("kinds", kind)
    before = {word + key for word in words}
    return before | {key + word for word in words}


def undecorated(key: str, kind: str) -> set[str]:
    """Every name that a folded text is, if a word of it states a kind.

    Examples
    --------
    >>> undecorated("pekonnatar", "Desa"), undecorated("natar", "Desa")
    ({'natar'}, set())
    """
    words = _words("kinds", kind)
    after = {key.removeprefix(word) for word in words if key.startswith(word)}
    return after | {key.removesuffix(word) for word in words if key.endswith(word)}


def bare_name(name: str, kind: str) -> str:
    """Return an official name without the word for its kind.

    Examples
    --------
    >>> bare_name("Kota Metro", "Kota"), bare_name("Kotabaru", "Kabupaten")
    ('Metro', 'Kotabaru')
    """
    if kind != "Kota":
        return name
    return name.removeprefix("Kota ").removeprefix("Administrasi ")
