"""Cells of a plan: rupiah to the last rupiah, quarters, targets with their unit.

Why: ``Rp 1.250.000,00``, ``1,25 juta`` and 1250000 are one amount, and money is not
rounded: what is no whole number of rupiah is told, not mended. ``TW II`` is no month.

In:     single cells. Out: exact values, or why there is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kkbpk_geo.base.formats import NUMERALS, YEAR_PATTERN, month_number
from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.catalogue.activities import term_of
from kkbpk_geo.catalogue.headings import words
from kkbpk_geo.io import Cell, is_blank

# What a heading says its amounts are in; the largest word counts.
_HEADING_SCALES = (
    (10**9, {"miliar", "milyar", "miliaran"}),
    (10**6, {"juta", "jutaan"}),
    (10**3, {"ribu", "ribuan", "000"}),
)
_QUARTER = re.compile(
    r"(?:\b(?:tri ?wulan|trw|tw|kuartal|q)[\s.\-:]*(?:ke[\s.\-]*)?)"
    r"(iv|iii|ii|i|[1-4])(?![\w])",
    re.IGNORECASE,
)
# "TW I - II", "I dan III": more than one quarter.
_SEVERAL = re.compile(
    r"(?<![\w])(i|ii|iii|iv|[1-4])\s*(-|–|s\.?/?d|dan|,|&)\s*(tw|q|i|[1-4](?!\d))",
    re.IGNORECASE,
)
_BARE_QUARTER = re.compile(r"(iv|iii|ii|i|[1-4])", re.IGNORECASE)
_TO = re.compile(r"\s*(?:-|–|\bs\.?/?\s?d\b\.?|\bsampai\b)\s*", re.IGNORECASE)
_SEMESTER = "semester"
# First month of a quarter -> its number.
_FIRST_MONTH = {1: 1, 4: 2, 7: 3, 10: 4}
_WITH_UNIT = re.compile(r"([-+]?\d[\d.,\s]*?)\s*(%|[^\W\d_][^\d]*)")


def heading_scale(printed: str) -> int:
    """Return what a heading says its amounts are in: ``PAGU (Rp juta)`` -> 1000000."""
    tokens = set(fold_words(printed).split())
    return next((scale for scale, said in _HEADING_SCALES if tokens & said), 1)


@dataclass(frozen=True, slots=True)
class Quarter:
    """What a cell says of a quarter, and the text that is left of it.

    ``fine`` is False where a time is named that is no single quarter.
    """

    number: int | None = None
    rest: str = ""
    fine: bool = True


def read_quarter(cell: Cell, *, bare: bool = False) -> Quarter:
    """Read a quarter: ``TW II``, ``Triwulan 2``, ``Q2 2026``, ``April - Juni``.

    Parameters
    ----------
    cell : any cell of a sheet
    bare : bool
        Whether the column holds quarters: then ``II`` and 2 are quarters too.

    Examples
    --------
    >>> read_quarter("TW II 2026")
    Quarter(number=2, rest='2026', fine=True)
    >>> read_quarter("Semester I").fine
    False
    """
    text = as_text(cell).strip() if not is_blank(cell) else ""
    if not text or fold_words(text) in words("all_year"):
        return Quarter()
    if bare and _BARE_QUARTER.fullmatch(text):
        return Quarter(_number(text))
    found = _QUARTER.findall(text)
    if not found:
        return _by_months(text, bare=bare)
    if len(found) > 1 or _SEVERAL.search(text):
        return Quarter(rest=text, fine=False)
    rest = _QUARTER.sub(" ", text).strip(" -/,.()")
    return Quarter(_number(found[0]), rest)


def bare_time(cell: Cell) -> int:
    """Return 1 to 12 where a cell says only that; a quarter or a month, who knows."""
    text = as_text(cell).strip()
    return int(text) if re.fullmatch(r"0?[1-9]|1[0-2]", text) else 0


def _by_months(text: str, *, bare: bool) -> Quarter:
    """Read ``April - Juni``; anything else is left to whoever reads dates."""
    ends = [month_number(part) for part in _TO.split(text)]
    if len(ends) == 2 and ends[0] and ends[1]:  # noqa: PLR2004
        first = _FIRST_MONTH.get(ends[0])
        if first and ends[1] == ends[0] + 2:
            return Quarter(first)
        return Quarter(rest=text, fine=False)
    dated = month_number(text) or re.fullmatch(YEAR_PATTERN, text)
    return Quarter(
        rest=text, fine=bool(dated) if bare else _SEMESTER not in fold_words(text)
    )


def _number(text: str) -> int:
    return NUMERALS.get(text.casefold()) or int(text)


def split_target(cell: Cell) -> tuple[Cell, str]:
    """Take a unit off a target: ``"1.200 orang"`` -> (``"1.200"``, ``"orang"``).

    A word that is no known unit stays where it is; then the cell is no number.
    """
    if not isinstance(cell, str):
        return cell, ""
    found = _WITH_UNIT.fullmatch(cell.strip())
    if found and term_of("unit", found[2]):
        return found[1].strip(), found[2].strip()
    return cell, ""
