"""Broken series: across eras no change, after a jump a question, else nothing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from kkbpk_geo.analysis.change import breaks
from kkbpk_geo.analysis.change.periods import compare_periods


def counts(key, values, **periods):
    """Rows of one count: code -> values, one per period."""
    rows = [
        (period, code, float(value))
        for code, row in values.items()
        for period, value in zip(periods["periods"], row, strict=True)
    ]
    table = pd.DataFrame(rows, columns=["period", "region_code", "value"])
    return table.assign(indicator=key, numerator=table["value"])


def status(key, values, *periods):
    found = compare_periods(counts(key, values, periods=periods)).of(key)
    return found["status"].to_dict()


CITY = {
    "18.71": (110_000, 58_300),
    "18.72": (20_000, 20_400),
    "18.01": (90_000, 91_000),
    "18.02": (80_000, 79_000),
    "18.03": (70_000, 71_500),
}


def test_users_of_two_eras_keep_both_values_and_give_no_change():
    got = compare_periods(counts("users", CITY, periods=("2018", "2022")))
    row = got.of("users").loc["18.01"]
    assert (row["earlier"], row["later"], row["status"]) == (
        90_000,
        91_000,
        "era_break",
    )
    assert np.isnan(row["change"])
    assert np.isnan(row["relative"])
    assert pd.isna(row["rank_change"])
    assert got.decomposition.empty
    assert got.summary().endswith(
        "Peserta KB aktif (PA): tidak dibandingkan. 2022 dibandingkan dengan 2018. "
        "Peserta KB aktif (PA) kedua "
        "periode tidak dapat dibandingkan: dasar peserta KB berganti dari laporan "
        "Statistik Rutin ke Pendataan Keluarga 2021."
    )
    assert "not compared" in got.summary("en")
    assert {line.get_linestyle() for line in got.picture().axes[0].lines} == {"None"}


def test_people_of_two_eras_are_compared_without_a_word():
    got = compare_periods(counts("population", CITY, periods=("2018", "2022")))
    assert got.of("population").loc["18.01", "change"] == 1_000
    assert "dibandingkan:" not in got.summary()
    assert "belum diperiksa" not in got.summary()


def test_what_the_crosswalk_does_not_know_is_compared_and_told():
    got = compare_periods(counts("new_users", CITY, periods=("2018", "2022")))
    assert got.of("new_users").loc["18.01", "change"] == 1_000
    assert (
        "belum diperiksa apakah maknanya tetap: Peserta KB baru (PB)" in got.summary()
    )


def test_a_ratio_is_not_compared_where_its_parts_changed():
    rows = counts("contraceptive_use", CITY, periods=("2018", "2022"))
    rows["denominator"] = 200_000.0
    rows["value"] = 100 * rows["numerator"] / rows["denominator"]
    got = compare_periods(rows).of("contraceptive_use")
    assert set(got["status"]) == {"era_break"}


def test_a_missing_value_stays_missing_across_eras():
    values = {**CITY, "18.04": (np.nan, 10)}
    assert status("users", values, "2018", "2022")["18.04"] == "missing"


def test_a_city_that_lost_half_its_users_in_a_year_is_asked_about():
    got = compare_periods(counts("users", CITY, periods=("2021", "2022")))
    found = got.of("users")
    assert found["status"].to_dict() == {
        "18.01": "ok", "18.02": "ok", "18.03": "ok", "18.71": "level_shift",
        "18.72": "ok",
    }  # fmt: skip
    assert found.loc["18.71", "change"] == -51_700  # its figures stay
    assert (
        "Deret terputus? (sumber berganti) Peserta KB aktif (PA): Kota Bandar Lampung "
        "berubah lebih dari 1,5 kali dalam setahun"
    ) in got.summary()
    assert "Broken series?" in got.summary("en")


def test_a_ratio_asks_about_what_it_is_made_of():
    rows = counts("contraceptive_use", CITY, periods=("2021", "2022"))
    rows["denominator"] = 200_000.0
    rows["value"] = 100 * rows["numerator"] / rows["denominator"]
    got = compare_periods(rows).of("contraceptive_use")["status"]
    assert got[got == "level_shift"].index.tolist() == ["18.71"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [((150, 100), True), ((149, 100), False), ((100, 150), True), ((100, 149), False)],
)
def test_a_shift_is_one_and_a_half_times_up_or_down(values, expected):
    assert breaks.SHIFT == 1.5
    found = status("couples", {"18.01": values}, "2023", "2024")
    assert (found["18.01"] == "level_shift") == expected


@pytest.mark.parametrize(("values", "expected"), [((99, 33), False), ((100, 33), True)])
def test_small_counts_are_not_asked_about(values, expected):
    assert breaks.LEAST == 100
    found = status("couples", {"18.01": values}, "2023", "2024")
    assert (found["18.01"] == "level_shift") == expected


def test_three_neighbours_say_what_is_usual_and_all_of_them_may_be_wrong():
    assert breaks.FEWEST_NEIGHBOURS == 3
    # Three others rose by 40 %: a rise by 60 % does not stand out beside them.
    near = {f"18.0{i}": (1000, 1400) for i in range(1, 4)}
    assert status("bkb_members", {**near, "18.04": (1000, 1600)}, "2023", "2024") == (
        dict.fromkeys(["18.01", "18.02", "18.03", "18.04"], "ok")
    )
    # Two are too few to say.
    few = {code: row for code, row in near.items() if code != "18.03"}
    found = status("bkb_members", {**few, "18.04": (1000, 1600)}, "2023", "2024")
    assert found["18.04"] == "level_shift"
    # Where all fell by half, all are asked about.
    fell = {f"18.0{i}": (1000, 500) for i in range(1, 5)}
    assert set(status("users", fell, "2021", "2022").values()) == {"level_shift"}


def test_a_district_that_moved_as_far_before_is_restless_not_broken():
    values = {"18.01": (1000, 400, 1100, 500), "18.02": (1000, 1000, 1010, 500)}
    rows = counts("users", values, periods=("2022", "2023", "2024", "2025"))
    got = compare_periods(rows, earlier="2024").of("users")["status"]
    assert got.to_dict() == {"18.01": "ok", "18.02": "level_shift"}


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        (("2024", "2025"), True),
        (("2024-11", "2025-11"), True),
        (("2024-Q3", "2025-Q3"), True),
        (("2025-10", "2025-11"), False),  # a month is not judged
        (("2023", "2025"), False),  # nor are two years
    ],
)
def test_only_the_same_part_of_two_years_in_a_row_is_judged(periods, expected):
    found = status("users", {"18.01": (1000, 500)}, *periods)
    assert (found["18.01"] == "level_shift") == expected


@pytest.mark.parametrize("key", ["new_users", "bkb_meetings", "bkb_groups_reporting"])
def test_what_is_done_in_a_time_may_rise_and_fall(key):
    assert status(key, {"18.01": (1000, 500)}, "2023", "2024") == {"18.01": "ok"}


def test_a_figure_of_the_user_is_nobodys_measure():
    found = status("my own", {"18.01": (1000, 500)}, "2018", "2024")
    assert found == {"18.01": "ok"}
    found = status("my own", {"18.01": (1000, 500)}, "2023", "2024")
    assert found == {"18.01": "ok"}
