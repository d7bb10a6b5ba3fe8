"""Two regions side by side, and the region that stays chosen."""

import pytest
from payloads import FOUND as HARM
from payloads import PAYLOADS, TRAP
from test_browser_lines import drawn
from test_browser_work_map import FREE_SPOT

pytestmark = pytest.mark.browser

SHEET = "#kg-sheet"
ROWS = "[...document.querySelectorAll('.kg-two-regions tbody')].map(b => b.innerText)"
CURRENT = (
    "[...document.querySelectorAll('#kg-ranking [aria-current=true]')]"
    ".map(e => Number(e.dataset.region))"
)
OUTLINED = """[...document.querySelectorAll('.leaflet-kg-outline-pane path')]
  .filter(p => p.getAttribute('d') !== 'M0 0').length"""


@pytest.fixture(scope="module")
def months_page(tmp_path_factory, lampung):
    return drawn(tmp_path_factory, lampung, 15)


def address(page, holds, *, gone=False):
    """Wait until the address holds something, or no longer does."""
    sign = "!" if gone else ""
    page.wait(f"{sign}location.hash.includes('{holds}')")


# Two regions


def test_another_region_is_chosen_in_the_sheet_and_stands_beside_it(
    opened, months_page
):
    page = opened(months_page, address="#region=18.01")
    page.choose("#kg-versus", "18.02")
    title = page.text("#kg-sheet-title")
    assert title == "Kabupaten Lampung Selatan dan Kabupaten Lampung Tengah"
    rows = page.run(ROWS)
    assert len(rows) == 2, "the theme of the indicator that is shown"
    # 51,0 and 51,0; unmet need 30 and 29, of which less is better.
    assert "sama" in rows[0]
    assert "Lampung Tengah lebih baik: 1,0 poin persen lebih rendah" in rows[1]
    assert page.text(".kg-sum") == (
        "Dari 2 indikator yang dapat dinilai: Lampung Selatan lebih baik pada 0, "
        "Lampung Tengah pada 1. Sama pada 1."
    )
    assert page.run("document.querySelectorAll('.kg-two-regions .kg-line').length") == 2
    address(page, "vs=18.02")
    assert page.run(OUTLINED) == 2


def test_the_difference_is_taken_before_rounding_and_says_so(opened, months_page):
    page = opened(months_page, address="#region=18.07&vs=18.08")
    # 33,46 − 30,24 = 3,22; what is printed, 33,5 and 30,2, would give 3,3.
    row = page.run(ROWS)[0]
    assert "33,5 %" in row
    assert "30,2 %" in row
    assert (
        "Lampung Timur lebih baik: 3,2 poin persen lebih tinggi (karena pembulatan)"
        in row
    )


def test_what_has_no_direction_is_not_called_better(opened, months_page):
    page = opened(months_page, address="#region=18.01&vs=18.02&theme=1")
    rows = page.run(ROWS)
    assert len(rows) == 1
    assert "Lampung Tengah 10 lebih tinggi; tidak dinilai baik atau buruk" in rows[0]
    assert "Tidak ada indikator tema ini" in page.text(".kg-sum")
    page.choose("#kg-theme", "0")
    assert len(page.run(ROWS)) == 2
    address(page, "theme=0")


def test_a_region_without_a_number_is_not_compared(opened, months_page):
    page = opened(months_page, address="#region=18.01&vs=18.05")
    assert "tidak dapat dibandingkan: Tulang Bawang belum lapor" in page.run(ROWS)[0]


def test_the_comparison_is_in_both_languages(opened, months_page):
    page = opened(months_page, address="#region=18.07&vs=18.08&lang=en")
    assert "Lampung Timur is better: 3.2 percentage points higher" in page.run(ROWS)[0]
    assert page.run("document.querySelector('#kg-close').ariaLabel") == (
        "Close the comparison"
    )


def test_escape_closes_the_comparison_then_the_sheet(opened, months_page):
    page = opened(months_page, address="#region=18.01&vs=18.02")
    page.press("Escape")
    assert page.text("#kg-sheet-title") == "Kabupaten Lampung Selatan"
    assert page.run("document.activeElement.id") == "kg-versus"
    address(page, "vs=", gone=True)
    page.press("Escape")
    assert page.run("document.querySelector('#kg-sheet').hidden")
    assert page.run(CURRENT) == []


def test_the_comparison_ends_with_the_sheet(opened, months_page):
    page = opened(months_page, address="#region=18.01&vs=18.02")
    page.run("kkbpk.page.closeSheet()")
    page.run("kkbpk.page.openSheet(3)")
    assert page.text("#kg-sheet-title") == "Kabupaten Lampung Barat"


def test_an_address_that_compares_with_nobody_opens_the_sheet(opened, months_page):
    for other in ("18.01", "99", "%3Cb%3E"):
        page = opened(months_page, address=f"#region=18.01&vs={other}")
        assert page.text("#kg-sheet-title") == "Kabupaten Lampung Selatan"
        page.run("kkbpk.page.update({values: true})")
        address(page, "values=1")
        address(page, "vs=", gone=True)


def test_two_periods_are_enough_to_compare(opened, tmp_path_factory, lampung):
    page = opened(
        drawn(tmp_path_factory, lampung, 15, ["2025-10", "2025-11"]),
        address="#region=18.01&vs=18.02",
    )
    assert len(page.run(ROWS)) == 2
    assert page.run("document.querySelector('.kg-chart') === null")


# The chosen region


def test_a_region_stays_chosen_when_its_sheet_is_closed(opened, months_page):
    page = opened(months_page)
    page.run("document.querySelector('#kg-ranking [data-region=\"3\"]').click()")
    page.click_on("#kg-close")
    page.run("document.activeElement.blur()")  # what has the focus is outlined too
    assert page.run(CURRENT) == [3]
    assert page.run(OUTLINED) == 1
    address(page, "kept=18.04")
    for change in ("layer: 1", "period: 2", "mode: 'rank'", "list: 'table'"):
        page.run(f"kkbpk.page.update({{{change}}})")
        assert page.run(CURRENT) == [3], change
        assert page.run(OUTLINED) == 1, change
    assert page.text("#kg-kept").startswith("Dipilih: Lampung Barat")
    page.run("document.querySelector('#kg-kept button').click()")
    assert page.text("#kg-sheet-title") == "Kabupaten Lampung Barat"


def test_the_address_keeps_the_chosen_region(opened, months_page):
    page = opened(months_page, address="#kept=18.04")
    assert page.run(CURRENT) == [3]
    assert page.run("document.querySelector('#kg-sheet').hidden")
    strange = opened(months_page, address="#kept=99")
    assert strange.run("kkbpk.page.state.kept") == ""


@pytest.mark.parametrize("how", ["Escape", "button"])
def test_one_lets_go_of_it(opened, months_page, how):
    page = opened(months_page, address="#kept=18.04")
    if how == "Escape":
        page.press(how)
    else:
        page.click_on("#kg-kept button:last-child")
    assert page.run(CURRENT) == []
    assert page.run(OUTLINED) == 0
    assert page.text("#kg-kept") == ""
    address(page, "kept", gone=True)


def test_a_second_click_on_the_map_lets_go(opened, months_page):
    page = opened(months_page)
    spot = page.run(FREE_SPOT % 6)
    page.click(*spot)
    assert page.run("kkbpk.page.state.region") == 6
    page.run("new Promise(done => setTimeout(done, 600))")  # no double click
    page.click(*page.run(FREE_SPOT % 6))
    assert page.run("[kkbpk.page.state.region, kkbpk.page.state.kept]") == [None, ""]


def test_a_region_stays_chosen_through_the_levels(opened, series_page):
    page = opened(series_page, address="#kept=18.07")
    assert page.run(CURRENT) == [6]
    page.run("kkbpk.levels.setLevel(1, 6)")
    assert page.run(CURRENT) == []
    assert page.run(OUTLINED) == 1, "the outline of the kabupaten around its parts"
    page.press("Escape")
    assert page.run("kkbpk.page.state.level") == 1, "first one lets go of it"
    page.press("Escape")
    assert page.run("kkbpk.page.state.level") == 0


# Finding


FOUND = (
    """[...document.querySelectorAll('#kg-indicator option')].map(o => o.innerText)"""
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Mesuji", ["Mesuji"]),
        ("tulang", ["Tulang Bawang", "Tulang Bawang Barat"]),
        ("bdl", ["Kota Bandar Lampung"]),
        ("Balam", ["Kota Bandar Lampung"]),
        ("unmet", ["Unmet need"]),
        ("aktif", ["Kesertaan"]),  # only its formula says so
    ],
)
def test_the_search_finds_regions_and_indicators(opened, months_page, typed, found):
    page = opened(months_page)
    page.click_on("#kg-search")
    page.type(typed)
    assert page.run(FOUND) == found
    assert page.text("#kg-live") == f"{len(found)} cocok"


def test_a_region_found_is_opened_by_enter_and_kept(opened, months_page):
    page = opened(months_page)
    page.click_on("#kg-search")
    page.type("mesuji")
    page.press("Enter")
    assert page.text("#kg-sheet-title") == "Kabupaten Mesuji"
    assert page.run("document.querySelector('#kg-search').value") == ""
    assert page.run("document.querySelector('#kg-indicator').value") == "0"
    page.click_on("#kg-close")
    assert page.run(CURRENT) == [10]


def test_arrow_keys_pass_over_a_region_and_enter_opens_it(opened, months_page):
    page = opened(months_page)
    page.click_on("#kg-search")
    page.type("tulang")
    page.press("ArrowDown")
    page.press("ArrowDown")
    page.press("ArrowDown")
    assert page.run("kkbpk.page.state.region") is None
    page.press("Enter")
    assert page.text("#kg-sheet-title") == "Kabupaten Tulang Bawang Barat"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "id",
            "Tidak ada indikator atau wilayah “xyz”. Coba kata lain yang lebih pendek.",
        ),
        ("en", "No indicator or region “xyz”. Try another, shorter word."),
    ],
)
def test_a_search_without_a_hit_says_so_and_what_to_do(
    opened, months_page, language, said
):
    page = opened(months_page, address=f"#lang={language}")
    page.click_on("#kg-search")
    page.type("xyz")
    assert page.text("#kg-search-none") == said
    assert page.text("#kg-live") == said
    assert page.run("document.querySelector('#kg-indicator').hidden")
    page.press("Enter")
    page.press("Escape")
    assert not page.run("document.querySelector('#kg-indicator').hidden")
    assert page.run("document.querySelector('#kg-search-none').hidden")


# What else a reader sees


def test_the_regions_of_a_class_come_first_in_list_and_table(opened, months_page):
    page = opened(months_page)
    page.click_on(".kg-class[data-key='3']")
    quiet = "[...document.querySelectorAll('%s')].map(r => r.matches('.kg-quiet'))"
    for rows in ("#kg-ranking button.kg-row", "#kg-ranking tbody tr"):
        seen = page.run(quiet % rows)
        assert seen == sorted(seen)
        assert 0 < seen.count(False) < 15
        page.click_on("#kg-as-table")


def test_one_region_speaks_at_a_time(opened, months_page):
    page = opened(months_page)
    page.run("document.querySelector('path.kg-region[tabindex=\"0\"]').focus()")
    page.press("ArrowUp")
    page.hover(*page.run(FREE_SPOT % 6))
    tips = "[...document.querySelectorAll('.leaflet-tooltip')].map(t => t.innerText)"
    page.wait(f"{tips}.some(text => text.includes('Lampung Timur'))")
    page.wait(f"{tips}.length === 1", seconds=2)  # the other fades away


@pytest.fixture(scope="module")
def needy_page(tmp_path_factory, lampung, needs):
    return drawn(tmp_path_factory, lampung, 15, gaps=needs)


def test_from_the_first_screen_a_sheet_opens_is_compared_and_leads_back(
    opened, needy_page
):
    page = opened(needy_page, address="")
    assert page.run("kkbpk.page.state.first")
    page.click(*page.run(FREE_SPOT % 6))
    page.choose("#kg-versus", "18.02")
    assert page.text("#kg-sheet-title").endswith("dan Kabupaten Lampung Tengah")
    page.press("Escape")
    assert page.text("#kg-sheet-title") == "Kabupaten Lampung Timur"
    page.press("Escape")
    assert page.run("[kkbpk.page.state.first, kkbpk.page.state.kept]") == [True, ""]


def test_the_first_screen_finds_short_names_too(opened, needy_page):
    page = opened(needy_page, address="")
    page.click_on("#kg-look")
    page.type("bdl")
    links = "[...document.querySelectorAll('#kg-looked a')].map(a => a.innerText)"
    assert page.run(links) == ["Kota Bandar Lampung"]


def test_hostile_names_are_text_in_lines_comparison_and_search(
    browser, tmp_path_factory, lampung
):
    names = [f"{i} {PAYLOADS[i]}" for i in range(len(lampung))]
    path = drawn(tmp_path_factory, lampung.assign(name=names), 15)
    page = browser.open(path, trap=TRAP, policy=False, address="#region=18.01&vs=18.02")
    assert names[1] in page.run("document.querySelector('.kg-sum').textContent")
    page.press("Escape")
    page.click_on("#kg-search")
    page.type(PAYLOADS[1])
    assert page.run(FOUND) == [names[1]]
    page.type(PAYLOADS[2])
    assert PAYLOADS[2] in page.text("#kg-search-none")
    page.press("Escape")
    page.click_on("#kg-close")
    assert names[0] in page.text("#kg-kept")
    assert page.run(HARM) == []
    page.close()
