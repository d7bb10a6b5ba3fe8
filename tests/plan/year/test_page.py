"""Pages that show a plan's year: calendar, continuity, plan against realisation."""

import re

import pytest
from sides import side

from kkbpk_geo.plan.align.alignment import align_plans
from kkbpk_geo.plan.lines.plan import make_plan
from kkbpk_geo.plan.meeting.pack import write_meeting
from kkbpk_geo.plan.meeting.page import meeting_html
from kkbpk_geo.plan.year.gantt import gantt_html, gantt_key
from kkbpk_geo.plan.year.outlook import look_ahead
from kkbpk_geo.plan.year.page import plan_html
from kkbpk_geo.plan.year.parts import YearFacts, plan_parts, year_cells

EVIL = "<img src=x onerror=alert(1)>`${7*7}`"


def line(region="18.10", work="Pembinaan kelompok BKB", quarter=1, **more):
    return {
        "region_code": region, "activity_text": work, "year": 2026, "quarter": quarter,
        "target": 10.0, "unit": "group", "budget": 1000, "fund": "bokb", **more,
    }  # fmt: skip


def plan(*lines):
    return make_plan(list(lines), province_code="18")


@pytest.fixture
def districts():
    """Pringsewu misses the third quarter and reports two; Mesuji reports nothing."""
    return plan(
        line(quarter=1, realised=9.0, spent=500),
        line(quarter=2, realised=7.0, spent=500),
        line(quarter=4),
        line("18.11", EVIL, quarter=None),
    )


def text(page):
    return re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]+>", " ", page))


def test_a_month_is_told_by_sign_and_word_not_by_colour_alone(districts):
    table = gantt_html(look_ahead(districts).continuity, "18.10")
    assert table.count('aria-label="direncanakan">●</td>') == 9
    assert table.count('aria-label="perlu, tetapi tidak direncanakan">✕</td>') == 3
    assert table.count('<th scope="col"') == 12
    assert table.count('<th scope="colgroup" colspan="3">') == 4
    assert '<th scope="row">Pembinaan kelompok BKB</th>' in table
    assert "<caption>Kalender kegiatan 2026 · Pringsewu</caption>" in table
    assert "style=" not in table
    assert '<th scope="col" abbr="May">May</th>' in gantt_html(
        look_ahead(districts).continuity, "18.10", "en"
    )


def test_the_key_says_what_each_sign_means():
    assert text(gantt_key("en")).strip() == (
        "● planned · ○ the year, no month stated · ✕ needed, but not planned"
    )


def test_a_district_shows_its_score_in_parts_and_what_breaks_it(districts):
    shown = text(plan_parts(YearFacts.of(look_ahead(districts)), "18.10", "x", "id"))
    # Nine of twelve months; one work, broken; no year target; too few lines to spread.
    assert (
        "Kesinambungan 38 % (rata-rata dari: waktu terisi 75 %; kegiatan tanpa putus "
        "0 %; beban merata –; jadwal mencapai target –)."
    ) in shown
    assert "Pembinaan kelompok BKB: terputus pada TW III, padahal" in shown
    assert "Pringsewu, Pembinaan" not in shown


def test_a_district_shows_plan_against_realisation_work_by_work(districts):
    shown = text(plan_parts(YearFacts.of(look_ahead(districts)), "18.10", "x", "id"))
    # 16 of the 20 that report; Rp 1.000 of 2.000.
    assert "Sampai kini: fisik 80,0 %, anggaran 50,0 %; terlambat. 1 dari 1" in shown
    assert (
        "30 kelompok 16 kelompok 80,0 % Rp 3.000 Rp 1.000 50,0 % ▼ terlambat" in shown
    )


def test_a_district_without_a_report_says_so_and_has_no_zero(districts):
    shown = text(plan_parts(YearFacts.of(look_ahead(districts)), "18.11", "x", "en"))
    assert "No realisation has been reported for 1 activities." in shown
    assert "0 %" not in shown
    assert year_cells(look_ahead(districts), "18.11", "id") == ["–", "–", "–"]
    assert year_cells(None, "18.11", "id") == ["–", "–", "–"]
    assert year_cells(look_ahead(districts), "18.10", "id") == ["38 %", "80 %", "50 %"]


def test_a_region_without_lines_has_no_part(districts):
    assert plan_parts(YearFacts.of(look_ahead(districts)), "18.09", "x", "id") == ""


def test_the_meeting_leads_to_each_districts_year(districts, tmp_path):
    alignment = align_plans(None, plan(line(quarter=1)), districts)
    write_meeting(alignment, tmp_path)
    page = (tmp_path / "rapat-rencana.html").read_text(encoding="utf-8")
    years = side((tmp_path / "kalender.html").read_text(encoding="utf-8"))
    own, other = side(page), side(page, "en")
    assert 'href="kalender.html#r18-10">Kalender kegiatan</a>' in own
    assert 'href="kalender.html#en-r18-10">Calendar of work</a>' in other
    assert '<table class="gantt">' not in page
    assert years.count('<table class="gantt">') == 2
    pringsewu = years.partition('id="r18-10"')[2].partition("</section>")[0]
    assert "Kalender kegiatan 2026 · Pringsewu" in pringsewu
    assert "Lampung · Januari–Desember 2026 · 1 kegiatan" in pringsewu
    assert "▼</span> terlambat" in pringsewu
    assert re.search(r"Pringsewu</a></th>.*38 %</td>.*80 %</td>.*50 %</td>", own)
    # Both lead to each other, in the language that is read.
    assert 'href="rapat-rencana.html#id"' in years
    assert 'href="kalender.html#en"' in other


def test_a_district_in_step_stands_in_the_summary_only():
    same = plan(line())
    page = side(meeting_html(align_plans(same, same, same), "Notulen."))
    assert '<th scope="row">Pringsewu</th>' in page
    assert 'id="r18-10"' not in page
    assert "<h1>Rencana" not in page


def test_a_meeting_without_any_district_plan_has_no_calendar(tmp_path):
    files = write_meeting(align_plans(None, plan(line()), plan()), tmp_path)
    assert "kalender.html" not in [path.name for path in files]
    page = files[1].read_text(encoding="utf-8")
    assert "kalender.html" not in page
    assert "Pringsewu: 2 hal" in page, "the line, and the plan that is absent"


def test_a_district_that_plans_nothing_is_on_the_page_and_not_in_the_calendars(
    tmp_path,
):
    from kkbpk_geo.pipeline.plans.check import check_plan

    idle = plan(line(), line("18.11", target=0.0, budget=0))
    outlook = look_ahead(idle)
    assert (outlook.regions, outlook.idle) == (("18.10",), ("18.11",))
    page = plan_html(idle)
    assert '<a href="#r18-11">Mesuji</a>' in page
    assert "Tidak ada kegiatan yang direncanakan pada tahun ini." in page
    files = {path.name for path in check_plan(idle, tmp_path)}
    assert {"kalender.html", "kalender.pdf"} <= files


def test_the_page_of_a_plan_shows_every_districts_calendar(districts):
    page = side(plan_html(districts))
    assert page.count('<table class="gantt">') == 2
    # Pringsewu's third quarter, and Mesuji's work that no month is stated for.
    assert (
        "<h1>2 kegiatan direncanakan di 2 kabupaten/kota pada 2026; ada 1 celah, "
        "terbanyak di Pringsewu (1).</h1>"
    ) in page
    assert '<a href="#r18-11">Mesuji</a>' in page
    assert "<img" not in page
    assert "<script" not in page
    assert side(plan_html(districts)) == page
    english = side(plan_html(districts, "en", title=EVIL), "en")
    assert "Calendar of work 2026" in english
    assert "Kalender" not in english
    assert "<img" not in english


def test_a_plan_without_a_placed_line_says_so_instead_of_a_calendar():
    nowhere = plan(line(""))
    assert look_ahead(nowhere) is None
    assert "Tidak ada baris rencana yang berwilayah dan bertahun." in plan_html(nowhere)
    assert "<h1>Rencana kerja</h1>" in plan_html(nowhere)


def test_the_newest_year_with_a_placed_line_is_laid_out():
    got = look_ahead(plan(line(), line("", year=2027)))
    assert got.year == 2026
    assert got.regions == ("18.10",)
    assert got.reporting == frozenset()


def test_a_comparison_reads_in_the_other_language_in_the_same_order(districts):
    ours = align_plans(None, plan(line(target=12.0)), districts)
    theirs = ours.in_language("en")
    assert theirs.language == "en"
    assert list(theirs.table["decision_id"]) == list(ours.table["decision_id"])
    assert "Coaching BKB groups" in set(theirs.table["work"])
    assert "Pembinaan kelompok BKB" in set(ours.table["work"])
    assert ours.in_language("id") is ours
