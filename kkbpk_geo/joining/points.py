"""Points (facilities, groups) onto regions.

In:     boundaries and points, both in degrees (EPSG:4326).
Out:    :class:`PointJoin`: the region of each point by its coordinates, the one its row
        states, and whether they agree; counts per region.
Rule:   a point on a shared edge belongs to the region whose code comes first, so that
        every point is counted once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kkbpk_geo.base.crs import require_shapes
from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.results import Result
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.joining.given.points import AXES, read_given_points

if TYPE_CHECKING:
    import geopandas as gpd


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PointJoin(Result):
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


def join_points(boundaries: gpd.GeoDataFrame, points: Any) -> PointJoin:  # noqa: ANN401
    """Say for each point in which region it lies, and count them.

    Parameters
    ----------
    boundaries : GeoDataFrame, m rows, (Multi)Polygon, EPSG:4326
        Indexed by ``region_code``.
    points : DataFrame, GeoDataFrame, GeoSeries, list of mappings or Intake, n rows
        ``longitude`` and ``latitude`` in degrees, under any heading that the catalogue
        knows (LINTANG, lon), or Point geometry in any CRS; where there is such a
        column ``kind`` (``health_centre``, PKM) and the region that the row states, by
        code or name.

    Returns
    -------
    PointJoin

    Raises
    ------
    CrsError
        If the boundaries are not in EPSG:4326.
    JoinError
        If there are neither coordinates nor geometry, or one is no number.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely.geometry import box
    >>> squares = gpd.GeoDataFrame(
    ...     geometry=[box(104, -5, 105, -4), box(105, -5, 106, -4)],
    ...     index=["18.01", "18.02"],
    ...     crs="EPSG:4326",
    ... )
    >>> points = pd.DataFrame({"longitude": [104.5, 107.0], "latitude": [-4.5, -4.5]})
    >>> join_points(squares, points).points["placement"].tolist()
    ['ok', 'outside']
    """
    require_shapes(boundaries, "boundaries")
    points = _given(boundaries, points)
    longitude, latitude = _coordinates(points)
    usable = np.isfinite(longitude) & np.isfinite(latitude)
    geometry = boundaries.geometry.sort_index()
    codes = np.full(len(points), None, dtype=object)
    codes[usable] = _containing(geometry, longitude[usable], latitude[usable])
    found = pd.Series(codes, index=points.index, dtype=object)
    stated = pd.Series(None, index=points.index, dtype=object)
    if "region_code" in points.columns:
        stated = points["region_code"].astype(object)
    stated = stated.where(stated.notna(), None)
    placement = np.where(found.notna(), "ok", "outside").astype(object)
    # A row may state a coarser region than the map shows: that is no contradiction.
    comparable = stated.map(_depth) == _depth(next(iter(geometry.index), None))
    differs = found.notna() & comparable & (found != stated)
    placement[differs.to_numpy()] = "other_region"
    placement[~usable] = "no_coordinates"
    out = pd.DataFrame(points).drop(columns=["geometry"], errors="ignore").copy()
    out["longitude"], out["latitude"] = longitude, latitude
    out["region_code"], out["stated_code"] = found, stated
    out["placement"] = placement
    return PointJoin(out, _counts(out, geometry.index))


def _containing(
    geometry: pd.Series[Any], longitude: np.ndarray, latitude: np.ndarray
) -> np.ndarray:
    """Return the first code whose region holds each point; None for none."""
    import shapely

    nowhere = len(geometry)
    tree = shapely.STRtree(np.asarray(geometry))
    spots = shapely.points(longitude, latitude)
    point_no, region_no = tree.query(spots, predicate="intersects")
    # On a shared edge several regions answer; the lowest position is the first code.
    first = np.full(len(longitude), nowhere)
    np.minimum.at(first, point_no, region_no)
    codes = np.array([*geometry.index, None], dtype=object)
    return np.asarray(codes[first])


def _depth(code: str | None) -> int:
    """Level of a code by its dots; -1 for none."""
    return -1 if code is None else code.count(".")


def _given(boundaries: gpd.GeoDataFrame, points: Any) -> pd.DataFrame:  # noqa: ANN401
    """Return points by our names; stated names are those of the boundaries."""
    called = boundaries.get("name", boundaries.index)
    names = dict(zip(map(str, boundaries.index), map(str, called), strict=True))
    return read_given_points(
        points, names, str(boundaries.attrs.get("province_code", ""))
    )


def _coordinates(points: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    x, y = (points[axis].to_numpy(float, na_value=np.nan) for axis in AXES)
    return x, y


def _counts(points: pd.DataFrame, codes: pd.Index[str]) -> pd.DataFrame:
    kind = pd.Series("points", index=points.index)
    if "kind" in points.columns:
        kind = points["kind"].astype(object)
    table = pd.crosstab(points["region_code"], kind)
    table.columns.name = None
    out = table.reindex(codes, fill_value=0).astype("Int64")
    out.index.name = "region_code"
    return out
