"""What became of a damaged file: read, refused in words, or a fault of ours.

In:     the path of a file.
Out:    :class:`Verdict`. A fault is an exception that is not of the package's family, a
        row of figures that is neither used nor listed, or words that are no sentence.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from pathlib import Path

import kkbpk_geo as kg
from kkbpk_geo.base.errors import KkbpkGeoError
from kkbpk_geo.io import Grid, load_grids

_FIGURE = re.compile(r"\d+")


@dataclass(frozen=True)
class Verdict:
    """``fault`` is empty where nothing is wrong with us."""

    read: bool
    fault: str = ""


def judge(path: Path) -> Verdict:
    """Read a file as ``check`` does, and say what came of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            table = kg.read_table(path, province="Lampung", year=2025)
            known: set[int] = set()
            for part in table.tables():
                known |= part.rows_of_sheet()
            lost = [row for grid in load_grids(path) for row in _lost(grid, known)]
        except KkbpkGeoError as error:
            return Verdict(
                read=False, fault="" if str(error) else "an error of no words"
            )
        except BaseException as error:  # a panic of a parser is no Exception
            if isinstance(error, KeyboardInterrupt):
                raise
            return Verdict(read=False, fault=f"{type(error).__name__}: {error}"[:200])
    fault = f"rows neither used nor listed: {lost}" if lost else ""
    return Verdict(read=True, fault=fault)


def _lost(grid: Grid, known: set[int]) -> list[int]:
    """Return rows with figures, below the first row of data, that nobody speaks of."""
    if not known:
        return []
    first = min(known)
    lost = []
    for at, row in enumerate(grid.rows, grid.top + 1):
        figures = [c for c in row if _FIGURE.fullmatch(str(c).removesuffix(".0"))]
        if at > first and figures and at not in known:
            lost.append(at)
    return lost
