"""The project file: what a run reads, how it judges, where it writes.

Why: next month the same map must come out of the same choices; a file that can be read
aloud holds them.

In:     ``peta-kerja.toml``. Out: :class:`Project`, frozen and checked; a commented file
        to start from.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args

from kkbpk_geo.base.errors import ProjectError
from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.words import Words
from kkbpk_geo.catalogue.reading import read_text
from kkbpk_geo.pipeline.project_files import (
    PlanFiles,
    find_plans,
    find_tables,
    read_month,
)
from kkbpk_geo.regions import CodeSystem

Level = Literal["provinsi", "kabkota", "kecamatan"]
Method = Literal["quantile", "equal", "jenks", "std", "standard"]
Basemap = Literal["", "osm"]
Printed = Literal["", "pdf", "png", "svg"]
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """Choices of one run.

    Attributes
    ----------
    title, source : str or mapping language -> str
    tables : tuple of Path
        Files to read, patterns already expanded, in sorted order.
    folder : Path
        Where outputs go; made if absent.
    boundaries, detail : Path or None
        An office's own layer for the map, and one of kecamatan to drill down to.
    basemap : {"", "osm"}
        ``"osm"`` lets the page ask for OpenStreetMap's tiles where there is internet.
    period : str or None
        ``2025-11`` or ``2025`` to show only that; None shows all.
    printed : {"", "pdf", "png", "svg"}
        Also write ``peta-cetak``, an A3 sheet of the first indicator.
    plans : PlanFiles or None
        Work plans to compare and to show on the map.
    standards, weights : mapping
        Changes to the catalogue's: key to value; ``false`` leaves a standard out.
    """

    tables: tuple[Path, ...]
    folder: Path = Path("hasil")
    title: Words = ""
    province: str = "Lampung"
    level: Level = "kabkota"
    language: Language = "id"
    year: int | None = None
    month: int | None = None
    code_system: CodeSystem | None = None
    boundaries: Path | None = None
    detail: Path | None = None
    basemap: Basemap = ""
    indicators: tuple[str, ...] = ()
    plans: PlanFiles | None = None
    standards: Mapping[str, float | None] = field(default_factory=lambda: _NOTHING)
    weights: Mapping[str, float] = field(default_factory=lambda: _NOTHING)
    classes: int | None = None
    method: Method = "quantile"
    sample: bool = False
    printed: Printed = ""
    source: Words = ""

    @property
    def period(self) -> str | None:
        """The one period to show, if the project names one."""
        if self.year is None or self.month is None:
            return None
        return f"{self.year}-{self.month:02d}"


# Section of the file -> key -> (type, what is expected).
_KEYS: dict[str, dict[str, tuple[type, ...]]] = {
    "peta": {
        "judul": (str,), "provinsi": (str,), "tingkat": (str,), "bahasa": (str,),
        "kelas": (int,), "metode": (str,), "contoh": (bool,), "sumber": (str,),
        "peta_dasar": (str,),
    },
    "masukan": {
        "tabel": (list,), "tahun": (int,), "bulan": (str, int), "sistem_kode": (str,),
        "batas": (str,), "batas_kecamatan": (str,), "indikator": (list,),
    },
    "rencana": {
        "provinsi": (str,), "kabkota": (list,), "dasar": (str,), "tahun": (int,),
        "rapat": (str,),
    },
    "keluaran": {"folder": (str,), "cetak": (str,)},
    "standar": {},
    "bobot": {},
}  # fmt: skip


def starter() -> str:
    """Return a commented project file to start from."""
    return read_text("peta-kerja.toml")


def read_project(path: str | Path) -> Project:
    """Read a project file; paths in it are relative to its folder.

    Raises
    ------
    ProjectError
        If the file is absent, no TOML, or holds a key or value it may not; names the
        section, the key, what was found and what was expected.
    """
    path = Path(path)
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        msg = f"{path}: no such file. Write one with: kkbpk-geo init"
        raise ProjectError(msg) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as err:
        msg = f"{path.name}: not valid TOML: {err}. Compare it with: kkbpk-geo init"
        raise ProjectError(msg) from None
    _check_keys(path.name, entries)
    here = path.parent
    look, output = entries.get("peta", {}), entries.get("keluaran", {})
    given = entries.get("masukan", {})
    boundaries, detail = given.get("batas", ""), given.get("batas_kecamatan", "")
    planned = entries.get("rencana", {})
    plans = find_plans(
        planned.get("provinsi", ""),
        planned.get("kabkota", []),
        planned.get("dasar", ""),
        here=here,
        where=f"{path.name} [rencana]",
    )
    if plans is not None:
        plans = replace(
            plans, year=planned.get("tahun"), meeting=planned.get("rapat", "")
        )
    return Project(
        tables=find_tables(given.get("tabel", []), here, path.name, plans),
        plans=plans,
        folder=here / output.get("folder", "hasil"),
        title=look.get("judul", ""),
        province=look.get("provinsi", "Lampung"),
        level=_one_of(
            path.name, "peta", "tingkat", look.get("tingkat", "kabkota"), Level
        ),
        language=_one_of(
            path.name, "peta", "bahasa", look.get("bahasa", "id"), Language
        ),
        year=given.get("tahun"),
        month=read_month(given.get("bulan"), f"{path.name} [masukan] bulan"),
        code_system=_one_of(
            path.name,
            "masukan",
            "sistem_kode",
            given.get("sistem_kode") or None,
            CodeSystem,
        ),
        boundaries=here / boundaries if boundaries else None,
        detail=here / detail if detail else None,
        basemap=_one_of(
            path.name, "peta", "peta_dasar", look.get("peta_dasar", ""), Basemap
        ),
        indicators=tuple(given.get("indikator", [])),
        standards=MappingProxyType(
            {
                k: None if v is False else v
                for k, v in _flat(entries.get("standar", {})).items()
            }
        ),
        weights=MappingProxyType(_flat(entries.get("bobot", {}))),
        classes=look.get("kelas"),
        method=_one_of(
            path.name, "peta", "metode", look.get("metode", "quantile"), Method
        ),
        sample=look.get("contoh", False),
        printed=_one_of(
            path.name, "keluaran", "cetak", output.get("cetak", ""), Printed
        ),
        source=look.get("sumber", ""),
    )


def _flat(table: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """``[standar.kit] bkb = 1`` and ``"kit:bkb" = 1`` are the same."""
    found: dict[str, Any] = {}
    for key, value in table.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            found.update(_flat(value, f"{name}:"))
        else:
            found[name] = value
    return found


def _check_keys(name: str, entries: Mapping[str, Any]) -> None:
    for section, content in entries.items():
        if section not in _KEYS or not isinstance(content, dict):
            near = get_close_matches(section, _KEYS, n=1)
            hint = f" Did you mean [{near[0]}]?" if near else ""
            msg = f"{name}: unknown section [{section}]; known: {list(_KEYS)}.{hint}"
            raise ProjectError(msg)
        if section in ("standar", "bobot"):
            for key, value in _flat(content).items():
                number = isinstance(value, int | float) and not isinstance(value, bool)
                if not number and not (section == "standar" and value is False):
                    msg = f"{name} [{section}] {key} is {value!r}; expected a number."
                    raise ProjectError(msg)
            continue
        for key, value in content.items():
            if key not in _KEYS[section]:
                near = get_close_matches(key, _KEYS[section], n=1)
                hint = f" Did you mean {near[0]!r}?" if near else ""
                msg = (
                    f"{name} [{section}]: unknown key {key!r}; known: "
                    f"{list(_KEYS[section])}.{hint}"
                )
                raise ProjectError(msg)
            kinds = _KEYS[section][key]
            wrong = not isinstance(value, kinds) or (
                isinstance(value, bool) and bool not in kinds
            )
            if wrong:
                expected = " or ".join(_TYPE_NAMES[k] for k in kinds)
                msg = f"{name} [{section}] {key} is {value!r}; expected {expected}."
                raise ProjectError(msg)


_TYPE_NAMES = {
    str: "a text in quotes",
    int: "a whole number",
    list: "a list",
    bool: "true or false",
}


def _one_of(name: str, section: str, key: str, value: Any, kind: Any) -> Any:  # noqa: ANN401
    allowed = get_args(kind)
    if value is not None and value not in allowed:
        msg = f"{name} [{section}] {key} is {value!r}; expected one of {list(allowed)}."
        raise ProjectError(msg)
    return value
