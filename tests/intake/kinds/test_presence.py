"""Villages that say whether they have a group: counted by village, never guessed."""

from __future__ import annotations

import kkbpk_geo as kg
from kkbpk_geo.intake.reading import read_table

HEAD = ["KABUPATEN", "KECAMATAN", "DESA", "BKB", "BKR", "Kampung KB"]


def village(name, *answers):
    return ["Pringsewu", "Pringsewu", name, *answers]


def read(rows):
    return read_table(rows, province="Lampung", year=2025)


def told(table, code):
    return [(f.row, f.column, f.value) for f in table.findings if f.code == code]


def test_villages_with_each_kind_are_counted_from_their_answers():
    rows = [
        HEAD,
        village("Podomoro", "Ada", "Tidak ada", "Ada"),
        village("Rejo Sari", "ada", "Belum ada", "Tidak"),
        village("Podosari", "Tidak", "NIHIL", "Tidak ada"),
    ]
    table = read(rows)
    data = table.data
    assert data["bkb_villages_with_groups"].tolist() == [1, 1, 0]
    assert data["bkr_villages_with_groups"].tolist() == [0, 0, 0]
    assert "bkb_groups" not in data
    assert table.findings == ()
    joined = kg.join_regions(kg.load_boundaries("Lampung"), [table])
    here = joined.values.loc[("2025", "18.10")]
    assert here["bkb_villages_with_groups"] == 2
    assert here["kampung_kb_villages_with_groups"] == 1


def test_ticks_true_and_yes_are_answers():
    rows = [HEAD, village("A", "√", True, "Ya"), village("B", "v", False, "Tdk")]
    data = read(rows).data
    for group, answers in (("bkb", [1, 1]), ("bkr", [1, 0]), ("kampung_kb", [1, 0])):
        assert data[f"{group}_villages_with_groups"].tolist() == answers


def test_a_blank_is_no_answer_and_no_no():
    rows = [HEAD, village("A", "Ada", "-", "Ada"), village("B", "", "Ada", "Ada")]
    table = read(rows)
    data = table.data
    assert told(table, "answer_unreadable") == []
    assert data["bkb_villages_with_groups"].isna().tolist() == [False, True]
    assert data["bkr_villages_with_groups"].isna().tolist() == [True, False]


def test_an_answer_that_is_neither_is_missing_and_told_with_its_cell():
    rows = [
        HEAD,
        village("A", "Ada", "Ada", "Ada"),
        village("B", "Ada", "Tidak", "Pending"),
        village("C", "Ada", "Tidak", "Tidak"),
    ]
    table = read(rows)
    assert told(table, "answer_unreadable") == [(3, "Kampung KB", "Pending")]
    assert table.data["kampung_kb_villages_with_groups"].isna().sum() == 1


def test_answers_by_kecamatan_are_refused_in_a_sentence():
    rows = [["KABUPATEN", "KECAMATAN", "BKB"], ["Pringsewu", "Gading Rejo", "Ada"]]
    table = read(rows)
    assert table.data["bkb_villages_with_groups"].isna().all()
    assert told(table, "presence_not_by_village") == [(2, "BKB", "")]


def test_three_groups_side_by_side_over_0_and_1_are_answers():
    rows = [[*HEAD[:5], "BKL"], village("A", 1, 0, 1), village("B", 1, 1, 0)]
    data = read(rows).data
    assert data["bkb_villages_with_groups"].sum() == 2
    assert "bkb_groups" not in data


def test_one_2_among_them_makes_all_of_them_numbers_of_groups():
    rows = [[*HEAD[:5], "BKL"], village("A", 2, 0, 1), village("B", 1, 1, 0)]
    data = read(rows).data
    assert data["bkb_groups"].tolist() == [2, 1]
    assert data["bkl_groups"].tolist() == [1, 0]


def test_a_2_far_below_makes_them_numbers_of_groups_too():
    rows = [[*HEAD[:5], "BKL"]]
    rows += [village(f"D{i}", 1, 0, 1) for i in range(400)] + [village("Z", 2, 0, 1)]
    assert read(rows).data["bkb_groups"].tolist() == [1] * 400 + [2]


def test_two_columns_of_0_and_1_count_groups_unless_a_title_says_presence():
    rows = [HEAD[:5], village("A", 1, 0), village("B", 1, 1)]
    assert read(rows).data["bkb_groups"].tolist() == [1, 1]
    named = read([["KEBERADAAN KELOMPOK"], *rows]).data
    assert named["bkr_villages_with_groups"].tolist() == [0, 1]


def test_villages_counted_by_kecamatan_are_figures_and_no_answers():
    rows = [
        ["KABUPATEN", "KECAMATAN", "DESA PUNYA KELOMPOK BKB"],
        ["Pringsewu", "Gading Rejo", 1],
        ["Pringsewu", "Pringsewu", 0],
    ]
    table = read(rows)
    assert table.data["bkb_villages_with_groups"].tolist() == [1, 0]
    assert told(table, "presence_not_by_village") == []
