"""What a sheet computes for itself, computed again: sums and percentages.

Why: a printed total hides a left-out row, and narratives print "282 or 66.98 % of 457"
(it is 61.71). Both are checked, reported, and then not used.

In:     numbers of the columns, which rows are data and which are totals.
Out:    findings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kkbpk_geo.catalogue.headings import fold
from kkbpk_geo.findings import Finding, finding
from kkbpk_geo.intake.cells.numbers import Numbers
from kkbpk_geo.intake.recognise.columns import Column, Recognised
from kkbpk_geo.intake.rows.sorting import is_average

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

TOLERANCE = 0.05  # percentage points
_LIKELY = 0.5
_FRACTION = 1.5


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Printed:
    """A sheet's numbers with what is needed to say where they are.

    ``labels``: what names each row (kabupaten, or JUMLAH). ``parents``: text of the
    kabupaten of each row; ``regions`` its code; ``things`` the item it is about, of an
    inventory. ``first``: sheet row of entry 0.
    """

    known: Recognised
    numbers: Mapping[int, Numbers]
    labels: Sequence[str]
    parents: Sequence[str]
    regions: Sequence[str]
    periods: Sequence[str | None]
    things: Sequence[str]
    file: str
    sheet: str
    first: int

    def find(
        self, code: str, column: Column, row: int, *, value: str, expected: str
    ) -> Finding:
        """Make a finding about one cell."""
        return finding(
            code, file=self.file, sheet=self.sheet, row=self.first + row,
            column=column.printed, region=self.regions[row],
            value=value, expected=expected,
        )  # fmt: skip


def check_totals(printed: Printed, data: Flags, totals: Flags) -> list[Finding]:
    """Compare each total row with the sum of its rows.

    A total may be of the rows above it since the last total, of all rows, or of the
    rows of the kabupaten it names; it is wrong only if it is none of these. Means are
    not checked. Every total row is reported as left out.
    """
    found = []
    measures = printed.known.of_role("measure", "quantity")
    rows = np.arange(len(data))
    previous = -1
    for row in np.flatnonzero(totals).tolist():
        label = printed.labels[row]
        found.append(
            finding(
                "total_row_dropped", file=printed.file, sheet=printed.sheet,
                row=printed.first + row, value=label,
            )
        )  # fmt: skip
        if is_average(label):
            continue
        same = np.array([p == printed.periods[row] for p in printed.periods])
        period = data & same if printed.periods[row] and (data & same).any() else data
        if thing := printed.things[row]:
            period = period & np.array([each == thing for each in printed.things])
        block = period & (rows > previous) & (rows < row)
        parent = printed.parents[row]
        below = np.array([bool(parent) and p == parent for p in printed.parents])
        sets = [s for s in (period & below, block, period) if s.any()]
        previous = row
        for column in measures:
            values = printed.numbers[column.position].values
            if np.isnan(values[row]) or not sets:
                continue
            sums = [float(np.nansum(values[s])) for s in sets]
            nearest = min(sums, key=lambda s: abs(values[row] - s))
            if abs(values[row] - nearest) > _LIKELY:
                found.append(
                    printed.find(
                        "total_disagrees", column, row,
                        value=f"{values[row]:.10g}", expected=f"{nearest:.10g}",
                    )
                )  # fmt: skip
    return found


def check_percentages(printed: Printed, rows: Flags) -> list[Finding]:
    """Recompute printed percentages from the two counts to their left.

    Which two is decided by agreement: the pair that gives at least half of the printed
    values. A column that no pair explains is left alone (it is not used either way).
    """
    found = []
    for column in printed.known.of_role("percent"):
        read = printed.numbers[column.position]
        pair = _pair(column, printed, rows)
        if pair is None:
            continue
        computed, shown = pair
        with np.errstate(invalid="ignore"):
            wrong = rows & (np.abs(computed - shown) > _slack(read))
        found += [
            printed.find(
                "printed_percent_wrong", column, row,
                value=f"{shown[row]:.2f}", expected=f"{computed[row]:.2f}",
            )
            for row in np.flatnonzero(wrong).tolist()
        ]  # fmt: skip
    return found


def _slack(read: Numbers) -> Floats:
    """Return how far a printed percentage may be off: rounding is no fault."""
    rounding: Floats = 0.5 * 10.0 ** -read.digits.astype(float)
    return np.maximum(TOLERANCE, rounding) + 1e-9


def _pair(
    column: Column, printed: Printed, rows: Flags
) -> tuple[Floats, Floats] | None:
    """Return computed and printed percentages (0-100), or None where nothing fits."""
    left = [
        c for c in printed.known.of_role("measure") if c.position < column.position
    ][-3:]
    values = [printed.numbers[c.position].values for c in reversed(left)]
    read = printed.numbers[column.position]
    told = rows & ~np.isnan(read.values)
    shown = read.values
    if told.any() and not read.percent and np.nanmax(shown[told]) <= _FRACTION:
        scales = [shown * 100, shown]
    else:
        scales = [shown]
    best: tuple[float, Floats, Floats] | None = None
    slack = _slack(read)
    for i, j in ((0, 1), (0, 2), (1, 2)):
        if j >= len(values):
            continue
        with np.errstate(divide="ignore", invalid="ignore"):
            computed = np.where(values[j] > 0, values[i] / values[j] * 100, np.nan)
        tested = told & ~np.isnan(computed)
        if not tested.any():
            continue
        for each in scales:
            share = float(np.mean((np.abs(computed - each) <= slack)[tested]))
            if best is None or share > best[0]:
                best = (share, computed, each)
    if best is None:
        return None
    said = "lapor" in fold(column.printed).split() and len(scales) == 1
    return best[1:] if best[0] >= _LIKELY or said else None
