"""Figures held against the register: people, couples, villages, groups of a district.

Why: 303 people in Pringsewu are thousands, 1,298 "BKB groups" are families. A figure by
itself looks like any other; beside what the register says of its district it does not.

In:     a :class:`~kkbpk_geo.intake.checks.evidence.Sheet`; population and villages of
        the districts. Out: :class:`Misfit` per column and place that cannot be.
Rule:   only a whole district is too small: some of its villages may say anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import numpy as np

from kkbpk_geo.catalogue.programme import groups
from kkbpk_geo.intake.checks.evidence import show
from kkbpk_geo.regions import has_region, region

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.intake.checks.evidence import Flags, Floats, Sheet

# Splits of districts and twenty years of growth stay below a factor of 3; a slip of
# the unit (thousands, per cent, a part of the district) is 10 or more. 5 lies between.
FACTOR = 5
# More than half of the places alike: the column is at fault, not one of its cells.
MOSTLY = 0.6
# Of the villages or kecamatan: a few are often left blank, and change no power of ten.
COMPLETE = 0.9
# Groups of a kind per village, on average of a district: one to three are usual, a kota
# with a group in each RW has a dozen. Families taking part are a hundred and more.
MOST_GROUPS = 30
# In a single village: the largest kelurahan have a few dozen RW.
MOST_IN_ONE = 100
# A village is one Kampung KB and has one Rumah DataKu, a large one two or three.
MOST_PER_VILLAGE = 5
# Villages are known exactly; fewer than this share are those of an older or other list.
FEWEST_VILLAGES = 0.8

# Share of the population. Lampung 2010: 7.60 m people, 1.53 m couples, 1.08 m users;
# families of 3.4, a quarter of the people 10 to 24 years old.
USUAL: Mapping[str, float] = MappingProxyType(
    {
        "population": 1.0,
        "couples": 0.2,
        "users": 0.13,
        "families": 0.3,
        "adolescents": 0.25,
    }
)
# No more than this share of the population: couples at most 3 in 10 people, families 5.
MOST_COUPLES, MOST_FAMILIES = 0.3, 0.5
_OF_COUPLES = ("couples_", "users_")
_OF_FAMILIES = ("members", "target_families", "participating_families", "attending")
_ONE_PER_VILLAGE = ("kampung_kb_groups", "rumah_dataku_groups")
_VILLAGES = ("villages", "villages_reporting", "villages_with_officer")

Side = Literal["few", "many"]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Misfit:
    """Figures of one column that the register denies.

    ``whole``: most places of the column are off the same way, so none can be used.
    ``code``: the finding. ``rows``: position of a row to look at, None for all.
    """

    code: str
    column: str
    value: str
    expected: str
    region: str
    count: int
    row: int | None = None

    @property
    def whole(self) -> bool:
        """Whether the column as a whole cannot be used."""
        return self.code == "magnitude_column"


@dataclass(frozen=True, slots=True, eq=False)
class _District:
    """What the register says of one district."""

    name: str
    people: float
    villages: float
    subdistricts: float


@dataclass(frozen=True, slots=True, eq=False)
class _Blocks:
    """Rows of a table by district and period, as fine as each district is given."""

    group: np.ndarray  # of each row; -1 where it is of no known district
    codes: list[str]
    known: list[_District]
    places: Floats  # how many rows a complete district has
    by_village: Flags

    def sums(self, values: Floats) -> tuple[Floats, Floats]:
        """Return sum and number of the values of each block."""
        filled = (self.group >= 0) & ~np.isnan(values)
        at, n = self.group[filled], len(self.known)
        sums = np.bincount(at, weights=values[filled], minlength=n)
        return sums, np.bincount(at, minlength=n).astype(float)


def find_misfits(table: Sheet) -> list[Misfit]:
    """Hold every measure that the register can judge against it.

    Parameters
    ----------
    table : Sheet
        With ``region_code``, ``level`` and ``period``; a recap, no list.
    """
    columns = [name for name in table.columns() if _is_judged(name)]
    if not columns or "region_code" not in table.data:
        return []
    blocks = _blocks(table)
    if not blocks.known:
        return []
    return [each for name in columns for each in _of_column(name, table, blocks)]


def _is_judged(name: str) -> bool:
    return name in USUAL or _is_villages(name) or _most(name) is not None


@cache
def _most(name: str) -> tuple[str, float] | None:
    """Return what a measure is limited by, and the most of it that there can be."""
    if name in _ONE_PER_VILLAGE:
        return "villages", MOST_PER_VILLAGE
    group, _, rest = name.rpartition("_groups")
    if group in groups() and not rest:
        return "villages", MOST_GROUPS
    if name.startswith(_OF_COUPLES):
        return "people", MOST_COUPLES
    of_group = any(name == f"{g}_{rest}" for g in groups() for rest in _OF_FAMILIES)
    if of_group or name.startswith("families_"):
        return "people", MOST_FAMILIES
    return None


def _is_villages(name: str) -> bool:
    return name in _VILLAGES or name.endswith("_villages_with_groups")


# --- rows by district -----------------------------------------------------------------


def _blocks(table: Sheet) -> _Blocks:
    import pandas as pd

    data = table.data
    codes = data["region_code"].astype(object).where(data["region_code"].notna(), "")
    levels = data["level"].astype(object).where(data["level"].notna(), "kabkota")
    depth = levels.map({"kabkota": 0, "kecamatan": 1, "desa": 2}).fillna(-1)
    keys = pd.DataFrame({"code": codes, "period": table.text("period")})
    group, distinct = pd.factorize(pd.MultiIndex.from_frame(keys))
    finest = pd.Series(depth).groupby(group).transform("max")
    found = [_district(str(code)) for code, _ in distinct]
    at, kept = np.full(len(found), -1), []
    for i, each in enumerate(found):
        if each is not None:
            at[i] = len(kept)
            kept.append(i)
    group = np.where((depth == finest) & (depth >= 0), at[group], -1)
    known = [each for each in found if each is not None]
    level = finest.groupby(group).first()
    depths = np.array([level.get(i, 0) for i in range(len(known))], dtype=int)
    sizes = [(1.0, each.subdistricts, each.villages) for each in known]
    places = [size[d] for size, d in zip(sizes, depths, strict=True)]
    return _Blocks(
        group=group,
        codes=[str(distinct[i][0]) for i in kept],
        known=known,
        places=np.array(places, dtype=float),
        by_village=depths == 2,  # noqa: PLR2004 (desa, of the three levels above)
    )


@cache
def _district(code: str) -> _District | None:
    if not has_region(code) or region(code).level != "kabkota":
        return None
    unit = region(code)
    numbers = (unit.population, unit.n_desa, unit.n_kelurahan, unit.n_kecamatan)
    if any(number is None for number in numbers):
        return None
    people, desa, kelurahan, kecamatan = (float(number or 0) for number in numbers)
    return _District(unit.name, people, desa + kelurahan, kecamatan)


# --- one column -----------------------------------------------------------------------


def _of_column(name: str, table: Sheet, blocks: _Blocks) -> Iterator[Misfit]:
    values = table.numbers(name)
    sums, n = blocks.sums(values)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(blocks.places > 0, n / blocks.places, 0)
    told = (n > 0) & (sums > 0)
    least, usual, most = _limits(name, blocks, share)
    few = told & (share >= COMPLETE) & (sums < least)
    many = told & (sums > most)
    sides: list[tuple[Side, Flags]] = [("few", few), ("many", many)]
    for side, off in sides:
        if off.any():
            shown = most if side == "many" and name not in USUAL else usual
            yield from _tell(name, blocks, sums, off, told=told, shown=shown, side=side)
    if _is_villages(name):
        yield from _villages(name, blocks, sums, told & ~few & ~many, share)
    if blocks.by_village.any() and name.endswith("_groups") and not many.any():
        yield from _in_one(name, table, values)


def _limits(
    name: str, blocks: _Blocks, share: Floats
) -> tuple[Floats, Floats, Floats]:
    """Return least, usual and most of a measure in each block."""
    people = np.array([each.people for each in blocks.known])
    villages = np.array([each.villages for each in blocks.known])
    if name in USUAL:
        usual = people * USUAL[name]
        return usual / FACTOR, usual, usual * FACTOR
    if _is_villages(name):
        # How many have something is anything from none to all.
        least = villages / FACTOR if name == "villages" else np.zeros(len(villages))
        return least, villages, villages * FACTOR
    by, most = _most(name) or ("people", np.inf)
    # Groups of the villages that are there; of whole districts where it is told by one.
    base = villages * np.minimum(share, 1) if by == "villages" else people
    return np.zeros(len(base)), base * most, base * most


def _tell(
    name: str,
    blocks: _Blocks,
    sums: Floats,
    off: Flags,
    *,
    told: Flags,
    shown: Floats,
    side: Side,
) -> Iterator[Misfit]:
    """Tell of the column where most places are off, else of each district."""
    sign = "≤" if side == "many" and name not in USUAL else "≈"
    places = np.flatnonzero(off).tolist()

    def says(i: int) -> tuple[str, str]:
        unit = blocks.known[i].name
        return f"{show(sums[i])} ({unit})", f"{sign} {show(float(_round(shown[i])))}"

    if len(places) >= MOSTLY * told.sum():
        value, expected = says(places[0])
        only = blocks.codes[places[0]] if len(places) == 1 else ""
        yield Misfit(
            code="magnitude_column", column=name, value=value, expected=expected,
            region=only, count=len(places),
        )  # fmt: skip
        return
    for code in dict.fromkeys(blocks.codes[i] for i in places):
        here = [i for i in places if blocks.codes[i] == code]
        value, expected = says(here[0])
        yield Misfit(
            code="magnitude_place", column=name, value=value, expected=expected,
            region=code, count=len(here),
        )  # fmt: skip


def _round(value: float) -> float:
    """Round to two digits: what is usual is no exact number."""
    digits = 2 - len(str(int(abs(value))))
    return round(value, min(digits, 0))


def _villages(
    name: str, blocks: _Blocks, sums: Floats, told: Flags, share: Floats
) -> Iterator[Misfit]:
    """Tell of districts whose number of villages the register does not know."""
    villages = np.array([each.villages for each in blocks.known])
    off = told & (sums > villages)
    if name == "villages":
        off |= told & (share >= COMPLETE) & (sums < FEWEST_VILLAGES * villages)
    for code in dict.fromkeys(blocks.codes[i] for i in np.flatnonzero(off)):
        i = next(i for i in np.flatnonzero(off) if blocks.codes[i] == code)
        yield Misfit(
            code="villages_unlike_register", column=name, value=show(sums[i]),
            expected=show(villages[i]), region=code, count=1,
        )  # fmt: skip


def _in_one(name: str, table: Sheet, values: Floats) -> Iterator[Misfit]:
    """Tell of single villages with more groups than any village has."""
    regions = table.regions()
    by_village = np.array([level == "desa" for level in table.text("level")])
    for i in np.flatnonzero(by_village & (values > MOST_IN_ONE)).tolist():
        yield Misfit(
            code="magnitude_place", column=name, value=show(values[i]),
            expected=f"≤ {MOST_IN_ONE}", region=regions[i], count=1, row=i,
        )  # fmt: skip


def without_columns(data: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Return the data with these columns missing."""
    import pandas as pd

    data = data.copy()
    for column in columns:
        data[column] = pd.array([pd.NA] * len(data), dtype=data[column].dtype)
    return data
