"""How quick the page is, measured inside it: first paint, ready, another indicator.

The limits are those of the project (ready under a second, a switch of 229 regions in
20 ms), with room for a machine that does something else at the same time; of twelve
switches the third quickest counts.
"""

import numpy as np
import pandas as pd
import pytest

from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.page.page import write_work_map

pytestmark = pytest.mark.browser

READY = "performance.getEntriesByName('kg-ready')[0]?.startTime ?? 0"
SWITCH = """(() => {
  const select = document.querySelector('#kg-%s'), n = select.options?.length;
  const times = [];
  for (let i = 0; i < 12; i++) {
    const start = performance.now();
    select.value = n ? select.options[i %% n].value : i %% (Number(select.max) + 1);
    select.dispatchEvent(new Event('change'));
    document.body.offsetHeight;
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[2];
})()"""


@pytest.fixture(scope="session")
def many_page(tmp_path_factory, lampung):
    """229 cells of a Voronoi diagram inside Lampung, 12 indicators, 3,000 points."""
    import geopandas as gpd
    import shapely

    random = np.random.default_rng(18)
    whole = lampung.geometry.union_all()
    west, south, east, north = whole.bounds
    seeds = random.uniform((west, south), (east, north), (4_000, 2))
    seeds = seeds[shapely.contains_xy(whole, seeds)][:229]
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(seeds), extend_to=whole)
    )
    shapes = shapely.coverage_clean(shapely.intersection(cells, whole))
    regions = gpd.GeoDataFrame(
        {"name": [f"Kecamatan {i}" for i in range(len(shapes))], "kind": "Kecamatan"},
        geometry=shapes,
        index=pd.Index([f"18.{i // 20:02}.{i % 20:02}" for i in range(len(shapes))]),
        crs=lampung.crs,
    )
    table = pd.DataFrame(
        random.uniform(20, 99, (len(shapes), 12)).round(1),
        index=regions.index,
        columns=[f"indikator_{i}" for i in range(12)],
    )
    at = random.uniform((west, south), (east, north), (3_000, 2))
    points = pd.DataFrame(
        {
            "kind": random.choice(["hospital", "midwife", "bkb", "bkr"], 3_000),
            "name": [f"Titik {i}" for i in range(3_000)],
            "longitude": at[:, 0],
            "latitude": at[:, 1],
        }
    )
    described = describe_map(regions, table, points=points)
    return write_work_map(tmp_path_factory.mktemp("peta") / "banyak.html", described)


def test_229_regions_and_3000_points_are_ready_in_a_second(opened, many_page):
    assert many_page.stat().st_size <= 1_000_000
    page = opened(many_page)
    page.wait(f"({READY}) > 0")
    assert page.run(READY) < 1_500
    assert page.run("document.querySelectorAll('path.kg-region').length") == 229
    assert page.run("kkbpk.page.kinds.flatMap(k => k.points).length") == 3_000


def test_another_indicator_of_229_regions_takes_20_ms(opened, many_page):
    page = opened(many_page)
    assert page.run(SWITCH % "indicator") < 50
    page.click_on("#kg-as-table")
    assert page.run(SWITCH % "indicator") < 50


def test_3000_points_gather_quickly_when_all_are_shown(opened, many_page):
    page = opened(many_page)
    page.click_on("#kg-points summary")
    page.run("[...document.querySelectorAll('#kg-points .kg-small')][0].click()")
    milliseconds = page.run("""(() => {
      const start = performance.now();
      for (let i = 0; i < 5; i++) kkbpk.page.points.draw();
      return (performance.now() - start) / 5;
    })()""")
    assert milliseconds < 100
    drawn = page.run("kkbpk.page.points.drawn().map(one => one.members.length)")
    assert 2_500 < sum(drawn) <= 3_000
    assert len(drawn) < 300


def test_fifteen_districts_are_ready_at_once(opened, series_page):
    page = opened(series_page)
    page.wait(f"({READY}) > 0")
    assert page.run(READY) < 1_000
    for control in ("indicator", "period", "mode"):
        assert page.run(SWITCH % control) < 50, control


@pytest.mark.real
def test_real_exports_of_several_months_make_a_map_that_works(opened, tmp_path):
    """Sulawesi Barat: six kabupaten, October and November 2025."""
    from pathlib import Path

    from kkbpk_geo.pipeline.files.map import write_map
    from kkbpk_geo.pipeline.project import Project
    from kkbpk_geo.pipeline.running import run

    folder = Path(__file__).parents[3] / "shared" / "data" / "siga_sulbar"
    if not folder.is_dir():
        pytest.skip("no ../shared/data beside this checkout: real exports are absent")
    tables = tuple(sorted(folder.glob("data_*.csv")))
    project = Project(
        tables=tables, folder=tmp_path, province="Sulawesi Barat", year=2025
    )
    path = write_map(run(project), tmp_path / "sulbar.html")
    assert path.stat().st_size <= 1_000_000
    page = opened(path)
    assert page.run("kkbpk.page.level().periods") == ["2025-10", "2025-11"]
    assert page.run("document.querySelectorAll('path.kg-region').length") == 6
    assert page.run(READY) < 1_000
    for control in ("indicator", "period", "mode"):
        assert page.run(SWITCH % control) < 50, control
    page.run("kkbpk.page.openSheet(0)")
    assert "Semua indikator, November 2025" in page.text("#kg-sheet")
