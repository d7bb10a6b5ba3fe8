"""From a read sheet to its table: named columns, rows in use, and all the rest.

In:     an :class:`~kkbpk_geo.intake.opened.OpenSheet`, places and periods of its rows.
Out:    one :class:`~kkbpk_geo.intake.model.Intake` per table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kkbpk_geo.base.text import as_text
from kkbpk_geo.catalogue.programme import is_column, measures
from kkbpk_geo.catalogue.supplies import supply_items
from kkbpk_geo.catalogue.tables import choose_kind
from kkbpk_geo.intake.cells.periods import Periods
from kkbpk_geo.intake.cells.places import PLACES, Places
from kkbpk_geo.intake.cells.values import is_group, kind_of
from kkbpk_geo.intake.checks.table import check_table, coordinate_faults
from kkbpk_geo.intake.inventories.lines import inventory_lines
from kkbpk_geo.intake.inventories.rows import item_texts
from kkbpk_geo.intake.lists import kind_choices, list_columns
from kkbpk_geo.intake.model import Intake
from kkbpk_geo.intake.open_sheet import OpenSheet
from kkbpk_geo.intake.plans.checks import check_plan
from kkbpk_geo.intake.plans.columns import plan_columns
from kkbpk_geo.intake.plans.rows import place_findings, with_province
from kkbpk_geo.intake.plans.wide import line_periods, plan_lines, tell_lines
from kkbpk_geo.intake.recognise.headings import UNKNOWN, Column
from kkbpk_geo.intake.rows.columns import measure_columns, number_findings
from kkbpk_geo.intake.rows.kept import became, kept_columns, listed_rows
from kkbpk_geo.intake.rows.silence import find_silence
from kkbpk_geo.io import read_each, text_column

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.int_]


def make_tables(sheet: OpenSheet, places: Places, periods: Periods) -> list[Intake]:
    """Make the table of a sheet; one per kind where the kind stands in the rows."""
    rows = np.flatnonzero(sheet.reasons == "")
    _tell_numbers(sheet, places, rows)
    if sheet.known.kind in ("plan", "inventory"):
        _tell_columns(sheet, rows)
        make = _plan if sheet.known.kind == "plan" else _inventory
        return [make(sheet, _head(sheet, places, periods), rows)]
    in_rows = sheet.known.of_role("kind") and any(
        c.why == "group_unknown" for c in sheet.known.columns
    )
    head = _head(sheet, places, periods)
    if in_rows and not sheet.is_list:
        return _by_kind(sheet, head, rows)
    _tell_columns(sheet, rows)
    return [_table(sheet, head, rows, sheet.known.columns, sheet.known.kind)]


def _tell_numbers(sheet: OpenSheet, places: Places, rows: Rows) -> None:
    for column in sheet.known.columns:
        if column.position not in sheet.numbers or column.role == "percent":
            continue
        cells, read = sheet.column(column), sheet.numbers[column.position]
        for code, i, value, expected, count in number_findings(
            column, cells, read, rows
        ):
            if code != "number_as_text" or sheet.grid.typed:
                sheet.tell(
                    code, i, column, value=value, expected=expected, count=count,
                    region=(places.codes[i] or "") if count == 1 else "",
                )  # fmt: skip


def _tell_columns(sheet: OpenSheet, rows: Rows) -> None:
    """Report columns that hold something and are not used."""
    if sheet.known.kind == UNKNOWN:
        printed = ", ".join(c.printed for c in sheet.known.columns if c.printed)
        sheet.tell("table_unknown", None, None, value=printed)
        return
    for column in sheet.known.columns:
        filled = (sheet.cells[rows, column.position] != "").any()
        if (column.role == UNKNOWN and filled) or column.why:
            sheet.tell(column.why or "column_unknown", None, column)


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
    head["level"] = text_column(places.levels)
    head["period"] = text_column(periods.periods)
    return pd.DataFrame(head)


def _plan(sheet: OpenSheet, head: pd.DataFrame, rows: Rows) -> Intake:
    """Make the table of a plan: a row of the sheet may be several of its lines."""
    lines = plan_lines(sheet, rows, sheet.known.columns)
    tell_lines(sheet, lines)
    sheet.reasons[lines.empty] = "no_phase"
    data = head.iloc[lines.rows].reset_index(drop=True)
    periods = [p if isinstance(p, str) else None for p in data["period"]]
    data["period"] = text_column(line_periods(sheet, lines, periods))
    data["region_code"] = with_province(data)
    found = plan_columns(sheet, lines, sheet.known.columns)
    return _finished(sheet, data, found, lines.rows, sheet.known.columns, "plan")


def _inventory(sheet: OpenSheet, head: pd.DataFrame, rows: Rows) -> Intake:
    """Make the table of an inventory; rows that are not clear are listed."""
    at, found, faults = inventory_lines(sheet, head, rows)
    for row, reason in faults.items():
        sheet.reasons[row] = reason
    sheet.findings[:] = place_findings(sheet.findings, head)
    data = head.iloc[at].reset_index(drop=True)
    own = [code for code in with_province(data) if isinstance(code, str) and code]
    if count := len([code for code in own if "." not in code]):
        sheet.tell("inventory_of_province", None, None, count=count)
    table = _finished(sheet, data, found, at, sheet.known.columns, "inventory")
    listed = np.flatnonzero(sheet.reasons != "")
    codes = text_column(head["region_code"].iloc[listed])
    keys = item_texts(sheet)
    items = text_column(keys[i] if keys[i] in supply_items() else "" for i in listed)
    times = text_column(head["period"].iloc[listed])
    whole = table.listed.assign(region_code=codes, period=times, item=items)
    return replace(table, listed=whole)


# --- one table ------------------------------------------------------------------------


def _table(
    sheet: OpenSheet,
    head: pd.DataFrame,
    rows: Rows,
    columns: Sequence[Column],
    kind: str,
) -> Intake:
    data = head.iloc[rows].reset_index(drop=True)
    counted = [c for c in columns if c.role == "measure" and not c.why]
    found = list_columns(sheet, rows, columns) if sheet.is_list else {}
    found |= measure_columns(counted, sheet.numbers, rows)
    return _finished(sheet, data, found, rows, columns, kind)


def _finished(
    sheet: OpenSheet,
    data: pd.DataFrame,
    found: Mapping[str, Any],
    rows: Rows,
    columns: Sequence[Column],
    kind: str,
) -> Intake:
    """Put a table together: typed columns, kept columns, checks."""
    names = [name for name in found if name in measures() or is_column(name)]
    data = pd.concat([data, pd.DataFrame(found, index=data.index)], axis=1)
    if not sheet.is_list:
        _silence(sheet, data, names)
    kept = kept_columns(sheet, rows, columns, set(data.columns))
    if kept:
        data = pd.concat([data, pd.DataFrame(kept, index=data.index)], axis=1)
    headings = became(columns, has_villages="village_code" in data)
    printed = {column: heading for heading, column in headings.items()}
    if kind in ("plan", "inventory"):
        sheet.findings[:] = place_findings(sheet.findings, data)
        sheet.findings += check_plan(data) if kind == "plan" else []
    else:
        sheet.findings += check_table(
            kind, data, printed, file=sheet.grid.file, sheet=sheet.grid.sheet
        )
    _blank_coordinates(data)
    return Intake(
        kind=kind,
        data=data,
        findings=tuple(sheet.findings),
        source=sheet.grid.file,
        listed=listed_rows(sheet),
        headings=headings,
    )


def _silence(sheet: OpenSheet, data: pd.DataFrame, names: list[str]) -> None:
    """Make the figures of months that were not reported missing, and say so."""
    blocks = find_silence(data, names)
    if not blocks:
        return
    silent = np.zeros(len(data), dtype=bool)
    for period, region, rows, columns in blocks:
        data.loc[rows, columns] = pd.NA
        silent |= rows
        first = int(data["source_row"].to_numpy()[rows][0]) - sheet.first
        sheet.tell(
            "block_not_reported", first, None, value=period or sheet.grid.sheet or "–",
            region=region, count=int(rows.sum()),
        )  # fmt: skip
    data["not_reported"] = silent


def _blank_coordinates(data: pd.DataFrame) -> None:
    """Make coordinates missing that cannot be where they say."""
    if {"longitude", "latitude"} <= set(data.columns):
        longitude = data["longitude"].to_numpy(dtype=float)
        latitude = data["latitude"].to_numpy(dtype=float)
        bad = coordinate_faults(longitude, latitude) != ""
        data["longitude"] = np.where(bad, np.nan, longitude)
        data["latitude"] = np.where(bad, np.nan, latitude)


# --- several kinds in the rows --------------------------------------------------------


def _by_kind(sheet: OpenSheet, head: pd.DataFrame, rows: Rows) -> list[Intake]:
    """Make one table per kind that the rows name (``jenis_poktan``)."""
    kind_column = sheet.known.of_role("kind")[0]
    kinds = np.array(read_each(sheet.column(kind_column), _kind), dtype=object)
    _once_per_place(sheet, head, rows)
    tables = []
    for kind in [k for k in dict.fromkeys(kinds[rows]) if k]:
        columns = [_column_of_kind(c, kind) for c in sheet.known.columns]
        targets = {c.target for c in columns if c.role == "measure" and not c.why}
        known = choose_kind((), targets)
        here = rows[kinds[rows] == kind]
        tables.append(_table(sheet, head, here, columns, known))
        sheet.findings, sheet.reasons = [], np.full(len(kinds), "", dtype=object)
    unknown = rows[kinds[rows] == ""]
    if len(unknown):
        texts = sheet.column(kind_column)
        for i in unknown.tolist():
            expected = kind_choices("groups")
            sheet.tell(
                "kind_unknown", i, kind_column, value=as_text(texts[i]),
                expected=expected,
            )  # fmt: skip
        columns = [
            replace(c, why="group_unknown") if c.role == "measure" else c
            for c in sheet.known.columns
        ]
        tables.append(_table(sheet, head, unknown, columns, UNKNOWN))
    return tables


def _kind(cell: object) -> str:
    return kind_of(as_text(cell)) if cell != "" else ""


def _column_of_kind(column: Column, kind: str) -> Column:
    """Return a column as it counts for the rows of one kind."""
    if column.why != "group_unknown":
        return column
    if is_group(kind):
        return replace(column, target=f"{kind}_{column.target}", why="")
    if column.target == "groups" and is_column(f"facilities_{kind}"):
        return replace(column, target=f"facilities_{kind}", why="")
    return column


def _once_per_place(sheet: OpenSheet, head: pd.DataFrame, rows: Rows) -> None:
    """Keep figures that are not about a kind in the first row of each place only.

    The number of villages stands beside BKB, BKR and BKL alike; it counts once.
    """
    names = [name for name in (*PLACES, "region_code", "period") if name in head]
    again = head.iloc[rows][names].duplicated().to_numpy()
    for column in sheet.known.of_role("measure"):
        if not column.why:
            read = sheet.numbers[column.position]
            values = read.values.copy()
            values[rows[again]] = np.nan
            sheet.numbers[column.position] = replace(read, values=values)
