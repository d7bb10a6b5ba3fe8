"""Frames of other libraries: through Arrow, or told what to call."""

import subprocess
import sys

import pandas as pd
import pyarrow as pa
import pytest

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.io.foreign import as_pandas


def test_whole_numbers_of_another_library_stay_whole_beside_a_missing_one():
    found = as_pandas(pa.table({"a": [2**53 + 1, None]}))
    assert found["a"].tolist() == [2**53 + 1, pd.NA]
    column = as_pandas(pa.chunked_array([[1], [None]]))
    assert column.tolist() == [1, pd.NA]


@pytest.mark.parametrize("ask", ["collect", "compute"])
def test_a_frame_without_rows_yet_is_told_what_asks_for_them(ask):
    lazy = type("LazyFrame", (), {ask: lambda self: self, "columns": ["a"]})()
    with pytest.raises(IntakeError, match=rf"no rows yet\. Call \.{ask}\(\) on it"):
        as_pandas(lazy, "table")


def test_a_frame_that_arrow_cannot_read_is_told_how_to_become_one_of_pandas():
    class Odd:
        def __arrow_c_stream__(self, requested_schema=None):
            raise ValueError("a cell of no type")

    with pytest.raises(IntakeError, match=r"a cell of no type\)\. Call \.to_pandas"):
        as_pandas(Odd(), "table")


def test_what_has_no_stream_but_to_pandas_is_asked_for_it():
    class OldFrame:
        def to_pandas(self):
            return pd.DataFrame({"a": [1]})

    assert as_pandas(OldFrame())["a"].tolist() == [1]
    assert as_pandas("a.csv") == "a.csv"


WITHOUT = """
import sys
sys.modules["pyarrow"] = None
import kkbpk_geo as kg
from kkbpk_geo.base.errors import MissingExtraError
"""
LAND = """
boundaries = kg.load_boundaries("Pringsewu")
assert "18.04" in kg.load_context(boundaries).index
table = boundaries[["area_km2"]].rename(columns={"area_km2": "air"})
kg.draw_work_map(boundaries, table).save("peta.html")
print(len(boundaries))
"""
FRAME = """
class Stream:
    def __arrow_c_stream__(self, requested_schema=None):
        raise AssertionError("nobody is there to read it")

try:
    kg.read_table(Stream())
except MissingExtraError as err:
    print(err)
"""
LAYER = """
from pathlib import Path
Path("batas.parquet").write_bytes(b"PAR1" + b"x" * 100)
try:
    kg.load_boundaries("Lampung", path="batas.parquet")
except MissingExtraError as err:
    print(err)
"""
INSTALL = (
    "is read through pyarrow, and pyarrow is not installed. Install it: pip install "
    "'kkbpk-geo[parquet]'."
)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (LAND, "1"),
        (FRAME, f"source is a Stream, which {INSTALL}"),
        (LAYER, f"batas.parquet is a GeoParquet, which {INSTALL}"),
    ],
)
def test_without_pyarrow_maps_are_drawn_and_what_needs_it_says_so(
    lines, said, tmp_path
):
    command = [sys.executable, "-c", WITHOUT + lines]
    got = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert got.stderr == ""
    assert got.stdout.strip() == said
