"""Numbers by region: every shape that says whose they are; no total, no number code."""

import numpy as np
import pandas as pd
import pytest

import kkbpk_geo as kg
from kkbpk_geo.base.errors import RegionError
from kkbpk_geo.joining.given.frames import as_series
from kkbpk_geo.joining.given.labels import match_labels

NAMES = {"18.01": "Lampung Selatan", "18.04": "Lampung Barat", "18.72": "Kota Metro"}
CODES = list(NAMES)


@pytest.mark.parametrize(
    "given",
    [
        pd.Series([1, 2, 3], CODES),
        dict(zip(CODES, (1, 2, 3), strict=True)),
        pd.DataFrame({"a": [1, 2, 3]}, CODES),
    ],
)
def test_a_series_a_mapping_and_one_column_are_the_same_numbers(given):
    assert as_series(given, "values").to_dict() == {"18.01": 1, "18.04": 2, "18.72": 3}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ([1, 2, 3], "values is a list, which does not say whose numbers they are"),
        (np.arange(3), "values is a ndarray"),
        (pd.DataFrame({"a": [1], "b": [2]}), r"2 columns \(a, b\); expected one"),
        (pd.Series([1, 6], ["18.01", "JML."]), r"row 'JML\.' is a total, no region"),
        (pd.Series([1, 6], ["Mesuji", "Provinsi Lampung"]), "'Provinsi Lampung' is a"),
        (pd.Series([1, 6], ["Mesuji", "Propinsi Lampung"]), "'Propinsi Lampung' is a"),
        (pd.Series([1, 6], [18.01, 18.1]), "row 18.01 is a number, no region code"),
        (pd.Series([1, 6], [128, 129]), "row 128 is a number, no region code"),
    ],
)
def test_what_names_no_region_is_refused_with_the_way_out(given, says):
    with pytest.raises(RegionError, match=says):
        as_series(given, "values")


def test_rows_that_are_only_numbered_stay_as_they_are():
    assert as_series(pd.Series([5, 6]), "values").tolist() == [5, 6]


def test_names_become_codes_exactly_or_by_alias_and_never_by_likeness():
    given = ["Lampung Barat", "18.01", "METRO", "Lamsel", "Lampung Baratt", "JUMLAH"]
    assert match_labels(given, NAMES, "18") == [
        "18.04", "18.01", "18.72", "18.01", "Lampung Baratt", "JUMLAH",
    ]  # fmt: skip


def test_a_code_that_was_a_number_is_no_name():
    with pytest.raises(RegionError, match=r"row 18\.1 is a number"):
        match_labels([18.1], NAMES, "18")


def test_a_region_of_another_map_stays_as_it_is_called():
    assert match_labels(["Kota Bandung"], NAMES) == ["Kota Bandung"]


# --- in the functions that take them --------------------------------------------------


@pytest.fixture(scope="module")
def lampung():
    return kg.load_boundaries("Lampung")


def test_a_map_takes_its_table_by_names_in_the_index_or_a_column(lampung):
    table = pd.DataFrame({"bkb": range(15)}, index=lampung["name"].tolist())
    column = table.rename_axis("KABUPATEN").reset_index()
    tidy = column.rename(columns={"KABUPATEN": "region_code", "bkb": "value"})
    for given in (table, column, tidy.assign(indicator="bkb")):
        found = kg.describe_map(lampung, given)
        cells = found.layer("bkb").cells[found.periods[-1]].values
        assert dict(zip(found.codes, cells, strict=True)) == dict(
            zip(lampung.index, range(15), strict=True)
        )
        assert found.notes[0]["en"] != "" if found.notes else True


def test_a_total_among_names_is_told_on_the_map_and_drawn_nowhere(lampung):
    table = pd.DataFrame({"bkb": range(15)}, index=lampung["name"].tolist())
    table.loc["JUMLAH"] = 105
    found = kg.describe_map(lampung, table)
    assert any("JUMLAH" in note["id"] for note in found.notes)
    assert 105 not in found.layer("bkb").cells[""].values


def test_codes_that_are_numbers_are_refused_by_a_map(lampung):
    table = pd.DataFrame({"bkb": range(15)}, index=lampung.index.astype(float))
    with pytest.raises(
        kg.maps.MapError if hasattr(kg.maps, "MapError") else ValueError
    ):
        kg.describe_map(lampung, table)


def test_weights_and_directions_may_be_a_series():
    frame = pd.DataFrame({"a": [0, 5, 10], "b": [3, 2, 2]}, index=CODES)
    words = {"a": "better", "b": "worse"}
    shares = {"a": 0.7, "b": 0.3}
    got = kg.composite_index(
        frame, directions=pd.Series(words), weights=pd.Series(shares)
    )
    want = kg.composite_index(frame, directions=words, weights=shares)
    assert got.table.equals(want.table)


def test_a_total_is_ranked_in_no_analysis():
    frame = pd.DataFrame({"a": [0, 5, 5]}, index=["Mesuji", "Pringsewu", "TOTAL"])
    with pytest.raises(RegionError, match="'TOTAL' is a total"):
        kg.composite_index(frame, directions={"a": "better"})
    with pytest.raises(RegionError, match="'TOTAL' is a total"):
        kg.judge_rates(frame["a"], frame["a"] + 9)


def test_no_share_of_a_target_goes_to_the_province_or_to_a_total():
    weights = pd.Series({"18.01": 1, "18.04": 2})
    with pytest.raises(ValueError, match=r"'18' beside '18\.01'"):
        kg.apportion(9, pd.concat([weights, pd.Series({"18": 3})]))
    with pytest.raises(RegionError, match="'Jumlah' is a total"):
        kg.apportion(9, pd.concat([weights, pd.Series({"Jumlah": 3})]))
    assert kg.apportion(9, weights).counts() == {"18.01": 3, "18.04": 6}


@pytest.fixture(scope="module")
def read():
    rows = {"KABUPATEN": ["Mesuji", "Pringsewu"], "PUS": [900, 800], "BKB": [5, 6]}
    return kg.read_table(pd.DataFrame(rows), year="2025", province="Lampung")


def test_one_table_may_stand_for_a_list_of_tables(lampung, read):
    assert kg.join_regions(lampung, read).values.equals(
        kg.join_regions(lampung, [read]).values
    )
    assert kg.findings_frame(read).equals(kg.findings_frame(read.findings))


def test_a_frame_that_was_not_read_is_told_how_to_be(lampung):
    frame = pd.DataFrame({"PUS": [1]})
    for given in (frame, [frame]):
        with pytest.raises(ValueError, match=r"kkbpk_geo\.read_table"):
            kg.join_regions(lampung, given)
    for function in (kg.compute_indicators, kg.score_gaps):
        with pytest.raises(ValueError, match=r"kkbpk_geo\.join_regions"):
            function(frame)


@pytest.mark.parametrize("year", ["2025", " 2025", 2025.0])
def test_a_year_may_be_text_or_a_whole_decimal(year):
    read = kg.read_table([["KABUPATEN", "PUS"], ["Mesuji", 900]], year=year)
    assert read.data["period"].tolist() == ["2025"]


@pytest.mark.parametrize("year", ["tahun ini", 2025.5, True, "25"])
def test_what_is_no_year_is_refused(year):
    with pytest.raises(ValueError, match=f"year is {year!r}; expected"):
        kg.read_table([["KABUPATEN", "PUS"], ["Mesuji", 900]], year=year)


def test_what_a_region_needs_is_asked_by_code_or_name_and_never_of_nobody(
    lampung, read
):
    gaps = kg.score_gaps(kg.join_regions(lampung, read))
    assert gaps.to_do("Mesuji") == gaps.to_do("18.11")
    for stranger in ("18.99", "Kota Bandung"):
        with pytest.raises(RegionError, match=f"no region '{stranger}' was scored"):
            gaps.to_do(stranger)


def test_results_go_through_pickle_and_copies(lampung, read):
    import copy
    import pickle

    joined = kg.join_regions(lampung, read)
    for one in (joined, kg.score_gaps(joined), kg.MapOptions(title="x")):
        back = pickle.loads(pickle.dumps(one))
        assert type(back) is type(copy.deepcopy(one)) is type(one)
    again = pickle.loads(pickle.dumps(joined))
    assert again.values.equals(joined.values)
    assert again.names == joined.names
