"""Kinds of table: which one some columns are, and the workbooks that offices fill in.

In:     tables.toml, templates.toml.
Out:    :func:`table_kinds`, :func:`choose_kind`; :func:`templates`, column by column.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import Literal

from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.named import Named, in_language
from kkbpk_geo.catalogue.programme import groups
from kkbpk_geo.catalogue.reading import Place, build_all, refer

# What the writer of a workbook offers to choose from, or checks as it is typed.
Holds = Literal[
    "name", "text", "code", "kabkota", "group_kind", "facility_kind", "yes_no",
    "stock", "month", "year", "count", "latitude", "longitude", "programme",
    "activity", "indicator", "quarter", "unit", "fund", "status", "number",
    "rupiah", "item", "condition",
]  # fmt: skip
Rows = Literal[
    "regions", "groups", "facilities", "staff", "persons", "plan", "inventory"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableKind(Named):
    """A kind of table; see the head of tables.toml for what the fields mean."""

    any: tuple[str, ...]
    rows: Rows = "regions"
    group: str = ""
    only: tuple[str, ...] = ()
    none: tuple[str, ...] = ()

    @property
    def is_list(self) -> bool:
        """Whether a row is one group, facility, person, activity or thing."""
        return self.rows != "regions"

    @property
    def has_lines(self) -> bool:
        """Whether what a row says twice, its own kind tells: plans and inventories."""
        return self.rows in ("plan", "inventory")

    @property
    def is_of_things(self) -> bool:
        """Whether a row is a thing or person of which a place may have several."""
        return self.is_list and not self.has_lines

    def fits(self, roles: Collection[str], measures: Collection[str]) -> bool:
        """Whether a table with these roles and measure columns is of this kind."""
        # A list is told by its roles (group_name); a report only by what it measures,
        # for a column KABUPATEN stands in every kind of report.
        present = [*measures, *roles] if self.is_list else measures
        if not _matches(present, self.any) or _matches(present, self.none):
            return False
        return not self.only or set(measures) <= _matches(measures, self.only)


def _matches(names: Collection[str], patterns: tuple[str, ...]) -> set[str]:
    """Return the names that one of the patterns describes."""
    found: set[str] = set()
    for pattern in patterns:
        found.update(name for name in names if fnmatchcase(name, pattern))
    return found


@cache
def table_kinds() -> Mapping[str, TableKind]:
    """Every kind of table, in the order in which they are tried.

    Raises
    ------
    CatalogueError
        For an unknown group kind; names the kind of table.
    """
    found = build_all(TableKind, "tables.toml")
    for key, kind in found.items():
        refer(Place("tables.toml", key, "group"), kind.group, groups(), "groups.toml")
    return found


def choose_kind(roles: Collection[str], measures: Collection[str]) -> str:
    """Return the key of the first kind that fits, ``"unknown"`` where none does.

    Parameters
    ----------
    roles : collection of str
        What the other columns are: ``group_name``, ``latitude``, ``kabkota`` ...
    measures : collection of str
        Catalogue columns found (``bkb_groups``, ``couples``).
    """
    # The first that fits, for tables.toml has the narrower kinds first.
    for kind in table_kinds().values():
        if kind.fits(roles, measures):
            return kind.key
    return "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateColumn:
    """One column: its heading, what it holds, what to write there.

    ``key`` is the column that reading the workbook gives.
    """

    key: str
    heading: str
    holds: Holds
    id: str
    en: str
    example: str
    required: bool = False

    def says(self, language: Language = "id") -> str:
        """Return what to write in the column."""
        return in_language(language, self.id, self.en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Template(Named):
    """One workbook, named by what it is for; ``rows`` is how many are validated."""

    rows: int
    columns: tuple[TemplateColumn, ...]


@cache
def templates() -> Mapping[str, Template]:
    """Every template, by kind of table.

    Raises
    ------
    CatalogueError
        For an unknown key or an unknown ``holds``; names the column.
    """
    return build_all(Template, "templates.toml")
