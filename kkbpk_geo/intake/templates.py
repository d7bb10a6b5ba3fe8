"""Workbooks that an office fills in: empty, explained, checked while typing.

Why: the surest way to a readable sheet is to hand one out. What is filled in here is
read back without a question: headings the reader knows, codes as text, choices from
lists, whole numbers only.

In:     a kind (groups, facilities, targets, plan, inventory) and a province.
Out:    an XLSX file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.base.formats import MONTHS, Language
from kkbpk_geo.catalogue.activities import activities, clear_funds, terms
from kkbpk_geo.catalogue.indicators import indicators
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.catalogue.programme import facility_kinds, groups
from kkbpk_geo.catalogue.supplies import conditions, supply_items
from kkbpk_geo.catalogue.tables import Template, TemplateColumn, templates
from kkbpk_geo.intake.checks.evidence import LATITUDES, LONGITUDES
from kkbpk_geo.io import (
    AS_TEXT,
    HEAD,
    NOTE,
    WHOLE,
    Book,
    BookSheet,
    Column,
    Look,
    Rule,
    columns,
)

FILL_SHEET, HELP_SHEET, LIST_SHEET = "Isi", "Petunjuk", "Daftar"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_OPEN = ("programme", "activity", "indicator", "unit")  # another entry is accepted
_YEARS = (1950, 2100)  # when a group was founded, or a plan is for: all else is a slip
_WIDE, _USUAL = 34, 14  # widths of names and of all else, unless the heading is wider
_HEAD, _TEXT = replace(HEAD, top=True, wrap=True), Look(number=AS_TEXT, top=True)
_REQUIRED = replace(_HEAD, fill="#FCE4D6")
_COUNT, _DEGREES = replace(_TEXT, number=WHOLE), replace(_TEXT, number="0.000000")
_HEADLINE = Look(bold=True, top=True, size=14)
_WARNING = Look(bold=True, top=True, wrap=True, colour="#9C0006")
# What a column holds -> its look; text where it is not named, so that codes stay.
_LOOKS = {
    "count": _COUNT, "rupiah": _COUNT, "latitude": _DEGREES, "longitude": _DEGREES,
    "year": None, "number": None,
}  # fmt: skip
_GUIDE_HEIGHT = 32  # of two lines


def _listed(
    entries: Callable[[], Mapping[str, Any]], said: str = "id"
) -> Callable[[], list[str]]:
    """Return the words of a catalogue's entries, when they are asked for."""
    return lambda: [getattr(entry, said) for entry in entries().values()]


# What a column holds -> the words to choose from, in the order of their sheet.
_CHOICES: Mapping[str, Callable[[], list[str]]] = {
    "kabkota": list,  # those of the province
    "group_kind": _listed(groups, "short"),
    "facility_kind": _listed(facility_kinds),
    "yes_no": lambda: ["Ya", "Tidak"],
    "stock": lambda: ["Cukup", "Kurang"],
    "month": lambda: list(MONTHS["id"]),
    "programme": _listed(lambda: terms("programme")),
    "activity": _listed(activities),
    "indicator": _listed(indicators),
    "quarter": lambda: ["TW I", "TW II", "TW III", "TW IV"],
    "unit": _listed(lambda: terms("unit")),
    "fund": clear_funds,
    "status": _listed(lambda: terms("status")),
    "item": _listed(supply_items),
    "condition": _listed(conditions),
}


def write_template(
    kind: str,
    path: str | Path,
    *,
    language: Language = "id",
    province: str = "Lampung",
) -> Path:
    """Write an empty workbook to fill in.

    Parameters
    ----------
    kind : str
        ``groups``, ``facilities``, ``targets``, ``plan`` or ``inventory``.
    path : str or Path
        The XLSX file to write; one that was filled in is kept beside it.
    language : {"id", "en"}
        Of the explanations. Headings and choices stay Indonesian.
    province : str
        Name or code; gives the kabupaten/kota to choose from. ``targets`` comes with
        one row for each.

    Returns
    -------
    Path
        The file written. The same arguments give the same bytes.

    Raises
    ------
    IntakeError
        For an unknown kind, or a path that is not ``.xlsx`` or cannot be written.
    RegionError
        If there is no such province.
    """
    from kkbpk_geo.regions import children, find_province

    if kind not in templates():
        msg = (
            f"template: {kind!r} is no kind; expected one of {', '.join(templates())}."
        )
        raise IntakeError(msg)
    path = Path(path)
    if path.suffix.lower() != ".xlsx":
        msg = f"{path.name}: a template is a workbook; give it a name ending in .xlsx."
        raise IntakeError(msg)
    template, found = templates()[kind], find_province(province)
    regions = [
        (unit.code, f"{unit.kind} {unit.bare}")
        for unit in children(found.code, "kabkota")
    ]
    if kind == "plan":
        regions.append((found.code, f"Provinsi {found.name}"))
    title = template.name(language)
    with Book.create(path, title=title, subject=found.name, form=True) as book:
        _Writer(book, template, language).write(regions)
    return path


@dataclass(frozen=True, slots=True, eq=False)
class _Writer:
    """One workbook being written."""

    book: Book
    template: Template
    language: Language

    def write(self, regions: list[tuple[str, str]]) -> None:
        """Write the three sheets; ``regions`` are codes and names."""
        fill = self.book.sheet(FILL_SHEET)
        guide = self.book.sheet(HELP_SHEET)
        ranges = self._lists(self.book.sheet(LIST_SHEET), regions)
        self._fill(fill, ranges, regions if self.template.key == "targets" else [])
        self._guide(guide)

    def say(self, key: str) -> str:
        """Return a word of the workbook."""
        return label(f"template_{key}", self.language)

    def _fill(
        self,
        sheet: BookSheet,
        ranges: Mapping[str, str],
        regions: list[tuple[str, str]],
    ) -> None:
        """Write the sheet to fill in; ``regions`` have their rows already."""
        columns = [self._column(column, ranges) for column in self.template.columns]
        rows = [{"region_code": code, "kabkota": name} for code, name in regions]
        area = sheet.table(columns, rows, room=self.template.rows)
        sheet.keep_in_sight(area, columns=1, filtered=True, printed=True)
        sheet.for_print()

    def _column(self, column: TemplateColumn, ranges: Mapping[str, str]) -> Column:
        width = _WIDE if column.holds == "name" else _USUAL
        return Column(
            key=column.key,
            heading=column.heading,
            width=max(len(column.heading) + 2, width),
            whole=_LOOKS.get(column.holds, _TEXT),
            head=_REQUIRED if column.required else _HEAD,
            rule=self._rule(column, ranges),
        )

    def _rule(self, column: TemplateColumn, ranges: Mapping[str, str]) -> Rule:
        """Say what a cell accepts, with the words shown while and after typing."""
        holds, said = column.holds, column.says(self.language)
        if holds == "name":
            said = f"{said} {self.say('privacy')}"
        rule = Rule(title=column.heading, text=said, wrong_title=self.say("bad_value"))
        if holds in _CHOICES:
            strict = holds not in _OPEN
            wrong = self.say("bad_choice")
            return replace(rule, choices=ranges[holds], strict=strict, wrong=wrong)
        if holds in ("count", "rupiah"):
            return replace(rule, number="integer", wrong=self.say(f"bad_{holds}"))
        if holds == "number":
            return replace(rule, number="decimal", wrong=self.say("bad_number"))
        if holds == "year":
            first, last = _YEARS
            wrong = self.say("bad_year")
            return replace(rule, number="integer", least=first, most=last, wrong=wrong)
        if holds in ("latitude", "longitude"):
            low, high = LATITUDES if holds == "latitude" else LONGITUDES
            wrong = self.say("bad_coordinate").format(low=low, high=high)
            return replace(rule, number="decimal", least=low, most=high, wrong=wrong)
        return rule

    def _lists(
        self, sheet: BookSheet, regions: list[tuple[str, str]]
    ) -> dict[str, str]:
        """Write the lists to choose from; return the range of each."""
        used = {column.holds for column in self.template.columns}
        lists = {key: entries() for key, entries in _CHOICES.items() if key in used}
        if "kabkota" in lists:
            lists["kabkota"] = [name for _, name in regions]
        lists = {"code": [code for code, _ in regions], **lists}
        heads = columns(
            dict.fromkeys(lists, 26), "template_list_", self.language,
            look=_TEXT, head=_HEAD,
        )  # fmt: skip
        beside = zip_longest(*lists.values())  # one list is longer than another
        rows = (dict(zip(lists, row, strict=True)) for row in beside)
        sheet.keep_in_sight(sheet.table(heads, rows))
        ranges: dict[str, str] = {}
        for letter, (key, entries) in zip(_LETTERS, lists.items(), strict=False):
            ranges[key] = f"='{LIST_SHEET}'!${letter}$2:${letter}${len(entries) + 1}"
        return ranges

    def _guide(self, sheet: BookSheet) -> None:
        sheet.title(self.template.name(self.language), _HEADLINE)
        sheet.note(1, self.say("how"), 3, height=_GUIDE_HEIGHT)
        sheet.note(2, self.say("privacy"), 3, height=_GUIDE_HEIGHT, look=_WARNING)
        widths = {"column": 30, "required": 14, "explanation": 60, "example": 24}
        heads = columns(widths, "template_", self.language, look=NOTE, head=_HEAD)
        rows = []
        for letter, column in zip(_LETTERS, self.template.columns, strict=False):
            needed = "yes" if column.required else "no"
            cells: dict[str, object] = {
                # the letter also keeps a reader from taking this sheet for a table
                "column": f"{letter} · {column.heading}",
                "required": self.say(needed),
                "explanation": column.says(self.language),
                "example": column.example,
            }
            rows.append(cells)
        sheet.table(heads, rows, at=4)
        sheet.for_print(upright=True)
