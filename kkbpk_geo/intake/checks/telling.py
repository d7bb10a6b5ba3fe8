"""What is told of rows that claim the same: one finding per pair of files.

Why: a copy of a file gave a finding for each of its rows; eighty errors for one
mistake hide the next. Who has to mend it needs both names and one row to look at.

In:     :class:`~kkbpk_geo.intake.checks.versions.Versions` and the tables compared.
Out:    findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kkbpk_geo.findings import Finding, finding
from kkbpk_geo.intake.checks.claims import Claims
from kkbpk_geo.intake.checks.evidence import Sheet, show
from kkbpk_geo.intake.checks.versions import Meeting, Versions


def tell_versions(found: Versions, tables: Sequence[Claims]) -> list[Finding]:
    """Word what was found about versions, between tables and within them."""
    return [*_tell(found.meetings, tables)]


def _tell(meetings: Iterable[Meeting], tables: Sequence[Claims]) -> Iterator[Finding]:
    by_code: dict[tuple[str, ...], tuple[Meeting, int]] = {}
    for met in meetings:
        for code, count in _codes(met):
            one, other = tables[met.one], tables[met.other]
            pair: tuple[str, ...] = (code, one.source, other.source)
            # Sheets of one book are versions by themselves; files are, as a whole.
            key = (
                pair if one.source != other.source else (*pair, one.sheet, other.sheet)
            )
            first, so_far = by_code.get(key, (met, 0))
            by_code[key] = first, so_far + count
    for key, (met, count) in by_code.items():
        yield _word(key[0], met, tables, count)


def _codes(met: Meeting) -> Iterator[tuple[str, int]]:
    if met.winner is not None:
        yield "version_replaced", met.differing + met.equal
        return
    if met.differing:
        yield (
            "rows_contradict" if met.one == met.other else "two_versions",
            met.differing,
        )
    if met.equal:
        yield "rows_repeated", met.equal


def _word(code: str, met: Meeting, tables: Sequence[Claims], count: int) -> Finding:
    rows = met.same if code == "rows_repeated" else met.rows
    sides = [(tables[met.one], rows[0]), (tables[met.other], rows[1])]
    # Told at the later table; what was replaced is told at the one that lost.
    here, there = sides[1], sides[0]
    if here[1] is None or (met.winner is not None and met.winner == met.other):
        here, there = there, here
    table, row = here
    value = _place(table, row)
    if (
        code in ("two_versions", "rows_contradict")
        and met.column
        and None not in met.rows
    ):
        figures = [
            show(t.values[met.column][r]) for t, r in (there, here) if r is not None
        ]
        heading = (table.headings or {}).get(met.column, met.column)
        value = f"{value}: {heading} {' ≠ '.join(figures)}"
    return finding(
        code,
        file=table.source,
        sheet=table.sheet,
        row=_number(table, row),
        value=value,
        expected=_where(there, beside=table),
        region=_region(table, row),
        place=_place(table, row),
        count=count,
    )


def _figures(column: str, *sides: tuple[Claims, int | None]) -> str:
    """Write the figures that differ: ``YANG LAPOR 5 ≠ 3``."""
    table = sides[-1][0]
    heading = (table.headings or {}).get(column, column)
    known = [show(float(t.values[column][row])) for t, row in sides if row is not None]
    return f"{heading} {' ≠ '.join(known)}"


def _where(side: tuple[Claims, int | None], beside: Claims) -> str:
    """Name a table and row as a person looks it up: ``bkb.csv: 2``."""
    table, row = side
    name = table.source if table.source != beside.source else table.sheet
    number = _number(table, row)
    if number is None:
        return name
    return f"{name}: {number}" if name and table is not beside else str(number)


def _number(table: Claims, row: int | None) -> int | None:
    return (
        None
        if row is None
        else Sheet(data=table.data.iloc[[row]], headings={}).rows()[0]
    )


def _place(table: Claims, row: int | None) -> str:
    if row is None:
        return ""
    sheet = Sheet(data=table.data.iloc[[row]], headings={})
    named = sheet.place_names()(0)
    finer = any(sheet.text(column)[0] for column in ("name", "desa", "kecamatan"))
    # A row about a whole district has but its period for a name.
    district = sheet.text("kabkota")[0] or sheet.regions()[0]
    return named if finer else ", ".join(filter(None, (district, named)))


def _region(table: Claims, row: int | None) -> str:
    if row is None:
        return ""
    return Sheet(data=table.data.iloc[[row]], headings={}).regions()[0]
