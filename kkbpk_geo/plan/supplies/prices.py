"""Unit prices, which the library does not know: from a small sheet of the office.

In:     a sheet with item and price (and, where wanted, the price of a repair).
Out:    rupiah by item; or an error that names the cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kkbpk_geo.base.errors import CellError, PlanError
from kkbpk_geo.base.marks import UNMARKED, Marks
from kkbpk_geo.base.text import as_text
from kkbpk_geo.catalogue.headings import fold
from kkbpk_geo.catalogue.supplies import is_price, item_of, price_headings, supply_items
from kkbpk_geo.intake import find_marks
from kkbpk_geo.io import Grid, Source, load_grids, read_rupiah


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
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
    grids = load_grids(source)
    for grid in grids:
        for head, cells in enumerate(grid.rows):
            words = [price_headings().get(fold(as_text(cell)), "") for cell in cells]
            if {"item", "price"} <= set(words):
                _check_headings(grid, head, words)
                at = {word: i for i, word in reversed([*enumerate(words)]) if word}
                return _read(grid, head, at)
    shown = Path(source).name if isinstance(source, (str, Path)) else "prices"
    msg = (
        f"{shown}: no row has the headings 'sarana' and 'harga' (or 'item' and "
        "'price'). Write one row of headings, then one row per item."
    )
    raise PlanError(msg)


def _check_headings(grid: Grid, head: int, words: list[str]) -> None:
    """Refuse a column of prices that nobody would read, or two that say the same."""
    for i, (cell, word) in enumerate(zip(grid.rows[head], words, strict=True)):
        text = as_text(cell)
        if word and word in words[:i]:
            other = as_text(grid.rows[head][words.index(word)])
            expected = f"one column for it (there is also {other!r})"
        elif not word and is_price(text):
            known = [name for name, word in price_headings().items() if word != "item"]
            expected = f"one of {', '.join(known)}"
        else:
            continue
        raise CellError(
            _place(grid), head + 1, text, text, expected=expected,
            remedy="Rename the column, or delete it.",
        )  # fmt: skip


def _place(grid: Grid) -> str:
    return f"{grid.file}, sheet {grid.sheet!r}" if grid.sheet else grid.file


def _read(grid: Grid, head: int, at: Mapping[str, int]) -> Prices:
    place = _place(grid)
    found: dict[str, dict[str, int]] = {"price": {}, "repair": {}}
    seen: dict[str, int] = {}
    for row, cells in enumerate(grid.rows[head + 1 :], head + 2):
        text = as_text(cells[at["item"]])
        if not any(cell != "" for cell in cells):
            continue
        item = item_of(text)
        heading = as_text(grid.rows[head][at["item"]])
        if not item:
            known = ", ".join(entry.id for entry in supply_items().values())
            raise CellError(
                place, row, heading, text,
                expected=f"one of {known}",
                remedy="Use such a spelling, or delete the row.",
            )  # fmt: skip
        if item in seen:
            raise CellError(
                place, row, heading, text,
                expected=f"each item once (row {seen[item]} has it already)",
                remedy="Keep one of the rows.",
            )  # fmt: skip
        seen[item] = row
        for key, prices in found.items():
            if key not in at:
                continue
            amount = read_rupiah(cells[at[key]])
            if amount.fault:
                raise CellError(
                    place, row, as_text(grid.rows[head][at[key]]), cells[at[key]],
                    expected="whole rupiah, such as Rp 2.500.000, or nothing",
                    remedy="Correct the cell.",
                )  # fmt: skip
            if amount.value is not None:
                prices[item] = amount.value
    tops = [as_text(cell) for cells in grid.rows[:head] for cell in cells]
    return Prices(
        buy=found["price"], repair=found["repair"], marks=find_marks(grid, tops)
    )
