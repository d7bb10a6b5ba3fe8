"""One run: boundaries, tables, findings, values, indicators, gaps, points.

In:     a :class:`kkbpk_geo.pipeline.project.Project`.
Out:    :class:`Run`; ``run_project`` also writes its files.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from kkbpk_geo.base.errors import (
    BoundaryError,
    EmptyDataError,
    IntakeError,
    ProjectError,
)
from kkbpk_geo.base.escaping import for_html, seen_in_line
from kkbpk_geo.base.marks import Marks
from kkbpk_geo.base.results import in_one_line
from kkbpk_geo.io import note_read
from kkbpk_geo.pipeline.parts import (
    MEETING_PAGE,
    PRESENCE_PAGE,
    SUBMISSIONS_PAGE,
    Failure,
    tried,
)
from kkbpk_geo.pipeline.project import Project

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from kkbpk_geo.base.formats import Language
    from kkbpk_geo.findings import Finding, Reported
    from kkbpk_geo.gaps import GapScores, PresenceMatrix
    from kkbpk_geo.intake import Correction, Corrections, Intake
    from kkbpk_geo.joining import Joined
    from kkbpk_geo.maps import MapDetail
    from kkbpk_geo.plan import Alignment, Outlook
    from kkbpk_geo.submissions import SubmissionGrid


# Called with (what is being done, steps done, steps in all).
Progress = Callable[[str, int, int], None]


class Checked(NamedTuple):
    """Tables that were read, and what is to be said about them, each and together.

    ``corrections``: all that districts asked for, with what became of each.
    """

    intakes: tuple[Intake, ...]
    findings: tuple[Finding, ...]
    corrections: tuple[Correction, ...] = ()

    @property
    def marks(self) -> Marks:
        """Whether any of the tables is sample data."""
        return Marks.of(*self.intakes)


@dataclass(frozen=True, slots=True, eq=False, repr=False, kw_only=True)
class Run:
    """Everything one run found.

    Attributes
    ----------
    project : Project
        ``sample`` also where tables or plans say that they are sample data.
    boundaries : GeoDataFrame
        A frame of names alone where no outlines were asked for and none are known.
    intakes : tuple of Intake
    findings : tuple of Finding
        Of every table, and of tables against each other.
    joined : Joined
    indicators : DataFrame
        Tidy, as :func:`compute_indicators` gives it.
    gaps : GapScores or None
        None where no standard can be scored with these tables.
    below : tuple of MapDetail
        The levels below the map and their indicators, coarse to fine, as far as tables
        and outlines go; ``detail`` is the first of them, or None.
    alignment : Alignment or None
        The work plans compared, where the project names them; ``outlook``: the year
        of the districts' plans.
    presence : PresenceMatrix or None
        Which village has what, where the project asks for it and a table tells it.
    submissions : SubmissionGrid or None
        Who has sent what.
    points : DataFrame
        Facilities and groups with coordinates, placed; may be empty.
    corrections : tuple of Correction
        What districts wrote into workbooks of findings, and what became of it.
    files : tuple of Path
        What was made, ``index.html`` first; ``again``: those of them that stood there
        with another content, ``unchanged``: with the same one; ``removed``: files of
        the run before that are not made now.
    failures : tuple of Failure
        Parts that could not be made, with the reason.
    """

    project: Project
    boundaries: gpd.GeoDataFrame
    intakes: tuple[Intake, ...]
    findings: tuple[Finding, ...]
    joined: Joined
    indicators: pd.DataFrame
    gaps: GapScores | None
    points: pd.DataFrame
    below: tuple[MapDetail, ...] = ()
    alignment: Alignment | None = None
    outlook: Outlook | None = None
    presence: PresenceMatrix | None = None
    corrections: tuple[Correction, ...] = ()
    submissions: SubmissionGrid | None = None
    files: tuple[Path, ...] = ()
    again: tuple[Path, ...] = ()
    unchanged: tuple[Path, ...] = ()
    removed: tuple[Path, ...] = ()
    failures: tuple[Failure, ...] = ()

    @property
    def marks(self) -> Marks:
        """Whether any table or plan is sample data, or the project says so."""
        return Marks(sample=self.project.sample)

    @property
    def detail(self) -> MapDetail | None:
        """The level just below the map."""
        return self.below[0] if self.below else None

    @property
    def table(self) -> pd.DataFrame:
        """The main frame: ``indicators``."""
        return self.indicators

    def summary(self, language: Language = "id") -> str:
        """Say what was joined and where the gaps are."""
        said = [self.joined.summary(language)]
        if self.gaps is not None:
            said.append(self.gaps.summary(language))
        if self.corrections:
            from kkbpk_geo.intake import say_corrected

            said.append(say_corrected(self.corrections, language))
        return " ".join(said)

    def __repr__(self) -> str:
        return f"<Run: {in_one_line(self.summary('en'))}>"

    def _repr_html_(self) -> str:
        return f"<p>{for_html(self.summary())}</p>"


def run(
    project: Project,
    *,
    progress: Progress | None = None,
    checked: Checked | None = None,
    outlines: bool = True,
    go_on: bool = False,
) -> Run:
    """Do everything but write; see :func:`run_project`.

    ``checked``: the project's tables where they were read before; no file is then read
    again. ``outlines``: False where nothing will be drawn: of kecamatan and villages
    without a layer the names then suffice. ``go_on``: what stands beside the map
    (plans, who has sent what, presence) may fail; it is then among ``failures``.
    """
    from kkbpk_geo.gaps import score_gaps
    from kkbpk_geo.indicators import compute_indicators, hide_small
    from kkbpk_geo.joining import join_regions
    from kkbpk_geo.pipeline.below import join_below

    # Boundaries before the tables, joining and the map after them.
    steps = len(project.tables) + 3
    tell = progress or (lambda *_: None)
    tell("boundaries", 0, steps)
    for layer in filter(None, (project.boundaries, project.detail)):
        note_read(layer)
    boundaries = find_regions(project, outlines=outlines)
    checked = checked or read_all(project, tell, steps)
    intakes = checked.intakes
    tell("join", steps - 2, steps)
    joined = join_regions(
        boundaries, intakes, period=project.period, keep=project.keep or None
    )
    joined = hide_small(joined, project.limit)
    indicators = compute_indicators(joined, only=project.indicators or None)
    try:
        gaps = score_gaps(joined, standards=project.standards, weights=project.weights)
    except EmptyDataError:
        gaps = None
    points = place_points(boundaries, intakes)
    beside = _look_beside(project, checked, gaps, go_on=go_on)
    stated = Marks(sample=project.sample)
    marks = Marks.of(stated, checked, beside.alignment)
    tell("map", steps - 1, steps)
    below: tuple[MapDetail, ...] = ()
    if outlines:
        below = join_below(project, intakes, boundaries, joined, indicators)
    every = _once(checked, joined, beside.alignment, beside.presence)
    return Run(
        project=replace(project, sample=marks.sample),
        boundaries=boundaries,
        intakes=intakes,
        findings=(*every, *beside.told),
        presence=beside.presence,
        corrections=checked.corrections,
        submissions=beside.submissions,
        alignment=beside.alignment,
        outlook=beside.outlook,
        joined=joined,
        indicators=indicators,
        gaps=gaps,
        points=points,
        below=below,
        failures=beside.failures,
    )


class _Beside(NamedTuple):
    """What stands beside the map; ``told``: why there is no matrix."""

    presence: PresenceMatrix | None
    told: tuple[Finding, ...]
    alignment: Alignment | None
    outlook: Outlook | None
    submissions: SubmissionGrid | None
    failures: tuple[Failure, ...]


def _look_beside(
    project: Project, checked: Checked, gaps: GapScores | None, *, go_on: bool
) -> _Beside:
    """Look for what stands beside the map; with ``go_on`` any of it may fail."""
    failed: list[Failure] = []
    taken = failed if go_on else None
    no_matrix: tuple[PresenceMatrix | None, tuple[Finding, ...]] = (None, ())
    presence, told = tried(
        "presence",
        PRESENCE_PAGE,
        lambda: look_for_presence(project, checked.intakes),
        no_matrix,
        failures=taken,
    )
    no_plans: tuple[Alignment | None, Outlook | None] = (None, None)
    alignment, outlook = tried(
        "meeting",
        MEETING_PAGE,
        lambda: align_project(project, gaps),
        no_plans,
        failures=taken,
    )
    no_grid: SubmissionGrid | None = None
    submissions = tried(
        "submissions",
        SUBMISSIONS_PAGE,
        lambda: look_for_submissions(project, checked),
        no_grid,
        failures=taken,
    )
    return _Beside(presence, told, alignment, outlook, submissions, tuple(failed))


def look_for_submissions(project: Project, checked: Checked) -> SubmissionGrid:
    """Say who has sent what of the tables of a project."""
    from kkbpk_geo.regions import district_of, province_of
    from kkbpk_geo.submissions import submission_grid

    return submission_grid(
        checked.intakes,
        checked.findings,
        province=province_of(project.province),
        # Who works on one district alone asks no other for anything.
        district=district_of(project.province),
        keep=project.keep or None,
        year=project.year,
        paths=project.tables,
        tables=project.reports,
    )


def look_for_presence(
    project: Project, intakes: tuple[Intake, ...]
) -> tuple[PresenceMatrix | None, tuple[Finding, ...]]:
    """Make the presence matrix if the project asks for it; tell where none is made."""
    if not project.presence:
        return None, ()
    from kkbpk_geo.findings import finding
    from kkbpk_geo.pipeline.presence import find_presence

    try:
        return find_presence(project, intakes), ()
    except EmptyDataError:  # the map does not depend on it
        return None, (finding("presence_nothing"),)


def find_regions(project: Project, *, outlines: bool = True) -> gpd.GeoDataFrame:
    """Load the boundaries of a project, or the names of its regions alone.

    Names come without a geometry, in a plain frame; who draws asks for outlines.

    Raises
    ------
    BoundaryError
        If outlines are needed and none are known of the level.
    """
    from kkbpk_geo.indicators import is_below_district
    from kkbpk_geo.regions import load_boundaries, regions_frame

    if not outlines and project.boundaries is None and is_below_district(project.level):
        # A store that is found places what has coordinates; without it names suffice.
        with suppress(BoundaryError):
            return load_boundaries(project.province, level=project.level)
        named = regions_frame(project.province, level=project.level)
        return cast("gpd.GeoDataFrame", named)
    return load_boundaries(
        project.province, level=project.level, path=project.boundaries
    )


def _once(*results: Reported | None) -> tuple[Finding, ...]:
    """Put findings together; what the join tells again of versions is told once.

    The join counts only rows that have a place on the map: the first count stands.
    """
    every = (result.findings for result in results if result is not None)
    once: dict[Finding, Finding] = {}
    for found in chain.from_iterable(every):
        once.setdefault(replace(found, count=1), found)
    return tuple(once.values())


def align_project(
    project: Project, gaps: GapScores | None
) -> tuple[Alignment | None, Outlook | None]:
    """Compare the work plans of a project, if it names them; gaps judge them.

    Raises
    ------
    ProjectError
        If the map is not of districts: plans are theirs.
    """
    if project.plans is None:
        return None, None
    if project.level != "kabkota":
        msg = (
            f"the map is of level {project.level!r}, and work plans are of districts; "
            "draw them at level 'kabkota', or leave the plans out."
        )
        raise ProjectError(msg)
    from kkbpk_geo.pipeline.plans_on_map import align_files
    from kkbpk_geo.plan import look_ahead

    found = align_files(
        project.plans,
        of=project.province,
        year=project.plans.year,
        gaps=gaps,
        language=project.language,
    )
    return found, look_ahead(found.districts)


def read_all(project: Project, tell: Progress, steps: int) -> Checked:
    """Read every table and check each, then all of them together.

    A file that cannot be read is an error among the findings, and the others go on.

    Raises
    ------
    IntakeError
        If no file can be read; says of each why.
    """
    from kkbpk_geo.intake import check_together, tell_correction
    from kkbpk_geo.pipeline.elsewhere import told_of
    from kkbpk_geo.regions import province_of

    intakes = []
    unread: dict[Path, IntakeError] = {}
    corrections = _corrections_of(project)
    for number, path in enumerate(project.tables):
        tell(path.name, number + 1, steps)
        try:
            intakes.append(_read_one(project, path, corrections))
        except IntakeError as err:
            unread[path] = err
    if unread and not intakes:
        raise _none_read(list(unread.values()))
    findings = [_unread(path, err) for path, err in unread.items()]
    lines = [line for intake in intakes for line in intake.corrections]
    if corrections is not None:
        left = corrections.left(path for path in project.tables if path not in unread)
        findings += [*corrections.findings, *map(tell_correction, left)]
        lines += left
    findings += told_of(intakes, province_of(project.province))
    findings += check_together(intakes, keep=project.keep or None)
    return Checked(
        intakes=tuple(intakes), findings=tuple(findings), corrections=tuple(lines)
    )


def _corrections_of(project: Project) -> Corrections | None:
    """Read the workbooks of findings that came back, if the project names any."""
    if not project.corrections:
        return None
    from kkbpk_geo.intake import read_corrections

    return read_corrections(project.corrections).among(project.tables)


def _read_one(project: Project, path: Path, corrections: Corrections | None) -> Intake:
    from kkbpk_geo.intake import read_table
    from kkbpk_geo.regions import province_of

    return read_table(
        path,
        year=project.year,
        period=project.tables_period,
        code_system=project.code_system,
        province=province_of(project.province),
        corrections=corrections,
    )


def _unread(path: Path, err: IntakeError) -> Finding:
    """Say that a file was not read, and why."""
    from kkbpk_geo.findings import finding

    name = seen_in_line(path.name)
    return finding(err.finding, file=name, value=str(err).removeprefix(f"{name}: "))


def _none_read(errors: Sequence[IntakeError]) -> IntakeError:
    """Return the one error, or all of them; what holds for every file is said once."""
    if len(errors) == 1:
        return errors[0]
    return IntakeError("\n".join(dict.fromkeys(map(str, errors))))


def place_points(
    boundaries: gpd.GeoDataFrame, intakes: tuple[Intake, ...]
) -> pd.DataFrame:
    """Collect what has coordinates and say where it lies; nothing without outlines."""
    import pandas as pd

    from kkbpk_geo.joining import join_points

    columns = ["kind", "name", "longitude", "latitude", "region_code"]
    empty = pd.DataFrame(columns=[*columns, "stated_code", "placement"])
    if "geometry" not in boundaries:
        return empty
    listed = [
        table.data.reindex(columns=columns)
        for intake in intakes
        for table in intake.tables()
        if {"longitude", "latitude"} <= set(table.data.columns)
    ]
    if not listed:
        return empty
    return join_points(boundaries, pd.concat(listed, ignore_index=True)).points
