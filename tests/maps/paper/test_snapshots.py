"""Pictures of the print map, against those that a person has looked at.

After an intended change: ``KKBPK_SNAPSHOTS=write python -m pytest -k snapshots``, then
look at the pictures in ``snapshots/`` and commit them.
"""

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image, ImageFilter

from kkbpk_geo.maps.content.options import MapIndicator, MapOptions
from kkbpk_geo.maps.paper.sheet import PrintOptions
from kkbpk_geo.maps.paper.static import draw_static_map, save_figure
from kkbpk_geo.regions.boundaries import load_boundaries, load_context

FOLDER = Path(__file__).parent / "snapshots"
WIDTH = 700  # pixels: enough to see a name, few enough to keep
COLOURS = 56  # fewer lose the red of the ribbon beside the nine of two indicators
NEAR, FAR = 3.0, 48.0  # mean, and 99.9th percentile, of 255; letters may differ a bit
NEED = MapIndicator(
    key="need", label="Kebutuhan contoh", unit="%", direction="worse", digits=1
)
SERVICE = MapIndicator(
    key="service", label="Layanan contoh", unit="%", direction="better", digits=1
)
SHEETS = {
    "a4_landscape": ("service", PrintOptions(date="1 Desember 2025")),
    "a4_portrait": ("need", PrintOptions(orientation="portrait")),
    "bivariate": ("both", PrintOptions(bivariate=True)),
    "indicators": ("both", PrintOptions(page="A3")),
    "periods": ("service", PrintOptions()),
}


@pytest.fixture(scope="module")
def lampung():
    return load_boundaries("Lampung")


@pytest.fixture(scope="module")
def table(lampung):
    """Invented, by rule: 18.04 has not reported, 18.13 came later, the rest rises."""
    rows = []
    for period in ("2025-10", "2025-11"):
        for i, code in enumerate(lampung.index):
            status = "ok"
            if code == "18.04":
                status = "not_reported"
            if code == "18.13" and period == "2025-10":
                status = "not_yet_founded"
            service = 40 + 3.3 * i + (period == "2025-11")
            need = 5 + i * 7 % 15
            for key, value in (("service", service), ("need", need)):
                part = None if status != "ok" else value
                rows.append((period, code, key, part, status))
        rows.append((period, "18", "service", 61.2, "ok"))
    columns = ["period", "region_code", "indicator", "value", "status"]
    return pd.DataFrame(rows, columns=columns)


@pytest.mark.parametrize("name", SHEETS)
def test_the_sheet_looks_as_it_did(name, lampung, table, tmp_path):
    which, layout = SHEETS[name]
    indicator = {"service": SERVICE, "need": NEED, "both": [NEED, SERVICE]}[which]
    figure = draw_static_map(
        lampung,
        table,
        indicator=indicator,
        period="all" if name == "periods" else None,
        options=MapOptions(
            sample=True, source="Angka buatan", context=load_context(lampung)
        ),
        layout=layout,
    )
    with Image.open(save_figure(figure, tmp_path / "sheet.png")) as whole:
        height = round(WIDTH * whole.height / whole.width)
        found = whole.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS)
    kept = FOLDER / f"{name}.png"
    if os.environ.get("KKBPK_SNAPSHOTS") == "write":
        FOLDER.mkdir(exist_ok=True)
        palette = found.quantize(COLOURS, dither=Image.Dither.NONE)
        palette.save(kept, optimize=True)
    with Image.open(kept) as stored:
        expected = stored.convert("RGB")
    assert found.size == expected.size
    difference = np.abs(blurred(found) - blurred(expected)).max(axis=2)
    assert difference.mean() < NEAR
    assert np.percentile(difference, 99.9) < FAR


def blurred(picture):
    """Pixels without the edges of letters, which differ between versions."""
    soft = picture.filter(ImageFilter.GaussianBlur(2))
    return np.asarray(soft, dtype=np.float64)


def test_every_snapshot_is_small_and_used():
    kept = {path.stem: path.stat().st_size for path in FOLDER.glob("*.png")}
    assert set(kept) == set(SHEETS)
    assert max(kept.values()) <= 60_000
