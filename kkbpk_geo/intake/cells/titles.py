"""What the lines above a table say of places: province, kabupaten/kota; and marks.

Why: many sheets state once, in the title, what belongs to every row. It is used only
where it can mean one thing. (What they say of time: ``cells/stated.py``.)

In:     title lines, the name of the sheet, the name of the file.
Out:    codes of a province and of a kabupaten/kota (or ""), and whether it is sample
        data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from pathlib import PurePath
from typing import TYPE_CHECKING

from kkbpk_geo.base.formats import MONTHS
from kkbpk_geo.base.marks import Marks, named_as_sample
from kkbpk_geo.base.text import fold_words
from kkbpk_geo.catalogue.headings import words
from kkbpk_geo.catalogue.labels import read_marks

if TYPE_CHECKING:
    from kkbpk_geo.io import Grid

LONGEST_NAME = 4  # words: "Ogan Komering Ulu Selatan"
_BARE = 2  # of the texts, the names of the sheet and of the file
_DISTRICT = ("kabupaten", "kab", "kota", "kotamadya", "kodya")
_PROVINCE = ("provinsi", "propinsi", "prov", "prop")
# Word before the name of a place -> what the place is.
PLACE_WORDS = {
    **dict.fromkeys(_PROVINCE, "provinsi"),
    **dict.fromkeys(_DISTRICT, "kabkota"),
    **dict.fromkeys(("kecamatan", "kec", "distrik"), "kecamatan"),
}
_MONTHS = frozenset(map(str.casefold, MONTHS["id"])) | {"pebruari", "nopember"}
_END = _MONTHS.union(PLACE_WORDS, ("bulan", "tahun"))  # words that end a name


def find_province_code(texts: Sequence[str]) -> str:
    """Return the code of the one province that the texts name, or "".

    In titles it follows the word PROVINSI; the last two texts (names of the sheet and
    the file) may be the bare name.
    """
    for text in texts:
        found = set(_provinces_among(_names_after(text, _PROVINCE)).values())
        if len(found) == 1:
            return found.pop()
    for text in texts[-_BARE:]:
        bare = _provinces_among(_windows(fold_words(text).split()))
        if len(codes := _longest(bare)) == 1:
            return codes.pop()
    return ""


def _provinces_among(names: Iterable[str]) -> dict[str, str]:
    """Return name -> code of the names that provinces have."""
    from kkbpk_geo.regions import province_code

    named = {name: province_code(name) for name in names}
    return {name: code for name, code in named.items() if code}


def find_district_code(texts: Sequence[str], province: str) -> str:
    """Return the code of the one kabupaten/kota that the texts name, or "".

    In titles it follows the word KABUPATEN or KOTA; the last two texts (names of the
    sheet and the file) may be the bare name.
    """
    from kkbpk_geo.regions import resolve_regions

    for i, text in enumerate(texts):
        names = _names_after(text, _DISTRICT, keep_word=True)
        if i >= len(texts) - _BARE:
            names += _windows(fold_words(text).split())
        if not names:
            continue
        found = resolve_regions(names, province=province or None)
        rows = zip(names, found["region_code"], found["status"], strict=True)
        known = {name: str(code) for name, code, status in rows if status == "ok"}
        if codes := _longest(known):
            return codes.pop() if len(codes) == 1 else ""
    return ""


def _longest(known: Mapping[str, str]) -> set[str]:
    """Return codes; "Tulang Bawang Barat" also contains "Tulang Bawang"."""
    return {code for name, code in known.items() if not _is_inside(name, known)}


def _is_inside(name: str, others: Iterable[str]) -> bool:
    return any(name != other and name in other for other in others)


def named_places(text: str) -> list[tuple[str, str]]:
    """Return the places that follow their word: ``[("kecamatan", "gading rejo")]``."""
    tokens = fold_words(text).split()
    found = []
    for i, token in enumerate(tokens):
        role = PLACE_WORDS.get(token)
        rest = list(takewhile(_may_be_named, tokens[i + 1 : i + 1 + LONGEST_NAME]))
        if role and rest:
            found.append((role, " ".join(rest)))
    return found


def find_subdistrict(text: str, province: str) -> str:
    """Return the one kecamatan that a title names and the register knows, or ``""``."""
    from kkbpk_geo.regions import resolve_regions

    named = {name for role, name in named_places(text) if role == "kecamatan"}
    if len(named) != 1 or not province:
        return ""
    found = resolve_regions(list(named), province=province, level="kecamatan")
    known = found["status"].iloc[0] in ("ok", "ambiguous")
    return named.pop().title() if known else ""


def _names_after(
    text: str, words: Sequence[str], *, keep_word: bool = False
) -> list[str]:
    """Names that may follow one of the words, longest first."""
    tokens = fold_words(text).split()
    found = []
    for i, token in enumerate(tokens):
        if token in words:
            rest = list(takewhile(_may_be_named, tokens[i + 1 : i + 1 + LONGEST_NAME]))
            before = [token] if keep_word else []
            for size in range(len(rest), 0, -1):
                found.append(" ".join([*before, *rest[:size]]))
    return sorted(found, key=lambda name: -len(name.split()))


def _may_be_named(token: str) -> bool:
    return token not in _END and not token.isdigit()


def _windows(tokens: Sequence[str]) -> list[str]:
    """Return the runs of words that may be a name, longest first."""
    found = []
    for size in range(min(LONGEST_NAME, len(tokens)), 0, -1):
        for i in range(len(tokens) - size + 1):
            if not tokens[i].isdigit():
                found.append(" ".join(tokens[i : i + size]))
    return found


def find_marks(grid: Grid, texts: Iterable[str]) -> Marks:
    """Return the marks that a sheet states in texts, its name, or that of its file."""
    stated = read_marks([*texts, grid.sheet, PurePath(grid.file).stem])
    return Marks.of(stated, Marks(sample=named_as_sample(grid.file)))


def find_example(titles: Iterable[str]) -> str:
    """Return the title or name that says that a form is only shown, or ``""``.

    Examples
    --------
    >>> find_example(["CONTOH PENGISIAN FORMULIR BKB"])
    'CONTOH PENGISIAN FORMULIR BKB'
    >>> find_example(["KAMPUNG KB PERCONTOHAN", "Desa Contoh"])
    ''
    """
    for title in titles:
        folded = f" {fold_words(title)} "
        if any(f" {phrase} " in folded for phrase in words("example")):
            return title
    return ""


def first_row(grid: Grid) -> list[str]:
    """Return the texts of the first row, where a title is."""
    return [str(cell) for row in grid.rows[:1] for cell in row]
