"""The workbook of supplies: what is lacking where, and what the money buys of it.

In:     :class:`~kkbpk_geo.plan.supplies.Supplies` and, where there are prices,
        :class:`~kkbpk_geo.plan.supplies_buying.Procurement`. Out: an XLSX file; every
        number is a number, every amount exact rupiah.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.missing import is_missing
from kkbpk_geo.catalogue.labels import label, mark_words
from kkbpk_geo.catalogue.programme import column_label
from kkbpk_geo.catalogue.supplies import supply_items
from kkbpk_geo.io import (
    AS_TEXT,
    GIVEN,
    HEAD_CELL,
    SUM,
    TENTHS,
    WHOLE,
    Book,
    Styled,
    as_records,
    columns,
    workbook_path,
)
from kkbpk_geo.plan.supplies.needs import GAPS, STOCK, Supplies
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.plan.supplies.buying import Procurement

_COUNTS = ("need", *STOCK, "total", *GAPS)
_WIDE = {"action": 20, "name": 24, "item": 34, "base": 34, "status": 34, "why": 34}
_CODE, _SHARE = replace(GIVEN, number=AS_TEXT), replace(GIVEN, number=TENTHS)
_COUNT = replace(GIVEN, number=WHOLE)
_LOOKS = {"region_code": _CODE, "coverage": _SHARE}
_NOTE_COLUMNS = 8  # that a text above a table goes across
_NOTE_HEIGHT = 48  # of three lines
OPEN_COLUMNS = ("action", "item", "region_code", "wanted", "status")


def write_supplies_workbook(
    supplies: Supplies,
    path: str | Path,
    *,
    procurement: Procurement | None = None,
    note: str = "",
    language: Language = "id",
) -> Path:
    """Write gaps per district and item, purchases, and what cannot be counted yet.

    Parameters
    ----------
    supplies : Supplies
    path : str or Path
        A name ending in ``.xlsx``; replaced if it exists.
    procurement : Procurement, optional
    note : str
        What the numbers come from.
    language : {"id", "en"}

    Returns
    -------
    Path
        The file. The same supplies give the same bytes.

    Raises
    ------
    PlanError
        If the path does not end in ``.xlsx``.
    IntakeError
        If it cannot be written.
    """
    path = workbook_path(path, "the supplies' workbook")
    title = label("supply_title", language)
    words = mark_words(supplies.marks, language)
    said = [words, note, supplies.summary(language)]
    said += [] if procurement is None else [procurement.summary(language)]
    with Book.create(path, title=title) as book:
        sheet = _Sheets(book, language, words)
        own = supplies.table["region_code"] == supplies.province_code
        sheet.table(
            "overview",
            ("item", "base", *_COUNTS, "coverage", "status"),
            supplies.table[own],
            above=[title, *filter(None, said)],
        )
        sheet.table(
            "gaps",
            ("region_code", "name", "item", *_COUNTS, "coverage", "status"),
            supplies.table[~own].sort_values(["region_code"], kind="stable"),
        )
        if procurement is not None:
            columns = ("action", "item", "region_code", "name", "wanted", "funded",
                       "short", "unit_price", "cost")  # fmt: skip
            table = procurement.table
            short = (table["wanted"] - table["funded"]).clip(lower=0)
            sheet.table(
                "buying",
                columns,
                table.assign(short=short),
                sums=("wanted", "funded", "short", "cost"),
                below=(
                    ("budget", procurement.split.budget or 0),
                    ("left", procurement.split.leftover),
                )
                if procurement.limited
                else (),
            )
        sheet.table("open", ("action", "item", "region_code", "name", "wanted",
                             "status"), open_rows(supplies, procurement))  # fmt: skip
    return path


def open_rows(supplies: Supplies, procurement: Procurement | None) -> pd.DataFrame:
    """Return what is lacking without a price, and where nobody knows what is lacking.

    Returns
    -------
    DataFrame
        ``action, item, region_code, wanted, status``; ``action`` and ``wanted`` are
        missing where nothing is known.
    """
    import pandas as pd

    unknown = supplies.table[
        supplies.table["buy"].isna()
        & (supplies.table["region_code"] != supplies.province_code)
    ]
    parts = [unknown.reindex(columns=list(OPEN_COLUMNS))]
    if procurement is not None:
        parts.insert(0, procurement.unpriced.assign(status="unpriced"))
    return pd.concat(
        [part[list(OPEN_COLUMNS)].astype(object) for part in parts if len(part)]
        or [parts[0][list(OPEN_COLUMNS)]],
        ignore_index=True,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Sheets:
    """Sheets of one workbook, in one style."""

    book: Book
    language: Language
    words: str  # the mark, also above a sheet that has no title

    def say(self, key: str) -> str:
        return label(f"supply_{key}", self.language)

    def table(
        self,
        name: str,
        keys: Sequence[str],
        rows: pd.DataFrame,
        *,
        above: Sequence[str] = (),
        sums: Sequence[str] = (),
        below: Sequence[tuple[str, int]] = (),
    ) -> None:
        """Write a sheet: a title and notes, a table, its sums, and amounts below."""
        sheet = self.book.sheet(self.say(f"sheet_{name}"))
        widths = {key: _WIDE.get(key, 14) for key in keys}
        shown = columns(
            widths, "supply_", self.language, look=_COUNT, looks=_LOOKS, head=HEAD_CELL
        )
        last = len(shown) - 1
        above = above or list(filter(None, [self.words]))
        if above:
            sheet.title(above[0])
        for row, text in enumerate(above[1:], 1):
            sheet.note(row, text, min(_NOTE_COLUMNS, last), height=_NOTE_HEIGHT)
        head = len(above) + 1 if above else 0  # an empty row between notes and table
        lines = (self._cells(keys, line) for line in as_records(rows))
        area = sheet.table(shown, lines, at=head)
        row = area.end
        if sums:
            summed = {key: int(rows[key].sum()) for key in sums}
            cells = [summed.get(key) for key in keys[1:]]
            sheet.put_row(row, [self.say("sum"), *cells], SUM)
            row += 1
        blanks = [None] * (last - 1)
        sheet.put_rows(row, ([self.say(k), *blanks, n] for k, n in below), SUM)
        sheet.keep_in_sight(area, filtered=True, printed=True)
        sheet.for_print()

    def _cells(self, keys: Sequence[str], line: dict[Any, Any]) -> dict[str, object]:
        shown = {key: self._shown(key, line) for key in keys}
        for key, cell in shown.items():
            if isinstance(cell, str) and key not in _LOOKS:
                shown[key] = Styled(cell, GIVEN)
        return shown

    def _shown(self, key: str, line: dict[Any, Any]) -> object:
        """Return a cell in words or as a number; empty where it is missing."""
        if key == "base":  # which measure, not how many
            return column_label(supply_items()[line["item"]].base, self.language)
        if key == "name":
            return place_name(line["region_code"])
        cell = line[key]
        if is_missing(cell):
            return ""
        if key == "coverage":
            return 100 * float(cell)
        return self._word(key, cell) if isinstance(cell, str) else int(cell)

    def _word(self, key: str, cell: str) -> str:
        if key in ("action", "status"):
            return self.say(f"{key}_{cell}")
        return supply_items()[cell].name(self.language) if key == "item" else cell
