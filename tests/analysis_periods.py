"""Two periods as the tests of change compare them, with and without a split."""

import pandas as pd


def table(*rows, indicator="contraceptive_use"):
    """Rows of (period, code, numerator, denominator)."""
    frame = pd.DataFrame(
        rows, columns=["period", "region_code", "numerator", "denominator"]
    )
    frame["value"] = 100 * frame["numerator"] / frame["denominator"]
    return frame.assign(indicator=indicator)


# Villages that have a group mean the same in every era.
VILLAGES = "village_coverage:bkb"
# Pringsewu (18.10) left Tanggamus (18.06) in 2009.
SPLIT = table(
    ("2008", "18.02", 60, 100),
    ("2008", "18.06", 100, 200),
    ("2025", "18.02", 66, 100),
    ("2025", "18.06", 60, 100),
    ("2025", "18.10", 50, 100),
    indicator=VILLAGES,
)
PLAIN = table(
    ("2025-10", "18.01", 20, 100),
    ("2025-10", "18.02", 80, 200),
    ("2025-11", "18.01", 30, 100),
    ("2025-11", "18.02", 80, 100),
    ("2025-10", "18", 100, 300),
    ("2025-11", "18", 110, 200),
)
