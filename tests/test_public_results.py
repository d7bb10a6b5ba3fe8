"""Every public type goes through pickle and copies, and shows itself in one line."""

from __future__ import annotations

import copy
import inspect
import pickle
import tempfile
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from calls.pages import folder
from calls.things import held
from making_villages import four, write_clone

import kkbpk_geo as kg
from kkbpk_geo import submissions
from kkbpk_geo.plan import draft_lines
from kkbpk_geo.plan.supplies.prices import Prices

SAMPLE = Path(kg.__file__).parent / "sample" / "data" / "tables"
SUPPLIES = SAMPLE / "contoh_sarana_kabupaten_2025.xlsx"
# No result of a call and no argument of one: they are handed between rooms.
INNER = {
    "Account", "Answer", "Checked", "Choice", "Claims", "Exact", "Gaps", "Place",
    "Reported", "Said", "Standing", "Told", "Villages",
}  # fmt: skip


def public_types():
    """Return the classes that ``kg`` and its rooms hand on, by name."""
    found = {}
    rooms = [kg.joining, kg.gaps, *(getattr(kg, name) for name in kg.__all__)]
    for place in (kg, submissions, *filter(inspect.ismodule, rooms)):
        for name in dir(place):
            kind = getattr(place, name, None)
            own = getattr(kind, "__module__", "") or ""
            if inspect.isclass(kind) and own.startswith("kkbpk_geo"):
                found[kind.__name__] = kind
    return found


@cache
def read():
    rows = pd.DataFrame(
        {"KABUPATEN": held().names, "PUS": range(900, 905), "BKB": range(5)}
    )
    return kg.read_table(rows, year=2025, province="Lampung")


@cache
def villages():
    rows = {
        "KABUPATEN": "PRINGSEWU", "KECAMATAN": "GADING REJO",
        "KELURAHAN": ["WONODADI", "TEGALSARI"], "JUMLAH BKB": [2, 0],
    }  # fmt: skip
    return kg.read_table(pd.DataFrame(rows), year=2025, province="Lampung")


@cache
def joined():
    return kg.join_regions(held().map, read())


@cache
def plan():
    path = next(folder().rglob("*rencana_provinsi*.xlsx"))
    return kg.read_plan(path, owner="province")


@cache
def compared():
    path = next(folder().rglob("*rencana_kabkota*.csv"))
    return kg.align_plans(None, plan(), kg.read_plan(path, owner="district"))


@cache
def supplies():
    # The district with four groups has two kits.
    stock = pd.DataFrame(
        {"region_code": ["18.05"], "item": ["bkb_kit"], "condition": ["good"]}
    )
    return kg.count_supplies(stock.assign(quantity=2), joined().at())


@cache
def built():
    with tempfile.TemporaryDirectory() as clone:
        return kg.build_boundaries(write_clone(Path(clone), four()))


def item():
    return kg.BudgetItem(key="bkb", total=48, weights=held().air)


def project():
    path = folder() / "tabel.csv"
    return kg.Project(tables=(path,), year=2025)


def finding():
    return (
        read().findings[0]
        if read().findings
        else kg.Finding(code="sheet_skipped", severity="info")
    )


def tidy():
    from calls.things import tidy as made

    return made()


def grid():
    rows = {"KABUPATEN": ["MESUJI"], "JUMLAH BKB": [4], "BULAN": ["MEI 2025"]}
    return submissions.submission_grid([kg.read_table(pd.DataFrame(rows))])


MAKERS = {
    "Achievement": lambda: kg.measure_achievement(
        pd.DataFrame({"2025-01": held().air}), held().people
    ),
    "Aggregation": kg.analysis.Aggregation,
    "Alignment": compared,
    "BudgetItem": item,
    "BuiltBoundaries": built,
    "Clusters": lambda: kg.find_clusters(held().air, held().beside, permutations=99),
    "CompositeIndex": lambda: kg.composite_index(
        held().frame, directions={"air": "better", "people": "worse"}
    ),
    "Correction": lambda: kg.intake.Correction(file="bkb.csv", row=7, value=3),
    "Corrections": lambda: kg.intake.Corrections(
        lines=(kg.intake.Correction(file="bkb.csv"),), books=("temuan.xlsx",)
    ),
    "Continuity": lambda: kg.check_continuity(plan()),
    "Draft": lambda: draft_lines(compared()),
    "Finding": finding,
    "Funnel": lambda: kg.judge_rates(held().air, held().people),
    "GapScores": lambda: kg.score_gaps(joined()),
    "Inequality": lambda: kg.measure_inequality(held().air, held().people),
    "Intake": read,
    "Joined": joined,
    "MapDescription": lambda: kg.describe_map(held().map, held().air),
    "MapDetail": lambda: kg.maps.MapDetail(boundaries=held().map, table=held().frame),
    "MapIndicator": lambda: kg.MapIndicator(key="air", label={"id": "Air"}),
    "MapOptions": lambda: kg.MapOptions(context=held().map, findings={"18.01": ["?"]}),
    "PresenceMatrix": lambda: kg.gaps.presence_matrix(villages(), "Pringsewu"),
    "Monitoring": lambda: kg.monitor_plan(plan()),
    "Normalisation": lambda: kg.analysis.Normalisation(method="zscore"),
    "Outlook": lambda: kg.plan.look_ahead(plan()),
    "PeriodChange": lambda: kg.compare_periods(tidy()),
    "Plan": plan,
    "PlanDecision": lambda: kg.maps.PlanDecision(kind="?", work="KIE"),
    "PlanFiles": lambda: kg.pipeline.PlanFiles(province=None, districts=()),
    "PlanSource": lambda: kg.plan.PlanSource(file="renja.xlsx", lines=3, budget=9),
    "PlanWork": lambda: kg.maps.PlanWork(work="KIE"),
    "PointJoin": lambda: kg.join_points(
        held().map, pd.DataFrame({"lon": [105.0], "lat": [-5.0]})
    ),
    "Prices": lambda: Prices(buy={"bkb_kit": 1}),
    "PrintOptions": lambda: kg.PrintOptions(page="A3"),
    "Procurement": lambda: kg.plan_procurement(supplies(), {"bkb_kit": 9}),
    "Project": project,
    "SubmissionGrid": grid,
    "Quadrants": lambda: kg.classify_quadrants(
        held().frame, need="people", service="air"
    ),
    "Region": lambda: kg.regions.regions_of("kabkota", "18")[0],
    "RegionPlan": lambda: kg.maps.RegionPlan(year=2026),
    "Resolved": lambda: kg.resolve(compared()),
    "Revision": lambda: kg.Revision(
        items=(item(),), budget=None, method="largest_remainder"
    ),
    "Run": lambda: kg.run(project()),
    "SmoothedRates": lambda: kg.smooth_rates(held().air, held().people),
    "Store": kg.regions.shipped_store,
    "Supplies": supplies,
    "SupplyPlan": lambda: kg.plan_supplies([SUPPLIES]),
    "Target": lambda: kg.apportion(48, held().air),
    "TargetAsk": lambda: kg.TargetAsk(service="bkb", total=48, by="gap"),
    "Targets": lambda: kg.divide_targets([item()]),
    "WorkMap": lambda: kg.draw_work_map(held().map, held().air),
}


def test_every_public_type_is_tried():
    assert public_types().keys() - INNER == MAKERS.keys()
    assert public_types().keys() >= INNER


@pytest.mark.parametrize("name", MAKERS)
def test_a_public_type_goes_through_pickle_and_copies(name):
    one = MAKERS[name]()
    assert type(one).__name__ == name
    for again in (pickle.loads(pickle.dumps(one)), copy.deepcopy(one)):
        assert type(again) is type(one)
        assert repr(again)[:30] == repr(one)[:30]


@pytest.mark.parametrize("name", MAKERS)
def test_a_public_type_shows_itself_in_one_line(name):
    one = MAKERS[name]()
    line = repr(one)
    assert "\n" not in line
    # Two lines of a terminal, and the name.
    assert len(line) <= 150 + len(name) + len("<: >")
    shown = getattr(one, "_repr_html_", None)
    if shown is not None and name != "WorkMap":
        assert shown().count("<tr") <= 62, "the header, 60 rows and the dots"
