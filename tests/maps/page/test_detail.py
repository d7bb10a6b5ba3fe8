"""The level below, the extent, the inset: what makes a map more than one picture."""

import re

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely.geometry import MultiPolygon, box

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.maps.content.options import MapDetail, MapIndicator, MapOptions
from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.page.outline import derive, indonesia
from kkbpk_geo.maps.page.payload import page_data
from kkbpk_geo.maps.page.shapes import extent, window_of


def halves(parent="18.01"):
    return gpd.GeoDataFrame(
        {"name": ["Utara", "Selatan"], "kind": "Kecamatan", "parent_code": parent},
        geometry=[box(105, -4.95, 105.1, -4.9), box(105, -5, 105.1, -4.95)],
        index=pd.Index(["18.01.02", "18.01.01"], name="region_code"),
        crs="EPSG:4326",
    )


def below(**more):
    table = pd.DataFrame({"air": [1, 2]}, index=["18.01.01", "18.01.02"])
    return MapOptions(detail=MapDetail(boundaries=halves(**more), table=table))


def test_the_level_below_is_described_with_the_same_words(strip, wide):
    water = MapIndicator(key="air", label="Air bersih", digits=2)
    described = describe_map(strip, wide, indicators=[water, "jalan"], options=below())
    assert described.detail.codes == ["18.01.01", "18.01.02"]
    assert described.detail.layer().indicator.label == "Air bersih"
    above, under = page_data(described)["levels"]
    assert [one["key"] for one in above["layers"]] == ["air", "jalan"]
    assert [one["key"] for one in under["layers"]] == ["air"]


def test_points_know_their_region_of_either_level(strip, wide):
    points = pd.DataFrame(
        {
            "kind": "hospital",
            "name": ["a", "b", "c", "d"],
            "longitude": [105.05, 105.05, 105.15, 109.0],
            "latitude": [-4.98, -4.92, -4.95, -4.95],
        }
    )
    (kind,) = describe_map(strip, wide, points=points, options=below()).points
    names = [kind.names.index(name) for name in "abcd"]
    assert [kind.regions[i] for i in names] == [0, 0, 1, -1]
    assert [kind.nested[0][i] for i in names] == [0, 1, -1, -1]
    (alone,) = describe_map(strip, wide, points=points).points
    assert alone.nested == ()
    (sent,) = page_data(describe_map(strip, wide, points=points))["points"]
    assert "nested" not in sent


def test_an_indicator_without_words_is_called_by_its_key(strip, wide):
    described = describe_map(strip, wide, indicators=[MapIndicator(key="air")])
    assert described.layer().indicator.label == "air"


def test_the_classes_of_a_map_can_part_at_the_standard(strip, wide):
    water = MapIndicator(key="air", direction="better", standard_value=15)
    options = MapOptions(method="standard")
    layers = describe_map(
        strip, wide, indicators=[water, "jalan"], options=options
    ).layers
    assert layers[0].classes.breaks == (15,)
    assert layers[0].classes.colours[0] == "#b4471a"
    assert layers[1].classes.method == "quantile", "it has no standard"


def test_a_level_below_of_other_regions_is_refused(strip, wide):
    text = (
        "detail.boundaries: parent_code is '32.01' and others, none of them on the "
        "map, which has '18.01'. Give the level just below that of the map."
    )
    with pytest.raises(MapError, match=f"^{re.escape(text)}$"):
        describe_map(strip, wide, options=below(parent="32.01"))


def test_a_level_below_without_parents_is_refused(strip, wide):
    detail = MapDetail(boundaries=halves().drop(columns="parent_code"), table=wide)
    text = (
        "detail.boundaries has no column 'parent_code'; it says in which region of "
        "the map each of them lies."
    )
    with pytest.raises(MapError, match=f"^{re.escape(text)}$"):
        describe_map(strip, wide, options=MapOptions(detail=detail))


def test_a_far_tiny_island_does_not_shrink_the_view_but_a_small_region_stays():
    mainland = MultiPolygon([box(0, 0, 1, 1), box(9, 9, 9.01, 9.01)])
    town = box(2, 0, 2.01, 0.01)
    assert extent(np.array([mainland, town])) == (0, 0, 2.01, 1)


def test_the_land_around_ends_where_its_source_ends():
    land = gpd.GeoDataFrame(geometry=[box(103, -9, 107, -4)], crs="EPSG:4326")
    bounds = np.array([104.0, -6.0, 106.0, -5.0])
    assert window_of(land, bounds) == [103, -8, 107, -4]
    assert window_of(None, bounds) == [102, -8, 108, -3]


def test_the_shipped_outline_is_that_of_the_shipped_boundaries():
    assert derive() == indonesia()


def test_a_map_outside_indonesia_has_no_inset(strip, wide):
    moved = strip.set_geometry(shapely.transform(strip.geometry, lambda xy: xy - 80))
    assert page_data(describe_map(moved, wide))["outline"] is None
    assert page_data(describe_map(strip, wide))["outline"] == indonesia()
