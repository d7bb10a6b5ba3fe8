"""Nothing lies on a district or a name, at any number of regions and any width.

Measured in the opened page by what the browser itself says of its shapes, not by what
the page's scripts think they have drawn.
"""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from kkbpk_geo.maps.content.options import MapIndicator, MapOptions
from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.page.page import write_work_map
from kkbpk_geo.regions.boundaries import load_boundaries, load_context

pytestmark = pytest.mark.browser

PROVINCES = {
    6: "Sulawesi Barat",
    8: "Papua Pegunungan",
    11: "Maluku",
    15: "Lampung",
    38: "Jawa Timur",
}
SIZES = [(1366, 768), (1024, 768), (768, 1024), (360, 740)]
WATER = MapIndicator(key="air", label="Air bersih", unit="%", direction="better")
ROADS = MapIndicator(key="jalan", label="Jalan rusak", unit="%", direction="worse")

# Every control against every shape, in dots 3 pixels apart; what is beside the map must
# not reach into it.
COVERED = """(() => {
  const boxOf = (e) => e.getBoundingClientRect();
  const map = boxOf(document.querySelector("#kg-map"));
  const overlap = (a, b) => ({
    left: Math.max(a.left, b.left), right: Math.min(a.right, b.right),
    top: Math.max(a.top, b.top), bottom: Math.min(a.bottom, b.bottom),
  });
  const found = [];
  const besides = document.querySelectorAll(".kg-aside, #kg-ribbon:not([hidden])");
  for (const beside of besides) {
    const { left, top, right, bottom } = overlap(boxOf(beside), map);
    if (right - left > 1 && bottom - top > 1) found.push([beside.className, "map"]);
  }
  for (const control of document.querySelectorAll("#kg-map .leaflet-control")) {
    for (const shape of document.querySelectorAll("path.kg-region")) {
      const around = boxOf(shape);
      const own = shape.getBBox();
      // Both have the same middle: the way from the window to the shape's own numbers.
      const dx = own.x + own.width / 2 - (around.left + around.right) / 2;
      const dy = own.y + own.height / 2 - (around.top + around.bottom) / 2;
      const { left, top, right, bottom } = overlap(boxOf(control), around);
      for (let x = left; x <= right; x += 3)
        for (let y = top; y <= bottom; y += 3)
          if (shape.isPointInFill(new DOMPoint(x + dx, y + dy)))
            found.push([control.className, shape.getAttribute("aria-label")]);
    }
  }
  return found;
})()"""

# How many corners of the land to be shown lie outside the map.
CUT = """(() => {
  const map = document.querySelector("#kg-map").getBoundingClientRect();
  // What stands in frames below the map on paper is not to be shown on it, too.
  const isFramed = document.documentElement.classList.contains("kg-isles");
  const { data, level } = kkbpk.page;
  const [west, south, east, north] = isFramed ? data.paper.main : level().extent;
  const isOut = ({ x, y }) => x < 0 || y < 0 || x > map.width || y > map.height;
  return [[south, west], [north, east]]
    .map((corner) => kkbpk.map.latLngToContainerPoint(corner)).filter(isOut).length;
})()"""

# Names that lie on each other, on a control, or out of the map.
NAMES = "[...document.querySelectorAll('.kg-name:not([hidden])')]"
CLASHES = f"""(() => {{
  const named = {NAMES}.map((e) => [e.textContent, e.getBoundingClientRect()]);
  const controls = [...document.querySelectorAll("#kg-map .leaflet-control")]
    .map((e) => [e.className, e.getBoundingClientRect()]);
  const found = [];
  named.forEach(([name, a], i) => {{
    for (const [other, b] of [...named.slice(i + 1), ...controls])
      if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
        found.push([name, other]);
  }});
  return found;
}})()"""


def values(codes):
    """Two indicators; the third region has no value in the first."""
    n = len(codes)
    table = pd.DataFrame(
        {"air": np.arange(n) * 2.5 + 10, "jalan": n - np.arange(n)}, index=codes
    )
    table.loc[codes[2], "air"] = np.nan
    return table


@pytest.fixture(scope="session")
def page_of(tmp_path_factory):
    """The page of so many regions; each is written once."""
    folder = tmp_path_factory.mktemp("ruang")

    def write(n):
        path = folder / f"{n}.html"
        if path.exists():
            return path
        options = MapOptions()
        if n in PROVINCES:
            regions = load_boundaries(PROVINCES[n])
            options = MapOptions(context=load_context(regions), sample=True)
        else:
            regions = squares(n)
        assert len(regions) == n
        described = describe_map(
            regions,
            values(regions.index),
            indicators=[WATER, ROADS],
            options=options,
        )
        return write_work_map(path, described)

    return write


def squares(n):
    """A large square, and small ones beside it, 16 in a row."""
    corners = [(104 + i % 16 / 8, -5 + i // 16 / 8) for i in range(n - 1)]
    small = [shapely.box(x, y, x + 0.125, y + 0.125) for x, y in corners]
    return gpd.GeoDataFrame(
        {"name": [f"Wetan {i}" for i in range(n)], "kind": "Kecamatan"},
        geometry=[shapely.box(102.5, -5, 104, -3.5), *small],
        index=pd.Index([f"18.{i // 20:02}.{i % 20:02}" for i in range(n)]),
        crs="EPSG:4326",
    )


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("n", [*PROVINCES, 229])
def test_no_district_is_covered_or_cut(opened, page_of, n, size):
    page = opened(page_of(n), *size)
    assert page.run("document.querySelectorAll('path.kg-region').length") == n
    assert page.run(COVERED) == []
    assert page.run(CUT) == 0
    page.choose("#kg-second", "1")
    page.wait(f"({CUT}) === 0")
    assert page.run(COVERED) == [], "the square of two indicators is larger"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("n", [6, 8, 15, 38, 229])
def test_no_name_lies_on_another_or_on_a_control(opened, page_of, n, size):
    page = opened(page_of(n), *size)
    assert page.run(f"{NAMES}.length") > 0
    assert page.run(CLASHES) == []


def test_the_legend_stands_where_the_regions_come_out_larger(opened, page_of):
    layout = "document.querySelector('#kg-view').dataset.legend"
    narrow, wide = opened(page_of(6), 1366, 768), opened(page_of(8), 1366, 768)
    assert narrow.run(layout) == "side"
    assert wide.run(layout) == "foot"


def test_a_window_that_changes_shows_the_whole_map_again(opened, page_of):
    page = opened(page_of(11), 1366, 768)
    for size in SIZES[1:]:
        page.resize(*size)
        page.wait(f"({CUT}) === 0")
        assert page.run(COVERED) == [], size


def test_a_map_that_was_moved_stays_where_it_is(opened, page_of):
    page = opened(page_of(15), 1366, 768)
    page.run("kkbpk.map.setView([-5, 105], 10, {animate: false}) && 0")
    page.resize(1200, 700)
    page.wait("kkbpk.map.getSize().x < 700")
    assert page.run("kkbpk.map.getZoom()") == 10
    assert page.run("kkbpk.map.getCenter().distanceTo([-5, 105])") < 500


def test_on_paper_nothing_lies_on_a_district(opened, page_of):
    for n in PROVINCES:
        page = opened(page_of(n), 1366, 768)
        page.send("Emulation.setEmulatedMedia", media="print")
        page.run("dispatchEvent(new Event('beforeprint'))")
        assert page.run(COVERED) == [], n
        assert page.run(CUT) == 0, n
        page.run("dispatchEvent(new Event('afterprint'))")


@pytest.mark.parametrize("n", [11, 15])
def test_paper_gives_the_map_the_room_that_it_was_fitted_to(opened, page_of, n):
    """No script runs once the browser lays out the paper: below the map, or beside."""
    page = opened(page_of(n), 1366, 768)
    size = "(m => [m.clientWidth, m.clientHeight])(document.querySelector('#kg-map'))"
    page.run("dispatchEvent(new Event('beforeprint'))")
    fitted = page.run(size)
    page.send("Emulation.setEmulatedMedia", media="print")
    assert page.run(size) == fitted
    page.run("dispatchEvent(new Event('afterprint'))")


# Fingers

CENTRE = "(c => [c.lat, c.lng])(kkbpk.map.getCenter())"


def test_one_finger_scrolls_a_phone_and_two_move_the_map(opened, page_of):
    page = opened(page_of(15), 360, 740)
    page.run("document.querySelector('#kg-map').scrollIntoView()")
    before, scrolled = page.run(CENTRE), page.run("scrollY")
    page.drag_fingers((180, 300, 0, -200))
    page.wait(f"scrollY > {scrolled} + 100")
    assert page.run(CENTRE) == before
    assert page.text(".kg-hint") == "Geser peta dengan dua jari"
    page.wait("document.querySelector('.kg-hint').hidden")
    page.run("document.querySelector('#kg-map').scrollIntoView()")
    scrolled = page.run("scrollY")
    page.drag_fingers((120, 200, 0, 90), (240, 200, 0, 90))
    page.wait(f"{CENTRE}[0] > {before[0]} + 0.1")
    assert page.run("scrollY") == scrolled
    assert page.run("document.querySelector('.kg-hint').hidden")


def test_one_finger_moves_a_map_that_fills_its_window(opened, page_of):
    page = opened(page_of(15), 1366, 768)
    before = page.run(CENTRE)
    page.drag_fingers((600, 300, 0, 120))
    page.wait(f"{CENTRE}[0] > {before[0]} + 0.1")
    assert page.run("document.querySelector('.kg-hint').hidden")


def test_the_mouse_moves_the_map_on_a_narrow_page_too(opened, page_of):
    page = opened(page_of(15), 700, 740)
    page.run("document.querySelector('#kg-map').scrollIntoView()")
    before = page.run(CENTRE)
    for kind, y in (("mousePressed", 200), ("mouseMoved", 260), ("mouseReleased", 260)):
        page.send(
            "Input.dispatchMouseEvent", type=kind, x=300, y=y, button="left",
            buttons=1, clickCount=1,
        )  # fmt: skip
    page.wait(f"{CENTRE}[0] > {before[0]} + 0.1")


# Points


def test_every_point_says_what_it_is_to_who_hears_the_page(opened, lampung_page):
    page = opened(lampung_page)
    named = (
        "[...document.querySelectorAll('#kg-map .kg-sign')]"
        ".map(e => [e.getAttribute('role'), e.getAttribute('aria-label')])"
    )
    assert ["button", "2 titik; klik untuk memperbesar"] in page.run(named)
    page.run("kkbpk.page.update({hidden: new Set(['bkb', 'midwife'])})")
    signs = page.run(named)
    assert ["button", "Rumah sakit: hospital 0"] in signs
    assert all(role == "button" and label for role, label in signs)


# The map alone


@pytest.fixture(scope="session")
def alone(lampung, places):
    return describe_map(
        lampung,
        values(lampung.index),
        indicators=[WATER, ROADS],
        points=places,
        options=MapOptions(panel=False, sample=True, source="Dinas"),
    )


@pytest.fixture(scope="session")
def alone_page(tmp_path_factory, alone):
    return write_work_map(tmp_path_factory.mktemp("sendiri") / "peta.html", alone)


FRAMES = [(700, 400), (1280, 720), (480, 320), (360, 640)]
SEEN = """[...document.querySelectorAll("select, input, summary, .kg-panel, .kg-skip,"
  + ".kg-tools, .kg-choice")].filter((e) => e.checkVisibility()).length"""


@pytest.mark.parametrize("size", FRAMES)
def test_the_map_alone_fills_its_frame_and_nothing_is_covered(opened, alone_page, size):
    page = opened(alone_page, *size)
    assert page.run(SEEN) == 0
    high = "document.documentElement.scrollHeight"
    wide = "document.documentElement.scrollWidth"
    assert [page.run(wide), page.run(high)] == list(size)
    share = page.run("(s => s.x * s.y)(kkbpk.map.getSize())") / (size[0] * size[1])
    assert share > 0.4
    assert page.run(COVERED) == []
    assert page.run(CUT) == 0
    assert "Air bersih" in page.text("#kg-legend")
    assert "CC BY" in page.text("#kg-footer")
    assert page.text("#kg-title") == "Peta kerja KKBPK Lampung"


def test_a_click_on_the_map_alone_opens_nothing(opened, alone_page):
    page = opened(alone_page, 700, 400)
    page.run(
        "document.querySelector('path.kg-region').dispatchEvent("
        "new MouseEvent('click', {bubbles: true}))"
    )
    assert page.run("kkbpk.page.state.region") is None
    named = "document.querySelector('path.kg-region')"
    assert page.run(f"{named}.getAttribute('aria-label')") == (
        "Kabupaten Lampung Selatan: 10,0 %"
    )
    assert page.run(f"{named}.getAttribute('role')") == "img"


def test_the_address_chooses_what_the_map_alone_shows(opened, alone_page):
    page = opened(alone_page, 700, 400, address="#ind=jalan&lang=en")
    assert "Jalan rusak" in page.text("#kg-legend")


def test_the_button_of_a_plugin_shows_its_sign(opened, lampung, tmp_path):
    """The style sheet names a picture that lies beside it."""
    from folium.plugins import Fullscreen

    from kkbpk_geo.maps import draw_work_map

    sign = '<svg xmlns="http://www.w3.org/2000/svg" width="26" height="26"/>'
    (tmp_path / "sign.svg").write_text(sign, encoding="utf-8")
    style = ".full { width: 26px; height: 26px; background: url(sign.svg) }"
    (tmp_path / "full.css").write_text(style, encoding="utf-8")
    script = """L.control.fullscreen = (options) => {
      const control = L.control(options);
      control.onAdd = () => L.DomUtil.create("div", "full");
      return control;
    };"""
    (tmp_path / "full.js").write_text(script, encoding="utf-8")
    assets = {
        Fullscreen.default_js[0][0]: tmp_path / "full.js",
        Fullscreen.default_css[0][0]: tmp_path / "full.css",
    }
    work_map = draw_work_map(
        lampung, values(lampung.index), options=MapOptions(assets=assets)
    )
    Fullscreen().add_to(work_map)
    work_map.save(tmp_path / "peta.html")
    page = opened(tmp_path / "peta.html", 1366, 768)
    shown = "getComputedStyle(document.querySelector('.full')).backgroundImage"
    assert page.run(shown).startswith('url("data:image/svg+xml;base64,')
    assert page.run(
        f"new Promise(done => {{ const i = new Image(); i.onload = () => done(i.width);"
        f"i.onerror = () => done(0); i.src = {shown}.slice(5, -2); }})"
    ) == 26  # fmt: skip
    assert page.run(COVERED) == []


def test_two_maps_in_one_page_work_by_themselves(browser, alone, lampung, tmp_path):
    import folium

    from kkbpk_geo.maps import WorkMap

    figure = folium.Figure()
    figure.html.add_child(folium.Element("<h2>Dua peta</h2>"))
    figure.add_child(WorkMap(alone), name="satu")
    tall = MapOptions(height=500)
    full = describe_map(
        lampung, values(lampung.index), indicators=[WATER, ROADS], options=tall
    )
    figure.add_child(WorkMap(full), name="dua")
    path = tmp_path / "dua.html"
    path.write_text(figure.render(), encoding="utf-8")
    page = browser.open(path, 1000, 700)
    inside = "[...document.querySelectorAll('iframe')].map(f => f.contentDocument)"
    ready = f"{inside}.every(d => d.querySelectorAll('path.kg-region').length === 15)"
    page.wait(ready)
    assert page.run(
        "[...document.querySelectorAll('iframe')].map(f => f.clientHeight)"
    ) == [
        700,
        500,
    ]
    page.run(
        f"(s => {{ s.value = '1'; s.dispatchEvent(new Event('change')); }})"
        f"({inside}[1].querySelector('#kg-indicator'))"
    )
    headings = f"{inside}.map(d => d.querySelector('#kg-legend h2').textContent)"
    assert page.run(headings) == ["Air bersih", "Jalan rusak"]
    page.close()
