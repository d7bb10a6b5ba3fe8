"""Figures held against the register: people, couples, villages, groups of a district.

Why: 303 people in Pringsewu are thousands, 1,298 "BKB groups" are families. A figure by
itself looks like any other; beside what the register says of its district it does not.

In:     a :class:`~kkbpk_geo.intake.checks.evidence.Sheet`; population and villages of
        the districts. Out: :class:`Misfit` per column and place that cannot be.
Rule:   only a whole district is too small: some of its villages may say anything.
        What nearly all of several districts are off by alike, or as far as thousands,
        condemns the column; beside several districts one that is so far off is
        condemned by itself. Neither is used. What is nearer, or stands in a table of a
        few districts, is warned of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from kkbpk_geo.catalogue.headings import phrase
from kkbpk_geo.catalogue.programme import groups
from kkbpk_geo.intake.checks.evidence import show
from kkbpk_geo.regions import has_region, region

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.intake.checks.evidence import Flags, Floats, Sheet

# Splits of districts and twenty years of growth stay below a factor of 3; a slip of
# the unit (thousands, per cent, a part of the district) is 10 or more. 5 lies between.
FACTOR = 5
# What a slip of the unit is off by, and how near to it the register and what is usual
# put a true figure: couples are 15 to 20 % of the people, users 9 to 14 %.
SLIPS = (10, 100, 1000)
NEAR = 1.6
# As far off as figures in thousands: one user in 1,000 couples is no district's count.
# What is nearer may be that of some of its villages, or of a place of few users.
FAR = SLIPS[-1] / NEAR
# A column is at fault, not one of its cells, where nearly all places are off alike; a
# few places may be so by chance.
ALIKE, PLACES = 0.8, 5
# Of the villages or kecamatan: a few are often left blank, and change no power of ten.
COMPLETE = 0.9
# Groups of a kind per village, on average of a district: one to three are usual, a kota
# with a group in each RW has a dozen. Families taking part are a hundred and more.
MOST_GROUPS = 50
# Where a heading says BKB and no more, the families in it may be meant. Beside Kampung
# KB, of which a district has a few, more than three in each village are families; else
# a village may have three however small it is, and a group for each 300 people: 90
# families, of which the 20 that a group takes have a small child.
MOST_BARE, PEOPLE_OF_GROUP = 3, 300
# In a single village: the largest kelurahan have a few dozen RW.
MOST_IN_ONE = 100
# A village is one Kampung KB and has one Rumah DataKu, a large one two or three.
MOST_PER_VILLAGE = 5

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
_ALL_OF_COUPLES = ("couples", "users", "new_users")
# Per cent. How many columns of a kind must be denied: of couples one says that the
# table is of shares; one kind of group may be misread by itself.
_SHARES = 100
_FEWEST_ALIKE = {"of couples": 1, "of groups": 2}
_OF_FAMILIES = ("members", "target_families", "participating_families", "attending")
_ONE_PER_VILLAGE = ("kampung_kb_groups", "rumah_dataku_groups")
# Levels of rows below the district; a row of the province is of none.
_DEPTH = {"provinsi": -1, "kabkota": 0, "kecamatan": 1, "desa": 2}
_VILLAGES = ("villages", "villages_reporting", "villages_with_officer")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Misfit:
    """Figures of one column that the register denies.

    ``code``: the finding. ``row``: position of a row to look at, None for all.
    ``of_place``: positions of the rows that make up the figure of a place.
    """

    code: str
    column: str
    value: str
    expected: str
    region: str
    count: int
    row: int | None = None
    of_place: tuple[int, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether the column as a whole cannot be used."""
        return self.code in ("magnitude_column", "magnitude_beside")

    @property
    def rows(self) -> Sequence[int]:
        """Rows whose figure cannot be used though those of others can."""
        return self.of_place if self.code == "magnitude_impossible" else ()


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

    def sums(self, values: Floats) -> tuple[Floats, Floats]:
        """Return sum and number of the values of each block."""
        filled = (self.group >= 0) & ~np.isnan(values)
        at, n = self.group[filled], len(self.known)
        sums = np.bincount(at, weights=values[filled], minlength=n)
        counts: Floats = np.bincount(at, minlength=n).astype(np.float64)
        return sums.astype(np.float64), counts


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
    known = [name for name in columns if name in USUAL]
    sized = [name for name in known if _is_sized(name, table, blocks)]
    found: list[Misfit] = []
    for name in columns:
        beside = any(other != name for other in sized)
        found += _of_column(name, table, blocks, beside=beside)
    return [*found, *_in_company(found, table)]


def _in_company(found: Sequence[Misfit], table: Sheet) -> Iterator[Misfit]:
    """Condemn columns of one kind with those that the register denies, if as large.

    In a table whose PA is 70 the unmet need of 12 is a share, too; where BKB and BKR
    of each village are families, UPPKA are.
    """
    denied = {each.column: each for each in found if each.whole}
    for name in table.columns():
        kind = _kind(name)
        if name in denied or not kind or not _is_as_small(name, kind, table):
            continue
        same = [each for each in denied if _kind(each) == kind]
        alike = [each for each in same if _is_as_small(each, kind, table)]
        if len(alike) >= _FEWEST_ALIKE[kind]:
            values = table.numbers(name)
            first = values[~np.isnan(values)][:1]
            yield replace(
                denied[alike[0]], code="magnitude_beside", column=name,
                value=show(float(first[0])), expected=table.heading(alike[0]),
            )  # fmt: skip


def _kind(name: str) -> str:
    """Return what a measure counts that may be given in another unit all at once."""
    if name.endswith("_groups") and name.removesuffix("_groups") in groups():
        return "of groups"
    return "of couples" if name.startswith(_ALL_OF_COUPLES) else ""


def _is_as_small(name: str, kind: str, table: Sheet) -> bool:
    """Whether figures may be what the others of the kind are: shares, or families."""
    values = table.numbers(name)
    told = values[~np.isnan(values)]
    if not len(told):
        return False
    if kind == "of groups":
        return phrase(table.heading(name)) in groups()  # a heading that says no more
    return float(told.max()) <= _SHARES


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
    # Codes of codes: whole numbers are compared faster than texts.
    region_of, codes = pd.factorize(data["region_code"])
    period_of, periods = pd.factorize(data["period"])
    pairs = (region_of + 1) * (len(periods) + 1) + period_of + 1
    group, distinct = pd.factorize(pairs)
    named = ["", *map(str, codes)]
    of_group = [named[pair // (len(periods) + 1)] for pair in distinct.tolist()]
    depth = data["level"].map(_DEPTH).fillna(0).astype(int)
    finest = depth.groupby(group).transform("max")
    found = [_district(code) for code in of_group]
    at = np.full(len(found), -1)
    kept: list[int] = []
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
        codes=[of_group[i] for i in kept],
        known=known,
        places=np.array(places, dtype=float),
    )


@cache
def _district(code: str) -> _District | None:
    if not has_region(code) or region(code).level != "kabkota":
        return None
    unit = region(code)
    numbers = (unit.population, unit.n_villages, unit.n_kecamatan)
    known = [float(number) for number in numbers if number is not None]
    return _District(unit.name, *known) if len(known) == len(numbers) else None


# --- one column -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    """The sums of a column by block, and those to be judged."""

    column: str
    blocks: _Blocks
    sums: Floats
    told: Flags
    complete: Flags

    @property
    def districts(self) -> int:
        """How many districts are told."""
        return len({self.blocks.codes[i] for i in np.flatnonzero(self.told)})

    def most(self, off: Flags) -> bool:
        """Whether nearly all that is told is off."""
        return bool(off.sum() >= ALIKE * self.told.sum())

    def misfit(self, code: str, off: Flags, expected: str) -> Misfit:
        """Make a misfit of all places that are off, with the first as example."""
        places = np.flatnonzero(off).tolist()
        codes = {self.blocks.codes[i] for i in places}
        first = places[0]
        value = f"{show(self.sums[first])} ({self.blocks.known[first].name})"
        return Misfit(
            code=code,
            column=self.column,
            value=value,
            expected=expected,
            region=codes.pop() if len(codes) == 1 else "",
            count=len(places),
        )

    def impossible(self, off: Flags, expected: Floats, sign: str) -> Iterator[Misfit]:
        """Make a misfit of each place and period that cannot be, with its rows."""
        for place in np.flatnonzero(off).tolist():
            here = np.zeros_like(off)
            here[place] = True
            rows = tuple(np.flatnonzero(self.blocks.group == place).tolist())
            says = f"{sign} {show(_round(float(expected[place])))}"
            found = self.misfit("magnitude_impossible", here, says)
            yield replace(found, row=rows[0], of_place=rows)

    def by_district(self, off: Flags, expected: Floats, sign: str) -> Iterator[Misfit]:
        """Make a misfit of each district that is off."""
        codes = np.array(self.blocks.codes)
        for code in dict.fromkeys(codes[off].tolist()):
            here = off & (codes == code)
            first = int(np.flatnonzero(here)[0])
            number = float(expected[first])
            says = f"{sign} {show(_round(number))}" if sign else show(number)
            yield self.misfit("magnitude_place", here, says)


def _told(name: str, table: Sheet, blocks: _Blocks) -> tuple[_Told, Floats]:
    """Return the sums of a column, and what share of its rows each district has."""
    sums, n = blocks.sums(table.numbers(name))
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(blocks.places > 0, n / blocks.places, 0)
    told = _Told(name, blocks, sums, (n > 0) & (sums > 0), share >= COMPLETE)
    return told, share


def _is_sized(name: str, table: Sheet, blocks: _Blocks) -> bool:
    """Whether a column has the size that is usual for the people there."""
    column, _ = _told(name, table, blocks)
    few, many = _off(column)
    return bool(column.told.any()) and not column.most((few | many) & column.told)


def _ratio(column: _Told) -> Floats:
    """Return each sum as a multiple of what is usual; 1 where nothing is told."""
    usual = _usual(column)
    ratio: Floats = np.where(column.told, column.sums, usual) / usual
    return ratio


def _usual(column: _Told) -> Floats:
    people = np.array([each.people for each in column.blocks.known])
    usual: Floats = people * USUAL[column.column]
    return usual


def _off(column: _Told, factor: float = FACTOR) -> tuple[Flags, Flags]:
    """Return where a sum is too small, and where it is too large."""
    ratio = _ratio(column)
    few: Flags = column.complete & (ratio < 1 / factor)
    many: Flags = ratio > factor
    return few, many


def _of_column(
    name: str, table: Sheet, blocks: _Blocks, *, beside: bool
) -> Iterator[Misfit]:
    """Hold a column; ``beside``: whether another of its table has its usual size."""
    values = table.numbers(name)
    column, share = _told(name, table, blocks)
    if name in USUAL:
        yield from _of_usual(column, beside=beside)
    elif _is_villages(name):
        villages = np.array([each.villages for each in blocks.known])
        for each in column.by_district(
            column.told & (column.sums > villages), villages, ""
        ):
            yield replace(each, code="villages_unlike_register")
    else:
        share = np.minimum(share, 1)
        bare = _most_bare(name, table, blocks, share)
        found = list(_of_part(column, share, bare))
        yield from found
        if not found and name.endswith("_groups"):
            yield from _in_one(name, table, values)


def _of_usual(column: _Told, *, beside: bool) -> Iterator[Misfit]:
    """Hold a measure of which a usual share of the people is known."""
    few, many = _off(column)
    off = few | many
    if not off.any():
        return
    usual, ratio = _usual(column), _ratio(column)
    fewer = [1 / slip for slip in SLIPS]
    slips = [off & _is_near(ratio, slip) for slip in (*SLIPS, *fewer)]
    several = column.districts >= PLACES
    # The register knows the people themselves; of others it knows what is usual.
    exact = column.column == "population"
    alike = any(map(column.most, slips)) and (several or exact)
    far = np.logical_or(*_off(column, FAR))
    # Nearly all are off, by whatever: half of them beyond doubt speak for the others.
    # A table that is small all over is a trial; beside one of usual size it is not.
    beyond = several and beside and column.most(off) and 2 * far.sum() > off.sum()
    if alike or beyond:
        first = int(np.flatnonzero(off)[0])
        expected = f"≈ {show(_round(float(usual[first])))}"
        yield column.misfit("magnitude_column", off, expected)
        return
    # What is ten times off is told wherever something else has its usual size.
    sized = beside or bool((column.told & ~off).any())
    ten = np.logical_or(*_off(column, SLIPS[0])) & column.told
    slips.append(ten & sized)
    yield from _of_places(column, off, far & column.told & beside, slips)


def _of_places(
    column: _Told, off: Flags, far: Flags, slips: Sequence[Flags]
) -> Iterator[Misfit]:
    """Tell which places are off, where no cause speaks for the whole column."""
    usual = _usual(column)
    several = column.districts >= PLACES
    # One or two figures that are off by less may be of anything.
    told = off if several else np.any(slips, axis=0)
    if several:
        yield from column.impossible(told & far, usual, "≈")
        told = told & ~far
    if not told.any():
        return
    if several and column.most(told):  # one cause, and none that is known
        first = int(np.flatnonzero(off)[0])
        expected = f"≈ {show(_round(float(usual[first])))}"
        yield column.misfit("magnitude_place", told, expected)
    else:
        yield from column.by_district(told, usual, "≈")


def _is_near(ratio: Floats, slip: float) -> Flags:
    near: Flags = (ratio > slip / NEAR) & (ratio < slip * NEAR)
    return near


def _most_bare(name: str, table: Sheet, blocks: _Blocks, share: Floats) -> Floats:
    """Return how many groups there can be where a heading names one and no more."""
    heading = phrase(table.heading(name))
    if not name.endswith("_groups") or heading not in groups():
        return np.full(len(blocks.known), np.inf)
    villages = np.array([each.villages for each in blocks.known]) * share
    usual: Floats = villages * MOST_BARE
    if _ONE_PER_VILLAGE[0] in table.data:
        return usual
    people = np.array([each.people for each in blocks.known])
    return np.maximum(usual, people / PEOPLE_OF_GROUP)


def _of_part(column: _Told, share: Floats, bare: Floats) -> Iterator[Misfit]:
    """Hold a measure that can be anything from none to a limit."""
    by, limit = _most(column.column) or ("people", np.inf)
    # Groups of the villages that are there; people of the whole district.
    villages = np.array([each.villages for each in column.blocks.known]) * share
    people = np.array([each.people for each in column.blocks.known])
    most = limit * (villages if by == "villages" else people)
    most = np.minimum(most, bare)
    off = column.told & (column.sums > most)
    if off.any() and column.most(off):
        first = int(np.flatnonzero(off)[0])
        expected = f"≤ {show(_round(float(most[first])))}"
        yield column.misfit("magnitude_column", off, expected)
    else:
        yield from column.by_district(off, most, "≤")


def _round(value: float) -> float:
    """Round to two digits: what is usual is no exact number."""
    digits = 2 - len(str(int(abs(value))))
    return round(value, min(digits, 0))


def _in_one(name: str, table: Sheet, values: Floats) -> Iterator[Misfit]:
    """Tell of single villages with more groups than any village has."""
    many = np.flatnonzero(values > MOST_IN_ONE).tolist()
    if not many:
        return
    regions, levels = table.regions(), table.text("level")
    for i in (row for row in many if levels[row] == "desa"):
        yield Misfit(
            code="magnitude_place", column=name, value=show(values[i]),
            expected=f"≤ {MOST_IN_ONE}", region=regions[i], count=1, row=i,
        )  # fmt: skip


def without_misfits(data: pd.DataFrame, found: Sequence[Misfit]) -> pd.DataFrame:
    """Return the data without the figures that cannot be used."""
    import pandas as pd

    unusable = [each.column for each in found if each.whole]
    places = [each for each in found if each.rows]
    if not unusable and not places:
        return data
    data = data.copy()
    data.loc[:, unusable] = pd.NA
    for each in places:
        data.loc[data.index[list(each.rows)], each.column] = pd.NA
    return data
