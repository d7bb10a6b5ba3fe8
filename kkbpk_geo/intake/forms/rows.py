"""Which level a row of a form is, by its code or by how its text begins.

Why: a code stands in one cell or in twelve, as text or as numbers that lost their
noughts; details have a dash instead; wrapped names repeat the code above.

In:     rows below the headings of a form.
Out:    :class:`~kkbpk_geo.intake.forms.tree.Node` for each level; of every other row
        the reason why it is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kkbpk_geo.base.formats import month_number
from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.catalogue.work.nomenclature import work_code
from kkbpk_geo.catalogue.work.plan_forms import PlanForm, levels
from kkbpk_geo.intake.forms.cells import quarter_in, read_amount, year_in
from kkbpk_geo.intake.forms.header import Head, Span, is_number_row, plain_heading
from kkbpk_geo.intake.forms.tree import Node
from kkbpk_geo.io import is_blank

if TYPE_CHECKING:
    from kkbpk_geo.io import Cell, Grid

# Roles that hold rupiah; what they say of a time stands behind "@".
MONEY = ("budget", "spent", "cash", "next_budget", "parts")
_MARK = re.compile(r"(>+|-|\[\s*[#-]\s*\]|#)\s*(.*)", re.S)
_ITEM = re.compile(r"(\d{6}\.)\s*(.*)", re.S)
# Up to three urusan, a number and a unit: 2.08.2.14.0.00.10.0000.
_OFFICE = re.compile(r"\d\.\d\d\.\d\.\d\d\.\d\.\d\d\.\d\d(?:\.\d{4})?")
_KL_DIGITS = 3  # of a komponen; as a number 051 is 51


@dataclass(slots=True, eq=False)
class Rows:
    """What the rows of one table are.

    ``reasons``: row -> why it is no level. ``totals``: rows that print the whole.
    ``texts``: of lines that stand between the rows. ``lost``: rows that have an amount
    and no level. ``faults``: row, heading and finding of amounts that cannot be read.
    ``scaled``: role -> whether its heading says its scale truly (true,
    untrue, open; stated where nothing could prove it).
    """

    nodes: list[Node] = field(default_factory=list)
    reasons: dict[int, str] = field(default_factory=dict)
    totals: list[tuple[int, dict[str, int]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    faults: list[tuple[int, Span, str, str]] = field(default_factory=list)
    scaled: dict[str, str] = field(default_factory=dict)


def read_rows(grid: Grid, head: Head, stop: int, first_year: int | None) -> Rows:
    """Read the rows from below the headings to ``stop``, each as what it is."""
    found = Rows()
    at = head.first
    ended = False
    while at < stop:
        row = grid.rows[at]
        if _repeats(grid, head, at):
            storeys = range(at, at + head.first - head.top)
            found.reasons.update(dict.fromkeys(storeys, "repeated_header"))
            at = storeys.stop
            continue
        reason = _plain_reason(row)
        if not reason and ended and not _goes_on(found, head, row, at):
            reason = "note"
        if reason:
            found.reasons[at] = reason
        else:
            ended = _read_row(found, head, row, at, first_year)
        at += 1
    return found


def _goes_on(found: Rows, head: Head, row: Sequence[Cell], at: int) -> bool:
    """Whether a row below a total is of the table: that was the total of a part.

    A signature has neither a code with its parts nor an amount. Right below the total
    of a part may stand that of the whole, which is no less; in blocks each has one.
    """
    level, code, _ = level_of(head, row, has_amount=False)
    read = [read_amount(span.cells(row))[0] for span in head.columns.get("budget", ())]
    paid = [amount for amount in read if amount is not None]
    if level and (paid or "." in code):
        return True
    last, above = found.totals[-1]
    if not paid or last != at - 1 or head.form.layout == "blocks":
        return False
    part = sum(n for key, n in above.items() if key.partition("@")[0] == "budget")
    return sum(paid) >= part and _is_total(head, row, has_amount=True)


def _repeats(grid: Grid, head: Head, at: int) -> bool:
    """Whether the headings are printed again, as on every page."""
    mine, here = grid.rows[head.top], grid.rows[at]
    if mine[head.main] != here[head.main]:  # of most rows that says enough
        return False
    return list(map(plain_heading, here)) == list(map(plain_heading, mine))


def _plain_reason(row: Sequence[Cell]) -> str:
    if all(map(is_blank, row)):
        return "blank"
    return "column_numbers" if is_number_row(row) else ""


def _read_row(
    found: Rows, head: Head, row: Sequence[Cell], at: int, first_year: int | None
) -> bool:
    """Read one row; return whether it is a total, below which notes may stand."""
    amounts = _amounts(found, head, row, at, first_year)
    if _is_total(head, row, has_amount=bool(amounts)):
        found.reasons[at] = "total_row"
        found.totals.append((at, amounts))
        # A report begins with its total; then the rows are still to come.
        return bool(found.nodes)
    level, code, text = level_of(head, row, has_amount=bool(amounts))
    if _OFFICE.fullmatch(code):  # its sum stands between the levels of its work
        found.reasons[at] = "total_row"
        found.texts.append(text)
        return False
    if not level:
        _leave(found, row, at, amounts)
        return False
    before = found.nodes[-1] if found.nodes else None
    if before and code and (level, code) == (before.level, before.code) and not amounts:
        if text != before.text:  # the name wrapped; said again it begins no other
            before.text = f"{before.text} {text}"
        found.reasons[at] = "part_of_row"
        return False
    rank = list(levels()[head.form.levels]).index(level)
    node = Node(row=at, level=level, rank=rank, code=code, text=text, amounts=amounts)
    found.nodes.append(node)
    return False


def _leave(found: Rows, row: Sequence[Cell], at: int, amounts: dict[str, int]) -> None:
    """Set a row aside that is no level; one with an amount is told."""
    if amounts:
        found.lost.append(at)
        found.reasons[at] = "unusable"
        return
    texts = [as_text(cell).strip() for cell in row if not is_blank(cell)]
    line = " ".join(texts)
    if ":" in line or len(texts) == 1:
        found.reasons[at] = "section_row"
        found.texts.append(line)
    else:
        found.reasons[at] = "part_of_row"


def _is_total(head: Head, row: Sequence[Cell], *, has_amount: bool) -> bool:
    """Whether a row calls itself a total; a further indicator, "Jumlah …", is none."""
    spans = [*head.columns.get("code", ()), *head.columns.get("name", ())]
    spans += head.columns.get("label", ())
    texts = [as_text(cell) for span in spans for cell in span.cells(row)]
    # TOTAL may span what is left of its amounts.
    if not texts and has_amount and "name" in head.columns:
        texts = [as_text(cell) for cell in row if isinstance(cell, str) and cell]
    folded = fold_words(" ".join(texts))
    return bool(folded) and any(folded.startswith(total) for total in head.form.total)


# --- amounts --------------------------------------------------------------------------


def _amounts(
    found: Rows, head: Head, row: Sequence[Cell], at: int, first_year: int | None
) -> dict[str, int]:
    """Return the amounts of a row by role, and by role and time where there are any."""
    amounts: dict[str, int] = {}
    for role in MONEY:
        spans = head.columns.get(role, ())
        for span, key in zip(spans, keys_of(head, role, first_year), strict=True):
            value, fault = read_amount(span.cells(row))
            if fault:
                shown = " ".join(map(as_text, span.cells(row)))
                found.faults.append((at, span, fault, shown))
            if value is not None and _counts(head.form, role, value, amounts):
                amounts[key] = value
    return amounts


def _counts(form: PlanForm, role: str, value: int, amounts: dict[str, int]) -> bool:
    """Whether an amount is taken: of several editions side by side the last filled."""
    return role not in form.last_filled or bool(value) or role not in amounts


def keys_of(head: Head, role: str, first_year: int | None) -> list[str]:
    """Return under which key each column of a role is kept: ``budget@2027``."""
    form, spans = head.form, head.columns.get(role, ())
    if len(spans) <= 1 and not form.by_year:
        return [role] * len(spans)
    if role in form.last_filled:
        return [role] * len(spans)
    out = []
    for number, span in enumerate(spans, 1):
        out.append(f"{role}@{_time_of(form, span, first_year) or f'#{number}'}")
    return out


def _time_of(form: PlanForm, span: Span, first_year: int | None) -> str:
    if form.by_year:
        return str(year_in(span.printed, first_year) or "")
    if form.by_quarter:
        quarter = quarter_in(span.printed)
        return f"q{quarter}" if quarter else ""
    last = fold_words(span.path[-1]).removeprefix("bulan ")
    month = month_number(last) if form.by_month else None
    return f"m{month}" if month else ""


# --- levels ---------------------------------------------------------------------------


def level_of(
    head: Head, row: Sequence[Cell], *, has_amount: bool
) -> tuple[str, str, str]:
    """Return the level of a row, its code, and its text; blank where it is none."""
    if "label" in head.columns:
        return _by_label(head.form, head.cells(row, "label"))
    texts = [as_text(cell).strip() for cell in head.cells(row, "name")]
    text = " ".join(texts)
    if head.form.levels == "dak":
        return _by_text(text, has_amount=has_amount)
    code = _code(head.form, head.code_cells(row))
    if code:
        return _by_code(head.form, code), code, text
    return _by_mark(head.form, text, has_amount=has_amount)


def _code(form: PlanForm, cells: Sequence[Cell]) -> str:
    if form.levels == "daerah":
        return work_code(cells)
    texts = [as_text(cell).strip().upper() for cell in cells]
    if form.levels == "kl" and len(cells) == 1 and not isinstance(cells[0], str):
        texts = [text.zfill(_KL_DIGITS) for text in texts]
    return ".".join(texts)


def _by_code(form: PlanForm, code: str) -> str:
    for level, pattern in levels()[form.levels].items():
        if pattern.fullmatch(code):
            return level
    return ""


def _by_mark(form: PlanForm, text: str, *, has_amount: bool) -> tuple[str, str, str]:
    """Tell a detail by the mark before its text; of accounts also by its amount."""
    found = _MARK.fullmatch(text)
    mark = re.sub(r"\s", "", found[1]) if found else ""
    level = _by_code(form, mark) if mark else ""
    if level and found:
        return level, mark, found[2].strip()
    if form.levels == "akun" and has_amount and text:
        return "rincian", "", text
    return "", "", text


def _by_label(form: PlanForm, cells: Sequence[Cell]) -> tuple[str, str, str]:
    """Tell a row in which code and text stand under one heading."""
    texts = [as_text(cell).strip() for cell in cells]
    if not texts:
        return "", "", ""
    found = _ITEM.fullmatch(texts[0])
    code, rest = (found[1], found[2]) if found else (texts[0].upper(), "")
    if not isinstance(cells[0], str):
        code = code.zfill(_KL_DIGITS)
    text = " ".join(filter(None, [rest, *texts[1:]]))
    return _by_code(form, code), code, text


def _by_text(text: str, *, has_amount: bool) -> tuple[str, str, str]:
    """Tell a level of a report on special allocations by how its text begins.

    A text without a mark that has an amount is an item, the finest level.
    """
    for level, pattern in levels()["dak"].items():
        found = pattern.match(text.casefold())
        if found:
            return level, "", text[found.end() :].strip(" :.") or text
    return ("rincian", "", text) if has_amount and text else ("", "", text)
