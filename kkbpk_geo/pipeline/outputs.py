"""The files a run leaves behind: the work map, its tables, the findings to send back.

In:     a :class:`kkbpk_geo.pipeline.running.Run`.
Out:    ``peta-kerja.html``; ``indikator.csv``, ``kesenjangan.csv``, ``skor.csv``,
        ``tidak-ditempatkan.csv``; ``koreksi.csv`` where districts corrected cells;
        ``temuan.html`` and ``temuan.xlsx``; where the
        project asks for them ``keberadaan.html`` and ``keberadaan.xlsx``; ``rapat/``
        where plans are compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from kkbpk_geo.base.errors import EmptyDataError, IndicatorError
from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.words import LANGUAGES, Words, both
from kkbpk_geo.catalogue.indicators import indicators as known_indicators
from kkbpk_geo.catalogue.programme import is_column, split_column
from kkbpk_geo.catalogue.statuses import few_text
from kkbpk_geo.io import (
    Family,
    Way,
    forget_read,
    session,
    write_csv,
    write_text,
    writing,
)
from kkbpk_geo.pipeline.family.basis import Basis, basis_of
from kkbpk_geo.pipeline.family.index import index_html
from kkbpk_geo.pipeline.family.making import (
    AGAIN,
    SAME,
    Part,
    SoFar,
    make_parts,
)
from kkbpk_geo.pipeline.family.sources import read_as
from kkbpk_geo.pipeline.family.telling import Telling
from kkbpk_geo.pipeline.family.ways import family_of, sources_of
from kkbpk_geo.pipeline.parts import (
    ANALYSIS_FOLDER,
    ANALYSIS_PAGE,
    CALENDAR_PAGE,
    FINDINGS_BOOK,
    FINDINGS_PAGE,
    INDEX_PAGE,
    MAP_PAGE,
    MEETING_BOOK,
    MEETING_FOLDER,
    MEETING_PAGE,
    PRESENCE_BOOK,
    PRESENCE_PAGE,
    SUBMISSIONS_BOOK,
    SUBMISSIONS_PAGE,
    Failure,
    failure_findings,
)
from kkbpk_geo.pipeline.presence import write_presence
from kkbpk_geo.pipeline.project_reading import read_project
from kkbpk_geo.pipeline.running import Checked, Progress, Run, run

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.findings import Finding, Reported
    from kkbpk_geo.joining import Joined
    from kkbpk_geo.maps import MapDescription
    from kkbpk_geo.plan import Alignment
    from kkbpk_geo.submissions import SubmissionGrid


def run_project(path: str | Path, *, progress: Progress | None = None) -> Run:
    """Run a project file: read, check, join, compute, score, draw, write.

    Parameters
    ----------
    path : str or Path
        ``peta-kerja.toml``; ``kkbpk-geo init`` writes one to start from.
    progress : callable, optional
        Called with (what is being done, steps done, steps in all).

    Returns
    -------
    Run
        With the files written. The same input gives the same bytes.

    Raises
    ------
    ProjectError, BoundaryError, RegionError, IntakeError, EmptyDataError
        If the run cannot be done; one sentence with place and remedy. What stands
        beside the map may fail: it is among ``failures``, and the rest is written.
    """
    with session():
        project = read_project(path)
        basis = basis_of(project)  # before it is read: what changes meanwhile is new
        done = run(project, progress=progress, go_on=True)
        return write_outputs(done, basis=basis)


# A number, but none of a code (18.01), a month (2025-11) or a name (F2).
_FIGURE = re.compile(r"(?<![\w.-])\d+(?:[.,]\d+)?(?![\w-])(?!\.\d)")
# Of 514 districts, each a hundred or so: seen alone a province is no polygon of lines.
_VERTICES_OF_NATION = 60_000
AUDIT = "koreksi.csv"
_MENDED = frozenset(["corrected", "row_removed"])
_SHOWN = 8  # findings on one district's sheet; all of them are in temuan.html
# Choices that say what else is made, and how the map looks: of no concern to a page of
# words. Its head has the title from the family, which is looked at by itself.
_BESIDE = frozenset({"printed", "presence", "analysis"})
_LOOKS = _BESIDE | {"basemap", "values", "map_only", "classes", "method", "title"}


def write_outputs(
    run: Run, folder: str | Path | None = None, *, basis: Basis | None = None
) -> Run:
    """Write every file of a run; returns the run with ``files`` filled.

    Parameters
    ----------
    run : Run
    folder : str or Path, optional
        By default that of the project.
    basis : Basis, optional
        What the run depends on, looked at before it was read: parts that are made of
        the same as those that are there stay. Without it everything is made.

    Raises
    ------
    ProjectError
        If the folder cannot be written to.
    """
    target = Path(folder) if folder is not None else run.project.folder
    for path, intake in read_as(run):
        # A folder with everything in it: what an earlier run wrote there is replaced.
        said = () if intake is None else intake.findings
        if any(found.code == "own_output" for found in said):
            forget_read(path)

    def told(failures: Iterable[Failure]) -> tuple[Finding, ...]:
        return (*run.findings, *failure_findings(failures))

    def counted(failures: Iterable[Failure]) -> dict[str, int]:
        from kkbpk_geo.findings import count_severities

        return count_severities(told(failures))

    parts = (*_parts(run, target), *_telling_parts(run, target, told))
    # Last month's map beside this month's tables would be no set.
    with writing(target):
        outcome = make_parts(
            [replace(part, marks=run.marks) for part in parts],
            target,
            basis=basis,
            family_of=partial(family_of, run),
            failures=run.failures,
            findings=counted,
        )
    by_state: dict[str, list[Path]] = {}
    every = sorted(outcome.made, key=lambda made: made.part != "index")
    for made in every:
        by_state.setdefault(made.state, []).append(made.path)
    return replace(
        run,
        files=tuple(made.path for made in every),
        again=tuple(by_state.get(AGAIN, ())),
        unchanged=tuple(by_state.get(SAME, ())),
        removed=outcome.removed,
        failures=outcome.failures,
        findings=told(outcome.failures),
    )


def _parts(run: Run, target: Path) -> Iterator[Part]:
    """Yield what is made of a run, in order; the last parts tell of these."""
    project, language = run.project, run.project.language
    # Once: the page and the sheet show the same classes in the same words.
    described = cache(partial(describe, run))
    yield Part(
        key="map",
        file=MAP_PAGE,
        write=lambda so_far: [
            write_map(run, target / MAP_PAGE, described(), family=so_far.family)
        ],
        ways=_ways_of_map(run),
        apart=_BESIDE,
        lasting=True,
    )
    if project.printed:
        name = f"peta-cetak.{project.printed}"
        yield Part(
            key="print",
            file=name,
            write=lambda _: [write_map(run, target / name, described())],
            apart=_BESIDE - {"printed"} | {"basemap", "map_only"},
            lasting=True,
        )
    yield Part(
        key="tables", file="indikator.csv", write=lambda _: _write_tables(run, target)
    )
    if run.corrections:
        yield _part_of_audit(run, target)
    if run.gaps is not None:
        yield Part(
            key="scores", file="skor.csv", write=lambda _: write_scores(run, target)
        )
    if run.submissions is not None:
        yield _part_of_submissions(run, run.submissions, target)
    if run.presence is not None:
        matrix = replace(run.presence, marks=run.marks)
        yield Part(
            key="presence",
            file=PRESENCE_PAGE,
            write=lambda so_far: write_presence(
                matrix, target, language, family=so_far.family
            ),
            ways=(Way(key="presence", path=PRESENCE_PAGE, book=PRESENCE_BOOK),),
            apart=_LOOKS | {"plans"},
            lasting=True,
        )
    # Of hundreds of places a picture names nobody; the command analyse is asked then.
    if project.analysis and project.level in ("provinsi", "kabkota"):
        yield Part(
            key="analysis",
            file=ANALYSIS_PAGE,
            write=lambda so_far: _write_analysis(run, target, so_far.family),
            ways=(Way(key="analysis", path=ANALYSIS_PAGE),),
            apart=_LOOKS | {"plans"},
            lasting=True,
            may_be_empty=True,
        )
    if run.alignment is not None:
        yield _part_of_plans(run, run.alignment, target)


def _part_of_audit(run: Run, target: Path) -> Part:
    language = run.project.language
    return Part(
        key="corrections",
        file=AUDIT,
        write=lambda _: write_audit(run, target, language),
    )


def _part_of_submissions(run: Run, grid: SubmissionGrid, target: Path) -> Part:
    from kkbpk_geo.submissions import write_submissions

    marked = replace(grid, marks=run.marks)
    return Part(
        key="submissions",
        file=SUBMISSIONS_PAGE,
        write=lambda so_far: write_submissions(
            marked, target, run.project.language, family=so_far.family
        ),
        ways=(Way(key="submissions", path=SUBMISSIONS_PAGE, book=SUBMISSIONS_BOOK),),
    )


def _part_of_plans(run: Run, alignment: Alignment, target: Path) -> Part:
    from kkbpk_geo.plan import write_meeting

    # Where the project says that it is a sample, its plans are one, too.
    marked = replace(alignment, marks=run.marks)
    plans, outlook = run.project.plans, run.outlook
    ways = [Way(key="meeting", path=MEETING_PAGE, book=MEETING_BOOK)]
    if outlook is not None:
        ways.append(Way(key="calendar", path=CALENDAR_PAGE))
    return Part(
        key="meeting",
        file=MEETING_PAGE,
        write=lambda so_far: write_meeting(
            marked,
            target / MEETING_FOLDER,
            meeting=plans.meeting if plans else "",
            outlook=outlook,
            family=so_far.family,
        ),
        ways=tuple(ways),
    )


def _telling_parts(
    run: Run, target: Path, told: Callable[[Iterable[Failure]], tuple[Finding, ...]]
) -> Iterator[Part]:
    """Yield the parts that say what became of the others."""
    language = run.project.language

    def findings(so_far: SoFar) -> list[Path]:
        said = replace(run, findings=told(so_far.failures))
        # One to read, one to send back.
        page = write_feedback(
            said, target / FINDINGS_PAGE, language, family=so_far.family
        )
        book = write_feedback(
            said, target / FINDINGS_BOOK, language, sources=_read_by(run)
        )
        return [*page, *book]

    def index(so_far: SoFar) -> list[Path]:
        telling = Telling(
            run=run, findings=told(so_far.failures), so_far=so_far, folder=target
        )
        page = index_html(telling.say, language, marks=run.marks, family=so_far.family)
        return [write_text(target / INDEX_PAGE, page)]

    yield Part(
        key="findings",
        file=FINDINGS_PAGE,
        write=findings,
        ways=(Way(key="findings", path=FINDINGS_PAGE, book=FINDINGS_BOOK),),
    )
    yield Part(
        key="index",
        file=INDEX_PAGE,
        write=index,
        ways=(Way(key="index", path=INDEX_PAGE),),
    )


def _ways_of_map(run: Run) -> tuple[Way, ...]:
    from kkbpk_geo.maps import INDICATORS_ANCHOR, PRIORITIES_ANCHOR

    number = run.indicators["indicator"].nunique()
    own = Way(
        key="indicators", path=f"{MAP_PAGE}#{INDICATORS_ANCHOR}", count=int(number)
    )
    if run.gaps is None:
        return (own,)
    return (Way(key="priorities", path=f"{MAP_PAGE}#{PRIORITIES_ANCHOR}"), own)


def _write_tables(run: Run, target: Path) -> list[Path]:
    language = run.project.language
    return [
        write_csv(table, target / name, language, marks=run.marks)
        for name, table in (
            ("indikator.csv", _named(run, with_few(run))),
            ("tidak-ditempatkan.csv", _unplaced_with_few(run.joined)),
        )
    ]


def _write_analysis(run: Run, target: Path, family: Family) -> list[Path]:
    from kkbpk_geo.pipeline.analysing.asking import analyse
    from kkbpk_geo.pipeline.analysing.page import write_analysis

    try:
        found = analyse(run)
    except IndicatorError as err:  # a list of facilities asks no such question
        raise EmptyDataError(str(err)) from err
    return write_analysis(found, target / ANALYSIS_FOLDER, family=family)


def write_map(
    run: Run,
    path: str | Path,
    described: MapDescription | None = None,
    *,
    family: Family | None = None,
) -> Path:
    """Write the map of a run: a page, or a sheet to print.

    Parameters
    ----------
    path : str or Path
        ``.html``: the work map. ``.pdf``, ``.svg`` or ``.png``: an A3 sheet of the
        first indicator, in the same classes and colours.
    described : MapDescription, optional
        As :func:`describe` gives it, where it is at hand.
    family : Family, optional
        The other pages of the run; a sheet to print leads nowhere.

    Raises
    ------
    ProjectError, MapError
        If it cannot be written, or has another ending.
    """
    from kkbpk_geo.maps import write_work_map

    path = Path(path)
    described = described or describe(run)
    with writing(path.parent):
        if path.suffix.lower() in (".html", ".htm"):
            return write_work_map(path, described, family=family)
        from kkbpk_geo.maps import PrintOptions, draw_figure, save_figure

        return save_figure(draw_figure(described, layout=PrintOptions(page="A3")), path)


def write_export(run: Run, path: str | Path) -> Path:
    """Write the map of a run for a GIS: ``.gpkg``, ``.geojson`` or ``.parquet``.

    Raises
    ------
    ProjectError, MapError
        If it cannot be written, or has another ending.
    """
    from kkbpk_geo.maps import export_map

    path = Path(path)
    with writing(path.parent):
        return export_map(describe(run), path)


def write_scores(run: Run, folder: str | Path) -> list[Path]:
    """Write ``skor.csv`` and ``kesenjangan.csv``; nothing where nothing was scored."""
    if run.gaps is None:
        return []
    target, language = Path(folder), run.project.language
    scores = _named(run, run.gaps.scores.reset_index())
    needs = _named(run, run.gaps.table)
    with writing(target):
        return [
            write_csv(scores, target / "skor.csv", language, marks=run.marks),
            write_csv(needs, target / "kesenjangan.csv", language, marks=run.marks),
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


def _read_by(run: Run) -> list[Path]:
    """Return the files that the findings of a run are about."""
    plans = run.project.plans
    if plans is None:
        return list(run.project.tables)
    return [*run.project.tables, *plans.paths]


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


def describe(run: Run) -> MapDescription:
    """Describe the work map of a run: its indicators, gaps, points and words."""
    from kkbpk_geo.maps import MapOptions, describe_map
    from kkbpk_geo.regions import is_nation, load_context

    project = run.project
    options = MapOptions(
        title=project.title,
        source=_sources(run),
        language=project.language,
        sample=run.marks.sample,
        method=project.method,
        k=project.classes,
        context=load_context(run.boundaries, margin_deg=2.5),
        findings=_findings(run),
        lacking=_lacking(run),
        detail=run.below,
        basemap=project.basemap,
        values=project.values,
        panel=not project.map_only,
        limit=_limit_of(run),
    )
    if is_nation(project.province):
        options = replace(options, max_vertices=_VERTICES_OF_NATION)
    table = run.indicators if len(run.indicators) else _counts(run.joined)
    indicators = None
    if run.alignment is not None:
        from kkbpk_geo.pipeline.plans_on_map import add_plans

        table, indicators, plans = add_plans(run.alignment, run.outlook, table)
        options = replace(options, plans=plans)
    return describe_map(
        run.boundaries,
        table,
        indicators=indicators,
        points=run.points if len(run.points) else None,
        gaps=run.gaps,
        options=options,
    )


def _lacking(run: Run) -> list[dict[str, str]]:
    """Return what has not come in, in few words; none where all of it has."""
    grid = run.submissions
    if grid is None or not grid.lacking():
        return []
    # After how many have come in the grid says what has not, where that is short.
    said = {each: grid.sentences(each)[1:] or grid.lacking(each) for each in LANGUAGES}
    return [{each: sentences[0] for each, sentences in said.items()}]


def _limit_of(run: Run) -> int | None:
    """Return the limit of small counts for a map that has any; else None."""
    from kkbpk_geo.indicators import is_below_district

    small = is_below_district(run.project.level) or bool(run.below)
    return run.project.limit if small else None


def _counts(joined: Joined) -> pd.DataFrame:
    """Return the counts of tables that feed no indicator: they are worth seeing too."""
    import pandas as pd

    counts = joined.at().astype("Float64")
    if joined.exact is None:
        return counts
    # Why a number is hidden is said, too: a row for each region and measure.
    status, columns = joined.status_at(), counts.columns
    long = [
        pd.DataFrame({"indicator": c, "value": counts[c], "status": status[c]})
        for c in columns
    ]
    return pd.concat(long).reset_index()


def with_few(run: Run) -> pd.DataFrame:
    """Return the indicators of a run with ``1–4`` where a number is small and hidden.

    A number that is hidden beside a small one stays blank.
    """
    import pandas as pd

    joined, table = run.joined, run.indicators
    if joined.exact is None:
        return table
    text, known = few_text(joined.limit), known_indicators()
    found = table.copy()
    for side in ("numerator", "denominator"):
        cells = found[side].astype(object)
        for key in table["indicator"].unique():
            # What is added up of several counts is no small count itself.
            column, *more = getattr(known[key], side)
            if more or column not in joined.status:
                continue
            rows = table[table["indicator"].eq(key)]
            named = pd.MultiIndex.from_frame(rows[["period", "region_code"]])
            small = joined.status[column].reindex(named).eq("few_persons").to_numpy()
            cells.loc[rows.index[small]] = text
        found[side] = cells
    return found


def _unplaced_with_few(joined: Joined) -> pd.DataFrame:
    """Return the rows that are on no region, small counts of persons as ``1–4``."""
    if joined.exact is None:
        return joined.unplaced
    found = joined.unplaced.copy()
    for column in filter(is_column, map(str, found.columns)):
        if split_column(column)[1].of_persons:
            small = found[column].between(1, joined.limit - 1).fillna(value=False)
            cells = found[column].astype(object)
            found[column] = cells.mask(small.astype(bool), few_text(joined.limit))
    return found


def without_numbers(one: Finding) -> Finding:
    """Return a finding without the figures it is about; codes and months stay.

    On a map that hides small counts they would stand in a sentence; who sent the table
    finds them in ``temuan.xlsx``.
    """
    value, expected = (_FIGURE.sub("…", x) for x in (one.value, one.expected))
    return replace(one, value=value, expected=expected)


def _findings(run: Run) -> dict[str, list[dict[str, str]]]:
    """Word the findings about each region's data, for its sheet on the map."""
    from kkbpk_geo.findings import finding_text, fold_findings

    found: dict[str, list[dict[str, str]]] = {}

    protected = bool(_limit_of(run))

    def say(code: str, one: Finding) -> None:
        if protected:
            one = without_numbers(one)
        said = {"id": finding_text(one, "id"), "en": finding_text(one, "en")}
        told = found.setdefault(code, [])
        if said not in told:
            told.append(said)

    # First why a figure is not there, or is not to be judged by.
    for code, reasons in run.joined.reasons.items():
        for one in fold_findings(reasons):
            say(code, one)
    unsure = set(run.joined.refused["region_code"])
    folded = fold_findings(run.findings, by_region=True)
    # Few are shown, and what was mended is what the district looks for.
    for one in sorted(folded, key=lambda one: one.code not in _MENDED):
        # What is merely said of a table is no matter of one district; what was mended
        # in its rows is.
        if one.severity == "info" and one.code not in _MENDED:
            continue
        # A row that nobody could place is told to each region that it may be about.
        known = one.region in run.joined.names
        about = [one.region] if known else sorted(unsure.intersection(one.candidates))
        for code in about:
            say(code, one)
    return {code: said[:_SHOWN] for code, said in found.items()}


def _named(run: Run, frame: pd.DataFrame) -> pd.DataFrame:
    """Put the name of the region, and of the indicator, beside its code."""
    from kkbpk_geo.indicators import is_below_district
    from kkbpk_geo.regions import above_names

    # The province has a row, too: that of the sums.
    names = {**run.joined.names, run.joined.province_code: run.joined.province_name}
    out = frame.copy()
    at = list(out.columns).index("region_code") + 1
    out.insert(at, "region_name", [names.get(c, "") for c in out["region_code"]])
    if is_below_district(run.joined.level):
        # Of a village its name says little without that of its kecamatan.
        above = [above_names(str(code)) for code in out["region_code"]]
        out.insert(at + 1, "region_parent", above)
    if "indicator" in out.columns:
        known = known_indicators()
        words = [known[k].name(run.project.language) for k in out["indicator"]]
        out.insert(list(out.columns).index("indicator") + 1, "indicator_name", words)
    return out


def _sources(run: Run) -> Words:
    """Say what a map was made from, and how much of it districts corrected."""
    stated = run.project.source or sources_of(run)
    if not any(line.is_used for line in run.corrections):
        return stated
    from kkbpk_geo.intake import say_corrected

    said = both(stated)
    for language in LANGUAGES:
        mended = say_corrected(run.corrections, language).removesuffix(".")
        said[language] += f". {mended}"
    return said
