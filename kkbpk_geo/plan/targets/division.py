"""Targets divided together, with or without one budget, their revisions and history.

Why: what goes to a meeting is not one target but a handful, what comes back has changed
floors, caps, locks and totals, and somebody will ask next year who decided that. What
follows from a change is computed, not typed.

In:     :class:`BudgetItem` for each target; a budget in rupiah where there is one.
Out:    :class:`Targets`, whose ``revise`` and ``override`` divide again with a line in
        the log for all that changed; the workbook of a meeting is written from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.marks import UNMARKED, Marks
from kkbpk_geo.base.results import OneLine, shown_html
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.io import refuse_person
from kkbpk_geo.plan.targets.budget import BudgetItem, check_items
from kkbpk_geo.plan.targets.divide import Method, Target
from kkbpk_geo.plan.targets.history import (
    MOVES,
    Row,
    continue_log,
    list_limits,
    list_moves,
    list_settings,
)
from kkbpk_geo.plan.targets.making import LIMITS, divide_items, limits_of
from kkbpk_geo.plan.targets.numbers import whole

if TYPE_CHECKING:
    import pandas as pd

HISTORY = (
    "step", "service", "region_code", "kind", "was", "became", "reason", "decided_by",
)  # fmt: skip
SETTINGS = ("total", "batch", "unit_cost", "priority")
KINDS = (*MOVES, "floor", "cap", *SETTINGS, "method", "budget", "note")
# (service, region_code) -> a limit; None is no limit.
Changes: TypeAlias = Mapping[tuple[str, str], int | None]
_PAIR = 2  # service and region


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class Revision(OneLine):
    """What targets are to become: new limits, totals and money, and why.

    Attributes
    ----------
    items : tuple of BudgetItem
        The same services, in the same order, over the same regions.
    budget, method, meeting
        As of :class:`Targets`.
    reasons : mapping (service, region_code) -> text
        Why a region's limits change; where none changes, it goes on record as a note.
    places : mapping (service, region_code, limit) -> text
        Where a limit stands in a workbook, for an error; ``(service, "", "")`` is the
        total's place, ``("", "", "")`` the budget's. Empty without a workbook.
    """

    items: tuple[BudgetItem, ...]
    budget: int | None
    method: Method
    meeting: str = ""
    reasons: Mapping[tuple[str, str], str] = field(default_factory=dict)
    places: Mapping[tuple[str, str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class Targets(OneLine):
    """Targets and how they were divided.

    Attributes
    ----------
    items : mapping service -> BudgetItem
        What was asked for, with exact weights and every limit by region_code.
    results : mapping service -> Target
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
    results: Mapping[str, Target]
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

        values = {key: result.values for key, result in self.results.items()}
        table = pd.concat(values, names=["service"]).reset_index()
        price = table["service"].map(self.overview["unit_cost"])
        table["cost"] = table["value"] * price
        return table

    @property
    def overview(self) -> pd.DataFrame:
        """One row per service: ``wanted, divided, short, unit_cost, cost``, Int64."""
        import pandas as pd

        divided = [sum(result.counts().values()) for result in self.results.values()]
        wanted = [int(item.total) for item in self.items.values()]
        prices = [item.unit_cost for item in self.items.values()]
        table = pd.DataFrame(index=pd.Index(self.items, name="service"))
        table["wanted"] = pd.array(wanted, dtype="Int64")
        table["divided"] = pd.array(divided, dtype="Int64")
        table["short"] = table["wanted"] - table["divided"]
        table["unit_cost"] = pd.array(prices, dtype="Int64")
        table["cost"] = table["unit_cost"] * table["divided"]
        return table

    @property
    def shares(self) -> pd.Series[float]:
        """What of each wanted total is divided; missing where nothing was wanted."""
        import pandas as pd

        shares = {}
        for key, line in self.overview.iterrows():
            wanted = line["wanted"]
            shares[key] = line["divided"] / wanted if wanted else float("nan")
        return pd.Series(shares, dtype=float, name="share").rename_axis("service")

    @property
    def cost(self) -> int:
        """Rupiah for all that has a price."""
        return int(self.overview["cost"].sum())

    @property
    def leftover(self) -> int:
        """Rupiah of the budget that buy nothing; 0 without a budget."""
        return 0 if self.budget is None else self.budget - self.cost

    def quantity(self, service: str, region_code: str) -> int:
        """Return how many of a service a region gets."""
        return int(self.results[service].table["value"][region_code])

    def explain(self, service: str, region_code: str, language: Language = "id") -> str:
        """Say how a value came about; raises as Target's.

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
        said = []
        for key, result in self.results.items():
            text = result.summary(language)
            said.append(text if len(self.results) == 1 else f"{key}: {text}")
        if self.budget is not None:
            said += self._say_money(self.budget, language)
        return "\n".join(said)

    def _say_money(self, budget: int, language: Language) -> list[str]:
        """Say which targets the budget does not meet, and what it pays."""
        lines = []
        overview = self.overview
        for key, line in overview[overview["short"] != 0].iterrows():
            named_numbers = ("divided", "wanted", "short")
            shown = {n: format_number(int(line[n]), 0, language) for n in named_numbers}
            text = label("division_funded", language)
            lines.append(text.format(service=key, **shown))
        paid = label("plan_budget_summary", language).format(
            budget=format_number(budget, 0, language),
            n=len(overview),
            full=len(overview) - len(lines),
            leftover=format_number(self.leftover, 0, language),
        )
        return [*lines, paid]

    def override(
        self, changes: Changes, *, reason: str = "", decided_by: str = ""
    ) -> Targets:
        """Set cells as a planner decides; the others make room, within the budget.

        Parameters
        ----------
        changes : mapping (service, region_code) -> int, or None
            The value to lock a region at; None releases its lock.
        reason : str
            Why, for each cell.
        decided_by : str
            A label of an office or a meeting, never a person's name; ``meeting`` if
            left out.

        Raises
        ------
        PlanError, InfeasibleError
            As :meth:`revise`; also for a service or region that is not there.
        """
        return self.revise(locked=changes, reason=reason, decided_by=decided_by)

    def revise(  # noqa: PLR0913 (each is one thing that a meeting may change)
        self,
        revision: Revision | None = None,
        *,
        totals: Mapping[str, int] | None = None,
        floors: Changes | None = None,
        caps: Changes | None = None,
        locked: Changes | None = None,
        budget: int | None = None,
        method: Method | None = None,
        reason: str = "",
        decided_by: str = "",
    ) -> Targets:
        """Divide again with what has changed, and put every change on record.

        Parameters
        ----------
        revision : Revision, optional
            All at once, as a workbook is read; the others but ``decided_by`` are then
            not looked at.
        totals : mapping service -> int, optional
        floors, caps, locked : mapping (service, region_code) -> int or None, optional
            None takes the limit away. What is not named stays as it is.
        budget, method : optional
            As they are if left out.
        reason : str
            Why, for each region named.
        decided_by : str
            A label of an office or a meeting, never a person's name; the ``meeting``
            if left out.

        Returns
        -------
        Targets
            With the log continued; this one stays as it is. Without any change it has
            the same values and log.

        Raises
        ------
        InfeasibleError, PlanError, EmptyDataError
            As :func:`divide_targets`; also for a service or region that is not there.
        PersonError
            For a number of a person in ``decided_by`` or a reason.

        Examples
        --------
        >>> items = [BudgetItem(key="kit", total=10, weights={"18.01": 6, "18.02": 4})]
        >>> got = divide_targets(items).revise(floors={("kit", "18.02"): 5})
        >>> got.results["kit"].values.tolist()
        [5, 5]
        """
        if revision is None:
            limits = {
                "floors": floors or {},
                "caps": caps or {},
                "locked": locked or {},
            }
            named_regions = chain.from_iterable(limits.values())
            revision = Revision(
                items=tuple(self._changed_items(totals or {}, limits).values()),
                budget=self.budget if budget is None else budget,
                method=method or self.method,
                meeting=self.meeting,
                reasons=dict.fromkeys(named_regions, reason),
            )
        who = decided_by or revision.meeting
        refuse_person(who, "decided_by")
        for text in revision.reasons.values():
            refuse_person(text, "a reason")
        after = divide_targets(
            revision.items,
            budget=revision.budget,
            method=revision.method,
            meeting=revision.meeting,
            note=self.note,
            marks=self.marks,
        )
        changes = _changes(self, after, revision.reasons)
        rows = [(key, *row, who) for key, row in changes]
        if not rows:
            return replace(after, results=self.results, log=self.log)
        return after.with_log(continue_log(self.log, rows, dtype=object))

    def with_log(self, log: pd.DataFrame) -> Targets:
        """Return the same targets with another log; each result has its own lines."""
        moved = log[log["kind"].isin(MOVES)]
        results = {}
        for key, result in self.results.items():
            own = moved.loc[moved["service"] == key, list(result.log.columns)]
            results[key] = replace(result, log=own.reset_index(drop=True))
        return replace(self, results=results, log=log)

    def _changed_items(
        self, totals: Mapping[str, int], limits: Mapping[str, Changes]
    ) -> dict[str, BudgetItem]:
        """Return the items with other totals and limits.

        Raises
        ------
        PlanError
            If a service or a region is not there.
        """
        items = dict(self.items)
        for key, total in totals.items():
            if key not in items:
                msg = f"totals name {key!r}, which is not divided here: {list(items)}."
                raise PlanError(msg)
            items[key] = replace(items[key], total=total)
        for name, changes in limits.items():
            for change, value in changes.items():
                key, code = self._place(change)
                changed: dict[str, Any] = {}
                changed[name] = {**getattr(items[key], name), code: value}
                items[key] = replace(items[key], **changed)
        return items

    def _place(self, change: Any) -> tuple[str, str]:  # noqa: ANN401
        """Return the service and region that a change names."""
        if not isinstance(change, tuple) or len(change) != _PAIR:
            msg = (
                f"change names {change!r}; expected (service, region_code), such as "
                f"({next(iter(self.items))!r}, '18.01')."
            )
            raise PlanError(msg)
        key, code = change
        if key not in self.items or code not in self.results[key].weights:
            msg = f"change names {key!r} in region {code!r}, which is not divided here."
            raise PlanError(msg)
        return key, code

    def _repr_html_(self) -> str:
        return shown_html(self.summary(), self.overview)


Division = Targets  # the name under which it is public


def divide_targets(
    items: Sequence[BudgetItem],
    *,
    budget: int | None = None,
    method: Method = "largest_remainder",
    meeting: str = "",
    note: str = "",
    marks: Marks | None = None,
) -> Targets:
    """Divide several targets among regions, under one budget where there is one.

    Parameters
    ----------
    items : sequence of BudgetItem with different keys
    budget : int, rupiah, optional
        Without one, every target is divided in full; with one, every item needs a
        ``unit_cost``, and is funded to the same share of what is wanted.
    method : {"largest_remainder", "sainte_lague"}
    meeting, note : str
        Go with the division as they are.
    marks : Marks, optional
        By default those that the weights carry.

    Returns
    -------
    Targets

    Raises
    ------
    InfeasibleError
        If the limits leave no division: of which item, which limit, by how much.
        Also if floors and locks alone cost more than the budget.
    PlanError, EmptyDataError
        As :func:`~kkbpk_geo.plan.targets.divide.apportion`, with the item's key in
        front.
    PersonError
        For a number of a person in ``meeting``.

    Notes
    -----
    Items are in the order given only for display: among equal shares the larger aim
    goes first, then the key that comes first in the alphabet.
    """
    items = [items] if isinstance(items, BudgetItem) else list(items)
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
    divided = _targets(items, budget, method)
    marks = divided.marks if marks is None else marks
    return replace(divided, meeting=meeting, note=note, marks=marks)


def apportion_budget(
    budget: int,
    items: Sequence[BudgetItem],
    *,
    method: Method = "largest_remainder",
) -> Targets:
    """Fund items to equal shares of what is wanted, then divide each among regions.

    Parameters
    ----------
    budget : int, rupiah from 0 up
    items : sequence of BudgetItem with different keys
    method : {"largest_remainder", "sainte_lague"}
        How each item is divided among regions.

    Returns
    -------
    Targets

    Raises
    ------
    InfeasibleError, PlanError, EmptyDataError
        As :func:`divide_targets` with a budget.
    """
    budget = whole(budget, "budget")
    check_items(items)
    return _targets(items, budget, method)


def _targets(
    items: Sequence[BudgetItem], budget: int | None, method: Method
) -> Targets:
    """Divide each item, and start its history."""
    import pandas as pd

    if budget is not None:
        budget = whole(budget, "budget")
    settled, results = divide_items(items, budget, method)
    return Targets(
        items=settled,
        results=results,
        method=method,
        budget=budget,
        meeting="",
        note="",
        log=pd.DataFrame(columns=list(HISTORY), dtype=object),
        marks=Marks.of(*(item.weights for item in items)),
    )


def _changes(
    before: Targets, after: Targets, reasons: Mapping[tuple[str, str], str]
) -> Iterator[tuple[str, Row]]:
    """Say what changed: settings of all, of each service, then of its regions.

    Raises
    ------
    PlanError
        If the services are not those that were divided before.
    """
    if set(after.items) != set(before.items):
        msg = (
            f"the revision is of {list(after.items)}, but {list(before.items)} are "
            "divided; a total of 0 leaves a service out."
        )
        raise PlanError(msg)
    for row in list_settings(before, after, ("method", "budget")):
        yield "", row
    for key, item in after.items.items():
        for row in list_settings(before.items[key], item, SETTINGS):
            yield key, row
    for key, target in after.results.items():
        why = {code: reasons.get((key, code), "") for code in target.weights}
        for row in _region_changes(before.results[key], target, why):
            yield key, row


def _region_changes(before: Target, after: Target, why: Mapping[str, str]) -> list[Row]:
    """Return changed floors and caps, then decisions and what moved, then notes."""
    rows: list[Row] = []
    for name in ("floors", "caps"):
        was, now = limits_of(before.asked, name), limits_of(after.asked, name)
        rows += list_limits(LIMITS[name], was, now, why)
    was, now = limits_of(before.asked, "locked"), limits_of(after.asked, "locked")
    decided = {code: lock for code, lock in now.items() if lock != was.get(code)}
    values = after.counts()
    rows += list_moves(before.counts(), values, decided, reason=why)
    # A reason stands with what it is for; alone it is a note beside the number.
    told = {code for code, kind, *_ in rows if kind != "reapportioned"}
    for code, value in values.items():
        if why[code] and code not in told:
            rows.append((code, "note", value, value, why[code]))
    return rows


# --- as functions -----------------------------------------------------------------


def revise_division(
    before: Targets, revision: Revision, *, decided_by: str = ""
) -> Targets:
    """Divide again as revised; see :meth:`Targets.revise`."""
    return before.revise(revision, decided_by=decided_by)


def override_division(
    before: Targets, changes: Changes, *, reason: str = "", decided_by: str = ""
) -> Targets:
    """Set cells as a planner decides; see :meth:`Targets.override`."""
    return before.override(changes, reason=reason, decided_by=decided_by)
