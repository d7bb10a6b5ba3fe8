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

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kkbpk_geo.base.errors import EmptyDataError, PlanError
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.marks import UNMARKED, Marks, mark_frame
from kkbpk_geo.base.missing import is_missing
from kkbpk_geo.base.results import OneLine, shown_html
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


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class Supplies(OneLine):
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
        said = label("plan_supply_summary", language).format(
            items=own["item"].nunique(),
            regions=own["region_code"].nunique(),
            silent=", ".join(map(place_name, sorted(silent))) or "–",
            buy=_sum_text(own["buy"], language),
            repair=_sum_text(own["repair"], language),
        )
        parts = [said]
        unneeded = own[own["status"].eq("no_base")]
        if len(unneeded):
            named = _by_region(unneeded, language)
            if own["need"].isna().all():  # of no region: the items alone say it
                named = _item_names(unneeded["item"], language)
            parts.append(
                label("plan_supply_no_base", language).format(
                    items=named,
                    minor=format_number(int(unneeded["minor"].sum()), 0, language),
                )
            )
        if len(unclear):
            names = _by_region(unclear, language)
            parts.append(label("plan_supply_missing", language).format(regions=names))
        return " ".join(parts)

    def _repr_html_(self) -> str:
        return shown_html(self.summary(), self.wide())


def _by_region(rows: pd.DataFrame, language: Language) -> str:
    """Name regions, and in brackets the items that rows are about."""
    said = []
    for code, items in rows.groupby("region_code")["item"]:
        said.append(f"{place_name(code)} ({_item_names(items, language)})")
    return ", ".join(said)


def _item_names(items: Iterable[str], language: Language) -> str:
    """Name items, each once."""
    names = dict.fromkeys(supply_items()[item].name(language) for item in items)
    return ", ".join(names)


def _sum_text(numbers: pd.Series[int], language: Language) -> str:
    """Write a sum; words where not one of the numbers is known."""
    if numbers.isna().all():
        return label("plan_supply_unknown", language)
    return format_number(int(numbers.sum()), 0, language)


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
        As :func:`~kkbpk_geo.plan.supplies.inventory.read_inventory` takes it.
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
    """Return how many of each item a unit of its base needs."""
    listed = set(stock["item"])
    found = {key: item.value for key, item in supply_items().items() if key in listed}
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
    """Lay one item's stock beside what the groups of each region need."""
    codes = values.index
    column = supply_items()[item].base
    base = pd.Series(values.get(column, pd.NA), codes, dtype="Int64")
    there = codes.isin(own["region_code"])
    out = pd.DataFrame({"base": base}, index=codes)
    out["need"] = _needed(base, ratio)
    for name in STOCK:
        stated = own[own["condition"] == name].set_index("region_code")["quantity"]
        # A condition that the list does not mention has none, where there is a list.
        silent = there & ~codes.isin(stated.index)
        cells = stated.reindex(codes).astype("Int64")
        out[name] = cells.mask(pd.Series(silent, codes), 0)
    out["total"] = sum(out[name] for name in STOCK)
    _split(out)
    known = out["total"].notna()
    out["status"] = np.select(
        [~there, out["need"].isna(), ~known.to_numpy(bool)],
        ["no_inventory", "no_base", "missing"],
        "ok",
    )
    return out


def _needed(base: pd.Series[int], ratio: float) -> pd.Series[int]:
    """Return what a base needs: whole things, a part of one is one."""
    share = exact(ratio)
    needed: list[object] = []
    for number in base:
        if is_missing(number):
            needed.append(pd.NA)
        else:
            # Exactly, and rounded up: binary fractions would now and then add one.
            needed.append(-(-int(number) * share.numerator // share.denominator))
    return pd.Series(needed, base.index, dtype="Int64")


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
    """Add up what is known of the regions; what is not known is not read as nothing."""
    known = part[part["buy"].notna()]
    numbers = part.columns.drop(["coverage", "status"])
    sums = known[numbers].sum(min_count=1)
    total = sums.to_frame(code).T.astype("Int64")
    need = int(known["need"].sum())
    total["coverage"] = int(known["met"].sum()) / need if need else np.nan
    status = "partial" if len(known) else "missing"
    total["status"] = "ok" if len(known) == len(part) else status
    return total
