"""95 % intervals: worked out by hand, on kinks, and against drawing the values anew."""

import math

import numpy as np
import pytest

from kkbpk_geo.analysis.inequality.intervals import intervals
from kkbpk_geo.analysis.inequality.measures import Setting, measure_all, ridits

# 97.5 % of a normal curve lie below.
Z = 1.959963984540054
P = np.array([0.5, 0.25, 0.25])
Y, ERRORS = np.array([40.0, 60.0, 80.0]), np.array([3.0, 1.0, 4.0])


def setting(**choices):
    given = {"better": True, "by_order": False, "reference": None, "upper": None}
    rank = choices.pop("rank", Y)
    return Setting(p=P, x=ridits(P, np.array(rank)), **(given | choices))


def around(value, error):
    return pytest.approx((value - Z * error, value + Z * error), rel=1e-6)


def test_the_difference_is_as_uncertain_as_its_two_ends_together():
    assert intervals(Y, ERRORS, setting())["difference"] == around(40, 5)


def test_a_ratio_has_its_interval_on_the_scale_of_logarithms():
    # errors of the logarithms: 3/40 and 4/80
    error = math.hypot(3 / 40, 4 / 80)
    low, high = intervals(Y, ERRORS, setting())["ratio"]
    assert low == pytest.approx(2 * math.exp(-Z * error))
    assert high == pytest.approx(2 * math.exp(Z * error))


def test_the_concentration_index_is_linear_in_the_values():
    # p(2X-1) with ridits 1/4, 5/8, 7/8: -1/4, 1/16, 3/16
    error = math.hypot(3 / 4, 1 / 16, 3 * 4 / 16)
    assert intervals(Y, ERRORS, setting())["aci"] == around(8.75, error)


def test_the_slope_index_is_linear_in_the_values():
    # p(X-1/2) over .0703125: -1/8, 1/32, 3/32
    error = math.hypot(3 / 8, 1 / 32, 12 / 32) / 0.0703125
    assert intervals(Y, ERRORS, setting())["sii"] == around(4.375 / 0.0703125, error)


def test_theil_and_mld_have_the_slopes_of_their_formulas():
    found = measure_all(Y, setting())
    # dT/dy = p/mean (ln r - T), dMLD/dy = p (1/mean - 1/y)
    theil = P / 55 * (np.log(Y / 55) - found["theil"])
    mld = P * (1 / 55 - 1 / Y)
    got = intervals(Y, ERRORS, setting())
    assert got["theil"] == around(found["theil"], math.hypot(*(theil * ERRORS)))
    assert got["mld"] == around(found["mld"], math.hypot(*(mld * ERRORS)))


def test_attributable_risk_is_the_best_less_the_mean():
    # slopes -1/2, -1/4, 1 - 1/4
    error = math.hypot(1.5, 0.25, 3)
    assert intervals(Y, ERRORS, setting())["par"] == around(25, error)


def test_the_variance_between_regions_counts_what_errors_alone_would_give():
    # Two equal halves at 50 ± 2: BGV = (y1 - y2)²/4, of normal values 2·(σ²)² with
    # σ² = Var(y1 - y2)/4 = 2; so the error is sqrt(2)·2.
    halves = Setting(
        p=np.array([0.5, 0.5]), x=np.array([0.25, 0.75]), better=True, by_order=False,
        reference=None, upper=None,
    )  # fmt: skip
    got = intervals(np.array([50.0, 50.0]), np.array([2.0, 2.0]), halves)
    assert got["bgv"] == around(0, 2 * math.sqrt(2))


def test_where_two_share_the_highest_value_the_difference_has_no_normal_interval():
    got = intervals(np.array([40.0, 80.0, 80.0]), ERRORS, setting())
    assert math.isnan(got["difference"][0])
    assert math.isnan(got["difference"][1])
    assert got["aci"][0] < got["aci"][1]


def test_a_risk_at_its_limit_has_no_interval():
    # The most advantaged region is below the mean: no gain, whatever the noise.
    got = intervals(Y, ERRORS, setting(by_order=True, rank=[3, 2, 1]))
    assert math.isnan(got["par"][0])


def test_mean_differences_are_simulated_and_the_same_every_time():
    one, two = (intervals(Y, ERRORS, setting(reference=1)) for _ in range(2))
    for key in ("mdbw", "mdbu", "mdmw", "mdmu", "mdrw", "mdru", "idisw", "idisu"):
        assert one[key] == two[key]
        assert one[key][0] < measure_all(Y, setting(reference=1))[key] < one[key][1]
    # |y1 - y2| and |y3 - y2| with half and a quarter of the people: slopes -1/2, 1/4,
    # 1/4 of errors 3, 1, 4
    error = math.hypot(1.5, 0.25, 1)
    low, high = one["mdrw"]
    assert (high - low) / (2 * Z) == pytest.approx(error, rel=0.05)


def test_no_error_is_no_width():
    got = intervals(Y, np.zeros(3), setting())
    for key in ("difference", "ratio", "aci", "mdmw"):
        low, high = got[key]
        assert low == pytest.approx(high)
        assert low == pytest.approx(measure_all(Y, setting())[key])


def test_the_ends_of_a_stated_order_are_as_uncertain_as_both_together():
    got = intervals(Y, ERRORS, setting(by_order=True, rank=[2, 3, 1]))
    # 60 ± 1 over 80 ± 4
    assert got["order_difference"] == around(-20, math.hypot(1, 4))
    error = math.hypot(1 / 60, 4 / 80)
    assert got["order_ratio"][1] == pytest.approx(0.75 * math.exp(Z * error))


def test_intervals_of_smooth_measures_are_those_of_values_drawn_anew():
    rng = np.random.default_rng(1)
    drawn = rng.normal(Y, ERRORS / 10, (4000, 3))
    many = [measure_all(y, setting()) for y in drawn]
    got = intervals(Y, ERRORS / 10, setting())
    for key in ("cov", "bgsd", "bgv", "gini", "rci", "rii", "paf"):
        spread = np.std([found[key] for found in many])
        assert (got[key][1] - got[key][0]) / (2 * Z) == pytest.approx(spread, rel=0.05)
