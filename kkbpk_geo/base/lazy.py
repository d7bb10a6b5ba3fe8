"""Heavy or optional packages, loaded only when a function needs them.

Why: ``import kkbpk_geo`` and ``kkbpk-geo --help`` must not cost the second that
geopandas and matplotlib cost. Packages of the core are imported inside functions;
packages of an extra go through :func:`require`, which can explain how to get them.

In:     a module name. Out: the module, or an error with the command that installs it;
        the names a room hands on, found when they are first used.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from types import ModuleType

from kkbpk_geo.base.errors import MissingExtraError


def require(module: str, *, extra: str, purpose: str) -> ModuleType:
    """Return ``module``, or say which command installs it.

    Raises
    ------
    MissingExtraError
        If the package is absent. A package that is present but broken shows its own
        traceback instead.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as err:
        if err.name != module.partition(".")[0]:
            raise  # the package is there but broken: do not hide why
        msg = (
            f"{purpose} needs the package {module!r}, which is not installed. "
            f"Install it with: pip install 'kkbpk-geo[{extra}]'"
        )
        raise MissingExtraError(msg) from err


def open_door(
    package: str, homes: Mapping[str, str]
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """Make the two hooks of a room's ``__init__``: its door, which costs nothing.

    Parameters
    ----------
    package : str
        ``__name__`` of the room.
    homes : mapping of str to str
        Name that other rooms may use -> module of the room that defines it.

    Returns
    -------
    tuple of two functions
        ``__getattr__``, which imports the module of a name when the name is first
        asked for, and ``__dir__``, which knows every name before that.
    """

    def look_up(name: str) -> object:
        if name not in homes:
            msg = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(msg)
        value = getattr(import_module(f"{package}.{homes[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    def list_names() -> list[str]:
        return sorted({*vars(sys.modules[package]), *homes})

    return look_up, list_names
