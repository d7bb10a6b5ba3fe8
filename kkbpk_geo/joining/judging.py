"""From findings to the state of cells: what a finding takes away, the map must show.

Why: a figure that is not used, or may not be judged by, must not look like one that
was never sent. Every finding says by its kind (``findings.toml``, status) what becomes
of the figures that it is about; this is the one place where that becomes a state.

In:     placed tables with the findings of their intakes.
Out:    :class:`Doubts` per table.
Rule:   of a whole column: the sum stays, and nothing is judged by it. Of some rows: no
        figure, because the rest is not the region's figure; cells that are not
        recognised are only blank (``partial``) where other rows give the region one.
        A row that was refused: its region is not recognised, never "not reported".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kkbpk_geo.catalogue.findings import finding_kinds
from kkbpk_geo.joining.counting import measure_columns
from kkbpk_geo.joining.model import STATUS_RANK
from kkbpk_geo.joining.rolling import counted_from, village_columns

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.findings import Finding
    from kkbpk_geo.joining.placed import Placed
    from kkbpk_geo.joining.placing import MapRegions

TWO_VERSIONS, NOT_RECOGNISED = "two_versions", "not_recognised"
# What placing the rows has settled already, cell by cell.
_SETTLED = ("rows_contradict", "two_versions")
# Reasons of rows of which the time could not be told.
_NO_TIME = ("period_unknown",)


class Doubt(NamedTuple):
    """The state of one figure: its word; whether the figure is withheld as well."""

    word: str
    withheld: bool


Cell = tuple[str, str, str]  # period, code, column


@dataclass(eq=False)
class Doubts:
    """What the findings about one table take away.

    Attributes
    ----------
    cells : dict (period, code, column) -> Doubt
    refused : set of (period, code)
        Who may have sent a row that was refused; None for any period.
    reasons : dict code -> findings about its figures; None for any region
    """

    cells: dict[Cell, Doubt] = field(default_factory=dict)
    refused: set[tuple[str | None, str]] = field(default_factory=set)
    reasons: dict[str, list[Finding]] = field(default_factory=dict)

    def add(self, cell: Cell, doubt: Doubt) -> None:
        """Note a doubt, unless a graver one is noted already."""
        held = self.cells.get(cell)
        if held is None or (doubt.withheld, STATUS_RANK[doubt.word]) > (
            held.withheld,
            STATUS_RANK[held.word],
        ):
            self.cells[cell] = doubt

    def because(self, found: Finding, codes: Iterable[str]) -> None:
        """Note which regions a finding is about."""
        for code in codes:
            told = self.reasons.setdefault(code, [])
            if found not in told:
                told.append(found)


def judge(
    table: Placed, regions: MapRegions, versions: Iterable[Finding] = ()
) -> Doubts:
    """Return what the findings about a table, and its disputed rows, take away.

    ``versions``: what was found where tables claim the same, to say why.
    """
    doubts = Doubts()
    for period, code, column in table.disputed.itertuples(index=False, name=None):
        doubts.add((period, code, column), Doubt(TWO_VERSIONS, withheld=True))
    for found in versions:
        named = table.source == found.file or table.source in found.expected
        if named and found.code in _SETTLED:
            doubts.because(found, sorted(set(table.disputed["code"])))
    kinds = finding_kinds()
    told = [f for f in table.intake.findings if f.code not in _SETTLED]
    rows = _rows_by_number(table)
    for found in told:
        if word := kinds[found.code].status:
            _judge_finding(table, found, word, rows, doubts)
    _note_refused(table, regions, doubts)
    for column, sources in counted_from(village_columns()).items():
        for (period, code, source), doubt in list(doubts.cells.items()):
            if source in sources:
                doubts.add((period, code, column), doubt)
    return doubts


def _rows_by_number(table: Placed) -> dict[int, list[tuple[str, str]]]:
    """Return row of the sheet -> period and region of what stands there."""
    found: dict[int, list[tuple[str, str]]] = {}
    told = {f.row for f in table.intake.findings if f.row is not None}
    named = table.named[table.named["source_row"].isin(told)]
    for period, code, row in named.itertuples(index=False, name=None):
        found.setdefault(int(row), []).append((period, code))
    return found


def _judge_finding(
    table: Placed,
    found: Finding,
    word: str,
    rows: dict[int, list[tuple[str, str]]],
    doubts: Doubts,
) -> None:
    columns = _columns(table, found)
    if found.row is None:
        spots = set(table.named[["period", "code"]].itertuples(index=False, name=None))
        withheld = False
    else:
        spots = set(rows.get(found.row, ())) or _lost_from(table, found)
        # A cell that nobody could read is blank; what is wrong was not left out alone.
        withheld = word != NOT_RECOGNISED
    for period, code in spots:
        for column in columns:
            doubts.add((period, code, column), Doubt(word, withheld))
    if columns:
        doubts.because(found, {code for _, code in spots})


def _lost_from(table: Placed, found: Finding) -> set[tuple[str, str]]:
    """Return the cells of the region that a row which was set aside is of.

    Which period it was of is not known any more: each that the table has.
    """
    codes = set(table.named["code"])
    # A table about one district needs not name it in each row.
    region = found.region or (min(codes) if len(codes) == 1 else "")
    if not region:
        return set()
    here = table.named[table.named["code"] == region]
    # Where all its rows were set aside, its table still says of which periods it is.
    periods = (here if len(here) else table.named)["period"].unique()
    return {(str(period), region) for period in periods}


def _columns(table: Placed, found: Finding) -> list[str]:
    """Return the figures that a finding is about: its column's, or all of the row."""
    every = measure_columns(table.rows)
    if not found.column:
        return every if found.row is not None else []
    target = table.intake.headings.get(found.column, found.column)
    # Of a list a column of answers becomes figures of each kind: bkb_members.
    return [c for c in every if c == target or (
        table.is_list and c.endswith(f"_{target}")
    )]  # fmt: skip


# --- rows that were refused -----------------------------------------------------------


def _note_refused(table: Placed, regions: MapRegions, doubts: Doubts) -> None:
    """Note who may have sent rows whose region or time could not be told."""
    left = table.unplaced
    if left.empty:
        return
    late = left[left["reason"].isin(_NO_TIME) & left["code"].notna()]
    doubts.refused |= {(None, str(code)) for code in late["code"].unique()}
    doubts.refused |= refused_cells(left, regions.codes)


def refused_cells(data: pd.DataFrame, codes: Iterable[str]) -> set[tuple[str, str]]:
    """Return period and region of the cells that rows without a region may be about.

    Parameters
    ----------
    data : DataFrame
        Rows of one table with ``code`` (missing where none was found), ``period`` and,
        where any row was refused, ``region_candidates``.
    codes : iterable of str
        Regions of the map; of a finer map all regions inside a candidate are meant.
    """
    if "region_candidates" not in data.columns:
        return set()
    lost = data["code"].isna() & data["region_candidates"].notna()
    lost &= ~data["reason"].isin(_NO_TIME)
    rows = data.loc[lost, ["period", "region_candidates"]].drop_duplicates()
    on_map = list(codes)
    found: set[tuple[str, str]] = set()
    for period, candidates in rows.itertuples(index=False, name=None):
        for candidate in str(candidates).split():
            inside = f"{candidate}."
            here = [c for c in on_map if c == candidate or c.startswith(inside)]
            found.update((str(period), code) for code in here)
    return found


def merge(doubts: Iterable[Doubts]) -> Doubts:
    """Put the doubts of several tables together."""
    whole = Doubts()
    for each in doubts:
        for cell, doubt in each.cells.items():
            whole.add(cell, doubt)
        whole.refused |= each.refused
        for code, findings in each.reasons.items():
            for found in findings:
                whole.because(found, [code])
    return whole
