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

import pandas as pd

from kkbpk_geo.base.periods import canonical_each
from kkbpk_geo.intake import DISPUTED, REASONS, Claims, find_versions, tell_versions
from kkbpk_geo.joining.counting import count_list, measure_columns
from kkbpk_geo.joining.placing import MapRegions, name_villages, place_rows
from kkbpk_geo.joining.points import join_points
from kkbpk_geo.regions import LEVELS

if TYPE_CHECKING:
    import geopandas as gpd

    from kkbpk_geo.findings import Finding
    from kkbpk_geo.intake import Intake, Standing

DEPTH = {level: depth for depth, level in enumerate(LEVELS)}
# Reasons that say only that the row's words name no region: its coordinates may.
_NOT_NAMED = ("region_blank", "region_unknown", "coarser_than_map")
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
    spread = [_place(table, boundaries, regions) for table in tables]
    here = [data[_is_placed(data)] for data in spread]
    claims = [Claims.of(*pair) for pair in zip(tables, here, strict=True)]
    versions = find_versions(claims, keep)
    parts = zip(tables, spread, here, versions.standings, strict=True)
    return [_settle(*part) for part in parts], tuple(tell_versions(versions, claims))


def depth_of(rows: pd.DataFrame) -> pd.Series[int]:
    """Return how fine each row is; a row that names no level is the offices' usual."""
    usual = DEPTH["kabkota"]
    return rows["level"].map(DEPTH).fillna(usual).astype(int)


def _place(
    table: Intake, boundaries: gpd.GeoDataFrame | None, regions: MapRegions
) -> pd.DataFrame:
    """Give one table's rows their place and period, or the reason why not."""
    data = count_list(table.kind, table.data).reset_index(drop=True).copy()
    spot = place_rows(data, regions)
    if boundaries is not None and {"longitude", "latitude"} <= set(data.columns):
        _place_by_point(spot, data, boundaries)
    data["code"], data["reason"] = spot["code"], spot["reason"]
    _read_periods(data, stated="period" in table.headings.values())
    data["village"] = name_villages(data)
    if "level" not in data.columns:
        data["level"] = "kabkota"
    # A list is about its rows' places, whatever level it names.
    if not table.is_list:
        _mark_subtotals(data)
    data["unreported"] = False
    if "not_reported" in data.columns:
        data["unreported"] = data["not_reported"].fillna(False).astype(bool)
    return data


def _settle(
    table: Intake, data: pd.DataFrame, here: pd.DataFrame, standing: Standing
) -> Placed:
    """Take out of the placed rows what does not stand."""
    columns = measure_columns(here)
    rows = here[[*_KEPT, *columns]].copy()
    aside, disputed = {}, []
    for column in columns:
        became = standing.cells.get(column)
        if became is None or not became.any():
            continue
        aside[column] = became > 0
        rows[column] = rows[column].mask(became > 0)
        doubted = rows.loc[became == DISPUTED, ["period", "code"]]
        disputed.append(doubted.drop_duplicates().assign(column=column))
    used = standing.rows == 0
    left = here[~used].assign(reason=[REASONS[i] for i in standing.rows[~used]])
    unplaced = list(filter(len, (data[~_is_placed(data)], left)))
    flags = pd.DataFrame(aside, index=rows.index).reindex(columns=columns)
    empty = pd.DataFrame(columns=["period", "code", "column"])
    told = pd.concat(disputed) if disputed else empty
    over = pd.concat(unplaced) if unplaced else data[:0]
    return Placed(
        intake=table,
        rows=rows[used],
        aside=flags.eq(True)[used],
        disputed=told,
        named=_named(here),
        unplaced=_left_over(over, table),
    )


def _named(here: pd.DataFrame) -> pd.DataFrame:
    rows = here["source_row"] if "source_row" in here else here.index.to_series() + 1
    return here[["period", "code"]].assign(source_row=rows)


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
    out = data.drop(columns=["village", "unreported"])
    if "source_file" not in out.columns:
        out.insert(0, "source_file", table.source)
    return out


def _mark_subtotals(data: pd.DataFrame) -> None:
    """Mark a row that names a region whose finer rows stand beside it."""
    depth, placed = depth_of(data), _is_placed(data)
    finest = depth[placed].groupby([data["period"], data["code"]]).transform("max")
    coarse = placed & (depth < finest.reindex(data.index).fillna(-1))
    data.loc[coarse, "reason"] = "subtotal"
