"""What is computed and against what it is judged: indicators, standards, derivations.

In:     indicators.toml, standards.toml, derived.toml; group kinds from groups.toml.
Out:    read-only mappings; entries ``per_group`` are expanded to ``<key>:<group>``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from types import MappingProxyType
from typing import Literal, TypeVar

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.catalogue.programme import groups, is_column
from kkbpk_geo.catalogue.reading import build_all

Direction = Literal["better", "worse", "context"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One ratio of sums: ``factor * sum(numerator) / sum(denominator)``."""

    key: str
    theme: str
    id: str
    en: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    direction: Direction
    source: str
    code: str = ""
    factor: float = 100
    unit: str = "%"
    digits: int = 1
    standard: str = ""
    per_group: tuple[str, ...] = ()
    group: str = ""

    def name(self, language: Language = "id") -> str:
        """Return the label a reader sees."""
        return self.en if language == "en" else self.id

    def formula(self, language: Language = "id") -> str:
        """Return the formula in words: ``100 × PA / PUS``."""
        from kkbpk_geo.catalogue.programme import column_label

        top, bottom = (
            " + ".join(column_label(c, language) for c in side)
            for side in (self.numerator, self.denominator)
        )
        factor = "" if self.factor == 1 else f"{self.factor:g} × "
        return f"{factor}({top}) / ({bottom})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """What is good enough, with its document; turns a measure into a need."""

    key: str
    theme: str
    id: str
    en: str
    base: tuple[str, ...]
    supply: tuple[str, ...]
    unit: str
    do_id: str
    do_en: str
    document: str
    year: int
    official: bool
    value: float | None = None
    mode: Literal["at_least", "at_most"] = "at_least"
    checked: bool = True
    in_force: bool = True
    weight: float = 1.0
    per_group: tuple[str, ...] = ()
    group: str = ""

    def name(self, language: Language = "id") -> str:
        """Return the label a reader sees."""
        return self.en if language == "en" else self.id

    def action(self, gap: str, language: Language = "id") -> str:
        """Return what to do about a gap of ``gap`` (already formatted)."""
        text = self.do_en if language == "en" else self.do_id
        return text.replace("{gap}", gap)

    def reference(self, language: Language = "id") -> str:
        """Return document, year and how far it can be trusted."""
        notes = [
            label(
                "standard_official" if self.official else "standard_proposed", language
            )
        ]
        if self.official and not self.checked:
            notes.append(label("standard_unchecked", language))
        if not self.in_force:
            notes.append(label("standard_not_in_force", language))
        return f"{self.document} ({'; '.join(notes)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """A measure that is the sum of others when no table gives it."""

    key: str
    parts: tuple[str, ...]


E = TypeVar("E", Indicator, Standard)


@cache
def indicators() -> Mapping[str, Indicator]:
    """Every indicator, expanded by group kind, in file order."""
    found = _expand(build_all(Indicator, "indicators.toml"), "indicators.toml")
    for entry in found.values():
        _check_columns(
            entry.key, entry.numerator + entry.denominator, "indicators.toml"
        )
        if entry.direction not in ("better", "worse", "context"):
            msg = (
                f"indicators.toml [{entry.key}] direction is {entry.direction!r}; "
                "expected 'better', 'worse' or 'context'."
            )
            raise CatalogueError(msg)
        if entry.standard and entry.standard not in standards():
            msg = (
                f"indicators.toml [{entry.key}] standard {entry.standard!r} is not in "
                "standards.toml."
            )
            raise CatalogueError(msg)
    return found


@cache
def standards() -> Mapping[str, Standard]:
    """Every standard, expanded by group kind, in file order."""
    found = _expand(build_all(Standard, "standards.toml"), "standards.toml")
    for entry in found.values():
        _check_columns(entry.key, entry.base + entry.supply, "standards.toml")
    return found


@cache
def derived() -> Mapping[str, Derived]:
    """Every derived measure, in the order in which they must be computed."""
    return build_all(Derived, "derived.toml")


def _expand(table: Mapping[str, E], file: str) -> Mapping[str, E]:
    """Make one entry per group kind where an entry asks for it."""
    found: dict[str, E] = {}
    for key, entry in table.items():
        if not entry.per_group:
            found[key] = entry
        for group in entry.per_group:
            if group not in groups():
                msg = f"{file} [{key}] per_group: {group!r} is not in groups.toml."
                raise CatalogueError(msg)
            found[f"{key}:{group}"] = _for_group(entry, group)
    return MappingProxyType(found)


def _for_group(entry: E, group: str) -> E:
    kind = groups()[group]

    def fill(value: object) -> object:
        if isinstance(value, tuple):
            return tuple(fill(v) for v in value)
        if isinstance(value, str):
            return (
                value.replace("{g}", group)
                .replace("{short}", kind.short)
                .replace("{kit}", kind.kit or "kit")
            )
        return value

    filled = {
        f.name: fill(getattr(entry, f.name))
        for f in fields(entry)
        if f.name not in ("key", "group", "per_group", "standard")
    }
    more: dict[str, object] = {"key": f"{entry.key}:{group}", "group": group}
    if isinstance(entry, Indicator) and entry.standard:
        more["standard"] = f"{entry.standard}:{group}"
    return replace(entry, **filled, **more, per_group=())  # type: ignore[arg-type]


def _check_columns(key: str, columns: tuple[str, ...], file: str) -> None:
    for column in columns:
        if not is_column(column):
            msg = f"{file} [{key}]: {column!r} is no column of the catalogue."
            raise CatalogueError(msg)
