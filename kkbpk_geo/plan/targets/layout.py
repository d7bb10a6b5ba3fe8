"""How the workbook of a division is laid out; its writer and its reader agree on this.

In:     nothing. Out: columns, rows and widths, and what both do with cells.
"""

from __future__ import annotations

from typing import Any

from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.missing import is_missing

# Column of a sheet -> width; those without width are hidden: what was there before.
SETTINGS_COLUMNS = {
    "service": 26, "what": 44, "total": 12, "batch": 14, "unit_cost": 18,
    "priority": 10, "basis": 60, "basis_exact": 0, "was_total": 0, "was_batch": 0,
    "was_unit_cost": 0, "was_priority": 0, "codes": 0,
}  # fmt: skip
COLUMNS = {
    "region_code": 10, "name": 24, "weight": 12, "floor": 12, "cap": 12, "locked": 10,
    "quota": 12, "value": 10, "decision": 12, "reason": 36, "why": 72,
    "weight_exact": 0, "was_floor": 0, "was_cap": 0, "was_locked": 0,
}  # fmt: skip
GENERAL = ("method", "budget", "meeting", "note")
WAS_SETTING = list(SETTINGS_COLUMNS).index("basis_exact")  # column of "before"
OPEN_COLUMNS = (
    "total", "batch", "unit_cost", "priority", "floor", "cap", "locked", "decision",
    "reason",
)  # fmt: skip
FIRST = 3  # row of the first setting's heading
TABLE = FIRST + len(GENERAL) + 2  # row of the services' headings
HEAD = 4  # row of the districts' headings, below title, service, how and sums
MOST = 10**14 - 1  # more is not read as money
HIDDEN = {key for key, width in {**SETTINGS_COLUMNS, **COLUMNS}.items() if not width}


def service_name(key: str, language: Language) -> str:
    """Return a service in words, or its key where it is none of the catalogue's."""
    from kkbpk_geo.catalogue.indicators import standards

    found = standards().get(key)
    return found.name(language) if found else key


def number(cell: Any) -> int | None:  # noqa: ANN401
    """Return a count as an int, None where it is missing."""
    return None if is_missing(cell) else int(cell)


def folded(cell: object) -> object:
    """Return text with white space folded, as it is read back."""
    return " ".join(cell.split()) if isinstance(cell, str) else cell
