"""Small maps that fit on the screen; every expected value can be worked out by eye."""

from __future__ import annotations

from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from rough_shapes import make_rough
from shapely.geometry import box

CODES = ["18.01", "18.02", "18.03"]


@pytest.fixture
def strip() -> gpd.GeoDataFrame:
    """Three squares in a row, a tenth of a degree each: west, middle, east."""
    frame = gpd.GeoDataFrame(
        {
            "name": ["Barat", "Tengah", "Kota Timur"],
            "kind": ["Kabupaten", "Kabupaten", "Kota"],
            "parent_code": "18",
            "area_km2": [122.94, 123.0, 12.0],
        },
        geometry=[box(105 + i / 10, -5, 105.1 + i / 10, -4.9) for i in range(3)],
        index=pd.Index(CODES, name="region_code"),
        crs="EPSG:4326",
    )
    frame.attrs.update(
        province_code="18",
        province_name="Lampung",
        attribution="contoh buatan",
    )
    return frame


@pytest.fixture
def wide() -> pd.DataFrame:
    """Two columns of the caller's own, one row per region."""
    return pd.DataFrame(
        {"air": [10.0, 20.0, 40.0], "jalan": [1.5, np.nan, 3.25]},
        index=pd.Index(CODES, name="region_code"),
    )


@pytest.fixture
def tidy() -> pd.DataFrame:
    """Two periods of a known indicator, with the province's row and reasons."""
    rows = [
        ("2025-10", "18.01", 60, 100, 60.0, "ok"),
        ("2025-10", "18.02", None, None, None, "not_reported"),
        ("2025-10", "18.03", None, None, None, "not_yet_founded"),
        ("2025-10", "18", 60, 100, 60.0, "ok"),
        ("2025-11", "18.01", 62, 100, 62.0, "ok"),
        ("2025-11", "18.02", 110, 200, 55.0, "partial"),
        ("2025-11", "18.03", None, 0, None, "no_denominator"),
        ("2025-11", "18", 172, 300, 172 / 3, "ok"),
    ]
    columns = ["period", "region_code", "numerator", "denominator", "value", "status"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(indicator="contraceptive_use")


@pytest.fixture
def gaps() -> SimpleNamespace:
    """Two services in three regions; the middle one has no kit figures."""
    rows = [
        ("18.01", "kit:bkb", 20, 8, 12, 0, "ok", "kit"),
        ("18.02", "kit:bkb", None, None, None, None, "missing", "kit"),
        ("18.03", "kit:bkb", 5, 7, 0, 2, "ok", "kit"),
        ("18.01", "sumur", 4, 3, 1, 0, "ok", "sumur"),
        ("18.02", "sumur", 4, 0, 4, 0, "ok", "sumur"),
        ("18.03", "sumur", 2, 2, 0, 0, "ok", "sumur"),
    ]
    columns = ["region_code", "service", "need", "supply", "gap", "surplus"]
    table = pd.DataFrame(rows, columns=[*columns, "status", "unit"])
    scores = pd.DataFrame(
        {"score": [0.425, np.nan, 0.0], "rank": [1, np.nan, 2]},
        index=pd.Index(CODES, name="region_code"),
    )
    return SimpleNamespace(table=table, scores=scores)


@pytest.fixture
def points() -> pd.DataFrame:
    """Five points: two in their region, one elsewhere, one at sea, one nowhere."""
    return pd.DataFrame(
        {
            "kind": ["hospital", "bkb", "hospital", "hospital", "bkb"],
            "name": ["RS Barat", "Melati", "RS Pindah", "RS Laut", "Tanpa Titik"],
            "longitude": [105.05, 105.25, 105.15, 104.0, np.nan],
            "latitude": [-4.95, -4.95, -4.95, -5.5, -4.95],
            "region_code": ["18.01", "18.03", "18.01", None, "18.02"],
        }
    )


@pytest.fixture
def many() -> gpd.GeoDataFrame:
    """229 shapes with rough edges, about 20 vertices a side, as kecamatan have."""
    return make_rough(229)
