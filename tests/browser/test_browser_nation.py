"""A map of several provinces: one of them alone, and a region found by its name."""

import pandas as pd
import pytest

from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.page.page import write_work_map
from kkbpk_geo.regions.boundaries import load_boundaries

pytestmark = pytest.mark.browser

ROWS = (
    "[...document.querySelectorAll('#kg-ranking [data-region] .kg-row-name')]"
    ".map(one => one.textContent)"
)
DRAWN = "document.querySelectorAll('path.kg-region').length"
TYPE = (
    "(() => { const box = document.querySelector('#kg-find-region'); box.value = '%s';"
    "box.dispatchEvent(new Event('input')); })()"
)
CHOOSE = (
    "(() => { const list = document.querySelector('#kg-part'); list.value = '%s';"
    "list.dispatchEvent(new Event('change')); })()"
)


@pytest.fixture(scope="module")
def nation_page(tmp_path_factory):
    frame = load_boundaries("Indonesia").loc[["18.10", "18.11", "36.01", "36.02"]]
    table = pd.DataFrame({"air": [1, 2, 3, 4]}, index=frame.index)
    path = tmp_path_factory.mktemp("nation") / "peta.html"
    return write_work_map(path, describe_map(frame, table))


def test_a_province_is_shown_alone_in_list_and_map(opened, nation_page):
    page = opened(nation_page)
    assert page.run(ROWS) == ["Lebak", "Pandeglang", "Mesuji", "Pringsewu"]
    page.run(CHOOSE % "18")
    assert page.run(ROWS) == ["Mesuji", "Pringsewu"]
    assert page.run(DRAWN) == 2
    assert page.text("#kg-subtitle") == "Lampung"
    page.run(CHOOSE % "")
    assert page.run(DRAWN) == 4


def test_the_province_is_in_the_address(opened, nation_page):
    page = opened(nation_page)
    page.run(CHOOSE % "36")
    page.wait("location.hash.includes('part=36')")
    again = opened(nation_page, address="#part=36")
    assert again.run(ROWS) == ["Lebak", "Pandeglang"]
    assert again.run("document.querySelector('#kg-part').value") == "36"


def test_an_address_of_a_province_that_is_not_there_shows_all(opened, nation_page):
    assert opened(nation_page, address="#part=99").run(DRAWN) == 4


def test_a_region_is_found_by_a_part_of_its_name(opened, nation_page):
    page = opened(nation_page)
    page.run(TYPE % "seWU")
    assert "Pringsewu" in page.text("#kg-finds")
    page.run("document.querySelector('#kg-finds button').click()")
    assert "Pringsewu" in page.text("#kg-sheet-title")
    assert "Lampung" in page.text(".kg-sheet-head"), "of which province it is"
    assert page.run(DRAWN) == 2


def test_the_table_says_of_which_province_each_row_is(opened, nation_page):
    page = opened(nation_page)
    page.click_on("#kg-as-table")
    assert page.text("#kg-ranking thead").split()[:2] == ["Wilayah", "Provinsi"]
    page.run(CHOOSE % "18")
    assert "Provinsi" not in page.text("#kg-ranking thead")


WEIGHT = "document.querySelector('path.kg-region').getAttribute('stroke-width')"


def test_lines_of_a_country_are_thin_and_of_one_province_as_ever(opened, tmp_path):
    frame = load_boundaries("Indonesia").loc[["11.01", "18.10", "93.01"]]
    table = pd.DataFrame({"air": [1, 2, 3]}, index=frame.index)
    page = opened(write_work_map(tmp_path / "peta.html", describe_map(frame, table)))
    assert page.run(WEIGHT) == "0.3"
    page.run(CHOOSE % "18")
    assert page.run(WEIGHT) == "0.9"
