"""The print map says what the page says, on any sheet, and never touches a setting."""

import re
from dataclasses import replace

import matplotlib as mpl
import pytest
from drawn import refused, regions_of, words_of
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.catalogue.statuses import reasons, statuses
from kkbpk_geo.maps.content.options import MapOptions
from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.paper.ground import no_value
from kkbpk_geo.maps.paper.sheet import PrintOptions
from kkbpk_geo.maps.paper.static import (
    draw_figure,
    draw_static_map,
    save_figure,
    save_pages,
)

INDICATOR = "contraceptive_use"


def test_print_and_page_have_the_same_colours_counts_and_words(strip, tidy):
    described = describe_map(strip, tidy)
    figure = draw_figure(described, period="2025-11")
    layer = described.layer()
    west, middle, east = regions_of(figure.axes[-3])
    for patch, value in ((west, 62.0), (middle, 55.0)):
        colour = layer.classes.colours[layer.classes.index(value)]
        assert to_hex(patch.get_facecolor()) == colour
    assert east.get_hatch() == statuses()["no_denominator"].print
    words = words_of(figure)
    assert set(layer.classes.labels()) <= set(words)
    assert "pembagi nol" in words
    assert "Provinsi: 57,3 %" in words


def test_the_sum_of_a_city_is_not_called_the_province(strip, tidy):
    code = str(tidy["region_code"].iloc[-1])
    inside = {each: f"18.71.0{at}" for at, each in enumerate(strip.index, start=1)}
    frame = strip.rename(index=inside)
    frame.attrs = {"province_code": "18.71", "province_name": "Kota Contoh"}
    table = tidy.assign(region_code=tidy["region_code"].map(inside).fillna("18.71"))
    words = words_of(draw_figure(describe_map(frame, table), period="2025-11"))
    assert code == "18"
    assert "Kota Contoh: 57,3 %" in words


def test_every_status_without_a_value_has_a_hatch_of_its_own():
    hatches = {why.key: no_value(why.key).hatch for why in reasons()}
    assert all(hatches.values())
    assert len(set(hatches.values())) == len(hatches) == 12


def test_the_worst_are_listed_first_with_numerator_and_denominator(strip, tidy):
    words = words_of(
        draw_static_map(strip, tidy, indicator=INDICATOR, period="2025-11")
    )
    at = words.index("Paling perlu perhatian")
    assert words[at + 1 : at + 9] == [
        "1", "55,0", "Tengah", "110 dari 200", "2", "62,0", "Barat", "62 dari 100",
    ]  # fmt: skip


def test_a_rate_shows_its_parts_with_a_stroke_and_no_table_on_request(strip, tidy):
    tidy = tidy.assign(indicator="sendiri")
    words = words_of(draw_static_map(strip, tidy, indicator="sendiri"))
    assert "62 / 100" in words
    assert "Tertinggi" in words
    layout = PrintOptions(table=False)
    figure = draw_static_map(strip, tidy, indicator="sendiri", layout=layout)
    assert "Tertinggi" not in words_of(figure)


def test_equal_regions_have_no_worst(strip, wide):
    words = words_of(draw_static_map(strip, wide.assign(air=7.0), indicator="air"))
    assert "Semua wilayah bernilai sama." in words


def test_the_sheet_says_source_boundaries_and_the_date_it_is_given(strip, tidy):
    options = MapOptions(source="SIGA", date="1 Desember 2025", sample=True)
    words = words_of(draw_static_map(strip, tidy, indicator=INDICATOR, options=options))
    assert "Dibuat: 1 Desember 2025" in words
    assert "DATA CONTOH" in words
    foot = next(w for w in words if w.startswith("Angka: SIGA."))
    assert "Batas: contoh buatan." in foot
    layout = PrintOptions(date="2 Desember 2025")
    figure = draw_static_map(
        strip, tidy, indicator=INDICATOR, options=options, layout=layout
    )
    assert "Dibuat: 2 Desember 2025" in words_of(figure)


def test_english_is_english(strip, tidy):
    options = MapOptions(language="en")
    words = words_of(draw_static_map(strip, tidy, indicator=INDICATOR, options=options))
    assert {
        "Most in need of attention",
        "N",
        "110 of 200",
        "denominator is zero",
    } <= set(words)
    assert any(w.endswith(" E") for w in words)


@pytest.mark.parametrize(
    ("page", "orientation", "inches"),
    [
        ("A4", "landscape", (11.69, 8.27)),
        ("A4", "portrait", (8.27, 11.69)),
        ("A3", "landscape", (16.54, 11.69)),
        ("A3", "portrait", (11.69, 16.54)),
    ],
)
def test_a_sheet_has_the_size_it_is_named_after(strip, tidy, page, orientation, inches):
    layout = PrintOptions(page=page, orientation=orientation)
    figure = draw_static_map(strip, tidy, indicator=INDICATOR, layout=layout)
    assert tuple(figure.get_size_inches()) == pytest.approx(inches, abs=0.01)
    bounds = figure.bbox
    for axes in figure.axes:
        for text in axes.texts:
            box = text.get_window_extent()
            assert bounds.x0 <= box.x0, text.get_text()
            assert box.x1 <= bounds.x1, text.get_text()
            assert bounds.y0 <= box.y0, text.get_text()


def test_axes_of_the_callers_own_are_drawn_into(strip, tidy):
    own = Figure(figsize=(6, 6))
    axes = own.add_subplot()
    layout = PrintOptions(axes=axes)
    found = draw_static_map(
        strip,
        tidy,
        indicator=INDICATOR,
        options=MapOptions(sample=True),
        layout=layout,
    )
    assert found is own
    assert own.axes == [axes]
    assert len(regions_of(axes)) == 3
    assert axes.get_title() == "Kesertaan ber-KB (PA/PUS) · November 2025"
    legend = [text.get_text() for text in axes.get_legend().get_texts()]
    assert "pembagi nol  (1)" in legend


def test_jupyter_shows_the_sheet_as_a_picture(strip, wide):
    figure = draw_static_map(strip, wide, indicator="air")
    assert figure._repr_png_().startswith(b"\x89PNG")


def test_hostile_names_are_written_as_they_are(strip, wide):
    strip = strip.assign(name=["$x^2$ <b>", "${7*7}", "\\frac{1}{2}"])
    words = words_of(draw_static_map(strip, wide, indicator="air"))
    assert "$x^2$ <b>" in words
    assert "${7*7}" in words


def test_long_foreign_and_empty_names_are_drawn_sensibly(strip, wide, tmp_path):
    strip = strip.assign(name=["سرانج", "A" * 200, "👩🏽 日本 \n\t x"])
    figure = draw_static_map(
        strip, wide, indicator="air", options=MapOptions(title="T" * 300)
    )
    save_figure(figure, tmp_path / "peta.png")  # a missing letter would warn
    words = words_of(figure)
    assert "سرانج" in words
    assert any(w.startswith("AAA") and w.endswith("…") for w in words)


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
@pytest.mark.parametrize("indicator", ["air", ["air", "jalan"]])
def test_the_same_input_gives_the_same_bytes(strip, wide, kind, indicator, tmp_path):
    found = set()
    for name in ("a", "b"):
        figure = draw_static_map(strip, wide, indicator=indicator)
        found.add(save_figure(figure, tmp_path / f"{name}.{kind}").read_bytes())
    assert len(found) == 1
    assert len(found.pop()) > 5_000


def test_a_pdf_carries_its_fonts_and_no_picture(strip, wide, tmp_path):
    figure = draw_static_map(strip, wide, indicator="air")
    data = save_figure(figure, tmp_path / "peta.pdf").read_bytes()
    assert b"/FontFile2" in data
    assert b"/Type3" not in data
    assert b"/Subtype /Image" not in data
    assert b"CreationDate" not in data


def test_an_indicator_without_values_is_all_hatch(strip, wide):
    figure = draw_static_map(strip, wide.assign(air=float("nan")), indicator="air")
    (axes,) = [axes for axes in figure.axes if regions_of(axes)]
    assert {p.get_hatch() for p in regions_of(axes)} == {statuses()["missing"].print}
    assert "Tidak ada nilai pada periode ini." in words_of(figure)


def test_no_setting_is_touched_and_none_of_the_callers_changes_the_print(
    strip, wide, tmp_path
):
    def draw(name):
        figure = draw_static_map(strip, wide, indicator="air")
        return save_figure(figure, tmp_path / name).read_bytes()

    before = dict(mpl.rcParams)
    plain = draw("a.png")
    assert dict(mpl.rcParams) == before
    with mpl.rc_context({"font.family": "serif", "axes.facecolor": "black"}):
        assert draw("b.png") == plain


def test_an_unknown_period_is_refused(strip, tidy):
    with refused("the map has no period '2024'; it has ['2025-10', '2025-11']."):
        draw_static_map(strip, tidy, indicator=INDICATOR, period="2024")
    with refused("period is empty; the map has ['2025-10', '2025-11']."):
        draw_static_map(strip, tidy, indicator=INDICATOR, period=[])


def test_no_indicator_is_refused(strip, wide):
    with refused("indicator is empty; expected at least one."):
        draw_static_map(strip, wide, indicator=[])


def test_given_axes_take_one_map(strip, wide):
    layout = PrintOptions(axes=Figure().add_subplot())
    with refused("given axes take one map; there are 2 indicators and 1 periods."):
        draw_static_map(strip, wide, indicator=["air", "jalan"], layout=layout)


def test_an_unknown_page_or_orientation_is_refused(strip, wide):
    layout = PrintOptions()
    with refused("page is 'A5'; expected 'A4' or 'A3'."):
        draw_static_map(strip, wide, indicator="air", layout=replace(layout, page="A5"))
    with refused("orientation is 'tegak'; expected one of auto, landscape, portrait."):
        draw_static_map(
            strip, wide, indicator="air", layout=replace(layout, orientation="tegak")
        )


def test_an_unknown_format_is_refused(strip, wide, tmp_path):
    figure = draw_static_map(strip, wide, indicator="air")
    with refused("peta.docx: a map is saved as .png, .svg, .pdf; found '.docx'."):
        save_figure(figure, tmp_path / "peta.docx")


def test_several_figures_are_pages_of_one_file(strip, wide, tmp_path):
    def figures():
        return (draw_static_map(strip, wide, indicator=key) for key in ("air", "jalan"))

    first = save_pages(figures(), tmp_path / "a.pdf").read_bytes()
    assert len(re.findall(rb"/Type /Page\b", first)) == 2
    assert save_pages(figures(), tmp_path / "b.pdf").read_bytes() == first
    text = "a.png: several pages are saved as .pdf; end the name in it."
    with pytest.raises(MapError, match=f"^{re.escape(text)}$"):
        save_pages([], tmp_path / "a.png")
