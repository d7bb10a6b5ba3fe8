"""Reading a project: from its file, or from what a command line says.

Why: next month the same map must come out of the same choices; a file that can be read
aloud holds them. Whoever writes it should see all its faults at once.

In:     ``peta-kerja.toml``, or values by field.
Out:    a checked :class:`~kkbpk_geo.pipeline.project.Project`; a commented file to
        start from.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kkbpk_geo.base.errors import ProjectError, RegionError
from kkbpk_geo.catalogue.reading import read_text
from kkbpk_geo.pipeline.options import (
    FILE,
    FILES,
    FOLDER,
    NUMBERS,
    READ_AS,
    Choice,
    did_you_mean,
    flat_numbers,
    shown,
)
from kkbpk_geo.pipeline.project import CHOICES, PLAN_CHOICES, Project
from kkbpk_geo.pipeline.project_files import (
    PlanFiles,
    find_one,
    find_tables,
    table_patterns,
    without_outputs,
)
from kkbpk_geo.regions import SHIPPED_ONLY, SUFFIX, find_store

_OF = {choice.field: choice for choice in CHOICES}
# Section of the project file -> key -> what it fills; free keys have no list.
_SECTIONS: dict[str, dict[str, Choice]] = {}
for _choice in CHOICES:
    _SECTIONS.setdefault(_choice.section, {})[_choice.key] = _choice
# How the starter names tables.
_USUAL = '["*.csv", "*.xlsx"]'
_FREE = {choice.section for choice in CHOICES if choice.kind is NUMBERS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Who told the choices, to name them in a fault.

    Attributes
    ----------
    file : str
        Name of the project file; empty for a command line.
    command : str
        The command, such as ``plan align``.
    here : Path
        The folder that file names count from.
    """

    file: str = ""
    command: str = ""
    here: Path = Path()

    def name(self, choice: Choice) -> str:
        """Name a choice as who told it does; an argument of a command has no name."""
        if self.file:
            return f"[{choice.section}] {choice.key}".strip()
        return "" if self.command in choice.option.arguments else choice.option.flag

    def where(self, choice: Choice) -> str:
        """Name the place of a choice, with the file."""
        return f"{self.file} {self.name(choice)}".strip()


def starter(folder: Path | None = None) -> str:
    """Return a commented project file to start from; it names the tables of a folder.

    Where the folder holds none, or none is given, the usual patterns stay.
    """
    text = read_text("peta-kerja.toml")
    found = [] if folder is None else table_patterns(folder)
    named = ", ".join(f'"{pattern}"' for pattern in found)
    return text.replace(_USUAL, f"[{named}]", 1) if found else text


def read_project(path: str | Path) -> Project:
    """Read a project file; paths in it are relative to its folder.

    Raises
    ------
    ProjectError
        If the file is absent, no TOML, or holds keys or values it may not: a line for
        each, with section, key, what was found and what was expected.
    """
    path = Path(path)
    try:
        # Notepad writes a mark before the first letter; TOML knows none.
        entries = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        msg = f"{path}: no such file. Write one with: kkbpk-geo init"
        raise ProjectError(msg) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as err:
        msg = f"{path.name}: not valid TOML: {err}. Compare it with: kkbpk-geo init"
        raise ProjectError(msg) from None
    except OSError as err:
        what = "it is a folder" if path.is_dir() else err.strerror
        msg = (
            f"{path}: cannot be read ({what}). Name a project file; kkbpk-geo init "
            "writes one."
        )
        raise ProjectError(msg) from None
    except (RecursionError, ValueError):
        # More brackets or digits than the reader of TOML takes.
        msg = (
            f"{path.name}: not valid TOML: brackets within brackets, or a number of "
            "thousands of digits. Compare it with: kkbpk-geo init"
        )
        raise ProjectError(msg) from None
    told = Told(file=path.name, here=path.parent)
    try:
        faults = list(_faults_of_keys(path.name, entries))
        return make_project(_values(entries), told, faults=faults)
    except RecursionError:
        msg = f"{path.name}: sections within sections, hundreds deep; expected one."
        raise ProjectError(msg) from None


def _values(entries: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a project file says, by field; what is no section says nothing."""
    found = {}
    for choice in CHOICES:
        section = entries.get(choice.section)
        if not isinstance(section, dict):
            continue
        if choice.kind is NUMBERS:
            found[choice.field] = section
        elif choice.key in section:
            found[choice.field] = section[choice.key]
    return found


def _faults_of_keys(file: str, entries: Mapping[str, Any]) -> Iterator[str]:
    """Say which sections and keys of a project file are unknown, or stand elsewhere."""
    for section, content in entries.items():
        if section not in _SECTIONS:
            yield _unknown_section(file, section, content)
        elif isinstance(content, list):
            yield f"{file}: [[{section}]] is a list of sections; expected [{section}]."
        elif not isinstance(content, dict):
            yield (
                f"{file}: {section} is {shown(content)}; expected a section: the line "
                f"[{section}], and its keys below it."
            )
        elif section not in _FREE:
            for key in content:
                if key not in _SECTIONS[section]:
                    yield _unknown_key(file, section, key)


def _unknown_section(file: str, name: str, content: object) -> str:
    # A section, or a key that was written above the first of them.
    if isinstance(content, dict | list):
        hint = did_you_mean(name, _SECTIONS, "[{}]")
        return f"{file}: unknown section [{name}]; known: {list(_SECTIONS)}.{hint}"
    homes = _homes(name)
    expected = f"under {homes}" if homes else f"one of the sections {list(_SECTIONS)}"
    return f"{file}: {name} stands outside of any section; expected {expected}."


def _unknown_key(file: str, section: str, key: str) -> str:
    known = _SECTIONS[section]
    homes = _homes(key)
    hint = did_you_mean(key, known, "'{}'")
    if homes:
        hint = f" It belongs under {homes}."
    return f"{file} [{section}]: unknown key {key!r}; known: {list(known)}.{hint}"


def _homes(key: str) -> str:
    """Name the sections that have a key."""
    return " or ".join(f"[{name}]" for name, keys in _SECTIONS.items() if key in keys)


def make_project(
    values: Mapping[str, Any], told: Told, *, faults: Sequence[str] = ()
) -> Project:
    """Make a project of what a person said, by field; patterns are expanded.

    Parameters
    ----------
    values : mapping field -> value
        As TOML or a command line gives it.
    told : Told
    faults : sequence of str
        Known already; told with those found here.

    Raises
    ------
    ProjectError
        If something said is not what it should be: a line for each fault.
    """
    wrong = list(faults)
    said = [choice for choice in CHOICES if choice.is_said(values.get(choice.field))]
    settled: dict[str, Any] = {}
    for choice in said:
        try:
            settled[choice.field] = _settle(choice, values[choice.field], told)
        except ProjectError as err:
            # All faults at once: who has to mend the file reads it once.
            wrong += str(err).split("\n")
    wrong += _faults_together({choice.field for choice in said}, told)
    wrong += _faults_of_years(settled, told)
    # A key that is misspelt may be the one that names the tables.
    if told.file and not faults and not values.get("tables"):
        wrong.append(_no_tables(told))
    _refuse(wrong, told)
    # Beside the project file, not where the command happened to be called.
    settled.setdefault("folder", told.here / _OF["folder"].default)
    if told.file and "boundaries" not in settled:
        province = settled.get("province", _OF["province"].default)
        settled |= _store_beside(told.here, province)
    plans = _plans(settled)
    corrections = settled.get("corrections", ())
    named = (*corrections, *(plans.paths if plans else ()))
    tables = _without(settled.pop("tables", ()), named)
    if told.file:
        tables = without_outputs(tables, settled["folder"], values.get("tables", ()))
    # A pattern that matched nothing but the plans, or the results.
    if values.get("tables") and not tables:
        raise ProjectError(_no_tables(told, corrections))
    return Project(tables=tables, plans=plans, **settled)


def _settle(choice: Choice, value: Any, told: Told) -> Any:  # noqa: ANN401
    """Return the value as a project holds it."""
    where = told.where(choice)
    faults = list(choice.faults(value, where))
    if faults:
        raise ProjectError("\n".join(faults))
    if choice.kind is FILES:
        return find_tables(value, told.here, where)
    if choice.kind is FILE:
        return _one_file(choice, value, told)
    if choice.kind is FOLDER:
        return told.here / value
    if choice.kind in READ_AS:
        return READ_AS[choice.kind](value)
    if choice.kind is NUMBERS:
        return _numbers(value)
    return tuple(value) if isinstance(value, list) else value


def _one_file(choice: Choice, value: str, told: Told) -> Path:
    """Return the one file of a name or pattern; one word is no file."""
    if choice is _OF["boundaries"] and value == SHIPPED_ONLY:
        return Path(value)
    what = "plan" if choice in PLAN_CHOICES else "file"
    return find_one(value, told.here, told.where(choice), what=what)


def _store_beside(folder: Path, province: str) -> dict[str, Path]:
    """Return the store of boundaries that lies beside a project file, as its choice.

    Of several it is the one that holds most of the province. What a folder holds is a
    choice of whoever put it there; the variable goes before.
    """
    if not any(folder.glob(f"*{SUFFIX}")):
        return {}
    from kkbpk_geo.regions import find_area

    code = ""
    # A place that there is not is refused where its regions are loaded.
    with suppress(RegionError):
        code = find_area(province).code
    found = find_store(beside=folder, region=code)
    return {} if found is None else {"boundaries": found}


def _numbers(section: Mapping[str, Any]) -> Mapping[str, float | None]:
    """Return numbers by key; None for what ``false`` leaves out."""
    found = dict(flat_numbers(section))
    # "false" stands for "leave it out", which is no number.
    off = dict.fromkeys(key for key, value in found.items() if value is False)
    return MappingProxyType(found | off)


def _faults_together(said: set[str], told: Told) -> Iterator[str]:
    """Say what one choice needs of another."""
    month, year = _OF["month"], _OF["year"]
    if "month" in said and not said & {"year", "tables_period"}:
        yield (
            f"{told.where(month)} needs {told.name(year)}, because the exports name "
            "months without years."
        )
    sides = {"plans.province": "the province", "plans.districts": "the districts"}
    # Whoever names one side means to compare; a plan alone has "plan check".
    lacking = [words for name, words in sides.items() if name not in said]
    if lacking and said & {*sides, "plans.base"}:
        where = f"{told.file} [rencana]"
        if not told.file:
            where = ", ".join(_OF[name].option.flag for name in sides)
        yield (
            f"{where}: the plan of {lacking[0]} is not named. Comparing needs the "
            "province's and the districts' plans."
        )


def _faults_of_years(settled: Mapping[str, Any], told: Told) -> Iterator[str]:
    """Say that the year of tables without one is told twice, and differently."""
    year, period = settled.get("year"), settled.get("tables_period")
    if year and period and period.year != year:
        yield (
            f"{told.where(_OF['tables_period'])} is {period}, and "
            f"{told.name(_OF['year'])} is {year}; say one of them."
        )


def _refuse(faults: Sequence[str], told: Told) -> None:
    """Raise all faults in one error; of several, how many there are comes first."""
    if not faults:
        return
    lines = [*faults]
    if len(faults) > 1:
        who = told.file or told.command
        lines.insert(0, f"{who} has {len(faults)} faults:")
    raise ProjectError("\n".join(lines))


def _plans(settled: dict[str, Any]) -> PlanFiles | None:
    """Take the choices about plans out of what is settled."""
    found = {}
    for choice in PLAN_CHOICES:
        if choice.field in settled:
            found[choice.field.partition(".")[2]] = settled.pop(choice.field)
    return PlanFiles(**found) if "province" in found else None


def _without(tables: tuple[Path, ...], named: Iterable[Path]) -> tuple[Path, ...]:
    """Leave plans and corrections out: a pattern of tables may match them as well."""
    known = {path.resolve() for path in named}
    if not known:
        return tables
    return tuple(path for path in tables if path.resolve() not in known)


def _no_tables(told: Told, corrections: Sequence[Path] = ()) -> str:
    if told.file:
        return (
            f"{told.file}: no tables. Name them under [masukan], e.g. tabel = "
            '["*.csv"].'
        )
    what = "workbooks that came back" if corrections else "plans"
    return f"no tables beside the {what}; name the offices' files as well."
