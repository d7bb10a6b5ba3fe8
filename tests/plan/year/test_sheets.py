"""The calendar on paper: whole sheets of A4 that say of themselves what they are."""

from dataclasses import replace

import pytest

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.base.marks import Marks
from kkbpk_geo.pipeline.plans.check import write_calendars
from kkbpk_geo.plan.lines.plan import make_plan
from kkbpk_geo.plan.year.continuity import check_continuity
from kkbpk_geo.plan.year.sheets import draw_gantts

CODE = "18.10"


def year(count, *, sample=False, name="Kegiatan {:03}"):
    lines = [
        {
            "region_code": CODE, "year": 2026, "activity_text": name.format(n),
            "quarter": 2, "target": 1.0, "unit": "group",
        }
        for n in range(count)
    ]  # fmt: skip
    found = check_continuity(make_plan(lines, province_code="18"))
    return replace(found, marks=Marks(sample=sample))


def words(figure):
    return [text.get_text() for text in figure.texts]


def names(figure):
    return [label.get_text() for label in figure.axes[0].get_yticklabels()]


def test_a_sheet_says_what_where_when_and_which_of_how_many():
    [sheet] = draw_gantts(year(3, sample=True), CODE)
    assert words(sheet) == [
        "Kalender kegiatan 2026 · Pringsewu",
        "Lampung · Januari–Desember 2026 · 3 kegiatan",
        "DATA CONTOH",
        "1 / 1",
    ]
    key = [text.get_text() for text in sheet.legends[0].get_texts()]
    assert key == [
        "direncanakan", "setahun, bulannya belum disebut",
        "perlu, tetapi tidak direncanakan",
    ]  # fmt: skip
    months = [label.get_text() for label in sheet.axes[0].get_xticklabels()]
    assert months[:2] + months[-1:] == ["Jan", "Feb", "Des"]
    quarters = [text.get_text() for text in sheet.axes[0].texts]
    assert quarters == ["TW I", "TW II", "TW III", "TW IV"]


def test_it_is_said_in_english_too():
    [sheet] = draw_gantts(year(1), CODE, "en")
    assert words(sheet)[:2] == [
        "Calendar of work 2026 · Pringsewu",
        "Lampung · January–December 2026 · 1 activities",
    ]


# 22 works fill a sheet; one more goes on to a second.
@pytest.mark.parametrize(
    ("works", "parts"), [(1, [1]), (22, [22]), (23, [22, 1]), (45, [22, 22, 1])]
)
def test_what_a_sheet_cannot_hold_goes_on_under_the_same_heads(works, parts):
    sheets = list(draw_gantts(year(works), CODE))
    assert [len(names(sheet)) for sheet in sheets] == parts
    told = [name for sheet in sheets for name in names(sheet)]
    assert told == [f"Kegiatan {n:03}" for n in range(works)]
    numbers = [words(sheet)[-1] for sheet in sheets]
    assert numbers == [f"{n} / {len(parts)}" for n in range(1, len(parts) + 1)]
    assert {words(sheet)[0] for sheet in sheets} == {
        "Kalender kegiatan 2026 · Pringsewu"
    }


@pytest.mark.parametrize("works", [1, 14, 15, 22, 23])
def test_names_are_read_at_arms_length_and_nothing_leaves_the_paper(works):
    for sheet in draw_gantts(year(works), CODE):
        assert tuple(round(72 * x) for x in sheet.get_size_inches()) == (842, 595)
        labels = sheet.axes[0].get_yticklabels()
        assert min(label.get_size() for label in labels) >= 7
        sheet.draw_without_rendering()
        boxes = [text.get_window_extent() for text in (*labels, *sheet.texts)]
        left, right = min(b.x0 for b in boxes), max(b.x1 for b in boxes)
        width, _ = sheet.canvas.get_width_height()
        assert left > 0
        assert right < width
        # Above the number of the sheet, with room between.
        foot = sheet.texts[-1].get_window_extent().y1
        assert sheet.axes[0].get_window_extent().y0 > foot


def test_a_long_name_takes_two_lines_within_its_space_and_is_then_cut():
    name = "PELAYANAN KB MKJP DAN PEMBINAAN KELOMPOK BINA KELUARGA BALITA {0:02} " * 2
    [sheet] = draw_gantts(year(16, name=name), CODE)
    first = names(sheet)[0]
    assert first.count("\n") == 1
    assert first.endswith("…")
    sheet.draw_without_rendering()
    start = sheet.axes[0].get_window_extent().x0
    for label in sheet.axes[0].get_yticklabels():
        assert label.get_window_extent().x1 < start


def test_a_formula_in_a_name_is_a_text():
    [sheet] = draw_gantts(year(1, name="Rakor $x$ {}"), CODE)
    assert names(sheet) == [r"Rakor \$x\$ 0"]


def test_a_region_without_work_is_refused():
    with pytest.raises(PlanError, match=r"region '18.09' has nothing on the calendar"):
        next(draw_gantts(year(1), "18.09"))


def test_the_pdf_has_a_page_for_every_sheet_and_all_are_a4(tmp_path):
    pdf = write_calendars(year(23), tmp_path / "kalender.pdf").read_bytes()
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") == 2
    boxes = pdf.split(b"/MediaBox [")[1:]
    for box in boxes:
        across, up = map(float, box.split(b"]")[0].split()[2:])
        assert (round(across), round(up)) == (842, 595)
