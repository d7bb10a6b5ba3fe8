"""A sum beside its parts is checked; parts that are added must all be there.

Why: the sum under a heading stands for the whole because its parts prove it. Where
they do not, the sub-headings may stand over the wrong columns.

In:     a sheet whose sums know their parts. Out: the sheet without the figures that
        nothing proves, and findings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from kkbpk_geo.intake.cells.numbers import ROUNDING, UNPROVED, Numbers, read_numbers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kkbpk_geo.intake.open_sheet import OpenSheet
    from kkbpk_geo.intake.recognise.columns import Column

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

# In more than half of the rows: the columns are not what they say, it is no slip.
MOSTLY = 0.5


def check_parts(sheet: OpenSheet, regions: Sequence[str]) -> OpenSheet:
    """Check every sum against its parts; what is not proved is not used."""
    done: set[tuple[int, ...]] = set()
    for column in sheet.known.columns:
        if not column.parts or not column.counts:
            continue
        if not column.of_parts:
            sheet = _check_sum(sheet, column, regions)
        elif column.parts not in done:
            done.add(column.parts)
            sheet = _check_whole(sheet, column, regions)
    return sheet


def _part_values(sheet: OpenSheet, column: Column) -> Floats:
    """Return the figures of the parts; those without a meaning of their own, too."""
    read = []
    for at in column.parts:
        known = sheet.numbers.get(at) or read_numbers(sheet.cells[:, at])
        read.append(known.values)
    return np.vstack(read)


def _check_sum(sheet: OpenSheet, column: Column, regions: Sequence[str]) -> OpenSheet:
    parts = _part_values(sheet, column)
    totals = sheet.numbers[column.position].values
    sums, blank = np.nansum(parts, axis=0), np.isnan(parts)
    told = sheet.used & ~np.isnan(totals) & ~blank.all(axis=0)
    with np.errstate(invalid="ignore"):
        above = sums - totals
        wrong = told & ((above if column.at_least else np.abs(above)) > ROUNDING)
    # What a blank part would add, nobody knows; it takes nothing away.
    wrong &= ~blank.any(axis=0) | (sums > totals)
    if not wrong.any():
        return sheet
    rows = np.flatnonzero(wrong).tolist()
    if len(rows) > MOSTLY * told.sum():
        return _without_block(sheet, column, rows, sums)
    found = [
        sheet.find(
            "storeys_do_not_add_up", i, column, value=f"{totals[i]:.10g}",
            expected=f"{sums[i]:.10g}", region=regions[i],
        )
        for i in rows
    ]  # fmt: skip
    return _without(sheet, [column.position], wrong).told(found)


def _without_block(
    sheet: OpenSheet, column: Column, rows: Sequence[int], sums: Floats
) -> OpenSheet:
    """Give up a sum and the parts beside it that have a meaning of their own."""
    i = rows[0]
    totals = sheet.numbers[column.position].values
    columns, found = list(sheet.known.columns), []
    for at in (column.position, *column.parts):
        if columns[at].counts:
            columns[at] = replace(columns[at], why="storeys_never_add_up")
            found.append(
                sheet.find(
                    "storeys_never_add_up", None, columns[at], count=len(rows),
                    value=f"{totals[i]:.10g}", expected=f"{sums[i]:.10g}",
                )
            )  # fmt: skip
    known = replace(sheet.known, columns=tuple(columns))
    return replace(sheet, known=known).told(found)


def _check_whole(sheet: OpenSheet, column: Column, regions: Sequence[str]) -> OpenSheet:
    """Leave out rows of which one part is missing: the rest is not the whole."""
    missing = np.isnan(_part_values(sheet, column))
    some = sheet.used & missing.any(axis=0) & ~missing.all(axis=0)
    found = [
        sheet.find("part_missing", i, column, region=regions[i])
        for i in np.flatnonzero(some).tolist()
    ]
    return _without(sheet, column.parts, some).told(found)


def _without(sheet: OpenSheet, positions: Sequence[int], rows: Flags) -> OpenSheet:
    """Return the sheet without the figures of some columns in some rows."""
    numbers: dict[int, Numbers] = dict(sheet.numbers)
    for at in positions:
        read = numbers[at]
        gone = rows & ~np.isnan(read.values)
        values = np.where(rows, np.nan, read.values)
        faults = np.where(gone, np.int8(UNPROVED), read.faults)
        numbers[at] = replace(read, values=values, faults=faults)
    return replace(sheet, numbers=numbers)
