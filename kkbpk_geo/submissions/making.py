"""From rows to cells: which district sent which table of which month, and how it fared.

Rule:   expected is each table that any district sent, in each month that any table is
        of; of a table by the year, each year in which any district sent it. A cell is
        two_versions, sent, refused, unknown_name or absent: the first that holds.

In:     :class:`~kkbpk_geo.submissions.evidence.Evidence`, files that were not read.
Out:    the fields of a :class:`~kkbpk_geo.submissions.cells.CellGrid`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kkbpk_geo.base.periods import Period, order_periods
from kkbpk_geo.catalogue.tables import table_kinds
from kkbpk_geo.joining import founded_after
from kkbpk_geo.submissions.aside import set_aside
from kkbpk_geo.submissions.cells import ABSENT, Cell, Key, State, Stray, is_month
from kkbpk_geo.submissions.evidence import Evidence, names_of
from kkbpk_geo.submissions.unread import Named, the_one

if TYPE_CHECKING:
    from kkbpk_geo.findings import Finding
    from kkbpk_geo.intake import Intake

Paths = Mapping[str, PurePath]  # name of a file -> where it is
_KEYS = ["code", "kind", "period"]  # a Key, as columns


class Making:
    """A grid in the making: the cells that something was sent for, and the strays."""

    def __init__(self, evidence: Evidence, regions: Mapping[str, str]) -> None:
        self.evidence, self.regions = evidence, regions
        self.cells: dict[Key, Cell] = {}
        self.strays: list[Stray] = []
        # District, kind and period, each empty where it is not known -> what may be it.
        self.maybe: dict[Key, Cell] = {}
        self.names = evidence.names

    def take_rows(self) -> None:
        """Take what the rows of the tables say."""
        rows = self.evidence.rows
        known = rows[rows["code"].isin(list(self.regions))]
        self._take_known(known[known["dated"].astype(bool)])
        self._take_undated(known[~known["dated"].astype(bool)])
        self._take_names(rows[rows["code"].eq("")])

    def _take_known(self, rows: pd.DataFrame) -> None:
        """Take rows with district and time; cells by the thousand, so none in turn."""
        if rows.empty:
            return
        flags = rows[["disputed", "filled", "faulty"]].astype(bool)
        whole = flags.groupby([rows[key] for key in _KEYS]).transform("any")
        tests = [whole["disputed"], whole["filled"], whole["faulty"]]
        state = np.select(tests, ["two_versions", "sent", "refused"], "absent")
        # Told are the rows that make the state what it is.
        told = np.select(
            [state == "two_versions", state == "sent"],
            [flags["disputed"], flags["filled"]],
            default=True,
        )
        rows = rows.assign(state=state)[told.astype(bool)]
        files = self._files_each(rows)
        each = rows.groupby([*_KEYS, "state", "table"], sort=True).size()
        # Of two versions both tell of the same rows: the larger number is how many.
        by_cell = each.reset_index(name="rows").groupby([*_KEYS, "state"], sort=True)
        sizes = by_cell.agg(
            total=("rows", "sum"), most=("rows", "max"), at=("table", "min")
        )
        whole = sizes.reset_index()[[*_KEYS, "state", "total", "most", "at"]]
        silent = rows.loc[rows["silent"].astype(bool), _KEYS].drop_duplicates()
        unsaid = set(silent.itertuples(index=False, name=None))
        for line in whole.itertuples(index=False, name=None):
            code, kind, period, named, total, most, at = line
            key = str(code), str(kind), str(period)
            refused = named == "refused"
            found = self.evidence.why_unused(at, key[0]) if refused else None
            size = most if named == "two_versions" else total
            is_silent = named == "absent" and key in unsaid
            self.cells[key] = Cell(
                state=named,
                rows=int(size),
                files=files[key],
                found=found,
                reason="silent" if is_silent else "",
            )

    def _files_each(self, rows: pd.DataFrame) -> dict[Key, str]:
        """Name the files of each cell."""
        pairs = rows[[*_KEYS, "table"]].drop_duplicates().sort_values("table")
        named: dict[Key, dict[str, None]] = {}
        for code, kind, period, at in pairs.itertuples(index=False, name=None):
            named.setdefault((code, kind, period), {})[self.names[at]] = None
        return {key: "; ".join(each) for key, each in named.items()}

    def _cell(
        self, state: State, rows: pd.DataFrame, found: Finding | None = None
    ) -> Cell:
        files = self._files(rows)
        return Cell(state=state, rows=len(rows), files=files, found=found)

    def _files(self, rows: pd.DataFrame) -> str:
        named = (self.names[at] for at in sorted(set(rows["table"].tolist())))
        return "; ".join(dict.fromkeys(named))

    def _take_undated(self, rows: pd.DataFrame) -> None:
        """Rows of a district at no time: they may be of each month that it lacks."""
        for (code, kind), here in rows.groupby(["code", "kind"], sort=True):
            at = int(here["table"].iloc[0])
            cell = self._cell("refused", here, self.evidence.why_no_time(at))
            if cell.found is None:
                cell = replace(cell, reason="undated")
            self.maybe[str(code), str(kind), ""] = cell

    def _take_names(self, rows: pd.DataFrame) -> None:
        keys = ["kind", "period", "written", "candidates"]
        for (kind, period, written, may), here in rows.groupby(keys, sort=True):
            codes = str(may).split()
            inside = tuple(code for code in codes if code in self.regions)
            # A name that can only be of another province is a matter of that one.
            if codes and not inside:
                continue
            at = int(here["table"].iloc[0])
            stray = Stray(
                state="unknown_name",
                written=str(written),
                table=str(kind),
                period=str(period),
                rows=len(here),
                files=self._files(here),
                found=self.evidence.why_no_place(at, str(written)),
                candidates=inside,
            )
            self.strays.append(stray)
            cell = Cell(state="unknown_name", rows=stray.rows, files=stray.files)
            for code in inside or self.regions:
                self.maybe.setdefault((code, stray.table, stray.period), cell)

    def take_unread(
        self, files: Iterable[tuple[PurePath, Finding]], say: Callable[..., Named]
    ) -> None:
        """Take files that could not be read, by what their names say for certain."""
        for path, found in files:
            named = say(path, kinds=self._kinds())
            self._take_file(found.file, [named], 0, found)

    def take_hidden(self, sheets: Iterable[Finding], say: Callable[..., Named]) -> None:
        """Take sheets that were not read as they are hidden; a name says whose."""
        for found in sheets:
            path = PurePath(f"{PurePath(found.file).stem} {found.sheet}.xlsx")
            named = say(path, kinds=self._kinds())
            beside = {t.kind for t in self.evidence.reports if t.source == found.file}
            kind = named.kind or the_one(beside)
            if named.code and kind:
                files = f"{found.file}: {found.sheet}"
                cell = Cell(state="refused", files=files, found=found)
                self.maybe.setdefault((named.code, kind, named.period), cell)

    def take_strangers(self, say: Callable[..., Named], where: Paths) -> None:
        """Take tables that are of no known kind: rows or names may say a district."""
        tables = self.evidence.strangers
        for table, name in zip(tables, names_of(tables), strict=True):
            path = where.get(table.source, PurePath(table.source))
            named = say(path, kinds=self._kinds())
            told = [f for f in table.findings if f.code == "table_unknown"]
            period = the_one(_distinct(table.data, "period")) or named.period
            codes = sorted(_distinct(table.data, "region_code")) or [named.code]
            # Rows of several districts, of nobody knows what, say nothing of any.
            if len(codes) > 1 and not named.kind:
                codes = [""]
            self._take_file(
                name,
                [named._replace(code=code, period=period) for code in codes],
                len(table.data),
                next(iter(told), None),
            )

    def take_aside(self, say: Callable[..., Named], where: Paths, home: str) -> None:
        """Take rows that were set aside: their district has sent them."""

        def named(table: Intake) -> str:
            path = where.get(table.source, PurePath(table.source))
            return say(path, kinds=()).code

        for one in set_aside(self.evidence.reports, home, named):
            cell = Cell(
                state="refused",
                rows=one.rows,
                files=one.file,
                reason="aside",
                instead=one.why,
            )
            self.maybe.setdefault((one.code, one.kind, ""), cell)

    @property
    def year(self) -> int | None:
        """The only year of the months that were sent."""
        years = {period[:4] for _, _, period in self.cells if is_month(period)}
        return int(years.pop()) if len(years) == 1 else None

    def _take_file(
        self, name: str, each: Sequence[Named], rows: int, found: Finding | None
    ) -> None:
        """Take a file that is refused as a whole, by all that is known of it."""
        first = each[0]
        self.strays.append(
            Stray(
                state="refused",
                written=name,
                table=first.kind,
                period=first.period,
                rows=rows,
                files=name,
                found=found,
                candidates=tuple(n.code for n in each if n.code in self.regions),
            )
        )
        cell = Cell(state="refused", rows=rows, files=name, found=found)
        for named in each:
            # Of which neither district nor table is known: it says nothing of any cell.
            if named.code or named.kind:
                self.maybe.setdefault((named.code, named.kind, named.period), cell)

    def _kinds(self) -> list[str]:
        found = {kind for _, kind, _ in (*self.cells, *self.maybe)}
        found |= {stray.table for stray in self.strays}
        return [kind for kind in table_kinds() if kind in found]

    def settle(self, wanted: Sequence[str]) -> dict[str, Any]:
        """Return the fields of the grid: every expected cell has its state."""
        expected = self._expected(wanted)
        cells = {
            (code, kind, period): self._settled(code, kind, period)
            for period, kinds in expected.items()
            for kind in kinds
            for code in self.regions
            if self._was_there(code, period)
        }
        tables = {kind for kinds in expected.values() for kind in kinds}
        return {
            "expected": expected,
            "cells": cells,
            "tables": tuple(k for k in table_kinds() if k in tables),
            "strays": tuple(self.strays),
        }

    def _was_there(self, code: str, period: str) -> bool:
        """Whether a district can be asked for a period: it was founded, or reported."""
        if not founded_after(code, period):
            return True
        return any((code, kind, period) in self.cells for kind in table_kinds())

    def _expected(self, wanted: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Return which tables are expected for which period, oldest first."""
        sent: dict[str, set[str]] = {kind: set() for kind in wanted}
        for _, kind, period in (*self.cells, *self.maybe):
            if kind:
                sent.setdefault(kind, set()).add(period)
        seen = set().union(*sent.values())
        months = set(filter(is_month, seen))
        whole: dict[str, set[str]] = {}
        for kind, periods in sent.items():
            monthly = kind in wanted or any(map(is_month, periods))
            # Rows without a time are of no period where the table has others.
            own = months if monthly and months else (periods - {""} or periods)
            for period in own:
                whole.setdefault(period, set()).add(kind)
        order = {kind: at for at, kind in enumerate(table_kinds())}
        return {
            period: tuple(sorted(whole[period], key=order.__getitem__))
            for period in order_periods(whole)
        }

    def _settled(self, code: str, kind: str, period: str) -> Cell:
        cell = self.cells.get((code, kind, period))
        if cell is not None and cell.state != "absent":
            return cell
        ways = _ways(code, kind, period)
        maybe = [self.maybe[way] for way in ways if way in self.maybe]
        # Refused is known to be of the district, or to be told by its file.
        maybe.sort(key=lambda one: one.state != "refused")
        return next(iter(maybe), cell or self._of_other_time(code, kind, period))

    def _of_other_time(self, code: str, kind: str, period: str) -> Cell:
        """Return what a district sent for a time that holds this one, or for none."""
        whole = Period.parse(period) if period else None
        for other in ("", *self._times.get((code, kind), ())):
            cell = self.cells.get((code, kind, other), ABSENT)
            if other == period or cell.state == "absent":
                continue
            reason = "other_time" if other else "timeless"
            held = replace(cell, state="refused", found=None, reason=reason)
            if not other:
                return held
            there = Period.parse(other)
            if whole and there.begins <= whole.begins and whole.ends <= there.ends:
                return replace(held, instead=other)
        return ABSENT

    @cached_property
    def _times(self) -> dict[tuple[str, str], list[str]]:
        """Return the times, no months, that each district sent a table for."""
        found: dict[tuple[str, str], list[str]] = {}
        for code, kind, period in sorted(self.cells):
            if period and not is_month(period):
                found.setdefault((code, kind), []).append(period)
        return found


def _ways(code: str, kind: str, period: str) -> Iterator[Key]:
    """Return the keys under which something may be of a cell, the surest first."""
    yield code, kind, period
    yield code, kind, ""
    yield code, "", period
    yield code, "", ""
    yield "", kind, period
    yield "", kind, ""


def _distinct(data: pd.DataFrame, column: str) -> set[str]:
    if column not in data:
        return set()
    return {str(value) for value in data[column].dropna().unique()}
