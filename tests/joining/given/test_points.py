"""Points: any heading, any CRS, an office's words for their kinds."""

import geopandas as gpd
import pandas as pd
import pytest

import kkbpk_geo as kg
from kkbpk_geo.base.errors import JoinError
from kkbpk_geo.joining.given.points import read_given_points

NAMES = {"18.01": "Lampung Selatan", "18.04": "Lampung Barat"}
ROW = {"kind": "PKM", "name": "Kenanga", "longitude": 105.5, "latitude": -5.5}


def read(**renamed):
    row = {renamed.get(key, key): value for key, value in ROW.items()}
    return read_given_points(pd.DataFrame([row]))


@pytest.mark.parametrize(
    "headings",
    [
        {"longitude": "lon", "latitude": "lat"},
        {"longitude": "BUJUR", "latitude": "LINTANG", "name": "NAMA FASKES"},
        {"kind": "JENIS FASKES"},
    ],
)
def test_known_headings_are_read_and_stay(headings):
    found = read(**headings)
    assert found.loc[0, ["longitude", "latitude"]].tolist() == [105.5, -5.5]
    assert found.loc[0, ["kind", "name"]].tolist() == ["health_centre", "Kenanga"]
    assert set(headings.values()) <= set(found.columns)


def test_records_and_texts_with_a_decimal_comma_are_points():
    found = read_given_points([{**ROW, "longitude": "105,5", "latitude": " -5,5 "}])
    assert found.loc[0, ["longitude", "latitude"]].tolist() == [105.5, -5.5]


def test_a_layer_in_metres_is_brought_to_degrees():
    layer = gpd.GeoDataFrame(
        {"kind": ["RSUD"], "name": ["Melati"]},
        geometry=gpd.points_from_xy([105.5], [-5.5], crs="EPSG:4326"),
    ).rename_geometry("tempat")
    found = read_given_points(layer.to_crs("EPSG:32748"))
    assert found.loc[0, "longitude"] == pytest.approx(105.5)
    assert found.loc[0, "latitude"] == pytest.approx(-5.5)
    assert found.loc[0, "kind"] == "hospital"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (pd.DataFrame({"x": [1]}), "no column longitude, latitude; .* it has x"),
        (pd.DataFrame([{**ROW, "latitude": "5 LS"}]), "row 0, column 'latitude' is"),
        (7, "points is a int; expected a DataFrame"),
    ],
)
def test_what_has_no_place_is_refused(given, says):
    with pytest.raises(JoinError, match=says):
        read_given_points(given)


def test_a_cell_is_named_by_itself_where_rows_have_one_label():
    twice = pd.DataFrame([ROW, {**ROW, "latitude": "5 LS"}], index=[7, 7])
    with pytest.raises(JoinError, match="row 7, column 'latitude' is '5 LS'; expected"):
        read_given_points(twice)


def test_a_layer_without_crs_or_of_areas_is_refused():
    bare = gpd.GeoSeries.from_xy([105.5], [-5.5])
    with pytest.raises(JoinError, match="points has no CRS"):
        read_given_points(bare)
    with pytest.raises(JoinError, match="row 0 is a Polygon; expected points"):
        read_given_points(bare.set_crs(32748).buffer(1))


def test_a_stated_region_is_compared_by_code_and_by_name():
    lampung = kg.load_boundaries("Lampung")
    spot = lampung.representative_point()["18.04"]
    point = {"kind": "PKM", "name": "x", "longitude": spot.x, "latitude": spot.y}
    for stated, placed in (
        ("Lampung Barat", "ok"), ("18.04", "ok"),
        ("Lampung Selatan", "other_region"), ("18.01", "other_region"),
    ):  # fmt: skip
        found = kg.join_points(lampung, [{**point, "KABUPATEN": stated}])
        assert found.points["placement"].tolist() == [placed]
        # A join is points of a map as it is.
        drawn = kg.describe_map(lampung, pd.Series(1, lampung.index), points=found)
        assert [kind.placement for kind in drawn.points] == [(placed,)]
