"""The country: sums of provinces are those of their own maps, and nothing is lost."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kkbpk_geo.indicators.ratios import compute_indicators
from kkbpk_geo.intake.reading import read_table
from kkbpk_geo.joining.register_facts import is_incomplete
from kkbpk_geo.joining.tables import join_regions
from kkbpk_geo.regions.boundaries import load_boundaries
from kkbpk_geo.regions.coverage import area_of
from kkbpk_geo.regions.register import NATION, regions_of

DISTRICTS = ("18.10", "18.11", "36.01", "36.02", "94.01")


@pytest.fixture(scope="module")
def districts():
    return load_boundaries("Indonesia").loc[list(DISTRICTS)]


@pytest.fixture(scope="module")
def provinces():
    return load_boundaries("Indonesia", level="provinsi")


def table(numbers):
    rows = [["KODE KEMENDAGRI", "PUS", "PA"]]
    rows += [[code, str(pus), str(pa)] for code, (pus, pa) in numbers.items()]
    return read_table(rows, year=2025, province="Indonesia", kind="targets")


def whole_of(joined):
    found = compute_indicators(joined, only=["contraceptive_use"])
    own = found[found["region_code"] == joined.province_code]
    return own[["numerator", "denominator"]].iloc[0].tolist()


COUNT = st.integers(min_value=0, max_value=900)


@settings(
    deadline=None,
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.fixed_dictionaries(
        {
            c: st.tuples(COUNT, COUNT).map(sorted).map(lambda x: x[::-1])
            for c in DISTRICTS
        }
    )
)
def test_the_country_is_the_sum_of_its_provinces_own_maps(districts, numbers):
    joined = join_regions(districts, [table(numbers)])
    assert joined.province_code == NATION.code
    parts = [
        whole_of(
            join_regions(districts[districts["parent_code"] == code], [table(numbers)])
        )
        for code in ("18", "36", "94")
    ]
    assert whole_of(joined) == [sum(column) for column in zip(*parts, strict=True)]


def test_districts_are_summed_into_provinces(provinces):
    numbers = {"18.10": (5, 3), "18.11": (7, 1), "36.01": (9, 4)}
    joined = join_regions(provinces, [table(numbers)])
    got = joined.at()["couples"]
    assert (got["18"], got["36"]) == (12, 9)
    assert joined.names["18"] == "Lampung"


def test_some_districts_are_not_all_of_a_province():
    assert len(regions_of("kabkota", "18")) == 15
    assert is_incomplete("18", "kabkota", 13)
    assert not is_incomplete("18", "kabkota", 14), "nine in ten are all of them"


def test_the_whole_province_goes_before_the_sum_of_some_of_its_districts(provinces):
    rows = [["PROVINSI", "PUS", "PA"], ["Lampung", "90", "70"], ["Banten", "4", "3"]]
    stated = read_table(rows, year=2025)
    joined = join_regions(provinces, [stated, table({"18.10": (5, 3)})])
    assert joined.at().loc["18", "couples"] == 90


def test_a_row_of_a_province_is_coarser_than_a_map_of_districts(districts):
    rows = [["PROVINSI", "PUS", "PA"], ["Lampung", "9", "7"], ["Banten", "4", "3"]]
    both = [read_table(rows, year=2025), table({"18.10": (5, 3)})]
    joined = join_regions(districts, both)
    assert joined.unplaced["reason"].tolist() == ["coarser_than_map"] * 2
    assert joined.at().loc["18.10", "couples"] == 5


def test_provinces_of_a_table_of_provinces_are_on_their_map(provinces):
    rows = [["PROVINSI", "PUS", "PA"], ["NTB", "9", "7"], ["Banten", "4", "3"]]
    got = join_regions(provinces, [read_table(rows, year=2025)]).at()["couples"]
    assert (got["52"], got["36"]) == (9, 4)


def test_a_list_that_names_only_provinces_is_counted_by_them(provinces):
    rows = [
        ["NAMA FASKES", "JENIS FASKES", "PROVINSI"],
        ["Klinik A", "Klinik", "Lampung"],
        ["Klinik B", "Klinik", "Lampung"],
        ["Klinik C", "Klinik", "Banten"],
    ]
    joined = join_regions(provinces, [read_table(rows, year=2025)])
    assert len(joined.unplaced) == 0
    assert joined.at()["facilities_clinic"].loc[["18", "36"]].tolist() == [2, 1]


def test_many_tables_at_once_are_what_each_is_alone(districts):
    alone = [table({code: (5 + i, 3)}) for i, code in enumerate(DISTRICTS)]
    together = join_regions(districts, alone)
    for code, one in zip(DISTRICTS, alone, strict=True):
        own = join_regions(districts, [one])
        pd.testing.assert_series_equal(
            together.at().loc[code, ["couples", "users"]],
            own.at().loc[code, ["couples", "users"]],
        )
    assert together.ledger["rows_placed"].tolist() == [1] * len(DISTRICTS)


def test_a_subtotal_is_one_of_its_own_table_only(districts):
    coarse = [["KABUPATEN", "KECAMATAN", "PUS"], ["Pringsewu", "", "9"]]
    fine = [["KABUPATEN", "KECAMATAN", "PUS"], ["Pringsewu", "Ambarawa", "4"]]
    tables = [
        read_table(rows, year=2025, province="Lampung") for rows in (coarse, fine)
    ]
    joined = join_regions(districts, tables)
    assert "subtotal" not in set(joined.unplaced["reason"])


def test_what_a_map_is_of_is_told_by_its_regions(districts, provinces):
    assert area_of(provinces) == NATION
    assert area_of(districts).name == "Indonesia"
    kept = districts[districts["parent_code"] == "18"]
    assert (area_of(kept).code, area_of(kept).name) == ("18", "Lampung")
    assert area_of(load_boundaries("Lampung")).name == "Lampung"
    assert area_of(load_boundaries("Lampung", level="provinsi")).code == "18"
    # Of two kabupaten together no sum is the province's; of all fifteen it is.
    two = load_boundaries(["Pringsewu", "Pesawaran"])
    assert (area_of(two).code, area_of(two).name) == ("", "Pesawaran, Pringsewu")
    every = load_boundaries([f"18.{n:02}" for n in (*range(1, 14), 71, 72)])
    assert area_of(every).name == "Lampung"
    assert area_of(load_boundaries(["Banten", "Lampung"])).name == "Lampung, Banten"
    own = kept.set_axis(["A", "B"])
    own.attrs = {}
    assert area_of(own).name == "", "codes of nobody's have no country"
