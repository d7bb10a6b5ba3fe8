"""Reading an inventory: any spelling of items and conditions, nothing guessed.

In:     a frame with a row per thing, conditions in rows or in columns; or inventory
        sheets as :func:`~kkbpk_geo.intake.reading.read_table` gives them.
Out:    one row per region, item and condition; or an error that names the cell.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence

import pandas as pd

from kkbpk_geo.base.errors import CellError, EmptyDataError, PlanError
from kkbpk_geo.base.marks import Marks, mark_frame
from kkbpk_geo.base.missing import is_missing
from kkbpk_geo.base.periods import canonical, order_periods
from kkbpk_geo.catalogue.named import Named
from kkbpk_geo.catalogue.supplies import condition_of, conditions, item_of, supply_items
from kkbpk_geo.intake import FAULTS, Intake
from kkbpk_geo.io import as_records
from kkbpk_geo.plan.targets.numbers import whole
from kkbpk_geo.regions import place_name

_WHERE = "inventory"
# The columns of an inventory, as every room takes it.
COLUMNS = ("region_code", "item", "condition", "quantity")
# Rows left out whose stock is unknown; one that only repeats another says nothing new.
UNCLEAR = tuple(fault for fault in FAULTS if fault != "repeated")


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
    frame = _by_row(inventory)
    absent = sorted(set(COLUMNS) - set(frame))
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
        if not item:
            raise _unknown(at, "item", line["item"], supply_items())
        if not condition:
            raise _unknown(at, "condition", line["condition"], conditions())
        quantity = _quantity(at, line["quantity"])
        rows.append((str(line["region_code"]), item, condition, quantity))
    tidy = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"quantity": "Int64"})
    # One unknown part makes the sum unknown.
    grouped = tidy.groupby(list(COLUMNS[:3]), sort=True)["quantity"]
    total = grouped.sum().astype("Int64")
    found = total.mask(grouped.count() < grouped.size()).reset_index()
    return mark_frame(found, Marks.of(inventory))


def _by_row(inventory: pd.DataFrame) -> pd.DataFrame:
    """Return an inventory with conditions in rows, whichever way it was laid out."""
    frame = inventory
    if "region_code" not in frame and frame.index.name == "region_code":
        frame = frame.reset_index()
    by_condition = [column for column in frame if condition_of(str(column))]
    if "condition" in frame or not by_condition:
        return frame
    return frame.melt(
        [name for name in ("region_code", "item") if name in frame],
        by_condition,
        var_name="condition",
        value_name="quantity",
        ignore_index=False,
    )


def _unknown(
    at: Hashable, name: str, said: object, known: Mapping[str, Named]
) -> CellError:
    spellings = ", ".join(each.id for each in known.values())
    return CellError(
        _WHERE,
        at,
        name,
        said,
        expected=f"one of {spellings}",
        remedy="Use such a spelling, or add it to supplies.toml.",
    )


def _quantity(at: Hashable, cell: object) -> int | None:
    if is_missing(cell):
        return None
    try:
        return whole(cell, "")
    except PlanError:
        raise CellError(
            _WHERE,
            at,
            "quantity",
            cell,
            expected="a whole number from 0 up, or nothing",
            remedy="Correct the cell.",
        ) from None


def inventory_of(
    intakes: Intake | Sequence[Intake], *, period: str | None = None
) -> pd.DataFrame:
    """Return the stock that inventory sheets state, ready for ``count_supplies``.

    Rows below a district (kecamatan, desa, groups) add up to it. Rows that reading left
    out as unclear (``Intake.listed``) make the stock of their region and item unknown,
    not smaller. Rows without a region are in the findings of the intake, not here.

    Parameters
    ----------
    intakes : Intake or sequence of Intake
        What :func:`~kkbpk_geo.intake.reading.read_table` gave; tables that are no
        inventory are passed over.
    period : str, optional
        ``2026`` or ``2026-05``; needed where the tables state several.

    Returns
    -------
    DataFrame
        ``region_code, item, condition`` text, ``quantity`` Int64 (missing: unknown).

    Raises
    ------
    PlanError
        If no table is an inventory, the period is not stated or not there, or two
        tables count the same thing in the same place.
    """
    given = [intakes] if isinstance(intakes, Intake) else list(intakes)
    stocks = _stocks(table for intake in given for table in intake.tables())
    data = pd.concat([table.data for table in stocks], ignore_index=True)
    period = None if period is None else canonical(period)
    frames = [_unclear(table, period) for table in stocks]
    doubtful = [table for table in stocks if table.listed["reason"].isin(UNCLEAR).any()]
    if data.empty and not doubtful:
        files = ", ".join(sorted({str(table.source) for table in stocks}))
        msg = f"{files}: the inventory has no rows; fill in one per district and item."
        raise EmptyDataError(msg)
    data = _of_period(data[data["region_code"].notna()], period)
    _refuse_overlap(data)
    frames.insert(0, data[list(COLUMNS)])
    filled = [frame for frame in frames if len(frame)] or frames[:1]
    stock = read_inventory(pd.concat(filled, ignore_index=True))
    return mark_frame(stock, Marks.of(*stocks))


def _stocks(tables: Iterable[Intake]) -> list[Intake]:
    """Return the tables that are inventories."""
    tables = list(tables)
    stocks = [table for table in tables if table.kind == "inventory"]
    if not stocks:
        kinds = ", ".join(sorted({table.kind for table in tables})) or "–"
        msg = (
            f"no inventory was recognised, only: {kinds}. It needs the headings NAMA "
            "SARANA, KONDISI and JUMLAH; see kkbpk-geo template inventory."
        )
        raise PlanError(msg)
    return stocks


def _unclear(table: Intake, period: str | None) -> pd.DataFrame:
    """Return a row of unknown quantity for each thing whose row was not understood."""
    rows = table.listed[table.listed["reason"].isin(UNCLEAR)]
    if rows.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    rows = rows.dropna(subset=["region_code", "item"])
    if period is not None:
        rows = rows[rows["period"].isna() | (rows["period"] == period)]
    unknown = pd.array([pd.NA] * len(rows), "Int64")
    things = rows[["region_code", "item"]]
    return things.assign(condition="unstated", quantity=unknown)


def _of_period(data: pd.DataFrame, period: str | None) -> pd.DataFrame:
    """Return the rows of one period; those that state none belong to any."""
    known = order_periods(data["period"].dropna())
    if period is None and len(known) > 1:
        msg = (
            f"the inventory is of several periods: {', '.join(known)}. Say which one "
            "counts with period=, or give the files of one."
        )
        raise PlanError(msg)
    if period is not None and known and period not in known:
        msg = f"the inventory has no period {period!r}; it has {', '.join(known)}."
        raise PlanError(msg)
    if period is None:
        return data
    return data[data["period"].isna() | (data["period"] == period)]


def _refuse_overlap(data: pd.DataFrame) -> None:
    """Refuse two tables that count the same thing in the same place."""
    below = [name for name in ("kecamatan", "desa") if name in data]
    keys = ["region_code", "item", "condition", *below]
    first: dict[tuple[object, ...], tuple[str, str, int]] = {}
    for line in as_records(data.fillna(dict.fromkeys(below, ""))):
        sheet = line["source_sheet"]
        name = sheet if isinstance(sheet, str) else ""
        place = (str(line["source_file"]), name, int(line["source_row"]))
        other = first.setdefault(tuple(line[key] for key in keys), place)
        if other[:2] != place[:2]:
            what = supply_items()[line["item"]].id
            msg = (
                f"{what} of {place_name(line['region_code'])} is counted in two "
                f"tables: {_said(other)} and {_said(place)}. Give one of them, or "
                "tell the places apart in a column KECAMATAN."
            )
            raise PlanError(msg)


def _said(place: tuple[str, str, int]) -> str:
    file, sheet, row = place
    return f"{file}, {sheet}, row {row}" if sheet else f"{file}, row {row}"


def reported_kits(values: pd.DataFrame) -> pd.DataFrame:
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
            for code, number in values[column].dropna().items():
                rows.append((code, key, "unstated", int(number)))
    tidy = pd.DataFrame(rows, columns=list(COLUMNS))
    return tidy.astype({"quantity": "Int64"})
