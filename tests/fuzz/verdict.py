"""What became of a damaged file: read, refused in words, or a fault of ours.

In:     the path of a file.
Out:    :class:`Verdict`. A fault is an exception that is not of the package's family, a
        row of figures that is neither used nor listed, or words that are no sentence.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fuzz.corpus import BESIDE, BESIDE_TEXT, LAYER_PROVINCE, LAYERS

import kkbpk_geo as kg
from kkbpk_geo.base.errors import KkbpkGeoError, PlanError
from kkbpk_geo.io import Grid, load_grids
from kkbpk_geo.pipeline import read_project
from kkbpk_geo.plan import read_plan
from kkbpk_geo.regions import load_boundaries

_FIGURE = re.compile(r"\d+")


@dataclass(frozen=True)
class Verdict:
    """``fault`` is empty where nothing is wrong with us."""

    read: bool
    fault: str = ""


def judge(path: Path) -> Verdict:
    """Read a file as the commands do, and say what came of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            lost = _reader(path)(path)
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


def _reader(path: Path) -> Callable[[Path], list[int]]:
    if path.suffix == ".toml":
        return _read_project
    if path.suffix in LAYERS:
        return _read_layer
    return _read_plan if path.stem == "rencana" else _read_table


def _read_table(path: Path) -> list[int]:
    """Return the rows with figures of which a reading says nothing."""
    table = kg.read_table(path, province="Lampung", year=2025)
    known: set[int] = set()
    for part in table.tables():
        known |= part.rows_of_sheet()
    return [row for grid in load_grids(path) for row in _lost(grid, known)]


def _read_plan(path: Path) -> list[int]:
    lost = _read_table(path)
    with suppress(PlanError):  # said in words: what is left is no plan
        read_plan(path, province="Lampung", year=2026)
    return lost


def _read_layer(path: Path) -> list[int]:
    load_boundaries(LAYER_PROVINCE, path=path)
    return []


def _read_project(path: Path) -> list[int]:
    """Follow a project as far as its tables: nothing is written."""
    for name in BESIDE:
        (path.parent / name).write_text(BESIDE_TEXT)
    project = read_project(path)
    for table in project.tables:
        kg.read_table(table, province=project.province, year=project.year)
    return []


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
