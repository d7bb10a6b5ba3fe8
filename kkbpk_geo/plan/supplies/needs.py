"""What groups have to work with, what is broken, and what is not there at all.

Why: "sarana prasarana" is counted in kits and cards. A damaged kit and an absent kit
are two different needs: one is repaired, the other is bought.

In:     an inventory with conditions; measures by region (groups, members).
Out:    :class:`Supplies`: need, quantity gap and quality gap per region and item; the
        province's row is the sum of its regions' gaps, not of its stock.
Method: usable = good (and what nobody stated the condition of). Of the need, usable
        items meet ``met``; ``repair`` is at most the items with minor damage,
        ``replace`` at most those with major damage; what is not there at all is the
        ``quantity_gap``, and ``quality_gap`` = repair + replace.
        need = met + quality_gap + quantity_gap; buy = quantity_gap + replace.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kkbpk_geo.base.errors import EmptyDataError, PlanError
from kkbpk_geo.base.escaping import for_html
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.marks import UNMARKED, Marks, mark_frame
from kkbpk_geo.base.missing import is_missing
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.catalogue.supplies import supply_items
from kkbpk_geo.plan.supplies.inventory import read_inventory
from kkbpk_geo.plan.targets.numbers import exact
from kkbpk_geo.regions import common_parent, place_name

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
        missing where a number is; ``coverage`` float64, usable share of need;
        ``status`` ``ok``, ``partial`` (province: some regions unknown),
        ``no_inventory``, ``no_base``, ``missing``.
    province_code : str
        Empty where the regions have no common parent.
    marks : Marks
        Whether inventory or measures are sample data.
    """

    table: pd.DataFrame
    province_code: str
    marks: Marks = UNMARKED

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
        """Say how much is to be bought and repaired, and what is not known of whom."""
        own = self.table[self.table["region_code"] != self.province_code]
        absent = own["status"].eq("no_inventory").groupby(own["region_code"]).all()
        silent = set(absent.index[absent])
        unclear = own[own["total"].isna() & own["status"].ne("no_inventory")]
        counts = {
            name: format_number(int(own[name].sum()), 0, language)
            if own[name].notna().any()
            else label("plan_supply_unknown", language)
            for name in ("buy", "repair")
        }
        said = label("plan_supply_summary", language).format(
            items=own["item"].nunique(),
            regions=own["region_code"].nunique(),
            silent=", ".join(place_name(code) for code in sorted(silent)) or "–",
            **counts,
        )
        parts = [said]
        unneeded = own[own["status"].eq("no_base")]
        if len(unneeded):
            everywhere = own["need"].isna().all()
            items = dict.fromkeys(
                supply_items()[i].name(language) for i in unneeded["item"]
            )
            parts.append(
                label("plan_supply_no_base", language).format(
                    items=", ".join(items)
                    if everywhere
                    else _by_region(unneeded, language),
                    minor=format_number(int(unneeded["minor"].sum()), 0, language),
                )
            )
        if len(unclear):
            names = _by_region(unclear, language)
            parts.append(label("plan_supply_missing", language).format(regions=names))
        return " ".join(parts)

    def _repr_html_(self) -> str:
        head = f"<p>{for_html(self.summary())}</p>"
        return head + self.wide().to_html(escape=True)


def _by_region(rows: pd.DataFrame, language: Language) -> str:
    """Name regions, and in brackets the items that rows are about."""
    return ", ".join(
        f"{place_name(code)} "
        f"({', '.join(supply_items()[i].name(language) for i in items)})"
        for code, items in rows.groupby("region_code")["item"]
    )


def count_supplies(
    inventory: pd.DataFrame,
    values: pd.DataFrame,
    *,
    needs: Mapping[str, float | None] | None = None,
) -> Supplies:
    """Compare an inventory with what groups need.

    Parameters
    ----------
    inventory : DataFrame
        As :func:`~kkbpk_geo.plan.supplies_inventory.read_inventory` takes it.
    values : DataFrame, n rows, index region_code
        Measures such as ``bkb_groups`` (``Joined.at()``). Every region in it gets a row
        per item; a region without inventory is ``no_inventory``, not empty-handed.
    needs : mapping item -> number from 0 up, or None, optional
        Items per unit of their base, in place of the catalogue's 1; None leaves an item
        out. Items that are not in the inventory are counted only where named here.

    Raises
    ------
    PlanError, CellError
        If the inventory cannot be read, names a region that ``values`` has not, or
        ``needs`` names no item or no number.
    EmptyDataError
        If there is nothing to count.
    """
    stock = read_inventory(inventory)
    per = _per_base(stock, needs or {})
    if not per or values.empty:
        msg = "there is nothing to count: no item, or no region."
        raise EmptyDataError(msg)
    if strangers := sorted(set(stock["region_code"]) - set(values.index)):
        msg = (
            f"the inventory names regions {strangers}, which the measures do not have; "
            "check the codes."
        )
        raise PlanError(msg)
    codes = pd.Index(values.index, name="region_code")
    parent = common_parent(codes)
    parts = []
    for item, ratio in per.items():
        own = stock[stock["item"] == item]
        part = _count(own, values, item, ratio)
        if parent:
            part = pd.concat([part, _province(part, parent)])
        part.insert(0, "item", item)
        parts.append(part.rename_axis("region_code").reset_index())
    table = pd.concat(parts, ignore_index=True)[list(COLUMNS)]
    marks = Marks.of(inventory, values)
    return Supplies(table=mark_frame(table, marks), province_code=parent, marks=marks)


def _per_base(
    stock: pd.DataFrame, needs: Mapping[str, float | None]
) -> dict[str, float]:
    found = {
        i: supply_items()[i].value for i in supply_items() if i in set(stock["item"])
    }
    for item, ratio in needs.items():
        if item not in supply_items():
            msg = (
                f"needs name {item!r}, which is no item; known: {list(supply_items())}."
            )
            raise PlanError(msg)
        if ratio is None:
            found.pop(item, None)
        elif isinstance(ratio, bool) or not 0 <= ratio < np.inf:
            msg = f"need of {item!r} is {ratio!r}; expected a number from 0 up."
            raise PlanError(msg)
        else:
            found[item] = ratio
    return found


def _count(
    own: pd.DataFrame, values: pd.DataFrame, item: str, ratio: float
) -> pd.DataFrame:
    codes = values.index
    column = supply_items()[item].base
    base = pd.Series(values.get(column, pd.NA), codes, dtype="Int64")
    there = codes.isin(own["region_code"])
    pivot = own.pivot(index="region_code", columns="condition", values="quantity")
    out = pd.DataFrame({"base": base}, index=codes)
    share = exact(ratio)
    needed = [
        pd.NA if is_missing(n) else -(-int(n) * share.numerator // share.denominator)
        for n in base
    ]
    out["need"] = pd.array(needed, dtype="Int64")
    for name in STOCK:
        # A condition that the list does not mention has none, where there is a list.
        cells = pivot[name].reindex(codes) if name in pivot else pd.Series(pd.NA, codes)
        named = own.loc[own["condition"] == name, "region_code"]
        silent = there & ~codes.isin(named)
        out[name] = cells.astype("Int64").mask(pd.Series(silent, codes), 0)
    out["total"] = sum(out[name] for name in STOCK)
    _split(out)
    known = out["total"].notna()
    out["status"] = np.select(
        [~there, out["need"].isna(), ~known.to_numpy(bool)],
        ["no_inventory", "no_base", "missing"],
        "ok",
    )
    return out


def _split(out: pd.DataFrame) -> None:
    """Say what of the need is met, to be repaired, to be replaced, and not there."""
    usable = out["good"] + out["unstated"]
    out["met"] = _smaller(out["need"], usable)
    rest = out["need"] - out["met"]
    out["repair"] = _smaller(rest, out["minor"])
    out["replace"] = _smaller(rest - out["repair"], out["major"])
    out["quantity_gap"] = rest - out["repair"] - out["replace"]
    out["quality_gap"] = out["repair"] + out["replace"]
    out["buy"] = out["quantity_gap"] + out["replace"]
    out["surplus"] = usable - out["met"]
    met, need = (out[c].to_numpy(float, na_value=np.nan) for c in ("met", "need"))
    out["coverage"] = np.divide(
        met, need, out=np.full(len(out), np.nan), where=~(need <= 0)
    )


def _smaller(left: pd.Series[int], right: pd.Series[int]) -> pd.Series[int]:
    """Return the smaller of two, missing where either is."""
    both = pd.concat([left, right], axis=1)
    return both.min(axis=1, skipna=False).astype("Int64")


def _province(part: pd.DataFrame, code: str) -> pd.DataFrame:
    known = part[part["buy"].notna()]
    names = [c for c in part.columns if c not in ("coverage", "status")]
    total = pd.DataFrame(
        {
            name: pd.array([known[name].sum() if len(known) else pd.NA], "Int64")
            for name in names
        },
        index=[code],
    )
    need = int(known["need"].sum())
    total["coverage"] = int(known["met"].sum()) / need if need else np.nan
    whole_ = len(known) == len(part)
    total["status"] = "ok" if whole_ else "partial" if len(known) else "missing"
    return total
