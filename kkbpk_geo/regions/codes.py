"""Codes as sheets carry them: dotted, undotted, damaged by Excel, of either system.

Why: 1801 is Lampung Selatan to Kemendagri and Lampung Barat to the statistics office,
and a cell that held 18.10 comes back as 18.1. A wrong reading leaves no trace, because
it matches something; so each reading is listed, and only a single one is used.

In:     one cell as text. Out: :class:`Reading`, or None where it is not a code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from kkbpk_geo.regions.register import LEVELS, Level, has_region, regions_of

CodeSystem = Literal["kemendagri", "bps"]

_CODE = re.compile(r"(?P<id>ID)?\s*(?P<body>\d+(?:[.,]\d+){0,3})\.?", re.IGNORECASE)
# Digits of an undotted Kemendagri code, by level: 18, 1810, 181001, 1810012001.
_DIGITS: dict[Level, int] = {"provinsi": 2, "kabkota": 4, "kecamatan": 6, "desa": 10}
_WIDTHS = (2, 2, 2, 4)
_PAPUA = "9"  # the two systems number the provinces of Papua differently


@dataclass(frozen=True, slots=True)
class Reading:
    """What a code may mean. It means one region only if there is no ``reason``.

    With a reason, ``codes`` are what a reader may choose from, or a name decides
    between: none, one that is not certain, or several.
    """

    codes: tuple[str, ...] = ()
    reason: str = ""

    @property
    def code(self) -> str | None:
        """The one region meant, or None."""
        return self.codes[0] if self.codes and not self.reason else None


@cache
def _by_bps_code() -> Mapping[str, str]:
    return MappingProxyType(
        {unit.bps_code: unit.code for unit in regions_of("kabkota") if unit.bps_code}
    )


@cache
def _bps_provinces() -> frozenset[str]:
    return frozenset(code[:2] for code in _by_bps_code())


def dotted(digits: str) -> str:
    """Put the dots of a Kemendagri code into its digits.

    Examples
    --------
    >>> dotted("1810012001")
    '18.10.01.2001'
    """
    parts, rest = [], digits
    for width in _WIDTHS:
        if rest:
            parts.append(rest[:width])
            rest = rest[width:]
    return ".".join(parts)


def read_code(
    text: str,
    level: Level,
    *,
    scope: str = "",
    system: CodeSystem | None = None,
) -> Reading | None:
    """List what a cell means as a code of one level.

    Parameters
    ----------
    text : str
        The cell; ``ID1801`` is the statistics office's form and states its system.
    level : {"provinsi", "kabkota", "kecamatan", "desa"}
    scope : str
        Dotted code of the region it is inside; allows short codes such as ``01``.
    system : {"kemendagri", "bps"}, optional
        Whose code it is, if known.

    Returns
    -------
    Reading, or None if the text is not made like a code.
    """
    found = _CODE.fullmatch(text.strip())
    if not found:
        return None
    body = found["body"].replace(",", ".")
    if found["id"]:
        system = "bps"
    if re.fullmatch(r"\d{3,}\.0+", body):  # a number that passed through Excel: 1801.0
        body = body.partition(".")[0]
    if system == "bps":
        return _read_bps(body.replace(".", ""), level, scope)
    if "." in body:
        return _read_dotted(body, level)
    return _read_undotted(body, level, scope, system)


def _known(code: str, level: Level) -> Reading:
    depth = code.count(".")
    if depth != LEVELS.index(level):
        return Reading(_above(code), "region_reason_other_level")
    if has_region(code):
        return Reading((code,))
    if depth > 1 and not regions_of("kecamatan", code[:2]):
        return Reading(reason="region_reason_level_not_held")
    return Reading(reason="region_reason_code_unknown")


def _above(code: str) -> tuple[str, ...]:
    district = code[:5]
    return (district,) if len(district) > 2 and has_region(district) else ()  # noqa: PLR2004


def _read_dotted(body: str, level: Level) -> Reading:
    parts = body.split(".")
    if len(parts) == 2 and len(parts[1]) == 1:  # noqa: PLR2004
        last = parts[1]
        both = [f"{parts[0]}.{x}" for x in (f"0{last}", f"{last}0")]
        there = tuple(code for code in both if has_region(code))
        if there and level == "kabkota":
            return Reading(there, "region_reason_lost_zero")
        return _known(both[0], level)
    # Of 18.1.1 and 18.1.1.2001 each part lost nothing but its leading zero.
    padded = [part.zfill(width) for part, width in zip(parts, _WIDTHS, strict=False)]
    return _known(".".join(padded), level)


def _read_undotted(
    digits: str, level: Level, scope: str, system: CodeSystem | None
) -> Reading:
    depth = LEVELS.index(level)
    if level == "kecamatan" and len(digits) == _DIGITS[level] + 1:
        return Reading(reason="region_reason_bps_unrecorded")
    if len(digits) == _DIGITS[level]:
        code = dotted(digits)
    elif scope and scope.count(".") == depth - 1 and len(digits) <= _WIDTHS[depth]:
        code = f"{scope}.{digits.zfill(_WIDTHS[depth])}"
        if digits == scope and not has_region(code):
            return Reading(reason="region_reason_parent")
        if system is None and len(digits) == 1:
            return Reading(reason="region_reason_system_unstated")
    else:
        return _known(dotted(digits), level)
    reading = _known(code, level)
    # BPS writes a kecamatan with seven digits, a village inside one with three; and a
    # longer village code that begins with its parent's has the parent as a witness.
    plain = level == "kecamatan" or (level == "desa" and len(scope) > 2)  # noqa: PLR2004
    if system == "kemendagri" or (plain and code.startswith(scope)):
        return reading
    return _weigh(reading, code, level)


def _weigh(reading: Reading, code: str, level: Level) -> Reading:
    """Hold the Kemendagri reading of an undotted code against the BPS one."""
    if level == "provinsi":
        unsure = code.startswith(_PAPUA)
        other = None
    else:
        other = _by_bps_code().get(code.replace(".", ""))
        unsure = level == "desa" or code[:2] not in _bps_provinces()
    if unsure:
        if not reading.codes:
            return reading
        return Reading(reading.codes, "region_reason_system_unstated")
    if other is None or reading.codes == (other,):
        return reading
    if not reading.codes:
        return Reading((other,))
    both = (*reading.codes, other)
    return Reading(both, "region_reason_two_systems")


def _read_bps(digits: str, level: Level, scope: str) -> Reading:
    if level == "provinsi":
        if digits.startswith(_PAPUA):
            return Reading(reason="region_reason_bps_unrecorded")
        return _known(digits, level)
    if level == "kabkota":
        if len(digits) <= 2 and scope:  # noqa: PLR2004
            digits = scope[:2] + digits.zfill(2)
        if code := _by_bps_code().get(digits):
            return Reading((code,))
        if digits[:2] in _bps_provinces():
            return Reading(reason="region_reason_code_unknown")
    return Reading(reason="region_reason_bps_unrecorded")
