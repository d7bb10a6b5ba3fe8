"""What callers hold: five districts of Lampung, in every shape that users had.

Out:    values, tables, points, periods; each by the words of the page.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache
from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
from shapely import Polygon, transform

import kkbpk_geo as kg

try:
    import polars as pl
except ImportError:  # the oldest versions that are tested are so without it
    pl = None


class Capsule:
    """A frame of a library that nobody knows: it hands on an Arrow stream."""

    def __init__(self, table: pa.Table) -> None:
        self._table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)


@cache
def lampung() -> gpd.GeoDataFrame:
    """Return five districts."""
    whole = kg.load_boundaries("Lampung")
    found = whole.iloc[:5]
    found.attrs = whole.attrs
    return found


@cache
def held() -> SimpleNamespace:
    """Return the numbers of the five, plain."""
    regions = lampung()
    codes = list(regions.index)
    air = pd.Series([4, 9, 1, 7, 3], codes, name="air")
    people = pd.Series([500, 700, 300, 900, 600], codes, name="people")
    return SimpleNamespace(
        map=regions,
        codes=codes,
        names=regions["name"].tolist(),
        air=air,
        people=people,
        frame=pd.DataFrame({"air": air, "people": people}),
        beside=kg.neighbours(regions),
    )


def numbers() -> dict[str, object]:
    """Return numbers by region."""
    h = held()
    frame = h.air.rename_axis("region_code").reset_index()
    by_name = pd.DataFrame({"KABUPATEN": h.names, "air": h.air.to_numpy()})
    return {
        "Series, index of codes": h.air,
        "dict code → number": h.air.to_dict(),
        "frame of one column": h.air.to_frame(),
        "frame, column `region_code`": frame,
        "frame, column KABUPATEN": by_name,
        "Series, index of names": h.air.set_axis(h.names),
        "GeoDataFrame, one column": h.map[["geometry"]].assign(air=h.air),
        **foreign(frame),
        "polars Series": None if pl is None else pl.Series("air", h.air.tolist()),
        "list, in the order of the map": h.air.tolist(),
        "array, in the order of the map": h.air.to_numpy(),
        **_typed(h.air),
        "index of categories": h.air.set_axis(pd.CategoricalIndex(h.codes)),
        "index (period, code), one period": pd.concat(
            {"2025": h.air}, names=["period", "region_code"]
        ),
        "index (period, code), two periods": pd.concat(
            {"2024": h.air, "2025": h.air}, names=["period", "region_code"]
        ),
        "numbers as text": h.air.astype(str).astype(object),
        "dates": pd.Series(pd.Timestamp("2025-01-01"), h.codes, name="air"),
        "codes as numbers (18.1)": h.air.set_axis([18.1, 18.2, 18.3, 18.4, 18.5]),
        "codes as numbers (1801)": h.air.set_axis([1801, 1802, 1803, 1804, 1805]),
        "with a row JUMLAH": pd.concat([h.air, pd.Series({"JUMLAH": 24})]),
        "by name, with the province": pd.concat(
            [h.air.set_axis(h.names), pd.Series({"Lampung": 24})]
        ),
        "two levels at once": pd.concat([h.air, pd.Series({"18.01.01": 2})]),
        "a frame of two columns": h.frame,
        "None": None,
        "a path": "indikator.csv",
    }


def tables() -> dict[str, object]:
    """Return tables by region."""
    h = held()
    column = h.frame.rename_axis("region_code").reset_index()
    by_name = h.frame.set_axis(h.names)
    records = column.to_dict("records")
    return {
        "frame, index of codes": h.frame,
        "frame, column `region_code`": column,
        "codes in index and column": h.frame.rename_axis("region_code").assign(
            region_code=h.codes
        ),
        "frame, index of names": by_name,
        "frame, column KABUPATEN": by_name.rename_axis("KABUPATEN").reset_index(),
        **foreign(column),
        "dict name → Series": {"air": h.air, "people": h.people},
        "list of dicts": records,
        **_typed(h.frame),
        "columns of two levels, one value": pd.concat({"2025": h.frame}, axis=1),
        "index (period, code), one period": pd.concat(
            {"2025": h.frame}, names=["period", "region_code"]
        ),
        "index and column of codes that differ": h.frame.rename_axis(
            "region_code"
        ).assign(region_code=h.codes[::-1]),
        "numbers as text": h.frame.astype(str).astype(object),
        "codes as numbers (18.1)": h.frame.set_axis([18.1, 18.2, 18.3, 18.4, 18.5]),
        "regions as columns": h.frame.T,
        "array": h.frame.to_numpy(),
        "None": None,
        "a path": "indikator.csv",
    }


def foreign(frame: pd.DataFrame) -> dict[str, object]:
    """Return a frame as other libraries hold it."""
    table = pa.Table.from_pandas(frame, preserve_index=False)
    found: dict[str, object] = {
        "pyarrow Table": table,
        "any frame with an Arrow stream": Capsule(table),
    }
    if pl is not None:
        found["polars DataFrame"] = pl.from_arrow(table)
        found["polars LazyFrame"] = pl.from_arrow(table).lazy()
    return found


def _typed(values: pd.Series | pd.DataFrame) -> dict[str, object]:
    """Return numbers of every type that pandas has."""
    return {
        "type Int64": values.astype("Int64"),
        "type Float64": values.astype("Float64"),
        "type of pyarrow": values.astype("int64[pyarrow]"),
        "Decimal": values.map(lambda x: Decimal(int(x))),
        "Categorical": values.astype("category"),
    }


def points() -> dict[str, object]:
    """Return two health centres."""
    spots = held().map.representative_point()
    frame = pd.DataFrame(
        {
            "kind": "health_centre",
            "name": [f"P{i}" for i in range(5)],
            "longitude": spots.x.to_numpy(),
            "latitude": spots.y.to_numpy(),
        }
    )
    layer = gpd.GeoDataFrame(frame[["kind", "name"]], geometry=spots.to_numpy())
    degrees = layer.set_crs("EPSG:4326")
    office = frame.rename(
        columns={
            "kind": "JENIS",
            "name": "NAMA FASKES",
            "longitude": "BUJUR",
            "latitude": "LINTANG",
        }
    ).assign(JENIS="PKM")
    commas = office.astype({"BUJUR": str, "LINTANG": str})
    for axis in ("BUJUR", "LINTANG"):
        commas[axis] = commas[axis].str.replace(".", ",").astype(object)
    return {
        "frame": frame,
        "frame, lon and lat": frame.rename(
            columns={"longitude": "lon", "latitude": "lat"}
        ),
        "frame, LINTANG and BUJUR, kind PKM": office,
        "the same with decimal commas": commas,
        "GeoDataFrame in degrees": degrees,
        "GeoDataFrame in metres": degrees.to_crs("EPSG:32748"),
        "list of dicts": frame.to_dict("records"),
        "dict of columns": frame.to_dict("list"),
        **foreign(frame),
        "what `join_points` gives": kg.join_points(held().map, frame),
        "what `read_table` gives": kg.read_table(office),
        "with the region by name": frame.assign(KABUPATEN=held().names),
        "with the region as a number": frame.assign(region_code=18.1),
        "GeoDataFrame without CRS": layer,
        "GeoDataFrame of areas": held().map,
        "frame, columns x and y": frame.rename(
            columns={"longitude": "x", "latitude": "y"}
        ),
        "array": frame[["longitude", "latitude"]].to_numpy(),
        "a path": "faskes.csv",
    }


def neighbours() -> dict[str, object]:
    """Return who is beside whom."""
    h = held()
    square = pd.DataFrame(0, h.codes, h.codes)
    for code, beside in h.beside.items():
        square.loc[code, list(beside)] = 1
    called = dict(zip(h.codes, h.names, strict=True))
    pairs = [(one, two) for one, beside in h.beside.items() for two in beside]
    column = square.rename_axis("region_code").reset_index()
    # As Graph.adjacency of libpysal is: two levels, and how much each pair weighs.
    adjacency = pd.Series(
        1, pd.MultiIndex.from_tuples(pairs, names=["focal", "neighbor"])
    )
    return {
        "dict code → codes": h.beside,
        "boundaries": h.map,
        "dict by names": {
            called[one]: [called[two] for two in beside]
            for one, beside in h.beside.items()
        },
        "Series of lists": pd.Series(h.beside),
        "square frame of 0 and 1": square,
        "square frame by names": square.set_axis(h.names).set_axis(h.names, axis=1),
        **foreign(column),
        "frame of pairs": pd.DataFrame(pairs, columns=["focal", "neighbor"]),
        "adjacency of a libpysal Graph": adjacency,
        # As W of libpysal holds them.
        "libpysal W": SimpleNamespace(neighbors=dict(h.beside)),
        "square array": square.to_numpy(),
        "row numbers": {i: (1,) if i == 0 else (0,) for i in range(5)},
        "a text": "queen",
    }


def boundaries() -> dict[str, object]:
    """Return the five districts in good and in bad shape."""
    whole = held().map
    swapped = whole.geometry.map(lambda shape: transform(shape, lambda xy: xy[:, ::-1]))
    shapes = whole.geometry.tolist()
    empty = whole.set_geometry([Polygon(), *shapes[1:]], crs=whole.crs)
    missing = whole.set_geometry([None, *shapes[1:]], crs=whole.crs)
    return {
        "GeoDataFrame": whole,
        "rows in another order": whole.iloc[::-1],
        "codes in a column": whole.reset_index(),
        "GeoSeries": whole.geometry,
        "GeoDataFrame in metres": whole.to_crs("EPSG:32748"),
        "GeoDataFrame without CRS": whole.set_crs(None, allow_override=True),
        "longitude and latitude swapped": whole.set_geometry(swapped),
        "one empty shape": empty,
        "one shape missing": missing,
        "a region twice": pd.concat([whole, whole.iloc[:1]]),
        "points": whole.set_geometry(whole.representative_point()),
        "frame without shapes": pd.DataFrame(whole.drop(columns="geometry")),
        "a path": "batas.gpkg",
    }


def periods() -> dict[str, object]:
    """Return November 2025."""
    return {
        "'2025-11'": "2025-11",
        "'November 2025'": "November 2025",
        "'11/2025'": "11/2025",
        "202511": 202511,
        "Timestamp": pd.Timestamp("2025-11-01"),
        "Timestamp with a zone": pd.Timestamp("2025-11-01", tz="Asia/Jakarta"),
        "datetime": dt.datetime(2025, 11, 1, 7, 30),
        "date": dt.date(2025, 11, 30),
        "numpy datetime64": np.datetime64("2025-11"),
        "Period": pd.Period("2025-11"),
        "Period of a day": pd.Period("2025-11-03", "D"),
        "Period of a week": pd.Period("2025-11-03", "W"),
        "another month": "2019-01",
        "no time": "baseline",
    }


def period_columns() -> dict[str, object]:
    """Return a column of October and November 2025, in every type."""
    stamps = pd.Series(pd.to_datetime(["2025-10-01", "2025-11-01"]))
    return {
        "'2025-10', '2025-11'": pd.Series(["2025-10", "2025-11"], dtype=object),
        "'Oktober 2025', 'November 2025'": pd.Series(
            ["Oktober 2025", "November 2025"], dtype=object
        ),
        "202510, 202511": pd.Series([202510, 202511]),
        "the same as Int64": pd.Series([202510, 202511], dtype="Int64"),
        "Timestamp": stamps,
        "type timestamp of pyarrow": stamps.astype("timestamp[ns][pyarrow]"),
        "date": stamps.dt.date,
        "Period": pd.Series(pd.period_range("2025-10", "2025-11", freq="M")),
        "ordered Categorical": pd.Series(
            pd.Categorical(["2025-10", "2025-11"], ordered=True)
        ),
        "one of them no time": pd.Series(["2025-10", "baseline"], dtype=object),
    }


def tidy(times: pd.Series | None = None) -> pd.DataFrame:
    """Return a tidy table of both periods; in the later one there is 1 more."""
    h = held()
    times = period_columns()["'2025-10', '2025-11'"] if times is None else times
    rows = []
    for more, time in enumerate(times.tolist()):
        wide = h.frame + more
        long = wide.rename_axis("region_code").reset_index()
        rows.append(long.melt("region_code", var_name="indicator").assign(period=time))
    found = pd.concat(rows, ignore_index=True)
    order = np.repeat([0, 1], len(found) // 2)
    return found.assign(period=times.take(order).set_axis(found.index))
