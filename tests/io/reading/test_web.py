"""Web pages that are called Excel show their tables, and what stands above them."""

from __future__ import annotations

import pytest

from kkbpk_geo.io.grids import load_grids
from kkbpk_geo.io.reading import web

HEAD = "<tr><th>KABUPATEN</th><th>PUS</th></tr>"
TABLE = f"<table border=1>{HEAD}<tr><td>Mesuji</td><td>1.234</td></tr></table>"
ROWS = [["KABUPATEN", "PUS"], ["Mesuji", "1.234"]]


def load(folder, page, name="laporan.xls"):
    (folder / name).write_bytes(page if isinstance(page, bytes) else page.encode())
    return load_grids(folder / name)


def rows_of(folder, page):
    (grid,) = load(folder, page)
    return grid.rows


@pytest.mark.parametrize(
    "before",
    [
        "",
        "\n\n\r\n ",
        "\ufeff",
        "\ufeff\n<!-- laporan -->",
        "<style>td { color: red }</style>",
        f"<style>{'td { mso-number-format: General } ' * 2000}</style>",
        "<html><head><title>Laporan</title></head><body>",
        "<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0//EN' 'http://x/y.dtd'>",
        "<?xml version='1.0'?><html>",
        "<script>if (1 < 2) { document.write('<table>') }</script>",
    ],
)
def test_a_table_is_read_whatever_stands_before_it(tmp_path, before):
    assert rows_of(tmp_path, before + TABLE) == ROWS


@pytest.mark.parametrize("before", ["<h3>NOVEMBER 2025</h3>", "NOVEMBER&nbsp;2025",
                                    "<center><b>NOVEMBER</b> 2025<br></center>",
                                    "<p>NOVEMBER <i>2025</i>"])  # fmt: skip
def test_what_stands_above_a_table_is_its_title(tmp_path, before):
    assert rows_of(tmp_path, before + TABLE) == [["NOVEMBER 2025", ""], *ROWS]


def test_numbers_of_a_page_are_texts_as_they_show(tmp_path):
    (grid,) = load(tmp_path, TABLE)
    assert (grid.typed, grid.notes) == (False, ("web_page_read",))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_a_page_of_any_encoding_is_read(tmp_path, encoding):
    page = TABLE.replace("Mesuji", "Café")
    assert rows_of(tmp_path, page.encode(encoding))[1] == ["Café", "1.234"]


def test_cells_that_span_others_are_merged_and_leave_room(tmp_path):
    page = """<table>
    <tr><th rowspan=2>KABUPATEN<th colspan="2">PUS</tr>
    <tr><th>L<th>P</tr>
    <tr><td>Mesuji<td>1<td>2</tr></table>"""
    (grid,) = load(tmp_path, page)
    assert grid.rows == [["KABUPATEN", "PUS", ""], ["", "L", "P"], ["Mesuji", "1", "2"]]
    assert grid.merged == (((0, 0), (1, 0)), ((0, 1), (0, 2)))


def test_merged_cells_count_from_the_top_of_the_sheet(tmp_path):
    page = f"<h3>A</h3><p>B</p><table><tr><th colspan=2>PUS</th></tr></table>{TABLE}"
    (grid,) = load(tmp_path, page)
    assert grid.merged == (((2, 0), (2, 1)),)


def test_a_span_without_sense_or_beyond_all_sheets_does_no_harm(tmp_path):
    page = TABLE.replace("<th>PUS", "<th colspan='x' rowspan=99999999>PUS")
    assert rows_of(tmp_path, page) == ROWS


def test_what_is_not_closed_is_read_all_the_same(tmp_path):
    assert rows_of(tmp_path, "<table><tr><th>A<th>B<tr><td>1<td>2") == [
        ["A", "B"], ["1", "2"]
    ]  # fmt: skip


def test_line_breaks_and_entities_in_a_cell_are_text(tmp_path):
    page = TABLE.replace("Mesuji", "Way<br/>Kanan &amp; &#77;esuji<p>x</p>")
    assert rows_of(tmp_path, page)[1][0] == "Way Kanan & Mesuji x"


def test_rows_that_do_not_show_are_hidden(tmp_path):
    page = TABLE.replace("<tr><td>", '<tr style="DISPLAY : none"><td>')
    (grid,) = load(tmp_path, page)
    assert grid.hidden_rows == {1}


def test_a_table_that_lays_out_others_is_not_one_of_them(tmp_path):
    page = f"<table><tr><td>NOVEMBER 2025 {TABLE}</td></tr></table>"
    assert rows_of(tmp_path, page) == [["NOVEMBER 2025", ""], *ROWS]


def test_a_line_above_a_table_in_the_same_frame_is_its_title(tmp_path):
    page = f"<table><tr><td>NOVEMBER 2025<tr><td>{TABLE}<tr><td>Sumber: A</table>"
    assert [row[0] for row in rows_of(tmp_path, page)] == [
        "NOVEMBER 2025", "KABUPATEN", "Mesuji", "Sumber: A"
    ]  # fmt: skip


def test_a_header_in_a_table_of_its_own_stands_over_the_next(tmp_path):
    page = f"<table>{HEAD}</table><table><tr><td>Mesuji<td>1.234</table>"
    assert rows_of(tmp_path, page) == ROWS


def test_a_table_that_goes_on_without_headings_is_one(tmp_path):
    more = "<table><tr><td>Metro<td>5</tr><tr><td>Way Kanan<td>6</table>"
    assert rows_of(tmp_path, TABLE + more) == [
        *ROWS,
        ["Metro", "5"],
        ["Way Kanan", "6"],
    ]


def test_tables_with_headings_of_their_own_are_sheets_of_their_own(tmp_path):
    other = TABLE.replace("PUS", "BKB").replace("Mesuji", "Metro")
    page = f"<h3>NOVEMBER 2025</h3>{TABLE}{other}<p>Sumber: SIGA</p>"
    first, second = load(tmp_path, page)
    assert first.rows == [["NOVEMBER 2025", ""], *ROWS]
    assert second.rows == [["NOVEMBER 2025", ""], ["KABUPATEN", "BKB"],
                           ["Metro", "1.234"], ["Sumber: SIGA", ""]]  # fmt: skip
    assert [first.sheet, second.sheet] == ["tabel 1", "tabel 2"]
    assert load_grids(tmp_path / "laporan.xls", sheet="tabel 2")[0].rows == second.rows


def test_a_title_of_its_own_keeps_that_of_the_page_away(tmp_path):
    page = f"<h3>JANUARI</h3>{TABLE}<h3>FEBRUARI</h3>{TABLE}"
    assert [grid.rows[0][0] for grid in load(tmp_path, page)] == ["JANUARI", "FEBRUARI"]


def test_tables_within_tables_without_end_are_not_followed(tmp_path):
    page = "<table><tr><td>" * 5000 + "x"
    assert rows_of(tmp_path, page)[-1] == ["x"]
    assert web._MOST_DEEP == 50


ARCHIVE = """MIME-Version: 1.0
Content-Type: multipart/related; boundary="==x"

--==x
Content-Location: file:///a.htm
Content-Transfer-Encoding: quoted-printable
Content-Type: text/html; charset="utf-8"

<html><h3>NOVEMBER =
2025</h3>{table}
--==x
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--==x--
"""


def test_a_web_archive_is_read_like_the_page_in_it(tmp_path):
    page = ARCHIVE.format(table=TABLE.replace("=", "=3D"))
    assert rows_of(tmp_path, page) == [["NOVEMBER 2025", ""], *ROWS]


def test_a_table_of_texts_that_speak_of_pages_is_no_page(tmp_path):
    (grid,) = load(tmp_path, "NAMA;PUS\nMesuji <b>;1\n", "a.csv")
    assert grid.rows == [["NAMA", "PUS"], ["Mesuji <b>", "1"]]
