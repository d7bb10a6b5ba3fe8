"""The sums behind monitoring, cell by cell, worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.plan.year.due import (
    REGION_COLUMNS,
    TABLE_COLUMNS,
    apart_lines,
    due_lines,
    regions_of,
    rows_of,
)
from kkbpk_geo.plan.year.lines import read_lines
from kkbpk_geo.plan.year.monitoring import EDGES, monitor_plan

WEST, EAST = "18.01", "18.02"
COACHING, MOBILE = "group_coaching:bkb", "mobile_service"


def line(region_code=WEST, activity=COACHING, **more):
    return {
        "line_id": "L1", "region_code": region_code, "activity": activity,
        "activity_text": "", "indicator": "", "year": 2026, "quarter": 1,
        "month": None, "target": 10, "unit": "group", "budget": 1000,
        "status": "planned", "realised": None, "spent": None, **more,
    }  # fmt: skip


def year(**more):
    return line(quarter=None, **more)


def table(*lines):
    return read_lines(pd.DataFrame(list(lines))).table


def plain(frame):
    """Cells as Python has them; None where there is nothing."""
    cells = frame.astype(object)
    return cells.where(cells.notna(), None)


# What is due.


@pytest.mark.parametrize(
    ("until", "reasons"),
    [
        (3, ["", "not_due", "not_due", "", "cancelled", ""]),
        (5, ["", "not_due", "", "", "cancelled", ""]),
        (6, ["", "", "", "", "cancelled", ""]),
    ],
)
def test_a_line_is_due_when_its_last_month_is_over(until, reasons):
    lines = table(
        line(), line(quarter=2), line(month=5), line(month=3),
        line(quarter=4, status="cancelled"), year(activity=MOBILE),
    )  # fmt: skip
    kept, out = due_lines(lines, until)
    got = pd.Series("", lines.index)
    got[out.index] = out["reason"]
    assert got.tolist() == reasons
    assert kept.index.tolist() == [i for i, why in enumerate(reasons) if not why]


@pytest.mark.parametrize(
    ("until", "target", "budget", "prorated"),
    [(12, 100, 1001, False), (6, 50, 500, True), (1, 100 / 12, 83, True)],
)
def test_a_years_line_counts_by_the_months_gone_in_whole_rupiah(
    until, target, budget, prorated
):
    kept, _ = due_lines(table(year(target=100, budget=1001)), until)
    (row,) = kept.to_dict("records")
    assert row["target"] == pytest.approx(target)
    assert (row["budget"], row["prorated"]) == (budget, prorated)


def test_only_lines_of_the_year_and_no_percentages_are_cut_by_months():
    lines = table(
        year(unit="%", target=80, budget=120, activity=MOBILE), line(target=90)
    )
    kept, _ = due_lines(lines, 3)
    assert kept["target"].tolist() == [80, 90]
    assert kept["budget"].tolist() == [30, 1000]
    assert kept["prorated"].tolist() == [True, False]


def test_a_total_of_the_year_gives_only_what_no_period_states():
    quarters = [line(quarter=q, target=5, budget=None) for q in (1, 2)]
    total = year(target=11, budget=700, realised=4, spent=300)
    kept, out = due_lines(table(*quarters, total), 12)
    # The target is in the quarters; results and money stand only here.
    assert out.empty
    row = plain(kept).iloc[-1]
    assert row[["target", "budget", "realised", "spent"]].tolist() == [
        None,
        700,
        4,
        300,
    ]
    # With results in a quarter, too, only the money is left to it.
    told = {**quarters[0], "realised": 2, "spent": 1}
    kept, out = due_lines(table(told, quarters[1], total), 12)
    row = plain(kept).iloc[-1]
    assert row[["target", "budget", "realised", "spent"]].tolist() == [
        None, 700, None, None,
    ]  # fmt: skip
    # And with money in a quarter as well, it says nothing of its own.
    kept, out = due_lines(table({**told, "budget": 1}, quarters[1], total), 12)
    assert out["reason"].tolist() == ["year_total"]
    assert kept.index.tolist() == [0, 1]


def test_cancelled_periods_leave_the_years_line_to_count():
    gone = line(status="cancelled")
    kept, out = due_lines(table(gone, year(target=40)), 12)
    assert out["reason"].tolist() == ["cancelled"]
    assert kept["target"].tolist() == [40]


# Plan and report apart.


@pytest.mark.parametrize(
    ("lines", "apart"),
    [
        ([year(), line(target=None, realised=3)], True),
        ([line(), year(target=None, realised=3)], True),
        ([line(), line(target=None, realised=3)], False),
        ([year(), year(target=None, realised=3)], False),
        ([year(), line(), line(target=None, realised=3)], False),
        ([year(), year(target=None, realised=1), line(target=None, realised=3)], False),
        ([line(), year(target=None, realised=1), line(target=None, realised=3)], False),
        ([year(target=0), line(target=None, realised=3)], False),
        ([year(), line(target=None)], False),
        ([year(), line(EAST, target=None, realised=3)], False),
    ],
)
def test_a_plan_for_the_year_and_a_report_by_phase_meet_as_the_reverse_does(
    lines, apart
):
    found = apart_lines(table(*lines), ["region_code", "work"], "target", "realised")
    assert found.tolist() == [apart] * len(lines)


def test_results_of_quarters_are_compared_with_a_target_of_the_year():
    got = monitor_plan(
        pd.DataFrame(
            [
                year(target=40, budget=4000),
                line(target=None, budget=None, realised=6, spent=500),
                line(quarter=2, target=None, budget=None, realised=9, spent=700),
            ]
        ),
        until=6,
    )  # fmt: skip
    (row,) = plain(got.at()).to_dict("records")
    # Half of the year is gone: 15 of 20, 1,200 of 2,000.
    assert (row["target_reported"], row["realised"], row["physical"]) == (20, 15, 75)
    assert (row["budget_reported"], row["spent"], row["absorption"]) == (2000, 1200, 60)
    assert (row["lines"], row["reported"], row["pattern"]) == (3, 2, "balanced")
    # A quarter of its own has no target to be compared with.
    (first,) = plain(got.at("2026-Q1")).to_dict("records")
    assert (first["realised"], first["physical"], first["klass"]) == (
        None,
        None,
        "no_target",
    )


# Rows.


def rows(*lines, edges=EDGES, until=12):
    kept, _ = due_lines(table(*lines), until)
    return rows_of(kept.assign(period="2026"), edges)


def test_a_row_adds_up_its_lines_and_compares_what_reports_both_sides():
    got = rows(
        line(line_id="b", target=10, realised=8, budget=300, spent=100, indicator="z",
             activity_text="kedua"),
        line(line_id="a", quarter=2, target=20, budget=None, spent=50, indicator="y",
             activity_text="pertama"),
        line(line_id="c", quarter=3, target=None, realised=5, budget=0, spent=7),
        line(line_id="d", quarter=4, target=0, realised=1, budget=600),
        line(activity=MOBILE, unit="user", target=4, realised=5, budget=10, spent=10),
    )  # fmt: skip
    assert tuple(got) == TABLE_COLUMNS
    first, second = plain(got).to_dict("records")
    assert first == {
        "period": "2026", "region_code": WEST, "work": COACHING, "text": "pertama",
        "indicator": "y", "unit": "group", "lines": 4, "reported": 3, "target": 30,
        "target_reported": 10, "realised": 8, "physical": 80, "budget": 900,
        "budget_reported": 300, "spent": 100,
        "absorption": pytest.approx(100 / 3), "deviation": -20, "klass": "behind",
        "pattern": "work_ahead", "prorated": False,
    }  # fmt: skip
    assert second == {
        "period": "2026", "region_code": WEST, "work": MOBILE, "text": "",
        "indicator": "", "unit": "user", "lines": 1, "reported": 1, "target": 4,
        "target_reported": 4, "realised": 5, "physical": 125, "budget": 10,
        "budget_reported": 10, "spent": 10, "absorption": 100, "deviation": 25,
        "klass": "above", "pattern": "balanced", "prorated": False,
    }  # fmt: skip
    counts = ["lines", "reported", "budget", "budget_reported", "spent"]
    assert got.dtypes[counts].eq("Int64").all()


def test_of_percentages_the_newest_report_counts_and_the_highest_target_stands():
    got = rows(
        line(unit="%", target=90, realised=45), line(quarter=3, unit="%", target=80),
        line(quarter=2, unit="%", target=60, realised=30),
    )  # fmt: skip
    (row,) = got.to_dict("records")
    # The last report is of the second quarter: 30 of 60.
    assert (row["target"], row["target_reported"], row["realised"]) == (90, 60, 30)
    assert (row["physical"], row["reported"], row["lines"]) == (50, 2, 3)


def test_of_percentages_apart_the_newest_counts_as_well():
    got = rows(
        year(unit="%", target=80, budget=None),
        line(unit="%", target=None, budget=None, realised=20),
        line(quarter=2, unit="%", target=None, budget=None, realised=60),
    )
    (row,) = got.to_dict("records")
    assert (row["target_reported"], row["realised"], row["physical"]) == (80, 60, 75)


@pytest.mark.parametrize(
    ("more", "klass"),
    [
        ({"realised": 10}, "on_track"),
        ({"realised": None}, "not_reported"),
        ({"target": None, "realised": None}, "no_target"),
        ({"target": 0, "realised": None}, "no_target"),
        ({"target": 0, "realised": 5}, "no_target"),
    ],
)
def test_silence_is_told_from_a_work_without_target(more, klass):
    assert rows(line(**more))["klass"].tolist() == [klass]


@pytest.mark.parametrize(
    ("realised", "spent", "pattern"),
    [
        (5, 700, "balanced"), (5, 701, "money_ahead"), (5, 300, "balanced"),
        (5, 299, "work_ahead"), (15, 800, "balanced"), (15, 799, "work_ahead"),
        (15, 1300, "money_ahead"),
    ],
)  # fmt: skip
def test_money_and_work_agree_within_twenty_points_and_work_ends_at_a_hundred(
    realised, spent, pattern
):
    assert rows(line(realised=realised, spent=spent))["pattern"].tolist() == [pattern]


# Regions.


def test_a_region_joins_its_works_by_their_budget_each_at_most_whole():
    got = regions_of(
        rows(
            line(realised=15, budget=600, spent=600),  # 150 %, counts as 100
            line(activity=MOBILE, realised=5, budget=300, spent=100),  # 50 %
            line(activity="outreach", budget=100),  # no report
            line(EAST, realised=1, budget=None),  # 10 %
            line(EAST, MOBILE, target=None, budget=500, spent=50),
        ),
        EDGES,
    )
    assert tuple(got) == REGION_COLUMNS
    assert got.index.name == "region_code"
    west, east = plain(got).to_dict("records")
    # (600 x 100 + 300 x 50) / 900; 700 of 900 spent; 900 of 1,000 known
    assert west == {
        "works": 3, "reported": 2, "critical": 1, "unreported": 1,
        "physical": pytest.approx(250 / 3), "absorption": pytest.approx(700 / 9),
        "deviation": pytest.approx(250 / 3 - 100), "klass": "behind",
        "pattern": "balanced", "weighting": "budget",
        "known_share": pytest.approx(0.9),
    }  # fmt: skip
    # One work of two has no budget, so both weigh the same; one of them is known.
    assert east == {
        "works": 2, "reported": 1, "critical": 1, "unreported": 0, "physical": 10,
        "absorption": 10, "deviation": -90, "klass": "critical",
        "pattern": "balanced", "weighting": "equal", "known_share": 0.5,
    }  # fmt: skip
    assert got.dtypes[["works", "reported", "critical", "unreported"]].eq("Int64").all()


def test_a_region_without_any_report_is_not_reported_and_has_no_pattern():
    got = regions_of(rows(line(budget=None), line(activity=MOBILE, budget=0)), EDGES)
    (row,) = plain(got).to_dict("records")
    assert row == {
        "works": 2, "reported": 0, "critical": 0, "unreported": 2, "physical": None,
        "absorption": None, "deviation": None, "klass": "not_reported", "pattern": "",
        "weighting": "equal", "known_share": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("realised", "klass"),
    [(74.9, "critical"), (75, "behind"), (89.9, "behind"), (90, "on_track"),
     (100, "on_track"), (999, "on_track")],
)  # fmt: skip
def test_a_region_is_judged_as_its_works_are_and_is_never_above_its_plan(
    realised, klass
):
    got = regions_of(rows(line(target=100, realised=realised)), EDGES)
    assert got["klass"].tolist() == [klass]
    assert got["physical"].tolist() == [min(realised, 100)]


# Around them.


def test_lines_have_their_period_where_one_holds_them_and_the_year_holds_all():
    lines = [
        line(quarter=4, realised=1), line(month=5, realised=2),
        year(activity=MOBILE, realised=3),
    ]  # fmt: skip
    by_quarter = monitor_plan(pd.DataFrame(lines))
    assert by_quarter.table[["period", "work", "realised"]].to_numpy().tolist() == [
        ["2026-Q2", COACHING, 2], ["2026-Q4", COACHING, 1], ["2026", COACHING, 3],
        ["2026", MOBILE, 3],
    ]  # fmt: skip
    by_month = monitor_plan(pd.DataFrame(lines), by="month")
    assert by_month.table["period"].tolist() == ["2026-05", "2026", "2026"]
    assert by_month.table.index.tolist() == [0, 1, 2]
    assert (by_month.year, by_month.until, by_month.edges) == (2026, 12, EDGES)


def test_every_line_that_counts_nowhere_is_listed_with_its_reason():
    got = monitor_plan(
        pd.DataFrame(
            [line(year=2025), line(), line(quarter=2), line(region_code=""),
             line(quarter=1, status="cancelled"), year(target=40)]
        ),
        until=3,
    )  # fmt: skip
    assert got.left_out["reason"].tolist() == [
        "other_year", "no_region", "not_due", "cancelled", "year_total",
    ]  # fmt: skip
    assert got.left_out.index.tolist() == [0, 1, 2, 3, 4]


def test_an_older_year_is_monitored_when_it_is_asked_for():
    lines = pd.DataFrame([line(year=2025, realised=5), line(realised=9)])
    assert monitor_plan(lines).at()["physical"].tolist() == [90]
    older = monitor_plan(lines, year=2025)
    assert (older.year, older.at()["physical"].tolist()) == (2025, [50])
    assert older.table["period"].tolist() == ["2025-Q1", "2025"]


def test_a_plan_that_is_not_due_yet_has_empty_tables_with_their_columns():
    got = monitor_plan(pd.DataFrame([line(quarter=4)]), until=2)
    assert got.table.empty
    assert got.regions.empty
    assert list(got.table) == list(TABLE_COLUMNS)
    assert list(got.regions) == list(REGION_COLUMNS)
    assert got.sentences() == []
    assert got.summary("en") == (
        "Plan 2026 until February: 0 of 0 lines report; not known of the budget spent. "
        "Regions not known. Lowest physical: not known."
    )


def test_the_three_lowest_regions_are_named_in_a_summary_lowest_first():
    lines = [line(f"18.0{n}", realised=r) for n, r in ((1, 9), (2, 3), (3, 10), (4, 7))]
    got = monitor_plan(pd.DataFrame(lines), until=5)
    assert got.summary().endswith(
        "serapan anggaran belum diketahui. Wilayah kritis: 2; sesuai rencana: 2. Fisik "
        "terendah: Lampung Tengah (30,0 %), Lampung Barat (70,0 %), Lampung Selatan "
        "(90,0 %)."
    )
    assert got.summary().startswith("Rencana 2026 sampai Mei: 4 dari 4 baris")
    assert np.isnan(got.regions["absorption"]).all()


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({"until": 0}, "until is 0; expected a month from 1 to 12."),
        ({"until": True}, "until is True; expected a month from 1 to 12."),
        ({"until": 1.5}, "until is 1.5; expected a month from 1 to 12."),
        ({"edges": (1, 2)}, "edges are [1, 2]; expected three rising numbers."),
        ({"edges": (1, 1, 2)}, "edges are [1, 1, 2]; expected three rising numbers."),
        ({"edges": (0, 2, 2)}, "edges are [0, 2, 2]; expected three rising numbers."),
        (
            {"edges": (0, 1, 2, 3)},
            "edges are [0, 1, 2, 3]; expected three rising numbers.",
        ),
    ],
)
def test_a_month_or_an_edge_that_is_none_is_refused(more, text):
    with pytest.raises(PlanError) as caught:
        monitor_plan(pd.DataFrame([line()]), **more)
    assert str(caught.value) == text
