"""The sums behind monitoring: which lines are due, and what they add up to.

In:     the lines of one year. Out: rows per period, region and work; rows per region.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kkbpk_geo.plan.year.lines import annual_totals

Edges = tuple[float, float, float]
CLASSES = ("critical", "behind", "on_track", "above", "not_reported", "no_target")
PATTERNS = ("balanced", "money_ahead", "work_ahead", "")
TABLE_COLUMNS = (
    "period", "region_code", "work", "text", "indicator", "unit", "lines", "reported",
    "target", "target_reported", "realised", "physical", "budget", "budget_reported",
    "spent", "absorption", "deviation", "klass", "pattern", "prorated",
)  # fmt: skip
_WHOLE = ("lines", "reported", "budget", "budget_reported", "spent")
_VALUES = ("target", "realised", "budget", "spent")
# Points between money and work from which they no longer agree: a fifth of the plan.
_AHEAD = 20.0
REGION_COLUMNS = (
    "works", "reported", "critical", "unreported", "physical", "absorption",
    "deviation", "klass", "pattern", "weighting", "known_share",
)  # fmt: skip
_COUNTS = REGION_COLUMNS[:4]
_YEAR = 12


def due_lines(lines: pd.DataFrame, until: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the lines that count until a month, and those that do not, with why."""
    lines = lines.copy()
    reason = pd.Series("", index=lines.index, dtype=object)
    annual = lines["span"] == "year"
    reason[~annual & (lines["last"] > until)] = "not_due"
    reason[lines["status"] == "cancelled"] = "cancelled"
    alive = lines[lines["status"] != "cancelled"]
    doubled = pd.DataFrame({name: annual_totals(alive, name) for name in _VALUES})
    there = lines[reason == ""]
    doubled = doubled.loc[there.index]
    said = there[list(_VALUES)].notna()
    total = doubled.any(axis=1) & (doubled | ~said).all(axis=1)
    reason[total[total].index] = "year_total"
    out = lines[reason != ""].assign(reason=reason[reason != ""])
    kept = there[~total].copy()
    for name in _VALUES:
        kept[name] = kept[name].mask(doubled.loc[kept.index, name])
    kept["prorated"] = (kept["span"] == "year") & (until < _YEAR)
    part = kept["prorated"]
    kept["target"] = kept["target"].mask(
        part & kept["additive"], kept["target"] * until / _YEAR
    )
    kept["budget"] = kept["budget"].mask(part, kept["budget"] * until // _YEAR)
    return kept, out


def rows_of(lines: pd.DataFrame, edges: Edges) -> pd.DataFrame:
    """Return one row per period, region, work and unit."""
    keys = ["period", "region_code", "work", "unit"]
    both = lines["target"].gt(0).fillna(False) & lines["realised"].notna()
    # Of percentages only the last report counts; a unit is additive or it is not.
    newest = lines[both].sort_values([*keys, "last", "target", "realised"])
    last = newest.index[~newest.duplicated(keys, keep="last")]
    both &= lines["additive"] | lines.index.isin(last)
    paid = lines["budget"].gt(0).fillna(False) & lines["spent"].notna()
    apart = apart_lines(lines, keys, "target", "realised")
    paid |= apart_lines(lines, keys, "budget", "spent")
    aimed = both | _told(lines, keys, apart, "target")
    done = both | _told(lines, keys, apart, "realised")
    wide = lines.assign(
        target_reported=lines["target"].where(aimed),
        reached=lines["realised"].where(done),
        budget_reported=lines["budget"].where(paid),
        paid=lines["spent"].where(paid),
    ).sort_values([*keys, "line_id", "activity_text", "indicator"])
    own = wide.groupby(keys, sort=True)
    sums = ["target", "target_reported", "reached", "budget", "budget_reported", "paid"]
    out = (
        own[sums]
        .sum(min_count=1)
        .rename(columns={"reached": "realised", "paid": "spent"})
    )
    out["target"] = out["target"].where(own["additive"].all(), own["target"].max())
    out["lines"], out["reported"] = own.size(), own["realised"].count()
    out["text"] = own["activity_text"].first()
    out["indicator"] = own["indicator"].first()
    out["prorated"] = own["prorated"].any()
    for name in ("target", "target_reported", "realised"):
        out[name] = out[name].astype(float)
    out["physical"] = 100 * out["realised"] / out["target_reported"]
    out["absorption"] = 100 * (
        out["spent"].astype(float) / out["budget_reported"].astype(float)
    )
    out["deviation"] = out["physical"] - 100
    out["klass"] = [
        _class(*cells, edges)
        for cells in zip(out["deviation"], out["target"], out["reported"], strict=True)
    ]
    out["pattern"] = [
        _pattern(done, spent)
        for done, spent in zip(out["physical"], out["absorption"], strict=True)
    ]
    whole = out.reset_index()[list(TABLE_COLUMNS)]
    return whole.astype(dict.fromkeys(_WHOLE, "Int64"))


def apart_lines(
    lines: pd.DataFrame, keys: list[str], plan: str, report: str
) -> pd.Series[bool]:
    """Mark the lines of works that state a plan for the year and report it by phase.

    Or the reverse. No line of theirs has both, but all of them together do: offices
    write a target for the year and what was done in each quarter.
    """
    planned = lines[plan].gt(0).fillna(False).astype(bool)
    told = lines[report].notna()
    annual = lines["span"] == "year"
    works = lines.groupby(keys, sort=False, dropna=False).ngroup().to_numpy()

    def some(mask: pd.Series[bool]) -> pd.Series[bool]:
        marked = np.bincount(works[mask.to_numpy(bool)], minlength=len(works))
        return pd.Series(marked[works] > 0, index=lines.index)

    year_only = some(planned & annual) & ~some(planned & ~annual)
    year_only &= some(told & ~annual) & ~some(told & annual)
    phase_only = some(planned & ~annual) & ~some(planned & annual)
    phase_only &= some(told & annual) & ~some(told & ~annual)
    return year_only | phase_only


def _told(
    lines: pd.DataFrame, keys: list[str], apart: pd.Series[bool], name: str
) -> pd.Series[bool]:
    """Mark which of those lines count: all, of percentages the newest."""
    own = lines[apart & lines[name].notna()].sort_values([*keys, "last", name])
    newest = own.index[~own.duplicated(keys, keep="last")]
    return apart & (lines["additive"] | lines.index.isin(newest))


def _class(deviation: float, target: float, reported: int, edges: Edges) -> str:
    if np.isnan(deviation):
        return "not_reported" if target > 0 and not reported else "no_target"
    return CLASSES[_step(deviation, edges)]


def _step(deviation: float, edges: Edges) -> int:
    critical, behind, above = edges
    return (
        int(deviation >= critical) + int(deviation >= behind) + int(deviation > above)
    )


def _pattern(physical: float, absorption: float) -> str:
    ahead = absorption - min(physical, 100)
    if np.isnan(ahead):
        return ""
    if abs(ahead) <= _AHEAD:
        return "balanced"
    return "money_ahead" if ahead > 0 else "work_ahead"


def regions_of(to_date: pd.DataFrame, edges: Edges) -> pd.DataFrame:
    """Return one row per region: works of different units joined by their weights."""
    rows = {}
    for code, own in to_date.groupby("region_code", sort=True):
        rows[code] = _region(own, edges)
    frame = pd.DataFrame.from_dict(
        rows, orient="index", columns=list(REGION_COLUMNS)
    ).rename_axis("region_code")
    shares = dict.fromkeys(
        ("physical", "absorption", "deviation", "known_share"), float
    )
    return frame.astype({**dict.fromkeys(_COUNTS, "Int64"), **shares})


def _region(own: pd.DataFrame, edges: Edges) -> dict[str, object]:
    """Join the works of one region: each at most 100 %, by budget if all have one."""
    known = own["physical"].notna().to_numpy()
    budget = own["budget"].astype(float).fillna(0).to_numpy()
    by_money = bool((budget > 0).all())
    weight = budget if by_money else np.ones(len(own))
    physical, klass = np.nan, "not_reported"
    if known.any():
        reach = own["physical"].clip(upper=100).to_numpy()[known]
        physical = float((reach * weight[known]).sum() / weight[known].sum())
        klass = CLASSES[_step(physical - 100, edges)]
    money = int(own["budget_reported"].sum())
    absorption = 100 * int(own["spent"].sum()) / money if money else np.nan
    counts = own["klass"].value_counts()
    return {
        "works": len(own),
        "reported": int(known.sum()),
        "critical": int(counts.get("critical", 0)),
        "unreported": int(counts.get("not_reported", 0)),
        "physical": physical,
        "absorption": absorption,
        "deviation": physical - 100,
        "klass": klass,
        "pattern": _pattern(physical, absorption),
        "weighting": "budget" if by_money else "equal",
        "known_share": float(weight[known].sum() / weight.sum()),
    }
