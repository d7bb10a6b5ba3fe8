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
    from kkbpk_geo.analysis import (
        classify_quadrants,
        compare_periods,
        composite_index,
        find_clusters,
        judge_rates,
        measure_achievement,
        measure_inequality,
        smooth_rates,
        wide_indicators,
    )
    from kkbpk_geo.findings import Finding, findings_frame, write_findings
    from kkbpk_geo.gaps import GapScores, classify_priority, score_gaps
    from kkbpk_geo.indicators import compute_indicators
    from kkbpk_geo.intake import Intake, read_table, write_template
    from kkbpk_geo.joining import Joined, join_points, join_regions
    from kkbpk_geo.maps import (
        MapIndicator,
        MapOptions,
        PrintOptions,
        describe_map,
        draw_static_map,
        draw_work_map,
        save_figure,
        write_work_map,
    )
    from kkbpk_geo.pipeline import (
        Project,
        TargetAsk,
        plan_supplies,
        plan_targets,
        revise_targets,
        run,
        run_project,
        write_division,
        write_supplies,
    )
    from kkbpk_geo.plan import (
        Alignment,
        BudgetItem,
        Division,
        Plan,
        Prices,
        Revision,
        Targets,
        align_plans,
        apportion,
        apportion_budget,
        check_continuity,
        count_supplies,
        divide_targets,
        draw_gantt,
        make_plan,
        mix_weights,
        monitor_plan,
        override,
        override_division,
        plan_procurement,
        read_division,
        read_plan,
        read_prices,
        replay_audit,
        resolve,
        revise_division,
        write_division_workbook,
        write_meeting,
        write_plan,
        write_resolved,
        write_supplies_workbook,
    )
    from kkbpk_geo.regions import (
        load_boundaries,
        load_context,
        neighbours,
        resolve_regions,
    )
    from kkbpk_geo.sample import write_sample, write_sample_plans

# Public name -> module that defines it: the whole public API, in one table.
_HOME = {
    "Alignment": "kkbpk_geo.plan",
    "BudgetItem": "kkbpk_geo.plan",
    "Division": "kkbpk_geo.plan",
    "Finding": "kkbpk_geo.findings",
    "GapScores": "kkbpk_geo.gaps",
    "Intake": "kkbpk_geo.intake",
    "Joined": "kkbpk_geo.joining",
    "MapIndicator": "kkbpk_geo.maps",
    "MapOptions": "kkbpk_geo.maps",
    "Plan": "kkbpk_geo.plan",
    "Prices": "kkbpk_geo.plan",
    "PrintOptions": "kkbpk_geo.maps",
    "Project": "kkbpk_geo.pipeline",
    "Revision": "kkbpk_geo.plan",
    "TargetAsk": "kkbpk_geo.pipeline",
    "Targets": "kkbpk_geo.plan",
    "align_plans": "kkbpk_geo.plan",
    "apportion": "kkbpk_geo.plan",
    "apportion_budget": "kkbpk_geo.plan",
    "check_continuity": "kkbpk_geo.plan",
    "classify_priority": "kkbpk_geo.gaps",
    "classify_quadrants": "kkbpk_geo.analysis",
    "compare_periods": "kkbpk_geo.analysis",
    "composite_index": "kkbpk_geo.analysis",
    "compute_indicators": "kkbpk_geo.indicators",
    "count_supplies": "kkbpk_geo.plan",
    "describe_map": "kkbpk_geo.maps",
    "divide_targets": "kkbpk_geo.plan",
    "draw_gantt": "kkbpk_geo.plan",
    "draw_static_map": "kkbpk_geo.maps",
    "draw_work_map": "kkbpk_geo.maps",
    "find_clusters": "kkbpk_geo.analysis",
    "findings_frame": "kkbpk_geo.findings",
    "join_points": "kkbpk_geo.joining",
    "join_regions": "kkbpk_geo.joining",
    "judge_rates": "kkbpk_geo.analysis",
    "load_boundaries": "kkbpk_geo.regions",
    "load_context": "kkbpk_geo.regions",
    "make_plan": "kkbpk_geo.plan",
    "measure_achievement": "kkbpk_geo.analysis",
    "measure_inequality": "kkbpk_geo.analysis",
    "mix_weights": "kkbpk_geo.plan",
    "monitor_plan": "kkbpk_geo.plan",
    "neighbours": "kkbpk_geo.regions",
    "override": "kkbpk_geo.plan",
    "override_division": "kkbpk_geo.plan",
    "plan_procurement": "kkbpk_geo.plan",
    "plan_supplies": "kkbpk_geo.pipeline",
    "plan_targets": "kkbpk_geo.pipeline",
    "read_division": "kkbpk_geo.plan",
    "read_plan": "kkbpk_geo.plan",
    "read_prices": "kkbpk_geo.plan",
    "read_table": "kkbpk_geo.intake",
    "replay_audit": "kkbpk_geo.plan",
    "resolve": "kkbpk_geo.plan",
    "resolve_regions": "kkbpk_geo.regions",
    "revise_division": "kkbpk_geo.plan",
    "revise_targets": "kkbpk_geo.pipeline",
    "run": "kkbpk_geo.pipeline",
    "run_project": "kkbpk_geo.pipeline",
    "save_figure": "kkbpk_geo.maps",
    "score_gaps": "kkbpk_geo.gaps",
    "smooth_rates": "kkbpk_geo.analysis",
    "wide_indicators": "kkbpk_geo.analysis",
    "write_division": "kkbpk_geo.pipeline",
    "write_division_workbook": "kkbpk_geo.plan",
    "write_findings": "kkbpk_geo.findings",
    "write_meeting": "kkbpk_geo.plan",
    "write_plan": "kkbpk_geo.plan",
    "write_resolved": "kkbpk_geo.plan",
    "write_sample": "kkbpk_geo.sample",
    "write_sample_plans": "kkbpk_geo.sample",
    "write_supplies": "kkbpk_geo.pipeline",
    "write_supplies_workbook": "kkbpk_geo.plan",
    "write_template": "kkbpk_geo.intake",
    "write_work_map": "kkbpk_geo.maps",
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
    "Targets",
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
