"""What must hold between measures, as data: parts and wholes, sums, copies.

In:     rules.toml. Out: :func:`rules`, and for each rule the columns it speaks of.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.catalogue.findings import finding_kinds
from kkbpk_geo.catalogue.programme import groups, measures
from kkbpk_geo.catalogue.reading import build_all

Check = Literal[
    "each_at_most", "sum_at_most", "sum_equals", "none_without", "copied", "frozen"
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule between measures of the same region and period."""

    key: str
    check: Check
    code: str
    parts: tuple[str, ...]
    whole: str = ""

    @property
    def sums(self) -> bool:
        """Whether the parts are added before they are compared."""
        return self.check in ("sum_at_most", "sum_equals")

    def columns(
        self, present: Collection[str]
    ) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield the (parts, whole) that can be checked with the columns present.

        Measures per group give one pair per group kind, and one without prefix for
        lists with a row per group. Parts that are compared one by one come one by one;
        a sum needs all its parts.
        """
        per_group = measures()[self.parts[0]].per_group
        prefixes = [""]
        if per_group:
            # The last, without a prefix, is for lists that have a row per group.
            prefixes = [*(f"{group}_" for group in groups()), ""]
        for prefix in prefixes:
            whole = self.whole
            if whole and measures()[whole].per_group:
                whole = f"{prefix}{whole}"
            if whole and whole not in present:
                continue
            parts = tuple(f"{prefix}{part}" for part in self.parts)
            if self.sums:
                if all(part in present for part in parts):
                    yield parts, whole
            else:
                yield from (((part,), whole) for part in parts if part in present)


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule, in file order.

    Raises
    ------
    CatalogueError
        For an unknown finding or measure, or parts that cannot be compared.
    """
    found = build_all(Rule, "rules.toml")
    for rule in found.values():
        _check(rule)
    return found


def _check(rule: Rule) -> None:
    if rule.code not in finding_kinds():
        msg = f"rules.toml [{rule.key}]: findings.toml has no [{rule.code}]."
        raise CatalogueError(msg)
    used = (*rule.parts, rule.whole) if rule.whole else rule.parts
    if unknown := [name for name in used if name not in measures()]:
        msg = f"rules.toml [{rule.key}]: measures.toml has no {unknown}."
        raise CatalogueError(msg)
    if len({measures()[name].per_group for name in rule.parts}) > 1:
        msg = (
            f"rules.toml [{rule.key}]: some of {list(rule.parts)} are per group "
            "and some are not; parts need one kind."
        )
        raise CatalogueError(msg)
    # What is frozen is compared with itself, a month before.
    if (not rule.whole) != (rule.check == "frozen"):
        msg = f"rules.toml [{rule.key}]: every check but 'frozen' needs a whole."
        raise CatalogueError(msg)
