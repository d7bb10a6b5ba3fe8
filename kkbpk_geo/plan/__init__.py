"""Floor 9: one plan for the province and its districts.

In: plan lines, targets, needs, budgets. Out: shares, decisions, calendars, purchases.
"""

from typing import TYPE_CHECKING

from kkbpk_geo.base.lazy import open_door

if TYPE_CHECKING:
    from kkbpk_geo.plan.align.alignment import Alignment as Alignment
    from kkbpk_geo.plan.align.alignment import align_plans as align_plans
    from kkbpk_geo.plan.align.funding import funding_table as funding_table
    from kkbpk_geo.plan.align.words import NOTHING as NOTHING
    from kkbpk_geo.plan.decide.audit import read_audit as read_audit
    from kkbpk_geo.plan.decide.audit import replay_audit as replay_audit
    from kkbpk_geo.plan.decide.resolve import Resolved as Resolved
    from kkbpk_geo.plan.decide.resolve import resolve as resolve
    from kkbpk_geo.plan.lines.plan import Plan as Plan
    from kkbpk_geo.plan.lines.plan import make_plan as make_plan
    from kkbpk_geo.plan.lines.reading import read_plan as read_plan
    from kkbpk_geo.plan.lines.sources import PlanSource as PlanSource
    from kkbpk_geo.plan.lines.sources import say_sources as say_sources
    from kkbpk_geo.plan.lines.writing import write_plan as write_plan
    from kkbpk_geo.plan.meeting.pack import meeting_family as meeting_family
    from kkbpk_geo.plan.meeting.pack import write_meeting as write_meeting
    from kkbpk_geo.plan.meeting.pack import write_resolved as write_resolved
    from kkbpk_geo.plan.supplies.buying import Procurement as Procurement
    from kkbpk_geo.plan.supplies.buying import plan_procurement as plan_procurement
    from kkbpk_geo.plan.supplies.draft import Draft as Draft
    from kkbpk_geo.plan.supplies.draft import draft_lines as draft_lines
    from kkbpk_geo.plan.supplies.draft import write_draft as write_draft
    from kkbpk_geo.plan.supplies.inventory import inventory_of as inventory_of
    from kkbpk_geo.plan.supplies.inventory import reported_kits as reported_kits
    from kkbpk_geo.plan.supplies.needs import Supplies as Supplies
    from kkbpk_geo.plan.supplies.needs import count_supplies as count_supplies
    from kkbpk_geo.plan.supplies.prices import Prices as Prices
    from kkbpk_geo.plan.supplies.prices import read_prices as read_prices
    from kkbpk_geo.plan.supplies.workbook import open_rows as open_rows
    from kkbpk_geo.plan.supplies.workbook import (
        write_supplies_workbook as write_supplies_workbook,
    )
    from kkbpk_geo.plan.targets.budget import BudgetItem as BudgetItem
    from kkbpk_geo.plan.targets.divide import Method as Method
    from kkbpk_geo.plan.targets.divide import Target as Target
    from kkbpk_geo.plan.targets.divide import apportion as apportion
    from kkbpk_geo.plan.targets.divide import override as override
    from kkbpk_geo.plan.targets.division import Division as Division
    from kkbpk_geo.plan.targets.division import Revision as Revision
    from kkbpk_geo.plan.targets.division import Targets as Targets
    from kkbpk_geo.plan.targets.division import apportion_budget as apportion_budget
    from kkbpk_geo.plan.targets.division import divide_targets as divide_targets
    from kkbpk_geo.plan.targets.division import override_division as override_division
    from kkbpk_geo.plan.targets.division import revise_division as revise_division
    from kkbpk_geo.plan.targets.reading import read_division as read_division
    from kkbpk_geo.plan.targets.weights import mix_weights as mix_weights
    from kkbpk_geo.plan.targets.workbook import (
        write_division_workbook as write_division_workbook,
    )
    from kkbpk_geo.plan.year.continuity import PARTS as PARTS
    from kkbpk_geo.plan.year.continuity import Continuity as Continuity
    from kkbpk_geo.plan.year.continuity import check_continuity as check_continuity
    from kkbpk_geo.plan.year.gantt import draw_gantt as draw_gantt
    from kkbpk_geo.plan.year.gantt import gantt_works as gantt_works
    from kkbpk_geo.plan.year.lines import work_name as work_name
    from kkbpk_geo.plan.year.monitoring import Monitoring as Monitoring
    from kkbpk_geo.plan.year.monitoring import monitor_plan as monitor_plan
    from kkbpk_geo.plan.year.on_map import map_frame as map_frame
    from kkbpk_geo.plan.year.on_map import map_words as map_words
    from kkbpk_geo.plan.year.outlook import Outlook as Outlook
    from kkbpk_geo.plan.year.outlook import look_ahead as look_ahead
    from kkbpk_geo.plan.year.page import plan_html as plan_html
    from kkbpk_geo.plan.year.sheets import draw_gantts as draw_gantts

__getattr__, __dir__ = open_door(
    __name__,
    {
        "Alignment": "align.alignment",
        "BudgetItem": "targets.budget",
        "Continuity": "year.continuity",
        "Division": "targets.division",
        "Draft": "supplies.draft",
        "Method": "targets.divide",
        "Monitoring": "year.monitoring",
        "NOTHING": "align.words",
        "Outlook": "year.outlook",
        "PARTS": "year.continuity",
        "Plan": "lines.plan",
        "PlanSource": "lines.sources",
        "Prices": "supplies.prices",
        "Procurement": "supplies.buying",
        "Resolved": "decide.resolve",
        "Revision": "targets.division",
        "Supplies": "supplies.needs",
        "Target": "targets.divide",
        "Targets": "targets.division",
        "align_plans": "align.alignment",
        "apportion": "targets.divide",
        "apportion_budget": "targets.division",
        "check_continuity": "year.continuity",
        "count_supplies": "supplies.needs",
        "divide_targets": "targets.division",
        "draft_lines": "supplies.draft",
        "draw_gantt": "year.gantt",
        "draw_gantts": "year.sheets",
        "funding_table": "align.funding",
        "gantt_works": "year.gantt",
        "inventory_of": "supplies.inventory",
        "look_ahead": "year.outlook",
        "make_plan": "lines.plan",
        "map_frame": "year.on_map",
        "map_words": "year.on_map",
        "meeting_family": "meeting.pack",
        "mix_weights": "targets.weights",
        "monitor_plan": "year.monitoring",
        "open_rows": "supplies.workbook",
        "override": "targets.divide",
        "override_division": "targets.division",
        "plan_html": "year.page",
        "plan_procurement": "supplies.buying",
        "read_audit": "decide.audit",
        "read_division": "targets.reading",
        "read_plan": "lines.reading",
        "read_prices": "supplies.prices",
        "replay_audit": "decide.audit",
        "reported_kits": "supplies.inventory",
        "resolve": "decide.resolve",
        "revise_division": "targets.division",
        "say_sources": "lines.sources",
        "work_name": "year.lines",
        "write_division_workbook": "targets.workbook",
        "write_draft": "supplies.draft",
        "write_meeting": "meeting.pack",
        "write_plan": "lines.writing",
        "write_resolved": "meeting.pack",
        "write_supplies_workbook": "supplies.workbook",
    },
)
