"""Joining read tables to the regions of a map, in every period, losing nothing.

In:     boundaries with ``region_code`` as index; intakes of any kinds and levels.
Out:    :class:`kkbpk_geo.joining.model.Joined`.
Law:    rows in = rows placed + rows unplaced, for every table; a number is in exactly
        one region or in ``unplaced``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd

from kkbpk_geo.base.errors import EmptyDataError
from kkbpk_geo.base.marks import Marks
from kkbpk_geo.base.periods import (
    EXPECTED,
    canonical,
    canonical_each,
    order_periods,
    year_of,
)
from kkbpk_geo.joining.counting import count_list, measure_columns
from kkbpk_geo.joining.layers import Layer, combine
from kkbpk_geo.joining.model import LEDGER_COLUMNS, Joined
from kkbpk_geo.joining.placing import (
    MapRegions,
    map_regions,
    name_places,
    place_rows,
)
from kkbpk_geo.joining.points import join_points
from kkbpk_geo.joining.refused import Cells, refused_cells
from kkbpk_geo.joining.register_facts import register_counts
from kkbpk_geo.joining.rolling import counted_by_village, roll_up, village_counts
from kkbpk_geo.regions import LEVELS, province_part

if TYPE_CHECKING:
    import geopandas as gpd

    from kkbpk_geo.intake import Intake

_DEPTH = {level: depth for depth, level in enumerate(LEVELS)}
# Kinds without measures: a plan says what is to be done, an inventory what lies where.
_NO_MEASURES = ("plan", "inventory")
_LISTS = ("groups", "facilities", "staff", "persons")
# Reasons that say only that the row's words name no region: its coordinates may.
_NOT_NAMED = ("region_blank", "region_unknown", "coarser_than_map")


@dataclass(frozen=True, slots=True, eq=False)
class _Placed:
    """One table after placing: what stands on the map and what does not."""

    source: str
    kind: str
    rows: pd.DataFrame
    unplaced: pd.DataFrame
    # Cells that its rows without a region may be about, and how fine those rows are.
    refused: Cells = frozenset()
    refused_depth: int = 0


def join_regions(
    boundaries: gpd.GeoDataFrame,
    intakes: Iterable[Intake],
    *,
    period: str | None = None,
) -> Joined:
    """Join tables of any level to the regions of a map.

    Rows of villages and subdistricts are summed into their region. Half-years,
    quarters and running sums are periods of their own, never added to months. A
    subtotal row beside its own parts, a row given twice and a row of no region on the
    map are listed, not added. Tables without a month hold for every period of their
    year, tables without a year for all periods. Where two kinds of table give the same
    number, the monthly and the finer one wins; the difference is in ``conflicts``.

    Parameters
    ----------
    boundaries : GeoDataFrame, n rows, EPSG:4326
        Indexed by ``region_code`` (Kemendagri, one level), with ``name``.
    intakes : iterable of Intake
        As :func:`read_table` gives them; parts one by one, plans left out.
    period : str, optional
        Keep only this period (``2025-11``, ``2025``, ``2025-Q3`` …); tables of its
        year and tables without a period are laid on it. A month of a quarter is not
        taken for the quarter.

    Returns
    -------
    Joined

    Raises
    ------
    JoinError
        If the boundaries repeat a code or mix levels, or the period is absent.
    EmptyDataError
        If no table holds a measure the catalogue knows.

    Examples
    --------
    >>> import kkbpk_geo as kg
    >>> from importlib.resources import files
    >>> sheet = files("kkbpk_geo") / "sample/data/tables/contoh_kontrasepsi_2025.csv"
    >>> table = kg.read_table(sheet)
    >>> join_regions(kg.load_boundaries("Lampung"), [table]).periods
    ('2025-10', '2025-11')
    """
    period = None if period is None else canonical(period)
    regions = map_regions(boundaries)
    tables = []
    for intake in intakes:
        own = [table for table in intake.tables() if table.kind not in _NO_MEASURES]
        tables += own
    placed = _refuse_repeats([_place(each, boundaries, regions) for each in tables])
    layers = list(_layers(placed, period))
    if not layers:
        raise EmptyDataError(_nothing(placed, regions, period, tables))
    _add_register(layers, regions)
    values, status, conflicts, quiet = combine(layers, regions, period)
    province_code = province_part(regions.codes[0])
    return Joined(
        values=values,
        status=status,
        unplaced=_all_unplaced(placed),
        ledger=_ledger(placed),
        conflicts=conflicts,
        silent=quiet.silent,
        refused=quiet.unsure,
        sources=MappingProxyType(_sources(layers)),
        names=MappingProxyType(regions.names),
        level=regions.level,
        province_code=province_code,
        province_name=str(boundaries.attrs.get("province_name", "")) or province_code,
        marks=Marks.of(*tables),
    )


def _nothing(
    placed: list[_Placed],
    regions: MapRegions,
    period: str | None,
    tables: list[Intake],
) -> str:
    """Say why there is nothing to join, in the way that helps most."""
    rows = _all_unplaced(placed)
    on_map = any(len(table.rows) for table in placed)
    if period is not None and on_map:
        found = {p for table in placed for p in table.rows["period"]} - {""}
        there = f" There is {', '.join(order_periods(found))}." if found else ""
        return f"no table holds numbers for period {period!r}; nothing to join.{there}"
    if rows.empty or on_map:
        return "no table holds a number that the catalogue knows; nothing to join."
    if rows["reason"].eq("period_unknown").all():
        if odd := _unreadable(tables):
            return f"none of {len(rows)} rows has a period: {odd}."
        return (
            f"none of {len(rows)} rows has a period: the tables name months without a "
            "year. Say the year: --year, tahun in the project file, or "
            "read_table(..., year=...)."
        )
    codes = sorted(rows.get("region_code", rows["reason"][:0]).dropna().unique())
    return (
        f"none of {len(rows)} rows lies on this map, which shows {regions.codes[0]} to "
        f"{regions.codes[-1]}; the rows name {codes[:3] or 'no known region'}. "
        "Is it the map of another province?"
    )


def _unreadable(tables: list[Intake]) -> str:
    """Say which text of these tables is no period, or which times contradict."""
    for found in (found for table in tables for found in table.findings):
        if found.code in ("period_unreadable", "year_unreadable"):
            return (
                f"{found.value!r} in column {found.column} cannot be read as one; "
                f"expected such as {EXPECTED}"
            )
        if found.code in ("period_contrary", "period_two_years_lost"):
            return f"{found.value} are several; state one in each row, or --year"
    return ""


def _all_unplaced(placed: list[_Placed]) -> pd.DataFrame:
    """Put together what stands nowhere; a frame without rows where all is placed."""
    left = [table.unplaced for table in placed if len(table.unplaced)]
    if not left:
        return pd.DataFrame({"source_file": [], "reason": []})
    return pd.concat(left, ignore_index=True)


def _place(table: Intake, boundaries: gpd.GeoDataFrame, regions: MapRegions) -> _Placed:
    """Place one table's rows, and set apart those that must not be added."""
    data = count_list(table.kind, table.data).copy()
    spot = place_rows(data, regions)
    if {"longitude", "latitude"} <= set(data.columns):
        _place_by_point(spot, data, boundaries)
    data["code"], data["reason"] = spot["code"], spot["reason"]
    _read_periods(data, stated="period" in table.headings.values())
    data["village"], data["place"] = name_places(data)
    if "level" not in data.columns:
        data["level"] = "kabkota"
    # A list is about its rows' places, whatever level it names.
    is_list = table.kind in _LISTS
    if not is_list:
        _mark_subtotals(data)
    on_map = _is_placed(data)
    here = data[on_map]
    kept = ["code", "period", "village", "place", "level", *measure_columns(data)]
    rows = here[kept].copy()
    rows["is_list"] = is_list
    rows["unreported"] = False
    if "not_reported" in data.columns:
        rows["unreported"] = here["not_reported"].fillna(False).astype(bool)
    rows["where"] = _whereabouts(here, table.source)
    refused = refused_cells(data, regions.codes)
    lost = data[~on_map]
    depth = _DEPTH["desa"] if is_list or lost.empty else int(_depth(lost).max())
    return _Placed(
        table.source, table.kind, rows, _left_over(lost, table), refused, depth
    )


def _place_by_point(
    spot: pd.DataFrame, data: pd.DataFrame, boundaries: gpd.GeoDataFrame
) -> None:
    """Place the rows of a list that name no region by their coordinates."""
    lost = spot["code"].isna() & spot["reason"].isin(_NOT_NAMED)
    if lost.any():
        by_point = join_points(boundaries, data[lost]).points["region_code"]
        spot.loc[lost, "code"] = by_point
        spot.loc[spot["code"].notna(), "reason"] = ""


def _read_periods(data: pd.DataFrame, *, stated: bool) -> None:
    """Give every row a period as text, ``""`` for all of them, or a reason."""
    if "period" not in data.columns:
        data["period"] = None
    stands = data["period"].notna()
    if stated:
        # The table names periods; a row whose period is unreadable belongs to none.
        unreadable = ~stands & (data["reason"] == "")
        data.loc[unreadable, "reason"] = "period_unknown"
    data["period"] = pd.Series(
        canonical_each(data["period"].tolist()), data.index, dtype=object
    )


def _is_placed(data: pd.DataFrame) -> pd.Series[bool]:
    return data["code"].notna() & (data["reason"] == "")


def _left_over(data: pd.DataFrame, table: Intake) -> pd.DataFrame:
    out = data.drop(columns=["village", "place"])
    if "source_file" not in out.columns:
        out.insert(0, "source_file", table.source)
    return out


def _whereabouts(data: pd.DataFrame, source: str) -> pd.Series[str]:
    rows = data.index.to_series()
    if "source_row" in data.columns:
        rows = data["source_row"]
    return source + ":" + rows.astype(str)


def _depth(rows: pd.DataFrame) -> pd.Series[int]:
    # Tables that name no level are the offices' usual ones, by kabupaten/kota.
    usual = _DEPTH["kabkota"]
    return rows["level"].map(_DEPTH).fillna(usual).astype(int)


def _mark_subtotals(data: pd.DataFrame) -> None:
    """Mark a row that names a region whose finer rows stand beside it."""
    depth, placed = _depth(data), _is_placed(data)
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
        # Two entries of a list may well have the same words: two groups of a village.
        if table.rows["is_list"].any():
            continue
        head = table.rows[["period", "code", "level", "place"]].copy()
        # One row a subject: a table of other measures may speak of the same place.
        head["content"] = table.kind + ":" + ",".join(measure_columns(table.rows))
        head["number"], head["position"] = number, range(len(head))
        heads.append(head)
    if not heads:
        return
    every = pd.concat(heads, ignore_index=True)
    again = every[every.duplicated(keys, keep=False)]
    found = again[["number", "position", *keys]]
    for number, position, *key in found.itertuples(index=False, name=None):
        rows = placed[number].rows
        numbers = rows.iloc[position][measure_columns(rows)]
        content = numbers.astype(object).where(numbers.notna(), None)
        yield number, position, tuple(key), tuple(content)


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
    kept = marked[marked["reason"] == ""].drop(columns=["reason"])
    return replace(table, rows=kept, unplaced=unplaced)


def _layers(placed: list[_Placed], period: str | None) -> Iterator[Layer]:
    """Group tables of one kind and depth, and sum each group's rows by region."""
    groups: dict[tuple[str, int], list[tuple[str, pd.DataFrame]]] = {}
    villages: list[pd.DataFrame] = []
    refused: dict[tuple[str, int], Cells] = {}
    for table in placed:
        key = table.kind, table.refused_depth
        refused[key] = refused.get(key, frozenset()) | table.refused
        rows = table.rows
        if period is not None:
            rows = rows[rows["period"].isin(["", period, year_of(period)])]
        if rows.empty or not measure_columns(rows):
            continue
        # A list is as fine as can be: its entries are single places.
        depth = _DEPTH["desa"] if rows["is_list"].any() else int(_depth(rows).max())
        groups.setdefault((table.kind, depth), []).append((table.source, rows))
        if counted_by_village(rows):
            villages.append(rows)
    for (kind, depth), tables in groups.items():
        yield _layer(kind, depth, tables, refused.get((kind, depth), frozenset()))
    if villages:
        counted, blanks = village_counts(villages)
        if len(counted):
            yield Layer("village_counts", _DEPTH["desa"], ("",), counted, blanks)


def _layer(
    kind: str, depth: int, tables: list[tuple[str, pd.DataFrame]], refused: Cells
) -> Layer:
    sources, frames = zip(*tables, strict=True)
    rows = pd.concat(frames, ignore_index=True)
    sums, blanks = roll_up(rows)
    block = rows.groupby(["period", "code"])["unreported"].all()
    unreported = frozenset(block.index[block])
    return Layer(
        kind, depth, sources, sums, blanks, unreported=unreported, refused=refused
    )


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
    blanks = frame.isna().astype(int)
    # Depth 0: whatever an office counts itself comes first, and is no contradiction.
    layers.append(Layer("register", 0, ("",), frame, blanks, say_conflict=False))


def _ledger(placed: list[_Placed]) -> pd.DataFrame:
    lines = []
    for table in placed:
        on_map, left = len(table.rows), len(table.unplaced)
        lines.append((table.source, table.kind, on_map + left, on_map, left))
    return pd.DataFrame(lines, columns=list(LEDGER_COLUMNS))


def _sources(layers: list[Layer]) -> dict[str, str]:
    found: dict[str, str] = {}
    for layer in layers:
        for column in layer.sums.columns:
            found.setdefault(str(column), layer.kind)
    return found
