"""What to buy and repair, for whom, and what a budget pays of it: whole kits.

In:     Supplies, unit prices that the user gives, a budget in rupiah.
Out:    :class:`Procurement`; every rupiah and every kit accounted for.
Method: ``apportion_budget`` with gaps as weights and as caps: nobody gets more than is
        missing, all items are funded to the same share of their gap times priority.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

import pandas as pd

from kkbpk_geo.base.errors import EmptyDataError, PlanError
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.results import OneLine, shown_html
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.catalogue.supplies import supply_items
from kkbpk_geo.io import as_records
from kkbpk_geo.plan.supplies.needs import Supplies
from kkbpk_geo.plan.targets.budget import BudgetItem, price_of
from kkbpk_geo.plan.targets.division import Targets, apportion_budget
from kkbpk_geo.plan.targets.numbers import whole

ACTIONS = ("buy", "repair")
COLUMNS = (
    "action", "item", "region_code", "wanted", "funded", "unit_price", "cost",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class Procurement(OneLine):
    """A list to buy and repair by.

    Attributes
    ----------
    table : DataFrame, one row per action, item and region that lacks something
        ``action`` (``buy`` or ``repair``), ``item, region_code``; ``wanted, funded``
        Int64 (``funded`` is above ``wanted`` only to fill a batch); ``unit_price,
        cost`` Int64 rupiah.
    split : Targets
        What the budget pays of each item; its services are ``action:item``.
    unpriced : DataFrame
        ``action, item, region_code, wanted``: lacking, but without a price.
    unknown : DataFrame
        ``item, region_code, status``: nobody knows what is lacking there.
    limited : bool
        Whether a budget was given.
    """

    table: pd.DataFrame
    split: Targets
    unpriced: pd.DataFrame
    unknown: pd.DataFrame
    limited: bool = True

    def summary(self, language: Language = "id") -> str:
        """Say what is bought and repaired, at what cost, and what stays open."""
        own = self.table
        bought, repaired = (
            int(own.loc[own["action"] == action, "funded"].sum()) for action in ACTIONS
        )
        short = (own["wanted"] - own["funded"]).clip(lower=0)
        lacking = self.unpriced[["action", "item"]].drop_duplicates()
        unpriced = [
            supply_items()[item].name(language)
            + (f" ({label('supply_action_repair', language)})" * (action == "repair"))
            for action, item in lacking.itertuples(index=False, name=None)
        ]
        spent = label("plan_buying_summary", language).format(
            bought=format_number(bought, 0, language),
            repaired=format_number(repaired, 0, language),
            cost=format_number(int(own["cost"].sum()), 0, language),
        )
        if self.limited:
            spent += " " + label("plan_buying_budget", language).format(
                budget=format_number(self.split.budget, 0, language),
                leftover=format_number(self.split.leftover, 0, language),
                short=format_number(int(short.sum()), 0, language),
            )
        said = [f"{spent}."]
        if unpriced:
            text = label("plan_buying_unpriced", language)
            said.append(text.format(unpriced=", ".join(unpriced)))
        if n := len(self.unknown):
            text = label("plan_buying_unknown", language)
            said.append(text.format(n=format_number(n, 0, language)))
        return " ".join(said)

    def _repr_html_(self) -> str:
        return shown_html(self.summary(), self.table, index=False)


def plan_procurement(
    supplies: Supplies,
    prices: Mapping[str, int],
    *,
    budget: int | None = None,
    repair_prices: Mapping[str, int] | None = None,
    batch: int | Mapping[str, int] = 1,
    priorities: Mapping[str, float] | None = None,
) -> Procurement:
    """List what to buy and repair for whom, in whole things, within a budget.

    Parameters
    ----------
    supplies : Supplies
    prices : mapping item -> int, rupiah for one
        The library knows no prices. Items without one are listed, not bought.
    budget : int, rupiah, optional
        Without one, everything that has a price is funded.
    repair_prices : mapping item -> int, rupiah for one repair, optional
        Without one for an item, its repairs are listed as unpriced.
    batch : int or mapping item -> int
        Items come in so many per region; what is wanted is rounded up to whole batches.
    priorities : mapping item -> number above 0, optional
        As in ``apportion_budget``; 1 unless stated.

    Raises
    ------
    PlanError
        If prices, batches or priorities name no item of the supplies, or are no whole
        numbers.
    EmptyDataError
        If nothing that is lacking has a price.
    """
    table = supplies.table[supplies.table["region_code"] != supplies.province_code]
    known = list(dict.fromkeys(table["item"]))
    sizes = batch if isinstance(batch, Mapping) else dict.fromkeys(known, batch)
    given = {
        "prices": prices,
        "repair_prices": repair_prices or {},
        "batch": sizes,
        "priorities": priorities or {},
    }
    _check_items(given, known)
    terms = _Terms(
        prices={"buy": prices, "repair": repair_prices or {}},
        sizes=sizes,
        priorities=priorities or {},
    )
    items, unpriced = [], []
    for action, item in product(ACTIONS, known):
        own = table[(table["item"] == item) & (table[action].fillna(0) > 0)]
        wanted = own.set_index("region_code")[action]
        if wanted.empty:
            continue
        if item in terms.prices[action]:
            items.append(terms.item(action, item, wanted))
        else:
            rows = wanted.rename("wanted").reset_index()
            unpriced.append(rows.assign(action=action, item=item))
    if not items:
        msg = "nothing to buy or repair: nothing that is lacking has a price."
        raise EmptyDataError(msg)
    full = sum(item.total * price_of(item) for item in items)
    split = apportion_budget(full if budget is None else budget, items)
    unclear = table.loc[table["buy"].isna(), ["item", "region_code", "status"]]
    return Procurement(
        table=_listed(split, table),
        split=split,
        unpriced=_unpriced(unpriced),
        unknown=unclear.reset_index(drop=True),
        limited=budget is not None,
    )


def _check_items(given: Mapping[str, Mapping[str, object]], known: list[str]) -> None:
    """Refuse prices, batches and priorities of what the supplies do not have."""
    for name, by_item in given.items():
        if strangers := sorted(set(by_item) - set(known)):
            msg = f"{name} name {strangers}, which the supplies do not have: {known}."
            raise PlanError(msg)


def _unpriced(parts: list[pd.DataFrame]) -> pd.DataFrame:
    columns = ["action", "item", "region_code", "wanted"]
    if not parts:
        return pd.DataFrame(columns=columns)
    return pd.concat(parts)[columns].reset_index(drop=True)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class _Terms:
    """On which terms things are had: prices by action and item, batches, priorities."""

    prices: Mapping[str, Mapping[str, int]]
    sizes: Mapping[str, int]
    priorities: Mapping[str, float]

    def item(self, action: str, item: str, wanted: pd.Series[int]) -> BudgetItem:
        """Return what a budget may be spent on: so many, nobody more than he lacks."""
        size = 1  # things are repaired one by one
        if action == "buy":
            size = whole(self.sizes.get(item, 1), f"batch of {item}")
        return BudgetItem(
            key=f"{action}:{item}",
            total=_up(int(wanted.sum()), size),
            unit_cost=whole(self.prices[action][item], f"price of {item}"),
            weights=wanted,
            caps={str(code): _up(int(n), size) for code, n in wanted.items()},
            batch=size,
            priority=self.priorities.get(item, 1),
        )


def _up(number: int, size: int) -> int:
    return -(-number // size) * size if size else number


def _listed(split: Targets, table: pd.DataFrame) -> pd.DataFrame:
    """Return the funded values beside what was wanted."""
    wanted = table.set_index(["item", "region_code"])
    rows = []
    for line in as_records(split.table):
        action, _, item = line["service"].partition(":")
        code = line["region_code"]
        rows.append(
            {
                "action": action,
                "item": item,
                "region_code": code,
                "wanted": wanted.at[(item, code), action],
                "funded": line["value"],
                "unit_price": split.items[line["service"]].unit_cost,
                "cost": line["cost"],
            }
        )
    whole_numbers = dict.fromkeys(("wanted", "funded", "unit_price", "cost"), "Int64")
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(whole_numbers)
