"""Ratios of sums, each with its numerator and denominator beside it.

In: a Joined and the indicator catalogue. Out: one tidy frame, province row
included, computed from sums; missing stays missing.
"""

from typing import TYPE_CHECKING

from kkbpk_geo.base.lazy import open_door

if TYPE_CHECKING:
    from kkbpk_geo.indicators.ratios import INDICATOR_COLUMNS as INDICATOR_COLUMNS
    from kkbpk_geo.indicators.ratios import INDICATOR_KEYS as INDICATOR_KEYS
    from kkbpk_geo.indicators.ratios import INDICATOR_PARTS as INDICATOR_PARTS
    from kkbpk_geo.indicators.ratios import compute_indicators as compute_indicators
    from kkbpk_geo.indicators.ratios import require_joined as require_joined
    from kkbpk_geo.indicators.ratios import with_derived as with_derived
    from kkbpk_geo.indicators.small import hide_small as hide_small
    from kkbpk_geo.indicators.small import is_below_district as is_below_district

__getattr__, __dir__ = open_door(
    __name__,
    {
        "INDICATOR_COLUMNS": "ratios",
        "INDICATOR_KEYS": "ratios",
        "INDICATOR_PARTS": "ratios",
        "compute_indicators": "ratios",
        "hide_small": "small",
        "is_below_district": "small",
        "require_joined": "ratios",
        "with_derived": "ratios",
    },
)
