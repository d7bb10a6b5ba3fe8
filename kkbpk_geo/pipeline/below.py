"""The levels below a map: their outlines, and what the tables say of them.

Why: who sees a district wants to see its kecamatan. The map goes down by itself, as far
as both tables and outlines go, and not a step where it would show nothing.

In:     a project, its tables, its map. Out: :class:`MapDetail` of each level, coarse to
        fine.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from kkbpk_geo.base.errors import EmptyDataError, IndicatorError, ProjectError
from kkbpk_geo.catalogue.statuses import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import geopandas as gpd
    import pandas as pd

    from kkbpk_geo.intake import Intake
    from kkbpk_geo.joining import Joined
    from kkbpk_geo.maps import MapDetail
    from kkbpk_geo.pipeline.project import Project

# A map of one of these goes down by itself. One of provinces does only if it is asked:
# 514 districts below it would make another map of it.
_BY_THEMSELVES = ("kabkota", "kecamatan")


def join_below(
    project: Project,
    intakes: Sequence[Intake],
    boundaries: gpd.GeoDataFrame,
    joined: Joined,
    indicators: pd.DataFrame,
) -> tuple[MapDetail, ...]:
    """Join the tables to every level below the map that can be shown.

    Parameters
    ----------
    boundaries, joined, indicators
        Of the map: what is hidden there is not to be added up below, and the values of
        the province are the same on every level.

    Raises
    ------
    BoundaryError, ProjectError
        If the project asks for a level (``down_to``) of which there are no outlines, or
        of which no table says anything.
    """
    from kkbpk_geo.indicators import compute_indicators, hide_small
    from kkbpk_geo.joining import join_regions
    from kkbpk_geo.maps import MapDetail

    found: list[MapDetail] = []
    for level in _levels(project, boundaries):
        frame = _outlines(project, boundaries, level)
        if frame is None:
            break
        try:
            below = join_regions(
                frame, intakes, period=project.period, keep=project.keep or None
            )
        except EmptyDataError:
            _refuse_asked(project, level)
            break
        joined = hide_small(below, project.limit, above=joined)
        only = _given(joined, project.indicators) if project.indicators else None
        table = _told(compute_indicators(joined, only=only), indicators)
        if table.empty:
            _refuse_asked(project, level)
            break
        found.append(MapDetail(boundaries=frame, table=table))
    return tuple(found)


def _levels(project: Project, boundaries: gpd.GeoDataFrame) -> Iterator[str]:
    """Yield the levels below the map that are asked for, or may be shown unasked."""
    from kkbpk_geo.regions import LEVELS

    last = project.down_to or LEVELS[-1]
    alone = not boundaries.attrs.get("province_code")
    if not project.down_to and (alone or project.level not in _BY_THEMSELVES):
        return
    if "geometry" not in boundaries:  # names alone: nothing will be drawn
        return
    yield from LEVELS[LEVELS.index(project.level) + 1 : LEVELS.index(last) + 1]


def _outlines(
    project: Project, boundaries: gpd.GeoDataFrame, level: str
) -> gpd.GeoDataFrame | None:
    """Load the outlines of a level below; None if there are none and none are asked."""
    from kkbpk_geo.regions import SHIPPED_ONLY, load_boundaries

    place, attrs = project.province, boundaries.attrs
    if level == "kecamatan" and project.detail is not None:
        return load_boundaries(place, level=level, path=project.detail)
    if level in attrs.get("levels", ()):
        return load_boundaries(
            place, level=level, boundaries=attrs.get("store", SHIPPED_ONLY)
        )
    if project.down_to:
        # Says how to come by them.
        return load_boundaries(place, level=level, path=project.boundaries)
    return None


def _given(joined: Joined, asked: Sequence[str]) -> list[str]:
    """Return the indicators asked for of which the tables of a level have the columns.

    What only tables of districts give is on the map, and nowhere below it.
    """
    from kkbpk_geo.indicators import compute_indicators

    given = []
    for key in asked:
        with suppress(IndicatorError):
            compute_indicators(joined, only=[key])
            given.append(key)
    return given


def _told(table: pd.DataFrame, above: pd.DataFrame) -> pd.DataFrame:
    """Return the indicators of which tables say something of a level.

    The values of what is not on it, that is of the province, are those ``above``.
    """
    import pandas as pd

    regions = table["region_code"].isin(_regions(table))
    has = table["value"].notna() | table["status"].isin(HIDDEN)
    keys = table.loc[regions & has, "indicator"].unique()
    here = table[regions & table["indicator"].isin(keys)]
    whole = above[~above["region_code"].isin(_regions(above))]
    whole = whole[whole["indicator"].isin(keys)]
    return pd.concat([here, whole]).reset_index(drop=True)


def _regions(table: pd.DataFrame) -> pd.Series[str]:
    """Return the codes of a table's own level: the province's has fewer parts."""
    codes = table["region_code"]
    parts = codes.str.count(r"\.")
    return codes[parts.eq(parts.max())]


def _refuse_asked(project: Project, level: str) -> None:
    """Refuse to stop above a level that the project asks for by name.

    Raises
    ------
    ProjectError
        With what to do instead.
    """
    if project.down_to:
        of = f" of {', '.join(project.indicators)}" if project.indicators else ""
        msg = (
            f"[peta] sampai (--down-to) asks for {project.down_to!r}, and no table has "
            f"figures{of} by {level}. Add one that has, or choose a coarser level."
        )
        raise ProjectError(msg)
