"""A coverage as rough as kecamatan are, for tests that need many shapes."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry import box


def make_rough(n: int) -> gpd.GeoDataFrame:
    """Make a coverage of ``n`` shapes: Voronoi cells whose shared edges are rough."""
    random = np.random.default_rng(18)
    seeds = shapely.multipoints(random.uniform((103.6, -6.0), (105.9, -3.7), (n, 2)))
    window = box(103.5, -6.1, 106.0, -3.6)
    cells = shapely.get_parts(shapely.voronoi_polygons(seeds, extend_to=window))
    cells = shapely.segmentize(shapely.intersection(cells, window), 0.01)

    def roughen(xy: np.ndarray) -> np.ndarray:
        return xy + 0.003 * np.sin(1e3 * xy[:, ::-1])

    shapes = shapely.coverage_clean(shapely.transform(cells, roughen))
    frame = gpd.GeoDataFrame(
        {"name": [f"Kecamatan {i}" for i in range(n)], "kind": "Kecamatan"},
        geometry=shapes,
        index=pd.Index([f"18.{i // 20:02}.{i % 20:02}" for i in range(n)]),
        crs="EPSG:4326",
    )
    frame.index.name = "region_code"
    return frame
