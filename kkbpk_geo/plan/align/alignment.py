"""Three plans compared: the last agreed one, the province's, and the districts'.

Why: the programme asks for plans in step, and offices compare them by eye for two
weeks. Here every line is found to be agreed, or becomes a decision to take, those with
the gravest consequences first. Nothing is decided here.

In:     three plans, and gap scores where there are any.
Out:    :class:`Alignment`: decisions, per-region figures for a map, findings.
Law:    comparing a plan with itself leaves nothing to decide; exchanging the sides
        exchanges their names only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.marks import UNMARKED, Marks
from kkbpk_geo.base.results import OneLine, shown_html
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.findings import Finding
from kkbpk_geo.plan.align.absence import absent_concerns
from kkbpk_geo.plan.align.concerns import (
    Concern,
    double_concerns,
    near_lines,
    need_concerns,
    sum_concerns,
    unfunded_needs,
)
from kkbpk_geo.plan.align.funds import crossed_concerns, paid_works, shift_concerns
from kkbpk_geo.plan.align.matching import SIDES, Cell, Key, Line, Side
from kkbpk_geo.plan.align.questions import Comparison, compare_plans
from kkbpk_geo.plan.align.table import KINDS, decision_table, region_table
from kkbpk_geo.plan.align.verdicts import Verdict
from kkbpk_geo.plan.lines.plan import Plan
from kkbpk_geo.plan.lines.reading import absent_regions, as_plan, combine_plans

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.gaps import GapScores

RED = 0.8  # of what a standard asks for: four of five, the project's proposal
_ABSENT: dict[Side, str] = {
    "district": "align_absent", "province": "align_absent_province"
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class Alignment(OneLine):
    """What three plans have in common, and every decision that is due.

    Attributes
    ----------
    table : DataFrame, one row per decision, gravest first
        ``decision_id, kind, region_code, region, work, period, field, base, province,
        district`` (texts for a reader), ``proposal`` (``province``, ``district`` or
        ``""``), ``rupiah`` (Int64, at stake), ``note``, ``line_id``.
    regions : DataFrame, index region_code, one row per district of the province
        ``name``; ``status`` (``no_district_plan``, ``no_province_plan``, ``no_plan`` of
        either, or ``""``); ``lines`` (compared: both sides plan for the district),
        ``agreed``, ``aligned_share`` (0-100), ``decisions``, ``conflicts``,
        ``double_funding``, ``need_without_activity``, ``unfunded_need`` (the last two
        missing without gap scores). Where a plan was not handed in, nothing was
        compared, and figures of the comparison are missing: neither 0 nor 100.
    comparison : Comparison
        ``base``, ``province``, ``districts``: the plans; ``cells`` and their
        ``verdicts`` (mapping id -> tuple of Verdict). Each is at hand here as well.
    concerns : tuple of Concern
    near : mapping of str to Line
        Of a cell that only one side has, the line of the other that looks alike.
    unplaced : DataFrame
        Lines without a region, whole, with ``side``; they are in no comparison.
    findings : tuple of Finding
    language : {"id", "en"}
        Of the texts in ``table``.
    marks : Marks
        Whether a plan, or the gaps, are sample data.
    """

    table: pd.DataFrame
    regions: pd.DataFrame
    comparison: Comparison
    concerns: tuple[Concern, ...]
    near: Mapping[str, Line]
    unplaced: pd.DataFrame
    findings: tuple[Finding, ...]
    language: Language = "id"
    marks: Marks = UNMARKED

    @property
    def base(self) -> Plan:
        """The last agreed plan."""
        return self.comparison.base

    @property
    def province(self) -> Plan:
        """The province's plan."""
        return self.comparison.province

    @property
    def districts(self) -> Plan:
        """The districts' plans."""
        return self.comparison.districts

    @property
    def cells(self) -> tuple[Cell, ...]:
        """What belongs together in the three plans."""
        return self.comparison.cells

    @property
    def verdicts(self) -> Mapping[str, tuple[Verdict, ...]]:
        """What was found about each cell, by its id."""
        return self.comparison.verdicts

    @property
    def settled(self) -> frozenset[str]:
        """Ids of decisions that were taken when ``base`` was merged.

        Both sides still say the same about them. Nothing is proposed for them.
        """
        return self.comparison.settled()

    @property
    def compared(self) -> tuple[Cell, ...]:
        """Cells of the regions and years for which both sides handed in a plan."""
        return self.comparison.compared

    @property
    def agreed(self) -> int:
        """Number of compared cells in which nothing is open."""
        return sum(map(self.comparison.is_agreed, self.compared))

    def absent(self, side: Side) -> list[str]:
        """Return the names of the districts for which a side handed in no plan."""
        missing = self.regions["status"].isin([f"no_{side}_plan", "no_plan"])
        return [str(name) for name in self.regions["name"][missing]]

    def absence(self, language: Language = "id") -> list[str]:
        """Say how many and which districts lack a plan, a sentence for each side."""
        said = []
        for side, key in _ABSENT.items():
            names = self.absent(side)
            if names:
                count = format_number(len(names), 0, language)
                text = label(key, language)
                said.append(text.format(count=count, names=", ".join(names)))
        return said or [label("align_complete", language)]

    def counts(self) -> dict[str, int]:
        """Return how many decisions there are of each kind, gravest first."""
        found = self.table["kind"].value_counts()
        return {kind: int(found[kind]) for kind in KINDS if kind in found}

    def in_language(self, language: Language) -> Alignment:
        """Return the same comparison with its texts in another language, same order."""
        if language == self.language:
            return self
        table = decision_table(
            self.comparison, self.concerns, near=self.near, language=language
        )
        return replace(self, table=table, language=language)

    def summary(self, language: Language = "id") -> str:
        """Say in one paragraph what is agreed and what has to be decided."""
        kinds = []
        for kind, count in self.counts().items():
            name = label(f"align_kind_{kind}", language)
            kinds.append(f"{name}: {format_number(count, 0, language)}")
        return label("align_summary", language).format(
            lines=format_number(len(self.compared), 0, language),
            agreed=format_number(self.agreed, 0, language),
            decisions=format_number(len(self.table), 0, language),
            kinds="; ".join(kinds) or label("align_nothing", language),
            unplaced=len(self.unplaced),
            districts=len(self.absent("district")),
            province=len(self.absent("province")),
        )

    def _repr_html_(self) -> str:
        shown = self.table.drop(columns=["decision_id", "line_id"])
        return shown_html(self.summary(self.language), shown, max_rows=30)


def align_plans(
    base: Plan | None,
    province: Plan,
    districts: Plan | Sequence[Plan],
    *,
    gaps: GapScores | pd.DataFrame | None = None,
    red: float = RED,
    language: Language = "id",
) -> Alignment:
    """Compare three plans line by line, like a merge, and list what to decide.

    Parameters
    ----------
    base : Plan or None; a plan may be its file or frame as well
        The plan both sides last agreed on, for the same year; None if there is none.
    province : Plan
        Lines per district, and lines of the province itself (targets to be shared).
    districts : Plan, or one Plan per district
    gaps : GapScores or its table, optional
        Adds activities without need and needs without activity.
    red : float in (0, 1]
        Coverage below which a need without activity is worth a decision.
    language : {"id", "en"}
        Of the texts in ``table``.

    Returns
    -------
    Alignment

    Raises
    ------
    PlanError
        If ``red`` is no share, or the plans are of different provinces.

    Notes
    -----
    A blank cell states nothing: it neither changes nor deletes. A plan without any line
    for a district and year has not been handed in for it; its lines count as unsaid,
    are in no figure of what agrees, and the missing plan is a decision of its own.
    Lines are matched on keys of the catalogue, or on the same words; near matches are
    named in ``note`` and never applied.
    """
    if not 0 < red <= 1:
        msg = f"red is {red!r}; expected a share above 0 and up to 1, such as 0.8."
        raise PlanError(msg)
    base = None if base is None else as_plan(base, "base")
    province = as_plan(province, "province", owner="province")
    each = districts if isinstance(districts, list | tuple) else [districts]
    below = combine_plans([as_plan(one, "districts", owner="district") for one in each])
    compared = compare_plans(base, province, below)
    cells, code = compared.cells, compared.code
    paid = paid_works(cells)
    concerns = [
        *absent_concerns(cells, compared.said, code),
        *sum_concerns(cells, code),
        *double_concerns(cells),
        *crossed_concerns(paid, _asked_of_funds(compared)),
        *shift_concerns(paid),
    ]
    unfunded = None
    if gaps is not None:
        needed = _gap_rows(gaps, code)
        concerns += need_concerns(cells, needed, red)
        unfunded = unfunded_needs(cells, needed, red)
    near = near_lines(cells)
    decisions = decision_table(compared, concerns, near=near, language=language)
    return Alignment(
        table=decisions,
        regions=region_table(compared, decisions, unfunded),
        comparison=compared,
        concerns=tuple(concerns),
        near=near,
        unplaced=_unplaced(compared),
        findings=tuple(_findings(compared)),
        language=language,
        marks=Marks.of(compared.base, province, below, gaps),
    )


def _asked_of_funds(compared: Comparison) -> set[Key]:
    """Return the work for whose source of funds a decision is due."""
    return {
        asked.cell.key
        for asked in compared.questions()
        if asked.verdict.field == "fund"
    }


def _gap_rows(gaps: GapScores | pd.DataFrame, code: str) -> pd.DataFrame:
    """Return the gaps of the districts; those of the province are their sum."""
    from kkbpk_geo.gaps import GapScores

    table = gaps.table if isinstance(gaps, GapScores) else gaps
    return table[table["region_code"] != code]


def _unplaced(compared: Comparison) -> pd.DataFrame:
    import pandas as pd

    parts = []
    plans = (compared.base, compared.province, compared.districts)
    for side, plan in zip(SIDES, plans, strict=True):
        placeless = plan.data[plan.data["region_code"] == ""]
        parts.append(placeless.assign(side=side))
    filled = [part for part in parts if len(part)] or parts[:1]
    return pd.concat(filled, ignore_index=True)


def _findings(compared: Comparison) -> list[Finding]:
    """Return the findings of both plans, and which districts a plan leaves out."""
    found: dict[Finding, None] = {}
    for plan in (compared.province, compared.districts):
        found |= dict.fromkeys(plan.findings)
        if compared.code and plan.province_code:
            found |= dict.fromkeys(absent_regions(plan))
    return list(found)
