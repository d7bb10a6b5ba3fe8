"""Inventories: one line per row, item and condition; what is unclear is not counted.

Why: a kit counted twice is a kit not bought. A row with an unknown item or condition, a
quantity that is none, or a thing that stands twice is listed, whole, with its reason;
the stock of its region and item is then unknown, not smaller.

In:     an :class:`~kkbpk_geo.intake.open_sheet.OpenSheet` of an inventory.
Out:    columns ``item, condition`` (keys), ``quantity`` (Int64; missing is unknown),
        ``item_text, condition_text`` (as written); the reason of each row left out.
Rule:   conditions that stand beside their sum are checked against it and win; blank
        ones are none where the sum says so, else unknown; where all are blank the sum
        is the stock, its condition not stated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.catalogue.supplies import condition_of, conditions, item_of, supply_items
from kkbpk_geo.intake.cells.numbers import OK
from kkbpk_geo.intake.frames import PLACES
from kkbpk_geo.intake.recognise.columns import UNKNOWN, Column
from kkbpk_geo.intake.recognise.stock import UNSTATED, Stock
from kkbpk_geo.io import is_blank, text_column

if TYPE_CHECKING:
    from kkbpk_geo.catalogue.named import Named
    from kkbpk_geo.findings import Finding
    from kkbpk_geo.intake.open_sheet import OpenSheet, Rows

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


# Place and time, item, condition: what may stand in one row only.
_Key = tuple[tuple[str, ...], str, str]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class InventoryLines:
    """What an inventory says.

    ``rows``: the row of each line. ``columns``: the columns of the lines. ``faults``:
    row -> why it is no line (one of :data:`FAULTS`).
    """

    rows: Rows
    columns: Mapping[str, pd.Series[Any]]
    faults: Mapping[int, str]
    findings: Sequence[Finding]


def inventory_lines(sheet: OpenSheet, head: pd.DataFrame) -> InventoryLines:
    """Read the lines of an inventory.

    Parameters
    ----------
    sheet : OpenSheet
    head : DataFrame, one row per row of the sheet
        Places, ``region_code`` and ``period``.
    """
    reader = _Reader(sheet)
    places = _places(sheet, head)
    entries: list[Entry] = []
    faults: dict[int, str] = {}
    first: dict[_Key, Entry] = {}
    for row in sheet.rows.tolist():
        own = reader.read(row)
        if isinstance(own, str):
            faults[row] = own
            continue
        keyed = [((places[row], e.item, e.condition), e) for e in own]
        if fault := reader.twice(keyed, first):
            faults[row] = fault
        else:
            first.update(keyed)
            entries += own
    return InventoryLines(
        rows=np.array([e.row for e in entries], dtype=np.int_),
        columns=_columns(reader, entries),
        faults=faults,
        findings=reader.found,
    )


def _columns(reader: _Reader, entries: Sequence[Entry]) -> dict[str, pd.Series[Any]]:
    quantities = [entry.quantity for entry in entries]
    return {
        "item": text_column(map(attrgetter("item"), entries)),
        "condition": text_column(map(attrgetter("condition"), entries)),
        "quantity": pd.Series(pd.array(quantities, dtype="Int64")),
        "item_text": _written(reader, "item", entries),
        "condition_text": _written(reader, "condition", entries),
    }


def _written(reader: _Reader, role: str, entries: Sequence[Entry]) -> pd.Series[str]:
    return text_column(reader.text(role, entry.row) for entry in entries)


def _places(sheet: OpenSheet, head: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return what tells rows about the same item apart: place, time, what else is said.

    A district counts by its code, however it is spelled; remarks do not count.
    """
    said = [_districts(head)]
    for name in (*PLACES[2:], "village_code", "period"):
        if name in head:
            said.append([fold_words(str(cell)) for cell in head[name]])
    for column in sheet.known.of_role("keep", UNKNOWN):
        if not set(fold_words(column.printed).split()) & _REMARKS:
            said.append([fold_words(as_text(cell)) for cell in sheet.column(column)])
    return list(zip(*said, strict=True))


def _districts(head: pd.DataFrame) -> list[str]:
    """Return the code of each row's district, or the folded names that it gives."""
    written = [map(str, head[name]) for name in PLACES[:2] if name in head]
    named = [fold_words(" ".join(cells)) for cells in zip(*written, strict=True)]
    districts = named or [""] * len(head)
    for i, code in enumerate(head["region_code"]):
        if isinstance(code, str):
            districts[i] = code
    return districts


class _Reader:
    """The rows of one inventory being read; ``found`` is what there is to say."""

    def __init__(self, sheet: OpenSheet) -> None:
        self.sheet = sheet
        self.by_role = {c.role: c for c in reversed(sheet.known.columns)}
        self.counted = sheet.known.of_role("quantity")
        self.found: list[Finding] = []

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
            known = _names(supply_items().values())
            return self._fault("item_unknown", row, "item", named or "–", known)
        if said and not condition:
            known = _names(conditions().values())
            return self._fault("condition_unknown", row, "condition", said, known)
        if self._wrong(row):
            return "quantity_wrong"
        blocks, whole = self._blocks(row, item)
        if not item and "" in blocks:
            printed = blocks[""][0].printed
            return self._fault("item_unknown", row, "quantity", printed, "")
        return self._entries(row, blocks, whole, condition or UNSTATED)

    def _entries(
        self,
        row: int,
        blocks: Mapping[str, Sequence[Column]],
        whole: Sequence[Column],
        condition: str,
    ) -> list[Entry]:
        """Return what each block counts; check the sums over several blocks."""
        found: list[Entry] = []
        parts: list[int] = []
        for key, columns in blocks.items():
            parts += self._numbers(row, columns)
            for name, quantity in self._split(row, columns):
                found.append(Entry(row, key, name or condition, quantity))
        for column in whole:
            self._check(row, column, parts, exact=True)
        return found

    def _fault(self, code: str, row: int, role: str, value: str, expected: str) -> str:
        column = self.by_role.get(role)
        self.found.append(
            self.sheet.find(code, row, column, value=value, expected=expected)
        )
        return code

    def _wrong(self, row: int) -> bool:
        """Whether a quantity of the row is none; negative and fractional ones told."""
        wrong = False
        for column in self.counted:
            read = self.sheet.numbers[column.position]
            wrong |= bool(read.faults[row] != OK)  # told with all numbers
            if code := _odd(float(read.values[row])):
                text = as_text(self.sheet.cells[row, column.position])
                self.found.append(self.sheet.find(code, row, column, value=text))
                wrong = True
        return wrong

    def _blocks(
        self, row: int, item: str
    ) -> tuple[dict[str, list[Column]], list[Column]]:
        """Return item -> the columns that count it, and sums over several items.

        An item that only headings name is in a row that fills one of its columns.
        """
        blocks: dict[str, list[Column]] = {}
        for column in self.counted:
            own = (column.stock or Stock()).item
            blocks.setdefault(own or item, []).append(column)
        whole = blocks.pop("", []) if len(blocks) > 1 else []
        if not item:
            blocks = {
                key: own for key, own in blocks.items() if self._numbers(row, own)
            }
        return blocks, whole

    def _number(self, row: int, column: Column) -> int | None:
        value = float(self.sheet.numbers[column.position].values[row])
        return None if np.isnan(value) else int(value)

    def _numbers(self, row: int, columns: Iterable[Column]) -> list[int]:
        """Return the numbers that stand in some columns of a row."""
        numbers = [self._number(row, column) for column in columns]
        return [number for number in numbers if number is not None]

    def _split(
        self, row: int, columns: Sequence[Column]
    ) -> list[tuple[str, int | None]]:
        """Return conditions and quantities of one item; ``""``: no heading says it."""
        parts = [c for c in columns if c.stock and c.stock.condition]
        wholes = [c for c in columns if c not in parts]
        sums, known = self._numbers(row, wholes), self._numbers(row, parts)
        if not parts or (sums and not known):
            for column in wholes[1:]:
                self._check(row, column, sums[:1], exact=True)
            return [("", sums[0] if sums else None)]
        for column in wholes:
            self._check(row, column, known, exact=len(known) == len(parts))
        # Where the conditions add up to the sum, a blank one is none; else unknown.
        rest = 0 if sums and sums[0] == sum(known) else None
        return [self._part(row, column, rest) for column in parts]

    def _part(
        self, row: int, column: Column, rest: int | None
    ) -> tuple[str, int | None]:
        number = self._number(row, column)
        condition = (column.stock or Stock()).condition
        return condition, rest if number is None else number

    def _check(
        self, row: int, column: Column, parts: Sequence[int], *, exact: bool
    ) -> None:
        """Compare a sum with its parts; ``exact``: no part is unknown."""
        printed, added = self._number(row, column), sum(parts)
        if printed is None or printed == added:
            return
        rest = printed > added and not exact
        self.found.append(
            self.sheet.find(
                "inventory_rest_unstated" if rest else "parts_do_not_add_up",
                row, column, value=str(printed), expected=str(added),
            )
        )  # fmt: skip

    def twice(
        self, keyed: Sequence[tuple[_Key, Entry]], first: Mapping[_Key, Entry]
    ) -> str:
        """Say, and tell, whether a row says what an earlier one says; ``""`` if not."""
        earlier = [(first[key], entry) for key, entry in keyed if key in first]
        if not earlier:
            return ""
        alike = [old.quantity == new.quantity for old, new in earlier]
        again = len(alike) == len(keyed) and all(alike)
        own = keyed[0][1]
        self.found.append(
            self.sheet.find(
                "inventory_twice" if again else "inventory_contradicts",
                own.row, self.by_role.get("kabkota"),
                value=supply_items()[own.item].id,
                expected=str(self.sheet.first + earlier[0][0].row),
            )
        )  # fmt: skip
        return "repeated" if again else "contradicts"


def _names(known: Iterable[Named]) -> str:
    return ", ".join(each.id for each in known)


def _odd(value: float) -> str:
    """Return the finding that a quantity deserves which is no number of things."""
    if value < 0:
        return "negative_count"
    if not np.isnan(value) and not value.is_integer():
        return "fractional_count"
    return ""
