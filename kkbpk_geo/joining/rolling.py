"""From placed rows to one number per region and period.

In:     rows with ``code``, ``period`` and measures, of one or several tables.
Out:    sums by (period, code), and how many blank cells went into each; what is counted
        *by village* (villages with a group) as well.
Rule:   a sum over blanks only is missing, never 0; over some blanks, ``partial``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kkbpk_geo.catalogue.programme import groups
from kkbpk_geo.joining.counting import measure_columns

VILLAGE = ["period", "code", "village"]
# A village is complete with these five (``villages_with_all_groups``, measures.toml).
FIVE = ("bkb", "bkr", "bkl", "uppka", "pik_r")
_EACH, _ALL = "_villages_with_groups", "villages_with_all_groups"


def roll_up(
    tables: Sequence[tuple[pd.DataFrame, pd.DataFrame]],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sum measures by (period, code).

    Parameters
    ----------
    tables : sequence of (rows, aside)
        ``rows``: ``code`` and ``period`` without gaps (``""`` where there is none), and
        measures. ``aside``: which cells another row says; they are not blank.

    Returns
    -------
    sums, blanks : DataFrame, index (period, code)
        ``sums`` keeps the dtypes (``Int64`` stays whole); ``blanks`` counts cells. A
        column that a table does not have is not blank there.
    """
    # Tables with the same columns at once: a country sends one of each province.
    alike: dict[tuple[str, ...], list[tuple[pd.DataFrame, pd.DataFrame]]] = {}
    for rows, aside in tables:
        alike.setdefault(tuple(measure_columns(rows)), []).append((rows, aside))
    sums, blanks = [], []
    for columns, members in alike.items():
        frames, flags = zip(*members, strict=True)
        at = np.repeat(np.arange(len(frames)), list(map(len, frames)))
        rows, aside = (pd.concat(each, ignore_index=True) for each in (frames, flags))
        keys = [pd.Series(at), rows["period"], rows["code"]]
        figures = rows[list(columns)]
        sums.append(figures.groupby(keys, sort=True).sum(min_count=1).droplevel(0))
        empty = figures.isna() & ~aside[list(columns)]
        blanks.append(empty.groupby(keys, sort=True).sum().droplevel(0))
    cell = ["period", "code"]
    if len(tables) == 1:
        return sums[0], blanks[0]
    whole = pd.concat(sums).groupby(level=cell, sort=True).sum(min_count=1)
    return whole, pd.concat(blanks).groupby(level=cell, sort=True).sum().astype(int)


def village_counts(
    tables: list[pd.DataFrame],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Count villages with at least one group of each kind, and of all five kinds.

    Parameters
    ----------
    tables : list of DataFrame
        Placed rows: ``code, period, village`` (missing where the row names none) and
        ``<g>_groups``.

    Returns
    -------
    counts, blanks : DataFrame, index (period, code)
        ``<g>_villages_with_groups`` and ``villages_with_all_groups`` (villages that
        stand in all five tables); ``blanks`` counts villages whose number is blank.
    """
    has: dict[str, pd.Series[int]] = {}
    for group in groups():
        found = _villages_with(f"{group}_groups", tables)
        if len(found):
            has[group + _EACH] = found
    if not has:
        return pd.DataFrame(), pd.DataFrame()
    five = [group + _EACH for group in FIVE]
    if set(five) <= set(has):
        every = pd.concat([has[c] for c in five], axis=1, join="inner")
        has[_ALL] = every.min(axis=1, skipna=False)
    keys = ["period", "code"]
    counts = {c: x.groupby(level=keys).sum(min_count=1) for c, x in has.items()}
    blanks = {c: x.isna().groupby(level=keys).sum() for c, x in has.items()}
    return pd.DataFrame(counts), pd.DataFrame(blanks).fillna(0).astype(int)


def _villages_with(column: str, tables: list[pd.DataFrame]) -> pd.Series[int]:
    """Say by village, 1 or 0, whether it has any group; missing where all is blank."""
    wanted = [*VILLAGE, column]
    rows = [t.loc[t["village"].notna(), wanted] for t in tables if column in t.columns]
    if not any(map(len, rows)):
        return pd.Series(dtype="Int64")
    by_village = pd.concat(rows).groupby(VILLAGE, sort=True)[column]
    # Blanks alone stay missing; a village of which one row says 2 has a group.
    return by_village.sum(min_count=1).gt(0).astype("Int64")


def counted_by_village(rows: pd.DataFrame) -> bool:
    """Whether a table has groups whose villages are counted."""
    return any(f"{group}_groups" in rows.columns for group in groups())


def village_columns() -> list[str]:
    """Return every column that is counted by village."""
    return [*(group + _EACH for group in groups()), _ALL]


def counted_from(columns: list[str]) -> dict[str, list[str]]:
    """Return, for each column counted by village, the columns it was counted from."""
    found = {}
    for column in columns:
        if column.endswith(_EACH):
            found[column] = [column.removesuffix(_EACH) + "_groups"]
    if _ALL in columns:
        found[_ALL] = [f"{group}_groups" for group in FIVE]
    return found
