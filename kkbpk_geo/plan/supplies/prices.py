"""Unit prices, which the library does not know: from a small sheet of the office.

In:     a sheet with item and price (and, where wanted, the price of a repair).
Out:    rupiah by item; or an error that names the cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kkbpk_geo.base.errors import CellError, PlanError
from kkbpk_geo.base.marks import UNMARKED, Marks
from kkbpk_geo.base.results import OneLine
from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.catalogue.supplies import is_price, item_of, price_headings, supply_items
from kkbpk_geo.intake import find_marks
from kkbpk_geo.io import Form, FormTable, Source, read_rupiah


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Prices(OneLine):
    """Rupiah for one, by item: to buy it, and to repair it.

    ``marks``: whether the sheet says that it is sample data.
    """

    buy: Mapping[str, int] = field(default_factory=dict)
    repair: Mapping[str, int] = field(default_factory=dict)
    marks: Marks = UNMARKED


def read_prices(source: Source) -> Prices:
    """Read a sheet of prices.

    Parameters
    ----------
    source : path, DataFrame, list of rows or of mappings
        Columns ``sarana;harga`` (or ``item;price``), and where wanted ``harga
        perbaikan``. Items in any spelling of the catalogue; an empty price is none.

    Raises
    ------
    CellError
        If an item is unknown or stands twice, a price is no whole rupiah, or a column
        of prices has a heading that is not known, or that another has.
    PlanError
        If no sheet has the headings.
    IntakeError
        If it cannot be opened.
    """
    form = Form.read(source)
    for table in form.tables(price_headings(), ("item", "price")):
        _check_headings(table)
        return _read(table)
    msg = (
        f"{form.name or 'prices'}: no row has the headings 'sarana' and 'harga' (or "
        "'item' and 'price'). Write one row of headings, then one row per item."
    )
    raise PlanError(msg)


def _check_headings(table: FormTable) -> None:
    """Refuse a column of prices that nobody would read, or two that say the same."""
    for position, cell in enumerate(table.grid.rows[table.head]):
        text = as_text(cell)
        word = price_headings().get(fold_words(text), "")
        if word and table.columns[word] != position:
            expected = f"one column for it (there is also {table.heading(word)!r})"
        elif not word and is_price(text):
            known = [name for name, word in price_headings().items() if word != "item"]
            expected = f"one of {', '.join(known)}"
        else:
            continue
        raise CellError(
            table.place, table.head + 1, text, text, expected=expected,
            remedy="Rename the column, or delete it.",
        )  # fmt: skip


def _read(table: FormTable) -> Prices:
    found: dict[str, dict[str, int]] = {"price": {}, "repair": {}}
    seen: dict[str, int] = {}
    for row in table.rows():
        item = _item(table, row, seen)
        seen[item] = row
        for key, prices in found.items():
            amount = _amount(table, row, key)
            if amount is not None:
                prices[item] = amount
    above = [as_text(cell) for cells in table.grid.rows[: table.head] for cell in cells]
    marks = find_marks(table.grid, above)
    return Prices(buy=found["price"], repair=found["repair"], marks=marks)


def _item(table: FormTable, row: int, seen: Mapping[str, int]) -> str:
    """Return the item of a row."""
    item = item_of(as_text(table.cell(row, "item")))
    if not item:
        known = ", ".join(entry.id for entry in supply_items().values())
        remedy = "Use such a spelling, or delete the row."
        raise table.error(row, "item", f"one of {known}", remedy)
    if item in seen:
        expected = f"each item once (row {seen[item] + 1} has it already)"
        raise table.error(row, "item", expected, "Keep one of the rows.")
    return item


def _amount(table: FormTable, row: int, key: str) -> int | None:
    """Return the rupiah of a row; None where there is no price, or no such column."""
    if key not in table.columns:
        return None
    amount = read_rupiah(table.cell(row, key))
    if amount.fault:
        expected = "whole rupiah, such as Rp 2.500.000, or nothing"
        raise table.error(row, key, expected, "Correct the cell.")
    return amount.value
