"""The presence matrix in a real browser: folded, filtered and printed, no script."""

from __future__ import annotations

import pandas as pd
import pytest

import kkbpk_geo as kg
from kkbpk_geo.gaps import presence_html

pytestmark = pytest.mark.browser

GROUPS = ("BKB", "BKR", "BKL", "UPPKA", "PIK-R")
ROWS = [
    ("PRINGSEWU", "GADING REJO", "WONODADI", 1),
    ("PRINGSEWU", "GADING REJO", "TEGALSARI", 0),
    ("PRINGSEWU", "PRINGSEWU", "PODOSARI", 1),
    ("MESUJI", "MESUJI", "WIRALAGA MULYA", 1),
]
# Names of the villages that are seen, and of the kabupaten.
SEEN = """[...document.querySelectorAll('.v th')]
  .filter(cell => cell.getClientRects().length)
  .map(cell => cell.firstChild.data.trim())"""
DISTRICTS = """[...document.querySelectorAll('.district')]
  .filter(one => one.getClientRects().length).map(one => one.id)"""


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    rows = [
        {"KABUPATEN": kab, "KECAMATAN": kec, "KELURAHAN": desa,
         **{f"JUMLAH {group}": n for group in GROUPS}}
        for kab, kec, desa, n in ROWS
    ]  # fmt: skip
    table = kg.read_table(pd.DataFrame(rows), year=2025, province="Lampung")
    found = tmp_path_factory.mktemp("keberadaan") / "keberadaan.html"
    found.write_text(presence_html(kg.gaps.presence_matrix(table)), encoding="utf-8")
    return found


def test_kecamatan_are_folded_until_one_is_opened(opened, path):
    page = opened(path, 1366, 768)
    assert page.run(SEEN) == []
    page.run("document.querySelector('#r18-10-02 .fold').click()")
    seen = page.run(SEEN)
    assert len(seen) == 23
    assert "Tegalsari" in seen


def test_the_box_leaves_only_villages_that_have_none(opened, path):
    page = opened(path, 1366, 768)
    page.run("document.querySelector('.p-only').click()")
    assert page.run(SEEN) == ["Tegalsari"]
    assert page.run(DISTRICTS) == ["r18-10"]
    page.run("document.querySelector('.p-only').click()")
    page.run("document.querySelector('.p-all').click()")
    assert len(page.run(SEEN)) == 2651


@pytest.mark.parametrize(
    ("anchor", "districts", "villages"),
    [("r18-11", ["r18-11"], 0), ("r18-10-02", ["r18-10"], 23)],
)
def test_a_link_leaves_one_kabupaten_or_one_kecamatan(
    opened, path, anchor, districts, villages
):
    page = opened(path, 1366, 768)
    assert len(page.run(DISTRICTS)) == 15
    page.run(f"location.hash = '{anchor}'")
    assert page.run(DISTRICTS) == districts
    assert len(page.run(SEEN)) == villages
    page.run("location.hash = 'semua'")
    assert len(page.run(DISTRICTS)) == 15


def test_on_a_telephone_names_stay_while_columns_scroll(opened, path):
    page = opened(path, 360, 740)
    page.run("location.hash = 'r18-10-02'")
    name = "document.querySelector('#r18-10-02 .v th')"
    place = f"Math.round({name}.getBoundingClientRect().x)"
    box = "document.querySelector('#r18-10 .scroll')"
    before = page.run(place)
    page.run(f"{box}.scrollLeft = 150")
    assert page.run(f"{box}.scrollLeft") > 10
    assert page.run(place) == before
    assert page.run("document.documentElement.scrollWidth") == 360


def test_paper_shows_every_village_of_what_is_chosen_and_cuts_no_column(opened, path):
    page = opened(path, 703, 1000)
    page.run("location.hash = 'r18-11'")
    page.send("Emulation.setEmulatedMedia", media="print")
    assert page.run(DISTRICTS) == ["r18-11"]
    assert len(page.run(SEEN)) == 105
    widest = page.run(
        "Math.max(...[...document.querySelectorAll('.matrix')].map(t => t.scrollWidth))"
    )
    assert widest <= 703
