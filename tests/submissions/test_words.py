"""Who has sent what, in sentences, on the page, in a terminal, in the workbook."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from openpyxl import load_workbook
from sides import side
from submissions_made import ALL, made, sent, table, two, unread

from kkbpk_geo.intake import check_together, read_table
from kkbpk_geo.io import Family, Way
from kkbpk_geo.regions import regions_of
from kkbpk_geo.submissions import (
    grid_lines,
    submission_grid,
    submissions_html,
    write_submissions,
)

MONTH = "NOVEMBER 2025"


def everything():
    """One of each: missing, blank, two versions, an unknown name, an unread file."""
    tables = (
        *two(),
        sent("JUMLAH BKR", *ALL[:5]),
        table("JUMLAH BKL", ["MAMASA", None, MONTH],
              *([name, 1, MONTH] for name in ALL if name != "MAMASA")),
        sent("JUMLAH UPPKA", *ALL, "POLEWALI TENGGARA"),
    )  # fmt: skip
    told = [*check_together(tables), unread("data.csv")]
    return made(*tables, findings=told)


def test_the_answer_says_how_many_reports_are_in_and_how_many_districts_to_call():
    answer, second = everything().sentences()
    assert answer == (
        "21 dari 24 laporan November 2025 sudah masuk dan terpakai; 3 kabupaten/kota "
        "perlu dihubungi."
    )
    assert second == (
        "BKL Mamasa kosong, Majene mengirim dua versi BKB, Mamuju Tengah belum "
        "mengirim BKR, dan 2 hal lain di bawah."
    )


def test_the_answer_in_english():
    assert everything().sentences("en")[0] == (
        "21 of 24 reports of November 2025 are in and used; districts to contact: 3."
    )


def test_where_all_is_in_nobody_is_called():
    grid = made(sent("JUMLAH BKB", *ALL))
    assert grid.sentences() == [
        "Semua 6 laporan November 2025 sudah masuk dan terpakai."
    ]
    assert grid.lacking() == []


def test_each_exception_is_a_sentence_with_who_what_and_what_to_ask_for():
    assert everything().lacking() == [
        "Mamasa: BKL November 2025 belum berisi: 1 baris kosong. Bila memang nihil, "
        "minta ditulis 0.",
        "Majene: BKB November 2025: dua versi, 1 baris berbeda (lama.csv; baru.csv). "
        "Tanyakan mana yang benar; sampai itu ada, angka yang berbeda tidak dipakai.",
        "Mamuju Tengah: BKR November 2025 belum ada.",
        "“POLEWALI TENGGARA”: UPPKA November 2025, 1 baris (JUMLAH UPPKA). Mungkin "
        "Polewali Mandar; tidak ditebak. Minta nama resmi atau kode kabupaten/kotanya.",
        "“data.csv”: Berkas ini tidak dapat dibaca; tidak ada isinya yang dipakai. "
        "Sebabnya: damaged. Perbaiki berkasnya menurut sebab itu, atau keluarkan dari "
        "daftar, lalu jalankan lagi.",
    ]


def test_a_table_that_no_district_sent_is_said_once():
    grid = made(
        sent("JUMLAH BKB", *ALL), sent("JUMLAH BKR", *ALL, month="OKTOBER 2025")
    )
    assert grid.lacking()[0] == (
        "Semua kabupaten/kota: BKR November 2025 belum ada dari kabupaten/kota mana "
        "pun. Periksa apakah ekspornya sudah dibuat."
    )


def test_files_without_a_year_are_told_together_with_the_option():
    grid = made(
        sent("JUMLAH BKB", *ALL, month="NOVEMBER", source="a.csv"),
        sent("JUMLAH BKR", *ALL, month="NOVEMBER", source="b.csv"),
    )
    (said,) = grid.lacking()
    assert said.startswith("6 kabupaten/kota: BKB dan BKR tanpa bulan, 12 baris (a.csv")
    assert "--year" in said
    assert "perlu dihubungi" not in grid.sentences()[0]


# --- in a terminal --------------------------------------------------------------------


def test_a_terminal_shows_a_letter_for_each_state():
    lines = grid_lines(everything())
    (majene,) = [line for line in lines if line.startswith("Majene ")]
    (mamasa,) = [line for line in lines if line.startswith("Mamasa ")]
    assert majene.split() == ["Majene", "2", "v", "v", "v", "3/4"]
    assert mamasa.split() == ["Mamasa", "v", "v", "-", "v", "3/4"]
    assert any(re.fullmatch(r'"POLEWALI TENGGARA" +\?', line) for line in lines)


@pytest.mark.parametrize("width", [80, 60, 36])
@pytest.mark.parametrize("language", ["id", "en"])
def test_no_line_is_wider_than_the_terminal(width, language):
    lines = grid_lines(everything(), language, width=width)
    assert max(map(len, lines)) <= width


def test_heads_that_do_not_fit_become_letters_that_are_explained():
    lines = grid_lines(everything(), width=36)
    assert "A BKB, B BKR, C BKL, D UPPKA" in lines


# --- the page -------------------------------------------------------------------------


def family():
    ways = (
        Way(key="submissions", path="laporan-masuk.html", book="laporan-masuk.xlsx"),
        Way(key="findings", path="temuan.html", count=3),
    )
    return Family(title="Peta kerja", ways=ways)


def test_every_exception_on_the_page_leads_to_the_line_that_tells_of_it():
    page = side(submissions_html(everything(), family=family()), "id")
    links = re.findall(r'<td class="x [\w-]+" data-t="[^"]*"><a href="#([^"]+)"', page)
    assert len(links) == 5  # three cells, the name, the file
    for link in links:
        assert f'id="{link}"' in page
    assert page.count("<td>✓</td>") == 21


def test_a_cell_of_a_table_that_nobody_sent_leads_to_the_one_line_about_it():
    grid = made(
        sent("JUMLAH BKB", *ALL), sent("JUMLAH BKR", *ALL, month="OKTOBER 2025")
    )
    page = side(submissions_html(grid), "id")
    assert page.count('data-t="BKR"><a href="#k1"') == 6
    assert re.search(r'<li id="k1"><b>Semua kabupaten/kota</b>', page)


def test_both_sides_have_their_own_anchors():
    page = side(submissions_html(everything()), "en")
    for link in re.findall(r'href="#(en-[^"]+)"', page):
        assert f'id="{link}"' in page


def test_what_was_sent_leads_to_its_finding_and_what_was_not_has_none():
    page = side(submissions_html(everything(), family=family()), "id")
    assert page.count('href="temuan.html#r76-05"') == 1
    assert page.count('href="temuan.html#lain"') == 1
    (absent,) = re.findall(r"<li id=.k\d+.><b>Mamuju Tengah</b>.*", page)
    assert "temuan" not in absent


def test_a_refused_figure_leads_to_its_district_and_no_finding_to_nowhere():
    rest = [[name, 3, MONTH] for name in (*ALL[:2], ALL[3], ALL[5])]
    faulty = table("JUMLAH BKB", ["MAJENE", "banyak", MONTH], *rest)
    year = table("JUMLAH BKB", ["MAMASA", 3, "2025"])
    page = side(submissions_html(made(faulty, year), family=family()), "id")
    (own,) = re.findall(r"<li id=.k\d+.><b>Majene</b>.*", page)
    assert 'href="temuan.html#r76-05"' in own
    (other,) = re.findall(r"<li id=.k\d+.><b>Mamasa</b>.*", page)
    assert "ditulis untuk 2025, bukan untuk November 2025" in other
    assert "temuan" not in other
    assert page.count("<span>× waktu?</span>") == 1


def test_a_year_is_drawn_from_three_months_on():
    months = ("SEPTEMBER 2025", "OKTOBER 2025", MONTH)
    few = [sent("JUMLAH BKB", *ALL, month=month) for month in months[1:]]
    assert "<figure>" not in submissions_html(made(*few))
    whole = submissions_html(made(sent("JUMLAH BKB", *ALL[:5], month=months[0]), *few))
    assert "BKB · 17/18" in whole
    # Only the one exception has a box.
    (boxes,) = set(re.findall(r'<figure>.*?<path class="b" d="([^"]*)"', whole, re.S))
    assert boxes.count("M") == 1


def test_of_a_country_earlier_months_show_exceptions_and_paper_the_exceptions_alone():
    rows = [[region.name, region.code, 4, month] for region in regions_of("kabkota")
            for month in ("OKTOBER 2025", MONTH)]  # fmt: skip
    heads = ["KABUPATEN", "KODE", "JUMLAH BKB", "BULAN"]
    frame = pd.DataFrame(rows[1:], columns=heads)  # the first of Oktober is missing
    grid = submission_grid([read_table(frame)], province="Indonesia")
    page = side(submissions_html(grid), "id")
    assert page.count('<tr class="full">') == 514
    assert "513 kabupaten/kota lengkap, 1 dari 1." in page
    assert page.count('<table class="sent many"') == 2


def test_the_same_grid_gives_the_same_page():
    assert submissions_html(everything()) == submissions_html(everything())


# --- the workbook ---------------------------------------------------------------------


def test_the_workbook_says_whom_to_contact_and_each_month(tmp_path):
    page, path = write_submissions(everything(), tmp_path)
    book = load_workbook(path)
    assert (page.name, book.sheetnames) == (
        "laporan-masuk.html", ["Laporan masuk", "November 2025"],
    )  # fmt: skip
    sheet = book["November 2025"]
    rows = {row[0]: row[1:6] for row in sheet.iter_rows(values_only=True) if row[0]}
    assert rows["Majene"] == ("2 versi", "✓", "✓", "✓", "3 / 4")
    assert rows["Mamasa"] == ("✓", "✓", "– kosong", "✓", "3 / 4")
    assert rows["“POLEWALI TENGGARA”"][3] == "? nama"
    assert rows["Sulawesi Barat, lengkap"] == (
        "5 / 6", "5 / 6", "5 / 6", "6 / 6", "21 / 24",
    )  # fmt: skip
    assert sheet.freeze_panes == "B3"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == (
        "landscape", 9,
    )  # fmt: skip


def test_the_workbook_is_no_table_of_an_office_when_it_is_read_again(tmp_path):
    _, path = write_submissions(everything(), tmp_path)
    again = read_table(path, province="Sulawesi Barat")
    assert len(again.data) == 0
    assert {found.code for found in again.findings} == {"own_output"}
    assert made(again).cells == {}


def test_the_same_grid_gives_the_same_workbook(tmp_path):
    one, other = (
        write_submissions(everything(), tmp_path / name)[1].read_bytes()
        for name in ("a", "b")
    )
    assert one == other
