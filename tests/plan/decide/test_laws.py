"""Laws of comparing and merging, on plans that nobody would think of."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from kkbpk_geo.plan.align.alignment import align_plans
from kkbpk_geo.plan.decide.audit import read_audit, replay_audit, write_audit
from kkbpk_geo.plan.decide.resolve import RULES, resolve
from kkbpk_geo.plan.lines.plan import make_plan
from kkbpk_geo.plan.lines.reading import read_plan
from kkbpk_geo.plan.lines.writing import write_plan

ORIGIN = ["source_file", "source_sheet", "source_row"]
WORK = ["Pembinaan kelompok BKB", "Pengadaan BKB Kit", "Sosialisasi khusus"]
lines = st.fixed_dictionaries(
    {
        "region_code": st.sampled_from(["18.10", "18.11", "18"]),
        "activity_text": st.sampled_from(WORK),
        "year": st.sampled_from([2026, 2026, 2027]),
        "quarter": st.none() | st.integers(1, 4),
        "target": st.none() | st.sampled_from([10.0, 12.5, 20.0]),
        "unit": st.sampled_from(["", "group", "percent"]),
        "budget": st.none() | st.sampled_from([0, 1_250_000, 10**13]),
        "fund": st.sampled_from(["", "apbn", "bokb"]),
        "responsible": st.sampled_from(["", "Bidang KS", "Dinas PPKB"]),
        "status": st.sampled_from(["", "planned", "done"]),
        "realised": st.none() | st.just(7.0),
        "spent": st.none() | st.just(5),
        "CATATAN LAIN": st.sampled_from(["", "=1+1", "lihat usulan"]),
    }
)
plans = st.lists(lines, max_size=5)
edits = st.sampled_from(
    [{}, {}, {"target": 20.0}, {"target": 30.0}, {"quarter": 2}, {"quarter": 3},
     {"budget": 7}, {"fund": "dak"}, {"unit": "group"}, None]
)  # fmt: skip
words = st.sampled_from(["province", "district", "base", None])
choices = st.lists(words, min_size=12, max_size=12)
rules = st.sets(st.sampled_from(RULES))


@st.composite
def versions(draw):
    """Rows of three plans that come from one: changed, dropped and added."""
    rows = draw(st.lists(lines, max_size=4))
    found = [rows]
    for _ in range(2):
        changes = draw(st.lists(edits, min_size=len(rows), max_size=len(rows)))
        kept = [{**r, **c} for r, c in zip(rows, changes, strict=True) if c is not None]
        more = draw(st.lists(lines, max_size=1))
        found.append([*kept, *more])
    return tuple(found)


# Several lines about one work at one time, told apart by fund, unit and amounts only.
crowded = st.fixed_dictionaries(
    {
        "region_code": st.just("18.10"),
        "activity_text": st.just("Pelayanan KB MKJP"),
        "year": st.just(2026),
        "quarter": st.sampled_from([1, 1, 1, 2, None]),
        "target": st.sampled_from([20.0, 20.0, 10.0, None]),
        "unit": st.sampled_from(["group", "person", ""]),
        "budget": st.sampled_from([1_000_000, 1_000_000, 0, None]),
        "fund": st.sampled_from(["apbn", "bokb", "dak", ""]),
    }
)
crowds = st.lists(crowded, max_size=4)
triples = (
    versions()
    | st.tuples(plans, plans, plans)
    | st.tuples(crowds, crowds, crowds)
    | st.tuples(st.just([]), crowds, crowds)
)


def built(rows):
    """Make a plan of rows; in the test, so that drawing stays cheap and pure."""
    return make_plan(rows, province_code="18")


def same(one, other):
    pd.testing.assert_frame_equal(one.data, other.data)


def content(plan):
    """What a plan says, whatever the order of its lines and where they came from."""
    rows = plan.data.drop(columns=ORIGIN).astype(str).to_dict("records")
    return sorted(str(sorted(row.items())) for row in rows)


def swapped(word):
    return {"province": "district", "district": "province"}.get(word, word)


def other_side(kind):
    for one, two in (("province", "district"), ("district", "province")):
        if one in kind.split("_"):
            return kind.replace(one, two)
    return kind


def decide(alignment, choose):
    return [
        {"decision_id": key, "choice": choose(i)}
        for i, key in enumerate(sorted(alignment.table["decision_id"]))
        if not key.endswith("|note") and choose(i)
    ]


@given(plans)
def test_a_plan_agrees_with_itself_and_merging_nothing_gives_it_back(rows):
    plan = built(rows)
    alignment = align_plans(plan, plan, plan)
    concerns = {"sum_differs", "double_funding", "unit_differs"}
    assert set(alignment.table["kind"]) <= concerns
    merged = resolve(alignment)
    same(merged.plan, plan)
    assert merged.audit.empty


@given(triples)
def test_every_line_of_every_plan_is_compared_exactly_once(three):
    base, province, district = map(built, three)
    alignment = align_plans(base, province, district)
    for side, plan in (("base", base), ("province", province), ("district", district)):
        ids = [line.id for cell in alignment.cells for line in cell.of(side)]
        assert sorted(ids) == sorted(plan.data["line_id"])
    assert len({cell.id for cell in alignment.cells}) == len(alignment.cells)


@settings(max_examples=25)
@given(triples, choices)
def test_exchanging_the_sides_exchanges_their_names_only(three, chosen):
    base, one, two = map(built, three)
    here, there = align_plans(base, one, two), align_plans(base, two, one)
    kinds = dict(zip(here.table["decision_id"], here.table["kind"], strict=True))
    others = dict(zip(there.table["decision_id"], there.table["kind"], strict=True))
    assert kinds == {key: other_side(kind) for key, kind in others.items()}
    left = resolve(here, decide(here, lambda i: chosen[i % 12]))
    right = resolve(there, decide(there, lambda i: swapped(chosen[i % 12])))
    assert content(left.plan) == content(right.plan)


def unanswered(merged):
    """What a merge leaves open, by what the sides say: ids may have moved on."""
    left = set(merged.open["decision_id"])
    asked = merged.alignment.comparison.questions()
    return {each.mark for each in asked if each.id in left}


@settings(max_examples=40)
@given(triples, choices, rules)
def test_merging_twice_is_merging_once(three, chosen, accept):
    base, province, district = map(built, three)
    first = align_plans(base, province, district)
    decisions = decide(first, lambda i: chosen[i % 12])
    once = resolve(first, decisions, accept=accept)
    after = align_plans(once.plan, province, district)
    again = resolve(after, decisions, accept=accept)
    same(again.plan, once.plan)
    assert again.plan.settled == once.plan.settled
    assert unanswered(again) >= unanswered(once)


@settings(max_examples=25)
@given(triples, choices)
def test_the_trail_replays_to_the_merged_plan_and_names_every_change(three, chosen):
    base, province, district = map(built, three)
    alignment = align_plans(base, province, district)
    merged = resolve(alignment, decide(alignment, lambda i: chosen[i % 12]))
    same(replay_audit(base, merged.audit), merged.plan)
    touched = set(merged.audit["line_id"])
    before = {row["line_id"]: row for row in base.data.astype(str).to_dict("records")}
    after = merged.plan.data.astype(str).to_dict("records")
    assert {row["line_id"] for row in after} | touched >= set(before)
    for row in after:
        if row["line_id"] not in touched:
            assert row == {**row, **before[row["line_id"]]}


@settings(max_examples=30)
@given(plans)
def test_a_plan_goes_through_a_workbook_unchanged(tmp_path_factory, rows):
    if not rows:
        return
    plan = built(rows)
    path = tmp_path_factory.mktemp("rencana") / "rencana.xlsx"
    back = read_plan(write_plan(plan, path))
    drop = ["BERKAS ASAL", "LEMBAR ASAL", "BARIS ASAL"]
    pd.testing.assert_frame_equal(
        back.data.drop(columns=[*ORIGIN, *drop]), plan.data.drop(columns=ORIGIN)
    )
    assert [str(row) for row in plan.data["source_row"]] == list(
        back.data["BARIS ASAL"]
    )


@settings(max_examples=20)
@given(plans, plans)
def test_a_trail_goes_through_a_workbook_unchanged(tmp_path_factory, rows, more):
    base, other = built(rows), built(more)
    merged = resolve(align_plans(base, other, other))
    path = tmp_path_factory.mktemp("jejak") / "jejak.xlsx"
    pd.testing.assert_frame_equal(
        read_audit(write_audit(merged.audit, path)), merged.audit
    )
