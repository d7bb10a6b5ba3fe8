"""Numbers by region and who is next to whom, checked before any statistic.

Why: with one missing value a well-known package returns ``nan`` for Moran's I and still
marks every district as a cluster. Here what is missing is taken out first, is named,
and the weights are rebuilt on what is left.

In:     Series by region code; a mapping region code -> codes of its neighbours.
Out:    complete rows in one fixed order, the codes left out, and row-standardised
        weights.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kkbpk_geo.analysis.frames import province_of, read_numbers, refuse_twice
from kkbpk_geo.base.errors import CellError, EmptyDataError, IndicatorError, JoinError
from kkbpk_geo.joining import as_neighbours, as_series

Floats = npt.NDArray[np.float64]
Neighbours = Mapping[str, Iterable[str]]


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Row-standardised weights of n regions with at most k neighbours each.

    Attributes
    ----------
    at : array of int, (n, k)
        Positions of the neighbours; 0 where there are fewer.
    weight : array of float64, (n, k)
        1 / number of neighbours, or 0 where ``at`` is filling.
    count : array of int, (n,)
        How many neighbours each region has; 0 for an island.
    """

    at: npt.NDArray[np.intp]
    weight: Floats
    count: npt.NDArray[np.intp]

    def lag(self, values: Floats) -> Floats:
        """Mean of the neighbours along the last axis; 0 for an island."""
        out = np.zeros_like(values)
        # Draws are many and neighbours few: one pass for each place in the row.
        for slot in range(self.at.shape[1]):
            out += self.weight[:, slot] * values[..., self.at[:, slot]]
        return out


def numbers(series: pd.Series[float], name: str) -> pd.Series[float]:
    """Return a Series as float64, missing as NaN, without the row of the province.

    The province's is the row whose code all others lie inside. Raises as
    ``frames.read_numbers``.
    """
    found = read_numbers(as_series(series, name).to_frame(name), name)[name]
    return found.drop(index=province_of(found.index), errors="ignore")


def counts(series: pd.Series[float], name: str) -> pd.Series[float]:
    """Return a Series of numbers from 0 up, missing as NaN.

    Raises
    ------
    CellError
        If one is negative; names the region.
    """
    found = numbers(series, name)
    refuse(
        found,
        (found < 0).to_numpy(bool),
        expected="a number from 0 up",
        remedy="Leave it empty if it is not known.",
    )
    return found


def refuse_no_share(name: str, value: float) -> None:
    """Raise IndicatorError for an argument that is not between 0 and 1."""
    if not 0 < value < 1:
        msg = f"{name} is {value!r}; expected a number between 0 and 1."
        raise IndicatorError(msg)


def refuse(
    series: pd.Series[float], bad: npt.NDArray[np.bool_], *, expected: str, remedy: str
) -> None:
    """Raise CellError for the first bad value of a Series, if there is one."""
    if bad.any():
        at = int(np.flatnonzero(bad)[0])
        value, name = float(series.to_numpy()[at]), str(series.name)
        code = series.index[at]
        raise CellError(name, code, name, value, expected=expected, remedy=remedy)


def complete(
    columns: Mapping[str, pd.Series[Any]], *, least: int, purpose: str
) -> pd.DataFrame:
    """Put Series side by side and keep the regions that have all of them.

    Parameters
    ----------
    columns : mapping name -> Series
        The first one says which regions there are.
    least : int
        How many complete regions the statistic needs.
    purpose : str
        What for, in the words of the error.

    Returns
    -------
    DataFrame, one row per complete region, in the order of the codes as text
        So that no result depends on the order of the rows.

    Raises
    ------
    EmptyDataError
        If fewer than ``least`` regions are complete.
    IndicatorError
        If a region stands twice.
    """
    for name, series in columns.items():
        refuse_twice(series.index, name)
    frame = pd.DataFrame(dict(columns), index=next(iter(columns.values())).index)
    frame = frame.dropna()
    # Seeded draws then meet the same regions, however the file was sorted.
    frame = frame.loc[sorted(frame.index, key=str)]
    if len(frame) < least:
        msg = (
            f"{purpose} needs at least {least} regions with all their numbers; "
            f"there {'is' if len(frame) == 1 else 'are'} {len(frame)}."
        )
        raise EmptyDataError(msg)
    return frame


def row_weights(codes: Sequence[Hashable], neighbours: Neighbours) -> Weights:
    """Build row-standardised weights for these regions, in this order.

    Parameters
    ----------
    codes : sequence of n region codes
        A neighbour that is not among them (it has no value) is left out.
    neighbours : mapping region code -> codes of its neighbours
        As ``kkbpk_geo.neighbours`` gives them.

    Raises
    ------
    JoinError
        If a region has no entry, is its own neighbour, or its neighbours are one text.
    """
    known: Mapping[Any, Any] = as_neighbours(neighbours)
    absent = [code for code in codes if code not in known]
    if absent:
        msg = (
            f"neighbours has no entry for {absent}; compute it on the boundaries of "
            "the same level with kkbpk_geo.neighbours(boundaries)."
        )
        raise JoinError(msg)
    place = {code: i for i, code in enumerate(codes)}
    rows = []
    for code in codes:
        beside = known[code]
        if isinstance(beside, str) or code in (beside := list(beside)):
            msg = (
                f"neighbours of {code!r} are {beside!r}; expected a tuple of the codes "
                "of other regions."
            )
            raise JoinError(msg)
        rows.append([place[x] for x in dict.fromkeys(beside) if x in place])
    count = np.array(list(map(len, rows)), dtype=np.intp)
    # Filled up with position 0 at weight 0: one array serves all numbers of neighbours.
    at = np.zeros((len(rows), int(count.max(initial=0))), dtype=np.intp)
    weight = np.zeros(at.shape)
    for i, row in enumerate(rows):
        at[i, : len(row)] = row
        weight[i, : len(row)] = 1 / max(len(row), 1)
    return Weights(at, weight, count)


def fdr(p: Floats) -> Floats:
    """Adjust p-values for the false-discovery rate; NaN is not counted.

    Benjamini & Hochberg (1995), J. R. Stat. Soc. B 57:289,
    doi:10.1111/j.2517-6161.1995.tb02031.x.
    """
    out = np.full(p.shape, np.nan)
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    n = len(order)
    scaled = p[order] * n / np.arange(1, n + 1)
    # A smaller p-value never ends above a larger one.
    out[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1)
    return out
