"""A province's target as whole numbers per district that add up to it exactly.

Why: offices divide targets in a spreadsheet, round each share, and then argue about the
three kits that are too many. Here the sum is exact, every number has its reason, and a
cell that a planner changes is logged while the others make room for it.

In:     a total, weights by region (``apportionment_weights`` mixes several), limits.
Out:    :class:`Apportionment`; ``apportionment_changes`` changes one and keeps a log.
Method: docs/methods.md "Targets"; Balinski & Young (1982), *Fair Representation*. See
        ``apportionment_methods`` for the definitions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

import pandas as pd

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.base.escaping import for_html
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.plan.targets.methods import METHODS, divide, divide_within
from kkbpk_geo.plan.targets.numbers import (
    Limits,
    check_each,
    check_sums,
    float_of,
    read_limit,
    read_regions,
    read_weights,
    scale,
    whole,
)
from kkbpk_geo.plan.targets.weights import basis_of
from kkbpk_geo.plan.targets.words import basis_words
from kkbpk_geo.regions import place_name


def explain_value(result: Apportionment, code: str, language: Language) -> str:
    """Take a value apart: the share by weight, and what the limits made of it."""
    own = result.table.loc[code].to_dict()
    value, base, why = int(own["value"]), own["base"], str(own["why"])
    shown = format_number(value, 0, language)
    by_weight = None if pd.isna(base) else int(base)
    parts = []
    if by_weight is not None:
        basis = basis_words(result.basis, language)
        parts.append(f"{format_number(by_weight, 0, language)} {basis}")
    rest = value - (by_weight or 0)
    if rest or by_weight is None:
        # A floor only lifts and a cap only lowers; else the others moved it.
        if (why == "floor" and rest < 0) or (why == "cap" and rest > 0):
            why = "others"
        sign = ("+ " if rest > 0 else "− ") if parts else ""
        moved = format_number(abs(rest), 0, language)
        parts.append(f"{sign}{moved} {label(f'plan_part_{why}', language)}")
    return f"{place_name(code)}: {shown} = {' '.join(parts)}"


def summarise(result: Apportionment, language: Language) -> str:
    """Say what was divided, how, and whose limits count."""
    counts = result.table["why"].value_counts()
    key = "plan_apportion_part" if result.leftover else "plan_apportion_whole"
    divided = label(key, language).format(
        part=format_number(result.total - result.leftover, 0, language),
        total=format_number(result.total, 0, language),
    )
    text = label("plan_apportion_summary", language).format(
        divided=divided,
        n=len(result.table),
        method=label(f"plan_method_{result.method}", language),
        basis=basis_words(result.basis, language),
        **{
            why: int(counts.get(why, 0)) for why in ("floor", "cap", "locked", "others")
        },
    )
    if result.leftover:
        text += " " + label("plan_apportion_leftover", language).format(
            leftover=format_number(result.leftover, 0, language),
            batch=format_number(result.batch, 0, language),
        )
    if decided := int(result.log["kind"].isin(["override", "released"]).sum()):
        text += " " + label("plan_apportion_changed", language).format(n=decided)
    return text


Method = Literal["largest_remainder", "sainte_lague"]
LOG_COLUMNS = (
    "step", "region_code", "was", "became", "kind", "reason", "decided_by",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Apportionment:
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
    batch : int
    method : {"largest_remainder", "sainte_lague"}
    basis : mapping key -> share
        What the weights stand for, as :func:`mix_weights` mixed it; shares add up to 1.
        Empty where the weights have no name.
    weights : mapping region_code -> Fraction, None for a locked region without weight
    log : DataFrame, one row per cell that an override changed
        ``step, region_code, was, became, kind`` (``override``, ``released`` or
        ``reapportioned``), ``reason, decided_by``.
    """

    table: pd.DataFrame
    total: int
    leftover: int
    batch: int
    method: Method
    basis: Mapping[str, Fraction]
    weights: Mapping[str, Fraction | None]
    log: pd.DataFrame

    @property
    def values(self) -> pd.Series[int]:
        """The whole numbers, by region_code; a copy."""
        return self.table["value"].copy()

    def quota(self, region_code: str) -> Fraction:
        """Return a region's exact share by weight: total x weight / sum of weights.

        Raises
        ------
        PlanError
            If the region is not there, or has no weight.
        """
        self._check(region_code)
        weight = self.weights[region_code]
        total = sum((w for w in self.weights.values() if w is not None), Fraction())
        if weight is None or not total:
            msg = f"region {region_code} has no weight, so it has no quota."
            raise PlanError(msg)
        return self.total * weight / total

    def explain(self, region_code: str, language: Language = "id") -> str:
        """Say how a value came about: ``42 = 37 by need + 5 floor``.

        Raises
        ------
        PlanError
            If the region is not there.
        """
        self._check(region_code)
        return explain_value(self, region_code, language)

    def summary(self, language: Language = "id") -> str:
        """Say what was divided, how, and whose limits count."""
        return summarise(self, language)

    def _check(self, region_code: str) -> None:
        if region_code not in self.weights:
            msg = (
                f"region {region_code!r} has no share; there are {list(self.weights)}."
            )
            raise PlanError(msg)

    def _repr_html_(self) -> str:
        head = f"<p>{for_html(self.summary())}</p>"
        return head + self.table.to_html(escape=True)


def apportion(  # noqa: PLR0913 (each limit is one word of the planner's)
    total: int,
    weights: Mapping[str, Any] | pd.Series[Any] | Sequence[Any],
    *,
    floors: Mapping[str, Any] | pd.Series[Any] | Sequence[Any] | int | None = None,
    caps: Mapping[str, Any] | pd.Series[Any] | Sequence[Any] | int | None = None,
    locked: Mapping[str, Any] | pd.Series[Any] | Sequence[Any] | None = None,
    method: Method = "largest_remainder",
    batch: int = 1,
) -> Apportionment:
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
    Apportionment
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
    batch = whole(batch, "batch")
    if not batch:
        msg = "batch is 0; expected a whole number from 1 up."
        raise PlanError(msg)
    if method not in METHODS:
        msg = f"unknown method {method!r}; expected one of {sorted(METHODS)}."
        raise PlanError(msg)
    codes, raw = read_regions(weights)
    limits = Limits(
        floors=read_limit(floors, codes, "floors"),
        caps=read_limit(caps, codes, "caps"),
        locked=read_limit(locked, codes, "locked"),
        batch=batch,
    )
    fractions = read_weights(codes, raw, limits.locked)
    return solve(
        total,
        dict(zip(codes, fractions, strict=True)),
        limits,
        method=method,
        basis=basis_of(weights),
    )


def solve(
    total: int,
    weights: Mapping[str, Fraction | None],
    limits: Limits,
    *,
    method: Method,
    basis: Mapping[str, Fraction],
) -> Apportionment:
    """Divide with numbers already read; codes in order. Raises as :func:`apportion`."""
    import pandas as pd

    codes, batch = list(weights), limits.batch
    scaled = scale(list(weights.values()))
    check_each(codes, limits)
    units, leftover = check_sums(total, scaled, limits)
    values = [lock or 0 for lock in limits.locked]
    why = ["locked"] * len(codes)
    free = [i for i, lock in enumerate(limits.locked) if lock is None]
    parts, reasons = divide_within(
        units,
        [scaled[i] for i in free],
        [-(-(limits.floors[i] or 0) // batch) for i in free],
        [None if (cap := limits.caps[i]) is None else cap // batch for i in free],
        method,
    )
    base = [batch * share for share in divide(total // batch, scaled, method)]
    for i, part, reason in zip(free, parts, reasons, strict=True):
        values[i] = batch * part
        moved = reason == "weight" and values[i] != base[i]
        why[i] = "others" if moved else reason
    whole_weight = sum(scaled)
    table = pd.DataFrame(
        {
            "weight": [None if w is None else float_of(w) for w in weights.values()],
            "quota": [
                None if w is None or not whole_weight else total * n / whole_weight
                for w, n in zip(weights.values(), scaled, strict=True)
            ],
        },
        index=pd.Index(codes, name="region_code"),
        dtype=float,
    )
    shares = [
        None if w is None else b for w, b in zip(weights.values(), base, strict=True)
    ]
    for name, cells in (
        ("base", shares),
        ("floor", limits.floors),
        ("cap", limits.caps),
        ("locked", limits.locked),
        ("value", values),
    ):
        table[name] = pd.array(list(cells), dtype="Int64")
    table["why"] = why
    return Apportionment(
        table=table,
        total=total,
        leftover=leftover,
        batch=batch,
        method=method,
        basis=basis,
        weights=weights,
        log=pd.DataFrame(columns=list(LOG_COLUMNS)),
    )
