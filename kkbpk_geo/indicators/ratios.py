"""Indicators as ratios of sums.

Why: a mean of ratios is not the province's ratio (a live dashboard was off by 0.2
points that way), and a percentage without its two numbers cannot be checked.

Layer:  5 (indicators).
In:     :class:`kkbpk_geo.joining.model.Joined`.
Out:    one row per period, region and indicator; the province's row is computed from
        the sums of the regions that have both numbers.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from kkbpk_geo.base.errors import IndicatorError
from kkbpk_geo.catalogue.indicators import Indicator, derived, indicators
from kkbpk_geo.joining.model import Joined

COLUMNS = (
    "period",
    "region_code",
    "indicator",
    "numerator",
    "denominator",
    "value",
    "status",
)
# The worst status of the parts is the ratio's.
_ORDER = ("ok", "partial", "missing", "not_reported", "not_yet_founded")


def compute_indicators(
    joined: Joined, *, only: Iterable[str] | None = None
) -> pd.DataFrame:
    """Compute every indicator the tables can feed, or the ones asked for.

    Parameters
    ----------
    joined : Joined
        n regions, p periods.
    only : iterable of str, optional
        Indicator keys (``contraceptive_use``, ``reporting_rate:bkb``) or keys without
        group (``reporting_rate`` means every group's).

    Returns
    -------
    DataFrame, one row per period, region (and province) and indicator
        ``period, region_code, indicator`` text; ``numerator, denominator, value``
        float64, missing as NaN; ``status`` text: ``ok``, ``partial`` (some villages or
        districts are blank), ``missing``, ``not_reported``, ``not_yet_founded``,
        ``no_denominator``. Ordered by indicator (catalogue), period, region (map), the
        province last. Its row sums only the regions that have both numbers, so that
        the ratio compares like with like; it is ``partial`` where some have not.

    Raises
    ------
    IndicatorError
        If an indicator asked for is not in the catalogue, or its tables are absent;
        names the columns that are lacking.
    """
    values, status = with_derived(joined)
    wanted = _wanted(only)
    parts = []
    for indicator in wanted:
        needed = indicator.numerator + indicator.denominator
        lacking = [c for c in needed if c not in values.columns]
        if lacking:
            if only is not None and indicator.key in set(only):
                msg = (
                    f"indicator {indicator.key!r} needs {lacking}, which no table "
                    "gives."
                )
                raise IndicatorError(msg)
            continue
        parts.append(_ratio(indicator, values, status, joined.province_code))
    if not parts:
        return pd.DataFrame(columns=list(COLUMNS))
    return pd.concat(parts, ignore_index=True)


def with_derived(joined: Joined) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return values and status with the derived measures of ``derived.toml`` added.

    A derived measure is computed only where no table gives it, and only where every
    part is known.
    """
    values = joined.values.astype("Float64")
    status = joined.status.copy()
    for key, rule in derived().items():
        if not set(rule.parts) <= set(values.columns):
            continue
        parts = list(rule.parts)
        total = values[parts].sum(axis=1, min_count=len(parts), skipna=False)
        worst = _worst(status[parts])
        if key in values.columns:
            absent = values[key].isna() & total.notna()
            values[key] = values[key].where(~absent, total)
            status[key] = status[key].where(~absent, worst)
        else:
            values[key], status[key] = total, worst
    return values, status


def _wanted(only: Iterable[str] | None) -> list[Indicator]:
    known = indicators()
    if only is None:
        return list(known.values())
    found: list[Indicator] = []
    for key in only:
        here = [
            x for x in known.values() if key == x.key or x.key.startswith(f"{key}:")
        ]
        if not here:
            from rapidfuzz import process

            near = [n for n, _, _ in process.extract(key, list(known), limit=3)]
            msg = f"unknown indicator {key!r}; did you mean one of {near}?"
            raise IndicatorError(msg)
        found.extend(x for x in here if x not in found)
    return found


def _ratio(
    indicator: Indicator, values: pd.DataFrame, status: pd.DataFrame, province: str
) -> pd.DataFrame:
    top = _total(values, indicator.numerator)
    bottom = _total(values, indicator.denominator)
    frame = pd.DataFrame(
        {
            "numerator": top,
            "denominator": bottom,
            "status": _worst(status[[*indicator.numerator, *indicator.denominator]]),
        },
        index=values.index,
    ).reset_index()
    both = frame["numerator"].notna() & frame["denominator"].notna()
    whole = frame[both].groupby("period", sort=True)[["numerator", "denominator"]]
    total = whole.sum().reindex(frame["period"].unique()).rename_axis("period")
    total = total.reset_index()
    complete = frame["status"].eq("ok").groupby(frame["period"]).all()
    total["region_code"] = province
    total["status"] = np.where(
        total["numerator"].isna(),
        "missing",
        np.where(total["period"].map(complete), "ok", "partial"),
    )
    if province in set(frame["region_code"]):  # a map of provinces has its own row
        total = total.iloc[:0]
    out = pd.concat([frame, total], ignore_index=True)
    out = out.sort_values("period", kind="stable", ignore_index=True)
    out["indicator"] = indicator.key
    nothing = out["denominator"].eq(0)
    out["value"] = (indicator.factor * out["numerator"] / out["denominator"]).where(
        ~nothing
    )
    out.loc[nothing, "status"] = "no_denominator"
    return out[list(COLUMNS)]


def _total(values: pd.DataFrame, columns: tuple[str, ...]) -> np.ndarray:
    parts = values[list(columns)].to_numpy(float, na_value=np.nan)
    return np.asarray(parts.sum(axis=1))


def _worst(status: pd.DataFrame) -> pd.Series[str]:
    rank = {word: i for i, word in enumerate(_ORDER)}
    codes = np.stack([status[c].map(rank).to_numpy(int) for c in status.columns])
    return pd.Series(np.array(_ORDER, dtype=object)[codes.max(axis=0)], status.index)
