"""One sheet while it is being read: its cells, what they are, what was found so far.

In:     a grid, the recognised columns. Out: cells by role, findings with their place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypedDict

from kkbpk_geo.catalogue.tables import table_kinds
from kkbpk_geo.findings import Finding, finding
from kkbpk_geo.intake.cells.numbers import Numbers
from kkbpk_geo.intake.recognise.headings import Column, Recognised
from kkbpk_geo.io import Cell, Grid

if TYPE_CHECKING:
    from typing import Unpack

    import numpy as np
    from numpy.typing import NDArray


class Said(TypedDict, total=False):
    """What a finding says besides where it is."""

    value: str
    expected: str
    region: str
    count: int


@dataclass(slots=True, eq=False, kw_only=True)
class OpenSheet:
    """One sheet while it is read; the steps of reading fill it in.

    Attributes
    ----------
    grid : Grid
    known : Recognised
    cells : array of object, n rows x m columns, below the header
    numbers : dict position of a column -> Numbers
    reasons : array of object, n; why a row is not data, "" for data
    first : int
        Row of the sheet (from 1) that ``cells[0]`` is.
    findings : list of Finding
    """

    grid: Grid
    known: Recognised
    cells: NDArray[np.object_]
    numbers: dict[int, Numbers]
    reasons: NDArray[np.object_]
    first: int
    findings: list[Finding]

    @property
    def is_list(self) -> bool:
        """Whether a row is one group, facility or person."""
        kind = table_kinds().get(self.known.kind)
        return kind is not None and kind.is_list

    def column(self, column: Column) -> list[Cell]:
        """Return the cells of a column."""
        return list(self.cells[:, column.position])

    def roles(self, *roles: str) -> dict[str, list[Cell]]:
        """Return role -> cells for the columns that have one of these roles."""
        return {c.role: self.column(c) for c in self.known.of_role(*roles)}

    def replace_column(self, column: Column) -> None:
        """Change what a column is."""
        columns = list(self.known.columns)
        columns[column.position] = column
        self.known = replace(self.known, columns=tuple(columns))

    def tell(
        self,
        code: str,
        row: int | None,
        column: Column | None,
        **said: Unpack[Said],
    ) -> None:
        """Add a finding; ``row`` counts from the first row below the header."""
        self.findings.append(
            finding(
                code,
                file=self.grid.file,
                sheet=self.grid.sheet,
                row=None if row is None else self.first + row,
                column=column.printed if column else "",
                value=said.get("value", ""),
                expected=said.get("expected", ""),
                region=said.get("region", ""),
                count=said.get("count", 1),
            )
        )
