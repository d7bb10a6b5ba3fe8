"""What became of corrections once their source is read: where, and whether it helped.

Why: a corrected cell is proved like every other. What is still wrong is told beside the
finding that says so; the district of a corrected row is known only now.

In:     the tables of a source, its corrections as they were applied.
Out:    the tables with their corrections, and with a finding for each of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kkbpk_geo.findings import Finding, finding
from kkbpk_geo.intake.corrections.applying import CELLS, OF_ALL_ALIKE, Corrected
from kkbpk_geo.intake.corrections.showing import shown
from kkbpk_geo.intake.model import Cells, Correction, Intake
from kkbpk_geo.io import MASK, text_column
from kkbpk_geo.regions import resolve_regions

if TYPE_CHECKING:
    import pandas as pd

REMOVED = "removed"  # why a row that was taken out is no data
# In the audit, and no news to anybody: it was said twice.
_UNTOLD = frozenset(["correction_repeated"])


def settle(tables: Sequence[Intake], corrected: Corrected) -> list[Intake]:
    """Give each table of a source the corrections of its rows; the first has the rest.

    Parameters
    ----------
    tables : sequence of Intake
    corrected : Corrected
        The grids that they were read from.
    """
    if not corrected.lines:
        return list(tables)
    shares: list[list[Correction]] = [[] for _ in tables]
    rows = [_rows_of(table) for table in tables]
    for line in corrected.lines:
        here = [i for i, own in enumerate(rows) if (line.sheet, line.row) in own]
        shares[here[0] if here else 0].append(line)
    pairs = zip(tables, shares, strict=True)
    return [_settled(table, share, corrected) for table, share in pairs]


def _rows_of(table: Intake) -> set[tuple[str, int]]:
    """Return sheet and number of the rows that a table uses or lists."""
    found = set()
    for frame in (table.data, table.listed):
        if {"source_sheet", "source_row"} <= set(frame):
            sheets = frame["source_sheet"].fillna("").astype(str)
            found |= set(zip(sheets, frame["source_row"].astype(int), strict=True))
    return found


def _settled(
    table: Intake, lines: Sequence[Correction], corrected: Corrected
) -> Intake:
    if not lines:
        return table
    regions = _regions(table)
    known = [_finished(table, line, regions) for line in lines]
    told = [tell_correction(line) for line in known if line.state not in _UNTOLD]
    return replace(
        table,
        listed=_listed(table, known),
        findings=(*table.findings, *told),
        corrections=tuple(known),
        cells=_cells(table, known, corrected),
    )


def _cells(
    table: Intake, lines: Iterable[Correction], corrected: Corrected
) -> Mapping[str, Cells]:
    """Return what became of the figures, those of rows that were taken out as well."""
    headings: list[str] = []
    for line in lines:
        if line.state == "row_removed":
            headings += corrected.emptied.get((line.sheet, line.row or 0), ())
    lost = Counter(heading for heading in headings if heading in table.cells)
    found = dict(table.cells)
    for heading, n in lost.items():
        cells = found[heading]
        found[heading] = replace(cells, aside={**cells.aside, REMOVED: n})
    return found


def _regions(table: Intake) -> dict[tuple[str, int], str]:
    """Return the district of each row, by its sheet and number."""
    data = table.data
    if not {"source_sheet", "source_row", "region_code"} <= set(data):
        return {}
    placed = data[data["region_code"].notna()]
    sheets = placed["source_sheet"].fillna("").astype(str)
    where = zip(sheets, placed["source_row"].astype(int), strict=True)
    return dict(zip(where, placed["region_code"].astype(str), strict=True))


def _finished(
    table: Intake, line: Correction, regions: dict[tuple[str, int], str]
) -> Correction:
    """Say of which district a correction is, and whether its cell is still wrong."""
    region = regions.get((line.sheet, line.row or 0), "")
    if not region and line.state == "row_removed":
        region = _district_in(line.was, set(regions.values()))
    line = replace(line, region=region)
    if table.headings.get(line.column) == "dropped":  # it may be a name
        line = replace(line, was=MASK, written=MASK, value=MASK)
    line = guarded(line)
    wrong = any(_is_about(found, line) for found in table.findings)
    if line.state == "corrected" and wrong:
        return replace(line, state="correction_still")
    return line


def guarded(line: Correction) -> Correction:
    """Return a correction as it may be kept: what may be a person's name is masked."""
    if not isinstance(line.value, str):
        return line
    return replace(line, value=shown(line.value, line.column))


def _district_in(row: str, near: Collection[str]) -> str:
    """Return the one district that a row names, of the provinces of its table."""
    found = set()
    for province in sorted({code[:2] for code in near}):
        asked = resolve_regions(row.split(CELLS), province=province)
        found |= set(asked.loc[asked["status"].eq("ok"), "region_code"])
    return str(found.pop()) if len(found) == 1 else ""


def _is_about(found: Finding, line: Correction) -> bool:
    """Whether a finding says that this very cell is wrong."""
    of_column = (found.sheet, found.column) == (line.sheet, line.column)
    if not of_column or found.severity == "info":
        return False
    alike = found.code in OF_ALL_ALIKE and found.value == line.now
    return found.row == line.row or alike


def _listed(table: Intake, lines: Iterable[Correction]) -> pd.DataFrame:
    """Return the rows that are no data; those taken out say why."""
    out = {(x.sheet, x.row) for x in lines if x.state == "row_removed"}
    listed = table.listed
    if not out or not len(listed):
        return listed
    sheets = listed["source_sheet"].fillna("").astype(str)
    where = zip(sheets, listed["source_row"].astype(int), strict=True)
    reasons = listed["reason"].tolist()
    for at, row in enumerate(where):
        if row in out:
            reasons[at] = REMOVED
    return listed.assign(reason=text_column(reasons))


def tell_correction(line: Correction) -> Finding:
    """Return what is to be said of a correction: what stood there, what it is to be.

    Of one that is not used also where it is written, so that it can be mended there.
    """
    refused = line.state.startswith("correction_")
    return finding(
        line.state,
        file=line.file,
        sheet=line.sheet,
        row=line.row,
        column=line.column,
        value=line.was or line.written,
        expected=line.now,
        region=line.region,
        place=line.written_in if refused else "",
    )
