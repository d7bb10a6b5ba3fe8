"""Indicators as ratios of sums.

Why: a mean of ratios is not the province's ratio (a live dashboard was off by 0.2
points that way), and a percentage without its two numbers cannot be checked.

In:     :class:`kkbpk_geo.joining.model.Joined`.
Out:    one row per period, region and indicator; the province's row is computed from
        the sums of the regions that have both numbers.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from kkbpk_geo.base.errors import IndicatorError
from kkbpk_geo.base.marks import mark_frame
from kkbpk_geo.catalogue.indicators import Indicator, derived, indicators
from kkbpk_geo.catalogue.statuses import status_order
from kkbpk_geo.joining import Joined

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
_ORDER = status_order()
_RANK = {word: i for i, word in enumerate(_ORDER)}


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
    asked = None if only is None else tuple(only)
    values, status = with_derived(joined)
    found = []
    for indicator in _wanted(asked):
        needed = indicator.numerator + indicator.denominator
        lacking = [c for c in needed if c not in values.columns]
        if not lacking:
            found.append(indicator)
        elif asked is not None and indicator.key in asked:
            msg = f"indicator {indicator.key!r} needs {lacking}, which no table gives."
            raise IndicatorError(msg)
    if not found:
        return mark_frame(pd.DataFrame(columns=list(COLUMNS)), joined.marks)
    return mark_frame(_ratios(found, values, status, joined), joined.marks)


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


def _wanted(only: tuple[str, ...] | None) -> list[Indicator]:
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


def _ratios(
    wanted: list[Indicator],
    values: pd.DataFrame,
    status: pd.DataFrame,
    joined: Joined,
) -> pd.DataFrame:
    """Compute every indicator as arrays of periods x regions, the province last."""
    periods, codes = joined.periods, list(joined.names)
    shape = (len(periods), len(codes))
    numbers = {c: values[c].to_numpy(float, na_value=np.nan) for c in values.columns}
    ranks = {c: status[c].map(_RANK).to_numpy(int) for c in status.columns}
    # A map of provinces has the province's own row.
    own_row = joined.province_code not in codes
    labels = [*codes, joined.province_code] if own_row else codes
    tops, bottoms, words = [], [], []
    for indicator in wanted:
        needed = indicator.numerator + indicator.denominator
        top, bottom = (
            np.sum([numbers[c] for c in side], axis=0).reshape(shape)
            for side in (indicator.numerator, indicator.denominator)
        )
        rank = np.max([ranks[c] for c in needed], axis=0).reshape(shape)
        if own_row:
            both = np.isfinite(top) & np.isfinite(bottom)
            some = both.any(axis=1)
            whole = np.where((rank == 0).all(axis=1), 0, _RANK["partial"])
            total = np.where(some, whole, _RANK["missing"])
            rank = np.column_stack([rank, total])
            top, bottom = (
                np.column_stack(
                    [x, np.where(some, np.where(both, x, 0).sum(axis=1), np.nan)]
                )
                for x in (top, bottom)
            )
        tops.append(top)
        bottoms.append(bottom)
        words.append(rank)
    numerator, denominator = np.array(tops).ravel(), np.array(bottoms).ravel()
    word = np.array(_ORDER, dtype=object)[np.array(words).ravel()]
    word[denominator == 0] = "no_denominator"
    factor = np.repeat([x.factor for x in wanted], len(periods) * len(labels))
    bottom = np.where(denominator == 0, np.nan, denominator)
    return pd.DataFrame(
        {
            "period": np.tile(np.repeat(periods, len(labels)), len(wanted)),
            "region_code": np.tile(labels, len(wanted) * len(periods)),
            "indicator": np.repeat([x.key for x in wanted], len(periods) * len(labels)),
            "numerator": numerator,
            "denominator": denominator,
            "value": factor * numerator / bottom,
            "status": word,
        }
    )


def _worst(status: pd.DataFrame) -> pd.Series[str]:
    codes = np.stack([status[c].map(_RANK).to_numpy(int) for c in status.columns])
    return pd.Series(np.array(_ORDER, dtype=object)[codes.max(axis=0)], status.index)
