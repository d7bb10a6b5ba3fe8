"""Targets divided together: all of each in full, or as much as one budget pays.

In:     :class:`~kkbpk_geo.plan.targets.budget.BudgetItem` for each target; a budget in
        rupiah where there is one.
Out:    the items as they were understood, and how each was divided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kkbpk_geo.plan.targets.budget import (
    BudgetItem,
    fund,
    named,
    price_of,
    read_item,
)
from kkbpk_geo.plan.targets.divide import Asked, Method, Target, solve

LIMITS = {"floors": "floor", "caps": "cap", "locked": "locked"}

Divided = tuple[dict[str, BudgetItem], dict[str, Target]]


def divide_items(
    items: Sequence[BudgetItem], budget: int | None, method: Method
) -> Divided:
    """Divide each item's total, or as much of it as the budget pays.

    Parameters
    ----------
    items : sequence of BudgetItem with different keys
    budget : int, rupiah from 0 up, or None
    method : {"largest_remainder", "sainte_lague"}

    Returns
    -------
    items, results : dict service -> BudgetItem, dict service -> Target
        Items with exact weights, and limits by region_code.

    Raises
    ------
    InfeasibleError, PlanError, EmptyDataError
        With the item's key in front.
    """
    results: dict[str, Target] = {}
    if budget is None:
        for item in items:
            if item.unit_cost is not None:
                price_of(item)
        for item in items:
            with named(item):
                results[item.key] = solve(*read_item(item), method)
    else:
        funded = fund(budget, items)
        for item in items:
            own = funded[item.key]
            with named(item):
                results[item.key] = solve(own.units, own.asked, method)
    settled = {item.key: _settled(item, results[item.key].asked) for item in items}
    return settled, results


def _settled(item: BudgetItem, asked: Asked) -> BudgetItem:
    """Return an item whose weights are exact and whose limits are by region."""
    import pandas as pd

    weights = pd.Series(dict(asked.weights), dtype=object, name=None)
    weights.attrs["shares"] = dict(asked.basis)
    limits: dict[str, Any] = {}
    for name in LIMITS:
        cells = limits_of(asked, name).items()
        limits[name] = {code: limit for code, limit in cells if limit is not None}
    return replace(item, weights=weights, **limits)


def limits_of(asked: Asked, name: str) -> dict[str, int | None]:
    """Return one kind of limit by region_code; None where there is none."""
    return dict(zip(asked.weights, getattr(asked.limits, name), strict=True))
