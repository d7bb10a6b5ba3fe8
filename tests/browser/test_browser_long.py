"""A map of 702 regions: what a reader sees comes first, and nothing is left out."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.page.page import write_work_map

pytestmark = pytest.mark.browser

N = 702  # 27 columns of 26 squares; a list is drawn in slices above 100
ROWS = "document.querySelectorAll('#kg-ranking [data-region]').length"
IN_ORDER = (
    "[...document.querySelectorAll('#kg-ranking [data-region]')]"
    ".map(row => Number(row.dataset.region))"
)
CHOOSE = "kkbpk.page.update({layer: %d, only: new Set()});"
DRAWN = f"({ROWS}) === {N} && !document.querySelector('.kg-gone')"


@pytest.fixture(scope="session")
def long_page(tmp_path_factory):
    """Region i has i in the first indicator and N - i in the second; 5 has none."""
    corners = [(104 + i // 26 / 20, -5 + i % 26 / 20) for i in range(N)]
    squares = [shapely.box(x, y, x + 0.05, y + 0.05) for x, y in corners]
    codes = [f"18.{i // 26:02}.{i % 26:02}" for i in range(N)]
    regions = gpd.GeoDataFrame(
        {"name": [f"Kecamatan {i}" for i in range(N)]},
        geometry=squares,
        index=pd.Index(codes, name="region_code"),
        crs="EPSG:4326",
    )
    table = pd.DataFrame(
        {"naik": range(N), "turun": range(N, 0, -1)}, index=regions.index, dtype=float
    )
    table.loc[codes[5]] = None
    path = tmp_path_factory.mktemp("panjang") / "peta.html"
    return write_work_map(path, describe_map(regions, table))


@pytest.fixture
def page(opened, long_page):
    page = opened(long_page)
    page.wait(DRAWN)
    return page


FALLING = [i for i in range(N - 1, -1, -1) if i != 5] + [5]
RISING = [i for i in range(N) if i != 5] + [5]


def test_a_screen_of_rows_comes_at_once_and_every_row_soon(page):
    assert page.run(IN_ORDER) == FALLING
    page.run("document.title = 'before'")
    first = page.run(
        CHOOSE % 1 + "[...document.querySelectorAll("
        "'#kg-ranking > :not(.kg-gone) [data-region]')]"
        ".map(row => Number(row.dataset.region))"
    )
    assert first == RISING[:40]
    page.wait(DRAWN)
    assert page.run(IN_ORDER) == RISING


def test_the_table_has_every_row_too(page):
    page.run("document.querySelector('#kg-as-table').click()")
    page.wait(DRAWN)
    assert page.run(IN_ORDER) == FALLING
    page.run("document.querySelector('[data-column=name] button').click()")
    page.wait(DRAWN)
    assert page.run("document.querySelectorAll('#kg-ranking tbody tr').length") == N


def test_choices_that_follow_each_other_at_once_leave_the_last_list(page):
    page.run(CHOOSE % 1 + CHOOSE % 0 + CHOOSE % 1)
    page.wait(DRAWN)
    assert page.run(IN_ORDER) == RISING


def test_every_region_of_the_map_says_the_chosen_indicator(page):
    label = "document.querySelectorAll('path.kg-region')[%d].getAttribute('aria-label')"
    page.wait(f"{label % 701}.startsWith('Kecamatan 701: 701')")
    page.run(CHOOSE % 1)
    page.wait(f"{label % 701}.startsWith('Kecamatan 701: 1;')")
    assert page.run(label % 400).startswith("Kecamatan 400: 302;")
    fill = "document.querySelectorAll('path.kg-region')[%d].getAttribute('fill')"
    darkest, palest = page.run(fill % 0), page.run(fill % 701)
    page.run(CHOOSE % 0)
    assert page.run(fill % 0) == palest
    assert page.run(fill % 701) == darkest
    assert page.run(fill % 5) == "url(#kg-missing)"


def test_what_is_left_of_a_list_is_not_drawn_once_names_stand_by_kind(page):
    page.run(CHOOSE % 1 + "kkbpk.page.update({second: 0})")
    page.wait("!document.querySelector('.kg-gone')")
    assert page.run("document.querySelectorAll('#kg-ranking ol').length") == 0
    assert page.run("document.querySelector('#kg-ranking').style.length") == 0
    assert page.run(ROWS) == N


def test_paper_has_every_row(page):
    rows = page.run(CHOOSE % 1 + "dispatchEvent(new Event('beforeprint'));" + IN_ORDER)
    assert rows == RISING
    page.run("dispatchEvent(new Event('afterprint'))")


def test_the_focus_returns_to_a_row_that_is_far_down_and_not_yet_drawn(page):
    page.run(
        "document.querySelector('#kg-ranking [data-region=\"3\"]').focus();"
        "kkbpk.page.openSheet(3)"
    )
    page.run(CHOOSE % 1 + CHOOSE % 0 + "kkbpk.page.closeSheet()")
    assert page.run("document.activeElement.dataset.region") == "3"
    assert page.run("document.activeElement.closest('.kg-gone')") is None


def test_one_row_and_one_tick_are_lit_and_one_row_is_current(page):
    page.run("kkbpk.page.update({lit: 9}); kkbpk.page.update({lit: 10})")
    lit = (
        "[...document.querySelectorAll('#kg-overview .kg-lit, #kg-legend .kg-lit')]"
        ".map(e => e.dataset.region ?? e.dataset.tick)"
    )
    assert sorted(page.run(lit)) == ["10", "10"]
    page.run(CHOOSE % 1)
    page.wait(DRAWN)
    page.run("kkbpk.page.update({lit: null, region: 4})")
    page.run("kkbpk.page.update({region: 6})")
    assert page.run(lit) == []
    current = (
        "[...document.querySelectorAll('#kg-ranking [aria-current=true]')]"
        ".map(e => e.dataset.region)"
    )
    assert page.run(current) == ["6"]


def test_a_region_is_lit_in_a_list_whose_end_is_drawn_later(page):
    """701 is the last of the second indicator but one: its row is not there yet."""
    page.run("kkbpk.page.update({lit: 701, region: 700});" + CHOOSE % 1)
    page.wait(DRAWN)
    marked = "document.querySelector('#kg-ranking [data-region=\"%d\"]')"
    assert page.run(f"{marked % 701}.classList.contains('kg-lit')")
    assert page.run(f"{marked % 700}.getAttribute('aria-current')") == "true"


def test_who_has_scrolled_far_down_stays_there(page):
    top = "document.querySelector('#kg-panel').scrollTop"
    page.run(f"{top} = 12000")
    before = page.run(top)
    assert before == 12_000
    page.run(CHOOSE % 1 + "document.body.offsetHeight")
    assert page.run(top) == before
    page.wait(DRAWN)
    assert page.run(top) == before


def test_the_spread_has_one_mark_for_every_place(page):
    paths = page.run(
        "[...document.querySelectorAll('.kg-spread path')]"
        ".map(p => p.getAttribute('d'))"
    )
    assert paths[0] == ""  # nobody is quiet
    assert paths[1].count("M") == N - 1
    assert "M4.0,1V13" in paths[1]
    assert "M224.0,1V13" in paths[1]
