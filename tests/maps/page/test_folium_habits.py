"""What a folium user does without thinking shows, or one sentence says what to do."""

from __future__ import annotations

import base64
import re
from html import unescape

import folium
import pytest
from branca.element import MacroElement, Template
from folium.plugins import Draw, FloatImage

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.maps import draw_work_map

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
ADDRESS = "https://example.org/picture.png"


@pytest.fixture
def work_map(strip, wide):
    return draw_work_map(strip, wide)


def put_in(work_map, how):
    figure = folium.Figure(width=600, height=400)
    if how == "add_child":
        figure.add_child(work_map)
    else:
        work_map.add_to(figure)
    return figure


@pytest.mark.parametrize("how", ["add_child", "add_to"])
def test_in_a_figure_the_map_is_a_frame_that_holds_its_page(work_map, how):
    page = work_map.page
    figure = put_in(work_map, how)
    held = re.findall(r'<iframe srcdoc="([^"]*)"', figure.render())
    assert [unescape(text) for text in held] == [page]
    assert 'width="600" height="400"' in figure._repr_html_()
    assert figure.render() == figure.render()


def test_a_map_that_was_put_into_a_figure_is_still_saved_and_shown(work_map, tmp_path):
    folium.Marker([-5, 105], popup="Pos baru").add_to(work_map)
    page, shown = work_map.page, work_map._repr_html_()
    put_in(work_map, "add_to")
    assert "Pos baru" in page
    assert work_map.page == page
    assert work_map._repr_html_() == shown
    work_map.save(tmp_path / "peta.html")
    assert (tmp_path / "peta.html").read_text(encoding="utf-8") == page


def test_two_maps_stand_in_one_figure(strip, wide):
    figure = folium.Figure()
    for _ in range(2):
        figure.add_child(draw_work_map(strip, wide), name=f"map_{_}")
    assert figure.render().count("<iframe srcdoc") == 2


@pytest.mark.parametrize(
    ("chosen", "notebook", "frame"),
    [
        ({}, "640px", "100vh"),
        ({"panel": False}, "420px", "100vh"),
        ({"height": 300}, "300px", "300px"),
        ({"panel": False, "height": 500}, "500px", "500px"),
    ],
)
def test_a_map_is_as_high_as_is_asked_for(strip, wide, chosen, notebook, frame):
    work_map = draw_work_map(strip, wide, options=chosen)
    assert f'height="{notebook}"' in work_map._repr_html_()
    figure = folium.Figure()
    figure.add_child(work_map)
    assert f"width:100%;height:{frame};" in figure.render()


def test_folium_s_own_script_is_refused_with_what_to_call(work_map):
    with pytest.raises(MapError, match=r"components\.html\(work_map\.page"):
        _ = work_map._template


def test_elements_of_the_root_are_in_the_page_once(work_map):
    plain = work_map.page
    root = work_map.get_root()
    root.html.add_child(folium.Element("<h3 id='judul'>Judul saya</h3>"))
    root.header.add_child(folium.Element("<style>#judul{color:red}</style>"))
    root.script.add_child(folium.Element("window.sendiri = 1;"))
    page = work_map.page
    for text in ("Judul saya", "#judul{color:red}", "window.sendiri = 1;"):
        assert (plain.count(text), page.count(text)) == (0, 1)
    # A title stands above the page, as it does on folium's own.
    assert page.index("Judul saya") < page.index('<header class="kg-header">')
    assert page.index("#judul") < page.index("</head>")
    assert work_map.page == page


def test_a_legend_added_to_the_root_is_in_the_page_once(work_map):
    legend = MacroElement()
    legend._template = Template(
        "{% macro html(this, kwargs) %}<div>Legenda saya</div>{% endmacro %}"
    )
    work_map.get_root().add_child(legend)
    assert work_map.page.count("Legenda saya") == 1
    assert work_map.page.count("Legenda saya") == 1


@pytest.mark.parametrize(
    "element", ["<script>alert(1)</script>", "<p onclick='go()'>x</p>"]
)
def test_a_script_that_would_not_run_is_refused(work_map, element):
    work_map.get_root().html.add_child(folium.Element(element))
    with pytest.raises(MapError, match=r"get_root\(\)\.script\.add_child"):
        _ = work_map.page


@pytest.mark.parametrize(
    ("layer", "name"),
    [
        (
            lambda: folium.Marker([-5, 105], icon=folium.CustomIcon(ADDRESS)),
            "CustomIcon",
        ),
        (
            lambda: folium.raster_layers.ImageOverlay(
                ADDRESS, bounds=[[-6, 104], [-4, 106]]
            ),
            "ImageOverlay",
        ),
        (lambda: FloatImage(ADDRESS), "FloatImage"),
        (lambda: FloatImage("logo.png"), "FloatImage"),
        (
            lambda: folium.Marker(
                [-5, 105], popup=folium.Popup(f'<img src="{ADDRESS}">')
            ),
            "",
        ),
        (
            lambda: folium.Marker([-5, 105], popup=f"<img src={ADDRESS}>"),
            "",
        ),
        (
            lambda: folium.Marker(
                [-5, 105],
                icon=folium.DivIcon(html=f"<i style='background:url({ADDRESS})'></i>"),
            ),
            "",
        ),
    ],
)
@pytest.mark.parametrize("grouped", [False, True])
def test_a_picture_by_its_address_is_refused_by_name(work_map, layer, name, grouped):
    place = folium.FeatureGroup("Gambar").add_to(work_map) if grouped else work_map
    layer().add_to(place)
    with pytest.raises(MapError, match=r"(example\.org|logo\.png).*data:image") as told:
        _ = work_map.page
    assert name in str(told.value)


def test_a_local_picture_is_put_into_the_page(work_map, tmp_path):
    (tmp_path / "p.png").write_bytes(PIXEL)
    icon = folium.CustomIcon(str(tmp_path / "p.png"))
    folium.Marker([-5, 105], icon=icon).add_to(work_map)
    folium.raster_layers.ImageOverlay(
        str(tmp_path / "p.png"), bounds=[[-6, 104], [-4, 106]]
    ).add_to(work_map)
    assert work_map.page.count(base64.b64encode(PIXEL).decode()) == 2


def test_a_link_in_a_popup_is_no_picture(work_map):
    folium.Marker([-5, 105], popup=f'<a href="{ADDRESS}">lihat</a>').add_to(work_map)
    assert ADDRESS in work_map.page


def test_a_frame_in_a_popup_is_refused(work_map):
    popup = folium.Popup(folium.IFrame("<b>Isi</b>"))
    folium.Marker([-5, 105], popup=popup).add_to(work_map)
    with pytest.raises(MapError, match=r"folium\.IFrame|data:text"):
        _ = work_map.page


def test_all_files_that_layers_want_are_named_at_once(work_map):
    Draw().add_to(work_map)
    wanted = [url for _, url in (*Draw.default_js, *Draw.default_css)]
    assert len(wanted) > 1
    with pytest.raises(MapError, match="Save these files") as told:
        _ = work_map.page
    assert all(url in str(told.value) for url in wanted)
