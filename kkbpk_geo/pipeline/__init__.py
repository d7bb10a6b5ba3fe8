"""Floor 10: a project file, or a list of files, to everything, in order.

In: ``peta-kerja.toml`` or paths. Out: :class:`running.Run`, and the files that
``outputs`` writes. The one road for the command line and the notebooks.
"""

from typing import TYPE_CHECKING

from kkbpk_geo.base.lazy import open_door

if TYPE_CHECKING:
    from kkbpk_geo.pipeline.analysing.asking import analyse as analyse
    from kkbpk_geo.pipeline.analysing.asking import make_index as make_index
    from kkbpk_geo.pipeline.analysing.page import write_analysis as write_analysis
    from kkbpk_geo.pipeline.analysing.page import write_index as write_index
    from kkbpk_geo.pipeline.borders.building import build_boundaries as build_boundaries
    from kkbpk_geo.pipeline.borders.building import (
        require_store_name as require_store_name,
    )
    from kkbpk_geo.pipeline.borders.building import write_boundaries as write_boundaries
    from kkbpk_geo.pipeline.demo import run_demo as run_demo
    from kkbpk_geo.pipeline.family.basis import basis_of as basis_of
    from kkbpk_geo.pipeline.family.making import nothing_changed as nothing_changed
    from kkbpk_geo.pipeline.files.feedback import write_audit as write_audit
    from kkbpk_geo.pipeline.files.feedback import write_checked as write_checked
    from kkbpk_geo.pipeline.files.feedback import write_feedback as write_feedback
    from kkbpk_geo.pipeline.files.map import write_export as write_export
    from kkbpk_geo.pipeline.files.map import write_map as write_map
    from kkbpk_geo.pipeline.files.tables import write_scores as write_scores
    from kkbpk_geo.pipeline.options import Choice as Choice
    from kkbpk_geo.pipeline.outputs import run_project as run_project
    from kkbpk_geo.pipeline.outputs import write_outputs as write_outputs
    from kkbpk_geo.pipeline.parts import INDEX_PAGE as INDEX_PAGE
    from kkbpk_geo.pipeline.plans.asks import TargetAsk as TargetAsk
    from kkbpk_geo.pipeline.plans.check import check_plan as check_plan
    from kkbpk_geo.pipeline.plans.check import read_gaps as read_gaps
    from kkbpk_geo.pipeline.plans.supplies import SupplyPlan as SupplyPlan
    from kkbpk_geo.pipeline.plans.supplies import plan_supplies as plan_supplies
    from kkbpk_geo.pipeline.plans.supplies import write_supplies as write_supplies
    from kkbpk_geo.pipeline.plans.targets import explain_changes as explain_changes
    from kkbpk_geo.pipeline.plans.targets import explain_division as explain_division
    from kkbpk_geo.pipeline.plans.targets import plan_targets as plan_targets
    from kkbpk_geo.pipeline.plans.targets import revise_targets as revise_targets
    from kkbpk_geo.pipeline.plans.targets import write_division as write_division
    from kkbpk_geo.pipeline.plans_on_map import align_files as align_files
    from kkbpk_geo.pipeline.plans_on_map import write_pack as write_pack
    from kkbpk_geo.pipeline.presence import find_presence as find_presence
    from kkbpk_geo.pipeline.presence import write_presence as write_presence
    from kkbpk_geo.pipeline.project import CHOICES as CHOICES
    from kkbpk_geo.pipeline.project import Project as Project
    from kkbpk_geo.pipeline.project_files import PlanFiles as PlanFiles
    from kkbpk_geo.pipeline.project_files import expand_name as expand_name
    from kkbpk_geo.pipeline.project_files import find_tables as find_tables
    from kkbpk_geo.pipeline.project_reading import Told as Told
    from kkbpk_geo.pipeline.project_reading import make_project as make_project
    from kkbpk_geo.pipeline.project_reading import read_project as read_project
    from kkbpk_geo.pipeline.project_reading import starter as starter
    from kkbpk_geo.pipeline.running import Checked as Checked
    from kkbpk_geo.pipeline.running import Progress as Progress
    from kkbpk_geo.pipeline.running import Run as Run
    from kkbpk_geo.pipeline.running import look_for_submissions as look_for_submissions
    from kkbpk_geo.pipeline.running import read_all as read_all
    from kkbpk_geo.pipeline.running import run as run

__getattr__, __dir__ = open_door(
    __name__,
    {
        "CHOICES": "project",
        "Checked": "running",
        "Choice": "options",
        "INDEX_PAGE": "parts",
        "PlanFiles": "project_files",
        "Progress": "running",
        "Project": "project",
        "Run": "running",
        "SupplyPlan": "plans.supplies",
        "TargetAsk": "plans.asks",
        "Told": "project_reading",
        "align_files": "plans_on_map",
        "analyse": "analysing.asking",
        "basis_of": "family.basis",
        "build_boundaries": "borders.building",
        "check_plan": "plans.check",
        "expand_name": "project_files",
        "explain_changes": "plans.targets",
        "explain_division": "plans.targets",
        "find_presence": "presence",
        "find_tables": "project_files",
        "make_index": "analysing.asking",
        "make_project": "project_reading",
        "nothing_changed": "family.making",
        "plan_supplies": "plans.supplies",
        "plan_targets": "plans.targets",
        "look_for_submissions": "running",
        "read_all": "running",
        "read_gaps": "plans.check",
        "read_project": "project_reading",
        "require_store_name": "borders.building",
        "revise_targets": "plans.targets",
        "run": "running",
        "run_demo": "demo",
        "run_project": "outputs",
        "starter": "project_reading",
        "write_analysis": "analysing.page",
        "write_boundaries": "borders.building",
        "write_division": "plans.targets",
        "write_audit": "files.feedback",
        "write_checked": "files.feedback",
        "write_feedback": "files.feedback",
        "write_index": "analysing.page",
        "write_export": "files.map",
        "write_map": "files.map",
        "write_outputs": "outputs",
        "write_pack": "plans_on_map",
        "write_presence": "presence",
        "write_scores": "files.tables",
        "write_supplies": "plans.supplies",
    },
)
