"""What changed between two divisions, line by line, for the log that stays with them.

Why: next year somebody asks who gave that district four kits, and how many it had.

In:     settings, limits and values as they were and as they are; the reasons given.
Out:    lines of a log: region, kind, what was, what became, and why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import pandas as pd

LOG_COLUMNS = (
    "step", "region_code", "was", "became", "kind", "reason", "decided_by",
)  # fmt: skip
MOVES = ("override", "released", "reapportioned")

Row: TypeAlias = tuple[str, str, Any, Any, str]


def list_moves(
    before: Mapping[str, int],
    after: Mapping[str, int],
    decided: Mapping[str, int | None],
    *,
    reason: str | Mapping[str, str] = "",
) -> list[Row]:
    """Say which values were decided (or their lock released) and which made room.

    Parameters
    ----------
    before, after : mapping region_code -> value
        Of the same regions.
    decided : mapping region_code -> lock, None where it was released
    reason : str, or mapping region_code -> str
        One for all that moves, or one for each that was decided.
    """
    shared: str = ""
    own: Mapping[str, str] = {}
    if isinstance(reason, str):
        shared = reason
    else:
        own = reason
    rows: list[Row] = []
    for code, was in before.items():
        kind, why = "reapportioned", shared
        if code in decided:
            kind = "released" if decided[code] is None else "override"
            why = own.get(code, shared)
        elif after[code] == was:
            continue
        rows.append((code, kind, was, after[code], why))
    return rows


def list_limits(
    kind: str,
    before: Mapping[str, int | None],
    after: Mapping[str, int | None],
    why: Mapping[str, str],
) -> list[Row]:
    """Say which floors, or caps, are new, gone or other than they were."""
    return [
        (code, kind, before.get(code), now, why.get(code, ""))
        for code, now in after.items()
        if before.get(code) != now
    ]


def list_settings(before: object, after: object, names: Sequence[str]) -> list[Row]:
    """Say which attributes of two things differ; these belong to no region."""
    rows: list[Row] = []
    for name in names:
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            rows.append(("", name, was, now, ""))
    return rows


def continue_log(
    log: pd.DataFrame, rows: Sequence[tuple[Any, ...]], dtype: type | None = None
) -> pd.DataFrame:
    """Return a log with rows, which have no step yet, as its next step."""
    import pandas as pd

    step = 1 + int(log["step"].max() if len(log) else 0)
    lines = [(step, *row) for row in rows]
    new = pd.DataFrame(lines, columns=list(log.columns), dtype=dtype)
    return pd.concat([log, new], ignore_index=True) if len(log) else new
