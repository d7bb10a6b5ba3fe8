"""From the outlines of a source to units of one nested coverage, province by province.

Why: a nation at once takes five gigabytes, and a crossing border in Papua is no matter
of Lampung's. So each province is cleaned by itself, its villages joined where they are
not kept, and what is left is fitted together.

In:     a source, the provinces wanted, those whose villages are kept.
Out:    :class:`Built`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any, Protocol

from kkbpk_geo.base.errors import BoundaryError
from kkbpk_geo.regions.building.cleaning import JOINING, Cleaned, clean, make_valid
from kkbpk_geo.regions.building.fitting import join_up, on_grid, settle, simplified
from kkbpk_geo.regions.building.ground import (
    Given,
    Opening,
    add_islands,
    fill,
    openings,
)
from kkbpk_geo.regions.building.rows import Fault, Rows
from kkbpk_geo.regions.building.rules import Rules
from kkbpk_geo.regions.codes import Level, parent_of
from kkbpk_geo.regions.coverage import area_km2
from kkbpk_geo.regions.register import has_region

if TYPE_CHECKING:
    import numpy as np

# Share of the smaller of two outlines of one code from which they are one region drawn
# twice; parts of one region that merely touch share less.
_SAME_GROUND = 0.01
# Share of its ground, and km², from which what a polygon gave or took is told: less is
# the width of a crack along its border.
_TOLD_SHARE, _TOLD_KM2 = 0.05, 0.1
# km²: parts of a kecamatan beside another one that are smaller come of cleaning.
_CRUMB_KM2 = 0.1
_KM2_PER_SQUARE_DEGREE = 12_300  # at the equator; elsewhere there are fewer


class Source(Protocol):
    """Outlines of one level, read province by province."""

    @property
    def level(self) -> Level:
        """Level of the outlines."""

    @property
    def provinces(self) -> tuple[str, ...]:
        """Codes of the provinces that it has."""

    def rows(self, province: str) -> Rows:
        """Read one province."""

    def other(self, layer: str, code: str) -> Any:  # noqa: ANN401
        """Return the polygon of a region in another layer; None if it has none."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a building is at: ``what`` is a key of the labels; ``done`` of ``total``."""

    what: str
    place: str
    units: int
    done: int
    total: int


Tell = Callable[[Step], None]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was changed; ``what`` is a key ``built_<what>`` of the labels."""

    what: str
    code: str
    before_km2: float = 0.0
    after_km2: float = 0.0


@dataclass(frozen=True, slots=True)
class ProvinceCount:
    """How the rows of a province were used: they add up.

    Attributes
    ----------
    before_km2, after_km2 : float
        Sum over the outlines before and after cleaning.
    invalid : int
        Outlines that crossed themselves.
    snapping : float
    rows, outlines, merged, repeated, unusable, unknown : int
        Read; with an own outline; joined to another of the same code; left out because
        their code has an outline already; without an outline; of no district.
    """

    province: str
    before_km2: float
    after_km2: float
    invalid: int
    snapping: float
    rows: int
    outlines: int
    merged: int
    repeated: int
    unusable: int
    unknown: int


@dataclass(slots=True, eq=False)
class _Parts:
    """What is gathered while provinces are read."""

    codes: list[str] = field(default_factory=list)
    polygons: list[Any] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    villages: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    counts: list[ProvinceCount] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class Built:
    """Units that fit together, and how they came about.

    Attributes
    ----------
    codes, polygons : n units in order of their codes, degrees
        The finest regions that are kept: villages, or what they were joined to.
    areas : array of n, km²
        Of the units before they were simplified.
    outlined : tuple of str
        Codes of the source's own level that have an outline, kept or joined.
    names : mapping code -> name as the source has it
    levels : mapping level -> codes
    given : what came of each rule that gives ground
    openings : holes that stay
    crumbs : int, float
        Parts of kecamatan below 0.1 km² beside another one, and their km².
    """

    codes: tuple[str, ...]
    polygons: np.ndarray
    areas: np.ndarray
    outlined: tuple[str, ...]
    names: dict[str, str]
    levels: dict[Level, list[str]]
    counts: tuple[ProvinceCount, ...]
    faults: tuple[Fault, ...]
    changes: tuple[Change, ...]
    given: tuple[Given, ...]
    openings: tuple[Opening, ...]
    crumbs: tuple[int, float]


def build_units(
    source: Source,
    provinces: Sequence[str],
    *,
    keep: frozenset[str],
    rules: Rules,
    tell: Tell,
) -> Built:
    """Build the units of some provinces.

    Parameters
    ----------
    source : Source
    provinces : codes
    keep : codes of provinces whose villages stay units
    rules : Rules
    tell : callable
        Told each step.

    Raises
    ------
    BoundaryError
        If nothing usable is there, or what comes out is not valid on every level.
    """
    import numpy as np

    parts = _Parts()
    # Fitting together takes about as long as reading and cleaning four provinces.
    total = len(provinces) + 4
    for at, province in enumerate(provinces):
        tell(Step("province", province, len(parts.villages), at, total))
        _add_province(source, province, keep, parts)
    if not parts.codes:
        msg = "no row of the source is an outline of a region of the register."
        raise BoundaryError(msg)
    order = sorted(range(len(parts.codes)), key=parts.codes.__getitem__)
    codes = [parts.codes[i] for i in order]
    units = np.array([parts.polygons[i] for i in order], dtype=object)
    n = len(parts.villages)
    steps = count(len(provinces))

    def next_step(what: str) -> None:
        tell(Step(what, "", n, next(steps), total))

    next_step("joining")
    if len(provinces) > 1:
        codes, units = _joined(codes, units, source.level, parts)
    next_step("ground")
    units, islands = add_islands(units, codes, rules.islands, source.other)
    units, patches = fill(units, codes, rules.patches)
    sizes = dict(zip(codes, area_km2(units).tolist(), strict=True))
    next_step("grid")
    codes, units = _with_ground(codes, on_grid(units, codes))
    kept = set(codes)
    vanished = [code for code in sizes if code not in kept]
    parts.changes += [Change("vanished", code, sizes[code]) for code in vanished]
    next_step("proof")
    units, levels = settle(simplified(units), codes)
    outlined = [code for code in sorted(parts.villages) if _in(kept, code)]
    return Built(
        codes=tuple(codes),
        polygons=units,
        areas=np.array([sizes[code] for code in codes]),
        outlined=tuple(outlined),
        names=parts.names,
        levels=levels,
        counts=tuple(parts.counts),
        faults=tuple(parts.faults),
        changes=tuple(parts.changes),
        given=(*islands, *patches),
        openings=tuple(openings(units)),
        crumbs=_crumbs(units, codes),
    )


def _in(kept: set[str], code: str) -> bool:
    """Whether a region, or that which it was joined to, is still there."""
    return code in kept or parent_of(code) in kept


def _joined(
    codes: Sequence[str], units: np.ndarray, level: Level, parts: _Parts
) -> tuple[list[str], np.ndarray]:
    """Fit the units of several provinces together."""
    joined = clean(units, snapping=JOINING, level=level)
    before, after = area_km2(joined.given), area_km2(joined.polygons)
    parts.changes += _changes(joined, codes, before, after)
    return _with_ground(codes, joined.polygons)


def _with_ground(
    codes: Sequence[str], units: np.ndarray
) -> tuple[list[str], np.ndarray]:
    """Leave out units that have no ground left; what they lost was told before."""
    import shapely

    there = shapely.area(units) > 0
    return [code for code, has in zip(codes, there, strict=True) if has], units[there]


def _add_province(
    source: Source, province: str, keep: frozenset[str], parts: _Parts
) -> None:
    """Read and clean one province, and add its units."""
    rows = source.rows(province)
    codes, polygons, names, numbers = _one_each(rows)
    parts.faults += rows.faults
    parts.names |= names
    if not codes:
        nothing = ProvinceCount(province, 0.0, 0.0, 0, 0.0, **numbers)
        parts.counts.append(nothing)
        return
    cleaned = clean(polygons, level=source.level)
    before, after = area_km2(cleaned.given), area_km2(cleaned.polygons)
    parts.changes += _changes(cleaned, codes, before, after)
    parts.counts.append(
        ProvinceCount(
            province=province,
            before_km2=float(before.sum()),
            after_km2=float(after.sum()),
            invalid=len(cleaned.invalid),
            snapping=cleaned.snapping,
            **numbers,
        )
    )
    codes, units = _with_ground(codes, cleaned.polygons)
    parts.villages += codes
    if source.level == "desa" and province not in keep:
        units, codes = join_up(units, codes, "kecamatan")
    parts.codes += codes
    parts.polygons += list(units)


def _one_each(
    rows: Rows,
) -> tuple[list[str], list[Any], dict[str, str], dict[str, int]]:
    """Give each code one outline; return codes, outlines, names, how many of what."""
    groups: dict[str, list[int]] = {}
    for i, code in enumerate(rows.codes):
        groups.setdefault(code, []).append(i)
    polygons: list[Any] = []
    names: dict[str, str] = {}
    codes: list[str] = []
    merged = repeated = unknown = 0
    for code, places in sorted(groups.items()):
        if not has_region(code[: len("18.10")]):
            rows.faults.append(Fault("no_district", code, rows.names[places[0]]))
            unknown += len(places)
            continue
        polygon, joined = _merged([rows.polygons[i] for i in places])
        if len(places) > 1:
            what = "parts_merged" if joined else "repeated"
            rows.faults.append(Fault(what, code, rows.names[places[0]]))
        merged += joined
        repeated += len(places) - 1 - joined
        codes.append(code)
        polygons.append(polygon)
        names[code] = rows.names[places[0]]
    numbers = {
        "rows": rows.n_read,
        "outlines": len(codes),
        "merged": merged,
        "repeated": repeated,
        "unusable": rows.n_read - len(rows.codes),
        "unknown": unknown,
    }
    return codes, polygons, names, numbers


def _merged(polygons: Sequence[Any]) -> tuple[Any, int]:
    """Join outlines of one code that lie apart; return how many joined the first.

    Of outlines of the same ground the first one stands: which is right nobody says.
    """
    import numpy as np
    import shapely

    if len(polygons) == 1:
        return polygons[0], 0
    fit = make_valid(np.array(polygons, dtype=object))
    whole, joined = fit[0], 0
    for each in fit[1:]:
        twice = shapely.area(shapely.intersection(whole, each))
        if twice <= _SAME_GROUND * min(shapely.area(whole), shapely.area(each)):
            whole, joined = shapely.union(whole, each), joined + 1
    return whole, joined


def _changes(
    cleaned: Cleaned, codes: Sequence[str], before: np.ndarray, after: np.ndarray
) -> Iterator[Change]:
    """Yield what was mended or lost, and who gave or took much ground."""
    kinds = {
        "invalid": cleaned.invalid,
        "lost": cleaned.lost,
        "covered": cleaned.covered,
        "grown": cleaned.grown,
    }
    told = set(cleaned.lost) | set(cleaned.covered) | set(cleaned.grown)
    for what, places in kinds.items():
        for i in places:
            yield Change(what, codes[i], float(before[i]), float(after[i]))
    for i, (was, has) in enumerate(zip(before.tolist(), after.tolist(), strict=True)):
        much = abs(was - has) > max(_TOLD_SHARE * was, _TOLD_KM2)
        if much and i not in told:
            yield Change("took" if has > was else "gave", codes[i], was, has)


def _crumbs(units: np.ndarray, codes: Sequence[str]) -> tuple[int, float]:
    """Count the small parts of kecamatan that lie beside another one, and their km²."""
    import numpy as np
    import shapely

    polygons, _ = join_up(units, codes, "kecamatan")
    parts, owners = shapely.get_parts(polygons, return_index=True)
    several = np.bincount(owners)[owners] > 1
    # Only of these the true area is needed: an upper bound in degrees finds them.
    light = shapely.area(parts) < _CRUMB_KM2 / _KM2_PER_SQUARE_DEGREE
    small = np.flatnonzero(several & light)
    crumbs = parts[small]
    tree = shapely.STRtree(polygons)
    found, beside = tree.query(crumbs, predicate="intersects")
    others = np.unique(found[beside != owners[small][found]])
    return len(others), float(area_km2(crumbs[others]).sum())
