"""Two methods in whole numbers, against counting by hand and unit by unit."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkbpk_geo.plan.targets.methods import METHODS, divide, divide_within

NAMES = sorted(METHODS)


@pytest.mark.parametrize(
    ("total", "weights", "largest", "webster"),
    [
        # quotas 1.5, 1.5: the earlier one
        (3, [1, 1], [2, 1], [2, 1]),
        # quotas 0.5, 1.5, 1.0: the same fraction twice, the larger weight
        (3, [1, 3, 2], [0, 2, 1], [0, 2, 1]),
        # quotas 0.98, 1.02, 10: fractions .98, .02; the divisors 1, 3, 21 agree
        (12, [49, 51, 500], [1, 1, 10], [1, 1, 10]),
        # quotas 6.74 and 0.63 twice; the sixth unit of the large one has the priority
        # 107 / 11 = 9.7, its seventh 107 / 13 = 8.2, the first of each small one 10
        (8, [107, 10, 10], [7, 1, 0], [6, 1, 1]),
        (0, [5, 3], [0, 0], [0, 0]),
        (7, [0, 3, 0], [0, 7, 0], [0, 7, 0]),
        (7, [0, 0], [0, 0], [0, 0]),
    ],
)
def test_a_division_by_weight_alone_is_that_of_the_textbook(
    total, weights, largest, webster
):
    assert divide(total, weights, "largest_remainder") == largest
    assert divide(total, weights, "sainte_lague") == webster


@pytest.mark.parametrize("method", NAMES)
@pytest.mark.parametrize(
    ("problem", "values", "why"),
    [  # (total, weights, floors, caps)
        # A floor of 3 where the quota is 10 / 11 x 2 = 1.8; 7 are left for 6 and 3.
        ((10, [6, 3, 2], [0, 0, 3], [None] * 3), [5, 2, 3], "wwf"),
        # A floor that the division keeps decides nothing.
        ((11, [6, 3, 2], [6, 0, 2], [None] * 3), [6, 3, 2], "www"),
        # A cap of 4 passes 2 on to 3 and 2; their quotas of 7 are 4.2 and 2.8.
        ((11, [6, 3, 2], [0] * 3, [4, None, None]), [4, 4, 3], "cww"),
        # A cap that is just reached decides nothing.
        ((11, [6, 3, 2], [0] * 3, [6, 3, 2]), [6, 3, 2], "www"),
        # Who has no weight keeps the floor, and has it for a reason if it is above 0.
        ((5, [1, 0, 0], [0, 2, 0], [None] * 3), [3, 2, 0], "wfw"),
        # Quotas 8, 1, 1: below by 2 + 2, above by 3; floors go first and take 6, the
        # rest of 4 is below the cap of 5.
        ((10, [8, 1, 1], [0, 3, 3], [5, None, None]), [4, 3, 3], "wff"),
        # Below by 1, above by 4: the cap goes first; 6 for 1 and 1 is above the floor.
        ((10, [8, 1, 1], [0, 2, 0], [4, None, None]), [4, 3, 3], "cww"),
        # Below by 2, above by 2: the floor goes first, and then the cap.
        ((8, [6, 1, 1], [0, 3, 0], [4, None, None]), [4, 3, 1], "wfw"),
        # All at their caps.
        ((6, [1, 1, 9], [0] * 3, [2, 2, 2]), [2, 2, 2], "wwc"),
    ],
)  # fmt: skip
def test_floors_and_caps_move_no_more_than_they_must(method, problem, values, why):
    reasons = {"w": "weight", "f": "floor", "c": "cap"}
    assert divide_within(*problem, method) == (values, [reasons[w] for w in why])


places = st.integers(1, 7).flatmap(
    lambda n: st.tuples(
        st.lists(st.integers(0, 60), min_size=n, max_size=n),
        st.lists(st.integers(0, 9), min_size=n, max_size=n),
        st.lists(st.none() | st.integers(0, 9), min_size=n, max_size=n),
        st.integers(0, 90),
    )
)


def feasible(problem):
    """Caps above their floors, and a total that lies between the sums of both."""
    weights, floors, room, total = problem
    weights[0] += 1
    caps = [None if r is None else f + r for f, r in zip(floors, room, strict=True)]
    low = sum(floors)
    most = [
        f if not w else None if c is None else c
        for w, f, c in zip(weights, floors, caps, strict=True)
    ]
    high = None if None in most else sum(most)
    total = max(total, low) if high is None else min(max(total, low), high)
    return total, weights, floors, caps


@given(places)
def test_sainte_lague_within_limits_is_giving_units_one_by_one_from_the_floors(problem):
    total, weights, floors, caps = feasible(problem)
    have = list(floors)
    while sum(have) < total:
        open_ = [
            i
            for i, weight in enumerate(weights)
            if weight and (caps[i] is None or have[i] < caps[i])
        ]
        # The largest weight / (2 x have + 1); ties: larger weight, then earlier.
        best = max(
            open_, key=lambda i: (Fraction(weights[i], 2 * have[i] + 1), weights[i], -i)
        )
        have[best] += 1
    assert divide_within(total, weights, floors, caps, "sainte_lague")[0] == have


@pytest.mark.parametrize("method", NAMES)
@given(problem=places)
def test_whoever_no_limit_holds_shares_the_rest_as_if_alone(method, problem):
    total, weights, floors, caps = feasible(problem)
    values, why = divide_within(total, weights, floors, caps, method)
    assert sum(values) == total
    free = [i for i, w in enumerate(weights) if w and why[i] == "weight"]
    rest = total - sum(v for i, v in enumerate(values) if i not in free)
    alone = divide(rest, [weights[i] for i in free], method)
    assert [values[i] for i in free] == alone
    for i, reason in enumerate(why):
        assert values[i] >= floors[i]
        if reason == "floor":
            assert values[i] == floors[i]
        if reason == "cap":
            assert values[i] == caps[i]
        if weights[i] and caps[i] is not None:
            assert values[i] <= caps[i]


@given(st.integers(0, 200), st.lists(st.integers(1, 99), min_size=1, max_size=8))
def test_largest_remainder_gives_the_whole_quotas_and_then_the_largest_fractions(
    total, weights
):
    values = divide(total, weights, "largest_remainder")
    quotas = [Fraction(total * w, sum(weights)) for w in weights]
    more = [v - q.__floor__() for v, q in zip(values, quotas, strict=True)]
    assert set(more) <= {0, 1}
    assert sum(values) == total
    order = [(q - q.__floor__(), w, -i) for i, (q, w) in enumerate(
        zip(quotas, weights, strict=True))]  # fmt: skip
    got = [o for o, m in zip(order, more, strict=True) if m]
    not_ = [o for o, m in zip(order, more, strict=True) if not m]
    assert not got or not not_ or min(got) > max(not_)
