"""Why nothing of a table, or of all, could be joined: the reason that counts most.

Why: "is it the map of another province?" was said where every row contradicted another;
who believes it looks in the wrong place.

In:     tables that were placed, the map's regions. Out: one sentence, or findings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from kkbpk_geo.base.periods import EXPECTED, order_periods
from kkbpk_geo.findings import finding
from kkbpk_geo.regions import has_region, province_part, region

if TYPE_CHECKING:
    from kkbpk_geo.findings import Finding
    from kkbpk_geo.joining.placed import Placed
    from kkbpk_geo.joining.placing import MapRegions

_SHOWN = 3  # rows or names in a sentence
_CALLED = {
    "provinsi": "provinsi", "kabkota": "kabupaten/kota", "kecamatan": "kecamatan",
    "desa": "desa/kelurahan",
}  # fmt: skip
# Reason of a row -> what is said of such rows; {rows} names the first of them.
_SENTENCES = {
    "contradicts": (
        "contradict another row of the same region and period ({rows}): two versions "
        "of one table? Delete the older one, or say which wins: --keep newest, "
        "--keep FILE, or join_regions(..., keep=...)."
    ),
    "repeated": "say again what another row says ({rows}).",
    "older_version": "belong to a version that --keep left out ({rows}).",
    "region_blank": (
        "name no region ({rows}). Add a column KABUPATEN/KOTA, or write KABUPATEN ... "
        "in the title of the table."
    ),
    "region_unknown": (
        "name no region that is known ({rows}). Write the official names or dotted "
        "Kemendagri codes; kkbpk-geo regions lists them."
    ),
    "coarser_than_map": (
        "are about larger regions than this map shows ({rows}). Draw a map of that "
        "level (--level)."
    ),
    "subtotal": "are totals of other rows ({rows}).",
}


def tell_coarser(placed: Sequence[Placed], regions: MapRegions) -> Iterator[Finding]:
    """Tell of each table that stops above the level of the map.

    Its figures are of larger regions; they are neither spread over the smaller ones nor
    counted there as 0.
    """
    for table in placed:
        # A table with finer rows does not stop: what is coarser in it is left over with
        # its reason. Of a list every row is a thing by itself.
        if table.unplaced.empty or (len(table.rows) and not table.is_list):
            continue
        coarse = table.unplaced[table.unplaced["reason"].eq("coarser_than_map")]
        if len(coarse):
            level = str(coarse["level"].mode().iloc[0])
            yield finding(
                "table_coarser", file=table.source, count=len(coarse),
                value=_CALLED[level], expected=_CALLED[regions.level],
            )  # fmt: skip


def why_nothing(
    placed: Sequence[Placed], regions: MapRegions, period: str | None
) -> str:
    """Say why there is nothing to join, in the way that helps most."""
    every = [table.unplaced for table in placed if len(table.unplaced)]
    on_map = any(len(table.rows) for table in placed)
    if period is not None and on_map:
        known = {p for table in placed for p in table.rows["period"]} - {""}
        there = f" There is {', '.join(order_periods(known))}." if known else ""
        return f"no table holds numbers for period {period!r}; nothing to join.{there}"
    if not every or on_map:
        return (
            "no table holds a number that the catalogue knows; nothing to join. "
            "Indicators of your own need no join: draw_work_map(boundaries, frame)."
        )
    rows = pd.concat(every, ignore_index=True)
    counts = rows["reason"].value_counts()
    reason = str(counts.index[0])
    here = rows[rows["reason"] == reason]
    n = f"{len(here)} of {len(rows)} rows" if len(here) < len(rows) else ""
    who = n or "they"
    if reason == "period_unknown":
        why = f"{who} {_no_period(here, placed)}"
    else:
        why = f"{who} {_of(reason, here, regions)}"
    return f"none of {len(rows)} rows could be used: {why}"


def _of(reason: str, rows: pd.DataFrame, regions: MapRegions) -> str:
    if reason == "region_off_map":
        return _off_map(rows, regions)
    return _SENTENCES[reason].format(rows=_first_rows(rows))


def _no_period(rows: pd.DataFrame, placed: Sequence[Placed]) -> str:
    """Say which text is no period, or that the year is not stated, and where."""
    findings = [found for table in placed for found in table.intake.findings]
    for found in findings:
        if found.code in ("period_unreadable", "year_unreadable"):
            return (
                f"have no period: {found.value!r} in column {found.column} cannot be "
                f"read as one; expected such as {EXPECTED}."
            )
        if found.code in ("period_contrary", "period_two_years_lost"):
            return (
                f"have no period: {found.value} are several; state one in each row, or "
                "--year."
            )
    return (
        f"have no period: the tables name months without a year ({_first_rows(rows)}). "
        "Say the year: --year, tahun in the project file, or read_table(..., year=...)."
    )


def _off_map(rows: pd.DataFrame, regions: MapRegions) -> str:
    codes = sorted(set(rows["region_code"].dropna())) if "region_code" in rows else []
    homes = sorted({province_part(code) for code in codes})
    own = {province_part(code) for code in regions.codes}
    shows = f"this map shows {regions.codes[0]} to {regions.codes[-1]}"
    elsewhere = [home for home in homes if home not in own]
    if elsewhere == homes and homes:
        names = ", ".join(map(_name, elsewhere[:_SHOWN]))
        return (
            f"are of {names}, and {shows}. Is it the map of another province? "
            "Say the province: --province, or load_boundaries(...)."
        )
    return f"name {codes[:_SHOWN]}, and {shows}."


def _name(code: str) -> str:
    return f"{code} {region(code).name}" if has_region(code) else code


def _first_rows(rows: pd.DataFrame) -> str:
    """Name the first rows: ``a.csv row 2, a.csv row 5 ...``."""
    said = []
    for _, row in rows[:_SHOWN].iterrows():
        at = row.get("source_row")
        said.append(str(row["source_file"]) + ("" if pd.isna(at) else f" row {at}"))
    more = " ..." if len(rows) > _SHOWN else ""
    return ", ".join(said) + more
