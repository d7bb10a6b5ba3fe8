"""The workbooks that an office fills in, column by column.

In:     templates.toml. Out: :func:`templates`, read-only and validated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.reading import build, read_toml

_FILE = "templates.toml"
HOLDS = frozenset(
    {
        "name", "text", "code", "kabkota", "group_kind", "facility_kind", "yes_no",
        "stock", "month", "year", "count", "latitude", "longitude", "programme",
        "activity", "indicator", "quarter", "unit", "fund", "status", "number",
        "rupiah", "item", "condition",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateColumn:
    """One column: its heading, what it holds, what to write there.

    ``name`` is the column that reading the workbook gives.
    """

    name: str
    heading: str
    holds: str
    id: str
    en: str
    example: str
    required: bool = False

    def says(self, language: Language = "id") -> str:
        """Return what to write in the column."""
        return self.en if language == "en" else self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One workbook; ``rows`` is how many rows are validated."""

    key: str
    id: str
    en: str
    rows: int
    columns: tuple[TemplateColumn, ...]

    def title(self, language: Language = "id") -> str:
        """Return what the workbook is for."""
        return self.en if language == "en" else self.id


@cache
def templates() -> Mapping[str, Template]:
    """Every template, by kind of table.

    Raises
    ------
    CatalogueError
        For an unknown key or an unknown ``holds``; names the column.
    """
    return MappingProxyType(
        {kind: _template(kind, entry) for kind, entry in read_toml(_FILE).items()}
    )


def _template(kind: str, entry: Mapping[str, object]) -> Template:
    columns = entry.get("columns")
    if not isinstance(columns, Mapping):
        msg = f"{_FILE} [{kind}]: missing ['columns']."
        raise CatalogueError(msg)
    built = []
    for name, column in columns.items():
        key = f"{kind}.columns.{name}"
        each = build(TemplateColumn, {**column, "name": name}, file=_FILE, key=key)
        if each.holds not in HOLDS:
            msg = (
                f"{_FILE} [{key}]: holds is {each.holds!r}; "
                f"expected one of {sorted(HOLDS)}."
            )
            raise CatalogueError(msg)
        built.append(each)
    return build(Template, {**entry, "columns": built}, file=_FILE, key=kind)
