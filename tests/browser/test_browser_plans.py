"""Plans in a real browser: on the district sheet, on the meeting page, on paper."""

import re

import pandas as pd
import pytest
from hostile import HOSTILE

from kkbpk_geo.maps.content.options import MapOptions
from kkbpk_geo.maps.content.plans import PlanDecision, PlanWork, RegionPlan
from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.page.page import write_work_map
from kkbpk_geo.plan.align.alignment import align_plans
from kkbpk_geo.plan.lines.plan import make_plan
from kkbpk_geo.plan.meeting.page import meeting_html
from kkbpk_geo.plan.year.page import plan_html

pytestmark = pytest.mark.browser

COACHING = {"id": "Pembinaan kelompok BKB", "en": "Coaching BKB groups"}
BROKEN = ["planned"] * 6 + ["broken"] * 3 + ["planned"] * 3
PLAN = RegionPlan(
    year=2026, lines=19, agreed=17, conflicts=1, unfunded=0,
    decisions=[
        PlanDecision(
            kind={"id": "pendanaan ganda", "en": "double funding"},
            work=f"Kegiatan {n}", part={"id": "sumber dana", "en": "source of funds"},
            province="APBN", district="APBD", rupiah=60_500_000,
        )
        for n in range(1, 11)
    ],
    continuity=72.4, parts={"cover": 75.0, "unbroken": 40.0, "spread": None},
    calendar=[(COACHING, BROKEN), ("Setahun", ["year"] * 12)],
    physical=62.5, absorption=80.0, klass="critical", works=3, reported=2,
    deviations=[PlanWork(work=COACHING, physical=62.5, klass="critical")],
)  # fmt: skip
SILENT = RegionPlan(year=2026, lines=3, agreed=3, klass="not_reported", works=3)
CODE, OTHER = "18.10", "18.11"
FAULTS = """axe.run(document, {resultTypes: ['violations']}).then(r =>
  r.violations.filter(v => ['serious', 'critical'].includes(v.impact))
    .map(v => [v.id, v.nodes.slice(0, 3).map(n => n.html.slice(0, 160))]))"""


@pytest.fixture(scope="module")
def plan_page(tmp_path_factory, lampung):
    table = pd.DataFrame({"air": range(len(lampung))}, index=lampung.index)
    options = MapOptions(plans={CODE: PLAN, OTHER: SILENT}, sample=True)
    described = describe_map(lampung, table, options=options)
    return write_work_map(tmp_path_factory.mktemp("peta") / "rencana.html", described)


def line(region, quarter=1, work="Pembinaan kelompok BKB", **more):
    return {
        "region_code": region, "activity_text": work, "year": 2026, "quarter": quarter,
        "target": 10.0, "unit": "group", "budget": 1_000_000, "fund": "bokb", **more,
    }  # fmt: skip


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """A meeting's page, and that of one plan, in a folder."""
    folder = tmp_path_factory.mktemp("rapat")
    ours = [line(CODE), line(CODE, 2), line(OTHER, None, HOSTILE)]
    theirs = [
        line(CODE, target=15.0, realised=9.0, spent=900_000), line(CODE, 4),
        line(OTHER, None, HOSTILE, target=15.0),
    ]  # fmt: skip
    province, districts = (
        make_plan(lines, province_code="18") for lines in (ours, theirs)
    )
    found = {}
    for language in ("id", "en"):
        alignment = align_plans(None, province, districts, language=language)
        for name, text in (
            ("rapat", meeting_html(alignment, "Notulen.")),
            ("kalender", plan_html(districts, language)),
        ):
            found[name, language] = folder / f"{name}-{language}.html"
            found[name, language].write_text(text, encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def agenda(tmp_path_factory):
    """A meeting with as many decisions as a sheet holds, each of two lines."""
    due = [line(CODE, work=f"Kegiatan {n:02} pelayanan") for n in range(18)]
    ours, theirs = ([line(CODE), *more] for more in ([], due))
    both = [make_plan(lines, province_code="18") for lines in (ours, theirs)]
    path = tmp_path_factory.mktemp("agenda") / "rapat.html"
    path.write_text(meeting_html(align_plans(None, *both), ""), encoding="utf-8")
    return path


def sheet(page):
    return re.sub(r"[ \t]+", " ", page.text("#kg-sheet"))


def test_the_sheet_shows_decisions_calendar_and_progress(opened, plan_page):
    page = opened(plan_page, address=f"#region={CODE}")
    shown = sheet(page)
    assert "Rencana kerja 2026" in shown
    assert "17 dari 19 baris selaras (89,5 %) · 1 konflik · 0 kebutuhan" in shown
    assert "Perlu diputuskan: 10" in shown
    assert page.run("document.querySelectorAll('.kg-due li').length") == 8
    assert "+ 2 lagi; lihat halaman rapat." in shown
    assert "Rp 60.500.000" in shown
    assert "Provinsi: APBN · Kabupaten/kota: APBD" in shown
    assert "Kesinambungan 72 % (waktu terisi 75 %, tanpa putus 40 %)" in shown
    assert "✕ kritis. Fisik 62,5 %, anggaran 80,0 %; 2 dari 3 kegiatan" in shown
    assert re.search(r"Pembinaan kelompok BKB\s+62,5 %\s+–\s+✕ kritis", shown)


def test_the_calendar_is_a_table_that_can_be_heard(opened, plan_page):
    page = opened(plan_page, address=f"#region={CODE}")
    assert page.text(".kg-year caption") == "Kalender kegiatan 2026"
    cells = page.run(
        "[...document.querySelectorAll('.kg-year tbody tr')].map(r =>"
        "[...r.querySelectorAll('td')].map(c => c.innerText + c.ariaLabel).join())"
    )
    planned, broken, year = "●direncanakan", "✕perlu, tetapi tidak direncanakan", "○"
    assert cells[0].split(",●")[0] == planned
    assert cells[0].count(planned) == 9
    assert cells[0].count(broken) == 3
    assert cells[1].count(year) == 12
    heads = "[...document.querySelectorAll('.kg-year [scope=col]')].map(h => h.abbr)"
    assert page.run(heads)[1:] == [
        "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus",
        "September", "Oktober", "November", "Desember",
    ]  # fmt: skip


def test_nothing_reported_is_said_and_is_no_zero(opened, plan_page):
    page = opened(plan_page, address=f"#region={OTHER}")
    shown = sheet(page)
    assert "Tidak ada yang perlu diputuskan." in shown
    assert "Belum ada realisasi yang dilaporkan (3 kegiatan)." in shown
    assert "Fisik" not in shown
    assert "konflik" not in shown
    assert page.run("document.querySelector('.kg-year')") is None


def test_a_district_without_a_plan_has_no_such_section(opened, plan_page):
    page = opened(plan_page, address="#region=18.01")
    assert "Lampung Selatan" in sheet(page)
    assert "Rencana kerja" not in sheet(page)


def test_by_keyboard_the_sheet_opens_and_changes_its_language(opened, plan_page):
    page = opened(plan_page)
    page.run(
        "[...document.querySelectorAll('#kg-ranking button.kg-row')]"
        ".find(b => b.innerText.includes('Pringsewu')).focus()"
    )
    page.press("Enter")
    page.wait("document.activeElement.id === 'kg-sheet'")
    assert "Perlu diputuskan: 10" in sheet(page)
    page.run("document.querySelector('#kg-languages [lang=en]').focus()")
    page.press("Enter")
    shown = sheet(page)
    assert "Work plan 2026" in shown
    assert "17 of 19 lines agree (89.5 %)" in shown
    assert "Coaching BKB groups" in shown
    assert "double funding, source of funds" in shown
    assert "Rp 60,500,000" in shown
    assert page.text(".kg-year [scope=colgroup]") == "Q1"
    page.press("Escape")
    page.wait("document.querySelector('#kg-sheet').hidden")


def test_on_a_telephone_the_section_keeps_within_the_page(opened, plan_page):
    page = opened(plan_page, 360, 740, address=f"#region={CODE}")
    assert page.run("document.documentElement.scrollWidth") == 360
    box = "(b => [b.left, b.right])(document.querySelector('.kg-year')"
    left, right = page.run(f"{box}.getBoundingClientRect())")
    assert left >= 0
    assert right <= 360


def test_hostile_words_of_a_plan_show_as_words(opened, lampung, tmp_path):
    evil = RegionPlan(
        year=2026, calendar=[(HOSTILE, BROKEN)], klass="behind", physical=1.0,
        decisions=[
            PlanDecision(
                kind=HOSTILE, work=HOSTILE, part=HOSTILE, province=HOSTILE,
                district=HOSTILE,
            )
        ],
        deviations=[PlanWork(work=HOSTILE)],
    )  # fmt: skip
    table = pd.DataFrame({"air": range(len(lampung))}, index=lampung.index)
    described = describe_map(lampung, table, options=MapOptions(plans={CODE: evil}))
    path = write_work_map(tmp_path / "jahat.html", described)
    page = opened(path, address=f"#region={CODE}")
    assert page.run("document.querySelectorAll('#kg-sheet img, script').length") == (
        page.run("document.querySelectorAll('script').length")
    )
    assert page.text("#kg-sheet").count("<img src=x onerror=alert(1)>") >= 7
    assert page.text(".kg-year tbody th") == HOSTILE


def test_the_sheet_with_its_plan_goes_on_paper(opened, plan_page):
    page = opened(plan_page, address=f"#region={CODE}")
    assert page.pdf().count(b"/Type /Page\n") == 2


@pytest.mark.parametrize("width", [1280, 768, 360])
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", ["rapat", "kalender"])
def test_meeting_and_plan_stay_within_the_window(opened, pages, name, language, width):
    page = opened(pages[name, language], width, 800)
    assert page.run("document.documentElement.scrollWidth") == width
    assert page.run("document.querySelectorAll('img').length") == 0
    assert "<img src=x onerror=alert(1)>" in page.text("body")


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_plans_year_can_be_heard(opened, pages, language):
    page = opened(pages["kalender", language])
    assert page.run("document.querySelectorAll('.first table.gantt').length") == 2
    marks = page.run(
        "[...document.querySelectorAll('.first section .gantt tbody td')]"
        ".map(c => c.ariaLabel)"
    )
    words = {"id": "direncanakan", "en": "planned"}
    assert marks.count(words[language]) == 6


def test_on_a_telephone_a_decision_is_a_card_with_its_heads(opened, pages):
    page = opened(pages["rapat", "id"], 360, 740)
    head = "getComputedStyle(document.querySelector('.agenda thead')).display"
    assert page.run(head) == "none"
    told = page.run(
        "[...document.querySelectorAll("
        "'.first .agenda tbody tr:first-child [data-head]')]"
        ".map(c => getComputedStyle(c, '::before').content)"
    )
    assert told == [
        '"Provinsi"', '"Kabupaten/kota"', '"Rupiah"', '"Pilihan"', '"Keputusan"'
    ]  # fmt: skip
    boxes = page.run(
        "[...document.querySelectorAll('.agenda td')].map(c =>"
        "Math.round(c.getBoundingClientRect().right))"
    )
    assert max(boxes) <= 360


def test_a_wide_table_of_the_meeting_scrolls_by_keyboard(opened, pages):
    page = opened(pages["rapat", "id"], 360, 740)
    page.run("document.querySelector('#r18-10 .scroll').focus()")
    page.press("ArrowRight")
    page.wait("document.activeElement.scrollLeft > 0")


def test_eighteen_decisions_and_the_message_fit_one_sheet_of_paper(opened, agenda):
    page = opened(agenda, 1017, 800)  # as wide as A4 landscape within its margins
    page.send("Emulation.setEmulatedMedia", media="print")
    ends = page.run(
        "document.querySelector('.agenda tbody tr:last-child')"
        ".getBoundingClientRect().bottom"
    )
    assert page.run("document.querySelectorAll('.first .agenda tbody tr').length") == 18
    assert ends <= (210 - 12 - 14) / 25.4 * 96  # A4 less its margins, in CSS pixels


def test_a_calendar_goes_on_paper_a_district_a_sheet(opened, pages):
    pdf = opened(pages["kalender", "id"]).pdf()
    assert pdf.count(b"/Type /Page\n") == 3  # the summary, and two districts
    box = pdf.split(b"/MediaBox [")[1].split(b"]")[0].split()
    assert float(box[2]) > float(box[3])


@pytest.mark.parametrize("size", [(1280, 800), (360, 740)])
@pytest.mark.parametrize("what", ["sheet", "english", "silent", "rapat", "kalender"])
def test_axe_finds_no_serious_fault_in_plans(
    opened,
    plan_page,
    pages,
    axe,
    what,
    size,
):
    address = f"#region={OTHER if what == 'silent' else CODE}"
    if what in ("rapat", "kalender"):
        page = opened(pages[what, "id"], *size)
    else:
        page = opened(plan_page, *size, address=address)
    if what == "english":
        page.run("document.querySelector('#kg-languages [lang=en]').click()")
    page.run(axe + "; 0")
    assert page.run(FAULTS) == []
