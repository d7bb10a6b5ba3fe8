"""Merging by decisions: what was decided, what was agreed, and nothing else."""

import pandas as pd
import pytest

from kkbpk_geo.base.errors import CellError, PlanError
from kkbpk_geo.findings.words import finding_text
from kkbpk_geo.intake.reading import read_table
from kkbpk_geo.plan.align.alignment import align_plans
from kkbpk_geo.plan.decide.resolve import resolve
from kkbpk_geo.plan.lines.plan import make_plan
from kkbpk_geo.plan.lines.reading import combine_plans, read_plan
from kkbpk_geo.plan.lines.writing import write_plan

COACHING = "Pembinaan kelompok BKB"


def line(region="18.10", work=COACHING, quarter=1, **more):
    return {
        "region_code": region, "activity_text": work, "year": 2026, "quarter": quarter,
        "target": 10.0, "unit": "group", "budget": 1000, "fund": "bokb", **more,
    }  # fmt: skip


def plan(*lines):
    return make_plan(list(lines), province_code="18")


def aligned(base, province, district):
    return align_plans(None if base is None else plan(*base), plan(*province),
                       plan(*district))  # fmt: skip


CONFLICT = ([line()], [line(target=12.0)], [line(target=15.0)])


def decide(alignment, choice, **more):
    (key,) = alignment.table["decision_id"]
    return resolve(alignment, [{"decision_id": key, "choice": choice, **more}],
                   decided_by="Rakerda 2026")  # fmt: skip


def only(resolved):
    (row,) = resolved.plan.records()
    return row


@pytest.mark.parametrize(
    ("choice", "target"), [("province", 12.0), ("district", 15.0), ("base", 10.0)]
)
def test_a_conflict_takes_the_side_that_was_chosen(choice, target):
    got = decide(aligned(*CONFLICT), choice)
    assert only(got)["target"] == target
    assert got.open.empty


def test_what_is_not_decided_stays_as_it_was_and_stays_open():
    got = resolve(aligned(*CONFLICT))
    assert only(got)["target"] == 10.0
    assert len(got.open) == 1
    assert got.audit.empty


def test_without_an_earlier_plan_an_open_figure_is_missing_not_guessed():
    got = resolve(aligned(None, *CONFLICT[1:]))
    assert only(got)["target"] is None
    assert only(got)["budget"] == 1000  # both say so
    assert list(got.open["field"]) == ["target"]


def test_a_line_without_an_agreed_time_waits_as_a_whole():
    alignment = aligned(None, [line()], [line(quarter=2)])
    assert resolve(alignment).plan.data.empty
    got = decide(alignment, "district")
    assert (only(got)["quarter"], only(got)["line_id"]) == (
        2, "18.10:group_coaching:bkb:2026-Q1",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "there", "value", "expected"),
    [
        ("target", {"target": 12.0}, "13 orang", {"target": 13.0, "unit": "person"}),
        ("target", {"target": 12.0}, 13, {"target": 13.0, "unit": "group"}),
        ("budget", {"budget": 2000}, "Rp 1.500,00", {"budget": 1500}),
        ("period", {"quarter": 2}, "TW III", {"year": 2026, "quarter": 3}),
        ("period", {"quarter": 2}, "Mei 2026", {"quarter": 2, "month": 5}),
        ("fund", {"fund": "apbn"}, "DAK", {"fund": "dak", "fund_text": "DAK"}),
        ("status", {"status": "done"}, "Berjalan", {"status": "running"}),
        ("responsible", {"responsible": "Bidang KB"}, "Bidang KS",
         {"responsible": "Bidang KS"}),
        ("realised", {"realised": 4.0}, "5,5", {"realised": 5.5}),
        ("spent", {"spent": 40}, 50, {"spent": 50}),
    ],
)  # fmt: skip
def test_another_value_is_read_like_a_cell_of_a_plan(field, there, value, expected):
    base = line(status="planned", responsible="Dinas PPKB", realised=1.0, spent=1)
    alignment = aligned([base], [{**base, **there}], [base])
    assert list(alignment.table["field"]) == [field]
    got = only(decide(alignment, "Nilai lain", value=value))
    assert {name: got[name] for name in expected} == expected


def test_a_line_comes_or_stays_away_as_decided():
    new = line(quarter=2, work="Pengadaan BKB Kit")
    alignment = aligned([line()], [line(), new], [line()])
    assert len(decide(alignment, "Provinsi").plan.data) == 2
    assert len(decide(alignment, "Kabupaten/kota").plan.data) == 1
    assert len(resolve(alignment).plan.data) == 1


def test_a_line_goes_as_decided():
    alignment = aligned([line(), line(quarter=2)], [line(), line(quarter=2)], [line()])
    assert len(decide(alignment, "district").plan.data) == 1
    assert len(decide(alignment, "province").plan.data) == 2


def test_a_year_gives_way_to_its_quarters_as_decided():
    alignment = aligned(None, [line(quarter=None, target=40.0)],
                        [line(quarter=q) for q in (1, 2, 3, 4)])  # fmt: skip
    assert list(decide(alignment, "district").plan.data["quarter"]) == [1, 2, 3, 4]
    assert list(decide(alignment, "province").plan.data["target"]) == [40.0]


def test_proposals_are_taken_by_rule_only_if_asked_and_on_record():
    alignment = aligned([line()], [line(target=12.0)], [line()])
    assert only(resolve(alignment))["target"] == 10.0
    got = resolve(alignment, accept=["changed_province"], decided_by="Rakerda")
    assert only(got)["target"] == 12.0
    assert list(got.audit["how"]) == ["rule"]


def test_a_rule_does_not_undo_what_was_decided_when_the_base_was_merged():
    base = [line(quarter=q) for q in (1, 2, 3)]
    province = plan(line(target=12.0), line(quarter=2), line(quarter=3, target=20.0))
    district = plan(line(), line(quarter=2, target=15.0), line(quarter=3, target=30.0))
    first = align_plans(plan(*base), province, district)
    (conflict,) = [x for x in first.table["decision_id"] if "Q3" in x]
    both = ["changed_province", "changed_district"]
    taken = [{"decision_id": conflict, "choice": "province"}]
    once = resolve(first, taken, accept=both)
    assert list(once.plan.data["target"]) == [12.0, 15.0, 20.0]
    after = align_plans(once.plan, province, district)
    assert list(after.table["proposal"]) == ["", "", ""]
    assert set(after.table["note"]) == {
        "Sudah diputuskan pada penggabungan sebelumnya; sejak itu kedua pihak tidak "
        "mengubah rencananya."
    }
    assert set(after.in_language("en").table["note"]) == {
        "Decided in an earlier merge; neither side has changed its plan since."
    }
    again = resolve(after, accept=both)
    pd.testing.assert_frame_equal(again.plan.data, once.plan.data)
    news = plan(line(target=13.0), line(quarter=2, target=15.0),
                line(quarter=3, target=30.0))  # fmt: skip
    later = resolve(align_plans(once.plan, province, news), accept=both)
    assert list(later.plan.data["target"]) == [13.0, 15.0, 20.0]


def test_a_rule_does_not_bring_back_a_line_that_it_took_out():
    both = ["changed_district", "missing_district"]
    province, district = plan(line(), line(quarter=2)), plan(line())
    once = resolve(align_plans(province, province, district), accept=both)
    assert list(once.plan.data["quarter"]) == [1]
    again = resolve(align_plans(once.plan, province, district), accept=both)
    assert list(again.plan.data["quarter"]) == [1]
    assert list(again.open["kind"]) == ["missing_district"]


def test_work_whose_lines_could_not_be_told_apart_again_is_set_aside_and_named():
    base = [line(unit="person", fund="apbn")]
    province = [line(target=20.0), line(unit="person", budget=None)]
    district = [line(target=20.0, unit="person", budget=None)]
    other = line(work="Pengadaan BKB Kit")
    alignment = aligned([*base, other], [*province, {**other, "target": 15.0}],
                        [*district, {**other, "target": 15.0}])  # fmt: skip
    got = resolve(alignment)
    assert list(got.plan.data["target"]) == [10.0, 15.0]
    assert list(got.plan.data["fund"]) == ["apbn", "bokb"]
    (found,) = got.findings
    assert (found.code, found.severity) == ("merge_lines_alike", "error")
    assert finding_text(found) == (
        'Pringsewu, 2026, "Pembinaan kelompok BKB": 4 baris tidak dapat '
        "dibedakan setelah digabungkan; tidak ada yang digabungkan dan keputusannya "
        "tetap terbuka."
    )
    assert set(got.open["decision_id"]) == set(alignment.table["decision_id"])


def test_a_decision_of_the_meeting_goes_before_the_rule():
    alignment = aligned([line()], [line(target=12.0)], [line()])
    (key,) = alignment.table["decision_id"]
    got = resolve(alignment, [{"decision_id": key, "choice": "base"}],
                  accept=["changed_province"])  # fmt: skip
    assert only(got)["target"] == 10.0
    assert list(got.audit["how"]) == ["decided"]


def test_a_remark_is_put_on_record_and_changes_nothing():
    both = [line(), line(fund="apbn")]
    got = decide(aligned(both, both, both), "Tindak lanjut", why="pilih satu sumber")
    pd.testing.assert_frame_equal(got.plan.data, plan(*both).data)
    assert got.audit[["field", "side", "why"]].iloc[0].tolist() == [
        "note", "follow_up", "pilih satu sumber",
    ]  # fmt: skip


def test_what_only_one_side_states_where_nothing_stood_is_taken_and_on_record():
    got = resolve(aligned([line(budget=None)], [line(budget=700)], [line(budget=None)]))
    assert only(got)["budget"] == 700
    assert list(got.audit["how"]) == ["only_province"]


def test_texts_of_both_sides_are_kept_when_a_line_is_new():
    one, two = line(CATATAN="usulan A"), line(CATATAN="usulan B")
    got = resolve(aligned(None, [one], [two]))
    assert only(got)["CATATAN"] == "usulan A | usulan B"


def test_decisions_of_another_comparison_are_named_as_unused():
    got = resolve(aligned(*CONFLICT), [{"decision_id": "x|target", "choice": "base"}])
    assert got.unused == ("x|target",)
    assert got.summary().endswith(
        'Keputusan yang tidak berlaku di sini: 1. decisions, baris 1: keputusan "x|targ'
        'et" tidak ada dalam perbandingan ini dan tidak diterapkan.'
    )
    (found,) = got.findings
    assert (found.severity, found.row, found.value) == ("error", 1, "x|target")


def test_a_decision_that_waits_for_the_time_of_its_line_is_not_a_strange_one():
    alignment = aligned(None, [line()], [line(quarter=2, target=12.0)])
    key = "18.10:group_coaching:bkb:2026-Q1|target"
    got = resolve(alignment, [{"decision_id": key, "choice": "province"}])
    assert got.plan.data.empty
    assert (got.unused, list(got.open["field"])) == ((), ["target", "period"])


def test_a_new_line_whose_fund_is_open_waits_and_may_be_set_aside():
    alignment = aligned(None, [line()], [line(fund="apbn")])
    assert resolve(alignment).plan.data.empty
    assert only(decide(alignment, "district"))["fund"] == "apbn"
    got = decide(alignment, "base")
    assert got.plan.data.empty
    assert got.open.empty
    assert list(got.audit["field"]) == ["note"]


def test_merging_again_does_not_count_a_line_twice():
    one = line(unit="person", budget=None, fund="")
    province, district = plan(one, line()), plan(line(fund="apbn"))
    alignment = align_plans(None, province, district)
    taken = [{"decision_id": key, "choice": "district"}
             for key in alignment.table["decision_id"]]  # fmt: skip
    once = resolve(alignment, taken)
    assert list(once.plan.data["budget"]) == [1000]
    again = resolve(align_plans(once.plan, province, district), taken)
    pd.testing.assert_frame_equal(again.plan.data, once.plan.data)


def test_what_is_said_of_a_line_waits_until_it_is_decided_which_line_it_is():
    base, new = line(target=None), line(quarter=2)
    alignment = aligned([base], [new], [line(quarter=3)])
    assert only(resolve(alignment))["target"] is None
    assert only(decide(alignment, "district"))["target"] == 10.0


def test_a_merge_sums_itself_up():
    assert decide(aligned(*CONFLICT), "province").summary("en") == (
        "The merged plan has 1 lines. Changes both sides agree on: 0; decided: 1; by "
        "rule: 0. Still open: 0. Decisions that do not apply here: 0."
    )


# --- refusals -------------------------------------------------------------------------


def test_a_choice_that_is_none_is_refused_with_its_row():
    with pytest.raises(CellError) as err:
        decide(aligned(*CONFLICT), "entah")
    assert str(err.value) == (
        "decisions: row 1, column 'Keputusan' is 'entah'; expected Provinsi, "
        "Kabupaten/kota, Tetap, Nilai lain, Diterima, Tindak lanjut. Choose one from "
        "the list."
    )


def test_a_value_without_a_choice_is_refused_not_dropped():
    with pytest.raises(CellError, match=r"row 1, column 'Keputusan' is ''"):
        decide(aligned(*CONFLICT), "", value="13")


def test_a_value_that_cannot_be_read_is_refused_with_what_was_expected():
    with pytest.raises(CellError) as err:
        decide(aligned(*CONFLICT), "other", value="banyak")
    assert str(err.value) == (
        "decisions: row 1, column 'Nilai lain' is 'banyak'; expected a number, with or "
        "without a unit, such as 120 kelompok. Write the value that was decided."
    )
    with pytest.raises(CellError, match=r"'Nilai lain' is ''"):
        decide(aligned(*CONFLICT), "other")


@pytest.mark.parametrize("value", [float("inf"), -5, "-100 kelompok", 10**400])
def test_a_value_below_nothing_or_without_end_is_refused(value):
    with pytest.raises(CellError) as err:
        decide(aligned(*CONFLICT), "other", value=value)
    assert str(err.value) == (
        f"decisions: row 1, column 'Nilai lain' is {value!r}; expected a number of 0 "
        "or more that a plan can hold. Write the value that was decided."
    )


def test_a_choice_without_its_id_is_refused_not_dropped():
    with pytest.raises(CellError) as err:
        resolve(aligned(*CONFLICT), [{"decision_id": "", "choice": "base"}])
    assert str(err.value) == (
        "decisions: row 1, column 'ID keputusan' is ''; expected the id of the "
        "decision, as the meeting pack wrote it. Copy the row again from the workbook "
        "of the meeting pack."
    )


def test_a_whole_line_cannot_be_another_value():
    alignment = aligned([line()], [line(), line(quarter=2)], [line()])
    with pytest.raises(CellError, match="A whole line cannot be another value"):
        decide(alignment, "other", value="x")


def test_a_remark_is_no_side_and_a_side_no_remark():
    with pytest.raises(CellError) as err:
        decide(aligned(*CONFLICT), "Diterima")
    assert str(err.value) == (
        "decisions: row 1, column 'Keputusan' is 'Diterima'; expected Provinsi, "
        "Kabupaten/kota, Tetap, Nilai lain. Choose one from the list of that row."
    )


def test_one_decision_taken_in_two_ways_is_refused():
    alignment = aligned(*CONFLICT)
    (key,) = alignment.table["decision_id"]
    two = [{"decision_id": key, "choice": c} for c in ("province", "district")]
    with pytest.raises(PlanError) as err:
        resolve(alignment, two)
    assert str(err.value) == (
        f"decision {key!r} is taken twice, as 'province' in decisions, row 1, and "
        "'district' in decisions, row 2. Keep one."
    )


def test_a_rule_for_a_kind_without_proposal_is_refused():
    with pytest.raises(PlanError) as err:
        resolve(aligned(*CONFLICT), accept=["conflict"])
    assert str(err.value) == (
        "accept names ['conflict']; only ['changed_province', 'changed_district', "
        "'missing_province', 'missing_district'] have a proposal to accept."
    )


def test_records_without_ids_are_refused():
    with pytest.raises(PlanError) as err:
        resolve(aligned(*CONFLICT), pd.DataFrame({"pilihan": ["x"]}))
    assert str(err.value) == (
        "decisions: row 1 has ['pilihan']; expected 'decision_id' and 'choice', and "
        "where wanted 'value' and 'why'."
    )


def test_a_change_that_both_make_alike_changes_the_line_and_adds_none():
    changed = line(target=12.0)
    got = resolve(aligned([line()], [changed], [changed]))
    assert (only(got)["target"], only(got)["line_id"]) == (
        12.0, "18.10:group_coaching:bkb:2026-Q1",
    )  # fmt: skip
    assert list(got.audit["how"]) == ["agreed"]


def test_another_target_needs_its_unit_where_the_plans_count_in_several():
    share = {"unit": "percent", "target": 70.0}
    alignment = aligned(None, [line(**share)], [line(unit="person", target=561.0)])
    with pytest.raises(CellError) as caught:
        decide(alignment, "other", value="400")
    assert str(caught.value) == (
        "decisions: row 1, column 'Nilai lain' is '400'; expected a number with its "
        "unit, because the plans say % / orang. Write the unit behind the number, such "
        "as 120 kelompok."
    )
    got = only(decide(alignment, "other", value="400 orang"))
    assert (got["target"], got["unit"]) == (400.0, "person")


def test_a_value_beside_a_side_is_refused_not_dropped():
    with pytest.raises(CellError) as caught:
        decide(aligned(*CONFLICT), "province", value=55)
    assert str(caught.value) == (
        "decisions: row 1, column 'Nilai lain' is 55; expected nothing beside "
        "'Provinsi'. Choose 'Nilai lain', or empty the value."
    )


@pytest.mark.parametrize("value", ["3", 3, "11"])
def test_a_bare_number_is_no_time(value):
    alignment = aligned(None, [line()], [line(quarter=2)])
    with pytest.raises(CellError, match=r"expected a time, such as TW II 2026 or Apri"):
        decide(alignment, "other", value=value)


def test_one_kind_to_accept_may_be_a_word():
    alignment = aligned([line()], [line(target=12.0)], [line()])
    assert only(resolve(alignment, accept="changed_province"))["target"] == 12.0


def test_a_decision_whose_formula_has_no_stored_result_is_refused(tmp_path):
    from openpyxl import Workbook

    alignment = aligned(*CONFLICT)
    book = Workbook()
    book.active.append(["ID keputusan", "Keputusan"])
    book.active.append([alignment.table["decision_id"][0], '="Provinsi"'])
    book.save(tmp_path / "isi.xlsx")
    with pytest.raises(CellError) as caught:
        resolve(alignment, tmp_path / "isi.xlsx")
    assert str(caught.value) == (
        "isi.xlsx, Sheet: row 2, column 'Keputusan' is ''; expected a formula with "
        "its result stored. Open the workbook in a spreadsheet program and save it, or "
        "type the text."
    )


def test_a_merged_plan_in_a_list_of_files_remembers_and_a_table_of_it_warns(tmp_path):
    base, province = [line()], plan(line(target=20.0))
    first = align_plans(plan(*base), province, plan(*base))
    (key,) = first.table["decision_id"]
    once = resolve(first, [{"decision_id": key, "choice": "base"}])
    path = write_plan(once.plan, tmp_path / "gabungan.xlsx")
    for source in (path, [path]):
        assert read_plan(source).settled == once.plan.settled != {}
    bare = read_plan(read_table(path))
    assert not bare.settled
    (found,) = [f for f in bare.findings if f.code == "plan_memory_unread"]
    assert finding_text(found) == (
        'gabungan.xlsx: lembar "Sudah diputuskan" tidak ikut dibaca; aturan dapat '
        "mengubah lagi yang sudah diputuskan rapat."
    )
    both = combine_plans([once.plan, plan(line("18.11"))])
    assert both.settled == once.plan.settled


@pytest.mark.parametrize("value", ["1e400", "banyak"])
def test_a_value_that_is_no_number_is_refused(value):
    with pytest.raises(CellError) as caught:
        decide(aligned(*CONFLICT), "other", value=value)
    assert str(caught.value) == (
        f"decisions: row 1, column 'Nilai lain' is {value!r}; expected a number, with "
        "or without a unit, such as 120 kelompok. Write the value that was decided."
    )
