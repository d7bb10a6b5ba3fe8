"""What is wrong with rows of other provinces is told, and stops nobody's map."""

from __future__ import annotations

import json

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from making_layers import layer_of, load

from kkbpk_geo.base.errors import BoundaryError
from kkbpk_geo.regions.boundaries import load_boundaries

SUFFIXES = ["a.geojson", "a.gpkg", "a.shp", "a.parquet"]


@pytest.fixture
def two():
    """Lampung, and Jambi from row 16 on."""
    both = pd.concat([layer_of("Lampung"), layer_of("Jambi")], ignore_index=True)
    return gpd.GeoDataFrame(both, crs=4326)


def english(found):
    return [note["en"] for note in found.attrs["notes"]]


@pytest.mark.parametrize("name", SUFFIXES)
def test_rows_without_a_polygon_elsewhere_are_told(two, tmp_path, name):
    two.loc[[16, 17], "geometry"] = None
    found = load(two, tmp_path, name)
    assert len(found) == 15
    assert english(found) == [
        f"{name}: rows of other provinces are not used; among them 2 without a polygon."
    ]


def test_an_own_row_without_a_polygon_is_refused_among_faults_elsewhere(two, tmp_path):
    two.loc[[2, 17], "geometry"] = None
    with pytest.raises(BoundaryError) as err:
        load(two, tmp_path)
    assert str(err.value) == (
        "layer.geojson: 1 of 26 rows have no polygon: row 3 (nothing). Give them one "
        "or delete them."
    )


@pytest.mark.parametrize("wrong", ["15.99", "15.02", "18.05", "99", ""])
def test_a_wrong_code_elsewhere_does_no_harm(two, tmp_path, wrong):
    two.loc[15, "kode"] = wrong  # Kerinci
    found = load(two, tmp_path)
    assert found.geom_equals(load_boundaries("Lampung")).all()
    wanted = ["layer.geojson: rows of other provinces are not used; among them 1 whose "
              "code and name disagree."]  # fmt: skip
    # Only a code of this province shows that it is wrong: others are not looked up.
    assert english(found) == (wanted if wrong == "18.05" else [])


def test_a_code_of_here_under_a_name_of_elsewhere_is_refused_where_it_is_alone(
    two, tmp_path
):
    two.loc[15, "kode"] = "18.05"
    two = two[two["kode"].ne("18.05") | two["nama"].eq("Kerinci")]
    with pytest.raises(BoundaryError) as err:
        load(two, tmp_path)
    assert "code is 18.05 Tulang Bawang, name is of another province" in str(err.value)


def test_an_own_code_that_contradicts_its_own_name_is_refused(two, tmp_path):
    two.loc[3, "kode"] = "18.05"
    with pytest.raises(BoundaryError) as err:
        load(two, tmp_path)
    assert str(err.value) == (
        "layer.geojson: code and name disagree in 1 of 26 rows: row 4 (nama 'Lampung "
        "Barat', kode '18.05'): code is 18.05 Tulang Bawang, name is 18.04 Lampung "
        "Barat. Correct the layer, or give code_system=."
    )


def test_provinces_with_the_codes_of_others_leave_the_rest_alone(tmp_path):
    # As published: Papua's new provinces carry the code of the one they were split off.
    names = ["Lampung", "Papua", "Papua Tengah", "Papua Selatan"]
    shapes = [
        load_boundaries(name, level="provinsi").geometry.iloc[0].simplify(0.05)
        for name in names
    ]
    columns = {"KODE_PROV": ["18", "91", "91", "91"], "PROVINSI": names}
    frame = gpd.GeoDataFrame(columns, geometry=shapes, crs=4326)
    found = load(frame, tmp_path, level="provinsi")
    assert list(found.index) == ["18"]
    assert english(found) == [
        "layer.geojson: rows of other provinces are not used; among them 2 whose code "
        "and name disagree."
    ]


def test_a_ring_that_crosses_itself_elsewhere_is_told_and_one_here_mended(
    two, tmp_path
):
    bow = shapely.Polygon([(103, -2), (104, -1), (104, -2), (103, -1)])
    two.loc[20, "geometry"] = bow
    found = load(two, tmp_path)
    assert english(found) == [
        "layer.geojson: rows of other provinces are not used; among them 1 with an "
        "invalid polygon."
    ]


@pytest.mark.parametrize("row", [20, 4])
def test_a_ring_of_two_points_is_a_row_without_a_polygon(two, tmp_path, row):
    path = tmp_path / "a.geojson"
    given = json.loads(two.to_json())
    given["features"][row]["geometry"] = {
        "type": "Polygon", "coordinates": [[[104, -3], [105, -3]]],
    }  # fmt: skip
    path.write_text(json.dumps(given))
    if row == 20:
        assert len(load_boundaries("Lampung", path=path)) == 15
    else:
        with pytest.raises(BoundaryError, match=r"1 of 26 rows have no polygon: row 5"):
            load_boundaries("Lampung", path=path)


def test_two_rows_of_one_code_elsewhere_do_no_harm(two, tmp_path):
    again = gpd.GeoDataFrame(pd.concat([two, two.iloc[[18]]]), crs=4326)
    assert len(load(again, tmp_path)) == 15


def test_points_elsewhere_and_outside_indonesia_do_no_harm(two, tmp_path):
    two.loc[19, "geometry"] = shapely.Point(0, 0)
    assert len(load(two, tmp_path)) == 15


def test_an_unknown_name_far_away_is_no_fault_of_a_province_that_lacks_a_region(
    two, tmp_path
):
    two["kode"] = ""
    two.loc[15, "nama"] = "Kerinci Baru Sekali"
    found = load(two[two["nama"] != "Mesuji"], tmp_path)
    assert len(found) == 14
    two.loc[5, "nama"] = "Tanggamus Baru Sekali"
    with pytest.raises(BoundaryError, match=r"1 rows are no region of Lampung: row 6"):
        load(two, tmp_path)


def test_of_an_older_layer_the_former_province_stands_in_the_column(tmp_path):
    frame = pd.concat([layer_of("Papua"), layer_of("Papua Selatan")])
    frame = gpd.GeoDataFrame(
        {"NAME_1": "Papua", "NAME_2": list(frame["nama"])},
        geometry=list(frame.geometry),
        crs=4326,
    )
    found = load(frame, tmp_path, province="Papua Selatan")
    assert list(found.index) == ["93.01", "93.02", "93.03", "93.04"]
    assert len(load(frame, tmp_path, province="Papua")) == 9


# --- true sentences ------------------------------------------------------------------


def test_a_layer_of_another_province_and_level_is_named_as_such(two, tmp_path):
    with pytest.raises(BoundaryError) as err:
        load(two, tmp_path, province="DIY", level="kecamatan")
    assert str(err.value) == (
        "layer.geojson: no row is a kecamatan of Daerah Istimewa Yogyakarta; 26 of 26 "
        "rows lie in other provinces, the first row is nama 'Lampung Selatan', kode "
        "'18.01'. Check province= and level=."
    )


def test_a_geojson_in_metres_is_told_to_be_in_metres(tmp_path):
    metres = layer_of("Lampung").to_crs(32748).set_crs(4326, allow_override=True)
    with pytest.raises(BoundaryError) as err:
        load(metres, tmp_path)
    assert str(err.value).startswith("layer.geojson: its coordinates [341")
    assert str(err.value).endswith(
        "are metres (UTM, by their size), but the file is taken as degrees "
        "(EPSG:4326). A GeoJSON is always degrees: save it again as EPSG:4326, or as "
        "GeoPackage or Shapefile with its coordinate system."
    )


def test_metres_without_any_system_are_told_to_be_metres(tmp_path):
    metres = layer_of("Lampung").to_crs(32748).set_crs(None, allow_override=True)
    with pytest.raises(BoundaryError, match=r"in Indonesia, but metres \(UTM, by the"):
        load(metres, tmp_path, "a.shp")


def test_topojson_is_read(tmp_path):
    ring = [[104.0, -5.0], [105.0, -5.0], [105.0, -4.0], [104.0, -4.0], [104.0, -5.0]]
    shape = {"type": "Polygon", "arcs": [[0]], "properties": {"PROVINSI": "Lampung"}}
    layer = {"type": "GeometryCollection", "geometries": [shape]}
    topology = {"type": "Topology", "arcs": [ring], "objects": {"batas": layer}}
    path = tmp_path / "batas.topojson"
    path.write_text(json.dumps(topology))
    assert list(load_boundaries("Lampung", level="provinsi", path=path).index) == ["18"]
