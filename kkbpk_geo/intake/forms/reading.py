"""A sheet in the form of an office, read as the lines of a plan.

Why: the sums of every level prove what was read, and are told where they do not. What
stands in no line is listed with its reason, and no text of it is kept: signatures stand
below these tables.

In:     a grid, and what the caller passed.
Out:    an :class:`~kkbpk_geo.intake.model.Intake` of kind ``plan``; None where a sheet
        is in no form of plan_forms.toml.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.marks import mark_frame
from kkbpk_geo.catalogue.work.plan_forms import levels
from kkbpk_geo.intake.cells.editions import find_edition
from kkbpk_geo.intake.cells.titles import find_marks
from kkbpk_geo.intake.forms.around import Around, look_around_form
from kkbpk_geo.intake.forms.blocks import block_levels, read_blocks
from kkbpk_geo.intake.forms.header import Head, find_form
from kkbpk_geo.intake.forms.lines.frame import lines_frame, listed_frame
from kkbpk_geo.intake.forms.lines.making import Maker
from kkbpk_geo.intake.forms.lines.telling import (
    is_whole,
    tell_lines,
    tell_rows,
    tell_sums,
)
from kkbpk_geo.intake.forms.rows import Rows, read_rows
from kkbpk_geo.intake.forms.scale import fit_scale
from kkbpk_geo.intake.forms.tree import Node, grow, lines_of
from kkbpk_geo.intake.kinds.choosing import kind_named
from kkbpk_geo.intake.kinds.plan import PLAN
from kkbpk_geo.intake.kinds.plans.checks import check_plan
from kkbpk_geo.intake.model import FormRead, Intake
from kkbpk_geo.intake.own_output import is_own_output

if TYPE_CHECKING:
    from kkbpk_geo.intake.steps.stated import Options
    from kkbpk_geo.io import Grid


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Sheet:
    """A form on the way: its headings, its rows, and the nodes that are lines.

    ``finest``: rank of the level whose rows are lines.
    """

    grid: Grid
    head: Head
    rows: Rows
    around: Around
    lines: Sequence[Node]
    finest: int

    @property
    def money(self) -> list[str]:
        """Keys of the amounts of the plan: one, or one for each of its years."""
        if not self.head.form.by_year:
            return ["budget"]
        keys = (key for node in self.rows.nodes for key in node.amounts)
        return sorted({key for key in keys if key.startswith("budget@")})


def read_form(grid: Grid, options: Options) -> Intake | None:
    """Read a sheet in one of the forms of offices; None where it is in none."""
    told = options.kind is not None and kind_named(options.kind) is not PLAN
    if told or not grid.rows or is_own_output(grid):
        return None
    head = find_form(grid)
    if head is None:
        return None
    sheet = _open(grid, head, options)
    return _intake(sheet) if sheet.lines and _has_outputs(sheet) else None


def _has_outputs(sheet: Sheet) -> bool:
    """Whether a working paper has an output; a list of works 101, 102 … has none."""
    if sheet.head.form.levels != "kl":
        return True
    return any(node.rank <= sheet.finest for node in sheet.rows.nodes)


def _open(grid: Grid, head: Head, options: Options) -> Sheet:
    before = look_around_form(grid, head, options, ())
    if head.form.layout == "blocks":
        rows = read_blocks(grid, head)
        names = list(block_levels(head.form))
    else:
        rows = read_rows(grid, head, len(grid.rows), before.first_year)
        names = list(levels()[head.form.levels])
    if head.form.layout == "flat":
        _merge(rows)
        rows.texts += _offices(grid, head, rows)
    fit_scale(rows, head)
    grow(rows.nodes)
    finest = names.index(head.form.line)
    for node in rows.nodes:
        if node.rank > finest:  # a detail of its line, where it is none itself
            rows.reasons[node.row] = "part_of_row"
    lines = lines_of(rows.nodes, finest)
    return Sheet(
        grid=grid,
        head=head,
        rows=rows,
        around=look_around_form(grid, head, options, rows.texts),
        lines=_stating(grid, head, rows, lines),
        finest=finest,
    )


def _stating(grid: Grid, head: Head, rows: Rows, lines: Sequence[Node]) -> list[Node]:
    """Return the lines that plan anything; work that a form only lists is told so."""
    out = []
    for node in lines:
        targets = [
            cell
            for span in head.columns.get("target", ())
            for cell in span.cells(grid.rows[node.row])
        ]
        inner = any(each.amounts for each in node.downwards())
        if inner or targets or node.cells.get("target"):
            out.append(node)
        else:
            rows.reasons[node.row] = "no_phase"
    return out


def _offices(grid: Grid, head: Head, rows: Rows) -> list[str]:
    """Return the offices that the rows name: each once."""
    said = (head.cells(grid.rows[node.row], "office") for node in rows.nodes)
    return list(dict.fromkeys(str(cells[0]) for cells in said if cells))


def _merge(rows: Rows) -> None:
    """Make one node of the rows of one code: each is an account of the same work."""
    first: dict[str, Node] = {}
    for node in rows.nodes:
        known = first.setdefault(node.code, node)
        if known is node:
            continue
        rows.reasons[node.row] = "part_of_row"
        for key, amount in node.amounts.items():
            known.amounts[key] = known.amounts.get(key, 0) + amount
    rows.nodes = list(first.values())


def _intake(sheet: Sheet) -> Intake:
    doubtful: list[int] = []
    maker = Maker(sheet.grid, sheet.head, sheet.around, doubtful)
    records = maker.records(sheet.lines)
    data = lines_frame(sheet.grid, records)
    told = [
        *tell_sums(sheet),
        *tell_rows(sheet, doubtful),
        *tell_lines(sheet, records),
        *check_plan(data),
    ]
    titles = [str(cell) for row in sheet.grid.rows[: sheet.head.top] for cell in row]
    marks = find_marks(sheet.grid, titles)
    mark_frame(data, marks)
    return Intake(
        kind="plan",
        data=data,
        findings=tuple(told),
        source=sheet.grid.file,
        listed=listed_frame(sheet.grid, sheet.head.first, records, sheet.rows.reasons),
        headings={},
        marks=marks,
        edition=find_edition(titles),
        form=_form(sheet, records),
    )


def _form(sheet: Sheet, records: Sequence[dict[str, Any]]) -> FormRead:
    budget = sum(record.get("budget") or 0 for record in records)
    where = next(tell_sums(sheet), None)
    place = f"{where.sheet} {where.row}".strip() if where else ""
    form = FormRead(
        key=sheet.head.form.key,
        stage=sheet.around.stage,
        budget=budget,
        printed=printed_total(sheet),
    )
    return replace(form, where=place)


def printed_total(sheet: Sheet) -> int | None:
    """Return the total of the whole sheet: its last row, else its coarsest level."""
    for row, amounts in reversed(sheet.rows.totals):
        parts = [amounts[key] for key in sheet.money if key in amounts]
        if parts and is_whole(sheet, row, sum(parts)):
            return sum(parts)
    tops = [node for node in sheet.rows.nodes if node.parent is None]
    found = list(_printed_by(tops, sheet))
    return sum(found) if found and len(found) == len(tops) * len(sheet.money) else None


def _printed_by(nodes: Sequence[Node], sheet: Sheet) -> Iterator[int]:
    """Yield what the coarsest levels print; of work that prints none, what is below."""
    for node in nodes:
        for key in sheet.money:
            if key in node.amounts:
                yield node.amounts[key]
            elif (below := node.below(key)) is not None:
                yield below
