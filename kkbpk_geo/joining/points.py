"""Points (facilities, groups) onto regions.

In:     boundaries and points, both in degrees (EPSG:4326).
Out:    :class:`PointJoin`: the region of each point by its coordinates, the one its row
        states, and whether they agree; counts per region.
Rule:   a point on a shared edge belongs to the region whose code comes first, so that
        every point is counted once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kkbpk_geo.base.crs import require_geographic
from kkbpk_geo.base.errors import JoinError
from kkbpk_geo.base.escaping import for_html
from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.labels import label

if TYPE_CHECKING:
    import geopandas as gpd


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PointJoin:
    """Points and where they are.

    Attributes
    ----------
    points : DataFrame, n rows, index of the points given
        The given columns, with ``region_code`` (by coordinates, missing if outside),
        ``stated_code`` (what the row said) and ``placement``: ``ok``, ``outside``,
        ``other_region`` (coordinates and row disagree), ``no_coordinates``.
    counts : DataFrame, index region_code, one Int64 column per kind
        Points inside each region; 0 where there is none.
    """

    points: pd.DataFrame
    counts: pd.DataFrame

    @property
    def table(self) -> pd.DataFrame:
        """The main frame: ``counts``."""
        return self.counts

    @property
    def outside(self) -> pd.DataFrame:
        """Points on no region, coordinates or not."""
        return self.points[self.points["placement"].isin(["outside", "no_coordinates"])]

    @property
    def disagreeing(self) -> pd.DataFrame:
        """Points whose stated region is another one than their coordinates'."""
        return self.points[self.points["placement"] == "other_region"]

    def summary(self, language: Language = "id") -> str:
        """Say how many points lie where."""
        placed = self.points["placement"].value_counts()
        return label("points_summary", language).format(
            n=len(self.points),
            ok=placed.get("ok", 0),
            other=placed.get("other_region", 0),
            outside=placed.get("outside", 0),
            none=placed.get("no_coordinates", 0),
        )

    def __repr__(self) -> str:
        return f"<PointJoin: {self.summary('en')}>"

    def _repr_html_(self) -> str:
        return f"<p>{for_html(self.summary())}</p>" + self.counts.to_html(escape=True)


def join_points(boundaries: gpd.GeoDataFrame, points: pd.DataFrame) -> PointJoin:
    """Say for each point in which region it lies, and count them.

    Parameters
    ----------
    boundaries : GeoDataFrame, m rows, (Multi)Polygon, EPSG:4326
        Indexed by ``region_code``.
    points : DataFrame or GeoDataFrame, n rows
        ``longitude`` and ``latitude`` in degrees (or Point geometry in EPSG:4326);
        optionally ``region_code`` as stated by the row and ``kind``.

    Returns
    -------
    PointJoin

    Raises
    ------
    CrsError
        If a frame with geometry is not in EPSG:4326.
    JoinError
        If there are neither coordinates nor geometry.
    """
    import shapely

    require_geographic(boundaries, "boundaries")
    longitude, latitude = _coordinates(points)
    usable = np.isfinite(longitude) & np.isfinite(latitude)
    geometry = boundaries.geometry.sort_index()
    tree = shapely.STRtree(np.asarray(geometry))
    spots = shapely.points(longitude[usable], latitude[usable])
    point_no, region_no = tree.query(spots, predicate="intersects")
    first = np.full(len(spots), len(geometry))
    np.minimum.at(first, point_no, region_no)
    inside = np.full(len(points), len(geometry))
    inside[usable] = first
    codes = np.array([*geometry.index, None], dtype=object)
    found = pd.Series(codes[inside], index=points.index, dtype=object)
    stated = (
        points["region_code"].astype(object)
        if "region_code" in points.columns
        else pd.Series(None, index=points.index, dtype=object)
    )
    stated = stated.where(stated.notna(), None)
    placement = np.where(found.notna(), "ok", "outside").astype(object)
    depth = geometry.index[0].count(".") if len(geometry) else 0
    same_level = stated.map(lambda c: c is not None and c.count(".") == depth)
    placement[(found.notna() & same_level & (found != stated)).to_numpy()] = (
        "other_region"
    )
    placement[~usable] = "no_coordinates"
    out = pd.DataFrame(points).drop(columns=["geometry"], errors="ignore").copy()
    out["longitude"], out["latitude"] = longitude, latitude
    out["region_code"], out["stated_code"] = found, stated
    out["placement"] = placement
    return PointJoin(out, _counts(out, geometry.index))


def _coordinates(points: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    if {"longitude", "latitude"} <= set(points.columns):
        x = pd.to_numeric(points["longitude"], errors="coerce")
        y = pd.to_numeric(points["latitude"], errors="coerce")
        return x.to_numpy(float, na_value=np.nan), y.to_numpy(float, na_value=np.nan)
    geometry = getattr(points, "geometry", None)
    if geometry is None:
        msg = (
            "points have neither 'longitude' and 'latitude' nor a geometry; "
            f"columns are {list(points.columns)}."
        )
        raise JoinError(msg)
    require_geographic(geometry, "points")
    return geometry.x.to_numpy(float), geometry.y.to_numpy(float)


def _counts(points: pd.DataFrame, codes: pd.Index[str]) -> pd.DataFrame:
    kind = (
        points["kind"].astype(object)
        if "kind" in points.columns
        else pd.Series("points", index=points.index)
    )
    table = pd.crosstab(points["region_code"], kind)
    table.columns.name = None
    out = table.reindex(codes, fill_value=0).astype("Int64")
    out.index.name = "region_code"
    return out
