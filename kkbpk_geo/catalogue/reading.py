"""Reading the catalogue's files into frozen objects, with errors that name the entry.

Why: a typo in a TOML file must be found by the person who made it, at once, with the
file, the entry and the key; not by a planner as an empty column or, worse, as a
proposal that calls itself official because ``official = "no"`` is true.

In:     a file of this folder and what its entries shall be: a dataclass, or for plain
        lists a type such as ``dict[str, tuple[str, ...]]``. Type hints are the schema.
Out:    a read-only mapping key -> object, typed.
"""

from __future__ import annotations

import csv
import math
import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin
from typing import get_type_hints as hints_of

from kkbpk_geo.base.errors import CatalogueError

T = TypeVar("T")

# Capitals only: one colour is one text wherever it is compared.
_COLOUR = re.compile(r"#[0-9A-F]{6}")

_EXPECTED: Mapping[object, str] = {
    str: "text in quotes",
    bool: "true or false, without quotes",
    int: "a whole number, without quotes",
    float: "a number, without quotes",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the catalogue a value stands: file, entry and key."""

    file: str
    entry: str
    key: str = ""

    def __str__(self) -> str:
        """Write it as errors do: ``standards.toml [kit] value``."""
        return f"{self.file} [{self.entry}] {self.key}".rstrip()

    def at(self, key: str) -> Place:
        """Return the place of another key of the same entry."""
        return replace(self, key=key)

    def refuse(self, found: object, expected: str) -> CatalogueError:
        """Return the error that says what was found here and what was expected."""
        return CatalogueError(f"{self} is {found!r}; expected {expected}.")


# --- files ----------------------------------------------------------------------------


def read_text(name: str) -> str:
    """Return a file of this folder as text."""
    return (files("kkbpk_geo.catalogue") / name).read_text(encoding="utf-8")


@lru_cache(maxsize=128)  # more than there are files: none is parsed twice
def _parsed(text: str) -> Mapping[str, Any]:
    """Parse a text once: words.toml is asked for each of its lists."""
    return tomllib.loads(text)


def read_toml(name: str) -> dict[str, Any]:
    """Return the tables of a TOML file of this folder, in file order, not yet typed.

    Raises
    ------
    CatalogueError
        If it is not valid TOML; names the file.
    """
    try:
        return dict(_parsed(read_text(name)))
    except tomllib.TOMLDecodeError as err:
        msg = f"{name}: not valid TOML: {err}"
        raise CatalogueError(msg) from err


def read_csv(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file; lines that begin with ``#`` are comments.

    A last heading that ends in ``?`` names a cell that most rows leave out.

    Raises
    ------
    CatalogueError
        If a row has more or fewer cells than there are headings.
    """
    # Comments are for who edits the file; CSV itself knows none.
    lines = [x for x in read_text(name).splitlines() if x and not x.startswith("#")]
    heads, *rows = list(csv.reader(lines)) or [[]]
    optional = bool(heads) and heads[-1].endswith("?")
    heads = [head.removesuffix("?") for head in heads]
    for row in rows:
        if optional and len(row) == len(heads) - 1:
            row.append("")
        if len(row) != len(heads):
            msg = (
                f"{name} [{row[0]}]: {len(row)} cells; expected {len(heads)}: "
                f"{', '.join(heads)}. Put a cell that holds a comma in quotes."
            )
            raise CatalogueError(msg)
    return [dict(zip(heads, row, strict=True)) for row in rows]


# --- entries --------------------------------------------------------------------------


def build(kind: type[T], entry: object, *, file: str, key: str, within: str = "") -> T:
    """Build one frozen object from an entry, or say what of it is wrong.

    Parameters
    ----------
    kind : type
        A dataclass; its type hints say what each key may hold. A field ``key`` gets the
        name of the entry.
    entry : object
        A table of a TOML file, or a row of a CSV file.
    file, key : str
        Where the entry stands.
    within : str
        The tables around it: ``item`` for ``[item.bkb_kit]``.

    Raises
    ------
    CatalogueError
        For an unknown key, one that is required and absent, or a value of another type.
    """
    name = f"{within}.{key}" if within else key
    if not isinstance(entry, Mapping):
        raise Place(file, name).refuse(entry, "a table")
    known, required, has_key = _schema(cast("Any", kind))
    if extra := sorted(set(entry) - set(known)):
        msg = f"{file} [{name}]: unknown {extra}; known: {sorted(known)}."
        raise CatalogueError(msg)
    if absent := [each for each in required if each not in entry]:
        msg = f"{file} [{name}]: missing {absent}."
        raise CatalogueError(msg)
    values = {}
    for each, value in entry.items():
        # Most cells are texts, and fit; only a fault needs to say where it stands.
        fits = type(value) is str and known[each] is str
        values[each] = (
            value if fits else typed(value, known[each], Place(file, name, each))
        )
    if has_key:
        values["key"] = key
    return kind(**values)


def build_all(kind: type[T], file: str, table: str = "") -> Mapping[str, T]:
    """Build every entry of a TOML file, or of one table of it, in file order.

    Raises
    ------
    CatalogueError
        As :func:`build`, or if the file has no such table.
    """
    found = read_as(dict[str, Any], file, table) if table else read_toml(file)
    return MappingProxyType(
        {
            key: build(kind, entry, file=file, key=key, within=table)
            for key, entry in found.items()
        }
    )


def build_rows(kind: type[T], file: str, key: str) -> tuple[T, ...]:
    """Build every row of a CSV file, in file order; errors name the cell ``key``.

    Raises
    ------
    CatalogueError
        As :func:`build`.
    """
    rows = read_csv(file)
    return tuple(
        build(kind, row, file=file, key=row.get(key, f"row {at}"))
        for at, row in enumerate(rows, 1)
    )


def read_as(kind: type[T], file: str, table: str) -> T:
    """Return one table of a TOML file as a type says: ``dict[str, tuple[str, ...]]``.

    Raises
    ------
    CatalogueError
        If there is no such table, or it holds anything else.
    """
    found = read_toml(file)
    if table not in found:
        msg = f"{file}: missing [{table}]; it has {sorted(found)}."
        raise CatalogueError(msg)
    return cast("T", typed(found[table], kind, Place(file, table)))


@cache
def _schema(kind: Any) -> tuple[Mapping[str, Any], tuple[str, ...], bool]:  # noqa: ANN401
    """Return what an entry may hold, what it must have, and if it gets its name.

    ``key`` is no key of an entry but its name, so no file may say it.
    """
    hints = hints_of(kind)
    said = [each for each in fields(kind) if each.name != "key"]
    known = {each.name: hints[each.name] for each in said}
    required = [
        each.name
        for each in said
        if each.default is MISSING and each.default_factory is MISSING
    ]
    return MappingProxyType(known), tuple(required), len(said) < len(fields(kind))


# --- values ---------------------------------------------------------------------------


def typed(value: object, hint: Any, place: Place) -> Any:  # noqa: ANN401
    """Return a value as its type hint says; lists become tuples, tables objects.

    Raises
    ------
    CatalogueError
        If it is of another type; names file, entry, key, value and what was expected.
        Also if the hint is of a kind that no entry can have: a fault of the code.
    """
    if hint is Any:
        return value
    if hint in _EXPECTED:
        return _plain(value, hint, place)
    if is_dataclass(hint):
        return build(
            cast("type[Any]", hint),
            value,
            file=place.file,
            key=place.key,
            within=place.entry,
        )
    reader = _READERS.get(get_origin(hint))
    if reader is None:
        msg = f"{place}: {hint} is no type that an entry of the catalogue can have."
        raise CatalogueError(msg)
    return reader(value, get_args(hint), place)


def _plain(value: object, hint: Any, place: Place) -> object:  # noqa: ANN401
    """Return text, a truth value or a number; a truth value is no number."""
    # To Python true is a whole number; to who wrote the file it is none.
    wanted = (int, float) if hint is float else hint
    fits = isinstance(value, wanted) and isinstance(value, bool) == (hint is bool)
    if not fits:
        raise place.refuse(value, _EXPECTED[hint])
    if isinstance(value, float) and not math.isfinite(value):
        raise place.refuse(value, "a number that is neither inf nor nan")
    return value


def _one_of(value: object, choices: tuple[object, ...], place: Place) -> object:
    if isinstance(value, str) and value in choices:
        return value
    raise place.refuse(value, either(choices))


def _optional(value: object, inner: tuple[Any, ...], place: Place) -> object:
    """Return a value of ``X | None``; a file says None by not saying the key."""
    given = [each for each in inner if each is not NoneType]
    if len(given) != 1:
        msg = f"{place}: {inner} are several types; an entry has one, or none."
        raise CatalogueError(msg)
    return typed(value, given[0], place)


def _several(value: object, inner: tuple[Any, ...], place: Place) -> tuple[Any, ...]:
    """Return a list as a tuple; tables within a table are a list of named things."""
    kind = inner[0]
    if is_dataclass(kind):
        return tuple(_table(value, (str, kind), place).values())
    if not isinstance(value, list):
        raise place.refuse(value, 'a list in brackets: ["...", "..."]')
    if kind is str and set(map(type, value)) == {str}:  # long lists of words
        return tuple(value)
    return tuple(
        typed(each, kind, place.at(f"{place.key}, item {at},"))
        for at, each in enumerate(value, 1)
    )


def _table(value: object, inner: tuple[Any, ...], place: Place) -> dict[str, Any]:
    """Return a table whose values are of one type; its keys may be a choice too."""
    if not isinstance(value, Mapping):
        raise place.refuse(value, "a table: KEY = VALUE lines")
    names, values = inner
    choices = get_args(names) if get_origin(names) is Literal else tuple(value)
    entry = f"{place.entry}.{place.key}" if place.key else place.entry
    found = {}
    for key, each in value.items():
        if key not in choices:
            msg = f"{place.file} [{entry}]: unknown [{key!r}]; known: {[*choices]}."
            raise CatalogueError(msg)
        found[key] = typed(each, values, Place(place.file, entry, key))
    return found


def _frozen(value: object, inner: tuple[Any, ...], place: Place) -> Mapping[str, Any]:
    return MappingProxyType(_table(value, inner, place))


_READERS: Mapping[object, Callable[[object, tuple[Any, ...], Place], object]] = {
    Literal: _one_of,
    Union: _optional,
    UnionType: _optional,
    tuple: _several,
    dict: _table,
    Mapping: _frozen,
}


# --- what one entry says of another ---------------------------------------------------


def either(choices: Collection[object]) -> str:
    """Write choices as a sentence does: ``'a', 'b' or 'c'``."""
    *first, last = map(repr, choices)
    if not first:
        return last
    return f"{', '.join(first)} or {last}"


def refer(place: Place, value: str, known: Collection[str], file: str) -> None:
    """Refuse the name of an entry that another file does not have; empty is no name.

    Raises
    ------
    CatalogueError
        Names both files, the entry, the key and the value.
    """
    if value and value not in known:
        msg = f"{place}: {value!r} is not in {file}."
        raise CatalogueError(msg)


def require_colour(place: Place, value: str) -> None:
    """Refuse what is no colour as the catalogue writes it.

    Raises
    ------
    CatalogueError
    """
    if not _COLOUR.fullmatch(value):
        raise place.refuse(value, "# and six of 0-9 A-F: '#0072B2'")
