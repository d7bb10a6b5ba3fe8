"""Joining read tables to the regions of a map, in every period, losing nothing.

In:     boundaries with ``region_code`` as index; intakes of any kinds and levels.
Out:    :class:`kkbpk_geo.joining.model.Joined`.
Law:    rows in = rows placed + rows unplaced, for every table; a number is in exactly
        one region or in ``unplaced``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd

from kkbpk_geo.base.errors import EmptyDataError
from kkbpk_geo.base.marks import Marks
from kkbpk_geo.joining.counting import count_list, measure_columns
from kkbpk_geo.joining.layers import Layer, combine
from kkbpk_geo.joining.model import Joined
from kkbpk_geo.joining.placing import MapRegions, map_regions, name_places, place_rows
from kkbpk_geo.joining.points import join_points
from kkbpk_geo.joining.register_facts import register_counts
from kkbpk_geo.joining.rolling import FIVE, roll_up, village_counts

if TYPE_CHECKING:
    import geopandas as gpd

    from kkbpk_geo.intake import Intake

_DEPTH = {"provinsi": 0, "kabkota": 1, "kecamatan": 2, "desa": 3}


@dataclass(frozen=True, slots=True, eq=False)
class _Placed:
    """One table after placing: what stands on the map and what does not."""

    source: str
    kind: str
    rows: pd.DataFrame
    unplaced: pd.DataFrame


def join_regions(
    boundaries: gpd.GeoDataFrame,
    intakes: Iterable[Intake],
    *,
    period: str | None = None,
) -> Joined:
    """Join tables of any level to the regions of a map.

    Rows of villages and subdistricts are summed into their region. A subtotal row
    beside its own parts, a row given twice and a row of no region on the map are
    listed, not added. Tables without a month hold for every period of their year,
    tables without a year for all periods. Where two kinds of table give the same
    number, the monthly and the finer one wins; the difference is in ``conflicts``.

    Parameters
    ----------
    boundaries : GeoDataFrame, n rows, EPSG:4326
        Indexed by ``region_code`` (Kemendagri, one level), with ``name``.
    intakes : iterable of Intake
        As :func:`read_table` gives them; parts one by one, plans left out.
    period : str, optional
        Keep only this period (``2025-11`` or ``2025``); tables of its year and tables
        without a period are laid on it.

    Returns
    -------
    Joined

    Raises
    ------
    JoinError
        If the boundaries repeat a code or mix levels, or the period is absent.
    EmptyDataError
        If no table holds a measure the catalogue knows.
    """
    regions = map_regions(boundaries)
    tables = [
        table
        for intake in intakes
        for table in intake.tables()
        if table.kind not in ("plan", "inventory")
    ]
    placed = _refuse_repeats([_place(each, boundaries, regions) for each in tables])
    layers = list(_layers(placed, period))
    if not layers:
        raise EmptyDataError(_nothing(placed, regions, period))
    _add_register(layers, regions)
    values, status, conflicts, silent = combine(layers, regions, period)
    province_code = regions.codes[0].partition(".")[0]
    unplaced = [p.unplaced for p in placed if len(p.unplaced)]
    return Joined(
        values=values,
        status=status,
        unplaced=pd.concat(unplaced, ignore_index=True)
        if unplaced
        else pd.DataFrame({"source_file": [], "reason": []}),
        ledger=_ledger(placed),
        conflicts=conflicts,
        silent=silent,
        sources=MappingProxyType(_sources(layers)),
        names=MappingProxyType(regions.names),
        level=regions.level,
        province_code=province_code,
        province_name=str(boundaries.attrs.get("province_name", "")) or province_code,
        marks=Marks.of(*tables),
    )


def _nothing(placed: list[_Placed], regions: MapRegions, period: str | None) -> str:
    """Say why there is nothing to join, in the way that helps most."""
    lost = [p.unplaced for p in placed if len(p.unplaced)]
    if period is not None and any(len(p.rows) for p in placed):
        return f"no table holds numbers for period {period!r}; nothing to join."
    if not lost or any(len(p.rows) for p in placed):
        return "no table holds a number that the catalogue knows; nothing to join."
    rows = pd.concat(lost, ignore_index=True)
    timeless = rows["reason"].eq("period_unknown")
    if timeless.all():
        return (
            f"none of {len(rows)} rows has a period: the tables name months without a "
            "year. Say the year: --year, tahun in the project file, or "
            "read_table(..., year=...)."
        )
    codes = (
        sorted(rows["region_code"].dropna().unique()) if "region_code" in rows else []
    )
    return (
        f"none of {len(rows)} rows lies on this map, which shows {regions.codes[0]} to "
        f"{regions.codes[-1]}; the rows name {codes[:3] or 'no known region'}. "
        "Is it the map of another province?"
    )


def _place(table: Intake, boundaries: gpd.GeoDataFrame, regions: MapRegions) -> _Placed:
    data = count_list(table.kind, table.data).copy()
    spot = place_rows(data, regions)
    if {"longitude", "latitude"} <= set(data.columns):
        # A list row without a usable name is placed by its coordinates.
        lost = spot["code"].isna() & spot["reason"].isin(
            ["region_blank", "region_unknown", "coarser_than_map"]
        )
        if lost.any():
            by_point = join_points(boundaries, data[lost]).points["region_code"]
            spot.loc[lost, "code"] = by_point
            spot.loc[spot["code"].notna(), "reason"] = ""
    data["code"], data["reason"] = spot["code"], spot["reason"]
    if "period" not in data.columns:
        data["period"] = None
    data["period"] = data["period"].astype(object)
    if "period" in table.headings.values():
        # The table names periods; a row whose period is unreadable belongs to none.
        data.loc[data["period"].isna() & (data["reason"] == ""), "reason"] = (
            "period_unknown"
        )
    data["period"] = data["period"].where(data["period"].notna(), "")
    data["village"], data["place"] = name_places(data)
    if "level" not in data.columns:
        data["level"] = "kabkota"
    # A list is about its rows' places, whatever level it names.
    is_list = table.kind in ("groups", "facilities")
    if not is_list:
        _mark_subtotals(data)
    measures = measure_columns(data)
    on_map = data["code"].notna() & (data["reason"] == "")
    rows = data.loc[
        on_map, ["code", "period", "village", "place", "level", *measures]
    ].copy()
    rows["is_list"] = is_list
    rows["unreported"] = (
        data.loc[on_map, "not_reported"].fillna(False).astype(bool)
        if "not_reported" in data.columns
        else False
    )
    rows["where"] = _whereabouts(data.loc[on_map], table.source)
    return _Placed(table.source, table.kind, rows, _left_over(data[~on_map], table))


def _left_over(data: pd.DataFrame, table: Intake) -> pd.DataFrame:
    out = data.drop(columns=["village", "place"])
    if "source_file" not in out.columns:
        out.insert(0, "source_file", table.source)
    return out


def _whereabouts(data: pd.DataFrame, source: str) -> pd.Series[str]:
    rows = (
        data["source_row"] if "source_row" in data.columns else data.index.to_series()
    )
    return source + ":" + rows.astype(str)


def _depth(rows: pd.DataFrame) -> pd.Series[int]:
    return rows["level"].map(_DEPTH).fillna(1).astype(int)


def _mark_subtotals(data: pd.DataFrame) -> None:
    """Mark a row that names a region whose finer rows stand beside it."""
    depth = _depth(data)
    placed = data["code"].notna() & (data["reason"] == "")
    finest = depth[placed].groupby([data["period"], data["code"]]).transform("max")
    coarse = placed & (depth < finest.reindex(data.index).fillna(-1))
    data.loc[coarse, "reason"] = "subtotal"


def _refuse_repeats(placed: list[_Placed]) -> list[_Placed]:
    """Take out rows that say again, or differently, what another row said.

    The same row twice is kept once. Rows of one region and period that disagree are
    all taken out (nothing is guessed), unless they are villages without a code, whose
    names may repeat, or entries of a list.
    """
    drop: dict[tuple[int, int], str] = {}
    seen: dict[tuple[object, ...], tuple[int, int, tuple[object, ...]]] = {}
    for number, position, key, content in _same_keys(placed):
        first = seen.setdefault(key, (number, position, content))
        if first[:2] == (number, position):
            continue
        if first[2] == content:
            drop[number, position] = "repeated"
        elif key[-2] != "desa":  # two answers for one region
            drop[number, position] = "contradicts"
            drop[first[:2]] = "contradicts"
    if not drop:
        return placed
    return [_without(table, n, drop) for n, table in enumerate(placed)]


def _same_keys(
    placed: list[_Placed],
) -> Iterator[tuple[int, int, tuple[object, ...], tuple[object, ...]]]:
    """Yield (table, row, key, numbers) of rows that share their key with another."""
    keys = ["content", "period", "code", "level", "place"]
    heads = []
    for number, table in enumerate(placed):
        if table.rows["is_list"].any():
            continue
        head = table.rows[["period", "code", "level", "place"]].copy()
        head["content"] = table.kind + ":" + ",".join(measure_columns(table.rows))
        head["number"], head["position"] = number, range(len(head))
        heads.append(head)
    if not heads:
        return
    every = pd.concat(heads, ignore_index=True)
    again = every[every.duplicated(keys, keep=False)]
    for number, position, *key in zip(
        again["number"], again["position"], *(again[k] for k in keys), strict=True
    ):
        rows = placed[number].rows
        numbers = rows.iloc[position][measure_columns(rows)]
        content = tuple(None if pd.isna(x) else x for x in numbers)
        yield number, position, tuple(key), content


def _without(table: _Placed, number: int, drop: dict[tuple[int, int], str]) -> _Placed:
    reasons = [drop.get((number, i), "") for i in range(len(table.rows))]
    marked = table.rows.assign(reason=reasons)
    out = marked[marked["reason"] != ""].drop(
        columns=["is_list", "unreported", "village", "place"]
    )
    out.insert(0, "source_file", table.source)
    if out.empty:
        return table
    unplaced = pd.concat([x for x in (table.unplaced, out) if len(x)])
    return _Placed(
        table.source,
        table.kind,
        marked[marked["reason"] == ""].drop(columns=["reason"]),
        unplaced,
    )


def _layers(placed: list[_Placed], period: str | None) -> Iterator[Layer]:
    """Group tables of one kind and depth, and sum each group's rows by region."""
    by_layer: dict[tuple[str, int], list[pd.DataFrame]] = {}
    names: dict[tuple[str, int], list[str]] = {}
    villages: list[pd.DataFrame] = []
    for table in placed:
        rows = table.rows
        if period is not None:
            rows = rows[rows["period"].isin(["", period, period[:4]])]
        if rows.empty or not measure_columns(rows):
            continue
        depth = 3 if rows["is_list"].any() else int(_depth(rows).max())
        by_layer.setdefault((table.kind, depth), []).append(rows)
        names.setdefault((table.kind, depth), []).append(table.source)
        counts = [f"{g}_groups" for g in FIVE if f"{g}_groups" in rows.columns]
        if counts or "kampung_kb_groups" in rows or "rumah_dataku_groups" in rows:
            villages.append(rows)
    for (kind, depth), frames in by_layer.items():
        rows = pd.concat(frames, ignore_index=True)
        sums, blanks = roll_up(rows)
        block = rows.groupby(["period", "code"])["unreported"].all()
        yield Layer(
            kind,
            depth,
            tuple(names[kind, depth]),
            sums,
            blanks,
            unreported=frozenset(block.index[block]),
        )
    if villages:
        counted, blanks = village_counts(villages)
        if len(counted):
            yield Layer("village_counts", 3, ("",), counted, blanks)


def _add_register(layers: list[Layer], regions: MapRegions) -> None:
    """Add what the register knows of every region: villages, subdistricts, people."""
    counts = register_counts(tuple(regions.codes))
    frame = pd.DataFrame.from_dict(counts, orient="index").astype("Int64")
    if frame.empty:
        return
    frame = frame.dropna(axis=1, how="all")
    frame.index = pd.MultiIndex.from_product(
        [[""], frame.index], names=["period", "code"]
    )
    layers.append(
        Layer("register", 0, ("",), frame, frame.isna().astype(int), say_conflict=False)
    )


def _ledger(placed: list[_Placed]) -> pd.DataFrame:
    ledger = pd.DataFrame(
        [
            {
                "source": p.source,
                "kind": p.kind,
                "rows_in": len(p.rows) + len(p.unplaced),
                "rows_placed": len(p.rows),
                "rows_unplaced": len(p.unplaced),
            }
            for p in placed
        ]
    )
    return ledger


def _sources(layers: list[Layer]) -> dict[str, str]:
    found: dict[str, str] = {}
    for layer in layers:
        for column in layer.sums.columns:
            found.setdefault(str(column), layer.kind)
    return found
