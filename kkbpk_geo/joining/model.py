"""What a join gives: values per period and region, and everything left over.

In:     built by :func:`kkbpk_geo.joining.tables.join_regions`.
Out:    :class:`Joined`, small and frozen; missing, not reported and not yet founded
        stay three different things in ``status``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from kkbpk_geo.base.errors import JoinError
from kkbpk_geo.base.escaping import for_html
from kkbpk_geo.base.formats import Language, format_number, format_period
from kkbpk_geo.base.marks import UNMARKED, Marks, mark_frame
from kkbpk_geo.catalogue.labels import label


@dataclass(frozen=True, slots=True, eq=False, repr=False, kw_only=True)
class Joined:
    """Tables joined to regions, and what could not be joined.

    Attributes
    ----------
    values : DataFrame, index (period, region_code), one column per measure
        Nullable ``Int64`` (``Float64`` where a source has fractions); every region of
        the map in every period, missing where nothing was reported.
    status : DataFrame of text, same shape
        ``ok``, ``partial`` (some rows of the region are blank), ``missing``,
        ``not_reported``, ``not_yet_founded``.
    unplaced : DataFrame
        Rows that are on no region, whole, with ``reason``.
    ledger : DataFrame, one row per table
        ``source, kind, rows_in, rows_placed, rows_unplaced``; the last two add up to
        the first.
    conflicts : DataFrame
        Cells that two kinds of table give differently: which was kept, which was not.
    silent : DataFrame
        ``source, kind, period, region_code``: regions that a table says nothing about.
    sources : mapping measure -> text
        Where each measure comes from.
    names : mapping region_code -> name, in map order
    level, province_code, province_name : str
    marks : Marks
        Whether any of the tables is sample data.
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

    @property
    def table(self) -> pd.DataFrame:
        """The main frame: ``values``."""
        return self.values

    @property
    def periods(self) -> tuple[str, ...]:
        """Periods, oldest first; ``("",)`` where no table states one."""
        return tuple(self.values.index.unique(level="period"))

    def at(self, period: str | None = None) -> pd.DataFrame:
        """Return the values of one period (the newest unless asked), by region_code.

        Raises
        ------
        JoinError
            If there is no such period; names those that exist.
        """
        return mark_frame(at_period(self.values, self._known(period)), self.marks)

    def status_at(self, period: str | None = None) -> pd.DataFrame:
        """Return the status of one period, by region_code; raises as :meth:`at`."""
        return at_period(self.status, self._known(period))

    def _known(self, period: str | None) -> str:
        wanted = self.periods[-1] if period is None else period
        if wanted not in self.periods:
            msg = f"no data for period {wanted!r}; there is {list(self.periods)}."
            raise JoinError(msg)
        return wanted

    def summary(self, language: Language = "id") -> str:
        """Say in one paragraph what was joined and what was not."""
        months = ", ".join(format_period(p, language) for p in self.periods if p) or "–"
        return label("join_summary", language).format(
            rows=format_number(self.ledger["rows_in"].sum(), 0, language),
            tables=len(self.ledger),
            placed=format_number(self.ledger["rows_placed"].sum(), 0, language),
            unplaced=format_number(self.ledger["rows_unplaced"].sum(), 0, language),
            regions=len(self.names),
            place=self.province_name,
            periods=months,
            conflicts=len(self.conflicts),
        )

    def __repr__(self) -> str:
        return f"<Joined: {self.summary('en')}>"

    def _repr_html_(self) -> str:
        head = f"<p>{for_html(self.summary())}</p>"
        return head + self.ledger.to_html(index=False, escape=True)


def at_period(frame: pd.DataFrame, period: str) -> pd.DataFrame:
    """Return one period of a frame indexed by (period, region_code)."""
    here = frame[frame.index.get_level_values("period") == period]
    return here.droplevel("period")
