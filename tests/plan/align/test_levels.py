"""Forms of different detail are compared at the level that both have."""

from itertools import permutations

import pytest

from kkbpk_geo.plan.align.alignment import align_plans
from kkbpk_geo.plan.decide.audit import replay_audit
from kkbpk_geo.plan.decide.resolve import resolve
from kkbpk_geo.plan.lines.plan import make_plan

KEGIATAN = "2.14.03.2.02"
FIRST, SECOND = f"{KEGIATAN}.0001", f"{KEGIATAN}.0002"


def line(code, budget, **more):
    return {
        "region_code": "18.10", "year": 2026, "code": code, "edition": "2023",
        "activity_text": f"Pekerjaan {code}", "budget": budget, "fund": "apbn", **more,
    }  # fmt: skip


def plan(*lines):
    return make_plan(list(lines), province_code="18")


def aligned(province, district, base=None):
    own = None if base is None else plan(*base)
    return align_plans(own, plan(*province), plan(*district))


def kinds(alignment):
    return list(alignment.table["kind"])


def codes(resolved):
    return sorted(resolved.plan.data["code"])


LEAVES = (line(FIRST, 30), line(SECOND, 70))


def test_a_kegiatan_agrees_with_sub_kegiatan_that_cost_as_much():
    found = aligned([line(KEGIATAN, 100)], LEAVES)
    assert kinds(found) == []
    assert (found.agreed, len(found.compared)) == (1, 1)


def test_what_is_agreed_is_merged_in_the_finer_detail_whoever_said_it():
    assert codes(resolve(aligned([line(KEGIATAN, 100)], LEAVES))) == [FIRST, SECOND]
    assert codes(resolve(aligned(LEAVES, [line(KEGIATAN, 100)]))) == [FIRST, SECOND]


def test_sums_that_differ_are_one_decision_about_the_difference():
    found = aligned([line(KEGIATAN, 90)], LEAVES)
    assert kinds(found) == ["level_differs"]
    (row,) = found.table.to_dict("records")
    assert (row["rupiah"], row["field"]) == (10, "line")
    assert (
        f"dibandingkan pada {KEGIATAN}: provinsi Rp 90, kabupaten/kota Rp 100"
        in (row["note"])
    )


def test_a_leaf_is_never_compared_with_the_sum_it_is_a_part_of():
    # One sub kegiatan costs what the kegiatan does; the other is the difference.
    found = aligned([line(KEGIATAN, 30)], LEAVES)
    assert kinds(found) == ["level_differs"]


def test_targets_of_two_levels_are_not_held_against_each_other():
    whole = line(KEGIATAN, 100, target=4.0, unit="document")
    parts = (line(FIRST, 30, target=9.0, unit="person"), line(SECOND, 70))
    assert kinds(aligned([whole], parts)) == []


def test_a_cancelled_line_is_in_no_sum():
    gone = line(f"{KEGIATAN}.0003", 500, status="cancelled")
    assert kinds(aligned([line(KEGIATAN, 100)], [*LEAVES, gone])) == []


def test_one_sub_kegiatan_is_held_against_its_kegiatan_as_a_sum():
    found = aligned([line(KEGIATAN, 100)], [line(FIRST, 40)])
    assert kinds(found) == ["level_differs"]


@pytest.mark.parametrize(
    "more", [{"region_code": "18.11"}, {"year": 2027}, {"edition": "2026"}]
)
def test_a_level_is_of_one_region_year_and_edition(more):
    found = aligned([line(KEGIATAN, 100, **more)], LEAVES)
    assert "level_differs" not in kinds(found)
    assert found.agreed == 0


def test_a_code_is_its_level_where_only_one_side_says_which_activity_it_is():
    two = (
        line(FIRST, 60, activity="group_coaching:bkb"),
        line(FIRST, 40, activity="group_coaching:bkr"),
    )
    assert kinds(aligned([line(FIRST, 100)], two)) == []
    assert kinds(aligned([line(FIRST, 90)], two)) == ["level_differs"]


def test_a_code_without_an_activity_is_matched_by_code_and_never_by_its_name():
    ours = line(FIRST, 30, activity_text="Penyusunan laporan")
    theirs = line(FIRST, 30, activity_text="Laporan pengendalian")
    assert kinds(aligned([ours], [theirs])) == []
    other = line(SECOND, 30, activity_text="Penyusunan laporan")
    assert kinds(aligned([ours], [other])) == ["missing_province", "missing_district"]


def test_exchanging_the_sides_exchanges_their_names_only():
    one = aligned([line(KEGIATAN, 90)], LEAVES).table
    other = aligned(LEAVES, [line(KEGIATAN, 90)]).table
    assert list(one["decision_id"]) == list(other["decision_id"])
    assert list(one["province"]) == list(other["district"])


@pytest.mark.parametrize("choice", ["province", "district", "base", None])
@pytest.mark.parametrize("base", [(), (line(KEGIATAN, 80),), (line(FIRST, 30),)])
@pytest.mark.parametrize("whole", [90, 100])
def test_merging_twice_is_merging_once(choice, base, whole):
    found = aligned([line(KEGIATAN, whole)], LEAVES, base)
    taken = []
    if choice:
        taken = [{"decision_id": x, "choice": choice} for x in found.table.decision_id]
    once = resolve(found, taken)
    assert replay_audit(found.base, once.audit).records() == once.plan.records()
    again = align_plans(once.plan, found.province, found.districts)
    twice = resolve(again, taken)
    assert twice.plan.records() == once.plan.records()
    assert len(twice.open) == len(once.open) or choice


def test_all_that_was_agreed_below_a_level_is_of_its_one_decision():
    # Of two leaves that were agreed one side keeps one, the other states the whole.
    found = aligned([line(KEGIATAN, 100)], [line(FIRST, 30)], LEAVES)
    (cell,) = found.cells
    assert (len(cell.base), len(cell.province), len(cell.district)) == (2, 1, 1)
    assert kinds(found) == ["changed_district"]


def test_the_order_of_lines_says_nothing():
    said = set()
    for lines in permutations((*LEAVES, line(f"{KEGIATAN}.0003", 5))):
        found = aligned([line(KEGIATAN, 90)], lines)
        said.add(str(resolve(found).open.to_dict("records")))
    assert len(said) == 1


def test_sums_of_districts_count_lines_that_are_compared_at_a_level():
    top = {"region_code": "18", "activity": "group_coaching:bkb", "year": 2026}
    whole = {**top, "target": 12.0, "unit": "group", "indicator_text": ""}
    part = line(FIRST, 30, activity="group_coaching:bkb", target=12.0, unit="group")
    found = aligned([whole, line(KEGIATAN, 30)], [part])
    assert "sum_differs" not in kinds(found)
    short = aligned([{**whole, "target": 13.0}, line(KEGIATAN, 30)], [part])
    assert "sum_differs" in kinds(short)
