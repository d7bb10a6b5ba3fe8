"""Findings as workbooks that go back to the people who made the sheets.

Why: a fault is mended by the district that made the sheet. It gets its own rows, in its
own words, with cells for what each should say; they are read again when it comes back.

In:     findings; the files that they are about.
Out:    XLSX files; the page to read is made by ``page``.
Rule:   what is printed at full size on A4 is read without a glass: the columns of a
        sheet are as wide as the paper, their letters 9 points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.marks import Marks
from kkbpk_geo.catalogue.findings import SEVERITIES
from kkbpk_geo.catalogue.labels import label, marked
from kkbpk_geo.findings.causes import causes_of
from kkbpk_geo.findings.places import (
    ASKED,
    CORRECTION_COLUMNS,
    KEY,
    Place,
    file_digests,
)
from kkbpk_geo.findings.record import Finding
from kkbpk_geo.findings.summary import message, second_line, severities
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
    AS_TEXT,
    DAY,
    GIVEN,
    HEAD,
    OPEN,
    Book,
    BookSheet,
    Column,
    Rule,
    Styled,
    make_folder,
    writing,
)

_POINTS = 9
# Together 138 letters and the rim of each cell: A4 across, at full size.
_WIDTHS = {
    "number": 4, "severity": 9, "file": 14, "sheet": 7, "row": 6, "column": 12,
    "value": 9, "finding": 23, "remedy": 17, "fixed": 10, "by": 9, "date": 9, "note": 9,
    KEY: 0,
}  # fmt: skip
_NARROW = 5  # of the column of sheets, where no file has any
# Rows of one sheet: more than anybody goes through, and less than slows a program down.
MOST = 5_000
_FIRST_DAY, _LAST_DAY = 36_526, 73_050  # 1 January 2000 and 2100, as sheets count days
_SMALL = replace(GIVEN, size=_POINTS)
_HEAD = replace(HEAD, wrap=True, size=_POINTS)
_SEVERITY = {
    "error": replace(_SMALL, fill="#F8CBAD", bold=True),
    "warning": replace(_SMALL, fill="#FFE699"),
    "info": replace(_SMALL, fill="#DDEBF7"),
}
_ASKED = replace(OPEN, size=_POINTS, number=AS_TEXT)
_LOOKS = {**dict.fromkeys(ASKED, _ASKED), "date": replace(_ASKED, number=DAY)}
# Of a whole table no cell can be written anew: only the remark is open.
_CLOSED = replace(_SMALL, fill="#D9D9D9")
# Rows of the notes above a table, in pixels.
_NOTE_HEIGHT = 36


def write_findings(
    findings: Iterable[Finding] | Reported,
    path: str | Path,
    *,
    language: Language = "id",
    sources: str | Path | Iterable[str | Path] = (),
) -> tuple[Path, ...]:
    """Write the workbooks that go back to the districts.

    Parameters
    ----------
    findings : iterable of Finding, or a result that has findings
        Not folded: each becomes a row, errors first, then cause by cause. Of a result
        (an intake, a plan, a run) its marks are written, too.
    path : str or Path
        A name ending in ``.xlsx``: one workbook, a summary and one sheet per
        kabupaten/kota. A folder (made if absent): the same as ``temuan.xlsx``, and one
        workbook per kabupaten/kota with its own and the general findings.
    language : {"id", "en"}
    sources : str or Path, or several
        The files that the findings are about. A workbook that comes back then says
        which of them it means, also where a later one has the same name.

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
    paper = _Paper(language, marks, file_digests(sources))
    if path.suffix.lower() == ".xlsx":
        return (paper.book(shares, path),)
    if path.suffix:
        msg = f"{path.name}: findings are written to a folder or to a .xlsx file."
        raise IntakeError(msg)
    with writing(path):
        return tuple(_write_books(paper, shares, path))


def _write_books(paper: _Paper, shares: list[Share], path: Path) -> list[Path]:
    written = [paper.book(shares, path / "temuan.xlsx")]
    general = [share for share in shares if not share.code]
    for share in shares:
        if share.code not in ("", "?"):
            # A name that every file system takes.
            name = re.sub(r"\W+", "-", share.name.casefold()).strip("-")
            file = path / f"temuan-{share.code}-{name}.xlsx"
            written.append(paper.book([*general, share], file))
    return written


@dataclass(frozen=True, slots=True, eq=False)
class _Paper:
    """What the workbooks of one set have in common."""

    language: Language
    marks: Marks
    digests: Mapping[str, str]

    def say(self, key: str) -> str:
        return label(key, self.language)

    def marked(self, text: str) -> str:
        return marked(text, self.marks, self.language)

    def book(self, shares: list[Share], path: Path) -> Path:
        make_folder(path.parent)
        title = self.marked(self.say("feedback_title"))
        with Book.create(path, title=title, form=True) as book:
            self._summary(book, shares, title)
            for share in shares:
                self._sheet(book, share)
        return path

    def _summary(self, book: Book, shares: list[Share], title: str) -> None:
        """Write how many there are of each severity, and what is asked for."""
        sheet = book.sheet(self.say("feedback_summary"))
        shown = [
            Column(key="region", heading=self.say("feedback_region"), width=32),
            *(self._count(key) for key in SEVERITIES),
            Column(key="all", heading=self.say("feedback_all"), width=14),
        ]
        sheet.title(title)
        causes = causes_of(shares)
        told = (
            message(shares, self.language),
            second_line(shares, causes, self.language),
        )
        sheet.note(1, " ".join(filter(None, told)), len(shown) - 1, height=_NOTE_HEIGHT)
        how = self.say("correction_how")
        sheet.note(2, how, len(shown) - 1, height=2 * _NOTE_HEIGHT)
        rows = [_counted(share.name, share.findings) for share in shares]
        everything = [found for share in shares for found in share.findings]
        rows.append(_counted(self.say("feedback_all"), everything))
        area = sheet.table(shown, rows, at=4)
        sheet.keep_in_sight(area, printed=True)
        sheet.for_print(upright=True)
        sheet.lock("format_columns", "format_rows")

    def _count(self, severity: str) -> Column:
        heading = label(f"finding_severity_{severity}", self.language)
        return Column(key=severity, heading=heading, width=14)

    def _sheet(self, book: Book, share: Share) -> None:
        """Write the rows of a district, and open what it is asked for."""
        sheet = book.free_sheet(f"{share.code} {share.name}".strip("? "))
        said = severities(share.findings, self.language)
        sheet.title(self.marked(f"{share.name}: {said}"))
        # The key is hidden and has no breadth.
        last = len(CORRECTION_COLUMNS) - 2
        sheet.note(1, self.say("correction_how"), last, height=_NOTE_HEIGHT)
        head = 2 + self._cut(sheet, share, last)
        rows = [
            self._cells(n, found) for n, found in enumerate(in_order(share)[:MOST], 1)
        ]
        area = sheet.table(self._columns(share), rows, at=head)
        sheet.keep_in_sight(area, filtered=True, printed=True)
        sheet.for_print(footer="&L&9&A&R&9&P / &N")
        sheet.lock("format_columns", "format_rows", "autofilter", "sort")

    def _cut(self, sheet: BookSheet, share: Share, last: int) -> int:
        """Say how many rows are left out; return how many rows that took."""
        more = len(share.findings) - MOST
        if more <= 0:
            return 0
        n, most = (format_number(x, 0, self.language) for x in (more, MOST))
        text = self.say("correction_too_many").format(n=n, most=most)
        sheet.note(2, text, last, height=_NOTE_HEIGHT)
        return 1

    def _columns(self, share: Share) -> list[Column]:
        widths = dict(_WIDTHS)
        if not any(found.sheet for found in share.findings):
            widths["finding"] += widths["sheet"] - _NARROW
            widths["sheet"] = _NARROW
        return [
            Column(
                key=key,
                heading=label(f"correction_{key}", self.language),
                width=widths[key],
                look=_LOOKS.get(key, _SMALL),
                head=_HEAD,
                rule=self._rule(key),
            )
            for key in CORRECTION_COLUMNS
        ]

    def _rule(self, key: str) -> Rule | None:
        if key not in ("fixed", "by", "date"):
            return None
        heading = label(f"correction_{key}", self.language)
        text = label(f"correction_{key}_help", self.language)
        rule = Rule(title=heading, text=text)
        if key != "date":
            return rule
        wrong = self.say("correction_date_wrong")
        return replace(
            rule,
            number="date",
            least=_FIRST_DAY,
            most=_LAST_DAY,
            wrong_title=heading,
            wrong=wrong,
        )

    def _cells(self, number: int, found: Finding) -> Mapping[str, object]:
        """Return a row: what is wrong and where, and what finds the place again."""
        place = Place.of(found, self.digests.get(found.file, ""))
        said = finding_sentence(found, self.language)
        severity = label(f"finding_severity_{found.severity}", self.language)
        cells: dict[str, object] = {
            "number": number,
            "severity": Styled(severity, _SEVERITY[found.severity]),
            "file": found.file,
            "sheet": found.sheet,
            "row": found.row,
            "column": found.column,
            "value": found.value,
            "finding": f"{found.place}: {said}" if found.place else said,
            "remedy": remedy_text(found, self.language),
            KEY: place.key(),
        }
        if found.row is None:
            cells["row"] = self.say("correction_whole")
            cells["fixed"] = Styled("", _CLOSED)
        return cells


def in_order(share: Share) -> Sequence[Finding]:
    """Return the findings of a district as they are gone through.

    Errors first, then cause by cause, each from the top of its file.
    """
    order = []
    for cause in causes_of([share]):
        order += sorted(cause.findings, key=_where)
    return order


def _where(found: Finding) -> tuple[str, str, int]:
    return found.file, found.sheet, found.row or 0


def _counted(name: str, findings: Iterable[Finding]) -> dict[str, object]:
    counts = count_severities(findings)
    return {"region": name, **counts, "all": sum(counts.values())}
