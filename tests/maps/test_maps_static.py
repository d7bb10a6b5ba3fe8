import re

import pytest
from matplotlib.colors import to_hex

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.options import MapOptions
from kkbpk_geo.maps.static import HATCHES, draw_figure, draw_static_map, save_figure


def words_of(figure):
    axes, legend = figure.axes[0], figure.legends[0]
    return [t.get_text() for t in (*figure.texts, *axes.texts, *legend.get_texts())]


def test_print_and_page_have_the_same_colours_and_words(strip, tidy):
    described = describe_map(strip, tidy)
    figure = draw_figure(described, period="2025-11")
    layer = described.layer()
    west, middle, east = figure.axes[0].patches[-3:]
    for patch, value in ((west, 62.0), (middle, 55.0)):
        colour = layer.classes.colours[layer.classes.index(value)]
        assert to_hex(patch.get_facecolor()) == colour
    assert east.get_hatch() == HATCHES["no_denominator"]
    words = words_of(figure)
    for label, n in zip(
        layer.classes.labels(), layer.classes.counts((62.0, 55.0, None)), strict=True
    ):
        assert f"{label}   ({n})" in words
    assert "pembagi nol   (1)" in words
    assert "Provinsi: 57,3 %" in words


def test_hostile_names_are_written_as_they_are(strip, wide):
    strip = strip.assign(name=["$x^2$ <b>", "${7*7}", "\\frac{1}{2}"])
    figure = draw_static_map(strip, wide, indicator="air")
    save_figure_bytes = words_of(figure)
    assert "$x^2$ <b>" in save_figure_bytes
    assert "${7*7}" in save_figure_bytes


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_the_same_input_gives_the_same_bytes(strip, tidy, kind, tmp_path):
    options = MapOptions(sample=True, source="SIGA", date="2026-01-01")
    found = set()
    for name in ("a", "b"):
        figure = draw_static_map(
            strip, tidy, indicator="contraceptive_use", options=options
        )
        path = save_figure(figure, tmp_path / f"{name}.{kind}")
        found.add(path.read_bytes())
    assert len(found) == 1
    assert len(found.pop()) > 5_000


def test_an_indicator_without_values_is_all_hatch(strip, wide):
    figure = draw_static_map(strip, wide.assign(air=float("nan")), indicator="air")
    assert {p.get_hatch() for p in figure.axes[0].patches} == {HATCHES["missing"]}


def test_nothing_global_is_touched(strip, wide):
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    draw_static_map(strip, wide, indicator="air")
    assert dict(mpl.rcParams) == before


def test_an_unknown_period_is_refused(strip, tidy):
    text = "the map has no period '2024'; it has ['2025-10', '2025-11']."
    with pytest.raises(MapError, match=f"^{re.escape(text)}$"):
        draw_static_map(strip, tidy, indicator="contraceptive_use", period="2024")


def test_an_unknown_format_is_refused(strip, wide, tmp_path):
    figure = draw_static_map(strip, wide, indicator="air")
    text = "peta.docx: a map is saved as .png, .svg, .pdf; found '.docx'."
    with pytest.raises(MapError, match=f"^{re.escape(text)}$"):
        save_figure(figure, tmp_path / "peta.docx")
