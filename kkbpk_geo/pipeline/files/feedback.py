"""What goes back to those who sent the tables: findings, corrections, what is lacking.

In:     findings or a result that has them, who has sent what, corrections.
Out:    pages and workbooks; ``koreksi.csv``.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kkbpk_geo.base.formats import Language
from kkbpk_geo.io import Family, Way, write_csv, write_text, writing
from kkbpk_geo.pipeline.parts import (
    AUDIT,
    FINDINGS_BOOK,
    FINDINGS_PAGE,
    SUBMISSIONS_BOOK,
    SUBMISSIONS_PAGE,
)
from kkbpk_geo.pipeline.running import Checked, Run

if TYPE_CHECKING:
    from kkbpk_geo.findings import Finding, Reported
    from kkbpk_geo.submissions import SubmissionGrid


def write_feedback(
    findings: Iterable[Finding] | Reported,
    path: str | Path,
    language: Language = "id",
    *,
    family: Family | None = None,
    sources: Iterable[str | Path] = (),
) -> list[Path]:
    """Write findings: a page (.html), a workbook (.xlsx), or a folder of workbooks.

    Of a result that has findings (a run, a plan, an intake) its marks are written, too;
    ``sources`` are the files that they are about, which a workbook that comes back is
    to know again.

    Raises
    ------
    ProjectError, IntakeError
        If it cannot be written, or has another ending.
    """
    from kkbpk_geo.findings import findings_html, write_findings

    path = Path(path)
    with writing(path.parent):
        if path.suffix.lower() in (".html", ".htm"):
            page = findings_html(findings, language, family=family)
            return [write_text(path, page)]
        written = write_findings(findings, path, language=language, sources=sources)
        return list(written)


def write_checked(
    checked: Reported,
    grid: SubmissionGrid,
    path: str | Path,
    language: Language = "id",
    *,
    sources: Iterable[str | Path] = (),
) -> list[Path]:
    """Write what a check found: findings, who has sent what, or both into a folder.

    ``path``, ``sources``: as of :func:`write_feedback`; a file called
    ``laporan-masuk`` is who has sent what; a folder holds both, each as a page and as
    workbooks.

    Raises
    ------
    ProjectError, IntakeError
        If it cannot be written, or has another ending.
    """
    from kkbpk_geo.submissions import submissions_html, write_submission_book

    path = Path(path)
    if not path.suffix:
        return _write_check(checked, grid, path, language, sources)
    if path.stem != Path(SUBMISSIONS_PAGE).stem:
        return write_feedback(checked, path, language, sources=sources)
    with writing(path.parent):
        if path.suffix.lower() in (".html", ".htm"):
            return [write_text(path, submissions_html(grid, language))]
        return [write_submission_book(grid, path, language)]


def _write_check(
    checked: Reported,
    grid: SubmissionGrid,
    folder: Path,
    language: Language,
    sources: Iterable[str | Path],
) -> list[Path]:
    """Write both pages, with ways between them, and their workbooks."""
    from kkbpk_geo.submissions import write_submissions

    asked = Way(key="submissions", path=SUBMISSIONS_PAGE, book=SUBMISSIONS_BOOK)
    found = Way(
        key="findings",
        path=FINDINGS_PAGE,
        count=len(checked.findings),
        book=FINDINGS_BOOK,
    )
    family = Family(title=grid.region_name, ways=(asked, found))
    with writing(folder):
        page = write_feedback(checked, folder / FINDINGS_PAGE, language, family=family)
        books = write_feedback(checked, folder, language, sources=sources)
        return [
            *page,
            *books,
            *write_submissions(grid, folder, language, family=family),
        ]


def write_audit(
    checked: Checked | Run, folder: str | Path, language: Language = "id"
) -> list[Path]:
    """Write ``koreksi.csv``: who corrected what, when; nothing without corrections.

    Raises
    ------
    ProjectError
        If it cannot be written.
    """
    if not checked.corrections:
        return []
    from kkbpk_geo.intake import audit_frame

    target = Path(folder)
    audit = audit_frame(checked.corrections, language)
    with writing(target):
        return [write_csv(audit, target / AUDIT, language, marks=checked.marks)]
