"""The meeting pack: locked, chosen from lists, readable without a network."""

import re

import pandas as pd
import pytest
from openpyxl import load_workbook

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.io import session, take_kept
from kkbpk_geo.io.command import Kept
from kkbpk_geo.plan.align.alignment import align_plans
from kkbpk_geo.plan.decide.choices import read_decisions
from kkbpk_geo.plan.decide.resolve import resolve
from kkbpk_geo.plan.lines.plan import make_plan
from kkbpk_geo.plan.meeting.minutes import minutes_paragraph
from kkbpk_geo.plan.meeting.pack import write_meeting, write_resolved
from kkbpk_geo.plan.meeting.page import meeting_html
from kkbpk_geo.plan.meeting.workbook import write_meeting_workbook
from kkbpk_geo.regions.register import children

EVIL = "<img src=x onerror=alert(1)>`${7*7}`"


def line(region="18.10", work="Pembinaan kelompok BKB", quarter=1, **more):
    return {
        "region_code": region, "activity_text": work, "year": 2026, "quarter": quarter,
        "target": 10.0, "unit": "group", "budget": 1000, "fund": "bokb", **more,
    }  # fmt: skip


def plan(*lines):
    return make_plan(list(lines), province_code="18")


@pytest.fixture
def alignment():
    """A conflict in Pringsewu, a new line in Mesuji, a sum that differs."""
    base = plan(line(), line("18.11"))
    top = line("18", quarter=None, target=99.0, budget=0)
    province = plan(line(target=12.0), line("18.11"), top)
    district = plan(line(target=15.0), line("18.11"), line("18.11", EVIL))
    return align_plans(base, province, district)


@pytest.fixture
def book(alignment, tmp_path):
    return load_workbook(write_meeting_workbook(alignment, tmp_path / "rapat.xlsx"))


def cell_of(sheet, heading, row=4):
    heads = [cell.value for cell in sheet[3]]
    return sheet.cell(row, heads.index(heading) + 1)


def test_there_is_an_agenda_a_sheet_per_district_and_one_for_the_province(book):
    assert book.sheetnames == [
        "Agenda", "Ringkasan", "18 Provinsi", "18.10 Pringsewu", "18.11 Mesuji",
    ]  # fmt: skip


def test_what_plans_say_is_locked_and_only_decisions_can_be_typed(book):
    for sheet in book:
        assert sheet.protection.sheet
    sheet = book["18.10 Pringsewu"]
    free = [c.value for c in sheet[3] if not sheet.cell(4, c.column).protection.locked]
    assert free == ["Keputusan", "Nilai lain", "Alasan"]
    assert cell_of(sheet, "Rencana provinsi").value == "12 kelompok"
    assert cell_of(sheet, "Rupiah").value == 1000


def test_decisions_are_chosen_from_a_list_that_fits_them(book):
    def lists(name):
        found = book[name].data_validations.dataValidation
        return [each.formula1 for each in found]

    assert lists("18.10 Pringsewu") == ['"Provinsi,Kabupaten/kota,Tetap,Nilai lain"']
    assert lists("18.11 Mesuji") == ['"Provinsi,Kabupaten/kota,Tetap"']
    assert lists("18 Provinsi") == ['"Diterima,Tindak lanjut"']


def test_the_ids_are_there_but_hidden(book):
    sheet = book["18.10 Pringsewu"]
    assert cell_of(sheet, "ID keputusan").value == (
        "18.10:group_coaching:bkb:2026-Q1|target"
    )
    assert sheet.column_dimensions["O"].hidden


def test_a_filled_in_workbook_is_read_back_and_decides(alignment, tmp_path):
    path = write_meeting_workbook(alignment, tmp_path / "rapat.xlsx")
    assert read_decisions(path) == []
    book = load_workbook(path)
    sheet = book["18.10 Pringsewu"]
    cell_of(sheet, "Keputusan").value = "Nilai lain"
    cell_of(sheet, "Nilai lain").value = "13"
    cell_of(sheet, "Alasan").value = "sesuai kader"
    cell_of(book["18.11 Mesuji"], "Keputusan").value = "Kabupaten/kota"
    book.save(path)
    got = resolve(alignment, path, decided_by="Rakerda 2026")
    targets = dict(zip(got.plan.data["line_id"], got.plan.data["target"], strict=True))
    assert targets["18.10:group_coaching:bkb:2026-Q1"] == 13
    assert len(got.plan.data) == 4
    assert "sesuai kader" in set(got.audit["why"])
    assert list(got.open["kind"]) == ["sum_differs"]


def test_both_languages_are_read_back(tmp_path):
    base, other = plan(line()), plan(line(target=12.0))
    alignment = align_plans(base, other, base, language="en")
    path = write_meeting_workbook(alignment, tmp_path / "meeting.xlsx")
    book = load_workbook(path)
    cell_of(book["18.10 Pringsewu"], "Decision").value = "Province"
    book.save(path)
    assert list(resolve(alignment, path).plan.data["target"]) == [12.0]


def test_a_workbook_without_decisions_in_it_is_refused(tmp_path):
    from xlsxwriter import Workbook

    with Workbook(tmp_path / "lain.xlsx") as book:
        book.add_worksheet().write(0, 0, "KEGIATAN")
    with pytest.raises(PlanError) as err:
        read_decisions(tmp_path / "lain.xlsx")
    assert str(err.value) == (
        "lain.xlsx: no sheet has the headings 'ID keputusan' and 'Keputusan'. Give the "
        "workbook that the meeting pack wrote, filled in."
    )


def test_text_of_plans_runs_nowhere(alignment, tmp_path):
    formula = plan(line(work="=1+1"))
    workbook = write_meeting_workbook(align_plans(None, formula, plan()),
                                      tmp_path / "f.xlsx")  # fmt: skip
    cells = [c for sheet in load_workbook(workbook) for row in sheet for c in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert any(cell.value == "'=1+1" for cell in cells)
    page = meeting_html(alignment, EVIL, title=EVIL)
    assert "<img" not in page
    assert "${" not in page


def test_the_page_asks_for_nothing_from_outside(alignment):
    page = meeting_html(alignment, "Notulen.")
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert not re.search(r"(src|href)=\"(?!#)", page)
    assert 'href="#r18-10"' in page
    assert 'id="r18-10"' in page
    assert "12 kelompok" in page


def test_the_paragraph_for_the_minutes_is_written_from_the_figures(alignment):
    assert minutes_paragraph(alignment, meeting="Rakerda 2026") == (
        "Pada Rakerda 2026 dibandingkan rencana kerja tahun 2026 dari provinsi dan 2 "
        "kabupaten/kota, seluruhnya 3 baris; 1 baris (33,3 %) sudah selaras. Anggaran "
        "dalam rencana provinsi berjumlah Rp 2.000 dan dalam rencana kabupaten/kota "
        "Rp 3.000. Sebanyak 3 hal perlu diputuskan, yaitu berbeda di kedua pihak 1; "
        "jumlah kabupaten/kota tidak sama dengan target provinsi 1; tidak ada di "
        "rencana provinsi 1; terbanyak di Pringsewu (1), Mesuji (1). Sebanyak 13 "
        "kabupaten/kota belum menyampaikan rencana dan belum ada dalam rencana "
        "provinsi: Lampung Selatan, Lampung Tengah, Lampung Utara, Lampung Barat, "
        "Tulang Bawang, Tanggamus, Lampung Timur, Way Kanan, Pesawaran, Tulang Bawang "
        "Barat, Pesisir Barat, Kota Bandar Lampung, Kota Metro. Baris yang rencananya "
        "belum disampaikan salah satu pihak tidak dihitung selaras."
    )
    merged = resolve(alignment, accept=["missing_province"])
    assert minutes_paragraph(merged).endswith(
        "Rapat sinkronisasi rencana kerja memutuskan 0 hal, dan 1 hal diterima menurut "
        "aturan; 2 hal belum diputuskan. Rencana gabungan memuat 4 baris dengan "
        "anggaran Rp 3.000."
    )
    same = plan(line())
    assert "Tidak ada perbedaan" in minutes_paragraph(align_plans(same, same, same))


def test_plans_that_were_not_handed_in_are_named_wherever_the_meeting_reads(tmp_path):
    base = plan(line(), line("18.11"), line("18.12"))
    got = align_plans(base, plan(line(), line("18.11")), plan(line(), line("18.12")))
    said = minutes_paragraph(got)
    assert "dari provinsi dan 1 kabupaten/kota, seluruhnya 1 baris; 1 baris" in said
    assert "Sebanyak 13 kabupaten/kota belum menyampaikan rencana: " in said
    assert "Sebanyak 13 kabupaten/kota belum ada dalam rencana provinsi: " in said
    assert "Seluruh kabupaten/kota sudah menyampaikan" not in said
    page = meeting_html(got, said)
    assert "Mesuji</a><br><small>rencana kabupaten/kota belum ada</small>" in page
    assert "<p>Belum menyampaikan rencana (13): " in page
    assert "<p>Belum ada dalam rencana provinsi (13): " in page
    book = load_workbook(write_meeting_workbook(got, tmp_path / "rapat.xlsx"))
    sheet = book["Ringkasan"]
    assert "Belum ada dalam rencana provinsi (13): " in sheet["A2"].value
    rows = {row[0].value: [cell.value for cell in row[1:5]] for row in sheet["A6:E20"]}
    assert rows["18.10 Pringsewu"] == [None, 1, 1, 100]
    assert rows["18.11 Mesuji"] == ["rencana kabupaten/kota belum ada", "–", "–", "–"]
    assert book.sheetnames[2:] == [
        "18.10 Pringsewu", "18.11 Mesuji", "18.12 Tulang Bawang Barat",
    ]  # fmt: skip
    assert cell_of(book["18.11 Mesuji"], "Perihal").value == (
        "rencana kabupaten/kota belum ada"
    )
    assert cell_of(book["18.11 Mesuji"], "Rencana kabupaten/kota").value == (
        "belum ada rencana"
    )


def test_where_all_plans_are_there_it_is_said_so():
    every = [line(unit.code) for unit in children("18")]
    got = align_plans(None, plan(*every), plan(*every))
    assert got.absence() == [
        "Rencana provinsi dan rencana semua kabupaten/kota sudah ada."
    ]
    assert minutes_paragraph(got).endswith(
        "Seluruh kabupaten/kota sudah menyampaikan rencana."
    )


def test_the_same_comparison_gives_the_same_bytes(alignment, tmp_path):
    one = write_meeting(alignment, tmp_path / "a", meeting="Rakerda")
    two = write_meeting(alignment, tmp_path / "b", meeting="Rakerda")
    assert [path.name for path in one] == [
        "rapat-rencana.xlsx", "rapat-rencana.html", "notulen.txt", "pendanaan.csv",
        "kalender.html",
    ]  # fmt: skip
    assert [p.read_bytes() for p in one] == [p.read_bytes() for p in two]


def test_what_was_decided_goes_into_a_folder_with_what_is_still_open(
    alignment, tmp_path
):
    files = write_resolved(resolve(alignment), tmp_path)
    assert [path.name for path in files] == [
        "rencana-gabungan.xlsx", "jejak-keputusan.xlsx", "notulen.txt",
        "belum-diputuskan.xlsx",
    ]  # fmt: skip
    same = plan(line())
    files = write_resolved(resolve(align_plans(same, same, same)), tmp_path / "x")
    assert len(files) == 3


def test_a_folder_that_is_a_file_is_refused(alignment, tmp_path):
    path = tmp_path / "ada"
    path.write_text("x", encoding="utf-8")
    with pytest.raises(PlanError, match="cannot be made a folder"):
        write_meeting(alignment, path)


def test_a_meetings_workbook_is_a_workbook(alignment, tmp_path):
    with pytest.raises(PlanError) as err:
        write_meeting_workbook(alignment, tmp_path / "rapat.ods")
    assert str(err.value) == (
        "rapat.ods: the meeting's workbook needs a name ending in .xlsx."
    )


def test_districts_without_anything_to_decide_say_so(tmp_path):
    same = plan(line())
    path = write_meeting_workbook(align_plans(same, same, same), tmp_path / "r.xlsx")
    sheet = load_workbook(path)["18.10 Pringsewu"]
    assert sheet["A2"].value == "Tidak ada yang perlu diputuskan."
    assert pd.isna(sheet["A4"].value)


# --- written again --------------------------------------------------------------------


def decide(path, sheet, **cells):
    book = load_workbook(path)
    for heading, value in cells.items():
        cell_of(book[sheet], heading.replace("_", " ")).value = value
    book.save(path)


def typed(path, sheet="18.10 Pringsewu"):
    own = load_workbook(path)[sheet]
    return [cell_of(own, x).value for x in ("Keputusan", "Nilai lain", "Alasan")]


def test_what_a_meeting_has_decided_is_kept_and_stands_in_the_new_workbook(
    alignment, tmp_path
):
    with session():
        path = write_meeting(alignment, tmp_path)[0]
        answer = {"Keputusan": "Nilai lain", "Nilai_lain": 13, "Alasan": "sesuai kader"}
        decide(path, "18.10 Pringsewu", **answer)
        filled = path.read_bytes()
        write_meeting(alignment, tmp_path)
        assert take_kept() == [Kept(path, tmp_path / "rapat-rencana-isian.xlsx", 1)]
        assert (tmp_path / "rapat-rencana-isian.xlsx").read_bytes() == filled
        assert typed(path) == ["Nilai lain", 13, "sesuai kader"]
        again = path.read_bytes()
        # Nobody has touched it since: it is not kept, and loses nothing.
        write_meeting(alignment, tmp_path)
        assert take_kept() == []
        assert path.read_bytes() == again
    assert [made.value for made in read_decisions(path)] == [13]


def test_an_answer_goes_on_in_the_other_language(alignment, tmp_path):
    path = write_meeting_workbook(alignment, tmp_path / "r.xlsx")
    decide(path, "18.10 Pringsewu", Keputusan="Kabupaten/kota")
    with session():
        write_meeting_workbook(alignment.in_language("en"), path)
        assert take_kept()[0].carried == 1
    sheet = load_workbook(path)["18.10 Pringsewu"]
    assert cell_of(sheet, "Decision").value == label("choice_district", "en")


def test_an_answer_to_other_words_is_not_carried(alignment, tmp_path):
    path = write_meeting_workbook(alignment, tmp_path / "r.xlsx")
    decide(path, "18.10 Pringsewu", Keputusan="Provinsi")
    # The province has changed its 12 to 14 since; "Provinsi" meant 12.
    base = plan(line(), line("18.11"))
    province = plan(line(target=14.0), line("18.11"))
    later = align_plans(base, province, plan(line(target=15.0), line("18.11")))
    with session():
        write_meeting_workbook(later, path)
        assert [kept.carried for kept in take_kept()] == [0]
    assert typed(path) == [None, None, None]


def test_a_reason_with_a_number_of_a_person_is_not_carried(alignment, tmp_path):
    path = write_meeting_workbook(alignment, tmp_path / "r.xlsx")
    why = {"Keputusan": "Provinsi", "Alasan": "hubungi 081279004412"}
    decide(path, "18.10 Pringsewu", **why)
    with session():
        write_meeting_workbook(alignment, path)
        assert [kept.carried for kept in take_kept()] == [0]
    assert typed(path) == [None, None, None]
