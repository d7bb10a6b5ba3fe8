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
from kkbpk_geo.intake.checks.magnitude import (
    Misfit,
    find_misfits,
    without_misfits,
)
from kkbpk_geo.intake.frames import PLACES
from kkbpk_geo.intake.kinds.kind import (
    LIST_ROLES,
    PLAN_ROLES,
    STOCK_ROLES,
    Kind,
    Lines,
    Times,
)
from kkbpk_geo.intake.kinds.list import group_choices
from kkbpk_geo.intake.kinds.presence import only_by_village
from kkbpk_geo.intake.long.tables import unfold, with_blanks_filled
from kkbpk_geo.intake.recognise.columns import UNKNOWN, Column, targets_of
from kkbpk_geo.intake.rows.columns import lost_columns, measure_columns
from kkbpk_geo.intake.rows.kept import unused_columns, with_lost_reports
from kkbpk_geo.intake.rows.periods import (
    check_series,
    is_of_period,
    line_period,
    phases_of,
    row_months,
)
from kkbpk_geo.intake.rows.silence import Silence, find_silence
from kkbpk_geo.io import is_blank, is_nil, read_each, text_column

if TYPE_CHECKING:
    from kkbpk_geo.findings import Finding
    from kkbpk_geo.intake.cells.periods import Periods
    from kkbpk_geo.intake.cells.places import Places
    from kkbpk_geo.intake.cells.stated import Said
    from kkbpk_geo.intake.long.unfolding import Meaning
    from kkbpk_geo.intake.open_sheet import Flags, OpenSheet, Rows
    from kkbpk_geo.intake.recognise.phases import Phase


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
        # Blitar and Blitar are two places where a column says Kabupaten and Kota.
        codes = [code or "" for code in places.codes]
        named = {**places.texts, "#code": codes}
        return unfold(sheet, named, periods.periods, meaning)

    def lines(self, sheet: OpenSheet, head: pd.DataFrame) -> list[Lines]:
        """Return the lines of the sheet, or of each kind of group that rows name."""
        open_groups = any(c.why == "group_unknown" for c in sheet.known.columns)
        # A sheet of which no row is data names no kind, and is one empty table.
        if open_groups and len(sheet.rows) and sheet.known.of_role("kind"):
            return list(_by_kind(_once_per_place(sheet, head), head))
        sheet = with_lost_reports(sheet)
        told = sheet.told(unused_columns(sheet))
        return [_lines(told, head, sheet.rows, sheet.known.columns, sheet.known.kind)]

    def times(self, sheet: OpenSheet, said: Said) -> Times:
        """Return what says when; months of rows under years are those of the lines."""
        times = super().times(sheet, said)
        phases = phases_of(sheet.known.columns)
        if not phases or not all(phase.year for phase in phases):
            return times
        cells = {role: each for role, each in times.cells.items() if role != "month"}
        return replace(times, cells=cells)

    def check(self, lines: Lines) -> list[Finding]:
        """Return all findings; of a series those of each period by its own headings."""
        if not phases_of(lines.columns):
            return super().check(lines)
        found = []
        for period in lines.data["period"].unique():
            here = lines.data["period"].eq(period)
            columns = [c for c in lines.columns if is_of_period(c, str(period))]
            sheet = replace(lines.sheet, findings=())
            part = replace(
                lines, columns=columns, sheet=sheet, rows=lines.rows[here.to_numpy()],
                data=lines.data[here.fillna(False)].reset_index(drop=True),
            )  # fmt: skip
            found += super().check(part)
        return [*lines.sheet.findings, *found]

    def finish(self, lines: Lines) -> Lines:
        """Take out figures that only the whole table shows to be none, and say so."""
        lines = only_by_village(_without_silence(lines))
        return _without_misfits(lines)


RECAP = Recap()
_ROW = "#row"  # the row of the sheet while lines are sorted; no heading is called so


def _without_silence(lines: Lines) -> Lines:
    """Make the figures of months that were not reported missing, and say so."""
    data = lines.data
    lost = {column.lost for column in lines.columns}
    counted = [name for name in map(str, data) if is_measure(name)]
    names = [name for name in counted if name not in lost]
    if data["period"].isna().any() and phases_of(lines.columns):
        return lines  # the year is missing, not the report
    blocks = find_silence(data, names)
    if blocks:
        said = _says_something(lines)
        blocks = [replace(block, rows=block.rows & ~said) for block in blocks]
        blocks = [block for block in blocks if block.rows.any()]
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
    data = without_misfits(lines.data, found)
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
    """Return the measures of some rows of a sheet, a line for each period abreast."""
    counted = [c for c in columns if c.counts]
    phases = phases_of(columns)
    if not phases:
        data = _measured(sheet, head, rows, counted)
    else:
        sheet = sheet.told([*check_series(sheet), *_tell_yearless(sheet, head, phases)])
        data = _series(sheet, head, rows, counted, phases)
        rows = data.pop(_ROW).to_numpy()
    lost = lost_columns(columns, set(map(str, data)), len(data))
    data = pd.concat([data, pd.DataFrame(lost, index=data.index)], axis=1)
    return Lines(key=key, sheet=sheet, data=data, rows=rows, columns=columns)


def _measured(
    sheet: OpenSheet, head: pd.DataFrame, rows: Rows, counted: Sequence[Column]
) -> pd.DataFrame:
    found = measure_columns(counted, sheet.numbers, rows)
    data = head.iloc[rows].reset_index(drop=True)
    return pd.concat([data, pd.DataFrame(found, index=data.index)], axis=1)


def _series(
    sheet: OpenSheet,
    head: pd.DataFrame,
    rows: Rows,
    counted: Sequence[Column],
    phases: Sequence[Phase],
) -> pd.DataFrame:
    """Return a line for each row and period; what has no time is of the row's own."""
    plain = [column for column in counted if column.phase is None]
    blocks = []
    if plain:
        blocks.append(_measured(sheet, head, rows, plain).assign(**{_ROW: rows}))
    months = np.array(row_months(sheet), dtype=object)[rows]
    own = head["period"].astype(object).where(head["period"].notna(), None)
    pairs = list(zip(own.to_numpy()[rows], months, strict=True))
    for phase in phases:
        timed = [column for column in counted if column.phase == phase]
        periods = [line_period(phase, *pair) for pair in pairs]
        block = _measured(sheet, head, rows, timed)
        block["period"] = text_column(periods)
        # A month of no year is no period: its figures are told, and not used.
        block.loc[block["period"].isna(), [c.target for c in timed]] = pd.NA
        blocks.append(block.assign(**{_ROW: rows}))
    return _one_line_per_period(pd.concat(blocks, ignore_index=True))


def _one_line_per_period(lines: pd.DataFrame) -> pd.DataFrame:
    """Put figures of one row and period on one line, in the order of the rows."""
    keys = [_ROW, "period"]
    again = lines.duplicated(keys, keep=False)
    if again.any():
        whole = lines[again].groupby(keys, sort=False, dropna=False).first()
        whole = whole.reset_index()[list(lines.columns)]
        lines = pd.concat([lines[~again], whole], ignore_index=True)
    return lines.sort_values(_ROW, kind="stable", ignore_index=True)


def _tell_yearless(
    sheet: OpenSheet, head: pd.DataFrame, phases: Sequence[Phase]
) -> Iterator[Finding]:
    """Tell that months stand side by side, and nobody says of which year."""
    if all(phase.year for phase in phases):
        return
    rows = sheet.rows[head["period"].isna().to_numpy()[sheet.rows]]
    if len(rows):
        timed = [c for c in sheet.known.columns if c.phase and not c.phase.year]
        yield sheet.find(
            "year_missing", None, timed[0],
            value=timed[0].printed, expected="TAHUN", count=len(rows),
        )  # fmt: skip


def _says_something(lines: Lines) -> Flags:
    """Return lines with a cell that is no figure and no blank: told, or NIHIL."""
    said = np.zeros(len(lines.rows), dtype=bool)
    for column in lines.columns:
        if column.counts:
            cells = lines.sheet.cells[lines.rows, column.position]
            missing = np.isnan(lines.sheet.numbers[column.position].values[lines.rows])
            filled = ~np.array(read_each(cells, is_blank), dtype=bool)
            said |= (missing & filled) | np.array(read_each(cells, is_nil), dtype=bool)
    return said


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
