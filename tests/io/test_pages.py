"""The frame that findings, meetings and plans share."""

from kkbpk_geo.io.pages import build_page, build_table, scroll


def test_a_page_runs_nothing_asks_for_nothing_and_escapes_its_title():
    page = build_page("A <b>", "<p>isi</p>", language="en", style="p{margin:0}")
    assert page.startswith('<!doctype html>\n<html lang="en">')
    assert "default-src 'none'; style-src 'unsafe-inline'" in page
    assert "<title>A &lt;b&gt;</title>" in page
    assert "<main>\n<p>isi</p>\n</main>" in page
    assert "<script" not in page


def test_rules_for_paper_come_after_the_pages_own():
    page = build_page("t", "", language="id", style="section table{min-width:48rem}")
    assert page.index("min-width:48rem") < page.index("section table{min-width:0}")


def test_a_wide_table_scrolls_within_itself_and_can_be_reached_by_key():
    table = build_table("judul", ["A", "B"], "<tr></tr>", kind="due")
    assert table == scroll(
        '<table class="due" aria-labelledby="judul"><thead><tr>'
        '<th scope="col">A</th><th scope="col">B</th></tr></thead>\n'
        "<tbody><tr></tr></tbody></table>",
        "judul",
    )
    assert 'tabindex="0" aria-labelledby="judul">' in table
    assert "class=" not in build_table("judul", [], "").replace('class="scroll"', "")
