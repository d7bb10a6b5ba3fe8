"""Any layer with codes can be built from; whose codes they are is never guessed."""

import geopandas as gpd
import pytest
import shapely
from making_villages import cells, four

from kkbpk_geo.base.errors import BoundaryError
from kkbpk_geo.regions.building.layers import open_layer
from kkbpk_geo.regions.building.sources import open_source, provenance_of

CODES = sorted(four())
# As the register has them.
NAMES = ["Metro", "Hadimulyo Timur", "Banjarsari", "Purwosari"]


def layer(tmp_path, name="desa.geojson", **columns):
    given = columns or {"kode": CODES, "nama": NAMES}
    n = len(next(iter(given.values())))
    shapes = [cells(i, 0, i + 1, 1) for i in range(n)]
    frame = gpd.GeoDataFrame(given, geometry=shapes, crs="EPSG:4326")
    path = tmp_path / name
    frame.to_file(path, engine="pyogrio")
    return path


@pytest.mark.parametrize("name", ["desa.geojson", "desa.gpkg", "desa.shp"])
def test_a_layer_of_villages_is_read_by_its_dotted_codes(tmp_path, name):
    found = open_layer(layer(tmp_path, name))
    assert found.level == "desa"
    assert found.provinces == ("18",)
    rows = found.rows("18")
    assert (rows.codes, rows.names, rows.n_read) == (CODES, NAMES, 4)


@pytest.mark.parametrize(
    ("columns", "level"),
    [
        ({"KDEPUM": ["18.72.01.1001"]}, "desa"),
        ({"kode_kec": ["18.72.01", "18.72.02"]}, "kecamatan"),
        ({"kode": ["18.72.01", "18.72.02"]}, "kecamatan"),
        ({"kode": ["18.71", "18.72"]}, "kabkota"),
        ({"kdcpum": ["187201", "187202"]}, "kecamatan"),
        # The finest column that a layer has.
        ({"kode_kab": ["18.72"], "kode_desa": ["18.72.01.1001"]}, "desa"),
    ],
)
def test_the_finest_codes_of_a_layer_say_its_level(tmp_path, columns, level):
    assert open_layer(layer(tmp_path, **columns)).level == level


def test_codes_without_dots_are_told_by_their_names(tmp_path):
    plain = [code.replace(".", "") for code in CODES]
    found = open_layer(layer(tmp_path, kode=plain, nama=NAMES))
    assert found.rows("18").codes == CODES


@pytest.mark.parametrize(("right", "told"), [(3, True), (2, False)])
def test_more_than_half_of_the_names_must_agree(tmp_path, right, told):
    plain = [code.replace(".", "") for code in CODES]
    names = NAMES[:right] + ["Lain"] * (4 - right)
    path = layer(tmp_path, kode=plain, nama=names)
    if told:
        assert open_layer(path).rows("18").codes == CODES
        return
    with pytest.raises(BoundaryError, match="Give code_system='kemendagri' or 'bps'"):
        open_layer(path)


def test_a_caller_may_say_whose_codes_they_are(tmp_path):
    plain = [code.replace(".", "") for code in CODES]
    path = layer(tmp_path, kode=plain)
    assert open_layer(path, code_system="kemendagri").rows("18").codes == CODES


def test_codes_of_the_statistics_office_are_used_where_the_register_knows_them(
    tmp_path,
):
    found = open_layer(layer(tmp_path, adm2_pcode=["ID1804", "ID1813"]))
    # To the statistics office 1804 is Lampung Timur and 1813 Pesisir Barat.
    assert found.rows("18").codes == ["18.07", "18.13"]


def test_else_they_are_refused_with_a_sentence(tmp_path):
    path = layer(tmp_path, adm3_pcode=["ID1804010", "ID1804020"])
    with pytest.raises(BoundaryError, match="the statistics office's, of level kecam"):
        open_layer(path)


def test_a_layer_without_codes_is_refused_with_its_headings(tmp_path):
    with pytest.raises(BoundaryError, match=r"among \['nama'\]\. Rename one to 'kode'"):
        open_layer(layer(tmp_path, nama=NAMES))


def test_a_row_without_a_code_or_an_outline_is_told(tmp_path):
    codes = [f"18.72.01.{n}" for n in range(1001, 1013)]
    path = layer(tmp_path, kode=[*codes[:-1], "danau"], nama=["?"] * 12)
    frame = gpd.read_file(path)
    frame.loc[0, "geometry"] = shapely.Point(105, -5)
    frame.loc[1, "geometry"] = None
    frame.to_file(path, engine="pyogrio")
    rows = open_layer(path).rows("18")
    told = [(fault.what, fault.code, fault.where) for fault in rows.faults]
    assert told == [
        ("empty", "18.72.01.1001", "1"),
        ("empty", "18.72.01.1002", "2"),
        ("no_code", "danau", "12"),
    ]
    assert (rows.n_read, len(rows.codes)) == (12, 9)


@pytest.mark.parametrize(("wrong", "found"), [(1, True), (2, False)])
def test_nine_of_ten_cells_must_be_codes(tmp_path, wrong, found):
    codes = [f"18.72.01.{n}" for n in range(1001, 1011 - wrong)] + ["x"] * wrong
    path = layer(tmp_path, kode=codes)
    if found:
        assert open_layer(path).level == "desa"
        return
    with pytest.raises(BoundaryError, match="no column of codes"):
        open_layer(path)


def test_metres_are_turned_into_degrees(tmp_path):
    frame = gpd.read_file(layer(tmp_path)).to_crs(32748)
    frame.to_file(tmp_path / "utm.gpkg", engine="pyogrio")
    rows = open_layer(tmp_path / "utm.gpkg").rows("18")
    assert rows.polygons[0].equals_exact(cells(0, 0, 1, 1), 1e-6)


# --- what a path is -------------------------------------------------------------------


def test_a_folder_that_is_no_clone_is_told_what_is_expected(tmp_path):
    with pytest.raises(BoundaryError, match="has no folder db/kel"):
        open_source(tmp_path)
    (tmp_path / "objects").mkdir()
    with pytest.raises(BoundaryError, match="looks like git's own folder"):
        open_source(tmp_path)


def test_a_path_that_is_not_there_is_told(tmp_path):
    with pytest.raises(BoundaryError, match="no such file or folder"):
        open_source(tmp_path / "none")


def test_a_layer_says_of_itself_what_its_owner_says(tmp_path):
    path = layer(tmp_path)
    source = open_source(path)
    plain = provenance_of(source, path, ("18",))
    assert (plain["licence"], plain["attribution"]) == ("not stated", "desa.geojson")
    told = provenance_of(source, path, ("18",), licence="CC BY", credit="BIG 2024")
    assert (told["licence"], told["attribution"]) == ("CC BY", "BIG 2024")
    assert "desa.geojson" in told["notes"]["id"]
