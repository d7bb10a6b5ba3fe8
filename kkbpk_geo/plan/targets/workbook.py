"""The workbook of a division: computed cells are locked, those to decide are open.

Why: targets are argued over on a projector. One sheet per service shows every district
with its limits and its reason; the yellow cells take what is decided, and
``apportionment_reading`` reads them back.

In:     a :class:`~kkbpk_geo.plan.apportionment_division.Division`. Out: an XLSX file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.missing import is_missing
from kkbpk_geo.catalogue.labels import label, marked
from kkbpk_geo.io import (
    AS_TEXT,
    GIVEN,
    HEAD_CELL,
    OPEN,
    SUM,
    WHOLE,
    Book,
    BookSheet,
    Column,
    Rule,
    Styled,
    as_records,
    columns,
    workbook_path,
)
from kkbpk_geo.plan.targets.division import HISTORY, Division
from kkbpk_geo.plan.targets.layout import (
    COLUMNS,
    FIRST,
    GENERAL,
    HEAD,
    HIDDEN,
    MOST,
    OPEN_COLUMNS,
    SETTINGS_COLUMNS,
    TABLE,
    WAS_SETTING,
    folded,
    number,
    service_name,
)
from kkbpk_geo.plan.targets.methods import METHODS
from kkbpk_geo.plan.targets.weights import basis_words
from kkbpk_geo.regions import place_name

_CODE, _COUNT = replace(GIVEN, number=AS_TEXT), replace(GIVEN, number=WHOLE)
_FRACTION = replace(GIVEN, number="#,##0.00##")
_FREE, _FREE_TEXT = replace(OPEN, number=WHOLE), replace(OPEN, number=AS_TEXT)
_LOOKS = {
    "reason": _FREE_TEXT, "priority": replace(OPEN, number="0.##"),
    "weight": _FRACTION, "quota": _FRACTION, "region_code": _CODE, "value": SUM,
}  # fmt: skip
# Looks of the settings of all services together.
_GENERAL = {"method": _FREE_TEXT, "budget": _FREE, "meeting": _FREE_TEXT, "note": GIVEN}
_WHOLE = ("total", "batch", "unit_cost", "floor", "cap", "locked", "decision")
_LOG_WIDTHS = {"name": 24, "service": 26, "reason": 40, "decided_by": 26}
_OVERVIEW = ("service", "what", "wanted", "divided", "short", "unit_cost", "cost")
# Heights: of the notes, whose lines are counted, and of one line of a reason.
_OVERVIEW_HEIGHT, _SETTINGS_HEIGHT, _LINE_HEIGHT = 78, 62, 15


def write_division_workbook(
    division: Division, path: str | Path, *, language: Language = "id"
) -> Path:
    """Write the workbook in which a meeting settles targets.

    Parameters
    ----------
    division : Division
    path : str or Path
        A name ending in ``.xlsx``; one that was filled in is kept beside it.
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
    with Book.create(path, title=title, form=True) as book:
        _Writer(book, division, language, path.name).write()
    return path


@dataclass(frozen=True, slots=True, eq=False)
class _Writer:
    """One workbook being written."""

    book: Book
    division: Division
    language: Language
    file: str

    def say(self, key: str) -> str:
        """Return a word of the workbook."""
        return label(f"division_{key}", self.language)

    def marked(self, text: str) -> str:
        """Return the title of a sheet, with the marks of the division."""
        return marked(text, self.division.marks, self.language)

    @property
    def how(self) -> str:
        """What to do with the workbook."""
        return self.say("how").format(file=self.file)

    def write(self) -> None:
        """Write overview, settings, one sheet per service, and the log."""
        log = self.say("log")
        self._overview(self.book.sheet(self.say("overview")))
        self._settings(self.book.sheet(self.say("settings")))
        self.book.taken.add(log.casefold())  # it comes last, but no service gets it
        for key in self.division.items:
            self._service(self.book.free_sheet(key.replace(":", " ")), key)
        self._log(self.book.sheet(log))

    def _columns(self, widths: Mapping[str, int]) -> list[Column]:
        """Return columns; yellow where something may be decided."""
        yellow = {**dict.fromkeys(OPEN_COLUMNS, _FREE), **_LOOKS}
        found = columns(
            widths, "division_", self.language,
            look=GIVEN, looks=yellow, head=HEAD_CELL,
        )  # fmt: skip
        rules = dict.fromkeys(_WHOLE, self._whole_rule())
        return [replace(column, rule=rules.get(column.key)) for column in found]

    def _whole_rule(self) -> Rule:
        """Accept whole numbers from 0 up, or nothing."""
        return Rule(
            number="integer",
            most=MOST,
            wrong_title=self.say("settings"),
            wrong=self.say("whole_help"),
        )

    def _overview(self, sheet: BookSheet) -> None:
        division = self.division
        text = "\n".join(filter(None, (division.note, self.how)))
        sheet.title(self.marked(self.say("title")))
        sheet.note(1, text, len(_OVERVIEW), height=_OVERVIEW_HEIGHT)
        sheet.put_row(3, [self.say(key) for key in _OVERVIEW], HEAD_CELL)
        lines = []
        for key, line in division.overview.iterrows():
            name = service_name(str(key), self.language)
            lines.append(_looking([str(key), name, *map(number, line)]))
        row = sheet.put_rows(4, lines)
        blanks = [None] * (len(_OVERVIEW) - 2)
        spent = ([self.say(key), *blanks, amount] for key, amount in self._spent())
        row = sheet.put_rows(row, spent, SUM)
        self._all_districts(sheet, row + 1)
        further = max(len(_OVERVIEW), len(division.items) + 2) - 2
        sheet.widths([26, 44, *[18] * further])
        _finish(sheet)

    def _spent(self) -> list[tuple[str, int]]:
        """Return what the targets cost, where they cost, and what that leaves."""
        division, found = self.division, []
        if division.overview["cost"].notna().any():
            found.append(("sum", division.cost))
        if division.budget is not None:
            left = division.budget - division.cost
            found += [("budget", division.budget), ("left", left)]
        return found

    def _all_districts(self, sheet: BookSheet, head: int) -> None:
        """Write what each district gets of every service, and the sums."""
        results, keys = self.division.results, list(self.division.items)
        codes: set[str] = set()
        for result in results.values():
            codes.update(result.weights)
        heads = [self.say("region_code"), self.say("name"), *keys]
        sheet.put_row(head, heads, HEAD_CELL)
        lines = []
        for code in sorted(codes):
            values: list[object] = [code, place_name(code)]
            for key in keys:
                shared = code in results[key].weights
                values.append(self.division.quantity(key, code) if shared else "")
            lines.append(_looking(values))
        row = sheet.put_rows(head + 1, lines)
        sums = self.division.overview["divided"].tolist()
        sheet.put_row(row, ["", self.say("sum"), *sums], SUM)

    def _settings(self, sheet: BookSheet) -> None:
        last = list(SETTINGS_COLUMNS).index("basis")
        sheet.title(self.marked(self.say("settings")))
        sheet.note(1, self.how, last, height=_SETTINGS_HEIGHT)
        self._general(sheet)
        lines = [self._setting(key) for key in self.division.items]
        sheet.table(self._columns(SETTINGS_COLUMNS), lines, at=TABLE)
        _finish(sheet)

    def _general(self, sheet: BookSheet) -> None:
        """Write the settings of all services together, and hidden what they were."""
        heads = [self.say("setting"), self.say("setting_value")]
        sheet.put_row(FIRST, heads, HEAD_CELL)
        sheet.put(FIRST, WAS_SETTING, self.say("was_setting"))
        words = {key: label(f"plan_method_{key}", self.language) for key in METHODS}
        for row, key in enumerate(GENERAL, FIRST + 1):
            value = getattr(self.division, key)
            cell = folded(words[value] if key == "method" else value)
            sheet.put(row, 0, self.say(key), GIVEN)
            sheet.put(row, 1, cell, _GENERAL[key])
            sheet.put(row, WAS_SETTING, cell)
        rules = {
            "method": Rule(choices=list(words.values())),
            "budget": self._whole_rule(),
        }
        for key, rule in rules.items():
            cell = (FIRST + 1 + GENERAL.index(key), 1)
            sheet.accept(rule, cell, cell)

    def _setting(self, key: str) -> dict[str, object]:
        """Return the row of a service, and hidden what it was."""
        item, result = self.division.items[key], self.division.results[key]
        cells: dict[str, object] = {
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
        return {**_as_it_was(cells), **cells}

    def _service(self, sheet: BookSheet, key: str) -> None:
        result = self.division.results[key]
        sheet.title(self.marked(service_name(key, self.language)))
        sheet.put_row(1, [self.say("service"), key], GIVEN)
        sheet.put(2, 0, self.say("how_short"))
        sheet.put(3, 0, self.say("sum"), SUM)
        total = int(result.values.sum())
        sheet.put(3, list(COLUMNS).index("value"), total, SUM)
        lines = [self._district(key, str(code)) for code in result.table.index]
        area = sheet.table(self._columns(COLUMNS), lines, at=HEAD)
        for row, line in enumerate(lines, HEAD + 1):
            more = len(str(line["why"])) // COLUMNS["why"]
            sheet.height(row, _LINE_HEIGHT * (1 + more))
        sheet.keep_in_sight(area, columns=2, printed=True)
        _finish(sheet)

    def _district(self, key: str, code: str) -> dict[str, object]:
        """Return the row of a district, and hidden what its limits were."""
        result = self.division.results[key]
        line: Mapping[Any, Any] = result.table.loc[code].to_dict()
        weight = result.weights[code]
        cells: dict[str, object] = {
            "region_code": code,
            "name": place_name(code),
            "weight": line["weight"],
            "quota": line["quota"],
            "value": int(line["value"]),
            "why": _reason(result.explain(code, self.language)),
            "weight_exact": "" if weight is None else str(weight),
            "floor": number(line["floor"]),
            "cap": number(line["cap"]),
            "locked": number(line["locked"]),
        }
        return {**_as_it_was(cells), **cells}

    def _log(self, sheet: BookSheet) -> None:
        keys = list(HISTORY)
        keys.insert(keys.index("region_code") + 1, "name")
        widths = {key: _LOG_WIDTHS.get(key, 14) for key in keys}
        heads = columns(widths, "division_", self.language, head=HEAD_CELL)
        lines = []
        for line in as_records(self.division.log):
            shown = self._logged(line)
            looking = _looking([folded(shown[key]) for key in keys])
            lines.append(dict(zip(keys, looking, strict=True)))
        sheet.keep_in_sight(sheet.table(heads, lines))
        _finish(sheet)

    def _logged(self, line: Mapping[Any, Any]) -> dict[Any, Any]:
        """Return a change in words."""
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
        return shown


def _finish(sheet: BookSheet) -> None:
    """Set a sheet up for print, and lock what is not open."""
    sheet.for_print()
    sheet.lock("format_columns", "format_rows")


def _looking(cells: Sequence[object]) -> list[Styled]:
    """Give cells their looks: numbers as counts, all else as it is."""
    looks = {True: _COUNT, False: GIVEN}
    return [Styled(cell, looks[isinstance(cell, int)]) for cell in cells]


def _as_it_was(cells: Mapping[str, object]) -> dict[str, object]:
    """Return the cells of the hidden columns that keep what others said."""
    return {f"was_{key}": cell for key, cell in cells.items() if f"was_{key}" in HIDDEN}


def _reason(explained: str) -> str:
    """Return an explanation without the district, which stands in its own column."""
    return explained.partition(": ")[2]
