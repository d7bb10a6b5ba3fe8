"""A map of several provinces: one of them alone, and a region found by its name."""

import geopandas as gpd
import pandas as pd
import pytest

from kkbpk_geo.maps.content.options import MapDetail, MapOptions
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


def test_a_double_click_on_a_province_beside_shows_it_as_its_choice_does(
    opened, nation_page
):
    view = "[kkbpk.map.getZoom(), kkbpk.map.getCenter().lng]"
    page = opened(nation_page)
    page.run(CHOOSE % "18")
    page.wait("document.querySelectorAll('path.kg-beside').length === 2")
    # The map is moved so that Pandeglang is in its middle.
    page.run("void kkbpk.map.setView([-6.6, 105.9], 7, {animate: false})")
    x, y = page.run("""(() => {
      const box = kkbpk.map.getContainer().getBoundingClientRect();
      return [box.left + box.width / 2, box.top + box.height / 2];
    })()""")
    page.click(x, y, times=2)
    page.wait("kkbpk.page.state.part === '36'")
    page.wait(f"{DRAWN} === 2")
    doubled = page.run(view)
    page.run(CHOOSE % "18")
    page.run(CHOOSE % "36")
    assert doubled == page.run(view)


def test_a_column_of_names_is_sorted_from_a_on(opened, nation_page):
    page = opened(nation_page)
    page.click_on("#kg-as-table")
    column = (
        "[...document.querySelectorAll('.kg-table tbody tr')]"
        ".map(row => row.cells[1].textContent)"
    )
    page.click_on("[data-column=province] button")
    assert page.run(column) == ["Banten", "Banten", "Lampung", "Lampung"]
    page.click_on("[data-column=province] button")
    assert page.run(column) == ["Lampung", "Lampung", "Banten", "Banten"]


@pytest.fixture(scope="module")
def nested_nation_page(tmp_path_factory):
    """One kecamatan that fills Mesuji, and one that fills Lebak."""
    frame = load_boundaries("Indonesia").loc[["18.10", "18.11", "36.01", "36.02"]]
    above = ["18.11", "36.02"]
    finer = gpd.GeoDataFrame(
        {"name": ["Utara", "Selatan"], "kind": "Kecamatan", "parent_code": above},
        geometry=list(frame.geometry[above]),
        index=pd.Index(["18.11.01", "36.02.01"], name="region_code"),
        crs=frame.crs,
    )
    detail = MapDetail(
        boundaries=finer, table=pd.DataFrame({"air": [5, 6]}, index=finer.index)
    )
    described = describe_map(
        frame,
        pd.DataFrame({"air": [1, 2, 3, 4]}, index=frame.index),
        options=MapOptions(detail=detail),
    )
    path = tmp_path_factory.mktemp("nation") / "susun.html"
    return write_work_map(path, described)


def test_of_several_provinces_with_kecamatan_each_place_has_its_province(
    opened, nested_nation_page
):
    page = opened(nested_nation_page)
    page.run("kkbpk.levels.setLevel(1, 3)")
    assert page.text("#kg-crumbs li:last-child") == "Lebak"
    page.run("kkbpk.levels.goUp()")
    assert page.run(DRAWN) == 4, "all, as before"
    page.run(CHOOSE % "18")
    page.run("kkbpk.levels.setLevel(1, 3)")
    page.run("kkbpk.levels.goUp()")
    assert page.text("#kg-subtitle") == "Banten"
    page.run("document.querySelector('#kg-find').focus()")
    page.type("pringsewu")
    page.press("Enter")
    assert page.run(ROWS) == ["Mesuji", "Pringsewu"]
    assert "Pringsewu" in page.text("#kg-sheet-title")
    page.run("kkbpk.page.closeSheet()")
    page.run("document.querySelector('#kg-find').focus()")
    page.type("selatan")
    page.press("Enter")
    assert page.text("#kg-crumbs li:last-child") == "Lebak"
    page.run("kkbpk.levels.goUp()")
    assert page.text("#kg-subtitle") == "Banten"


WEIGHT = "document.querySelector('path.kg-region').getAttribute('stroke-width')"


def test_lines_of_a_country_are_thin_and_of_one_province_as_ever(opened, tmp_path):
    frame = load_boundaries("Indonesia").loc[["11.01", "18.10", "93.01"]]
    table = pd.DataFrame({"air": [1, 2, 3]}, index=frame.index)
    page = opened(write_work_map(tmp_path / "peta.html", describe_map(frame, table)))
    assert page.run(WEIGHT) == "0.3"
    drawn = "kkbpk.picture().querySelector('g[clip-path] path[stroke-width]')"
    assert page.run(f"{drawn}.getAttribute('stroke-width')") == "0.3"
    page.run(CHOOSE % "18")
    assert page.run(WEIGHT) == "0.9"


def test_on_a_telephone_a_country_has_a_frame_as_low_as_it_is_wide(opened, tmp_path):
    height = "document.querySelector('#kg-map').getBoundingClientRect().height"
    frame = load_boundaries("Indonesia").loc[["11.01", "18.10", "93.01"]]
    for codes, high in ((["11.01", "93.01"], 320), (["11.01", "18.10"], 496)):
        part = frame.loc[codes]
        described = describe_map(part, pd.DataFrame({"air": [1, 2]}, index=codes))
        path = write_work_map(tmp_path / "peta.html", described)
        # 62 % of 800 pixels, or the least that controls and a province need.
        assert opened(path, width=360, height=800).run(height) == high
