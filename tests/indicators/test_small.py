"""Small counts of persons in a joined table: below the district, and sums kept."""

import pandas as pd
import pytest

from kkbpk_geo.base.errors import IndicatorError
from kkbpk_geo.indicators.ratios import compute_indicators
from kkbpk_geo.indicators.small import hide_small
from kkbpk_geo.joining.model import Joined

# Two districts with three kecamatan each, and one that is alone in its district.
CODES = [
    "18.01.01", "18.01.02", "18.01.03", "18.02.01", "18.02.02", "18.02.03", "18.03.01",
]  # fmt: skip


def joined(columns, periods=("2025",), level="kecamatan", codes=CODES):
    index = pd.MultiIndex.from_product(
        [list(periods), codes], names=["period", "region_code"]
    )
    values = pd.DataFrame(columns, index=index).astype("Int64")
    words = values.notna().replace({True: "ok", False: "missing"}).astype(object)
    return Joined(
        values=values,
        status=words,
        unplaced=pd.DataFrame(),
        ledger=pd.DataFrame(),
        conflicts=pd.DataFrame(),
        silent=pd.DataFrame(),
        sources={},
        names=dict.fromkeys(codes, "x"),
        level=level,
        province_code="18",
        province_name="Lampung",
    )


def states(found, column):
    """Status by the last digits of a code, of what is not simply there."""
    words = found.status[column].droplevel("period")
    return {code[-5:]: word for code, word in words.items() if word != "ok"}


USERS = [3, 20, 40, 50, 60, 70, 80]


def test_a_small_count_of_persons_is_hidden_with_one_of_its_own_district():
    found = hide_small(joined({"users": USERS}))
    assert states(found, "users") == {"01.01": "few_persons", "01.02": "suppressed"}
    assert found.values["users"].isna().tolist() == [True, True] + [False] * 5


def test_the_limit_is_four_persons_unless_said_otherwise():
    assert states(hide_small(joined({"users": [4, *USERS[1:]]})), "users")["01.01"]
    assert states(hide_small(joined({"users": [5, *USERS[1:]]})), "users") == {}
    assert states(hide_small(joined({"users": [5, *USERS[1:]]}), 10), "users")
    assert hide_small(joined({"users": USERS}), 10).limit == 10


def test_a_limit_of_zero_hides_nothing():
    given = joined({"users": USERS})
    assert hide_small(given, 0) is given


@pytest.mark.parametrize("limit", [1, 2, -1])
def test_a_limit_that_would_name_the_number_is_refused(limit):
    with pytest.raises(IndicatorError, match=f"limit is {limit}; expected 0"):
        hide_small(joined({"users": USERS}), limit)


@pytest.mark.parametrize("level", ["kabkota", "provinsi"])
def test_districts_and_provinces_keep_every_number(level):
    given = joined({"users": USERS}, level=level)
    assert hide_small(given) is given


@pytest.mark.parametrize(
    "column", ["bkb_groups", "facilities", "officers", "bkb_cadres", "villages"]
)
def test_groups_places_and_who_works_in_public_are_no_private_persons(column):
    assert states(hide_small(joined({column: USERS})), column) == {}


@pytest.mark.parametrize(
    "column",
    ["couples", "users", "families", "population", "bkb_children_attending",
     "bkl_elderly_attending", "bkb_members"],
)  # fmt: skip
def test_couples_users_families_and_members_are_persons(column):
    assert states(hide_small(joined({column: USERS})), column)["01.01"] == "few_persons"


def test_villages_are_protected_within_their_kecamatan():
    villages = [f"18.01.01.200{i}" for i in range(3)]
    villages += [f"18.01.02.200{i}" for i in range(3)]
    given = joined({"users": [2, 9, 30, 6, 7, 8]}, level="desa", codes=villages)
    found = states(hide_small(given), "users")
    assert found == {".2000": "few_persons"} | {".2001": "suppressed"}


def test_who_is_alone_in_a_district_is_protected_from_the_provinces_total():
    codes = ["18.01.01", "18.01.02", "18.02.01", "18.03.01"]
    given = joined({"users": [30, 40, 2, 50]}, codes=codes)
    # 18.02 and 18.03 have one kecamatan each; together they are what is left over.
    assert states(hide_small(given), "users") == {
        "02.01": "few_persons",
        "03.01": "suppressed",
    }


METHODS = {
    "users_iud": [9, 30, 40, 50, 60, 70, 80],
    "users_implant": [20, 20, 20, 20, 20, 20, 20],
    "users_female_sterilisation": [7, 30, 30, 30, 30, 30, 30],
    "users_male_sterilisation": [2, 12, 14, 15, 16, 17, 18],
}


def test_a_method_is_not_what_is_left_of_the_sum_of_methods():
    found = hide_small(joined(METHODS))
    hidden = found.values.isna().loc[("2025", "18.01.01")]
    # users_long_acting = 38 is a sum of them: a second method is hidden with the 2.
    assert not hidden["users_long_acting"]
    assert found.values.loc[("2025", "18.01.01"), "users_long_acting"] == 38
    assert hidden.sum() == 2
    assert states(found, "users_male_sterilisation")["01.01"] == "few_persons"


def test_a_ratio_of_a_hidden_count_is_hidden_with_its_reason():
    given = joined({"users": USERS, "couples": [100] * 7})
    table = compute_indicators(hide_small(given), only=["contraceptive_use"])
    first = table.set_index("region_code").loc["18.01.01"]
    assert first["status"] == "few_persons"
    assert pd.isna(first["value"])
    assert pd.isna(first["numerator"])
    assert first["denominator"] == 100
    assert table.set_index("region_code").loc["18.01.02", "status"] == "suppressed"


def test_the_provinces_value_is_made_of_all_numbers():
    given = joined({"users": USERS, "couples": [100] * 7})
    table = compute_indicators(hide_small(given), only=["contraceptive_use"])
    province = table.set_index("region_code").loc["18"]
    assert province["numerator"] == sum(USERS)
    assert province["denominator"] == 700
    assert province["status"] == "ok"


def test_a_count_that_is_in_one_sum_of_the_province_only_is_in_none():
    # Unmet need is not known of the first: its couples would be the difference between
    # the province's couples of the two indicators.
    given = joined(
        {
            "users": [20] * 7,
            "couples": [3, 100, 200, 300, 400, 500, 600],
            "couples_unmet_need": [None, 10, 10, 10, 10, 10, 10],
        }
    )
    keys = ["contraceptive_use", "unmet_need"]
    table = compute_indicators(hide_small(given), only=keys)
    rows = table[table["region_code"].eq("18")].set_index("indicator")
    assert rows.loc["contraceptive_use", "denominator"] == 2103
    # Without the 3 and without the 100 that is hidden beside it.
    assert rows.loc["unmet_need", "denominator"] == 2000
    assert rows.loc["unmet_need", "status"] == "partial"


def test_a_number_that_stands_in_several_months_is_hidden_in_all_of_them():
    # The yearly 20 couples of the second are hidden in January only for the 3; were
    # they shown in February, January's 3 could be worked out.
    given = joined(
        {"couples": [3, 20, 90, *[99] * 4, 8, 20, 90, *[99] * 4]},
        ("2025-01", "2025-02"),
    )
    hidden = hide_small(given).values["couples"].isna()
    assert hidden.loc[("2025-01", "18.01.01")]
    assert hidden.loc[("2025-01", "18.01.02")]
    assert hidden.loc[("2025-02", "18.01.02")]
    # There the 20 must not be left over either.
    assert hidden.loc["2025-02"].sum() == 2


def test_hiding_twice_is_hiding_once():
    once = hide_small(joined({"users": USERS}))
    assert hide_small(once) is once


def test_whole_numbers_stay_whole():
    assert str(hide_small(joined({"users": USERS})).values["users"].dtype) == "Int64"


VILLAGES = [
    "18.01.01.2001", "18.01.01.2002", "18.01.02.2001", "18.01.02.2002",
    "18.01.03.2001", "18.01.03.2002",
]  # fmt: skip


def test_a_count_that_is_hidden_above_is_not_added_up_from_its_villages():
    kecamatan = joined({"users": [3, 20, 40]}, codes=CODES[:3])
    above = hide_small(kecamatan)
    # 20 is hidden beside the 3; its villages 8 and 12 would add up to it.
    assert states(above, "users") == {"01.01": "few_persons", "01.02": "suppressed"}
    given = joined({"users": [3, 0, 8, 12, 15, 25]}, level="desa", codes=VILLAGES)
    alone = hide_small(given).values["users"].isna().tolist()
    beside = hide_small(given, above=above).values["users"].isna().tolist()
    assert alone == [True, True, False, False, False, False]
    assert beside == [True, True, True, True, False, False]


def test_of_a_count_hidden_above_the_least_part_with_room_both_ways_is_hidden():
    codes = [*VILLAGES[:4], "18.01.02.2003", "18.01.02.2004"]
    above = hide_small(joined({"users": [3, 39, 40]}, codes=CODES[:3]))
    given = joined({"users": [3, 0, 0, 5, 16, 18]}, level="desa", codes=codes)
    found = hide_small(given, above=above).values["users"].isna().tolist()
    assert found[2:] == [False, False, True, True]
