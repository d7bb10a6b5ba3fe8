"""Numbers and lists as the sentences of an analysis write them.

In: numbers and region codes. Out: text in either language.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING

from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    import pandas as pd

NO_BREAK = "\u00a0"  # between a number and its unit
# Three digits of a millionth; what is smaller still shows as 0.
_MOST_DIGITS = 8
_MOST_NAMES = 5
# Permutations cannot tell smaller ones apart well, and no reader acts on them.
_SMALLEST_P = 0.001


def with_unit(
    value: float, unit: str, digits: int = 1, language: Language = "id"
) -> str:
    """Write a number with its unit; in English ``%`` stands close to it.

    Examples
    --------
    >>> with_unit(53.21, "%") == f"53,2{NO_BREAK}%"
    True
    >>> with_unit(53.21, "%", language="en")
    '53.2%'
    """
    number = with_minus(format_number(value, digits, language))
    gap = "" if not unit or (unit == "%" and language == "en") else NO_BREAK
    return f"{number}{gap}{unit}"


def signed(value: float, digits: int = 1, language: Language = "id") -> str:
    """Write a change with its sign, also where it is for the higher.

    Examples
    --------
    >>> signed(0.94), signed(-1.61), signed(0)
    ('+0,9', '−1,6', '0,0')
    """
    number = with_minus(format_number(value, digits, language))
    return f"+{number}" if value > 0 else number


def with_minus(text: str) -> str:
    """Return a number with a real minus: a hyphen may end a line, and looks like one.

    Examples
    --------
    >>> with_minus("-0,6")
    '−0,6'
    """
    return f"−{text[1:]}" if text.startswith("-") else text


def shown(value: float, language: Language = "id") -> str:
    """Write a number with three significant digits; whole from 100 up."""
    if not math.isfinite(value) or value == 0:
        return with_minus(format_number(value, 0, language))
    # Three digits tell fifteen districts apart; more would look like certainty.
    digits = 2 - math.floor(math.log10(abs(value)))
    digits = min(max(digits, 0), _MOST_DIGITS)
    return with_minus(format_number(value, digits, language))


def shown_p(p: float, language: Language = "id") -> str:
    """Write a p-value with its sign, ``= 0,012``; below a thousandth, ``< 0,001``."""
    if p < _SMALLEST_P:
        return f"< {format_number(_SMALLEST_P, 3, language)}"
    return f"= {format_number(p, 3, language)}"


def high_words(better: bool | None, language: Language = "id") -> str:
    """Say what a high value means: good, in need of attention, or neither (None).

    Examples
    --------
    >>> high_words(True)
    'makin tinggi makin baik'
    """
    words = {True: "better", False: "worse", None: "context"}
    return label(f"analysis_high_{words[better]}", language)


def joined(names: Iterable[str], language: Language = "id") -> str:
    """Join names as a sentence does.

    Examples
    --------
    >>> joined(["Mesuji", "Way Kanan", "Pringsewu"])
    'Mesuji, Way Kanan dan Pringsewu'
    """
    *first, last = names
    if not first:
        return last
    return label("listed_and", language).format(first=", ".join(first), last=last)


def listed(codes: Iterable[Hashable], language: Language = "id") -> str:
    """Name the regions, at most five of them; a dash for none."""
    names = [place_name(code) for code in codes]
    text = ", ".join(names[:_MOST_NAMES]) or "–"
    rest = len(names) - _MOST_NAMES
    if rest > 0:
        text += " " + label("listed_and_more", language).format(n=rest)
    return text


def with_names(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table by region code with the name of each region in front."""
    frame = table.copy()
    frame.insert(0, "name", [place_name(code) for code in frame.index])
    return frame


def with_left_out(
    text: str, codes: Iterable[Hashable], language: Language = "id"
) -> str:
    """Add which regions a result says nothing about; nothing where there are none."""
    out = list(codes)
    if not out:
        return text
    note = label("listed_left_out", language)
    return f"{text} {note.format(n=len(out), regions=listed(out, language))}"
