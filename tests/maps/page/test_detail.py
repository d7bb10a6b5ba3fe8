"""The level below, the extent, the inset: what makes a map more than one picture."""

import re

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely.geometry import MultiPolygon, box

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.maps.content.options import MapDetail, MapIndicator, MapOptions
from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.page.encoding import decode_coverage, decode_numbers
from kkbpk_geo.maps.page.outline import derive, indonesia
from kkbpk_geo.maps.page.page import build_page
from kkbpk_geo.maps.page.payload import page_data
from kkbpk_geo.maps.page.shapes import extent, window_of


def halves(parent="18.01"):
    return gpd.GeoDataFrame(
        {"name": ["Utara", "Selatan"], "kind": "Kecamatan", "parent_code": parent},
        geometry=[box(105, -4.95, 105.1, -4.9), box(105, -5, 105.1, -4.95)],
        index=pd.Index(["18.01.02", "18.01.01"], name="region_code"),
        crs="EPSG:4326",
    )


def below(**more):
    table = pd.DataFrame({"air": [1, 2]}, index=["18.01.01", "18.01.02"])
    return MapOptions(detail=MapDetail(boundaries=halves(**more), table=table))


def test_the_level_below_is_described_with_the_same_words(strip, wide):
    water = MapIndicator(key="air", label="Air bersih", digits=2)
    described = describe_map(strip, wide, indicators=[water, "jalan"], options=below())
    assert described.detail.codes == ["18.01.01", "18.01.02"]
    assert described.detail.layer().indicator.label == "Air bersih"
    above, under = page_data(described)["levels"]
    assert [one["key"] for one in above["layers"]] == ["air", "jalan"]
    assert [one["key"] for one in under["layers"]] == ["air"]


def test_points_know_their_region_of_either_level(strip, wide):
    points = pd.DataFrame(
        {
            "kind": "hospital",
            "name": ["a", "b", "c", "d"],
            "longitude": [105.05, 105.05, 105.15, 109.0],
            "latitude": [-4.98, -4.92, -4.95, -4.95],
        }
    )
    (kind,) = describe_map(strip, wide, points=points, options=below()).points
    names = [kind.names.index(name) for name in "abcd"]
    assert [kind.regions[i] for i in names] == [0, 0, 1, -1]
    assert [kind.nested[0][i] for i in names] == [0, 1, -1, -1]
    (alone,) = describe_map(strip, wide, points=points).points
    assert alone.nested == ()
    (sent,) = page_data(describe_map(strip, wide, points=points))["points"]
    assert "nested" not in sent


def test_an_indicator_without_words_is_called_by_its_key(strip, wide):
    described = describe_map(strip, wide, indicators=[MapIndicator(key="air")])
    assert described.layer().indicator.label == "air"


def test_the_classes_of_a_map_can_part_at_the_standard(strip, wide):
    water = MapIndicator(key="air", direction="better", standard_value=15)
    options = MapOptions(method="standard")
    layers = describe_map(
        strip, wide, indicators=[water, "jalan"], options=options
    ).layers
    assert layers[0].classes.breaks == (15,)
    assert layers[0].classes.colours[0] == "#b4471a"
    assert layers[1].classes.method == "quantile", "it has no standard"


def test_a_level_below_of_other_regions_is_refused(strip, wide):
    text = (
        "detail.boundaries: parent_code is '32.01' and others, none of them on the "
        "map, which has '18.01'. Give the level just below that of the map."
    )
    with pytest.raises(MapError, match=f"^{re.escape(text)}$"):
        describe_map(strip, wide, options=below(parent="32.01"))


def test_a_level_below_without_parents_is_refused(strip, wide):
    detail = MapDetail(boundaries=halves().drop(columns="parent_code"), table=wide)
    text = (
        "detail.boundaries has no column 'parent_code'; it says in which region of "
        "the map each of them lies."
    )
    with pytest.raises(MapError, match=f"^{re.escape(text)}$"):
        describe_map(strip, wide, options=MapOptions(detail=detail))


def test_a_far_tiny_island_does_not_shrink_the_view_but_a_small_region_stays():
    mainland = MultiPolygon([box(0, 0, 1, 1), box(9, 9, 9.01, 9.01)])
    town = box(2, 0, 2.01, 0.01)
    assert extent(np.array([mainland, town])) == (0, 0, 2.01, 1)


def test_the_land_around_ends_where_its_source_ends():
    land = gpd.GeoDataFrame(geometry=[box(103, -9, 107, -4)], crs="EPSG:4326")
    bounds = np.array([104.0, -6.0, 106.0, -5.0])
    assert window_of(land, bounds) == [103, -8, 107, -4]
    assert window_of(None, bounds) == [102, -8, 108, -3]


def test_the_shipped_outline_is_that_of_the_shipped_boundaries():
    assert derive() == indonesia()


def test_a_map_outside_indonesia_has_no_inset(strip, wide):
    moved = strip.set_geometry(shapely.transform(strip.geometry, lambda xy: xy - 80))
    assert page_data(describe_map(moved, wide))["outline"] is None
    assert page_data(describe_map(strip, wide))["outline"] == indonesia()


# Several levels


def quarters():
    """Each half of the west cut into a village at the west and one at the east."""
    shapes = [
        box(105 + v / 20, -5 + k / 20, 105.05 + v / 20, -4.95 + k / 20)
        for k in range(2)
        for v in range(2)
    ]
    codes = [f"18.01.0{k}.200{v}" for k in (1, 2) for v in (1, 2)]
    return gpd.GeoDataFrame(
        {"name": codes, "kind": "Desa", "parent_code": [code[:8] for code in codes]},
        geometry=shapes,
        index=pd.Index(codes, name="region_code"),
        crs="EPSG:4326",
    )


def two_below():
    villages = quarters()
    table = pd.DataFrame({"air": [1, 2, 3, 4]}, index=villages.index)
    kecamatan = below().detail
    return MapOptions(detail=[kecamatan, MapDetail(boundaries=villages, table=table)])


def test_several_levels_stand_one_below_the_other(strip, wide):
    described = describe_map(strip, wide, options=two_below())
    assert [len(one.codes) for one in described.levels] == [3, 2, 4]
    assert described.detail.detail.detail is None
    data = page_data(described)
    assert [len(one["codes"]) for one in data["levels"]] == [3, 2, 4]
    # Codes at the top; below, where the parent stands: twice the first, twice the next.
    assert data["pool"][data["levels"][0]["parents"][0]] == "18"
    assert decode_numbers(data["levels"][1]["parents"]) == [0, 2]
    assert decode_numbers(data["levels"][2]["parents"]) == [0, 2, 1, 2]


def test_a_line_that_levels_share_stands_once(strip, wide):
    _, halves_of, villages = page_data(describe_map(strip, wide, options=two_below()))[
        "levels"
    ]
    # Of three levels only the lines inside a kecamatan are new in the last: two walls.
    assert decode_numbers(villages["shapes"]["arcs"]).count(2) == 2
    assert "upper" not in villages
    around = decode_coverage(halves_of["upper"])
    assert around[0].equals(strip.geometry.iloc[0])
    assert [shape.is_empty for shape in around[1:]] == [True, True]


def test_points_know_their_region_of_every_level(strip, wide):
    points = pd.DataFrame(
        {"kind": ["bkb"], "name": "a", "longitude": 105.08, "latitude": -4.98}
    )
    described = describe_map(strip, wide, points=points, options=two_below())
    assert described.points[0].nested == ((0,), (1,))


def test_a_level_below_says_what_it_lacks_and_where_its_outlines_are_from(strip, wide):
    options = below()
    options.detail.boundaries.attrs["attribution"] = "kantor kabupaten"
    above, under = page_data(describe_map(strip, wide, options=options))["levels"]
    assert under["notes"] == [
        {
            "id": "Tabel tidak memuat angka per kecamatan untuk: jalan.",
            "en": "The tables have no figures by kecamatan of: jalan.",
        }
    ]
    assert under["boundaries"]["id"] == "Batas: kantor kabupaten"
    assert "notes" not in above


def test_a_level_below_without_kinds_is_of_regions(strip, wide):
    options = below()
    del options.detail.boundaries["kind"]
    _, under = page_data(describe_map(strip, wide, options=options))["levels"]
    assert under["notes"][0]["id"] == (
        "Tabel tidak memuat angka per wilayah untuk: jalan."
    )


def test_the_way_down_begins_at_the_place_that_the_title_says(strip, wide):
    # Rows taken out of the country keep its name.
    strip.attrs |= {"province_code": "", "province_name": "Indonesia"}
    data = page_data(describe_map(strip, wide, options=below()))
    assert data["title"]["id"] == "Peta kerja KKBPK Lampung"
    assert data["drill"]["name"] == "Lampung"


def test_the_note_of_what_is_lacking_names_eight_and_counts_the_rest(strip, wide):
    many = wide.assign(**{f"x{i}": 1.0 for i in range(9)})
    _, under = page_data(describe_map(strip, many, options=below()))["levels"]
    assert under["notes"][0]["id"].endswith("; x6 (+2).")


def test_a_page_of_one_level_knows_nothing_of_others(strip, wide):
    data = page_data(describe_map(strip, wide))
    (only,) = data["levels"]
    assert "drill" not in data
    assert {"upper", "notes", "boundaries"}.isdisjoint(only)
    assert data == page_data(describe_map(strip, wide, options=MapOptions(detail=[])))
    page = build_page(describe_map(strip, wide))
    assert "kg-crumbs" not in page
    assert "kg-crumbs" in build_page(describe_map(strip, wide, options=below()))


@pytest.mark.parametrize("wrong", [["kecamatan"], "kecamatan", 3])
def test_what_is_no_level_below_is_refused(wrong):
    with pytest.raises(MapError, match=r"^detail is a .* or several from coarse to"):
        MapOptions(detail=wrong)
