"""What groups have to work with, what is broken, and what is not there at all.

Why: "sarana prasarana" is counted in kits and cards. A damaged kit and an absent kit are
two different needs: one is repaired, the other is bought.

Layer:  7 (plan).
In:     an inventory with conditions; measures by region (groups, members).
Out:    :class:`Supplies`: need, quantity gap and quality gap per region and item; the
        province's row is the sum of its regions' gaps, not of its stock.
Method: usable = good (and what nobody stated the condition of). Of the need, usable
        items meet ``met``; ``repair`` = at most the items with minor damage, ``replace``
        = at most those with major damage, the rest is not there: ``quantity_gap``.
        need = met + quality_gap + quantity_gap; buy = quantity_gap + replace.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kkbpk_geo.base.errors import CellError, EmptyDataError, PlanError
from kkbpk_geo.base.escaping import for_html
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.catalogue.supplies import (
    condition_of,
    conditions,
    item_of,
    supply_items,
)
from kkbpk_geo.plan.apportionment_numbers import exact, is_missing, whole
from kkbpk_geo.plan.apportionment_words import place_name

STOCK = ("good", "minor", "major", "unstated")
GAPS = ("met", "repair", "replace", "quantity_gap", "quality_gap", "buy", "surplus")
COLUMNS = (
    "region_code", "item", "base", "need", *STOCK, "total", *GAPS, "coverage", "status",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Supplies:
    """Inventory against need.

    Attributes
    ----------
    table : DataFrame, one row per item and region, then the province's
        ``region_code, item``; ``base`` (the measure that need comes from) Int64;
        ``need``; stock by condition ``good, minor, major, unstated`` and ``total``;
        ``met, repair, replace, quantity_gap, quality_gap, buy, surplus``, all Int64,
        missing where a number is; ``coverage`` float64, usable share of need; ``status``
        ``ok``, ``partial`` (province: some regions unknown), ``no_inventory``,
        ``no_base``, ``missing``.
    province_code : str
        Empty where the regions have no common parent.
    """

    table: pd.DataFrame
    province_code: str

    def wide(self, column: str = "buy") -> pd.DataFrame:
        """Return one column as a frame by region_code, one column per item."""
        if column not in (*GAPS, *STOCK, "need", "total", "coverage"):
            msg = f"supplies have no column {column!r}; there are {list(GAPS)}."
            raise PlanError(msg)
        wide = self.table.pivot(index="region_code", columns="item", values=column)
        items = list(dict.fromkeys(self.table["item"]))
        return wide[items].rename_axis(columns=None)

    def to_do(self, region_code: str, language: Language = "id") -> list[str]:
        """Say in countable things what a region lacks: ``12 BKB Kit: beli 9, …``."""
        own = self.table[self.table["region_code"] == region_code]
        out = []
        for _, row in own.iterrows():
            if is_missing(row["buy"]) or not row["buy"] + row["repair"]:
                continue
            item = supply_items()[row["item"]]
            out.append(
                label("plan_supply_line", language).format(
                    item=item.name(language),
                    buy=format_number(row["buy"], 0, language),
                    repair=format_number(row["repair"], 0, language),
                    unit=item.unit,
                )
            )
        return out

    def summary(self, language: Language = "id") -> str:
        """Say how much is to be bought and repaired, and who sent no inventory."""
        own = self.table[self.table["region_code"] != self.province_code]
        silent = own.loc[own["status"] == "no_inventory", "region_code"].unique()
        return label("plan_supply_summary", language).format(
            items=own["item"].nunique(),
            regions=own["region_code"].nunique(),
            buy=format_number(int(own["buy"].sum()), 0, language),
            repair=format_number(int(own["repair"].sum()), 0, language),
            silent=", ".join(place_name(code) for code in silent) or "–",
        )

    def _repr_html_(self) -> str:
        head = f"<p>{for_html(self.summary())}</p>"
        return head + self.wide().to_html(escape=True)


def read_inventory(inventory: pd.DataFrame) -> pd.DataFrame:
    """Return an inventory with the catalogue's keys, one row per region, item, condition.

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
    frame = inventory.reset_index()
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
        item, condition = item_of(str(line["item"])), condition_of(str(line["condition"]))
        for name, key, known in (
            ("item", item, supply_items()),
            ("condition", condition, conditions()),
        ):
            if not key:
                raise CellError(
                    "inventory",
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
                "inventory",
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
    return tidy.groupby(keys, as_index=False, sort=True)["quantity"].agg(
        lambda x: x.sum(skipna=False)
    )
