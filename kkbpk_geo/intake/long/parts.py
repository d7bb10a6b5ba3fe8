"""Parts of a whole in the rows of a long table, added or checked against their total.

Why: L and P are the people together, and L+P says so once more; ages that have no total
beside them may overlap or leave some out, and are not added.

In:     a frame of rows: place, measure, parts, value. Out: :class:`Result`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kkbpk_geo.catalogue.headings import words
from kkbpk_geo.intake.cells.numbers import ROUNDING
from kkbpk_geo.regions import is_total

if TYPE_CHECKING:
    from numpy.typing import NDArray

MALE, FEMALE, TOTAL = "male", "female", "total"

# Finding, number of the place, what was found, what was expected.
Fault = tuple[str, int, str, str]


@dataclass(frozen=True, slots=True)
class Parts:
    """A column of parts; ``everywhere``: whether all that is listed is the whole."""

    name: str
    everywhere: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """Figures per place and named measure, and what was wrong with some of them."""

    frame: pd.DataFrame
    count: int
    faults: list[Fault] = field(default_factory=list)

    def of(self, named: str) -> NDArray[np.float64]:
        """Return the figure of each place for a named measure; NaN where none is."""
        here = self.frame[self.frame["named"] == named]
        found = np.full(self.count, np.nan)
        found[here["key"].to_numpy()] = here["value"].to_numpy(dtype=float)
        return found


def part_of(text: str) -> str | None:
    """Say what a folded text is of a whole: one sex, the total, or nothing known.

    Examples
    --------
    >>> [part_of(x) for x in ("l", "perempuan", "l p", "jumlah", "15 19")]
    ['male', 'female', 'total', 'total', None]
    """
    if text in words("male"):
        return MALE
    if text in words("female"):
        return FEMALE
    return TOTAL if is_all(text) or (text and is_total(text)) else None


def is_all(text: str) -> bool:
    """Whether a folded text means all parts and nothing else: not ``jumlah pus``."""
    return text in words("all_parts")


def add_parts(frame: pd.DataFrame, columns: Sequence[Parts]) -> Result:
    """Add up the parts of each place and named measure, column by column.

    Parameters
    ----------
    frame : DataFrame
        ``key`` (a number per place and period, from 0), ``named``, ``value``, and a
        column per kind of part.
    columns : sequence of Parts
    """
    count = int(frame["key"].max()) + 1
    result = Result(frame, count)
    for column in columns:
        result = _without(result, column)
    return _once(result)


def _without(result: Result, column: Parts) -> Result:
    """Return the figures without one kind of part."""
    frame = result.frame
    others = [name for name in frame if name not in (column.name, "value")]
    said = {text: part_of(text) or "" for text in set(frame[column.name])}
    part = frame[column.name].map(said).to_numpy(dtype=object)
    groups = frame.groupby(others, sort=False, dropna=False).ngroup()
    group = np.asarray(groups, dtype=np.int_)
    made = frame.loc[~pd.Series(group).duplicated().to_numpy(), others]
    made = made.reset_index(drop=True)
    whole = _Whole.of(part, group, frame["value"].to_numpy(dtype=float), len(made))
    made["value"] = whole.values(everywhere=column.everywhere)
    faults = [*result.faults, *_faults(whole, made)]
    return replace(result, frame=made, faults=faults)


@dataclass(frozen=True, slots=True, eq=False)
class _Whole:
    """Of each group of rows: how many parts, their sum, the printed total.

    ``both``: where the parts are one row of women and one of men, and nothing else.
    """

    parts: NDArray[np.int_]
    known: NDArray[np.int_]
    both: NDArray[np.bool_]
    added: NDArray[np.float64]
    lowest: NDArray[np.float64]
    highest: NDArray[np.float64]

    @classmethod
    def of(
        cls,
        part: NDArray[np.object_],
        group: NDArray[np.int_],
        value: NDArray[np.float64],
        count: int,
    ) -> _Whole:
        """Add up the rows of each group."""
        is_part, filled = part != TOTAL, ~np.isnan(value)

        def each(rows: NDArray[np.bool_]) -> NDArray[np.int_]:
            return np.bincount(group[rows], minlength=count)

        parts = each(is_part)
        men, women = each(part == MALE), each(part == FEMALE)
        weights = np.where(is_part & filled, value, 0.0)
        totals = pd.Series(np.where(is_part, np.nan, value)).groupby(group)
        return cls(
            parts=parts,
            known=each(is_part & filled),
            both=(men == 1) & (women == 1) & (parts == men + women),
            added=np.asarray(np.bincount(group, weights, count), dtype=np.float64),
            lowest=np.asarray(totals.min(), dtype=np.float64),
            highest=np.asarray(totals.max(), dtype=np.float64),
        )

    @property
    def disagrees(self) -> NDArray[np.bool_]:
        """Where a printed total is not the sum of its parts, or is printed twice."""
        # A single part beside its total is no sum.
        checked = (self.parts > 1) & (self.known == self.parts)
        off = np.abs(self.added - self.lowest) > ROUNDING
        twice = (self.lowest != self.highest) & self._has_total
        return np.asarray(twice | (checked & off), dtype=np.bool_)

    @property
    def _has_total(self) -> NDArray[np.bool_]:
        return ~np.isnan(self.lowest)

    def complete(self, *, everywhere: bool) -> NDArray[np.bool_]:
        """Where all parts of the whole have a figure."""
        all_known = (self.parts > 0) & (self.known == self.parts)
        return np.asarray(all_known & (self.both | everywhere), dtype=np.bool_)

    def values(self, *, everywhere: bool) -> NDArray[np.float64]:
        """Return the figure of each whole; NaN where it is not sure."""
        added = np.where(self.complete(everywhere=everywhere), self.added, np.nan)
        found = np.where(self._has_total, self.lowest, added)
        return np.where(self.disagrees, np.nan, found)

    def lacks(self, values: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Where some parts have a figure and the whole has none for want of others."""
        return np.isnan(values) & ~self.disagrees & (self.known > 0)


def _faults(whole: _Whole, made: pd.DataFrame) -> list[Fault]:
    faults: list[Fault] = []
    values = made["value"].to_numpy(dtype=float)
    keys = made["key"].to_numpy()
    for code, here, shown in (
        ("long_total_disagrees", whole.disagrees, whole.lowest),
        ("long_part_missing", whole.lacks(values), whole.added),
    ):
        for at in np.flatnonzero(here).tolist():
            texts = (f"{shown[at]:.10g}", f"{whole.added[at]:.10g}")
            faults.append((code, int(keys[at]), *texts))
    return faults


def _once(result: Result) -> Result:
    """Return one figure per place and measure; two that differ are none."""
    frame = result.frame
    keyed = frame.dropna(subset=["value"])
    same = keyed.groupby(["key", "named"], sort=False)["value"]
    first, apart = same.first(), same.nunique() > 1
    faults = list(result.faults)
    for key, named in apart.index[apart]:
        here = keyed[(keyed["key"] == key) & (keyed["named"] == named)]["value"]
        shown = " / ".join(f"{value:.10g}" for value in here.unique())
        faults.append(("long_row_contradicts", int(key), shown, ""))
    made = first.mask(apart).reset_index()
    return replace(result, frame=made, faults=faults)
