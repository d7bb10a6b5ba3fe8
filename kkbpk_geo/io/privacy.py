"""Data about persons, dropped at the door: counted, never kept, never shown.

Why: exports "by name" are what the systems give, and a NIK turns into 7.601015e+15 in a
spreadsheet. A map of a province needs none of it.

In:     the cells of a column. Out: the cells without what is about a person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kkbpk_geo.base.errors import PersonError
from kkbpk_geo.base.text import as_text
from kkbpk_geo.io.cells import read_each
from kkbpk_geo.io.reading.grid import Cell

MOSTLY = 0.5  # of a column: then it is a column about persons, and goes as a whole
_LEAST_IDENTITY = 1e14  # a NIK has 16 digits, a NIP 18; no count has 15
_PERSONAL = re.compile(
    r"(?<![\d.,])(?:\+?62|0)[\s.-]?8\d(?:[\s.-]?\d){7,11}(?!\d)"  # a mobile number
    r"|(?<!\d)\d{15,19}(?!\d)|(?<!\d)\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?!\d)"  # NIK, NIP
    r"|(?<!\d)\d{8}[ .]\d{6}[ .]\d[ .]\d{3}(?!\d)|(?<!\d)\d{6}[ .-]\d{6}[ .-]\d{4}"
    r"|\d[.,]\d+[eE]\+?1[4-9]\b"  # an identity number that a spreadsheet has rounded
    # A mail address. One letter before the @ shows it; to look for all of them from
    # each letter of a long note takes time that grows with its square.
    r"|[\w.+-]@[\w-]+\.\w"
)


def is_about_a_person(cell: Cell) -> bool:
    """Whether a cell holds an identity, telephone or mail number."""
    if isinstance(cell, (int, float)):
        return not isinstance(cell, bool) and cell >= _LEAST_IDENTITY
    return bool(_PERSONAL.search(as_text(cell)))


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


def without_persons(cells: Sequence[Cell]) -> tuple[list[Cell] | None, int]:
    """Blank cells about persons; None for the whole column if most of it is.

    Returns
    -------
    cells : list or None
    count : int
        Cells taken out.
    """
    personal = read_each(cells, is_about_a_person)
    count = sum(personal)
    if not count:
        return list(cells), 0
    filled = sum(cell != "" for cell in cells)
    if count >= MOSTLY * filled:
        return None, filled
    kept = list(cells)
    for i, about in enumerate(personal):
        if about:
            kept[i] = ""
    return kept, count
