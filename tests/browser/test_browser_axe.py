"""Axe finds no serious fault in any state of the page.

Needs axe-core (npm): ``npm install --no-save axe-core`` in the root of the repository,
or KKBPK_AXE = path of ``axe.min.js``. Tests use no network, so they do not fetch it.
"""

import pytest

from kkbpk_geo.maps.content.options import MapOptions
from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.page.page import write_work_map

pytestmark = pytest.mark.browser

STATES = {
    "map": "0",
    "sheet": "kkbpk.page.openSheet(6)",
    "table": "document.querySelector('#kg-as-table').click()",
    "pair": (
        "(s => { s.value = '1'; s.dispatchEvent(new Event('change')); })"
        "(document.querySelector('#kg-second'))"
    ),
    "menu": "document.querySelector('#kg-take').open = true",
    "points": "document.querySelector('#kg-points').open = true",
    "search": (
        "(s => { s.value = 'un'; s.dispatchEvent(new Event('input')); })"
        "(document.querySelector('#kg-search'))"
    ),
    "english": "document.querySelector('#kg-languages [lang=en]').click()",
    "filter": "document.querySelector('.kg-class').click()",
}


SIZES = [(1280, 800), (360, 740)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_no_serious_fault(opened, series_page, axe, state, size):
    page = opened(series_page, *size)
    page.run(STATES[state] + "; 0")
    assert serious(page, axe) == []


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_no_serious_fault_among_kinds(opened, lampung_page, axe, size):
    page = opened(lampung_page, *size, address="#ind=priority_class")
    assert serious(page, axe) == []


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_no_serious_fault_with_every_control_in_use(
    opened, lampung_page, axe, size
):
    """Points of all kinds, rings, two indicators, the table, a sheet, a popup."""
    page = opened(lampung_page, *size)
    page.run("kkbpk.page.update({hidden: new Set(), radius: 5, second: 1})")
    page.run("kkbpk.page.update({list: 'table'}); kkbpk.page.openSheet(2)")
    page.run("document.querySelector('#kg-points').open = true")
    page.run("document.querySelector('#kg-take').open = true")
    page.run("L.popup().setLatLng([-5, 105]).setContent('Pos').openOn(kkbpk.map) && 0")
    assert serious(page, axe) == []


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_no_serious_fault_in_a_map_alone(
    opened, lampung, figures, axe, size, tmp_path
):
    alone = describe_map(lampung, figures, options=MapOptions(panel=False))
    page = opened(write_work_map(tmp_path / "peta.html", alone), *size)
    assert serious(page, axe) == []


@pytest.fixture(scope="module")
def demo_page(tmp_path_factory):
    """The map of the demonstration that is shipped."""
    from kkbpk_geo.pipeline import run_demo

    files = run_demo(tmp_path_factory.mktemp("demo")).files
    return next(file for file in files if file.name == "peta-kerja.html")


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_no_serious_fault_in_the_demonstration(opened, demo_page, axe, size):
    assert serious(opened(demo_page, *size), axe) == []


def serious(page, axe):
    """Return the serious faults that axe sees in the page."""
    page.run(axe + "; 0")
    return page.run("""axe.run(document, {resultTypes: ['violations']}).then(r =>
      r.violations.filter(v => ['serious', 'critical'].includes(v.impact))
        .map(v => [v.id, v.nodes.slice(0, 3).map(n => n.html.slice(0, 160))]))""")
