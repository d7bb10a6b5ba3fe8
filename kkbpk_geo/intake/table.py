"""From a read sheet to its table: named columns, rows in use, and all the rest.

In:     an :class:`~kkbpk_geo.intake.open_sheet.OpenSheet`, its kind, places and periods
        of its rows.
Out:    one :class:`~kkbpk_geo.intake.model.Intake` per table.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from kkbpk_geo.findings import Finding
from kkbpk_geo.intake.account import cells_of, stock_of
from kkbpk_geo.intake.cells.periods import Periods
from kkbpk_geo.intake.cells.places import Places
from kkbpk_geo.intake.checks.table import coordinate_faults, without_impossible
from kkbpk_geo.intake.kinds.kind import Kind, Lines
from kkbpk_geo.intake.model import Intake
from kkbpk_geo.intake.open_sheet import OpenSheet
from kkbpk_geo.intake.recognise.columns import Column
from kkbpk_geo.intake.rows.columns import number_findings
from kkbpk_geo.intake.rows.kept import kept_columns
from kkbpk_geo.io import text_column


def make_tables(
    kind: Kind, sheet: OpenSheet, places: Places, periods: Periods
) -> list[Intake]:
    """Make the table of a sheet; one per kind where the kind stands in the rows."""
    told = sheet.told(_number_findings(sheet, places))
    head = _head(told, places, periods)
    return [_table(kind, lines, head) for lines in kind.lines(told, head)]


def _number_findings(sheet: OpenSheet, places: Places) -> list[Finding]:
    """Return what is odd about figures; printed percentages are checked elsewhere."""
    found: list[Finding] = []
    for column in sheet.known.columns:
        if column.position in sheet.numbers and column.role != "percent":
            found += _of_column(sheet, column, places)
    return found


def _of_column(sheet: OpenSheet, column: Column, places: Places) -> list[Finding]:
    cells, read = sheet.column(column), sheet.numbers[column.position]
    found = []
    for code, i, value, expected, count in number_findings(
        column, cells, read, sheet.rows
    ):
        # In a text file every number is stored as text, and nobody is told.
        if code == "number_as_text" and not sheet.grid.typed:
            continue
        region = (places.codes[i] or "") if count == 1 else ""
        found.append(
            sheet.find(
                code, i, column, value=value, expected=expected, count=count,
                region=region,
            )
        )  # fmt: skip
    return found


def _head(sheet: OpenSheet, places: Places, periods: Periods) -> pd.DataFrame:
    """Return where each row of the sheet comes from and what it is about."""
    n = len(sheet.cells)
    head: dict[str, Any] = {
        "source_file": text_column([sheet.grid.file] * n),
        "source_sheet": text_column([sheet.grid.sheet] * n),
        "source_row": np.arange(sheet.first, sheet.first + n),
    }
    head |= {role: text_column(places.texts[role]) for role in places.texts}
    if places.villages is not None:
        head["village_code"] = text_column(places.villages)
    head["region_code"] = text_column(places.codes)
    # Only where there is any: a column of nothing says nothing.
    if any(places.candidates):
        head["region_candidates"] = text_column(places.candidates)
    head["level"] = text_column(places.levels)
    head["period"] = text_column(periods.periods)
    return pd.DataFrame(head)


def _table(kind: Kind, lines: Lines, head: pd.DataFrame) -> Intake:
    """Put a table together: typed columns, kept columns, checks."""
    lines = kind.finish(lines)
    kept = kept_columns(
        lines.sheet, lines.rows, lines.columns, set(lines.data.columns), kind.untyped
    )
    if kept:
        beside = pd.DataFrame(kept, index=lines.data.index)
        lines = replace(lines, data=pd.concat([lines.data, beside], axis=1))
    data = _without_bad_coordinates(lines.data)
    if kind.counts:
        data = without_impossible(data)
    return Intake(
        kind=lines.key,
        findings=tuple(kind.check(lines)),  # sees figures as they were written
        data=data,
        source=lines.sheet.grid.file,
        listed=kind.listed(lines.sheet, head),
        cells=cells_of(lines, data) if kind.counts else stock_of(lines),
        headings=lines.headings,
    )


def _without_bad_coordinates(data: pd.DataFrame) -> pd.DataFrame:
    """Make coordinates missing that cannot be where they say."""
    if not {"longitude", "latitude"} <= set(data.columns):
        return data
    longitude = data["longitude"].to_numpy(dtype=float)
    latitude = data["latitude"].to_numpy(dtype=float)
    bad = coordinate_faults(longitude, latitude) != ""
    return data.assign(
        longitude=np.where(bad, np.nan, longitude),
        latitude=np.where(bad, np.nan, latitude),
    )
