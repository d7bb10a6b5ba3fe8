"""Which regions share a border; computed once, on a clean coverage.

In:     boundaries. Out: codes of the neighbours of each region.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kkbpk_geo.base.crs import require_shapes

if TYPE_CHECKING:
    import geopandas as gpd


def neighbours(boundaries: gpd.GeoDataFrame) -> dict[str, tuple[str, ...]]:
    """Return the neighbours of each region: those it shares a border or corner with.

    Parameters
    ----------
    boundaries : GeoDataFrame, n rows, polygons, EPSG:4326
        Indexed by ``region_code``; a clean coverage, as ``load_boundaries`` gives.

    Returns
    -------
    dict of str to tuple of str, n entries
        Sorted codes; an empty tuple for a region that touches no other (an island).
        Symmetric: if a lists b, b lists a.

    Raises
    ------
    CrsError
        If ``boundaries`` is not in EPSG:4326, or its axes are swapped.
    BoundaryError
        If the index holds no codes, a region stands twice or has no shape: it would
        be taken for an island.

    Notes
    -----
    Queen contiguity. Regions that only water parts are not neighbours. On a layer that
    is no coverage borders do not match and neighbours are missed.

    Examples
    --------
    >>> from kkbpk_geo import load_boundaries
    >>> neighbours(load_boundaries("Lampung"))["18.71"]
    ('18.01', '18.09')
    """
    require_shapes(boundaries, "boundaries")
    codes = [str(code) for code in boundaries.index]
    found: dict[str, set[str]] = {code: set() for code in codes}
    # On a clean coverage touching is sharing a border or a corner, and nothing else.
    left, right = boundaries.sindex.query(boundaries.geometry, predicate="touches")
    for i, j in zip(left, right, strict=True):
        found[codes[i]].add(codes[j])
        found[codes[j]].add(codes[i])
    return {code: tuple(sorted(found[code])) for code in codes}
