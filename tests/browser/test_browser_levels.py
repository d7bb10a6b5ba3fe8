"""Down to kecamatan and villages in the browser, and up again."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import box

from kkbpk_geo.maps import MapDetail, MapIndicator, MapOptions, describe_map
from kkbpk_geo.maps.page.page import write_work_map

pytestmark = pytest.mark.browser

# Three districts in a row, 10, 20 and 30 %. In each Hulu has 5 less and Hilir 5 more;
# in each of those Satu has 1 less and Dua 1 more.
DISTRICTS = {"18.01": ("Barat", 10), "18.02": ("Tengah", 20), "18.03": ("Timur", 30)}
PARTS = (("Hulu", -5), ("Hilir", 5))
VILLAGES = (("Satu", -1), ("Dua", 1))
KINDS = ("Kabupaten", "Kecamatan", "Desa")
READY = "typeof kkbpk === 'object' && kkbpk.levels !== undefined"
SHOWN = "[...document.querySelectorAll('.kg-row-name')].map(one => one.textContent)"
CRUMBS = "[...document.querySelectorAll('#kg-crumbs li')].map(one => one.textContent)"
FOCUS = "document.activeElement.textContent"


def levels():
    rows = [], [], []
    for d, (code, (name, value)) in enumerate(DISTRICTS.items()):
        west = 105 + d * 0.2
        rows[0].append((code, name, "18", value, box(west, -5, west + 0.2, -4.6)))
        for p, (part, more) in enumerate(PARTS, 1):
            inner = f"{code}.0{p}"
            south, has = -4.6 - 0.2 * p, value + more
            shape = box(west, south, west + 0.2, south + 0.2)
            rows[1].append((inner, part, code, has, shape))
            for v, (village, extra) in enumerate(VILLAGES, 1):
                east = west + 0.1 * v
                cut = box(east - 0.1, south, east, south + 0.2)
                rows[2].append((f"{inner}.200{v}", village, inner, has + extra, cut))
    return rows


def frame_of(rows, kind):
    codes, names, parents, _, shapes = zip(*rows, strict=True)
    frame = gpd.GeoDataFrame(
        {"name": names, "kind": kind, "parent_code": parents},
        geometry=list(shapes),
        index=pd.Index(codes, name="region_code"),
        crs="EPSG:4326",
    )
    frame.attrs.update(province_code="18", province_name="Lampung")
    return frame


def table_of(rows, indicators):
    found = [("18", key, 20) for key in indicators]
    found += [(row[0], key, row[3]) for row in rows for key in indicators]
    table = pd.DataFrame(found, columns=["region_code", "indicator", "value"])
    return table.assign(numerator=table["value"], denominator=100, period="2025-11")


@pytest.fixture(scope="module")
def nested_page(tmp_path_factory):
    whole, *finer = levels()
    below = [
        MapDetail(boundaries=frame_of(rows, kind), table=table_of(rows, ["air"]))
        for rows, kind in zip(finer, KINDS[1:], strict=True)
    ]
    words = {"unit": "%", "direction": "better", "digits": 0}
    described = describe_map(
        frame_of(whole, KINDS[0]),
        table_of(whole, ["air", "jalan"]),
        indicators=[
            MapIndicator(key="air", label="Air bersih", **words),
            MapIndicator(key="jalan", label="Jalan", **words),
        ],
        options=MapOptions(detail=below),
    )
    return write_work_map(tmp_path_factory.mktemp("peta") / "susun.html", described)


@pytest.fixture
def at(opened, nested_page):
    def open_at(address="", **size):
        page = opened(nested_page, address=address, **size)
        page.wait(READY)
        return page

    return open_at


def double_click(page, code):
    """Click twice on the middle of a region of the level shown."""
    spot = page.run(f"""(() => {{
      const {{ codes, places }} = kkbpk.page.level();
      const [lon, lat] = places[codes.indexOf("{code}")];
      const at = kkbpk.map.latLngToContainerPoint([lat, lon]);
      const box = kkbpk.map.getContainer().getBoundingClientRect();
      return [box.left + at.x, box.top + at.y];
    }})()""")
    page.click(*spot, times=2)


def test_a_double_click_goes_down_to_villages_and_up_again(at):
    page = at()
    assert page.run(CRUMBS) == ["Lampung"]
    double_click(page, "18.02")
    page.wait(f"{CRUMBS}.length === 2")
    assert page.run(CRUMBS) == ["Lampung", "Tengah"]
    assert page.run("document.querySelectorAll('path.kg-region').length") == 2
    assert page.text("#kg-subtitle") == "November 2025 · Kecamatan di Tengah"
    page.wait("document.querySelectorAll('path.kg-beside').length === 2")
    double_click(page, "18.02.01")
    page.wait(f"{CRUMBS}.length === 3")
    assert page.run(CRUMBS) == ["Lampung", "Tengah", "Hulu"]
    assert page.text("#kg-live") == "Peta: Desa di Hulu, Tengah"
    double_click(page, "18.02.01.2001")
    page.wait(f"{CRUMBS}.length === 2")
    page.click_on("#kg-crumbs button")
    assert page.run(CRUMBS) == ["Lampung"]
    assert page.run("document.querySelectorAll('path.kg-region').length") == 3
    page.wait("document.querySelectorAll('path.kg-beside').length === 0")


def test_in_the_list_a_region_is_compared_with_all_that_it_lies_in(at):
    page = at("#level=1&in=18.02")
    # Hulu 15, the district and the province 20, Hilir 25: the least comes first.
    rows = "[...document.querySelectorAll('.kg-row')].map(one => one.innerText)"
    said = [" ".join(row.split()) for row in page.run(rows)]
    assert sorted(said[1:3]) == ["Provinsi 20 %", "Tengah 20 %"]
    assert [said[0], said[3]] == ["1 Hulu 15 %", "2 Hilir 25 %"]
    page.run("kkbpk.levels.setLevel(2, 3, 1)")
    assert page.run(SHOWN) == ["Tengah", "Provinsi", "Satu", "Hilir", "Dua"]


def months(rows, periods):
    """One more per cent in each month since September."""
    found = []
    for more, period in enumerate(("2025-09", "2025-10", "2025-11")):
        table = table_of(rows, ["air"]).assign(period=period)
        table[["value", "numerator"]] += more
        found.append(table[table["period"].isin(periods)])
    return pd.concat(found)


@pytest.mark.parametrize(
    ("periods", "is_compared"),
    [(("2025-10", "2025-11"), True), (("2025-09", "2025-11"), False)],
)
def test_a_change_is_compared_with_one_since_the_same_month_alone(
    periods, is_compared, opened, tmp_path
):
    whole, finer, _ = levels()
    detail = MapDetail(
        boundaries=frame_of(finer, "Kecamatan"), table=months(finer, periods)
    )
    described = describe_map(
        frame_of(whole, "Kabupaten"),
        months(whole, ("2025-09", "2025-10", "2025-11")),
        options=MapOptions(detail=detail),
    )
    path = write_work_map(tmp_path / "bulan.html", described)
    page = opened(path, address="#level=1&in=18.02&mode=change")
    page.wait(READY)
    assert {"Hulu", "Hilir"} <= set(page.run(SHOWN))
    assert ("Tengah" in page.run(SHOWN)) is is_compared


def test_a_sheet_says_the_values_around_and_the_position_inside(at):
    page = at("#level=2&in=18.02.01&region=18.02.01.2002")
    cells = "[...document.querySelectorAll('#kg-sheet tbody td')]"
    value, around, place = page.run(f"{cells}.slice(0, 3).map(one => one.innerText)")
    assert value.split("\n")[0] == "16 %"
    assert around.split("\n") == ["20 %", "Hulu 15 %", "Tengah 20 %"]
    # Less have 4, 6 and 14 in Barat, and the 14 beside it.
    assert place.split("\n") == ["5 dari 12", "2 dari 2 di Hulu"]


def test_the_ways_down_are_seen_without_a_double_click(at):
    page = at()
    assert page.text("#kg-enter option") == "Lihat kecamatan di …"
    page.choose("#kg-enter", "2")
    assert page.run(CRUMBS) == ["Lampung", "Timur"]
    page.run("kkbpk.page.openSheet(4)")
    assert page.text(".kg-inside") == "Lihat desa"
    page.click_on(".kg-inside")
    assert page.run(CRUMBS) == ["Lampung", "Timur", "Hulu"]
    assert page.run("document.querySelector('#kg-enter').hidden"), "nothing is inside"
    page.click_on("#kg-languages button:last-of-type")
    page.click_on("#kg-crumbs button")
    assert page.text("#kg-enter option") == "See kecamatan in …"


def test_arrow_keys_look_through_the_list_and_enter_goes(at):
    page = at()
    page.run("document.querySelector('#kg-enter').focus()")
    page.press("ArrowDown")
    page.press("ArrowDown")
    assert page.run(CRUMBS) == ["Lampung"]
    page.press("Enter")
    assert page.run(CRUMBS) == ["Lampung", "Tengah"]


def test_all_regions_of_a_level_are_seen_at_once(at):
    page = at()
    page.click_on("#kg-levels button:nth-of-type(2)")
    # Three districts have a Hulu: each is told by its own.
    names = page.run(SHOWN)
    assert names[:2] == ["Hulu, Barat", "Hilir, Barat"]
    assert page.text("#kg-subtitle") == "November 2025 · Kecamatan di Lampung"
    assert "dari semua 6 kecamatan" in page.text("#kg-legend")
    page.click_on("#kg-as-table")
    heads = "[...document.querySelectorAll('.kg-table thead th')].map(x => x.innerText)"
    assert page.run(heads)[:3] == ["Wilayah", "Kabupaten", "nilai (%)"]
    page.click_on("#kg-levels button:nth-of-type(3)")
    assert page.run("kkbpk.page.view().order.length") == 12
    page.run("kkbpk.levels.setLevel(2, 0)")
    assert page.run("kkbpk.page.view().order.length") == 4
    assert page.run("document.querySelectorAll('#kg-levels button').length") == 2


def test_the_address_says_level_and_place_and_opens_them(at):
    page = at()
    page.run("kkbpk.levels.setLevel(2, 2, 1); kkbpk.page.openSheet(5)")
    page.wait("location.hash.includes('level=2')")
    address = page.run("location.hash")
    assert address.endswith("region=18.02.01.2002&level=2&in=18.02.01")
    again = at(address)
    assert again.run(CRUMBS) == ["Lampung", "Tengah", "Hulu"]
    assert again.text("#kg-sheet-title") == "Desa Dua"
    strange = at("#level=2&in=99.01")
    assert strange.run(CRUMBS) == ["Lampung"]
    assert strange.run("kkbpk.page.state.level") == 2


def test_the_button_of_the_browser_goes_back_place_by_place(at):
    page = at()
    page.run("kkbpk.page.update({mode: 'rank'}); kkbpk.levels.drillDown(1)")
    page.wait("location.hash.includes('in=18.02')")
    page.run("kkbpk.levels.drillDown(3)")
    page.wait("location.hash.includes('in=18.02.02')")
    page.run("history.back()")
    page.wait(f"{CRUMBS}.length === 2")
    page.run("history.back()")
    page.wait(f"{CRUMBS}.length === 1")
    assert page.run("kkbpk.page.state.mode") == "rank", "as it was left"
    page.run("history.forward()")
    page.wait(f"{CRUMBS}.length === 2")
    page.run("history.back()")
    page.wait(f"{CRUMBS}.length === 1")


def test_a_page_opened_in_a_place_has_no_step_back_of_its_own(at):
    page = at("#level=1&in=18.02")
    before = page.run("history.length")
    page.run("kkbpk.page.update({mode: 'rank'})")
    page.wait("location.hash.includes('mode=rank')")
    assert page.run("history.length") == before
    page.run("kkbpk.levels.drillDown(2)")
    page.wait("location.hash.includes('in=18.02.01')")
    assert page.run("history.length") == before + 1


def test_escape_closes_the_sheet_and_then_goes_up(at):
    page = at("#level=2&in=18.02.01&region=18.02.01.2001")
    steps = []
    for _ in range(4):
        page.press("Escape")
        steps.append((page.run("kkbpk.page.state.region"), len(page.run(CRUMBS))))
    assert steps == [(None, 3), (None, 2), (None, 1), (None, 1)]


def test_escape_in_a_field_does_not_leave_the_place(at):
    page = at("#level=1&in=18.02")
    page.run("document.querySelector('#kg-find').focus()")
    page.press("Escape")
    page.run("document.querySelector('#kg-indicator').focus()")
    page.press("Escape")
    assert page.run(CRUMBS) == ["Lampung", "Tengah"]


def test_who_uses_the_keyboard_goes_down_and_hears_where_they_are(at):
    page = at()
    page.run("document.querySelectorAll('path.kg-region')[1].focus()")
    page.press("Enter")
    page.run("document.querySelector('.kg-inside').focus()")
    page.press("Enter")
    page.wait(f"{CRUMBS}.length === 2 && document.activeElement !== document.body")
    assert page.run(FOCUS) == "Tengah"
    assert page.text("#kg-live") == "Peta: Kecamatan di Tengah"
    assert page.run("document.activeElement.getAttribute('aria-current')") == "location"
    assert page.run("document.querySelector('#kg-path').ariaLabel") == (
        "Letak pada peta"
    )
    page.run("document.querySelector('path.kg-region').focus()")
    page.press("ArrowDown")
    assert page.run("document.activeElement.ariaLabel").startswith(
        "Kecamatan Hilir: 25"
    )


def test_an_indicator_that_a_level_lacks_is_told_not_silently_another(at):
    page = at("#ind=jalan")
    page.run("kkbpk.levels.drillDown(0)")
    assert page.text("#kg-lost").startswith("Jalan: tidak ada per kecamatan")
    assert "Tabel tidak memuat angka per kecamatan untuk: Jalan." in page.text(
        "#kg-footer"
    )
    assert page.text("#kg-indicator").strip() == "Air bersih"
    page.run("kkbpk.levels.goUp()")
    assert page.run("document.querySelector('#kg-lost').hidden")


def test_an_address_that_names_an_indicator_of_its_level_lacks_none(tmp_path, opened):
    whole, finer, _ = levels()
    detail = MapDetail(
        boundaries=frame_of(finer, "Kecamatan"), table=table_of(finer, ["air"])
    )
    described = describe_map(
        frame_of(whole, "Kabupaten"),
        table_of(whole, ["air", "jalan"]),
        options=MapOptions(detail=detail, first="jalan"),
    )
    path = write_work_map(tmp_path / "pertama.html", described)
    for address, is_lost in (("#level=1&in=18.02", True), ("#ind=air&level=1", False)):
        page = opened(path, address=address)
        page.wait(READY)
        assert page.run("kkbpk.page.state.lost !== null") is is_lost


def test_a_place_is_found_by_its_name_and_opened_where_it_lies(at):
    page = at()
    page.run("document.querySelector('#kg-find').focus()")
    page.type("hil")
    found = (
        "[...document.querySelectorAll('#kg-places button')].map(x => x.textContent)"
    )
    assert page.run(found) == [
        "Hilir Kecamatan, Barat",
        "Hilir Kecamatan, Tengah",
        "Hilir Kecamatan, Timur",
    ]
    page.click_on("#kg-places li:nth-of-type(2) button")
    assert page.run(CRUMBS) == ["Lampung", "Tengah"]
    assert page.text("#kg-sheet-title") == "Kecamatan Hilir"


def test_a_neighbour_over_the_border_opens_where_it_lies(at):
    page = at("#level=1&in=18.02&region=18.02.01")
    chips = "[...document.querySelectorAll('#kg-sheet .kg-chip')]"
    assert page.run(f"{chips}.length") == 3, "Hilir, and a Hulu on either side"
    page.run(f"{chips}[0].click()")
    assert page.run("kkbpk.page.level().codes[kkbpk.page.state.region]") == "18.01.01"
    assert page.run(CRUMBS) == ["Lampung", "Barat"]


def test_a_double_click_on_the_grey_land_beside_goes_there(at):
    page = at("#level=1&in=18.02")
    page.wait("document.querySelectorAll('path.kg-beside').length === 2")
    spot = page.run("""(() => {
      const at = kkbpk.map.latLngToContainerPoint([-4.8, 105.39 + 0.03]);
      const box = kkbpk.map.getContainer().getBoundingClientRect();
      return [box.left + at.x, box.top + at.y];
    })()""")
    page.click(*spot, times=2)
    page.wait(f"{CRUMBS}[1] === 'Timur'")


def test_the_csv_has_the_regions_that_are_shown_and_where_they_lie(at, saved):
    page = at("#level=2&in=18.02")
    page.click_on("#kg-take-title")
    page.click_on("#kg-take-csv")
    head, *rows = saved(".csv").read_text("utf-8-sig").splitlines()
    assert head.split(";")[:4] == ["kode", "Wilayah", "Kecamatan", "Air bersih (%)"]
    assert [row.split(";")[:4] for row in rows] == [
        ["18.02.01.2001", "Satu", "Hulu", "14"],
        ["18.02.01.2002", "Dua", "Hulu", "16"],
        ["18.02.02.2001", "Satu", "Hilir", "24"],
        ["18.02.02.2002", "Dua", "Hilir", "26"],
    ]


def test_the_picture_has_the_part_that_is_shown_in_grey_land(at):
    page = at("#level=1&in=18.02")
    paths = "[...kkbpk.picture().querySelectorAll('g[clip-path] path')]"
    fills = page.run(f"{paths}.map(one => one.getAttribute('fill'))")
    assert fills.count("#d9d8d2") == 2, "the districts beside"
    assert sum(fill.startswith("#") for fill in fills) >= 4


def test_on_a_telephone_the_way_is_over_the_map_and_nothing_sticks_out(at):
    page = at(width=360, height=740)
    assert page.run("document.documentElement.scrollWidth") <= 360
    high = "document.querySelector('#kg-enter').getBoundingClientRect().height"
    assert page.run(high) >= 40
    page.run("kkbpk.page.openSheet(1)")
    page.run("document.querySelector('.kg-inside').scrollIntoView()")
    page.click_on(".kg-inside")
    top = "document.querySelector('#kg-path').getBoundingClientRect().top"
    page.wait(f"{top} >= -1 && {top} < 200")
    assert page.run("document.documentElement.scrollWidth") <= 360


def test_paper_says_the_place_and_has_no_ways_on(at):
    page = at("#level=1&in=18.02")
    page.run("dispatchEvent(new Event('beforeprint'))")
    bar = "getComputedStyle(document.querySelector('#kg-path')).display"
    assert page.run(bar) == "none"
    assert page.text("#kg-subtitle") == "November 2025 · Kecamatan di Tengah"
    page.run("dispatchEvent(new Event('afterprint'))")
    assert page.run(bar) == "flex"


def test_a_map_that_stands_alone_says_where_one_is(tmp_path, opened):
    whole, finer, _ = levels()
    detail = MapDetail(
        boundaries=frame_of(finer, "Kecamatan"), table=table_of(finer, ["air"])
    )
    described = describe_map(
        frame_of(whole, "Kabupaten"),
        table_of(whole, ["air"]),
        options=MapOptions(detail=detail, panel=False),
    )
    page = opened(write_work_map(tmp_path / "sendiri.html", described), 600, 420)
    page.wait(READY)
    double_click(page, "18.02")
    page.wait(f"{CRUMBS}.length === 2")
    assert page.run("document.documentElement.scrollWidth") <= 600


def test_a_map_of_one_level_has_no_way_to_another(opened, tmp_path):
    whole = levels()[0]
    described = describe_map(frame_of(whole, "Kabupaten"), table_of(whole, ["air"]))
    page = opened(write_work_map(tmp_path / "satu.html", described))
    assert page.run("document.querySelector('#kg-path')") is None
    page.press("Escape")
    assert page.run("kkbpk.levels === undefined && kkbpk.page.data.drill === undefined")


def test_a_kecamatan_called_as_its_district_is_told_from_it(tmp_path, opened):
    whole, finer, _ = levels()
    finer[0] = (finer[0][0], "Barat", *finer[0][2:])
    detail = MapDetail(
        boundaries=frame_of(finer, "Kecamatan"), table=table_of(finer, ["air"])
    )
    described = describe_map(
        frame_of(whole, "Kabupaten"),
        table_of(whole, ["air"]),
        options=MapOptions(detail=detail),
    )
    address = "#level=1&in=18.01&region=18.01.01"
    page = opened(write_work_map(tmp_path / "sama.html", described), address=address)
    page.wait(READY)
    sheet = page.text("#kg-sheet").replace("\n", " ")
    assert "Kabupaten Barat 10" in sheet
    assert "2 dari 2 di Barat" in sheet
    assert "Kabupaten Barat" in page.run(SHOWN)
    assert page.run(CRUMBS) == ["Lampung", "Barat"]


@pytest.mark.parametrize(("n", "buttons"), [(800, 2), (801, 0)])
def test_more_than_800_regions_are_seen_part_by_part(n, buttons, opened, tmp_path):
    whole = [("18.01", "Barat", "18", 10, box(105, -5, 105 + n / 1000, -4.9))]
    finer = [
        (f"18.01.{i:03}", f"Kecamatan {i}", "18.01", i, box(
            105 + i / 1000, -5, 105 + (i + 1) / 1000, -4.9))
        for i in range(n)
    ]  # fmt: skip
    detail = MapDetail(
        boundaries=frame_of(finer, "Kecamatan"), table=table_of(finer, ["air"])
    )
    described = describe_map(
        frame_of(whole, "Kabupaten"),
        table_of(whole, ["air"]),
        options=MapOptions(detail=detail),
    )
    page = opened(write_work_map(tmp_path / "banyak.html", described))
    page.wait(READY)
    shown = "document.querySelectorAll('#kg-levels button').length"
    assert page.run(shown) == buttons
    page.run("document.querySelector('#kg-find').focus()")
    page.type("kecamatan 7")
    assert page.text("#kg-places p").startswith("233 cocok"), "with a 7"
    assert page.run("document.querySelectorAll('#kg-places button').length") == 8


def test_a_sum_of_a_district_is_no_measure_for_its_kecamatan(tmp_path, opened):
    whole, finer, _ = levels()

    def sums(rows):
        return pd.DataFrame(
            {"desa": [row[3] for row in rows]}, [row[0] for row in rows]
        )

    detail = MapDetail(boundaries=frame_of(finer, "Kecamatan"), table=sums(finer))
    described = describe_map(
        frame_of(whole, "Kabupaten"), sums(whole), options=MapOptions(detail=detail)
    )
    path = write_work_map(tmp_path / "jumlah.html", described)
    page = opened(path, address="#level=1&in=18.02")
    page.wait(READY)
    assert page.run(SHOWN) == ["Hilir", "Hulu"]
