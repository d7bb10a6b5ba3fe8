"""What the style sheet of a plugin names is in the page, or asked for by name."""

import base64
import re

import folium
import pytest
from folium.plugins import Fullscreen

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.maps import MapOptions, draw_work_map

SIGN = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
SCRIPT = "L.control.fullscreen = () => ({ addTo() {} });"
(SCRIPT_NAME, SCRIPT_URL) = Fullscreen.default_js[0]
(STYLE_NAME, STYLE_URL) = Fullscreen.default_css[0]
ABOVE = STYLE_URL.rpartition("/")[0]


@pytest.fixture
def drawn(strip, wide, tmp_path):
    """The page with a full-screen button whose style sheet is given."""

    def draw(style, **more):
        (tmp_path / "f.js").write_text(SCRIPT, encoding="utf-8")
        (tmp_path / "f.css").write_text(style, encoding="utf-8")
        given = {SCRIPT_NAME: tmp_path / "f.js", STYLE_NAME: tmp_path / "f.css"}
        options = MapOptions(assets={**given, **more})
        work_map = draw_work_map(strip, wide, options=options)
        Fullscreen().add_to(work_map)
        return work_map.page

    return draw


def held(kind, content):
    return f'url("data:{kind};base64,{base64.b64encode(content).decode()}")'


@pytest.mark.parametrize(
    "written", ["url(sign.svg)", "url('sign.svg')", 'url( "sign.svg?v=2" )']
)
def test_a_picture_beside_its_style_sheet_is_put_in(drawn, tmp_path, written):
    (tmp_path / "sign.svg").write_bytes(SIGN)
    page = drawn(f".full {{ background: {written} no-repeat }}")
    assert f".full {{ background: {held('image/svg+xml', SIGN)} no-repeat }}" in page


@pytest.mark.parametrize(
    "name", ["images/sign.svg", "sign.svg", f"{ABOVE}/images/sign.svg"]
)
def test_a_picture_is_found_by_its_name_or_address(drawn, tmp_path, name):
    (tmp_path / "elsewhere.svg").write_bytes(SIGN)
    style = ".full { background: url(images/sign.svg) }"
    page = drawn(style, **{name: tmp_path / "elsewhere.svg"})
    assert held("image/svg+xml", SIGN) in page


@pytest.mark.parametrize("name", ["letter.txt", "../letter.txt", "/{}/letter.txt"])
def test_nothing_but_pictures_and_fonts_is_taken_from_beside_a_sheet(
    drawn, tmp_path, name
):
    for folder in (tmp_path, tmp_path.parent):
        (folder / "letter.txt").write_text("rahasia", encoding="utf-8")
    own = name.format(str(tmp_path).strip("/"))
    with pytest.raises(MapError, match=r"letter\.txt"):
        drawn(f".full {{ background: url({own}) }}")


def test_a_part_of_a_drawing_is_still_chosen(drawn, tmp_path):
    (tmp_path / "signs.svg").write_bytes(SIGN)
    page = drawn(".full { background: url(signs.svg#star) }")
    assert f'{held("image/svg+xml", SIGN)[:-2]}#star")' in page


def test_everything_that_is_absent_is_named_in_one_refusal(strip, wide, tmp_path):
    (tmp_path / "f.css").write_text("a { background: url(a.png), url(b.gif) }")
    options = MapOptions(assets={STYLE_NAME: tmp_path / "f.css"})
    work_map = draw_work_map(strip, wide, options=options)
    Fullscreen().add_to(work_map)
    wanted = f"wants {SCRIPT_URL}, {ABOVE}/a.png, {ABOVE}/b.gif, and the page"
    with pytest.raises(MapError, match=re.escape(wanted)) as told:
        _ = work_map.page
    for name in (SCRIPT_NAME, "a.png", "b.gif"):
        assert f"{name!r}: 'path/to/file'" in str(told.value)


def test_whoever_lacks_a_style_sheet_hears_of_its_pictures_too(strip, wide):
    work_map = draw_work_map(strip, wide)
    Fullscreen().add_to(work_map)
    with pytest.raises(MapError, match="Pictures and fonts that a style sheet names"):
        _ = work_map.page


def test_fonts_are_allowed_only_where_there_are_some(drawn, tmp_path):
    (tmp_path / "a.woff2").write_bytes(b"font")
    face = "@font-face { font-family: A; src: url(a.woff2) format('woff2') }"
    assert "font-src data:;" in drawn(face)
    assert held("font/woff2", b"font") in drawn(face)
    assert "font-src" not in drawn(".full { color: red }")


def test_what_needs_no_file_stays_as_it_is(drawn):
    style = "a { background: url(data:image/gif;base64,R0); fill: url(#kg) }"
    assert style in drawn(f"/* url(old.png) */ {style}")


def test_a_style_sheet_that_loads_another_is_refused(drawn):
    with pytest.raises(MapError, match=re.escape("begins with '@import \"b.css\";'")):
        drawn('@import "b.css"; a { color: red }')


def test_a_file_that_is_not_there_is_named(drawn, tmp_path):
    absent = tmp_path / "absent.svg"
    with pytest.raises(MapError, match=re.escape(f"lies at {str(absent)!r}")):
        drawn(".full { background: url(sign.svg) }", **{"sign.svg": absent})


def test_elements_of_the_head_keep_their_order(strip, wide):
    work_map = draw_work_map(strip, wide)
    header = work_map.get_root().header
    header.add_child(folium.Element("<meta name='satu'>"))
    header.add_child(folium.Element("<meta name='dua'>"))
    page = work_map.page
    assert page.index("satu") < page.index("dua") < page.index("</head>")
