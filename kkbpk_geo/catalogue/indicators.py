"""What is computed and against what it is judged: indicators, standards, derivations.

In:     indicators.toml, standards.toml, derived.toml; group kinds from groups.toml.
Out:    read-only mappings; entries ``per_group`` are expanded to ``<key>:<group>``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.labels import has_label, label
from kkbpk_geo.catalogue.named import Named, in_language
from kkbpk_geo.catalogue.programme import column_label, for_each_group, is_column
from kkbpk_geo.catalogue.reading import Place, build_all, either, refer

Direction = Literal["better", "worse", "context"]
_INDICATORS, _STANDARDS, _DERIVED = (
    "indicators.toml",
    "standards.toml",
    "derived.toml",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Named):
    """One ratio of sums: ``factor * sum(numerator) / sum(denominator)``.

    ``turned``: its standard counts the same two things the other way round; see the
    head of indicators.toml.
    """

    theme: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    direction: Direction
    source: str
    code: str = ""
    factor: float = 100
    unit: str = "%"
    digits: int = 1
    standard: str = ""
    turned: bool = False
    per_group: tuple[str, ...] = ()
    group: str = ""

    def formula(self, language: Language = "id") -> str:
        """Return the formula in words: ``100 × PA / PUS``."""
        top = " + ".join(column_label(c, language) for c in self.numerator)
        bottom = " + ".join(column_label(c, language) for c in self.denominator)
        factor = "" if self.factor == 1 else f"{self.factor:g} × "
        return f"{factor}({top}) / ({bottom})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard(Named):
    """What is good enough, with its document; turns a measure into a need."""

    theme: str
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
    thing_id: str = ""
    thing_en: str = ""
    done_id: str = ""
    done_en: str = ""

    def thing(self, count: float, language: Language = "id") -> str:
        """Return what is counted, after its count; the unit where no word is given."""
        one, _, many = in_language(language, self.thing_id, self.thing_en).partition(
            "|"
        )
        return (one if count == 1 else many or one) or self.unit

    def done(self, language: Language = "id") -> str:
        """Return what is to be done with the thing, as a passive verb; or nothing."""
        return in_language(language, self.done_id, self.done_en)

    def action(self, gap: str, language: Language = "id") -> str:
        """Return what to do about a gap of ``gap`` (already formatted)."""
        return in_language(language, self.do_id, self.do_en).replace("{gap}", gap)

    def sign(self, *, turned: bool = False) -> str:
        """Return ``≥`` or ``≤``; a ratio turned over is limited from the other side."""
        return "≥" if (self.mode == "at_least") is not turned else "≤"

    def reference(self, language: Language = "id") -> str:
        """Return document, year and how far it can be trusted."""
        rank = "standard_official" if self.official else "standard_proposed"
        notes = [label(rank, language)]
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


@cache
def indicators() -> Mapping[str, Indicator]:
    """Every indicator, expanded by group kind, in file order.

    Raises
    ------
    CatalogueError
        For an unknown column, theme or standard, or a standard that does not fit.
    """
    found = for_each_group(build_all(Indicator, _INDICATORS), _INDICATORS)
    for key, entry in found.items():
        columns = entry.numerator + entry.denominator
        _check_columns(Place(_INDICATORS, key), columns)
        _check_theme(Place(_INDICATORS, key, "theme"), entry.theme)
        place = Place(_INDICATORS, key, "standard")
        refer(place, entry.standard, standards(), _STANDARDS)
        if entry.standard:
            _check_fit(place, entry, standards()[entry.standard])
    return found


@cache
def standards() -> Mapping[str, Standard]:
    """Every standard, expanded by group kind, in file order.

    Raises
    ------
    CatalogueError
        For an unknown column or theme; names the standard.
    """
    found = for_each_group(build_all(Standard, _STANDARDS), _STANDARDS)
    for key, entry in found.items():
        _check_columns(Place(_STANDARDS, key), entry.base + entry.supply)
        _check_theme(Place(_STANDARDS, key, "theme"), entry.theme)
    return found


@cache
def derived() -> Mapping[str, Derived]:
    """Every derived measure, in the order in which they must be computed.

    Raises
    ------
    CatalogueError
        For an unknown column, or a part that is itself derived only later.
    """
    found = build_all(Derived, _DERIVED)
    # They are computed in this order: a part that comes later would be missing.
    open_still = set(found)
    for key, rule in found.items():
        _check_columns(Place(_DERIVED, key), (key, *rule.parts))
        if late := sorted(open_still.intersection(rule.parts)):
            msg = f"{_DERIVED} [{key}] parts: {late} are derived later; move [{key}]."
            raise CatalogueError(msg)
        open_still.remove(key)
    return found


@cache
def methods_in(measure: str) -> frozenset[str]:
    """Return the methods whose users a measure counts; of new users, theirs.

    Examples
    --------
    >>> sorted(methods_in("users_pill")), len(methods_in("users_modern"))
    (['users_pill'], 8)
    >>> methods_in("new_users") == methods_in("users"), methods_in("couples")
    (True, frozenset())
    """
    of = measure.removeprefix("new_")
    if of in derived():
        if not of.startswith("users"):
            return frozenset()
        return frozenset().union(*map(methods_in, derived()[of].parts))
    return frozenset({of}) & _methods()


@cache
def _methods() -> frozenset[str]:
    """Return the users of single methods: what the parts of users come down to."""
    found = set(derived()["users"].parts)
    while found & set(derived()):
        whole = next(iter(found & set(derived())))
        found = found - {whole} | set(derived()[whole].parts)
    return frozenset(found)


def limit_of(key: str) -> tuple[Standard, float] | None:
    """Return the standard of an indicator and its value on the indicator's scale.

    None where there is none: an unknown key, no standard, or one without a value.

    Examples
    --------
    Half an officer per village is two villages per officer, turned over.

    >>> limit_of("villages_per_officer")[1]
    2.0
    """
    found = indicators().get(key)
    # A key of an office's own column is no indicator, and has no standard.
    standard = standards().get(found.standard) if found else None
    if found is None or standard is None or standard.value is None:
        return None
    if not found.turned:
        return standard, standard.value * found.factor
    # Nothing per village has no number of villages that it is per.
    return (standard, found.factor / standard.value) if standard.value else None


def _check_columns(place: Place, columns: tuple[str, ...]) -> None:
    for column in columns:
        if not is_column(column):
            msg = f"{place}: {column!r} is no column of the catalogue."
            raise CatalogueError(msg)


def _check_theme(place: Place, theme: str) -> None:
    if not has_label(f"theme_{theme}"):
        msg = (
            f"{place}: {theme!r} has no name; add theme_{theme} to "
            "labels_catalogue.toml."
        )
        raise CatalogueError(msg)


def _check_fit(place: Place, entry: Indicator, standard: Standard) -> None:
    """Refuse a standard that speaks of other things than its indicator.

    Need is base x value and is met by supply, so supply / base is the ratio that the
    standard is about: the indicator's own, or, if it says so, that one turned over.
    """
    counted, per = entry.numerator, entry.denominator
    good: Direction = "better" if standard.mode == "at_least" else "worse"
    if entry.turned:
        counted, per = per, counted
        good = "worse" if good == "better" else "better"
    if standard.base != per or len(counted) != 1 or counted[0] not in standard.supply:
        msg = (
            f"{place}: {standard.key!r} does not fit: it counts "
            f"{either(standard.supply)} per {' + '.join(standard.base)}, the indicator "
            f"{' + '.join(counted)} per {' + '.join(per)}."
        )
        raise CatalogueError(msg)
    if entry.direction not in (good, "context"):
        msg = (
            f"{place}: {standard.key!r} ({standard.mode}) does not fit: direction is "
            f"{entry.direction!r}; expected {good!r}."
        )
        raise CatalogueError(msg)
