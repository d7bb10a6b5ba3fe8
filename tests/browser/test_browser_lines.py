"""Months as lines: gaps, one axis, the band, words for who does not see them."""

import pytest
from twelve_months import INDICATORS, MONTHS, twelve_months

from kkbpk_geo.maps.content.options import MapOptions
from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.page.page import write_work_map

pytestmark = pytest.mark.browser

ROW = "#kg-ranking [data-region='%d'] "
PATH = "document.querySelector(\"%s .kg-course path\").getAttribute('d')"
SAID = "document.querySelector(\"%s .kg-line\").getAttribute('aria-label')"


def drawn(tmp_path_factory, lampung, regions, months=MONTHS, gaps=None, **options):
    """Write the page of some of Lampung's districts."""
    part = lampung.iloc[:regions]
    described = describe_map(
        part,
        twelve_months(list(part.index), months),
        indicators=INDICATORS,
        gaps=gaps,
        options=MapOptions(source="Angka buatan", **options),
    )
    return write_work_map(tmp_path_factory.mktemp("peta") / "bulan.html", described)


@pytest.fixture(scope="module")
def months_page(tmp_path_factory, lampung):
    return drawn(tmp_path_factory, lampung, 15)


def line_of(page, region):
    return page.run(PATH % (ROW % region))


def test_every_row_has_a_line_and_the_province_too(opened, months_page):
    page = opened(months_page)
    assert page.run("document.querySelectorAll('#kg-ranking .kg-line').length") == 16


def test_a_month_without_a_number_is_a_gap_and_never_a_line(opened, months_page):
    page = opened(months_page)
    runs = {i: line_of(page, i).count("M") for i in range(6)}
    # Nobody has June: two runs at least. 1 lacks March and April, so May stands alone.
    assert runs == {0: 2, 1: 3, 2: 2, 3: 2, 4: 0, 5: 2}
    assert line_of(page, 1).count("h0") == 1
    assert line_of(page, 2).count("L") == 4 + 4, "a hidden month is a gap as well"
    assert line_of(page, 3).count("L") == 5 + 4, "zero is a number"


def test_the_dot_is_full_on_the_month_shown_and_a_ring_on_the_last_before(
    opened, months_page
):
    page = opened(months_page)
    dots = '[...document.querySelectorAll("%s circle")].map(c => c.classList.value)'
    assert page.run(dots % (ROW % 0)) == [""]
    assert page.run(dots % (ROW % 5)) == ["kg-ring"]
    assert page.run(dots % (ROW % 4)) == []
    place = "document.querySelector(\"%s circle\").getAttribute('cx')" % (ROW % 0)
    last = float(page.run(place))
    page.run("kkbpk.page.update({period: 0})")
    assert float(page.run(place)) < last, "it goes to the month that is shown"


def test_all_lines_of_a_list_have_one_axis_and_one_band(opened, months_page):
    page = opened(months_page)
    bands = page.run(
        "[...new Set([...document.querySelectorAll('#kg-ranking .kg-band')]"
        ".map(p => p.getAttribute('d')))]"
    )
    assert len(bands) == 1
    assert bands[0].count("Z") == 2, "no band in June"

    def height(region):
        return float(line_of(page, region).split("L")[-1].split(",")[1])

    # 51, 50 and 58 of one axis from 0 to 80: 14 pixels high, at 17 the bottom.
    assert [height(i) for i in (0, 3, 8)] == [
        pytest.approx(17 - 14 * value / 80, abs=0.06) for value in (51, 50, 58)
    ]
    assert "sumbu 0,0 % sampai 80,0 %, sama untuk semua wilayah" in page.text(
        ".kg-line-note"
    )
    assert "Sumbu tidak mulai dari nol" not in page.text(".kg-line-note")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "id",
            "Desember 2024 51,0 %, November 2025 51,0 %; terendah 51,0 % (Desember "
            "2024), tertinggi 51,0 % (Desember 2024); tanpa angka: Maret 2025 sampai "
            "April 2025 (belum lapor), Juni 2025 (tidak ada berkas)",
        ),
        (
            "en",
            "December 2024 51.0 %, November 2025 51.0 %; lowest 51.0 % (December "
            "2024), highest 51.0 % (December 2024); no number: March 2025 to April "
            "2025 (not reported), June 2025 (no file)",
        ),
    ],
)
def test_a_line_says_first_last_lowest_highest_and_what_is_missing(
    opened, months_page, language, said
):
    page = opened(months_page, address=f"#lang={language}")
    assert page.run(SAID % (ROW % 1)) == said
    assert page.run("document.querySelector('.kg-line').getAttribute('role')") == "img"


def test_a_hidden_month_is_told_as_hidden_and_its_number_nowhere(opened, months_page):
    page = opened(months_page)
    said = page.run(SAID % (ROW % 2))
    assert "Mei 2025 (disembunyikan (jumlah kecil))" in said
    assert "tidak ada angka pada 12 waktu" in page.run(SAID % (ROW % 4))


@pytest.mark.parametrize("address", ["#mode=change", "#mode=rank", "#with=unmet"])
def test_what_is_no_list_of_values_has_no_lines(opened, months_page, address):
    page = opened(months_page, address=address)
    assert page.run("document.querySelectorAll('#kg-ranking .kg-line').length") == 0
    assert not page.run("document.querySelector('#kg-ranking').matches('.kg-lined')")


def test_the_sheet_has_a_larger_line_with_value_and_change(opened, months_page):
    page = opened(months_page, address="#region=18.01")
    chart = "document.querySelector('.kg-chart')"
    texts = page.run(
        f"[...{chart}.querySelectorAll('.kg-said text')].map(e => e.textContent)"
    )
    assert texts == ["51,0 %", "▲ 1,0"]
    said = page.run(f"{chart}.getAttribute('aria-label')")
    assert said.startswith("Kesertaan (%). Desember 2024 40,0 %, November 2025 51,0 %")
    assert page.run(f"{chart}.querySelectorAll('rect').length") == 1, "June"
    assert "Tanpa angka: Juni 2025 (tidak ada berkas)." in page.text("figcaption")
    assert page.run("document.querySelectorAll('.kg-theme .kg-line').length") == 3


def test_a_gap_of_the_large_line_is_hatched_as_on_the_map(opened, months_page):
    page = opened(months_page, address="#region=18.06")
    fills = page.run(
        "[...document.querySelectorAll('.kg-chart rect')]"
        ".map(r => r.getAttribute('fill'))"
    )
    assert fills == ["url(#kg-missing)", "url(#kg-not_reported)"]
    texts = page.run(
        "[...document.querySelectorAll('.kg-said text')].map(e => e.textContent)"
    )
    assert texts == ["55,0 %", "Okt 2025"], "the last there is, and when it was"


def test_of_fewer_than_four_regions_there_is_no_band(opened, tmp_path_factory, lampung):
    page = opened(drawn(tmp_path_factory, lampung, 3))
    assert page.run("document.querySelector('.kg-band').getAttribute('d')") == ""
    assert "kurang dari 4 wilayah" in page.text(".kg-line-note")


def test_one_region_alone_has_its_line_and_nobody_to_be_compared_with(
    opened, tmp_path_factory, lampung
):
    page = opened(drawn(tmp_path_factory, lampung, 1))
    assert line_of(page, 0).count("M") == 2
    page.run("kkbpk.page.openSheet(0)")
    assert page.run("document.querySelector('#kg-versus') === null")


@pytest.mark.parametrize(
    ("months", "lines", "compare"),
    [
        (MONTHS[-1:], False, False),
        (MONTHS[-2:], False, True),
        (MONTHS[-3:], True, True),
    ],
)
def test_a_page_has_the_scripts_that_its_periods_need(
    opened, tmp_path_factory, lampung, months, lines, compare
):
    page = opened(drawn(tmp_path_factory, lampung, 15, months))
    has = "[kkbpk.page.data.lines, kkbpk.page.data.compare].map(Boolean)"
    assert page.run(has) == [lines, compare]
    assert page.run("document.querySelector('.kg-line') !== null") == lines


def test_a_map_alone_has_neither(opened, tmp_path_factory, lampung):
    page = opened(drawn(tmp_path_factory, lampung, 15, panel=False))
    assert page.run("[kkbpk.page.data.lines, kkbpk.page.data.compare]") == [None, None]


@pytest.mark.parametrize("size", [(1366, 768), (768, 1000), (360, 740)])
@pytest.mark.parametrize("address", ["", "#region=18.06", "#region=18.06&vs=18.71"])
def test_lines_and_comparison_fit_the_window(opened, months_page, size, address):
    page = opened(months_page, *size, address=address)
    assert page.run("document.documentElement.scrollWidth") == size[0]
    beyond = """[...document.querySelectorAll('.kg-line, .kg-chart, table td')]
      .filter(e => e.getBoundingClientRect().right > innerWidth + 0.5).length"""
    assert page.run(beyond) == 0


@pytest.mark.parametrize("address", ["", "#region=18.06", "#region=18.06&vs=18.71"])
@pytest.mark.parametrize("size", [(1280, 800), (360, 740)])
def test_axe_finds_no_serious_fault_in_lines(opened, months_page, axe, size, address):
    page = opened(months_page, *size, address=address)
    page.run(axe + "; 0")
    assert (
        page.run("""axe.run(document, {resultTypes: ['violations']}).then(r =>
      r.violations.filter(v => ['serious', 'critical'].includes(v.impact))
        .map(v => [v.id, v.nodes.slice(0, 3).map(n => n.html.slice(0, 160))]))""")
        == []
    )


def test_another_indicator_of_514_regions_and_twelve_months_takes_50_ms(
    opened, tmp_path_factory, lampung
):
    """Of twelve switches the third quickest counts, as everywhere."""
    import geopandas as gpd
    import numpy as np
    import pandas as pd
    import shapely

    whole = lampung.geometry.union_all()
    west, south, east, north = whole.bounds
    seeds = np.random.default_rng(18).uniform((west, south), (east, north), (6_000, 2))
    seeds = seeds[shapely.contains_xy(whole, seeds)][:514]
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(seeds), extend_to=whole)
    )
    shapes = shapely.coverage_clean(shapely.intersection(cells, whole))
    codes = [f"18.{i // 20:02}.{i % 20:02}" for i in range(len(shapes))]
    regions = gpd.GeoDataFrame(
        {"name": [f"Wilayah {i}" for i in range(len(shapes))]},
        geometry=shapes,
        index=pd.Index(codes),
        crs=lampung.crs,
    )
    table = twelve_months(codes).query("region_code != '18'")
    copies = [table.assign(indicator=table["indicator"] + str(k)) for k in range(4)]
    path = tmp_path_factory.mktemp("peta") / "514.html"
    page = opened(write_work_map(path, describe_map(regions, pd.concat(copies))))
    assert page.run("kkbpk.page.level().layers.length") == 12
    times = page.run("""(() => {
      const select = document.querySelector('#kg-indicator');
      return [...Array(12).keys()].map(i => {
        const start = performance.now();
        select.value = String(i);
        select.dispatchEvent(new Event('change'));
        document.body.offsetHeight;
        return performance.now() - start;
      }).sort((a, b) => a - b);
    })()""")
    assert times[2] <= 50
    page.wait("document.querySelectorAll('#kg-ranking .kg-line').length === 514")
