"""Indonesian numbers, column by column, without guessing.

Why: one sentence of one report holds ``2,041 atau 91,24 % dari 2.237``. A mark with
exactly three digits behind it can be thousands or decimals; the rest of the column, or
the fact that people are counted in whole numbers, decides it, or nothing does.

In:     the cells of one column. Out: :class:`Numbers`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kkbpk_geo.io import Cell, is_blank, is_nil

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

OK, UNREADABLE, AMBIGUOUS, UNPROVED = 0, 1, 2, 3
ROUNDING = 0.5  # counts are whole: a sum that is off by less is the same
_TEXT = re.compile(
    r"([-+−]?)\s*(?:rp\.?\s*)?(\d[\d.,\s]*?)(?:,-)?\s*(%?)\s*\**", re.IGNORECASE
)
_MONEY = re.compile(r"[-+−]?\s*rp(?![a-z])", re.IGNORECASE)  # counts nobody and nothing
_SCIENCE = re.compile(r"[-+]?\d(?:[.,]\d+)?e[-+]?\d+", re.IGNORECASE)
_LEAP = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")  # "1 234"
_GROUPS = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")
_ZERO = re.compile(r"0+([.,]0*)?")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Numbers:
    """A column read as numbers.

    Attributes
    ----------
    values : array of float64; missing (and what could not be read) is NaN
    faults : array of int8
        0 fine or blank, 1 not a number, 2 readable in two ways, 3 not the sum of its
        parts.
    from_text : array of bool; the number was stored as text
    digits : array of int8; decimals as printed (text only; 15 for stored numbers)
    percent : bool; whether most texts carry a percent sign
    """

    values: NDArray[np.float64]
    faults: NDArray[np.int8]
    from_text: NDArray[np.bool_]
    digits: NDArray[np.int8]
    percent: bool = False


@dataclass(frozen=True, slots=True)
class _Shape:
    """One distinct text taken apart: sign, digits with marks, percent sign."""

    sign: int
    body: str
    percent: bool


def read_numbers(cells: Iterable[Cell], *, counts: bool = True) -> Numbers:
    """Read one column.

    Parameters
    ----------
    cells : n cells
        Text (white space folded), or the numbers that a workbook stores.
    counts : bool
        Whether the column counts things: then ``2.041`` alone is two thousand. If not
        (coordinates, percentages) it is a decimal.

    Returns
    -------
    Numbers
        Each array has n entries.
    """
    import pandas as pd

    column = np.array(list(cells), dtype=object)
    n = len(column)
    values = np.full(n, np.nan)
    faults = np.zeros(n, dtype=np.int8)
    digits = np.full(n, 15, dtype=np.int8)  # all that a stored number has
    is_text = np.array([kind is str for kind in map(type, column)], dtype=bool)
    if not is_text.all():
        stored = column[~is_text]
        fine = np.fromiter(
            (isinstance(x, (int, float)) and not isinstance(x, bool) for x in stored),
            dtype=bool,
            count=len(stored),
        )
        numbers = np.full(len(stored), np.nan)
        numbers[fine] = stored[fine].astype(float)
        values[~is_text] = numbers
        faults[~is_text] = np.where(fine, OK, UNREADABLE)
    if not is_text.any():
        return _finish(values, faults, np.zeros(n, dtype=bool), digits)
    codes, distinct = pd.factorize(column[is_text])
    read, faulty, places, percent = _read_distinct([str(x) for x in distinct], counts)
    values[is_text], faults[is_text] = read[codes], faulty[codes]
    digits[is_text] = places[codes]
    spelled = np.array([is_nil(text) for text in distinct], dtype=bool)
    from_text = is_text & ~np.isnan(values)
    from_text[is_text] &= ~spelled[codes]  # a word, no number stored as text
    return _finish(values, faults, from_text, digits, percent=percent)


def _finish(
    values: NDArray[np.float64],
    faults: NDArray[np.int8],
    from_text: NDArray[np.bool_],
    digits: NDArray[np.int8],
    *,
    percent: bool = False,
) -> Numbers:
    return Numbers(
        values=values, faults=faults, from_text=from_text, digits=digits,
        percent=percent,
    )  # fmt: skip


def _read_distinct(
    texts: list[str], counts: bool
) -> tuple[NDArray[np.float64], NDArray[np.int8], NDArray[np.int8], bool]:
    """Read the distinct texts of one column together: they decide the marks."""
    n = len(texts)
    values, places = np.full(n, np.nan), np.zeros(n, dtype=np.int8)
    faults = np.zeros(n, dtype=np.int8)
    shapes: dict[int, _Shape] = {}
    for i, text in enumerate(texts):
        if text.isascii() and text.isdigit():
            values[i] = float(text)
        elif counts and is_nil(text):  # counted, and none found
            values[i] = 0.0
        elif not is_blank(text):
            shape = _shape(text)
            if shape is None or (counts and _MONEY.match(text)):
                faults[i] = UNREADABLE
            else:
                shapes[i] = shape
    decimal = _decimal_mark(shape.body for shape in shapes.values())
    for i, shape in shapes.items():
        value, fault, places[i] = _value(shape.body, decimal, counts)
        values[i], faults[i] = shape.sign * value, fault
    endless = np.isinf(values)
    values[endless], faults[endless] = np.nan, UNREADABLE
    signs = sum(shape.percent for shape in shapes.values())
    # Most texts have the sign; a few without it are slips, not other figures.
    return values, faults, places, signs > len(shapes) / 2


def _shape(text: str) -> _Shape | None:
    if _SCIENCE.fullmatch(text):
        return _Shape(1, text, False)
    found = _TEXT.fullmatch(_LEAP.sub("", text))
    if not found or " " in found[2]:
        return None
    return _Shape(-1 if found[1] in ("-", "−") else 1, found[2], bool(found[3]))


def _surely(body: str) -> str:
    """Return the decimal mark a text proves: ``"."``, ``","``; ``""`` if neither."""
    marks = [ch for ch in body if ch in ".,"]
    if not marks or _ZERO.fullmatch(body):
        return ""
    last, other = marks[-1], _other(marks[-1])
    if len(set(marks)) == 2:  # noqa: PLR2004  both stand in it: 1.234,5
        return last
    if len(marks) > 1:  # one that stands twice groups thousands: 1.234.567
        return other
    return "" if _GROUPS.fullmatch(body) else last  # 91,24 or 0,125


def _decimal_mark(bodies: Iterable[str]) -> str:
    """Return what the column proves: ``"."``, ``","``, both as ``".,"``, or ``""``."""
    return "".join(sorted({mark for body in bodies if (mark := _surely(body))}))


def _value(body: str, decimal: str, counts: bool) -> tuple[float, int, int]:
    """Return value, fault and printed decimals of one text."""
    if _SCIENCE.fullmatch(body):
        return float(body.replace(",", ".")), OK, 0
    marks = [ch for ch in body if ch in ".,"]
    if not marks:
        return float(body), OK, 0
    mark = _surely(body)
    if not mark:  # zeros, or three digits behind one mark: the column decides
        thousands = counts and not _ZERO.fullmatch(body)
        if thousands and marks[0] in decimal:
            return np.nan, AMBIGUOUS, 0
        mark = _other(marks[0]) if thousands else marks[0]
    whole, _, fraction = body.partition(mark)
    groups = whole.split(_other(mark))
    if not fraction.isdigit() and fraction:
        return np.nan, UNREADABLE, 0
    if len(groups) > 1 and not re.fullmatch(r"\d{1,3}( \d{3})+", " ".join(groups)):
        return np.nan, UNREADABLE, 0
    return float("".join(groups) + "." + (fraction or "0")), OK, len(fraction)


def _other(mark: str) -> str:
    return "," if mark == "." else "."


def as_measure(values: NDArray[np.float64]) -> pd.Series[int] | pd.Series[float]:
    """Return a nullable column: ``Int64`` if all are whole, else ``Float64``."""
    import pandas as pd

    missing = np.isnan(values)
    with np.errstate(invalid="ignore"):
        whole = bool(np.all((np.floor(values) == values) | missing))
        # From 2**53 on a float no longer tells neighbouring whole numbers apart.
        whole = whole and bool(np.all(missing | (np.abs(values) < 2**53)))
    filled = np.where(missing, 0, values)
    if whole:
        array = pd.arrays.IntegerArray(filled.astype(np.int64), missing)
        return pd.Series(array)
    return pd.Series(pd.arrays.FloatingArray(filled.astype(np.float64), missing))
