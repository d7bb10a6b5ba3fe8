"""The files a run leaves behind: the work map, its tables, the findings to send back.

In:     a :class:`kkbpk_geo.pipeline.running.Run`.
Out:    ``peta-kerja.html``; ``indikator.csv``, ``kesenjangan.csv``, ``skor.csv``,
        ``tidak-ditempatkan.csv``; ``temuan.html`` and ``temuan.xlsx``; where the
        project asks for them ``keberadaan.html`` and ``keberadaan.xlsx``; ``rapat/``
        where plans are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.indicators import indicators as known_indicators
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.catalogue.programme import is_column, split_column
from kkbpk_geo.catalogue.statuses import few_text
from kkbpk_geo.io import forget_read, session, write_csv, write_text, writing
from kkbpk_geo.pipeline.presence import write_presence
from kkbpk_geo.pipeline.project_reading import read_project
from kkbpk_geo.pipeline.running import Progress, Run, run

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.findings import Finding, Reported
    from kkbpk_geo.joining import Joined
    from kkbpk_geo.maps import MapDescription


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
        If the run cannot be done; one sentence with place and remedy.
    """
    with session():
        project = read_project(path)
        return write_outputs(run(project, progress=progress))


# A number, but none of a code (18.01), a month (2025-11) or a name (F2).
_FIGURE = re.compile(r"(?<![\w.-])\d+(?:[.,]\d+)?(?![\w-])(?!\.\d)")
# Of 514 districts, each a hundred or so: seen alone a province is no polygon of lines.
_VERTICES_OF_NATION = 60_000
_SHOWN = 8  # findings on one district's sheet; all of them are in temuan.html


def write_outputs(run: Run, folder: str | Path | None = None) -> Run:
    """Write every file of a run; returns the run with ``files`` filled.

    Raises
    ------
    ProjectError
        If the folder cannot be written to.
    """
    target = Path(folder) if folder is not None else run.project.folder
    for path, intake in zip(run.project.tables, run.intakes, strict=False):
        # A folder with everything in it: what an earlier run wrote there is replaced.
        if any(told.code == "own_output" for told in intake.findings):
            forget_read(path)
    # Last month's map beside this month's tables would be no set.
    with writing(target):
        return replace(run, files=tuple(_write_all(run, target)))


def _write_all(run: Run, target: Path) -> list[Path]:
    language = run.project.language
    # Once: the page and the sheet show the same classes in the same words.
    described = describe(run)
    files = [write_map(run, target / "peta-kerja.html", described)]
    if run.project.printed:
        name = f"peta-cetak.{run.project.printed}"
        files.append(write_map(run, target / name, described))
    for name, table in (
        ("indikator.csv", _named(run, with_few(run))),
        ("tidak-ditempatkan.csv", _unplaced_with_few(run.joined)),
    ):
        files.append(write_csv(table, target / name, language, marks=run.marks))
    if run.gaps is not None:
        files += write_scores(run, target)
    if run.presence is not None:
        matrix = replace(run.presence, marks=run.marks)
        files += write_presence(matrix, target, language)
    # One to read, one to send back.
    for name in ("temuan.html", "temuan.xlsx"):
        files += write_feedback(run, target / name, language)
    if run.alignment is not None and run.project.plans is not None:
        from kkbpk_geo.plan import write_meeting

        # Where the project says that it is a sample, its plans are one, too.
        alignment = replace(run.alignment, marks=run.marks)
        files += write_meeting(
            alignment,
            target / "rapat",
            meeting=run.project.plans.meeting,
            outlook=run.outlook,
        )
    return files


def write_map(
    run: Run, path: str | Path, described: MapDescription | None = None
) -> Path:
    """Write the map of a run: a page, or a sheet to print.

    Parameters
    ----------
    path : str or Path
        ``.html``: the work map. ``.pdf``, ``.svg`` or ``.png``: an A3 sheet of the
        first indicator, in the same classes and colours.
    described : MapDescription, optional
        As :func:`describe` gives it, where it is at hand.

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
            return write_work_map(path, described)
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


def write_feedback(
    findings: Iterable[Finding] | Reported, path: str | Path, language: Language = "id"
) -> list[Path]:
    """Write findings: a page (.html), a workbook (.xlsx), or a folder of workbooks.

    Of a result that has findings (a run, a plan, an intake) its marks are written, too.

    Raises
    ------
    ProjectError, IntakeError
        If it cannot be written, or has another ending.
    """
    from kkbpk_geo.findings import findings_html, write_findings

    path = Path(path)
    with writing(path.parent):
        if path.suffix.lower() in (".html", ".htm"):
            return [write_text(path, findings_html(findings, language))]
        return list(write_findings(findings, path, language=language))


def describe(run: Run) -> MapDescription:
    """Describe the work map of a run: its indicators, gaps, points and words."""
    from kkbpk_geo.maps import MapOptions, describe_map
    from kkbpk_geo.regions import is_nation, load_context

    project = run.project
    options = MapOptions(
        title=project.title,
        source=project.source or _sources(run),
        language=project.language,
        sample=run.marks.sample,
        method=project.method,
        k=project.classes,
        context=load_context(run.boundaries, margin_deg=2.5),
        findings=_findings(run),
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
    for one in fold_findings(run.findings, by_region=True):
        # What is merely said of a table is no matter of one district.
        if one.severity == "info":
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


def _sources(run: Run) -> dict[str, str]:
    """Name the files a map was made from."""
    # A map has one line for its sources: four names, and how many more.
    names = list(dict.fromkeys(Path(t.source).name for t in run.intakes))
    shown = ", ".join(names[:4]) + (f" (+{len(names) - 4})" if len(names) > 4 else "")  # noqa: PLR2004
    return {
        language: label("map_made_from", language).format(files=shown)
        for language in ("id", "en")
    }
