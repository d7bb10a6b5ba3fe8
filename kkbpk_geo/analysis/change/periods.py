"""Two periods side by side, on one and the same set of territories.

In:     the tidy table of ``compute_indicators``, or counts as :func:`count_table` gives
        them; two periods.
Out:    :class:`result.PeriodChange`: change, rank change with interval, where the
        change of the total comes from, which districts were added to their parents.
Rule:   a trend across a district split is computed on the parents, or refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kkbpk_geo.analysis.change.breaks import find_shifts
from kkbpk_geo.analysis.change.effects import (
    EFFECTS,
    NUMBERS,
    RANKS,
    decompose_change,
    rank_changes,
)
from kkbpk_geo.analysis.change.result import CHANGES, PeriodChange
from kkbpk_geo.analysis.change.splits import (
    families,
    founded_shortly_before,
    roll_up_splits,
)
from kkbpk_geo.analysis.frames import province_of
from kkbpk_geo.base.errors import EmptyDataError, IndicatorError
from kkbpk_geo.base.periods import (
    canonical,
    canonical_each,
    order_periods,
    read_period,
)
from kkbpk_geo.base.periods import (
    families as kinds_of_time,
)
from kkbpk_geo.catalogue.forms.eras import crossing_of
from kkbpk_geo.catalogue.indicators import Direction, indicators
from kkbpk_geo.indicators import INDICATOR_COLUMNS, INDICATOR_KEYS, INDICATOR_PARTS
from kkbpk_geo.joining import as_tidy
from kkbpk_geo.regions import has_region, region

if TYPE_CHECKING:
    from kkbpk_geo.joining import Joined

_KEYS = list(INDICATOR_KEYS[1:])
_PARTS = list(INDICATOR_PARTS)
_READ = [*INDICATOR_KEYS, *INDICATOR_PARTS, "value"]
_ROLLED = ["region_code", "name", "into", "founded", "law", "dates_verified"]
# Values of a published table are rounded: so far they may be from factor x n / d.
_CLOSE = 1e-6


def count_table(joined: Joined) -> pd.DataFrame:
    """Return a Joined's counts in the shape of an indicator table.

    Returns
    -------
    DataFrame: ``indicators.INDICATOR_COLUMNS``
        ``indicator`` is the measure, numerator and value the count; no denominator.
    """
    values = joined.values.astype("Float64").stack(future_stack=True)
    status = joined.status.stack(future_stack=True)
    keys = values.index.set_names(list(INDICATOR_KEYS))
    count = values.to_numpy(float, na_value=np.nan)
    table = keys.to_frame(index=False).assign(
        numerator=count, denominator=np.nan, value=count, status=status.to_numpy()
    )
    return table[list(INDICATOR_COLUMNS)]


def compare_periods(
    table: pd.DataFrame,
    *,
    earlier: object = None,
    later: object = None,
    as_of: object = None,
    roll_up: bool = True,
    seed: int = 18,
) -> PeriodChange:
    """Compare two periods on the districts that existed at the earlier one.

    Parameters
    ----------
    table : DataFrame
        ``period`` (``2025``, ``2025-11``, ``2025-Q3`` …), ``region_code, indicator,
        value`` and, where known, ``numerator, denominator``: as ``compute_indicators``
        gives it. A row of the province is compared as it is.
    earlier, later : text, year, date, Timestamp or Period, optional
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
        value is not factor x numerator / denominator; if one period is a sum over
        several months and the other is not; if a split lies between the
        periods and ``roll_up`` is False, or there is nothing to add up.

    Examples
    --------
    Pringsewu (18.10) left Tanggamus (18.06) in 2009: the two are compared together.

    >>> table = pd.DataFrame(
    ...     [("2008", "18.06", 100), ("2025", "18.06", 60), ("2025", "18.10", 50)],
    ...     columns=["period", "region_code", "value"],
    ... ).assign(indicator="population", numerator=lambda t: t["value"])
    >>> compare_periods(table).of("population")["change"].to_dict()
    {'18.06': 10.0}
    """
    rows = _read(table)
    first, last, chosen = _periods(rows, earlier, later, as_of)
    every, rows = rows, rows[rows["period"].isin([first, last])]
    codes = list(dict.fromkeys(rows["region_code"]))
    province = province_of(pd.Index(codes))
    groups = families([c for c in codes if c != province], chosen)
    rolled = _rolled(groups)
    if groups and not roll_up:
        msg = (
            f"between {chosen} and {last} districts were split off: "
            f"{', '.join(rolled['name'] + ' (' + rolled['founded'] + ')')}. A trend "
            "across a split is false; use roll_up=True to add them to their parent."
        )
        raise IndicatorError(msg)
    if groups:
        rows = _roll(rows, groups, {first: chosen})
    pairs = _pairs(rows, first, last, province)
    unclear = _unclear(rows, first, last)
    keys = pairs[_KEYS].itertuples(index=False, name=None)
    hidden = np.array([key in unclear for key in keys], dtype=bool)
    broken = _broken(pairs["indicator"], first, last)
    full = pd.concat([pairs[_KEYS], _change(pairs, hidden, broken)], axis=1)
    ours = pairs[full["status"].eq("ok") & (pairs["region_code"] != province)]
    shifted = find_shifts(ours, every, first, last)
    full.loc[shifted[shifted].index, "status"] = "level_shift"
    full["members"] = [" + ".join(groups.get(c, (c,))) for c in full["region_code"]]
    # The province is compared as it is: no rank among its districts, no part in itself.
    ranked = full["change"].notna() & (full["region_code"] != province)
    ranks, effects = _ranks_and_effects(pairs[ranked], _scale(rows), seed)
    ranks = ranks.reindex(full.index).astype("Int64")
    changes = full[[*CHANGES, "better"]]
    return PeriodChange(
        table=pd.concat([changes, ranks, full[["members", "status"]]], axis=1),
        decomposition=pd.concat([full.loc[ranked, _KEYS], effects], axis=1).reset_index(
            drop=True
        ),
        rolled=rolled,
        earlier=first,
        later=last,
        as_of=chosen,
    )


def _ranks_and_effects(
    pairs: pd.DataFrame, scale: dict[str, float], seed: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rank the regions of each indicator, and split the change of its total."""
    ranks = pd.DataFrame(np.nan, pairs.index, list(RANKS))
    effects = pd.DataFrame(np.nan, pairs.index, list(EFFECTS))
    for key, own in pairs.groupby("indicator", sort=False):
        numbers = own[list(NUMBERS)].to_numpy()
        ranks.loc[own.index] = rank_changes(numbers, _direction(str(key)), seed=seed)
        effects.loc[own.index] = decompose_change(numbers, scale[str(key)])
    return ranks, effects


def _read(table: pd.DataFrame) -> pd.DataFrame:
    table = as_tidy(table, "table")
    if table.empty:
        msg = "table has no rows; there is nothing to compare."
        raise EmptyDataError(msg)
    rows = table.reindex(columns=_READ).reset_index(drop=True)
    rows["period"] = canonical_each(rows["period"].tolist())
    if not rows["period"].any():
        msg = "table has no column period (or TAHUN, BULAN): nothing to compare."
        raise IndicatorError(msg)
    twice = rows.duplicated(list(INDICATOR_KEYS))
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
    rows: pd.DataFrame, earlier: object, later: object, as_of: object
) -> tuple[str, str, str]:
    known = order_periods(rows["period"])
    last = known[-1] if later is None else canonical(later)
    first = canonical(earlier) if earlier is not None else _oldest_like(last, known)
    for period in (first, last):
        if period not in known:
            msg = f"no rows for period {period!r}; there is {known}."
            raise IndicatorError(msg)
    if not first or first == last or order_periods([first, last])[0] != first:
        msg = f"cannot compare {first!r} with {last!r}; expected two periods in order."
        raise IndicatorError(msg)
    if len(set(kinds_of_time([first, last]))) > 1:
        msg = (
            f"cannot compare {first!r} with {last!r}: one is a sum over other months "
            f"than the other. Choose two of a kind; there is {known}."
        )
        raise IndicatorError(msg)
    chosen = first if as_of is None else canonical(as_of)
    # As exact as the less exact of the two: 2025 is not after 2025-11.
    given, earliest = read_period(chosen), read_period(first)
    if given and earliest and given.begins > earliest.ends:
        msg = (
            f"as_of is {chosen!r}; expected a period not after the earlier, {first!r}."
        )
        raise IndicatorError(msg)
    return first, last, chosen


def _oldest_like(last: str, known: Sequence[str]) -> str:
    """Return the oldest period that can be compared with the last."""
    (newest,) = kinds_of_time([last])
    alike = zip(known, kinds_of_time(known), strict=True)
    return next(period for period, kind in alike if kind == newest)


def _rolled(groups: dict[str, tuple[str, ...]]) -> pd.DataFrame:
    rows = []
    for family, members in groups.items():
        for unit in map(region, members):
            if unit.code != family:
                law = unit.founded, unit.law, unit.dates_verified
                rows.append((unit.code, unit.name, family, *law))
    return pd.DataFrame(rows, columns=_ROLLED)


def _roll(
    rows: pd.DataFrame,
    groups: dict[str, tuple[str, ...]],
    structure: dict[str, str],
) -> pd.DataFrame:
    members = {code for family in groups.values() for code in family}
    inside = rows["region_code"].isin(members)
    # Rates cannot be added; only what they are made of can.
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
    below = sums["denominator"].where(sums["denominator"] != 0)
    factor = sums["indicator"].map(scale)
    ratio = factor * sums["numerator"] / below
    sums["value"] = ratio.where(factor.notna(), sums["numerator"])
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
    # One wrong row does not move the median, and is then the one that stands out.
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
        # Who had a number before, or has none now, hides in nobody.
        if (later, code, key) not in have or (earlier, code, key) in have:
            continue
        if has_region(code) and founded_shortly_before(code, earlier):
            found |= {(code, key), (region(code).predecessor_code, key)}
    return found


def _pairs(rows: pd.DataFrame, earlier: str, later: str, province: str) -> pd.DataFrame:
    """Put both periods side by side: indicators as they came, the province last."""

    def side(period: str, when: str) -> pd.DataFrame:
        own = rows[rows["period"] == period].set_index(_KEYS)[[*_PARTS, "value"]]
        own.columns = pd.Index([*(f"{part}_{when}" for part in _PARTS), when])
        return own

    first, last = side(earlier, "earlier"), side(later, "later")
    both = first.join(last, how="outer").reset_index()
    order = {key: i for i, key in enumerate(dict.fromkeys(rows["indicator"]))}
    both["at"] = both["indicator"].map(order)
    both["last"] = both["region_code"] == province
    return both.sort_values(["at", "last", "region_code"], ignore_index=True)


def _broken(indicator: pd.Series[str], earlier: str, later: str) -> pd.Series[bool]:
    """Return which rows are of an indicator that changed its meaning in between."""
    found = {}
    for key in indicator.unique():
        line = crossing_of(key, earlier, later)
        found[key] = line is not None and not line.comparable
    return indicator.map(found).astype(bool)


def _change(
    pairs: pd.DataFrame, hidden: np.ndarray, broken: pd.Series[bool]
) -> pd.DataFrame:
    """Compute change, per cent, and whether it is for the better."""
    out = pairs[["earlier", "later"]].mask(pd.Series(hidden, pairs.index), axis=0)
    # Both values are true, each in its era; only their difference means nothing.
    step = (out["later"] - out["earlier"]).mask(broken)
    out["change"] = step
    out["relative"] = 100 * step / out["earlier"].where(out["earlier"] != 0)
    # Context, such as a number of people, is neither better nor worse.
    signs = {"better": 1.0, "worse": -1.0, "context": 0.0}
    good = step * pairs["indicator"].map(_direction).map(signs)
    moved = good.notna() & (good != 0)
    out["better"] = (good > 0).astype("boolean").where(moved)
    known = out[["earlier", "later"]].notna().all(axis=1)
    status = np.where(step.isna(), "missing", "ok")
    status = np.where(broken & known, "era_break", status)
    out["status"] = np.where(hidden, "split_unclear", status)
    return out


def _direction(key: str) -> Direction:
    return indicators()[key].direction if key in indicators() else "context"
