"""Three plans compared, before anybody looks at it: cells, verdicts, what is asked.

Why: a comparison is made twice, once for people and once to see whether a merge would
stand. What both need is here; tables, concerns and figures are not.

In:     three plans. Out: :class:`Comparison`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.plan.align.absence import spoken_regions
from kkbpk_geo.plan.align.matching import VOICES, Cell, match_lines
from kkbpk_geo.plan.align.verdicts import FIELDS, Verdict, compare_cell, field_value
from kkbpk_geo.plan.lines.plan import Plan

_MARK = 16  # hexadecimal digits: two questions of a million plans differ


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Question:
    """A decision that is due: its id, the cell and the verdict it is about."""

    id: str
    cell: Cell
    verdict: Verdict

    @property
    def mark(self) -> str:
        """Fingerprint of what the two sides say, whatever the base says.

        The same as long as both say the same; so a merged plan can remember what was
        decided, and tell a side that has not followed from one that has news.
        """
        name = self.verdict.field
        names = (name,) if name in FIELDS else FIELDS
        said = [
            sorted(
                json.dumps([x.when, x.fund, *(field_value(x.record, n) for n in names)])
                for x in self.cell.of(side)
            )
            for side in VOICES
        ]
        text = json.dumps([self.cell.key, name, said])
        return hashlib.sha256(text.encode()).hexdigest()[:_MARK]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Comparison:
    """Cells of three plans with their verdicts (by the id of the cell)."""

    base: Plan
    cells: tuple[Cell, ...]
    verdicts: Mapping[str, tuple[Verdict, ...]]

    def questions(self) -> Iterator[Question]:
        """Return every decision that is due, in the order of cells and fields."""
        for cell in self.cells:
            for verdict in self.verdicts[cell.id]:
                if verdict.is_open:
                    name = f"{cell.id}|{verdict.field}"
                    yield Question(id=name, cell=cell, verdict=verdict)

    def settled(self) -> frozenset[str]:
        """Return the ids of questions that were decided when the base was merged."""
        known = self.base.settled
        if not known:
            return frozenset()
        return frozenset(each.id for each in self.questions() if each.mark in known)


def compare_plans(base: Plan, province: Plan, districts: Plan) -> Comparison:
    """Match the lines of three plans and judge each cell.

    Raises
    ------
    PlanError
        If the plans are of different provinces.
    """
    code = province_of([base, province, districts])
    cells = match_lines(base, province, districts)
    said = spoken_regions(province, districts)
    verdicts = {
        cell.id: tuple(
            compare_cell(
                cell,
                silent=[s for s in VOICES if cell.key[:2] not in said[s]],
                province_code=code,
            )
        )
        for cell in cells
    }
    return Comparison(base=base, cells=tuple(cells), verdicts=verdicts)


def province_of(plans: Iterable[Plan]) -> str:
    """Return the code of the province whose plans these are; ``""`` if none says.

    Raises
    ------
    PlanError
        If they are of different provinces.
    """
    codes = {plan.province_code for plan in plans if plan.province_code}
    if len(codes) > 1:
        msg = (
            f"the plans are of different provinces: {sorted(codes)}. Compare plans of "
            "one province, or state it when reading them."
        )
        raise PlanError(msg)
    return codes.pop() if codes else ""
