"""What a dotted code says by itself: its level, and the regions that it lies in.

Why: 18.10.01.2001 lies in kecamatan 18.10.01, in kabupaten 18.10 and in province 18.
That is written in the code, and is read from it here and nowhere else.

In:     dotted Kemendagri codes, or their digits. Out: levels and codes. Whether there
        is such a region is for the register to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

Level = Literal["provinsi", "kabkota", "kecamatan", "desa"]
LEVELS: tuple[Level, ...] = get_args(Level)
CodeSystem = Literal["kemendagri", "bps"]
CODE_SYSTEMS: tuple[CodeSystem, ...] = get_args(CodeSystem)
# Digits of each part: 18, 10, 01, 2001.
WIDTHS = (2, 2, 2, 4)


def level_of(code: str) -> Level:
    """Return the level of a code, told by its dots; what has more is a desa's.

    Examples
    --------
    >>> [level_of(code) for code in ("18", "18.10.01")]
    ['provinsi', 'kecamatan']
    """
    return LEVELS[min(code.count("."), len(LEVELS) - 1)]


def depth_of(level: Level) -> int:
    """Return how many dots a code of this level has."""
    return LEVELS.index(level)


def parent_of(code: str) -> str:
    """Return the code of the region one level up; empty for a province.

    Examples
    --------
    >>> [parent_of(code) for code in ("18.10.01.2001", "18.10", "18")]
    ['18.10.01', '18', '']
    """
    return code.rpartition(".")[0]


def province_part(code: str) -> str:
    """Return the code of the province that a region lies in, or is.

    Examples
    --------
    >>> [province_part(code) for code in ("18.10.01", "18")]
    ['18', '18']
    """
    return code.partition(".")[0]


def kind_below(code: str) -> str:
    """Return the kind of a region below the districts, told by its code alone.

    The last part of a kelurahan begins with 1, that of a desa with 2 or, of the few
    villages of customary law (desa adat), with 3.

    Examples
    --------
    >>> [kind_below(c) for c in ("18.10.01", "18.10.01.1004", "18.10.01.2001")]
    ['Kecamatan', 'Kelurahan', 'Desa']
    """
    if level_of(code) == "kecamatan":
        return "Kecamatan"
    return "Kelurahan" if code.rpartition(".")[2].startswith("1") else "Desa"


def common_parent(codes: Iterable[object]) -> str:
    """Return the code that all codes lie directly in; empty if there is none.

    Examples
    --------
    >>> [common_parent(x) for x in (["18.01", "18.02"], ["18.01", "16.01"], ["18"])]
    ['18', '', '']
    """
    parents = {parent_of(str(code)) for code in codes}
    return parents.pop() if len(parents) == 1 else ""


def dotted(digits: str) -> str:
    """Put the dots of a Kemendagri code into its digits.

    Examples
    --------
    >>> dotted("1810012001")
    '18.10.01.2001'
    """
    parts, rest = [], digits
    for width in WIDTHS:
        if rest:
            parts.append(rest[:width])
            rest = rest[width:]
    return ".".join(parts)
