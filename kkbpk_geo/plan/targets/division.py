"""Several targets divided together, with or without one budget, and their history.

Why: what goes to a meeting is not one target but a handful, what comes back has changed
floors, caps, locks and totals, and somebody will ask next year who decided that.

In:     :class:`BudgetItem` for each target; a budget in rupiah where there is one.
Out:    :class:`Division`, which ``apportionment_workbook`` writes and
        ``apportionment_revision`` revises, with a line for all that changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.base.escaping import for_html
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.marks import UNMARKED, Marks
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.io import refuse_person
from kkbpk_geo.plan.targets.budget import (
    BudgetItem,
    apportion_budget,
    check_items,
    divide_item,
)
from kkbpk_geo.plan.targets.divide import Apportionment, Method
from kkbpk_geo.plan.targets.numbers import whole

if TYPE_CHECKING:
    import pandas as pd

HISTORY = (
    "step", "service", "region_code", "kind", "was", "became", "reason", "decided_by",
)  # fmt: skip
LIMITS = {"floors": "floor", "caps": "cap", "locked": "locked"}
SETTINGS = ("total", "batch", "unit_cost", "priority")
MOVES = ("override", "released", "reapportioned")
KINDS = (*MOVES, "floor", "cap", *SETTINGS, "method", "budget", "note")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Division:
    """Targets and how they were divided.

    Attributes
    ----------
    items : mapping service -> BudgetItem
        What was asked for, with exact weights and every limit by region_code.
    results : mapping service -> Apportionment
    method : {"largest_remainder", "sainte_lague"}
    budget : int or None
        Rupiah; None where every target is divided in full.
    meeting : str
        Who decides, where a revision does not say otherwise.
    note : str
        What the numbers come from.
    log : DataFrame, one row per change, columns :data:`HISTORY`
        ``kind`` is one of :data:`KINDS`; ``was, became`` are numbers, a method, or
        None where there was or is no limit.
    marks : Marks
        Whether it divides by sample data.
    """

    items: Mapping[str, BudgetItem]
    results: Mapping[str, Apportionment]
    method: Method
    budget: int | None
    meeting: str
    note: str
    log: pd.DataFrame
    marks: Marks = UNMARKED

    @property
    def table(self) -> pd.DataFrame:
        """One row per service and region: ``service, region_code, value, cost``."""
        import pandas as pd

        parts = []
        for key, result in self.results.items():
            part = result.table[["value"]].reset_index()
            part.insert(0, "service", key)
            price = self.items[key].unit_cost
            cost = pd.NA if price is None else part["value"] * price
            part["cost"] = pd.Series(cost, part.index, dtype="Int64")
            parts.append(part)
        return pd.concat(parts, ignore_index=True)

    @property
    def overview(self) -> pd.DataFrame:
        """One row per service: ``wanted, divided, short, unit_cost, cost``, Int64."""
        import pandas as pd

        rows = {}
        for key, item in self.items.items():
            divided = int(self.results[key].values.sum())
            price = item.unit_cost
            cost = None if price is None else price * divided
            wanted = int(item.total)
            rows[key] = (wanted, divided, wanted - divided, price, cost)
        frame = pd.DataFrame.from_dict(
            rows,
            orient="index",
            columns=["wanted", "divided", "short", "unit_cost", "cost"],
        )
        return frame.astype("Int64").rename_axis("service")

    @property
    def cost(self) -> int:
        """Rupiah for all that has a price."""
        return int(self.overview["cost"].sum())

    def quantity(self, service: str, region_code: str) -> int:
        """Return how many of a service a region gets."""
        return int(self.results[service].table["value"][region_code])

    def explain(self, service: str, region_code: str, language: Language = "id") -> str:
        """Say how a value came about; raises as Apportionment's.

        Raises
        ------
        PlanError
            If the service or the region is not there.
        """
        if service not in self.results:
            msg = f"service {service!r} is not divided here: {list(self.results)}."
            raise PlanError(msg)
        return self.results[service].explain(region_code, language)

    def summary(self, language: Language = "id") -> str:
        """Say what was divided, what it costs, and what the budget leaves."""
        one = len(self.results) == 1
        said = [
            text if one else f"{key}: {text}"
            for key, result in self.results.items()
            for text in (result.summary(language),)
        ]
        table = self.overview
        if self.budget is not None:
            said += [
                label("division_funded", language).format(
                    service=key,
                    divided=format_number(int(line["divided"]), 0, language),
                    wanted=format_number(int(line["wanted"]), 0, language),
                    short=format_number(int(line["short"]), 0, language),
                )
                for key, line in table.iterrows()
                if line["short"]
            ]
            said.append(
                label("plan_budget_summary", language).format(
                    budget=format_number(self.budget, 0, language),
                    n=len(table),
                    full=int((table["short"] == 0).sum()),
                    leftover=format_number(self.budget - self.cost, 0, language),
                )
            )
        return "\n".join(said)

    def _repr_html_(self) -> str:
        head = f"<p>{for_html(self.summary())}</p>"
        return head + self.overview.to_html(escape=True)


def divide_targets(
    items: Sequence[BudgetItem],
    *,
    budget: int | None = None,
    method: Method = "largest_remainder",
    meeting: str = "",
    note: str = "",
    marks: Marks | None = None,
) -> Division:
    """Divide several targets among regions, under one budget where there is one.

    Parameters
    ----------
    items : sequence of BudgetItem with different keys
    budget : int, rupiah, optional
        Without one, every target is divided in full; with one, every item needs a
        ``unit_cost``, and is funded as :func:`apportion_budget` says.
    method : {"largest_remainder", "sainte_lague"}
    meeting, note : str
        Go with the division as they are.
    marks : Marks, optional
        By default those that the weights carry.

    Returns
    -------
    Division

    Raises
    ------
    InfeasibleError
        If the limits leave no division: of which item, which limit, by how much.
    PlanError, EmptyDataError
        As :func:`apportion_budget`.
    PersonError
        For a number of a person in ``meeting``.
    """
    import pandas as pd

    for item in items:
        weights = getattr(item, "weights", None)
        if not hasattr(weights, "items"):
            what = getattr(item, "key", repr(item))
            msg = (
                f"{what}: weights are a {type(weights).__name__}; a division needs "
                "BudgetItems with region codes, as a mapping or a Series has them."
            )
            raise PlanError(msg)
    check_items(items)
    refuse_person(meeting, "meeting")
    if budget is None:
        for item in items:
            if item.unit_cost is not None:
                whole(item.unit_cost, f"{item.key}: unit_cost")
        results: Mapping[str, Apportionment] = {
            item.key: divide_item(item, item.total, method) for item in items
        }
    else:
        results = apportion_budget(budget, items, method=method).results
    return Division(
        items={item.key: _settled(item, results[item.key]) for item in items},
        results=results,
        method=method,
        budget=None if budget is None else whole(budget, "budget"),
        meeting=meeting,
        note=note,
        log=pd.DataFrame(columns=list(HISTORY), dtype=object),
        marks=Marks.of(*(i.weights for i in items)) if marks is None else marks,
    )


def _settled(item: BudgetItem, result: Apportionment) -> BudgetItem:
    """Return an item whose weights are exact and whose limits are by region."""
    import pandas as pd

    weights = pd.Series(dict(result.weights), dtype=object, name=None)
    weights.attrs["shares"] = dict(result.basis)
    codes = [str(code) for code in result.table.index]
    columns = {
        name: result.table[column].array.to_numpy(dtype=object, na_value=None)
        for name, column in LIMITS.items()
    }
    limits: dict[str, Any] = {
        name: {c: int(n) for c, n in zip(codes, cells, strict=True) if n is not None}
        for name, cells in columns.items()
    }
    return replace(item, weights=weights, **limits)
