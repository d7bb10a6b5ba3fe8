"""Results against targets: missing months are not zero, and the province is a sum."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kkbpk_geo.analysis.achievement import (
    measure_achievement,
    prorated_target,
    results_by_month,
)
from kkbpk_geo.base.errors import CellError, EmptyDataError, IndicatorError
from kkbpk_geo.joining.model import Joined

MONTHS = ["2025-01", "2025-02", "2025-03"]
FLOW = pd.DataFrame(
    [[10, 10, 10], [5, np.nan, 5], [1, 2, 3], [np.nan] * 3],
    index=["18.01", "18.02", "18.03", "18.04"],
    columns=MONTHS,
)
TARGETS = pd.Series({"18.01": 120, "18.02": 60, "18.03": 240, "18.04": 10})


def test_months_add_up_and_the_target_is_pro_rated():
    row = measure_achievement(FLOW, TARGETS).table.loc["18.01"]
    assert row["result"] == 30
    assert row["achievement"] == 25
    assert row["prorata_target"] == 30
    assert row["prorata_achievement"] == 100
    assert row["status"] == "on_track"
    assert row["forecast"] == 120
    assert row["needed_per_month"] == 10


def test_a_month_without_report_is_not_held_against_the_region():
    row = measure_achievement(FLOW, TARGETS).table.loc["18.02"]
    assert (row["months_reported"], row["months_due"]) == (2, 3)
    assert row["prorata_target"] == 10  # 60 x 2 / 12
    assert row["prorata_achievement"] == 100
    assert not row["complete"]
    assert row["forecast"] == 60  # 10 + 5 a month for the ten others


def test_a_region_without_any_report_is_missing_not_behind():
    row = measure_achievement(FLOW, TARGETS).table.loc["18.04"]
    assert row["status"] == "missing"
    assert np.isnan(row["result"])
    assert np.isnan(row["prorata_achievement"])


def test_the_forecast_has_the_weakest_and_the_strongest_month_as_its_range():
    row = measure_achievement(FLOW, TARGETS).table.loc["18.03"]
    assert row["status"] == "behind"
    assert (row["forecast_low"], row["forecast"], row["forecast_high"]) == (15, 24, 33)


def test_through_stops_the_count():
    row = measure_achievement(FLOW, TARGETS, through="2025-02").table.loc["18.03"]
    assert (row["result"], row["months_due"]) == (3, 2)


def test_another_years_months_do_not_count():
    with_last_year = FLOW.assign(**{"2024-12": 1000.0})
    assert (
        measure_achievement(with_last_year, TARGETS).table.loc["18.01", "result"] == 30
    )


@pytest.mark.parametrize(
    ("result", "expected"),
    [(120, "reached"), (30, "on_track"), (27, "near"), (26.9, "behind")],
)
def test_classes_follow_the_bands(result, expected):
    frame = pd.DataFrame([[0, 0, result]], index=["18.01"], columns=MONTHS)
    got = measure_achievement(frame, pd.Series({"18.01": 120}))
    assert got.table.loc["18.01", "status"] == expected


def test_bands_are_the_users():
    got = measure_achievement(FLOW, TARGETS, bands=(50, 10)).table
    assert got.loc["18.03", "status"] == "near"  # 6 of 60


def test_a_target_of_nothing_is_no_target():
    got = measure_achievement(FLOW, pd.Series({"18.01": 0, "18.02": None}))
    assert got.districts["status"].tolist() == ["no_target"] * 4
    assert got.table["achievement"].isna().all()


def test_cumulative_months_hold_the_year_so_far():
    frame = pd.DataFrame(
        [[10, 25, 30], [10, np.nan, 30]], index=["18.01", "18.02"], columns=MONTHS
    )
    got = measure_achievement(frame, TARGETS[:2], kind="cumulative").table
    assert got.loc["18.01", ["result", "months_reported"]].tolist() == [30, 3]
    # steps 10, 15, 5
    assert got.loc["18.01", ["forecast_low", "forecast", "forecast_high"]].tolist() == [
        75, 120, 165,
    ]  # fmt: skip
    # the blank month lies inside the 20 between 10 and 30
    assert got.loc["18.02", ["months_reported", "forecast"]].tolist() == [3, 120]


def test_a_cumulative_number_that_falls_is_refused():
    frame = pd.DataFrame([[10, 8, 30]], index=["18.01"], columns=MONTHS)
    with pytest.raises(CellError) as caught:
        measure_achievement(frame, TARGETS[:1], kind="cumulative")
    assert str(caught.value) == (
        "results: row 18.01, column 'month 2' is 8.0; expected a cumulative number not "
        "below the one before. Correct it, or use kind='flow' if months stand alone."
    )


def test_a_stock_stands_against_the_whole_target():
    frame = pd.DataFrame(
        [[90, 92, 94], [50, np.nan, np.nan]], index=["18.01", "18.02"], columns=MONTHS
    )
    targets = pd.Series({"18.01": 100, "18.02": 100})
    got = measure_achievement(frame, targets, kind="stock").table
    assert got.loc["18.01", ["result", "prorata_achievement"]].tolist() == [94, 94]
    assert got.loc["18.01", "status"] == "near"
    assert got.loc["18.01", "forecast"] == 112  # two more a month for nine months
    assert np.isnan(got.loc["18.02", "forecast"])  # one month shows no direction


def test_the_province_is_the_sum_of_its_districts():
    whole = FLOW.iloc[:3]
    got = measure_achievement(whole, TARGETS[:3])
    row = got.table.loc["18"]
    assert row["result"] == 46
    assert row["target"] == 420
    assert row["forecast"] == 120 + 60 + 24
    # months as the targets weigh them: (120 x 3 + 60 x 2 + 240 x 3) / 420
    assert row["months_reported"] == pytest.approx(1200 / 420)
    assert row["prorata_target"] == pytest.approx(30 + 10 + 60)
    assert list(got.wide.index) == ["18.01", "18.02", "18.03"]


def test_a_provinces_own_target_is_compared_with_the_sum_of_its_districts():
    stated = pd.concat([TARGETS[:3], pd.Series({"18": 500})])
    got = measure_achievement(FLOW.iloc[:3], stated)
    assert got.table.loc["18", "target"] == 500
    assert (got.districts_target, got.difference) == (420, -80)
    assert got.summary().endswith(
        "Lampung: 46 dari 500 (9,2 %); perkiraan akhir tahun dengan laju rata-rata "
        "sejauh ini 204 (antara 195 dan 213). Jumlah sasaran kabupaten/kota 420, "
        "sasaran provinsi 500: selisih -80."
    )


def test_a_missing_target_makes_the_sum_of_targets_missing_not_smaller():
    got = measure_achievement(FLOW, TARGETS[:3])
    assert np.isnan(got.districts_target)
    assert np.isnan(got.table.loc["18", "target"])


def test_the_summary_names_every_class_and_who_is_late():
    got = measure_achievement(FLOW, TARGETS)
    assert got.summary().startswith(
        "Capaian sampai Maret 2025 terhadap sasaran prorata (sesuai jalur ≥ 100 %, "
        "mendekati ≥ 90 %; batas usulan). Sesuai jalur (2): Lampung Selatan, Lampung "
        "Tengah. Tertinggal (1): Lampung Utara. Tidak ada data (1): Lampung Barat. Ada "
        "bulan yang belum dilaporkan (2): Lampung Tengah, Lampung Barat; dinilai atas "
        "bulan yang dilaporkan. Lampung: 46 dari 430 (10,7 %); "
    )
    assert got.summary("en").startswith("Results through March 2025 against the")
    assert "<table" in got._repr_html_()


def test_the_picture_has_a_bar_for_every_district_with_a_result():
    axes = measure_achievement(FLOW, TARGETS).picture().axes[0]
    assert [t.get_text() for t in axes.get_yticklabels()] == [
        "Lampung Selatan", "Lampung Tengah", "Lampung Utara",
    ]  # fmt: skip


def test_a_target_is_pro_rated_by_month():
    assert prorated_target(1200, 3) == 300
    with pytest.raises(IndicatorError) as caught:
        prorated_target(1200, 13)
    assert str(caught.value) == "month is 13; expected 1 to 12."


def test_a_joined_gives_a_measure_by_month():
    index = pd.MultiIndex.from_product(
        [["2025-01", "2025-02"], ["18.02", "18.01"]], names=["period", "region_code"]
    )
    values = pd.DataFrame({"new_users": [1, 2, None, 4]}, index, dtype="Int64")
    nothing = pd.DataFrame()
    joined = Joined(
        values=values, status=nothing, unplaced=nothing, ledger=nothing,
        conflicts=nothing, silent=nothing, sources={},
        names={"18.01": "A", "18.02": "B"}, level="kabkota", province_code="18",
        province_name="Lampung",
    )  # fmt: skip
    got = results_by_month(joined, "new_users")
    assert got.loc["18.01"].tolist() == [2, 4]
    assert pd.isna(got.loc["18.02", "2025-02"])
    with pytest.raises(IndicatorError) as caught:
        results_by_month(joined, "users")
    assert str(caught.value) == "no table gives 'users'; there is ['new_users']."


@pytest.mark.parametrize(
    ("results", "targets", "choices", "message"),
    [
        (FLOW, TARGETS, {"kind": "level"}, "kind is 'level'; expected one of flow, "
         "cumulative, stock."),
        (FLOW, TARGETS, {"bands": (80, 90)}, "bands are (80, 90); expected (on track, "
         "near), the first not below."),
        (FLOW, TARGETS, {"through": "2025-04"}, "through is '2025-04'; results have "
         "['2025-01', '2025-02', '2025-03']."),
        (FLOW.rename(columns={"2025-03": "Maret"}), TARGETS, {}, "results have the "
         "column 'Maret'; expected months, YYYY-MM."),
        (FLOW.iloc[:2], TARGETS, {}, "targets name ['18.03', '18.04'], which have no "
         "results; add a row, even empty."),
        (pd.concat([FLOW, FLOW.iloc[:1].rename({"18.01": "18"})]), TARGETS, {},
         "results hold the province's row '18'; its result is the sum of its "
         "districts. Drop it."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_the_reason(
    results, targets, choices, message
):
    with pytest.raises(IndicatorError) as caught:
        measure_achievement(results, targets, **choices)
    assert str(caught.value) == message


def test_negative_numbers_and_no_numbers_are_errors():
    with pytest.raises(CellError) as caught:
        measure_achievement(FLOW.replace({5: -5}), TARGETS)
    assert str(caught.value) == (
        "results: row 18.02, column '2025-01' is -5.0; expected a number from 0 up. "
        "Correct the cell or leave it empty."
    )
    with pytest.raises(EmptyDataError) as empty:
        measure_achievement(FLOW.iloc[3:], TARGETS[3:])
    assert str(empty.value) == (
        "results hold no number at all; there is nothing to compare."
    )


months = st.lists(st.none() | st.integers(0, 30), min_size=3, max_size=3)


@settings(max_examples=25)
@given(st.lists(months, min_size=1, max_size=5), st.integers(1, 500))
def test_laws_of_achievement(rows, target):
    codes = [f"18.{i:02d}" for i in range(1, len(rows) + 1)]
    frame = pd.DataFrame(rows, index=codes, columns=MONTHS, dtype=float)
    targets = pd.Series(target, index=codes)
    if frame.isna().all(axis=None):
        return
    got = measure_achievement(frame, targets)
    own = got.districts
    assert got.table.loc["18", "result"] == own["result"].sum()  # nothing lost
    assert (own["result"].isna() == frame.isna().all(axis=1)).all()
    known = own.dropna(subset=["forecast"])
    assert (known["forecast_low"] <= known["forecast"] + 1e-9).all()
    assert (known["forecast"] <= known["forecast_high"] + 1e-9).all()
    assert (known["result"] <= known["forecast_low"]).all()
