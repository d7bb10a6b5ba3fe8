"""Plan against realisation: sums on both sides, silence is not zero, money is exact."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kkbpk_geo.base.errors import EmptyDataError, PlanError
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.plan.lines.plan import make_plan
from kkbpk_geo.plan.supplies.needs import count_supplies
from kkbpk_geo.plan.year.continuity import check_continuity
from kkbpk_geo.plan.year.due import CLASSES, PATTERNS
from kkbpk_geo.plan.year.monitoring import monitor_plan
from kkbpk_geo.plan.year.on_map import map_frame, map_words

WEST, EAST = "18.01", "18.02"
COACHING, MOBILE = "group_coaching:bkb", "mobile_service"


def line(region_code=WEST, activity=COACHING, **more):
    return {
        "line_id": "L1", "region_code": region_code, "activity": activity,
        "activity_text": "", "indicator": "", "year": 2026, "quarter": 1,
        "month": None, "target": 10, "unit": "group", "budget": 1000,
        "status": "planned", "realised": None, "spent": None, **more,
    }  # fmt: skip


def monitor(*lines, **more):
    return monitor_plan(pd.DataFrame(list(lines)), **more)


def only(monitoring, period="2026"):
    (row,) = monitoring.at(period).to_dict("records")
    return row


# One work.


def test_realisation_is_a_ratio_of_sums_not_a_mean_of_ratios():
    got = monitor(
        line(target=10, realised=10, spent=500),
        line(quarter=2, target=90, realised=45, spent=500),
    )
    row = only(got)
    assert row["physical"] == 55  # not (100 + 50) / 2
    assert row["absorption"] == 50
    assert row["deviation"] == -45
    assert only(got, "2026-Q1")["physical"] == 100


def test_a_line_without_a_report_is_counted_and_not_read_as_zero():
    row = only(monitor(line(realised=8), line(quarter=2)))
    assert (row["lines"], row["reported"]) == (2, 1)
    assert (row["target"], row["target_reported"], row["physical"]) == (20, 10, 80)
    silent = only(monitor(line(), line(quarter=2)))
    assert silent["klass"] == "not_reported"
    assert pd.isna(silent["physical"])


def test_a_reported_zero_is_a_zero():
    row = only(monitor(line(realised=0, spent=0)))
    assert (row["physical"], row["absorption"], row["klass"]) == (0, 0, "critical")


@pytest.mark.parametrize(
    ("realised", "klass"),
    [
        (7.4, "critical"), (7.5, "behind"), (8.9, "behind"), (9, "on_track"),
        (11, "on_track"), (11.04, "above"),
    ],
)  # fmt: skip
def test_the_class_follows_the_deviation(realised, klass):
    assert only(monitor(line(realised=realised)))["klass"] == klass


def test_the_user_sets_the_limits_of_the_classes():
    assert only(monitor(line(realised=9), edges=(-5, -1, 1)))["klass"] == "critical"


def test_a_work_without_target_is_no_failure():
    assert only(monitor(line(target=None, realised=3)))["klass"] == "no_target"
    assert only(monitor(line(target=0)))["klass"] == "no_target"


@pytest.mark.parametrize(
    ("realised", "spent", "pattern"),
    [(4, 900, "money_ahead"), (9, 300, "work_ahead"), (8, 900, "balanced"),
     (20, 1000, "balanced"), (None, 900, ""), (4, None, ""),
     # 80 % of the work: 20 points of money more or less still agree, 21 do not
     (8, 1000, "balanced"), (8, 600, "balanced"), (8, 590, "work_ahead"),
     (7.9, 1000, "money_ahead")],
)  # fmt: skip
def test_money_without_work_and_work_without_money_are_told_apart(
    realised, spent, pattern
):
    assert only(monitor(line(realised=realised, spent=spent)))["pattern"] == pattern


def test_percentages_are_not_added_the_last_one_counts():
    row = only(
        monitor(
            line(unit="%", target=60, realised=60),
            line(quarter=2, unit="%", target=80, realised=60),
        )
    )
    assert (row["target"], row["physical"]) == (80, 75)


def test_units_are_kept_apart():
    got = monitor(line(realised=5), line(unit="person", realised=10))
    assert got.at()["physical"].tolist() == [50, 100]


# Time.


def test_only_what_is_due_counts():
    lines = [line(realised=10), line(quarter=2, realised=0), line(quarter=3)]
    got = monitor(*lines, until=5)
    assert only(got)["physical"] == 100
    assert got.left_out["reason"].tolist() == ["not_due", "not_due"]


def test_lines_for_the_year_count_by_the_months_gone():
    row = only(
        monitor(line(quarter=None, target=120, budget=1001, realised=60, spent=500),
                until=6)
    )  # fmt: skip
    assert (row["target"], row["physical"], row["prorated"]) == (60, 100, True)
    assert row["budget"] == 500  # whole rupiah
    percent = line(quarter=None, unit="%", target=80, realised=80)
    assert only(monitor(percent, until=6))["target"] == 80


def test_a_years_total_beside_its_quarters_is_not_counted_twice():
    quarters = [line(quarter=q, realised=10, spent=1000) for q in (1, 2, 3, 4)]
    got = monitor(
        *quarters, line(quarter=None, target=40, budget=4000, realised=40, spent=4000)
    )
    row = only(got)
    assert (row["lines"], row["target"], row["budget"]) == (4, 40, 4000)
    assert got.left_out["reason"].tolist() == ["year_total"]
    early = monitor(line(quarter=None, target=40), *quarters[1:], line(), until=2)
    assert early.left_out["reason"].tolist().count("year_total") == 1
    assert early.table.empty  # nothing is due yet, and the year's line does not step in
    # money that stands only in the year's line is kept
    money = [{**q, "budget": None, "spent": None} for q in quarters]
    got = monitor(*money, line(quarter=None, target=40, budget=4000))
    assert (only(got)["target"], only(got)["budget"]) == (40, 4000)


def test_months_and_quarters_have_their_own_periods():
    lines = [line(quarter=None, month=2, realised=10), line(quarter=1, realised=5)]
    got = monitor(*lines)
    assert sorted(set(got.table["period"])) == ["2026", "2026-Q1"]
    got = monitor(*lines, by="month")
    assert only(got, "2026-02")["realised"] == 10
    assert only(got)["realised"] == 15


def test_cancelled_lines_count_nowhere_and_are_listed():
    got = monitor(line(realised=10), line(quarter=2, status="cancelled"))
    assert only(got)["lines"] == 1
    assert got.left_out["reason"].tolist() == ["cancelled"]


# Regions.


def test_works_of_different_units_are_weighted_by_their_budget():
    got = monitor(
        line(budget=3000, target=10, realised=10, spent=3000),
        line(
            activity=MOBILE, unit="user", budget=1000, target=100, realised=20, spent=0
        ),
    )
    row = got.regions.loc[WEST]
    assert row["physical"] == 80  # (3 x 100 + 1 x 20) / 4
    assert row["absorption"] == 75
    assert (row["weighting"], row["klass"]) == ("budget", "behind")
    assert (row["works"], row["critical"]) == (2, 1)


def test_one_work_above_its_target_does_not_hide_another():
    got = monitor(
        line(realised=100), line(activity=MOBILE, unit="user", realised=0, budget=None)
    )
    row = got.regions.loc[WEST]
    assert (row["physical"], row["weighting"]) == (50, "equal")


def test_what_is_not_reported_lowers_no_value_and_shows_in_the_known_share():
    got = monitor(
        line(realised=10), line(activity=MOBILE, budget=3000),
        line(region_code=EAST),
    )  # fmt: skip
    assert got.regions.loc[WEST, "physical"] == 100
    assert got.regions.loc[WEST, "known_share"] == 0.25
    assert got.regions.loc[WEST, "unreported"] == 1
    assert got.regions.loc[EAST, "klass"] == "not_reported"
    assert pd.isna(got.regions.loc[EAST, "physical"])


# Words.


def test_every_class_and_pattern_has_its_words():
    for language in ("id", "en"):
        assert all(label(f"plan_class_{k}", language) for k in CLASSES)
        assert all(label(f"plan_pattern_{p}", language) for p in PATTERNS if p)


def test_what_lags_is_told_worst_first():
    got = monitor(
        line(realised=8, spent=900),
        line(activity=MOBILE, realised=1, spent=None),
        line(region_code=EAST),
    )
    assert got.sentences() == [
        "Lampung Selatan, Pelayanan KB bergerak: kritis, fisik 10,0 %, keuangan "
        "belum diketahui.",
        "Lampung Selatan, Pembinaan kelompok BKB: terlambat, fisik 80,0 %, keuangan "
        "90,0 %.",
        "Lampung Tengah, Pembinaan kelompok BKB: 1 baris belum lapor realisasi; "
        "keuangan belum diketahui.",
    ]
    assert got.sentences(EAST, "en") == [
        "Lampung Tengah, Coaching BKB groups: 1 lines without a report; money not "
        "known."
    ]
    assert got.summary("en") == (
        "Plan 2026 until December: 2 of 3 lines report; 90.0 % of the budget spent. "
        "Regions critical: 1; not reported: 1. Lowest physical: Lampung Selatan "
        "(45.0 %)."
    )
    assert got._repr_html_().startswith("<p>Rencana 2026 sampai Desember: 2 dari 3")
    assert "<td>45.0</td>" in got._repr_html_()
    written = monitor(line(activity="", activity_text=" Studi  banding", realised=1))
    assert written.sentences(WEST, "en") == [
        "Lampung Selatan, Studi banding: critical, physical 10.0 %, money not known."
    ]


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({"until": 13}, "until is 13; expected a month from 1 to 12."),
        ({"by": "week"}, "by is 'week'; expected 'month' or 'quarter'."),
        ({"edges": (1, 0, 2)}, "edges are [1, 0, 2]; expected three rising numbers."),
    ],
)
def test_a_question_that_is_none_is_refused(more, text):
    with pytest.raises(PlanError) as caught:
        monitor(line(), **more)
    assert str(caught.value) == text


def test_a_period_that_is_not_there_is_refused():
    with pytest.raises(PlanError) as caught:
        monitor(line()).at("2026-Q3")
    assert str(caught.value) == (
        "no realisation for period '2026-Q3'; there is ['2026-Q1', '2026']."
    )


def test_a_plan_as_the_reader_makes_it_is_taken_as_it_is():
    plan = make_plan([line(quarter=q, realised=9, spent=900) for q in (1, 2, 3, 4)])
    assert monitor_plan(plan).regions.loc[WEST, "physical"] == 90
    assert check_continuity(plan).scores.loc[WEST, "score"] == 1


# The map.


def test_the_map_gets_every_number_by_region():
    lines = [line(quarter=q, realised=5, spent=1000) for q in (1, 2, 3, 4)]
    plan = pd.DataFrame([*lines, line(region_code=EAST)])
    inventory = pd.DataFrame({"region_code": [WEST], "item": ["BKB Kit"], "baik": [2]})
    values = pd.DataFrame({"bkb_groups": [5, 4]}, index=[WEST, EAST])
    got = map_frame(
        monitor_plan(plan),
        check_continuity(plan),
        supplies=count_supplies(inventory, values),
        alignment=pd.DataFrame(
            {"name": ["Barat", "Timur"], "aligned_share": [90.0, 40.0]},
            index=[WEST, EAST],
        ),
        regions=[WEST, EAST],
    )
    assert got.index.tolist() == [WEST, EAST]
    assert got.loc[WEST].to_dict() == {
        "aligned_share": 90, "plan_physical": 50, "plan_absorption": 100,
        "plan_critical": 1, "plan_unreported": 0, "plan_continuity": 100,
        "plan_buy_bkb_kit": 3, "plan_repair_bkb_kit": 0,
    }  # fmt: skip
    assert pd.isna(got.loc[EAST, "plan_buy_bkb_kit"])
    assert map_words("plan_buy_bkb_kit") == "BKB Kit: perlu dibeli"
    assert map_words("plan_continuity", "en") == "Continuity of work (%)"


def test_a_map_of_nothing_or_of_the_same_thing_twice_is_refused():
    with pytest.raises(EmptyDataError, match="there is nothing to draw"):
        map_frame()
    monitoring = monitor(line(realised=5))
    same = pd.DataFrame({"plan_physical": [1.0]}, index=[WEST])
    with pytest.raises(PlanError) as caught:
        map_frame(monitoring, alignment=same)
    assert str(caught.value) == (
        "columns ['plan_physical'] stand in two parts; rename them in the alignment."
    )
    with pytest.raises(PlanError) as caught:
        map_frame(alignment=pd.DataFrame({"x": [1, 2]}, index=[WEST, WEST]))
    assert str(caught.value) == (
        "regions ['18.01'] stand more than once; keep one row per region."
    )


# Laws.

number = st.none() | st.integers(0, 50)
plans = st.lists(
    st.builds(
        line,
        region_code=st.sampled_from([WEST, EAST]),
        activity=st.sampled_from([COACHING, MOBILE]),
        quarter=st.sampled_from([None, 1, 2, 3, 4]),
        target=number,
        realised=number,
        budget=number,
        spent=number,
        unit=st.sampled_from(["group", "%"]),
        status=st.sampled_from(["planned", "done", "cancelled"]),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=25)
@given(plans, st.integers(1, 12), st.randoms())
def test_every_line_counts_once_or_is_listed_with_a_reason(lines, until, random):
    got = monitor(*lines, until=until)
    to_date = got.table[got.table["period"] == "2026"]
    assert to_date["lines"].sum() + len(got.left_out) == len(lines)
    assert got.left_out["reason"].isin(["not_due", "cancelled", "year_total"]).all()
    assert set(got.table["klass"]) <= set(CLASSES)
    assert got.regions["physical"].dropna().between(0, 100).all()
    again = monitor(*random.sample(lines, len(lines)), until=until)
    pd.testing.assert_frame_equal(again.regions, got.regions)
