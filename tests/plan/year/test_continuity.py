"""A plan on a calendar: what breaks off is found, what goes on is not accused."""

import io

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kkbpk_geo.base.errors import EmptyDataError, PlanError
from kkbpk_geo.plan.year.continuity import ISSUES, check_continuity
from kkbpk_geo.plan.year.gantt import (
    draw_gantt,
    gantt_html,
    gantt_rows,
)
from kkbpk_geo.plan.year.lines import months_words, read_lines

COACHING, MOBILE, FORMING = "group_coaching:bkb", "mobile_service", "group_forming:bkb"
WEST, EAST = "18.01", "18.02"


def line(region_code=WEST, activity=COACHING, **more):
    return {
        "line_id": "L1", "region_code": region_code, "activity": activity,
        "activity_text": "", "indicator": "", "year": 2026, "quarter": None,
        "month": None, "target": 10, "unit": "group", "budget": 100,
        "status": "planned", "realised": None, **more,
    }  # fmt: skip


def quarters(*numbers, **more):
    return [line(quarter=q, **more) for q in numbers]


def check(*lines, **more):
    return check_continuity(pd.DataFrame(list(lines)), **more)


def issues(continuity):
    return list(zip(continuity.table["issue"], continuity.table["months"], strict=True))


# What is found.


def test_work_in_every_quarter_goes_on():
    got = check(*quarters(1, 2, 3, 4))
    assert issues(got) == []
    assert got.scores.loc[WEST, ["score", "cover", "unbroken", "spread"]].eq(1).all()
    assert pd.isna(got.scores.loc[WEST, "reach"])  # no year target, so no reach


def test_a_quarter_without_monthly_work_is_a_gap():
    got = check(*quarters(1, 2, 4))
    assert issues(got) == [("gap", (7, 8, 9))]
    assert got.scores.loc[WEST, "cover"] == 0.75
    assert got.scores.loc[WEST, "unbroken"] == 0
    assert got.sentences() == [
        "Lampung Selatan, Pembinaan kelompok BKB: terputus pada TW III, padahal perlu "
        "setiap bulan."
    ]


def test_a_month_without_monthly_work_is_a_gap_and_quarterly_work_forgives_it():
    by_month = [line(month=m) for m in range(1, 13) if m != 5]
    assert issues(check(*by_month)) == [("gap", (5,))]
    calm = [{**x, "activity": MOBILE} for x in by_month]
    assert issues(check(*calm)) == []


def test_work_planned_once_that_is_needed_monthly_is_one_finding_not_three():
    assert issues(check(*quarters(2))) == [("one_off", (4, 5, 6))]
    assert issues(check(*quarters(2, activity=FORMING))) == []  # once is its rhythm


def test_a_late_start_and_an_early_end_are_told():
    got = check(*quarters(2, 3))
    assert issues(got) == [("late_start", (1, 2, 3)), ("early_end", (10, 11, 12))]


def test_january_and_december_without_monthly_work_are_named():
    got = check(*(line(month=m) for m in range(2, 12)))
    assert issues(got) == [("late_start", (1,)), ("early_end", (12,))]


def test_monthly_work_for_the_year_as_a_whole_is_not_phased():
    got = check(line())
    assert issues(got) == [("unscheduled", ())]
    assert pd.isna(got.scores.loc[WEST, "cover"])  # unknown is not zero


def test_a_quarter_with_most_of_the_money_is_overloaded():
    got = check(*quarters(1, 2, 3, budget=100), *quarters(4, budget=700), overload=0.6)
    assert issues(got) == [("overload", (10, 11, 12))]
    assert got.load.loc[WEST].tolist() == [0.1, 0.1, 0.1, 0.7]
    # 0.7 is three quarters of the way from 1 down to the limit of 0.6
    assert got.scores.loc[WEST, "spread"] == pytest.approx(0.75)
    assert got.sentences(language="en") == [
        "Lampung Selatan: 70 % of the year piles up in Q4 (limit 60 %)."
    ]


@pytest.mark.parametrize(("last", "overloaded"), [(500, []), (550, [(10, 11, 12)])])
def test_more_than_half_of_the_year_in_one_quarter_is_too_much(last, overloaded):
    rest = 1000 - last
    got = check(
        line(quarter=1, budget=rest - 200),
        *quarters(2, 3, budget=100),
        line(quarter=4, budget=last),
    )
    assert issues(got) == [("overload", months) for months in overloaded]
    # from 1 down to the limit of 0.5: 0.5 is all of the way, 0.55 nine tenths
    spread = 1 if last == 500 else 0.9
    assert got.scores.loc[WEST, "spread"] == pytest.approx(spread)


def test_quarters_that_do_not_reach_the_year_end_before_the_target():
    got = check(*quarters(1, 2, 3, 4, target=20), line(target=100))
    assert issues(got) == [("ends_before_target", ())]
    assert got.table.loc[0, ["amount", "expected"]].tolist() == [80, 100]
    assert got.scores.loc[WEST, "reach"] == 0.8


def test_percentages_are_not_added_up():
    got = check(
        *quarters(1, 2, 3, unit="%", target=60),
        *quarters(4, unit="%", target=80),
        line(unit="%", target=90),
    )
    assert got.table.loc[0, ["amount", "expected"]].tolist() == [80, 90]


def test_targets_from_elsewhere_are_compared_by_activity_or_indicator():
    key = "reporting_rate:bkb"
    lines = quarters(1, 2, 3, 4, target=20, indicator=key)
    got = check(*lines, targets={(WEST, key): 85, (WEST, COACHING): 80, (EAST, key): 5})
    assert got.table[["region_code", "work", "amount", "expected"]].values.tolist() == [
        [WEST, key, 80, 85],
        [EAST, key, 0, 5],
    ]


def test_work_that_is_done_with_less_than_its_target_stopped_short():
    half = line(activity=FORMING, quarter=1, status="done", realised=4)
    gone = line(activity=FORMING, quarter=3, status="cancelled")
    got = check(half, gone)
    assert issues(got) == [("stopped_short", ())]
    assert got.table.loc[0, ["amount", "expected"]].tolist() == [4, 20]
    assert issues(check(half, {**gone, "status": "planned"})) == []


def test_a_region_without_a_plan_is_found_and_has_no_score():
    got = check(*quarters(1, 2, 3, 4), regions=[WEST, EAST])
    assert issues(got) == [("no_plan", ())]
    assert got.scores.loc[EAST].isna().all()


def test_cancelled_lines_and_plain_zeros_are_no_work():
    got = check(
        *quarters(1, 2, 4),
        line(quarter=3, status="cancelled"),
        line(quarter=3, target=0, budget=0),
    )
    assert issues(got) == [("gap", (7, 8, 9))]


def test_a_stated_rhythm_goes_before_the_catalogue():
    studies = quarters(1, activity="", activity_text="Studi  banding")
    assert issues(check(*studies)) == []  # nobody says how often
    got = check(*studies, rhythms={"studi banding": "quarterly"})
    assert issues(got) == [("one_off", (1, 2, 3))]
    assert got.sentences(WEST, "en") == [
        "Lampung Selatan, Studi banding: only once (Q1), but needed every quarter."
    ]


def test_an_indicator_asks_for_the_densest_rhythm_of_its_activities():
    got = check(*quarters(1, 3, activity="", activity_text="X", indicator="unmet_need"))
    assert got.calendar["rhythm"].tolist() == ["monthly"]


def test_quarterly_work_is_judged_by_quarters_whatever_month_it_falls_in():
    # May and December: the first and third quarters are missing, not ten months.
    got = check(line(activity=MOBILE, month=5), line(activity=MOBILE, month=12))
    assert issues(got) == [("gap", (7, 8, 9)), ("late_start", (1, 2, 3))]
    assert got.scores.loc[WEST, ["cover", "unbroken"]].tolist() == [0.5, 0]
    got = check(line(activity=MOBILE, month=1), line(activity=MOBILE, month=7))
    assert issues(got) == [("gap", (4, 5, 6)), ("early_end", (10, 11, 12))]


def test_two_lines_of_one_month_are_one_time():
    assert issues(check(line(month=3), line(month=3))) == [("one_off", (3,))]
    got = check(line(month=3), line(month=4))
    assert issues(got) == [
        ("late_start", (1, 2)), ("early_end", (5, 6, 7, 8, 9, 10, 11, 12)),
    ]  # fmt: skip
    assert got.scores.loc[WEST, ["cover", "unbroken"]].tolist() == [2 / 12, 1]


def test_a_score_is_the_mean_of_its_parts_and_each_part_of_its_works():
    got = check(
        *quarters(1, 2, 4, budget=100),  # 9 of 12 months, with a gap
        *quarters(1, 2, 3, 4, activity=MOBILE, budget=100),  # whole
        *quarters(1, activity=FORMING, budget=300),  # once is its rhythm
        line(activity=MOBILE, target=50), line(target=120),
    )  # fmt: skip
    scores = got.scores.loc[WEST]
    assert scores["cover"] == (0.75 + 1) / 2
    assert scores["unbroken"] == 0.5
    # 500 of 1,000 in the first quarter: just the limit of a half
    assert got.load.loc[WEST].tolist() == [0.5, 0.2, 0.1, 0.2]
    assert scores["spread"] == 1
    # 40 of 50 and 30 of 120
    assert scores["reach"] == pytest.approx((0.8 + 0.25) / 2)
    assert scores["score"] == pytest.approx((0.875 + 0.5 + 1 + 0.525) / 4)
    assert list(got.scores) == ["score", "cover", "unbroken", "spread", "reach"]
    assert got.scores.index.name == "region_code"
    assert issues(got) == [
        ("gap", (7, 8, 9)), ("ends_before_target", ()), ("ends_before_target", ()),
    ]  # fmt: skip


def test_reach_ends_at_one_and_no_target_is_no_reach():
    got = check(*quarters(1, 2, 3, 4, target=50), line(target=100), line(EAST))
    assert got.scores.loc[WEST, "reach"] == 1
    assert issues(got) == [("unscheduled", ())]
    zero = check(*quarters(1, 2, 3, 4), targets={(WEST, COACHING): 0})
    assert pd.isna(zero.scores.loc[WEST, "reach"])
    # A target of a region that has no plan is a finding, and no row of the scores.
    far = check(*quarters(1, 2, 3, 4), targets={("18.03", COACHING): 5})
    assert far.scores.index.tolist() == [WEST]
    assert far.table["region_code"].tolist() == ["18.03"]


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_an_overload_is_told_with_its_share_from_just_above_the_limit_on(quarter):
    others = [q for q in (1, 2, 3, 4) if q != quarter]
    just = [*quarters(*others, budget=1), *quarters(quarter, budget=3)]
    assert issues(check(*just)) == []
    got = check(*just, line(quarter=quarter, budget=4))
    months = tuple(range(3 * quarter - 2, 3 * quarter + 1))
    assert issues(got) == [("overload", months)]
    row = got.table.iloc[0]
    assert (row["region_code"], row["work"], row["text"]) == (WEST, "", "")
    assert (row["amount"], row["expected"], row["rhythm"]) == (0.7, 0.5, "")
    # 0.7 is two fifths of the way from the limit to one
    assert got.scores.loc[WEST, "spread"] == pytest.approx(0.6)


def test_findings_stand_by_region_then_as_they_are_told_then_by_work():
    got = check(
        *quarters(2, 4, region_code=EAST), *quarters(2, 4, activity=MOBILE),
        *quarters(2, 4), line(region_code=EAST, activity=MOBILE),
        regions=["18.03", WEST],
    )  # fmt: skip
    shown = got.table[["region_code", "work", "issue"]].to_numpy().tolist()
    assert shown == [
        [WEST, COACHING, "gap"],
        [WEST, MOBILE, "gap"],
        [WEST, COACHING, "late_start"],
        [WEST, MOBILE, "late_start"],
        [EAST, COACHING, "gap"],
        [EAST, COACHING, "late_start"],
        [EAST, MOBILE, "unscheduled"],
        ["18.03", "", "no_plan"],
    ]
    assert got.table.index.tolist() == list(range(8))
    assert list(got.table) == [
        "region_code", "work", "text", "issue", "months", "rhythm", "amount",
        "expected",
    ]  # fmt: skip
    assert got.table["rhythm"].tolist() == [
        "monthly", "quarterly", "monthly", "quarterly", "monthly", "monthly",
        "quarterly", "",
    ]  # fmt: skip
    assert got.table[["amount", "expected"]].isna().all(axis=None)
    assert got.scores.index.tolist() == [WEST, EAST, "18.03"]
    assert len(got.sentences(EAST)) == 3


def test_a_region_of_nothing_but_cancelled_lines_has_no_plan():
    got = check(line(EAST, status="cancelled"), *quarters(1, 2, 3, 4))
    assert got.table[["region_code", "issue"]].to_numpy().tolist() == [
        [EAST, "no_plan"]
    ]
    assert got.sentences(language="en") == [
        "Lampung Tengah: not a single line in the plan."
    ]


# Nothing is lost.


def test_lines_of_other_years_or_of_no_region_are_listed_not_lost():
    lines = [*quarters(1, 2), line(year=2025), line(year=None), line(region_code="")]
    read = read_lines(pd.DataFrame(lines))
    assert len(read.table) == 2
    assert read.left_out["reason"].tolist() == ["other_year", "no_year", "no_region"]
    assert check(*lines).left_out["reason"].tolist() == read.left_out["reason"].tolist()


def test_the_plans_frame_is_not_touched():
    frame = pd.DataFrame(quarters(1, 2))
    before = frame.copy()
    check_continuity(frame)
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize(
    ("frame", "more", "error", "text"),
    [
        (
            pd.DataFrame({"region_code": [WEST]}), {}, PlanError,
            "the plan has no column ['year']; it has ['region_code'].",
        ),
        (
            pd.DataFrame({"region_code": [], "year": []}), {}, EmptyDataError,
            "the plan has no lines; write a row per activity, region and time below "
            "its headings.",
        ),
        (
            pd.DataFrame([line()]), {"year": 2024}, PlanError,
            "the plan has no line that can be used: 1 of other years (there are 2026, "
            "not 2024).",
        ),
        (
            pd.DataFrame(
                [line(year=pd.NA), line(year=pd.NA), line(region_code=""), line()]
            ).iloc[:3], {}, PlanError,
            "the plan has no line that can be used: 2 without a year (add a column "
            "TAHUN, or state the year); 1 without a region of the province (see the "
            "findings about places, or state the province).",
        ),
        (
            pd.DataFrame([line(), line(line_id="L7", quarter=5)]), {}, PlanError,
            "line 'L7' has quarter 5; expected 1 to 4, or nothing for the whole year.",
        ),
        (
            pd.DataFrame([line()]), {"overload": 1}, PlanError,
            "overload is 1; expected a share between 0 and 1.",
        ),
        (
            pd.DataFrame([line()]), {"rhythms": {"x": "weekly"}}, PlanError,
            "rhythm of 'x' is 'weekly'; expected one of "
            "['monthly', 'quarterly', 'once'].",
        ),
    ],
)  # fmt: skip
def test_what_is_no_plan_is_refused(frame, more, error, text):
    with pytest.raises(error) as caught:
        check_continuity(frame, **more)
    assert str(caught.value) == text


# What a reader sees.


def test_months_are_told_as_quarters_where_they_are_whole():
    assert months_words([1, 2, 3, 5, 12]) == "TW I, Mei, Desember"
    assert months_words([7, 8, 9, 10], "en") == "Q3, October"


def test_every_issue_has_its_words_in_both_languages():
    from kkbpk_geo.catalogue.labels import label

    for issue in ISSUES:
        for language in ("id", "en"):
            assert label(f"plan_issue_{issue}", language)
            assert label(f"plan_issue_name_{issue}", language)


def test_a_summary_counts_what_breaks():
    got = check(*quarters(1, 2, 4), *quarters(1, region_code=EAST), regions=["18.03"])
    assert got.summary("en") == (
        "Continuity of the 2026 plan: 2 activities in 3 regions. no plan: 1; one-off: "
        "1; interrupted: 1. Lowest scores: Lampung Tengah (0.12), Lampung Selatan "
        "(0.38)."
    )
    assert got._repr_html_().startswith("<p>Kesinambungan rencana 2026: 2 kegiatan")
    assert "<td>0.38</td>" in got._repr_html_()


def test_every_finding_is_one_sentence_with_its_numbers():
    got = check(
        *quarters(2, 3), line(target=1500),
        line(EAST, FORMING, quarter=1, status="done", realised=4, target=1200),
        line("18.03", activity="", activity_text="Studi  banding"),
        rhythms={"studi banding": "quarterly"},
    )  # fmt: skip
    assert got.sentences() == [
        "Lampung Selatan, Pembinaan kelompok BKB: baru mulai sesudah TW I, padahal "
        "perlu setiap bulan.",
        "Lampung Selatan, Pembinaan kelompok BKB: tidak ada lagi pada TW IV, padahal "
        "perlu setiap bulan.",
        "Lampung Selatan, Pembinaan kelompok BKB: jadwal berakhir pada 20, target "
        "setahun 1.500.",
        "Lampung Tengah, Pembentukan kelompok BKB: dinyatakan selesai pada 4 dari "
        "target 1.200.",
        "Lampung Utara, Studi banding: belum dibagi per triwulan atau bulan, padahal "
        "perlu setiap triwulan.",
    ]
    assert got.sentences(EAST, "en") == [
        "Lampung Tengah, Forming BKB groups: closed at 4 of a target of 1,200."
    ]


def test_a_plan_without_a_gap_says_so():
    got = check(*quarters(1, 2, 3, 4))
    assert got.summary() == (
        "Kesinambungan rencana 2026: 1 kegiatan di 1 wilayah. Tidak ada celah yang "
        "ditemukan. Skor terendah: Lampung Selatan (1,00)."
    )
    once = check(*quarters(1, activity=FORMING))
    assert once.summary("en").endswith("Lowest scores: cannot be computed yet.")
    # the first quarter; the first two; three; all four: 1/8, 3/4, 7/8 and 1
    many = [
        x
        for n in (1, 2, 3, 4)
        for x in quarters(*range(1, n + 1), region_code=f"18.0{n}")
    ]
    assert check(*many).summary("en").endswith(
        "Lowest scores: Lampung Selatan (0.12), Lampung Tengah (0.75), Lampung "
        "Utara (0.88)."
    )  # fmt: skip


@pytest.mark.parametrize("overload", [0, 1, -0.1, 2, True, float("nan")])
def test_a_limit_that_is_no_share_is_refused(overload):
    with pytest.raises(PlanError) as caught:
        check(line(), overload=overload)
    assert str(caught.value) == (
        f"overload is {overload!r}; expected a share between 0 and 1."
    )


def test_the_picture_shows_work_and_where_it_breaks():
    got = check(
        *quarters(1, 2, 4), line(region_code=EAST, activity="", activity_text="<b>$x$")
    )
    west = gantt_rows(got, WEST)
    assert west == [
        ("Pembinaan kelompok BKB", ["planned"] * 6 + ["broken"] * 3 + ["planned"] * 3)
    ]
    assert [name for name, _ in gantt_rows(got)][1] == "Lampung Tengah: <b>$x$"
    assert gantt_rows(got, EAST)[0][1] == ["year"] * 12
    page = gantt_html(got)
    assert "<b>" not in page
    assert page.count("✕") == 3
    assert page.count("○") == 12
    buffer = io.BytesIO()
    draw_gantt(got).savefig(buffer)
    assert buffer.tell() > 5000
    with pytest.raises(PlanError, match=r"region '18.09' has nothing on the calendar"):
        draw_gantt(got, "18.09")


def test_a_picture_of_too_many_rows_is_refused():
    lines = [
        line(quarter=1, activity="", activity_text=f"Kegiatan {n}") for n in range(151)
    ]
    with pytest.raises(PlanError) as caught:
        draw_gantt(check(*lines))
    assert str(caught.value) == (
        "the calendar has 151 rows; a picture shows at most 150. Draw one region at a "
        "time, on as many sheets as it takes: draw_gantts(continuity, region_code)."
    )


# Laws.

plans = st.lists(
    st.builds(
        line,
        region_code=st.sampled_from([WEST, EAST]),
        activity=st.sampled_from([COACHING, MOBILE, FORMING]),
        quarter=st.sampled_from([None, 1, 2, 3, 4]),
        month=st.sampled_from([None, None, 1, 6, 12]),
        target=st.none() | st.integers(0, 50),
        budget=st.none() | st.integers(0, 10**9),
        status=st.sampled_from(["planned", "done", "cancelled"]),
        realised=st.none() | st.integers(0, 50),
    ),
    min_size=1,
    max_size=15,
)


@settings(max_examples=25)
@given(plans, st.randoms())
def test_scores_are_shares_and_the_order_of_lines_decides_nothing(lines, random):
    got = check(*lines)
    known = got.scores.stack().dropna()
    assert known.between(0, 1 + 1e-12).all()
    mixed = random.sample(lines, len(lines))
    again = check(*mixed)
    pd.testing.assert_frame_equal(again.scores, got.scores)
    pd.testing.assert_frame_equal(again.table, got.table)


@settings(max_examples=25)
@given(plans)
def test_filling_every_quarter_leaves_no_gap(lines):
    full = [
        line(region_code=x["region_code"], activity=x["activity"], quarter=q)
        for x in lines
        for q in (1, 2, 3, 4)
    ]
    found = set(check(*lines, *full).table["issue"])
    assert not found & {"one_off", "gap", "late_start", "early_end", "unscheduled"}
