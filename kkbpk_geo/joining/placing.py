"""Which region of the map each row belongs to, or why none.

Why: a join by position or by a fuzzy name loses districts without a word. Here a row
gets a code that stands on the map, or a reason.

In:     rows of one intake (region_code = kabupaten/kota, names below it as text).
Out:    a code per row, a reason per row that has none, and the village each row names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kkbpk_geo.base.crs import require_codes
from kkbpk_geo.base.errors import JoinError
from kkbpk_geo.regions import (
    LEVELS,
    fold_name,
    parent_of,
    place_name,
    province_code,
    resolve_regions,
)

# Of rows of several tables: the number of each row's own.
TABLE = "table"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class MapRegions:
    """The regions of a map, as a join needs them.

    Attributes
    ----------
    codes : Index of str, in map order
    names : dict code -> name
    level : {"provinsi", "kabkota", "kecamatan", "desa"}
    by_name : dict (code of the region above, folded name) -> code
        Of villages: (code of the district, kecamatan and village folded, as
        :func:`name_villages` gives them) -> code.
    """

    codes: pd.Index[str]
    names: dict[str, str]
    level: str
    by_name: dict[tuple[str, str], str]


def map_regions(boundaries: pd.DataFrame) -> MapRegions:
    """Read codes, names and level off a boundaries frame, or a frame of names alone.

    Raises
    ------
    JoinError
        If a code stands twice, or codes of several levels are mixed.
    """
    if "name" not in getattr(boundaries, "columns", ()):
        msg = (
            f"boundaries is a {type(boundaries).__name__}; expected a GeoDataFrame "
            "with the column 'name', as load_boundaries gives it, or names alone, as "
            "regions_frame does."
        )
        raise JoinError(msg)
    require_codes(boundaries, "boundaries")
    codes = boundaries.index.astype(str)
    if codes.has_duplicates:
        twice = codes[codes.duplicated()].unique().tolist()
        msg = f"boundaries have codes more than once: {twice}. Dissolve them first."
        raise JoinError(msg)
    depths = sorted({code.count(".") for code in codes})
    if len(depths) != 1 or depths[0] >= len(LEVELS):
        msg = (
            f"boundaries mix codes such as {codes[0]!r} and {codes[-1]!r}; expected "
            "Kemendagri codes of one level, e.g. '18.10' for a kabupaten/kota."
        )
        raise JoinError(msg)
    names = dict(zip(codes, boundaries["name"].astype(str), strict=True))
    level = LEVELS[depths[0]]
    by_name = {}
    for code, name in names.items():
        parent, own = parent_of(code), fold_name(name)
        if level == "desa":
            own = village_key(place_name(parent), name)
            parent = parent_of(parent)
        by_name[parent, own] = code
    return MapRegions(
        codes=codes, names=_told_apart(names, level), level=level, by_name=by_name
    )


def _told_apart(names: dict[str, str], level: str) -> dict[str, str]:
    """Add what they lie in to names below the district that stand more than once.

    Lampung has four villages Sukamaju: a ranking that names one names none.
    """
    if level not in ("kecamatan", "desa"):
        return names
    found = dict(names)
    # A kecamatan of the same name is seldom enough: then its district is added, too.
    for levels in range(1, len(LEVELS) - 1):
        times = Counter(found.values())
        for code, name in names.items():
            if times[found[code]] > 1:
                found[code] = f"{name} ({', '.join(_above(code, levels))})"
    return found


def _above(code: str, levels: int) -> list[str]:
    """Return the names of so many regions that a code lies in, the nearest first."""
    found = []
    for _ in range(levels):
        code = parent_of(code)
        found.append(place_name(code))
    return found


def village_key(subdistrict: str, village: str) -> str:
    """Return how :func:`name_villages` names a village.

    Examples
    --------
    >>> village_key("Gading Rejo", "WONO-DADI")
    'gadingrejo/wonodadi'
    """
    return f"{fold_name(subdistrict)}/{fold_name(village)}"


def place_rows(data: pd.DataFrame, regions: MapRegions) -> pd.DataFrame:
    """Give each row the code of its region on the map, or a reason.

    Parameters
    ----------
    data : DataFrame, n rows
        ``Intake.data``: ``region_code`` (kabupaten/kota or missing) and, for finer
        maps, ``kecamatan`` and ``desa`` as text.

    Returns
    -------
    DataFrame of text, n rows, index of ``data``
        ``code`` (missing if none) and ``reason`` (empty if placed): ``region_blank``,
        ``region_unknown``, ``region_off_map``, ``coarser_than_map``.
    """
    district = _column(data, "region_code")
    sub = _column(data, "kecamatan")
    if regions.level == "provinsi":
        named = _column(data, "provinsi").map(_province_codes(data))
        code = district.str.partition(".")[0].fillna(named)
    elif regions.level == "kabkota":
        code = district
    elif regions.level == "kecamatan":
        code = _place_below(district, sub, regions)
    else:
        by_name, by_code = place_villages(data, regions)
        code = by_name.where(by_name.notna(), by_code)
    on_map = code.isin(regions.codes)
    # From the weakest reason to the most exact one: the last that fits stands.
    reason = pd.Series("", index=data.index, dtype=object)
    reason[~on_map] = "region_off_map"
    if regions.level in ("kecamatan", "desa"):
        named = sub if regions.level == "kecamatan" else _column(data, "desa")
        lost = ~on_map & district.isin(_districts(regions))
        reason[lost & named.notna()] = "region_unknown"
        reason[lost & named.isna()] = "coarser_than_map"
    if regions.level == "kabkota":
        reason[~on_map & district.map(_is_of_province)] = "coarser_than_map"
    nameless = ~on_map & district.isna()
    reason[nameless] = "region_unknown"
    reason[nameless & ~_names_any_area(data)] = "region_blank"
    return pd.DataFrame(
        {"code": code.where(on_map, None).astype(object), "reason": reason}
    )


def _province_codes(data: pd.DataFrame) -> dict[str, str | None]:
    """Return name -> code of the provinces that rows name: entries of lists, say."""
    named = _column(data, "provinsi").dropna().unique()
    return {name: province_code(str(name)) for name in named}


def _is_of_province(code: object) -> bool:
    return isinstance(code, str) and "." not in code


def _districts(regions: MapRegions) -> set[str]:
    """Return the districts that the kecamatan or villages of a map lie in."""
    return {code[: len("18.10")] for code in map(str, regions.codes)}


def _names_any_area(data: pd.DataFrame) -> pd.Series[bool]:
    """Whether a row has the name of any area below the province."""
    named = pd.Series(False, index=data.index)
    for area in LEVELS[1:]:
        named |= _column(data, area).notna()
    return named


def name_villages(data: pd.DataFrame) -> pd.Series[str]:
    """Name each row's village: folded kecamatan and desa; missing where it has none.

    Line breaks, hyphens and doubled spaces in names do not make two villages of one.
    """
    desa = _fold(_column(data, "desa"))
    sub = _fold(_column(data, "kecamatan")).fillna("")
    return (sub + "/" + desa).where(desa.notna(), None)


def _place_below(
    district: pd.Series[str], names: pd.Series[str], regions: MapRegions
) -> pd.Series[str]:
    """Place kecamatan: by their names as they are, else as the register reads them."""
    code = _find(district, _fold(names), regions)
    lost = code.isna() & names.notna() & district.isin(_districts(regions))
    code[lost] = _resolved("kecamatan", names[lost], district[lost])
    return code


def place_villages(
    data: pd.DataFrame, regions: MapRegions
) -> tuple[pd.Series[str], pd.Series[str]]:
    """Place villages by their names; what is written otherwise, by its code.

    A code of the village (2001) is one only inside its kecamatan.

    Parameters
    ----------
    data : DataFrame, n rows
        As for :func:`place_rows`; of several tables with :data:`TABLE`.

    Returns
    -------
    by_name, by_code : Series, n rows
        The code of each row's village, as its names say: as they are, or as the
        register reads them; and as a table says of such a name, where they say none.
    """
    district, names = _column(data, "region_code"), _column(data, "desa")
    by_name = _find(district, name_villages(data), regions)
    lost = by_name.isna() & names.notna() & district.isin(_districts(regions))
    if not lost.any():
        return by_name, pd.Series(None, index=data.index, dtype=object)
    sub = _column(data, "kecamatan")[lost]
    above = _resolved("kecamatan", sub, district[lost])
    # Where no kecamatan is named, the name may be the only one of its district.
    above = above.where(sub.notna(), district[lost])
    by_name[lost] = _resolved("desa", names[lost], above)
    coded = (above + "." + _column(data, "village_code")[lost]).reindex(data.index)
    stated = coded.where(coded.isin(regions.codes) & by_name.isna())
    return by_name, _claimed_once(data, by_name, stated)


def _claimed_once(
    data: pd.DataFrame, by_name: pd.Series[str], stated: pd.Series[str]
) -> pd.Series[str]:
    """Return the code that is stated of each row's name, in its table or another.

    None where a table has two names under that code: they are two villages, and nobody
    knows which it is.
    """
    writing = _column(data, "region_code") + "/" + name_villages(data)
    codes = stated.groupby(writing).agg(["nunique", "first"])
    by_code = writing.map(codes.loc[codes["nunique"].eq(1), "first"])
    table = data[TABLE] if TABLE in data else pd.Series(0, index=data.index)
    claims = pd.DataFrame(
        {
            "table": table,
            "code": by_name.where(by_name.notna(), by_code),
            "name": _fold(_column(data, "desa")),
        }
    )
    names = claims.groupby(["table", "code"])["name"].nunique()
    contested = names[names > 1].index.get_level_values("code")
    return by_code.where(~by_code.isin(contested), None).astype(object)


def _resolved(
    level: str, names: pd.Series[str], within: pd.Series[str]
) -> pd.Series[str]:
    """Return the codes of names inside their parents as the register knows them."""
    pairs = pd.MultiIndex.from_arrays([names, within])
    distinct = [pair for pair in pairs.unique() if all(map(_is_text, pair))]
    found: Mapping[object, object] = {}
    if distinct:
        texts, parents = zip(*distinct, strict=True)
        codes = resolve_regions(list(texts), level=level, within=parents)
        found = dict(zip(distinct, codes["region_code"], strict=True))
    return pd.Series([found.get(pair) for pair in pairs], names.index, dtype=object)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _find(
    district: pd.Series[str], folded: pd.Series[str], regions: MapRegions
) -> pd.Series[str]:
    """Return the codes of names that are folded, each in its district."""
    pairs = pd.MultiIndex.from_arrays([district, folded])
    found = [regions.by_name.get(pair) for pair in pairs]
    return pd.Series(found, index=district.index, dtype=object)


def _fold(values: pd.Series[str]) -> pd.Series[str]:
    # Each name once: tables of villages say the same twenty kecamatan a thousand times.
    codes, unique = pd.factorize(values)
    folded = [fold_name(str(name)) or None for name in unique]
    # A missing name has the code -1, which takes the None at the end.
    out = np.array([*folded, None], dtype=object)[codes]
    return pd.Series(out, index=values.index, dtype=object)


def _column(data: pd.DataFrame, name: str) -> pd.Series[str]:
    if name not in data.columns:
        return pd.Series(None, index=data.index, dtype=object)
    column = data[name].astype(object)
    return column.where(column.notna() & (column != ""), None)
