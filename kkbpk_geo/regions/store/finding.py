"""Which store of boundaries is used, where nobody hands over a layer.

Why: outlines below the district are built once, on this computer or another, and are
then there for every map. Where they may lie is said in one place.

In:     what was given, the environment, the folder of the project, the user's folder.
Out:    the path of a store, or None: then the shipped districts are all there is.
Order:  what was given (``--boundaries``, ``boundaries=``, the project file), the
        variable ``KKBPK_BOUNDARIES``, beside the project file, the user's data folder.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from os import PathLike
from pathlib import Path

from kkbpk_geo.base.errors import BoundaryError
from kkbpk_geo.regions.store.marks import SHIPPED_ONLY, SUFFIX

STORE_VARIABLE = "KKBPK_BOUNDARIES"
_FOLDER = "kkbpk-geo"


def find_store(
    given: str | PathLike[str] | None = None,
    *,
    beside: str | PathLike[str] | None = None,
    region: str = "",
) -> Path | None:
    """Return the store of boundaries to use; None if there is none.

    Parameters
    ----------
    given : path, optional
        A store, or a folder that holds one; ``"bawaan"`` for none at all.
    beside : path, optional
        A folder to look into before the user's own: that of the project file.
    region : str
        Code of the region that is to be drawn; "" for Indonesia. Of several stores in a
        folder the one is used that holds most of it.

    Raises
    ------
    BoundaryError
        If what was given, or the variable ``KKBPK_BOUNDARIES`` names, is not there.

    Examples
    --------
    >>> find_store("bawaan") is None
    True
    """
    stated = {"boundaries": given, STORE_VARIABLE: os.environ.get(STORE_VARIABLE)}
    for name, path in stated.items():
        if path is not None and str(path).strip():
            return _stated(path, name, region)
    for folder in (beside, user_folder()):
        if folder is not None and (found := _in_folder(Path(folder), region)):
            return found
    return None


def user_folder(
    platform: str = sys.platform, environment: Mapping[str, str] | None = None
) -> Path:
    """Return the folder of this program among the data of the user.

    Windows: ``%LOCALAPPDATA%``; macOS: ``~/Library/Application Support``; elsewhere
    ``$XDG_DATA_HOME`` or ``~/.local/share``; in it ``kkbpk-geo``.
    """
    known = os.environ if environment is None else environment
    home = Path(known.get("HOME") or known.get("USERPROFILE") or Path.home())
    if platform == "win32":
        place = known.get("LOCALAPPDATA") or str(home / "AppData" / "Local")
        return Path(place) / _FOLDER
    if platform == "darwin":
        return home / "Library" / "Application Support" / _FOLDER
    place = known.get("XDG_DATA_HOME", "")
    # Only an absolute path counts, as the rule of these variables says.
    share = Path(place) if place.startswith("/") else home / ".local" / "share"
    return share / _FOLDER


def _stated(path: object, name: str, region: str) -> Path | None:
    if not isinstance(path, str | PathLike):
        msg = (
            f"{name} is a {type(path).__name__}; expected the path of a store of "
            f"boundaries ({SUFFIX}), or {SHIPPED_ONLY!r}."
        )
        raise BoundaryError(msg)
    if str(path) == SHIPPED_ONLY:
        return None
    place = Path(path).expanduser()
    found = _in_folder(place, region) if place.is_dir() else place
    if found is None or not found.is_file():
        msg = (
            f"{name}: {path} is no store of boundaries ({SUFFIX}), and no folder with "
            "one. Build one: kkbpk-geo boundaries build."
        )
        raise BoundaryError(msg)
    return found


def _in_folder(folder: Path, region: str) -> Path | None:
    """Return the store of a folder that holds most of a region; by name where equal."""
    there = sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else []
    if len(there) < 2:  # noqa: PLR2004 (nothing to choose from)
        return there[0] if there else None

    from kkbpk_geo.regions.store.reading import open_store

    def held(path: Path) -> tuple[int, int]:
        store = open_store(path)
        return len(store.levels(region)), len(store.provinces)

    # Of equals max keeps the first.
    return max(there, key=held)
