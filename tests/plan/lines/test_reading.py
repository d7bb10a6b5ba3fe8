"""Plans as offices write them: every fault found, told with a remedy, nothing lost."""

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.catalogue.activities import activity_of, fund_of, indicator_of, term_of
from kkbpk_geo.findings.words import finding_text, remedy_text
from kkbpk_geo.intake.kinds.plans.times import read_quarter, split_target
from kkbpk_geo.intake.reading import read_table
from kkbpk_geo.intake.templates import write_template
from kkbpk_geo.io.amounts import read_rupiah
from kkbpk_geo.plan.lines.plan import make_plan
from kkbpk_geo.plan.lines.reading import combine_plans, read_plan
from kkbpk_geo.plan.lines.words import period_text
from kkbpk_geo.plan.lines.writing import write_plan

HEADS = ["KABUPATEN/KOTA", "KEGIATAN", "TAHUN", "TRIWULAN", "TARGET", "SATUAN",
         "ANGGARAN (Rp)", "SUMBER DANA"]  # fmt: skip
LINE = ["Pringsewu", "Pembinaan kelompok BKB", 2026, "TW I", 10, "kelompok",
        "1.250.000", "BOKB"]  # fmt: skip


def line(**changes):
    """One line of a plan with some cells changed, by heading."""
    by_word = {re.match(r"\w+", head)[0].lower(): i for i, head in enumerate(HEADS)}
    cells = list(LINE)
    for word, value in changes.items():
        cells[by_word[word]] = value
    return cells


def plan(*lines, heads=HEADS, **options):
    return read_plan([heads, *lines], **options)


def codes(found):
    return [each.code for each in found.findings]


# --- recognising ----------------------------------------------------------------------


def test_a_plan_is_recognised_with_its_words_as_keys_and_money_exact():
    table = read_table([["RENCANA KERJA TAHUN 2026"], HEADS, LINE], province="18")
    assert table.kind == "plan"
    (row,) = read_plan(table).records()
    assert (row["region_code"], row["year"], row["quarter"]) == ("18.10", 2026, 1)
    assert (row["activity"], row["programme"]) == (
        "group_coaching:bkb", "family_welfare",
    )  # fmt: skip
    assert row["indicator"] == "reporting_rate:bkb"
    assert (row["target"], row["unit"], row["budget"]) == (10.0, "group", 1_250_000)
    assert (row["fund"], row["fund_text"]) == ("bokb", "BOKB")
    assert row["line_id"] == "18.10:group_coaching:bkb:2026-Q1"
    assert (row["source_file"], row["source_row"]) == ("list", 3)


def test_a_merged_title_and_merged_cells_cost_nothing(tmp_path):
    from xlsxwriter import Workbook

    path = tmp_path / "rencana.xlsx"
    with Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 7, "RENCANA KERJA DINAS PPKB")
        for i, heading in enumerate(HEADS):
            sheet.write(1, i, heading)
        for row in (2, 3):
            for i, cell in enumerate(LINE[2:], 2):
                sheet.write(row, i, cell)
        sheet.write(3, 3, "TW II")
        sheet.merge_range(2, 0, 3, 0, "Pringsewu")
        sheet.merge_range(2, 1, 3, 1, "Pembinaan kelompok BKB")
    got = read_plan(path)
    assert list(got.data["region_code"]) == ["18.10", "18.10"]
    assert list(got.data["quarter"]) == [1, 2]
    assert "plan_cells_merged" in codes(got)


def test_the_province_has_lines_of_its_own():
    got = plan(line(kabupaten="Provinsi Lampung"), line(kabupaten="Lampung"))
    assert list(got.data["region_code"]) == ["18", "18"]
    rows = [["PROVINSI", *HEADS], ["Lampung", *line(kabupaten="")]]
    assert list(read_plan(rows).data["region_code"]) == ["18"]


def test_one_file_per_district_or_one_for_all_is_the_same_plan():
    one = plan(LINE, line(kabupaten="Mesuji"))
    parts = combine_plans([plan(LINE), plan(line(kabupaten="Mesuji"))])
    drop = ["source_row"]
    pd.testing.assert_frame_equal(one.data.drop(columns=drop),
                                  parts.data.drop(columns=drop))  # fmt: skip


def test_the_template_reads_back_as_a_plan(tmp_path):
    from openpyxl import load_workbook

    path = write_template("plan", tmp_path / "rencana.xlsx")
    book = load_workbook(path)
    sheet = book["Isi"]
    heads = [cell.value for cell in sheet[1]]
    filled = {"KABUPATEN/KOTA": "Kabupaten Pringsewu", "KEGIATAN": "Pelayanan KB MKJP",
              "TAHUN": 2026, "TRIWULAN": "TW IV", "TARGET": 100, "SATUAN": "peserta KB",
              "ANGGARAN (Rp)": 5_000_000, "SUMBER DANA": "BOKB"}  # fmt: skip
    for heading, value in filled.items():
        sheet.cell(2, heads.index(heading) + 1, value)
    book.save(path)
    (row,) = read_plan(path).records()
    assert row["activity"] == "long_acting_service"
    assert (row["quarter"], row["unit"], row["budget"]) == (4, "user", 5_000_000)


# --- bad input ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "code", "sentence"),
    [
        ({"anggaran": "lima juta"}, "rupiah_unreadable",
         '"lima juta" pada kolom ANGGARAN (Rp) bukan jumlah rupiah; dianggap tidak ada '
         "data, teksnya disimpan."),
        ({"anggaran": "1.250.000,50"}, "rupiah_fraction",
         '"1.250.000,50" pada kolom ANGGARAN (Rp) bukan rupiah bulat; tidak '
         "dibulatkan, teksnya disimpan."),
        ({"anggaran": "1.250 juta"}, "rupiah_ambiguous",
         '"1.250 juta" pada kolom ANGGARAN (Rp) dapat dibaca dua cara (titik ribuan '
         "atau koma desimal); dianggap tidak ada data."),
        ({"anggaran": -5}, "rupiah_negative",
         '"-5" pada kolom ANGGARAN (Rp) negatif; anggaran tidak boleh kurang dari '
         "nol."),
        ({"triwulan": "Semester I"}, "quarter_unreadable",
         'Waktu "Semester I" pada kolom TRIWULAN bukan satu triwulan; baris dipakai '
         "untuk setahun, teksnya disimpan."),
        ({"sumber": "APBN + BOKB"}, "fund_unknown",
         'Sumber dana "APBN + BOKB" pada kolom SUMBER DANA tidak dikenal; teksnya '
         "disimpan."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_and_its_text_is_kept(changes, code, sentence):
    got = plan(LINE, line(kabupaten="Mesuji", **changes))
    (found,) = [each for each in got.findings if each.code == code]
    assert (found.row, found.region) == (3, "18.11")
    assert finding_text(found) == f"list, baris 3: {sentence}"
    assert remedy_text(found)
    (kept,) = [name for name in got.data if name.endswith(" (teks)")]
    assert got.data[kept].iloc[1] == str(next(iter(changes.values())))
    assert got.data["budget"].iloc[0] == 1_250_000


def test_rupiah_in_thousands_is_multiplied_as_the_heading_says():
    heads = [*HEADS[:6], "PAGU (Rp ribu)", "SUMBER DANA"]
    got = plan(line(anggaran="1.250,5"), heads=heads)
    assert list(got.data["budget"]) == [1_250_500]
    assert "rupiah_scaled" in codes(got)


def test_a_target_in_percent_beside_one_in_people_is_told():
    got = plan(LINE, line(kabupaten="Mesuji", target="75 %", satuan=""))
    assert list(got.data["unit"]) == ["group", "percent"]
    assert list(got.data["target"]) == [10.0, 75.0]
    (found,) = [f for f in got.findings if f.code == "target_unit_mixed"]
    assert (found.value, found.expected) == ("Pembinaan kelompok BKB", "kelompok, %")


def test_a_share_that_may_be_a_percentage_is_told_and_left():
    got = plan(line(target=0.75, satuan="%"))
    assert list(got.data["target"]) == [0.75]
    (found,) = [f for f in got.findings if f.code == "target_share"]
    assert (found.value, found.expected) == ("0.75", "75 %")


def test_a_district_twice_is_told_and_both_lines_are_kept():
    got = plan(LINE, LINE, line(triwulan="TW II"))
    assert list(got.data["line_id"]) == [
        "18.10:group_coaching:bkb:2026-Q1", "18.10:group_coaching:bkb:2026-Q1~2",
        "18.10:group_coaching:bkb:2026-Q2",
    ]  # fmt: skip
    (found,) = [f for f in got.findings if f.code == "plan_line_twice"]
    assert (found.row, found.expected) == (3, "2")


def test_a_line_twice_in_two_files_is_told_too():
    frame = pd.DataFrame([LINE], columns=HEADS)
    got = read_plan([frame, frame])
    (found,) = [f for f in got.findings if f.code == "plan_line_twice"]
    assert (found.file, found.expected) == ("DataFrame", "2")


def test_an_activity_spelled_three_ways_is_one_and_is_told():
    got = plan(
        LINE,
        line(kegiatan="PERTEMUAN POKTAN BKB", triwulan="TW II"),
        line(kegiatan="Penyuluhan Bina Keluarga Balita", triwulan="TW III"),
    )
    assert set(got.data["activity"]) == {"group_coaching:bkb"}
    (found,) = [f for f in got.findings if f.code == "activity_spellings"]
    assert found.value.count(";") == 2
    assert found.expected == "Pembinaan kelompok BKB"


def test_an_unknown_activity_keeps_its_words_and_only_suggests():
    got = plan(line(kegiatan="Lomba kader teladan"),
               line(kegiatan="Lomba kader teladann", triwulan="TW II"))  # fmt: skip
    assert set(got.data["activity"]) == {""}
    assert codes(got).count("activity_unknown") == 2
    (alike,) = [f for f in got.findings if f.code == "activity_spelled_alike"]
    assert {alike.value, alike.expected} == {
        "Lomba kader teladan", "Lomba kader teladann",
    }  # fmt: skip


LONG = "Pertemuan koordinasi pelayanan keluarga berencana lintas sektor di pekon"


@pytest.mark.parametrize(
    ("one", "other", "is_alike"),
    [
        ("Lomba kader di Hajimena", "Lomba kader di Hajimenna", True),  # a slip
        ("Lomba kader di Hajimena", "Lomba kadr di Hajimena", True),
        ("Lomba kader di Hajimena", "Lomba kader di Sidosari", False),  # two villages
        ("Lomba kader tahap 1", "Lomba kader tahap 2", False),
        ("Lomba kader tahap 1", "Lomba kadr tahap 1", True),
        # The longest name counts: this is not Suka Banjar.
        (f"{LONG} Suka Banjar", f"{LONG} Suka Banjar II Ujung Rembun", False),
        (f"{LONG} Suka Bnjar", f"{LONG} Suka Banjar II Ujung Rembun", True),
        ("Lomba kader Negeri Ratu", "Lomba kader Negeri Sakti", False),
    ],
)
def test_the_same_work_in_another_place_or_part_is_no_other_spelling(
    one, other, is_alike
):
    got = plan(line(kegiatan=one), line(kegiatan=other, triwulan="TW II"))
    assert ("activity_spelled_alike" in codes(got)) == is_alike


def test_a_printed_total_is_checked_to_the_rupiah_and_never_added():
    total = line(kabupaten="JUMLAH", kegiatan="", triwulan="", target="",
                 satuan="", anggaran="2.500.001", sumber="")  # fmt: skip
    got = plan(LINE, line(kabupaten="Mesuji"), total)
    assert len(got.data) == 2
    (found,) = [f for f in got.findings if f.code == "total_disagrees"]
    assert (found.value, found.expected) == ("2.500.001", "2.500.000")


def test_an_office_is_kept_and_what_may_be_a_person_is_not():
    heads = [*HEADS, "PENANGGUNG JAWAB"]
    got = plan([*LINE, "Bidang KS, Dinas PPKB"], [*line(triwulan="TW II"), "Fulan"],
               heads=heads)  # fmt: skip
    assert list(got.data["responsible"]) == ["Bidang KS, Dinas PPKB", ""]
    (found,) = [f for f in got.findings if f.code == "responsible_not_office"]
    assert (found.row, found.value) == (3, "")
    assert not got.data.astype(str).eq("Fulan").any().any()


def test_a_month_gives_its_quarter_and_a_contradiction_is_told():
    heads = [*HEADS, "BULAN"]
    got = plan([*LINE, "Februari"], [*LINE, "Mei"], heads=heads)
    assert list(got.data["quarter"]) == [1, 2]
    assert list(got.data["month"]) == [2, 5]
    (found,) = [f for f in got.findings if f.code == "quarter_month_disagree"]
    assert (found.row, found.value, found.expected) == (3, "5 / TW 1", "TW 2")


def test_a_province_plan_without_some_districts_is_told_who_is_absent():
    got = plan(LINE, owner="province")
    (found,) = [f for f in got.findings if f.code == "plan_region_absent"]
    assert found.count == 14
    assert "Mesuji" in found.expected or "…" in found.expected
    assert "plan_region_absent" not in codes(plan(LINE))


def test_lines_without_a_year_are_told_and_can_be_given_one():
    bare = [HEADS[:2] + HEADS[4:], LINE[:2] + LINE[4:]]
    assert "plan_year_missing" in codes(read_plan(bare))
    assert list(read_plan(bare, year=2026).data["year"]) == [2026]


def test_a_bare_apbd_is_the_owners_and_nobody_guesses_without_an_owner():
    lines = line(sumber="APBD")
    assert list(plan(lines).data["fund"]) == ["apbd"]
    assert list(plan(lines, owner="district").data["fund"]) == ["apbd_kab"]
    assert list(plan(lines, owner="province").data["fund"]) == ["apbd_prov"]


def test_every_row_of_the_sheet_is_a_line_or_listed():
    total = line(kabupaten="JUMLAH", kegiatan="", target="")
    rows = [HEADS, LINE, [""] * 8, line(kegiatan=""), total, ["Sumber: usulan OPD"]]
    table = read_table(rows, province="18")
    assert table.rows_in == 5
    assert len(read_plan(table).data) == len(table.data) == 2
    assert "plan_activity_missing" in codes(table)


# --- refusals -------------------------------------------------------------------------


def test_a_sheet_that_is_no_plan_is_refused_with_what_it_is():
    with pytest.raises(PlanError) as err:
        read_plan([["KABUPATEN", "PUS"], ["Mesuji", 5]], year=2026)
    assert str(err.value) == (
        "list: no work plan was recognised, only: couples. A plan needs the headings "
        "KEGIATAN and TARGET, or a line with a target or an amount in the form of an "
        "office; see kkbpk-geo template plan."
    )


def test_an_owner_that_is_none_is_refused():
    with pytest.raises(PlanError) as err:
        plan(LINE, owner="pusat")
    assert str(err.value) == (
        "owner is 'pusat'; expected 'province', 'district' or ''."
    )


def test_no_plan_at_all_is_refused():
    with pytest.raises(PlanError) as err:
        combine_plans([])
    assert str(err.value) == "no plan was given; give at least one."


def test_a_quarter_that_is_none_is_refused_with_its_row():
    rows = [
        {"region_code": "18.10", "year": 2026, "quarter": 1, "source_row": 7},
        {"region_code": "18.10", "year": 2026, "quarter": 5, "source_row": 8},
    ]
    with pytest.raises(PlanError) as err:
        make_plan(rows)
    assert str(err.value) == (
        "row 8 of the plan: quarter is 5; expected 1 to 4, or missing."
    )


def test_half_a_rupiah_is_refused_by_the_frame_too():
    with pytest.raises(PlanError, match=r"^column 'budget' of the plan must hold"):
        make_plan([{"region_code": "18.10", "budget": 0.5}])


def test_a_plan_is_written_to_a_workbook_only(tmp_path):
    with pytest.raises(PlanError) as err:
        write_plan(plan(LINE), tmp_path / "rencana.csv")
    assert str(err.value) == (
        "rencana.csv: a plan's workbook needs a name ending in .xlsx."
    )


# --- values and words -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Rp 1.250.000,00", 1_250_000), ("Rp1.250.000,-", 1_250_000),
        ("1,250,000.00", 1_250_000), (1250000.0, 1_250_000), ("1,25 juta", 1_250_000),
        ("2,5 miliar", 2_500_000_000), ("Rp 0", 0), ("", None), ("-", None),
    ],
)  # fmt: skip
def test_rupiah_as_offices_write_it(text, value):
    assert read_rupiah(text).value == value
    assert not read_rupiah(text).fault


@given(st.integers(0, 10**13), st.sampled_from(["Rp {}", "{},00", "Rp. {},-", "{}"]))
def test_every_whole_amount_is_read_back_exactly(amount, written):
    grouped = f"{amount:,}".replace(",", ".")
    assert read_rupiah(written.format(grouped)).value == amount
    assert read_rupiah(amount).value == amount


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("TW II", 2), ("Triwulan 3", 3), ("Q4 2026", 4), ("triwulan ke-1", 1),
        ("April - Juni", 2), ("Januari s.d. Maret", 1), ("sepanjang tahun", None),
    ],
)  # fmt: skip
def test_quarters_as_offices_write_them(text, number):
    assert read_quarter(text).number == number
    assert read_quarter(text).fine


@pytest.mark.parametrize("text", ["TW I-II", "Semester I", "Jan - Feb", "TW I, III"])
def test_times_that_are_no_single_quarter_are_not_made_one(text):
    assert read_quarter(text, bare=True).number is None
    assert not read_quarter(text, bare=True).fine


def test_a_unit_beside_a_target_is_taken_off_only_if_it_is_one():
    assert split_target("1.200 orang") == ("1.200", "orang")
    assert split_target("12 ekor") == ("12 ekor", "")


def test_words_of_offices_are_brought_to_their_key_and_near_ones_are_not():
    assert activity_of("Belanja BKB Kit") == "kit_supply:bkb"
    assert activity_of("Belanja BKB Kid") == ""
    assert indicator_of("unmet need") == "unmet_need"
    assert fund_of("DAK Non Fisik (BOKB)") == "bokb"
    assert fund_of("DAK/BOKB") == ""
    assert term_of("unit", "Persen") == "percent"


def test_times_are_written_for_readers():
    assert period_text(2026, 2, None) == "TW II 2026"
    assert period_text(2026, 2, 4) == "April 2026"
    assert period_text(2026, None, None, "en") == "2026"
    assert period_text(None, None, None) == "–"


def test_making_a_plan_of_a_plan_changes_nothing_and_spares_the_callers_frame():
    first = plan(LINE, line(sumber="APBD", kabupaten="Mesuji"), owner="district")
    before = first.data.copy(deep=True)
    again = make_plan(first.data, province_code="18", owner="district")
    pd.testing.assert_frame_equal(again.data, first.data)
    pd.testing.assert_frame_equal(first.data, before)


def test_a_plan_sums_itself_up():
    assert plan(LINE, line(kabupaten="Mesuji")).summary() == (
        "2 baris rencana untuk 2 kabupaten/kota dan 1 kegiatan; anggaran "
        "Rp 2.500.000; 0 temuan."
    )
    assert "<script>" not in plan(line(kegiatan="<script>x"))._repr_html_()


HEAD = ["Kabupaten/Kota", "Kegiatan", "Target", "Satuan", "Anggaran"]
METRO = ["Metro", "Pelayanan KB", "120", "orang", "5000"]


def when(heads, cells, **more):
    """Return year, quarter and month of the first line, and what was told of it."""
    rows = [[*HEAD, *heads], [*METRO, *cells], *more.pop("rows", [])]
    got = read_plan(rows, province="18", **more)
    first = got.records()[0]
    told = [(f.code, f.column, f.value) for f in got.findings if f.row == 2]
    return (first["year"], first["quarter"], first["month"]), told


def test_a_month_that_cannot_be_read_keeps_its_year_and_names_its_column():
    assert when(["Triwulan", "Bulan"], ["", "13"], year=2026) == (
        (2026, None, None), [("month_unreadable", "Bulan", "13")],
    )  # fmt: skip
    assert when(["Tahun", "Bulan"], ["2026", "Maret dan Mei"]) == (
        (2026, None, None), [("month_unreadable", "Bulan", "Maret dan Mei")],
    )  # fmt: skip


@pytest.mark.parametrize("text", ["TW V", "Jan s.d. Des 2026", "2026/2027", "II"])
def test_a_time_that_cannot_be_read_keeps_the_year_that_is_known(text):
    got = when(["Periode"], [text], year=2026)
    assert got[0] == (2026, None, None)
    ((code, column, value),) = got[1]
    assert (code in ("plan_time_unreadable", "quarter_unreadable"), column, value) == (
        True, "Periode", text,
    )  # fmt: skip


def test_a_bare_1_to_4_is_a_quarter_or_a_month_unless_the_column_says():
    quarter = [*METRO, "TW I"]
    got = when(["Periode"], ["3"], year=2026, rows=[quarter])
    assert got == ((2026, None, None), [("plan_time_unreadable", "Periode", "3")])
    months = [[*METRO, str(n)] for n in range(4, 13)]
    got = when(["Periode"], ["3"], year=2026, rows=months)
    assert got == ((2026, 1, 3), [])


@pytest.mark.parametrize(
    ("target", "unit", "realised", "kept"),
    [
        ("1.200", "orang", "65%", None),
        ("65%", "", "65 orang", None),
        ("12 kelompok", "", "10 orang", None),
        ("120", "", "65%", None),
        ("120", "orang", "65 orang", 65.0),
        ("65%", "", "60%", 60.0),
        ("120", "orang", "65", 65.0),
    ],
)
def test_a_result_in_another_unit_than_its_target_is_missing_and_told(
    target, unit, realised, kept
):
    rows = [
        [*HEAD, "Realisasi"],
        ["Metro", "Pelayanan KB", target, unit, "1", realised],
    ]
    got = read_plan(rows, province="18", year=2026)
    assert got.records()[0]["realised"] == kept
    told = [f for f in got.findings if f.code == "realised_unit_differs"]
    assert [f.value for f in told] == ([] if kept else [realised])
    if not kept:
        assert got.data["Realisasi (teks)"].tolist() == [realised]


def test_a_target_beyond_every_number_is_unreadable_and_an_endless_one_refused():
    rows = [HEAD, ["Metro", "Pelayanan KB", "1e400", "orang", "1"]]
    got = read_plan(rows, province="18", year=2026)
    assert got.records()[0]["target"] is None
    assert [f.value for f in got.findings if f.code == "number_unreadable"] == ["1e400"]
    with pytest.raises(PlanError) as caught:
        make_plan([{"region_code": "18.01", "target": float("inf")}])
    assert str(caught.value) == (
        "row 1 of the plan: target is inf; expected -1e+15 to 1e+15, or missing."
    )


def test_several_files_are_named_and_no_district_is_cut_off(tmp_path):
    paths = []
    for name in ("metro", "mesuji"):
        paths.append(tmp_path / f"{name}.csv")
        row = [name.title(), *METRO[1:]]
        text = "\n".join(";".join(cells) for cells in (HEAD, row))
        paths[-1].write_text(text, encoding="utf-8")
    got = read_plan(paths, owner="province", year=2026, province="18")
    (found,) = [f for f in got.findings if f.code == "plan_region_absent"]
    assert found.file == "metro.csv, mesuji.csv"
    assert found.count == 13
    assert found.expected.count(", ") == 12
    assert "…" not in found.expected
