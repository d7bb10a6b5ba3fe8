"""One browser for all tests, and a work map of Lampung with made-up figures."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from chromium_driver import Browser, find_chromium
from hostile import HOSTILE

from kkbpk_geo.maps.content.options import MapDetail, MapIndicator, MapOptions
from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.page.page import write_work_map

ROOT = Path(__file__).parents[2]
PERIODS = ("2025-10", "2025-11")


@pytest.fixture(scope="session")
def browser():
    program = find_chromium()
    if program is None:
        pytest.skip("Chromium is not installed; set CHROMIUM or install it")
    pytest.importorskip("websockets", reason="the driver needs the package websockets")
    browser = Browser(program)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def axe():
    """The accessibility checker as a script, or a skip that says how to get it."""
    default = ROOT / "node_modules" / "axe-core" / "axe.min.js"
    path = Path(os.environ.get("KKBPK_AXE") or default)
    if not path.is_file():
        pytest.skip("axe-core is absent: npm install --no-save axe-core, or KKBPK_AXE")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def lampung():
    from kkbpk_geo.regions.boundaries import load_boundaries

    return load_boundaries("Lampung")


@pytest.fixture(scope="session")
def figures(lampung):
    """Two indicators, two periods; 18.04 has not reported, 18.13 came later."""
    rows = []
    for i, code in enumerate(lampung.index):
        for p, period in enumerate(PERIODS):
            use, unmet, status = 40 + 3 * i + p, 5 + i * 7 % 15 - p / 2, "ok"
            if code == "18.04":
                use = unmet = None
                status = "not_reported"
            if code == "18.13" and p == 0:
                use = unmet = None
                status = "not_yet_founded"
            rows.append((period, code, "contraceptive_use", use, status))
            rows.append((period, code, "unmet_need", unmet, status))
    for p, period in enumerate(PERIODS):
        rows.append((period, "18", "contraceptive_use", 60 + p, "ok"))
        rows.append((period, "18", "unmet_need", 12.5, "ok"))
    columns = ["period", "region_code", "indicator", "value", "status"]
    table = pd.DataFrame(rows, columns=columns)
    known = table["status"] == "ok"
    return table.assign(
        numerator=(table["value"] * 10).where(known), denominator=1000.0
    )


@pytest.fixture(scope="session")
def needs(lampung):
    """One service: district i needs 20 and has 20 - i; ranks may move by one."""
    n = len(lampung)
    table = pd.DataFrame(
        {
            "region_code": lampung.index,
            "service": "kit:bkb",
            "need": 20,
            "supply": 20 - np.arange(n),
            "gap": np.arange(n),
            "surplus": 0,
            "status": "ok",
            "unit": "kit",
        }
    )
    rank = n - np.arange(n)
    scores = pd.DataFrame(
        {
            "score": np.arange(n) / 20,
            "rank": rank,
            "rank_low": np.maximum(rank - 1, 1),
            "rank_high": np.minimum(rank + 1, n),
        },
        index=lampung.index,
    )
    return SimpleNamespace(table=table, scores=scores)


@pytest.fixture(scope="session")
def places(lampung):
    """Three kinds of points inside the districts: 15, 15 and 60."""
    inside = lampung.geometry.representative_point()
    frames = [
        pd.DataFrame(
            {
                "kind": kind,
                "name": [f"{kind} {i}" for i in range(n)],
                "longitude": np.resize(inside.x, n) + np.arange(n) / 1000,
                "latitude": np.resize(inside.y, n),
            }
        )
        for kind, n in (("hospital", 15), ("bkb", 15), ("midwife", 60))
    ]
    return pd.concat(frames, ignore_index=True)


@pytest.fixture(scope="session")
def lampung_page(tmp_path_factory, lampung, figures, needs, places):
    described = describe_map(
        lampung,
        figures,
        points=places,
        gaps=needs,
        options=MapOptions(sample=True, source="Angka buatan"),
    )
    return write_work_map(tmp_path_factory.mktemp("peta") / "peta.html", described)


@pytest.fixture(scope="session")
def hostile_page(tmp_path_factory, lampung, places):
    """Every text that comes from outside is hostile."""
    names = [f"{i} {HOSTILE}" for i in range(len(lampung))]
    described = describe_map(
        lampung.assign(name=names),
        pd.DataFrame({HOSTILE: range(len(lampung))}, index=lampung.index),
        indicators=[
            MapIndicator(key=HOSTILE, label=HOSTILE, unit=HOSTILE, formula=HOSTILE)
        ],
        points=places[:15].assign(name=HOSTILE, kind=HOSTILE),
        options=MapOptions(title=HOSTILE, subtitle=HOSTILE, source=HOSTILE),
    )
    return write_work_map(tmp_path_factory.mktemp("peta") / "hostile.html", described)


SERIES = ("2025-08", "2025-09", "2025-10", "2025-11")
SHARE = MapIndicator(
    key="kesertaan",
    label={"id": "Kesertaan", "en": "Use"},
    unit="%",
    digits=1,
    direction="better",
    standard_value=60,
    factor=100,
    counts={"id": "pasangan", "en": "couples"},
)
UNMET = MapIndicator(key="unmet", label="Unmet need", unit="%", direction="worse")


def series(codes):
    """Two indicators, four periods: region i, period p has 40 + 2 i + p and 30 - i.

    The third region came in the third period; the last one is suppressed in the last.
    """
    rows = []
    for p, period in enumerate(SERIES):
        for i, code in enumerate(codes):
            status, use, unmet = "ok", 40 + 2 * i + p, 30 - i
            if i == 2 and p < 2:
                status = "not_yet_founded"
            if i == len(codes) - 1 and p == 3:
                status = "suppressed"
            known = status == "ok"
            rows.append((period, code, "kesertaan", use if known else None, status))
            rows.append((period, code, "unmet", unmet if known else None, status))
    columns = ["period", "region_code", "indicator", "value", "status"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(numerator=table["value"] * 10, denominator=1000.0)


@pytest.fixture(scope="session")
def halves(lampung):
    """Every district cut in two at the middle of its bounds: 30 regions below."""
    import geopandas as gpd
    import shapely

    rows = []
    for code, shape in lampung.geometry.items():
        west, south, east, north = shape.bounds
        middle = (west + east) / 2
        for i, window in enumerate(
            ((west, south, middle, north), (middle, south, east, north)), 1
        ):
            name = f"{lampung.name[code]} {'Barat' if i == 1 else 'Timur'}"
            part = shapely.clip_by_rect(shape, *window)
            rows.append((f"{code}.{i:02}", name, code, part))
    codes, names, parents, shapes = zip(*rows, strict=True)
    return gpd.GeoDataFrame(
        {"name": names, "kind": "Kecamatan", "parent_code": parents},
        geometry=list(shapes),
        index=pd.Index(codes, name="region_code"),
        crs=lampung.crs,
    )


@pytest.fixture(scope="session")
def series_described(lampung, halves, places):
    """Four periods, two levels, findings, land around."""
    from kkbpk_geo.regions.boundaries import load_context

    findings = {"18.10": [{"id": "Maret dikirim dua kali.", "en": "March came twice."}]}
    options = MapOptions(
        context=load_context(lampung),
        findings=findings,
        detail=MapDetail(boundaries=halves, table=series(list(halves.index))),
        date="24 November 2026",
        source="Angka buatan",
    )
    return describe_map(
        lampung,
        series(list(lampung.index)),
        indicators=[SHARE, UNMET],
        points=places,
        options=options,
    )


@pytest.fixture(scope="session")
def series_page(tmp_path_factory, series_described):
    path = tmp_path_factory.mktemp("peta") / "deret.html"
    return write_work_map(path, series_described)


@pytest.fixture
def saved(browser, tmp_path):
    """Return a function that waits for the next file a page saves."""
    import time

    browser.save_into(tmp_path)

    def wait_for(ending):
        until = time.monotonic() + 10
        while time.monotonic() < until:
            found = [f for f in tmp_path.iterdir() if f.suffix == ending]
            if found and found[0].stat().st_size:
                return found[0]
            time.sleep(0.05)
        message = f"no {ending} file was saved in 10 seconds"
        raise AssertionError(message)

    return wait_for


@pytest.fixture
def opened(browser):
    """Open pages; afterwards each has asked for itself alone, and not complained.

    A page with gap scores opens with its first screen; most tests are about the other.
    """
    pages = []

    def open_page(path, width=1280, height=800, address="#view=indicators"):
        page = browser.open(path, width, height, address=address)
        pages.append((page, path))
        return page

    yield open_page
    for page, path in pages:
        requests, complaints = page.requests(), page.complaints()
        page.close()
        assert [r.partition("#")[0] for r in requests] == [path.resolve().as_uri()]
        assert complaints == []
