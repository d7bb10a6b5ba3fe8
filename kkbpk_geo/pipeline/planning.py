"""Plans end to end: check, compare, decide, and show on the map.

Layer:  10 (pipeline).
In:     plan files of province and districts; the offices' tables where gaps matter.
Out:    results of floor 7, and the files that a meeting needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.pipeline.outputs import write_csv, write_feedback, writing

if TYPE_CHECKING:
    from kkbpk_geo.gaps.scoring import GapScores
    from kkbpk_geo.plan.alignment import Alignment
    from kkbpk_geo.plan.model import Plan


def check_plan(
    plan: Plan, folder: str | Path | None, language: Language = "id"
) -> list[Path]:
    """Write what a plan's owner should see: findings, calendar, gaps, progress."""
    if folder is None:
        return []
    from kkbpk_geo.maps.static import save_figure
    from kkbpk_geo.plan.continuity import check_continuity
    from kkbpk_geo.plan.continuity_picture import draw_gantt
    from kkbpk_geo.plan.monitoring import monitor_plan

    target = Path(folder)
    continuity = check_continuity(plan)
    monitoring = monitor_plan(plan)
    files = write_feedback(plan.findings, target / "temuan.xlsx", language)
    with writing(target):
        for name, table in (
            ("kesinambungan", continuity.scores.reset_index()),
            ("celah-kegiatan", continuity.table),
            ("pemantauan", monitoring.regions.reset_index()),
        ):
            files.append(
                write_csv(table.astype(object), target / f"{name}.csv", language)
            )
        picture = draw_gantt(continuity, None, language)
        files.append(save_figure(picture, target / "kalender.png"))
    return files


def write_plan_map(
    alignment: Alignment, path: str | Path, *, title: str = "", sample: bool = False
) -> Path:
    """Draw how far plans are in step: aligned %, conflicts, unfunded need, gaps."""
    from kkbpk_geo.maps.describe import describe_map
    from kkbpk_geo.maps.options import MapIndicator, MapOptions
    from kkbpk_geo.maps.page import write_work_map
    from kkbpk_geo.plan.continuity import check_continuity
    from kkbpk_geo.plan.monitoring import monitor_plan
    from kkbpk_geo.plan.monitoring_map import map_frame, map_words
    from kkbpk_geo.regions.boundaries import load_boundaries, load_context

    province = alignment.province.regions[0][:2] if alignment.province.regions else "18"
    boundaries = load_boundaries(province)
    frame = map_frame(
        monitor_plan(alignment.districts),
        check_continuity(alignment.districts),
        alignment=alignment.regions,
        regions=list(boundaries.index),
    ).dropna(axis=1, how="all")
    better = {"agreed", "aligned_share", "plan_physical", "plan_absorption"}
    better |= {"plan_continuity"}
    first = ["aligned_share", *[c for c in frame.columns if c != "aligned_share"]]
    indicators = [
        MapIndicator(
            key=column,
            label={x: map_words(column, x) for x in ("id", "en")},
            direction="context"
            if column == "lines"
            else "better"
            if column in better
            else "worse",
            theme={x: label("plan_map_theme", x) for x in ("id", "en")},
        )
        for column in first
        if column in frame
    ]
    options = MapOptions(
        title=title or {x: label("plan_map_title", x) for x in ("id", "en")},
        language=alignment.language,
        sample=sample,
        context=load_context(boundaries, margin_deg=2.5),
    )
    path = Path(path)
    with writing(path.parent):
        return write_work_map(
            path,
            describe_map(boundaries, frame, indicators=indicators, options=options),
        )


def read_gaps(files: Sequence[Path], province: str, year: int | None) -> GapScores:
    """Score gaps from the offices' own tables, to hold a plan against them."""
    from kkbpk_geo.pipeline.project import Project
    from kkbpk_geo.pipeline.running import run

    done = run(Project(tables=tuple(files), province=province, year=year))
    if done.gaps is None:
        msg = "gaps cannot be scored from these tables; leave --data out."
        raise PlanError(msg)
    return done.gaps


def say_budget(plan: Plan, language: Language = "id") -> str:
    """Return a plan's whole budget in words."""
    total = plan.data["budget"].sum()
    return f"Rp {format_number(int(total), 0, language)}"
