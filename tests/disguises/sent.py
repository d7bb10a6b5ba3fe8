"""What an office sends, and what a map may show of it.

In:     rows of a disguised table. Out: :class:`Disguised`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from disguises.tables import Sheet, Truth
from hypothesis import strategies as st

from kkbpk_geo.io import Grid

Draw = st.DrawFn


@dataclass(frozen=True)
class Disguised:
    """What is sent, and what may be shown.

    ``truth``: the figures; anything else must be absent, and told. ``absent``: figures
    that nobody can know, which must be absent and told.
    """

    kind: str
    grids: list[Grid]
    truth: Truth
    absent: frozenset[tuple[str, str]] = frozenset()
    note: str = ""
    files: dict[str, str] = field(default_factory=dict)  # name -> text


def grid(rows: Sheet, file: str = "data.xlsx", **more: object) -> Grid:
    """Return a sheet as it is loaded."""
    width = max(map(len, rows))
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    return Grid(rows=padded, file=file, typed=True, **more)


def as_text(rows: Sheet) -> Sheet:
    """Return a sheet in which every figure is text, as in a CSV file."""
    return [[str(cell) for cell in row] for row in rows]
