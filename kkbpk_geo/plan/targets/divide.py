"""A province's target as whole numbers per district that add up to it exactly.

Why: offices divide targets in a spreadsheet, round each share, and then argue about the
three kits that are too many. Here the sum is exact, every number has its reason, and a
cell that a planner changes is logged while the others make room for it.

In:     a total, weights by region (``weights`` mixes several), limits.
Out:    :class:`Target`; its ``override`` changes cells and keeps a log.
Method: docs/methods.md "Targets"; Balinski & Young (1982), *Fair Representation*. See
        ``methods`` for the definitions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal, TypeAlias, cast

import pandas as pd

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.results import OneLine, shown_html
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.plan.targets.history import LOG_COLUMNS, continue_log, list_moves
from kkbpk_geo.plan.targets.methods import METHODS, divide, divide_within
from kkbpk_geo.plan.targets.numbers import (
    Limits,
    check_each,
    check_sums,
    float_of,
    read_limit,
    read_regions,
    read_weights,
    rounded_up,
    scale,
    whole,
)
from kkbpk_geo.plan.targets.weights import basis_of, basis_words
from kkbpk_geo.regions import place_name

Method = Literal["largest_remainder", "sainte_lague"]
ByRegion: TypeAlias = "Mapping[str, Any] | pd.Series[Any] | Sequence[Any]"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Asked:
    """By what a total is divided and within what limits, read and made exact.

    Attributes
    ----------
    weights : mapping region_code -> Fraction, None for a locked region without weight
    scaled : list of int
        The same proportions in whole numbers.
    limits : Limits
    basis : mapping key -> share
        What the weights stand for.
    """

    weights: Mapping[str, Fraction | None]
    scaled: list[int]
    limits: Limits
    basis: Mapping[str, Fraction]

    @classmethod
    def read(
        cls,
        weights: ByRegion,
        *,
        floors: ByRegion | int | None,
        caps: ByRegion | int | None,
        locked: ByRegion | None,
        batch: int,
    ) -> Asked:
        """Read what a planner has; raises as :func:`apportion`."""
        batch = whole(batch, "batch")
        if not batch:
            msg = "batch is 0; expected a whole number from 1 up."
            raise PlanError(msg)
        codes, raw = read_regions(weights)
        limits = Limits(
            floors=read_limit(floors, codes, "floors"),
            caps=read_limit(caps, codes, "caps"),
            locked=read_limit(locked, codes, "locked"),
            batch=batch,
        )
        fractions = read_weights(codes, raw, limits.locked)
        return cls(
            weights=dict(zip(codes, fractions, strict=True)),
            scaled=scale(fractions),
            limits=limits,
            basis=basis_of(weights),
        )

    def check(self, total: int) -> tuple[int, int]:
        """Return the batches that are free to divide, and what no batch holds.

        Raises
        ------
        InfeasibleError
            If the limits leave no division of ``total``.
        """
        check_each(list(self.weights), self.limits)
        return check_sums(total, self.scaled, self.limits)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class Target(OneLine):
    """A total divided, and what explains every part of it.

    Attributes
    ----------
    table : DataFrame, n rows, index region_code in the order of the codes
        ``weight, quota`` float64 for display (:meth:`quota` is exact); ``base`` Int64,
        the share by weight alone; ``floor, cap, locked`` Int64, missing where none;
        ``value`` Int64; ``why``: ``weight``, ``floor``, ``cap``, ``locked`` or
        ``others`` (limits of other regions moved it).
    total : int
        ``value`` adds up to ``total - leftover``.
    leftover : int
        What makes no whole batch; 0 where the batch is 1.
    method : {"largest_remainder", "sainte_lague"}
    asked : Asked
        Exact weights and limits.
    log : DataFrame, one row per cell that an override changed
        ``step, region_code, was, became, kind`` (``override``, ``released`` or
        ``reapportioned``), ``reason, decided_by``.
    """

    table: pd.DataFrame
    total: int
    leftover: int
    method: Method
    asked: Asked
    log: pd.DataFrame

    @property
    def weights(self) -> Mapping[str, Fraction | None]:
        """Exact weights by region_code; None for a locked region without one."""
        return self.asked.weights

    @property
    def basis(self) -> Mapping[str, Fraction]:
        """What the weights stand for, shares that add up to 1; empty without a name."""
        return self.asked.basis

    @property
    def batch(self) -> int:
        """In what multiples regions get something."""
        return self.asked.limits.batch

    @property
    def values(self) -> pd.Series[int]:
        """The whole numbers, by region_code; a copy."""
        return self.table["value"].copy()

    def counts(self) -> dict[str, int]:
        """Return the whole numbers as a mapping region_code -> int."""
        return cast("dict[str, int]", self.table["value"].to_dict())

    def quota(self, region_code: str) -> Fraction:
        """Return a region's exact share by weight: total x weight / sum of weights.

        Raises
        ------
        PlanError
            If the region is not there, or has no weight.
        """
        self._check(region_code)
        weight = self.weights[region_code]
        whole_weight = sum(filter(None, self.weights.values()), Fraction())
        if weight is None or not whole_weight:
            msg = f"region {region_code} has no weight, so it has no quota."
            raise PlanError(msg)
        return self.total * weight / whole_weight

    def explain(self, region_code: str, language: Language = "id") -> str:
        """Say how a value came about: ``42 = 37 by need + 5 floor``.

        Raises
        ------
        PlanError
            If the region is not there.
        """
        self._check(region_code)
        own = self.table.loc[region_code].to_dict()
        value, why, rest = int(own["value"]), own["why"], int(own["value"])
        parts: list[str] = []
        if not pd.isna(own["base"]):
            base = int(own["base"])
            rest = value - base
            basis = basis_words(self.basis, language)
            parts.append(f"{format_number(base, 0, language)} {basis}")
        if rest or not parts:
            # A floor only lifts and a cap only lowers; else the others moved it.
            if (why == "floor" and rest < 0) or (why == "cap" and rest > 0):
                why = "others"
            if parts:
                parts.append("+" if rest > 0 else "−")
            moved = format_number(abs(rest), 0, language)
            parts.append(f"{moved} {label(f'plan_part_{why}', language)}")
        shown = format_number(value, 0, language)
        return f"{place_name(region_code)}: {shown} = {' '.join(parts)}"

    def summary(self, language: Language = "id") -> str:
        """Say what was divided, how, and whose limits count."""

        def say(key: str, **numbers: int) -> str:
            shown = {k: format_number(n, 0, language) for k, n in numbers.items()}
            return label(f"plan_apportion_{key}", language).format(**shown)

        key = "part" if self.leftover else "whole"
        divided = say(key, part=self.total - self.leftover, total=self.total)
        counts = self.table["why"].value_counts()
        text = label("plan_apportion_summary", language).format(
            divided=divided,
            n=len(self.table),
            method=label(f"plan_method_{self.method}", language),
            basis=basis_words(self.basis, language),
            floor=counts.get("floor", 0),
            cap=counts.get("cap", 0),
            locked=counts.get("locked", 0),
            others=counts.get("others", 0),
        )
        if self.leftover:
            text += " " + say("leftover", leftover=self.leftover, batch=self.batch)
        decided = int(self.log["kind"].isin(["override", "released"]).sum())
        if decided:
            text += " " + label("plan_apportion_changed", language).format(n=decided)
        return text

    def override(
        self,
        changes: Mapping[str, int | None],
        *,
        reason: str | Mapping[str, str] = "",
        decided_by: str = "",
    ) -> Target:
        """Set cells as a planner decides, divide the rest again, and log what moved.

        Parameters
        ----------
        changes : mapping region_code -> int, or None
            The value to lock a region at; None releases its lock.
        reason : str, or mapping region_code -> str
            One for all that moves, or one for each cell that was decided.
        decided_by : str
            A label of an office or a meeting, never a person's name.

        Returns
        -------
        Target
            A new one; this one is not changed.

        Raises
        ------
        InfeasibleError
            If the change contradicts a floor, a cap or the total: which, and by how
            much.
        PlanError
            If a region is not there or a value is no whole number from 0 up.
        """
        limits, codes = self.asked.limits, list(self.weights)
        locks = dict(zip(codes, limits.locked, strict=True))
        for code, value in changes.items():
            if code not in self.weights:
                msg = f"change names region {code!r}; there are {codes}."
                raise PlanError(msg)
            locks[code] = None if value is None else whole(value, f"change of {code}")
        locked = tuple(locks.values())
        read_weights(codes, list(self.weights.values()), locked)
        asked = replace(self.asked, limits=replace(limits, locked=locked))
        after = solve(self.total, asked, self.method)
        moves = list_moves(self.counts(), after.counts(), changes, reason=reason)
        rows = [
            (code, was, became, kind, why, decided_by)
            for code, kind, was, became, why in moves
        ]
        return replace(after, log=continue_log(self.log, rows))

    def _check(self, region_code: str) -> None:
        if region_code not in self.weights:
            msg = (
                f"region {region_code!r} has no share; there are {list(self.weights)}."
            )
            raise PlanError(msg)

    def _repr_html_(self) -> str:
        return shown_html(self.summary(), self.table)


def apportion(  # noqa: PLR0913 (each limit is one word of the planner's)
    total: int,
    weights: ByRegion,
    *,
    floors: ByRegion | int | None = None,
    caps: ByRegion | int | None = None,
    locked: ByRegion | None = None,
    method: Method = "largest_remainder",
    batch: int = 1,
) -> Target:
    """Divide a total into whole numbers per region that add up exactly.

    Parameters
    ----------
    total : int, from 0 up
        In units (people, groups, kits, rupiah).
    weights : mapping or Series, region_code -> number from 0 up
        Any unit; only the proportions count. Floats mean their decimal text. A Series'
        name says in explanations what they stand for (``need``, ``gap``, …). A list or
        array has the regions 0, 1, 2, …, and so have limits given as lists.
    floors, caps : mapping or Series by region_code, or one int for all, optional
        The least and the most a region gets, in units (floors: last year's result).
    locked : mapping or Series by region_code, optional
        Values that stay as they are; they need be no multiple of ``batch``.
    method : {"largest_remainder", "sainte_lague"}
        Largest remainder never leaves the quota's neighbours; Sainte-Laguë never gives
        anybody less because there is more to divide. See Notes.
    batch : int
        Unlocked regions get multiples of it; what makes none is ``leftover``.

    Returns
    -------
    Target
        Same input, in any order of regions, same result.

    Raises
    ------
    InfeasibleError
        If the limits leave no division: which one, and by how much.
    PlanError
        If a weight is missing or negative, a limit is no whole number, or names a
        region that has no weight.
    EmptyDataError
        If there is no region.

    Notes
    -----
    Ties: the larger weight first, then the lower code. With limits: divide; fix those
    below their floor (or, where the caps are exceeded by more, those above their cap);
    divide the rest among the others; repeat. A limit that the division keeps anyway
    changes nothing.

    References
    ----------
    Balinski, M. L. & Young, H. P. (1982). *Fair Representation: Meeting the Ideal of
    One Man, One Vote*. Yale University Press.

    Examples
    --------
    >>> got = apportion(10, {"18.01": 6, "18.02": 3, "18.03": 2}, floors={"18.03": 3})
    >>> got.values.tolist()
    [5, 2, 3]
    >>> got.explain("18.03", "en")
    'Lampung Utara: 3 = 2 by weight + 1 floor'
    """
    total = whole(total, "total")
    asked = Asked.read(weights, floors=floors, caps=caps, locked=locked, batch=batch)
    return solve(total, asked, method)


def solve(total: int, asked: Asked, method: Method) -> Target:
    """Divide with numbers already read. Raises as :func:`apportion`."""
    if method not in METHODS:
        msg = f"unknown method {method!r}; expected one of {sorted(METHODS)}."
        raise PlanError(msg)
    limits, batch = asked.limits, asked.limits.batch
    units, leftover = asked.check(total)
    base = [batch * n for n in divide(total // batch, asked.scaled, method)]
    values = [lock or 0 for lock in limits.locked]
    why = ["locked"] * len(values)
    free = [i for i, lock in enumerate(limits.locked) if lock is None]
    weights = [asked.scaled[i] for i in free]
    floors, caps = _batches(limits, free)
    parts, reasons = divide_within(units, weights, floors, caps, method)
    for i, part, reason in zip(free, parts, reasons, strict=True):
        values[i], why[i] = batch * part, reason
        if reason == "weight" and values[i] != base[i]:
            why[i] = "others"
    return Target(
        table=_table(total, asked, base, values, why),
        total=total,
        leftover=leftover,
        method=method,
        asked=asked,
        log=pd.DataFrame(columns=list(LOG_COLUMNS)),
    )


def _batches(limits: Limits, free: Sequence[int]) -> tuple[list[int], list[int | None]]:
    """Return floors and caps in whole batches: a floor is rounded up, a cap down."""
    floors: list[int] = []
    caps: list[int | None] = []
    for i in free:
        floor, cap = limits.floors[i] or 0, limits.caps[i]
        floors.append(rounded_up(floor, limits.batch) // limits.batch)
        caps.append(None if cap is None else cap // limits.batch)
    return floors, caps


def _table(
    total: int, asked: Asked, base: list[int], values: list[int], why: list[str]
) -> pd.DataFrame:
    """Lay out a division; what comes of a weight is missing where there is none."""
    by_weight: list[tuple[float | None, float | None, int | None]] = []
    sum_of_weights = sum(asked.scaled)
    rows = zip(asked.weights.values(), asked.scaled, base, strict=True)
    for weight, part, share in rows:
        if weight is None:
            by_weight.append((None, None, None))
            continue
        quota = total * part / sum_of_weights if sum_of_weights else None
        by_weight.append((float_of(weight), quota, share))
    weights, quotas, shares = zip(*by_weight, strict=True)
    codes = pd.Index(list(asked.weights), name="region_code")
    table = pd.DataFrame({"weight": weights, "quota": quotas}, codes, dtype=float)
    whole_numbers = {
        "base": shares,
        "floor": asked.limits.floors,
        "cap": asked.limits.caps,
        "locked": asked.limits.locked,
        "value": values,
    }
    for name, cells in whole_numbers.items():
        table[name] = pd.array(list(cells), dtype="Int64")
    table["why"] = why
    return table


def override(
    result: Target,
    changes: Mapping[str, int | None],
    *,
    reason: str | Mapping[str, str] = "",
    decided_by: str = "",
) -> Target:
    """Set cells as a planner decides; see :meth:`Target.override`."""
    return result.override(changes, reason=reason, decided_by=decided_by)
