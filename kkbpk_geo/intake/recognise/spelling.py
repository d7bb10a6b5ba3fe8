"""A heading without what tools, printers and other languages put around it.

Why: a pivot says ``Sum of PUS``, a printed table ``a. MOW *)``, a statistics office
says everything twice. All of it is taken off here, and nothing that changes a meaning:
words of another language go only where they repeat what ours say.

In:     one heading. Out: the heading to be looked up, and what its figures are in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from kkbpk_geo.base.text import fold_words
from kkbpk_geo.catalogue.headings import (
    as_said,
    find_headings,
    find_said,
    phrase,
    words,
)
from kkbpk_geo.catalogue.reading import read_as

# "1. ", "a) ", "IV. " before a heading; a single letter without a mark is a heading.
_NUMBERED = re.compile(
    r"^\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+(?=\S{2})", re.IGNORECASE
)
# "*)", "2)", "**" behind it, and "(3)", the number of the column.
_FOOTNOTE = re.compile(r"(?:\s*\*+\)?|(?<=[^\d(\s])\s+\d\)|\s*\(\d{1,2}\))+$")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
# One name of a form, its groups before it: lokasi/kabupaten (KoBo, ODK).
_FORM_PATH = re.compile(r"[a-z][a-z0-9_]*(?:[/:][a-z][a-z0-9_]*)+")
# "Penduduk dalam ribuan", "Penduduk, ribu jiwa"; money has words of its own.
_THOUSANDS = re.compile(
    r"[\s,]+(?:dalam\s+ribu(?:an)?|ribuan|ribu(?:an)?\s+(?:jiwa|orang|pasang|keluarga))$",
    re.IGNORECASE,
)
# "PB MENURUT METODE": the methods stand below.
_BY_METHOD = re.compile(
    r"\s+(?:menurut|per|berdasarkan)\s+(?:jenis\s+)?(?:metode|alat)(?:\s+kontrasepsi)?$",
    re.IGNORECASE,
)
_PER_SOME = re.compile(r"\bper (?:1 ?0{3}|10 ?0{3}|100 ?0{3}|100)\b")


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Return a heading without numbering, footnotes, units of many and pivot words.

    Examples
    --------
    >>> plain("a. MOW *)"), plain("Sum of PUS"), plain("Penduduk (ribu jiwa)")
    ('MOW', 'PUS', 'Penduduk')
    """
    bare = _FOOTNOTE.sub("", _NUMBERED.sub("", text.strip()))
    for start in words("pivot_sum"):
        if fold_words(bare).startswith(f"{start} "):
            bare = re.sub(r"^\s*\S+\s+\S+\s+", "", bare)
    bare = _BY_METHOD.sub("", bare)
    bare = _THOUSANDS.sub("", _BRACKETS.sub(_without_thousands, bare)).strip()
    return bare or text


def _without_thousands(bracket: re.Match[str]) -> str:
    return "" if is_in_thousands(bracket[1]) else bracket[0]


def is_in_thousands(text: str) -> bool:
    """Whether a text is only the unit of figures in thousands: ``(000)``."""
    return fold_words(text) in words("thousands")


# --- the corner of a pivot ------------------------------------------------------------

_DASHED = re.compile(r"^(\w+) - ")  # LibreOffice: Sum - PUS
_PLACES = frozenset(["provinsi", "kabkota", "kecamatan", "desa"])
_TIMES = frozenset(["year", "month", "period"])
_PIVOT_STOREYS = 2  # under the corner: years, and months in the row of the places


def straighten_pivot(head: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the first rows of a sheet with what a pivot adds up over its columns.

    Why: a pivot writes ``Sum of PUS`` into its corner, over the places, and Column
    Labels over the years that it is of.

    Examples
    --------
    >>> rows = [["Sum of PUS", "Column Labels"], ["Row Labels", "2024"]]
    >>> straighten_pivot(rows)[0]
    ['', 'Sum of PUS']
    """
    rows = [list(row) for row in head]
    for i, (upper, lower) in enumerate(pairwise(rows)):
        filled = [c for c, cell in enumerate(upper) if cell]
        if len(filled) == 1 and fold_words(upper[filled[0]]) in words("pivot_columns"):
            upper[filled[0]] = ""
        elif len(filled) > 1 and (below := _under_corner(rows, i, filled[0])):
            _move_corner(upper, below, *filled[:2])
        _lower_totals(upper, lower)
    return rows


def _under_corner(
    rows: Sequence[Sequence[str]], at: int, corner: int
) -> Sequence[Sequence[str]]:
    """Return the rows of headings under the corner of a pivot, none where it is none.

    Beside the corner stand the fields that lie abreast, nothing else: years, or years
    over months; the heading of the places is in the last row.
    """
    if not _says_corner(rows[at][corner]):
        return ()
    for end in range(at + 1, min(at + 1 + _PIVOT_STOREYS, len(rows))):
        if rows[end][corner]:
            below = rows[at + 1 : end + 1]
            named = _names_place(rows[end][corner])
            return below if named and _are_fields(rows[at][corner + 1 :]) else ()
    return ()


def _move_corner(
    upper: list[str], below: Sequence[Sequence[str]], corner: int, abreast: int
) -> None:
    """Write what the corner says over the columns instead of their fields."""
    said = _DASHED.sub(r"\1 of ", upper[corner])
    upper[corner] = ""
    for i in range(abreast, len(upper)):
        filled = any(row[i] for row in below)
        upper[i] = said if filled else ""


def _says_corner(text: str) -> bool:
    """Whether a text says what a pivot holds: Sum of PUS, Sum - PUS."""
    return _begins(_DASHED.sub(r"\1 of ", text), "pivot_corner")


def _names_place(text: str) -> bool:
    """Whether a text heads the places of a pivot."""
    fields = {line.field for line in find_headings(phrase(plain(text)))}
    return bool(fields & _PLACES)


def _are_fields(cells: Sequence[str]) -> bool:
    """Whether cells beside a corner name what lies abreast; one alone always does."""
    filled = [cell for cell in cells if cell]
    fields = {line.field for cell in filled for line in find_headings(phrase(cell))}
    return len(filled) == 1 or (bool(fields) and fields <= _TIMES)


def _begins(text: str, kind: str) -> bool:
    return any(fold_words(text).startswith(f"{start} ") for start in words(kind))


def _lower_totals(upper: list[str], lower: list[str]) -> None:
    """Write ``Total Sum of PUS`` over a blank as a total, over what it is of."""
    for i, cell in enumerate(upper):
        first, _, rest = cell.partition(" ")
        if not lower[i] and says_sum(first) and _begins(rest, "pivot_sum"):
            upper[i], lower[i] = first, rest


# --- what tools say beside it ---------------------------------------------------------


def form_path(text: str) -> tuple[str, ...]:
    """Return the groups and the name of a question of a form; else the text alone."""
    if not _FORM_PATH.fullmatch(text):
        return (text,)
    return tuple(re.split(r"[/:]", text))


@cache
def _other_language() -> Mapping[str, frozenset[str]]:
    found = read_as(dict[str, tuple[str, ...]], "words.toml", "english")
    spelled = {word: phrase(" ".join(ours)) for word, ours in found.items()}
    return {word: frozenset(ours.split()) for word, ours in spelled.items()}


@lru_cache(maxsize=8192)
def without_translation(folded: str) -> str:
    """Return a phrase without the words that say again, in English, what ours say.

    The phrase as it is where a word says more than ours: ``PUS Male`` is not PUS.

    Examples
    --------
    >>> without_translation("kabupaten regency municipality")
    'kabupaten'
    >>> without_translation("penduduk active")
    'penduduk active'
    """
    tokens, other = folded.split(), _other_language()
    ours = list(dict.fromkeys(t for t in tokens if t not in other))
    foreign = [token for token in tokens if token in other]
    said = set(ours) | {token for token in foreign if token == "jumlah"}
    repeats = all(not other[t] or other[t] & said for t in foreign)
    if not ours or not repeats or set(foreign) <= {"jumlah"}:
        return folded
    return " ".join(ours)


def scale_of(path: Sequence[str]) -> str:
    """Return what headings or titles say figures are: thousands, shares, ``""``.

    Only a unit says it, in brackets or as a heading of its own.
    """
    for text in path:
        parts = [text, *_BRACKETS.findall(text)]
        if any(map(is_in_thousands, parts)) or _THOUSANDS.search(text):
            return "thousands"
        if any(_is_share(part) for part in parts[1:]):
            return "shares"
    return ""


def _is_share(text: str) -> bool:
    return fold_words(text) in words("shares")


@lru_cache(maxsize=8192)
def said_change(text: str) -> str:
    """Return the word by which a heading says that it is of differences, or ``""``.

    Examples
    --------
    >>> said_change("Kenaikan Peserta KB Aktif"), said_change("Penurunan stunting")
    ('kenaikan', '')
    """
    return find_said(as_said(text), "change")


def without_change(path: Sequence[str]) -> tuple[str, ...]:
    """Return headings without the words that say that they are of differences.

    Examples
    --------
    >>> without_change(["PERTUMBUHAN", "PESERTA KB AKTIF (NAIK/TURUN)"])
    ('peserta kb aktif',)
    """
    bare = []
    for text in path:
        said, rest = said_change(text), text
        while said:
            rest = f" {fold_words(rest)} ".replace(f" {said} ", " ").strip()
            said = said_change(rest)
        bare.append(rest)
    return tuple(text for text in bare if text)


def says_sum(text: str) -> bool:
    """Whether a heading only says that it is a sum: JUMLAH, TOTAL."""
    return phrase(text) in words("sum_leaf")


def says_share(folded: str) -> bool:
    """Whether a phrase is of shares: per cent, per 1.000."""
    return "persen" in folded.split() or bool(_PER_SOME.search(folded))
