"""Ratios of sums, with what they are made of; the province from sums."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkbpk_geo.base.errors import IndicatorError
from kkbpk_geo.indicators.ratios import (
    INDICATOR_COLUMNS,
    compute_indicators,
    with_derived,
)
from kkbpk_geo.joining.model import Joined

CODES = ["18.01", "18.02"]


def joined(columns, status=None, period="2025-11"):
    index = pd.MultiIndex.from_product(
        [[period], CODES], names=["period", "region_code"]
    )
    values = pd.DataFrame(columns, index=index).astype("Int64")
    words = values.notna().replace({True: "ok", False: "missing"}).astype(object)
    words.update(pd.DataFrame(status or {}, index=index))
    return Joined(
        values=values,
        status=words,
        unplaced=pd.DataFrame(),
        ledger=pd.DataFrame(),
        conflicts=pd.DataFrame(),
        silent=pd.DataFrame(),
        sources={},
        names=dict.fromkeys(CODES, "x"),
        level="kabkota",
        province_code="18",
        province_name="Lampung",
    )


def joined_over(periods, names, columns, status=None):
    """Cells by period, then region; a status where it is not that of the cell."""
    index = pd.MultiIndex.from_product(
        [periods, list(names)], names=["period", "region_code"]
    )
    short = joined({key: [0, 0] for key in columns})
    values = pd.DataFrame(columns, index=index).astype("Int64")
    words = values.notna().replace({True: "ok", False: "missing"}).astype(object)
    words.update(pd.DataFrame(status or {}, index=index))
    return replace(short, values=values, status=words, names=names)


def one(frame, code, indicator="contraceptive_use"):
    row = frame[(frame["region_code"] == code) & (frame["indicator"] == indicator)]
    return row.iloc[0]


def test_the_province_is_the_ratio_of_sums_not_the_mean_of_ratios():
    got = compute_indicators(
        joined({"users": [50, 90], "couples": [100, 900]}), only=["contraceptive_use"]
    )
    assert one(got, "18.01")["value"] == 50
    assert one(got, "18.02")["value"] == 10
    assert one(got, "18")["value"] == 14  # 140 / 1000, not (50 + 10) / 2
    assert one(got, "18")[["numerator", "denominator"]].tolist() == [140, 1000]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("ok", "partial"),
        ("partial", "missing"),
        ("missing", "not_reported"),
        ("not_reported", "not_yet_founded"),
    ],
)
def test_the_worst_status_of_the_parts_is_the_ratios(better, worse):
    status = {"users": [better, worse], "couples": [worse, better]}
    got = compute_indicators(
        joined({"users": [1, 1], "couples": [2, 2]}, status),
        only=["contraceptive_use"],
    )
    assert [one(got, code)["status"] for code in CODES] == [worse, worse]


def test_a_missing_part_makes_the_ratio_missing_and_the_province_partial():
    got = compute_indicators(
        joined({"users": [50, None], "couples": [100, 900]}),
        only=["contraceptive_use"],
    )
    assert math.isnan(one(got, "18.02")["value"])
    assert one(got, "18.02")["status"] == "missing"
    # The province compares like with like: the district without users is in neither.
    assert one(got, "18")[["numerator", "denominator"]].tolist() == [50, 100]
    assert one(got, "18")["status"] == "partial"


def test_a_zero_denominator_is_no_number_and_says_why():
    got = compute_indicators(
        joined({"bkb_groups_reporting": [0, 3], "bkb_groups": [0, 4]}),
        only=["reporting_rate:bkb"],
    )
    assert math.isnan(one(got, "18.01", "reporting_rate:bkb")["value"])
    assert one(got, "18.01", "reporting_rate:bkb")["status"] == "no_denominator"
    assert one(got, "18", "reporting_rate:bkb")["value"] == 75


def test_not_reported_stays_not_reported():
    status = {"users": ["ok", "not_reported"]}
    got = compute_indicators(
        joined({"users": [50, None], "couples": [100, 900]}, status),
        only=["contraceptive_use"],
    )
    assert one(got, "18.02")["status"] == "not_reported"


def test_long_acting_users_are_summed_only_where_every_method_is_known():
    methods = {
        "users_iud": [1, 1],
        "users_implant": [2, 2],
        "users_female_sterilisation": [3, None],
        "users_male_sterilisation": [4, 4],
        "users": [100, 100],
    }
    got = compute_indicators(joined(methods), only=["long_acting_share"])
    assert one(got, "18.01", "long_acting_share")["value"] == 10
    assert math.isnan(one(got, "18.02", "long_acting_share")["value"])


def test_indicators_without_tables_are_left_out_unless_asked_for():
    table = joined({"users": [50, 90], "couples": [100, 900]})
    assert set(compute_indicators(table)["indicator"]) == {"contraceptive_use"}
    with pytest.raises(
        IndicatorError,
        match=r"'unmet_need' needs \['couples_unmet_need'\], which no table gives",
    ):
        compute_indicators(table, only=["unmet_need"])


def test_an_unknown_indicator_is_refused_with_the_nearest():
    table = joined({"users": [50, 90], "couples": [100, 900]})
    with pytest.raises(IndicatorError, match=r"'unmet_ned'; .*'unmet_need'"):
        compute_indicators(table, only=["unmet_ned"])


def test_nothing_computable_is_an_empty_frame_with_its_columns():
    got = compute_indicators(joined({"population": [1, 2]}))
    assert got.empty
    assert "numerator" in got.columns


def test_rows_go_by_indicator_then_period_then_region_with_the_province_last():
    table = joined_over(
        ["2025-10", "2025-11"],
        {"18.01": "Barat", "18.02": "Timur"},
        {
            "users": [50, 90, 60, None],
            "couples": [100, 900, 120, 880],
            "couples_unmet_need": [5, 9, 6, 22],
        },
        {"couples_unmet_need": ["ok", "ok", "partial", "ok"]},
    )
    got = compute_indicators(table, only=["unmet_need", "contraceptive_use"])
    gap = math.nan
    rows = [
        ("2025-10", "18.01", "unmet_need", 5, 100, 5, "ok"),
        ("2025-10", "18.02", "unmet_need", 9, 900, 1, "ok"),
        ("2025-10", "18", "unmet_need", 14, 1000, 1.4, "ok"),
        ("2025-11", "18.01", "unmet_need", 6, 120, 5, "partial"),
        ("2025-11", "18.02", "unmet_need", 22, 880, 2.5, "ok"),
        ("2025-11", "18", "unmet_need", 28, 1000, 2.8, "partial"),
        ("2025-10", "18.01", "contraceptive_use", 50, 100, 50, "ok"),
        ("2025-10", "18.02", "contraceptive_use", 90, 900, 10, "ok"),
        ("2025-10", "18", "contraceptive_use", 140, 1000, 14, "ok"),
        ("2025-11", "18.01", "contraceptive_use", 60, 120, 50, "ok"),
        ("2025-11", "18.02", "contraceptive_use", gap, 880, gap, "missing"),
        ("2025-11", "18", "contraceptive_use", 60, 120, 50, "partial"),
    ]
    expected = pd.DataFrame(rows, columns=list(INDICATOR_COLUMNS))
    assert list(got) == [
        "period", "region_code", "indicator", "numerator", "denominator", "value",
        "status",
    ]  # fmt: skip
    pd.testing.assert_frame_equal(got, expected, check_dtype=False)


def test_a_province_without_any_number_is_missing_and_not_zero():
    got = compute_indicators(
        joined({"users": [None, 5], "couples": [100, None]}), only=["contraceptive_use"]
    )
    province = one(got, "18")
    assert math.isnan(province["numerator"])
    assert math.isnan(province["denominator"])
    assert province["status"] == "missing"


def test_a_map_of_provinces_has_no_second_row_of_the_province():
    table = joined_over(
        ["2025"], {"17": "Bengkulu", "18": "Lampung"},
        {"users": [1, 30], "couples": [4, 40]},
    )  # fmt: skip
    got = compute_indicators(table, only=["contraceptive_use"])
    assert got[["region_code", "value"]].values.tolist() == [["17", 25], ["18", 75]]


def test_a_key_without_group_means_every_group_and_nothing_stands_twice():
    groups = ("bkb", "bkr", "bkl", "uppka", "pik_r")
    columns = {f"{g}_groups": [4, 4] for g in groups}
    columns |= {f"{g}_groups_reporting": [1, 2] for g in groups}
    asked = ["reporting_rate:bkl", "reporting_rate"]
    got = compute_indicators(joined(columns), only=asked)
    rows = got[got["region_code"] == "18.02"]
    assert rows["indicator"].tolist() == [
        "reporting_rate:bkl", "reporting_rate:bkb", "reporting_rate:bkr",
        "reporting_rate:uppka", "reporting_rate:pik_r",
    ]  # fmt: skip
    assert rows["value"].tolist() == [50] * 5


def test_a_measure_of_a_table_is_kept_and_only_its_blanks_are_summed():
    # 1 + 2 + 3 + 4 = 10 stands beside the 7 that a table gives, and fills the blank;
    # the sum is as good as its worst part.
    parts = ("iud", "implant", "female_sterilisation", "male_sterilisation")
    columns = {f"users_{part}": [n, n] for n, part in enumerate(parts, 1)}
    columns |= {"users_long_acting": [7, None], "users": [100, 100]}
    status = {"users_iud": ["partial", "partial"], "users_implant": ["ok", "missing"]}
    values, words = with_derived(joined(columns, status))
    assert values["users_long_acting"].tolist() == [7, 10]
    assert words["users_long_acting"].tolist() == ["ok", "missing"]
    del columns["users_long_acting"]
    values, words = with_derived(joined(columns, status))
    assert values["users_long_acting"].tolist() == [10, 10]
    assert words["users_long_acting"].tolist() == ["partial", "missing"]
    assert words.loc[("2025-11", "18.01"), "users_long_acting"] == "partial"


def test_the_join_is_not_touched():
    table = joined({"users_modern": [3, 4], "users_traditional": [1, 1]})
    before = table.values.copy(), table.status.copy()
    values, words = with_derived(table)
    assert values["users"].tolist() == [4, 5], "though other measures lack their parts"
    assert words["users"].tolist() == ["ok", "ok"]
    pd.testing.assert_frame_equal(table.values, before[0])
    pd.testing.assert_frame_equal(table.status, before[1])


counts = st.lists(st.none() | st.integers(0, 10**6), min_size=2, max_size=2)


@given(counts, counts, st.integers(1, 1000))
def test_units_do_not_matter_and_the_province_lies_between_its_districts(a, b, times):
    got = compute_indicators(
        joined({"users": a, "couples": b}), only=["contraceptive_use"]
    )
    scaled = compute_indicators(
        joined(
            {
                "users": [None if x is None else x * times for x in a],
                "couples": [None if x is None else x * times for x in b],
            }
        ),
        only=["contraceptive_use"],
    )
    np.testing.assert_allclose(got["value"], scaled["value"], rtol=1e-12)
    own = got.loc[got["region_code"] != "18", "value"].dropna()
    province = one(got, "18")["value"]
    assert math.isnan(province) == (got["denominator"].fillna(0).iloc[-1] == 0)
    if len(own) == 2:
        assert own.min() - 1e-9 <= province <= own.max() + 1e-9
