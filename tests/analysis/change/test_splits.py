"""Districts are traced to the one that held their territory; sums are kept."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from kkbpk_geo.analysis.change.splits import (
    ancestor,
    families,
    founded_shortly_before,
    roll_up_splits,
)


def test_a_district_is_traced_to_the_one_that_held_its_territory():
    assert ancestor("18.10", "1996") == "18.01"  # Pringsewu < Tanggamus < Lampung Sel.
    assert ancestor("18.10", "2008") == "18.06"
    assert ancestor("18.10", "2009") == "18.10"
    assert ancestor("18.10", "2009-03") == "18.06"
    assert ancestor("18.10", "2009-04") == "18.10"
    assert ancestor("99.99", "1950") == "99.99"


def test_the_five_splits_since_2007_are_in_the_register():
    codes = [f"18.{i:02d}" for i in range(1, 14)]
    assert families(codes, "2006") == {
        "18.01": ("18.01", "18.09"),
        "18.04": ("18.04", "18.13"),
        "18.05": ("18.05", "18.11", "18.12"),
        "18.06": ("18.06", "18.10"),
    }
    assert families(codes, "2025") == {}


def test_two_years_after_its_founding_a_district_is_no_longer_new():
    # Pringsewu was inaugurated in April 2009.
    assert founded_shortly_before("18.10", "2009-04")
    assert founded_shortly_before("18.10", "2011-04")
    assert not founded_shortly_before("18.10", "2011-05")
    assert not founded_shortly_before("18.10", "2009-03")


@settings(max_examples=25)
@given(
    st.lists(st.integers(0, 1000), min_size=15, max_size=15),
    st.sampled_from(["1995", "1998", "2006", "2008", "2011", "2020"]),
)
def test_rolling_up_conserves_every_sum(numbers, as_of):
    codes = [f"18.{i:02d}" for i in range(1, 14)] + ["18.71", "18.72"]
    rows = pd.DataFrame({"region_code": codes, "numerator": numbers})
    rows = rows.assign(period="2025", indicator="users", denominator=2000)
    groups = families(codes, as_of)
    inside = {code for members in groups.values() for code in members}
    rolled = roll_up_splits(rows, groups)
    kept = rows[~rows["region_code"].isin(inside)]
    assert rolled["numerator"].sum() + kept["numerator"].sum() == sum(numbers)
    assert rolled["denominator"].sum() + kept["denominator"].sum() == 15 * 2000
