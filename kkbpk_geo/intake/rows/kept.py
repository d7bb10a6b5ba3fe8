"""What a table does not type: columns kept as text, rows listed with their reason.

In:     an :class:`~kkbpk_geo.intake.open_sheet.OpenSheet`, the rows in use.
Out:    text columns, the frame of the rows not used, what became of each heading, and
        findings about columns that nobody reads.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kkbpk_geo.base.text import as_text
from kkbpk_geo.catalogue.headings import groups_in
from kkbpk_geo.catalogue.programme import is_column
from kkbpk_geo.findings import Finding
from kkbpk_geo.intake.cells.numbers import read_numbers
from kkbpk_geo.intake.cells.persons import is_titled, may_be_a_name
from kkbpk_geo.intake.cells.places import CODES
from kkbpk_geo.intake.cells.values import MOSTLY, content_of
from kkbpk_geo.intake.open_sheet import QUOTED, OpenSheet
from kkbpk_geo.intake.recognise.columns import NAMES, TOLD_ALREADY, UNKNOWN, Column
from kkbpk_geo.intake.recognise.meanings import known_fields
from kkbpk_geo.intake.rows.sorting import is_note
from kkbpk_geo.io import MASK, Cell, is_blank, kept_text, read_each, text_column

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.int_]
    Cells = NDArray[np.object_]

# A figure as a column may begin with it; nine signs may be a telephone number.
_MOST_SHOWN = 9
_FIGURE = re.compile(r"[-+(]?\d")
# What YANG LAPOR may be: an answer (Sudah), or how many groups did.
_REPORTS = frozenset(["reporting", "groups_reporting"])
# Role -> what became of its heading, where that is not the role itself.
_BECAME = {
    "drop": "dropped", "percent": "ignored", "ignore": "ignored",
    "month": "period", "year": "period", "period": "period", "part": "period",
    "keep": "kept", UNKNOWN: "kept", "registration": "kept", "training": "kept",
    **dict.fromkeys(NAMES, "name"),
}  # fmt: skip


def kept_columns(
    sheet: OpenSheet,
    rows: Rows,
    columns: Sequence[Column],
    taken: Collection[str],
    untyped: Collection[str],
) -> dict[str, Any]:
    """Return what no catalogue entry places, as text under its own heading.

    Parameters
    ----------
    sheet : OpenSheet
    rows : array of int; the row of each line
    columns : sequence of Column
    taken : names of the columns that the data has already
    untyped : roles that this kind of table only keeps
    """
    kept: dict[str, Any] = {}
    for column in columns:
        if not _is_kept(column, taken, untyped):
            continue
        cells = sheet.cells[rows, column.position]
        if column.printed or (cells != "").any():
            name = _free(column.printed or f"#{column.position + 1}", {*taken, *kept})
            kept[name] = kept_text(cells)
    return kept


def _is_kept(column: Column, taken: Collection[str], untyped: Collection[str]) -> bool:
    """Whether a column is kept as text, for want of a better place."""
    if column.withheld:
        return False
    if column.role == "measure":
        return bool(column.why)
    if column.role == "kind":
        return "kind" not in taken
    if column.role in CODES:
        return "village_code" not in taken
    return column.role in untyped


def _free(base: str, taken: Collection[str]) -> str:
    """Return a name that is not taken: ``Ket``, ``Ket (2)``, ``Ket (3)``."""
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base} ({number})"
    return name


def became(columns: Sequence[Column], *, has_villages: bool) -> dict[str, str]:
    """Return printed heading -> column of the data, or what became of it."""
    found: dict[str, str] = {}
    for column in columns:
        if column.printed:
            found.setdefault(column.printed, _fate(column, has_villages=has_villages))
    return found


def _fate(column: Column, *, has_villages: bool) -> str:
    if column.withheld:
        return _BECAME["drop"]
    if column.lost:
        return column.lost
    if column.role == "measure":
        return "kept" if column.why else column.target
    if column.role in CODES:
        return "village_code" if has_villages else "kept"
    return _BECAME.get(column.what, column.what)


def unused_columns(sheet: OpenSheet) -> list[Finding]:
    """Tell of columns that hold something and are not used."""
    if sheet.known.chosen:
        word, rows = sheet.known.chosen.upper(), len(sheet.rows)
        return [sheet.find("list_of_some", None, None, value=word, count=rows)]
    unclear = [c for c in sheet.known.columns if c.why == "kind_unclear"]
    if sheet.known.kind == UNKNOWN and unclear:  # the headings are known well enough
        return [_tell_unused(sheet, column) for column in unclear]
    if sheet.known.kind == UNKNOWN:
        printed = ", ".join(c.printed for c in sheet.known.columns if c.printed)
        return [sheet.find("table_unknown", None, None, value=printed)]
    found = [_tell_unused(sheet, c) for c in sheet.known.columns if _is_told(sheet, c)]
    for column in sheet.known.of_role("keep"):
        if not column.why and _counts_reports(column, sheet.cells[sheet.rows]):
            found.append(sheet.find("reports_unclear", None, column))
    return found


def _is_told(sheet: OpenSheet, column: Column) -> bool:
    """Whether a column holds something that nobody understands."""
    if column.why:
        return column.why not in TOLD_ALREADY
    filled = (sheet.cells[sheet.rows, column.position] != "").any()
    return column.role == UNKNOWN and bool(filled)


def with_lost_reports(sheet: OpenSheet) -> OpenSheet:
    """Name the measure that is missing where LAPOR mixes numbers and answers."""
    columns = list(sheet.known.columns)
    for column in sheet.known.columns:
        if column.role != "keep" or not _counts_reports(
            column, sheet.cells[sheet.rows]
        ):
            continue
        named = groups_in(column.printed)
        group = named[0] if len(named) == 1 else sheet.known.group
        name = f"{group}_groups_reporting"
        if is_column(name):
            columns[column.position] = replace(column, meant=name)
    return replace(sheet, known=replace(sheet.known, columns=tuple(columns)))


def _counts_reports(column: Column, cells: Cells) -> bool:
    """Whether LAPOR, which may be an answer, is a number in some rows."""
    leaf = column.printed.rpartition(" > ")[2]
    if not known_fields(leaf) >= _REPORTS:
        return False
    read = read_numbers(cells[:, column.position])
    return bool((~np.isnan(read.values)).any())


def _tell_unused(sheet: OpenSheet, column: Column) -> Finding:
    if column.why:
        said, better = column.said, column.better
        return sheet.find(column.why, None, column, value=said, expected=better)
    cells = sheet.cells[sheet.rows, column.position]
    filled = [cell for cell in cells if not is_blank(cell)]
    if _is_part(sheet, column) or (
        content_of(filled) not in ("number", "answers") and not _are_figures(filled)
    ):
        return sheet.find("column_unknown", None, column)
    examples = _examples(column, filled)
    return sheet.find(
        "column_of_figures_unknown", None, column,
        value=next(iter(examples), "…"), count=len(filled),
    )  # fmt: skip


def _examples(column: Column, filled: Sequence[Cell]) -> list[str]:
    """Return figures that may be quoted; of a list none, for they may be a person's."""
    if column.withheld:
        return []
    return [as_text(cell) for cell in filled if len(as_text(cell)) < _MOST_SHOWN]


def _is_part(sheet: OpenSheet, column: Column) -> bool:
    """Whether a figure under the same heading is used, of which this one is a part."""
    parent = column.printed.rpartition(" > ")[0]
    used = (c.printed for c in sheet.known.columns if c.counts)
    return bool(parent) and parent in {name.rpartition(" > ")[0] for name in used}


def _are_figures(cells: Sequence[Cell]) -> bool:
    """Whether most cells begin with a figure: "25 orang", "12 klp", not a code."""
    return sum(map(_is_figure, cells)) > len(cells) * MOSTLY


def _is_figure(cell: Cell) -> bool:
    return bool(_FIGURE.match(as_text(cell)))


def listed_rows(sheet: OpenSheet) -> pd.DataFrame:
    """Return the rows that are not data; of notes only what speaks of the table."""
    rows = np.flatnonzero(~sheet.used)
    listed: dict[str, Any] = {
        "source_file": text_column([sheet.grid.file] * len(rows)),
        "source_sheet": text_column([sheet.grid.sheet] * len(rows)),
        "source_row": rows + sheet.first,
        "reason": text_column(sheet.reasons[rows]),
    }
    may_be_shown = [_may_be_shown(sheet, row) for row in rows.tolist()]
    shown = np.array(may_be_shown, dtype=np.bool_)
    moved = sheet.reasons[rows] == "moved"
    for column in sheet.known.columns:
        if column.role == "drop" or column.withheld:
            continue
        name = column.printed or f"#{column.position + 1}"
        while name in listed:
            name += " "
        cells = np.where(shown, sheet.cells[rows, column.position], "")
        # A row that is no data may have slipped, and a name with it.
        doubted = (column.role in (*QUOTED, "keep")) | moved
        cells[doubted & np.array(read_each(cells, may_be_a_name), dtype=np.bool_)] = ""
        named = column.what in NAMES  # a facility may be called after a person
        listed[name] = kept_text(cells if named else read_each(cells, _titled_masked))
    return pd.DataFrame(listed)


def _titled_masked(cell: Cell) -> Cell:
    """Return a cell of a row that is no data, masked where it names a person."""
    return MASK if isinstance(cell, str) and is_titled(cell) else cell


def _may_be_shown(sheet: OpenSheet, row: int) -> bool:
    """Whether a listed row may be shown: under a table stand names of persons."""
    if sheet.reasons[row] != "note":
        return True
    return is_note(next(as_text(cell) for cell in sheet.cells[row] if cell != ""))
