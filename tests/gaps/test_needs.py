"""Need, supply and gap in whole things; the province's need is its districts' sum."""

import pandas as pd
import pytest

from kkbpk_geo.base.errors import IndicatorError
from kkbpk_geo.catalogue.indicators import Standard
from kkbpk_geo.gaps.needs import active_standards, count_needs

CODES = ["18.01", "18.02", "18.03"]


def standard(**more):
    entry = {
        "key": "officers",
        "theme": "capacity",
        "id": "x",
        "en": "x",
        "base": ("villages",),
        "supply": ("officers",),
        "unit": "petugas",
        "do_id": "tempatkan {gap}",
        "do_en": "assign {gap}",
        "document": "uji",
        "year": 2026,
        "official": False,
        "value": 0.5,
    }
    return Standard(**{**entry, **more})


def needs(columns, **more):
    values = pd.DataFrame(columns, index=CODES).astype("Int64")
    status = values.notna().replace({True: "ok", False: "missing"}).astype(object)
    got = count_needs(values, status, {"officers": standard(**more)}, province="18")
    return got.set_index("region_code")


def test_half_an_officer_is_a_whole_one():
    got = needs({"villages": [5, 4, 1], "officers": [1, 2, 0]})
    assert got["need"].tolist()[:3] == [3, 2, 1]
    assert got["gap"].tolist()[:3] == [2, 0, 1]


def test_a_surplus_in_one_district_does_not_serve_another():
    got = needs({"villages": [10, 10, 10], "officers": [20, 0, 5]})
    assert got.loc["18", ["need", "supply", "gap", "surplus"]].tolist() == [
        15, 25, 5, 15,
    ]  # fmt: skip
    assert got.loc["18", "coverage"] == pytest.approx(10 / 15)


def test_a_missing_supply_is_no_gap_and_no_zero():
    got = needs({"villages": [10, 10, 10], "officers": [5, None, 5]})
    assert pd.isna(got.loc["18.02", "gap"])
    assert got.loc["18.02", "status"] == "missing"
    assert got.loc["18", "status"] == "partial"
    assert got.loc["18", "need"] == 10


def test_no_need_is_no_coverage():
    got = needs({"villages": [0, 10, 10], "officers": [0, 5, 5]})
    assert pd.isna(got.loc["18.01", "coverage"])
    assert got.loc["18.01", "gap"] == 0


def test_floating_point_makes_no_need_of_its_own():
    got = needs({"villages": [100, 1, 1], "officers": [7, 1, 1]}, value=0.07)
    assert got.loc["18.01", "need"] == 7  # 100 * 0.07 is 7.000000000000001


def test_a_limit_counts_what_is_above_it():
    got = needs(
        {"couples": [1000, 1000, 1000], "couples_unmet_need": [100, 74, 20]},
        base=("couples",),
        supply=("couples_unmet_need",),
        value=0.074,
        mode="at_most",
    )
    assert got["gap"].tolist()[:3] == [26, 0, 0]
    assert got.loc["18.01", "coverage"] == pytest.approx(0.74)


def test_the_second_supply_serves_where_the_first_is_absent():
    got = needs(
        {"villages": [3, 3, 3], "bkb_groups": [1, 2, 3]},
        value=1.0,
        supply=("bkb_villages_with_groups", "bkb_groups"),
    )
    assert got["gap"].tolist()[:3] == [2, 1, 0]


def test_a_standard_without_value_is_not_in_use_until_the_user_sets_one():
    assert "service_points" not in active_standards()
    mine = active_standards({"service_points": 0.001, "kit": None, "reporting": 0.95})
    assert mine["service_points"].value == 0.001
    assert mine["service_points"].document == "nilai pengguna"
    assert not any(k.startswith("kit:") for k in mine)
    assert mine["reporting:bkl"].value == 0.95


@pytest.mark.parametrize("value", [-1, float("nan"), float("inf"), True])
def test_a_standard_must_be_a_number_from_zero_up(value):
    with pytest.raises(
        IndicatorError, match=r"'officers' is .*expected a number from 0"
    ):
        active_standards({"officers": value})


def test_an_unknown_standard_is_refused():
    with pytest.raises(IndicatorError, match="unknown standard 'ofisers'"):
        active_standards({"ofisers": 1})
