"""Reading an inventory: any spelling of items and conditions, nothing guessed.

Layer:  7 (plan).
In:     a frame with a row per thing, conditions in rows or in columns.
Out:    one row per region, item and condition; or an error that names the cell.
"""

from __future__ import annotations

import pandas as pd

from kkbpk_geo.base.errors import CellError, PlanError
from kkbpk_geo.catalogue.supplies import (
    condition_of,
    conditions,
    item_of,
    supply_items,
)
from kkbpk_geo.plan.apportionment_numbers import is_missing, whole

_WHERE = "inventory"


def read_inventory(inventory: pd.DataFrame) -> pd.DataFrame:
    """Return an inventory with the catalogue's keys, one row per thing and condition.

    Parameters
    ----------
    inventory : DataFrame
        ``region_code``, ``item`` (key or any spelling of the catalogue), and either
        ``condition`` and ``quantity``, or one column per condition as offices write it
        (``baik, rusak ringan, rusak berat``; ``jumlah`` where no condition is stated).
        Rows of the same thing add up; an empty quantity stays unknown.

    Returns
    -------
    DataFrame
        ``region_code, item, condition`` text, ``quantity`` Int64.

    Raises
    ------
    PlanError
        If a column is absent.
    CellError
        If an item or condition is unknown, or a quantity is no whole number from 0 up.
    """
    frame = inventory
    if "region_code" not in frame and frame.index.name == "region_code":
        frame = frame.reset_index()
    by_condition = {c: key for c in frame if (key := condition_of(str(c)))}
    if "condition" not in frame and by_condition:
        frame = frame.melt(
            ["region_code", "item"] if "item" in frame else ["region_code"],
            list(by_condition),
            var_name="condition",
            value_name="quantity",
            ignore_index=False,
        )
    absent = sorted({"region_code", "item", "condition", "quantity"} - set(frame))
    if absent:
        msg = (
            f"the inventory has no column {absent}; expected region_code, item, and "
            "condition with quantity, or one column per condition (baik, rusak ringan, "
            "rusak berat)."
        )
        raise PlanError(msg)
    rows = []
    for at, line in frame.iterrows():
        item = item_of(str(line["item"]))
        condition = condition_of(str(line["condition"]))
        for name, key, known in (
            ("item", item, supply_items()),
            ("condition", condition, conditions()),
        ):
            if not key:
                raise CellError(
                    _WHERE,
                    at,
                    name,
                    line[name],
                    expected="one of " + ", ".join(e.id for e in known.values()),
                    remedy="Use such a spelling, or add it to supplies.toml.",
                )
        try:
            cell = line["quantity"]
            number = None if is_missing(cell) else whole(cell, "")
        except PlanError:
            raise CellError(
                _WHERE,
                at,
                "quantity",
                line["quantity"],
                expected="a whole number from 0 up, or nothing",
                remedy="Correct the cell.",
            ) from None
        rows.append((str(line["region_code"]), item, condition, number))
    tidy = pd.DataFrame(rows, columns=["region_code", "item", "condition", "quantity"])
    tidy["quantity"] = tidy["quantity"].astype("Int64")
    keys = ["region_code", "item", "condition"]
    # One unknown part makes the sum unknown.
    grouped = tidy.groupby(keys, sort=True)["quantity"]
    total = grouped.sum().astype("Int64")
    return total.mask(grouped.count() < grouped.size()).reset_index()


def inventory_of(values: pd.DataFrame) -> pd.DataFrame:
    """Return the inventory that the groups' own reports imply, condition not stated.

    Parameters
    ----------
    values : DataFrame, index region_code
        Measures such as ``bkb_groups_with_kit`` (``Joined.at()``): one kit per group
        that has one.

    Returns
    -------
    DataFrame
        ``region_code, item, condition, quantity``; no row where nothing is reported.
    """
    rows = []
    for key, item in supply_items().items():
        column = f"{item.group}_groups_with_kit"
        if item.kind == "kit" and column in values:
            rows += [
                (code, key, "unstated", int(n))
                for code, n in values[column].dropna().items()
            ]
    tidy = pd.DataFrame(rows, columns=["region_code", "item", "condition", "quantity"])
    return tidy.astype({"quantity": "Int64"})
