"""Villages by their names: those of the register, and those that only tables name.

Why: half of what an office asks is asked of villages, and few offices have outlines of
them. Names suffice: a village is its name inside its kecamatan. What the register
writes otherwise is the same village where its code inside that kecamatan says so; what
the register does not have stands as it is written, so that no row is lost.

In:     intakes of any kinds; a province, kabupaten or kota.
Out:    :class:`Villages`; :class:`kkbpk_geo.joining.model.Joined` of level desa.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from kkbpk_geo.base.errors import EmptyDataError
from kkbpk_geo.findings import Finding, finding
from kkbpk_geo.io import as_records
from kkbpk_geo.joining.placing import (
    TABLE,
    MapRegions,
    name_villages,
    place_villages,
    village_key,
)
from kkbpk_geo.joining.tables import join_to, measured_tables
from kkbpk_geo.regions import (
    Region,
    parent_of,
    place_name,
    province_part,
    regions_of,
)

if TYPE_CHECKING:
    from kkbpk_geo.intake import Intake
    from kkbpk_geo.joining.model import Joined

VILLAGE_COLUMNS = ("name", "subdistrict_code", "subdistrict", "district_code", "listed")
# A village as tables write it: code of its district, kecamatan and village folded.
Key = tuple[str, str]
# What a row of a table says of its village.
_READ = ("region_code", "kecamatan", "desa", "village_code", "source_row")
_Row = tuple[str, str, str, str, str, bool]  # code, and VILLAGE_COLUMNS


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Villages:
    """The villages of a region, and how tables call them.

    Attributes
    ----------
    frame : DataFrame, index region_code
        :data:`VILLAGE_COLUMNS`; ``listed``: whether the register has it. A village
        that it does not have gets a code made of its names.
    by_name : mapping (code of the district, kecamatan and village folded) -> code
    findings : tuple of Finding
        Villages that the register writes otherwise, or does not have.
    """

    frame: pd.DataFrame
    by_name: Mapping[Key, str]
    findings: tuple[Finding, ...] = ()

    @property
    def regions(self) -> MapRegions:
        """The villages as a join needs them."""
        return MapRegions(
            codes=pd.Index(self.frame.index, dtype=object),
            names=dict(
                zip(map(str, self.frame.index), self.frame["name"], strict=True)
            ),
            level="desa",
            by_name=dict(self.by_name),
        )


class _Seen(NamedTuple):
    """A village as a table writes it, with where it stands first."""

    key: Key
    code: str  # of the register; empty where it does not have the village
    by_code: bool  # whether that is what is stated beside another name
    name: str
    subdistrict: str
    file: str
    row: int | None


def find_villages(intakes: Intake | Iterable[Intake], region: Region) -> Villages:
    """Return the villages of a region: the register's, and those only tables name.

    Parameters
    ----------
    intakes : Intake, or iterable of Intake
    region : Region
        A province, a kabupaten or kota, a kecamatan.

    Raises
    ------
    EmptyDataError
        If neither register nor tables name a village of it.

    Examples
    --------
    >>> import kkbpk_geo as kg
    >>> rows = {"KABUPATEN": "PRINGSEWU", "KECAMATAN": "GADING REJO",
    ...         "KELURAHAN": ["WONODADI", "DESA BARU"], "JUMLAH BKB": [2, 0]}
    >>> table = kg.read_table(pd.DataFrame(rows), year=2025)
    >>> found = find_villages(table, kg.regions.find_area("18.10.02"))
    >>> len(found.frame), found.frame["name"][~found.frame["listed"]].tolist()
    (24, ['DESA BARU'])
    """
    around = ".".join(region.code.split(".")[:2])  # tables name districts by code
    rows = [_of_register(village) for village in regions_of("desa", around)]
    by_name = {(row[4], village_key(row[3], row[1])): row[0] for row in rows}
    codes = pd.Index([row[0] for row in rows], dtype=object)
    register = MapRegions(codes=codes, names={}, level="desa", by_name=by_name)
    named = _named_in(measured_tables(intakes), around)
    seen = list(_seen(named, register))
    by_name |= {one.key: one.code for one in seen if one.code}
    codes_of_own = _unlisted(seen, by_name)
    by_name |= codes_of_own
    own: dict[str, _Seen] = {}
    for one in seen:
        if not one.code:
            own.setdefault(codes_of_own[one.key], one)
    rows += [_as_row(code, one) for code, one in own.items()]
    frame = pd.DataFrame(rows, columns=["region_code", *VILLAGE_COLUMNS])
    frame = frame.set_index("region_code").sort_index()
    inside = [lies_in(code, region.code) for code in frame.index]
    if not any(inside):
        msg = (
            f"neither the register nor a table names a village of {region.name}; give "
            "tables with a row for each village (desa/kelurahan)."
        )
        raise EmptyDataError(msg)
    return Villages(
        frame=frame[inside],
        by_name=by_name,
        findings=tuple(_told(seen, own.values())),
    )


def join_villages(
    intakes: Intake | Iterable[Intake],
    villages: Villages,
    *,
    period: object = None,
    keep: str | None = None,
    province_name: str = "",
) -> Joined:
    """Join tables to villages by their names, as ``join_regions`` does by outlines.

    What is told of a whole kecamatan or district is left over (``unplaced``).

    Examples
    --------
    >>> import kkbpk_geo as kg
    >>> rows = {"KABUPATEN": "PRINGSEWU", "KECAMATAN": "GADING REJO",
    ...         "KELURAHAN": ["WONODADI", "TEGALSARI"], "JUMLAH BKB": [2, 0]}
    >>> table = kg.read_table(pd.DataFrame(rows), year=2025)
    >>> villages = find_villages(table, kg.regions.find_area("18.10.02"))
    >>> int(join_villages(table, villages).at().loc["18.10.02.2007", "bkb_groups"])
    2
    """
    regions = villages.regions
    code = province_part(str(regions.codes[0]))
    return join_to(
        regions,
        measured_tables(intakes),
        area=Region(code=code, name=province_name or code, kind="Provinsi"),
        period=period,
        keep=keep,
    )


def _of_register(village: Region) -> _Row:
    above = village.parent_code
    district = parent_of(above)
    return village.code, village.bare, above, place_name(above), district, True


def lies_in(code: str, area: str) -> bool:
    """Whether a code is that of an area, or of a place inside it.

    Examples
    --------
    >>> lies_in("18.10.01", "18.10"), lies_in("18.10", "18.1"), lies_in("18", "")
    (True, False, True)
    """
    return not area or f"{code}.".startswith(f"{area}.")


def _named_in(tables: Sequence[Intake], area: str) -> pd.DataFrame:
    """Return the villages that tables name inside a region, once for each writing."""
    parts: list[pd.DataFrame] = []
    for number, table in enumerate(tables):
        if "desa" not in table.data or "region_code" not in table.data:
            continue
        data = table.data.reindex(columns=list(_READ)).astype(object)
        data["key"], data["file"] = name_villages(data), table.source
        data[TABLE] = number
        districts = data["region_code"].fillna("").astype(str)
        inside = districts.map({c: lies_in(c, area) for c in districts.unique()})
        once = data[inside & data["key"].notna()]
        parts.append(once.drop_duplicates(["region_code", "key", "village_code"]))
    nothing = pd.DataFrame(columns=[*_READ, "key", "file", TABLE], dtype=object)
    return pd.concat(parts or [nothing], ignore_index=True)


def _seen(named: pd.DataFrame, register: MapRegions) -> Iterator[_Seen]:
    """Yield each village that tables name, where it stands first, with its code."""
    named["by_name"], named["by_code"] = place_villages(named, register)
    named = named.drop_duplicates(["region_code", "key"])
    for row in as_records(named.astype(object).where(named.notna(), None)):
        number = row["source_row"]
        yield _Seen(
            key=(str(row["region_code"]), row["key"]),
            code=row["by_name"] or row["by_code"] or "",
            by_code=not row["by_name"],
            name=str(row["desa"]),
            subdistrict=str(row["kecamatan"] or ""),
            file=row["file"],
            row=None if number is None else int(number),
        )


def _subdistricts(by_name: Mapping[Key, str]) -> dict[Key, str]:
    """Return codes of kecamatan by district and folded name."""
    return {
        (district, name.partition("/")[0]): parent_of(code)
        for (district, name), code in by_name.items()
        if not name.startswith("/")
    }


def _unlisted(seen: Sequence[_Seen], by_name: Mapping[Key, str]) -> dict[Key, str]:
    """Give the villages that the register does not have codes made of their names."""
    above = _subdistricts(by_name)
    found: dict[Key, str] = {}
    for one in seen:
        if not one.code:
            district, (sub, _, village) = one.key[0], one.key[1].partition("/")
            parent = above.get((district, sub), f"{district}.{sub}")
            found[one.key] = f"{parent}.{village}"
    return found


def _as_row(code: str, one: _Seen) -> _Row:
    above = parent_of(code)
    known = place_name(above)
    subdistrict = one.subdistrict if known == above else known
    return code, one.name, above, subdistrict, one.key[0], False


def _told(seen: Iterable[_Seen], own: Iterable[_Seen]) -> Iterator[Finding]:
    """Tell of each village that the register writes otherwise or does not have."""
    for one in seen:
        if one.code and one.by_code:
            read_as = f"{one.code} {place_name(one.code)}"
            yield _tell("village_by_code", one, read_as)
    for one in own:
        yield _tell("village_unlisted", one)


def _tell(kind: str, one: _Seen, expected: str = "") -> Finding:
    return finding(
        kind, file=one.file, row=one.row, column="desa", expected=expected,
        value=f"{one.name} ({one.subdistrict})", region=one.key[0],
    )  # fmt: skip
