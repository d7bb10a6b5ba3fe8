"""The cells of the grid: district by table by period, in one of five states; counted.

In:     what :mod:`kkbpk_geo.submissions.making` finds. Out: :class:`CellGrid`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, get_args

import pandas as pd

from kkbpk_geo.base.marks import UNMARKED, Marks, mark_frame
from kkbpk_geo.base.periods import read_period
from kkbpk_geo.base.results import OneLine

if TYPE_CHECKING:
    from kkbpk_geo.findings import Finding

State = Literal["sent", "absent", "two_versions", "unknown_name", "refused"]
STATES: tuple[State, ...] = get_args(State)
COLUMNS = (
    "region_code", "region_name", "written", "table", "period", "state", "rows",
    "files", "finding",
)  # fmt: skip
# Why a report is not in where no finding says it: rows that state no time; a table that
# states none, or another; rows that were set aside; a month that is 0 everywhere.
REASONS = ("undated", "timeless", "other_time", "aside", "silent")
Key = tuple[str, str, str]  # district, kind of table, period


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one district has sent of one table and period.

    Attributes
    ----------
    state : str
        One of :data:`STATES`.
    rows : int
        Rows that are used, that differ, that were refused; of an absent report the
        rows that are there and are blank.
    files : str
        Names of the files.
    found : Finding, optional
        Why it is refused.
    reason : str
        The same where no finding tells it: one of :data:`REASONS`.
    instead : str
        The time that its rows state, where it is not that of the cell; of rows that
        were set aside, why.
    """

    state: State
    rows: int = 0
    files: str = ""
    found: Finding | None = None
    reason: str = ""
    instead: str = ""


ABSENT = Cell(state="absent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stray:
    """What was sent, and cannot be given to a district, or to a table.

    Attributes
    ----------
    state : {"unknown_name", "refused"}
    written : str
        The name of the district as written; of a refused file its own name.
    table, period : str
        As far as they are known.
    rows : int
    files : str
    found : Finding, optional
        Why.
    candidates : tuple of str
        Codes of the districts that may be meant.
    """

    state: State
    written: str
    table: str = ""
    period: str = ""
    rows: int = 0
    files: str = ""
    found: Finding | None = None
    candidates: tuple[str, ...] = ()

    @property
    def is_file(self) -> bool:
        """Whether it is a file or sheet, not a name of a district."""
        return self.state == "refused"


@dataclass(frozen=True, slots=False, eq=False, repr=False, kw_only=True)
class CellGrid(OneLine):
    """Who has sent what.

    Attributes
    ----------
    region_name : str
        Of the province, or of the country.
    regions : mapping code -> name
        The districts, in the order of their codes.
    tables : tuple of str
        Kinds of table (of tables.toml) that any district sent.
    expected : mapping period -> tuple of kinds
        Which of them are expected for which period, the oldest first; ``""`` is that of
        tables without a time.
    cells : mapping (code, kind, period) -> Cell
        Every expected cell; of a district that was founded later there is none.
    strays : tuple of Stray
        Rows under a name that nobody knows, files that could not be read.
    marks : Marks
    """

    region_name: str
    regions: Mapping[str, str]
    tables: tuple[str, ...]
    expected: Mapping[str, tuple[str, ...]]
    cells: Mapping[Key, Cell]
    strays: tuple[Stray, ...] = ()
    marks: Marks = UNMARKED

    @cached_property
    def table(self) -> pd.DataFrame:
        """The grid as rows: a district, table and period each; strays at the end.

        Columns: ``region_code, region_name, written, table, period, state`` (text),
        ``rows`` (int64), ``files, finding`` (text; ``finding`` is an entry of
        findings.toml). Of a stray ``region_code`` is empty, and ``written`` is the name
        of the district, or of the file, as it was sent.
        """
        rows = [
            (
                code, self.regions[code], "", kind, period, cell.state, cell.rows,
                cell.files, _code(cell.found),
            )
            for (code, kind, period), cell in self.cells.items()
        ]  # fmt: skip
        rows += [
            ("", "", s.written, s.table, s.period, s.state, s.rows, s.files,
             _code(s.found))
            for s in self.strays
        ]  # fmt: skip
        frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"rows": "int64"})
        return mark_frame(frame, self.marks)

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods, oldest first."""
        return tuple(self.expected)

    @cached_property
    def months(self) -> tuple[str, ...]:
        """Those that are months; without any, all periods."""
        return tuple(filter(is_month, self.expected)) or self.periods

    @property
    def newest(self) -> str:
        """The newest month; without any, the newest period; ``""`` of nothing."""
        return self.months[-1] if self.months else ""

    def cell(self, code: str, kind: str, period: str) -> Cell | None:
        """Return a cell, or None where nothing is expected."""
        return self.cells.get((code, kind, period))

    def there(self, period: str) -> Mapping[str, str]:
        """Return code -> name of the districts that there were in a period."""
        return self._there.get(period, self.regions)

    @cached_property
    def _there(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for code, _, period in self.cells:
            found.setdefault(period, {})[code] = self.regions[code]
        return found

    def row(self, code: str, period: str) -> dict[str, Cell]:
        """Return the cells of a district in a period, by kind of table."""
        kinds = self.expected.get(period, ())
        return {kind: self.cells[code, kind, period] for kind in kinds}

    def whole_lacks(self, period: str) -> tuple[str, ...]:
        """Return the tables of a period that no district has sent."""
        return self._whole_lacks.get(period, ())

    @cached_property
    def _whole_lacks(self) -> dict[str, tuple[str, ...]]:
        some = {key[1:] for key, cell in self.cells.items() if cell != ABSENT}
        some |= {(s.table, s.period) for s in self.strays}
        found: dict[str, tuple[str, ...]] = {}
        if len(self.regions) == 1:  # what it has not sent is its own
            return found
        for period, kinds in self.expected.items():
            found[period] = tuple(k for k in kinds if (k, period) not in some)
        return found

    def count(self, period: str) -> tuple[int, int]:
        """Return how many reports of a period are in and used, and how many there are.

        Examples
        --------
        >>> import kkbpk_geo as kg
        >>> from kkbpk_geo.submissions import submission_grid
        >>> rows = [["KABUPATEN", "JUMLAH BKB", "BULAN"], ["Mesuji", 4, "MEI 2025"]]
        >>> submission_grid([kg.read_table(rows)]).count("2025-05")
        (1, 15)
        """
        kinds = self.expected.get(period, ())
        codes = self.there(period)
        whole = [self.cells[c, k, period].state for c in codes for k in kinds]
        return whole.count("sent"), len(whole)

    def exceptions(self, period: str) -> list[str]:
        """Return the districts that have an exception of their own in a period.

        A table that nobody sent is asked of whoever makes the export, not of each.
        """
        return [
            code
            for code in self.there(period)
            if any(map(_is_exception, self._own(code, period)))
        ]

    def to_call(self, period: str) -> list[str]:
        """Return those of them that are to be asked.

        The year of a table without one is stated where it is read; nobody is called.
        """
        codes = self.there(period)
        return [c for c in codes if any(map(_is_asked, self._own(c, period)))]

    def _own(self, code: str, period: str) -> list[Cell]:
        whole = self.whole_lacks(period)
        row = self.row(code, period)
        return [cell for kind, cell in row.items() if kind not in whole]

    def strays_of(self, period: str) -> list[Stray]:
        """Return the strays of a period; those without any stand with the newest."""
        return [stray for stray in self.strays if self._shown_in(stray) == period]

    def loose(self, period: str) -> list[Stray]:
        """Return those of them that no district's cell shows."""
        return [s for s in self.strays_of(period) if not (s.is_file and _placed(s))]

    def _shown_in(self, stray: Stray) -> str:
        return stray.period if stray.period in self.expected else self.newest

    def is_full(self, code: str, period: str) -> bool:
        """Whether a district has sent all that is expected."""
        return not any(map(_is_exception, self.row(code, period).values()))

    def count_table(self, kind: str, period: str) -> tuple[int, int]:
        """Return how many districts have sent a table, and how many there are."""
        states = [self.cells[c, kind, period].state for c in self.there(period)]
        return states.count("sent"), len(states)


def _placed(stray: Stray) -> bool:
    return bool(stray.candidates and stray.table)


def _is_exception(cell: Cell) -> bool:
    return cell.state != "sent"


def _is_asked(cell: Cell) -> bool:
    return _is_exception(cell) and _code(cell.found) != "year_missing"


def _code(found: Finding | None) -> str:
    return "" if found is None else found.code


def is_month(period: str) -> bool:
    """Whether a period is one month."""
    read = read_period(period) if period else None
    return read is not None and read.month is not None
