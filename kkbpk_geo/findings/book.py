"""Findings as workbooks that go back to the people who made the sheets.

Why: a fault is mended by the district that made the sheet. It gets its own rows, in its
own words, with an empty column for the answer.

In:     findings. Out: XLSX files; the page to read is made by ``feedback_page``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.base.escaping import for_sheet
from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.findings import SEVERITIES
from kkbpk_geo.catalogue.labels import label, marked
from kkbpk_geo.findings.record import Finding
from kkbpk_geo.findings.words import (
    Reported,
    Share,
    count_severities,
    finding_sentence,
    findings_of,
    remedy_text,
    share_findings,
)
from kkbpk_geo.io import HEAD_COLOUR, new_workbook, sheet_name

if TYPE_CHECKING:
    from xlsxwriter import Workbook


__all__ = ["sheet_name", "write_findings"]


_COLUMNS = (
    ("number", 7), ("severity", 12), ("file", 24), ("sheet", 14), ("row", 7),
    ("place", 32), ("column", 28), ("value", 24), ("expected", 28), ("finding", 60),
    ("remedy", 60), ("reply", 36),
)  # fmt: skip
_COLOURS = {"error": "#F8CBAD", "warning": "#FFE699", "info": "#DDEBF7"}


def write_findings(
    findings: Iterable[Finding] | Reported,
    path: str | Path,
    *,
    language: Language = "id",
) -> tuple[Path, ...]:
    """Write the workbooks that go back to the districts.

    Parameters
    ----------
    findings : iterable of Finding, or a result that has findings
        Not folded: each becomes a row. Of a result (an intake, a plan, a run) its marks
        are written, too.
    path : str or Path
        A name ending in ``.xlsx``: one workbook, a summary and one sheet per
        kabupaten/kota. A folder (made if absent): the same as ``temuan.xlsx``, and one
        workbook per kabupaten/kota with its own and the general findings.
    language : {"id", "en"}

    Returns
    -------
    tuple of Path
        The files written. The same findings give the same bytes.

    Raises
    ------
    IntakeError
        If the path has another ending than ``.xlsx``, or cannot be written.
    """
    path = Path(path)
    found, marks = findings_of(findings)
    shares = share_findings(found, language)
    title = marked(label("feedback_title", language), marks, language)
    if path.suffix.lower() == ".xlsx":
        return (_write_book(shares, path, title, language),)
    if path.suffix:
        msg = f"{path.name}: findings are written to a folder or to a .xlsx file."
        raise IntakeError(msg)
    path.mkdir(parents=True, exist_ok=True)
    written = [_write_book(shares, path / "temuan.xlsx", title, language)]
    general = [share for share in shares if not share.code]
    for share in shares:
        if share.code not in ("", "?"):
            name = re.sub(r"\W+", "-", share.name.casefold()).strip("-")
            file = path / f"temuan-{share.code}-{name}.xlsx"
            written.append(_write_book([*general, share], file, title, language))
    return tuple(written)


def _write_book(
    shares: list[Share], path: Path, title: str, language: Language
) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with new_workbook(path, title=title) as book:
        _write_summary(book, shares, title, language)
        taken = {label("feedback_summary", language).casefold()}
        for share in shares:
            name = sheet_name(f"{share.code} {share.name}".strip("? "), taken)
            _write_share(book, name, share, language)
    return path


def _write_summary(
    book: Workbook, shares: list[Share], title: str, language: Language
) -> None:
    sheet = book.add_worksheet(label("feedback_summary", language))
    bold = book.add_format({"bold": True, "border": 1, "bg_color": HEAD_COLOUR})
    sheet.write_string(0, 0, title, book.add_format({"bold": True}))
    sheet.write_string(1, 0, label("feedback_how_reply", language))
    headings = [
        label("feedback_region", language),
        *(label(f"finding_severity_{severity}", language) for severity in SEVERITIES),
        label("feedback_all", language),
    ]
    for i, heading in enumerate(headings):
        sheet.write_string(3, i, heading, bold)
    rows = [(s.name, count_severities(s.findings)) for s in shares]
    everything = count_severities(f for s in shares for f in s.findings)
    rows.append((label("feedback_all", language), everything))
    for row, (name, counts) in enumerate(rows, 4):
        sheet.write_string(row, 0, str(for_sheet(name)))
        for i, number in enumerate([*counts.values(), sum(counts.values())], 1):
            sheet.write_number(row, i, number)
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, len(headings) - 1, 14)
    sheet.freeze_panes(4, 0)


def _write_share(book: Workbook, name: str, share: Share, language: Language) -> None:
    sheet = book.add_worksheet(name)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    header = book.add_format(
        {"bold": True, "text_wrap": True, "border": 1, "bg_color": HEAD_COLOUR}
    )
    colours = {
        severity: book.add_format({"valign": "top", "bg_color": colour})
        for severity, colour in _COLOURS.items()
    }
    for i, (key, width) in enumerate(_COLUMNS):
        sheet.set_column(i, i, width, wrap)
        sheet.write_string(0, i, label(f"feedback_{key}", language), header)
    for row, found in enumerate(share.findings, 1):
        for i, cell in enumerate(_cells(row, found, language)):
            if isinstance(cell, int):
                sheet.write_number(row, i, cell, wrap)
            elif cell:
                style = colours[found.severity] if i == 1 else wrap
                sheet.write_string(row, i, str(for_sheet(cell)), style)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(share.findings), len(_COLUMNS) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _cells(number: int, found: Finding, language: Language) -> tuple[str | int, ...]:
    return (
        number,
        label(f"finding_severity_{found.severity}", language),
        found.file,
        found.sheet,
        "" if found.row is None else found.row,
        found.place,
        found.column,
        found.value,
        found.expected,
        finding_sentence(found, language),
        remedy_text(found, language),
    )
