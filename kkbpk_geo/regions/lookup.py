"""The names of one place, ready to be looked up: official, with kind, alias.

Why: a name is only safe inside the province or parent that it belongs to; so there is
one index per level and scope, built once from the register and the alias catalogue.

In:     a level and the code of the parent. Out: codes by folded name, suggestions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.catalogue.reading import read_as
from kkbpk_geo.regions.codes import Level, parent_of
from kkbpk_geo.regions.names import (
    decorate,
    fold_name,
    split_words,
    undecorated,
    without_mark,
)
from kkbpk_geo.regions.register import (
    Alias,
    alias_rows,
    has_region,
    place_name,
    region,
    regions_of,
)

# Least likeness (rapidfuzz WRatio, 0 to 100) that is worth showing; it never decides.
_NEAR_ENOUGH = 60
_SHOWN = 3
# Lampung: whose villages are known to a sheet that says of no province that it is its.
_HOME = "18"


@dataclass(frozen=True, slots=True)
class Names:
    """Folded names of the regions of one level inside one scope.

    ``bare`` holds official names without their kind, ``kinds`` the kinds that there
    are, ``aliases`` what the catalogue records. Values of the first are codes.
    """

    bare: Mapping[str, tuple[str, ...]]
    kinds: tuple[str, ...]
    aliases: Mapping[str, Alias]

    def find(self, key: str) -> tuple[str, ...]:
        """Return the codes that carry this name; several where it is ambiguous."""
        return self.bare.get(key) or self._stated(key)

    def _stated(self, key: str) -> tuple[str, ...]:
        """Return the codes whose name, with a word for their own kind, is this."""
        # Taken off the name asked for: put onto 83,762 names they would fill a memory.
        found = {
            code
            for kind in self.kinds
            for name in undecorated(key, kind)
            for code in self.bare.get(name, ())
            if region(code).kind == kind
        }
        return tuple(sorted(found))


@cache
def aliases() -> tuple[Alias, ...]:
    """Every recorded alias, checked.

    Raises
    ------
    CatalogueError
        For an unknown code, decision or status, or one alias with two meanings; names
        the row.
    """
    found: dict[tuple[str, str], Alias] = {}
    for alias in alias_rows():
        where = f"region_aliases.csv [{alias.alias}]"
        if unknown := [code for code in alias.codes if not has_region(code)]:
            msg = f"{where}: the register has no {unknown}."
            raise CatalogueError(msg)
        if len(alias.codes) > 1 and alias.decision == "resolve":
            msg = f"{where}: resolves to {alias.codes}; name one, or refuse it."
            raise CatalogueError(msg)
        if found.setdefault((alias.level, fold_name(alias.alias)), alias) is not alias:
            msg = f"{where}: stands twice; keep one row."
            raise CatalogueError(msg)
    return tuple(found.values())


@cache
def _alias_names() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for alias in aliases():
        if alias.decision == "resolve":
            found.setdefault(alias.region_code, []).append(alias.alias)
    return MappingProxyType({code: tuple(names) for code, names in found.items()})


def alias_names(code: str) -> tuple[str, ...]:
    """Return the names beside the official one that surely stand for a region.

    Examples
    --------
    >>> "Bdl" in alias_names("18.71"), alias_names("18.72")
    (True, ())
    """
    return _alias_names().get(code, ())


@cache
def _kind_of_word() -> Mapping[str, str]:
    kinds = read_as(dict[str, tuple[str, ...]], "region_words.toml", "kinds")
    found: dict[str, str] = {}
    for kind, words in kinds.items():
        found.update((fold_name(word), kind) for word in words)
    return found


@lru_cache(maxsize=10_000)
def split_kind(text: str) -> tuple[str, str]:
    """Return the kind that a name states before itself, and the rest, folded.

    Examples
    --------
    >>> split_kind("Kab. Tulang Bawang"), split_kind("Kota")
    (('Kabupaten', 'tulangbawang'), ('', 'kota'))
    """
    words = split_words(text)
    kinds = _kind_of_word()
    for size in (2, 1):  # "Kab. Adm. Kepulauan Seribu" before "Kab."
        kind = kinds.get("".join(words[:size]), "")
        if kind and len(words) > size:
            return kind, "".join(words[size:])
    return "", "".join(words)


@lru_cache(maxsize=10_000)
def is_register_name(text: str, province: str = "") -> bool:
    """Whether a district, or a kecamatan or village of a province, is called so.

    Parameters
    ----------
    text : str
        The exact name, its mark of a footnote aside.
    province : str
        Code of the province that the text is about; where it is not known, the one
        that this package was made for. Not all of Indonesia: of 60,000 names of
        villages too many are words, and names of persons.

    Examples
    --------
    >>> is_register_name("Sasaran", "12"), is_register_name("Sasaran", "18")
    (True, False)
    """
    return fold_name(without_mark(text)) in _register_names(province or _HOME)


@cache
def _register_names(province: str) -> frozenset[str]:
    """Return the folded names below the province, without all that else is indexed."""
    fine: tuple[Level, ...] = ("kecamatan", "desa")
    called = {unit.bare for unit in regions_of("kabkota")}
    for level in fine:
        called |= {unit.bare for unit in regions_of(level, province)}
    return frozenset(map(fold_name, called))


@cache
def _alias_keys(alias: Alias) -> frozenset[str]:
    """Return the folded forms of an alias, also with the kind of its region."""
    key = fold_name(alias.alias)
    if alias.decision == "refuse":
        return frozenset({key})
    first, *rest = split_words(alias.alias)
    # An alias that states its kind ("Kab. Lamsel") is met with any word for that kind.
    if rest and (kind := _kind_of_word().get(first)):
        return frozenset(decorate("".join(rest), kind))
    return frozenset({key, *decorate(key, region(alias.region_code).kind)})


@cache
def names_of(level: Level, scope: str = "") -> Names:
    """Build the index of one level, of all regions or of those inside ``scope``."""
    bare: dict[str, tuple[str, ...]] = {}
    units = regions_of(level, scope)
    for unit in units:
        key = fold_name(unit.bare)
        bare[key] = (*bare.get(key, ()), unit.code)
    kinds = sorted({unit.kind for unit in units})
    return Names(bare, tuple(kinds), _aliases_inside(level, scope))


def _aliases_inside(level: Level, scope: str) -> dict[str, Alias]:
    """Return the aliases of a level by folded form, where all they mean is inside."""
    inside = f"{scope}." if scope else ""
    found: dict[str, Alias] = {}
    for alias in aliases():
        here = all(code.startswith(inside) for code in alias.codes)
        if here and alias.level == level:
            found.update(dict.fromkeys(_alias_keys(alias), alias))
    return found


def describe(code: str) -> str:
    """Return ``18.07 Lampung Timur``: a code with its name, for a reader.

    A kabupaten that shares its name with a kota says so.
    """
    unit = region(code)
    if unit.kind == "Kabupaten":
        called_so = names_of("kabkota").bare[fold_name(unit.bare)]
        if len(called_so) > 1:
            return f"{code} Kabupaten {unit.name}"
    return f"{code} {unit.name}"


def describe_apart(code: str) -> str:
    """Return a code with its name, and below the district with what it lies in.

    Examples
    --------
    >>> [describe_apart(code) for code in ("18.01.04.2002", "18.07")]
    ['18.01.04.2002 Sidosari (Natar, Lampung Selatan)', '18.07 Lampung Timur']
    """
    above = above_names(code)
    return f"{describe(code)} ({above})" if above else describe(code)


def above_names(code: str, within: str = "") -> str:
    """Name what a kecamatan or village lies in, the nearest first; "" for others.

    Parameters
    ----------
    code : str
    within : str
        Code of a place that need not be named, and what that lies in neither.

    Examples
    --------
    >>> above_names("18.01.04.2002"), above_names("18.01.04.2002", "18.01")
    ('Natar, Lampung Selatan', 'Natar')
    """
    names, parent = [], parent_of(code)
    while "." in parent and parent != within:
        names.append(place_name(parent))
        parent = parent_of(parent)
    return ", ".join(names)


@cache
def _choices(level: Level, scope: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    units = regions_of(level, scope)
    codes = tuple(unit.code for unit in units)
    return codes, tuple(unit.bare.casefold() for unit in units)


def suggest(text: str, level: Level, scope: str = "") -> tuple[str, ...]:
    """Name up to three regions that look like a text. Nothing is ever applied.

    Method: rapidfuzz WRatio; measured here, it puts "Tulang Bawang Brt" nearer to
    Tulang Bawang than to Tulang Bawang Barat, which is why it only suggests.
    """
    from rapidfuzz import fuzz, process

    codes, names = _choices(level, scope)
    words = " ".join(split_words(text))
    kinds = _kind_of_word()
    # A kind that is written out would make every kabupaten look like every other.
    while (first := words.partition(" ")[0]) in kinds and " " in words:
        words = words.removeprefix(first).strip()
    near = process.extract(
        words, names, scorer=fuzz.WRatio, score_cutoff=_NEAR_ENOUGH, limit=_SHOWN
    )
    return tuple(describe(codes[place]) for _, _, place in near)
