"""Lines of a plan, read and laid on months: every cell worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.plan.year.calendar import (
    calendar_of,
    is_active,
    quarter_load,
    rhythm_of,
    stopped_short,
    year_targets,
)
from kkbpk_geo.plan.year.lines import annual_totals, months_words, read_lines, work_name

WEST, EAST = "18.01", "18.02"
COACHING, MOBILE, FORMING = "group_coaching:bkb", "mobile_service", "group_forming:bkb"


def line(region_code=WEST, activity=COACHING, **more):
    return {
        "line_id": "L1", "region_code": region_code, "activity": activity,
        "activity_text": "", "indicator": "", "year": 2026, "quarter": None,
        "month": None, "target": 10, "unit": "group", "budget": 100,
        "status": "planned", "realised": None, "spent": None, **more,
    }  # fmt: skip


def read(*lines, **more):
    return read_lines(pd.DataFrame(list(lines)), **more)


def table(*lines):
    return read(*lines).table


# Lines.


def test_a_line_has_the_months_of_its_month_its_quarter_or_the_year():
    got = table(
        line(month=5), line(quarter=3), line(), line(quarter=2, month=11),
        line(month=12), line(month=1), line(quarter=1), line(quarter=4),
    )  # fmt: skip
    assert got[["first", "last", "span"]].to_numpy().tolist() == [
        [5, 5, "month"], [7, 9, "quarter"], [1, 12, "year"], [11, 11, "month"],
        [12, 12, "month"], [1, 1, "month"], [1, 3, "quarter"], [10, 12, "quarter"],
    ]  # fmt: skip


def test_a_work_is_its_activity_else_its_text_else_its_indicator():
    got = table(
        line(activity_text="Lain", indicator="unmet_need"),
        line(activity="", activity_text=" Studi   BANDING ", indicator="unmet_need"),
        line(activity=None, indicator="unmet_need"),
        line(activity=float("nan"), activity_text=pd.NA, indicator=None),
    )
    assert got["work"].tolist() == [COACHING, "studi banding", "unmet_need", ""]
    assert got["activity_text"].tolist() == ["Lain", " Studi   BANDING ", "", ""]


@pytest.mark.parametrize(
    ("unit", "additive"),
    [("group", True), ("%", False), ("% PUS", False), ("Persen", False), ("", True)],
)
def test_percentages_are_not_added_however_they_are_written(unit, additive):
    assert table(line(unit=unit))["additive"].tolist() == [additive]


def test_columns_that_a_plan_lacks_are_empty_and_numbers_keep_their_kind():
    got = read_lines(pd.DataFrame({"region_code": [18], "year": [2026]})).table
    assert got["region_code"].tolist() == ["18"]
    texts = ["line_id", "activity", "activity_text", "indicator", "unit", "status"]
    assert got[texts].to_numpy().tolist() == [[""] * 6]
    numbers = ["quarter", "month", "target", "budget", "realised", "spent"]
    assert got[numbers].isna().all(axis=None)
    assert got.dtypes[numbers].astype(str).tolist() == [
        "Int64", "Int64", "Float64", "Int64", "Float64", "Int64",
    ]  # fmt: skip
    part = table(line(target=0.5, realised=0.25))
    assert part[["target", "realised"]].to_numpy().tolist() == [[0.5, 0.25]]


def test_the_newest_year_is_read_unless_another_is_asked_for():
    lines = [line(year=2025), line(year=2026), line(year=2027), line(year=2026)]
    assert read(*lines).year == 2027
    assert len(read(*lines).table) == 1
    older = read(*lines, year=2026)
    assert (older.year, len(older.table)) == (2026, 2)
    assert older.table.index.tolist() == [0, 1]
    assert older.left_out["year"].tolist() == [2025, 2027]
    assert older.left_out["reason"].tolist() == ["other_year"] * 2
    assert older.left_out.index.tolist() == [0, 1]


def test_a_line_without_a_region_is_left_out_for_that_whatever_its_year():
    got = read(
        line(), line(region_code=None, year=2020), line(region_code="", year=None),
        line(year=None),
    )  # fmt: skip
    assert got.left_out["reason"].tolist() == ["no_region", "no_region", "no_year"]


def test_a_plan_without_any_usable_line_says_what_is_wrong_with_each():
    with pytest.raises(PlanError) as caught:
        read(
            line(year=2024), line(year=2025), line(region_code=""), line(year=None),
            line(region_code="", year=2023), year=2027,
        )  # fmt: skip
    assert str(caught.value) == (
        "the plan has no line that can be used: 1 without a year (add a column TAHUN, "
        "or state the year); 2 of other years (there are 2023, 2024, 2025, 2026, not "
        "2027); 2 without a region of the province (see the findings about places, or "
        "state the province)."
    )


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({"quarter": 0}, "line 'L9' has quarter 0; expected 1 to 4"),
        ({"quarter": 5}, "line 'L9' has quarter 5; expected 1 to 4"),
        ({"month": 0}, "line 'L9' has month 0; expected 1 to 12"),
        ({"month": 13}, "line 'L9' has month 13; expected 1 to 12"),
        ({"line_id": "", "month": 13}, "line 1 has month 13; expected 1 to 12"),
    ],
)
def test_a_time_that_is_none_names_its_line_or_its_row(more, text):
    with pytest.raises(PlanError) as caught:
        read(line(), line(**{"line_id": "L9", **more}))
    assert str(caught.value) == f"{text}, or nothing for the whole year."


def test_a_years_line_is_a_total_where_its_own_periods_state_the_same_column():
    lines = table(
        line(), line(quarter=1), line(quarter=2, target=None, budget=None),
        line(unit="person"), line(EAST), line(activity=MOBILE, target=None),
        line(activity=MOBILE, quarter=1, budget=None),
    )  # fmt: skip
    # Money has no unit, so the line in persons is a total of the money, too.
    assert annual_totals(lines, "target").tolist() == [True] + [False] * 6
    assert annual_totals(lines, "budget").tolist() == [
        True, False, False, True, False, False, False,
    ]  # fmt: skip


def test_a_work_is_named_by_the_catalogue_or_as_it_was_written():
    assert work_name(COACHING, "apa saja", "en") == "Coaching BKB groups"
    assert work_name(COACHING) == "Pembinaan kelompok BKB"
    assert work_name("studi banding", " Studi  Banding ") == "Studi Banding"
    assert work_name("unmet_need", language="en") == "Unmet need for contraception"
    assert work_name("unmet_need").startswith("Kebutuhan ber-KB")
    assert work_name("bkb_groups") == "BKB: kelompok yang ada"
    assert work_name("tidak dikenal") == "tidak dikenal"


def test_months_are_told_in_order_and_whole_quarters_as_such():
    assert months_words([]) == ""
    assert months_words([12, 11, 10, 1], "en") == "January, Q4"
    assert months_words([6, 4, 5, 5, 9, 8]) == "TW II, Agustus, September"
    assert months_words(range(1, 13)) == "TW I, TW II, TW III, TW IV"


# The calendar.


@pytest.mark.parametrize(
    ("more", "active"),
    [
        ({}, True),
        ({"target": 0}, True),  # money is planned
        ({"target": 0, "budget": 0}, False),
        ({"target": 0, "budget": None}, False),
        ({"target": None, "budget": 0}, False),
        ({"target": None, "budget": None}, True),  # named, though nothing is stated
        ({"status": "cancelled"}, False),
        ({"status": "done"}, True),
        ({"target": None, "budget": None, "realised": 3}, True),  # the only line of it
        ({"target": None, "budget": None, "spent": 3}, True),
    ],
)
def test_a_line_plans_something_unless_it_is_cancelled_or_a_plain_zero(more, active):
    assert is_active(table(line(**more))).tolist() == [active]


def test_a_report_beside_the_plan_of_the_same_work_plans_nothing():
    report = {"target": None, "budget": None}
    lines = table(
        line(), line(**report, realised=3), line(**report, spent=5), line(**report),
        line(activity=MOBILE, **report, realised=3),
        line(EAST, **report, realised=3),
        line(EAST, activity=MOBILE, target=None), line(EAST, MOBILE, **report, spent=0),
    )  # fmt: skip
    assert is_active(lines).tolist() == [
        True, False, False, True, True, True, True, False,
    ]  # fmt: skip


def test_the_calendar_has_a_row_for_each_work_and_the_months_of_all_its_lines():
    got = calendar_of(
        table(
            line(EAST, activity="", activity_text="Studi", quarter=2),
            line(month=2, activity_text="Bina", indicator="unmet_need"),
            line(quarter=4, activity_text="lain"),
            line(month=2), line(), line(quarter=3, status="cancelled"),
            line(activity=MOBILE),
        ),
        {"studi": "once"},
    )  # fmt: skip
    assert got.index.tolist() == [(WEST, COACHING), (WEST, MOBILE), (EAST, "studi")]
    assert got.index.names == ["region_code", "work"]
    assert got[["text", "indicator", "rhythm", "times"]].to_numpy().tolist() == [
        ["Bina", "unmet_need", "monthly", 2], ["", "", "quarterly", 0],
        ["Studi", "", "once", 1],
    ]  # fmt: skip
    months = [f"m{n:02}" for n in range(1, 13)]
    assert list(got)[4:] == months
    on = [np.flatnonzero(row).tolist() for row in got[months].to_numpy()]
    assert on == [[1, 9, 10, 11], [], [3, 4, 5]]  # counted from 0
    assert got.dtypes[months].eq(bool).all()


@pytest.mark.parametrize(
    ("work", "indicator", "rhythms", "rhythm"),
    [
        (COACHING, "", {}, "monthly"),
        (COACHING, "unmet_need", {COACHING: "once"}, "once"),
        (COACHING, "unmet_need", {"unmet_need": "once"}, "once"),
        (COACHING, "unmet_need", {"unmet_need": "once", COACHING: "quarterly"},
         "quarterly"),
        ("studi", "unmet_need", {}, "monthly"),  # the densest that serves it
        ("studi", "village_coverage:bkb", {}, "once"),
        ("studi", "", {"": "monthly"}, ""),
        ("studi", "x", {}, ""),
    ],
)  # fmt: skip
def test_a_rhythm_is_the_stated_one_then_the_activitys_then_the_indicators(
    work, indicator, rhythms, rhythm
):
    assert rhythm_of(work, indicator, rhythms) == rhythm


def test_a_load_is_of_money_or_of_lines_from_four_lines_on():
    one = [line(month=m, budget=b) for m, b in ((1, 10), (3, 20), (4, 30), (12, 40))]
    free = [line(EAST, quarter=q, budget=b) for q, b in ((2, None), (2, 0), (3, 0))]
    got = quarter_load(table(*one, *free, line(EAST, month=6, budget=None)))
    assert got.to_dict("index") == {
        WEST: {1: 0.3, 2: 0.3, 3: 0, 4: 0.4},
        EAST: {1: 0, 2: 0.75, 3: 0.25, 4: 0},
    }
    assert got.index.name == "region_code"
    # Three lines say nothing; neither do cancelled ones and those for the year.
    assert quarter_load(table(*one[:3], line(), *free)).empty
    assert quarter_load(table(*one[:3], {**one[3], "status": "cancelled"})).empty
    part = quarter_load(table(*one[:3], {**one[3], "budget": None}))
    assert part.loc[WEST].tolist() == pytest.approx([0.5, 0.5, 0, 0])


def test_targets_of_the_year_are_compared_with_what_the_periods_add_up_to():
    got = year_targets(
        table(
            line(quarter=1, target=4), line(month=7, target=3, activity_text="b"),
            line(quarter=2, target=50, unit="person"),
            line(quarter=3, target=9, status="cancelled"),
            line(target=20, activity_text="setahun"),
            line(EAST, MOBILE, quarter=1, unit="%", target=30),
            line(EAST, MOBILE, quarter=2, unit="%", target=20),
            line(EAST, MOBILE, unit="%", target=60),
            line(EAST, target=5),  # no periods, so no year's total
        )
    )  # fmt: skip
    assert got.to_numpy().tolist() == [
        [WEST, COACHING, "setahun", 7, 20], [EAST, MOBILE, "", 30, 60],
    ]  # fmt: skip
    assert list(got) == ["region_code", "work", "text", "planned", "expected"]
    assert got.dtypes[["planned", "expected"]].eq(float).all()
    assert year_targets(table(line())).empty


def test_targets_from_elsewhere_meet_the_lines_of_an_activity_or_an_indicator():
    lines = table(
        line(quarter=1, target=4, indicator="unmet_need"),
        line(activity=MOBILE, quarter=1, target=6, indicator="unmet_need"),
        line(target=9),  # the year's total of coaching is not added
        line(EAST, quarter=1, target=1, indicator="unmet_need"),
        line(EAST, quarter=1, target=2, unit="person", indicator="unmet_need"),
    )  # fmt: skip
    asked = {
        (WEST, "unmet_need"): 12, (WEST, COACHING): 5, (EAST, "unmet_need"): 3,
        ("18.03", COACHING): 8,
    }  # fmt: skip
    got = year_targets(lines, asked).to_numpy().tolist()
    assert got == [
        [WEST, COACHING, "", 4, 9],
        [WEST, "unmet_need", "", 10, 12],
        [WEST, COACHING, "", 4, 5],
        # People and groups of the east have no sum to compare.
        ["18.03", COACHING, "", 0, 8],
    ]


DONE = {"status": "done"}


@pytest.mark.parametrize(
    ("lines", "short"),
    [
        ([line(**DONE, realised=9)], [9, 10]),
        ([line(**DONE, realised=10)], None),
        ([line(**DONE, realised=None)], None),  # not reported is not zero
        ([line(status="cancelled", realised=3)], None),  # nothing was done: called off
        ([line(realised=3)], None),  # still going on
        ([line(**DONE, realised=9, target=None)], None),
        ([line(quarter=1, **DONE, realised=9), line(quarter=2, realised=None)], None),
        ([line(quarter=1, **DONE, realised=9), line(quarter=2, **DONE, realised=10)],
         [19, 20]),
        ([line(quarter=1, **DONE, realised=9), line(quarter=2, **DONE, realised=11)],
         None),
        ([line(quarter=1, **DONE, realised=4), line(quarter=2, status="cancelled")],
         [4, 20]),
        # Of percentages the highest counts on both sides.
        ([line(quarter=1, **DONE, unit="%", target=60, realised=60),
          line(quarter=2, **DONE, unit="%", target=80, realised=70)], [70, 80]),
        # The year's total is not added to its quarters.
        ([line(quarter=1, **DONE, realised=4), line(**DONE, target=10, realised=4)],
         [4, 10]),
    ],
)  # fmt: skip
def test_work_stops_short_if_it_is_over_with_less_than_its_target(lines, short):
    got = stopped_short(table(*lines))
    expected = [] if short is None else [[WEST, COACHING, "", *short]]
    assert got.to_numpy().tolist() == expected
    assert list(got) == ["region_code", "work", "text", "planned", "expected"]


def test_units_stop_short_each_for_itself():
    got = stopped_short(
        table(
            line(**DONE, realised=1, unit="person", activity_text="p"),
            line(**DONE, realised=10, activity_text="g"),
            line(EAST, **DONE, realised=2, activity_text="e"),
        )
    )
    assert got.to_numpy().tolist() == [
        [WEST, COACHING, "p", 1, 10], [EAST, COACHING, "e", 2, 10],
    ]  # fmt: skip
