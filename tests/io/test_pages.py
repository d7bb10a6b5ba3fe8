"""The frame that every page shares: closed, escaped, one style."""

from __future__ import annotations

import ast
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from every_page import EVIL, MAKERS
from jinja2 import TemplateAssertionError, UndefinedError, nodes
from test_imports import loaded_by

import kkbpk_geo
from kkbpk_geo.base.escaping import for_html
from kkbpk_geo.base.marks import Marks
from kkbpk_geo.io.pages import (
    PAGES,
    Family,
    OverviewRow,
    Way,
    _environment,
    page_style,
    region_anchor,
    render_page,
)
from kkbpk_geo.plan.year import gantt as continuity_picture

PACKAGE = Path(kkbpk_geo.__file__).parent
TEMPLATES = sorted((PACKAGE / "io" / "templates").glob("*.html"))
STYLES = sorted((PACKAGE / "io" / "styles").glob("*.css"))
CLOSED = "default-src 'none'; style-src 'unsafe-inline'"


class Page(HTMLParser):
    """What a browser would see: tags, attributes, text outside the style."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.said = Counter(), [], []
        self.style = False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self.style = tag == "style"

    def handle_endtag(self, tag):
        self.style = self.style and tag != "style"

    def handle_data(self, data):
        if not self.style:
            self.said.append(data)

    def values(self, name):
        return [value for _, own, value in self.attributes if own == name]


@pytest.fixture(scope="module", params=[(n, x) for n in PAGES for x in ("id", "en")])
def made(request):
    """Name and text of each page, in both languages, of hostile words."""
    name, language = request.param
    return name, MAKERS[name](EVIL, language)


# --- every page -----------------------------------------------------------------------


def test_every_page_has_a_template_and_is_walked_by_these_tests():
    framed = {
        path.stem
        for path in TEMPLATES
        if '{% extends "side.html" %}' in path.read_text(encoding="utf-8")
    }
    assert framed == set(PAGES) == set(MAKERS)


def test_no_page_is_written_by_hand_beside_the_frame():
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value.lower()
                assert "<!doctype" not in text, f"{path.name}, line {node.lineno}"
                assert "<html " not in text, f"{path.name}, line {node.lineno}"


def test_a_page_may_ask_for_nothing_and_run_nothing(made):
    text = made[1]
    page = Page(text)
    assert page.values("content")[0] == CLOSED
    assert text.index("Content-Security-Policy") < text.index("<title>")
    forbidden = {"script", "link", "iframe", "object", "embed", "base", "form"}
    assert not forbidden & set(page.tags)
    assert all(value.startswith("#") for value in page.values("href"))
    assert page.values("src") == []
    named = {attribute for _, attribute, _ in page.attributes}
    assert "style" not in named
    assert not [attribute for attribute in named if attribute.startswith("on")]


def test_hostile_words_stand_on_a_page_as_words(made):
    name, text = made
    page = Page(text)
    # On the tab, as the title, and in the page at least once; the title of one
    # page is its own.
    own = name in ("submissions",)
    assert "".join(page.said).count(EVIL) >= (1 if own else 3)
    assert page.tags["img"] == 0
    assert page.tags["style"] == text.count("</style>")
    body = text.partition("<body")[2]
    assert not re.search(r"[`\\{$]", body)
    assert own or for_html(EVIL) in text.partition("</title>")[0]


def test_what_a_page_links_to_or_is_named_by_is_there_once(made):
    page = Page(made[1])
    there = Counter(page.values("id"))
    assert set(there.values()) <= {1}
    asked = {value.removeprefix("#") for value in page.values("href")}
    assert asked | set(page.values("aria-labelledby")) <= set(there)


def test_a_page_has_one_heading_one_main_part_and_its_language(made):
    page = Page(made[1])
    assert (page.tags["h1"], page.tags["main"], page.tags["header"]) == (2, 2, 2)
    first, side, *_ = page.values("lang")
    assert first == side
    assert {first, *page.values("hreflang")} == {"id", "en"}


def test_wide_tables_scroll_within_themselves_and_can_be_reached_by_key(made):
    _, text = made
    page = Page(text)
    assert (
        text.count('<div class="scroll" role="group" tabindex="0"')
        == (page.tags["table"])
    )


@pytest.mark.parametrize("name", PAGES)
def test_the_same_words_give_the_same_page(name):
    assert MAKERS[name](EVIL, "id") == MAKERS[name](EVIL, "id")


# --- templates ------------------------------------------------------------------------


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_neither_filters_nor_glues_text_to_html(path):
    """Either would escape for HTML alone, or not at all."""
    tree = _environment().parse(path.read_text(encoding="utf-8"))
    gluing = (
        nodes.Filter, nodes.Concat, nodes.Add, nodes.Mod,
        nodes.EvalContextModifier, nodes.ScopedEvalContextModifier,
    )  # fmt: skip
    assert not list(tree.find_all(gluing))


def test_text_is_escaped_as_everywhere_in_the_house():
    render = _environment().from_string("<b>{{ x }}</b>").render
    assert render(x=EVIL) == f"<b>{for_html(EVIL)}</b>"
    assert render(x="${a}`") == "<b>&#36;&#123;a}&#96;</b>"


def test_what_only_claims_to_be_html_is_text():
    class Claim(str):
        __slots__ = ()

        def __html__(self):
            return self

    shown = _environment().from_string("{{ x }}").render(x=Claim("<i>"))
    assert shown == "&lt;i&gt;"


def test_no_template_can_let_text_through():
    render = _environment().from_string(
        "{% autoescape false %}{{ x }}{% endautoescape %}"
    )
    assert render.render(x="<i>") == "&lt;i&gt;"
    with pytest.raises(TemplateAssertionError, match="No filter named 'safe'"):
        _environment().from_string("{{ x|safe }}")


def test_a_name_that_a_builder_forgets_is_an_error_and_no_gap():
    with pytest.raises(UndefinedError, match="'x' is undefined"):
        _environment().from_string("{{ x }}").render()


def test_pages_cost_nothing_before_the_first_is_made():
    assert loaded_by("import kkbpk_geo.io.pages") == set()


# --- frame and style ------------------------------------------------------------------


def nothing_found(**more):
    said = {"title": "A", "none_found": "Tidak ada.", "districts": []}
    return render_page("findings", lambda _: said, language="id", **more)


def test_the_mark_of_sample_data_stands_above_the_title_where_it_belongs():
    marked = nothing_found(marks=Marks(sample=True))
    assert '<b class="sample">DATA CONTOH' in marked
    assert "<title>DATA CONTOH: A</title>" in marked
    assert 'class="sample"' not in nothing_found()


def test_a_page_says_in_its_class_what_it_is_and_plans_lie_across_the_paper(made):
    name, text = made
    across = name in ("meeting", "plan", "boundaries", "index", "submissions")
    kind = f"{name} landscape" if across else name
    assert f'<body class="{kind}">' in text
    assert ("@page{size:A4 landscape}" in text) == across


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_rules_for_paper_come_after_those_of_the_screen(path):
    rules = path.read_text(encoding="utf-8")
    if "@media print{" in rules and "@media screen" in rules:
        assert rules.rindex("@media print{") > rules.rindex("@media screen")


@pytest.mark.parametrize("name", PAGES)
def test_the_style_asks_for_nothing_and_cannot_end_early(name):
    for sign in ("url(", "@import", "</", "http"):
        assert sign not in page_style(name)


def test_the_calendar_on_a_page_has_the_colours_of_the_printed_one():
    names = {
        "planned": continuity_picture.PLANNED,
        "year": continuity_picture.YEAR,
        "broken": continuity_picture.BROKEN,
        "month": continuity_picture.GRID,
        "ink": continuity_picture.INK,
    }
    for name, colour in names.items():
        assert f"--{name}:{colour}" in page_style("plan")


def test_every_class_that_a_template_gives_has_a_rule():
    given = set()
    for path in TEMPLATES:
        for value in re.findall(r'class="([^"{]+)"', path.read_text(encoding="utf-8")):
            given |= set(value.split())
    rules = "".join(map(page_style, PAGES))
    assert {name for name in given if f".{name}" not in rules} == set()


def test_a_region_of_the_overview_is_a_link_only_where_there_is_a_section():
    rows = [OverviewRow("A", ["1"], "r18-10", "catatan"), OverviewRow("B", ["2"])]
    page = nothing_found_but(rows)
    assert (
        '<th scope="row"><a href="#r18-10">A</a><br><small>catatan</small></th>'
        '<td class="n">1</td>'
    ) in page
    assert '<th scope="row">B</th><td class="n">2</td>' in page


def nothing_found_but(rows):
    said = {
        "title": "A", "notes": [], "summary": "S", "heads": ["a", "b"],
        "overview": rows,
        "districts": [{"anchor": "r18-10", "name": "A", "year": ""}], "no_work": "–",
    }  # fmt: skip
    return render_page("plan", lambda _: said, language="id")


def test_an_anchor_is_made_of_the_code():
    assert region_anchor("18.10") == "r18-10"


# --- the family -----------------------------------------------------------------------

FAMILY = Family(
    title={"id": "Peta kerja · Lampung", "en": "Work map · Lampung"},
    subtitle={"id": "November 2025", "en": "November 2025"},
    credit={"id": "Batas: contoh.", "en": "Boundaries: example."},
    ways=(
        Way(key="priorities", path="peta-kerja.html#prioritas"),
        Way(key="findings", path="temuan.html", count=1234, book="temuan.xlsx"),
        Way(key="meeting", path="rapat/rapat.html", book="rapat/rapat.xlsx"),
    ),
)


def ways():
    page = nothing_found(family=FAMILY)
    return re.findall(r'<nav class="ways".*?</nav>', page, re.DOTALL)


def test_a_page_leads_to_the_others_of_its_run_and_says_which_it_is():
    indonesian, english = ways()
    assert '<a href="peta-kerja.html#prioritas">Prioritas</a>' in indonesian
    assert '<a href="temuan.html#id" aria-current="page">Temuan' in indonesian
    assert "<small>1.234</small>" in indonesian
    assert '<a href="rapat/rapat.html#id">Rapat</a>' in indonesian
    assert '<a href="rapat/rapat.html#en">Meeting</a>' in english
    assert "<small>1,234</small>" in english


def test_from_a_page_in_a_folder_the_ways_lead_out_of_it():
    links = {link.title: link.href for link in FAMILY.links("meeting", "en")}
    assert links == {
        "Priorities": "../peta-kerja.html#prioritas",
        "Findings": "../temuan.html#en",
        "Meeting": "rapat.html#en",
    }
    assert FAMILY.book("meeting") == "rapat.xlsx"
    assert FAMILY.book("priorities") == FAMILY.book("calendar") == ""


def test_the_map_opens_in_the_language_of_the_page_one_comes_from():
    path = "peta-kerja.html#view=indicators"
    family = Family(title="", ways=(Way(key="indicators", path=path),))
    (link,) = family.links("findings", "en")
    assert link.href == f"{path}&lang=en"


def test_a_page_of_a_run_has_its_head_and_foot_and_its_workbook():
    page = nothing_found(family=FAMILY)
    assert page.count("<p>Peta kerja · Lampung</p><p>November 2025</p>") == 1
    assert page.count("<p>Work map · Lampung</p>") == 1
    assert '<a class="button" href="temuan.xlsx">Unduh</a>' in page
    assert "Boundaries: example. This page needs no internet." in page


def test_a_page_alone_has_no_ways_and_its_title_at_the_head():
    page = nothing_found()
    assert '<nav class="ways"' not in page
    assert '<div class="work"><p>A</p></div>' in page


def test_the_language_asked_for_is_seen_first():
    page = nothing_found()
    assert page.index('<div class="side first" id="id" lang="id">') < page.index(
        '<div class="side second" id="en" lang="en">'
    )
    said = {"title": "A", "none_found": "None.", "districts": []}
    page = render_page("findings", lambda _: said, language="en")
    assert '<html lang="en">' in page
    assert '<div class="side first" id="en" lang="en">' in page
    assert 'href="#id" lang="id" hreflang="id"' in page
