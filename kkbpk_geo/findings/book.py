"""Findings as workbooks that go back to the people who made the sheets.

Why: a fault is mended by the district that made the sheet. It gets its own rows, in its
own words, with an empty column for the answer.

In:     findings. Out: XLSX files; the page to read is made by ``feedback_page``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from kkbpk_geo.base.errors import IntakeError
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
from kkbpk_geo.io import (
    HEAD,
    NOTE,
    Book,
    Column,
    Look,
    Styled,
    columns,
    make_folder,
    writing,
)

_WIDTHS = {
    "number": 7, "severity": 12, "file": 24, "sheet": 14, "row": 7, "place": 32,
    "column": 28, "value": 24, "expected": 28, "finding": 60, "remedy": 60,
    "reply": 36,
}  # fmt: skip
_HEAD = replace(HEAD, wrap=True)
_SEVERITY = {
    "error": Look(top=True, fill="#F8CBAD"),
    "warning": Look(top=True, fill="#FFE699"),
    "info": Look(top=True, fill="#DDEBF7"),
}


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
    with writing(path):
        return tuple(_write_books(shares, path, title, language))


def _write_books(
    shares: list[Share], path: Path, title: str, language: Language
) -> list[Path]:
    written = [_write_book(shares, path / "temuan.xlsx", title, language)]
    general = [share for share in shares if not share.code]
    for share in shares:
        if share.code not in ("", "?"):
            # A name that every file system takes.
            name = re.sub(r"\W+", "-", share.name.casefold()).strip("-")
            file = path / f"temuan-{share.code}-{name}.xlsx"
            written.append(_write_book([*general, share], file, title, language))
    return written


def _write_book(
    shares: list[Share], path: Path, title: str, language: Language
) -> Path:
    make_folder(path.parent)
    with Book.create(path, title=title, form=True) as book:
        _write_summary(book, shares, title, language)
        for share in shares:
            _write_share(book, share, language)
    return path


def _write_summary(
    book: Book, shares: list[Share], title: str, language: Language
) -> None:
    def say(key: str) -> str:
        return label(key, language)

    sheet = book.sheet(say("feedback_summary"))
    sheet.title(title)
    sheet.put(1, 0, say("feedback_how_reply"))
    shown = [Column(key="region", heading=say("feedback_region"), width=32)]
    for key in SEVERITIES:
        heading = say(f"finding_severity_{key}")
        shown.append(Column(key=key, heading=heading, width=14))
    shown.append(Column(key="all", heading=say("feedback_all"), width=14))
    rows = [_counted(share.name, share.findings) for share in shares]
    everything = [found for share in shares for found in share.findings]
    rows.append(_counted(say("feedback_all"), everything))
    sheet.keep_in_sight(sheet.table(shown, rows, at=3))


def _counted(name: str, findings: Iterable[Finding]) -> dict[str, object]:
    counts = count_severities(findings)
    return {"region": name, **counts, "all": sum(counts.values())}


def _write_share(book: Book, share: Share, language: Language) -> None:
    sheet = book.free_sheet(f"{share.code} {share.name}".strip("? "))
    shown = columns(_WIDTHS, "feedback_", language, look=NOTE, whole=NOTE, head=_HEAD)
    rows = (_cells(row, each, language) for row, each in enumerate(share.findings, 1))
    area = sheet.table(shown, rows)
    sheet.keep_in_sight(area, filtered=True, printed=True)
    sheet.for_print()


def _cells(number: int, found: Finding, language: Language) -> Mapping[str, object]:
    """Return a row; the reply is for the district to write."""
    severity = label(f"finding_severity_{found.severity}", language)
    return {
        "number": number,
        "severity": Styled(severity, _SEVERITY[found.severity]),
        "file": found.file,
        "sheet": found.sheet,
        "row": found.row,
        "place": found.place,
        "column": found.column,
        "value": found.value,
        "expected": found.expected,
        "finding": finding_sentence(found, language),
        "remedy": remedy_text(found, language),
    }
