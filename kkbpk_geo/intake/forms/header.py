"""The headings of a form: found by what it needs, in storeys, wherever they stand.

Why: a Renja has its code in five cells, a working paper its amounts one column further
right than their heading. What a heading covers is the columns up to the next one.

In:     a grid, the forms of the catalogue.
Out:    :class:`Head`: the form, where its rows begin, and the columns of each role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.catalogue.work.plan_forms import PlanForm, plan_forms
from kkbpk_geo.io import is_blank

if TYPE_CHECKING:
    from kkbpk_geo.io import Cell, Grid

_Row = Sequence["Cell"]
# Titles, a box and two tables of indicators stand above the headings of a budget.
_HEAD = 80
_STOREYS = 4
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# What a number row prints: 7, (7), 12 = 8+9+10+11, (9 = 4 : 8).
_NUMBER = re.compile(r"\(?\s*\d{1,2}\s*(?:=.*)?\)?|\(?\s*\d{1,2}\s*=.*")
_LEAST_NUMBERS = 3
# Role of headings for the money of the plan beside the one that counts.
AGAIN = "budget_again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The columns that one heading covers, and the heading, storey by storey."""

    first: int
    stop: int
    path: tuple[str, ...]

    @property
    def printed(self) -> str:
        """The heading as it is quoted."""
        return " > ".join(self.path)

    def cells(self, row: _Row) -> list[Cell]:
        """Return what stands in a row under the heading, blanks left out."""
        return [cell for cell in row[self.first : self.stop] if not is_blank(cell)]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Head:
    """A form in a sheet: ``top`` is its first storey, ``first`` its first row."""

    form: PlanForm
    top: int
    first: int
    columns: Mapping[str, tuple[Span, ...]]

    @property
    def main(self) -> int:
        """The column of the first heading that the form needs."""
        return self.columns[self.form.needs[0]][0].first

    def code_cells(self, row: _Row) -> list[Cell]:
        """Return the cells of a code: X and a dash are parts of it, and no blanks."""
        spans = self.columns.get("code", ())
        cells = [cell for span in spans for cell in row[span.first : span.stop]]
        return [cell for cell in cells if as_text(cell).strip()]

    def cells(self, row: _Row, role: str) -> list[Cell]:
        """Return what a row says under the first heading of a role."""
        spans = self.columns.get(role, ())
        return spans[0].cells(row) if spans else []


def find_form(grid: Grid) -> Head | None:
    """Return the first form of the catalogue whose headings a sheet has."""
    upper = grid.rows[:_HEAD]
    texts = {plain_heading(cell) for row in upper for cell in row if cell != ""}
    said = " | ".join(sorted({*texts, fold_words(grid.sheet), fold_words(grid.file)}))
    for form in plan_forms().values():
        if _may_be(form, texts, said):
            head = find_head(grid, form, 0)
            if head is not None:
                return head
    return None


def find_head(grid: Grid, form: PlanForm, start: int) -> Head | None:
    """Return the next headings of a form from a row on."""
    stop = min(len(grid.rows), start + _HEAD)
    for top in range(start, stop):
        if _begins(form, grid.rows[top]):
            head = _head_at(grid.rows, form, top)
            if head is not None:
                return head
    return None


@lru_cache(maxsize=1 << 14)
def _plain(text: str) -> str:
    words = _YEAR.sub(" ", fold_words(text)).split()
    if len(words) > 3 and all(len(word) == 1 for word in words):  # noqa: PLR2004
        return "".join(words)  # U r a i a n
    return " ".join(words)


def plain_heading(cell: Cell) -> str:
    """Return a heading as forms are compared by: folded, without years."""
    return _plain(as_text(cell)) if not is_blank(cell) else ""


def _may_be(form: PlanForm, texts: set[str], said: str) -> bool:
    """Whether a form can be in a sheet: its words are said, its headings are there."""
    if form.says and not any(words in said for words in form.says):
        return False
    return all(_any_last(form.columns[role], texts) for role in form.needs)


def _any_last(paths: Sequence[str], texts: set[str]) -> bool:
    lasts = [path.rpartition(" > ")[2] for path in paths]
    return any(fnmatchcase(text, last) for last in lasts for text in texts)


def _begins(form: PlanForm, row: _Row) -> bool:
    """Whether a row may be the first storey: a needed heading begins in it."""
    texts = [plain_heading(cell) for cell in row]
    first = form.columns[form.needs[0]]
    firsts = [path.partition(" > ")[0] for path in first]
    return any(fnmatchcase(text, each) for each in firsts for text in texts if text)


def _head_at(rows: Sequence[_Row], form: PlanForm, top: int) -> Head | None:
    """Return the headings that begin in a row, in as many storeys as say most."""
    best: Head | None = None
    storeys: list[_Row] = []
    for at, row in enumerate(rows[top : top + _STOREYS + 1], top):
        # K and Rp may stand below the row that numbers the columns.
        if storeys and is_number_row(row):
            continue
        storeys.append(row)
        columns = _columns(form, _spans(storeys))
        whole = all(role in columns for role in form.needs)
        if whole and (best is None or _count(columns) > _count(best.columns)):
            best = Head(form=form, top=top, first=at + 1, columns=columns)
    return best


def _count(columns: Mapping[str, tuple[Span, ...]]) -> int:
    return sum(map(len, columns.values()))


def is_number_row(row: _Row) -> bool:
    """Whether a row numbers the columns, by figures or formulas as text."""
    texts = [as_text(cell).strip() for cell in row if not is_blank(cell)]
    return len(texts) >= _LEAST_NUMBERS and all(map(_NUMBER.fullmatch, texts))


def _spans(storeys: Sequence[_Row]) -> list[Span]:
    """Return the headings of some storeys, each with the columns that it covers."""
    width = len(storeys[0])
    filled = [_filled(storeys, at) for at in range(len(storeys))]
    paths = list(zip(*filled, strict=True))
    headed = [at for at in range(width) if any(paths[at])]
    spans = []
    for first, stop in pairwise([*headed, width]):
        path = tuple(part for part in paths[first] if part)
        spans.append(Span(first=first, stop=stop, path=path))
    return spans


def _filled(storeys: Sequence[_Row], at: int) -> list[str]:
    """Return a storey in which each heading stands over all that is below it."""
    row, above, below = storeys[at], storeys[:at], storeys[at + 1 :]
    out, over = [], ""
    for column, cell in enumerate(row):
        text = as_text(cell).strip() if not is_blank(cell) else ""
        if any(upper[column] != "" for upper in above):
            over = ""  # what begins above ends what stood beside it here
        over = text or over
        refined = any(lower[column] != "" for lower in below)
        out.append(text or (over if refined else ""))
    return out


def _columns(form: PlanForm, spans: Sequence[Span]) -> dict[str, tuple[Span, ...]]:
    """Give each heading the first role that knows it.

    Of several headings for one role those count that its first spelling knows: the
    amounts after a change, not those before it. Where two remain for the money of the
    plan, the first counts and the others are kept as :data:`AGAIN`, to be told.
    """
    found: dict[str, list[tuple[int, Span]]] = {}
    for span in spans:
        role, order = _role(form, span)
        if role:
            found.setdefault(role, []).append((order, span))
    columns = {role: _first(form, role, each) for role, each in found.items()}
    several = form.by_year or "budget" in form.last_filled
    first, *others = columns.get("budget", ()) or (None,)
    if others and first and not several:
        columns |= {"budget": (first,), AGAIN: tuple(others)}
    return columns


def _first(
    form: PlanForm, role: str, found: Sequence[tuple[int, Span]]
) -> tuple[Span, ...]:
    # A code may stand under several headings: Urusan, Bidang Urusan, Program …
    every = role in ("code", "cash", "parts") or role in form.last_filled
    best = min(order for order, _ in found)
    return tuple(span for order, span in found if every or order == best)


def _role(form: PlanForm, span: Span) -> tuple[str, int]:
    """Return the first role that knows a heading, and by which of its spellings."""
    path = [plain_heading(part) for part in span.path]
    for role, headings in form.columns.items():
        for order, heading in enumerate(headings):
            if _fits(path, heading.split(" > ")):
                return role, order
    return "", 0


def _fits(path: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether a heading is the wanted one: its last storey last, the rest in order."""
    if not path or not fnmatchcase(path[-1], wanted[-1]):
        return False
    storeys = iter(path[:-1])
    # Each wanted storey is looked for behind the one before it.
    return all(_next_fits(storeys, part) for part in wanted[:-1])


def _next_fits(storeys: Iterator[str], part: str) -> bool:
    return any(fnmatchcase(storey, part) for storey in storeys)
