"""What a GIS reads is what the map shows: figures, words, classes, colours, states."""

import json
import sqlite3
from contextlib import closing
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.catalogue.statuses import statuses
from kkbpk_geo.maps.content.options import MapDetail, MapIndicator, MapOptions
from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.gis.export import export_map
from kkbpk_geo.maps.gis.frames import field_names, status_texts
from kkbpk_geo.maps.gis.styles import style_of
from kkbpk_geo.regions.boundaries import load_boundaries

USE = "contraceptive_use"


@pytest.fixture
def described(strip, tidy):
    return describe_map(strip, tidy)


@pytest.fixture
def package(described, tmp_path):
    return export_map(described, tmp_path / "hasil.gpkg")


def rows(path, asked, *given):
    with closing(sqlite3.connect(path)) as file:
        return file.execute(asked, given).fetchall()


# --- what is in it --------------------------------------------------------------------


def test_a_package_has_a_layer_all_figures_and_words_about_itself(package):
    names = [name for name, _ in pyogrio.list_layers(package)]
    assert names == ["kabkota", "nilai", "keterangan", "layer_styles"]


def test_a_layer_holds_the_newest_figures_as_the_map_shows_them(package):
    frame = gpd.read_file(package, layer="kabkota")
    assert list(frame["region_code"]) == ["18.01", "18.02", "18.03"]
    assert list(frame["name"]) == ["Barat", "Tengah", "Kota Timur"]
    assert list(frame[USE].fillna(-1)) == [62.0, 55.0, -1]
    assert list(frame[f"{USE}_pembilang"].fillna(-1)) == [62, 110, -1]
    assert list(frame[f"{USE}_penyebut"]) == [100, 200, 0]
    assert list(frame[f"{USE}_status"]) == [
        "ada", "sebagian baris kosong", statuses()["no_denominator"].id,
    ]  # fmt: skip
    assert frame.crs.to_epsg() == 4326


def test_every_period_is_in_the_table_of_figures(package):
    figures = pyogrio.read_dataframe(package, layer="nilai")
    assert len(figures) == 6
    first = figures.iloc[0]
    assert (first["level"], first["region_code"], first["period"]) == (
        "kabkota", "18.01", "2025-10",
    )  # fmt: skip
    assert (first["value"], first["numerator"], first["denominator"]) == (60, 60, 100)
    missing = figures[figures["period"].eq("2025-10") & figures["value"].isna()]
    assert list(missing["status"]) == [
        statuses()["not_reported"].id, statuses()["not_yet_founded"].id,
    ]  # fmt: skip


def test_a_gap_is_a_row_of_the_newest_period_alone(strip, tidy, tmp_path):
    codes = list(strip.index)
    table = pd.DataFrame(
        {"region_code": codes, "service": "sumur", "need": 4, "supply": 1, "gap": 3}
    )
    ranks = {key: [1, 2, 3] for key in ("rank", "rank_low", "rank_high")}
    scores = pd.DataFrame({"score": [0.3, 0.2, 0.1]} | ranks, codes)
    gaps = SimpleNamespace(table=table.assign(surplus=0, sumur=0.1), scores=scores)
    path = export_map(describe_map(strip, tidy, gaps=gaps), tmp_path / "hasil.gpkg")
    told = "SELECT period, value FROM nilai WHERE indicator = ?"
    assert rows(path, told, "gap:sumur") == [(max(tidy["period"]), 3.0)] * 3
    assert len({period for period, _ in rows(path, told, USE)}) > 1


def test_columns_say_what_they_are(package):
    asked = "SELECT title FROM gpkg_data_columns WHERE table_name=? AND column_name=?"
    said = rows(package, asked, "kabkota", USE)[0][0]
    assert said.startswith("Kesertaan ber-KB (PA/PUS), %, November 2025. 100 ×")
    assert rows(package, asked, "kabkota", f"{USE}_pembilang") == [
        ("Pembilang: Kesertaan ber-KB (PA/PUS)",)
    ]
    named = {name for (name,) in rows(
        package, "SELECT column_name FROM gpkg_data_columns WHERE table_name='kabkota'"
    )}  # fmt: skip
    there = set(gpd.read_file(package, layer="kabkota").columns) - {"geometry"}
    assert named == there
    extensions = rows(package, "SELECT DISTINCT extension_name FROM gpkg_extensions")
    assert ("gpkg_schema",) in extensions


def test_the_file_says_where_its_outlines_are_from(package):
    words = pyogrio.read_dataframe(package, layer="keterangan")
    assert dict(zip(words["what"], words["text"], strict=True))["Atribusi batas"] == (
        "contoh buatan"
    )


def test_points_and_the_level_below_are_layers_of_their_own(strip, wide, tmp_path):
    points = pd.DataFrame(
        {
            "kind": ["puskesmas", "puskesmas"], "name": ["Satu", "Dua"],
            "longitude": [105.05, 106.9], "latitude": [-4.95, -4.95],
        }
    )  # fmt: skip
    below = strip.set_index(pd.Index(["18.01.01", "18.02.01", "18.03.01"]))
    below = below.rename_axis("region_code").assign(parent_code=list(strip.index))
    told = wide.set_index(below.index)
    options = MapOptions(detail=[MapDetail(boundaries=below, table=told)])
    path = export_map(
        describe_map(strip, wide, points=points, options=options), tmp_path / "a.gpkg"
    )
    placed = gpd.read_file(path, layer="titik")
    assert list(placed["name"]) == ["Dua", "Satu"]
    assert list(placed["region_code"]) == ["", "18.01"]
    assert list(placed["placement"]) == [
        "di luar semua wilayah", "di wilayah yang disebut",
    ]  # fmt: skip
    assert list(placed.geometry.x) == [106.9, 105.05]
    fine = gpd.read_file(path, layer="kecamatan")
    assert list(fine["region_code"]) == ["18.01.01", "18.02.01", "18.03.01"]
    assert set(pyogrio.read_dataframe(path, layer="nilai")["level"]) == {
        "kabkota", "kecamatan",
    }  # fmt: skip


def test_sample_data_say_so_in_every_row_and_table(strip, wide, tmp_path):
    options = MapOptions(sample=True)
    path = export_map(describe_map(strip, wide, options=options), tmp_path / "a.gpkg")
    for layer in ("kabkota", "nilai", "keterangan"):
        assert set(pyogrio.read_dataframe(path, layer=layer)["catatan"]) == {
            "DATA CONTOH"
        }
    titles = rows(path, "SELECT identifier FROM gpkg_contents WHERE identifier LIKE ?",
                  "DATA CONTOH:%")  # fmt: skip
    assert len(titles) == 3


def test_english_words_are_english(strip, tidy, tmp_path):
    options = MapOptions(language="en")
    path = export_map(describe_map(strip, tidy, options=options), tmp_path / "a.gpkg")
    frame = gpd.read_file(path, layer="kabkota")
    assert list(frame[f"{USE}_status"])[:2] == ["there", "some rows are blank"]


# --- names ----------------------------------------------------------------------------


def test_names_of_columns_are_plain_and_never_the_same():
    assert field_names(["a:b", "a_b", "a b", "name", "2x", "%", "fid"]) == {
        "a:b": "a_b", "a_b": "a_b_2", "a b": "a_b_3", "name": "name_2", "2x": "x2x",
        "%": "x", "fid": "fid_2",
    }  # fmt: skip


def test_no_indicator_takes_the_columns_that_belong_to_another(strip, tmp_path):
    names = ["air", "air_status", "air_penyebut"]
    table = pd.DataFrame(dict(zip(names, range(1, 4), strict=True)), strip.index)
    path = export_map(describe_map(strip, table), tmp_path / "hasil.gpkg")
    frame = gpd.read_file(path, layer="kabkota")
    own = ["air", "air_status_2", "air_penyebut_2"]
    assert frame.loc[0, own].tolist() == [1, 2, 3]
    assert frame.loc[0, [f"{name}_status" for name in own]].tolist() == ["ada"] * 3


# --- styles ---------------------------------------------------------------------------


def rules_of(qml):
    return [
        (rule.get("label"), rule.get("filter"))
        for rule in ET.fromstring(qml).iter("rule")
    ]


def colours_of(qml):
    return [
        symbol.find(".//Option[@name='color']").get("value")
        for symbol in ET.fromstring(qml).iter("symbol")
    ]


def test_a_style_has_the_classes_words_and_colours_of_the_map(described):
    layer = described.layer(USE)
    said = rules_of(style_of(layer, USE, "id"))
    words = list(reversed(layer.classes.labels("id")))
    assert [label for label, _ in said[: len(words)]] == words
    expected = [
        ",".join(str(int(c[i : i + 2], 16)) for i in (1, 3, 5)) + ",255"
        for c in reversed(layer.classes.colours)
    ]
    assert colours_of(style_of(layer, USE, "id"))[: len(words)] == expected


def holds(condition, column, value):
    """Evaluate a condition as SQL, which reads it as QGIS does."""
    with closing(sqlite3.connect(":memory:")) as file:
        file.execute(f'CREATE TABLE t ("{column}" REAL)')
        file.execute("INSERT INTO t VALUES (?)", (value,))
        return bool(file.execute(f"SELECT count(*) FROM t WHERE {condition}")
                    .fetchone()[0])  # fmt: skip


def test_every_value_is_in_the_class_that_the_map_puts_it_in(strip):
    values = {"18.01": 10.0, "18.02": 20.0, "18.03": 40.0}
    air = MapIndicator(key="air", breaks=(20.0, 30.0), method="fixed")
    layer = describe_map(strip, pd.DataFrame({"air": values}), indicators=[air]).layer()
    conditions = [asked for _, asked in rules_of(style_of(layer, "air", "id"))][::-1]
    for value in (*values.values(), 19.0, 29.0, 30.0, -5.0, 99.0):
        inside = [holds(asked, "air", value) for asked in conditions]
        assert inside.index(True) == layer.classes.index(value)
        assert sum(inside) == 1
    assert not any(holds(asked, "air", None) for asked in conditions)


def test_what_has_no_figure_has_a_hatch_and_its_word(described):
    said = rules_of(style_of(described.layer(USE), USE, "id"))
    words = statuses()["no_denominator"].id
    assert said[-1] == (words, f'"{USE}" IS NULL AND "{USE}_status" = \'{words}\'')
    *_, last = ET.fromstring(style_of(described.layer(USE), USE, "id")).iter("symbol")
    styles = [each.get("value") for each in last.findall(".//Option[@name='style']")]
    assert styles == ["solid", "b_diagonal"]


def test_words_of_small_counts_name_the_limit(described):
    assert status_texts(described.layer(USE), "id")["few_persons"].endswith("1–4 orang")


def test_the_first_indicator_is_drawn_when_the_layer_is_opened(strip, wide, tmp_path):
    path = export_map(describe_map(strip, wide), tmp_path / "a.gpkg")
    asked = "SELECT styleName, useAsDefault FROM layer_styles ORDER BY id"
    assert rows(path, asked) == [("air", 1), ("jalan", 0)]


def test_names_of_styles_are_short_and_never_the_same(strip, tmp_path):
    long = "sebuah_nama_yang_amat_panjang_sekali"
    table = pd.DataFrame({f"{long}_a": 1.0, f"{long}_b": 2.0}, index=strip.index)
    path = export_map(describe_map(strip, table), tmp_path / "a.gpkg")
    names = rows(path, "SELECT styleName FROM layer_styles ORDER BY id")
    assert names == [
        ("sebuah_nama_yang_amat_panj_000",), ("sebuah_nama_yang_amat_panj_001",),
    ]  # fmt: skip


def test_kinds_are_words_and_styled_as_such(strip, tmp_path):
    kinds = {"a": {"id": "Pulau o'a", "en": "A"}, "b": "B"}
    jenis = MapIndicator(key="jenis", kinds=kinds)
    table = pd.DataFrame({"jenis": {"18.01": "a", "18.02": "b", "18.03": None}})
    described = describe_map(strip, table, indicators=[jenis])
    path = export_map(described, tmp_path / "a.gpkg")
    frame = gpd.read_file(path, layer="kabkota")
    assert list(frame["jenis"].fillna("")) == ["Pulau o'a", "B", ""]
    said = rules_of(style_of(described.layer(), "jenis", "id"))
    assert ("Pulau o'a", "\"jenis\" = 'Pulau o''a'") in said


def test_an_indicator_without_any_value_has_a_style_of_states_alone(strip, tmp_path):
    table = pd.DataFrame({"air": [1.0, 2.0, 3.0], "kosong": [None] * 3}, strip.index)
    described = describe_map(strip, table.astype(float))
    assert export_map(described, tmp_path / "a.gpkg").is_file()
    said = rules_of(style_of(described.layer("kosong"), "kosong", "id"))
    assert [label for label, _ in said] == [statuses()["missing"].id]


# --- files ----------------------------------------------------------------------------


def test_the_same_map_gives_the_same_bytes(described, tmp_path):
    for ending in ("gpkg", "geojson"):
        one, other = (
            export_map(described, tmp_path / f"{name}.{ending}").read_bytes()
            for name in ("satu", "dua")
        )
        assert one == other


def test_geojson_is_of_the_first_level_and_turns_as_the_standard_says(
    described, tmp_path
):
    path = export_map(described, tmp_path / "hasil.geojson")
    told = json.loads(path.read_text(encoding="utf-8"))
    assert told["description"] == "Kabupaten/kota: Lampung"
    assert [f["properties"]["region_code"] for f in told["features"]] == [
        "18.01", "18.02", "18.03",
    ]  # fmt: skip
    frame = gpd.read_file(path)
    assert frame.geometry.iloc[0].exterior.is_ccw
    assert frame[USE].iloc[0] == 62.0


def test_geoparquet_is_read_back(described, tmp_path):
    pytest.importorskip("pyarrow")
    path = export_map(described, tmp_path / "hasil.parquet")
    frame = gpd.read_parquet(path)
    assert list(frame[USE].fillna(-1)) == [62.0, 55.0, -1]


def test_another_ending_is_refused_with_those_that_are_written(described, tmp_path):
    with pytest.raises(MapError, match=r"\.gpkg .*\.geojson .*\.parquet"):
        export_map(described, tmp_path / "hasil.shp")


def test_our_own_file_is_read_as_boundaries_again(tmp_path):
    lampung = load_boundaries("Lampung")
    table = pd.DataFrame({"air": 1.0}, index=lampung.index)
    path = export_map(describe_map(lampung, table), tmp_path / "hasil.gpkg")
    again = load_boundaries("Lampung", path=path)
    assert list(again.index) == list(lampung.index)
    assert again["area_km2"].sub(lampung["area_km2"]).abs().max() < 0.01
