"""The register: every province, district, kecamatan and village of Indonesia.

Why: names and codes are only safe to use against one list that says what exists, under
which code, since when and inside what.

In:     boundaries/register.csv (provinces, kabupaten and kota), kecamatan.csv and
        villages.zip (one member per province, read when it is first asked for), and
        region_history.csv of the catalogue (BPS codes, founding dates, former
        provinces and codes).
Out:    frozen :class:`Region` objects.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from itertools import chain, groupby
from numbers import Integral
from types import MappingProxyType
from typing import Any, Literal, TypeVar

from kkbpk_geo.base.errors import CatalogueError, RegionError
from kkbpk_geo.base.results import OneLine
from kkbpk_geo.catalogue.reading import build_rows, read_as
from kkbpk_geo.regions.codes import (
    LEVELS,
    Level,
    depth_of,
    kind_below,
    level_of,
    parent_of,
    province_part,
)
from kkbpk_geo.regions.files import boundary_file
from kkbpk_geo.regions.names import bare_name, decorate, fold_name

N = TypeVar("N", int, float)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Region(OneLine):
    """One unit of any level.

    Attributes
    ----------
    code : str
        Kemendagri code, dotted (``18``, ``18.10``, ``18.10.01``, ``18.10.01.2001``).
    name : str
        Official name without "Kabupaten"; a kota keeps its "Kota".
    kind : str
        Provinsi, Kabupaten, Kota, Kecamatan, Desa or Kelurahan.
    bps_code : str
        Code of the statistics office; empty where it is not recorded.
    capital : str
    area_km2, population : float or None, int or None
        Official figures as the register's source gives them.
    n_kecamatan, n_kelurahan, n_desa : int or None
        How many it holds; None below kabkota.
    law, law_date, founded : str
        Founding law, its date, and the date of inauguration (ISO, or a year only).
    predecessor_code : str
        The district or province it was split from; empty for those of 1959 and where
        unrecorded.
    former_code, former_bps_code : str
        Codes it had until its province was split; empty where it kept them.
    dates_verified : bool
        False while no source but memory stands behind a date or law.
    source : str
        Source of the founding facts.
    """

    code: str
    name: str
    kind: str
    bps_code: str = ""
    capital: str = ""
    area_km2: float | None = None
    population: int | None = None
    n_kecamatan: int | None = None
    n_kelurahan: int | None = None
    n_desa: int | None = None
    law: str = ""
    law_date: str = ""
    founded: str = ""
    predecessor_code: str = ""
    former_code: str = ""
    former_bps_code: str = ""
    dates_verified: bool = False
    source: str = ""

    @property
    def level(self) -> Level:
        """Level, told by the number of dots in the code."""
        return level_of(self.code)

    @property
    def parent_code(self) -> str:
        """Code of the region one level up; empty for a province."""
        return parent_of(self.code)

    @property
    def n_villages(self) -> int | None:
        """Desa and kelurahan together; None where either number is not known."""
        if self.n_desa is None or self.n_kelurahan is None:
            return None
        return self.n_desa + self.n_kelurahan

    @property
    def bare(self) -> str:
        """The name without any word for its kind."""
        return bare_name(self.name, self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class _History:
    """One row of region_history.csv."""

    code: str
    bps_code: str = ""
    former_code: str = ""
    former_bps_code: str = ""
    law: str = ""
    law_date: str = ""
    founded: str = ""
    predecessor_code: str = ""
    dates_verified: Literal["yes", "no"] = "no"
    source: str = ""


@dataclass(frozen=True, slots=True)
class Alias:
    """One row of region_aliases.csv."""

    level: Level
    alias: str
    region_code: str
    decision: Literal["resolve", "refuse"]
    reason: str
    status: Literal["observed", "unchecked"]
    source: str

    @property
    def codes(self) -> tuple[str, ...]:
        """The region it stands for, or those that a refused name might mean."""
        return tuple(self.region_code.split("|"))


NATION = Region(code="", name="Indonesia", kind="Negara")
"""All of it: the place that every province lies in, and that no code begins with."""


def _number(kind: Callable[[str], N], text: str) -> N | None:
    """Read a figure; what the register's source does not give stays missing."""
    return kind(text) if text else None


def _read(name: str) -> list[dict[str, str]]:
    with boundary_file(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _upper() -> Mapping[str, Region]:
    """Provinces, kabupaten and kota, by code."""
    rows = build_rows(_History, "region_history.csv", "code")
    history = {row.code: row for row in rows}
    found: dict[str, Region] = {}
    for row in _read("register.csv"):
        # Most regions were never split: their history is empty.
        more = history.pop(row["code"], None) or _History(code=row["code"])
        found[row["code"]] = Region(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            capital=row["capital"],
            area_km2=_number(float, row["area_km2"]),
            population=_number(int, row["population"]),
            n_kecamatan=_number(int, row["n_kecamatan"]),
            n_kelurahan=_number(int, row["n_kelurahan"]),
            n_desa=_number(int, row["n_desa"]),
            bps_code=more.bps_code,
            law=more.law,
            law_date=more.law_date,
            founded=more.founded,
            predecessor_code=more.predecessor_code,
            former_code=more.former_code,
            former_bps_code=more.former_bps_code,
            dates_verified=more.dates_verified == "yes",
            source=more.source,
        )
    if history:
        msg = f"region_history.csv {[*history]}: the register has no such codes."
        raise CatalogueError(msg)
    return MappingProxyType(found)


@cache
def _kecamatan_lines() -> Mapping[str, tuple[str, ...]]:
    """Return the lines of kecamatan.csv by province; few are ever made to regions."""
    _, *lines = boundary_file("kecamatan.csv").read_text("utf-8").splitlines()
    found = groupby(lines, key=province_part)
    return MappingProxyType({code: tuple(rows) for code, rows in found})


def _village_lines(province: str) -> list[str]:
    """Return the lines of one member of villages.zip; nothing else is unpacked."""
    from zipfile import ZipFile

    with ZipFile(boundary_file("villages.zip")) as packed:
        text = packed.read(f"{province}.csv").decode("utf-8")
    return text.splitlines()[1:]


@cache
def _fine(level: Level, province: str) -> Mapping[str, Region]:
    """Kecamatan or villages of one province by code; nothing for what is none.

    By province, for 83,762 villages would cost each run a second and some 40 MB, and
    nearly every run is about one province.
    """
    if province not in _kecamatan_lines():
        return MappingProxyType({})
    villages = level == "desa"
    lines = _village_lines(province) if villages else _kecamatan_lines()[province]
    found = {
        code: Region(code=code, name=name, kind=kind_below(code))
        for code, name in csv.reader(lines)
    }
    return MappingProxyType(found)


def _table(level: Level, province: str) -> Mapping[str, Region]:
    """Return regions of a level, of one province at least, by code."""
    upper = level in ("provinsi", "kabkota")
    return _upper() if upper else _fine(level, province)


def require_level(level: str) -> Level:
    """Return ``level`` if it is one.

    Raises
    ------
    RegionError
        If it is not; names the four.
    """
    if level not in LEVELS:
        msg = f"level is {level!r}; expected one of {', '.join(LEVELS)}."
        raise RegionError(msg)
    return level


def regions_of(level: Level, within: str = "") -> tuple[Region, ...]:
    """Every region of a level, in code order; all, or those inside one code.

    All villages of Indonesia take about a second and 40 MB: ask for a province's.

    Examples
    --------
    >>> [len(regions_of(level, "76")) for level in ("kabkota", "kecamatan", "desa")]
    [6, 69, 648]
    """
    if level in ("provinsi", "kabkota"):
        return _inside(level, "").get(within, ())
    if within:
        return _inside(level, province_part(within)).get(within, ())
    provinces = [unit.code for unit in regions_of("provinsi")]
    return tuple(chain.from_iterable(regions_of(level, code) for code in provinces))


@cache
def _inside(level: Level, province: str) -> Mapping[str, tuple[Region, ...]]:
    """Return regions of a level by each code that they lie in; of all by ""."""
    found: dict[str, list[Region]] = {}
    for code, unit in sorted(_table(level, province).items()):
        if unit.level == level:
            parts = code.split(".")
            for size in range(len(parts)):
                found.setdefault(".".join(parts[:size]), []).append(unit)
    return MappingProxyType({code: tuple(units) for code, units in found.items()})


def region(code: str) -> Region:
    """Return one region by its dotted Kemendagri code.

    Raises
    ------
    RegionError
        If the register does not have it.

    Examples
    --------
    >>> region("18.05").name
    'Tulang Bawang'
    """
    try:
        return _table(level_of(code), province_part(code))[code]
    except KeyError:
        msg = (
            f"the register has no region {code!r}; expected a dotted Kemendagri code "
            "such as '18', '18.01', '18.01.04' or '18.01.04.2001'."
        )
        raise RegionError(msg) from None


def has_region(code: str) -> bool:
    """Whether the register has this dotted code."""
    return code in _table(level_of(code), province_part(code))


@cache
def _moved() -> Mapping[str, str]:
    """Present codes by the code a region had until its province was split."""
    units = [unit for unit in _upper().values() if unit.former_code]
    return MappingProxyType({unit.former_code: unit.code for unit in units})


def present_code(code: str) -> str:
    """Return today's code of a region that moved to a new province; "" for others.

    Examples
    --------
    >>> present_code("91.01"), present_code("93.01")
    ('93.01', '')
    """
    return _moved().get(code, "")


@cache
def split_off(province: str) -> tuple[str, ...]:
    """Return the provinces that were split from one, and those split from them.

    Examples
    --------
    >>> split_off("92"), split_off("18")
    (('96',), ())
    """
    found: list[str] = []
    for unit in regions_of("provinsi"):
        if unit.predecessor_code == province:
            found += [unit.code, *split_off(unit.code)]
    return tuple(found)


def place_name(code: object) -> str:
    """Return the register's name of a region; what is no code of one stays as it is.

    Examples
    --------
    >>> [place_name(x) for x in ("18.10", "99.99", "Lampung Tenggara")]
    ['Pringsewu', '99.99', 'Lampung Tenggara']
    """
    text = str(code)
    return region(text).name if has_region(text) else text


def children(code: str, level: Level | None = None) -> tuple[Region, ...]:
    """Every region inside one, of the next level or of the one asked for.

    Raises
    ------
    RegionError
        If the register does not have ``code``.

    Examples
    --------
    >>> [len(children("18")), len(children("18", "desa"))]
    [15, 2651]
    """
    parent = region(code)
    if level is None:
        below = depth_of(parent.level) + 1
        level = LEVELS[min(below, len(LEVELS) - 1)]
    return regions_of(level, code)


def alias_rows() -> tuple[Alias, ...]:
    """Return every row of region_aliases.csv, typed; what it names is not looked up."""
    return build_rows(Alias, "region_aliases.csv", "alias")


@cache
def _province_keys() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for unit in regions_of("provinsi"):
        for key in {fold_name(unit.name), *decorate(fold_name(unit.name), "Provinsi")}:
            found[key] = unit.code
    for alias in alias_rows():
        if alias.level == "provinsi":
            key = fold_name(alias.alias)
            for form in {key, *decorate(key, "Provinsi")}:
                found[form] = alias.region_code
    return MappingProxyType(found)


def province_code(text: str) -> str | None:
    """Return the code of the province with this name, alias or code; None if none."""
    if text in _upper() and "." not in text:
        return text
    return _province_keys().get(fold_name(text))


@cache
def _nation_keys() -> frozenset[str]:
    names = read_as(dict[str, tuple[str, ...]], "region_words.toml", "nation")["names"]
    return frozenset(map(fold_name, names))


def is_nation(text: object) -> bool:
    """Whether a text means all of Indonesia.

    Examples
    --------
    >>> is_nation("Republik Indonesia"), is_nation("Lampung")
    (True, False)
    """
    return isinstance(text, str) and fold_name(text) in _nation_keys()


def find_province(text: Any) -> Region:  # noqa: ANN401
    """Return a province by name, recorded alias or code.

    Raises
    ------
    RegionError
        If there is none; suggests the nearest names.

    Examples
    --------
    >>> find_province("Prov. Lampung").code, find_province("18").name
    ('18', 'Lampung')
    """
    if text is not None and not isinstance(text, str | Integral):
        msg = f"province is a {type(text).__name__}; expected its name or its code."
        raise RegionError(msg)
    code = province_code(str(text).strip())
    if code:
        return _upper()[code]
    # Names only: a code that is one digit off is near every other code.
    names = {fold_name(unit.name): unit.name for unit in regions_of("provinsi")}
    near = [names[key] for key in get_close_matches(fold_name(str(text)), names, n=3)]
    remedy = f"Did you mean {', '.join(near)}?" if near else "Give a name or a code."
    msg = f"no province is called {text!r}. {remedy}"
    raise RegionError(msg)
