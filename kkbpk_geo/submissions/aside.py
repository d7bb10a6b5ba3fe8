"""Rows that were sent and set aside: they are no figures, and no silence either.

Why: where all rows of a district are set aside, nothing of it is used, and yet it has
sent its report.

In:     tables as read, what the name of a file says.
Out:    :class:`Aside`, one per table and district.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from kkbpk_geo.intake import Intake
from kkbpk_geo.regions import resolve_regions

# Why a row is listed that nobody sent as a report: it is of the form, or of a sum.
_NO_REPORT = (
    "total_row", "not_a_place", "repeated_header", "section_row", "part_of_row",
    "blank", "column_numbers", "note", "example", "own_output", "no_phase",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """Rows of one district in one table; ``why``: as :attr:`Intake.listed` says it."""

    code: str
    kind: str
    rows: int
    file: str
    why: str


def set_aside(
    tables: Iterable[Intake], province: str, named: Callable[[Intake], str]
) -> Iterator[Aside]:
    """Yield what was set aside.

    Parameters
    ----------
    tables : iterable of Intake
    province : str
        Code; ``""`` where it is all of them.
    named : callable
        Gives the district that the name of a table's file says, or "".
    """
    for table in tables:
        listed = table.listed
        if "reason" not in listed:
            continue
        rows = listed[~listed["reason"].isin(_NO_REPORT)]
        if rows.empty:
            continue
        codes = _codes(table, rows, province)
        codes = codes.where(codes.ne(""), named(table))
        for code, own in rows.groupby(codes, sort=True):
            if code:
                yield Aside(
                    code=str(code),
                    kind=table.kind,
                    rows=len(own),
                    file=table.source,
                    why=str(own["reason"].iloc[0]),
                )


def _codes(table: Intake, rows: pd.DataFrame, province: str) -> pd.Series[str]:
    """Return the district of each row, "" where the row does not say it."""
    if "region_code" in rows:
        return rows["region_code"].astype(object).fillna("")
    printed = [name for name, column in table.headings.items() if column == "kabkota"]
    if not printed or printed[0] not in rows:
        return pd.Series("", index=rows.index, dtype=object)
    names = rows[printed[0]].astype(object).fillna("").astype(str)
    each = names.unique().tolist()
    found = resolve_regions(each, province=province or None)
    codes = found["region_code"].where(found["status"].eq("ok"), "")
    return names.map(dict(zip(each, codes.fillna("").tolist(), strict=True)))
