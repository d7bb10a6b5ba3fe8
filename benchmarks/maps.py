"""Maps side by side: ours against what people draw interactive maps with today.

Why: a work map travels by memory stick and opens on old laptops without a network. So
what counts is how long it takes to make, how large it is, whether it asks for anything,
whether it draws at all, and how soon it shows another indicator.

In:     nothing; 12 indicators, 15 or 229 regions and 3,000 points are made with a seed
        (the 229 are a Voronoi split of Lampung with rough edges; nothing is real).
Out:    a Markdown table on the screen and in benchmarks/out/maps.md. A way that is not
        installed is left out by name; without Chromium the last three columns are
        empty.
Run:    python benchmarks/maps.py [--quick] [--rounds N]
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "browser")]

OUT = HERE / "out" / "maps"
N_INDICATORS, N_POINTS = 12, 3000
KEYS = [f"Indikator {i}" for i in range(1, N_INDICATORS + 1)]
KINDS = ("hospital", "puskesmas", "bkb", "bkr", "bkl")
SIZES = (15, 229)
CLASSES = 5
NEEDS = {  # way -> the packages that it takes
    "kkbpk_geo": (),
    "geopandas.explore": ("mapclassify",),
    "folium.Choropleth": (),
    "plotly (inlined)": ("plotly",),
    "lonboard": ("lonboard",),
}


# --- input ------------------------------------------------------------------------


def make_input(n):
    """Write regions (GeoJSON), their indicators and the points (CSV) once."""
    import geopandas as gpd
    import numpy as np
    import pandas as pd
    import shapely

    from kkbpk_geo.regions.boundaries import load_boundaries

    folder = OUT / f"input_{n}"
    if (folder / "points.csv").exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    frame = load_boundaries("Lampung")
    random = np.random.default_rng(18)
    whole = shapely.union_all(frame.geometry.to_numpy())
    if n != len(frame):
        seeds = points_in(whole, n, random)
        cells = shapely.voronoi_polygons(shapely.multipoints(seeds), extend_to=whole)
        cells = shapely.segmentize(shapely.get_parts(cells), 0.004)
        cells = shapely.transform(
            cells, lambda xy: xy + 0.0015 * np.sin(900 * xy[:, ::-1])
        )
        cells = shapely.make_valid(shapely.coverage_clean(cells))
        cells = shapely.coverage_clean(shapely.intersection(cells, whole))
        cells = cells[np.isin(shapely.get_type_id(cells), (3, 6))]
        codes = [f"18.{i // 20 + 1:02}.{i % 20 + 1:02}" for i in range(len(cells))]
        frame = gpd.GeoDataFrame(
            {"name": [f"Kecamatan {i}" for i in range(len(cells))]},
            geometry=cells,
            index=pd.Index(codes, name="region_code"),
            crs="EPSG:4326",
        )
    frame.reset_index()[["region_code", "name", "geometry"]].to_file(
        folder / "regions.geojson", driver="GeoJSON"
    )
    table = pd.DataFrame(
        np.round(random.uniform(0, 100, (len(frame), N_INDICATORS)), 1),
        columns=KEYS,
        index=frame.index,
    )
    table.to_csv(folder / "table.csv")
    places = points_in(whole, N_POINTS, random)
    pd.DataFrame(
        {
            "kind": [KINDS[i % len(KINDS)] for i in range(N_POINTS)],
            "name": [f"Titik contoh {i}" for i in range(N_POINTS)],
            "longitude": places[:, 0].round(5),
            "latitude": places[:, 1].round(5),
        }
    ).to_csv(folder / "points.csv", index=False)
    return folder


def points_in(shape, n, random):
    """Draw ``n`` points inside a shape."""
    import numpy as np
    import shapely

    west, south, east, north = shape.bounds
    shapely.prepare(shape)
    found = np.empty((0, 2))
    while len(found) < n:
        drawn = random.uniform((west, south), (east, north), (4 * n, 2))
        inside = shapely.contains_xy(shape, drawn[:, 0], drawn[:, 1])
        found = np.concatenate([found, drawn[inside]])
    return found[:n]


def read_input(folder):
    import geopandas as gpd
    import pandas as pd

    regions = gpd.read_file(folder / "regions.geojson")
    table = pd.read_csv(folder / "table.csv", dtype={"region_code": str})
    points = pd.read_csv(folder / "points.csv")
    return regions, table, points


# --- the ways: each is called in a process of its own -----------------------------


def draw_ours(regions, table, points, page):
    from kkbpk_geo.maps.describe import describe_map
    from kkbpk_geo.maps.page.page import write_work_map

    described = describe_map(
        regions.set_index("region_code"), table.set_index("region_code"), points=points
    )
    write_work_map(page, described)


def draw_explore(regions, table, points, page):
    import folium
    import geopandas as gpd

    frame = regions.merge(table, on="region_code")
    drawn = None
    for i, key in enumerate(KEYS):
        drawn = frame.explore(
            column=key,
            scheme="quantiles",
            k=CLASSES,
            cmap="YlOrRd",
            tooltip=["name", key],
            name=key,
            m=drawn,
            show=i == 0,
            legend=i == 0,
        )
    places = gpd.points_from_xy(points["longitude"], points["latitude"])
    layer = gpd.GeoDataFrame(points[["kind", "name"]], geometry=places, crs="EPSG:4326")
    layer.explore(m=drawn, name="Titik", color="#333333")
    folium.LayerControl().add_to(drawn)
    drawn.save(page)


def draw_choropleth(regions, table, points, page):
    import folium
    from folium.plugins import MarkerCluster

    frame = regions.merge(table, on="region_code")
    west, south, east, north = frame.total_bounds
    drawn = folium.Map([(south + north) / 2, (west + east) / 2], zoom_start=8)
    for i, key in enumerate(KEYS):
        layer = folium.Choropleth(
            geo_data=frame[["region_code", "name", key, "geometry"]],
            data=frame,
            columns=["region_code", key],
            key_on="feature.properties.region_code",
            bins=CLASSES,
            fill_color="YlOrRd",
            legend_name=key,
            name=key,
            show=i == 0,
        )
        folium.GeoJsonTooltip(fields=["name", key]).add_to(layer.geojson)
        layer.add_to(drawn)
    cluster = MarkerCluster(name="Titik").add_to(drawn)
    for row in points.to_dict("records"):
        folium.Marker([row["latitude"], row["longitude"]], tooltip=row["name"]).add_to(
            cluster
        )
    folium.LayerControl().add_to(drawn)
    drawn.save(page)


def draw_plotly(regions, table, points, page):
    import plotly.graph_objects as go

    shapes = json.loads(regions.set_index("region_code").geometry.to_json())
    names = regions.set_index("region_code")["name"].reindex(table["region_code"])
    figure = go.Figure(
        go.Choropleth(
            geojson=shapes,
            locations=table["region_code"],
            z=table[KEYS[0]],
            text=names,
            colorscale="YlOrRd",
        )
    )
    figure.add_trace(
        go.Scattergeo(
            lon=points["longitude"],
            lat=points["latitude"],
            text=points["name"],
            mode="markers",
            marker={"size": 3},
        )
    )
    buttons = [
        {"label": key, "method": "restyle", "args": [{"z": [table[key]]}, [0]]}
        for key in KEYS
    ]
    figure.update_layout(updatemenus=[{"buttons": buttons}])
    figure.update_geos(fitbounds="locations", visible=False)
    figure.write_html(page, include_plotlyjs=True)


def draw_lonboard(regions, table, points, page):
    import geopandas as gpd
    import lonboard
    import matplotlib as mpl
    import numpy as np
    from lonboard.colormap import apply_continuous_cmap

    frame = regions.merge(table, on="region_code")
    colours = mpl.colormaps["YlOrRd"]
    layers = [
        lonboard.PolygonLayer.from_geopandas(
            frame[["name", key, "geometry"]],
            get_fill_color=apply_continuous_cmap(np.asarray(frame[key]) / 100, colours),
            visible=i == 0,
        )
        for i, key in enumerate(KEYS)
    ]
    places = gpd.points_from_xy(points["longitude"], points["latitude"])
    frame = gpd.GeoDataFrame(points[["kind", "name"]], geometry=places, crs="EPSG:4326")
    layers.append(lonboard.ScatterplotLayer.from_geopandas(frame, radius_min_pixels=2))
    lonboard.Map(layers).to_html(page)


DRAW = dict(
    zip(
        NEEDS,
        (draw_ours, draw_explore, draw_choropleth, draw_plotly, draw_lonboard),
        strict=True,
    )
)


# --- measuring --------------------------------------------------------------------


def addresses(page):
    """Count the different files that the page asks other machines for."""
    text = page.read_text(encoding="utf-8")
    tags = re.findall(
        r"""<(?:script|link|img)\b[^>]*\b(?:src|href)=["']?((?:https?:)?//[^"'\s>]+)""",
        text,
    )
    modules = re.findall(r"""(?:import|from)\s*\(?["'](https?://[^"']+)""", text)
    return len(set(tags) | set(modules))


def in_browser(pages, n):
    """Open each page with the network off: seconds to load, drawn or not, requests."""
    from chromium_driver import Browser, find_chromium

    program = find_chromium()
    if program is None or not find_spec("websockets"):
        return {}
    browser, found = Browser(program), {}
    try:
        for way, path in pages.items():
            page = browser.open(path)
            page.run("new Promise(done => setTimeout(done, 2500))")
            load = page.run(
                "performance.getEntriesByType('navigation')[0].loadEventEnd"
            )
            asked = [url for url in page.requests() if url.startswith("http")]
            found[way] = (load / 1000, drawn(page, n), len(set(asked)), switch(page))
            page.close()
    finally:
        browser.close()
    return found


def drawn(page, n):
    """Say whether there are as many filled paths as regions, or a painted canvas."""
    paths = page.run(
        "[...document.querySelectorAll('svg path')].filter(p => {"
        "const b = p.getBoundingClientRect(); return b.width * b.height > 4"
        " && getComputedStyle(p).fill !== 'none'"
        " && !p.closest('.modebar-container, .infolayer, .leaflet-control'); }).length"
    )
    painted = page.run(
        "[...document.querySelectorAll('canvas')].some(c => { try {"
        "const x = c.getContext('2d'); if (!x) return false;"
        "const d = x.getImageData(0, 0, c.width, c.height).data;"
        "return new Set(new Uint32Array(d.buffer)).size > 5; }"
        "catch { return false; } })"
    )
    return bool(painted or paths >= 0.8 * n)


def switch(page):
    """Return milliseconds until another indicator is laid out; None if not ours."""
    return page.run(
        "(() => { const s = document.getElementById('kg-indicator');"
        "if (!s || !s.options) return null;"
        "const times = [...s.options].map(o => { const t = performance.now();"
        "s.value = o.value; s.dispatchEvent(new Event('change', {bubbles: true}));"
        "document.body.getBoundingClientRect(); return performance.now() - t; });"
        "return times.sort((a, b) => a - b)[times.length >> 1]; })()"
    )


def compare(n, rounds):
    """Return one row per way for ``n`` regions."""
    from benchmarks.run import in_turn

    folder = make_input(n)
    ready, absent = {}, []
    for way, packages in NEEDS.items():
        lacking = [name for name in packages if not find_spec(name)]
        if lacking:
            absent.append(f"{way}: not installed ({', '.join(lacking)})")
        else:
            ready[way] = OUT / f"{list(NEEDS).index(way)}_{n}.html"
    commands = {
        way: (Path(__file__), "--draw", way, "--input", folder, "--page", page)
        for way, page in ready.items()
    }
    times = in_turn(commands, rounds)
    opened = in_browser(ready, n)
    rows = []
    for way, page in ready.items():
        seconds, memory = times[way]
        load, shown, asked, change = opened.get(way, (None, None, None, None))
        rows.append(
            [
                way,
                f"{seconds:.2f}",
                f"{memory:.0f}",
                f"{page.stat().st_size / 1e6:.2f}",
                str(addresses(page)),
                "–" if asked is None else str(asked),
                "–" if shown is None else ("yes" if shown else "no"),
                "–" if load is None else f"{load:.2f}",
                "–" if change is None else f"{change:.1f}",
            ]
        )
    return rows, absent


def as_markdown(rows):
    lines = [
        "| way | s | MiB | HTML, MB | files elsewhere | requests tried "
        "| draws offline | load, s | switch, ms |",
        "|---|---:|---:|---:|---:|---:|---|---:|---:|",
    ]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)]) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="one round of each")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--draw", choices=list(DRAW), help=argparse.SUPPRESS)
    parser.add_argument("--input", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--page", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.draw:
        DRAW[options.draw](*read_input(options.input), options.page)
        return
    text = ""
    for n in SIZES:
        rows, absent = compare(n, 1 if options.quick else options.rounds)
        text += f"{N_INDICATORS} indicators, {n} regions, {N_POINTS:,} points\n\n"
        text += as_markdown(rows) + "".join(f"\n{line}" for line in absent) + "\n"
    text += "Load and switch are measured without a network: a blank page loads soon.\n"
    print(text)
    (HERE / "out" / "maps.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
