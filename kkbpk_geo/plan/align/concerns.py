"""What no single line shows: sums that disagree, double funding, needs without work.

Why: each line may be right and the plan still wrong: the districts promise less than
the province expects, two funds pay for one thing, a red indicator has no activity.

In:     matched cells of three plans, gap scores. Out: :class:`Concern` objects, each a
        decision that changes no line by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from kkbpk_geo.base.missing import as_float, as_int
from kkbpk_geo.catalogue.activities import activities
from kkbpk_geo.catalogue.indicators import indicators
from kkbpk_geo.plan.align.matching import VOICES, Cell, Line, Side, budget_of, in_order
from kkbpk_geo.plan.align.verdicts import OTHER
from kkbpk_geo.plan.lines.naming import unique_ids
from kkbpk_geo.plan.lines.plan import PlanLine

if TYPE_CHECKING:
    import pandas as pd

# rapidfuzz token_sort_ratio, 0-100: one word more or less in a name of three to five
# words stays above it, another activity falls below. A suggestion, never a decision.
NEAR = 80
# Cells whose likeness to all others is held at a time: a few megabytes of a table.
_ROWS = 256


class Quarters(NamedTuple):
    """Rupiah planned for each quarter of a year."""

    first: int
    second: int
    third: int
    fourth: int


Says: TypeAlias = float | Quarters | tuple[Line, ...] | None
_Work: TypeAlias = tuple[int, str, str]  # year, activity, indicator
_BySide: TypeAlias = dict[Side, list[Line]]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Concern:
    """Something to talk about that is not one field of one line.

    ``kind``: ``no_plan``, ``no_province_plan``, ``no_district_plan``, ``sum_differs``,
    ``unit_differs``, ``double_funding``, ``quarter_shift``, ``without_need`` or
    ``need_without_activity``. ``note``: key of its note, if not that of its kind.
    ``line``: a line it is about, if there is one. ``says``: what each side says, as a
    number or lines. ``service``: the standard, for needs; ``gap``: how much is lacking
    there.
    """

    id: str
    kind: str
    region: str
    year: int
    says: Mapping[Side, Says]
    line: Line | None = None
    unit: str = ""
    service: str = ""
    gap: int | None = None
    rupiah: int = 0
    note: str = ""


# --- sums -----------------------------------------------------------------------------


def sum_concerns(cells: Sequence[Cell], province_code: str) -> Iterator[Concern]:
    """Compare a target of the province with what the districts' plans add up to.

    Per activity, indicator and year; percentages and targets in different units are
    not added, nor are lines that were cancelled or totals for the year beside their own
    parts. Where no district plans the work at all, that is said line by line.
    """
    top: dict[_Work, _BySide] = {}
    below: dict[_Work, _BySide] = {}
    for cell in cells:
        region, *_ = cell.key
        place = top if region == province_code else below
        for side in VOICES:
            for line in filter(_counts, cell.of(side)):
                here = place.setdefault(line.own_key[1:], {})
                here.setdefault(side, []).append(line)
    for work in sorted(top):
        found = _sums_of(work, top[work], below.get(work, {}), province_code)
        # Both sides may state a total: the order is that of the sums, not of the sides.
        both = [concern for _, concern in sorted(found, key=lambda each: each[0])]
        ids = unique_ids((each.id for each in both), ())
        for each, made in zip(both, ids, strict=True):
            yield replace(each, id=made)


def _counts(line: Line) -> bool:
    return line.target is not None and not line.is_cancelled


def _without_totals(lines: Iterable[Line]) -> list[Line]:
    """Leave out a region's total for the year where its own parts stand beside it.

    The rule of :func:`~kkbpk_geo.plan.year.lines.annual_totals`, for lines.
    """
    lines = list(lines)
    phased = {(line.key[0], line.unit) for line in lines if any(line.when)}
    kept = []
    for line in lines:
        if any(line.when) or (line.key[0], line.unit) not in phased:
            kept.append(line)
    return kept


def _sums_of(
    work: _Work,
    top: Mapping[Side, Sequence[Line]],
    below: Mapping[Side, Sequence[Line]],
    province_code: str,
) -> Iterator[tuple[tuple[float, float], Concern]]:
    """Yield what differs about one piece of work, and by which two sums."""
    year, what, serves = work
    for side, every in top.items():
        stated = _without_totals(every)
        parts = _without_totals(below.get(OTHER[side], []))
        units = {line.unit for line in (*stated, *parts)}
        sums = _total(stated), _total(parts)
        mixed = len(units) > 1
        alike = units == {"percent"} or sums[0] == sums[1]
        if not parts or (alike and not mixed):
            continue
        says: tuple[Says, Says] = (tuple(stated), tuple(parts)) if mixed else sums
        kind = "unit_differs" if mixed else "sum_differs"
        concern = Concern(
            id=f"{kind}:{what}:{serves}:{year}",
            kind=kind,
            region=province_code,
            year=year,
            says={side: says[0], OTHER[side]: says[1]},
            line=stated[0],
            unit="" if mixed else units.pop(),
            rupiah=budget_of(stated),
        )
        yield sums, concern


def _total(lines: Iterable[Line]) -> float:
    """Add targets up without the noise of binary fractions."""
    return float(sum(Fraction(str(line.target)) for line in lines))


# --- money ----------------------------------------------------------------------------


def double_concerns(cells: Sequence[Cell]) -> Iterator[Concern]:
    """Find work that one plan pays from several sources at the same time."""
    found: dict[tuple[str, int, str, str, tuple[int, int], str], _BySide] = {}
    for cell in cells:
        for side in VOICES:
            for line in cell.of(side):
                if line.budget and line.fund:
                    # Two codes are two pieces of work, be it of one activity.
                    key = (*line.own_key, line.when, line.stated.code)
                    found.setdefault(key, {}).setdefault(side, []).append(line)
    for key in sorted(found):
        region, year, what, serves, when, code = key
        sides = found[key].items()
        says = {side: in_order(own) for side, own in sides if _is_double(own)}
        if says:
            yield Concern(
                id=f"double:{region}:{what}:{serves}:{year}-{when[0]}-{when[1]}"
                + (f":{code}" if code else ""),
                kind="double_funding",
                region=region,
                year=year,
                says=says,
                line=next(iter(says.values()))[0],
                rupiah=max(map(budget_of, says.values())),
            )


def _is_double(lines: Iterable[Line]) -> bool:
    return len({line.fund for line in lines}) > 1


# --- needs ----------------------------------------------------------------------------


class _Need(NamedTuple):
    """How much is lacking of a service, and how much of it is covered."""

    gap: int | None
    coverage: float | None

    def is_red(self, red: float) -> bool:
        """Whether something is lacking, and coverage is below a limit."""
        return bool(self.gap) and self.coverage is not None and self.coverage < red


_Needs: TypeAlias = dict[tuple[str, str], _Need]


def need_concerns(
    cells: Sequence[Cell], gaps: pd.DataFrame, red: float
) -> Iterator[Concern]:
    """Hold the plans against the gaps: work nobody needs, needs nobody works on.

    Parameters
    ----------
    cells : sequence of Cell
    gaps : DataFrame
        ``region_code, service, gap, coverage``, as in ``GapScores.table``. A missing
        gap says nothing either way.
    red : float
        Coverage below which a need without any activity is a concern.
    """
    needs = _needs(gaps)
    regions = {region for region, _ in needs}
    for cell in cells:
        if cell.key[0] in regions:
            yield from _closed(cell, needs)
    work = _planned(cells)
    year = max((cell.key[1] for cell in cells), default=0)
    for (region, service), need in sorted(needs.items()):
        lines = work.get((region, service), [])
        if need.is_red(red) and all(line.is_cancelled for line in lines):
            yield Concern(
                id=f"need:{region}:{service}",
                kind="need_without_activity",
                region=region,
                year=year,
                says={},
                service=service,
                gap=need.gap,
            )


def _due_lines(cell: Cell) -> tuple[Line, ...]:
    """Return what the two sides plan; what was agreed last, where they are silent."""
    return cell.province + cell.district or cell.base


def _planned(cells: Iterable[Cell]) -> dict[tuple[str, str], list[Line]]:
    """Return the lines that work on a service, by region and service."""
    found: dict[tuple[str, str], list[Line]] = {}
    for cell in cells:
        for line in _due_lines(cell):
            for service in services_of(line.stated):
                found.setdefault((cell.key[0], service), []).append(line)
    return found


def _closed(cell: Cell, needs: _Needs) -> Iterator[Concern]:
    """Find work on services of which nothing is lacking."""
    region, year, what, _ = cell.key
    closes = activities()[what].closes if what in activities() else ()
    known = [needs.get((region, service)) for service in closes]
    if closes and all(need is not None and need.gap == 0 for need in known):
        says = {side: cell.of(side) for side in VOICES}
        yield Concern(
            id=f"idle:{cell.id}",
            kind="without_need",
            region=region,
            year=year,
            says=says,
            line=_due_lines(cell)[0],
            service=closes[0],
            gap=0,
            rupiah=max(map(budget_of, says.values())),
        )


def _needs(gaps: pd.DataFrame) -> _Needs:
    columns = (gaps[name] for name in ("region_code", "service", "gap", "coverage"))
    found: _Needs = {}
    for region, service, gap, coverage in zip(*columns, strict=True):
        found[str(region), str(service)] = _Need(as_int(gap), as_float(coverage))
    return found


def services_of(line: PlanLine) -> set[str]:
    """Return the standards that a line works on: what it closes, what it serves."""
    found = set()
    if line.activity in activities():
        found |= set(activities()[line.activity].closes)
    served = indicators().get(line.indicator)
    if served and served.standard:
        found.add(served.standard)
    return found


def unfunded_needs(
    cells: Sequence[Cell], gaps: pd.DataFrame, red: float
) -> dict[str, int]:
    """Count per region the red services for which no line has a budget."""
    work = _planned(cells)
    found: dict[str, int] = {}
    for (region, service), need in _needs(gaps).items():
        lines = work.get((region, service), [])
        paid = any(line.budget and not line.is_cancelled for line in lines)
        found[region] = found.get(region, 0) + (need.is_red(red) and not paid)
    return found


# --- near matches ---------------------------------------------------------------------


def near_lines(cells: Sequence[Cell]) -> dict[str, Line]:
    """Name for lines that only one side has the line of the other that looks alike.

    Within region and year, by the words of activity and indicator; never applied.

    Returns
    -------
    dict
        Id of a cell -> the nearest line that only the other side has.
    """
    alone: dict[tuple[str, int], dict[Side, list[Cell]]] = {}
    for cell in cells:
        if len(cell.absent) == 1 and not cell.base:
            here = alone.setdefault(cell.key[:2], {})
            here.setdefault(OTHER[cell.absent[0]], []).append(cell)
    found: dict[str, Line] = {}
    for sides in alone.values():
        for side, own in sides.items():
            nearest = _nearest(own, sides.get(OTHER[side], []))
            for cell, other in zip(own, nearest, strict=True):
                if other:
                    found[cell.id] = other.lines[0]
    return found


def _nearest(cells: Sequence[Cell], others: Iterable[Cell]) -> Iterator[Cell | None]:
    """Find for each cell the one whose words are the most alike, if they are enough.

    The words in order, then rapidfuzz's ratio, is its token_sort_ratio; some rows of
    the table at a time, so that its size does not grow with the square of the plans.
    """
    from rapidfuzz import fuzz, process

    # Of two that are equally near the last id: some rule, the same every time.
    last_first = sorted(others, key=attrgetter("id"), reverse=True)
    theirs = [_words(other) for other in last_first]
    if not theirs:
        yield from (None for _ in cells)
        return
    for start in range(0, len(cells), _ROWS):
        ours = [_words(cell) for cell in cells[start : start + _ROWS]]
        scores = process.cdist(
            ours, theirs, scorer=fuzz.ratio, score_cutoff=NEAR, dtype=np.float64
        )
        for row, best in zip(scores, scores.argmax(axis=1).tolist(), strict=True):
            yield last_first[best] if row[best] >= NEAR else None


def _words(cell: Cell) -> str:
    own = cell.lines[0].stated
    words = (own.activity_text or own.indicator_text).casefold()
    return " ".join(sorted(words.split()))
