"""A finding of a row, as the tests of findings need it."""

from kkbpk_geo.findings.words import finding


def above(row, region="18.10", **more):
    return finding(
        "reporting_above_existing",
        **{
            "file": "bkb.csv",
            "row": row,
            "column": "YANG LAPOR",
            "value": 5,
            "expected": "≤ 4 (YANG ADA)",
            "region": region,
            "place": "WONODADI, GADING REJO, 2025-11",
            **more,
        },
    )
