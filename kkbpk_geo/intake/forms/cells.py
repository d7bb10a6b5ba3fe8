"""Cells of a form: amounts, targets with their unit, months, quarters that add up.

In:     cells under one heading. Out: whole rupiah, numbers, keys; or why there is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from kkbpk_geo.base.formats import NUMERALS, month_number
from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.catalogue.activities import term_of
from kkbpk_geo.intake.cells.numbers import OK, read_numbers
from kkbpk_geo.io import read_rupiah

if TYPE_CHECKING:
    from kkbpk_geo.io import Cell

Quarters = Literal["each", "cumulative", "open"]
_WITH_UNIT = re.compile(r"\s*([-+]?\d[\d.,]*)\s*(.*)", re.S)
_QUARTER = re.compile(r"(?:triwulan|tw)\s*(iv|iii|ii|i|[1-4])\b", re.IGNORECASE)
_TO = frozenset(["s", "d", "sd", "sampai", "dengan", "hingga"])
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_YEAR_NUMBER = re.compile(r"tahun\s*(?:ke)?\s*[-–]?\s*([1-5])\b", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\((?:rp\.?)?\s*([\d.,]+)\)", re.IGNORECASE)


def read_amount(cells: Sequence[Cell], scale: int = 1) -> tuple[int | None, str]:
    """Return the amount in the cells under a heading, and the finding that is due.

    Examples
    --------
    >>> read_amount(["Rp. 1.250.000"]), read_amount([])
    ((1250000, ''), (None, ''))
    """
    for cell in cells:
        text = as_text(cell).strip()
        if _IN_BRACKETS.fullmatch(text):
            return None, "rupiah_negative"
        read = read_rupiah(cell, scale)
        if read.value is not None or read.fault:
            return read.value, read.fault
    return None, ""


def read_target(cells: Sequence[Cell]) -> tuple[float | None, str]:
    """Return a target and its unit, in one cell or two; the key of a known unit.

    Examples
    --------
    >>> read_target(["12 Dokumen"]), read_target([40, "Kelompok"])
    ((12.0, 'document'), (40.0, 'group'))
    """
    texts = [as_text(cell).strip() for cell in cells]
    if cells and isinstance(cells[0], int | float):
        number = _number_in(cells[0])
        return number, "" if number is None else unit_of(" ".join(texts[1:]).strip())
    return _target_in(" ".join(filter(None, texts)))


# The works of a plan have few targets between them.
@lru_cache(maxsize=1 << 14)
def _target_in(text: str) -> tuple[float | None, str]:
    found = _WITH_UNIT.fullmatch(text)
    number = _number_in(found[1]) if found else None
    if found is None or number is None:
        return None, ""
    return number, unit_of(found[2].strip())


def _number_in(cell: Cell) -> float | None:
    read = read_numbers([cell])
    return float(read.values[0]) if read.faults[0] == OK else None


def unit_of(text: str) -> str:
    """Return the key of a unit; one that is not known keeps its words."""
    return term_of("unit", text) or fold_words(text)


def read_percent(cells: Sequence[Cell]) -> float | None:
    """Return a percentage; None where there is none from 0 to 100."""
    for cell in cells:
        text = as_text(cell).strip().removesuffix("%").strip()
        read = read_numbers([text if isinstance(cell, str) else cell])
        if read.faults[0] == OK and 0 <= read.values[0] <= 100:  # noqa: PLR2004
            return float(read.values[0])
    return None


def quarter_in(text: str) -> int | None:
    """Return the quarter that a heading names."""
    found = _QUARTER.search(text)
    if not found:
        return None
    return NUMERALS.get(found[1].casefold()) or int(found[1])


def year_in(text: str, first: int | None) -> int | None:
    """Return the year that a heading names, also as ``Tahun-2`` from a first one."""
    found = _YEAR.search(text)
    if found:
        return int(found[1])
    numbered = _YEAR_NUMBER.search(text)
    if numbered and first is not None:
        return first + int(numbered[1]) - 1
    return None


def months_in(text: str) -> tuple[int, int] | None:
    """Return the first and the last month of ``Januari s.d. Desember``.

    None where anything else is said: a month within a remark is no time of the work.

    Examples
    --------
    >>> months_in("Januari s.d. Desember"), months_in("TW II"), months_in("ada di Mei")
    ((1, 12), (4, 6), None)
    """
    quarter = _QUARTER.fullmatch(text.strip())
    if quarter:
        last = 3 * (NUMERALS.get(quarter[1].casefold()) or int(quarter[1]))
        return last - 2, last
    words = [word for word in fold_words(text).split() if word not in _TO]
    named = [word for word in words if not word.isdigit()]
    months = map(month_number, named)
    known = [month for month in months if month]
    if not known or len(known) != len(words):
        return None
    return known[0], known[-1]


def quarters_are(amounts: Sequence[int | None], budget: int | None) -> Quarters:
    """Say whether amounts of quarters add up or each holds those before it.

    An amount that falls cannot be cumulative; a sum above the budget cannot be of
    single quarters. Where neither is so, nobody can tell.

    Examples
    --------
    >>> quarters_are([10, 5, 20, 5], 100), quarters_are([30, 60, 90, 100], 100)
    ('each', 'cumulative')
    >>> quarters_are([10, 20, 30, 40], 100)
    'open'
    """
    known = [amount for amount in amounts if amount is not None]
    if len(known) <= 1 or not any(known):
        return "each"
    falls = any(later < earlier for earlier, later in pairwise(known))
    if falls:
        return "each"
    if budget is not None and sum(known) > budget:
        return "cumulative"
    return "open" if sum(known) != known[-1] else "each"
