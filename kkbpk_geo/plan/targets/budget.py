"""Several targets under one budget: how much of each, and how many for whom.

Why: the money is one, the wishes are many. How much of each wish the budget can pay is
decided first, by one stated rule; only then is each of them divided among regions.

In:     items with a wanted total, a unit price and weights; one budget in rupiah.
Out:    :class:`BudgetSplit`: an Apportionment per item, and every rupiah accounted for.
Method: every item is funded to the same share of what is wanted, times its priority
        (water filling); what whole units leave over buys one batch at a time for the
        item with the smallest share so far that it can still pay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.errors import EmptyDataError, InfeasibleError, PlanError
from kkbpk_geo.base.escaping import for_html
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.plan.targets.divide import Apportionment, Method, apportion
from kkbpk_geo.plan.targets.numbers import exact, whole

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class BudgetItem:
    """One thing to pay for.

    Attributes
    ----------
    key : str
        An indicator, an activity or a supply item.
    total : int
        How many are wanted in all regions.
    unit_cost : int, optional
        Rupiah for one; a budget needs it.
    weights, floors, caps, locked, batch
        As for :func:`kkbpk_geo.plan.apportionment.apportion`. Floors and locks are
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


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class BudgetSplit:
    """What a budget pays for, by item and region.

    Attributes
    ----------
    table : DataFrame, one row per item and region
        ``item, region_code, value`` Int64, ``cost`` Int64 rupiah.
    items : DataFrame, index item
        ``wanted, funded, short, unit_cost, cost`` Int64; ``share`` float64, funded per
        wanted, missing where nothing was wanted.
    results : mapping item -> Apportionment
    budget, leftover : int
        Rupiah; costs add up to ``budget - leftover``.
    """

    table: pd.DataFrame
    items: pd.DataFrame
    results: Mapping[str, Apportionment]
    budget: int
    leftover: int

    def explain(self, item: str, region_code: str, language: Language = "id") -> str:
        """Say how the value of a region came about; raises as Apportionment's."""
        if item not in self.results:
            msg = f"item {item!r} is not in the budget; there are {list(self.results)}."
            raise PlanError(msg)
        return self.results[item].explain(region_code, language)

    def summary(self, language: Language = "id") -> str:
        """Say what is paid for, what is not, and what is left."""
        return label("plan_budget_summary", language).format(
            budget=format_number(self.budget, 0, language),
            n=len(self.items),
            full=int((self.items["short"] == 0).sum()),
            leftover=format_number(self.leftover, 0, language),
        )

    def _repr_html_(self) -> str:
        head = f"<p>{for_html(self.summary())}</p>"
        return head + self.items.to_html(escape=True)


@dataclass(slots=True)
class _Line:
    """One item while the budget is being spent; ``have`` and ``most`` are batches."""

    cost: int
    batch: int
    held: int
    have: int
    most: int
    aim: Fraction  # units at a share of 1: wanted x priority

    @property
    def units(self) -> int:
        return self.held + self.have * self.batch

    @property
    def share(self) -> Fraction:
        return self.units / self.aim

    def at(self, share: Fraction) -> Fraction:
        """Batches, not yet whole, at a share; never below what is there already."""
        batches = (share * self.aim - self.held) / self.batch
        return min(max(batches, Fraction(self.have)), Fraction(self.most))


def apportion_budget(
    budget: int,
    items: Sequence[BudgetItem],
    *,
    method: Method = "largest_remainder",
) -> BudgetSplit:
    """Fund items to equal shares of what is wanted, then divide each among regions.

    Parameters
    ----------
    budget : int, rupiah from 0 up
    items : sequence of BudgetItem with different keys
    method : {"largest_remainder", "sainte_lague"}
        How each item is divided among regions.

    Raises
    ------
    InfeasibleError
        If floors and locks alone cost more than the budget (``limit`` is ``budget``),
        or an item's own limits contradict each other; the item is named.
    PlanError, EmptyDataError
        As :func:`apportion`, with the item's key in front.

    Notes
    -----
    Items are in the order given only for display: among equal shares the larger aim
    goes first, then the key that comes first in the alphabet.
    """
    import pandas as pd

    budget = whole(budget, "budget")
    check_items(items)
    prices = {item.key: price_of(item) for item in items}
    lines = {item.key: _line(item) for item in sorted(items, key=lambda x: x.key)}
    rest = budget - sum(prices[k] * line.units for k, line in lines.items())
    if rest < 0:
        msg = (
            f"floors and locked values cost {budget - rest} rupiah, {-rest} more than "
            f"the budget of {budget}. Lower floors or raise the budget."
        )
        raise InfeasibleError(msg, limit="budget", excess=-rest)
    rest = _spend(rest, sorted(lines.values(), key=lambda line: -line.aim))
    results = {
        item.key: divide_item(item, lines[item.key].units, method) for item in items
    }
    table = pd.concat(
        [
            pd.DataFrame(
                {
                    "item": item.key,
                    "region_code": results[item.key].table.index,
                    "value": results[item.key].table["value"].to_numpy(),
                    "cost": results[item.key].table["value"].to_numpy()
                    * prices[item.key],
                }
            )
            for item in items
        ],
        ignore_index=True,
    ).astype({"value": "Int64", "cost": "Int64"})
    return BudgetSplit(
        table=table,
        items=_overview(items, results),
        results=results,
        budget=budget,
        leftover=rest,
    )


def check_items(items: Sequence[BudgetItem]) -> None:
    """Refuse no item at all, and one that stands twice.

    Raises
    ------
    EmptyDataError, PlanError
    """
    if not items:
        msg = "there is no item to fund; give at least one."
        raise EmptyDataError(msg)
    keys = [item.key for item in items]
    if len(set(keys)) < len(keys):
        twice = sorted({key for key in keys if keys.count(key) > 1})
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


def _line(item: BudgetItem) -> _Line:
    """Read an item; the division of all that is wanted must itself be possible."""
    try:
        priority = Fraction() if item.priority is True else exact(item.priority)
    except (TypeError, ValueError):
        priority = Fraction()
    if priority <= 0:
        msg = f"{item.key}: priority is {item.priority!r}; expected a number above 0."
        raise PlanError(msg)
    asked = divide_item(item, item.total, "largest_remainder")
    batch, locked = asked.batch, asked.table["locked"]
    held = int(locked.sum())
    floors = asked.table.loc[locked.isna(), "floor"].fillna(0)
    return _Line(
        cost=price_of(item) * batch,
        batch=batch,
        held=held,
        have=sum(-(-int(floor) // batch) for floor in floors),
        most=(asked.total - held) // batch,
        aim=priority * asked.total,
    )


def divide_item(item: BudgetItem, total: int, method: Method) -> Apportionment:
    """Divide one item as :func:`apportion`; an error has the item's key in front."""
    try:
        return apportion(
            total,
            item.weights,
            floors=item.floors,
            caps=item.caps,
            locked=item.locked,
            method=method,
            batch=item.batch,
        )
    except InfeasibleError as err:
        msg = f"{item.key}: {err}"
        raise InfeasibleError(
            msg, limit=err.limit, excess=err.excess, item=item.key, region=err.region
        ) from None
    except (EmptyDataError, PlanError) as err:
        msg = f"{item.key}: {err}"
        raise type(err)(msg) from None


def _spend(rest: int, lines: list[_Line]) -> int:
    """Raise all lines to one share, then give batch by batch; return what is left."""
    for line in lines:
        if not line.cost:
            line.have = line.most
    rest = _raise_together(rest, [line for line in lines if line.have < line.most])
    while True:
        able = [x for x in lines if x.have < x.most and x.cost <= rest]
        if not able:
            return rest
        least = min(able, key=lambda line: line.share)
        others = [line.share for line in able if line is not least]
        # As many batches at once as it would get one by one before another's turn.
        until = (
            (min(others) * least.aim - least.units) / least.batch if others else None
        )
        turns = least.most if until is None else max(ceil(until), 1)
        turns = min(turns, least.most - least.have, rest // least.cost)
        least.have += turns
        rest -= turns * least.cost


def _raise_together(rest: int, lines: list[_Line]) -> int:
    """Raise lines to the largest common share the money reaches, in whole batches."""
    ends = sorted(
        {(x.held + n * x.batch) / x.aim for x in lines for n in (x.have, x.most)}
    )

    def cost(share: Fraction) -> Fraction:
        return sum((x.cost * (x.at(share) - x.have) for x in lines), Fraction())

    low = Fraction()
    for high in ends:
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


def _overview(
    items: Sequence[BudgetItem], results: Mapping[str, Apportionment]
) -> pd.DataFrame:
    import pandas as pd

    funded = {item.key: int(results[item.key].values.sum()) for item in items}
    frame = pd.DataFrame(
        {
            "wanted": [int(item.total) for item in items],
            "funded": [funded[item.key] for item in items],
            "short": [int(item.total) - funded[item.key] for item in items],
            "unit_cost": [price_of(item) for item in items],
            "cost": [price_of(item) * funded[item.key] for item in items],
        },
        index=pd.Index([item.key for item in items], name="item"),
        dtype="Int64",
    )
    frame["share"] = [
        n / w if w else float("nan")
        for n, w in zip(frame["funded"], frame["wanted"], strict=True)
    ]
    return frame
