"""The workbook of a division: computed cells are locked, those to decide are open.

Why: targets are argued over on a projector. One sheet per service shows every district
with its limits and its reason; the yellow cells take what is decided, and
``apportionment_reading`` reads them back.

In:     a :class:`~kkbpk_geo.plan.apportionment_division.Division`. Out: an XLSX file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.escaping import for_sheet
from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.missing import is_missing
from kkbpk_geo.catalogue.labels import label, marked
from kkbpk_geo.io import (
    HEAD_COLOUR,
    new_workbook,
    sheet_name,
    workbook_path,
    write_cell,
)
from kkbpk_geo.plan.targets.division import HISTORY, Division
from kkbpk_geo.plan.targets.layout import (
    COLUMNS,
    FIRST,
    GENERAL,
    HEAD,
    HIDDEN,
    MOST,
    OPEN,
    SETTINGS_COLUMNS,
    TABLE,
    WAS_SETTING,
    finish,
    folded,
    number,
    service_name,
    set_widths,
)
from kkbpk_geo.plan.targets.methods import METHODS
from kkbpk_geo.plan.targets.words import basis_words
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet


def write_division_workbook(
    division: Division, path: str | Path, *, language: Language = "id"
) -> Path:
    """Write the workbook in which a meeting settles targets.

    Parameters
    ----------
    division : Division
    path : str or Path
        A name ending in ``.xlsx``; replaced if it exists.
    language : {"id", "en"}
        Of headings and explanations; both are read back.

    Returns
    -------
    Path
        The file. The same division gives the same bytes.

    Raises
    ------
    PlanError
        If the path does not end in ``.xlsx``.
    IntakeError
        If it cannot be written.
    """
    path = workbook_path(path, "a division's workbook")
    title = marked(label("division_title", language), division.marks, language)
    with new_workbook(path, title=title) as book:
        _Writer(book, division, language, path.name).write()
    return path


@dataclass(frozen=True, eq=False)
class _Writer:
    """One workbook being written."""

    book: Workbook
    division: Division
    language: Language
    file: str

    def say(self, key: str) -> str:
        """Return a word of the workbook."""
        return label(f"division_{key}", self.language)

    def title(self, text: str) -> str:
        """Return the title of a sheet, with the marks of the division."""
        return marked(text, self.division.marks, self.language)

    @cached_property
    def styles(self) -> Mapping[str, Format]:
        """Return the formats of cells, made once."""
        given = {"valign": "top", "text_wrap": True, "border": 1}
        free = {**given, "locked": False, "bg_color": "#FFF9E5"}
        return {
            "bold": self.book.add_format({"bold": True}),
            "text": self.book.add_format({"valign": "top", "text_wrap": True}),
            "head": self.book.add_format(
                {**given, "bold": True, "bg_color": HEAD_COLOUR}
            ),
            "given": self.book.add_format(given),
            "code": self.book.add_format({**given, "num_format": "@"}),
            "count": self.book.add_format({**given, "num_format": "#,##0"}),
            "sum": self.book.add_format({**given, "bold": True, "num_format": "#,##0"}),
            "fraction": self.book.add_format({**given, "num_format": "#,##0.00##"}),
            "free": self.book.add_format({**free, "num_format": "#,##0"}),
            "free_number": self.book.add_format({**free, "num_format": "0.##"}),
            "free_text": self.book.add_format({**free, "num_format": "@"}),
        }

    def write(self) -> None:
        """Write overview, settings, one sheet per service, and the log."""
        fixed = [self.say(key) for key in ("overview", "settings", "log")]
        taken = {name.casefold() for name in fixed}
        self._overview(self.book.add_worksheet(fixed[0]))
        self._settings(self.book.add_worksheet(fixed[1]))
        for key in self.division.items:
            sheet = self.book.add_worksheet(sheet_name(key.replace(":", " "), taken))
            self._service(sheet, key)
        self._log(self.book.add_worksheet(fixed[2]))

    def _head(self, sheet: Worksheet, row: int, keys: Sequence[str]) -> None:
        for i, key in enumerate(keys):
            sheet.write_string(row, i, self.say(key), self.styles["head"])

    def _cells(
        self, sheet: Worksheet, row: int, cells: Sequence[object], style: str = ""
    ) -> None:
        """Write cells of a row: numbers as numbers, what is not there as nothing."""
        for i, cell in enumerate(cells):
            known = "" if is_missing(cell) else cell
            counted = isinstance(known, int)
            how = self.styles[style or ("count" if counted else "given")]
            sheet.write_blank(row, i, None, how)
            write_cell(sheet, row, i, known, how)

    def _overview(self, sheet: Worksheet) -> None:
        division, table = self.division, self.division.overview
        columns = ("service", "what", "wanted", "divided", "short", "unit_cost", "cost")
        sheet.write_string(0, 0, self.title(self.say("title")), self.styles["bold"])
        how = self.say("how").format(file=self.file)
        text = str(for_sheet("\n".join(filter(None, (division.note, how)))))
        sheet.merge_range(1, 0, 1, len(columns), text, self.styles["text"])
        sheet.set_row(1, 78)
        self._head(sheet, 3, columns)
        row = 4
        for key, line in table.iterrows():
            cells = [number(cell) for cell in line]
            name = service_name(str(key), self.language)
            self._cells(sheet, row, [str(key), name, *cells])
            row += 1
        spent: list[tuple[str, int]] = []
        if table["cost"].notna().any():
            spent.append(("sum", division.cost))
        if division.budget is not None:
            left = division.budget - division.cost
            spent += [("budget", division.budget), ("left", left)]
        for key, amount in spent:
            blanks = [""] * (len(columns) - 2)
            self._cells(sheet, row, [self.say(key), *blanks, amount], "sum")
            row += 1
        keys = list(division.items)
        heads = [self.say("region_code"), self.say("name"), *keys]
        codes = sorted({c for r in division.results.values() for c in r.weights})
        for i, head in enumerate(heads):
            sheet.write_string(row + 1, i, head, self.styles["head"])
        for at, code in enumerate(codes, row + 2):
            values = [
                division.quantity(key, code)
                if code in division.results[key].weights
                else ""
                for key in keys
            ]
            self._cells(sheet, at, [code, place_name(code), *values])
        sums = table["divided"].tolist()
        end = row + 2 + len(codes)
        self._cells(sheet, end, ["", self.say("sum"), *sums], "sum")
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 44)
        sheet.set_column(2, max(len(columns), len(heads)) - 1, 18)
        finish(sheet)

    def _settings(self, sheet: Worksheet) -> None:
        division, styles = self.division, self.styles
        sheet.write_string(0, 0, self.title(self.say("settings")), styles["bold"])
        last = list(SETTINGS_COLUMNS).index("basis")
        how = self.say("how").format(file=self.file)
        sheet.merge_range(1, 0, 1, last, how, styles["text"])
        sheet.set_row(1, 62)
        self._head(sheet, FIRST, ("setting", "setting_value"))
        words = {key: label(f"plan_method_{key}", self.language) for key in METHODS}
        for row, key in enumerate(GENERAL, FIRST + 1):
            value = getattr(division, key)
            cell = words[value] if key == "method" else "" if value is None else value
            style = styles["free" if key == "budget" else "free_text"]
            style = styles["given"] if key == "note" else style
            sheet.write_string(row, 0, self.say(key), styles["given"])
            sheet.write_blank(row, 1, None, style)
            write_cell(sheet, row, 1, folded(cell), style)
            write_cell(sheet, row, WAS_SETTING, folded(cell))
        sheet.data_validation(
            FIRST + 1, 1, FIRST + 1, 1,
            {"validate": "list", "source": list(words.values())},
        )  # fmt: skip
        self._whole(sheet, (FIRST + 2, 1, FIRST + 2, 1))
        sheet.write_string(FIRST, WAS_SETTING, self.say("was_setting"))
        self._head(sheet, TABLE, tuple(SETTINGS_COLUMNS))
        for row, (key, item) in enumerate(division.items.items(), TABLE + 1):
            result = division.results[key]
            cells: dict[str, Any] = {
                "service": key,
                "what": service_name(key, self.language),
                "total": int(item.total),
                "batch": int(item.batch),
                "unit_cost": item.unit_cost,
                "priority": float(item.priority),
                "basis": basis_words(result.basis, self.language),
                "basis_exact": ";".join(f"{k}={s}" for k, s in result.basis.items()),
                "codes": " ".join(result.weights),
            }
            cells |= {f"was_{k}": cells[k] for k in cells if f"was_{k}" in HIDDEN}
            self._line(sheet, row, SETTINGS_COLUMNS, cells)
        end = TABLE + len(division.items)
        self._whole(sheet, (TABLE + 1, 2, end, 4))
        set_widths(sheet, SETTINGS_COLUMNS)
        finish(sheet)

    def _service(self, sheet: Worksheet, key: str) -> None:
        division, styles = self.division, self.styles
        result = division.results[key]
        places = list(COLUMNS)
        name = service_name(key, self.language)
        sheet.write_string(0, 0, self.title(name), styles["bold"])
        sheet.write_string(1, 0, self.say("service"), styles["given"])
        sheet.write_string(1, 1, key, styles["given"])
        sheet.write_string(2, 0, self.say("how_short"))
        sheet.write_string(3, 0, self.say("sum"), styles["sum"])
        total = int(result.values.sum())
        sheet.write_number(3, places.index("value"), total, styles["sum"])
        self._head(sheet, HEAD - 1, places)
        for row, (code, line) in enumerate(result.table.iterrows(), HEAD):
            weight = result.weights[str(code)]
            cells: dict[str, Any] = {
                "region_code": str(code),
                "name": place_name(code),
                "weight": line["weight"],
                "quota": line["quota"],
                "value": int(line["value"]),
                "why": _reason(result.explain(str(code), self.language)),
                "weight_exact": "" if weight is None else str(weight),
            }
            for limit in ("floor", "cap", "locked"):
                cells[limit] = cells[f"was_{limit}"] = number(line[limit])
            sheet.set_row(row, 15 * (1 + len(cells["why"]) // COLUMNS["why"]))
            self._line(sheet, row, COLUMNS, cells)
        end = HEAD + len(result.table) - 1
        for first, last in (("floor", "locked"), ("decision", "decision")):
            here = (places.index(first), places.index(last))
            self._whole(sheet, (HEAD, here[0], end, here[1]))
        set_widths(sheet, COLUMNS)
        sheet.freeze_panes(HEAD, 2)
        sheet.repeat_rows(HEAD - 1)
        finish(sheet)

    def _line(
        self,
        sheet: Worksheet,
        row: int,
        columns: Mapping[str, int],
        cells: Mapping[str, Any],
    ) -> None:
        """Write one service or district; yellow where something may be decided."""
        special = {
            "reason": "free_text", "priority": "free_number", "weight": "fraction",
            "quota": "fraction", "region_code": "code", "value": "sum",
        }  # fmt: skip
        for i, key in enumerate(columns):
            usual = "free" if key in OPEN else "given"
            style = self.styles[special.get(key, usual)]
            cell = cells.get(key)
            sheet.write_blank(row, i, None, style)
            write_cell(sheet, row, i, "" if is_missing(cell) else cell, style)

    def _whole(self, sheet: Worksheet, cells: tuple[int, int, int, int]) -> None:
        """Let cells accept whole numbers from 0 up, or nothing."""
        sheet.data_validation(
            *cells,
            {
                "validate": "integer",
                "criteria": "between",
                "minimum": 0,
                "maximum": MOST,
                "error_title": self.say("settings"),
                "error_message": self.say("whole_help"),
            },
        )

    def _log(self, sheet: Worksheet) -> None:
        heads = list(HISTORY)
        heads.insert(heads.index("region_code") + 1, "name")
        self._head(sheet, 0, heads)
        for row, line in enumerate(self.division.log.to_dict("records"), 1):
            code, kind = line["region_code"], line["kind"]
            shown = {
                **line,
                "name": place_name(code) if code else "",
                "kind": self.say(f"kind_{kind}"),
            }
            for name in ("was", "became"):
                cell = line[name]
                if kind == "method":
                    shown[name] = label(f"plan_method_{cell}", self.language)
                elif not is_missing(cell):
                    shown[name] = float(cell) if kind == "priority" else int(cell)
            self._cells(sheet, row, [folded(shown[key]) for key in heads])
        for i, key in enumerate(heads):
            wide = {"name": 24, "service": 26, "reason": 40, "decided_by": 26}
            sheet.set_column(i, i, wide.get(key, 14))
        sheet.freeze_panes(1, 0)
        finish(sheet)


def _reason(explained: str) -> str:
    """Return an explanation without the district, which stands in its own column."""
    return explained.partition(": ")[2]
