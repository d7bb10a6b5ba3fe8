"""What the register knows of a map's regions before any table is read.

In:     region codes. Out: counts that serve as denominators (villages, subdistricts,
        people); whether a district existed in a period, and whether rows are all of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kkbpk_geo.base.periods import read_period
from kkbpk_geo.intake import COMPLETE
from kkbpk_geo.regions import children, has_region, region

if TYPE_CHECKING:
    from kkbpk_geo.regions import Region


def register_counts(codes: Iterable[str]) -> dict[str, dict[str, int | None]]:
    """Return villages, subdistricts and population per region the register has."""
    found: dict[str, dict[str, int | None]] = {}
    for code in codes:
        if not has_region(code):
            continue
        unit = region(code)
        found[code] = {
            "villages": _villages(unit),
            "subdistricts": unit.n_kecamatan,
            "population": unit.population,
        }
    return found


def _villages(unit: Region) -> int | None:
    """Return how many villages a region has; None where the register does not say."""
    if unit.level == "desa":
        return 1  # so that what is asked of each village is asked of this one
    if unit.level == "kecamatan":
        # No numbers are stated below the district, but the villages are listed.
        return len(children(unit.code)) or None
    return unit.n_villages


def is_incomplete(code: str, level: str, places: int) -> bool:
    """Whether so many places of a level are only some of those that a region has.

    False where the register does not say how many there are.

    Examples
    --------
    Pringsewu has 9 kecamatan.

    >>> is_incomplete("18.10", "kecamatan", 1), is_incomplete("18.10", "kecamatan", 9)
    (True, False)
    """
    if not has_region(code) or region(code).level == "desa":
        return False
    unit = region(code)
    number = {"kecamatan": unit.n_kecamatan, "desa": _villages(unit)}.get(level)
    if level == "kabkota" and unit.level == "provinsi":
        number = len(children(code))
    return number is not None and places < COMPLETE * number


def founded_after(code: str, period: str) -> bool:
    """Whether a region was inaugurated only after a period (``2008``, ``2008-11``).

    False where the register has no founding date or the period is not stated.

    Examples
    --------
    Pringsewu was inaugurated on 3 April 2009.

    >>> founded_after("18.10", "2008"), founded_after("18.10", "2009-04")
    (True, False)
    """
    if not period or not has_region(code):
        return False
    founded = region(code).founded
    then, now = read_period(founded), read_period(period)
    # A year that saw the founding is not before it.
    return then is not None and now is not None and then.begins > now.ends
