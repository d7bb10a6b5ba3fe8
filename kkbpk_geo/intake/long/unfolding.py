"""One long table: what its rows are parts of, added or spread over columns.

In:     a sheet, a number per row (the same for one place and period), the columns that
        tell the rows of one number apart.
Out:    the sheet with one row per place and period, and what was done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.catalogue.headings import words
from kkbpk_geo.catalogue.tables import choose_kind
from kkbpk_geo.intake.cells.numbers import ROUNDING, Numbers, read_numbers
from kkbpk_geo.intake.cells.values import content_of
from kkbpk_geo.intake.long.parts import (
    FEMALE,
    MALE,
    TOTAL,
    Parts,
    Result,
    add_parts,
    is_all,
    part_of,
)
from kkbpk_geo.intake.open_sheet import OpenSheet
from kkbpk_geo.intake.recognise.columns import Column, roles_of, targets_of
from kkbpk_geo.io import read_each

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kkbpk_geo.intake.open_sheet import Rows

# What the headings over a cell's text and its column mean: a column of the catalogue.
Meaning = Callable[[Sequence[tuple[str, ...]]], Sequence[Column]]

_KNOWN = 0.5  # of the values are headings of measures: then the column names measures
_SHOWN = 6  # values that a finding names
# A unit with one of these is not that of a count.
_RATIOS = frozenset(
    ["persen", "rasio", "indeks", "skor", "ribu", "ribuan", "rupiah", "rp"]
)
# Measures of several methods: they are no part beside those methods.
_OVERLAPPING = frozenset(["modern", "traditional", "long_acting", "private", "target"])


@dataclass(frozen=True, slots=True, eq=False)
class LongTable:
    """A long table: its rows in use, the columns that tell them apart."""

    sheet: OpenSheet
    keys: NDArray[np.int_]
    dimensions: list[Column]
    texts: dict[int, list[str]]
    meaning: Meaning

    def counted(self) -> list[Column]:
        """Return the columns of figures: measures, else one headed NILAI, JUMLAH."""
        known = [c for c in self.sheet.known.columns if c.counts]
        return known or list(filter(self._is_value, self.sheet.known.columns))

    def _is_value(self, column: Column) -> bool:
        """Whether a column only says that there are values."""
        name = fold_words(column.printed.rpartition(" > ")[2])
        cells = self.sheet.cells[self.sheet.rows, column.position]
        return name in words("value_headings") and content_of(cells) == "number"

    def numbers(self, column: Column) -> Numbers:
        """Return a column of figures as numbers."""
        known = self.sheet.numbers.get(column.position)
        return known or read_numbers(self.sheet.cells[:, column.position])

    def says_again(self) -> bool:
        """Whether all rows of a place have the same figures: a fact said again.

        The people of a village stand beside each of its facilities; of parts that are
        known (women and men) equal figures are still two.
        """
        known = [c for c in self.dimensions if _is_of_sex(self.texts[c.position])]
        parts = any(map(is_place_part, self.dimensions))
        if known or parts or any(map(is_of_age, self.dimensions)):
            return False
        counted = self.counted()
        for column in counted:
            values = pd.Series(self.numbers(column).values[self.sheet.rows])
            if values.groupby(self.keys).nunique().gt(1).any():
                return False
        return bool(counted)

    def unfolded(self) -> OpenSheet:
        """Return the sheet with one row per place and period."""
        counted = self.counted()
        named = [c for c in self.dimensions if self._measures(c, counted)]
        summed = [c for c in self.dimensions if c not in named[:1]]
        if not counted or len(named) > 1:
            return self._without_figures(self.dimensions)
        for column in summed:
            if not self._is_whole(column):
                return self._without_figures([column])
        results = [self._added(column, summed, named) for column in counted]
        return self._with_results(results, counted, named)

    # --- what the values of a column mean ---

    def _measures(self, dimension: Column, counted: Sequence[Column]) -> bool:
        """Whether a column names measures: methods, or indicators."""
        values = [v for v in dict.fromkeys(self.texts[dimension.position]) if v]
        parts = [v for v in values if not is_all(v)]
        if not parts or not counted:
            return False
        meant = self._meant(parts, counted[0])
        return sum(bool(name) for name in meant) >= _KNOWN * len(parts)

    def _meant(self, values: Sequence[str], counted: Column) -> list[str]:
        """Return the measure that each value names under a heading, ``""`` if none."""
        printed = counted.printed.rpartition(" > ")[2]
        over = () if self._is_value(counted) else (printed,)
        columns = self.meaning([(*over, value) for value in values])
        found = []
        for column in columns:
            other = column.counts and column.target != counted.target
            found.append(column.target if other else "")
        return found

    # --- adding and spreading ---

    def _added(
        self, column: Column, summed: Sequence[Column], named: Sequence[Column]
    ) -> Result:
        """Add up the parts of a column of figures, per place and named measure."""
        frame = pd.DataFrame({"key": self.keys})
        frame["named"] = self.texts[named[0].position] if named else ""
        values = self.numbers(column).values[self.sheet.rows]
        frame["value"] = np.where(self._counts_things(), values, np.nan)
        for each in summed:
            frame[f"part{each.position}"] = self.texts[each.position]
        columns = [
            Parts(f"part{c.position}", everywhere=self._are_all(c)) for c in summed
        ]
        return add_parts(frame, columns)

    def _is_whole(self, column: Column) -> bool:
        """Whether the values of a column can be added: all parts, or a total."""
        texts = self.texts[column.position]
        if _is_of_sex(texts) or self._are_all(column):
            return True
        return any(part_of(text) == TOTAL for text in set(texts))

    def _are_all(self, column: Column) -> bool:
        """Whether the parts of a place that are listed are all that it has."""
        return is_place_part(column) or self._are_catchments(column)

    def _are_catchments(self, column: Column) -> bool:
        """Whether the rows are puskesmas that add up to the printed total.

        Without that proof a figure may be that of the whole kecamatan, said again
        beside each of its puskesmas.
        """
        name = fold_words(column.printed.rpartition(" > ")[2])
        if name not in words("catchments"):
            return False
        counted = [self.numbers(c).values for c in self.counted()]
        return bool(counted) and all(map(self._add_up, counted))

    def _add_up(self, values: NDArray[np.float64]) -> bool:
        """Whether a row that says JUMLAH has the sum of the rows in use."""
        totals = values[self.sheet.reasons == "total_row"]
        off = np.abs(totals - np.nansum(values[self.sheet.rows]))
        return bool((off <= ROUNDING).any())

    def _counts_things(self) -> NDArray[np.bool_]:
        """Flag rows whose unit, where one is stated, is that of a count: not persen."""
        counts = np.ones(len(self.keys), dtype=bool)
        for column in self.sheet.known.columns:
            if fold_words(column.printed) in words("unit_headings"):
                cells = self.sheet.cells[self.sheet.rows, column.position].tolist()
                counts &= ~np.array(read_each(cells, _is_of_ratio), dtype=bool)
        return counts

    def _with_results(
        self,
        results: Sequence[Result],
        counted: Sequence[Column],
        named: Sequence[Column],
    ) -> OpenSheet:
        sheet = self._one_row_each(self.dimensions)
        firsts = self._firsts()
        for column, result in zip(counted, results, strict=True):
            told = []
            for fault in result.faults:
                code, key, value, expected = fault
                row = int(firsts[key])
                told.append(
                    sheet.find(code, row, column, value=value, expected=expected)
                )
            sheet = sheet.told(told)
            if named:
                sheet = self._spread(sheet, column, result, named[0])
            else:
                sheet = _with_values(sheet, column, firsts, result.of(""))
        shown = ", ".join(self._shown(self.dimensions))
        code = "long_table_spread" if named else "long_table_added"
        told = [sheet.find(code, None, self.dimensions[0], value=shown)]
        sheet = self._without_spoilt(sheet, results)
        return _of_its_kind(sheet.told(told))

    def _without_spoilt(self, sheet: OpenSheet, results: Sequence[Result]) -> OpenSheet:
        """List the rows of which no figure is left: they were reported all the same."""
        firsts = self._firsts()
        spoilt = {fault[1] for result in results for fault in result.faults}
        columns = [c for c in sheet.known.columns if c.counts]
        reasons = {}
        for key in spoilt:
            row = int(firsts[key])
            figures = [sheet.numbers[c.position].values[row] for c in columns]
            if np.isnan(figures).all():
                reasons[row] = "unusable"
        return sheet.listing(reasons)

    def _spread(
        self, sheet: OpenSheet, column: Column, result: Result, dimension: Column
    ) -> OpenSheet:
        """Put figures under the measures that their rows name."""
        firsts = self._firsts()
        meant = self._targets(dimension, column)
        unknown = [value for value, target in meant.items() if not target]
        of_all = [v for v in dict.fromkeys(self.texts[dimension.position]) if is_all(v)]
        columns = list(sheet.known.columns)
        whole = bool(of_all) and column.role == "measure"
        if not whole:
            made = replace(column, role="ignore", target="", why="")
            columns[column.position] = made
        sheet = replace(sheet, known=replace(sheet.known, columns=tuple(columns)))
        if whole:
            totals = result.of(of_all[0])
            parts = [result.of(v) for v, t in meant.items() if _is_method_of(t, column)]
            sheet, totals = _checked(sheet, column, firsts, totals, parts)
            sheet = _with_values(sheet, column, firsts, totals)
        texts = self.texts[dimension.position]
        printed = dict(zip(texts, self._cells(dimension), strict=True))
        for value, target in meant.items():
            if target:
                added = Column(
                    position=len(sheet.known.columns), role="measure", target=target,
                    printed=f"{dimension.printed}: {printed[value]}",
                )  # fmt: skip
                sheet = _with_column(sheet, added, firsts, result.of(value))
        if unknown:
            shown = ", ".join(printed[value] for value in unknown[:_SHOWN])
            told = sheet.find("long_values_unknown", None, dimension, value=shown)
            sheet = sheet.told([told])
        return sheet

    def _targets(self, dimension: Column, column: Column) -> dict[str, str]:
        """Return the measure of each value; ``""`` where none, or not just one, is."""
        texts = self.texts[dimension.position]
        parts = [v for v in dict.fromkeys(texts) if v and not is_all(v)]
        found = dict(zip(parts, self._meant(parts, column), strict=True))
        counts = Counter(found.values())
        of_ratio = set(np.array(texts, dtype=object)[~self._counts_things()])
        for value, target in found.items():
            if counts[target] > 1 or value in of_ratio:
                found[value] = ""
        return found

    def _cells(self, column: Column) -> list[str]:
        cells = self.sheet.cells[self.sheet.rows, column.position]
        return [as_text(cell) for cell in cells.tolist()]

    # --- rows ---

    def _firsts(self) -> NDArray[np.int_]:
        """Return the first row of each place and period, by its number."""
        first = pd.Series(self.sheet.rows).groupby(self.keys).first()
        return np.asarray(first.sort_index().to_numpy())

    def _one_row_each(self, dimensions: Sequence[Column]) -> OpenSheet:
        """List all rows of a place and period but the first; it speaks for them."""
        sheet, firsts = self.sheet, set(self._firsts().tolist())
        rest = [row for row in sheet.rows.tolist() if row not in firsts]
        reasons = dict.fromkeys(rest, "part_of_row")
        # A printed sum of one part (JUMLAH, L) is no sum of the rows that are left.
        for row in np.flatnonzero(sheet.reasons == "total_row").tolist():
            own = [as_text(sheet.cells[row, c.position]) for c in dimensions]
            if any(text and part_of(fold_words(text)) != TOTAL for text in own):
                reasons[row] = "part_of_row"
        columns = list(sheet.known.columns)
        for column in dimensions:
            columns[column.position] = replace(column, role="ignore", why="")
        known = replace(sheet.known, columns=tuple(columns))
        return replace(sheet.listing(reasons), known=known)

    def _without_figures(self, dimensions: Sequence[Column]) -> OpenSheet:
        """Use no figure, and name the columns that stand in the way."""
        sheet = self._one_row_each(self.dimensions)
        shown = ", ".join(self._shown(dimensions))
        return unclear(sheet, dimensions, shown=shown, count=len(self.keys))

    def _shown(self, dimensions: Sequence[Column]) -> Iterator[str]:
        for column in dimensions:
            cells = self.sheet.cells[self.sheet.rows, column.position]
            distinct = [as_text(cell) for cell in dict.fromkeys(cells.tolist())]
            yield from distinct[:_SHOWN]


def _is_method_of(target: str, column: Column) -> bool:
    """Whether a measure is one method of those that a column counts together."""
    whole = f"{column.target}_"
    return target.startswith(whole) and target.removeprefix(whole) not in _OVERLAPPING


def _checked(
    sheet: OpenSheet,
    column: Column,
    rows: Rows,
    totals: NDArray[np.float64],
    parts: Sequence[NDArray[np.float64]],
) -> tuple[OpenSheet, NDArray[np.float64]]:
    """Refuse totals below the sum of their methods: one of them may be left out."""
    if not parts:
        return sheet, totals
    added = np.nansum(np.vstack(parts), axis=0)
    wrong = added > totals + ROUNDING
    told = [
        sheet.find(
            "long_total_disagrees", int(rows[i]), column,
            value=f"{totals[i]:.10g}", expected=f"{added[i]:.10g}",
        )
        for i in np.flatnonzero(wrong).tolist()
    ]  # fmt: skip
    return sheet.told(told), np.where(wrong, np.nan, totals)


def _is_of_ratio(cell: object) -> bool:
    folded = fold_words(as_text(cell)).split()
    return bool(folded) and (folded[0] == "per" or bool(set(folded) & _RATIOS))


def _is_of_sex(texts: Sequence[str]) -> bool:
    parts = {part_of(text) for text in texts if text}
    return {MALE, FEMALE} <= parts <= {MALE, FEMALE, TOTAL}


def unclear(
    sheet: OpenSheet, dimensions: Sequence[Column], *, shown: str = "", count: int = 1
) -> OpenSheet:
    """Keep the figures of a sheet as text, and say which column stands in the way."""
    first = dimensions[0]
    if not shown:
        shown = as_text(sheet.cells[sheet.rows[0], first.position])
    names = " / ".join(column.printed for column in dimensions)
    told = sheet.find(
        "long_table_unclear", None, first, value=shown, expected=names, count=count
    )
    columns = list(sheet.known.columns)
    for column in sheet.known.columns:
        if column.role == "measure":
            columns[column.position] = replace(column, role="keep", target="", why="")
        if column in dimensions:
            columns[column.position] = replace(column, role="ignore", why="")
    known = replace(sheet.known, columns=tuple(columns))
    return replace(sheet, known=known).told([told])


def _with_values(
    sheet: OpenSheet, column: Column, rows: Rows, values: NDArray[np.float64]
) -> OpenSheet:
    """Return the sheet with other figures in some rows of a column."""
    read = sheet.numbers[column.position]
    changed, faults = read.values.copy(), read.faults.copy()
    changed[rows], faults[rows] = values, 0
    numbers = dict(sheet.numbers)
    numbers[column.position] = replace(read, values=changed, faults=faults)
    return replace(sheet, numbers=numbers)


def _with_column(
    sheet: OpenSheet, column: Column, rows: Rows, values: NDArray[np.float64]
) -> OpenSheet:
    """Return the sheet with one more column of figures."""
    n = len(sheet.cells)
    figures = np.full(n, np.nan)
    figures[rows] = values
    cells = np.full(n, "", dtype=object)
    filled = ~np.isnan(figures)
    cells[filled] = figures[filled]
    numbers = dict(sheet.numbers)
    numbers[column.position] = read_numbers(cells)
    known = replace(sheet.known, columns=(*sheet.known.columns, column))
    wide = np.column_stack([sheet.cells, cells])
    return replace(sheet, cells=wide, numbers=numbers, known=known)


def _of_its_kind(sheet: OpenSheet) -> OpenSheet:
    """Choose the kind of table again: it has other measures now."""
    columns = sheet.known.columns
    kind = choose_kind(roles_of(columns), targets_of(columns))
    return replace(sheet, known=replace(sheet.known, kind=kind))


def is_place_part(column: Column) -> bool:
    """Whether a column names parts of a village: RT, RW, DUSUN."""
    return fold_words(column.printed.rpartition(" > ")[2]) in words("place_parts")


def texts_of(sheet: OpenSheet, column: Column) -> list[str]:
    """Return the folded texts of a column in the rows in use."""
    cells = sheet.cells[sheet.rows, column.position]
    return read_each(cells.tolist(), lambda cell: fold_words(as_text(cell)))


def is_of_age(column: Column) -> bool:
    """Whether a column holds ages, in single years perhaps."""
    name = fold_words(column.printed.rpartition(" > ")[2])
    return name in words("age_headings")
