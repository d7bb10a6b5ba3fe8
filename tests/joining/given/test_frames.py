"""Frames, columns, mappings and lists by region: read, or asked which is meant."""

import pandas as pd
import pytest

from kkbpk_geo.base.errors import IndicatorError, RegionError
from kkbpk_geo.joining.given.frames import (
    as_mapping,
    as_region_frame,
    as_series,
    as_tidy,
    under_our_headings,
)

CODES = ["18.01", "18.04"]
AIR = pd.Series([3, 5], CODES, name="air")


def test_a_list_stands_for_regions_only_where_their_order_is_known():
    assert as_series([3, 5], "values", CODES).to_dict() == AIR.to_dict()
    # Rows with numbers only are in that order as well, if there are as many.
    assert as_series(pd.Series([3, 5]), "values", CODES).to_dict() == AIR.to_dict()
    assert as_series(AIR, "values", CODES[::-1]).to_dict() == AIR.to_dict()
    with pytest.raises(RegionError, match="values is a list of 3 numbers, where the m"):
        as_series([3, 5, 7], "values", CODES)


def test_the_column_of_codes_or_of_names_is_the_index():
    frame = pd.DataFrame({"region_code": CODES, "air": [3, 5]})
    assert as_series(frame, "values").to_dict() == AIR.to_dict()
    named = pd.DataFrame({"air": [3, 5], "KAB/KOTA": ["Mesuji", "Pringsewu"]})
    assert as_series(named, "values").to_dict() == {"Mesuji": 3, "Pringsewu": 5}
    # An index that says something already is left alone.
    both = named.set_index(pd.Index(CODES))
    assert as_region_frame(both, "frame").index.tolist() == CODES


def test_an_index_and_a_column_of_codes_must_say_the_same():
    frame = AIR.to_frame().rename_axis("region_code")
    assert as_region_frame(frame.assign(region_code=CODES), "f").index.tolist() == CODES
    with pytest.raises(RegionError, match=r"row '18\.01' has region_code '18\.04' in"):
        as_region_frame(frame.assign(region_code=CODES[::-1]), "frame")


def test_rows_of_several_periods_or_indicators_are_asked_which():
    two = pd.concat({"2024": AIR, "2025": AIR}, names=["period", "region_code"])
    with pytest.raises(RegionError, match=r"\.xs\('2024', level='period'\)"):
        as_series(two, "values")
    one = two.xs("2025", level="period", drop_level=False)
    assert as_series(one, "values").to_dict() == AIR.to_dict()
    wide = pd.concat({"2024": AIR.to_frame(), "2025": AIR.to_frame()}, axis=1)
    with pytest.raises(RegionError, match=r"\.xs\('2024', level=0, axis=1\)"):
        as_region_frame(wide, "frame")
    tidy = pd.DataFrame({"region_code": CODES, "indicator": "air", "value": [3, 5]})
    with pytest.raises(RegionError, match=r"wide_indicators\(frame, period"):
        as_region_frame(tidy, "frame")


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (["Mesuji", "Lampung"], "row 'Lampung' is the province of the others"),
        (["18.01", "18.02", "18.01.01"], r"row '18\.01' stands beside '18\.01\.01'"),
    ],
)
def test_a_region_is_not_counted_beside_those_inside_it(rows, says):
    with pytest.raises(RegionError, match=says):
        as_series(pd.Series(1, rows), "values")


def test_the_row_that_all_others_lie_inside_is_for_the_analysis_to_set_apart():
    rows = ["18", "18.01", "18.04"]
    assert as_series(pd.Series(1, rows), "values").index.tolist() == rows
    # Kota Jambi may be meant by Jambi, beside other districts of its province.
    named = pd.Series(1, ["Jambi", "Bungo"])
    assert len(as_series(named, "values")) == 2


def test_a_tidy_table_may_have_the_headings_of_an_office():
    rows = [("18.01", "air", 3, 2025, "NOPEMBER"), ("18.04", "air", 5, 2025, 12.0)]
    frame = pd.DataFrame(
        rows, columns=["region_code", "INDIKATOR", "Nilai", "TAHUN", "BULAN"]
    )
    found = as_tidy(frame, "table")
    assert found["period"].tolist() == ["2025-11", "2025-12"]
    assert found["value"].tolist() == [3, 5]
    with pytest.raises(
        IndicatorError, match="table has no column indicator, value; exp"
    ):
        as_tidy(frame.drop(columns="INDIKATOR"), "table")


def test_columns_of_years_are_periods_and_an_own_column_may_be_called_nilai():
    own = pd.DataFrame({"nilai": [1, 2], "Tahun": [2024.0, 2025.0]}, CODES)
    found = under_our_headings(own)
    assert found["period"].tolist() == ["2024", "2025"]
    assert found["nilai"].tolist() == [1, 2]
    named = under_our_headings(own.rename(columns={"Tahun": "PERIODE"}))
    assert named["period"].tolist() == [2024, 2025]


def test_a_number_for_each_name_may_be_a_series_or_a_frame():
    shares = pd.Series({"air": 0.75, "jalan": 0.25})
    want = shares.to_dict()
    assert as_mapping(shares) == as_mapping(shares.to_frame()) == want
    assert as_mapping(shares.rename_axis("name").reset_index()) == want
    assert as_mapping(None) == {}
    with pytest.raises(IndicatorError, match="weights is a list, which does not say"):
        as_mapping([0.75, 0.25])
