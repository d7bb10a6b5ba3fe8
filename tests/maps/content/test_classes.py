import math
import re
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.maps.content.classes import classify
from kkbpk_geo.maps.content.palettes import COOL, WARM, colours_for, lightness, ramp

METHODS = ("quantile", "equal", "jenks", "std")
values = st.lists(
    st.none() | st.just(math.nan) | st.just(math.inf) | st.floats(-1e6, 1e6),
    max_size=40,
)


def test_quantiles_hold_equal_counts_and_the_roundest_break_is_taken():
    found = classify([48.0, 51.9, 58.5, 60.2, 63.3, 71.4], digits=1, k=3)
    assert found.breaks == (55.0, 62.0)
    assert found.counts([48.0, 51.9, 58.5, 60.2, 63.3, 71.4]) == (2, 2, 2)
    assert found.labels("id") == ("48,0 – 54,9", "55,0 – 61,9", "62,0 – 71,4")
    assert found.labels("en") == ("48.0 – 54.9", "55.0 – 61.9", "62.0 – 71.4")


def test_equal_steps_cut_the_range_evenly():
    assert classify([0, 1, 2, 30], digits=0, method="equal", k=3).breaks == (10, 20)


def test_jenks_finds_the_gaps_that_anyone_would_draw():
    found = classify([1, 2, 3, 50, 51, 52, 98, 99], digits=0, method="jenks", k=3)
    assert found.counts([1, 2, 3, 50, 51, 52, 98, 99]) == (3, 3, 2)


def test_standard_deviations_are_centred_on_the_mean():
    # mean 5, standard deviation 5: breaks at 0 (outside), 5 and 10 (equal to the top)
    assert classify([0, 10], digits=0, method="std", k=2).breaks == (5,)


def test_a_standard_deviation_is_over_n_minus_one_as_in_the_index():
    # Mean 3; squares sum to 10: sqrt(10 / 4) = 1.58, not sqrt(10 / 5) = 1.41.
    found = classify([1, 2, 3, 4, 5], digits=1, method="std", k=4)
    assert found.breaks == (1.4, 3.0, 4.6)


def test_fixed_breaks_are_kept_even_where_a_class_is_empty():
    found = classify([60, 70], digits=0, method="fixed", breaks=(50, 65, 90))
    assert found.labels() == ("< 50", "50 – 64", "65 – 89", "≥ 90")
    assert found.counts([60, 70, 65]) == (0, 1, 2, 0)


@pytest.mark.parametrize(("n", "k"), [(3, 3), (7, 3), (8, 4), (11, 4), (15, 5)])
def test_few_regions_get_few_classes(n, k):
    assert classify(range(n), digits=0).k == k


def test_values_all_equal_are_one_class_with_one_number():
    found = classify([7.0, 7.0, None], digits=0)
    assert (found.k, found.labels(), found.breaks) == (1, ("7",), ())


def test_nothing_known_is_no_class_and_no_colour():
    found = classify([None, math.nan, math.inf, -math.inf])
    assert (found.k, found.colours, found.labels(), found.low) == (0, (), (), None)
    assert found.index(1.0) is None


def test_a_value_is_classed_as_it_is_shown():
    found = classify([0.0, 49.96, 60.0], digits=1, method="fixed", breaks=(50.0,))
    assert found.index(49.96) == 1  # it is shown as 50,0
    assert found.index(49.94) == 0


def test_dark_is_where_attention_is_needed():
    better, worse = colours_for(4, "better"), colours_for(4, "worse")
    assert lightness(better[0]) < lightness(better[-1])
    assert better == worse[::-1]
    assert lightness(colours_for(4, "context")[0]) > lightness(
        colours_for(4, "context")[-1]
    )


@pytest.mark.parametrize("anchors", [WARM, COOL])
@pytest.mark.parametrize("k", range(2, 8))
def test_classes_can_be_told_apart_in_grey_print(anchors, k):
    light = [lightness(colour) for colour in ramp(anchors, k)]
    steps = [a - b for a, b in pairwise(light)]
    assert min(steps) > 0.05


def test_an_unknown_method_is_refused():
    text = (
        "method is 'kmeans'; expected one of quantile, equal, jenks, std, fixed, "
        "standard."
    )
    with pytest.raises(MapError, match=f"^{re.escape(text)}$"):
        classify([1, 2], method="kmeans")


def test_too_many_classes_are_refused():
    text = "k is 9; expected 1 to 7 classes, more cannot be told apart."
    with pytest.raises(MapError, match=f"^{re.escape(text)}$"):
        classify([1, 2], k=9)


@pytest.mark.parametrize("breaks", [(), (2, 1), (1, 1), tuple(range(8))])
def test_breaks_that_are_no_breaks_are_refused(breaks):
    text = (
        f"breaks are {[float(b) for b in breaks]}; method 'fixed' expects 1 to 6 "
        "numbers, ascending and different."
    )
    with pytest.raises(MapError, match=f"^{re.escape(text)}$"):
        classify([1, 2], method="fixed", breaks=breaks)


@given(values, st.sampled_from(METHODS), st.integers(1, 7), st.integers(0, 3))
def test_every_known_value_is_in_exactly_one_class(numbers, method, k, digits):
    found = classify(numbers, digits=digits, method=method, k=k)
    known = [v for v in numbers if v is not None and math.isfinite(v)]
    assert sum(found.counts(numbers)) == len(known)
    assert found.k <= max(1, len({round(v, digits) for v in known}))
    assert len(found.labels()) == found.k == len(set(found.colours))
    assert list(found.breaks) == sorted(set(found.breaks))
    if method in ("quantile", "jenks"):
        assert all(found.counts(numbers)), "no class of these is empty"


@given(values, st.sampled_from(METHODS), st.randoms())
def test_the_order_of_the_values_is_nothing(numbers, method, random):
    shuffled = random.sample(numbers, len(numbers))
    assert classify(numbers, method=method) == classify(shuffled, method=method)


@given(st.lists(st.integers(0, 30), min_size=2, max_size=9), st.integers(2, 4))
def test_jenks_is_the_best_of_all_cuts(numbers, k):
    known = sorted(set(numbers))
    k = min(k, len(known))

    def spread(cuts):
        parts = np.split(
            np.sort(numbers), np.searchsorted(np.sort(numbers), np.array(cuts))
        )
        return sum(((p - p.mean()) ** 2).sum() for p in parts if len(p))

    best = min(spread(cuts) for cuts in combinations(known[1:], k - 1))
    found = classify(numbers, digits=0, method="jenks", k=k)
    assert spread(found.breaks) == pytest.approx(best)


def test_around_a_standard_the_colours_part_where_it_is_met():
    better = classify(
        [50, 55, 60, 64, 65, 70, 90], "better", digits=0, method="standard", breaks=[65]
    )
    assert better.breaks == (60, 65, 70)
    assert better.counts([50, 55, 60, 64, 65, 70, 90]) == (2, 2, 1, 2)
    assert better.colours == ("#b4471a", "#f2a765", "#8db9d6", "#20628f")
    assert better.labels("id") == ("50 – 59", "60 – 64", "65 – 69", "70 – 90")


def test_where_lower_is_better_the_blue_side_is_below():
    worse = classify([1, 9], "worse", digits=0, method="standard", breaks=[5])
    assert worse.breaks == (5,)
    assert worse.colours == ("#20628f", "#b4471a")


def test_where_all_meet_the_standard_there_is_one_side():
    met = classify([70, 80], "better", digits=0, method="standard", breaks=[65])
    assert met.colours == ("#8db9d6", "#20628f")
    assert met.breaks == (80,)


def test_a_standard_is_one_number():
    text = "breaks are [1, 2]; method 'standard' expects the one standard."
    with pytest.raises(MapError, match=f"^{re.escape(text)}$"):
        classify([1, 2, 3], method="standard", breaks=[1, 2])


def test_without_any_value_a_standard_gives_no_class():
    assert classify([None], method="standard", breaks=[5]).k == 0
