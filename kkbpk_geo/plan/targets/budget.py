"""What a budget pays of several wishes: the same share of each, in whole units.

Why: the money is one, the wishes are many. How much of each wish the budget can pay is
decided first, by one stated rule; only then is each of them divided among regions.

In:     items with a wanted total, a unit price and weights; one budget in rupiah.
Out:    how many units of each item are paid for.
Method: every item is funded to the same share of what is wanted, times its priority
        (water filling); what whole units leave over buys one batch at a time for the
        item with the smallest share so far that it can still pay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.errors import EmptyDataError, InfeasibleError, PlanError
from kkbpk_geo.base.results import OneLine
from kkbpk_geo.plan.targets.divide import Asked
from kkbpk_geo.plan.targets.numbers import number_of, rounded_up, whole

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class BudgetItem(OneLine):
    """One target among several, and one thing to pay for.

    Attributes
    ----------
    key : str
        An indicator, an activity or a supply item.
    total : int
        How many are wanted in all regions.
    unit_cost : int, optional
        Rupiah for one; a budget needs it.
    weights, floors, caps, locked, batch
        As for :func:`~kkbpk_geo.plan.targets.divide.apportion`. Floors and locks are
        paid before anything else.
    priority : number above 0
        2 is funded to twice the share of 1, until what is wanted is reached.
    """

    key: str
    total: int
    weights: Mapping[str, Any] | pd.Series[Any]
    unit_cost: int | None = None
    floors: Mapping[str, Any] | pd.Series[Any] | int | None = None
    caps: Mapping[str, Any] | pd.Series[Any] | int | None = None
    locked: Mapping[str, Any] | pd.Series[Any] | None = None
    batch: int = 1
    priority: float = 1


@dataclass(slots=True)
class Funding:
    """One item while the budget is being spent; ``have`` and ``most`` are batches."""

    asked: Asked
    cost: int  # of one batch
    held: int  # units that locked regions have
    have: int
    most: int
    aim: Fraction  # units at a share of 1: wanted x priority

    @property
    def batch(self) -> int:
        """Units in a batch."""
        return self.asked.limits.batch

    @property
    def units(self) -> int:
        """Units paid for so far."""
        return self.held + self.have * self.batch

    @property
    def share(self) -> Fraction:
        """What is paid for, by what is aimed at."""
        return self.units / self.aim

    def at(self, share: Fraction) -> Fraction:
        """Batches, not yet whole, at a share; never below what is there already."""
        batches = (share * self.aim - self.held) / self.batch
        return min(max(batches, Fraction(self.have)), Fraction(self.most))


def check_items(items: Sequence[BudgetItem]) -> None:
    """Refuse no item at all, and one that stands twice.

    Raises
    ------
    EmptyDataError, PlanError
    """
    if not items:
        msg = "there is no item to fund; give at least one."
        raise EmptyDataError(msg)
    keys = Counter(item.key for item in items)
    twice = sorted(key for key, times in keys.items() if times > 1)
    if twice:
        msg = f"items {twice} stand more than once; keep one of each."
        raise PlanError(msg)


def price_of(item: BudgetItem) -> int:
    """Return the rupiah for one.

    Raises
    ------
    PlanError
        If there is none, or it is no whole number from 0 up.
    """
    if item.unit_cost is None:
        msg = (
            f"{item.key}: there is a budget, but no unit cost. Give the rupiah for "
            "one, 0 if it costs nothing."
        )
        raise PlanError(msg)
    return whole(item.unit_cost, f"{item.key}: unit_cost")


@contextmanager
def named(item: BudgetItem) -> Iterator[None]:
    """Put the item's key in front of an error about its numbers."""
    try:
        yield
    except InfeasibleError as err:
        msg = f"{item.key}: {err}"
        raise InfeasibleError(
            msg, limit=err.limit, excess=err.excess, item=item.key, region=err.region
        ) from None
    except (EmptyDataError, PlanError) as err:
        msg = f"{item.key}: {err}"
        raise type(err)(msg) from None


def read_item(item: BudgetItem) -> tuple[int, Asked]:
    """Return the wanted total and by what it is divided, as exact numbers.

    Raises
    ------
    PlanError, EmptyDataError
        As :func:`~kkbpk_geo.plan.targets.divide.apportion`.
    """
    total = whole(item.total, "total")
    asked = Asked.read(
        item.weights,
        floors=item.floors,
        caps=item.caps,
        locked=item.locked,
        batch=item.batch,
    )
    return total, asked


def fund(budget: int, items: Sequence[BudgetItem]) -> Mapping[str, Funding]:
    """Fund items to equal shares of what is wanted.

    Raises
    ------
    InfeasibleError
        If floors and locks alone cost more than the budget (``limit`` is ``budget``),
        or an item's own limits contradict each other; the item is named.
    PlanError, EmptyDataError
        For numbers that cannot be, with the item's key in front.

    Notes
    -----
    Among equal shares the larger aim goes first, then the key that comes first in the
    alphabet; the order in which items are given decides nothing.
    """
    prices = {item.key: price_of(item) for item in items}
    by_key = sorted(items, key=lambda item: item.key)
    lines = {item.key: _start(item, prices[item.key]) for item in by_key}
    spent = sum(prices[key] * line.units for key, line in lines.items())
    if spent > budget:
        msg = (
            f"floors and locked values cost {spent} rupiah, {spent - budget} more than "
            f"the budget of {budget}. Lower floors or raise the budget."
        )
        raise InfeasibleError(msg, limit="budget", excess=spent - budget)
    _spend(budget - spent, sorted(lines.values(), key=lambda line: -line.aim))
    return lines


def _start(item: BudgetItem, price: int) -> Funding:
    """Read an item; the division of all that is wanted must itself be possible."""
    priority = number_of(item.priority)
    if priority is None or priority <= 0:
        msg = f"{item.key}: priority is {item.priority!r}; expected a number above 0."
        raise PlanError(msg)
    with named(item):
        total, asked = read_item(item)
        asked.check(total)
    limits = asked.limits
    held = sum(filter(None, limits.locked))
    floors = 0
    for floor_, lock in zip(limits.floors, limits.locked, strict=True):
        if lock is None:
            floors += rounded_up(floor_ or 0, limits.batch)
    return Funding(
        asked=asked,
        cost=price * limits.batch,
        held=held,
        have=floors // limits.batch,
        most=(total - held) // limits.batch,
        aim=priority * total,
    )


def _spend(rest: int, lines: list[Funding]) -> None:
    """Raise all lines to one share, then give what is left batch by batch."""
    for line in lines:
        if not line.cost:
            line.have = line.most
    rest = _raise_together(rest, [line for line in lines if line.have < line.most])
    while True:
        able = [x for x in lines if x.have < x.most and x.cost <= rest]
        if not able:
            return
        least = min(able, key=lambda line: line.share)
        turns = min(_turns(least, able), least.most - least.have, rest // least.cost)
        least.have += turns
        rest -= turns * least.cost


def _turns(least: Funding, able: Sequence[Funding]) -> int:
    """Return how many batches one gets, one by one, before it is another's turn."""
    others = [line.share for line in able if line is not least]
    if not others:
        return least.most
    until = (min(others) * least.aim - least.units) / least.batch
    return max(ceil(until), 1)  # of equal shares the first still gets one


def _raise_together(rest: int, lines: list[Funding]) -> int:
    """Raise lines to the largest common share the money reaches, in whole batches."""
    ends = set()
    for line in lines:
        for batches in (line.have, line.most):
            ends.add((line.held + batches * line.batch) / line.aim)

    def cost(share: Fraction) -> Fraction:
        return sum((x.cost * (x.at(share) - x.have) for x in lines), Fraction())

    low = Fraction()
    for high in sorted(ends):
        if cost(high) <= rest:
            low = high
            continue
        # Between two ends the cost is a straight line.
        rise = cost(high) - cost(low)
        low += (rest - cost(low)) * (high - low) / rise
        break
    for line in lines:
        whole_batches = floor(line.at(low))
        rest -= (whole_batches - line.have) * line.cost
        line.have = whole_batches
    return rest
