"""What a planner does with the map: look another way, compare, filter, take away."""

import csv
import io
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from kkbpk_geo.maps.content.options import MapOptions
from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.page.page import write_work_map

pytestmark = pytest.mark.browser

FILLS = (
    "[...document.querySelectorAll('path.kg-region')].map(p => p.getAttribute('fill'))"
)
FAINT = (
    "[...document.querySelectorAll('path.kg-region')]"
    ".filter(p => p.getAttribute('fill-opacity') < 0.5).length"
)
FREE_SPOT = """(() => {
  const region = [...document.querySelectorAll('path.kg-region')][%d];
  const box = region.getBoundingClientRect();
  for (let y = box.top + 2; y < box.bottom; y += 3)
    for (let x = box.left + 2; x < box.right; x += 3)
      if (document.elementFromPoint(x, y) === region) return [x, y];
})()"""
VALUES = (
    "Object.fromEntries([...document.querySelectorAll('#kg-ranking [data-region]')]"
    ".map(r => [r.dataset.region, r.lastChild.textContent]))"
)


# Periods and modes


def test_the_slider_starts_at_the_newest_period_and_keys_move_it(opened, series_page):
    page = opened(series_page)
    assert page.text("#kg-period-word") == "November 2025"
    page.run("document.querySelector('#kg-period').focus()")
    page.press("ArrowLeft")
    assert page.text("#kg-period-word") == "Oktober 2025"
    slider = "document.querySelector('#kg-period').getAttribute('aria-valuetext')"
    assert page.run(slider) == "Oktober 2025"
    assert page.run(VALUES)["0"] == "42,0 %", "40 + 2"


def test_playing_goes_from_the_oldest_to_the_newest_and_stops(opened, series_page):
    page = opened(series_page)
    page.click_on("#kg-play")
    assert page.text("#kg-period-word") == "Agustus 2025"
    assert "belum terbentuk" in page.text("#kg-legend")
    assert page.run(FILLS)[2] == "url(#kg-not_yet_founded)"
    page.wait("document.querySelector('#kg-period').value === '3'")
    assert page.run("document.querySelector('#kg-play').title") == "Putar periode"
    assert "disembunyikan" in page.text("#kg-legend")
    assert page.run(FILLS)[14] == "url(#kg-suppressed)"


def test_five_ways_to_look_at_one_indicator(opened, series_page):
    page = opened(series_page)
    words = page.run("[...document.querySelector('#kg-mode').options].map(o => o.text)")
    assert words == [
        "Nilai", "Jarak ke standar", "Kekurangan (jumlah)", "Peringkat", "Perubahan",
    ]  # fmt: skip
    legends = {page.text("#kg-legend")}
    expected = {"gap": "17,0", "need": "170", "rank": "1", "change": "+1,0"}
    for mode, text in expected.items():
        page.choose("#kg-mode", mode)
        assert page.run(VALUES)["0"] == text, f"{mode} of 43 % against 60 %"
        legends.add(page.text("#kg-legend"))
    assert len(legends) == 5
    page.choose("#kg-mode", "need")
    assert "pasangan" in page.text("#kg-legend")
    page.choose("#kg-indicator", "1")
    assert page.run("document.querySelector('#kg-mode').value") == "value"


def test_change_needs_a_period_before(opened, series_page):
    page = opened(series_page)
    page.choose("#kg-mode", "change")
    assert "Perubahan sejak Oktober 2025" in page.text("#kg-legend")
    page.choose("#kg-period", "0")
    assert page.run(FILLS)[0] == "url(#kg-missing)"


# Search, filter, table


def test_typing_narrows_the_list_of_indicators_and_enter_takes_the_first(
    opened, lampung_page
):
    page = opened(lampung_page)
    page.click_on("#kg-search")
    page.type("unmet")
    options = "[...document.querySelector('#kg-indicator').options].map(o => o.text)"
    found = page.run(options)
    assert len(found) == 1
    assert "unmet need" in found[0]
    assert page.text("#kg-live") == "1 cocok"
    page.press("Enter")
    assert "unmet need" in page.text("#kg-legend")
    assert len(page.run(options)) > 1, "the list is whole again"
    assert page.run("document.querySelector('#kg-indicator').size") == 0


def test_a_class_of_the_legend_filters_map_and_list(opened, series_page):
    page = opened(series_page)
    key = ".kg-class[data-key='0']"
    n = int(page.run(f'document.querySelector("{key}").lastChild.innerText'))
    page.click_on(key)
    assert page.run(FAINT) == 15 - n
    quiet = "document.querySelectorAll('#kg-ranking .kg-row.kg-quiet').length"
    assert page.run(quiet) == 15 - n
    pressed = f'document.querySelector("{key}").getAttribute("aria-pressed")'
    assert page.run(pressed) == "true"
    assert page.run(f'document.activeElement === document.querySelector("{key}")')
    page.press(" ")
    assert page.run(FAINT) == 0


def test_the_table_sorts_by_any_column_and_keeps_missing_ones_last(opened, series_page):
    page = opened(series_page)
    page.click_on("#kg-as-table")
    column = (
        "[...document.querySelectorAll('.kg-table tbody tr')]"
        ".map(r => r.children[1].innerText)"
    )
    assert "1 = paling perlu perhatian" in page.text("#kg-lists")
    page.click_on("[data-column='value'] button")
    falling = page.run(column)
    assert falling[0] == "69,0"
    assert falling[-1] == "disembunyikan (jumlah kecil)"
    page.click_on("[data-column='value'] button")
    rising = page.run(column)
    assert rising[0] == "43,0"
    assert rising[-1] == falling[-1]
    order = "document.querySelector('[data-column=value]').getAttribute('aria-sort')"
    assert page.run(order) == "ascending"
    page.click_on("[data-column='name'] button")
    assert page.text(".kg-table tbody th") == "Kota Bandar Lampung"


def test_a_row_of_the_table_lights_the_map_and_opens_the_sheet(opened, series_page):
    page = opened(series_page)
    page.click_on("#kg-as-table")
    page.hover(640, 10)
    page.wait("kkbpk.page.state.lit === null")
    page.run("document.querySelector('.kg-table [data-region=\"4\"] button').focus()")
    assert page.run("kkbpk.page.state.lit") == 4
    assert page.run("document.querySelector('[data-tick=\"4\"].kg-lit') !== null")
    page.press("Enter")
    assert page.text("#kg-sheet-title") == "Kabupaten Tulang Bawang"


# The sheet


def test_the_sheet_tells_findings_series_and_neighbours(opened, series_page, lampung):
    from kkbpk_geo.regions.adjacency import neighbours

    page = opened(series_page)
    at = list(lampung.index).index("18.10")
    page.run(f"kkbpk.page.openSheet({at})")
    sheet = page.text("#kg-sheet")
    assert "Maret dikirim dua kali." in sheet
    assert (
        page.run("document.querySelectorAll('#kg-sheet .kg-theme .kg-line').length")
        == 2
    )
    chips = page.run(
        "[...document.querySelectorAll('#kg-sheet .kg-chip')].map(c => c.innerText)"
    )
    codes = neighbours(lampung)["18.10"]
    assert [c.split(" ", 1)[1] for c in chips] == list(lampung.name[list(codes)])
    page.click_on("#kg-sheet .kg-chip")
    assert page.text("#kg-sheet-title") == chips[0]


# Two indicators


def test_two_indicators_give_nine_classes_and_four_corners_in_words(
    opened, series_page
):
    page = opened(series_page)
    page.choose("#kg-second", "1")
    legend = page.text("#kg-legend")
    assert "Kesertaan dan Unmet need" in legend
    assert "A: makin rendah →" in legend
    assert "B: makin tinggi →" in legend
    cells = "document.querySelectorAll('.kg-square [data-cell]').length"
    assert page.run(cells) == 9
    corners = page.text("#kg-ranking")
    assert "Kesertaan rendah, Unmet need tinggi" in corners
    assert page.text("#kg-as-ranking") == "Empat sudut"
    first = "document.querySelector('.kg-corner .kg-chip').innerText"
    assert page.run(first) == "Lampung Selatan", "the lowest use, the highest need"
    page.run("document.querySelector('[data-cell=\"2,2\"]').focus()")
    page.press("Enter")
    assert page.run(FAINT) == 15 - page.run("kkbpk.page.view().counts.get('2,2')")


def test_priority_classes_are_listed_class_by_class(opened, lampung_page, lampung):
    page = opened(lampung_page, address="#ind=priority_class")
    lines = page.run(
        "[...document.querySelectorAll('.kg-class')]"
        ".map(one => one.innerText.split('\\n'))"
    )
    assert lines == [
        ["Pasti prioritas", "4"], ["Mungkin prioritas", "2"], ["Belum prioritas", "9"],
    ]  # fmt: skip
    first = page.text(".kg-corner").split("\n\n")
    assert first[0] == "Pasti prioritas"
    assert sorted(first[1].split("\n")) == sorted(lampung.name.iloc[-4:]), (
        "the largest scores"
    )
    assert page.run("document.querySelector('#kg-mode').disabled")
    assert page.run("document.querySelector('#kg-second').disabled")
    page.click_on("#kg-as-table")
    assert "Mungkin prioritas" in page.text("#kg-ranking")
    page.click_on(".kg-class")
    quiet = "document.querySelectorAll('#kg-ranking tr.kg-quiet').length"
    assert page.run(quiet) == 11
    page.run(f"kkbpk.page.openSheet({len(lampung) - 1})")
    assert "Pasti prioritas · Prioritas 1 dari 15" in page.text("#kg-sheet")


def test_page_and_print_agree_on_two_indicators(opened, series_page, series_described):
    from kkbpk_geo.maps.content.bivariate import COLOURS, pair_layers

    first, second = series_described.layers
    cells = pair_layers(first, second).cells("2025-11")
    page = opened(series_page)
    page.choose("#kg-second", "1")
    assert page.run(FILLS) == [
        "url(#kg-suppressed)" if cell is None else COLOURS[cell[1]][cell[0]]
        for cell in cells
    ]


def test_page_and_python_agree_on_every_mode(opened, series_page, series_described):
    from kkbpk_geo.maps.content.modes import modes_of

    page = opened(series_page)
    for mode, layer in modes_of(series_described.layers[0]).items():
        page.choose("#kg-mode", mode)
        cells, classes = layer.cells["2025-11"], layer.classes
        assert page.run(FILLS) == [
            f"url(#kg-{why})"
            if value is None
            else classes.colours[classes.index(value)]
            for value, why in zip(cells.values, cells.status, strict=True)
        ], mode


# Points


def test_a_point_is_found_by_name_and_shown(opened, series_page):
    page = opened(series_page)
    page.click_on("#kg-points summary")
    page.click_on("#kg-point-search")
    page.type("midwife 7")
    assert page.text("#kg-points-found").startswith("6 cocok")
    assert page.text(".kg-found").startswith("midwife 7 "), "what begins so is first"
    page.click_on(".kg-found")
    page.wait("document.querySelector('.leaflet-popup-content') !== null")
    assert "midwife 7" in page.text(".leaflet-popup-content")
    assert page.run("kkbpk.map.getZoom()") >= 12


def test_rings_are_drawn_when_asked_for(opened, series_page):
    page = opened(series_page)
    rings = (
        "(() => { let n = 0; kkbpk.map.eachLayer(l => {"
        "if (l instanceof L.Circle) n += 1; }); return n; })()"
    )
    assert page.run(rings) == 0
    page.click_on("#kg-points summary")
    page.choose("#kg-radius", "5")
    assert page.run(rings) == 30, "hospitals and groups; midwives are not shown"
    page.choose("#kg-radius", "0")
    assert page.run(rings) == 0


def test_a_disc_of_points_opens_until_it_parts(opened, series_page):
    page = opened(series_page)
    zoom = page.run("kkbpk.map.getZoom()")
    page.click_on(".kg-cluster")
    page.wait(f"kkbpk.map.getZoom() > {zoom}")


# Levels


def test_a_double_click_goes_down_a_level_and_back(
    opened, series_page, series_described
):
    page = opened(series_page)
    page.click(*page.run(FREE_SPOT % 6), times=2)
    page.wait("document.querySelectorAll('path.kg-region').length === 2")
    rows = "document.querySelectorAll('#kg-ranking [data-region]').length"
    assert page.run(rows) == 2
    assert "Lampung Timur" in page.text("#kg-subtitle")
    assert page.text(".kg-row-name").startswith("Lampung Timur")
    here = [i for i in range(30) if series_described.detail.codes[i][:5] == "18.07"]
    told = []
    for i in here:
        page.run(f"kkbpk.page.openSheet({i})")
        told.append(page.text("#kg-sheet"))
    inside = [
        sum(kind.nested[0].count(i) for kind in series_described.points) for i in here
    ]
    assert sum(inside) >= 3, "hospital, group and midwife of Lampung Timur"
    assert ["(titik)" in text.lower() for text in told] == [n > 0 for n in inside]
    page.run("kkbpk.page.closeSheet()")
    page.click_on("#kg-crumbs button")
    page.click_on("#kg-levels button:nth-of-type(2)")
    assert page.run(rows) == 30
    page.click_on("#kg-levels button")
    assert page.run(rows) == 15
    assert page.run("document.querySelectorAll('path.kg-region').length") == 15


# Taking away


def test_the_address_keeps_the_view_and_opens_it_again(opened, series_page):
    page = opened(series_page)
    page.choose("#kg-mode", "gap")
    page.choose("#kg-period", "2")
    page.run("kkbpk.page.openSheet(9)")
    page.wait("location.hash.endsWith('region=18.10')")
    address = page.run("location.hash")
    assert address == "#ind=kesertaan&mode=gap&period=2025-10&region=18.10"
    again = opened(series_page, address=address)
    assert again.text("#kg-period-word") == "Oktober 2025"
    assert "Jarak ke standar" in again.text("#kg-legend")
    assert "Pringsewu" in again.text("#kg-sheet-title")
    below = opened(series_page, address="#level=1&in=18.07&with=unmet&lang=en")
    assert "Four corners" in below.text("#kg-lists")
    assert "Lampung Timur" in below.text("#kg-crumbs")


def test_the_address_is_written_when_the_reader_has_seen_the_view(opened, series_page):
    """To write it a browser lays the page out: half of what a switch takes."""
    page = opened(series_page)
    before = page.run("location.hash")
    at_once = "kkbpk.page.update({layer: 1}); location.hash"
    assert page.run(at_once) == before
    page.wait("location.hash === '#ind=unmet&period=2025-11'")


def test_an_address_typed_at_once_after_a_choice_is_followed(opened, series_page):
    page = opened(series_page)
    page.run(
        "kkbpk.page.update({layer: 1}); location.hash = '#ind=kesertaan&mode=rank'"
    )
    page.wait("document.querySelector('#kg-mode').value === 'rank'")
    page.run("new Promise(done => setTimeout(done, 250))")
    assert page.run("location.hash") == "#ind=kesertaan&mode=rank"


def test_another_address_in_the_same_page_is_followed(opened, series_page):
    page = opened(series_page)
    page.run("location.hash = '#ind=unmet&region=18.10&list=table'")
    page.wait("!document.querySelector('#kg-sheet').hidden")
    assert "Pringsewu" in page.text("#kg-sheet-title")
    page.run("location.hash = '#ind=kesertaan&mode=rank&period=2025-09'")
    page.wait("document.querySelector('#kg-sheet').hidden")
    assert page.text("#kg-period-word") == "September 2025"
    assert page.run("document.querySelector('#kg-mode').value") == "rank"


def test_an_address_of_another_map_opens_what_there_is(opened, series_page):
    page = opened(series_page, address="#ind=%3Cb%3E&region=99&period=x&mode=y&level=7")
    assert "Kesertaan" in page.text("#kg-legend")
    assert page.run("document.querySelector('#kg-sheet').hidden")


def test_the_table_is_saved_as_a_spreadsheet_reads_it(opened, series_page, saved):
    page = opened(series_page)
    page.click_on("#kg-take summary")
    page.click_on("#kg-take-csv")
    text = saved(".csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0][:4] == ["kode", "Wilayah", "Kesertaan (%)", "Pembilang"]
    assert len(rows) == 16
    by_code = {row[0]: row for row in rows[1:]}
    assert by_code["18.01"][1:6] == ["Lampung Selatan", "43", "430", "1000", "1"]
    assert rows[0][5] == "urutan (1 = paling perlu perhatian)"
    assert by_code["18.72"][2] == ""
    assert by_code["18.72"][-2] == "disembunyikan (jumlah kecil)"
    assert rows[0][-2:] == ["Keadaan data", "Periode"]
    assert {row[-1] for row in rows[1:]} == {"November 2025"}


def test_the_picture_as_svg_stands_alone(opened, series_page, saved):
    page = opened(series_page)
    page.click_on("#kg-take summary")
    page.click_on("#kg-take-svg")
    text = saved(".svg").read_text(encoding="utf-8")
    root = ET.fromstring(text)
    words = " ".join(root.itertext())
    for word in ("Peta kerja KKBPK Lampung", "Kesertaan", "CC BY 3.0 IGO", "50 km"):
        assert word in words
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    fills = page.run(FILLS)
    drawn = [e.get("fill") for e in root.iter("{http://www.w3.org/2000/svg}path")]
    assert set(fills) <= set(drawn)


@pytest.mark.parametrize("pair", [False, True])
def test_the_picture_as_png_has_twice_the_pixels(opened, series_page, saved, pair):
    page = opened(series_page)
    if pair:
        page.choose("#kg-second", "1")
    page.click_on("#kg-take summary")
    page.click_on("#kg-take-png")
    found = saved(".png").read_bytes()
    assert found.startswith(b"\x89PNG")
    width = int.from_bytes(found[16:20], "big")
    assert width == 2 * (page.run("kkbpk.map.getSize().x") + 270 + 48)


def test_a3_is_a4_enlarged(opened, series_page):
    page = opened(series_page)
    a4 = page.pdf()
    page.run("window.print = () => {}")
    page.click_on("#kg-take summary")
    page.click_on("#kg-print-a3")
    a3 = page.pdf()
    boxes = [pdf.split(b"/MediaBox [")[1].split(b"]")[0].split() for pdf in (a4, a3)]
    sides = [[round(float(side)) for side in box[2:]] for box in boxes]
    assert sides == [[842, 595], [1191, 842]]
    assert a3.count(b"/Type /Page\n") == 1
    assert page.pdf().split(b"/MediaBox [")[1].startswith(b"0 0 84"), "A4 again"


def test_it_works_in_a_frame_as_jupyter_shows_it(browser, series_described, tmp_path):
    import html

    from kkbpk_geo.maps.page.page import build_page

    page = html.escape(build_page(series_described))
    frame = f'<iframe srcdoc="{page}" width="900" height="640"></iframe>'
    (tmp_path / "buku.html").write_text(frame, encoding="utf-8")
    shown = browser.open(tmp_path / "buku.html")
    inside = "document.querySelector('iframe').contentDocument"
    shown.wait(f"{inside}.querySelectorAll('path.kg-region').length === 15")
    shown.run(
        f"(s => {{ s.value = '1'; s.dispatchEvent(new Event('change')); }})"
        f"({inside}.querySelector('#kg-indicator'))"
    )
    assert shown.run(f"{inside}.querySelector('#kg-legend h2').textContent") == (
        "Unmet need"
    )
    assert shown.complaints() == []
    shown.close()


# Furniture


def test_north_scale_and_inset_are_there_and_cover_no_control(opened, series_page):
    page = opened(series_page)
    for selector in ("#kg-north svg", "#kg-inset svg", ".leaflet-control-scale-line"):
        box = page.run(
            f"JSON.parse(JSON.stringify(document.querySelector('{selector}')"
            ".getBoundingClientRect()))"
        )
        assert box["width"] > 10, selector
    label = "document.querySelector('#kg-inset svg').getAttribute('aria-label')"
    assert page.run(label) == "Letak di Indonesia"
    assert page.run("document.querySelector('#kg-north svg').textContent") == "U"


def test_no_edge_of_the_grey_land_shows(opened, series_page):
    for size in ((1280, 800), (1920, 1080), (360, 740)):
        page = opened(series_page, *size)
        window = page.run("kkbpk.page.data.window")
        view = page.run(
            "(b => [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()])"
            "(kkbpk.map.getBounds())"
        )
        far = page.run("document.querySelectorAll('.leaflet-kg-far-pane path').length")
        inside = window[1] <= view[1] and view[3] <= window[3]
        assert inside or far == 2, size


def test_reduced_motion_is_respected(browser, series_page):
    page = browser.open(series_page)
    page.send(
        "Emulation.setEmulatedMedia",
        features=[{"name": "prefers-reduced-motion", "value": "reduce"}],
    )
    page.send("Page.reload")
    page.wait("typeof kkbpk === 'object' && kkbpk.map !== undefined")
    assert not page.run("kkbpk.map.options.zoomAnimation")
    page.close()


def test_a_base_map_is_asked_for_only_when_switched_on(
    browser, lampung, figures, tmp_path
):
    described = describe_map(lampung, figures, options=MapOptions(basemap="osm"))
    html = write_work_map(tmp_path / "osm.html", described).read_bytes()
    tile = (Path(__file__).parent / "tile.png").read_bytes()
    asked = []

    def answer(url, headers):
        asked.append((url, headers.get("Referer", "")))
        return ("text/html", html) if "kantor.test" in url else ("image/png", tile)

    page = browser.open_address("https://kantor.test/peta.html", answer)
    assert asked == [("https://kantor.test/peta.html", "")]
    page.click_on("#kg-basemap button")
    page.wait("document.querySelectorAll('img.leaflet-tile-loaded').length > 3")
    assert page.run("document.querySelector('img.leaflet-tile').naturalWidth") == 8
    assert "© OpenStreetMap" in page.text(".kg-credit")
    assert {url.split("/")[2] for url, _ in asked[1:]} == {"tile.openstreetmap.org"}
    assert {referer for _, referer in asked[1:]} == {"https://kantor.test/"}
    page.click_on("#kg-basemap button")
    assert page.run("document.querySelectorAll('img.leaflet-tile').length") == 0
    assert page.complaints() == []
    page.close()


def test_a_base_map_that_cannot_come_says_why(browser, lampung, figures, tmp_path):
    described = describe_map(lampung, figures, options=MapOptions(basemap="osm"))
    path = write_work_map(tmp_path / "osm.html", described)
    page = browser.open(path)
    page.click_on("#kg-basemap button")
    assert "hanya melayani halaman yang dibuka lewat alamat web" in page.text(
        ".kg-credit"
    )
    assert page.run("document.querySelectorAll('img.leaflet-tile').length") == 0
    assert len(page.requests()) == 1, "the page itself"
    page.close()
    html = path.read_bytes()
    page = browser.open_address(
        "https://kantor.test/",
        lambda url, _: ("text/html", html) if "kantor.test" in url else None,
    )
    page.click_on("#kg-basemap button")
    page.wait("document.querySelector('.kg-credit').innerText.includes('tidak dapat')")
    page.close()


# Odd input


def test_odd_tables_give_a_page_that_works(opened, lampung, tmp_path):
    import numpy as np
    import pandas as pd

    names = ["nama " * 40, "\u202eمنطقة", "😀👍🏽", *lampung.name[3:]]
    table = pd.DataFrame(
        {
            "kosong": np.nan,
            "sama": 5.0,
            "tak_hingga": [np.inf, -np.inf, *range(13)],
            "negatif": np.arange(15) - 7.5,
        },
        index=lampung.index,
    )
    table.loc["99.99"] = 1.0
    points = pd.DataFrame(
        {"kind": "x", "name": None, "longitude": [np.nan, 105], "latitude": [1, -5]}
    )
    described = describe_map(
        lampung.assign(name=names), table, points=points, options=MapOptions(k=7)
    )
    page = opened(write_work_map(tmp_path / "aneh.html", described))
    for layer in range(4):
        page.choose("#kg-indicator", str(layer))
        for mode in page.run("Object.keys(kkbpk.page.layer().modes)"):
            page.choose("#kg-mode", mode)
            page.run("kkbpk.page.openSheet(0); kkbpk.page.closeSheet()")
            page.run("kkbpk.picture(kkbpk.page) && 0")
        page.choose("#kg-second", str((layer + 1) % 4))
        page.choose("#kg-second", "-1")
    assert "99.99" in page.text("#kg-footer")
    assert page.run("document.documentElement.scrollWidth") <= 1280


def test_one_region_makes_a_map(opened, lampung, tmp_path):
    import pandas as pd

    one = lampung.loc[["18.10"]]
    table = pd.DataFrame({"nilai": [3.5]}, index=one.index)
    page = opened(write_work_map(tmp_path / "satu.html", describe_map(one, table)))
    assert page.run(FILLS) == ["#6aa3c8"]
    page.run("kkbpk.page.openSheet(0)")
    assert "Pringsewu" in page.text("#kg-sheet-title")
