"""The workbook of the meeting: one sheet per district, decisions chosen from a list.

Why: a meeting decides in a spreadsheet on a projector. What the plans say is locked;
only the decision, another value and the reason can be typed, and what is typed is read
back by :func:`~kkbpk_geo.plan.decisions.resolve`.

In:     an :class:`~kkbpk_geo.plan.alignment.Alignment`. Out: an XLSX file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.labels import label, marked
from kkbpk_geo.io import (
    HEAD_COLOUR,
    new_workbook,
    sheet_name,
    workbook_path,
    write_cell,
)
from kkbpk_geo.plan.align.alignment import Alignment
from kkbpk_geo.plan.decide.choices import MERGING, NOTING

if TYPE_CHECKING:
    import pandas as pd
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# Column of a district's sheet -> width; the last one, the id, is hidden.
COLUMNS = {
    "number": 6, "kind": 24, "work": 34, "period": 14, "field": 14, "base": 24,
    "province": 28, "district": 28, "proposal": 14, "rupiah": 16, "note": 36,
    "choice": 18, "value": 18, "why": 36, "decision_id": 4,
}  # fmt: skip
OPEN = ("choice", "value", "why")
SHOWN = (
    "status", "lines", "agreed", "aligned_share", "decisions", "conflicts",
    "double_funding", "need_without_activity", "unfunded_need",
)  # fmt: skip
_HEAD = 3  # rows above the first decision: title, instructions, headings


def write_meeting_workbook(
    alignment: Alignment,
    path: str | Path,
    *,
    decisions: pd.DataFrame | None = None,
    title: str = "",
) -> Path:
    """Write the workbook in which a meeting takes its decisions.

    Parameters
    ----------
    alignment : Alignment
    path : str or Path
        A name ending in ``.xlsx``; replaced if it exists.
    decisions : DataFrame, optional
        Rows of ``alignment.table``: those still open, say. All of them if left out.
    title : str, optional

    Returns
    -------
    Path
        The file. The same comparison gives the same bytes.

    Raises
    ------
    PlanError
        If the path does not end in ``.xlsx``.
    IntakeError
        If it cannot be written.
    """
    path = workbook_path(path, "the meeting's workbook")
    table = alignment.table if decisions is None else decisions
    language, marks = alignment.language, alignment.marks
    shown = marked(title or label("meeting_title", language), marks, language)
    with new_workbook(path, title=shown) as book:
        _Writer(book, alignment, table).write(shown)
    return path


@dataclass(frozen=True, slots=True, eq=False)
class _Writer:
    """One workbook being written."""

    book: Workbook
    alignment: Alignment
    table: pd.DataFrame

    @property
    def language(self) -> Language:
        """Language of headings and choices; both languages are read back."""
        return self.alignment.language

    def say(self, key: str) -> str:
        """Return a word of the meeting pack."""
        return label(f"meeting_{key}", self.language)

    def write(self, title: str) -> None:
        """Write the summary, the province's sheet, and one per district."""
        self._summary(title)
        taken = {self.say("summary").casefold()}
        regions = self.alignment.regions
        here = set(self.table["region_code"])
        codes = sorted(here - set(regions.index))  # the province's own lines
        codes += [
            str(code)
            for code, lines in regions["lines"].fillna(0).items()
            if lines or code in here
        ]
        for code in codes:
            rows = self.table[self.table["region_code"] == code]
            name = regions["name"].get(code) or self.say("province_sheet")
            self._district(sheet_name(f"{code} {name}", taken), str(name), rows)

    def _format(self, **properties: object) -> Format:
        return self.book.add_format({"valign": "top", "text_wrap": True, **properties})

    def _summary(self, title: str) -> None:
        import pandas as pd

        sheet = self.book.add_worksheet(self.say("summary"))
        bold = self._format(bold=True, border=1, bg_color=HEAD_COLOUR)
        plain = self._format(border=1)
        share = self._format(border=1, num_format="0.0")
        sheet.write_string(0, 0, title, self.book.add_format({"bold": True}))
        wide = len(SHOWN)
        text = [self.alignment.summary(self.language)]
        text += self.alignment.absence(self.language)
        sheet.merge_range(1, 0, 1, wide, "\n".join(text), self._format())
        sheet.set_row(1, 62 + 30 * len(text))
        sheet.merge_range(2, 0, 2, wide, self.say("how"), self._format())
        sheet.set_row(2, 48)
        heads = [self.say("region"), *(self.say(name) for name in SHOWN)]
        for i, head in enumerate(heads):
            sheet.write_string(4, i, head, bold)
        for row, (code, line) in enumerate(self.alignment.regions.iterrows(), 5):
            write_cell(sheet, row, 0, f"{code} {line['name']}", plain)
            for i, name in enumerate(SHOWN, 1):
                value: Any = line[name]
                if name == "status":
                    word = label(f"align_kind_{value}", self.language) if value else ""
                    sheet.write_string(row, i, word, plain)
                elif not pd.isna(value):
                    style = share if name == "aligned_share" else plain
                    sheet.write_number(row, i, float(value), style)
                else:
                    sheet.write_string(row, i, "–", plain)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, wide, 14)
        sheet.freeze_panes(5, 1)
        _for_print(sheet)
        sheet.protect("", {"format_columns": True})

    def _district(self, name: str, region: str, rows: pd.DataFrame) -> None:
        sheet = self.book.add_worksheet(name)
        head = self._format(bold=True, border=1, bg_color=HEAD_COLOUR)
        given = self._format(border=1, locked=True)
        money = self._format(border=1, locked=True, num_format="#,##0")
        free = self._format(border=1, locked=False, bg_color="#FFF9E5")
        text = self._format(border=1, locked=False, bg_color="#FFF9E5", num_format="@")
        title = marked(region, self.alignment.marks, self.language)
        sheet.write_string(0, 0, title, self.book.add_format({"bold": True}))
        sheet.write_string(1, 0, self.say("nothing" if rows.empty else "how_short"))
        for i, (key, width) in enumerate(COLUMNS.items()):
            sheet.set_column(i, i, width)
            sheet.write_string(_HEAD - 1, i, self.say(key), head)
        styles = {"rupiah": money, "choice": free, "value": text, "why": text}
        for row, decision in enumerate(rows.to_dict("records"), _HEAD):
            cells = self._cells(row - _HEAD + 1, decision)
            for i, key in enumerate(COLUMNS):
                style = styles.get(key, given)
                sheet.write_blank(row, i, None, style)
                write_cell(sheet, row, i, cells[key], style)
            self._choices(sheet, row, str(decision["decision_id"]))
        last = len(COLUMNS) - 1
        sheet.set_column(last, last, None, None, {"hidden": True})
        sheet.freeze_panes(_HEAD, 3)
        sheet.autofilter(_HEAD - 1, 0, max(_HEAD, _HEAD + len(rows) - 1), last)
        sheet.repeat_rows(_HEAD - 1)
        _for_print(sheet)
        sheet.protect(
            "", {"format_columns": True, "format_rows": True, "autofilter": True}
        )

    def _cells(self, number: int, decision: dict[Any, Any]) -> dict[str, object]:
        cells: dict[str, object] = {**decision, "number": number}
        cells["kind"] = label(f"align_kind_{decision['kind']}", self.language)
        cells["field"] = label(f"align_field_{decision['field']}", self.language)
        proposal = decision["proposal"]
        cells["proposal"] = (
            label(f"choice_{proposal}", self.language) if proposal else ""
        )
        cells["rupiah"] = int(decision["rupiah"]) or ""
        return {**cells, **dict.fromkeys(OPEN, "")}

    def _choices(self, sheet: Worksheet, row: int, decision_id: str) -> None:
        """Let the cell of a decision accept the choices that fit it."""
        name = decision_id.rpartition("|")[2]
        keys: Sequence[str] = NOTING if name == "note" else MERGING
        if name == "line":
            keys = MERGING[:-1]  # a whole line cannot be another value
        words = [label(f"choice_{key}", self.language) for key in keys]
        column = list(COLUMNS).index("choice")
        sheet.data_validation(
            row, column, row, column,
            {
                "validate": "list",
                "source": words,
                "input_title": self.say("choice")[:32],
                "input_message": self.say(f"help_{_help(name)}")[:255],
                "error_title": self.say("choice")[:32],
                "error_message": label("template_bad_choice", self.language),
            },
        )  # fmt: skip


def _help(name: str) -> str:
    return name if name in ("note", "line") else "field"


def _for_print(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
