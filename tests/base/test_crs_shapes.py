"""Shapes that lie where no degrees do, or that are not there, are refused by name."""

from __future__ import annotations

import geopandas as gpd
import pytest
from shapely.geometry import Polygon, box

from kkbpk_geo.base.crs import require_degrees, require_shapes
from kkbpk_geo.base.errors import BoundaryError, CrsError


def layer(*shapes, codes=("18.01", "18.02")):
    return gpd.GeoDataFrame(geometry=list(shapes), index=list(codes), crs="EPSG:4326")


HERE = box(104, -5, 105, -4)


@pytest.mark.parametrize(
    ("shape", "remedy"),
    [
        (box(-5, 104, -4, 105), "seem to be swapped"),
        (box(-5, 89, -4, 90.1), "seem to be swapped"),
        (box(500_000, 9_400_000, 510_000, 9_410_000), "metres and no degrees"),
        (box(104, -5, 181, -4), "metres and no degrees"),
        (Polygon([(104, -5), (float("inf"), -5), (105, -4)]), "no numbers"),
    ],
)
def test_one_region_that_lies_where_no_degrees_are_is_named(shape, remedy):
    with pytest.raises(CrsError, match=rf"boundaries: region 18\.02 .*{remedy}"):
        require_degrees(layer(HERE, shape), "boundaries")


def test_the_whole_globe_is_degrees():
    require_degrees(layer(HERE, box(-180, -90, 180, 90)), "boundaries")


@pytest.mark.parametrize("nothing", [None, Polygon()])
def test_a_region_without_a_shape_is_no_island(nothing):
    with pytest.raises(BoundaryError, match=r"no shape for 18\.02\. Give them one"):
        require_shapes(layer(HERE, nothing), "boundaries")


def test_a_region_that_stands_twice_is_refused():
    with pytest.raises(BoundaryError, match=r"more than once: \['18\.01'\]"):
        require_shapes(layer(HERE, HERE, codes=("18.01", "18.01")), "boundaries")
