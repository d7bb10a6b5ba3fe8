"""Two indicators read together: levels, colours, words; the same for page and print."""

import itertools

import numpy as np
import pandas as pd
import pytest
from drawn import refused
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_hex, to_rgb

from kkbpk_geo.catalogue.statuses import statuses
from kkbpk_geo.maps.content.bivariate import COLOURS, CORNERS, LEVELS, pair_layers
from kkbpk_geo.maps.content.options import MapIndicator
from kkbpk_geo.maps.content.palettes import lightness
from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.paper.sheet import PrintOptions
from kkbpk_geo.maps.paper.static import draw_static_map

NEED = MapIndicator(key="need", label="Kebutuhan", direction="worse", digits=0)
SERVICE = MapIndicator(key="service", label="Layanan", direction="better", digits=0)
ALL = [colour for row in COLOURS for colour in row]
# Machado, Oliveira & Fernandes (2009), severity 1, linear RGB.
SIGHT = {
    "usual": np.eye(3),
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritan": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def both_of(strip, need, service):
    """Describe three regions with two indicators."""
    table = pd.DataFrame({"need": need, "service": service}, index=strip.index)
    return describe_map(strip, table, indicators=[NEED, SERVICE])


def test_the_dark_corner_is_high_need_and_low_service(strip):
    described = both_of(strip, [90, 50, 10], [10, 50, 90])
    pair = pair_layers(*described.layers)
    assert pair.cells("") == ((2, 2), (1, 1), (0, 0))
    assert pair.words((2, 2)) == "Kebutuhan tinggi, Layanan rendah"
    assert pair.words((1, 0), "en") == "Kebutuhan middle, Layanan high"
    assert [pair.axis(which) for which in (0, 1)] == ["makin tinggi", "makin rendah"]
    assert pair.ticks(1)[0].endswith("90")  # level 0: most service
    assert lightness(COLOURS[2][2]) == min(map(lightness, ALL))


def test_a_region_without_one_of_the_two_has_no_cell_and_says_why(strip):
    described = both_of(strip, [90, np.nan, 10], [10, 50, np.inf])
    pair = pair_layers(*described.layers)
    assert pair.cells("") == ((2, 2), None, None)
    assert pair.status("") == ("ok", "missing", "not_finite")


@given(
    st.lists(st.tuples(*[st.none() | st.integers(0, 50)] * 2), min_size=3, max_size=3)
)
def test_levels_follow_the_values(pairs):
    from shapely.geometry import box

    gpd = pytest.importorskip("geopandas")
    codes = ["18.01", "18.02", "18.03"]
    strip = gpd.GeoDataFrame(
        {"name": codes},
        geometry=[box(105 + i, -5, 106 + i, -4) for i in range(3)],
        index=pd.Index(codes, name="region_code"),
        crs="EPSG:4326",
    )
    need, service = (pd.array(x, dtype="Int64") for x in zip(*pairs, strict=True))
    pair = pair_layers(*both_of(strip, need, service).layers)
    cells = pair.cells("")
    for (a, b), cell in zip(pairs, cells, strict=True):
        assert (cell is None) == (a is None or b is None)
    for (i, one), (j, other) in itertools.combinations(enumerate(cells), 2):
        if one is None or other is None:
            continue
        if pairs[i][0] <= pairs[j][0]:
            assert one[0] <= other[0]
        if pairs[i][1] <= pairs[j][1]:
            assert one[1] >= other[1]


def test_nine_colours_are_told_apart_by_everybody_and_in_grey():
    assert len(set(ALL)) == LEVELS**2
    light = sorted(map(lightness, ALL))
    assert min(np.diff(light)) > 0.025
    for sight, matrix in SIGHT.items():
        seen = [as_seen(colour, np.asarray(matrix)) for colour in ALL]
        nearest = min(
            float(np.linalg.norm(a - b)) for a, b in itertools.combinations(seen, 2)
        )
        assert nearest > 0.07, sight  # about 3 just noticeable differences


def as_seen(colour, matrix):
    """A colour as a reader sees it, in OKLab."""
    rgb = np.asarray(to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    linear = np.clip(matrix @ linear, 0, 1)
    cones = np.cbrt(
        np.array(
            [
                [0.4122214708, 0.5363325363, 0.0514459929],
                [0.2119034982, 0.6806995451, 0.1073969566],
                [0.0883024619, 0.2817188376, 0.6299787005],
            ]
        )
        @ linear
    )
    return (
        np.array(
            [
                [0.2104542553, 0.7936177850, -0.0040720468],
                [1.9779984951, -2.4285922050, 0.4505937099],
                [0.0259040371, 0.7827717662, -0.8086757660],
            ]
        )
        @ cones
    )


@pytest.mark.parametrize("orientation", ["landscape", "portrait"])
def test_the_print_shows_counts_corners_and_who_lies_there(strip, orientation):
    table = pd.DataFrame(
        {"need": [90, 10, np.nan], "service": [10, 90, 50]}, index=strip.index
    )
    layout = PrintOptions(bivariate=True, orientation=orientation)
    figure = draw_static_map(strip, table, indicator=[NEED, SERVICE], layout=layout)
    words = [t.get_text() for axes in figure.axes for t in axes.texts]
    assert "Kebutuhan dan Layanan" in words
    assert "tidak ada data (1)" in words
    corners = [
        words[words.index("Membaca peta") + 1 + 3 * i :][:3]
        for i in range(len(CORNERS))
    ]
    assert corners == [
        ["Kebutuhan: tinggi", "Layanan: rendah", "Barat"],
        ["Kebutuhan: tinggi", "Layanan: tinggi", "tidak ada wilayah"],
        ["Kebutuhan: rendah", "Layanan: rendah", "tidak ada wilayah"],
        ["Kebutuhan: rendah", "Layanan: tinggi", "Tengah"],
    ]
    shapes = [p for axes in figure.axes for p in axes.patches if p.get_zorder() == 3]
    assert [to_hex(p.get_facecolor()) for p in shapes[:2]] == [
        COLOURS[2][2],
        COLOURS[0][0],
    ]
    assert shapes[2].get_hatch() == statuses()["missing"].print


def test_the_same_indicator_twice_is_refused(strip, wide):
    layer = describe_map(strip, wide).layer("air")
    with refused("both indicators are 'air'; expected two different ones."):
        pair_layers(layer, layer)


def test_anything_but_two_indicators_and_one_period_is_refused(strip, wide):
    text = (
        "bivariate with 1 indicators and 1 periods; expected two indicators and one "
        "period, on a sheet of their own."
    )
    with refused(text):
        draw_static_map(
            strip, wide, indicator="air", layout=PrintOptions(bivariate=True)
        )
