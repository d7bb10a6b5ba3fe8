"""What our own analyses find is drawn as it is, with its words and its colours."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import box

import kkbpk_geo as kg
from kkbpk_geo.analysis.clusters import CLASSES
from kkbpk_geo.analysis.quadrants import KINDS
from kkbpk_geo.base.look.colours import ATTENTION, BETWEEN, GOOD, NEITHER
from kkbpk_geo.maps import describe_map, draw_static_map, draw_work_map
from kkbpk_geo.maps.content.palettes import OWN_KINDS, lightness

CODES = [f"18.0{i}" for i in range(1, 9)]


@pytest.fixture(scope="module")
def road():
    """Eight districts along a road."""
    return gpd.GeoDataFrame(
        {"name": [f"Ruas {code}" for code in CODES]},
        geometry=[box(104 + i, -5, 105 + i, -4) for i in range(8)],
        index=CODES,
        crs="EPSG:4326",
    )


def drawn(road, table, key):
    layer = describe_map(road, table).layer(key)
    return layer, dict(zip(CODES, layer.cells[""].values, strict=True))


def test_classes_of_clusters_are_the_usual_map(road):
    held = ["high_high", "low_low", "not_significant", "island", "missing"] + [""] * 3
    table = pd.DataFrame({"cluster": held}, index=CODES)
    layer, cells = drawn(road, table, "cluster")
    # Five classes are always told; the others where a region has them.
    assert [pair[1] for pair in layer.classes.names] == [
        "High among high", "Low among low", "High among low", "Low among high",
        "No more than chance", "No neighbour with data",
    ]  # fmt: skip
    assert layer.classes.names[0][0] == "Tinggi, tetangga tinggi"
    assert layer.classes.colours == (
        "#b5402a", "#1f5f8b", "#eda48f", "#9cc4dd", "#e9e9e6", "#8a959c",
    )  # fmt: skip
    assert list(cells.values()) == [0, 1, 4, 5, None, None, None, None]
    assert layer.said("label", "en") == "Regions and their neighbours (LISA)"


def test_the_frame_of_find_clusters_shows_its_classes_first(road):
    values = pd.Series([1.0, 2, 1, 2, 8, 9, 8, 9], CODES)
    found = kg.find_clusters(values, kg.neighbours(road), permutations=99)
    for given in (found, found.table, found.table[["cluster"]]):
        assert describe_map(road, given).layers[0].indicator.key == "cluster"
    page = draw_work_map(road, found).page
    assert "Tidak dapat dibedakan dari kebetulan" in page
    figure = draw_static_map(road, found, indicator="cluster")
    texts = [text.get_text() for axes in figure.axes for text in axes.texts]
    assert "Tinggi, tetangga rendah" in texts


def test_a_cast_to_category_keeps_the_words(road):
    table = pd.DataFrame({"cluster": ["low_low"] * 8}, index=CODES).astype("category")
    layer, _ = drawn(road, table, "cluster")
    assert layer.classes.names[1] == ("Rendah, tetangga rendah", "Low among low")


def test_quadrants_show_their_kinds_in_the_colours_of_their_figure(road):
    frame = pd.DataFrame(
        {"need": [9.0, 8, 1, 2, 9, 8, 1, None], "have": [1.0, 9, 2, 8, 1, 9, 2, 8]},
        index=CODES,
    )
    found = kg.classify_quadrants(frame, need="need", service="have")
    layer, cells = drawn(road, found, "kind")
    assert describe_map(road, found.table).layers[0].indicator.key == "kind"
    assert [pair[1] for pair in layer.classes.names] == [
        "Build services", "Activate services", "Prepare services", "Keep up",
    ]  # fmt: skip
    assert layer.classes.colours == (ATTENTION, BETWEEN, NEITHER, GOOD)
    assert cells["18.08"] is None


def test_kinds_of_boundaries_are_no_quadrants(road):
    table = pd.DataFrame({"kind": ["Kota"] * 8, "air": range(8)}, index=CODES)
    keys = [layer.indicator.key for layer in describe_map(road, table).layers]
    assert keys == ["air"]
    own = kg.MapIndicator(key="kind", kinds={"Kota": "Kota"})
    (only,) = describe_map(road, table, indicators=[own]).layers
    assert only.said("label", "id") == "kind"


def test_an_index_shows_its_ranks_first_with_the_first_place_dark(road):
    frame = pd.DataFrame({"a": range(8), "b": [3, 1, 4, 1, 5, 9, 2, 6]}, index=CODES)
    directions = {"a": "better", "b": "better"}
    found = kg.composite_index(frame.astype(float), directions=directions)
    rank, score, *_ = describe_map(road, found).layers
    assert (rank.said("label", "id"), rank.indicator.direction) == (
        "Peringkat indeks (1 = paling perlu perhatian)", "better",
    )  # fmt: skip
    dark, light = rank.classes.colours[0], rank.classes.colours[-1]
    assert lightness(dark) < lightness(light)
    assert (score.said("label", "en"), score.indicator.direction) == (
        "Index score", "better",
    )  # fmt: skip
    lone = pd.DataFrame({"rank": range(8)}, index=CODES)
    assert describe_map(road, lone).layers[0].said("label", "id") == "rank"


def test_what_a_caller_says_of_a_result_stays(road):
    said = kg.MapIndicator(key="cluster", label="Kelompok")
    table = pd.DataFrame({"cluster": ["low_low"] * 8}, index=CODES)
    (layer,) = describe_map(road, table, indicators=[said]).layers
    assert layer.said("label", "id") == "Kelompok"


def test_every_class_of_our_analyses_has_a_colour_of_its_own():
    clusters = set(CLASSES) - {"missing"}
    assert set(OWN_KINDS) == clusters | set(KINDS.values())
    for kinds in (clusters, set(KINDS.values())):
        assert len({OWN_KINDS[kind] for kind in kinds}) == len(kinds)
