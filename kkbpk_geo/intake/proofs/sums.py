"""Rows that equal the sum of other rows, and how little that may be an accident.

Why: a total under any name, or under none, still adds up. But 3 + 2 = 5 happens: what
counts is how many columns agree, and how large the figures are that do.

In:     figures of rows, groups of rows that a total may be of. Out: :class:`Sum`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kkbpk_geo.intake.cells.numbers import ROUNDING

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Ints = NDArray[np.int_]

_FEWEST = 2  # a row that equals one other row is a copy, not a sum
# Above this a figure proves no more: offices round large ones.
_MOST_PROVED = 1_000.0
# So far may a total be off that misses a row: a tenth.
_NEAR = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A row that equals the sum of others.

    ``count`` rows with a figure are summed. ``strength``: about one in so many rows
    would agree by accident. ``edge``: it stands first or last in its group.
    """

    row: int
    count: int
    strength: float
    edge: bool


def edge_sums(values: Floats, rows: Ints, groups: Ints) -> Iterator[Sum]:
    """Yield the first or last row of each group that equals the sum of its others.

    Parameters
    ----------
    values : array of float, all rows x columns; missing is NaN
    rows : array of int, k rows to be looked at, in the order of the sheet
    groups : array of int, k; the group of each, from 0
    """
    figures = np.nan_to_num(values[rows])
    sizes = np.bincount(groups)
    sums = np.column_stack(
        [np.bincount(groups, weights=column) for column in figures.T]
    )
    first = np.full(len(sizes), len(rows))
    np.minimum.at(first, groups, np.arange(len(rows)))
    last = np.zeros(len(sizes), dtype=int)
    np.maximum.at(last, groups, np.arange(len(rows)))
    here = np.flatnonzero(sizes > _FEWEST)
    for ends in (last[here], first[here]):
        same = _agree(values[rows[ends]], sums[here] - figures[ends])
        for group, end in zip(here[same].tolist(), ends[same].tolist(), strict=True):
            members = np.flatnonzero(groups == group)
            others = members[members != end]
            if found := _weigh(values, rows[end], rows[others], edge=True):
                yield found


def running_sums(values: Floats, rows: Ints, groups: Ints) -> Iterator[Sum]:
    """Yield, group by group, each row that equals the sum of those before it."""
    order = np.argsort(groups, kind="stable")
    figures, group = np.nan_to_num(values[rows[order]]), groups[order]
    before = np.cumsum(figures, axis=0) - figures
    starts = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    begin = starts[np.cumsum(np.r_[True, group[1:] != group[:-1]]) - 1]
    before = before - before[begin]
    for at in np.flatnonzero(_agree(values[rows[order]], before)).tolist():
        others = rows[order[begin[at] : at]]
        edge = at + 1 == len(group) or group[at + 1] != group[at]
        if found := _weigh(values, rows[order[at]], others, edge=bool(edge)):
            yield found


def _agree(values: Floats, sums: Floats) -> Flags:
    """Flag rows of which every filled figure equals the sum, one above zero."""
    missing = np.isnan(values)
    figures = np.nan_to_num(values)
    same = missing | (np.abs(figures - sums) <= ROUNDING)
    some = (figures > 0).any(axis=1)
    return np.asarray(same.all(axis=1) & some, dtype=bool)


def _weigh(values: Floats, row: int, others: Ints, *, edge: bool) -> Sum | None:
    """Say how much the agreement of a row with others proves, or None if nothing."""
    filled = ~np.isnan(values[row])
    parts = np.nan_to_num(values[np.ix_(others, filled)])
    count = int((parts > 0).any(axis=1).sum())
    if count < _FEWEST:
        return None
    strength = _strength(values[row][filled], parts)
    return Sum(row=int(row), count=count, strength=strength, edge=edge)


def _strength(total: Floats, parts: Floats) -> float:
    """Multiply the figures of the columns that agree independently of each other.

    A figure of 15 agrees by accident once in about fifteen times. A column that others
    make up (L + P = JUMLAH, LAPOR = ADA) agrees whenever they do: it proves nothing.
    """
    kept: list[int] = []
    strength = 1.0
    for column in np.argsort(-total, kind="stable").tolist():
        more = parts[:, [*kept, column]]
        if total[column] <= 0 or np.linalg.matrix_rank(more) <= len(kept):
            continue
        kept.append(column)
        strength *= min(float(total[column]), _MOST_PROVED)
    return strength


def is_nearly_sum(values: Floats, row: int, others: Ints) -> bool:
    """Whether a row comes near the sum of others in each figure: one was left out."""
    figures = values[row]
    sums = np.nan_to_num(values[others]).sum(axis=0)
    filled = ~np.isnan(figures)
    if not filled.any() or not (figures[filled] > 0).any():
        return False
    off = np.abs(figures - sums)[filled]
    return bool((off <= _NEAR * sums[filled]).all())
