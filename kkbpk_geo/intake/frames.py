"""The columns of ``Intake.data`` and ``Intake.listed``, named in one place.

Why: these frames travel to joining, plans, maps and pages; a column that is renamed
here and not there is a map without figures.

In:     nothing. Out: names of columns, and what each holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# Where a row stands in the file that an office sent; in both frames.
SOURCE = ("source_file", "source_sheet", "source_row")
# Names as written, the coarsest first; those that the sheet has.
PLACES = ("provinsi", "kabkota", "kecamatan", "desa")
# How fine a level is; the coarsest is 0.
DEPTH: Mapping[str, int] = MappingProxyType(
    {level: i for i, level in enumerate(PLACES)}
)
# Answers of lists: reports, has its kit, has a decree, is short of supplies.
FLAGS = ("reporting", "has_kit", "has_decree", "low_stock")

# Column -> what it holds. The measures of the catalogue come besides, and columns that
# nobody places, as text under their own heading.
DATA: Mapping[str, str] = MappingProxyType(
    {
        "source_file": "text; name of the file",
        "source_sheet": "text; name of the sheet, missing where there is none",
        "source_row": "int; row of the sheet, from 1",
        **dict.fromkeys(PLACES, "text; name as written, white space folded"),
        "village_code": "text; code of the village as written",
        "region_code": "text; code of the kabupaten/kota (18.11), or missing",
        "region_candidates": "text; codes it may be about where region_code is missing",
        "level": "text; finest level that the row names, one of PLACES",
        "period": "text; 2025-11, 2025, or missing",
        "not_reported": "bool; whether nobody reported: figures are missing, not zero",
        # lists
        "name": "text; name of the group or facility",
        "kind": "text; key of its kind",
        "longitude": "float; degrees, missing where it cannot be",
        "latitude": "float; degrees, missing where it cannot be",
        **dict.fromkeys(FLAGS, "boolean; whether it is so, missing where nobody says"),
        # inventories
        "item": "text; key of supplies.toml",
        "condition": "text; key of a condition of supplies.toml",
        "quantity": "Int64; how many, missing where unknown",
        "item_text": "text; the item as written",
        "condition_text": "text; the condition as written",
    }
)
