"""Rows of an inventory: names that stand once over several things written into each.

In:     an :class:`~kkbpk_geo.intake.opened.OpenSheet` of an inventory.
Out:    cells ready to be read; what each row is about.
"""

from __future__ import annotations

from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.catalogue.supplies import item_of
from kkbpk_geo.intake.cells.places import PLACES
from kkbpk_geo.intake.open_sheet import OpenSheet
from kkbpk_geo.io import Cell
from kkbpk_geo.regions import is_total

_FILLED_DOWN = 1 / 3  # as many blanks as this: the names stand once over their rows


def prepare_inventory(sheet: OpenSheet) -> None:
    """Fill merged cells, and names left out under the row that states them."""
    roles = (*PLACES, "item", "condition")
    columns = sheet.known.columns
    filled = 0
    for (top, left), (bottom, right) in sheet.grid.merged:
        first = top - (sheet.first - 1)
        if first < 0 or left != right or bottom == top or left >= len(columns):
            continue
        if columns[left].role in roles:
            sheet.cells[first + 1 : first + 1 + bottom - top, left] = sheet.cells[
                first, left
            ]
            filled += bottom - top
    counted = [c.position for c in sheet.known.of_role("quantity")]
    has = (sheet.cells[:, counted] != "").any(axis=1).tolist()
    for column in sheet.known.of_role("kabkota", "item"):
        cells = sheet.column(column)
        rows = [i for i, there in enumerate(has) if there and not _sums(sheet, i)]
        gaps = [i for i in rows if cells[i] == ""]
        if not gaps or cells[rows[0]] == "" or len(gaps) < _FILLED_DOWN * len(rows):
            continue
        last: Cell = ""
        for i in rows:
            last = cells[i] if cells[i] != "" else last
            sheet.cells[i, column.position] = last
        filled += len(gaps)
    if filled:
        sheet.tell("place_filled_down", None, None, count=filled)


def _sums(sheet: OpenSheet, row: int) -> bool:
    return any(isinstance(cell, str) and is_total(cell) for cell in sheet.cells[row])


def item_texts(sheet: OpenSheet) -> list[str]:
    """Return the item that each row names, in one spelling; ``""`` where none does."""
    columns = sheet.known.of_role("item")
    if sheet.known.kind != "inventory" or not columns:
        return [""] * len(sheet.cells)
    texts = [as_text(cell) for cell in sheet.column(columns[0])]
    return [
        "" if is_total(text) else item_of(text) or fold_words(text) if text else ""
        for text in texts
    ]
