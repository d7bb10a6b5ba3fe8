"""Findings about other provinces, of a table of the whole country: one line for all.

Why: whoever checks a national file for one province can mend nothing elsewhere; a
thousand faults of others hide the three of one's own.

In:     intakes with their findings, a province. Out: the findings about that province.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from kkbpk_geo.findings import finding
from kkbpk_geo.regions import (
    find_province,
    is_nation,
    province_code,
    province_part,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from kkbpk_geo.findings import Finding
    from kkbpk_geo.intake import Intake

_CODE = re.compile(r"\d\d(\.\d\d)*")
_NAMED = 5  # provinces in the one line that stands for the rest


def own_findings(intake: Intake, province: str) -> list[Finding]:
    """Return what was found about one province, and a line for the others.

    Of a table that has no row of the province everything is told: the province may be
    the wrong one, and whoever reads should see what the table is.
    """
    if is_nation(province):
        return list(chain.from_iterable(table.findings for table in intake.tables()))
    own = find_province(province).code
    found: list[Finding] = []
    for table in intake.tables():
        homes = _homes(table.data)
        if own not in set(homes.values()) or len(set(homes.values())) == 1:
            found += table.findings
            continue
        others = {f: _home(f, homes) for f in table.findings}
        elsewhere = {f: code for f, code in others.items() if code not in ("", own)}
        found += [f for f in table.findings if f not in elsewhere]
        if elsewhere:
            found.append(_line(table, elsewhere))
    return found


def _homes(data: pd.DataFrame) -> dict[int, str]:
    """Return the province of each row of the sheet, where it is known."""
    if data.empty or not {"source_row", "region_code"} <= set(data):
        return {}
    codes = data["region_code"].astype(object).str[:2]
    if "provinsi" in data:
        named = {
            name: province_code(str(name))
            for name in data["provinsi"].dropna().unique()
        }
        codes = codes.fillna(data["provinsi"].map(named))
    rows = zip(data["source_row"].tolist(), codes.fillna("").tolist(), strict=True)
    return {int(row): str(code) for row, code in rows if code}


def _home(found: Finding, homes: dict[int, str]) -> str:
    if _CODE.fullmatch(found.region):
        return province_part(found.region)
    return homes.get(found.row, "") if found.row is not None else ""


def _line(table: Intake, elsewhere: dict[Finding, str]) -> Finding:
    codes = sorted(set(elsewhere.values()))
    names = [find_province(code).name for code in codes[:_NAMED]]
    more = " ..." if len(codes) > _NAMED else ""
    return finding(
        "other_provinces",
        file=table.source,
        value=", ".join(names) + more,
        count=len(elsewhere),
    )


def told_of(intakes: Iterable[Intake], province: str) -> list[Finding]:
    """Return the findings of several intakes about one province."""
    return [found for intake in intakes for found in own_findings(intake, province)]
