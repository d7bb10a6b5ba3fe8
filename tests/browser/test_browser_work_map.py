"""The work map in a real browser, with the network off."""

import pytest

pytestmark = pytest.mark.browser

FILLS = (
    "[...document.querySelectorAll('path.kg-region')].map(p => p.getAttribute('fill'))"
)
FREE_SPOT = """(() => {
  const region = [...document.querySelectorAll('path.kg-region')][%d];
  const box = region.getBoundingClientRect();
  for (let y = box.top + 2; y < box.bottom; y += 3)
    for (let x = box.left + 2; x < box.right; x += 3)
      if (document.elementFromPoint(x, y) === region) return [x, y];
})()"""


def legend(page):
    return page.text("#kg-legend").split("\n")


def test_it_draws_fifteen_districts_with_names_and_legend(opened, lampung_page):
    page = opened(lampung_page)
    fills = page.run(FILLS)
    assert len(fills) == 15
    assert fills.count("url(#kg-not_reported)") == 1
    shown = "[...document.querySelectorAll('.kg-name')].filter(n => !n.hidden).length"
    assert page.run(shown) >= 12
    assert "Kesertaan ber-KB (PA/PUS)" in legend(page)[0]
    counts = page.run(
        "[...document.querySelectorAll('.kg-legend li')]"
        ".map(l => l.firstChild)"
        ".map(l => [l.children[1].innerText, Number(l.lastChild.innerText)])"
    )
    assert sum(n for _, n in counts) == 15
    assert ["belum lapor", 1] in counts
    assert page.text("#kg-title") == "Peta kerja KKBPK Lampung"
    assert page.text("#kg-subtitle") == "November 2025"
    assert page.text("#kg-ribbon") == "DATA CONTOH"
    assert "CC BY 3.0 IGO" in page.text("#kg-footer")
    assert page.run("document.querySelector('.leaflet-control-scale-line').innerText")


def test_names_do_not_overlap(opened, lampung_page):
    page = opened(lampung_page)
    overlaps = page.run("""(() => {
      const boxes = [...document.querySelectorAll('.kg-name')].filter(n => !n.hidden)
        .map(n => n.getBoundingClientRect());
      return boxes.flatMap((a, i) => boxes.slice(i + 1).filter(b =>
        a.left < b.right - 1 && b.left < a.right - 1 &&
        a.top < b.bottom - 1 && b.top < a.bottom - 1)).length;
    })()""")
    assert overlaps == 0


def test_no_name_covers_a_disc_where_there_is_room(opened, lampung_page):
    page = opened(lampung_page)
    covered = """(() => {
      const hits = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
      const box = (one) => one.getBoundingClientRect();
      const names = [...document.querySelectorAll(".kg-name")].filter((one) => !one.hidden).map(box);
      const signs = [...document.querySelectorAll(".kg-sign")].map(box);
      return names.filter((name) => signs.some((sign) => hits(name, sign))).length;
    })()"""  # noqa: E501
    assert page.run(covered) <= 2
    names = page.run("getComputedStyle(kkbpk.map.getPane('kg-names')).zIndex")
    signs = page.run("getComputedStyle(kkbpk.map.getPane('markerPane')).zIndex")
    assert int(names) < int(signs), "where there is no room, the number stays legible"


def test_another_indicator_changes_colours_legend_and_ranking(opened, lampung_page):
    page = opened(lampung_page)
    before = page.run(FILLS), legend(page), page.text("#kg-ranking")
    page.choose("#kg-indicator", "1")
    after = page.run(FILLS), legend(page), page.text("#kg-ranking")
    assert all(a != b for a, b in zip(before, after, strict=True))
    assert "unmet need" in after[1][0]
    assert "unmet need" in page.text("#kg-live")


def test_another_period_shows_who_did_not_exist_yet(opened, lampung_page):
    page = opened(lampung_page)
    page.choose("#kg-period", "0")
    assert page.run(FILLS).count("url(#kg-not_yet_founded)") == 1
    assert "belum terbentuk" in page.text("#kg-legend")
    assert page.text("#kg-subtitle") == "Oktober 2025"


def test_a_click_opens_the_sheet_and_escape_closes_it(opened, lampung_page):
    page = opened(lampung_page)
    page.click(*page.run(FREE_SPOT % 6))
    sheet = page.text("#kg-sheet")
    assert "Kabupaten Lampung Timur" in sheet
    assert "Sediakan 6 BKB Kit" in sheet
    assert "Prioritas 9 dari 15" in sheet
    assert "59,0 %" in sheet, "40 + 3 x 6 + 1"
    assert "590 / 1.000" in sheet
    assert "61,0 %" in sheet, "the province's own value"
    assert "▲ 1,0" in sheet
    assert page.run("document.activeElement.id") == "kg-sheet"
    page.press("Escape")
    assert page.run("document.querySelector('#kg-sheet').hidden")
    assert not page.run("document.querySelector('#kg-overview').hidden")


def test_a_district_that_did_not_report_says_so(opened, lampung_page):
    page = opened(lampung_page)
    page.click_on("[data-region='3']")
    assert "belum lapor" in page.text("#kg-sheet")
    assert "0,0 %" not in page.text("#kg-sheet")


def test_keys_alone_reach_and_open_a_district(opened, lampung_page):
    page = opened(lampung_page)
    page.run("document.querySelector('path.kg-region[tabindex=\"0\"]').focus()")
    first = page.run("document.activeElement.getAttribute('aria-label')")
    assert first.startswith("Kabupaten Lampung Selatan: 41,0 %")
    page.press("ArrowRight")
    page.press("ArrowDown")
    page.run("document.querySelectorAll('path.kg-region')[0].focus()")
    page.press("Enter")
    assert "Lampung Selatan" in page.text("#kg-sheet-title")
    page.press("Escape")
    assert page.run("document.activeElement.matches('path.kg-region')")
    assert (
        page.run("document.querySelectorAll('path.kg-region[tabindex=\"0\"]').length")
        == 1
    )


def test_every_control_has_a_name_and_can_be_reached(opened, lampung_page):
    page = opened(lampung_page)
    nameless = page.run("""[...document.querySelectorAll(
      'button, select, input, a, summary')]
      .filter(e => e.offsetParent && !(e.textContent.trim() || e.labels?.length ||
        e.getAttribute('aria-label') || e.title)).map(e => e.outerHTML)""")
    assert nameless == []
    hidden = page.run("""[...document.querySelectorAll('button, select, input')]
      .filter(e => e.offsetParent && e.tabIndex < 0).map(e => e.outerHTML)""")
    assert hidden == []


def test_hover_in_the_ranking_lights_the_map_and_back(opened, lampung_page):
    page = opened(lampung_page)
    outline = (
        "[...document.querySelectorAll('.leaflet-kg-outline-pane path')]"
        ".filter(p => p.getAttribute('d') !== 'M0 0').length"
    )
    before = page.run(outline)
    page.run("document.querySelector('[data-region=\"2\"]').focus()")
    assert page.run(outline) == before + 1
    x, y = page.run(FREE_SPOT % 6)
    page.hover(x, y)
    page.wait(
        "document.querySelector('[data-region=\"6\"]').classList.contains('kg-lit')"
    )
    page.wait("document.querySelector('.leaflet-tooltip') !== null")
    assert "Lampung Timur" in page.text(".leaflet-tooltip")


def test_points_go_on_and_off_by_kind(opened, lampung_page):
    page = opened(lampung_page)
    count = "kkbpk.page.points.drawn().reduce((n, one) => n + one.members.length, 0)"
    assert page.run(count) == 30, "few of a kind are shown, the 60 midwives are not yet"
    page.click_on("#kg-points summary")
    page.click_on("[data-kind='midwife']")
    page.wait(f"({count}) === 90")
    assert page.text("#kg-points-title").endswith("90 dari 90 tampil")
    page.click_on("[data-kind='hospital']")
    page.click_on("[data-kind='midwife']")
    page.wait(f"({count}) === 15")
    assert page.run("document.activeElement.dataset.kind") == "midwife"


def test_the_page_speaks_english_when_asked(opened, lampung_page):
    page = opened(lampung_page)
    page.click_on("#kg-languages [lang=en]")
    assert page.run("document.documentElement.lang") == "en"
    assert "not reported" in page.text("#kg-legend")
    assert "1 = most in need of attention" in page.text("#kg-lists")
    assert "83.0 %" in page.text("#kg-ranking"), "40 + 3 x 14 + 1"
    assert "Supply" not in page.text("#kg-legend")


def test_hostile_text_stays_text(opened, hostile_page):
    page = opened(hostile_page)
    page.run("window.alerted = false; window.alert = () => { window.alerted = true; }")
    page.click_on("[data-region='1']")
    page.hover(*page.run(FREE_SPOT % 6))
    page.wait("document.querySelector('.leaflet-tooltip') !== null")
    hostile = "<img src=x onerror=alert(1)> ${7*7} `</script>` \"'"
    for selector in ("#kg-title", "#kg-sheet-title", "#kg-legend", "#kg-footer"):
        assert hostile in page.text(selector)
    assert hostile in page.text(".leaflet-tooltip")
    assert page.run("document.querySelectorAll('img').length") == 0
    assert not page.run("window.alerted")


def test_a_script_that_is_not_ours_does_not_run(browser, lampung_page):
    page = browser.open(lampung_page)
    page.run("""(() => { const s = document.createElement('script');
      s.textContent = 'window.ran = true'; document.body.append(s); })()""")
    assert page.run("window.ran") is None
    assert any("Content Security Policy" in text for text in page.complaints())
    page.close()


@pytest.mark.parametrize("open_sheet", [False, True])
def test_at_360_pixels_nothing_sticks_out(
    opened, lampung_page, hostile_page, open_sheet
):
    for path in (lampung_page, hostile_page):
        page = opened(path, 360, 740)
        if open_sheet:
            page.run("document.querySelector('[data-region=\"6\"]').click()")
        assert page.run("document.documentElement.scrollWidth") == 360
        assert page.run("document.querySelector('#kg-map').offsetHeight") > 300


def test_on_a_phone_the_sheet_opens_at_its_top(opened, lampung_page):
    page = opened(lampung_page, 360, 740)
    page.run("kkbpk.page.openSheet(3)")
    top = "document.querySelector('.kg-todo, #kg-sheet h3').getBoundingClientRect().top"
    assert 0 < page.run(top) < 300


def test_it_prints_the_map_and_the_open_sheet(opened, lampung_page):
    page = opened(lampung_page)
    one = page.pdf()
    assert one.startswith(b"%PDF")
    page.run("document.querySelector('[data-region=\"6\"]').click()")
    with_sheet = page.pdf()
    pages = [pdf.count(b"/Type /Page\n") for pdf in (one, with_sheet)]
    assert pages == [1, 2]
    assert page.run("document.querySelector('#kg-panel #kg-sheet') !== null")


PRINTED = """(() => {
  const map = document.querySelector("#kg-map").getBoundingClientRect();
  const shown = document.querySelectorAll(
    ".kg-name:not([hidden]), path.kg-region, #kg-legend, #kg-inset, .kg-row");
  return [...shown].map((one) => {
    const { left, top, width, height } = one.getBoundingClientRect();
    return [left - map.left, top - map.top, width, height].map(Math.round);
  });
})()"""


@pytest.mark.parametrize(("width", "height"), [(390, 844), (800, 600), (1920, 1080)])
def test_a_window_of_any_width_prints_the_same_sheet(
    opened, lampung_page, width, height
):
    def printed(page):
        """Where everything stands while the browser lays out the paper."""
        page.run("dispatchEvent(new Event('beforeprint'))")
        page.send("Emulation.setEmulatedMedia", media="print")
        page.resize(1047, 720)  # A4 landscape within its margins
        return page.run(PRINTED)

    usual = printed(opened(lampung_page))
    page = opened(lampung_page, width, height)
    name = "document.querySelector('.kg-name:not([hidden])')"
    look = f"getComputedStyle({name}).fontSize + {name}.style.width"
    before = page.run(look)
    assert len(usual) > 30
    found = printed(page)
    # Leaflet moves by whole pixels: a step of one either way is no other sheet.
    pairs = zip(found, usual, strict=True)
    steps = [abs(a - b) for one, two in pairs for a, b in zip(one, two, strict=True)]
    assert max(steps) <= 1
    page.send("Emulation.setEmulatedMedia", media="")
    page.resize(width, height)
    page.run("dispatchEvent(new Event('afterprint'))")
    assert page.run(look) == before, "afterwards the window is as it was"


def test_switching_the_indicator_is_instant(opened, lampung_page):
    page = opened(lampung_page)
    milliseconds = page.run("""(() => {
      const select = document.querySelector('#kg-indicator'), start = performance.now();
      for (let i = 0; i < 10; i++) {
        select.value = i % 2;
        select.dispatchEvent(new Event('change'));
        document.body.offsetHeight;
      }
      return (performance.now() - start) / 10;
    })()""")
    assert milliseconds < 50


def test_folium_layers_work_on_the_page(opened, lampung, figures, tmp_path):
    import folium

    from kkbpk_geo.maps.page.workmap import draw_work_map

    work_map = draw_work_map(lampung, figures)
    pin = folium.Marker([-5.0, 105.0], popup="<b>Balai</b> penyuluhan")
    pin.add_to(folium.FeatureGroup("Pin").add_to(work_map))
    folium.Marker([-4.5, 105.2], icon=folium.Icon(color="red")).add_to(work_map)
    folium.LayerControl(collapsed=False).add_to(work_map)
    work_map.save(tmp_path / "folium.html")
    page = opened(tmp_path / "folium.html")
    assert (
        page.run("document.querySelector('img.leaflet-marker-icon').naturalWidth") > 10
    )
    page.click_on("img.leaflet-marker-icon")
    page.wait("document.querySelector('.leaflet-popup-content') !== null")
    assert page.text(".leaflet-popup-content b") == "Balai"
    assert "Pin" in page.text(".leaflet-control-layers")
    page.click_on(".leaflet-control-layers-selector")
    assert page.run("document.querySelectorAll('img.leaflet-marker-icon').length") == 0
