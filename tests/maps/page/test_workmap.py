import re

import folium
import pytest
from folium.plugins import HeatMap, MarkerCluster

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.maps.content.options import MapOptions
from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.page.page import build_page
from kkbpk_geo.maps.page.workmap import draw_work_map


def with_layers(strip, wide, options=None):
    work_map = draw_work_map(strip, wide, options=options)
    pin = folium.Icon(color="red", icon="home")
    folium.Marker([-4.95, 105.1], popup="<b>Balai</b>", icon=pin).add_to(work_map)
    group = folium.FeatureGroup("Rute").add_to(work_map)
    folium.PolyLine([[-4.95, 105.0], [-4.95, 105.3]], tooltip="jalan").add_to(group)
    folium.Marker([-4.9, 105.2]).add_to(MarkerCluster().add_to(work_map))
    folium.LayerControl().add_to(work_map)
    return work_map


def test_it_is_a_folium_map(strip, wide):
    work_map = draw_work_map(strip, wide)
    assert isinstance(work_map, folium.Map)
    assert work_map.get_root().render() == work_map.page
    west, south, east, north = strip.total_bounds
    assert work_map.get_bounds() == [[south, west], [north, east]]


def test_without_layers_its_page_is_the_page(strip, wide):
    described = describe_map(strip, wide)
    assert draw_work_map(strip, wide).page == build_page(described)


def test_it_saves_one_file(strip, wide, tmp_path):
    path = tmp_path / "peta.html"
    work_map = with_layers(strip, wide)
    work_map.save(path)
    page = path.read_text(encoding="utf-8")
    assert page == work_map.page
    assert "L.polyline(" in page
    assert not re.findall(r"<script[^>]*\bsrc|<link", page)
    assert "cdn." not in page


def test_the_same_layers_give_the_same_bytes_and_saving_twice_too(strip, wide):
    one, other = with_layers(strip, wide), with_layers(strip, wide)
    assert one.page == other.page == one.page
    random = re.findall(r"_([0-9a-f]{32})\b", one.page)
    assert random
    assert all(name.startswith("0" * 24) for name in random)


def test_jupyter_shows_the_page_in_a_frame(strip, wide):
    shown = draw_work_map(strip, wide)._repr_html_()
    assert shown.startswith("<iframe srcdoc=")
    assert "kg-data" in shown


def test_a_base_map_from_the_internet_is_refused(strip, wide):
    work_map = draw_work_map(strip, wide)
    folium.TileLayer("OpenStreetMap").add_to(work_map)
    text = (
        "the map has the layer 'TileLayer', which loads pictures from the internet; a "
        "work map opens without it and forbids it. Remove the layer, or ask for the "
        "one base map with MapOptions(basemap='osm')."
    )
    with pytest.raises(MapError, match=f"^{re.escape(text)}$"):
        work_map.get_root().render()


def test_a_plugin_with_files_of_its_own_is_refused_until_they_are_given(
    strip, wide, tmp_path
):
    def heated(options=None):
        work_map = draw_work_map(strip, wide, options=options)
        HeatMap([[-4.95, 105.1]]).add_to(work_map)
        return work_map

    name, url = HeatMap.default_js[0]
    text = (
        f"a layer of the map wants {url}, and the page may not load it. Save that file "
        f"and say where it is: MapOptions(assets={{{name!r}: 'path/to/file'}}), or "
        "remove the layer."
    )
    with pytest.raises(MapError, match=f"^{re.escape(text)}$"):
        _ = heated().page
    (tmp_path / "heat.js").write_text("var heat = 'here';", encoding="utf-8")
    page = heated(MapOptions(assets={name: tmp_path / "heat.js"})).page
    assert "<script>var heat = 'here';</script>" in page
