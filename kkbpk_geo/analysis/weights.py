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
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kkbpk_geo.analysis.frames import province_of, read_numbers, refuse_twice
from kkbpk_geo.base.errors import (
    CellError,
    EmptyDataError,
    IndicatorError,
    JoinError,
    RegionError,
)
from kkbpk_geo.joining import as_neighbours, as_series, match_labels
from kkbpk_geo.regions import has_region, place_name, province_part

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


def numbers(series: Any, name: str) -> pd.Series[float]:  # noqa: ANN401
    """Return a Series as float64, missing as NaN, without the row of the province.

    The province's is the row whose code all others lie inside. Raises as
    ``frames.read_numbers``.
    """
    found = read_numbers(as_series(series, name).to_frame(name), name)[name]
    return found.drop(index=province_of(found.index), errors="ignore")


def side_by_side(
    given: Mapping[str, Any],
    optional: Mapping[str, Any] | None = None,
    *,
    neighbours: Neighbours | None = None,
) -> dict[str, pd.Series[Any]]:
    """Return what a caller gives by region as Series with the same labels.

    Names are turned into codes where another column, or the neighbours, are by code.

    Parameters
    ----------
    given : mapping name -> Series, dict, frame of one column
        Lists are in the order of the neighbours.
    optional : mapping of the same kind, optional
        What is None is left out.
    neighbours : as :func:`as_neighbours` takes them, optional

    Raises
    ------
    RegionError
        If one is none of these, or shares no region with the first.
    """
    order = [] if neighbours is None else list(as_neighbours(neighbours))
    found = {name: as_series(each, name, order) for name, each in given.items()}
    for name, each in (optional or {}).items():
        if each is not None:
            found[name] = as_series(each, name, order)
    labels = {*order, *chain.from_iterable(series.index for series in found.values())}
    ordered = sorted(map(str, labels))
    found = {name: by_codes_of(ordered, series) for name, series in found.items()}
    _refuse_apart(found)
    return found


def by_codes_of(labels: Iterable[Any], series: pd.Series[Any]) -> pd.Series[Any]:
    """Return a Series with its names as codes, where other rows are by code.

    Examples
    --------
    >>> by_codes_of(["18.11"], pd.Series([5], ["Mesuji"])).to_dict()
    {'18.11': 5}
    """
    codes = list(filter(_is_code, labels))
    if not codes:
        return series
    matched = pd.Index(_as_codes(series.index, codes), name=series.index.name)
    return series.set_axis(matched)


def _is_text(label: object) -> bool:
    return isinstance(label, str)


def _is_code(label: object) -> bool:
    return isinstance(label, str) and has_region(label)


def _as_codes(labels: Iterable[Any], codes: Sequence[str]) -> list[Any]:
    """Return labels with the names of these regions as their codes."""
    given = list(labels)
    if set(given) <= set(codes) or not all(map(_is_text, given)):
        return given
    names = {code: place_name(code) for code in codes}
    return match_labels(given, names, province_part(codes[0]))


def _refuse_apart(found: Mapping[str, pd.Series[Any]]) -> None:
    """Refuse numbers of which none is of a region of the first."""
    first = next(iter(found))
    here = found[first].index.tolist()
    for name, series in found.items():
        if len(here) and len(series) and not set(here) & set(series.index):
            other = series.index.tolist()[0]
            msg = (
                f"{name} has no region of {first}: its index begins with {other!r}, "
                f"that of {first} with {here[0]!r}. Give both by the same region codes."
            )
            raise RegionError(msg)


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
    if not set(codes) & set(known):
        known = _by_codes(known, codes)
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


def _by_codes(known: Mapping[Any, Any], codes: Sequence[Any]) -> Mapping[Any, Any]:
    """Return neighbours that are called by name under the codes of the regions."""
    own = list(filter(_is_code, codes))
    if not own:
        return known
    renamed = dict(zip(known, _as_codes(known, own), strict=True))
    found = {}
    for each, beside in known.items():
        found[renamed[each]] = tuple(renamed.get(other, other) for other in beside)
    return found


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
