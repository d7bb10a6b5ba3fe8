"""Who pays for what, from which source, and in which quarter."""

import pytest

from kkbpk_geo.plan.align.alignment import align_plans
from kkbpk_geo.plan.align.funding import funding_table
from kkbpk_geo.plan.lines.plan import make_plan

COACHING = "Pembinaan kelompok BKB"


def line(budget=100, **more):
    return {
        "region_code": "18.10", "activity_text": COACHING, "year": 2026,
        "budget": budget, "fund": "apbn", **more,
    }  # fmt: skip


def cash(*quarters, **more):
    names = ("cash_1", "cash_2", "cash_3", "cash_4")
    return line(sum(quarters), **dict(zip(names, quarters, strict=True)), **more)


def aligned(province, district):
    return align_plans(
        None,
        make_plan(province, province_code="18"),
        make_plan(district, province_code="18"),
    )


def found(alignment, kind):
    table = alignment.table
    return table[table["kind"] == kind].to_dict("records")


# --- paid twice


def test_work_paid_by_both_from_two_sources_is_told_where_its_lines_do_not_match():
    ours = [line(60, quarter=1), line(40, quarter=2)]
    theirs = [line(30, quarter=3, fund="bokb")]
    (row,) = found(aligned(ours, theirs), "double_funding")
    assert row["rupiah"] == 30  # what is paid a second time
    assert "dari sumber yang berbeda" in row["note"]


def test_one_source_for_both_is_not_paid_twice():
    ours = [line(60, quarter=1), line(40, quarter=2)]
    assert not found(aligned(ours, [line(30, quarter=3)]), "double_funding")


def test_lines_that_match_are_asked_for_their_source_once():
    (row,) = found(aligned([line()], [line(fund="bokb")]), "double_funding")
    assert row["field"] == "fund"


def test_a_source_that_only_one_side_changed_is_no_second_question():
    base = make_plan([line()], province_code="18")
    theirs = make_plan([line(fund="bokb")], province_code="18")
    asked = align_plans(base, base, theirs)
    assert list(asked.table["kind"]) == ["changed_district"]


def test_two_codes_of_one_activity_are_not_one_work_paid_twice():
    work = {"activity": "group_coaching:bkb", "edition": "2023"}
    ours = [
        line(code="2.14.03.2.02.0001", **work),
        line(code="2.14.03.2.02.0002", fund="bokb", **work),
    ]
    assert not found(aligned(ours, []), "double_funding")
    same = [{**each, "code": "2.14.03.2.02.0001"} for each in ours]
    assert found(aligned(same, []), "double_funding")


# --- quarters


def test_money_that_moves_to_another_quarter_is_told_with_how_much():
    (row,) = found(
        aligned([cash(40, 60, 0, 0)], [cash(10, 60, 0, 30)]), "quarter_shift"
    )
    assert row["rupiah"] == 30
    assert row["province"] == "TW I Rp 40; II Rp 60"
    assert row["district"] == "TW I Rp 10; II Rp 60; IV Rp 30"


@pytest.mark.parametrize(
    "theirs",
    [
        cash(40, 60, 0, 0),  # the same
        cash(40, 60, 0, 5),  # another sum: that is asked by itself
        line(100),  # says no quarter
        {**cash(0, 60, 0, 40), "budget": 150},  # a plan for some of the money only
    ],
)
def test_no_shift_is_told_where_there_is_none_or_none_is_known(theirs):
    assert not found(aligned([cash(40, 60, 0, 0)], [theirs]), "quarter_shift")


def test_a_cash_plan_is_held_against_lines_by_quarter():
    theirs = [line(40, quarter=1), line(60, quarter=3)]
    (row,) = found(aligned([cash(40, 60, 0, 0)], theirs), "quarter_shift")
    assert row["district"] == "TW I Rp 40; III Rp 60"


# --- who funds what


def test_the_table_of_funds_adds_up_to_both_plans_to_the_rupiah():
    ours = [line(60), line(40, fund="bokb"), line(7, region_code="18.11")]
    theirs = [line(30, fund="bokb"), line(5, fund="", activity_text="Lain")]
    table = funding_table(aligned(ours, theirs))
    assert (table["province"].sum(), table["district"].sum()) == (107, 35)
    keys = zip(table["region_code"], table["fund"], strict=True)
    by = dict(zip(keys, table["paid_by"], strict=True))
    assert by["18.11", "APBN"] == "province"
    assert by["18.10", "(sumber dana tidak disebut)"] == "district"
    own = table[(table["region_code"] == "18.10") & (table["paid_by"] == "both")]
    assert list(own["province"].fillna(0)) == [60, 40]
    assert list(own["district"].fillna(0)) == [0, 30]


def test_a_cancelled_line_is_paid_by_nobody():
    assert funding_table(aligned([line(status="cancelled")], [])).empty


def test_a_whole_and_its_parts_are_paid_by_both():
    coded = {"edition": "2023", "activity_text": "Pelayanan"}
    whole = line(100, code="2.14.03.2.02", **coded)
    parts = [line(40, code=f"2.14.03.2.02.000{n}", **coded) for n in (1, 2)]
    table = funding_table(aligned([whole], parts))
    assert (table["province"].sum(), table["district"].sum()) == (100, 80)
    assert set(table["paid_by"]) == {"both"}
