"""Three plans compared: each kind of difference, on lines that fit on the screen."""

import pandas as pd
import pytest

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.plan.align.alignment import align_plans
from kkbpk_geo.plan.lines.plan import make_plan
from kkbpk_geo.plan.year.on_map import map_frame

COACHING, KITS = "Pembinaan kelompok BKB", "Pengadaan BKB Kit"


def line(region="18.10", work=COACHING, quarter=1, **more):
    return {
        "region_code": region, "activity_text": work, "year": 2026, "quarter": quarter,
        "target": 10.0, "unit": "group", "budget": 1000, "fund": "bokb", **more,
    }  # fmt: skip


def plan(*lines):
    return make_plan(list(lines), province_code="18")


def decisions(base, province, district, **options):
    """Compare plans given as lists of lines; kind, field and texts of each decision."""
    last = None if base is None else plan(*base)
    got = align_plans(last, plan(*province), plan(*district), **options)
    columns = ["kind", "field", "base", "province", "district", "proposal"]
    return [tuple(row) for row in got.table[columns].itertuples(index=False)]


def gaps(*rows):
    names = ["region_code", "service", "gap", "coverage"]
    return pd.DataFrame(rows, columns=names)


# --- a line in three plans ------------------------------------------------------------


def test_what_both_sides_say_alike_is_agreed_also_if_it_is_new():
    changed = line(target=12.0)
    assert decisions([line()], [changed], [changed]) == []
    assert decisions(None, [line()], [line()]) == []


def test_a_change_by_one_side_is_a_decision_with_a_proposal():
    assert decisions([line()], [line(target=12.0)], [line()]) == [
        ("changed_province", "target", "10 kelompok", "12 kelompok", "10 kelompok",
         "province"),
    ]  # fmt: skip
    assert decisions([line()], [line()], [line(budget=1500)]) == [
        ("changed_district", "budget", "Rp 1.000", "Rp 1.000", "Rp 1.500", "district"),
    ]


def test_a_change_by_both_is_a_conflict_and_nothing_is_proposed():
    assert decisions([line()], [line(target=12.0)], [line(target=15.0)]) == [
        ("conflict", "target", "10 kelompok", "12 kelompok", "15 kelompok", ""),
    ]


def test_a_blank_cell_states_nothing():
    assert decisions([line()], [line(budget=None)], [line(target=None)]) == []
    assert decisions(None, [line(budget=None)], [line()]) == []


def test_units_are_told_apart_and_an_unstated_unit_is_the_others():
    got = decisions(None, [line(unit="percent", target=70.0)], [line(unit="person")])
    assert got == [("unit_differs", "target", "–", "70 %", "10 orang", "")]
    assert decisions(None, [line(unit="")], [line()]) == []


def test_a_line_that_was_moved_is_the_same_line_at_another_time():
    got = decisions([line()], [line(quarter=2)], [line(quarter=3)])
    assert got == [
        ("period_differs", "period", "TW I 2026", "TW II 2026", "TW III 2026", ""),
    ]
    got = decisions([line()], [line(quarter=2)], [line()])
    assert [row[:2] for row in got] == [("changed_province", "period")]


def test_a_year_here_and_quarters_there_are_one_decision():
    year = line(quarter=None, target=40.0)
    got = decisions(None, [year], [line(quarter=q) for q in (1, 2, 3, 4)])
    (found,) = got
    assert found[:2] == ("period_differs", "line")
    assert found[3] == "2026, 40 kelompok, Rp 1.000, BOKB"
    assert found[4].startswith("TW I 2026, 10 kelompok")


def test_two_sources_for_one_line_are_double_funding():
    got = decisions([line()], [line(fund="apbn")], [line(fund="apbd_kab")])
    assert got == [
        ("double_funding", "fund", "BOKB", "APBN", "APBD kabupaten/kota", ""),
    ]
    unpaid = decisions([line()], [line(fund="apbn")], [line(fund="dak", budget=0)])
    assert ("conflict", "fund") in [row[:2] for row in unpaid]


def test_two_sources_in_one_plan_are_double_funding_once_for_both_plans():
    both = [line(), line(fund="apbn")]
    got = decisions(both, both, both)
    assert [row[:2] for row in got] == [("double_funding", "line")]


# --- lines that only one side has -----------------------------------------------------


def test_a_line_that_one_side_lacks_is_missing_there():
    other = line(quarter=2, work=KITS)
    (found,) = decisions([line()], [line(), other], [line()])
    assert found[0] == "missing_district"
    assert found[4:] == ("tidak ada baris", "province")
    (found,) = decisions([line()], [line()], [line(), other])
    assert (found[0], found[5]) == ("missing_province", "district")


def test_a_line_that_one_side_dropped_was_changed_by_it():
    other = line(work=KITS)
    (found,) = decisions([line(), other], [line(), other], [line()])
    assert found[:2] == ("changed_district", "line")
    assert decisions([line(), other], [line()], [line()]) == []  # both dropped it


def test_dropped_here_and_changed_there_is_a_conflict():
    other = line(work=KITS)
    (found,) = decisions([line(), other], [line()], [line(), {**other, "target": 9.0}])
    assert found[:2] == ("conflict", "line")


def test_a_plan_that_says_nothing_about_a_district_has_not_deleted_its_lines():
    base = [line(), line("18.11")]
    (found,) = decisions(base, [line()], base)
    assert found == ("no_province_plan", "line", "1 baris, Rp 1.000",
                     "belum ada rencana", "1 baris, Rp 1.000", "")  # fmt: skip
    got = decisions(base, [line()], [line(), line("18.11", target=12.0)])
    assert [row[:2] for row in got] == [
        ("no_province_plan", "line"), ("changed_district", "target"),
    ]  # fmt: skip


def test_lines_of_another_year_are_left_alone():
    assert decisions([line(year=2025)], [line()], [line()]) == []


def test_near_matches_are_named_and_never_applied():
    one, two = line(work="Lomba kader teladan"), line(work="Lomba kader teladan KB")
    got = align_plans(None, plan(line(), one), plan(line(), two))
    assert list(got.table["kind"]) == ["missing_province", "missing_district"]
    assert got.table["note"].iloc[0] == (
        'Mirip dengan "Lomba kader teladan" (TW I 2026, 10 kelompok, Rp 1.000, BOKB); '
        "periksa apakah sama."
    )


# --- plans that were not handed in ----------------------------------------------------


def test_a_plan_that_was_not_handed_in_agrees_with_nothing():
    base = plan(line(), line("18.11"), line("18.12"))
    got = align_plans(base, plan(line(), line("18.11")), plan(line(), line("18.12")))
    where = ["18.10", "18.11", "18.12", "18.13"]
    assert list(got.regions.loc[where, "status"]) == [
        "", "no_district_plan", "no_province_plan", "no_plan",
    ]  # fmt: skip
    shares = got.regions.loc[where, "aligned_share"]
    assert shares.iloc[0] == 100
    assert shares.iloc[1:].isna().all()  # neither 0 nor 100
    assert (got.agreed, len(got.compared), len(got.cells)) == (1, 1, 3)
    assert "1 dari 1 baris rencana sudah selaras" in got.summary()
    # Where nobody has a line there is nothing to decide, but it is said.
    assert list(got.table["kind"]) == ["no_province_plan", "no_district_plan"]
    assert "18.13" not in set(got.table["region_code"])
    assert got.absent("district")[:1] == ["Lampung Selatan"]
    assert "Mesuji" in got.absent("district")
    assert "Mesuji" not in got.absent("province")


def test_a_missing_plan_weighs_what_the_plan_that_says_most_would_pay():
    # 300 + 400 in the last plan, 500 + 600 in the province's: 1,100, not their sum
    # and not the largest line
    base = plan(line("18.11", budget=300), line("18.11", quarter=2, budget=400))
    province = plan(line("18.11", budget=500), line("18.11", quarter=2, budget=600))
    got = align_plans(base, province, plan(line()))
    (concern,) = [c for c in got.concerns if c.region == "18.11"]
    assert (concern.kind, concern.rupiah) == ("no_district_plan", 1100)


def test_a_plan_that_nobody_handed_in_is_one_decision():
    got = decisions([line(), line("18.11")], [line()], [line()])
    assert got == [
        ("no_plan", "line", "1 baris, Rp 1.000", "belum ada rencana",
         "belum ada rencana", ""),
    ]  # fmt: skip


def test_missing_plans_stand_before_every_other_decision():
    base = [line(), line("18.11")]
    got = decisions(base, [line(target=12.0)], [line(target=15.0), line("18.11")])
    assert [row[0] for row in got] == ["no_province_plan", "conflict"]


def test_the_map_has_no_figure_where_nothing_was_compared():
    got = align_plans(None, plan(line(), line("18.11")), plan(line()))
    frame = map_frame(alignment=got.regions, regions=["18.10", "18.11"])
    assert list(frame.loc["18.10", ["aligned_share", "agreed", "lines"]]) == [100, 1, 1]
    shown = ["aligned_share", "agreed", "lines", "conflicts", "double_funding"]
    assert frame.loc["18.11", shown].isna().all()
    assert frame.loc["18.11", "decisions"] == 2  # the plan, and the line


# --- several lines about one work -----------------------------------------------------


def test_lines_pair_by_unit_and_amount_where_no_fund_is_the_same():
    one = line(unit="person", budget=None, fund="")
    got = align_plans(None, plan(one, line()), plan(line(fund="apbn")))
    assert list(zip(got.table["kind"], got.table["province"], strict=True)) == [
        ("double_funding", "BOKB"), ("missing_district", "TW I 2026, 10 orang"),
    ]  # fmt: skip


def test_two_lines_of_the_base_are_told_apart_by_fund_whichever_side_is_which():
    base = [line(target=None), line(target=None, fund="apbn")]
    one, two = line(budget=0), line(budget=None, fund="apbn")
    here, there = decisions(base, [one], [two]), decisions(base, [two], [one])
    last = "TW I 2026, Rp 1.000, APBN; TW I 2026, Rp 1.000, BOKB"
    ours = "TW I 2026, 10 kelompok, Rp 0, BOKB"
    theirs = "TW I 2026, 10 kelompok, APBN"
    assert here == [("conflict", "line", last, ours, theirs, "")]
    assert there == [("conflict", "line", last, theirs, ours, "")]


# --- sums and needs -------------------------------------------------------------------


def test_a_target_of_the_province_is_held_against_the_sum_of_the_districts():
    top = line("18", quarter=None, target=30.0, budget=0)
    below = [line(), line("18.11"), line("18.12")]
    assert decisions(None, [top, *below], below) == []
    got = decisions(None, [{**top, "target": 31.0}, *below], below)
    assert got == [("sum_differs", "target", "–", "31 kelompok", "30 kelompok", "")]


def test_cancelled_lines_are_in_no_sum():
    top = line("18", quarter=None, target=10.0, budget=0)
    gone = line("18.11", status="cancelled")
    assert decisions(None, [top, line(), gone], [line(), gone]) == []


@pytest.mark.parametrize(("stated", "kinds"), [(20.0, []), (40.0, ["sum_differs"])])
def test_a_districts_total_for_the_year_is_not_added_to_its_quarters(stated, kinds):
    top = line("18", quarter=None, target=stated, budget=0)
    below = [line(quarter=None, target=20.0), line(), line(quarter=2)]
    got = decisions(None, [top, *below], below)
    assert [row[0] for row in got] == kinds
    if kinds:
        assert got[0][3:5] == ("40 kelompok", "20 kelompok")


def test_totals_that_both_sides_state_are_two_decisions():
    rows = [line("18", quarter=None, target=100.0), line(), line("18.11")]
    ids = align_plans(None, plan(*rows), plan(*rows)).table["decision_id"]
    assert len(ids) == len(set(ids)) == 2


def test_a_sum_of_tenths_has_no_binary_noise():
    top = line("18", quarter=None, target=0.3, unit="package")
    below = [line(r, target=0.1, unit="package") for r in ("18.01", "18.02", "18.03")]
    assert decisions(None, [top, *below], below) == []


def test_percentages_are_not_added_and_mixed_units_are_told():
    below = [line(unit="percent"), line("18.11", unit="percent")]
    top = line("18", quarter=None, target=80.0, unit="percent")
    assert decisions(None, [top, *below], below) == []
    mixed = {**top, "unit": "group"}
    (found,) = decisions(None, [mixed, *below], below)
    assert found[0] == "unit_differs"


def test_work_for_a_gap_that_is_closed_is_told_and_coaching_is_not():
    both = [line(work=KITS), line()]
    closed = gaps(("18.10", "kit:bkb", 0, 1.0), ("18.10", "reporting:bkb", 0, 1.0))
    got = decisions(both, both, both, gaps=closed)
    assert [row[:2] for row in got] == [("without_need", "line")]
    unknown = gaps(("18.10", "kit:bkb", pd.NA, pd.NA))
    assert decisions(both, both, both, gaps=unknown) == []


def test_a_red_need_without_work_is_told_and_a_mild_one_is_not():
    both = [line()]
    red = gaps(("18.10", "kit:bkb", 5, 0.5), ("18.11", "kit:bkb", 1, 0.9))
    got = align_plans(plan(*both), plan(*both), plan(*both), gaps=red)
    assert list(got.table["kind"]) == ["need_without_activity"]
    assert got.table["note"].iloc[0] == "Belum ada kegiatan: sediakan 5 BKB Kit."
    assert list(got.regions.loc[["18.10", "18.11"], "unfunded_need"]) == [1, 0]


def test_a_planned_need_without_money_is_unfunded_but_not_without_work():
    both = [line(work=KITS, budget=None)]
    red = gaps(("18.10", "kit:bkb", 5, 0.5))
    got = align_plans(plan(*both), plan(*both), plan(*both), gaps=red)
    assert got.table.empty
    assert got.regions.loc["18.10", "unfunded_need"] == 1


# --- what is handed on ----------------------------------------------------------------


def test_decisions_stand_in_the_order_of_their_consequences():
    base = [line(), line("18.11"), line("18.12"), line("18.13")]
    province = [line(target=12.0), line("18.11", target=12.0, budget=9000),
                line("18.12", budget=5000), line("18.13")]  # fmt: skip
    district = [line(target=14.0), line("18.11", target=14.0, budget=9000),
                line("18.12"), line("18.13"), line("18.13", work=KITS)]  # fmt: skip
    got = align_plans(plan(*base), plan(*province), plan(*district)).table
    assert list(zip(got["kind"], got["region_code"], strict=True)) == [
        ("conflict", "18.11"), ("conflict", "18.10"), ("missing_province", "18.13"),
        ("changed_province", "18.12"),
    ]  # fmt: skip
    assert list(got["rupiah"]) == [9000, 1000, 1000, 4000]


def test_every_district_of_the_province_gets_its_row_for_the_map():
    got = align_plans(plan(line()), plan(line(target=12.0)), plan(line())).regions
    assert len(got) == 15
    assert got.index.name == "region_code"
    assert got.loc["18.10", ["lines", "agreed", "decisions"]].tolist() == [1, 0, 1]
    assert got.loc["18.10", "aligned_share"] == 0
    assert pd.isna(got.loc["18.11", "aligned_share"])  # no plan is not 0 %
    assert got["unfunded_need"].isna().all()  # no gap scores, nothing said


def test_lines_without_a_region_are_listed_not_lost():
    got = align_plans(None, plan(line(), line("")), plan(line()))
    assert list(got.unplaced["side"]) == ["province"]
    assert len(got.cells) == 1


def test_plans_of_the_districts_may_come_one_by_one():
    base = plan(line(), line("18.11"))
    parts = [plan(line()), plan(line("18.11"))]
    assert align_plans(base, base, parts).table.empty


def test_both_languages_say_the_same():
    got = align_plans(plan(line()), plan(line(target=12.0)), plan(line()),
                      language="en")  # fmt: skip
    assert got.table["province"].tolist() == ["12 groups"]
    assert got.summary("en") == (
        "0 of 1 plan lines agree; 1 decisions are to be taken (changed by the province "
        "only: 1). Lines without a region: 0. Without a plan of their own: 14 "
        "districts; not in the province's plan: 14."
    )
    assert got.summary() == (
        "0 dari 1 baris rencana sudah selaras; 1 keputusan perlu diambil (diubah "
        "provinsi saja: 1). Baris tanpa wilayah: 0. Belum menyampaikan rencana: 14 "
        "kabupaten/kota; tidak ada dalam rencana provinsi: 14."
    )
    bad = align_plans(None, plan(line(work="<b>x")), plan(line()))
    assert "<b>x" not in bad._repr_html_()


def test_a_share_that_is_none_is_refused():
    with pytest.raises(PlanError) as err:
        align_plans(None, plan(line()), plan(line()), red=80)
    assert str(err.value) == (
        "red is 80; expected a share above 0 and up to 1, such as 0.8."
    )


def test_plans_of_two_provinces_are_refused():
    other = make_plan([line("17.01")], province_code="17")
    with pytest.raises(PlanError) as err:
        align_plans(None, plan(line()), other)
    assert str(err.value) == (
        "the plans are of different provinces: ['17', '18']. Compare plans of one "
        "province, or state it when reading them."
    )


def test_an_alignment_holds_one_comparison_and_another_language_takes_it_as_it_is():
    own = plan(line())
    alignment = align_plans(own, own, own)
    english = alignment.in_language("en")
    assert english.comparison is alignment.comparison
    assert english.near is alignment.near
    assert alignment.cells is alignment.comparison.cells
    assert alignment.compared == alignment.comparison.compared
