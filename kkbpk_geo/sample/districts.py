"""The districts of the sample: what is real about them, and how strong we make them.

Why: a sample is only useful if its denominators are believable and if somebody can
tell at once which districts ought to come out red.

In:     the register. Out: one :class:`District` per kabupaten/kota of Lampung.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache

from kkbpk_geo.regions import Region, children, region

PROVINCE = "18"
YEAR = 2025
MONTHS = ("OKTOBER", "NOVEMBER")
# Invented: these say nothing about the real places.
STRENGTH = {"18.08": 0.60, "18.11": 0.52, "18.13": 0.50, "18.10": 0.97, "18.72": 0.99}
USUAL_STRENGTH = 0.84
FAMILY_SIZE = 3.7
COUPLES_PER_PERSON = 0.17


@dataclass(frozen=True, slots=True, eq=False)
class District:
    """One kabupaten/kota of the sample.

    Attributes
    ----------
    region : Region
        As registered; population, kecamatan and villages are real.
    strength : float in 0..1
        Invented: how well its programme does.
    villages : tuple of Region, in code order
    weights : tuple of float, one per village
        Invented shares of the district's people; sum 1.
    """

    region: Region
    strength: float
    villages: tuple[Region, ...]
    weights: tuple[float, ...]

    @property
    def heading(self) -> str:
        """Name as the exports print it: capitals, Kota kept."""
        return self.region.name.upper()

    @property
    def population(self) -> int:
        """People, from the register; 0 where it has no figure."""
        return self.region.population or 0

    @property
    def kecamatan(self) -> dict[str, float]:
        """Name of each kecamatan, in code order, and its share of the people."""
        found: dict[str, float] = {}
        for village, weight in zip(self.villages, self.weights, strict=True):
            name = kecamatan_heading(village)
            found[name] = found.get(name, 0.0) + weight
        return found


def kecamatan_heading(village: Region) -> str:
    """Name of the kecamatan of a village, in capitals."""
    return region(village.parent_code).name.upper()


@cache
def districts(seed: int) -> tuple[District, ...]:
    """Every kabupaten/kota of Lampung, in code order."""
    found = []
    for unit in children(PROVINCE):
        rng = random.Random(f"{seed}:weights:{unit.code}")
        villages = children(unit.code, "desa")
        raw = [rng.uniform(0.5, 1.5) for _ in villages]
        total = sum(raw)
        strength = STRENGTH.get(unit.code, USUAL_STRENGTH + rng.uniform(-0.06, 0.06))
        found.append(District(unit, strength, villages, tuple(w / total for w in raw)))
    return tuple(found)


def names(*, weaker: bool) -> list[str]:
    """Names of the districts that were made weaker, or stronger, on purpose."""
    return [
        region(code).name
        for code, strength in sorted(STRENGTH.items())
        if (strength < USUAL_STRENGTH) == weaker
    ]
