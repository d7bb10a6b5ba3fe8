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
from typing import TYPE_CHECKING, Any

from kkbpk_geo.plan.align.matching import Key, lines_of
from kkbpk_geo.plan.align.questions import Comparison, Question, compare_plans
from kkbpk_geo.plan.align.verdicts import PROPOSALS
from kkbpk_geo.plan.decide.audit import audit_frame, replay_audit
from kkbpk_geo.plan.decide.choices import Choice
from kkbpk_geo.plan.decide.steps import Merge
from kkbpk_geo.plan.lines.plan import Plan

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
    trial = _Trial(alignment, words)
    first = alignment.comparison
    found = trial.run(first)
    if found.aside:
        after = trial.run(trial.again(found.plan))
        if after.plan.records() != found.plan.records():
            return trial.merged(first, {cell.key for cell in first.cells})
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Trial:
    """Merging with one set of words: once, again, and until it stands."""

    alignment: Alignment
    words: Words

    def run(self, compared: Comparison) -> Standing:
        """Merge, and set aside what would not stand, until the rest does."""
        aside: set[Key] = set()
        while True:
            found = self.merged(compared, aside)
            shaken = self.shaken(compared, found)
            if not shaken:
                return found
            aside |= shaken

    def merged(self, compared: Comparison, aside: Collection[Key]) -> Standing:
        """Merge all but what is set aside."""
        merge = Merge(
            choices=self.words.on(compared),
            explicit=self.words.choices.keys(),
            who=self.words.who,
        )
        for cell in compared.cells:
            if cell.key not in aside:
                merge.take(cell, compared.verdicts[cell.id])
        plan = replay_audit(compared.base, audit_frame(merge.steps))
        decided = {
            asked.mark: asked.id
            for asked in compared.questions()
            if asked.id in merge.decided
        }
        return Standing(
            merge=merge,
            plan=replace(plan, settled={**decided, **compared.base.settled}),
            aside=tuple(sorted(aside)),
        )

    def again(self, plan: Plan) -> Comparison:
        """Compare with a merged plan as the base."""
        return compare_plans(plan, self.alignment.province, self.alignment.districts)

    def shaken(self, compared: Comparison, found: Standing) -> set[Key]:
        """Return the work that a second merge would change, settle or not ask of."""
        once = found.plan.records()
        if once == compared.base.records():
            return set()
        after = self.again(found.plan)
        second = self.merged(after, found.aside)
        odd = _open(compared, found) - _open(after, second)
        odd |= {(x.cell.key, x.mark) for x in _news(after, second)}
        if second.plan.records() == once and not odd:
            return set()
        left = {cell.key for cell in compared.cells} - set(found.aside)
        before, later = _by_work(found.plan), _by_work(second.plan)
        changed = {key for key in left if before.get(key) != later.get(key)}
        return (changed | {key for key, _ in odd}) & left or left


def _news(after: Comparison, second: Standing) -> list[Question]:
    """Return what a second merge decides for the first time."""
    known, taken = after.base.settled, second.merge.decided
    return [x for x in after.questions() if x.id in taken and x.mark not in known]


def _open(compared: Comparison, found: Standing) -> set[tuple[Key, str]]:
    decided = found.merge.decided
    asked = (x for x in compared.questions() if x.id not in decided)
    return {(each.cell.key, each.mark) for each in asked}


def _by_work(plan: Plan) -> dict[Key, list[dict[str, Any]]]:
    found: dict[Key, list[dict[str, Any]]] = {}
    for line in lines_of(plan):
        found.setdefault(line.key, []).append(line.record)
    return found
