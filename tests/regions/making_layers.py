"""Layers as an office might hand them over, made from those that are shipped."""

from __future__ import annotations

import warnings

import geopandas as gpd

from kkbpk_geo.regions.boundaries import load_boundaries


def layer_of(province):
    frame = load_boundaries(province).reset_index()
    return frame.rename(columns={"region_code": "kode", "name": "nama"})[
        ["kode", "nama", "geometry"]
    ]


def relabelled(frame, **columns):
    """The same polygons with other columns."""
    return gpd.GeoDataFrame(columns, geometry=list(frame.geometry), crs=frame.crs)


def load(frame, tmp_path, name="layer.geojson", province="Lampung", **options):
    """Write a layer and load it."""
    path = tmp_path / name
    if path.suffix == ".parquet":
        frame.to_parquet(path)
    else:
        with warnings.catch_warnings():  # writing without a CRS is what we want to test
            warnings.simplefilter("ignore")
            frame.to_file(path, engine="pyogrio")
    return load_boundaries(province, path=path, **options)


def whats(frame):
    return sorted({repair["what"] for repair in frame.attrs["repairs"]})
