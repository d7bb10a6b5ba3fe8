"""The first screen of the work map: who needs what, in a real browser."""

import re

import pytest
from test_browser_axe import serious

from kkbpk_geo.io import Family, Way
from kkbpk_geo.maps.content.options import MapDetail, MapOptions
from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.page.page import write_work_map
from kkbpk_geo.maps.page.workmap import draw_work_map

pytestmark = pytest.mark.browser

IS_FIRST = "document.documentElement.classList.contains('kg-priority')"
SEEN = "[...document.querySelectorAll('%s')].filter(e => e.checkVisibility()).length"
HASH = "location.hash"


@pytest.fixture(scope="module")
def page_path(tmp_path_factory, lampung, figures, needs, places):
    """District i lacks i kits: Metro 14, Bandar Lampung 13, Pesisir Barat 12 …"""
    described = describe_map(
        lampung, figures, points=places, gaps=needs, options=MapOptions(sample=True)
    )
    ways = (Way(key="submissions", path="laporan-masuk.html"),)
    family = Family(title="Peta kerja", ways=ways)
    folder = tmp_path_factory.mktemp("peta")
    return write_work_map(folder / "peta.html", described, family=family)


def at_rest(page):
    """Wait until the address is written: a tenth of a second after a change."""
    page.run("new Promise((done) => setTimeout(done, 200))")


def go_back(page, steps=-1):
    page.run(f"history.go({steps}); new Promise((done) => setTimeout(done, 300))")


def test_an_address_that_says_nothing_opens_the_first_screen(opened, page_path):
    page = opened(page_path, 1366, 768, address="")
    assert page.run(IS_FIRST)
    assert page.text("#kg-message h1").startswith(
        "Kota Metro, Kota Bandar Lampung, dan Pesisir Barat perlu didahulukan: "
        "bersama-sama kurang 39 BKB Kit."
    )
    assert page.run("document.querySelectorAll('h1:not([role=none])').length") == 1
    assert page.run(SEEN % "#kg-choice, #kg-panel, #kg-sheet") == 0
    assert "BKB Kit disediakan" in page.text("#kg-needy")
    current = page.run(
        "document.querySelector('.kg-ways:lang(id) [aria-current]').text"
    )
    assert current == "Prioritas"


def test_all_of_it_is_on_one_screen_and_the_legend_is_beside_the_map(opened, page_path):
    page = opened(page_path, 1366, 768, address="")
    boxes = page.run("""['#kg-needy > ol', '#kg-map', '#kg-legend', '.kg-themes']
      .map((one) => document.querySelector(one).getBoundingClientRect())
      .map(({left, right, bottom}) => [left, right, bottom])""")
    assert max(bottom for *_, bottom in boxes) <= 768
    (_, needy, _), (left, right, _), (legend, *_), _ = boxes
    assert needy <= left
    assert right <= legend


def test_map_list_and_table_say_the_same(opened, page_path):
    page = opened(page_path, 1366, 768, address="")
    figures = page.run("""Object.fromEntries([...document.querySelectorAll('.kg-name')]
      .filter((one) => !one.hidden).map((one) => [...one.children])
      .map(([name, figure]) => [name.textContent, figure.textContent]))""")
    assert figures["Pesisir Barat"] == "60,0 %"  # 12 / 20
    notes = page.run(
        "[...document.querySelectorAll('.kg-needy-head')].map(e => e.innerText)"
    )
    listed = dict(re.match(r"(.*?)\s+([\d,]+)\s%", one).groups() for one in notes)
    assert listed["Pesisir Barat"] == "60,0"
    page.run("location.hash = '#ind=gap_score&list=table'")
    at_rest(page)
    assert "60,0" in page.text("#kg-ranking")


@pytest.mark.parametrize(
    "address",
    ["#ind=unmet_need", "#period=2025-10", "#region=18.01", "#view=indicators",
     "#mode=rank", "#list=table"],
)  # fmt: skip
def test_old_links_open_the_page_of_indicators(opened, page_path, address):
    page = opened(page_path, address=address)
    assert not page.run(IS_FIRST)
    assert page.run(SEEN % "#kg-choice") == 1
    assert page.run(SEEN % "#kg-message, #kg-needy, .kg-find") == 0
    assert page.run("kkbpk.page.layer().key") in {"contraceptive_use", "unmet_need"}
    is_open = "region" in address
    assert page.run("!document.querySelector('#kg-sheet').hidden") is is_open


@pytest.mark.parametrize("address", ["#view=priorities", "#lang=en", "#", "#apa"])
def test_these_addresses_open_the_first_screen(opened, page_path, address):
    page = opened(page_path, address=address)
    assert page.run(IS_FIRST)


def test_the_way_to_all_indicators_shows_the_page_as_it_was(opened, page_path):
    page = opened(page_path, address="")
    page.run(
        "document.querySelector('.kg-ways:lang(id) [data-way=indicators]').click()"
    )
    at_rest(page)
    assert not page.run(IS_FIRST)
    assert page.run("kkbpk.page.layer().key") == "contraceptive_use"
    assert page.run("kkbpk.page.state.hidden.has('midwife')"), "crowded at the start"
    assert not page.run("kkbpk.page.state.hidden.has('hospital')")
    page.choose("#kg-indicator", "1")
    at_rest(page)
    page.run("location.hash = '#view=priorities'")
    at_rest(page)
    assert page.run(IS_FIRST)
    page.run("location.hash = '#view=indicators'")
    at_rest(page)
    assert page.run("kkbpk.page.layer().key") == "unmet_need", "what was chosen before"


def test_a_district_of_the_list_opens_its_sheet_and_one_comes_back(opened, page_path):
    page = opened(page_path, 1366, 768, address="")
    page.click_on("#kg-needy ol a")
    at_rest(page)
    assert not page.run(IS_FIRST)
    assert page.text("#kg-sheet-title") == "Kota Metro"
    assert page.run("kkbpk.page.layer().key") == "gap_score"
    assert "region=18.72" in page.run(HASH)
    page.press("Escape")
    at_rest(page)
    assert page.run(IS_FIRST)
    assert page.run(HASH) == "#view=priorities"
    assert page.run("document.activeElement.textContent") == "Kota Metro"


def test_a_district_of_the_map_opens_its_sheet_by_key(opened, page_path):
    page = opened(page_path, address="")
    page.run("document.querySelector('path.kg-region[tabindex=\"0\"]').focus()")
    page.press("Enter")
    at_rest(page)
    assert page.text("#kg-sheet-title") == "Kabupaten Lampung Selatan"
    page.press("Escape")
    at_rest(page)
    assert page.run(IS_FIRST)
    assert page.run("document.activeElement.matches('path.kg-region')")


def test_the_buttons_of_the_browser_go_back_and_forward(opened, page_path):
    page = opened(page_path, address="")
    page.click_on("#kg-needy ol a")
    at_rest(page)
    go_back(page)
    assert page.run(IS_FIRST)
    go_back(page, 1)
    assert not page.run(IS_FIRST)
    assert page.text("#kg-sheet-title") == "Kota Metro"
    go_back(page)
    page.run(
        "document.querySelector('.kg-ways:lang(id) [data-way=indicators]').click()"
    )
    at_rest(page)
    go_back(page)
    assert page.run(IS_FIRST)


def test_a_sheet_left_for_another_indicator_does_not_come_back(opened, page_path):
    page = opened(page_path, address="")
    page.click_on("#kg-needy ol a")
    at_rest(page)
    page.choose("#kg-indicator", "1")
    page.press("Escape")
    at_rest(page)
    assert not page.run(IS_FIRST)


def test_it_is_in_the_other_language_too(opened, page_path):
    page = opened(page_path, address="")
    page.click_on("#kg-languages [lang=en]")
    at_rest(page)
    assert page.text("#kg-message h1").startswith(
        "Kota Metro, Kota Bandar Lampung, and Pesisir Barat should come first: "
        "together they lack 39 BKB Kits."
    )
    assert "BKB Kits to be supplied" in page.text("#kg-needy")
    assert page.run(SEEN % ".kg-ways") == 1
    assert page.run("[...document.querySelectorAll('.kg-ways')]"
                    ".find(e => e.checkVisibility()).lang") == "en"  # fmt: skip
    assert page.run(HASH) == "#view=priorities&lang=en"


def test_an_indicator_or_a_district_is_found_by_typing(opened, page_path):
    page = opened(page_path, address="")
    page.run("document.querySelector('#kg-look').focus()")
    page.type("metro")
    assert "Kota Metro" in page.text("#kg-looked")
    page.press("Escape")
    page.type("xyz")
    assert "Tidak ada yang cocok" in page.text("#kg-looked")
    page.press("Escape")
    page.type("unmet")
    page.press("Enter")
    at_rest(page)
    assert not page.run(IS_FIRST)
    assert page.run("kkbpk.page.layer().key") == "unmet_need"


def test_a_theme_is_one_click_away(opened, page_path):
    page = opened(page_path, 1366, 768, address="")
    page.click_on(".kg-themes a")
    at_rest(page)
    assert not page.run(IS_FIRST)
    assert page.run("kkbpk.page.layer().key") == "contraceptive_use"


def test_on_a_phone_message_and_three_districts_are_on_the_first_screen(
    opened, page_path
):
    page = opened(page_path, 360, 740, address="")
    assert page.run("document.documentElement.scrollWidth") == 360
    third = page.run("document.querySelectorAll('#kg-needy > ol > li')[2]"
                     ".getBoundingClientRect().bottom")  # fmt: skip
    assert third <= 740
    shown = page.run("""[...document.querySelectorAll('.kg-name')]
      .filter((one) => !one.hidden).map((one) => one.innerText).filter(Boolean)""")
    assert sorted(shown) == ["1", "2", "3", "4", "5"]
    order = page.run("""['#kg-message', '#kg-map', '.kg-tools', '#kg-footer']
      .map((one) => document.querySelector(one).getBoundingClientRect().top)""")
    assert order == sorted(order), "the tools stand at the foot"


def test_it_goes_on_one_sheet_of_a4_and_comes_back(opened, page_path):
    page = opened(page_path, 1366, 768, address="")
    assert page.pdf().count(b"/Type /Page\n") == 1
    assert page.run(IS_FIRST)


def test_what_is_missing_leads_to_the_page_of_submissions(
    opened, lampung, figures, needs, tmp_path
):
    said = {"id": "Satu laporan belum masuk.", "en": "One report has not come in."}
    described = describe_map(
        lampung, figures, gaps=needs, options=MapOptions(lacking=[said])
    )
    ways = (Way(key="submissions", path="laporan-masuk.html"),)
    path = tmp_path / "peta.html"
    write_work_map(path, described, family=Family(title="", ways=ways))
    page = opened(path, address="")
    link = "document.querySelector('#kg-message p a')"
    assert page.run(f"{link}.textContent") == said["id"]
    assert page.run(f"{link}.getAttribute('href')") == "laporan-masuk.html#id"


@pytest.fixture(scope="module")
def levels_path(tmp_path_factory, lampung, figures, halves, needs):
    """The districts, each with two halves below, some said to lie in Banten."""
    table = figures.iloc[:0]
    rows = [
        ("2025-11", code, "unmet_need", 5.0 + i, "ok")
        for i, code in enumerate(halves.index)
    ]
    columns = ["period", "region_code", "indicator", "value", "status"]
    below = type(table)(rows, columns=columns)
    detail = MapDetail(boundaries=halves, table=below)
    parents = ["18"] * 10 + ["36"] * 5
    described = describe_map(
        lampung.assign(parent_code=parents),
        figures,
        gaps=needs,
        options=MapOptions(detail=detail),
    )
    return write_work_map(tmp_path_factory.mktemp("peta") / "susun.html", described)


def test_a_map_with_levels_and_provinces_has_its_first_screen_too(opened, levels_path):
    page = opened(levels_path, 1366, 768, address="")
    assert page.run(IS_FIRST)
    assert page.run(SEEN % "#kg-path, #kg-parts") == 0
    assert page.text(".kg-needy-head small").startswith("Banten · ")
    page.run("location.hash = '#level=1&ind=unmet_need'")
    at_rest(page)
    assert not page.run(IS_FIRST)
    assert page.run("document.querySelectorAll('path.kg-region').length") == 30
    page.run("location.hash = '#view=priorities'")
    at_rest(page)
    assert page.run(IS_FIRST)
    assert page.run("document.querySelectorAll('path.kg-region').length") == 15
    page.run("location.hash = '#view=indicators'")
    at_rest(page)
    assert page.run("[kkbpk.page.state.level, kkbpk.page.layer().key]") == [
        1, "unmet_need",
    ]  # fmt: skip


def test_one_province_leads_to_the_first_screen_of_all_and_back(opened, levels_path):
    page = opened(levels_path, address="#part=36")
    assert not page.run(IS_FIRST)
    page.run("location.hash = '#view=priorities'")
    at_rest(page)
    assert page.run("document.querySelectorAll('path.kg-region').length") == 15
    go_back(page)
    assert page.run("kkbpk.page.state.part") == "36"
    assert page.run("document.querySelectorAll('path.kg-region').length") == 5


def test_the_skip_link_leads_to_the_list(opened, page_path):
    page = opened(page_path, address="")
    page.run("document.querySelector('#kg-skip-first').click()")
    at_rest(page)
    assert page.run(IS_FIRST)
    assert page.run("document.activeElement.id") == "kg-needy"


def test_in_a_frame_of_a_notebook_its_ways_stay_in_the_frame(
    opened, lampung, figures, needs, tmp_path
):
    frame = draw_work_map(lampung, figures, gaps=needs)._repr_html_()
    path = tmp_path / "buku.html"
    path.write_text(f"<!doctype html><meta charset=utf-8>{frame}", encoding="utf-8")
    page = opened(path, address="")
    inside = "document.querySelector('iframe').contentDocument"
    page.wait(f"{inside}.querySelector('#kg-needy ol a') !== null")
    page.run(f"{inside}.querySelector('#kg-needy ol a').click()")
    at_rest(page)
    assert page.run(f"{inside}.querySelector('#kg-sheet-title').textContent") == (
        "Kota Metro"
    )
    page.run(f"{inside}.querySelector('.kg-ways [data-way=priorities]').click()")
    at_rest(page)
    assert page.run(f"{inside}.documentElement.className") == "kg-priority"


@pytest.mark.parametrize("size", [(1366, 768), (768, 1024), (360, 740)])
def test_axe_finds_no_serious_fault_on_the_first_screen(opened, page_path, axe, size):
    page = opened(page_path, *size, address="")
    assert serious(page, axe) == []
