"""The programme's objects: group kinds, facility kinds, what is measured.

In:     groups.toml, facilities.toml, measures.toml.
Out:    read-only mappings, and the names of columns: ``<group>_<measure>`` for what
        is counted per group kind (``bkb_groups``), else ``<measure>`` (``couples``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.reading import build_all


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A kind of group (kelompok kegiatan) or what the offices treat like one."""

    key: str
    short: str
    id: str
    en: str
    aliases: tuple[str, ...] = ()
    target: str = ""
    strata: tuple[str, ...] = ()
    kit: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilityKind:
    """A kind of facility, with the sign that stands for it on every map."""

    key: str
    id: str
    en: str
    shape: str
    colour: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """Something counted; whole numbers that may be summed over regions.

    ``per_group`` measures exist once per group kind. ``rolls`` says how a measure goes
    from a smaller region to a larger one: ``sum`` or ``none`` (printed ratios).
    """

    key: str
    id: str
    en: str
    unit: str
    per_group: bool = False
    rolls: str = "sum"


@cache
def groups() -> Mapping[str, Group]:
    """Every group kind, in the order in which reports list them."""
    return build_all(Group, "groups.toml")


@cache
def facility_kinds() -> Mapping[str, FacilityKind]:
    """Every facility kind, in map-legend order."""
    return build_all(FacilityKind, "facilities.toml")


@cache
def measures() -> Mapping[str, Measure]:
    """Every measure, without group prefixes."""
    return build_all(Measure, "measures.toml")


def split_column(column: str) -> tuple[str | None, Measure]:
    """Take a column name apart: ``bkb_groups`` -> (``bkb``, the measure ``groups``).

    Raises
    ------
    CatalogueError
        If it is no column of the catalogue.
    """
    for key in groups():
        rest = column.removeprefix(f"{key}_")
        if rest != column and rest in measures() and measures()[rest].per_group:
            return key, measures()[rest]
    if column in measures() and not measures()[column].per_group:
        return None, measures()[column]
    msg = (
        f"{column!r} is no column of the catalogue; add its measure to measures.toml "
        "or its group to groups.toml."
    )
    raise CatalogueError(msg)


def is_column(column: str) -> bool:
    """Whether a column name is one of the catalogue's."""
    try:
        split_column(column)
    except CatalogueError:
        return False
    return True


def column_label(column: str, language: Language = "id") -> str:
    """Return what a reader sees for a column: ``BKB: kelompok yang ada``."""
    group, measure = split_column(column)
    text = measure.id if language == "id" else measure.en
    return f"{groups()[group].short}: {text}" if group else text
