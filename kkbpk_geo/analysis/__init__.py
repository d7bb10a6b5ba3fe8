"""From numbers to judgement: index, inequality, clusters, types, change.

In: frames by region_code. Out: small frozen results that say how sure they are.
"""

from typing import TYPE_CHECKING

from kkbpk_geo.base.lazy import open_door

if TYPE_CHECKING:
    from kkbpk_geo.analysis.achievement import Achievement as Achievement
    from kkbpk_geo.analysis.achievement import (
        measure_achievement as measure_achievement,
    )
    from kkbpk_geo.analysis.achievement import results_by_month as results_by_month
    from kkbpk_geo.analysis.change.periods import compare_periods as compare_periods
    from kkbpk_geo.analysis.change.result import PeriodChange as PeriodChange
    from kkbpk_geo.analysis.charts.pictures import chart_of as chart_of
    from kkbpk_geo.analysis.charts.pictures import chart_rule as chart_rule
    from kkbpk_geo.analysis.clusters import Clusters as Clusters
    from kkbpk_geo.analysis.clusters import find_clusters as find_clusters
    from kkbpk_geo.analysis.frames import wide_indicators as wide_indicators
    from kkbpk_geo.analysis.funnel import Funnel as Funnel
    from kkbpk_geo.analysis.funnel import judge_rates as judge_rates
    from kkbpk_geo.analysis.index.composite import Aggregation as Aggregation
    from kkbpk_geo.analysis.index.composite import composite_index as composite_index
    from kkbpk_geo.analysis.index.hierarchy import budget_weights as budget_weights
    from kkbpk_geo.analysis.index.normalising import Normalisation as Normalisation
    from kkbpk_geo.analysis.index.result import CompositeIndex as CompositeIndex
    from kkbpk_geo.analysis.inequality.inequality import Inequality as Inequality
    from kkbpk_geo.analysis.inequality.inequality import (
        measure_inequality as measure_inequality,
    )
    from kkbpk_geo.analysis.quadrants import Quadrants as Quadrants
    from kkbpk_geo.analysis.quadrants import classify_quadrants as classify_quadrants
    from kkbpk_geo.analysis.rates import SmoothedRates as SmoothedRates
    from kkbpk_geo.analysis.rates import smooth_rates as smooth_rates

__getattr__, __dir__ = open_door(
    __name__,
    {
        "Achievement": "achievement",
        "Aggregation": "index.composite",
        "Clusters": "clusters",
        "CompositeIndex": "index.result",
        "Funnel": "funnel",
        "Inequality": "inequality.inequality",
        "Normalisation": "index.normalising",
        "PeriodChange": "change.result",
        "Quadrants": "quadrants",
        "SmoothedRates": "rates",
        "budget_weights": "index.hierarchy",
        "chart_of": "charts.pictures",
        "chart_rule": "charts.pictures",
        "classify_quadrants": "quadrants",
        "compare_periods": "change.periods",
        "composite_index": "index.composite",
        "find_clusters": "clusters",
        "judge_rates": "funnel",
        "measure_achievement": "achievement",
        "measure_inequality": "inequality.inequality",
        "results_by_month": "achievement",
        "smooth_rates": "rates",
        "wide_indicators": "frames",
    },
)
