"""Reading the catalogue's files into frozen objects, with errors that name the entry.

Why: a typo in a TOML file must be found by the person who made it, at once, with the
file, the entry and the key; not by a planner as an empty column.

In:     a file of this folder and a dataclass. Out: a read-only mapping key -> object.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from importlib.resources import files
from types import MappingProxyType
from typing import Any, TypeVar

from kkbpk_geo.base.errors import CatalogueError

T = TypeVar("T")


def read_text(name: str) -> str:
    """Return a file of this folder as text."""
    return (files("kkbpk_geo.catalogue") / name).read_text(encoding="utf-8")


def read_toml(name: str) -> dict[str, Any]:
    """Return the tables of a TOML file of this folder, in file order.

    Raises
    ------
    CatalogueError
        If it is not valid TOML; names the file.
    """
    try:
        return tomllib.loads(read_text(name))
    except tomllib.TOMLDecodeError as err:
        msg = f"{name}: not valid TOML: {err}"
        raise CatalogueError(msg) from err


def read_csv(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file; lines that begin with ``#`` are comments."""
    lines = [x for x in read_text(name).splitlines() if x and not x.startswith("#")]
    return list(csv.DictReader(lines))


def build(kind: type[T], entry: Mapping[str, Any], *, file: str, key: str) -> T:
    """Build one frozen object, or say which key of which entry is wrong.

    Raises
    ------
    CatalogueError
        For an unknown key, or one that is required and absent.
    """
    known = {f.name: f for f in fields(kind)}  # type: ignore[arg-type]
    if extra := sorted(set(entry) - set(known)):
        msg = f"{file} [{key}]: unknown {extra}; known: {sorted(set(known) - {'key'})}."
        raise CatalogueError(msg)
    absent = [
        name
        for name, f in known.items()
        if name not in entry
        and name != "key"
        and f.default is MISSING
        and f.default_factory is MISSING
    ]
    if absent:
        msg = f"{file} [{key}]: missing {absent}."
        raise CatalogueError(msg)
    values = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
    return kind(**({"key": key} if "key" in known else {}), **values)


def build_all(kind: type[T], file: str) -> Mapping[str, T]:
    """Build every entry of a TOML file; read-only, in file order."""
    table = read_toml(file)
    return MappingProxyType(
        {key: build(kind, entry, file=file, key=key) for key, entry in table.items()}
    )
