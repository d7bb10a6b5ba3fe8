"""Down to the kecamatan: the same tables on an office's own layer, the same sums."""

import pytest

from kkbpk_geo.pipeline.files.map import write_map
from kkbpk_geo.pipeline.project import Project
from kkbpk_geo.pipeline.running import run
from kkbpk_geo.sample.writing import write_sample

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def done(tmp_path_factory, shared_data):
    files = write_sample(tmp_path_factory.mktemp("sample"))
    tables = tuple(p for p in files if p.name.startswith(("contoh_bkb", "contoh_pus")))
    layer = shared_data / "wilayah_boundaries" / "lampung_kecamatan.geojson"
    return run(Project(tables=tables, year=2025, detail=layer))


def test_kecamatan_add_up_to_their_district(done):
    def total(table, depth, column):
        rows = table[
            table["indicator"].eq("reporting_rate:bkb")
            & table["period"].eq("2025-11")
            & table["region_code"].str.count(r"\.").eq(depth)
        ]
        district = rows["region_code"].str[:5]
        return rows[column].groupby(district).sum()

    for column in ("numerator", "denominator"):
        fine = total(done.below[0].table, 2, column)
        assert fine.to_dict() == total(done.indicators, 1, column).to_dict()


def test_the_province_is_the_same_on_either_level(done):
    def province(table):
        rows = table[table["region_code"].eq("18")]
        return rows.set_index(["period", "indicator"])["value"]

    fine, coarse = province(done.below[0].table), province(done.indicators)
    assert len(fine)
    assert fine.equals(coarse.reindex(fine.index))


def test_the_map_of_both_levels_stays_below_a_megabyte(done, tmp_path):
    page = write_map(done, tmp_path / "peta.html")
    assert page.stat().st_size < 1_000_000
    assert len(done.below[0].boundaries) == 229
