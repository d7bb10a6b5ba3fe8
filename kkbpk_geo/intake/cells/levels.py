"""One column of codes, one of names, and places of all levels in them.

Why: a master list says 18, 18.01, 18.01.04 and 18.01.04.2001 in KODE and each name
beside it. The code says of which level a row is; read as districts, a kecamatan and its
villages would be added to the district that already holds them.

In:     cells of a column of codes and of one of names.
Out:    a column of names for each level, as a table of villages has them.
"""

from __future__ import annotations

from collections.abc import Sequence

from kkbpk_geo.base.text import as_text
from kkbpk_geo.catalogue.headings import phrase
from kkbpk_geo.intake.frames import DEPTH, PLACES
from kkbpk_geo.io import Cell, is_blank, read_each

# Digits of a code -> its level: 18, 18.01 (18.10 stored as a number is 18.1), 18.01.04
# or 1801040 of BPS, 18.01.04.2001.
_LEVELS = {2: "provinsi", 3: "kabkota", 4: "kabkota", 6: "kecamatan", 7: "kecamatan",
           10: "desa"}  # fmt: skip
_DISTRICT_DIGITS = 4
_OF_DISTRICTS = frozenset(["kabupaten", "kota"])
_OF_ALL = frozenset(["kecamatan", "desa", "kelurahan", "wilayah"])


def names_all_levels(heading: str) -> bool:
    """Whether a heading may stand over places of any level: not KABUPATEN alone."""
    tokens = set(phrase(heading).split())
    return bool(tokens & _OF_ALL) or not tokens & _OF_DISTRICTS


def spread_names(
    codes: Sequence[Cell], names: Sequence[Cell], used: Sequence[bool]
) -> dict[str, list[Cell]]:
    """Return level -> names, each beside those of what it lies in.

    Empty where no code is of a kecamatan or village: then the names are what their
    column says. A row whose code is of no level keeps its name there.

    Examples
    --------
    >>> spread_names(["18.01", "18.01.04"], ["Lampung Selatan", "Natar"], [True, True])
    {'kabkota': ['Lampung Selatan', 'Lampung Selatan'], 'kecamatan': ['', 'Natar']}
    """
    digits = read_each(codes, _digits)
    known = frozenset(digits)
    levels = [
        _level_of(as_text(cell), each, known)
        for cell, each in zip(codes, digits, strict=True)
    ]
    stated = {level for level, counts in zip(levels, used, strict=True) if counts}
    fine = max((DEPTH[level] for level in stated if level), default=0)
    if fine < DEPTH["kecamatan"]:
        return {}
    called = {
        code: name
        for code, name in zip(digits, map(as_text, names), strict=True)
        if code
    }
    found: dict[str, list[Cell]] = {}
    for role in PLACES[DEPTH["kabkota"] : fine + 1]:
        found[role] = [
            _of_level(role, *each, called) for each in zip(digits, levels, strict=True)
        ]
    # A row of the province names it among its districts, as in any table.
    for i, level in enumerate(levels):
        if level in ("provinsi", ""):
            found["kabkota"][i] = names[i]
    return found


def _digits(cell: Cell) -> str:
    text = "" if is_blank(cell) else as_text(cell).replace(".", "").replace(" ", "")
    return text if text.isdigit() else ""


def _level_of(written: str, digits: str, known: frozenset[str]) -> str:
    """Return the level of a code; without dots its district must have a row, too.

    180101 beside no 1801 is the number of an office, or of anything.
    """
    level = _LEVELS.get(len(digits), "")
    sure = "." in written or digits[:_DISTRICT_DIGITS] in known
    return level if sure or DEPTH.get(level, 0) < DEPTH["kecamatan"] else ""


def _of_level(role: str, code: str, level: str, called: dict[str, str]) -> str:
    """Return the name that a row has at a level: its own, or that of its parent."""
    if not level or DEPTH[role] > DEPTH[level]:
        return ""
    sizes = [size for size, of in _LEVELS.items() if of == role]
    own = [code[:size] for size in reversed(sizes) if size <= len(code)]
    return next((called[each] for each in own if each in called), "")
