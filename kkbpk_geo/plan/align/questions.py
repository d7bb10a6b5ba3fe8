"""Three plans compared, before anybody looks at it: cells, verdicts, what is asked.

Why: a comparison is made twice, once for people and once to see whether a merge would
stand. What both need is here, found once; tables, concerns and figures are not.

In:     three plans. Out: :class:`Comparison`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.plan.align.absence import (
    Spoken,
    compared_cells,
    silent_sides,
    spoken_regions,
)
from kkbpk_geo.plan.align.levels import at_common_level
from kkbpk_geo.plan.align.matching import (
    SIDES,
    VOICES,
    Cell,
    Line,
    Side,
    lines_of,
    match_lines,
)
from kkbpk_geo.plan.align.verdicts import FIELDS, Verdict, compare_cell, field_value
from kkbpk_geo.plan.lines.plan import Plan, make_plan

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
        said = []
        for side in VOICES:
            said.append(sorted(_statement(line, names) for line in self.cell.of(side)))
        text = json.dumps([self.cell.key, name, said])
        return hashlib.sha256(text.encode()).hexdigest()[:_MARK]


def _statement(line: Line, names: Iterable[str]) -> str:
    values = [field_value(line.stated, name) for name in names]
    return json.dumps([line.when, line.fund, *values])


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Comparison:
    """Three plans, their cells, and the verdicts on them (by the id of the cell).

    ``said``: who has lines for which regions and years. ``code``: of the province.
    ``compared``: cells of the regions and years for which both sides handed in a plan.
    ``open``: ids of the cells about which something is. ``lines``: of each plan, those
    that name a region.
    """

    base: Plan
    province: Plan
    districts: Plan
    cells: tuple[Cell, ...]
    verdicts: Mapping[str, tuple[Verdict, ...]]
    said: Spoken
    code: str
    compared: tuple[Cell, ...]
    open: frozenset[str]
    lines: Mapping[Side, Sequence[Line]]

    def is_agreed(self, cell: Cell) -> bool:
        """Whether nothing about a cell is open."""
        return cell.id not in self.open

    def with_base(self, base: Plan) -> Comparison:
        """Compare what the two sides say with another last agreed plan."""
        province_of([self.province, self.districts, base])
        return _compared(
            (base, self.province, self.districts),
            {**self.lines, "base": lines_of(base)},
            self.code,
            self.said,
        )

    def questions(self) -> Iterator[Question]:
        """Return every decision that is due, in the order of cells and fields."""
        for cell in self.cells:
            if self.is_agreed(cell):
                continue
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


def compare_plans(base: Plan | None, province: Plan, districts: Plan) -> Comparison:
    """Match the lines of three plans and judge each cell.

    Raises
    ------
    PlanError
        If the plans are of different provinces.
    """
    given = [plan for plan in (province, districts, base) if plan is not None]
    code = province_of(given)
    last = make_plan([], province_code=code) if base is None else base
    plans = (last, province, districts)
    lines = {side: lines_of(plan) for side, plan in zip(SIDES, plans, strict=True)}
    return _compared(plans, lines, code, spoken_regions(province, districts))


def _compared(
    plans: tuple[Plan, Plan, Plan],
    lines: Mapping[Side, Sequence[Line]],
    code: str,
    said: Spoken,
) -> Comparison:
    base, province, districts = plans
    cells = tuple(match_lines(at_common_level(lines)))
    verdicts = {}
    for cell in cells:
        silent = silent_sides(cell, said)
        verdicts[cell.id] = tuple(compare_cell(cell, silent=silent, province_code=code))
    unsettled = frozenset(
        key for key, found in verdicts.items() if any(map(_is_open, found))
    )
    return Comparison(
        base=base,
        province=province,
        districts=districts,
        cells=cells,
        verdicts=verdicts,
        said=said,
        code=code,
        compared=compared_cells(cells, said),
        open=unsettled,
        lines=lines,
    )


_is_open = attrgetter("is_open")


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
