"""A plan laid on twelve months: what happens when, how much falls in one quarter.

In:     the lines of one year. Out: a calendar per region and work, loads, year targets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.base.missing import is_missing
from kkbpk_geo.catalogue.activities import RHYTHMS, activities
from kkbpk_geo.plan.year.lines import annual_totals

MONTH_COLUMNS = tuple(f"m{month:02d}" for month in range(1, 13))
# Fewer lines than quarters cannot be spread over them.
MIN_LINES = 4
CALENDAR_COLUMNS = ("text", "indicator", "rhythm", "times", *MONTH_COLUMNS)
TARGET_COLUMNS = ("region_code", "work", "text", "planned", "expected")
# Columns of the lines that are looked at: for the calendar, targets and parts.
_WORK = ("region_code", "work", "activity_text", "indicator", "span", "first", "last")
_TOTAL = ("region_code", "work", "activity_text", "unit", "target")
_PART = ("region_code", "work", "unit", "indicator", "target", "additive")
_OVER = (
    "region_code", "work", "unit", "activity_text", "status", "target", "realised",
    "additive",
)  # fmt: skip
_OVER_STATUS = ("done", "cancelled")


class _Work(NamedTuple):
    """A piece of work: its first line's words, and the periods it is planned in."""

    text: str
    indicator: str
    times: set[tuple[int, int]]


class _Part(NamedTuple):
    """What one line adds to a year's target, and whether it may be added."""

    unit: str
    amount: float
    additive: bool


class _Ending(NamedTuple):
    """How one line of a piece of work ended: what was wanted, what was reached."""

    text: str
    status: str
    is_told: bool
    want: _Part
    have: _Part


def is_active(lines: pd.DataFrame) -> pd.Series[bool]:
    """Mark lines that plan something: not cancelled, and not a plain zero.

    A line that only says what was done is a report where others state the work's target
    or budget; it plans nothing by itself.
    """
    stated = lines[["target", "budget"]].notna().any(axis=1)
    nothing = lines[["target", "budget"]].fillna(0).eq(0).all(axis=1)
    keys = [lines["region_code"], lines["work"]]
    planned = stated.groupby(keys).transform("any").astype(bool)
    report = ~stated & lines[["realised", "spent"]].notna().any(axis=1) & planned
    return lines["status"].ne("cancelled") & ~(stated & nothing) & ~report


def calendar_of(
    lines: pd.DataFrame, rhythms: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Lay the active lines on twelve months.

    Parameters
    ----------
    lines : DataFrame
        As ``read_lines`` gives them.
    rhythms : mapping, optional
        Activity (or text as written, or indicator) to ``monthly``, ``quarterly`` or
        ``once``; before the catalogue's.

    Returns
    -------
    DataFrame, index (region_code, work) in order
        ``text, indicator, rhythm`` (empty where nobody says), ``times`` (periods in
        which it is planned; 0: for the year as a whole), and ``m01`` to ``m12``, bool.

    Raises
    ------
    PlanError
        For a rhythm that is none.
    """
    for key, rhythm in (rhythms or {}).items():
        if rhythm not in RHYTHMS:
            msg = f"rhythm of {key!r} is {rhythm!r}; expected one of {list(RHYTHMS)}."
            raise PlanError(msg)
    works: dict[tuple[str, str], _Work] = {}
    active = lines[is_active(lines)]
    for code, work, text, indicator, *when in _cells(active, _WORK):
        own = works.setdefault((code, work), _Work(text, indicator, set()))
        span, first, last = when
        if span != "year":
            own.times.add((first, last))
    keys = sorted(works)
    rows = [_calendar_row(key[1], works[key], rhythms or {}) for key in keys]
    index = pd.MultiIndex.from_tuples(keys, names=["region_code", "work"])
    return pd.DataFrame(rows, index=index, columns=list(CALENDAR_COLUMNS))


def _cells(lines: pd.DataFrame, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Yield the cells of some columns, line by line, without a Series for each."""
    cells = (lines[name].to_numpy(dtype=object).tolist() for name in names)
    return zip(*cells, strict=True)


def _calendar_row(work: str, own: _Work, rhythms: Mapping[str, str]) -> tuple[Any, ...]:
    """Return the cells of :data:`CALENDAR_COLUMNS` for one piece of work."""
    rhythm = rhythm_of(work, own.indicator, rhythms)
    months = [False] * len(MONTH_COLUMNS)
    for first, last in own.times:
        months[first - 1 : last] = [True] * (last - first + 1)
    return (own.text, own.indicator, rhythm, len(own.times), *months)


def rhythm_of(work: str, indicator: str, rhythms: Mapping[str, str]) -> str:
    """Return how often a work must happen: as stated, as activity or indicator.

    An indicator asks for the densest rhythm of the activities that serve it.
    """
    for key in (work, indicator):
        if key and key in rhythms:
            return rhythms[key]
    if work in activities():
        return activities()[work].rhythm
    if not indicator:
        return ""
    served = {a.rhythm for a in activities().values() if a.indicator == indicator}
    return next((r for r in RHYTHMS if r in served), "")


def quarter_load(lines: pd.DataFrame) -> pd.DataFrame:
    """Return each quarter's share of what a region planned by month or quarter.

    Returns
    -------
    DataFrame, index region_code, columns 1 to 4, float64; rows add up to 1
        Of the budget where the region's lines have one, else of the number of lines.
        Regions with fewer than four such lines are left out: nothing to spread.
    """
    active = lines[is_active(lines) & (lines["span"] != "year")]
    active = active.assign(at=(active["first"] - 1) // 3 + 1)
    found = {}
    for code, own in active.groupby("region_code", sort=True):
        if len(own) < MIN_LINES:
            continue
        money = own["budget"].fillna(0).to_numpy(float)
        weight = money if money.sum() > 0 else np.ones(len(own))
        load = [weight[own["at"].to_numpy() == q].sum() for q in (1, 2, 3, 4)]
        found[code] = np.array(load) / weight.sum()
    return pd.DataFrame.from_dict(
        found, orient="index", columns=[1, 2, 3, 4], dtype=float
    ).rename_axis("region_code")


def year_targets(
    lines: pd.DataFrame, targets: Mapping[tuple[str, str], Any] | None = None
) -> pd.DataFrame:
    """Compare what the periods add up to with what is wanted of the year.

    Parameters
    ----------
    lines : DataFrame
        As ``read_lines`` gives them. A line for the whole year beside lines by quarter
        or month of the same work and unit is the year's target.
    targets : mapping (region_code, activity or indicator) -> number, optional
        Year targets from elsewhere, e.g. from ``apportion``.

    Returns
    -------
    DataFrame
        ``region_code, work, text, planned, expected`` float64. Percentages are not
        added: the highest of the periods counts.
    """
    active = lines[is_active(lines)]
    totals = annual_totals(active, "target")
    by_unit: dict[tuple[str, str, str], list[_Part]] = {}
    by_name: dict[tuple[str, str], list[_Part]] = {}
    for code, work, *said in _cells(active[~totals & active["target"].notna()], _PART):
        unit, indicator, target, additive = said
        part = _Part(unit, float(target), bool(additive))
        by_unit.setdefault((code, work, unit), []).append(part)
        for name in {work, indicator}:
            by_name.setdefault((code, name), []).append(part)
    rows = []
    for code, work, text, unit, target in _cells(active[totals], _TOTAL):
        together = _together(by_unit.get((code, work, unit), []))
        rows.append((code, work, text, together, float(target)))
    for (code, key), wanted in (targets or {}).items():
        own = by_name.get((code, key), [])
        if len({part.unit for part in own}) > 1:
            continue  # people and groups have no sum to compare
        rows.append((code, key, "", _together(own), float(wanted)))
    return pd.DataFrame(rows, columns=list(TARGET_COLUMNS)).astype(
        {"planned": float, "expected": float}
    )


def _together(parts: Sequence[_Part]) -> float:
    """Return the sum; of percentages, which are not added, the highest."""
    if not parts:
        return 0.0
    cells = np.array([part.amount for part in parts])
    additive = all(part.additive for part in parts)
    return float(cells.sum() if additive else cells.max())


def stopped_short(lines: pd.DataFrame) -> pd.DataFrame:
    """Find work that is over (done or cancelled) with less than it was to reach.

    Returns
    -------
    DataFrame
        ``region_code, work, text, planned`` (what was reached) and ``expected``.
    """
    own = lines[lines["target"].notna() & ~annual_totals(lines, "target")]
    works: dict[tuple[str, str, str], list[_Ending]] = {}
    for code, work, unit, *said in _cells(own, _OVER):
        text, status, target, realised, additive = said
        reached = 0.0 if is_missing(realised) else float(realised)
        ending = _Ending(
            text=text,
            status=status,
            is_told=not is_missing(realised),
            want=_Part(unit, float(target), bool(additive)),
            have=_Part(unit, reached, bool(additive)),
        )
        works.setdefault((code, work, unit), []).append(ending)
    rows = []
    for code, work, unit in sorted(works):
        endings = works[code, work, unit]
        done = [ending for ending in endings if ending.status == "done"]
        over = all(ending.status in _OVER_STATUS for ending in endings)
        if not over or not done or not all(ending.is_told for ending in done):
            continue
        have = _together([ending.have for ending in endings])
        want = _together([ending.want for ending in endings])
        if have < want:
            rows.append((code, work, endings[0].text, have, want))
    return pd.DataFrame(rows, columns=list(TARGET_COLUMNS))
