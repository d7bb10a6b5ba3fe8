"""A plan laid on twelve months: what happens when, how much falls in one quarter.

In:     the lines of one year. Out: a calendar per region and work, loads, year targets.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.catalogue.activities import RHYTHMS, activities
from kkbpk_geo.plan.year.lines import annual_totals

MONTH_COLUMNS = tuple(f"m{month:02d}" for month in range(1, 13))
# Fewer lines than quarters cannot be spread over them.
MIN_LINES = 4
CALENDAR_COLUMNS = ("text", "indicator", "rhythm", "times", *MONTH_COLUMNS)
TARGET_COLUMNS = ("region_code", "work", "text", "planned", "expected")


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
    rows = {}
    for (code, work), own in lines[is_active(lines)].groupby(
        ["region_code", "work"], sort=True
    ):
        phased = own[own["span"] != "year"]
        months = np.zeros(12, dtype=bool)
        for first, last in zip(phased["first"], phased["last"], strict=True):
            months[first - 1 : last] = True
        head = own.iloc[0]
        rows[code, work] = {
            "text": head["activity_text"],
            "indicator": head["indicator"],
            "rhythm": rhythm_of(str(work), head["indicator"], rhythms or {}),
            "times": len(set(zip(phased["first"], phased["last"], strict=True))),
            **dict(zip(MONTH_COLUMNS, months.tolist(), strict=True)),
        }
    index = pd.MultiIndex.from_tuples(list(rows), names=["region_code", "work"])
    return pd.DataFrame(
        list(rows.values()), index=index, columns=list(CALENDAR_COLUMNS)
    )


def rhythm_of(work: str, indicator: str, rhythms: Mapping[str, str]) -> str:
    """Return how often a work must happen: as stated, as activity or indicator.

    An indicator asks for the densest rhythm of the activities that serve it.
    """
    for key in (work, indicator):
        if key and key in rhythms:
            return rhythms[key]
    if work in activities():
        return activities()[work].rhythm
    served = {
        a.rhythm
        for a in activities().values()
        if indicator and a.indicator == indicator
    }
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
    rows = []
    parts = active[~totals & active["target"].notna()]
    for _, line in active[totals].iterrows():
        own = parts[
            (parts["region_code"] == line["region_code"])
            & (parts["work"] == line["work"])
            & (parts["unit"] == line["unit"])
        ]
        rows.append(
            (line["region_code"], line["work"], line["activity_text"],
             _together(own), float(line["target"]))
        )  # fmt: skip
    for (code, key), wanted in (targets or {}).items():
        named = (parts["work"] == key) | (parts["indicator"] == key)
        own = parts[(parts["region_code"] == code) & named]
        if own["unit"].nunique() > 1:
            continue  # people and groups have no sum to compare
        rows.append((code, key, "", _together(own), float(wanted)))
    return pd.DataFrame(rows, columns=list(TARGET_COLUMNS)).astype(
        {"planned": float, "expected": float}
    )


def _together(own: pd.DataFrame, column: str = "target") -> float:
    """Return the sum; of percentages, which are not added, the highest."""
    if own.empty:
        return 0.0
    cells = own[column].fillna(0).astype(float)
    return float(cells.sum() if own["additive"].all() else cells.max())


def stopped_short(lines: pd.DataFrame) -> pd.DataFrame:
    """Find work that is over (done or cancelled) with less than it was to reach.

    Returns
    -------
    DataFrame
        ``region_code, work, text, planned`` (what was reached) and ``expected``.
    """
    own = lines[lines["target"].notna() & ~annual_totals(lines, "target")]
    rows = []
    for (code, work, _), part in own.groupby(
        ["region_code", "work", "unit"], sort=True
    ):
        done = part["status"] == "done"
        over = (done | (part["status"] == "cancelled")).all() and done.any()
        if not over or part.loc[done, "realised"].isna().any():
            continue
        have = _together(part, "realised")
        want = _together(part, "target")
        if have < want:
            rows.append((code, work, part.iloc[0]["activity_text"], have, want))
    return pd.DataFrame(rows, columns=list(TARGET_COLUMNS))
