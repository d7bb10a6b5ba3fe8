"""A merge that stands: made again with the same plans and words, it changes nothing.

Why: once plans are merged, lines that nothing tells apart might be taken for one
another, and what was decided about one would befall the other. So every merge is tried
a second time before it is given out. Work for which it would not stand is left as the
last agreed plan has it, and is said.

In:     a comparison, what was decided, which kinds a rule accepts.
Out:    :class:`Standing`: the merge, its plan, and the work that was set aside.
Law:    merging again, with the merged plan as the base, gives the merged plan; what was
        open is open.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kkbpk_geo.plan.align.matching import Key, lines_of
from kkbpk_geo.plan.align.questions import Comparison, Question
from kkbpk_geo.plan.align.verdicts import PROPOSALS
from kkbpk_geo.plan.decide.audit import audit_frame, replay_audit
from kkbpk_geo.plan.decide.choices import Choice
from kkbpk_geo.plan.decide.steps import Merge
from kkbpk_geo.plan.lines.plan import Plan, PlanLine

if TYPE_CHECKING:
    from kkbpk_geo.plan.align.alignment import Alignment


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Standing:
    """A merge that stands.

    ``aside``: region, year, activity and indicator of the work in which nothing was
    merged, because its lines cannot be told apart afterwards.
    """

    merge: Merge
    plan: Plan
    aside: tuple[Key, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Words:
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


def merge_standing(alignment: Alignment, words: Words) -> Standing:
    """Merge what was agreed and decided, as far as it stands when merged again."""
    first = alignment.comparison
    found = _tried(first, words)
    if found.aside:
        after = _tried(first.with_base(found.plan), words)
        if after.plan.records() != found.plan.records():
            return _merged(first, words, {cell.key for cell in first.cells})
    return found


def _tried(compared: Comparison, words: Words) -> Standing:
    """Merge, and set aside what would not stand, until the rest does."""
    aside: set[Key] = set()
    while True:
        found = _merged(compared, words, aside)
        shaken = _shaken(compared, words, found)
        if not shaken:
            return found
        aside |= shaken


def _merged(compared: Comparison, words: Words, aside: Collection[Key]) -> Standing:
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
    return Standing(
        merge=merge,
        plan=replace(plan, settled={**decided, **compared.base.settled}),
        aside=tuple(sorted(aside)),
    )


def _shaken(compared: Comparison, words: Words, found: Standing) -> set[Key]:
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


def _news(after: Comparison, second: Standing) -> list[Question]:
    """Return what a second merge decides for the first time."""
    known, taken = after.base.settled, second.merge.decided
    return [x for x in after.questions() if x.id in taken and x.mark not in known]


def _open(compared: Comparison, found: Standing) -> set[tuple[Key, str]]:
    decided = found.merge.decided
    asked = (each for each in compared.questions() if each.id not in decided)
    return {(each.cell.key, each.mark) for each in asked}


def _by_work(plan: Plan) -> dict[Key, list[PlanLine]]:
    found: dict[Key, list[PlanLine]] = {}
    for line in lines_of(plan):
        found.setdefault(line.key, []).append(line.stated)
    return found
