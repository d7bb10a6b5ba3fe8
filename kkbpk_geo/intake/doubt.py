"""Tables of one sheet that claim the same figures: none is used, and it is told.

Why: under a title that says nothing known the same headings stand again, for the same
places. One of the two is about something else, and nobody can say which.

In:     the tables of a sheet, the block that is in doubt. Out: the tables; those that
        cannot be told apart without their rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from kkbpk_geo.catalogue.programme import is_column
from kkbpk_geo.findings import finding
from kkbpk_geo.intake.blocks.tables import Block
from kkbpk_geo.intake.model import Intake


def tell_apart(
    read: Sequence[list[Intake]], position: int, block: Block
) -> list[list[Intake]]:
    """Set aside a table in doubt, and the tables whose measures it gives as well."""
    mine = _measures(read[position])
    told = list(read)
    for i, tables in enumerate(read):
        if i == position or mine & _measures(tables):
            told[i] = [_without_rows(table) for table in tables]
    first, *others = told[position]
    grid = block.grid
    doubt = finding(
        "several_tables", file=grid.file, sheet=grid.sheet, row=block.doubt,
        value=" ".join(block.titles), count=max(1, len(first.listed)),
    )  # fmt: skip
    told[position] = [replace(first, findings=(*first.findings, doubt)), *others]
    return told


def _measures(tables: Sequence[Intake]) -> set[str]:
    return {str(name) for each in tables for name in each.data if is_column(str(name))}


def _without_rows(table: Intake) -> Intake:
    """Return a table with its rows listed: nothing of it is used."""
    aside = table.data.assign(reason="other_table")
    kept = [name for name in aside if not is_column(str(name))]
    listed = pd.concat([table.listed, aside[kept]], ignore_index=True)
    return replace(table, data=table.data.iloc[:0], listed=listed)
