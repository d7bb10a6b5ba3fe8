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


def test_on_a_telephone_a_finding_says_what_its_parts_are(opened, pages):
    page = opened(pages["findings"], 360, 740)
    cells = "[...document.querySelectorAll('#r18-10 tbody td')]"
    assert page.run(f"{cells}.every(cell => cell.clientWidth > 290)")
    heads = page.run(f"{cells}.map(c => getComputedStyle(c, '::before').content)")
    assert heads == [
        "none", "none", '"berkas: "', '"baris: "', '"tindakan: "',
    ]  # fmt: skip


@pytest.mark.parametrize(("width", "shown"), [(767, False), (768, True)])
def test_findings_are_a_table_from_768_pixels_on(opened, pages, width, shown):
    page = opened(pages["findings"], width, 800)
    head = "document.querySelector('#r18-10 thead').getBoundingClientRect()"
    assert page.run(f"{head}.width > 700") == shown


def test_findings_keep_every_column_on_upright_paper(opened, pages):
    page = opened(pages["findings"], 703, 1000)
    page.send("Emulation.setEmulatedMedia", media="print")
    widths = page.run(
        "[...document.querySelectorAll('#r18-10 thead th')].map(h => h.clientWidth)"
    )
    assert min(widths) > 75
    assert page.pdf().count(b"/Type /Page\n") == 1
