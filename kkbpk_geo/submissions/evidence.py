"""What tables show of who has sent them: a line per district, table and period.

Why: whether an office has reported is told from rows, never from what is not there
alone. A row with a name that nobody knows was sent; so was one whose figures could not
be read. Only where none of these is, nothing was sent.

In:     tables as read, with their findings.
Out:    frames of evidence: rows with a district, with a name only, without a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kkbpk_geo.catalogue.findings import finding_kinds
from kkbpk_geo.intake import DISPUTED, Claims, find_versions

if TYPE_CHECKING:
    from kkbpk_geo.findings import Finding
    from kkbpk_geo.intake import Intake

# Findings of rows that differ from others of their place and time.
_DIFFER = ("two_versions", "rows_contradict")
# Findings that tell why a row has no time.
NO_TIME = (
    "year_missing", "month_missing", "month_unreadable", "year_unreadable",
    "period_unreadable", "period_contrary", "period_two_years_lost",
)  # fmt: skip
# Findings that tell why a row has no district.
_NO_PLACE = (
    "region_unknown", "region_ambiguous", "region_code_name_disagree",
    "region_not_stated",
)  # fmt: skip
_SAID = (
    "region_code", "region_candidates", "kabkota", "kecamatan", "desa", "level",
    "period", "source_row", "not_reported",
)  # fmt: skip
# Kinds that are no reports: plans have their own meeting.
_NO_REPORT = ("plan", "unknown")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Evidence:
    """All rows of the tables, and the tables themselves.

    Attributes
    ----------
    rows : DataFrame
        ``table`` (position), ``kind, code, written, candidates, period`` (text),
        ``filled, disputed, faulty, dated, silent`` (bool).
    tables : tuple of Intake
        Those that are reports, in the order given.
    strangers : tuple of Intake
        Those that hold rows, but no table that is known.
    reports : tuple of Intake
        Those that are reports, also without a row that is used.
    """

    rows: pd.DataFrame
    tables: tuple[Intake, ...]
    strangers: tuple[Intake, ...]
    reports: tuple[Intake, ...] = ()

    @property
    def names(self) -> list[str]:
        """What each table is called."""
        return names_of(self.tables)

    def why_no_time(self, at: int) -> Finding | None:
        """Return the finding that says why rows of a table have no time."""
        return next(self._found(at, NO_TIME), None)

    def why_no_place(self, at: int, written: str) -> Finding | None:
        """Return the finding that says why a name of a table is no district's."""
        found = list(self._found(at, _NO_PLACE))
        about = (one for one in found if one.value == written)
        return next(about, next(iter(found), None))

    def why_unused(self, at: int, code: str) -> Finding | None:
        """Return the finding that says why figures of a district are not used."""
        found = list(self._found(at, _unusable()))
        about = (one for one in found if one.region == code)
        return next(about, next(iter(found), None))

    def _found(self, at: int, codes: Sequence[str]) -> Iterator[Finding]:
        return (one for one in self.tables[at].findings if one.code in codes)


def gather(
    intakes: Iterable[Intake], findings: Iterable[Finding], keep: str | None
) -> Evidence:
    """Put the rows of all tables into one frame, and say of each what it shows."""
    every = [table for intake in intakes for table in intake.tables()]
    reports = tuple(t for t in every if t.kind not in _NO_REPORT)
    tables = [t for t in reports if len(t.data)]
    strangers = tuple(t for t in every if _is_strange(t))
    told = [*findings, *(one for table in every for one in table.findings)]
    disputed = _disputed(tables, told, keep)
    parts = [_rows(t, at, disputed.get(at)) for at, t in enumerate(tables)]
    rows = _told(pd.concat(parts, ignore_index=True)) if parts else _no_rows()
    return Evidence(
        rows=rows, tables=tuple(tables), strangers=strangers, reports=reports
    )


def names_of(tables: Sequence[Intake]) -> list[str]:
    """Return the file of each table; with its sheet where the file has several."""
    sheets: dict[str, set[str]] = {}
    for table in tables:
        sheets.setdefault(table.source, set()).add(_sheet_of(table))
    return [_name(table, len(sheets[table.source]) > 1) for table in tables]


def _name(table: Intake, several: bool) -> str:
    sheet = _sheet_of(table)
    return f"{table.source}: {sheet}" if sheet and several else table.source


def _sheet_of(table: Intake) -> str:
    if "source_sheet" not in table.data or not len(table.data):
        return ""
    sheet = table.data["source_sheet"].iloc[0]
    return str(sheet) if isinstance(sheet, str) else ""


def _is_strange(table: Intake) -> bool:
    """Whether rows are of no known table; what this program wrote nobody sent."""
    if table.kind != "unknown" or table.data.empty:
        return False
    return all(found.code != "own_output" for found in table.findings)


def _no_rows() -> pd.DataFrame:
    columns = (
        "table", "kind", "code", "written", "candidates", "period", "filled",
        "disputed", "faulty", "dated", "silent",
    )  # fmt: skip
    return pd.DataFrame({column: pd.Series(dtype=object) for column in columns})


def _rows(table: Intake, at: int, disputed: np.ndarray | None) -> pd.DataFrame:
    """Return what each row of a table says, and whether it has figures."""
    claims = Claims.of(table)
    # As objects: what one table lacks has no type that others could take over.
    data = table.data.reindex(columns=list(_SAID)).astype(object)
    flags: dict[str, Any] = {
        "table": at,
        "kind": table.kind,
        "filled": claims.claims() | table.has_lines,
        "disputed": False if disputed is None else disputed,
        "faulty": _faulty(table, data["source_row"]),
        "stated": claims.stated and "period" in table.data,
    }
    return data.assign(**flags)


def _told(data: pd.DataFrame) -> pd.DataFrame:
    """Say of each row whose it is, and of when; of all tables at once."""
    # The coarsest name that the row has: a kecamatan without its district is a name.
    written = data["kabkota"].where(data["kabkota"].notna(), data["kecamatan"])
    written = written.where(written.notna(), data["desa"])
    texts = {
        "code": data["region_code"],
        "written": written,
        "candidates": data["region_candidates"],
        "period": data["period"],
    }
    known = {name: text.where(text.notna(), "") for name, text in texts.items()}
    said = ["table", "kind", "filled", "disputed", "faulty"]
    out = data[said].assign(**known)
    # Where others of the table have figures, a silent row is a blank one: no zeros.
    silent = data["not_reported"].eq(True)
    out["silent"] = silent.groupby([out["table"], out["period"]]).transform("all")
    out["dated"] = ~data["stated"].astype(bool) | out["period"].ne("")
    # A row of the whole province is nobody's; a thing may be placed by coordinates.
    named = out["written"].ne("") & data["level"].ne("provinsi")
    return out[out["code"].ne("") | named]


def _faulty(table: Intake, numbers: pd.Series[int]) -> np.ndarray:
    """Flag rows with a figure that could not be used; of whole columns, all rows."""
    unusable = _unusable()
    found = [one for one in table.findings if one.code in unusable]
    if not found:
        return np.zeros(len(numbers), dtype=bool)
    if any(one.row is None for one in found):
        return np.ones(len(numbers), dtype=bool)
    rows = [one.row for one in found]
    return numbers.isin(rows).to_numpy(dtype=bool)


@cache
def _unusable() -> tuple[str, ...]:
    """Return the findings after which figures are not used as nobody can read them."""
    return tuple(
        key
        for key, kind in finding_kinds().items()
        if kind.status and kind.status != "two_versions" and key not in _NO_PLACE
    )


def _disputed(
    tables: Sequence[Intake], findings: Iterable[Finding], keep: str | None
) -> Mapping[int, np.ndarray]:
    """Flag the rows that another row contradicts, by table.

    Compared are tables of the kinds that a finding names: of four thousand files most
    need no second look.
    """
    named = {one.file for one in findings if one.code in _DIFFER}
    kinds = {table.kind for table in tables if table.source in named}
    found: dict[int, np.ndarray] = {}
    for kind in sorted(kinds):
        places = [i for i, t in enumerate(tables) if t.kind == kind]
        alike = [i for i in places if not tables[i].has_lines]
        claims = [Claims.of(tables[i]) for i in alike]
        standings = find_versions(claims, keep).standings
        for i, standing in zip(alike, standings, strict=True):
            cells = [became == DISPUTED for became in standing.cells.values()]
            whole = standing.rows == DISPUTED
            found[i] = np.logical_or.reduce([whole, *cells])
    return found
