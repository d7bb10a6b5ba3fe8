"""What there is to say of a form that was read.

In:     its sheet, its lines. Out: findings, each with its row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from kkbpk_geo.catalogue.activities import terms
from kkbpk_geo.catalogue.work.nomenclature import (
    edition_of,
    editions,
    editions_with,
    is_regional,
)
from kkbpk_geo.findings import Finding, finding
from kkbpk_geo.intake.forms.header import AGAIN
from kkbpk_geo.intake.forms.tree import Node, unshared, wrong_sums
from kkbpk_geo.intake.kinds.plans.times import heading_scale

if TYPE_CHECKING:
    from kkbpk_geo.intake.forms.around import Around
    from kkbpk_geo.intake.forms.header import Head
    from kkbpk_geo.intake.forms.rows import Rows
    from kkbpk_geo.io import Grid

_Record = Mapping[str, Any]
_SHOWN = 6  # codes that a sentence lists; more of them are counted


class Sheet(Protocol):
    """A form on the way, as :mod:`kkbpk_geo.intake.forms.reading` holds it."""

    @property
    def grid(self) -> Grid: ...  # noqa: D102
    @property
    def head(self) -> Head: ...  # noqa: D102
    @property
    def rows(self) -> Rows: ...  # noqa: D102
    @property
    def around(self) -> Around: ...  # noqa: D102
    @property
    def lines(self) -> Sequence[Node]: ...  # noqa: D102
    @property
    def finest(self) -> int: ...  # noqa: D102
    @property
    def money(self) -> list[str]: ...  # noqa: D102


def rupiah(amount: int) -> str:
    """Return an amount as these forms print it."""
    return f"{amount:,}".replace(",", ".")


def _find(sheet: Sheet, code: str, row: int | None, **said: Any) -> Finding:  # noqa: ANN401
    at = None if row is None else sheet.grid.top + row + 1
    return finding(code, file=sheet.grid.file, sheet=sheet.grid.sheet, row=at, **said)


def tell_sums(sheet: Sheet) -> Iterator[Finding]:
    """Tell each level whose sum is not that of what stands below it, and the total."""
    for key in [*sheet.money, "spent"]:
        nodes = sheet.rows.nodes
        wrong = [*wrong_sums(nodes, key), *unshared(nodes, key, sheet.finest)]
        for node, below in wrong:
            yield _find(
                sheet, "plan_form_level_sum", node.row,
                value=f"{node.code} {rupiah(node.amounts[key])}".strip(),
                expected=rupiah(below),
            )  # fmt: skip
    for key in sheet.money:
        for row, printed in sheet.rows.totals:
            sums = [_sum_of(lines, [key]) for lines in lines_of_total(sheet, row)]
            if printed.get(key, sums[0]) not in sums:
                yield _find(
                    sheet, "plan_form_total", row, value=rupiah(printed[key]),
                    expected=rupiah(sums[0]),
                )  # fmt: skip


def _sum_of(lines: Sequence[Node], keys: Sequence[str]) -> int:
    return sum(node.amount(key) or 0 for node in lines for key in keys)


def lines_of_total(sheet: Sheet, row: int) -> list[Sequence[Node]]:
    """Return the lines that a total may be of, the likeliest first.

    A total above or below all lines is theirs; one between them is that of what stands
    above it, from the total before or from the beginning. So may the last one be.
    """
    above = [node for node in sheet.lines if node.row < row]
    if not above:
        return [sheet.lines]
    before = max((at for at, _ in sheet.rows.totals if at < row), default=-1)
    part = [node for node in above if node.row > before]
    if len(part) in (0, len(above)):
        return [above]
    return [above, part] if len(above) == len(sheet.lines) else [part, above]


def is_whole(sheet: Sheet, row: int, printed: int) -> bool:
    """Whether a total is that of the whole sheet, as far as its place and sum say."""
    first, *others = lines_of_total(sheet, row)
    if len(first) < len(sheet.lines):
        return False
    sums = [_sum_of(lines, sheet.money) for lines in (first, *others)]
    return printed == sums[0] or printed not in sums[1:]


def tell_rows(sheet: Sheet, doubtful: Sequence[int]) -> Iterator[Finding]:
    """Tell amounts without a level, cells that are none, quarters in doubt, scales."""
    for span in sheet.head.columns.get(AGAIN, ()):
        yield _find(sheet, "column_twice", None, column=span.printed)
    if sheet.rows.lost:
        lost = sheet.rows.lost
        yield _find(sheet, "plan_form_row_lost", lost[0], count=len(lost))
    for row, span, fault, text in sheet.rows.faults:
        yield _find(sheet, fault, row, column=span.printed, value=text,
                    expected="Rp 1.250.000")  # fmt: skip
    if doubtful:
        yield _find(sheet, "plan_form_quarters_open", doubtful[0], count=len(doubtful))
    for role, proof in sheet.rows.scaled.items():
        printed = sheet.head.columns[role][0].printed
        if proof == "stated":
            scale = f"× {heading_scale(printed)}"
            yield _find(sheet, "rupiah_scaled", None, column=printed, value=scale)
        elif proof != "true":
            yield _find(sheet, f"plan_form_scale_{proof}", None, column=printed)


def tell_lines(sheet: Sheet, records: Sequence[_Record]) -> Iterator[Finding]:
    """Tell codes that their edition has not, targets on paper, places unknown."""
    yield from _unmatched(sheet, records)
    papers = [record for record in records if is_paper(record["unit"])]
    if papers:
        yield _find(sheet, "plan_form_paper", papers[0]["row"], count=len(papers))
    lost = [record for record in records if not record["region_code"]]
    if lost:
        yield _find(sheet, "plan_form_no_district", lost[0]["row"], count=len(lost))
    odd = [record for record in records if record["fund_text"] and not record["fund"]]
    texts = dict.fromkeys(record["fund_text"] for record in odd)
    for text in texts:
        rows = [record["row"] for record in odd if record["fund_text"] == text]
        yield _find(sheet, "plan_form_fund", rows[0], value=text, count=len(rows))


def is_paper(unit: str) -> bool:
    """Whether a unit counts reports or documents: nothing that a field count counts."""
    known = terms("unit").get(unit)
    return known is not None and known.paper


def _unmatched(sheet: Sheet, records: Sequence[_Record]) -> Iterator[Finding]:
    """Tell the codes of regional offices that the edition of their year has not."""
    odd: dict[tuple[int | None, str], list[_Record]] = {}
    for record in records:
        if is_regional(record["code"]) and not record["edition"]:
            odd.setdefault((record["year"], _elsewhere(record)), []).append(record)
    for (year, elsewhere), same in odd.items():
        codes = list(dict.fromkeys(record["code"] for record in same))
        more = f" (+{len(codes) - _SHOWN})" if len(codes) > _SHOWN else ""
        edition = edition_of(year)
        name = editions()[edition].id if edition else str(year or "–")
        code = "plan_form_other_edition" if elsewhere else "plan_form_unmatched"
        shown = f"{name}; {elsewhere}" if elsewhere else name
        yield _find(
            sheet, code, same[0]["row"], value=", ".join(codes[:_SHOWN]) + more,
            expected=shown, count=len(same),
        )  # fmt: skip


def _elsewhere(record: _Record) -> str:
    """Return the editions in which a code stands that its own year has not."""
    return ", ".join(editions()[key].id for key in editions_with(record["code"]))
