"""Cells of a plan: rupiah to the last rupiah, quarters, targets with their unit.

Why: ``Rp 1.250.000,00``, ``1,25 juta`` and 1250000 are one amount, and money is not
rounded: what is no whole number of rupiah is told, not mended. ``TW II`` is no month.

In:     single cells. Out: exact values, or why there is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from kkbpk_geo.base.formats import month_number
from kkbpk_geo.catalogue.activities import term_of
from kkbpk_geo.catalogue.headings import fold, words
from kkbpk_geo.intake.headers import as_text
from kkbpk_geo.intake.sheets import Cell
from kkbpk_geo.intake.values import is_blank

MOST_RUPIAH = 10**14  # above this a number is an identity number, not a budget
_MONEY = re.compile(
    r"([-−]?)\s*(?:rp\.?|idr)?\s*([-−]?)\s*(\d[\d.,\s]*?)\s*(?:,\s*[-=–]+|\.\s*[-–]+)?"
    r"\s*(ribu|rb|juta|jt|miliar|milyar|triliun)?\s*(?:rupiah)?",
    re.IGNORECASE,
)
_SCALES = {
    "ribu": 10**3, "rb": 10**3, "juta": 10**6, "jt": 10**6, "miliar": 10**9,
    "milyar": 10**9, "triliun": 10**12,
}  # fmt: skip
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_EITHER = re.compile(r"\d{1,3}[.,]\d{3}")
_HEADING_SCALES = (
    (10**9, {"miliar", "milyar", "miliaran"}),
    (10**6, {"juta", "jutaan"}),
    (10**3, {"ribu", "ribuan", "000"}),
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_QUARTER = re.compile(
    r"(?:\b(?:tri ?wulan|trw|tw|kuartal|q)[\s.\-:]*(?:ke[\s.\-]*)?)"
    r"(iv|iii|ii|i|[1-4])(?![\w])",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"(?<![\w])(i|ii|iii|iv|[1-4])\s*(-|–|s\.?/?d|dan|,|&)\s*(tw|q|i|[1-4](?!\d))",
    re.IGNORECASE,
)
_BARE_QUARTER = re.compile(r"(iv|iii|ii|i|[1-4])", re.IGNORECASE)
_TO = re.compile(r"\s*(?:-|–|\bs\.?/?\s?d\b\.?|\bsampai\b)\s*", re.IGNORECASE)
_SEMESTER = "semester"
_FIRST_MONTH = {1: 1, 4: 2, 7: 3, 10: 4}
_WITH_UNIT = re.compile(r"([-+]?\d[\d.,\s]*?)\s*(%|[^\W\d_][^\d]*)")


@dataclass(frozen=True, slots=True)
class Rupiah:
    """An amount, or the finding that is due: what kind, and what was expected."""

    value: int | None = None
    fault: Literal[
        "",
        "rupiah_unreadable",
        "rupiah_fraction",
        "rupiah_negative",
        "rupiah_ambiguous",
    ] = ""


def read_rupiah(cell: Cell, scale: int = 1) -> Rupiah:
    """Read an amount of money exactly.

    Parameters
    ----------
    cell : any cell of a sheet
    scale : int
        What the heading says amounts are in: 1, 1000 (ribu), 1000000 (juta).

    Examples
    --------
    >>> read_rupiah("Rp 1.250.000,00").value, read_rupiah("1,25 juta").value
    (1250000, 1250000)
    >>> read_rupiah("1.250.000,50").fault
    'rupiah_fraction'
    """
    if is_blank(cell):
        return Rupiah()
    amount, scale = _written(cell, scale) if isinstance(cell, str) else (None, scale)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        amount = Decimal(str(cell))
    if amount is None or not amount.is_finite():
        return Rupiah(fault="rupiah_ambiguous" if scale < 0 else "rupiah_unreadable")
    amount *= scale
    if amount < 0:
        return Rupiah(fault="rupiah_negative")
    if amount != amount.to_integral_value():
        return Rupiah(fault="rupiah_fraction")
    return Rupiah(int(amount)) if amount < MOST_RUPIAH else _TOO_MUCH


_TOO_MUCH = Rupiah(fault="rupiah_unreadable")


def _written(text: str, scale: int) -> tuple[Decimal | None, int]:
    """Return a written amount and its scale; -1 where it can be read in two ways."""
    found = _MONEY.fullmatch(text.strip())
    if not found:
        return None, 1
    scale *= _SCALES.get((found[4] or "").lower(), 1)
    body = found[3].strip()
    if scale > 1 and _EITHER.fullmatch(body):  # "1.250 juta"
        return None, -1
    amount = _amount(body, scaled=scale > 1)
    minus = bool(found[1] or found[2])
    return (-amount if minus and amount is not None else amount), scale


def _amount(text: str, *, scaled: bool) -> Decimal | None:
    """Return digits with marks as a number; ``scaled``: not single rupiah."""
    body = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", text)
    marks = [ch for ch in body if ch in ".,"]
    if not marks:
        return Decimal(body) if body.isdigit() else None
    mixed = len(set(marks)) > 1
    if not mixed and _GROUPED.fullmatch(body):
        return Decimal(re.sub("[.,]", "", body))
    whole, _, fraction = body.rpartition(marks[-1])
    grouped = mixed and bool(_GROUPED.fullmatch(whole)) and marks[-1] not in whole
    if not fraction.isdigit() or not (grouped or whole.isdigit()):
        return None
    if not scaled and len(fraction) > 2:  # noqa: PLR2004  (sen have two digits)
        return None
    return Decimal(re.sub("[.,]", "", whole) + "." + fraction)


def heading_scale(printed: str) -> int:
    """Return what a heading says its amounts are in: ``PAGU (Rp juta)`` -> 1000000."""
    tokens = set(fold(printed).split())
    return next((scale for scale, said in _HEADING_SCALES if tokens & said), 1)


# --- quarters -------------------------------------------------------------------------


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
    if not text or fold(text) in words("all_year"):
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
    dated = month_number(text) or re.fullmatch(r"(19|20)\d\d", text)
    return Quarter(rest=text, fine=bool(dated) if bare else _SEMESTER not in fold(text))


def _number(text: str) -> int:
    return _ROMAN.get(text.casefold()) or int(text)


# --- targets --------------------------------------------------------------------------


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
