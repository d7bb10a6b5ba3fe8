"""Inventories: one line per row, item and condition; what is unclear is not counted.

Why: a kit counted twice is a kit not bought. A row with an unknown item or condition, a
quantity that is none, or a thing that stands twice is listed, whole, with its reason;
the stock of its region and item is then unknown, not smaller.

In:     an :class:`~kkbpk_geo.intake.opened.OpenSheet` of an inventory, the rows in use.
Out:    columns ``item, condition`` (keys), ``quantity`` (Int64; missing is unknown),
        ``item_text, condition_text`` (as written); the reason of each row left out.
Rule:   conditions that stand beside their sum are checked against it and win; blank
        ones are none where the sum says so, else unknown; where all are blank the sum
        is the stock, its condition not stated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.catalogue.supplies import condition_of, conditions, item_of, supply_items
from kkbpk_geo.intake.cells.numbers import OK
from kkbpk_geo.intake.cells.places import PLACES
from kkbpk_geo.intake.open_sheet import OpenSheet
from kkbpk_geo.intake.recognise.headings import UNKNOWN, Column
from kkbpk_geo.intake.recognise.stock import UNSTATED, Stock
from kkbpk_geo.io import is_blank, text_column

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.int_]

FAULTS = (
    "item_unknown", "condition_unknown", "quantity_wrong", "repeated", "contradicts",
)  # fmt: skip
_REMARKS = frozenset(["keterangan", "catatan", "ket"])


@dataclass(frozen=True, slots=True)
class Entry:
    """So many of an item in a condition, in one row; None is unknown."""

    row: int
    item: str
    condition: str
    quantity: int | None


def inventory_lines(
    sheet: OpenSheet, head: pd.DataFrame, rows: Rows
) -> tuple[Rows, dict[str, pd.Series[Any]], dict[int, str]]:
    """Read the lines of an inventory.

    Parameters
    ----------
    sheet : OpenSheet
    head : DataFrame, one row per row of the sheet
        Places, ``region_code`` and ``period``.
    rows : array of int
        The rows in use.

    Returns
    -------
    row of each line; the columns of the lines; row -> why it is no line (``FAULTS``)
    """
    reader = _Reader(sheet)
    places = _places(sheet, head)
    entries: list[Entry] = []
    faults: dict[int, str] = {}
    first: dict[tuple[Any, ...], Entry] = {}
    for row in rows.tolist():
        own = reader.read(row)
        if isinstance(own, str):
            faults[row] = own
            continue
        keys = [(places[row], entry.item, entry.condition) for entry in own]
        earlier = [first[key] for key in keys if key in first]
        if earlier:
            alike = [
                first[key].quantity == entry.quantity if key in first else False
                for key, entry in zip(keys, own, strict=True)
            ]
            faults[row] = "repeated" if all(alike) else "contradicts"
            reader.tell_twice(own[0], earlier[0], faults[row])
            continue
        first.update(zip(keys, own, strict=True))
        entries += own
    found: dict[str, Any] = {
        "item": text_column(e.item for e in entries),
        "condition": text_column(e.condition for e in entries),
        "quantity": pd.Series(pd.array([e.quantity for e in entries], dtype="Int64")),
    }
    for role in ("item", "condition"):
        texts = [reader.text(role, entry.row) for entry in entries]
        found[f"{role}_text"] = text_column(texts)
    return np.array([e.row for e in entries], dtype=np.int_), found, faults


def _places(sheet: OpenSheet, head: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return what tells rows about the same item apart: place, time, what else is said.

    A district counts by its code, however it is spelled; remarks do not count.
    """
    names = [n for n in (*PLACES[2:], "village_code", "period") if n in head]
    said = [[fold_words(str(cell)) for cell in head[name]] for name in names]
    written = zip(*(head[n] for n in PLACES[:2] if n in head), strict=True)
    named = [fold_words(" ".join(map(str, cells))) for cells in written]
    said.append(
        [
            code if isinstance(code, str) else named[i] if named else ""
            for i, code in enumerate(head["region_code"])
        ]
    )
    said += [
        [fold_words(as_text(cell)) for cell in sheet.column(column)]
        for column in sheet.known.of_role("keep", UNKNOWN)
        if not set(fold_words(column.printed).split()) & _REMARKS
    ]
    return list(zip(*said, strict=True))


class _Reader:
    """The rows of one inventory being read."""

    def __init__(self, sheet: OpenSheet) -> None:
        self.sheet = sheet
        self.by_role = {c.role: c for c in reversed(sheet.known.columns)}
        self.counted = sheet.known.of_role("quantity")

    def text(self, role: str, row: int) -> str:
        """Return what a row says in a column of words."""
        if role not in self.by_role:
            return ""
        cell = self.sheet.cells[row, self.by_role[role].position]
        return "" if is_blank(cell) else as_text(cell)

    def read(self, row: int) -> list[Entry] | str:
        """Return the entries of a row, or why it has none; told where it is odd."""
        named, said = self.text("item", row), self.text("condition", row)
        item, condition = item_of(named), condition_of(said)
        if "item" in self.by_role and not item:
            expected = ", ".join(each.id for each in supply_items().values())
            self._tell("item_unknown", row, "item", named or "–", expected)
            return "item_unknown"
        if said and not condition:
            expected = ", ".join(each.id for each in conditions().values())
            self._tell("condition_unknown", row, "condition", said, expected)
            return "condition_unknown"
        if self._wrong(row):
            return "quantity_wrong"
        found: list[Entry] = []
        for key, columns in self._blocks(row, item):
            if not key:
                self._tell("item_unknown", row, "quantity", columns[0].printed, "")
                return "item_unknown"
            for name, quantity in self._split(row, columns):
                found.append(Entry(row, key, name or condition or UNSTATED, quantity))
        return found

    def _tell(self, code: str, row: int, role: str, value: str, expected: str) -> None:
        self.sheet.tell(
            code, row, self.by_role.get(role), value=value, expected=expected
        )

    def _wrong(self, row: int) -> bool:
        """Whether a quantity of the row is none; negative and fractional ones told."""
        wrong = False
        for column in self.counted:
            read = self.sheet.numbers[column.position]
            value = float(read.values[row])
            wrong |= read.faults[row] != OK  # told with all numbers
            text = as_text(self.sheet.cells[row, column.position])
            if value < 0:
                self.sheet.tell("negative_count", row, column, value=text)
                wrong = True
            elif not np.isnan(value) and not value.is_integer():
                self.sheet.tell("fractional_count", row, column, value=text)
                wrong = True
        return wrong

    def _blocks(self, row: int, item: str) -> Iterator[tuple[str, list[Column]]]:
        """Yield each item of a row and the columns that count it."""
        blocks: dict[str, list[Column]] = {}
        for column in self.counted:
            own = (column.stock or Stock()).item
            blocks.setdefault(own or item, []).append(column)
        whole = blocks.pop("", []) if len(blocks) > 1 else []
        filled = {
            key: columns
            for key, columns in blocks.items()
            if item or any(self._number(row, c) is not None for c in columns)
        }
        yield from filled.items()
        for column in whole:  # a sum over several items
            parts = [self._number(row, c) for own in filled.values() for c in own]
            self._check(row, column, [n for n in parts if n is not None], exact=True)

    def _number(self, row: int, column: Column) -> int | None:
        value = float(self.sheet.numbers[column.position].values[row])
        return None if np.isnan(value) else int(value)

    def _split(
        self, row: int, columns: Sequence[Column]
    ) -> list[tuple[str, int | None]]:
        """Return conditions and quantities of one item; ``""``: no heading says it."""
        parts = [c for c in columns if c.stock and c.stock.condition]
        wholes = [c for c in columns if c not in parts]
        sums = [n for c in wholes if (n := self._number(row, c)) is not None]
        numbers = [self._number(row, c) for c in parts]
        known = [n for n in numbers if n is not None]
        if not parts or (sums and not known):
            for column in wholes[1:]:
                self._check(row, column, sums[:1], exact=True)
            return [("", sums[0] if sums else None)]
        for column in wholes:
            self._check(row, column, known, exact=len(known) == len(parts))
        rest = 0 if sums and sums[0] == sum(known) else None
        return [
            (c.stock.condition if c.stock else "", rest if n is None else n)
            for c, n in zip(parts, numbers, strict=True)
        ]

    def _check(
        self, row: int, column: Column, parts: Sequence[int], *, exact: bool
    ) -> None:
        """Compare a sum with its parts; ``exact``: no part is unknown."""
        printed, added = self._number(row, column), sum(parts)
        if printed is None or printed == added:
            return
        rest = printed > added and not exact
        self.sheet.tell(
            "inventory_rest_unstated" if rest else "parts_do_not_add_up",
            row, column, value=str(printed), expected=str(added),
        )  # fmt: skip

    def tell_twice(self, own: Entry, earlier: Entry, fault: str) -> None:
        """Report a thing that stands in two rows."""
        code = "inventory_twice" if fault == "repeated" else "inventory_contradicts"
        self.sheet.tell(
            code, own.row, self.by_role.get("kabkota"),
            value=supply_items()[own.item].id,
            expected=str(self.sheet.first + earlier.row),
        )  # fmt: skip
