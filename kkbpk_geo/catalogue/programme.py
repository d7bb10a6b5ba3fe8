"""The programme's objects: group kinds, facility kinds, what is measured.

In:     groups.toml, facilities.toml, measures.toml.
Out:    read-only mappings, and the names of columns: ``<group>_<measure>`` for what
        is counted per group kind (``bkb_groups``), else ``<measure>`` (``couples``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, Literal, Protocol, TypeVar

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.named import Named, Spelled
from kkbpk_geo.catalogue.reading import Place, build_all, refer, require_colour

# Units of measures.toml that are private persons, or families of them. Cadres, officers
# and staff are counted in their office, which is public.
_PERSONS = frozenset({"PUS", "anak", "jiwa", "keluarga", "lansia", "peserta"})

Shape = Literal[
    "circle", "square", "diamond", "triangle", "cross", "star", "hexagon", "pentagon"
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Spelled):
    """A kind of group (kelompok kegiatan) or what the offices treat like one.

    ``target`` is the measure that counts whom it is for; see the head of groups.toml.
    """

    short: str
    target: str = ""
    strata: tuple[str, ...] = ()
    kit: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilityKind(Spelled):
    """A kind of facility, with the sign that stands for it on every map."""

    shape: Shape
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Named):
    """Something counted; whole numbers that may be summed over regions.

    ``per_group`` measures exist once per group kind.
    """

    unit: str
    per_group: bool = False

    @property
    def of_persons(self) -> bool:
        """Whether it counts private persons, so that a small count may be one known."""
        return self.unit in _PERSONS


@cache
def groups() -> Mapping[str, Group]:
    """Every group kind, in the order in which reports list them.

    Raises
    ------
    CatalogueError
        For a target that is no measure per group; names the group.
    """
    found = build_all(Group, "groups.toml")
    per_group = [name for name, each in measures().items() if each.per_group]
    for key, group in found.items():
        place = Place("groups.toml", key, "target")
        refer(place, group.target, per_group, "measures.toml with per_group = true")
    return found


@cache
def facility_kinds() -> Mapping[str, FacilityKind]:
    """Every facility kind, in map-legend order.

    Raises
    ------
    CatalogueError
        For a colour that no page can show, or a shape that another kind has.
    """
    found = build_all(FacilityKind, "facilities.toml")
    owners: dict[str, str] = {}
    for key, kind in found.items():
        require_colour(Place("facilities.toml", key, "colour"), kind.colour)
        # Signs must be told apart where a map is printed without colour.
        if (other := owners.setdefault(kind.shape, key)) != key:
            msg = (
                f"facilities.toml [{key}] shape: {kind.shape!r} is the sign of "
                f"[{other}]; take another."
            )
            raise CatalogueError(msg)
    return found


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
        # A measure that is not per group has no prefix, whatever its name begins with.
        if rest != column and rest in measures() and measures()[rest].per_group:
            return key, measures()[rest]
    if column in measures() and not measures()[column].per_group:
        return None, measures()[column]
    msg = (
        f"{column!r} is no column of the catalogue; add its measure to measures.toml "
        "or its group to groups.toml."
    )
    raise CatalogueError(msg)


def group_of(column: str) -> str:
    """Return the group that a column is about, ``""`` if it is about none."""
    return (split_column(column)[0] or "") if is_column(column) else ""


@lru_cache(maxsize=4096)
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
    text = measure.name(language)
    return f"{groups()[group].short}: {text}" if group else text


# --- entries that exist once per group kind -------------------------------------------


class PerGroup(Protocol):
    """An entry that stands for one entry per group kind, or was made for one."""

    @property
    def key(self) -> str:
        """Its name; ``<entry>:<group>`` once it is made for a group."""

    @property
    def per_group(self) -> tuple[str, ...]:
        """The group kinds it stands for; empty for an entry of its own."""

    @property
    def group(self) -> str:
        """The group kind it was made for."""


E = TypeVar("E", bound=PerGroup)


def for_each_group(entries: Mapping[str, E], file: str) -> Mapping[str, E]:
    """Make one entry per group kind, ``<key>:<group>``, where an entry asks for it.

    In its texts ``{g}`` becomes the key of the group, ``{short}`` its short name and
    ``{kit}`` its kit.

    Raises
    ------
    CatalogueError
        For a group kind that does not exist; names the entry.
    """
    found: dict[str, E] = {}
    for key, entry in entries.items():
        if not entry.per_group:
            found[key] = entry
        for group in entry.per_group:
            refer(Place(file, key, "per_group"), group, groups(), "groups.toml")
            found[f"{key}:{group}"] = _for_group(entry, groups()[group])
    return MappingProxyType(found)


def _for_group(entry: E, group: Group) -> E:
    slots = {"{g}": group.key, "{short}": group.short, "{kit}": group.kit or "kit"}

    def fill(value: Any) -> Any:  # noqa: ANN401
        if isinstance(value, tuple):
            return tuple(map(fill, value))
        if isinstance(value, str):
            for slot, text in slots.items():
                value = value.replace(slot, text)
        return value

    # In every text of an entry, be it words or the name of a column.
    texts = {f.name: fill(getattr(entry, f.name)) for f in fields(entry)}  # type: ignore[arg-type]
    own = {"key": f"{entry.key}:{group.key}", "group": group.key, "per_group": ()}
    return replace(entry, **(texts | own))  # type: ignore[type-var]
