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

from kkbpk_geo.regions.codes import (
    WIDTHS,
    CodeSystem,
    Level,
    depth_of,
    dotted,
    level_of,
    province_part,
)
from kkbpk_geo.regions.register import has_region, present_code, regions_of

_CODE = re.compile(r"(?P<id>ID)?\s*(?P<body>\d+(?:[.,]\d+){0,3})\.?", re.IGNORECASE)
# Digits of an undotted Kemendagri code, by level: 18, 1810, 181001, 1810012001.
_DIGITS: dict[Level, int] = {"provinsi": 2, "kabkota": 4, "kecamatan": 6, "desa": 10}
# The two systems number the provinces of Papua differently.
_PAPUA = "9"
# Said of a code that its region had until its province was split.
FORMER_CODE = "region_reason_former_code"
# A number that passed through Excel: 1801.0.
_EXCEL_WHOLE = re.compile(r"\d{3,}\.0+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a code may mean. It means one region only if there is no ``reason``.

    With a reason, ``codes`` are what a reader may choose from, or a name decides
    between: none, one that is not certain, or several. ``note``: what a reader should
    know of a code that is certain.
    """

    codes: tuple[str, ...] = ()
    reason: str = ""
    note: str = ""

    @property
    def code(self) -> str | None:
        """The one region meant, or None."""
        return self.codes[0] if self.codes and not self.reason else None


@cache
def _by_bps_code() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for unit in regions_of("kabkota"):
        own = (unit.bps_code, unit.former_bps_code)
        found.update((code, unit.code) for code in own if code)
    return MappingProxyType(found)


@cache
def _bps_provinces() -> frozenset[str]:
    return frozenset(digits[:2] for digits in _by_bps_code())


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
    if _EXCEL_WHOLE.fullmatch(body):
        body = body.partition(".")[0]
    if system == "bps":
        return _read_bps(body.replace(".", ""), level, scope)
    if "." in body:
        return _read_dotted(body, level)
    return _read_undotted(body, level, scope, system)


def _known(code: str, level: Level) -> Reading:
    """Look a dotted code up among the regions of a level."""
    if code.count(".") != depth_of(level):
        return Reading(_district_of(code), "region_reason_other_level")
    if has_region(code):
        return Reading((code,))
    if now := present_code(code):
        return Reading((now,), note=FORMER_CODE)
    return Reading(reason="region_reason_code_unknown")


def _district_of(code: str) -> tuple[str, ...]:
    """Return the kabkota that a code is or begins with, to be suggested."""
    district = code[: len("18.10")]
    if level_of(district) == "kabkota" and has_region(district):
        return (district,)
    return ()


def _read_dotted(body: str, level: Level) -> Reading:
    parts = body.split(".")
    # Excel makes 18.1 of 18.10, and a typist of 18.01: a lost zero has two places.
    if len(parts) == 2 and len(parts[1]) == 1:  # noqa: PLR2004
        province, last = parts
        leading, trailing = f"{province}.0{last}", f"{province}.{last}0"
        there = tuple(filter(has_region, (leading, trailing)))
        if there and level == "kabkota":
            return Reading(there, "region_reason_lost_zero")
        return _known(leading, level)
    # Of 18.1.1 and 18.1.1.2001 each part lost nothing but its leading zero.
    padded = [part.zfill(width) for part, width in zip(parts, WIDTHS, strict=False)]
    return _known(".".join(padded), level)


def _read_undotted(
    digits: str, level: Level, scope: str, system: CodeSystem | None
) -> Reading:
    whole = _DIGITS[level]
    # One digit more is how BPS writes a kecamatan; which one it is, nobody recorded.
    if level == "kecamatan" and len(digits) == whole + 1:
        return Reading(reason="region_reason_bps_unrecorded")
    if len(digits) == whole:
        return _of_either_system(dotted(digits), level, scope, system)
    if not _is_last_part(digits, level, scope):
        return _known(dotted(digits), level)
    code = f"{scope}.{digits.zfill(WIDTHS[depth_of(level)])}"
    if digits == scope and not has_region(code):
        return Reading(reason="region_reason_parent")
    # One digit says too little: it is either system's number, or a row's.
    if system is None and len(digits) == 1:
        return Reading(reason="region_reason_system_unstated")
    return _of_either_system(code, level, scope, system)


def _is_last_part(digits: str, level: Level, scope: str) -> bool:
    """Whether digits can be what is left of a code once its parent is known."""
    depth = depth_of(level)
    inside_parent = bool(scope) and scope.count(".") == depth - 1
    return inside_parent and len(digits) <= WIDTHS[depth]


def _of_either_system(
    code: str, level: Level, scope: str, system: CodeSystem | None
) -> Reading:
    """Read a code as Kemendagri's, held against BPS where it might be theirs."""
    reading = _known(code, level)
    # BPS writes a kecamatan with seven digits, a village inside one with three; and a
    # longer village code that begins with its parent's has the parent as a witness.
    in_district = level == "desa" and "." in scope
    plain = level == "kecamatan" or in_district
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
        # Where no BPS code is recorded, nothing can be held against the reading.
        unsure = level == "desa" or province_part(code) not in _bps_provinces()
    if unsure:
        if not reading.codes:
            return reading
        return Reading(reading.codes, "region_reason_system_unstated")
    # Both systems mean the same region, or only one knows the number.
    if other is None or reading.codes == (other,):
        return reading
    if not reading.codes:
        return Reading((other,))
    # Two regions, and nothing in the cell says which: a name beside it may.
    both = (*reading.codes, other)
    return Reading(both, "region_reason_two_systems")


def _read_bps(digits: str, level: Level, scope: str) -> Reading:
    if level == "provinsi":
        if digits.startswith(_PAPUA):
            return Reading(reason="region_reason_bps_unrecorded")
        return _known(digits, level)
    if level == "kabkota":
        if len(digits) <= 2 and scope:  # noqa: PLR2004
            digits = province_part(scope) + digits.zfill(2)
        if code := _by_bps_code().get(digits):
            return Reading((code,))
        if digits[:2] in _bps_provinces():
            return Reading(reason="region_reason_code_unknown")
    return Reading(reason="region_reason_bps_unrecorded")
