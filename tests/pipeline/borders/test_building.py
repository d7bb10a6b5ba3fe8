"""A source goes in, a store and its report come out: all of them or none."""

import geopandas as gpd
import pytest
import shapely
from making_villages import cells, four, path_of, row, write_clone

import kkbpk_geo as kg
from kkbpk_geo.base.errors import BoundaryError, RegionError
from kkbpk_geo.pipeline.borders import building
from kkbpk_geo.regions import open_store

A, B, C, D = sorted(four())


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clone")
    write_clone(folder, {"16.72.01.1001": cells(-1, 0, 0, 1)}, province="16")
    return write_clone(folder, four())


def test_a_province_is_built_written_and_loaded_again(clone, tmp_path):
    built = kg.build_boundaries(clone, province="Lampung")
    files = kg.pipeline.write_boundaries(built, tmp_path / "batas.kgeo")
    assert [file.name for file in files] == [
        "batas.kgeo",
        "batas-laporan.html",
        "batas-laporan.txt",
    ]
    store = open_store(files[0])
    villages = store.load("desa", within="18")
    assert list(villages.index) == [A, B, C, D]
    assert villages.loc[A, "name"] == "Metro"
    assert villages["area_km2"].tolist() == pytest.approx([4.906] * 4, abs=2e-3)
    kecamatan = store.load("kecamatan", within="18")
    ground = shapely.area(list(kecamatan.geometry)).sum()
    assert ground == pytest.approx(
        shapely.area(list(villages.geometry)).sum(), rel=1e-9
    )
    assert store.provenance["licence"] == "MIT"
    assert store.provenance["date"] == "2026-08-20"


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        ({"province": "18"}, [A, B, C, D]),
        ({"province": "Sumatera Selatan"}, ["16.72.01.1001"]),
        # What the source holds: two provinces, and the villages of Lampung.
        ({}, ["16.72.01", A, B, C, D]),
        (
            {"province": "Indonesia", "villages": ()},
            ["16.72.01", *["18.72.01", "18.72.02"]],
        ),
        ({"villages": ["Indonesia"]}, ["16.72.01.1001", A, B, C, D]),
        ({"villages": "Sumatera Selatan"}, ["16.72.01.1001", "18.72.01", "18.72.02"]),
        ({"province": "Lampung", "villages": []}, ["18.72.01", "18.72.02"]),
    ],
)
def test_what_is_built_and_whose_villages_stay_is_said(clone, options, codes):
    assert list(kg.build_boundaries(clone, **options).units.index) == codes


def test_a_source_of_one_province_is_that_province(tmp_path):
    built = kg.build_boundaries(write_clone(tmp_path, four()))
    assert built.region.name == "Lampung"


def test_a_province_that_the_source_lacks_is_refused_with_those_it_has(clone):
    with pytest.raises(BoundaryError, match="it holds Sumatera Selatan, Lampung"):
        kg.build_boundaries(clone, province="Aceh")


def test_villages_of_a_province_that_is_not_built_are_refused(clone):
    with pytest.raises(BoundaryError, match="has no outlines of Aceh"):
        kg.build_boundaries(clone, villages=["Aceh"])


def test_a_province_that_the_register_does_not_have_yet_is_told(tmp_path):
    write_clone(tmp_path, four())
    write_clone(tmp_path, {"97.01.01.2001": cells(3, 3, 4, 4)}, province="97")
    steps = []
    built = kg.build_boundaries(tmp_path, progress=lambda *step: steps.append(step[0]))
    assert list(built.units.index) == [A, B, C, D]
    assert built.unused["what"].tolist() == ["no_district"]
    assert built.rows.set_index("province").loc["97", "unknown"] == 1
    assert "97" in steps[1]


def test_provinces_that_a_national_source_lacks_are_listed(clone):
    missing = kg.build_boundaries(clone).missing
    assert (missing["level"] == "provinsi").sum() == 36
    assert missing.loc["11", "name"] == "Aceh"
    assert "11" not in kg.build_boundaries(clone, province="18").missing.index


def test_a_district_is_no_province_to_build(clone):
    with pytest.raises(RegionError, match="no province is called 'Pringsewu'"):
        kg.build_boundaries(clone, province="Pringsewu")


def test_what_is_no_path_is_refused():
    with pytest.raises(BoundaryError, match="source is a GeoDataFrame"):
        kg.build_boundaries(gpd.GeoDataFrame())


def test_a_layer_of_kecamatan_gives_three_levels(tmp_path):
    frame = gpd.GeoDataFrame(
        {"kode": ["18.72.01", "18.72.02"]},
        geometry=[cells(0, 0, 1, 1), cells(1, 0, 2, 1)],
        crs="EPSG:4326",
    )
    path = tmp_path / "kecamatan.gpkg"
    frame.to_file(path, engine="pyogrio")
    built = kg.build_boundaries(path, licence="CC BY 4.0", credit="BIG 2024")
    assert dict(built.levels) == {"provinsi": 1, "kabkota": 1, "kecamatan": 2}
    assert "villages" not in built.table.columns
    assert built.provenance["attribution"] == "BIG 2024"


def test_progress_is_told_in_words_with_a_rate(clone, monkeypatch):
    clock = iter([0.0, *[2.0] * 9])
    monkeypatch.setattr(building, "monotonic", lambda: next(clock))
    told = []
    kg.build_boundaries(clone, progress=lambda *step: told.append(step))
    assert told[0] == ("Membaca dan merapikan Sumatera Selatan", 0, 6)
    assert told[1] == (
        "Membaca dan merapikan Lampung; 1 poligon, 0 per detik",
        1,
        6,
    )
    assert told[-1] == ("Memeriksa setiap tingkat; 5 poligon, 2 per detik", 5, 6)


def test_the_same_source_makes_the_same_bytes(clone, tmp_path):
    content = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        built = kg.build_boundaries(clone)
        files = kg.pipeline.write_boundaries(built, tmp_path / name / "batas.kgeo")
        content.append([file.read_bytes() for file in files])
    assert content[0] == content[1]


def test_stopped_while_it_writes_nothing_is_there_and_the_old_is_whole(
    clone, tmp_path, monkeypatch
):
    def stop(*_):
        raise KeyboardInterrupt

    built = kg.build_boundaries(clone, province="18")
    target = tmp_path / "batas.kgeo"
    target.write_bytes(b"old")
    monkeypatch.setattr(building, "report_text", stop)
    with pytest.raises(KeyboardInterrupt):
        kg.pipeline.write_boundaries(built, target)
    assert [path.name for path in tmp_path.iterdir()] == ["batas.kgeo"]
    assert target.read_bytes() == b"old"


def test_a_store_has_its_own_suffix(clone, tmp_path):
    built = kg.build_boundaries(clone, province="18")
    with pytest.raises(BoundaryError, match=r"give -o batas\.kgeo"):
        kg.pipeline.write_boundaries(built, tmp_path / "batas.gpkg")


def test_without_a_name_it_is_called_after_its_region(clone, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    files = kg.pipeline.write_boundaries(kg.build_boundaries(clone, province="16"))
    assert files[0].name == "batas-sumatera-selatan.kgeo"
    files = kg.pipeline.write_boundaries(kg.build_boundaries(clone))
    assert files[0].name == "batas-indonesia.kgeo"


def test_names_that_the_register_lacks_come_from_the_source(tmp_path):
    write_clone(tmp_path, row("18.72.09.2001", path_of(cells(0, 0, 1, 1)), "Baru"))
    built = kg.build_boundaries(tmp_path)
    kg.pipeline.write_boundaries(built, tmp_path / "batas.kgeo")
    store = open_store(tmp_path / "batas.kgeo")
    assert store.load("desa", within="18").loc["18.72.09.2001", "name"] == "Baru"
