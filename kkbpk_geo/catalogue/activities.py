"""What a plan speaks of: activities, sources of funds, units, states of a line.

Why: the same work is called Pembinaan BKB, Pertemuan kelompok BKB and Penyuluhan Poktan
Bina Keluarga Balita. Lines can only be compared once their words are one word; only a
recorded spelling decides, a near one is at most suggested.

In:     activities.toml, funds.toml, plan_terms.toml. Out: read-only mappings, and the
        key that a text stands for ("" where none does).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.headings import fold, phrase
from kkbpk_geo.catalogue.indicators import indicators, standards
from kkbpk_geo.catalogue.programme import groups
from kkbpk_geo.catalogue.reading import build, build_all, read_toml

Rhythm = Literal["monthly", "quarterly", "once"]
RHYTHMS: tuple[Rhythm, ...] = ("monthly", "quarterly", "once")
_FILE, _TERMS = "activities.toml", "plan_terms.toml"
_NEAR = 0.6
_SEVERAL = re.compile(r"[+&,;/]|\bdan\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One kind of work; see the head of activities.toml for what the fields mean."""

    key: str
    id: str
    en: str
    programme: str
    rhythm: Rhythm
    unit: str
    indicator: str = ""
    closes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    per_group: tuple[str, ...] = ()
    group: str = ""

    def name(self, language: Language = "id") -> str:
        """Return the label a reader sees."""
        return self.en if language == "en" else self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund:
    """A source of funds; ``own`` says what each owner of a plan means by it."""

    key: str
    id: str
    en: str
    aliases: tuple[str, ...] = ()
    own: Mapping[str, str] = field(default_factory=dict)

    def name(self, language: Language = "id") -> str:
        """Return the label a reader sees."""
        return self.en if language == "en" else self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A programme, a unit or a state."""

    key: str
    id: str
    en: str
    aliases: tuple[str, ...] = ()

    def name(self, language: Language = "id") -> str:
        """Return the label a reader sees."""
        return self.en if language == "en" else self.id


@cache
def activities() -> Mapping[str, Activity]:
    """Every activity, expanded by group kind, in file order.

    Raises
    ------
    CatalogueError
        For an unknown group, programme, indicator, standard, rhythm or unit.
    """
    found: dict[str, Activity] = {}
    for key, entry in build_all(Activity, _FILE).items():
        if not entry.per_group:
            found[key] = entry
        for group in entry.per_group:
            if group not in groups():
                msg = f"{_FILE} [{key}] per_group: {group!r} is not in groups.toml."
                raise CatalogueError(msg)
            found[f"{key}:{group}"] = _for_group(entry, group)
    for entry in found.values():
        _check(entry)
    return MappingProxyType(found)


def _for_group(entry: Activity, group: str) -> Activity:
    kind = groups()[group]

    def fill(text: str) -> str:
        return (
            text.replace("{g}", group)
            .replace("{short}", kind.short)
            .replace("{kit}", kind.kit)
        )

    return replace(
        entry,
        key=f"{entry.key}:{group}",
        id=fill(entry.id),
        en=fill(entry.en),
        indicator=fill(entry.indicator),
        closes=tuple(map(fill, entry.closes)),
        aliases=tuple(map(fill, entry.aliases)),
        per_group=(),
        group=group,
    )


def _check(entry: Activity) -> None:
    wanted: list[tuple[str, str, Any]] = [
        ("programme", entry.programme, terms("programme")),
        ("unit", entry.unit, terms("unit")),
        ("rhythm", entry.rhythm, RHYTHMS),
        *(("closes", standard, standards()) for standard in entry.closes),
    ]
    if entry.indicator:
        wanted.append(("indicator", entry.indicator, indicators()))
    for name, value, known in wanted:
        if value not in known:
            msg = f"{_FILE} [{entry.key}] {name}: {value!r} is not known."
            raise CatalogueError(msg)


@cache
def funds() -> Mapping[str, Fund]:
    """Every source of funds, in file order."""
    return build_all(Fund, "funds.toml")


@cache
def terms(table: str) -> Mapping[str, Term]:
    """Return the ``programme``, ``unit`` or ``status`` terms, in file order."""
    entries = read_toml(_TERMS)[table].items()
    return MappingProxyType(
        {
            key: build(Term, entry, file=_TERMS, key=f"{table}.{key}")
            for key, entry in entries
        }
    )


# --- from text to key -----------------------------------------------------------------


def plain(text: str) -> str:
    """Return the words of an activity or indicator, each in its one spelling.

    Examples
    --------
    >>> plain("Pertemuan Poktan BKB") == plain("PERTEMUAN KELOMPOK BKB")
    True
    """
    return phrase(phrase(text))  # "Poktan BKB" is Kelompok BKB, and that is BKB


@cache
def _activity_keys() -> Mapping[str, str]:
    return _keys_of(activities(), _FILE, plain)


@cache
def _fund_keys() -> Mapping[str, str]:
    return _keys_of(funds(), "funds.toml", fold)


@cache
def _term_keys(table: str) -> Mapping[str, str]:
    return _keys_of(terms(table), f"{_TERMS} {table}", fold)


@cache
def _indicator_keys() -> Mapping[str, str]:
    found = {plain(entry.name("en")): key for key, entry in indicators().items()}
    for key, entry in indicators().items():
        code = "" if entry.group else entry.code
        for text in (entry.id, entry.id.partition("(")[0], code, key):
            found.setdefault(plain(text.replace("_", " ")), key)
    found.pop("", None)
    return MappingProxyType(found)


def _keys_of(entries: Mapping[str, Any], file: str, folded: Any) -> Mapping[str, str]:  # noqa: ANN401
    found: dict[str, str] = {}
    for key, entry in entries.items():
        for text in dict.fromkeys((entry.id, *entry.aliases, entry.en)):
            other = found.setdefault(folded(text), key)
            if other != key:
                msg = f"{file}: {text!r} means both {other!r} and {key!r}; keep one."
                raise CatalogueError(msg)
    return MappingProxyType(found)


def activity_of(text: str) -> str:
    """Return the activity that a text names, ``""`` if none does.

    Examples
    --------
    >>> activity_of("PEMBINAAN POKTAN BINA KELUARGA BALITA")
    'group_coaching:bkb'
    """
    return text if text in activities() else _activity_keys().get(plain(text), "")


def indicator_of(text: str) -> str:
    """Return the indicator that a text names, ``""`` if none does."""
    if text in indicators():
        return text
    return _indicator_keys().get(plain(text.replace("_", " ")), "")


def fund_of(text: str, owner: str = "") -> str:
    """Return the source of funds that a text names, ``""`` if none does.

    Parameters
    ----------
    text : str
    owner : {"", "province", "district"}
        Whose plan it is: a bare APBD is then its own.
    """
    keys = _fund_keys()
    key = text if text in funds() else keys.get(fold(text), "")
    parts = {keys.get(fold(part), "") for part in _SEVERAL.split(text)} - {""}
    if len(parts) > 1:  # "APBN + BOKB" is two sources, and no line says how much each
        return ""
    return funds()[key].own.get(owner, key) if key else ""


def term_of(table: str, text: str) -> str:
    """Return the programme, unit or status that a text names, ``""`` if none does."""
    if text in terms(table):
        return text
    if text.strip() == "%":
        text = "persen"
    keys, folded = _term_keys(table), fold(text)
    return keys.get(folded, "") or keys.get(folded.removeprefix("program "), "")


def suggest_activities(text: str, most: int = 2) -> tuple[str, ...]:
    """Name the activities that look like a text. Nothing is ever applied."""
    keys = _activity_keys()
    near = get_close_matches(plain(text), keys, n=3 * most, cutoff=_NEAR)
    found = dict.fromkeys(activities()[keys[each]].id for each in near)
    return tuple(found)[:most]
