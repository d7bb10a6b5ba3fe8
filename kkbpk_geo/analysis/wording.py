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

# Three digits of a millionth; what is smaller still shows as 0.
_MOST_DIGITS = 8
_MOST_NAMES = 5
# Permutations cannot tell smaller ones apart well, and no reader acts on them.
_SMALLEST_P = 0.001


def shown(value: float, language: Language = "id") -> str:
    """Write a number with three significant digits; whole from 100 up."""
    if not math.isfinite(value) or value == 0:
        return format_number(value, 0, language)
    # Three digits tell fifteen districts apart; more would look like certainty.
    digits = 2 - math.floor(math.log10(abs(value)))
    return format_number(value, min(max(digits, 0), _MOST_DIGITS), language)


def shown_p(p: float, language: Language = "id") -> str:
    """Write a p-value with its sign, ``= 0,012``; below a thousandth, ``< 0,001``."""
    if p < _SMALLEST_P:
        return f"< {format_number(_SMALLEST_P, 3, language)}"
    return f"= {format_number(p, 3, language)}"


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
