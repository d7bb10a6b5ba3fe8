"""The account of a run: what was read is what was used and what was set aside.

Why: a map is trusted where nothing falls off on the way. Rows and figures are counted
where they come in, and again where they are used; the difference has its reasons.

In:     the lines of a sheet with the data made of them; later, all tables of a run.
Out:    :class:`~kkbpk_geo.intake.model.Cells` per column; one
        :class:`~kkbpk_geo.intake.model.Account`.
Law:    rows = used + set aside, and so are cells, whatever the sheet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from kkbpk_geo.intake.cells.numbers import (
    AMBIGUOUS,
    UNPROVED,
    UNREADABLE,
    Numbers,
    read_numbers,
)
from kkbpk_geo.intake.cells.values import content_of
from kkbpk_geo.intake.checks.claims import Claims
from kkbpk_geo.intake.checks.versions import REASONS, find_versions
from kkbpk_geo.intake.model import Account, Cells, Intake
from kkbpk_geo.intake.recognise.columns import UNKNOWN
from kkbpk_geo.intake.rows.periods import is_of_period
from kkbpk_geo.io import is_blank, read_each

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from kkbpk_geo.intake.checks.versions import Standing
    from kkbpk_geo.intake.kinds.kind import Lines
    from kkbpk_geo.intake.recognise.columns import Column

    Flags = NDArray[np.bool_]
    Reasons = NDArray[np.object_]

# What was read as figures; "keep" where a whole table turned out not to be clear.
_FIGURES = ("measure", "percent", "keep")
_UNCOUNTED = {"percent": "column_percent"}  # compared with the counts, and left
_FAULTS = {
    UNREADABLE: "number_unreadable",
    AMBIGUOUS: "number_ambiguous",
    UNPROVED: "unusable",
}


def cells_of(lines: Lines, data: pd.DataFrame) -> dict[str, Cells]:
    """Return what became of the figures of each column of a sheet.

    Parameters
    ----------
    lines : Lines
        One line a row.
    data : DataFrame, one row per line
        As it is handed on: figures that cannot be are missing.
    """
    found = {}
    for column in lines.columns:
        read = _figures(column, lines)
        if read is not None:
            name = column.printed or f"#{column.position + 1}"
            while name in found:
                name += " "
            found[name] = _cells(column, read, lines, data)
    return found


def stock_of(lines: Lines) -> dict[str, Cells]:
    """Return what became of the figures of each column of an inventory.

    A row is several lines where things or conditions stand side by side; a figure is
    told at the first of them.
    """
    sheet, rows = lines.sheet, lines.rows
    first = np.zeros(len(rows), dtype=bool)
    first[np.unique(rows, return_index=True)[1]] = True
    found = {}
    for column in sheet.known.of_role("quantity"):
        read = sheet.numbers[column.position]
        filled = _filled(column, read, lines)
        why = sheet.reasons.copy()
        for fault, reason in _FAULTS.items():
            why[(read.faults == fault) & np.isin(why, ("", "quantity_wrong"))] = reason
        aside = Counter(why[filled & (why != "")].tolist())
        used = first & filled[rows] & (why[rows] == "")
        # A row without a line says nothing of any thing, and was not listed either.
        lost = filled & (why == "")
        lost[rows] = False
        aside.update(["unusable"] * int(lost.sum()))
        name = column.printed or f"#{column.position + 1}"
        found[name] = Cells(column="quantity", used=used, aside=dict(aside))
    return found


def _figures(column: Column, lines: Lines) -> Numbers | None:
    """Return the figures of a column, None where it holds none.

    A column that nobody understands holds figures as well, and they are set aside.
    """
    sheet = lines.sheet
    if column.role in _FIGURES and column.position in sheet.numbers:
        return sheet.numbers[column.position]
    cells = sheet.cells[:, column.position]
    lost = column.role == UNKNOWN or bool(column.why)
    if lost and content_of(cells[sheet.rows]) == "number":
        return read_numbers(cells)
    return None


def _cells(column: Column, read: Numbers, lines: Lines, data: pd.DataFrame) -> Cells:
    sheet, rows = lines.sheet, lines.rows
    filled = _filled(column, read, lines)
    why = sheet.reasons.copy()
    used_rows = why == ""
    for fault, reason in _FAULTS.items():
        why[used_rows & (read.faults == fault)] = reason
    # A figure that stands beside each kind of group is that of the place: once.
    if column.counts:
        why[(why == "") & np.isnan(read.values)] = "repeated"
    counted = column.counts and column.target in data
    here = why[rows]
    if counted:
        gone = (here == "") & data[column.target].isna().to_numpy()
        silent = np.zeros(len(rows), dtype=bool)
        if "not_reported" in data:
            silent = data["not_reported"].to_numpy(dtype=bool, na_value=False)
        here[gone & silent] = "not_reported"
        here[gone & ~silent] = "unusable"
    else:
        here[here == ""] = column.why or _UNCOUNTED.get(column.role, "column_unknown")
    counts = filled[rows] & _one_line_each(column, lines, data)
    used = counts & (here == "")
    aside = Counter(here[counts & (here != "")].tolist())
    # Rows that are no data; those without a reason are of another table of the sheet.
    others = filled & ~used_rows
    others[rows] = False
    aside.update(sheet.reasons[others].tolist())
    target = column.target if counted else ""
    return Cells(column=target, used=used, aside=dict(aside))


def _one_line_each(column: Column, lines: Lines, data: pd.DataFrame) -> Flags:
    """Flag the one line that each cell belongs to: a row has a line for each period."""
    import pandas as pd

    rows = pd.Series(lines.rows)
    if not rows.duplicated().any():
        return np.ones(len(rows), dtype=bool)
    fits = np.zeros(len(rows), dtype=bool)
    if column.target in data and "period" in data:
        of = read_each(data["period"].fillna(""), partial(is_of_period, column))
        fits = np.array(of, dtype=bool) & data[column.target].notna().to_numpy()
    # What is of no line is told at the first one.
    best = pd.Series(fits).astype(int).groupby(rows).idxmax().to_numpy()
    flags = np.zeros(len(rows), dtype=bool)
    flags[best] = True
    return flags


def _filled(column: Column, read: Numbers, lines: Lines) -> Flags:
    """Flag cells that hold anything but a mark for nothing."""
    cells = lines.sheet.cells[:, column.position]
    filled = ~np.isnan(read.values) | (read.faults > 0)
    for i in np.flatnonzero(~filled & (cells != "")).tolist():
        filled[i] = not is_blank(cells[i])
    return filled


# --- the account of a run -------------------------------------------------------------


def account_for(intakes: Iterable[Intake], *, keep: str | None = None) -> Account:
    """Count what tables hold, what of it is used, and why the rest is not.

    Rows without a known region or time, and what two versions claim, count as set
    aside, as :func:`join_regions` does with them.

    Parameters
    ----------
    intakes : iterable of Intake
    keep : str, optional
        Which of two versions is used, as in :func:`join_regions`.

    Examples
    --------
    >>> from kkbpk_geo.intake.reading import read_table
    >>> rows = [["KABUPATEN", "PUS"], ["Mesuji", "12"], ["JUMLAH", "12"]]
    >>> found = account_for([read_table(rows, province="Lampung")])
    >>> found.rows, found.rows_used, found.rows_aside
    (2, 1, {'total_row': 1})
    """
    tables = [table for intake in intakes for table in intake.tables()]
    claims = [Claims.of(table) for table in tables]
    counted = [i for i, table in enumerate(tables) if not table.has_lines]
    standings = find_versions([claims[i] for i in counted], keep).standings
    by_table = dict(zip(counted, standings, strict=True))
    rows = cells = 0
    rows_aside: Counter[str] = Counter()
    cells_aside: Counter[str] = Counter()
    for i, table in enumerate(tables):
        rows += table.rows_in
        rows_aside.update(_texts(table.listed))
        standing = by_table.get(i)
        if standing is None:  # an inventory tells itself what repeats
            for column in table.cells.values():
                cells += int(column.used.sum()) + sum(column.aside.values())
                cells_aside.update(column.aside)
            continue
        why = _why_rows(table, claims[i], standing)
        rows_aside.update(why[why != ""].tolist())
        for column in table.cells.values():
            cells += int(column.used.sum()) + sum(column.aside.values())
            cells_aside.update(column.aside)
            own = _why_cells(column, why, standing)
            cells_aside.update(own[own != ""].tolist())
    return Account(
        rows=rows,
        rows_aside=dict(rows_aside),
        cells=cells,
        cells_aside=dict(cells_aside),
    )


def _texts(listed: pd.DataFrame) -> list[str]:
    return listed["reason"].astype(str).tolist() if "reason" in listed else []


def _why_rows(table: Intake, claims: Claims, standing: Standing) -> Reasons:
    """Return for each row of the data why it is not used, "" where it is."""
    words = np.array(REASONS, dtype=object)
    why = words[standing.rows]
    data = table.data
    if table.kind == "unknown":
        why[:] = "table_unknown"
        return why
    if claims.stated and "period" in data:
        why[data["period"].isna().to_numpy()] = "period_unknown"
    if "region_code" in data:
        lost = data["region_code"].isna().to_numpy()
        if {"longitude", "latitude"} <= set(data):
            lost = lost & data["longitude"].isna().to_numpy()
        why[lost] = "region_unknown"
    return why


def _why_cells(column: Cells, why: Reasons, standing: Standing) -> Reasons:
    """Return for each row why the figure of a column is not used, "" where it is."""
    own = np.where(column.used, why, "")
    became = standing.cells.get(column.column)
    if became is not None:
        words = np.array(REASONS, dtype=object)
        fresh = column.used & (own == "")
        own[fresh] = words[became[fresh]]
    return own
