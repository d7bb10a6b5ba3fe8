"""One table placed: which rows stand on the map, which claims of theirs stand.

Why: a row that is lost, or added twice, is a wrong map in silence. Here every row of a
table is on a region, or left over with a reason; and what two rows claim differently is
used of neither.

In:     intakes, boundaries, the user's rule for versions.
Out:    :class:`Placed` per table: rows with the figures that stand, which cells were
        set aside as said elsewhere, which are in dispute; and rows left over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kkbpk_geo.base.periods import canonical_each
from kkbpk_geo.intake import DISPUTED, REASONS, Claims, find_versions, tell_versions
from kkbpk_geo.joining.counting import count_list, measure_columns
from kkbpk_geo.joining.placing import TABLE, MapRegions, name_villages, place_rows
from kkbpk_geo.joining.points import join_points
from kkbpk_geo.regions import LEVELS

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from kkbpk_geo.findings import Finding
    from kkbpk_geo.intake import Intake, Standing

    Rows = NDArray[np.int_]
    Flags = NDArray[np.bool_]

DEPTH = {level: depth for depth, level in enumerate(LEVELS)}
# Reasons that say only that the row's words name no region: its coordinates may.
_NOT_NAMED = ("region_blank", "region_unknown", "coarser_than_map")
# What a row may say of its place and time.
_SAID = ("region_code", *LEVELS, "village_code", "period", "level", "not_reported")
# What a row has besides figures; the figures follow.
_KEPT = ("code", "period", "village", "level", "unreported")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Placed:
    """One table after placing.

    Attributes
    ----------
    intake : Intake
    rows : DataFrame, n rows
        What stands on the map: code, period, village, level and figures.
    aside : DataFrame of bool, n rows, one column per figure
        Cells that another row says: they are not blank.
    disputed : DataFrame ``period, code, column``
        Figures that two rows claim differently.
    named : DataFrame ``period, code, source_row``
        Every row that named a region of the map, used or not.
    unplaced : DataFrame
        Rows left over, whole, with their reason.
    """

    intake: Intake
    rows: pd.DataFrame
    aside: pd.DataFrame
    disputed: pd.DataFrame
    named: pd.DataFrame
    unplaced: pd.DataFrame

    @property
    def source(self) -> str:
        """Name of the file."""
        return self.intake.source

    @property
    def kind(self) -> str:
        """Kind of table."""
        return self.intake.kind

    @property
    def is_list(self) -> bool:
        """Whether its rows are things, not regions."""
        return self.intake.is_list


def place_tables(
    tables: Sequence[Intake],
    boundaries: gpd.GeoDataFrame | None,
    regions: MapRegions,
    keep: str | None,
) -> tuple[list[Placed], tuple[Finding, ...]]:
    """Place tables, and settle what their rows claim differently.

    Returns
    -------
    placed : list of Placed
    findings : tuple of Finding
        What was found about versions.
    """
    spread = _place_all(tables, boundaries, regions)
    here = list(map(_on_map, spread))
    claims = [Claims.of(*pair) for pair in zip(tables, here, strict=True)]
    versions = find_versions(claims, keep)
    parts = zip(tables, spread, here, versions.standings, strict=True)
    return [_settle(*part) for part in parts], tuple(tell_versions(versions, claims))


def depth_of(rows: pd.DataFrame) -> pd.Series[int]:
    """Return how fine each row is; a row that names no level is the offices' usual."""
    usual = DEPTH["kabkota"]
    return rows["level"].map(DEPTH).fillna(usual).astype(int)


def _place_all(
    tables: Sequence[Intake],
    boundaries: gpd.GeoDataFrame | None,
    regions: MapRegions,
) -> list[pd.DataFrame]:
    """Give the rows of every table their place and period, or the reason why not.

    All at once: a country sends hundreds of small tables, and most of the time of each
    would go into beginning.
    """
    found = [count_list(table.kind, table.data).copy() for table in tables]
    for data in found:
        data.index = pd.RangeIndex(len(data))
    if not found:
        return []
    whole = pd.concat(
        [data.reindex(columns=list(_SAID)) for data in found],
        keys=range(len(found)),
        names=[TABLE, None],
    )
    at = whole.index.get_level_values(TABLE).to_numpy()
    whole = whole.reset_index(drop=True).assign(**{TABLE: at})
    spot = place_rows(whole, regions)
    for number, data in enumerate(found):
        pointed = {"longitude", "latitude"} <= set(data.columns)
        if boundaries is not None and pointed:
            _place_by_point(spot, data, boundaries, np.flatnonzero(at == number))
    whole["code"], whole["reason"] = spot["code"], spot["reason"]
    stated = np.array(["period" in table.headings.values() for table in tables])
    _read_periods(whole, stated[at])
    whole["village"] = name_villages(whole)
    levelled = np.array(["level" in data for data in found])
    whole["level"] = whole["level"].where(levelled[at], "kabkota")
    # A list is about its rows' places, whatever level it names.
    listed = np.array([table.is_list for table in tables])
    _mark_subtotals(whole, at, ~listed[at])
    whole["unreported"] = whole["not_reported"].eq(True)
    ends = np.cumsum([len(data) for data in found])[:-1]
    for column in (*_KEPT, "reason"):
        kind = whole[column].dtype
        parts = np.split(whole[column].to_numpy(), ends)
        for data, part in zip(found, parts, strict=True):
            data[column] = pd.Series(part, data.index, dtype=kind)
    return found


def _settle(
    table: Intake, data: pd.DataFrame, here: pd.DataFrame, standing: Standing
) -> Placed:
    """Take out of the placed rows what does not stand."""
    columns = measure_columns(here)
    rows = here[[*_KEPT, *columns]]
    disputed = pd.DataFrame(columns=["period", "code", "column"])
    flags = pd.DataFrame(False, index=rows.index, columns=columns)
    unplaced = [] if here is data else [data[~_is_placed(data)]]
    if standing.rows.any() or any(map(np.any, standing.cells.values())):
        used = standing.rows == 0
        left = here[~used].assign(reason=[REASONS[i] for i in standing.rows[~used]])
        unplaced += [left] if len(left) else []
        rows, flags, disputed = _without_claims(rows, columns, standing)
        rows, flags = rows[used], flags[used]
    over = pd.concat(unplaced) if unplaced else data[:0]
    return Placed(
        intake=table,
        rows=rows,
        aside=flags,
        disputed=disputed,
        named=_named(here),
        unplaced=_left_over(over, table),
    )


def _without_claims(
    rows: pd.DataFrame, columns: list[str], standing: Standing
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Take out figures that do not stand: rows, where they were, those in dispute."""
    rows = rows.copy()
    aside, disputed = {}, []
    for column in columns:
        became = standing.cells.get(column)
        if became is None or not became.any():
            continue
        aside[column] = became > 0
        rows[column] = rows[column].mask(became > 0)
        doubted = rows.loc[became == DISPUTED, ["period", "code"]]
        disputed.append(doubted.drop_duplicates().assign(column=column))
    flags = pd.DataFrame(aside, index=rows.index).reindex(columns=columns)
    empty = pd.DataFrame(columns=["period", "code", "column"])
    return rows, flags.eq(True), pd.concat(disputed) if disputed else empty


def _on_map(data: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that have a region of the map; all of them as they are."""
    placed = _is_placed(data)
    return data if placed.all() else data[placed]


def _named(here: pd.DataFrame) -> pd.DataFrame:
    rows = here["source_row"] if "source_row" in here else here.index.to_series() + 1
    return here[["period", "code"]].assign(source_row=rows)


def _place_by_point(
    spot: pd.DataFrame, data: pd.DataFrame, boundaries: gpd.GeoDataFrame, rows: Rows
) -> None:
    """Place the rows of a list that name no region by their coordinates.

    ``rows``: where those of ``data`` are in ``spot``.
    """
    own = spot.iloc[rows]
    lost = (own["code"].isna() & own["reason"].isin(_NOT_NAMED)).to_numpy()
    if lost.any():
        by_point = join_points(boundaries, data[lost]).points["region_code"]
        known = by_point.notna().to_numpy()
        spot.loc[rows[lost], "code"] = by_point.to_numpy(object)
        spot.loc[rows[lost][known], "reason"] = ""


def _read_periods(data: pd.DataFrame, stated: Flags) -> None:
    """Give every row a period as text, ``""`` for all of them, or a reason.

    ``stated``: rows of tables that name periods; a row of theirs whose period is
    unreadable belongs to none.
    """
    unreadable = stated & data["period"].isna() & (data["reason"] == "")
    data.loc[unreadable, "reason"] = "period_unknown"
    data["period"] = pd.Series(
        canonical_each(data["period"].tolist()), data.index, dtype=object
    )


def _is_placed(data: pd.DataFrame) -> pd.Series[bool]:
    return data["code"].notna() & (data["reason"] == "")


def _left_over(data: pd.DataFrame, table: Intake) -> pd.DataFrame:
    out = data.drop(columns=["village", "unreported"])
    if "source_file" not in out.columns:
        out.insert(0, "source_file", table.source)
    return out


def _mark_subtotals(data: pd.DataFrame, table: Rows, among: Flags) -> None:
    """Mark a row that names a region whose finer rows stand beside it in its table."""
    depth, placed = depth_of(data), _is_placed(data) & among
    cell = [pd.Series(table), data["period"], data["code"]]
    finest = depth[placed].groupby(cell).transform("max")
    coarse = placed & (depth < finest.reindex(data.index).fillna(-1))
    data.loc[coarse, "reason"] = "subtotal"
