"""Three squares in a row and tables small enough to add up by eye."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import box

from kkbpk_geo.intake.model import Intake

CODES = ["18.01", "18.02", "18.03"]


@pytest.fixture
def strip():
    """Three districts, one degree each, west to east."""
    frame = gpd.GeoDataFrame(
        {"name": ["Lampung Selatan", "Lampung Tengah", "Lampung Utara"]},
        geometry=[box(104 + i, -5, 105 + i, -4) for i in range(3)],
        index=pd.Index(CODES, name="region_code"),
        crs="EPSG:4326",
    )
    frame.attrs["province_name"] = "Lampung"
    return frame


@pytest.fixture
def make_intake():
    """Build an Intake from rows given as dictionaries."""

    def make(kind, rows, source="tabel.csv"):
        data = pd.DataFrame(rows)
        for column in data.columns:
            if column.split("_")[0] in ("bkb", "bkr", "couples", "users", "villages"):
                data[column] = data[column].astype("Int64")
        if "level" not in data.columns:
            data["level"] = "desa" if "desa" in data.columns else "kabkota"
        data["source_row"] = range(2, len(data) + 2)
        return Intake(
            kind=kind,
            data=data,
            findings=(),
            source=source,
            listed=pd.DataFrame(),
            headings={},
        )

    return make
