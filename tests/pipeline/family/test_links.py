"""Every link of every page of a run leads to a file of it, and to what is in it."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag

import pytest

from kkbpk_geo.pipeline.demo import run_demo


class Page(HTMLParser):
    """The links of a page, the ids in it, and the way that is its own."""

    def __init__(self, path):
        super().__init__()
        self.links, self.ids, self.current = [], set(), []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, _tag, attrs):
        told = dict(attrs)
        self.ids.add(told.get("id"))
        if told.get("href"):
            self.links.append(told["href"])
            if "aria-current" in told:
                self.current.append(told["href"])


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Every page of the sample with its plans."""
    folder = tmp_path_factory.mktemp("keluarga")
    run_demo(folder, plans=True)
    return {path: Page(path) for path in sorted(folder.rglob("*.html"))}


def test_the_sample_makes_every_page_of_the_family(pages):
    assert {path.stem for path in pages} == {
        "index", "peta-kerja", "laporan-masuk", "temuan", "analisis", "rapat-rencana",
        "kalender", "keberadaan",
    }  # fmt: skip


def test_every_link_leads_to_a_file_that_is_there(pages):
    for path, page in pages.items():
        for link in page.links:
            file, _ = urldefrag(link)
            assert (path.parent / file).exists(), f"{path.name}: {link}"


def test_every_anchor_is_in_the_page_that_it_leads_to(pages):
    for path, page in pages.items():
        for link in page.links:
            file, anchor = urldefrag(link)
            to = pages.get(Path((path.parent / file).resolve()) if file else path)
            # The views of the map are its own script's matter.
            if to is None or not anchor or to is pages[_map(pages)]:
                continue
            assert anchor in to.ids, f"{path.name}: {link}"


def _map(pages):
    return next(path for path in pages if path.stem == "peta-kerja")


def test_every_page_says_which_of_the_ways_is_its_own(pages):
    for path, page in pages.items():
        if path.stem == "peta-kerja":  # its script marks the view that is shown
            continue
        own = {re.sub("#.*", "", link) for link in page.current}
        assert own == {path.name}, path.name
