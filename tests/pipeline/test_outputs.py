"""What a run writes: every digit of an amount, the findings on a district's sheet."""

from types import SimpleNamespace

import pandas as pd
import pytest

from kkbpk_geo.base.marks import UNMARKED
from kkbpk_geo.findings.words import finding
from kkbpk_geo.io.files import write_csv
from kkbpk_geo.pipeline.files.map import _findings


@pytest.mark.parametrize(
    ("value", "id_text", "en_text"),
    [
        (1234567.5, "1234567,50", "1234567.50"),
        (1234567.0, "1234567", "1234567"),
        (123456789012.25, "123456789012,25", "123456789012.25"),
        (-1000000.5, "-1000000,50", "-1000000.50"),
        (999999.5, "1e+06", "1e+06"),
        (12.345678, "12,3457", "12.3457"),
        (None, "", ""),
    ],
)
def test_amounts_in_a_csv_keep_their_digits(tmp_path, value, id_text, en_text):
    table = pd.DataFrame({"region_code": ["18.01"], "rupiah": [value]}, dtype=object)
    path = tmp_path / "a.csv"
    assert write_csv(table, path, marks=UNMARKED).read_text("utf-8-sig").split() == [
        "region_code;rupiah", f"18.01;{id_text}",
    ]  # fmt: skip
    path = write_csv(table, path, "en", marks=UNMARKED)
    assert path.read_text("utf-8-sig").split() == [
        "region_code,rupiah", f"18.01,{en_text}",
    ]  # fmt: skip


def on_sheets(*findings, refused=()):
    names = {"18.01": "Lampung Selatan", "18.02": "Lampung Tengah"}
    unsure = pd.DataFrame({"region_code": list(refused)})
    joined = SimpleNamespace(names=names, refused=unsure, reasons={})
    project = SimpleNamespace(level="kabkota", limit=5)
    run = SimpleNamespace(findings=findings, joined=joined, project=project, below=())
    return _findings(run)


def test_a_districts_sheet_shows_errors_and_warnings_and_no_information():
    said = on_sheets(
        finding("number_as_text", region="18.01", file="a.csv", column="PUS"),
        finding("month_missing", region="18.01", file="a.csv", column="BULAN", row=5),
        finding("duplicate_entry", region="18.02", file="a.csv", value="Mawar"),
        finding("month_missing", region="18.03", file="a.csv", column="BULAN", row=6),
    )
    severities = [
        finding(code).severity
        for code in ("number_as_text", "month_missing", "duplicate_entry")
    ]
    assert severities == ["info", "error", "warning"]
    assert list(said) == ["18.01", "18.02"]  # 18.03 is not on this map
    (only,) = said["18.01"]
    assert only["en"] == (
        "a.csv, row 5: The month in column BULAN is blank although other rows state "
        "theirs. This row counts for no month, and is no figure of the year."
    )
    assert "Mawar" in said["18.02"][0]["id"]


def test_a_districts_sheet_holds_eight_findings_and_no_more():
    nine = [finding("month_missing", region="18.01", file=f"{i}.csv") for i in range(9)]
    assert len(on_sheets(*nine)["18.01"]) == 8


def test_a_refused_row_stands_on_the_sheet_of_each_region_that_only_it_may_mean():
    vague = finding(
        "region_ambiguous", file="a.csv", row=12, column="KABUPATEN", value="Lampung",
        region="Lampung", candidates=("18.01", "18.02"),
    )  # fmt: skip
    assert on_sheets(vague) == {}
    said = on_sheets(vague, refused=["18.02"])
    assert list(said) == ["18.02"]
    assert said["18.02"][0]["id"].startswith('a.csv, baris 12: Wilayah "Lampung" pada')
