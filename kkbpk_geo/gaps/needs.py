"""Need, supply and gap of each service in each region, in whole countable things.

In:     values with derived measures; standards of the catalogue or of the user.
Out:    one row per service and region; the province's row is the sum of its districts'
        needs, because a surplus in one district serves no other.
Method: docs/methods.md, after Tanahashi (1978), Bull. World Health Organ. 56:295:
        need = ceil(base x value), gap = max(0, need - supply), coverage = (need - gap)
        / need; for a limit ("at most"), need is what there is, supply what may remain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from kkbpk_geo.base.errors import IndicatorError
from kkbpk_geo.catalogue.indicators import Standard, standards
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.joining import CELL, STATUS_RANK, status_ranks, status_words

NEED_COLUMNS = (
    *CELL, "service", "need", "supply", "gap", "surplus", "coverage", "status", "unit",
    "standard",
)  # fmt: skip
_COUNTS = ("need", "supply", "gap", "surplus")


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
            else:
                found[name] = _with_value(found[name], name, value)
    return {k: s for k, s in found.items() if s.value is not None}


def _with_value(standard: Standard, name: str, value: float) -> Standard:
    """Return a standard with the user's value, which no document stands behind."""
    if not is_amount(value):
        msg = f"standard {name!r} is {value!r}; expected a number from 0 up."
        raise IndicatorError(msg)
    return replace(
        standard,
        value=float(value),
        document=label("standard_user"),
        official=False,
        checked=True,
        in_force=True,
    )


def is_amount(value: float) -> bool:
    """Whether a value given by hand is a finite number from 0 up; True is no number."""
    return not isinstance(value, bool) and value >= 0 and not np.isinf(value)


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
    scored = []
    for key, standard in in_use.items():
        supply = _supply(standard, values)
        if supply is not None:
            scored.append((key, standard, supply))
    if not scored:
        return pd.DataFrame(columns=list(NEED_COLUMNS))
    codes = [str(c) for c in values.index]
    # A map of provinces has the province's own row.
    own_row = province not in codes
    if own_row:
        codes.append(province)
    ranks = status_ranks(status)
    parts = []
    for key, standard, supply in scored:
        count = _count(values, standard, supply)
        rank = np.max([ranks[c] for c in (supply, *standard.base)], axis=0)
        if own_row:
            count, rank = _with_province(count, rank)
        part = _table(codes, count, rank)
        parts.append(part.assign(service=key, standard=key, unit=standard.unit))
    table = pd.concat(parts, ignore_index=True)
    return table.assign(period=period)[list(NEED_COLUMNS)]


def _supply(standard: Standard, values: pd.DataFrame) -> str | None:
    """Return the first supply column with any number, if the base is there too."""
    if not set(standard.base) <= set(values.columns):
        return None
    for column in standard.supply:
        if column in values and values[column].notna().any():
            return column
    return None


def _count(
    values: pd.DataFrame, standard: Standard, supply: str
) -> dict[str, np.ndarray]:
    """Count one service in every region."""
    base = values[list(standard.base)].to_numpy(float, na_value=np.nan).sum(axis=1)
    have = values[supply].to_numpy(float, na_value=np.nan)
    # Rounding to 9 places first: 100 x 0.07 must need 7, not 8.
    share = np.round(base * float(standard.value or 0), 9)
    # Whole things: the last kit is needed whole, and of a limit no part may remain.
    if standard.mode == "at_least":
        need, offer = np.ceil(share), have
    else:
        need, offer = have, np.floor(share)
    # Both unknown where either is: np.maximum keeps NaN.
    gap = np.maximum(0, np.round(need - offer))
    surplus = np.maximum(0, np.round(offer - need))
    counts = np.round(need), np.round(offer), gap, surplus
    return dict(zip(_COUNTS, counts, strict=True))


def _with_province(
    counts: dict[str, np.ndarray], rank: np.ndarray
) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Add the province: the sum of the regions where need and supply are known."""
    known = ~np.isnan(counts["gap"])
    word = "partial"
    if not known.any():
        word = "missing"
    elif known.all() and (rank == 0).all():
        word = "ok"
    found = {}
    for name, cells in counts.items():
        total = cells[known].sum() if known.any() else np.nan
        found[name] = np.append(cells, total)
    return found, np.append(rank, STATUS_RANK[word])


def _table(
    codes: list[str], counts: dict[str, np.ndarray], rank: np.ndarray
) -> pd.DataFrame:
    need, gap = counts["need"], counts["gap"]
    with np.errstate(divide="ignore", invalid="ignore"):
        covered = (need - gap) / need
    table = pd.DataFrame(counts).astype("Float64").astype("Int64")
    table.insert(0, "region_code", codes)
    # Where nothing is needed, nothing is covered either: missing, not 100 %.
    table["coverage"] = np.where(need > 0, covered, np.nan)
    table["status"] = status_words(rank)
    return table
