"""Several targets under one budget: how much of each, and how many for whom.

Why: the money is one, the wishes are many. How much of each wish the budget can pay is
decided first, by one stated rule; only then is each of them divided among regions.

Layer:  7 (plan).
In:     items with a wanted total, a unit price and weights; one budget in rupiah.
Out:    :class:`BudgetSplit`: an Apportionment per item, and every rupiah accounted for.
Method: every item is funded to the same share of what is wanted, times its priority
        (water filling); what whole units leave over buys one batch at a time for the
        item with the smallest share so far that it can still pay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.errors import EmptyDataError, InfeasibleError, PlanError
from kkbpk_geo.base.escaping import for_html
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.plan.apportionment import Apportionment, Method, apportion
from kkbpk_geo.plan.apportionment_numbers import exact, is_missing, whole

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
    unit_cost : int
        Rupiah for one.
    weights, floors, caps, locked, batch
        As for :func:`kkbpk_geo.plan.apportionment.apportion`. Floors and locks are
        paid before anything else.
    priority : number above 0
        2 is funded to twice the share of 1, until what is wanted is reached.
    """

    key: str
    total: int
    unit_cost: int
    weights: Mapping[str, Any] | pd.Series[Any]
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
    """One item while the budget is being spent; counts are in batches."""

    cost: int
    wanted: int
    aim: Fraction  # wanted x priority: what a share of 1 is
    have: int
    stuck: bool = field(default=False)


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
    if not items:
        msg = "there is no item to fund; give at least one."
        raise EmptyDataError(msg)
    keys = [item.key for item in items]
    if len(set(keys)) < len(keys):
        twice = sorted({key for key in keys if keys.count(key) > 1})
        msg = f"items {twice} stand more than once; keep one of each."
        raise PlanError(msg)
    lines = {item.key: _line(item) for item in sorted(items, key=lambda x: x.key)}
    rest = budget - sum(line.cost * line.have for line in lines.values())
    rest -= sum(_loose(item) for item in items)
    if rest < 0:
        msg = (
            f"floors and locked values cost {budget - rest} rupiah, {-rest} more than "
            f"the budget of {budget}. Lower floors or raise the budget."
        )
        raise InfeasibleError(msg, limit="budget", excess=-rest)
    rest = _spend(rest, sorted(lines.values(), key=lambda line: -line.aim))
    results: dict[str, Apportionment] = {}
    for item in items:
        funded = lines[item.key].have * item.batch + _held(item) % item.batch
        results[item.key] = _divide(item, funded, method)
    table = pd.concat(
        [
            pd.DataFrame(
                {
                    "item": item.key,
                    "region_code": results[item.key].table.index,
                    "value": results[item.key].table["value"].to_numpy(),
                    "cost": results[item.key].table["value"].to_numpy()
                    * item.unit_cost,
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


def _held(item: BudgetItem) -> int:
    """Return the sum of an item's locked values."""
    cells = [] if item.locked is None else [v for _, v in item.locked.items()]
    where = f"{item.key}: locked value"
    return sum(whole(v, where) for v in cells if not is_missing(v))


def _loose(item: BudgetItem) -> int:
    """Return what the part of the locked values costs that fills no batch."""
    return (_held(item) % item.batch) * item.unit_cost


def _line(item: BudgetItem) -> _Line:
    total = whole(item.total, f"{item.key}: total")
    price = whole(item.unit_cost, f"{item.key}: unit_cost")
    batch = whole(item.batch, f"{item.key}: batch")
    try:
        priority = Fraction() if item.priority is True else exact(item.priority)
    except (TypeError, ValueError):
        priority = Fraction()
    if priority <= 0 or not batch:
        what = "priority" if batch else "batch"
        msg = (
            f"{item.key}: {what} is {getattr(item, what)!r}; expected a number above 0."
        )
        raise PlanError(msg)
    # The wanted division itself must be possible; its floors are paid first.
    asked = _divide(item, total, "largest_remainder")
    free = asked.table["locked"].isna()
    floors = asked.table.loc[free, "floor"].fillna(0)
    must = sum(-(-int(f) // batch) for f in floors)
    held = _held(item)
    wanted = (total - held - asked.leftover) // batch
    return _Line(
        cost=price * batch,
        wanted=wanted + held // batch,
        aim=priority * total / batch,
        have=must + held // batch,
    )
