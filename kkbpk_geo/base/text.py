"""A cell as text, and texts made comparable: one way for each meaning of "the same".

Why: people write one thing in many ways. What counts as the same differs: headings are
compared word by word, the entries of a list letter by letter (names of regions have
their own vocabulary: ``regions.names.fold_name``). All begin with :func:`bare_letters`.

In:     what a sheet or a frame holds. Out: its text; the key it is compared by.
Law:    difflib's matching blocks are one common subsequence, so its ratio is never
        above rapidfuzz's normalised Indel similarity, which knows the longest one and
        is quick: most pairs are settled by it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from heapq import heappop, heappush

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
# difflib leaves out frequent letters of a second text from this length on.
_POPULAR = 200
# The bound is kept in single precision: more than its last digit is let through.
_MARGIN = 1e-4
# Rows of the table of bounds that are held at a time: 20,000 names are 20 MB of it.
_ROWS = 256


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


@lru_cache(maxsize=1 << 15)
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


# --- alike ----------------------------------------------------------------------------


def ratio(one: str, other: str) -> float:
    """Return ``SequenceMatcher(None, one, other).ratio()``, the same number sooner.

    Examples
    --------
    >>> ratio("penyuluhan bkb", "penyuluhan bkr")
    0.9285714285714286
    """
    if len(other) >= _POPULAR:
        return SequenceMatcher(None, one, other).ratio()
    length = len(one) + len(other)
    return 2.0 * _matched(one, other, 0) / length if length else 1.0


def is_alike(one: str, other: str, least: float) -> bool:
    """Return whether the ratio of two texts is at least so much."""
    if len(other) >= _POPULAR:
        return SequenceMatcher(None, one, other).ratio() >= least
    length = len(one) + len(other)
    if not length:
        return least <= 1
    needed = int(least * length / 2)
    while 2.0 * needed / length < least:  # the very comparison, not a rounded one
        needed += 1
    return 2.0 * _matched(one, other, needed) / length >= least


def _matched(one: str, other: str, needed: int) -> int:
    """Count the letters in difflib's matching blocks; give up below ``needed``.

    The longest block first, then what stands before and behind it. As soon as all that
    is left could not reach ``needed``, what was found so far is returned.
    """
    found = 0
    possible = min(len(one), len(other))
    parts = [(one, other)]
    while parts and possible >= needed:
        left, right = parts.pop()
        possible -= min(len(left), len(right))
        start, size = _longest_block(left, right)
        if not size:
            continue
        there = right.find(left[start : start + size])
        found += size
        possible += size
        before = (left[:start], right[:there])
        behind = (left[start + size :], right[there + size :])
        parts += [before, behind]
        possible += min(map(len, before)) + min(map(len, behind))
    return found


def _longest_block(left: str, right: str) -> tuple[int, int]:
    """Return where the longest common run of letters starts, the first of several."""
    start, size = 0, 0
    for here in range(len(left)):
        while here + size < len(left) and left[here : here + size + 1] in right:
            start, size = here, size + 1
    return start, size


def close_matches(
    word: str, known: Iterable[str], *, most: int, least: float
) -> list[str]:
    """Return ``difflib.get_close_matches(word, known, most, least)``, sooner.

    The likeliest first: once enough are found, whatever cannot be better is left out.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import Indel

    bounds = process.extract(
        word, list(known), scorer=Indel.normalized_similarity,
        score_cutoff=least - _MARGIN, limit=None,
    )  # fmt: skip
    best: list[tuple[float, str]] = []
    for text, bound, _ in bounds:
        if len(best) == most and bound + _MARGIN < best[0][0]:
            break
        score = ratio(text, word)
        if score >= least:
            heappush(best, (score, text))
        if len(best) > most:
            heappop(best)
    return [text for _, text in sorted(best, reverse=True)]


def may_match(texts: Sequence[str], known: Sequence[str], least: float) -> list[bool]:
    """Return for each text whether :func:`close_matches` can find one; most have none.

    Examples
    --------
    >>> may_match(["penyuluhan", "rapat"], ["penyuluan", "lomba"], 0.8)
    [True, False]
    """
    import numpy as np
    from rapidfuzz import process
    from rapidfuzz.distance import Indel

    if not known:
        return [False] * len(texts)
    found: list[bool] = []
    for start in range(0, len(texts), _ROWS):
        bounds = process.cdist(
            texts[start : start + _ROWS], known, scorer=Indel.normalized_similarity,
            score_cutoff=least - _MARGIN, dtype=np.float32,
        )  # fmt: skip
        found += [bool(row.any()) for row in bounds]
    return found


def first_alike(
    texts: Sequence[str], least: float, apart: Sequence[Hashable] = ()
) -> Iterator[tuple[int, int]]:
    """For each text, find the first of those before it that is alike.

    Parameters
    ----------
    texts : sequence of str
    least : float
        The ratio from which on two texts are alike.
    apart : sequence, as long as the texts, optional
        What sets a text apart on purpose: two that say something else are not compared.
        Where it is empty, the text is compared with every other.

    Yields
    ------
    tuple of int
        Place of a text, and of the first text before it whose ratio with it is at least
        ``least``. Texts that have none are left out.
    """
    kinds: dict[Hashable, list[int]] = {}
    for place, kind in enumerate(apart or [()] * len(texts)):
        kinds.setdefault(kind or (), []).append(place)
    free = kinds.pop((), [])
    found = dict(_first_among(texts, free, range(len(texts)), least))
    for own in kinds.values():
        found |= _first_among(texts, own, sorted([*own, *free]), least)
    yield from sorted(found.items())


def _first_among(
    texts: Sequence[str], places: Sequence[int], others: Sequence[int], least: float
) -> Iterator[tuple[int, int]]:
    """For each of some places, find the first of the others before it that is alike."""
    import numpy as np
    from rapidfuzz import process
    from rapidfuzz.distance import Indel

    for start in range(0, len(places), _ROWS):
        rows = places[start : start + _ROWS]
        before = others[: bisect_left(others, rows[-1])]
        asked = [texts[place] for place in rows]
        known = [texts[place] for place in before]
        bounds = process.cdist(
            asked, known, scorer=Indel.normalized_similarity,
            score_cutoff=least - _MARGIN, dtype=np.float32,
        )  # fmt: skip
        for place, row in zip(rows, bounds, strict=True):
            likely = np.flatnonzero(row[: bisect_left(before, place)]).tolist()
            for earlier in map(before.__getitem__, likely):
                if is_alike(texts[place], texts[earlier], least):
                    yield place, earlier
                    break
