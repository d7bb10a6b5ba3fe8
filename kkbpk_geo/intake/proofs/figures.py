"""Which rows are sums though no word says so, and which only may be.

Why: a row is a total if any proof says so: its label (``labels.py``), the name of what
its neighbours lie in, or its figures. How much a sum must prove depends on what the
name is: of a village that the register holds, everything; of a name that no register
knows, little. Where the proof is weak the row is told, not added in silence.

In:     an open sheet, the places of its rows, what they are about and when.
Out:    the sheet with totals and doubtful rows listed; findings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from kkbpk_geo.findings import Finding
from kkbpk_geo.intake.cells.numbers import Numbers
from kkbpk_geo.intake.cells.places import Places
from kkbpk_geo.intake.open_sheet import OpenSheet
from kkbpk_geo.intake.proofs.parents import figures_of, label_of
from kkbpk_geo.intake.proofs.standing import (
    Names,
    place_key,
)
from kkbpk_geo.intake.proofs.sums import Sum, edge_sums, is_nearly_sum, running_sums
from kkbpk_geo.intake.recognise.columns import Column

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Ints = NDArray[np.int_]

# One accident in so many may pass for a proof, by what the name says: the name of the
# parent is half of the proof, a name that the register of the parent does not have is
# some, a name that nobody can look up is none. Where a sum could have been found in
# many places (each kecamatan has a last row) the figures must prove so much more.
_OF_PARENT = 10.0
_OF_UNLISTED = 30.0
_OF_UNSURE = 100.0
# A weaker sum that stands like a total is told; of two small numbers the third is
# often the sum (3 + 2 = 5).
_TOLD = 10.0
# What a sum makes of its row: listed, doubted and not used, used and told, or nothing.
Verdict = Literal["total", "doubted", "equal", ""]
_FEWEST_NEAR = 3  # rows, before "nearly their sum" means anything
_SHOWN = 3  # figures of a row that a finding quotes


@dataclass(slots=True)
class Judged:
    """What figures say: totals, rows that may be one, places that equal a sum."""

    totals: dict[int, Sum] = field(default_factory=dict)
    doubted: set[int] = field(default_factory=set)
    equal: dict[int, Sum] = field(default_factory=dict)

    def note(self, found: Sum, verdict: Verdict) -> None:
        """Keep a verdict; a later one of a larger block may be graver."""
        if verdict in ("total", "doubted"):
            self.equal.pop(found.row, None)
        if verdict == "total":
            self.totals[found.row] = found
        elif verdict == "doubted":
            self.doubted.add(found.row)
        elif verdict == "equal":
            self.equal.setdefault(found.row, found)


def judge_figures(
    sheet: OpenSheet, places: Places, names: Names, times: Sequence[str | None]
) -> tuple[OpenSheet, dict[int, Sum]]:
    """List rows that are sums by their figures, and rows that may be.

    Parameters
    ----------
    sheet : OpenSheet
    places : Places
    names : Names
    times : sequence of n
        When and about what each row is; only rows of one time add up.

    Returns
    -------
    sheet : OpenSheet
        With findings about what is doubtful; totals are told where they are checked.
    totals : dict row -> Sum
    """
    columns, values = figures_of(sheet)
    rows = sheet.rows
    if not columns or not len(rows):
        return sheet, {}
    judge = _Judge(sheet, places, names, values, _time_keys(times, rows))
    judged = judge.all()
    reasons = dict.fromkeys(judged.totals, "total_row")
    reasons |= dict.fromkeys(judged.doubted, "may_be_total")
    told = [_tell(sheet, names, "may_be_total", i, 1) for i in sorted(judged.doubted)]
    told += [
        _tell(sheet, names, "equals_a_sum", i, each.count)
        for i, each in sorted(judged.equal.items())
    ]
    return sheet.listing(reasons).told(told), judged.totals


def _time_keys(times: Sequence[str | None], rows: Ints) -> Ints:
    """Return numbers for the times of rows; a total of no time is of the only one."""
    keys, distinct = pd.factorize(np.array(times, dtype=object)[rows])
    stated = [each for each in distinct if each and each.strip()]
    if len(stated) == 1:
        return np.zeros(len(rows), dtype=int)
    return np.asarray(keys, dtype=int)


class _Judge:
    """The rows of one sheet, their groups, and what their names are."""

    def __init__(
        self,
        sheet: OpenSheet,
        places: Places,
        names: Names,
        values: Floats,
        times: Ints,
    ) -> None:
        self.sheet, self.places, self.names = sheet, places, names
        self.values, self.times, self.rows = values, times, sheet.rows
        self.known = names.standings
        self._places: list[tuple[str, ...]] = []
        self._seen: Counter[tuple[int, tuple[str, ...]]] = Counter()

    def all(self) -> Judged:
        """Judge block by block, the smallest blocks first; totals found leave."""
        judged = Judged()
        active = np.ones(len(self.rows), dtype=bool)
        for block in ("kecamatan", "kabkota", "section", "table"):
            while new := self._pass(block, active, judged):
                active &= ~np.isin(self.rows, new)
        self._judge_parents(judged, active)
        return judged

    def _groups(self, block: str, judged: Judged) -> Ints:
        """Return the block of each row that a total may be of."""
        if block == "table":
            return self.times
        if block == "section":  # since the last total or blank line
            ends = ~self.sheet.used
            ends[list(judged.totals)] = True
            sections: Ints = np.cumsum(ends, dtype=int)[self.rows]
            return _combined(self.times, sections)
        districts = _numbered(self.places.codes, self.rows)
        if block == "kabkota" or "kecamatan" not in self.places.texts:
            return _combined(self.times, districts)
        kecamatan = _numbered(self.places.texts["kecamatan"], self.rows)
        return _combined(self.times, districts, kecamatan)

    def _pass(self, block: str, active: Flags, judged: Judged) -> list[int]:
        """Judge each row that equals a sum of its block; return new totals."""
        groups = self._groups(block, judged)
        rows, here = self.rows[active], groups[active]
        if len(rows) == 0:
            return []
        _, here = np.unique(here, return_inverse=True)
        tests = int(here.max()) + 1
        found = list(edge_sums(self.values, rows, here))
        # A kecamatan has its total first or last; a sheet of sections anywhere.
        if block in ("section", "table"):
            found += running_sums(self.values, rows, here)
        done: set[int] = set()
        new = []
        for each in found:
            group = int(here[np.searchsorted(rows, each.row)])
            if group in done or each.row in judged.doubted:
                continue
            verdict = self._verdict(each, tests if each.edge else len(rows))
            judged.note(each, verdict)
            if verdict == "total":
                done.add(group)  # what was a sum with this row is none without it
                new.append(each.row)
        return new

    def _verdict(self, each: Sum, tests: int) -> Verdict:
        """Weigh a sum against what the name of its row is.

        ``tests``: at how many places of the table such a sum could have been found.
        """
        standing = self.known[self.names.of(each.row)]
        if standing.what in ("parent", "blank"):
            return "total" if each.strength >= _OF_PARENT else "doubted"
        if each.strength >= _OF_PARENT and self._repeats(each.row):
            return "total"
        if standing.what in ("known", "elsewhere"):
            return _of_place(each, tests, as_parent=standing.as_parent)
        unlisted = standing.what == "unlisted"
        needed = _OF_UNLISTED if unlisted else _OF_UNSURE
        if each.strength >= needed * tests:
            return "total"
        if not each.edge or each.strength < _TOLD * tests:
            return ""
        return "doubted" if unlisted else "equal"

    def _judge_parents(self, judged: Judged, active: Flags) -> None:
        """Doubt rows that carry the name of their parent and are nearly its sum.

        A name that the register does not have in a district and that is the parent's
        is no village; where the district is not known, villages often are called so.
        """
        parents = {each for each, own in self.known.items() if own.what == "parent"}
        named = self.names.among(parents)[self.rows] & active
        for i in self.rows[named].tolist():
            others = self._others(i, active)
            enough = len(others) >= _FEWEST_NEAR
            near = enough and is_nearly_sum(self.values, i, others)
            no_village = len(others) and self.names.of(i).district
            if near or no_village:
                judged.doubted.add(i)
                judged.equal.pop(i, None)

    def _others(self, row: int, active: Flags) -> Ints:
        """Return the other rows of the same time and district."""
        at = int(np.searchsorted(self.rows, row))
        same = active & (self.times == self.times[at])
        codes = np.array(self.places.codes, dtype=object)[self.rows]
        same &= codes == self.places.codes[row]
        same[at] = False
        others: Ints = self.rows[same]
        return others

    def _repeats(self, row: int) -> bool:
        """Whether another row of the same time is about the very same place."""
        if not self._seen:
            self._places = [place_key(each) for each in self.names.distinct]
            index = self.names.index[self.rows].tolist()
            pairs = zip(self.times.tolist(), index, strict=True)
            self._seen = Counter((time, self._places[at]) for time, at in pairs)
        at = int(np.searchsorted(self.rows, row))
        own = self._places[self.names.index[row]]
        return self._seen[int(self.times[at]), own] > 1


def _of_place(each: Sum, tests: int, *, as_parent: bool) -> Verdict:
    """Weigh the sum of a row that the register holds.

    Kecamatan Pringsewu is a place; one that equals all others may be the district.
    """
    if not each.edge:
        return ""
    if as_parent and each.strength >= _OF_UNLISTED * tests:
        return "doubted"
    return "equal" if each.strength >= _OF_UNSURE * tests else ""


def _numbered(values: Sequence[str | None], rows: Ints) -> Ints:
    column = np.array(values, dtype=object)[rows]
    return np.asarray(pd.factorize(column, use_na_sentinel=False)[0], dtype=int)


def _combined(*keys: Ints) -> Ints:
    """Return numbers for the combinations of several keys."""
    whole = keys[0]
    for key in keys[1:]:
        both = whole * (key.max() + 1) + key
        whole = np.asarray(np.unique(both, return_inverse=True)[1], dtype=int)
    return whole


# --- telling --------------------------------------------------------------------------


def quote_figures(
    columns: Sequence[Column], numbers: Mapping[int, Numbers], row: int
) -> str:
    """Return the first figures of a row with their headings: ``PUS = 30``."""
    said = []
    for column in columns:
        value = numbers[column.position].values[row]
        if not np.isnan(value):
            said.append(f"{column.printed} = {value:.10g}")
    more = ["…"] if len(said) > _SHOWN else []
    return "; ".join([*said[:_SHOWN], *more])


def _tell(sheet: OpenSheet, names: Names, code: str, row: int, count: int) -> Finding:
    named, columns = names.of(row), figures_of(sheet)[0]
    return sheet.find(
        code, row, None, value=label_of(sheet, named, row) or "–", count=count,
        expected=quote_figures(columns, sheet.numbers, row), region=named.district,
    )  # fmt: skip
