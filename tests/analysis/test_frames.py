"""What every analysis relies on: one row per region, and the province set apart."""

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from kkbpk_geo.analysis.frames import (
    better_if_higher,
    item_name,
    province_of,
    read_numbers,
    wide_indicators,
)
from kkbpk_geo.base.errors import CellError, EmptyDataError, IndicatorError
from kkbpk_geo.regions.register import place_name

TIDY = pd.DataFrame(
    {
        "period": ["2025-10", "2025-11", "2025-11", "2025-11"],
        "region_code": ["18.02", "18.02", "18.01", "18.02"],
        "indicator": ["x", "x", "y", "y"],
        "value": [1.0, 2.0, 3.0, np.nan],
    }
)


def test_the_newest_period_becomes_one_column_per_indicator():
    wide = wide_indicators(TIDY)
    assert list(wide.index) == ["18.02", "18.01"]  # the table's own order
    assert list(wide) == ["x", "y"]
    assert wide.loc["18.01", "y"] == 3
    assert np.isnan(wide.loc["18.01", "x"])
    assert wide_indicators(TIDY, period="2025-10").loc["18.02", "x"] == 1


def test_an_absent_period_a_doubled_row_and_no_rows_are_errors():
    with pytest.raises(IndicatorError) as caught:
        wide_indicators(TIDY, period="2026")
    assert str(caught.value) == (
        "no indicators for period '2026'; there is ['2025-10', '2025-11']."
    )
    with pytest.raises(IndicatorError) as caught:
        wide_indicators(pd.concat([TIDY, TIDY.iloc[1:2]]))
    assert str(caught.value) == (
        "region 18.02 has indicator 'x' twice in period '2025-11'; keep one row."
    )
    with pytest.raises(EmptyDataError) as caught:
        wide_indicators(TIDY.iloc[:0])
    assert str(caught.value) == (
        "the indicator table has no rows; nothing can be analysed."
    )


def test_the_province_is_the_code_that_all_others_lie_inside():
    assert province_of(pd.Index(["18.01", "18", "18.02"])) == "18"
    assert province_of(pd.Index(["18.01", "18.02"])) == ""
    assert province_of(pd.Index(["18", "180"])) == ""
    assert province_of(pd.Index(["18"])) == ""


def test_nullable_integers_decimals_and_yes_or_no_become_floats_with_gaps():
    columns = {
        "a": pd.array([1, None], "Int64"),
        "b": [Decimal("2.5"), None],
        "c": [True, None],
        "d": pd.Categorical([3, None]),
        "e": pd.array([4, None], "int64[pyarrow]"),
    }
    got = read_numbers(pd.DataFrame(columns))
    np.testing.assert_array_equal(got, [[1, 2.5, 1, 3, 4], [np.nan] * 5])


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("1.234", r"column 'air' is '1\.234'.*pd\.to_numeric.*read_table"),
        (pd.Timestamp("2025-01-01"), "column 'air' is Timestamp"),
        (2 + 1j, r"column 'air' is .*2\+1j"),
        ("banyak", "choose the columns of numbers"),
    ],
)
def test_what_only_looks_like_a_number_is_refused_with_its_column(cell, says):
    with pytest.raises(CellError, match=says):
        read_numbers(pd.DataFrame({"air": [cell]}, ["18.01"]))


def test_words_for_codes_and_columns():
    assert place_name("18.10") == "Pringsewu"
    assert place_name("XYZ") == "XYZ"
    assert item_name("unmet_need", "en") == "Unmet need for contraception"
    assert item_name("bkb_groups", "en") == "BKB: groups"
    assert item_name("mine") == "mine"


@pytest.mark.parametrize(
    ("key", "stated", "expected"),
    [
        ("mine", "better", True),
        ("mine", -1, False),
        ("unmet_need", None, False),
        ("unmet_need", 1, True),
    ],
)
def test_a_stated_direction_goes_before_the_catalogues(key, stated, expected):
    assert better_if_higher(key, stated) is expected


@pytest.mark.parametrize("stated", [None, "context", True, 2])
def test_a_direction_that_is_none_is_refused(stated):
    with pytest.raises(IndicatorError) as caught:
        better_if_higher("mine", stated)
    assert str(caught.value) == (
        f"direction of 'mine' is {stated!r}; expected 'better' (higher is better) or "
        "'worse'."
    )
