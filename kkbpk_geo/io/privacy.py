"""Data about persons, dropped at the door: counted, never kept, never shown.

Why: exports "by name" are what the systems give, and a NIK turns into 7.601015e+15 in a
spreadsheet. A map of a province needs none of it. What a number of a person is stands
here and nowhere else: cells are dropped, findings are masked and decisions are refused
by the same rule.

In:     the cells of a column, or a text. Out: the cells without what is about a person;
        the text with such numbers masked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from kkbpk_geo.base.errors import PersonError
from kkbpk_geo.base.text import as_text
from kkbpk_geo.io.cells import read_each
from kkbpk_geo.io.reading.grid import Cell

MOSTLY = 0.5  # of a column: then it is a column about persons, and goes as a whole
MASK = "•••"
LEAST_IDENTITY = 1e14  # a NIK has 16 digits, a NIP 18; no sum of money has 15
# No count of people, groups or things in Indonesia has ten digits; a telephone number
# has, and the number of a health card.
LEAST_CONTACT = 1e9

# A number as people write it: digits with up to three signs between two of them. Each
# letter is looked at once, so that a note of 32,000 letters costs no more than its
# length.
_NUMBER = re.compile(r"[+(]{0,2}\d(?:[ .,\-/()_·:]{0,3}\d)*")
_MAIL = re.compile(
    r"[\w.+-] ?(?:@|\(at\)|\[at\]) ?[\w-]{1,63} ?(?:\.|\(dot\)|\[dot\]) ?\w", re.I
)
_OF_MAIL = re.compile(r"[\w.+-]")
# An identity number or a mobile number that a spreadsheet has rounded.
_ROUNDED = re.compile(
    r"(?<![\d.,])(?:\d(?:[.,]\d+)?e\+?1[4-9]|(?:8|6[.,]28)\d*(?:[.,]\d+)?e\+?1[0-2])\b",
    re.I,
)
_GROUPS = re.compile(r"\d+")
_DIGIT = re.compile(r"\d")
# What else is written of persons: a mail address, or a number that was rounded.
_BESIDE_DIGITS = re.compile(r"@|[(\[]at|\de", re.I)
# Without any of these there is neither a number nor an address.
_MAY_HOLD = re.compile(r"[\d@(\[]")
_FEWEST = 10  # digits of the shortest number of a person: 0812 345 678
_THOUSANDS = re.compile(r"\d{1,3}(?:([., ])\d{3})(?:\1\d{3})*(?:[.,]\d{1,2})?")
_DATE = re.compile(
    r"(?:\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)"
)
_YEARS = re.compile(r"(?:19|20)\d\d(?:\D{1,3}(?:19|20)\d\d)*")
_MOBILE = re.compile(r"(?:0|(?:00)?620?)8[1-9]\d{7,10}")
_NIK = re.compile(r"[1-9]\d{15}")
_NIP = re.compile(r"(?:19|20)\d{16}")
_NPWP = re.compile(r"\d\d\.\d{3}\.\d{3}[. ]\d[-. ]\d{3}[. ]\d{3}")
_CARD = re.compile(r"000\d{10}")  # of the health insurance
_LONGEST_PARTS = 7  # "18.71.02.45.07.85.0003"; a code of the accounts has more
_LONG = range(15, 20)  # digits in a row
# What only a column of texts is searched for: elsewhere it may be a sum of money.
_BARE_MOBILE = re.compile(r"8[1-9]\d{7,10}")
_AREA = re.compile(r"\+?\(?(?:0|62[ -]?)[2-79]\d{1,2}[) \-/.]{1,3}[\d \-.]{5,10}")
_LANDLINE = range(9, 13)  # digits, with those of the area
_PLACE_OF_HOME = re.compile(
    r"(?<![\d.])-?\d{1,2}[.,]\d{3,}°?\s{0,2}[,; /]\s{0,2}1[0-4]\d[.,]\d{3,}"
    r"|\d{1,2}\s?°\s?\d{1,2}\s?['′]"
    r"|\b(?:maps\.google|google\.[a-z.]{2,6}/maps|goo\.gl|maps\.app)\b",
    re.I,
)


@lru_cache(maxsize=4096)
def _plain_sign(sign: str) -> str:
    """Return the plain sign that stands for another: digits, dashes, spaces."""
    digit = unicodedata.decimal(sign, None)
    if digit is not None:
        return str(digit)
    kind = unicodedata.category(sign)
    if kind == "Pd" or sign == "−":
        return "-"
    wide = unicodedata.normalize("NFKC", sign)
    if len(wide) == 1 and wide.isascii():
        return wide
    return " " if kind in ("Cf", "Zs", "Cc") else sign


def _plain(text: str) -> str:
    """Return a text with plain signs, letter by letter: places in it stay the same."""
    return text if text.isascii() else "".join(map(_plain_sign, text))


def _is_of_person(number: str) -> bool:
    """Whether a number as written is one that belongs to a person."""
    parts = _GROUPS.findall(number)
    digits = "".join(parts)
    if any(len(part) in _LONG for part in parts) or _CARD.fullmatch(digits):
        return True
    if _THOUSANDS.fullmatch(number):
        return False
    if _MOBILE.fullmatch(digits) and ":" not in number:
        return True
    return _is_identity(number, parts, digits)


def _is_identity(number: str, parts: Sequence[str], digits: str) -> bool:
    """Whether a number in parts is a NIK, the number of a family, a NIP or an NPWP."""
    if _NPWP.search(number):
        return True
    if len(parts) > _LONGEST_PARTS or _DATE.search(number) or _YEARS.fullmatch(number):
        return False
    # Two telephone or list numbers beside each other have no part this short.
    province = len(parts[0]) > 1
    return province and bool(_NIK.fullmatch(digits) or _NIP.fullmatch(digits))


def _is_contact(number: str) -> bool:
    """Whether a number of a column of texts is a telephone number all the same."""
    digits = "".join(_GROUPS.findall(number))
    if _THOUSANDS.fullmatch(number):
        return False
    if _BARE_MOBILE.fullmatch(digits):
        return not digits.endswith("000")  # a round sum of money
    return bool(_AREA.fullmatch(number)) and len(digits) in _LANDLINE


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where in a plain text numbers and mail addresses of persons stand."""
    if not _MAY_HOLD.search(text):
        return  # which most texts are
    if len(_DIGIT.findall(text)) < _FEWEST and not _BESIDE_DIGITS.search(text):
        return
    for found in _NUMBER.finditer(text):
        if _is_of_person(found[0]):
            yield found.span()
    for found in _ROUNDED.finditer(text):
        yield found.span()
    end = 0
    for found in _MAIL.finditer(text):
        start, stop = found.span()
        # All of the address: what is before the sign, and what is behind.
        while start > end and _OF_MAIL.match(text[start - 1]):
            start -= 1
        while stop < len(text) and _OF_MAIL.match(text[stop]):
            stop += 1
        end = stop
        yield start, stop


def is_about_a_person(cell: Cell) -> bool:
    """Whether a cell holds an identity, telephone or mail number.

    Examples
    --------
    >>> [is_about_a_person(x) for x in ("(0812) 7900.4412", "1871 0245 0785 0003")]
    [True, True]
    >>> [is_about_a_person(x) for x in ("1.250.000.000.000", "01-01-2025 / 31-12-2025")]
    [False, False]
    """
    if isinstance(cell, (int, float)):
        return not isinstance(cell, bool) and cell >= LEAST_IDENTITY
    return next(_spans(_plain(as_text(cell))), None) is not None


def mask_persons(text: str) -> str:
    """Return a text in which numbers and mail addresses of persons are masked.

    Examples
    --------
    >>> mask_persons("hubungi 0812-7900-4412 atau a.b@c.id")
    'hubungi ••• atau •••'
    """
    spans = sorted(_spans(_plain(text)))
    if not spans:
        return text
    shown, at = [], 0
    for start, stop in spans:
        if start >= at:
            shown += [text[at:start], MASK]
        at = max(at, stop)
    return "".join([*shown, text[at:]])


def may_reach_a_person(cell: Cell) -> bool:
    """Whether a cell of a column of texts leads to a person.

    Besides what :func:`is_about_a_person` finds: a mobile number without its 0, a
    number of a house, and where a house stands.
    """
    if is_about_a_person(cell):
        return True
    text = _plain(as_text(cell))
    numbers = (found[0] for found in _NUMBER.finditer(text))
    return any(map(_is_contact, numbers)) or bool(_PLACE_OF_HOME.search(text))


def refuse_person(text: str, what: str) -> None:
    """Refuse a number of a person where an office, a meeting or a reason goes.

    Raises
    ------
    PersonError
    """
    if is_about_a_person(text):
        msg = (
            f"{what} holds a number of a person; give the name of an office, a "
            "meeting or a reason only."
        )
        raise PersonError(msg)


def without_persons(
    cells: Sequence[Cell], about: Callable[[Cell], bool] = may_reach_a_person
) -> tuple[list[Cell] | None, int]:
    """Blank cells about persons; None for the whole column if most of it is.

    Parameters
    ----------
    cells : sequence
    about : function
        Whether a cell is about a person.

    Returns
    -------
    cells : list or None
    count : int
        Cells taken out.
    """
    personal = read_each(cells, about)
    count = sum(personal)
    if not count:
        return list(cells), 0
    filled = sum(cell != "" for cell in cells)
    if count >= MOSTLY * filled:
        return None, filled
    kept = list(cells)
    for i, is_one in enumerate(personal):
        if is_one:
            kept[i] = ""
    return kept, count
