"""Floor 9: maps. One description of classes and colours; a page and a print from it.

In: boundaries, any table by region, points, gap scores. Out: :func:`describe_map` (the
description), ``write_work_map`` / ``draw_work_map`` (one HTML file that opens without
a network), ``draw_static_map`` (a matplotlib figure).
"""

from typing import TYPE_CHECKING

from kkbpk_geo.base.lazy import open_door

if TYPE_CHECKING:
    from kkbpk_geo.maps.content.catalogue_words import boundary_words as boundary_words
    from kkbpk_geo.maps.content.classes import MOST as MOST
    from kkbpk_geo.maps.content.classes import AutoMethod as AutoMethod
    from kkbpk_geo.maps.content.needs import Gaps as Gaps
    from kkbpk_geo.maps.content.options import MapDetail as MapDetail
    from kkbpk_geo.maps.content.options import MapIndicator as MapIndicator
    from kkbpk_geo.maps.content.options import MapOptions as MapOptions
    from kkbpk_geo.maps.content.plans import PlanDecision as PlanDecision
    from kkbpk_geo.maps.content.plans import PlanWork as PlanWork
    from kkbpk_geo.maps.content.plans import RegionPlan as RegionPlan
    from kkbpk_geo.maps.describe import MapDescription as MapDescription
    from kkbpk_geo.maps.describe import describe_map as describe_map
    from kkbpk_geo.maps.first.ways import INDICATORS_ANCHOR as INDICATORS_ANCHOR
    from kkbpk_geo.maps.first.ways import PRIORITIES_ANCHOR as PRIORITIES_ANCHOR
    from kkbpk_geo.maps.gis.export import export_map as export_map
    from kkbpk_geo.maps.page.page import write_work_map as write_work_map
    from kkbpk_geo.maps.page.workmap import WorkMap as WorkMap
    from kkbpk_geo.maps.page.workmap import draw_work_map as draw_work_map
    from kkbpk_geo.maps.paper.sheet import PrintOptions as PrintOptions
    from kkbpk_geo.maps.paper.static import draw_figure as draw_figure
    from kkbpk_geo.maps.paper.static import draw_static_map as draw_static_map
    from kkbpk_geo.maps.paper.static import figure_bytes as figure_bytes
    from kkbpk_geo.maps.paper.static import save_figure as save_figure
    from kkbpk_geo.maps.paper.static import save_pages as save_pages

__getattr__, __dir__ = open_door(
    __name__,
    {
        "AutoMethod": "content.classes",
        "Gaps": "content.needs",
        "INDICATORS_ANCHOR": "first.ways",
        "MOST": "content.classes",
        "MapDescription": "describe",
        "MapDetail": "content.options",
        "MapIndicator": "content.options",
        "MapOptions": "content.options",
        "PRIORITIES_ANCHOR": "first.ways",
        "PlanDecision": "content.plans",
        "PlanWork": "content.plans",
        "PrintOptions": "paper.sheet",
        "RegionPlan": "content.plans",
        "WorkMap": "page.workmap",
        "boundary_words": "content.catalogue_words",
        "describe_map": "describe",
        "draw_figure": "paper.static",
        "draw_static_map": "paper.static",
        "draw_work_map": "page.workmap",
        "export_map": "gis.export",
        "figure_bytes": "paper.static",
        "save_figure": "paper.static",
        "save_pages": "paper.static",
        "write_work_map": "page.page",
    },
)
