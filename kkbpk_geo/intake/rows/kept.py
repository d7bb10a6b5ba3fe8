"""What a table does not type: columns kept as text, rows listed with their reason.

In:     an :class:`~kkbpk_geo.intake.opened.OpenSheet`, the rows in use.
Out:    text columns, the frame of the rows not used, what became of each heading.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kkbpk_geo.base.text import as_text
from kkbpk_geo.intake.cells.places import CODES
from kkbpk_geo.intake.lists import NAMES
from kkbpk_geo.intake.open_sheet import OpenSheet
from kkbpk_geo.intake.recognise.headings import UNKNOWN, Column
from kkbpk_geo.intake.rows.sorting import is_note
from kkbpk_geo.io import kept_text, text_column

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.int_]

_BECAME = {"drop": "dropped", "percent": "ignored", "ignore": "ignored"}


def kept_columns(
    sheet: OpenSheet, rows: Rows, columns: Sequence[Column], taken: set[str]
) -> dict[str, Any]:
    """Return what no catalogue entry places, as text under its own heading."""
    kept: dict[str, Any] = {}
    for column in columns:
        placed = (
            column.role in ("registration", "training") and sheet.known.kind != "staff"
        )
        code = column.role in CODES and "village_code" not in taken
        if not (
            column.role in ("keep", UNKNOWN)
            or placed
            or code
            or (column.role == "measure" and column.why)
            or (column.role == "kind" and "kind" not in taken)
        ):
            continue
        cells = sheet.cells[rows, column.position]
        if not column.printed and not (cells != "").any():
            continue
        name = base = column.printed or f"#{column.position + 1}"
        number = 1
        while name in taken or name in kept:
            number += 1
            name = f"{base} ({number})"
        kept[name] = kept_text(cells)
    return kept


def became(columns: Sequence[Column], *, has_villages: bool) -> dict[str, str]:
    """Return printed heading -> column of the data, or what became of it."""
    found: dict[str, str] = {}
    for column in columns:
        role = column.role.partition(":")[0]
        if role == "measure":
            what = "kept" if column.why else column.target
        elif role in ("month", "year", "period"):
            what = "period"
        elif role in NAMES:
            what = "name"
        elif role in CODES:
            what = "village_code" if has_villages else "kept"
        elif role in ("keep", UNKNOWN, "registration", "training"):
            what = "kept"
        else:
            what = _BECAME.get(role, role)
        if column.printed:
            found.setdefault(column.printed, what)
    return found


def listed_rows(sheet: OpenSheet) -> pd.DataFrame:
    """Return the rows that are not data; of notes only what speaks of the table."""
    rows = np.flatnonzero(sheet.reasons != "")
    listed: dict[str, Any] = {
        "source_file": text_column([sheet.grid.file] * len(rows)),
        "source_sheet": text_column([sheet.grid.sheet] * len(rows)),
        "source_row": rows + sheet.first,
        "reason": text_column(sheet.reasons[rows]),
    }
    shown = np.array(
        [
            sheet.reasons[i] != "note"
            or is_note(next(as_text(c) for c in sheet.cells[i] if c != ""))
            for i in rows
        ],
        dtype=bool,
    )
    for column in sheet.known.columns:
        if column.role == "drop":
            continue
        name = column.printed or f"#{column.position + 1}"
        while name in listed:
            name += " "
        cells = np.where(shown, sheet.cells[rows, column.position], "")
        listed[name] = kept_text(cells)
    return pd.DataFrame(listed)
