"""A plan's year as its readers look at it: the calendar, and plan against realisation.

Why: the meeting page, the page of one plan and the map show the same two views; which
year they are of, and what happens to a plan without lines, is decided here once.

In:     a Plan. Out: :class:`Outlook`, or None where there is nothing to lay out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kkbpk_geo.base.results import OneLine
from kkbpk_geo.plan.year.continuity import Continuity, check_continuity
from kkbpk_geo.plan.year.monitoring import Monitoring, monitor_plan

if TYPE_CHECKING:
    from kkbpk_geo.plan.lines.plan import Plan


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class Outlook(OneLine):
    """One year of a plan: ``continuity`` and ``monitoring`` of the same year."""

    continuity: Continuity
    monitoring: Monitoring

    @property
    def year(self) -> int:
        """The year laid out."""
        return self.continuity.year

    @property
    def regions(self) -> tuple[str, ...]:
        """Codes of the regions that stand on the calendar, sorted."""
        return tuple(sorted(set(self.continuity.calendar.index.unique(0))))

    @property
    def idle(self) -> tuple[str, ...]:
        """Codes of the regions that have lines and no work on the calendar, sorted."""
        lines = {str(code) for code in self.continuity.scores.index}
        return tuple(sorted(lines - set(self.regions)))

    @property
    def reporting(self) -> frozenset[str]:
        """Codes of the regions that report any work done or money spent."""
        rows = self.monitoring.table
        some = rows["reported"].gt(0) | rows["spent"].notna()
        return frozenset(rows.loc[some, "region_code"])


def look_ahead(plan: Plan, *, regions: Sequence[str] | None = None) -> Outlook | None:
    """Lay the newest year of a plan out.

    Parameters
    ----------
    plan : Plan
    regions : sequence of str, optional
        Regions that ought to have a plan.

    Returns
    -------
    Outlook or None
        None where no line has a region and a year.
    """
    lines = plan.data
    years = lines.loc[lines["region_code"] != "", "year"].dropna()
    if years.empty:
        return None
    year = int(years.max())
    return Outlook(
        continuity=check_continuity(plan, year=year, regions=regions),
        monitoring=monitor_plan(plan, year=year),
    )
