"""The meeting pack: what goes to the meeting, and what comes out of it.

In:     a comparison, or a merge. Out: files in a folder, in the language of the
        comparison.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.base.words import LANGUAGES
from kkbpk_geo.catalogue.labels import both_labels, label
from kkbpk_geo.io import Family, Way, together, write_csv, write_text
from kkbpk_geo.plan.align.funding import funding_table
from kkbpk_geo.plan.decide.audit import write_audit
from kkbpk_geo.plan.lines.writing import write_plan
from kkbpk_geo.plan.meeting.minutes import minutes_paragraph
from kkbpk_geo.plan.meeting.page import meeting_html
from kkbpk_geo.plan.meeting.workbook import write_meeting_workbook
from kkbpk_geo.plan.year.outlook import look_ahead
from kkbpk_geo.plan.year.page import plan_html

if TYPE_CHECKING:
    from kkbpk_geo.plan.align.alignment import Alignment
    from kkbpk_geo.plan.decide.resolve import Resolved
    from kkbpk_geo.plan.year.outlook import Outlook

WORKBOOK, PAGE, MINUTES = "rapat-rencana.xlsx", "rapat-rencana.html", "notulen.txt"
FUNDS, CALENDAR = "pendanaan.csv", "kalender.html"
MERGED, TRAIL = "rencana-gabungan.xlsx", "jejak-keputusan.xlsx"
STILL_OPEN = "belum-diputuskan.xlsx"


def write_meeting(
    alignment: Alignment,
    folder: str | Path,
    *,
    meeting: str = "",
    title: str = "",
    outlook: Outlook | None = None,
    family: Family | None = None,
) -> tuple[Path, ...]:
    """Write what a meeting needs: workbook, page, calendars, paragraph for the minutes.

    Parameters
    ----------
    alignment : Alignment
    folder : str or Path
        Made if absent; files of the same name are replaced.
    meeting : str, optional
        Name of the meeting, for the minutes.
    title : str, optional
        Of workbook and page.
    outlook : Outlook, optional
        The year of the districts' plans, where it is at hand.
    family : Family, optional
        The other pages of the run; without one, page and calendars lead to each other.

    Returns
    -------
    tuple of Path
        The same comparison gives the same bytes. The calendars are left out where no
        district's plan has a line.

    Raises
    ------
    PlanError
        If the folder is a file, or cannot be made.
    """
    target = _folder(folder)
    outlook = outlook or look_ahead(alignment.districts)
    minutes: dict[str, str] = {}
    for language in LANGUAGES:
        spoken = alignment.in_language(language)
        minutes[language] = minutes_paragraph(spoken, meeting=meeting)
    calendar = CALENDAR if outlook else ""
    family = family or meeting_family(title, calendar=bool(outlook))
    page = meeting_html(
        alignment,
        minutes,
        title=title,
        outlook=outlook,
        calendar=calendar,
        family=family,
    )
    with together():
        files = [
            write_meeting_workbook(alignment, target / WORKBOOK, title=title),
            write_text(target / PAGE, page),
            write_text(target / MINUTES, minutes[alignment.language] + "\n"),
            _write_funding(alignment, target / FUNDS),
        ]
        if outlook:
            path = target / CALENDAR
            files.append(_write_calendar(alignment, path, outlook, family))
    return tuple(files)


def meeting_family(title: str = "", *, calendar: bool, plan_map: str = "") -> Family:
    """Return the ways between the pages of one meeting.

    Parameters
    ----------
    title : str, optional
    calendar : bool
        Whether there is a page of calendars.
    plan_map : str, optional
        Name of the file of a map beside them.

    Examples
    --------
    >>> family = meeting_family(calendar=True, plan_map="peta.html")
    >>> [way.path for way in family.ways]
    ['rapat-rencana.html', 'kalender.html', 'peta.html']
    """
    ways = [Way(key="meeting", path=PAGE, book=WORKBOOK)]
    if calendar:
        ways.append(Way(key="calendar", path=CALENDAR))
    if plan_map:
        ways.append(Way(key="plan_map", path=plan_map))
    return Family(title=title or both_labels("meeting_title"), ways=tuple(ways))


def _write_calendar(
    alignment: Alignment, path: Path, outlook: Outlook, family: Family
) -> Path:
    """Write the year of every district, marked as the comparison is."""
    text = plan_html(
        alignment.districts,
        alignment.language,
        outlook=outlook,
        marks=alignment.marks,
        family=family,
    )
    return write_text(path, text)


def _write_funding(alignment: Alignment, path: Path) -> Path:
    """Write who pays for what, from which source."""
    language = alignment.language
    table = funding_table(alignment).astype(object)
    words = {
        by: label(f"funding_{by}", language) for by in ("both", "province", "district")
    }
    table = table.assign(paid_by=table["paid_by"].map(words))
    return write_csv(table, path, language, marks=alignment.marks)


def write_resolved(
    resolved: Resolved,
    folder: str | Path,
    *,
    meeting: str = "",
) -> tuple[Path, ...]:
    """Write what a meeting decided: merged plan, audit trail, minutes, what is open.

    Parameters
    ----------
    resolved : Resolved
    folder : str or Path
        Made if absent; files of the same name are replaced.
    meeting : str, optional
        Name of the meeting, for the minutes.

    Returns
    -------
    tuple of Path
        With a workbook for the next meeting where decisions are still open.

    Raises
    ------
    PlanError
        If the folder is a file, or cannot be made.
    """
    target = _folder(folder)
    minutes = minutes_paragraph(resolved, meeting=meeting)
    language = resolved.alignment.language
    with together():
        files = [
            write_plan(resolved.plan, target / MERGED),
            write_audit(resolved.audit, target / TRAIL, language=language),
            write_text(target / MINUTES, minutes + "\n"),
        ]
        if len(resolved.open):
            files.append(
                write_meeting_workbook(
                    resolved.alignment, target / STILL_OPEN, decisions=resolved.open
                )
            )
    return tuple(files)


def _folder(folder: str | Path) -> Path:
    target = Path(folder)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as err:
        msg = f"{target}: cannot be made a folder ({err.strerror}). Choose another."
        raise PlanError(msg) from err
    return target
