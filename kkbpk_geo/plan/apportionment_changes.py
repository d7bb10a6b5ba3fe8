"""A planner changes a cell; the others make room, and the change is on record.

Layer:  7 (plan).
In:     an Apportionment and the values that somebody decided.
Out:    a new Apportionment whose log says what was, what became, and why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.plan.apportionment import LOG_COLUMNS, Apportionment, solve
from kkbpk_geo.plan.apportionment_numbers import (
    Limits,
    read_limit,
    read_weights,
    whole,
)


def override(
    result: Apportionment,
    changes: Mapping[str, int | None],
    *,
    reason: str = "",
    decided_by: str = "",
) -> Apportionment:
    """Set cells as a planner decides, divide the rest again, and log what moved.

    Parameters
    ----------
    result : Apportionment
        Is not changed.
    changes : mapping region_code -> int, or None
        The value to lock a region at; None releases its lock.
    reason, decided_by : str
        Go into the log as they are. ``decided_by`` is a label of an office, never a
        person's name.

    Raises
    ------
    InfeasibleError
        If the change contradicts a floor, a cap or the total: which, and by how much.
    PlanError
        If a region is not there or a value is no whole number from 0 up.
    """
    import pandas as pd

    locks = dict(result.table["locked"].items())
    for code, value in changes.items():
        if code not in result.weights:
            msg = f"change names region {code!r}; there are {list(result.weights)}."
            raise PlanError(msg)
        locks[code] = None if value is None else whole(value, f"change of {code}")
    codes = list(result.weights)
    limits = Limits(
        floors=read_limit(result.table["floor"], codes, "floors"),
        caps=read_limit(result.table["cap"], codes, "caps"),
        locked=read_limit(locks, codes, "locked"),
        batch=result.batch,
    )
    read_weights(codes, list(result.weights.values()), limits.locked)
    became = solve(
        result.total,
        result.weights,
        limits,
        method=result.method,
        basis=result.basis,
    )
    step = 1 + int(result.log["step"].max() if len(result.log) else 0)
    rows = []
    before, after = result.table["value"].tolist(), became.table["value"].tolist()
    for code, was, now in zip(codes, before, after, strict=True):
        if code in changes:
            kind = "released" if changes[code] is None else "override"
        elif now != was:
            kind = "reapportioned"
        else:
            continue
        rows.append((step, code, was, now, kind, reason, decided_by))
    new = pd.DataFrame(rows, columns=list(LOG_COLUMNS))
    log = pd.concat([result.log, new], ignore_index=True) if len(result.log) else new
    return replace(became, log=log)
