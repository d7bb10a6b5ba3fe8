"""What the catalogue knows about a column, in the words a map needs.

In:     the key of an indicator or the name of a joined column.
Out:    a :class:`MapIndicator`, or None where the catalogue does not know the key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.errors import CatalogueError, MapError
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.words import LANGUAGES, Words
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.catalogue.programme import column_label, is_column, split_column
from kkbpk_geo.maps.choices import as_choices
from kkbpk_geo.maps.content.options import MapIndicator

if TYPE_CHECKING:
    from kkbpk_geo.catalogue.indicators import Direction, Indicator, Standard


# Classes that our own analyses give, by the column that holds them: those always in
# the legend, then those only where a region has them.
_OWN_KINDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "cluster": (
        ("high_high", "low_low", "high_low", "low_high", "not_significant"),
        ("too_few_neighbours", "island"),
    ),
    "kind": (("build", "activate", "prepare", "keep"), ()),
}
_PREFIX = {"cluster": "cluster", "kind": "quadrant"}
# Kinds of a cell that is of none.
_NO_KIND = {"", "missing"}
# Columns of an index; it is one where all of them are there.
_INDEX = {"score", "rank", "rank_low", "rank_high"}
# Rank 1 is the lowest score: a small number is the place to look at.
_OWN_DIRECTIONS: dict[str, Direction] = {"rank": "better", "score": "better"}

# A name, what is said of it, or its words by name: whatever a caller has at hand.
Wanted = (
    str
    | MapIndicator
    | Iterable[str | MapIndicator]
    | Mapping[str, Words | MapIndicator]
)


def read_wanted(given: Wanted | None, name: str = "indicators") -> list[MapIndicator]:
    """Return the indicators that a caller names, each with its words.

    Parameters
    ----------
    given : str, MapIndicator, several of them, dict, or None
        Several: a list, an Index, a Series or an array of names. A dict gives the words
        of each name, or its MapIndicator.
    name : str
        What the caller calls it, for errors.

    Raises
    ------
    MapError
        For anything else, and for names without an order.
    """
    if given is None:
        return []
    if isinstance(given, str | MapIndicator):
        return [as_indicator(given)]
    if isinstance(given, Mapping):
        return [_with_words(str(key), said, name) for key, said in given.items()]
    # A number is no sequence, yet a column may be called 0.
    unordered: object = given
    if isinstance(unordered, set | frozenset) or not hasattr(given, "__iter__"):
        if isinstance(given, int):
            return [as_indicator(given)]
        msg = (
            f"{name} is a {type(given).__name__}; expected a name, a list of names or "
            "of MapIndicator in the order of the map, or a dict name -> words."
        )
        raise MapError(msg)
    return [as_indicator(one) for one in given]


def as_indicator(given: object) -> MapIndicator:
    """Return what is said of an indicator; of a bare name, what the catalogue says."""
    if isinstance(given, Mapping):
        given = as_choices(MapIndicator, given, "indicator", "key='air'")
    if not isinstance(given, MapIndicator):
        key = str(given)  # a column may be called 0
        return known_indicator(key) or MapIndicator(key=key, label=key)
    return given if given.label else replace(given, label=given.key)


def _with_words(key: str, said: Any, name: str) -> MapIndicator:  # noqa: ANN401
    """Return an indicator of a dict: its words, or all that is said of it."""
    if isinstance(said, MapIndicator):
        # The key of the dict is the column; one of two names would be forgotten.
        if said.key != key:
            msg = (
                f"{name} has MapIndicator(key={said.key!r}) under {key!r}; expected "
                "the name of the column in both places."
            )
            raise MapError(msg)
        return as_indicator(said)
    if not isinstance(said, str | Mapping):
        msg = (
            f"{name}[{key!r}] is {said!r}; expected its words, or "
            f"MapIndicator(key={key!r}, …)."
        )
        raise MapError(msg)
    return replace(as_indicator(key), label=said or key)


def known_indicator(key: str) -> MapIndicator | None:
    """Return what the catalogue says about an indicator or a joined column."""
    from kkbpk_geo.catalogue.indicators import indicators, limit_of

    if key in indicators():
        found = indicators()[key]
        standard, value = limit_of(key) or (None, None)
        return MapIndicator(
            key=key,
            label={"id": found.id, "en": found.en},
            unit=unit_words(found.unit),
            digits=found.digits,
            direction=found.direction,
            theme=words(f"theme_{found.theme}", found.theme),
            formula=in_each(found.formula),
            source=found.source,
            standard=_standard(standard, value, found),
            standard_value=value,
            factor=found.factor,
            counts=in_each(lambda x: _joined(found.numerator, x)),
        )
    if is_column(key):
        _, measure = split_column(key)
        return MapIndicator(
            key=key,
            label=in_each(lambda language: column_label(key, language)),
            unit=unit_words(measure.unit),
            theme=words("map_theme_counts"),
        )
    return None


def own_kinds(column: str, cells: Iterable[object]) -> dict[str, Words]:
    """Return the classes of our own analyses that a column holds; empty for others."""
    if column not in _OWN_KINDS:
        return {}
    usual, rare = _OWN_KINDS[column]
    held = {cell for cell in cells if isinstance(cell, str)} - _NO_KIND
    if not held or not held <= {*usual, *rare}:
        return {}
    shown = (*usual, *(kind for kind in rare if kind in held))
    return {kind: words(f"{_PREFIX[column]}_{kind}") for kind in shown}


def own_columns(
    columns: Iterable[object], kinds: Mapping[str, Mapping[str, Words]]
) -> list[str]:
    """Return the columns that are what an analysis of ours found, as they are shown.

    They are shown before what they were found from.
    """
    names = set(map(str, columns))
    found = []
    for key, classes in _OWN_KINDS.items():
        held = kinds.get(key, {}).keys()
        if held and held <= {*classes[0], *classes[1]}:
            found.append(key)
    return [*found, "rank", "score"] if names >= _INDEX else found


def as_own(indicator: MapIndicator, own: Iterable[str]) -> MapIndicator:
    """Return what is to be said of a column that an analysis of ours found.

    What a caller says of it stays.
    """
    key = indicator.key
    if key not in own or indicator.label != key:
        return indicator
    indicator = replace(indicator, label=words(f"map_own_{key}"))
    if key not in _OWN_DIRECTIONS or indicator.direction != "context":
        return indicator
    return replace(indicator, direction=_OWN_DIRECTIONS[key])


def in_each(say: Callable[[Language], str]) -> dict[str, str]:
    """Return what ``say`` returns for a language, in every language."""
    return {language: say(language) for language in LANGUAGES}


def _joined(columns: Iterable[str], language: Language) -> str:
    return " + ".join(column_label(column, language) for column in columns)


def _standard(
    standard: Standard | None, value: float | None, found: Indicator
) -> dict[str, str] | str:
    """Say a standard with its value, document and how far it can be trusted."""
    if standard is None or value is None:
        return ""
    sign = standard.sign(turned=found.turned)
    digits = 0 if float(value).is_integer() else 1

    def say(language: Language) -> str:
        number = format_number(value, digits, language)
        return f"{sign} {number} {found.unit}: {standard.reference(language)}"

    return in_each(say)


def words(key: str, spare: str = "") -> dict[str, str]:
    """Return a label in every language, or ``spare`` where the catalogue has none."""
    try:
        return in_each(lambda language: label(key, language))
    except CatalogueError:
        return dict.fromkeys(LANGUAGES, spare or key)


def unit_words(unit: str) -> Words:
    """Return a unit in every language; one that is nobody's but its owner's as it is.

    Examples
    --------
    >>> unit_words("kelompok/desa")["en"], unit_words("%"), unit_words("sumur")["en"]
    ('groups per village', '%', 'sumur')
    """
    key = re.sub(r"[\W\d]+", "_", unit.lower()).strip("_")
    return words(f"unit_{key}", unit) if key else unit


# Of a commit as many letters as its own site shows.
_COMMIT = 7


def boundary_words(attrs: Mapping[Any, Any]) -> dict[str, str]:
    """Return where boundaries come from, as the licence asks, in every language.

    The attribution, or else source, licence and year, and the state of the source they
    were built from; empty where nothing is stated.
    """
    parts = [attrs.get("attribution")]
    if not parts[0]:
        parts = [attrs.get("source"), attrs.get("licence"), attrs.get("year")]
    state = [str(attrs.get("commit") or "")[:_COMMIT], attrs.get("date")]
    stated = [str(part) for part in (*parts, *state) if part]

    def say(language: Language) -> str:
        if not stated:
            return ""
        named = {"not stated": label("map_licence_unstated", language)}
        said = [named.get(part, part) for part in stated]
        return f"{label('map_boundaries', language)}: {', '.join(said)}"

    return in_each(say)
