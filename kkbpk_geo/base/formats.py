"""Numbers, dates and months as the two languages of the pages write them.

In:     numbers, month numbers, periods. Out: text for a reader; the reverse for months.
"""

from __future__ import annotations

import math
import re
from typing import Literal

Language = Literal["id", "en"]

MONTHS: dict[Language, tuple[str, ...]] = {
    "id": (
        "Januari", "Februari", "Maret", "April", "Mei", "Juni",
        "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
ROMAN = ("I", "II", "III", "IV")  # quarters and half-years
NUMERALS = {numeral.casefold(): n for n, numeral in enumerate(ROMAN, 1)}
YEAR_PATTERN = r"(?:19|20)\d\d"  # 1900 to 2099
# Indonesian and English use the same two signs, each for the other thing.
_SWAP = str.maketrans(",.", ".,")
# What offices write beside a name and its first three letters.
_MONTH_ALIASES = {
    "pebruari": 2, "peb": 2, "nopember": 11, "nop": 11, "agt": 8, "agst": 8,
    "ags": 8, "okt": 10, "oct": 10, "des": 12, "dec": 12, "mei": 5, "may": 5,
    "sept": 9,
}  # fmt: skip
# Every word that names a month -> its number: whole names, three letters, spellings.
MONTH_WORDS = {
    word: number
    for names in MONTHS.values()
    for number, name in enumerate(map(str.casefold, names), 1)
    for word in (name, name[:3])
} | _MONTH_ALIASES


def format_number(
    value: float | None, digits: int = 0, language: Language = "id"
) -> str:
    """Format as Indonesians write it, ``1.234,5``, or English, ``1,234.5``.

    A missing value is an en dash: missing is not zero.
    """
    exact = isinstance(value, int)  # may have more digits than a float keeps
    if value is None or not (exact or math.isfinite(value)):
        return "–"
    # Whole numbers are written from their own digits: no float stands between.
    zeros = "." + "0" * digits if digits else ""
    text = f"{value:,}{zeros}" if exact else f"{value:,.{digits}f}"
    # A small loss, rounded away, is nought: "-0" would be read as a loss.
    if not text.strip("-0.,"):
        text = text.removeprefix("-")
    return text.translate(_SWAP) if language == "id" else text


def month_number(text: object) -> int | None:
    """Read a month name, abbreviation or number; None if it is none of these."""
    # A sheet that was saved by Excel gives November as 11.0.
    word = re.sub(r"[^0-9a-z]", "", str(text).casefold().removesuffix(".0"))
    if word.isdigit():
        digits = word.lstrip("0")
        # Thousands of digits are no number for Python, and no month either.
        number = int(digits) if 1 <= len(digits) <= 2 else 0  # noqa: PLR2004
        return number if 1 <= number <= 12 else None  # noqa: PLR2004
    return MONTH_WORDS.get(word)
