"""What no single table can show: the same rules, across tables.

Why: couples stand in one export and contraceptive users in another, so users above
couples is invisible in both.

In:     several intakes. Out: findings in the file, sheet and row of the part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kkbpk_geo.catalogue.rules import rules
from kkbpk_geo.findings import Finding
from kkbpk_geo.intake.checks.claims import Claims
from kkbpk_geo.intake.checks.consistency import FROZEN_PERIODS, apply_rule
from kkbpk_geo.intake.checks.evidence import Sheet
from kkbpk_geo.intake.checks.telling import tell_versions
from kkbpk_geo.intake.checks.versions import find_versions, require_version
from kkbpk_geo.intake.model import Intake

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, eq=False)
class _Keyed:
    """A table with the keys under which its rows meet rows of other tables."""

    sheet: Sheet
    places: list[str]
    keys: list[tuple[str, str]]  # (place, period)
    columns: frozenset[str]


def check_together(
    intakes: Iterable[Intake], *, keep: str | None = None
) -> list[Finding]:
    """Check several tables against each other.

    Rows meet by place (kabupaten/kota, kecamatan, desa; folded) and period. A table
    without periods (targets) meets every period. Lists are left out.

    Parameters
    ----------
    intakes : iterable of Intake
    keep : str, optional
        Which of two versions of a table wins, as in :func:`join_regions`.

    Returns
    -------
    list of Finding
        Rules of rules.toml whose measures stand in different tables (``expected``
        names the other file); values that twelve monthly files repeat; and, per pair
        of files, whether they are ``two_versions`` of one table, or say the same.

    Raises
    ------
    JoinError
        If ``keep`` names none of the tables.
    """
    every = [table for intake in intakes for table in intake.tables()]
    require_version(keep, every)
    filled = [table for table in every if len(table.data)]
    tables = [_keyed(table) for table in filled if not _has_no_regions(table)]
    return [
        *_rules_across(tables),
        *_frozen_across(tables),
        *_versions_across(filled, keep),
    ]


def _versions_across(tables: list[Intake], keep: str | None) -> list[Finding]:
    """Find tables that claim the same; what one table says twice it has told itself."""
    claims = [Claims.of(table) for table in tables if not table.has_lines]
    found = find_versions(claims, keep)
    found.meetings = [met for met in found.meetings if met.one != met.other]
    return tell_versions(found, claims)


def _has_no_regions(table: Intake) -> bool:
    """Whether its rows are things, persons or lines, not regions."""
    return table.is_list or table.has_lines or "name" in table.data


def _keyed(intake: Intake) -> _Keyed:
    data = intake.data
    sheet = Sheet(
        data=data,
        headings={column: heading for heading, column in intake.headings.items()},
        file=_only(data, "source_file") or intake.source,
        sheet=_only(data, "source_sheet"),
    )
    places, periods = sheet.places(), sheet.text("period")
    keys = list(zip(places, periods, strict=True))
    return _Keyed(sheet, places, keys, frozenset(sheet.columns()))


def _only(data: pd.DataFrame, column: str) -> str:
    if column not in data:
        return ""
    values = data[column].dropna()
    return str(values.iloc[0]) if len(values) else ""


def _rules_across(tables: list[_Keyed]) -> Iterator[Finding]:
    present = frozenset[str]().union(*(table.columns for table in tables))
    for rule in rules().values():
        if rule.check in ("copied", "frozen"):
            continue
        for parts, whole in rule.columns(present):
            wanted = (*parts, whole)
            for table in tables:
                absent = [name for name in wanted if name not in table.columns]
                if parts[0] in table.columns and absent:
                    merged = _beside(table, absent, tables)
                    yield from apply_rule(rule, parts, whole, merged)


def _beside(table: _Keyed, absent: list[str], tables: list[_Keyed]) -> Sheet:
    """Put columns of other tables beside this one; missing where no row meets."""
    data, headings = table.sheet.data.copy(), dict(table.sheet.headings)
    for column in absent:
        others = [other for other in tables if column in other.columns]
        data[column] = _look_up(table, column, others)
        first = others[0].sheet
        headings[column] = f"{first.heading(column)}; {first.file}"
    sheet = table.sheet
    return Sheet(data=data, headings=headings, file=sheet.file, sheet=sheet.sheet)


def _look_up(table: _Keyed, column: str, others: list[_Keyed]) -> list[float]:
    """Values of a column of other tables at this one's rows; NaN where none or two."""
    nothing = float("nan")
    values: dict[tuple[str, str], float] = {}
    for other in others:
        numbers = other.sheet.numbers(column).tolist()
        for key, number in zip(other.keys, numbers, strict=True):
            values[key] = nothing if key in values else number
    values = {key: value for key, value in values.items() if key[0]}
    # A table without periods (targets) is of every period.
    return [values.get(key, values.get((key[0], ""), nothing)) for key in table.keys]


def _frozen_across(tables: list[_Keyed]) -> Iterator[Finding]:
    """Look for values that do not move over monthly files."""
    import pandas as pd

    present = frozenset[str]().union(*(table.columns for table in tables))
    for rule in rules().values():
        if rule.check != "frozen":
            continue
        for parts, _ in rule.columns(present):
            having = [t.sheet for t in tables if parts[0] in t.columns]
            longest = max(len(set(sheet.text("period"))) for sheet in having)
            if longest < FROZEN_PERIODS:  # else the table itself has told it
                wanted = ["region_code", "period", parts[0]]
                data = pd.concat([t.data.reindex(columns=wanted) for t in having])
                joined = replace(having[-1], data=data.reset_index(drop=True))
                yield from apply_rule(rule, parts, "", joined)
