"""One browser for all tests, and a work map of Lampung with made-up figures."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from chromium_driver import Browser, find_chromium

from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.options import MapIndicator, MapOptions
from kkbpk_geo.maps.page import write_work_map

PERIODS = ("2025-10", "2025-11")
HOSTILE = "<img src=x onerror=alert(1)> ${7*7} `</script>` \"'"


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
    """One service: district i needs 20 and has 20 - i."""
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
    scores = pd.DataFrame(
        {"score": np.arange(n) / 20, "rank": n - np.arange(n)}, index=lampung.index
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


@pytest.fixture
def opened(browser):
    """Open pages; afterwards each has asked for itself alone, and not complained."""
    pages = []

    def open_page(path, width=1280, height=800):
        page = browser.open(path, width, height)
        pages.append((page, path))
        return page

    yield open_page
    for page, path in pages:
        requests, complaints = page.requests(), page.complaints()
        page.close()
        assert requests == [path.resolve().as_uri()]
        assert complaints == []
