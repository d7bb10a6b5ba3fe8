"""Findings as a page that stands alone: each cause once, and no finding is lost."""

import re
from html.parser import HTMLParser

import pytest
from findings_made import above
from sides import side

from kkbpk_geo.catalogue.findings import finding_kinds
from kkbpk_geo.findings.page import PRINTED, findings_html
from kkbpk_geo.findings.words import finding
from kkbpk_geo.io import Family, Way

HOSTILE = ["<img src=x onerror=alert(1)>", "${7*7}", "</script>", "`x`", "=1+1", "@a"]
FAMILY = Family(
    title="Peta",
    ways=(Way(key="findings", path="temuan.html", book="temuan.xlsx"),),
)


def lost():
    """A row that may be about either of two districts: told once."""
    return finding(
        "region_unknown",
        file="bkb.csv",
        row=8,
        column="KABUPATEN",
        value="Lampung Tenggara",
        expected="18.07 Lampung Timur",
        region="Lampung Tenggara",
        candidates=("18.07", "18.02"),
    )


def some():
    return [
        *(above(row) for row in (2, 3, 4, 9)),
        above(7, "18.71"),
        finding("column_unknown", file="bkb.csv", column="CATATAN LAIN"),
        finding("column_unknown", file="bkb.csv", column="LAIN LAGI"),
        finding("kind_unknown", file="bkb.csv", row=2, column="JENIS", value="?"),
        lost(),
    ]


class Page(HTMLParser):
    """Collect what a browser would make of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.said, self.open = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1:] != ["style"]:
            self.said.append(data.strip())


def words(html):
    return " ".join(" ".join(filter(None, Page(html).said)).split())


def articles(html):
    return re.findall(r"<article.*?</article>", html, re.DOTALL)


def test_the_page_begins_with_what_has_to_be_done():
    page = side(findings_html(some()))
    assert (
        "<h1>Enam kesalahan perlu dibetulkan sebelum rapat; satu peringatan perlu "
        "dipastikan.</h1>"
    ) in page
    assert (
        "9 temuan dari 4 sebab, pada 1 berkas dan 6 baris. Terbanyak di Pringsewu (4)."
    ) in words(page)


@pytest.mark.parametrize(
    ("n", "said"),
    [(1, "One error to be"), (10, "Ten errors to be"), (11, "11 errors to be")],
)
def test_numbers_up_to_ten_are_words_in_a_sentence(n, said):
    page = side(findings_html([above(row) for row in range(2, n + 2)], "en"), "en")
    assert f"<h1>{said} corrected before the meeting.</h1>" in page


def test_without_errors_and_warnings_the_page_says_so():
    page = side(findings_html([finding("column_unknown", file="a.csv")]))
    assert (
        "<h1>Tidak ada kesalahan dan tidak ada peringatan; satu keterangan.</h1>"
    ) in page


def test_of_two_districts_with_as_many_none_has_most():
    page = side(findings_html([above(2), above(3, "18.71")]))
    assert "Terbanyak" not in page


def test_a_cause_is_told_once_errors_first_and_those_of_most_findings():
    page = side(findings_html(some()))
    titles = re.findall(r"<h3 id=\"h-sebab-\d+\">(.*?)</h3>", page)
    assert titles == [
        "Yang lapor melebihi yang ada <span>YANG LAPOR</span>",
        "Nama wilayah tidak dikenal <span>KABUPATEN</span>",
        "Jenis kelompok atau fasilitas tidak dikenal <span>JENIS</span>",
        "Kolom tidak dikenal",
    ]


def test_a_cause_says_what_becomes_of_the_figures_and_what_to_do():
    told = words(articles(side(findings_html([above(2)])))[0])
    assert told == (
        "! Yang lapor melebihi yang ada YANG LAPOR Pringsewu · 1 temuan "
        "Di mana bkb.csv, baris 2 (WONODADI, GADING REJO, 2025-11) "
        "Temuan YANG LAPOR = 5 melebihi yang ada; seharusnya ≤ 4 (YANG ADA). "
        "Akibat Kedua angka dipakai apa adanya. "
        "Tindakan Periksa kembali: mutakhirkan jumlah yang ada, atau betulkan jumlah "
        "yang lapor."
    )


def test_where_a_second_sentence_names_a_value_it_is_no_consequence():
    told = words(articles(side(findings_html([lost()])))[0])
    assert (
        "tidak dikenal. Yang mirip: 18.07 Lampung Timur. Akibat Tidak dipakai" in told
    )
    assert 'di peta: "isi tidak dikenali".' in told


def test_a_figure_that_is_used_all_the_same_is_told_so():
    found = finding("topic_above_reporting", file="a.csv", row=2, column="MATERI")
    told = words(articles(side(findings_html([found])))[0])
    assert "Akibat Angkanya dipakai apa adanya. Tindakan Hitung kelompok" in told


def test_every_kind_has_a_short_title_in_both_languages():
    for kind in finding_kinds().values():
        for language in ("id", "en"):
            title = kind.title(language)
            assert title != kind.key, kind.key
            assert 5 <= len(title) <= 60, kind.key
            assert not re.search(r"[{}.]", title), kind.key


def test_several_spots_are_folded_with_their_rows_as_ranges():
    (cause, *_) = articles(side(findings_html(some())))
    assert "<summary>2 tempat</summary>" in cause
    assert "Di mana" not in cause
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", cause, re.DOTALL)
    assert list(map(words, rows)) == [
        "Pringsewu bkb.csv 2–4, 9 5 4",
        "Kota Bandar Lampung bkb.csv 7 5 1",
    ]


def test_what_is_said_of_whole_columns_is_one_cause_with_its_headings():
    cause = articles(side(findings_html(some())))[-1]
    assert "CATATAN LAIN" in cause
    assert "LAIN LAGI" in cause


def test_many_rows_open_on_demand_and_none_is_lost():
    rows = range(2, 62, 2)
    page = side(findings_html([above(row) for row in rows]))
    assert "2, 4, 6, 8, 10, 12, 14, 16" in words(page)
    assert "22 kelompok baris lagi" in words(page)
    for row in rows:
        assert re.search(rf"\b{row}\b", articles(page)[0])


def test_numbers_add_up_to_the_same_by_cause_and_by_district():
    page = side(findings_html(some()))
    causes = [int(re.search(r"· (\d+) temuan", cause)[1]) for cause in articles(page)]
    assert sum(causes) == 9
    spots = re.findall(r"<td class=\"n\" data-head=\"temuan\">(\d+)</td>", page)
    # Those of one spot are said in a line.
    assert sum(map(int, spots)) == 4 + 1 + 1 + 1
    rail = page[page.index("<aside") : page.index("</aside>")]
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", rail)
    assert list(map(words, rows)) == [
        "Umum – 1 2",
        "Pringsewu 4 – –",
        "Kota Bandar Lampung 1 – –",
        "Wilayah belum dikenal 1 – –",
        "Jumlah 6 1 2",
    ]
    each = page[page.index('class="each"') :]
    said = re.findall(r"<small>(\d+) temuan</small>", each)
    assert sum(map(int, said)) == 9


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_way_within_the_page_leads_somewhere(language):
    page = side(findings_html(some()), language)
    ways = re.findall(r"href=\"#([\w-]+)\"", page)
    ids = re.findall(r" id=\"([\w-]+)\"", page)
    assert set(ways) - {"id", "en"} <= set(ids)
    assert len(ids) == len(set(ids))
    prefix = "en-" if language == "en" else ""
    assert {f"{prefix}{name}" for name in ("umum", "r18-10", "r18-71", "lain")} <= set(
        ways
    )


def test_the_workbook_of_the_run_is_a_way_away():
    page = side(findings_html(some(), family=FAMILY))
    rail = page[page.index("<aside") : page.index("</aside>")]
    assert 'href="temuan.xlsx">Unduh temuan.xlsx</a>' in rail
    assert "Unduh" not in side(findings_html(some()))


@pytest.mark.parametrize(("more", "told"), [(0, False), (1, True)])
def test_paper_says_where_the_spots_are_for_which_it_has_no_room(more, told):
    found = [above(2, file=f"{n:02d}.csv") for n in range(PRINTED + more)]
    page = side(findings_html(found, family=FAMILY))
    assert ("1 tempat lagi (di temuan.xlsx)" in page) == told
    alone = side(findings_html(found))
    assert ("1 tempat lagi (di halaman ini pada layar)" in alone) == told


def test_the_style_hides_on_paper_what_is_beyond_the_spots_that_are_printed():
    assert f"tr:nth-child(n+{PRINTED + 1}){{display:none}}" in findings_html([])


def test_the_page_asks_for_nothing_and_runs_nothing():
    text = findings_html(some(), "en", title="Findings <November>")
    page = Page(text)
    assert "default-src 'none'" in text
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert "src" not in page.attributes
    assert "http" not in text.replace("http-equiv", "")
    assert '<html lang="en">' in text
    assert "<title>Findings &lt;November&gt;</title>" in text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_shows_as_text(text):
    findings = [
        above(2, column=text, value=text, file=text, expected=text),
        finding("region_unknown", value=text, region=text, sheet=text),
        above(3, column=text, value=text, file="b.csv", sheet=text),
    ]
    page = Page(findings_html(findings, title=text))
    assert text in page.said
    assert not {"img", "script"} & set(page.tags)
    assert not [name for name in page.attributes if name.startswith("on")]


def test_no_findings_are_said_in_words():
    assert "Tidak ada temuan." in findings_html([])


def test_the_same_page_every_time():
    assert findings_html(some()) == findings_html(some())
