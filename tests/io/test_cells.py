"""Cells as text, and frames as rows."""

import pandas as pd

from kkbpk_geo.io.cells import as_records


def test_rows_of_a_frame_are_plain_values_and_what_is_missing_is_none():
    frame = pd.DataFrame(
        {
            "code": ["18.01", None],
            "target": pd.array([12, None], dtype="Int64"),
            "share": [0.5, 2.0],
            "is_due": [True, False],
            "day": pd.to_datetime(["2025-10-01", "2025-11-01"]),
        },
        index=[7, 7],
    )
    first, second = as_records(frame)
    assert first == {
        "code": "18.01", "target": 12, "share": 0.5, "is_due": True,
        "day": pd.Timestamp("2025-10-01"),
    }  # fmt: skip
    assert list(map(type, first.values())) == [str, int, float, bool, pd.Timestamp]
    assert second["target"] is None
    assert pd.isna(second["code"])


def test_a_frame_without_rows_has_no_records():
    assert as_records(pd.DataFrame({"code": []})) == []
