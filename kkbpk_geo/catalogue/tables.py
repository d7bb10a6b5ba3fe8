"""Kinds of table that the reader knows, and which of them a set of columns is.

In:     tables.toml. Out: :func:`table_kinds`, :func:`choose_kind`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import Literal

from kkbpk_geo.catalogue.reading import build_all


@dataclass(frozen=True, slots=True, kw_only=True)
class TableKind:
    """A kind of table; see the head of tables.toml for what the fields mean."""

    key: str
    id: str
    en: str
    any: tuple[str, ...]
    rows: Literal["regions", "groups", "facilities", "staff", "plan", "inventory"] = (
        "regions"
    )
    group: str = ""
    only: tuple[str, ...] = ()
    none: tuple[str, ...] = ()

    @property
    def is_list(self) -> bool:
        """Whether a row is one group, facility, person, activity or thing."""
        return self.rows != "regions"

    def fits(self, roles: Collection[str], measures: Collection[str]) -> bool:
        """Whether a table with these roles and measure columns is of this kind."""
        present = [*measures, *roles] if self.is_list else measures
        return (
            any(_matches(name, self.any) for name in present)
            and not any(_matches(name, self.none) for name in present)
            and (not self.only or all(_matches(name, self.only) for name in measures))
        )


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


@cache
def table_kinds() -> Mapping[str, TableKind]:
    """Every kind of table, in the order in which they are tried."""
    return build_all(TableKind, "tables.toml")


def choose_kind(roles: Collection[str], measures: Collection[str]) -> str:
    """Return the key of the first kind that fits, ``"unknown"`` where none does.

    Parameters
    ----------
    roles : collection of str
        What the other columns are: ``group_name``, ``latitude``, ``kabkota`` ...
    measures : collection of str
        Catalogue columns found (``bkb_groups``, ``couples``).
    """
    for kind in table_kinds().values():
        if kind.fits(roles, measures):
            return kind.key
    return "unknown"
