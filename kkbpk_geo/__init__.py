"""Peta kerja KKBPK: from the sheets of a family-planning office to one work map.

The road, in order: :func:`load_boundaries`, :func:`read_table`, :func:`join_regions`,
:func:`compute_indicators`, :func:`score_gaps`, :func:`draw_work_map`; all of it at once
with :func:`run_project`. What lies beside the road is in the rooms: ``kg.plan``,
``kg.analysis``, ``kg.maps``, ``kg.regions``, ``kg.intake``, ``kg.findings``,
``kg.pipeline``.

In: spreadsheets and boundaries. Out: frames, findings, one HTML file.
Names are resolved when first used: importing this package loads nothing third-party.
"""

from typing import TYPE_CHECKING

from kkbpk_geo.base.lazy import open_door

if TYPE_CHECKING:
    from kkbpk_geo import analysis as analysis
    from kkbpk_geo import findings as findings
    from kkbpk_geo import gaps as gaps
    from kkbpk_geo import indicators as indicators
    from kkbpk_geo import intake as intake
    from kkbpk_geo import joining as joining
    from kkbpk_geo import maps as maps
    from kkbpk_geo import pipeline as pipeline
    from kkbpk_geo import plan as plan
    from kkbpk_geo import regions as regions
    from kkbpk_geo import sample as sample
    from kkbpk_geo.analysis import classify_quadrants as classify_quadrants
    from kkbpk_geo.analysis import compare_periods as compare_periods
    from kkbpk_geo.analysis import composite_index as composite_index
    from kkbpk_geo.analysis import find_clusters as find_clusters
    from kkbpk_geo.analysis import judge_rates as judge_rates
    from kkbpk_geo.analysis import measure_achievement as measure_achievement
    from kkbpk_geo.analysis import measure_inequality as measure_inequality
    from kkbpk_geo.analysis import smooth_rates as smooth_rates
    from kkbpk_geo.analysis import wide_indicators as wide_indicators
    from kkbpk_geo.base.version import __version__ as __version__
    from kkbpk_geo.findings import Finding as Finding
    from kkbpk_geo.findings import findings_frame as findings_frame
    from kkbpk_geo.findings import write_findings as write_findings
    from kkbpk_geo.gaps import GapScores as GapScores
    from kkbpk_geo.gaps import classify_priority as classify_priority
    from kkbpk_geo.gaps import score_gaps as score_gaps
    from kkbpk_geo.indicators import compute_indicators as compute_indicators
    from kkbpk_geo.indicators import hide_small as hide_small
    from kkbpk_geo.intake import Intake as Intake
    from kkbpk_geo.intake import read_table as read_table
    from kkbpk_geo.intake import write_template as write_template
    from kkbpk_geo.joining import Joined as Joined
    from kkbpk_geo.joining import join_points as join_points
    from kkbpk_geo.joining import join_regions as join_regions
    from kkbpk_geo.maps import MapIndicator as MapIndicator
    from kkbpk_geo.maps import MapOptions as MapOptions
    from kkbpk_geo.maps import PrintOptions as PrintOptions
    from kkbpk_geo.maps import describe_map as describe_map
    from kkbpk_geo.maps import draw_static_map as draw_static_map
    from kkbpk_geo.maps import draw_work_map as draw_work_map
    from kkbpk_geo.maps import save_figure as save_figure
    from kkbpk_geo.maps import write_work_map as write_work_map
    from kkbpk_geo.pipeline import Project as Project
    from kkbpk_geo.pipeline import Run as Run
    from kkbpk_geo.pipeline import TargetAsk as TargetAsk
    from kkbpk_geo.pipeline import plan_supplies as plan_supplies
    from kkbpk_geo.pipeline import plan_targets as plan_targets
    from kkbpk_geo.pipeline import revise_targets as revise_targets
    from kkbpk_geo.pipeline import run as run
    from kkbpk_geo.pipeline import run_project as run_project
    from kkbpk_geo.pipeline import write_division as write_division
    from kkbpk_geo.pipeline import write_supplies as write_supplies
    from kkbpk_geo.plan import Alignment as Alignment
    from kkbpk_geo.plan import BudgetItem as BudgetItem
    from kkbpk_geo.plan import Division as Division
    from kkbpk_geo.plan import Plan as Plan
    from kkbpk_geo.plan import Prices as Prices
    from kkbpk_geo.plan import Revision as Revision
    from kkbpk_geo.plan import Targets as Targets
    from kkbpk_geo.plan import align_plans as align_plans
    from kkbpk_geo.plan import apportion as apportion
    from kkbpk_geo.plan import apportion_budget as apportion_budget
    from kkbpk_geo.plan import check_continuity as check_continuity
    from kkbpk_geo.plan import count_supplies as count_supplies
    from kkbpk_geo.plan import divide_targets as divide_targets
    from kkbpk_geo.plan import draw_gantt as draw_gantt
    from kkbpk_geo.plan import make_plan as make_plan
    from kkbpk_geo.plan import mix_weights as mix_weights
    from kkbpk_geo.plan import monitor_plan as monitor_plan
    from kkbpk_geo.plan import override as override
    from kkbpk_geo.plan import override_division as override_division
    from kkbpk_geo.plan import plan_procurement as plan_procurement
    from kkbpk_geo.plan import read_division as read_division
    from kkbpk_geo.plan import read_plan as read_plan
    from kkbpk_geo.plan import read_prices as read_prices
    from kkbpk_geo.plan import replay_audit as replay_audit
    from kkbpk_geo.plan import resolve as resolve
    from kkbpk_geo.plan import revise_division as revise_division
    from kkbpk_geo.plan import write_division_workbook as write_division_workbook
    from kkbpk_geo.plan import write_meeting as write_meeting
    from kkbpk_geo.plan import write_plan as write_plan
    from kkbpk_geo.plan import write_resolved as write_resolved
    from kkbpk_geo.plan import write_supplies_workbook as write_supplies_workbook
    from kkbpk_geo.regions import load_boundaries as load_boundaries
    from kkbpk_geo.regions import load_context as load_context
    from kkbpk_geo.regions import neighbours as neighbours
    from kkbpk_geo.regions import resolve_regions as resolve_regions
    from kkbpk_geo.sample import write_sample as write_sample
    from kkbpk_geo.sample import write_sample_plans as write_sample_plans

# The road, its results, and the rooms for what lies beside it.
__all__ = [
    "Alignment",
    "Finding",
    "GapScores",
    "Intake",
    "Joined",
    "MapIndicator",
    "MapOptions",
    "Plan",
    "Project",
    "Run",
    "Targets",
    "__version__",
    "align_plans",
    "analysis",
    "classify_priority",
    "classify_quadrants",
    "compare_periods",
    "composite_index",
    "compute_indicators",
    "describe_map",
    "draw_static_map",
    "draw_work_map",
    "find_clusters",
    "findings",
    "findings_frame",
    "intake",
    "join_points",
    "join_regions",
    "judge_rates",
    "load_boundaries",
    "load_context",
    "maps",
    "measure_achievement",
    "measure_inequality",
    "neighbours",
    "pipeline",
    "plan",
    "read_plan",
    "read_table",
    "regions",
    "resolve",
    "resolve_regions",
    "run",
    "run_project",
    "save_figure",
    "score_gaps",
    "smooth_rates",
    "wide_indicators",
    "write_findings",
    "write_sample",
    "write_template",
    "write_work_map",
]

# Every name that ``kg.<name>`` knows -> where it comes from. Those that are not in
# __all__ are here for code that calls them so; their place is their room.
__getattr__, __dir__ = open_door(
    __name__,
    {
        "Alignment": "plan",
        "BudgetItem": "plan",
        "Division": "plan",
        "Finding": "findings",
        "GapScores": "gaps",
        "Intake": "intake",
        "Joined": "joining",
        "MapIndicator": "maps",
        "MapOptions": "maps",
        "Plan": "plan",
        "Prices": "plan",
        "PrintOptions": "maps",
        "Project": "pipeline",
        "Revision": "plan",
        "Run": "pipeline",
        "TargetAsk": "pipeline",
        "Targets": "plan",
        "__version__": "base.version",
        "align_plans": "plan",
        "apportion": "plan",
        "apportion_budget": "plan",
        "check_continuity": "plan",
        "classify_priority": "gaps",
        "classify_quadrants": "analysis",
        "compare_periods": "analysis",
        "composite_index": "analysis",
        "compute_indicators": "indicators",
        "count_supplies": "plan",
        "describe_map": "maps",
        "divide_targets": "plan",
        "draw_gantt": "plan",
        "draw_static_map": "maps",
        "draw_work_map": "maps",
        "find_clusters": "analysis",
        "findings_frame": "findings",
        "hide_small": "indicators",
        "join_points": "joining",
        "join_regions": "joining",
        "judge_rates": "analysis",
        "load_boundaries": "regions",
        "load_context": "regions",
        "make_plan": "plan",
        "measure_achievement": "analysis",
        "measure_inequality": "analysis",
        "mix_weights": "plan",
        "monitor_plan": "plan",
        "neighbours": "regions",
        "override": "plan",
        "override_division": "plan",
        "plan_procurement": "plan",
        "plan_supplies": "pipeline",
        "plan_targets": "pipeline",
        "read_division": "plan",
        "read_plan": "plan",
        "read_prices": "plan",
        "read_table": "intake",
        "replay_audit": "plan",
        "resolve": "plan",
        "resolve_regions": "regions",
        "revise_division": "plan",
        "revise_targets": "pipeline",
        "run": "pipeline",
        "run_project": "pipeline",
        "save_figure": "maps",
        "score_gaps": "gaps",
        "smooth_rates": "analysis",
        "wide_indicators": "analysis",
        "write_division": "pipeline",
        "write_division_workbook": "plan",
        "write_findings": "findings",
        "write_meeting": "plan",
        "write_plan": "plan",
        "write_resolved": "plan",
        "write_sample": "sample",
        "write_sample_plans": "sample",
        "write_supplies": "pipeline",
        "write_supplies_workbook": "plan",
        "write_template": "intake",
        "write_work_map": "maps",
    },
    rooms=(
        "analysis",
        "findings",
        "gaps",
        "indicators",
        "intake",
        "joining",
        "maps",
        "pipeline",
        "plan",
        "regions",
        "sample",
    ),
)
