"""Boundaries as other tools leave them: every door says the same of them."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from shapely.geometry import box

from kkbpk_geo import join_points, neighbours
from kkbpk_geo.base.errors import BoundaryError, CrsError, JoinError, MapError
from kkbpk_geo.maps import describe_map, draw_static_map, draw_work_map

CODES = ["18.01", "18.02", "18.03"]
POINT = pd.DataFrame({"longitude": [104.5], "latitude": [-4.5]})


def layer(*last):
    shapes = [box(104, -5, 105, -4), box(105, -5, 106, -4), *last]
    names = ["Barat", "Tengah", "Timur"]
    return gpd.GeoDataFrame(
        {"name": names}, geometry=shapes, index=CODES, crs="EPSG:4326"
    )


TABLE = pd.DataFrame({"air": [1.0, 2.0, 3.0]}, index=CODES)
DOORS = [
    lambda g: draw_work_map(g, TABLE).page,
    lambda g: draw_static_map(g, TABLE, indicator="air"),
    lambda g: join_points(g, POINT),
    neighbours,
]


@pytest.mark.parametrize("door", DOORS)
def test_swapped_axes_are_refused_at_every_door(door):
    with pytest.raises(CrsError, match=r"18\.03 .* seem to be swapped"):
        door(layer(box(-5, 106, -4, 107)))


@pytest.mark.parametrize("door", DOORS)
def test_a_region_twice_is_refused_at_every_door(door):
    twice = layer(box(106, -5, 107, -4)).set_axis(["18.01", "18.02", "18.01"])
    with pytest.raises((BoundaryError, JoinError, MapError), match=r"\['18\.01'\]"):
        door(twice)


@pytest.mark.parametrize("nothing", [None, shapely.Polygon(), shapely.MultiPolygon()])
def test_a_region_without_a_shape_is_named_and_the_others_are_drawn(nothing):
    found = describe_map(layer(nothing), TABLE)
    assert found.codes == ["18.01", "18.02"]
    assert [note["id"] for note in found.notes] == [
        "1 wilayah tidak punya bentuk dalam peta batas dan tidak digambar: "
        "Timur (18.03)."
    ]
    assert found.notes[0]["en"].endswith("not drawn (1): Timur (18.03).")
    assert "Timur (18.03)" in draw_work_map(layer(nothing), TABLE).page
    figure = draw_static_map(layer(nothing), TABLE, indicator="air")
    drawn = [text.get_text() for axes in figure.axes for text in axes.texts]
    assert any("Timur (18.03)" in text for text in drawn)


@pytest.mark.parametrize("nothing", [None, shapely.Polygon()])
def test_a_region_without_a_shape_is_no_island_and_holds_no_point(nothing):
    for door in (neighbours, lambda g: join_points(g, POINT)):
        with pytest.raises(BoundaryError, match=r"no shape for 18\.03"):
            door(layer(nothing))


def test_boundaries_without_any_shape_are_refused():
    empty = layer(None)
    empty["geometry"] = gpd.GeoSeries([None] * 3, index=CODES, crs="EPSG:4326")
    with pytest.raises(MapError, match="no shape for any region"):
        describe_map(empty, TABLE)


def test_neighbours_of_row_numbers_are_refused():
    frame = layer(box(106, -5, 107, -4)).rename_axis("region_code").reset_index()
    with pytest.raises(BoundaryError, match=r"\.set_index\('region_code'\)"):
        neighbours(frame)
