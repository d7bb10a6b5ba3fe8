"""The agenda: one sheet, dearest first, one decision a line; needs are an annex."""

import re

import pandas as pd
import pytest
from openpyxl import load_workbook
from sides import side

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.io import as_records, session
from kkbpk_geo.plan.align.alignment import align_plans
from kkbpk_geo.plan.decide.choices import answers_in, read_decisions
from kkbpk_geo.plan.decide.resolve import resolve
from kkbpk_geo.plan.lines.plan import make_plan
from kkbpk_geo.plan.meeting import workbook
from kkbpk_geo.plan.meeting.agenda import in_agenda_order, rupiah_at_stake
from kkbpk_geo.plan.meeting.pack import write_meeting
from kkbpk_geo.plan.meeting.page import meeting_html
from kkbpk_geo.plan.meeting.workbook import write_meeting_workbook


def line(region="18.10", work="Pembinaan kelompok BKB", quarter=1, **more):
    return {
        "region_code": region, "activity_text": work, "year": 2026, "quarter": quarter,
        "target": 10.0, "unit": "group", "budget": 1000, "fund": "bokb", **more,
    }  # fmt: skip


def plan(*lines):
    return make_plan(list(lines), province_code="18")


# What is lacking of two services in Pringsewu, of one in Mesuji; reporting is covered.
GAPS = pd.DataFrame(
    [
        ("18.10", "kit:bkb", 12, 0.5),
        ("18.10", "village_group:pik_r", 7, 0.2),
        ("18.11", "kit:bkb", 1200, 0.1),
        ("18.11", "officers", 0, 1.0),
    ],
    columns=["region_code", "service", "gap", "coverage"],
)


@pytest.fixture
def alignment():
    """A conflict in Pringsewu about Rp 1.000; a new line in Mesuji of Rp 5.000."""
    base = plan(line(), line("18.11"))
    province = plan(line(target=12.0), line("18.11"))
    district = plan(
        line(target=15.0), line("18.11"), line("18.11", "Rakor", budget=5000)
    )
    return align_plans(base, province, district, gaps=GAPS)


def rows(page, table="agenda"):
    """Return the texts of a table's rows, as a person reads them."""
    body = page.partition(f'<table class="{table}"')[2].partition("</table>")[0]
    found = []
    for row in re.findall(r"<tr.*?</tr>", body.partition("<tbody>")[2], re.DOTALL):
        cells = re.findall(r"<(?:td|th)[^>]*>(.*?)</(?:td|th)>", row, re.DOTALL)
        found.append([" ".join(re.sub(r"<[^>]+>", " ", x).split()) for x in cells])
    return found


def heads(page, table="agenda"):
    head = page.partition(f'<table class="{table}"')[2].partition("</thead>")[0]
    return re.findall(r'<th scope="col">(.*?)</th>', head)


def test_the_agenda_is_ordered_by_rupiah_and_says_all_on_one_line(alignment):
    page = side(meeting_html(alignment, "Notulen."))
    assert heads(page) == [
        "No", "Kabupaten/kota", "Yang diputuskan", "Provinsi", "Kabupaten/kota",
        "Rupiah", "Pilihan", "Keputusan",
    ]  # fmt: skip
    assert rows(page) == [
        [
            "1", "Mesuji", "Rakor TW I 2026 · tidak ada di rencana provinsi",
            "tidak ada baris", "10 kelompok Rp 5.000", "5.000",
            "Provinsi Kabupaten/kota Tetap", "",
        ],
        [
            "2", "Pringsewu",
            "Pembinaan kelompok BKB TW I 2026, target · berbeda di kedua pihak",
            "12 kelompok Rp 1.000", "15 kelompok Rp 1.000", "1.000",
            "Provinsi Kabupaten/kota Tetap Nilai lain", "",
        ],
    ]  # fmt: skip
    # What a rule proposes can be seen; about a conflict it proposes nothing.
    assert re.findall(r'class="proposed">([^<]+)<', page) == ["Kabupaten/kota"]


def test_the_message_says_how_much_hangs_on_it_and_what_is_left_over(alignment):
    page = side(meeting_html(alignment, "Notulen."))
    assert (
        "<h1>2 hal perlu diputuskan, Rp\N{NO-BREAK SPACE}6.000 dipertaruhkan; 3 "
        "kebutuhan belum punya kegiatan (lampiran).</h1>"
    ) in page
    # Of three compared lines one agrees; 13 of 15 districts have no plan.
    assert "1 dari 3 baris rencana (33,3 %) sudah selaras." in page
    assert "Rencana belum lengkap: 13 kabupaten/kota." in page
    english = side(meeting_html(alignment, "Minutes."), "en")
    assert (
        "<h1>2 matters are to be decided, Rp\N{NO-BREAK SPACE}6,000 at stake; 3 needs "
        "have no activity yet (annex).</h1>"
    ) in english


def test_where_nothing_is_due_the_message_says_so():
    same = plan(line())
    page = side(meeting_html(align_plans(same, same, same), "Notulen."))
    assert "<h1>Tidak ada yang perlu diputuskan.</h1>" in page
    assert "<p>Tidak ada yang perlu diputuskan.</p>" in page
    assert '<table class="agenda"' not in page
    assert "Lampiran" not in page


def test_a_line_is_at_stake_once_however_many_of_its_parts_differ():
    base = plan(line())
    province = plan(line(target=12.0, budget=2000))
    district = plan(line(target=15.0, budget=5000))
    table = align_plans(base, province, district).table
    table = table[table["region_code"] == "18.10"]
    # The target of a line of at most Rp 5.000, and the difference of its budgets.
    assert list(in_agenda_order(table)["rupiah"]) == [5000, 3000]
    assert rupiah_at_stake(as_records(table)) == 5000


def test_an_absent_plan_holds_all_that_is_at_stake_in_its_district():
    told = plan(line("18.11", budget=4000), line("18.11", "Rakor", budget=3000))
    gaps = GAPS.assign(service="village_group:bkb", gap=0).drop_duplicates(
        "region_code"
    )
    table = align_plans(None, plan(), told, gaps=gaps).table
    own = table[table["region_code"] == "18.11"]
    assert "no_province_plan" in set(own["kind"])
    assert len(own) > 1
    assert rupiah_at_stake(as_records(own)) == 7000


def test_a_budget_that_differs_is_not_said_twice_and_no_budget_is_no_zero():
    province, district = plan(line(budget=2000)), plan(line(budget=5000))
    [[_, _, _, ours, theirs, stake, *_]] = [
        row
        for row in rows(side(meeting_html(align_plans(None, province, district), "")))
        if row[1] == "Pringsewu"
    ]
    assert (ours, theirs, stake) == ("Rp 2.000", "Rp 5.000", "3.000")
    free = align_plans(
        plan(line(budget=None)),
        plan(line(budget=None, target=12.0)),
        plan(line(budget=None, target=15.0)),
    )
    [own] = [x for x in rows(side(meeting_html(free, ""))) if x[1] == "Pringsewu"]
    assert own[3:6] == ["12 kelompok", "15 kelompok", ""]


def test_two_sources_of_one_work_are_named():
    twice = [line(), line(fund="apbd_kab", budget=500)]
    same = plan(*twice)
    page = side(meeting_html(align_plans(same, same, same), ""))
    [own] = [x for x in rows(page) if x[1] == "Pringsewu"]
    assert own[3] == "APBD kabupaten/kota + BOKB Rp 1.500"
    assert own[6] == "Diterima Tindak lanjut"


# A sheet of A4 holds 18 lines; the rest is counted, and stands with its district.
@pytest.mark.parametrize(("due", "lines", "left"), [(18, 18, 0), (19, 18, 1)])
def test_the_agenda_stays_on_one_sheet_and_says_what_it_leaves_out(due, lines, left):
    new = [line(work=f"Kegiatan {n:02}", budget=100 + n) for n in range(due)]
    got = align_plans(plan(line()), plan(line()), plan(line(), *new))
    page = side(meeting_html(got, ""))
    assert len(rows(page)) == lines
    assert rows(page)[0][5] == f"{99 + due}"
    said = (
        "Masih ada 1 hal lain, Rp\N{NO-BREAK SPACE}100; lihat bagian kabupaten/kota di "
        "bawah atau buku kerja rapat."
    )
    assert page.count(said) == left
    assert len(rows(page, "due")) == due


def test_what_costs_nothing_known_is_left_out_without_an_amount():
    new = [line(work=f"Kegiatan {n:02}", budget=None) for n in range(19)]
    got = align_plans(plan(line()), plan(line()), plan(line(), *new))
    page = side(meeting_html(got, ""))
    assert "Masih ada 1 hal lain; lihat bagian" in page
    assert "Rp" not in page.partition("Agenda")[2].partition("Ringkasan")[0]


# A page of thousands of matters opens slowly: the workbook has what the page has not.
@pytest.mark.parametrize(("due", "told", "left"), [(60, 60, 0), (62, 60, 1)])
def test_a_district_shows_its_dearest_and_says_what_the_workbook_has(due, told, left):
    new = [line(work=f"Kegiatan {n:02}", budget=100 + n) for n in range(due)]
    other = line("18.11", "Rakor", budget=1)
    same = [line(), line("18.11")]
    got = align_plans(plan(*same), plan(*same), plan(*same, *new, other))
    page = side(meeting_html(got, ""))
    numbers = [int(row[0]) for row in rows(page, "due")]
    assert numbers == list(range(1, told + 1))
    assert f"Pringsewu: {due} hal, " in page, "the heading counts all of them"
    said = (
        "Masih ada 2 hal lain, Rp\N{NO-BREAK SPACE}201, yang tidak dimuat di "
        "halaman ini; semuanya ada di buku kerja rapat."
    )
    assert page.count(said) == left
    # The next district keeps its number on the agenda.
    mesuji = page.partition("Mesuji: 1 hal")[2]
    assert [row[0] for row in rows(mesuji, "due")] == [str(due + 1)]


def test_needs_are_an_annex_by_district_and_kind_the_most_first(alignment):
    page = side(meeting_html(alignment, "Notulen."))
    assert heads(page, "needs") == [
        "Kabupaten/kota", "Kelompok kegiatan", "Sarana dan kader"
    ]  # fmt: skip
    assert rows(page, "needs") == [
        ["Pringsewu (2)", "bentuk 7 kelompok PIK-R", "sediakan 12 BKB Kit"],
        ["Mesuji (1)", "", "sediakan 1.200 BKB Kit"],
    ]
    matters = {row[1] for row in rows(page, "due")}
    assert matters == {"berbeda di kedua pihak Rp 1.000"}
    assert '<a href="#nr18-10">2 kebutuhan belum punya kegiatan</a>' in page
    assert '<tr id="nr18-10">' in page


def test_columns_that_say_nothing_are_left_out(alignment):
    page = side(meeting_html(alignment, "Notulen."))
    # Nobody reports, and no decision has a note.
    assert "Fisik" not in page
    assert "Serapan" not in page
    assert heads(page, "due") == [
        "No", "Perihal", "Kegiatan", "Waktu", "Bagian", "Terakhir disepakati",
        "Rencana provinsi", "Rencana kabupaten/kota",
    ]  # fmt: skip


def test_each_language_speaks_for_itself(alignment, tmp_path):
    page = write_meeting(alignment, tmp_path)[1].read_text(encoding="utf-8")
    english = side(page, "en")
    assert "Coaching BKB groups" in english
    assert "Pembinaan kelompok BKB" not in english
    assert "12 groups" in english
    assert "At the meeting on the work plans the work plans for 2026" in english
    assert "Pada rapat sinkronisasi" not in english
    assert "Pada rapat sinkronisasi" in side(page)


# --- the workbook


def head_row(sheet):
    return [cell.value for cell in sheet[3]]


def cell_of(sheet, heading, row=4):
    return sheet.cell(row, head_row(sheet).index(heading) + 1)


def test_the_workbook_begins_with_the_same_agenda(alignment, tmp_path):
    path = write_meeting_workbook(alignment, tmp_path / "rapat.xlsx")
    book = load_workbook(path)
    assert book.sheetnames[0] == "Agenda"
    sheet = book["Agenda"]
    assert sheet.protection.sheet
    places = [[sheet.cell(row, at).value for at in (1, 2)] for row in (4, 5)]
    assert places == [[1, "Mesuji"], [2, "Pringsewu"]]
    assert sheet.cell(6, 1).value is None, "needs are with their districts"
    paid = ["Rupiah provinsi", "Rupiah kabupaten/kota", "Rupiah"]
    assert [cell_of(sheet, x).value for x in paid] == [None, 5000, 5000]
    assert [cell_of(sheet, x, 5).value for x in paid] == [1000, 1000, 1000]
    free = [x for x in head_row(sheet) if not cell_of(sheet, x).protection.locked]
    assert free == ["Keputusan", "Nilai lain", "Alasan"]
    assert sheet.column_dimensions["Q"].hidden
    assert head_row(sheet)[16] == "ID keputusan"


def test_a_long_agenda_ends_and_says_where_the_rest_is(
    alignment, tmp_path, monkeypatch
):
    assert workbook.MOST_ON_AGENDA == 1000
    path = write_meeting_workbook(alignment, tmp_path / "rapat.xlsx")
    decided(path, "Agenda", 5, Keputusan="Provinsi", Alasan="Sudah dibayar")
    answers = answers_in(path)
    monkeypatch.setattr(workbook, "MOST_ON_AGENDA", 1)
    short = write_meeting_workbook(alignment, tmp_path / "pendek.xlsx")
    sheet = load_workbook(short)["Agenda"]
    assert [sheet.cell(row, 2).value for row in (4, 5)] == ["Mesuji", None]
    assert sheet.cell(2, 1).value.endswith(
        "1 hal lain dengan rupiah lebih kecil ada di lembar kabupaten/kota."
    )
    with session():
        kept = write_meeting_workbook(alignment, tmp_path / "rapat.xlsx")
    assert answers_in(kept).keys() == answers.keys()
    assert cell_of(load_workbook(kept)["Agenda"], "Keputusan", 5).value == "Provinsi"


def decided(path, sheet, row, **cells):
    book = load_workbook(path)
    for heading, value in cells.items():
        cell_of(book[sheet], heading.replace("_", " "), row).value = value
    book.save(path)


def test_what_is_decided_on_the_agenda_is_read_back(alignment, tmp_path):
    path = write_meeting_workbook(alignment, tmp_path / "rapat.xlsx")
    decided(path, "Agenda", 5, Keputusan="Nilai lain", Nilai_lain="13")
    decided(path, "18.11 Mesuji", 5, Keputusan="Kabupaten/kota")
    got = resolve(alignment, path)
    targets = dict(zip(got.plan.data["line_id"], got.plan.data["target"], strict=True))
    assert targets["18.10:group_coaching:bkb:2026-Q1"] == 13
    assert len(got.plan.data) == 3
    assert not set(got.open["kind"]) & {"conflict", "missing_province"}


def test_one_decision_on_two_sheets_is_refused_with_both_places(alignment, tmp_path):
    path = write_meeting_workbook(alignment, tmp_path / "rapat.xlsx")
    decided(path, "Agenda", 5, Keputusan="Provinsi")
    decided(path, "18.10 Pringsewu", 4, Keputusan="Provinsi")
    assert [made.choice for made in read_decisions(path)] == ["province"]
    decided(path, "18.10 Pringsewu", 4, Keputusan="Tetap")
    with pytest.raises(PlanError) as err:
        read_decisions(path)
    assert str(err.value) == (
        "decision '18.10:group_coaching:bkb:2026-Q1|target' is taken twice, as "
        "'province' in rapat.xlsx, Agenda, row 5, and 'base' in rapat.xlsx, 18.10 "
        "Pringsewu, row 4. Keep one."
    )


@pytest.mark.parametrize("where", ["Agenda", "18.10 Pringsewu"])
def test_an_answer_is_carried_to_the_sheet_it_was_written_on(
    alignment, tmp_path, where
):
    path = write_meeting_workbook(alignment, tmp_path / "rapat.xlsx")
    decided(path, where, 5 if where == "Agenda" else 4, Keputusan="Tetap")
    with session():
        write_meeting_workbook(alignment.in_language("en"), path)
    book = load_workbook(path)
    stands = {
        "Agenda": cell_of(book["Agenda"], "Decision", 5).value,
        "18.10 Pringsewu": cell_of(book["18.10 Pringsewu"], "Decision").value,
    }
    assert stands.pop(where) == "As before"
    assert list(stands.values()) == [None]


def test_the_same_on_both_sheets_is_one_decision_with_the_reasons_of_both(
    alignment, tmp_path
):
    path = write_meeting_workbook(alignment, tmp_path / "rapat.xlsx")
    told = {"Keputusan": "Nilai lain", "Alasan": "sesuai pagu"}
    decided(path, "Agenda", 5, **told, Nilai_lain=13)
    more = told | {"Alasan": "disepakati bidang"}
    decided(path, "18.10 Pringsewu", 4, **more, Nilai_lain="13")
    [made] = read_decisions(path)
    assert (made.choice, made.why) == ("other", "sesuai pagu; disepakati bidang")
    decided(path, "18.10 Pringsewu", 4, Nilai_lain="14")
    with pytest.raises(PlanError, match=r"'other 13' in .*'other 14' in "):
        read_decisions(path)


def test_two_answers_that_differ_are_both_carried_on(alignment, tmp_path):
    path = write_meeting_workbook(alignment, tmp_path / "rapat.xlsx")
    decided(path, "Agenda", 5, Keputusan="Provinsi")
    decided(path, "18.10 Pringsewu", 4, Keputusan="Tetap")
    with session():
        write_meeting_workbook(alignment, path)
    book = load_workbook(path)
    assert cell_of(book["Agenda"], "Keputusan", 5).value == "Provinsi"
    assert cell_of(book["18.10 Pringsewu"], "Keputusan").value == "Tetap"
