"""Doors: what a package hands on, found when it is first used.

Why: ``import kkbpk_geo`` and ``kkbpk-geo --help`` must not cost the second that
geopandas and matplotlib cost. Third-party packages are imported inside functions, and a
door names its modules without importing them.

In:     names and where they are defined. Out: the hooks of a package's ``__init__``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Mapping
from importlib import import_module


def open_door(
    package: str, homes: Mapping[str, str], *, rooms: Collection[str] = ()
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """Make the two hooks of a room's ``__init__``: its door, which costs nothing.

    Parameters
    ----------
    package : str
        ``__name__`` of the room.
    homes : mapping of str to str
        Name that others may use -> module of the package that defines it.
    rooms : collection of str
        Packages inside that are handed on as they are: ``kg.plan``.

    Returns
    -------
    tuple of two functions
        ``__getattr__``, which imports the module of a name when the name is first
        asked for, and ``__dir__``, which knows every name before that.
    """

    def look_up(name: str) -> object:
        if name in rooms:
            return import_module(f"{package}.{name}")
        if name not in homes:
            msg = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(msg)
        value = getattr(import_module(f"{package}.{homes[name]}"), name)
        # Found once: the next time Python finds it without asking here.
        setattr(sys.modules[package], name, value)
        return value

    def list_names() -> list[str]:
        return sorted({*vars(sys.modules[package]), *homes, *rooms})

    return look_up, list_names
