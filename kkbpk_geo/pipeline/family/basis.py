"""What a run depends on: its files, its choices, the program that runs.

Why: a part may stay only if nothing that it is made of has changed, by content: dates
of files say nothing, and a name stays when the table behind it is another.

In:     a project. Out: :class:`Basis`, which gives the key of a part.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files as package_files
from pathlib import Path

from kkbpk_geo.pipeline.family.manifest import digest_of, key_of
from kkbpk_geo.pipeline.project import Project
from kkbpk_geo.pipeline.project_files import PlanFiles
from kkbpk_geo.regions import STORE_VARIABLE, SUFFIX, user_folder

# What draws, measures and writes: another version may give other bytes.
_PACKAGES = (
    "folium", "geopandas", "jinja2", "matplotlib", "numpy", "pandas", "pillow",
    "pyogrio", "pyproj", "python-calamine", "rapidfuzz", "scipy", "shapely",
    "xlsxwriter", "xstatic-leaflet", "xstatic-leaflet-markercluster", "openpyxl",
    "esda", "libpysal", "mapclassify", "pyarrow",
)  # fmt: skip
_NO_CHOICE = {"folder"}  # where the files stand changes none of them
_OWN_FILES = ("tables", "corrections", "boundaries", "detail", "plans")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Basis:
    """Everything that outputs can depend on, by choice of the project.

    Attributes
    ----------
    program : str
        Digest of this package and of those it draws and writes with.
    told : mapping
        Choice -> its value as text; of files also their digests.
    """

    program: str
    told: Mapping[str, object]

    def key(self, *, apart: Iterable[str] = (), more: object = "") -> str:
        """Return the key of a part.

        Parameters
        ----------
        apart : iterable of str
            Choices that the part does not depend on.
        more : object
            What else it is made of.
        """
        left = set(apart)
        told = {name: value for name, value in self.told.items() if name not in left}
        return key_of([self.program, told, more])


def basis_of(project: Project) -> Basis:
    """Look at everything that a run of a project will read, without reading it."""
    told: dict[str, object] = {}
    for field in fields(project):
        if field.name not in {*_NO_CHOICE, *_OWN_FILES}:
            told[field.name] = _plain(getattr(project, field.name))
    told["tables"] = _digests(project.tables, project.folder)
    told["corrections"] = _digests(project.corrections, project.folder)
    told["detail"] = _digests(_with_siblings(project.detail), project.folder)
    told["boundaries"] = _outlines(project)
    told["plans"] = _plans(project)
    return Basis(program=_program(), told=told)


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    return repr(value)


def _plans(project: Project) -> object:
    plans = project.plans
    if plans is None:
        return None
    files = {"province", "districts", "base"}
    rest = [each.name for each in fields(PlanFiles) if each.name not in files]
    choices = {name: repr(getattr(plans, name)) for name in rest}
    base = [] if plans.base is None else [plans.base]
    sides = [[plans.province], plans.districts, base]
    return [choices, *(_digests(side, project.folder) for side in sides)]


def _digests(paths: Iterable[Path], folder: Path) -> list[tuple[str, str]]:
    """Return where each file is, seen from the results, and what is in it."""
    return [(_seen_from(folder, path), digest_of(path)) for path in paths]


def _seen_from(folder: Path, path: Path) -> str:
    # A folder that is carried elsewhere as a whole is the same work.
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # on another drive
        return str(path)


def _with_siblings(layer: Path | None) -> list[Path]:
    """Return a layer and what stands beside it under its name: a shapefile is four."""
    if layer is None:
        return []
    if not layer.is_file():
        return [layer]
    beside = sorted(layer.parent.glob("*"))
    return [path for path in beside if path.stem == layer.stem and path.is_file()]


def _outlines(project: Project) -> object:
    """Return the boundaries that a run may read: those named, and every store."""
    stated = os.environ.get(STORE_VARIABLE, "")
    named = [] if project.boundaries is None else [project.boundaries]
    found: list[Path] = []
    for each in (*named, *([Path(stated)] if stated else []), user_folder()):
        place = each.expanduser()
        if place.is_dir():
            found += sorted(place.glob(f"*{SUFFIX}"))
        elif place.is_file():
            found += _with_siblings(place)
    words = [str(project.boundaries), stated]
    return [words, _digests(found, project.folder)]


@cache
def _program() -> str:
    """Return the digest of the package and the versions of those it stands on."""
    home = Path(str(package_files("kkbpk_geo")))
    own = sorted(path for path in home.rglob("*") if path.is_file())
    files = [
        (path.relative_to(home).as_posix(), digest_of(path))
        for path in own
        if "__pycache__" not in path.parts
    ]
    versions = {name: _version(name) for name in _PACKAGES}
    return key_of([files, versions, sys.version])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
