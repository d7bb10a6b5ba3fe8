"""Need, supply and gap in whole things; the province's need is its districts' sum."""

import pandas as pd
import pytest

from kkbpk_geo.base.errors import IndicatorError
from kkbpk_geo.catalogue.indicators import Standard
from kkbpk_geo.gaps.needs import NEED_COLUMNS, active_standards, count_needs

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
    got = needs({"villages": [0, 2, 10], "officers": [0, 1, 5]})
    assert pd.isna(got.loc["18.01", "coverage"])
    assert got.loc["18.02", ["need", "coverage"]].tolist() == [1, 1]
    assert got.loc["18.01", "gap"] == 0


def test_a_standard_of_nothing_needs_nothing():
    got = needs({"villages": [5, 4, 1], "officers": [1, 0, 3]}, value=0.0)
    assert got["need"].tolist() == [0, 0, 0, 0]
    assert got["surplus"].tolist() == [1, 0, 3, 4]


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


def counted(in_use, columns, status=None, province="18", codes=CODES):
    values = pd.DataFrame(columns, index=codes).astype("Int64")
    words = values.notna().replace({True: "ok", False: "missing"}).astype(object)
    words.update(pd.DataFrame(status or {}, index=codes))
    return count_needs(values, words, in_use, province=province, period="2025-11")


def test_each_service_has_its_regions_in_map_order_and_then_the_province():
    got = counted(
        {
            "officers": standard(),
            "absent": standard(supply=("kampung_kb_groups",)),
            "baseless": standard(base=("couples",)),
            "volunteers": standard(supply=("volunteers",), value=1.0, unit="kader"),
        },
        {"villages": [10, 20, 4], "officers": [5, 2, 9], "volunteers": [10, None, 1]},
    )
    # officers: half of the villages; volunteers: one for each
    rows = [
        ("18.01", "officers", 5, 5, 0, 0, 1.0, "ok", "petugas"),
        ("18.02", "officers", 10, 2, 8, 0, 0.2, "ok", "petugas"),
        ("18.03", "officers", 2, 9, 0, 7, 1.0, "ok", "petugas"),
        ("18", "officers", 17, 16, 8, 7, 9 / 17, "ok", "petugas"),
        ("18.01", "volunteers", 10, 10, 0, 0, 1.0, "ok", "kader"),
        ("18.02", "volunteers", 20, None, None, None, None, "missing", "kader"),
        ("18.03", "volunteers", 4, 1, 3, 0, 0.25, "ok", "kader"),
        ("18", "volunteers", 14, 11, 3, 0, 11 / 14, "partial", "kader"),
    ]
    expected = pd.DataFrame(
        [("2025-11", *row, row[1]) for row in rows],
        columns=[
            "period", "region_code", "service", "need", "supply", "gap", "surplus",
            "coverage", "status", "unit", "standard",
        ],
    )  # fmt: skip
    pd.testing.assert_frame_equal(got, expected, check_dtype=False)
    assert count_needs(
        pd.DataFrame({"villages": [1], "officers": [1]}, index=["18.01"]),
        pd.DataFrame({"villages": ["ok"], "officers": ["ok"]}, index=["18.01"]),
        {"officers": standard()}, province="18",
    )["period"].tolist() == ["", ""]  # fmt: skip
    assert got.dtypes[["need", "supply", "gap", "surplus"]].eq("Int64").all()


def test_a_province_of_which_nothing_is_known_is_missing():
    got = counted(
        {"officers": standard(base=("villages", "hamlets"), value=1.0)},
        {"villages": [1, None, 1], "hamlets": [1, 1, None], "officers": [None, 1, 1]},
    )
    last = got.iloc[-1]
    assert last[["need", "supply", "gap", "surplus", "coverage"]].isna().all()
    assert (last["region_code"], last["status"]) == ("18", "missing")


def test_a_need_is_as_sure_as_its_least_sure_part():
    status = {"officers": ["ok", "partial", "ok"], "villages": ["partial", "ok", "ok"]}
    got = counted(
        {"officers": standard()},
        {"villages": [4, 4, 4], "officers": [2, 2, 2]}, status,
    )  # fmt: skip
    assert got["status"].tolist() == ["partial", "partial", "ok", "partial"]
    assert got["need"].tolist() == [2, 2, 2, 6]
    status = {"villages": ["not_reported", "not_yet_founded", "missing"]}
    got = counted(
        {"officers": standard()},
        {"villages": [None] * 3, "officers": [2, 2, 2]}, status,
    )  # fmt: skip
    assert got["status"].tolist() == [
        "not_reported", "not_yet_founded", "missing", "missing",
    ]  # fmt: skip


def test_a_map_of_provinces_has_no_second_row_of_the_province():
    got = counted(
        {"officers": standard()}, {"villages": [4, 8], "officers": [2, 2]},
        codes=["17", "18"],
    )  # fmt: skip
    assert got["region_code"].tolist() == ["17", "18"]
    assert got["gap"].tolist() == [0, 2]


def test_a_base_of_several_measures_is_their_sum():
    got = needs(
        {"villages": [1, 2, 3], "hamlets": [3, 3, 3], "officers": [0, 2, 9]},
        base=("villages", "hamlets"),
    )
    # half of 4, 5 and 6, rounded up
    assert got["need"].tolist()[:3] == [2, 3, 3]
    assert got["gap"].tolist()[:3] == [2, 1, 0]


def test_a_limit_is_rounded_down_and_its_room_is_a_surplus():
    got = needs(
        {"couples": [100, 99, 10], "couples_unmet_need": [9, 7, 0]},
        base=("couples",),
        supply=("couples_unmet_need",),
        value=0.075,
        mode="at_most",
    )
    # 7.5, 7.425 and 0.75 may remain: 7, 7 and none
    assert got["supply"].tolist()[:3] == [7, 7, 0]
    assert got["gap"].tolist() == [2, 0, 0, 2]
    assert got["surplus"].tolist() == [0, 0, 0, 0]


def test_no_service_with_numbers_is_an_empty_table_with_its_columns():
    got = counted({"officers": standard()}, {"villages": [1, 1, 1]})
    assert got.empty
    assert list(got) == list(NEED_COLUMNS)


def test_a_standard_of_ones_own_stands_beside_those_of_the_catalogue():
    mine = active_standards({"cars": standard(key="cars"), "reporting:bkb": 0})
    assert mine["cars"].value == 0.5
    assert "officers" in mine
    changed = mine["reporting:bkb"]
    assert (changed.value, changed.official, changed.checked, changed.in_force) == (
        0, False, True, True,
    )  # fmt: skip
    assert mine["reporting:bkr"].value == 1
    # The catalogue says of this one: of a regulation, not read. A user's is neither.
    assert (mine["kampung_kb"].official, mine["kampung_kb"].checked) == (True, False)
    own = active_standards({"kampung_kb": 0.5})["kampung_kb"]
    assert (own.official, own.checked, own.value) == (False, True, 0.5)
    # And this one is no longer in force; a value of today's user is.
    assert not mine["officers"].in_force
    assert active_standards({"officers": 0.4})["officers"].in_force


def test_a_refusal_of_a_standard_names_it_and_those_that_are_known():
    with pytest.raises(IndicatorError) as caught:
        active_standards({"office": 1})
    said = str(caught.value)
    assert said.startswith("unknown standard 'office'; known: ['contraceptive_use', ")
    assert said.endswith("'village_volunteers', 'young_couples'].")
    with pytest.raises(IndicatorError) as caught:
        active_standards({"kit": -0.5})
    assert str(caught.value) == (
        "standard 'kit:bkb' is -0.5; expected a number from 0 up."
    )
