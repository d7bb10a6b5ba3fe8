"""Amounts of money and whole numbers, as offices write them.

In:     text such as ``Rp 1,5 miliar``.
Out:    whole rupiah, or why it cannot be read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from kkbpk_geo.io.cells import is_blank
from kkbpk_geo.io.reading.grid import Cell

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
