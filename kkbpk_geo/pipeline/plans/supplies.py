"""Supplies end to end: inventories and groups in, gaps and a list to buy by out.

In:     inventory sheets, the offices' tables, unit prices, a budget in rupiah.
Out:    :class:`SupplyPlan`, and its files: ``kesenjangan-sarana.csv``,
        ``pengadaan.csv``, ``belum-dihitung.csv``, ``sarana.xlsx``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kkbpk_geo.base.errors import EmptyDataError
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.marks import Marks
from kkbpk_geo.base.results import OneLine, shown_html
from kkbpk_geo.catalogue.labels import label, mark_words
from kkbpk_geo.io import as_records, write_csv, writing

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.findings import Finding
    from kkbpk_geo.plan import Prices, Procurement, Supplies

FILES = ("kesenjangan-sarana.csv", "pengadaan.csv", "belum-dihitung.csv")
WORKBOOK = "sarana.xlsx"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class SupplyPlan(OneLine):
    """What is lacking, and what is to be bought and repaired.

    Attributes
    ----------
    supplies : Supplies
    procurement : Procurement or None
        None without prices, or where nothing that has a price is lacking.
    findings : tuple of Finding
        About the inventories.
    counted : bool
        Whether tables of groups were there to count the need.
    priced : bool
    """

    supplies: Supplies
    procurement: Procurement | None
    findings: tuple[Finding, ...]
    counted: bool
    priced: bool

    @property
    def marks(self) -> Marks:
        """Whether inventories, tables or prices are sample data."""
        return self.supplies.marks

    @property
    def table(self) -> pd.DataFrame:
        """The main frame: need, stock and gaps by item and region."""
        return self.supplies.table

    def summary(self, language: Language = "id") -> str:
        """Say what is lacking, what is bought of it, and what is not known."""
        said = [mark_words(self.marks, language), self.supplies.summary(language)]
        if not self.counted:
            said.append(label("supply_no_need", language))
        elif self.procurement is not None:
            said.append(self.procurement.summary(language))
        elif self.priced:
            said.append(label("supply_nothing_lacking", language))
        else:
            said.append(label("supply_no_prices", language))
        return "\n".join(filter(None, said))

    def lines(self, language: Language = "id") -> list[str]:
        """Return a line per district that lacks something, by quantity and quality."""
        from kkbpk_geo.catalogue.supplies import supply_items
        from kkbpk_geo.regions import place_name

        table = self.table[self.table["buy"].notna()]
        # The province is the sum of its districts, and receives nothing itself.
        table = table[table["region_code"] != self.supplies.province_code]
        out = []
        for code, own in table.groupby("region_code", sort=True):
            lacking = own[(own["quantity_gap"] + own["quality_gap"]) > 0]
            if lacking.empty:
                continue
            items = ", ".join(
                label("supply_item_gap", language).format(
                    item=supply_items()[row["item"]].name(language),
                    quantity=format_number(int(row["quantity_gap"]), 0, language),
                    quality=format_number(int(row["quality_gap"]), 0, language),
                )
                for row in as_records(lacking)
            )
            out.append(
                label("supply_region_line", language).format(
                    name=place_name(code),
                    quantity=format_number(
                        int(lacking["quantity_gap"].sum()), 0, language
                    ),
                    quality=format_number(
                        int(lacking["quality_gap"].sum()), 0, language
                    ),
                    items=items,
                )
            )
        return out

    def _repr_html_(self) -> str:
        return shown_html(self.summary(), self.table, index=False)


def read_inventories(
    files: Sequence[Path], *, province: str = "Lampung", year: int | None = None
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Read inventory sheets as one inventory, with what is to be said about them.

    Returns
    -------
    DataFrame
        ``region_code, item, condition, quantity``.
    tuple of Finding
    """
    from kkbpk_geo.intake import read_table
    from kkbpk_geo.plan import inventory_of

    intakes = [
        read_table(path, kind="inventory", province=province, year=year)
        for path in files
    ]
    inventory = inventory_of(intakes)
    return inventory, tuple(f for intake in intakes for f in intake.findings)


def plan_supplies(  # noqa: PLR0913 (each is one thing an office has to say)
    files: Sequence[Path],
    *,
    data: Sequence[Path] = (),
    prices: Prices | None = None,
    budget: int | None = None,
    batch: int | Mapping[str, int] = 1,
    province: str = "Lampung",
    year: int | None = None,
) -> SupplyPlan:
    """Hold inventories against what groups need, and list what to buy.

    Parameters
    ----------
    files : sequence of Path
        Inventories.
    data : sequence of Path
        Tables of groups and members, from which the need is counted; without them
        there is stock, but no gap.
    prices : Prices, optional
        Without them there is no list to buy by.
    budget : int, rupiah, optional
        Without one, everything that has a price is funded.
    batch : int or mapping item -> int
    province, year
        As of a Project.

    Raises
    ------
    CellError, PlanError, IntakeError
        If an inventory or table cannot be used.
    InfeasibleError
        If the budget leaves no division.
    EmptyDataError
        If there is nothing to count.
    """
    import pandas as pd

    from kkbpk_geo.pipeline.project import Project
    from kkbpk_geo.pipeline.running import run
    from kkbpk_geo.plan import count_supplies, plan_procurement
    from kkbpk_geo.regions import load_boundaries

    inventory, findings = read_inventories(files, province=province, year=year)
    if data:
        done = run(Project(tables=tuple(data), province=province, year=year))
        values = done.joined.at()
    else:
        regions = load_boundaries(province).index
        # Nothing is counted, yet every district has its row: its stock is known.
        values = pd.DataFrame({"bkb_groups": pd.NA}, regions, dtype="Int64")
    given = prices.buy if prices else {}
    repairs = prices.repair if prices else {}
    counted = count_supplies(inventory, values, needs=_also(inventory, given, repairs))
    counted = replace(counted, marks=Marks.of(counted, prices))
    procurement = None
    if given or repairs:
        try:
            procurement = plan_procurement(
                counted, given, budget=budget, repair_prices=repairs, batch=batch
            )
        except EmptyDataError:
            procurement = None  # said in the summary
    return SupplyPlan(
        supplies=counted,
        procurement=procurement,
        findings=findings,
        counted=bool(data),
        priced=bool(given or repairs),
    )


def write_supplies(
    plan: SupplyPlan, folder: str | Path, language: Language = "id"
) -> list[Path]:
    """Write gaps, purchases and what is open: CSV files and one workbook.

    Raises
    ------
    ProjectError, IntakeError
        If the folder cannot be written to.
    """
    from kkbpk_geo.plan import open_rows, write_supplies_workbook

    target = Path(folder)
    tables = {
        FILES[0]: plan.table,
        FILES[2]: open_rows(plan.supplies, plan.procurement),
    }
    if plan.procurement is not None:
        tables[FILES[1]] = plan.procurement.table
    with writing(target):
        files = []
        for name in FILES:
            if name not in tables:
                continue
            table = _named(tables[name], language)
            path = target / name
            files.append(write_csv(table, path, language, marks=plan.marks))
        files.append(
            write_supplies_workbook(
                plan.supplies,
                target / WORKBOOK,
                procurement=plan.procurement,
                language=language,
            )
        )
    return files


def _also(
    inventory: pd.DataFrame, *priced: Mapping[str, int]
) -> dict[str, float | None]:
    """Return what has a price but is in no inventory: it is counted, as unknown."""
    from kkbpk_geo.catalogue.supplies import supply_items

    there = set(inventory["item"]) if "item" in inventory else set()
    wanted = {item for prices in priced for item in prices}
    return {i: s.value for i, s in supply_items().items() if i in wanted - there}


def _named(table: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Put the name of region and item beside their codes."""
    from kkbpk_geo.catalogue.supplies import supply_items
    from kkbpk_geo.regions import place_name

    out = table.astype(object)
    for key, name, words in (
        ("region_code", "region_name", place_name),
        ("item", "item_name", lambda item: supply_items()[item].name(language)),
    ):
        out.insert(list(out.columns).index(key) + 1, name, out[key].map(words))
    return out
