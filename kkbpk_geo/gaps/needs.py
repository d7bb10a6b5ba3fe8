"""Need, supply and gap of each service in each region, in whole countable things.

In:     values with derived measures; standards of the catalogue or of the user.
Out:    one row per service and region; the province's row is the sum of its districts'
        needs, because a surplus in one district serves no other.
Method: docs/methods.md, after Tanahashi (1978): need = ceil(base x value),
        gap = max(0, need - supply), coverage = (need - gap) / need; for a limit
        ("at most"), need is what there is, supply what may remain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from kkbpk_geo.base.errors import IndicatorError
from kkbpk_geo.catalogue.indicators import Standard, standards
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.catalogue.statuses import status_order

NEED_COLUMNS = (
    "period", "region_code", "service", "need", "supply", "gap", "surplus", "coverage",
    "status", "unit", "standard",
)  # fmt: skip
_ORDER = status_order()
_RANK = {word: i for i, word in enumerate(_ORDER)}


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
                    document=label("standard_user"),
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
    found = [
        (key, standard, supply)
        for key, standard in in_use.items()
        if (supply := _supply(standard, values)) is not None
    ]
    if not found:
        return pd.DataFrame(columns=list(NEED_COLUMNS))
    codes = [str(c) for c in values.index]
    # A map of provinces has the province's own row.
    own_row = province not in codes
    parts = [_need(values, status, s, supply, own_row) for _, s, supply in found]
    joined = {k: np.concatenate([p[k] for p in parts]) for k in parts[0]}
    labels = [*codes, province] if own_row else codes
    each = len(labels)
    out = pd.DataFrame(
        {
            "period": period,
            "region_code": np.tile(np.array(labels, dtype=object), len(found)),
            "service": np.repeat([key for key, _, _ in found], each),
            **{
                c: pd.Series(joined[c], dtype="Float64").astype("Int64")
                for c in ("need", "supply", "gap", "surplus")
            },
            "coverage": joined["coverage"],
            "status": np.array(_ORDER, dtype=object)[joined["status"]],
            "unit": np.repeat([s.unit for _, s, _ in found], each),
        }
    )
    return out.assign(standard=out["service"])[list(NEED_COLUMNS)]


def _supply(standard: Standard, values: pd.DataFrame) -> str | None:
    """Return the first supply column with any number, if the base is there too."""
    if not set(standard.base) <= set(values.columns):
        return None
    return next(
        (c for c in standard.supply if c in values and values[c].notna().any()), None
    )


def _need(
    values: pd.DataFrame,
    status: pd.DataFrame,
    standard: Standard,
    supply: str,
    own_row: bool,
) -> dict[str, np.ndarray]:
    """Count one service in every region, and in the province as the sum of them."""
    base = values[list(standard.base)].to_numpy(float, na_value=np.nan).sum(axis=1)
    have = values[supply].to_numpy(float, na_value=np.nan)
    # Rounding to 9 places first: 100 x 0.07 must need 7, not 8.
    share = np.round(base * float(standard.value or 0), 9)
    need, offer = (
        (np.ceil(share), have)
        if standard.mode == "at_least"
        else (have, np.floor(share))
    )
    unknown = np.isnan(need) | np.isnan(offer)
    counts = {
        "need": np.round(need),
        "supply": np.round(offer),
        "gap": np.where(unknown, np.nan, np.maximum(0, np.round(need - offer))),
        "surplus": np.where(unknown, np.nan, np.maximum(0, np.round(offer - need))),
    }
    ranks = [status[c].map(_RANK).to_numpy(int) for c in (supply, *standard.base)]
    rank = np.max(ranks, axis=0)
    if own_row:
        known = ~unknown
        counts = {
            k: np.append(x, x[known].sum() if known.any() else np.nan)
            for k, x in counts.items()
        }
        whole = known.all() and (rank == 0).all()
        word = "missing" if not known.any() else "ok" if whole else "partial"
        rank = np.append(rank, _RANK[word])
    with np.errstate(divide="ignore", invalid="ignore"):
        covered = (counts["need"] - counts["gap"]) / counts["need"]
    coverage = np.where(counts["need"] > 0, covered, np.nan)
    return {**counts, "coverage": coverage, "status": rank}
