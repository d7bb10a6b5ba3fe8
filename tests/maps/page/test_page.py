import base64
import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.catalogue.labels import labels_under
from kkbpk_geo.maps.content.options import MapDetail, MapIndicator, MapOptions
from kkbpk_geo.maps.describe import describe_map, shown_name
from kkbpk_geo.maps.page.page import build_page, lean_style, write_work_map
from kkbpk_geo.maps.page.scripts import join_scripts, lean

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "${7*7} `x` \\ \" ' & </script><script>alert(2)</script> <!-- \u2028",
    "\u202eمنطقة 😀 " + "panjang " * 30,
]


def data_of(page):
    return json.loads(re.search(r'id="kg-data">(.*?)</script>', page)[1])


def test_the_page_is_one_file_that_asks_for_nothing(strip, wide, points):
    page = build_page(describe_map(strip, wide, points=points))
    assert not re.findall(r"<(?:link|iframe|object|embed|base|img)\b", page)
    assert not re.findall(r"<script[^>]*\bsrc", page)
    assert not re.findall(r"@import|url\((?!#|data:)[^)]*\)", page.split("<body")[0])
    assert "sourceMappingURL" not in page


def test_the_policy_forbids_requests_and_lists_every_script(strip, wide):
    page = build_page(describe_map(strip, wide))
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe-inline" not in policy.split("style-src")[0]
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(scripts) == 2, "Leaflet and ours"
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_hostile_text_is_data_and_nothing_else(strip, wide, points):
    strip = strip.assign(name=HOSTILE)
    options = MapOptions(title=HOSTILE[0], subtitle=HOSTILE[1], source=HOSTILE[1])
    points = points.assign(name=HOSTILE[1])
    table = wide.rename(columns={"air": HOSTILE[1], "jalan": HOSTILE[0]})
    page = build_page(describe_map(strip, table, points=points, options=options))
    assert "<img" not in page
    assert page.count("<script>") == page.count("</script>") - 1 == 2
    found = data_of(page)
    assert found["levels"][0]["names"] == [shown_name(x, "") for x in HOSTILE]
    assert found["title"]["id"] == HOSTILE[0]
    title = re.search("<title>(.*?)</title>", page)[1]
    assert title == "&lt;img src=x onerror=alert(1)&gt;"


def test_an_indicator_may_have_a_time_of_its_own(strip, tidy):
    plan = MapIndicator(key="contraceptive_use", label="Rencana", when="2026")
    found = data_of(build_page(describe_map(strip, tidy, indicators=[plan])))
    (layer,) = found["levels"][0]["layers"]
    assert found["pool"][layer["when"]] == "2026"
    assert (
        "when"
        not in data_of(build_page(describe_map(strip, tidy)))["levels"][0]["layers"][0]
    )


def test_a_half_letter_does_not_stop_the_page(strip, wide, tmp_path):
    options = MapOptions(title="Peta \ud800")
    described = describe_map(strip, wide, options=options)
    path = write_work_map(tmp_path / "peta.html", described)
    assert data_of(path.read_text(encoding="utf-8"))["title"]["id"] == "Peta \ufffd"


def test_the_same_input_gives_the_same_bytes_in_another_process():
    script = (
        "import geopandas as gpd, pandas as pd; from shapely.geometry import box\n"
        "from kkbpk_geo.maps.describe import describe_map\n"
        "from kkbpk_geo.maps.page.page import build_page\n"
        "b = gpd.GeoDataFrame({'name': ['a', 'b']}, index=['18.01', '18.02'], "
        "geometry=[box(0, 0, 1, 1), box(1, 0, 2, 1)], crs=4326)\n"
        "t = pd.DataFrame({'x': [1, 2]}, index=b.index)\n"
        "import hashlib, sys\n"
        "print(hashlib.sha256(build_page(describe_map(b, t)).encode()).hexdigest())\n"
        "print('folium' in sys.modules, 'matplotlib' in sys.modules)"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PATH": "", "PYTHONPATH": "."},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
    assert runs.pop().endswith("False False\n"), "the page needs neither of them"


def test_a_base_map_opens_the_policy_for_its_host_alone(strip, wide):
    offline = build_page(describe_map(strip, wide))
    online = build_page(describe_map(strip, wide, options=MapOptions(basemap="osm")))
    assert "basemap_file" in online
    assert "basemap_file" not in build_page(describe_map(strip, wide))
    host = "https://tile.openstreetmap.org"
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', online)[1]
    assert f"img-src data: {host}; " in policy
    assert policy.count("http") == 1
    assert host not in offline


def test_only_a_map_that_stands_alone_is_marked_so(strip, wide):
    usual = build_page(describe_map(strip, wide))
    alone = build_page(describe_map(strip, wide, options=MapOptions(panel=False)))
    assert alone == usual.replace(
        '<html lang="id">', '<html lang="id" class="kg-alone">'
    )
    assert alone != usual


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({"height": 159}, "height is 159; expected a whole number, at least 160."),
        (
            {"height": "640px"},
            "height is '640px'; expected a whole number, at least 160.",
        ),
        ({"panel": "no"}, "panel is 'no'"),
        (
            {"panel": False, "basemap": "osm"},
            "basemap is 'osm', and the map stands alone",
        ),
    ],
)
def test_what_a_map_cannot_be_is_refused(chosen, told):
    with pytest.raises(MapError, match=f"^{re.escape(told)}"):
        MapOptions(**chosen)
    assert MapOptions(height=160).height == 160


def test_an_unknown_base_map_is_refused():
    text = "basemap is 'satelit'; expected '' (none, offline) or 'osm'."
    with pytest.raises(MapError, match=f"^{re.escape(text)}$"):
        MapOptions(basemap="satelit")


def test_only_whole_lines_of_comment_are_left_out():
    code = """/* about
 * this file */
  const a = "/* no */ // no"; // stays
  // goes
  /** Goes. */
  const b = `https://x`;
"""
    assert lean(code) == (
        'const a = "/* no */ // no"; // stays\nconst b = `https://x`;\n'
    )


def test_a_style_sheet_loses_only_spaces_and_last_semicolons():
    css = ".a, .b :hover {\n  color: red;\n  margin: 0 1px;\n}\n"
    assert lean_style(css) == ".a,.b :hover{color:red;margin:0 1px}"


def our_assets():
    from importlib.resources import files

    folder = Path(str(files("kkbpk_geo.maps.page"))) / "assets"
    return {
        f.name: f.read_text(encoding="utf-8")
        for f in folder.rglob("*")
        if f.suffix in (".js", ".css", ".html", ".json")
    }


def test_every_word_of_the_page_is_in_the_catalogue():
    known = set(labels_under("map_page_"))
    for group in ("pair", "basemap"):
        known |= {f"{group}_{key}" for key in labels_under(f"map_{group}_")}
    used = {
        word
        for name, text in our_assets().items()
        if name.endswith(".js") and name != "plan.js"  # it has words of its own
        for word in re.findall(r"\bt\(\"(\w+)\"[,)]", text)
    }
    assert len(used) > 50
    assert used <= known


def test_our_scripts_and_styles_are_small_and_never_write_markup():
    texts = our_assets()
    assert len(join_scripts("basemap.js", "plan.js", "main.js").encode()) < 94_500
    for name, text in texts.items():
        assert len(text.encode()) < 30_000, name
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacent|document\.write", text
        ), name


# Sizes


def table_for(codes, n):
    random = np.random.default_rng(1)
    values = random.uniform(20, 99, (len(codes), n)).round(1)
    columns = [f"indikator_{i}" for i in range(n)]
    frame = pd.DataFrame(values, index=codes, columns=columns)
    long = frame.rename_axis("region_code").reset_index()
    long = long.melt("region_code", var_name="indicator")
    denominator = random.integers(1_000, 90_000, len(long))
    numerator = (denominator * long["value"] / 100).round()
    return long.assign(numerator=numerator, denominator=denominator, period="2025-11")


def points_for(bounds, n):
    random = np.random.default_rng(2)
    west, south, east, north = bounds
    kinds = ["health_centre", "midwife", "clinic", "bkb", "bkr"]
    names = ["Melati", "Mawar", "Anggrek", "Kenanga", "Flamboyan", "Dahlia"]
    return pd.DataFrame(
        {
            "kind": random.choice(kinds, n),
            "name": [f"{random.choice(names)} {i % 229} {i:04d}" for i in range(n)],
            "longitude": random.uniform(west, east, n),
            "latitude": random.uniform(south, north, n),
        }
    )


def lampung():
    from kkbpk_geo.regions.boundaries import load_boundaries, load_context

    boundaries = load_boundaries("Lampung")
    return boundaries, MapOptions(context=load_context(boundaries))


def test_fifteen_districts_and_three_thousand_points_stay_under_350_kb(tmp_path):
    boundaries, options = lampung()
    described = describe_map(
        boundaries,
        table_for(boundaries.index, 12),
        points=points_for(boundaries.total_bounds, 3_000),
        options=options,
    )
    path = write_work_map(tmp_path / "peta.html", described)
    assert path.stat().st_size <= 350_000


def test_the_demo_stays_under_400_kb(tmp_path):
    boundaries, options = lampung()
    months = [table_for(boundaries.index, 25).assign(period=p) for p in ("1", "2")]
    described = describe_map(
        boundaries,
        pd.concat(months),
        points=points_for(boundaries.total_bounds, 400),
        options=options,
    )
    path = write_work_map(tmp_path / "peta.html", described)
    assert path.stat().st_size <= 400_000


def test_229_shapes_with_twelve_indicators_stay_under_a_megabyte(many, tmp_path):
    described = describe_map(many, table_for(many.index, 12))
    path = write_work_map(tmp_path / "peta.html", described)
    assert path.stat().st_size <= 1_000_000


def test_districts_and_229_kecamatan_with_twelve_indicators_stay_under_600_kb(
    many, tmp_path
):
    kecamatan = many.assign(parent_code=many.index.str[:5])
    whole = kecamatan.dissolve("parent_code", method="coverage")
    whole.index.name = "region_code"
    detail = MapDetail(boundaries=kecamatan, table=table_for(many.index, 12))
    described = describe_map(
        whole, table_for(whole.index, 12), options=MapOptions(detail=detail)
    )
    path = write_work_map(tmp_path / "peta.html", described)
    assert path.stat().st_size <= 600_000


def test_heavy_shapes_are_simplified_without_opening_cracks(many):
    import shapely

    from kkbpk_geo.maps.page.shapes import for_drawing

    shapes = many.geometry.to_numpy()
    light = for_drawing(shapes, 4_000)
    assert shapely.get_num_coordinates(light).sum() <= 4_000
    assert shapely.coverage_is_valid(light)
    assert for_drawing(shapes, 10**6) is shapes


@pytest.mark.real
def test_kecamatan_as_another_office_hands_them_over_stay_small(shared_data, tmp_path):
    from kkbpk_geo.regions.boundaries import load_boundaries

    path = shared_data / "wilayah_boundaries" / "lampung_kecamatan.geojson"
    boundaries = load_boundaries("Lampung", level="kecamatan", path=path)
    described = describe_map(
        boundaries,
        table_for(boundaries.index, 12),
        points=points_for(boundaries.total_bounds, 3_000),
    )
    page = write_work_map(tmp_path / "peta.html", described)
    assert page.stat().st_size <= 1_000_000
