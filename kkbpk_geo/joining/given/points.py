"""Points as a caller holds them: a frame under any known heading, a layer, records.

Why: an office says LINTANG and PKM, a geographer geometry in metres, a web page lon and
lat; all of them are points of a kind with a name.

In:     DataFrame, GeoDataFrame or GeoSeries in any CRS, list of records; or what has
        ``points`` (a join) or ``data`` (a table that was read).
Out:    a frame with ``longitude, latitude`` (float64, degrees), and where there is such
        a column ``kind, name, region_code``; the other columns stay.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from kkbpk_geo.base.errors import JoinError
from kkbpk_geo.intake import kind_of, known_fields
from kkbpk_geo.io import as_pandas
from kkbpk_geo.joining.given.labels import match_labels

if TYPE_CHECKING:
    import pandas as pd

# Column here -> what the catalogue of headings calls it; the first one there counts.
_ROLES: Mapping[str, tuple[str, ...]] = {
    "longitude": ("longitude",),
    "latitude": ("latitude",),
    "kind": ("kind",),
    "name": ("name", "facility_name", "group_name"),
    "region_code": ("code_kemendagri", "kabkota"),
}
AXES = ("longitude", "latitude")


def read_given_points(
    given: Any,  # noqa: ANN401
    names: Mapping[str, str] | None = None,
    province: str = "",
) -> pd.DataFrame:
    """Return points under the names that this package uses.

    Parameters
    ----------
    given : DataFrame, GeoDataFrame, GeoSeries, list of mappings, PointJoin or Intake
        Coordinates in degrees, or geometry in any CRS; numbers may have a decimal
        comma. A kind is a key of the catalogue or what an office calls it (PKM, RSUD).
    names : mapping code -> name, optional
        Regions of the map, by which stated names are known.
    province : str
        Code of their province.

    Raises
    ------
    JoinError
        If there are no coordinates, or one is no number; names the columns, the row
        and what to call.

    Examples
    --------
    >>> point = {"JENIS": "PKM", "LINTANG": "-5,4", "BUJUR": "105,2"}
    >>> found = read_given_points([point])
    >>> [str(cell) for cell in found.loc[0, ["kind", "longitude", "latitude"]]]
    ['health_centre', '105.2', '-5.4']
    """
    frame = _as_frame(given)
    frame = _with_geometry(frame)
    frame = _under_our_names(frame)
    absent = [axis for axis in AXES if axis not in frame]
    if absent:
        msg = (
            f"points has no column {', '.join(absent)}; expected longitude and "
            "latitude in degrees (or LINTANG and BUJUR, lon and lat), or a "
            f"GeoDataFrame; it has {', '.join(map(str, frame.columns)) or 'none'}. "
            "Rename the columns, or read the sheet with kkbpk_geo.read_table."
        )
        raise JoinError(msg)
    frame = frame.assign(**{axis: _degrees(frame, axis) for axis in AXES})
    if "kind" in frame:
        frame = frame.assign(kind=_kinds(frame["kind"]))
    if "region_code" in frame and names:
        labels = frame["region_code"].astype(object)
        known = labels.notna()
        given_codes = labels[known].tolist()
        codes = match_labels(given_codes, names, province, "points, region_code")
        matched = labels.where(known, None)
        matched[known] = codes
        frame = frame.assign(region_code=matched)
    return frame


def _as_frame(given: Any) -> pd.DataFrame:  # noqa: ANN401
    import pandas as pd

    given = as_pandas(given, "points")
    for part in ("points", "data"):
        # A join keeps its points, a table that was read its data.
        own = getattr(given, part, None)
        if isinstance(own, pd.DataFrame) and not isinstance(given, pd.DataFrame):
            return own
    if hasattr(given, "to_crs") and not isinstance(given, pd.DataFrame):
        layer: pd.DataFrame = given.to_frame("geometry")
        return layer
    if isinstance(given, Sequence) and all(isinstance(r, Mapping) for r in given):
        return pd.DataFrame(list(given))
    if isinstance(given, Mapping) and "features" not in given:
        return pd.DataFrame(dict(given))
    if not isinstance(given, pd.DataFrame):
        msg = (
            f"points is a {type(given).__name__}; expected a DataFrame with longitude "
            "and latitude, a GeoDataFrame of points, or a list of records. Read a file "
            "with kkbpk_geo.read_table, a layer with geopandas."
        )
        raise JoinError(msg)
    return given


def _with_geometry(frame: Any) -> pd.DataFrame:  # noqa: ANN401
    """Return a frame whose coordinates are columns, in degrees."""
    import pandas as pd

    geometry = _geometry(frame)
    if geometry is None or {"longitude", "latitude"} <= set(frame.columns):
        return pd.DataFrame(frame)
    if geometry.crs is None:
        msg = "points has no CRS; say which it is with .set_crs(...) first."
        raise JoinError(msg)
    odd = ~geometry.isna() & (geometry.geom_type != "Point")
    if odd.any():
        at = int(np.flatnonzero(odd)[0])
        msg = (
            f"points: row {geometry.index[at]} is a {geometry.geom_type.iloc[at]}; "
            "expected points. "
            "Take .representative_point() of areas."
        )
        raise JoinError(msg)
    degrees = geometry.to_crs("EPSG:4326")
    plain = pd.DataFrame(frame).drop(columns=[geometry.name])
    return plain.assign(longitude=degrees.x, latitude=degrees.y)


def _geometry(frame: Any) -> Any:  # noqa: ANN401
    """Return the geometry of a layer, None of a plain frame or one that has none."""
    if not hasattr(frame, "to_crs"):
        return None
    try:
        return frame.geometry
    except AttributeError:
        return None


def _under_our_names(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with what stands under known headings under our names as well."""
    fields = {column: known_fields(str(column)) for column in frame.columns}
    added = {}
    for ours, roles in _ROLES.items():
        column = None if ours in frame else _first(fields, roles)
        if column is not None:
            added[ours] = frame[column]
    return frame.assign(**added)


def _first(fields: Mapping[Any, Collection[str]], roles: Sequence[str]) -> Any:  # noqa: ANN401
    """Return the first column of the first role that a column has."""
    for role in roles:
        for column, known in fields.items():
            if role in known:
                return column
    return None


def _degrees(frame: pd.DataFrame, axis: str) -> Any:  # noqa: ANN401
    """Return degrees as float64; a text is read, with a decimal comma too."""
    import pandas as pd

    cells = frame[axis].astype(object)
    texts = cells.map(lambda cell: isinstance(cell, str))
    plain = cells.where(~texts, cells.astype(str).str.strip().str.replace(",", "."))
    blank = cells.isna() | (plain == "")
    numbers = pd.to_numeric(plain.mask(blank, np.nan), errors="coerce").astype(float)
    odd = numbers.isna() & ~blank
    if odd.any():
        at = int(np.flatnonzero(odd)[0])
        msg = (
            f"points: row {frame.index[at]}, column {axis!r} is {cells.iloc[at]!r}; "
            "expected degrees as a number. Correct the cell, or read the sheet with "
            "kkbpk_geo.read_table."
        )
        raise JoinError(msg)
    return numbers


def _kinds(cells: pd.Series[Any]) -> pd.Series[Any]:
    """Return kinds as the catalogue knows them: PKM is a health centre."""
    known: dict[Any, Any] = {}
    for cell in cells.dropna().unique():
        known[cell] = kind_of(str(cell)) or cell
    return cells.astype(object).map(lambda cell: known.get(cell, cell))
