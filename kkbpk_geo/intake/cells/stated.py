"""When the lines above a table, the sheet's name and the file's say it is of.

Why: a page says more times than that of its figures: when it was printed, the year of a
law, the edition of the form. A time is taken only from what can state one; a month
beside its year says more than numbers apart, and a file's name is the weakest witness.

In:     title lines, the name of the sheet, the name of the file.
Out:    :class:`Said`: year and months, and what was seen but could not be taken.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TypeVar

from kkbpk_geo.base.formats import MONTH_WORDS, MONTHS
from kkbpk_geo.base.periods import (
    ROMAN_MONTHS,
    Part,
    Period,
    When,
    period_of,
    read_when,
)
from kkbpk_geo.base.text import bare_letters, fold_words
from kkbpk_geo.catalogue.headings import words

_Time = TypeVar("_Time", Part, Period)
# A report is of this century; a year of the last one is that of a law or a census.
_YEAR = r"20\d\d(?!\d)"
_FULL_NAMES = frozenset(
    name.casefold() for names in MONTHS.values() for name in names
) - {"may"} | {"pebruari", "nopember"}
# The longest first, or "nov" would be found in November.
_NAME = "|".join(sorted(MONTH_WORDS, key=lambda word: (-len(word), word)))
_UNIT = (
    r"(?:tri ?wulan|triwln|trwl?|twl?|kuartal|kwartal|quarter|semester|sem|smtr?)"
    r"\W{0,3}(?:ke\W{0,2})?(?:iv|i{1,3}|[1-4]|pertama|kedua|ketiga|keempat)"
    r"|q[1-4]"
)
_DAY = r"(?:(?:0?[1-9]|[12]\d|3[01])[\s.-]*)?"
_SHORT_YEAR = r"['-]\d\d(?![\w/-])"
_UNTIL = r"(?:\bs\s?[./]?\s?d\b\.?|\bsampai(?:\s+dengan)?\b|\bhingga\b|[-–—]|\bto\b)"
_FILL = r"\s*(?:(?:bulan|tanggal|tgl|akhir)\s+)*"
_EDGE, _END = r"(?<![a-z0-9])", r"(?![a-z0-9])"
_FULL_DATE = (
    r"20\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)"
    r"|(?<![\d/.-])\d{1,2}[-/.]\d{1,2}[-/.]20\d\d(?!\d)"
)
_NUMERIC = (
    rf"{_FULL_DATE}"
    r"|(?<!\d)20\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d)"
    r"|(?<!\d)20\d\d(?:0[1-9]|1[0-2])(?!\d)"
    r"|(?<!\d)20\d\d[-/_. ](?:0[1-9]|1[0-2])(?!\d)|(?<!\d)20\d\d[-/](?:[1-9])(?!\d)"
    r"|(?<![\d/.-])(?:0?[1-9]|1[0-2])[-/_]20\d\d(?!\d)"
    rf"|(?<![\w/.-])(?:{'|'.join(reversed(ROMAN_MONTHS))})\s?/\s?{_YEAR}"
    rf"|(?<!\d)20\d\d[-_ ]?[qsh][1-4]{_END}"
    rf"|(?<!\d)20\d\d[-_ ]?(?:tw|smt|sem)\W?(?:iv|i{{1,3}}|[1-4]){_END}"
    rf"|{_EDGE}[sh][12][\s/_-]*{_YEAR}"
)
# A law is named with its number and year: "Nomor 2 Tahun 2014".
_LAW = re.compile(
    r"\b(?:nomor|no|perka|peraturan|perpres|perban|permen\w*|uu|undang|pp|inpres"
    r"|keputusan|kepmen\w*)\b[^\n]*?\btahun\s+\d{4}"
)
_NUMBERED = re.compile(r"\b(?:nomor|no|perka|peraturan|uu|pp)\b[^\n]*")
# The code of a form and its edition: K/0/BKB/20, Rek.F/I/Dal/2013.
_CODE = re.compile(r"(?<!\S)[\w.]{1,8}(?:/[\w.]{1,12}){2,}(?!\S)")
_CLOCK = re.compile(
    r"(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])|\b(?:pukul|jam)\s+\d{1,2}[.:]\d{2}"
    r"|\b\d{1,2}\.\d{2}\s+wi(?:b|ta|t)\b"
)
# "Bandar Lampung, 5 Desember 2012": where and when a page was signed.
_SIGNED = re.compile(rf"(?m)^[^\d,\n]{{2,60}},\s*\d{{1,2}}\s+(?:{_NAME})\s+{_YEAR}\s*$")
_JOINED = re.compile(r"_(?!\d)|(?<!\d)_")
_FEW_WORDS = 5  # between "dicetak" and its date: "oleh admin pada hari Senin,"
_NAMES = 2  # texts behind the titles: the names of the sheet and of the file
_NEAR_WORDS = 3  # between "keadaan" and its date: "keadaan pada tanggal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Year and months that titles or names say; None where not, or not in one way.

    ``years``: years of which a text names several. ``unclear``: times that stand there
    and could not be taken, as written.
    """

    year: int | None = None
    part: Part | None = None
    years: tuple[int, ...] = ()
    unclear: tuple[str, ...] = ()


@dataclass(slots=True)
class _Seen:
    """The times in one text: whole ones, months without a year, years, dates."""

    whole: dict[tuple[int, Part | None], str] = field(default_factory=dict)
    parts: dict[Part, str] = field(default_factory=dict)
    years: dict[int, str] = field(default_factory=dict)
    dates: dict[str, None] = field(default_factory=dict)


def find_period(texts: Sequence[str]) -> Said:
    r"""Return the time that titles and names say.

    Parameters
    ----------
    texts : sequence of str
        Lines of titles, best first; then the sheet's name and the file's stem. A title
        alone may stand without names. A weaker text adds what the stronger ones leave
        open, if it says nothing else.

    Examples
    --------
    >>> find_period(["BULAN NOVEMBER 2025\nDicetak: 5 Januari 2026", "", ""])
    Said(year=2025, part=Part(first=11, last=11, running=False), years=(), unclear=())
    """
    said = Said()
    titles = max(1, len(texts) - _NAMES)
    for at, text in enumerate(texts):
        said = _beside(said, _judged(_seen(text, is_name=at >= titles)))
    return said


def _beside(held: Said, said: Said) -> Said:
    """Add what a weaker text says; one that contradicts what is held says nothing."""
    unclear = tuple(dict.fromkeys((*held.unclear, *said.unclear)))
    years = held.years or said.years
    # A name may say which of the years of a title is meant, but no third one.
    other_year = said.year is not None and (
        said.year != held.year
        if held.year
        else held.years and said.year not in held.years
    )
    if other_year or (held.part and said.part and held.part != said.part):
        return replace(held, unclear=unclear, years=years)
    return Said(
        year=held.year or said.year,
        part=held.part or said.part,
        years=years,
        unclear=unclear,
    )


def _judged(seen: _Seen) -> Said:
    """Return what the times of one text come to."""
    whole = [(year, part) for year, part in seen.whole if part is not None]
    years = {year for year, _ in seen.whole} | set(seen.years)
    several = tuple(sorted(years)) if len(years) > 1 else ()
    if whole:
        # "OKTOBER DAN NOVEMBER 2025": the year of one month is that of the other.
        beside = [(whole[0][0], part) for part in seen.parts]
        if one := _finest([period_of(*each) for each in (*whole, *beside)]):
            return Said(year=one.begins[0], part=one.part, years=several)
        year = None if several else whole[0][0]
        unclear = (*seen.parts.values(), *seen.whole.values())
        return Said(year=year, years=several, unclear=unclear)
    part = _finest(list(seen.parts))
    unclear = () if part else tuple(seen.parts.values())
    year = None if several else next(iter(years), None)
    if not years and part is None:
        unclear = (*unclear, *seen.dates)
    return Said(year=year, part=part, years=several, unclear=unclear)


def _finest(times: Sequence[_Time]) -> _Time | None:
    """Return the one that lies in all others: TW III, September is September."""
    for one in times:
        others = [other for other in times if other != one]
        if all(other.covers(one) for other in others):
            return one
    return None


# --- what stands in a text ------------------------------------------------------------


def _seen(text: str, *, is_name: bool) -> _Seen:
    """Find the times in a text; ``is_name``: of a sheet or a file."""
    seen = _Seen()
    if is_name and (said := read_when(text.strip())) and _is_named(said, text):
        _note(seen, said, text)
        return seen
    if is_name:  # words of a file's name are often joined
        text = _JOINED.sub(" ", text)
    for line in _SIGNED.sub(" ", bare_letters(text)).splitlines():
        plain = _CODE.sub(_without_code, _LAW.sub(" ", line))
        for found, said, before in _times(_NUMBERED.sub(" ", plain), is_name=is_name):
            if not said.day or _is_stand(found, said, before):
                _note(seen, said, found)
            else:
                seen.dates.setdefault(found)
    return seen


def _is_named(said: When, text: str) -> bool:
    """Whether a name that is a time is one by itself: "NOV", not "3" or "S1"."""
    words_of = re.findall(r"[a-z]+", bare_letters(text))
    named = said.year is not None or any(len(word) > 1 for word in words_of)
    return named and not said.day


def _note(seen: _Seen, said: When, found: str) -> None:
    if said.year is None and said.part is not None:
        seen.parts.setdefault(said.part, found)
    elif said.year is not None and said.part is not None:
        seen.whole.setdefault((said.year, said.part), found)
    elif said.year is not None:
        seen.years.setdefault(said.year, found)


def _without_code(found: re.Match[str]) -> str:
    """Take the code of a form out; a time or names between slashes are none."""
    parts = found[0].split("/")
    timed = any(part in _FULL_NAMES for part in parts)
    numbers = all(part.isdigit() for part in parts)
    return found[0] if timed or numbers or parts[0] == "s" else " "


@cache
def _pattern(*, is_name: bool) -> re.Pattern[str]:
    """Return what a time looks like; in a name, two figures at its end are a year."""
    last = r"|[ _]?\d\d$" if is_name else ""
    year = rf"(?:[\s,./_-]*(?:tahun\s+|th\.?\s*)?{_YEAR}|{_SHORT_YEAR}{last})?"
    span = rf"{_EDGE}{_DAY}(?:{_UNIT}|{_NAME})(?![a-z])"
    worded = rf"(?:{_UNTIL}{_FILL})?{span}{year}(?:\s*{_UNTIL}{_FILL}{span}{year})?"
    number = r"(?:0?[1-9]|1[0-2])(?![\d/-])"
    numbered = (
        rf"\b(?:bulan|bln)\W{{0,3}}(?:ke\W{{0,2}})?{number}(?:\s*{_UNTIL}\s*{number})?"
        rf"(?:[\s:,./-]*(?:tahun|thn?)?[\s:.]*{_YEAR})?"
    )
    dates = rf"(?:{_FULL_DATE})\s*{_UNTIL}\s*(?:{_FULL_DATE})"
    kinds = (dates, _NUMERIC, numbered, worded, rf"(?<!\d){_YEAR}")
    return re.compile("|".join(kinds))


def _times(text: str, *, is_name: bool) -> Iterator[tuple[str, When, str]]:
    """Yield the times of a line, what they say, and what stands before them.

    What tells of printing, and the dates of a line with a clock, are left out.
    """
    printed = _said_of(text, "printed")
    clocked = bool(_CLOCK.search(text))
    plain = _CLOCK.sub(lambda found: " " * len(found[0]), text)
    for found in _pattern(is_name=is_name).finditer(plain):
        said = read_when(found[0].replace("_", " ").strip(" -/.,'"))
        before = plain[: found.start()]
        if said is None or _is_count(found[0], plain[found.end() :]):
            said = _only_year(found[0])
        if said is None or _is_doubtful(found[0], said):
            continue
        # "per 31 Desember 2024 (dicetak 2 Januari 2026)": the first is of the figures.
        later = _is_named_stand(before) and not _said_of(before, "printed")
        if said.day and (clocked or (printed and not later)):
            continue
        if _follows(before, "printed") or (said.day and _follows(before, "updated")):
            continue
        yield found[0].strip(), said, before


def _only_year(found: str) -> When | None:
    """Return the year of what is no month: of "2025 12 kabupaten"."""
    years = set(re.findall(rf"(?<!\d){_YEAR}", found))
    return When(int(years.pop())) if len(years) == 1 else None


def _is_doubtful(found: str, said: When) -> bool:
    """Whether a short name without a year may be anything: "Mar", "S1"."""
    if said.year is not None or said.part is None or said.part.running:
        return False
    tokens = re.findall(r"[a-z]+", found)
    spanned = said.part.last > said.part.first
    return not spanned and not any(token in _FULL_NAMES for token in tokens)


def _is_count(found: str, after: str) -> bool:
    """Whether two figures behind a year count something: "2025 12 kabupaten"."""
    if not (figures := re.fullmatch(r"20\d\d([-/_. ])\d\d", found)):
        return False
    next_word = re.match(r"[\s_]*([a-z]+)", after)
    if next_word is None:
        return False
    # A blank joins nothing; any word may be what is counted.
    return figures[1] == " " or next_word[1] in words("counted")


def _said_of(text: str, key: str) -> bool:
    return bool(set(fold_words(text).split()) & words(key))


def _follows(before: str, key: str) -> bool:
    """Whether a time stands behind one of the words, with little between them."""
    last = fold_words(before).split()[-_FEW_WORDS - 1 :]
    for word in reversed(last):
        if word in words(key):
            return True
        # "diunduh untuk periode ...", "dicetak dari SIGA. Laporan bulan ..."
        if word in words("timed") or word in words("title"):
            return False
    return False


def _is_stand(found: str, said: When, before: str) -> bool:
    """Whether a date is that of the figures: "per 31 Desember 2024".

    Other dates are those of printing or signing: a page says them as well. The last day
    of a month is a stand without a word.
    """
    if said.part is None or said.part.running:
        return True
    if _is_named_stand(before):
        return True
    year, month = said.year, said.part.last
    days = {int(figures) for figures in re.findall(r"(?<!\d)\d{1,2}(?!\d)", found)}
    return year is not None and month <= 12 and monthrange(year, month)[1] in days  # noqa: PLR2004


def _is_named_stand(before: str) -> bool:
    """Whether a word before a date says that the figures are of it: keadaan, per."""
    near = fold_words(before).split()[-_NEAR_WORDS:]
    return bool(set(near) & words("timed"))
