"""What no single line shows: sums that disagree, double funding, needs without work.

Why: each line may be right and the plan still wrong: the districts promise less than
the province expects, two funds pay for one thing, a red indicator has no activity.

In:     matched cells of three plans, gap scores. Out: :class:`Concern` objects, each a
        decision that changes no line by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kkbpk_geo.catalogue.activities import activities
from kkbpk_geo.catalogue.indicators import indicators
from kkbpk_geo.plan.align.matching import VOICES, Cell, Line, Side
from kkbpk_geo.plan.align.verdicts import OTHER
from kkbpk_geo.plan.lines.plan import unique_ids

if TYPE_CHECKING:
    import pandas as pd

NEAR = 80  # rapidfuzz token_sort_ratio; a suggestion, never a decision


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Concern:
    """Something to talk about that is not one field of one line.

    ``kind``: ``no_plan``, ``no_province_plan``, ``no_district_plan``, ``sum_differs``,
    ``unit_differs``, ``double_funding``, ``without_need`` or ``need_without_activity``.
    ``line``: a line it is about, if there is one. ``base, province, district``: what
    each says, as numbers or lines. ``service``: the standard, for needs; ``gap``: how
    much is lacking there.
    """

    id: str
    kind: str
    region: str
    year: int
    line: Line | None = None
    base: Any = None
    province: Any = None
    district: Any = None
    unit: str = ""
    service: str = ""
    gap: int | None = None
    rupiah: int = 0


def sum_concerns(cells: Sequence[Cell], province_code: str) -> Iterator[Concern]:
    """Compare a target of the province with what the districts' plans add up to.

    Per activity, indicator and year; percentages and targets in different units are
    not added, nor are lines that were cancelled or totals for the year beside their own
    parts. Where no district plans the work at all, that is said line by line.
    """
    top: dict[Any, dict[Side, list[Line]]] = {}
    below: dict[Any, dict[Side, list[Line]]] = {}
    for cell in cells:
        region, *work = cell.key
        place = top if region == province_code else below
        for side in VOICES:
            lines = [x for x in cell.of(side) if _counts(x)]
            if lines:
                place.setdefault(tuple(work), {}).setdefault(side, []).extend(lines)
    for work in sorted(top):
        found = _sums_of(work, top[work], below.get(work, {}), province_code)
        both = sorted(found, key=lambda each: each[0])  # both sides may state a total
        ids = unique_ids((each.id for _, each in both), ())
        yield from (
            replace(each, id=made) for (_, each), made in zip(both, ids, strict=True)
        )


def _counts(line: Line) -> bool:
    cancelled = line.record["status"] == "cancelled"
    return line.record["target"] is not None and not cancelled


def _without_totals(lines: Iterable[Line]) -> list[Line]:
    """Leave out a region's total for the year where its own parts stand beside it.

    The rule of :func:`~kkbpk_geo.plan.continuity_lines.annual_totals`, for lines.
    """
    lines = list(lines)
    phased = {(x.key[0], x.record["unit"]) for x in lines if any(x.when)}
    return [
        x for x in lines if any(x.when) or (x.key[0], x.record["unit"]) not in phased
    ]


def _sums_of(
    work: tuple[Any, ...],
    top: Mapping[Side, Sequence[Line]],
    below: Mapping[Side, Sequence[Line]],
    province_code: str,
) -> Iterator[tuple[tuple[float, float], Concern]]:
    """Yield what differs about one piece of work, and by which two sums."""
    year, what, serves = work
    for side, every in top.items():
        stated = _without_totals(every)
        parts = _without_totals(below.get(OTHER[side], []))
        if parts:
            units = {line.record["unit"] for line in (*stated, *parts)}
            total, added = _total(stated), _total(parts)
            if units == {"percent"} or (len(units) == 1 and total == added):
                continue
            mixed = len(units) > 1
            says: dict[str, Any] = (
                {side: tuple(stated), OTHER[side]: tuple(parts)}
                if mixed
                else {side: total, OTHER[side]: added}
            )
            kind = "unit_differs" if mixed else "sum_differs"
            yield (
                (total, added),
                Concern(
                    id=f"{kind}:{what}:{serves}:{year}",
                    kind=kind,
                    region=province_code,
                    year=int(year),
                    line=stated[0],
                    unit="" if mixed else units.pop(),
                    rupiah=sum(line.record["budget"] or 0 for line in stated),
                    **says,
                ),
            )


def _total(lines: Iterable[Line]) -> float:
    """Add targets up without the noise of binary fractions."""
    from fractions import Fraction

    return float(sum(Fraction(str(line.record["target"])) for line in lines))


def double_concerns(cells: Sequence[Cell]) -> Iterator[Concern]:
    """Find work that one plan pays from several sources at the same time."""
    found: dict[tuple[Any, ...], dict[Side, list[Line]]] = {}
    for cell in cells:
        for side in VOICES:
            for line in cell.of(side):
                if line.record["budget"] and line.fund:
                    here = found.setdefault((*line.key, line.when), {})
                    here.setdefault(side, []).append(line)
    for key in sorted(found):
        says: dict[str, Any] = {
            side: tuple(sorted(lines, key=lambda line: line.order))
            for side, lines in found[key].items()
            if len({line.fund for line in lines}) > 1
        }
        if not says:
            continue
        region, year, what, serves, when = key
        first = next(iter(says.values()))
        paid = [sum(x.record["budget"] for x in lines) for lines in says.values()]
        yield Concern(
            id=f"double:{region}:{what}:{serves}:{year}-{when[0]}-{when[1]}",
            kind="double_funding", region=region, year=year, line=first[0],
            rupiah=max(paid), **says,
        )  # fmt: skip


# --- needs ----------------------------------------------------------------------------


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
    state = _states(gaps)
    regions = {region for region, _ in state}
    planned: dict[tuple[str, str], list[Line]] = {}
    for cell in cells:
        lines = cell.province + cell.district or cell.base
        for service in {s for line in lines for s in services_of(line.record)}:
            planned.setdefault((cell.key[0], service), []).extend(lines)
        if cell.key[0] in regions:
            yield from _closed(cell, lines, state)
    year = max((cell.key[1] for cell in cells), default=0)
    for (region, service), (gap, coverage) in sorted(state.items()):
        if gap and coverage is not None and coverage < red:
            work = planned.get((region, service), [])
            if not any(line.record["status"] != "cancelled" for line in work):
                yield Concern(
                    id=f"need:{region}:{service}", kind="need_without_activity",
                    region=region, year=year, service=service, gap=gap,
                )  # fmt: skip


def _closed(
    cell: Cell, lines: Sequence[Line], state: Mapping[Any, tuple[int | None, Any]]
) -> Iterator[Concern]:
    region, year, what, _ = cell.key
    closes = activities()[what].closes if what in activities() else ()
    known = [state.get((region, service), (None, None))[0] for service in closes]
    if closes and all(gap == 0 for gap in known):
        sides: dict[str, Any] = {side: cell.of(side) for side in VOICES}
        paid = [sum(x.record["budget"] or 0 for x in own) for own in sides.values()]
        yield Concern(
            id=f"idle:{cell.id}", kind="without_need", region=region, year=year,
            line=lines[0], service=closes[0], gap=0,
            rupiah=max(paid), **sides,
        )  # fmt: skip


def _states(gaps: pd.DataFrame) -> dict[tuple[str, str], tuple[int | None, Any]]:
    import pandas as pd

    columns = (gaps[name] for name in ("region_code", "service", "gap", "coverage"))
    return {
        (str(region), str(service)): (
            None if pd.isna(gap) else int(gap),
            None if pd.isna(coverage) else float(coverage),
        )
        for region, service, gap, coverage in zip(*columns, strict=True)
    }


def services_of(record: Mapping[str, Any]) -> set[str]:
    """Return the standards that a line works on: what it closes, what it serves."""
    found = set()
    if record["activity"] in activities():
        found |= set(activities()[record["activity"]].closes)
    served = indicators().get(record["indicator"])
    if served and served.standard:
        found.add(served.standard)
    return found


def unfunded_needs(
    cells: Sequence[Cell], gaps: pd.DataFrame, red: float
) -> dict[str, int]:
    """Count per region the red services for which no line has a budget."""
    paid: set[tuple[str, str]] = set()
    for cell in cells:
        for line in cell.province + cell.district or cell.base:
            if line.record["budget"] and line.record["status"] != "cancelled":
                paid |= {(cell.key[0], s) for s in services_of(line.record)}
    found: dict[str, int] = {}
    for (region, service), (gap, coverage) in _states(gaps).items():
        found.setdefault(region, 0)
        if gap and coverage is not None and coverage < red:
            found[region] += (region, service) not in paid
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
    from rapidfuzz import fuzz

    alone: dict[tuple[str, int], dict[Side, list[Cell]]] = {}
    for cell in cells:
        voices = [side for side in VOICES if cell.of(side)]
        if len(voices) == 1 and not cell.base:
            here = alone.setdefault(cell.key[:2], {})
            here.setdefault(voices[0], []).append(cell)
    found: dict[str, Line] = {}
    for sides in alone.values():
        for side in VOICES:
            for cell in sides.get(side, []):
                scored = [
                    (
                        fuzz.token_sort_ratio(_words(cell), _words(other)),
                        other.id,
                        other,
                    )
                    for other in sides.get(OTHER[side], [])
                ]
                best = max(scored, key=lambda each: each[:2], default=None)
                if best and best[0] >= NEAR:
                    found[cell.id] = best[2].lines[0]
    return found


def _words(cell: Cell) -> str:
    record = cell.lines[0].record
    text = record["activity_text"] or record["indicator_text"]
    return str(text).casefold()
