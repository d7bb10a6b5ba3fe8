"""Statuses in a real browser: every word of the table is drawn as itself."""

import pytest

from kkbpk_geo.catalogue.statuses import USUAL_LIMIT, reasons, worded
from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.page.page import build_page, write_work_map

pytestmark = pytest.mark.browser

LINES = """[...document.querySelectorAll('.kg-legend .kg-class')].map(
  b => [b.children[1].innerText, b.querySelector('rect').getAttribute('fill')])"""


@pytest.fixture
def all_reasons(new_status, lampung, figures):  # noqa: ARG001
    """Region i has the i-th reason for no number, the new word among them."""
    table = figures[figures["indicator"] == "contraceptive_use"].copy()
    words = [why.key for why in reasons()]
    assert words[-1] == "few"
    for code, why in zip(lampung.index, words, strict=False):
        table.loc[table["region_code"] == code, ["value", "status"]] = [None, why]
    return describe_map(lampung, table)


def test_every_reason_is_in_legend_table_and_on_the_map(opened, all_reasons, tmp_path):
    page = opened(write_work_map(tmp_path / "peta.html", all_reasons))
    shown = page.run(LINES)
    for why in reasons():
        said = worded(why, USUAL_LIMIT).id
        assert [said, f"url(#kg-{why.key})"] in shown
        drawn = f"document.querySelector('#kg-{why.key} path').getAttribute('d')"
        assert page.run(drawn) == why.hatch
        fills = (
            f"document.querySelectorAll('path.kg-region[fill=\"url(#kg-{why.key})\"]')"
        )
        assert page.run(f"{fills}.length") >= 1
    page.run("document.getElementById('kg-as-table').click()")
    assert "hanya sedikit" in page.text("#kg-ranking")


def test_an_unknown_letter_stops_the_page_instead_of_being_called_missing(
    browser, lampung, figures, tmp_path
):
    text = build_page(describe_map(lampung, figures))
    data = text.replace('"letter":"r"', '"letter":"?"').replace('"letter": "r"', "")
    assert data != text
    path = tmp_path / "peta.html"
    path.write_text(data, encoding="utf-8")
    page = browser.open(path)
    try:
        assert any('unknown letter "r" for a status' in x for x in page.complaints())
    finally:
        page.close()


def test_no_name_of_our_scripts_hides_one_of_the_browser(opened, lampung_page):
    import re
    from importlib.resources import files
    from pathlib import Path

    folder = Path(str(files("kkbpk_geo.maps"))) / "assets/scripts"
    names = sorted(
        name
        for path in folder.rglob("*.js")
        for name in re.findall(
            r"^(?:export )?(?:async )?(?:function|const|let) (\w+)",
            path.read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    )
    page = opened(lampung_page)
    assert page.run(f"{names}.filter(name => name in window)") == []
