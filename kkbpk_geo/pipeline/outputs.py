"""What a run makes, part by part: pages that know each other, their tables and books.

In:     a project file, or a :class:`kkbpk_geo.pipeline.running.Run`.
Out:    the run with its files: ``index.html``, and of ``pipeline/files`` and the rooms
        below whatever these tables and plans give; see :func:`_parts`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from kkbpk_geo.base.errors import EmptyDataError, IndicatorError
from kkbpk_geo.io import Family, Way, forget_read, session, write_text, writing
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
from kkbpk_geo.pipeline.family.ways import family_of
from kkbpk_geo.pipeline.files.feedback import write_audit, write_feedback
from kkbpk_geo.pipeline.files.map import describe, write_map
from kkbpk_geo.pipeline.files.tables import write_scores, write_tables
from kkbpk_geo.pipeline.parts import (
    ANALYSIS_FOLDER,
    ANALYSIS_PAGE,
    AUDIT,
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
from kkbpk_geo.pipeline.running import Progress, Run, run

if TYPE_CHECKING:
    from kkbpk_geo.findings import Finding
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
        key="tables", file="indikator.csv", write=lambda _: write_tables(run, target)
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


def _write_analysis(run: Run, target: Path, family: Family) -> list[Path]:
    from kkbpk_geo.pipeline.analysing.asking import analyse
    from kkbpk_geo.pipeline.analysing.page import write_analysis

    try:
        found = analyse(run)
    except IndicatorError as err:  # a list of facilities asks no such question
        raise EmptyDataError(str(err)) from err
    return write_analysis(found, target / ANALYSIS_FOLDER, family=family)


def _read_by(run: Run) -> list[Path]:
    """Return the files that the findings of a run are about."""
    plans = run.project.plans
    if plans is None:
        return list(run.project.tables)
    return [*run.project.tables, *plans.paths]
