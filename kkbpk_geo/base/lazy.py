"""Heavy or optional packages, loaded only when a function needs them.

Why: ``import kkbpk_geo`` and ``kkbpk-geo --help`` must not cost the second that
geopandas and matplotlib cost. Packages of the core are imported inside functions;
packages of an extra go through :func:`require`, which can explain how to get them.

In:     a module name. Out: the module, or an error with the command that installs it.
"""

from __future__ import annotations

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
