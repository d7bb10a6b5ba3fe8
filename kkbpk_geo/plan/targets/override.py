"""A planner changes a cell; the others make room, and the change is on record.

In:     an Apportionment and the values that somebody decided.
Out:    a new Apportionment whose log says what was, what became, and why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.plan.targets.divide import LOG_COLUMNS, Apportionment, solve
from kkbpk_geo.plan.targets.numbers import Limits, read_limit, read_weights, whole

if TYPE_CHECKING:
    import pandas as pd


def override(
    result: Apportionment,
    changes: Mapping[str, int | None],
    *,
    reason: str | Mapping[str, str] = "",
    decided_by: str = "",
) -> Apportionment:
    """Set cells as a planner decides, divide the rest again, and log what moved.

    Parameters
    ----------
    result : Apportionment
        Is not changed.
    changes : mapping region_code -> int, or None
        The value to lock a region at; None releases its lock.
    reason : str, or mapping region_code -> str
        One for all that moves, or one for each cell that was decided.
    decided_by : str
        A label of an office or a meeting, never a person's name.

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
    new = log_changes(
        dict(zip(codes, result.table["value"].tolist(), strict=True)),
        dict(zip(codes, became.table["value"].tolist(), strict=True)),
        changes,
        reason=reason,
        decided_by=decided_by,
    )
    new["step"] = 1 + int(result.log["step"].max() if len(result.log) else 0)
    log = pd.concat([result.log, new], ignore_index=True) if len(result.log) else new
    return replace(became, log=log)


def log_changes(
    before: Mapping[str, int],
    after: Mapping[str, int],
    changes: Mapping[str, int | None],
    *,
    reason: str | Mapping[str, str] = "",
    decided_by: str = "",
) -> pd.DataFrame:
    """Say what was, what became, and whether somebody decided it or it made room.

    Parameters
    ----------
    before, after : mapping region_code -> value
        Of the same regions.
    changes : mapping region_code -> value or None
        The cells that were decided.

    Returns
    -------
    DataFrame, columns :data:`LOG_COLUMNS`
        A row per cell that was decided or has moved; all of step 1.
    """
    import pandas as pd

    rows = []
    for code, was in before.items():
        now = after[code]
        decided = code in changes
        if decided:
            kind = "released" if changes[code] is None else "override"
        elif now != was:
            kind = "reapportioned"
        else:
            continue
        if isinstance(reason, str):
            why = reason
        else:
            why = reason.get(code, "") if decided else ""
        rows.append((1, code, int(was), int(now), kind, why, decided_by))
    return pd.DataFrame(rows, columns=list(LOG_COLUMNS))
