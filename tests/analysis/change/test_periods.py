"""Two periods on one territory: splits rolled up, sums kept, effects that add up."""

import numpy as np
import pandas as pd
import pytest
from analysis_periods import PLAIN, SPLIT, VILLAGES, table
from hypothesis import given, settings
from hypothesis import strategies as st

from kkbpk_geo.analysis.change.periods import compare_periods, count_table
from kkbpk_geo.base.errors import EmptyDataError, IndicatorError
from kkbpk_geo.joining.model import Joined


def test_children_are_added_to_the_parent_of_the_earlier_date():
    got = compare_periods(SPLIT)
    row = got.of(VILLAGES).loc["18.06"]
    assert (row["earlier"], row["later"], row["change"]) == (50, 55, 5)
    assert row["relative"] == pytest.approx(10)
    assert row["members"] == "18.06 + 18.10"
    assert "18.10" not in got.of(VILLAGES).index
    assert got.rolled[["region_code", "into", "founded"]].iloc[0].tolist() == [
        "18.10", "18.06", "2009-04-03",
    ]  # fmt: skip


def test_a_trend_across_a_split_without_roll_up_is_refused():
    with pytest.raises(IndicatorError) as caught:
        compare_periods(SPLIT, roll_up=False)
    assert str(caught.value) == (
        "between 2008 and 2025 districts were split off: Pringsewu (2009-04-03). A "
        "trend across a split is false; use roll_up=True to add them to their parent."
    )


def test_without_a_split_between_them_roll_up_changes_nothing():
    one, two = (compare_periods(PLAIN, roll_up=up).table for up in (True, False))
    pd.testing.assert_frame_equal(one, two)


def test_a_child_without_a_number_makes_the_family_missing_not_smaller():
    blank = SPLIT["region_code"] == "18.10"
    emptied = SPLIT.copy()
    emptied.loc[blank, ["numerator", "value"]] = np.nan
    for lacking in (SPLIT[~blank], emptied):
        row = compare_periods(lacking).of(VILLAGES).loc["18.06"]
        assert np.isnan(row["change"])
        assert row["status"] == "missing"


def test_a_parent_that_is_not_in_the_table_makes_the_family_missing():
    got = compare_periods(SPLIT[SPLIT["region_code"] != "18.06"])
    assert got.of(VILLAGES).loc["18.06", "status"] == "missing"


def test_a_value_without_numbers_behind_it_cannot_be_added_up():
    bare = SPLIT.assign(numerator=np.nan, denominator=np.nan)
    with pytest.raises(IndicatorError) as caught:
        compare_periods(bare)
    assert str(caught.value) == (
        "indicator 'village_coverage:bkb' of region 18.06 has a value but no "
        "numerator, so it cannot be added to that of the district it was split from. "
        "Give numerators and denominators."
    )


def test_a_new_district_that_reports_late_may_still_be_inside_its_parent():
    rows = table(
        ("2010", "18.06", 100, 200),
        ("2012", "18.06", 60, 100),
        ("2012", "18.10", 50, 100),
    )
    got = compare_periods(rows)
    assert set(got.table["status"]) == {"split_unclear"}
    assert got.table["change"].isna().all()
    assert "pakai as_of" in got.summary()
    told = compare_periods(rows, as_of="2008").of("contraceptive_use").loc["18.06"]
    assert told["change"] == 5


def test_kecamatan_across_a_split_are_refused():
    rows = table(("2008", "18.10.01", 1, 2), ("2025", "18.10.01", 1, 2))
    with pytest.raises(IndicatorError) as caught:
        compare_periods(rows)
    assert str(caught.value) == (
        "region 18.10.01 lies in Pringsewu, founded 2009-04-03, after 2008; its own "
        "code is younger too. Compare kabupaten/kota instead, where children are added "
        "to their parent."
    )


def test_counts_are_compared_and_added_up_too():
    counts = SPLIT.assign(denominator=np.nan, value=SPLIT["numerator"])
    got = compare_periods(counts.assign(indicator="population"))
    row = got.of("population").loc["18.06"]
    assert (row["earlier"], row["later"], row["relative"]) == (100, 110, 10)
    # 6 and 10 more than 160
    assert got.decomposition["effect"].tolist() == [3.75, 6.25]


def test_the_province_is_compared_as_it_is_and_not_ranked():
    got = compare_periods(PLAIN).of("contraceptive_use")
    assert list(got.index) == ["18.01", "18.02", "18"]
    assert got.loc["18", "change"] == pytest.approx(55 - 100 / 3)
    assert pd.isna(got.loc["18", "rank_later"])


def test_ranks_gained_have_an_interval_and_small_numbers_a_wide_one():
    rows = table(
        ("2024", "18.01", 500, 1000),
        ("2024", "18.02", 510, 1000),
        ("2024", "18.03", 900, 1000),
        ("2025", "18.01", 520, 1000),
        ("2025", "18.02", 510, 1000),
        ("2025", "18.03", 950, 1000),
    )
    got = compare_periods(rows).of("contraceptive_use")
    assert got["rank_earlier"].tolist() == [1, 2, 3]  # 1: most in need
    assert got["rank_change"].tolist() == [1, -1, 0]
    assert got.loc["18.01", ["rank_change_low", "rank_change_high"]].tolist() == [-1, 1]
    assert got.loc["18.03", ["rank_change_low", "rank_change_high"]].tolist() == [0, 0]


def test_without_counts_there_is_no_interval_and_so_no_rank():
    bare = PLAIN.drop(columns=["numerator", "denominator"])
    got = compare_periods(bare).table
    assert got["change"].notna().all()
    assert got.filter(like="rank_").isna().all(axis=None)


def test_better_knows_the_direction_of_the_indicator():
    unmet = PLAIN.assign(indicator="unmet_need")
    assert not compare_periods(unmet).of("unmet_need").loc["18.01", "better"]
    assert compare_periods(PLAIN).of("contraceptive_use").loc["18.01", "better"]
    same = table(("2024", "18.01", 1, 2), ("2025", "18.01", 1, 2))
    assert pd.isna(compare_periods(same).table["better"].iloc[0])


def test_a_change_from_nothing_has_no_percentage():
    rows = table(("2024", "18.01", 0, 10), ("2025", "18.01", 5, 10))
    got = compare_periods(rows).table.iloc[0]
    assert got["change"] == 50
    assert np.isnan(got["relative"])


def test_a_joined_gives_its_counts_in_the_same_shape():
    index = pd.MultiIndex.from_tuples(
        [("2024", "18.01"), ("2025", "18.01")], names=["period", "region_code"]
    )
    values = pd.DataFrame({"users": [5, None], "couples": [9, 8]}, index, dtype="Int64")
    nothing = pd.DataFrame()
    joined = Joined(
        values=values, status=values.notna().astype(object), unplaced=nothing,
        ledger=nothing, conflicts=nothing, silent=nothing, sources={},
        names={"18.01": "A"}, level="kabkota", province_code="18",
        province_name="Lampung",
    )  # fmt: skip
    got = count_table(joined)
    assert got["indicator"].tolist() == ["users", "couples"] * 2
    np.testing.assert_array_equal(got["value"], [5, 9, np.nan, 8])
    assert compare_periods(got).of("couples")["change"].tolist() == [-1]


@pytest.mark.parametrize(
    ("rows", "choices", "message"),
    [
        (PLAIN.drop(columns="value"), {}, "table has no column value; expected "
         "region_code, indicator, value, as kkbpk_geo.compute_indicators gives them. "
         "It has period, region_code, numerator, denominator, indicator."),
        (pd.concat([PLAIN, PLAIN.iloc[:1]]), {}, "region 18.01, period 2025-10, "
         "indicator 'contraceptive_use' stands twice; keep one row."),
        (PLAIN, {"later": "2026"}, "no rows for period '2026'; there is ['2025-10', "
         "'2025-11']."),
        (PLAIN, {"earlier": "2025-11"}, "cannot compare '2025-11' with '2025-11'; "
         "expected two periods in order."),
        (PLAIN, {"as_of": "2025-11"}, "as_of is '2025-11'; expected a period not after "
         "the earlier, '2025-10'."),
        (PLAIN.assign(value=[20, 40, 30, 8, 100 / 3, 55]), {}, "indicator "
         "'contraceptive_use', region 18.02, period 2025-11: value 8 is not 100 x 80 / "
         "100 as elsewhere; correct the row."),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused_with_the_reason(rows, choices, message):
    with pytest.raises(IndicatorError) as caught:
        compare_periods(rows, **choices)
    assert str(caught.value) == message


def test_an_empty_table_is_an_error():
    with pytest.raises(EmptyDataError) as caught:
        compare_periods(PLAIN.iloc[:0])
    assert str(caught.value) == "table has no rows; there is nothing to compare."


counts = st.tuples(st.integers(0, 50), st.integers(1, 80), st.integers(0, 50),
                   st.integers(1, 80))  # fmt: skip


@settings(max_examples=25)
@given(st.lists(counts, min_size=1, max_size=6))
def test_effects_add_up_to_the_change_of_the_ratio_of_sums(rows):
    frame = table(
        *[("2024", f"r{i}", a, b) for i, (a, b, _, _) in enumerate(rows)],
        *[("2025", f"r{i}", c, d) for i, (_, _, c, d) in enumerate(rows)],
    )
    got = compare_periods(frame).decomposition
    a, b, c, d = np.array(rows, dtype=float).sum(axis=0)
    assert got["effect"].sum() == pytest.approx(100 * (c / d - a / b), abs=1e-9)
    np.testing.assert_allclose(got["own_effect"] + got["shift_effect"], got["effect"])


@settings(max_examples=15)
@given(st.lists(counts, min_size=2, max_size=6), st.randoms())
def test_the_order_of_rows_is_nothing(rows, random):
    frame = table(
        *[("2024", f"r{i}", a, b) for i, (a, b, _, _) in enumerate(rows)],
        *[("2025", f"r{i}", c, d) for i, (_, _, c, d) in enumerate(rows)],
    )
    order = random.sample(range(len(frame)), len(frame))
    pd.testing.assert_frame_equal(
        compare_periods(frame.iloc[order]).table, compare_periods(frame).table
    )


def spelled(*periods):
    rows = [(p, "18.01", n) for n, p in enumerate(periods, 1)]
    table = pd.DataFrame(rows, columns=["period", "region_code", "value"])
    return table.assign(indicator="users", numerator=table["value"])


@pytest.mark.parametrize(
    "periods", [("2025-9", "2025-10"), ("Oktober 2025", "November 2025"), ("9", "10")]
)
def test_periods_are_compared_in_the_order_of_time(periods):
    found = compare_periods(spelled(*periods))
    assert found.of("users")["change"].to_dict() == {"18.01": 1.0}
    same = compare_periods(spelled(*periods), earlier=periods[0], later=periods[1])
    assert (same.earlier, same.later) == (found.earlier, found.later)


def test_a_running_sum_is_not_compared_with_a_month():
    table = spelled("2025-01..2025-03", "2025-10", "2025-11")
    found = compare_periods(table)
    assert (found.earlier, found.later) == ("2025-10", "2025-11")
    with pytest.raises(IndicatorError, match="one is a sum over other months"):
        compare_periods(table, earlier="s.d. Maret 2025", later="2025-11")
