"""The files that people name: one by name, several by pattern; plans by owner.

In:     names, patterns and folders as a person writes them; where they count from.
Out:    paths that exist, sorted; a sentence where one does not.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from kkbpk_geo.base.errors import ProjectError
from kkbpk_geo.base.results import OneLine
from kkbpk_geo.pipeline.options import Option, shown

_COMPARING = ("map", "plan align", "plan draft", "plan resolve")
# Tables that a run writes: name, and what their first line has for sure.
_OUTPUTS = {
    "indikator.csv": {"region_code", "indicator", "denominator"},
    "koreksi.csv": {"state", "from", "to", "workbook"},
    "kesenjangan.csv": {"region_code", "service", "surplus"},
    "skor.csv": {"region_code", "score", "rank_low"},
    "tidak-ditempatkan.csv": {"source_file", "reason"},
}
_LONGEST = 300  # letters of a path that an error shows
_FIRST_LINE = 2000  # bytes: far more than the longest of those lines
# What tables are called; web pages and texts may be anything.
_TABLES = (".csv", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".fods")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PlanFiles(OneLine):
    """Where work plans are, and what they are read for.

    Attributes
    ----------
    province, base : Path, Path or None
        The province's plan; the one both sides last agreed on.
    districts : tuple of Path
        The districts' plans, at least one file.
    year : int or None
        Of lines that name none.
    meeting : str
        Name of the meeting, for the minutes.
    """

    province: Annotated[
        Path,
        Option(
            key="rencana.provinsi",
            flag="--plan-province",
            commands=_COMPARING,
            id="Rencana provinsi",
            en="The province's work plan",
        ),
    ]
    districts: Annotated[
        tuple[Path, ...],
        Option(
            key="rencana.kabkota",
            flag="--plan-districts",
            commands=_COMPARING,
            id="Rencana kabupaten/kota (berulang; boleh pola)",
            en="The districts' work plans (repeatable; or a pattern)",
        ),
    ]
    base: Annotated[
        Path | None,
        Option(
            key="rencana.dasar",
            flag="--plan-base",
            commands=_COMPARING,
            id="Rencana terakhir yang disepakati",
            en="The plan that both sides last agreed on",
        ),
    ] = None
    year: Annotated[
        int | None,
        Option(
            key="rencana.tahun",
            flag="--plan-year",
            commands=_COMPARING,
            least=1970,  # the years that read_table takes
            most=2100,
            id="Tahun baris rencana yang tidak menyebutkannya",
            en="Year of the lines of a plan that name none",
        ),
    ] = None
    meeting: Annotated[
        str,
        Option(
            key="rencana.rapat",
            flag="--meeting",
            commands=("plan align", "plan resolve"),
            id="Nama rapat, untuk notulen dan buku kerja",
            en="Name of the meeting, for minutes and workbooks",
        ),
    ] = ""

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every file named."""
        base = () if self.base is None else (self.base,)
        return (self.province, *self.districts, *base)


def find_files(pattern: str, here: Path = Path(), where: str = "") -> list[Path]:
    """Return the file of that name, or else the files that match it, sorted.

    Parameters
    ----------
    pattern : str
        A name or a pattern, such as ``*.csv``. A file whose name holds ``[`` or ``*``
        is that file, and no pattern. Of a folder, every table in it and below.
    here : Path
        The folder that names count from.
    where : str
        What named it, for the error.

    Raises
    ------
    ProjectError
        If there is none.
    """
    # A file may well be called "data[1].csv": its name goes before the pattern.
    path = here / pattern
    at = f"{where}: " if where else ""
    _refuse_locked(path, at)
    if _is_file(path):
        return [path]
    if pattern and os.path.isdir(path):
        return _tables_in(path, at)
    found = [path for path in _matches(pattern, here) if not _is_hidden(path)]
    if not found:
        absolute = Path(pattern).is_absolute()
        folder = "" if absolute else f" in {here.resolve().name}/"
        msg = f"{at}no file matches {shown(pattern, _LONGEST)}{folder}."
        raise ProjectError(msg)
    return found


def table_patterns(folder: Path) -> list[str]:
    """Return a pattern for each kind of table in a folder: ``*.csv``, ``*.xlsx`` ..."""
    files = [path for path in folder.glob("*") if path.is_file() and not _is_lock(path)]
    # As they are written: on some systems *.csv does not match DATA.CSV.
    kinds = {path.suffix for path in files if path.suffix.lower() in _TABLES}
    order = sorted(kinds, key=lambda kind: (_TABLES.index(kind.lower()), kind))
    return [f"*{kind}" for kind in order]


def _tables_in(folder: Path, at: str) -> list[Path]:
    """Return the tables in a folder and below; what is hidden is nobody's export."""
    found: list[Path] = []
    for place, inside, names in os.walk(folder):
        inside[:] = [name for name in inside if not name.startswith(".")]
        paths = [Path(place) / name for name in names if not name.startswith(".")]
        found += [path for path in paths if path.suffix.lower() in _TABLES]
    found = sorted(path for path in found if not _is_lock(path))
    if not found:
        kinds = ", ".join(_TABLES)
        msg = f"{at}{folder} holds no table; expected files that end in {kinds}."
        raise ProjectError(msg)
    return found


def _is_lock(path: Path) -> bool:
    """Whether Excel made a file to lock another: it is no table."""
    return path.name.startswith("~$")


def _is_hidden(path: Path) -> bool:
    """Whether no pattern takes a file: what is hidden is nobody's export."""
    return _is_lock(path) or path.name.startswith(".")


def _refuse_locked(path: Path, at: str) -> None:
    """Refuse a file in a folder without rights: it may be there, or not."""
    try:
        path.stat()
    except PermissionError as err:
        msg = f"{at}{path}: cannot be opened ({err.strerror}). Check rights and folder."
        raise ProjectError(msg) from None
    except (OSError, ValueError):  # not there, or no name of any file
        return


def _is_file(path: Path) -> bool:
    """Whether there is such a file; a name that no file can have names none."""
    try:
        return path.is_file()
    except (OSError, ValueError):  # far too long, or in a folder without rights
        return False


def _matches(pattern: str, here: Path) -> list[Path]:
    if not _is_pattern(pattern):
        return []
    # Path.glob takes patterns below a folder only, never absolute ones.
    root = Path(Path(pattern).anchor)
    try:
        if Path(pattern).is_absolute():
            found = root.glob(str(Path(pattern).relative_to(root)))
        else:
            found = here.glob(pattern)
        return sorted(path for path in found if _is_file(path))
    # No pattern at all, such as a**b, or one far too long: it matches nothing.
    except (ValueError, OSError, RecursionError):
        return []


def _is_pattern(text: str) -> bool:
    return any(letter in text for letter in "*?[")


def find_one(
    name: str, here: Path = Path(), where: str = "", *, what: str = "file"
) -> Path:
    """Return the one file of that name or pattern.

    Parameters
    ----------
    what : str
        What is expected, for the error.

    Raises
    ------
    ProjectError
        If there is none, or more than one.
    """
    found = find_files(name, here, where)
    if len(found) > 1:
        at = f"{where}: " if where else ""
        msg = (
            f"{at}{name!r} matches {len(found)} files; expected one {what}. Name the "
            "file."
        )
        raise ProjectError(msg)
    return found[0]


def expand_name(name: Path, where: str) -> Path:
    """Return the one file that a pattern matches, a plain name as it is.

    Whoever reads the file says best what is wrong with a plain name.
    """
    return find_one(str(name), where=where) if _is_pattern(str(name)) else name


def find_tables(
    patterns: Iterable[str], here: Path = Path(), where: str = ""
) -> tuple[Path, ...]:
    """Expand names and patterns, each file once.

    Raises
    ------
    ProjectError
        If one matches nothing: a line for each that does.
    """
    found: dict[Path, None] = {}
    faults = []
    for pattern in patterns:
        try:
            # Two patterns may match one file; read twice, it would be counted twice.
            found |= dict.fromkeys(find_files(pattern, here, where))
        except ProjectError as err:
            faults.append(str(err))
    if faults:
        raise ProjectError("\n".join(faults))
    return tuple(found)


def without_outputs(
    tables: Iterable[Path], folder: Path, named: Iterable[str]
) -> tuple[Path, ...]:
    """Leave out what the last run wrote, where a pattern of tables takes it as well.

    Parameters
    ----------
    tables : iterable of Path
        As found.
    folder : Path
        Of the results.
    named : iterable of str
        Names and patterns as written: who names an output means it.
    """
    meant = {Path(name).name for name in named}
    place = Path(os.path.realpath(folder))
    return tuple(
        path for path in tables if path.name in meant or not _is_output(path, place)
    )


def _is_output(path: Path, folder: Path) -> bool:
    """Whether a file is a table of results: by its place, its name and its headings."""
    headings = _OUTPUTS.get(path.name)
    if headings is None or Path(os.path.realpath(path)).parent != folder:
        return False
    try:
        with path.open("rb") as file:
            line = file.readline(_FIRST_LINE).decode("utf-8-sig", errors="replace")
    except OSError:  # whoever reads it says what is wrong
        return False
    return headings <= set(re.split(r"[;,\s]", line))
