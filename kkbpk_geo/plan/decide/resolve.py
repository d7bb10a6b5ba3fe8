"""Merging plans by decisions: what was agreed, what was decided, and nothing else.

Why: a merged plan must never hold a figure that nobody agreed to. What is not decided
keeps what the last agreed plan said, and stays on the list. And it must stand: once
plans are merged, lines that nothing tells apart might be taken for one another, and
what was decided about one would befall the other. So every merge is tried a second time
before it is given out; work for which it would not stand is left as the last agreed
plan has it, and is said.

In:     an :class:`~kkbpk_geo.plan.align.alignment.Alignment`, decisions of a meeting.
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
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.marks import Marks, mark_frame
from kkbpk_geo.base.results import OneLine, shown_html
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.findings import Finding, finding, finding_text
from kkbpk_geo.io import refuse_person
from kkbpk_geo.plan.align.alignment import Alignment
from kkbpk_geo.plan.align.matching import Key, Line, lines_of
from kkbpk_geo.plan.align.questions import Comparison, Question
from kkbpk_geo.plan.align.verdicts import PROPOSALS
from kkbpk_geo.plan.align.words import line_work
from kkbpk_geo.plan.decide.audit import audit_frame, replay_audit
from kkbpk_geo.plan.decide.choices import MERGING, NOTING, Choice, read_decisions
from kkbpk_geo.plan.decide.steps import Merge
from kkbpk_geo.plan.lines.plan import Plan, PlanLine

if TYPE_CHECKING:
    import pandas as pd

RULES = (
    "changed_province", "changed_district", "missing_province", "missing_district"
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class Resolved(OneLine):
    """A merged plan, how it came about, and what is still open.

    Attributes
    ----------
    plan : Plan
    audit : DataFrame
        See :func:`kkbpk_geo.plan.decide.audit.audit_frame`; replayed on
        ``alignment.base`` it is ``plan``.
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
        return shown_html(self.summary(), shown, max_rows=20)


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
    words = _Words(choices=choices, accept=frozenset(accept), who=decided_by)
    found = _merge_standing(alignment, words)
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


# --- a merge that stands --------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class _Standing:
    """A merge that stands.

    ``aside``: region, year, activity and indicator of the work in which nothing was
    merged, because its lines cannot be told apart afterwards.
    """

    merge: Merge
    plan: Plan
    aside: tuple[Key, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class _Words:
    """What a merge goes by: decisions by id, kinds that a rule accepts, who decided."""

    choices: Mapping[str, Choice]
    accept: Collection[str]
    who: str

    def on(self, compared: Comparison) -> dict[str, Choice]:
        """Return the choices for a comparison: those taken, then those of rules.

        A rule hears news only: what was decided when the base was merged stays so,
        though one side has not followed yet.
        """
        found = dict(self.choices)
        settled = compared.settled()
        for asked in compared.questions():
            kind = asked.verdict.kind
            if kind in self.accept and asked.id not in settled:
                rule = Choice(decision_id=asked.id, choice=PROPOSALS[kind])
                found.setdefault(asked.id, rule)
        return found


def _merge_standing(alignment: Alignment, words: _Words) -> _Standing:
    """Merge what was agreed and decided, as far as it stands when merged again."""
    first = alignment.comparison
    found = _tried(first, words)
    if found.aside:
        after = _tried(first.with_base(found.plan), words)
        if after.plan.records() != found.plan.records():
            return _merged(first, words, {cell.key for cell in first.cells})
    return found


def _tried(compared: Comparison, words: _Words) -> _Standing:
    """Merge, and set aside what would not stand, until the rest does."""
    aside: set[Key] = set()
    while True:
        found = _merged(compared, words, aside)
        shaken = _shaken(compared, words, found)
        if not shaken:
            return found
        aside |= shaken


def _merged(compared: Comparison, words: _Words, aside: Collection[Key]) -> _Standing:
    """Merge all but what is set aside."""
    merge = Merge(
        choices=words.on(compared), explicit=words.choices.keys(), who=words.who
    )
    for cell in compared.cells:
        if cell.key not in aside:
            merge.take(cell, compared.verdicts[cell.id])
    plan = replay_audit(compared.base, audit_frame(merge.steps))
    taken = (each for each in compared.questions() if each.id in merge.decided)
    decided = {asked.mark: asked.id for asked in taken}
    return _Standing(
        merge=merge,
        plan=replace(plan, settled={**decided, **compared.base.settled}),
        aside=tuple(sorted(aside)),
    )


def _shaken(compared: Comparison, words: _Words, found: _Standing) -> set[Key]:
    """Return the work that a second merge would change, settle or not ask of."""
    once = found.plan.records()
    if once == compared.base.records():
        return set()
    after = compared.with_base(found.plan)
    second = _merged(after, words, found.aside)
    odd = {key for key, _ in _open(compared, found) - _open(after, second)}
    odd |= {asked.cell.key for asked in _news(after, second)}
    if second.plan.records() == once and not odd:
        return set()
    left = {cell.key for cell in compared.cells} - set(found.aside)
    before, later = _by_work(found.plan), _by_work(second.plan)
    changed = {key for key in left if before.get(key) != later.get(key)}
    # Where none of what is left is to blame, all of it is set aside: it must end.
    return (changed | odd) & left or left


def _news(after: Comparison, second: _Standing) -> list[Question]:
    """Return what a second merge decides for the first time."""
    known, taken = after.base.settled, second.merge.decided
    return [x for x in after.questions() if x.id in taken and x.mark not in known]


def _open(compared: Comparison, found: _Standing) -> set[tuple[Key, str]]:
    decided = found.merge.decided
    asked = (each for each in compared.questions() if each.id not in decided)
    return {(each.cell.key, each.mark) for each in asked}


def _by_work(plan: Plan) -> dict[Key, list[PlanLine]]:
    found: dict[Key, list[PlanLine]] = {}
    for line in lines_of(plan):
        found.setdefault(line.key, []).append(line.stated)
    return found
