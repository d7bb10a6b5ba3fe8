"""Recaps: one region and month a row, figures by catalogue column.

Why: months that nobody reported look like months in which nothing happened, and a
heading JUMLAH KELOMPOK means the kind of group that its row names.

In:     an open sheet whose rows are regions. Out: its lines; one table per kind of
        group where the kind stands in the rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kkbpk_geo.base.text import as_text
from kkbpk_geo.catalogue.programme import is_column
from kkbpk_geo.catalogue.tables import choose_kind
from kkbpk_geo.intake.blocks.sections import with_sections
from kkbpk_geo.intake.cells.values import is_group, kind_of
from kkbpk_geo.intake.checks.evidence import Sheet as Evidence
from kkbpk_geo.intake.checks.evidence import is_measure
from kkbpk_geo.intake.checks.register import (
    Misfit,
    find_misfits,
    without_columns,
)
from kkbpk_geo.intake.frames import PLACES
from kkbpk_geo.intake.kinds.kind import (
    LIST_ROLES,
    PLAN_ROLES,
    STOCK_ROLES,
    Kind,
    Lines,
)
from kkbpk_geo.intake.kinds.list import group_choices
from kkbpk_geo.intake.kinds.presence import only_by_village
from kkbpk_geo.intake.recognise.columns import UNKNOWN, Column, targets_of
from kkbpk_geo.intake.rows.columns import measure_columns
from kkbpk_geo.intake.rows.kept import unused_columns
from kkbpk_geo.intake.rows.long import unfold, with_blanks_filled
from kkbpk_geo.intake.rows.silence import Silence, find_silence
from kkbpk_geo.io import read_each

if TYPE_CHECKING:
    from kkbpk_geo.findings import Finding
    from kkbpk_geo.intake.cells.periods import Periods
    from kkbpk_geo.intake.cells.places import Places
    from kkbpk_geo.intake.open_sheet import OpenSheet, Rows
    from kkbpk_geo.intake.rows.unfolding import Meaning


class Recap(Kind):
    """One region and month a row; also a sheet of which nobody knows the kind."""

    foreign = LIST_ROLES | PLAN_ROLES | STOCK_ROLES
    rows_are_places = True

    def own(self, columns: Sequence[Column]) -> list[Column]:
        """Return the columns; a measure is that of its group."""
        return self._kept(columns)

    def sections(self, sheet: OpenSheet) -> OpenSheet:
        """Read section lines: of a kabupaten, a month, a kind of group."""
        return with_blanks_filled(with_sections(sheet))

    def unfold(
        self, sheet: OpenSheet, places: Places, periods: Periods, meaning: Meaning
    ) -> OpenSheet:
        """Bring a row per sex, method or indicator to a row per place."""
        return unfold(sheet, places.texts, periods.periods, meaning)

    def lines(self, sheet: OpenSheet, head: pd.DataFrame) -> list[Lines]:
        """Return the lines of the sheet, or of each kind of group that rows name."""
        open_groups = any(c.why == "group_unknown" for c in sheet.known.columns)
        # A sheet of which no row is data names no kind, and is one empty table.
        if open_groups and len(sheet.rows) and sheet.known.of_role("kind"):
            return list(_by_kind(_once_per_place(sheet, head), head))
        told = sheet.told(unused_columns(sheet))
        return [_lines(told, head, sheet.rows, sheet.known.columns, sheet.known.kind)]

    def finish(self, lines: Lines) -> Lines:
        """Take out figures that only the whole table shows to be none, and say so."""
        lines = only_by_village(_without_silence(lines))
        return _without_misfits(lines)


RECAP = Recap()


def _without_silence(lines: Lines) -> Lines:
    """Make the figures of months that were not reported missing."""
    data = lines.data
    names = [name for name in map(str, data) if is_measure(name)]
    blocks = find_silence(data, names)
    if not blocks:
        return lines
    data, silent = data.copy(), np.zeros(len(data), dtype=bool)
    for block in blocks:
        data.loc[block.rows, block.columns] = pd.NA
        silent |= block.rows
    data["not_reported"] = silent
    told = [_tell_silence(lines, block) for block in blocks]
    return replace(lines, data=data, sheet=lines.sheet.told(told))


def _without_misfits(lines: Lines) -> Lines:
    """Make columns missing that the register denies, and say so."""
    printed = {column: heading for heading, column in lines.headings.items()}
    found = find_misfits(Evidence(data=lines.data, headings=printed))
    if not found:
        return lines
    by_target = {column.target: column for column in lines.columns if column.counts}
    told = [_tell_misfit(lines, each, by_target.get(each.column)) for each in found]
    unusable = [each.column for each in found if each.whole]
    data = without_columns(lines.data, unusable) if unusable else lines.data
    return replace(lines, data=data, sheet=lines.sheet.told(told))


def _tell_misfit(lines: Lines, found: Misfit, column: Column | None) -> Finding:
    row = None if found.row is None else int(lines.rows[found.row])
    return lines.sheet.find(
        found.code, row, column, value=found.value, expected=found.expected,
        region=found.region, count=found.count,
    )  # fmt: skip


def _lines(
    sheet: OpenSheet,
    head: pd.DataFrame,
    rows: Rows,
    columns: Sequence[Column],
    key: str,
) -> Lines:
    """Return the measures of some rows of a sheet."""
    counted = [c for c in columns if c.counts]
    found = measure_columns(counted, sheet.numbers, rows)
    data = head.iloc[rows].reset_index(drop=True)
    data = pd.concat([data, pd.DataFrame(found, index=data.index)], axis=1)
    return Lines(key=key, sheet=sheet, data=data, rows=rows, columns=columns)


def _tell_silence(lines: Lines, block: Silence) -> Finding:
    sheet = lines.sheet
    first = int(lines.data["source_row"].to_numpy()[block.rows][0]) - sheet.first
    return sheet.find(
        "block_not_reported", first, None,
        value=block.period or sheet.grid.sheet or "–",
        region=block.region, count=int(block.rows.sum()),
    )  # fmt: skip


# --- several kinds in the rows --------------------------------------------------------


def _by_kind(sheet: OpenSheet, head: pd.DataFrame) -> Iterator[Lines]:
    """Yield one table per kind that the rows name (``jenis_poktan``).

    What was found so far, and the rows that are no data, go with the first of them.
    """
    rows, column = sheet.rows, sheet.known.of_role("kind")[0]
    kinds = np.array(read_each(sheet.column(column), _kind), dtype=object)
    left = sheet
    for kind in [k for k in dict.fromkeys(kinds[rows]) if k]:
        columns = [_column_of_kind(c, kind) for c in sheet.known.columns]
        counted = targets_of(c for c in columns if c.counts)
        here = rows[kinds[rows] == kind]
        yield _lines(left, head, here, columns, choose_kind((), counted))
        nothing = np.full(len(kinds), "", dtype=object)
        left = replace(sheet, findings=(), reasons=nothing)
    unknown = rows[kinds[rows] == ""]
    if len(unknown):
        told = left.told(_tell_kind(sheet, column, row) for row in unknown.tolist())
        columns = [_of_no_kind(c) for c in sheet.known.columns]
        yield _lines(told, head, unknown, columns, UNKNOWN)


def _kind(cell: object) -> str:
    return kind_of(as_text(cell)) if cell != "" else ""


def _tell_kind(sheet: OpenSheet, column: Column, row: int) -> Finding:
    text = as_text(sheet.cells[row, column.position])
    return sheet.find("kind_unknown", row, column, value=text, expected=group_choices())


def _column_of_kind(column: Column, kind: str) -> Column:
    """Return a column as it counts for the rows of one kind."""
    if column.why != "group_unknown":
        return column
    if is_group(kind):
        return replace(column, target=f"{kind}_{column.target}", why="")
    if column.target == "groups" and is_column(f"facilities_{kind}"):
        return replace(column, target=f"facilities_{kind}", why="")
    return column


def _of_no_kind(column: Column) -> Column:
    """Return a column as it counts for rows whose kind nobody knows: not at all."""
    return replace(column, why="group_unknown") if column.role == "measure" else column


def _once_per_place(sheet: OpenSheet, head: pd.DataFrame) -> OpenSheet:
    """Keep figures that are not about a kind in the first row of each place only.

    The number of villages stands beside BKB, BKR and BKL alike; it counts once.
    """
    names = [name for name in (*PLACES, "region_code", "period") if name in head]
    again = head.iloc[sheet.rows][names].duplicated().to_numpy()
    numbers = dict(sheet.numbers)
    for column in sheet.known.columns:
        if column.counts:
            read = numbers[column.position]
            values = read.values.copy()
            values[sheet.rows[again]] = np.nan
            numbers[column.position] = replace(read, values=values)
    return replace(sheet, numbers=numbers)
