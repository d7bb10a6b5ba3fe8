"""Periods as values: year, half-year, quarter, month, span of months, running sum.

Why: as text ``2025-9`` comes after ``2025-10`` and Oktober after November; and what was
counted "s.d. November" is neither November nor the year.

In:     texts as people write times. Out: :class:`Period`, with one text form per time;
        :class:`When`, what a text says of a time that may lack its year.
Text:   ``2025``, ``2025-S2``, ``2025-Q3``, ``2025-11``; ``2025-02..2025-04``;
        ``2025-01..2025-11`` is the running sum since January.
"""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kkbpk_geo.base.errors import PeriodError
from kkbpk_geo.base.formats import (
    MONTHS,
    NUMERALS,
    ROMAN,
    YEAR_PATTERN,
    Language,
    month_number,
)
from kkbpk_geo.base.missing import is_missing
from kkbpk_geo.base.text import as_text, bare_letters

# What a text that cannot be read as a time should have been.
EXPECTED = (
    "2025, 2025-11, NOVEMBER 2025, TW III 2025, SEMESTER II 2025, S.D. NOVEMBER 2025"
)
MONTH, QUARTER, HALF, YEAR = 1, 3, 6, 12  # months
_LETTERS = {QUARTER: "Q", HALF: "S"}
_NAMES: dict[int, dict[Language, str]] = {
    QUARTER: {"id": "Triwulan", "en": "Quarter"},
    HALF: {"id": "Semester", "en": "Half-year"},
}
_UNTIL: dict[Language, str] = {"id": "s.d.", "en": "up to"}


class Part(NamedTuple):
    """Months of a year that is not said; ``last`` above 12 lies in the year after.

    ``running``: a sum since January, not what happened in those months alone.
    """

    first: int
    last: int
    running: bool = False

    def covers(self, other: Part) -> bool:
        """Whether the other lies inside; a running sum is part of nothing."""
        inside = self.first <= other.first and other.last <= self.last
        return inside and not (self.running or other.running)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of whole months; the order is that of (begins, ends).

    Attributes
    ----------
    begins, ends : (year, month), both of them inside
    running : bool
        A sum since January: "s.d. November 2025". A span from January on that is no
        month, quarter, half-year or year is one, however it is written.

    Examples
    --------
    >>> sorted(map(str, map(Period.parse, ["2025-10", "2025-9", "s.d. Nov 2025"])))
    ['2025-01..2025-11', '2025-09', '2025-10']
    >>> Period.parse("TW III 2025").label(), Period.parse("TW III 2025").ends
    ('Triwulan III 2025', (2025, 9))
    """

    begins: tuple[int, int]
    ends: tuple[int, int]
    running: bool = False

    def __post_init__(self) -> None:
        """Refuse what is no span of months; name odd sums since January as such."""
        months = self.begins[1], self.ends[1]
        if not all(1 <= month <= YEAR for month in months) or self.begins > self.ends:
            msg = (
                f"no period from {self.begins} to {self.ends}; expected (year, month)."
            )
            raise PeriodError(msg)
        from_january = self.begins[1] == 1 and self.year is not None
        if self.running and not from_january:
            msg = f"a running sum begins in January of its year, not in {self.begins}."
            raise PeriodError(msg)
        if from_january and self.size not in (MONTH, QUARTER, HALF, YEAR):
            object.__setattr__(self, "running", True)

    @classmethod
    def parse(cls, text: object) -> Period:
        """Read a time in any usual spelling.

        Raises
        ------
        PeriodError
            If it is no time, or lacks its year; says what was expected.
        """
        found = read_period(text)
        if found is None:
            msg = f"period {text!r} cannot be read; expected such as {EXPECTED}."
            raise PeriodError(msg)
        return found

    @property
    def size(self) -> int:
        """How many months it has."""
        (y1, m1), (y2, m2) = self.begins, self.ends
        return YEAR * (y2 - y1) + m2 - m1 + 1

    @property
    def year(self) -> int | None:
        """The calendar year in which it lies; None if in several."""
        return self.begins[0] if self.begins[0] == self.ends[0] else None

    @property
    def month(self) -> int | None:
        """Its month, if it is one month."""
        return self.begins[1] if self._is_part(MONTH) else None

    @property
    def is_year(self) -> bool:
        """Whether it is a calendar year."""
        return self._is_part(YEAR)

    @property
    def part(self) -> Part | None:
        """Which months of its year; None for the whole year."""
        if self.is_year:
            return None
        first = self.begins[1]
        return Part(first, first + self.size - 1, self.running)

    def _is_part(self, size: int) -> bool:
        """Whether it is a whole month, quarter, half-year or year of that size."""
        begins_one = (self.begins[1] - 1) % size == 0
        return self.size == size and begins_one and not self.running

    def covers(self, other: Period) -> bool:
        """Whether the other lies inside this one; a running sum is part of nothing."""
        inside = self.begins <= other.begins and other.ends <= self.ends
        return inside and not (self.running or other.running)

    @property
    def family(self) -> int:
        """Which periods it may be compared with: 0 months and years, -1 running sums.

        A month and its year are levels of one thing for most measures, and have always
        been compared; a sum over several months and a month are not. Other spans may be
        compared with those of as many months.
        """
        if self.running:
            return -1
        return 0 if self.size in (MONTH, YEAR) else self.size

    def __str__(self) -> str:
        """Return the one text form of the period."""
        (year, first), (_, last) = self.begins, self.ends
        if self._is_part(YEAR):
            return str(year)
        for size, letter in _LETTERS.items():
            if self._is_part(size):
                return f"{year}-{letter}{last // size}"
        begins = f"{year}-{first:02d}"
        if self._is_part(MONTH):
            return begins
        return f"{begins}..{self.ends[0]}-{last:02d}"

    def label(self, language: Language = "id") -> str:
        """Return the period as a reader of the language writes it."""
        (year, first), (ends, last) = self.begins, self.ends
        names = MONTHS[language]
        if self._is_part(YEAR):
            return str(year)
        if self._is_part(MONTH):
            return f"{names[first - 1]} {year}"
        for size, words in _NAMES.items():
            if self._is_part(size):
                return f"{words[language]} {ROMAN[last // size - 1]} {year}"
        until = f"{names[last - 1]} {ends}"
        if self.running:
            return f"{_UNTIL[language]} {until}"
        begins = names[first - 1] if year == ends else f"{names[first - 1]} {year}"
        return f"{begins}–{until}"


class When(NamedTuple):
    """What a text says of a time: a year, months of it, or both.

    ``day``: whether a day is named too, as who signs or prints a page does.
    """

    year: int | None = None
    part: Part | None = None
    day: bool = False

    @property
    def period(self) -> Period | None:
        """The period; None where the year is not said."""
        if self.year is None:
            return None
        return period_of(self.year, self.part)


def period_of(year: int, part: Part | None) -> Period:
    """Return the period of a year, or of months of it."""
    first, last, running = part or Part(1, YEAR)
    later, month = divmod(last - 1, YEAR)
    return Period((year, first), (year + later, month + 1), running)


# --- callers --------------------------------------------------------------------------


def read_period(text: object) -> Period | None:
    """Return the period that a text, number or date says; None if it says none."""
    found = read_when(text)
    return found.period if found else None


def canonical(period: object) -> str:
    """Return a period in its text form; what cannot be read as text as it is.

    Examples
    --------
    >>> canonical("2025-9"), canonical("Nov 2025"), canonical("baseline")
    ('2025-09', '2025-11', 'baseline')
    """
    found = None if is_missing(period) else read_period(period)
    return as_text(period) if found is None else str(found)


def canonical_each(periods: Iterable[object]) -> list[str]:
    """Return many periods in their text form; what is missing is ``""``."""
    known: dict[object, str] = {}
    found = []
    for period in periods:
        if period not in known:
            known[period] = canonical(period)
        found.append(known[period])
    return found


def year_of(period: str) -> str:
    """Return the year in which a period lies; ``""`` for none, or several.

    Examples
    --------
    >>> year_of("2025-Q3"), year_of("2025"), year_of("2024-10..2025-03")
    ('2025', '2025', '')
    """
    found = read_period(period)
    return str(found.year) if found and found.year else ""


def order_periods(periods: Iterable[str]) -> list[str]:
    """Return periods, oldest first; those without a time (``""``) before all others.

    Months without a year (``Oktober``, 9 and 10) follow each other in one year, and
    bare numbers as numbers.

    Raises
    ------
    PeriodError
        If there are several, and one is no time: its place among them is unknown.
    """
    known = set(periods)
    if len(known) == 1:  # which needs no order, and may be called anything
        return list(known)
    timeless = [""] if "" in known else []
    timed = known - {""}
    for key in (read_period, _part_of, _number_of):
        keys = {period: key(period) for period in timed}
        if None not in keys.values():
            return [*timeless, *sorted(timed, key=keys.__getitem__)]  # type: ignore[arg-type]
    return [*timeless, *sorted(timed, key=Period.parse)]  # names the one that is none


def families(periods: Iterable[str]) -> list[int]:
    """Return :attr:`Period.family` of each; 0 where a text is no time."""
    found = []
    for period in periods:
        read = read_period(period)
        found.append(read.family if read else 0)
    return found


def _part_of(text: str) -> Part | None:
    """Return the months that a text says, if it says no year."""
    found = read_when(text)
    return found.part if found and found.year is None else None


def _number_of(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def format_period(period: str | None, language: Language = "id") -> str:
    """Write ``2025-11`` as ``November 2025``, ``2025`` as it is, None as a dash."""
    if not period:
        return "–"
    found = read_period(period)
    return period if found is None else found.label(language)


# --- reading --------------------------------------------------------------------------

_M = r"(0?[1-9]|1[0-2])"
_D = r"(0?[1-9]|[12]\d|3[01])"
_Y = rf"({YEAR_PATTERN})"
_CLOCK = r"(?:[ t]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?)?"
_NUMERIC_YEAR = re.compile(_Y)
_NUMERIC_MONTH = re.compile(rf"{_Y}\s*[-/._ ]\s*{_M}|{_Y}(0[1-9]|1[0-2])")
# Of letters: XI/2025. I to IV may as well be quarters, and say neither.
ROMAN_MONTHS = ("v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMAN_YEAR = re.compile(rf"({'|'.join(ROMAN_MONTHS)})\s?/\s?{_Y}")
_MONTH_YEAR = re.compile(rf"{_M}\s*[-/._ ]\s*{_Y}")
_DATE = re.compile(
    rf"{_Y}[-/.]{_M}[-/.]{_D}{_CLOCK}|{_Y}(0[1-9]|1[0-2])([0-2]\d|3[01])"
)
# As Indonesians write it: the day first.
_DAY_FIRST = re.compile(rf"{_D}[-/.]{_M}[-/.]{_Y}{_CLOCK}")
_DAYS = 31  # a number above is a year
_BETWEEN_DATES = re.compile(
    r"\s+-\s+|\s*[–—~]\s*|\s*\bs\s*[./]?\s*d\b\.?\s*"
    r"|\s+(?:sampai(?:\s+dengan)?|hingga|until|to)\s+"
)
_SPAN = re.compile(rf"{_Y}-(\d\d)\.\.{_Y}-(\d\d)")
# Financial years of DHIS2, "2025April": twelve months that begin in April.
_FINANCIAL = re.compile(rf"{YEAR_PATTERN}(?:april|july|oct|nov)")
_UNTIL_WORDS = re.compile(
    r"\bs\s*[./]?\s*d\b\.?|\bsampai(?:\s+dengan)?\b|\bhingga\b|\buntil\b|\bthrough\b"
    r"|\bup\s+to\b|\bto\b|[–—]"
)
_FISCAL = re.compile(r"\bt\.? ?a\b\.?")  # "T.A. 2025"
_GLUED = re.compile(r"\b(tw|trw|smt|sem|q)(iv|i{1,3})\b")  # "TWIII"
_TOKEN = re.compile(r"[a-z]+|\d+|[~'-]")
_SIZES = {
    **dict.fromkeys(("triwulan", "tw", "trw", "triwln", "twl", "trwl"), QUARTER),
    **dict.fromkeys(("kuartal", "kwartal", "quarter", "q"), QUARTER),
    **dict.fromkeys(("semester", "sem", "smt", "smtr", "half", "h", "s"), HALF),
}
_ORDINALS = {"kesatu": 1, "pertama": 1, "kedua": 2, "ketiga": 3, "keempat": 4}
_AROUND = frozenset(
    ["bulan", "bln", "tahun", "thn", "th", "periode", "per", "tanggal", "tgl", "ta",
     "anggaran", "year", "month", "period", "of"]
)  # fmt: skip
# A short year beside its month, "Nov-25"; no report is of 1950.
_LAST_SHORT = 49
_LONGEST = 80  # letters; what is longer is no time but a sentence


class _Span(NamedTuple):
    """Months that a word names, and where; ``size`` of what was named."""

    at: int
    first: int
    last: int
    size: int


def read_when(text: object) -> When | None:
    """Read a time that is all a text says; None where it says anything else.

    Examples
    --------
    >>> read_when("TW III").part, read_when("s/d Nov").part
    (Part(first=7, last=9, running=False), Part(first=1, last=11, running=True))
    >>> read_when("Nov-25").period == read_when("202511").period
    True
    >>> read_when("Maret dan Mei") is None
    True
    """
    if isinstance(text, datetime.date) and not is_missing(text):
        return When(text.year, Part(text.month, text.month), day=True)
    if isinstance(text, Period):
        return When(text.begins[0], text.part)
    if hasattr(text, "start_time") and hasattr(text, "end_time"):
        return _of_span(text.start_time, text.end_time)
    return _read(as_text(text).strip())


def _of_span(begin: datetime.date, end: datetime.date) -> When | None:
    """Return the whole months of a span, such as a Period of pandas; a day's is its.

    Its text would not do: 2025 is written of the year that ends in June 2025 as well.
    """
    last = YEAR * (end.year - begin.year) + end.month
    days = (end - begin).days + 1
    whole = begin.day == 1 and end.day == monthrange(end.year, end.month)[1]
    if whole:
        return When(begin.year, Part(begin.month, last))
    return When(begin.year, Part(begin.month, last), day=True) if days == 1 else None


@lru_cache(maxsize=4096)
def _read(text: str) -> When | None:
    if not text or len(text) > _LONGEST:
        return None
    plain = " ".join(bare_letters(text).split()).removesuffix(".0").strip("()[] ")
    return _numeric(plain) or _worded(plain)


def _numeric(text: str) -> When | None:
    """Read what is written in figures: ``2025``, ``202511``, ``11/2025``, a date."""
    if _NUMERIC_YEAR.fullmatch(text):
        return When(int(text))
    if found := _NUMERIC_MONTH.fullmatch(text):
        year, month = filter(None, found.groups())
        return _month(year, month)
    if found := _MONTH_YEAR.fullmatch(text):
        return _month(found[2], found[1])
    if found := _ROMAN_YEAR.fullmatch(text):
        return _month(found[2], str(ROMAN_MONTHS.index(found[1]) + 5))
    if found := _SPAN.fullmatch(text):
        return _between(*map(int, found.groups()))
    ends = _BETWEEN_DATES.split(text)
    return _dated_span(*ends) if len(ends) == 2 else _dated(text)  # noqa: PLR2004


def _dated_span(begin: str, end: str) -> When | None:
    """Read whole months between two dates: ``01/11/2025 - 30/11/2025``."""
    first, last = _date_of(begin), _date_of(end)
    if first is None or last is None or first > last:
        return None
    whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    if not whole:
        return None
    (y1, m1), (y2, m2) = (first.year, first.month), (last.year, last.month)
    if (y1, m1, m2) == (y2, 1, YEAR):
        return When(y1)
    if (y1, m1) == (y2, m2):
        return When(y1, Part(m1, m1))
    return _between(y1, m1, y2, m2)


def _date_of(text: str) -> datetime.date | None:
    """Read a whole date, in either order of its parts."""
    found = _DATE.fullmatch(text) or _DAY_FIRST.fullmatch(text)
    if found is None:
        return None
    parts = [int(part) for part in found.groups() if part]
    year, month, day = parts if parts[0] > _DAYS else reversed(parts)
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _dated(text: str) -> When | None:
    """Read a whole date: ``2025-11-30``, ``30/11/2025``, ``20251130``."""
    if found := _DATE.fullmatch(text):
        year, month, _ = filter(None, found.groups())
        return _month(year, month, day=True)
    if found := _DAY_FIRST.fullmatch(text):
        return _month(found[3], found[2], day=True)
    return None


def _month(year: str, month: str, *, day: bool = False) -> When:
    return When(int(year), Part(int(month), int(month)), day)


def _between(y1: int, m1: int, y2: int, m2: int) -> When | None:
    """Return the time between two months of stated years; from January it runs."""
    last = YEAR * (y2 - y1) + m2
    if not (1 <= m1 <= YEAR and 1 <= m2 <= YEAR and m1 <= last):
        return None
    return When(y1, Part(m1, last, running=m1 == 1 and y1 == y2))


def _worded(text: str) -> When | None:
    """Read what is written in words; every word must be part of the time."""
    if _FINANCIAL.fullmatch(text):
        return None
    text = _FISCAL.sub("ta", text.replace("tri wulan", "triwulan"))
    text = _UNTIL_WORDS.sub(" ~ ", text)
    tokens = [t for t in _TOKEN.findall(_GLUED.sub(r"\1 \2", text)) if t not in _AROUND]
    words = _Words(tokens)
    if not words.read():
        return None
    return _assembled(words)


class _Words:
    """The words of a time, read from left to right."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self.tokens = tokens
        self.at = 0
        self.spans: list[_Span] = []
        self.years: list[tuple[int, int]] = []  # where, which
        self.untils: list[int] = []
        self.day = False

    def read(self) -> bool:
        """Read all words; False where one is none of a time."""
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token in ("~", "-", "'"):
                if token == "~" or (token == "-" and self._joins()):
                    self.untils.append(self.at)
                self.at += 1
            elif not (self._is_number(token) or self._is_word(token)):
                return False
        return True

    def _joins(self) -> bool:
        """Whether a hyphen stands between two times, not inside of one."""
        before = self.tokens[self.at - 1] if self.at else ""
        after = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else ""
        ended = bool(self.spans) and (before.isalpha() or self._is_year(before))
        numbered = after in NUMERALS or after in "1234"
        named = after.isalpha() or (numbered and self.spans and self.spans[-1].size > 1)
        return ended and bool(after) and bool(named)

    @staticmethod
    def _is_year(token: str) -> bool:
        return bool(_NUMERIC_YEAR.fullmatch(token))

    def _is_number(self, token: str) -> bool:
        if not token.isdigit():
            return False
        if self._is_year(token):
            self.years.append((self.at, int(token)))
        elif not self._is_beside_month(token):
            return False
        self.at += 1
        return True

    def _is_beside_month(self, token: str) -> bool:
        """Whether a number is a day, a short year, or a month that has no name."""
        if self._is_day(token) or self._is_short_year(token):
            return True
        return self._is_next(token) or self._is_bare_month(token)

    def _is_day(self, token: str) -> bool:
        """Whether a number is the day, or the number, of the month named after it."""
        rest = [t for t in self.tokens[self.at + 1 :] if t != "-"]
        named = bool(rest) and rest[0].isalpha() and month_number(rest[0]) is not None
        found = named and bool(re.fullmatch(_D, token))
        self.day = self.day or found
        return found

    def _is_short_year(self, token: str) -> bool:
        """Whether two figures behind the name of a month are its year."""
        short = len(token) == 2 and int(token) <= _LAST_SHORT  # noqa: PLR2004
        if not (short and self.spans and not self.years):
            return False
        span, marks = self.spans[-1], self.tokens[self.spans[-1].at + 1 : self.at]
        # "November 11": the number of the month again.
        again = int(token) == span.first and not marks
        if span.size > MONTH or any(mark not in "-'" for mark in marks):
            return False
        if not again:
            self.years.append((self.at, 2000 + int(token)))
        return True

    def _is_next(self, token: str) -> bool:
        """Whether it is the second of ``TW I - III``."""
        number = NUMERALS.get(token) or (int(token) if token.isdigit() else 0)
        if not (self.untils and self.spans and self.untils[-1] == self.at - 1):
            return False
        if self.spans[-1].size == MONTH:
            return self._add_month(number)
        return self._add_part(self.spans[-1].size, number)

    def _is_bare_month(self, token: str) -> bool:
        """Whether a number is a month because nothing else names one."""
        words = [t for t in self.tokens if t.isalpha()]
        return not words and not self.spans and self._add_month(int(token))

    def _add_month(self, number: int) -> bool:
        if not 1 <= number <= YEAR:
            return False
        self.spans.append(_Span(self.at, number, number, MONTH))
        return True

    def _is_word(self, token: str) -> bool:
        if size := _SIZES.get(token):
            return self._is_part(size)
        if token in NUMERALS:
            taken = self._is_next(token)
            self.at += taken
            return taken
        number = month_number(token)
        if number is None or not self._add_month(number):
            return False
        self.at += 1
        return True

    def _is_part(self, size: int) -> bool:
        """Read the number behind ``TRIWULAN``, ``SEMESTER KE-``."""
        rest = self.tokens[self.at + 1 :]
        skipped = 0
        while skipped < len(rest) and rest[skipped] in ("ke", "-"):
            skipped += 1
        token = rest[skipped] if skipped < len(rest) else ""
        number = NUMERALS.get(token) or _ORDINALS.get(token)
        if number is None and re.fullmatch(r"0?[1-4]", token):
            number = int(token)
        self.at += 1 + skipped
        taken = self._add_part(size, number or 0)
        self.at += 1
        return taken

    def _add_part(self, size: int, number: int) -> bool:
        if not 1 <= number <= YEAR // size or size == MONTH:
            return False
        self.spans.append(_Span(self.at, size * (number - 1) + 1, size * number, size))
        return True


def _assembled(words: _Words) -> When | None:
    """Put months, years and "until" together; None where they are no one time."""
    years = list(dict.fromkeys(year for _, year in words.years))
    spans = words.spans
    if not spans:
        one = len(years) == 1 and not words.untils
        return When(years[0]) if one else None
    named = [span for span in spans if span.size > MONTH]
    if named and len(named) < len(spans):  # TW III (Juli - September)
        return _twice_said(words, named)
    if len(spans) == 1:
        return _single(spans[0], words, years)
    pair = len(spans) == 2 and len(words.untils) == 1  # noqa: PLR2004
    if not pair or not spans[0].at < words.untils[0] < spans[1].at:
        return None
    return _spanned(words, years)


def _single(span: _Span, words: _Words, years: Sequence[int]) -> When | None:
    running = len(words.untils) == 1 and words.untils[0] < span.at
    if len(years) > 1 or (words.untils and not running):
        return None
    first = 1 if running else span.first
    return When(years[0] if years else None, Part(first, span.last, running), words.day)


def _spanned(words: _Words, years: Sequence[int]) -> When | None:
    """Read ``Januari - Maret 2025``, ``TW I s.d. III``, ``Okt 2024 - Mar 2025``."""
    begin, end = words.spans
    first, last = begin.first, end.last
    if len(years) == 2 and words.years[0][0] < end.at < words.years[1][0]:  # noqa: PLR2004
        return _between(years[0], first, years[1], last)
    if len(years) > 1 or first > last:
        return None
    # "1 - 30 November", both ends named.
    if first == last:
        part = Part(first, last)
        return When(years[0] if years else None, part, words.day)
    # "Januari - Desember" is the year; "Januari - November" runs.
    running = first == 1 and last != YEAR and begin.size == MONTH
    return When(years[0] if years else None, Part(first, last, running), words.day)


def _twice_said(words: _Words, named: Sequence[_Span]) -> When | None:
    """Read a quarter or half-year whose months are named beside it."""
    whole = Part(named[0].first, named[0].last)
    rest = _Words(words.tokens)
    rest.spans = [span for span in words.spans if span.size == MONTH]
    rest.years, rest.untils = words.years, words.untils
    inner = _assembled(rest)
    if inner is None or inner.part is None or len(named) > 1:
        return None
    months = Part(inner.part.first, inner.part.last)
    return inner._replace(part=months) if whole.covers(months) else None
