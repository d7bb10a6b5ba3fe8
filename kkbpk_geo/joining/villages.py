"""Villages by their names: those of the register, and those that only tables name.

Why: half of what an office asks is asked of villages, and few offices have outlines of
them. Names suffice: a village is its name inside its kecamatan. What the register
writes otherwise is the same village where its code inside that kecamatan says so; what
the register does not have stands as it is written, so that no row is lost.

In:     intakes of any kinds; a province, kabupaten or kota.
Out:    :class:`Villages`; :class:`kkbpk_geo.joining.model.Joined` of level desa.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from kkbpk_geo.base.errors import EmptyDataError
from kkbpk_geo.findings import Finding, finding
from kkbpk_geo.joining.placing import MapRegions, name_villages, village_key
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
    code: str  # inside its kecamatan, as SIGA writes it; empty where none is stated
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
    seen = list(_named_in(measured_tables(intakes), around))
    other = _written_otherwise(seen, by_name)
    by_name |= other
    own = _unlisted(seen, by_name)
    by_name |= {one.key: code for code, one in own.items()}
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
        findings=tuple(_told(seen, other, own)),
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


def _named_in(tables: Sequence[Intake], area: str) -> Iterator[_Seen]:
    """Yield each village that tables name inside a region, once for each writing."""
    known: set[tuple[Key, str]] = set()
    for table in tables:
        data = table.data
        if "desa" not in data or "region_code" not in data:
            continue
        keys = name_villages(data)
        districts = data["region_code"].fillna("").astype(str)
        inside = districts.map({c: lies_in(c, area) for c in districts.unique()})
        data = data.assign(key=keys)[inside & keys.notna()]
        wanted = ["region_code", "key", "village_code", "desa", "kecamatan"]
        texts = data.reindex(columns=wanted).astype(object)
        texts = texts.where(texts.notna(), "").astype(str)
        numbers = data.get("source_row", pd.Series(None, index=data.index))
        for row, number in zip(texts.itertuples(index=False), numbers, strict=True):
            key = row[0], row[1]
            if (key, row[2]) not in known:
                known.add((key, row[2]))
                at = None if number is None else int(number)
                yield _Seen(key, row[2], row[3], row[4], table.source, at)


def _written_otherwise(
    seen: Sequence[_Seen], by_name: Mapping[Key, str]
) -> dict[Key, str]:
    """Find villages of the register under another writing, by what is beside the name.

    By the code, where the kecamatan is known by its name: 2001 alone is a village of
    each. Where no kecamatan is named, by the name, if the district has it once. Not
    where a table names that village itself, or two writings claim it: then they may be
    two villages.
    """
    above = _subdistricts(by_name)
    taken = {by_name[one.key] for one in seen if one.key in by_name}
    alone = _named_once(by_name)
    codes = set(by_name.values())
    meant: dict[Key, str] = {}
    for one in seen:
        district, (sub, _, village) = one.key[0], one.key[1].partition("/")
        code = f"{above.get((district, sub))}.{one.code}"
        if not sub:
            code = alone.get((district, village), "")
        if one.key not in by_name and code in codes - taken:
            meant[one.key] = code
    claims = Counter(meant.values())
    return {key: code for key, code in meant.items() if claims[code] == 1}


def _subdistricts(by_name: Mapping[Key, str]) -> dict[Key, str]:
    """Return codes of kecamatan by district and folded name."""
    return {
        (district, name.partition("/")[0]): parent_of(code)
        for (district, name), code in by_name.items()
        if not name.startswith("/")
    }


def _named_once(by_name: Mapping[Key, str]) -> dict[Key, str]:
    """Return villages by district and name, where the district has the name once."""
    names = Counter((key[0], key[1].partition("/")[2]) for key in by_name)
    alone = {}
    for (district, name), code in by_name.items():
        own = district, name.partition("/")[2]
        if names[own] == 1:
            alone[own] = code
    return alone


def _unlisted(seen: Sequence[_Seen], by_name: Mapping[Key, str]) -> dict[str, _Seen]:
    """Give the villages that the register does not have codes made of their names."""
    above = _subdistricts(by_name)
    found: dict[str, _Seen] = {}
    for one in seen:
        if one.key not in by_name:
            district, (sub, _, village) = one.key[0], one.key[1].partition("/")
            parent = above.get((district, sub), f"{district}.{sub}")
            found.setdefault(f"{parent}.{village}", one)
    return found


def _as_row(code: str, one: _Seen) -> _Row:
    above = parent_of(code)
    known = place_name(above)
    subdistrict = one.subdistrict if known == above else known
    return code, one.name, above, subdistrict, one.key[0], False


def _told(
    seen: Sequence[_Seen], other: Mapping[Key, str], own: Mapping[str, _Seen]
) -> Iterator[Finding]:
    """Tell of each village that the register writes otherwise or does not have."""
    first = {one.key: one for one in reversed(seen)}
    for key, code in other.items():
        yield _tell("village_by_code", first[key], f"{code} {place_name(code)}")
    for one in own.values():
        yield _tell("village_unlisted", one)


def _tell(kind: str, one: _Seen, expected: str = "") -> Finding:
    return finding(
        kind, file=one.file, row=one.row, column="desa", expected=expected,
        value=f"{one.name} ({one.subdistrict})", region=one.key[0],
    )  # fmt: skip
