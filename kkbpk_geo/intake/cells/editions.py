"""Which of two copies of a table is the later one, by what they say of themselves.

Why: "rekap REVISI 2.xlsx" lies beside "rekap.xlsx". The clock of a file tells when it
was copied, so only words count: a date, a revision, FINAL, the (1) of a download.

In:     titles, the name of the sheet, the name of the file.
Out:    :class:`~kkbpk_geo.intake.model.Edition`; which of two is later, or neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kkbpk_geo.base.formats import month_number
from kkbpk_geo.base.text import fold_words
from kkbpk_geo.catalogue.headings import words
from kkbpk_geo.intake.model import Edition

_ISO = re.compile(
    r"(?<!\d)(20\d\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)"
)
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})([-_./])(\d{1,2})\2(20\d\d)(?!\d)")
_WRITTEN = re.compile(r"(?<!\d)(\d{1,2})[ _-]([A-Za-z]{3,10})[ _-](20\d\d)(?!\d)")
# "v2", "ver 2", "versi 2": without a number the word says nothing.
_NUMBERED = re.compile(r"\b(?:v|ver|versi|version|edisi)[ .]?(\d{1,2})\b")
_BEHIND = re.compile(r"(?: ?ke)? ?(\d{1,2})\b(?! [a-z])")  # "REV 2", "revisi ke-2"
_APART = re.compile(r"(?<=[a-z])(?=\d)")
_SECOND_DOWNLOAD = re.compile(r"\((\d{1,2})\)\s*$")
_LAST_DAY, _LAST_MONTH = 31, 12


def find_edition(texts: Iterable[str]) -> Edition:
    """Return the latest date and the highest revision that the texts name.

    Examples
    --------
    >>> find_edition(["DATA BKB per 5 Desember 2025", "rekap REV 2"])
    Edition(date='2025-12-05', revision=2, final=False)
    """
    dates, revisions, final = [""], [0], False
    for text in texts:
        dates += _dates(text)
        folded = fold_words(text)
        revisions += _revisions(text, folded)
        # "final2" is written without a space as well.
        said = set(_APART.sub(" ", folded).split())
        final |= bool(words("final") & said)
    return Edition(date=max(dates), revision=max(revisions), final=final)


def later(one: Edition, other: Edition) -> int:
    """Return 1 where ``one`` is the later, -1 where ``other`` is, 0 where none is.

    Examples
    --------
    >>> later(Edition(revision=1), Edition()), later(Edition(), Edition())
    (1, 0)
    """
    both_dated = bool(one.date and other.date)
    # A FINAL beside a REVISI: nobody can say which was written last.
    signs = {
        _sign(_day(one) - _day(other)) if both_dated else 0,
        _sign(one.revision - other.revision),
        int(one.final) - int(other.final),
    } - {0}
    return signs.pop() if len(signs) == 1 else 0


def _day(edition: Edition) -> int:
    return int(edition.date.replace("-", ""))


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _dates(text: str) -> Iterator[str]:
    for year, _, month, day in _ISO.findall(text):
        yield f"{year}-{month}-{day}"
    for day, _, month, year in _DAY_FIRST.findall(text):
        if int(day) <= _LAST_DAY and 1 <= int(month) <= _LAST_MONTH:
            yield f"{year}-{int(month):02d}-{int(day):02d}"
    for day, name, year in _WRITTEN.findall(text):
        month_of = month_number(name)
        if month_of and int(day) <= _LAST_DAY:
            yield f"{year}-{month_of:02d}-{int(day):02d}"


def _revisions(text: str, folded: str) -> Iterator[int]:
    yield from map(int, _NUMBERED.findall(folded))
    yield from map(int, _SECOND_DOWNLOAD.findall(text))
    apart = _APART.sub(" ", folded)
    for word in words("revision"):
        for found in re.finditer(rf"\b{word}\b", apart):
            number = _BEHIND.match(apart, found.end())
            yield int(number[1]) if number else 1
    # FINAL by itself is no revision; "final2" is the second, and a date is none.
    for word in words("final"):
        yield from map(int, re.findall(rf"\b{word} ([2-9])\b(?! [\da-z])", apart))
