"""The workbooks that an office fills in, column by column.

In:     templates.toml. Out: :func:`templates`, read-only and validated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.named import Named, in_language
from kkbpk_geo.catalogue.reading import build_all

# What the writer offers as a list of choices, and checks as it is typed.
Holds = Literal[
    "name", "text", "code", "kabkota", "group_kind", "facility_kind", "yes_no",
    "stock", "month", "year", "count", "latitude", "longitude", "programme",
    "activity", "indicator", "quarter", "unit", "fund", "status", "number",
    "rupiah", "item", "condition",
]  # fmt: skip


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
