"""What a sheet computes for itself, computed again: sums and percentages.

Why: a printed total hides a left-out row, and narratives print "282 or 66.98 % of 457"
(it is 61.71). Both are checked, reported, and then not used.

In:     numbers of the columns, which rows are data and which are totals.
Out:    findings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from kkbpk_geo.base.text import fold_words
from kkbpk_geo.findings import Finding, finding
from kkbpk_geo.intake.cells.numbers import ROUNDING, Numbers
from kkbpk_geo.intake.proofs.figures import quote_figures
from kkbpk_geo.intake.proofs.sums import Sum
from kkbpk_geo.intake.recognise.columns import Column, Recognised

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

TOLERANCE = 0.05  # percentage points
_LIKELY = 0.5  # of the printed values, before a pair is taken for what they are of
_FRACTION = 1.5  # no larger value: shares of one, perhaps (some a little above it)


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


def check_totals(
    printed: Printed,
    data: Flags,
    totals: Flags,
    by_figures: Mapping[int, Sum] = MappingProxyType({}),
) -> list[Finding]:
    """Compare each total row with the sum of its rows.

    A total may be of the rows above it since the last total, of those below it until
    the next, of all rows, of all so far (carried to the next page), or of the rows of
    the kabupaten it names; it is wrong only if it is none of these. Every total row is
    reported as left out; one that nothing but its figures shows (``by_figures``) with
    what shows it.
    """
    found = []
    rows = np.flatnonzero(totals).tolist()
    for row, previous, following in zip(
        rows, [-1, *rows], [*rows[1:], len(data)], strict=False
    ):
        found.append(_tell_total(printed, row, by_figures.get(row)))
        sets = _summed(printed, data, row, range(previous + 1, following))
        found += _wrong_totals(printed, row, sets)
    if rows and not data.any():
        found.append(_tell(printed, "total_without_rows", rows[0]))
    return found


def tell_asides(printed: Printed, asides: Flags) -> list[Finding]:
    """Report each row of targets, shares or means as left out."""
    rows = np.flatnonzero(asides).tolist()
    return [_tell(printed, "row_not_a_place", row) for row in rows]


def _tell(printed: Printed, code: str, row: int) -> Finding:
    return finding(
        code, file=printed.file, sheet=printed.sheet,
        row=printed.first + row, value=printed.labels[row],
    )  # fmt: skip


def _tell_total(printed: Printed, row: int, shown: Sum | None) -> Finding:
    if shown is None:
        return _tell(printed, "total_row_dropped", row)
    columns = printed.known.of_role("measure", "quantity")
    return finding(
        "total_by_figures", file=printed.file, sheet=printed.sheet,
        row=printed.first + row, value=printed.labels[row] or "–",
        expected=quote_figures(columns, printed.numbers, row), count=shown.count,
    )  # fmt: skip


def _summed(printed: Printed, data: Flags, row: int, around: range) -> list[Flags]:
    """Return the sets of rows that a total may be of: its kabupaten, block, period.

    ``around``: the rows between the total before and the total behind it.
    """
    period = data
    same = data & _equal(printed.periods, printed.periods[row])
    if printed.periods[row] and same.any():
        period = same
    if thing := printed.things[row]:  # a sum of kits is not one of books
        period = period & _equal(printed.things, thing)
    rows = np.arange(len(data))
    above = period & (rows >= around.start) & (rows < row)
    under = period & (rows > row) & (rows < around.stop)
    parent = printed.parents[row]
    below = period & _equal(printed.parents, parent) & bool(parent)
    carried = period & (rows < row)
    sets = (below, above, under, period, carried)
    return [rows for rows in sets if rows.any()]


def _equal(values: Sequence[str | None], wanted: str | None) -> Flags:
    return np.fromiter((v == wanted for v in values), dtype=bool, count=len(values))


def _wrong_totals(printed: Printed, row: int, sets: Sequence[Flags]) -> list[Finding]:
    """Report the figures of a total row that no set of rows adds up to."""
    found = []
    for column in printed.known.of_role("measure", "quantity"):
        values = printed.numbers[column.position].values
        if np.isnan(values[row]) or not sets:
            continue
        sums = [float(np.nansum(values[rows])) for rows in sets]
        nearest = min(sums, key=lambda s: abs(values[row] - s))
        if abs(values[row] - nearest) > ROUNDING:
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
    read = printed.numbers[column.position]
    told = rows & ~np.isnan(read.values)
    scales = _scales(read, told)
    best: tuple[float, Floats, Floats] | None = None
    for computed in _ratios(column, printed):
        tested = told & ~np.isnan(computed)
        if not tested.any():
            continue
        for shown in scales:
            agree = np.abs(computed - shown) <= _slack(read)
            share = float(np.mean(agree[tested]))
            if best is None or share > best[0]:
                best = (share, computed, shown)
    if best is None:
        return None
    # "% LAPOR" says itself what it is of, however many of its values are wrong.
    said = "lapor" in fold_words(column.printed).split() and len(scales) == 1
    return best[1:] if best[0] >= _LIKELY or said else None


def _scales(read: Numbers, told: Flags) -> list[Floats]:
    """Return what the printed figures may be in percent: 0.75 may be 75."""
    shown = read.values
    if told.any() and not read.percent and np.nanmax(shown[told]) <= _FRACTION:
        return [shown * 100, shown]
    return [shown]


def _ratios(column: Column, printed: Printed) -> Iterator[Floats]:
    """Yield the percentages that the three measures to the left give, nearest first."""
    measures = printed.known.of_role("measure")
    left = [c for c in measures if c.position < column.position][-3:]
    values = [printed.numbers[c.position].values for c in reversed(left)]
    for part, whole in combinations(values, 2):
        with np.errstate(divide="ignore", invalid="ignore"):
            yield np.where(whole > 0, part / whole * 100, np.nan)
