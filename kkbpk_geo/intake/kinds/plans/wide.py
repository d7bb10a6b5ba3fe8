"""Plans with their phases side by side, laid out as one line per row and phase.

Why: calendar, monitoring, apportioning and comparing all read a plan as one line per
work and time. A sheet with TW I … TW IV in columns says the same in another shape.

The rule
--------
1. Each filled cell under a phase (0 is filled, blank and a dash are not) belongs to the
   line of its row and phase. A row has one line per phase in which at least one of
   target, budget, realised and spent is filled, and what it says besides (activity,
   unit, fund, office, status) stands in each of its lines.
2. What is stated for the year stands in one line for the year, and only there. With
   the target for the year and the budget by quarter, the line of the year has the
   target, those of the quarters have the budget: no figure stands in two lines.
3. A column over several phases (``Jumlah``, ``Target 2026``, TW I beside its months) is
   checked against the phases filled inside it and is no line. Where none of them is
   filled it is what is stated, and a line of its own time.
4. A half-year has no quarter: its line is one for the year, with ``SEMESTER (teks)``
   beside it. The halves of a year add up; nothing says in which quarter they fall.
5. A row in which no phase and no figure for the year is filled is listed
   (``no_phase``), not a line. So N filled phase cells of one measure are N lines.

Calendar and loads take months from the lines by phase; year targets and monitoring add
each measure up over the lines that state it, once; a comparison finds lines by time.

In:     an :class:`~kkbpk_geo.intake.open_sheet.OpenSheet` of a plan.
Out:    :class:`PlanLines`: which cell of which row each line takes its figures from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from kkbpk_geo.base.formats import ROMAN
from kkbpk_geo.base.periods import HALF, YEAR, Period, period_of
from kkbpk_geo.base.text import as_text
from kkbpk_geo.findings import Finding
from kkbpk_geo.intake.open_sheet import OpenSheet
from kkbpk_geo.intake.recognise.columns import Column
from kkbpk_geo.intake.recognise.phases import MEASURES, Phase
from kkbpk_geo.io import is_blank

if TYPE_CHECKING:
    from kkbpk_geo.intake.open_sheet import Cells, Rows

HALF_HEADING = "SEMESTER (teks)"
_NOWHERE = -1


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Sum:
    """A cell that says again what lines say: its row, its column, those lines."""

    row: int
    column: Column
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class PlanLines:
    """The n lines of a plan.

    Attributes
    ----------
    rows : array of int, n; the row of the sheet (below its header) of each line
    phases : list of Phase or None, n; None where the row itself says when
    at : dict measure -> array of int, n; position of the column, -1 for none
    sums : list of Sum
    empty : list of int; rows that state nothing for any time
    """

    rows: Rows
    phases: list[Phase | None]
    at: dict[str, Rows]
    sums: list[Sum] = field(default_factory=list)
    empty: list[int] = field(default_factory=list)

    @property
    def is_wide(self) -> bool:
        """Whether any line has its time from a heading."""
        return any(self.phases)


def plan_lines(sheet: OpenSheet, columns: Sequence[Column]) -> PlanLines:
    """Lay the rows of a plan out as lines; a plan without phases stays as it is."""
    by_measure = {measure: _phases_of(measure, columns) for measure in MEASURES}
    phases = {c.phase for own in by_measure.values() for c in own if c.phase}
    if phases:
        return _lay_out(sheet, by_measure, _only_year(phases))
    rows = sheet.rows
    first = {c.role: c.position for c in reversed(columns) if c.role in MEASURES}
    at = {role: np.full(len(rows), position) for role, position in first.items()}
    return PlanLines(rows=rows, phases=[None] * len(rows), at=at)


def _phases_of(measure: str, columns: Sequence[Column]) -> list[Column]:
    """Return the columns of a measure with a time, the finest first."""
    own = [c for c in columns if c.role == measure and c.phase is not None]
    return sorted(own, key=_fine_first)


def _only_year(phases: set[Phase]) -> Phase | None:
    """Return the year that all headings name, and no other time: every row has it."""
    only = next(iter(phases)) if len(phases) == 1 else None
    return only if only is not None and only.size == YEAR else None


def _fine_first(column: Column) -> tuple[int, int]:
    return (column.phase.size if column.phase else YEAR, column.position)


def _lay_out(
    sheet: OpenSheet, by_measure: dict[str, list[Column]], always: Phase | None
) -> PlanLines:
    """Take each row apart; ``always``: the one time that every row has."""
    sources: list[int] = []
    phases: list[Phase | None] = []
    at: dict[str, list[int]] = {m: [] for m, own in by_measure.items() if own}
    sums: list[Sum] = []
    empty = []
    for row in sheet.rows.tolist():
        taken, over = _take(sheet.cells[row], by_measure)
        here = _times_of(taken, always)
        if not here:
            empty.append(row)
        line = {phase: len(sources) + i for i, phase in enumerate(here)}
        sources += [row] * len(here)
        phases += here
        for measure, positions in at.items():
            positions += [_position(taken[measure].get(phase)) for phase in here]
        for column, inside in over:
            own = tuple(line[phase] for phase in inside)
            sums.append(Sum(row=row, column=column, lines=own))
    return PlanLines(
        rows=np.array(sources, dtype=np.int_),
        phases=phases,
        at={m: np.array(own, dtype=np.int_) for m, own in at.items()},
        sums=sums,
        empty=empty,
    )


def _times_of(
    taken: dict[str, dict[Phase, Column]], always: Phase | None
) -> list[Phase]:
    """Return the times that a row states anything for, in the order of its lines."""
    stated = {phase for own in taken.values() for phase in own}
    if not stated and always:
        return [always]
    return sorted(stated, key=_in_order)


def _position(column: Column | None) -> int:
    return column.position if column else _NOWHERE


def _in_order(phase: Phase) -> tuple[int, int, int]:
    """Order of the lines of a row: the year first, then by time."""
    return (phase.year, phase.first if phase.size < YEAR else 0, -phase.size)


def _take(
    cells: Cells, by_measure: dict[str, list[Column]]
) -> tuple[dict[str, dict[Phase, Column]], list[tuple[Column, list[Phase]]]]:
    """Say which cells of a row are stated, and which say again what others state."""
    taken: dict[str, dict[Phase, Column]] = {}
    over = []
    for measure, columns in by_measure.items():
        own = taken.setdefault(measure, {})
        for column in columns:
            if column.phase is None or is_blank(cells[column.position]):
                continue
            inside = [phase for phase in own if column.phase.covers(phase)]
            if inside:
                over.append((column, inside))
            else:
                own[column.phase] = column
    return taken, over


# --- times ----------------------------------------------------------------------------


def line_periods(
    sheet: OpenSheet, lines: PlanLines, periods: Iterable[str]
) -> tuple[list[str | None], list[Finding]]:
    """Return the period of each line: the row's own year, else that of the heading.

    Parameters
    ----------
    sheet : OpenSheet
    lines : PlanLines, n lines
    periods : n periods
        Of the row of each line: ``2026``, ``2026-05`` or nothing.

    Returns
    -------
    list of n periods
    list of Finding
        Years of rows and headings that disagree, each pair once.
    """
    dated = [c.position for c in sheet.known.of_role("year", "period")]
    out: list[str | None] = []
    odd: dict[tuple[int, int], None] = {}
    for row, phase, period in zip(
        lines.rows.tolist(), lines.phases, periods, strict=True
    ):
        if phase is None:
            out.append(period or None)
            continue
        own = not all(is_blank(cell) for cell in sheet.cells[row, dated])
        out.append(_line_period(phase, period, own=own))
        said = _year(period)
        if said and phase.year and said != phase.year:
            odd[said, phase.year] = None
    column = next((c for c in sheet.known.columns if c.phase), None)
    told = [
        sheet.find(
            "period_disagrees", None, column, value=str(heading), expected=str(said)
        )
        for said, heading in odd
    ]
    return out, told


def _year(period: str) -> int:
    return Period.parse(period).begins[0] if period else 0


def _line_period(phase: Phase, period: str, *, own: bool) -> str | None:
    """Return the period of a line; ``own``: its row states a year itself."""
    said = _year(period)
    year = said if own and said else phase.year or said
    if not year:
        return None
    if phase.month:
        return f"{year}-{phase.month:02d}"
    if phase.size == YEAR and period:
        # The month that the row itself is of.
        return str(period_of(year, Period.parse(period).part))
    return str(year)


def half_texts(lines: PlanLines) -> list[str]:
    """Return ``Semester I`` or ``II`` for lines of a half-year, else nothing."""
    return [_half_text(phase) for phase in lines.phases]


def _half_text(phase: Phase | None) -> str:
    if phase is None or phase.size != HALF:
        return ""
    return f"Semester {ROMAN[(phase.first - 1) // HALF]}"


def tell_lines(sheet: OpenSheet, lines: PlanLines) -> list[Finding]:
    """Say how a plan was laid out, and which rows state nothing."""
    if not lines.is_wide:
        return []
    columns = [c for c in sheet.known.columns if _is_part(c.phase)]
    found = []
    if any(map(_is_part, lines.phases)):
        count = len({c.phase for c in columns})
        found.append(
            sheet.find(
                "plan_phases_read", None, None, value=_printed(columns),
                expected=str(len(lines.rows)), count=count,
            )
        )  # fmt: skip
    if halves := len(list(filter(None, half_texts(lines)))):
        first = next(c for c in columns if c.phase and c.phase.size == HALF)
        found.append(sheet.find("plan_half_year", None, first, count=halves))
    for row in lines.empty:
        value = _named(sheet, row)
        found.append(sheet.find("plan_row_empty", row, None, value=value))
    return found


def _is_part(phase: Phase | None) -> bool:
    return phase is not None and phase.size < YEAR


def _named(sheet: OpenSheet, row: int) -> str:
    """Return what a row calls its work."""
    named = sheet.known.of_role("sub_activity", "activity", "indicator")
    texts = [as_text(sheet.cells[row, c.position]) for c in named]
    return next((text for text in texts if text), "–")


def _printed(columns: Sequence[Column]) -> str:
    names = [column.printed for column in columns]
    return names[0] if len(names) == 1 else f"{names[0]} … {names[-1]}"


def find_merged(sheet: OpenSheet, cells: Cells) -> list[Finding]:
    """Blank figures that stand in one cell over several phases, and tell each."""
    columns = sheet.known.columns
    found = []
    for (top, left), (bottom, right) in sheet.grid.merged:
        row = top - (sheet.first - 1 - sheet.grid.top)
        if row < 0 or top != bottom or left == right or right >= len(columns):
            continue
        over = columns[left : right + 1]
        phases = {c.phase for c in over if c.phase}
        if len(phases) > 1 and not is_blank(cells[row, left]):
            found.append(
                sheet.find(
                    "plan_phases_merged", row, columns[left],
                    value=as_text(cells[row, left]), expected=_printed(over),
                )
            )  # fmt: skip
            cells[row, left : right + 1] = ""
    return found
