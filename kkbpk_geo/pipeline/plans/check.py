"""Plans end to end: check a plan, read what it is held against.

In:     plan files of province and districts; the offices' tables where gaps matter.
Out:    results of floor 7, and the files that a meeting needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.io import write_csv, writing
from kkbpk_geo.pipeline.outputs import write_feedback

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.gaps import GapScores
    from kkbpk_geo.plan import Continuity, Plan


def check_plan(
    plan: Plan, folder: str | Path | None, language: Language = "id"
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
    from kkbpk_geo.sample import is_sample

    target = Path(folder)
    files = write_feedback(plan.findings, target / "temuan.xlsx", language)
    continuity = check_continuity(plan)
    monitoring = monitor_plan(plan)
    outlook = Outlook(continuity=continuity, monitoring=monitoring)
    with writing(target):
        for name, table in (
            ("kesinambungan", continuity.scores.reset_index()),
            ("celah-kegiatan", _months_in_words(continuity.table)),
            ("pemantauan", monitoring.regions.reset_index()),
        ):
            named = with_names(table.astype(object))
            files.append(write_csv(named, target / f"{name}.csv", language))
        page = target / "kalender.html"
        title = label("plan_page_title", language).format(year=outlook.year)
        note = ""
        if any(map(is_sample, set(plan.data["source_file"]))):
            note = label("sample_data", language)
            title = f"{note}: {title}"
        text = plan_html(plan, language, outlook=outlook, title=title)
        page.write_text(text, encoding="utf-8", newline="\n")
        files += [
            page,
            write_calendars(continuity, target / "kalender.pdf", language, note=note),
        ]
    return files


def write_calendars(
    continuity: Continuity,
    path: str | Path,
    language: Language = "id",
    *,
    note: str = "",
) -> Path:
    """Write the year of every region as a PDF to print, a page each.

    Parameters
    ----------
    note : str
        Stands on every page: that a sample is one.
    """
    from kkbpk_geo.maps import save_pages
    from kkbpk_geo.plan import draw_gantt

    codes = sorted(set(continuity.calendar.index.unique(0)))
    return save_pages(
        (draw_gantt(continuity, code, language, note=note) for code in codes), path
    )


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

    if data_year is None:
        stated = _stated_years(files, province)
        data_year = min(stated, default=year) if len(stated) < 2 else None  # noqa: PLR2004
    done = run(Project(tables=tuple(files), province=province, year=data_year))
    if done.gaps is None:
        msg = "gaps cannot be scored from these tables; leave --data out."
        raise PlanError(msg)
    return done.gaps


def _stated_years(files: Sequence[Path], province: str) -> set[int]:
    """Return the years that tables state, in sheet, title or file name."""
    from kkbpk_geo.intake import read_table

    intakes = [read_table(path, province=province) for path in files]
    return {
        int(str(period)[:4])
        for intake in intakes
        for table in intake.tables()
        if "period" in table.data
        for period in table.data["period"].dropna()
    }
