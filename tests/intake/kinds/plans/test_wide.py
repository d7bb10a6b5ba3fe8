"""Plans with phases side by side: one line per row and phase, nothing counted twice."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kkbpk_geo.findings.words import finding_text, remedy_text
from kkbpk_geo.intake.reading import read_table
from kkbpk_geo.intake.recognise.phases import Phase, measure_of, read_heading
from kkbpk_geo.plan.align.alignment import align_plans
from kkbpk_geo.plan.lines.plan import COLUMNS
from kkbpk_geo.plan.lines.reading import read_plan
from kkbpk_geo.plan.lines.writing import write_plan
from kkbpk_geo.plan.year.continuity import check_continuity
from kkbpk_geo.plan.year.monitoring import monitor_plan

HEADS = ["KABUPATEN/KOTA", "KEGIATAN", "SATUAN"]
LINE = ["Pringsewu", "Pembinaan kelompok BKB", "kelompok"]
QUARTERS = ["TW I", "TW II", "TW III", "TW IV"]
MONTHS = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nop",
          "Des"]  # fmt: skip
PLACES = ["Pringsewu", "Mesuji", "Way Kanan", "Pesawaran", "Metro", "Tanggamus"]
WHERE = ["source_file", "source_sheet", "source_row"]


def wide(*rows, over="TARGET", phases=QUARTERS, beside=(), year=2026, **options):
    """Read a plan with two header rows: a measure over its phases, sums beside them."""
    width = len(phases) + len(beside)
    top = [*HEADS, over, *[""] * (width - 1)]
    below = ["", "", "", *phases, *beside]
    return read_plan([top, below, *rows], year=year, **options)


def said(plan, *names):
    """The lines as plain tuples of the columns named."""
    return [tuple(row[name] for name in names) for row in plan.records()]


def told(plan, code):
    return [found for found in plan.findings if found.code == code]


# Headings.


@pytest.mark.parametrize(
    ("path", "phase", "measure"),
    [
        (("TARGET", "TW II"), Phase(0, 4, 6), "target"),
        (("TARGET TRIWULAN", "III"), Phase(0, 7, 9), "target"),
        (("Triwulan ke-4",), Phase(0, 10, 12), ""),
        (("TW1",), Phase(0, 1, 3), ""),
        (("Q3",), Phase(0, 7, 9), ""),
        (("TRIWULAN I", "Realisasi Anggaran"), Phase(0, 1, 3), "spent"),
        (("ANGGARAN (Rp juta)", "TW I", "Realisasi"), Phase(0, 1, 3), "spent"),
        (("TAHUN ANGGARAN 2026", "TW I"), Phase(2026, 1, 3), ""),
        (("REALISASI", "Nopember"), Phase(0, 11, 11), "realised"),
        (("2026-05-01",), Phase(2026, 5, 5), ""),
        (("Januari s.d. Maret",), Phase(0, 1, 3), ""),
        (("Januari s/d Maret",), Phase(0, 1, 3), ""),
        (("Januari sd Juni",), Phase(0, 1, 6), ""),
        (("Juli sampai Desember",), Phase(0, 7, 12), ""),
        (("Januari hingga Desember",), Phase(0, 1, 12), ""),
        (("Okt - Des",), Phase(0, 10, 12), ""),
        (("TARGET", "Semester II"), Phase(0, 7, 12), "target"),
        (("Semester I", "TW II"), Phase(0, 4, 6), ""),
        (("Target 2026",), Phase(2026, 1, 12), "target"),
        (("Jumlah",), Phase(0, 1, 12), ""),
        (("JADWAL", "TW I"), Phase(0, 1, 3), None),
        (("REALISASI", "TW I", "%"), Phase(0, 1, 3), None),
    ],
)
def test_a_heading_says_its_time_and_its_measure(path, phase, measure):
    found = read_heading(path)
    assert found.phase == phase
    assert measure_of(found.rest) == measure


@pytest.mark.parametrize(
    "path",
    [("TARGET s.d. TW II",), ("TARGET s/d TW II",), ("TARGET sd TW II",),
     ("TARGET sampai TW II",), ("TARGET hingga TW II",), ("TW I", "April"),
     ("Jan - Feb",), ("Januari target Maret",), ("Februari s.d. April",), ("KEGIATAN",),
     ("Target 2025 2026",)],
)  # fmt: skip
def test_a_heading_of_no_single_time_is_none(path):
    assert read_heading(path) is None


# Lines.


def test_each_filled_phase_is_a_line_and_an_empty_one_is_no_target():
    got = wide([*LINE, 10, 0, "", 5])
    assert said(got, "quarter", "target") == [(1, 10), (2, 0), (4, 5)]
    assert (
        said(got, "year", "unit", "activity", "source_row")
        == [(2026, "group", "group_coaching:bkb", 3)] * 3
    )
    assert said(got, "line_id")[2] == ("18.10:group_coaching:bkb:2026-Q4",)
    (found,) = got.findings
    assert finding_text(found) == (
        "list: TARGET > TW I … TARGET > TW IV: 4 tahap yang berdampingan dibaca "
        "sebagai 3 baris rencana, satu baris per tahap yang terisi."
    )


@pytest.mark.parametrize(
    "phases",
    [
        ["Triwulan 1", "Triwulan 2", "Triwulan 3", "Triwulan 4"],
        ["Q1", "Q2", "Q3", "Q4"],
        ["TRW-I", "TRW-II", "TRW-III", "TRW-IV"],
        ["Jan-Mar", "April - Juni", "Juli s/d September", "Okt-Des"],
    ],
)
def test_quarters_may_be_called_what_offices_call_them(phases):
    one_row = read_plan([[*HEADS, *phases], [*LINE, 1, 2, 3, 4]], year=2026)
    for got in (one_row, wide([*LINE, 1, 2, 3, 4], phases=phases)):
        assert said(got, "quarter", "target") == [(1, 1), (2, 2), (3, 3), (4, 4)]


def test_months_give_their_quarters():
    got = wide([*LINE, *range(1, 13)], over="BULAN", phases=MONTHS)
    assert said(got, "month", "quarter", "target")[::5] == [(1, 1, 1), (6, 2, 6),
                                                            (11, 4, 11)]  # fmt: skip
    assert len(got.data) == 12


def test_roman_numbers_under_triwulan_are_quarters():
    got = wide([*LINE, 1, "", 3, ""], over="TARGET TRIWULAN", phases=["I", "II", "III",
               "IV"])  # fmt: skip
    assert said(got, "quarter", "target") == [(1, 1), (3, 3)]


def test_a_workbook_with_merged_headings_is_read(tmp_path):
    from xlsxwriter import Workbook

    path = tmp_path / "rencana.xlsx"
    with Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 10, "RENCANA KERJA TAHUN 2026")
        for i, heading in enumerate(HEADS):
            sheet.merge_range(1, i, 2, i, heading)
        sheet.merge_range(1, 3, 1, 7, "TARGET")
        sheet.merge_range(1, 8, 1, 11, "ANGGARAN (Rp juta)")
        sheet.write_row(2, 3, [*QUARTERS, "Jumlah", *QUARTERS])
        sheet.write_row(3, 0, [*LINE, 1, 2, "", 4, 7, 1.5, "", 2, ""])
    got = read_plan(path)
    assert said(got, "year", "quarter", "target", "budget") == [
        (2026, 1, 1, 1_500_000), (2026, 2, 2, None), (2026, 3, None, 2_000_000),
        (2026, 4, 4, None),
    ]  # fmt: skip
    assert {f.code for f in got.findings} == {"plan_phases_read", "rupiah_scaled"}


def test_phases_may_stand_over_measures():
    rows = [[*HEADS, "TRIWULAN I", "", "TRIWULAN II", ""],
            ["", "", "", "Target", "Realisasi", "Target", "Realisasi"],
            [*LINE, 5, 4, 6, ""]]  # fmt: skip
    got = read_plan(rows, year=2026)
    assert said(got, "quarter", "target", "realised") == [(1, 5, 4), (2, 6, None)]


def test_a_measure_may_stand_below_the_quarter_and_its_kind_above():
    rows = [
        [*HEADS, "REALISASI", "", "", ""],
        ["", "", "", "TW I", "", "TW II", ""],
        ["", "", "", *["Fisik", "Keuangan"] * 2],
        [*LINE, 5, "1.000", 6, ""],
    ]
    got = read_plan(rows, year=2026)
    assert said(got, "quarter", "realised", "spent") == [(1, 5, 1000), (2, 6, None)]


def test_the_year_is_that_of_the_column_then_the_heading_then_the_title():
    heads = [*HEADS, "TAHUN", "TARGET 2026 TW I"]
    rows = [heads, [*LINE, 2025, 3], ["Mesuji", *LINE[1:], "", 4]]
    got = read_plan(rows)
    assert said(got, "year", "quarter", "target") == [(2025, 1, 3), (2026, 1, 4)]
    titled = [["RENCANA KERJA TAHUN 2027"], [*HEADS, *QUARTERS], [*LINE, 1, 1, 1, 1]]
    assert set(read_plan(titled).data["year"]) == {2027}
    (found,) = told(read_plan(rows[::2], year=2025), "period_disagrees")
    assert (found.value, found.expected) == ("2026", "2025")


def test_years_side_by_side_are_phases_too():
    got = read_plan([[*HEADS, "TARGET 2026", "TARGET 2027"], [*LINE, 3, 4]])
    assert said(got, "year", "quarter", "target") == [(2026, None, 3), (2027, None, 4)]


def test_a_result_of_another_year_stays_text():
    got = read_plan([[*HEADS, "REALISASI 2025", "TARGET 2026"], [*LINE, 3, 4]])
    assert said(got, "year", "target", "realised", "REALISASI 2025") == [
        (2026, 4, None, "3")
    ]


def test_halves_of_a_year_have_no_quarter_add_up_and_are_told():
    got = wide([*LINE, 3, 4], phases=["Semester I", "Semester II"], beside=["Total"])
    assert said(got, "year", "quarter", "target", "SEMESTER (teks)") == [
        (2026, None, 3, "Semester I"), (2026, None, 4, "Semester II"),
    ]  # fmt: skip
    (found,) = told(got, "plan_half_year")
    assert (found.column, found.count) == ("TARGET > Semester I", 2)
    assert not told(got, "plan_line_twice")
    assert monitor_plan(got).at()["target"].tolist() == [7]


def test_ticks_under_quarters_are_a_schedule_and_stay_text():
    rows = [[*HEADS, "TARGET", *QUARTERS], [*LINE, 8, "v", "v", "", "v"]]
    got = read_plan(rows, year=2026)
    assert said(got, "quarter", "target", "TW I") == [(None, 8, "v")]
    scheduled = wide([*LINE, "v", "", "v", ""], over="JADWAL")
    assert said(scheduled, "quarter", "JADWAL > TW III") == [(None, "v")]


# Sums.


def test_a_sum_that_agrees_is_no_line_and_says_nothing():
    got = wide([*LINE, 1, 2, 3, 4, 10], beside=["Jumlah"])
    assert len(got.data) == 4
    assert not told(got, "plan_sum_disagrees")
    assert "TARGET > Jumlah (teks)" not in got.data


@pytest.mark.parametrize("beside", ["Jumlah", "Total", "Target 2026", "Setahun"])
def test_a_sum_that_disagrees_is_told_with_its_place_and_the_phases_win(beside):
    got = wide([*LINE, 1, 2, 3, 4, 11], beside=[beside])
    assert got.data["target"].sum() == 10
    (found,) = told(got, "plan_sum_disagrees")
    column = f"TARGET > {beside}"
    assert finding_text(found) == (
        f"list, baris 3: {column} tertulis 11, padahal tahap-tahapnya 10. Yang dipakai "
        "adalah tahapnya; tulisannya disimpan."
    )
    assert "kumulatif" in remedy_text(found)
    assert set(got.data[f"{column} (teks)"]) == {"11"}


def test_a_sum_of_money_is_checked_to_the_rupiah():
    got = wide([*LINE, "1.000", 2000, "", "", "3.001"], over="ANGGARAN",
               beside=["Jumlah"])  # fmt: skip
    (found,) = told(got, "plan_sum_disagrees")
    assert (found.row, found.value, found.expected) == (3, "3.001", "3.000")


def test_a_sum_whose_phases_are_all_empty_is_the_years_target():
    got = wide([*LINE, "", "", "-", "", 12], beside=["Jumlah"])
    assert said(got, "quarter", "target") == [(None, 12)]


def test_percentages_are_not_added_up():
    percent = [*LINE[:2], "%"]
    right = wide([*percent, 25, 50, 75, 80, 80], beside=["Total"])
    assert not told(right, "plan_sum_disagrees")
    (found,) = told(wide([*percent, 25, 50, 75, 80, 230], beside=["Total"]),
                    "plan_sum_disagrees")  # fmt: skip
    assert found.expected == "80"


def test_quarters_beside_their_months_are_sums_and_alone_they_are_lines():
    phases = ["Jan", "Feb", "Mar", "TW I", "Apr", "Mei", "Jun", "TW II", "Jumlah"]
    got = wide([*LINE, 1, 2, "", 4, "", "", "", 5, 9], phases=phases)
    assert said(got, "quarter", "month", "target") == [(1, 1, 1), (1, 2, 2),
                                                       (2, None, 5)]  # fmt: skip
    assert [(f.column, f.expected) for f in told(got, "plan_sum_disagrees")] == [
        ("TARGET > TW I", "3"), ("TARGET > Jumlah", "8"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("over", "text", "code"),
    [("TARGET", "banyak", "number_unreadable"), ("ANGGARAN", "-5", "rupiah_negative")],
)
def test_a_sum_that_cannot_be_read_is_told_and_kept(over, text, code):
    got = wide([*LINE, 1, 2, 3, 4, text], over=over, beside=["Jumlah"])
    (found,) = told(got, code)
    assert (found.row, found.column, found.value) == (3, f"{over} > Jumlah", text)
    assert set(got.data[f"{over} > Jumlah (teks)"]) == {text}


def test_a_phase_that_cannot_be_read_keeps_its_line_its_text_and_its_sum():
    got = wide([*LINE, 1, "dua", "", "", 3], beside=["Jumlah"])
    assert said(got, "quarter", "target", "TARGET > TW II (teks)") == [
        (1, 1, ""), (2, None, "dua"),
    ]  # fmt: skip
    (found,) = told(got, "number_unreadable")
    assert (found.row, found.column) == (3, "TARGET > TW II")
    assert set(got.data["TARGET > Jumlah (teks)"]) == {"3"}
    assert not told(got, "plan_sum_disagrees")


def test_a_figure_in_one_cell_over_several_phases_is_told_and_not_used(tmp_path):
    from xlsxwriter import Workbook

    path = tmp_path / "rencana.xlsx"
    with Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [*HEADS, *QUARTERS])
        sheet.write_row(1, 0, [*LINE, 5])
        sheet.merge_range(1, 4, 1, 5, 8)
        sheet.write_row(2, 0, ["Mesuji", *LINE[1:], 1, 2, 3, 4])
    got = read_plan(path, year=2026)
    assert said(got, "region_code", "quarter")[0] == ("18.10", 1)
    assert len(got.data) == 5
    (found,) = told(got, "plan_phases_merged")
    assert (found.row, found.column, found.value) == (2, "TW II", "8")


# Rows.


def test_a_row_without_any_figure_is_listed_and_told():
    rows = [
        [*HEADS, *QUARTERS],
        [*LINE, 1, "", "", ""],
        ["Mesuji", *LINE[1:], *[""] * 4],
        ["JUMLAH", "", "", 1, "", "", ""],
    ]
    table = read_table(rows, year=2026, province="18")
    assert table.listed[["source_row", "reason"]].values.tolist() == [
        [3, "no_phase"], [4, "total_row"],
    ]  # fmt: skip
    (found,) = [f for f in table.findings if f.code == "plan_row_empty"]
    assert (found.row, found.value) == (3, "Pembinaan kelompok BKB")
    assert table.rows_in == 3


def test_a_row_twice_is_told_once_per_phase_and_both_are_kept():
    got = wide([*LINE, 1, 2, "", ""], [*LINE, 1, 2, "", ""])
    assert len(got.data) == 4
    (found,) = told(got, "plan_line_twice")
    assert (found.row, found.expected) == (4, "3")


figures = st.one_of(st.just(""), st.just("-"), st.integers(0, 500))
grids = st.lists(st.lists(figures, min_size=4, max_size=4), min_size=1, max_size=6)


@given(grids)
def test_a_plan_has_as_many_lines_as_filled_phases_and_loses_no_row(rows):
    body = [
        [place, *LINE[1:], *cells] for place, cells in zip(PLACES, rows, strict=False)
    ]
    table = read_table([[*HEADS, *QUARTERS], *body], kind="plan", year=2026,
                       province="18")  # fmt: skip
    filled = {
        (i, q): cell
        for i, cells in enumerate(rows, 2)
        for q, cell in enumerate(cells, 1)
        if cell not in ("", "-")
    }
    found = table.data[["source_row", "quarter", "target"]]
    assert {(r, q): t for r, q, t in found.itertuples(index=False)} == filled
    assert table.rows_in == len(rows)
    rows_seen = set(table.data["source_row"]) | set(table.listed["source_row"])
    assert rows_seen == set(range(2, 2 + len(rows)))


@given(st.lists(st.tuples(*[figures] * 6), min_size=1, max_size=6))
def test_every_figure_stands_in_exactly_one_line(rows):
    heads = [*HEADS, "TARGET TW I", "TARGET TW II", "ANGGARAN TW I", "ANGGARAN TW III",
             "REALISASI", "REALISASI ANGGARAN"]  # fmt: skip
    body = [[p, *LINE[1:], *cells] for p, cells in zip(PLACES, rows, strict=False)]
    data = read_table([heads, *body], year=2026, province="18").data
    filled = [[cell if isinstance(cell, int) else None for cell in row] for row in rows]
    for i, name in enumerate(["target", "target", "budget", "budget", "realised",
                              "spent"]):  # fmt: skip
        quarter = [1, 2, 1, 3, None, None][i]
        own = data[data["quarter"].isna() if quarter is None else data["quarter"]
                   .eq(quarter).fillna(False)]  # fmt: skip
        found = dict(zip(own["source_row"], own[name], strict=True))
        stated = {r: row[i] for r, row in enumerate(filled, 2) if row[i] is not None}
        assert {r: v for r, v in found.items() if not pd.isna(v)} == stated
    times = [
        len({q for q, c in zip([1, 2, 1, 3, 0, 0], row, strict=True) if c is not None})
        for row in filled
    ]
    assert len(data) == sum(times)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(grids, st.sampled_from([QUARTERS, MONTHS[:4], ["Semester I", "Semester II",
                                                       "TW I", "Jan"]]))  # fmt: skip
def test_a_wide_plan_written_and_read_again_is_the_same_plan(tmp_path, rows, phases):
    rows = [[1, *rows[0][1:]], *rows[1:]]
    body = [[p, *LINE[1:], *cells, 5] for p, cells in zip(PLACES, rows, strict=False)]
    first = wide(*body, phases=phases, beside=["Jumlah"])
    again = read_plan(write_plan(first, tmp_path / "rencana.xlsx"))
    own = [name for name in first.data if name not in WHERE]
    pd.testing.assert_frame_equal(again.data[own], first.data[own])
    assert set(COLUMNS) <= set(own) | set(WHERE)


# Part for the year, part by phase.


def mixed(**options):
    """A target of 10 and 1 million for the year; results and spending by quarter."""
    rows = [
        [*HEADS, "TARGET", "PAGU", "REALISASI", "", "REALISASI ANGGARAN", ""],
        ["", "", "", "", "", "TW I", "TW II", "TW I", "TW II"],
        [*LINE, 10, 1_000_000, 2, 3, 100_000, 300_000],
    ]
    return read_plan(rows, year=2026, **options)


def test_what_is_stated_for_the_year_stands_in_its_line_and_only_there():
    got = mixed()
    assert said(got, "quarter", "target", "budget", "realised", "spent") == [
        (None, 10, 1_000_000, None, None),
        (1, None, None, 2, 100_000),
        (2, None, None, 3, 300_000),
    ]


def test_monitoring_compares_a_years_target_with_what_the_quarters_report():
    whole = monitor_plan(mixed()).at().iloc[0]
    assert (whole["target"], whole["realised"], whole["physical"]) == (10, 5, 50)
    assert (whole["budget"], whole["spent"], whole["absorption"]) == (
        1_000_000, 400_000, 40,
    )  # fmt: skip
    first = monitor_plan(mixed(), until=3).at().iloc[0]  # a quarter of the year is due
    assert (first["target"], first["realised"], first["physical"]) == (2.5, 2, 80)


def test_of_percentages_monitoring_takes_the_newest_report():
    rows = [[*HEADS, "TARGET", "REALISASI TW I", "REALISASI TW II"],
            [*LINE[:2], "%", 80, 30, 60]]  # fmt: skip
    got = monitor_plan(read_plan(rows, year=2026)).at().iloc[0]
    assert (got["target_reported"], got["realised"], got["physical"]) == (80, 60, 75)


def test_targets_by_quarter_are_compared_with_a_result_for_the_year():
    rows = [[*HEADS, "TARGET TW I", "TARGET TW II", "REALISASI"], [*LINE, 4, 6, 5]]
    got = monitor_plan(read_plan(rows, year=2026)).at().iloc[0]
    assert (got["target_reported"], got["realised"], got["physical"]) == (10, 5, 50)


def test_a_report_by_quarter_is_no_plan_for_the_quarter():
    calendar = check_continuity(mixed()).calendar.iloc[0]
    assert calendar["times"] == 0
    budget = [[*HEADS, "TARGET", "ANGGARAN TW I", "ANGGARAN TW III"], [*LINE, 10, 5, 5]]
    planned = check_continuity(read_plan(budget, year=2026)).calendar.iloc[0]
    assert [planned[m] for m in ("m01", "m04", "m07", "m10")] == [True, False, True,
                                                                   False]  # fmt: skip


def test_two_offices_with_the_same_wide_plan_agree():
    one, two = mixed(owner="province"), mixed(owner="district")
    assert align_plans(None, one, two).table.empty
