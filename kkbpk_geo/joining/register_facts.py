"""What the register knows of a map's regions before any table is read.

In:     region codes. Out: counts that serve as denominators (villages, subdistricts,
        people), and whether a district existed in a period.
"""

from __future__ import annotations

from collections.abc import Iterable

from kkbpk_geo.regions import children, has_region, region


def register_counts(codes: Iterable[str]) -> dict[str, dict[str, int | None]]:
    """Return villages, subdistricts and population per region the register has.

    A kecamatan's villages are counted only where the register lists them.
    """
    found: dict[str, dict[str, int | None]] = {}
    for code in codes:
        if not has_region(code):
            continue
        unit = region(code)
        villages = (
            None
            if unit.n_desa is None or unit.n_kelurahan is None
            else unit.n_desa + unit.n_kelurahan
        )
        if unit.level == "kecamatan":
            villages = len(children(code)) or None
        found[code] = {
            "villages": villages,
            "subdistricts": unit.n_kecamatan,
            "population": unit.population,
        }
    return found


def founded_after(code: str, period: str) -> bool:
    """Whether a region was inaugurated only after a period (``2008``, ``2008-11``).

    False where the register has no founding date or the period is not stated.
    """
    if not period or not has_region(code):
        return False
    founded = region(code).founded
    shared = min(len(founded), len(period))
    return bool(founded) and founded[:shared] > period[:shared]
