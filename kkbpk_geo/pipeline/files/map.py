"""The map of a run: described once, then drawn as a page, a sheet or for a GIS.

In:     a :class:`kkbpk_geo.pipeline.running.Run`.
Out:    a description; ``.html``, ``.pdf``, ``.svg``, ``.png``; ``.gpkg``, ``.geojson``,
        ``.parquet``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kkbpk_geo.base.words import LANGUAGES
from kkbpk_geo.io import Family, writing
from kkbpk_geo.pipeline.family.ways import stated_sources
from kkbpk_geo.pipeline.running import Run

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.findings import Finding
    from kkbpk_geo.joining import Joined
    from kkbpk_geo.maps import MapDescription

# A number, but none of a code (18.01), a month (2025-11) or a name (F2).
_FIGURE = re.compile(r"(?<![\w.-])\d+(?:[.,]\d+)?(?![\w-])(?!\.\d)")
# Of 514 districts, each a hundred or so: seen alone a province is no polygon of lines.
_VERTICES_OF_NATION = 60_000
_MENDED = frozenset(["corrected", "row_removed"])
_SHOWN = 8  # findings on one district's sheet; all of them are in temuan.html


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


def describe(run: Run) -> MapDescription:
    """Describe the work map of a run: its indicators, gaps, points and words."""
    from kkbpk_geo.maps import MapOptions, describe_map
    from kkbpk_geo.regions import is_nation, load_context

    project = run.project
    options = MapOptions(
        title=project.title,
        source=stated_sources(run),
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
