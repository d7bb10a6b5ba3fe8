"""The printed page: the same sheet from anywhere, upright where that suits, islands."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely import MultiPolygon, box

from kkbpk_geo.maps.content.options import MapIndicator, MapOptions
from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.page.page import write_work_map

pytestmark = pytest.mark.browser

INCHES = {"landscape": (841.89, 595.28), "portrait": (595.28, 841.89)}


def write(tmp_path, shapes, **options):
    """Write a page of regions called A, B, …, with values 10, 20, …"""
    names = [chr(ord("A") + i) for i in range(len(shapes))]
    codes = pd.Index([f"18.{i:02}" for i in range(1, len(shapes) + 1)])
    frame = gpd.GeoDataFrame(
        {"name": names},
        geometry=shapes,
        index=codes.rename("region_code"),
        crs="EPSG:4326",
    )
    table = pd.DataFrame({"air": [10.0 * (i + 1) for i in range(len(shapes))]}, codes)
    indicator = MapIndicator(key="air", label="Air", direction="better", digits=1)
    described = describe_map(
        frame,
        table,
        indicators=[indicator],
        options=MapOptions(values=True, **options),
    )
    return write_work_map(tmp_path / "peta.html", described)


def sizes(pdf):
    """The sizes of the pages of a PDF, in points."""
    boxes = [part.split(b"]")[0] for part in pdf.split(b"/MediaBox [")[1:]]
    return [tuple(map(float, one.split()[2:])) for one in boxes]


TALL = [box(120, -2, 121, 0), box(120, 0, 121, 2)]
FLAT = [box(120, -0.5, 121, 0.5), box(121, -0.5, 122, 0.5)]
ISLET = box(126, 2, 126.1, 2.1)


@pytest.mark.parametrize(("shapes", "way"), [(TALL, "portrait"), (FLAT, "landscape")])
@pytest.mark.parametrize("width", [390, 1366])
def test_paper_stands_upright_for_a_tall_province(opened, tmp_path, shapes, way, width):
    page = opened(write(tmp_path, shapes), width, 800)
    assert sizes(page.pdf()) == [pytest.approx(INCHES[way], abs=1)]
    assert page.run("document.querySelector('#kg-far')?.hidden ?? true")


PRINT = """(() => { dispatchEvent(new Event("beforeprint")); })()"""
BOXES = """["#kg-map", "#kg-panel", "#kg-legend", "#kg-inset", "#kg-far", ".kg-footer"]
  .map((one) => document.querySelector(one).getBoundingClientRect())
  .map(({ left, top, right, bottom }) => [left, top, right, bottom])"""


def laid_out(page, size):
    """Where the parts of the paper stand while the browser lays it out."""
    page.run(PRINT)
    page.send("Emulation.setEmulatedMedia", media="print")
    page.resize(*size)
    return page.run(BOXES)


def overlap(one, other):
    across = min(one[2], other[2]) - max(one[0], other[0])
    return across > 1 and min(one[3], other[3]) - max(one[1], other[1]) > 1


@pytest.mark.parametrize(
    ("shapes", "size"), [([*TALL, ISLET], (726, 1047)), ([*FLAT, ISLET], (1047, 720))]
)
def test_islands_far_off_stand_in_frames_beside_everything_else(
    opened, tmp_path, shapes, size
):
    page = opened(write(tmp_path, shapes))
    boxes = laid_out(page, size)
    _, panel, _, _, far, foot = boxes
    for i, one in enumerate(boxes):
        for other in boxes[i + 1 :]:
            assert not overlap(one, other)
    assert far[3] - far[1] > 78, "as high as a frame"
    assert max(panel[2], far[2]) <= size[0] + 1
    assert foot[3] <= size[1]
    said = page.text("#kg-far").split("\n")
    assert said[0].startswith("C 30,0 kira-kira ")
    assert said[-1] == "Tiap bingkai berskala sendiri."
    # The map is as large as that of its main land.
    map_box = page.run("""(() => {
      const [west, south, east, north] = kkbpk.page.data.paper.main;
      const [a, b] = [[north, west], [south, east]].map((at) =>
        kkbpk.map.latLngToContainerPoint(at));
      const { x, y } = kkbpk.map.getSize();
      return Math.max((b.x - a.x) / x, (b.y - a.y) / y);
    })()""")
    assert 0.7 < map_box <= 1
    page.run("dispatchEvent(new Event('afterprint'))")
    assert page.run("document.querySelector('#kg-far')?.hidden ?? true")


def test_a_frame_shows_its_islands_in_the_colour_of_the_region(opened, tmp_path):
    land = MultiPolygon([FLAT[0], box(126, 2, 126.05, 2.05)])
    page = opened(write(tmp_path, [land, FLAT[1]]))
    page.run(PRINT)
    fills = page.run("""["#kg-far path", "path.kg-region"]
      .map((one) => document.querySelector(one).getAttribute("fill"))""")
    assert fills[0] == fills[1]
    drawn = page.run("document.querySelector('#kg-far path').getBBox().width")
    assert 5 < drawn < 126, "the islet alone, not the land with it"
    page.run("kkbpk.page.update({language: 'en'}); " + PRINT)
    assert page.text("#kg-far").startswith("A 10.0 about 480 km to the east")


@pytest.fixture
def framed(opened, tmp_path, lampung_page):
    """The page in a frame of 700 by 400 pixels of another page."""
    text = lampung_page.read_text(encoding="utf-8")
    quoted = text.replace("&", "&amp;").replace('"', "&quot;")
    frame = f'<iframe width="700" height="400" srcdoc="{quoted}"></iframe>'
    outer = tmp_path / "luar.html"
    outer.write_text(f"<!DOCTYPE html><body>{frame}</body>", encoding="utf-8")
    page = opened(outer)
    page.wait("frames[0].document.querySelectorAll('path.kg-region').length === 15")
    return page


ENDS = """["#kg-map", ".kg-row:last-of-type", "#kg-footer"].map((one) => {
  const shown = frames[0].document.querySelector(one).getBoundingClientRect();
  return [shown.right, shown.bottom];
})"""


def test_a_page_in_a_frame_prints_the_sheet_as_large_as_the_frame(framed):
    framed.run("frames[0].dispatchEvent(new frames[0].Event('beforeprint'))")
    framed.send("Emulation.setEmulatedMedia", media="print")
    for right, bottom in framed.run(ENDS):
        assert right <= 701
        assert bottom <= 401
    shown = "frames[0].document.querySelectorAll('.kg-name:not([hidden])').length"
    assert framed.run(shown) >= 12
    framed.run("frames[0].dispatchEvent(new frames[0].Event('afterprint'))")
    assert framed.run("frames[0].document.body.style.zoom") == ""


def test_the_buttons_of_a_page_in_a_frame_print_it_on_a_sheet_of_its_own(framed):
    framed.run("""(() => {
      const inner = frames[0];
      inner.print = () => inner.dispatchEvent(new inner.Event("beforeprint"));
      inner.document.querySelector("#kg-print").click();
    })()""")
    assert framed.run("frames[0].document.body.style.zoom") == ""
