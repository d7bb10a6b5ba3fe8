"""Whether a text may be the name of a person: by its words, its titles, its shape.

Why: a name stands under any heading once a row has slipped, and a finding that quotes
it is mailed to everybody. What is quoted is therefore made of words that are known:
those of the programme, of offices, of every day, and names of places.

In:     a cell. Out: whether it may be shown, or kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from kkbpk_geo.base.formats import MONTH_WORDS, month_number
from kkbpk_geo.base.text import as_text, fold_words, is_alike
from kkbpk_geo.catalogue.headings import known_words, words
from kkbpk_geo.io import MASK, Cell, mask_persons, may_reach_a_person
from kkbpk_geo.regions import is_register_name, stated_kind

MOSTLY = 0.5  # of the cells of a column look like names: then it is one of names
_LETTERS = re.compile(r"[^\W\d_]{2,}")  # one letter is an initial, or a unit
_MOST_WORDS = 6  # of a name with its titles; what is longer is a sentence
_LONGEST = 200  # letters that are looked at; a letter is no name
_DEGREE = re.compile(r",\s?(?:[SMA]\.\s?[A-Z]|(?:SE|SH|ST|SP|MM|MH|SKM|SST|MKM)\b)")
_MONTH_LIKE = 0.6  # of the letters: Mie is Mei, Agustsu is Agustus


def may_be_a_name(cell: Cell) -> bool:
    """Whether a text has words that may be the name of a person.

    Examples
    --------
    >>> [may_be_a_name(x) for x in ("25 orang", "9 (Lampung Barat)", "Bu Zulaekha")]
    [False, False, True]
    """
    if not isinstance(cell, str):
        return False
    return _may_be_a_name(cell[:_LONGEST]) or len(cell) > _LONGEST


@lru_cache(maxsize=10_000)
def _may_be_a_name(text: str) -> bool:
    unknown = _unknown(text)
    if not unknown:
        return False
    # "445 (Pringsewu)", "Kab. Pringsewu" and "90 (Lampung Barat)" are places, beside
    # words that are known or made of such.
    bare = " ".join(_LETTERS.findall(fold_words(text)))
    named = any(map(is_register_name, (text, bare, " ".join(unknown))))
    return names_a_person(text) or not named


def _unknown(text: str) -> list[str]:
    """Return the words of a text that nobody knows."""
    found = _LETTERS.findall(fold_words(text))
    return [word for word in found if not _is_known(word)]


@lru_cache(maxsize=10_000)
def _is_known(word: str) -> bool:
    return word in known_words() or month_number(word) is not None


@cache
def _phrases(name: str) -> tuple[str, ...]:
    return tuple(f" {phrase} " for phrase in sorted(words(name)))


def names_a_person(text: str) -> bool:
    """Whether a text names a person by a title or by a name that is nothing else.

    Examples
    --------
    >>> [names_a_person(x) for x in ("Siti Contoh", "dr. Contohtok", "ibu hamil")]
    [True, True, False]
    """
    folded = f" {fold_words(text[:_LONGEST])} "
    return any(name in folded for name in _phrases("person_names")) or is_titled(text)


@lru_cache(maxsize=10_000)
def is_titled(text: str) -> bool:
    """Whether a text names a person by a title, a degree or a parent.

    Examples
    --------
    >>> titled = ("dr. Contohtok", "Contohtok, S.Kep", "Contohtok binti Contohtok")
    >>> [is_titled(x) for x in (*titled, "Sinar Mas Alam")]
    [True, True, True, False]
    """
    text = text[:_LONGEST]
    folded = f" {fold_words(text)} "
    for phrase in _phrases("person_titles"):
        before, found, rest = folded.partition(phrase)
        following = rest.split()[:1]
        # Ketua: Pak Contoh. Behind a word that nobody knows it is no title.
        if found and following and _unknown(following[0]) and not _unknown(before):
            return True
    if _DEGREE.search(text) and _unknown(text):
        return True
    for phrase in (*_phrases("person_degrees"), *_phrases("person_parents")):
        name, found, _ = folded.partition(phrase)
        if found and _unknown(name):
            return True
    return False


def looks_like_a_name(cell: Cell) -> bool:
    """Whether a text has the shape of a name: a few words, none of them known."""
    return isinstance(cell, str) and _looks_like_a_name(cell[:_LONGEST])


@lru_cache(maxsize=10_000)
def _looks_like_a_name(text: str) -> bool:
    if names_a_person(text):
        return True
    found = _LETTERS.findall(fold_words(text))
    if not 0 < len(found) <= _MOST_WORDS or any(map(str.isdigit, text)):
        return False
    # A single word in small letters is a remark: "biru".
    shaped = len(found) > 1 or text[:1].isupper()
    return shaped and not any(map(_is_known, found)) and not is_register_name(text)


def are_names(cells: Iterable[Cell]) -> bool:
    """Whether most filled cells of a column look like names of persons."""
    filled = [cell for cell in cells if cell != ""]
    named = sum(map(looks_like_a_name, filled))
    return bool(named) and named >= MOSTLY * len(filled)


def are_kinds(cells: Iterable[Cell]) -> bool:
    """Whether a column says nothing but Kabupaten and Kota."""
    filled = {as_text(cell) for cell in cells if cell != ""}
    return bool(filled) and all(map(stated_kind, filled))


def leads_to_a_person(cell: Cell) -> bool:
    """Whether a cell of a column of texts names a person or holds a number of one."""
    return may_reach_a_person(cell) or (isinstance(cell, str) and names_a_person(cell))


def masked_place(cell: Cell) -> Cell:
    """Return a cell of a column of places; what a title says to be a person is masked.

    It is not blanked: a blank cell is filled with the place above. A line with a colon
    (Sumber: ...) is no cell but a note, and is known by its first word.
    """
    place = isinstance(cell, str) and ":" not in cell
    return MASK if place and is_titled(str(cell)) else cell


def _is_no_place(text: str) -> bool:
    """Whether a text in a column of places is about a person: Ibu Contoh, Ketua: C."""
    return is_titled(text) or (":" in text and may_be_a_name(text))


def quoted(text: str) -> str:
    """Return a text where figures or answers were expected, masked if it may be a name.

    Examples
    --------
    >>> quoted("1 k"), quoted("Zulaekhatok")
    ('1 k', '•••')
    """
    return MASK if may_be_a_name(text) or may_reach_a_person(text) else text


def quoted_time(text: str) -> str:
    """Return what stands for a month, masked if it may be a name: Mie is a month."""
    return text if all(map(_like_a_month, _unknown(text))) else quoted(text)


@lru_cache(maxsize=1000)
def _like_a_month(word: str) -> bool:
    return any(is_alike(month, word, _MONTH_LIKE) for month in MONTH_WORDS)


def quoted_place(text: str) -> str:
    """Return what stands for a place, masked only if a title says that it is none."""
    return MASK if _is_no_place(text) or may_reach_a_person(text) else text


def office_of(text: str) -> str:
    """Return what says who decided, with every word masked that may be a name.

    An office is made of words that are known, and of names of regions.

    Examples
    --------
    >>> office_of("Contohtok Sembarang, Kabid KB Kab. Pringsewu")
    '•••, Kabid KB Kab. Pringsewu'
    """
    text = mask_persons(text[:_LONGEST])
    return _UNKNOWN_RUN.sub(_masked_run, text)


def remark_of(text: str) -> str:
    """Return a remark without numbers of persons, and without whom it names by title.

    Examples
    --------
    >>> remark_of("kata Pak Contohtok, 0812-7900-4412: salah tulis")
    'kata Pak •••, •••: salah tulis'
    """
    text = mask_persons(text)
    return _UNKNOWN_RUN.sub(_masked_run, text) if names_a_person(text) else text


# Words with what stands between words of one name; marks and digits end a run.
_UNKNOWN_RUN = re.compile(r"[^\W\d_]+(?:[ .'’-]{1,2}[^\W\d_]+)*")
_WORD = re.compile(r"[^\W\d_]+")


def _masked_run(run: re.Match[str]) -> str:
    """Return a run of words in which those are masked that nobody knows."""
    words_in = [found.span() for found in _WORD.finditer(run[0])]
    strange = [bool(_unknown(run[0][a:b])) for a, b in words_in]
    shown, at = "", 0
    for i, (start, _) in enumerate(words_in):
        if not strange[i] or start < at:
            continue
        last = i
        while last + 1 < len(strange) and strange[last + 1]:
            last += 1
        stop = words_in[last][1]
        named = is_register_name(run[0][start:stop])
        shown += run[0][at:start] + (run[0][start:stop] if named else MASK)
        at = stop
    return shown + run[0][at:]
