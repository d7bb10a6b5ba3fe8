"""Several tables about the same thing laid over each other, by a stated rule.

Why: the number of couples stands in the monthly table of villages and in the yearly
table of targets. Adding them would be wrong, taking either silently as well.

In:     layers: sums of the tables of one kind and depth, by (period, code).
Out:    one value and one status per period, region and measure; conflicts; silence.
Rule:   a month's own table beats its year's, which beats one without a period; then a
        table of all the district beats one of some of its villages; then the finer
        table beats the coarser; then the earlier one given.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kkbpk_geo.base.periods import order_periods, year_of
from kkbpk_geo.findings import Finding, finding
from kkbpk_geo.joining.judging import NOT_RECOGNISED, Cell, Doubt
from kkbpk_geo.joining.model import (
    CELL,
    CONFLICT_COLUMNS,
    SILENT_COLUMNS,
    STATUS_RANK,
    status_words,
)
from kkbpk_geo.joining.register_facts import founded_after
from kkbpk_geo.joining.rolling import counted_from

if TYPE_CHECKING:
    from kkbpk_geo.joining.placing import MapRegions

# Kinds that no office reports: they say nothing of who kept silent.
OWN_KINDS = ("register", "village_counts")
# A conflict names a few files; twelve monthly ones would fill the cell.
_MOST_FILES = 3
# Of the rule's ranks: a table of the month itself, of its year, of no time.
_OF_YEAR = 1


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """What the tables of one kind and depth say, summed by (period, code)."""

    kind: str
    depth: int
    files: tuple[str, ...]
    sums: pd.DataFrame
    blanks: pd.DataFrame
    say_conflict: bool = True
    # (period, code) of districts of which only some villages or kecamatan are in it.
    incomplete: frozenset[tuple[str, str]] = frozenset()
    # (period, code) of regions whose rows all stand in a block nobody reported.
    unreported: frozenset[tuple[str, str]] = frozenset()
    # What findings take away, by (period, code, column).
    doubts: Mapping[Cell, Doubt] = field(default_factory=lambda: MappingProxyType({}))
    # (period, code) of who may have sent a row that was refused; no period: any.
    refused: frozenset[tuple[str | None, str]] = frozenset()

    @property
    def source(self) -> str:
        """Files this layer was read from, shortened."""
        more = " …" if len(self.files) > _MOST_FILES else ""
        return ", ".join(self.files[:_MOST_FILES]) + more


@dataclass(frozen=True, slots=True, eq=False)
class Quiet:
    """Of whom nothing is known though a table speaks of the period, and why.

    ``silent``, ``refused``: by table (:data:`SILENT_COLUMNS`), the regions that did not
    report, and those that only a row without a certain region may be of.
    ``silent_cells``, ``refused_cells``: the same as flags, cells x columns.
    """

    silent: pd.DataFrame
    refused: pd.DataFrame
    silent_cells: np.ndarray
    refused_cells: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Conflicts:
    """Figures that another table states otherwise; which of them for the same time.

    ``incomplete``: of which the figure that was not kept is that of some villages.
    ``of_years``: what is told of figures of a year under those of its months.
    """

    frame: pd.DataFrame
    of_one_time: np.ndarray
    incomplete: np.ndarray
    of_years: tuple[Finding, ...] = ()

    def told(self) -> list[Finding]:
        """Return a finding per measure and pair of tables that speak of one time."""
        codes = np.where(self.incomplete, "finer_incomplete", "tables_disagree")
        apart = self.frame.assign(code=codes)[self.of_one_time]
        by = ["measure", "kept_from", "other_from", "code"]
        found = list(self.of_years)
        for (*_, code), rows in apart.groupby(by, sort=False):
            first = rows.iloc[0]
            shown = f"{first['kept']:.10g} ({first['period']})"
            found.append(
                finding(
                    str(code), column=str(first["measure"]), value=shown,
                    expected=f"{first['other']:.10g}",
                    region=str(first["region_code"]), place=str(first["period"]),
                    count=len(rows),
                )
            )  # fmt: skip
        return found


@dataclass(frozen=True, slots=True, eq=False)
class _Sheet:
    """One layer as arrays: the cells (period, region) of the result x its columns.

    ``offers``, ``blanks``, ``doubts`` (status rank of a doubt, 0 for none) and
    ``withheld`` are ranks of the rule x cells x columns; ``incomplete``: ranks x cells.
    """

    layer: Layer
    columns: np.ndarray
    offers: np.ndarray
    blanks: np.ndarray
    doubts: np.ndarray
    withheld: np.ndarray
    incomplete: np.ndarray
    unreported: np.ndarray
    refused: np.ndarray

    @property
    def says(self) -> np.ndarray:
        """Cells of (period, region) for which any number is given."""
        told = np.isfinite(self.offers) | self.withheld
        return np.asarray(told.any(axis=(0, 2)))

    def of_whole(self, rank: int, *, whole: bool) -> np.ndarray:
        """Flag figures of a rank that are of whole districts, or those that are not.

        A figure in dispute is not mended by a coarser table: it holds its place.
        """
        aside = self.incomplete[rank][:, None] & ~self.withheld[rank]
        return np.asarray(aside != whole)


class _Pile:
    """The result while sheets are laid on it, the strongest first."""

    def __init__(self, shape: tuple[int, int]) -> None:
        self.value = np.full(shape, np.nan)
        self.blanks = np.zeros(shape, dtype=int)
        self.kinds = np.full(shape, "", dtype=object)
        # Status rank of what stands in doubt, and of what may stand for a gap.
        self.doubts = np.zeros(shape, dtype=int)
        self.spare = np.zeros(shape, dtype=int)
        self.taken = np.zeros(shape, dtype=bool)
        self.of_whole = np.zeros(shape, dtype=bool)  # not of some villages only
        # Row, column, what another table gave there, which kind, how near in time, and
        # whether it is of some villages beside a figure of the whole district.
        self.clashes: list[tuple[int, int, float, str, int, bool]] = []
        self.of_years: list[Finding] = []

    def lay(self, sheet: _Sheet, rank: int, *, whole: bool) -> None:
        """Take a sheet's numbers where none is held yet; note where one differs."""
        at, kind = sheet.columns, sheet.layer.kind
        here = sheet.of_whole(rank, whole=whole)
        offer = np.where(here, sheet.offers[rank], np.nan)
        held, doubt = self.value[:, at], np.where(here, sheet.doubts[rank], 0)
        given = np.isfinite(offer) | (sheet.withheld[rank] & here)
        if sheet.layer.say_conflict:
            differ = np.isfinite(offer) & np.isfinite(held) & (held != offer)
            for row, column in np.argwhere(differ).tolist():
                other = float(offer[row, column])
                part = not whole and bool(self.of_whole[row, at[column]])
                self.clashes.append((row, int(at[column]), other, kind, rank, part))
        take = given & ~self.taken[:, at]
        self.value[:, at] = np.where(take, offer, held)
        self.blanks[:, at] = np.where(take, sheet.blanks[rank], self.blanks[:, at])
        self.kinds[:, at] = np.where(take, kind, self.kinds[:, at])
        self.doubts[:, at] = np.where(take, doubt, self.doubts[:, at])
        self.spare[:, at] = np.maximum(self.spare[:, at], np.where(given, 0, doubt))
        self.taken[:, at] |= take
        self.of_whole[:, at] |= take & whole

    def conflicts(self, index: pd.MultiIndex, columns: pd.Index) -> Conflicts:
        """Return what was kept and what was not, in the order it was met."""
        rows = []
        for row, column, other, kind, *_ in self.clashes:
            kept = self.value[row, column], self.kinds[row, column]
            rows.append((*index[row], columns[column], *kept, other, kind))
        # A month differs from its year; two figures of one month are two claims.
        same = np.array([rank == 0 for *_, rank, _ in self.clashes], dtype=bool)
        part = np.array([part for *_, part in self.clashes], dtype=bool)
        frame = pd.DataFrame(rows, columns=list(CONFLICT_COLUMNS))
        return Conflicts(frame, same, part, tuple(self.of_years))


def combine(
    layers: list[Layer], regions: MapRegions, period: str | None = None
) -> tuple[pd.DataFrame, pd.DataFrame, Conflicts, Quiet]:
    """Lay the layers over each other: values, status, conflicts, quiet regions."""
    layers = [_with_doubted(layer) for layer in layers]
    periods = _periods(layers) if period is None else [period]
    index = pd.MultiIndex.from_product([periods, list(regions.codes)], names=list(CELL))
    measures = chain.from_iterable(layer.sums.columns for layer in layers)
    columns = pd.Index(list(dict.fromkeys(measures)), dtype=object)
    finest_first = sorted(layers, key=lambda layer: -layer.depth)
    sheets = [_spread(layer, index, columns) for layer in finest_first]
    pile = _Pile((len(index), len(columns)))
    # All tables of the month itself before any of the year: the rank decides first.
    for rank in range(3):
        if rank == _OF_YEAR:
            _tell_years(pile, sheets, index, columns)
        # A kabupaten is no sum of one kecamatan where another table knows all of it.
        for whole in (True, False):
            for sheet in sheets:
                pile.lay(sheet, rank, whole=whole)
    quiet = _quiet(sheets, index, len(columns))
    # What is counted by village is not reported where its groups are not.
    for column, sources in counted_from(columns.tolist()).items():
        for flags in (quiet.silent_cells, quiet.refused_cells):
            own = flags[:, columns.isin(sources)].any(axis=1)
            flags[:, columns.get_loc(column)] |= own
    values = {c: _whole(pile.value[:, i]) for i, c in enumerate(columns)}
    status = _status(pile, quiet, index)
    return (
        pd.DataFrame(values).set_axis(index),
        pd.DataFrame(status, index=index, columns=columns),
        pile.conflicts(index, columns),
        quiet,
    )


def _tell_years(
    pile: _Pile, sheets: list[_Sheet], index: pd.MultiIndex, columns: pd.Index
) -> None:
    """Tell of a year's figures that lie under months of a measure.

    They are the year's in each month that has none of its own, and nowhere else: a
    reader who gave both must know which of the two a month shows.
    """
    monthly = np.isfinite(pile.value)
    for sheet in sheets:
        given = np.isfinite(sheet.offers[_OF_YEAR])
        for i, at in enumerate(sheet.columns.tolist()):
            rows = np.flatnonzero(given[:, i])
            if not len(rows) or not monthly[:, at].any():
                continue
            fills = rows[~pile.taken[rows, at]]
            shown = fills if len(fills) else rows
            period, code = index[int(shown[0])]
            pile.of_years.append(
                finding(
                    "year_in_months" if len(fills) else "year_under_months",
                    file=sheet.layer.source, column=str(columns[at]),
                    value=f"{sheet.offers[_OF_YEAR][shown[0], i]:.10g}",
                    expected=str(period), region=str(code), count=len(shown),
                )
            )  # fmt: skip


def _periods(layers: list[Layer]) -> list[str]:
    found: set[str] = set()
    for layer in layers:
        found |= set(layer.sums.index.get_level_values(0))
    return shown_periods(found)


def shown_periods(found: set[str]) -> list[str]:
    """Return all parts of years; years without any; ``""`` if there is neither.

    Examples
    --------
    >>> shown_periods({"2025", "2025-11", "2024", ""})
    ['2024', '2025-11']
    """
    years = {period: year_of(period) for period in found}
    with_parts = {year for period, year in years.items() if period != year}
    return order_periods(found - with_parts - {""}) or [""]


def _spread(layer: Layer, index: pd.MultiIndex, columns: pd.Index) -> _Sheet:
    """Spread a layer over every cell: its own period, its year's, and without one.

    A rank offers only what the ranks above it cannot be.
    """
    sums = layer.sums.to_numpy(float, na_value=np.nan)
    shape = len(sums) + 1, sums.shape[1]
    # One row more, at ``nowhere``: what cells without a row of this layer get.
    sums = np.vstack([sums, np.full(shape[1], np.nan)])
    blanks = np.vstack([layer.blanks.to_numpy(int), np.zeros(shape[1], dtype=int)])
    doubts, withheld = np.zeros(shape, dtype=int), np.zeros(shape, dtype=bool)
    for (period, code, column), doubt in layer.doubts.items():
        at = (
            layer.sums.index.get_loc((period, code)),
            layer.sums.columns.get_loc(column),
        )
        doubts[at], withheld[at] = STATUS_RANK[doubt.word], doubt.withheld
    sums[withheld] = np.nan
    # A figure of which some cells were not recognised is partial, and told as that.
    soft = (doubts == STATUS_RANK[NOT_RECOGNISED]) & ~withheld & np.isfinite(sums)
    doubts[soft] = 0
    asked = _rows_asked(layer, index)
    unreported = [cell in layer.unreported for cell in index]
    refused = [_is_refused(cell, layer.refused) for cell in index]
    some = [cell in layer.incomplete for cell in layer.sums.index]
    return _Sheet(
        layer=layer,
        columns=columns.get_indexer(layer.sums.columns),
        offers=sums[asked],
        blanks=blanks[asked],
        doubts=doubts[asked],
        withheld=withheld[asked],
        incomplete=np.array([*some, False], dtype=bool)[asked],
        unreported=np.array(unreported, dtype=bool),
        refused=np.array(refused, dtype=bool),
    )


def _with_doubted(layer: Layer) -> Layer:
    """Give a layer a row for each figure in doubt, whose own rows may all be gone."""
    cells = {(period, code) for period, code, _ in layer.doubts}
    more = sorted(cells - set(layer.sums.index))
    if not more:
        return layer
    index = layer.sums.index.append(
        pd.MultiIndex.from_tuples(more, names=layer.sums.index.names)
    )
    sums = layer.sums.reindex(index)
    blanks = layer.blanks.reindex(index).fillna(0).astype(int)
    return replace(layer, sums=sums, blanks=blanks)


def _is_refused(
    cell: tuple[str, str], refused: frozenset[tuple[str | None, str]]
) -> bool:
    """Whether a row that was refused may be of a cell: in its period, year, or any."""
    period, code = cell
    when = (period, year_of(period), "", None)
    return not refused.isdisjoint((each, code) for each in when)


def _rows_asked(layer: Layer, index: pd.MultiIndex) -> np.ndarray:
    """Row of a layer that each cell asks for, ranks x cells; past the end for none."""
    given = layer.sums.index
    periods, codes = index.get_level_values(0), index.get_level_values(1)
    years = periods.map(year_of)
    own = given.get_indexer(index)
    of_year = given.get_indexer(pd.MultiIndex.from_arrays([years, codes]))
    timeless = given.get_indexer(pd.MultiIndex.from_product([[""], codes]))
    # A year is its own year, and no period is its own timelessness: ask only once.
    of_year[years == periods] = -1
    timeless[periods == ""] = -1
    rows = np.stack([own, of_year, timeless])
    return np.where(rows < 0, len(given), rows)


def _quiet(sheets: list[_Sheet], index: pd.MultiIndex, width: int) -> Quiet:
    """Find whom a table says nothing about in a period that it does speak of."""
    silent_cells, refused_cells = np.zeros((2, len(index), width), dtype=bool)
    periods = index.get_level_values(0)
    silent: list[tuple[Hashable, ...]] = []
    refused: list[tuple[Hashable, ...]] = []
    for sheet in sheets:
        if sheet.layer.kind in OWN_KINDS:
            continue
        says = sheet.says
        # A refused row is due even where no other row of its period has a place.
        unsure = sheet.refused & ~says
        refused_cells[np.ix_(unsure, sheet.columns)] = True
        spoken = set(periods[says])
        # Of a period it never speaks of, a table's silence says nothing.
        due = np.array([p in spoken for p in periods])
        mute = (due & ~says | sheet.unreported) & ~unsure
        silent_cells[np.ix_(mute, sheet.columns)] = True
        source = sheet.layer.source, sheet.layer.kind
        silent += [(*source, *index[i]) for i in np.flatnonzero(mute).tolist()]
        refused += [(*source, *index[i]) for i in np.flatnonzero(unsure).tolist()]
    columns = list(SILENT_COLUMNS)
    return Quiet(
        pd.DataFrame(silent, columns=columns),
        pd.DataFrame(refused, columns=columns),
        silent_cells,
        refused_cells,
    )


def _status(pile: _Pile, quiet: Quiet, index: pd.MultiIndex) -> np.ndarray:
    gone = ~np.isfinite(pile.value)
    late = np.array([founded_after(code, period) for period, code in index], bool)
    words = np.where(pile.blanks > 0, "partial", "ok").astype(object)
    # The last word stands: why nothing can be there says more than that nothing is.
    words[gone] = "missing"
    words[gone & quiet.silent_cells] = "not_reported"
    words[gone & quiet.refused_cells] = NOT_RECOGNISED
    ranks = np.where(gone, np.maximum(pile.doubts, pile.spare), pile.doubts)
    words = np.where(ranks > 0, status_words(ranks), words)
    words[gone & late[:, None]] = "not_yet_founded"
    return np.asarray(words)


def _whole(numbers: np.ndarray) -> pd.Series[Any]:
    """Return whole numbers as Int64, others as Float64; NaN is missing."""
    known = numbers[np.isfinite(numbers)]
    column = pd.Series(numbers, dtype="Float64")
    return column.astype("Int64") if (known % 1 == 0).all() else column
