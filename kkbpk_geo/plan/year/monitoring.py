"""Plan against realisation: what was done, what was spent, and whether they agree.

Why: a monthly meeting asks two questions of every line, physical and financial, and a
third that nobody tabulates: was the money spent without the work, or the work done
without the money.

In:     a Plan with ``realised`` and ``spent``.
Out:    :class:`Monitoring`: per period, region and work; per region to date; for a map.
Method: physical = sum of realised / sum of target, absorption = sum of spent / sum of
        budget, over the lines that report both parts; lines without a report are
        counted, never read as zero. Where a work's target stands for the year and its
        results by phase (or the reverse), the sums to date are compared. A region's
        physical value joins works of different units: the mean of their achievement,
        each at most 100 %, weighted by budget (by nothing where a work has none), as
        offices weigh "realisasi fisik". Deviation = physical - 100 points; the class
        limits are the user's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.base.formats import MONTHS, Language, format_number
from kkbpk_geo.base.marks import UNMARKED, Marks
from kkbpk_geo.base.periods import canonical, order_periods
from kkbpk_geo.base.results import OneLine, shown_html
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.plan.year.due import CLASSES, Edges, due_lines, regions_of, rows_of
from kkbpk_geo.plan.year.lines import read_lines, work_name
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    from kkbpk_geo.plan.lines.plan import Plan

By = Literal["month", "quarter"]
# Points of deviation: ten are within what a late report explains, twenty-five are a
# quarter of the year's work. The project's proposal; offices set their own.
EDGES = (-25.0, -10.0, 10.0)
_SHOWN = 3  # regions named in a summary: who lags, not a list of all


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class Monitoring(OneLine):
    """A plan and what came of it.

    Attributes
    ----------
    table : DataFrame, one row per period, region, work and unit
        ``period`` (``2026-Q2``, ``2026-05``; ``2026`` is the year to date),
        ``region_code, work, text, indicator, unit``; ``lines`` that are due and how
        many ``reported`` a realisation; ``target`` of all lines; ``target_reported,
        realised`` of those that report, ``physical`` in %; ``budget, budget_reported,
        spent`` Int64 rupiah, ``absorption`` in %; ``deviation`` in points, ``klass``
        (``CLASSES``), ``pattern`` (``PATTERNS``); ``prorated``: lines for the whole
        year count by the months gone.
    regions : DataFrame, index region_code, to date
        ``works, reported, critical, unreported`` Int64; ``physical, absorption,
        deviation`` float64 in %; ``klass, pattern``; ``weighting`` (``budget`` or
        ``equal``), ``known_share`` of the weights.
    left_out : DataFrame
        Lines that count nowhere, whole, with ``reason``: also ``cancelled``,
        ``year_total`` (the sum of lines that are here) and ``not_due``.
    year, until : int
    edges : tuple of three float
    marks : Marks
        Whether the plan is sample data.
    """

    table: pd.DataFrame
    regions: pd.DataFrame
    left_out: pd.DataFrame
    year: int
    until: int
    edges: Edges
    marks: Marks = UNMARKED

    def at(self, period: object = None) -> pd.DataFrame:
        """Return the rows of one period; the year to date unless asked.

        Raises
        ------
        PlanError
            If there is no such period; names those that exist.
        """
        wanted = canonical(period or str(self.year))
        known = order_periods(self.table["period"].unique())
        if wanted not in known:
            msg = f"no realisation for period {wanted!r}; there is {known}."
            raise PlanError(msg)
        return self.table[self.table["period"] == wanted].reset_index(drop=True)

    def sentences(
        self, region_code: str | None = None, language: Language = "id"
    ) -> list[str]:
        """Say which works are behind to date, worst first."""
        own = self.table[self.table["period"] == str(self.year)]
        own = own[own["klass"].isin(["critical", "behind", "not_reported"])]
        if region_code is not None:
            own = own[own["region_code"] == region_code]
        own = own.sort_values(["deviation"], kind="stable", na_position="last")
        return [
            label(f"plan_monitor_{row['klass']}", language).format(
                region=place_name(row["region_code"]),
                work=work_name(row["work"], row["text"], language),
                physical=format_number(row["physical"], 1, language),
                absorption=_percent(row["absorption"], language),
                lines=row["lines"],
            )
            for _, row in own.iterrows()
        ]

    def summary(self, language: Language = "id") -> str:
        """Say how far the plan is: physical, money, and who lags."""
        to_date = self.table[self.table["period"] == str(self.year)]
        budget = int(to_date["budget_reported"].sum())
        spent = 100 * int(to_date["spent"].sum()) / budget if budget else np.nan
        unknown = label("plan_monitor_unknown", language)
        counts = self.regions["klass"].value_counts()
        lowest = self.regions["physical"].dropna().sort_values(kind="stable")
        classes = []
        for klass in CLASSES:
            if klass in counts:
                name = label(f"plan_class_{klass}", language)
                classes.append(f"{name}: {counts[klass]}")
        last = []
        for code, value in lowest[:_SHOWN].items():
            last.append(f"{place_name(code)} ({_percent(value, language)})")
        return label("plan_monitor_summary", language).format(
            year=self.year,
            until=MONTHS[language][self.until - 1],
            reported=int(to_date["reported"].sum()),
            lines=int(to_date["lines"].sum()),
            absorption=_percent(spent, language),
            classes="; ".join(classes) or unknown,
            lowest=", ".join(last) or unknown,
        )

    def _repr_html_(self) -> str:
        return shown_html(self.summary(), self.regions, float_format="{:.1f}".format)


def monitor_plan(
    plan: Plan | pd.DataFrame,
    *,
    year: int | None = None,
    until: int = 12,
    by: By = "quarter",
    edges: Sequence[float] = EDGES,
) -> Monitoring:
    """Compare a plan with what was done and spent.

    Parameters
    ----------
    plan : Plan or DataFrame
        As :func:`kkbpk_geo.plan.year.lines.read_lines` takes it.
    year : int, optional
        The newest of the plan unless stated.
    until : int, 1-12
        Month up to which lines are due. Lines for the whole year count with
        ``until / 12`` of target and budget; percentages count whole.
    by : {"quarter", "month"}
        Periods of the table; lines that fit in none stand in the year to date only.
    edges : three rising numbers, in points of deviation
        Below the first: critical; below the second: behind; above the third: above.
        The default is the project's proposal.

    Raises
    ------
    PlanError
        If the plan cannot be read, or ``until``, ``by`` or ``edges`` are none.
    EmptyDataError
        If the plan has no lines.
    """
    limits = _check(until, by, edges)
    read = read_lines(plan, year=year)
    lines, out = due_lines(read.table, until)
    left = pd.concat([x for x in (read.left_out, out) if len(x)] or [out])
    size = 1 if by == "month" else 3
    inside = lines[(lines["first"] - 1) // size == (lines["last"] - 1) // size]
    periods = [_period(read.year, month, by) for month in inside["first"]]
    parts = [
        rows_of(inside.assign(period=periods), limits),
        rows_of(lines.assign(period=str(read.year)), limits),
    ]
    table = pd.concat([x for x in parts if len(x)] or parts, ignore_index=True)
    return Monitoring(
        table=table,
        regions=regions_of(table[table["period"] == str(read.year)], limits),
        left_out=left.reset_index(drop=True),
        year=read.year,
        until=until,
        edges=limits,
        marks=Marks.of(plan),
    )


def _period(year: int, month: int, by: By) -> str:
    quarter = (month - 1) // 3 + 1
    return f"{year}-{month:02d}" if by == "month" else f"{year}-Q{quarter}"


def _percent(value: float | None, language: Language) -> str:
    """Write a percentage; words where it is not known."""
    if pd.isna(value):
        return label("plan_monitor_unknown", language)
    return f"{format_number(value, 1, language)} %"


def _check(until: int, by: str, edges: Sequence[float]) -> Edges:
    if isinstance(until, bool) or until not in range(1, 13):
        msg = f"until is {until!r}; expected a month from 1 to 12."
        raise PlanError(msg)
    if by not in ("month", "quarter"):
        msg = f"by is {by!r}; expected 'month' or 'quarter'."
        raise PlanError(msg)
    found = tuple(float(edge) for edge in edges)
    if len(found) != len(EDGES) or not all(a < b for a, b in pairwise(found)):
        msg = f"edges are {list(edges)}; expected three rising numbers."
        raise PlanError(msg)
    return found[0], found[1], found[2]
