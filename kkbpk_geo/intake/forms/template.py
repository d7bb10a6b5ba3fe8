"""A form of an office to fill in: its headings, and the codes of a kabupaten/kota.

Why: a plan that comes back in the form that an office hands in anyway, its codes as
text already in place, is read without a question.

In:     a form with ``print`` in plan_forms.toml, a province.
Out:    an XLSX file with a sheet for each edition of the codes that is still in use.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.catalogue.activities import clear_funds
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.catalogue.work.nomenclature import Edition, Work, editions, works
from kkbpk_geo.catalogue.work.plan_forms import PlanForm, plan_forms
from kkbpk_geo.io import AS_TEXT, HEAD_CELL, NOTE, WHOLE, Book, Look, Rule
from kkbpk_geo.io import workbook_path as named_workbook

if TYPE_CHECKING:
    from kkbpk_geo.base.formats import Language
    from kkbpk_geo.io import BookSheet

# Rows: title, district, how it is filled in, then the storeys of the headings.
_DISTRICT, _HOW, _HEADS = 1, 2, 3
_HOW_HEIGHT = 48  # of three lines
_LEVELS = {"program": 3, "kegiatan": 5, "sub_kegiatan": 6}  # parts of their codes
_TEXT = Look(number=AS_TEXT, top=True, wrap=True, border=True)
_UPPER = Look(number=AS_TEXT, top=True, wrap=True, border=True, bold=True)
_MONEY = Look(number=WHOLE, top=True, border=True)
_NARROW, _NAME, _WIDE, _USUAL = 6, 46, 24, 16
_CODE_CELLS, _WIDTH = 5, 19
_INDICATOR, _PLACE, _TARGET, _BUDGET, _FUND = 7, 9, 11, 13, 14
_NEXT_BUDGET = 18
_LISTS = "Daftar"
_LAST_EVER = 9999  # year of an edition whose end is not known


def write_form_template(
    form: str,
    path: str | Path,
    *,
    language: Language = "id",
    province: str = "Lampung",
) -> Path:
    """Write a plan in the form of an office, its codes in place, to be filled in.

    Parameters
    ----------
    form : str
        Entry of plan_forms.toml that says how it is printed: ``renja``.
    path : str or Path
        The XLSX file; one that was filled in is kept beside it.
    language : {"id", "en"}
        Of the explanations.
    province : str
        Name or code; gives the districts to choose from.

    Returns
    -------
    Path
        The file written. The same arguments give the same bytes.

    Raises
    ------
    IntakeError
        For a form that is not handed out, or a path that cannot be written.
    RegionError
        If there is no such province.

    Examples
    --------
    >>> import tempfile
    >>> write_form_template("renja", f"{tempfile.mkdtemp()}/renja.xlsx").name
    'renja.xlsx'
    """
    from kkbpk_geo.regions import children, find_province

    given = plan_forms().get(form)
    if given is None or not given.print:
        handed = [key for key, each in plan_forms().items() if each.print]
        msg = f"form is {form!r}; expected one of {', '.join(handed)}."
        raise IntakeError(msg)
    place = named_workbook(path, "a template")
    found = find_province(province)
    districts = [f"{u.kind} {u.bare}" for u in children(found.code, "kabkota")]
    title = given.name(language)
    with Book.create(place, title=title, subject=found.name, form=True) as book:
        for key, edition in _in_use():
            year = edition.last if edition.last < _LAST_EVER else edition.first
            sheet = book.sheet(f"{form.title()} {year}")
            _write(sheet, given, key, year, language)
            # Too many names for a rule: they stand in a sheet of their own.
            choices = f"='{_LISTS}'!$A$2:$A${len(districts) + 1}"
            rule = Rule(title=label("template_form_district"), choices=choices)
            sheet.accept(rule, *[(_DISTRICT, _CODE_CELLS)] * 2)
        names = [label("template_list_kabkota", language), *districts]
        book.sheet(_LISTS).put_rows(0, ([name] for name in names), _TEXT)
    return place


def _in_use() -> list[tuple[str, Edition]]:
    """Return the editions that list sub kegiatan."""
    listed = {work.edition for work in works().values() if work.level == "sub_kegiatan"}
    return [(key, each) for key, each in editions().items() if key in listed]


def _write(
    sheet: BookSheet, form: PlanForm, edition: str, year: int, language: Language
) -> None:
    sheet.title(label("template_form_title", language))
    sheet.put(_DISTRICT, 0, label("template_form_district", language))
    said = label("template_form_how", language)
    sheet.note(_HOW, said, _WIDTH - 1, height=_HOW_HEIGHT, look=NOTE)
    widths = [_USUAL] * _WIDTH
    widths[:_CODE_CELLS] = [_NARROW] * _CODE_CELLS
    widths[_CODE_CELLS], widths[_INDICATOR], widths[_PLACE] = _NAME, _WIDE, _WIDE
    sheet.widths(widths)
    for at, storey in enumerate(form.print, _HEADS):
        cells = [cell.format(year=year, next=year + 1) for cell in storey]
        sheet.put_row(at, cells, HEAD_CELL)
    first = _HEADS + len(form.print)
    row = first
    for row, work in enumerate(_rows(edition), first):
        look = _TEXT if work.level == "sub_kegiatan" else _UPPER
        sheet.put_row(row, _code_cells(work.code), look)
        sheet.put(row, _CODE_CELLS, work.name, look)
        for column in range(_CODE_CELLS + 1, _WIDTH):
            money = column in (_BUDGET, _NEXT_BUDGET)
            sheet.put(row, column, "", _MONEY if money else look)
    _rules(sheet, first, row, language)
    sheet.for_print()


def _rows(edition: str) -> Iterator[Work]:
    """Yield the work of districts: programmes, kegiatan, sub kegiatan in order."""
    for (code, of), work in works().items():
        if of == edition and work.level in _LEVELS and not work.is_support:
            parts = code.split(".")
            if work.level == "program" or parts[3] == "2":  # a kabupaten/kota's own
                yield work


def _code_cells(code: str) -> list[str]:
    """Split a code over five cells: 2 | 14 | 03 | 2.03 | 0003."""
    parts = code.split(".")
    cells = [*parts[:3], ".".join(parts[3:5]), ".".join(parts[5:])]
    return [cell for cell in cells if cell] + [""] * (_CODE_CELLS - len(parts[:3]))


def _rules(sheet: BookSheet, first: int, last: int, language: Language) -> None:
    """Say what is written where, while it is typed."""
    money = Rule(
        title="Pagu Indikatif (Rp.)",
        text=label("template_form_money", language),
        number="integer",
        wrong_title=label("template_bad_value", language),
        wrong=label("template_bad_rupiah", language),
    )
    for column in (_BUDGET, _NEXT_BUDGET):
        sheet.accept(money, (first, column), (last, column))
    target = Rule(title="Target", text=label("template_form_target", language))
    sheet.accept(target, (first, _TARGET), (last, _TARGET))
    fund = Rule(title="Sumber Dana", choices=clear_funds(), strict=False)
    sheet.accept(fund, (first, _FUND), (last, _FUND))
