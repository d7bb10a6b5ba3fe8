"""Need, supply and gap of each service in each region, in whole countable things.

Layer:  6 (gaps).
In:     values with derived measures; standards of the catalogue or of the user.
Out:    one row per service and region; the province's row is the sum of its districts'
        needs, because a surplus in one district serves no other.
Method: METHODS, after Tanahashi (1978): need = ceil(base x value), gap = max(0, need -
        supply), coverage = (need - gap) / need; for a limit ("at most"), need is what
        there is, supply what may remain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from kkbpk_geo.base.errors import IndicatorError
from kkbpk_geo.catalogue.indicators import Standard, standards

NEED_COLUMNS = (
    "period", "region_code", "service", "need", "supply", "gap", "surplus", "coverage",
    "status", "unit", "standard",
)  # fmt: skip
_ORDER = ("ok", "partial", "missing", "not_reported", "not_yet_founded")


def active_standards(
    overrides: Mapping[str, float | Standard | None] | None = None,
) -> dict[str, Standard]:
    """Return the standards in use: the catalogue's, with the user's values laid over.

    Parameters
    ----------
    overrides : mapping, optional
        Standard key (``kit:bkb``), or key without group (``kit``: every group's), to a
        new value, to a whole :class:`Standard`, or to None (do not score this).

    Raises
    ------
    IndicatorError
        If a key is no standard and its value no Standard, or a value is negative.
    """
    found = dict(standards())
    for key, value in (overrides or {}).items():
        if isinstance(value, Standard):
            found[key] = value
            continue
        here = [k for k in found if k == key or k.startswith(f"{key}:")]
        if not here:
            msg = f"unknown standard {key!r}; known: {sorted(standards())}."
            raise IndicatorError(msg)
        for name in here:
            if value is None:
                del found[name]
            elif isinstance(value, bool) or not value >= 0 or np.isinf(value):
                msg = f"standard {name!r} is {value!r}; expected a number from 0 up."
                raise IndicatorError(msg)
            else:
                found[name] = replace(
                    found[name],
                    value=float(value),
                    document="nilai pengguna",
                    official=False,
                    checked=True,
                    in_force=True,
                )
    return {k: s for k, s in found.items() if s.value is not None}


def count_needs(
    values: pd.DataFrame,
    status: pd.DataFrame,
    in_use: Mapping[str, Standard],
    *,
    province: str,
    period: str = "",
) -> pd.DataFrame:
    """Count need, supply, gap and surplus per service and region.

    Parameters
    ----------
    values, status : DataFrame, n rows, index region_code
        One period; numbers (missing allowed) and their status.
    in_use : mapping key -> Standard
        Services whose columns are absent are left out.
    province : str
        Code of the province's row; no row is made if it is among the regions.

    Returns
    -------
    DataFrame, one row per service and region, then the province
        Columns :data:`NEED_COLUMNS`. ``need, supply, gap, surplus`` Int64;
        ``coverage`` float64 in [0, 1], missing where need is 0.
    """
    parts = []
    for key, standard in in_use.items():
        supply = next(
            (c for c in standard.supply if c in values and values[c].notna().any()),
            None,
        )
        if supply is None or not set(standard.base) <= set(values.columns):
            continue
        columns = [supply, *standard.base]
        part = _need(values, standard, supply)
        part["status"] = _worst(status[columns]).to_numpy()
        part.insert(0, "service", key)
        if province not in part.index:
            part = pd.concat([part, _province(part, key, province)])
        part["unit"] = standard.unit
        part["standard"] = key
        parts.append(part.rename_axis("region_code").reset_index())
    if not parts:
        return pd.DataFrame(columns=list(NEED_COLUMNS))
    out = pd.concat(parts, ignore_index=True)
    out["period"] = period
    return out[list(NEED_COLUMNS)]


def _need(values: pd.DataFrame, standard: Standard, supply: str) -> pd.DataFrame:
    base = values[list(standard.base)].to_numpy(float, na_value=np.nan).sum(axis=1)
    have = values[supply].to_numpy(float, na_value=np.nan)
    # Rounding to 9 places first: 100 x 0.07 must need 7, not 8.
    share = np.round(base * float(standard.value or 0), 9)
    need, offer = (
        (np.ceil(share), have)
        if standard.mode == "at_least"
        else (have, np.floor(share))
    )
    missing = np.isnan(need) | np.isnan(offer)
    gap = np.where(missing, np.nan, np.maximum(0, need - offer))
    with np.errstate(divide="ignore", invalid="ignore"):
        coverage = np.where(need > 0, (need - gap) / need, np.nan)
    surplus = np.where(missing, np.nan, np.maximum(0, offer - need))
    whole = {"need": need, "supply": offer, "gap": gap, "surplus": surplus}
    out = pd.DataFrame(
        {k: pd.array(np.round(v), dtype="Float64") for k, v in whole.items()},
        index=values.index,
    ).astype("Int64")
    out["coverage"] = coverage
    return out


def _province(part: pd.DataFrame, key: str, code: str) -> pd.DataFrame:
    known = part[part["gap"].notna()]
    row = {c: part[c].iloc[:0].reindex([code]) for c in part.columns}
    total = pd.DataFrame(row)
    total["service"], total["status"] = key, "missing"
    if known.empty:
        return total
    whole = len(known) == len(part) and part["status"].eq("ok").all()
    total["status"] = "ok" if whole else "partial"
    for column in ("need", "supply", "gap", "surplus"):
        total[column] = pd.array([known[column].sum()], dtype="Int64")
    need, gap = int(known["need"].sum()), int(known["gap"].sum())
    total["coverage"] = (need - gap) / need if need else np.nan
    return total


def _worst(status: pd.DataFrame) -> pd.Series[str]:
    rank = {word: i for i, word in enumerate(_ORDER)}
    codes = np.stack([status[c].map(rank).to_numpy(int) for c in status.columns])
    return pd.Series(np.array(_ORDER, dtype=object)[codes.max(axis=0)], status.index)
