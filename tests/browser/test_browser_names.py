"""Names on the map: read on every fill, with their number where one is wanted."""

import re

import pytest

from kkbpk_geo.maps.content.options import MapOptions
from kkbpk_geo.maps.content.palettes import INK, LIGHT, contrast
from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.page.page import write_work_map

pytestmark = pytest.mark.browser

# Ink, halo, and the fill of the region that a name stands in; beside it there is none.
INKS = """[...document.querySelectorAll(".kg-name")].flatMap((name, i) => {
  if (name.hidden) return [];
  const path = document.querySelectorAll("path.kg-region")[i];
  const { color } = getComputedStyle(name);
  const halo = name.style.getPropertyValue("--h");
  return [[name.innerText, color, halo, path.getAttribute("fill")]];
})"""
VIEWS = """(() => {
  const { layers } = kkbpk.page.level();
  const modes = layers.flatMap((one, layer) =>
    Object.keys(one.modes).map((mode) => ({ layer, mode, second: -1 })));
  const pairs = layers.map((_, second) => ({ layer: 0, mode: "value", second }));
  return [...modes, ...pairs];
})()"""


def hexed(colour):
    """``rgb(29, 42, 51)`` as ``#1d2a33``."""
    parts = re.fullmatch(r"rgb\((\d+), (\d+), (\d+)\)", colour).groups()
    return "#" + "".join(f"{int(part):02x}" for part in parts)


def named(page):
    """Name, ink, halo and fill of each name that is shown."""
    return [(name, hexed(ink), *rest) for name, ink, *rest in page.run(INKS)]


def test_every_name_of_every_view_is_read_on_its_fill(opened, lampung_page):
    page = opened(lampung_page)
    views = page.run(VIEWS)
    assert len(views) > 8
    seen = set()
    for view in views:
        page.run(f"kkbpk.page.update({view})".replace("'", '"'))
        for name, ink, halo, fill in named(page):
            # The halo is what lies behind a letter, wherever it crosses a border.
            assert contrast(ink, halo) >= 4.5, (view, name)
            assert halo in (fill, LIGHT), (view, name)
            seen.add((ink, halo == fill))
    assert {(LIGHT, True), (INK, True), (INK, False)} <= seen


def test_names_are_white_inside_dark_districts_and_dark_on_hatches(
    opened, lampung_page
):
    page = opened(lampung_page)
    looks = {name: (ink, halo, fill) for name, ink, halo, fill in named(page)}
    # Need is largest where use is smallest: the first district has 41, the darkest.
    assert looks["Lampung Selatan"][0] == LIGHT
    ink, halo, fill = looks["Lampung Barat"]
    assert fill == "url(#kg-not_reported)"
    assert (ink, halo) == (INK, LIGHT)


def test_names_of_faint_districts_are_dark(opened, lampung_page):
    page = opened(lampung_page)
    page.click_on(".kg-legend .kg-class")
    faint = [ink for _, ink, halo, fill in named(page) if halo != fill]
    assert len(faint) > 8
    assert set(faint) == {INK}
    page.run("kkbpk.page.update({only: new Set()})")
    assert LIGHT in {ink for _, ink, _, _ in named(page)}


SHOWN = (
    "[...document.querySelectorAll('.kg-name:not([hidden])')].map((n) => n.innerText)"
)


def test_a_tick_puts_numbers_under_the_names_in_either_language(opened, series_page):
    page = opened(series_page)
    assert "Lampung Tengah" in page.run(SHOWN)
    page.click_on("#kg-values")
    # The second district in the fourth period: 40 + 2 + 3.
    assert "Lampung Tengah\n45,0" in page.run(SHOWN)
    page.run("kkbpk.page.update({language: 'en'})")
    assert "Lampung Tengah\n45.0" in page.run(SHOWN)
    page.run("kkbpk.page.update({mode: 'change'})")
    assert "Lampung Tengah\n+1.0" in page.run(SHOWN)
    page.run("kkbpk.page.update({second: 1})")
    assert any(name.startswith("Lampung Tengah\n45.0 · 2") for name in page.run(SHOWN))
    page.click_on("#kg-values")
    assert "Lampung Tengah" in page.run(SHOWN)


def test_a_region_without_a_number_has_its_name_alone(opened, lampung_page):
    page = opened(lampung_page)
    page.run("kkbpk.page.update({values: true})")
    names = page.run(SHOWN)
    assert "Lampung Barat" in names, "it did not report"
    assert sum("\n" in name for name in names) == len(names) - 1


def test_numbers_do_not_stand_on_each_other(opened, lampung_page):
    for width, height in ((1366, 768), (360, 740)):
        page = opened(lampung_page, width, height)
        page.run("kkbpk.page.update({values: true})")
        overlaps = page.run("""(() => {
          const boxes = [...document.querySelectorAll(".kg-name:not([hidden])")]
            .map((name) => name.getBoundingClientRect());
          return boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) =>
            a.left < b.right - 1 && b.left < a.right - 1 &&
            a.top < b.bottom - 1 && b.top < a.bottom - 1)).length;
        })()""")
        assert overlaps == 0


def test_the_address_keeps_the_numbers(opened, series_page):
    page = opened(series_page)
    page.click_on("#kg-values")
    page.wait("location.hash.includes('values=1')")
    address = page.run("location.hash")
    assert "Lampung Tengah\n45,0" in opened(series_page, address=address).run(SHOWN)


def test_a_map_may_open_with_numbers_and_saves_them(
    opened, lampung, figures, tmp_path, saved
):
    options = MapOptions(values=True)
    page = opened(
        write_work_map(
            tmp_path / "angka.html", describe_map(lampung, figures, options=options)
        )
    )
    assert page.run("document.querySelector('#kg-values').checked")
    assert any("\n" in name for name in page.run(SHOWN))
    page.run("document.querySelector('#kg-take-svg').click()")
    picture = saved(".svg").read_text(encoding="utf-8")
    # Two stand for each row: the halo in the colour of the fill, then the letters.
    rows = re.findall(r'stroke="(#\w+)"[^>]*>Mesuji<', picture)
    assert len(rows) == 1
    letters = re.findall(r'<text[^>]*fill="(#\w+)"[^>]*>Mesuji<', picture)
    assert contrast(rows[0], letters[-1]) >= 4.5
    number = next(n for n in page.run(SHOWN) if n.startswith("Mesuji")).split("\n")[1]
    assert f">{number}<" in picture
