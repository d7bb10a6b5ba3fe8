"""Twelve months of made-up figures with every kind of gap, small enough to work out."""

from __future__ import annotations

import pandas as pd

from kkbpk_geo.maps.content.options import MapIndicator

MONTHS = ["2024-12", *(f"2025-{month:02}" for month in range(1, 12))]
NO_FILE = "2025-06"  # the seventh month: no table of it came
USE = MapIndicator(
    key="use",
    label={"id": "Kesertaan", "en": "Use"},
    unit="%",
    theme={"id": "KB", "en": "FP"},
    formula="peserta aktif per pasangan",
    digits=1,
    direction="better",
    factor=100,
)
UNMET = MapIndicator(
    key="unmet",
    label="Unmet need",
    unit="%",
    theme={"id": "KB", "en": "FP"},
    digits=1,
    direction="worse",
)
CADRES = MapIndicator(
    key="cadres",
    label={"id": "Kader", "en": "Cadres"},
    theme={"id": "Tenaga", "en": "Staff"},
    digits=0,
    direction="context",
)
INDICATORS = [USE, UNMET, CADRES]


def status_of(i, m):
    """Region 1 did not report March and April, 2 is hidden in May, 4 never reported.

    Region 5 did not report the last month.
    """
    if i == 4 or (i == 1 and m in (3, 4)) or (i == 5 and m == 11):
        return "not_reported"
    return "suppressed" if i == 2 and m == 5 else "ok"


def use_of(i, m):
    """Region 0 rises from 40 by one a month, 3 begins at zero; 6 and 7 round oddly."""
    if i == 0:
        return 40.0 + m
    if i == 3:
        return 0.0 if m == 0 else 50.0
    return {6: 33.46, 7: 30.24}.get(i, 50.0 + i)


def twelve_months(codes, months=MONTHS):
    """Return the table of regions; the province has 45 and a half in every month."""
    rows = []
    for m, period in enumerate(MONTHS):
        if period == NO_FILE or period not in months:
            continue
        for i, code in enumerate(codes):
            status = status_of(i, m)
            is_known = status == "ok"
            use, unmet = use_of(i, m), 30.0 - i
            for key, value, parts in (
                ("use", use, (use * 100, 10_000)),
                ("unmet", unmet, (None, None)),
                ("cadres", 100.0 + 10 * i, (None, None)),
            ):
                told = (value, *parts) if is_known else (None, None, None)
                rows.append((period, code, key, status, *told))
        rows.append((period, "18", "use", "ok", 45.5, None, None))
    columns = ["period", "region_code", "indicator", "status", "value"]
    return pd.DataFrame(rows, columns=[*columns, "numerator", "denominator"])
