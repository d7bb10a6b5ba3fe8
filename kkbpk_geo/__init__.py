"""Peta kerja KKBPK: from the sheets of a family-planning office to one work map.

The steps, in order: :func:`load_boundaries`, :func:`read_table`, :func:`join_regions`,
:func:`compute_indicators`, :func:`score_gaps`, :func:`draw_work_map`; all of them at
once with :func:`run_project`.

In: spreadsheets and boundaries. Out: frames, findings, one HTML file.
Names are resolved when first used: importing this package loads nothing third-party.
"""

from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kkbpk_geo.analysis.achievement.achievement import measure_achievement
    from kkbpk_geo.analysis.change.periods import compare_periods
    from kkbpk_geo.analysis.clusters import find_clusters
    from kkbpk_geo.analysis.frames import wide_indicators
    from kkbpk_geo.analysis.funnel import judge_rates
    from kkbpk_geo.analysis.index.composite import composite_index
    from kkbpk_geo.analysis.inequality.inequality import measure_inequality
    from kkbpk_geo.analysis.quadrants import classify_quadrants
    from kkbpk_geo.analysis.rates import smooth_rates
    from kkbpk_geo.findings.book import write_findings
    from kkbpk_geo.findings.record import Finding
    from kkbpk_geo.findings.words import findings_frame
    from kkbpk_geo.gaps.priority import classify_priority
    from kkbpk_geo.gaps.scoring import GapScores, score_gaps
    from kkbpk_geo.indicators.ratios import compute_indicators
    from kkbpk_geo.intake.model import Intake
    from kkbpk_geo.intake.reading import read_table
    from kkbpk_geo.intake.templates import write_template
    from kkbpk_geo.joining.model import Joined
    from kkbpk_geo.joining.points import join_points
    from kkbpk_geo.joining.tables import join_regions
    from kkbpk_geo.maps.content.options import MapIndicator, MapOptions
    from kkbpk_geo.maps.describe import describe_map
    from kkbpk_geo.maps.page.page import write_work_map
    from kkbpk_geo.maps.page.workmap import draw_work_map
    from kkbpk_geo.maps.paper.sheet import PrintOptions
    from kkbpk_geo.maps.paper.static import draw_static_map, save_figure
    from kkbpk_geo.pipeline.outputs import run_project
    from kkbpk_geo.pipeline.plans.asks import TargetAsk
    from kkbpk_geo.pipeline.plans.supplies import plan_supplies, write_supplies
    from kkbpk_geo.pipeline.plans.targets import (
        plan_targets,
        revise_targets,
        write_division,
    )
    from kkbpk_geo.pipeline.project import Project
    from kkbpk_geo.pipeline.running import run
    from kkbpk_geo.plan.align.alignment import Alignment, align_plans
    from kkbpk_geo.plan.decide.audit import replay_audit
    from kkbpk_geo.plan.decide.resolve import resolve
    from kkbpk_geo.plan.lines.plan import Plan, make_plan
    from kkbpk_geo.plan.lines.reading import read_plan
    from kkbpk_geo.plan.lines.writing import write_plan
    from kkbpk_geo.plan.meeting.pack import write_meeting, write_resolved
    from kkbpk_geo.plan.supplies.buying import plan_procurement
    from kkbpk_geo.plan.supplies.needs import count_supplies
    from kkbpk_geo.plan.supplies.prices import Prices, read_prices
    from kkbpk_geo.plan.supplies.workbook import write_supplies_workbook
    from kkbpk_geo.plan.targets.budget import BudgetItem, apportion_budget
    from kkbpk_geo.plan.targets.divide import apportion
    from kkbpk_geo.plan.targets.division import Division, divide_targets
    from kkbpk_geo.plan.targets.override import override
    from kkbpk_geo.plan.targets.reading import read_division
    from kkbpk_geo.plan.targets.revision import (
        Revision,
        override_division,
        revise_division,
    )
    from kkbpk_geo.plan.targets.weights import mix_weights
    from kkbpk_geo.plan.targets.workbook import write_division_workbook
    from kkbpk_geo.plan.year.continuity import check_continuity
    from kkbpk_geo.plan.year.gantt import draw_gantt
    from kkbpk_geo.plan.year.monitoring import monitor_plan
    from kkbpk_geo.regions.adjacency import neighbours
    from kkbpk_geo.regions.boundaries import load_boundaries, load_context
    from kkbpk_geo.regions.resolving import resolve_regions
    from kkbpk_geo.sample.plans import write_sample_plans
    from kkbpk_geo.sample.writing import write_sample

# Public name -> module that defines it: the whole public API, in one table.
_HOME = {
    "Alignment": "kkbpk_geo.plan.align.alignment",
    "BudgetItem": "kkbpk_geo.plan.targets.budget",
    "Division": "kkbpk_geo.plan.targets.division",
    "Finding": "kkbpk_geo.findings.record",
    "GapScores": "kkbpk_geo.gaps.scoring",
    "Intake": "kkbpk_geo.intake.model",
    "Joined": "kkbpk_geo.joining.model",
    "MapIndicator": "kkbpk_geo.maps.content.options",
    "MapOptions": "kkbpk_geo.maps.content.options",
    "Plan": "kkbpk_geo.plan.lines.plan",
    "Prices": "kkbpk_geo.plan.supplies.prices",
    "PrintOptions": "kkbpk_geo.maps.paper.sheet",
    "Project": "kkbpk_geo.pipeline.project",
    "Revision": "kkbpk_geo.plan.targets.revision",
    "TargetAsk": "kkbpk_geo.pipeline.plans.asks",
    "align_plans": "kkbpk_geo.plan.align.alignment",
    "apportion": "kkbpk_geo.plan.targets.divide",
    "apportion_budget": "kkbpk_geo.plan.targets.budget",
    "check_continuity": "kkbpk_geo.plan.year.continuity",
    "classify_priority": "kkbpk_geo.gaps.priority",
    "classify_quadrants": "kkbpk_geo.analysis.quadrants",
    "compare_periods": "kkbpk_geo.analysis.change.periods",
    "composite_index": "kkbpk_geo.analysis.index.composite",
    "compute_indicators": "kkbpk_geo.indicators.ratios",
    "count_supplies": "kkbpk_geo.plan.supplies.needs",
    "describe_map": "kkbpk_geo.maps.describe",
    "divide_targets": "kkbpk_geo.plan.targets.division",
    "draw_gantt": "kkbpk_geo.plan.year.gantt",
    "draw_static_map": "kkbpk_geo.maps.paper.static",
    "draw_work_map": "kkbpk_geo.maps.page.workmap",
    "find_clusters": "kkbpk_geo.analysis.clusters",
    "findings_frame": "kkbpk_geo.findings.words",
    "join_points": "kkbpk_geo.joining.points",
    "join_regions": "kkbpk_geo.joining.tables",
    "judge_rates": "kkbpk_geo.analysis.funnel",
    "load_boundaries": "kkbpk_geo.regions.boundaries",
    "load_context": "kkbpk_geo.regions.boundaries",
    "make_plan": "kkbpk_geo.plan.lines.plan",
    "measure_achievement": "kkbpk_geo.analysis.achievement.achievement",
    "measure_inequality": "kkbpk_geo.analysis.inequality.inequality",
    "mix_weights": "kkbpk_geo.plan.targets.weights",
    "monitor_plan": "kkbpk_geo.plan.year.monitoring",
    "neighbours": "kkbpk_geo.regions.adjacency",
    "override": "kkbpk_geo.plan.targets.override",
    "override_division": "kkbpk_geo.plan.targets.revision",
    "plan_procurement": "kkbpk_geo.plan.supplies.buying",
    "plan_supplies": "kkbpk_geo.pipeline.plans.supplies",
    "plan_targets": "kkbpk_geo.pipeline.plans.targets",
    "read_division": "kkbpk_geo.plan.targets.reading",
    "read_plan": "kkbpk_geo.plan.lines.reading",
    "read_prices": "kkbpk_geo.plan.supplies.prices",
    "read_table": "kkbpk_geo.intake.reading",
    "replay_audit": "kkbpk_geo.plan.decide.audit",
    "resolve": "kkbpk_geo.plan.decide.resolve",
    "resolve_regions": "kkbpk_geo.regions.resolving",
    "revise_division": "kkbpk_geo.plan.targets.revision",
    "revise_targets": "kkbpk_geo.pipeline.plans.targets",
    "run": "kkbpk_geo.pipeline.running",
    "run_project": "kkbpk_geo.pipeline.outputs",
    "save_figure": "kkbpk_geo.maps.paper.static",
    "score_gaps": "kkbpk_geo.gaps.scoring",
    "smooth_rates": "kkbpk_geo.analysis.rates",
    "wide_indicators": "kkbpk_geo.analysis.frames",
    "write_division": "kkbpk_geo.pipeline.plans.targets",
    "write_division_workbook": "kkbpk_geo.plan.targets.workbook",
    "write_findings": "kkbpk_geo.findings.book",
    "write_meeting": "kkbpk_geo.plan.meeting.pack",
    "write_plan": "kkbpk_geo.plan.lines.writing",
    "write_resolved": "kkbpk_geo.plan.meeting.pack",
    "write_sample": "kkbpk_geo.sample.writing",
    "write_sample_plans": "kkbpk_geo.sample.plans",
    "write_supplies": "kkbpk_geo.pipeline.plans.supplies",
    "write_supplies_workbook": "kkbpk_geo.plan.supplies.workbook",
    "write_template": "kkbpk_geo.intake.templates",
    "write_work_map": "kkbpk_geo.maps.page.page",
}

__all__ = [
    "Alignment",
    "BudgetItem",
    "Division",
    "Finding",
    "GapScores",
    "Intake",
    "Joined",
    "MapIndicator",
    "MapOptions",
    "Plan",
    "Prices",
    "PrintOptions",
    "Project",
    "Revision",
    "TargetAsk",
    "__version__",
    "align_plans",
    "apportion",
    "apportion_budget",
    "check_continuity",
    "classify_priority",
    "classify_quadrants",
    "compare_periods",
    "composite_index",
    "compute_indicators",
    "count_supplies",
    "describe_map",
    "divide_targets",
    "draw_gantt",
    "draw_static_map",
    "draw_work_map",
    "find_clusters",
    "findings_frame",
    "join_points",
    "join_regions",
    "judge_rates",
    "load_boundaries",
    "load_context",
    "make_plan",
    "measure_achievement",
    "measure_inequality",
    "mix_weights",
    "monitor_plan",
    "neighbours",
    "override",
    "override_division",
    "plan_procurement",
    "plan_supplies",
    "plan_targets",
    "read_division",
    "read_plan",
    "read_prices",
    "read_table",
    "replay_audit",
    "resolve",
    "resolve_regions",
    "revise_division",
    "revise_targets",
    "run",
    "run_project",
    "save_figure",
    "score_gaps",
    "smooth_rates",
    "wide_indicators",
    "write_division",
    "write_division_workbook",
    "write_findings",
    "write_meeting",
    "write_plan",
    "write_resolved",
    "write_sample",
    "write_sample_plans",
    "write_supplies",
    "write_supplies_workbook",
    "write_template",
    "write_work_map",
]


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import PackageNotFoundError, version

        value: object = "0+checkout"  # on the path, but not installed
        with suppress(PackageNotFoundError):
            value = version("kkbpk-geo")
    elif name in _HOME:
        value = getattr(import_module(_HOME[name]), name)
    else:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
