"""How far down a map goes by itself, and when it is asked to go further."""

import geopandas as gpd
import pytest
from shapely.geometry import box

from kkbpk_geo.base.errors import BoundaryError, ProjectError
from kkbpk_geo.maps.page.payload import page_data
from kkbpk_geo.pipeline.files.map import describe
from kkbpk_geo.pipeline.project import Project
from kkbpk_geo.pipeline.running import run
from kkbpk_geo.regions import write_store
from kkbpk_geo.regions.store import finding

# Two districts with two kecamatan each.
PLACES = {
    "18.01.04": "Natar", "18.01.05": "Tanjung Bintang",
    "18.02.01": "Kalirejo", "18.02.02": "Bangun Rejo",
}  # fmt: skip
USE = "contraceptive_use"
PROVENANCE = {"source": "buatan", "licence": "bebas", "attribution": "batas buatan"}


@pytest.fixture
def store(tmp_path, monkeypatch):
    """A store of those four, and no other that might be found."""
    monkeypatch.delenv("KKBPK_BOUNDARIES", raising=False)
    monkeypatch.setattr(finding, "user_folder", lambda: tmp_path / "none")
    shapes = [box(105 + i / 10, -5, 105.1 + i / 10, -4.9) for i in range(4)]
    units = gpd.GeoSeries(shapes, index=list(PLACES), crs="EPSG:4326")
    path = tmp_path / "batas.kgeo"
    write_store(path, units, names=PLACES, provenance=PROVENANCE)
    return path


def by_kecamatan(folder, users=(90, 60, 70, 80)):
    lines = ["kode_kecamatan,kecamatan,couples,users"]
    for (code, name), count in zip(PLACES.items(), users, strict=True):
        lines.append(f"{code},{name},100,{count}")
    path = folder / "pus.csv"
    path.write_text("\n".join(lines))
    return path


def by_district(folder):
    path = folder / "kab.csv"
    path.write_text(
        "kode_kabupaten,kabupaten,couples,couples_unmet_need\n"
        "18.01,Lampung Selatan,200,20\n18.02,Lampung Tengah,200,30"
    )
    return path


def ran(*tables, **choices):
    return run(Project(tables=tables, year=2025, **choices))


def test_a_map_goes_down_to_what_store_and_tables_have(store, tmp_path):
    tables = by_kecamatan(tmp_path), by_district(tmp_path)
    done = ran(*tables, boundaries=store)
    (kecamatan,) = done.below
    assert list(kecamatan.boundaries.index) == list(PLACES)
    use = kecamatan.table[kecamatan.table["indicator"].eq("contraceptive_use")]
    values = dict(zip(use["region_code"], use["value"], strict=True))
    # The province's 300 of 400 is the same on either level.
    assert values == {
        "18.01.04": 90, "18.01.05": 60, "18.02.01": 70, "18.02.02": 80, "18": 75,
    }  # fmt: skip


def test_what_stops_at_the_district_stops_there_and_is_said_to(store, tmp_path):
    tables = by_kecamatan(tmp_path), by_district(tmp_path)
    done = ran(*tables, boundaries=store)
    assert "unmet_need" in set(done.indicators["indicator"])
    assert "unmet_need" not in set(done.below[0].table["indicator"])
    note = page_data(describe(done))["levels"][1]["notes"][-1]
    assert note["id"].startswith("Tabel tidak memuat angka per kecamatan untuk:")
    assert "unmet need" in note["id"]


def test_tables_of_districts_make_the_map_that_they_always_made(store, tmp_path):
    table = by_district(tmp_path)
    done = ran(table, boundaries=store)
    assert done.below == ()
    flat = ran(table, boundaries=store, down_to="kabkota")
    assert page_data(describe(done)) == page_data(describe(flat))
    assert "drill" not in page_data(describe(done))


@pytest.mark.usefixtures("store")
def test_without_finer_outlines_a_map_goes_nowhere(tmp_path):
    done = ran(by_kecamatan(tmp_path), boundaries="bawaan")
    assert done.below == ()
    assert done.detail is None


def test_a_map_may_be_told_to_stay_where_it_is(store, tmp_path):
    done = ran(by_kecamatan(tmp_path), boundaries=store, down_to="kabkota")
    assert done.below == ()


@pytest.mark.usefixtures("store")
def test_a_level_that_is_asked_for_without_outlines_is_refused(tmp_path):
    with pytest.raises(BoundaryError, match="kecamatan"):
        ran(by_kecamatan(tmp_path), boundaries="bawaan", down_to="kecamatan")


def test_a_level_that_is_asked_for_without_a_table_is_refused(store, tmp_path):
    text = r"^\[peta\] sampai \(--down-to\) asks for 'kecamatan', and no table has"
    with pytest.raises(ProjectError, match=text):
        ran(by_district(tmp_path), boundaries=store, down_to="kecamatan")


@pytest.mark.usefixtures("store")
def test_a_map_of_provinces_goes_down_only_if_it_is_asked(tmp_path):
    table = by_district(tmp_path)
    assert ran(table, level="provinsi").below == ()
    (districts,) = ran(table, level="provinsi", down_to="kabkota").below
    assert len(districts.boundaries) == 15


def test_only_the_indicators_that_are_asked_for_are_shown_below(store, tmp_path):
    tables = by_kecamatan(tmp_path), by_district(tmp_path)
    chosen = ("contraceptive_use",)
    done = ran(*tables, boundaries=store, indicators=chosen)
    assert set(done.below[0].table["indicator"]) == {"contraceptive_use"}


def test_an_indicator_asked_for_that_stops_at_the_district_is_shown_there(
    store, tmp_path
):
    tables = by_kecamatan(tmp_path), by_district(tmp_path)
    alone = ran(*tables, boundaries=store, indicators=("unmet_need",))
    assert set(alone.indicators["indicator"]) == {"unmet_need"}
    assert alone.below == ()
    both = ran(*tables, boundaries=store, indicators=("unmet_need", USE))
    assert set(both.indicators["indicator"]) == {"unmet_need", USE}
    assert set(both.below[0].table["indicator"]) == {USE}


def test_a_level_that_no_table_has_of_the_indicator_asked_for_is_refused(
    store, tmp_path
):
    tables = by_kecamatan(tmp_path), by_district(tmp_path)
    with pytest.raises(ProjectError, match="figures of unmet_need by kecamatan"):
        ran(*tables, boundaries=store, down_to="kecamatan", indicators=("unmet_need",))


def test_small_counts_below_are_hidden_and_the_map_says_so(store, tmp_path):
    done = ran(by_kecamatan(tmp_path, users=(3, 60, 70, 80)), boundaries=store)
    use = done.below[0].table
    use = use[use["indicator"].eq("contraceptive_use")].set_index("region_code")
    assert use["status"].to_dict() == {
        "18.01.04": "few_persons", "18.01.05": "suppressed",
        "18.02.01": "ok", "18.02.02": "ok", "18": "ok",
    }  # fmt: skip
    assert any("1–4" in note["id"] for note in describe(done).notes)
