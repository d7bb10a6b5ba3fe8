"""Dividing whole numbers: the two methods, and what floors and caps do to them.

Why: a share is a ratio, a target is a whole number; the sum must not move by one. All
arithmetic is on integers, so no rounding of the machine decides who gets the last unit.

In:     a total, whole-number weights, floors and caps, in the order of the regions.
Out:    whole numbers that add up to the total, and why each is what it is.
Method: Balinski & Young (1982), *Fair Representation*: largest remainder (Hamilton,
        Hare) and Sainte-Laguë (Webster). Ties: larger weight first, then the region
        that comes first by code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from heapq import heapify, heapreplace

Divider = Callable[[int, Sequence[int]], list[int]]


def largest_remainder(total: int, weights: Sequence[int]) -> list[int]:
    """Give everybody the whole part of the quota, the rest by largest fraction.

    Parameters
    ----------
    total : int, from 0 up
    weights : sequence of int above 0, ordered by code
        Among equal fractions the larger weight goes first, then the earlier one.
    """
    whole = sum(weights)
    shares, remainders = [], []
    for weight in weights:
        share, remainder = divmod(total * weight, whole)
        shares.append(share)
        remainders.append(remainder)
    order = sorted(range(len(weights)), key=lambda i: (-remainders[i], -weights[i], i))
    for i in order[: total - sum(shares)]:
        shares[i] += 1
    return shares


def sainte_lague(total: int, weights: Sequence[int]) -> list[int]:
    """Give each next unit to the largest ``weight / (2 x units + 1)``.

    Starts from the rounded quotas and adds or takes the few units that are too few or
    too many; the result is that of giving all units one by one.

    Parameters
    ----------
    total : int, from 0 up
    weights : sequence of int above 0, ordered by code
        Among equal priorities the larger weight goes first, then the earlier one.
    """
    whole = sum(weights)
    shares = [(2 * total * w + whole) // (2 * whole) for w in weights]
    short = total - sum(shares)
    if not short:
        return shares
    # One heap serves both ways: its head gains the next unit, or loses the last one.
    # Priorities are w / (2a + 1); times a number beyond the product of any two of those
    # divisors, their whole parts are equal only where they are.
    sign = 1 if short > 0 else -1
    fine = (2 * (max(shares) + abs(short)) + 1) ** 2

    def turn(i: int) -> tuple[int, int, int, int]:
        weight = weights[i]
        priority = fine * weight // (2 * shares[i] + sign)
        return -sign * priority, -sign * weight, sign * i, i

    heap = [turn(i) for i in range(len(weights)) if short > 0 or shares[i]]
    heapify(heap)
    for _ in range(abs(short)):
        i = heap[0][-1]
        shares[i] += sign
        if shares[i] or short > 0:
            heapreplace(heap, turn(i))
        else:
            heapreplace(heap, (fine * whole + 1, 0, 0, i))
    return shares


METHODS: dict[str, Divider] = {
    "largest_remainder": largest_remainder,
    "sainte_lague": sainte_lague,
}


def divide(total: int, weights: Sequence[int], method: str) -> list[int]:
    """Divide a total by weight alone; who has no weight gets nothing."""
    shares = [0] * len(weights)
    some = {i: weight for i, weight in enumerate(weights) if weight}
    if some:
        parts = METHODS[method](total, list(some.values()))
        for i, part in zip(some, parts, strict=True):
            shares[i] = part
    return shares


def divide_within(
    total: int,
    weights: Sequence[int],
    floors: Sequence[int],
    caps: Sequence[int | None],
    method: str,
) -> tuple[list[int], list[str]]:
    """Divide a total so that nobody is below the floor or above the cap.

    Parameters
    ----------
    total : int
        From the sum of the floors to the sum of the caps; who has no weight can take
        no more than the floor.
    weights, floors, caps : sequence, ordered by code
        ``None`` is no cap.

    Returns
    -------
    (list of int, list of str)
        Values that add up to ``total``; per region ``weight``, ``floor`` or ``cap``.

    Notes
    -----
    Divide; where the floors miss more than the caps exceed, fix those below at their
    floor, else those above at their cap; divide what is left among the others; repeat.
    Fixing the heavier side first never makes the rest infeasible, so this ends with the
    exact sum. With Sainte-Laguë it equals handing out the units one by one from the
    floors, so more to divide never means less for anybody.
    """
    values, why = list(floors), ["weight"] * len(floors)
    for i, floor in enumerate(floors):
        if floor:
            why[i] = "floor"
    free = {i: weight for i, weight in enumerate(weights) if weight}
    rest = total - sum(floors) + sum(floors[i] for i in free)
    while free:
        parts = METHODS[method](rest, list(free.values()))
        shares = dict(zip(free, parts, strict=True))
        missed = _missed(shares, floors, caps)
        if not missed:
            break
        # The side that misses more is fixed first: the rest then stays feasible.
        up = sum(missed.values()) >= 0
        for i, by in missed.items():
            if (by > 0) == up:
                values[i], why[i] = shares[i] + by, "floor" if up else "cap"
                rest -= values[i]
                del free[i]
    for i in free:
        values[i], why[i] = shares[i], "weight"
    return values, why


def _missed(
    shares: Mapping[int, int], floors: Sequence[int], caps: Sequence[int | None]
) -> dict[int, int]:
    """Say who must rise to the floor, and by how much; who must fall, as a minus."""
    missed = {}
    for i, share in shares.items():
        cap = caps[i]
        if share < floors[i]:
            missed[i] = floors[i] - share
        elif cap is not None and share > cap:
            missed[i] = cap - share
    return missed
