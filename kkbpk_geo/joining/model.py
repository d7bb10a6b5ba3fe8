"""What a join gives: values per period and region, and everything left over.

In:     built by :func:`join_regions`.
Out:    :class:`Joined`, small and frozen; missing, not reported and not yet founded
        stay three different things in ``status``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from kkbpk_geo.base.errors import JoinError
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.marks import UNMARKED, Marks, mark_frame
from kkbpk_geo.base.periods import canonical, format_period
from kkbpk_geo.base.results import Result
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.catalogue.statuses import status_order

if TYPE_CHECKING:
    from kkbpk_geo.findings import Finding

# What names a row of ``values`` and of ``status``.
CELL = ("period", "region_code")
LEDGER_COLUMNS = ("source", "kind", "rows_in", "rows_placed", "rows_unplaced")
SILENT_COLUMNS = ("source", "kind", *CELL)
CONFLICT_COLUMNS = (*CELL, "measure", "kept", "kept_from", "other", "other_from")
# From best to worst: what is made of several cells has the worst status among them.
STATUSES = status_order()
STATUS_RANK = {word: rank for rank, word in enumerate(STATUSES)}


class Exact(NamedTuple):
    """Values and status before small counts were hidden: for sums, never to show."""

    values: pd.DataFrame
    status: pd.DataFrame


def _none_refused() -> pd.DataFrame:
    return pd.DataFrame(columns=list(SILENT_COLUMNS))


@dataclass(frozen=True, slots=True, eq=False, repr=False, kw_only=True)
class Joined(Result):
    """Tables joined to regions, and what could not be joined.

    Attributes
    ----------
    values : DataFrame, index (period, region_code), one column per measure
        Nullable ``Int64`` (``Float64`` where a source has fractions); every region of
        the map in every period, missing where nothing was reported.
    status : DataFrame of text, same shape
        One of :data:`STATUSES`; ``partial``: some rows of the region are blank;
        ``unusable`` over a number: it stands, and nothing is judged by it.
    unplaced : DataFrame
        Rows that are on no region, whole, with ``reason``.
    ledger : DataFrame, one row per table
        :data:`LEDGER_COLUMNS`; rows placed and unplaced add up to rows in.
    conflicts : DataFrame
        :data:`CONFLICT_COLUMNS`: cells that two kinds of table give differently.
    silent : DataFrame
        :data:`SILENT_COLUMNS`: regions that a table says nothing about.
    refused : DataFrame
        :data:`SILENT_COLUMNS`: regions that only a row without a certain region may be
        about.
    sources : mapping measure -> text
        Where each measure comes from.
    names : mapping region_code -> name, in map order
    level, province_code, province_name : str
    marks : Marks
        Whether any of the tables is sample data.
    findings : tuple of Finding
        Where tables, or rows of one, claim the same (two versions), and where two kinds
        of table differ about one time.
    reasons : mapping region_code -> findings that say why a figure of it is in doubt
    exact : Exact or None
        Where small counts are hidden (``hide_small``), what was there before; of use
        for sums of a whole province only.
    limit : int
        Counts of persons from 1 to below it are hidden; 0: none is.
    """

    values: pd.DataFrame
    status: pd.DataFrame
    unplaced: pd.DataFrame
    ledger: pd.DataFrame
    conflicts: pd.DataFrame
    silent: pd.DataFrame
    sources: Mapping[str, str]
    names: Mapping[str, str]
    level: str
    province_code: str
    province_name: str
    marks: Marks = UNMARKED
    refused: pd.DataFrame = field(default_factory=_none_refused)
    findings: tuple[Finding, ...] = ()
    reasons: Mapping[str, tuple[Finding, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    exact: Exact | None = None
    limit: int = 0
    show_index = False  # the ledger numbers no tables

    @property
    def table(self) -> pd.DataFrame:
        """The main frame: ``values``."""
        return self.values

    @property
    def periods(self) -> tuple[str, ...]:
        """Periods, oldest first; ``("",)`` where no table states one."""
        return tuple(self.values.index.unique(level="period"))

    def at(self, period: object = None) -> pd.DataFrame:
        """Return the values of one period (the newest unless asked), by region_code.

        A period is said as a text, a year, a date, a Timestamp or a Period.

        Raises
        ------
        JoinError
            If there is no such period; names those that exist.
        """
        return mark_frame(at_period(self.values, self._known(period)), self.marks)

    def status_at(self, period: object = None) -> pd.DataFrame:
        """Return the status of one period, by region_code; raises as :meth:`at`."""
        return at_period(self.status, self._known(period))

    def _known(self, period: object) -> str:
        wanted = self.periods[-1] if period is None else canonical(period)
        if wanted not in self.periods:
            msg = f"no data for period {wanted!r}; there is {list(self.periods)}."
            raise JoinError(msg)
        return wanted

    def summary(self, language: Language = "id") -> str:
        """Say in one paragraph what was joined and what was not."""

        def rows(column: str) -> str:
            return format_number(self.ledger[column].sum(), 0, language)

        months = [format_period(p, language) for p in self.periods if p]
        return label("join_summary", language).format(
            rows=rows("rows_in"),
            tables=len(self.ledger),
            placed=rows("rows_placed"),
            unplaced=rows("rows_unplaced"),
            regions=len(self.names),
            place=self.province_name,
            periods=", ".join(months) or "–",
            conflicts=len(self.conflicts),
        )

    def shown(self) -> pd.DataFrame:
        """Return the ledger: what came in and what was placed."""
        return self.ledger


def status_ranks(status: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return the place of every cell's status in :data:`STATUSES`, by column.

    Examples
    --------
    >>> ranks = status_ranks(pd.DataFrame({"users": ["ok", "missing"]}))["users"]
    >>> ranks.tolist(), status_words(ranks).tolist()
    ([0, 2], ['ok', 'missing'])
    """
    return {
        str(column): words.map(STATUS_RANK).to_numpy(int)
        for column, words in status.items()
    }


def status_words(ranks: np.ndarray) -> np.ndarray:
    """Return the words of places in :data:`STATUSES`.

    Examples
    --------
    >>> status_words(np.array([0, 3])).tolist()
    ['ok', 'not_reported']
    """
    words = np.array(STATUSES, dtype=object)
    return np.asarray(words[ranks])


def at_period(frame: pd.DataFrame, period: str) -> pd.DataFrame:
    """Return one period of a frame indexed by :data:`CELL`; empty if there is none.

    Examples
    --------
    >>> index = pd.MultiIndex.from_product([["2024", "2025"], ["18.01"]], names=CELL)
    >>> frame = pd.DataFrame({"bkb_groups": [3, 5]}, index=index)
    >>> at_period(frame, "2025")["bkb_groups"].to_dict()
    {'18.01': 5}
    """
    here = frame[frame.index.get_level_values("period") == period]
    return here.droplevel("period")
