"""Merging plans by decisions: what was agreed, what was decided, and nothing else.

Why: a merged plan must never hold a figure that nobody agreed to. What is not decided
keeps what the last agreed plan said, and stays on the list.

In:     an :class:`~kkbpk_geo.plan.alignment.Alignment`, decisions of a meeting.
Out:    :class:`Resolved`: the merged plan, its audit trail, what is still open.
Law:    without differences the base comes back; merging again with the same decisions
        and rules changes nothing; the trail, replayed on the base, is the merged plan.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.errors import CellError, PlanError
from kkbpk_geo.base.escaping import for_html
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.marks import Marks, mark_frame
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.findings import Finding, finding, finding_text
from kkbpk_geo.io import refuse_person
from kkbpk_geo.plan.align.alignment import Alignment
from kkbpk_geo.plan.align.matching import Key, Line
from kkbpk_geo.plan.align.words import line_work
from kkbpk_geo.plan.decide.audit import audit_frame
from kkbpk_geo.plan.decide.choices import MERGING, NOTING, Choice, read_decisions
from kkbpk_geo.plan.decide.standing import Words, merge_standing
from kkbpk_geo.plan.lines.plan import Plan

if TYPE_CHECKING:
    import pandas as pd

RULES = (
    "changed_province", "changed_district", "missing_province", "missing_district"
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Resolved:
    """A merged plan, how it came about, and what is still open.

    Attributes
    ----------
    plan : Plan
    audit : DataFrame
        See :func:`kkbpk_geo.plan.audit.audit_frame`; replayed on ``alignment.base`` it
        is ``plan``.
    open : DataFrame
        Rows of ``alignment.table`` that nobody decided.
    alignment : Alignment
    decided_by : str
    unused : tuple of str
        Ids of decisions that this comparison does not ask for (any more): done before,
        of other plans, or altered.
    findings : tuple of Finding
        Says of each of them where it stands, and which work was set aside because its
        lines could not be told apart once merged; of severity error.
    """

    plan: Plan
    audit: pd.DataFrame
    open: pd.DataFrame
    alignment: Alignment
    decided_by: str
    unused: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def marks(self) -> Marks:
        """Whether it was made of sample data."""
        return self.plan.marks

    @property
    def table(self) -> pd.DataFrame:
        """The main frame: the lines of the merged plan."""
        return self.plan.data

    def summary(self, language: Language = "id") -> str:
        """Say what was merged and what is still open."""
        how = self.audit["how"].value_counts()
        decided, rule = int(how.get("decided", 0)), int(how.get("rule", 0))
        return label("merge_summary", language).format(
            lines=format_number(len(self.plan.data), 0, language),
            agreed=format_number(len(self.audit) - decided - rule, 0, language),
            decided=format_number(decided, 0, language),
            rule=format_number(rule, 0, language),
            open=format_number(len(self.open), 0, language),
            unused=format_number(len(self.unused), 0, language),
            which="".join(f" {finding_text(f, language)}" for f in self.findings),
        )

    def _repr_html_(self) -> str:
        shown = self.plan.data.drop(columns=["source_file", "source_sheet"])
        return f"<p>{for_html(self.summary())}</p>" + shown.to_html(
            escape=True, max_rows=20
        )


def resolve(
    alignment: Alignment,
    decisions: str | Path | pd.DataFrame | Iterable[Mapping[str, Any]] | None = None,
    *,
    decided_by: str = "",
    accept: str | Collection[str] = (),
) -> Resolved:
    """Merge plans by the decisions of a meeting, with an audit trail.

    What both sides say alike is merged; what only one side says where nothing stood is
    merged; every other difference needs a decision, and without one the base stands.
    Merging again with the merged plan as the base changes nothing. Work for which it
    would (many lines about one thing, alike but for a figure) is not merged, and said.

    Parameters
    ----------
    alignment : Alignment
    decisions : path, DataFrame or records, optional
        The meeting's workbook, or columns ``decision_id``, ``choice`` (``province``,
        ``district``, ``base``, ``other``; for remarks ``accepted``, ``follow_up``),
        ``value`` (for ``other``) and ``why``.
    decided_by : str
        Who decided, as a label: a meeting or an office, not a person.
    accept : str or collection of str
        Kinds whose proposal is taken without a decision each: ``changed_province``,
        ``changed_district``, ``missing_province``, ``missing_district``. On record in
        the trail as a rule. What was decided when the base was merged is not decided
        anew by a rule as long as both sides say what they said then.

    Returns
    -------
    Resolved

    Raises
    ------
    PlanError
        For a kind that has no proposal.
    PersonError
        For a number of a person in ``decided_by``.
    CellError
        For a choice or value that does not fit its decision; names sheet and row.
    """
    accept = {accept} if isinstance(accept, str) else set(accept)
    if odd := sorted(accept - set(RULES)):
        msg = f"accept names {odd}; only {list(RULES)} have a proposal to accept."
        raise PlanError(msg)
    taken = [] if decisions is None else read_decisions(decisions)
    refuse_person(decided_by, "decided_by")
    choices = {choice.decision_id: choice for choice in taken}
    _check_choices(choices)
    words = Words(choices=choices, accept=frozenset(accept), who=decided_by)
    found = merge_standing(alignment, words)
    merge, table = found.merge, alignment.table
    for concern in alignment.concerns:
        merge.note(f"{concern.id}|note", concern.region, concern.kind)
    asked = set(table["decision_id"])
    strange = [choice for choice in taken if choice.decision_id not in asked]
    findings = [_unknown(choice) for choice in strange]
    findings += [_alike(alignment, key) for key in found.aside]
    marks = Marks.of(alignment, *taken)
    mark_frame(found.plan.data, marks)
    return Resolved(
        plan=replace(found.plan, marks=marks),
        audit=mark_frame(audit_frame(merge.steps), marks),
        open=table[~table["decision_id"].isin(merge.decided)].reset_index(drop=True),
        alignment=alignment,
        decided_by=decided_by,
        unused=tuple(sorted(choice.decision_id for choice in strange)),
        findings=tuple(findings),
    )


def _unknown(choice: Choice) -> Finding:
    """Say where a decision stands that this comparison does not ask for."""
    where, row = choice.place
    return finding(
        "decision_unknown",
        file=where.removesuffix(f", {choice.sheet}"),
        sheet=choice.sheet,
        row=row,
        column=label("meeting_decision_id"),
        value=choice.decision_id,
    )


def _alike(alignment: Alignment, key: Key) -> Finding:
    """Say which work was set aside because its lines cannot be told apart."""
    lines: list[Line] = []
    for cell in alignment.cells:
        if cell.key == key:
            lines += cell.lines
    return finding(
        "merge_lines_alike",
        value=line_work(lines[0], alignment.language),
        region=key[0],
        expected=key[1] or "–",
        count=len(lines),
    )


def _check_choices(choices: Mapping[str, Choice]) -> None:
    """Refuse a side for a remark, and a remark where a side must be chosen."""
    for key, choice in choices.items():
        is_remark = key.endswith("|note")
        wanted = NOTING if is_remark else MERGING
        if choice.choice not in wanted:
            words = ", ".join(label(f"choice_{each}") for each in wanted)
            raise CellError(
                *choice.place,
                label("meeting_choice"),
                label(f"choice_{choice.choice}"),
                expected=words,
                remedy="Choose one from the list of that row.",
            )
