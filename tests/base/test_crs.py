from __future__ import annotations

import geopandas as gpd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point

from kkbpk_geo.base.crs import LAMPUNG_METRIC, require_geographic, utm_zone
from kkbpk_geo.base.errors import CrsError


def points(crs):
    return gpd.GeoDataFrame(geometry=[Point(105, -5)], crs=crs)


def test_degrees_pass():
    require_geographic(points("EPSG:4326"), "boundaries")


def test_metres_are_refused_with_the_way_out():
    with pytest.raises(CrsError) as caught:
        require_geographic(points("EPSG:32748"), "boundaries")
    assert str(caught.value) == (
        "boundaries is in EPSG:32748; expected EPSG:4326. Call .to_crs('EPSG:4326')."
    )


def test_a_frame_that_does_not_say_its_crs_is_refused():
    with pytest.raises(CrsError) as caught:
        require_geographic(points(None), "facilities")
    assert str(caught.value) == (
        "facilities has no CRS; say which it is with .set_crs(...) first."
    )


@pytest.mark.parametrize(
    ("place", "longitude", "latitude", "zone"),
    [
        ("Bandar Lampung", 105.27, -5.43, LAMPUNG_METRIC),
        ("Mamuju", 118.89, -2.68, "EPSG:32750"),
        ("Banda Aceh", 95.32, 5.55, "EPSG:32646"),
        ("Merauke", 140.4, -8.5, "EPSG:32754"),
    ],
)
def test_the_zone_is_that_of_the_place(place, longitude, latitude, zone):
    assert utm_zone(longitude, latitude) == zone, place


@given(st.floats(-180, 180), st.floats(-80, 84))
def test_every_place_on_earth_has_a_zone_from_1_to_60(longitude, latitude):
    code = int(utm_zone(longitude, latitude).removeprefix("EPSG:"))
    assert 1 <= code % 100 <= 60
    assert code // 100 == (326 if latitude >= 0 else 327)
