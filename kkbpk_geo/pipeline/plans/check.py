"""Plans end to end: check a plan, read what it is held against.

In:     plan files of province and districts; the offices' tables where gaps matter.
Out:    results of floor 7, and the files that a meeting needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from kkbpk_geo.base.errors import KkbpkGeoError, PlanError
from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.periods import Period
from kkbpk_geo.io import write_csv, write_text, writing
from kkbpk_geo.pipeline.files.feedback import write_feedback

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.gaps import GapScores
    from kkbpk_geo.intake import Intake
    from kkbpk_geo.io import Family
    from kkbpk_geo.pipeline.running import Checked
    from kkbpk_geo.plan import Continuity, Plan


def check_plan(
    plan: Plan,
    folder: str | Path | None,
    language: Language = "id",
    *,
    family: Family | None = None,
) -> list[Path]:
    """Write what a plan's owner should see: findings, calendar, gaps, progress.

    Without a line that can be used there are findings only; the reason is raised after
    they are written.

    Raises
    ------
    PlanError, EmptyDataError
        If no line has a year and a region, or there is no line.
    """
    if folder is None:
        return []
    from kkbpk_geo.plan import Outlook, check_continuity, monitor_plan, plan_html

    target = Path(folder)
    book = target / "temuan.xlsx"
    try:
        continuity = check_continuity(plan)
        monitoring = monitor_plan(plan)
    except KkbpkGeoError:
        # A plan that cannot be used at all still has its findings.
        write_feedback(plan, book, language)
        raise
    outlook = Outlook(continuity=continuity, monitoring=monitoring)
    # Findings of this month beside a calendar of the last would be no set.
    with writing(target):
        files = list(write_feedback(plan, book, language))
        for name, table in (
            ("kesinambungan", continuity.scores.reset_index()),
            ("celah-kegiatan", _months_in_words(continuity.table)),
            ("pemantauan", monitoring.regions.reset_index()),
        ):
            named = with_names(table.astype(object))
            path = target / f"{name}.csv"
            files.append(write_csv(named, path, language, marks=plan.marks))
        page = target / "kalender.html"
        text = plan_html(plan, language, outlook=outlook, family=family)
        files.append(write_text(page, text))
        files.append(write_calendars(continuity, target / "kalender.pdf", language))
    return files


def write_calendars(
    continuity: Continuity, path: str | Path, language: Language = "id"
) -> Path:
    """Write the year of every region as a PDF of A4 sheets, a region a sheet.

    What has more works than a sheet holds goes on, numbered, on the next.
    """
    from kkbpk_geo.maps import save_pages
    from kkbpk_geo.plan import draw_gantts

    codes = sorted(set(continuity.calendar.index.unique(0)))
    sheets = (draw_gantts(continuity, code, language) for code in codes)
    return save_pages(chain.from_iterable(sheets), path)


def with_names(table: pd.DataFrame) -> pd.DataFrame:
    """Put the name of a region beside its code."""
    from kkbpk_geo.regions import place_name

    at = list(table.columns).index("region_code") + 1
    names = [place_name(code) for code in table["region_code"]]
    out = table.copy()
    out.insert(at, "region_name", names)
    return out


def _months_in_words(table: pd.DataFrame) -> pd.DataFrame:
    """Write months as a person does: ``7, 8, 9``."""
    months = [", ".join(map(str, cell)) for cell in table["months"]]
    return table.assign(months=months)


def read_gaps(
    files: Sequence[Path],
    province: str,
    year: int | None,
    *,
    data_year: int | None = None,
) -> GapScores:
    """Score gaps from the offices' own tables, to hold a plan against them.

    Parameters
    ----------
    files : sequence of Path
    province : str
    year : int, optional
        Of the plan; that of the tables only where none of them states one.
    data_year : int, optional
        Of the tables; the year that they state themselves if left out, each its own
        where they state several.

    Raises
    ------
    PlanError
        If nothing can be scored with these tables.
    """
    from kkbpk_geo.pipeline.project import Project
    from kkbpk_geo.pipeline.running import run

    project = Project(tables=tuple(files), province=province, year=data_year)
    # A year that is said holds for all; without one the tables are asked.
    checked = None if data_year else _read_dated(files, province, year)
    done = run(project, checked=checked)
    if done.gaps is None:
        msg = "gaps cannot be scored from these tables; leave --data out."
        raise PlanError(msg)
    return done.gaps


def _read_dated(files: Sequence[Path], province: str, spare: int | None) -> Checked:
    """Read tables, each in the year that they state; every file is opened once.

    Where all that state a year state the same, the others are of it too; where they
    state several, each keeps its own, and one without a year has none. Where none
    states one, all are of the ``spare`` year.
    """
    from kkbpk_geo.intake import check_together, read_table
    from kkbpk_geo.io import load_grids
    from kkbpk_geo.pipeline.running import Checked

    loaded = [load_grids(path) for path in files]
    intakes = [read_table(grids, province=province) for grids in loaded]
    stated = {year for intake in intakes for year in _years(intake)}
    common = next(iter(stated), spare) if len(stated) <= 1 else None
    if common is not None:
        # What names its own year says the same again; only the others are worth it.
        for i, grids in enumerate(loaded):
            if _lacks_period(intakes[i]):
                intakes[i] = read_table(grids, province=province, year=common)
    findings = [found for intake in intakes for found in intake.findings]
    return Checked(tuple(intakes), (*findings, *check_together(intakes)))


def _periods(intake: Intake) -> list[object]:
    tables = [table.data for table in intake.tables() if "period" in table.data]
    return [period for data in tables for period in data["period"]]


def _years(intake: Intake) -> set[int]:
    """Return the years that a table states, in sheet, title or file name."""
    stated = [Period.parse(p) for p in _periods(intake) if isinstance(p, str)]
    return {year for one in stated for year in (one.begins[0], one.ends[0])}


def _lacks_period(intake: Intake) -> bool:
    undated = any("period" not in table.data for table in intake.tables())
    return undated or not all(isinstance(p, str) for p in _periods(intake))
