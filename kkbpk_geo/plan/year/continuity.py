"""Does the work go on? A calendar per district and activity, and where it breaks.

Why: the programme asks for work that is *berkesinambungan*. A group that meets in one
month of twelve is not coached, a year's work in the last quarter is not done, and a
target that the plan's own quarters do not reach is not planned.

In:     a Plan; the rhythm of each activity (activities.toml); optionally year targets.
Out:    :class:`Continuity`: calendar, findings, and a score per district in parts.
Method: score = mean of the parts that a district has. ``cover``: months (quarters)
        planned / needed, mean over recurring work; ``unbroken``: share of recurring
        work without a gap; ``spread``: 1 while no quarter holds more than ``overload``
        of the year, falling to 0 where one holds all; ``reach``: planned / year's
        target, at most 1. The project's own proposal, not a norm of the programme.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.marks import UNMARKED, Marks
from kkbpk_geo.base.results import OneLine, shown_html
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.io import as_records
from kkbpk_geo.plan.year.calendar import (
    MONTH_COLUMNS,
    calendar_of,
    is_active,
    quarter_load,
    stopped_short,
    year_targets,
)
from kkbpk_geo.plan.year.lines import months_words, read_lines, work_name
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    from collections.abc import Hashable

    from kkbpk_geo.plan.lines.plan import Plan

# In the order in which they are told.
ISSUES = (
    "no_plan", "one_off", "gap", "late_start", "early_end", "unscheduled", "overload",
    "ends_before_target", "stopped_short",
)  # fmt: skip
ISSUE_COLUMNS = (
    "region_code", "work", "text", "issue", "months", "rhythm", "amount", "expected",
)  # fmt: skip
_Break: TypeAlias = tuple[str, str, tuple[int, ...], str, float | None, float | None]
_Issue: TypeAlias = tuple[
    str, str, str, str, tuple[int, ...], str, float | None, float | None
]
_Row: TypeAlias = Mapping[Any, Any]  # the cells of a row, by column
PARTS = ("cover", "unbroken", "spread", "reach")
# Half of a year in one quarter is twice an even share: the project's proposal.
_OVERLOAD = 0.5
_NOISE = 1e-12  # of a sum of binary fractions: a half is a half
_SHOWN = 3  # regions named in a summary: who lags, not a list of all
_RECURRING = ("monthly", "quarterly")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class Continuity(OneLine):
    """A year's work on a calendar, and where it does not go on.

    Attributes
    ----------
    table : DataFrame, one row per finding, by region
        ``region_code, work, text`` (as written), ``issue`` (one of :data:`ISSUES`),
        ``months`` (tuple of 1-12 without the work, or overloaded), ``rhythm`` (needed),
        ``amount, expected`` (planned and wanted; the share of an overloaded quarter).
    calendar : DataFrame, index (region_code, work)
        ``text, indicator, rhythm, times``, ``m01`` to ``m12`` bool.
    scores : DataFrame, index region_code, float64 in [0, 1]
        ``score, cover, unbroken, spread, reach``; missing where it does not apply.
    load : DataFrame, index region_code, columns 1 to 4
        Each quarter's share of the year.
    left_out : DataFrame
        Lines that are on no calendar, whole, with ``reason``.
    year : int
    marks : Marks
        Whether the plan is sample data.
    """

    table: pd.DataFrame
    calendar: pd.DataFrame
    scores: pd.DataFrame
    load: pd.DataFrame
    left_out: pd.DataFrame
    year: int
    marks: Marks = UNMARKED

    def sentences(
        self, region_code: str | None = None, language: Language = "id"
    ) -> list[str]:
        """Say each finding in one sentence; of one region or of all."""
        own = self.table
        if region_code is not None:
            own = own[own["region_code"] == region_code]
        return [_sentence(row, language) for row in as_records(own)]

    def summary(self, language: Language = "id") -> str:
        """Say how continuous the plan is, and what breaks it most."""
        counts = self.table["issue"].value_counts()
        issues = []
        for issue in ISSUES:
            if issue in counts:
                name = label(f"plan_issue_name_{issue}", language)
                issues.append(f"{name}: {counts[issue]}")
        known = self.scores["score"].dropna().sort_values(kind="stable")
        lowest = []
        for code, score in known[:_SHOWN].items():
            shown = format_number(score, 2, language)
            lowest.append(f"{place_name(code)} ({shown})")
        return label("plan_continuity_summary", language).format(
            year=self.year,
            work=len(self.calendar),
            regions=len(self.scores),
            issues="; ".join(issues) or label("plan_continuity_whole", language),
            lowest=", ".join(lowest) or label("plan_continuity_unscored", language),
        )

    def _repr_html_(self) -> str:
        return shown_html(self.summary(), self.scores, float_format="{:.2f}".format)


def check_continuity(
    plan: Plan | pd.DataFrame,
    *,
    year: int | None = None,
    rhythms: Mapping[str, str] | None = None,
    targets: Mapping[tuple[str, str], float] | None = None,
    regions: Sequence[str] | None = None,
    overload: float = _OVERLOAD,
) -> Continuity:
    """Lay a plan on a calendar and say where the work does not go on.

    Parameters
    ----------
    plan : Plan or DataFrame
        As :func:`kkbpk_geo.plan.year.lines.read_lines` takes it.
    year : int, optional
        The newest of the plan unless stated.
    rhythms : mapping activity, text as written or indicator -> rhythm, optional
        ``monthly``, ``quarterly`` or ``once``, before the catalogue's.
    targets : mapping (region_code, activity or indicator) -> number, optional
        Year targets, for instance those that ``apportion`` gives.
    regions : sequence of str, optional
        Regions that ought to have a plan; those without one are found.
    overload : float in (0, 1)
        A quarter may hold up to this share of the year.

    Raises
    ------
    PlanError
        If the plan cannot be read, ``overload`` is out of range, or a rhythm is none.
    EmptyDataError
        If the plan has no lines.
    """
    if isinstance(overload, bool) or not 0 < overload < 1:
        msg = f"overload is {overload!r}; expected a share between 0 and 1."
        raise PlanError(msg)
    read = read_lines(plan, year=year)
    calendar = calendar_of(read.table, rhythms)
    load = quarter_load(read.table)
    wanted = year_targets(read.table, targets)
    busy = set(read.table.loc[is_active(read.table), "region_code"])
    codes = sorted({*read.table["region_code"], *(regions or ())})
    rows: list[_Issue] = [
        (code, "", "", "no_plan", (), "", None, None)
        for code in codes
        if code not in busy
    ]
    for (code, work), line in _works(calendar):
        rows += [(code, work, *found) for found in _breaks(line)]
    rows += _overloads(load, overload)
    rows += _short("ends_before_target", wanted[wanted["planned"] < wanted["expected"]])
    rows += _short("stopped_short", stopped_short(read.table))
    return Continuity(
        table=_issue_table(rows),
        calendar=calendar,
        scores=_scores(codes, calendar, load, wanted, overload),
        load=load,
        left_out=read.left_out,
        year=read.year,
        marks=Marks.of(plan),
    )


def _overloads(load: pd.DataFrame, overload: float) -> Iterator[_Issue]:
    """Yield the quarters that hold too much of a region's year."""
    for place, shares in load.iterrows():
        most = int(shares.to_numpy().argmax())
        share = float(shares.iloc[most])
        if share > overload + _NOISE:
            months = tuple(range(3 * most + 1, 3 * most + 4))
            yield (str(place), "", "", "overload", months, "", share, overload)


def _short(issue: str, works: pd.DataFrame) -> Iterator[_Issue]:
    """Yield the works that plan or reach less than is wanted of the year."""
    for line in as_records(works):
        named = (line["region_code"], line["work"], line["text"])
        yield (*named, issue, (), "", line["planned"], line["expected"])


def _issue_table(rows: list[_Issue]) -> pd.DataFrame:
    """Lay findings out by region, then in the order in which they are told."""
    table = pd.DataFrame(rows, columns=list(ISSUE_COLUMNS))
    table = table.astype({"amount": float, "expected": float})
    order = table["issue"].map(ISSUES.index) if len(table) else table["issue"]
    ordered = table.assign(order=order).sort_values(
        ["region_code", "order", "work"], kind="stable"
    )
    return ordered.drop(columns="order").reset_index(drop=True)


def _steps(line: _Row) -> list[bool]:
    """Return the periods the rhythm asks for: 12 months or 4 quarters."""
    months = [bool(line[name]) for name in MONTH_COLUMNS]
    if line["rhythm"] == "monthly":
        return months
    return [any(months[at : at + 3]) for at in range(0, 12, 3)]


def _works(calendar: pd.DataFrame) -> Iterator[tuple[tuple[str, str], _Row]]:
    """Yield (region_code, work) and the cells of its row."""
    return zip(calendar.index, as_records(calendar), strict=True)


def _breaks(line: _Row) -> Iterator[_Break]:
    """Yield what breaks one piece of recurring work: the table's columns from text."""
    if line["rhythm"] not in _RECURRING:
        return
    if not line["times"]:
        yield (line["text"], "unscheduled", (), line["rhythm"], None, None)
        return
    months = [m for m, name in enumerate(MONTH_COLUMNS, 1) if line[name]]
    size = 1 if line["rhythm"] == "monthly" else 3
    steps = [step for step, there in enumerate(_steps(line)) if there]
    found: list[tuple[str, tuple[int, ...]]] = []
    if line["times"] == 1:
        found.append(("one_off", tuple(months)))
    else:
        inside = sorted(set(range(steps[0], steps[-1])) - set(steps))
        lost = tuple(size * step + m for step in inside for m in range(1, size + 1))
        if lost:
            found.append(("gap", lost))
        if before := tuple(range(1, size * steps[0] + 1)):
            found.append(("late_start", before))
        if after := tuple(range(size * (steps[-1] + 1) + 1, 13)):
            found.append(("early_end", after))
    for issue, when in found:
        yield (line["text"], issue, when, line["rhythm"], None, None)


def _scores(
    codes: Sequence[str],
    calendar: pd.DataFrame,
    load: pd.DataFrame,
    wanted: pd.DataFrame,
    overload: float,
) -> pd.DataFrame:
    index = pd.Index(codes, name="region_code")
    out = pd.DataFrame(np.nan, index=index, columns=list(PARTS))
    recurring = calendar[calendar["rhythm"].isin(_RECURRING) & calendar["times"].gt(0)]
    if len(recurring):
        lines = [line for _, line in _works(recurring)]
        per_work = pd.DataFrame(index=recurring.index, dtype=float)
        per_work["cover"] = [_share(_steps(line)) for line in lines]
        per_work["unbroken"] = [float(_is_unbroken(line)) for line in lines]
        means = per_work.groupby(level="region_code").mean()
        out.loc[means.index, ["cover", "unbroken"]] = means
    most = load.max(axis=1)
    out.loc[load.index, "spread"] = ((1 - most) / (1 - overload)).clip(upper=1)
    asked = wanted[wanted["expected"] > 0]
    if len(asked):
        share = (asked["planned"] / asked["expected"]).clip(upper=1)
        reach = share.groupby(asked["region_code"]).mean()
        out.loc[reach.index.intersection(out.index), "reach"] = reach
    out.insert(0, "score", out.mean(axis=1))
    return out


def _share(steps: Sequence[bool]) -> float:
    return sum(steps) / len(steps)


def _is_unbroken(line: _Row) -> bool:
    """Whether a work goes on once it has begun, until it ends."""
    return not {"one_off", "gap"} & {issue for _, issue, *_ in _breaks(line)}


def _sentence(row: _Row, language: Language) -> str:
    whole = row["issue"] in ("ends_before_target", "stopped_short")
    scale = 1 if whole else 100  # shares of a year are said in percent
    shown: dict[str, Hashable] = {
        name: format_number(scale * row[name], 0, language)
        for name in ("amount", "expected")
    }
    rhythm = row["rhythm"]
    return label(f"plan_issue_{row['issue']}", language).format(
        region=place_name(row["region_code"]),
        work=work_name(row["work"], row["text"], language),
        when=months_words(row["months"], language),
        rhythm=label(f"plan_rhythm_{rhythm}", language) if rhythm else "",
        **shown,
    )
