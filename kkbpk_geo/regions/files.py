"""Where the boundary files are, however the package was installed.

Why: ``boundaries/`` is a folder of the repository, beside the package. A wheel carries
it inside the package as ``_boundaries``; a checkout or an editable install does not
get that copy. One function knows both places.

In:     a file name. Out: its path.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kkbpk_geo.base.errors import BoundaryError

MARK = "register.csv"


@cache
def boundaries_folder(package: Path = Path(__file__).parent.parent) -> Path:
    """Return the folder that holds the register and the shipped boundaries.

    Parameters
    ----------
    package : Path
        Folder of the installed ``kkbpk_geo``; given only by tests.

    Raises
    ------
    BoundaryError
        If neither place holds the register.
    """
    # A wheel first: beside an installed package there may lie anything.
    inside, beside = package / "_boundaries", package.parent / "boundaries"
    for folder in (inside, beside):
        if (folder / MARK).is_file():
            return folder
    msg = (
        f"no {MARK} in {inside} or {beside}; the boundary files are missing from this "
        "installation. Install the package again, or run boundaries/build.py."
    )
    raise BoundaryError(msg)


def boundary_file(name: str) -> Path:
    """Return the path of one shipped file.

    Raises
    ------
    BoundaryError
        If it is not there; lists what is.
    """
    path = boundaries_folder() / name
    if not path.is_file():
        there = sorted(f.name for f in path.parent.iterdir() if f.is_file())
        msg = f"{path.parent} has no {name}; it holds {there}. Run boundaries/build.py."
        raise BoundaryError(msg)
    return path
