"""A district whose row was sent under a vague name is not recognised, never silent."""

from __future__ import annotations

import pandas as pd
import pytest
from kkbpk_geo.joining.refused import are_refused, refused_cells

import kkbpk_geo as kg

HEAD = ["PROVINSI", "KABUPATEN", "BKB YANG ADA", "BKB YANG LAPOR", "BULAN"]


@pytest.fixture(scope="module")
def jatim():
    return kg.load_boundaries("Jawa Timur")


def sheet(*rows, month="NOVEMBER"):
    given = [["JAWA TIMUR", name, ada, lapor, month] for name, ada, lapor in rows]
    return kg.read_table([HEAD, *given], year=2025)


def statuses(joined, *codes, period="2025-11"):
    return [joined.status.loc[(period, code), "bkb_groups"] for code in codes]


def test_both_districts_of_a_vague_name_are_not_recognised(jatim):
    joined = kg.join_regions(jatim, [sheet(("Blitar", 5, 4), ("Pacitan", 3, 3))])
    assert statuses(joined, "35.05", "35.72", "35.01", "35.02") == [
        "not_recognised", "not_recognised", "ok", "not_reported",
    ]  # fmt: skip
    assert list(joined.refused["region_code"]) == ["35.05", "35.72"]
    assert not set(joined.silent["region_code"]) & {"35.05", "35.72"}
    assert pd.isna(joined.values.loc[("2025-11", "35.05"), "bkb_groups"])


def test_a_candidate_with_a_row_of_its_own_keeps_its_figure(jatim):
    rows = ("Blitar", 5, 4), ("Kab. Blitar", 3, 3)
    joined = kg.join_regions(jatim, [sheet(*rows)])
    assert statuses(joined, "35.05", "35.72") == ["ok", "not_recognised"]
    assert list(joined.refused["region_code"]) == ["35.72"]


def test_a_file_of_one_refused_row_speaks_for_its_district(jatim):
    files = [sheet(("Pacitan", 3, 3)), sheet(("Malang", 9, 9))]
    joined = kg.join_regions(jatim, files)
    assert statuses(joined, "35.07", "35.73") == ["not_recognised", "not_recognised"]


def test_only_the_month_of_the_row_is_meant(jatim):
    october = sheet(("Pacitan", 3, 3), month="OKTOBER")
    joined = kg.join_regions(
        jatim, [october, sheet(("Pacitan", 3, 3), ("Blitar", 5, 4))]
    )
    assert statuses(joined, "35.05", period="2025-10") == ["not_reported"]
    assert statuses(joined, "35.05") == ["not_recognised"]


def test_an_indicator_of_a_refused_row_says_so(jatim):
    joined = kg.join_regions(jatim, [sheet(("Blitar", 5, 4), ("Pacitan", 3, 3))])
    found = kg.compute_indicators(joined)
    mine = found[(found["indicator"] == "reporting_rate:bkb")]
    status = mine.set_index("region_code")["status"]
    assert status["35.72"] == "not_recognised"
    assert status["35.02"] == "not_reported"


def rows(**columns):
    usual = {"code": [None], "period": ["2025-11"], "reason": ["region_unknown"]}
    return pd.DataFrame(usual | columns)


def test_of_a_finer_map_every_region_inside_a_candidate_is_meant():
    data = rows(region_candidates=["18.10 18.11"])
    codes = ["18.10.01", "18.11.01", "18.12.01", "18.1"]
    assert refused_cells(data, codes) == {
        ("2025-11", "18.10.01"), ("2025-11", "18.11.01"),
    }  # fmt: skip


def test_rows_that_are_placed_or_of_no_known_month_refuse_nothing():
    data = rows(region_candidates=["18.10"])
    assert refused_cells(data.assign(code="18.10"), ["18.10"]) == frozenset()
    late = data.assign(reason="period_unknown")
    assert refused_cells(late, ["18.10"]) == frozenset()
    assert refused_cells(rows(), ["18.10"]) == frozenset()


def test_a_row_of_a_year_or_of_no_time_holds_for_its_months():
    index = pd.MultiIndex.from_tuples(
        [("2025-11", "a"), ("2025-11", "b"), ("2025-11", "c"), ("2025-11", "d")]
    )
    refused = frozenset({("2025", "a"), ("", "b"), ("2024", "c"), ("2025-11", "d")})
    assert are_refused(refused, index).tolist() == [True, True, False, True]
