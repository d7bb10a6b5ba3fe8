"""Workbooks that an office fills in: empty, explained, checked while typing.

Why: the surest way to a readable sheet is to hand one out. What is filled in here is
read back without a question: headings the reader knows, codes as text, choices from
lists, whole numbers only.

In:     a kind (groups, facilities, targets, plan, inventory) and a province.
Out:    an XLSX file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.base.formats import MONTHS, Language
from kkbpk_geo.catalogue.activities import activities, funds, terms
from kkbpk_geo.catalogue.indicators import indicators
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.catalogue.programme import facility_kinds, groups
from kkbpk_geo.catalogue.supplies import conditions, supply_items
from kkbpk_geo.catalogue.tables import Template, TemplateColumn, templates
from kkbpk_geo.intake.checks.evidence import LATITUDES, LONGITUDES
from kkbpk_geo.io import HEAD_COLOUR, new_workbook

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FILL_SHEET, HELP_SHEET, LIST_SHEET = "Isi", "Petunjuk", "Daftar"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CHOICES = (
    "kabkota", "group_kind", "facility_kind", "yes_no", "stock", "month", "programme",
    "activity", "indicator", "quarter", "unit", "fund", "status", "item", "condition",
)  # fmt: skip
_OPEN = ("programme", "activity", "indicator", "unit")  # another entry is accepted


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
        The XLSX file to write; replaced if it exists.
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
    with new_workbook(path, title=title, subject=found.name) as book:
        _Writer(book, template, language).write(regions)
    return path


@dataclass(frozen=True, slots=True, eq=False)
class _Writer:
    """One workbook being written."""

    book: Workbook
    template: Template
    language: Language

    def write(self, regions: list[tuple[str, str]]) -> None:
        """Write the three sheets; ``regions`` are codes and names."""
        fill = self.book.add_worksheet(FILL_SHEET)
        guide = self.book.add_worksheet(HELP_SHEET)
        lists = self.book.add_worksheet(LIST_SHEET)
        ranges = self._lists(lists, regions)
        self._fill(fill, ranges)
        self._guide(guide)
        if self.template.key == "targets":
            self._prefill(fill, regions)

    def _format(self, **properties: object) -> Format:
        return self.book.add_format({"valign": "top", **properties})

    def _header(self) -> Format:
        return self._format(bold=True, text_wrap=True, border=1, bg_color=HEAD_COLOUR)

    def _fill(self, sheet: Worksheet, ranges: Mapping[str, str]) -> None:
        header, required = (
            self._header(),
            self._format(bold=True, text_wrap=True, border=1, bg_color="#FCE4D6"),
        )
        text = self._format(num_format="@")
        count = self._format(num_format="#,##0")
        degrees = self._format(num_format="0.000000")
        for i, column in enumerate(self.template.columns):
            style = {
                "count": count, "rupiah": count, "latitude": degrees,
                "longitude": degrees, "year": None, "number": None,
            }.get(column.holds, text)  # fmt: skip
            width = max(len(column.heading) + 2, 34 if column.holds == "name" else 14)
            sheet.set_column(i, i, width, style)
            sheet.write_string(
                0, i, column.heading, required if column.required else header
            )
            sheet.data_validation(
                1, i, self.template.rows, i, self._validation(column, ranges)
            )
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, self.template.rows, len(self.template.columns) - 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    def _validation(
        self, column: TemplateColumn, ranges: Mapping[str, str]
    ) -> dict[str, Any]:
        """Say what a cell accepts, with the words shown while and after typing."""
        said = column.says(self.language)
        if column.holds == "name":
            said = f"{said} {label('template_privacy', self.language)}"
        rule = {
            "input_title": column.heading[:32],
            "input_message": said[:255],
            "error_title": label("template_bad_value", self.language)[:32],
        }
        holds = column.holds
        if holds in _CHOICES:
            bad = label("template_bad_choice", self.language)
            return {
                **rule,
                "validate": "list",
                "source": ranges[holds],
                "error_message": bad,
                "error_type": "warning" if holds in _OPEN else "stop",
            }
        limits: dict[str, Any]
        if holds in ("count", "rupiah", "number"):
            bad = label(f"template_bad_{holds}", self.language)
            whole = "decimal" if holds == "number" else "integer"
            limits = {"validate": whole, "criteria": ">=", "value": 0}
        elif holds == "year":
            bad = label("template_bad_year", self.language)
            limits = {
                "validate": "integer",
                "criteria": "between",
                "minimum": 1950,
                "maximum": 2100,
            }
        elif holds in ("latitude", "longitude"):
            low, high = LATITUDES if holds == "latitude" else LONGITUDES
            bad = label("template_bad_coordinate", self.language)
            bad = bad.format(low=low, high=high)
            limits = {
                "validate": "decimal",
                "criteria": "between",
                "minimum": low,
                "maximum": high,
            }
        else:
            return {**rule, "validate": "any"}
        return {**rule, **limits, "error_message": bad}

    def _lists(
        self, sheet: Worksheet, regions: list[tuple[str, str]]
    ) -> dict[str, str]:
        """Write the lists to choose from; return the range of each."""
        used = {column.holds for column in self.template.columns}
        entries = {
            "kabkota": [name for _, name in regions],
            "group_kind": [group.short for group in groups().values()],
            "facility_kind": [kind.id for kind in facility_kinds().values()],
            "yes_no": ["Ya", "Tidak"],
            "stock": ["Cukup", "Kurang"],
            "month": list(MONTHS["id"]),
            "programme": [term.id for term in terms("programme").values()],
            "activity": [activity.id for activity in activities().values()],
            "indicator": [indicator.id for indicator in indicators().values()],
            "quarter": ["TW I", "TW II", "TW III", "TW IV"],
            "unit": [term.id for term in terms("unit").values()],
            "fund": [fund.id for fund in funds().values() if not fund.own],
            "status": [term.id for term in terms("status").values()],
            "item": [item.id for item in supply_items().values()],
            "condition": [condition.id for condition in conditions().values()],
        }
        header, text = self._header(), self._format(num_format="@")
        sheet.write_string(0, 0, label("template_list_code", self.language), header)
        for row, (code, _) in enumerate(regions, 1):
            sheet.write_string(row, 0, code, text)
        ranges: dict[str, str] = {}
        for key in (key for key in _CHOICES if key in used):
            column = len(ranges) + 1
            title = label(f"template_list_{key}", self.language)
            sheet.write_string(0, column, title, header)
            sheet.write_column(1, column, entries[key], text)
            letter = _LETTERS[column]
            last = len(entries[key]) + 1
            ranges[key] = f"='{LIST_SHEET}'!${letter}$2:${letter}${last}"
        sheet.set_column(0, len(ranges), 26)
        sheet.freeze_panes(1, 0)
        return ranges

    def _guide(self, sheet: Worksheet) -> None:
        def say(key: str) -> str:
            return label(f"template_{key}", self.language)

        wrap = self._format(text_wrap=True)
        title = self._format(bold=True, font_size=14)
        warn = self._format(bold=True, font_color="#9C0006", text_wrap=True)
        sheet.write_string(0, 0, self.template.name(self.language), title)
        sheet.merge_range(1, 0, 1, 3, say("how"), wrap)
        sheet.merge_range(2, 0, 2, 3, say("privacy"), warn)
        sheet.set_row(1, 32)
        sheet.set_row(2, 32)
        for i, key in enumerate(("column", "required", "explanation", "example")):
            sheet.write_string(4, i, say(key), self._header())
        for row, column in enumerate(self.template.columns, 5):
            needed = say("yes" if column.required else "no")
            # the letter also keeps a reader from taking this sheet for a table
            named = f"{_LETTERS[row - 5]} · {column.heading}"
            cells = (named, needed, column.says(self.language), column.example)
            for i, cell in enumerate(cells):
                sheet.write_string(row, i, cell, wrap)
        for i, width in enumerate((30, 14, 60, 24)):
            sheet.set_column(i, i, width)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    def _prefill(self, sheet: Worksheet, regions: list[tuple[str, str]]) -> None:
        names = [column.key for column in self.template.columns]
        text = self._format(num_format="@")
        for row, (code, name) in enumerate(regions, 1):
            sheet.write_string(row, names.index("region_code"), code, text)
            sheet.write_string(row, names.index("kabkota"), name, text)
