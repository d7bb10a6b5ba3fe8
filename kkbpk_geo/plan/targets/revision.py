"""A division revised: new limits, totals and money, and a line for all that changed.

Why: a meeting raises a floor, fixes a number, cuts the budget. What follows from that
is computed, not typed, and next year somebody can read what was decided and why.

In:     a Division, and a :class:`Revision` (from a workbook, or made in Python).
Out:    a new Division whose log is continued; the old one stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.io import refuse_person
from kkbpk_geo.plan.targets.budget import BudgetItem
from kkbpk_geo.plan.targets.divide import Apportionment, Method
from kkbpk_geo.plan.targets.division import (
    HISTORY,
    LIMITS,
    MOVES,
    SETTINGS,
    Division,
    divide_targets,
)
from kkbpk_geo.plan.targets.override import log_changes

if TYPE_CHECKING:
    import pandas as pd

_PAIR = 2  # service and region


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Revision:
    """What a division is to become: new limits, totals and money, and why.

    Attributes
    ----------
    items : tuple of BudgetItem
        The same services, in the same order, over the same regions.
    budget, method, meeting
        As of :class:`Division`.
    reasons : mapping (service, region_code) -> text
        Why a region's limits change; where none changes, it goes on record as a note.
    places : mapping (service, region_code, limit) -> text
        Where a limit stands in a workbook, for an error; ``(service, "", "")`` is the
        total's place, ``("", "", "")`` the budget's. Empty without a workbook.
    """

    items: tuple[BudgetItem, ...]
    budget: int | None
    method: Method
    meeting: str = ""
    reasons: Mapping[tuple[str, str], str] = field(default_factory=dict)
    places: Mapping[tuple[str, str, str], str] = field(default_factory=dict)


def revise_division(
    before: Division, revision: Revision, *, decided_by: str = ""
) -> Division:
    """Divide again as revised, and put every change on record.

    Parameters
    ----------
    before : Division
        Is not changed.
    revision : Revision
    decided_by : str
        A label of an office or a meeting, never a person's name; the revision's
        ``meeting`` if left out.

    Returns
    -------
    Division
        With the log continued. Without any change it has the same values and log.

    Raises
    ------
    InfeasibleError, PlanError, EmptyDataError
        As :func:`divide_targets`.
    PersonError
        For a number of a person in ``decided_by`` or a reason.
    """
    import pandas as pd

    who = decided_by or revision.meeting
    refuse_person(who, "decided_by")
    for text in revision.reasons.values():
        refuse_person(text, "a reason")
    after = divide_targets(
        revision.items,
        budget=revision.budget,
        method=revision.method,
        meeting=revision.meeting,
        note=before.note,
        marks=before.marks,
    )
    rows = _changed_settings(before, after)
    for key in after.items:
        rows += _changed_regions(before, after, key, revision.reasons)
    if not rows:
        return replace(after, results=before.results, log=before.log)
    step = 1 + int(before.log["step"].max() if len(before.log) else 0)
    new = pd.DataFrame(
        [(step, *row, who) for row in rows], columns=list(HISTORY), dtype=object
    )
    log = pd.concat([before.log, new], ignore_index=True) if len(before.log) else new
    return replace(after, results=_with_logs(after.results, log), log=log)


def override_division(
    before: Division,
    changes: Mapping[tuple[str, str], int | None],
    *,
    reason: str = "",
    decided_by: str = "",
) -> Division:
    """Set cells as a planner decides; the others make room, within the budget.

    Parameters
    ----------
    changes : mapping (service, region_code) -> int, or None
        The value to lock a region at; None releases its lock.

    Raises
    ------
    PlanError, InfeasibleError
        As :func:`revise_division`; also for a service or region that is not there.
    """
    items = dict(before.items)
    for change in changes:
        if not isinstance(change, tuple) or len(change) != _PAIR:
            msg = (
                f"change names {change!r}; expected (service, region_code), such as "
                f"({next(iter(items))!r}, '18.01')."
            )
            raise PlanError(msg)
    for (key, code), value in changes.items():
        if key not in items or code not in before.results[key].weights:
            msg = f"change names {key!r} in region {code!r}, which is not divided here."
            raise PlanError(msg)
        locks = {**_limit(items[key], "locked"), code: value}
        items[key] = replace(items[key], locked=locks)
    revision = Revision(
        items=tuple(items.values()),
        budget=before.budget,
        method=before.method,
        meeting=before.meeting,
        reasons=dict.fromkeys(changes, reason),
    )
    return revise_division(before, revision, decided_by=decided_by)


def with_history(division: Division, log: pd.DataFrame) -> Division:
    """Return a division with the log it had when it was written."""
    return replace(division, results=_with_logs(division.results, log), log=log)


def _with_logs(
    results: Mapping[str, Apportionment], log: pd.DataFrame
) -> Mapping[str, Apportionment]:
    """Give each result its own lines, in its own form."""
    moved = log[log["kind"].isin(MOVES)]
    out = {}
    for key, result in results.items():
        own = moved.loc[moved["service"] == key, list(result.log.columns)]
        out[key] = replace(result, log=own.reset_index(drop=True))
    return out


def _limit(item: BudgetItem, name: str) -> dict[str, int]:
    """Return one limit of a settled item."""
    return dict(getattr(item, name) or {})


def _changed_settings(before: Division, after: Division) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = [
        ("", "", name, getattr(before, name), getattr(after, name), "")
        for name in ("method", "budget")
        if getattr(before, name) != getattr(after, name)
    ]
    for key, item in after.items.items():
        old = before.items[key]
        for name in SETTINGS:
            was, now = getattr(old, name), getattr(item, name)
            if was != now:
                rows.append((key, "", name, was, now, ""))
    return rows


def _changed_regions(
    before: Division,
    after: Division,
    key: str,
    reasons: Mapping[tuple[str, str], str],
) -> list[tuple[Any, ...]]:
    """Return changed floors and caps, then decisions and what moved, then notes."""
    old, new = before.items[key], after.items[key]
    why = {code: text for (service, code), text in reasons.items() if service == key}
    codes = list(after.results[key].weights)
    rows: list[tuple[Any, ...]] = []
    for name in ("floors", "caps"):
        was, now = _limit(old, name), _limit(new, name)
        rows += [
            (key, c, LIMITS[name], was.get(c), now.get(c), why.get(c, ""))
            for c in codes
            if was.get(c) != now.get(c)
        ]
    was, now = _limit(old, "locked"), _limit(new, "locked")
    moved = log_changes(
        {c: before.quantity(key, c) for c in codes},
        {c: after.quantity(key, c) for c in codes},
        {c: now.get(c) for c in codes if was.get(c) != now.get(c)},
        reason=why,
    )
    columns = ["region_code", "kind", "was", "became", "reason"]
    rows += [(key, *line) for line in moved[columns].itertuples(index=False, name=None)]
    told = {row[1] for row in rows if row[2] != "reapportioned"}
    values = after.results[key].values
    for code in codes:
        if why.get(code) and code not in told:
            same = int(values[code])
            rows.append((key, code, "note", same, same, why[code]))
    return rows
