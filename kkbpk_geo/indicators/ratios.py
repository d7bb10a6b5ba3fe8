"""Indicators as ratios of sums.

Why: a mean of ratios is not the province's ratio (a live dashboard was off by 0.2
points that way), and a percentage without its two numbers cannot be checked.

In:     :class:`Joined`.
Out:    one row per period, region and indicator; the province's row is computed from
        the sums of the regions that have both numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from kkbpk_geo.base.errors import IndicatorError
from kkbpk_geo.base.marks import mark_frame
from kkbpk_geo.catalogue.indicators import Indicator, derived, indicators
from kkbpk_geo.joining import CELL, STATUS_RANK, Joined, status_ranks, status_words

# The tidy table: what names a row, the two numbers behind it, and what they give.
INDICATOR_KEYS = (*CELL, "indicator")
INDICATOR_PARTS = ("numerator", "denominator")
INDICATOR_COLUMNS = (*INDICATOR_KEYS, *INDICATOR_PARTS, "value", "status")
_UNUSABLE = "unusable"  # a sum may stand in Joined.values; nothing is judged by it
_PARTIAL, _MISSING = STATUS_RANK["partial"], STATUS_RANK["missing"]
# So many near names help whoever mistyped one; more would bury it.
_MOST_NEAR = 3


# Numerators, denominators, ranks of their status: periods x regions.
Side = tuple[np.ndarray, np.ndarray, np.ndarray]


def compute_indicators(
    joined: Joined, *, only: Iterable[str] | None = None
) -> pd.DataFrame:
    """Compute every indicator the tables can feed, or the ones asked for.

    Parameters
    ----------
    joined : Joined
        n regions, p periods.
    only : str, or iterable of str, optional
        Indicator keys (``contraceptive_use``, ``reporting_rate:bkb``) or keys without
        group (``reporting_rate`` means every group's).

    Returns
    -------
    DataFrame, one row per period, region (and province) and indicator
        :data:`INDICATOR_COLUMNS`: ``period, region_code, indicator`` text; ``numerator,
        denominator`` float64, missing as NaN; ``value`` float64 in the unit of the
        catalogue (per cent, per 1,000 ...); ``status`` text: the worst of the parts'
        (``Joined.status``), or ``no_denominator`` where that is 0. Ordered by indicator
        (catalogue), period, region (map), the province last. Its row sums only the
        regions that have both numbers, so that the ratio compares like with like; it is
        ``partial`` where some have not.

    Raises
    ------
    IndicatorError
        If an indicator asked for is not in the catalogue, or its tables are absent;
        names the columns that are lacking.

    Examples
    --------
    >>> import kkbpk_geo as kg
    >>> from importlib.resources import files
    >>> sheet = files("kkbpk_geo") / "sample/data/tables/contoh_kontrasepsi_2025.csv"
    >>> joined = kg.join_regions(kg.load_boundaries("Lampung"), [kg.read_table(sheet)])
    >>> table = compute_indicators(joined, only=["long_acting_share"])
    >>> table.loc[15, ["period", "region_code", "status"]].tolist()
    ['2025-10', '18', 'ok']
    """
    require_joined(joined)
    asked = None if only is None else _asked(only)
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
        return mark_frame(pd.DataFrame(columns=list(INDICATOR_COLUMNS)), joined.marks)
    return mark_frame(_ratios(found, values, status, joined), joined.marks)


def _asked(only: Any) -> tuple[str, ...]:  # noqa: ANN401
    """Return the indicators that are asked for; one text is one indicator."""
    if isinstance(only, str):
        return (only,)
    if not isinstance(only, Iterable):
        msg = f"only is {only!r}; expected the name of an indicator, or a list of them."
        raise IndicatorError(msg)
    return tuple(map(str, only))


def require_joined(joined: object) -> None:
    """Refuse what no join gave.

    Raises
    ------
    IndicatorError

    Examples
    --------
    >>> require_joined(None)
    Traceback (most recent call last):
    kkbpk_geo.base.errors.IndicatorError: joined is a NoneType; expected what \
kkbpk_geo.join_regions(boundaries, tables) gives. Indicators of your own need no join: \
draw_work_map(boundaries, frame).
    """
    if not isinstance(joined, Joined):
        msg = (
            f"joined is a {type(joined).__name__}; expected what "
            "kkbpk_geo.join_regions(boundaries, tables) gives. Indicators of your own "
            "need no join: draw_work_map(boundaries, frame)."
        )
        raise IndicatorError(msg)


def with_derived(joined: Joined) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return values and status with the derived measures of ``derived.toml`` added.

    A derived measure is computed only where no table gives it, and only where every
    part is known; where small counts are hidden, ``hide_small`` has done so before. A
    figure that is not to be judged by (``unusable``) is missing here, although
    :attr:`Joined.values` keeps its sum: nothing is made of it.

    Parameters
    ----------
    joined : Joined

    Returns
    -------
    values : DataFrame, index (period, region_code), Float64
    status : DataFrame of text, same shape
        Of a derived measure the worst of its parts'.

    Examples
    --------
    >>> import kkbpk_geo as kg
    >>> from importlib.resources import files
    >>> sheet = files("kkbpk_geo") / "sample/data/tables/contoh_kontrasepsi_2025.csv"
    >>> joined = kg.join_regions(kg.load_boundaries("Lampung"), [kg.read_table(sheet)])
    >>> set(with_derived(joined)[0]) - set(joined.values)
    {'users_long_acting'}
    """
    status = joined.status.copy()
    values = joined.values.astype("Float64").mask(status == _UNUSABLE)
    known = {} if joined.exact is not None else derived()
    for key, rule in known.items():
        if not set(rule.parts) <= set(values.columns):
            continue
        parts = list(rule.parts)
        total = values[parts].sum(axis=1, min_count=len(parts), skipna=False)
        ranks = list(status_ranks(status[parts]).values())
        worst = pd.Series(status_words(np.max(ranks, axis=0)), status.index)
        if key in values.columns:
            absent = values[key].isna() & total.notna()
            # What a table says itself stands; the sum only fills its blanks.
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
        whole_family = f"{key}:"
        here = [x for x in known.values() if f"{x.key}:".startswith(whole_family)]
        if not here:
            from rapidfuzz import process

            found_near = process.extract(key, list(known), limit=_MOST_NEAR)
            near = [name for name, _, _ in found_near]
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
    numbers, ranks = _arrays(values, status, shape)
    parts = [_parts(indicator, numbers, ranks) for indicator in wanted]
    # A map of provinces has the province's own row.
    if joined.province_code not in codes:
        whole = parts
        if joined.exact is not None:
            numbers, ranks = _arrays(*joined.exact, shape)
            whole = [_parts(indicator, numbers, ranks) for indicator in wanted]
        pairs = zip(parts, whole, strict=True)
        parts = [_with_province(*part, whole=exact) for part, exact in pairs]
        codes = [*codes, joined.province_code]
    tops, bottoms, worst = (np.array(x).ravel() for x in zip(*parts, strict=True))
    words = status_words(worst)
    words[bottoms == 0] = "no_denominator"
    # A share of nothing is not 0 and not infinite: it does not exist.
    usable = np.where(bottoms == 0, np.nan, bottoms)
    each = len(periods) * len(codes)
    factor = np.repeat([indicator.factor for indicator in wanted], each)
    table = {
        "period": np.tile(np.repeat(periods, len(codes)), len(wanted)),
        "region_code": np.tile(codes, len(wanted) * len(periods)),
        "indicator": np.repeat([indicator.key for indicator in wanted], each),
        "numerator": tops,
        "denominator": bottoms,
        "value": factor * tops / usable,
        "status": words,
    }
    return pd.DataFrame(table, columns=list(INDICATOR_COLUMNS))


def _arrays(
    values: pd.DataFrame, status: pd.DataFrame, shape: tuple[int, int]
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Return numbers and ranks of status by column, as periods x regions."""
    numbers = {
        str(column): cells.to_numpy(float, na_value=np.nan).reshape(shape)
        for column, cells in values.items()
    }
    ranks = {c: cells.reshape(shape) for c, cells in status_ranks(status).items()}
    return numbers, ranks


def _parts(
    indicator: Indicator,
    numbers: dict[str, np.ndarray],
    ranks: dict[str, np.ndarray],
) -> Side:
    """Add up both sides of a ratio, and take the worst status of all their columns."""
    top = np.sum([numbers[c] for c in indicator.numerator], axis=0)
    bottom = np.sum([numbers[c] for c in indicator.denominator], axis=0)
    needed = indicator.numerator + indicator.denominator
    return top, bottom, np.max([ranks[c] for c in needed], axis=0)


def _with_province(
    top: np.ndarray, bottom: np.ndarray, rank: np.ndarray, *, whole: Side
) -> Side:
    """Add the province's column: sums of the regions that have both numbers.

    ``whole``: the same before small counts were hidden.
    """
    shown = np.isfinite(top) & np.isfinite(bottom)
    # A district with couples but without users would make the province look worse.
    both = np.isfinite(whole[0]) & np.isfinite(whole[1])
    # What is hidden, and in no ratio, is what the sum of another indicator has more.
    hidden = ~np.isfinite(top) & np.isfinite(whole[0])
    hidden |= ~np.isfinite(bottom) & np.isfinite(whole[1])
    told = np.where((hidden & ~both).any(axis=1, keepdims=True), shown, both)
    some = told.any(axis=1)
    complete = ((whole[2] == 0) & (told | ~both)).all(axis=1)
    known = np.where(complete, 0, _PARTIAL)
    own_rank = np.where(some, known, _MISSING)

    def with_sum(cells: np.ndarray, exact: np.ndarray) -> np.ndarray:
        total = np.where(told, exact, 0).sum(axis=1)
        return np.column_stack([cells, np.where(some, total, np.nan)])

    return (
        with_sum(top, whole[0]),
        with_sum(bottom, whole[1]),
        np.column_stack([rank, own_rank]),
    )
