"""The audit trail: what it was, what it became, who, why; and it can be replayed."""

import json

import pandas as pd
import pytest

from kkbpk_geo.base.errors import CellError, PersonError, PlanError
from kkbpk_geo.plan.align.alignment import align_plans
from kkbpk_geo.plan.decide.audit import read_audit, readable, replay_audit, write_audit
from kkbpk_geo.plan.decide.resolve import resolve
from kkbpk_geo.plan.lines.plan import make_plan

LINE = {
    "region_code": "18.10", "activity_text": "Pembinaan kelompok BKB", "year": 2026,
    "quarter": 1, "target": 10.0, "unit": "group", "budget": 1000, "fund": "bokb",
}  # fmt: skip
ID = "18.10:group_coaching:bkb:2026-Q1"


def plan(*lines):
    return make_plan(list(lines), province_code="18")


@pytest.fixture
def merged():
    base = plan(LINE)
    alignment = align_plans(base, plan({**LINE, "target": 12.0}),
                            plan({**LINE, "target": 15.0}))  # fmt: skip
    decision = {"decision_id": f"{ID}|target", "choice": "district", "why": "data K/0"}
    return resolve(alignment, [decision], decided_by="Rakerda 2026")


def test_a_step_says_what_it_was_what_it_became_who_decided_and_why(merged):
    (step,) = merged.audit.to_dict("records")
    assert step == {
        "step": 1, "line_id": ID, "region_code": "18.10", "field": "target",
        "was": '[10.0, "group"]', "became": '[15.0, "group"]', "how": "decided",
        "side": "district", "kind": "conflict", "decision_id": f"{ID}|target",
        "who": "Rakerda 2026", "why": "data K/0",
    }  # fmt: skip


def test_a_new_line_is_on_record_as_a_whole_and_replays(tmp_path):
    alignment = align_plans(None, plan(LINE), plan(LINE))
    merged = resolve(alignment)
    (step,) = merged.audit.to_dict("records")
    assert step["was"] == "null"
    assert json.loads(step["became"])["budget"] == 1000
    back = read_audit(write_audit(merged.audit, tmp_path / "jejak.xlsx"))
    pd.testing.assert_frame_equal(back, merged.audit)
    replayed = replay_audit(alignment.base, back)
    pd.testing.assert_frame_equal(replayed.data, merged.plan.data)


def older(text):
    """What a line of a trail was before plans had codes."""
    said = json.loads(text)
    return json.dumps({name: said[name] for name in said if name != "code"})


@pytest.mark.parametrize("code", ["", "2.14.03.2.02.0001"])
def test_a_trail_from_before_a_column_replays_where_that_column_is_empty(code):
    base = plan({**LINE, "code": code}, {**LINE, "quarter": 2})
    kept = plan({**LINE, "quarter": 2})
    merged = resolve(align_plans(base, kept, kept))
    trail = merged.audit.assign(was=[older(merged.audit["was"][0])])
    if code:
        with pytest.raises(PlanError, match="has another line than the trail"):
            replay_audit(base, trail)
    else:
        assert replay_audit(base, trail).records() == merged.plan.records()


def test_a_trail_is_refused_on_a_plan_that_it_was_not_made_from(merged):
    other = plan({**LINE, "target": 11.0})
    with pytest.raises(PlanError) as err:
        replay_audit(other, merged.audit)
    assert str(err.value) == (
        f"audit trail, step 1: line {ID!r} has another target than the trail has on "
        "record. Replay it on the plan that it was made from."
    )
    with pytest.raises(PlanError, match="has another line than the trail"):
        replay_audit(plan(), merged.audit)


def test_a_trail_that_adds_a_line_which_is_there_already_is_refused():
    merged = resolve(align_plans(None, plan(LINE), plan(LINE)))
    with pytest.raises(PlanError, match="has another line than the trail"):
        replay_audit(plan(LINE), merged.audit)


@pytest.mark.parametrize("why", ["hubungi 0812 3456 7890", 1.5e15])
def test_the_reasons_of_a_meeting_hold_no_identity_numbers(why):
    alignment = align_plans(plan(LINE), plan({**LINE, "target": 12.0}), plan(LINE))
    decision = {"decision_id": f"{ID}|target", "choice": "province", "why": why}
    with pytest.raises(CellError) as caught:
        resolve(alignment, [decision])
    assert str(caught.value) == (
        "decisions: row 1, column 'Alasan' is '•••'; expected a reason without a "
        "number of a person. Take the number out; it is kept nowhere."
    )


def test_who_decided_is_no_person_with_a_number():
    alignment = align_plans(plan(LINE), plan(LINE), plan(LINE))
    with pytest.raises(PersonError) as caught:
        resolve(alignment, decided_by="Budi 0812 3456 7890")
    assert str(caught.value) == (
        "decided_by holds a number of a person; give the name of an office, a meeting "
        "or a reason only."
    )


def test_people_read_words_not_json(merged):
    assert readable("target", '[15.0, "group"]') == "15 kelompok"
    assert readable("target", '[15.0, "group"]', "en") == "15 groups"
    assert readable("budget", "null") == "–"
    assert readable("line", "null") == "tidak ada baris"
    new = resolve(align_plans(None, plan(LINE), plan(LINE))).audit["became"].iloc[0]
    assert readable("line", new) == (
        "Pembinaan kelompok BKB, TW I 2026, 10 kelompok, Rp 1.000, BOKB"
    )
    assert len(merged.plan.data) == 1


def test_the_same_trail_gives_the_same_bytes_and_runs_no_formula(tmp_path):
    text = {**LINE, "activity_text": "=HYPERLINK(1)"}
    audit = resolve(align_plans(None, plan(text), plan(text))).audit
    one = write_audit(audit, tmp_path / "a.xlsx").read_bytes()
    assert one == write_audit(audit, tmp_path / "b.xlsx").read_bytes()
    from openpyxl import load_workbook

    cells = [c for row in load_workbook(tmp_path / "a.xlsx").active for c in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert any(str(cell.value).startswith("'=HYPERLINK(1)") for cell in cells)


def test_a_sheet_that_is_no_trail_is_refused(tmp_path):
    from xlsxwriter import Workbook

    with Workbook(tmp_path / "x.xlsx") as book:
        book.add_worksheet("Jejak").write(0, 0, "apa saja")
    with pytest.raises(PlanError) as err:
        read_audit(tmp_path / "x.xlsx")
    assert str(err.value) == (
        "x.xlsx: sheet 'Jejak' is no audit trail of this package."
    )
