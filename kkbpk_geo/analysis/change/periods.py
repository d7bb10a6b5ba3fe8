"""Two periods side by side, on one and the same set of territories.

In:     the tidy table of ``compute_indicators``, or counts as :func:`count_table` gives
        them; two periods.
Out:    :class:`period_change.PeriodChange`: change, rank change with interval, where
        the change of the total comes from, which districts were added to their parents.
Rule:   a trend across a district split is computed on the parents, or refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kkbpk_geo.analysis.change.change import PeriodChange
from kkbpk_geo.analysis.change.splits import (
    families,
    founded_shortly_before,
    roll_up_splits,
)
from kkbpk_geo.analysis.change.table import (
    EFFECTS,
    NUMBERS,
    RANKS,
    decompose_change,
    rank_changes,
)
from kkbpk_geo.analysis.frames import province_of
from kkbpk_geo.base.errors import EmptyDataError, IndicatorError
from kkbpk_geo.catalogue.indicators import indicators
from kkbpk_geo.regions import has_region, region

if TYPE_CHECKING:
    from kkbpk_geo.joining import Joined

_KEYS = ["region_code", "indicator"]
_PARTS = ["numerator", "denominator"]
_CLOSE = 1e-6


def count_table(joined: Joined) -> pd.DataFrame:
    """Return a Joined's counts in the shape of an indicator table.

    Returns
    -------
    DataFrame: ``period, region_code, indicator, numerator, denominator, value, status``
        ``indicator`` is the measure, numerator and value the count; no denominator.
    """
    values = joined.values.astype("Float64").stack(future_stack=True)
    status = joined.status.stack(future_stack=True)
    keys = values.index.set_names(["period", "region_code", "indicator"])
    count = pd.Series(values.to_numpy(float, na_value=np.nan), keys, name="value")
    return count.reset_index().assign(
        numerator=count.to_numpy(), denominator=np.nan, status=status.to_numpy()
    )


def compare_periods(
    table: pd.DataFrame,
    *,
    earlier: str | None = None,
    later: str | None = None,
    as_of: str | None = None,
    roll_up: bool = True,
    seed: int = 18,
) -> PeriodChange:
    """Compare two periods on the districts that existed at the earlier one.

    Parameters
    ----------
    table : DataFrame
        ``period`` (``2025`` or ``2025-11``), ``region_code, indicator, value`` and,
        where known, ``numerator, denominator``: as ``compute_indicators`` gives it. A
        row of the province is compared as it is.
    earlier, later : str, optional
        The oldest and the newest period unless stated.
    as_of : str, optional
        Compare on the districts of this period instead of ``earlier``: where reports
        followed a founding late, a period before it. Children founded since that have
        no number in ``earlier`` are then taken to be inside their parent.
    roll_up : bool
        Add districts founded since to the one they left (both periods). False refuses
        where there is any.
    seed : int
        For the rank intervals.

    Raises
    ------
    EmptyDataError
        If the table has no rows.
    IndicatorError
        If columns or periods are absent or in the wrong order, a row stands twice, a
        value is not factor x numerator / denominator; if a split lies between the
        periods and ``roll_up`` is False, or there is nothing to add up.
    """
    rows = _read(table)
    earlier, later, as_of = _periods(rows, earlier, later, as_of)
    rows = rows[rows["period"].isin([earlier, later])]
    codes = list(dict.fromkeys(rows["region_code"]))
    province = province_of(pd.Index(codes))
    groups = families([c for c in codes if c != province], as_of)
    rolled = _rolled(groups)
    if groups and not roll_up:
        msg = (
            f"between {as_of} and {later} districts were split off: "
            f"{', '.join(rolled['name'] + ' (' + rolled['founded'] + ')')}. A trend "
            "across a split is false; use roll_up=True to add them to their parent."
        )
        raise IndicatorError(msg)
    if groups:
        rows = _roll(rows, groups, {earlier: as_of})
    pairs = _pairs(rows, earlier, later, province)
    unclear = _unclear(rows, earlier, later)
    keys = pairs[_KEYS].itertuples(index=False, name=None)
    hidden = [key in unclear for key in keys]
    full = pd.concat(
        [pairs[_KEYS], _change(pairs, np.array(hidden, dtype=bool))], axis=1
    )
    full["members"] = [" + ".join(groups.get(c, (c,))) for c in full["region_code"]]
    ranked = full["change"].notna() & (full["region_code"] != province)
    effects = full.loc[ranked, _KEYS]
    scale = _scale(rows)
    for key, at in effects.groupby("indicator", sort=False).groups.items():
        numbers = pairs.loc[at, list(NUMBERS)].to_numpy()
        better = _direction(str(key)) != "worse"
        full.loc[at, list(RANKS)] = rank_changes(numbers, better, seed=seed)
        factor = scale[str(key)]
        effects.loc[at, list(EFFECTS)] = decompose_change(
            numbers, 1.0 if np.isnan(factor) else factor
        )
    ranks = full.reindex(columns=list(RANKS)).astype("Int64")
    columns = [*_KEYS, "earlier", "later", "change", "relative", "better"]
    return PeriodChange(
        table=pd.concat([full[columns], ranks, full[["members", "status"]]], axis=1),
        decomposition=effects.reindex(columns=[*_KEYS, *EFFECTS]).reset_index(
            drop=True
        ),
        rolled=rolled,
        earlier=earlier,
        later=later,
        as_of=as_of,
    )


def _read(table: pd.DataFrame) -> pd.DataFrame:
    needed = ["period", *_KEYS, "value"]
    if absent := [c for c in needed if c not in table.columns]:
        msg = f"table lacks {absent}; expected {needed}, as compute_indicators gives."
        raise IndicatorError(msg)
    if table.empty:
        msg = "table has no rows; there is nothing to compare."
        raise EmptyDataError(msg)
    rows = table.reindex(columns=["period", *_KEYS, *_PARTS, "value"]).reset_index(
        drop=True
    )
    twice = rows.duplicated(["period", *_KEYS])
    if twice.any():
        row = rows[twice].iloc[0]
        msg = (
            f"region {row['region_code']}, period {row['period']}, indicator "
            f"{row['indicator']!r} stands twice; keep one row."
        )
        raise IndicatorError(msg)
    for column in [*_PARTS, "value"]:
        rows[column] = rows[column].astype("Float64").to_numpy(float, na_value=np.nan)
    return rows


def _periods(
    rows: pd.DataFrame, earlier: str | None, later: str | None, as_of: str | None
) -> tuple[str, str, str]:
    known = sorted(set(rows["period"]))
    first = known[0] if earlier is None else earlier
    last = known[-1] if later is None else later
    for period in (first, last):
        if period not in known:
            msg = f"no rows for period {period!r}; there is {known}."
            raise IndicatorError(msg)
    if not first or not first < last:
        msg = f"cannot compare {first!r} with {last!r}; expected two periods in order."
        raise IndicatorError(msg)
    chosen = first if as_of is None else as_of
    if chosen[: len(first)] > first[: len(chosen)]:
        msg = (
            f"as_of is {chosen!r}; expected a period not after the earlier, {first!r}."
        )
        raise IndicatorError(msg)
    return first, last, chosen


def _rolled(groups: dict[str, tuple[str, ...]]) -> pd.DataFrame:
    units = [
        (region(code), family)
        for family, members in groups.items()
        for code in members
        if code != family
    ]
    return pd.DataFrame(
        [(u.code, u.name, f, u.founded, u.law, u.dates_verified) for u, f in units],
        columns=["region_code", "name", "into", "founded", "law", "dates_verified"],
    )


def _roll(
    rows: pd.DataFrame,
    groups: dict[str, tuple[str, ...]],
    structure: dict[str, str],
) -> pd.DataFrame:
    members = {code for family in groups.values() for code in family}
    inside = rows["region_code"].isin(members)
    bare = rows[inside & rows["value"].notna() & rows["numerator"].isna()]
    if len(bare):
        row = bare.iloc[0]
        msg = (
            f"indicator {row['indicator']!r} of region {row['region_code']} has a "
            "value but no numerator, so it cannot be added to that of the district it "
            "was split from. Give numerators and denominators."
        )
        raise IndicatorError(msg)
    sums = roll_up_splits(rows[inside], groups, structure)
    scale = _scale(rows)
    ratio = sums["denominator"].where(sums["denominator"] != 0)
    factor = sums["indicator"].map(scale)
    counted = factor.isna()
    sums["value"] = np.where(
        counted, sums["numerator"], factor * sums["numerator"] / ratio
    )
    return pd.concat([rows[~inside], sums], ignore_index=True)


def _scale(rows: pd.DataFrame) -> dict[str, float]:
    groups = rows.groupby("indicator", sort=False)
    return {str(key): _factor(part) for key, part in groups}


def _factor(rows: pd.DataFrame) -> float:
    """Return value / (numerator / denominator); NaN for counts."""
    if rows["denominator"].isna().all():
        return float("nan")
    key = str(rows["indicator"].iloc[0])
    known = rows[(rows["numerator"] > 0) & (rows["denominator"] > 0)]
    found = known["value"] * known["denominator"] / known["numerator"]
    found = found.dropna()
    if found.empty:
        return indicators()[key].factor if key in indicators() else 1.0
    factor = float(found.median())
    wrong = found[(found / factor - 1).abs() > _CLOSE]
    if len(wrong):
        row = rows.loc[wrong.index[0]]
        msg = (
            f"indicator {key!r}, region {row['region_code']}, period {row['period']}: "
            f"value {row['value']:g} is not {factor:g} x {row['numerator']:g} / "
            f"{row['denominator']:g} as elsewhere; correct the row."
        )
        raise IndicatorError(msg)
    return factor


def _unclear(rows: pd.DataFrame, earlier: str, later: str) -> set[tuple[str, str]]:
    """Return (region, indicator) that may still be counted inside another district.

    A district founded up to two years before the earlier period without a number then,
    but with one later, may stand inside its parent: neither can be compared.
    """
    found = set()
    known = rows[rows["value"].notna()]
    have = set(known[["period", *_KEYS]].itertuples(index=False, name=None))
    for code, key in rows[_KEYS].drop_duplicates().itertuples(index=False):
        if (later, code, key) not in have or (earlier, code, key) in have:
            continue
        if has_region(code) and founded_shortly_before(code, earlier):
            found |= {(code, key), (region(code).predecessor_code, key)}
    return found


def _pairs(rows: pd.DataFrame, earlier: str, later: str, province: str) -> pd.DataFrame:
    """Put both periods side by side: indicators as they came, the province last."""
    sides = [
        rows[rows["period"] == period]
        .drop(columns="period")
        .rename(columns={"value": when, **{p: f"{p}_{when}" for p in _PARTS}})
        for when, period in (("earlier", earlier), ("later", later))
    ]
    both = sides[0].merge(sides[1], on=_KEYS, how="outer")
    order = {key: i for i, key in enumerate(dict.fromkeys(rows["indicator"]))}
    both["at"] = both["indicator"].map(order)
    both["last"] = both["region_code"] == province
    return both.sort_values(["at", "last", "region_code"], ignore_index=True)


def _change(pairs: pd.DataFrame, hidden: np.ndarray) -> pd.DataFrame:
    """Compute change, per cent, and whether it is for the better."""
    out = pairs[["earlier", "later"]].mask(pd.Series(hidden, pairs.index), axis=0)
    step = out["later"] - out["earlier"]
    out["change"] = step
    out["relative"] = 100 * step / out["earlier"].where(out["earlier"] != 0)
    signs = {"better": 1.0, "worse": -1.0}
    good = step * pairs["indicator"].map(lambda key: signs.get(_direction(key), 0.0))
    moved = good.notna() & (good != 0)
    out["better"] = (good > 0).astype("boolean").where(moved)
    out["status"] = np.where(
        hidden, "split_unclear", np.where(step.isna(), "missing", "ok")
    )
    return out


def _direction(key: str) -> str:
    return indicators()[key].direction if key in indicators() else "context"
