"""The workbook of supplies: what is lacking where, and what the money buys of it.

In:     :class:`~kkbpk_geo.plan.supplies.Supplies` and, where there are prices,
        :class:`~kkbpk_geo.plan.supplies_buying.Procurement`. Out: an XLSX file; every
        number is a number, every amount exact rupiah.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.escaping import for_sheet
from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.missing import is_missing
from kkbpk_geo.catalogue.labels import label, mark_words
from kkbpk_geo.catalogue.programme import column_label
from kkbpk_geo.catalogue.supplies import supply_items
from kkbpk_geo.io import HEAD_COLOUR, new_workbook, workbook_path, write_cell
from kkbpk_geo.plan.supplies.needs import GAPS, STOCK, Supplies
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    import pandas as pd
    from xlsxwriter import Workbook

    from kkbpk_geo.plan.supplies.buying import Procurement

_COUNTS = ("need", *STOCK, "total", *GAPS)
_WIDE = {"action": 20, "name": 24, "item": 34, "base": 34, "status": 34, "why": 34}
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
    with new_workbook(path, title=title) as book:
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


class _Sheets:
    """Sheets of one workbook, in one style."""

    def __init__(self, book: Workbook, language: Language, words: str) -> None:
        self.book, self.language = book, language
        self.above = (words,) if words else ()  # of a sheet that has no title
        cell = {"border": 1, "valign": "top", "text_wrap": True}
        self.bold = book.add_format({"bold": True})
        self.text = book.add_format({"valign": "top", "text_wrap": True})
        self.head = book.add_format({**cell, "bold": True, "bg_color": HEAD_COLOUR})
        self.cell = book.add_format(cell)
        self.code = book.add_format({**cell, "num_format": "@"})
        self.count = book.add_format({**cell, "num_format": "#,##0"})
        self.share = book.add_format({**cell, "num_format": "0.0"})
        self.sum = book.add_format({**cell, "bold": True, "num_format": "#,##0"})

    def say(self, key: str) -> str:
        return label(f"supply_{key}", self.language)

    def table(
        self,
        name: str,
        columns: Sequence[str],
        rows: pd.DataFrame,
        *,
        above: Sequence[str] = (),
        sums: Sequence[str] = (),
        below: Sequence[tuple[str, int]] = (),
    ) -> None:
        sheet = self.book.add_worksheet(self.say(f"sheet_{name}"))
        above = above or self.above
        for i, text in enumerate(above):
            if not i:
                sheet.write_string(0, 0, text, self.bold)
                continue
            inert = str(for_sheet(text))
            sheet.merge_range(i, 0, i, min(8, len(columns) - 1), inert, self.text)
            sheet.set_row(i, 48)
        head = len(above) + (1 if above else 0)
        for i, key in enumerate(columns):
            sheet.write_string(head, i, self.say(key), self.head)
            sheet.set_column(i, i, _WIDE.get(key, 14))
        row = head + 1
        for line in rows.to_dict("records"):
            for i, key in enumerate(columns):
                cell = self._shown(key, line)
                how = self.code if key == "region_code" else self.count
                how = self.share if key == "coverage" else how
                how = self.cell if isinstance(cell, str) and how is self.count else how
                sheet.write_blank(row, i, None, how)
                write_cell(sheet, row, i, cell, how)
            row += 1
        last = len(columns) - 1
        if sums:
            for i, key in enumerate(columns):
                cell = int(rows[key].sum()) if key in sums else ""
                sheet.write_blank(row, i, None, self.sum)
                write_cell(sheet, row, i, cell or (0 if key in sums else ""), self.sum)
            sheet.write_string(row, 0, self.say("sum"), self.sum)
            row += 1
        for key, amount in below:
            for i in range(1, last):
                sheet.write_blank(row, i, None, self.sum)
            sheet.write_string(row, 0, self.say(key), self.sum)
            sheet.write_number(row, last, amount, self.sum)
            row += 1
        sheet.freeze_panes(head + 1, 0)
        sheet.autofilter(head, 0, max(head + 1, head + len(rows)), last)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(head)

    def _shown(self, key: str, line: dict[Any, Any]) -> object:
        """Return a cell in words or as a number; empty where it is missing."""
        if key == "base":  # which measure, not how many
            return column_label(supply_items()[line["item"]].base, self.language)
        line = {**line, "name": place_name(line["region_code"])}
        cell = line[key]
        if is_missing(cell):
            return ""
        if key in ("action", "status"):
            return self.say(f"{key}_{cell}")
        if key == "item":
            return supply_items()[cell].name(self.language)
        if isinstance(cell, str):
            return cell
        return 100 * float(cell) if key == "coverage" else int(cell)
