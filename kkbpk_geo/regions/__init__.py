"""Floor 2: the regions of Indonesia, by code and by outline.

In: boundaries/ (made by its build.py), the catalogue, or a layer that an office hands
over. Out: the register, resolved names and codes, clean coverages, neighbours.
Public names live in boundaries, neighbours, register and resolving; importing this
package loads none of them.
"""

from typing import TYPE_CHECKING

from kkbpk_geo.base.lazy import open_door

if TYPE_CHECKING:
    from kkbpk_geo.regions.adjacency import neighbours as neighbours
    from kkbpk_geo.regions.boundaries import load_boundaries as load_boundaries
    from kkbpk_geo.regions.boundaries import load_context as load_context
    from kkbpk_geo.regions.codes import LEVELS as LEVELS
    from kkbpk_geo.regions.codes import CodeSystem as CodeSystem
    from kkbpk_geo.regions.codes import common_parent as common_parent
    from kkbpk_geo.regions.codes import parent_of as parent_of
    from kkbpk_geo.regions.codes import province_part as province_part
    from kkbpk_geo.regions.files import boundary_file as boundary_file
    from kkbpk_geo.regions.lookup import is_register_name as is_register_name
    from kkbpk_geo.regions.lookup import stated_kind as stated_kind
    from kkbpk_geo.regions.names import fold_name as fold_name
    from kkbpk_geo.regions.names import is_aside as is_aside
    from kkbpk_geo.regions.names import is_total as is_total
    from kkbpk_geo.regions.register import Region as Region
    from kkbpk_geo.regions.register import children as children
    from kkbpk_geo.regions.register import find_province as find_province
    from kkbpk_geo.regions.register import has_region as has_region
    from kkbpk_geo.regions.register import place_name as place_name
    from kkbpk_geo.regions.register import province_code as province_code
    from kkbpk_geo.regions.register import region as region
    from kkbpk_geo.regions.register import regions_of as regions_of
    from kkbpk_geo.regions.resolving import resolve_regions as resolve_regions

__getattr__, __dir__ = open_door(
    __name__,
    {
        "CodeSystem": "codes",
        "LEVELS": "codes",
        "Region": "register",
        "boundary_file": "files",
        "children": "register",
        "common_parent": "codes",
        "find_province": "register",
        "fold_name": "names",
        "has_region": "register",
        "is_aside": "names",
        "is_register_name": "lookup",
        "is_total": "names",
        "load_boundaries": "boundaries",
        "load_context": "boundaries",
        "neighbours": "adjacency",
        "parent_of": "codes",
        "place_name": "register",
        "province_code": "register",
        "province_part": "codes",
        "region": "register",
        "regions_of": "register",
        "resolve_regions": "resolving",
        "stated_kind": "lookup",
    },
)
