"""Axe finds no serious fault in any state of the page.

Needs axe-core (npm): ``npm install --no-save axe-core`` in the root of the repository,
or KKBPK_AXE = path of ``axe.min.js``. Tests use no network, so they do not fetch it.
"""

import pytest

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


def serious(page, axe):
    """Return the serious faults that axe sees in the page."""
    page.run(axe + "; 0")
    return page.run("""axe.run(document, {resultTypes: ['violations']}).then(r =>
      r.violations.filter(v => ['serious', 'critical'].includes(v.impact))
        .map(v => [v.id, v.nodes.slice(0, 3).map(n => n.html.slice(0, 160))]))""")
