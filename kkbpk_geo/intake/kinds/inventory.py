"""Inventories: so many of a thing in a condition; what is unclear is listed.

Why: names stand once over several things, a thing stands in two rows, and a stock of
the province is no stock of its districts.

In:     an open sheet of an inventory. Out: its lines, as
        :mod:`kkbpk_geo.intake.kinds.inventory_lines` reads them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.catalogue.supplies import item_of, supply_items
from kkbpk_geo.intake.frames import PLACES
from kkbpk_geo.intake.kinds.inventory_lines import inventory_lines
from kkbpk_geo.intake.kinds.kind import LIST_ROLES, PLAN_ROLES, Kind, Lines
from kkbpk_geo.intake.open_sheet import fill_merged
from kkbpk_geo.intake.recognise.columns import UNKNOWN, Column, paths_of
from kkbpk_geo.intake.recognise.stock import find_stock
from kkbpk_geo.intake.rows.kept import listed_rows, unused_columns
from kkbpk_geo.intake.rows.places import place_findings, with_province
from kkbpk_geo.io import Cell, text_column
from kkbpk_geo.regions import is_total

if TYPE_CHECKING:
    from kkbpk_geo.findings import Finding
    from kkbpk_geo.intake.open_sheet import Cells, OpenSheet
    from kkbpk_geo.intake.recognise.headers import Header

_FILLED_DOWN = 1 / 3  # as many blanks as this: the names stand once over their rows
# What a heading of an inventory may have been taken for: SARANA is KIND elsewhere.
_FREE = (UNKNOWN, "measure", "item", "kind", "has_kit", "low_stock", "keep")


class Inventory(Kind):
    """One item in one condition a line."""

    counts = False
    foreign = LIST_ROLES | PLAN_ROLES
    unknown_texts = "of_known_words"

    def settle(
        self,
        columns: Sequence[Column],
        header: Header,
        contents: Sequence[str],
        *,
        given: bool,
    ) -> list[Column] | None:
        """Give columns the item and condition that they count."""
        paths = paths_of(header.paths, columns, _FREE)
        roles = {c.position: c.role for c in columns}
        found = find_stock(paths, contents, roles, given=given)
        settled = list(columns)
        for i, (role, stock) in found.items():
            settled[i] = replace(
                columns[i], role=role, target="", added=False, why="", stock=stock
            )
        return settled if found or given else None

    def holds(self, roles: Collection[str]) -> bool:
        """Whether anything is counted; else it is a list or an explanation beside."""
        return "quantity" in roles

    def prepare(self, sheet: OpenSheet) -> OpenSheet:
        """Fill merged cells, and names left out under the row that states them."""
        cells = sheet.cells.copy()
        filled = fill_merged(sheet, cells, (*PLACES, "item", "condition"))
        filled += _fill_down(sheet, cells)
        prepared = replace(sheet, cells=cells)
        if not filled:
            return prepared
        return prepared.told(
            [sheet.find("place_filled_down", None, None, count=filled)]
        )

    def things(self, sheet: OpenSheet) -> list[str]:
        """Return the item that each row names, in one spelling; ``""`` for none."""
        columns = sheet.known.of_role("item")
        if not columns:
            return [""] * len(sheet.cells)
        return [_thing(as_text(cell)) for cell in sheet.column(columns[0])]

    def lines(self, sheet: OpenSheet, head: pd.DataFrame) -> list[Lines]:
        """Return one line per row, item and condition; unclear rows are listed."""
        read = inventory_lines(sheet, head)
        findings = (*sheet.findings, *unused_columns(sheet), *read.findings)
        sheet = replace(sheet, findings=tuple(place_findings(findings, head)))
        sheet = sheet.listing(read.faults)
        data = head.iloc[read.rows].reset_index(drop=True)
        own = [code for code in with_province(data) if isinstance(code, str)]
        # A code without a dot is that of a province.
        if count := sum(bool(code) and "." not in code for code in own):
            told = sheet.find("inventory_of_province", None, None, count=count)
            sheet = sheet.told([told])
        found = pd.DataFrame(read.columns, index=data.index)
        lines = Lines(
            key=sheet.known.kind,
            sheet=sheet,
            data=pd.concat([data, found], axis=1),
            rows=read.rows,
            columns=sheet.known.columns,
        )
        return [lines]

    def check(self, lines: Lines) -> list[Finding]:
        """Return the findings of reading, with the region of their row."""
        return place_findings(lines.sheet.findings, lines.data)

    def listed(self, sheet: OpenSheet, head: pd.DataFrame) -> pd.DataFrame:
        """Return the rows left out, with region, period and item: stock not known."""
        left_out = np.flatnonzero(~sheet.used)
        keys = np.array(self.things(sheet), dtype=object)[left_out]
        items = np.where(np.isin(keys, list(supply_items())), keys, "")
        return listed_rows(sheet).assign(
            region_code=text_column(head["region_code"].iloc[left_out]),
            period=text_column(head["period"].iloc[left_out]),
            item=text_column(items),
        )


INVENTORY = Inventory()


def _thing(text: str) -> str:
    if not text or is_total(text):
        return ""
    return item_of(text) or fold_words(text)


def _fill_down(sheet: OpenSheet, cells: Cells) -> int:
    """Write names that stand once over their rows into each; count what was filled."""
    counted = [c.position for c in sheet.known.of_role("quantity")]
    has = (cells[:, counted] != "").any(axis=1).tolist()
    filled = 0
    for column in sheet.known.of_role("kabkota", "item"):
        rows = [i for i, there in enumerate(has) if there and not _sums(cells[i])]
        filled += _fill_column(cells[:, column.position], rows)
    return filled


def _fill_column(column: Cells, rows: Sequence[int]) -> int:
    gaps = [i for i in rows if column[i] == ""]
    if not gaps or column[rows[0]] == "" or len(gaps) < _FILLED_DOWN * len(rows):
        return 0
    last: Cell = ""
    for i in rows:
        last = column[i] if column[i] != "" else last
        column[i] = last
    return len(gaps)


def _sums(cells: Cells) -> bool:
    return any(isinstance(cell, str) and is_total(cell) for cell in cells)
