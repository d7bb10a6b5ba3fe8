"""Floor 3: the regions of Indonesia, by code and by outline.

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
    from kkbpk_geo.regions.building.recipe import build_units as build_units
    from kkbpk_geo.regions.building.result import BuiltBoundaries as BuiltBoundaries
    from kkbpk_geo.regions.building.result import judge as judge
    from kkbpk_geo.regions.building.rules import known_rules as known_rules
    from kkbpk_geo.regions.building.sources import open_source as open_source
    from kkbpk_geo.regions.building.sources import provenance_of as provenance_of
    from kkbpk_geo.regions.codes import LEVELS as LEVELS
    from kkbpk_geo.regions.codes import CodeSystem as CodeSystem
    from kkbpk_geo.regions.codes import common_parent as common_parent
    from kkbpk_geo.regions.codes import parent_of as parent_of
    from kkbpk_geo.regions.codes import province_part as province_part
    from kkbpk_geo.regions.coverage import area_of as area_of
    from kkbpk_geo.regions.files import boundary_file as boundary_file
    from kkbpk_geo.regions.lookup import above_names as above_names
    from kkbpk_geo.regions.lookup import alias_names as alias_names
    from kkbpk_geo.regions.lookup import is_register_name as is_register_name
    from kkbpk_geo.regions.lookup import split_kind as split_kind
    from kkbpk_geo.regions.names import fold_name as fold_name
    from kkbpk_geo.regions.names import is_aside as is_aside
    from kkbpk_geo.regions.names import is_total as is_total
    from kkbpk_geo.regions.names import stated_kind as stated_kind
    from kkbpk_geo.regions.readings import FORMER_CODE as FORMER_CODE
    from kkbpk_geo.regions.register import NATION as NATION
    from kkbpk_geo.regions.register import Region as Region
    from kkbpk_geo.regions.register import children as children
    from kkbpk_geo.regions.register import find_province as find_province
    from kkbpk_geo.regions.register import has_region as has_region
    from kkbpk_geo.regions.register import is_nation as is_nation
    from kkbpk_geo.regions.register import place_name as place_name
    from kkbpk_geo.regions.register import province_code as province_code
    from kkbpk_geo.regions.register import region as region
    from kkbpk_geo.regions.register import regions_of as regions_of
    from kkbpk_geo.regions.resolving import FORMER_PROVINCE as FORMER_PROVINCE
    from kkbpk_geo.regions.resolving import district_of as district_of
    from kkbpk_geo.regions.resolving import find_area as find_area
    from kkbpk_geo.regions.resolving import province_of as province_of
    from kkbpk_geo.regions.resolving import regions_frame as regions_frame
    from kkbpk_geo.regions.resolving import resolve_regions as resolve_regions
    from kkbpk_geo.regions.shipped import shipped_store as shipped_store
    from kkbpk_geo.regions.siblings import PROVINCE_NAME as PROVINCE_NAME
    from kkbpk_geo.regions.siblings import SAME_NAME as SAME_NAME
    from kkbpk_geo.regions.siblings import by_habit as by_habit
    from kkbpk_geo.regions.siblings import codes_shown as codes_shown
    from kkbpk_geo.regions.siblings import left_over as left_over
    from kkbpk_geo.regions.siblings import of_kind as of_kind
    from kkbpk_geo.regions.store.finding import STORE_VARIABLE as STORE_VARIABLE
    from kkbpk_geo.regions.store.finding import find_store as find_store
    from kkbpk_geo.regions.store.finding import user_folder as user_folder
    from kkbpk_geo.regions.store.marks import SHIPPED_ONLY as SHIPPED_ONLY
    from kkbpk_geo.regions.store.marks import SUFFIX as SUFFIX
    from kkbpk_geo.regions.store.reading import Store as Store
    from kkbpk_geo.regions.store.reading import open_store as open_store
    from kkbpk_geo.regions.store.writing import write_store as write_store

__getattr__, __dir__ = open_door(
    __name__,
    {
        "BuiltBoundaries": "building.result",
        "CodeSystem": "codes",
        "FORMER_CODE": "readings",
        "FORMER_PROVINCE": "resolving",
        "LEVELS": "codes",
        "NATION": "register",
        "PROVINCE_NAME": "siblings",
        "Region": "register",
        "SAME_NAME": "siblings",
        "SHIPPED_ONLY": "store.marks",
        "STORE_VARIABLE": "store.finding",
        "SUFFIX": "store.marks",
        "Store": "store.reading",
        "above_names": "lookup",
        "alias_names": "lookup",
        "area_of": "coverage",
        "boundary_file": "files",
        "build_units": "building.recipe",
        "by_habit": "siblings",
        "children": "register",
        "codes_shown": "siblings",
        "common_parent": "codes",
        "find_area": "resolving",
        "find_province": "register",
        "find_store": "store.finding",
        "fold_name": "names",
        "has_region": "register",
        "is_aside": "names",
        "is_register_name": "lookup",
        "is_total": "names",
        "judge": "building.result",
        "known_rules": "building.rules",
        "left_over": "siblings",
        "load_boundaries": "boundaries",
        "load_context": "boundaries",
        "neighbours": "adjacency",
        "of_kind": "siblings",
        "is_nation": "register",
        "open_store": "store.reading",
        "open_source": "building.sources",
        "parent_of": "codes",
        "place_name": "register",
        "provenance_of": "building.sources",
        "province_code": "register",
        "district_of": "resolving",
        "province_of": "resolving",
        "province_part": "codes",
        "region": "register",
        "regions_frame": "resolving",
        "regions_of": "register",
        "resolve_regions": "resolving",
        "shipped_store": "shipped",
        "split_kind": "lookup",
        "stated_kind": "names",
        "user_folder": "store.finding",
        "write_store": "store.writing",
    },
)
