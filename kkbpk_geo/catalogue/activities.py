"""What a plan speaks of: activities, sources of funds, units, states of a line.

Why: the same work is called Pembinaan BKB, Pertemuan kelompok BKB and Penyuluhan Poktan
Bina Keluarga Balita. Lines can only be compared once their words are one word; only a
recorded spelling decides, a near one is at most suggested.

In:     activities.toml, funds.toml, plan_terms.toml. Out: read-only mappings, and the
        key that a text stands for ("" where none does).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Literal, get_args

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.base.text import close_matches, fold_words, may_match
from kkbpk_geo.catalogue.headings import is_spelled, phrase
from kkbpk_geo.catalogue.indicators import indicators, standards
from kkbpk_geo.catalogue.named import Spelled, Spellings
from kkbpk_geo.catalogue.programme import for_each_group
from kkbpk_geo.catalogue.reading import Place, build_all, either, refer

Rhythm = Literal["monthly", "quarterly", "once"]
RHYTHMS: tuple[Rhythm, ...] = get_args(Rhythm)
OWNERS = ("province", "district")
_FILE, _FUNDS, _TERMS = "activities.toml", "funds.toml", "plan_terms.toml"
# How alike (difflib's ratio) a text must be for an activity to be suggested: below this
# two activities share little but "kelompok" or "kader". Only ever shown, never applied.
_NEAR = 0.6
# What stands between two sources of funds in one cell.
_SEVERAL = re.compile(r"[+&,;/]|\bdan\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity(Spelled):
    """One kind of work; see the head of activities.toml for what the fields mean."""

    programme: str
    rhythm: Rhythm
    unit: str
    indicator: str = ""
    closes: tuple[str, ...] = ()
    per_group: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund(Spelled):
    """A source of funds; ``own`` says what each owner of a plan means by it."""

    own: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Spelled):
    """A programme, a unit or a state; ``paper``: a unit of reports, not of a field."""

    paper: bool = False


@cache
def activities() -> Mapping[str, Activity]:
    """Every activity, expanded by group kind, in file order.

    Raises
    ------
    CatalogueError
        For an unknown group, programme, indicator, standard or unit.
    """
    found = for_each_group(build_all(Activity, _FILE), _FILE)
    for key, entry in found.items():
        place = Place(_FILE, key)
        refer(place.at("programme"), entry.programme, terms("programme"), _TERMS)
        refer(place.at("unit"), entry.unit, terms("unit"), _TERMS)
        refer(place.at("indicator"), entry.indicator, indicators(), "indicators.toml")
        for standard in entry.closes:
            refer(place.at("closes"), standard, standards(), "standards.toml")
    return found


@cache
def funds() -> Mapping[str, Fund]:
    """Every source of funds, in file order.

    Raises
    ------
    CatalogueError
        If what an owner means by one is no source of funds.
    """
    found = build_all(Fund, _FUNDS)
    for key, fund in found.items():
        for owner, meant in fund.own.items():
            place = Place(_FUNDS, f"{key}.own", owner)
            if owner not in OWNERS:
                msg = f"{place}: no owner of a plan; expected {either(OWNERS)}."
                raise CatalogueError(msg)
            refer(place, meant, found, _FUNDS)
    return found


def clear_funds() -> list[str]:
    """Return the names of the funds that mean the same whoever owns the plan.

    Examples
    --------
    >>> "BOKB" in clear_funds(), "APBD (tingkat tidak disebut)" in clear_funds()
    (True, False)
    """
    return [fund.id for fund in funds().values() if not fund.own]


@cache
def terms(table: str) -> Mapping[str, Term]:
    """Return the ``programme``, ``unit`` or ``status`` terms, in file order."""
    return build_all(Term, _TERMS, table)


# --- from text to key -----------------------------------------------------------------


# Plans that are compared name the same work, and each step asks for it again: all the
# names of three plans of a province.
@lru_cache(maxsize=1 << 17)
def plain(text: str) -> str:
    """Return the words of an activity or indicator, each in its one spelling.

    Examples
    --------
    >>> plain("Pertemuan Poktan BKB") == plain("PERTEMUAN KELOMPOK BKB")
    True
    """
    once = phrase(text)
    # "Poktan BKB" is Kelompok BKB, and that is BKB.
    return once if is_spelled(once) else phrase(once)


@cache
def _activity_spellings() -> Spellings:
    return Spellings(activities(), _FILE, plain)


@cache
def _fund_spellings() -> Spellings:
    return Spellings(funds(), _FUNDS, fold_words)


@cache
def _term_spellings(table: str) -> Spellings:
    return Spellings(terms(table), f"{_TERMS} {table}", fold_words)


@cache
def _indicator_keys() -> Mapping[str, str]:
    found = {plain(entry.name("en")): key for key, entry in indicators().items()}
    for key, entry in indicators().items():
        # The code of an indicator is that of all its groups, so it names none of them.
        code = "" if entry.group else entry.code
        for text in (entry.id, entry.id.partition("(")[0], code, key):
            found.setdefault(plain(text.replace("_", " ")), key)
    found.pop("", None)
    return MappingProxyType(found)


def activity_of(text: str) -> str:
    """Return the activity that a text names, ``""`` if none does.

    Examples
    --------
    >>> activity_of("PEMBINAAN POKTAN BINA KELUARGA BALITA")
    'group_coaching:bkb'
    """
    return _activity_spellings().key_of(text)


def indicator_of(text: str) -> str:
    """Return the indicator that a text names, ``""`` if none does."""
    if text in indicators():
        return text
    # A key that was taken for words has underscores between them.
    return _indicator_keys().get(plain(text.replace("_", " ")), "")


def fund_of(text: str, owner: str = "") -> str:
    """Return the source of funds that a text names, ``""`` if none does.

    Parameters
    ----------
    text : str
    owner : {"", "province", "district"}
        Whose plan it is: a bare APBD is then its own.
    """
    spellings = _fund_spellings()
    named = {spellings.key_of(part) for part in _SEVERAL.split(text)} - {""}
    if len(named) > 1:  # "APBN + BOKB" is two sources, and no line says how much each
        return ""
    key = spellings.key_of(text)
    return funds()[key].own.get(owner, key) if key else ""


def term_of(table: str, text: str) -> str:
    """Return the programme, unit or status that a text names, ``""`` if none does."""
    spellings = _term_spellings(table)
    # Plans write "Program Kependudukan" for what the forms list as "Kependudukan".
    bare = fold_words(text).removeprefix("program ")
    return spellings.key_of(text) or spellings.keys.get(bare, "")


# The plans that are compared name the same work.
@lru_cache(maxsize=1 << 15)
def suggest_activities(text: str, most: int = 2) -> tuple[str, ...]:
    """Name the activities that look like a text. Nothing is ever applied."""
    keys = _activity_spellings().keys
    # Several spellings of one activity may be near: three for each that is wanted.
    near = close_matches(plain(text), keys, most=3 * most, least=_NEAR)
    found = dict.fromkeys(activities()[keys[each]].id for each in near)
    return tuple(found)[:most]


def suggest_each(texts: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Name for each of many texts what :func:`suggest_activities` does, sooner.

    Examples
    --------
    >>> suggest_each(["Pembinaan klp BKB", "Lomba memasak"])["Lomba memasak"]
    ()
    """
    known = list(_activity_spellings().keys)
    likely = may_match(list(map(plain, texts)), known, _NEAR)
    found: dict[str, tuple[str, ...]] = dict.fromkeys(texts, ())
    for text, may in zip(texts, likely, strict=True):
        if may:
            found[text] = suggest_activities(text)
    return found
