"""Every page of the family in a real browser: narrow, wide, on paper, heard."""

import pytest
from every_page import EVIL, MAKERS
from test_browser_axe import serious

from kkbpk_geo.io.pages import PAGES

pytestmark = pytest.mark.browser

# Wide enough for a few letters; numbers do not break, a month holds one sign.
NARROWEST = 35
NARROW = """[...document.querySelectorAll('table:not(.gantt) :is(td:not(.n), th)')]
  .filter(cell => cell.checkVisibility() && cell.innerText.trim())
  .filter(cell => !cell.closest('thead, details'))
  .map(cell => [cell, getComputedStyle(cell)])
  .map(([cell, style]) => cell.getBoundingClientRect().width
    - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight))
  .filter(width => width < %d).length"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Each page, of hostile words, in a folder."""
    folder = tmp_path_factory.mktemp("halaman")
    found = {}
    for name in PAGES:
        found[name] = folder / f"{name}.html"
        found[name].write_text(MAKERS[name](EVIL, "id"), encoding="utf-8")
    return found


@pytest.mark.parametrize("width", [1366, 768, 360])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_keeps_within_the_window_and_no_column_is_squeezed(
    opened, pages, name, width
):
    page = opened(pages[name], width, 800)
    page.run("document.querySelector('.p-all')?.click()")  # what is folded as well
    assert page.run("document.documentElement.scrollWidth") == width
    assert page.run(NARROW % NARROWEST) == 0
    assert "<img src=x onerror=alert(1)>" in page.text("main")


@pytest.mark.parametrize("size", [(1280, 800), (360, 740)])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_serious_fault_in_any_page(opened, pages, axe, name, size):
    assert serious(opened(pages[name], *size), axe) == []


OPEN = "document.querySelectorAll('details').forEach(fold => fold.open = true)"
SPOTS = "[...document.querySelectorAll('.cause tbody tr > *')]"
WIDTHS = f"{SPOTS}.filter(c => c.checkVisibility()).map(c => c.clientWidth)"


def test_on_a_telephone_a_finding_says_what_its_parts_are(opened, pages):
    page = opened(pages["findings"], 360, 740)
    page.run(OPEN)
    seen = f"{SPOTS}.filter(cell => cell.checkVisibility()).slice(0, 5)"
    assert page.run(f"{seen}.every(cell => cell.clientWidth > 260)")
    heads = page.run(f"{seen}.map(c => getComputedStyle(c, '::before').content)")
    assert heads == [
        "none", '"berkas: "', '"baris: "', '"tertulis: "', '"temuan: "',
    ]  # fmt: skip


@pytest.mark.parametrize("width", [1366, 768, 360])
def test_no_column_of_what_is_folded_in_is_squeezed(opened, pages, width):
    page = opened(pages["findings"], width, 800)
    page.run(OPEN)
    assert page.run("document.documentElement.scrollWidth") == width
    widths = page.run(
        f"{SPOTS}.filter(c => c.checkVisibility()).map(c => c.clientWidth)"
    )
    assert len(widths) == 10
    assert min(widths) >= 64


@pytest.mark.parametrize(("width", "shown"), [(767, False), (768, True)])
def test_findings_are_a_table_from_768_pixels_on(opened, pages, width, shown):
    page = opened(pages["findings"], width, 800)
    page.run(OPEN)
    head = "document.querySelector('.cause thead').getBoundingClientRect()"
    assert page.run(f"{head}.width > 600") == shown


def test_a_district_in_the_rail_leads_to_its_causes(opened, pages):
    page = opened(pages["findings"], 1280, 800)
    page.run("document.querySelector('.rail a[href=\"#r18-10\"]').click()")
    top = page.run("document.getElementById('r18-10').getBoundingClientRect().top")
    assert 0 <= top < 800
    page.run("document.querySelector('#r18-10 a').click()")
    assert page.run("document.querySelector(':target').matches('.cause')")


def test_on_paper_folds_are_open_and_no_column_is_lost(opened, pages):
    page = opened(pages["findings"], 703, 1000)
    page.send("Emulation.setEmulatedMedia", media="print")
    widths = page.run(
        f"{SPOTS}.filter(c => c.checkVisibility()).map(c => c.clientWidth)"
    )
    assert len(widths) == 10
    assert min(widths) > 50
    assert not page.run("document.querySelector('.each').checkVisibility()")
    assert page.pdf().count(b"/Type /Page\n") == 1
