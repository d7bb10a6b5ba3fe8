"""The ways in the head of the map."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from kkbpk_geo.io import Family, Way
from kkbpk_geo.maps import INDICATORS_ANCHOR, PRIORITIES_ANCHOR
from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.first.ways import ways_html
from kkbpk_geo.maps.page.page import write_work_map

FAMILY = Family(
    title="Peta kerja",
    ways=(
        Way(key="priorities", path=f"peta-kerja.html#{PRIORITIES_ANCHOR}"),
        Way(key="indicators", path=f"peta-kerja.html#{INDICATORS_ANCHOR}", count=1234),
        Way(key="findings", path="temuan.html", count=29),
        Way(key="meeting", path="rapat/rapat.html"),
    ),
)


def links(html, language):
    nav = re.search(rf'<nav class="kg-ways" lang="{language}".*?</nav>', html)[0]
    return re.findall(r'<a href="([^"]*)" data-way="\w+"( aria-current="page")?>', nav)


def test_each_language_has_its_ways_and_they_lead_to_pages_in_it():
    html = ways_html(FAMILY, has_first=True)
    assert links(html, "en") == [
        ("#view=priorities", ' aria-current="page"'),
        ("#view=indicators", ""),
        ("temuan.html#en", ""),
        ("rapat/rapat.html#en", ""),
    ]
    assert ">Temuan <small>29</small></a>" in html
    assert ">All indicators <small>1,234</small></a>" in html
    assert 'aria-label="Halaman"' in html


def test_without_a_first_screen_no_way_leads_to_it():
    html = ways_html(FAMILY, has_first=False)
    assert "view=priorities" not in html
    assert links(html, "id")[0] == ("#view=indicators", ' aria-current="page"')


def test_a_first_screen_alone_has_the_two_ways_of_the_map():
    html = ways_html(None, has_first=True)
    hrefs = [href for href, _ in links(html, "id")]
    assert hrefs == ["#view=priorities", "#view=indicators"]
    assert ways_html(None, has_first=False) == ""


def test_hostile_paths_stay_text():
    odd = Family(title="", ways=(Way(key="findings", path='a"><b>.html'),))
    assert "<b>" not in ways_html(odd, has_first=False)


def test_the_page_of_a_map_has_the_ways_of_its_family_and_their_style(strip, tmp_path):
    table = pd.DataFrame({"air": [1.0, 2.0, 3.0]}, index=strip.index)
    described = describe_map(strip, table)
    plain = write_work_map(tmp_path / "a.html", described).read_text("utf-8")
    page = write_work_map(tmp_path / "b.html", described, family=FAMILY)
    text = page.read_text("utf-8")
    assert "kg-ways" not in plain
    assert text.count('<nav class="kg-ways"') == 2
    assert ".kg-ways a{" in text
    assert "kg-priority" not in text


@pytest.mark.parametrize("has_first", [True, False])
def test_the_same_family_gives_the_same_ways(has_first):
    assert ways_html(FAMILY, has_first=has_first) == ways_html(
        FAMILY, has_first=has_first
    )
