"""Budgets in blocks: labels that name the sub kegiatan, then a table of its accounts.

Why: the print of a RKA or DPA has one table for each sub kegiatan; what the work is,
where, when and from which fund stands in lines above it.

In:     a grid and the first headings of its tables.
Out:    the rows of all tables, hung below the work that they are for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kkbpk_geo.base.text import as_text
from kkbpk_geo.catalogue.work.nomenclature import work_code
from kkbpk_geo.catalogue.work.plan_forms import PlanForm, levels
from kkbpk_geo.intake.forms.cells import read_amount
from kkbpk_geo.intake.forms.header import Head, find_head, plain_heading
from kkbpk_geo.intake.forms.rows import Rows, read_rows
from kkbpk_geo.intake.forms.tree import Node
from kkbpk_geo.io import is_blank

if TYPE_CHECKING:
    from kkbpk_geo.io import Cell, Grid

# Levels above the accounts; the ranks of accounts begin behind them.
WORK = ("program", "kegiatan", "sub_kegiatan")
_CODE_THEN_NAME = re.compile(r"\s*([\dXx]+(?:\.[\dXx]+)+)\.?\s*(.*)", re.S)
_ITS_OWN = ("fund", "location", "time", "indicator")
_TOTAL_OF = {"jumlah anggaran sub kegiatan": "sub_kegiatan",
             "jumlah total anggaran kegiatan": "kegiatan"}  # fmt: skip


@dataclass(slots=True, eq=False)
class _Blocks:
    """The sheet on the way down: what its labels last said."""

    form: PlanForm
    rows: Rows = field(default_factory=Rows)
    work: dict[str, Node] = field(default_factory=dict)
    open: str = ""  # the label whose further lines stand below it

    @property
    def finest(self) -> Node | None:
        """The work that the labels last named: before 2021 that is a kegiatan."""
        named = [self.work[level] for level in WORK if level in self.work]
        return named[-1] if named else None

    def label(self, at: int, role: str, values: Sequence[Cell]) -> None:
        """Take what a label says."""
        self.open = role if role in _ITS_OWN else ""
        if role in WORK:
            self.begin(at, role, values)
        elif role == "kegiatan_total":
            value, _ = read_amount(values)
            node = self.work.get("kegiatan")
            if node is not None and value is not None:
                node.amounts.setdefault("budget", value)
        elif role in _ITS_OWN:
            self.add(role, values)
        else:
            self.rows.texts.append(" ".join(map(as_text, values)))

    def begin(self, at: int, role: str, values: Sequence[Cell]) -> None:
        """Begin a programme, a kegiatan or a sub kegiatan; said again it goes on."""
        text = " ".join(as_text(value).strip() for value in values)
        found = _CODE_THEN_NAME.fullmatch(text)
        code = work_code([found[1]]) if found else ""
        name = found[2] if found else text
        known = self.work.get(role)
        if known is not None and (known.code, known.text) == (code, name):
            return
        node = Node(
            row=at, level=role, rank=WORK.index(role), code=code, text=name, cells={}
        )
        for finer in WORK[WORK.index(role) :]:
            self.work.pop(finer, None)
        self.work[role] = node
        self.rows.nodes.append(node)

    def add(self, role: str, values: Sequence[Cell]) -> None:
        """Add what a label says of the work; a heading of its table is none."""
        node = self.finest
        texts = [plain_heading(value) for value in values]
        if node is None or texts[:2] == ["indikator", "target"]:
            return
        cells = dict(node.cells)
        if role == "indicator" and len(values) > 1:
            cells.setdefault("target", list(values[1:]))
            values = values[:1]
        cells.setdefault(role, list(values))
        node.cells = cells

    def table(self, part: Rows, from_rank: int) -> None:
        """Hang the rows of a table below the work, and give the work its total."""
        for node in part.nodes:
            node.rank += from_rank
        self.rows.nodes += part.nodes
        self.rows.reasons |= part.reasons
        self.rows.lost += part.lost
        self.rows.faults += part.faults
        for at, amounts in part.totals:
            self.total(at, self.finest, amounts)

    def total(self, at: int, node: Node | None, amounts: dict[str, int]) -> None:
        """Give work the total that is printed for it."""
        if node is not None and amounts:
            node.amounts |= amounts
        self.rows.reasons[at] = "total_row"


def read_blocks(grid: Grid, head: Head) -> Rows:
    """Read every block of a sheet."""
    found = _Blocks(form=head.form)
    at = 0
    while at < len(grid.rows):
        row = grid.rows[at]
        here = find_head(grid, head.form, at) if _heads(grid, head, at) else None
        if here is not None and here.top == at:
            stop = _next_label(grid, head.form, here.first)
            part = read_rows(grid, here, stop, None)
            storeys = range(at, here.first)
            found.rows.reasons.update(dict.fromkeys(storeys, "repeated_header"))
            found.table(part, len(WORK))
            at = stop
            continue
        _read_line(found, head, row, at)
        at += 1
    return found.rows


def _heads(grid: Grid, head: Head, at: int) -> bool:
    wanted = plain_heading(grid.rows[head.top][head.columns["code"][0].first])
    return wanted in (plain_heading(cell) for cell in grid.rows[at])


def _read_line(found: _Blocks, head: Head, row: Sequence[Cell], at: int) -> None:
    """Read a line between the tables: a label, what goes on below one, or neither."""
    cells = [cell for cell in row if not is_blank(cell)]
    found.rows.reasons[at] = "section_row" if cells else "blank"
    if not cells:
        return
    total = _total_of(cells)
    if total:
        value, _ = read_amount(cells[-1:])
        amounts = {} if value is None else {"budget": value}
        found.total(at, found.work.get(total), amounts)
        return
    role, values = label_of(head.form, cells)
    if role:
        found.label(at, role, values)
    elif found.open == "indicator":
        found.add("indicator", cells)
    else:
        found.rows.texts.append(" ".join(map(as_text, cells)))


def _total_of(cells: Sequence[Cell]) -> str:
    first = plain_heading(cells[0])
    return next(
        (role for said, role in _TOTAL_OF.items() if first.startswith(said)), ""
    )


def label_of(form: PlanForm, cells: Sequence[Cell]) -> tuple[str, list[Cell]]:
    """Return which label begins a line, and what stands behind its colon."""
    first, colon, rest = as_text(cells[0]).partition(":")
    values = [rest.strip(), *cells[1:]] if colon else list(cells[1:])
    values = [cell for cell in values if as_text(cell).strip() not in ("", ":")]
    said = plain_heading(first.strip())
    for role, labels in form.labels.items():
        if said in labels or any(said == f"{each} rp" for each in labels):
            return role, values
    return "", []


def _next_label(grid: Grid, form: PlanForm, start: int) -> int:
    """Return the row of the next work that a label begins; the end if none does."""
    for at in range(start, len(grid.rows)):
        cells = [cell for cell in grid.rows[at] if not is_blank(cell)]
        if cells and (_total_of(cells) == "kegiatan" or _begins_work(form, cells)):
            return at
    return len(grid.rows)


def _begins_work(form: PlanForm, cells: Sequence[Cell]) -> bool:
    role, values = label_of(form, cells)
    return role in WORK and bool(values)


def block_levels(form: PlanForm) -> Iterator[str]:
    """Yield the levels of a form in blocks, the coarsest first."""
    yield from WORK
    yield from levels()[form.levels]
