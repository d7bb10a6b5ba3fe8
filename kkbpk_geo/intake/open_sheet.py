"""One sheet while it is being read: its cells, what they are, what was found so far.

Why: each step of reading takes a sheet and hands a new one on; nothing that an earlier
step said is changed under the feet of a later one.

In:     a grid, the recognised columns. Out: cells by role, findings with their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypedDict

import numpy as np

from kkbpk_geo.findings import Finding, finding
from kkbpk_geo.intake.cells.numbers import Numbers
from kkbpk_geo.intake.cells.periods import DATES
from kkbpk_geo.intake.cells.persons import quoted, quoted_place, quoted_time
from kkbpk_geo.intake.cells.places import CODES
from kkbpk_geo.intake.recognise.columns import NAMES, UNKNOWN, Column, Recognised
from kkbpk_geo.io import Cell, Grid, is_no_value

if TYPE_CHECKING:
    from typing import Unpack

    from numpy.typing import NDArray

    Cells = NDArray[np.object_]
    Flags = NDArray[np.bool_]
    Rows = NDArray[np.int_]


NAMELESS = -1  # instead of a row: nobody is named there
# Roles of columns in which figures or answers stand; what else stands there has slipped
# into them, and is quoted only where it can be no name.
QUOTED = frozenset(
    ["measure", "quantity", "percent", "latitude", "longitude", "kind", "reporting",
     "has_kit", "has_decree", "low_stock", "target", "budget", "realised", "spent",
     UNKNOWN, *CODES]
)  # fmt: skip


class Said(TypedDict, total=False):
    """What a finding says besides where it is."""

    value: str
    expected: str
    region: str
    count: int
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class OpenSheet:
    """One sheet between two steps of reading.

    Attributes
    ----------
    grid : Grid
    known : Recognised
    cells : array of object, n rows x m columns, below the header; copied to be changed
    numbers : mapping position of a column -> Numbers
    reasons : array of object, n; why a row is not data, "" for data
    first : int
        Row of the sheet (from 1) that ``cells[0]`` is.
    findings : tuple of Finding
    persons : array of int, n, or None
        Of a list of persons: the first row about the same person, or :data:`NAMELESS`.
        Found before names are dropped; no name is kept.
    province : str
        Code of the province that the caller or a title states; "" if none does.
    """

    grid: Grid
    known: Recognised
    cells: Cells
    numbers: Mapping[int, Numbers]
    reasons: NDArray[np.object_]
    first: int
    findings: tuple[Finding, ...] = ()
    persons: NDArray[np.int_] | None = None
    province: str = ""

    @property
    def used(self) -> Flags:
        """Which rows are data."""
        flags: Flags = self.reasons == ""
        return flags

    @property
    def rows(self) -> Rows:
        """Positions of the rows that are data."""
        return np.flatnonzero(self.used)

    def column(self, column: Column) -> list[Cell]:
        """Return the cells of a column."""
        return list(self.cells[:, column.position])

    def roles(self, *roles: str) -> dict[str, list[Cell]]:
        """Return role -> cells for the columns that have one of these roles."""
        return {c.role: self.column(c) for c in self.known.of_role(*roles)}

    def find(
        self,
        code: str,
        row: int | None,
        column: Column | None,
        **said: Unpack[Said],
    ) -> Finding:
        """Make a finding; ``row`` counts from the first row below the header."""
        place = None if row is None else self.first + row
        heading = column.printed if column else ""
        return finding(
            code,
            file=self.grid.file,
            sheet=self.grid.sheet,
            row=place,
            column=heading,
            value=_shown(said.get("value", ""), column),
            expected=said.get("expected", ""),
            region=said.get("region", ""),
            count=said.get("count", 1),
            candidates=said.get("candidates", ()),
        )

    def told(self, found: Iterable[Finding]) -> OpenSheet:
        """Return the sheet with more findings."""
        return replace(self, findings=(*self.findings, *found))

    def listing(self, reasons: Mapping[int, str]) -> OpenSheet:
        """Return the sheet with rows that are no data, and why."""
        changed = self.reasons.copy()
        for row, reason in reasons.items():
            changed[row] = reason
        return replace(self, reasons=changed)

    def merged_down(self) -> list[tuple[int, int, int]]:
        """Return merged cells of one column: column, first and last row below it."""
        found = []
        for (top, left), (bottom, right) in self.grid.merged:
            row = top - (self.first - 1 - self.grid.top)
            if row >= 0 and left == right and left < len(self.known.columns):
                found.append((left, row, row + bottom - top))
        return [each for each in found if each[1] < each[2]]


def _shown(value: str, column: Column | None) -> str:
    """Return what may be quoted of the cells of a column; names of persons may not."""
    if column is None or column.what in NAMES or is_no_value(value):
        return value
    if column.role in QUOTED:
        return quoted(value)
    return quoted_time(value) if column.role in DATES else quoted_place(value)


def fill_merged(sheet: OpenSheet, cells: Cells, roles: Iterable[str]) -> int:
    """Write the text of merged cells of these roles into their rows; count the rows."""
    wanted = frozenset(roles)
    filled = 0
    for position, first, last in sheet.merged_down():
        if sheet.known.columns[position].role in wanted:
            cells[first + 1 : last + 1, position] = cells[first, position]
            filled += last - first
    return filled
